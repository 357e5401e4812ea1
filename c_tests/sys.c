/* The module sys as C sees it: PySys_GetObject lends real objects, sys.path and sys.modules are the very list and dict
 * that imports use, and PySys_SetObject sets and deletes. */
#include "checks.h"

static const char *directory;   /* PYTHONPATH: the folder that modules/build has filled */

static void
test_get(void)
{
    PyObject *sys = PyImport_ImportModule("sys"), *path = PySys_GetObject("path"), *attribute;
    Py_ssize_t references = Py_REFCNT(path);

    ok(PyList_CheckExact(path), "sys.path is a list");
    is_ptr(PySys_GetObject("path"), path, "PySys_GetObject lends the same object each time");
    is_int(Py_REFCNT(path), references, "and gives no reference");
    attribute = PyObject_GetAttrString(sys, "path");
    is_ptr(attribute, path, "it is the attribute of the module sys");
    Py_XDECREF(attribute);
    is_ptr(PyDict_GetItemString(PyModule_GetDict(sys), "path"), path, "and in its dict");
    ok(PyDict_CheckExact(PySys_GetObject("modules")), "sys.modules is a dict");
    is_ptr(PySys_GetObject("nosuch"), NULL, "what sys does not have is NULL");
    no_error("without an error");
    is_ptr(PySys_GetObject("\xff"), NULL, "and so is a name that is not UTF-8");
    no_error("without an error too");
    PyErr_SetString(PyExc_KeyError, "before");
    is_ptr(PySys_GetObject("path"), path, "with an error set, an object is found");
    is_ptr(PySys_GetObject("nosuch"), NULL, "or not");
    raises(PyExc_KeyError, "'before'", "and the error stays");
    is_text(Py_NewRef(PyList_GetItem(path, 0)), directory, "the first entry of sys.path is PYTHONPATH");
    Py_XDECREF(sys);
}

static void
test_names(void)
{
    PyObject *names = PySys_GetObject("builtin_module_names");
    Py_ssize_t i, wrong = 0;

    ok(PyTuple_Check(names) && PyTuple_Size(names) > 0, "sys.builtin_module_names is a tuple");
    for (i = 1; i < PyTuple_Size(names); i++) {
        wrong += PyUnicode_Compare(PyTuple_GetItem(names, i - 1), PyTuple_GetItem(names, i)) > 0;
    }
    is_int(wrong, 0, "in alphabetical order");
}

static void
test_set(void)
{
    PyObject *sys = PyImport_ImportModule("sys"), *value = PyList_New(0);

    is_int(PySys_SetObject("mine", value), 0, "PySys_SetObject sets");
    is_int(Py_REFCNT(value), 2, "and takes a reference of its own");
    is_ptr(PySys_GetObject("mine"), value, "what PySys_GetObject then lends");
    is_int(PyObject_HasAttrString(sys, "mine"), 1, "and the module has");
    is_int(PySys_SetObject("mine", NULL), 0, "NULL deletes");
    is_ptr(PySys_GetObject("mine"), NULL, "it is gone");
    is_int(PyObject_HasAttrString(sys, "mine"), 0, "from the module too");
    is_int(Py_REFCNT(value), 1, "and let go");
    is_int(PySys_SetObject("mine", NULL), 0, "deleting it again is no error");
    is_int(PyObject_SetAttrString(sys, "mine", value), 0, "an attribute set on the module");
    is_ptr(PySys_GetObject("mine"), value, "is what PySys_GetObject lends");
    is_int(PyObject_DelAttrString(sys, "mine"), 0, "and can be deleted there");
    Py_DECREF(value);
    Py_XDECREF(sys);
}

static long
tag_of(const char *name)
{
    PyObject *module = PyImport_ImportModule(name);
    long tag = module != NULL ? long_of(PyObject_GetAttrString(module, "tag")) : -1;
    Py_XDECREF(module);
    return tag;
}

static void
append_text(PyObject *list, const char *format, const char *argument)
{
    PyObject *text = PyUnicode_FromFormat(format, argument);
    PyList_Append(list, text);
    Py_DECREF(text);
}

static void
test_path(void)
{
    PyObject *path = PySys_GetObject("path"), *modules = PySys_GetObject("modules");
    PyObject *own = PyList_New(0), *number = PyLong_FromLong(7);
    Py_ssize_t last = PyList_Size(path);

    is_int(tag_of("later"), -1, "a module that is nowhere on sys.path");
    raises(PyExc_ModuleNotFoundError, "No module named 'later'", "is not found");
    append_text(path, "%s/elsewhere", directory);
    is_int(tag_of("later"), 10, "a folder that is appended to sys.path is looked into");
    is_int(tag_of("which"), 3, "what stands in two folders comes from the first");
    PyDict_DelItemString(modules, "which");
    PyList_SetItem(path, 0, Py_NewRef(PyList_GetItem(path, last)));
    is_int(tag_of("which"), 11, "and from the other, if that one is put in front");
    is_int(PyList_Size(path), last + 1, "an import changes nothing in sys.path");
    PyDict_DelItemString(modules, "which");

    PyList_Append(own, number);
    append_text(own, "%s/no/such/folder", directory);
    append_text(own, "%s/nonsense.so", directory);
    append_text(own, "%s/elsewhere", directory);
    PySys_SetObject("path", own);
    is_int(tag_of("which"), 11, "another list as sys.path is used; entries that are no folder or no str are passed over");
    no_error("without an error");
    is_int(tag_of("single"), -1, "the folders of the first list are not looked at");
    raises(PyExc_ModuleNotFoundError, "No module named 'single'", "what was in them is not found");
    PySys_SetObject("path", NULL);
    is_int(tag_of("single"), -1, "without sys.path nothing is found");
    raises(PyExc_AttributeError, "module 'sys' has no attribute 'path'", "it is an AttributeError");
    PySys_SetObject("path", Py_None);
    is_int(tag_of("single"), -1, "nor with None for it");
    raises(PyExc_TypeError, "'NoneType' object is not iterable", "it is a TypeError");
    Py_DECREF(own);
    Py_DECREF(number);
}

/* Entries that no folder can have: CPython asks the system for them, and the errors stand. */
static void
test_impossible_entries(void)
{
    static const Py_UCS2 surrogate[] = {'/', 0xd800};
    PyObject *path = PySys_GetObject("path"), *before = PyList_GetSlice(path, 0, PyList_Size(path));
    PyObject *entries[2];
    int i;

    entries[0] = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, surrogate, 2);
    entries[1] = PyUnicode_FromStringAndSize("/\0x", 3);
    for (i = 0; i < 2; i++) {
        PyObject *entry = PyList_New(1);
        PyList_SetItem(entry, 0, entries[i]);
        PyList_SetSlice(path, 0, PyList_Size(path), entry);
        Py_DECREF(entry);
        is_ptr(PyImport_ImportModule("proc"), NULL, "an entry that can't be a path ends an import");
        if (i == 0) {
            raises(PyExc_UnicodeEncodeError,
                   "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed",
                   "one with a surrogate is a UnicodeEncodeError");
        } else {
            raises(PyExc_ValueError, "stat: embedded null character in path", "one with a NUL is a ValueError");
        }
    }
    PyList_SetSlice(path, 0, PyList_Size(path), before);
    Py_DECREF(before);
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
    RUN(test_get);
    RUN(test_names);
    RUN(test_set);
    RUN(test_impossible_entries);
    RUN(test_path);
    return TAP_END();
}
