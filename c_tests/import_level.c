/* PyImport_ImportModuleLevel and PyImport_ImportModuleLevelObject: the C side of Python's import statement.  Full
 * names, names wanted from a package, imports relative to the package that the globals name, and the errors. */
#include "checks.h"

/* A package `pack` with `pack.sub`, and in that `pack.sub.leaf`; `pack.other` next to it.  All are built in. */
static int
exec_package(PyObject *module)
{
    return PyModule_Add(module, "__path__", PyList_New(0));
}

static int
exec_listing(PyObject *module)
{
    PyObject *all = PyList_New(0), *name = PyUnicode_FromString("other");
    PyList_Append(all, name);
    Py_DECREF(name);
    return exec_package(module) < 0 ? -1 : PyModule_Add(module, "__all__", all);
}

static int
exec_failing(PyObject *module)
{
    PyObject *imported = PyImport_ImportModule("nosuch");
    (void)module;
    Py_XDECREF(imported);
    return -1;
}

static PyModuleDef_Slot package_slots[] = {{Py_mod_exec, SLOT(exec_package)}, {0, NULL}};
static PyModuleDef_Slot listing_slots[] = {{Py_mod_exec, SLOT(exec_listing)}, {0, NULL}};
static PyModuleDef_Slot failing_slots[] = {{Py_mod_exec, SLOT(exec_failing)}, {0, NULL}};
static PyModuleDef package_def = {PyModuleDef_HEAD_INIT, "package", NULL, 0, NULL, package_slots, NULL, NULL, NULL};
static PyModuleDef listing_def = {PyModuleDef_HEAD_INIT, "listing", NULL, 0, NULL, listing_slots, NULL, NULL, NULL};
static PyModuleDef failing_def = {PyModuleDef_HEAD_INIT, "failing", NULL, 0, NULL, failing_slots, NULL, NULL, NULL};
static PyModuleDef plain_def = {PyModuleDef_HEAD_INIT, "plain", NULL, 0, NULL, NULL, NULL, NULL, NULL};

static PyObject *
init_package(void)
{
    return PyModuleDef_Init(&package_def);
}
static PyObject *
init_listing(void)
{
    return PyModuleDef_Init(&listing_def);
}
static PyObject *
init_failing(void)
{
    return PyModuleDef_Init(&failing_def);
}
static PyObject *
init_plain(void)
{
    return PyModuleDef_Init(&plain_def);
}

static struct _inittab table[] = {
    {"pack", init_listing},     {"pack.sub", init_package},    {"pack.sub.leaf", init_plain},
    {"pack.other", init_plain}, {"pack.broken", init_failing}, {NULL, NULL},
};

/* Removes the modules that an import has made from sys.modules. */
static void
forget(void)
{
    PyObject *modules = PyImport_GetModuleDict();
    size_t i;
    for (i = 0; table[i].name != NULL; i++) {
        if (PyDict_GetItemString(modules, table[i].name) != NULL) {
            PyDict_DelItemString(modules, table[i].name);
        }
    }
}

static void
set_text(PyObject *dict, const char *key, const char *value)
{
    PyObject *text;
    if (value != NULL) {
        text = PyUnicode_FromString(value);
        PyDict_SetItemString(dict, key, text);
        Py_DECREF(text);
    }
}

/* A list of names, which are separated by spaces; NULL for NULL. */
static PyObject *
names(const char *text)
{
    PyObject *list, *name;
    const char *end;

    if (text == NULL) {
        return NULL;
    }
    for (list = PyList_New(0); *text != '\0'; text = *end == ' ' ? end + 1 : end) {
        end = strchr(text, ' ') != NULL ? strchr(text, ' ') : text + strlen(text);
        name = PyUnicode_FromStringAndSize(text, end - text);
        PyList_Append(list, name);
        Py_DECREF(name);
    }
    return list;
}

static const struct {
    const char *name;
    const char *wanted;     /* NULL: no list */
    int level;
    const char *package;    /* __package__ of the globals */
    const char *own_name;   /* __name__ of the globals */
    const char *result;     /* the full name of the module that is returned; else the error */
    PyObject **error;
    const char *message;
    const char *imported;   /* another module that is in sys.modules afterwards */
} cases[] = {
    {"pack", NULL, 0, NULL, NULL, "pack", NULL, NULL, NULL},
    {"pack.sub.leaf", NULL, 0, NULL, NULL, "pack", NULL, NULL, "pack.sub.leaf"},
    {"pack.sub.leaf", "", 0, NULL, NULL, "pack", NULL, NULL, "pack.sub.leaf"},
    {"pack.sub.leaf", "x", 0, NULL, NULL, "pack.sub.leaf", NULL, NULL, NULL},
    {"pack.sub", "leaf nosuch", 0, NULL, NULL, "pack.sub", NULL, NULL, "pack.sub.leaf"},
    {"pack", "*", 0, NULL, NULL, "pack", NULL, NULL, "pack.other"},
    {"pack.sub", "*", 0, NULL, NULL, "pack.sub", NULL, NULL, NULL},
    {"pack", "broken", 0, NULL, NULL, NULL, &PyExc_ModuleNotFoundError, "No module named 'nosuch'", NULL},
    {"nosuch.sub", "x", 0, NULL, NULL, NULL, &PyExc_ModuleNotFoundError, "No module named 'nosuch'", NULL},
    {"pack.nosuch", NULL, 0, NULL, NULL, NULL, &PyExc_ModuleNotFoundError, "No module named 'pack.nosuch'", NULL},
    {"", NULL, 0, NULL, NULL, NULL, &PyExc_ValueError, "Empty module name", NULL},
    {"pack", NULL, -1, NULL, NULL, NULL, &PyExc_ValueError, "level must be >= 0", NULL},
    {"other", NULL, 1, "pack", NULL, "pack.other", NULL, NULL, NULL},
    {"sub.leaf", NULL, 1, "pack", NULL, "pack.sub", NULL, NULL, "pack.sub.leaf"},
    {"sub.leaf", "x", 1, "pack", NULL, "pack.sub.leaf", NULL, NULL, NULL},
    {"", "other", 1, "pack", NULL, "pack", NULL, NULL, "pack.other"},
    {"", NULL, 1, "pack.sub", NULL, "pack.sub", NULL, NULL, NULL},
    {"other", NULL, 2, "pack.sub", NULL, "pack.other", NULL, NULL, NULL},
    {"other", NULL, 2, "pack", NULL, NULL, &PyExc_ImportError, "attempted relative import beyond top-level package",
     NULL},
    {"other", NULL, 1, "", NULL, NULL, &PyExc_ImportError, "attempted relative import with no known parent package",
     NULL},
    {"other", NULL, 1, NULL, "pack.code", "pack.other", NULL, NULL, NULL},
    {"other", NULL, 1, NULL, "code", NULL, &PyExc_ImportError, "attempted relative import with no known parent package",
     NULL},
    {"other", NULL, 1, NULL, NULL, NULL, &PyExc_KeyError, "\"'__name__' not in globals\"", NULL},
    {"nosuch", NULL, 1, "pack", NULL, NULL, &PyExc_ModuleNotFoundError, "No module named 'pack.nosuch'", NULL},
    {"other", NULL, 1, "nosuch", NULL, NULL, &PyExc_ModuleNotFoundError, "No module named 'nosuch'", NULL},
};

static void
test_cases(void)
{
    size_t i;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        PyObject *globals = PyDict_New(), *wanted = names(cases[i].wanted), *module, *spec;

        set_text(globals, "__package__", cases[i].package);
        set_text(globals, "__name__", cases[i].own_name);
        module = PyImport_ImportModuleLevel(cases[i].name, globals, NULL, wanted, cases[i].level);
        if (cases[i].result != NULL) {
            spec = module != NULL ? PyObject_GetAttrString(module, "__spec__") : NULL;
            is_text(spec != NULL ? PyObject_GetAttrString(spec, "name") : NULL, cases[i].result,
                    "case %d: \"%s\" at level %d is %s", (int)i, cases[i].name, cases[i].level, cases[i].result);
            Py_XDECREF(spec);
        } else {
            is_ptr(module, NULL, "case %d: \"%s\" at level %d fails", (int)i, cases[i].name, cases[i].level);
            raises(*cases[i].error, cases[i].message, "case %d: %s", (int)i, cases[i].message);
        }
        if (cases[i].imported != NULL) {
            ok(PyDict_GetItemString(PyImport_GetModuleDict(), cases[i].imported) != NULL,
               "case %d: %s is imported as well", (int)i, cases[i].imported);
        }
        Py_XDECREF(module);
        Py_XDECREF(wanted);
        Py_DECREF(globals);
        forget();
    }
}

static void
test_wrong_arguments(void)
{
    PyObject *name = PyUnicode_FromString("pack"), *list = PyList_New(0), *globals = PyDict_New();
    PyObject *spec = PyModule_New("spec"), *number = PyLong_FromLong(7);

    is_ptr(PyImport_ImportModuleLevelObject(NULL, NULL, NULL, NULL, 0), NULL, "an import without a name fails");
    raises(PyExc_ValueError, "Empty module name", "an import without a name is a ValueError");
    is_ptr(PyImport_ImportModuleLevelObject(Py_None, NULL, NULL, NULL, 0), NULL, "an import by None fails");
    raises(PyExc_TypeError, "module name must be a string", "a name that is no str is a TypeError");
    is_ptr(PyImport_ImportModuleLevelObject(name, NULL, NULL, NULL, 1), NULL,
           "a relative import without globals fails");
    raises(PyExc_KeyError, "\"'__name__' not in globals\"", "a relative import without globals is a KeyError");
    is_ptr(PyImport_ImportModuleLevelObject(name, list, NULL, NULL, 1), NULL,
           "a relative import with a list for globals fails");
    raises(PyExc_TypeError, "globals must be a dict", "globals that are a list are a TypeError");
    PyList_Append(list, number);
    is_ptr(PyImport_ImportModuleLevelObject(name, NULL, NULL, list, 0), NULL, "wanted names that are numbers fail");
    raises(PyExc_TypeError, "Item in ``from list'' must be str, not int",
           "a wanted name that is a number is a TypeError");
    is_ptr(PyImport_ImportModuleLevelObject(name, NULL, NULL, number, 0), NULL,
           "a number in the place of the wanted names fails");
    raises(PyExc_TypeError, "'int' object is not iterable", "a number in the place of the wanted names is a TypeError");

    PyDict_SetItemString(globals, "__package__", number);
    is_ptr(PyImport_ImportModuleLevelObject(name, globals, NULL, NULL, 1), NULL,
           "a __package__ that is a number fails");
    raises(PyExc_TypeError, "package must be a string", "a __package__ that is a number is a TypeError");
    PyDict_SetItemString(globals, "__package__", Py_None);
    PyDict_SetItemString(globals, "__spec__", spec);
    is_ptr(PyImport_ImportModuleLevelObject(name, globals, NULL, NULL, 1), NULL, "a spec without a parent fails");
    raises(PyExc_AttributeError, "module 'spec' has no attribute 'parent'",
           "the AttributeError of a spec without a parent stands");
    PyModule_AddObjectRef(spec, "parent", number);
    is_ptr(PyImport_ImportModuleLevelObject(name, globals, NULL, NULL, 1), NULL,
           "a spec whose parent is a number fails");
    raises(PyExc_TypeError, "__spec__.parent must be a string", "a spec whose parent is a number is a TypeError");
    PyDict_SetItemString(globals, "__spec__", Py_None);
    PyDict_SetItemString(globals, "__name__", number);
    is_ptr(PyImport_ImportModuleLevelObject(name, globals, NULL, NULL, 1), NULL, "a __name__ that is a number fails");
    raises(PyExc_TypeError, "__name__ must be a string", "a __name__ that is a number is a TypeError");
    forget();
    Py_DECREF(number);
    Py_DECREF(spec);
    Py_DECREF(globals);
    Py_DECREF(list);
    Py_DECREF(name);
}

/* A module in sys.modules whose package, or whose parent modules, are not there. */
static void
test_alone_in_sys_modules(void)
{
    PyObject *globals = PyDict_New(), *modules = PyImport_GetModuleDict();

    set_text(globals, "__package__", "alone");
    PyImport_AddModule("alone.inner.leaf");
    is_ptr(PyImport_ImportModuleLevel("alone.inner.leaf", NULL, NULL, NULL, 0), NULL,
           "an import of a module that is there fails without its first package");
    raises(PyExc_ModuleNotFoundError, "No module named 'alone'",
           "the error for the first package says that it is missing");
    is_ptr(PyImport_ImportModuleLevel("inner.leaf", globals, NULL, NULL, 1), NULL,
           "a relative import fails when its first part is not in sys.modules");
    raises(PyExc_KeyError, "\"'alone.inner' not in sys.modules as expected\"",
           "a first part that is not in sys.modules is a KeyError");
    PyDict_DelItemString(modules, "alone.inner.leaf");
    Py_DECREF(globals);
}

/* Packages whose attributes are wrong. */
static void
test_odd_packages(void)
{
    PyObject *pack = PyImport_ImportModule("pack"), *star = names("*"), *other = names("other"), *module;
    PyObject *name = PyUnicode_DecodeUTF8("odd\xff", 4, "surrogateescape"), *odd = PyTuple_Pack(1, name);

    module = PyImport_ImportModuleLevel("pack", NULL, NULL, odd, 0);
    is_ptr(module, pack, "a wanted name that is no text is not imported, without an error");
    Py_XDECREF(module);
    Py_DECREF(odd);
    Py_DECREF(name);
    name = PyUnicode_FromString("a_package_that_is_not");
    PyObject_SetAttrString(pack, "__all__", star);
    module = PyImport_ImportModuleLevel("pack", NULL, NULL, star, 0);
    is_ptr(module, pack, "a * in the __all__ of a package stands for nothing");
    Py_XDECREF(module);
    PyObject_SetAttrString(pack, "__name__", name);
    is_ptr(PyImport_ImportModuleLevel("pack", NULL, NULL, other, 0), NULL,
           "submodules are imported by the __name__ of the package");
    raises(PyExc_ModuleNotFoundError, "No module named 'a_package_that_is_not'",
           "the error for a submodule has the __name__ that the package was given");
    forget();
    module = PyImport_AddModule("without");
    PyModule_AddObjectRef(module, "__path__", Py_None);
    is_ptr(PyImport_ImportModule("without.nosuch"), NULL, "a __path__ that is None stands for sys.path");
    raises(PyExc_ModuleNotFoundError, "No module named 'without.nosuch'",
           "a module that is not in sys.path is not found");
    Py_DECREF(name);
    Py_DECREF(other);
    Py_DECREF(star);
    Py_DECREF(pack);
}

/* Whether a relative import has issued a warning: then there is a registry of the warnings that were shown. */
static int
warns(PyObject *globals)
{
    Py_XDECREF(PyImport_ImportModuleLevel("other", globals, NULL, NULL, 1));
    forget();
    if (PySys_GetObject("__warningregistry__") == NULL) {
        return 0;
    }
    PySys_SetObject("__warningregistry__", NULL);
    return 1;
}

static void
test_warnings(void)
{
    PyObject *globals = PyDict_New(), *spec = PyModule_New("spec"), *parent = PyUnicode_FromString("pack");

    PySys_SetObject("__warningregistry__", NULL);
    set_text(globals, "__package__", "pack");
    is_int(warns(globals), 0, "globals with a __package__ alone cause no warning");
    PyDict_SetItemString(globals, "__spec__", spec);
    PyModule_AddObjectRef(spec, "parent", parent);
    is_int(warns(globals), 0, "a __package__ that is the spec's parent causes no warning");
    PyModule_Add(spec, "parent", PyUnicode_FromString("another"));
    is_int(warns(globals), 1, "a __package__ that is not the spec's parent causes a warning");
    PyDict_Clear(globals);
    set_text(globals, "__name__", "pack.code");
    is_int(warns(globals), 1, "globals with a name alone cause a warning");
    no_error("no warning sets an error");
    Py_DECREF(parent);
    Py_DECREF(spec);
    Py_DECREF(globals);
}

int
main(void)
{
    PyImport_ExtendInittab(table);
    TAP_BEGIN();
    RUN(test_cases);
    RUN(test_wrong_arguments);
    RUN(test_alone_in_sys_modules);
    RUN(test_odd_packages);
    RUN(test_warnings);
    return TAP_END();
}
