/* Every operator of the number protocol on every pair of a pool of ints, bools, floats, complex numbers and other objects,
 * compared with CPython by digests of the outcomes.  With an argument the program prints each outcome.
 */
#include "digest.h"

#include <math.h>

static PyObject *pool[64];
static int pool_size;

static void
add(PyObject *o)
{
    if (o == NULL) {
        PyErr_Print();
        exit(1);
    }
    pool[pool_size++] = o;
}

static void
fill_pool(void)
{
    static const double floats[] = {0.0,  -0.0, 1.0,   -1.0,   2.5,  -2.5,   0.5,     -0.5,     3.0,       -7.0, 1e-5,
                                    1e16, 1e22, 1e308, -1e308, 1e17, 5e-324, -5e-324, INFINITY, -INFINITY, NAN,  0.1};
    static const long ints[] = {0, 1, -1, 2, -2, 3, 7, 10, -13, 64, 1000, -1073741824};
    static const double parts[][2] = {{0, 1},   {0, -1},      {1, 2},          {-3, 0},
                                      {0, 0},   {-0.0, -0.0}, {1e200, 1e200},  {INFINITY, NAN},
                                      {NAN, 1}, {2, 1e-9},    {-INFINITY, -1}, {0.5, -2.5}};
    size_t i;
    for (i = 0; i < COUNT(ints); i++) {
        add(PyLong_FromLong(ints[i]));
    }
    add(PyNumber_Lshift(pool[1], pool[9]));
    add(PyNumber_Lshift(pool[2], pool[10]));
    add(Py_NewRef(Py_True));
    add(Py_NewRef(Py_False));
    for (i = 0; i < COUNT(floats); i++) {
        add(PyFloat_FromDouble(floats[i]));
    }
    for (i = 0; i < COUNT(parts); i++) {
        add(PyComplex_FromDoubles(parts[i][0], parts[i][1]));
    }
    add(Py_NewRef(Py_None));
    add(PyUnicode_FromString("ab"));
    add(PyBytes_FromString("xy"));
    add(PyTuple_Pack(2, pool[1], pool[2]));
    add(PyList_New(0));
}

/* Shown with its sign, also if it is NaN, whose sign C programs see. */
static PyObject *
show(PyObject *o)
{
    return PyObject_Repr(o);
}

static const char *
name_of(const char *sign, PyObject *a, PyObject *b)
{
    static char name[256];
    PyObject *first, *second, *error;
    if (!prints_outcomes) {
        return "";
    }
    /* C may evaluate the call that is named before this function. */
    error = PyErr_GetRaisedException();
    first = PyObject_Repr(a);
    second = PyObject_Repr(b);
    snprintf(name, sizeof name, "%s %s %s", PyUnicode_AsUTF8(first), sign, PyUnicode_AsUTF8(second));
    Py_DECREF(first);
    Py_DECREF(second);
    PyErr_SetRaisedException(error);
    return name;
}

/* An int repeated, or shifted, so often takes no time on its way to an error only in part. */
static int
is_huge(PyObject *o)
{
    int overflow;
    long value;
    if (!PyLong_Check(o)) {
        return 0;
    }
    value = PyLong_AsLongAndOverflow(o, &overflow);
    return overflow > 0 || value > 100;
}

typedef PyObject *(*binary)(PyObject *, PyObject *);

static void
test_binary(void)
{
    static const struct {
        const char *name;
        binary function;
        uint64_t digest;
    } rows[] = {
        {"Add", PyNumber_Add, 0x83a218a023063969U},
        {"Subtract", PyNumber_Subtract, 0x2109bb1060079425U},
        {"Multiply", PyNumber_Multiply, 0xe8d7e2e0fc8c1c6eU},
        {"MatrixMultiply", PyNumber_MatrixMultiply, 0xfbed241e1dd991a5U},
        {"FloorDivide", PyNumber_FloorDivide, 0xfcec39b44b19eb84U},
        {"TrueDivide", PyNumber_TrueDivide, 0x67e0a6efd7e19572U},
        {"Remainder", PyNumber_Remainder, 0x97fd91068690acd1U},
        {"Divmod", PyNumber_Divmod, 0x93d8af1c5dd8a427U},
        {"Lshift", PyNumber_Lshift, 0x1c25510d6ac9f953U},
        {"Rshift", PyNumber_Rshift, 0xa77fd3d3feb05441U},
        {"And", PyNumber_And, 0x8d6ea17a84c9c666U},
        {"Xor", PyNumber_Xor, 0xb0ce61cdf49d616fU},
        {"Or", PyNumber_Or, 0x7ddae17ac45d5c9aU},
        {"InPlaceAdd", PyNumber_InPlaceAdd, 0x6a87f9053800fcf4U},
        {"InPlaceSubtract", PyNumber_InPlaceSubtract, 0xc9fffc0624e25792U},
        {"InPlaceMultiply", PyNumber_InPlaceMultiply, 0x555fd8f3c51d2c52U},
        {"InPlaceMatrixMultiply", PyNumber_InPlaceMatrixMultiply, 0x8ae71b89b31fc003U},
        {"InPlaceFloorDivide", PyNumber_InPlaceFloorDivide, 0x05659942b14f2a68U},
        {"InPlaceTrueDivide", PyNumber_InPlaceTrueDivide, 0x32c2389e40b1ccebU},
        {"InPlaceRemainder", PyNumber_InPlaceRemainder, 0xfb6e5cb80d7902a8U},
        {"InPlaceLshift", PyNumber_InPlaceLshift, 0x04556e4b56f86281U},
        {"InPlaceRshift", PyNumber_InPlaceRshift, 0x9bbb45554743d8fbU},
        {"InPlaceAnd", PyNumber_InPlaceAnd, 0xf1676b668dcb2adcU},
        {"InPlaceXor", PyNumber_InPlaceXor, 0x577b42e6f0eae9f7U},
        {"InPlaceOr", PyNumber_InPlaceOr, 0xaa1a48973e038aeeU},
    };
    size_t i;
    int a, b;
    for (i = 0; i < COUNT(rows); i++) {
        int repeats = strstr(rows[i].name, "Multiply") != NULL;
        int shifts = strstr(rows[i].name, "Lshift") != NULL;
        int formats = strstr(rows[i].name, "Remainder") != NULL;
        char sentence[64];
        for (a = 0; a < pool_size; a++) {
            for (b = 0; b < pool_size; b++) {
                int has_huge =
                    (PySequence_Check(pool[a]) && is_huge(pool[b])) || (PySequence_Check(pool[b]) && is_huge(pool[a]));
                /* The operator % of texts formats them, and lists change in place: neither is a matter of numbers. */
                int is_list_in_place = strncmp(rows[i].name, "InPlace", 7) == 0 && PyList_Check(pool[a]);
                if ((repeats && has_huge) || is_list_in_place || (shifts && is_huge(pool[b])) ||
                    (formats && PySequence_Check(pool[a]) && !PyList_Check(pool[a]) && !PyTuple_Check(pool[a]))) {
                    continue;
                }
                digest_outcome(name_of(rows[i].name, pool[a], pool[b]), rows[i].function(pool[a], pool[b]), show);
            }
        }
        snprintf(sentence, sizeof sentence, "%s of every pair of objects", rows[i].name);
        digest_is(rows[i].digest, sentence);
    }
}

static void
test_power(void)
{
    /* The sign of the NaN that a processor makes of inf - inf decides the sign of a zero. */
#ifdef __aarch64__
    static const uint64_t digests[] = {0xa7107627ba008fe0U, 0xf802c648e177f968U};
#else
    static const uint64_t digests[] = {0x6d3e407eedd6b99aU, 0x3f58ce86a5d04baeU};
#endif
    int a, b, in_place;
    for (in_place = 0; in_place < 2; in_place++) {
        PyObject *(*power)(PyObject *, PyObject *, PyObject *) = in_place ? PyNumber_InPlacePower : PyNumber_Power;
        for (a = 0; a < pool_size; a++) {
            for (b = 0; b < pool_size; b++) {
                if (is_huge(pool[b]) && PyLong_Check(pool[a])) {
                    continue;
                }
                digest_outcome(name_of("**", pool[a], pool[b]), power(pool[a], pool[b], Py_None), show);
                digest_outcome(name_of("pow(, , 7)", pool[a], pool[b]), power(pool[a], pool[b], pool[6]), show);
                digest_outcome(name_of("pow(, , -13)", pool[a], pool[b]), power(pool[a], pool[b], pool[8]), show);
                digest_outcome(name_of("pow(, , 0)", pool[a], pool[b]), power(pool[a], pool[b], pool[0]), show);
                digest_outcome(name_of("pow(, , 1.0)", pool[a], pool[b]), power(pool[a], pool[b], pool[18]), show);
            }
        }
        digest_is(digests[in_place], in_place ? "powers in place" : "powers");
    }
}

static void
test_unary(void)
{
    static const struct {
        const char *name;
        PyObject *(*function)(PyObject *);
        uint64_t digest;
    } rows[] = {
        {"Negative", PyNumber_Negative, 0x31933ddc1f1688b8U}, {"Positive", PyNumber_Positive, 0x4a4eed12d26de199U},
        {"Absolute", PyNumber_Absolute, 0x15ce9ffb50c6a552U}, {"Invert", PyNumber_Invert, 0x1b946221a3cbc032U},
        {"Long", PyNumber_Long, 0xa1945cba19742c7dU},         {"Float", PyNumber_Float, 0xeb4d6944789178c6U},
        {"Index", PyNumber_Index, 0x88b2560ab99038e0U},       {"Repr", PyObject_Repr, 0x2e017b9695fa8823U},
    };
    size_t i;
    int a;
    char sentence[64];
    for (i = 0; i < COUNT(rows); i++) {
        for (a = 0; a < pool_size; a++) {
            digest_outcome(name_of(rows[i].name, pool[a], Py_None), rows[i].function(pool[a]), show);
        }
        snprintf(sentence, sizeof sentence, "%s of every object", rows[i].name);
        digest_is(rows[i].digest, sentence);
    }
}

static void
test_comparisons_and_hashes(void)
{
    int a, b, op;
    for (a = 0; a < pool_size; a++) {
        for (b = 0; b < pool_size; b++) {
            for (op = Py_LT; op <= Py_GE; op++) {
                static const char *const signs[] = {"<", "<=", "==", "!=", ">", ">="};
                digest_outcome(name_of(signs[op], pool[a], pool[b]), PyObject_RichCompare(pool[a], pool[b], op), show);
            }
        }
    }
    digest_is(0x588ecbee527adb24U, "comparisons of every pair of objects");
    for (a = 0; a < pool_size; a++) {
        /* A NaN's hash is its address. */
        double real = PyComplex_Check(pool[a]) ? PyComplex_RealAsDouble(pool[a]) : 0.0;
        double imaginary = PyComplex_Check(pool[a]) ? PyComplex_ImagAsDouble(pool[a]) : 0.0;
        if (PyFloat_Check(pool[a])) {
            real = PyFloat_AsDouble(pool[a]);
        }
        if (!isnan(real) && !isnan(imaginary) && PyNumber_Check(pool[a])) {
            digest_outcome(name_of("hash", pool[a], Py_None), PyLong_FromSsize_t(PyObject_Hash(pool[a])), show);
        }
        digest_outcome(name_of("bool", pool[a], Py_None), PyLong_FromLong(PyObject_IsTrue(pool[a])), show);
    }
    digest_is(0x1edb6fbe39b89b75U, "hashes of numbers, and the truth of every object");
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    fill_pool();
    RUN(test_binary);
    RUN(test_power);
    RUN(test_unary);
    RUN(test_comparisons_and_hashes);
    while (pool_size > 0) {
        Py_DECREF(pool[--pool_size]);
    }
    return TAP_END();
}
