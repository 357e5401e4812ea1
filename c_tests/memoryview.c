/* memoryview: made from objects, memory and buffers; its attributes, methods, items and casts; requests, exports and release. */
#include "outcome.h"

static const char forbidden[] = "ValueError: operation forbidden on released memoryview object";

/* A tuple of new references. */
static PyObject *
tuple_of(int count, PyObject *a, PyObject *b)
{
    PyObject *tuple = PyTuple_New(count);
    if (count > 0) {
        PyTuple_SetItem(tuple, 0, a);
    }
    if (count > 1) {
        PyTuple_SetItem(tuple, 1, b);
    }
    return tuple;
}

/* Calls a method with a tuple of arguments, whose reference is given away. */
static PyObject *
call(PyObject *o, const char *name, PyObject *arguments)
{
    PyObject *method = PyObject_GetAttrString(o, name), *result;
    result = method ? PyObject_CallObject(method, arguments) : NULL;
    Py_XDECREF(method);
    Py_DECREF(arguments);
    return result;
}

static PyObject *
call0(PyObject *o, const char *name)
{
    return call(o, name, tuple_of(0, NULL, NULL));
}

static PyObject *
call1(PyObject *o, const char *name, PyObject *argument)
{
    return call(o, name, tuple_of(1, argument, NULL));
}

static PyObject *
text_of(const char *text)
{
    return PyUnicode_FromString(text);
}

static PyObject *
number_of(long value)
{
    return PyLong_FromLong(value);
}

static PyObject *
pair_of(long a, long b)
{
    return tuple_of(2, number_of(a), number_of(b));
}

static PyObject *
view_of_bytes(const char *bytes, Py_ssize_t size)
{
    PyObject *o = PyBytes_FromStringAndSize(bytes, size), *view = PyMemoryView_FromObject(o);
    Py_DECREF(o);
    return view;
}

static PyObject *
view_of_array(const char *bytes, Py_ssize_t size)
{
    PyObject *o = PyByteArray_FromStringAndSize(bytes, size), *view = PyMemoryView_FromObject(o);
    Py_DECREF(o);
    return view;
}

/* All attributes as one text. */
static const char *const names[] = {"nbytes",  "readonly",   "itemsize",     "format",       "ndim",      "shape",
                                    "strides", "suboffsets", "c_contiguous", "f_contiguous", "contiguous"};

static const char *
attributes(PyObject *view)
{
    static char buffer[OUTCOME_SIZE];
    size_t i, length = 0;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = outcome(PyObject_GetAttrString(view, names[i]));
        length += (size_t)snprintf(buffer + length, OUTCOME_SIZE - length, "%s%s", i ? " " : "", value);
    }
    return buffer;
}

static void
test_objects(void)
{
    PyObject *bytes = PyBytes_FromString("abcd"), *array = PyByteArray_FromStringAndSize("abcd", 4), *view, *other;
    PyObject *text = text_of("text of mine");
    Py_ssize_t before = Py_REFCNT(bytes);

    view = PyMemoryView_FromObject(bytes);
    ok(PyMemoryView_Check(view), "FromObject makes a memoryview");
    is_ptr(PyMemoryView_GET_BASE(view), bytes, "GET_BASE is the object");
    is_ptr(PyMemoryView_GET_BUFFER(view)->buf, PyBytes_AsString(bytes), "GET_BUFFER has the address of the bytes");
    is_int(PyMemoryView_GET_BUFFER(view)->len, 4, "GET_BUFFER has the number of bytes");
    is_str(attributes(view), "4 True 1 'B' 1 (4,) (1,) () True True True", "the attributes of a view of bytes");
    is_str(outcome(PyObject_GetAttrString(view, "obj")), "b'abcd'", "the attribute obj is the object");
    is_int(Py_REFCNT(bytes), before + 1, "a view owns one reference to the object");
    other = PyMemoryView_FromObject(view);
    is_ptr(PyMemoryView_GET_BASE(other), bytes, "a view of a view has the same object");
    is_int(Py_REFCNT(bytes), before + 1, "views of one buffer own one reference together");
    Py_DECREF(view);
    is_str(outcome(call0(other, "tobytes")), "b'abcd'", "a view outlives the view that it was made from");
    Py_DECREF(other);
    is_int(Py_REFCNT(bytes), before, "the last view drops the reference");

    view = PyMemoryView_FromObject(array);
    is_str(attributes(view), "4 False 1 'B' 1 (4,) (1,) () True True True", "the attributes of a view of a bytearray");
    is_int(PyByteArray_Resize(array, 9), -1, "a viewed bytearray can't be resized");
    PyErr_Clear();
    Py_DECREF(view);
    is_int(PyByteArray_Resize(array, 9), 0, "a bytearray can be resized when its view is gone");

    is_str(outcome(PyMemoryView_FromObject(text)), "TypeError: memoryview: a bytes-like object is required, not 'str'",
           "a str has no view");
    is_str(outcome(PyMemoryView_FromObject(Py_None)),
           "TypeError: memoryview: a bytes-like object is required, not 'NoneType'", "None has no view");
    is_int(Py_REFCNT(text), 1, "FromObject that fails keeps no reference");
    Py_DECREF(text);
    Py_DECREF(array);
    Py_DECREF(bytes);
}

static void
test_calling(void)
{
    PyObject *type = (PyObject *)&PyMemoryView_Type, *keywords = PyDict_New(), *bytes = PyBytes_FromString("ab"), *view,
             *none;
    none = PyTuple_New(0);
    is_str(outcome(PyObject_CallNoArgs(type)), "TypeError: memoryview() missing required argument 'object' (pos 1)",
           "calling the type needs an object");
    is_str(outcome(PyObject_CallOneArg(type, Py_None)),
           "TypeError: memoryview: a bytes-like object is required, not 'NoneType'", "calling the type with None");
    PyDict_SetItemString(keywords, "object", bytes);
    view = PyObject_Call(type, none, keywords);
    is_str(outcome(call0(view, "tolist")), "[97, 98]", "the object can be given by name");
    Py_XDECREF(view);
    PyDict_SetItemString(keywords, "x", bytes);
    is_str(outcome(PyObject_Call(type, none, keywords)),
           "TypeError: memoryview() takes at most 1 keyword argument (2 given)",
           "a second argument by name is too much");
    Py_DECREF(none);
    Py_DECREF(bytes);
    Py_DECREF(keywords);
}

static void
test_memory(void)
{
    static char memory[8] = "abcdefg";
    PyObject *view = PyMemoryView_FromMemory(memory, 4, PyBUF_READ), *value = number_of('X');
    is_str(attributes(view), "4 True 1 'B' 1 (4,) (1,) () True True True",
           "the attributes of a view of memory to read");
    is_str(outcome(PyObject_GetAttrString(view, "obj")), "None", "a view of memory has no object");
    is_ptr(PyMemoryView_GET_BASE(view), NULL, "GET_BASE of a view of memory is NULL");
    is_int(PySequence_SetItem(view, 0, value), -1, "memory to read can't be written as a sequence");
    PyErr_Clear();
    Py_DECREF(view);
    view = PyMemoryView_FromMemory(memory, 4, PyBUF_WRITE);
    is_str(attributes(view), "4 False 1 'B' 1 (4,) (1,) () True True True",
           "the attributes of a view of memory to write");
    Py_DECREF(value);
    value = number_of(0);
    {
        PyObject *key = number_of(-1), *item = number_of('X');
        is_int(PyObject_SetItem(view, key, item), 0, "memory to write can be written");
        Py_DECREF(item);
        Py_DECREF(key);
    }
    is_str(memory, "abcXefg", "an item is written to the memory");
    Py_DECREF(value);
    Py_DECREF(view);
    view = PyMemoryView_FromMemory(memory, 0, PyBUF_READ);
    {
        PyObject *weak = PyWeakref_NewRef(view, NULL), *alive = weak ? PyObject_CallNoArgs(weak) : NULL;
        is_ptr(alive, view, "a view has weak references");
        Py_XDECREF(alive);
        Py_DECREF(view);
        is_str(outcome(PyObject_CallNoArgs(weak)), "None", "a weak reference does not keep a view");
        Py_XDECREF(weak);
    }
    view = PyMemoryView_FromMemory(memory, 0, PyBUF_READ);
    is_str(outcome(call0(view, "tobytes")), "b''", "a view may have no bytes");
    is_int(PyObject_Size(view), 0, "the length of a view without bytes");
    Py_DECREF(view);
}

/* Buffers of all kinds, filled by hand. */
static Py_ssize_t shape1[] = {3}, shape2[] = {2, 3}, shape3[] = {1, 2, 3}, shape0[] = {0, 3}, shape22[] = {2, 2};
static Py_ssize_t reversed[] = {-2}, spaced[] = {4}, fortran[] = {2, 4}, odd[] = {12, 4}, rows3[] = {12, 6, 2},
                  pointers[] = {8, 1};
static Py_ssize_t offsets[] = {1, -1};
static char numbers[] = "\1\0\2\0\3\0\4\0\5\0\6\0\7\0\10\0\11\0\12\0\13\0\14\0\15\0\16\0\17\0\20";
static char row_a[] = "_ab", row_b[] = "_cd";
static char *two_rows[] = {row_b, row_a};

static const struct {
    const char *format;
    Py_ssize_t itemsize, len, start;
    int ndim;
    Py_ssize_t *shape, *strides, *suboffsets;
    const char *attributes, *list, *c, *f, *a;
} buffers[] = {
    {"h", 2, 6, 0, 1, shape1, NULL, NULL, "6 True 2 'h' 1 (3,) (2,) () True True True", "[1, 2, 3]",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00'", "b'\\x01\\x00\\x02\\x00\\x03\\x00'", "b'\\x01\\x00\\x02\\x00\\x03\\x00'"},
    {"h", 2, 6, 0, 1, NULL, NULL, NULL, "6 True 2 'h' 1 (3,) (2,) () True True True", "[1, 2, 3]",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00'", "b'\\x01\\x00\\x02\\x00\\x03\\x00'", "b'\\x01\\x00\\x02\\x00\\x03\\x00'"},
    {NULL, 1, 3, 0, 1, NULL, NULL, NULL, "3 True 1 'B' 1 (3,) (1,) () True True True", "[1, 0, 2]",
     "b'\\x01\\x00\\x02'", "b'\\x01\\x00\\x02'", "b'\\x01\\x00\\x02'"},
    {"h", 2, 6, 4, 1, shape1, reversed, NULL, "6 True 2 'h' 1 (3,) (-2,) () False False False", "[3, 2, 1]",
     "b'\\x03\\x00\\x02\\x00\\x01\\x00'", "b'\\x03\\x00\\x02\\x00\\x01\\x00'", "b'\\x03\\x00\\x02\\x00\\x01\\x00'"},
    {"@h", 2, 6, 0, 1, shape1, spaced, NULL, "6 True 2 '@h' 1 (3,) (4,) () False False False", "[1, 3, 5]",
     "b'\\x01\\x00\\x03\\x00\\x05\\x00'", "b'\\x01\\x00\\x03\\x00\\x05\\x00'", "b'\\x01\\x00\\x03\\x00\\x05\\x00'"},
    {"h", 2, 12, 0, 2, shape2, NULL, NULL, "12 True 2 'h' 2 (2, 3) (6, 2) () True False True", "[[1, 2, 3], [4, 5, 6]]",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x04\\x00\\x02\\x00\\x05\\x00\\x03\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'"},
    {"h", 2, 12, 0, 2, shape2, fortran, NULL, "12 True 2 'h' 2 (2, 3) (2, 4) () False True True",
     "[[1, 3, 5], [2, 4, 6]]", "b'\\x01\\x00\\x03\\x00\\x05\\x00\\x02\\x00\\x04\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'"},
    {"h", 2, 12, 0, 2, shape2, odd, NULL, "12 True 2 'h' 2 (2, 3) (12, 4) () False False False",
     "[[1, 3, 5], [7, 9, 11]]", "b'\\x01\\x00\\x03\\x00\\x05\\x00\\x07\\x00\\t\\x00\\x0b\\x00'",
     "b'\\x01\\x00\\x07\\x00\\x03\\x00\\t\\x00\\x05\\x00\\x0b\\x00'",
     "b'\\x01\\x00\\x03\\x00\\x05\\x00\\x07\\x00\\t\\x00\\x0b\\x00'"},
    {"h", 2, 12, 0, 3, shape3, rows3, NULL, "12 True 2 'h' 3 (1, 2, 3) (12, 6, 2) () True False True",
     "[[[1, 2, 3], [4, 5, 6]]]", "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x04\\x00\\x02\\x00\\x05\\x00\\x03\\x00\\x06\\x00'",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00\\x04\\x00\\x05\\x00\\x06\\x00'"},
    {"h", 2, 0, 0, 2, shape0, odd, NULL, "0 True 2 'h' 2 (0, 3) (12, 4) () True True True", "[]", "b''", "b''", "b''"},
    {"h", 2, 2, 0, 0, NULL, NULL, NULL, "2 True 2 'h' 0 () () () True True True", "1", "b'\\x01\\x00'", "b'\\x01\\x00'",
     "b'\\x01\\x00'"},
    {"c", 1, 4, -1, 2, shape22, pointers, offsets, "4 True 1 'c' 2 (2, 2) (8, 1) (1, -1) False False False",
     "[[b'c', b'd'], [b'a', b'b']]", "b'cdab'", "b'cadb'", "b'cdab'"},
    {"<h", 2, 6, 0, 1, shape1, NULL, NULL, "6 True 2 '<h' 1 (3,) (2,) () True True True",
     "NotImplementedError: memoryview: unsupported format <h", "b'\\x01\\x00\\x02\\x00\\x03\\x00'",
     "b'\\x01\\x00\\x02\\x00\\x03\\x00'", "b'\\x01\\x00\\x02\\x00\\x03\\x00'"},
    {"x", 1, 3, 0, 1, shape1, NULL, NULL, "3 True 1 'x' 1 (3,) (1,) () True True True",
     "NotImplementedError: memoryview: format x not supported", "b'\\x01\\x00\\x02'", "b'\\x01\\x00\\x02'",
     "b'\\x01\\x00\\x02'"},
    {"", 1, 3, 0, 1, shape1, NULL, NULL, "3 True 1 '' 1 (3,) (1,) () True True True",
     "NotImplementedError: memoryview: unsupported format ", "b'\\x01\\x00\\x02'", "b'\\x01\\x00\\x02'",
     "b'\\x01\\x00\\x02'"},
};
enum { BUFFERS = sizeof buffers / sizeof buffers[0] };

static Py_buffer info;

static PyObject *
view_of_buffer(int i)
{
    memset(&info, 0, sizeof info);
    info.buf = buffers[i].start < 0 ? (void *)two_rows : (void *)(numbers + buffers[i].start);
    info.len = buffers[i].len;
    info.itemsize = buffers[i].itemsize;
    info.readonly = 1;
    info.ndim = buffers[i].ndim;
    info.format = (char *)(size_t)buffers[i].format;
    info.shape = buffers[i].shape;
    info.strides = buffers[i].strides;
    info.suboffsets = buffers[i].suboffsets;
    return PyMemoryView_FromBuffer(&info);
}

static void
test_buffers(void)
{
    int i;
    for (i = 0; i < BUFFERS; i++) {
        PyObject *view = view_of_buffer(i), *second;
        is_str(attributes(view), buffers[i].attributes, "buffer %d: the attributes", i);
        is_str(outcome(call0(view, "tolist")), buffers[i].list, "buffer %d: the items as a list", i);
        is_str(outcome(call0(view, "tobytes")), buffers[i].c, "buffer %d: the bytes", i);
        is_str(outcome(call1(view, "tobytes", text_of("C"))), buffers[i].c, "buffer %d: the bytes in C's order", i);
        is_str(outcome(call1(view, "tobytes", text_of("F"))), buffers[i].f, "buffer %d: the bytes in Fortran's order",
               i);
        is_str(outcome(call1(view, "tobytes", text_of("A"))), buffers[i].a, "buffer %d: the bytes in any order", i);
        second = PyMemoryView_FromObject(view);
        is_str(attributes(second), buffers[i].attributes, "buffer %d: a view of the view has its attributes", i);
        Py_XDECREF(second);
        Py_DECREF(view);
    }
    info.buf = NULL;
    is_str(outcome(PyMemoryView_FromBuffer(&info)), "ValueError: PyMemoryView_FromBuffer(): info->buf must not be NULL",
           "a buffer without memory has no view");
    info.buf = numbers;
    info.ndim = 65;
    is_str(outcome(PyMemoryView_FromBuffer(&info)), "ValueError: memoryview: number of dimensions must not exceed 64",
           "a view has at most 64 dimensions");
}

/* The outcome that a request of a view of one of the buffers has by CPython's rules. */
static const char *
expected(PyObject *view, int flags)
{
    const Py_buffer *base = PyMemoryView_GET_BUFFER(view);
    int c = PyBuffer_IsContiguous(base, 'C'), f = PyBuffer_IsContiguous(base, 'F');
#define ASKS(flag) ((flags & (flag)) == (flag))
    if (flags == PyBUF_READ || flags == PyBUF_WRITE) {
        return "SystemError";
    }
    if (ASKS(PyBUF_WRITABLE)) {
        return "memoryview: underlying buffer is not writable";
    }
    if (ASKS(PyBUF_C_CONTIGUOUS) && !c) {
        return "memoryview: underlying buffer is not C-contiguous";
    }
    if (ASKS(PyBUF_F_CONTIGUOUS) && !f) {
        return "memoryview: underlying buffer is not Fortran contiguous";
    }
    if (ASKS(PyBUF_ANY_CONTIGUOUS) && !c && !f) {
        return "memoryview: underlying buffer is not contiguous";
    }
    if (!ASKS(PyBUF_INDIRECT) && base->suboffsets) {
        return "memoryview: underlying buffer requires suboffsets";
    }
    if (!ASKS(PyBUF_STRIDES) && !c) {
        return "memoryview: underlying buffer is not C-contiguous";
    }
    if (!ASKS(PyBUF_ND) && ASKS(PyBUF_FORMAT)) {
        return "memoryview: cannot cast to unsigned bytes if the format flag is present";
    }
    return "";
}

static void
test_requests(void)
{
    int i, flags;
    for (i = 0; i < BUFFERS; i++) {
        PyObject *view = view_of_buffer(i);
        const Py_buffer *base = PyMemoryView_GET_BUFFER(view);
        int wrong = 0;
        for (flags = 0; flags < 0x400; flags++) {
            Py_buffer got;
            const char *refusal = expected(view, flags);
            int result = PyObject_GetBuffer(view, &got, flags);
            if (*refusal) {
                const char *error = error_text();
                wrong += result != -1 || strstr(error, refusal) == NULL;
                continue;
            }
            wrong += result != 0 || got.obj != view || got.buf != base->buf || got.len != base->len ||
                     got.itemsize != base->itemsize || got.readonly != 1 ||
                     got.format != (ASKS(PyBUF_FORMAT) ? base->format : NULL) ||
                     got.ndim != (ASKS(PyBUF_ND) ? base->ndim : 1) ||
                     got.shape != (ASKS(PyBUF_ND) ? base->shape : NULL) ||
                     got.strides != (ASKS(PyBUF_STRIDES) ? base->strides : NULL) || got.suboffsets != base->suboffsets;
            PyBuffer_Release(&got);
        }
        is_int(wrong, 0, "buffer %d: a view gives what the flags request, or refuses, for each combination of flags",
               i);
        is_int(Py_REFCNT(view), 1, "buffer %d: released buffers keep no reference to the view", i);
        Py_DECREF(view);
    }
}

static void
test_contiguous(void)
{
    static const char orders[] = "CFA";
    PyObject *array = PyByteArray_FromStringAndSize("abcd", 4);
    int i, o;
    for (i = 0; i < BUFFERS; i++) {
        for (o = 0; o < 3; o++) {
            PyObject *view = view_of_buffer(i), *row = PyMemoryView_GetContiguous(view, PyBUF_READ, orders[o]);
            const Py_buffer *from = PyMemoryView_GET_BUFFER(view), *got = row ? PyMemoryView_GET_BUFFER(row) : NULL;
            int same = PyBuffer_IsContiguous(from, orders[o]), right;
            const char *bytes = o == 0 ? buffers[i].c : o == 1 ? buffers[i].f : buffers[i].a;
            if (got == NULL) {
                is_str(error_text(), "a view", "buffer %d, order %c: GetContiguous fails", i, orders[o]);
                continue;
            }
            right = PyBuffer_IsContiguous(got, orders[o]) && got->len == from->len && got->itemsize == from->itemsize &&
                    got->ndim == from->ndim && got->readonly == 1 && (got->buf == from->buf) == same;
            is_int(right, 1, "buffer %d, order %c: GetContiguous gives the memory or a copy in that order", i,
                   orders[o]);
            is_str(outcome(PyBytes_FromStringAndSize((char *)got->buf, got->len)), bytes,
                   "buffer %d, order %c: GetContiguous has the bytes in that order", i, orders[o]);
            is_str(got->format, from->format, "buffer %d, order %c: GetContiguous keeps the format", i, orders[o]);
            is_str(outcome(PyMemoryView_GetContiguous(view, PyBUF_WRITE, orders[o])),
                   "BufferError: underlying buffer is not writable",
                   "buffer %d, order %c: read-only memory can't be written", i, orders[o]);
            Py_DECREF(row);
            Py_DECREF(view);
        }
    }
    {
        PyObject *view = PyMemoryView_GetContiguous(array, PyBUF_WRITE, 'C');
        is_str(attributes(view), "4 False 1 'B' 1 (4,) (1,) () True True True",
               "GetContiguous of a bytearray to write");
        Py_XDECREF(view);
        is_str(outcome(PyMemoryView_GetContiguous(Py_None, PyBUF_READ, 'C')),
               "TypeError: memoryview: a bytes-like object is required, not 'NoneType'", "GetContiguous of None");
    }
    Py_DECREF(array);
}

static void
test_release(void)
{
    PyObject *array = PyByteArray_FromStringAndSize("abcd", 4), *view = PyMemoryView_FromObject(array), *other, *key,
             *text;
    Py_buffer got;
    size_t i;
    int refused = 0;
    static const char *const methods[] = {"tobytes", "tolist", "hex", "toreadonly", "__enter__", "__iter__", "__len__"};

    other = PyMemoryView_FromObject(view);
    is_str(outcome(call0(view, "release")), "None", "release returns None");
    is_int(PyByteArray_Resize(array, 5), -1, "a bytearray with another view can't be resized");
    PyErr_Clear();
    is_str(outcome(call0(view, "release")), "None", "a view may be released twice");
    is_str(outcome(call0(other, "tobytes")), "b'abcd'", "a view is open when another one is released");
    is_int(PyObject_GetBuffer(other, &got, PyBUF_SIMPLE), 0, "a view exports its memory");
    is_str(outcome(call0(other, "release")), "BufferError: memoryview has 1 exported buffer",
           "a view with an export can't be released");
    {
        Py_buffer second;
        is_int(PyObject_GetBuffer(other, &second, PyBUF_SIMPLE), 0, "a view exports its memory twice");
        is_str(outcome(call0(other, "release")), "BufferError: memoryview has 2 exported buffers",
               "a view with two exports can't be released");
        PyBuffer_Release(&second);
    }
    PyBuffer_Release(&got);
    is_str(outcome(call0(other, "release")), "None", "a view can be released when its exports are");
    is_int(PyByteArray_Resize(array, 5), 0, "a bytearray can be resized when its views are released");

    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        refused += strcmp(outcome(PyObject_GetAttrString(view, names[i])), forbidden) == 0;
    }
    is_int(refused, sizeof names / sizeof names[0], "a released view has no attributes");
    is_str(outcome(PyObject_GetAttrString(view, "obj")), forbidden, "a released view has no object");
    for (i = 0; i + 2 < sizeof methods / sizeof methods[0]; i++) {
        is_str(outcome(call0(view, methods[i])), forbidden, "%s of a released view", methods[i]);
    }
    key = number_of(0);
    is_str(outcome(PyObject_GetItem(view, key)), forbidden, "an item of a released view");
    is_int(PyObject_SetItem(view, key, key), -1, "an item of a released view can't be set");
    raises(PyExc_ValueError, forbidden + 12, "setting an item of a released view is a ValueError");
    is_int(PyObject_Size(view), -1, "a released view has no length");
    raises(PyExc_ValueError, forbidden + 12, "the length of a released view is a ValueError");
    is_str(outcome(PyObject_GetIter(view)), forbidden, "a released view can't be iterated");
    is_str(outcome(PyMemoryView_FromObject(view)), forbidden, "a released view has no other view");
    is_int(PyObject_GetBuffer(view, &got, PyBUF_SIMPLE), -1, "a released view exports nothing");
    raises(PyExc_ValueError, forbidden + 12, "a request of a released view is a ValueError");
    is_str(outcome(call1(view, "cast", text_of("B"))), forbidden, "a released view can't be cast");
    is_str(outcome(call1(view, "count", number_of(1))), forbidden, "a released view has nothing to count");
    is_str(outcome(call1(view, "index", number_of(1))), forbidden, "a released view has nothing to find");
    is_str(outcome_int(PyObject_Hash(view)), forbidden, "a released view has no hash");
    is_str(outcome(PyObject_RichCompare(view, view, Py_EQ)), "True", "a released view is equal to itself");
    is_str(outcome(PyObject_RichCompare(view, array, Py_EQ)), "False", "a released view is equal to no other object");
    is_str(outcome(call(view, "__exit__", pair_of(1, 2))), "None", "__exit__ of a released view does nothing");
    text = PyObject_Repr(view);
    ok(strncmp(PyUnicode_AsUTF8(text), "<released memory at 0x", 22) == 0, "the repr says that a view is released");
    Py_DECREF(text);
    Py_DECREF(key);
    Py_DECREF(other);
    Py_DECREF(view);

    view = PyMemoryView_FromObject(array);
    text = PyObject_Repr(view);
    ok(strncmp(PyUnicode_AsUTF8(text), "<memory at 0x", 13) == 0, "the repr of a view has its address");
    Py_DECREF(text);
    other = call0(view, "__enter__");
    is_ptr(other, view, "__enter__ returns the view");
    Py_XDECREF(other);
    is_str(outcome(call(view, "__exit__", tuple_of(0, NULL, NULL))), "None", "__exit__ returns None");
    is_str(outcome(call0(view, "tolist")), forbidden, "__exit__ releases the view");
    Py_DECREF(view);
    Py_DECREF(array);
}

/* Items of each native format: the bytes, the value, and objects that do not fit. */
static void
test_formats(void)
{
    static const struct {
        const char *format, *bytes, *item;
    } rows[] = {
        {"c", "\xff", "b'\\xff'"},
        {"b", "\x80", "-128"},
        {"B", "\x80", "128"},
        {"?", "\x02", "True"},
        {"h", "\0\x80", "-32768"},
        {"H", "\0\x80", "32768"},
        {"i", "\0\0\0\x80", "-2147483648"},
        {"I", "\0\0\0\x80", "2147483648"},
        {"l", "\0\0\0\0\0\0\0\x80", "-9223372036854775808"},
        {"L", "\0\0\0\0\0\0\0\x80", "9223372036854775808"},
        {"q", "\0\0\0\0\0\0\0\x80", "-9223372036854775808"},
        {"Q", "\0\0\0\0\0\0\0\x80", "9223372036854775808"},
        {"n", "\xfe\xff\xff\xff\xff\xff\xff\xff", "-2"},
        {"N", "\xfe\xff\xff\xff\xff\xff\xff\xff", "18446744073709551614"},
        {"P", "\xfe\xff\xff\xff\xff\xff\xff\xff", "18446744073709551614"},
        {"f", "\0\0\xc0\x3f", "1.5"},
        {"d", "\0\0\0\0\0\0\xf8\xbf", "-1.5"},
        {"e", "\0\x3e", "1.5"},
        {"e", "\1\0", "5.960464477539063e-08"},
        {"e", "\xff\x83", "-6.097555160522461e-05"},
        {"e", "\xff\x7b", "65504.0"},
        {"e", "\0\xfc", "-inf"},
        {"e", "\0\x7e", "nan"},
        {"f", "\0\0\x80\x7f", "inf"},
    };
    /* For each row above and each object: stored as is (the bytes), or the kind of error. */
    enum { OBJECTS = 10 };
    static const char *const shown_objects[OBJECTS] = {"0",   "1",    "-1",    "255", "2 ** 64",
                                                       "1.5", "b'x'", "b'xy'", "'x'", "1e300"};
    size_t i, j;
    PyObject *objects[OBJECTS], *text;
    objects[0] = number_of(0);
    objects[1] = number_of(1);
    objects[2] = number_of(-1);
    objects[3] = number_of(255);
    text = text_of("18446744073709551616");
    objects[4] = PyNumber_Long(text);
    Py_DECREF(text);
    objects[5] = PyFloat_FromDouble(1.5);
    objects[6] = PyBytes_FromString("x");
    objects[7] = PyBytes_FromString("xy");
    objects[8] = text_of("x");
    objects[9] = PyFloat_FromDouble(1e300);
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char format[3] = "@";
        Py_ssize_t size = PyBuffer_SizeFromFormat(rows[i].format);
        PyObject *array = PyByteArray_FromStringAndSize(rows[i].bytes, size), *bytes, *view, *cast, *key = number_of(0);
        bytes = PyMemoryView_FromObject(array);
        strcpy(format + 1, rows[i].format);
        view = call1(bytes, "cast", text_of(rows[i].format));
        is_str(outcome(PyObject_GetItem(view, key)), rows[i].item, "row %d: an item of format %s", (int)i,
               rows[i].format);
        cast = call1(bytes, "cast", text_of(format));
        is_str(outcome(PySequence_GetItem(cast, 0)), rows[i].item, "row %d: an item of format %s", (int)i, format);
        is_str(outcome(PyObject_GetAttrString(cast, "format")),
               format[1] == 'c' ? "'@c'" : shown(text = text_of(format)), "row %d: the format %s of a cast", (int)i,
               format);
        if (format[1] != 'c') {
            Py_DECREF(text);
        }
        for (j = 0; j < OBJECTS; j++) {
            PyObject *item = PySequence_GetItem(view, 0), *after;
            char code = rows[i].format[0], got[16] = "stored", wanted[16] = "stored";
            int is_float = strchr("fde", code) != NULL, is_unsigned = strchr("BHILQNP", code) != NULL;
            if (PyObject_SetItem(view, key, objects[j]) < 0) {
                const char *error = error_text();
                const char *kind = strstr(error, "invalid type")    ? "type"
                                   : strstr(error, "invalid value") ? "value"
                                                                    : error;
                snprintf(got, sizeof got, "%s", kind);
            }
            if (code == 'c') {
                snprintf(wanted, sizeof wanted, "%s", j == 6 ? "stored" : j == 7 ? "value" : "type");
            } else if (is_float) {
                int bad = j == 6 || j == 7 || j == 8;
                int large = (code == 'e' && (j == 4 || j == 9));
                snprintf(wanted, sizeof wanted, "%s", bad ? "type" : large ? "value" : "stored");
            } else if (code != '?') {
                int bad = j >= 5, small = j == 2 && is_unsigned && code != 'P';
                int large = j == 4 || (j == 3 && code == 'b');
                snprintf(wanted, sizeof wanted, "%s", bad ? "type" : small || large ? "value" : "stored");
            }
            is_str(got, wanted, "row %d: setting an item of format %c to %s", (int)i, code, shown_objects[j]);
            after = PySequence_GetItem(view, 0);
            if (strcmp(got, "stored") != 0) {
                is_str(shown(after), shown(item), "row %d: an item that can't be set to %s stays", (int)i,
                       shown_objects[j]);
            } else if (code == '?') {
                is_str(shown(after), j == 0 ? "False" : "True", "row %d: the truth of %s is stored", (int)i,
                       shown_objects[j]);
            } else if (!is_float && code != 'P') {
                is_int(PyObject_RichCompareBool(after, objects[j], Py_EQ), 1, "row %d: %s is stored", (int)i,
                       shown_objects[j]);
            } else {
                const char *value = shown(after);
                const char *want = code == 'P' && j == 2 ? "18446744073709551615"
                                   : j == 9              ? (code == 'f' ? "inf" : "1e+300")
                                   : j == 5              ? "1.5"
                                   : j == 4              ? "1.8446744073709552e+19"
                                   : j == 2              ? "-1.0"
                                                         : NULL;
                if (want != NULL) {
                    is_str(value, want, "row %d: the value that is stored for %s", (int)i, shown_objects[j]);
                }
            }
            Py_XDECREF(item);
            Py_XDECREF(after);
        }
        Py_DECREF(key);
        Py_DECREF(cast);
        Py_DECREF(view);
        Py_DECREF(bytes);
        Py_DECREF(array);
    }
    for (j = 0; j < OBJECTS; j++) {
        Py_DECREF(objects[j]);
    }
}

static void
test_keys(void)
{
    enum { LINE, GRID, POINT };
    static const struct {
        int view, key;
        const char *get, *set;
    } rows[] = {
        {LINE, 0, "97", "set"},
        {LINE, 1, "IndexError: index out of bounds on dimension 1", "IndexError: index out of bounds on dimension 1"},
        {LINE, 2, "100", "set"},
        {LINE, 3, "TypeError: memoryview: invalid slice key", "TypeError: memoryview: invalid slice key"},
        {LINE, 4, "IndexError: cannot fit 'int' into an index-sized integer",
         "IndexError: cannot fit 'int' into an index-sized integer"},
        {LINE, 5, "98", "set"},
        {LINE, 6, "TypeError: cannot index 1-dimension view with 2-element tuple",
         "TypeError: cannot index 1-dimension view with 2-element tuple"},
        {LINE, 7, "NotImplementedError: sub-views are not implemented",
         "NotImplementedError: sub-views are not implemented"},
        {LINE, 8, "TypeError: memoryview: invalid slice key", "TypeError: memoryview: invalid slice key"},
        {GRID, 0, "NotImplementedError: multi-dimensional sub-views are not implemented",
         "NotImplementedError: sub-views are not implemented"},
        {GRID, 5, "NotImplementedError: sub-views are not implemented",
         "NotImplementedError: sub-views are not implemented"},
        {GRID, 6, "100", "set"},
        {GRID, 9, "IndexError: index out of bounds on dimension 2", "IndexError: index out of bounds on dimension 2"},
        {GRID, 7, "NotImplementedError: sub-views are not implemented",
         "NotImplementedError: sub-views are not implemented"},
        {GRID, 8, "TypeError: memoryview: invalid slice key", "TypeError: memoryview: invalid slice key"},
        {POINT, 0, "TypeError: invalid indexing of 0-dim memory", "TypeError: invalid indexing of 0-dim memory"},
        {POINT, 7, "1684234849", "set"},
        {POINT, 8, "the view", "set"},
        {POINT, 6, "TypeError: invalid indexing of 0-dim memory", "TypeError: invalid indexing of 0-dim memory"},
        {POINT, 3, "TypeError: invalid indexing of 0-dim memory", "TypeError: invalid indexing of 0-dim memory"},
    };
    static const char *const shown_keys[] = {"0",    "4",      "-1", "None", "2 ** 100",
                                             "(1,)", "(1, 1)", "()", "...",  "(0, 2)"};
    static const char *const shown_views[] = {"one dimension", "two dimensions", "no dimension"};
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *line = view_of_array("abcd", 4), *view, *key, *text, *got, *value = number_of(7);
        int result;
        const char *outcome_of_get;
        view = rows[i].view == LINE   ? Py_NewRef(line)
               : rows[i].view == GRID ? call(line, "cast", tuple_of(2, text_of("B"), pair_of(2, 2)))
                                      : call(line, "cast", tuple_of(2, text_of("i"), tuple_of(0, NULL, NULL)));
        switch (rows[i].key) {
        case 0: key = number_of(0); break;
        case 1: key = number_of(4); break;
        case 2: key = number_of(-1); break;
        case 3: key = Py_NewRef(Py_None); break;
        case 4:
            text = text_of("1267650600228229401496703205376");
            key = PyNumber_Long(text);
            Py_DECREF(text);
            break;
        case 5: key = tuple_of(1, number_of(1), NULL); break;
        case 6: key = pair_of(1, 1); break;
        case 7: key = tuple_of(0, NULL, NULL); break;
        case 8: key = Py_NewRef(Py_Ellipsis); break;
        default: key = pair_of(0, 2); break;
        }
        got = PyObject_GetItem(view, key);
        if (got == view) {
            Py_DECREF(got);
            outcome_of_get = "the view";
        } else {
            outcome_of_get = outcome(got);
        }
        is_str(outcome_of_get, rows[i].get, "key %s of a view with %s", shown_keys[rows[i].key],
               shown_views[rows[i].view]);
        result = PyObject_SetItem(view, key, value);
        is_str(result == 0 ? "set" : error_text(), rows[i].set, "setting key %s of a view with %s",
               shown_keys[rows[i].key], shown_views[rows[i].view]);
        is_int(PyObject_DelItem(view, key), -1, "key %s of a view with %s can't be deleted", shown_keys[rows[i].key],
               shown_views[rows[i].view]);
        raises(PyExc_TypeError, "cannot delete memory", "deleting key %s of a view with %s is a TypeError",
               shown_keys[rows[i].key], shown_views[rows[i].view]);
        Py_DECREF(value);
        Py_DECREF(key);
        Py_DECREF(view);
        Py_DECREF(line);
    }
    {
        PyObject *view = view_of_bytes("ab", 2), *key = number_of(0);
        is_int(PyObject_SetItem(view, key, key), -1, "an item of read-only memory can't be set");
        raises(PyExc_TypeError, "cannot modify read-only memory", "setting an item of read-only memory is a TypeError");
        Py_DECREF(key);
        Py_DECREF(view);
    }
}

static void
test_lengths(void)
{
    static const char *const lengths[BUFFERS] = {
        "3", "3", "3", "3", "3", "2", "2", "2", "1", "0", "TypeError: 0-dim memory has no length", "2", "3", "3", "3"};
    static const char *const lists[BUFFERS] = {
        "[1, 2, 3]",
        "[1, 2, 3]",
        "[1, 0, 2]",
        "[3, 2, 1]",
        "[1, 3, 5]",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "TypeError: invalid indexing of 0-dim memory",
        "NotImplementedError: multi-dimensional sub-views are not implemented",
        "NotImplementedError: memoryview: unsupported format <h",
        "NotImplementedError: memoryview: format x not supported",
        "NotImplementedError: memoryview: unsupported format ",
    };
    int i;
    for (i = 0; i < BUFFERS; i++) {
        PyObject *view = view_of_buffer(i);
        is_str(outcome_int(PyObject_Size(view)), lengths[i], "buffer %d: the length of a view", i);
        is_str(outcome(PySequence_List(view)), lists[i], "buffer %d: the items of a view, one after the other", i);
        Py_DECREF(view);
    }
}

static void
test_search(void)
{
    PyObject *view = view_of_bytes("abca", 4), *grid = call(view, "cast", tuple_of(2, text_of("B"), pair_of(2, 2)));
    PyObject *point = call(view, "cast", tuple_of(2, text_of("i"), tuple_of(0, NULL, NULL)));
    is_str(outcome(call1(view, "count", number_of('a'))), "2", "count counts equal items");
    is_str(outcome(call1(view, "count", text_of("a"))), "0", "count finds no str");
    is_str(outcome(call1(view, "index", number_of('a'))), "0", "index finds the first item");
    is_str(outcome(call(view, "index", pair_of('a', 1))), "3", "index begins at a bound");
    is_str(outcome(call(view, "index", pair_of('c', -2))), "2", "a negative bound counts from the end");
    is_str(outcome(call(view, "index", pair_of('c', -99))), "2", "a bound before the beginning is the beginning");
    is_str(outcome(call1(view, "index", number_of('d'))), "ValueError: memoryview.index(x): x not found",
           "an item that is missing is a ValueError");
    is_str(outcome(call(view, "index", tuple_of(2, number_of('a'), text_of("1")))),
           "TypeError: slice indices must be integers or have an __index__ method", "a bound is an integer");
    is_str(outcome(call0(view, "index")), "TypeError: index expected at least 1 argument, got 0",
           "index needs an object");
    is_str(outcome(call0(view, "count")), "TypeError: memoryview.count() takes exactly one argument (0 given)",
           "count needs an object");
    is_str(outcome(call1(grid, "index", number_of(1))),
           "NotImplementedError: multi-dimensional lookup is not implemented", "index of two dimensions");
    is_str(outcome(call1(grid, "count", number_of(1))),
           "NotImplementedError: multi-dimensional sub-views are not implemented", "count of two dimensions");
    is_str(outcome(call1(point, "index", number_of(1))), "TypeError: invalid lookup on 0-dim memory",
           "index of no dimension");
    is_str(outcome(call1(point, "count", number_of(1))), "TypeError: invalid indexing of 0-dim memory",
           "count of no dimension");
    Py_DECREF(point);
    Py_DECREF(grid);
    Py_DECREF(view);
}

static void
test_methods(void)
{
    PyObject *view = view_of_array("abcd", 4), *other, *keywords = PyDict_New(), *none = PyTuple_New(0), *method;
    is_str(outcome(call1(view, "tobytes", text_of("x"))), "ValueError: order must be 'C', 'F' or 'A'",
           "tobytes of an order x");
    is_str(outcome(call1(view, "tobytes", text_of("CC"))), "ValueError: order must be 'C', 'F' or 'A'",
           "tobytes of a longer order");
    is_str(outcome(call1(view, "tobytes", number_of(1))),
           "TypeError: tobytes() argument 'order' must be str or None, not int",
           "tobytes of an order that is a number");
    is_str(outcome(call1(view, "tobytes", Py_NewRef(Py_None))), "b'abcd'", "tobytes of no order");
    is_str(outcome(call(view, "tobytes", pair_of(1, 2))), "TypeError: tobytes() takes at most 1 argument (2 given)",
           "tobytes of two orders");
    is_str(outcome(call1(view, "tolist", number_of(1))), "TypeError: memoryview.tolist() takes no arguments (1 given)",
           "tolist takes no arguments");
    is_str(outcome(call0(view, "hex")), "'61626364'", "hex gives two digits for each byte");
    is_str(outcome(call1(view, "hex", text_of(":"))), "'61:62:63:64'", "hex of a separator");
    is_str(outcome(call(view, "hex", tuple_of(2, text_of("-"), number_of(3)))), "'61-626364'",
           "groups count from the end");
    is_str(outcome(call(view, "hex", tuple_of(2, text_of("-"), number_of(-3)))), "'616263-64'",
           "negative groups count from the beginning");
    is_str(outcome(call1(view, "hex", text_of("::"))), "ValueError: sep must be length 1.",
           "hex of a longer separator");
    other = view_of_buffer(3);
    is_str(outcome(call0(other, "hex")), "'030002000100'", "hex of items that are not in a row");
    Py_DECREF(other);
    other = call0(view, "toreadonly");
    is_str(attributes(other), "4 True 1 'B' 1 (4,) (1,) () True True True", "toreadonly gives a read-only view");
    is_str(attributes(view), "4 False 1 'B' 1 (4,) (1,) () True True True", "toreadonly leaves the view as it is");
    Py_DECREF(other);
    method = PyObject_GetAttrString(view, "tobytes");
    other = text_of("F");
    PyDict_SetItemString(keywords, "order", other);
    is_str(outcome(PyObject_Call(method, none, keywords)), "b'abcd'", "an order can be given by name");
    Py_DECREF(other);
    Py_DECREF(method);
    Py_DECREF(none);
    Py_DECREF(keywords);
    is_int(PyObject_SetAttrString(view, "obj", Py_None), -1, "an attribute can't be set");
    raises(PyExc_AttributeError, "attribute 'obj' of 'memoryview' objects is not writable",
           "setting an attribute is an AttributeError");
    Py_DECREF(view);
}

/* A shape of up to three numbers, as a list or a tuple. */
static PyObject *
shape_of(int count, long a, long b, int is_list)
{
    PyObject *shape = tuple_of(count, count > 0 ? number_of(a) : NULL, count > 1 ? number_of(b) : NULL), *list;
    if (!is_list) {
        return shape;
    }
    list = PySequence_List(shape);
    Py_DECREF(shape);
    return list;
}

static void
test_casts(void)
{
    static const char bad_format[] =
        "ValueError: memoryview: destination format must be a native single character format "
        "prefixed with an optional '@'";
    static const struct {
        const char *format;
        int shape;
        long a, b;
        const char *outcome;
    } rows[] = {
        {"B", -1, 0, 0, "12 True 1 'B' 1 (12,) (1,) () True True True"},
        {"@i", -1, 0, 0, "12 True 4 '@i' 1 (3,) (4,) () True True True"},
        {"c", 2, 3, 4, "12 True 1 'c' 2 (3, 4) (4, 1) () True False True"},
        {"h", 2, 6, 1, "12 True 2 'h' 2 (6, 1) (2, 2) () True True True"},
        {"i", 1, 3, 0, "12 True 4 'i' 1 (3,) (4,) () True True True"},
        {"i", 0, 0, 0, "TypeError: memoryview: product(shape) * itemsize != buffer size"},
        {"q", -1, 0, 0, "TypeError: memoryview: length is not a multiple of itemsize"},
        {"i", 1, 2, 0, "TypeError: memoryview: product(shape) * itemsize != buffer size"},
        {"i", 1, 0, 0, "ValueError: memoryview.cast(): elements of shape must be integers > 0"},
        {"i", 2, -3, -1, "ValueError: memoryview.cast(): elements of shape must be integers > 0"},
        {"i", 2, 4611686018427387904, 4, "ValueError: memoryview.cast(): product(shape) > SSIZE_MAX"},
        {"x", -1, 0, 0, bad_format},
        {"", -1, 0, 0, bad_format},
        {"@", -1, 0, 0, bad_format},
        {"@@b", -1, 0, 0, bad_format},
        {"<h", -1, 0, 0, bad_format},
        {"hh", -1, 0, 0, bad_format},
        {"F", -1, 0, 0, bad_format},
        {"\xc3\xa9", -1, 0, 0,
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"},
    };
    PyObject *view = view_of_bytes("abcdefghijkl", 12), *cast, *second;
    size_t i;
    int is_list;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (is_list = 0; is_list < (rows[i].shape < 0 ? 1 : 2); is_list++) {
            PyObject *shape = rows[i].shape < 0 ? NULL : shape_of(rows[i].shape, rows[i].a, rows[i].b, is_list);
            cast = call(view, "cast", tuple_of(shape ? 2 : 1, text_of(rows[i].format), shape));
            is_str(cast ? attributes(cast) : error_text(), rows[i].outcome, "row %d: a cast by a %s", (int)i,
                   is_list ? "list" : "tuple");
            if (cast) {
                is_str(outcome(call0(cast, "tobytes")), "b'abcdefghijkl'", "row %d: a cast has the same bytes", (int)i);
            }
            Py_XDECREF(cast);
        }
    }
    is_str(outcome(call0(view, "cast")), "TypeError: cast() missing required argument 'format' (pos 1)",
           "a cast needs a format");
    is_str(outcome(call1(view, "cast", number_of(1))), "TypeError: cast() argument 'format' must be str, not int",
           "a format is a str");
    is_str(outcome(call(view, "cast", tuple_of(2, text_of("B"), number_of(1)))),
           "TypeError: shape must be a list or a tuple", "a shape is a list or a tuple");
    is_str(outcome(call(view, "cast", tuple_of(2, text_of("B"), tuple_of(1, text_of("1"), NULL)))),
           "TypeError: memoryview.cast(): elements of shape must be integers", "a shape has integers");
    cast = call1(view, "cast", text_of("h"));
    is_str(outcome(call1(cast, "cast", text_of("i"))),
           "TypeError: memoryview: cannot cast between two non-byte formats", "one of two formats is that of bytes");
    second = call1(cast, "cast", text_of("b"));
    is_str(second ? attributes(second) : error_text(), "12 True 1 'b' 1 (12,) (1,) () True True True",
           "a cast back to bytes");
    Py_XDECREF(second);
    Py_XDECREF(cast);
    cast = call(view, "cast", tuple_of(2, text_of("B"), pair_of(3, 4)));
    is_str(outcome(call(cast, "cast", tuple_of(2, text_of("B"), pair_of(4, 3)))),
           "TypeError: memoryview: cast must be 1D -> ND or ND -> 1D", "a cast has one dimension on one side");
    second = call1(cast, "cast", text_of("h"));
    is_str(second ? attributes(second) : error_text(), "12 True 2 'h' 1 (6,) (2,) () True True True",
           "a cast of two dimensions to one");
    Py_XDECREF(second);
    Py_XDECREF(cast);
    Py_DECREF(view);
    view = view_of_buffer(3);
    is_str(outcome(call1(view, "cast", text_of("B"))),
           "TypeError: memoryview: casts are restricted to C-contiguous views",
           "items that are not in a row can't be cast");
    Py_DECREF(view);
    view = view_of_bytes("", 0);
    cast = call1(view, "cast", text_of("i"));
    is_str(cast ? attributes(cast) : error_text(), "0 True 4 'i' 1 (0,) (4,) () True True True",
           "no bytes can be cast");
    Py_XDECREF(cast);
    is_str(outcome(call(view, "cast", tuple_of(2, text_of("B"), tuple_of(1, number_of(0), NULL)))),
           "TypeError: memoryview: cannot cast view with zeros in shape or strides",
           "no bytes can't be cast to a shape");
    Py_DECREF(view);
}

static void
test_compare_and_hash(void)
{
    PyObject *bytes = PyBytes_FromString("abcd"), *array = PyByteArray_FromStringAndSize("abcd", 4),
             *text = text_of("abcd");
    PyObject *view = PyMemoryView_FromObject(bytes), *writable = PyMemoryView_FromObject(array), *other;
    int i, j, equal = 0, same = 0;
    is_int(PyObject_Hash(view), PyObject_Hash(bytes), "the hash of a view is that of its bytes");
    is_str(outcome_int(PyObject_Hash(writable)), "ValueError: cannot hash writable memoryview object",
           "a view that can be written has no hash");
    other = call0(writable, "toreadonly");
    is_str(outcome_int(PyObject_Hash(other)), "TypeError: unhashable type: 'bytearray'",
           "a view of an object without a hash has none");
    Py_DECREF(other);
    other = call1(view, "cast", text_of("i"));
    is_str(outcome_int(PyObject_Hash(other)),
           "ValueError: memoryview: hashing is restricted to formats 'B', 'b' or 'c'",
           "a view of integers has no hash");
    is_str(outcome(PyObject_RichCompare(view, other, Py_EQ)), "False", "views of different shapes are not equal");
    Py_DECREF(other);
    other = call1(view, "cast", text_of("c"));
    is_int(PyObject_Hash(other), PyObject_Hash(bytes), "the hash of a view of characters is that of its bytes");
    is_str(outcome(PyObject_RichCompare(view, other, Py_EQ)), "False", "a number is equal to no character");
    Py_DECREF(other);
    other = call1(view, "cast", text_of("b"));
    is_str(outcome(PyObject_RichCompare(view, other, Py_EQ)), "True", "items of different formats are equal by value");
    Py_DECREF(other);
    is_str(outcome(PyObject_RichCompare(view, bytes, Py_EQ)), "True", "a view is equal to its bytes");
    is_str(outcome(PyObject_RichCompare(bytes, view, Py_EQ)), "True", "bytes are equal to their view");
    is_str(outcome(PyObject_RichCompare(view, array, Py_NE)), "False", "a view is equal to a bytearray");
    is_str(outcome(PyObject_RichCompare(view, writable, Py_EQ)), "True", "two views of equal bytes are equal");
    is_str(outcome(PyObject_RichCompare(view, text, Py_EQ)), "False", "a view is equal to no str");
    is_str(outcome(PyObject_RichCompare(view, text, Py_NE)), "True", "a view and a str differ");
    is_str(outcome(PyObject_RichCompare(view, view, Py_LT)),
           "TypeError: '<' not supported between instances of 'memoryview' and 'memoryview'", "views have no order");
    Py_DECREF(writable);
    Py_DECREF(view);
    Py_DECREF(text);
    Py_DECREF(array);
    Py_DECREF(bytes);

    for (i = 0; i < BUFFERS; i++) {
        for (j = 0; j < BUFFERS; j++) {
            PyObject *a = view_of_buffer(i), *b = view_of_buffer(j);
            int result = PyObject_RichCompareBool(a, b, Py_EQ);
            equal += result == 1;
            same += result < 0;
            Py_DECREF(b);
            Py_DECREF(a);
        }
    }
    is_int(same, 0, "no comparison of two of the buffers fails");
    is_int(equal, 23, "buffers are equal when shapes and values are");
}

/* Formats of the module struct, in which the values are compared. */
static void
test_struct_formats(void)
{
    static const struct {
        const char *a, *a_bytes, *b, *b_bytes;
        Py_ssize_t a_size, b_size;
        int equal;
    } rows[] = {
        {"<h", "\1\2", ">h", "\2\1", 2, 2, 1},
        {"<h", "\1\2", ">h", "\1\2", 2, 2, 0},
        {"<h", "\1\2", "h", "\1\2", 2, 2, 1},
        {"<h", "\1\0", "B", "\1", 2, 1, 1},
        {">i", "\xff\xff\xff\xfe", "b", "\xfe", 4, 1, 1},
        {"<l", "\1\0\0\0", "l", "\1\0\0\0\0\0\0\0", 4, 8, 1},
        {">f", "\x3f\xc0\0\0", "<d", "\0\0\0\0\0\0\xf8\x3f", 4, 8, 1},
        {"f", "\0\0\xc0\x7f", "f", "\0\0\xc0\x7f", 4, 4, 0},
        {">e", "\x3e\0", "f", "\0\0\xc0\x3f", 2, 4, 1},
        {"bh", "\1\x55\2\0", "=bh", "\1\2\0", 4, 3, 1},
        {"bh", "\1\x55\2\0", "bh", "\1\x66\2\0", 4, 4, 1},
        {"2B", "\1\2", "BB", "\1\2", 2, 2, 1},
        {"2B", "\1\2", "BB", "\1\3", 2, 2, 0},
        {"3s", "abc", "3s", "abc", 3, 3, 1},
        {"3s", "abc", "3c", "abc", 3, 3, 0},
        {"4p", "\2ab_", "4p", "\2ab#", 4, 4, 1},
        {"4p", "\2ab_", "2s", "ab", 4, 2, 1},
        {"x", "\1", "x", "\2", 1, 1, 1},
        {"?", "\1", "<?", "\5", 1, 1, 1},
        {"?", "\1", "?", "\5", 1, 1, 1},
        {"T{b:a:}", "\1", "T{b:a:}", "\1", 1, 1, 0},
        {"w", "\1\0\0\0", "w", "\1\0\0\0", 4, 4, 0},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Py_buffer left, right;
        PyObject *a, *b;
        memset(&left, 0, sizeof left);
        memset(&right, 0, sizeof right);
        left.buf = (void *)(size_t)rows[i].a_bytes;
        left.format = (char *)(size_t)rows[i].a;
        left.len = left.itemsize = rows[i].a_size;
        right.buf = (void *)(size_t)rows[i].b_bytes;
        right.format = (char *)(size_t)rows[i].b;
        right.len = right.itemsize = rows[i].b_size;
        left.ndim = right.ndim = 1;
        left.readonly = right.readonly = 1;
        a = PyMemoryView_FromBuffer(&left);
        b = PyMemoryView_FromBuffer(&right);
        is_int(PyObject_RichCompareBool(a, b, Py_EQ), rows[i].equal, "row %d: items of formats %s and %s", (int)i,
               rows[i].a, rows[i].b);
        is_int(PyObject_RichCompareBool(a, b, Py_NE), !rows[i].equal, "row %d: != of items of formats %s and %s",
               (int)i, rows[i].a, rows[i].b);
        Py_DECREF(a);
        Py_DECREF(b);
    }
}

static void
test_copies(void)
{
    PyObject *array = PyByteArray_FromStringAndSize("______", 6), *view = PyMemoryView_FromObject(array), *source;
    int i;
    PyObject *cast = call(view, "cast", tuple_of(2, text_of("B"), pair_of(2, 3)));
    source = PyBytes_FromString("abcdef");
    is_int(PyObject_CopyData(array, source), 0, "CopyData copies bytes");
    is_str(shown(array), "bytearray(b'abcdef')", "CopyData into a bytearray");
    is_int(PyObject_CopyData(cast, array), 0, "CopyData copies an object to itself");
    is_str(shown(array), "bytearray(b'abcdef')", "CopyData of an object to itself");
    Py_DECREF(source);
    source = PyBytes_FromString("xy");
    is_int(PyObject_CopyData(array, source), 0, "CopyData copies fewer bytes");
    is_str(shown(array), "bytearray(b'xycdef')", "CopyData leaves the rest");
    Py_DECREF(source);
    source = PyBytes_FromString("longer than six");
    is_int(PyObject_CopyData(array, source), -1, "CopyData copies no more than there is room for");
    raises(PyExc_BufferError, "destination is too small to receive data from source", "too much data is a BufferError");
    Py_DECREF(source);
    for (i = 3; i < 8; i++) {
        PyObject *wide = PyByteArray_FromStringAndSize(NULL, buffers[i].len), *to = PyMemoryView_FromObject(wide),
                 *from;
        if (buffers[i].ndim == 1) {
            from = view_of_buffer(i);
            is_int(PyObject_CopyData(to, from), 0, "buffer %d: CopyData of items that are not in a row", i);
            Py_DECREF(from);
        }
        Py_DECREF(to);
        Py_DECREF(wide);
    }
    Py_DECREF(cast);
    Py_DECREF(view);
    Py_DECREF(array);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_objects);
    RUN(test_calling);
    RUN(test_memory);
    RUN(test_buffers);
    RUN(test_requests);
    RUN(test_contiguous);
    RUN(test_release);
    RUN(test_formats);
    RUN(test_keys);
    RUN(test_lengths);
    RUN(test_search);
    RUN(test_methods);
    RUN(test_casts);
    RUN(test_compare_and_hash);
    RUN(test_struct_formats);
    RUN(test_copies);
    return TAP_END();
}
