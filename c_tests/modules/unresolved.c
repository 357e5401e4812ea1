/* A module that needs a function which no library has. */
#include <Python.h>

extern PyObject *a_function_that_nobody_has(void);

PyMODINIT_FUNC
PyInit_unresolved(void)
{
    return a_function_that_nobody_has();
}
