/* Questions about types made from specs: their module, the state of it, the module of a base, the base with a token, their names,
 * their own part of an instance, the items at its end, and PyType_Freeze. */
#include "outcome.h"

static PyType_Slot no_slots[] = {{0, NULL}};
static PyModuleDef with_state = {PyModuleDef_HEAD_INIT, "state", NULL, 16, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef without_state = {PyModuleDef_HEAD_INIT, "nostate", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef unused = {PyModuleDef_HEAD_INIT, "unused", NULL, 0, NULL, NULL, NULL, NULL, NULL};

static PyTypeObject *
as_type(PyObject *o)
{
    return (PyTypeObject *)o;
}

static PyObject *
make(const char *name, PyObject *module, PyObject *bases, PyType_Slot *slots, unsigned int flags)
{
    PyType_Spec spec = {NULL, 0, 0, 0, NULL};
    spec.name = name;
    spec.flags = Py_TPFLAGS_BASETYPE | flags;
    spec.slots = slots;
    return PyType_FromModuleAndSpec(module, &spec, bases);
}

static PyObject *
make_in_python(const char *name, PyObject *base)
{
    PyObject *bases = PyTuple_Pack(1, base), *dict = PyDict_New(), *text = PyUnicode_FromString(name);
    PyObject *type = PyObject_CallFunctionObjArgs((PyObject *)&PyType_Type, text, bases, dict, NULL);
    Py_DECREF(text);
    Py_DECREF(bases);
    Py_DECREF(dict);
    return type;
}

static void
test_modules(void)
{
    PyObject *module = PyModule_Create(&with_state), *other = PyModule_Create(&without_state);
    PyObject *type = make("state.T", module, NULL, no_slots, 0), *plain = make("m.T", NULL, NULL, no_slots, 0);
    PyObject *stateless = make("nostate.T", other, NULL, no_slots, 0);
    PyObject *derived = make_in_python("D", type), *further = make("nostate.F", other, derived, no_slots, 0);
    PyObject *text = PyUnicode_FromString("no module"), *odd = make("m.Odd", text, NULL, no_slots, 0);

    is_ptr(PyType_GetModule(as_type(type)), module, "PyType_GetModule");
    is_ptr(PyType_GetModuleState(as_type(type)), PyModule_GetState(module), "PyType_GetModuleState");
    is_ptr(PyType_GetModuleState(as_type(stateless)), NULL, "a module without a state has none");
    no_error("a module without a state is no error");
    is_ptr(PyType_GetModule(as_type(plain)), NULL, "a type without a module");
    raises(PyExc_TypeError, "PyType_GetModule: Type 'm.T' has no associated module", "the message for no module");
    is_ptr(PyType_GetModuleState(as_type(plain)), NULL, "the state without a module");
    raises(PyExc_TypeError, "PyType_GetModule: Type 'm.T' has no associated module", "the message for no state");
    is_ptr(PyType_GetModule(&PyLong_Type), NULL, "a static type");
    raises(PyExc_TypeError, "PyType_GetModule: Type 'int' is not a heap type", "the message for a static type");
    is_ptr(PyType_GetModule(as_type(derived)), NULL, "a class made from it has no module of its own");
    raises(PyExc_TypeError, "PyType_GetModule: Type 'D' has no associated module", "the message for a class");
    is_ptr(PyType_GetModule(as_type(odd)), text, "any object can be the module");

    is_ptr(PyType_GetModuleByDef(as_type(type), &with_state), module, "PyType_GetModuleByDef of the type itself");
    is_ptr(PyType_GetModuleByDef(as_type(derived), &with_state), module,
           "PyType_GetModuleByDef of a class made from it");
    is_ptr(PyType_GetModuleByDef(as_type(further), &with_state), module, "PyType_GetModuleByDef past another module");
    is_ptr(PyType_GetModuleByDef(as_type(further), &without_state), other, "PyType_GetModuleByDef of the nearest");
    is_ptr(PyType_GetModuleByDef(as_type(further), &unused), NULL, "PyType_GetModuleByDef of an unknown definition");
    raises(PyExc_TypeError, "PyType_GetModuleByDef: No superclass of 'nostate.F' has the given module",
           "the message for an unknown definition");
    is_ptr(PyType_GetModuleByDef(&PyLong_Type, &with_state), NULL, "PyType_GetModuleByDef of a static type");
    raises(PyExc_TypeError, "PyType_GetModuleByDef: No superclass of 'int' has the given module",
           "the message for a static type's definition");
    Py_XDECREF(odd);
    Py_XDECREF(text);
    Py_XDECREF(further);
    Py_XDECREF(derived);
    Py_XDECREF(stateless);
    Py_XDECREF(plain);
    Py_XDECREF(type);
    Py_DECREF(other);
    Py_DECREF(module);
}

static void
test_tokens(void)
{
    static int token, other;
    PyType_Slot slots[] = {{Py_tp_token, &token}, {0, NULL}}, own_slots[] = {{Py_tp_token, Py_TP_USE_SPEC}, {0, NULL}};
    PyType_Spec own_spec = {"m.Own", 0, 0, Py_TPFLAGS_BASETYPE, own_slots};
    PyObject *type = make("m.Token", NULL, NULL, slots, 0), *derived = make_in_python("D", type);
    PyObject *own = PyType_FromSpec(&own_spec);
    PyTypeObject *found;

    is_int(PyType_GetBaseByToken(as_type(type), &token, &found), 1, "the type with the token itself");
    is_ptr(found, type, "the type is handed out");
    Py_XDECREF((PyObject *)found);
    is_int(PyType_GetBaseByToken(as_type(derived), &token, &found), 1, "a class made from the type with the token");
    is_ptr(found, type, "the base with the token is handed out");
    Py_XDECREF((PyObject *)found);
    is_int(PyType_GetBaseByToken(as_type(derived), &token, NULL), 1, "a token without a place for the result");
    found = as_type(type);
    is_int(PyType_GetBaseByToken(as_type(derived), &other, &found), 0, "an unknown token");
    is_ptr(found, NULL, "the result for an unknown token");
    found = as_type(type);
    is_int(PyType_GetBaseByToken(&PyLong_Type, &token, &found), 0, "a static type has no token");
    is_ptr(found, NULL, "the result for a static type");
    found = as_type(type);
    is_int(PyType_GetBaseByToken(as_type(type), NULL, &found), -1, "NULL is no token");
    raises(PyExc_SystemError, "PyType_GetBaseByToken called with token=NULL", "the message for a NULL token");
    is_ptr(found, NULL, "the result for a NULL token");
    found = as_type(type);
    is_int(PyType_GetBaseByToken((PyTypeObject *)Py_None, &token, &found), -1, "None is no type");
    raises(PyExc_TypeError, "expected a type, got a 'NoneType' object", "the message for None");
    is_int(PyType_GetBaseByToken(as_type(own), &own_spec, NULL), 1, "Py_TP_USE_SPEC is the address of the spec");
    is_ptr(PyType_GetSlot(as_type(type), Py_tp_token), &token, "PyType_GetSlot gives the token");
    is_ptr(PyType_GetSlot(as_type(derived), Py_tp_token), NULL, "a token is not inherited");
    is_ptr(PyType_GetSlot(&PyLong_Type, Py_tp_token), NULL, "a static type has no token to give");
    Py_XDECREF(own);
    Py_XDECREF(derived);
    Py_XDECREF(type);
}

static void
test_data(void)
{
    PyType_Spec spec = {"m.Data", -24, 0, Py_TPFLAGS_BASETYPE, no_slots};
    PyType_Spec items_spec = {"m.Items", 32, 8, Py_TPFLAGS_BASETYPE | Py_TPFLAGS_ITEMS_AT_END, no_slots};
    PyObject *type = PyType_FromSpecWithBases(&spec, (PyObject *)&PyFloat_Type), *o = PyObject_CallNoArgs(type);
    PyObject *items = PyType_FromSpec(&items_spec), *array = PyType_GenericAlloc(as_type(items), 3);

    is_int((char *)PyObject_GetTypeData(o, as_type(type)) - (char *)o, 32,
           "PyObject_GetTypeData is after the base's part");
    is_int((char *)PyObject_GetTypeData(o, &PyFloat_Type) - (char *)o, 16, "PyObject_GetTypeData of the base");
    is_int(PyType_GetTypeDataSize(as_type(type)), 32, "PyType_GetTypeDataSize is rounded up");
    is_ptr(PyObject_GetItemData(o), NULL, "PyObject_GetItemData without items at the end");
    raises(PyExc_TypeError, "type 'm.Data' does not have Py_TPFLAGS_ITEMS_AT_END", "the message for no items");
    is_int((char *)PyObject_GetItemData(array) - (char *)array, 32, "PyObject_GetItemData is at the basic size");
    is_int(Py_SIZE(array), 3, "PyType_GenericAlloc counts the items");
    is_int((char *)PyObject_GetItemData(type) - (char *)type, 936, "PyObject_GetItemData of a class: its members");
    Py_XDECREF(array);
    Py_XDECREF(items);
    Py_XDECREF(o);
    Py_XDECREF(type);
}

static void
test_freeze(void)
{
    PyObject *type = make("m.T", NULL, NULL, no_slots, 0), *derived = make_in_python("D", type);

    is_int(PyObject_SetAttrString(type, "x", Py_None), 0, "a type can be changed at first");
    is_int(PyType_Freeze(as_type(derived)), -1, "a type with a mutable base can't be frozen");
    raises(PyExc_TypeError, "Creating immutable type D from mutable base m.T", "the message for a mutable base");
    is_int(PyType_Freeze(as_type(type)), 0, "PyType_Freeze");
    is_int((as_type(type)->tp_flags & Py_TPFLAGS_IMMUTABLETYPE) != 0, 1, "the type is immutable");
    is_int(PyObject_SetAttrString(type, "y", Py_None), -1, "a frozen type can't be changed");
    raises(PyExc_TypeError, "cannot set 'y' attribute of immutable type 'm.T'", "the message for a frozen type");
    is_int(PyObject_SetAttrString(type, "__name__", Py_None), -1, "a frozen type can't be renamed");
    raises(PyExc_TypeError, "cannot set '__name__' attribute of immutable type 'm.T'", "the message for its name");
    is_int(PyType_Freeze(as_type(type)), 0, "PyType_Freeze twice");
    is_int(PyType_Freeze(as_type(derived)), 0, "a class made from a frozen class can be frozen");
    is_int(PyType_Freeze(&PyLong_Type), 0, "PyType_Freeze of a static type");
    Py_XDECREF(derived);
    Py_XDECREF(type);
}

static PyObject *
says_yes(PyObject *self, PyObject *arguments)
{
    (void)self;
    return PyUnicode_FromFormat("%S", arguments);
}

static PyObject *
fails(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_KeyError, "no");
    return NULL;
}

/* The hooks of metaclasses, and objects with __bases__ that stand for classes. */
static void
test_checks(void)
{
    static PyMethodDef yes[] = {{"__instancecheck__", says_yes, METH_O, NULL},
                                {"__subclasscheck__", says_yes, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};
    static PyMethodDef no[] = {
        {"__instancecheck__", fails, METH_O, NULL}, {"__subclasscheck__", fails, METH_O, NULL}, {NULL, NULL, 0, NULL}};
    PyType_Slot yes_slots[] = {{Py_tp_methods, yes}, {0, NULL}}, no_slots_[] = {{Py_tp_methods, no}, {0, NULL}};
    PyObject *type = (PyObject *)&PyType_Type, *object = (PyObject *)&PyBaseObject_Type;
    PyObject *yes_meta = make("m.Yes", NULL, type, yes_slots, 0), *no_meta = make("m.No", NULL, type, no_slots_, 0);
    PyObject *plain_meta = make("m.Plain", NULL, type, no_slots, 0);
    PyObject *empty = PyTuple_New(0), *dict = PyDict_New(), *name = PyUnicode_FromString("C"),
             *one = PyLong_FromLong(1);
    PyObject *yes_class = PyObject_CallFunctionObjArgs(yes_meta, name, empty, dict, NULL);
    PyObject *no_class = PyObject_CallFunctionObjArgs(no_meta, name, empty, dict, NULL);
    PyObject *plain_class = PyObject_CallFunctionObjArgs(plain_meta, name, empty, dict, NULL);
    PyObject *stand_in_class = PyObject_CallFunctionObjArgs(type, name, empty, dict, NULL);
    PyObject *a = PyObject_CallNoArgs(stand_in_class), *b = PyObject_CallNoArgs(stand_in_class);
    PyObject *c = PyObject_CallNoArgs(stand_in_class), *d = PyObject_CallNoArgs(stand_in_class);
    PyObject *with_hook = PyTuple_Pack(2, plain_class, yes_class), *bases;
    PyObject *inner = PyTuple_Pack(1, &PyLong_Type), *nested = PyTuple_Pack(1, inner);
    const struct {
        const char *about;
        PyObject *first;
        PyObject *second;
        const char *want_instance;
        const char *want_subclass;
    } rows[] = {
        {"a class of type", one, object, "1", "TypeError: issubclass() arg 1 must be a class"},
        {"a hook that says yes", one, yes_class, "1", "1"},
        {"a hook that fails", one, no_class, "KeyError: 'no'", "KeyError: 'no'"},
        {"a metaclass without hooks", one, plain_class, "0", "TypeError: issubclass() arg 1 must be a class"},
        {"a tuple with a hook", one, with_hook, "1", "TypeError: issubclass() arg 1 must be a class"},
        {"a tuple in a tuple", one, nested, "1", "TypeError: issubclass() arg 1 must be a class"},
        {"an empty tuple", one, empty, "0", "0"},
        {"an int", one, one, "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union",
         "TypeError: issubclass() arg 1 must be a class"},
        {"a class and an int", object, one,
         "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union",
         "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union"},
        {"bool and int", (PyObject *)&PyBool_Type, (PyObject *)&PyLong_Type, "0", "1"},
        {"an object with bases and itself", a, a, "0", "1"},
        {"an object with a base", a, b, "0", "1"},
        {"an object with a base of a base", a, d, "0", "1"},
        {"an object that is no base", b, a, "0", "0"},
        {"an object with bases and a class", a, object, "1", "0"},
        {"a class and an object with bases", object, a, "0", "0"},
    };
    size_t i;

    bases = PyTuple_Pack(1, b);
    PyObject_SetAttrString(a, "__bases__", bases);
    Py_DECREF(bases);
    bases = PyTuple_Pack(2, c, d);
    PyObject_SetAttrString(b, "__bases__", bases);
    Py_DECREF(bases);
    PyObject_SetAttrString(c, "__bases__", empty);
    PyObject_SetAttrString(d, "__bases__", empty);
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        is_str(outcome_int(PyObject_IsInstance(rows[i].first, rows[i].second)), rows[i].want_instance,
               "PyObject_IsInstance: %s", rows[i].about);
        is_str(outcome_int(PyObject_IsSubclass(rows[i].first, rows[i].second)), rows[i].want_subclass,
               "PyObject_IsSubclass: %s", rows[i].about);
    }
    no_error("the questions leave no error");
    Py_DECREF(nested);
    Py_DECREF(inner);
    Py_DECREF(with_hook);
    Py_DECREF(d);
    Py_DECREF(c);
    Py_DECREF(b);
    Py_DECREF(a);
    Py_DECREF(stand_in_class);
    Py_DECREF(plain_class);
    Py_DECREF(no_class);
    Py_DECREF(yes_class);
    Py_DECREF(one);
    Py_DECREF(name);
    Py_DECREF(dict);
    Py_DECREF(empty);
    Py_DECREF(plain_meta);
    Py_DECREF(no_meta);
    Py_DECREF(yes_meta);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_modules);
    RUN(test_tokens);
    RUN(test_data);
    RUN(test_freeze);
    RUN(test_checks);
    return TAP_END();
}
