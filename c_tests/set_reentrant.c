/* A set that the comparison of its keys changes while a key is added. */
#include "tap.h"

#include <stdint.h>

typedef struct {
    PyObject_HEAD
    int number;
} Key;

static PyTypeObject *kind;
static PyObject *set;
static int alive, to_add;

static PyObject *
key_of(int number)
{
    Key *key = PyObject_New(Key, kind);

    key->number = number;
    alive++;
    return (PyObject *)key;
}

static void
dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);

    alive--;
    PyObject_Free(o);
    Py_DECREF((PyObject *)type);
}

/* The first comparison adds a key to the set, and so fills the place of the one that was removed. */
static PyObject *
compare(PyObject *a, PyObject *b, int op)
{
    int is_equal = ((Key *)a)->number == ((Key *)b)->number;

    if (to_add != 0) {
        PyObject *key = key_of(to_add);

        to_add = 0;
        PySet_Add(set, key);
        Py_DECREF(key);
    }
    return PyBool_FromLong(op == Py_EQ ? is_equal : !is_equal);
}

static Py_hash_t
hash(PyObject *o)
{
    (void)o;
    return 3;
}

static PyObject *
repr(PyObject *o)
{
    return PyUnicode_FromFormat("K%d", ((Key *)o)->number);
}

/* A new key is added after one of two was removed, while the comparison adds `other`. */
static void
test_filled_gap(int other, const char *wanted, Py_ssize_t size)
{
    PyObject *first = key_of(0), *second = key_of(5), *added = key_of(1), *shown, *text;

    set = PySet_New(NULL);
    PySet_Add(set, first);
    PySet_Add(set, second);
    PySet_Discard(set, first);
    to_add = other;
    is_int(PySet_Add(set, added), 0, "K1 is added while K%d is added", other);
    is_int(PySet_Size(set), size, "the size of a set to which K%d was added", other);
    shown = PyObject_Repr(set);
    text = PyUnicode_AsUTF8String(shown);
    is_str(PyBytes_AsString(text), wanted, "the keys of a set to which K%d was added", other);
    Py_DECREF(text);
    Py_DECREF(shown);
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(added);
    Py_DECREF(set);
    is_int(alive, 0, "no key is left of a set to which K%d was added", other);
}

static void
test_filled_gaps(void)
{
    test_filled_gap(7, "{K5, K1, K7}", 3);
    test_filled_gap(1, "{K5, K1}", 2);
}

int
main(void)
{
    PyType_Slot slots[] = {{Py_tp_dealloc, (void *)(uintptr_t)dealloc},
                           {Py_tp_richcompare, (void *)(uintptr_t)compare},
                           {Py_tp_hash, (void *)(uintptr_t)hash},
                           {Py_tp_repr, (void *)(uintptr_t)repr},
                           {0, NULL}};
    PyType_Spec spec = {"m.Key", sizeof(Key), 0, Py_TPFLAGS_DEFAULT, slots};

    TAP_BEGIN();
    kind = (PyTypeObject *)PyType_FromSpec(&spec);
    RUN(test_filled_gaps);
    return TAP_END();
}
