/* PyUnicodeWriter: strings under construction, the errors of each step, and the state after an error. */
#include "outcome.h"

static const char *
finished(PyUnicodeWriter *writer)
{
    return outcome(PyUnicodeWriter_Finish(writer));
}

static void
test_steps(void)
{
    static Py_UCS4 UCS4[] = {'x', 0xe9, 0x20ac, 0x1f600};
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    PyObject *number = PyLong_FromLong(42), *text = PyUnicode_FromString("abcdef");
    is_int(PyUnicodeWriter_WriteChar(writer, 'a'), 0, "WriteChar appends a character");
    is_int(PyUnicodeWriter_WriteUTF8(writer, "b\xc3\xa9", 3), 0, "WriteUTF8 appends as many bytes as it is told");
    is_int(PyUnicodeWriter_WriteUTF8(writer, "[\xe2\x82\xac]", -1), 0,
           "WriteUTF8 appends all bytes up to a NUL for -1");
    is_int(PyUnicodeWriter_WriteASCII(writer, "ascii!", 5), 0, "WriteASCII appends as many bytes as it is told");
    is_int(PyUnicodeWriter_WriteASCII(writer, "-1", -1), 0, "WriteASCII appends all bytes up to a NUL for -1");
    is_int(PyUnicodeWriter_WriteWideChar(writer, L"wide", 2), 0, "WriteWideChar appends as many as it is told");
    is_int(PyUnicodeWriter_WriteWideChar(writer, L"WIDE", -1), 0, "WriteWideChar appends all up to a zero for -1");
    is_int(PyUnicodeWriter_WriteUCS4(writer, UCS4, 4), 0, "WriteUCS4 appends characters of any width");
    is_int(PyUnicodeWriter_WriteStr(writer, text), 0, "WriteStr appends a str");
    is_int(PyUnicodeWriter_WriteStr(writer, number), 0, "WriteStr appends the str of another object");
    is_int(PyUnicodeWriter_WriteRepr(writer, text), 0, "WriteRepr appends the repr of an object");
    is_int(PyUnicodeWriter_WriteRepr(writer, NULL), 0, "WriteRepr of NULL succeeds");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 1, 3), 0, "WriteSubstring appends a part of a str");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 6, 6), 0, "WriteSubstring appends an empty part");
    is_int(PyUnicodeWriter_Format(writer, "<%d %s>", 7, "seven"), 0, "Format appends formatted text");
    is_str(finished(writer),
           "\"ab\xc3\xa9[\xe2\x82\xac]ascii-1wiWIDEx\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"
           "abcdef42'abcdef'<NULL>bc<7 seven>\"",
           "Finish gives all that was written");
    Py_DECREF(number);
    Py_DECREF(text);
}

static void
test_short(void)
{
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(10);
    PyObject *made;
    is_str(finished(writer), "''", "a writer without text gives the empty string");
    writer = PyUnicodeWriter_Create(0);
    PyUnicodeWriter_WriteChar(writer, 0xe9);
    made = PyUnicodeWriter_Finish(writer);
    is_int(PyUnicode_GetLength(made), 1, "a writer with one character gives a string of one");
    Py_DECREF(made);
    PyUnicodeWriter_Discard(NULL);
    no_error("Discard accepts NULL");
    writer = PyUnicodeWriter_Create(0);
    PyUnicodeWriter_WriteASCII(writer, "lost", -1);
    PyUnicodeWriter_Discard(writer);
    no_error("Discard drops what was written");
    ok(PyUnicodeWriter_Create(-1) == NULL, "a writer of a negative length is not made");
    raises(PyExc_ValueError, "length must be positive", "a negative length is a ValueError");
}

static void
test_long(void)
{
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    PyObject *made;
    int i, wrong = 0;
    for (i = 0; i < 10000; i++) {
        wrong += PyUnicodeWriter_WriteChar(writer, (Py_UCS4)(i < 5000 ? 'a' + i % 26 : 0x4e00 + i)) != 0;
        wrong += PyUnicodeWriter_WriteASCII(writer, "--", 2) != 0;
    }
    made = PyUnicodeWriter_Finish(writer);
    is_int(wrong, 0, "30,000 characters are written");
    is_int(PyUnicode_GetLength(made), 30000, "the string of many steps is as long as these together");
    is_int(PyUnicode_ReadChar(made, 3 * 4999), 'a' + 4999 % 26, "a character before a wider one stays");
    is_int(PyUnicode_ReadChar(made, 29997), 0x4e00 + 9999, "the last character of many is there");
    Py_DECREF(made);
}

static void
test_errors(void)
{
    static Py_UCS4 BAD[] = {'x', 0x110000};
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    PyObject *number = PyLong_FromLong(42), *text = PyUnicode_FromString("abc");
    PyUnicodeWriter_WriteASCII(writer, "start ", -1);
    is_int(PyUnicodeWriter_WriteChar(writer, 0x110000), -1, "WriteChar of a number beyond Unicode fails");
    raises(PyExc_ValueError, "character must be in range(0x110000)", "a number beyond Unicode is a ValueError");
    is_int(PyUnicodeWriter_WriteUTF8(writer, "ok\xff", 3), -1, "WriteUTF8 of bytes that are not UTF-8 fails");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte",
           "bytes that are not UTF-8 are a UnicodeDecodeError");
    is_int(PyUnicodeWriter_WriteUCS4(writer, BAD, -1), -1, "WriteUCS4 of a negative size fails");
    raises(PyExc_ValueError, "size must be positive", "a negative size is a ValueError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, number, 0, 1), -1, "WriteSubstring of another object fails");
    raises(PyExc_TypeError, "expect str, not int", "a substring of another object is a TypeError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, -1, 1), -1, "WriteSubstring from a negative index fails");
    raises(PyExc_ValueError, "invalid start argument", "a negative start is a ValueError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 2, 1), -1, "WriteSubstring that ends before it starts fails");
    raises(PyExc_ValueError, "invalid start argument", "an end before the start is a ValueError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 0, 4), -1, "WriteSubstring beyond the end fails");
    raises(PyExc_ValueError, "invalid end argument", "an end beyond the string is a ValueError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 4, 4), -1, "WriteSubstring from beyond the end fails");
    raises(PyExc_ValueError, "invalid end argument", "a start beyond the string is a ValueError");
    is_int(PyUnicodeWriter_WriteSubstring(writer, text, 1, -1), -1, "WriteSubstring up to a negative index fails");
    raises(PyExc_ValueError, "invalid start argument", "a negative end is a ValueError");
    is_int(PyUnicodeWriter_Format(writer, "abc%z", 1), -1, "Format with a bad format fails");
    raises(PyExc_SystemError, "invalid format string: %z", "a bad format is a SystemError");
    is_str(finished(writer), "'start '", "after a step that failed, the writer has what it had");
    Py_DECREF(number);
    Py_DECREF(text);
}

static void
test_utf8_in_parts(void)
{
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    Py_ssize_t consumed = -1;
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "a\xe2\x82", 3, NULL, &consumed), 0,
           "an incomplete character is no error");
    is_int(consumed, 1, "the bytes before an incomplete character are consumed");
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "\xe2\x82\xac", 3, NULL, &consumed), 0,
           "the whole character follows");
    is_int(consumed, 3, "all bytes of a whole character are consumed");
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "x\xff", 2, "replace", &consumed), 0,
           "a handler replaces a wrong byte");
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "x\xff", 2, NULL, NULL), -1,
           "a wrong byte is an error without a handler");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
           "a wrong byte is a UnicodeDecodeError");
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "y\xc3", 2, NULL, NULL), -1,
           "an incomplete character is an error at the end");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data",
           "an incomplete character at the end is a UnicodeDecodeError");
    is_int(PyUnicodeWriter_DecodeUTF8Stateful(writer, "end", -1, NULL, NULL), 0, "a negative length means up to a NUL");
    is_str(finished(writer),
           "'a\xe2\x82\xacx\xef\xbf\xbd"
           "end'",
           "the parts are one string");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_steps);
    RUN(test_short);
    RUN(test_long);
    RUN(test_errors);
    RUN(test_utf8_in_parts);
    return TAP_END();
}
