/* A static type of C that is added to a module: under what follows the last dot of its name, and made an object first.
 * The name and flags of types that modules and their functions are of. */
#include "tap.h"

/* Py_TPFLAGS_DISALLOW_INSTANTIATION, which headers have since 3.10. */
#define DISALLOWS_INSTANCES (1UL << 7)

static PyTypeObject dotted_type;

static void
test_fields(void)
{
    PyObject *module = PyImport_ImportModule("sys"), *spec = PyObject_GetAttrString(module, "__spec__");
    PyObject *loader = PyObject_GetAttrString(module, "__loader__");

    is_str(Py_TYPE(spec)->tp_name, "ModuleSpec", "tp_name of specs says no module");
    is_str(((PyTypeObject *)loader)->tp_name, "BuiltinImporter", "nor does that of the loader of built-in modules");
    is_int(PyCFunction_Type.tp_flags & DISALLOWS_INSTANCES, DISALLOWS_INSTANCES,
           "the type of C functions disallows instances");
    is_int(PyCMethod_Type.tp_flags & DISALLOWS_INSTANCES, 0, "the type of C methods has no such flag");
    is_ptr(PyObject_CallNoArgs((PyObject *)&PyCMethod_Type), NULL, "the type of C methods can't be called all the same");
    raises(PyExc_TypeError, "cannot create 'builtin_method' instances", "the error is the same as with the flag");
    is_ptr(PyCMethod_Type.tp_base, &PyCFunction_Type, "the type of C methods is made from that of C functions");
    Py_DECREF(loader);
    Py_DECREF(spec);
    Py_DECREF(module);
}

static void
test_add_type(void)
{
    PyObject *module, *found;

    dotted_type.tp_name = "a.module.Dotted";
    dotted_type.tp_basicsize = sizeof(PyObject);
    Py_INCREF(&dotted_type);
    module = PyModule_New("m");
    is_int(PyModule_AddType(module, &dotted_type), 0, "PyModule_AddType adds a type whose name says its module");
    found = PyObject_GetAttrString(module, "Dotted");
    is_ptr(found, &dotted_type, "under what follows the last dot");
    Py_XDECREF(found);
    ok(Py_TYPE((PyObject *)&dotted_type) == &PyType_Type, "and is an object of the class type from then on");
    Py_DECREF(module);
    is_int(PyGC_Collect() >= 0, 1, "which a collection may look at");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_fields);
    RUN(test_add_type);
    return TAP_END();
}
