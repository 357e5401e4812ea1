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
    is_ptr(PySys_GetObject("path"), path, "PySys_GetObject lends one object each time");
    is_int(Py_REFCNT(path), references, "PySys_GetObject gives no reference");
    attribute = PyObject_GetAttrString(sys, "path");
    is_ptr(attribute, path, "PySys_GetObject gives the attribute of the module sys");
    Py_XDECREF(attribute);
    is_ptr(PyDict_GetItemString(PyModule_GetDict(sys), "path"), path,
           "PySys_GetObject gives the object in the dict of sys");
    ok(PyDict_CheckExact(PySys_GetObject("modules")), "sys.modules is a dict");
    is_ptr(PySys_GetObject("nosuch"), NULL, "PySys_GetObject of a name that sys does not have is NULL");
    no_error("PySys_GetObject of a name that sys does not have sets no error");
    is_ptr(PySys_GetObject("\xff"), NULL, "PySys_GetObject of a name that is not UTF-8 is NULL");
    no_error("PySys_GetObject of a name that is not UTF-8 sets no error");
    PyErr_SetString(PyExc_KeyError, "before");
    is_ptr(PySys_GetObject("path"), path, "PySys_GetObject finds an object while an error is set");
    is_ptr(PySys_GetObject("nosuch"), NULL, "PySys_GetObject gives NULL for a missing object while an error is set");
    raises(PyExc_KeyError, "'before'", "PySys_GetObject leaves an error that was set");
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
    is_int(wrong, 0, "sys.builtin_module_names is in alphabetical order");
}

static void
test_set(void)
{
    PyObject *sys = PyImport_ImportModule("sys"), *value = PyList_New(0);

    is_int(PySys_SetObject("mine", value), 0, "PySys_SetObject succeeds");
    is_int(Py_REFCNT(value), 2, "PySys_SetObject takes a reference of its own");
    is_ptr(PySys_GetObject("mine"), value, "PySys_GetObject lends the object that was set");
    is_int(PyObject_HasAttrString(sys, "mine"), 1, "the module sys has the object that was set");
    is_int(PySys_SetObject("mine", NULL), 0, "PySys_SetObject of NULL succeeds");
    is_ptr(PySys_GetObject("mine"), NULL, "PySys_SetObject of NULL deletes the object");
    is_int(PyObject_HasAttrString(sys, "mine"), 0, "the module sys no longer has a deleted object");
    is_int(Py_REFCNT(value), 1, "PySys_SetObject of NULL drops the object");
    is_int(PySys_SetObject("mine", NULL), 0, "PySys_SetObject of NULL twice is no error");
    is_int(PyObject_SetAttrString(sys, "mine", value), 0, "an attribute of the module sys can be set");
    is_ptr(PySys_GetObject("mine"), value, "PySys_GetObject lends an attribute that was set on the module");
    is_int(PyObject_DelAttrString(sys, "mine"), 0, "an attribute that was set on the module can be deleted");
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

    is_int(tag_of("later"), -1, "a module that is in no folder of sys.path is not imported");
    raises(PyExc_ModuleNotFoundError, "No module named 'later'",
           "a module that is in no folder of sys.path is not found");
    append_text(path, "%s/elsewhere", directory);
    is_int(tag_of("later"), 10, "a folder that is appended to sys.path is searched");
    is_int(tag_of("which"), 3, "a module in two folders comes from the first");
    PyDict_DelItemString(modules, "which");
    PyList_SetItem(path, 0, Py_NewRef(PyList_GetItem(path, last)));
    is_int(tag_of("which"), 11, "a module in two folders comes from the other one when that is put first");
    is_int(PyList_Size(path), last + 1, "an import changes nothing in sys.path");
    PyDict_DelItemString(modules, "which");

    PyList_Append(own, number);
    append_text(own, "%s/no/such/folder", directory);
    append_text(own, "%s/nonsense.so", directory);
    append_text(own, "%s/elsewhere", directory);
    PySys_SetObject("path", own);
    is_int(tag_of("which"), 11, "another list as sys.path is used; entries that are no folder or no str are skipped");
    no_error("an entry that is skipped sets no error");
    is_int(tag_of("single"), -1, "the folders of the first list are not searched any more");
    raises(PyExc_ModuleNotFoundError, "No module named 'single'",
           "a module in the folders of the first list is not found");
    PySys_SetObject("path", NULL);
    is_int(tag_of("single"), -1, "an import without sys.path fails");
    raises(PyExc_AttributeError, "module 'sys' has no attribute 'path'",
           "an import without sys.path is an AttributeError");
    PySys_SetObject("path", Py_None);
    is_int(tag_of("single"), -1, "an import with None for sys.path fails");
    raises(PyExc_TypeError, "'NoneType' object is not iterable", "an import with None for sys.path is a TypeError");
    Py_DECREF(own);
    Py_DECREF(number);
}

/* Entries that cannot be paths: CPython asks the system for them, and the errors stand. */
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
        is_ptr(PyImport_ImportModule("proc"), NULL, "an import with an entry that can't be a path fails");
        if (i == 0) {
            raises(PyExc_UnicodeEncodeError,
                   "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed",
                   "an entry with a surrogate is a UnicodeEncodeError");
        } else {
            raises(PyExc_ValueError, "stat: embedded null character in path", "an entry with a NUL is a ValueError");
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
