/* The functions that the slots of classes have when several names, bases or slots have a say: CPython's rules, one test for each. */
#include "callables.h"

#include "compat.h"

static PyObject *
t_next(PyObject *o)
{
    (void)o;
    return PyLong_FromLong(1);
}

static int
t_assign(PyObject *o, Py_ssize_t index, PyObject *value)
{
    (void)o;
    (void)index;
    (void)value;
    return 0;
}

static PyObject *
t_getattr(PyObject *o, char *name)
{
    (void)o;
    return PyUnicode_FromFormat("old %s", name);
}

static PyObject *
t_repr(PyObject *o)
{
    (void)o;
    return PyUnicode_FromString("shown");
}

static PyObject *
t_raise(PyObject *o, PyObject *instance, PyObject *owner)
{
    (void)o;
    (void)instance;
    (void)owner;
    PyErr_SetString(PyExc_KeyError, "get");
    return NULL;
}

/* A class from a spec with one slot, or none for 0. */
static PyObject *
with_slot(int id, void *function, PyObject *bases)
{
    PyType_Slot slots[] = {{id, function}, {0, NULL}};
    PyType_Spec spec = {"m.T", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *made = PyType_FromSpecWithBases(&spec, bases);

    if (made == NULL) {
        fprintf(stderr, "# %s\n", error_text());
        exit(2);
    }
    return made;
}

#define SLOT(function) ((void *)(uintptr_t)(function))

/* A class made by type() from up to two bases. */
static PyObject *
class_from(PyObject *first, PyObject *second)
{
    PyObject *bases = first == NULL    ? PyTuple_New(0)
                      : second == NULL ? PyTuple_Pack(1, first)
                                       : PyTuple_Pack(2, first, second);
    PyObject *made = PyObject_CallFunction((PyObject *)&PyType_Type, "sO{}", "C", bases);

    if (made == NULL) {
        fprintf(stderr, "# %s\n", error_text());
        exit(2);
    }
    Py_DECREF(bases);
    return made;
}

/* tp_iternext of a class without __next__. */
static iternextfunc refuses;

static const char *
next_of(PyObject *kind)
{
    iternextfunc slot = ((PyTypeObject *)kind)->tp_iternext;

    return slot == NULL ? "none" : slot == t_next ? "own" : slot == refuses ? "refuses" : "dispatches";
}

/* Each class made by type() has a tp_iternext, and one that refuses is inherited like any other. */
static void
test_no_next(void)
{
    PyObject *plain = class_from(NULL, NULL), *next = with_slot(Py_tp_iternext, SLOT(t_next), NULL);
    PyObject *bases, *made, *o, *empty = with_slot(0, NULL, NULL);

    refuses = ((PyTypeObject *)plain)->tp_iternext;
    ok(refuses != NULL, "a class made by type() without __next__ has a tp_iternext");
    is_str(next_of(empty), "none", "tp_iternext of a class from a spec without the slot is NULL");
    o = PyObject_CallNoArgs(plain);
    is_int(PyIter_Check(o), 0, "an object whose tp_iternext refuses is no iterator");
    is_str(outcome(PyIter_Next(o)), "TypeError: 'C' object is not iterable",
           "PyIter_Next of an object whose tp_iternext refuses");
    Py_DECREF(o);

    bases = PyTuple_Pack(2, plain, next);
    made = with_slot(0, NULL, bases);
    is_str(next_of(made), "refuses", "a class from a spec inherits the refusal of its first base");
    Py_DECREF(made);
    Py_DECREF(bases);
    bases = PyTuple_Pack(2, next, plain);
    made = with_slot(0, NULL, bases);
    is_str(next_of(made), "own", "a class from a spec inherits tp_iternext of its first base");
    Py_DECREF(made);
    Py_DECREF(bases);

    made = class_from(plain, next);
    is_str(next_of(made), "own", "a class made by type() has tp_iternext of the base whose __next__ it finds");
    is_str(give(made, "__next__", new_show()), "done", "__next__ can be set");
    is_str(next_of(made), "dispatches", "a __next__ of the class itself fills tp_iternext by a dispatcher");
    give(made, "__next__", NULL);
    is_str(next_of(made), "own", "without its own __next__ the class has the function of the base again");
    Py_DECREF(made);
    Py_DECREF(plain);
    Py_DECREF(next);
    Py_DECREF(empty);
}

/* After an assignment to __bases__ slots are filled name by name, the slots of mappings before those of sequences. */
static void
test_bases(void)
{
    PyObject *old = class_from(NULL, NULL), *first = class_from(old, NULL), *source, *kind, *made, *bases;
    PyTypeObject *type;

    bases = PyTuple_Pack(1, old);
    source = with_slot(Py_sq_ass_item, SLOT(t_assign), bases);
    Py_DECREF(bases);
    bases = PyTuple_Pack(1, first);
    kind = with_slot(0, NULL, bases);
    Py_DECREF(bases);
    bases = PyTuple_Pack(1, source);
    is_int(PyObject_SetAttrString(kind, "__bases__", bases), 0, "a class can get another base");
    type = (PyTypeObject *)kind;
    ok(type->tp_as_sequence->sq_ass_item == t_assign, "sq_ass_item is that of the new base");
    ok(type->tp_as_mapping->mp_ass_subscript != NULL, "mp_ass_subscript calls __setitem__, which the new base has");
    ok(((PyTypeObject *)source)->tp_as_mapping->mp_ass_subscript == NULL,
       "mp_ass_subscript of the new base itself is NULL");
    Py_DECREF(bases);
    bases = PyTuple_Pack(1, kind);
    made = with_slot(0, NULL, bases);
    ok(((PyTypeObject *)made)->tp_as_sequence->sq_ass_item == t_assign,
       "a class from a spec inherits sq_ass_item that its base got by an assignment to __bases__");
    Py_DECREF(bases);
    Py_DECREF(made);
    made = class_from(source, NULL);
    ok(((PyTypeObject *)made)->tp_as_sequence->sq_ass_item == t_assign &&
           ((PyTypeObject *)made)->tp_as_mapping->mp_ass_subscript == NULL,
       "a class made by type() inherits sq_ass_item alone");
    is_str(give(made, "__setitem__", new_show()), "done", "__setitem__ can be set");
    ok(((PyTypeObject *)made)->tp_as_sequence->sq_ass_item != t_assign &&
           ((PyTypeObject *)made)->tp_as_mapping->mp_ass_subscript != NULL,
       "__setitem__ of the class itself fills both slots by dispatchers");
    Py_DECREF(made);
    Py_DECREF(kind);
    Py_DECREF(source);
    Py_DECREF(first);
    Py_DECREF(old);
}

/* tp_getattr and tp_setattr have names and no dispatcher, so that a class made by type() has neither. */
static void
test_old_getattr(void)
{
    PyObject *old = with_slot(Py_tp_getattr, SLOT(t_getattr), NULL), *made = class_from(old, NULL),
             *bases = PyTuple_Pack(1, old);
    PyObject *spec = with_slot(Py_tp_repr, SLOT(t_repr), bases), *o = PyObject_CallNoArgs(old);

    is_str(attribute_of(o, "x"), "'old x'", "an attribute of an object whose class has tp_getattr");
    Py_DECREF(o);
    ok(((PyTypeObject *)spec)->tp_getattr == t_getattr, "a class from a spec inherits tp_getattr");
    ok(((PyTypeObject *)made)->tp_getattr == NULL, "a class made by type() from a class with tp_getattr has none");
    ok(((PyTypeObject *)made)->tp_getattro == ((PyTypeObject *)&PyBaseObject_Type)->tp_getattro,
       "a class made by type() from a class with tp_getattr has tp_getattro of object");
    o = PyObject_CallNoArgs(made);
    is_str(attribute_of(o, "x"), "AttributeError: 'C' object has no attribute 'x'",
           "an attribute of an object whose class was made by type() from one with tp_getattr");
    Py_DECREF(o);
    Py_DECREF(bases);
    Py_DECREF(spec);
    Py_DECREF(made);
    Py_DECREF(old);
}

static PyObject *
equal(PyObject *a, PyObject *b)
{
    return PyObject_RichCompare(a, b, Py_EQ);
}
static PyObject *
less(PyObject *a, PyObject *b)
{
    return PyObject_RichCompare(a, b, Py_LT);
}
static PyObject *
truth(PyObject *o)
{
    int answer = PyObject_IsTrue(o);

    return answer < 0 ? NULL : PyBool_FromLong(answer);
}
static PyObject *
length(PyObject *o)
{
    Py_ssize_t answer = PyObject_Size(o);

    return answer < 0 ? NULL : PyLong_FromSsize_t(answer);
}
static PyObject *
hash(PyObject *o)
{
    Py_hash_t answer = PyObject_Hash(o);

    return answer == -1 ? NULL : PyLong_FromLong(1);
}
static PyObject *
contains(PyObject *o, PyObject *part)
{
    int answer = PySequence_Contains(o, part);

    return answer < 0 ? NULL : PyBool_FromLong(answer);
}
static PyObject *
delete_item(PyObject *o, PyObject *key)
{
    return PyObject_DelItem(o, key) < 0 ? NULL : Py_NewRef(Py_None);
}
static PyObject *
set_item(PyObject *o, PyObject *key)
{
    return PyObject_SetItem(o, key, key) < 0 ? NULL : Py_NewRef(Py_None);
}
static PyObject *
attribute(PyObject *o)
{
    return PyObject_GetAttrString(o, "x");
}
static PyObject *
set_attribute(PyObject *o)
{
    return PyObject_SetAttrString(o, "x", Py_None) < 0 ? NULL : Py_NewRef(Py_None);
}
static PyObject *
reflected(PyObject *o, PyObject *other)
{
    return PyNumber_Add(other, o);
}

/* An error of a descriptor that would give the method is the error of the operation. */
static void
test_errors(void)
{
    static const struct {
        const char *name;
        PyObject *(*one)(PyObject *);
        PyObject *(*two)(PyObject *, PyObject *);
    } rows[] = {
        {"__repr__", PyObject_Repr, NULL},
        {"__str__", PyObject_Str, NULL},
        {"__hash__", hash, NULL},
        {"__eq__", NULL, equal},
        {"__lt__", NULL, less},
        {"__call__", PyObject_CallNoArgs, NULL},
        {"__len__", length, NULL},
        {"__bool__", truth, NULL},
        {"__getitem__", NULL, PyObject_GetItem},
        {"__setitem__", NULL, set_item},
        {"__delitem__", NULL, delete_item},
        {"__contains__", NULL, contains},
        {"__iter__", PyObject_GetIter, NULL},
        {"__next__", PyIter_Next, NULL},
        {"__index__", PyNumber_Index, NULL},
        {"__int__", PyNumber_Long, NULL},
        {"__neg__", PyNumber_Negative, NULL},
        {"__add__", NULL, PyNumber_Add},
        {"__radd__", NULL, reflected},
        {"__iadd__", NULL, PyNumber_InPlaceAdd},
        {"__getattribute__", attribute, NULL},
        {"__getattr__", attribute, NULL},
        {"__setattr__", set_attribute, NULL},
    };
    PyObject *raises = with_slot(Py_tp_descr_get, SLOT(t_raise), NULL), *value = PyObject_CallNoArgs(raises);
    PyObject *one = PyLong_FromLong(1);
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *kind = class_from(NULL, NULL), *o = PyObject_CallNoArgs(kind);

        PyObject_SetAttrString(kind, rows[i].name, value);
        is_str(outcome(rows[i].one != NULL ? rows[i].one(o) : rows[i].two(o, one)), "KeyError: 'get'",
               "the error of a descriptor under %s", rows[i].name);
        Py_DECREF(o);
        Py_DECREF(kind);
    }
    Py_DECREF(one);
    Py_DECREF(value);
    Py_DECREF(raises);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_no_next);
    RUN(test_bases);
    RUN(test_old_getattr);
    RUN(test_errors);
    return TAP_END();
}
