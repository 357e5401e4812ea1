/* Py_BuildValue: each unit, groups, wrong formats, and the references that a failing format drops all the same. */
#include "outcome.h"

#include <limits.h>
#include <wchar.h>

static PyObject *
made_by(void *text)
{
    return PyUnicode_FromString((const char *)text);
}

static PyObject *
fails_by(void *text)
{
    PyErr_SetString(PyExc_LookupError, (const char *)text);
    return NULL;
}

#define UNIT(want, ...) \
    is_str(outcome(Py_BuildValue(__VA_ARGS__)), want, "Py_BuildValue(%s) makes %s", #__VA_ARGS__, want)

static void
test_numbers(void)
{
    double parts[2][2] = {{1.5, -2}, {0, HUGE_VAL}};

    UNIT("(1.5-2j)", "D", &parts[0]);
    UNIT("infj", "D", &parts[1]);
    UNIT("[1, (1.5-2j), 2]", "[iDi]", 1, &parts[0], 2);
    UNIT("None", "");
    UNIT("None", " ,:\t");
    UNIT("7", "i", 7);
    UNIT("-2147483648", "i", INT_MIN);
    UNIT("2147483647", "i", INT_MAX);
    UNIT("-1", "b", -1);
    UNIT("255", "B", 255);
    UNIT("300", "b", 300);
    UNIT("-1", "B", -1);
    UNIT("-32769", "h", -32769);
    UNIT("65536", "H", 65536);
    UNIT("4294967295", "H", -1);
    UNIT("4294967295", "I", UINT_MAX);
    UNIT("4294967295", "I", -1);
    UNIT("9223372036854775807", "l", LONG_MAX);
    UNIT("-9223372036854775808", "l", LONG_MIN);
    UNIT("18446744073709551615", "k", ULONG_MAX);
    UNIT("-9223372036854775808", "L", LLONG_MIN);
    UNIT("18446744073709551615", "K", ULLONG_MAX);
    UNIT("-1", "n", (Py_ssize_t)-1);
    UNIT("1.5", "d", 1.5);
    UNIT("-0.0", "d", -0.0);
    UNIT("inf", "d", HUGE_VAL);
    UNIT("0.10000000149011612", "f", 0.1F);
    UNIT("True", "p", 7);
    UNIT("True", "p", -1);
    UNIT("False", "p", 0);
    UNIT("b'a'", "c", 'a');
    UNIT("b'\\xff'", "c", 255);
    UNIT("b'\\x00'", "c", 256);
    UNIT("'a'", "C", 'a');
    UNIT("'\\x00'", "C", 0);
    UNIT("'\\U0010ffff'", "C", 0x10ffff);
    UNIT("'\\ud800'", "C", 0xd800);
    UNIT("ValueError: chr() arg not in range(0x110000)", "C", 0x110000);
    UNIT("ValueError: chr() arg not in range(0x110000)", "C", -1);
}

static void
test_texts(void)
{
    wchar_t wrong[] = {L'a', (wchar_t)0x110000, 0};

    UNIT("'text'", "s", "text");
    UNIT("''", "s", "");
    UNIT("None", "s", NULL);
    UNIT("'text'", "z", "text");
    UNIT("None", "z", NULL);
    UNIT("'text'", "U", "text");
    UNIT("'te'", "s#", "text", (Py_ssize_t)2);
    UNIT("'a\\x00b'", "s#", "a\0b", (Py_ssize_t)3);
    UNIT("''", "s#", "text", (Py_ssize_t)0);
    UNIT("'text'", "s#", "text", (Py_ssize_t)-1);
    UNIT("None", "z#", NULL, (Py_ssize_t)5);
    UNIT("'te'", "U#", "text", (Py_ssize_t)2);
    UNIT("'\xc3\xa9'", "s", "\xc3\xa9");
    UNIT("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte", "s", "a\xff");
    UNIT("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data", "s#",
         "a\xc3\xa9", (Py_ssize_t)2);
    UNIT("b'text'", "y", "text");
    UNIT("None", "y", NULL);
    UNIT("b'a\\x00b'", "y#", "a\0b", (Py_ssize_t)3);
    UNIT("b'\\xff'", "y", "\xff");
    UNIT("None", "y#", NULL, (Py_ssize_t)5);
    UNIT("b'text'", "y#", "text", (Py_ssize_t)-1);
    UNIT("'wide \xe2\x82\xac'", "u", L"wide \x20ac");
    UNIT("None", "u", NULL);
    UNIT("'wi'", "u#", L"wide", (Py_ssize_t)2);
    UNIT("'wide'", "u#", L"wide", (Py_ssize_t)-1);
    UNIT("ValueError: character U+110000 is not in range [U+0000; U+10ffff]", "u", wrong);
}

static void
test_groups(void)
{
    UNIT("(1, 2)", "ii", 1, 2);
    UNIT("(1,)", "(i)", 1);
    UNIT("()", "()");
    UNIT("(1, 'a')", "(is)", 1, "a");
    UNIT("(1, 'a')", " ( i,\ts ) ", 1, "a");
    UNIT("((), ())", "()()");
    UNIT("(1, (2, (3,), 4))", "i(i(i)i)", 1, 2, 3, 4);
    UNIT("[]", "[]");
    UNIT("[1, [2], (3,)]", "[i[i](i)]", 1, 2, 3);
    UNIT("{}", "{}");
    UNIT("{1: 'a', 'b': 2}", "{is,si}", 1, "a", "b", 2);
    UNIT("{1: 'a'}", "{i:s}", 1, "a");
    UNIT("{(1, 2): [3]}", "{(ii):[i]}", 1, 2, 3);
    UNIT("{1: 3}", "{iiii}", 1, 2, 1, 3);
    UNIT("({'a': [1, 2.5]}, (b'b', None))", "{s[id]}(ys)", "a", 1, 2.5, "b", NULL);
}

static void
test_wrong_formats(void)
{
    UNIT("SystemError: bad format char passed to Py_BuildValue", "x");
    UNIT("SystemError: bad format char passed to Py_BuildValue", "ix", 1);
    UNIT("SystemError: bad format char passed to Py_BuildValue", "\xff");
    UNIT("SystemError: bad format char passed to Py_BuildValue", "#i", 1);
    UNIT("SystemError: Unmatched paren in format", "#ii", 1, 2);
    UNIT("SystemError: Unmatched paren in format", "i#i", 1, 2);
    UNIT("1", "i#", 1);
    UNIT("1", "i&", 1);
    UNIT("1", "i)", 1);
    UNIT("1", "i)ii", 1, 2, 3);
    UNIT("None", ")");
    UNIT("None", ")i", 1);
    UNIT("SystemError: unmatched paren in format", "(i", 1);
    UNIT("SystemError: unmatched paren in format", "(", 1);
    UNIT("SystemError: unmatched paren in format", "i(i", 1, 2);
    UNIT("SystemError: unmatched paren in format", "((i)", 1);
    UNIT("SystemError: unmatched paren in format", "(i]", 1);
    UNIT("SystemError: unmatched paren in format", "[i)", 1);
    UNIT("SystemError: unmatched paren in format", "{i", 1);
    UNIT("SystemError: unmatched paren in format", "(i[)]", 1);
    UNIT("SystemError: Unmatched paren in format", "ii)", 1, 2);
    UNIT("SystemError: Bad dict format", "{i}", 1);
    UNIT("SystemError: Bad dict format", "{iii}", 1, 2, 3);
    UNIT("SystemError: Bad dict format", "({i}i)", 1, 2);
    UNIT("TypeError: cannot use 'list' as a dict key (unhashable type: 'list')", "{[]i}", 1);
    UNIT("SystemError: bad format char passed to Py_BuildValue", "(ixi)", 1, 2);
    UNIT("SystemError: bad format char passed to Py_BuildValue", "[x]");
    UNIT("SystemError: bad format char passed to Py_BuildValue", "{xi}", 1);
    UNIT("SystemError: bad format char passed to Py_BuildValue", "{ix}", 1);
}

static void
test_objects(void)
{
    PyObject *o = PyList_New(0);

    UNIT("[]", "O", o);
    UNIT("[]", "S", o);
    UNIT("[[], []]", "[OO]", o, o);
    UNIT("'made'", "O&", made_by, "made");
    UNIT("'made'", "N&", made_by, "made");
    UNIT("'made'", "S&", made_by, "made");
    UNIT("('made', 1)", "O&i", made_by, "made", 1);
    UNIT("LookupError: on purpose", "O&", fails_by, "on purpose");
    UNIT("LookupError: on purpose", "(iO&i)", 1, fails_by, "on purpose", 2);
    UNIT("SystemError: NULL object passed to Py_BuildValue", "O", NULL);
    UNIT("SystemError: NULL object passed to Py_BuildValue", "N", NULL);
    UNIT("SystemError: NULL object passed to Py_BuildValue", "(iO)", 1, NULL);
    PyErr_SetString(PyExc_KeyError, "before");
    UNIT("KeyError: 'before'", "O", NULL);
    PyErr_SetString(PyExc_KeyError, "before");
    UNIT("KeyError: 'before'", "(iN)", 1, NULL);
    PyErr_SetString(PyExc_KeyError, "before");
    UNIT("a result with an error set", "i", 1);
    is_int(Py_REFCNT(o), 1, "formats with O drop the references that they took");
    Py_DECREF(o);
}

/* The number of references to an object that formats with N drop. */
#define GIVES(references, ...)                                                                       \
    do {                                                                                             \
        int given = references;                                                                      \
        Py_ssize_t before = Py_REFCNT(o);                                                            \
        while (given-- > 0) {                                                                        \
            Py_INCREF(o);                                                                            \
        }                                                                                            \
        result = Py_BuildValue(__VA_ARGS__);                                                         \
        ok(result == NULL, "Py_BuildValue(%s) fails: %s", #__VA_ARGS__, error_text());               \
        is_int(Py_REFCNT(o), before, "Py_BuildValue(%s) drops the references it got", #__VA_ARGS__); \
    } while (0)

static void
test_given_references(void)
{
    PyObject *o = PyList_New(0), *result;

    GIVES(1, "(iNx)", 1, o);
    GIVES(1, "(xN)", o);
    GIVES(2, "(N[x]N)", o, o);
    GIVES(2, "{NxNi}", o, o, 1);
    GIVES(2, "{i[]xNNx}", 1, o, o);
    GIVES(1, "{[]N}", o);
    GIVES(1, "{NiN}", o, 1, NULL);
    GIVES(1, "{N}", o);
    GIVES(3, "[sN(NO&)N]", "\xff", o, o, fails_by, "on purpose", o);
    GIVES(2, "(O&N)N", fails_by, "on purpose", o, o);
    GIVES(1, "NC", o, -1);
    GIVES(1, "CN", -1, o);
    GIVES(2, "((((xN))))N", o, o);
    Py_INCREF(o);
    result = Py_BuildValue("N", o);
    is_ptr(result, o, "N alone gives the object itself");
    is_int(Py_REFCNT(o), 2, "N alone hands the reference on");
    Py_DECREF(result);
    Py_DECREF(o);
}

/* The forms with a va_list, which stays valid. */
static PyObject *
build_twice(const char *format, ...)
{
    va_list list;
    PyObject *first, *second, *both;

    va_start(list, format);
    first = Py_VaBuildValue(format, list);
    second = Py_VaBuildValue(format, list);
    va_end(list);
    both = Py_BuildValue("NN", first, second);
    return both;
}

static void
test_va_list(void)
{
    is_str(outcome(build_twice("isd", 1, "a", 2.5)), "((1, 'a', 2.5), (1, 'a', 2.5))",
           "Py_VaBuildValue leaves the va_list where it was");
    is_str(outcome(Py_BuildValue("iiiiiiiiiidddddddddd", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0,
                                 7.0, 8.0, 9.0, 10.0)),
           "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)",
           "more arguments than registers are read in order");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_numbers);
    RUN(test_texts);
    RUN(test_groups);
    RUN(test_wrong_formats);
    RUN(test_objects);
    RUN(test_given_references);
    RUN(test_va_list);
    return TAP_END();
}
