/* NumPy's own import_array(), compiled from the headers in NumPy's wheel, takes its C API from a module of
 * ours: a table of pointers in a capsule without a name, under numpy._core._multiarray_umath as NumPy 2 has
 * it or under numpy.core._multiarray_umath as NumPy 1 had.  Every way to fail is here as well: the
 * error of _import_array(), which import_array() prints before it raises an ImportError of its own. */
#include "provider.h"

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>

#include <unistd.h>

#define NUMPY_2 "numpy._core._multiarray_umath"
#define NUMPY_1 "numpy.core._multiarray_umath"

/* The places in NumPy's table of the functions that import_array() calls, and the length that the table must have. */
enum { CVERSION_SLOT = 0, ENDIANNESS_SLOT = 210, FEATURE_SLOT = 211, TABLE_LENGTH = 212 };

static void *api_table[TABLE_LENGTH];
static unsigned int abi_version, feature_version;
static int endianness;

static unsigned int
get_abi_version(void)
{
    return abi_version;
}
static unsigned int
get_feature_version(void)
{
    return feature_version;
}
static int
get_endianness(void)
{
    return endianness;
}

/* C has no conversion from a function to a void pointer; the bytes are the same on every system with dlsym. */
static void
fill_table(void)
{
    unsigned int (*abi)(void) = get_abi_version;
    unsigned int (*feature)(void) = get_feature_version;
    int (*endian)(void) = get_endianness;

    memcpy(&api_table[CVERSION_SLOT], &abi, sizeof abi);
    memcpy(&api_table[FEATURE_SLOT], &feature, sizeof feature);
    memcpy(&api_table[ENDIANNESS_SLOT], &endian, sizeof endian);
}

static void
numpy_fits(void)
{
    abi_version = NPY_VERSION;
    feature_version = NPY_FEATURE_VERSION;
    endianness = NPY_CPU_LITTLE;
    PyArray_API = NULL;
}

/* import_array() as extensions use it: a macro that returns from the function that contains it. */
static int
import_numpy(void)
{
    import_array1(-1);
    return 0;
}

/* Runs import_numpy() with its standard error going to `text`. */
static int
import_numpy_quietly(char *text, size_t size)
{
    FILE *capture = tmpfile();
    int saved = dup(2), result;
    size_t length;

    if (capture == NULL || saved < 0) {
        return -2;
    }
    fflush(stderr);
    dup2(fileno(capture), 2);
    result = import_numpy();
    fflush(stderr);
    dup2(saved, 2);
    close(saved);
    rewind(capture);
    length = fread(text, 1, size - 1, capture);
    text[length] = '\0';
    fclose(capture);
    return result;
}

static void
test_success(const char *module_name)
{
    PyObject *capsule = PyCapsule_New(api_table, NULL, NULL);
    Py_ssize_t before = Py_REFCNT(capsule);

    numpy_fits();
    provide(provide_module(module_name), "_ARRAY_API", Py_NewRef(capsule));
    is_int(import_numpy(), 0, "import_array succeeds with %s", module_name);
    no_error("import_array sets no error");
    is_ptr(PyArray_API, api_table, "NumPy's table is the very pointer in the capsule");
    is_int(PyArray_GetNDArrayCVersion(), NPY_VERSION, "a function is called through the table");
    is_int(PyArray_GetNDArrayCFeatureVersion(), PyArray_RUNTIME_VERSION, "the version at run time was kept");
    is_int(Py_REFCNT(capsule), before + 1, "import_array keeps no reference to the capsule");

    feature_version = NPY_FEATURE_VERSION + 1;
    is_int(import_numpy(), 0, "import_array succeeds with a NumPy newer than the headers");
    is_int(PyArray_RUNTIME_VERSION, NPY_FEATURE_VERSION + 1, "a second import sees the newer version");
    withdraw_module(module_name);
    is_int(Py_REFCNT(capsule), before, "the module drops its capsule when it goes");
    is_int(PyArray_GetEndianness(), NPY_CPU_LITTLE, "the table outlives the module");
    Py_DECREF(capsule);
}

/* The new name is asked for first, and the old one only when there is no module of the new name. */
static void
test_both_names(void)
{
    static void *other_table[TABLE_LENGTH];

    memcpy(other_table, api_table, sizeof other_table);
    numpy_fits();
    provide(provide_module(NUMPY_1), "_ARRAY_API", PyCapsule_New(other_table, NULL, NULL));
    provide(provide_module(NUMPY_2), "_ARRAY_API", PyCapsule_New(api_table, NULL, NULL));
    is_int(import_numpy(), 0, "import_array succeeds with a module of each name");
    is_ptr(PyArray_API, api_table, "the table is that of " NUMPY_2);
    withdraw_module(NUMPY_2);
    is_int(import_numpy(), 0, "import_array succeeds when one is gone");
    is_ptr(PyArray_API, other_table, "the table is that of " NUMPY_1);
    provide_module(NUMPY_2);
    is_int(_import_array(), -1, "a new module without a table hides the old one");
    raises(PyExc_AttributeError, "module '" NUMPY_2 "' has no attribute '_ARRAY_API'",
           "a table that is missing is an AttributeError");
    withdraw_module(NUMPY_2);
    withdraw_module(NUMPY_1);
}

/* Checks one way to fail: the error of _import_array(), then that of import_array(). */
static void
fails(const char *what, PyObject *type, const char *message)
{
    char printed[1000], line[700];
    const char *type_name = ((PyTypeObject *)type)->tp_name;
    int result;

    is_int(_import_array(), -1, "_import_array fails: %s", what);
    raises(type, message, "the error of _import_array is %s", type_name);
    result = import_numpy_quietly(printed, sizeof printed);
    is_int(result, -1, "import_array fails: %s", what);
    raises(PyExc_ImportError, "numpy._core.multiarray failed to import",
           "import_array raises an ImportError of its own");
    snprintf(line, sizeof line, "%s: %s\n", type_name, message);
    is_str(printed, line, "import_array prints the cause on standard error");
}

/* CPython imports the first package of a dotted name even where the whole name is in sys.modules. */
static void
test_missing(void)
{
    numpy_fits();
    fails("there is no NumPy", PyExc_ModuleNotFoundError, "No module named 'numpy'");
    provide(provide_module(NUMPY_2), "_ARRAY_API", PyCapsule_New(api_table, NULL, NULL));
    fails("there is the module but not its first package", PyExc_ModuleNotFoundError, "No module named 'numpy'");
    withdraw_module(NUMPY_2);
    provide_module("numpy");
    fails("numpy is not a package", PyExc_ModuleNotFoundError,
          "No module named 'numpy.core'; 'numpy' is not a package");
    withdraw_module("numpy");
}

static void
test_wrong_objects(void)
{
    PyObject *module;

    numpy_fits();
    fails("NumPy has no module of either name", PyExc_ModuleNotFoundError, "No module named 'numpy.core'");
    module = provide_module(NUMPY_2);
    fails("the module has no table", PyExc_AttributeError, "module '" NUMPY_2 "' has no attribute '_ARRAY_API'");
    provide(module, "_ARRAY_API", PyLong_FromVoidPtr(api_table));
    fails("the table is not a capsule", PyExc_RuntimeError, "_ARRAY_API is not PyCapsule object");
    provide(module, "_ARRAY_API", Py_NewRef(Py_None));
    fails("the table is None", PyExc_RuntimeError, "_ARRAY_API is not PyCapsule object");
    provide(module, "_ARRAY_API", PyCapsule_New(api_table, NUMPY_2 "._ARRAY_API", NULL));
    fails("the capsule has a name", PyExc_RuntimeError, "_ARRAY_API is NULL pointer");
    provide(module, "_ARRAY_API", PyCapsule_New(api_table, "", NULL));
    fails("the capsule has an empty name", PyExc_RuntimeError, "_ARRAY_API is NULL pointer");
    is_ptr(PyArray_API, NULL, "no table was taken");
    withdraw_module(NUMPY_2);
}

static void
test_wrong_versions(void)
{
    char message[600];

    provide(provide_module(NUMPY_2), "_ARRAY_API", PyCapsule_New(api_table, NULL, NULL));

    numpy_fits();
    abi_version = NPY_VERSION + 1;
    snprintf(message, sizeof message, "module compiled against ABI version 0x%x but this version of numpy is 0x%x",
             (unsigned)NPY_VERSION, (unsigned)NPY_VERSION + 1);
    fails("the ABI is newer than the headers", PyExc_RuntimeError, message);

    numpy_fits();
    feature_version = NPY_FEATURE_VERSION - 1;
    snprintf(message, sizeof message,
             "module was compiled against NumPy C-API version 0x%x (NumPy " NPY_FEATURE_VERSION_STRING ") "
             "but the running NumPy has C-API version 0x%x. Check the section C-API incompatibility at the "
             "Troubleshooting ImportError section at "
             "https://numpy.org/devdocs/user/troubleshooting-importerror.html#c-api-incompatibility "
             "for indications on how to solve this problem.",
             (unsigned)NPY_FEATURE_VERSION, (unsigned)NPY_FEATURE_VERSION - 1);
    fails("the API is older than the headers", PyExc_RuntimeError, message);

    numpy_fits();
    endianness = NPY_CPU_UNKNOWN_ENDIAN;
    fails("the byte order is unknown", PyExc_RuntimeError, "FATAL: module compiled as unknown endian");
    endianness = NPY_CPU_BIG;
    fails("the byte order is another", PyExc_RuntimeError,
          "FATAL: module compiled as little endian, but detected different endianness at runtime");
    withdraw_module(NUMPY_2);
}

/* The same module as compiled into the program: the import runs its exec function. */
static int exec_calls, exec_fails;

static int
exec_multiarray(PyObject *module)
{
    exec_calls++;
    if (exec_fails) {
        PyErr_SetString(PyExc_ImportError, "cannot load module more than once per process");
        return -1;
    }
    return PyModule_Add(module, "_ARRAY_API", PyCapsule_New(api_table, NULL, NULL));
}

static union {
    int (*function)(PyObject *);
    void *pointer;
} exec_slot = {exec_multiarray};
static PyModuleDef_Slot multiarray_slots[2];
static struct PyModuleDef multiarray_def = {
    PyModuleDef_HEAD_INIT, "_multiarray_umath", NULL, 0, NULL, multiarray_slots, NULL, NULL, NULL,
};

static PyObject *
init_multiarray(void)
{
    multiarray_slots[0].slot = Py_mod_exec;
    multiarray_slots[0].value = exec_slot.pointer;
    return PyModuleDef_Init(&multiarray_def);
}

static void
test_compiled_in(void)
{
    PyObject *package = provide_module("numpy._core"), *module;

    provide(package, "__path__", PyList_New(0));
    provide(PyDict_GetItemString(PyImport_GetModuleDict(), "numpy"), "_core", Py_NewRef(package));

    numpy_fits();
    exec_fails = 1;
    is_int(_import_array(), -1, "_import_array fails when the module's own code does");
    raises(PyExc_ImportError, "cannot load module more than once per process",
           "_import_array raises the module's own ImportError");
    is_int(exec_calls, 1, "_import_array does not try the old name after an error of the module");
    ok(PyDict_GetItemString(PyImport_GetModuleDict(), NUMPY_2) == NULL, "sys.modules has no half-made module");
    is_int(PyObject_HasAttrString(package, "_multiarray_umath"), 0, "the package has no half-made module");

    exec_fails = 0;
    is_int(import_numpy(), 0, "import_array imports a module compiled into the program");
    is_ptr(PyArray_API, api_table, "import_array takes the table of a module compiled into the program");
    is_int(import_numpy(), 0, "import_array succeeds a second time");
    is_int(exec_calls, 2, "the code of the module is run once");
    module = PyObject_GetAttrString(package, "_multiarray_umath");
    is_ptr(module, PyDict_GetItemString(PyImport_GetModuleDict(), NUMPY_2), "the package has its module as attribute");
    Py_XDECREF(module);
    is_ptr(PyCapsule_Import(NUMPY_2 "._ARRAY_API", 0), NULL, "PyCapsule_Import does not take a capsule without a name");
    raises(PyExc_AttributeError, "PyCapsule_Import \"" NUMPY_2 "._ARRAY_API\" is not valid",
           "a capsule without a name is an AttributeError");
    withdraw_module(NUMPY_2);
    withdraw_module("numpy._core");
}

static void
test_append(void)
{
    is_int(PyImport_AppendInittab(NUMPY_2, init_multiarray), 0, "a module is compiled in under a dotted name");
}

static void
test_success_of_both(void)
{
    test_success(NUMPY_2);
    test_success(NUMPY_1);
}

int
main(void)
{
    fill_table();
    RUN(test_append);
    TAP_BEGIN();
    RUN(test_missing);
    provide(provide_module("numpy"), "__path__", PyList_New(0));
    RUN(test_wrong_objects);
    RUN(test_success_of_both);
    RUN(test_both_names);
    RUN(test_wrong_versions);
    RUN(test_compiled_in);
    withdraw_module("numpy");
    return TAP_END();
}
