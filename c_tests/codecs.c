/* The registry of codecs (PyCodec_Register and its like), error handlers by name, and codecs that C registers. */
#include "expressions.h"

/* Objects that rows keep under a name. */
static PyObject *kept = NULL;

/* The text of an argument; NULL for NULL. */
static const char *
text_of(PyObject *o)
{
    return o != NULL ? PyUnicode_AsUTF8(o) : NULL;
}

static PyObject *
give_self(PyObject *self, PyObject *args)
{
    (void)args;
    Py_INCREF(self);
    return self;
}

static PyMethodDef give_self_method = {"give_self", give_self, METH_VARARGS, NULL};

/* A callable that returns an object, whatever its arguments. */
static PyObject *
returns(PyObject **a)
{
    return PyCFunction_New(&give_self_method, a[0]);
}

static PyObject *
raise_self(PyObject *self, PyObject *args)
{
    (void)args;
    PyErr_SetObject((PyObject *)Py_TYPE(self), self);
    return NULL;
}

static PyMethodDef raise_self_method = {"raise_self", raise_self, METH_VARARGS, NULL};

/* A callable that raises an exception, whatever its arguments. */
static PyObject *
raises_it(PyObject **a)
{
    return PyCFunction_New(&raise_self_method, a[0]);
}

static PyObject *
list_arguments(PyObject *self, PyObject *args)
{
    PyObject *list = PySequence_List(args), *first = PyTuple_GetItem(args, 0);
    int failed = list == NULL;
    if (!failed && strcmp(tap_type_name((PyObject *)Py_TYPE(first)), "memoryview") == 0) {
        failed = PyList_SetItem(list, 0, PyObject_Bytes(first)) < 0;
    }
    failed = failed || PyList_Append(self, list) < 0;
    Py_XDECREF(list);
    if (failed) {
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef list_arguments_method = {"list_arguments", list_arguments, METH_VARARGS, NULL};

/* A callable that appends its arguments to a list, with the bytes of a view, and returns None. */
static PyObject *
lists(PyObject **a)
{
    return PyCFunction_New(&list_arguments_method, a[0]);
}

/* A handler that gives the wrong part in brackets, from the exception that it gets. */
static PyObject *
bracket(PyObject *self, PyObject *error)
{
    PyObject *object = PyObject_GetAttrString(error, "object");
    PyObject *encoding = PyObject_GetAttrString(error, "encoding");
    PyObject *reason = PyObject_GetAttrString(error, "reason");
    long start, end;
    PyObject *at = PyObject_GetAttrString(error, "start");
    PyObject *result = NULL, *text;
    (void)self;
    start = PyLong_AsLong(at);
    Py_DECREF(at);
    at = PyObject_GetAttrString(error, "end");
    end = PyLong_AsLong(at);
    text = PyUnicode_FromFormat("[%U %ld-%ld %U]", encoding, start, end, reason);
    result = PyTuple_Pack(2, text, at);
    Py_DECREF(text);
    Py_DECREF(at);
    Py_DECREF(object);
    Py_DECREF(encoding);
    Py_DECREF(reason);
    return result;
}

static PyMethodDef bracket_method = {"bracket", bracket, METH_O, NULL};

static PyObject *
brackets(PyObject **a)
{
    (void)a;
    return PyCFunction_New(&bracket_method, NULL);
}

static PyObject *
keep(PyObject **a)
{
    return number(PyDict_SetItem(kept, a[0], a[1]));
}

static PyObject *
get_kept(PyObject **a)
{
    PyObject *found = PyDict_GetItem(kept, a[0]);
    Py_XINCREF(found);
    return found;
}

static PyObject *
do_register(PyObject **a)
{
    return number(PyCodec_Register(a[0]));
}

static PyObject *
do_unregister(PyObject **a)
{
    return number(PyCodec_Unregister(a[0]));
}

static PyObject *
known(PyObject **a)
{
    return number(PyCodec_KnownEncoding(text_of(a[0])));
}

static PyObject *
encoder(PyObject **a)
{
    return PyCodec_Encoder(text_of(a[0]));
}

static PyObject *
decoder(PyObject **a)
{
    return PyCodec_Decoder(text_of(a[0]));
}

static PyObject *
codec_encode(PyObject **a)
{
    return PyCodec_Encode(a[0], text_of(a[1]), text_of(a[2]));
}

static PyObject *
codec_decode(PyObject **a)
{
    return PyCodec_Decode(a[0], text_of(a[1]), text_of(a[2]));
}

static PyObject *
incremental_encoder(PyObject **a)
{
    return PyCodec_IncrementalEncoder(text_of(a[0]), text_of(a[1]));
}

static PyObject *
incremental_decoder(PyObject **a)
{
    return PyCodec_IncrementalDecoder(text_of(a[0]), text_of(a[1]));
}

static PyObject *
stream_reader(PyObject **a)
{
    return PyCodec_StreamReader(text_of(a[0]), a[1], text_of(a[2]));
}

static PyObject *
stream_writer(PyObject **a)
{
    return PyCodec_StreamWriter(text_of(a[0]), a[1], text_of(a[2]));
}

static PyObject *
register_error(PyObject **a)
{
    return number(PyCodec_RegisterError(text_of(a[0]), a[1]));
}

static PyObject *
lookup_error(PyObject **a)
{
    return PyCodec_LookupError(text_of(a[0]));
}

static PyObject *
strict(PyObject **a)
{
    return PyCodec_StrictErrors(a[0]);
}

static PyObject *
ignore(PyObject **a)
{
    return PyCodec_IgnoreErrors(a[0]);
}

static PyObject *
replace(PyObject **a)
{
    return PyCodec_ReplaceErrors(a[0]);
}

static PyObject *
xml(PyObject **a)
{
    return PyCodec_XMLCharRefReplaceErrors(a[0]);
}

static PyObject *
backslash(PyObject **a)
{
    return PyCodec_BackslashReplaceErrors(a[0]);
}

/* PyUnicode_AsEncodedString and PyUnicode_Decode, by which C encodes and decodes. */
static PyObject *
as_encoded(PyObject **a)
{
    return PyUnicode_AsEncodedString(a[0], text_of(a[1]), text_of(a[2]));
}

static PyObject *
decode(PyObject **a)
{
    char *bytes = NULL;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(a[0], &bytes, &size) < 0) {
        return NULL;
    }
    return PyUnicode_Decode(bytes, size, text_of(a[1]), text_of(a[2]));
}

static PyObject *
from_encoded(PyObject **a)
{
    return PyUnicode_FromEncodedObject(a[0], text_of(a[1]), text_of(a[2]));
}

static const Function FUNCTIONS[] = {
    {"Returns", returns},
    {"Raises", raises_it},
    {"Lists", lists},
    {"Brackets", brackets},
    {"Keep", keep},
    {"Kept", get_kept},
    {"Register", do_register},
    {"Unregister", do_unregister},
    {"Known", known},
    {"Encoder", encoder},
    {"Decoder", decoder},
    {"Encode", codec_encode},
    {"Decode", codec_decode},
    {"IncrementalEncoder", incremental_encoder},
    {"IncrementalDecoder", incremental_decoder},
    {"StreamReader", stream_reader},
    {"StreamWriter", stream_writer},
    {"RegisterError", register_error},
    {"LookupError_", lookup_error},
    {"Strict", strict},
    {"Ignore", ignore},
    {"Replace", replace},
    {"Xml", xml},
    {"Backslash", backslash},
    {"AsEncoded", as_encoded},
    {"FromBytes", decode},
    {"FromEncoded", from_encoded},
    {NULL, NULL},
};

/* The outcome of a row, and the notes of the exception, if it has some. */
static const char *
outcome_of(const char *text)
{
    char *buffer = outcome_buffer();
    PyObject *value, *error, *notes;
    value = evaluate(text);
    if (value != NULL) {
        return outcome(value);
    }
    error = PyErr_GetRaisedException();
    notes = PyObject_GetAttrString(error, "__notes__");
    PyErr_Clear();
    PyErr_SetRaisedException(error);
    if (notes == NULL) {
        return error_text();
    }
    snprintf(buffer, OUTCOME_SIZE, "%s %s", error_text(), shown(notes));
    Py_DECREF(notes);
    return buffer;
}

static void
check_all(const Row *rows, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        is_str(outcome_of(rows[i].expression), rows[i].outcome, "%s is %s", rows[i].expression, rows[i].outcome);
    }
}

#define CHECK(rows) check_all(rows, sizeof(rows) / sizeof *(rows))

static void
test_registry(void)
{
    static const Row ROWS[] = {
        {"Register(NULL)", "TypeError: bad argument type for built-in operation"},
        {"Register(1)", "TypeError: argument must be callable"},
        {"Unregister(1)", "0"},
        {"Keep('log', [])", "0"},
        {"Keep('search', Lists(Kept('log')))", "0"},
        {"Register(Kept('search'))", "0"},
        {"Known('TEST.Some  -- Codec_X-')", "0"},
        {"Known('  test +lead')", "0"},
        {"Known('test\\xe9\\xe8x')", "0"},
        {"Known('Test_a__b')", "0"},
        {"Known('')", "0"},
        {"Kept('log')", "[['test.some_codec_x'], ['test_lead'], ['test_x'], ['test_a_b'], ['']]"},
        {"Encoder('TEST.Some -- Codec')", "LookupError: unknown encoding: TEST.Some -- Codec"},
        {"Decoder('test no')", "LookupError: unknown encoding: test no"},
        {"Encode('a', 'test no', NULL)", "LookupError: unknown encoding: test no"},
        {"Decode(b'a', 'test no', NULL)", "LookupError: unknown encoding: test no"},
        {"'a'.encode('test no')", "LookupError: unknown encoding: test no"},
        {"b'a'.decode('test no', 'x')", "LookupError: unknown encoding: test no"},
        {"AsEncoded('a', 'test no', NULL)", "LookupError: unknown encoding: test no"},
        {"FromBytes(b'a', 'test no', NULL)", "LookupError: unknown encoding: test no"},
        {"FromEncoded(b'a', 'test no', NULL)", "LookupError: unknown encoding: test no"},
        {"bytes('a', 'test no')", "LookupError: unknown encoding: test no"},
        {"str(b'a', 'test no')", "LookupError: unknown encoding: test no"},
        {"Unregister(Kept('search'))", "0"},
        {"Kept('log').clear()", "None"},
        {"Known('test no')", "0"},
        {"Kept('log')", "[]"},
        {"Encoder(NULL)", "TypeError: bad argument type for built-in operation"},
        {"Known(NULL)", "0"},
        {"Keep('three', Returns((1, 2, 3)))", "0"},
        {"Register(Kept('three'))", "0"},
        {"Encoder('test three')", "TypeError: codec search functions must return 4-tuples"},
        {"Known('test three')", "0"},
        {"Unregister(Kept('three'))", "0"},
        {"Keep('bad', Raises(KeyError('of search')))", "0"},
        {"Register(Kept('bad'))", "0"},
        {"Encoder('test bad')", "KeyError: 'of search'"},
        {"'a'.encode('test bad')", "KeyError: 'of search'"},
        {"Known('test bad')", "0"},
        {"Known('utf-8')", "1"},
        {"Unregister(Kept('bad'))", "0"},
        {"Keep('four', Returns((1, 2, 3, 4)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"Encoder('test-Four')", "1"},
        {"Decoder('test_four')", "2"},
        {"Unregister(Kept('four'))", "0"},
        {"Encoder('test four')", "LookupError: unknown encoding: test four"},
        {"Keep('four', Returns((Returns((b'bytes', 9)), Returns(('text', 9)), Returns('reader'), Returns('writer'))))",
         "0"},
        {"Register(Kept('four'))", "0"},
        {"Encode('a', 'test.four', 'x')", "b'bytes'"},
        {"Decode(b'a', 'test.four', NULL)", "'text'"},
        {"Encode(1, 'test.four', NULL)", "b'bytes'"},
        {"StreamReader('test.four', 1, NULL)", "'reader'"},
        {"StreamWriter('test.four', 1, 'strict')", "'writer'"},
        {"IncrementalEncoder('test.four', NULL)",
         "AttributeError: 'tuple' object has no attribute 'incrementalencoder'"},
        {"IncrementalDecoder('test.four', 'strict')",
         "AttributeError: 'tuple' object has no attribute 'incrementaldecoder'"},
        {"'a'.encode('test.four')", "b'bytes'"},
        {"b'a'.decode('test.four')", "'text'"},
        {"bytearray(b'a').decode('test.four')", "'text'"},
        {"bytes('a', 'test.four')", "b'bytes'"},
        {"bytearray('a', 'test.four')", "bytearray(b'bytes')"},
        {"str(b'a', 'test.four')", "'text'"},
        {"AsEncoded('a', 'test.four', 'e')", "b'bytes'"},
        {"FromBytes(b'a', 'test.four', 'e')", "'text'"},
        {"FromEncoded(b'a', 'test.four', NULL)", "'text'"},
        {"FromBytes(b'', 'test.four', 'e')", "''"},
        {"AsEncoded('', 'test.four', 'e')", "b'bytes'"},
        {"Unregister(Kept('four'))", "0"},
    };
    CHECK(ROWS);
}

static void
test_native(void)
{
    static const Row ROWS[] = {
        {"Known('utf-8')", "1"},
        {"Known('UTF8')", "1"},
        {"Known('utf-16')", "1"},
        {"Known('utf-16-le')", "1"},
        {"Known('utf_16_be')", "1"},
        {"Known('utf-32')", "1"},
        {"Known('utf-32-be')", "1"},
        {"Known('ascii')", "1"},
        {"Known('us-ascii')", "1"},
        {"Known('646')", "1"},
        {"Known('latin-1')", "1"},
        {"Known('ISO-8859-1')", "1"},
        {"Known('cp819')", "1"},
        {"Known('utf-7')", "1"},
        {"Known('u7')", "1"},
        {"Known('unicode_escape')", "1"},
        {"Known('raw-unicode-escape')", "1"},
        {"Known('charmap')", "1"},
        {"Encode('a\\xe9\\u20ac', 'utf-8', NULL)", "b'a\\xc3\\xa9\\xe2\\x82\\xac'"},
        {"Encode('a\\xe9', 'latin-1', NULL)", "b'a\\xe9'"},
        {"Encode('a\\xe9', 'utf-16-le', NULL)", "b'a\\x00\\xe9\\x00'"},
        {"Encode('a\\xe9', 'utf-16', 'strict')", "b'\\xff\\xfea\\x00\\xe9\\x00'"},
        {"Encode('a\\xe9', 'utf-32-be', NULL)", "b'\\x00\\x00\\x00a\\x00\\x00\\x00\\xe9'"},
        {"Encode('a\\xe9', 'unicode_escape', NULL)", "b'a\\\\xe9'"},
        {"Encode('a\\u20ac', 'raw_unicode_escape', NULL)", "b'a\\\\u20ac'"},
        {"Encode('a\\xe9+', 'utf-7', NULL)", "b'a+AOkAKw-'"},
        {"Encode('a\\xe9', 'charmap', NULL)", "b'a\\xe9'"},
        {"Encode('a\\u20ac', 'charmap', NULL)",
         "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 1: ordinal not in "
         "range(256) [\"encoding with 'charmap' codec failed\"]"},
        {"Encode('a\\u20ac', 'charmap', 'replace')", "b'a?'"},
        {"Decode(b'a\\xe9', 'charmap', NULL)", "'aé'"},
        {"Decode(b'a\\xc3\\xa9', 'utf-8', NULL)", "'aé'"},
        {"Decode(b'a\\xe9', 'latin-1', NULL)", "'aé'"},
        {"Decode(b'a\\x00\\xe9\\x00', 'utf-16-le', NULL)", "'aé'"},
        {"Decode(b'\\xff\\xfea\\x00', 'utf-16', NULL)", "'a'"},
        {"Decode(b'\\xfe\\xff\\x00a', 'utf-16', NULL)", "'a'"},
        {"Decode(b'a\\x00\\x00\\x00', 'utf-32-le', NULL)", "'a'"},
        {"Decode(b'a\\\\x41', 'unicode_escape', NULL)", "'aA'"},
        {"Decode(b'a\\\\u0041', 'raw_unicode_escape', NULL)", "'aA'"},
        {"Decode(b'+AOk-', 'utf-7', NULL)", "'é'"},
        {"Decode(bytearray(b'ab'), 'ascii', NULL)", "'ab'"},
        {"Decode(memoryview(b'ab'), 'utf-8', NULL)", "'ab'"},
        {"Encode('a\\xe9', 'ascii', NULL)",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128) "
         "[\"encoding with 'ascii' codec failed\"]"},
        {"Encode('a\\xe9', 'ascii', 'replace')", "b'a?'"},
        {"Encode('a\\xe9', 'ascii', 'none such')",
         "LookupError: unknown error handler name 'none such' [\"encoding with 'ascii' codec failed\"]"},
        {"Encode('\\udc80', 'utf-8', NULL)",
         "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc80' in position 0: surrogates not allowed "
         "[\"encoding with 'utf-8' codec failed\"]"},
        {"Encode('\\udc80', 'utf-16-be', 'strict')",
         "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed "
         "[\"encoding with 'utf-16-be' codec failed\"]"},
        {"Encode('\\udc80', 'utf-32', NULL)",
         "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed "
         "[\"encoding with 'utf-32' codec failed\"]"},
        {"Decode(b'a\\xe9', 'ascii', NULL)", "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: "
                                             "ordinal not in range(128) [\"decoding with 'ascii' codec failed\"]"},
        {"Decode(b'a\\xe9', 'utf-8', NULL)", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1: "
                                             "unexpected end of data [\"decoding with 'utf-8' codec failed\"]"},
        {"Decode(b'a\\xe9', 'utf-8', 'replace')", "'a�'"},
        {"Decode(b'a\\xe9', 'utf-16', NULL)", "'\\ue961'"},
        {"Decode(b'a\\xe9', 'utf-8', 'none such')",
         "LookupError: unknown error handler name 'none such' [\"decoding with 'utf-8' codec failed\"]"},
        {"Decode(b'a\\xe9b', 'utf-32-le', 'ignore')", "''"},
        {"Decode(b'\\\\x4', 'unicode_escape', NULL)",
         "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape "
         "[\"decoding with 'unicode_escape' codec failed\"]"},
        {"'a\\xe9'.encode('us-ascii')",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
        {"'a\\xe9'.encode('ascii')",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
        {"'a\\xe9'.encode('646')", "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: "
                                   "ordinal not in range(128) [\"encoding with '646' codec failed\"]"},
        {"'a\\u20ac'.encode('cp819')",
         "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 1: ordinal not in "
         "range(256) [\"encoding with 'cp819' codec failed\"]"},
        {"'a\\u20ac'.encode('iso-8859-1')", "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in "
                                            "position 1: ordinal not in range(256)"},
        {"'a\\u20ac'.encode('iso8859_1')", "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in "
                                           "position 1: ordinal not in range(256)"},
        {"'a\\u20ac'.encode('latin')",
         "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 1: ordinal not in "
         "range(256) [\"encoding with 'latin' codec failed\"]"},
        {"'\\udc80'.encode('utf-16')",
         "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
        {"'\\udc80'.encode('utf-16-le')",
         "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed "
         "[\"encoding with 'utf-16-le' codec failed\"]"},
        {"'\\udc80'.encode('utf_32')",
         "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
        {"'\\udc80'.encode('u8')", "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc80' in position 0: "
                                   "surrogates not allowed [\"encoding with 'u8' codec failed\"]"},
        {"b'\\xff'.decode('utf8')",
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"b'\\xff'.decode('u8')", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid "
                                  "start byte [\"decoding with 'u8' codec failed\"]"},
        {"b'\\xff'.decode('646')", "UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 0: ordinal "
                                   "not in range(128) [\"decoding with '646' codec failed\"]"},
        {"b'\\xff'.decode('us_ascii')",
         "UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)"},
        {"b'\\xff'.decode('utf-16-be')", "UnicodeDecodeError: 'utf-16-be' codec can't decode byte 0xff in position 0: "
                                         "truncated data [\"decoding with 'utf-16-be' codec failed\"]"},
        {"b'\\xff'.decode('unicode_escape')", "'ÿ'"},
        {"b'\\\\x4'.decode('unicode_escape')",
         "UnicodeDecodeError: 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape "
         "[\"decoding with 'unicode_escape' codec failed\"]"},
        {"b'\\xff'.decode('utf-16')",
         "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0xff in position 0: truncated data"},
        {"b'\\xff'.decode('utf-7')", "UnicodeDecodeError: 'utf7' codec can't decode byte 0xff in position 0: "
                                     "unexpected special character [\"decoding with 'utf-7' codec failed\"]"},
        {"AsEncoded('a\\xe9', '646', NULL)",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128) "
         "[\"encoding with '646' codec failed\"]"},
        {"FromBytes(b'\\xff', 'u8', NULL)", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: "
                                            "invalid start byte [\"decoding with 'u8' codec failed\"]"},
        {"str(b'\\xff', 'utf_8_')",
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"Encoder('utf-8')('a\\xe9')", "(b'a\\xc3\\xa9', 2)"},
        {"Encoder('ascii')('ab', 'strict')", "(b'ab', 2)"},
        {"Encoder('ascii')('a\\xe9', 'ignore')", "(b'a', 2)"},
        {"Encoder('latin-1')('abc', None)", "(b'abc', 3)"},
        {"Encoder('utf-7')('a')", "(b'a', 1)"},
        {"Encoder('utf-16-le')('ab')", "(b'a\\x00b\\x00', 2)"},
        {"Decoder('utf-8')(b'a\\xc3\\xa9')", "('aé', 3)"},
        {"Decoder('ascii')(b'a\\xe9', 'replace')", "('a�', 2)"},
        {"Decoder('utf-32-le')(b'a\\x00\\x00\\x00')", "('a', 4)"},
        {"Decoder('utf-16')(b'\\xff\\xfea\\x00')", "('a', 4)"},
        {"Decoder('latin-1')(bytearray(b'abc'))", "('abc', 3)"},
        {"Decoder('utf-8')(b'a\\xc3')",
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data"},
    };
    CHECK(ROWS);
}

static void
test_results(void)
{
    static const Row ROWS[] = {
        {"Keep('four', Returns(('no', 'no', 1, 2)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"Encode('a', 'test.r1', NULL)",
         "TypeError: 'str' object is not callable [\"encoding with 'test.r1' codec failed\"]"},
        {"'a'.encode('test.r1')", "TypeError: 'str' object is not callable [\"encoding with 'test.r1' codec failed\"]"},
        {"b'a'.decode('test.r1')",
         "TypeError: 'str' object is not callable [\"decoding with 'test.r1' codec failed\"]"},
        {"StreamReader('test.r1', 1, NULL)", "TypeError: 'int' object is not callable"},
        {"Unregister(Kept('four'))", "0"},
        {"Keep('four', Returns((Returns(1), Returns((1, 2, 3)), 1, 2)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"Encode('a', 'test.r2', NULL)", "TypeError: encoder must return a tuple (object, integer)"},
        {"Decode('a', 'test.r2', NULL)", "TypeError: decoder must return a tuple (object,integer)"},
        {"'a'.encode('test.r2')", "TypeError: encoder must return a tuple (object, integer)"},
        {"b'a'.decode('test.r2')", "TypeError: decoder must return a tuple (object,integer)"},
        {"Unregister(Kept('four'))", "0"},
        {"Keep('four', Returns((Returns((1, 2)), Returns((b'b', 1)), 1, 2)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"Encode('a', 'test.r3', NULL)", "1"},
        {"Decode(b'a', 'test.r3', NULL)", "b'b'"},
        {"'a'.encode('test.r3')", "TypeError: 'test.r3' encoder returned 'int' instead of 'bytes'; use codecs.encode() "
                                  "to encode to arbitrary types"},
        {"b'a'.decode('test.r3')", "TypeError: 'test.r3' decoder returned 'bytes' instead of 'str'; use "
                                   "codecs.decode() to decode to arbitrary types"},
        {"bytearray(b'a').decode('test.r3')", "TypeError: 'test.r3' decoder returned 'bytes' instead of 'str'; use "
                                              "codecs.decode() to decode to arbitrary types"},
        {"str(b'a', 'test.r3')", "TypeError: 'test.r3' decoder returned 'bytes' instead of 'str'; use codecs.decode() "
                                 "to decode to arbitrary types"},
        {"AsEncoded('a', 'test.r3', NULL)", "TypeError: 'test.r3' encoder returned 'int' instead of 'bytes'; use "
                                            "codecs.encode() to encode to arbitrary types"},
        {"FromBytes(b'a', 'test.r3', NULL)", "TypeError: 'test.r3' decoder returned 'bytes' instead of 'str'; use "
                                             "codecs.decode() to decode to arbitrary types"},
        {"FromEncoded(b'a', 'test.r3', NULL)", "TypeError: 'test.r3' decoder returned 'bytes' instead of 'str'; use "
                                               "codecs.decode() to decode to arbitrary types"},
        {"bytes('a', 'test.r3')", "TypeError: 'test.r3' encoder returned 'int' instead of 'bytes'; use codecs.encode() "
                                  "to encode to arbitrary types"},
        {"bytearray('a', 'test.r3')", "TypeError: 'test.r3' encoder returned 'int' instead of 'bytes'; use "
                                      "codecs.encode() to encode to arbitrary types"},
        {"Unregister(Kept('four'))", "0"},
        {"Keep('four', Returns((Raises(ValueError('of encoder')), Raises(KeyError('of decoder')), 1, 2)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"Encode('a', 'TEST r4', NULL)", "ValueError: of encoder [\"encoding with 'TEST r4' codec failed\"]"},
        {"Decode(b'a', 'test r4', NULL)", "KeyError: 'of decoder' [\"decoding with 'test r4' codec failed\"]"},
        {"'a'.encode('Test R4')",
         "ValueError: of encoder [\"encoding with 'TEST r4' codec failed\", \"encoding with 'Test R4' codec failed\"]"},
        {"b'a'.decode('test r4')",
         "KeyError: 'of decoder' [\"decoding with 'test r4' codec failed\", \"decoding with 'test r4' codec failed\"]"},
        {"Unregister(Kept('four'))", "0"},
        {"Keep('log', [])", "0"},
        {"Keep('four', Returns((Lists(Kept('log')), Lists(Kept('log')), 1, 2)))", "0"},
        {"Register(Kept('four'))", "0"},
        {"'a'.encode('test.r5', 'some')", "TypeError: encoder must return a tuple (object, integer)"},
        {"'a'.encode('test.r5')", "TypeError: encoder must return a tuple (object, integer)"},
        {"b'a'.decode('test.r5', 'some')", "TypeError: decoder must return a tuple (object,integer)"},
        {"bytearray(b'a').decode('test.r5')", "TypeError: decoder must return a tuple (object,integer)"},
        {"Encode(1, 'test.r5', 'some')", "TypeError: encoder must return a tuple (object, integer)"},
        {"Decode(2, 'test.r5', NULL)", "TypeError: decoder must return a tuple (object,integer)"},
        {"Kept('log')", "[['a', 'some'], ['a'], [b'a', 'some'], [b'a'], [1, 'some'], [2]]"},
        {"Unregister(Kept('four'))", "0"},
    };
    CHECK(ROWS);
}

static void
test_error_registry(void)
{
    static const Row ROWS[] = {
        {"LookupError_(NULL).__name__", "'strict_errors'"},
        {"LookupError_('strict').__name__", "'strict_errors'"},
        {"LookupError_('ignore').__name__", "'ignore_errors'"},
        {"LookupError_('replace').__name__", "'replace_errors'"},
        {"LookupError_('xmlcharrefreplace').__name__", "'xmlcharrefreplace_errors'"},
        {"LookupError_('backslashreplace').__name__", "'backslashreplace_errors'"},
        {"LookupError_('namereplace').__name__", "'namereplace_errors'"},
        {"LookupError_('surrogateescape').__name__", "'surrogateescape'"},
        {"LookupError_('surrogatepass').__name__", "'surrogatepass'"},
        {"LookupError_('test none')", "LookupError: unknown error handler name 'test none'"},
        {"LookupError_('STRICT')", "LookupError: unknown error handler name 'STRICT'"},
        {"RegisterError('test.a', 1)", "TypeError: handler must be callable"},
        {"RegisterError('test.a', Returns(('x', 2)))", "0"},
        {"LookupError_('test.a')(1)", "('x', 2)"},
        {"RegisterError('test.a', Returns(('y', 2)))", "0"},
        {"LookupError_('test.a')(1)", "('y', 2)"},
        {"RegisterError('test.\\xe9', Returns(('z', 2)))", "0"},
        {"LookupError_('test.\\xe9')(1)", "('z', 2)"},
    };
    CHECK(ROWS);
}

static void
test_handlers(void)
{
    static const Row ROWS[] = {
        {"Strict(1)", "TypeError: codec must pass exception instance"},
        {"Strict(KeyError('of strict'))", "KeyError: 'of strict'"},
        {"Strict(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\x62' in position 1: why"},
        {"Ignore(1)", "TypeError: don't know how to handle int in error callback"},
        {"Ignore(KeyError('x'))", "TypeError: don't know how to handle KeyError in error callback"},
        {"Ignore(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))", "('', 2)"},
        {"Ignore(UnicodeDecodeError('ascii', b'abc', 1, 2, 'why'))", "('', 2)"},
        {"Ignore(UnicodeTranslateError('abc', 1, 2, 'why'))", "('', 2)"},
        {"Ignore(UnicodeEncodeError('ascii', 'abc', 5, 9, 'why'))", "('', 3)"},
        {"Replace(1)", "TypeError: don't know how to handle int in error callback"},
        {"Replace(UnicodeEncodeError('ascii', 'abc', 1, 3, 'why'))", "('?"
                                                                     "?', 3)"},
        {"Replace(UnicodeDecodeError('ascii', b'abc', 1, 3, 'why'))", "('�', 3)"},
        {"Replace(UnicodeTranslateError('abc', 0, 3, 'why'))", "('���', 3)"},
        {"Replace(UnicodeTranslateError('abc', 2, 1, 'why'))", "('', 1)"},
        {"Replace(UnicodeEncodeError('ascii', '', 0, 0, 'why'))", "('', 0)"},
        {"Xml(1)", "TypeError: don't know how to handle int in error callback"},
        {"Xml(UnicodeEncodeError('ascii', 'a\\xe9\\u20ac\\U0001f600', 0, 4, 'why'))",
         "('&#97;&#233;&#8364;&#128512;', 4)"},
        {"Xml(UnicodeEncodeError('ascii', '\\x09', 0, 1, 'why'))", "('&#9;', 1)"},
        {"Xml(UnicodeDecodeError('ascii', b'abc', 1, 3, 'why'))",
         "TypeError: don't know how to handle UnicodeDecodeError in error callback"},
        {"Xml(UnicodeTranslateError('abc', 0, 3, 'why'))",
         "TypeError: don't know how to handle UnicodeTranslateError in error callback"},
        {"Backslash(1)", "TypeError: don't know how to handle int in error callback"},
        {"Backslash(UnicodeEncodeError('ascii', 'a\\xe9\\u20ac\\U0001f600', 0, 4, 'why'))",
         "('\\\\x61\\\\xe9\\\\u20ac\\\\U0001f600', 4)"},
        {"Backslash(UnicodeDecodeError('ascii', b'ab\\xe9', 1, 3, 'why'))", "('\\\\x62\\\\xe9', 3)"},
        {"Backslash(UnicodeTranslateError('a\\xe9\\u20ac', 1, 3, 'why'))", "('\\\\xe9\\\\u20ac', 3)"},
        {"Backslash(UnicodeTranslateError('abc', 2, 1, 'why'))", "('', 1)"},
        {"LookupError_('strict')(ValueError('a'))", "ValueError: a"},
        {"LookupError_('ignore')(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))", "('', 2)"},
        {"LookupError_('replace')(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))", "('?', 2)"},
        {"LookupError_('xmlcharrefreplace')(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))", "('&#98;', 2)"},
        {"LookupError_('backslashreplace')(UnicodeEncodeError('ascii', 'abc', 1, 2, 'why'))", "('\\\\x62', 2)"},
        {"LookupError_('surrogateescape')(1)", "TypeError: don't know how to handle int in error callback"},
        {"LookupError_('surrogateescape')(UnicodeEncodeError('ascii', 'a\\udc80\\udcff', 1, 3, 'why'))",
         "(b'\\x80\\xff', 3)"},
        {"LookupError_('surrogateescape')(UnicodeEncodeError('ascii', 'a\\udc80\\udc7f', 1, 3, 'why'))",
         "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: why"},
        {"LookupError_('surrogateescape')(UnicodeDecodeError('ascii', b'a\\x80\\xff', 1, 3, 'why'))",
         "('\\udc80\\udcff', 3)"},
        {"LookupError_('surrogateescape')(UnicodeDecodeError('ascii', b'\\x80\\x81\\x82\\x83\\x84\\x85', 0, 6, 'why'))",
         "('\\udc80\\udc81\\udc82\\udc83', 4)"},
        {"LookupError_('surrogateescape')(UnicodeDecodeError('ascii', b'a\\x80\\xff', 0, 3, 'why'))",
         "UnicodeDecodeError: 'ascii' codec can't decode bytes in position 0-2: why"},
        {"LookupError_('surrogateescape')(UnicodeTranslateError('abc', 0, 3, 'why'))",
         "TypeError: don't know how to handle UnicodeTranslateError in error callback"},
        {"LookupError_('surrogatepass')(1)", "TypeError: don't know how to handle int in error callback"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('utf-8', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "(b'\\xed\\xb2\\x80\\xed\\xa0\\x80', 3)"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('utf-16-le', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "(b'\\x80\\xdc\\x00\\xd8', 3)"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('utf-16', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "(b'\\x80\\xdc\\x00\\xd8', 3)"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('UTF32BE', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "(b'\\x00\\x00\\xdc\\x80\\x00\\x00\\xd8\\x00', 3)"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('utf_8', 'a\\udc80\\ud800', 0, 3, 'why'))",
         "UnicodeEncodeError: 'utf_8' codec can't encode characters in position 0-2: why"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('ascii', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: why"},
        {"LookupError_('surrogatepass')(UnicodeEncodeError('CP_UTF8', 'a\\udc80\\ud800', 1, 3, 'why'))",
         "UnicodeEncodeError: 'CP_UTF8' codec can't encode characters in position 1-2: why"},
        {"LookupError_('surrogatepass')(UnicodeDecodeError('utf-8', b'a\\xed\\xb2\\x80', 1, 2, 'why'))",
         "('\\udc80', 4)"},
        {"LookupError_('surrogatepass')(UnicodeDecodeError('utf-8', b'a\\xed\\xb2', 1, 2, 'why'))",
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 1: why"},
        {"LookupError_('surrogatepass')(UnicodeDecodeError('utf-16-be', b'a\\xdc\\x80', 1, 2, 'why'))",
         "('\\udc80', 3)"},
        {"LookupError_('surrogatepass')(UnicodeDecodeError('utf-32', b'\\x80\\xdc\\x00\\x00', 0, 2, 'why'))",
         "('\\udc80', 4)"},
        {"LookupError_('surrogatepass')(UnicodeDecodeError('ascii', b'\\x80\\xdc\\x00\\x00', 0, 2, 'why'))",
         "UnicodeDecodeError: 'ascii' codec can't decode bytes in position 0-1: why"},
        {"LookupError_('surrogatepass')(UnicodeTranslateError('abc', 0, 3, 'why'))",
         "TypeError: don't know how to handle UnicodeTranslateError in error callback"},
    };
    CHECK(ROWS);
}

static void
test_decode_handlers(void)
{
    static const Row ROWS[] = {
        {"RegisterError('test.b', Brackets())", "0"},
        {"FromBytes(b'a\\xffb', 'ascii', 'test.b')", "'a[ascii 1-2 ordinal not in range(128)]b'"},
        {"FromBytes(b'a\\xff\\xfeb', 'utf-8', 'test.b')",
         "'a[utf-8 1-2 invalid start byte][utf-8 2-3 invalid start byte]b'"},
        {"FromBytes(b'a\\xe2\\x82b', 'utf-8', 'test.b')", "'a[utf-8 1-3 invalid continuation byte]b'"},
        {"FromBytes(b'a\\x00\\x00\\xdcb', 'utf-16-le', 'test.b')",
         "'a[utf-16-le 2-4 illegal encoding][utf-16-le 4-5 truncated data]'"},
        {"FromBytes(b'a\\x00\\x00\\xd8', 'utf-16-le', 'test.b')", "'a[utf-16-le 2-4 unexpected end of data]'"},
        {"FromBytes(b'a\\x00\\x11\\x00', 'utf-32-le', 'test.b')",
         "'[utf-32-le 0-4 code point not in range(0x110000)]'"},
        {"FromBytes(b'a\\x00', 'utf-32', 'test.b')", "'[utf-32-le 0-2 truncated data]'"},
        {"FromBytes(b'\\\\x4', 'unicode_escape', 'test.b')", "'[unicodeescape 0-3 truncated \\\\xXX escape]'"},
        {"FromBytes(b'\\\\u004', 'raw_unicode_escape', 'test.b')",
         "'[rawunicodeescape 0-5 truncated \\\\uXXXX escape]'"},
        {"FromBytes(b'a\\xff', 'utf-7', 'test.b')", "'a[utf7 1-2 unexpected special character]'"},
        {"b'a\\xffb'.decode('ascii', 'test.b')", "'a[ascii 1-2 ordinal not in range(128)]b'"},
        {"str(b'a\\xff', 'utf-8', 'test.b')", "'a[utf-8 1-2 invalid start byte]'"},
        {"RegisterError('test.c', Returns(1))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"FromBytes(b'a\\xff', 'utf-8', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"FromBytes(b'a\\xff', 'utf-16', 'test.c')", "'｡'"},
        {"RegisterError('test.c', Returns((b'x', 2)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"RegisterError('test.c', Returns(('x', 2, 3)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"RegisterError('test.c', Returns(('x', '2')))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: 'str' object cannot be interpreted as an integer"},
        {"RegisterError('test.c', Returns((1, 2)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"RegisterError('test.c', Returns(('x', 1.0)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: 'float' object cannot be interpreted as an integer"},
        {"RegisterError('test.c', Returns(('x',)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"RegisterError('test.c', Returns(['x', 1]))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "TypeError: decoding error handler must return (str, int) tuple"},
        {"RegisterError('test.c', Returns(('x', 18446744073709551616)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "OverflowError: Python int too large to convert to C ssize_t"},
        {"RegisterError('test.c', Returns(('x', 3)))", "0"},
        {"FromBytes(b'a\\xff', 'ascii', 'test.c')", "IndexError: position 3 from error handler out of bounds"},
        {"FromBytes(b'a\\xffbc', 'ascii', 'test.c')", "'axc'"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'test.c')", "'axc'"},
        {"RegisterError('test.c', Returns(('\\u20ac', -1)))", "0"},
        {"FromBytes(b'a\\xffbc', 'ascii', 'test.c')", "'a€c'"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'test.c')", "'a€c'"},
        {"FromBytes(b'a\\xffbc', 'utf-16', 'test.c')", "'｡换'"},
        {"RegisterError('test.c', Returns(('\\u20ac', -5)))", "0"},
        {"FromBytes(b'a\\xffbc', 'ascii', 'test.c')", "IndexError: position -1 from error handler out of bounds"},
        {"RegisterError('test.c', Returns(('x', 5)))", "0"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'test.c')", "IndexError: position 5 from error handler out of bounds"},
        {"RegisterError('test.c', Raises(KeyError('of handler')))", "0"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'test.c')", "KeyError: 'of handler'"},
        {"FromBytes(b'abc', 'utf-8', 'test.c')", "'abc'"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'test none')", "LookupError: unknown error handler name 'test none'"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'xmlcharrefreplace')",
         "TypeError: don't know how to handle UnicodeDecodeError in error callback"},
        {"FromBytes(b'a\\xffbc', 'utf-8', 'namereplace')",
         "TypeError: don't know how to handle UnicodeDecodeError in error callback"},
    };
    CHECK(ROWS);
}

static void
test_encode_handlers(void)
{
    static const Row ROWS[] = {
        {"AsEncoded('a\\xe9b', 'ascii', 'test.b')", "b'a[ascii 1-2 ordinal not in range(128)]b'"},
        {"AsEncoded('a\\u20ac\\u20adb', 'latin-1', 'test.b')", "b'a[latin-1 1-3 ordinal not in range(256)]b'"},
        {"AsEncoded('a\\udc80\\udc81b', 'utf-8', 'test.b')", "b'a[utf-8 1-3 surrogates not allowed]b'"},
        {"AsEncoded('a\\udc80\\udc81b', 'utf-16-le', 'test.b')",
         "b'a\\x00[\\x00u\\x00t\\x00f\\x00-\\x001\\x006\\x00-\\x00l\\x00e\\x00 \\x001\\x00-\\x002\\x00 "
         "\\x00s\\x00u\\x00r\\x00r\\x00o\\x00g\\x00a\\x00t\\x00e\\x00s\\x00 \\x00n\\x00o\\x00t\\x00 "
         "\\x00a\\x00l\\x00l\\x00o\\x00w\\x00e\\x00d\\x00]\\x00[\\x00u\\x00t\\x00f\\x00-\\x001\\x006\\x00-"
         "\\x00l\\x00e\\x00 \\x002\\x00-\\x003\\x00 \\x00s\\x00u\\x00r\\x00r\\x00o\\x00g\\x00a\\x00t\\x00e\\x00s\\x00 "
         "\\x00n\\x00o\\x00t\\x00 \\x00a\\x00l\\x00l\\x00o\\x00w\\x00e\\x00d\\x00]\\x00b\\x00'"},
        {"AsEncoded('a\\udc80b', 'utf-32-be', 'test.b')",
         "b'\\x00\\x00\\x00a\\x00\\x00\\x00[\\x00\\x00\\x00u\\x00\\x00\\x00t\\x00\\x00\\x00f\\x00\\x00\\x00-"
         "\\x00\\x00\\x003\\x00\\x00\\x002\\x00\\x00\\x00-\\x00\\x00\\x00b\\x00\\x00\\x00e\\x00\\x00\\x00 "
         "\\x00\\x00\\x001\\x00\\x00\\x00-\\x00\\x00\\x002\\x00\\x00\\x00 "
         "\\x00\\x00\\x00s\\x00\\x00\\x00u\\x00\\x00\\x00r\\x00\\x00\\x00r\\x00\\x00\\x00o\\x00\\x00\\x00g\\x00\\x00\\x"
         "00a\\x00\\x00\\x00t\\x00\\x00\\x00e\\x00\\x00\\x00s\\x00\\x00\\x00 "
         "\\x00\\x00\\x00n\\x00\\x00\\x00o\\x00\\x00\\x00t\\x00\\x00\\x00 "
         "\\x00\\x00\\x00a\\x00\\x00\\x00l\\x00\\x00\\x00l\\x00\\x00\\x00o\\x00\\x00\\x00w\\x00\\x00\\x00e\\x00\\x00\\x"
         "00d\\x00\\x00\\x00]\\x00\\x00\\x00b'"},
        {"'a\\xe9b'.encode('ascii', 'test.b')", "b'a[ascii 1-2 ordinal not in range(128)]b'"},
        {"bytes('a\\xe9b', 'ascii', 'test.b')", "b'a[ascii 1-2 ordinal not in range(128)]b'"},
        {"RegisterError('test.c', Returns(1))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')",
         "TypeError: encoding error handler must return (str/bytes, int) tuple"},
        {"AsEncoded('a\\udc80b', 'utf-8', 'test.c')",
         "TypeError: encoding error handler must return (str/bytes, int) tuple"},
        {"AsEncoded('a\\udc80b', 'utf-16', 'test.c')",
         "TypeError: encoding error handler must return (str/bytes, int) tuple"},
        {"RegisterError('test.c', Returns((1, 2)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')",
         "TypeError: encoding error handler must return (str/bytes, int) tuple"},
        {"RegisterError('test.c', Returns(('x', '2')))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "TypeError: 'str' object cannot be interpreted as an integer"},
        {"RegisterError('test.c', Returns(('x', 2, 3)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')",
         "TypeError: encoding error handler must return (str/bytes, int) tuple"},
        {"RegisterError('test.c', Returns((b'\\xff\\xfe', 2)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "b'a\\xff\\xfeb'"},
        {"AsEncoded('a\\udc80b', 'utf-8', 'test.c')", "b'a\\xff\\xfeb'"},
        {"AsEncoded('a\\udc80b', 'utf-16-le', 'test.c')", "b'a\\x00\\xff\\xfeb\\x00'"},
        {"AsEncoded('a\\udc80b', 'utf-32-le', 'test.c')",
         "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed "
         "[\"encoding with 'utf-32-le' codec failed\"]"},
        {"RegisterError('test.c', Returns((b'\\xff', 2)))", "0"},
        {"AsEncoded('a\\udc80b', 'utf-16-le', 'test.c')",
         "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed "
         "[\"encoding with 'utf-16-le' codec failed\"]"},
        {"RegisterError('test.c', Returns(('\\xe8', 2)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
        {"AsEncoded('a\\u20acb', 'latin-1', 'test.c')", "b'a\\xe8b'"},
        {"AsEncoded('a\\udc80b', 'utf-8', 'test.c')",
         "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc80' in position 1: surrogates not allowed"},
        {"AsEncoded('a\\udc80b', 'utf-16-le', 'test.c')",
         "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed "
         "[\"encoding with 'utf-16-le' codec failed\"]"},
        {"AsEncoded('a\\udc80b', 'utf-32-le', 'test.c')",
         "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 1: surrogates not allowed "
         "[\"encoding with 'utf-32-le' codec failed\"]"},
        {"RegisterError('test.c', Returns(('\\u20ac', 2)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
        {"AsEncoded('a\\u20ac\\u20adb', 'latin-1', 'test.c')",
         "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 1-2: ordinal not in range(256)"},
        {"RegisterError('test.c', Returns(('+', -1)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "b'a+b'"},
        {"AsEncoded('a\\xe9\\xe8\\xe7b', 'ascii', 'test.c')", "b'a+b'"},
        {"AsEncoded('a\\udc80\\udc80b', 'utf-8', 'test.c')", "b'a+b'"},
        {"AsEncoded('a\\udc80\\udc80b', 'utf-16-le', 'test.c')", "b'a\\x00+\\x00b\\x00'"},
        {"RegisterError('test.c', Returns(('+', -4)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "IndexError: position -1 from error handler out of bounds"},
        {"AsEncoded('a\\udc80b', 'utf-8', 'test.c')", "IndexError: position -1 from error handler out of bounds"},
        {"RegisterError('test.c', Returns(('+', 9)))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "IndexError: position 9 from error handler out of bounds"},
        {"AsEncoded('a\\udc80b', 'utf-16', 'test.c')", "IndexError: position 9 from error handler out of bounds"},
        {"RegisterError('test.c', Raises(KeyError('of handler')))", "0"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test.c')", "KeyError: 'of handler'"},
        {"AsEncoded('a\\xe9b', '646', 'test.c')", "KeyError: 'of handler' [\"encoding with '646' codec failed\"]"},
        {"AsEncoded('a\\xe9b', 'ascii', 'test none')", "LookupError: unknown error handler name 'test none'"},
        {"AsEncoded('ab', 'ascii', 'test none')", "b'ab'"},
    };
    CHECK(ROWS);
}

int
main(void)
{
    TAP_BEGIN();
    functions = FUNCTIONS;
    kept = PyDict_New();
    RUN(test_registry);
    RUN(test_native);
    RUN(test_results);
    RUN(test_error_registry);
    RUN(test_handlers);
    RUN(test_decode_handlers);
    RUN(test_encode_handlers);
    Py_CLEAR(kept);
    return TAP_END();
}
