/* Imports one module, and prints how far it came: "initialises", or "loads" and the error of its init function, or the error of the
 * loader alone. */
#include <Python.h>

int
main(int count, char **arguments)
{
    PyObject *error, *file, *text;
    const char *utf8 = NULL;

    if (count != 2) {
        return 2;
    }
    if (PyImport_ImportModule(arguments[1]) != NULL) {
        puts("initialises");
        return 0;
    }
    error = PyErr_GetRaisedException();
    /* The loader's errors have the file. */
    file = PyObject_GetAttrString(error, "path");
    PyErr_Clear();
    text = PyObject_Str(error);
    utf8 = text != NULL ? PyUnicode_AsUTF8(text) : NULL;
    printf("%s\t%s: %s\n", file != NULL && file != Py_None ? "refused" : "loads", Py_TYPE(error)->tp_name,
           utf8 != NULL ? utf8 : "(no text)");
    return 1;
}
