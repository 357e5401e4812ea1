/* Shared by the consumers' test programs: a module that offers a C API in a capsule, made without an
 * extension on disk.  It is an ordinary module object that is put into sys.modules, where every import
 * looks first. */
#ifndef PYCAPSULE_CONSUMERS_PROVIDER_H
#define PYCAPSULE_CONSUMERS_PROVIDER_H

#include "../tap.h"

/* Puts a new, empty module under `name` into sys.modules; the reference returned is borrowed from there. */
static inline PyObject *
provide_module(const char *name)
{
    PyObject *module = PyModule_New(name);

    if (module != NULL) {
        PyDict_SetItemString(PyImport_GetModuleDict(), name, module);
        Py_DECREF(module);
    }
    return module;
}

/* Removes `name` from sys.modules, so that the module's objects are dropped. */
static inline void
withdraw_module(const char *name)
{
    PyDict_DelItemString(PyImport_GetModuleDict(), name);
}

/* Gives `owner` the attribute `name`; the reference to `value` is taken over. */
static inline void
provide(PyObject *owner, const char *name, PyObject *value)
{
    if (value != NULL) {
        PyObject_SetAttrString(owner, name, value);
        Py_DECREF(value);
    }
}

#endif
