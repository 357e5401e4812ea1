/* The compiled __init__ of a package, which imports one of its own submodules. */
#include <Python.h>
#include <stdint.h>

static int
exec(PyObject *module)
{
    PyObject *path = PyObject_GetAttrString(module, "__path__"), *submodule;
    int result;

    if (path == NULL) {
        return -1;
    }
    Py_DECREF(path);
    submodule = PyImport_ImportModule("pack.multi");
    if (submodule == NULL) {
        return -1;
    }
    result = PyModule_AddObjectRef(module, "eager", submodule);
    Py_DECREF(submodule);
    return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)exec},
    {0, NULL},
};

static PyModuleDef def = {PyModuleDef_HEAD_INIT, "pack", NULL, 0, NULL, slots, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_pack(void)
{
    return PyModuleDef_Init(&def);
}
