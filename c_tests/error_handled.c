/* The exception that a thread is handling: PyErr_SetHandledException and PyErr_GetHandledException, PyErr_SetExcInfo and
 * PyErr_GetExcInfo, and how it becomes the context of those that are raised meanwhile. */
#include "errors_support.h"

static PyObject *
error_of(PyObject *type, const char *text)
{
    PyObject *argument = PyUnicode_FromString(text), *error = PyObject_CallOneArg(type, argument);
    Py_DECREF(argument);
    return error;
}

static PyObject *
borrow(PyObject *owned)
{
    Py_XDECREF(owned);
    return owned;
}

static void
test_set_and_get(void)
{
    PyObject *error = error_of(PyExc_ValueError, "handled"), *other = error_of(PyExc_KeyError, "other"), *got;

    is_ptr(PyErr_GetHandledException(), NULL, "at first no exception is being handled");
    no_error("which is no error");
    PyErr_SetHandledException(error);
    is_int(Py_REFCNT(error), 2, "PyErr_SetHandledException takes a reference of its own");
    got = PyErr_GetHandledException();
    is_ptr(got, error, "PyErr_GetHandledException gives what was set");
    is_int(Py_REFCNT(error), 3, "as a new reference");
    Py_XDECREF(got);
    is_ptr(PyErr_Occurred(), NULL, "it is not the pending error");
    PyErr_SetHandledException(other);
    is_int(Py_REFCNT(error), 1, "another one takes its place, and it is let go");
    is_ptr(borrow(PyErr_GetHandledException()), other, "the other one is being handled");
    PyErr_SetHandledException(NULL);
    is_ptr(PyErr_GetHandledException(), NULL, "NULL is none");
    is_int(Py_REFCNT(other), 1, "and lets it go");
    PyErr_SetHandledException(error);
    PyErr_SetHandledException(Py_None);
    is_ptr(PyErr_GetHandledException(), NULL, "so is None");
    Py_DECREF(other);
    Py_DECREF(error);
}

static void
test_exc_info(void)
{
    PyObject *error = error_of(PyExc_ValueError, "handled"), *type, *value, *traceback;

    PyErr_GetExcInfo(&type, &value, &traceback);
    is_ptr(type, Py_None, "PyErr_GetExcInfo without an exception: the type is None");
    is_ptr(value, NULL, "the value is NULL");
    is_ptr(traceback, Py_None, "the traceback is None");
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    PyErr_SetExcInfo(Py_NewRef(PyExc_ValueError), Py_NewRef(error), NULL);
    is_int(Py_REFCNT(error), 2, "PyErr_SetExcInfo takes over its references");
    PyErr_GetExcInfo(&type, &value, &traceback);
    is_ptr(type, PyExc_ValueError, "PyErr_GetExcInfo gives the type");
    is_ptr(value, error, "the exception");
    is_ptr(traceback, Py_None, "and None where there is no traceback");
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    is_ptr(borrow(PyErr_GetHandledException()), error, "PyErr_GetHandledException gives the same");
    PyErr_SetExcInfo(NULL, NULL, NULL);
    is_ptr(PyErr_GetHandledException(), NULL, "NULL is none");
    is_int(Py_REFCNT(error), 1, "and lets the exception go");
    Py_DECREF(error);
}

static void
test_context(void)
{
    PyObject *error = error_of(PyExc_ValueError, "handled"), *raised, *instance = error_of(PyExc_TypeError, "made before");

    PyErr_SetHandledException(error);
    PyErr_SetString(PyExc_KeyError, "raised");
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), error, "what is raised has what is being handled as its context");
    is_ptr(borrow(PyException_GetContext(error)), NULL, "which has none");
    Py_DECREF(raised);
    PyErr_SetObject(PyExc_TypeError, instance);
    raised = PyErr_GetRaisedException();
    is_ptr(raised, instance, "an exception that was made before");
    is_ptr(borrow(PyException_GetContext(raised)), error, "gets it when it is raised");
    Py_DECREF(raised);
    PyErr_SetObject(PyExc_ValueError, error);
    raised = PyErr_GetRaisedException();
    is_ptr(raised, error, "the one that is being handled, raised again");
    is_ptr(borrow(PyException_GetContext(raised)), NULL, "is no context of its own");
    Py_DECREF(raised);
    PyErr_SetString(PyExc_KeyError, "raised");
    PyErr_SetHandledException(NULL);
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), error, "what counts is when it was raised");
    Py_DECREF(raised);
    PyErr_SetString(PyExc_KeyError, "raised");
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), NULL, "when nothing is being handled there is no context");
    Py_DECREF(raised);
    PyErr_SetHandledException(error);
    is_ptr(PyCapsule_New(NULL, NULL, NULL), NULL, "what a function raises");
    raised = PyErr_GetRaisedException();
    is_ptr((PyObject *)Py_TYPE(raised), PyExc_ValueError, "for bad arguments");
    is_ptr(borrow(PyException_GetContext(raised)), error, "has the context too");
    Py_DECREF(raised);
    raised = error_of(PyExc_KeyError, "restored");
    PyErr_SetHandledException(error);
    PyErr_SetRaisedException(raised);
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), NULL, "nor does an exception that is put back get one");
    PyErr_SetHandledException(NULL);
    Py_DECREF(raised);
    Py_DECREF(instance);
    Py_DECREF(error);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_set_and_get);
    RUN(test_exc_info);
    RUN(test_context);
    return TAP_END();
}
