/* The import functions themselves: PyImport_ImportModule, PyImport_Import, PyImport_ImportModuleAttr and its String form,
 * PyImport_AddModule, PyImport_AddModuleRef, PyImport_GetModule and PyImport_GetModuleDict; the errors for names that
 * do not exist, with name and path of the error; the objects that sys.modules may hold; and PyState_FindModule. */
#include "checks.h"

#include <signal.h>

static PyModuleDef single_def = {PyModuleDef_HEAD_INIT, "one_phase", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef sized_def = {PyModuleDef_HEAD_INIT, "sized", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef_Slot no_slots[] = {{0, NULL}};
static PyModuleDef multi_def = {PyModuleDef_HEAD_INIT, "two_phases", NULL, 0, NULL, no_slots, NULL, NULL, NULL};

static PyObject *
init_single(void)
{
    return PyModule_Create(&single_def);
}
static PyObject *
init_sized(void)
{
    return PyModule_Create(&sized_def);
}
static PyObject *
init_multi(void)
{
    return PyModuleDef_Init(&multi_def);
}

static PyObject *modules; /* sys.modules */

static PyObject *
import_by_object(const char *name)
{
    PyObject *text = PyUnicode_FromString(name), *module = PyImport_Import(text);
    Py_DECREF(text);
    return module;
}

static PyObject *
import_by_name(const char *name)
{
    return PyImport_ImportModule(name);
}

static PyObject *
import_attribute(const char *name)
{
    return PyImport_ImportModuleAttrString(name, "attribute");
}

/* The functions that import, which all fail alike. */
static const struct {
    const char *name;
    PyObject *(*import)(const char *name);
} importers[] = {
    {"PyImport_ImportModule", import_by_name},
    {"PyImport_Import", import_by_object},
    {"PyImport_ImportModuleAttrString", import_attribute},
};

static const struct {
    const char *module;
    PyObject **type;
    const char *message;
    const char *name; /* of an ImportError */
} missing[] = {
    {"nosuch", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", "nosuch"},
    {"nosuch.inner", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", "nosuch"},
    {"sys.inner", &PyExc_ModuleNotFoundError, "No module named 'sys.inner'; 'sys' is not a package", "sys.inner"},
    {"n\xc3\xb6"
     "such",
     &PyExc_ModuleNotFoundError,
     "No module named 'n\xc3\xb6"
     "such'",
     "n\xc3\xb6"
     "such"},
    {"it's", &PyExc_ModuleNotFoundError, "No module named \"it's\"", "it's"},
    {".nosuch", &PyExc_ModuleNotFoundError, "No module named '.nosuch'", ".nosuch"},
    {"nosuch.", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", "nosuch"},
    {"sys.", &PyExc_ModuleNotFoundError, "No module named 'sys.'; 'sys' is not a package", "sys."},
    {"", &PyExc_ValueError, "Empty module name", NULL},
};

static void
test_missing(void)
{
    size_t i, how;
    for (i = 0; i < sizeof(missing) / sizeof(missing[0]); i++) {
        for (how = 0; how < sizeof(importers) / sizeof(importers[0]); how++) {
            Py_ssize_t before = PyDict_Size(modules);
            const char *importer = importers[how].name, *module = missing[i].module;
            PyObject *raised;

            is_ptr(importers[how].import(module), NULL, "%s(\"%s\") fails", importer, module);
            raised = PyErr_GetRaisedException();
            is_ptr(Py_TYPE(raised), *missing[i].type, "%s(\"%s\") raises %s", importer, module,
                   ((PyTypeObject *)*missing[i].type)->tp_name);
            is_text(PyObject_Str(raised), missing[i].message, "%s(\"%s\"): %s", importer, module, missing[i].message);
            if (missing[i].name != NULL) {
                is_text(PyObject_GetAttrString(raised, "name"), missing[i].name, "the error's name is '%s'",
                        missing[i].name);
                is_ptr(borrowed(PyObject_GetAttrString(raised, "path")), Py_None, "the error's path is None");
                is_ptr(borrowed(PyObject_GetAttrString(raised, "__cause__")), Py_None, "the error has no cause");
            }
            Py_XDECREF(raised);
            is_int(PyDict_Size(modules), before, "a failed import leaves sys.modules as it was");
        }
    }
    is_ptr(PyImport_ImportModule("\xff"), NULL, "a name that is not UTF-8 is not imported");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a name that is not UTF-8 is a UnicodeDecodeError");
    is_ptr(PyImport_Import(Py_None), NULL, "a name that is no str is not imported");
    raises(PyExc_TypeError, "module name must be a string", "a name that is no str is a TypeError");
}

static void
test_import(void)
{
    PyObject *name = PyUnicode_FromString("two_phases"), *module, *again, *spec;
    PyObject *attribute = PyUnicode_FromString("__name__");

    is_ptr(PyImport_GetModule(name), NULL, "PyImport_GetModule of a module that is not imported is NULL");
    no_error("PyImport_GetModule of a module that is not imported sets no error");
    module = PyImport_ImportModule("two_phases");
    ok(PyModule_CheckExact(module), "PyImport_ImportModule imports a module");
    again = PyImport_Import(name);
    is_ptr(again, module, "PyImport_Import gives the imported module");
    Py_XDECREF(again);
    is_ptr(borrowed(PyImport_GetModule(name)), module, "PyImport_GetModule gives the imported module");
    is_ptr(PyImport_AddModule("two_phases"), module, "PyImport_AddModule gives the imported module");
    spec = PyObject_GetAttrString(module, "__spec__");
    is_text(PyObject_Repr(spec),
            "ModuleSpec(name='two_phases', loader=<class '_frozen_importlib.BuiltinImporter'>, "
            "origin='built-in')",
            "the repr of a module's spec has name, loader and origin");
    is_ptr(PyObject_GetAttrString(spec, "nosuch"), NULL, "a spec has no other attributes");
    raises(PyExc_AttributeError, "'ModuleSpec' object has no attribute 'nosuch'", "the error names the type alone");
    is_text(PyObject_Repr((PyObject *)Py_TYPE(spec)), "<class '_frozen_importlib.ModuleSpec'>",
            "the type of specs shows its module");
    is_text(PyObject_GetAttrString((PyObject *)Py_TYPE(spec), "__module__"), "_frozen_importlib",
            "the type of specs is in a module");
    is_text(PyObject_GetAttrString((PyObject *)Py_TYPE(spec), "__name__"), "ModuleSpec",
            "the type of specs has a name");
    is_text(PyUnicode_FromFormat("%T %#T", spec, spec), "_frozen_importlib.ModuleSpec _frozen_importlib:ModuleSpec",
            "the type of specs has a full name");
    Py_XDECREF(spec);
    is_ptr(borrowed(PyImport_AddModuleRef("two_phases")), module, "PyImport_AddModuleRef gives the imported module");
    is_text(PyImport_ImportModuleAttrString("two_phases", "__name__"), "two_phases",
            "PyImport_ImportModuleAttrString gives an attribute");
    is_text(PyImport_ImportModuleAttr(name, attribute), "two_phases", "PyImport_ImportModuleAttr gives an attribute");
    is_ptr(PyImport_ImportModuleAttrString("two_phases", "nosuch"), NULL,
           "PyImport_ImportModuleAttrString of a missing attribute fails");
    raises(PyExc_AttributeError, "module 'two_phases' has no attribute 'nosuch'",
           "a missing attribute is an AttributeError");
    PyErr_SetString(PyExc_KeyError, "before");
    is_ptr(borrowed(PyImport_GetModule(name)), module, "PyImport_GetModule with an error set finds the module");
    raises(PyExc_KeyError, "'before'", "PyImport_GetModule leaves an error that was set alone");
    Py_XDECREF(module);
    Py_DECREF(name);
    Py_DECREF(attribute);
    name = PyUnicode_DecodeUTF8("odd\xff", 4, "surrogateescape");
    module = PyImport_AddModule("odd");
    PyDict_SetItem(PyImport_GetModuleDict(), name, module);
    is_ptr(borrowed(PyImport_GetModule(name)), module, "PyImport_GetModule finds a module whose name is no text");
    PyDict_DelItem(PyImport_GetModuleDict(), name);
    Py_DECREF(name);
}

static void
test_add_module(void)
{
    PyObject *module = PyImport_AddModule("added.inner"), *owned;
    Py_ssize_t references = Py_REFCNT(module);

    is_str(PyModule_GetName(module), "added.inner", "PyImport_AddModule makes an empty module");
    is_int(references, 1, "sys.modules alone holds an added module");
    is_ptr(PyDict_GetItemString(modules, "added.inner"), module, "an added module is in sys.modules");
    is_ptr(PyDict_GetItemString(modules, "added"), NULL, "the package of an added module is not imported");
    owned = PyImport_AddModuleRef("added.inner");
    is_int(Py_REFCNT(module), references + 1, "PyImport_AddModuleRef gives a new reference");
    Py_XDECREF(owned);
    is_ptr(PyImport_ImportModule("added.inner"), NULL,
           "an import of a module in sys.modules fails without its package");
    raises(PyExc_ModuleNotFoundError, "No module named 'added'",
           "the error for a module without its package says that the package is missing");
    is_ptr(PyDict_GetItemString(modules, "added.inner"), module,
           "a submodule without its package stays in sys.modules");
    PyImport_AddModule("added");
    owned = PyImport_ImportModule("added.inner");
    is_ptr(owned, module, "a submodule is imported when sys.modules has an object under the name of the package");
    Py_XDECREF(owned);
    PyDict_DelItemString(modules, "added");
    PyDict_DelItemString(modules, "added.inner");
    is_ptr(PyImport_AddModule("\xff"), NULL, "a name that is not UTF-8 is not added");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "an added name that is not UTF-8 is a UnicodeDecodeError");
    PyDict_SetItemString(modules, "listed", modules);
    module = PyImport_AddModuleRef("listed");
    ok(module != NULL && PyModule_CheckExact(module), "PyImport_AddModuleRef replaces an object that is no module");
    is_ptr(PyDict_GetItemString(modules, "listed"), module, "the new module takes the object's place in sys.modules");
    Py_XDECREF(module);
    PyDict_DelItemString(modules, "listed");
}

static void
test_entries(void)
{
    PyObject *capsule = PyCapsule_New(&single_def, "mine", NULL), *name = PyUnicode_FromString("replaced"), *module;
    PyObject *number = PyLong_FromLong(1), *type = (PyObject *)&PyCapsule_Type;
    size_t how;

    PyDict_SetItemString(modules, "replaced", capsule);
    module = PyImport_ImportModule("replaced");
    is_ptr(module, capsule, "an import gives any object that is in sys.modules");
    Py_XDECREF(module);
    is_ptr(borrowed(PyImport_GetModule(name)), capsule, "PyImport_GetModule gives any object that is in sys.modules");
    PyDict_SetItemString(modules, "replaced", Py_None);
    is_int(Py_REFCNT(capsule), 1, "an object that is replaced in sys.modules is dropped");
    Py_DECREF(capsule);
    for (how = 0; how < sizeof(importers) / sizeof(importers[0]); how++) {
        PyObject *raised;
        is_ptr(importers[how].import("replaced"), NULL, "%s: None in sys.modules stops an import", importers[how].name);
        raised = PyErr_GetRaisedException();
        is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError, "%s: None in sys.modules is a ModuleNotFoundError",
               importers[how].name);
        is_text(PyObject_Str(raised), "import of replaced halted; None in sys.modules",
                "%s: the error says that None in sys.modules halted the import", importers[how].name);
        is_text(PyObject_GetAttrString(raised, "name"), "replaced", "%s: the error has the module's name",
                importers[how].name);
        Py_XDECREF(raised);
    }
    is_ptr(borrowed(PyImport_GetModule(name)), Py_None, "PyImport_GetModule gives None that is in sys.modules");
    PyDict_SetItem(modules, number, type);
    is_ptr(borrowed(PyImport_GetModule(number)), type, "PyImport_GetModule finds an object by a name that is no str");
    PyDict_DelItem(modules, number);
    is_ptr(PyDict_GetItemString(modules, "replaced"), Py_None, "None stays in sys.modules");
    PyDict_DelItemString(modules, "replaced");
    is_ptr(PyImport_ImportModule("replaced"), NULL, "an import fails when None was taken out of sys.modules");
    raises(PyExc_ModuleNotFoundError, "No module named 'replaced'",
           "the error of that import says that there is no such module");
    Py_DECREF(name);
    Py_DECREF(number);
}

/* A name that UTF-8 cannot encode, under which sys.modules alone can have a module. */
static void
test_unwritable_name(void)
{
    static const Py_UCS2 points[] = {'a', 0xd800};
    PyObject *name = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, points, 2), *raised, *module;

    is_ptr(PyImport_Import(name), NULL, "an import of a name with a surrogate fails");
    raised = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError,
           "the error for a name with a surrogate is a ModuleNotFoundError");
    is_text(PyObject_Str(raised), "No module named 'a\\ud800'", "the text of the error has the surrogate as an escape");
    is_ptr(borrowed(PyObject_GetAttrString(raised, "name")), name, "the error has the name with the surrogate");
    Py_XDECREF(raised);
    PyDict_SetItem(modules, name, Py_None);
    is_ptr(PyImport_Import(name), NULL, "None under a name with a surrogate stops the import");
    raised = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError, "None under a name with a surrogate is a ModuleNotFoundError");
    is_text(PyObject_ASCII(raised), "ModuleNotFoundError('import of a\\ud800 halted; None in sys.modules')",
            "the error for None under a name with a surrogate says so");
    Py_XDECREF(raised);
    PyDict_SetItem(modules, name, modules);
    module = PyImport_Import(name);
    is_ptr(module, modules, "an import gives any object under a name with a surrogate");
    Py_XDECREF(module);
    PyDict_DelItem(modules, name);
    Py_DECREF(name);
}

static void
test_module_dict(void)
{
    PyObject *sys = PyImport_ImportModule("sys");
    is_ptr(PyImport_GetModuleDict(), modules, "PyImport_GetModuleDict lends one dict each time");
    ok(PyDict_CheckExact(modules), "PyImport_GetModuleDict gives exactly a dict");
    is_ptr(PySys_GetObject("modules"), modules, "PySys_GetObject gives the dict of modules");
    is_ptr(borrowed(PyObject_GetAttrString(sys, "modules")), modules,
           "the attribute modules of sys is the dict of modules");
    is_ptr(PyDict_GetItemString(modules, "sys"), sys, "sys is in the dict of modules");
    ok(PyDict_GetItemString(modules, "builtins") != NULL, "builtins is in the dict of modules");
    is_text(PyObject_Repr(sys), "<module 'sys' (built-in)>", "sys is built in");
    Py_XDECREF(sys);
}

/* A module that is always there can be taken out of sys.modules, and is made again with its old contents. */
static void
test_builtins_again(void)
{
    PyObject *before = PyImport_ImportModule("builtins"), *again, *type;

    PyDict_DelItemString(modules, "builtins");
    again = PyImport_ImportModule("builtins");
    ok(again != NULL && again != before, "builtins is made again when it was taken out of sys.modules");
    is_ptr(PyDict_GetItemString(modules, "builtins"), again, "the new builtins is in sys.modules");
    type = PyObject_GetAttrString(again, "ValueError");
    is_ptr(type, PyExc_ValueError, "the new builtins holds the exception types of the old one");
    Py_XDECREF(type);
    Py_XDECREF(again);
    PyDict_SetItemString(modules, "builtins", before);
    Py_DECREF(before);
}

static void
add_twice(void)
{
    PyState_AddModule(PyState_FindModule(&sized_def), &sized_def);
}

static void
test_state(void)
{
    static const char fatal[] = "Fatal Python error: PyState_AddModule: module ";
    char text[512];
    PyObject *module, *other;

    is_ptr(PyState_FindModule(&single_def), NULL, "PyState_FindModule knows no module before its import");
    no_error("PyState_FindModule of a module before its import sets no error");
    module = PyImport_ImportModule("one_phase");
    is_ptr(PyState_FindModule(&single_def), module, "PyState_FindModule finds a module after its import");
    Py_XDECREF(module);
    module = PyImport_ImportModule("sized");
    if (!ok(module != NULL, "a module of size 0 is imported")) {
        return; /* PyState_RemoveModule of a module that was never added ends the program */
    }
    is_ptr(PyState_FindModule(&sized_def), module, "PyState_FindModule finds a module of size 0");
    is_int(in_child(add_twice, text, sizeof(text)), SIGABRT,
           "PyState_AddModule of a module that is there already ends the program");
    ok(strncmp(text, fatal, strlen(fatal)) == 0, "the fatal error says that the module is there already");
    is_int(PyState_RemoveModule(&sized_def), 0, "PyState_RemoveModule succeeds");
    is_ptr(PyState_FindModule(&sized_def), NULL, "PyState_FindModule does not find a module that was removed");
    is_int(PyState_RemoveModule(&sized_def), 0, "PyState_RemoveModule of a module that was removed succeeds");
    other = PyModule_New("other");
    is_int(PyState_AddModule(other, &sized_def), 0, "PyState_AddModule adds any object");
    is_ptr(PyState_FindModule(&sized_def), other, "PyState_FindModule finds the object that was added");
    is_int(Py_REFCNT(other), 2, "PyState_AddModule holds the object");
    is_int(PyState_RemoveModule(&sized_def), 0, "PyState_RemoveModule of an object that was added succeeds");
    is_int(Py_REFCNT(other), 1, "PyState_RemoveModule drops the object");
    Py_DECREF(other);
    Py_XDECREF(module);
    is_ptr(PyState_FindModule(&multi_def), NULL, "a module in two phases is never found");
    is_int(PyState_AddModule(modules, &multi_def), -1, "a module in two phases cannot be added");
    raises(PyExc_SystemError, "PyState_AddModule called on module with slots",
           "adding a module in two phases is a SystemError");
    is_int(PyState_RemoveModule(&multi_def), -1, "a module in two phases cannot be removed");
    raises(PyExc_SystemError, "PyState_RemoveModule called on module with slots",
           "removing a module in two phases is a SystemError");
}

int
main(void)
{
    PyImport_AppendInittab("one_phase", init_single);
    PyImport_AppendInittab("sized", init_sized);
    PyImport_AppendInittab("two_phases", init_multi);
    TAP_BEGIN();
    modules = PyImport_GetModuleDict();
    RUN(test_module_dict);
    RUN(test_missing);
    RUN(test_import);
    RUN(test_add_module);
    RUN(test_entries);
    RUN(test_unwritable_name);
    RUN(test_builtins_again);
    RUN(test_state);
    return TAP_END();
}
