/* What CPython's own tests of capsules assert, put anew: _testcapi's test of destructors, setters and names, and
 * test_capi's names for PyCapsule_Import, over a module whose attributes are capsules with the right name, with a wrong
 * one and without one, things that are no capsules, and errors of its own.
 */
#include "tap.h"

static char first[] = "first pointer", second[] = "second pointer", context[] = "context";
static int destructions;
static const void *seen_pointer, *seen_context;

static void
note_destruction(PyObject *capsule)
{
    seen_pointer = PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule));
    seen_context = PyCapsule_GetContext(capsule);
    destructions++;
}

static void
destroyed(int count, const char *pointer, const char *how)
{
    is_int(destructions, count, "%s: the destructor has run %d times", how, count);
    is_ptr(seen_pointer, pointer, "%s: it saw the pointer", how);
    is_ptr(seen_context, context, "%s: and the context", how);
}

static void
test_destructor(void)
{
    PyObject *capsule = PyCapsule_New(first, "mod.name", note_destruction);

    PyCapsule_SetContext(capsule, context);
    note_destruction(capsule);
    destroyed(1, first, "called as the function it is");
    PyCapsule_GetDestructor(capsule)(capsule);
    destroyed(2, first, "called as GetDestructor gives it");
    Py_DECREF(capsule);
    destroyed(3, first, "called by the last reference");
}

static void
test_setters(void)
{
    PyObject *capsule = PyCapsule_New(first, "mod.name", note_destruction);
    int before = destructions;

    is_int(PyCapsule_SetPointer(capsule, second), 0, "SetPointer succeeds");
    is_ptr(PyCapsule_GetPointer(capsule, "mod.name"), second, "and GetPointer gives the new pointer");
    is_int(PyCapsule_SetContext(capsule, context), 0, "SetContext succeeds");
    is_ptr(PyCapsule_GetContext(capsule), context, "and GetContext gives the new context");
    is_int(PyCapsule_SetName(capsule, "renamed"), 0, "SetName succeeds");
    is_str(PyCapsule_GetName(capsule), "renamed", "and GetName gives the new name");
    is_ptr(PyCapsule_GetPointer(capsule, "mod.name"), NULL, "by which alone the pointer can be had");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "the former name is an incorrect one");
    is_int(PyCapsule_IsValid(capsule, "mod.name"), 0, "IsValid says so too");
    is_int(PyCapsule_IsValid(capsule, "renamed"), 1, "and accepts the new one");
    is_int(PyCapsule_SetDestructor(capsule, NULL), 0, "SetDestructor takes the destructor away");
    ok(PyCapsule_GetDestructor(capsule) == NULL, "and GetDestructor gives NULL");
    Py_DECREF(capsule);
    is_int(destructions, before, "a destructor that was taken away is not called");
    no_error("all without an error");
}

/* The capsule's pointer is its own name in full, as CPython's tests have it. */
static void
add(PyObject *module, const char *attribute, const char *name)
{
    PyModule_Add(module, attribute, PyCapsule_New((void *)(name != NULL ? name : first), name, NULL));
}

static PyObject *
get_attribute(PyObject *self, PyObject *name)
{
    (void)self;
    if (strcmp(PyUnicode_AsUTF8(name), "bad_attr") == 0) {
        PyErr_SetString(PyExc_FloatingPointError, "bad attribute");
    } else {
        PyErr_SetObject(PyExc_AttributeError, name);
    }
    return NULL;
}

static PyMethodDef get_attribute_method = {"__getattr__", get_attribute, METH_O, NULL};
static struct PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT, "capsule_mod", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

static PyObject *
init_module(void)
{
    PyObject *module = PyModule_Create(&module_definition), *ns = PyModule_New("ns");

    add(module, "capsule", "capsule_mod.capsule");
    add(module, "\xd0\xba\xd0\xb0\xd0\xbf", "capsule_mod.\xd0\xba\xd0\xb0\xd0\xbf");
    add(module, "mismatched", "other.name");
    add(module, "nonutf8", "capsule_mod.nonutf8\xff");
    add(module, "nullname", NULL);
    PyModule_AddIntConstant(module, "not_capsule", 42);
    add(ns, "nested", "capsule_mod.ns.nested");
    PyModule_Add(module, "ns", ns);
    PyModule_Add(module, "__getattr__", PyCFunction_New(&get_attribute_method, NULL));
    return module;
}

static PyObject *
init_broken(void)
{
    PyErr_SetString(PyExc_ZeroDivisionError, "division by zero");
    return NULL;
}

static void
test_import(void)
{
    static const char *const names[] = {
        "capsule_mod.capsule", "capsule_mod.ns.nested", "capsule_mod.\xd0\xba\xd0\xb0\xd0\xbf", "capsule_mod.capsule",
    };

    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "capsule_mod"), NULL, "the module is not imported before");
    for (int i = 0; i < 4; i++) {
        is_str((const char *)PyCapsule_Import(names[i], i == 3), names[i], "name %d leads to its capsule", i);
    }
    no_error("without an error");
}

static void
test_submodule(void)
{
    PyObject *package = PyImport_AddModule("capsule_pkg"), *sub = PyModule_New("capsule_pkg.sub");

    add(sub, "capsule", "capsule_pkg.sub.capsule");
    is_ptr(PyCapsule_Import("capsule_pkg.sub.capsule", 0), NULL, "a submodule that is nowhere is not found");
    raises(PyExc_AttributeError, "module 'capsule_pkg' has no attribute 'sub'", "it is an attribute of its package");
    PyModule_Add(package, "sub", sub);
    is_str((const char *)PyCapsule_Import("capsule_pkg.sub.capsule", 0), "capsule_pkg.sub.capsule",
           "once the package has it, it is");
}

static void
test_refused_names(void)
{
    static const struct {
        const char *name;
        PyObject **type;
        const char *message;
    } cases[] = {
        {"capsule_nonexistent.capsule", &PyExc_ImportError,
         "PyCapsule_Import could not import module \"capsule_nonexistent\""},
        {"\xff\xfe.capsule", &PyExc_ImportError,
         "PyCapsule_Import could not import module \"\xef\xbf\xbd\xef\xbf\xbd\""},
        {".capsule_mod.capsule", &PyExc_ImportError, "PyCapsule_Import could not import module \"\""},
        {"", &PyExc_ImportError, "PyCapsule_Import could not import module \"\""},
        {".", &PyExc_ImportError, "PyCapsule_Import could not import module \"\""},
        {"capsule_mod.nonexistent", &PyExc_AttributeError, "nonexistent"},
        {"capsule_mod.", &PyExc_AttributeError, ""},
        {"capsule_mod..capsule", &PyExc_AttributeError, ""},
        {"capsule_mod.not_capsule.capsule", &PyExc_AttributeError, "'int' object has no attribute 'capsule'"},
        {"capsule_mod", &PyExc_AttributeError, "PyCapsule_Import \"capsule_mod\" is not valid"},
        {"capsule_mod.not_capsule", &PyExc_AttributeError, "PyCapsule_Import \"capsule_mod.not_capsule\" is not valid"},
        {"capsule_mod.mismatched", &PyExc_AttributeError, "PyCapsule_Import \"capsule_mod.mismatched\" is not valid"},
        {"capsule_mod.nonutf8", &PyExc_AttributeError, "PyCapsule_Import \"capsule_mod.nonutf8\" is not valid"},
        {"capsule_mod.nonutf8\xff", &PyExc_UnicodeDecodeError,
         "'utf-8' codec can't decode byte 0xff in position 7: invalid start byte"},
        {"capsule_mod.nullname", &PyExc_AttributeError, "PyCapsule_Import \"capsule_mod.nullname\" is not valid"},
        {"capsule_broken.capsule", &PyExc_ImportError, "PyCapsule_Import could not import module \"capsule_broken\""},
        {"capsule_mod.bad_attr", &PyExc_FloatingPointError, "bad attribute"},
        {"capsule_mod.bad_attr.capsule", &PyExc_FloatingPointError, "bad attribute"},
    };

    for (int i = 0; i < (int)(sizeof cases / sizeof cases[0]); i++) {
        is_ptr(PyCapsule_Import(cases[i].name, 0), NULL, "name %d is refused", i);
        raises(*cases[i].type, cases[i].message, "with its own error (%d)", i);
    }
}

int
main(void)
{
    int added = PyImport_AppendInittab("capsule_mod", init_module) == 0;

    added &= PyImport_AppendInittab("capsule_broken", init_broken) == 0;
    ok(added, "the modules are made known before the interpreter is there");
    TAP_BEGIN();
    test_destructor();
    test_setters();
    test_import();
    test_submodule();
    test_refused_names();
    return TAP_END();
}
