/* bytes objects: made from C strings and from memory, read through functions and macros, compared, hashed, shown.
 *
 * The data is the object's own, ended by a NUL that the size does not count.
 */
#include "outcome.h"

#include <stddef.h>

static void
test_making(void)
{
    PyObject *bytes = PyBytes_FromString("abc");
    PyObject *other;
    char *data = NULL;
    Py_ssize_t size = -1;

    ok(PyBytes_CheckExact(bytes), "FromString makes exactly bytes");
    is_int(PyBytes_Size(bytes), 3, "Size does not count the NUL");
    is_int(PyBytes_GET_SIZE(bytes), 3, "GET_SIZE agrees");
    is_int(Py_SIZE(bytes), 3, "ob_size is the size");
    is_str(PyBytes_AsString(bytes), "abc", "AsString gives the data");
    is_ptr(PyBytes_AS_STRING(bytes), PyBytes_AsString(bytes), "AS_STRING is the same pointer");
    is_int(PyBytes_AS_STRING(bytes) - (char *)bytes, offsetof(PyBytesObject, ob_sval),
           "the data lies inside the object");
    is_int(PyBytes_AsStringAndSize(bytes, &data, &size), 0, "AsStringAndSize succeeds");
    is_ptr(data, PyBytes_AsString(bytes), "AsStringAndSize stores the pointer that AsString returns");
    is_int(size, 3, "AsStringAndSize stores the size");
    is_int(Py_REFCNT(bytes), 1, "the caller has the one reference");
    Py_DECREF(bytes);

    bytes = PyBytes_FromStringAndSize("a\0b!", 3);
    is_str(shown(bytes), "b'a\\x00b'", "FromStringAndSize copies as much as the size says, NUL bytes too");
    is_int(PyBytes_AsString(bytes)[3], 0, "FromStringAndSize puts a NUL behind the copy");
    data = NULL;
    is_int(PyBytes_AsStringAndSize(bytes, &data, NULL), -1, "AsStringAndSize without a size refuses an embedded NUL");
    raises(PyExc_ValueError, "embedded null byte", "the error of an embedded NUL is a ValueError");
    is_int(PyBytes_AsStringAndSize(bytes, &data, &size), 0, "AsStringAndSize with a size takes an embedded NUL");
    is_int(size, 3, "AsStringAndSize counts an embedded NUL");
    Py_DECREF(bytes);

    bytes = PyBytes_FromStringAndSize(NULL, 4);
    is_int(PyBytes_Size(bytes), 4, "FromStringAndSize of NULL makes room to be filled");
    is_int(PyBytes_AS_STRING(bytes)[4], 0, "the room that is to be filled ends with a NUL");
    memcpy(PyBytes_AS_STRING(bytes), "data", 4);
    is_str(shown(bytes), "b'data'", "bytes written into the room are the object's value");
    Py_DECREF(bytes);

    bytes = PyBytes_FromString("");
    other = PyBytes_FromStringAndSize(NULL, 0);
    is_ptr(other, bytes, "there is one empty bytes object");
    Py_DECREF(other);
    Py_DECREF(bytes);
    bytes = PyBytes_FromString("x");
    other = PyBytes_FromStringAndSize("xyz", 1);
    is_ptr(other, bytes, "one byte alone is a shared object");
    Py_DECREF(other);
    Py_DECREF(bytes);

    is_str(outcome(PyBytes_FromStringAndSize("abc", -1)),
           "SystemError: Negative size passed to PyBytes_FromStringAndSize", "a negative size is an error");
    is_str(outcome(PyBytes_FromStringAndSize(NULL, PY_SSIZE_T_MAX)), "OverflowError: byte string is too large",
           "a size that no object can have is an error");
}

static void
test_wrong_type(void)
{
    PyObject *text = PyUnicode_FromString("text of mine");
    char *data = NULL;
    Py_ssize_t size = 77;
    is_int(PyBytes_Size(text), -1, "Size of a str fails");
    raises(PyExc_TypeError, "expected bytes, str found", "Size of a str raises a TypeError that names the type");
    is_ptr(PyBytes_AsString(text), NULL, "AsString of a str fails");
    raises(PyExc_TypeError, "expected bytes, str found", "AsString of a str raises a TypeError that names the type");
    is_int(PyBytes_AsStringAndSize(text, &data, &size), -1, "AsStringAndSize of a str fails");
    raises(PyExc_TypeError, "expected bytes, str found",
           "AsStringAndSize of a str raises a TypeError that names the type");
    is_ptr(data, NULL, "AsStringAndSize of a str stores no pointer");
    is_int(size, 77, "AsStringAndSize of a str stores no size");
    is_int(PyBytes_AsStringAndSize(text, NULL, &size), -1, "AsStringAndSize wants a place for the pointer");
    ok(PyErr_ExceptionMatches(PyExc_SystemError),
       "AsStringAndSize without a place for the pointer is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(text), 1, "no call that refuses a str keeps a reference to it");
    Py_DECREF(text);
}

static void
test_repr(void)
{
    static const struct {
        const char *data;
        Py_ssize_t size;
        const char *repr;
    } rows[] = {
        {"", 0, "b''"},
        {"abc", 3, "b'abc'"},
        {"it's", 4, "b\"it's\""},
        {"\"", 1, "b'\"'"},
        {"'\"", 2, "b'\\'\"'"},
        {"\\", 1, "b'\\\\'"},
        {"\t\n\r", 3, "b'\\t\\n\\r'"},
        {"\0\x01\x1f \x7e\x7f", 6, "b'\\x00\\x01\\x1f ~\\x7f'"},
        {"\x80\xff", 2, "b'\\x80\\xff'"},
        {"\xc3\xa9", 2, "b'\\xc3\\xa9'"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *bytes = PyBytes_FromStringAndSize(rows[i].data, rows[i].size);
        PyObject *text = PyObject_Str(bytes);
        is_str(shown(bytes), rows[i].repr, "row %d: the repr escapes all that is not printable ASCII", (int)i);
        is_str(PyUnicode_AsUTF8(text), rows[i].repr, "row %d: str() of bytes is the repr", (int)i);
        Py_DECREF(text);
        Py_DECREF(bytes);
    }
}

static void
test_compare_and_hash(void)
{
    static const struct {
        const char *data;
        Py_ssize_t size;
    } ordered[] = {{"", 0},    {"\0", 1}, {"\0a", 2}, {"A", 1},    {"a", 1},
                   {"a\0", 2}, {"aa", 2}, {"b", 1},   {"\x80", 1}, {"\xff", 1}};
    const int count = (int)(sizeof ordered / sizeof ordered[0]);
    int i, j, agree = 0, hashes = 0;
    PyObject *bytes, *text;
    for (i = 0; i < count; i++) {
        for (j = 0; j < count; j++) {
            PyObject *left = PyBytes_FromStringAndSize(ordered[i].data, ordered[i].size);
            PyObject *right = PyBytes_FromStringAndSize(ordered[j].data, ordered[j].size);
            agree += PyObject_RichCompareBool(left, right, Py_LT) == (i < j) &&
                     PyObject_RichCompareBool(left, right, Py_LE) == (i <= j) &&
                     PyObject_RichCompareBool(left, right, Py_EQ) == (i == j) &&
                     PyObject_RichCompareBool(left, right, Py_NE) == (i != j) &&
                     PyObject_RichCompareBool(left, right, Py_GT) == (i > j) &&
                     PyObject_RichCompareBool(left, right, Py_GE) == (i >= j);
            hashes += (PyObject_Hash(left) == PyObject_Hash(right)) == (i == j);
            Py_DECREF(left);
            Py_DECREF(right);
        }
    }
    is_int(agree, count * count, "bytes are ordered byte by byte, unsigned, the shorter first");
    is_int(hashes, count * count, "hashes are equal for equal bytes, and differ for the other rows");

    bytes = PyBytes_FromString("dltensor");
    text = PyUnicode_FromString("dltensor");
    is_int(PyObject_Hash(bytes) == PyObject_Hash(text), 1, "bytes and an ASCII str of the same text hash alike");
    is_str(outcome(PyObject_RichCompare(bytes, text, Py_EQ)), "False",
           "bytes and an ASCII str of the same text are not equal");
    is_str(outcome(PyObject_RichCompare(bytes, text, Py_GE)),
           "TypeError: '>=' not supported between instances of 'bytes' and 'str'", "bytes and a str have no order");
    Py_DECREF(text);
    Py_DECREF(bytes);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_making);
    RUN(test_wrong_type);
    RUN(test_repr);
    RUN(test_compare_and_hash);
    return TAP_END();
}
