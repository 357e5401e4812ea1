/* The outcome of a call as text: helpers that the tests of the built-in objects share.
 *
 * A table of calls needs one column for the outcome, which is an object or an error.  `outcome`
 * turns either into text: the repr of a result, or "TypeError: message" for an error, which it clears.
 */
#ifndef PYCAPSULE_TESTS_OUTCOME_H
#define PYCAPSULE_TESTS_OUTCOME_H

#include "tap.h"

#define OUTCOME_SIZE 1024

/* One of a few buffers in turn, so that one expression may contain several texts. */
static inline char *
outcome_buffer(void)
{
    static char buffers[8][OUTCOME_SIZE];
    static int next = 0;
    next = (next + 1) % 8;
    return buffers[next];
}

/* "ExceptionType: str(exception)" of the error that is set, which is cleared; "no error" when there is none. */
static inline const char *
error_text(void)
{
    char *buffer = outcome_buffer();
    PyObject *error = PyErr_GetRaisedException();
    PyObject *text;
    const char *utf8;

    if (error == NULL) {
        return "no error";
    }
    text = PyObject_Str(error);
    utf8 = text ? PyUnicode_AsUTF8(text) : NULL;
    snprintf(buffer, OUTCOME_SIZE, "%s: %s", tap_type_name((PyObject *)Py_TYPE(error)), utf8 ? utf8 : "(no text)");
    PyErr_Clear();
    Py_XDECREF(text);
    Py_DECREF(error);
    return buffer;
}

/* The repr of an object that stays the caller's. */
static inline const char *
shown(PyObject *object)
{
    char *buffer = outcome_buffer();
    PyObject *text;
    const char *utf8;

    if (object == NULL) {
        return "NULL";
    }
    text = PyObject_Repr(object);
    utf8 = text ? PyUnicode_AsUTF8(text) : NULL;
    if (utf8 == NULL) {
        Py_XDECREF(text);
        return error_text();
    }
    snprintf(buffer, OUTCOME_SIZE, "%s", utf8);
    Py_DECREF(text);
    return buffer;
}

/* The repr of a new reference, which is dropped; or the error instead of it. */
static inline const char *
outcome(PyObject *result)
{
    const char *text;

    if (result == NULL) {
        return error_text();
    }
    if (PyErr_Occurred()) {
        Py_DECREF(result);
        PyErr_Clear();
        return "a result with an error set";
    }
    text = shown(result);
    Py_DECREF(result);
    return text;
}

/* A C number as text; or the error, if there is one. */
static inline const char *
outcome_int(long long result)
{
    char *buffer = outcome_buffer();

    if (PyErr_Occurred()) {
        return result == -1 ? error_text() : (PyErr_Clear(), "an error with a result other than -1");
    }
    snprintf(buffer, OUTCOME_SIZE, "%lld", result);
    return buffer;
}

/* The outcome of a call that returns a borrowed reference. */
static inline const char *
outcome_borrowed(PyObject *result)
{
    Py_XINCREF(result);
    return outcome(result);
}

#endif
