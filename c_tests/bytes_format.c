/* The operator % of bytes and bytearray. */
#include "expressions.h"
#include <limits.h>

static const Row FORMATS[] = {
    {"b'%s' % b'a'", "b'a'"},
    {"b'%s' % 1", "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'int'"},
    {"b'%s' % 'a'", "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str'"},
    {"b'%s' % None",
     "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'NoneType'"},
    {"b'%s' % [1]", "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'list'"},
    {"b'%b' % b'a'", "b'a'"},
    {"b'%b' % bytearray(b'ab')", "b'ab'"},
    {"b'%s' % memoryview(b'abc')", "b'abc'"},
    {"b'%.2s|%5b|%-5b|' % (b'abc', b'x', b'y')", "b'ab|    x|y    |'"},
    {"b'%.10s|' % b'abc'", "b'abc|'"},
    {"b'%r %a' % ('\\xe9', '\\u20ac')", "b\"'\\\\xe9' '\\\\u20ac'\""},
    {"b'%.3r|' % 'abc'", "b\"'ab|\""},
    {"b'%d' % 'a'", "TypeError: %d format: a real number is required, not str"},
    {"b'%d' % 1.5", "b'1'"},
    {"b'%d' % 1267650600228229401496703205376", "b'1267650600228229401496703205376'"},
    {"b'%i' % True", "b'1'"},
    {"b'%x' % 1.5", "TypeError: %x format: an integer is required, not float"},
    {"b'%x' % 255", "b'ff'"},
    {"b'%f' % 'a'", "TypeError: float argument required, not str"},
    {"b'%f' % True", "b'1.000000'"},
    {"b'%e %g %G %F' % (1.5, 10000000000.0, 0.5, 2.5)", "b'1.500000e+00 1e+10 0.5 2.500000'"},
    {"b'%.0f|%#.0f' % (2.5, 2.5)", "b'2|2.'"},
    {"b'%ld %hi %Lu' % (1, 2, 3)", "b'1 2 3'"},
    {"b'%05d %+d % d %#x %#o %X' % (3, 4, 5, 255, 8, 255)", "b'00003 +4  5 0xff 0o10 FF'"},
    {"b'%-05d|' % 3", "b'3    |'"},
    {"b'%.5d|%.0d|%.3x' % (3, 0, 10)", "b'00003|0|00a'"},
    {"b'%*d|%.*f' % (5, 3, 2, 1.5)", "b'    3|1.50'"},
    {"b'%*d' % ('a', 3)", "TypeError: * wants int"},
    {"b'%1000000000000000000000d' % 1", "ValueError: width too big"},
    {"b'%.1000000000000d' % 1", "ValueError: prec too big"},
    {"b'%c' % 'a'", "TypeError: %c requires an integer in range(256) or a single byte, not str"},
    {"b'%c' % 65", "b'A'"},
    {"b'%c' % 255", "b'\\xff'"},
    {"b'%c' % 256", "OverflowError: %c arg not in range(256)"},
    {"b'%c' % -1", "OverflowError: %c arg not in range(256)"},
    {"b'%c' % 1267650600228229401496703205376", "OverflowError: %c arg not in range(256)"},
    {"b'%c' % b'a'", "b'a'"},
    {"b'%c' % b'ab'",
     "TypeError: %c requires an integer in range(256) or a single byte, not a bytes object of length 2"},
    {"b'%c' % bytearray(b'a')", "b'a'"},
    {"b'%c' % bytearray(b'ab')",
     "TypeError: %c requires an integer in range(256) or a single byte, not a bytearray object of length 2"},
    {"b'%c' % 1.5", "TypeError: %c requires an integer in range(256) or a single byte, not float"},
    {"b'%5c|%-5c|' % (65, b'x')", "b'    A|x    |'"},
    {"b'%q' % 1", "ValueError: unsupported format character 'q' (0x71) at index 1"},
#if CHAR_MIN < 0
    {"b'%\\xff' % 1", "OverflowError: character argument not in range(0x110000)"},
#else
    {"b'%\\xff' % 1", "ValueError: unsupported format character '\xc3\xbf' (0xff) at index 1"},
#endif
    {"b'%5%' % ()", "TypeError: not enough arguments for format string"},
    {"b'%d%%' % 3", "b'3%'"},
    {"b'%%%%' % ()", "b'%%'"},
    {"b'%' % ()", "ValueError: incomplete format"},
    {"b'%s' % ()", "TypeError: not enough arguments for format string"},
    {"b'%s %s' % (b'a',)", "TypeError: not enough arguments for format string"},
    {"b'a' % (1,)", "TypeError: not all arguments converted during bytes formatting"},
    {"b'a' % 1", "TypeError: not all arguments converted during bytes formatting"},
    {"b'a' % b'x'", "TypeError: not all arguments converted during bytes formatting"},
    {"b'a' % bytearray()", "TypeError: not all arguments converted during bytes formatting"},
    {"b'a' % []", "b'a'"},
    {"b'a' % {}", "b'a'"},
    {"b'%(a)s' % {b'a': b'x'}", "b'x'"},
    {"b'%(a)s' % {'a': b'x'}", "KeyError: b'a'"},
    {"b'%(a)s %(b)d' % {b'a': b'x', b'b': 3}", "b'x 3'"},
    {"b'%((a))s' % {b'(a)': b'x'}", "b'x'"},
    {"b'%(a)s' % b'x'", "TypeError: format requires a mapping"},
    {"b'%(a' % {}", "ValueError: incomplete format key"},
    {"b'%(a)%' % {b'a': 1}", "ValueError: unsupported format character '%' (0x25) at index 4"},
    {"b'\\xff%s\\xfe' % b'\\xfd'", "b'\\xff\\xfd\\xfe'"},
    {"b'\\x00%s' % b'\\x00'", "b'\\x00\\x00'"},
    {"bytearray(b'%s') % b'a'", "bytearray(b'a')"},
    {"bytearray(b'%s|%d') % (b'a', 3)", "bytearray(b'a|3')"},
    {"bytearray(b'%s') % 1",
     "TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'int'"},
    {"bytearray(b'%(a)s') % {b'a': b'x'}", "bytearray(b'x')"},
    {"b'%s'.__mod__(b'a')", "b'a'"},
    {"b'%s'.__rmod__(b'%s')", "b'%s'"},
    {"b'%s'.__rmod__(1)", "NotImplemented"},
    {"bytearray(b'%s').__mod__(b'a')", "bytearray(b'a')"},
    {"bytearray(b'x').__rmod__(bytearray(b'%s'))", "bytearray(b'x')"},
};

static void
test_formats(void)
{
    CHECK_ROWS(FORMATS);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_formats);
    return TAP_END();
}
