/* The functions by which code of Argument Clinic converts single arguments to numbers of C. CPython declares them in internal headers. */
#include "checks.h"
#include "outcome.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
PyAPI_FUNC(int) _PyLong_UnsignedShort_Converter(PyObject *o, void *place);
PyAPI_FUNC(int) _PyLong_UnsignedInt_Converter(PyObject *o, void *place);
PyAPI_FUNC(int) _PyLong_UnsignedLong_Converter(PyObject *o, void *place);
PyAPI_FUNC(int) _PyLong_UnsignedLongLong_Converter(PyObject *o, void *place);
PyAPI_FUNC(int) _PyLong_Size_t_Converter(PyObject *o, void *place);
PyAPI_FUNC(int) _PyEval_SliceIndex(PyObject *o, Py_ssize_t *place);
PyAPI_FUNC(int) _PyEval_SliceIndexNotNone(PyObject *o, Py_ssize_t *place);
PyAPI_FUNC(int) _Py_convert_optional_to_ssize_t(PyObject *o, void *place);
PyAPI_FUNC(PyObject *) _PyNumber_Index(PyObject *o);
PyAPI_FUNC(int) _PyObject_IsFreed(PyObject *o);
#ifdef __cplusplus
}
#endif

enum { FILL = 0xA5 };

/* "1: bytes of the place", or the error. */
static const char *
converted(int (*convert)(PyObject *, void *), PyObject *o, size_t size)
{
    unsigned char place[sizeof(uint64_t) + 1];
    uint64_t value = 0;
    char *text = outcome_buffer();
    memset(place, FILL, sizeof place);
    if (!convert(o, place))
        return error_text();
    memcpy(&value, place, size);
    snprintf(text, OUTCOME_SIZE, "%llu%s", (unsigned long long)value,
             place[size] == FILL ? "" : ", and a byte too many");
    return text;
}

static void
test_unsigned(void)
{
    static const struct {
        const char *name;
        int (*convert)(PyObject *, void *);
        size_t size;
        const char *largest, *next;
    } kinds[] = {
        {"unsigned short", _PyLong_UnsignedShort_Converter, sizeof(unsigned short), "65535", "65536"},
        {"unsigned int", _PyLong_UnsignedInt_Converter, sizeof(unsigned), "4294967295", "4294967296"},
        {"unsigned long", _PyLong_UnsignedLong_Converter, sizeof(unsigned long), "18446744073709551615",
         "18446744073709551616"},
        {"unsigned long long", _PyLong_UnsignedLongLong_Converter, sizeof(unsigned long long), "18446744073709551615",
         "18446744073709551616"},
        {"size_t", _PyLong_Size_t_Converter, sizeof(size_t), "18446744073709551615", "36893488147419103232"},
    };
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *name = kinds[i].name;
        PyObject *largest = PyLong_FromString(kinds[i].largest, NULL, 10),
                 *next = PyLong_FromString(kinds[i].next, NULL, 10);
        PyObject *minus = PyLong_FromLong(-1), *wide = PyLong_FromString("-18446744073709551617", NULL, 10);
        PyObject *real = PyFloat_FromDouble(1.5);
        char large[100];
        snprintf(large, sizeof large, "OverflowError: Python int too large for C %s", name);
        is_str(converted(kinds[i].convert, largest, kinds[i].size), kinds[i].largest, "the largest %s is converted",
               name);
        is_str(converted(kinds[i].convert, Py_True, kinds[i].size), "1", "True is the %s 1", name);
        is_str(converted(kinds[i].convert, next, kinds[i].size), large, "a number too large for %s is refused", name);
        is_str(converted(kinds[i].convert, minus, kinds[i].size), "ValueError: Cannot convert negative int",
               "no negative number is an %s", name);
        is_str(converted(kinds[i].convert, wide, kinds[i].size), "ValueError: Cannot convert negative int",
               "no large negative number is an %s", name);
        is_str(converted(kinds[i].convert, real, kinds[i].size),
               "TypeError: 'float' object cannot be interpreted as an integer", "a float is no %s", name);
        Py_DECREF(largest);
        Py_DECREF(next);
        Py_DECREF(minus);
        Py_DECREF(wide);
        Py_DECREF(real);
    }
}

enum { UNTOUCHED = 77 };

static int
slice_index(PyObject *o, void *place)
{
    return _PyEval_SliceIndex(o, (Py_ssize_t *)place);
}

static int
slice_index_not_none(PyObject *o, void *place)
{
    return _PyEval_SliceIndexNotNone(o, (Py_ssize_t *)place);
}

/* The size that a converter stores, or the error. */
static const char *
size_of(int (*convert)(PyObject *, void *), PyObject *o)
{
    Py_ssize_t place = UNTOUCHED;
    return convert(o, &place) ? outcome_int(place) : error_text();
}

static void
test_sizes(void)
{
    PyObject *number = PyLong_FromLong(-3), *text = PyUnicode_FromString("x");
    PyObject *large = PyLong_FromString("9223372036854775808", NULL, 10),
             *low = PyLong_FromString("-9223372036854775809", NULL, 10);
    is_str(size_of(slice_index, number), "-3", "a part of a slice may be an int");
    is_str(size_of(slice_index, Py_True), "1", "a part of a slice may have __index__");
    is_str(size_of(slice_index, Py_None), "77", "for None in a slice nothing is stored");
    is_str(size_of(slice_index, large), "9223372036854775807", "a large part of a slice is cut to the largest size");
    is_str(size_of(slice_index, low), "-9223372036854775808", "a low part of a slice is cut to the lowest size");
    is_str(size_of(slice_index, text), "TypeError: slice indices must be integers or None or have an __index__ method",
           "a part of a slice is no str");
    is_str(size_of(slice_index_not_none, number), "-3", "a bound may be an int");
    is_str(size_of(slice_index_not_none, large), "9223372036854775807", "a large bound is cut to the largest size");
    is_str(size_of(slice_index_not_none, Py_None),
           "TypeError: slice indices must be integers or have an __index__ method",
           "a bound that can't be None refuses None");
    is_str(size_of(_Py_convert_optional_to_ssize_t, number), "-3", "an optional size may be an int");
    is_str(size_of(_Py_convert_optional_to_ssize_t, Py_None), "77", "for None nothing is stored");
    is_str(size_of(_Py_convert_optional_to_ssize_t, large),
           "OverflowError: cannot fit 'int' into an index-sized integer", "a large optional size is refused");
    is_str(size_of(_Py_convert_optional_to_ssize_t, text), "TypeError: argument should be integer or None, not 'str'",
           "an optional size is no str");
    Py_DECREF(number);
    Py_DECREF(text);
    Py_DECREF(large);
    Py_DECREF(low);
}

static void
test_index(void)
{
    PyObject *real = PyFloat_FromDouble(1.0);
    is_str(outcome(_PyNumber_Index(Py_True)), "True", "the index of True is True, which is of a subclass of int");
    is_str(outcome(PyNumber_Index(Py_True)), "1", "PyNumber_Index makes exactly an int");
    is_str(outcome(_PyNumber_Index(real)), "TypeError: 'float' object cannot be interpreted as an integer",
           "a float has no index");
    is_str(outcome(_PyNumber_Index(NULL)), "SystemError: null argument to internal routine", "NULL has no index");
    Py_DECREF(real);
}

static void
test_freed(void)
{
    static const struct {
        uintptr_t address;
        int is_freed;
    } types[] = {
        {0, 1},
        {1, 1},
        {0xFF, 1},
        {0x100, 0},
        {UINTPTR_MAX, 1},
        {~(uintptr_t)0xFF, 1},
        {~(uintptr_t)0x100, 0},
        {UINTPTR_MAX / 255 * 0xCD, 1},
        {UINTPTR_MAX / 255 * 0xDD, 1},
        {UINTPTR_MAX / 255 * 0xFD, 1},
        {UINTPTR_MAX / 255 * 0xCB, 0},
        {UINTPTR_MAX / 255 * 0xCD - 1, 0},
    };
    size_t i;
    is_int(_PyObject_IsFreed(Py_None), 0, "None is not freed");
    for (i = 0; i < sizeof types / sizeof types[0]; i++) {
        PyObject object;
        memset(&object, 0, sizeof object);
        Py_SET_TYPE(&object, (PyTypeObject *)types[i].address);
        is_int(_PyObject_IsFreed(&object), types[i].is_freed, "whether an object with a type at %#llx is freed",
               (unsigned long long)types[i].address);
        if (types[i].is_freed)
            is_int(_PyObject_IsFreed((PyObject *)types[i].address), 1, "an object at %#llx is freed",
                   (unsigned long long)types[i].address);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_unsigned);
    RUN(test_sizes);
    RUN(test_index);
    RUN(test_freed);
    return TAP_END();
}
