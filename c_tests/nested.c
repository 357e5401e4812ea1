/* The repr of containers inside containers: to any depth, each once on the way in, and the state after a nest that was
 * too deep for the stack. */
#include "outcome.h"

/* A list, a tuple or a dict with one item, by the number of its level. */
static PyObject *
around(PyObject *item, long level)
{
    PyObject *outer;
    switch (level % 3) {
    case 0:
        outer = PyList_New(0);
        PyList_Append(outer, item);
        break;
    case 1: outer = PyTuple_Pack(1, item); break;
    default: outer = PyDict_New(); PyDict_SetItemString(outer, "k", item);
    }
    Py_DECREF(item);
    return outer;
}

static PyObject *
nest(long depth)
{
    PyObject *o = PyList_New(0);
    long level;
    for (level = 0; level < depth; level++) {
        o = around(o, level);
    }
    return o;
}

static Py_ssize_t
length_of_repr(PyObject *o)
{
    PyObject *text = PyObject_Repr(o);
    Py_ssize_t length = text ? PyUnicode_GetLength(text) : -1;
    Py_XDECREF(text);
    return length;
}

static void
test_depths(void)
{
    /* Of three levels the list adds 2 characters, the tuple 3, and the dict 7. */
    static const struct {
        long depth, length;
    } rows[] = {{0, 2}, {1, 4}, {2, 7}, {3, 14}, {9, 38}, {30, 122}, {3000, 12002}};
    size_t i;
    PyObject *o = nest(7);
    is_str(shown(o), "[{'k': ([{'k': ([[]],)}],)}]", "each container shows what is inside it");
    Py_DECREF(o);
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        o = nest(rows[i].depth);
        is_int(length_of_repr(o), rows[i].length, "a nest of %ld containers is shown whole", rows[i].depth);
        Py_DECREF(o);
    }
}

static void
test_the_same_inside(void)
{
    PyObject *list = PyList_New(0), *inner = PyList_New(0), *o = list;
    long level;
    PyList_Append(list, inner);
    PyList_Append(list, inner);
    is_str(shown(list), "[[], []]", "a list that stands in another twice is shown twice");
    PyList_Append(inner, list);
    Py_INCREF(o);
    for (level = 0; level < 12; level++) {
        o = around(o, 1);
    }
    is_str(shown(o), "(((((((((((([[[...]], [[...]]],),),),),),),),),),),),)",
           "a list inside itself shows dots at any depth");
    is_str(shown(inner), "[[[...], [...]]]", "the list whose repr is asked is the one that shows as dots");
    PyList_SetSlice(inner, 0, 1, o);
    is_str(shown(inner), "[((((((((((([[...], [...]],),),),),),),),),),),)]",
           "a ring of many containers is shown once round");
    PyList_SetSlice(inner, 0, 1, NULL);
    Py_DECREF(o);
    Py_DECREF(inner);
    Py_DECREF(list);
}

static void
test_views(void)
{
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *values, *view;
    PyDict_SetItemString(dict, "k", list);
    PyList_Append(list, dict);
    values = PyObject_GetAttrString(dict, "values");
    view = PyObject_CallNoArgs(values);
    Py_DECREF(values);
    is_str(shown(view), "dict_values([[{'k': [...]}]])", "the repr of a view shows what the repr of its dict shows");
    PyList_Append(list, view);
    is_str(shown(view), "dict_values([[{'k': [...]}, ...]])", "a view inside itself shows dots without brackets");
    PyList_SetSlice(list, 0, 2, NULL);
    Py_DECREF(view);
    Py_DECREF(list);
    Py_DECREF(dict);
}

/* A tuple or a list that the program has not filled yet. */
static void
test_places_without_items(void)
{
    PyObject *tuple = PyTuple_New(3), *one = PyTuple_New(1), *list = PyList_New(2);
    is_str(shown(tuple), "(<NULL>, <NULL>, <NULL>)", "each empty place of a tuple is shown");
    PyTuple_SetItem(tuple, 1, PyUnicode_FromString("s"));
    is_str(shown(tuple), "(<NULL>, 's', <NULL>)", "empty places of a tuple are shown around an item");
    is_str(shown(one), "(<NULL>,)", "a tuple of one empty place has a comma");
    is_str(shown(list), "[<NULL>, <NULL>]", "each empty place of a list is shown");
    PyList_SetItem(list, 1, PyUnicode_FromString("s"));
    is_str(shown(list), "[<NULL>, 's']", "an empty place of a list is shown before an item");
    PyList_Append(list, one);
    is_str(shown(list), "[<NULL>, 's', (<NULL>,)]", "an empty place is shown in a tuple inside a list");
    is_str(outcome(PyObject_Repr(NULL)), "'<NULL>'", "no object has the repr that an empty place has");
    Py_DECREF(list);
    Py_DECREF(one);
    Py_DECREF(tuple);
}

static void
test_too_deep(void)
{
    PyObject *inner = nest(20), *o = Py_NewRef(inner);
    long level;
    for (level = 0; level < 1000000; level++) {
        o = around(o, level);
    }
    is_ptr(PyObject_Repr(o), NULL, "a nest of a million containers is too deep for the stack");
    ok(PyErr_ExceptionMatches(PyExc_RecursionError),
       "the error for a nest of a million containers is a RecursionError");
    PyErr_Clear();
    is_ptr(PyObject_Repr(o), NULL, "a second repr of the nest fails too");
    ok(PyErr_ExceptionMatches(PyExc_RecursionError), "the error of the second repr is a RecursionError");
    PyErr_Clear();
    is_int(length_of_repr(inner), 79, "a small nest inside the large one is shown whole afterwards");
    Py_DECREF(o);
    Py_DECREF(inner);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_depths);
    RUN(test_the_same_inside);
    RUN(test_views);
    RUN(test_places_without_items);
    RUN(test_too_deep);
    return TAP_END();
}
