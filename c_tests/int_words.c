/* Ints as bytes and as words of fixed width, from text with the place where it ends, and digit by digit.  Tables of values and
 * flags are compared with CPython by digests; with an argument the program prints each outcome.
 */
#include "digest.h"
#include "outcome.h"

#include <errno.h>

/* Values around the bounds of every number of bytes, and larger ones. */
static const char *const values[] = {
    "0x0",
    "0x1",
    "-0x1",
    "0x7f",
    "0x80",
    "-0x80",
    "-0x81",
    "0xff",
    "0x100",
    "-0xff",
    "-0x100",
    "-0x101",
    "0x7fff",
    "0x8000",
    "0xffff",
    "-0x8000",
    "-0x8001",
    "0x3fffffff",
    "0x40000000",
    "-0x40000000",
    "0x7fffffff",
    "0x80000000",
    "-0x80000000",
    "-0x80000001",
    "0xffffffff",
    "0x100000000",
    "-0xffffffff",
    "-0x100000000",
    "0x7fffffffffffffff",
    "0x8000000000000000",
    "-0x8000000000000000",
    "-0x8000000000000001",
    "0xffffffffffffffff",
    "0x10000000000000000",
    "-0x10000000000000000",
    "0x7fffffffffffffffffff",
    "-0x80000000000000000000",
    "0x80000000000000000000",
    "-0x1234567890abcdef1234567890abcdef",
    "0xfedcba0987654321fedcba0987654321",
};

static PyObject *
value(size_t i)
{
    return PyLong_FromString(values[i], NULL, 0);
}

static const char *
hex(const unsigned char *bytes, size_t size)
{
    static char text[128];
    size_t i;
    for (i = 0; i < size; i++) {
        snprintf(text + 2 * i, sizeof text - 2 * i, "%02x", bytes[i]);
    }
    return text;
}

static void
test_native_bytes(void)
{
    static const int flags[] = {-1, 0, 1, 3, 4, 5, 7, 8, 12, 15, 16};
    size_t i, flag;
    int size;
    for (flag = 0; flag < COUNT(flags); flag++) {
        for (i = 0; i < COUNT(values); i++) {
            PyObject *o = value(i);
            for (size = -1; size < 20; size++) {
                unsigned char bytes[24];
                Py_ssize_t needed;
                memset(bytes, 0xaa, sizeof bytes);
                needed = PyLong_AsNativeBytes(o, size == 0 ? NULL : bytes, size, flags[flag]);
                note("%s size %d flags %d: %zd %s", values[i], size, flags[flag], needed, hex(bytes, sizeof bytes));
                if (PyErr_Occurred()) {
                    note("%s", size < 0 ? "an error" : error_text());
                    PyErr_Clear();
                }
                if (size >= 0) {
                    note("%s", outcome(PyLong_FromNativeBytes(bytes, (size_t)size, flags[flag])));
                    note("%s", outcome(PyLong_FromUnsignedNativeBytes(bytes, (size_t)size, flags[flag])));
                }
            }
            Py_DECREF(o);
        }
    }
    digest_is(0x74239eb6cdfdc769U, "ints as native bytes, and back");
    is_str(outcome_int(PyLong_AsNativeBytes(Py_None, NULL, 0, -1)), "TypeError: expect int, got NoneType",
           "AsNativeBytes takes only ints");
    is_str(outcome_int(PyLong_AsNativeBytes(Py_None, NULL, 0, 16)),
           "TypeError: 'NoneType' object cannot be interpreted as an integer",
           "AsNativeBytes takes objects with __index__ if it is told to");
}

static void
test_words(void)
{
    size_t i;
    for (i = 0; i < COUNT(values); i++) {
        PyObject *o = value(i);
        int32_t i32 = 77;
        uint32_t u32 = 77;
        int64_t i64 = 77;
        uint64_t u64 = 77;
        int sign = 77, result;
        result = PyLong_AsInt32(o, &i32);
        note("%s %d %s", values[i], result, error_text());
        note("%ld", (long)i32);
        result = PyLong_AsUInt32(o, &u32);
        note("%d %s", result, error_text());
        note("%lu", (unsigned long)u32);
        result = PyLong_AsInt64(o, &i64);
        note("%d %s", result, error_text());
        note("%lld", (long long)i64);
        result = PyLong_AsUInt64(o, &u64);
        note("%d %s", result, error_text());
        note("%llu", (unsigned long long)u64);
        note("%s", outcome(PyLong_FromInt32(i32)));
        note("%s", outcome(PyLong_FromUInt32(u32)));
        note("%s", outcome(PyLong_FromInt64(i64)));
        note("%s", outcome(PyLong_FromUInt64(u64)));
        result = PyLong_GetSign(o, &sign);
        note("%d %d %d %d", result, PyLong_IsPositive(o), PyLong_IsNegative(o), PyLong_IsZero(o));
        note("%d", sign);
        Py_DECREF(o);
    }
    digest_is(0x60c99afe096b8fbeU, "ints as words of fixed width");
}

#define NO_INT "TypeError: expect int, got float"
#define NO_INDEX "TypeError: 'float' object cannot be interpreted as an integer"

static void
test_words_of_others(void)
{
    PyObject *number = PyFloat_FromDouble(1.5);
    int32_t i32 = 7;
    uint64_t u64 = 7;
    int sign = 7;
    is_str(outcome_int(PyLong_AsInt32(number, &i32)), NO_INDEX, "a float is no int32_t");
    is_int(i32, 7, "the place of an int32_t keeps its value after an error");
    is_str(outcome_int(PyLong_AsUInt64(number, &u64)), NO_INDEX, "a float is no uint64_t");
    is_str(outcome_int(PyLong_GetSign(number, &sign)), NO_INT, "a float's sign is not that of an int");
    is_int(sign, 7, "the place of a sign keeps its value after an error");
    is_str(outcome_int(PyLong_IsPositive(number)), "TypeError: expected int, got float", "IsPositive takes only ints");
    is_str(outcome_int(PyLong_IsNegative(number)), "TypeError: expected int, got float", "IsNegative takes only ints");
    is_str(outcome_int(PyLong_IsZero(number)), "TypeError: expected int, got float", "IsZero takes only ints");
    is_int(PyLong_AsInt32(Py_True, &i32), 0, "True is an int32_t");
    is_int(i32, 1, "True is 1");
    Py_DECREF(number);
}

static const char *const texts[] = {
    "12",
    "  12  ",
    "12x",
    "x",
    "",
    "  ",
    "1__2",
    "1_",
    "_1",
    "0x1f",
    "0x",
    "0xg",
    "0b12",
    "012",
    "00",
    "0_0",
    "-5",
    "- 5",
    "+7 8",
    "1 x",
    "12\t\n",
    "z",
    "-",
    "0x_1",
    "0o17",
    "08",
    "1_000",
    "0b",
    "0o8",
    "-0x1F",
    "+0B101",
    "0 5",
    "00 5",
    "\v1\f",
    "18446744073709551615",
    "18446744073709551616zz",
    "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854775808",
    "ffffffffffffffffffffx",
    "\xff"
    "1",
    "1\xff",
};
static const int bases[] = {10, 0, 16, 8, 2, 36, 3, 1, 37, -1};

static void
test_text(void)
{
    size_t i, base;
    for (base = 0; base < COUNT(bases); base++) {
        for (i = 0; i < COUNT(texts); i++) {
            char *end = NULL;
            PyObject *text;
            note("%s", outcome(PyLong_FromString(texts[i], &end, bases[base])));
            note("'%s' in base %d: %d", texts[i], bases[base], end == NULL ? -1 : (int)(end - texts[i]));
            note("%s", outcome(PyLong_FromString(texts[i], NULL, bases[base])));
            text = PyUnicode_DecodeLatin1(texts[i], (Py_ssize_t)strlen(texts[i]), NULL);
            note("%s", outcome(PyLong_FromUnicodeObject(text, bases[base])));
            Py_DECREF(text);
        }
    }
    digest_is(0x062099524d81e3a9U, "ints from text in every base");
}

static void
test_words_of_text(void)
{
    size_t i, base;
    for (base = 0; base < COUNT(bases); base++) {
        for (i = 0; i < COUNT(texts); i++) {
            char *end = NULL;
            unsigned long word;
            long number;
            errno = 0;
            word = PyOS_strtoul(texts[i], &end, bases[base]);
            note("'%s' in base %d: %lu %d %d", texts[i], bases[base], word, (int)(end - texts[i]), errno);
            errno = 0;
            number = PyOS_strtol(texts[i], &end, bases[base]);
            note("%ld %d %d", number, (int)(end - texts[i]), errno);
            note("%ld", PyOS_strtol(texts[i], NULL, bases[base]));
        }
    }
    digest_is(0x1245adcfe774634fU, "words from text in every base");
}

static void
test_layout(void)
{
    const PyLongLayout *layout = PyLong_GetNativeLayout();
    is_int(layout->bits_per_digit, 30, "a digit has 30 bits");
    is_int(layout->digit_size, 4, "a digit has 4 bytes");
    is_int(layout->digits_order, -1, "the least significant digit is the first");
    is_int(layout->digit_endianness, -1, "the low byte of a digit is the first");
}

static void
test_export(void)
{
    size_t i;
    PyLongExport digits_of;
    for (i = 0; i < COUNT(values); i++) {
        PyObject *o = value(i);
        Py_ssize_t digit;
        memset(&digits_of, 0xaa, sizeof digits_of);
        note("%s %d", values[i], PyLong_Export(o, &digits_of));
        note("%lld %d %d %d", (long long)digits_of.value, digits_of.negative, (int)digits_of.ndigits,
             digits_of.digits != NULL);
        for (digit = 0; digits_of.digits != NULL && digit < digits_of.ndigits; digit++) {
            note("%lx", (unsigned long)((const uint32_t *)digits_of.digits)[digit]);
        }
        if (digits_of.digits != NULL) {
            note("%d", (int)Py_REFCNT(o));
            PyLong_FreeExport(&digits_of);
            note("%d", (int)Py_REFCNT(o));
        }
        Py_DECREF(o);
    }
    digest_is(0xac24bfc9bf3dc3ffU, "the value or the digits of ints");
    is_str(outcome_int(PyLong_Export(Py_None, &digits_of)), "TypeError: expect int, got NoneType",
           "only ints are exported");
    ok(digits_of.digits == NULL && digits_of.ndigits == 0, "nothing is exported of another object");
}

static void
test_writer(void)
{
    int count, negative;
    uint32_t filler;
    for (negative = 0; negative < 2; negative++) {
        for (count = 1; count < 5; count++) {
            for (filler = 0; filler < 4; filler++) {
                static const uint32_t fillers[] = {0, 1, 0x3fffffff, 300};
                void *digits = NULL;
                int i;
                PyLongWriter *writer = PyLongWriter_Create(negative, count, &digits);
                for (i = 0; i < count; i++) {
                    ((uint32_t *)digits)[i] = i == count - 1 && filler == 3 ? 0 : fillers[filler];
                }
                note("%d digits: %s", count, outcome(PyLongWriter_Finish(writer)));
            }
        }
    }
    digest_is(0xae4358cfc84cabf2U, "ints written digit by digit");
    {
        void *digits = &digits;
        PyLongWriter *writer = PyLongWriter_Create(0, 0, &digits);
        is_ptr(writer, NULL, "an int without digits can't be written");
        raises(PyExc_ValueError, "ndigits must be positive", "an int without digits is a ValueError");
        is_ptr(digits, NULL, "there are no digits after an error");
        writer = PyLongWriter_Create(0, 2, &digits);
        ok(writer != NULL, "an int of two digits can be written");
        PyLongWriter_Discard(writer);
        PyLongWriter_Discard(NULL);
        no_error("a writer can be discarded");
    }
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    RUN(test_native_bytes);
    RUN(test_words);
    RUN(test_words_of_others);
    RUN(test_text);
    RUN(test_words_of_text);
    RUN(test_layout);
    RUN(test_export);
    RUN(test_writer);
    return TAP_END();
}
