/* Out of memory: the methods of str, formatting, writers, sets and sorting. */
#include "../no_memory.h"

static PyObject *text, *wide, *astral, *number, *real, *list, *set, *other_set, *dict, *arguments, *format, *spec,
    *comma;
static PyObject *percent, *table, *empty, *octets, *marker, *searcher, *letters;

static int
method(PyObject *o, const char *name, PyObject *argument)
{
    PyObject *found = PyObject_GetAttrString(o, name);
    PyObject *result = found != NULL ? PyObject_CallFunctionObjArgs(found, argument, NULL) : NULL;
    Py_XDECREF(found);
    return OBJECT(result);
}

static int
call(PyObject *o, const char *name, PyObject *tuple, PyObject *keywords)
{
    PyObject *found = PyObject_GetAttrString(o, name);
    PyObject *result = found != NULL ? PyObject_Call(found, tuple, keywords) : NULL;
    Py_XDECREF(found);
    return OBJECT(result);
}

static int
write_all(void)
{
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    int status = -1, i;
    if (writer == NULL) {
        return -1;
    }
    for (i = 0, status = 0; status == 0 && i < 40; i++) {
        status = PyUnicodeWriter_WriteStr(writer, i == 20 ? astral : wide);
        status = status == 0 ? PyUnicodeWriter_WriteRepr(writer, real) : status;
        status = status == 0 ? PyUnicodeWriter_WriteUTF8(writer, "caf\xc3\xa9", -1) : status;
        status = status == 0 ? PyUnicodeWriter_Format(writer, "%d", i) : status;
    }
    if (status < 0) {
        PyUnicodeWriter_Discard(writer);
        return -1;
    }
    return OBJECT(PyUnicodeWriter_Finish(writer));
}

static int
resize(Py_ssize_t length)
{
    PyObject *made = PyUnicode_New(10, 0x20ac);
    int status;
    if (made == NULL) {
        return -1;
    }
    PyUnicode_Fill(made, 0, 10, 'x');
    status = PyUnicode_Resize(&made, length);
    Py_XDECREF(made);
    return STATUS(status);
}

static int
free_block(void *block)
{
    PyMem_Free(block);
    return POINTER(block);
}

static int
grow_set(void)
{
    PyObject *grown = PySet_New(NULL);
    int status = grown != NULL ? 0 : -1, i;
    for (i = 0; status == 0 && i < 40; i++) {
        PyObject *key = PyLong_FromLong(1000 + i);
        Py_ssize_t before = PySet_Size(grown);
        status = key != NULL ? PySet_Add(grown, key) : -1;
        if (status < 0 && PySet_Size(grown) != before) {
            PyErr_SetString(PyExc_AssertionError, "a key that was not added is in the set");
        }
        Py_XDECREF(key);
    }
    Py_XDECREF(grown);
    return status;
}

static int
sort(void)
{
    PyObject *copy = PySequence_List(list);
    int status = copy != NULL ? PyList_Sort(copy) : -1;
    if (copy != NULL && PyList_Size(copy) != 4) {
        PyErr_SetString(PyExc_AssertionError, "a list that was not sorted lost its items");
    }
    Py_XDECREF(copy);
    return STATUS(status);
}

static int
change_set(const char *name)
{
    PyObject *copy = PySet_New(set);
    int status = copy != NULL ? method(copy, name, other_set) : -1;
    Py_XDECREF(copy);
    return status;
}

static PyObject *
mark(PyObject *self, PyObject *error)
{
    PyObject *end = PyObject_GetAttrString(error, "end");
    (void)self;
    return end != NULL ? Py_BuildValue("(sN)", "!", end) : NULL;
}

static PyMethodDef mark_def = {"mark", mark, METH_O, NULL};

static PyObject *
give_bytes(PyObject *self, PyObject *arguments_given)
{
    (void)self;
    (void)arguments_given;
    return Py_BuildValue("(yi)", "bytes", 5);
}

static PyMethodDef give_bytes_def = {"give_bytes", give_bytes, METH_VARARGS, NULL};

/* Finds the codec test_mine. */
static PyObject *
search(PyObject *self, PyObject *name)
{
    PyObject *function, *codec;
    (void)self;
    if (!PyUnicode_EqualToUTF8(name, "test_mine")) {
        Py_RETURN_NONE;
    }
    function = PyCFunction_New(&give_bytes_def, NULL);
    codec = function != NULL ? PyTuple_Pack(4, function, function, function, function) : NULL;
    Py_XDECREF(function);
    return codec;
}

static int
accept_event(const char *event, PyObject *given, void *data)
{
    (void)event;
    (void)given;
    (void)data;
    return 0;
}

static PyMethodDef search_def = {"search", search, METH_O, NULL};

static int
register_codec(void)
{
    PyObject *function = PyCFunction_New(&search_def, NULL);
    int status = function != NULL ? PyCodec_Register(function) : -1;
    if (status == 0) {
        PyCodec_Unregister(function);
    }
    Py_XDECREF(function);
    return STATUS(status);
}

#define TASKS(X)                                                                            \
    X(lower, method(wide, "lower", NULL))                                                   \
    X(upper, method(astral, "upper", NULL))                                                 \
    X(lower_ascii, method(text, "lower", NULL))                                             \
    X(title, method(wide, "title", NULL))                                                   \
    X(split, method(text, "split", NULL))                                                   \
    X(split_at, OBJECT(PyUnicode_Split(text, comma, -1)))                                   \
    X(rsplit_at, OBJECT(PyUnicode_RSplit(astral, comma, -1)))                               \
    X(lines, OBJECT(PyUnicode_Splitlines(text, 1)))                                         \
    X(partition, OBJECT(PyUnicode_Partition(text, comma)))                                  \
    X(replace, OBJECT(PyUnicode_Replace(text, comma, astral, -1)))                          \
    X(replace_nothing, OBJECT(PyUnicode_Replace(text, empty, wide, -1)))                    \
    X(find_narrow_in_wide, STATUS(PyUnicode_Find(astral, comma, 0, 100, 1) == -2 ? -1 : 0)) \
    X(translate, OBJECT(PyUnicode_Translate(text, table, NULL)))                            \
    X(center, method(wide, "center", number))                                               \
    X(zfill, method(wide, "zfill", number))                                                 \
    X(format, call(format, "format", arguments, NULL))                                      \
    X(format_spec, OBJECT(PyObject_Format(real, spec)))                                     \
    X(format_int, OBJECT(PyObject_Format(number, spec)))                                    \
    X(percent, OBJECT(PyUnicode_Format(percent, arguments)))                                \
    X(writer, write_all())                                                                  \
    X(shorter, resize(3))                                                                   \
    X(longer, resize(3000))                                                                 \
    X(as_ucs4, free_block(PyUnicode_AsUCS4Copy(astral)))                                    \
    X(as_wide, free_block(PyUnicode_AsWideCharString(wide, NULL)))                          \
    X(as_utf16, OBJECT(PyUnicode_AsUTF16String(astral)))                                    \
    X(encoded, OBJECT(PyUnicode_AsEncodedString(wide, "ascii", "xmlcharrefreplace")))       \
    X(decode_utf16, OBJECT(PyUnicode_DecodeUTF16("a\0b\0", 4, NULL, NULL)))                 \
    X(encode_by_codec, OBJECT(PyCodec_Encode(wide, "utf-16-le", NULL)))                     \
    X(decode_by_codec, OBJECT(PyCodec_Decode(octets, "utf-32-be", "replace")))              \
    X(encode_utf7, OBJECT(PyUnicode_AsEncodedString(astral, "utf-7", NULL)))                \
    X(decode_utf7, OBJECT(PyUnicode_Decode("a+IKw-b", 7, "utf-7", NULL)))                   \
    X(encode_by_map, OBJECT(PyUnicode_AsCharmapString(text, letters)))                      \
    X(decode_by_map, OBJECT(PyUnicode_DecodeCharmap("abc", 3, table, "replace")))           \
    X(build_map, OBJECT(PyUnicode_BuildEncodingMap(wide)))                                  \
    X(float_info, OBJECT(PyFloat_GetInfo()))                                                \
    X(thread_info, OBJECT(PyThread_GetInfo()))                                              \
    X(audit, STATUS(PySys_Audit("event", "is", 3, "text")))                                 \
    X(register_handler, STATUS(PyCodec_RegisterError("test.again", marker)))                \
    X(encode_by_handler, OBJECT(PyUnicode_AsEncodedString(wide, "ascii", "test.mark")))     \
    X(decode_by_handler, OBJECT(PyUnicode_Decode("a\xff", 2, "utf-8", "test.mark")))        \
    X(handler_of_name, OBJECT(PyCodec_LookupError("ignore")))                               \
    X(register_codec, register_codec())                                                     \
    X(encode_by_mine, OBJECT(PyUnicode_AsEncodedString(wide, "test-mine", "strict")))       \
    X(decode_by_mine, OBJECT(PyCodec_Decode(wide, "test-mine", NULL)))                      \
    X(grow_set, grow_set())                                                                 \
    X(frozenset, OBJECT(PyFrozenSet_New(list)))                                             \
    X(set_update, change_set("update"))                                                     \
    X(set_intersection, change_set("intersection_update"))                                  \
    X(set_difference, change_set("difference_update"))                                      \
    X(set_symmetric, change_set("symmetric_difference_update"))                             \
    X(union_of_sets, method(set, "union", other_set))                                       \
    X(repr_of_set, OBJECT(PyObject_Repr(set)))                                              \
    X(iterate_over_set, OBJECT(PySequence_List(set)))                                       \
    X(sort, sort())                                                                         \
    X(items_of_mapping, OBJECT(PyMapping_Items(dict)))                                      \
    X(repeat, OBJECT(PySequence_Repeat(list, 5)))                                           \
    X(length_hint, STATUS(PyObject_LengthHint(number, 5)))

TASKS(DEFINE_TASK)
static const Task tasks[] = {TASKS(TASK_ROW)};

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof tasks[0]);
}

int
main(void)
{
    PyObject *point;
    TAP_BEGIN();
    text = fixture(PyUnicode_FromString("some text, and some more,\nand a line"));
    wide = fixture(PyUnicode_FromString("gr\xc3\xb6\xc3\x9f"
                                        "er \xe2\x82\xac"));
    astral = fixture(PyUnicode_FromString("\xf0\x9f\x92\x8a,and a\xc3\xb6"));
    comma = fixture(PyUnicode_FromString(", "));
    empty = fixture(PyUnicode_FromString(""));
    number = fixture(PyLong_FromLong(300));
    real = fixture(PyFloat_FromDouble(2.5e30));
    list = fixture(PyList_New(0));
    PyList_Append(list, text);
    PyList_Append(list, wide);
    PyList_Append(list, astral);
    PyList_Append(list, comma);
    set = fixture(PySet_New(list));
    other_set = fixture(PySet_New(NULL));
    PySet_Add(other_set, number);
    PySet_Add(other_set, comma);
    dict = fixture(PyDict_New());
    PyDict_SetItem(dict, text, number);
    table = fixture(PyDict_New());
    point = PyLong_FromLong('s');
    PyDict_SetItem(table, point, wide);
    Py_DECREF(point);
    arguments = fixture(PyTuple_Pack(3, wide, number, real));
    format = fixture(PyUnicode_FromString("{0:>20} {1!r:>{1}} {2:.3f}"));
    spec = fixture(PyUnicode_FromString("+050,.3f"));
    percent = fixture(PyUnicode_FromString("%30s %#x %.20g"));
    octets = fixture(PyBytes_FromStringAndSize("\0\0\0a\0\0", 6));
    PySys_AddAuditHook(accept_event, NULL);
    letters = fixture(PyUnicode_BuildEncodingMap(text));
    marker = fixture(PyCFunction_New(&mark_def, NULL));
    PyCodec_RegisterError("test.mark", marker);
    searcher = fixture(PyCFunction_New(&search_def, NULL));
    PyCodec_Register(searcher);
    RUN(test_tasks);
    drop_fixtures();
    return TAP_END();
}
