/* str and its encodings: UTF-8 and ASCII, both ways.
 *
 * The decoder refuses bytes that are not UTF-8 with a UnicodeDecodeError that says which bytes, where, and why; the
 * error handlers "replace" and "ignore" resume where CPython resumes.  A str with lone surrogates cannot be
 * encoded.  Two sweeps over all sequences of boundary bytes pin down every message and every replacement.
 */
#include "outcome.h"

#define UTF8_BYTE(byte, position) \
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x" byte " in position " position ": "
#define UTF8_BYTES(range) "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position " range ": "
#define ASCII_BYTE(byte, position) \
    "UnicodeDecodeError: 'ascii' codec can't decode byte 0x" byte " in position " position ": "
#define START "invalid start byte"
#define CONTINUATION "invalid continuation byte"
#define END "unexpected end of data"

typedef struct {
    const char *bytes;
    const char *strict;
    const char *replaced;
    const char *ignored;
} Broken;

#define FFFD "\xef\xbf\xbd"

static const Broken BROKEN_UTF8[] = {
    {"\x80", UTF8_BYTE("80", "0") START, "'" FFFD "'", "''"},
    {"ab\xbf", UTF8_BYTE("bf", "2") START, "'ab" FFFD "'", "'ab'"},
    {"\xc0\x80", UTF8_BYTE("c0", "0") START, "'" FFFD FFFD "'", "''"},
    {"\xc1\xbf", UTF8_BYTE("c1", "0") START, "'" FFFD FFFD "'", "''"},
    {"\xf5\x80\x80\x80", UTF8_BYTE("f5", "0") START, "'" FFFD FFFD FFFD FFFD "'", "''"},
    {"\xf8\x88\x80\x80\x80", UTF8_BYTE("f8", "0") START, "'" FFFD FFFD FFFD FFFD FFFD "'", "''"},
    {"\xfe", UTF8_BYTE("fe", "0") START, "'" FFFD "'", "''"},
    {"\xff", UTF8_BYTE("ff", "0") START, "'" FFFD "'", "''"},
    {"\xc2", UTF8_BYTE("c2", "0") END, "'" FFFD "'", "''"},
    {"\xc2"
     "a",
     UTF8_BYTE("c2", "0") CONTINUATION, "'" FFFD "a'", "'a'"},
    {"\xc2\xc2\xa9", UTF8_BYTE("c2", "0") CONTINUATION, "'" FFFD "\xc2\xa9'", "'\xc2\xa9'"},
    {"\xe2", UTF8_BYTE("e2", "0") END, "'" FFFD "'", "''"},
    {"x\xe2\x82", UTF8_BYTES("1-2") END, "'x" FFFD "'", "'x'"},
    {"\xe2\x82y", UTF8_BYTES("0-1") CONTINUATION, "'" FFFD "y'", "'y'"},
    {"\xe2y\x82", UTF8_BYTE("e2", "0") CONTINUATION, "'" FFFD "y" FFFD "'", "'y'"},
    {"\xe0\x80\x80", UTF8_BYTE("e0", "0") CONTINUATION, "'" FFFD FFFD FFFD "'", "''"},
    {"\xe0\x9f\xbf", UTF8_BYTE("e0", "0") CONTINUATION, "'" FFFD FFFD FFFD "'", "''"},
    {"\xe0\xa0", UTF8_BYTES("0-1") END, "'" FFFD "'", "''"},
    {"\xe0\x80", UTF8_BYTE("e0", "0") CONTINUATION, "'" FFFD FFFD "'", "''"},
    {"\xed\xa0\x80", UTF8_BYTE("ed", "0") CONTINUATION, "'" FFFD FFFD FFFD "'", "''"},
    {"\xed\xbf\xbf", UTF8_BYTE("ed", "0") CONTINUATION, "'" FFFD FFFD FFFD "'", "''"},
    {"\xed\xa0\xbd\xed\xb8\x80", UTF8_BYTE("ed", "0") CONTINUATION, "'" FFFD FFFD FFFD FFFD FFFD FFFD "'", "''"},
    {"\xf0\x9f\x98", UTF8_BYTES("0-2") END, "'" FFFD "'", "''"},
    {"\xf0\x9f", UTF8_BYTES("0-1") END, "'" FFFD "'", "''"},
    {"\xf0", UTF8_BYTE("f0", "0") END, "'" FFFD "'", "''"},
    {"\xf0\x9f\x98z", UTF8_BYTES("0-2") CONTINUATION, "'" FFFD "z'", "'z'"},
    {"\xf0\x9fz\x80", UTF8_BYTES("0-1") CONTINUATION, "'" FFFD "z" FFFD "'", "'z'"},
    {"\xf0\x80\x80\x80", UTF8_BYTE("f0", "0") CONTINUATION, "'" FFFD FFFD FFFD FFFD "'", "''"},
    {"\xf0\x8f\xbf\xbf", UTF8_BYTE("f0", "0") CONTINUATION, "'" FFFD FFFD FFFD FFFD "'", "''"},
    {"\xf4\x90\x80\x80", UTF8_BYTE("f4", "0") CONTINUATION, "'" FFFD FFFD FFFD FFFD "'", "''"},
    {"dl\xff\xfetensor", UTF8_BYTE("ff", "2") START, "'dl" FFFD FFFD "tensor'", "'dltensor'"},
    {"\xc3\xa9\xe2\x82\xac\xff", UTF8_BYTE("ff", "5") START, "'\xc3\xa9\xe2\x82\xac" FFFD "'",
     "'\xc3\xa9\xe2\x82\xac'"},
    {"0123456789abcdef0123456789abcdef\x80", UTF8_BYTE("80", "32") START, "'0123456789abcdef0123456789abcdef" FFFD "'",
     "'0123456789abcdef0123456789abcdef'"},
};

static void
test_broken_utf8(void)
{
    size_t i;
    for (i = 0; i < sizeof BROKEN_UTF8 / sizeof BROKEN_UTF8[0]; i++) {
        const Broken *row = &BROKEN_UTF8[i];
        Py_ssize_t size = (Py_ssize_t)strlen(row->bytes);
        is_str(outcome(PyUnicode_FromString(row->bytes)), row->strict,
               "row %d: FromString refuses bytes that are not UTF-8", (int)i);
        is_str(outcome(PyUnicode_FromStringAndSize(row->bytes, size)), row->strict,
               "row %d: FromStringAndSize refuses bytes that are not UTF-8", (int)i);
        is_str(outcome(PyUnicode_DecodeUTF8(row->bytes, size, NULL)), row->strict,
               "row %d: DecodeUTF8 refuses bytes that are not UTF-8", (int)i);
        is_str(outcome(PyUnicode_DecodeUTF8(row->bytes, size, "strict")), row->strict,
               "row %d: DecodeUTF8 with \"strict\" refuses bytes that are not UTF-8", (int)i);
        is_str(outcome(PyUnicode_DecodeUTF8(row->bytes, size, "replace")), row->replaced,
               "row %d: \"replace\" puts U+FFFD for each part that is wrong", (int)i);
        is_str(outcome(PyUnicode_DecodeUTF8(row->bytes, size, "ignore")), row->ignored,
               "row %d: \"ignore\" drops each part that is wrong", (int)i);
    }
}

/* FNV-1a: one number for all the outcomes of a sweep. */
static unsigned long long
digest(unsigned long long hash, const char *text)
{
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211ULL;
    }
    return hash;
}

/* The text itself, not the repr, which depends on the characters that are printable. */
static unsigned long long
digest_decoded(unsigned long long hash, const char *bytes, const char *errors)
{
    PyObject *str = PyUnicode_DecodeUTF8(bytes, 4, errors);
    hash = digest(hash, str ? PyUnicode_AsUTF8(str) : error_text());
    Py_XDECREF(str);
    return hash;
}

static void
test_sweep(void)
{
    static const unsigned char boundary[] = {0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4};
    static const struct {
        unsigned char lead;
        unsigned long long strict;
        unsigned long long replaced;
    } leads[] = {
        {0x41, 0xd40e12de35cb40fbULL, 0x1ce8f6be847fcaa5ULL}, {0x80, 0x2fc0a23599ca61a5ULL, 0x12b913df4c571489ULL},
        {0xbf, 0xefae5175a5940325ULL, 0x12b913df4c571489ULL}, {0xc0, 0xfcb8d4bf44c444a5ULL, 0x12b913df4c571489ULL},
        {0xc1, 0x075eecd03b504025ULL, 0x12b913df4c571489ULL}, {0xc2, 0xa73dc0eb26d6736cULL, 0x9f31bc488d5a75b9ULL},
        {0xdf, 0x2291e1bd078a26ccULL, 0xb6af3a37962c5221ULL}, {0xe0, 0x249813b636608f31ULL, 0x4fee9ce10a71e73dULL},
        {0xe1, 0x480cb0fe03d26ec9ULL, 0x613a8f616e0c5be5ULL}, {0xec, 0x37b85757235321f9ULL, 0xb444c0f7a736d1d5ULL},
        {0xed, 0x8f7c4677de8837cdULL, 0x689ff97c13234811ULL}, {0xee, 0x24a53269aa745a25ULL, 0xb301e0b5d4b1d885ULL},
        {0xef, 0x14ff1930fb90d565ULL, 0xd0b8d7e0bbd32e05ULL}, {0xf0, 0xfd50bbb8db39459dULL, 0xe8cf72d923012139ULL},
        {0xf1, 0x3ffda7d6fb75cbb9ULL, 0xd032dd10dcd1ebd1ULL}, {0xf3, 0xa2feaa82d600d459ULL, 0xe1b680d677d87c71ULL},
        {0xf4, 0xb4422de9ad516151ULL, 0x42b59021eac5fed9ULL}, {0xf5, 0x808db6f31c6c9425ULL, 0x12b913df4c571489ULL},
    };
    size_t i, a, b, c;
    for (i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        unsigned long long strict = 14695981039346656037ULL, replaced = strict;
        char bytes[4];
        bytes[0] = (char)leads[i].lead;
        for (a = 0; a < sizeof boundary; a++) {
            for (b = 0; b < sizeof boundary; b++) {
                for (c = 0; c < sizeof boundary; c++) {
                    bytes[1] = (char)boundary[a];
                    bytes[2] = (char)boundary[b];
                    bytes[3] = (char)boundary[c];
                    strict = digest_decoded(strict, bytes, NULL);
                    replaced = digest_decoded(replaced, bytes, "replace");
                }
            }
        }
        is_int(strict, leads[i].strict,
               "every sequence of boundary bytes after 0x%02x decodes, or the error says why not", leads[i].lead);
        is_int(replaced, leads[i].replaced, "\"replace\" resumes at the right byte after 0x%02x", leads[i].lead);
    }
}

static void
test_error_handlers(void)
{
    is_str(outcome(PyUnicode_DecodeUTF8("\xff", 1, "nosuch")), "LookupError: unknown error handler name 'nosuch'",
           "an unknown error handler is a LookupError when it is needed");
    is_str(outcome(PyUnicode_DecodeUTF8("ok", 2, "nosuch")), "'ok'",
           "an unknown error handler is not looked up for correct UTF-8");
    is_str(outcome(PyUnicode_DecodeASCII("ok", 2, "nosuch")), "'ok'",
           "an unknown error handler is not looked up for ASCII");
    is_str(outcome(PyUnicode_DecodeUTF8("a\0b", 3, NULL)), "'a\\x00b'", "DecodeUTF8 takes NUL bytes as characters");
    is_str(outcome(PyUnicode_DecodeUTF8("", 0, NULL)), "''", "DecodeUTF8 of size 0 is the empty str");
}

static void
test_ascii(void)
{
    static const Broken rows[] = {
        {"\x80", ASCII_BYTE("80", "0") "ordinal not in range(128)", "'" FFFD "'", "''"},
        {"caf\xc3\xa9!", ASCII_BYTE("c3", "3") "ordinal not in range(128)", "'caf" FFFD FFFD "!'", "'caf!'"},
        {"0123456789abcdef\xff", ASCII_BYTE("ff", "16") "ordinal not in range(128)", "'0123456789abcdef" FFFD "'",
         "'0123456789abcdef'"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Py_ssize_t size = (Py_ssize_t)strlen(rows[i].bytes);
        is_str(outcome(PyUnicode_DecodeASCII(rows[i].bytes, size, NULL)), rows[i].strict,
               "row %d: DecodeASCII refuses a byte above 127", (int)i);
        is_str(outcome(PyUnicode_DecodeASCII(rows[i].bytes, size, "replace")), rows[i].replaced,
               "row %d: \"replace\" puts U+FFFD for each such byte", (int)i);
        is_str(outcome(PyUnicode_DecodeASCII(rows[i].bytes, size, "ignore")), rows[i].ignored,
               "row %d: \"ignore\" drops each such byte", (int)i);
    }
    is_str(outcome(PyUnicode_DecodeASCII("a\0\x7f", 3, NULL)), "'a\\x00\\x7f'", "DecodeASCII takes all of 0 to 127");
    is_str(outcome(PyUnicode_DecodeASCII("", 0, NULL)), "''", "DecodeASCII of size 0 is the empty str");
}

static void
test_decode_error_object(void)
{
    static const struct {
        const char *attribute;
        const char *value;
    } rows[] = {
        {"args", "('utf-8', b'a\\xe2\\x82z', 1, 3, 'invalid continuation byte')"},
        {"encoding", "'utf-8'"},
        {"object", "b'a\\xe2\\x82z'"},
        {"start", "1"},
        {"end", "3"},
        {"reason", "'invalid continuation byte'"},
    };
    PyObject *error;
    size_t i;
    is_ptr(PyUnicode_FromString("a\xe2\x82z"), NULL, "bytes that are not UTF-8 make no str");
    ok(PyErr_ExceptionMatches(PyExc_ValueError), "a UnicodeDecodeError is a ValueError");
    error = PyErr_GetRaisedException();
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(outcome(PyObject_GetAttrString(error, rows[i].attribute)), rows[i].value,
               "the exception's %s tells what was decoded", rows[i].attribute);
    }
    is_str(shown(error), "UnicodeDecodeError('utf-8', b'a\\xe2\\x82z', 1, 3, 'invalid continuation byte')",
           "the repr of the exception has all its arguments");
    Py_DECREF(error);
}

static void
test_encode(void)
{
    static const Py_UCS2 surrogates[] = {'a', 0xd800, 'b', 0xdc00, 0xdfff};
    static const char surrogate_error[] =
        "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed";
    PyObject *str = PyUnicode_FromString("caf\xc3\xa9 \xe2\x82\xac");
    PyObject *lone = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, surrogates, 3);
    PyObject *pair = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, surrogates + 2, 3);
    PyObject *astral = PyUnicode_FromString("x\xf0\x9f\x98\x80");
    PyObject *three = PyUnicode_FromString("a\xc3\xa9\xc3\xa8");
    Py_ssize_t size = 77;

    is_str(outcome(PyUnicode_AsUTF8String(str)), "b'caf\\xc3\\xa9 \\xe2\\x82\\xac'", "AsUTF8String encodes to bytes");
    is_str(outcome(PyUnicode_AsUTF8String(lone)), surrogate_error, "a lone surrogate has no UTF-8");
    is_ptr(PyUnicode_AsUTF8AndSize(lone, &size), NULL, "AsUTF8AndSize of a lone surrogate fails");
    is_str(error_text(), surrogate_error, "AsUTF8AndSize of a lone surrogate is a UnicodeEncodeError");
    is_int(size, -1, "AsUTF8AndSize of a lone surrogate stores -1 as the size");
    is_ptr(PyUnicode_AsUTF8(lone), NULL, "AsUTF8 of a lone surrogate fails");
    is_str(error_text(), surrogate_error, "AsUTF8 of a lone surrogate is a UnicodeEncodeError");
    is_str(outcome(PyUnicode_AsUTF8String(pair)),
           "UnicodeEncodeError: 'utf-8' codec can't encode characters in position 1-2: surrogates not allowed",
           "AsUTF8String names surrogates in a row together, and makes no pair of them");
    is_str(outcome(PyUnicode_AsASCIIString(str)),
           "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 3: ordinal not in range(128)",
           "AsASCIIString names the first character that is not ASCII");
    is_str(outcome(PyUnicode_AsASCIIString(astral)),
           "UnicodeEncodeError: 'ascii' codec can't encode character '\\U0001f600' in position 1: ordinal not in "
           "range(128)",
           "AsASCIIString shows a character beyond the BMP with eight digits");
    is_str(
        outcome(PyUnicode_AsASCIIString(lone)),
        "UnicodeEncodeError: 'ascii' codec can't encode character '\\ud800' in position 1: ordinal not in range(128)",
        "AsASCIIString refuses a lone surrogate");
    is_str(outcome(PyUnicode_AsASCIIString(three)),
           "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)",
           "AsASCIIString names characters in a row together");
    Py_DECREF(str);
    Py_DECREF(lone);
    Py_DECREF(pair);
    Py_DECREF(astral);
    Py_DECREF(three);

    str = PyUnicode_FromStringAndSize("plain\0", 6);
    is_str(outcome(PyUnicode_AsASCIIString(str)), "b'plain\\x00'", "AsASCIIString encodes ASCII to bytes");
    is_str(outcome(PyUnicode_AsUTF8String(str)), "b'plain\\x00'", "AsUTF8String encodes ASCII to bytes");
    is_ptr(PyUnicode_AsUTF8AndSize(str, NULL), PyUnicode_DATA(str), "AsUTF8AndSize needs no place for the size");
    Py_DECREF(str);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_broken_utf8);
    RUN(test_sweep);
    RUN(test_error_handlers);
    RUN(test_ascii);
    RUN(test_decode_error_object);
    RUN(test_encode);
    return TAP_END();
}
