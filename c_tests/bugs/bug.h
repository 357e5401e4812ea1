/* Functions that the programs of this folder share: the start of a program, and the output of an error.  The
 * programs use nothing but CPython's API, so that each can be built with CPython too.  One file holds a bug and its
 * fix: as it stands it has the bug; with -DTWIN it is the program that its authors meant.  The comments `made`,
 * `used`, `failed`, `renamed` and `destroyed` mark the lines that a report of strict mode names; table.tsv says
 * which.
 */
#ifndef PYCAPSULE_BUGS_BUG_H
#define PYCAPSULE_BUGS_BUG_H

#include <Python.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Output is unbuffered, so that none is lost when the program crashes. */
static inline void
begin(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    Py_Initialize();
}

/* Prints the error that is set, and clears it. */
static inline void
show_error(const char *what)
{
    PyObject *error = PyErr_GetRaisedException();
    PyObject *text = error != NULL ? PyObject_Str(error) : NULL;
    const char *message = text != NULL ? PyUnicode_AsUTF8(text) : NULL;

    if (error == NULL) {
        printf("%s: it failed, and no error is set\n", what);
    } else {
        printf("%s: %s: %s\n", what, Py_TYPE(error)->tp_name, message != NULL ? message : "");
    }
    Py_XDECREF(text);
    Py_XDECREF(error);
}

#endif
