/* tuple objects: made empty and filled, or packed; read through functions and macros; sliced, compared, hashed.
 *
 * SetItem takes over the reference it is given, also when it fails, and only fills a tuple that nobody else has.
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
    is_int(PyTuple_Size(tuple), 2, "of the size asked for");
    is_int(PyTuple_GET_SIZE(tuple), 2, "GET_SIZE agrees");
    is_int(Py_SIZE(tuple), 2, "it is the object's ob_size");
    is_ptr(PyTuple_GET_ITEM(tuple, 0), NULL, "its places are empty");
    is_int((char *)((PyTupleObject *)tuple)->ob_item - (char *)tuple, 32, "the items lie behind head, size and hash");
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(text)), 0, "SetItem fills a place");
    is_int(Py_REFCNT(text), 2, "with the very reference it was given");
    PyTuple_SET_ITEM(tuple, 1, Py_NewRef(number));
    is_str(shown(tuple), "('text of mine', 1000)", "SET_ITEM another");
    is_ptr(PyTuple_GetItem(tuple, 0), text, "GetItem gives the object");
    is_int(Py_REFCNT(text), 2, "as a borrowed reference");
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(number)), 0, "SetItem puts another in its place");
    is_int(Py_REFCNT(text), 1, "and drops the one that was there");
    is_int(PyTuple_SetItem(tuple, 1, NULL), 0, "SetItem of NULL empties a place");
    is_int(Py_REFCNT(number), 2, "and drops what was there");
    Py_DECREF(tuple);
    is_int(Py_REFCNT(number), 1, "a tuple drops its items when it goes");

    packed = PyTuple_Pack(3, text, number, Py_None);
    is_str(shown(packed), "('text of mine', 1000, None)", "Pack makes a tuple of its arguments");
    is_int(Py_REFCNT(text), 2, "and takes references of its own");
    Py_DECREF(packed);
    is_int(Py_REFCNT(text), 1, "which go with it");

    tuple = PyTuple_New(0);
    packed = PyTuple_Pack(0);
    is_ptr(packed, tuple, "there is one empty tuple");
    Py_DECREF(packed);
    Py_DECREF(tuple);
    tuple = PyTuple_New(3);
    Py_DECREF(tuple);
    no_error("a tuple may be dropped before it is filled");
    is_ptr(PyTuple_New(-1), NULL, "New wants no negative size");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_str(outcome(PyTuple_New(PY_SSIZE_T_MAX)), "MemoryError: ", "a tuple of that size cannot be");
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
        raises(PyExc_IndexError, "tuple index out of range", "and raises an IndexError");
        is_int(PyTuple_SetItem(tuple, outside[i], Py_NewRef(item)), -1, "row %d: SetItem sets nothing outside", (int)i);
        raises(PyExc_IndexError, "tuple assignment index out of range", "and raises an IndexError of its own words");
        is_int(Py_REFCNT(item), 1, "the item's reference is used up all the same");
    }
    Py_INCREF(tuple);
    is_int(PyTuple_SetItem(tuple, 0, Py_NewRef(item)), -1, "SetItem fills no tuple that somebody else has, too");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "and uses the item up");
    Py_DECREF(tuple);
    is_int(PyTuple_SetItem(list, 0, Py_NewRef(item)), -1, "SetItem fills no list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "and uses the item up");
    is_ptr(PyTuple_GetItem(list, 0), NULL, "GetItem reads no list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_int(PyTuple_Size(list), -1, "Size counts no list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_ptr(PyTuple_GetSlice(list, 0, 1), NULL, "GetSlice slices no list");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "which is an internal error");
    PyErr_Clear();
    is_str(shown(tuple), "(1000, 1001)", "after all that the tuple is as it was");
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
        {0, 4, "(10, 11, 12, 13)"}, {1, 3, "(11, 12)"}, {2, 3, "(12,)"}, {-5, 2, "(10, 11)"}, {2, 99, "(12, 13)"},
        {3, 1, "()"}, {4, 4, "()"}, {0, -1, "()"}, {7, 9, "()"}, {PY_SSIZE_T_MIN, PY_SSIZE_T_MAX, "(10, 11, 12, 13)"},
    };
    PyObject *tuple = counting(4, 10);
    PyObject *whole;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(outcome(PyTuple_GetSlice(tuple, rows[i].low, rows[i].high)), rows[i].slice,
               "row %d: GetSlice cuts its bounds to the tuple, and -1 is before the start", (int)i);
    }
    whole = PyTuple_GetSlice(tuple, 0, 4);
    is_ptr(whole, tuple, "the slice that is the whole is the tuple itself");
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
    is_str(outcome(PyTuple_New(0)), "()", "the empty tuple shows two parentheses");
    is_str(shown(inner), "(7,)", "one item is followed by a comma");
    is_str(shown(tuple), "((7,), [], \"it's\")", "items show their own repr");
    PyList_Append(list, knot);
    is_str(shown(knot), "([(...)],)", "a tuple inside itself shows dots");
    PyList_SetItem(list, 0, Py_NewRef(Py_None));
    is_str(shown(knot), "([None],)", "only while it is inside itself");
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
        {0, 0, 5740354900026072187LL},  {1, 0, -8753497827991233192LL}, {1, 1, -6644214454873602895LL},
        {2, 1, -3550055125485641917LL}, {3, 1, 529344067295497451LL},   {4, -2, -5134097882256764644LL},
        {20, 100, -7092285935372745191LL},
    };
    PyObject *list = PyList_New(0);
    PyObject *with_list = PyTuple_Pack(2, Py_None, list);
    PyObject *nested, *inner, *floats, *ints;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *tuple = counting(rows[i].size, rows[i].start);
        is_int(PyObject_Hash(tuple), rows[i].hash, "row %d: the hash is made of those of the items", (int)i);
        is_int(PyObject_Hash(tuple), rows[i].hash, "row %d: and the same when asked again", (int)i);
        Py_DECREF(tuple);
    }
    inner = counting(2, 1);
    nested = PyTuple_Pack(1, inner);
    is_int(PyObject_Hash(nested), 7059930188335900088LL, "nested tuples as well");
    Py_DECREF(nested);
    Py_DECREF(inner);
    ints = counting(1, 1);
    floats = PyTuple_Pack(1, Py_True);
    is_int(PyObject_Hash(ints) == PyObject_Hash(floats), 1, "equal tuples have equal hashes");
    is_int(PyObject_RichCompareBool(ints, floats, Py_EQ), 1, "as 1 and True are equal");
    Py_DECREF(ints);
    Py_DECREF(floats);
    is_int(PyObject_Hash(with_list), -1, "a tuple with a list in it has no hash");
    raises(PyExc_TypeError, "unhashable type: 'list'", "and the list is to blame");
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
