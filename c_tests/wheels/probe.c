/* Imports one module, and prints how far it came: "initialises", or "loads" and the error of its init function, or the error of the
 * loader alone; behind the error the one that it began with. */
#include <Python.h>

#include <string.h>

/* Prints the class and the text of an error on the same line. */
static void
show(PyObject *error)
{
    PyObject *text = PyObject_Str(error);
    const char *utf8 = text != NULL ? PyUnicode_AsUTF8(text) : NULL;

    printf("%s: ", Py_TYPE(error)->tp_name);
    for (; utf8 != NULL && *utf8 != '\0'; utf8++) {
        putchar(*utf8 == '\n' ? ' ' : *utf8);
    }
}

/* Whether the loader refused the module itself: its errors have the file, and the name without the packages. */
static int
is_refused(PyObject *error, const char *module)
{
    PyObject *name = PyObject_GetAttrString(error, "name"), *file = PyObject_GetAttrString(error, "path");
    const char *dot = strrchr(module, '.');
    int refused = file != NULL && file != Py_None && name != NULL && PyUnicode_Check(name) &&
                  PyUnicode_CompareWithASCIIString(name, dot != NULL ? dot + 1 : module) == 0;

    PyErr_Clear();
    return refused;
}

int
main(int count, char **arguments)
{
    PyObject *error, *first, *before;

    if (count != 2) {
        return 2;
    }
    /* Its stand-ins are made when it is imported. */
    PyImport_ImportModule("sys");
    if (PyImport_ImportModule(arguments[1]) != NULL) {
        puts("initialises");
        return 0;
    }
    error = PyErr_GetRaisedException();
    printf("%s\t", is_refused(error, arguments[1]) ? "refused" : "loads");
    show(error);
    /* An error of the init function often hides the one that it began with. */
    first = error;
    while ((before = PyException_GetCause(first)) != NULL || (before = PyException_GetContext(first)) != NULL) {
        first = before;
    }
    if (first != error) {
        printf(", after ");
        show(first);
    }
    putchar('\n');
    return 1;
}
