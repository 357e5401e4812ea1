/* Buffers that do not fit, and wrong uses of them: the deviations that docs/deviations.md lists. */
#include "../tap.h"

#include "../checks.h"
#include "../child.h"

#include <string.h>

/* A memoryview of memory with a shape, which no object keeps. */
static PyObject *
view_of(char *memory, Py_ssize_t length, const char *format, Py_ssize_t size, int ndim, Py_ssize_t *shape,
        Py_ssize_t *strides)
{
    Py_buffer view = {memory, NULL, length, size, 0, ndim, (char *)format, shape, strides, NULL, NULL};

    return PyMemoryView_FromBuffer(&view);
}

static void
test_copy_between_shapes(void)
{
    static Py_ssize_t square[] = {2, 2}, columns[] = {1, 2}, row[] = {4}, spaced[] = {2};
    char source[] = "abcd", destination[] = ".........";
    PyObject *from = view_of(source, 4, "B", 1, 2, square, columns),
             *to = view_of(destination, 4, "B", 1, 1, row, spaced);

    is_int(PyObject_CopyData(to, from), 0, "data is copied between buffers of different shapes");
    is_str(destination, "a.c.b.d..", "the items of the source, in C's order, are the first items of the destination");
    Py_XDECREF(from);
    Py_XDECREF(to);
}

static void
destroy_with_export(void)
{
    PyObject *array = PyByteArray_FromStringAndSize("abc", 3);
    Py_buffer view;

    PyObject_GetBuffer(array, &view, PyBUF_SIMPLE);
    Py_DECREF(array);
    Py_DECREF(array);
}

static void
test_export_at_the_end(void)
{
    char text[200];

    in_child(destroy_with_export, text, sizeof text);
    is_str(text, "", "nothing is printed of a bytearray that is destroyed while a buffer is exported");
}

static void
test_size_and_format(void)
{
    static Py_ssize_t pair[] = {2};
    char memory[] = "abcd";
    PyObject *view = view_of(memory, 4, "i", 2, 1, pair, NULL);

    is_ptr(PySequence_GetItem(view, 0), NULL, "an item whose size is not that of its format is not read");
    raises(PyExc_NotImplementedError, "memoryview: the size of an item is not that of its format",
           "the error names the size of the item");
    Py_XDECREF(view);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_copy_between_shapes);
    RUN(test_export_at_the_end);
    RUN(test_size_and_format);
    return TAP_END();
}
