/* Modules that import each other: a module that is still being made as the others see it, and the errors for
 * attributes that it does not have yet. */
#include "checks.h"

static int checked;

/* `first` imports `second`, which imports `first`. */
static int
exec_first(PyObject *module)
{
    PyObject *second = PyImport_ImportModule("second");
    if (second == NULL) {
        return -1;
    }
    is_int(PyObject_HasAttrString(second, "done"), 1, "the second module is done when the first goes on");
    Py_DECREF(second);
    return PyModule_AddIntConstant(module, "done", 1);
}

static int
exec_second(PyObject *module)
{
    PyObject *first = PyImport_ImportModule("first");

    is_ptr(first, PyDict_GetItemString(PyImport_GetModuleDict(), "first"),
           "the second module imports the first, which is in sys.modules");
    is_ptr(PyObject_GetAttrString(first, "done"), NULL, "the first module is not done when the second imports it");
    raises(PyExc_AttributeError,
           "partially initialized module 'first' has no attribute 'done' (most likely due to a circular import)",
           "the error for a missing attribute says that the first module is partially initialized");
    is_ptr(PyCapsule_Import("first.done", 0), NULL, "PyCapsule_Import gets no capsule from a module that is not done");
    raises(PyExc_AttributeError,
           "partially initialized module 'first' has no attribute 'done' (most likely due to a circular import)",
           "the error of PyCapsule_Import says that the first module is partially initialized");
    Py_XDECREF(first);
    checked++;
    return PyModule_AddIntConstant(module, "done", 1);
}

/* `pack.inner` looks for itself in `pack`. */
static int
exec_pack(PyObject *module)
{
    return PyModule_Add(module, "__path__", PyList_New(0));
}

static int
exec_inner(PyObject *module)
{
    PyObject *pack = PyImport_ImportModule("pack");

    (void)module;
    is_ptr(PyObject_GetAttrString(pack, "inner"), NULL, "a submodule is no attribute of its package before it is done");
    raises(PyExc_AttributeError,
           "cannot access submodule 'inner' of module 'pack' (most likely due to a circular import)",
           "the error for a submodule that is not done says so");
    is_ptr(PyObject_GetAttrString(pack, "other"), NULL, "a package has no attribute for a missing submodule");
    raises(PyExc_AttributeError, "module 'pack' has no attribute 'other'",
           "the error for a missing submodule is the usual one");
    Py_XDECREF(pack);
    checked++;
    return 0;
}

/* A module that imports itself gets the module that is in sys.modules already. */
static int
exec_itself(PyObject *module)
{
    PyObject *itself = PyImport_ImportModule("itself");
    is_ptr(itself, module, "a module that imports itself gets itself");
    Py_XDECREF(itself);
    checked++;
    return 0;
}

/* Fails, after another module has imported it. */
static int
exec_failing(PyObject *module)
{
    PyObject *second = PyImport_ImportModule("witness");
    (void)module;
    Py_XDECREF(second);
    PyErr_SetString(PyExc_ValueError, "this module does not work");
    return -1;
}

static int
exec_witness(PyObject *module)
{
    return PyModule_Add(module, "seen", PyImport_ImportModule("failing"));
}

/* Imports itself before it is in sys.modules, and so is made while it is being made. */
static PyObject *
create_nested(PyObject *spec, PyModuleDef *def)
{
    static int depth, deepest;
    PyObject *name = PyObject_GetAttrString(spec, "name"), *module;

    (void)def;
    depth++;
    if (depth == 1) {
        module = PyImport_ImportModule("nested");
        is_int(deepest, 2, "a module that imports itself before it is in sys.modules is made again");
        is_ptr(module, PyDict_GetItemString(PyImport_GetModuleDict(), "nested"),
               "a module that was made again is in sys.modules");
        checked++;
    } else {
        deepest = depth;
        module = PyModule_NewObject(name);
    }
    depth--;
    Py_DECREF(name);
    return module;
}

#define MODULE(name)                                                                                               \
    static PyModuleDef_Slot name##_slots[] = {{Py_mod_exec, SLOT(exec_##name)}, {0, NULL}};                        \
    static PyModuleDef name##_def = {PyModuleDef_HEAD_INIT, #name, NULL, 0, NULL, name##_slots, NULL, NULL, NULL}; \
    static PyObject *init_##name(void)                                                                             \
    {                                                                                                              \
        return PyModuleDef_Init(&name##_def);                                                                      \
    }
MODULE(first)
MODULE(second)
MODULE(pack)
MODULE(inner)
MODULE(itself)
MODULE(failing)
MODULE(witness)
static PyModuleDef_Slot nested_slots[] = {{Py_mod_create, SLOT(create_nested)}, {0, NULL}};
static PyModuleDef nested_def = {PyModuleDef_HEAD_INIT, "nested", NULL, 0, NULL, nested_slots, NULL, NULL, NULL};
static PyObject *
init_nested(void)
{
    return PyModuleDef_Init(&nested_def);
}

static struct _inittab table[] = {
    {"first", init_first},      {"second", init_second}, {"pack", init_pack},
    {"pack.inner", init_inner}, {"itself", init_itself}, {"failing", init_failing},
    {"witness", init_witness},  {"nested", init_nested}, {NULL, NULL},
};

static void
import(const char *name)
{
    PyObject *module = PyImport_ImportModule(name), *spec;

    ok(module != NULL, "%s is imported", name);
    no_error("the import of %s sets no error", name);
    spec = PyObject_GetAttrString(module, "__spec__");
    is_ptr(borrowed(PyObject_GetAttrString(spec, "_initializing")), Py_False, "%s is initialised when it is imported",
           name);
    Py_XDECREF(spec);
    Py_XDECREF(module);
}

static void
test_seen_while_made(void)
{
    import("first");
    import("pack.inner");
    import("itself");
    import("nested");
    PyDict_DelItemString(PyImport_GetModuleDict(), "nested");
    import("nested");
    is_int(checked, 5, "five modules were checked while they were made");
}

static void
test_failed_later(void)
{
    PyObject *seen, *modules = PyImport_GetModuleDict();

    is_ptr(PyImport_ImportModule("failing"), NULL, "a module fails after another one has imported it");
    raises(PyExc_ValueError, "this module does not work",
           "a module that fails after another one has imported it raises its own error");
    is_ptr(PyDict_GetItemString(modules, "failing"), NULL, "a module that fails is gone from sys.modules");
    seen = PyObject_GetAttrString(PyDict_GetItemString(modules, "witness"), "seen");
    ok(PyModule_CheckExact(seen), "the module that imported a failing one stays and keeps it");
    is_ptr(PyObject_GetAttrString(seen, "x"), NULL, "the failing module has no attribute that it never got");
    raises(PyExc_AttributeError, "module 'failing' has no attribute 'x'",
           "the error for the failing module's attribute is the usual one");
    Py_XDECREF(seen);
}

int
main(void)
{
    PyImport_ExtendInittab(table);
    TAP_BEGIN();
    RUN(test_seen_while_made);
    RUN(test_failed_later);
    return TAP_END();
}
