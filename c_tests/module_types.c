/* A static type of C that is added to a module: under what follows the last dot of its name, and made an object first. */
#include "tap.h"

static PyTypeObject dotted_type;

int
main(void)
{
    PyObject *module, *found;

    TAP_BEGIN();
    dotted_type.tp_name = "a.module.Dotted";
    dotted_type.tp_basicsize = sizeof(PyObject);
    Py_INCREF(&dotted_type);
    module = PyModule_New("m");
    is_int(PyModule_AddType(module, &dotted_type), 0, "PyModule_AddType adds a type whose name says its module");
    found = PyObject_GetAttrString(module, "Dotted");
    is_ptr(found, &dotted_type, "under what follows the last dot");
    Py_XDECREF(found);
    ok(Py_TYPE((PyObject *)&dotted_type) == &PyType_Type, "and is an object of the class type from then on");
    Py_DECREF(module);
    is_int(PyGC_Collect() >= 0, 1, "which a collection may look at");
    return TAP_END();
}
