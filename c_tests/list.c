/* list objects: made, filled, appended to, read through functions and macros.
 *
 * SetItem takes over the reference it is given, also when it fails; Append takes one of its own.
 */
#include "outcome.h"

static PyObject *
counting(Py_ssize_t size, long start)
{
    PyObject *list = PyList_New(size);
    Py_ssize_t i;
    for (i = 0; i < size; i++) {
        PyList_SET_ITEM(list, i, PyLong_FromLong(start + (long)i));
    }
    return list;
}

static void
test_making(void)
{
    PyObject *text = PyUnicode_FromString("text of mine");
    PyObject *list = PyList_New(2);
    PyObject *other;

    ok(PyList_CheckExact(list), "New makes exactly a list");
    is_int(PyList_Size(list), 2, "New makes a list of the size asked for");
    is_int(PyList_GET_SIZE(list), 2, "GET_SIZE is the size");
    is_int(Py_SIZE(list), 2, "ob_size is the size");
    is_ptr(PyList_GET_ITEM(list, 1), NULL, "the places of a new list are empty");
    is_ptr(((PyListObject *)list)->ob_item[1], NULL, "ob_item of a new list is empty");
    is_int(PyList_SetItem(list, 0, Py_NewRef(text)), 0, "SetItem fills a place");
    is_int(Py_REFCNT(text), 2, "SetItem takes over the reference");
    PyList_SET_ITEM(list, 1, PyLong_FromLong(7));
    is_str(shown(list), "['text of mine', 7]", "SET_ITEM fills a place");
    is_ptr(PyList_GetItem(list, 0), text, "GetItem gives the object in a place");
    is_ptr(((PyListObject *)list)->ob_item[0], text, "ob_item has the object in its place");
    is_int(Py_REFCNT(text), 2, "GetItem takes no reference");
    Py_INCREF(list);
    is_int(PyList_SetItem(list, 0, Py_NewRef(Py_None)), 0, "SetItem changes a list that has other references");
    Py_DECREF(list);
    is_int(Py_REFCNT(text), 1, "SetItem drops the object that it replaces");
    is_int(PyList_Append(list, text), 0, "Append succeeds");
    is_int(Py_REFCNT(text), 2, "Append takes a reference of its own");
    is_str(shown(list), "[None, 7, 'text of mine']", "Append adds the object at the end");
    Py_DECREF(list);
    is_int(Py_REFCNT(text), 1, "a list drops its items when it goes");

    list = PyList_New(0);
    other = PyList_New(0);
    ok(list != other, "each empty list is a list of its own");
    is_ptr(((PyListObject *)list)->ob_item, NULL, "an empty list has no room yet");
    Py_DECREF(other);
    Py_DECREF(list);
    list = PyList_New(3);
    Py_DECREF(list);
    no_error("a list may be dropped before it is filled");
    is_ptr(PyList_New(-1), NULL, "New refuses a negative size");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "New of a negative size is an internal error");
    PyErr_Clear();
    is_str(outcome(PyList_New(PY_SSIZE_T_MAX)), "MemoryError: ", "New of the largest size is a MemoryError");
    Py_DECREF(text);
}

static void
test_growth(void)
{
    PyObject *list = PyList_New(0);
    long i, right = 0;
    for (i = 0; i < 1000; i++) {
        PyObject *number = PyLong_FromLong(i * 1000);
        PyList_Append(list, number);
        Py_DECREF(number);
    }
    is_int(PyList_GET_SIZE(list), 1000, "a list grows as items are appended");
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        right += PyLong_AsLong(PyList_GET_ITEM(list, i)) == i * 1000;
    }
    is_int(right, 1000, "a list that grows keeps its items in order");
    ok(((PyListObject *)list)->allocated >= 1000, "allocated is at least the size");
    Py_DECREF(list);
}

static void
test_errors(void)
{
    static const Py_ssize_t outside[] = {-1, 2, PY_SSIZE_T_MAX, PY_SSIZE_T_MIN};
    PyObject *list = counting(2, 1000);
    PyObject *tuple = PyTuple_New(1);
    PyObject *item = PyUnicode_FromString("an item");
    size_t i;
    PyTuple_SET_ITEM(tuple, 0, Py_NewRef(Py_None));
    for (i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        is_ptr(PyList_GetItem(list, outside[i]), NULL, "row %d: GetItem finds nothing outside", (int)i);
        raises(PyExc_IndexError, "list index out of range", "GetItem outside the list is an IndexError");
        is_int(PyList_SetItem(list, outside[i], Py_NewRef(item)), -1, "row %d: SetItem sets nothing outside", (int)i);
        raises(PyExc_IndexError, "list assignment index out of range", "SetItem outside the list is an IndexError");
        is_int(Py_REFCNT(item), 1, "SetItem outside the list drops the reference that it took over");
    }
    is_int(PyList_SetItem(tuple, 0, Py_NewRef(item)), -1, "SetItem refuses a tuple");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "SetItem on a tuple is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "SetItem on a tuple drops the reference that it took over");
    is_int(PyList_Append(tuple, item), -1, "Append refuses a tuple");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Append to a tuple is an internal error");
    PyErr_Clear();
    is_int(PyList_Append(list, NULL), -1, "Append refuses NULL");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Append of NULL is an internal error");
    PyErr_Clear();
    is_int(Py_REFCNT(item), 1, "Append that fails takes no reference");
    is_ptr(PyList_GetItem(tuple, 0), NULL, "GetItem refuses a tuple");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "GetItem of a tuple is an internal error");
    PyErr_Clear();
    is_int(PyList_Size(tuple), -1, "Size refuses a tuple");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Size of a tuple is an internal error");
    PyErr_Clear();
    is_str(shown(list), "[1000, 1001]", "calls that fail leave the list as it was");
    is_str(shown(tuple), "(None,)", "calls that fail leave the tuple as it was");
    Py_DECREF(item);
    Py_DECREF(tuple);
    Py_DECREF(list);
}

static void
test_slices(void)
{
    static const struct {
        Py_ssize_t low, high;
        const char *slice, *replaced, *deleted;
    } rows[] = {
        {0, 3, "[0, 1, 2]", "[7, 8]", "[]"},
        {1, 2, "[1]", "[0, 7, 8, 2]", "[0, 2]"},
        {1, 1, "[]", "[0, 7, 8, 1, 2]", "[0, 1, 2]"},
        {2, 0, "[]", "[0, 1, 7, 8, 2]", "[0, 1, 2]"},
        {3, 1, "[]", "[0, 1, 2, 7, 8]", "[0, 1, 2]"},
        {9, 1, "[]", "[0, 1, 2, 7, 8]", "[0, 1, 2]"},
        {1, -1, "[]", "[0, 7, 8, 1, 2]", "[0, 1, 2]"},
        {-2, -1, "[]", "[7, 8, 0, 1, 2]", "[0, 1, 2]"},
        {-2, 1, "[0]", "[7, 8, 1, 2]", "[1, 2]"},
        {2, 9, "[2]", "[0, 1, 7, 8]", "[0, 1]"},
        {5, 9, "[]", "[0, 1, 2, 7, 8]", "[0, 1, 2]"},
        {PY_SSIZE_T_MAX, PY_SSIZE_T_MIN, "[]", "[0, 1, 2, 7, 8]", "[0, 1, 2]"},
        {PY_SSIZE_T_MIN, PY_SSIZE_T_MAX, "[0, 1, 2]", "[7, 8]", "[]"},
    };
    PyObject *news = counting(2, 7);
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *list = counting(3, 0);
        Py_ssize_t low = rows[i].low, high = rows[i].high;
        is_str(outcome(PyList_GetSlice(list, low, high)), rows[i].slice, "row %d: GetSlice cuts its bounds to the list",
               (int)i);
        is_int(PyList_SetSlice(list, low, high, news), 0, "row %d: SetSlice with items succeeds", (int)i);
        is_str(shown(list), rows[i].replaced, "row %d: SetSlice takes an end before the start for the start", (int)i);
        Py_DECREF(list);
        list = counting(3, 0);
        is_int(PyList_SetSlice(list, low, high, NULL), 0, "row %d: SetSlice without items succeeds", (int)i);
        is_str(shown(list), rows[i].deleted, "row %d: SetSlice without items takes out the items between the bounds",
               (int)i);
        Py_DECREF(list);
    }
    Py_DECREF(news);
}

static void
test_repr(void)
{
    PyObject *list = counting(2, -1);
    PyObject *inner = PyList_New(0);
    is_str(outcome(PyList_New(0)), "[]", "the repr of an empty list is two brackets");
    is_str(shown(list), "[-1, 0]", "the repr of a list has the reprs of its items");
    PyList_Append(list, inner);
    is_str(shown(list), "[-1, 0, []]", "the repr of a list has the reprs of lists in it");
    PyList_Append(inner, list);
    is_str(shown(list), "[-1, 0, [[...]]]", "the repr of a list inside another inside itself shows dots");
    is_str(shown(inner), "[[-1, 0, [...]]]", "the repr of the inner list shows dots too");
    PyList_SetItem(inner, 0, Py_NewRef(inner));
    is_str(shown(inner), "[[...]]", "a list that is its own item shows dots");
    is_str(shown(list), "[-1, 0, [[...]]]", "a list that is its own item shows dots inside another list");
    PyList_SetItem(inner, 0, Py_NewRef(Py_None));
    is_str(shown(list), "[-1, 0, [None]]", "a list that is no longer inside itself shows no dots");
    Py_DECREF(inner);
    Py_DECREF(list);
}

/* Order and equality go item by item; the first items that differ decide. */
static void
test_compare(void)
{
    static const struct {
        Py_ssize_t left_size;
        long left_start;
        Py_ssize_t right_size;
        long right_start;
        int sign;
    } rows[] = {
        {0, 0, 0, 0, 0},  {0, 0, 1, 5, -1}, {1, 5, 0, 0, 1}, {3, 1, 3, 1, 0},
        {2, 1, 3, 1, -1}, {3, 1, 2, 1, 1},  {1, 9, 3, 1, 1}, {3, 1, 1, 9, -1},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *left = counting(rows[i].left_size, rows[i].left_start);
        PyObject *right = counting(rows[i].right_size, rows[i].right_start);
        int sign = rows[i].sign;
        is_int(PyObject_RichCompareBool(left, right, Py_LT), sign < 0, "row %d: lists compare by <", (int)i);
        is_int(PyObject_RichCompareBool(left, right, Py_LE), sign <= 0, "row %d: lists compare by <=", (int)i);
        is_int(PyObject_RichCompareBool(left, right, Py_EQ), sign == 0, "row %d: lists compare by ==", (int)i);
        is_int(PyObject_RichCompareBool(left, right, Py_NE), sign != 0, "row %d: lists compare by !=", (int)i);
        is_int(PyObject_RichCompareBool(left, right, Py_GT), sign > 0, "row %d: lists compare by >", (int)i);
        is_int(PyObject_RichCompareBool(left, right, Py_GE), sign >= 0, "row %d: lists compare by >=", (int)i);
        Py_DECREF(left);
        Py_DECREF(right);
    }
}

static void
test_hash(void)
{
    PyObject *list = counting(1, 1);
    is_int(PyObject_Hash(list), -1, "a list has no hash");
    raises(PyExc_TypeError, "unhashable type: 'list'", "the error for the hash says that a list is unhashable");
    Py_DECREF(list);
}

static void
test_repeat(void)
{
    PyObject *list = counting(2, 1);
    ssizeargfunc repeat = Py_TYPE(list)->tp_as_sequence->sq_repeat;

    is_str(outcome(repeat(list, 2)), "[1, 2, 1, 2]", "a list can be repeated");
    is_str(outcome(repeat(list, -1)), "[]", "a list repeated less than once is empty");
    is_str(outcome(repeat(list, PY_SSIZE_T_MAX)),
           "MemoryError: ", "a list repeated beyond the largest size is a MemoryError");
    Py_DECREF(list);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_making);
    RUN(test_growth);
    RUN(test_errors);
    RUN(test_slices);
    RUN(test_repr);
    RUN(test_compare);
    RUN(test_hash);
    RUN(test_repeat);
    return TAP_END();
}
