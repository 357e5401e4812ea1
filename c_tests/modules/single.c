/* A module that is initialised in one phase.  Its definition says only "single", wherever it is put; `loads` counts the
 * runs of its init function since the file was loaded. */
#include <Python.h>

static int loads;

static PyObject *
answer(PyObject *self, PyObject *ignored)
{
    (void)ignored;
    return PyModule_GetNameObject(self);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "The name of the module."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef def = {PyModuleDef_HEAD_INIT, "single", "In one phase.", -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_single(void)
{
    PyObject *module = PyModule_Create(&def);
    if (module != NULL && (PyModule_AddIntConstant(module, "loads", ++loads) < 0 ||
                           PyModule_Add(module, "api", PyCapsule_New(&loads, "single.api", NULL)) < 0)) {
        Py_CLEAR(module);
    }
    return module;
}
