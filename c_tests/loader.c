/* Compiled modules imported from disk, from the folder in PYTHONPATH that modules/build fills: single-phase and
 * multi-phase modules, packages with a compiled __init__ and namespace packages, the order of suffixes, names that are not
 * ASCII, the attributes that the import sets, and the ImportError for every file that cannot be loaded. */
#include "checks.h"

#ifdef __aarch64__
#define PROCESSOR "aarch64"
#else
#define PROCESSOR "x86_64"
#endif

static const char *directory;   /* PYTHONPATH: the folder of the fixtures */

/* A path in the folder of the fixtures; valid until the next call. */
static const char *
path_of(const char *relative)
{
    static char path[4096];
    snprintf(path, sizeof(path), "%s%s%s", directory, relative[0] ? "/" : "", relative);
    return path;
}

static PyObject *
imported(const char *name)
{
    return PyDict_GetItemString(PyImport_GetModuleDict(), name);
}

static PyObject *
spec_attribute(PyObject *module, const char *name)
{
    PyObject *spec = PyObject_GetAttrString(module, "__spec__"), *value = NULL;
    if (spec != NULL) {
        value = PyObject_GetAttrString(spec, name);
        Py_DECREF(spec);
    }
    return value;
}

/* The attributes that an import sets, in the order of the imports; a NULL file means that there is none. */
static const struct {
    const char *name;
    const char *file;
    const char *package;
    const char *search;
    const char *doc;
} loads[] = {
    {"single", "single.so", "", NULL, "In one phase."},
    {"multi", "multi.cpython-314-" PROCESSOR "-linux-gnu.so", "", NULL, "In two phases."},
    {"pack", "pack/__init__.so", "pack", "pack", "None"},
    {"pack.single", "pack/single.so", "pack", NULL, "In one phase."},
    {"pack.multi", "pack/multi.abi3.so", "pack", NULL, "In two phases."},
    {"pack.deep", NULL, "pack.deep", "pack/deep", "None"},
    {"pack.deep.single", "pack/deep/single.so", "pack.deep", NULL, "In one phase."},
    {"spaces", NULL, "spaces", "spaces", "None"},
    {"spaces.single", "spaces/single.so", "spaces", NULL, "In one phase."},
    {"spaces.more.multi", "spaces/more/multi.so", "spaces.more", NULL, "In two phases."},
};

static void
test_attributes(void)
{
    size_t i;
    for (i = 0; i < sizeof(loads) / sizeof(loads[0]); i++) {
        const char *name = loads[i].name, *file = loads[i].file;
        PyObject *module = PyImport_ImportModule(name), *again, *search;
        char repr[4200];

        ok(module != NULL && PyModule_CheckExact(module), "%s is a module", name);
        is_ptr(imported(name), module, "%s is in sys.modules", name);
        is_str(PyModule_GetName(module), name, "%s: __name__ is the full name", name);
        is_text(PyObject_GetAttrString(module, "__package__"), loads[i].package, "%s: __package__ is '%s'", name,
                loads[i].package);
        is_text(PyObject_GetAttrString(module, "__doc__"), loads[i].doc,
                "%s: __doc__ is the doc string of the definition", name);
        is_text(spec_attribute(module, "name"), name, "%s: __spec__.name is the full name", name);
        if (file != NULL) {
            is_text(PyObject_GetAttrString(module, "__file__"), path_of(file), "%s: __file__ is %s", name, file);
            is_text(spec_attribute(module, "origin"), path_of(file), "%s: __spec__.origin is __file__", name);
            snprintf(repr, sizeof(repr), "<module '%s' from '%s'>", name, path_of(file));
            is_text(PyObject_Repr(module), repr, "%s: the repr shows the file", name);
        } else {
            is_ptr(borrowed(PyObject_GetAttrString(module, "__file__")), Py_None,
                   "%s: __file__ of a namespace package is None", name);
            is_ptr(borrowed(spec_attribute(module, "origin")), Py_None,
                   "%s: __spec__.origin of a namespace package is None", name);
            snprintf(repr, sizeof(repr), "<module '%s' (namespace) from ['%s']>", name, path_of(loads[i].search));
            is_text(PyObject_Repr(module), repr, "%s: the repr shows the folder", name);
        }
        search = PyObject_GetAttrString(module, "__path__");
        if (loads[i].search != NULL) {
            is_int(PyObject_Size(search), 1, "%s: __path__ has one entry", name);
            is_text(search != NULL ? PySequence_GetItem(search, 0) : NULL, path_of(loads[i].search),
                    "%s: __path__ is the package's folder", name);
            Py_XDECREF(search);
        } else {
            char message[128];
            snprintf(message, sizeof(message), "module '%s' has no attribute '__path__'", name);
            is_ptr(search, NULL, "%s: a module that is no package has no __path__", name);
            raises(PyExc_AttributeError, message, "%s: __path__ of a module that is no package is an AttributeError",
                   name);
        }
        again = PyImport_ImportModule(name);
        is_ptr(again, module, "%s: a second import gives the module", name);
        Py_XDECREF(again);
        Py_XDECREF(module);
    }
}

static void
test_phases(void)
{
    PyObject *module = PyImport_ImportModule("single"), *pack = imported("pack"), *function, *again;

    is_text(PyObject_GetAttrString(imported("multi"), "seen"), "file and sys.modules",
            "a module has its __file__ and is in sys.modules when an exec slot runs");
    is_ptr(borrowed(PyObject_GetAttrString(pack, "eager")), imported("pack.multi"),
           "the __init__ of a package may import a submodule by __path__");
    is_ptr(borrowed(PyObject_GetAttrString(pack, "multi")), imported("pack.multi"),
           "a submodule becomes an attribute of its package");
    is_ptr(borrowed(PyObject_GetAttrString(pack, "deep")), imported("pack.deep"),
           "a namespace package becomes an attribute of its package");
    is_ptr(PyModule_GetDict(imported("pack.single")) == PyModule_GetDict(module) ? module : NULL, NULL,
           "one source compiled to two files makes two modules");
    function = PyObject_GetAttrString(imported("pack.single"), "answer");
    is_text(PyObject_CallNoArgs(function), "pack.single", "a function of a submodule has the submodule as self");
    is_text(PyObject_GetAttrString(function, "__module__"), "pack.single",
            "a function of a submodule has the full name as __module__");
    Py_DECREF(function);

    PyDict_DelItemString(PyImport_GetModuleDict(), "single");
    again = PyImport_ImportModule("single");
    ok(again != NULL && again != module, "a module of size -1 that was taken out of sys.modules is made anew");
    is_int(long_of(PyObject_GetAttrString(again, "loads")), 1,
           "the init function of a module of size -1 does not run again");
    is_int(PyObject_HasAttrString(again, "__file__"), 1,
           "the import sets the attributes of a module that is made anew");
    Py_XDECREF(again);
    Py_DECREF(module);
}

/* The __getattr__ of a module that has a __path__ only on demand. */
static PyObject *
get_path(PyObject *self, PyObject *name)
{
    PyObject *path;

    (void)self;
    if (PyUnicode_CompareWithASCIIString(name, "__path__") != 0) {
        PyErr_SetObject(PyExc_AttributeError, name);
        return NULL;
    }
    path = PyList_New(1);
    PyList_SetItem(path, 0, PyUnicode_FromString(path_of("spaces")));
    return path;
}

static PyMethodDef get_path_def = {"__getattr__", get_path, METH_O, NULL};

static void
test_path_on_demand(void)
{
    PyObject *package = PyImport_AddModule("ondemand"), *module;

    PyModule_Add(package, "__getattr__", PyCFunction_New(&get_path_def, NULL));
    module = PyImport_ImportModule("ondemand.single");
    ok(module != NULL, "a module whose __getattr__ has a __path__ is a package");
    is_text(PyObject_GetAttrString(module, "__file__"), path_of("spaces/single.so"),
            "the submodule is found in the folder that __getattr__ gave");
    Py_XDECREF(module);
    is_ptr(PyImport_ImportModule("ondemand.nothing"), NULL, "a submodule that is not in the folder is not found");
    raises(PyExc_ModuleNotFoundError, "No module named 'ondemand.nothing'",
           "the error for the submodule has its full name");
}

static void
test_precedence(void)
{
    static const struct {
        const char *name;
        int tag;
        const char *why;
    } winners[] = {
        {"which", 3, "the suffix of this very version comes before .abi3.so and .so"},
        {"stable", 5, ".abi3.so comes before .so"},
        {"packwins", 7, "a package comes before a module, whatever its suffix"},
        {"filewins", 8, "a module comes before a namespace package"},
    };
    PyObject *module;
    size_t i;

    for (i = 0; i < sizeof(winners) / sizeof(winners[0]); i++) {
        module = PyImport_ImportModule(winners[i].name);
        is_int(module != NULL ? long_of(PyObject_GetAttrString(module, "tag")) : -1, winners[i].tag, "%s",
               winners[i].why);
        Py_XDECREF(module);
        no_error("the import of %s sets no error", winners[i].name);
    }
    is_text(PyObject_GetAttrString(imported("stable"), "__name__"), "which",
            "a definition with another name than the file keeps its __name__");
    is_text(spec_attribute(imported("stable"), "name"), "stable", "__spec__.name is the name of the import");
    module = PyImport_ImportModule("n\xc3\xa4me");
    is_text(PyObject_GetAttrString(module, "__name__"), "n\xc3\xa4me",
            "a name that is not ASCII is initialised by PyInitU_ and its punycode");
    Py_XDECREF(module);
    is_ptr(PyImport_ImportModule("foreign"), NULL, "a file with the suffix of another version is no module");
    /* The message here names the file, too. */
    is_int(PyErr_ExceptionMatches(PyExc_ModuleNotFoundError), 1,
           "a file with the suffix of another version is not found");
    PyErr_Clear();
}

static void
test_failures(void)
{
    static const struct {
        const char *name;
        PyObject **type;
        const char *message;
        const char *file;
    } failures[] = {
        {"noinit", &PyExc_ImportError, "dynamic module does not define module export function (PyInit_noinit)",
         "noinit.so"},
        {"nonsense", &PyExc_ImportError, "%s: invalid ELF header", "nonsense.so"},
        {"unresolved", &PyExc_ImportError, "%s: undefined symbol: a_function_that_nobody_has", "unresolved.so"},
        {"fails_nothing", &PyExc_SystemError, "initialization of fails_nothing failed without raising an exception",
         NULL},
        {"fails_error", &PyExc_ValueError, "failure 1", NULL},
        {"fails_error", &PyExc_ValueError, "failure 2", NULL},
        {"fails_both", &PyExc_SystemError, "initialization of fails_both raised unreported exception", NULL},
        {"fails_exec", &PyExc_ValueError, "failure 1", NULL},
        {"gr\xc3\xb6\xc3\x9f"
         "e",
         &PyExc_SystemError, "initialization of gre_6ka8i did not return PyModuleDef", NULL},
        {"pack.fails_error", &PyExc_ValueError, "failure 1", NULL},
        {"pack.nosuch", &PyExc_ModuleNotFoundError, "No module named 'pack.nosuch'", NULL},
        {"spaces.nosuch", &PyExc_ModuleNotFoundError, "No module named 'spaces.nosuch'", NULL},
        {"multi.nosuch", &PyExc_ModuleNotFoundError, "No module named 'multi.nosuch'; 'multi' is not a package", NULL},
        {"nosuch", &PyExc_ModuleNotFoundError, "No module named 'nosuch'", NULL},
        {"pack.", &PyExc_ModuleNotFoundError, "No module named 'pack.'", NULL},
        {"pack/single", &PyExc_ModuleNotFoundError, "No module named 'pack/single'", NULL},
        {"pack./single", &PyExc_ModuleNotFoundError, "No module named 'pack./single'", NULL},
    };
    PyObject *modules = PyImport_GetModuleDict();
    size_t i;

    for (i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        const char *name = failures[i].name, *file = failures[i].file;
        Py_ssize_t before = PyDict_Size(modules);
        PyObject *raised, *module = PyImport_ImportModule(name);
        char message[4400];

        snprintf(message, sizeof(message), failures[i].message, path_of(file != NULL ? file : ""));
        is_ptr(module, NULL, "%s: the import fails", name);
        raised = PyErr_GetRaisedException();
        is_ptr(Py_TYPE(raised), *failures[i].type, "%s: the error has CPython's type", name);
        is_text(PyObject_Str(raised), message, "%s: the error says: %s", name, failures[i].message);
        if (PyErr_GivenExceptionMatches(raised, PyExc_ImportError)) {
            is_text(PyObject_GetAttrString(raised, "name"), name, "%s: the ImportError has the name", name);
            is_text(PyObject_GetAttrString(raised, "path"), file != NULL ? path_of(file) : "None",
                    "%s: the ImportError has the path %s", name, file != NULL ? file : "None");
        }
        Py_XDECREF(raised);
        is_ptr(imported(name), NULL, "%s: a module that failed is not in sys.modules", name);
        is_int(PyDict_Size(modules), before, "%s: no other module is left in sys.modules", name);
    }
    is_int(PyObject_HasAttrString(imported("pack"), "fails_error"), 0,
           "a submodule that failed is no attribute of its package");
}

int
main(void)
{
    directory = getenv("PYTHONPATH");
    if (directory == NULL) {
        fprintf(stderr, "PYTHONPATH must be the folder that modules/build has filled\n");
        return 2;
    }
    TAP_BEGIN();
    RUN(test_attributes);
    RUN(test_phases);
    RUN(test_path_on_demand);
    RUN(test_precedence);
    RUN(test_failures);
    return TAP_END();
}
