/* The buffer protocol of classes: __buffer__ and __release_buffer__ as methods that fill the slots, and the slots of built-in types as
 * methods. */
#include "callables.h"

#include "compat.h"

/* The memory that instances of the tested classes export. */
static PyObject *store;
static PyObject *last_view;
static int released, same_view, was_readable;

static PyObject *
buffer_method(PyObject *self, PyObject *arguments)
{
    PyObject *view = PyMemoryView_FromObject(store);

    (void)self;
    (void)arguments;
    Py_XDECREF(last_view);
    last_view = Py_NewRef(view);
    return view;
}

static PyObject *
flags_method(PyObject *self, PyObject *arguments)
{
    (void)self;
    PyErr_Format(PyExc_ValueError, "flags %R", PyTuple_GET_ITEM(arguments, 1));
    return NULL;
}

static PyObject *
wrong_method(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    return PyLong_FromLong(1);
}

static PyObject *
release_method(PyObject *self, PyObject *arguments)
{
    PyObject *view = PyTuple_GET_ITEM(arguments, 1), *again;

    (void)self;
    released++;
    same_view = view == last_view;
    was_readable = PyObject_Size(view) >= 0;
    PyErr_Clear();
    again = PyMemoryView_FromObject(view);
    if (again == NULL) {
        was_readable += 10;
        PyErr_Clear();
    }
    Py_XDECREF(again);
    return Py_NewRef(Py_None);
}

static PyMethodDef definitions[] = {
    {"buffer", buffer_method, METH_VARARGS, NULL},
    {"flags", flags_method, METH_VARARGS, NULL},
    {"wrong", wrong_method, METH_VARARGS, NULL},
    {"release", release_method, METH_VARARGS, NULL},
};

enum { BUFFER, FLAGS, WRONG, RELEASE, NOTHING };

static PyObject *
method_of(int index)
{
    PyObject *function = PyCFunction_NewEx(&definitions[index], NULL, NULL), *method = PyInstanceMethod_New(function);

    Py_DECREF(function);
    return method;
}

/* An instance of a new class with these methods, made from a base. */
static PyObject *
instance_with(PyTypeObject *base, int buffer, int release)
{
    PyObject *kind = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", base), *o;

    if (buffer != NOTHING) {
        give(kind, "__buffer__", method_of(buffer));
    }
    if (release != NOTHING) {
        give(kind, "__release_buffer__", method_of(release));
    }
    o = PyObject_CallNoArgs(kind);
    Py_DECREF(kind);
    if (o == NULL) {
        fprintf(stderr, "# %s\n", error_text());
        exit(2);
    }
    return o;
}

/* "n bytes of CLASS" or the error. */
static const char *
got(PyObject *o, Py_buffer *view, int flags)
{
    char *text = outcome_buffer();

    if (PyObject_GetBuffer(o, view, flags) < 0) {
        return error_text();
    }
    snprintf(text, OUTCOME_SIZE, "%d bytes of %s", (int)view->len, Py_TYPE(view->obj)->tp_name);
    return text;
}

static void
test_buffer(void)
{
    PyObject *o = instance_with(&PyBaseObject_Type, BUFFER, NOTHING), *view;
    Py_ssize_t stored = Py_REFCNT(store);
    Py_buffer buffer;

    is_int(PyObject_CheckBuffer(o), 1, "an object whose class has __buffer__ has buffers");
    is_str(got(o, &buffer, PyBUF_SIMPLE), "5 bytes of _buffer_wrapper", "the buffer of an object with __buffer__");
    ok(memcmp(buffer.buf, "12345", 5) == 0, "the buffer is that of the memoryview");
    PyBuffer_Release(&buffer);
    ok(buffer.obj == NULL, "a released buffer has no object");
    is_str(got(o, &buffer, PyBUF_WRITABLE), "5 bytes of _buffer_wrapper",
           "a buffer for writing, of memory that can be written");
    ((char *)buffer.buf)[0] = 'x';
    PyBuffer_Release(&buffer);
    view = PyMemoryView_FromObject(o);
    is_str(outcome(PyObject_CallMethod(view, "tobytes", NULL)), "b'x2345'",
           "a memoryview of an object with __buffer__");
    is_str(attribute_of(view, "nbytes"), "5", "the size of a memoryview of an object with __buffer__");
    {
        PyObject *owner = PyObject_GetAttrString(view, "obj");
        is_str(owner != NULL ? Py_TYPE(owner)->tp_name : error_text(), "_buffer_wrapper",
               "the owner of the memory of that memoryview");
        Py_XDECREF(owner);
    }
    is_str(outcome(PyObject_CallMethod(view, "release", NULL)), "None", "that memoryview can be released");
    Py_DECREF(view);
    Py_CLEAR(last_view);
    is_int(Py_REFCNT(store), stored, "nothing keeps the memory after the release");
    is_str(outcome(PyBytes_FromObject(o)), "b'x2345'", "bytes of an object with __buffer__");
    Py_CLEAR(last_view);
    Py_DECREF(o);
}

static void
test_errors(void)
{
    PyObject *o = instance_with(&PyBaseObject_Type, FLAGS, NOTHING);
    Py_buffer buffer;

    is_str(got(o, &buffer, PyBUF_FULL_RO), "ValueError: flags 284",
           "__buffer__ gets the flags, and its error is that of the request");
    is_str(got(o, &buffer, PyBUF_SIMPLE), "ValueError: flags 0", "the flags of a simple request");
    Py_DECREF(o);
    o = instance_with(&PyBaseObject_Type, WRONG, NOTHING);
    is_str(got(o, &buffer, PyBUF_SIMPLE), "TypeError: __buffer__ returned non-memoryview object",
           "a __buffer__ that returns an int");
    Py_DECREF(o);
    o = instance_with(&PyBaseObject_Type, NOTHING, NOTHING);
    is_str(got(o, &buffer, PyBUF_SIMPLE), "TypeError: a bytes-like object is required, not 'C'",
           "an object without __buffer__");
    is_str(give((PyObject *)Py_TYPE(o), "__buffer__", method_of(BUFFER)), "done", "__buffer__ can be set later");
    is_int(PyObject_CheckBuffer(o), 1, "a __buffer__ that is set later gives buffers");
    is_str(give((PyObject *)Py_TYPE(o), "__buffer__", NULL), "done", "__buffer__ can be deleted");
    is_int(PyObject_CheckBuffer(o), 0, "without __buffer__ there are no buffers");
    Py_DECREF(o);
}

static void
test_release(void)
{
    PyObject *o = instance_with(&PyBaseObject_Type, BUFFER, RELEASE), *view;
    Py_buffer buffer;

    released = 0;
    is_str(got(o, &buffer, PyBUF_SIMPLE), "5 bytes of _buffer_wrapper", "the buffer of an object with both methods");
    PyBuffer_Release(&buffer);
    is_int(released, 1, "__release_buffer__ is called once for a buffer");
    is_int(same_view, 1, "__release_buffer__ gets the memoryview that __buffer__ returned");
    is_int(was_readable, 1, "the memoryview can be used in __release_buffer__");
    view = PyMemoryView_FromObject(o);
    Py_DECREF(view);
    is_int(released, 2, "the end of a memoryview calls __release_buffer__");
    got(o, &buffer, PyBUF_SIMPLE);
    PyErr_SetString(PyExc_KeyError, "pending");
    PyBuffer_Release(&buffer);
    is_str(error_text(), "KeyError: 'pending'", "a pending error stays over __release_buffer__");
    is_int(released, 3, "__release_buffer__ is called while an error is pending");
    Py_CLEAR(last_view);
    Py_DECREF(o);
}

/* A class made from bytearray: its __release_buffer__ precedes the function of bytearray. */
static void
test_bytearray(void)
{
    PyObject *o = instance_with(&PyByteArray_Type, NOTHING, RELEASE);
    Py_buffer buffer;

    released = 0;
    PyByteArray_Resize(o, 3);
    is_str(got(o, &buffer, PyBUF_SIMPLE), "3 bytes of C", "the buffer of an object made from bytearray");
    is_int(PyByteArray_Resize(o, 4), -1, "a bytearray with an exported buffer keeps its size");
    PyErr_Clear();
    PyBuffer_Release(&buffer);
    is_int(released, 1, "__release_buffer__ of a class made from bytearray is called");
    is_int(was_readable, 11,
           "the memoryview that __release_buffer__ gets can be read, and no other can be made from it");
    is_int(PyByteArray_Resize(o, 4), 0, "the function of bytearray is called after the method");
    Py_DECREF(o);

    o = instance_with(&PyByteArray_Type, BUFFER, RELEASE);
    is_str(got(o, &buffer, PyBUF_SIMPLE), "5 bytes of _buffer_wrapper",
           "a class made from bytearray can have a __buffer__ of its own");
    PyBuffer_Release(&buffer);
    is_int(released, 2, "__release_buffer__ is called for a buffer of __buffer__");
    Py_CLEAR(last_view);
    Py_DECREF(o);
}

/* The slots of built-in types as methods. */
static void
test_wrappers(void)
{
    PyObject *bytes = PyBytes_FromString("ab"), *array = PyByteArray_FromStringAndSize("cd", 2), *view,
             *big = PyLong_FromLongLong(1LL << 40);
    PyObject *other = PyByteArray_FromStringAndSize("ef", 2);

    PyErr_Clear();
    view = PyObject_CallMethod(bytes, "__buffer__", "i", 0);
    is_str(view != NULL ? Py_TYPE(view)->tp_name : error_text(), "memoryview", "bytes.__buffer__");
    Py_XDECREF(view);
    is_str(outcome(PyObject_CallMethod(bytes, "__buffer__", "i", PyBUF_WRITABLE)),
           "BufferError: Object is not writable.", "bytes.__buffer__ for writing");
    is_str(outcome(PyObject_CallMethod(bytes, "__buffer__", "O", big)), "OverflowError: buffer flags out of range",
           "flags that do not fit an int");
    is_str(outcome(PyObject_CallMethod(bytes, "__buffer__", NULL)), "TypeError: __buffer__ expected 1 argument, got 0",
           "no flags");
    is_str(outcome(PyObject_CallMethod(bytes, "__buffer__", "s", "x")),
           "TypeError: 'str' object cannot be interpreted as an integer", "flags that are a str");
    is_str(outcome(PyObject_CallMethod(array, "__release_buffer__", NULL)),
           "TypeError: __release_buffer__ expected 1 argument, got 0", "no view");
    view = PyObject_CallMethod(array, "__buffer__", "i", 0);
    is_str(outcome(PyObject_CallMethod(array, "__release_buffer__", "O", bytes)),
           "TypeError: expected a memoryview object", "bytearray.__release_buffer__ of bytes");
    is_str(outcome(PyObject_CallMethod(other, "__release_buffer__", "O", view)),
           "ValueError: memoryview's buffer is not this object",
           "bytearray.__release_buffer__ of the view of another bytearray");
    is_int(PyByteArray_Resize(array, 8), -1, "the view of bytearray.__buffer__ is an export");
    PyErr_Clear();
    is_str(outcome(PyObject_CallMethod(array, "__release_buffer__", "O", view)), "None",
           "bytearray.__release_buffer__ releases the view");
    is_int(PyByteArray_Resize(array, 8), 0, "a bytearray whose view is released can grow");
    is_str(outcome(PyObject_CallMethod(view, "tobytes", NULL)),
           "ValueError: operation forbidden on released memoryview object", "the view is released then");
    Py_XDECREF(view);
    Py_DECREF(big);
    Py_DECREF(bytes);
    Py_DECREF(array);
    Py_DECREF(other);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    store = PyByteArray_FromStringAndSize("12345", 5);
    RUN(test_buffer);
    RUN(test_errors);
    RUN(test_release);
    RUN(test_bytearray);
    RUN(test_wrappers);
    Py_DECREF(store);
    return TAP_END();
}
