/* UTF-7, and encodings that a mapping describes (PyUnicode_DecodeCharmap and its like). */
#include "expressions.h"
#include "digest.h"

static PyObject *
decode(PyObject **a)
{
    char *bytes = NULL;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(a[0], &bytes, &size) < 0) {
        return NULL;
    }
    return PyUnicode_DecodeCharmap(bytes, size, a[1], a[2] != NULL ? PyUnicode_AsUTF8(a[2]) : NULL);
}

static PyObject *
encode(PyObject **a)
{
    return PyUnicode_AsCharmapString(a[0], a[1]);
}

static PyObject *
map_of(PyObject **a)
{
    return PyUnicode_BuildEncodingMap(a[0]);
}

/* The bytes of a string by the map that another string builds. */
static PyObject *
encode_by_map(PyObject **a)
{
    PyObject *map = PyUnicode_BuildEncodingMap(a[1]);
    PyObject *result = map != NULL ? PyUnicode_AsCharmapString(a[0], map) : NULL;
    Py_XDECREF(map);
    return result;
}

static PyObject *
decode_utf7(PyObject **a)
{
    char *bytes = NULL;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(a[0], &bytes, &size) < 0) {
        return NULL;
    }
    return PyUnicode_DecodeUTF7(bytes, size, a[1] != NULL ? PyUnicode_AsUTF8(a[1]) : NULL);
}

/* A tuple of the text and the number of bytes that were decoded. */
static PyObject *
decode_part(PyObject **a)
{
    char *bytes = NULL;
    Py_ssize_t size = 0, consumed = -7;
    PyObject *text;
    if (PyBytes_AsStringAndSize(a[0], &bytes, &size) < 0) {
        return NULL;
    }
    text = PyUnicode_DecodeUTF7Stateful(bytes, size, a[1] != NULL ? PyUnicode_AsUTF8(a[1]) : NULL, &consumed);
    return text != NULL ? Py_BuildValue("(Nn)", text, consumed) : NULL;
}

static const Function FUNCTIONS[] = {
    {"Decode", decode},    {"Encode", encode},        {"Map", map_of}, {"EncodeByMap", encode_by_map},
    {"Utf7", decode_utf7}, {"Utf7Part", decode_part}, {NULL, NULL},
};

static void
test_utf7(void)
{
    static const Row ROWS[] = {
        {"Utf7(b'', NULL)", "''"},
        {"Utf7(b'a+-b', NULL)", "'a+b'"},
        {"Utf7(b'a+AOk-b', NULL)", "'aéb'"},
        {"Utf7(b'a+AOk b', NULL)", "'aé b'"},
        {"Utf7(b'a+AOk', NULL)", "'aé'"},
        {"Utf7(b'+2D3eAA-', NULL)", "'😀'"},
        {"Utf7(b'+2D0-', NULL)", "'\\ud83d'"},
        {"Utf7(b'+2D0A6Q-', NULL)", "'\\ud83dé'"},
        {"Utf7(b'+2D0', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode bytes in position 0-3: unterminated shift sequence"},
        {"Utf7(b'+2D0', 'replace')", "'�'"},
        {"Utf7(b'+3gA-x', NULL)", "'\\ude00x'"},
        {"Utf7(b'+', NULL)", "''"},
        {"Utf7(b'a+', NULL)", "'a'"},
        {"Utf7(b'a+A', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode bytes in position 1-2: unterminated shift sequence"},
        {"Utf7(b'a+AO-b', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode bytes in position 1-4: partial character in shift sequence"},
        {"Utf7(b'a+AO-b', 'replace')", "'a�b'"},
        {"Utf7(b'a+AOl-b', NULL)", "UnicodeDecodeError: 'utf7' codec can't decode bytes in position 1-5: non-zero "
                                   "padding bits in shift sequence"},
        {"Utf7(b'a+AOl-b', 'ignore')", "'aéb'"},
        {"Utf7(b'a+!b', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode bytes in position 1-2: ill-formed sequence"},
        {"Utf7(b'a+!b', 'backslashreplace')", "'a\\\\x2b\\\\x21b'"},
        {"Utf7(b'a\\xffb', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode byte 0xff in position 1: unexpected special character"},
        {"Utf7(b'a\\xffb', 'surrogateescape')", "'a\\udcffb'"},
        {"Utf7(b'+AOk\\xff', 'replace')", "'é�'"},
        {"Utf7(b'+AO\\xff', 'replace')", "'�'"},
        {"Utf7(b'+AOkA6\\xff', 'replace')", "'é�'"},
        {"Utf7(b'\\\\~', NULL)", "'\\\\~'"},
        {"Utf7(b'a+AOk', 'none')", "'aé'"},
        {"Utf7(b'a\\xff', 'none')", "LookupError: unknown error handler name 'none'"},
        {"'\\u20ac'.encode('utf-7')", "b'+IKw-'"},
        {"'a\\xe9b'.encode('utf-7')", "b'a+AOk-b'"},
        {"'a\\xe9-b'.encode('utf-7')", "b'a+AOk--b'"},
        {"'\\xe9\\xe8'.encode('utf-7')", "b'+AOkA6A-'"},
        {"'\\xe9 \\xe8'.encode('utf-7')", "b'+AOk +AOg-'"},
        {"'\\U0001f600'.encode('utf-7')", "b'+2D3eAA-'"},
        {"'+'.encode('utf-7')", "b'+-'"},
        {"'\\xe9+'.encode('utf-7')", "b'+AOkAKw-'"},
        {"'\\\\~'.encode('utf-7')", "b'+AFwAfg-'"},
        {"'\\x00\\x09\\x0a\\x0d\\x1f\\x7f'.encode('utf-7')", "b'+AAA\\t\\n\\r+AB8Afw-'"},
        {"'\\ud800'.encode('utf-7')", "b'+2AA-'"},
        {"'\\udc80\\ud800x'.encode('utf-7')", "b'+3IDYAA-x'"},
        {"'a!\"#$%&*;<=>@[]^_`{|}(),./:?'.encode('utf-7')", "b'a!\"#$%&*;<=>@[]^_`{|}(),./:?'"},
        {"''.encode('utf-7')", "b''"},
    };
    CHECK_ROWS(ROWS);
}

static void
test_utf7_parts(void)
{
    static const Row ROWS[] = {
        {"Utf7Part(b'', NULL)", "('', 0)"},
        {"Utf7Part(b'abc', NULL)", "('abc', 3)"},
        {"Utf7Part(b'a+', NULL)", "('a', 1)"},
        {"Utf7Part(b'a+AO', NULL)", "('a', 1)"},
        {"Utf7Part(b'a+AOk', NULL)", "('a', 1)"},
        {"Utf7Part(b'a+AOkA', NULL)", "('a', 1)"},
        {"Utf7Part(b'a+AOk-', NULL)", "('aé', 6)"},
        {"Utf7Part(b'a+AOk-b+2D0', NULL)", "('aéb', 7)"},
        {"Utf7Part(b'a\\xff', NULL)",
         "UnicodeDecodeError: 'utf7' codec can't decode byte 0xff in position 1: unexpected special character"},
        {"Utf7Part(b'a\\xff', 'replace')", "('a�', 2)"},
        {"Utf7Part(b'+AOk-\\xff+AO', 'ignore')", "('é', 6)"},
    };
    CHECK_ROWS(ROWS);
}

static void
test_decode(void)
{
    static const Row ROWS[] = {
        {"Decode(b'a\\xe9', NULL, NULL)", "'aé'"},
        {"Decode(b'abc', 'xyz', NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x61 in position 0: character maps to <undefined>"},
        {"Decode(b'\\x00\\x01\\x02', 'x\\xe9\\u20ac', NULL)", "'xé€'"},
        {"Decode(b'\\x00\\x01\\x02', 'x\\ufffe\\u20ac', NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x01 in position 1: character maps to <undefined>"},
        {"Decode(b'\\x00\\x01\\x02', 'x\\ufffe\\u20ac', 'replace')", "'x�€'"},
        {"Decode(b'\\x00\\x03', 'xyz', NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x03 in position 1: character maps to <undefined>"},
        {"Decode(b'\\x00\\x03', 'xyz', 'ignore')", "'x'"},
        {"Decode(b'\\x00\\x03', 'xyz', 'backslashreplace')", "'x\\\\x03'"},
        {"Decode(b'\\x00', '', NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x00 in position 0: character maps to <undefined>"},
        {"Decode(b'', '', NULL)", "''"},
        {"Decode(b'ab', {97: 120, 98: 'yz'}, NULL)", "'xyz'"},
        {"Decode(b'ab', {97: 120}, NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x62 in position 1: character maps to <undefined>"},
        {"Decode(b'ab', {97: 120, 98: None}, NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x62 in position 1: character maps to <undefined>"},
        {"Decode(b'ab', {97: 120, 98: None}, 'replace')", "'x�'"},
        {"Decode(b'ab', {97: '', 98: '\\U0001f600'}, NULL)", "'😀'"},
        {"Decode(b'ab', {97: 65534, 98: 1}, 'replace')", "'�\\x01'"},
        {"Decode(b'ab', {97: '\\ufffe', 98: '\\ufffex'}, 'replace')", "'�\\ufffex'"},
        {"Decode(b'a', {97: 1114111}, NULL)", "'\\U0010ffff'"},
        {"Decode(b'a', {97: 1114112}, NULL)", "TypeError: character mapping must be in range(0x110000)"},
        {"Decode(b'a', {97: -1}, NULL)", "TypeError: character mapping must be in range(0x110000)"},
        {"Decode(b'a', {97: b'x'}, NULL)", "TypeError: character mapping must return integer, None or str"},
        {"Decode(b'a', {97: 1.5}, NULL)", "TypeError: character mapping must return integer, None or str"},
        {"Decode(b'\\x01\\x00', ['a', 98], NULL)", "'ba'"},
        {"Decode(b'\\x02', ['a', 98], NULL)",
         "UnicodeDecodeError: 'charmap' codec can't decode byte 0x02 in position 0: character maps to <undefined>"},
        {"Decode(b'\\x02', ['a', 98], 'replace')", "'�'"},
        {"Decode(b'\\x00', ('\\u20ac',), NULL)", "'€'"},
        {"Decode(b'a', 5, NULL)", "TypeError: 'int' object is not subscriptable"},
        {"Decode(b'a', {97: True}, NULL)", "'\\x01'"},
        {"Decode(b'a\\x80', {97: 'x'}, 'surrogateescape')", "'x\\udc80'"},
        {"Decode(b'\\xff', {97: 'x'}, 'none')", "LookupError: unknown error handler name 'none'"},
    };
    CHECK_ROWS(ROWS);
}

static void
test_encode(void)
{
    static const Row ROWS[] = {
        {"Encode('abc', {97: 1, 98: b'xy', 99: b''})", "b'\\x01xy'"},
        {"Encode('abc', {97: 1})",
         "UnicodeEncodeError: 'charmap' codec can't encode characters in position 1-2: character maps to <undefined>"},
        {"Encode('abca', {97: 1})",
         "UnicodeEncodeError: 'charmap' codec can't encode characters in position 1-2: character maps to <undefined>"},
        {"Encode('xabc', {97: 1})", "UnicodeEncodeError: 'charmap' codec can't encode character '\\x78' in position 0: "
                                    "character maps to <undefined>"},
        {"Encode('abc', {97: 1, 98: None, 99: 2})", "UnicodeEncodeError: 'charmap' codec can't encode character "
                                                    "'\\x62' in position 1: character maps to <undefined>"},
        {"Encode('a', {97: 256})", "TypeError: character mapping must be in range(256)"},
        {"Encode('a', {97: -1})", "TypeError: character mapping must be in range(256)"},
        {"Encode('a', {97: 'x'})", "TypeError: character mapping must return integer, bytes or None, not str"},
        {"Encode('a', {97: 1.5})", "TypeError: character mapping must return integer, bytes or None, not float"},
        {"Encode('ba', {97: 'x'})", "TypeError: character mapping must return integer, bytes or None, not str"},
        {"Encode('\\u20ac\\U0001f600', {8364: 128, 128512: b'smile'})", "b'\\x80smile'"},
        {"Encode('', {})", "b''"},
        {"Encode('\\x01\\x00', [65, 66])", "b'BA'"},
        {"Encode('\\x02', [65, 66])", "UnicodeEncodeError: 'charmap' codec can't encode character '\\x02' in position "
                                      "0: character maps to <undefined>"},
        {"Encode('a', 5)", "TypeError: 'int' object is not subscriptable"},
        {"Encode('a', NULL)", "TypeError: bad argument type for built-in operation"},
        {"Encode(b'a', {})", "TypeError: bad argument type for built-in operation"},
        {"Encode('a', 'b')", "UnicodeEncodeError: 'charmap' codec can't encode character '\\x61' in position 0: "
                             "character maps to <undefined>"},
    };
    CHECK_ROWS(ROWS);
}

static void
test_maps(void)
{
    static const Row ROWS[] = {
        {"EncodeByMap('cab', 'abc')", "b'\\x02\\x00\\x01'"},
        {"EncodeByMap('c\\u20aca', '\\x00a\\u20acc')", "b'\\x03\\x02\\x01'"},
        {"EncodeByMap('d', '\\x00abc')", "UnicodeEncodeError: 'charmap' codec can't encode character '\\x64' in "
                                         "position 0: character maps to <undefined>"},
        {"EncodeByMap('ad', 'abc')", "UnicodeEncodeError: 'charmap' codec can't encode character '\\x64' in position "
                                     "1: character maps to <undefined>"},
        {"EncodeByMap('\\x00', '\\x00abc')", "b'\\x00'"},
        {"EncodeByMap('\\ufffe', '\\x00a\\ufffec')", "UnicodeEncodeError: 'charmap' codec can't encode character "
                                                     "'\\ufffe' in position 0: character maps to <undefined>"},
        {"EncodeByMap('\\ufffe', 'a\\ufffec')", "b'\\x01'"},
        {"EncodeByMap('c', '\\x00a\\ufffec')", "b'\\x03'"},
        {"EncodeByMap('\\U0001f600', 'a\\U0001f600')", "b'\\x01'"},
        {"EncodeByMap('aa', '\\x00aba')", "b'\\x03\\x03'"},
        {"EncodeByMap('', 'abc')", "b''"},
        {"Map('abc')", "{97: 0, 98: 1, 99: 2}"},
        {"Map('a\\U0001f600')", "{97: 0, 128512: 1}"},
        {"Map('a\\ufffe')", "{97: 0, 65534: 1}"},
        {"Map('')", "TypeError: bad argument type for built-in operation"},
        {"Map(1)", "TypeError: bad argument type for built-in operation"},
    };
    CHECK_ROWS(ROWS);
}

/* Sequences of up to five bytes of each kind decode to CPython's text or error, and the texts encode to its bytes. */
static void
test_all_sequences(void)
{
    static const char BYTES[] = "+-A/z9\\ \n\xe9";
    int count = (int)sizeof BYTES - 1, length, total = 1, i, at;
    for (length = 0; length < 6; length++, total *= count) {
        for (i = 0; i < total; i++) {
            char bytes[8];
            int left = i;
            PyObject *text;
            for (at = 0; at < length; at++, left /= count) {
                bytes[at] = BYTES[left % count];
            }
            text = PyUnicode_DecodeUTF7(bytes, length, i % 2 ? "backslashreplace" : NULL);
            if (text != NULL) {
                note("%s", outcome(PyUnicode_AsEncodedString(text, "utf-7", NULL)));
            }
            note("%s", outcome(text));
        }
    }
    digest_is(0xb969555dccd874afU, "sequences of up to five bytes give CPython's texts and bytes in UTF-7");
}

int
main(int argc, char **argv)
{
    TAP_BEGIN();
    prints_outcomes = argc > 1;
    (void)argv;
    functions = FUNCTIONS;
    RUN(test_utf7);
    RUN(test_utf7_parts);
    RUN(test_decode);
    RUN(test_encode);
    RUN(test_maps);
    RUN(test_all_sequences);
    return TAP_END();
}
