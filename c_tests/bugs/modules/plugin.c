/* The plugin of 01_name_unloaded.c: a shared library, not a module, that makes a capsule with its own string as
 * name. */
#include <Python.h>

PyObject *make_capsule(void);

PyObject *
make_capsule(void)
{
    static int version = 3;
    return PyCapsule_New(&version, "plugin._C_API", NULL);
}
