/* A static type of C that is added to a module: its attribute is the part of its name after the last dot, and it becomes an
 * object first.  The name and flags of the types of modules and their functions. */
#include "tap.h"

/* Py_TPFLAGS_DISALLOW_INSTANTIATION, which headers have since 3.10. */
#define DISALLOWS_INSTANCES (1UL << 7)

static PyTypeObject dotted_type;

static void
test_fields(void)
{
    PyObject *module = PyImport_ImportModule("sys"), *spec = PyObject_GetAttrString(module, "__spec__");
    PyObject *loader = PyObject_GetAttrString(module, "__loader__");

    is_str(Py_TYPE(spec)->tp_name, "ModuleSpec", "tp_name of the type of specs has no module");
    is_str(((PyTypeObject *)loader)->tp_name, "BuiltinImporter",
           "tp_name of the loader of built-in modules has no module");
    is_int(PyCFunction_Type.tp_flags & DISALLOWS_INSTANCES, DISALLOWS_INSTANCES,
           "the type of C functions disallows instances");
    is_int(PyCMethod_Type.tp_flags & DISALLOWS_INSTANCES, 0, "the type of C methods has no such flag");
    is_ptr(PyObject_CallNoArgs((PyObject *)&PyCMethod_Type), NULL,
           "the type of C methods cannot be called, although it has no such flag");
    raises(PyExc_TypeError, "cannot create 'builtin_method' instances",
           "the error for the type of C methods is that of types with the flag");
    is_ptr(PyCMethod_Type.tp_base, &PyCFunction_Type, "the base of the type of C methods is that of C functions");
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
    is_int(PyModule_AddType(module, &dotted_type), 0, "PyModule_AddType adds a type whose name has a module");
    found = PyObject_GetAttrString(module, "Dotted");
    is_ptr(found, &dotted_type, "the attribute is the part of the name after the last dot");
    Py_XDECREF(found);
    ok(Py_TYPE((PyObject *)&dotted_type) == &PyType_Type, "an added type is an object of the class type");
    Py_DECREF(module);
    is_int(PyGC_Collect() >= 0, 1, "a collection may look at an added type");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_fields);
    RUN(test_add_type);
    return TAP_END();
}
