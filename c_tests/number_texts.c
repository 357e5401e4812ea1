/* Class methods that make numbers of others and of hexadecimal digits, complex numbers by a format, and str.maketrans.  The answers to
 * many arguments are compared with CPython's by digests. */
#include "digest.h"
#include "outcome.h"

static PyObject *
call(PyTypeObject *type, const char *method, PyObject *argument)
{
    PyObject *function = PyObject_GetAttrString((PyObject *)type, method);
    PyObject *result = function != NULL ? PyObject_CallFunctionObjArgs(function, argument, NULL) : NULL;

    Py_XDECREF(function);
    Py_DECREF(argument);
    return result;
}

static void
test_from_hex(void)
{
    static const char *const TEXTS[] = {"",
                                        " ",
                                        "0x",
                                        "1.8p1",
                                        "0x1.8p1",
                                        "  0x1p3\t\n\v\f\r ",
                                        "inf",
                                        "-Infinity",
                                        "nan",
                                        "+nan",
                                        "-nan",
                                        "infx",
                                        "1 2",
                                        "0x1p1024",
                                        "-0x1p1024",
                                        "0x1.fffffffffffff8p1023",
                                        "0x1.fffffffffffff7ffffffffp1023",
                                        "0x1p-1075",
                                        "-0x0p0",
                                        "0x",
                                        "0x1.0000001p-1075",
                                        "0x.8p0",
                                        "0x1.",
                                        ".",
                                        "1p",
                                        "1p+",
                                        "1px",
                                        "p1",
                                        "1p99999999999999999999",
                                        "--1",
                                        "+ 1",
                                        "0x0x1",
                                        "0p99999999999999999999",
                                        "1p-99999999999999999999",
                                        "0x1.00000000000008p0",
                                        "0x1.00000000000018p0",
                                        "0x1.000000000000080000000000000000000000001p0",
                                        "0x0.00000000000001p-1022",
                                        "0X1P2",
                                        "\xd9\xa1",
                                        "0x1.8p1\xc2\xa0",
                                        "0x00000000000000000000000000000000000000001.8p1",
                                        "0x1000000000000000000000000000000000000000.8p1",
                                        "1_0",
                                        "0x0.0000000000000000000000000000000000000000008p200",
                                        "0x1.fffffffffffffp1023",
                                        "0x1p-1074",
                                        "0x0.8p-1074",
                                        "0x0.fffffffffffff8p-1022",
                                        "0x0.fffffffffffff7p-1022",
                                        "-0x1.8p-1074",
                                        "0x2.8p-1074",
                                        "iNf",
                                        "-iNFinity ",
                                        "infinit"};
    uint32_t state = 99;
    size_t i;
    int round;

    for (i = 0; i < COUNT(TEXTS); i++) {
        digest_outcome(TEXTS[i], call(&PyFloat_Type, "fromhex", PyUnicode_FromString(TEXTS[i])), PyObject_Repr);
    }
    digest_outcome("int", call(&PyFloat_Type, "fromhex", PyLong_FromLong(1)), PyObject_Repr);
    digest_outcome("NUL", call(&PyFloat_Type, "fromhex", PyUnicode_FromStringAndSize("1\0", 2)), PyObject_Repr);
    for (round = 0; round < 20000; round++) {
        static const int POWERS[] = {0, -1074, -1022, -1130, 1000, 970, 1023, 5};
        char text[80];
        int length = snprintf(text, sizeof text, "%s", round % 3 ? "0x" : "-");
        int digits = 1 + round % 23, point = (int)((state >> 7) % 24), at;

        for (at = 0; at < digits; at++) {
            state = state * 1664525U + 1013904223U;
            if (at == point) {
                text[length++] = '.';
            }
            text[length++] = (state >> 20) % 3 ? "08f7"[(state >> 16) % 4] : "0123456789abcDEF"[(state >> 16) % 16];
        }
        snprintf(text + length, sizeof text - (size_t)length, "p%d", POWERS[round % 8] + (int)((state >> 9) % 40) - 20);
        digest_outcome(text, call(&PyFloat_Type, "fromhex", PyUnicode_FromString(text)), PyObject_Repr);
    }
    digest_is(0x8b67eb604bbcc205U, "float.fromhex reads and rounds digits as CPython's");
}

static void
test_from_number(void)
{
    PyObject *objects[10];
    size_t i;

    objects[0] = PyLong_FromLong(-3);
    objects[1] = PyFloat_FromDouble(2.5);
    objects[2] = Py_NewRef(Py_True);
    objects[3] = PyUnicode_FromString("1");
    objects[4] = PyBytes_FromString("1");
    objects[5] = Py_NewRef(Py_None);
    objects[6] = PyComplex_FromDoubles(1, 2);
    objects[7] = PyLong_FromString("1"
                                   "0000000000"
                                   "0000000000"
                                   "0000000000",
                                   NULL, 16);
    objects[8] = PyObject_CallFunction((PyObject *)&PyLong_Type, "si", "9", 10);
    objects[9] = PyNumber_Lshift(objects[8], objects[8]);
    Py_SETREF(objects[9], PyNumber_Lshift(objects[9], objects[9]));
    for (i = 0; i < COUNT(objects); i++) {
        digest_outcome("float", call(&PyFloat_Type, "from_number", Py_NewRef(objects[i])), PyObject_Repr);
        digest_outcome("complex", call(&PyComplex_Type, "from_number", Py_NewRef(objects[i])), PyObject_Repr);
    }
    digest_is(0x5e04b056169d9140U, "from_number accepts numbers alone");
    Py_SETREF(objects[0], call(&PyFloat_Type, "from_number", Py_NewRef(objects[1])));
    is_ptr(objects[0], objects[1], "float.from_number of a float is the float");
    Py_SETREF(objects[0], call(&PyComplex_Type, "from_number", Py_NewRef(objects[6])));
    is_ptr(objects[0], objects[6], "complex.from_number of a complex number is the number");
    for (i = 0; i < COUNT(objects); i++) {
        Py_DECREF(objects[i]);
    }
}

static void
test_complex_format(void)
{
    static const char *const SPECS[] = {"",
                                        "g",
                                        ".2f",
                                        "<30",
                                        "=30",
                                        "0<5",
                                        "010",
                                        "+.3e",
                                        "e",
                                        "%",
                                        "n",
                                        ",",
                                        "_",
                                        "z",
                                        "zf",
                                        "s",
                                        "d",
                                        "10",
                                        "^31.2",
                                        "c",
                                        "x",
                                        "#",
                                        "#g",
                                        "+",
                                        "-",
                                        " ",
                                        "*>25.1f",
                                        ",.3f",
                                        "_.1f",
                                        ".0f",
                                        "#.0f",
                                        "E",
                                        "F",
                                        "G",
                                        ".3",
                                        ".0",
                                        ".99999999999",
                                        "z.1f",
                                        " .2G",
                                        "<#40.3",
                                        "=",
                                        "0>3",
                                        "+,.2f",
                                        "!",
                                        "10q",
                                        ".3,f"};
    static const double PARTS[] = {0.0, -0.0, 1.5, -2.25, 1e30, 1234567.891, 1e-7, Py_HUGE_VAL, -Py_HUGE_VAL};
    size_t i, j, k;

    for (i = 0; i < COUNT(SPECS); i++) {
        PyObject *spec = PyUnicode_FromString(SPECS[i]);

        for (j = 0; j < COUNT(PARTS); j++) {
            for (k = 0; k < COUNT(PARTS); k++) {
                PyObject *number = PyComplex_FromDoubles(PARTS[j], PARTS[k]);

                digest_outcome(SPECS[i], PyObject_Format(number, spec), PyObject_Repr);
                digest_outcome(SPECS[i], PyObject_CallMethod(number, "__format__", "O", spec), PyObject_Repr);
                Py_DECREF(number);
            }
        }
        Py_DECREF(spec);
    }
    digest_is(0xc6f6779842bdc539U, "complex numbers are formatted as CPython's");
}

static void
test_make_table(void)
{
    static const struct {
        const char *format, *want;
        const char *a, *b, *c;
    } rows[] = {
        {"(ss)", "{97: 99, 98: 100}", "ab", "cd", ""},
        {"(sss)", "{97: 99, 98: 100, 101: None}", "ab", "cd", "e"},
        {"(sss)", "{97: None, 98: 8364}", "ab", "c\xe2\x82\xac", "a"},
        {"(ss)", "ValueError: the first two maketrans arguments must have equal length", "ab", "c", ""},
        {"(s)", "TypeError: if you give only one argument to maketrans it must be a dict", "a", "", ""},
        {"()", "TypeError: maketrans expected at least 1 argument, got 0", "", "", ""},
        {"(ssss)", "TypeError: maketrans expected at most 3 arguments, got 4", "", "", ""},
        {"(yy)", "TypeError: maketrans() argument 2 must be str, not bytes", "", "", ""},
        {"(ys)", "TypeError: first maketrans argument must be a string if there is a second argument", "", "", ""},
        {"(ssy)", "TypeError: maketrans() argument 3 must be str, not bytes", "", "", ""},
        {"({s:s})", "{97: 'xy'}", "a", "xy", ""},
        {"({s:s})", "ValueError: string keys in translatetable must be of length 1", "ab", "x", ""},
        {"({s:s})", "ValueError: string keys in translatetable must be of length 1", "", "x", ""},
        {"({y:s})", "TypeError: keys in translate table mustbe strings or integers", "a", "x", ""},
        {"([s])", "TypeError: if you give only one argument to maketrans it must be a dict", "a", "x", ""},
    };
    PyObject *function = PyObject_GetAttrString((PyObject *)&PyUnicode_Type, "maketrans");
    PyObject *arguments;
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        arguments = Py_BuildValue(rows[i].format, rows[i].a, rows[i].b, rows[i].c, "");
        is_str(outcome(PyObject_CallObject(function, arguments)), rows[i].want, "row %d: maketrans of %s", (int)i,
               rows[i].format);
        Py_XDECREF(arguments);
    }
    arguments = Py_BuildValue("({i:s,s:O})", 5, "x", "z", Py_None);
    is_str(outcome(PyObject_CallObject(function, arguments)), "{5: 'x', 122: None}", "numbers stay keys of a table");
    Py_DECREF(arguments);
    Py_DECREF(function);
}

int
main(int count, char **arguments)
{
    (void)arguments;
    prints_outcomes = count > 1;
    TAP_BEGIN();
    RUN(test_from_hex);
    RUN(test_from_number);
    RUN(test_complex_format);
    RUN(test_make_table);
    return TAP_END();
}
