/* A module that says which file it is: TAG. */
#include <Python.h>

#ifndef INIT
#define INIT PyInit_which
#endif

static PyModuleDef def = {PyModuleDef_HEAD_INIT, "which", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
INIT(void)
{
    PyObject *module = PyModule_Create(&def);
    if (module != NULL && PyModule_AddIntConstant(module, "tag", TAG) < 0) {
        Py_CLEAR(module);
    }
    return module;
}
