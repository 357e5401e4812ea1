/* Floats from text and as text, in the formats of IEEE 754, rounded, and as ratios of ints: tables that are compared with CPython by
 * digests.  With an argument the program prints each outcome.
 */
#include "digest.h"
#include "outcome.h"

#include <math.h>

static uint64_t
bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double
double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static const double values[] = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.5,
    -3.5,
    1.5,
    0.25,
    0.125,
    0.375,
    12345.678,
    0.1,
    0.2,
    1e-5,
    1e-4,
    0.001,
    123456.0,
    1234567.0,
    999999.5,
    9.5,
    99.5,
    0.95,
    0.095,
    1e15,
    1e16,
    1e17,
    1e22,
    1e23,
    1e100,
    -1e308,
    1.7976931348623157e308,
    5e-324,
    2.2250738585072014e-308,
    1e-10,
    9.9e-5,
    5e-5,
    0.05,
    0.15,
    0.45,
    2.675,
    1.005,
    1e21 + 1e5,
    4503599627370497.5,
    9007199254740993.0,
    1.0 / 3,
    2.0 / 3,
    123.456,
    100.0,
    1000000.0,
    INFINITY,
    -INFINITY,
    NAN,
    3.0000000000000004,
    9.999999999999999e22,
};

static void
test_to_text(void)
{
    static const char codes[] = "efgEFGr";
    static const int precisions[] = {0, 1, 2, 3, 5, 6, 10, 17, 20, 40, 400};
    size_t i, code, precision;
    int flags;
    for (code = 0; code < sizeof codes - 1; code++) {
        for (i = 0; i < COUNT(values); i++) {
            for (precision = 0; precision < (codes[code] == 'r' ? 1 : COUNT(precisions)); precision++) {
                for (flags = 0; flags < 16; flags++) {
                    int kind = 77;
                    char *text = PyOS_double_to_string(values[i], codes[code], precisions[precision], flags, &kind);
                    note("%c %d %d: %s %d", codes[code], precisions[precision], flags, text, kind);
                    PyMem_Free(text);
                }
            }
        }
    }
    digest_is(0xeb7851e2d39df0b5U, "floats as text, in every notation with every flag");
    ok(PyOS_double_to_string(1.0, 'x', 0, 0, NULL) == NULL && PyErr_ExceptionMatches(PyExc_SystemError),
       "there is no notation x");
    PyErr_Clear();
    ok(PyOS_double_to_string(1.0, 'r', 1, 0, NULL) == NULL && PyErr_ExceptionMatches(PyExc_SystemError),
       "the notation r has no precision");
    PyErr_Clear();
}

static const char *const texts[] = {
    "0",
    "-0",
    "1",
    "1.",
    ".5",
    ".",
    "+.5e1",
    "1e",
    "1e+",
    "1e5x",
    "1.5.5",
    "inf",
    "-Infinity",
    "infin",
    "nan",
    "-nAn",
    "nanx",
    "",
    " 1",
    "1 ",
    "0x1p3",
    "1_0",
    "1e400",
    "-1e400",
    "1e-400",
    "1e-323",
    "123456789012345678901234567890",
    "2.4703282292062327208e-324",
    "2.4703282292062328e-324",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "9007199254740993",
    "9007199254740992.99999999999999999",
    "--1",
    "+-1",
    "e5",
    "1E5",
    "\xff",
    "1,5",
};

static void
test_from_text(void)
{
    size_t i;
    for (i = 0; i < COUNT(texts); i++) {
        char *end = NULL;
        PyObject *text;
        note("'%s': %016llx", texts[i], (unsigned long long)bits_of(PyOS_string_to_double(texts[i], NULL, NULL)));
        note("%s", error_text());
        note("%016llx", (unsigned long long)bits_of(PyOS_string_to_double(texts[i], &end, NULL)));
        note("%d %s", end == NULL ? -1 : (int)(end - texts[i]), error_text());
        note("%016llx", (unsigned long long)bits_of(PyOS_string_to_double(texts[i], &end, PyExc_OverflowError)));
        note("%d %s", end == NULL ? -1 : (int)(end - texts[i]), error_text());
        text = PyUnicode_DecodeLatin1(texts[i], (Py_ssize_t)strlen(texts[i]), NULL);
        note("%s", outcome(PyFloat_FromString(text)));
        Py_DECREF(text);
        text = PyBytes_FromString(texts[i]);
        note("%s", outcome(PyFloat_FromString(text)));
        Py_DECREF(text);
    }
    digest_is(0xcfc3104ae8d17496U, "floats from text");
    is_str(outcome(PyFloat_FromString(Py_None)),
           "TypeError: float() argument must be a string or a real number, not 'NoneType'",
           "None has no text that could be a float");
    ok(PyFloat_GetMax() == 1.7976931348623157e308, "PyFloat_GetMax gives the largest finite float");
    ok(PyFloat_GetMin() == 2.2250738585072014e-308, "PyFloat_GetMin gives the smallest normal float");
}

static void
test_packing(void)
{
    static const double more[] = {65504.0,
                                  65519.99,
                                  65520.0,
                                  65536.0,
                                  6.103515625e-05,
                                  6.097555160522461e-05,
                                  5.960464477539063e-08,
                                  2.98023223876953125e-08,
                                  2.980232238769532e-08,
                                  1e-8,
                                  3.4028234663852886e38,
                                  3.4028235677973366e38,
                                  3.4028235677973362e38,
                                  1e39,
                                  1.1754943508222875e-38,
                                  1.401298464324817e-45,
                                  7e-46,
                                  2049.0,
                                  2051.0,
                                  0.33325195,
                                  1.0009765625};
    size_t i;
    int little;
    for (little = 0; little < 2; little++) {
        for (i = 0; i < COUNT(values) + COUNT(more); i++) {
            double value = i < COUNT(values) ? values[i] : more[i - COUNT(values)];
            unsigned char bytes[8];
            int j;
            for (j = 1; j < 4; j++) {
                int size = 1 << j, result, byte;
                double back;
                memset(bytes, 0xaa, sizeof bytes);
                result = size == 2   ? PyFloat_Pack2(value, (char *)bytes, little)
                         : size == 4 ? PyFloat_Pack4(value, (char *)bytes, little)
                                     : PyFloat_Pack8(value, (char *)bytes, little);
                note("%.17g in %d bytes: %d %s", value, size, result, error_text());
                if (result < 0) {
                    continue;
                }
                for (byte = 0; byte < size; byte++) {
                    note("%02x", bytes[byte]);
                }
                back = size == 2   ? PyFloat_Unpack2((char *)bytes, little)
                       : size == 4 ? PyFloat_Unpack4((char *)bytes, little)
                                   : PyFloat_Unpack8((char *)bytes, little);
                note("%016llx", (unsigned long long)bits_of(back));
            }
        }
    }
    digest_is(0x317c83ae3aac4e43U, "floats in 2, 4 and 8 bytes");
    for (i = 0; i < 0x10000; i++) {
        unsigned char bytes[2];
        bytes[0] = (unsigned char)i;
        bytes[1] = (unsigned char)(i >> 8);
        note("%016llx", (unsigned long long)bits_of(PyFloat_Unpack2((char *)bytes, 1)));
    }
    digest_is(0xdd1c49511d767b7cU, "every number of 16 bits");
}

/* The payload of a NaN, and its sign. */
static void
test_packed_nans(void)
{
    static const uint64_t nans[] = {0x7ff8000000000000U, 0xfff8000000000000U, 0x7ff8000000000001U, 0x7fffffffffffffffU,
                                    0x7ff0000000000001U, 0x7ff4000000000000U, 0xfff0000020000000U, 0x7ffc040000000000U};
    size_t i;
    for (i = 0; i < COUNT(nans); i++) {
        unsigned char bytes[8];
        memset(bytes, 0, sizeof bytes);
        PyFloat_Pack2(double_of(nans[i]), (char *)bytes, 0);
        note("%016llx: %02x%02x %016llx", (unsigned long long)nans[i], bytes[0], bytes[1],
             (unsigned long long)bits_of(PyFloat_Unpack2((char *)bytes, 0)));
        PyFloat_Pack4(double_of(nans[i]), (char *)bytes, 0);
        note("%02x%02x%02x%02x %016llx", bytes[0], bytes[1], bytes[2], bytes[3],
             (unsigned long long)bits_of(PyFloat_Unpack4((char *)bytes, 0)));
        PyFloat_Pack8(double_of(nans[i]), (char *)bytes, 0);
        note("%02x%02x %016llx", bytes[0], bytes[1], (unsigned long long)bits_of(PyFloat_Unpack8((char *)bytes, 0)));
    }
    digest_is(0x9f786f2ce0a18071U, "NaNs in 2, 4 and 8 bytes");
}

/* A method without arguments, or with one that is stolen. */
static PyObject *
method(PyObject *o, const char *name, PyObject *argument)
{
    PyObject *function = PyObject_GetAttrString(o, name);
    PyObject *result = NULL;
    if (function != NULL) {
        result = argument == NULL ? PyObject_CallNoArgs(function) : PyObject_CallOneArg(function, argument);
    }
    Py_XDECREF(function);
    Py_XDECREF(argument);
    return result;
}

static void
test_methods(void)
{
    static const char *const names[] = {"conjugate",        "__trunc__", "__floor__",  "__ceil__",      "__round__",
                                        "as_integer_ratio", "hex",       "is_integer", "__getnewargs__"};
    size_t i, name;
    long digits;
    for (i = 0; i < COUNT(values); i++) {
        PyObject *o = PyFloat_FromDouble(values[i]);
        for (name = 0; name < COUNT(names); name++) {
            note("%.17g.%s: %s", values[i], names[name], outcome(method(o, names[name], NULL)));
        }
        note("%s %s", outcome(PyObject_GetAttrString(o, "real")), outcome(PyObject_GetAttrString(o, "imag")));
        Py_DECREF(o);
    }
    digest_is(0x03eee0d5289927f1U, "the methods of floats");
    for (i = 0; i < COUNT(values); i++) {
        PyObject *o = PyFloat_FromDouble(values[i]);
        for (digits = -330; digits < 340; digits += (digits > -30 && digits < 30) ? 1 : 7) {
            note("round(%.17g, %ld): %s", values[i], digits, outcome(method(o, "__round__", PyLong_FromLong(digits))));
        }
        Py_DECREF(o);
    }
    digest_is(0x5a06f3c6662d7696U, "floats rounded to decimal digits");
    {
        PyObject *o = PyFloat_FromDouble(2.5);
        is_str(outcome(method(o, "__round__", Py_NewRef(Py_None))), "2", "rounding to None digits gives an int");
        is_str(outcome(method(o, "__round__", PyUnicode_FromString("x"))),
               "TypeError: 'str' object cannot be interpreted as an integer", "the number of digits is an int");
        Py_DECREF(o);
    }
}

/* Decimal numbers at every tie of few digits: rounding is that of the exact value. */
static void
test_ties(void)
{
    int numerator, power;
    for (power = 1; power < 7; power++) {
        for (numerator = 1; numerator < 200; numerator += 2) {
            double value = numerator / (double)(1 << power);
            int places;
            for (places = 0; places < power; places++) {
                char *text = PyOS_double_to_string(value, 'f', places, 0, NULL);
                note("%.17g %d %s", value, places, text);
                PyMem_Free(text);
                text = PyOS_double_to_string(value, 'e', places, 0, NULL);
                note("%s", text);
                PyMem_Free(text);
            }
        }
    }
    digest_is(0x50262cdaba53b5b1U, "numbers in the middle between two texts");
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    RUN(test_to_text);
    RUN(test_from_text);
    RUN(test_packing);
    RUN(test_packed_nans);
    RUN(test_methods);
    RUN(test_ties);
    return TAP_END();
}
