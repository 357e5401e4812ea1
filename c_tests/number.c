/* The number functions: Check, Long, Float, Index and AsSsize_t of PyNumber, and PyIndex_Check, over every type.
 *
 * Index takes ints alone, Long truncates floats and reads text, Float reads text, all by Python's rules.
 */
#include "outcome.h"

#include <math.h>

#define NO_INDEX(type) "TypeError: '" type "' object cannot be interpreted as an integer"
#define NO_LONG(type) "TypeError: int() argument must be a string, a bytes-like object or a real number, not '" type "'"
#define NO_FLOAT(type) "TypeError: float() argument must be a string or a real number, not '" type "'"
#define NOT_A_NUMBER(type) 0, 0, NO_LONG(type), NO_FLOAT(type), NO_INDEX(type)

static int pointed_at;

/* `object` is a new reference, which is dropped. */
static void
check(PyObject *object, int is_number, int is_index, const char *as_long, const char *as_float, const char *as_index)
{
    const char *type = Py_TYPE(object)->tp_name;
    is_int(PyNumber_Check(object), is_number, "%s: PyNumber_Check says whether the object is a number", type);
    is_int(PyIndex_Check(object), is_index, "%s: PyIndex_Check says whether the object is an index", type);
    is_str(outcome(PyNumber_Long(object)), as_long, "%s: PyNumber_Long gives an int or the error", type);
    is_str(outcome(PyNumber_Float(object)), as_float, "%s: PyNumber_Float gives a float or the error", type);
    is_str(outcome(PyNumber_Index(object)), as_index, "%s: PyNumber_Index gives an int or the error", type);
    is_str(outcome_int(PyNumber_AsSsize_t(object, PyExc_OverflowError)), as_index,
           "%s: PyNumber_AsSsize_t gives a number or the error", type);
    Py_DECREF(object);
}

static void
test_every_type(void)
{
    check(PyLong_FromLong(1000), 1, 1, "1000", "1000.0", "1000");
    check(PyLong_FromLong(-1), 1, 1, "-1", "-1.0", "-1");
    check(Py_NewRef(Py_True), 1, 1, "1", "1.0", "1");
    check(PyFloat_FromDouble(2.75), 1, 0, "2", "2.75", NO_INDEX("float"));
    check(PyFloat_FromDouble(-2.75), 1, 0, "-2", "-2.75", NO_INDEX("float"));
    check(PyFloat_FromDouble(NAN), 1, 0, "ValueError: cannot convert float NaN to integer", "nan", NO_INDEX("float"));
    check(PyFloat_FromDouble(INFINITY), 1, 0, "OverflowError: cannot convert float infinity to integer", "inf",
          NO_INDEX("float"));
    check(PyUnicode_FromString("12"), 0, 0, "12", "12.0", NO_INDEX("str"));
    check(PyBytes_FromString("12"), 0, 0, "12", "12.0", NO_INDEX("bytes"));
    check(Py_NewRef(Py_None), NOT_A_NUMBER("NoneType"));
    check(PyTuple_New(0), NOT_A_NUMBER("tuple"));
    check(PyList_New(0), NOT_A_NUMBER("list"));
    check(PyDict_New(), NOT_A_NUMBER("dict"));
    check(PyModule_New("mod"), NOT_A_NUMBER("module"));
    check(PyCapsule_New(&pointed_at, NULL, NULL), NOT_A_NUMBER("PyCapsule"));
    check(Py_NewRef((PyObject *)&PyLong_Type), NOT_A_NUMBER("type"));
    check(PyObject_CallNoArgs(PyExc_ValueError), NOT_A_NUMBER("ValueError"));
    is_int(PyNumber_Check(NULL), 0, "NULL is no number");
    is_str(outcome(PyNumber_Long(NULL)), "SystemError: null argument to internal routine",
           "Long of NULL is an internal error");
    is_str(outcome(PyNumber_Float(NULL)), "SystemError: null argument to internal routine",
           "Float of NULL is an internal error");
    is_str(outcome(PyNumber_Index(NULL)), "SystemError: null argument to internal routine",
           "Index of NULL is an internal error");
}

static void
test_identity(void)
{
    PyObject *integer = PyLong_FromLong(1000);
    PyObject *number = PyFloat_FromDouble(1.5);
    PyObject *same = PyNumber_Long(integer);
    is_ptr(same, integer, "Long of an int is itself");
    Py_DECREF(same);
    same = PyNumber_Index(integer);
    is_ptr(same, integer, "Index of an int is itself");
    Py_DECREF(same);
    same = PyNumber_Index(Py_True);
    ok(PyLong_CheckExact(same), "Index makes exactly an int of a bool");
    Py_DECREF(same);
    same = PyNumber_Long(Py_True);
    ok(PyLong_CheckExact(same), "Long makes exactly an int of a bool");
    Py_DECREF(same);
    same = PyNumber_Float(number);
    is_ptr(same, number, "Float of a float is itself");
    Py_DECREF(same);
    Py_DECREF(number);
    Py_DECREF(integer);
}

static void
test_as_ssize(void)
{
    PyObject *most = PyLong_FromSsize_t(PY_SSIZE_T_MAX);
    PyObject *too_large = PyLong_FromUnsignedLongLong(18446744073709551615ULL);
    PyObject *number = PyFloat_FromDouble(-1e20);
    PyObject *too_small = PyNumber_Long(number);
    is_int(PyNumber_AsSsize_t(most, NULL), PY_SSIZE_T_MAX, "AsSsize_t gives the largest size");
    is_int(PyNumber_AsSsize_t(too_large, NULL), PY_SSIZE_T_MAX,
           "AsSsize_t without an error gives the largest size for a larger int");
    is_int(PyNumber_AsSsize_t(too_small, NULL), PY_SSIZE_T_MIN,
           "AsSsize_t without an error gives the smallest size for a smaller int");
    no_error("AsSsize_t without an error sets none");
    is_str(outcome_int(PyNumber_AsSsize_t(too_large, PyExc_IndexError)),
           "IndexError: cannot fit 'int' into an index-sized integer",
           "AsSsize_t sets the error that is asked for when an int is too large");
    is_str(outcome_int(PyNumber_AsSsize_t(too_small, PyExc_OverflowError)),
           "OverflowError: cannot fit 'int' into an index-sized integer",
           "AsSsize_t sets the error that is asked for when an int is too small");
    Py_DECREF(most);
    Py_DECREF(too_large);
    Py_DECREF(too_small);
    Py_DECREF(number);
}

static void
test_int_text(void)
{
    static const struct {
        const char *text;
        const char *value;
    } rows[] = {
        {"0", "0"},
        {"-0", "0"},
        {"+7", "7"},
        {"  42\n", "42"},
        {"007", "7"},
        {"1_000", "1000"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"18446744073709551615", "18446744073709551615"},
        {"", "ValueError: invalid literal for int() with base 10: ''"},
        {"x", "ValueError: invalid literal for int() with base 10: 'x'"},
        {"1.0", "ValueError: invalid literal for int() with base 10: '1.0'"},
        {"0x10", "ValueError: invalid literal for int() with base 10: '0x10'"},
        {"1__0", "ValueError: invalid literal for int() with base 10: '1__0'"},
        {"_1", "ValueError: invalid literal for int() with base 10: '_1'"},
        {"1 2", "ValueError: invalid literal for int() with base 10: '1 2'"},
        {"- 1", "ValueError: invalid literal for int() with base 10: '- 1'"},
        {"it's", "ValueError: invalid literal for int() with base 10: \"it's\""},
    };
    size_t i;
    PyObject *text;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text = PyUnicode_FromString(rows[i].text);
        is_str(outcome(PyNumber_Long(text)), rows[i].value, "row %d: Number_Long reads decimal text", (int)i);
        Py_DECREF(text);
    }
    text = PyBytes_FromString("1x");
    is_str(outcome(PyNumber_Long(text)), "ValueError: invalid literal for int() with base 10: b'1x'",
           "the error of Long shows bytes as bytes");
    Py_DECREF(text);
    text = PyUnicode_FromStringAndSize("1\0", 2);
    is_str(outcome(PyNumber_Long(text)), "ValueError: invalid literal for int() with base 10: '1\\x00'",
           "Long does not take a NUL for the end of the text");
    Py_DECREF(text);
}

static void
test_float_text(void)
{
    static const struct {
        const char *text;
        const char *value;
    } rows[] = {
        {"0", "0.0"},
        {"-0", "-0.0"},
        {"1.5", "1.5"},
        {" 2.5\t", "2.5"},
        {".5", "0.5"},
        {"5.", "5.0"},
        {"1e3", "1000.0"},
        {"1E-5", "1e-05"},
        {"1_0.2_5", "10.25"},
        {"inf", "inf"},
        {"-Infinity", "-inf"},
        {"nan", "nan"},
        {"+NaN", "nan"},
        {"1e400", "inf"},
        {"1e-400", "0.0"},
        {"0.1", "0.1"},
        {"123456789012345678901234567890", "1.2345678901234568e+29"},
        {"2.2250738585072011e-308", "2.225073858507201e-308"},
        {"", "ValueError: could not convert string to float: ''"},
        {"x", "ValueError: could not convert string to float: 'x'"},
        {"1.5x", "ValueError: could not convert string to float: '1.5x'"},
        {"0x1p3", "ValueError: could not convert string to float: '0x1p3'"},
        {"1e", "ValueError: could not convert string to float: '1e'"},
        {"1 2", "ValueError: could not convert string to float: '1 2'"},
        {"_1", "ValueError: could not convert string to float: '_1'"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *text = PyUnicode_FromString(rows[i].text);
        is_str(outcome(PyNumber_Float(text)), rows[i].value, "row %d: Number_Float reads decimal text", (int)i);
        Py_DECREF(text);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_every_type);
    RUN(test_identity);
    RUN(test_as_ssize);
    RUN(test_int_text);
    RUN(test_float_text);
    return TAP_END();
}
