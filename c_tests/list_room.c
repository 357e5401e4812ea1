/* The number of places that a list has: after extending it by an iterable that says how many items it has, and after removing items. */
#include "digest.h"

static Py_ssize_t hinted, left;

static PyObject *
hint(PyObject *o, PyObject *none)
{
    (void)o;
    (void)none;
    return PyLong_FromSsize_t(hinted);
}

static PyObject *
iter(PyObject *o)
{
    return Py_NewRef(o);
}

static PyObject *
next(PyObject *o)
{
    PyObject *none = Py_None;
    (void)o;
    return left-- > 0 ? Py_NewRef(none) : NULL;
}

static PyObject *
list_of(Py_ssize_t length)
{
    PyObject *list = PyList_New(length), *none = Py_None;
    Py_ssize_t at;
    for (at = 0; at < length; at++) {
        PyList_SetItem(list, at, Py_NewRef(none));
    }
    return list;
}

static void
add_room(const char *what, PyObject *list)
{
    note("%s: %zd items, %zd places", what, PyList_Size(list), ((PyListObject *)list)->allocated);
}

static const Py_ssize_t lengths[] = {0,  1,  2,  3,  4,  5,  6,  7,   8,   9,    10,
                                     12, 16, 17, 20, 31, 32, 33, 100, 120, 1000, 1100};
static const Py_ssize_t starts[] = {0, 1, 3, 10};

static void
test_hints(void)
{
    static PyMethodDef methods[] = {{"__length_hint__", hint, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    PyType_Slot slots[] = {{Py_tp_iter, (void *)(uintptr_t)iter},
                           {Py_tp_iternext, (void *)(uintptr_t)next},
                           {Py_tp_methods, methods},
                           {0, NULL}};
    PyType_Spec spec = {"m.Items", (int)sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = PyType_FromSpec(&spec), *items = PyObject_CallObject(type, NULL), *list;
    size_t start, said, given;

    for (start = 0; start < COUNT(starts); start++) {
        for (said = 0; said < COUNT(lengths); said++) {
            for (given = 0; given < COUNT(lengths); given++) {
                list = list_of(starts[start]);
                hinted = lengths[said];
                left = lengths[given];
                Py_XDECREF(PyObject_CallMethod(list, "extend", "O", items));
                add_room("extended", list);
                Py_DECREF(list);
            }
        }
    }
    digest_is(0x8c17ab1ae403e7afU, "the places of a list that an iterable extends, which says how many items it has");
    hinted = PY_SSIZE_T_MAX;
    left = 3;
    list = list_of(1);
    is_int(PyList_SetSlice(list, 1, 1, items), -1, "an iterable that says that it has PY_SSIZE_T_MAX items");
    ok(PyErr_ExceptionMatches(PyExc_MemoryError), "a list for PY_SSIZE_T_MAX items is a MemoryError");
    PyErr_Clear();
    left = 3;
    Py_XDECREF(PyObject_CallMethod(list, "extend", "O", items));
    is_int(PyList_Size(list), 4, "a list with an item ignores that an iterable says it has PY_SSIZE_T_MAX items");
    hinted = -1;
    ok(PyObject_CallMethod(list, "extend", "O", items) == NULL,
       "an iterable that says it has -1 items extends no list");
    raises(PyExc_ValueError, "__length_hint__() should return >= 0", "a hint of -1 is a ValueError");
    PyErr_SetString(PyExc_KeyError, "pending");
    is_int(PyObject_LengthHint(type, 5), -1, "a pending error is the error of an object that says no number of items");
    raises(PyExc_KeyError, "'pending'", "the pending error of PyObject_LengthHint");
    Py_DECREF(list);
    Py_DECREF(items);
    Py_DECREF(type);
}

/* The items of built-in containers, whose number a list knows. */
static void
test_containers(void)
{
    size_t start, given;
    int kind;

    for (kind = 0; kind < 5; kind++) {
        for (start = 0; start < COUNT(starts); start++) {
            for (given = 0; given < COUNT(lengths); given++) {
                PyObject *list = list_of(starts[start]), *source = list_of(lengths[given]), *other, *range;
                range = PyObject_CallFunction((PyObject *)&PyRange_Type, "n", lengths[given]);
                switch (kind) {
                case 0: other = Py_NewRef(source); break;
                case 1: other = PyList_AsTuple(source); break;
                case 2: other = PySet_New(range); break;
                case 3: other = PyObject_CallMethod((PyObject *)&PyDict_Type, "fromkeys", "O", range); break;
                default: other = PyObject_GetIter(range); break;
                }
                Py_XDECREF(PyObject_CallMethod(list, "extend", "(O)", other));
                add_room("extended", list);
                Py_DECREF(range);
                Py_DECREF(other);
                other = PySequence_Concat(list, source);
                add_room("concatenated", other);
                Py_DECREF(other);
                other = PySequence_Repeat(source, 3);
                add_room("repeated", other);
                Py_DECREF(other);
                Py_DECREF(source);
                Py_DECREF(list);
            }
        }
    }
    digest_is(0x2ebd3ec642ba9cf7U, "the places of a list that a list, tuple, set, dict or iterator extends");
}

/* Removes items until none is left. */
static void
test_removal(void)
{
    static const char *const ways[] = {"pop", "pop(0)", "remove", "del", "del slice", "del every third"};
    size_t way, given;

    for (way = 0; way < COUNT(ways); way++) {
        for (given = 1; given < COUNT(lengths); given++) {
            PyObject *list = list_of(lengths[given]), *none = Py_None, *step = PyLong_FromLong(3), *third;
            third = PySlice_New(NULL, NULL, step);
            while (PyList_Size(list) > 0) {
                switch (way) {
                case 0: Py_XDECREF(PyObject_CallMethod(list, "pop", NULL)); break;
                case 1: Py_XDECREF(PyObject_CallMethod(list, "pop", "i", 0)); break;
                case 2: Py_XDECREF(PyObject_CallMethod(list, "remove", "O", none)); break;
                case 3: PySequence_DelItem(list, 0); break;
                case 4: PyList_SetSlice(list, 0, 5, NULL); break;
                default: PyObject_DelItem(list, third); break;
                }
                add_room(ways[way], list);
            }
            Py_DECREF(step);
            Py_DECREF(third);
            Py_DECREF(list);
        }
    }
    digest_is(0xf50cf1175298cd6dU, "the places of a list whose items are removed");
}

int
main(int count, char **arguments)
{
    (void)arguments;
    prints_outcomes = count > 1;
    TAP_BEGIN();
    RUN(test_hints);
    RUN(test_containers);
    RUN(test_removal);
    return TAP_END();
}
