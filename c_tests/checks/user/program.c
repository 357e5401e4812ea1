/* A program that takes the answer from the capsule of the extension module `answers`, and prints it. */
#include <Python.h>

#include <stdio.h>

int
main(void)
{
    PyObject *module = PyImport_ImportModule("answers");
    PyObject *capsule = module != NULL ? PyObject_GetAttrString(module, "answer") : NULL;
    int *found = (int *)PyCapsule_GetPointer(capsule, "answers.answer");
    printf("%d\n", found != NULL ? *found : -1);
    Py_XDECREF(capsule);
    Py_XDECREF(module);
    return Py_FinalizeEx();
}
