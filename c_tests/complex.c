/* Complex numbers: objects and their layout, conversions from and to C, the C functions of arithmetic, the constructor and the
 * methods.  Tables are compared with CPython by digests; with an argument the program prints each outcome.  number_operators.c has
 * the operators.
 */
#include "digest.h"
#include "outcome.h"
#include "static_types.h"

#include <errno.h>
#include <math.h>

static const double numbers[] = {0.0, -0.0, 1.0, -1.0, 2.5, -3.5, 1e-300, 1e200, -1e308, INFINITY, -INFINITY, NAN};

/* A NaN's sign says nothing. */
static const char *
text_of(double value)
{
    static char texts[4][32];
    static int next = 0;
    next = (next + 1) % 4;
    snprintf(texts[next], sizeof texts[next], isnan(value) ? "nan" : "%.17g", value);
    return texts[next];
}

static void
note_complex(const char *name, Py_complex value)
{
    note("%s: %s %s %d", name, text_of(value.real), text_of(value.imag), errno);
    errno = 0;
}

static void
test_c_functions(void)
{
    size_t i, j, k, l;
    for (i = 0; i < COUNT(numbers); i++) {
        for (j = 0; j < COUNT(numbers); j++) {
            Py_complex a;
            double length;
            a.real = numbers[i];
            a.imag = numbers[j];
            errno = 0;
            note_complex("neg", _Py_c_neg(a));
            length = _Py_c_abs(a);
            note("abs %s %d", text_of(length), errno);
            errno = 0;
            for (k = 0; k < COUNT(numbers); k++) {
                for (l = 0; l < COUNT(numbers); l++) {
                    Py_complex b;
                    b.real = numbers[k];
                    b.imag = numbers[l];
                    note("%s %s and %s %s", text_of(a.real), text_of(a.imag), text_of(b.real), text_of(b.imag));
                    note_complex("sum", _Py_c_sum(a, b));
                    note_complex("diff", _Py_c_diff(a, b));
                    note_complex("prod", _Py_c_prod(a, b));
                    note_complex("quot", _Py_c_quot(a, b));
                    note_complex("pow", _Py_c_pow(a, b));
                }
            }
        }
    }
    digest_is(0x3e59f16a2c99f2bfU, "the C functions of complex arithmetic");
}

static void
test_objects(void)
{
    size_t i, j;
    Py_complex value = {1.5, -2.5};
    PyObject *o = PyComplex_FromCComplex(value);
    ok(PyComplex_CheckExact(o) && PyComplex_Check(o), "a complex number is a complex number");
    ok(((PyComplexObject *)o)->cval.real == 1.5 && ((PyComplexObject *)o)->cval.imag == -2.5,
       "the layout of a complex number shows its parts");
    is_str(shown(o), "(1.5-2.5j)", "a complex number shows its parts");
    is_int(PyObject_SetAttrString(o, "real", Py_None), -1, "the real part can't be set");
    raises(PyExc_AttributeError, "readonly attribute", "the real part is read-only");
    Py_DECREF(o);
    for (i = 0; i < COUNT(numbers); i++) {
        for (j = 0; j < COUNT(numbers); j++) {
            PyObject *method;
            o = PyComplex_FromDoubles(numbers[i], numbers[j]);
            value = PyComplex_AsCComplex(o);
            note("%s %s", text_of(value.real), text_of(value.imag));
            note("%s %s", text_of(PyComplex_RealAsDouble(o)), text_of(PyComplex_ImagAsDouble(o)));
            note("%s %s %s", shown(o), outcome(PyObject_GetAttrString(o, "real")),
                 outcome(PyObject_GetAttrString(o, "imag")));
            method = PyObject_GetAttrString(o, "conjugate");
            note("%s", outcome(PyObject_CallNoArgs(method)));
            Py_DECREF(method);
            method = PyObject_GetAttrString(o, "__getnewargs__");
            note("%s", outcome(PyObject_CallNoArgs(method)));
            Py_DECREF(method);
            method = PyObject_GetAttrString(o, "__complex__");
            note("%s", outcome(PyObject_CallNoArgs(method)));
            Py_DECREF(method);
            Py_DECREF(o);
        }
    }
    digest_is(0xbba5968dcd4b2b63U, "complex numbers as objects");
}

static PyObject *pool[64];
static int pool_size;

static PyObject *
half(PyObject *self)
{
    (void)self;
    return PyFloat_FromDouble(0.5);
}

static PyObject *
seven(PyObject *self)
{
    (void)self;
    return PyLong_FromLong(7);
}

static PyObject *
no_float(PyObject *self)
{
    (void)self;
    return PyUnicode_FromString("no float");
}

static PyNumberMethods float_number, index_number, wrong_number;
static PyTypeObject float_type, index_type, wrong_type;
static PyObject with_float, with_index, with_wrong_float;

static void
fill_types(void)
{
    float_number.nb_float = half;
    index_number.nb_index = seven;
    wrong_number.nb_float = no_float;
    fill_type(&float_type, "with_float", &float_number, NULL, &with_float);
    fill_type(&index_type, "with_index", &index_number, NULL, &with_index);
    fill_type(&wrong_type, "with_wrong_float", &wrong_number, NULL, &with_wrong_float);
}

static void
fill_pool(void)
{
    static const char *const texts[] = {
        "1",    "1+2j", " ( 1-2j ) ", "j",     "-j", "+J",    "1+",    "",    "inf+nanj",  "1e1000j",    "1_0j",
        "1__0", "1+2",  "1j+2",       "(1",    "1)", "((1))", "1 +2j", "nan", "-infinity", "1e5-.5e-3j", "1+j",
        "1-j",  "1+-j", "x",          "1.5.2", "()", "_1",    "1_",    "1_j", "2.e1j",
    };
    size_t i;
    pool[pool_size++] = PyLong_FromLong(3);
    pool[pool_size++] = PyFloat_FromDouble(-0.0);
    pool[pool_size++] = PyFloat_FromDouble(2.5);
    pool[pool_size++] = PyComplex_FromDoubles(1.0, -2.0);
    pool[pool_size++] = PyComplex_FromDoubles(-0.0, 0.0);
    pool[pool_size++] = Py_NewRef(Py_True);
    pool[pool_size++] = Py_NewRef(Py_None);
    pool[pool_size++] = PyBytes_FromString("1");
    pool[pool_size++] = PyLong_FromString("1"
                                          "0000000000000000000000000000000000000000000000000000000000000000000000000"
                                          "0000000000000000000000000000000000000000000000000000000000000000000000000000"
                                          "0000000000000000000000000000000000000000000000000000000000000000000000000000"
                                          "0000000000000000000000000000000000000000000000000000000000000000000000000000"
                                          "0000000000000000000000000000000000000000",
                                          NULL, 10);
    for (i = 0; i < COUNT(texts); i++) {
        pool[pool_size++] = PyUnicode_FromString(texts[i]);
    }
}

static void
test_constructor(void)
{
    PyObject *type = (PyObject *)&PyComplex_Type;
    PyObject *none = PyTuple_New(0), *names, *arguments;
    int i, j;
    fill_pool();
    for (i = 0; i < pool_size; i++) {
        note("complex(%s): %s", shown(pool[i]), outcome(PyObject_CallOneArg(type, pool[i])));
        names = PyDict_New();
        PyDict_SetItemString(names, "imag", pool[i]);
        note("imag: %s", outcome(PyObject_Call(type, none, names)));
        PyDict_Clear(names);
        PyDict_SetItemString(names, "real", pool[i]);
        note("real: %s", outcome(PyObject_Call(type, none, names)));
        for (j = 0; j < pool_size; j++) {
            PyDict_SetItemString(names, "imag", pool[j]);
            note("both: %s", outcome(PyObject_Call(type, none, names)));
            arguments = PyTuple_Pack(2, pool[i], pool[j]);
            note("complex(%s, %s): %s", shown(pool[i]), shown(pool[j]), outcome(PyObject_Call(type, arguments, NULL)));
            Py_DECREF(arguments);
        }
        Py_DECREF(names);
    }
    digest_is(0xe06cc9042482e9a0U, "complex() of every pair of objects");
    is_str(outcome(PyObject_CallNoArgs(type)), "0j", "complex() is zero");
    names = PyDict_New();
    PyDict_SetItemString(names, "other", pool[0]);
    is_str(outcome(PyObject_Call(type, none, names)), "TypeError: complex() got an unexpected keyword argument 'other'",
           "complex() has no other arguments");
    Py_DECREF(names);
    arguments = PyTuple_Pack(3, pool[0], pool[0], pool[0]);
    is_str(outcome(PyObject_Call(type, arguments, NULL)), "TypeError: complex() takes at most 2 arguments (3 given)",
           "complex() has at most two arguments");
    Py_DECREF(arguments);
    Py_DECREF(none);
}

static const char *
outcome_double(double value)
{
    return PyErr_Occurred() ? error_text() : text_of(value);
}

static void
test_other_numbers(void)
{
    int i;
    for (i = 0; i < 9; i++) {
        Py_complex value = PyComplex_AsCComplex(pool[i]);
        note("%s: %s %s %s", shown(pool[i]), text_of(value.real), text_of(value.imag), error_text());
        note("%s", outcome_double(PyComplex_RealAsDouble(pool[i])));
        note("%s", outcome_double(PyComplex_ImagAsDouble(pool[i])));
    }
    digest_is(0xc7b1460afba46d75U, "the parts of numbers of other types");
    while (pool_size > 0) {
        Py_DECREF(pool[--pool_size]);
    }
}

/* Types that are not made ready have no attributes, so that __complex__ is looked for in vain. */
static void
test_conversions(void)
{
    fill_types();
    is_str(outcome_double(PyFloat_AsDouble(&with_float)), "0.5", "an object with nb_float is a real number");
    is_str(outcome_double(PyFloat_AsDouble(&with_index)), "7", "an object with nb_index is a real number");
    is_str(outcome_double(PyFloat_AsDouble(&with_wrong_float)),
           "TypeError: with_wrong_float.__float__ returned non-float (type str)", "nb_float gives a float");
    is_str(outcome(PyNumber_Add(&with_float, &with_index)),
           "TypeError: unsupported operand type(s) for +: 'with_float' and 'with_index'",
           "an operator takes no object that could be converted");
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    RUN(test_c_functions);
    RUN(test_objects);
    RUN(test_constructor);
    RUN(test_other_numbers);
    RUN(test_conversions);
    return TAP_END();
}
