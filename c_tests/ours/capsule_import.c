/* Deviations of PyCapsule_Import from CPython 3.14 on purpose.  It imports a submodule that its package did not
 * import itself, as CPython does from 3.16 on: an attribute is looked for first; if it is missing and the object so
 * far is a module, the dotted name up to there is imported.  A NULL name is an error and not a crash.
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

    is_ptr(PyCapsule_Import(NULL, 0), NULL, "PyCapsule_Import refuses a NULL name");
    exception = PyErr_GetRaisedException();
    ok(exception != NULL && (PyObject *)Py_TYPE(exception) == PyExc_ValueError,
       "the error for a NULL name is a ValueError");
    text = exception != NULL ? PyObject_Str(exception) : NULL;
    ok(text != NULL && strstr(PyUnicode_AsUTF8(text), "PyCapsule_Import") != NULL,
       "the ValueError for a NULL name names PyCapsule_Import");
    Py_XDECREF(text);
    Py_XDECREF(exception);
}

static void
test_submodules(void)
{
    add("pkg", "cap", storage, "pkg.cap");
    add("pkg.sub", "cap", storage + 1, "pkg.sub.cap");
    is_ptr(PyCapsule_Import("pkg.sub.cap", 0), storage + 1,
           "a capsule is imported from a submodule that is no attribute of its package");
    no_error("an import through a submodule leaves no error of the missing attribute");

    PyModule_Add(PyImport_AddModule("pkg"), "sub", PyModule_New("attribute"));
    is_ptr(PyCapsule_Import("pkg.sub.cap", 0), NULL, "an attribute hides a submodule of the same name");
    raises(PyExc_AttributeError, "module 'attribute' has no attribute 'cap'",
           "the error says which attribute the object that hides the submodule lacks");

    is_ptr(PyCapsule_Import("pkg.nosuch.cap", 0), NULL, "no capsule comes from a submodule that does not exist");
    raises(PyExc_AttributeError, "module 'pkg' has no attribute 'nosuch'",
           "the error for a submodule that does not exist is that of the missing attribute");
    is_ptr(PyCapsule_Import("pkg.cap.x", 0), NULL, "an object that is no module has no submodules");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x'",
           "the error for an object that is no module is that of its missing attribute");
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
