/* str objects: how they are made, and how they lie in memory.
 *
 * A str is stored with the narrowest kind (1, 2 or 4 bytes a character) that holds its widest character, is
 * ended by a NUL character, and the public macros that extensions read it with tell its kind.  Covered are
 * FromString, FromStringAndSize, New, FromKindAndData, FromObject, GetLength, InternFromString and the macros.
 */
#include "outcome.h"

typedef struct {
    const char *utf8;
    Py_ssize_t length;
    int kind;
    int ascii;
    Py_UCS4 max_char_value;
    Py_UCS4 last;
} Layout;

static const Layout LAYOUTS[] = {
    {"", 0, 1, 1, 0x7f, 0},
    {"a", 1, 1, 1, 0x7f, 'a'},
    {"dltensor", 8, 1, 1, 0x7f, 'r'},
    {"ab\x7f", 3, 1, 1, 0x7f, 0x7f},
    {"\xc2\x80", 1, 1, 0, 0xff, 0x80},
    {"caf\xc3\xa9", 4, 1, 0, 0xff, 0xe9},
    {"\xc3\xbf", 1, 1, 0, 0xff, 0xff},
    {"\xc4\x80", 1, 2, 0, 0xffff, 0x100},
    {"5 \xe2\x82\xac", 3, 2, 0, 0xffff, 0x20ac},
    {"\xed\x9f\xbf", 1, 2, 0, 0xffff, 0xd7ff},
    {"\xee\x80\x80", 1, 2, 0, 0xffff, 0xe000},
    {"\xef\xbf\xbf", 1, 2, 0, 0xffff, 0xffff},
    {"\xf0\x90\x80\x80", 1, 4, 0, 0x10ffff, 0x10000},
    {"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 4, 4, 0, 0x10ffff, 0x1f600},
    {"\xf4\x8f\xbf\xbf", 1, 4, 0, 0x10ffff, 0x10ffff},
};

static void
test_layouts(void)
{
    size_t i;
    for (i = 0; i < sizeof LAYOUTS / sizeof LAYOUTS[0]; i++) {
        const Layout *want = &LAYOUTS[i];
        PyObject *str = PyUnicode_FromString(want->utf8);
        int kind = (int)PyUnicode_KIND(str);
        const void *data = PyUnicode_DATA(str);
        Py_ssize_t utf8_length = -1;
        const char *utf8;
        size_t head = want->ascii ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject);

        ok(PyUnicode_CheckExact(str), "row %d: FromString makes exactly a str", (int)i);
        is_int(PyUnicode_GetLength(str), want->length, "row %d: GetLength counts characters, not bytes", (int)i);
        is_int(PyUnicode_GET_LENGTH(str), want->length, "row %d: GET_LENGTH is the length", (int)i);
        is_int(kind, want->kind, "row %d: the kind is the narrowest that holds the widest character", (int)i);
        is_int(PyUnicode_IS_ASCII(str) != 0, want->ascii, "row %d: IS_ASCII holds for ASCII alone", (int)i);
        ok(PyUnicode_IS_COMPACT(str), "row %d: the characters follow the object's head", (int)i);
        is_int(PyUnicode_IS_COMPACT_ASCII(str) != 0, want->ascii, "row %d: IS_COMPACT_ASCII holds for ASCII alone",
               (int)i);
        is_int(PyUnicode_MAX_CHAR_VALUE(str), want->max_char_value, "row %d: MAX_CHAR_VALUE is the largest of the kind",
               (int)i);
        is_int((const char *)data - (const char *)str, head, "row %d: DATA points right behind the head", (int)i);
        is_int(PyUnicode_READ(kind, data, want->length), 0, "row %d: a NUL character ends the data", (int)i);
        if (want->length > 0) {
            is_int(PyUnicode_READ(kind, data, want->length - 1), want->last, "row %d: READ gives the code point",
                   (int)i);
            is_int(PyUnicode_READ_CHAR(str, want->length - 1), want->last, "row %d: READ_CHAR gives the code point",
                   (int)i);
        }

        utf8 = PyUnicode_AsUTF8AndSize(str, &utf8_length);
        is_str(utf8, want->utf8, "row %d: AsUTF8AndSize gives back the UTF-8 that went in", (int)i);
        is_int(utf8_length, strlen(want->utf8), "row %d: AsUTF8AndSize stores the length in bytes", (int)i);
        is_ptr(PyUnicode_AsUTF8(str), utf8, "row %d: AsUTF8 gives the buffer of AsUTF8AndSize", (int)i);
        if (want->ascii) {
            is_ptr(utf8, data, "row %d: the UTF-8 of an ASCII str is the str's own data", (int)i);
        }
        Py_DECREF(str);
    }
}

static void
test_read_through_typed_pointers(void)
{
    PyObject *latin = PyUnicode_FromString("\xc3\xa9\xc3\xa8");
    PyObject *bmp = PyUnicode_FromString("\xe2\x82\xac\xe2\x82\xad");
    PyObject *astral = PyUnicode_FromString("\xf0\x9f\x98\x80!");
    is_int(PyUnicode_1BYTE_DATA(latin)[1], 0xe8, "1BYTE_DATA is an array of Py_UCS1");
    is_int(PyUnicode_2BYTE_DATA(bmp)[1], 0x20ad, "2BYTE_DATA is an array of Py_UCS2");
    is_int(PyUnicode_4BYTE_DATA(astral)[0], 0x1f600, "4BYTE_DATA is an array of Py_UCS4");
    is_int(PyUnicode_4BYTE_DATA(astral)[1], '!', "a narrow character in a wide str takes the wide width");
    Py_DECREF(latin);
    Py_DECREF(bmp);
    Py_DECREF(astral);
}

static void
test_from_string_and_size(void)
{
    PyObject *str;
    Py_ssize_t length = -1;

    str = PyUnicode_FromStringAndSize("a\0b", 3);
    is_str(shown(str), "'a\\x00b'", "FromStringAndSize takes NUL bytes as characters");
    is_int(PyUnicode_GET_LENGTH(str), 3, "FromStringAndSize counts NUL bytes");
    is_str(PyUnicode_AsUTF8(str), "a", "AsUTF8 gives a str with a NUL, where C sees the end");
    no_error("AsUTF8 of a str with a NUL sets no error");
    ok(memcmp(PyUnicode_AsUTF8AndSize(str, &length), "a\0b", 4) == 0 && length == 3,
       "AsUTF8AndSize stores the whole length of a str with a NUL");
    Py_DECREF(str);

    str = PyUnicode_FromStringAndSize("abcdef", 3);
    is_str(shown(str), "'abc'", "FromStringAndSize reads no further than the size");
    Py_DECREF(str);

    is_str(outcome(PyUnicode_FromStringAndSize("abc", 0)), "''", "FromStringAndSize with size 0 gives the empty str");
    is_str(outcome(PyUnicode_FromStringAndSize(NULL, 0)), "''",
           "FromStringAndSize of NULL with size 0 gives the empty str");
    is_str(outcome(PyUnicode_FromStringAndSize(NULL, 3)),
           "SystemError: NULL string with positive size with NULL passed to PyUnicode_FromStringAndSize",
           "FromStringAndSize of NULL with a size is an error");
    is_str(outcome(PyUnicode_FromStringAndSize("abc", -1)),
           "SystemError: Negative size passed to PyUnicode_FromStringAndSize",
           "FromStringAndSize with a negative size is an error");
    is_str(outcome(PyUnicode_FromStringAndSize(NULL, -1)),
           "SystemError: Negative size passed to PyUnicode_FromStringAndSize",
           "FromStringAndSize reports a negative size before a NULL pointer");
}

static void
test_shared_objects(void)
{
    PyObject *first = PyUnicode_FromString("");
    PyObject *second = PyUnicode_FromStringAndSize("x", 0);
    PyObject *third = PyUnicode_New(0, 0x10ffff);
    is_ptr(first, second, "there is one empty str");
    is_ptr(first, third, "New(0) gives the empty str, with any widest character");
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(third);

    first = PyUnicode_FromString("k");
    second = PyUnicode_FromStringAndSize("key", 1);
    is_ptr(first, second, "a str of one ASCII character is shared");
    Py_DECREF(first);
    Py_DECREF(second);

    first = PyUnicode_FromString("\xc3\xa9");
    second = PyUnicode_FromString("\xc3\xa9");
    is_ptr(first, second, "a str of one Latin-1 character is shared");
    Py_DECREF(first);
    Py_DECREF(second);

    first = PyUnicode_FromString("two of them");
    second = PyUnicode_FromString("two of them");
    ok(first != second, "FromString makes a new object for a longer text");
    is_int(Py_REFCNT(first), 1, "FromString gives one reference");
    Py_DECREF(first);
    Py_DECREF(second);
}

static void
test_intern(void)
{
    PyObject *first = PyUnicode_InternFromString("interned by the test");
    PyObject *second = PyUnicode_InternFromString("interned by the test");
    PyObject *plain = PyUnicode_FromString("interned by the test");
    is_str(shown(first), "'interned by the test'", "InternFromString makes a str");
    is_ptr(second, first, "InternFromString gives one object for one text");
    ok(PyUnicode_CHECK_INTERNED(first), "CHECK_INTERNED holds for an interned str");
    ok(plain != first, "FromString does not look for an interned str");
    ok(!PyUnicode_CHECK_INTERNED(plain), "CHECK_INTERNED does not hold for a str of FromString");
    Py_DECREF(plain);
    Py_DECREF(second);
    Py_DECREF(first);

    is_str(outcome(PyUnicode_InternFromString("a\xff")),
           "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
           "InternFromString checks UTF-8");
}

static void
test_new(void)
{
    static const struct {
        Py_UCS4 max_char;
        int kind;
        int ascii;
        Py_UCS4 max_char_value;
    } rows[] = {
        {0, 1, 1, 0x7f},       {0x7f, 1, 1, 0x7f},     {0x80, 1, 0, 0xff},        {0xff, 1, 0, 0xff},
        {0x100, 2, 0, 0xffff}, {0xffff, 2, 0, 0xffff}, {0x10000, 4, 0, 0x10ffff}, {0x10ffff, 4, 0, 0x10ffff},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *str = PyUnicode_New(5, rows[i].max_char);
        int kind = (int)PyUnicode_KIND(str);
        is_int(kind, rows[i].kind, "New with widest character U+%04X has the kind for it", (unsigned)rows[i].max_char);
        is_int(PyUnicode_IS_ASCII(str) != 0, rows[i].ascii, "New marks a str as ASCII by the widest character alone");
        is_int(PyUnicode_MAX_CHAR_VALUE(str), rows[i].max_char_value,
               "New makes a str that can hold all characters of its kind");
        is_int(PyUnicode_GetLength(str), 5, "New makes a str of the length asked for");
        is_int(PyUnicode_READ(kind, PyUnicode_DATA(str), 5), 0, "New ends a str with a NUL character");
        is_int(Py_REFCNT(str), 1, "New gives one reference");
        memset(PyUnicode_DATA(str), 0, (size_t)(5 * kind));
        PyUnicode_WRITE(kind, PyUnicode_DATA(str), 4, rows[i].max_char);
        is_int(PyUnicode_READ_CHAR(str, 4), rows[i].max_char, "a str with one reference can be written");
        Py_DECREF(str);
    }
    is_str(outcome(PyUnicode_New(-1, 0x7f)), "SystemError: Negative size passed to PyUnicode_New",
           "New refuses a negative length");
    is_str(outcome(PyUnicode_New(1, 0x110000)), "SystemError: invalid maximum character passed to PyUnicode_New",
           "New refuses a widest character beyond Unicode");
    is_str(outcome(PyUnicode_New(PY_SSIZE_T_MAX, 0x7f)),
           "MemoryError: ", "New of an ASCII str of the largest length is a MemoryError");
    is_str(outcome(PyUnicode_New(PY_SSIZE_T_MAX / 4, 0x10ffff)),
           "MemoryError: ", "New of a str whose size in bytes overflows is a MemoryError");
}

static void
test_from_kind_and_data(void)
{
    static const Py_UCS1 one[] = {'a', 0xe9, 0};
    static const Py_UCS2 two[] = {'a', 0x20ac, 0xd83d, 0xde00};
    static const Py_UCS4 four[] = {'a', 0xe9, 0x20ac, 0x1f600};
    static const Py_UCS4 too_large[] = {0x110000}, largest[] = {0x10ffff, 0x0fffff};
    PyObject *str;

    is_str(outcome(PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, too_large, 1)),
           "SystemError: invalid maximum character passed to PyUnicode_New",
           "FromKindAndData refuses a number beyond the last character");
    str = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, largest, 2);
    is_int(PyUnicode_GET_LENGTH(str), 2, "FromKindAndData takes the last character");
    Py_DECREF(str);

    str = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, one, 3);
    is_str(shown(str), "'a\xc3\xa9\\x00'", "FromKindAndData reads bytes as Latin-1");
    Py_DECREF(str);

    str = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, two, 4);
    is_int(PyUnicode_GET_LENGTH(str), 4, "FromKindAndData does not join surrogate pairs");
    is_str(shown(str), "'a\xe2\x82\xac\\ud83d\\ude00'", "FromKindAndData keeps a surrogate pair as two characters");
    Py_DECREF(str);

    str = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, four, 4);
    is_str(shown(str), "'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'", "FromKindAndData reads UCS-4");
    is_int(PyUnicode_KIND(str), 4, "FromKindAndData of UCS-4 keeps the kind that is needed");
    Py_DECREF(str);

    str = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, four, 3);
    is_int(PyUnicode_KIND(str), 2, "FromKindAndData makes a str narrower than its data");
    Py_DECREF(str);

    str = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, two, 1);
    is_int(PyUnicode_KIND(str), 1, "FromKindAndData makes a str of one byte a character if it can");
    ok(PyUnicode_IS_ASCII(str), "FromKindAndData marks a str of ASCII data as ASCII");
    Py_DECREF(str);

    is_str(outcome(PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, two, 0)), "''",
           "FromKindAndData with length 0 gives the empty str");
    is_str(outcome(PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, one, -1)), "ValueError: size must be positive",
           "FromKindAndData with a negative length is an error");
    is_str(outcome(PyUnicode_FromKindAndData(3, one, 1)), "SystemError: invalid kind",
           "FromKindAndData refuses kind 3");
    is_str(outcome(PyUnicode_FromKindAndData(0, one, 1)), "SystemError: invalid kind",
           "FromKindAndData refuses kind 0");
}

static void
test_from_object_and_wrong_types(void)
{
    PyObject *str = PyUnicode_FromString("an object");
    PyObject *number = PyLong_FromLong(1000);
    PyObject *bytes = PyBytes_FromString("an object");
    PyObject *same = PyUnicode_FromObject(str);
    Py_ssize_t size = 77;

    is_ptr(same, str, "FromObject of a str gives that str");
    is_int(Py_REFCNT(str), 2, "FromObject of a str gives a new reference");
    Py_DECREF(same);
    is_str(outcome(PyUnicode_FromObject(number)), "TypeError: Can't convert 'int' object to str implicitly",
           "FromObject does not convert an int");
    is_str(outcome(PyUnicode_FromObject(bytes)), "TypeError: Can't convert 'bytes' object to str implicitly",
           "FromObject does not convert bytes");
    is_int(PyUnicode_GetLength(number), -1, "GetLength of an int fails");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "GetLength of an int is a TypeError");
    is_ptr(PyUnicode_AsUTF8(bytes), NULL, "AsUTF8 of bytes fails");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "AsUTF8 of bytes is a TypeError");
    is_ptr(PyUnicode_AsUTF8AndSize(number, &size), NULL, "AsUTF8AndSize of an int fails");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "AsUTF8AndSize of an int is a TypeError");
    is_int(size, -1, "AsUTF8AndSize of an int stores -1 as the size");
    is_str(outcome(PyUnicode_AsUTF8String(number)), "TypeError: bad argument type for built-in operation",
           "AsUTF8String of an int is a TypeError");
    is_str(outcome(PyUnicode_AsASCIIString(number)), "TypeError: bad argument type for built-in operation",
           "AsASCIIString of an int is a TypeError");
    is_int(Py_REFCNT(number), 1, "a failed call takes no reference to the int");
    is_int(Py_REFCNT(bytes), 1, "a failed call takes no reference to the bytes");
    Py_DECREF(str);
    Py_DECREF(number);
    Py_DECREF(bytes);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_layouts);
    RUN(test_read_through_typed_pointers);
    RUN(test_from_string_and_size);
    RUN(test_shared_objects);
    RUN(test_intern);
    RUN(test_new);
    RUN(test_from_kind_and_data);
    RUN(test_from_object_and_wrong_types);
    return TAP_END();
}
