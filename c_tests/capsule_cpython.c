/* The assertions of CPython's own tests of capsules, put anew: _testcapi's test of destructors, setters and names, and
 * test_capi's of PyCapsule_Import: names, submodules, and errors from an import and from an attribute, over a module
 * whose attributes are capsules with the right name, with a wrong one and without one, objects that are no capsules, and
 * errors of its own.
 */
#include "tap.h"

static const char name[] = "capsule name";
static char pointer[] = "capsule pointer", context[] = "capsule context", unused[] = "unused pointer";
static int destructions;

/* Also called by hand, while the capsule lives. */
static void
see(PyObject *capsule)
{
    destructions++;
    is_ptr(PyCapsule_GetContext(capsule), context, "the destructor finds the context");
    ok(PyCapsule_GetDestructor(capsule) == see, "the destructor finds itself by GetDestructor");
    is_ptr(PyCapsule_GetName(capsule), name, "the destructor finds the very name that was given");
    is_ptr(PyCapsule_GetPointer(capsule, name), pointer, "the destructor finds the pointer by the name");
}

static void
test_destructor(void)
{
    PyObject *capsule = PyCapsule_New(pointer, name, see);

    PyCapsule_SetContext(capsule, context);
    see(capsule);
    is_int(destructions, 1, "a destructor that is called by hand runs");
    PyCapsule_GetDestructor(capsule)(capsule);
    is_int(destructions, 2, "a destructor that is called as GetDestructor gives it runs");
    Py_DECREF(capsule);
    is_int(destructions, 3, "the last reference runs a destructor that was called by hand");
}

static void
test_setters(void)
{
    PyObject *capsule = PyCapsule_New(unused, "ignored", NULL);
    int before = destructions;

    is_int(PyCapsule_SetPointer(capsule, pointer), 0, "SetPointer succeeds");
    is_ptr(PyCapsule_GetPointer(capsule, "ignored"), pointer, "GetPointer gives the pointer that SetPointer set");
    is_int(PyCapsule_SetName(capsule, name), 0, "SetName succeeds");
    is_ptr(PyCapsule_GetName(capsule), name, "GetName gives the name that SetName set");
    is_int(PyCapsule_SetDestructor(capsule, see), 0, "SetDestructor succeeds");
    ok(PyCapsule_GetDestructor(capsule) == see, "GetDestructor gives the destructor that SetDestructor set");
    is_int(PyCapsule_SetContext(capsule, context), 0, "SetContext succeeds");
    is_ptr(PyCapsule_GetContext(capsule), context, "GetContext gives the context that SetContext set");
    see(capsule);
    no_error("no setter sets an error");

    is_ptr(PyCapsule_GetPointer(capsule, "ignored"), NULL, "the former name gives no pointer");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "the former name is an incorrect one");
    is_ptr(PyCapsule_GetPointer(capsule, "the wrong name"), NULL, "a wrong name gives no pointer");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "a name that the capsule never had is an incorrect one");
    is_int(PyCapsule_IsValid(capsule, "ignored"), 0, "IsValid refuses the former name");
    is_int(PyCapsule_IsValid(capsule, "capsule name"), 1, "IsValid accepts the new name at another address");

    is_int(PyCapsule_SetDestructor(capsule, NULL), 0, "SetDestructor takes the destructor away");
    ok(PyCapsule_GetDestructor(capsule) == NULL, "GetDestructor gives NULL for a destructor that was taken away");
    Py_DECREF(capsule);
    is_int(destructions, before + 1, "a destructor that was taken away is not called");
}

/* The capsule's pointer is its own name in full, as CPython's tests have it. */
static void
add(PyObject *module, const char *attribute, const char *full_name)
{
    PyModule_Add(module, attribute, PyCapsule_New((void *)(full_name != NULL ? full_name : unused), full_name, NULL));
}

static PyObject *
get_attribute(PyObject *self, PyObject *attribute)
{
    (void)self;
    if (strcmp(PyUnicode_AsUTF8(attribute), "bad_attr") == 0) {
        PyErr_SetString(PyExc_FloatingPointError, "bad attribute");
    } else {
        PyErr_SetObject(PyExc_AttributeError, attribute);
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
init_autopkg(void)
{
    static struct PyModuleDef definition = {
        PyModuleDef_HEAD_INIT, "capsule_autopkg", NULL, -1, NULL, NULL, NULL, NULL, NULL,
    };
    PyObject *module = PyModule_Create(&definition), *sub = PyImport_AddModule("capsule_autopkg.sub");

    add(sub, "capsule", "capsule_autopkg.sub.capsule");
    PyModule_AddObjectRef(module, "sub", sub);
    return module;
}

static PyObject *
init_broken(void)
{
    PyErr_SetString(PyExc_ZeroDivisionError, "division by zero");
    return NULL;
}

/* An attribute of a module, whose dict keeps it alive. */
static PyObject *
borrowed_attribute(const char *module, const char *attribute)
{
    PyObject *found = PyObject_GetAttrString(PyImport_AddModule(module), attribute);

    Py_DECREF(found);
    return found;
}

static void
test_import(void)
{
    static const char *const names[] = {
        "capsule_mod.capsule",
        "capsule_mod.ns.nested",
        "capsule_mod.\xd0\xba\xd0\xb0\xd0\xbf",
        "capsule_mod.capsule",
    };

    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "capsule_mod"), NULL, "the module is not imported before");
    for (int i = 0; i < 4; i++) {
        is_str((const char *)PyCapsule_Import(names[i], i == 3), names[i], "name %d leads to its capsule", i);
    }
    no_error("an import of a capsule that is found sets no error");
    is_ptr(PyCapsule_GetPointer(borrowed_attribute("capsule_mod", "capsule"), "another name"), NULL,
           "the capsule there has no pointer for another name");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "another name is an incorrect one");
    is_ptr(PyCapsule_GetPointer(borrowed_attribute("capsule_mod", "capsule"), "capsule_mod.capsule"),
           PyCapsule_Import("capsule_mod.capsule", 0), "the capsule has the pointer that Import gives");
}

/* The module is imported already, since the table of built-in modules takes no such name. */
static void
test_non_ascii_module_name(void)
{
    static const char full_name[] = "\xc3\xa6\xd0\x96.capsule";

    add(PyImport_AddModule("\xc3\xa6\xd0\x96"), "capsule", full_name);
    is_ptr(PyCapsule_Import(full_name, 0), full_name, "a module's name need not be ASCII");
    no_error("an import by a name that is not ASCII sets no error");
}

static void
test_submodule(void)
{
    PyObject *package = PyImport_AddModule("capsule_pkg"), *sub = PyModule_New("capsule_pkg.sub");

    add(sub, "capsule", "capsule_pkg.sub.capsule");
    is_ptr(PyCapsule_Import("capsule_pkg.sub.capsule", 0), NULL, "a submodule that is nowhere is not found");
    raises(PyExc_AttributeError, "module 'capsule_pkg' has no attribute 'sub'",
           "the error of a missing submodule is that the package lacks the attribute");
    PyModule_Add(package, "sub", sub);
    is_str((const char *)PyCapsule_Import("capsule_pkg.sub.capsule", 0), "capsule_pkg.sub.capsule",
           "a submodule that its package has is found");
    is_str((const char *)PyCapsule_Import("capsule_autopkg.sub.capsule", 0), "capsule_autopkg.sub.capsule",
           "a submodule that the package imports itself is found at once");
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
        raises(*cases[i].type, cases[i].message, "the error for a refused name tells how far the import came (%d)", i);
    }
}

static void
test_modules_made_known(void)
{
    int added = PyImport_AppendInittab("capsule_mod", init_module) == 0;

    added &= PyImport_AppendInittab("capsule_autopkg", init_autopkg) == 0;
    added &= PyImport_AppendInittab("capsule_broken", init_broken) == 0;
    ok(added, "the modules are made known before the interpreter is there");
}

int
main(void)
{
    RUN(test_modules_made_known);
    TAP_BEGIN();
    RUN(test_destructor);
    RUN(test_setters);
    RUN(test_import);
    RUN(test_non_ascii_module_name);
    RUN(test_submodule);
    RUN(test_refused_names);
    return TAP_END();
}
