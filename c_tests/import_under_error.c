/* Imports by a caller that has an error pending: CPython takes that error for one of its own, so most imports fail
 * with it, even of modules that are there.  An import that looks at no attribute on its way succeeds. */
#include "checks.h"
#include "outcome.h"

static int value;

static int
exec_nothing(PyObject *module)
{
    (void)module;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, SLOT(exec_nothing)}, {0, NULL}};
static PyModuleDef built_def = {PyModuleDef_HEAD_INIT, "built", NULL, 0, NULL, slots, NULL, NULL, NULL};
static PyModuleDef fresh_def = {PyModuleDef_HEAD_INIT, "fresh", NULL, 0, NULL, slots, NULL, NULL, NULL};

static PyObject *
init_built(void)
{
    return PyModuleDef_Init(&built_def);
}
static PyObject *
init_fresh(void)
{
    return PyModuleDef_Init(&fresh_def);
}

/* `built` was imported, so that it has a spec; `plain` was added, so that it has no spec; None stands in the place of `halted`;
 * `fresh` can be imported, and `nosuch` can't. */
static PyObject *built, *plain, *halted, *fresh, *nosuch, *number, *dict, *wanted, *nothing, *package, *lone;

static PyObject *
text(const char *utf8)
{
    return PyUnicode_FromString(utf8);
}

static void
make_modules(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *module;

    Py_XDECREF(PyImport_ImportModule("built"));
    module = PyImport_AddModule("plain");
    PyModule_Add(module, "api", PyCapsule_New(&value, "plain.api", NULL));
    PyDict_SetItemString(modules, "halted", Py_None);
    PyDict_SetItemString(modules, "plain.built", PyImport_AddModule("built"));
    PyDict_SetItemString(modules, "built.plain", module);
    built = text("built");
    plain = text("plain");
    halted = text("halted");
    fresh = text("fresh");
    nosuch = text("nosuch");
    number = PyLong_FromLong(777777);
    dict = PyDict_New();
    wanted = PyTuple_Pack(1, plain);
    nothing = PyTuple_New(0);
    package = PyDict_New();
    PyDict_SetItemString(package, "__package__", built);
    /* A name with a lone surrogate in it, which no UTF-8 can write. */
    lone = PyUnicode_DecodeUTF8("lone\xed\xb3\xbf", 7, "surrogatepass");
}

static void
drop_all(void)
{
    PyObject *all[] = {built, plain, halted, fresh, nosuch, number, dict, wanted, nothing, package, lone};
    size_t i;

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        Py_DECREF(all[i]);
    }
}

/* Compares a call's result and the error that is pending after it. */
static void
check(PyObject *result, const char *want, const char *call)
{
    char got[2 * OUTCOME_SIZE], name[OUTCOME_SIZE] = "NULL";
    PyObject *error = PyErr_GetRaisedException();

    if (result != NULL) {
        snprintf(name, sizeof(name), "%s",
                 PyModule_Check(result) ? PyModule_GetName(result) : tap_type_name((PyObject *)Py_TYPE(result)));
    }
    Py_XDECREF(result);
    PyErr_SetRaisedException(error);
    snprintf(got, sizeof(got), "%s, %s", name, error_text());
    is_str(got, want, "%s with an error pending: %s", call, want);
}

static void
leave(void)
{
    PyErr_SetString(PyExc_LookupError, "left");
}

#define LEFT "LookupError: left"
#define CHECK(call, want) (leave(), check((call), (want), #call))

static void
test_by_name(void)
{
    CHECK(PyImport_ImportModule("builtins"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule("built"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule("plain"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule("fresh"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule("nosuch"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule("halted"), "NULL, " LEFT);
    CHECK(PyImport_ImportModule(""), "NULL, " LEFT);
    CHECK(PyImport_Import(plain), "NULL, " LEFT);
    CHECK(PyImport_Import(number), "NULL, " LEFT);
    CHECK(PyImport_Import(lone), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleAttr(plain, plain), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleAttrString("plain", "api"), "NULL, " LEFT);
}

static void
test_level(void)
{
    CHECK(PyImport_ImportModuleLevel("built", NULL, NULL, NULL, 0), "built, " LEFT);
    CHECK(PyImport_ImportModuleLevel("plain", NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("fresh", NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("halted", NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("", NULL, NULL, NULL, 0), "NULL, ValueError: Empty module name");
    CHECK(PyImport_ImportModuleLevelObject(lone, NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevelObject(lone, package, NULL, NULL, 1), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevelObject(NULL, NULL, NULL, NULL, 0), "NULL, ValueError: Empty module name");
    CHECK(PyImport_ImportModuleLevelObject(number, NULL, NULL, NULL, 0),
          "NULL, TypeError: module name must be a string");
    CHECK(PyImport_ImportModuleLevel("built", NULL, NULL, NULL, -1), "NULL, ValueError: level must be >= 0");
    CHECK(PyImport_ImportModuleLevel("built", NULL, NULL, nothing, 0), "built, " LEFT);
    CHECK(PyImport_ImportModuleLevel("built", NULL, NULL, Py_None, 0), "built, " LEFT);
    CHECK(PyImport_ImportModuleLevel("built", NULL, NULL, wanted, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("built.plain", NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("plain.built", NULL, NULL, NULL, 0), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("", package, NULL, NULL, 1), "built, " LEFT);
    CHECK(PyImport_ImportModuleLevel("plain", package, NULL, NULL, 1), "NULL, " LEFT);
    CHECK(PyImport_ImportModuleLevel("", NULL, NULL, NULL, 1), "NULL, KeyError: \"'__name__' not in globals\"");
    CHECK(PyImport_ImportModuleLevel("", number, NULL, NULL, 1), "NULL, TypeError: globals must be a dict");
}

static void
test_what_is_there(void)
{
    CHECK(PyImport_GetModule(built), "built, " LEFT);
    CHECK(PyImport_GetModule(plain), "NULL, " LEFT);
    CHECK(PyImport_GetModule(halted), "NoneType, " LEFT);
    CHECK(PyImport_GetModule(nosuch), "NULL, " LEFT);
    CHECK(PyImport_GetModule(number), "NULL, " LEFT);
    CHECK(PyImport_GetModule(lone), "NULL, " LEFT);
    CHECK(PyImport_GetModule(dict), "NULL, TypeError: cannot use 'dict' as a dict key (unhashable type: 'dict')");
    CHECK(PyImport_AddModuleRef("plain"), "plain, " LEFT);
    CHECK(PyImport_AddModuleRef("another"), "another, " LEFT);
    CHECK(Py_NewRef(PyImport_AddModule("plain")), "plain, " LEFT);
    CHECK(Py_NewRef(PyImport_GetModuleDict()), "dict, " LEFT);
}

static void
test_capsules(void)
{
    leave();
    is_ptr(PyCapsule_Import("plain.api", 0), NULL, "PyCapsule_Import fails with an error pending");
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"plain\"",
           "the ImportError says that the capsule's module cannot be imported");
    is_ptr(PyCapsule_Import("plain.api", 0), &value, "PyCapsule_Import without an error pending succeeds");
    leave();
    is_ptr(PyCapsule_Import("plain.nosuch", 0), NULL,
           "PyCapsule_Import of a missing attribute fails with an error pending");
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"plain\"",
           "the ImportError for a missing attribute says that the module cannot be imported");
}

static void
test_nothing_made(void)
{
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "fresh"), NULL,
           "an import that an error kept from beginning made nothing");
}

int
main(void)
{
    PyImport_AppendInittab("built", init_built);
    PyImport_AppendInittab("fresh", init_fresh);
    TAP_BEGIN();
    make_modules();
    RUN(test_by_name);
    RUN(test_level);
    RUN(test_what_is_there);
    RUN(test_nothing_made);
    RUN(test_capsules);
    drop_all();
    return TAP_END();
}
