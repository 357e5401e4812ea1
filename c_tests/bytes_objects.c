/* Bytes of other objects: PyBytes_FromObject, PyObject_Bytes, calling bytes, PyBytes_Join, and the addresses that old modules ask for. */
#include "outcome.h"

/* Exported for modules that were compiled long ago; headers since 3.10 have no declarations. */
int PyObject_AsCharBuffer(PyObject *, const char **, Py_ssize_t *);
int PyObject_AsReadBuffer(PyObject *, const void **, Py_ssize_t *);
int PyObject_AsWriteBuffer(PyObject *, void **, Py_ssize_t *);
int PyObject_CheckReadBuffer(PyObject *);

static PyObject *
list_of(long a, long b)
{
    PyObject *list = PyList_New(2);
    PyList_SetItem(list, 0, PyLong_FromLong(a));
    PyList_SetItem(list, 1, PyLong_FromLong(b));
    return list;
}

static PyObject *
object_of(int kind)
{
    PyObject *o, *made;
    switch (kind) {
    case 0: return PyBytes_FromString("bytes");
    case 1: return PyByteArray_FromStringAndSize("array", 5);
    case 2:
        o = PyBytes_FromString("view");
        made = PyMemoryView_FromObject(o);
        Py_DECREF(o);
        return made;
    case 3: return list_of(1, 255);
    case 4:
        o = list_of(2, 3);
        made = PySequence_Tuple(o);
        Py_DECREF(o);
        return made;
    case 5:
        o = list_of(4, 5);
        made = PyObject_GetIter(o);
        Py_DECREF(o);
        return made;
    case 6: return list_of(0, 256);
    case 7: return list_of(-1, 0);
    case 8:
        o = list_of(1, 0);
        PyList_SetItem(o, 1, PyUnicode_FromString("x"));
        return o;
    case 9: return PyUnicode_FromString("text");
    case 10: return PyLong_FromLong(3);
    case 11: return PyLong_FromLong(-3);
    case 12: return Py_NewRef(Py_None);
    default: return PyFloat_FromDouble(1.5);
    }
}

static const struct {
    const char *object, *from_object, *bytes, *called;
} rows[] = {
    {"bytes", "b'bytes'", NULL, NULL},
    {"a bytearray", "b'array'", NULL, NULL},
    {"a memoryview", "b'view'", NULL, NULL},
    {"a list", "b'\\x01\\xff'", NULL, NULL},
    {"a tuple", "b'\\x02\\x03'", NULL, NULL},
    {"an iterator", "b'\\x04\\x05'", NULL, NULL},
    {"[0, 256]", "ValueError: bytes must be in range(0, 256)", NULL, NULL},
    {"[-1, 0]", "ValueError: bytes must be in range(0, 256)", NULL, NULL},
    {"[1, 'x']", "TypeError: 'str' object cannot be interpreted as an integer", NULL, NULL},
    {"a str", "TypeError: cannot convert 'str' object to bytes", NULL,
     "TypeError: string argument without an encoding"},
    {"3", "TypeError: cannot convert 'int' object to bytes", NULL, "b'\\x00\\x00\\x00'"},
    {"-3", "TypeError: cannot convert 'int' object to bytes", NULL, "ValueError: negative count"},
    {"None", "TypeError: cannot convert 'NoneType' object to bytes", NULL, NULL},
    {"1.5", "TypeError: cannot convert 'float' object to bytes", NULL, NULL},
};

static void
test_conversions(void)
{
    int i;
    for (i = 0; i < (int)(sizeof rows / sizeof rows[0]); i++) {
        PyObject *o = object_of(i);
        is_str(outcome(PyBytes_FromObject(o)), rows[i].from_object, "PyBytes_FromObject of %s", rows[i].object);
        Py_DECREF(o);
        o = object_of(i);
        is_str(outcome(PyObject_Bytes(o)), rows[i].from_object, "PyObject_Bytes of %s", rows[i].object);
        Py_DECREF(o);
        o = object_of(i);
        is_str(outcome(PyObject_CallOneArg((PyObject *)&PyBytes_Type, o)),
               rows[i].called ? rows[i].called : rows[i].from_object, "calling bytes with %s", rows[i].object);
        Py_DECREF(o);
    }
    {
        PyObject *bytes = object_of(0), *same = PyBytes_FromObject(bytes);
        is_ptr(same, bytes, "PyBytes_FromObject of bytes is the object itself");
        Py_XDECREF(same);
        same = PyObject_Bytes(bytes);
        is_ptr(same, bytes, "PyObject_Bytes of bytes is the object itself");
        Py_XDECREF(same);
        Py_DECREF(bytes);
    }
    is_str(outcome(PyObject_Bytes(NULL)), "b'<NULL>'", "PyObject_Bytes of NULL");
}

static void
test_join(void)
{
    PyObject *comma = PyBytes_FromString(", "), *text = PyUnicode_FromString("x"), *list = PyList_New(0), *array, *part;
    is_str(outcome(PyBytes_Join(comma, list)), "b''", "nothing joined is nothing");
    part = PyBytes_FromString("one");
    PyList_Append(list, part);
    array = PyBytes_Join(comma, list);
    is_ptr(array, part, "one bytes object joined is the object itself");
    Py_XDECREF(array);
    Py_DECREF(part);
    array = PyByteArray_FromStringAndSize("two", 3);
    PyList_Append(list, array);
    Py_DECREF(array);
    part = PyMemoryView_FromObject(comma);
    PyList_Append(list, part);
    Py_DECREF(part);
    is_str(outcome(PyBytes_Join(comma, list)), "b'one, two, , '", "objects with buffers are joined");
    PyList_Append(list, text);
    is_str(outcome(PyBytes_Join(comma, list)), "TypeError: sequence item 3: expected a bytes-like object, str found",
           "a str can't be joined");
    is_str(outcome(PyBytes_Join(text, list)), "TypeError: sep: expected bytes, got str", "the separator is bytes");
    is_str(outcome(PyBytes_Join(comma, Py_None)), "TypeError: can only join an iterable", "None can't be joined");
    Py_DECREF(list);
    is_int(Py_REFCNT(comma), 1, "joining keeps no reference to the separator");
    Py_DECREF(text);
    Py_DECREF(comma);
}

static void
test_addresses(void)
{
    PyObject *bytes = PyBytes_FromString("abc"), *array = PyByteArray_FromStringAndSize("de", 2),
             *text = PyUnicode_FromString("x");
    const char *chars = NULL;
    const void *read = NULL;
    void *write = NULL;
    Py_ssize_t size = -1;
    is_int(PyObject_AsCharBuffer(bytes, &chars, &size), 0, "AsCharBuffer of bytes");
    is_ptr(chars, PyBytes_AsString(bytes), "AsCharBuffer stores the address");
    is_int(size, 3, "AsCharBuffer stores the size");
    is_int(PyObject_AsReadBuffer(array, &read, &size), 0, "AsReadBuffer of a bytearray");
    is_ptr(read, PyByteArray_AsString(array), "AsReadBuffer stores the address");
    is_int(size, 2, "AsReadBuffer stores the size");
    is_int(PyObject_AsWriteBuffer(array, &write, &size), 0, "AsWriteBuffer of a bytearray");
    is_ptr(write, PyByteArray_AsString(array), "AsWriteBuffer stores the address");
    is_int(PyByteArray_Resize(array, 50), 0, "the addresses keep no buffer");
    is_int(PyObject_AsWriteBuffer(bytes, &write, &size), -1, "AsWriteBuffer of bytes fails");
    raises(PyExc_TypeError, "expected a writable bytes-like object", "AsWriteBuffer of bytes is a TypeError");
    is_int(PyObject_AsWriteBuffer(text, &write, &size), -1, "AsWriteBuffer of a str fails");
    raises(PyExc_TypeError, "expected a writable bytes-like object", "AsWriteBuffer of a str is a TypeError");
    is_int(PyObject_AsReadBuffer(text, &read, &size), -1, "AsReadBuffer of a str fails");
    raises(PyExc_TypeError, "a bytes-like object is required, not 'str'", "AsReadBuffer of a str is a TypeError");
    is_int(PyObject_AsCharBuffer(NULL, &chars, &size), -1, "AsCharBuffer of NULL fails");
    raises(PyExc_SystemError, "null argument to internal routine", "AsCharBuffer of NULL is a SystemError");
    is_int(PyObject_CheckReadBuffer(bytes), 1, "bytes have a buffer to read");
    is_int(PyObject_CheckReadBuffer(array), 1, "a bytearray has a buffer to read");
    is_int(PyObject_CheckReadBuffer(text), 0, "a str has no buffer to read");
    Py_DECREF(text);
    Py_DECREF(array);
    Py_DECREF(bytes);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_conversions);
    RUN(test_join);
    RUN(test_addresses);
    return TAP_END();
}
