/* Calls by a caller that has an error pending. CPython detects many failures by a value and a pending error, and takes the
 * caller's error for one of the call; other calls lose it. */
#include "outcome.h"

#include <errno.h>

static void
set_pending(void)
{
    PyErr_SetString(PyExc_ZeroDivisionError, "pending");
}

/* Compares the status and the error that is pending after a call; a reference that the call returned is dropped. */
static void
after(long status, PyObject *result, const char *want, const char *call)
{
    PyObject *error = PyErr_GetRaisedException();
    char got[200];

    snprintf(got, sizeof got, "%ld %s %s", status, shown(result), error ? shown(error) : "no error");
    is_str(got, want, "%s with an error pending: %s", call, want);
    Py_XDECREF(result);
    Py_XDECREF(error);
}

#define STATUS(call, want) (set_pending(), after((long)(call), NULL, want, #call))
#define RESULT(call, want) (set_pending(), after(0, call, want, #call))
#define PENDING "ZeroDivisionError('pending')"

static void
test_classes(void)
{
    PyObject *number = PyLong_FromLong(777777), *tuple = PyTuple_Pack(1, number);

    STATUS(PyObject_IsInstance(tuple, number), "-1 NULL " PENDING);
    STATUS(PyObject_IsInstance(number, tuple), "-1 NULL " PENDING);
    STATUS(PyObject_IsSubclass(number, PyExc_KeyError), "-1 NULL " PENDING);
    STATUS(PyObject_IsSubclass(PyExc_KeyError, number), "-1 NULL " PENDING);
    STATUS(PyObject_IsSubclass(PyExc_KeyError, tuple), "-1 NULL " PENDING);
    RESULT(PyErr_SetImportErrorSubclass(number, number, NULL, NULL), "0 NULL " PENDING);
    Py_DECREF(tuple);
    Py_DECREF(number);
}

/* A NULL is mostly the result of a call that failed: the error of that call stays. */
static void
test_null(void)
{
    PyObject *list = PyList_New(0), *number = PyLong_FromLong(3), *dict = PyDict_New();

    RESULT(PySequence_List(NULL), "0 NULL " PENDING);
    RESULT(PySequence_Tuple(NULL), "0 NULL " PENDING);
    RESULT(PySequence_Fast(NULL, "no sequence"), "0 NULL " PENDING);
    RESULT(PySequence_GetItem(NULL, 0), "0 NULL " PENDING);
    RESULT(PySequence_Concat(list, NULL), "0 NULL " PENDING);
    STATUS(PySequence_Size(NULL), "-1 NULL " PENDING);
    STATUS(PySequence_Contains(number, NULL), "-1 NULL " PENDING);
    RESULT(PyObject_GetItem(list, NULL), "0 NULL " PENDING);
    STATUS(PyObject_SetItem(list, number, NULL), "-1 NULL " PENDING);
    STATUS(PyObject_DelItem(NULL, number), "-1 NULL " PENDING);
    STATUS(PyObject_Size(NULL), "-1 NULL " PENDING);
    RESULT(PyObject_Type(NULL), "0 NULL " PENDING);
    RESULT(PyMapping_Keys(NULL), "0 NULL " PENDING);
    RESULT(PyObject_RichCompare(NULL, number, Py_EQ), "0 NULL " PENDING);
    STATUS(PyObject_RichCompareBool(number, NULL, Py_EQ), "-1 NULL " PENDING);
    RESULT(PyNumber_Long(NULL), "0 NULL " PENDING);
    RESULT(PyNumber_Negative(NULL), "0 NULL " PENDING);
    RESULT(PySequence_List(dict), "0 [] " PENDING);
    RESULT(PyErr_NewException("nodot", NULL, list),
           "0 NULL SystemError('PyErr_NewException: name must be module.class')");
    Py_DECREF(dict);
    Py_DECREF(number);
    Py_DECREF(list);
}

static void
test_indices(void)
{
    PyObject *last = PyLong_FromLong(-1), *first = PyLong_FromLong(0), *letters = PyUnicode_FromString("ab");
    PyObject *list = PySequence_List(letters), *tuple = PySequence_Tuple(letters), *bytes = PyBytes_FromString("ab");

    RESULT(PyObject_GetItem(list, last), "0 NULL " PENDING);
    RESULT(PyObject_GetItem(list, first), "0 'a' " PENDING);
    RESULT(PyObject_GetItem(tuple, last), "0 NULL " PENDING);
    RESULT(PyObject_GetItem(letters, last), "0 NULL " PENDING);
    RESULT(PyObject_GetItem(bytes, last), "0 NULL " PENDING);
    STATUS(PyObject_SetItem(list, last, Py_None), "-1 NULL " PENDING);
    STATUS(PyObject_SetItem(tuple, last, Py_None), "-1 NULL " PENDING);
    STATUS(PyObject_DelItem(list, last), "-1 NULL " PENDING);
    is_str(shown(list), "['a', 'b']", "the list is as it was after calls that took the error for one of the index");
    RESULT(PySequence_GetItem(list, -1), "0 'b' " PENDING);
    STATUS(PyNumber_AsSsize_t(last, PyExc_IndexError), "-1 NULL " PENDING);
    STATUS(PyLong_AsVoidPtr(last), "0 NULL " PENDING);
    STATUS(PySequence_Contains(bytes, bytes), "1 NULL no error");
    STATUS(PySequence_Contains(bytes, last), "-1 NULL TypeError(\"a bytes-like object is required, not 'int'\")");
    STATUS(PySequence_Contains(bytes, first), "0 NULL " PENDING);
    Py_DECREF(bytes);
    Py_DECREF(tuple);
    Py_DECREF(list);
    Py_DECREF(letters);
    Py_DECREF(first);
    Py_DECREF(last);
}

static void
test_dict(void)
{
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *hook = Py_XNewRef(PySys_GetObject("stderr"));

    PySys_SetObject("stderr", Py_None);
    STATUS(PyDict_GetItem(dict, Py_None) != NULL, "0 NULL " PENDING);
    STATUS(PyDict_GetItem(list, list) != NULL, "0 NULL " PENDING);
    STATUS(PyDict_GetItem(dict, list) != NULL, "0 NULL no error");
    STATUS(PyDict_GetItemString(dict, "none") != NULL, "0 NULL " PENDING);
    STATUS(PyDict_GetItemString(dict, "\xff") != NULL, "0 NULL no error");
    STATUS(PyDict_GetItemString(list, "\xff") != NULL, "0 NULL no error");
    PySys_SetObject("stderr", hook);
    Py_XDECREF(hook);
    Py_DECREF(list);
    Py_DECREF(dict);
}

static PyObject *
result_and_error(PyObject *self, PyObject *argument)
{
    (void)self;
    (void)argument;
    PyErr_SetString(PyExc_LookupError, "beside a result");
    Py_RETURN_NONE;
}

static PyMethodDef both = {"both", result_and_error, METH_VARARGS, NULL};
static PyMethodDef fast = {"fast", (PyCFunction)(void (*)(void))result_and_error, METH_FASTCALL, NULL};

static void
test_errno(void)
{
    PyObject *function = PyCFunction_NewEx(&both, NULL, NULL), *quick = PyCFunction_NewEx(&fast, NULL, NULL), *error;

    errno = EBADF;
    RESULT(PyErr_SetFromErrno(PyExc_ValueError), "0 NULL ValueError(9, 'Bad file descriptor')");
    errno = EBADF;
    RESULT(PyErr_SetFromErrnoWithFilename(PyExc_KeyError, "f"), "0 NULL KeyError(9, 'Bad file descriptor', 'f')");
    errno = EBADF;
    RESULT(PyErr_SetFromErrno(quick),
           "0 NULL SystemError(\"_PyErr_SetObject: exception <class 'NoneType'> is not a BaseException subclass\")");
    errno = EBADF;
    PyErr_SetFromErrno(function);
    error = PyErr_GetRaisedException();
    is_str(shown(error), "SystemError('<built-in function both> returned a result with an exception set')",
           "a callable without a fast entry is checked after the call");
    Py_XDECREF(error);
    Py_DECREF(quick);
    Py_DECREF(function);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_classes);
    RUN(test_null);
    RUN(test_indices);
    RUN(test_dict);
    RUN(test_errno);
    return TAP_END();
}
