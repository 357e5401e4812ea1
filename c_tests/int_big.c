/* int objects beyond 64 bits: they come from floats and from text, and fit into no C integer type.
 *
 * Each conversion has its own error, and AsLongAndOverflow gives the sign alone.
 */
#include "outcome.h"

typedef struct {
    double from;
    const char *text;
    int sign;
    int digits;
} Big;

static const Big BIG[] = {
    {18446744073709551616.0, "18446744073709551616", 1, 3},
    {-9223372036854777856.0, "-9223372036854777856", -1, 3},
    {1e20, "100000000000000000000", 1, 3},
    {-1e20, "-100000000000000000000", -1, 3},
    {1e22, "10000000000000000000000", 1, 3},
    {1e23, "99999999999999991611392", 1, 3},
    {1e30, "1000000000000000019884624838656", 1, 4},
};

static void
test_conversions(void)
{
    size_t i;
    for (i = 0; i < sizeof BIG / sizeof BIG[0]; i++) {
        const char *text = BIG[i].text;
        PyObject *number = PyFloat_FromDouble(BIG[i].from);
        PyObject *value = PyNumber_Long(number);
        int overflow = 77;

        ok(PyLong_CheckExact(value), "%s: Number_Long of a float makes an int", text);
        is_str(shown(value), text, "%s: the int has all digits of the float", text);
        is_int(PyLong_AsLongAndOverflow(value, &overflow), -1, "%s: AsLongAndOverflow gives -1", text);
        is_int(overflow, BIG[i].sign, "%s: AsLongAndOverflow stores the sign as the overflow", text);
        no_error("%s: AsLongAndOverflow sets no error", text);
        is_str(outcome_int(PyLong_AsLong(value)), "OverflowError: Python int too large to convert to C long",
               "%s: AsLong fails", text);
        is_str(outcome_int(PyLong_AsLongLong(value)), "OverflowError: int too big to convert", "%s: AsLongLong fails",
               text);
        is_str(outcome_int(PyLong_AsInt(value)), "OverflowError: Python int too large to convert to C int",
               "%s: AsInt fails", text);
        is_str(outcome_int(PyLong_AsSsize_t(value)), "OverflowError: Python int too large to convert to C ssize_t",
               "%s: AsSsize_t fails", text);
        is_str(outcome_int((long long)PyLong_AsUnsignedLong(value)),
               BIG[i].sign < 0 ? "OverflowError: can't convert negative value to unsigned int"
                               : "OverflowError: Python int too large to convert to C unsigned long",
               "%s: AsUnsignedLong fails", text);
        is_str(outcome_int((long long)PyLong_AsUnsignedLongLong(value)),
               BIG[i].sign < 0 ? "OverflowError: can't convert negative int to unsigned"
                               : "OverflowError: int too big to convert",
               "%s: AsUnsignedLongLong fails", text);
        is_str(outcome_int((long long)PyLong_AsSize_t(value)),
               BIG[i].sign < 0 ? "OverflowError: can't convert negative value to size_t"
                               : "OverflowError: Python int too large to convert to C size_t",
               "%s: AsSize_t fails", text);
        is_ptr(PyLong_AsVoidPtr(value), NULL, "%s: AsVoidPtr gives NULL", text);
        is_str(error_text(),
               BIG[i].sign < 0 ? "OverflowError: Python int too large to convert to C long"
                               : "OverflowError: Python int too large to convert to C unsigned long",
               "%s: AsVoidPtr sets an OverflowError", text);
        is_int(PyObject_Hash(value), PyObject_Hash(number), "%s: the int hashes as the float that it came from", text);
        is_int(PyObject_RichCompareBool(value, number, Py_EQ), 1, "%s: the int is equal to the float that it came from",
               text);
        is_int(PyFloat_AsDouble(value) == BIG[i].from, 1, "%s: the int converts back to the float that it came from",
               text);
        is_int(((PyLongObject *)value)->long_value.lv_tag >> 3, BIG[i].digits,
               "%s: the int is stored in digits of 30 bits", text);
        Py_DECREF(value);
        Py_DECREF(number);
    }
}

static void
test_order(void)
{
    static const double ordered[] = {-1e30, -1e20, -1.0, 0.0, 1.0, 1e20, 1e22, 1e30};
    const int count = (int)(sizeof ordered / sizeof ordered[0]);
    int i, j, agree = 0;
    for (i = 0; i < count; i++) {
        for (j = 0; j < count; j++) {
            PyObject *left_float = PyFloat_FromDouble(ordered[i]);
            PyObject *right_float = PyFloat_FromDouble(ordered[j]);
            PyObject *left = PyNumber_Long(left_float);
            PyObject *right = PyNumber_Long(right_float);
            agree += PyObject_RichCompareBool(left, right, Py_LT) == (i < j) &&
                     PyObject_RichCompareBool(left, right, Py_LE) == (i <= j) &&
                     PyObject_RichCompareBool(left, right, Py_EQ) == (i == j) &&
                     PyObject_RichCompareBool(left, right, Py_GT) == (i > j) &&
                     PyObject_RichCompareBool(left, right_float, Py_LT) == (i < j);
            Py_DECREF(left);
            Py_DECREF(right);
            Py_DECREF(left_float);
            Py_DECREF(right_float);
        }
    }
    is_int(agree, count * count, "ints of any size are ordered by value, among themselves and with floats");
}

static void
test_from_text(void)
{
    static const struct {
        const char *text;
        const char *value;
    } rows[] = {
        {"18446744073709551616", "18446744073709551616"},
        {"-18446744073709551617", "-18446744073709551617"},
        {"340282366920938463463374607431768211456", "340282366920938463463374607431768211456"},
        {"1_000_000_000_000_000_000_000", "1000000000000000000000"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *text = PyUnicode_FromString(rows[i].text);
        is_str(outcome(PyNumber_Long(text)), rows[i].value, "Number_Long reads '%s' to the last digit", rows[i].text);
        Py_DECREF(text);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_conversions);
    RUN(test_order);
    RUN(test_from_text);
    return TAP_END();
}
