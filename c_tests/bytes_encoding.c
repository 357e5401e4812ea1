/* bytes(text, encoding, errors): a str in UTF-8, ASCII or Latin-1, the replacements of each error handler for characters
 * outside the encoding, and the errors for wrong arguments. */
#include "checks.h"
#include "outcome.h"

/* Bytes in these texts that are not UTF-8 stand for lone surrogates. */
static const struct {
    const char *text, *encoding, *errors, *want;
} rows[] = {
    {"text", "utf-8", NULL, "b'text'"},
    {"text", "UTF8", "strict", "b'text'"},
    {"\xc3\xa9", "utf_8", NULL, "b'\\xc3\\xa9'"},
    {"\xc3\xa9", "latin-1", NULL, "b'\\xe9'"},
    {"\xc3\xa9", "ISO-8859-1", NULL, "b'\\xe9'"},
    {"text", "us-ascii", NULL, "b'text'"},
    {"", "ascii", "nosuch", "b''"},
    {"text", "nosuch", NULL, "LookupError: unknown encoding: nosuch"},
    {"text", "", NULL, "LookupError: unknown encoding: "},
    {"\xc3\xa9z", "ascii", NULL,
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"},
    {"a\xe2\x82\xac\xf0\x9f\x98\x80z", "latin-1", NULL,
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 1-2: ordinal not in range(256)"},
    {"a\xff", "utf-8", NULL,
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 1: surrogates not allowed"},
    {"a\xe2\x82\xac\xf0\x9f\x98\x80z", "ascii", "ignore", "b'az'"},
    {"a\xe2\x82\xac\xf0\x9f\x98\x80z", "ascii", "replace", "b'a??z'"},
    {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", "ascii", "backslashreplace", "b'a\\\\xe9\\\\u20ac\\\\U0001f600z'"},
    {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z", "latin-1", "xmlcharrefreplace", "b'a\\xe9&#8364;&#128512;z'"},
    {"a\xff", "utf-8", "ignore", "b'a'"},
    {"a\xff\xfe"
     "b",
     "utf-8", "replace", "b'a??b'"},
    {"a\xff", "utf-8", "backslashreplace", "b'a\\\\udcff'"},
    {"a\xff", "utf-8", "xmlcharrefreplace", "b'a&#56575;'"},
    {"a\xff", "utf-8", "surrogateescape", "b'a\\xff'"},
    {"a\xff", "ascii", "surrogateescape", "b'a\\xff'"},
    {"a\xff", "latin-1", "surrogateescape", "b'a\\xff'"},
    {"a\xff\xe2\x82\xac", "ascii", "surrogateescape",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\u20ac' in position 2: ordinal not in range(128)"},
    {"a\xff", "utf-8", "surrogatepass", "b'a\\xed\\xb3\\xbf'"},
    {"a\xff", "ascii", "surrogatepass",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\udcff' in position 1: ordinal not in range(128)"},
    {"a\xff", "utf-8", "nosuch", "LookupError: unknown error handler name 'nosuch'"},
    {"\xc3\xa9", "utf-8", "nosuch", "b'\\xc3\\xa9'"},
    {"\xc3\xa9", "ascii", "nosuch", "LookupError: unknown error handler name 'nosuch'"},
};

static PyObject *
text_of(const char *utf8)
{
    return PyUnicode_DecodeUTF8(utf8, (Py_ssize_t)strlen(utf8), "surrogateescape");
}

static void
test_encoding(void)
{
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        PyObject *text = text_of(rows[i].text), *encoding = text_of(rows[i].encoding);
        PyObject *errors = rows[i].errors != NULL ? text_of(rows[i].errors) : NULL;
        PyObject *keywords = PyDict_New(), *none = PyTuple_New(0);

        is_str(outcome(PyObject_CallFunctionObjArgs((PyObject *)&PyBytes_Type, text, encoding, errors, NULL)),
               rows[i].want, "row %d: bytes(…, %s, %s)", (int)i, rows[i].encoding,
               rows[i].errors != NULL ? rows[i].errors : "nothing");
        PyDict_SetItemString(keywords, "source", text);
        PyDict_SetItemString(keywords, "encoding", encoding);
        if (errors != NULL) {
            PyDict_SetItemString(keywords, "errors", errors);
        }
        is_str(outcome(PyObject_Call((PyObject *)&PyBytes_Type, none, keywords)), rows[i].want,
               "row %d: bytes() of arguments by name gives what it gives of arguments by position", (int)i);
        Py_DECREF(none);
        Py_DECREF(keywords);
        Py_XDECREF(errors);
        Py_DECREF(encoding);
        Py_DECREF(text);
    }
}

/* Arguments by letter: t the text 'x', u 'utf-8', z a str with a NUL in it, s one with a lone surrogate, n None, i an int,
 * b bytes, l a list of two numbers, - nothing.  First those by position, then those by name. */
static PyObject *
argument(char letter)
{
    PyObject *list, *number;

    switch (letter) {
    case 't': return text_of("x");
    case 'u': return text_of("utf-8");
    case 'z': return PyUnicode_FromStringAndSize("utf-8\0x", 7);
    case 's': return text_of("a\xff");
    case 'n': return Py_NewRef(Py_None);
    case 'i': return PyLong_FromLong(3);
    case 'b': return PyBytes_FromString("by");
    default:
        list = PyList_New(0);
        number = PyLong_FromLong(65);
        PyList_Append(list, number);
        PyList_Append(list, number);
        Py_DECREF(number);
        return list;
    }
}

static const struct {
    const char *positional, *source, *encoding, *errors, *other, *want;
} calls[] = {
    {"", "", "", "", "", "b''"},
    {"", "i", "", "", "", "b'\\x00\\x00\\x00'"},
    {"", "b", "", "", "", "b'by'"},
    {"l", "", "", "", "", "b'AA'"},
    {"t", "", "", "", "", "TypeError: string argument without an encoding"},
    {"t", "", "", "u", "", "TypeError: string argument without an encoding"},
    {"", "", "", "u", "", "TypeError: errors without a string argument"},
    {"b", "", "", "u", "", "TypeError: errors without a string argument"},
    {"", "", "u", "", "", "TypeError: encoding without a string argument"},
    {"bu", "", "", "", "", "TypeError: encoding without a string argument"},
    {"iuu", "", "", "", "", "TypeError: encoding without a string argument"},
    {"tn", "", "", "", "", "TypeError: bytes() argument 'encoding' must be str, not None"},
    {"tb", "", "", "", "", "TypeError: bytes() argument 'encoding' must be str, not bytes"},
    {"tun", "", "", "", "", "TypeError: bytes() argument 'errors' must be str, not None"},
    {"tui", "", "", "", "", "TypeError: bytes() argument 'errors' must be str, not int"},
    {"tz", "", "", "", "", "ValueError: embedded null character"},
    {"tuz", "", "", "", "", "ValueError: embedded null character"},
    {"ts", "", "", "", "",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 1: surrogates not allowed"},
    {"tuut", "", "", "", "", "TypeError: bytes() takes at most 3 arguments (4 given)"},
    {"tuu", "t", "", "", "", "TypeError: bytes() takes at most 3 arguments (4 given)"},
    {"", "t", "u", "u", "t", "TypeError: bytes() takes at most 3 keyword arguments (4 given)"},
    {"t", "t", "", "", "", "TypeError: argument for bytes() given by name ('source') and position (1)"},
    {"tu", "", "u", "", "", "TypeError: argument for bytes() given by name ('encoding') and position (2)"},
    {"t", "", "", "", "t", "TypeError: bytes() got an unexpected keyword argument 'other'"},
};

static void
test_arguments(void)
{
    size_t i, j;

    for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        const char *names[] = {"source", "encoding", "errors", "other"}, *named[4];
        Py_ssize_t count = (Py_ssize_t)strlen(calls[i].positional), at;
        PyObject *args = PyTuple_New(count), *keywords = PyDict_New();

        named[0] = calls[i].source;
        named[1] = calls[i].encoding;
        named[2] = calls[i].errors;
        named[3] = calls[i].other;
        for (at = 0; at < count; at++) {
            PyTuple_SetItem(args, at, argument(calls[i].positional[at]));
        }
        for (j = 0; j < 4; j++) {
            if (named[j][0] != '\0') {
                PyObject *value = argument(named[j][0]);
                PyDict_SetItemString(keywords, names[j], value);
                Py_DECREF(value);
            }
        }
        is_str(outcome(PyObject_Call((PyObject *)&PyBytes_Type, args, keywords)), calls[i].want, "call %d: %s", (int)i,
               calls[i].want);
        Py_DECREF(keywords);
        Py_DECREF(args);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_encoding);
    RUN(test_arguments);
    return TAP_END();
}
