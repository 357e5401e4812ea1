/* Deviations of imports from CPython on purpose: Python source is never run.  The import of a module that exists as
 * source only is an ImportError that says so; the __init__ of a package may be source, and is not run.  This program
 * also tests the environment variable PYCAPSULE_OPTIONS, as far as it is about imports.
 */
#include "../checks.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/pycapsule-imports-XXXXXX";

/* A path in the folder; valid until the next call. */
static const char *
path_of(const char *relative)
{
    static char path[256];
    snprintf(path, sizeof(path), "%s/%s", folder, relative);
    return path;
}

static void
write_file(const char *relative)
{
    FILE *file = fopen(path_of(relative), "w");
    if (file == NULL || fputs("raise SystemExit\n", file) < 0 || fclose(file) != 0) {
        perror(path_of(relative));
        exit(1);
    }
}

/* Files and folders that an import finds. */
static const char *const files[] = {"source.py", "bytecode.pyc", "pack/__init__.py", "pack/inner.py", "both.py"};
static const char *const folders[] = {"pack", "pack/deep", "both"};

static void
make_files(void)
{
    size_t i;
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        exit(1);
    }
    for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        mkdir(path_of(folders[i]), 0700);
    }
    for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        write_file(files[i]);
    }
}

static void
remove_files(void)
{
    size_t i;
    for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        unlink(path_of(files[i]));
    }
    for (i = sizeof(folders) / sizeof(folders[0]); i-- > 0;) {
        rmdir(path_of(folders[i]));
    }
    rmdir(folder);
}

static void
test_source(void)
{
    static const struct {
        const char *name;
        const char *file;
    } sources[] = {
        {"source", "source.py"},
        {"bytecode", "bytecode.pyc"},
        {"pack.inner", "pack/inner.py"},
        {"both", "both.py"},
    };
    size_t i;

    for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        const char *name = sources[i].name;
        PyObject *raised;
        char message[512];

        snprintf(message, sizeof(message),
                 "cannot import '%s': only compiled modules are loaded, and %s is Python source", name,
                 path_of(sources[i].file));
        is_ptr(PyImport_ImportModule(name), NULL, "%s is not imported", name);
        raised = PyErr_GetRaisedException();
        is_ptr(Py_TYPE(raised), PyExc_ImportError, "%s: the error is an ImportError, not a ModuleNotFoundError", name);
        is_text(PyObject_Str(raised), message, "%s: the error says why, and names the file", name);
        is_text(PyObject_GetAttrString(raised, "name"), name, "%s: the name of the error is the module's", name);
        is_text(PyObject_GetAttrString(raised, "path"), path_of(sources[i].file),
                "%s: the path of the error is the file", name);
        Py_XDECREF(raised);
        is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), name), NULL, "%s: nothing is left in sys.modules", name);
    }
}

static void
test_package(void)
{
    PyObject *package = PyImport_ImportModule("pack"), *deep;
    char repr[512];

    ok(package != NULL && PyModule_CheckExact(package), "a package whose __init__ is source is imported");
    is_text(PyObject_GetAttrString(package, "__file__"), path_of("pack/__init__.py"),
            "the __file__ of such a package is its __init__");
    snprintf(repr, sizeof(repr), "['%s']", path_of("pack"));
    is_text(PyObject_GetAttrString(package, "__path__"), repr, "the __path__ of such a package is its folder");
    snprintf(repr, sizeof(repr), "<module 'pack' from '%s'>", path_of("pack/__init__.py"));
    is_text(PyObject_Repr(package), repr, "the repr of such a package names its __init__, as in CPython");
    deep = PyImport_ImportModule("pack.deep");
    is_text(PyObject_GetAttrString(deep, "__package__"), "pack.deep", "a package inside of such a package is imported");
    Py_XDECREF(deep);
    Py_XDECREF(package);
}

/* For a module that can't be imported, PyCapsule_Import has one message, whatever the reason. */
static void
test_capsule(void)
{
    is_ptr(PyCapsule_Import("source.api", 0), NULL, "PyCapsule_Import imports no capsule from a module of source");
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"source\"",
           "the error of PyCapsule_Import names the module of source");
    is_ptr(PyCapsule_Import("pack.inner.api", 0), NULL,
           "PyCapsule_Import imports no capsule from a submodule of source");
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"pack.inner\"",
           "the error of PyCapsule_Import names the submodule of source in full");
    is_ptr(PyCapsule_Import("pack.deep.api", 0), NULL, "PyCapsule_Import finds no capsule that a submodule lacks");
    raises(PyExc_AttributeError, "module 'pack.deep' has no attribute 'api'",
           "the error for a capsule that a submodule lacks shows that the submodule was imported");
}

/* The importer caches the names in a folder in which a module was not found.  The cache must not hide a file that is
 * written into the folder later. */
static void
test_late_file(void)
{
    int look;

    for (look = 0; look < 8; look++) {
        /* The cache is used only when the folder has not changed for a while. */
        sleep(look == 4 ? 5 : 0);
        is_ptr(PyImport_ImportModule("late"), NULL, "an absent module is not imported (attempt %d)", look);
        raises(PyExc_ModuleNotFoundError, "No module named 'late'",
               "the error says that there is no such module (attempt %d)", look);
    }
    write_file("late.py");
    is_ptr(PyImport_ImportModule("late"), NULL, "a module of source that was written a moment ago is not imported");
    is_ptr(PyErr_Occurred(), PyExc_ImportError,
           "a file that was written a moment ago is found, since the error is ImportError");
    PyErr_Clear();
    unlink(path_of("late.py"));
    is_ptr(PyImport_ImportModule("late"), NULL, "a module whose file was removed a moment ago is not imported");
    raises(PyExc_ModuleNotFoundError, "No module named 'late'", "a file that was removed a moment ago is not found");
}

/* Values of PYCAPSULE_OPTIONS, each of which is tried in a process of its own. */
static const struct {
    const char *what;
    const char *options;
    int status;
    const char *said[4];
} cases[] = {
    {"no options", "", 0, {NULL}},
    {"verbose=0", "verbose=0", 0, {NULL}},
    {"verbose=1 says where an import looked, and why it went on",
     "verbose=1",
     0,
     {"pycapsule: import nosuch: not in sys.modules\n", "/nosuch.so: No such file or directory\n",
      "/source.py can't be loaded, for it is not compiled\n",
      "pycapsule: import source: failed: ImportError: cannot import 'source'"}},
    {"the last value of an option counts", ":verbose=1::verbose=0:", 0, {NULL}},
    {"help=1 lists the options", "help=1", 0, {"pycapsule:   verbose=", "pycapsule:   help=", NULL}},
    {"verbose=yes says where an import looked",
     "verbose=yes",
     0,
     {"pycapsule: import nosuch: not in sys.modules\n", NULL}},
    {"an unknown option ends the program",
     "loud=1",
     2,
     {"pycapsule: PYCAPSULE_OPTIONS: there is no option \"loud\"; see PYCAPSULE_OPTIONS=help=1\n", NULL}},
    {"a bad value ends the program",
     "verbose=loud",
     2,
     {"pycapsule: PYCAPSULE_OPTIONS: option \"verbose\" can't be \"loud\", but must be 0 or 1; see ", NULL}},
    {"an option without a value ends the program",
     "verbose",
     2,
     {"pycapsule: PYCAPSULE_OPTIONS: option \"verbose\" needs a value, which must be 0 or 1; see ", NULL}},
};

static const char *current;

static void
import_with_options(void)
{
    setenv("PYCAPSULE_OPTIONS", current, 1);
    Py_Initialize();
    PyImport_ImportModule("nosuch");
    PyErr_Clear();
    PyImport_ImportModule("source");
    PyErr_Clear();
    Py_FinalizeEx();
}

static void
test_options(void)
{
    char text[16384];
    size_t i, j;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        current = cases[i].options;
        is_int(WEXITSTATUS(in_child(import_with_options, text, sizeof(text))), cases[i].status, "%s: exit status %d",
               cases[i].what, cases[i].status);
        if (cases[i].said[0] == NULL) {
            is_str(text, "", "%s: nothing is written", cases[i].what);
        }
        for (j = 0; j < 4 && cases[i].said[j] != NULL; j++) {
            if (!ok(strstr(text, cases[i].said[j]) != NULL, "%s (line %d)", cases[i].what, (int)j)) {
                fprintf(stderr, "#   written: %s", text);
            }
        }
    }
}

static void
test_long_value(void)
{
    static char options[1600] = "verbose=";
    char text[16384], want[1700];

    memset(options + 8, 'y', 1500);
    snprintf(want, sizeof(want),
             "pycapsule: PYCAPSULE_OPTIONS: option \"verbose\" can't be \"%s\", but must be 0 or 1; see ", options + 8);
    current = options;
    in_child(import_with_options, text, sizeof(text));
    text[strlen(want)] = '\0';
    is_str(text, want, "the message about a bad value shows a long value whole");
}

/* /usr has not changed for a while, so that the importer caches its names after a few imports. */
static void
import_in_usr(void)
{
    int i;

    setenv("PYCAPSULE_OPTIONS", "verbose=1", 1);
    setenv("PYTHONPATH", "/usr", 1);
    Py_Initialize();
    for (i = 0; i < 4; i++) {
        PyImport_ImportModule("nosuch");
        PyErr_Clear();
    }
    Py_FinalizeEx();
}

static void
test_verbose_again(void)
{
    static const char said[] = "/usr/nosuch.so: No such file or directory\n";
    char text[16384];
    const char *place;
    int count = 0;

    in_child(import_in_usr, text, sizeof(text));
    for (place = text; (place = strstr(place, said)) != NULL; place++) {
        count++;
    }
    is_int(count, 4, "verbose=1 says where each of four imports looked, with a cached folder too");
}

/* CPython makes sys anew from the attributes that it had at the very first, without a path. */
static void
test_sys_again(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *before = PyImport_ImportModule("sys"), *again, *path;

    PyDict_DelItemString(modules, "sys");
    again = PyImport_ImportModule("sys");
    ok(again != NULL && again != before, "sys, taken out of sys.modules, is imported again");
    path = PyObject_GetAttrString(again, "path");
    is_ptr(path, PySys_GetObject("path"), "sys that is imported again has the path of PySys_GetObject");
    Py_XDECREF(path);
    Py_XDECREF(again);
    PyDict_SetItemString(modules, "sys", before);
    Py_DECREF(before);
}

/* CPython crashes in these calls, both in a function of Py_AtExit and after Py_FinalizeEx. */
static void
import_nothing(const char *when)
{
    PyObject *name = PyUnicode_FromString("sys");

    is_ptr(PyImport_ImportModule("sys"), NULL, "%s PyImport_ImportModule fails", when);
    raises(PyExc_RuntimeError, "unable to get sys.modules", "%s PyImport_ImportModule says that sys.modules is gone",
           when);
    is_ptr(PyImport_ImportModuleLevel("sys", NULL, NULL, NULL, 0), NULL, "%s PyImport_ImportModuleLevel fails", when);
    raises(PyExc_RuntimeError, "unable to get sys.modules",
           "%s PyImport_ImportModuleLevel says that sys.modules is gone", when);
    is_ptr(PyImport_GetModule(name), NULL, "%s PyImport_GetModule fails", when);
    raises(PyExc_RuntimeError, "unable to get sys.modules", "%s PyImport_GetModule says that sys.modules is gone",
           when);
    is_ptr(PyImport_AddModuleRef("late"), NULL, "%s PyImport_AddModuleRef fails", when);
    raises(PyExc_RuntimeError, "unable to get sys.modules", "%s PyImport_AddModuleRef says that sys.modules is gone",
           when);
    is_ptr(PyCapsule_Import("sys.x", 0), NULL, "%s PyCapsule_Import fails", when);
    raises(PyExc_ImportError, "PyCapsule_Import could not import module \"sys\"",
           "%s PyCapsule_Import names the module", when);
    is_int(PyGC_Collect() >= 0, 1, "%s PyGC_Collect does no harm", when);
    Py_DECREF(name);
}

static void
import_at_exit(void)
{
    import_nothing("in a function of Py_AtExit");
}

static void
test_after_the_end(void)
{
    PyObject *module;

    Py_AtExit(import_at_exit);
    Py_FinalizeEx();
    import_nothing("after Py_FinalizeEx");
    ok(PySys_GetObject("maxsize") != NULL, "after Py_FinalizeEx PySys_GetObject finds the attributes of sys");
    PyErr_SetString(PyExc_KeyError, "printed");
    PyErr_Print();
    is_ptr(PyErr_Occurred(), NULL, "after Py_FinalizeEx PyErr_Print prints and clears an error");
    Py_Initialize();
    module = PyImport_ImportModule("sys");
    ok(module != NULL && PyObject_HasAttrStringWithError(module, "path") == 1, "in the next life sys can be imported");
    Py_XDECREF(module);
}

int
main(void)
{
    unsetenv("PYCAPSULE_OPTIONS");
    make_files();
    setenv("PYTHONPATH", folder, 1);
    RUN(test_options);
    RUN(test_long_value);
    RUN(test_verbose_again);
    TAP_BEGIN();
    RUN(test_source);
    RUN(test_package);
    RUN(test_capsule);
    RUN(test_late_file);
    RUN(test_sys_again);
    RUN(test_after_the_end);
    remove_files();
    return TAP_END();
}
