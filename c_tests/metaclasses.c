/* Metaclasses: the order of look-up that they give, how they refuse a call that would leave them out, and how they make classes. */
#include "callables.h"

static PyObject *type = (PyObject *)&PyType_Type, *object = (PyObject *)&PyBaseObject_Type;

/* A class of `meta`, with one base or none, by the steps of a class statement. */
static PyObject *
class_of(PyObject *meta, const char *name, PyObject *base)
{
    PyObject *bases = base == NULL ? PyTuple_New(0) : PyTuple_Pack(1, base), *names = PyDict_New();
    PyObject *made = PyObject_CallFunction(meta, "sOO", name, bases, names);

    Py_DECREF(bases);
    Py_DECREF(names);
    return made;
}

static PyType_Slot no_slots[] = {{0, NULL}};
static PyType_Spec plain_spec = {"test.Plain", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, no_slots};

/* ---- an order with a class that is no base ---- */

static PyObject *foreign;

static PyObject *
order_with_foreign(PyObject *self, PyObject *unused)
{
    (void)unused;
    return PyTuple_Pack(3, self, foreign, object);
}

static void
test_foreign_ancestors(void)
{
    static PyMethodDef methods[] = {{"mro", order_with_foreign, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    static PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    static PyType_Spec spec = {"test.Order", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *bases = PyTuple_Pack(1, type), *meta = PyType_FromSpecWithBases(&spec, bases), *made;

    foreign = class_of(type, "Foreign", NULL);
    give(foreign, "x", number(1));
    made = class_of(meta, "Made", NULL);
    is_str(attribute_of(made, "__mro__"), "(<class 'Made'>, <class 'Foreign'>, <class 'object'>)",
           "mro of a metaclass gives the order of look-up");
    is_str(attribute_of(made, "x"), "1", "an attribute of a class that is no base is found");
    is_str(attribute_of(made, "x"), "1", "an attribute of a class that is no base is found again");
    give(foreign, "x", number(2));
    is_str(attribute_of(made, "x"), "2", "a change of a class that is no base is seen at once");
    give(foreign, "y", number(3));
    is_str(attribute_of(made, "y"), "3", "a new attribute of a class that is no base is seen at once");
    Py_DECREF(bases);
}

/* ---- a version of a class ---- */

static void
test_versions(void)
{
    PyObject *made = class_of(type, "Versioned", NULL);
    unsigned int before, after;

    attribute_of(made, "x");
    before = PyType_ClearCache();
    give(made, "x", number(1));
    attribute_of(made, "x");
    after = PyType_ClearCache();
    is_int(before > 1, 1, "PyType_ClearCache returns the last version that a class got");
    is_int(after > before, 1, "a class that changed gets a new version with the next look-up");
    is_str(attribute_of(made, "x"), "1", "an attribute is found after PyType_ClearCache");
    Py_DECREF(made);
}

/* ---- refused calls ---- */

static int
set_nothing(PyObject *self, PyObject *name, PyObject *value)
{
    (void)self;
    (void)name;
    (void)value;
    return 0;
}

/* The outcome of BASE.__setattr__(o, "x", 1), or of BASE.__delattr__(o, "x"). */
static const char *
set_by(PyObject *base, PyObject *o)
{
    return outcome(PyObject_CallMethod(base, "__setattr__", "Osi", o, "x", 1));
}

static const char *
delete_by(PyObject *base, PyObject *o)
{
    return outcome(PyObject_CallMethod(base, "__delattr__", "Os", o, "x"));
}

static void
test_refused_calls(void)
{
    static PyType_Slot own_slots[] = {{Py_tp_setattro, (void *)(size_t)set_nothing}, {0, NULL}};
    static PyType_Spec own_spec = {"test.Own", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, own_slots};
    PyObject *bases = PyTuple_Pack(1, type);
    PyObject *plain = PyType_FromSpecWithBases(&plain_spec, bases), *own = PyType_FromSpecWithBases(&own_spec, bases);
    PyObject *show = new_show(), *method = PyInstanceMethod_New(show), *by_method = class_of(type, "ByMethod", type);
    PyObject *below, *of_plain = class_of(plain, "P", NULL), *of_own = class_of(own, "O", NULL), *of_method, *of_below;
    PyObject *instance = PyObject_CallNoArgs(of_plain);

    PyObject_SetAttrString(by_method, "__setattr__", method);
    below = class_of(type, "Below", own);
    PyObject_SetAttrString(below, "__setattr__", method);
    of_method = class_of(by_method, "M", NULL);
    of_below = class_of(below, "B", NULL);
    is_str(set_by(type, of_plain), "None", "type.__setattr__ sets an attribute of a class of a plain metaclass");
    is_str(set_by(object, of_plain), "TypeError: can't apply this __setattr__ to test.Plain object",
           "object.__setattr__ is refused for a class");
    is_str(delete_by(type, of_plain), "None", "type.__delattr__ deletes an attribute of a class");
    is_str(delete_by(object, of_plain), "TypeError: can't apply this __delattr__ to test.Plain object",
           "object.__delattr__ is refused for a class");
    is_str(set_by(type, of_own), "TypeError: can't apply this __setattr__ to test.Own object",
           "type.__setattr__ is refused for a metaclass with a slot of its own");
    is_str(set_by(own, of_own), "None", "the slot's own wrapper is not refused");
    is_str(set_by(type, of_method), "None", "type.__setattr__ is not refused by a method of a metaclass");
    is_str(set_by(object, of_method), "TypeError: can't apply this __setattr__ to ByMethod object",
           "object.__setattr__ is refused for a metaclass with a method");
    is_str(set_by(own, of_below), "None", "the wrapper of the nearest slot is not refused below a method");
    is_str(set_by(type, of_below), "TypeError: can't apply this __setattr__ to Below object",
           "type.__setattr__ is refused below a method when a base of the metaclass has a slot of its own");
    is_str(set_by(object, instance), "None", "object.__setattr__ is not refused for an instance");
    is_str(set_by(object, (PyObject *)&PyLong_Type), "TypeError: can't apply this __setattr__ to type object",
           "object.__setattr__ is refused for a built-in class");
    Py_DECREF(instance);
    Py_DECREF(of_below);
    Py_DECREF(of_method);
    Py_DECREF(of_own);
    Py_DECREF(of_plain);
    Py_DECREF(below);
    Py_DECREF(by_method);
    Py_DECREF(method);
    Py_DECREF(show);
    Py_DECREF(own);
    Py_DECREF(plain);
    Py_DECREF(bases);
}

/* ---- the parts of a class ---- */

static void
test_parts(void)
{
    static PyType_Spec spec = {"test.NoNew", 0, 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, no_slots};
    PyObject *bases = PyTuple_Pack(1, type), *meta = PyType_FromSpecWithBases(&spec, bases);
    PyObject *plain = class_of(type, "Plain", NULL), *init = PyObject_GetAttrString(type, "__init__"), *of_no_new;
    PyObject *keywords = PyDict_New(), *two = PyTuple_Pack(2, plain, plain);

    is_str(outcome(class_of(meta, "Made", NULL)), "TypeError: cannot create 'test.NoNew' instances",
           "a metaclass without tp_new makes no classes");
    is_str(outcome(PyObject_Call(init, two, NULL)), "None", "type.__init__ takes one argument");
    is_str(outcome(PyObject_Call(init, two, keywords)), "None", "type.__init__ takes an empty dict of keywords");
    PyDict_SetItemString(keywords, "x", plain);
    is_str(outcome(PyObject_Call(init, two, keywords)), "TypeError: type.__init__() takes no keyword arguments",
           "type.__init__ takes no keywords with one argument");
    of_no_new = PyType_FromMetaclass((PyTypeObject *)meta, NULL, &plain_spec, NULL);
    is_str(shown(of_no_new), "<class 'test.Plain'>", "a description makes a class of a metaclass without tp_new");
    is_str(outcome(class_of(type, "Derived", of_no_new)), "TypeError: cannot create 'test.NoNew' instances",
           "a base whose metaclass has no tp_new refuses a class statement");
    Py_XDECREF(of_no_new);
    Py_DECREF(two);
    Py_DECREF(keywords);
    Py_DECREF(init);
    Py_DECREF(plain);
    Py_XDECREF(meta);
    Py_DECREF(bases);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_foreign_ancestors);
    RUN(test_versions);
    RUN(test_refused_calls);
    RUN(test_parts);
    return TAP_END();
}
