/* Prints the names in the dict of each built-in type, and the type of the object under each.
 *
 *     dump < abi/symbols.txt
 *
 * The types are those that the library exports, directly or by a pointer to an exception class. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <Python.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
print_type(PyTypeObject *type)
{
    PyObject *dict = PyObject_GetAttrString((PyObject *)type, "__dict__");
    PyObject *names = dict != NULL ? PySequence_List(dict) : NULL;
    Py_ssize_t i;
    if (names == NULL) {
        PyErr_Print();
        return -1;
    }
    for (i = 0; i < PyList_GET_SIZE(names); i++) {
        PyObject *name = PyList_GET_ITEM(names, i), *value = PyObject_GetItem(dict, name);
        printf("%s\t%s\t%s\n", type->tp_name, PyUnicode_AsUTF8(name), Py_TYPE(value)->tp_name);
        Py_DECREF(value);
    }
    Py_DECREF(names);
    Py_DECREF(dict);
    return 0;
}

/* Whether a symbol is a type, or a pointer to an exception class. */
static int
is_type(const char *symbol)
{
    const char *end = strstr(symbol, "_Type");
    return strstr(symbol, "PyExc_") || (end && end[5] == 0 && strcmp(symbol, "PyObject_Type") != 0);
}

int
main(void)
{
    static void *seen[400];
    char symbol[80];
    size_t known = 0, i;
    Py_Initialize();
    while (scanf("%79s", symbol) == 1) {
        void *found = is_type(symbol) ? dlsym(RTLD_DEFAULT, symbol) : NULL;
        if (!found) {
            continue;
        }
        /* An exception's symbol is a pointer to the class.  CPython's for IncompleteInputError is the class itself. */
        if (Py_TYPE((PyObject *)found) != &PyType_Type) {
            memcpy(&found, found, sizeof found);
        }
        for (i = 0; i < known && seen[i] != found; i++) {
        }
        if (i == known && known < sizeof seen / sizeof seen[0]) {
            seen[known++] = found;
            if (print_type(found) < 0) {
                return 1;
            }
        }
    }
    return 0;
}
