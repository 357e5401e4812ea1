/* The text of literals, both ways: PyBytes_DecodeEscape, unicode-escape and raw-unicode-escape.
 *
 * All inputs of one and two bytes, and longer ones of bytes that matter to escapes, are compared with CPython by digests.
 */
#include "digest.h"
#include "outcome.h"

typedef PyObject *(*Decode)(const char *, Py_ssize_t, const char *);

static PyObject *
decode_bytes(const char *text, Py_ssize_t size, const char *errors)
{
    return PyBytes_DecodeEscape(text, size, errors, 0, NULL);
}

static const struct {
    const char *name;
    Decode decode;
    uint64_t all, longer;
} decoders[] = {
    {"PyBytes_DecodeEscape", decode_bytes, 0x005e5275646e2f85U, 0xae2be4368018ccedU},
    {"PyUnicode_DecodeUnicodeEscape", PyUnicode_DecodeUnicodeEscape, 0x19cedc101de541f4U, 0x76970aa500962158U},
    {"PyUnicode_DecodeRawUnicodeEscape", PyUnicode_DecodeRawUnicodeEscape, 0xa243590f692965a0U, 0xe2c7202c98a33d88U},
};

static const char *const HANDLERS[] = {NULL,     "strict",           "replace",         "ignore",
                                       "nosuch", "backslashreplace", "surrogateescape", "surrogatepass"};

static void
decode(size_t decoder, const char *text, Py_ssize_t size, const char *errors)
{
    char what[100];
    int length = snprintf(what, sizeof what, "%s(%s, ", decoders[decoder].name, errors != NULL ? errors : "NULL");
    Py_ssize_t at;

    for (at = 0; at < size; at++) {
        length += snprintf(what + length, sizeof what - (size_t)length, "%02x", (unsigned char)text[at]);
    }
    digest_outcome(what, decoders[decoder].decode(text, size, errors), PyObject_ASCII);
}

static void
test_short(void)
{
    size_t i;

    for (i = 0; i < COUNT(decoders); i++) {
        int first, second;

        decode(i, "", 0, NULL);
        for (first = 0; first < 256; first++) {
            char text[2];

            text[0] = (char)first;
            decode(i, text, 1, NULL);
            for (second = 0; second < 256; second++) {
                text[1] = (char)second;
                decode(i, text, 2, NULL);
            }
        }
        digest_is(decoders[i].all, "all inputs of up to two bytes are decoded as by CPython");
    }
}

/* Bytes that the escapes know, and others; each text is a backslash and up to ten of them. */
static void
test_longer(void)
{
    static const char BYTES[] = "\\\\\\\\xuUuU00001134789fFg{}\n\"'abntvr \xe9\xff";
    size_t i;

    for (i = 0; i < COUNT(decoders); i++) {
        uint32_t state = 12345;
        int round;

        for (round = 0; round < 40000; round++) {
            char text[12];
            Py_ssize_t size = 2 + round % 11, at;

            for (at = 0; at < size; at++) {
                state = state * 1664525U + 1013904223U;
                text[at] = BYTES[(state >> 16) % (sizeof BYTES - 1)];
            }
            text[0] = '\\';
            /* Half of the texts are whole numbers of four or eight digits, most of them. */
            if (round % 2 == 0) {
                static const char DIGITS[] = "0001dDfF89";

                text[1] = "xuU"[state % 3];
                for (at = 2; at < size; at++) {
                    state = state * 1664525U + 1013904223U;
                    text[at] = (state >> 8) % 64 == 0 ? 'z' : DIGITS[(state >> 16) % 10];
                }
                if (size > 4 && round % 4 == 0) {
                    memset(text + 2, '0', 3);
                }
            }
            decode(i, text, size, HANDLERS[(size_t)round / 7 % COUNT(HANDLERS)]);
        }
        digest_is(decoders[i].longer, "samples of longer inputs are decoded as by CPython with each handler");
    }
}

static const struct {
    const char *text, *bytes, *unicode, *raw;
} rows[] = {
    {"", "b''", "''", "''"},
    {"\\", "ValueError: Trailing \\ in string",
     "UnicodeDecodeError: 'unicodeescape' codec can't decode byte 0x5c in position 0: \\ at end of string", "'\\\\'"},
    {"a\\N", "b'a\\\\N'",
     "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 1-2: malformed \\N character escape",
     "'a\\\\N'"},
    {"\\N{", "b'\\\\N{'",
     "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
     "'\\\\N{'"},
    {"\\N{}x", "b'\\\\N{}x'",
     "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape",
     "'\\\\N{}x'"},
    {"\\N{abc", "b'\\\\N{abc'",
     "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-5: malformed \\N character escape",
     "'\\\\N{abc'"},
    {"\\\\u0041", "b'\\\\u0041'", "'\\\\u0041'", "'\\\\\\\\u0041'"},
    {"\\u0041\\U0001f600", "b'\\\\u0041\\\\U0001f600'", "'A\xf0\x9f\x98\x80'", "'A\xf0\x9f\x98\x80'"},
};

static void
test_rows(void)
{
    size_t i;

    for (i = 0; i < COUNT(rows); i++) {
        const char *text = rows[i].text;
        Py_ssize_t size = (Py_ssize_t)strlen(text);

        is_str(outcome(decode_bytes(text, size, NULL)), rows[i].bytes, "row %d: PyBytes_DecodeEscape", (int)i);
        is_str(outcome(PyUnicode_DecodeUnicodeEscape(text, size, NULL)), rows[i].unicode,
               "row %d: PyUnicode_DecodeUnicodeEscape", (int)i);
        is_str(outcome(PyUnicode_DecodeRawUnicodeEscape(text, size, NULL)), rows[i].raw,
               "row %d: PyUnicode_DecodeRawUnicodeEscape", (int)i);
        is_str(outcome(PyUnicode_Decode(text, size, "unicode_escape", NULL)), rows[i].unicode,
               "row %d: the encoding unicode_escape is that of PyUnicode_DecodeUnicodeEscape", (int)i);
        is_str(outcome(PyUnicode_Decode(text, size, "Raw-Unicode-Escape", "strict")), rows[i].raw,
               "row %d: the encoding raw-unicode-escape is that of PyUnicode_DecodeRawUnicodeEscape", (int)i);
    }
    is_str(outcome(PyUnicode_DecodeUnicodeEscape("a", -1, NULL)), "SystemError: Negative size passed to PyUnicode_New",
           "UnicodeEscape of a negative size");
    is_str(outcome(PyUnicode_DecodeRawUnicodeEscape("a", -1, NULL)),
           "SystemError: Negative size passed to PyUnicode_New", "RawUnicodeEscape of a negative size");
    is_str(outcome(PyBytes_DecodeEscape("a", -1, NULL, 0, NULL)), "MemoryError: ", "DecodeEscape of a negative size");
    is_str(outcome(PyBytes_DecodeEscape("\\x1g\\xzz", 8, "replace", 1, "x")), "b'?g?zz'",
           "a broken \\x is left out with its first digit");
}

static void
test_encode(void)
{
    static const uint32_t LAST[] = {0x20, 0x100, 0x300, 0xd7ff, 0xdfff, 0xffff, 0x10000, 0x10ffff};
    PyObject *number = PyLong_FromLong(3);
    Py_UCS4 point;
    size_t i;

    for (i = 0, point = 0; i < COUNT(LAST); i++) {
        for (point = LAST[i] < 0x400 ? 0 : LAST[i] - 3; point <= LAST[i]; point++) {
            Py_UCS4 text[2];
            PyObject *s;

            text[0] = point;
            text[1] = 'a' + point % 3;
            s = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, 1 + (Py_ssize_t)(point % 2));
            digest_outcome("unicode", PyUnicode_AsUnicodeEscapeString(s), PyObject_Repr);
            digest_outcome("raw", PyUnicode_AsRawUnicodeEscapeString(s), PyObject_Repr);
            digest_outcome("encode", PyUnicode_AsEncodedString(s, "unicode-escape", "nosuch"), PyObject_Repr);
            digest_outcome("raw encode", PyUnicode_AsEncodedString(s, "raw_unicode_escape", NULL), PyObject_Repr);
            Py_DECREF(s);
        }
    }
    digest_is(0xac9811d4e982fe81U, "characters of all widths are encoded as by CPython");
    is_str(outcome(PyUnicode_AsUnicodeEscapeString(number)), "TypeError: bad argument type for built-in operation",
           "AsUnicodeEscapeString of an int");
    is_str(outcome(PyUnicode_AsRawUnicodeEscapeString(number)), "TypeError: bad argument type for built-in operation",
           "AsRawUnicodeEscapeString of an int");
    Py_DECREF(number);
}

int
main(int count, char **arguments)
{
    (void)arguments;
    prints_outcomes = count > 1;
    TAP_BEGIN();
    RUN(test_short);
    RUN(test_longer);
    RUN(test_rows);
    RUN(test_encode);
    return TAP_END();
}
