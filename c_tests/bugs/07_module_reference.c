/* Leaked by one reference: a module keeps its C API in a capsule, PyModule_AddObjectRef takes a reference of its
 * own, and the one that PyCapsule_New gave is not given back.  When the module goes at the end, the capsule does
 * not, and the resource that its destructor would close stays open.  Seen: cpython #106767, in four modules at once;
 * scores of modules do it with PyModule_AddObject.  It looks like this: a destructor that never runs. */
#include "bug.h"

static int api_version = 4;
static int closed = 0;

static void
destroy(PyObject *capsule)
{
    closed += PyCapsule_IsValid(capsule, "ledger._C_API");
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "ledger", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

static PyObject *
init_ledger(void)
{
    PyObject *module = PyModule_Create(&definition);
    PyObject *capsule = PyCapsule_New(&api_version, "ledger._C_API", destroy); /* made */

    if (module == NULL || capsule == NULL || PyModule_AddObjectRef(module, "_C_API", capsule) < 0) {
        Py_XDECREF(capsule);
        Py_XDECREF(module);
        return NULL;
    }
#ifdef TWIN
    Py_DECREF(capsule);
#endif
    return module;
}

int
main(void)
{
    int *version, failed;

    PyImport_AppendInittab("ledger", init_ledger);
    begin();
    version = (int *)PyCapsule_Import("ledger._C_API", 0);
    if (version == NULL) {
        show_error("import");
        return 1;
    }
    printf("version %d\n", *version);
    failed = Py_FinalizeEx() < 0;
    printf("closed: %d\n", closed);
    return failed;
}
