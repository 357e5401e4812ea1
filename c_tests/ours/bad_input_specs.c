/* Bad input to the functions that make types from specs and ask about them: an error that names the function, where CPython crashes
 * or reads the wrong memory. */
#include "tap.h"

static PyType_Slot no_slots[] = {{0, NULL}};

/* Each call with NULL, and its result. */
static void
test_null(void)
{
    PyType_Spec spec = {"m.T", 0, 0, 0, no_slots};
    PyObject *type = PyType_FromSpec(&spec);
    PyTypeObject *class = (PyTypeObject *)type, *found = class;

    is_ptr(PyType_FromSpec(NULL), NULL, "PyType_FromSpec without a spec");
    raises(PyExc_SystemError, "PyType_FromSpec called with a NULL argument", "the error of PyType_FromSpec");
    is_ptr(PyType_FromSpecWithBases(NULL, NULL), NULL, "PyType_FromSpecWithBases without a spec");
    raises(PyExc_SystemError, "PyType_FromSpecWithBases called with a NULL argument",
           "the error of PyType_FromSpecWithBases");
    is_ptr(PyType_FromModuleAndSpec(NULL, NULL, NULL), NULL, "PyType_FromModuleAndSpec without a spec");
    raises(PyExc_SystemError, "PyType_FromModuleAndSpec called with a NULL argument",
           "the error of PyType_FromModuleAndSpec");
    is_ptr(PyType_FromMetaclass(NULL, NULL, NULL, NULL), NULL, "PyType_FromMetaclass without a spec");
    raises(PyExc_SystemError, "PyType_FromMetaclass called with a NULL argument", "the error of PyType_FromMetaclass");
    is_int(PyType_Freeze(NULL), -1, "PyType_Freeze without a type");
    raises(PyExc_SystemError, "PyType_Freeze called with a NULL argument", "the error of PyType_Freeze");
    is_ptr(PyType_GetModule(NULL), NULL, "PyType_GetModule without a type");
    raises(PyExc_SystemError, "PyType_GetModule called with a NULL argument", "the error of PyType_GetModule");
    is_ptr(PyType_GetModuleState(NULL), NULL, "PyType_GetModuleState without a type");
    raises(PyExc_SystemError, "PyType_GetModuleState called with a NULL argument",
           "the error of PyType_GetModuleState");
    is_ptr(PyType_GetModuleByDef(NULL, NULL), NULL, "PyType_GetModuleByDef without a type");
    raises(PyExc_SystemError, "PyType_GetModuleByDef called with a NULL argument",
           "the error of PyType_GetModuleByDef");
    is_ptr(PyType_GetModuleByDef(class, NULL), NULL, "PyType_GetModuleByDef without a definition");
    raises(PyExc_SystemError, "PyType_GetModuleByDef called with a NULL argument", "the error for the definition");
    is_int(PyType_GetBaseByToken(NULL, &spec, &found), -1, "PyType_GetBaseByToken without a type");
    raises(PyExc_SystemError, "PyType_GetBaseByToken called with a NULL argument",
           "the error of PyType_GetBaseByToken");
    is_ptr(found, NULL, "the result without a type is NULL");
    is_ptr(PyType_GetModuleName(NULL), NULL, "PyType_GetModuleName without a type");
    raises(PyExc_SystemError, "PyType_GetModuleName called with a NULL argument", "the error of PyType_GetModuleName");
    is_ptr(PyType_GetFullyQualifiedName(NULL), NULL, "PyType_GetFullyQualifiedName without a type");
    raises(PyExc_SystemError, "PyType_GetFullyQualifiedName called with a NULL argument",
           "the error of GetFullyQualifiedName");
    is_ptr(PyType_GetDict(NULL), NULL, "PyType_GetDict without a type");
    raises(PyExc_SystemError, "PyType_GetDict called with a NULL argument", "the error of PyType_GetDict");
    is_int(PyType_GetTypeDataSize(NULL), -1, "PyType_GetTypeDataSize without a type");
    raises(PyExc_SystemError, "PyType_GetTypeDataSize called with a NULL argument",
           "the error of PyType_GetTypeDataSize");
    is_ptr(PyObject_GetTypeData(NULL, class), NULL, "PyObject_GetTypeData without an object");
    raises(PyExc_SystemError, "PyObject_GetTypeData called with a NULL argument", "the error of PyObject_GetTypeData");
    is_ptr(PyObject_GetTypeData(Py_None, NULL), NULL, "PyObject_GetTypeData without a type");
    raises(PyExc_SystemError, "PyObject_GetTypeData called with a NULL argument", "the error for the type");
    is_ptr(PyObject_GetItemData(NULL), NULL, "PyObject_GetItemData without an object");
    raises(PyExc_SystemError, "PyObject_GetItemData called with a NULL argument", "the error of PyObject_GetItemData");
    is_int(PyType_GetTypeDataSize(&PyBaseObject_Type), 16, "PyType_GetTypeDataSize of object, which has no base");
    Py_XDECREF(type);
}

static void
test_specs(void)
{
    static PyMemberDef no_members[] = {{NULL, 0, 0, 0, NULL}};
    PyType_Slot null_base[] = {{Py_tp_base, NULL}, {0, NULL}}, null_members[] = {{Py_tp_members, NULL}, {0, NULL}};
    PyType_Slot empty_members[] = {{Py_tp_members, no_members}, {0, NULL}};
    PyType_Spec spec = {"m.T", 0, 0, 0, NULL};
    PyObject *empty = PyTuple_New(0), *text = PyUnicode_FromString("no module"), *type;

    is_ptr(PyType_FromSpec(&spec), NULL, "a spec without a table of slots");
    raises(PyExc_SystemError, "PyType_FromSpec called with a NULL argument", "the error for no table of slots");
    spec.slots = null_base;
    is_ptr(PyType_FromSpec(&spec), NULL, "a base that is NULL");
    raises(PyExc_SystemError, "PyType_FromSpec called with a NULL argument", "the error for a base that is NULL");
    spec.slots = null_members;
    type = PyType_FromSpec(&spec);
    ok(type != NULL, "a table of members that is NULL has no members");
    Py_XDECREF(type);
    spec.slots = empty_members;
    type = PyType_FromSpecWithBases(&spec, empty);
    is_ptr(((PyTypeObject *)type)->tp_base, &PyBaseObject_Type, "an empty tuple of bases stands for object");
    Py_XDECREF(type);
    spec.basicsize = 24;
    is_ptr(PyType_FromSpecWithBases(&spec, (PyObject *)&PyBytes_Type), NULL, "a type smaller than bytes");
    raises(PyExc_TypeError, "tp_basicsize for type 'm.T' (24) is too small for base 'bytes' (33)",
           "the error for bytes");
    is_ptr(PyType_FromSpecWithBases(&spec, (PyObject *)&PyDict_Type), NULL, "a type smaller than dict");
    raises(PyExc_TypeError, "tp_basicsize for type 'm.T' (24) is too small for base 'dict' (48)", "the error for dict");
    spec.basicsize = 0;
    spec.flags = Py_TPFLAGS_IMMUTABLETYPE;
    is_ptr(PyType_FromSpecWithBases(&spec, text), NULL, "an immutable type from a text");
    raises(PyExc_TypeError, "bases must be types", "the error for a base that is a text");
    spec.flags = 0;
    type = PyType_FromModuleAndSpec(text, &spec, NULL);
    is_ptr(PyType_GetModuleState((PyTypeObject *)type), NULL, "the state of a module that is a text");
    raises(PyExc_SystemError, "PyType_GetModuleState: bad argument to internal function", "the error for a text");
    Py_XDECREF(type);
    Py_DECREF(text);
    Py_DECREF(empty);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_null);
    RUN(test_specs);
    return TAP_END();
}
