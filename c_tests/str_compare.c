/* str objects as values: concatenation, order, equality, hash and repr.
 *
 * Order and equality go by code point, whatever the width in which a str is stored.  The repr picks its
 * quotes, escapes characters that are not printable, and shows the others as they are.
 */
#include "outcome.h"

static void
test_concat(void)
{
    static const struct {
        const char *left;
        const char *right;
        const char *joined;
        int kind;
    } rows[] = {
        {"abc", "def", "abcdef", 1},
        {"abc", "\xc3\xa9", "abc\xc3\xa9", 1},
        {"\xc3\xa9", "\xe2\x82\xac", "\xc3\xa9\xe2\x82\xac", 2},
        {"\xf0\x9f\x98\x80", "z", "\xf0\x9f\x98\x80z", 4},
        {"z", "\xf0\x9f\x98\x80", "z\xf0\x9f\x98\x80", 4},
    };
    PyObject *text = PyUnicode_FromString("text of mine");
    PyObject *empty = PyUnicode_FromString("");
    PyObject *number = PyLong_FromLong(1000);
    PyObject *joined;
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *left = PyUnicode_FromString(rows[i].left);
        PyObject *right = PyUnicode_FromString(rows[i].right);
        joined = PyUnicode_Concat(left, right);
        is_str(PyUnicode_AsUTF8(joined), rows[i].joined, "row %d: Concat joins two texts", (int)i);
        is_int(PyUnicode_KIND(joined), rows[i].kind, "row %d: Concat takes the wider of the two kinds", (int)i);
        Py_DECREF(joined);
        Py_DECREF(left);
        Py_DECREF(right);
    }

    joined = PyUnicode_Concat(text, empty);
    is_ptr(joined, text, "Concat with an empty str on the right gives the left one");
    Py_DECREF(joined);
    joined = PyUnicode_Concat(empty, text);
    is_ptr(joined, text, "Concat with an empty str on the left gives the right one");
    Py_DECREF(joined);

    is_str(outcome(PyUnicode_Concat(text, number)), "TypeError: can only concatenate str (not \"int\") to str",
           "Concat wants a str on the right");
    is_str(outcome(PyUnicode_Concat(number, text)), "TypeError: must be str, not int",
           "Concat wants a str on the left");
    is_int(Py_REFCNT(text), 1, "a failed Concat keeps no reference to the str");
    is_int(Py_REFCNT(number), 1, "a failed Concat keeps no reference to the int");
    Py_DECREF(number);
    Py_DECREF(empty);
    Py_DECREF(text);
}

/* In increasing order of code points, which from U+FFFF on is not the order of UTF-16. */
static const char *const ORDERED[] = {
    "",
    "A",
    "a",
    "aa",
    "ab",
    "b",
    "b\x7f",
    "\xc2\x80",
    "\xc3\xa9",
    "\xc3\xa9x",
    "\xc4\x80",
    "\xe2\x82\xac",
    "\xef\xbf\xbf",
    "\xf0\x90\x80\x80",
    "\xf4\x8f\xbf\xbf",
};
#define ORDERED_COUNT ((int)(sizeof ORDERED / sizeof ORDERED[0]))

/* Append changes the text where it is when no other code has it.  No other text may be seen to change. */
static void
test_append(void)
{
    static const char *const pieces[] = {"one ", "\xc3\xa9", " two", "\xe2\x82\xac", "\xf0\x9f\x98\x80", " three"};
    PyObject *text, *other, *piece, *whole;
    int i;

    text = PyUnicode_FromString("one ");
    for (i = 1; i < 6; i++) {
        piece = PyUnicode_FromString(pieces[i]);
        PyUnicode_AsUTF8(text);
        PyUnicode_AppendAndDel(&text, piece);
    }
    is_str(PyUnicode_AsUTF8(text), "one \xc3\xa9 two\xe2\x82\xac\xf0\x9f\x98\x80 three",
           "Append joins texts of any kind, also after the UTF-8 form was asked for");
    Py_DECREF(text);

    text = PyUnicode_FromString("");
    piece = PyUnicode_FromString("piece, ");
    for (i = 0; i < 1000; i++) {
        PyUnicode_Append(&text, piece);
    }
    is_int(PyUnicode_GetLength(text), 7000, "a thousand pieces are appended");
    other = PyUnicode_Substring(text, 6993, 7000);
    is_int(PyUnicode_Compare(other, piece), 0, "the last of a thousand pieces is whole");
    Py_DECREF(other);

    other = Py_NewRef(text);
    PyUnicode_Append(&text, piece);
    is_int(PyUnicode_GetLength(other), 7000, "a text with another reference stays as it is");
    is_int(PyUnicode_GetLength(text), 7007, "Append puts a new text in its place");
    Py_DECREF(other);

    whole = PyUnicode_FromString("one two");
    other = PyUnicode_FromString("one ");
    PyObject_Hash(other);
    Py_SETREF(piece, PyUnicode_FromString("two"));
    PyUnicode_Append(&other, piece);
    is_int(PyObject_Hash(other) == PyObject_Hash(whole), 1, "Append changes the hash of a text whose hash was known");
    Py_DECREF(other);

    other = PyUnicode_InternFromString("one two of a text that is interned");
    Py_SETREF(text, Py_NewRef(other));
    PyUnicode_Append(&text, piece);
    is_int(PyUnicode_GetLength(other), 34, "an interned text stays as it is");
    Py_DECREF(other);
    Py_DECREF(text);
    Py_DECREF(piece);
    Py_DECREF(whole);
}

static void
test_order(void)
{
    int i, j, compare = 0, operators = 0, hashes = 0, wanted = 0;
    for (i = 0; i < ORDERED_COUNT; i++) {
        for (j = 0; j < ORDERED_COUNT; j++) {
            PyObject *left = PyUnicode_FromString(ORDERED[i]);
            PyObject *right = PyUnicode_FromString(ORDERED[j]);
            int sign = (i > j) - (i < j);
            wanted++;
            compare += PyUnicode_Compare(left, right) == sign;
            hashes += (PyObject_Hash(left) == PyObject_Hash(right)) == (i == j);
            operators += PyObject_RichCompareBool(left, right, Py_LT) == (sign < 0) &&
                         PyObject_RichCompareBool(left, right, Py_LE) == (sign <= 0) &&
                         PyObject_RichCompareBool(left, right, Py_EQ) == (sign == 0) &&
                         PyObject_RichCompareBool(left, right, Py_NE) == (sign != 0) &&
                         PyObject_RichCompareBool(left, right, Py_GT) == (sign > 0) &&
                         PyObject_RichCompareBool(left, right, Py_GE) == (sign >= 0);
            Py_DECREF(left);
            Py_DECREF(right);
        }
    }
    is_int(compare, wanted, "Compare gives -1, 0 or 1 by code points, in any kind");
    is_int(operators, wanted, "all six operators agree with Compare");
    is_int(hashes, wanted, "hashes are equal for equal texts, and differ for the other rows");
    no_error("no comparison of two str fails");
}

static void
test_compare_errors(void)
{
    PyObject *text = PyUnicode_FromString("text");
    PyObject *bytes = PyBytes_FromString("text");
    is_int(PyUnicode_Compare(text, text), 0, "a str is equal to itself");
    is_int(PyUnicode_Compare(text, bytes), -1, "Compare of a str with bytes fails");
    raises(PyExc_TypeError, "Can't compare str and bytes",
           "Compare of a str with bytes is a TypeError that names both types");
    is_int(PyUnicode_Compare(Py_None, text), -1, "Compare of None with a str fails");
    raises(PyExc_TypeError, "Can't compare NoneType and str",
           "Compare of None with a str is a TypeError that names both types in their order");
    is_str(outcome(PyObject_RichCompare(text, bytes, Py_EQ)), "False", "a str and bytes are never equal");
    is_str(outcome(PyObject_RichCompare(text, bytes, Py_NE)), "True", "a str and bytes are different");
    is_str(outcome(PyObject_RichCompare(text, bytes, Py_LT)),
           "TypeError: '<' not supported between instances of 'str' and 'bytes'", "a str and bytes have no order");
    Py_DECREF(bytes);
    Py_DECREF(text);
}

static void
test_compare_with_ascii(void)
{
    static const struct {
        const char *text;
        Py_ssize_t size;
        const char *ascii;
        int sign;
    } rows[] = {
        {"", 0, "", 0},
        {"abc", 3, "abc", 0},
        {"abc", 3, "abd", -1},
        {"abd", 3, "abc", 1},
        {"ab", 2, "abc", -1},
        {"abc", 3, "ab", 1},
        {"a\0b", 3, "a", 1},
        {"\xc3\xa9", 2, "e", 1},
        {"\xc3\xa9", 2, "\xc3\xa9", 1},
        {"\xc3\xa9", 2, "\xe9", 0},
        {"\xe2\x82\xac", 3, "~", 1},
        {"", 0, "a", -1},
        {"a", 1, "", 1},
        {"\xc4\x80", 2, "\xff", 1},
        {"B", 1, "a", -1},
        {"dltensor", 8, "dltensor", 0},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *str = PyUnicode_FromStringAndSize(rows[i].text, rows[i].size);
        is_int(PyUnicode_CompareWithASCIIString(str, rows[i].ascii), rows[i].sign,
               "row %d: CompareWithASCIIString compares with bytes as Latin-1", (int)i);
        Py_DECREF(str);
    }
    no_error("CompareWithASCIIString never fails");
}

static void
test_repr(void)
{
    static const struct {
        const char *text;
        const char *repr;
    } rows[] = {
        {"", "''"},
        {"plain", "'plain'"},
        {"it's", "\"it's\""},
        {"say \"hi\"", "'say \"hi\"'"},
        {"it's \"both\"", "'it\\'s \"both\"'"},
        {"\"", "'\"'"},
        {"'", "\"'\""},
        {"back\\slash", "'back\\\\slash'"},
        {"tab\tnl\ncr\r", "'tab\\tnl\\ncr\\r'"},
        {"\a\b\f\v\x1b", "'\\x07\\x08\\x0c\\x0b\\x1b'"},
        {"\x01\x1f \x7f", "'\\x01\\x1f \\x7f'"},
        {"\xc2\x80\xc2\x9f", "'\\x80\\x9f'"},
        {"\xc2\xa0", "'\\xa0'"},
        {"\xc2\xa1", "'\xc2\xa1'"},
        {"\xc2\xad", "'\\xad'"},
        {"caf\xc3\xa9", "'caf\xc3\xa9'"},
        {"\xcd\xb8", "'\\u0378'"},
        {"\xcc\x81", "'\xcc\x81'"},
        {"\xe2\x80\x8b", "'\\u200b'"},
        {"\xe2\x80\xa8", "'\\u2028'"},
        {"\xe2\x80\xaf", "'\\u202f'"},
        {"\xe3\x80\x80", "'\\u3000'"},
        {"\xe2\x82\xac", "'\xe2\x82\xac'"},
        {"\xe6\x97\xa5", "'\xe6\x97\xa5'"},
        {"\xee\x80\x80", "'\\ue000'"},
        {"\xef\xbb\xbf", "'\\ufeff'"},
        {"\xef\xbf\xbd", "'\xef\xbf\xbd'"},
        {"\xef\xbf\xbf", "'\\uffff'"},
        {"\xf0\x9f\x98\x80", "'\xf0\x9f\x98\x80'"},
        {"\xf0\x9f\xbf\xbe", "'\\U0001fffe'"},
        {"\xf3\xa0\x80\x81", "'\\U000e0001'"},
        {"\xf3\xa0\x84\x80", "'\xf3\xa0\x84\x80'"},
        {"\xf4\x8f\xbf\xbf", "'\\U0010ffff'"},
    };
    static const Py_UCS2 surrogate[] = {0xdcff};
    PyObject *str;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *again;
        str = PyUnicode_FromString(rows[i].text);
        is_str(shown(str), rows[i].repr, "row %d: the repr quotes the text and escapes what is not printable", (int)i);
        again = PyObject_Str(str);
        is_ptr(again, str, "row %d: str() of a str is that str", (int)i);
        Py_DECREF(again);
        Py_DECREF(str);
    }
    str = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, surrogate, 1);
    is_str(shown(str), "'\\udcff'", "the repr escapes a lone surrogate");
    Py_DECREF(str);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_concat);
    RUN(test_append);
    RUN(test_order);
    RUN(test_compare_errors);
    RUN(test_compare_with_ascii);
    RUN(test_repr);
    return TAP_END();
}
