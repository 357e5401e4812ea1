/* Where PyCapsule_Import differs from CPython 3.14's on purpose.  It imports a submodule that its package did not
 * import itself, as CPython does from 3.16 on: an attribute is looked for first; if it is missing and the object so
 * far is a module, the dotted name up to there is imported.  And a NULL name is an error, not a crash.
 */
#include "../tap.h"

static char storage[4] = "abc";

static void
add(const char *module_name, const char *attribute, void *pointer, const char *name)
{
    PyModule_Add(PyImport_AddModule(module_name), attribute, PyCapsule_New(pointer, name, NULL));
}

static void
remove_module(const char *name)
{
    PyDict_DelItemString(PyImport_GetModuleDict(), name);
}

static void
test_null_name(void)
{
    PyObject *exception, *text;

    is_ptr(PyCapsule_Import(NULL, 0), NULL, "a NULL name is refused");
    exception = PyErr_GetRaisedException();
    ok(exception != NULL && (PyObject *)Py_TYPE(exception) == PyExc_ValueError, "with a ValueError");
    text = exception != NULL ? PyObject_Str(exception) : NULL;
    ok(text != NULL && strstr(PyUnicode_AsUTF8(text), "PyCapsule_Import") != NULL, "that names the function");
    Py_XDECREF(text);
    Py_XDECREF(exception);
}

static void
test_submodules(void)
{
    add("pkg", "cap", storage, "pkg.cap");
    add("pkg.sub", "cap", storage + 1, "pkg.sub.cap");
    is_ptr(PyCapsule_Import("pkg.sub.cap", 0), storage + 1, "a submodule that the package does not have as attribute");
    no_error("without an error");

    PyModule_Add(PyImport_AddModule("pkg"), "sub", PyModule_New("attribute"));
    is_ptr(PyCapsule_Import("pkg.sub.cap", 0), NULL, "an attribute of the same name comes first");
    raises(PyExc_AttributeError, "module 'attribute' has no attribute 'cap'", "even if it lacks what comes after it");

    is_ptr(PyCapsule_Import("pkg.nosuch.cap", 0), NULL, "a submodule that does not exist");
    raises(PyExc_AttributeError, "module 'pkg' has no attribute 'nosuch'", "leaves the error of the attribute");
    is_ptr(PyCapsule_Import("pkg.cap.x", 0), NULL, "an object that is no module has no submodules");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x'", "so the error of its attribute stands");
    remove_module("pkg.sub");
    remove_module("pkg");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_null_name);
    RUN(test_submodules);
    return TAP_END();
}
