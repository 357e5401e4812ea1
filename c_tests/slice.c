/* Slices: the object, the functions that turn it into positions, and the items that it selects, replaces or deletes in a list, a
 * tuple, a string, bytes and a range.  Tables are compared with CPython by digests; with an argument the program prints each outcome.
 */
#include "digest.h"
#include "outcome.h"
#include "static_types.h"

/* The parts that slices are made of: None, ints inside and outside, and objects that are no index. */
static PyObject *parts[16];
static int part_count;

static void
make_parts(void)
{
    static const char *const ints[] = {"0",
                                       "1",
                                       "-1",
                                       "2",
                                       "-2",
                                       "3",
                                       "-7",
                                       "100",
                                       "9223372036854775807",
                                       "-9223372036854775808",
                                       "100000000000000000000",
                                       "-100000000000000000000"};
    size_t i;
    parts[part_count++] = Py_NewRef(Py_None);
    for (i = 0; i < COUNT(ints); i++) {
        parts[part_count++] = PyLong_FromString(ints[i], NULL, 10);
    }
    parts[part_count++] = Py_NewRef(Py_True);
    parts[part_count++] = PyUnicode_FromString("x");
}

static void
each_slice(void (*work)(PyObject *slice))
{
    int i, j, k;
    for (i = 0; i < part_count; i++) {
        for (j = 0; j < part_count; j++) {
            for (k = 0; k < part_count; k++) {
                PyObject *slice = PySlice_New(parts[i], parts[j], parts[k]);
                work(slice);
                Py_DECREF(slice);
            }
        }
    }
}

static PyObject *
call_indices(PyObject *slice, long length)
{
    PyObject *argument = PyLong_FromLong(length);
    PyObject *method = PyObject_GetAttrString(slice, "indices");
    PyObject *result = PyObject_CallOneArg(method, argument);
    Py_DECREF(method);
    Py_DECREF(argument);
    return result;
}

static void
note_positions(PyObject *slice)
{
    static const Py_ssize_t lengths[] = {0, 1, 2, 5, PY_SSIZE_T_MAX};
    Py_ssize_t start = 7, stop = 7, step = 7, count = 7;
    size_t i;
    int result;
    note("%s", shown(slice));
    result = PySlice_Unpack(slice, &start, &stop, &step);
    if (result < 0) {
        note("%s", error_text());
    } else {
        note("%zd %zd %zd", start, stop, step);
        for (i = 0; i < COUNT(lengths); i++) {
            Py_ssize_t first = start, last = stop;
            count = PySlice_AdjustIndices(lengths[i], &first, &last, step);
            note("%zd: %zd %zd %zd", lengths[i], first, last, count);
        }
    }
    for (i = 0; i < COUNT(lengths); i++) {
        result = PySlice_GetIndicesEx(slice, lengths[i], &start, &stop, &step, &count);
        if (result < 0) {
            note("%s", error_text());
        } else {
            note("%zd %zd %zd %zd", start, stop, step, count);
        }
        result = PySlice_GetIndices(slice, lengths[i], &start, &stop, &step);
        if (result == 0) {
            note("%zd %zd %zd", start, stop, step);
        }
        note("%d", result);
        PyErr_Clear();
    }
    note("%s %s", outcome(call_indices(slice, 0)), outcome(call_indices(slice, 5)));
}

static void
test_positions(void)
{
    PyObject *slice;
    each_slice(note_positions);
    digest_is(0xb2b086672593086fU, "the positions of slices in sequences of several lengths");
    slice = PySlice_New(Py_None, Py_None, Py_None);
    is_str(outcome(call_indices(slice, -1)), "ValueError: length should not be negative", "a length is not negative");
    Py_DECREF(slice);
}

static PyObject *sequences[5];

static void
note_items(PyObject *slice)
{
    size_t i;
    for (i = 0; i < COUNT(sequences); i++) {
        note("%s[%s]: %s", shown(sequences[i]), shown(slice), outcome(PyObject_GetItem(sequences[i], slice)));
    }
}

static PyObject *
make_list(const char *letters)
{
    PyObject *text = PyUnicode_FromString(letters);
    PyObject *list = PySequence_List(text);
    Py_DECREF(text);
    return list;
}

static void
note_changes(PyObject *slice)
{
    static const char *const values[] = {"", "x", "xy", "xyz", "vwxyz"};
    PyObject *list;
    int result;
    size_t i;
    for (i = 0; i < COUNT(values); i++) {
        PyObject *value = make_list(values[i]);
        list = make_list("abcde");
        result = PyObject_SetItem(list, slice, value);
        note("%s = %s: %d %s %s", shown(slice), shown(value), result, error_text(), shown(list));
        Py_DECREF(list);
        Py_DECREF(value);
    }
    list = make_list("abcde");
    result = PyObject_SetItem(list, slice, list);
    note("itself: %d %s %s", result, error_text(), shown(list));
    result = PyObject_SetItem(list, slice, Py_None);
    note("None: %d %s %s", result, error_text(), shown(list));
    Py_DECREF(list);
    list = make_list("abcde");
    result = PyObject_DelItem(list, slice);
    note("del: %d %s %s", result, error_text(), shown(list));
    Py_DECREF(list);
}

static void
test_items(void)
{
    size_t i;
    PyObject *ten = PyLong_FromLong(10);
    sequences[0] = make_list("abcde");
    sequences[1] = PySequence_Tuple(sequences[0]);
    sequences[2] = PyUnicode_FromString("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
    sequences[3] = PyBytes_FromString("abcde");
    sequences[4] = PyObject_CallOneArg((PyObject *)&PyRange_Type, ten);
    each_slice(note_items);
    digest_is(0x3ace91abfb9681aaU, "the items that slices select");
    for (i = 0; i < COUNT(sequences); i++) {
        Py_CLEAR(sequences[i]);
    }
    Py_DECREF(ten);
    each_slice(note_changes);
    digest_is(0xfcf1e7697ee896abU, "the items of a list that slices replace or delete");
}

static void
test_whole(void)
{
    PyObject *whole = PySlice_New(NULL, NULL, NULL);
    PyObject *objects[3], *same;
    size_t i;
    objects[0] = PyTuple_Pack(2, Py_None, Py_True);
    objects[1] = PyUnicode_FromString("abc");
    objects[2] = PyBytes_FromString("abc");
    for (i = 0; i < COUNT(objects); i++) {
        same = PyObject_GetItem(objects[i], whole);
        ok(same == objects[i], "the slice of all items of an object of type %s is the object itself",
           tap_type_name((PyObject *)Py_TYPE(objects[i])));
        Py_XDECREF(same);
        Py_DECREF(objects[i]);
    }
    Py_DECREF(whole);
}

static PyObject *
construct(int count, PyObject *a, PyObject *b, PyObject *c, PyObject *d)
{
    PyObject *arguments = PyTuple_New(count);
    PyObject *given[4];
    PyObject *result;
    int i;
    given[0] = a;
    given[1] = b;
    given[2] = c;
    given[3] = d;
    for (i = 0; i < count; i++) {
        PyTuple_SetItem(arguments, i, Py_NewRef(given[i]));
    }
    result = PyObject_Call((PyObject *)&PySlice_Type, arguments, NULL);
    Py_DECREF(arguments);
    return result;
}

static void
test_object(void)
{
    PyObject *slice = PySlice_New(parts[1], NULL, parts[3]);
    PyObject *same = PySlice_New(parts[1], Py_None, parts[3]);
    PyObject *other = PySlice_New(parts[1], parts[2], NULL);
    PyObject *list = PyList_New(0);
    PyObject *unhashable = PySlice_New(list, NULL, NULL);
    PyObject *names;
    ok(PySlice_Check(slice), "a slice is a slice");
    is_str(shown(slice), "slice(0, None, -1)", "a slice shows its parts");
    is_str(outcome(PyObject_GetAttrString(slice, "start")), "0", "a slice has a start");
    is_str(outcome(PyObject_GetAttrString(slice, "stop")), "None", "a slice has a stop");
    is_str(outcome(PyObject_GetAttrString(slice, "step")), "-1", "a slice has a step");
    is_ptr(((PySliceObject *)slice)->start, parts[1], "the layout of a slice shows its start");
    is_ptr(((PySliceObject *)slice)->stop, Py_None, "the layout of a slice shows its stop");
    is_ptr(((PySliceObject *)slice)->step, parts[3], "the layout of a slice shows its step");
    is_int(PyObject_SetAttrString(slice, "start", Py_None), -1, "the start of a slice can't be set");
    raises(PyExc_AttributeError, "readonly attribute", "the start of a slice is read-only");
    is_int(PyObject_Hash(slice) == PyObject_Hash(same), 1, "equal slices have equal hashes");
    is_str(outcome_int(PyObject_Hash(unhashable)), "TypeError: unhashable type: 'list'",
           "a slice of an unhashable object is unhashable");
    {
        int op;
        for (op = Py_LT; op <= Py_GE; op++) {
            note("%s", outcome(PyObject_RichCompare(slice, same, op)));
            note("%s", outcome(PyObject_RichCompare(slice, slice, op)));
            note("%s", outcome(PyObject_RichCompare(slice, other, op)));
            note("%s", outcome(PyObject_RichCompare(slice, Py_None, op)));
        }
        digest_is(0x233dbaaf623a2599U, "comparisons of slices");
    }
    {
        int i, j;
        for (i = 0; i < part_count; i++) {
            for (j = 0; j < part_count - 1; j++) {
                PyObject *one = PySlice_New(parts[i == part_count - 1 ? 0 : i], parts[j], Py_None);
                /* The hash of a text is another in each process. */
                note("%zd", PyObject_Hash(one));
                Py_DECREF(one);
            }
        }
        digest_is(0x5898e1df9e9e5719U, "hashes of slices");
    }
    is_str(outcome(construct(0, NULL, NULL, NULL, NULL)), "TypeError: slice expected at least 1 argument, got 0",
           "slice() has an argument");
    is_str(outcome(construct(1, parts[1], NULL, NULL, NULL)), "slice(None, 0, None)",
           "slice() with one argument has a stop");
    is_str(outcome(construct(2, parts[1], parts[2], NULL, NULL)), "slice(0, 1, None)",
           "slice() with two arguments has a start and a stop");
    is_str(outcome(construct(3, parts[1], parts[2], parts[4], NULL)), "slice(0, 1, 2)",
           "slice() with three arguments has a step");
    is_str(outcome(construct(4, parts[1], parts[2], parts[4], parts[1])),
           "TypeError: slice expected at most 3 arguments, got 4", "slice() has at most three arguments");
    names = PyDict_New();
    PyDict_SetItemString(names, "stop", Py_None);
    {
        PyObject *none = PyTuple_New(0);
        is_str(outcome(PyObject_Call((PyObject *)&PySlice_Type, none, names)),
               "TypeError: slice() takes no keyword arguments", "slice() takes no arguments by name");
        Py_DECREF(none);
    }
    Py_DECREF(names);
    Py_DECREF(unhashable);
    Py_DECREF(list);
    Py_DECREF(other);
    Py_DECREF(same);
    Py_DECREF(slice);
}

/* A part whose conversion changes the list. */
static PyObject *victim;

static PyObject *
shorten(PyObject *self)
{
    (void)self;
    PyList_SetSlice(victim, 0, PY_SSIZE_T_MAX, NULL);
    return PyLong_FromLong(1);
}

static PyNumberMethods shortening;
static PyTypeObject shortening_type;
static PyObject shortening_index;

static void
test_a_list_that_changes(void)
{
    PyObject *slice, *value;
    shortening.nb_index = shorten;
    fill_type(&shortening_type, "Shortening", &shortening, NULL, &shortening_index);
    slice = PySlice_New(&shortening_index, NULL, NULL);
    victim = make_list("abc");
    is_str(outcome(PyObject_GetItem(victim, slice)), "[]", "a slice sees the length after its parts were converted");
    Py_DECREF(victim);
    victim = make_list("abc");
    value = make_list("xy");
    is_int(PyObject_SetItem(victim, slice, value), 0, "a slice is replaced in a list that its parts have changed");
    is_str(shown(victim), "['x', 'y']", "the items are put into the list as it is then");
    Py_DECREF(value);
    Py_DECREF(victim);
    Py_DECREF(slice);
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    make_parts();
    RUN(test_positions);
    RUN(test_items);
    RUN(test_whole);
    RUN(test_object);
    RUN(test_a_list_that_changes);
    while (part_count > 0) {
        Py_DECREF(parts[--part_count]);
    }
    return TAP_END();
}
