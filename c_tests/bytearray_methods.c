/* The methods by which a bytearray changes, the size of its block, and the state after a call that fails. */
#include "outcome.h"

/* An argument: a small int, or the marks below. */
enum { NO = -9000, NONE, TEXT, BYTES, LIST, BAD_LIST, ITSELF, FLOAT, HUGE_INT };

static PyObject *
argument_of(int value, PyObject *self)
{
    PyObject *o, *item;
    switch (value) {
    case NONE: return Py_NewRef(Py_None);
    case TEXT: return PyUnicode_FromString("xy");
    case BYTES: return PyBytes_FromString("xyz");
    case FLOAT: return PyFloat_FromDouble(1.5);
    case ITSELF: return Py_NewRef(self);
    case HUGE_INT:
        item = PyUnicode_FromString("1267650600228229401496703205376");
        o = PyNumber_Long(item);
        Py_DECREF(item);
        return o;
    case LIST:
    case BAD_LIST:
        o = PyList_New(2);
        PyList_SetItem(o, 0, PyLong_FromLong(65));
        PyList_SetItem(o, 1, PyLong_FromLong(value == LIST ? 66 : 256));
        return o;
    default: return PyLong_FromLong(value);
    }
}

static const struct {
    const char *method;
    int first, second;
    const char *outcome, *after;
} rows[] = {
#define REFUSED "BufferError: Existing exports of data: object cannot be re-sized"
    {"append", 100, NO, "None", "b'abcd'"},
    {"append", 256, NO, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"append", -1, NO, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"append", HUGE_INT, NO, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"append", TEXT, NO, "TypeError: 'str' object cannot be interpreted as an integer", "b'abc'"},
    {"append", BYTES, NO, "TypeError: 'bytes' object cannot be interpreted as an integer", "b'abc'"},
    {"append", NO, NO, "TypeError: bytearray.append() takes exactly one argument (0 given)", "b'abc'"},
    {"extend", BYTES, NO, "None", "b'abcxyz'"},
    {"extend", LIST, NO, "None", "b'abcAB'"},
    {"extend", ITSELF, NO, "None", "b'abcabc'"},
    {"extend", BAD_LIST, NO, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"extend", TEXT, NO, "TypeError: expected iterable of integers; got: 'str'", "b'abc'"},
    {"extend", 5, NO, "TypeError: can't extend bytearray with int", "b'abc'"},
    {"insert", 0, 65, "None", "b'Aabc'"},
    {"insert", -1, 65, "None", "b'abAc'"},
    {"insert", 99, 65, "None", "b'abcA'"},
    {"insert", -99, 65, "None", "b'Aabc'"},
    {"insert", 1, 256, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"insert", TEXT, 65, "TypeError: 'str' object cannot be interpreted as an integer", "b'abc'"},
    {"insert", 1, NO, "TypeError: insert expected 2 arguments, got 1", "b'abc'"},
    {"pop", NO, NO, "99", "b'ab'"},
    {"pop", 0, NO, "97", "b'bc'"},
    {"pop", -2, NO, "98", "b'ac'"},
    {"pop", 3, NO, "IndexError: pop index out of range", "b'abc'"},
    {"pop", -4, NO, "IndexError: pop index out of range", "b'abc'"},
    {"pop", TEXT, NO, "TypeError: 'str' object cannot be interpreted as an integer", "b'abc'"},
    {"pop", 1, 2, "TypeError: pop expected at most 1 argument, got 2", "b'abc'"},
    {"remove", 'b', NO, "None", "b'ac'"},
    {"remove", 'x', NO, "ValueError: value not found in bytearray", "b'abc'"},
    {"remove", 300, NO, "ValueError: byte must be in range(0, 256)", "b'abc'"},
    {"remove", FLOAT, NO, "TypeError: 'float' object cannot be interpreted as an integer", "b'abc'"},
    {"reverse", NO, NO, "None", "b'cba'"},
    {"clear", NO, NO, "None", "b''"},
    {"copy", NO, NO, "bytearray(b'abc')", "b'abc'"},
    {"resize", 5, NO, "None", "b'abc\\x00\\x00'"},
    {"resize", 1, NO, "None", "b'a'"},
    {"resize", 3, NO, "None", "b'abc'"},
    {"resize", -1, NO, "ValueError: Can only resize to positive sizes, got -1", "b'abc'"},
    {"resize", TEXT, NO, "TypeError: 'str' object cannot be interpreted as an integer", "b'abc'"},
    {"resize", NO, NO, "TypeError: bytearray.resize() takes exactly one argument (0 given)", "b'abc'"},
};

static PyObject *
call(PyObject *array, const char *method, int first, int second)
{
    int count = first == NO ? 0 : second == NO ? 1 : 2;
    PyObject *arguments = PyTuple_New(count), *function = PyObject_GetAttrString(array, method), *result;
    if (count > 0) {
        PyTuple_SetItem(arguments, 0, argument_of(first, array));
    }
    if (count > 1) {
        PyTuple_SetItem(arguments, 1, argument_of(second, array));
    }
    result = function ? PyObject_CallObject(function, arguments) : NULL;
    Py_XDECREF(function);
    Py_DECREF(arguments);
    return result;
}

static void
test_changes(void)
{
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *array = PyByteArray_FromStringAndSize("abc", 3);
        char after[64];
        is_str(outcome(call(array, rows[i].method, rows[i].first, rows[i].second)), rows[i].outcome, "row %d: %s",
               (int)i, rows[i].method);
        snprintf(after, sizeof after, "bytearray(%s)", rows[i].after);
        is_str(shown(array), after, "row %d: the bytes after %s", (int)i, rows[i].method);
        is_int(PyByteArray_AsString(array)[PyByteArray_Size(array)], 0, "row %d: a NUL follows the last byte", (int)i);
        Py_DECREF(array);
    }
    {
        PyObject *array = PyByteArray_FromStringAndSize("", 0);
        is_str(outcome(call(array, "pop", NO, NO)), "IndexError: pop from empty bytearray",
               "pop of an empty bytearray");
        Py_DECREF(array);
    }
}

static void
test_exports(void)
{
    static const struct {
        const char *method;
        int first, second;
        const char *outcome, *after;
    } exported[] = {
        {"append", 65, NO, REFUSED, "bytearray(b'abc')"},     {"extend", LIST, NO, REFUSED, "bytearray(b'abc')"},
        {"extend", ITSELF, NO, REFUSED, "bytearray(b'abc')"}, {"insert", 0, 65, REFUSED, "bytearray(b'abc')"},
        {"pop", NO, NO, REFUSED, "bytearray(b'abc')"},        {"remove", 'a', NO, REFUSED, "bytearray(b'abc')"},
        {"clear", NO, NO, REFUSED, "bytearray(b'abc')"},      {"resize", 4, NO, REFUSED, "bytearray(b'abc')"},
        {"resize", 3, NO, "None", "bytearray(b'abc')"},       {"reverse", NO, NO, "None", "bytearray(b'cba')"},
        {"__init__", NO, NO, REFUSED, "bytearray(b'abc')"},   {"__init__", 2, NO, REFUSED, "bytearray(b'abc')"},
    };
    size_t i;
    for (i = 0; i < sizeof exported / sizeof exported[0]; i++) {
        PyObject *array = PyByteArray_FromStringAndSize("abc", 3), *view = PyMemoryView_FromObject(array);
        is_str(outcome(call(array, exported[i].method, exported[i].first, exported[i].second)), exported[i].outcome,
               "row %d: %s while a buffer is exported", (int)i, exported[i].method);
        is_str(shown(array), exported[i].after, "row %d: the bytes after %s while a buffer is exported", (int)i,
               exported[i].method);
        Py_DECREF(view);
        is_str(outcome(call(array, "append", 33, NO)), "None",
               "row %d: a bytearray can grow when its buffer is released", (int)i);
        Py_DECREF(array);
    }
}

/* The size of the block after each of many sizes, as a sum: CPython's rule of growth. */
static void
test_blocks(void)
{
    static const struct {
        int start, sizes[12], blocks[12];
    } steps[] = {
        {0, {1, 2, 3, 5, 8, 12, 19, 27, 36, 46, 0, -1}, {2, 5, 5, 8, 12, 19, 27, 36, 46, 57, 1, -1}},
        {100, {101, 119, 130, 65, 64, 30, 31, 1, 0, 1, -1}, {119, 139, 139, 66, 66, 31, 40, 2, 1, 4, -1}},
        {9, {10, -1}, {17, -1}},
    };
    size_t i;
    int j;
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        PyObject *array = PyByteArray_FromStringAndSize(NULL, steps[i].start);
        for (j = 0; steps[i].sizes[j] >= 0; j++) {
            PyObject *block;
            PyByteArray_Resize(array, steps[i].sizes[j]);
            block = call(array, "__alloc__", NO, NO);
            is_int(PyLong_AsLong(block), steps[i].blocks[j], "row %d: the block for %d bytes", (int)i,
                   steps[i].sizes[j]);
            Py_XDECREF(block);
        }
        Py_DECREF(array);
    }
    {
        PyObject *array = PyByteArray_FromStringAndSize("01234567890123456789", 20);
        PySequence_DelItem(array, 0);
        PySequence_DelItem(array, 0);
        is_str(outcome(call(array, "__alloc__", NO, NO)), "21", "deleting the first bytes leaves the block as it is");
        is_int(PyByteArray_Resize(array, 20), 0, "a bytearray whose first bytes were deleted grows");
        is_int(memcmp(PyByteArray_AsString(array), "234567890123456789", 18), 0, "the other bytes stay");
        is_str(outcome(call(array, "__alloc__", NO, NO)), "28", "the new block has the size for all bytes");
        is_str(outcome(call(array, "__sizeof__", NO, NO)), "84", "__sizeof__ counts the block");
        Py_DECREF(array);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_changes);
    RUN(test_exports);
    RUN(test_blocks);
    return TAP_END();
}
