/* Slices of bytearray and memoryview: each slice of short objects gives, sets and deletes the same items as that of a list. */
#include "outcome.h"

static PyObject *
bound_of(int bound)
{
    return bound == 99 ? Py_NewRef(Py_None) : PyLong_FromLong(bound);
}

static PyObject *
list_of(Py_ssize_t size)
{
    PyObject *list = PyList_New(size);
    Py_ssize_t i;
    for (i = 0; i < size; i++) {
        PyList_SetItem(list, i, PyLong_FromSsize_t(i + 10));
    }
    return list;
}

static PyObject *
array_of(Py_ssize_t size)
{
    PyObject *list = list_of(size), *array = PyByteArray_FromObject(list);
    Py_DECREF(list);
    return array;
}

/* Whether an object has the items of a list. */
static int
has_items(PyObject *o, PyObject *list)
{
    PyObject *items = o ? PySequence_List(o) : NULL;
    int same = items != NULL && PyObject_RichCompareBool(items, list, Py_EQ) == 1;
    PyErr_Clear();
    Py_XDECREF(items);
    return same;
}

/* The four kinds of checks, with the number of those that failed. */
static int wrong_get, wrong_view, wrong_delete, wrong_assign, wrong_write, total;

static void
check(PyObject *slice, Py_ssize_t size, int step)
{
    PyObject *list = list_of(size), *array = array_of(size), *view = PyMemoryView_FromObject(array);
    PyObject *part = PyObject_GetItem(list, slice), *got = PyObject_GetItem(array, slice),
             *seen = PyObject_GetItem(view, slice);
    Py_ssize_t count = part ? PyList_Size(part) : -1, given;
    PyObject *copy;

    total++;
    wrong_get += !(got && PyByteArray_CheckExact(got) && has_items(got, part));
    wrong_view += !(seen && PyMemoryView_Check(seen) && has_items(seen, part) &&
                    PyMemoryView_GET_BUFFER(seen)->len == count && PyObject_Size(seen) == count);
    Py_XDECREF(got);
    Py_XDECREF(seen);
    for (given = 0; given < 5; given++) {
        PyObject *new_items = list_of(given), *bytes = PyBytes_FromObject(new_items), *kept = list_of(size);
        PyObject *writable = array_of(size), *other = PyMemoryView_FromObject(writable);
        int expected, result = PyObject_SetItem(other, slice, bytes);
        PyErr_Clear();
        expected = given == count ? 0 : -1;
        if (expected == 0) {
            PyObject_SetItem(kept, slice, new_items);
        }
        wrong_write += result != expected || !has_items(writable, kept);
        Py_DECREF(other);
        Py_DECREF(kept);

        kept = list_of(size);
        if (step != 1 && given == 0) {
            expected = PyObject_DelItem(kept, slice);
        } else {
            expected = PyObject_SetItem(kept, slice, new_items);
        }
        PyErr_Clear();
        Py_DECREF(writable);
        writable = array_of(size);
        result = PyObject_SetItem(writable, slice, bytes);
        PyErr_Clear();
        wrong_assign += result != expected || !has_items(writable, kept) ||
                        PyByteArray_AsString(writable)[PyByteArray_Size(writable)] != '\0';
        Py_DECREF(kept);
        Py_DECREF(writable);
        Py_DECREF(bytes);
        Py_DECREF(new_items);
    }
    Py_DECREF(view);
    copy = list_of(size);
    PyObject_DelItem(copy, slice);
    wrong_delete += PyObject_DelItem(array, slice) != 0 || !has_items(array, copy);
    PyErr_Clear();
    Py_DECREF(copy);
    Py_XDECREF(part);
    Py_DECREF(array);
    Py_DECREF(list);
}

static void
test_each(void)
{
    static const int bounds[] = {-6, -4, -3, -1, 0, 1, 2, 3, 5, 99}, steps[] = {-3, -2, -1, 1, 2, 3, 7, 99};
    const int count = sizeof bounds / sizeof bounds[0];
    Py_ssize_t size;
    int i, j, k;
    for (size = 0; size <= 5; size++) {
        for (i = 0; i < count; i++) {
            for (j = 0; j < count; j++) {
                for (k = 0; k < 8; k++) {
                    PyObject *start = bound_of(bounds[i]), *stop = bound_of(bounds[j]), *step = bound_of(steps[k]);
                    PyObject *slice = PySlice_New(start, stop, step);
                    check(slice, size, steps[k] == 99 ? 1 : steps[k]);
                    Py_DECREF(slice);
                    Py_DECREF(step);
                    Py_DECREF(stop);
                    Py_DECREF(start);
                }
            }
        }
    }
    is_int(total, 4800, "each slice of bytes of up to five");
    is_int(wrong_get, 0, "a slice of a bytearray has the items of that of a list");
    is_int(wrong_view, 0, "a slice of a memoryview has the items of that of a list");
    is_int(wrong_delete, 0, "deleting a slice of a bytearray leaves the items that a list keeps");
    is_int(wrong_assign, 0, "a slice of a bytearray is set as that of a list, and nothing in it deletes");
    is_int(wrong_write, 0, "a slice of a memoryview is set to as many items as it has");
}

static void
test_errors(void)
{
    static const char refusal[] = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
    PyObject *two = PyLong_FromLong(2), *zero = PyLong_FromLong(0), *array = array_of(4),
             *text = PyUnicode_FromString("ab");
    PyObject *every_second = PySlice_New(NULL, NULL, two), *no_step = PySlice_New(NULL, NULL, zero);
    PyObject *all = PySlice_New(NULL, NULL, NULL), *three = PyBytes_FromString("abc"), *view, *list, *bad, *grid, *keys;
    is_int(PyObject_SetItem(array, every_second, three), -1, "a slice with a step has a fixed size");
    raises(PyExc_ValueError, "attempt to assign bytes of size 3 to extended slice of size 2",
           "another size is a ValueError");
    is_int(PyObject_SetItem(array, all, text), -1, "a str can't be assigned");
    raises(PyExc_TypeError, refusal, "assigning a str is a TypeError");
    is_int(PyObject_SetItem(array, all, two), -1, "a number can't be assigned");
    raises(PyExc_TypeError, refusal, "assigning a number is a TypeError");
    is_int(PyObject_SetItem(array, all, Py_None), -1, "None can't be assigned");
    raises(PyExc_TypeError, "cannot convert 'NoneType' object to bytearray", "assigning None is a TypeError");
    is_str(outcome(PyObject_GetItem(array, no_step)), "ValueError: slice step cannot be zero", "a step of 0");
    is_int(PyObject_SetItem(array, no_step, text), -1, "a step of 0 can't be set");
    raises(PyExc_ValueError, "slice step cannot be zero", "a step of 0 is found before the value");
    bad = PySlice_New(text, NULL, NULL);
    is_str(outcome(PyObject_GetItem(array, bad)),
           "TypeError: slice indices must be integers or None or have an __index__ method", "a bound that is a str");
    Py_DECREF(bad);
    is_int(PyObject_SetItem(array, all, array), 0, "a bytearray can be assigned to its own slice");
    is_str(shown(array), "bytearray(b'\\n\\x0b\\x0c\\r')", "the bytes stay the same");

    view = PyMemoryView_FromObject(array);
    is_int(PyObject_DelItem(array, all), -1, "a slice can't be deleted while a buffer is exported");
    raises(PyExc_BufferError, "Existing exports of data: object cannot be re-sized",
           "deleting exported bytes is a BufferError");
    is_int(PyObject_SetItem(array, all, three), -1, "a slice can't change its size while a buffer is exported");
    raises(PyExc_BufferError, "Existing exports of data: object cannot be re-sized",
           "resizing exported bytes is a BufferError");
    is_int(PyObject_SetItem(view, all, three), -1, "a slice of a view has a fixed size");
    raises(PyExc_ValueError, "memoryview assignment: lvalue and rvalue have different structures",
           "another size of a view's slice is a ValueError");
    is_int(PyObject_SetItem(view, all, two), -1, "a number is no buffer");
    raises(PyExc_TypeError, "a bytes-like object is required, not 'int'", "a value without a buffer is a TypeError");
    is_int(PyObject_DelItem(view, all), -1, "a slice of a view can't be deleted");
    raises(PyExc_TypeError, "cannot delete memory", "deleting a slice of a view is a TypeError");
    list = PySlice_New(NULL, NULL, NULL);
    keys = PyTuple_Pack(2, all, list);
    is_str(outcome(PyObject_GetItem(view, keys)), "NotImplementedError: multi-dimensional slicing is not implemented",
           "a view can't be sliced by two slices");
    grid = PyObject_GetAttrString(view, "cast");
    {
        PyObject *format = PyUnicode_FromString("B"), *shape = PyTuple_Pack(2, two, two), *part;
        PyObject *made = PyObject_CallFunctionObjArgs(grid, format, shape, NULL);
        part = PyObject_GetItem(made, every_second);
        is_str(outcome(PyObject_GetAttrString(part, "shape")), "(1, 2)",
               "a slice of two dimensions is one of the first");
        is_str(outcome(PyObject_GetAttrString(part, "strides")), "(4, 1)",
               "the stride of a slice is multiplied by its step");
        is_str(outcome(PyObject_GetAttrString(part, "c_contiguous")), "True", "one row is contiguous");
        Py_XDECREF(part);
        is_int(PyObject_SetItem(made, all, three), -1, "a slice of two dimensions can't be set");
        raises(PyExc_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1",
               "setting a slice of two dimensions is a NotImplementedError");
        is_int(PyObject_SetItem(made, keys, three), -1, "two slices can't be set");
        raises(PyExc_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1",
               "setting two slices is a NotImplementedError");
        Py_DECREF(made);
        Py_DECREF(shape);
        Py_DECREF(format);
    }
    Py_DECREF(grid);
    Py_DECREF(keys);
    Py_DECREF(list);
    Py_DECREF(view);
    Py_DECREF(three);
    Py_DECREF(all);
    Py_DECREF(no_step);
    Py_DECREF(every_second);
    Py_DECREF(text);
    Py_DECREF(array);
    Py_DECREF(zero);
    Py_DECREF(two);
}

/* Assignments between overlapping parts of one object. */
static void
test_overlap(void)
{
    static const int bounds[][6] = {
        {1, 99, 99, 99, 3, 99}, {99, 3, 99, 1, 99, 99}, {99, 99, -1, 99, 99, 99}, {99, 99, 2, 99, 2, 99}};
    static const char *const after[] = {"bytearray(b'\\n\\n\\x0b\\x0c')", "bytearray(b'\\x0b\\x0c\\r\\r')",
                                        "bytearray(b'\\r\\x0c\\x0b\\n')", "bytearray(b'\\n\\x0b\\x0b\\r')"};
    size_t i;
    int j;
    for (i = 0; i < 4; i++) {
        PyObject *array = array_of(4), *view = PyMemoryView_FromObject(array), *parts[6], *to, *from, *value;
        for (j = 0; j < 6; j++) {
            parts[j] = bound_of(bounds[i][j]);
        }
        to = PySlice_New(parts[0], parts[1], parts[2]);
        from = PySlice_New(parts[3], parts[4], parts[5]);
        value = PyObject_GetItem(view, from);
        is_int(PyObject_SetItem(view, to, value), 0, "row %d: a part of a view can be set to another", (int)i);
        is_str(shown(array), after[i], "row %d: a part is read before it is written", (int)i);
        Py_XDECREF(value);
        Py_DECREF(from);
        Py_DECREF(to);
        for (j = 0; j < 6; j++) {
            Py_DECREF(parts[j]);
        }
        Py_DECREF(view);
        Py_DECREF(array);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_each);
    RUN(test_errors);
    RUN(test_overlap);
    return TAP_END();
}
