/* The exception that a thread is handling: PyErr_SetHandledException and PyErr_GetHandledException, PyErr_SetExcInfo and
 * PyErr_GetExcInfo, and how it becomes the context of exceptions that are raised meanwhile. */
#include "errors_support.h"

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

    is_ptr(PyErr_GetHandledException(), NULL, "no exception is being handled at the start");
    no_error("PyErr_GetHandledException without an exception sets no error");
    PyErr_SetHandledException(error);
    is_int(Py_REFCNT(error), 2, "PyErr_SetHandledException takes a reference of its own");
    got = PyErr_GetHandledException();
    is_ptr(got, error, "PyErr_GetHandledException gives the exception that was set");
    is_int(Py_REFCNT(error), 3, "PyErr_GetHandledException gives a new reference");
    Py_XDECREF(got);
    is_ptr(PyErr_Occurred(), NULL, "the handled exception is not the pending error");
    PyErr_SetHandledException(other);
    is_int(Py_REFCNT(error), 1, "PyErr_SetHandledException lets go of the exception that it replaces");
    is_ptr(borrow(PyErr_GetHandledException()), other,
           "PyErr_GetHandledException gives the exception that was set last");
    PyErr_SetHandledException(NULL);
    is_ptr(PyErr_GetHandledException(), NULL, "PyErr_SetHandledException of NULL ends the handling");
    is_int(Py_REFCNT(other), 1, "PyErr_SetHandledException of NULL lets go of the exception");
    PyErr_SetHandledException(error);
    PyErr_SetHandledException(Py_None);
    is_ptr(PyErr_GetHandledException(), NULL, "PyErr_SetHandledException of None ends the handling");
    Py_DECREF(other);
    Py_DECREF(error);
}

static void
test_exc_info(void)
{
    PyObject *error = error_of(PyExc_ValueError, "handled"), *type, *value, *traceback;

    PyErr_GetExcInfo(&type, &value, &traceback);
    is_ptr(type, Py_None, "PyErr_GetExcInfo without an exception gives None as the type");
    is_ptr(value, NULL, "PyErr_GetExcInfo without an exception gives NULL as the value");
    is_ptr(traceback, Py_None, "PyErr_GetExcInfo without an exception gives None as the traceback");
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    PyErr_SetExcInfo(Py_NewRef(PyExc_ValueError), Py_NewRef(error), NULL);
    is_int(Py_REFCNT(error), 2, "PyErr_SetExcInfo takes over its references");
    PyErr_GetExcInfo(&type, &value, &traceback);
    is_ptr(type, PyExc_ValueError, "PyErr_GetExcInfo gives the type");
    is_ptr(value, error, "PyErr_GetExcInfo gives the exception");
    is_ptr(traceback, Py_None, "PyErr_GetExcInfo gives None where there is no traceback");
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    is_ptr(borrow(PyErr_GetHandledException()), error,
           "PyErr_GetHandledException gives the exception that PyErr_SetExcInfo set");
    PyErr_SetExcInfo(NULL, NULL, NULL);
    is_ptr(PyErr_GetHandledException(), NULL, "PyErr_SetExcInfo of NULL ends the handling");
    is_int(Py_REFCNT(error), 1, "PyErr_SetExcInfo of NULL lets go of the exception");
    Py_DECREF(error);
}

static void
test_context(void)
{
    PyObject *error = error_of(PyExc_ValueError, "handled"), *raised,
             *instance = error_of(PyExc_TypeError, "made before");

    PyErr_SetHandledException(error);
    PyErr_SetString(PyExc_KeyError, "raised");
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), error, "a raised exception has the handled one as its context");
    is_ptr(borrow(PyException_GetContext(error)), NULL, "the handled exception has no context");
    Py_DECREF(raised);
    PyErr_SetObject(PyExc_TypeError, instance);
    raised = PyErr_GetRaisedException();
    is_ptr(raised, instance, "an exception that was made before can be raised");
    is_ptr(borrow(PyException_GetContext(raised)), error,
           "an exception that was made before gets the handled one as its context");
    Py_DECREF(raised);
    PyErr_SetObject(PyExc_ValueError, error);
    raised = PyErr_GetRaisedException();
    is_ptr(raised, error, "the handled exception can be raised again");
    is_ptr(borrow(PyException_GetContext(raised)), NULL, "the handled exception does not become its own context");
    Py_DECREF(raised);
    PyErr_SetString(PyExc_KeyError, "raised");
    PyErr_SetHandledException(NULL);
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), error,
           "the context is the exception that was handled at the time of raising");
    Py_DECREF(raised);
    PyErr_SetString(PyExc_KeyError, "raised");
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), NULL,
           "an exception that is raised while none is handled has no context");
    Py_DECREF(raised);
    PyErr_SetHandledException(error);
    is_ptr(PyCapsule_New(NULL, NULL, NULL), NULL, "PyCapsule_New of NULL fails while an exception is handled");
    raised = PyErr_GetRaisedException();
    is_ptr((PyObject *)Py_TYPE(raised), PyExc_ValueError,
           "PyCapsule_New of NULL raises a ValueError while an exception is handled");
    is_ptr(borrow(PyException_GetContext(raised)), error,
           "the error of PyCapsule_New has the handled exception as its context");
    Py_DECREF(raised);
    raised = error_of(PyExc_KeyError, "restored");
    PyErr_SetHandledException(error);
    PyErr_SetRaisedException(raised);
    raised = PyErr_GetRaisedException();
    is_ptr(borrow(PyException_GetContext(raised)), NULL, "an exception that is put back gets no context");
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
