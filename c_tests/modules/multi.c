/* A module that is initialised in two phases.  `seen` tells what it looked like when its exec slot ran: whether it
 * already had __file__ and was already in sys.modules. */
#include <Python.h>
#include <stdint.h>

#ifndef INIT
#define INIT PyInit_multi
#endif

static int
exec(PyObject *module)
{
    PyObject *name = PyModule_GetNameObject(module), *imported = PyImport_GetModule(name);
    int has_file = PyObject_HasAttrString(module, "__file__");
    int is_imported = imported == module;

    Py_XDECREF(name);
    Py_XDECREF(imported);
    return PyModule_AddStringConstant(module, "seen",
                                      has_file && is_imported ? "file and sys.modules"
                                      : has_file              ? "file"
                                      : is_imported           ? "sys.modules"
                                                              : "nothing");
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)exec},
    {0, NULL},
};

static PyModuleDef def = {PyModuleDef_HEAD_INIT, "ignored", "In two phases.", 0, NULL, slots, NULL, NULL, NULL};

PyMODINIT_FUNC
INIT(void)
{
    return PyModuleDef_Init(&def);
}
