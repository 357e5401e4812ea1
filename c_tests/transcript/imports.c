/* PyCapsule_Import and the modules under it, which are made and unmade here: modules in sys.modules with
 * capsules, lists and dicts as attributes, attributes set again and deleted, modules let go with all they hold. */
#include "transcript.h"

enum { MODULES = 3, ATTRIBUTES = 6 };
static const char *const module_names[MODULES] = {"tm0", "tm1", "tmpkg"};
static const char *const attributes[ATTRIBUTES] = {"cap", "list", "sub", "x", "", "caf\xc3\xa9"};

/* The full names under which capsules stand and are imported; after them, names that must fail. */
static const char *const import_names[] = {
    "tm0.cap",
    "tm1.cap",
    "tm1.list",
    "tmpkg.sub.cap",
    "tmpkg.cap",
    "tm0.caf\xc3\xa9",
    "tm0.",
    "tm1.x",
    "tm0",
    "tm0..cap",
    "tm0.cap.x",
    "tm0.list.x",
    "tmpkg.sub",
    "tmpkg.sub.nosuch",
    "tmpkg.sub.cap.x",
    "tmpkg.nosuch.cap",
    "",
    ".",
    "..",
    ".tm0",
    ".tm0.cap",
    "nosuch",
    "nosuch.cap",
    "nosuch..",
    "\xff\xfe.x",
    "tm0.\xff",
    "tm0.\xff.x",
    "tm0.caf\xc3",
    "%s.%n",
    "tm0.%s",
    "sys",
    "sys.path",
    "sys.path.x",
    "sys.nosuch",
    "sys.",
    "sys..x",
    "sys.modules.tm0",
    "tm0 .cap",
    " tm0.cap",
    "tm0.cap ",
    "TM0.cap",
    "tm0/cap",
};
enum { GOOD_NAMES = 8, IMPORT_NAMES = sizeof import_names / sizeof import_names[0] };

static PyObject *
module_of(unsigned index)
{
    return PyDict_GetItemString(PyImport_GetModuleDict(), module_names[index]);
}

static void
import_capsule(void)
{
    unsigned i = chance(75) ? pick(GOOD_NAMES) : pick(IMPORT_NAMES);
    int no_block = (int)pick(2);
    void *pointer;

    say("Import %d ", no_block);
    say_text(import_names[i]);
    pointer = PyCapsule_Import(import_names[i], no_block);
    say(" =");
    say_pointer(pointer);
}

static void
make_module(void)
{
    unsigned i = pick(MODULES);
    PyObject *module;

    say("module %s", module_names[i]);
    if (module_of(i) != NULL) {
        say(" there");
        return;
    }
    module = PyModule_New(module_names[i]);
    say(" = %d", PyDict_SetItemString(PyImport_GetModuleDict(), module_names[i], module));
    say(" %ld", (long)Py_REFCNT(module));
    Py_DECREF(module);
}

static void
withdraw_module(void)
{
    unsigned i = pick(MODULES);

    say("withdraw %s", module_names[i]);
    say(" = %d", PyDict_DelItemString(PyImport_GetModuleDict(), module_names[i]));
}

/* A capsule with the right name for where it stands. */
static PyObject *
new_named(void)
{
    unsigned i = pick(GOOD_NAMES);
    void *pointer = pick_pointer();

    say(" ");
    say_text(import_names[i]);
    say_pointer(pointer);
    return PyCapsule_New(pointer ? pointer : (void *)import_names, import_names[i], pick_destructor());
}

/* Any of the values that an attribute may have; a new reference. */
static PyObject *
new_value(void)
{
    PyObject *value;
    unsigned slot;

    switch (pick(6)) {
    case 0:
        slot = pick(SLOTS);
        say_slot(slot);
        return Py_NewRef(slots[slot] ? slots[slot] : Py_None);
    case 1: say(" list"); return PyList_New(0);
    case 2:
        say(" dict of");
        value = PyDict_New();
        slot = pick(SLOTS);
        say_slot(slot);
        PyDict_SetItemString(value, "cap", slots[slot] ? slots[slot] : Py_None);
        return value;
    default: return new_named();
    }
}

/* Three ways to give a module an attribute. */
static void
set_attribute(void)
{
    unsigned i = pick(MODULES), at = pick(ATTRIBUTES), way = pick(4);
    PyObject *module = module_of(i), *value;
    int result = 0;

    say("set %s %u way %u", module_names[i], at, way);
    if (module == NULL) {
        return;
    }
    value = new_value();
    switch (way) {
    case 0: result = PyModule_AddObjectRef(module, attributes[at], value); break;
    case 1: result = PyModule_Add(module, attributes[at], Py_NewRef(value)); break;
    case 2: result = PyDict_SetItemString(PyModule_GetDict(module), attributes[at], value); break;
    case 3: result = PyObject_SetAttrString(module, attributes[at], value); break;
    }
    say(" = %d %ld", result, (long)Py_REFCNT(module));
    Py_DECREF(value);
}

/* The capsule that a good name leads to. */
static void
set_good(void)
{
    unsigned which = pick(GOOD_NAMES);
    const char *name = import_names[which], *dot = strchr(name, '.');
    PyObject *modules = PyImport_GetModuleDict(), *module, *capsule, *sub;
    char first[16];

    say("provide ");
    say_text(name);
    snprintf(first, sizeof first, "%.*s", (int)(dot - name), name);
    module = PyDict_GetItemString(modules, first);
    if (module == NULL) {
        return;
    }
    capsule = PyCapsule_New((void *)import_names, name, pick_destructor());
    if (strchr(dot + 1, '.') == NULL) {
        say(" = %d", PyObject_SetAttrString(module, dot + 1, capsule));
    } else {
        /* A module that is in its package only, and not in sys.modules. */
        sub = PyModule_New("tmpkg.sub");
        say(" = %d", PyObject_SetAttrString(sub, "cap", capsule));
        say(" %d", PyObject_SetAttrString(module, "sub", sub));
        Py_DECREF(sub);
    }
    Py_DECREF(capsule);
}

static void
delete_attribute(void)
{
    unsigned i = pick(MODULES), at = pick(ATTRIBUTES);
    PyObject *module = module_of(i);

    say("delete %s %u", module_names[i], at);
    if (module != NULL) {
        say(" = %d", PyObject_DelAttrString(module, attributes[at]));
    }
}

static void
get_attribute(void)
{
    unsigned i = pick(MODULES), at = pick(ATTRIBUTES), slot = pick(SLOTS);
    PyObject *module = module_of(i), *value, *former = slots[slot];

    say("get %s %u", module_names[i], at);
    if (module == NULL) {
        return;
    }
    value = PyObject_GetAttrString(module, attributes[at]);
    say(" = %s", value ? Py_TYPE(value)->tp_name : "NULL");
    if (value != NULL && PyCapsule_CheckExact(value)) {
        slots[slot] = value;
        Py_XDECREF(former);
        say_slot(slot);
    } else {
        Py_XDECREF(value);
    }
}

/* Whole modules, by the function under PyCapsule_Import. */
static void
import_module(void)
{
    static const char *const asked[] = {"tm0", "tm1", "tmpkg", "sys", "nosuch", "tmpkg.nosuch", "tm0.nosuch", ""};
    unsigned i = chance(70) ? pick(4) : pick(8);
    PyObject *module;

    say("ImportModule ");
    say_text(asked[i]);
    module = PyImport_ImportModule(asked[i]);
    say(" = %s", module ? PyModule_GetName(module) : "NULL");
    if (module != NULL && i < MODULES) {
        say(" %ld", (long)Py_REFCNT(module));
    }
    Py_XDECREF(module);
    /* The error is cleared at once, because CPython's has a traceback of the importer's frames, which keep modules
     * alive. */
    say_error();
    PyErr_Clear();
}

/* Leaves modules with capsules to finalization, after the others are gone. */
void
imports_end(void)
{
    static const char *const last_names[] = {"last.one", "last.two", "last.three"};
    PyObject *modules = PyImport_GetModuleDict(), *module, *capsule;
    unsigned i;

    for (i = 0; i < MODULES; i++) {
        if (module_of(i) != NULL) {
            PyDict_DelItemString(modules, module_names[i]);
            PyErr_Clear();
        }
    }
    for (i = 0; i < 3; i++) {
        module = PyModule_New(last_names[i]);
        capsule = PyCapsule_New((void *)last_names, last_names[i], plain_destructor);
        PyModule_Add(module, "cap", capsule);
        PyDict_SetItemString(modules, last_names[i], module);
        Py_DECREF(module);
    }
}

const Operation import_operations[] = {
    {import_capsule, 14, 0},  {make_module, 5, 0},   {withdraw_module, 1, 0}, {set_attribute, 5, 0}, {set_good, 6, 0},
    {delete_attribute, 2, 0}, {get_attribute, 4, 0}, {import_module, 2, 0},   {NULL, 0, 0},
};
