/* PyBytes_FromFormat: each conversion with widths, precisions and sizes, and conversions that do not exist. */
#include "outcome.h"

/* Without the attribute by which a compiler checks formats: rows have wrong ones on purpose. */
static PyObject *(*const from_format)(const char *, ...) = PyBytes_FromFormat;

#define ROW(OUTCOME, ...) is_str(outcome(from_format(__VA_ARGS__)), OUTCOME, "%s", #__VA_ARGS__)

static void
test_text(void)
{
    ROW("b''", "");
    ROW("b'plain'", "plain");
    ROW("b'%'", "%%");
    ROW("b'100%, %d'", "100%%, %%d");
    ROW("b'text'", "%s", "text");
    ROW("b'<>'", "<%s>", "");
    ROW("b'ab'", "%s%s", "a", "b");
    ROW("b'te|'", "%.2s|", "text");
    ROW("b'text|'", "%.9s|", "text");
    ROW("b'text|'", "%.0s|", "text");
    ROW("b'text|'", "%10s|", "text");
    ROW("b'text|'", "%-10s|", "text");
    ROW("b'tex|'", "%10.3s|", "text");
    ROW("b'twelve bytes|'", "%.12s|", "twelve bytes and more");
    ROW("b'\\xff\\xc3'", "%s", "\xff\xc3");
    ROW("b'\\x00a\\xff'", "%c%c%c", 0, 'a', 255);
    ROW("b'a|'", "%.3c|", 'a');
    ROW("b'a|'", "%5c|", 'a');
}

static void
test_numbers(void)
{
    ROW("b'0'", "%d", 0);
    ROW("b'7'", "%d", 7);
    ROW("b'-1'", "%d", -1);
    ROW("b'2147483647'", "%d", 2147483647);
    ROW("b'-2147483648'", "%d", -2147483647 - 1);
    ROW("b'0'", "%i", 0);
    ROW("b'7'", "%i", 7);
    ROW("b'-1'", "%i", -1);
    ROW("b'2147483647'", "%i", 2147483647);
    ROW("b'-2147483648'", "%i", -2147483647 - 1);
    ROW("b'0'", "%u", 0);
    ROW("b'7'", "%u", 7);
    ROW("b'4294967295'", "%u", -1);
    ROW("b'2147483647'", "%u", 2147483647);
    ROW("b'2147483648'", "%u", -2147483647 - 1);
    ROW("b'0'", "%x", 0);
    ROW("b'7'", "%x", 7);
    ROW("b'ffffffff'", "%x", -1);
    ROW("b'7fffffff'", "%x", 2147483647);
    ROW("b'80000000'", "%x", -2147483647 - 1);
    ROW("b'0'", "%ld", (long)0);
    ROW("b'-1'", "%ld", (long)-1);
    ROW("b'1234567890123'", "%ld", (long)1234567890123);
    ROW("b'9223372036854775807'", "%ld", (long)PY_SSIZE_T_MAX);
    ROW("b'-9223372036854775808'", "%ld", (long)PY_SSIZE_T_MIN);
    ROW("b'0'", "%lu", (long)0);
    ROW("b'18446744073709551615'", "%lu", (long)-1);
    ROW("b'1234567890123'", "%lu", (long)1234567890123);
    ROW("b'9223372036854775807'", "%lu", (long)PY_SSIZE_T_MAX);
    ROW("b'9223372036854775808'", "%lu", (long)PY_SSIZE_T_MIN);
    ROW("b'0'", "%zd", (Py_ssize_t)0);
    ROW("b'-1'", "%zd", (Py_ssize_t)-1);
    ROW("b'1234567890123'", "%zd", (Py_ssize_t)1234567890123);
    ROW("b'9223372036854775807'", "%zd", (Py_ssize_t)PY_SSIZE_T_MAX);
    ROW("b'-9223372036854775808'", "%zd", (Py_ssize_t)PY_SSIZE_T_MIN);
    ROW("b'0'", "%zu", (Py_ssize_t)0);
    ROW("b'18446744073709551615'", "%zu", (Py_ssize_t)-1);
    ROW("b'1234567890123'", "%zu", (Py_ssize_t)1234567890123);
    ROW("b'9223372036854775807'", "%zu", (Py_ssize_t)PY_SSIZE_T_MAX);
    ROW("b'9223372036854775808'", "%zu", (Py_ssize_t)PY_SSIZE_T_MIN);
    ROW("b'1|2|3|4'", "%5d|%-5d|%05d|%.5d", 1, 2, 3, 4);
    ROW("b'1|2|3'", "%+d|% d|%#x", 1, 2, 3);
    ROW("b'0x1234'", "%p", (void *)0x1234);
    ROW("b'0xabcdef0123'", "%p", (void *)0xabcdef0123);
    ROW("b'-5 and 5'", "%d %s %u", -5, "and", 5u);
    ROW("b'1234'", "%ld%d%zu%x", 1l, 2, (size_t)3, 4);
}

static void
test_mistakes(void)
{
    ROW("b'%'", "%");
    ROW("b'a%'", "a%");
    ROW("b'%q|%d'", "%q|%d", 1);
    ROW("b'a %q b'", "a %q b");
    ROW("b'%5'", "%5");
    ROW("b'%.3'", "%.3");
    ROW("b'%l'", "%l");
    ROW("b'%lq'", "%lq");
    ROW("b'%z'", "%z");
    ROW("b'%lld|'", "%lld|", 1);
    ROW("b'%li|'", "%li|", 1l);
    ROW("b'%lx|'", "%lx|", 1l);
    ROW("b'%hd|'", "%hd|", 1);
    ROW("b'%S|'", "%S|", 1);
    ROW("OverflowError: PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]", "%c", 256);
    ROW("OverflowError: PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]", "%c", -1);
    ROW("OverflowError: PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]", "%d %c %d", 1, 300, 2);
    ROW("b'%-'", "%-");
    ROW("b'1'", "%!d", 1);
    ROW("b'%f'", "%f", 1.5);
    ROW("b'%'", "% %");
    ROW("b'%|'", "%5%|");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_text);
    RUN(test_numbers);
    RUN(test_mistakes);
    return TAP_END();
}
