/* Checks on objects for the tests of modules and imports, on top of tap.h: the text of an object, errors
 * whose text holds a place in the source, and bodies that must run in a child process. */
#ifndef PYCAPSULE_TESTS_CHECKS_H
#define PYCAPSULE_TESTS_CHECKS_H

/* fork, pipe and dup2 are declared under -std=c99 only on demand; the value is the one of pyconfig.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include "tap.h"
#include "child.h"

#include <stdint.h>

/* A function of another signature as what a method table holds, without -Wcast-function-type. */
#define CFUNCTION(function) ((PyCFunction)(void (*)(void))(function))

/* A function as the value of a module slot: ISO C has no direct cast from a function to an object pointer. */
#define SLOT(function) ((void *)(uintptr_t)(function))

/* Compares str() of a new reference, which is dropped.  NULL fails, and the error that is set is printed. */
static inline int
tap_is_text(const char *file, int line, PyObject *owned, const char *want, const char *format, ...)
{
    PyObject *text = owned != NULL ? PyObject_Str(owned) : NULL;
    const char *got = text != NULL ? PyUnicode_AsUTF8(text) : NULL;
    int same = got != NULL && strcmp(got, want) == 0;
    va_list arguments;
    va_start(arguments, format);
    tap_line(same, file, line, format, arguments);
    va_end(arguments);
    if (!same) {
        fprintf(stderr, "#   got    %s\n#   wanted %s\n", got ? got : "NULL", want);
        if (PyErr_Occurred() != NULL) {
            PyErr_Print();
        }
    }
    Py_XDECREF(text);
    Py_XDECREF(owned);
    return same;
}

/* SystemError as PyErr_BadInternalCall sets it.  The file and line in front are those of CPython's own sources. */
static inline int
tap_raises_internal(const char *file, int line, const char *format, ...)
{
    static const char want[] = ": bad argument to internal function";
    PyObject *raised = PyErr_GetRaisedException();
    PyObject *text = raised != NULL ? PyObject_Str(raised) : NULL;
    const char *got = text != NULL ? PyUnicode_AsUTF8(text) : NULL;
    size_t length = got != NULL ? strlen(got) : 0;
    int passed = length >= sizeof(want) - 1 && strcmp(got + length - (sizeof(want) - 1), want) == 0 &&
                 (PyObject *)Py_TYPE(raised) == PyExc_SystemError;
    va_list arguments;
    va_start(arguments, format);
    tap_line(passed, file, line, format, arguments);
    va_end(arguments);
    if (!passed) {
        fprintf(stderr, "#   got    %s: %s\n", tap_type_name((PyObject *)(raised ? Py_TYPE(raised) : NULL)),
                got ? got : "");
    }
    Py_XDECREF(text);
    Py_XDECREF(raised);
    return passed;
}

#define is_text(owned, want, ...) tap_is_text(__FILE__, __LINE__, (owned), (want), __VA_ARGS__)
#define raises_internal(...) tap_raises_internal(__FILE__, __LINE__, __VA_ARGS__)

/* The value of a new reference to an int, which is dropped; -1 with an error for anything else. */
static inline long
long_of(PyObject *owned)
{
    long value = owned != NULL ? PyLong_AsLong(owned) : -1;
    Py_XDECREF(owned);
    return value;
}

/* The object behind a new reference, which is dropped: another reference keeps the object alive. */
static inline PyObject *
borrowed(PyObject *owned)
{
    Py_XDECREF(owned);
    return owned;
}

#endif
