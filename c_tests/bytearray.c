/* bytearray: made from C and by calling the type, resized, exported, compared, shown; its operators through the C API. */
#include "outcome.h"

#include <stdint.h>

static PyObject *
array_of(const char *text)
{
    return PyByteArray_FromStringAndSize(text, (Py_ssize_t)strlen(text));
}

static PyObject *
number_of(long value)
{
    return PyLong_FromLong(value);
}

static void
test_making(void)
{
    PyObject *array = PyByteArray_FromStringAndSize("a\0b!", 3);
    PyObject *other;

    ok(PyByteArray_CheckExact(array), "FromStringAndSize makes exactly a bytearray");
    ok(PyByteArray_Check(array), "a bytearray passes PyByteArray_Check");
    ok(!PyByteArray_Check(Py_None), "None does not pass PyByteArray_Check");
    is_int(PyByteArray_Size(array), 3, "Size is the number of bytes");
    is_int(Py_SIZE(array), 3, "ob_size is the number of bytes");
    is_str(shown(array), "bytearray(b'a\\x00b')", "FromStringAndSize copies as much as the size says");
    is_int(PyByteArray_AsString(array)[3], 0, "FromStringAndSize puts a NUL behind the copy");
    is_int(Py_REFCNT(array), 1, "the caller has the one reference");
    is_str(outcome_int(PyObject_Hash(array)), "TypeError: unhashable type: 'bytearray'", "a bytearray has no hash");
    Py_DECREF(array);

    array = PyByteArray_FromStringAndSize(NULL, 0);
    is_str(PyByteArray_AsString(array), "", "the string of an empty bytearray is empty");
    is_ptr(PyByteArray_AsString(array), _PyByteArray_empty_string, "all empty bytearrays have one string");
    other = PyByteArray_FromStringAndSize("", 0);
    ok(array != other, "each empty bytearray is an object of its own");
    Py_DECREF(other);
    Py_DECREF(array);

    array = PyByteArray_FromStringAndSize(NULL, 4);
    is_int(PyByteArray_Size(array), 4, "FromStringAndSize of NULL makes room");
    memcpy(PyByteArray_AsString(array), "data", 4);
    is_str(shown(array), "bytearray(b'data')", "bytes written into the room are the object's value");
    Py_DECREF(array);

    is_str(outcome(PyByteArray_FromStringAndSize("abc", -1)),
           "SystemError: Negative size passed to PyByteArray_FromStringAndSize", "a negative size is an error");
    is_str(outcome(PyByteArray_FromStringAndSize(NULL, PY_SSIZE_T_MAX)),
           "MemoryError: ", "a size that no object can have is a MemoryError");
}

/* Objects to make a bytearray of. */
enum {
    BYTES,
    ARRAY,
    TEXT,
    NUMBER,
    NEGATIVE,
    HUGE_NUMBER,
    LARGE,
    LIST,
    TUPLE,
    BAD_LIST,
    WORDS,
    DICT,
    NOTHING,
    FLOAT,
    KINDS
};

static PyObject *
object_of(int kind)
{
    PyObject *o = NULL, *item;
    switch (kind) {
    case BYTES: return PyBytes_FromStringAndSize("by\0\xff", 4);
    case ARRAY: return array_of("array");
    case TEXT: return PyUnicode_FromString("t\xc3\xa9xt");
    case NUMBER: return number_of(5);
    case NEGATIVE: return number_of(-1);
    case HUGE_NUMBER:
        item = PyUnicode_FromString("1267650600228229401496703205376");
        o = PyNumber_Long(item);
        Py_DECREF(item);
        return o;
    case LARGE: return PyLong_FromSsize_t(PY_SSIZE_T_MAX);
    case LIST:
    case BAD_LIST:
    case WORDS:
        o = PyList_New(0);
        item = number_of(1);
        PyList_Append(o, item);
        Py_DECREF(item);
        item = kind == WORDS ? PyUnicode_FromString("a") : number_of(kind == LIST ? 255 : 256);
        PyList_Append(o, item);
        Py_DECREF(item);
        return o;
    case TUPLE:
        o = PyTuple_New(1);
        PyTuple_SetItem(o, 0, number_of(7));
        return o;
    case DICT:
        o = PyDict_New();
        item = number_of(9);
        PyDict_SetItem(o, item, Py_None);
        Py_DECREF(item);
        return o;
    case NOTHING: return Py_NewRef(Py_None);
    default: return PyFloat_FromDouble(1.5);
    }
}

static const char *const kinds[KINDS] = {"bytes",    "bytearray",      "str",      "5",    "-1",
                                         "2 ** 100", "PY_SSIZE_T_MAX", "[1, 255]", "(7,)", "[1, 256]",
                                         "[1, 'a']", "{9: None}",      "None",     "1.5"};

static void
test_from_objects(void)
{
    static const char *const outcomes[KINDS] = {
        "bytearray(b'by\\x00\\xff')",
        "bytearray(b'array')",
        "TypeError: string argument without an encoding",
        "bytearray(b'\\x00\\x00\\x00\\x00\\x00')",
        "ValueError: negative count",
        "OverflowError: cannot fit 'int' into an index-sized integer",
        "MemoryError: ",
        "bytearray(b'\\x01\\xff')",
        "bytearray(b'\\x07')",
        "ValueError: byte must be in range(0, 256)",
        "TypeError: 'str' object cannot be interpreted as an integer",
        "bytearray(b'\\t')",
        "TypeError: cannot convert 'NoneType' object to bytearray",
        "TypeError: cannot convert 'float' object to bytearray",
    };
    int kind;
    for (kind = 0; kind < KINDS; kind++) {
        PyObject *o = object_of(kind);
        is_str(outcome(PyByteArray_FromObject(o)), outcomes[kind], "FromObject of %s", kinds[kind]);
        is_int(Py_REFCNT(o) == 1 || kind == NUMBER || kind == NEGATIVE || kind == NOTHING, 1,
               "FromObject of %s keeps no reference", kinds[kind]);
        Py_DECREF(o);
    }
}

/* Calls bytearray with up to three arguments by position, and up to two by name. */
static void
test_calls(void)
{
    static const struct {
        const char *positional[4], *encoding, *errors, *outcome;
    } rows[] = {
        {{NULL}, NULL, NULL, "bytearray(b'')"},
        {{"x\xc3\xa9", "utf-8", NULL}, NULL, NULL, "bytearray(b'x\\xc3\\xa9')"},
        {{"x\xc3\xa9", "latin-1", NULL}, NULL, NULL, "bytearray(b'x\\xe9')"},
        {{"x\xc3\xa9", "ascii", "replace", NULL}, NULL, NULL, "bytearray(b'x?')"},
        {{"x\xc3\xa9", NULL}, "ascii", "ignore", "bytearray(b'x')"},
        {{"x\xc3\xa9", NULL},
         "ascii",
         NULL,
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
        {{"x", NULL}, NULL, "strict", "TypeError: string argument without an encoding"},
        {{NULL}, "utf-8", NULL, "TypeError: encoding without a string argument"},
        {{NULL}, NULL, "strict", "TypeError: errors without a string argument"},
        {{"a", "utf-8", "strict", "b"}, NULL, NULL, "TypeError: bytearray() takes at most 3 arguments (4 given)"},
        {{"a", "utf-8", NULL},
         "utf-8",
         NULL,
         "TypeError: argument for bytearray() given by name ('encoding') and position (2)"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *keywords = PyDict_New(), *arguments, *value;
        int count = 0, j;
        while (count < 4 && rows[i].positional[count] != NULL) {
            count++;
        }
        arguments = PyTuple_New(count);
        for (j = 0; j < count; j++) {
            PyTuple_SetItem(arguments, j, PyUnicode_FromString(rows[i].positional[j]));
        }
        if (rows[i].encoding) {
            value = PyUnicode_FromString(rows[i].encoding);
            PyDict_SetItemString(keywords, "encoding", value);
            Py_DECREF(value);
        }
        if (rows[i].errors) {
            value = PyUnicode_FromString(rows[i].errors);
            PyDict_SetItemString(keywords, "errors", value);
            Py_DECREF(value);
        }
        is_str(outcome(PyObject_Call((PyObject *)&PyByteArray_Type, arguments, keywords)), rows[i].outcome,
               "row %d: calling bytearray", (int)i);
        Py_DECREF(arguments);
        Py_DECREF(keywords);
    }
}

static void
test_resizing(void)
{
    PyObject *array = array_of("abcdef");
    Py_ssize_t size;
    int kept = 0, ended = 0;
    is_int(PyByteArray_Resize(array, 3), 0, "Resize to fewer bytes succeeds");
    is_str(shown(array), "bytearray(b'abc')", "Resize to fewer bytes cuts the end off");
    is_int(PyByteArray_Resize(array, 3), 0, "Resize to the present size succeeds");
    is_int(PyByteArray_Resize(array, -1), -1, "Resize to a negative size fails");
    raises(PyExc_ValueError, "Can only resize to positive sizes, got -1", "a negative size is a ValueError");
    is_int(PyByteArray_Resize(array, PY_SSIZE_T_MAX), -1, "Resize to more than there is fails");
    raises(PyExc_MemoryError, "", "Resize without memory is a MemoryError");
    is_str(shown(array), "bytearray(b'abc')", "Resize that fails changes nothing");
    for (size = 0; size < 300; size++) {
        is_int(PyByteArray_Resize(array, 3 + size * size % 251), 0, "Resize to %d bytes succeeds",
               (int)(3 + size * size % 251));
        kept += memcmp(PyByteArray_AsString(array), "abc", 3) == 0;
        ended += PyByteArray_AsString(array)[3 + size * size % 251] == '\0';
    }
    is_int(kept, 300, "Resize keeps the first bytes");
    is_int(ended, 300, "Resize puts a NUL behind the last byte");
    is_int(PyByteArray_Resize(array, 0), 0, "Resize to no bytes succeeds");
    is_str(shown(array), "bytearray(b'')", "a bytearray can be emptied");
    Py_DECREF(array);
}

static void
test_exports(void)
{
    static const char refusal[] = "Existing exports of data: object cannot be re-sized";
    PyObject *array = array_of("abc"), *other = array_of("x"), *nothing = array_of("");
    Py_buffer view, second;
    int flags, right = 0;
    Py_ssize_t before = Py_REFCNT(array);

    for (flags = 0; flags < 0x400; flags++) {
        if (flags == PyBUF_READ || flags == PyBUF_WRITE) {
            right += PyObject_GetBuffer(array, &view, flags) == -1 && PyErr_ExceptionMatches(PyExc_SystemError);
            PyErr_Clear();
            right += PyByteArray_Resize(array, 3) == 0;
            continue;
        }
        right += PyObject_GetBuffer(array, &view, flags) == 0 && view.buf == PyByteArray_AsString(array) &&
                 view.len == 3 && view.itemsize == 1 && view.readonly == 0 && view.ndim == 1 && view.obj == array &&
                 Py_REFCNT(array) == before + 1 && (view.format != NULL) == ((flags & PyBUF_FORMAT) != 0) &&
                 (view.shape != NULL) == ((flags & PyBUF_ND) != 0) &&
                 (view.strides != NULL) == ((flags & PyBUF_STRIDES) == PyBUF_STRIDES);
        PyBuffer_Release(&view);
        right += view.obj == NULL && Py_REFCNT(array) == before;
    }
    is_int(right, 2 * 0x400, "a bytearray exports what the flags request, for each combination of flags");

    is_int(PyObject_GetBuffer(array, &view, PyBUF_SIMPLE), 0, "a bytearray exports its bytes");
    is_int(PyObject_GetBuffer(array, &second, PyBUF_WRITABLE), 0, "a bytearray exports its bytes twice");
    ((char *)view.buf)[0] = 'X';
    is_str(shown(array), "bytearray(b'Xbc')", "a write to the buffer changes the bytearray");
    is_int(PyByteArray_Resize(array, 10), -1, "Resize fails while a buffer is exported");
    raises(PyExc_BufferError, refusal, "Resize of exported bytes is a BufferError");
    is_int(PyByteArray_Resize(array, 3), 0, "Resize to the present size succeeds while a buffer is exported");
    PyBuffer_Release(&second);
    is_str(outcome(PyNumber_InPlaceAdd(array, other)),
           "BufferError: Existing exports of data: object cannot be re-sized",
           "in-place concatenation fails while a buffer is exported");
    is_str(outcome(PyNumber_InPlaceAdd(array, nothing)), "bytearray(b'Xbc')",
           "nothing can be appended while a buffer is exported");
    is_int(PySequence_DelItem(array, 0), -1, "an item can't be deleted while a buffer is exported");
    raises(PyExc_BufferError, refusal, "deleting an exported item is a BufferError");
    is_int(PySequence_SetItem(array, 0, Py_None), -1, "an item is no byte if it is None");
    PyErr_Clear();
    PyBuffer_Release(&view);
    is_int(PyByteArray_Resize(array, 1), 0, "Resize succeeds when all buffers are released");
    is_str(outcome(PyNumber_InPlaceAdd(array, array)),
           "BufferError: Existing exports of data: object cannot be re-sized",
           "a bytearray can't be appended to itself in place");
    Py_DECREF(nothing);
    Py_DECREF(other);
    Py_DECREF(array);
}

static void
test_concat(void)
{
    static const struct {
        int left, right;
        const char *function, *array, *bytes;
    } rows[] = {
        {BYTES, ARRAY, "bytearray(b'by\\x00\\xffarray')", NULL, "b'by\\x00\\xffarray'"},
        {ARRAY, BYTES, "bytearray(b'arrayby\\x00\\xff')", "bytearray(b'arrayby\\x00\\xff')", NULL},
        {ARRAY, ARRAY, "bytearray(b'arrayarray')", "bytearray(b'arrayarray')", NULL},
        {ARRAY, TEXT, "TypeError: can't concat str to bytearray", "TypeError: can't concat str to bytearray", NULL},
        {BYTES, NUMBER, "TypeError: can't concat int to bytes", NULL, "TypeError: can't concat int to bytes"},
        {TEXT, ARRAY, "TypeError: can't concat bytearray to str", NULL, NULL},
        {ARRAY, LIST, "TypeError: can't concat list to bytearray", "TypeError: can't concat list to bytearray", NULL},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *left = object_of(rows[i].left), *right = object_of(rows[i].right);
        is_str(outcome(PyByteArray_Concat(left, right)), rows[i].function, "PyByteArray_Concat of %s and %s",
               kinds[rows[i].left], kinds[rows[i].right]);
        if (rows[i].array) {
            is_str(outcome(PyNumber_Add(left, right)), rows[i].array, "%s + %s", kinds[rows[i].left],
                   kinds[rows[i].right]);
            is_str(outcome(PyNumber_InPlaceAdd(left, right)),
                   rows[i].left == rows[i].right ? "bytearray(b'arrayarray')" : rows[i].array, "%s += %s",
                   kinds[rows[i].left], kinds[rows[i].right]);
        }
        if (rows[i].bytes) {
            is_str(outcome(PyNumber_Add(left, right)), rows[i].bytes, "%s + %s", kinds[rows[i].left],
                   kinds[rows[i].right]);
        }
        Py_DECREF(left);
        Py_DECREF(right);
    }
}

static void
test_items(void)
{
    PyObject *array = array_of("abc"), *key, *value = number_of(65), *large = number_of(256),
             *text = PyUnicode_FromString("x");
    is_str(outcome(PySequence_GetItem(array, 0)), "97", "an item is an int");
    is_str(outcome(PySequence_GetItem(array, -1)), "99", "a negative index counts from the end");
    is_str(outcome(PySequence_GetItem(array, 3)), "IndexError: bytearray index out of range", "an index past the end");
    is_str(outcome(PySequence_GetItem(array, -4)), "IndexError: bytearray index out of range",
           "an index before the beginning");
    key = number_of(-2);
    is_str(outcome(PyObject_GetItem(array, key)), "98", "a subscript is an index");
    is_int(PyObject_SetItem(array, key, value), 0, "a subscript can be set");
    is_str(shown(array), "bytearray(b'aAc')", "setting a subscript changes the byte");
    is_int(PyObject_DelItem(array, key), 0, "a subscript can be deleted");
    is_str(shown(array), "bytearray(b'ac')", "deleting a subscript removes the byte");
    Py_DECREF(key);
    is_int(PySequence_DelItem(array, 0), 0, "the first item can be deleted");
    is_str(shown(array), "bytearray(b'c')", "deleting the first item removes it");
    is_int(PySequence_SetItem(array, 0, large), -1, "256 is no byte");
    raises(PyExc_ValueError, "byte must be in range(0, 256)", "a number that is no byte is a ValueError");
    is_int(PySequence_SetItem(array, 0, text), -1, "a str is no byte");
    raises(PyExc_TypeError, "'str' object cannot be interpreted as an integer",
           "an item that is no number is a TypeError");
    is_int(PySequence_SetItem(array, 1, value), -1, "an item past the end can't be set");
    raises(PyExc_IndexError, "bytearray index out of range", "setting past the end is an IndexError");
    is_int(PySequence_DelItem(array, -3), -1, "an item before the beginning can't be deleted");
    raises(PyExc_IndexError, "bytearray index out of range", "deleting before the beginning is an IndexError");
    is_int(PySequence_SetItem(array, -2, value), 0, "a negative index of an item to set counts from the end twice");
    is_str(shown(array), "bytearray(b'A')", "an index before the beginning that counts twice is inside");
    is_str(outcome(PyObject_GetItem(array, text)), "TypeError: bytearray indices must be integers or slices, not str",
           "a str is no index");
    is_int(PyObject_SetItem(array, text, value), -1, "a str is no index to set");
    raises(PyExc_TypeError, "bytearray indices must be integers or slices, not str", "setting at a str is a TypeError");
    Py_DECREF(text);
    Py_DECREF(large);
    Py_DECREF(value);
    Py_DECREF(array);
}

static PyObject *
times(PyObject *array, Py_ssize_t count, PyObject *(*multiply)(PyObject *, PyObject *))
{
    PyObject *number = PyLong_FromSsize_t(count), *result = multiply(array, number);
    Py_DECREF(number);
    return result;
}

static void
test_repeat(void)
{
    PyObject *array = array_of("ab"), *same;
    is_str(outcome(times(array, 3, PyNumber_Multiply)), "bytearray(b'ababab')", "a bytearray can be repeated");
    is_str(outcome(times(array, 1, PyNumber_Multiply)), "bytearray(b'ab')", "a bytearray can be repeated once");
    is_str(outcome(times(array, 0, PyNumber_Multiply)), "bytearray(b'')", "repeated zero times a bytearray is empty");
    is_str(outcome(times(array, -7, PyNumber_Multiply)), "bytearray(b'')", "a negative count is zero");
    is_str(outcome(times(array, PY_SSIZE_T_MAX / 2 + 1, PyNumber_Multiply)),
           "MemoryError: ", "too many bytes are a MemoryError");
    same = times(array, 2, PyNumber_InPlaceMultiply);
    is_ptr(same, array, "in-place repetition returns the object itself");
    is_str(shown(array), "bytearray(b'abab')", "in-place repetition changes the object");
    Py_XDECREF(same);
    same = times(array, 5, PyNumber_InPlaceMultiply);
    is_str(shown(array), "bytearray(b'abababababababababab')", "in-place repetition repeats all bytes");
    Py_XDECREF(same);
    Py_XDECREF(times(array, 0, PyNumber_InPlaceMultiply));
    is_str(shown(array), "bytearray(b'')", "in-place repetition can empty the object");
    Py_DECREF(array);
}

static void
test_contains(void)
{
    PyObject *array = array_of("abcdef"), *o;
    static const struct {
        int kind;
        const char *outcome;
    } rows[] = {
        {BYTES, "0"},
        {NUMBER, "0"},
        {NEGATIVE, "ValueError: byte must be in range(0, 256)"},
        {HUGE_NUMBER, "ValueError: byte must be in range(0, 256)"},
        {TEXT, "TypeError: a bytes-like object is required, not 'str'"},
        {FLOAT, "TypeError: a bytes-like object is required, not 'float'"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        o = object_of(rows[i].kind);
        is_str(outcome_int(PySequence_Contains(array, o)), rows[i].outcome, "whether %s is in a bytearray",
               kinds[rows[i].kind]);
        Py_DECREF(o);
    }
    o = array_of("cde");
    is_int(PySequence_Contains(array, o), 1, "a part is in a bytearray");
    Py_DECREF(o);
    o = array_of("");
    is_int(PySequence_Contains(array, o), 1, "nothing is in each bytearray");
    Py_DECREF(o);
    o = number_of('f');
    is_int(PySequence_Contains(array, o), 1, "a byte is in a bytearray as a number");
    Py_DECREF(o);
    is_int(PySequence_Contains(array, array), 1, "a bytearray is in itself");
    Py_DECREF(array);
}

static void
test_repr(void)
{
    static const struct {
        const char *text, *repr;
    } rows[] = {
        {"", "bytearray(b'')"},
        {"it's", "bytearray(b\"it\\'s\")"},
        {"\"", "bytearray(b'\"')"},
        {"'\"", "bytearray(b'\\'\"')"},
        {"\\\t\n\r\x01\x7f\x80\xff ~", "bytearray(b'\\\\\\t\\n\\r\\x01\\x7f\\x80\\xff ~')"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *array = array_of(rows[i].text), *text = PyObject_Str(array);
        is_str(shown(array), rows[i].repr, "row %d: the repr of a bytearray", (int)i);
        is_str(text ? PyUnicode_AsUTF8(text) : NULL, rows[i].repr, "row %d: str() of a bytearray is its repr", (int)i);
        Py_XDECREF(text);
        Py_DECREF(array);
    }
}

static void
test_compare(void)
{
    static const char *const ordered[] = {"", "A", "a", "aa", "b", "\xff"};
    const int count = (int)(sizeof ordered / sizeof ordered[0]);
    int i, j, kind, agree = 0;
    PyObject *array = array_of("a"), *text = PyUnicode_FromString("a");
    for (i = 0; i < count; i++) {
        for (j = 0; j < count; j++) {
            for (kind = 1; kind < 4; kind++) {
                PyObject *left = kind & 1 ? array_of(ordered[i]) : PyBytes_FromString(ordered[i]);
                PyObject *right = kind & 2 ? array_of(ordered[j]) : PyBytes_FromString(ordered[j]);
                agree += PyObject_RichCompareBool(left, right, Py_LT) == (i < j) &&
                         PyObject_RichCompareBool(left, right, Py_LE) == (i <= j) &&
                         PyObject_RichCompareBool(left, right, Py_EQ) == (i == j) &&
                         PyObject_RichCompareBool(left, right, Py_NE) == (i != j) &&
                         PyObject_RichCompareBool(left, right, Py_GT) == (i > j) &&
                         PyObject_RichCompareBool(left, right, Py_GE) == (i >= j);
                Py_DECREF(left);
                Py_DECREF(right);
            }
        }
    }
    is_int(agree, 3 * count * count, "bytearrays and bytes are compared byte by byte");
    is_str(outcome(PyObject_RichCompare(array, text, Py_EQ)), "False", "a bytearray and a str are not equal");
    is_str(outcome(PyObject_RichCompare(array, text, Py_NE)), "True", "a bytearray and a str differ");
    is_str(outcome(PyObject_RichCompare(array, text, Py_LT)),
           "TypeError: '<' not supported between instances of 'bytearray' and 'str'",
           "a bytearray and a str have no order");
    Py_DECREF(text);
    Py_DECREF(array);
}

static void
test_iterating(void)
{
    PyObject *array = array_of("abc"), *iterator = PyObject_GetIter(array), *list;
    ok(Py_IS_TYPE(iterator, &PyByteArrayIter_Type), "the iterator has a type of its own");
    is_str(outcome(PyIter_Next(iterator)), "97", "the first item of a bytearray is its first byte");
    is_int(PyByteArray_Resize(array, 5), 0, "a bytearray can grow while it is iterated");
    memcpy(PyByteArray_AsString(array) + 3, "de", 2);
    list = PySequence_List(iterator);
    is_str(shown(list), "[98, 99, 100, 101]", "the iterator sees bytes that were added");
    Py_XDECREF(list);
    is_int(PyByteArray_Resize(array, 9), 0, "a bytearray can grow after its iterator's end");
    is_ptr(PyIter_Next(iterator), NULL, "an iterator stays at its end");
    no_error("the end of an iterator is no error");
    Py_DECREF(iterator);
    is_int(Py_REFCNT(array), 1, "an iterator keeps no reference after its end");
    Py_DECREF(array);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_making);
    RUN(test_from_objects);
    RUN(test_calls);
    RUN(test_resizing);
    RUN(test_exports);
    RUN(test_concat);
    RUN(test_items);
    RUN(test_repeat);
    RUN(test_contains);
    RUN(test_repr);
    RUN(test_compare);
    RUN(test_iterating);
    return TAP_END();
}
