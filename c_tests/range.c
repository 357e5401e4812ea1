/* Ranges of ints of any size: their length, items, slices, searches, comparisons, hashes and iterators.  Tables are compared with
 * CPython by digests; with an argument the program prints each outcome.
 */
#include "digest.h"
#include "outcome.h"

static PyObject *
construct(int count, PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *given[3], *arguments = PyTuple_New(count), *result;
    int i;
    given[0] = a;
    given[1] = b;
    given[2] = c;
    for (i = 0; i < count; i++) {
        PyTuple_SetItem(arguments, i, Py_NewRef(given[i]));
    }
    result = PyObject_Call((PyObject *)&PyRange_Type, arguments, NULL);
    Py_DECREF(arguments);
    return result;
}

static PyObject *
method(PyObject *o, const char *name, PyObject *argument)
{
    PyObject *function = PyObject_GetAttrString(o, name);
    PyObject *result = NULL;
    if (function != NULL) {
        result = argument == NULL ? PyObject_CallNoArgs(function) : PyObject_CallOneArg(function, argument);
    }
    Py_XDECREF(function);
    return result;
}

static PyObject *ints[16];
static int int_count;
static PyObject *ranges[4096];
static int range_count;

static void
make_ranges(void)
{
    static const char *const texts[] = {"0",
                                        "1",
                                        "-1",
                                        "3",
                                        "10",
                                        "-7",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "9223372036854775808",
                                        "100000000000000000000",
                                        "-100000000000000000000"};
    size_t i;
    int a, b, c;
    for (i = 0; i < COUNT(texts); i++) {
        ints[int_count++] = PyLong_FromString(texts[i], NULL, 10);
    }
    ints[int_count++] = Py_NewRef(Py_True);
    for (a = 0; a < int_count; a++) {
        for (b = 0; b < int_count; b++) {
            for (c = 0; c < int_count; c++) {
                PyObject *range = construct(3, ints[a], ints[b], ints[c]);
                note("%s", range == NULL ? error_text() : shown(range));
                if (range != NULL) {
                    ranges[range_count++] = range;
                }
            }
        }
    }
}

/* The first items of an iterator, and how many it says are left. */
static void
note_iterator(PyObject *iterator)
{
    int i;
    if (iterator == NULL) {
        note("%s", error_text());
        return;
    }
    note("%s %s", tap_type_name((PyObject *)Py_TYPE(iterator)), outcome(method(iterator, "__length_hint__", NULL)));
    for (i = 0; i < 4; i++) {
        PyObject *item = PyIter_Next(iterator);
        if (item == NULL) {
            note("end %s", error_text());
            break;
        }
        note("%s", outcome(item));
    }
    note("%s", outcome(method(iterator, "__length_hint__", NULL)));
    Py_DECREF(iterator);
}

static void
test_ranges(void)
{
    int i, j;
    make_ranges();
    for (i = 0; i < range_count; i++) {
        PyObject *range = ranges[i];
        note("%s", shown(range));
        note("%s", outcome_int(PyObject_Size(range)));
        note("%d", PyObject_IsTrue(range));
        note("%s %s %s", outcome(PyObject_GetAttrString(range, "start")),
             outcome(PyObject_GetAttrString(range, "stop")), outcome(PyObject_GetAttrString(range, "step")));
        note_iterator(PyObject_GetIter(range));
        note_iterator(method(range, "__reversed__", NULL));
        for (j = 0; j < int_count; j++) {
            note("[%s]: %s", shown(ints[j]), outcome(PyObject_GetItem(range, ints[j])));
            note("%d %s", PySequence_Contains(range, ints[j]), error_text());
            note("%s", outcome(method(range, "index", ints[j])));
            note("%s", outcome(method(range, "count", ints[j])));
        }
        note("%s", outcome(PySequence_GetItem(range, 1)));
        note("%s", outcome(PySequence_GetItem(range, -1)));
    }
    digest_is(0x87edfe8a55ef9fe4U, "ranges of ints of every size");
}

static void
test_slices_of_ranges(void)
{
    int i, a, b;
    for (i = 0; i < range_count; i += 7) {
        for (a = 0; a < int_count; a++) {
            for (b = 0; b < int_count; b++) {
                PyObject *slice = PySlice_New(ints[a], ints[b], NULL);
                note("%s", outcome(PyObject_GetItem(ranges[i], slice)));
                Py_DECREF(slice);
                slice = PySlice_New(NULL, ints[a], ints[b]);
                note("%s", outcome(PyObject_GetItem(ranges[i], slice)));
                Py_DECREF(slice);
            }
        }
    }
    digest_is(0xa3abf7b1ecaccad0U, "slices of ranges");
}

static void
test_comparisons(void)
{
    int i, j, op;
    for (i = 0; i < range_count; i += 5) {
        note("%zd", PyObject_Hash(ranges[i]) % 1000003);
        for (j = 0; j < range_count; j += 3) {
            note("%s", outcome(PyObject_RichCompare(ranges[i], ranges[j], Py_EQ)));
        }
        for (op = Py_LT; op <= Py_GE; op++) {
            note("%s", outcome(PyObject_RichCompare(ranges[i], ranges[0], op)));
            note("%s", outcome(PyObject_RichCompare(ranges[i], Py_None, op)));
        }
    }
    digest_is(0x5e4eb6c28ccba474U, "comparisons and hashes of ranges");
}

static void
test_other_objects(void)
{
    PyObject *ten = PyLong_FromLong(10);
    PyObject *range = construct(1, ten, NULL, NULL);
    PyObject *number = PyFloat_FromDouble(3.0);
    PyObject *text = PyUnicode_FromString("x");
    PyObject *names = PyDict_New(), *none = PyTuple_New(0);
    is_str(shown(range), "range(0, 10)", "a range of one argument begins at 0");
    is_str(outcome(construct(2, Py_True, ten, NULL)), "range(1, 10)", "the parts of a range are exactly ints");
    is_int(PySequence_Contains(range, number), 1, "a float is in a range if it is equal to a number");
    is_str(outcome(method(range, "index", number)), "3", "a float has an index in a range");
    is_str(outcome(method(range, "count", number)), "1", "a float is counted in a range");
    is_int(PySequence_Contains(range, text), 0, "a text is in no range");
    is_str(outcome(method(range, "index", text)), "ValueError: sequence.index(x): x not in sequence",
           "a text has no index in a range");
    is_str(outcome(method(range, "index", ten)), "ValueError: range.index(x): x not in range",
           "an int outside has no index in a range");
    is_str(outcome(PyObject_GetItem(range, text)), "TypeError: range indices must be integers or slices, not str",
           "a text is no index of a range");
    is_str(outcome(PyObject_GetItem(range, ten)), "IndexError: range object index out of range",
           "a range has no item outside");
    is_str(outcome(construct(0, NULL, NULL, NULL)), "TypeError: range expected at least 1 argument, got 0",
           "range() has an argument");
    is_str(outcome(construct(1, text, NULL, NULL)), "TypeError: 'str' object cannot be interpreted as an integer",
           "a range is made of ints");
    is_str(outcome(construct(1, number, NULL, NULL)), "TypeError: 'float' object cannot be interpreted as an integer",
           "a float is no int");
    PyDict_SetItemString(names, "stop", ten);
    is_str(outcome(PyObject_Call((PyObject *)&PyRange_Type, none, names)),
           "TypeError: range() takes no keyword arguments", "range() takes no arguments by name");
    is_str(outcome(method(range, "__reduce__", NULL)), "(<class 'range'>, (0, 10, 1))", "a range can be copied");
    is_int(PyObject_SetAttrString(range, "start", ten), -1, "the start of a range can't be set");
    raises(PyExc_AttributeError, "readonly attribute", "the start of a range is read-only");
    is_str(outcome(PyNumber_Add(range, range)), "TypeError: unsupported operand type(s) for +: 'range' and 'range'",
           "ranges are not joined");
    Py_DECREF(names);
    Py_DECREF(none);
    Py_DECREF(text);
    Py_DECREF(number);
    Py_DECREF(range);
    Py_DECREF(ten);
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    RUN(test_ranges);
    RUN(test_slices_of_ranges);
    RUN(test_comparisons);
    RUN(test_other_objects);
    while (range_count > 0) {
        Py_DECREF(ranges[--range_count]);
    }
    while (int_count > 0) {
        Py_DECREF(ints[--int_count]);
    }
    return TAP_END();
}
