/* Characters written into new strings and copied out of strings, and decoding and encoding by the name of an encoding. */
#include "expressions.h"

/* A new string with the characters of another, which only the caller has, and whose hash is not computed. */
static PyObject *
fresh(PyObject *text)
{
    Py_ssize_t length = PyUnicode_GetLength(text);
    PyObject *copy = PyUnicode_New(length, PyUnicode_MAX_CHAR_VALUE(text));
    PyUnicode_CopyCharacters(copy, 0, text, 0, length);
    return copy;
}

/* The string after a function has changed it, and the number that the function returned. */
static PyObject *
changed(PyObject *text, Py_ssize_t result)
{
    PyObject *pair;
    if (PyErr_Occurred()) {
        Py_DECREF(text);
        return NULL;
    }
    pair = PyTuple_New(2);
    PyTuple_SetItem(pair, 0, text);
    PyTuple_SetItem(pair, 1, PyLong_FromSsize_t(result));
    return pair;
}

static PyObject *
call_copy(PyObject **a)
{
    PyObject *to = fresh(a[0]);
    return changed(to, PyUnicode_CopyCharacters(to, size_of(a[1]), a[2], size_of(a[3]), size_of(a[4])));
}

static PyObject *
call_copy_to_used(PyObject **a)
{
    PyObject *to = a[0];
    Py_INCREF(to);
    return changed(to, PyUnicode_CopyCharacters(to, size_of(a[1]), a[2], size_of(a[3]), size_of(a[4])));
}

static PyObject *
call_fill(PyObject **a)
{
    PyObject *text = fresh(a[0]);
    return changed(text, PyUnicode_Fill(text, size_of(a[1]), size_of(a[2]), (Py_UCS4)size_of(a[3])));
}

static PyObject *
call_fill_used(PyObject **a)
{
    Py_INCREF(a[0]);
    return changed(a[0], PyUnicode_Fill(a[0], size_of(a[1]), size_of(a[2]), (Py_UCS4)size_of(a[3])));
}

static PyObject *
call_write_char(PyObject **a)
{
    PyObject *text = fresh(a[0]);
    return changed(text, PyUnicode_WriteChar(text, size_of(a[1]), (Py_UCS4)size_of(a[2])));
}

static PyObject *
call_write_char_used(PyObject **a)
{
    Py_INCREF(a[0]);
    return changed(a[0], PyUnicode_WriteChar(a[0], size_of(a[1]), (Py_UCS4)size_of(a[2])));
}

/* Resizes, and fills the characters that are new. */
static PyObject *
resized(PyObject *text, Py_ssize_t length)
{
    Py_ssize_t old = PyUnicode_GetLength(text), i;
    int result = PyUnicode_Resize(&text, length);
    for (i = old; result == 0 && i < length; i++) {
        PyUnicode_WriteChar(text, i, '.');
    }
    return changed(text, result);
}

static PyObject *
call_resize(PyObject **a)
{
    return resized(fresh(a[0]), size_of(a[1]));
}

static PyObject *
call_resize_used(PyObject **a)
{
    Py_INCREF(a[0]);
    PyObject_Hash(a[0]);
    return resized(a[0], size_of(a[1]));
}

static PyObject *
call_as_ucs4(PyObject **a)
{
    Py_UCS4 buffer[16];
    Py_ssize_t room = size_of(a[1]), i;
    PyObject *list;
    memset(buffer, 0x55, sizeof buffer);
    if (PyUnicode_AsUCS4(a[0], buffer, room, (int)size_of(a[2])) == NULL) {
        return NULL;
    }
    list = PyList_New(0);
    for (i = 0; i <= room && i < 16; i++) {
        PyObject *item = PyLong_FromUnsignedLong(buffer[i]);
        PyList_Append(list, item);
        Py_DECREF(item);
    }
    return list;
}

static PyObject *
call_as_ucs4_copy(PyObject **a)
{
    Py_UCS4 *copy = PyUnicode_AsUCS4Copy(a[0]);
    PyObject *text;
    if (copy == NULL) {
        return NULL;
    }
    text = PyUnicode_FromKindAndData(4, copy, PyUnicode_GetLength(a[0]) + 1);
    PyMem_Free(copy);
    return text;
}

static PyObject *
call_as_wide(PyObject **a)
{
    wchar_t buffer[16];
    Py_ssize_t room = size_of(a[1]), result, i;
    PyObject *list;
    memset(buffer, 0x55, sizeof buffer);
    result = PyUnicode_AsWideChar(a[0], buffer, room);
    if (result < 0) {
        return NULL;
    }
    list = PyList_New(0);
    for (i = 0; i <= room && i < 16; i++) {
        PyObject *item = PyLong_FromLong(buffer[i]);
        PyList_Append(list, item);
        Py_DECREF(item);
    }
    return changed(list, result);
}

static PyObject *
call_as_wide_string(PyObject **a)
{
    Py_ssize_t size = -5;
    wchar_t *copy = PyUnicode_AsWideCharString(a[0], a[1] == NULL ? NULL : &size);
    PyObject *text;
    if (copy == NULL) {
        return NULL;
    }
    text = PyUnicode_FromWideChar(copy, size < 0 ? -1 : size + 1);
    PyMem_Free(copy);
    return changed(text, size);
}

static const char *
text_of(PyObject *o)
{
    return o != NULL ? PyUnicode_AsUTF8(o) : NULL;
}

static PyObject *
call_decode(PyObject **a)
{
    return PyUnicode_Decode(PyBytes_AsString(a[0]), PyBytes_Size(a[0]), text_of(a[1]), text_of(a[2]));
}

static PyObject *
call_from_encoded(PyObject **a)
{
    return PyUnicode_FromEncodedObject(a[0], text_of(a[1]), text_of(a[2]));
}

static PyObject *
call_as_encoded(PyObject **a)
{
    return PyUnicode_AsEncodedString(a[0], text_of(a[1]), text_of(a[2]));
}

static PyObject *
call_decode_stateful(PyObject **a)
{
    Py_ssize_t consumed = -7;
    PyObject *text = PyUnicode_DecodeUTF8Stateful(PyBytes_AsString(a[0]), PyBytes_Size(a[0]), text_of(a[1]),
                                                  a[2] == NULL ? NULL : &consumed);
    return text == NULL ? NULL : changed(text, consumed);
}

static PyObject *
decode_wide(PyObject *(*decode)(const char *, Py_ssize_t, const char *, int *, Py_ssize_t *), PyObject **a)
{
    int order = a[1] == NULL ? 7 : (int)size_of(a[1]);
    Py_ssize_t consumed = -7;
    PyObject *text = decode(PyBytes_AsString(a[0]), PyBytes_Size(a[0]), text_of(a[2]), a[1] == NULL ? NULL : &order,
                            a[3] == NULL ? NULL : &consumed);
    PyObject *triple;
    if (text == NULL) {
        return NULL;
    }
    triple = PyTuple_New(3);
    PyTuple_SetItem(triple, 0, text);
    PyTuple_SetItem(triple, 1, PyLong_FromLong(order));
    PyTuple_SetItem(triple, 2, PyLong_FromSsize_t(consumed));
    return triple;
}

static PyObject *
call_decode_utf16(PyObject **a)
{
    return decode_wide(PyUnicode_DecodeUTF16Stateful, a);
}

static PyObject *
call_decode_utf32(PyObject **a)
{
    return decode_wide(PyUnicode_DecodeUTF32Stateful, a);
}

static PyObject *
call_as_utf16(PyObject **a)
{
    return PyUnicode_AsUTF16String(a[0]);
}

static PyObject *
call_as_utf32(PyObject **a)
{
    return PyUnicode_AsUTF32String(a[0]);
}

/* The name that a converter stores, and its result. */
static PyObject *
converted(int (*convert)(PyObject *, void *), PyObject *o)
{
    PyObject *name = NULL, *pair;
    int result = convert(o, &name);
    if (result == 0) {
        return NULL;
    }
    pair = PyTuple_New(2);
    PyTuple_SetItem(pair, 0, name);
    PyTuple_SetItem(pair, 1, PyLong_FromLong(result));
    return pair;
}

static PyObject *
call_fs_converter(PyObject **a)
{
    return converted(PyUnicode_FSConverter, a[0]);
}

static PyObject *
call_fs_decoder(PyObject **a)
{
    return converted(PyUnicode_FSDecoder, a[0]);
}

static PyObject *
call_fs_path(PyObject **a)
{
    return PyOS_FSPath(a[0]);
}

static const Function FUNCTIONS[] = {
    {"DecodeUTF16", call_decode_utf16},
    {"DecodeUTF32", call_decode_utf32},
    {"AsUTF16String", call_as_utf16},
    {"AsUTF32String", call_as_utf32},
    {"FSConverter", call_fs_converter},
    {"FSDecoder", call_fs_decoder},
    {"FSPath", call_fs_path},
    {"CopyCharacters", call_copy},
    {"CopyToUsed", call_copy_to_used},
    {"Fill", call_fill},
    {"FillUsed", call_fill_used},
    {"WriteChar", call_write_char},
    {"WriteCharUsed", call_write_char_used},
    {"Resize", call_resize},
    {"ResizeUsed", call_resize_used},
    {"AsUCS4", call_as_ucs4},
    {"AsUCS4Copy", call_as_ucs4_copy},
    {"AsWideChar", call_as_wide},
    {"AsWideCharString", call_as_wide_string},
    {"Decode", call_decode},
    {"FromEncodedObject", call_from_encoded},
    {"AsEncodedString", call_as_encoded},
    {"DecodeUTF8Stateful", call_decode_stateful},
    {NULL, NULL},
};

static const Row PLACES[] = {
    {"CopyCharacters('abcdef', 0, 'xyz', 0, 100)", "('xyzdef', 3)"},
    {"CopyCharacters('abcdef', 2, 'xyz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('abcdef', 4, 'xyz', 0, 2)", "('abcdxy', 2)"},
    {"CopyCharacters('abcdef', 0, '\\xe9yz', 0, 100)",
     "SystemError: Cannot copy latin1 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 2, '\\xe9yz', 1, 1)",
     "SystemError: Cannot copy latin1 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 4, '\\xe9yz', 0, 2)",
     "SystemError: Cannot copy latin1 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 0, '\\u20acz', 0, 100)",
     "SystemError: Cannot copy UCS2 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 2, '\\u20acz', 1, 1)", "('abzdef', 1)"},
    {"CopyCharacters('abcdef', 4, '\\u20acz', 0, 2)",
     "SystemError: Cannot copy UCS2 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 0, '\\U0001f600', 0, 100)",
     "SystemError: Cannot copy UCS4 characters into a string of ascii characters"},
    {"CopyCharacters('abcdef', 2, '\\U0001f600', 1, 1)", "('abcdef', 0)"},
    {"CopyCharacters('abcdef', 4, '\\U0001f600', 0, 2)",
     "SystemError: Cannot copy UCS4 characters into a string of ascii characters"},
    {"Fill('abcdef', 0, 3, 120)", "('xxxdef', 3)"},
    {"Fill('abcdef', 2, 100, 233)", "ValueError: fill character is bigger than the string maximum character"},
    {"Fill('abcdef', 1, 2, 8364)", "ValueError: fill character is bigger than the string maximum character"},
    {"Fill('abcdef', 0, 1, 128512)", "ValueError: fill character is bigger than the string maximum character"},
    {"WriteChar('abcdef', 0, 120)", "('xbcdef', 0)"},
    {"WriteChar('abcdef', 5, 233)", "ValueError: character out of range"},
    {"WriteChar('abcdef', 1, 8364)", "ValueError: character out of range"},
    {"WriteChar('abcdef', 2, 128512)", "ValueError: character out of range"},
    {"Resize('abcdef', 0)", "('', 0)"},
    {"Resize('abcdef', 1)", "('a', 0)"},
    {"Resize('abcdef', 3)", "('abc', 0)"},
    {"Resize('abcdef', 6)", "('abcdef', 0)"},
    {"Resize('abcdef', 9)", "('abcdef...', 0)"},
    {"Resize('abcdef', 100)",
     "('abcdef..............................................................................................', 0)"},
    {"ResizeUsed('abcdef', 0)", "('', 0)"},
    {"ResizeUsed('abcdef', 1)", "('a', 0)"},
    {"ResizeUsed('abcdef', 3)", "('abc', 0)"},
    {"ResizeUsed('abcdef', 6)", "('abcdef', 0)"},
    {"ResizeUsed('abcdef', 9)", "('abcdef...', 0)"},
    {"CopyCharacters('ab\\xe9def', 0, 'xyz', 0, 100)", "('xyzdef', 3)"},
    {"CopyCharacters('ab\\xe9def', 2, 'xyz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\xe9def', 4, 'xyz', 0, 2)", "('abédxy', 2)"},
    {"CopyCharacters('ab\\xe9def', 0, '\\xe9yz', 0, 100)", "('éyzdef', 3)"},
    {"CopyCharacters('ab\\xe9def', 2, '\\xe9yz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\xe9def', 4, '\\xe9yz', 0, 2)", "('abédéy', 2)"},
    {"CopyCharacters('ab\\xe9def', 0, '\\u20acz', 0, 100)",
     "SystemError: Cannot copy UCS2 characters into a string of latin1 characters"},
    {"CopyCharacters('ab\\xe9def', 2, '\\u20acz', 1, 1)", "('abzdef', 1)"},
    {"CopyCharacters('ab\\xe9def', 4, '\\u20acz', 0, 2)",
     "SystemError: Cannot copy UCS2 characters into a string of latin1 characters"},
    {"CopyCharacters('ab\\xe9def', 0, '\\U0001f600', 0, 100)",
     "SystemError: Cannot copy UCS4 characters into a string of latin1 characters"},
    {"CopyCharacters('ab\\xe9def', 2, '\\U0001f600', 1, 1)", "('abédef', 0)"},
    {"CopyCharacters('ab\\xe9def', 4, '\\U0001f600', 0, 2)",
     "SystemError: Cannot copy UCS4 characters into a string of latin1 characters"},
    {"Fill('ab\\xe9def', 0, 3, 120)", "('xxxdef', 3)"},
    {"Fill('ab\\xe9def', 2, 100, 233)", "('abéééé', 4)"},
    {"Fill('ab\\xe9def', 1, 2, 8364)", "ValueError: fill character is bigger than the string maximum character"},
    {"Fill('ab\\xe9def', 0, 1, 128512)", "ValueError: fill character is bigger than the string maximum character"},
    {"WriteChar('ab\\xe9def', 0, 120)", "('xbédef', 0)"},
    {"WriteChar('ab\\xe9def', 5, 233)", "('abédeé', 0)"},
    {"WriteChar('ab\\xe9def', 1, 8364)", "ValueError: character out of range"},
    {"WriteChar('ab\\xe9def', 2, 128512)", "ValueError: character out of range"},
    {"Resize('ab\\xe9def', 0)", "('', 0)"},
    {"Resize('ab\\xe9def', 1)", "('a', 0)"},
    {"Resize('ab\\xe9def', 3)", "('abé', 0)"},
    {"Resize('ab\\xe9def', 6)", "('abédef', 0)"},
    {"Resize('ab\\xe9def', 9)", "('abédef...', 0)"},
    {"Resize('ab\\xe9def', 100)",
     "('abédef..............................................................................................', 0)"},
    {"ResizeUsed('ab\\xe9def', 0)", "('', 0)"},
    {"ResizeUsed('ab\\xe9def', 1)", "('a', 0)"},
    {"ResizeUsed('ab\\xe9def', 3)", "('abé', 0)"},
    {"ResizeUsed('ab\\xe9def', 6)", "('abédef', 0)"},
    {"ResizeUsed('ab\\xe9def', 9)", "('abédef...', 0)"},
    {"CopyCharacters('ab\\u20acdef', 0, 'xyz', 0, 100)", "('xyzdef', 3)"},
    {"CopyCharacters('ab\\u20acdef', 2, 'xyz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\u20acdef', 4, 'xyz', 0, 2)", "('ab€dxy', 2)"},
    {"CopyCharacters('ab\\u20acdef', 0, '\\xe9yz', 0, 100)", "('éyzdef', 3)"},
    {"CopyCharacters('ab\\u20acdef', 2, '\\xe9yz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\u20acdef', 4, '\\xe9yz', 0, 2)", "('ab€déy', 2)"},
    {"CopyCharacters('ab\\u20acdef', 0, '\\u20acz', 0, 100)", "('€z€def', 2)"},
    {"CopyCharacters('ab\\u20acdef', 2, '\\u20acz', 1, 1)", "('abzdef', 1)"},
    {"CopyCharacters('ab\\u20acdef', 4, '\\u20acz', 0, 2)", "('ab€d€z', 2)"},
    {"CopyCharacters('ab\\u20acdef', 0, '\\U0001f600', 0, 100)",
     "SystemError: Cannot copy UCS4 characters into a string of UCS2 characters"},
    {"CopyCharacters('ab\\u20acdef', 2, '\\U0001f600', 1, 1)", "('ab€def', 0)"},
    {"CopyCharacters('ab\\u20acdef', 4, '\\U0001f600', 0, 2)",
     "SystemError: Cannot copy UCS4 characters into a string of UCS2 characters"},
    {"Fill('ab\\u20acdef', 0, 3, 120)", "('xxxdef', 3)"},
    {"Fill('ab\\u20acdef', 2, 100, 233)", "('abéééé', 4)"},
    {"Fill('ab\\u20acdef', 1, 2, 8364)", "('a€€def', 2)"},
    {"Fill('ab\\u20acdef', 0, 1, 128512)", "ValueError: fill character is bigger than the string maximum character"},
    {"WriteChar('ab\\u20acdef', 0, 120)", "('xb€def', 0)"},
    {"WriteChar('ab\\u20acdef', 5, 233)", "('ab€deé', 0)"},
    {"WriteChar('ab\\u20acdef', 1, 8364)", "('a€€def', 0)"},
    {"WriteChar('ab\\u20acdef', 2, 128512)", "ValueError: character out of range"},
    {"Resize('ab\\u20acdef', 0)", "('', 0)"},
    {"Resize('ab\\u20acdef', 1)", "('a', 0)"},
    {"Resize('ab\\u20acdef', 3)", "('ab€', 0)"},
    {"Resize('ab\\u20acdef', 6)", "('ab€def', 0)"},
    {"Resize('ab\\u20acdef', 9)", "('ab€def...', 0)"},
    {"Resize('ab\\u20acdef', 100)",
     "('ab€def..............................................................................................', 0)"},
    {"ResizeUsed('ab\\u20acdef', 0)", "('', 0)"},
    {"ResizeUsed('ab\\u20acdef', 1)", "('a', 0)"},
    {"ResizeUsed('ab\\u20acdef', 3)", "('ab€', 0)"},
    {"ResizeUsed('ab\\u20acdef', 6)", "('ab€def', 0)"},
    {"ResizeUsed('ab\\u20acdef', 9)", "('ab€def...', 0)"},
    {"CopyCharacters('ab\\U0001f600def', 0, 'xyz', 0, 100)", "('xyzdef', 3)"},
    {"CopyCharacters('ab\\U0001f600def', 2, 'xyz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\U0001f600def', 4, 'xyz', 0, 2)", "('ab😀dxy', 2)"},
    {"CopyCharacters('ab\\U0001f600def', 0, '\\xe9yz', 0, 100)", "('éyzdef', 3)"},
    {"CopyCharacters('ab\\U0001f600def', 2, '\\xe9yz', 1, 1)", "('abydef', 1)"},
    {"CopyCharacters('ab\\U0001f600def', 4, '\\xe9yz', 0, 2)", "('ab😀déy', 2)"},
    {"CopyCharacters('ab\\U0001f600def', 0, '\\u20acz', 0, 100)", "('€z😀def', 2)"},
    {"CopyCharacters('ab\\U0001f600def', 2, '\\u20acz', 1, 1)", "('abzdef', 1)"},
    {"CopyCharacters('ab\\U0001f600def', 4, '\\u20acz', 0, 2)", "('ab😀d€z', 2)"},
    {"CopyCharacters('ab\\U0001f600def', 0, '\\U0001f600', 0, 100)", "('😀b😀def', 1)"},
    {"CopyCharacters('ab\\U0001f600def', 2, '\\U0001f600', 1, 1)", "('ab😀def', 0)"},
    {"CopyCharacters('ab\\U0001f600def', 4, '\\U0001f600', 0, 2)", "('ab😀d😀f', 1)"},
    {"Fill('ab\\U0001f600def', 0, 3, 120)", "('xxxdef', 3)"},
    {"Fill('ab\\U0001f600def', 2, 100, 233)", "('abéééé', 4)"},
    {"Fill('ab\\U0001f600def', 1, 2, 8364)", "('a€€def', 2)"},
    {"Fill('ab\\U0001f600def', 0, 1, 128512)", "('😀b😀def', 1)"},
    {"WriteChar('ab\\U0001f600def', 0, 120)", "('xb😀def', 0)"},
    {"WriteChar('ab\\U0001f600def', 5, 233)", "('ab😀deé', 0)"},
    {"WriteChar('ab\\U0001f600def', 1, 8364)", "('a€😀def', 0)"},
    {"WriteChar('ab\\U0001f600def', 2, 128512)", "('ab😀def', 0)"},
    {"Resize('ab\\U0001f600def', 0)", "('', 0)"},
    {"Resize('ab\\U0001f600def', 1)", "('a', 0)"},
    {"Resize('ab\\U0001f600def', 3)", "('ab😀', 0)"},
    {"Resize('ab\\U0001f600def', 6)", "('ab😀def', 0)"},
    {"Resize('ab\\U0001f600def', 9)", "('ab😀def...', 0)"},
    {"Resize('ab\\U0001f600def', 100)",
     "('ab😀def..............................................................................................', 0)"},
    {"ResizeUsed('ab\\U0001f600def', 0)", "('', 0)"},
    {"ResizeUsed('ab\\U0001f600def', 1)", "('a', 0)"},
    {"ResizeUsed('ab\\U0001f600def', 3)", "('ab😀', 0)"},
    {"ResizeUsed('ab\\U0001f600def', 6)", "('ab😀def', 0)"},
    {"ResizeUsed('ab\\U0001f600def', 9)", "('ab😀def...', 0)"},
    {"CopyCharacters('abc', 4, 'x', 0, 1)", "IndexError: string index out of range"},
    {"CopyCharacters('abc', 3, 'x', 0, 1)", "SystemError: Cannot write 1 characters at 3 in a string of 3 characters"},
    {"CopyCharacters('abc', 3, 'x', 1, 1)", "('abc', 0)"},
    {"CopyCharacters('abc', -1, 'x', 0, 1)", "IndexError: string index out of range"},
    {"CopyCharacters('abc', 0, 'x', 2, 1)", "IndexError: string index out of range"},
    {"CopyCharacters('abc', 0, 'x', -1, 1)", "IndexError: string index out of range"},
    {"CopyCharacters('abc', 0, 'x', 0, -1)", "SystemError: how_many cannot be negative"},
    {"CopyCharacters('abc', 1, 'xyz', 0, 3)",
     "SystemError: Cannot write 3 characters at 1 in a string of 3 characters"},
    {"CopyToUsed('a', 0, 'x', 0, 1)", "SystemError: Cannot modify a string currently used"},
    {"CopyToUsed('a', 0, 'x', 0, 0)", "('a', 0)"},
    {"Fill('abc', -1, 1, 97)", "IndexError: string index out of range"},
    {"Fill('abc', 3, 1, 97)", "('abc', 0)"},
    {"Fill('abc', 9, 1, 97)", "('abc', 0)"},
    {"Fill('abc', 0, -1, 97)", "('abc', 0)"},
    {"Fill('abc', 0, 0, 97)", "('abc', 0)"},
    {"Fill('abc', 0, 1, 1114112)", "ValueError: fill character is bigger than the string maximum character"},
    {"FillUsed('a', 0, 1, 98)", "SystemError: Cannot modify a string currently used"},
    {"FillUsed('abc', -1, 1, 1114112)", "SystemError: Cannot modify a string currently used"},
    {"WriteChar('abc', -1, 97)", "IndexError: string index out of range"},
    {"WriteChar('abc', 3, 97)", "IndexError: string index out of range"},
    {"WriteChar('abc', 0, 1114112)", "ValueError: character out of range"},
    {"WriteCharUsed('a', 0, 98)", "SystemError: Cannot modify a string currently used"},
    {"WriteCharUsed('a', 5, 98)", "IndexError: string index out of range"},
    {"WriteCharUsed(5, 0, 98)", "TypeError: bad argument type for built-in operation"},
};

static const Row COPIES[] = {
    {"AsUCS4('abc', 4, 1)", "[97, 98, 99, 0, 1431655765]"},
    {"AsUCS4('abc', 3, 0)", "[97, 98, 99, 1431655765]"},
    {"AsUCS4('abc', 3, 1)", "SystemError: string is longer than the buffer"},
    {"AsUCS4('abc', 2, 0)", "SystemError: string is longer than the buffer"},
    {"AsUCS4('\\xe9\\u20ac\\U0001f600', 5, 1)", "[233, 8364, 128512, 0, 1431655765, 1431655765]"},
    {"AsUCS4('', 1, 1)", "[0, 1431655765]"},
    {"AsUCS4('', 0, 0)", "[1431655765]"},
    {"AsUCS4('', 0, 1)", "SystemError: string is longer than the buffer"},
    {"AsUCS4Copy('a\\u20ac\\U0001f600')", "'a€😀\\x00'"},
    {"AsUCS4Copy('')", "'\\x00'"},
    {"AsWideChar('abc', 2)", "([97, 98, 1431655765], 2)"},
    {"AsWideChar('abc', 3)", "([97, 98, 99, 1431655765], 3)"},
    {"AsWideChar('abc', 4)", "([97, 98, 99, 0, 1431655765], 3)"},
    {"AsWideChar('abc', 6)", "([97, 98, 99, 0, 1431655765, 1431655765, 1431655765], 3)"},
    {"AsWideChar('\\u20ac\\U0001f600', 5)", "([8364, 128512, 0, 1431655765, 1431655765, 1431655765], 2)"},
    {"AsWideChar(5, 2)", "TypeError: bad argument type for built-in operation"},
    {"AsWideCharString('abc', 1)", "('abc\\x00', 3)"},
    {"AsWideCharString('a\\x00b', 1)", "('a\\x00b\\x00', 3)"},
    {"AsWideCharString('a\\x00b', NULL)", "ValueError: embedded null character"},
    {"AsWideCharString('\\U0001f600', NULL)", "('😀', -5)"},
    {"AsWideCharString(5, 1)", "TypeError: bad argument type for built-in operation"},
};

static const Row ENCODINGS[] = {
    {"Decode(b'', NULL, NULL)", "''"},
    {"FromEncodedObject(b'', NULL, 'replace')", "''"},
    {"Decode(b'abc', NULL, NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', NULL, 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1: unexpected end of data"},
    {"FromEncodedObject(b'a\\xe9', NULL, 'replace')", "'a�'"},
    {"Decode(b'\\xe2\\x82\\xac', NULL, NULL)", "'€'"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', NULL, 'replace')", "'€'"},
    {"Decode(b'\\xe2\\x82', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"FromEncodedObject(b'\\xe2\\x82', NULL, 'replace')", "'�'"},
    {"AsEncodedString('abc', NULL, NULL)", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', NULL, 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', NULL, NULL)", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'ignore')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'backslashreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'xmlcharrefreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'surrogateescape')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'surrogatepass')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', NULL, 'nosuch')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'ignore')", "b'\\xe2\\x82\\xac'"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'backslashreplace')", "b'\\xe2\\x82\\xac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'xmlcharrefreplace')", "b'\\xe2\\x82\\xac&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'surrogateescape')",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'surrogatepass')", "b'\\xe2\\x82\\xac\\xed\\xa0\\x80'"},
    {"AsEncodedString('\\u20ac\\ud800', NULL, 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', NULL, NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udce9' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udce9x', NULL, 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', NULL, 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', NULL, 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', NULL, 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', NULL, 'surrogatepass')", "b'\\xed\\xb3\\xa9x'"},
    {"AsEncodedString('\\udce9x', NULL, 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'utf-8', NULL)", "''"},
    {"FromEncodedObject(b'', 'utf-8', 'replace')", "''"},
    {"Decode(b'abc', 'utf-8', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'utf-8', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'utf-8', NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1: unexpected end of data"},
    {"FromEncodedObject(b'a\\xe9', 'utf-8', 'replace')", "'a�'"},
    {"Decode(b'\\xe2\\x82\\xac', 'utf-8', NULL)", "'€'"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'utf-8', 'replace')", "'€'"},
    {"Decode(b'\\xe2\\x82', 'utf-8', NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"FromEncodedObject(b'\\xe2\\x82', 'utf-8', 'replace')", "'�'"},
    {"AsEncodedString('abc', 'utf-8', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'utf-8', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'utf-8', NULL)", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'ignore')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'backslashreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'xmlcharrefreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'surrogateescape')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'surrogatepass')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'utf-8', 'nosuch')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'ignore')", "b'\\xe2\\x82\\xac'"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'backslashreplace')", "b'\\xe2\\x82\\xac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'xmlcharrefreplace')", "b'\\xe2\\x82\\xac&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'surrogatepass')", "b'\\xe2\\x82\\xac\\xed\\xa0\\x80'"},
    {"AsEncodedString('\\u20ac\\ud800', 'utf-8', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'utf-8', NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udce9' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'surrogatepass')", "b'\\xed\\xb3\\xa9x'"},
    {"AsEncodedString('\\udce9x', 'utf-8', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'UTF8', NULL)", "''"},
    {"FromEncodedObject(b'', 'UTF8', 'replace')", "''"},
    {"Decode(b'abc', 'UTF8', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'UTF8', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'UTF8', NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1: unexpected end of data"},
    {"FromEncodedObject(b'a\\xe9', 'UTF8', 'replace')", "'a�'"},
    {"Decode(b'\\xe2\\x82\\xac', 'UTF8', NULL)", "'€'"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'UTF8', 'replace')", "'€'"},
    {"Decode(b'\\xe2\\x82', 'UTF8', NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"FromEncodedObject(b'\\xe2\\x82', 'UTF8', 'replace')", "'�'"},
    {"AsEncodedString('abc', 'UTF8', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'UTF8', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'UTF8', NULL)", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'ignore')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'backslashreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'xmlcharrefreplace')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'surrogateescape')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'surrogatepass')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('a\\xe9', 'UTF8', 'nosuch')", "b'a\\xc3\\xa9'"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'ignore')", "b'\\xe2\\x82\\xac'"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'backslashreplace')", "b'\\xe2\\x82\\xac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'xmlcharrefreplace')", "b'\\xe2\\x82\\xac&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'surrogatepass')", "b'\\xe2\\x82\\xac\\xed\\xa0\\x80'"},
    {"AsEncodedString('\\u20ac\\ud800', 'UTF8', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'UTF8', NULL)",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udce9' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'surrogatepass')", "b'\\xed\\xb3\\xa9x'"},
    {"AsEncodedString('\\udce9x', 'UTF8', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'ascii', NULL)", "''"},
    {"FromEncodedObject(b'', 'ascii', 'replace')", "''"},
    {"Decode(b'abc', 'ascii', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'ascii', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'ascii', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)"},
    {"FromEncodedObject(b'a\\xe9', 'ascii', 'replace')", "'a�'"},
    {"Decode(b'\\xe2\\x82\\xac', 'ascii', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe2 in position 0: ordinal not in range(128)"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'ascii', 'replace')", "'���'"},
    {"Decode(b'\\xe2\\x82', 'ascii', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe2 in position 0: ordinal not in range(128)"},
    {"FromEncodedObject(b'\\xe2\\x82', 'ascii', 'replace')", "'��'"},
    {"AsEncodedString('abc', 'ascii', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'ascii', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'ascii', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'ascii', 'ignore')", "b'a'"},
    {"AsEncodedString('a\\xe9', 'ascii', 'backslashreplace')", "b'a\\\\xe9'"},
    {"AsEncodedString('a\\xe9', 'ascii', 'xmlcharrefreplace')", "b'a&#233;'"},
    {"AsEncodedString('a\\xe9', 'ascii', 'surrogateescape')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'ascii', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'ascii', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'ignore')", "b''"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'backslashreplace')", "b'\\\\u20ac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'xmlcharrefreplace')", "b'&#8364;&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'surrogateescape')",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'ascii', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'ascii', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\udce9' in position 0: ordinal not in range(128)"},
    {"AsEncodedString('\\udce9x', 'ascii', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'ascii', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'ascii', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'ascii', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'ascii', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\udce9' in position 0: ordinal not in range(128)"},
    {"AsEncodedString('\\udce9x', 'ascii', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'latin-1', NULL)", "''"},
    {"FromEncodedObject(b'', 'latin-1', 'replace')", "''"},
    {"Decode(b'abc', 'latin-1', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'latin-1', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'latin-1', NULL)", "'aé'"},
    {"FromEncodedObject(b'a\\xe9', 'latin-1', 'replace')", "'aé'"},
    {"Decode(b'\\xe2\\x82\\xac', 'latin-1', NULL)", "'â\\x82¬'"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'latin-1', 'replace')", "'â\\x82¬'"},
    {"Decode(b'\\xe2\\x82', 'latin-1', NULL)", "'â\\x82'"},
    {"FromEncodedObject(b'\\xe2\\x82', 'latin-1', 'replace')", "'â\\x82'"},
    {"AsEncodedString('abc', 'latin-1', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'latin-1', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'latin-1', NULL)", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'ignore')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'backslashreplace')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'xmlcharrefreplace')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'surrogateescape')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'surrogatepass')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'latin-1', 'nosuch')", "b'a\\xe9'"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', NULL)",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'ignore')", "b''"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'backslashreplace')", "b'\\\\u20ac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'xmlcharrefreplace')", "b'&#8364;&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'surrogateescape')",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'surrogatepass')",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'latin-1', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'latin-1', NULL)",
     "UnicodeEncodeError: 'latin-1' codec can't encode character '\\udce9' in position 0: ordinal not in range(256)"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'surrogatepass')",
     "UnicodeEncodeError: 'latin-1' codec can't encode character '\\udce9' in position 0: ordinal not in range(256)"},
    {"AsEncodedString('\\udce9x', 'latin-1', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'iso-8859-1', NULL)", "''"},
    {"FromEncodedObject(b'', 'iso-8859-1', 'replace')", "''"},
    {"Decode(b'abc', 'iso-8859-1', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'iso-8859-1', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'iso-8859-1', NULL)", "'aé'"},
    {"FromEncodedObject(b'a\\xe9', 'iso-8859-1', 'replace')", "'aé'"},
    {"Decode(b'\\xe2\\x82\\xac', 'iso-8859-1', NULL)", "'â\\x82¬'"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'iso-8859-1', 'replace')", "'â\\x82¬'"},
    {"Decode(b'\\xe2\\x82', 'iso-8859-1', NULL)", "'â\\x82'"},
    {"FromEncodedObject(b'\\xe2\\x82', 'iso-8859-1', 'replace')", "'â\\x82'"},
    {"AsEncodedString('abc', 'iso-8859-1', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'iso-8859-1', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', NULL)", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'ignore')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'backslashreplace')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'xmlcharrefreplace')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'surrogateescape')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'surrogatepass')", "b'a\\xe9'"},
    {"AsEncodedString('a\\xe9', 'iso-8859-1', 'nosuch')", "b'a\\xe9'"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', NULL)",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'ignore')", "b''"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'backslashreplace')", "b'\\\\u20ac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'xmlcharrefreplace')", "b'&#8364;&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'surrogateescape')",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'surrogatepass')",
     "UnicodeEncodeError: 'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"},
    {"AsEncodedString('\\u20ac\\ud800', 'iso-8859-1', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', NULL)",
     "UnicodeEncodeError: 'latin-1' codec can't encode character '\\udce9' in position 0: ordinal not in range(256)"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'surrogatepass')",
     "UnicodeEncodeError: 'latin-1' codec can't encode character '\\udce9' in position 0: ordinal not in range(256)"},
    {"AsEncodedString('\\udce9x', 'iso-8859-1', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'US-ASCII', NULL)", "''"},
    {"FromEncodedObject(b'', 'US-ASCII', 'replace')", "''"},
    {"Decode(b'abc', 'US-ASCII', NULL)", "'abc'"},
    {"FromEncodedObject(b'abc', 'US-ASCII', 'replace')", "'abc'"},
    {"Decode(b'a\\xe9', 'US-ASCII', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)"},
    {"FromEncodedObject(b'a\\xe9', 'US-ASCII', 'replace')", "'a�'"},
    {"Decode(b'\\xe2\\x82\\xac', 'US-ASCII', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe2 in position 0: ordinal not in range(128)"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'US-ASCII', 'replace')", "'���'"},
    {"Decode(b'\\xe2\\x82', 'US-ASCII', NULL)",
     "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe2 in position 0: ordinal not in range(128)"},
    {"FromEncodedObject(b'\\xe2\\x82', 'US-ASCII', 'replace')", "'��'"},
    {"AsEncodedString('abc', 'US-ASCII', NULL)", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'ignore')", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'backslashreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'xmlcharrefreplace')", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'surrogateescape')", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'surrogatepass')", "b'abc'"},
    {"AsEncodedString('abc', 'US-ASCII', 'nosuch')", "b'abc'"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'ignore')", "b'a'"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'backslashreplace')", "b'a\\\\xe9'"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'xmlcharrefreplace')", "b'a&#233;'"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'surrogateescape')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)"},
    {"AsEncodedString('a\\xe9', 'US-ASCII', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'ignore')", "b''"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'backslashreplace')", "b'\\\\u20ac\\\\ud800'"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'xmlcharrefreplace')", "b'&#8364;&#55296;'"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'surrogateescape')",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)"},
    {"AsEncodedString('\\u20ac\\ud800', 'US-ASCII', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', NULL)",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\udce9' in position 0: ordinal not in range(128)"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'ignore')", "b'x'"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'backslashreplace')", "b'\\\\udce9x'"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'xmlcharrefreplace')", "b'&#56553;x'"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'surrogateescape')", "b'\\xe9x'"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'surrogatepass')",
     "UnicodeEncodeError: 'ascii' codec can't encode character '\\udce9' in position 0: ordinal not in range(128)"},
    {"AsEncodedString('\\udce9x', 'US-ASCII', 'nosuch')", "LookupError: unknown error handler name 'nosuch'"},
    {"Decode(b'', 'nosuch', NULL)", "''"},
    {"FromEncodedObject(b'', 'nosuch', 'replace')", "''"},
    {"Decode(b'abc', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"FromEncodedObject(b'abc', 'nosuch', 'replace')", "LookupError: unknown encoding: nosuch"},
    {"Decode(b'a\\xe9', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"FromEncodedObject(b'a\\xe9', 'nosuch', 'replace')", "LookupError: unknown encoding: nosuch"},
    {"Decode(b'\\xe2\\x82\\xac', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"FromEncodedObject(b'\\xe2\\x82\\xac', 'nosuch', 'replace')", "LookupError: unknown encoding: nosuch"},
    {"Decode(b'\\xe2\\x82', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"FromEncodedObject(b'\\xe2\\x82', 'nosuch', 'replace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'ignore')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'backslashreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'xmlcharrefreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'surrogateescape')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'surrogatepass')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('abc', 'nosuch', 'nosuch')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'ignore')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'backslashreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'xmlcharrefreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'surrogateescape')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'surrogatepass')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('a\\xe9', 'nosuch', 'nosuch')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'ignore')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'backslashreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'xmlcharrefreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'surrogateescape')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'surrogatepass')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\u20ac\\ud800', 'nosuch', 'nosuch')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', NULL)", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'ignore')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'backslashreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'xmlcharrefreplace')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'surrogateescape')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'surrogatepass')", "LookupError: unknown encoding: nosuch"},
    {"AsEncodedString('\\udce9x', 'nosuch', 'nosuch')", "LookupError: unknown encoding: nosuch"},
    {"FromEncodedObject('abc', NULL, NULL)", "TypeError: decoding str is not supported"},
    {"FromEncodedObject(5, NULL, NULL)", "TypeError: decoding to str: need a bytes-like object, int found"},
    {"FromEncodedObject(b'', 'nosuch', NULL)", "''"},
    {"AsEncodedString(5, NULL, NULL)", "TypeError: bad argument type for built-in operation"},
    {"DecodeUTF8Stateful(b'abc', NULL, 1)", "('abc', 3)"},
    {"DecodeUTF8Stateful(b'abc', 'replace', 1)", "('abc', 3)"},
    {"DecodeUTF8Stateful(b'abc', NULL, NULL)", "('abc', -7)"},
    {"DecodeUTF8Stateful(b'a\\xe2', NULL, 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xe2', 'replace', 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xe2', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 1: unexpected end of data"},
    {"DecodeUTF8Stateful(b'a\\xe2\\x82', NULL, 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xe2\\x82', 'replace', 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xe2\\x82', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-2: unexpected end of data"},
    {"DecodeUTF8Stateful(b'a\\xf0\\x9f\\x98', NULL, 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xf0\\x9f\\x98', 'replace', 1)", "('a', 1)"},
    {"DecodeUTF8Stateful(b'a\\xf0\\x9f\\x98', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 1-3: unexpected end of data"},
    {"DecodeUTF8Stateful(b'a\\xff', NULL, 1)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"},
    {"DecodeUTF8Stateful(b'a\\xff', 'replace', 1)", "('a�', 2)"},
    {"DecodeUTF8Stateful(b'a\\xff', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"},
    {"DecodeUTF8Stateful(b'a\\xc3(', NULL, 1)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 1: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'a\\xc3(', 'replace', 1)", "('a�(', 3)"},
    {"DecodeUTF8Stateful(b'a\\xc3(', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 1: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0', NULL, 1)", "('', 0)"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0', 'replace', 1)", "('', 0)"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0\\x80', NULL, 1)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0\\x80', 'replace', 1)", "('���', 3)"},
    {"DecodeUTF8Stateful(b'\\xed\\xa0\\x80', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'a\\xf4\\x90', NULL, 1)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf4 in position 1: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'a\\xf4\\x90', 'replace', 1)", "('a��', 3)"},
    {"DecodeUTF8Stateful(b'a\\xf4\\x90', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xf4 in position 1: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'\\xe0\\x80', NULL, 1)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe0 in position 0: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'\\xe0\\x80', 'replace', 1)", "('��', 2)"},
    {"DecodeUTF8Stateful(b'\\xe0\\x80', NULL, NULL)",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe0 in position 0: invalid continuation byte"},
    {"DecodeUTF8Stateful(b'', NULL, 1)", "('', 0)"},
    {"DecodeUTF8Stateful(b'', 'replace', 1)", "('', 0)"},
    {"DecodeUTF8Stateful(b'', NULL, NULL)", "('', -7)"},
};

static const Row WIDE[] = {
    {"DecodeUTF16(b'', -1, NULL, 1)", "('', -1, 0)"},
    {"DecodeUTF16(b'', -1, NULL, NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', 0, NULL, 1)", "('', 0, 0)"},
    {"DecodeUTF16(b'', 0, NULL, NULL)", "('', 0, -7)"},
    {"DecodeUTF16(b'', 1, NULL, 1)", "('', 1, 0)"},
    {"DecodeUTF16(b'', 1, NULL, NULL)", "('', 1, -7)"},
    {"DecodeUTF16(b'', 2, NULL, 1)", "('', 2, 0)"},
    {"DecodeUTF16(b'', -3, NULL, 1)", "('', -3, 0)"},
    {"DecodeUTF16(b'', NULL, NULL, 1)", "('', 7, 0)"},
    {"DecodeUTF16(b'', NULL, NULL, NULL)", "('', 7, -7)"},
    {"DecodeUTF16(b'', -1, 'replace', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', -1, 'backslashreplace', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', -1, 'surrogateescape', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', -1, 'surrogatepass', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'', -1, 'nosuch', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, NULL, 1)", "('ab', -1, 4)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, NULL, NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', 0, NULL, 1)", "('ab', 0, 4)"},
    {"DecodeUTF16(b'a\\x00b\\x00', 0, NULL, NULL)", "('ab', 0, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', 1, NULL, 1)", "('愀戀', 1, 4)"},
    {"DecodeUTF16(b'a\\x00b\\x00', 1, NULL, NULL)", "('愀戀', 1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', NULL, NULL, 1)", "('ab', 7, 4)"},
    {"DecodeUTF16(b'a\\x00b\\x00', NULL, NULL, NULL)", "('ab', 7, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'replace', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'ignore', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'backslashreplace', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'surrogateescape', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'surrogatepass', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b\\x00', -1, 'nosuch', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, NULL, 1)", "('愀戀', -1, 4)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, NULL, NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', 0, NULL, 1)", "('愀戀', 0, 4)"},
    {"DecodeUTF16(b'\\x00a\\x00b', 0, NULL, NULL)", "('愀戀', 0, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', 1, NULL, 1)", "('ab', 1, 4)"},
    {"DecodeUTF16(b'\\x00a\\x00b', 1, NULL, NULL)", "('ab', 1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', NULL, NULL, 1)", "('愀戀', 7, 4)"},
    {"DecodeUTF16(b'\\x00a\\x00b', NULL, NULL, NULL)", "('愀戀', 7, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'replace', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'ignore', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'backslashreplace', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'surrogateescape', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'surrogatepass', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\x00a\\x00b', -1, 'nosuch', NULL)", "('愀戀', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, NULL, 1)", "('\\ufeffa', -1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, NULL, NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', 0, NULL, 1)", "('a', -1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', 0, NULL, NULL)", "('a', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', 1, NULL, 1)", "('\\ufffe愀', 1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', 1, NULL, NULL)", "('\\ufffe愀', 1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', NULL, NULL, 1)", "('a', 7, 4)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', NULL, NULL, NULL)", "('a', 7, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'replace', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'ignore', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'backslashreplace', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'surrogateescape', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'surrogatepass', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfea\\x00', -1, 'nosuch', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, NULL, 1)", "('\\ufffe愀', -1, 4)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, NULL, NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', 0, NULL, 1)", "('a', 1, 4)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', 0, NULL, NULL)", "('a', 1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', 1, NULL, 1)", "('\\ufeffa', 1, 4)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', 1, NULL, NULL)", "('\\ufeffa', 1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', NULL, NULL, 1)", "('a', 7, 4)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', NULL, NULL, NULL)", "('a', 7, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'replace', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'ignore', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'backslashreplace', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'surrogateescape', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'surrogatepass', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xfe\\xff\\x00a', -1, 'nosuch', NULL)", "('\\ufffe愀', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, NULL, 1)", "('\\ufeff', -1, 2)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, NULL, NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', 0, NULL, 1)", "('', -1, 2)"},
    {"DecodeUTF16(b'\\xff\\xfe', 0, NULL, NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', 1, NULL, 1)", "('\\ufffe', 1, 2)"},
    {"DecodeUTF16(b'\\xff\\xfe', 1, NULL, NULL)", "('\\ufffe', 1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', NULL, NULL, 1)", "('', 7, 2)"},
    {"DecodeUTF16(b'\\xff\\xfe', NULL, NULL, NULL)", "('', 7, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'replace', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'ignore', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'backslashreplace', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'surrogateescape', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'surrogatepass', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe', -1, 'nosuch', NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b', -1, NULL, 1)", "('a', -1, 2)"},
    {"DecodeUTF16(b'a\\x00b', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', 0, NULL, 1)", "('a', 0, 2)"},
    {"DecodeUTF16(b'a\\x00b', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', 1, NULL, 1)", "('愀', 1, 2)"},
    {"DecodeUTF16(b'a\\x00b', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-be' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', NULL, NULL, 1)", "('a', 7, 2)"},
    {"DecodeUTF16(b'a\\x00b', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', -1, 'replace', NULL)", "('a�', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b', -1, 'ignore', NULL)", "('a', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b', -1, 'backslashreplace', NULL)", "('a\\\\x62', -1, -7)"},
    {"DecodeUTF16(b'a\\x00b', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data"},
    {"DecodeUTF16(b'a\\x00b', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, NULL, 1)", "('😀', -1, 4)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, NULL, NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', 0, NULL, 1)", "('😀', 0, 4)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', 0, NULL, NULL)", "('😀', 0, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', 1, NULL, 1)", "('㷘Þ', 1, 4)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', 1, NULL, NULL)", "('㷘Þ', 1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', NULL, NULL, 1)", "('😀', 7, 4)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', NULL, NULL, NULL)", "('😀', 7, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'replace', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'ignore', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'backslashreplace', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'surrogateescape', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'surrogatepass', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8\\x00\\xde', -1, 'nosuch', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, NULL, 1)", "('㷘Þ', -1, 4)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, NULL, NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', 0, NULL, 1)", "('㷘Þ', 0, 4)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', 0, NULL, NULL)", "('㷘Þ', 0, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', 1, NULL, 1)", "('😀', 1, 4)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', 1, NULL, NULL)", "('😀', 1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', NULL, NULL, 1)", "('㷘Þ', 7, 4)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', NULL, NULL, NULL)", "('㷘Þ', 7, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'replace', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'ignore', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'backslashreplace', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'surrogateescape', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'surrogatepass', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'\\xd8=\\xde\\x00', -1, 'nosuch', NULL)", "('㷘Þ', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8', -1, NULL, 1)", "('', -1, 0)"},
    {"DecodeUTF16(b'=\\xd8', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8', 0, NULL, 1)", "('', 0, 0)"},
    {"DecodeUTF16(b'=\\xd8', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8', 1, NULL, 1)", "('㷘', 1, 2)"},
    {"DecodeUTF16(b'=\\xd8', 1, NULL, NULL)", "('㷘', 1, -7)"},
    {"DecodeUTF16(b'=\\xd8', NULL, NULL, 1)", "('', 7, 0)"},
    {"DecodeUTF16(b'=\\xd8', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8', -1, 'backslashreplace', NULL)", "('\\\\x3d\\\\xd8', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8', -1, 'surrogatepass', NULL)", "('\\ud83d', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'=\\xd8a', -1, NULL, 1)", "('', -1, 0)"},
    {"DecodeUTF16(b'=\\xd8a', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-2: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8a', 0, NULL, 1)", "('', 0, 0)"},
    {"DecodeUTF16(b'=\\xd8a', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-2: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8a', 1, NULL, 1)", "('㷘', 1, 2)"},
    {"DecodeUTF16(b'=\\xd8a', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-be' codec can't decode byte 0x61 in position 2: truncated data"},
    {"DecodeUTF16(b'=\\xd8a', NULL, NULL, 1)", "('', 7, 0)"},
    {"DecodeUTF16(b'=\\xd8a', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-2: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'backslashreplace', NULL)", "('\\\\x3d\\\\xd8\\\\x61', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-2: unexpected end of data"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode byte 0x61 in position 2: truncated data"},
    {"DecodeUTF16(b'=\\xd8a', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', 1, NULL, 1)", "('㷘愀', 1, 4)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', 1, NULL, NULL)", "('㷘愀', 1, -7)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'replace', NULL)", "('�a', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'ignore', NULL)", "('a', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'backslashreplace', NULL)", "('\\\\x3d\\\\xd8a', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'surrogatepass', NULL)", "('\\ud83da', -1, -7)"},
    {"DecodeUTF16(b'=\\xd8a\\x00', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'\\x00\\xde', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', 1, NULL, 1)", "('Þ', 1, 2)"},
    {"DecodeUTF16(b'\\x00\\xde', 1, NULL, NULL)", "('Þ', 1, -7)"},
    {"DecodeUTF16(b'\\x00\\xde', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'backslashreplace', NULL)", "('\\\\x00\\\\xde', -1, -7)"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'surrogatepass', NULL)", "('\\ude00', -1, -7)"},
    {"DecodeUTF16(b'\\x00\\xde', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', 1, NULL, 1)", "('愀Þ戀', 1, 6)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', 1, NULL, NULL)", "('愀Þ戀', 1, -7)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'replace', NULL)", "('a�b', -1, -7)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'ignore', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'backslashreplace', NULL)", "('a\\\\x00\\\\xdeb', -1, -7)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-16-le' codec can't decode bytes in position 2-3: illegal encoding"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'surrogatepass', NULL)", "('a\\ude00b', -1, -7)"},
    {"DecodeUTF16(b'a\\x00\\x00\\xdeb\\x00', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, NULL, 1)", "('\\ufeff\\ufeff', -1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, NULL, NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', 0, NULL, 1)", "('\\ufeff', -1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', 0, NULL, NULL)", "('\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', 1, NULL, 1)", "('\\ufffe\\ufffe', 1, 4)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', 1, NULL, NULL)", "('\\ufffe\\ufffe', 1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', NULL, NULL, 1)", "('\\ufeff', 7, 4)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', NULL, NULL, NULL)", "('\\ufeff', 7, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'replace', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'ignore', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'backslashreplace', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'surrogateescape', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'surrogatepass', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF16(b'\\xff\\xfe\\xff\\xfe', -1, 'nosuch', NULL)", "('\\ufeff\\ufeff', -1, -7)"},
    {"DecodeUTF32(b'', -1, NULL, 1)", "('', -1, 0)"},
    {"DecodeUTF32(b'', -1, NULL, NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', 0, NULL, 1)", "('', 0, 0)"},
    {"DecodeUTF32(b'', 0, NULL, NULL)", "('', 0, -7)"},
    {"DecodeUTF32(b'', 1, NULL, 1)", "('', 1, 0)"},
    {"DecodeUTF32(b'', 1, NULL, NULL)", "('', 1, -7)"},
    {"DecodeUTF32(b'', 2, NULL, 1)", "('', 2, 0)"},
    {"DecodeUTF32(b'', -3, NULL, 1)", "('', -3, 0)"},
    {"DecodeUTF32(b'', NULL, NULL, 1)", "('', 7, 0)"},
    {"DecodeUTF32(b'', NULL, NULL, NULL)", "('', 7, -7)"},
    {"DecodeUTF32(b'', -1, 'replace', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', -1, 'backslashreplace', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', -1, 'surrogateescape', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', -1, 'surrogatepass', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'', -1, 'nosuch', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, NULL, 1)", "('a', -1, 4)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, NULL, NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', 0, NULL, 1)", "('a', 0, 4)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', 0, NULL, NULL)", "('a', 0, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', 1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', NULL, NULL, 1)", "('a', 7, 4)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', NULL, NULL, NULL)", "('a', 7, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'replace', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'ignore', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'backslashreplace', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'surrogateescape', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'surrogatepass', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00', -1, 'nosuch', NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', 1, NULL, 1)", "('a', 1, 4)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', 1, NULL, NULL)", "('a', 1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'backslashreplace', NULL)", "('\\\\x00\\\\x00\\\\x00\\\\x61', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x00a', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, NULL, 1)", "('\\ufeffa', -1, 8)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, NULL, NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', 0, NULL, 1)", "('a', -1, 8)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', 0, NULL, NULL)", "('a', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', 1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', NULL, NULL, 1)", "('a', 7, 8)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', NULL, NULL, NULL)", "('a', 7, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'replace', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'ignore', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'backslashreplace', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'surrogateescape', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'surrogatepass', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00', -1, 'nosuch', NULL)", "('\\ufeffa', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', 0, NULL, 1)", "('a', 1, 8)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', 0, NULL, NULL)", "('a', 1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', 1, NULL, 1)", "('\\ufeffa', 1, 8)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', 1, NULL, NULL)", "('\\ufeffa', 1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', NULL, NULL, 1)", "('a', 7, 8)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', NULL, NULL, NULL)", "('a', 7, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'replace', NULL)", "('��', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'backslashreplace', NULL)",
     "('\\\\x00\\\\x00\\\\xfe\\\\xff\\\\x00\\\\x00\\\\x00\\\\x61', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\xfe\\xff\\x00\\x00\\x00a', -1, 'nosuch', NULL)",
     "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, NULL, 1)", "('', -1, 0)"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', 0, NULL, 1)", "('', 0, 0)"},
    {"DecodeUTF32(b'a\\x00\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', 1, NULL, 1)", "('', 1, 0)"},
    {"DecodeUTF32(b'a\\x00\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', NULL, NULL, 1)", "('', 7, 0)"},
    {"DecodeUTF32(b'a\\x00\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'backslashreplace', NULL)", "('\\\\x61\\\\x00\\\\x00', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-2: truncated data"},
    {"DecodeUTF32(b'a\\x00\\x00', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, NULL, 1)", "('😀', -1, 4)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, NULL, NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', 0, NULL, 1)", "('😀', 0, 4)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', 0, NULL, NULL)", "('😀', 0, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', 1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', NULL, NULL, 1)", "('😀', 7, 4)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', NULL, NULL, NULL)", "('😀', 7, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'replace', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'ignore', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'backslashreplace', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'surrogateescape', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'surrogatepass', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xf6\\x01\\x00', -1, 'nosuch', NULL)", "('😀', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', 1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'backslashreplace', NULL)", "('\\\\x00\\\\xd8\\\\x00\\\\x00', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point "
     "range(0xd800, 0xe000)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'surrogatepass', NULL)", "('\\ud800', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\xd8\\x00\\x00', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', 1, NULL, 1)", "('ᄀ', 1, 4)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', 1, NULL, NULL)", "('ᄀ', 1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'replace', NULL)", "('�', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'ignore', NULL)", "('', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'backslashreplace', NULL)", "('\\\\x00\\\\x00\\\\x11\\\\x00', -1, -7)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'\\x00\\x00\\x11\\x00', -1, 'nosuch', NULL)", "LookupError: unknown error handler name 'nosuch'"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', 0, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', 0, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', 1, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', 1, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', NULL, NULL, 1)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', NULL, NULL, NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'replace', NULL)", "('a�b', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'ignore', NULL)", "('ab', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'backslashreplace', NULL)",
     "('a\\\\x00\\\\x00\\\\x11\\\\x00b', -1, -7)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'surrogateescape', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'surrogatepass', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 4-7: code point not in range(0x110000)"},
    {"DecodeUTF32(b'a\\x00\\x00\\x00\\x00\\x00\\x11\\x00b\\x00\\x00\\x00', -1, 'nosuch', NULL)",
     "LookupError: unknown error handler name 'nosuch'"},
    {"AsUTF16String('')", "b'\\xff\\xfe'"},
    {"AsUTF32String('')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-16', NULL)", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'ignore')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'replace')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'surrogatepass')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'surrogateescape')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'backslashreplace')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'utf-16', 'xmlcharrefreplace')", "b'\\xff\\xfe'"},
    {"AsEncodedString('', 'UTF-16LE', NULL)", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'ignore')", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'replace')", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'surrogatepass')", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'surrogateescape')", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'backslashreplace')", "b''"},
    {"AsEncodedString('', 'UTF-16LE', 'xmlcharrefreplace')", "b''"},
    {"AsEncodedString('', 'utf_16_be', NULL)", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'ignore')", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'replace')", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'surrogatepass')", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'surrogateescape')", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'backslashreplace')", "b''"},
    {"AsEncodedString('', 'utf_16_be', 'xmlcharrefreplace')", "b''"},
    {"AsEncodedString('', 'utf-32', NULL)", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'replace')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'surrogatepass')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'surrogateescape')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'backslashreplace')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32', 'xmlcharrefreplace')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('', 'utf-32-be', NULL)", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'ignore')", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'replace')", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'surrogatepass')", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'surrogateescape')", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'backslashreplace')", "b''"},
    {"AsEncodedString('', 'utf-32-be', 'xmlcharrefreplace')", "b''"},
    {"AsEncodedString('', 'utf-32-le', NULL)", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'ignore')", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'replace')", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'surrogatepass')", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'surrogateescape')", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'backslashreplace')", "b''"},
    {"AsEncodedString('', 'utf-32-le', 'xmlcharrefreplace')", "b''"},
    {"AsUTF16String('a')", "b'\\xff\\xfea\\x00'"},
    {"AsUTF32String('a')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-16', NULL)", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'ignore')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'replace')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'surrogatepass')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'surrogateescape')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'backslashreplace')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'utf-16', 'xmlcharrefreplace')", "b'\\xff\\xfea\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', NULL)", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'ignore')", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'replace')", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'surrogatepass')", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'surrogateescape')", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'backslashreplace')", "b'a\\x00'"},
    {"AsEncodedString('a', 'UTF-16LE', 'xmlcharrefreplace')", "b'a\\x00'"},
    {"AsEncodedString('a', 'utf_16_be', NULL)", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'ignore')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'replace')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'surrogatepass')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'surrogateescape')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'backslashreplace')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf_16_be', 'xmlcharrefreplace')", "b'\\x00a'"},
    {"AsEncodedString('a', 'utf-32', NULL)", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'replace')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'surrogatepass')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'surrogateescape')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'backslashreplace')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32', 'xmlcharrefreplace')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-be', NULL)", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'ignore')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'replace')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'surrogatepass')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'surrogateescape')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'backslashreplace')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-be', 'xmlcharrefreplace')", "b'\\x00\\x00\\x00a'"},
    {"AsEncodedString('a', 'utf-32-le', NULL)", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'ignore')", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'replace')", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'surrogatepass')", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'surrogateescape')", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'backslashreplace')", "b'a\\x00\\x00\\x00'"},
    {"AsEncodedString('a', 'utf-32-le', 'xmlcharrefreplace')", "b'a\\x00\\x00\\x00'"},
    {"AsUTF16String('\\xe9\\u20ac')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsUTF32String('\\xe9\\u20ac')", "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', NULL)", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'ignore')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'replace')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'surrogatepass')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'surrogateescape')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'backslashreplace')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-16', 'xmlcharrefreplace')", "b'\\xff\\xfe\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', NULL)", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'ignore')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'replace')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'surrogatepass')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'surrogateescape')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'backslashreplace')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'UTF-16LE', 'xmlcharrefreplace')", "b'\\xe9\\x00\\xac '"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', NULL)", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'ignore')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'replace')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'surrogatepass')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'surrogateescape')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'backslashreplace')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf_16_be', 'xmlcharrefreplace')", "b'\\x00\\xe9 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', NULL)", "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'ignore')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'replace')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'surrogatepass')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'surrogateescape')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'backslashreplace')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32', 'xmlcharrefreplace')",
     "b'\\xff\\xfe\\x00\\x00\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', NULL)", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'ignore')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'replace')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'surrogatepass')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'surrogateescape')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'backslashreplace')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-be', 'xmlcharrefreplace')", "b'\\x00\\x00\\x00\\xe9\\x00\\x00 \\xac'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', NULL)", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'ignore')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'replace')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'surrogatepass')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'surrogateescape')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'backslashreplace')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsEncodedString('\\xe9\\u20ac', 'utf-32-le', 'xmlcharrefreplace')", "b'\\xe9\\x00\\x00\\x00\\xac \\x00\\x00'"},
    {"AsUTF16String('\\U0001f600')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsUTF32String('\\U0001f600')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', NULL)", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'ignore')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'replace')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'surrogatepass')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'surrogateescape')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'backslashreplace')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf-16', 'xmlcharrefreplace')", "b'\\xff\\xfe=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', NULL)", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'ignore')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'replace')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'surrogatepass')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'surrogateescape')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'backslashreplace')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'UTF-16LE', 'xmlcharrefreplace')", "b'=\\xd8\\x00\\xde'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', NULL)", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'ignore')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'replace')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'surrogatepass')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'surrogateescape')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'backslashreplace')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf_16_be', 'xmlcharrefreplace')", "b'\\xd8=\\xde\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', NULL)", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'replace')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'surrogatepass')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'surrogateescape')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'backslashreplace')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32', 'xmlcharrefreplace')", "b'\\xff\\xfe\\x00\\x00\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', NULL)", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'ignore')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'replace')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'surrogatepass')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'surrogateescape')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'backslashreplace')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-be', 'xmlcharrefreplace')", "b'\\x00\\x01\\xf6\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', NULL)", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'ignore')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'replace')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'surrogatepass')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'surrogateescape')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'backslashreplace')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsEncodedString('\\U0001f600', 'utf-32-le', 'xmlcharrefreplace')", "b'\\x00\\xf6\\x01\\x00'"},
    {"AsUTF16String('a\\ud800b')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsUTF32String('a\\ud800b')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-16', NULL)",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'ignore')", "b'\\xff\\xfea\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'replace')", "b'\\xff\\xfea\\x00?\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'surrogatepass')", "b'\\xff\\xfea\\x00\\x00\\xd8b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'backslashreplace')",
     "b'\\xff\\xfea\\x00\\\\\\x00u\\x00d\\x008\\x000\\x000\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-16', 'xmlcharrefreplace')",
     "b'\\xff\\xfea\\x00&\\x00#\\x005\\x005\\x002\\x009\\x006\\x00;\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', NULL)",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'ignore')", "b'a\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'replace')", "b'a\\x00?\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'surrogatepass')", "b'a\\x00\\x00\\xd8b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'backslashreplace')",
     "b'a\\x00\\\\\\x00u\\x00d\\x008\\x000\\x000\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'UTF-16LE', 'xmlcharrefreplace')",
     "b'a\\x00&\\x00#\\x005\\x005\\x002\\x009\\x006\\x00;\\x00b\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', NULL)",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'ignore')", "b'\\x00a\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'replace')", "b'\\x00a\\x00?\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'surrogatepass')", "b'\\x00a\\xd8\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'backslashreplace')",
     "b'\\x00a\\x00\\\\\\x00u\\x00d\\x008\\x000\\x000\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf_16_be', 'xmlcharrefreplace')",
     "b'\\x00a\\x00&\\x00#\\x005\\x005\\x002\\x009\\x006\\x00;\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32', NULL)",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'replace')",
     "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00?\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'surrogatepass')",
     "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00\\x00\\xd8\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'backslashreplace')",
     "b'"
     "\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x0"
     "0\\x000\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32', 'xmlcharrefreplace')",
     "b'\\xff\\xfe\\x00\\x00a\\x00\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x005\\x00\\x00\\x002\\x00\\x00\\x009\\x00\\x00\\x006\\x00\\x00\\x00;"
     "\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', NULL)",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'ignore')", "b'\\x00\\x00\\x00a\\x00\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'replace')", "b'\\x00\\x00\\x00a\\x00\\x00\\x00?\\x00\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'surrogatepass')",
     "b'\\x00\\x00\\x00a\\x00\\x00\\xd8\\x00\\x00\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'backslashreplace')",
     "b'"
     "\\x00\\x00\\x00a\\x00\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x00\\x0"
     "00\\x00\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-be', 'xmlcharrefreplace')",
     "b'\\x00\\x00\\x00a\\x00\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x005\\x00\\x00\\x002\\x00\\x00\\x009\\x00\\x00\\x006\\x00\\x00\\x00;"
     "\\x00\\x00\\x00b'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', NULL)",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'ignore')", "b'a\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'replace')", "b'a\\x00\\x00\\x00?\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'surrogatepass')",
     "b'a\\x00\\x00\\x00\\x00\\xd8\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\ud800' in position 1: surrogates not allowed"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'backslashreplace')",
     "b'"
     "a\\x00\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x00\\x000\\x00\\x00\\x"
     "00b\\x00\\x00\\x00'"},
    {"AsEncodedString('a\\ud800b', 'utf-32-le', 'xmlcharrefreplace')",
     "b'a\\x00\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x005\\x00\\x00\\x002\\x00\\x00\\x009\\x00\\x00\\x006\\x00\\x00\\x00;"
     "\\x00\\x00\\x00b\\x00\\x00\\x00'"},
    {"AsUTF16String('\\udc80\\udcff')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsUTF32String('\\udc80\\udcff')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', NULL)",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'ignore')", "b'\\xff\\xfe'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'replace')", "b'\\xff\\xfe?\\x00?\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'surrogatepass')", "b'\\xff\\xfe\\x80\\xdc\\xff\\xdc'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'backslashreplace')",
     "b'\\xff\\xfe\\\\\\x00u\\x00d\\x00c\\x008\\x000\\x00\\\\\\x00u\\x00d\\x00c\\x00f\\x00f\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-16', 'xmlcharrefreplace')",
     "b'\\xff\\xfe&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;\\x00&\\x00#\\x005\\x006\\x005\\x007\\x005\\x00;\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', NULL)",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'replace')", "b'?\\x00?\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'surrogatepass')", "b'\\x80\\xdc\\xff\\xdc'"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'backslashreplace')",
     "b'\\\\\\x00u\\x00d\\x00c\\x008\\x000\\x00\\\\\\x00u\\x00d\\x00c\\x00f\\x00f\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'UTF-16LE', 'xmlcharrefreplace')",
     "b'&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;\\x00&\\x00#\\x005\\x006\\x005\\x007\\x005\\x00;\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', NULL)",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'replace')", "b'\\x00?\\x00?'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'surrogatepass')", "b'\\xdc\\x80\\xdc\\xff'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'backslashreplace')",
     "b'\\x00\\\\\\x00u\\x00d\\x00c\\x008\\x000\\x00\\\\\\x00u\\x00d\\x00c\\x00f\\x00f'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf_16_be', 'xmlcharrefreplace')",
     "b'\\x00&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;\\x00&\\x00#\\x005\\x006\\x005\\x007\\x005\\x00;'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', NULL)",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'replace')",
     "b'\\xff\\xfe\\x00\\x00?\\x00\\x00\\x00?\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'surrogatepass')",
     "b'\\xff\\xfe\\x00\\x00\\x80\\xdc\\x00\\x00\\xff\\xdc\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'backslashreplace')",
     "b'"
     "\\xff\\xfe\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x0"
     "0\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x00f\\x00\\x00\\x00f\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32', 'xmlcharrefreplace')",
     "b'\\xff\\xfe\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;\\x00\\x00\\x00&"
     "\\x00\\x00\\x00#\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x005\\x00\\x00\\x007\\x00\\x00\\x005\\x00\\x00\\x00;"
     "\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', NULL)",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'replace')", "b'\\x00\\x00\\x00?\\x00\\x00\\x00?'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'surrogatepass')", "b'\\x00\\x00\\xdc\\x80\\x00\\x00\\xdc\\xff'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'backslashreplace')",
     "b'"
     "\\x00\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x00\\x0"
     "0\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x00f\\x00\\x00\\x00f'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-be', 'xmlcharrefreplace')",
     "b'\\x00\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;\\x00\\x00\\x00&"
     "\\x00\\x00\\x00#\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x005\\x00\\x00\\x007\\x00\\x00\\x005\\x00\\x00\\x00;"
     "'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', NULL)",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'replace')", "b'?\\x00\\x00\\x00?\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'surrogatepass')", "b'\\x80\\xdc\\x00\\x00\\xff\\xdc\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'backslashreplace')",
     "b'"
     "\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x00\\x00\\\\\\x00\\x00"
     "\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x00f\\x00\\x00\\x00f\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80\\udcff', 'utf-32-le', 'xmlcharrefreplace')",
     "b'&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;\\x00\\x00\\x00&"
     "\\x00\\x00\\x00#\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x005\\x00\\x00\\x007\\x00\\x00\\x005\\x00\\x00\\x00;"
     "\\x00\\x00\\x00'"},
    {"AsUTF16String('\\udc80')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsUTF32String('\\udc80')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-16', NULL)",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-16', 'ignore')", "b'\\xff\\xfe'"},
    {"AsEncodedString('\\udc80', 'utf-16', 'replace')", "b'\\xff\\xfe?\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-16', 'surrogatepass')", "b'\\xff\\xfe\\x80\\xdc'"},
    {"AsEncodedString('\\udc80', 'utf-16', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-16', 'backslashreplace')",
     "b'\\xff\\xfe\\\\\\x00u\\x00d\\x00c\\x008\\x000\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-16', 'xmlcharrefreplace')",
     "b'\\xff\\xfe&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;\\x00'"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', NULL)",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'replace')", "b'?\\x00'"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'surrogatepass')", "b'\\x80\\xdc'"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'backslashreplace')", "b'\\\\\\x00u\\x00d\\x00c\\x008\\x000\\x00'"},
    {"AsEncodedString('\\udc80', 'UTF-16LE', 'xmlcharrefreplace')",
     "b'&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;\\x00'"},
    {"AsEncodedString('\\udc80', 'utf_16_be', NULL)",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'replace')", "b'\\x00?'"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'surrogatepass')", "b'\\xdc\\x80'"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-16-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'backslashreplace')", "b'\\x00\\\\\\x00u\\x00d\\x00c\\x008\\x000'"},
    {"AsEncodedString('\\udc80', 'utf_16_be', 'xmlcharrefreplace')",
     "b'\\x00&\\x00#\\x005\\x006\\x004\\x004\\x008\\x00;'"},
    {"AsEncodedString('\\udc80', 'utf-32', NULL)",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32', 'ignore')", "b'\\xff\\xfe\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32', 'replace')", "b'\\xff\\xfe\\x00\\x00?\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32', 'surrogatepass')", "b'\\xff\\xfe\\x00\\x00\\x80\\xdc\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32', 'backslashreplace')",
     "b'"
     "\\xff\\xfe\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x0"
     "0\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32', 'xmlcharrefreplace')",
     "b'\\xff\\xfe\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;"
     "\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32-be', NULL)",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'replace')", "b'\\x00\\x00\\x00?'"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'surrogatepass')", "b'\\x00\\x00\\xdc\\x80'"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-be' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'backslashreplace')",
     "b'\\x00\\x00\\x00\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000'"},
    {"AsEncodedString('\\udc80', 'utf-32-be', 'xmlcharrefreplace')",
     "b'\\x00\\x00\\x00&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;'"},
    {"AsEncodedString('\\udc80', 'utf-32-le', NULL)",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'ignore')", "b''"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'replace')", "b'?\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'surrogatepass')", "b'\\x80\\xdc\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'surrogateescape')",
     "UnicodeEncodeError: 'utf-32-le' codec can't encode character '\\udc80' in position 0: surrogates not allowed"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'backslashreplace')",
     "b'\\\\\\x00\\x00\\x00u\\x00\\x00\\x00d\\x00\\x00\\x00c\\x00\\x00\\x008\\x00\\x00\\x000\\x00\\x00\\x00'"},
    {"AsEncodedString('\\udc80', 'utf-32-le', 'xmlcharrefreplace')",
     "b'&\\x00\\x00\\x00#"
     "\\x00\\x00\\x005\\x00\\x00\\x006\\x00\\x00\\x004\\x00\\x00\\x004\\x00\\x00\\x008\\x00\\x00\\x00;"
     "\\x00\\x00\\x00'"},
    {"Decode(b'a\\x00b\\x00', 'utf-16', NULL)", "'ab'"},
    {"Decode(b'abc', 'utf-16', 'replace')", "'扡�'"},
    {"Decode(b'a\\x00b\\x00', 'utf-16-le', NULL)", "'ab'"},
    {"Decode(b'abc', 'utf-16-le', 'replace')", "'扡�'"},
    {"Decode(b'a\\x00b\\x00', 'utf-16-be', NULL)", "'愀戀'"},
    {"Decode(b'abc', 'utf-16-be', 'replace')", "'慢�'"},
    {"Decode(b'a\\x00b\\x00', 'utf-32', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"Decode(b'abc', 'utf-32', 'replace')", "'�'"},
    {"Decode(b'a\\x00b\\x00', 'U32', NULL)",
     "UnicodeDecodeError: 'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"},
    {"Decode(b'abc', 'U32', 'replace')", "'�'"},
    {"AsUTF16String(5)", "TypeError: bad argument type for built-in operation"},
    {"AsUTF32String(5)", "TypeError: bad argument type for built-in operation"},
};

static const Row FILE_NAMES[] = {
    {"FSConverter('abc')", "(b'abc', 131072)"},
    {"FSConverter('\\u20ac')", "(b'\\xe2\\x82\\xac', 131072)"},
    {"FSConverter('\\udcff')", "(b'\\xff', 131072)"},
    {"FSConverter('\\ud800')",
     "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed"},
    {"FSConverter(b'abc')", "(b'abc', 131072)"},
    {"FSConverter('a\\x00b')", "ValueError: embedded null byte"},
    {"FSConverter(b'a\\x00b')", "ValueError: embedded null byte"},
    {"FSConverter(5)", "TypeError: expected str, bytes or os.PathLike object, not int"},
    {"FSConverter(None)", "TypeError: expected str, bytes or os.PathLike object, not NoneType"},
    {"FSDecoder('abc')", "('abc', 131072)"},
    {"FSDecoder(b'abc')", "('abc', 131072)"},
    {"FSDecoder(b'\\xff')", "('\\udcff', 131072)"},
    {"FSDecoder('a\\x00b')", "ValueError: embedded null character"},
    {"FSDecoder(b'a\\x00b')", "ValueError: embedded null character"},
    {"FSDecoder(5)", "TypeError: expected str, bytes or os.PathLike object, not int"},
    {"FSPath('a')", "'a'"},
    {"FSPath(b'a')", "b'a'"},
    {"FSPath([])", "TypeError: expected str, bytes or os.PathLike object, not list"},
};

static void
test_places(void)
{
    CHECK_ROWS(PLACES);
}

static void
test_copies(void)
{
    CHECK_ROWS(COPIES);
}

static void
test_encodings(void)
{
    CHECK_ROWS(ENCODINGS);
}

static void
test_wide_encodings(void)
{
    CHECK_ROWS(WIDE);
}

static void
test_file_names(void)
{
    PyObject *name = NULL, *text = PyUnicode_FromString("name");
    CHECK_ROWS(FILE_NAMES);
    is_int(PyUnicode_FSConverter(text, &name), 0x20000, "a converter says that it can be called again to clean up");
    is_int(PyUnicode_FSConverter(NULL, &name), 1, "the clean-up succeeds");
    ok(name == NULL, "the clean-up drops the name");
    Py_DECREF(text);
}

static void
test_printing(void)
{
    PyObject *text = PyUnicode_FromString("a\n\xe2\x82\xac");
    FILE *stream = tmpfile();
    char buffer[64] = {0};
    is_int(PyObject_Print(text, stream, 0), 0, "PyObject_Print writes the repr of an object");
    is_int(PyObject_Print(text, stream, Py_PRINT_RAW), 0, "PyObject_Print writes the str of an object");
    is_int(PyObject_Print(NULL, stream, 0), 0, "PyObject_Print accepts NULL");
    rewind(stream);
    ok(fread(buffer, 1, sizeof buffer - 1, stream) > 0, "the stream can be read");
    is_str(buffer, "'a\\n\xe2\x82\xac'a\n\xe2\x82\xac<nil>", "the stream has what was written");
    fclose(stream);
    Py_DECREF(text);
}

static void
test_bad_wide_characters(void)
{
    static const wchar_t BAD[] = {'a', 0x110000, 0};
    ok(PyUnicode_FromWideChar(BAD, -1) == NULL, "a wide character beyond Unicode makes no string");
    raises(PyExc_ValueError, "character U+110000 is not in range [U+0000; U+10ffff]",
           "a wide character beyond Unicode is a ValueError");
    is_str(outcome(PyUnicode_FromWideChar(NULL, 0)), "''", "no wide characters make the empty string, from NULL too");
    is_str(outcome(PyUnicode_FromWideChar(L"\u20acuro", 2)), "'\xe2\x82\xacu'",
           "as many wide characters are read as are counted");
    is_str(PyUnicode_GetDefaultEncoding(), "utf-8", "the default encoding is UTF-8");
}

int
main(void)
{
    functions = FUNCTIONS;
    TAP_BEGIN();
    RUN(test_places);
    RUN(test_copies);
    RUN(test_encodings);
    RUN(test_wide_encodings);
    RUN(test_file_names);
    RUN(test_printing);
    RUN(test_bad_wide_characters);
    return TAP_END();
}
