/* The buffer protocol on bytes and on buffers filled by hand: requests, release, contiguity, addresses, copies, sizes of formats.
 *
 * Rules that hold for a table of shapes are checked against a plain computation here, once for the whole table.
 */
#include "outcome.h"

#define FLAGS 0x400

/* Whether a struct has the fields that FillInfo promises for these flags. */
static int
is_filled(const Py_buffer *view, const void *start, Py_ssize_t length, int readonly, int flags)
{
    return view->buf == start && view->len == length && view->itemsize == 1 && view->readonly == readonly &&
           view->ndim == 1 && view->suboffsets == NULL && view->internal == NULL &&
           ((flags & PyBUF_FORMAT) ? view->format != NULL && strcmp(view->format, "B") == 0 : view->format == NULL) &&
           view->shape == ((flags & PyBUF_ND) ? &view->len : NULL) &&
           view->strides == ((flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : NULL);
}

/* Whether the error that is set, which is cleared, is of this class. */
static int
failed(PyObject *cls)
{
    int passed = PyErr_Occurred() != NULL && PyErr_ExceptionMatches(cls);
    PyErr_Clear();
    return passed;
}

static void
test_bytes(void)
{
    PyObject *bytes = PyBytes_FromString("abcdef");
    Py_ssize_t before = Py_REFCNT(bytes);
    Py_buffer view;
    int flags, right = 0, kinds = 0, writable = 0, counted = 0;

    for (flags = 0; flags < FLAGS; flags++) {
        int result = PyObject_GetBuffer(bytes, &view, flags);
        if (flags == PyBUF_READ || flags == PyBUF_WRITE) {
            kinds += result == -1 && failed(PyExc_SystemError);
        } else if (flags & PyBUF_WRITABLE) {
            writable += result == -1 && failed(PyExc_BufferError);
        } else {
            right += result == 0 && view.obj == bytes && !PyErr_Occurred() &&
                     is_filled(&view, PyBytes_AsString(bytes), 6, 1, flags);
            counted += Py_REFCNT(bytes) == before + 1;
            PyBuffer_Release(&view);
            counted += Py_REFCNT(bytes) == before && view.obj == NULL;
        }
    }
    is_int(right, FLAGS / 2 - 2, "bytes export what the flags request, for each combination of flags");
    is_int(counted, 2 * (FLAGS / 2 - 2), "a buffer owns a reference to its object until it is released");
    is_int(kinds, 2, "PyBUF_READ and PyBUF_WRITE alone are no request");
    is_int(writable, FLAGS / 2, "bytes refuse each request to write");
    is_int(PyObject_GetBuffer(bytes, &view, PyBUF_WRITABLE), -1, "GetBuffer of bytes for writing fails");
    raises(PyExc_BufferError, "Object is not writable.", "the error of a request to write bytes is a BufferError");
    Py_DECREF(bytes);
}

static void
test_without_buffer(void)
{
    PyObject *text = PyUnicode_FromString("text");
    PyObject *number = PyLong_FromLong(7000);
    PyObject *bytes = PyBytes_FromString("x");
    Py_buffer view;

    is_int(PyObject_CheckBuffer(bytes), 1, "bytes have a buffer");
    is_int(PyObject_CheckBuffer(text), 0, "a str has no buffer");
    is_int(PyObject_CheckBuffer(number), 0, "an int has no buffer");
    is_int(PyObject_CheckBuffer((PyObject *)&PyBytes_Type), 0, "the type bytes itself has no buffer");
    is_int(PyObject_GetBuffer(text, &view, PyBUF_SIMPLE), -1, "GetBuffer of a str fails");
    raises(PyExc_TypeError, "a bytes-like object is required, not 'str'", "GetBuffer of a str names the class");
    is_int(PyObject_GetBuffer(Py_None, &view, PyBUF_FULL), -1, "GetBuffer of None fails");
    raises(PyExc_TypeError, "a bytes-like object is required, not 'NoneType'", "GetBuffer of None names the class");
    is_int(PyObject_CopyData(text, bytes), -1, "CopyData into a str fails");
    raises(PyExc_TypeError, "both destination and source must be bytes-like objects",
           "CopyData needs a destination with a buffer");
    is_int(PyObject_CopyData(bytes, number), -1, "CopyData from an int fails");
    raises(PyExc_TypeError, "both destination and source must be bytes-like objects",
           "CopyData needs a source with a buffer");
    is_int(PyObject_CopyData(bytes, bytes), -1, "CopyData into bytes fails");
    raises(PyExc_BufferError, "Object is not writable.", "CopyData into bytes is a BufferError");
    Py_DECREF(text);
    Py_DECREF(number);
    Py_DECREF(bytes);
}

static void
test_fill(void)
{
    static char memory[8];
    PyObject *owner = PyUnicode_FromString("an owner of memory");
    Py_ssize_t before = Py_REFCNT(owner);
    Py_buffer view;
    int flags, readonly, with, right = 0, refused = 0, kinds = 0;

    for (readonly = 0; readonly < 3; readonly++) {
        for (with = 0; with < 2; with++) {
            for (flags = 0; flags < FLAGS; flags++) {
                PyObject *object = with ? owner : NULL;
                int result;
                memset(&view, 0x55, sizeof view);
                result = PyBuffer_FillInfo(&view, object, memory, 8, readonly, flags);
                if (flags == PyBUF_READ || flags == PyBUF_WRITE) {
                    kinds += result == -1 && failed(PyExc_SystemError);
                } else if (readonly == 1 && (flags & PyBUF_WRITABLE)) {
                    refused += result == -1 && failed(PyExc_BufferError);
                } else {
                    right += result == 0 && view.obj == object && is_filled(&view, memory, 8, readonly, flags) &&
                             Py_REFCNT(owner) == before + with;
                    PyBuffer_Release(&view);
                    right += view.obj == NULL && Py_REFCNT(owner) == before;
                }
            }
        }
    }
    is_int(kinds, 12, "FillInfo refuses PyBUF_READ and PyBUF_WRITE alone");
    is_int(refused, FLAGS, "FillInfo refuses to write memory that is read-only, for each combination of flags");
    is_int(right, 2 * (6 * FLAGS - 12 - FLAGS), "FillInfo fills as the flags request, with an object and without");
    is_int(PyBuffer_FillInfo(&view, NULL, memory, 8, 1, PyBUF_WRITABLE), -1,
           "FillInfo of read-only memory for writing fails");
    raises(PyExc_BufferError, "Object is not writable.", "FillInfo for writing raises a BufferError");
    is_int(PyBuffer_FillInfo(NULL, NULL, memory, 8, 0, 0), -1, "FillInfo of NULL fails");
    raises(PyExc_BufferError, "PyBuffer_FillInfo: view==NULL argument is obsolete",
           "FillInfo of NULL raises a BufferError");
    Py_DECREF(owner);
}

/* A buffer of up to three dimensions. */
typedef struct {
    Py_buffer view;
    Py_ssize_t shape[3], strides[3], suboffsets[3];
} Buffer;

static char room[4096];

static void
make(Buffer *buffer, int ndim, Py_ssize_t itemsize)
{
    int i;
    memset(&buffer->view, 0, sizeof buffer->view);
    buffer->view.buf = room + sizeof room / 2;
    buffer->view.itemsize = itemsize;
    buffer->view.len = itemsize;
    buffer->view.ndim = ndim;
    for (i = 0; i < ndim; i++) {
        buffer->view.len *= buffer->shape[i];
    }
    buffer->view.shape = ndim ? buffer->shape : NULL;
    buffer->view.strides = ndim ? buffer->strides : NULL;
}

/* The k-th index in an order; the last dimension varies fastest in C's. */
static void
indices_of(const Buffer *buffer, Py_ssize_t k, char order, Py_ssize_t *indices)
{
    int step, ndim = buffer->view.ndim;
    for (step = 0; step < ndim; step++) {
        int at = order == 'F' ? step : ndim - 1 - step;
        indices[at] = k % buffer->shape[at];
        k /= buffer->shape[at];
    }
}

static char *
address(const Buffer *buffer, const Py_ssize_t *indices)
{
    char *place = (char *)buffer->view.buf;
    int i;
    for (i = 0; i < buffer->view.ndim; i++) {
        place += indices[i] * buffer->strides[i];
    }
    return place;
}

static int
in_a_row(const Buffer *buffer, char order)
{
    Py_ssize_t k, count = buffer->view.len / buffer->view.itemsize, indices[3];
    for (k = 0; k < count; k++) {
        indices_of(buffer, k, order, indices);
        if (address(buffer, indices) != (char *)buffer->view.buf + k * buffer->view.itemsize) {
            return 0;
        }
    }
    return 1;
}

/* Calls a function with each buffer of a table: up to three dimensions of 0 to 3 items, strides of several kinds. */
static int
each(int (*check)(Buffer *))
{
    static const Py_ssize_t strides[] = {-6, 2, 4, 6, 12};
    const int kinds = sizeof strides / sizeof strides[0];
    int ndim, i, combination, combinations, wrong = 0;
    Buffer buffer;
    for (ndim = 0; ndim <= 3; ndim++) {
        for (combinations = 1, i = 0; i < ndim; i++) {
            combinations *= 4 * kinds;
        }
        for (combination = 0; combination < combinations; combination++) {
            int rest = combination;
            for (i = 0; i < ndim; i++) {
                buffer.shape[i] = rest % 4;
                buffer.strides[i] = strides[rest / 4 % kinds];
                rest /= 4 * kinds;
            }
            make(&buffer, ndim, 2);
            wrong += !check(&buffer);
        }
    }
    return wrong;
}

static int
contiguity(Buffer *buffer)
{
    int c = in_a_row(buffer, 'C'), fortran = in_a_row(buffer, 'F');
    return PyBuffer_IsContiguous(&buffer->view, 'C') == c && PyBuffer_IsContiguous(&buffer->view, 'F') == fortran &&
           PyBuffer_IsContiguous(&buffer->view, 'A') == (c || fortran) &&
           PyBuffer_IsContiguous(&buffer->view, 'c') == 0 && PyBuffer_IsContiguous(&buffer->view, '\0') == 0;
}

static int
addresses(Buffer *buffer)
{
    Py_ssize_t k, count = buffer->view.len / buffer->view.itemsize, indices[3];
    for (k = 0; k < count; k++) {
        indices_of(buffer, k, 'C', indices);
        if (PyBuffer_GetPointer(&buffer->view, indices) != (void *)address(buffer, indices)) {
            return 0;
        }
    }
    return 1;
}

static void
number_room(void)
{
    size_t i;
    for (i = 0; i < sizeof room; i++) {
        room[i] = (char)(i * 7 + i / 256);
    }
}

static int
copies_out(Buffer *buffer)
{
    static const char orders[] = {'C', 'F', 'A'};
    char row[64];
    size_t o;
    Py_ssize_t k, count = buffer->view.len / 2, indices[3];
    number_room();
    for (o = 0; o < sizeof orders; o++) {
        char order =
            orders[o] == 'F' || (orders[o] == 'A' && in_a_row(buffer, 'F') && !in_a_row(buffer, 'C')) ? 'F' : 'C';
        memset(row, 0, sizeof row);
        if (PyBuffer_ToContiguous(row, &buffer->view, buffer->view.len, orders[o]) != 0) {
            return 0;
        }
        for (k = 0; k < count; k++) {
            indices_of(buffer, k, order, indices);
            if (memcmp(row + 2 * k, address(buffer, indices), 2) != 0) {
                return 0;
            }
        }
        if (row[2 * count] != 0) {
            return 0;
        }
    }
    return 1;
}

static int
copies_in(Buffer *buffer)
{
    static const char orders[] = {'C', 'F'};
    static char expected[sizeof room];
    char row[64];
    size_t o;
    Py_ssize_t k, count = buffer->view.len / 2, given, indices[3];
    for (k = 0; k < 64; k++) {
        row[k] = (char)(k + 100);
    }
    if (buffer->view.ndim == 0) {
        return 1;
    }
    for (o = 0; o < sizeof orders; o++) {
        for (given = 0; given <= 2 * count + 2; given += count > 4 ? 2 * count / 3 + 1 : 1) {
            number_room();
            memcpy(expected, room, sizeof room);
            for (k = 0; k < count && 2 * (k + 1) <= given; k++) {
                indices_of(buffer, k, orders[o], indices);
                memcpy(expected + (address(buffer, indices) - room), row + 2 * k, 2);
            }
            if (in_a_row(buffer, orders[o]) && given < 2 * count) {
                memcpy(expected + sizeof room / 2, row, (size_t)given);
            }
            if (PyBuffer_FromContiguous(&buffer->view, row, given, orders[o]) != 0 ||
                memcmp(room, expected, sizeof room) != 0) {
                return 0;
            }
        }
    }
    return 1;
}

static int
strides(Buffer *buffer)
{
    Py_ssize_t filled[3] = {-1, -1, -1};
    int i;
    PyBuffer_FillContiguousStrides(buffer->view.ndim, buffer->shape, filled, 2, 'F');
    for (i = 0; i < buffer->view.ndim; i++) {
        if (filled[i] != (i ? filled[i - 1] * buffer->shape[i - 1] : 2)) {
            return 0;
        }
    }
    PyBuffer_FillContiguousStrides(buffer->view.ndim, buffer->shape, filled, 2, 'x');
    for (i = buffer->view.ndim - 1; i >= 0; i--) {
        if (filled[i] != (i + 1 < buffer->view.ndim ? filled[i + 1] * buffer->shape[i + 1] : 2)) {
            return 0;
        }
    }
    return buffer->view.ndim == 3 || filled[buffer->view.ndim] == -1;
}

static void
test_shapes(void)
{
    is_int(each(contiguity), 0, "IsContiguous answers as the addresses of the items say, for each shape");
    is_int(each(addresses), 0, "GetPointer adds the strides, for each shape");
    is_int(each(strides), 0, "FillContiguousStrides multiplies the shape, for each shape");
    is_int(each(copies_out), 0, "ToContiguous copies all items in the order, for each shape");
    is_int(each(copies_in), 0, "FromContiguous copies as many whole items as there are, for each shape");
}

static void
test_without_strides(void)
{
    static const struct {
        Py_ssize_t rows, columns;
        int fortran;
    } table[] = {{2, 3, 0}, {1, 3, 1}, {3, 1, 1}, {1, 1, 1}, {0, 3, 1}};
    size_t i;
    Buffer buffer;
    char row[8];
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        buffer.shape[0] = table[i].rows;
        buffer.shape[1] = table[i].columns;
        make(&buffer, 2, 1);
        buffer.view.strides = NULL;
        is_int(PyBuffer_IsContiguous(&buffer.view, 'C'), 1, "row %d: a buffer without strides is contiguous", (int)i);
        is_int(PyBuffer_IsContiguous(&buffer.view, 'F'), table[i].fortran,
               "row %d: a buffer without strides is in Fortran's order if one dimension is longer than 1", (int)i);
    }
    buffer.shape[0] = 2;
    buffer.shape[1] = 3;
    make(&buffer, 2, 1);
    buffer.view.strides = NULL;
    memcpy(buffer.view.buf, "abcdef", 6);
    is_int(PyBuffer_ToContiguous(row, &buffer.view, 6, 'F'), 0, "ToContiguous in Fortran's order needs no strides");
    ok(memcmp(row, "adbecf", 6) == 0, "the strides of a buffer without them are those of C's order");
    memcpy(buffer.view.buf, "ABCDEF", 6);
    is_int(PyBuffer_ToContiguous(row, &buffer.view, 5, 'C'), -1, "ToContiguous with another length fails");
    raises(PyExc_ValueError, "PyBuffer_ToContiguous: len != view->len", "another length is a ValueError");
    ok(memcmp(row, "adbecf", 6) == 0, "ToContiguous that fails copies nothing");
}

static void
test_suboffsets(void)
{
    static char rows[3][4] = {{'_', 'a', 'b', 'c'}, {'_', 'd', 'e', 'f'}, {'_', 'g', 'h', 'i'}};
    char *pointers[3] = {rows[2], rows[0], rows[1]};
    char row[16];
    Py_ssize_t indices[2], i, j;
    int right = 0;
    Buffer buffer;
    buffer.shape[0] = buffer.shape[1] = 3;
    buffer.strides[0] = sizeof(char *);
    buffer.strides[1] = 1;
    buffer.suboffsets[0] = 1;
    buffer.suboffsets[1] = -1;
    make(&buffer, 2, 1);
    buffer.view.buf = pointers;
    buffer.view.suboffsets = buffer.suboffsets;
    for (i = 0; i < 3; i++) {
        for (j = 0; j < 3; j++) {
            indices[0] = i;
            indices[1] = j;
            right += PyBuffer_GetPointer(&buffer.view, indices) == pointers[i] + 1 + j;
        }
    }
    is_int(right, 9, "GetPointer follows a pointer where there is a suboffset");
    is_int(PyBuffer_IsContiguous(&buffer.view, 'A'), 0, "a buffer with suboffsets is not contiguous");
    is_int(PyBuffer_ToContiguous(row, &buffer.view, 9, 'C'), 0, "ToContiguous copies a buffer with suboffsets");
    ok(memcmp(row, "ghiabcdef", 9) == 0, "ToContiguous follows the pointers in C's order");
    is_int(PyBuffer_ToContiguous(row, &buffer.view, 9, 'F'), 0,
           "ToContiguous copies a buffer with suboffsets in Fortran's order");
    ok(memcmp(row, "gadhbeicf", 9) == 0, "ToContiguous follows the pointers in Fortran's order");
    is_int(PyBuffer_FromContiguous(&buffer.view, (void *)"123456789", 9, 'F'), 0,
           "FromContiguous fills a buffer with suboffsets");
    ok(memcmp(rows, "_258_369_147", 12) == 0, "FromContiguous follows the pointers");
}

/* As many dimensions as a buffer can have, whose items are not in a row. */
static void
test_most_dimensions(void)
{
    Py_ssize_t shape[PyBUF_MAX_NDIM], strides[PyBUF_MAX_NDIM];
    char items[] = "ab__cd", row[5] = "----", others[] = "efgh";
    Py_buffer view;
    int i;
    memset(&view, 0, sizeof(view));
    for (i = 0; i < PyBUF_MAX_NDIM; i++) {
        shape[i] = i == 3 ? 2 : 1;
        strides[i] = 4;
    }
    view.buf = items;
    view.len = 4;
    view.itemsize = 2;
    view.ndim = PyBUF_MAX_NDIM;
    view.shape = shape;
    view.strides = strides;
    is_int(PyBuffer_ToContiguous(row, &view, 4, 'C'), 0, "ToContiguous copies a buffer of 64 dimensions");
    is_str(row, "abcd", "ToContiguous copies the items of 64 dimensions in their order");
    is_int(PyBuffer_FromContiguous(&view, others, 4, 'C'), 0, "FromContiguous fills a buffer of 64 dimensions");
    is_str(items, "ef__gh", "FromContiguous fills the items of 64 dimensions, and nothing between them");
}

static void
test_format_sizes(void)
{
    static const struct {
        const char *format, *outcome;
    } table[] = {
        {"", "0"},
        {"\n \t\v\f\r", "0"},
        {"i\t", "4"},
        {"bi", "8"},
        {"bq", "16"},
        {"b0q", "8"},
        {"ib", "5"},
        {"i 3b", "7"},
        {"bP", "16"},
        {"bF", "12"},
        {"bD", "24"},
        {"be", "4"},
        {"2bd", "16"},
        {"@bi", "8"},
        {"=bi", "5"},
        {"<bi", "5"},
        {">bi", "5"},
        {"!bi", "5"},
        {"3s", "3"},
        {"0s", "0"},
        {"10p", "10"},
        {"0i", "0"},
        {"12x3h", "18"},
        {"9223372036854775807b", "9223372036854775807"},
        {"9223372036854775807bb", "error: total struct size too long"},
        {"9223372036854775808b", "error: total struct size too long"},
        {"99999999999999999999b", "error: total struct size too long"},
        {"4611686018427387904h", "error: total struct size too long"},
        {"5", "error: repeat count given without format specifier"},
        {"i5", "error: repeat count given without format specifier"},
        {"3 i", "error: bad char in struct format"},
        {"@@i", "error: bad char in struct format"},
        {"i<", "error: bad char in struct format"},
        {"-1b", "error: bad char in struct format"},
        {"T{i}", "error: bad char in struct format"},
        {"\xff", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"\xc3\xa9",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"},
    };
    /* Sizes of each letter, and of each after "<"; a letter that is not here is bad. */
    static const char native[] = "xbBcsp?hHeiIfFlLqQdnNPD", standard[] = "xbBcsp?hHeiIfFlLqQdD";
    static const int native_sizes[] = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 16};
    static const int standard_sizes[] = {1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 4, 4, 8, 8, 8, 16};
    size_t i;
    int letter, right = 0;
    char format[3] = "";
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        is_str(outcome_int(PyBuffer_SizeFromFormat(table[i].format)), table[i].outcome, "row %d: the size of a format",
               (int)i);
    }
    for (letter = '<'; letter < 127; letter++) {
        const char *place = strchr(native, letter);
        Py_ssize_t size;
        format[0] = (char)letter;
        format[1] = '\0';
        if (letter > '@') {
            size = PyBuffer_SizeFromFormat(format);
            right += place ? size == native_sizes[place - native] : size == -1 && failed(PyExc_Exception);
        }
        format[0] = '<';
        format[1] = (char)letter;
        place = strchr(standard, letter);
        size = PyBuffer_SizeFromFormat(format);
        right += place ? size == standard_sizes[place - standard] : size == -1 && failed(PyExc_Exception);
    }
    is_int(right, 2 * (127 - '@' - 1) + '@' - '<' + 1,
           "each letter has its native size, and its standard size after '<'");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_bytes);
    RUN(test_without_buffer);
    RUN(test_fill);
    RUN(test_shapes);
    RUN(test_without_strides);
    RUN(test_suboffsets);
    RUN(test_most_dimensions);
    RUN(test_format_sizes);
    return TAP_END();
}
