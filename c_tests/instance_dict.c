/* Dicts of instances: at a positive offset, at a negative one after the items, and managed, before the object.  The functions
 * that find, get, set, visit and clear them, and the generic attribute access that reads and writes them. */
#include "checks.h"
#include <stddef.h>

/* Exported by CPython, but declared only in its internal headers. */
#ifdef __cplusplus
extern "C" {
#endif
PyObject *_PyObject_GenericGetAttrWithDict(PyObject *, PyObject *, PyObject *, int);
int _PyObject_GenericSetAttrWithDict(PyObject *, PyObject *, PyObject *, PyObject *);
#ifdef __cplusplus
}
#endif

#if PY_VERSION_HEX < 0x030d0000
#define HAS_MANAGED 0
#else
#define HAS_MANAGED 1
#endif

typedef struct {
    PyObject_HEAD
    PyObject *dict;
} Fixed;

typedef struct {
    PyObject_VAR_HEAD
    long items[1];
} Items;

static PyGetSetDef dict_getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static int
visit_fixed(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Fixed *)self)->dict);
    return 0;
}

static int
clear_fixed(PyObject *self)
{
    Py_CLEAR(((Fixed *)self)->dict);
    return 0;
}

static void
end_fixed(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    clear_fixed(self);
    PyObject_GC_Del(self);
}

static void
end_items(PyObject *self)
{
    PyObject **dict = _PyObject_GetDictPtr(self);
    Py_CLEAR(*dict);
    PyObject_Free(self);
}

static void
end_plain(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject fixed_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "dicts.Fixed",
    .tp_basicsize = sizeof(Fixed),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dictoffset = offsetof(Fixed, dict),
    .tp_traverse = visit_fixed,
    .tp_clear = clear_fixed,
    .tp_dealloc = end_fixed,
    .tp_getset = dict_getset,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
};

static PyTypeObject items_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "dicts.Items",
    .tp_basicsize = offsetof(Items, items) + sizeof(PyObject *),
    .tp_itemsize = sizeof(short),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dictoffset = -(Py_ssize_t)sizeof(PyObject *),
    .tp_dealloc = end_items,
    .tp_getset = dict_getset,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
};

static PyTypeObject plain_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "dicts.Plain",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = end_plain,
    .tp_getset = dict_getset,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
};

static void
test_ready(void)
{
    is_int(PyType_Ready(&fixed_type), 0, "a type with a dict at a positive offset is ready");
    is_int(PyType_Ready(&items_type), 0, "a type with a dict at a negative offset is ready");
    is_int(PyType_Ready(&plain_type), 0, "a type without a place for a dict is ready");
}

static PyObject *
new_fixed(void)
{
    Fixed *o = PyObject_GC_New(Fixed, &fixed_type);
    o->dict = NULL;
    PyObject_GC_Track((PyObject *)o);
    return (PyObject *)o;
}

static PyObject *
new_items(Py_ssize_t count)
{
    PyVarObject *o = PyObject_NewVar(PyVarObject, &items_type, count);
    *_PyObject_GetDictPtr((PyObject *)o) = NULL;
    return (PyObject *)o;
}

static void
test_places(void)
{
    PyObject *fixed = new_fixed();
    is_ptr(_PyObject_GetDictPtr(fixed), &((Fixed *)fixed)->dict, "a positive offset is the place of the dict");
    is_ptr(*_PyObject_GetDictPtr(fixed), NULL, "asking for the place makes no dict");
    for (Py_ssize_t count = 0; count < 9; count++) {
        PyObject *items = new_items(count);
        char *end =
            (char *)items + (sizeof(PyVarObject) + sizeof(PyObject *) + (size_t)count * sizeof(short) + 7) / 8 * 8;
        is_ptr(_PyObject_GetDictPtr(items), end - sizeof(PyObject *),
               "a negative offset counts from the end of %zd items", count);
        Py_SET_SIZE((PyVarObject *)items, -count);
        is_ptr(_PyObject_GetDictPtr(items), end - sizeof(PyObject *), "the sign of the size -%zd is ignored", count);
        Py_DECREF(items);
    }
    PyObject *plain = (PyObject *)PyObject_New(PyObject, &plain_type);
    is_ptr(_PyObject_GetDictPtr(plain), NULL, "a type without an offset has no place for a dict");
    is_ptr(_PyObject_GetDictPtr(Py_None), NULL, "None has no place for a dict");
    Py_DECREF(plain);
    Py_DECREF(fixed);
}

static void
check_attributes(PyObject *o, const char *what)
{
    PyObject *value = PyUnicode_FromString("value of an attribute");
    Py_ssize_t before = Py_REFCNT(value);
    is_int(PyObject_HasAttrString(o, "name"), 0, "%s: there is no attribute at first", what);
    is_int(PyObject_SetAttrString(o, "name", NULL), -1, "%s: a missing attribute is not deleted", what);
    char message[100];
    snprintf(message, sizeof(message), "'%s' object has no attribute 'name'", Py_TYPE(o)->tp_name);
    raises(PyExc_AttributeError, message, "%s: deleting a missing attribute", what);
    is_int(PyObject_SetAttrString(o, "name", value), 0, "%s: an attribute is set", what);
    is_int(Py_REFCNT(value), before + 1, "%s: the dict has a reference to the value", what);
    PyObject *got = PyObject_GetAttrString(o, "name");
    is_ptr(got, value, "%s: an attribute is got", what);
    Py_XDECREF(got);
    PyObject *dict = PyObject_GenericGetDict(o, NULL);
    ok(dict != NULL && PyDict_Check(dict), "%s: __dict__ is a dict", what);
    is_ptr(PyDict_GetItemString(dict, "name"), value, "%s: __dict__ has the attribute", what);
    PyObject *again = PyObject_GetAttrString(o, "__dict__");
    is_ptr(again, dict, "%s: the attribute __dict__ is the same dict", what);
    Py_XDECREF(again);
    is_int(PyDict_SetItemString(dict, "other", Py_None), 0, "%s: __dict__ can be changed", what);
    got = PyObject_GetAttrString(o, "other");
    is_ptr(got, Py_None, "%s: a change of __dict__ is an attribute", what);
    Py_XDECREF(got);
    is_int(PyObject_DelAttrString(o, "name"), 0, "%s: an attribute is deleted", what);
    is_int(Py_REFCNT(value), before, "%s: a deleted attribute drops the value", what);
    PyObject *mine = PyDict_New();
    PyDict_SetItemString(mine, "third", value);
    is_int(PyObject_SetAttrString(o, "__dict__", mine), 0, "%s: __dict__ is replaced", what);
    is_int(Py_REFCNT(dict), 1, "%s: the old __dict__ is dropped", what);
    got = PyObject_GetAttrString(o, "third");
    is_ptr(got, value, "%s: the attributes are those of the new __dict__", what);
    Py_XDECREF(got);
    is_int(PyObject_GenericSetDict(o, Py_None, NULL), -1, "%s: __dict__ has to be a dict", what);
    raises(PyExc_TypeError, "__dict__ must be set to a dictionary, not a 'NoneType'", "%s: __dict__ = None", what);
    is_int(PyObject_GenericSetDict(o, NULL, NULL), -1, "%s: __dict__ is not deleted", what);
    raises(PyExc_TypeError, "cannot delete __dict__", "%s: del __dict__", what);
    Py_DECREF(dict);
    Py_DECREF(mine);
    Py_DECREF(o);
    is_int(Py_REFCNT(value), before, "%s: the end of the object drops its attributes", what);
    Py_DECREF(value);
}

static void
test_attributes(void)
{
    check_attributes(new_fixed(), "a positive offset");
    check_attributes(new_items(0), "a negative offset, no items");
    check_attributes(new_items(5), "a negative offset, five items");
}

static void
test_without(void)
{
    PyObject *plain = (PyObject *)PyObject_New(PyObject, &plain_type), *dict = PyDict_New();
    is_ptr(PyObject_GenericGetDict(plain, NULL), NULL, "a type without a place has no __dict__");
    raises(PyExc_AttributeError, "This object has no __dict__", "PyObject_GenericGetDict without a place");
    is_int(PyObject_GenericSetDict(plain, dict, NULL), -1, "__dict__ is not set without a place");
    raises(PyExc_AttributeError, "This object has no __dict__", "PyObject_GenericSetDict without a place");
    is_int(PyObject_GenericSetDict(plain, NULL, NULL), -1, "__dict__ is not deleted without a place");
    raises(PyExc_TypeError, "cannot delete __dict__", "PyObject_GenericSetDict of NULL without a place");
    is_int(PyObject_GenericSetDict(plain, Py_None, NULL), -1, "__dict__ is not set to None without a place");
    raises(PyExc_TypeError, "__dict__ must be set to a dictionary, not a 'NoneType'",
           "PyObject_GenericSetDict of None without a place");
    is_int(PyObject_SetAttrString(plain, "x", dict), -1, "an attribute is not set without a place");
    raises(PyExc_AttributeError, "'dicts.Plain' object has no attribute 'x' and no __dict__ for setting new attributes",
           "setting an attribute without a place");
    Py_DECREF(dict);
    Py_DECREF(plain);
}

static void
test_with_dict(void)
{
    PyObject *o = new_fixed(), *dict = PyDict_New(), *name = PyUnicode_FromString("name");
    PyObject_SetAttr(o, name, Py_True);
    is_ptr(_PyObject_GenericGetAttrWithDict(o, name, dict, 0), NULL, "a dict takes the place of the object's own");
    raises(PyExc_AttributeError, "'dicts.Fixed' object has no attribute 'name'", "a name that the other dict lacks");
    is_ptr(_PyObject_GenericGetAttrWithDict(o, name, dict, 1), NULL, "a missing name can be no error");
    no_error("a missing name that is suppressed");
    is_int(_PyObject_GenericSetAttrWithDict(o, name, Py_False, dict), 0, "an attribute is set in the other dict");
    is_ptr(PyDict_GetItem(dict, name), Py_False, "the other dict has the attribute");
    PyObject *got = _PyObject_GenericGetAttrWithDict(o, name, dict, 0);
    is_ptr(got, Py_False, "an attribute is got from the other dict");
    Py_XDECREF(got);
    got = _PyObject_GenericGetAttrWithDict(o, name, NULL, 0);
    is_ptr(got, Py_True, "without a dict, the object's own is used");
    Py_XDECREF(got);
    is_int(_PyObject_GenericSetAttrWithDict(o, name, NULL, dict), 0, "an attribute is deleted from the other dict");
    is_int(_PyObject_GenericSetAttrWithDict(o, name, NULL, dict), -1, "a missing attribute is not deleted");
    raises(PyExc_AttributeError, "'dicts.Fixed' object has no attribute 'name'", "a name to delete that is missing");
    Py_DECREF(name);
    Py_DECREF(dict);
    Py_DECREF(o);
}

static void
test_cycle(void)
{
    PyObject *o = new_fixed(), *value = PyUnicode_FromString("held by a cycle");
    PyObject_SetAttrString(o, "me", o);
    PyObject_SetAttrString(o, "value", value);
    is_int(Py_REFCNT(value), 2, "the dict in a cycle has a reference");
    Py_DECREF(o);
    is_int(PyGC_Collect(), 2, "an object and its dict in a cycle are garbage");
    is_int(Py_REFCNT(value), 1, "the collection drops the attributes");
    Py_DECREF(value);
}

#if HAS_MANAGED
static int visited;

static int
count_visits(PyObject *o, void *arg)
{
    visited += o == *(PyObject **)arg;
    return *(PyObject **)arg == Py_None ? 7 : 0;
}

static int
visit_managed(PyObject *self, visitproc visit, void *arg)
{
    return PyObject_VisitManagedDict(self, visit, arg);
}

static int
clear_managed(PyObject *self)
{
    PyObject_ClearManagedDict(self);
    return 0;
}

static void
end_managed(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    PyObject_ClearManagedDict(self);
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static void
test_managed(void)
{
    PyType_Slot slots[] = {
        {Py_tp_traverse, SLOT(visit_managed)},
        {Py_tp_clear, SLOT(clear_managed)},
        {Py_tp_dealloc, SLOT(end_managed)},
        {Py_tp_getset, dict_getset},
        {0, NULL},
    };
    PyType_Spec spec = {"dicts.Managed", sizeof(PyObject) + 8, 0,
                        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT, slots};
    PyTypeObject *type = (PyTypeObject *)PyType_FromSpec(&spec);
    is_int(type->tp_dictoffset, -1, "the offset of managed dicts is -1");
    PyObject *o = type->tp_alloc(type, 0);
    PyObject **place = (PyObject **)o - 3;
    is_ptr(*place, NULL, "the managed dict is before the collector's head, and there is none at first");
    PyObject *none = Py_None;
    is_int(PyObject_VisitManagedDict(o, count_visits, &none), 0, "no managed dict is not visited");
    is_int(visited, 0, "the visitor was not called");
    is_ptr(_PyObject_GetDictPtr(o), place, "_PyObject_GetDictPtr finds the place of the managed dict");
    ok(*place != NULL && PyDict_Check(*place), "_PyObject_GetDictPtr makes the managed dict");
    PyObject_ClearManagedDict(o);
    PyObject_SetAttrString(o, "x", Py_True);
    ok(*place != NULL && PyDict_Check(*place), "setting an attribute makes the managed dict");
    PyObject *dict = *place;
    is_int(PyObject_VisitManagedDict(o, count_visits, &dict), 0, "the managed dict is visited");
    is_int(visited, 1, "the visitor was called with the dict");
    is_int(PyObject_VisitManagedDict(o, count_visits, &none), 7, "the result of the visitor is returned");
    PyObject_ClearManagedDict(o);
    is_ptr(*place, NULL, "the managed dict is cleared");
    PyObject_ClearManagedDict(o);
    is_ptr(*place, NULL, "a managed dict that is cleared can be cleared again");
    check_attributes(o, "a managed dict");
    PyObject *value = PyUnicode_FromString("held by a cycle");
    o = type->tp_alloc(type, 0);
    PyObject_SetAttrString(o, "me", o);
    PyObject_SetAttrString(o, "value", value);
    Py_DECREF(o);
    ok(PyGC_Collect() > 0, "an object that its managed dict refers to is garbage");
    is_int(Py_REFCNT(value), 1, "the collection drops the attributes in a managed dict");
    Py_DECREF(value);
    Py_DECREF(type);
}
#endif

int
main(void)
{
    TAP_BEGIN();
    RUN(test_ready);
    RUN(test_places);
    RUN(test_attributes);
    RUN(test_without);
    RUN(test_with_dict);
    RUN(test_cycle);
#if HAS_MANAGED
    RUN(test_managed);
#endif
    return TAP_END();
}
