/* Shared by the tests of errors and formats: checks of an object's text, and a child process whose
 * standard error is read.  Built on tap.h; every check takes a printf format with its sentence last. */
#ifndef PYCAPSULE_TESTS_ERRORS_SUPPORT_H
#define PYCAPSULE_TESTS_ERRORS_SUPPORT_H

#include "tap.h"
#include "child.h"

/* Compares a str with UTF-8 text.  The reference is taken over; NULL fails, and the error that is set is printed. */
static inline int
tap_says(const char *file, int line, PyObject *owned, const char *want, const char *format, ...)
{
    const char *got = owned != NULL ? PyUnicode_AsUTF8(owned) : NULL;
    int same = got != NULL && strcmp(got, want) == 0;
    va_list arguments;
    va_start(arguments, format);
    tap_line(same, file, line, format, arguments);
    va_end(arguments);
    if (!same) {
        fprintf(stderr, "#   got    %s\n#   wanted %s\n", got ? got : "NULL", want);
        if (PyErr_Occurred()) {
            PyErr_Print();
        }
    }
    Py_XDECREF(owned);
    return same;
}

/* The attribute's repr, a new reference, or NULL with an error. */
static inline PyObject *
repr_of_attribute(PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    PyObject *text = value != NULL ? PyObject_Repr(value) : NULL;
    Py_XDECREF(value);
    return text;
}

#define says(owned, want, ...) tap_says(__FILE__, __LINE__, (owned), (want), __VA_ARGS__)
#define str_is(object, want, ...) tap_says(__FILE__, __LINE__, PyObject_Str(object), (want), __VA_ARGS__)
#define repr_is(object, want, ...) tap_says(__FILE__, __LINE__, PyObject_Repr(object), (want), __VA_ARGS__)
#define attribute_is(object, name, want, ...) \
    tap_says(__FILE__, __LINE__, repr_of_attribute((object), (name)), (want), __VA_ARGS__)

/* The end of a child process: its standard error as text, and its exit status (or minus the signal). */
typedef struct {
    char text[4096];
    int status;
} Child;

/* Runs `body(argument)` in a forked child and reads all that it writes to standard error. */
static inline Child
run_child(void (*body)(const void *), const void *argument)
{
    Child child;
    int status;

    memset(&child, 0, sizeof child);
    status = run_in_child(body, argument, child.text, sizeof child.text);
    child.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return child;
}

/* An exception of this type with a text: a new reference. */
static inline PyObject *
error_of(PyObject *type, const char *text)
{
    PyObject *argument = PyUnicode_FromString(text);
    PyObject *error = PyObject_CallOneArg(type, argument);
    Py_DECREF(argument);
    return error;
}

#endif
