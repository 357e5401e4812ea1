/* The name of a module's capsule is overwritten when the module makes a second one: both names are put together in the same
 * buffer. The import by the right name fails, and its message names the capsule that is there. */
#include "bug.h"

static const char *
in_module(const char *name)
{
#ifdef TWIN
    return strcmp(name, "_C_API") == 0 ? "kernels._C_API" : "kernels._limits";
#else
    static char whole[32];

    snprintf(whole, sizeof(whole), "kernels.%s", name);
    return whole;
#endif
}

static int
add(PyObject *module, const char *name, void *pointer)
{
    PyObject *capsule = PyCapsule_New(pointer, in_module(name), NULL); /* made */
    int result = PyModule_AddObjectRef(module, name, capsule);

    Py_XDECREF(capsule);
    return result;
}

int
main(void)
{
    static int api = 1, limits[2] = {0, 1000};
    PyObject *module;
    int failed;

    begin();
    module = PyImport_AddModule("kernels");
    if (module == NULL || add(module, "_C_API", &api) < 0 || add(module, "_limits", limits) < 0) {
        return 2;
    }
    failed = PyCapsule_Import("kernels._C_API", 0) == NULL; /* used */
    if (failed) {
        show_error("import");
    }
    return Py_FinalizeEx() < 0 || failed;
}
