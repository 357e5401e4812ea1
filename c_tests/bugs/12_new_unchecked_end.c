/* The result of PyCapsule_New is used unchecked, and by chance it does no harm: the NULL goes into a module, which
 * refuses it, and that result is not checked either.  The program ends well, with an error that was set all the time
 * and a module that lacks its C API.  Seen: numpy PR 9119, in the initialisation of multiarray.  It looks like this:
 * nothing here, and an AttributeError in a program that imports the capsule. */
#include "bug.h"

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "kernels", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

/* The table is made at run time, and may be missing. */
static const int *
load_table(const char *machine)
{
    static const int table = 1;
    return strcmp(machine, "x86-64-v4") == 0 ? &table : NULL;
}

int
main(void)
{
    PyObject *module, *capsule;

    begin();
    module = PyModule_Create(&definition);
    capsule = PyCapsule_New((void *)load_table("x86-64"), "kernels._C_API", NULL); /* made */
#ifdef TWIN
    if (capsule == NULL) {
        show_error("kernels");
    } else
#endif
        PyModule_AddObjectRef(module, "_C_API", capsule);
    printf("the module is ready\n");
    Py_XDECREF(capsule);
    Py_DECREF(module);
    return 0;
}
