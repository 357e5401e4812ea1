/* The import functions themselves: PyImport_ImportModule, PyImport_Import, PyImport_ImportModuleAttr and its String form,
 * PyImport_AddModule, PyImport_AddModuleRef, PyImport_GetModule and PyImport_GetModuleDict; the errors for names that
 * are not there, with name and path of the error; what sys.modules may hold; and PyState_FindModule. */
#include "checks.h"

#include <signal.h>

static PyModuleDef single_def = {PyModuleDef_HEAD_INIT, "one_phase", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef sized_def = {PyModuleDef_HEAD_INIT, "sized", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef_Slot no_slots[] = {{0, NULL}};
static PyModuleDef multi_def = {PyModuleDef_HEAD_INIT, "two_phases", NULL, 0, NULL, no_slots, NULL, NULL, NULL};

static PyObject *init_single(void) { return PyModule_Create(&single_def); }
static PyObject *init_sized(void) { return PyModule_Create(&sized_def); }
static PyObject *init_multi(void) { return PyModuleDef_Init(&multi_def); }

static PyObject *modules;   /* sys.modules */

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

/* Every function that imports fails in the same way. */
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
    const char *name;   /* of an ImportError */
} missing[] = {
    {"nosuch", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", "nosuch"},
    {"nosuch.inner", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", "nosuch"},
    {"sys.inner", &PyExc_ModuleNotFoundError, "No module named 'sys.inner'; 'sys' is not a package", "sys.inner"},
    {"n\xc3\xb6" "such", &PyExc_ModuleNotFoundError, "No module named 'n\xc3\xb6" "such'", "n\xc3\xb6" "such"},
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
                is_text(PyObject_GetAttrString(raised, "name"), missing[i].name, "its name is '%s'", missing[i].name);
                is_ptr(borrowed(PyObject_GetAttrString(raised, "path")), Py_None, "its path is None");
                is_ptr(borrowed(PyObject_GetAttrString(raised, "__cause__")), Py_None, "it has no cause");
            }
            Py_XDECREF(raised);
            is_int(PyDict_Size(modules), before, "sys.modules is as it was");
        }
    }
    is_ptr(PyImport_ImportModule("\xff"), NULL, "a name that is not UTF-8 is not imported");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "it is a UnicodeDecodeError");
    is_ptr(PyImport_Import(Py_None), NULL, "a name that is no str is not imported");
    raises(PyExc_TypeError, "module name must be a string", "it is a TypeError");
}

static void
test_import(void)
{
    PyObject *name = PyUnicode_FromString("two_phases"), *module, *again, *spec;
    PyObject *attribute = PyUnicode_FromString("__name__");

    is_ptr(PyImport_GetModule(name), NULL, "PyImport_GetModule of what is not imported is NULL");
    no_error("without an error");
    module = PyImport_ImportModule("two_phases");
    ok(PyModule_CheckExact(module), "PyImport_ImportModule imports");
    again = PyImport_Import(name);
    is_ptr(again, module, "PyImport_Import gives the same object");
    Py_XDECREF(again);
    is_ptr(borrowed(PyImport_GetModule(name)), module, "and so does PyImport_GetModule");
    is_ptr(PyImport_AddModule("two_phases"), module, "and so does PyImport_AddModule");
    spec = PyObject_GetAttrString(module, "__spec__");
    is_text(PyObject_Repr(spec), "ModuleSpec(name='two_phases', loader=<class '_frozen_importlib.BuiltinImporter'>, "
                                 "origin='built-in')", "its spec shows what there is");
    is_ptr(PyObject_GetAttrString(spec, "nosuch"), NULL, "a spec has no other attributes");
    raises(PyExc_AttributeError, "'ModuleSpec' object has no attribute 'nosuch'", "the error names the type alone");
    is_text(PyObject_Repr((PyObject *)Py_TYPE(spec)), "<class '_frozen_importlib.ModuleSpec'>",
            "the type of specs shows its module");
    is_text(PyObject_GetAttrString((PyObject *)Py_TYPE(spec), "__module__"), "_frozen_importlib",
            "the type of specs is in a module");
    is_text(PyObject_GetAttrString((PyObject *)Py_TYPE(spec), "__name__"), "ModuleSpec", "the type of specs has a name");
    is_text(PyUnicode_FromFormat("%T %#T", spec, spec), "_frozen_importlib.ModuleSpec _frozen_importlib:ModuleSpec",
            "the type of specs has a full name");
    Py_XDECREF(spec);
    is_ptr(borrowed(PyImport_AddModuleRef("two_phases")), module, "and so does PyImport_AddModuleRef");
    is_text(PyImport_ImportModuleAttrString("two_phases", "__name__"), "two_phases",
            "PyImport_ImportModuleAttrString gives an attribute");
    is_text(PyImport_ImportModuleAttr(name, attribute), "two_phases", "and so does PyImport_ImportModuleAttr");
    is_ptr(PyImport_ImportModuleAttrString("two_phases", "nosuch"), NULL, "an attribute may be missing");
    raises(PyExc_AttributeError, "module 'two_phases' has no attribute 'nosuch'", "which is an AttributeError");
    PyErr_SetString(PyExc_KeyError, "before");
    is_ptr(borrowed(PyImport_GetModule(name)), module, "PyImport_GetModule with an error set finds the module");
    raises(PyExc_KeyError, "'before'", "and leaves the error alone");
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
    is_int(references, 1, "which only sys.modules holds");
    is_ptr(PyDict_GetItemString(modules, "added.inner"), module, "it is in sys.modules");
    is_ptr(PyDict_GetItemString(modules, "added"), NULL, "its package is not imported for it");
    owned = PyImport_AddModuleRef("added.inner");
    is_int(Py_REFCNT(module), references + 1, "PyImport_AddModuleRef gives a reference of one's own");
    Py_XDECREF(owned);
    is_ptr(PyImport_ImportModule("added.inner"), NULL, "an import wants the package, even of what is in sys.modules");
    raises(PyExc_ModuleNotFoundError, "No module named 'added'", "and says that it is missing");
    is_ptr(PyDict_GetItemString(modules, "added.inner"), module, "the submodule stays in sys.modules");
    PyImport_AddModule("added");
    owned = PyImport_ImportModule("added.inner");
    is_ptr(owned, module, "with anything under the name of the package, it is imported");
    Py_XDECREF(owned);
    PyDict_DelItemString(modules, "added");
    PyDict_DelItemString(modules, "added.inner");
    is_ptr(PyImport_AddModule("\xff"), NULL, "a name that is not UTF-8 is not added");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "it is a UnicodeDecodeError");
    PyDict_SetItemString(modules, "listed", modules);
    module = PyImport_AddModuleRef("listed");
    ok(module != NULL && PyModule_CheckExact(module), "PyImport_AddModuleRef replaces what is no module");
    is_ptr(PyDict_GetItemString(modules, "listed"), module, "in sys.modules");
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
    is_ptr(module, capsule, "any object in sys.modules is what an import gives");
    Py_XDECREF(module);
    is_ptr(borrowed(PyImport_GetModule(name)), capsule, "and what PyImport_GetModule gives");
    PyDict_SetItemString(modules, "replaced", Py_None);
    is_int(Py_REFCNT(capsule), 1, "replaced, it is let go");
    Py_DECREF(capsule);
    for (how = 0; how < sizeof(importers) / sizeof(importers[0]); how++) {
        PyObject *raised;
        is_ptr(importers[how].import("replaced"), NULL, "%s: None in sys.modules stops an import", importers[how].name);
        raised = PyErr_GetRaisedException();
        is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError, "%s: it is a ModuleNotFoundError", importers[how].name);
        is_text(PyObject_Str(raised), "import of replaced halted; None in sys.modules", "%s: that says so",
                importers[how].name);
        is_text(PyObject_GetAttrString(raised, "name"), "replaced", "%s: with the name", importers[how].name);
        Py_XDECREF(raised);
    }
    is_ptr(borrowed(PyImport_GetModule(name)), Py_None, "PyImport_GetModule gives None as it is");
    PyDict_SetItem(modules, number, type);
    is_ptr(borrowed(PyImport_GetModule(number)), type, "and finds what has a name that is no str");
    PyDict_DelItem(modules, number);
    is_ptr(PyDict_GetItemString(modules, "replaced"), Py_None, "the entry stays");
    PyDict_DelItemString(modules, "replaced");
    is_ptr(PyImport_ImportModule("replaced"), NULL, "without the entry there is no such module");
    raises(PyExc_ModuleNotFoundError, "No module named 'replaced'", "it is not found");
    Py_DECREF(name);
    Py_DECREF(number);
}

/* A name that has no UTF-8: it can only be in sys.modules. */
static void
test_unwritable_name(void)
{
    static const Py_UCS2 points[] = {'a', 0xd800};
    PyObject *name = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, points, 2), *raised, *module;

    is_ptr(PyImport_Import(name), NULL, "no module has a surrogate in its name");
    raised = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError, "which is a ModuleNotFoundError");
    is_text(PyObject_Str(raised), "No module named 'a\\ud800'", "that names it");
    is_ptr(borrowed(PyObject_GetAttrString(raised, "name")), name, "and has the name");
    Py_XDECREF(raised);
    PyDict_SetItem(modules, name, Py_None);
    is_ptr(PyImport_Import(name), NULL, "None in its place stops the import");
    raised = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(raised), PyExc_ModuleNotFoundError, "which is a ModuleNotFoundError as well");
    is_text(PyObject_ASCII(raised), "ModuleNotFoundError('import of a\\ud800 halted; None in sys.modules')", "that says so");
    Py_XDECREF(raised);
    PyDict_SetItem(modules, name, modules);
    module = PyImport_Import(name);
    is_ptr(module, modules, "anything else in its place is what the import gives");
    Py_XDECREF(module);
    PyDict_DelItem(modules, name);
    Py_DECREF(name);
}

static void
test_module_dict(void)
{
    PyObject *sys = PyImport_ImportModule("sys");
    is_ptr(PyImport_GetModuleDict(), modules, "PyImport_GetModuleDict lends the same dict each time");
    ok(PyDict_CheckExact(modules), "which is a dict");
    is_ptr(PySys_GetObject("modules"), modules, "the one of sys.modules");
    is_ptr(borrowed(PyObject_GetAttrString(sys, "modules")), modules, "as attribute of sys too");
    is_ptr(PyDict_GetItemString(modules, "sys"), sys, "sys is in it");
    ok(PyDict_GetItemString(modules, "builtins") != NULL, "and builtins");
    is_text(PyObject_Repr(sys), "<module 'sys' (built-in)>", "sys is built in");
    Py_XDECREF(sys);
}

/* What is always there can be taken out of sys.modules, and is made again of what it holds. */
static void
test_builtins_again(void)
{
    PyObject *before = PyImport_ImportModule("builtins"), *again, *type;

    PyDict_DelItemString(modules, "builtins");
    again = PyImport_ImportModule("builtins");
    ok(again != NULL && again != before, "builtins is imported again");
    is_ptr(PyDict_GetItemString(modules, "builtins"), again, "it is in sys.modules");
    type = PyObject_GetAttrString(again, "ValueError");
    is_ptr(type, PyExc_ValueError, "and holds the same");
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
    no_error("and that is no error");
    module = PyImport_ImportModule("one_phase");
    is_ptr(PyState_FindModule(&single_def), module, "after it, it is the module of that definition");
    Py_XDECREF(module);
    module = PyImport_ImportModule("sized");
    if (!ok(module != NULL, "a module of size 0 is imported")) {
        return; /* to remove what never was a module ends the program */
    }
    is_ptr(PyState_FindModule(&sized_def), module, "a module of size 0 is found as well");
    is_int(in_child(add_twice, text, sizeof(text)), SIGABRT, "PyState_AddModule of the same again ends the program");
    ok(strncmp(text, fatal, strlen(fatal)) == 0, "and says so");
    is_int(PyState_RemoveModule(&sized_def), 0, "PyState_RemoveModule removes");
    is_ptr(PyState_FindModule(&sized_def), NULL, "and then it is not found");
    is_int(PyState_RemoveModule(&sized_def), 0, "removing it again is no error");
    other = PyModule_New("other");
    is_int(PyState_AddModule(other, &sized_def), 0, "PyState_AddModule adds any object");
    is_ptr(PyState_FindModule(&sized_def), other, "which is then found");
    is_int(Py_REFCNT(other), 2, "and held");
    is_int(PyState_RemoveModule(&sized_def), 0, "until it is removed");
    is_int(Py_REFCNT(other), 1, "and let go");
    Py_DECREF(other);
    Py_XDECREF(module);
    is_ptr(PyState_FindModule(&multi_def), NULL, "a module in two phases is never found");
    is_int(PyState_AddModule(modules, &multi_def), -1, "and cannot be added");
    raises(PyExc_SystemError, "PyState_AddModule called on module with slots", "adding it is a SystemError");
    is_int(PyState_RemoveModule(&multi_def), -1, "or removed");
    raises(PyExc_SystemError, "PyState_RemoveModule called on module with slots", "removing it is a SystemError");
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
