/* Subclasses of built-in types, made by type() and from specs: how an instance is made from arguments, what it is, which attributes
 * and references it has, and how it ends. */
#include "outcome.h"

#include <stdint.h>

static PyType_Slot no_slots[] = {{0, NULL}};

static PyObject *
call_type(const char *name, PyObject *base, const char *slot)
{
    PyObject *dict = PyDict_New(), *bases = PyTuple_Pack(1, base), *text = PyUnicode_FromString(name), *arguments,
             *type;

    if (slot != NULL) {
        PyObject *slots = slot[0] != '\0' ? PyUnicode_FromString(slot) : PyTuple_New(0);
        PyDict_SetItemString(dict, "__slots__", slots);
        Py_DECREF(slots);
    }
    arguments = PyTuple_Pack(3, text, bases, dict);
    type = PyObject_CallObject((PyObject *)&PyType_Type, arguments);
    Py_DECREF(arguments);
    Py_DECREF(text);
    Py_DECREF(bases);
    Py_DECREF(dict);
    return type;
}

static PyObject *
from_spec(PyObject *base, int basicsize)
{
    PyType_Spec spec = {"mod.S", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, no_slots};
    spec.basicsize = basicsize;
    return PyType_FromSpecWithBases(&spec, base);
}

static PyObject *
tuple_of(int count, PyObject *a, PyObject *b)
{
    return count == 0 ? PyTuple_New(0) : count == 1 ? PyTuple_Pack(1, a) : PyTuple_Pack(2, a, b);
}

struct row {
    PyTypeObject *base;
    PyObject *arguments;
};

static PyObject *
pairs(void)
{
    PyObject *pair = PyTuple_Pack(2, Py_None, Py_True), *list = PyList_New(0);
    PyList_Append(list, pair);
    Py_DECREF(pair);
    return list;
}

static int count_of_rows;
static struct row rows[64];

static void
add(PyTypeObject *base, int count, PyObject *a, PyObject *b)
{
    rows[count_of_rows].base = base;
    rows[count_of_rows++].arguments = tuple_of(count, a, b);
}

static void
make_rows(void)
{
    PyObject *one = PyLong_FromLong(1), *big = PyLong_FromUnsignedLongLong(0xfedcba9876543210ULL);
    PyObject *text = PyUnicode_FromString("text"),
             *wide = PyUnicode_FromString("t\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    PyObject *latin = PyUnicode_FromString("\xc3\xa4"), *digits = PyUnicode_FromString("12"),
             *bytes = PyBytes_FromString("ab");
    PyObject *half = PyFloat_FromDouble(0.5), *list = pairs(), *empty = PyTuple_New(0), *none = Py_None;
    PyObject *utf8 = PyUnicode_FromString("utf-8"), *bad = PyUnicode_FromString("x");

    add(&PyLong_Type, 0, NULL, NULL);
    add(&PyLong_Type, 1, one, NULL);
    add(&PyLong_Type, 1, big, NULL);
    add(&PyLong_Type, 1, half, NULL);
    add(&PyLong_Type, 1, digits, NULL);
    add(&PyLong_Type, 1, bad, NULL);
    add(&PyLong_Type, 1, none, NULL);
    add(&PyFloat_Type, 0, NULL, NULL);
    add(&PyFloat_Type, 1, one, NULL);
    add(&PyFloat_Type, 1, half, NULL);
    add(&PyFloat_Type, 1, digits, NULL);
    add(&PyFloat_Type, 1, bad, NULL);
    add(&PyUnicode_Type, 0, NULL, NULL);
    add(&PyUnicode_Type, 1, text, NULL);
    add(&PyUnicode_Type, 1, latin, NULL);
    add(&PyUnicode_Type, 1, wide, NULL);
    add(&PyUnicode_Type, 1, one, NULL);
    add(&PyUnicode_Type, 2, bytes, utf8);
    add(&PyUnicode_Type, 2, text, utf8);
    add(&PyBytes_Type, 0, NULL, NULL);
    add(&PyBytes_Type, 1, bytes, NULL);
    add(&PyBytes_Type, 2, wide, utf8);
    add(&PyBytes_Type, 1, text, NULL);
    add(&PyTuple_Type, 0, NULL, NULL);
    add(&PyTuple_Type, 1, list, NULL);
    add(&PyTuple_Type, 1, empty, NULL);
    add(&PyTuple_Type, 1, text, NULL);
    add(&PyTuple_Type, 1, one, NULL);
    add(&PyList_Type, 0, NULL, NULL);
    add(&PyList_Type, 1, text, NULL);
    add(&PyList_Type, 1, one, NULL);
    add(&PyDict_Type, 0, NULL, NULL);
    add(&PyDict_Type, 1, list, NULL);
    add(&PyDict_Type, 1, one, NULL);
    add((PyTypeObject *)PyExc_ValueError, 0, NULL, NULL);
    add((PyTypeObject *)PyExc_ValueError, 2, one, text);
    add((PyTypeObject *)PyExc_OSError, 2, one, text);
    add((PyTypeObject *)PyExc_KeyError, 1, text, NULL);
    add(&PyModule_Type, 1, text, NULL);
    add(&PyModule_Type, 0, NULL, NULL);
    add(&PyBaseObject_Type, 0, NULL, NULL);
    add(&PyBaseObject_Type, 1, one, NULL);
}

/* Prints all that a call of a class gives, which must be the same for both libraries. */
static void
show(const char *how, PyObject *type, const struct row *row)
{
    PyObject *o = PyObject_CallObject(type, row->arguments), *plain, *other;
    const char *base = row->base->tp_name;
    Py_ssize_t references = Py_REFCNT(type);

    printf("# %s of %s(%s): ", how, base, shown(row->arguments));
    if (o == NULL) {
        printf("%s\n", error_text());
        return;
    }
    /* The repr of a plain object has an address. */
    printf("%s", row->base == &PyBaseObject_Type ? "an object" : shown(o));
    plain = PyObject_CallObject((PyObject *)row->base, row->arguments);
    if (plain != NULL) {
        printf(" equal %d %d", PyObject_RichCompareBool(o, plain, Py_EQ), PyObject_RichCompareBool(plain, o, Py_EQ));
        printf(" true %d", PyObject_IsTrue(o));
        if (Py_TYPE(plain)->tp_hash != PyObject_HashNotImplemented && PyObject_Hash(plain) == PyObject_Hash(o)) {
            printf(" same hash");
        }
        PyErr_Clear();
        Py_DECREF(plain);
    }
    printf(" exact %d instance %d tracked %d", Py_TYPE(o) == row->base, PyObject_IsInstance(o, (PyObject *)row->base),
           PyObject_GC_IsTracked(o));
    if (PyObject_Size(o) >= 0) {
        printf(" length %d", (int)PyObject_Size(o));
    }
    PyErr_Clear();
    printf(" set %s", PyObject_SetAttrString(o, "x", o) == 0 ? "x" : error_text());
    other = PyObject_GetAttrString(o, "x");
    printf(" get %d", other == o);
    PyErr_Clear();
    Py_XDECREF(other);
    other = PyObject_GetAttrString(o, "__dict__");
    printf(" dict %d\n", other != NULL);
    PyErr_Clear();
    Py_XDECREF(other);
    Py_DECREF(o);
    PyGC_Collect();
    is_int(Py_REFCNT(type) - references, -1, "%s of %s: the end of an instance drops its reference to the class", how,
           base);
}

static void
test_calls(void)
{
    int i;

    for (i = 0; i < count_of_rows; i++) {
        PyObject *base = (PyObject *)rows[i].base;
        PyObject *plain = call_type("P", base, NULL), *slim = call_type("Q", base, "");
        PyObject *fields = call_type("R", base, "field"), *derived, *spec, *larger;

        PyErr_Clear();
        derived = call_type("D", plain, NULL);
        spec = from_spec(base, 0);
        larger = from_spec(base, -8);
        PyErr_Clear();
        show("a class", plain, &rows[i]);
        show("a class without a dict", slim, &rows[i]);
        if (fields != NULL) {
            show("a class with a field", fields, &rows[i]);
        }
        show("a class of a class", derived, &rows[i]);
        if (spec != NULL) {
            show("a type from a spec", spec, &rows[i]);
        }
        if (larger != NULL) {
            show("a larger type from a spec", larger, &rows[i]);
        }
        PyErr_Clear();
        Py_XDECREF(derived);
        Py_XDECREF(plain);
        Py_XDECREF(slim);
        Py_XDECREF(fields);
        Py_XDECREF(spec);
        Py_XDECREF(larger);
    }
}

/* The functions of the concrete types take instances of subclasses. */
static void
test_functions(void)
{
    PyObject *number = PyLong_FromLong(5), *text = PyUnicode_FromString("text"), *list = pairs();
    PyObject *classes[8], *o[8];
    PyTypeObject *const bases[8] = {&PyLong_Type,  &PyFloat_Type, &PyUnicode_Type, &PyBytes_Type,
                                    &PyTuple_Type, &PyList_Type,  &PyDict_Type,    (PyTypeObject *)PyExc_OSError};
    PyObject *bytes = PyBytes_FromString("abc");
    PyObject *arguments[8];
    int i;

    arguments[0] = arguments[1] = number;
    arguments[2] = text;
    arguments[3] = bytes;
    arguments[4] = arguments[5] = arguments[6] = list;
    arguments[7] = text;
    for (i = 0; i < 8; i++) {
        classes[i] = call_type("C", (PyObject *)bases[i], NULL);
        o[i] = PyObject_CallOneArg(classes[i], arguments[i]);
    }
    no_error("instances of all classes are made");
    ok(PyLong_Check(o[0]) && !PyLong_CheckExact(o[0]), "PyLong_Check");
    ok(PyFloat_Check(o[1]) && !PyFloat_CheckExact(o[1]), "PyFloat_Check");
    ok(PyUnicode_Check(o[2]) && !PyUnicode_CheckExact(o[2]), "PyUnicode_Check");
    ok(PyBytes_Check(o[3]) && !PyBytes_CheckExact(o[3]), "PyBytes_Check");
    ok(PyTuple_Check(o[4]) && !PyTuple_CheckExact(o[4]), "PyTuple_Check");
    ok(PyList_Check(o[5]) && !PyList_CheckExact(o[5]), "PyList_Check");
    ok(PyDict_Check(o[6]) && !PyDict_CheckExact(o[6]), "PyDict_Check");
    ok(PyExceptionInstance_Check(o[7]), "PyExceptionInstance_Check");
    is_int(PyLong_AsLong(o[0]), 5, "PyLong_AsLong");
    ok(PyFloat_AsDouble(o[1]) == 5.0, "PyFloat_AsDouble");
    is_str(PyUnicode_AsUTF8(o[2]), "text", "PyUnicode_AsUTF8");
    is_int(PyUnicode_GetLength(o[2]), 4, "PyUnicode_GetLength");
    is_str(PyBytes_AsString(o[3]), "abc", "PyBytes_AsString");
    is_int(PyTuple_Size(o[4]), 1, "PyTuple_Size");
    is_int(PyList_Append(o[5], Py_None), 0, "PyList_Append");
    is_int(PyDict_SetItem(o[6], text, o[2]), 0, "PyDict_SetItem");
    is_str(shown(o[6]), "{None: True, 'text': 'text'}", "the dict has the new item");
    is_str(outcome(PyUnicode_Concat(o[2], o[2])), "'texttext'", "PyUnicode_Concat");
    is_str(outcome(PyDict_GetItemWithError(o[6], o[2]) == o[2] ? PyLong_FromLong(1) : NULL), "1",
           "an instance of a class of str is found as a key");
    is_str(outcome(PySequence_Concat(o[4], o[4])), "((None, True), (None, True))", "PySequence_Concat of tuples");
    is_str(outcome(PySequence_Concat(o[3], o[3])), "b'abcabc'", "PySequence_Concat of bytes");
    PyErr_SetObject(classes[7], text);
    is_int(PyErr_ExceptionMatches(PyExc_OSError), 1, "PyErr_ExceptionMatches");
    PyErr_Clear();
    for (i = 0; i < 8; i++) {
        Py_DECREF(o[i]);
        Py_DECREF(classes[i]);
    }
    Py_DECREF(bytes);
    Py_DECREF(list);
    Py_DECREF(text);
    Py_DECREF(number);
}

/* A class made in C with data after the base's part, and a tp_new and a tp_dealloc of its own. */
typedef struct {
    PyListObject list;
    PyObject *owner;
    int number;
} Sub;

static int ends;

static PyObject *
sub_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    Sub *self = (Sub *)PyList_Type.tp_new(type, arguments, keywords);
    if (self != NULL) {
        self->number = 7;
    }
    return (PyObject *)self;
}

static void
sub_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    ends++;
    PyObject_GC_UnTrack(o);
    Py_CLEAR(((Sub *)o)->owner);
    PyObject_GC_Track(o);
    PyList_Type.tp_dealloc(o);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        Py_DECREF(type);
    }
}

static int
sub_traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(((Sub *)o)->owner);
    if (Py_TYPE(o)->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        Py_VISIT(Py_TYPE(o));
    }
    return PyList_Type.tp_traverse(o, visit, arg);
}

static void
test_in_c(void)
{
    PyType_Slot slots[] = {{Py_tp_base, &PyList_Type},
                           {Py_tp_new, (void *)(uintptr_t)sub_new},
                           {Py_tp_dealloc, (void *)(uintptr_t)sub_dealloc},
                           {Py_tp_traverse, (void *)(uintptr_t)sub_traverse},
                           {Py_tp_clear, (void *)(uintptr_t)PyList_Type.tp_clear},
                           {0, NULL}};
    PyType_Spec spec = {"mod.Sub", sizeof(Sub), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
                        slots};
    PyObject *type = PyType_FromSpec(&spec), *derived = call_type("Derived", type, NULL), *o, *owner = PyList_New(0);
    PyObject *text = PyUnicode_FromString("ab");
    Py_ssize_t types = Py_REFCNT(type);

    o = PyObject_CallOneArg(type, text);
    is_str(shown(o), "['a', 'b']", "tp_init of list fills an instance of a class in C");
    is_int(((Sub *)o)->number, 7, "tp_new of the class writes its own fields");
    is_int(Py_REFCNT(type) - types, 1, "the instance has a reference to its class");
    ((Sub *)o)->owner = Py_NewRef(owner);
    Py_DECREF(o);
    is_int(ends, 1, "tp_dealloc of the class is called");
    is_int(Py_REFCNT(owner), 1, "tp_dealloc drops the class's own fields");
    is_int(Py_REFCNT(type) - types, 0, "tp_dealloc drops the reference to the class");
    types = Py_REFCNT(derived);
    o = PyObject_CallOneArg(derived, text);
    is_str(shown(o), "['a', 'b']", "an instance of a class that is derived from it");
    ((Sub *)o)->owner = Py_NewRef(owner);
    PyObject_SetAttrString(o, "x", o);
    Py_DECREF(o);
    PyGC_Collect();
    is_int(ends, 2, "tp_dealloc of the base is called for the derived class");
    is_int(Py_REFCNT(owner), 1, "the fields of the base are dropped");
    is_int(Py_REFCNT(derived) - types, 0, "the reference to the derived class is dropped once");
    Py_DECREF(text);
    Py_DECREF(owner);
    Py_DECREF(derived);
    Py_DECREF(type);
}

int
main(void)
{
    TAP_BEGIN();
    make_rows();
    RUN(test_calls);
    RUN(test_functions);
    RUN(test_in_c);
    return TAP_END();
}
