/* Objects with a buffer as the text of a number, or as an encoded string: bytearray and memoryview as well as bytes. */
#include "checks.h"
#include "outcome.h"

static PyObject *
in_bytes(const char *text)
{
    return PyBytes_FromString(text);
}

static PyObject *
in_bytearray(const char *text)
{
    return PyByteArray_FromStringAndSize(text, (Py_ssize_t)strlen(text));
}

static PyObject *
in_view(const char *text)
{
    PyObject *bytes = PyBytes_FromString(text), *view = PyMemoryView_FromObject(bytes);
    Py_DECREF(bytes);
    return view;
}

static const struct {
    const char *name;
    PyObject *(*make)(const char *text);
} KINDS[] = {{"bytes", in_bytes}, {"bytearray", in_bytearray}, {"memoryview", in_view}};

static PyObject *
decode_utf8(PyObject *o)
{
    return PyUnicode_FromEncodedObject(o, NULL, NULL);
}

static PyObject *
decode_latin1(PyObject *o)
{
    return PyUnicode_FromEncodedObject(o, "latin-1", "strict");
}

static PyObject *
decode_unknown(PyObject *o)
{
    return PyUnicode_FromEncodedObject(o, "nosuch", NULL);
}

static const struct {
    const char *name;
    PyObject *(*convert)(PyObject *o);
    const char *text, *want;
} ROWS[] = {
    {"int", PyNumber_Long, " 12_0 ", "120"},
    {"int", PyNumber_Long, "x", "ValueError: invalid literal for int() with base 10: b'x'"},
    {"int", PyNumber_Long, "", "ValueError: invalid literal for int() with base 10: b''"},
    {"float", PyNumber_Float, " 1.25e1 ", "12.5"},
    {"float", PyFloat_FromString, "-inf", "-inf"},
    {"str", decode_utf8, "", "''"},
    {"str", decode_utf8, "\xc3\xa9", "'\xc3\xa9'"},
    {"str", decode_utf8, "a\xff",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"},
    {"str", decode_latin1, "a\xe9", "'a\xc3\xa9'"},
    {"str", decode_unknown, "a", "LookupError: unknown encoding: nosuch"},
    {"str", decode_unknown, "", "''"},
};

static void
test_kinds(void)
{
    size_t kind, i;
    for (kind = 0; kind < sizeof KINDS / sizeof KINDS[0]; kind++)
        for (i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
            PyObject *o = KINDS[kind].make(ROWS[i].text);
            is_str(outcome(ROWS[i].convert(o)), ROWS[i].want, "row %d, %s from %s", (int)i, ROWS[i].name,
                   KINDS[kind].name);
            Py_DECREF(o);
        }
}

static void
test_errors(void)
{
    PyObject *bytearray = in_bytearray("x"), *list = PyList_New(0);
    is_str(outcome(PyNumber_Float(bytearray)), "ValueError: could not convert string to float: bytearray(b'x')",
           "the error for a float tells the object");
    is_str(outcome(PyNumber_Long(list)),
           "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'",
           "a list has no buffer with an int");
    is_str(outcome(PyNumber_Float(list)), "TypeError: float() argument must be a string or a real number, not 'list'",
           "a list has no buffer with a float");
    is_str(outcome(decode_utf8(list)), "TypeError: decoding to str: need a bytes-like object, list found",
           "a list has no buffer to decode");
    Py_DECREF(bytearray);
    Py_DECREF(list);
}

static void
test_release(void)
{
    PyObject *bytearray = in_bytearray("7");
    Py_DECREF(PyNumber_Long(bytearray));
    Py_DECREF(PyNumber_Float(bytearray));
    Py_DECREF(decode_utf8(bytearray));
    is_int(PyByteArray_Resize(bytearray, 100), 0, "the buffer is released after the conversion");
    Py_DECREF(bytearray);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_kinds);
    RUN(test_errors);
    RUN(test_release);
    return TAP_END();
}
