/* Results and errors, as a test asks for them. */
#ifndef EXPECT_H
#define EXPECT_H

#include <Python.h>

/* Whether a new reference is a str of this text; the reference is dropped. */
static inline int
is_text(PyObject *owned, const char *text)
{
    int same = owned != NULL && PyUnicode_Check(owned) && PyUnicode_CompareWithASCIIString(owned, text) == 0;

    Py_XDECREF(owned);
    return same;
}

/* Whether a new reference is an int of this value; the reference is dropped. */
static inline int
is_long(PyObject *owned, long value)
{
    int same = owned != NULL && PyLong_Check(owned) && PyLong_AsLong(owned) == value;

    Py_XDECREF(owned);
    return same;
}

/* Whether a call failed (its result is NULL) with this error, which is cleared. */
static inline int
failed(PyObject *result, PyObject *type, const char *text)
{
    PyObject *error = PyErr_GetRaisedException();
    int same = result == NULL && error != NULL && PyErr_GivenExceptionMatches(error, type) &&
               is_text(PyObject_Str(error), text);

    Py_XDECREF(result);
    Py_XDECREF(error);
    return same;
}

#endif
