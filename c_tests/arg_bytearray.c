/* A bytearray as an argument, for each unit of formats that tells it from other objects. */
#include "checks.h"
#include "outcome.h"

/* The outcome of a format for one argument: the bytes or the object that it stores, or the error. */
static const char *
parsed(const char *format, PyObject *argument)
{
    PyObject *args = PyTuple_Pack(1, argument), *result = NULL, *o = NULL;
    char *text = NULL, one = 'x';
    int a = 0, b = 0, is_parsed = 0;
    if (strcmp(format, "Y") == 0) {
        is_parsed = PyArg_ParseTuple(args, "Y", &o);
        result = is_parsed ? Py_NewRef(o) : NULL;
    } else if (format[0] == 'e') {
        is_parsed = PyArg_ParseTuple(args, format, "latin-1", &text);
        result = is_parsed ? PyBytes_FromString(text) : NULL;
        PyMem_Free(text);
    } else if (strcmp(format, "c") == 0) {
        is_parsed = PyArg_ParseTuple(args, "c", &one);
        result = is_parsed ? PyBytes_FromStringAndSize(&one, 1) : NULL;
    } else {
        is_parsed = PyArg_ParseTuple(args, "(ii)", &a, &b);
        result = is_parsed ? PyLong_FromLong(a + b) : NULL;
    }
    Py_DECREF(args);
    return outcome(result);
}

static void
test_units(void)
{
    static const struct {
        const char *format, *text, *want;
    } rows[] = {
        {"Y", "", "bytearray(b'')"},
        {"Y", "xyz", "bytearray(b'xyz')"},
        {"es", "xyz", "TypeError: argument 1 must be str, not bytearray"},
        {"et", "xyz", "b'xyz'"},
        {"et", "", "b''"},
        {"et", "\xff", "b'\\xff'"},
        {"c", "x", "b'x'"},
        {"c", "", "TypeError: argument 1 must be a byte string of length 1, not a bytearray object of length 0"},
        {"c", "xyz", "TypeError: argument 1 must be a byte string of length 1, not a bytearray object of length 3"},
        {"(ii)", "xy", "TypeError: argument 1 must be 2-item tuple, not bytearray"},
        {"(ii)", "xyz", "TypeError: argument 1 must be 2-item tuple, not bytearray"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *bytearray = PyByteArray_FromStringAndSize(rows[i].text, (Py_ssize_t)strlen(rows[i].text));
        is_str(parsed(rows[i].format, bytearray), rows[i].want, "row %d: a bytearray for the unit %s", (int)i,
               rows[i].format);
        Py_DECREF(bytearray);
    }
}

static void
test_others(void)
{
    PyObject *bytes = PyBytes_FromString("xy"), *zero = PyByteArray_FromStringAndSize("a\0b", 3);
    is_str(parsed("Y", bytes), "TypeError: argument 1 must be bytearray, not bytes", "bytes are no bytearray");
    is_str(parsed("c", bytes),
           "TypeError: argument 1 must be a byte string of length 1, not a bytes object of length 2",
           "two bytes are not one");
    is_str(parsed("et", zero), "TypeError: argument 1 must be encoded string without null bytes, not bytearray",
           "a bytearray with a zero is no C string");
    Py_DECREF(bytes);
    Py_DECREF(zero);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_units);
    RUN(test_others);
    return TAP_END();
}
