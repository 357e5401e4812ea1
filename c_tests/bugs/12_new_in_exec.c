/* A module's exec slot does not check the result of PyCapsule_New: the table of this machine is missing, New refuses
 * NULL, and the slot returns 0 with the error set, which the importer calls a SystemError.  Seen: the class of numpy
 * PR 9119, where it is the initialisation of multiarray.  It looks like this: "execution of module kernels raised
 * unreported exception". */
#include "bug.h"

static const int *table = NULL;

static int
execute(PyObject *module)
{
    PyObject *capsule = PyCapsule_New((void *)table, "kernels._C_API", NULL); /* failed */

#ifdef TWIN
    if (capsule == NULL) {
        return -1;
    }
#endif
    if (capsule != NULL) {
        PyModule_AddObjectRef(module, "_C_API", capsule);
        Py_DECREF(capsule);
    }
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)execute}, {0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "kernels", NULL, 0, NULL, slots, NULL, NULL, NULL};

static PyObject *
PyInit_kernels(void)
{
    return PyModuleDef_Init(&definition);
}

int
main(void)
{
    PyObject *module;

    PyImport_AppendInittab("kernels", PyInit_kernels);
    begin();
    module = PyImport_ImportModule("kernels");
    if (module == NULL) {
        show_error("kernels");
    }
    Py_XDECREF(module);
    return Py_FinalizeEx() < 0;
}
