/* Modules built into the program: PyImport_AppendInittab and PyImport_ExtendInittab before Py_Initialize, the imports
 * of these modules, names with dots, and every mistake that an init function can make. */
#include "checks.h"

#include <signal.h>

static int runs;

static PyModuleDef one_def = {PyModuleDef_HEAD_INIT, "one", "First.", -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef two_def = {PyModuleDef_HEAD_INIT, "two", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef pack_def = {PyModuleDef_HEAD_INIT, "pack", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef inner_def = {PyModuleDef_HEAD_INIT, "inner", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef other_def = {PyModuleDef_HEAD_INIT, "other", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyObject blank;

static PyObject *
init_one(void)
{
    PyObject *module = PyModule_Create(&one_def);
    runs++;
    PyModule_AddIntConstant(module, "RUN", runs);
    return module;
}

static PyObject *
init_two(void)
{
    runs++;
    return PyModule_Create(&two_def);
}

/* A package: a module with __path__. */
static PyObject *
init_pack(void)
{
    PyObject *module = PyModule_Create(&pack_def);
    PyModule_Add(module, "__path__", PyList_New(0));
    return module;
}

static PyObject *
init_inner(void)
{
    return PyModule_Create(&inner_def);
}

static PyObject *
init_other(void)
{
    return PyModule_Create(&other_def);
}

/* A module from PyModule_New has no definition. */
static PyObject *
init_undefined(void)
{
    return PyModule_New("undefined");
}

static PyObject *
init_nothing(void)
{
    return NULL;
}

static PyObject *
init_error(void)
{
    runs++;
    PyErr_SetString(PyExc_KeyError, "from init");
    return NULL;
}

/* The module of an init function that also sets an error: the import does not drop the reference. */
static PyObject *unreported;

static PyObject *
init_both(void)
{
    PyErr_SetString(PyExc_KeyError, "from init");
    return unreported = PyModule_Create(&two_def);
}

static PyObject *
init_list(void)
{
    return PyList_New(0);
}

static PyObject *
init_blank(void)
{
    return &blank;
}

/* A module that puts itself into sys.modules and then fails. */
static PyObject *
init_half(void)
{
    PyObject *module = PyImport_AddModuleRef("half");
    Py_XDECREF(module);
    return init_error();
}

static struct _inittab table[] = {
    {"two", init_two},          {"pack", init_pack},
    {"pack.inner", init_inner}, {"pack.renamed", init_other},
    {"one.inner", init_inner},  {"lonely.inner", init_inner},
    {"renamed", init_other},    {"n\xc3\xa4mlich", init_other},
    {"half", init_half},        {NULL, NULL},
};

typedef struct {
    const char *name;
    PyObject *(*init)(void);
    PyObject **type;
    const char *message;
} Failure;

static const Failure failures[] = {
    {"nothing", init_nothing, &PyExc_SystemError, "initialization of nothing failed without raising an exception"},
    {"error", init_error, &PyExc_KeyError, "'from init'"},
    {"both", init_both, &PyExc_SystemError, "initialization of both raised unreported exception"},
    {"list", init_list, &PyExc_SystemError, "initialization of list did not return an extension module"},
    {"blank", init_blank, &PyExc_SystemError, "init function of blank returned uninitialized object"},
    {"undefined", init_undefined, &PyExc_SystemError,
     "initialization of undefined did not return a valid extension module"},
};
#define FAILURES (sizeof(failures) / sizeof(failures[0]))

static void
test_import(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *one = PyImport_ImportModule("one"), *two, *again;

    is_int(runs, 1, "an import runs the init function");
    is_str(PyModule_GetName(one), "one", "an import gives the module of the init function");
    is_ptr(PyModule_GetDef(one), &one_def, "the module has its definition");
    is_text(PyObject_GetAttrString(one, "__doc__"), "First.", "the module has its doc string");
    is_text(PyObject_Repr(one), "<module 'one' (built-in)>", "the repr of the module says that it is built in");
    is_int(PyObject_HasAttrString(one, "__file__"), 0, "a built-in module has no __file__");
    is_text(PyObject_GetAttrString(one, "__package__"), "", "__package__ of a module on the top level is empty");
    is_ptr(PyDict_GetItemString(modules, "one"), one, "the module is in sys.modules");
    again = PyImport_ImportModule("one");
    is_ptr(again, one, "a second import gives the module");
    is_int(runs, 1, "a second import does not run the init function");
    Py_XDECREF(again);

    two = PyImport_ImportModule("two");
    is_int(runs, 2, "PyImport_ExtendInittab adds as PyImport_AppendInittab does");
    PyDict_DelItemString(modules, "two");
    again = PyImport_ImportModule("two");
    ok(again != two && PyModule_CheckExact(again), "a module of size 0 that was taken out of sys.modules is made anew");
    is_int(runs, 3, "the init function makes the module of size 0 anew");
    Py_XDECREF(again);
    Py_XDECREF(two);

    PyModule_AddIntConstant(one, "LATER", 1);
    PyDict_DelItemString(modules, "one");
    again = PyImport_ImportModule("one");
    ok(again != one && PyModule_CheckExact(again),
       "a module of size -1 that was taken out of sys.modules is made anew");
    is_int(runs, 3, "the init function of a module of size -1 does not run again");
    is_int(long_of(PyObject_GetAttrString(again, "RUN")), 1,
           "the new module of size -1 has the contents of the first one after its init function");
    is_int(PyObject_HasAttrString(again, "LATER"), 0,
           "the new module of size -1 does not have what was added to the first one later");
    is_ptr(PyModule_GetDef(again), NULL, "the new module of size -1 has no definition");
    Py_XDECREF(again);
    Py_XDECREF(one);
}

static void
test_dotted_names(void)
{
    static const struct {
        const char *name;
        const char *module_name;
        const char *package;
    } dotted[] = {
        {"pack", "pack", ""},
        {"pack.inner", "inner", "pack"},
        {"pack.renamed", "other", "pack"},
        {"renamed", "other", ""},
    };
    PyObject *pack = NULL, *inner;
    size_t i;

    for (i = 0; i < sizeof(dotted) / sizeof(dotted[0]); i++) {
        PyObject *module = PyImport_ImportModule(dotted[i].name), *spec;
        is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), dotted[i].name), module, "%s is imported under that name",
               dotted[i].name);
        is_str(PyModule_GetName(module), dotted[i].module_name, "%s: __name__ is %s", dotted[i].name,
               dotted[i].module_name);
        is_text(PyObject_GetAttrString(module, "__package__"), dotted[i].package, "%s: __package__ is '%s'",
                dotted[i].name, dotted[i].package);
        spec = PyObject_GetAttrString(module, "__spec__");
        is_text(PyObject_GetAttrString(spec, "name"), dotted[i].name, "%s: __spec__.name is the full name",
                dotted[i].name);
        Py_XDECREF(spec);
        Py_XDECREF(module);
    }
    pack = PyImport_GetModule(inner = PyUnicode_FromString("pack"));
    Py_DECREF(inner);
    inner = PyObject_GetAttrString(pack, "inner");
    is_ptr(inner, PyDict_GetItemString(PyImport_GetModuleDict(), "pack.inner"),
           "a submodule becomes an attribute of its package");
    Py_XDECREF(inner);
    Py_DECREF(pack);

    is_ptr(PyImport_ImportModule("one.inner"), NULL, "a submodule of a module that is no package cannot be imported");
    raises(PyExc_ModuleNotFoundError, "No module named 'one.inner'; 'one' is not a package",
           "the error says that a module without __path__ is no package");
    is_ptr(PyImport_ImportModule("lonely.inner"), NULL, "a submodule of a package that is nowhere cannot be imported");
    raises(PyExc_ModuleNotFoundError, "No module named 'lonely'", "the error names the package that is nowhere");
    is_ptr(PyImport_ImportModule("n\xc3\xa4mlich"), NULL, "a name that is not ASCII is not found in the table");
    raises(PyExc_ModuleNotFoundError, "No module named 'n\xc3\xa4mlich'",
           "a name that is not ASCII is a ModuleNotFoundError");
}

static void
test_failures(void)
{
    size_t i;
    for (i = 0; i < FAILURES; i++) {
        const Failure *failure = &failures[i];
        is_ptr(PyImport_ImportModule(failure->name), NULL, "%s: the import fails", failure->name);
        raises(*failure->type, failure->message, "%s: %s", failure->name, failure->message);
        is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), failure->name), NULL,
               "%s: a failed import leaves nothing in sys.modules", failure->name);
    }
    is_int(Py_REFCNT(unreported), 1, "a module that came with an error keeps the reference that was returned");
    Py_CLEAR(unreported);
    is_ptr(PyImport_ImportModule("half"), NULL, "half: the import fails");
    raises(PyExc_KeyError, "'from init'", "half: the import fails with the error of its init function");
    ok(PyDict_GetItemString(PyImport_GetModuleDict(), "half") != NULL,
       "half: a module that the init function itself put into sys.modules stays there");
    PyDict_DelItemString(PyImport_GetModuleDict(), "half");
    runs = 0;
    is_ptr(PyImport_ImportModule("error"), NULL, "an import that failed can be tried again");
    raises(PyExc_KeyError, "'from init'", "an import that is tried again has the error of the init function");
    is_int(runs, 1, "an import that is tried again runs the init function again");
}

static void
append_late(void)
{
    PyImport_AppendInittab("late", init_one);
}

/* The table is filled before Py_Initialize. */
static void
test_filling(void)
{
    size_t i;
    int status = PyImport_AppendInittab("one", init_one), extended = PyImport_ExtendInittab(table);

    for (i = 0; i < FAILURES; i++) {
        status |= PyImport_AppendInittab(failures[i].name, failures[i].init);
    }
    is_int(status, 0, "PyImport_AppendInittab returns 0");
    is_int(extended, 0, "PyImport_ExtendInittab returns 0");
    is_int(runs, 0, "PyImport_AppendInittab and PyImport_ExtendInittab run no init function");
}

static void
test_too_late(void)
{
    char text[512];

    is_int(in_child(append_late, text, sizeof(text)), SIGABRT,
           "PyImport_AppendInittab after Py_Initialize ends the program");
    strtok(text, "\n");
    is_str(
        text,
        "Fatal Python error: PyImport_AppendInittab: PyImport_AppendInittab() may not be called after Py_Initialize()",
        "PyImport_AppendInittab after Py_Initialize says that it comes too late");
}

int
main(void)
{
    RUN(test_filling);
    TAP_BEGIN();
    RUN(test_import);
    RUN(test_dotted_names);
    RUN(test_failures);
    RUN(test_too_late);
    return TAP_END();
}
