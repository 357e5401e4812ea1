/* Out of memory: the built-in types, and the functions for any object. */
#include "no_memory.h"

static PyObject *text, *wide, *astral, *number, *small_number, *real, *bytes, *tuple, *list, *dict, *error, *capsule;
static PyObject *key, *names;
static int payload;

/* ---- containers: each task works on a copy of its own ---- */

static int
in_copy(PyObject *items, int (*change)(PyObject *))
{
    int status = items != NULL ? change(items) : -1;
    Py_XDECREF(items);
    return status;
}

static int
in_list(int (*change)(PyObject *))
{
    return in_copy(PySequence_List(tuple), change);
}
static int
append(PyObject *items)
{
    return STATUS(PyList_Append(items, text));
}
static int
insert(PyObject *items)
{
    return STATUS(PyList_Insert(items, 1, text));
}
static int
extend(PyObject *items)
{
    return STATUS(PyList_Extend(items, tuple));
}
static int
set_slice(PyObject *items)
{
    return STATUS(PyList_SetSlice(items, 1, 2, list));
}
static int
set_own_slice(PyObject *items)
{
    return STATUS(PyList_SetSlice(items, 0, 0, items));
}
static int
delete_item(PyObject *items)
{
    return STATUS(PySequence_DelItem(items, 0));
}
static int
delete_all(PyObject *items)
{
    return STATUS(PyList_Clear(items));
}
static int
to_tuple(PyObject *items)
{
    return OBJECT(PyList_AsTuple(items));
}
static int
keep_order(PyObject *items)
{
    return STATUS(PyList_Reverse(items));
}

static int
in_dict(int (*change)(PyObject *))
{
    return in_copy(PyDict_Copy(dict), change);
}
static int
set_item(PyObject *items)
{
    return STATUS(PyDict_SetItem(items, wide, text));
}
static int
set_item_string(PyObject *items)
{
    return STATUS(PyDict_SetItemString(items, "new", text));
}
static int
set_default(PyObject *items)
{
    return POINTER(PyDict_SetDefault(items, wide, text));
}
static int
delete_string(PyObject *items)
{
    return STATUS(PyDict_DelItemString(items, "key"));
}
static int
delete_missing(PyObject *items)
{
    return RAISES(PyExc_KeyError, PyDict_DelItemString(items, "nosuch"));
}
static int
pop(PyObject *items)
{
    return STATUS(PyDict_PopString(items, "key", NULL));
}
static int
merge(PyObject *items)
{
    return STATUS(PyDict_Update(items, names));
}
static int
merge_pairs(PyObject *items)
{
    PyObject *pairs = PyDict_Items(names);
    int status = pairs != NULL ? STATUS(PyDict_MergeFromSeq2(items, pairs, 1)) : -1;
    Py_XDECREF(pairs);
    return status;
}
static int
through_mapping(PyObject *items)
{
    return STATUS(PyMapping_SetItemString(items, "other", text));
}

static int
set_default_ref(PyObject *items)
{
    PyObject *value = NULL;
    int status = PyDict_SetDefaultRef(items, wide, text, &value);
    Py_XDECREF(value);
    return STATUS(status);
}

static int
find_string(PyObject *items)
{
    PyObject *value = NULL;
    int status = PyDict_GetItemStringRef(items, "key", &value);
    Py_XDECREF(value);
    return STATUS(status);
}

/* ---- functions that change their argument ---- */

static int
append_text(void)
{
    PyObject *s = PyUnicode_FromString("left");
    PyUnicode_Append(&s, wide);
    Py_XDECREF(s);
    return s != NULL ? 0 : -1;
}

static int
concat_bytes(void)
{
    PyObject *b = PyBytes_FromString("left");
    if (b != NULL) {
        PyBytes_Concat(&b, bytes);
    }
    Py_XDECREF(b);
    return b != NULL ? 0 : -1;
}

/* Resizes a new object. A failure has to leave NULL in its place. */
static int
resized(PyObject *o, int (*resize)(PyObject **, Py_ssize_t), Py_ssize_t size)
{
    if (o == NULL) {
        return -1;
    }
    if (resize(&o, size) == 0) {
        Py_DECREF(o);
        return 0;
    }
    return o == NULL ? -1 : 0;
}

static int
intern(void)
{
    static int round;
    char name[40];
    snprintf(name, sizeof(name), "no memory for %d", round / 8);
    round++;
    return drop(PyUnicode_InternFromString(name));
}

static int
iterate(PyObject *o)
{
    PyObject *iterator = PyObject_GetIter(o), *item;
    if (iterator == NULL) {
        return -1;
    }
    while ((item = PyIter_Next(iterator)) != NULL) {
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() != NULL ? -1 : 0;
}

static int
fast(void)
{
    PyObject *keys = PySequence_Fast(dict, "a sequence");
    return drop(keys);
}

static int
utf8_of(PyObject *o)
{
    PyObject *copy = PyUnicode_Substring(o, 1, PyUnicode_GetLength(o));
    int status = copy != NULL ? POINTER(PyUnicode_AsUTF8(copy)) : -1;
    Py_XDECREF(copy);
    return status;
}

#define STR_TASKS(X)                                                                                              \
    X(PyUnicode_FromString, OBJECT(PyUnicode_FromString("gr\xc3\xb6\xc3\x9f"                                      \
                                                        "er")))                                                   \
    X(PyUnicode_FromStringAndSize, OBJECT(PyUnicode_FromStringAndSize("\xf0\x9f\x92\x8a x", 6)))                  \
    X(PyUnicode_FromString_bad, RAISES(PyExc_UnicodeDecodeError, PyUnicode_FromString("ab\xff")))                 \
    X(PyUnicode_DecodeUTF8_replace, OBJECT(PyUnicode_DecodeUTF8("a\xff"                                           \
                                                                "b\xe2\x82",                                      \
                                                                5, "replace")))                                   \
    X(PyUnicode_DecodeUTF8_surrogateescape, OBJECT(PyUnicode_DecodeUTF8("a\xff", 2, "surrogateescape")))          \
    X(PyUnicode_DecodeASCII, RAISES(PyExc_UnicodeDecodeError, PyUnicode_DecodeASCII("a\xff", 2, NULL)))           \
    X(PyUnicode_DecodeLatin1, OBJECT(PyUnicode_DecodeLatin1("ab\xff", 3, NULL)))                                  \
    X(PyUnicode_DecodeFSDefault, OBJECT(PyUnicode_DecodeFSDefault("a file")))                                     \
    X(PyUnicode_EncodeFSDefault, OBJECT(PyUnicode_EncodeFSDefault(wide)))                                         \
    X(PyUnicode_AsUTF8String, OBJECT(PyUnicode_AsUTF8String(astral)))                                             \
    X(PyUnicode_AsUTF8_latin, utf8_of(wide))                                                                      \
    X(PyUnicode_AsUTF8_astral, utf8_of(astral))                                                                   \
    X(PyUnicode_AsLatin1String, OBJECT(PyUnicode_AsLatin1String(text)))                                           \
    X(PyUnicode_AsLatin1String_bad, RAISES(PyExc_UnicodeEncodeError, PyUnicode_AsLatin1String(wide)))             \
    X(PyUnicode_AsASCIIString, RAISES(PyExc_UnicodeEncodeError, PyUnicode_AsASCIIString(wide)))                   \
    X(PyUnicode_New, OBJECT(PyUnicode_New(100, 0x10ffff)))                                                        \
    X(PyUnicode_FromOrdinal, OBJECT(PyUnicode_FromOrdinal(0x1f48a)))                                              \
    X(PyUnicode_FromKindAndData, OBJECT(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, "abc", 3)))               \
    X(PyUnicode_FromFormat, OBJECT(PyUnicode_FromFormat("%s %d %R %S %A %T %5.3zd %p %U", "a\xff", 5, list, wide, \
                                                        wide, text, (Py_ssize_t)7, (void *)&payload, astral)))    \
    X(PyUnicode_FromFormat_bad, RAISES(PyExc_SystemError, PyUnicode_FromFormat("%q")))                            \
    X(PyUnicode_Concat, OBJECT(PyUnicode_Concat(text, astral)))                                                   \
    X(PyUnicode_Append, append_text())                                                                            \
    X(PyUnicode_Join, OBJECT(PyUnicode_Join(wide, names)))                                                        \
    X(PyUnicode_Join_bad, RAISES(PyExc_TypeError, PyUnicode_Join(wide, tuple)))                                   \
    X(PyUnicode_Substring, OBJECT(PyUnicode_Substring(wide, 1, 4)))                                               \
    X(PyUnicode_Contains, STATUS(PyUnicode_Contains(wide, text)))                                                 \
    X(PyUnicode_RichCompare, OBJECT(PyUnicode_RichCompare(wide, text, Py_LT)))                                    \
    X(PyUnicode_InternFromString, intern())                                                                       \
    X(PyUnicode_ReadChar, RAISES(PyExc_IndexError, PyUnicode_ReadChar(text, 1000)))                               \
    X(repr_of_str, OBJECT(PyObject_Repr(astral)))                                                                 \
    X(ascii_of_str, OBJECT(PyObject_ASCII(astral)))                                                               \
    X(iteration_over_str, iterate(wide))                                                                          \
    X(index_of_str, OBJECT(PySequence_GetItem(astral, 0)))

#define BYTES_TASKS(X)                                                                       \
    X(PyBytes_FromStringAndSize, OBJECT(PyBytes_FromStringAndSize("bytes", 5)))              \
    X(PyBytes_FromString, OBJECT(PyBytes_FromString("bytes")))                               \
    X(PyBytes_FromFormat, OBJECT(PyBytes_FromFormat("%s %d %zd", "text", 5, (Py_ssize_t)7))) \
    X(PyBytes_Concat, concat_bytes())                                                        \
    X(PyBytes_Resize, resized(PyBytes_FromStringAndSize(NULL, 8), _PyBytes_Resize, 4096))    \
    X(PyBytes_Repr, OBJECT(PyBytes_Repr(bytes, 1)))                                          \
    X(PyBytes_AsString, RAISES(PyExc_TypeError, PyBytes_AsString(text)))                     \
    X(iteration_over_bytes, iterate(bytes))                                                  \
    X(bytes_and_bytes, OBJECT(PySequence_Concat(bytes, bytes)))

#define NUMBER_TASKS(X)                                                                           \
    X(PyLong_FromLong, OBJECT(PyLong_FromLong(1L << 40)))                                         \
    X(PyLong_FromLongLong, OBJECT(PyLong_FromLongLong(-(1LL << 62))))                             \
    X(PyLong_FromUnsignedLongLong, OBJECT(PyLong_FromUnsignedLongLong(~0ULL)))                    \
    X(PyLong_FromSize_t, OBJECT(PyLong_FromSize_t((size_t)-1)))                                   \
    X(PyLong_FromVoidPtr, OBJECT(PyLong_FromVoidPtr(&payload)))                                   \
    X(PyLong_FromDouble, OBJECT(PyLong_FromDouble(1e100)))                                        \
    X(PyLong_FromDouble_bad, RAISES(PyExc_OverflowError, PyLong_FromDouble(HUGE_VAL)))            \
    X(PyLong_AsLong, RAISES(PyExc_OverflowError, PyLong_AsLong(number)))                          \
    X(PyLong_AsLong_of_str, RAISES(PyExc_TypeError, PyLong_AsLong(text)))                         \
    X(PyLong_AsInt, RAISES(PyExc_OverflowError, PyLong_AsInt(number)))                            \
    X(PyLong_AsDouble, NOTHING(PyLong_AsDouble(number)))                                          \
    X(PyLong_AsUnsignedLong, RAISES(PyExc_OverflowError, PyLong_AsUnsignedLong(number)))          \
    X(PyLong_AsVoidPtr, RAISES(PyExc_OverflowError, PyLong_AsVoidPtr(number)))                    \
    X(PyFloat_FromDouble, OBJECT(PyFloat_FromDouble(1.5)))                                        \
    X(PyFloat_AsDouble, RAISES(PyExc_TypeError, PyFloat_AsDouble(text)))                          \
    X(PyNumber_Long, RAISES(PyExc_ValueError, PyNumber_Long(wide)))                               \
    X(PyNumber_Long_of_float, OBJECT(PyNumber_Long(real)))                                        \
    X(PyNumber_Float, OBJECT(PyNumber_Float(number)))                                             \
    X(PyNumber_Float_of_str, RAISES(PyExc_ValueError, PyNumber_Float(text)))                      \
    X(PyNumber_Index, RAISES(PyExc_TypeError, PyNumber_Index(real)))                              \
    X(PyNumber_AsSsize_t, RAISES(PyExc_IndexError, PyNumber_AsSsize_t(number, PyExc_IndexError))) \
    X(repr_of_big_int, OBJECT(PyObject_Repr(number)))                                             \
    X(repr_of_float, OBJECT(PyObject_Repr(real)))                                                 \
    X(comparison, OBJECT(PyObject_RichCompare(number, real, Py_LT)))

#define CONTAINER_TASKS(X)                                                               \
    X(PyTuple_New, OBJECT(PyTuple_New(30)))                                              \
    X(PyTuple_Pack, OBJECT(PyTuple_Pack(3, list, dict, text)))                           \
    X(PyTuple_GetSlice, OBJECT(PyTuple_GetSlice(tuple, 0, 2)))                           \
    X(PyTuple_GetItem, RAISES(PyExc_IndexError, PyTuple_GetItem(tuple, 50)))             \
    X(PyTuple_Resize, resized(PyTuple_New(2), _PyTuple_Resize, 500))                     \
    X(PySequence_Concat_of_tuples, OBJECT(PySequence_Concat(tuple, tuple)))              \
    X(repr_of_tuple, OBJECT(PyObject_Repr(tuple)))                                       \
    X(hash_of_tuple, NOTHING(PyObject_Hash(tuple)))                                      \
    X(PyList_New, OBJECT(PyList_New(30)))                                                \
    X(PyList_Append, in_list(append))                                                    \
    X(PyList_Insert, in_list(insert))                                                    \
    X(PyList_Extend, in_list(extend))                                                    \
    X(PyList_SetSlice, in_list(set_slice))                                               \
    X(PyList_SetSlice_of_itself, in_list(set_own_slice))                                 \
    X(PySequence_DelItem, in_list(delete_item))                                          \
    X(PyList_Clear, in_list(delete_all))                                                 \
    X(PyList_AsTuple, in_list(to_tuple))                                                 \
    X(PyList_Reverse, in_list(keep_order))                                               \
    X(PyList_GetSlice, OBJECT(PyList_GetSlice(list, 0, 2)))                              \
    X(PyList_GetItemRef, RAISES(PyExc_IndexError, PyList_GetItemRef(list, 50)))          \
    X(repr_of_list, OBJECT(PyObject_Repr(list)))                                         \
    X(PySequence_Tuple, OBJECT(PySequence_Tuple(dict)))                                  \
    X(PySequence_List, OBJECT(PySequence_List(wide)))                                    \
    X(PySequence_Fast, fast())                                                           \
    X(PySequence_Contains, STATUS(PySequence_Contains(list, number)))                    \
    X(PySequence_GetItem_of_int, RAISES(PyExc_TypeError, PySequence_GetItem(number, 0))) \
    X(PySequence_Size_of_int, RAISES(PyExc_TypeError, PySequence_Size(number)))          \
    X(iteration_over_list, iterate(list))                                                \
    X(iteration_over_tuple, iterate(tuple))                                              \
    X(iteration_over_dict, iterate(dict))                                                \
    X(iteration_over_int, RAISES(PyExc_TypeError, PyObject_GetIter(number)))

#define DICT_TASKS(X)                                                                        \
    X(PyDict_New, OBJECT(PyDict_New()))                                                      \
    X(PyDict_Copy, OBJECT(PyDict_Copy(dict)))                                                \
    X(PyDict_SetItem, in_dict(set_item))                                                     \
    X(PyDict_SetItemString, in_dict(set_item_string))                                        \
    X(PyDict_SetItem_unhashable, RAISES(PyExc_TypeError, PyDict_SetItem(dict, list, text)))  \
    X(PyDict_SetDefault, in_dict(set_default))                                               \
    X(PyDict_SetDefaultRef, in_dict(set_default_ref))                                        \
    X(PyDict_GetItemStringRef, in_dict(find_string))                                         \
    X(PyDict_GetItemWithError, RAISES(PyExc_TypeError, PyDict_GetItemWithError(dict, list))) \
    X(PyDict_DelItemString, in_dict(delete_string))                                          \
    X(PyDict_DelItemString_missing, in_dict(delete_missing))                                 \
    X(PyDict_PopString, in_dict(pop))                                                        \
    X(PyDict_Update, in_dict(merge))                                                         \
    X(PyDict_MergeFromSeq2, in_dict(merge_pairs))                                            \
    X(PyMapping_SetItemString, in_dict(through_mapping))                                     \
    X(PyMapping_GetItemString, OBJECT(PyMapping_GetItemString(dict, "key")))                 \
    X(PyDict_ContainsString, STATUS(PyDict_ContainsString(dict, "key")))                     \
    X(PyDict_Keys, OBJECT(PyDict_Keys(dict)))                                                \
    X(PyDict_Values, OBJECT(PyDict_Values(dict)))                                            \
    X(PyDict_Items, OBJECT(PyDict_Items(dict)))                                              \
    X(repr_of_dict, OBJECT(PyObject_Repr(dict)))                                             \
    X(comparison_of_dicts, OBJECT(PyObject_RichCompare(dict, names, Py_EQ)))                 \
    X(PyObject_GetItem_missing, RAISES(PyExc_KeyError, PyObject_GetItem(dict, text)))

#define OBJECT_TASKS(X)                                                                                         \
    X(PyObject_Repr_of_capsule, OBJECT(PyObject_Repr(capsule)))                                                 \
    X(PyObject_Str_of_error, OBJECT(PyObject_Str(error)))                                                       \
    X(PyObject_Repr_of_error, OBJECT(PyObject_Repr(error)))                                                     \
    X(PyObject_Repr_of_type, OBJECT(PyObject_Repr((PyObject *)&PyCapsule_Type)))                                \
    X(PyObject_ASCII, OBJECT(PyObject_ASCII(list)))                                                             \
    X(PyObject_RichCompare, RAISES(PyExc_TypeError, PyObject_RichCompare(text, list, Py_LT)))                   \
    X(PyObject_Hash, RAISES(PyExc_TypeError, PyObject_Hash(list)))                                              \
    X(PyObject_GetAttrString, OBJECT(PyObject_GetAttrString(error, "args")))                                    \
    X(PyObject_GetAttrString_missing, RAISES(PyExc_AttributeError, PyObject_GetAttrString(text, "nosuch")))     \
    X(PyObject_GetAttrString_class, OBJECT(PyObject_GetAttrString(capsule, "__class__")))                       \
    X(PyObject_GetAttrString_doc, OBJECT(PyObject_GetAttrString(capsule, "__doc__")))                           \
    X(PyObject_GetAttrString_name, OBJECT(PyObject_GetAttrString((PyObject *)&PyCapsule_Type, "__name__")))     \
    X(PyObject_GetAttrString_method, OBJECT(PyObject_GetAttrString(list, "append")))                            \
    X(PyObject_HasAttrStringWithError, STATUS(PyObject_HasAttrStringWithError(text, "nosuch")))                 \
    X(PyObject_SetAttrString, STATUS(PyObject_SetAttrString(error, "note", text)))                              \
    X(PyObject_SetAttrString_capsule, RAISES(PyExc_AttributeError, PyObject_SetAttrString(capsule, "x", text))) \
    X(PyObject_DelAttrString, RAISES(PyExc_AttributeError, PyObject_DelAttrString(error, "nosuch")))            \
    X(PyObject_Size, RAISES(PyExc_TypeError, PyObject_Size(number)))                                            \
    X(PyObject_IsInstance, STATUS(PyObject_IsInstance(error, PyExc_Exception)))                                 \
    X(PyObject_IsInstance_bad, RAISES(PyExc_TypeError, PyObject_IsInstance(error, number)))                     \
    X(PyType_GetName, OBJECT(PyType_GetName(&PyCapsule_Type)))                                                  \
    X(PyType_GetQualName, OBJECT(PyType_GetQualName(Py_TYPE(error))))

#define ALL_TASKS(X) STR_TASKS(X) BYTES_TASKS(X) NUMBER_TASKS(X) CONTAINER_TASKS(X) DICT_TASKS(X) OBJECT_TASKS(X)

ALL_TASKS(DEFINE_TASK)
static const Task tasks[] = {ALL_TASKS(TASK_ROW)};

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof tasks[0]);
}

int
main(void)
{
    TAP_BEGIN();
    text = fixture(PyUnicode_FromString("some text"));
    wide = fixture(PyUnicode_FromString("gr\xc3\xb6\xc3\x9f"
                                        "er \xe2\x82\xac"));
    astral = fixture(PyUnicode_FromString("\xf0\x9f\x92\x8a and a\xc3\xb6"));
    number = fixture(PyLong_FromDouble(1e60));
    small_number = fixture(PyLong_FromLong(100000));
    real = fixture(PyFloat_FromDouble(2.5e30));
    bytes = fixture(PyBytes_FromStringAndSize("by\0tes\xff", 7));
    tuple = fixture(PyTuple_Pack(3, text, number, real));
    list = fixture(PySequence_List(tuple));
    error = fixture(PyObject_CallFunctionObjArgs(PyExc_ValueError, text, wide, NULL));
    capsule = fixture(PyCapsule_New(&payload, "n\xff", NULL));
    key = fixture(PyUnicode_FromString("key"));
    dict = fixture(PyDict_New());
    names = fixture(PyDict_New());
    if (PyDict_SetItem(dict, key, list) < 0 || PyDict_SetItem(dict, small_number, text) < 0 ||
        PyDict_SetItem(names, wide, text) < 0 || PyDict_SetItem(names, astral, text) < 0 ||
        PyObject_SetAttrString(error, "note", text) < 0) {
        PyErr_Print();
        return 1;
    }
    RUN(test_tasks);
    drop_fixtures();
    return TAP_END();
}
