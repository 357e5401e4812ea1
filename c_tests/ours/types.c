/* Types: bad input that would crash CPython, and differences of types that docs/deviations.md lists. */
#include "../tap.h"

#define HEAD PyVarObject_HEAD_INIT(NULL, 0)

static PyTypeObject Type = {HEAD.tp_name = "Type", .tp_basicsize = sizeof(PyObject), .tp_new = PyType_GenericNew};
static PyMethodDef definition = {"method", NULL, METH_NOARGS, NULL};
static PyMemberDef member = {"member", 1, 8, 1, NULL};
static PyGetSetDef getset = {"getset", NULL, NULL, NULL, NULL};

#define REFUSES(CALL, FUNCTION)                                                                             \
    do {                                                                                                    \
        ok(!(CALL), "%s fails", #CALL);                                                                     \
        raises(PyExc_SystemError, FUNCTION " called with a NULL argument", "%s names the function", #CALL); \
    } while (0)

static void
test_null(void)
{
    REFUSES(PyType_Ready(NULL) == 0, "PyType_Ready");
    REFUSES(PyType_GetSlot(NULL, 66), "PyType_GetSlot");
    REFUSES(PyType_GenericAlloc(NULL, 0), "PyType_GenericAlloc");
    REFUSES(PyType_GenericNew(NULL, NULL, NULL), "PyType_GenericNew");
    REFUSES(_PyType_Lookup(NULL, Py_None), "_PyType_Lookup");
    REFUSES(_PyType_Lookup(&Type, NULL), "_PyType_Lookup");
    REFUSES(_PyType_LookupRef(NULL, Py_None), "_PyType_LookupRef");
    REFUSES(PyDescr_NewMethod(NULL, &definition), "PyDescr_NewMethod");
    REFUSES(PyDescr_NewMethod(&Type, NULL), "PyDescr_NewMethod");
    REFUSES(PyDescr_NewClassMethod(NULL, &definition), "PyDescr_NewClassMethod");
    REFUSES(PyDescr_NewClassMethod(&Type, NULL), "PyDescr_NewClassMethod");
    REFUSES(PyDescr_NewMember(NULL, &member), "PyDescr_NewMember");
    REFUSES(PyDescr_NewMember(&Type, NULL), "PyDescr_NewMember");
    REFUSES(PyDescr_NewGetSet(NULL, &getset), "PyDescr_NewGetSet");
    REFUSES(PyDescr_NewGetSet(&Type, NULL), "PyDescr_NewGetSet");
    REFUSES(PyDescr_NewWrapper(NULL, NULL, NULL), "PyDescr_NewWrapper");
    REFUSES(PyWrapper_New(NULL, Py_None), "PyWrapper_New");
    REFUSES(PyMember_GetOne(NULL, &member), "PyMember_GetOne");
    REFUSES(PyMember_SetOne(NULL, &member, Py_None) == 0, "PyMember_SetOne");
    REFUSES(PyDictProxy_New(NULL), "PyDictProxy_New");
    PyType_Modified(NULL);
    no_error("PyType_Modified of NULL does nothing");
    is_int(PyDescr_IsData(NULL), 0, "NULL is no data descriptor");
    is_int(PyUnstable_Type_AssignVersionTag(NULL), 0, "NULL gets no version tag");
    ok(PyWrapper_New(Py_None, Py_None) == NULL, "PyWrapper_New of an object that is no slot wrapper fails");
    raises(PyExc_SystemError, "PyWrapper_New: bad argument to internal function",
           "PyWrapper_New of an object that is no slot wrapper names the function");
}

static void
is_refused(PyObject *o, const char *method, const char *message)
{
    PyObject *bound = PyObject_GetAttrString(o, method);
    ok(PyObject_CallNoArgs(bound) == NULL, "%s is refused", method);
    raises(PyExc_NotImplementedError, message, "%s says that it is not supported", method);
    Py_DECREF(bound);
}

static Py_hash_t chosen_hash;

static Py_hash_t
own_hash(PyObject *self)
{
    (void)self;
    return chosen_hash;
}

static PyTypeObject Hashed = {HEAD.tp_name = "Hashed", .tp_basicsize = sizeof(PyObject), .tp_new = PyType_GenericNew,
                              .tp_hash = own_hash};

/* CPython gives the -1, which stands for an error. */
static void
test_hash_of_alias(void)
{
    PyObject *origin = PyType_GenericNew(&Hashed, NULL, NULL), *arguments = PyTuple_Pack(1, Py_None);
    PyObject *alias = Py_GenericAlias(origin, arguments);
    chosen_hash = ~PyObject_Hash(arguments);
    is_int(PyObject_Hash(alias), -2, "the hash of an alias is -2 instead of -1");
    Py_DECREF(alias);
    Py_DECREF(arguments);
    Py_DECREF(origin);
}

static void
test_deviations(void)
{
    PyObject *o = PyType_GenericNew(&Type, NULL, NULL), *wrapper, *doc, *list;
    is_refused(o, "__reduce__", "object.__reduce__ needs the module copyreg, and is not supported by pycapsule");
    wrapper = PyObject_GetAttrString((PyObject *)&PyLong_Type, "__repr__");
    doc = PyObject_GetAttrString(wrapper, "__doc__");
    is_str(PyUnicode_AsUTF8(doc), "Calls the slot tp_repr.", "the documentation of a slot wrapper names the slot");
    list = PyObject_GetAttrString((PyObject *)&PyLong_Type, "__subclasses__");
    Py_SETREF(list, PyObject_CallNoArgs(list));
    is_int(PyList_Size(list), 0, "__subclasses__ of a built-in type does not list built-in types");
    Py_DECREF(list);
    Py_DECREF(doc);
    Py_DECREF(wrapper);
    Py_DECREF(o);
}

int
main(void)
{
    TAP_BEGIN();
    PyType_Ready(&Type);
    PyType_Ready(&Hashed);
    RUN(test_null);
    RUN(test_hash_of_alias);
    RUN(test_deviations);
    return TAP_END();
}
