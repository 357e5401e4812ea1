/* PyUnicode_FromFormat and PyUnicode_FromFormatV: every conversion that CPython 3.14 knows, with its flags,
 * width, precision and length modifiers; the replacement of invalid UTF-8; and the errors of a bad format, after
 * which nothing has been made.  The formats themselves are the checks' sentences. */
#include "errors_support.h"

#include <stddef.h>
#include <stdint.h>

/* Formats, and compares the text. */
static void
gives(const char *want, const char *format, ...)
{
    va_list arguments;
    PyObject *got;

    va_start(arguments, format);
    got = PyUnicode_FromFormatV(format, arguments);
    va_end(arguments);
    says(got, want, "\"%s\" gives \"%s\"", format, want);
}

/* Formats, which must raise. */
static void
fails(PyObject *type, const char *message, const char *format, ...)
{
    va_list arguments;
    PyObject *got;

    va_start(arguments, format);
    got = PyUnicode_FromFormatV(format, arguments);
    va_end(arguments);
    is_ptr(got, NULL, "\"%s\" gives NULL", format);
    raises(type, message, "\"%s\" raises %s: %s", format, PyExceptionClass_Name(type), message);
    Py_XDECREF(got);
}

static void
test_text_around_conversions(void)
{
    gives("", "");
    gives("no conversion", "no conversion");
    gives("100%", "100%%");
    gives("%d", "%%d");
    gives("a1b2c", "a%db%dc", 1, 2);
    says(PyUnicode_FromFormat("%s has %d of %zd", "it", 2, (Py_ssize_t)3), "it has 2 of 3",
         "PyUnicode_FromFormat takes the arguments themselves");
    says(PyUnicode_FromFormat("plain"), "plain", "PyUnicode_FromFormat works without arguments");
}

static void
test_characters(void)
{
    PyObject *nul;

    gives("A", "%c", 'A');
    gives("A\xe2\x82\xac\xf4\x8f\xbf\xbf", "%c%c%c", 'A', 0x20ac, 0x10ffff);
    nul = PyUnicode_FromFormat("a%cb", 0);
    is_int(nul != NULL ? PyUnicode_GetLength(nul) : -1, 3, "%%c of 0 is one character, U+0000");
    Py_XDECREF(nul);
    fails(PyExc_OverflowError, "character argument not in range(0x110000)", "%c", -1);
    fails(PyExc_OverflowError, "character argument not in range(0x110000)", "%c", 0x110000);
    fails(PyExc_SystemError, "invalid format string: %5c|", "%5c|", 'A');
    fails(PyExc_SystemError, "invalid format string: %-5c|", "%-5c|", 'A');
    fails(PyExc_SystemError, "invalid format string: %.3c", "%.3c", 'A');
    fails(PyExc_SystemError, "invalid format string: %lc", "%lc", 'A');
}

static void
test_integers(void)
{
    gives("-42", "%d", -42);
    gives("-42", "%i", -42);
    gives("-2147483648", "%d", -2147483647 - 1);
    gives("4294967295", "%u", 4294967295u);
    gives("ff", "%x", 255u);
    gives("FF", "%X", 255u);
    gives("10", "%o", 8u);
    gives("ffffffff FFFFFFFF 37777777777", "%x %X %o", ~0u, ~0u, ~0u);

    gives("-9223372036854775808", "%ld", (long)INT64_MIN);
    gives("-1", "%li", -1L);
    gives("18446744073709551615", "%lu", ~0UL);
    gives("ff FF 10", "%lx %lX %lo", 255UL, 255UL, 8UL);
    gives("-9223372036854775808", "%lld", (long long)INT64_MIN);
    gives("-1", "%lli", -1LL);
    gives("18446744073709551615", "%llu", ~0ULL);
    gives("ffffffffffffffff FFFFFFFFFFFFFFFF 1777777777777777777777", "%llx %llX %llo", ~0ULL, ~0ULL, ~0ULL);
    gives("-1 -1", "%zd %zi", (Py_ssize_t)-1, (Py_ssize_t)-1);
    gives("18446744073709551615", "%zu", (size_t)-1);
    gives("ff FF 10", "%zx %zX %zo", (size_t)255, (size_t)255, (size_t)8);
    gives("-1 -1", "%jd %ji", (intmax_t)-1, (intmax_t)-1);
    gives("18446744073709551615", "%ju", (uintmax_t)-1);
    gives("ff FF 10", "%jx %jX %jo", (uintmax_t)255, (uintmax_t)255, (uintmax_t)8);
    gives("-7 -7", "%td %ti", (ptrdiff_t)-7, (ptrdiff_t)-7);
    gives("18446744073709551609", "%tu", (ptrdiff_t)-7);
    gives("ff FF 10", "%tx %tX %to", (ptrdiff_t)255, (ptrdiff_t)255, (ptrdiff_t)8);

    gives("   42|", "%5d|", 42);
    gives("42   |", "%-5d|", 42);
    gives("-0042|", "%05d|", -42);
    gives("42   |", "%-05d|", 42);
    gives("42   |", "%0-5d|", 42);
    gives("3    |", "%--5d|", 3);
    gives("00003|", "%00005d|", 3);
    gives("123456|", "%3d|", 123456);
    gives("000ff|   FF|10   |", "%05x|%5X|%-5o|", 255u, 255u, 8u);
    gives("  1099511627776|", "%15lld|", 1099511627776LL);
    gives("-00042|", "%.5d|", -42);
    gives("  -00042|", "%8.5d|", -42);
    gives("-00042  |", "%-8.5d|", -42);
    gives("-0000042|", "%08.5d|", -42);
    gives("000ff|", "%.5x|", 255u);
    gives("0|", "%.0d|", 0);
    gives("7|", "%.d|", 7);
    gives("   42|", "%*d|", 5, 42);
    gives("42   |", "%*d|", -5, 42);
    gives("-0042|", "%0*d|", 5, -42);
    gives("00042|", "%.*d|", 5, 42);
    gives("42|", "%.*d|", -5, 42);
    gives("   00042|", "%*.*d|", 8, 5, 42);
    gives("4|4|", "%#d|%#x|", 4, 4u);
    gives("0000000000000000000000000000000000000000000000000000000000000001|", "%.64d|", 1);

    fails(PyExc_SystemError, "invalid format string: %+d", "%+d", 4);
    fails(PyExc_SystemError, "invalid format string: % d", "% d", 4);
    fails(PyExc_SystemError, "invalid format string: %'d", "%'d", 4);
    fails(PyExc_SystemError, "invalid format string: %hd", "%hd", 4);
    fails(PyExc_SystemError, "invalid format string: %hhd", "%hhd", 4);
    fails(PyExc_SystemError, "invalid format string: %qd", "%qd", 4LL);
    fails(PyExc_SystemError, "invalid format string: %Ld", "%Ld", 4LL);
}

static void
test_pointers(void)
{
    gives("0x1234", "%p", (void *)0x1234);
    gives("0xabcdef", "%p", (void *)0xABCDEF);
    gives("0x(nil)", "%p", (void *)0);
    fails(PyExc_SystemError, "invalid format string: %20p|", "%20p|", (void *)0x1234);
    fails(PyExc_SystemError, "invalid format string: %-20p|", "%-20p|", (void *)0x1234);
    fails(PyExc_SystemError, "invalid format string: %.8p|", "%.8p|", (void *)0x1234);
    fails(PyExc_SystemError, "invalid format string: %lp", "%lp", (void *)0x1234);
}

/* The precision counts bytes (a character that it cuts is left out), the width counts characters. */
static void
test_c_strings(void)
{
    char unterminated[3] = {'a', 'b', 'c'};

    gives("abc", "%s", "abc");
    gives("", "%s", "");
    gives("h\xc3\xa9llo \xe2\x82\xac", "%s", "h\xc3\xa9llo \xe2\x82\xac");
    gives("   ab|", "%5s|", "ab");
    gives("ab   |", "%-5s|", "ab");
    gives("   ab|", "%05s|", "ab");
    gives("abcdef|", "%3s|", "abcdef");
    gives("    \xc3\xa9|", "%5s|", "\xc3\xa9");
    gives("ab|", "%.2s|", "abc");
    gives("|", "%.0s|", "abc");
    gives("abc|", "%.s|", "abc");
    gives("abc|", "%.9s|", "abc");
    gives("    a|", "%5.1s|", "abc");
    gives("a    |", "%-5.1s|", "abc");
    gives("ab  |", "%*s|", -4, "ab");
    gives("a|", "%.*s|", 1, "abc");
    gives("|", "%.*s|", -1, "abc");
    gives("abc|", "%.3s|", unterminated);

    gives("\xef\xbf\xbd\xef\xbf\xbd|", "%s|", "\xff\xfe");
    gives("a\xef\xbf\xbd|", "%s|", "a\xe2\x82");
    gives("    \xef\xbf\xbd|", "%5s|", "\xff");
    gives("a\xef\xbf\xbd|", "%.2s|", "a\xff");
    gives("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|", "%.3s|", "\xff\xff\xff\xff");
    gives("a\xc3\xa9|", "%.3s|", "a\xc3\xa9");
    gives("a|", "%.2s|", "a\xc3\xa9");
    gives("a|", "%.3s|", "a\xe2\x82\xac");
    gives("|", "%.2s|", "\xf0\x90z");
    gives("    a|", "%5.3s|", "a\xe2\x82\xac");
    gives("ab|", "%.4s|", "ab\xe2\x82zz");

    fails(PyExc_SystemError, "invalid format string: %hs", "%hs", "x");
    fails(PyExc_SystemError, "invalid format string: %zs", "%zs", "x");
    fails(PyExc_SystemError, "invalid format string: %lls", "%lls", "x");
}

static void
test_wide_strings(void)
{
    gives("a\xe2\x82\xac\xf0\x9f\x98\x80|", "%ls|", L"a\u20ac\U0001F600");
    gives("|", "%ls|", L"");
    gives("   ab|", "%5ls|", L"ab");
    gives("ab   |", "%-5ls|", L"ab");
    gives("a\xe2\x82\xac|", "%.2ls|", L"a\u20ac\U0001F600");
    gives("    \xe2\x82\xac|", "%5.1ls|", L"\u20acz");
    gives("|", "%.0ls|", L"ab");
    gives("|", "%.*ls|", -1, L"ab");
}

static void
test_objects(void)
{
    PyObject *text = PyUnicode_FromString("h\xc3\xa9llo");
    PyObject *five = PyLong_FromLong(5);
    PyObject *bytes = PyBytes_FromString("raw");
    Py_ssize_t before = Py_REFCNT(text);

    gives("h\xc3\xa9llo", "%U", text);
    gives("h\xc3\xa9|", "%.2U|", text);
    gives("  h\xc3\xa9llo|", "%7U|", text);
    gives("h\xc3\xa9llo  |", "%-7U|", text);
    gives("  h\xc3\xa9llo|", "%07U|", text);
    gives("     h\xc3\xa9|", "%7.2U|", text);
    gives("h\xc3\xa9llo", "%#U", text);

    gives("h\xc3\xa9llo", "%V", text, "not used");
    gives("spare \xef\xbf\xbd", "%V", (PyObject *)NULL, "spare \xff");
    gives("h|", "%.1V|", text, "not used");
    gives("s|", "%.1V|", (PyObject *)NULL, "spare");
    gives("   xy|", "%5V|", (PyObject *)NULL, "xy");
    gives("h\xc3\xa9llo|", "%-5V|", text, "not used");
    gives("h\xc3\xa9llo", "%lV", text, L"not used");
    gives("wide\xe2\x82\xac", "%lV", (PyObject *)NULL, L"wide\u20ac");
    gives("     wi|", "%7.2lV|", (PyObject *)NULL, L"wide");

    gives("5 h\xc3\xa9llo b'raw' None", "%S %S %S %S", five, text, bytes, Py_None);
    gives("5 'h\xc3\xa9llo' b'raw' None", "%R %R %R %R", five, text, bytes, Py_None);
    gives("5 'h\\xe9llo' b'raw' None", "%A %A %A %A", five, text, bytes, Py_None);
    gives("   h\xc3\xa9llo|", "%8S|", text);
    gives("'h\xc3\xa9llo' |", "%-8R|", text);
    gives("  'h\\xe9llo'|", "%12A|", text);
    gives("|", "%.0S|", text);
    gives("h\xc3\xa9|", "%.2S|", text);
    gives("'h|", "%.2R|", text);
    gives("'h\\|", "%.3A|", text);

    is_int(Py_REFCNT(text), before, "formatting an object leaves its reference count");
    fails(PyExc_SystemError, "invalid format string: %lU", "%lU", text);
    fails(PyExc_SystemError, "invalid format string: %zU", "%zU", text);
    fails(PyExc_SystemError, "invalid format string: %lS", "%lS", text);
    fails(PyExc_SystemError, "invalid format string: %lR", "%lR", text);
    fails(PyExc_SystemError, "invalid format string: %lA", "%lA", text);
    Py_DECREF(text);
    Py_DECREF(five);
    Py_DECREF(bytes);
}

static void
test_type_names(void)
{
    PyObject *text = PyUnicode_FromString("x");
    PyObject *type = PyErr_NewException("pkg.mod.Err", NULL, NULL);
    PyObject *instance = PyObject_CallNoArgs(type);

    gives("str str", "%T %#T", text, text);
    gives("str str", "%N %#N", (PyObject *)Py_TYPE(text), (PyObject *)Py_TYPE(text));
    gives("type", "%T", PyExc_KeyError);
    gives("KeyError", "%N", PyExc_KeyError);
    gives("pkg.mod.Err", "%T", instance);
    gives("pkg.mod:Err", "%#T", instance);
    gives("pkg.mod.Err", "%N", type);
    gives("pkg.mod:Err", "%#N", type);
    gives("st|", "%.2T|", text);
    gives("  str|", "%5T|", text);
    gives("str  |", "%-5N|", (PyObject *)Py_TYPE(text));
    gives("    pkg.mo|", "%#10.6N|", type);
    gives("pkg.mod:Err    |", "%-#15N|", type);
    gives("    pkg.mod:Err|", "%0#15T|", instance);

    fails(PyExc_TypeError, "%N argument must be a type", "%N", text);
    fails(PyExc_TypeError, "%N argument must be a type", "%#N", text);
    fails(PyExc_SystemError, "invalid format string: %lT", "%lT", text);
    fails(PyExc_SystemError, "invalid format string: %lN", "%lN", type);
    fails(PyExc_SystemError, "invalid format string: %10#N", "%10#N", type);
    Py_DECREF(instance);
    Py_DECREF(type);
    Py_DECREF(text);
}

/* The message quotes the format from its first bad conversion on. */
static void
test_bad_formats(void)
{
    static const char *const invalid[] = {
        "%",   "%5%",   "%-5%|", "%.3%|", "%l%|", "%y", "%e",  "%f", "%g", "%n", "%a", "%F",
        "%ly", "%-y z", "%5",    "%.5",   "%5.",  "%l", "%ll", "%-", "%0", "%#", "%z", "%b",
    };
    char format[32], message[64];
    size_t i;

    for (i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        snprintf(format, sizeof format, "before %s", invalid[i]);
        snprintf(message, sizeof message, "invalid format string: %s", invalid[i]);
        fails(PyExc_SystemError, message, format, 1, 2);
    }
    fails(PyExc_SystemError, "invalid format string: %*", "%*", 3);
    fails(PyExc_SystemError, "invalid format string: %.*", "%.*", 3);
    fails(PyExc_SystemError, "invalid format string: %y and %d", "%d then %y and %d", 1, 2);
    fails(PyExc_ValueError, "width too big", "%99999999999999999999d", 1);
    fails(PyExc_ValueError, "precision too big", "%.99999999999999999999d", 1);
    fails(PyExc_ValueError,
          "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xc3", "caf\xc3\xa9");
    is_ptr(PyUnicode_FromFormat("%d\xff", 1), NULL, "a format with a byte above 0x7f behind a conversion gives NULL");
    raises(PyExc_ValueError,
           "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xff",
           "the error for a byte above 0x7f gives the byte");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_text_around_conversions);
    RUN(test_characters);
    RUN(test_integers);
    RUN(test_pointers);
    RUN(test_c_strings);
    RUN(test_wide_strings);
    RUN(test_objects);
    RUN(test_type_names);
    RUN(test_bad_formats);
    return TAP_END();
}
