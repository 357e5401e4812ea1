/* int objects of 64 bits: made from every C integer type and converted back into it, with each error.
 *
 * A table of values goes through all constructors and all conversions.  A value that does not fit is an OverflowError
 * that names the C type, an object that is no int a TypeError; -1 is an ordinary value too.
 */
#include "outcome.h"

#include <limits.h>

#define TOO_LARGE_LONG "OverflowError: Python int too large to convert to C long"
#define TOO_LARGE_INT "OverflowError: Python int too large to convert to C int"
#define TOO_LARGE_SSIZE "OverflowError: Python int too large to convert to C ssize_t"
#define NEGATIVE_UNSIGNED "OverflowError: can't convert negative value to unsigned int"
#define NEGATIVE_LONG_LONG "OverflowError: can't convert negative int to unsigned"
#define NEGATIVE_SIZE "OverflowError: can't convert negative value to size_t"

/* An unsigned C number as text; or the error, if there is one. */
static const char *
outcome_unsigned(unsigned long long result)
{
    char *buffer = outcome_buffer();
    if (PyErr_Occurred()) {
        return result == (unsigned long long)-1 ? error_text() : "an error with a result other than -1";
    }
    snprintf(buffer, OUTCOME_SIZE, "%llu", result);
    return buffer;
}

static void
test_signed(void)
{
    static const struct {
        long long value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {1, "1"},
        {-1, "-1"},
        {-2, "-2"},
        {256, "256"},
        {257, "257"},
        {-5, "-5"},
        {-6, "-6"},
        {1073741823, "1073741823"},
        {1073741824, "1073741824"},
        {-1073741824, "-1073741824"},
        {INT_MAX, "2147483647"},
        {INT_MIN, "-2147483648"},
        {2147483648LL, "2147483648"},
        {-2147483649LL, "-2147483649"},
        {1152921504606846976LL, "1152921504606846976"},
        {LLONG_MAX, "9223372036854775807"},
        {-LLONG_MAX, "-9223372036854775807"},
        {LLONG_MIN, "-9223372036854775808"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = rows[i].text;
        int negative = rows[i].value < 0;
        int fits_int = rows[i].value >= INT_MIN && rows[i].value <= INT_MAX;
        PyObject *value = PyLong_FromLongLong(rows[i].value);
        int overflow = 77;

        ok(PyLong_CheckExact(value), "%s: FromLongLong makes exactly an int", text);
        is_str(shown(value), text, "%s: the repr is in decimal", text);
        is_str(outcome(PyLong_FromLong((long)rows[i].value)), text, "%s: FromLong gives the same value", text);
        is_str(outcome(PyLong_FromSsize_t((Py_ssize_t)rows[i].value)), text, "%s: FromSsize_t gives the same value",
               text);
        is_str(outcome_int(PyLong_AsLong(value)), text, "%s: AsLong gives the value back", text);
        is_str(outcome_int(PyLong_AsLongLong(value)), text, "%s: AsLongLong gives the value back", text);
        is_str(outcome_int(PyLong_AsSsize_t(value)), text, "%s: AsSsize_t gives the value back", text);
        is_str(outcome_int(PyLong_AsLongAndOverflow(value, &overflow)), text,
               "%s: AsLongAndOverflow gives the value back", text);
        is_int(overflow, 0, "%s: AsLongAndOverflow sees no overflow", text);
        is_str(outcome_int(PyLong_AsInt(value)), fits_int ? text : TOO_LARGE_INT,
               "%s: AsInt takes a value that fits an int of C", text);
        is_str(outcome_unsigned(PyLong_AsUnsignedLong(value)), negative ? NEGATIVE_UNSIGNED : text,
               "%s: AsUnsignedLong takes no negative value", text);
        is_str(outcome_unsigned(PyLong_AsUnsignedLongLong(value)), negative ? NEGATIVE_LONG_LONG : text,
               "%s: AsUnsignedLongLong takes no negative value", text);
        is_str(outcome_unsigned(PyLong_AsSize_t(value)), negative ? NEGATIVE_SIZE : text,
               "%s: AsSize_t takes no negative value", text);
        is_int(PyObject_IsTrue(value), rows[i].value != 0, "%s: an int is true unless it is zero", text);
        Py_DECREF(value);
    }
}

static void
test_beyond_signed(void)
{
    static const struct {
        unsigned long long value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {9223372036854775807ULL, "9223372036854775807"},
        {9223372036854775808ULL, "9223372036854775808"},
        {18446744073709551614ULL, "18446744073709551614"},
        {18446744073709551615ULL, "18446744073709551615"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = rows[i].text;
        int fits = rows[i].value <= LLONG_MAX;
        int overflow = 77;
        PyObject *value = PyLong_FromUnsignedLongLong(rows[i].value);
        is_str(shown(value), text, "%s: FromUnsignedLongLong makes the value", text);
        is_str(outcome(PyLong_FromUnsignedLong((unsigned long)rows[i].value)), text,
               "%s: FromUnsignedLong makes the value", text);
        is_str(outcome(PyLong_FromSize_t((size_t)rows[i].value)), text, "%s: FromSize_t makes the value", text);
        is_str(outcome_unsigned(PyLong_AsUnsignedLong(value)), text, "%s: AsUnsignedLong gives the value back", text);
        is_str(outcome_unsigned(PyLong_AsUnsignedLongLong(value)), text, "%s: AsUnsignedLongLong gives the value back",
               text);
        is_str(outcome_unsigned(PyLong_AsSize_t(value)), text, "%s: AsSize_t gives the value back", text);
        is_str(outcome_int(PyLong_AsLong(value)), fits ? text : TOO_LARGE_LONG,
               "%s: AsLong gives the value back if it fits", text);
        is_str(outcome_int(PyLong_AsLongLong(value)), fits ? text : "OverflowError: int too big to convert",
               "%s: AsLongLong gives the value back if it fits", text);
        is_str(outcome_int(PyLong_AsSsize_t(value)), fits ? text : TOO_LARGE_SSIZE,
               "%s: AsSsize_t gives the value back if it fits", text);
        is_int(PyLong_AsLongAndOverflow(value, &overflow), fits ? (long long)rows[i].value : -1,
               "%s: AsLongAndOverflow gives -1 for a value that does not fit", text);
        is_int(overflow, fits ? 0 : 1, "%s: AsLongAndOverflow stores whether the value is too large", text);
        no_error("%s: AsLongAndOverflow sets no error", text);
        Py_DECREF(value);
    }
}

static void
test_pointers(void)
{
    static int here;
    PyObject *value = PyLong_FromVoidPtr(&here);
    ok(PyLong_CheckExact(value), "FromVoidPtr makes an int");
    is_ptr(PyLong_AsVoidPtr(value), &here, "AsVoidPtr gives the pointer back");
    Py_DECREF(value);
    is_str(outcome(PyLong_FromVoidPtr(NULL)), "0", "FromVoidPtr of NULL is 0");
    is_str(outcome(PyLong_FromVoidPtr((void *)-1)), "18446744073709551615", "FromVoidPtr makes an unsigned number");

    value = PyLong_FromUnsignedLongLong(18446744073709551615ULL);
    is_ptr(PyLong_AsVoidPtr(value), (void *)-1, "AsVoidPtr gives the largest address back");
    no_error("AsVoidPtr of the largest address sets no error");
    Py_DECREF(value);
    value = PyLong_FromLong(-16);
    is_ptr(PyLong_AsVoidPtr(value), (void *)-16, "AsVoidPtr takes a negative number for an address");
    Py_DECREF(value);
    is_ptr(PyLong_AsVoidPtr(Py_None), NULL, "AsVoidPtr of None is NULL");
    is_str(error_text(), "TypeError: an integer is required", "AsVoidPtr of None is a TypeError");
}

static void
test_wrong_types(void)
{
    PyObject *objects[6];
    static const char *const by_index[] = {
        "TypeError: 'str' object cannot be interpreted as an integer",
        "TypeError: 'float' object cannot be interpreted as an integer",
        "TypeError: 'bytes' object cannot be interpreted as an integer",
        "TypeError: 'list' object cannot be interpreted as an integer",
        "TypeError: 'NoneType' object cannot be interpreted as an integer",
        "TypeError: 'type' object cannot be interpreted as an integer",
    };
    int i;
    objects[0] = PyUnicode_FromString("12");
    objects[1] = PyFloat_FromDouble(12.0);
    objects[2] = PyBytes_FromString("12");
    objects[3] = PyList_New(0);
    objects[4] = Py_NewRef(Py_None);
    objects[5] = Py_NewRef((PyObject *)&PyLong_Type);
    for (i = 0; i < 6; i++) {
        int overflow = 77;
        is_str(outcome_int(PyLong_AsLong(objects[i])), by_index[i], "object %d: AsLong wants an int", i);
        is_str(outcome_int(PyLong_AsLongLong(objects[i])), by_index[i], "object %d: AsLongLong wants an int", i);
        is_str(outcome_int(PyLong_AsInt(objects[i])), by_index[i], "object %d: AsInt wants an int", i);
        is_str(outcome_int(PyLong_AsLongAndOverflow(objects[i], &overflow)), by_index[i],
               "object %d: AsLongAndOverflow wants an int", i);
        is_int(overflow, 0, "object %d: AsLongAndOverflow of no int stores no overflow", i);
        is_str(outcome_int(PyLong_AsSsize_t(objects[i])), "TypeError: an integer is required",
               "object %d: AsSsize_t wants an int", i);
        is_str(outcome_unsigned(PyLong_AsUnsignedLong(objects[i])), "TypeError: an integer is required",
               "object %d: AsUnsignedLong wants an int", i);
        is_str(outcome_unsigned(PyLong_AsUnsignedLongLong(objects[i])), "TypeError: an integer is required",
               "object %d: AsUnsignedLongLong wants an int", i);
        is_str(outcome_unsigned(PyLong_AsSize_t(objects[i])), "TypeError: an integer is required",
               "object %d: AsSize_t wants an int", i);
        Py_DECREF(objects[i]);
    }
}

static void
test_bool_is_int(void)
{
    is_int(PyLong_AsLong(Py_True), 1, "True is 1");
    is_int(PyLong_AsSize_t(Py_False), 0, "False is 0");
    ok(PyLong_Check(Py_True), "a bool is an int");
    ok(!PyLong_CheckExact(Py_True), "a bool is not exactly an int");
}

static void
test_small_ints(void)
{
    static const struct {
        long value;
        int shared;
    } rows[] = {{-6, 0}, {-5, 1}, {-1, 1}, {0, 1}, {1, 1}, {256, 1}, {257, 0}, {1L << 40, 0}};
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *first = PyLong_FromLong(rows[i].value);
        PyObject *second = PyLong_FromLongLong(rows[i].value);
        is_int(first == second, rows[i].shared, "%ld: the ints from -5 to 256 are shared objects, others are not",
               rows[i].value);
        Py_DECREF(first);
        Py_DECREF(second);
    }
}

static void
test_hash(void)
{
    static const struct {
        long long value;
        long long hash;
    } rows[] = {
        {0, 0},
        {1, 1},
        {-1, -2},
        {-2, -2},
        {-3, -3},
        {1LL << 30, 1LL << 30},
        {1LL << 60, 1LL << 60},
        {(1LL << 61) - 2, (1LL << 61) - 2},
        {(1LL << 61) - 1, 0},
        {1LL << 61, 1},
        {(1LL << 61) + 5, 6},
        {-(1LL << 61), -2},
        {-(1LL << 61) - 1, -2},
        {-(1LL << 61) + 1, 0},
        {LLONG_MAX, 3},
        {LLONG_MIN, -4},
    };
    PyObject *largest = PyLong_FromUnsignedLongLong(18446744073709551615ULL);
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *value = PyLong_FromLongLong(rows[i].value);
        is_int(PyObject_Hash(value), rows[i].hash, "%lld: an int hashes to itself modulo 2**61-1, but never to -1",
               rows[i].value);
        Py_DECREF(value);
    }
    is_int(PyObject_Hash(largest), 7, "the largest unsigned number hashes to itself modulo 2**61-1");
    Py_DECREF(largest);
}

static void
test_order(void)
{
    static const long long ordered[] = {LLONG_MIN, -(1LL << 60), -(1LL << 30),    -2,        -1,       0,
                                        1,         1LL << 30,    (1LL << 30) + 1, 1LL << 60, LLONG_MAX};
    const int count = (int)(sizeof ordered / sizeof ordered[0]);
    int i, j, agree = 0;
    for (i = 0; i < count; i++) {
        for (j = 0; j < count; j++) {
            PyObject *left = PyLong_FromLongLong(ordered[i]);
            PyObject *right = PyLong_FromLongLong(ordered[j]);
            agree += PyObject_RichCompareBool(left, right, Py_LT) == (i < j) &&
                     PyObject_RichCompareBool(left, right, Py_LE) == (i <= j) &&
                     PyObject_RichCompareBool(left, right, Py_EQ) == (i == j) &&
                     PyObject_RichCompareBool(left, right, Py_NE) == (i != j) &&
                     PyObject_RichCompareBool(left, right, Py_GT) == (i > j) &&
                     PyObject_RichCompareBool(left, right, Py_GE) == (i >= j);
            Py_DECREF(left);
            Py_DECREF(right);
        }
    }
    is_int(agree, count * count, "ints are ordered by value");
}

static void
test_layout(void)
{
    static const struct {
        long long value;
        int compact;
        int digits;
    } rows[] = {{0, 1, 1},
                {7, 1, 1},
                {-7, 1, 1},
                {(1LL << 30) - 1, 1, 1},
                {-(1LL << 30) + 1, 1, 1},
                {1LL << 30, 0, 2},
                {-(1LL << 30), 0, 2},
                {(1LL << 60) - 1, 0, 2},
                {1LL << 60, 0, 3},
                {LLONG_MIN, 0, 3}};
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *value = PyLong_FromLongLong(rows[i].value);
        const PyLongObject *layout = (const PyLongObject *)value;
        unsigned long long magnitude = 0;
        int digit;
        is_int(PyUnstable_Long_IsCompact(layout), rows[i].compact, "%lld: a compact int has one digit of 30 bits",
               rows[i].value);
        if (rows[i].compact) {
            is_int(PyUnstable_Long_CompactValue(layout), rows[i].value, "%lld: CompactValue reads a compact int",
                   rows[i].value);
        }
        is_int(layout->long_value.lv_tag >> 3, rows[i].value == 0 ? 0 : rows[i].digits,
               "%lld: the tag holds the number of digits", rows[i].value);
        is_int(layout->long_value.lv_tag & 3,
               rows[i].value > 0    ? 0
               : rows[i].value == 0 ? 1
                                    : 2,
               "%lld: the tag holds the sign", rows[i].value);
        for (digit = rows[i].digits - 1; digit >= 0; digit--) {
            magnitude = magnitude << 30 | layout->long_value.ob_digit[digit];
        }
        is_int(magnitude, rows[i].value < 0 ? 0 - (unsigned long long)rows[i].value : (unsigned long long)rows[i].value,
               "%lld: the digits are the magnitude, the lowest first", rows[i].value);
        Py_DECREF(value);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_signed);
    RUN(test_beyond_signed);
    RUN(test_pointers);
    RUN(test_wrong_types);
    RUN(test_bool_is_int);
    RUN(test_small_ints);
    RUN(test_hash);
    RUN(test_order);
    RUN(test_layout);
    return TAP_END();
}
