/* float objects: the repr, the hash, the way to and from C, and comparison with ints.
 *
 * The repr is the shortest decimal that reads back as the same double, with an exponent below 1e-4 and from 1e16
 * on.  The comparison with an int is exact, also where a double can no longer tell two ints apart.
 */
#include "outcome.h"

#include <float.h>
#include <math.h>

static void
test_repr(void)
{
    static const struct {
        double value;
        const char *repr;
    } rows[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.0, "-1.0"},
        {0.1, "0.1"},
        {0.5, "0.5"},
        {100.0, "100.0"},
        {3.141592653589793, "3.141592653589793"},
        {2.718281828459045, "2.718281828459045"},
        {0.30000000000000004, "0.30000000000000004"},
        {1.0 / 3.0, "0.3333333333333333"},
        {2.0 / 3.0, "0.6666666666666666"},
        {0.001, "0.001"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {0.000123, "0.000123"},
        {0.0000123, "1.23e-05"},
        {123456789.125, "123456789.125"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {9999999999999998.0, "9999999999999998.0"},
        {12345678901234567890.0, "1.2345678901234567e+19"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {1e100, "1e+100"},
        {1e-100, "1e-100"},
        {9007199254740992.0, "9007199254740992.0"},
        {9007199254740994.0, "9007199254740994.0"},
        /* Between two shortest texts that are equally near: the even one. */
        {2.98023223876953125e-08, "2.9802322387695312e-08"},
        {1125899906842624.25, "1125899906842624.2"},
        {1125899906842624.75, "1125899906842624.8"},
        {5e-324, "5e-324"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {-DBL_MAX, "-1.7976931348623157e+308"},
        {DBL_EPSILON, "2.220446049250313e-16"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
        {-NAN, "nan"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *number = PyFloat_FromDouble(rows[i].value);
        double back = PyFloat_AsDouble(number);
        ok(PyFloat_CheckExact(number), "%s: FromDouble makes exactly a float", rows[i].repr);
        is_str(shown(number), rows[i].repr, "%s: the repr is the shortest that reads back as the same", rows[i].repr);
        is_int(memcmp(&back, &rows[i].value, sizeof back), 0, "%s: AsDouble gives the same bits back", rows[i].repr);
        is_int(PyFloat_AS_DOUBLE(number) == back || back != back, 1, "%s: AS_DOUBLE gives the same double as AsDouble",
               rows[i].repr);
        is_int(PyObject_IsTrue(number), rows[i].value != 0.0, "%s: all but zero are true", rows[i].repr);
        is_int(Py_REFCNT(number), 1, "%s: the object is a new one", rows[i].repr);
        Py_DECREF(number);
    }
}

static void
test_hash(void)
{
    static const struct {
        double value;
        long long hash;
    } rows[] = {
        {0.0, 0},
        {-0.0, 0},
        {1.0, 1},
        {-1.0, -2},
        {0.5, 1152921504606846976LL},
        {0.1, 230584300921369408LL},
        {-0.5, -1152921504606846976LL},
        {1e16, 10000000000000000LL},
        {2305843009213693952.0, 1},
        {1e300, 1224995262755759164LL},
        {5e-324, 16777216},
        {3.25, 576460752303423491LL},
        {INFINITY, 314159},
        {-INFINITY, -314159},
    };
    PyObject *first = PyFloat_FromDouble(NAN);
    PyObject *second = PyFloat_FromDouble(NAN);
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *number = PyFloat_FromDouble(rows[i].value);
        is_int(PyObject_Hash(number), rows[i].hash, "row %d: a float hashes by its value, modulo 2**61-1", (int)i);
        Py_DECREF(number);
    }
    ok(PyObject_Hash(first) != PyObject_Hash(second), "two NaNs hash by identity");
    is_int(PyObject_Hash(first) == PyObject_Hash(first), 1, "a NaN always hashes the same way");
    Py_DECREF(first);
    Py_DECREF(second);
}

static void
test_as_double(void)
{
    PyObject *number = PyLong_FromLong(12);
    PyObject *text = PyUnicode_FromString("12.5 of mine");
    is_int(PyFloat_AsDouble(number) == 12.0, 1, "AsDouble takes an int");
    Py_DECREF(number);
    is_int(PyFloat_AsDouble(Py_True) == 1.0, 1, "AsDouble takes a bool");
    no_error("AsDouble of an int or a bool sets no error");
    number = PyLong_FromUnsignedLongLong(18446744073709551615ULL);
    is_int(PyFloat_AsDouble(number) == 18446744073709551616.0, 1, "an int of 64 bits is rounded to a double");
    Py_DECREF(number);
    number = PyLong_FromLongLong(9007199254740993LL);
    is_int(PyFloat_AsDouble(number) == 9007199254740992.0, 1,
           "an int half way between two doubles goes to the even one below");
    Py_DECREF(number);
    number = PyLong_FromLongLong(9007199254740995LL);
    is_int(PyFloat_AsDouble(number) == 9007199254740996.0, 1,
           "an int half way between two doubles goes to the even one above");
    Py_DECREF(number);

    is_int(PyFloat_AsDouble(text) == -1.0, 1, "AsDouble of a str is -1.0");
    raises(PyExc_TypeError, "must be real number, not str", "AsDouble of a str is a TypeError that names the type");
    is_int(PyFloat_AsDouble(Py_None) == -1.0, 1, "AsDouble of None is -1.0");
    raises(PyExc_TypeError, "must be real number, not NoneType", "AsDouble of None is a TypeError that names the type");
    is_int(Py_REFCNT(text), 1, "AsDouble that fails takes no reference");
    Py_DECREF(text);
}

/* The sign of `number - integer` on which all six operators of the two agree in both orders; 99 if they do not. */
static int
compared(double value, long long whole)
{
    PyObject *number = PyFloat_FromDouble(value);
    PyObject *integer = PyLong_FromLongLong(whole);
    int less = PyObject_RichCompareBool(number, integer, Py_LT);
    int equal = PyObject_RichCompareBool(number, integer, Py_EQ);
    int greater = PyObject_RichCompareBool(number, integer, Py_GT);
    int agree = less + equal + greater == 1 && PyObject_RichCompareBool(number, integer, Py_LE) == !greater &&
                PyObject_RichCompareBool(number, integer, Py_GE) == !less &&
                PyObject_RichCompareBool(number, integer, Py_NE) == !equal &&
                PyObject_RichCompareBool(integer, number, Py_LT) == greater &&
                PyObject_RichCompareBool(integer, number, Py_LE) == !less &&
                PyObject_RichCompareBool(integer, number, Py_EQ) == equal &&
                PyObject_RichCompareBool(integer, number, Py_NE) == !equal &&
                PyObject_RichCompareBool(integer, number, Py_GE) == !greater &&
                PyObject_RichCompareBool(integer, number, Py_GT) == less;
    Py_DECREF(number);
    Py_DECREF(integer);
    return agree ? greater - less : 99;
}

static void
test_compare(void)
{
    static const struct {
        double value;
        long long whole;
        int sign;
    } rows[] = {
        {1.0, 1, 0},
        {1.5, 1, 1},
        {0.5, 1, -1},
        {-0.0, 0, 0},
        {-0.5, 0, -1},
        {-0.5, -1, 1},
        {9007199254740992.0, 9007199254740992LL, 0},
        {9007199254740992.0, 9007199254740993LL, -1},
        {9007199254740994.0, 9007199254740993LL, 1},
        {-9007199254740992.0, -9007199254740993LL, 1},
        {9223372036854775808.0, 9223372036854775807LL, 1},
        {-9223372036854775808.0, -9223372036854775807LL - 1, 0},
        {-9223372036854775808.0, -9223372036854775807LL, -1},
        {1e300, 9223372036854775807LL, 1},
        {-1e300, -9223372036854775807LL - 1, -1},
        {INFINITY, 9223372036854775807LL, 1},
        {-INFINITY, -9223372036854775807LL - 1, -1},
        {5e-324, 0, 1},
    };
    PyObject *nan = PyFloat_FromDouble(NAN);
    PyObject *one = PyLong_FromLong(1);
    PyObject *text = PyUnicode_FromString("1.0");
    PyObject *minus_zero = PyFloat_FromDouble(-0.0);
    PyObject *zero = PyFloat_FromDouble(0.0);
    size_t i;
    int op;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_int(compared(rows[i].value, rows[i].whole), rows[i].sign, "row %d: a float and an int compare exactly",
               (int)i);
    }
    for (op = Py_LT; op <= Py_GE; op++) {
        is_str(outcome(PyObject_RichCompare(nan, nan, op)), op == Py_NE ? "True" : "False",
               "operator %d: a NaN is only different from itself", op);
        is_str(outcome(PyObject_RichCompare(nan, one, op)), op == Py_NE ? "True" : "False",
               "operator %d: a NaN on the left is only different from an int", op);
        is_str(outcome(PyObject_RichCompare(one, nan, op)), op == Py_NE ? "True" : "False",
               "operator %d: a NaN on the right is only different from an int", op);
    }
    is_str(outcome(PyObject_RichCompare(minus_zero, zero, Py_EQ)), "True", "minus zero is equal to zero");
    is_str(outcome(PyObject_RichCompare(zero, text, Py_EQ)), "False", "a float is not equal to a str");
    is_str(outcome(PyObject_RichCompare(zero, text, Py_LT)),
           "TypeError: '<' not supported between instances of 'float' and 'str'", "a float has no order with a str");
    is_str(outcome(PyObject_RichCompare(zero, Py_False, Py_EQ)), "True", "False is equal to 0.0");
    Py_DECREF(nan);
    Py_DECREF(one);
    Py_DECREF(text);
    Py_DECREF(minus_zero);
    Py_DECREF(zero);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_repr);
    RUN(test_hash);
    RUN(test_as_double);
    RUN(test_compare);
    return TAP_END();
}
