/* A type of C with a buffer: which flags each caller requests, when the buffer is released, and errors of bf_getbuffer. */
#include "outcome.h"

typedef struct {
    PyObject ob_base;
    char memory[4];
    int requested, gets, releases, fails;
} Exporter;

static int
get_buffer(PyObject *o, Py_buffer *view, int flags)
{
    Exporter *exporter = (Exporter *)o;
    exporter->requested = flags;
    if (exporter->fails) {
        view->obj = NULL;
        PyErr_SetString(PyExc_BufferError, "no buffer today");
        return -1;
    }
    exporter->gets++;
    return PyBuffer_FillInfo(view, o, exporter->memory, 4, 0, flags);
}

static void
release_buffer(PyObject *o, Py_buffer *view)
{
    Exporter *exporter = (Exporter *)o;
    exporter->releases += view->buf == exporter->memory && view->obj == o;
}

static PyBufferProcs buffer = {get_buffer, release_buffer};
static PyTypeObject type;

static void
test_exporter(void)
{
    Exporter *exporter;
    PyObject *o, *view, *other, *list = PyList_New(0), *empty = PyBytes_FromString("");
    Py_buffer got;

    Py_SET_REFCNT(&type, 1);
    type.tp_name = "tests.Exporter";
    type.tp_basicsize = sizeof(Exporter);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    type.tp_as_buffer = &buffer;
    type.tp_new = PyType_GenericNew;
    is_int(PyType_Ready(&type), 0, "a type with a buffer can be made ready");
    o = PyObject_CallNoArgs((PyObject *)&type);
    exporter = (Exporter *)o;
    memcpy(exporter->memory, "abcd", 4);

    is_int(PyObject_CheckBuffer(o), 1, "an object of the type has a buffer");
    is_int(PyObject_GetBuffer(o, &got, PyBUF_RECORDS), 0, "GetBuffer calls the type's function");
    is_int(exporter->requested, PyBUF_RECORDS, "GetBuffer hands the flags on");
    is_int(Py_REFCNT(o), 2, "the buffer owns a reference");
    PyBuffer_Release(&got);
    is_int(exporter->releases, 1, "Release calls the type's function while the buffer is whole");
    is_int(Py_REFCNT(o), 1, "Release drops the reference");
    PyBuffer_Release(&got);
    is_int(exporter->releases, 1, "a released buffer is not released again");

    view = PyMemoryView_FromObject(o);
    is_int(exporter->requested, PyBUF_FULL_RO, "a memoryview requests everything, to read");
    other = PyMemoryView_FromObject(view);
    is_int(exporter->gets, 2, "a view of a view requests no other buffer");
    Py_XDECREF(view);
    is_int(exporter->releases, 1, "a buffer stays while a view is left");
    Py_XDECREF(other);
    is_int(exporter->releases, 2, "the last view releases the buffer");

    is_str(outcome(PyBytes_FromObject(o)), "b'abcd'", "bytes are made of the buffer");
    is_int(exporter->requested, PyBUF_FULL_RO, "bytes request everything, to read");
    is_str(outcome(PyByteArray_FromObject(o)), "bytearray(b'abcd')", "a bytearray is made of the buffer");
    is_int(exporter->requested, PyBUF_FULL_RO, "a bytearray requests everything, to read");
    PyList_Append(list, o);
    is_str(outcome(PyBytes_Join(empty, list)), "b'abcd'", "the buffer can be joined");
    is_int(exporter->requested, PyBUF_SIMPLE, "joining requests bytes in a row");
    is_int(PySequence_Contains(empty, o), 0, "the buffer can be searched for");
    is_int(exporter->requested, PyBUF_SIMPLE, "a search requests bytes in a row");
    is_int(PyObject_CopyData(o, o), 0, "the buffer can be copied to itself");
    is_int(exporter->gets, exporter->releases, "each buffer was released");

    exporter->fails = 1;
    is_int(PyObject_GetBuffer(o, &got, PyBUF_SIMPLE), -1, "GetBuffer fails as the type's function does");
    raises(PyExc_BufferError, "no buffer today", "the error of the type's function stays");
    is_str(outcome(PyMemoryView_FromObject(o)), "BufferError: no buffer today", "a memoryview of a buffer that fails");
    is_str(outcome(PyBytes_FromObject(o)), "BufferError: no buffer today", "bytes of a buffer that fails");
    is_str(outcome(PyByteArray_FromObject(o)), "BufferError: no buffer today", "a bytearray of a buffer that fails");
    is_str(outcome(PyBytes_Join(empty, list)),
           "TypeError: sequence item 0: expected a bytes-like object, tests.Exporter found",
           "joining a buffer that fails");
    is_str(outcome(PyByteArray_Concat(empty, o)), "TypeError: can't concat tests.Exporter to bytes",
           "concatenation with a buffer that fails");
    is_int(exporter->gets, exporter->releases, "a buffer that failed is not released");
    Py_DECREF(list);
    Py_DECREF(empty);
    is_int(Py_REFCNT(o), 1, "no buffer that failed keeps a reference");
    Py_DECREF(o);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_exporter);
    return TAP_END();
}
