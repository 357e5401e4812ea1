/* The methods and attributes of ints, and the int() of text in every base.  Tables are compared with CPython by digests; with an argument
 * the program prints each outcome.
 */
#include "digest.h"
#include "outcome.h"

static const char *const values[] = {
    "0",
    "1",
    "-1",
    "5",
    "15",
    "25",
    "-25",
    "-35",
    "127",
    "128",
    "-128",
    "255",
    "-256",
    "12345",
    "-12355",
    "65535",
    "1073741824",
    "-1073741825",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "123456789012345678901234567890",
    "-123456789012345678901234567895",
    "1000000000000000000000000000000",
};

static PyObject *
method(PyObject *o, const char *name, PyObject *arguments, PyObject *names)
{
    PyObject *function = PyObject_GetAttrString(o, name);
    PyObject *result = function != NULL ? PyObject_Call(function, arguments, names) : NULL;
    Py_XDECREF(function);
    return result;
}

static PyObject *nothing;

static void
test_methods(void)
{
    static const char *const names[] = {"conjugate",      "bit_length", "bit_count",  "as_integer_ratio",
                                        "__trunc__",      "__floor__",  "__ceil__",   "__round__",
                                        "__getnewargs__", "__sizeof__", "is_integer", "to_bytes"};
    static const char *const attributes[] = {"real", "imag", "numerator", "denominator"};
    size_t i, name;
    for (i = 0; i <= COUNT(values); i++) {
        PyObject *o = i < COUNT(values) ? PyLong_FromString(values[i], NULL, 10) : Py_NewRef(Py_True);
        for (name = 0; name < COUNT(names); name++) {
            note("%s.%s(): %s", shown(o), names[name], outcome(method(o, names[name], nothing, NULL)));
        }
        for (name = 0; name < COUNT(attributes); name++) {
            note("%s.%s: %s", shown(o), attributes[name], outcome(PyObject_GetAttrString(o, attributes[name])));
        }
        Py_DECREF(o);
    }
    digest_is(0x71660069855c86bdU, "the methods of ints without arguments, and their attributes");
}

static void
test_round(void)
{
    size_t i;
    long digits;
    PyObject *o = PyLong_FromLong(15), *arguments;
    arguments = PyTuple_Pack(1, Py_None);
    is_str(outcome(method(o, "__round__", arguments, NULL)), "15", "an int rounded to None digits is itself");
    Py_DECREF(arguments);
    arguments = PyTuple_Pack(2, o, o);
    is_str(outcome(method(o, "__round__", arguments, NULL)), "TypeError: __round__ expected at most 1 argument, got 2",
           "__round__ has at most one argument");
    Py_DECREF(arguments);
    Py_DECREF(o);
    for (i = 0; i < COUNT(values); i++) {
        o = PyLong_FromString(values[i], NULL, 10);
        for (digits = -35; digits < 3; digits++) {
            PyObject *number = PyLong_FromLong(digits);
            arguments = PyTuple_Pack(1, number);
            note("round(%s, %ld): %s", values[i], digits, outcome(method(o, "__round__", arguments, NULL)));
            Py_DECREF(arguments);
            Py_DECREF(number);
        }
        Py_DECREF(o);
    }
    digest_is(0xd76f95cf39c48ca4U, "ints rounded to decimal digits");
}

static void
test_to_bytes(void)
{
    static const char *const orders[] = {"big", "little", "middle"};
    size_t i, order;
    long length;
    int is_signed;
    PyObject *names = PyDict_New(), *o, *arguments, *text;
    for (i = 0; i < COUNT(values); i++) {
        o = PyLong_FromString(values[i], NULL, 10);
        for (length = -1; length < 16; length++) {
            for (order = 0; order < COUNT(orders); order++) {
                for (is_signed = 0; is_signed < 2; is_signed++) {
                    PyObject *number = PyLong_FromLong(length);
                    text = PyUnicode_FromString(orders[order]);
                    PyDict_SetItemString(names, "signed", is_signed ? Py_True : Py_False);
                    arguments = PyTuple_Pack(2, number, text);
                    note("%s in %ld bytes, %s, %d: %s", values[i], length, orders[order], is_signed,
                         outcome(method(o, "to_bytes", arguments, names)));
                    Py_DECREF(arguments);
                    Py_DECREF(text);
                    Py_DECREF(number);
                }
            }
        }
        Py_DECREF(o);
    }
    digest_is(0x90f4d27e0757cb95U, "ints as bytes of every length");
    o = PyLong_FromLong(258);
    PyDict_Clear(names);
    text = PyUnicode_FromString("little");
    PyDict_SetItemString(names, "byteorder", text);
    PyDict_SetItemString(names, "length", o);
    arguments = method(o, "to_bytes", nothing, names);
    ok(arguments != NULL && PyBytes_Size(arguments) == 258, "the arguments of to_bytes can be given by name");
    Py_XDECREF(arguments);
    PyDict_SetItemString(names, "byteorder", o);
    is_str(outcome(method(o, "to_bytes", nothing, names)),
           "TypeError: to_bytes() argument 'byteorder' must be str, not int", "the order of bytes is a text");
    PyDict_SetItemString(names, "length", text);
    is_str(outcome(method(o, "to_bytes", nothing, names)),
           "TypeError: 'str' object cannot be interpreted as an integer", "the number of bytes is an int");
    PyDict_Clear(names);
    PyDict_SetItemString(names, "size", o);
    is_str(outcome(method(o, "to_bytes", nothing, names)),
           "TypeError: to_bytes() got an unexpected keyword argument 'size'", "to_bytes has no other arguments");
    Py_DECREF(names);
    arguments = PyTuple_Pack(3, o, text, o);
    is_str(outcome(method(o, "to_bytes", arguments, NULL)),
           "TypeError: to_bytes() takes at most 2 positional arguments (3 given)", "signed is given by name only");
    Py_DECREF(arguments);
    Py_DECREF(text);
    Py_DECREF(o);
}

static void
test_constructor(void)
{
    static const char *const texts[] = {"12",    " -0x1F\n", "0b101", "0o17", "z",
                                        "1_000", "__1",      "",      "012",  "\xd9\xa3\xd9\xa4"};
    size_t i;
    long base;
    PyObject *arguments, *text, *number;
    for (i = 0; i < COUNT(texts); i++) {
        text = PyUnicode_FromString(texts[i]);
        note("int(%s): %s", shown(text), outcome(PyObject_CallOneArg((PyObject *)&PyLong_Type, text)));
        for (base = -1; base < 38; base++) {
            number = PyLong_FromLong(base);
            arguments = PyTuple_Pack(2, text, number);
            note("int(%s, %ld): %s", shown(text), base,
                 outcome(PyObject_Call((PyObject *)&PyLong_Type, arguments, NULL)));
            Py_DECREF(arguments);
            arguments = PyTuple_New(2);
            PyTuple_SetItem(arguments, 0, PyUnicode_AsUTF8String(text));
            PyTuple_SetItem(arguments, 1, number);
            note("%s", outcome(PyObject_Call((PyObject *)&PyLong_Type, arguments, NULL)));
            Py_DECREF(arguments);
        }
        Py_DECREF(text);
    }
    digest_is(0x22687584b5d91483U, "int() of text in every base");
}

static void
test_text_of_numbers(void)
{
    PyObject *number = PyLong_FromLong(-255), *text = PyUnicode_FromString("x");
    is_str(outcome(PyNumber_ToBase(number, 2)), "'-0b11111111'", "ToBase 2 gives binary digits");
    is_str(outcome(PyNumber_ToBase(number, 8)), "'-0o377'", "ToBase 8 gives octal digits");
    is_str(outcome(PyNumber_ToBase(number, 10)), "'-255'", "ToBase 10 gives decimal digits");
    is_str(outcome(PyNumber_ToBase(number, 16)), "'-0xff'", "ToBase 16 gives hexadecimal digits");
    is_str(outcome(PyNumber_ToBase(number, 3)), "SystemError: PyNumber_ToBase: base must be 2, 8, 10 or 16",
           "ToBase has no other base");
    is_str(outcome(PyNumber_ToBase(text, 10)), "TypeError: 'str' object cannot be interpreted as an integer",
           "ToBase takes objects with __index__");
    is_str(outcome(PyNumber_ToBase(Py_False, 2)), "'0b0'", "ToBase shows zero with one digit");
    Py_DECREF(number);
    Py_DECREF(text);
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    TAP_BEGIN();
    nothing = PyTuple_New(0);
    RUN(test_methods);
    RUN(test_round);
    RUN(test_to_bytes);
    RUN(test_constructor);
    RUN(test_text_of_numbers);
    Py_DECREF(nothing);
    return TAP_END();
}
