/* tuple objects: made empty and filled, or packed; read through functions and macros; sliced, compared, hashed.
 *
 * SetItem takes over the reference it is given, also when it fails, and only fills a tuple without another reference.
 */
#include "outcome.h"

#include <stddef.h>

/* A tuple of the ints start, start + 1, ... */
static PyObject *
counting(Py_ssize_t size, long start)
{
    PyObject *tuple = PyTuple_New(size);
    Py_ssize_t i;
    for (i = 0; i < size; i++) {
        PyTuple_SET_ITEM(tuple, i, PyLong_FromLong(start + (long)i));
    }
    return tuple;
}

static void
test_making(void)
{
    PyObject *text = PyUnicode_FromString("text of mine");
    PyObject *number = PyLong_FromLong(1000);
    PyObject *tuple = PyTuple_New(2);
    PyObject *packed;

    ok(PyTuple_CheckExact(tuple), "New makes exactly a tuple");
    is_int(PyTuple_Size(tuple), 2, "New makes a tuple of the size asked for");
    is_int(PyTuple_GET_SIZE(tuple), 2, "GET_SIZE is the size");
    is_int(Py_SIZE(tuple), 2, "ob_size is the size");
    is_ptr(PyTuple_GET_ITEM(tuple, 0), NULL, "the places of a new tuple are empty");
    is_int((char *)((PyTupleObject *)tuple)->ob_item - (char *)tuple, 32, "the items lie behind head, size and hash");
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(text)), 0, "SetItem fills a place");
    is_int(Py_REFCNT(text), 2, "SetItem takes over the reference");
    PyTuple_SET_ITEM(tuple, 1, Py_NewRef(number));
    is_str(shown(tuple), "('text of mine', 1000)", "SET_ITEM fills a place");
    is_ptr(PyTuple_GetItem(tuple, 0), text, "GetItem gives the object in a place");
    is_int(Py_REFCNT(text), 2, "GetItem borrows");
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(number)), 0, "SetItem replaces an object");
    is_int(Py_REFCNT(text), 1, "SetItem drops the object that it replaces");
    is_int(PyTuple_SetItem(tuple, 1, NULL), 0, "SetItem of NULL empties a place");
    is_int(Py_REFCNT(number), 2, "SetItem of NULL drops the object that was there");
    Py_DECREF(tuple);
    is_int(Py_REFCNT(number), 1, "a tuple drops its items when it goes");

    packed = PyTuple_Pack(3, text, number, Py_None);
    is_str(shown(packed), "('text of mine', 1000, None)", "Pack makes a tuple of its arguments");
    is_int(Py_REFCNT(text), 2, "Pack takes references of its own");
    Py_DECREF(packed);
    is_int(Py_REFCNT(text), 1, "a packed tuple drops its references when it goes");

    tuple = PyTuple_New(0);
    packed = PyTuple_Pack(0);
    is_ptr(packed, tuple, "there is one empty tuple");
    Py_DECREF(packed);
    Py_DECREF(tuple);
    tuple = PyTuple_New(3);
    Py_DECREF(tuple);
    no_error("a tuple may be dropped before it is filled");
    is_ptr(PyTuple_New(-1), NULL, "New refuses a negative size");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "New of a negative size is an internal error");
    PyErr_Clear();
    is_str(outcome(PyTuple_New(PY_SSIZE_T_MAX)), "MemoryError: ", "New of the largest size is a MemoryError");
    Py_DECREF(text);
    Py_DECREF(number);
}

static void
test_errors(void)
{
    static const Py_ssize_t outside[] = {-1, 2, PY_SSIZE_T_MAX, PY_SSIZE_T_MIN};
    PyObject *tuple = counting(2, 1000);
    PyObject *list = PyList_New(0);
    PyObject *item = PyUnicode_FromString("an item");
    size_t i;
    for (i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        is_ptr(PyTuple_GetItem(tuple, outside[i]), NULL, "row %d: GetItem finds nothing outside", (int)i);
        raises(PyExc_IndexError, "tuple index out of range", "GetItem outside the tuple is an IndexError");
        is_int(PyTuple_SetItem(tuple, outside[i], Py_NewRef(item)), -1, "row %d: SetItem sets nothing outside", (int)i);
        raises(PyExc_IndexError, "tuple assignment index out of range", "SetItem outside the tuple is an IndexError");
        is_int(Py_REFCNT(item), 1, "SetItem outside the tuple drops the reference that it took over");
    }
    Py_INCREF(tuple);
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(item)), -1, "SetItem refuses a tuple with another reference");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "SetItem on a tuple with another reference is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "SetItem on a tuple with another reference drops the reference that it took over");
    Py_DECREF(tuple);
    is_int(PyTuple_SetItem(list, 0, Py_NewRef(item)), -1, "SetItem refuses a list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "SetItem on a list is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "SetItem on a list drops the reference that it took over");
    is_ptr(PyTuple_GetItem(list, 0), NULL, "GetItem refuses a list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "GetItem of a list is an internal error");
    PyErr_Clear();
    is_int(PyTuple_Size(list), -1, "Size refuses a list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Size of a list is an internal error");
    PyErr_Clear();
    is_ptr(PyTuple_GetSlice(list, 0, 1), NULL, "GetSlice refuses a list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "GetSlice of a list is an internal error");
    PyErr_Clear();
    is_str(shown(tuple), "(1000, 1001)", "calls that fail leave the tuple as it was");
    Py_DECREF(item);
    Py_DECREF(list);
    Py_DECREF(tuple);
}

static void
test_slices(void)
{
    static const struct {
        Py_ssize_t low;
        Py_ssize_t high;
        const char *slice;
    } rows[] = {
        {0, 4, "(10, 11, 12, 13)"},
        {1, 3, "(11, 12)"},
        {2, 3, "(12,)"},
        {-5, 2, "(10, 11)"},
        {2, 99, "(12, 13)"},
        {3, 1, "()"},
        {4, 4, "()"},
        {0, -1, "()"},
        {7, 9, "()"},
        {PY_SSIZE_T_MIN, PY_SSIZE_T_MAX, "(10, 11, 12, 13)"},
    };
    PyObject *tuple = counting(4, 10);
    PyObject *whole;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(outcome(PyTuple_GetSlice(tuple, rows[i].low, rows[i].high)), rows[i].slice,
               "row %d: GetSlice cuts its bounds to the tuple; -1 is before the start", (int)i);
    }
    whole = PyTuple_GetSlice(tuple, 0, 4);
    is_ptr(whole, tuple, "a slice of the whole tuple is the tuple itself");
    Py_DECREF(whole);
    Py_DECREF(tuple);
}

static void
test_repr(void)
{
    PyObject *inner = counting(1, 7);
    PyObject *list = PyList_New(0);
    PyObject *text = PyUnicode_FromString("it's");
    PyObject *tuple = PyTuple_Pack(3, inner, list, text);
    PyObject *knot = PyTuple_Pack(1, list);
    is_str(outcome(PyTuple_New(0)), "()", "the repr of the empty tuple is two parentheses");
    is_str(shown(inner), "(7,)", "the repr of a tuple of one item has a comma");
    is_str(shown(tuple), "((7,), [], \"it's\")", "the repr of a tuple has the reprs of its items");
    PyList_Append(list, knot);
    is_str(shown(knot), "([(...)],)", "a tuple inside itself shows dots");
    PyList_SetItem(list, 0, Py_NewRef(Py_None));
    is_str(shown(knot), "([None],)", "a tuple that is no longer inside itself shows no dots");
    Py_DECREF(knot);
    Py_DECREF(tuple);
    Py_DECREF(text);
    Py_DECREF(list);
    Py_DECREF(inner);
}

static void
test_hash(void)
{
    static const struct {
        Py_ssize_t size;
        long start;
        long long hash;
    } rows[] = {
        {0, 0, 5740354900026072187LL},     {1, 0, -8753497827991233192LL}, {1, 1, -6644214454873602895LL},
        {2, 1, -3550055125485641917LL},    {3, 1, 529344067295497451LL},   {4, -2, -5134097882256764644LL},
        {20, 100, -7092285935372745191LL},
    };
    PyObject *list = PyList_New(0);
    PyObject *with_list = PyTuple_Pack(2, Py_None, list);
    PyObject *nested, *inner, *floats, *ints;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *tuple = counting(rows[i].size, rows[i].start);
        is_int(PyObject_Hash(tuple), rows[i].hash, "row %d: the hash is made from the hashes of the items", (int)i);
        is_int(PyObject_Hash(tuple), rows[i].hash, "row %d: the hash stays when it is asked again", (int)i);
        Py_DECREF(tuple);
    }
    inner = counting(2, 1);
    nested = PyTuple_Pack(1, inner);
    is_int(PyObject_Hash(nested), 7059930188335900088LL,
           "the hash of a nested tuple is made from the hash of the inner one");
    Py_DECREF(nested);
    Py_DECREF(inner);
    ints = counting(1, 1);
    floats = PyTuple_Pack(1, Py_True);
    is_int(PyObject_Hash(ints) == PyObject_Hash(floats), 1, "equal tuples have equal hashes");
    is_int(PyObject_RichCompareBool(ints, floats, Py_EQ), 1, "the tuples of 1 and of True are equal");
    Py_DECREF(ints);
    Py_DECREF(floats);
    is_int(PyObject_Hash(with_list), -1, "a tuple with a list in it has no hash");
    raises(PyExc_TypeError, "unhashable type: 'list'",
           "the error for a tuple with a list says that the list is unhashable");
    Py_DECREF(with_list);
    Py_DECREF(list);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_making);
    RUN(test_errors);
    RUN(test_slices);
    RUN(test_repr);
    RUN(test_hash);
    return TAP_END();
}
