/* Arithmetic, ranges, and the making, searching and taking apart of texts. */
#include "bench.h"

#include <string.h>

static PyObject *small, *medium, *big, *real, *ten, *text, *word, *other, *long_text, *blank, *padded, *words,
    *template, *percent, *arguments;
static PyObject *method_find, *method_strip, *method_split, *method_replace, *method_format, *method_join,
    *method_upper;

static PyObject *
made(PyObject *o)
{
    EXPECT(o != NULL);
    return o;
}
static PyObject *
some_text(const char *utf8)
{
    return made(PyUnicode_FromString(utf8));
}
static PyObject *
name(const char *utf8)
{
    return made(PyUnicode_InternFromString(utf8));
}
static void
make(long size, long n)
{
    static char letters[10001];
    (void)size;
    (void)n;
    if (small == NULL) {
        memset(letters, 'e', 10000);
        memcpy(letters + 9990, "needle", 6);
        small = made(PyLong_FromLong(17));
        medium = made(PyLong_FromLong(123456789));
        big = made(PyLong_FromString("123456789012345678901234567890", NULL, 10));
        real = made(PyFloat_FromDouble(0.1));
        ten = made(PyLong_FromLong(10));
        text = some_text("the quick brown fox jumps over the lazy dog, and then it sleeps");
        word = some_text("lazy");
        other = some_text("sleepy");
        long_text = some_text(letters);
        blank = some_text(" ");
        padded = some_text("  the quick brown fox  ");
        words = made(PyUnicode_Split(text, blank, -1));
        template = some_text("{} is {}");
        percent = some_text("%s is %d");
        arguments = made(PyTuple_Pack(2, word, medium));
        method_find = name("find");
        method_strip = name("strip");
        method_split = name("split");
        method_replace = name("replace");
        method_format = name("format");
        method_join = name("join");
        method_upper = name("upper");
    }
}

static void
take(PyObject *o)
{
    EXPECT(o != NULL);
    Py_DECREF(o);
}
static void
take_text(PyObject *o, Py_ssize_t length)
{
    EXPECT(o != NULL && PyUnicode_GET_LENGTH(o) == length);
    Py_DECREF(o);
}

/* ---- numbers ---- */

OPERATION(small_from, take(PyLong_FromLong(17)))
OPERATION(small_add, take(PyNumber_Add(small, ten)))
OPERATION(int_add, take(PyNumber_Add(medium, medium)))
OPERATION(int_multiply, take(PyNumber_Multiply(medium, medium)))
OPERATION(int_divide, take(PyNumber_FloorDivide(medium, ten)))
OPERATION(int_remainder, take(PyNumber_Remainder(medium, ten)))
OPERATION(int_and, take(PyNumber_And(medium, small)))
OPERATION(int_shift, take(PyNumber_Lshift(small, ten)))
OPERATION(int_compare, EXPECT(PyObject_RichCompareBool(medium, ten, Py_GT) == 1))
OPERATION(big_add, take(PyNumber_Add(big, big)))
OPERATION(big_multiply, take(PyNumber_Multiply(big, big)))
OPERATION(float_add, take(PyNumber_Add(real, real)))
OPERATION(float_divide, take(PyNumber_TrueDivide(real, real)))
OPERATION(mixed_multiply, take(PyNumber_Multiply(real, ten)))
OPERATION(as_index, EXPECT(PyNumber_AsSsize_t(medium, NULL) == 123456789))
OPERATION(range, {
    PyObject *o = PyObject_CallOneArg((PyObject *)&PyRange_Type, ten), *item;
    PyObject *iterator = PyObject_GetIter(made(o));
    long seen = 0;
    while ((item = PyIter_Next(iterator)) != NULL) {
        seen++;
        Py_DECREF(item);
    }
    EXPECT(seen == 10);
    Py_DECREF(iterator);
    Py_DECREF(o);
})

/* ---- texts ---- */

OPERATION(writer, {
    PyUnicodeWriter *w = PyUnicodeWriter_Create(0);
    EXPECT(w != NULL && PyUnicodeWriter_WriteUTF8(w, "the answer is ", 14) == 0 &&
           PyUnicodeWriter_WriteStr(w, word) == 0 && PyUnicodeWriter_WriteChar(w, ':') == 0 &&
           PyUnicodeWriter_WriteRepr(w, medium) == 0);
    take_text(PyUnicodeWriter_Finish(w), 28);
})
OPERATION(join, take_text(PyUnicode_Join(blank, words), 63))
OPERATION(join_method, take_text(PyObject_CallMethodOneArg(blank, method_join, words), 63))
OPERATION(format_percent, take_text(PyUnicode_Format(percent, arguments), 17))
OPERATION(format_method, take_text(PyObject_CallMethodObjArgs(template, method_format, word, medium, NULL), 17))
OPERATION(find, EXPECT(PyUnicode_Find(text, word, 0, PY_SSIZE_T_MAX, 1) == 35))
OPERATION(find_char, EXPECT(PyUnicode_FindChar(text, 'z', 0, PY_SSIZE_T_MAX, 1) == 37))
OPERATION(find_long, EXPECT(PyUnicode_Find(long_text, word, 0, PY_SSIZE_T_MAX, 1) == -1))
OPERATION(contains, EXPECT(PyUnicode_Contains(text, word) == 1))
OPERATION(count, EXPECT(PyUnicode_Count(text, word, 0, PY_SSIZE_T_MAX) == 1))
OPERATION(startswith, EXPECT(PyUnicode_Tailmatch(text, word, 0, PY_SSIZE_T_MAX, -1) == 0))
OPERATION(find_method, take(PyObject_CallMethodOneArg(text, method_find, word)))
OPERATION(strip, take_text(PyObject_CallMethodNoArgs(padded, method_strip), 19))
OPERATION(upper, take_text(PyObject_CallMethodNoArgs(text, method_upper), 63))
OPERATION(split, take(PyUnicode_Split(text, blank, -1)))
OPERATION(split_blanks, take(PyUnicode_Split(text, NULL, -1)))
OPERATION(split_method, take(PyObject_CallMethodOneArg(text, method_split, blank)))
OPERATION(replace, take_text(PyUnicode_Replace(text, word, other, -1), 65))
OPERATION(replace_method, take_text(PyObject_CallMethodObjArgs(text, method_replace, word, other, NULL), 65))
OPERATION(substring, take_text(PyUnicode_Substring(text, 4, 19), 15))

#define ROW(name, run, what) {name, what, "-", 1.0, 0, 0, make, run, NULL, 0, 0, 1}

const benchmark value_benchmarks[] = {
    ROW("small-from", small_from, "PyLong_FromLong of a small int"),
    ROW("small-add", small_add, "17 + 10"),
    ROW("int-add", int_add, "sum of two ints of nine digits"),
    ROW("int-multiply", int_multiply, "product of two ints of nine digits"),
    ROW("int-divide", int_divide, "floor division of an int of nine digits by ten"),
    ROW("int-remainder", int_remainder, "remainder of an int of nine digits by ten"),
    ROW("int-and", int_and, "& of an int of nine digits and a small one"),
    ROW("int-shift", int_shift, "17 << 10"),
    ROW("int-compare", int_compare, "RichCompareBool of two ints"),
    ROW("big-add", big_add, "sum of two ints of thirty digits"),
    ROW("big-multiply", big_multiply, "product of two ints of thirty digits"),
    ROW("float-add", float_add, "sum of two floats"),
    ROW("float-divide", float_divide, "quotient of two floats"),
    ROW("mixed-multiply", mixed_multiply, "product of a float and an int"),
    ROW("index", as_index, "PyNumber_AsSsize_t of an int"),
    ROW("range-10", range, "range(10) made and iterated"),
    ROW("str-writer", writer, "PyUnicodeWriter, four parts"),
    ROW("str-join", join, "PyUnicode_Join of 13 words"),
    ROW("str-join-method", join_method, "str.join of 13 words"),
    ROW("str-percent", format_percent, "PyUnicode_Format of %s is %d"),
    ROW("str-format", format_method, "str.format of {} is {}"),
    ROW("str-find", find, "PyUnicode_Find of a word in 63 letters"),
    ROW("str-findchar", find_char, "PyUnicode_FindChar in 63 letters"),
    ROW("str-find-long", find_long, "PyUnicode_Find of a word that is not in 10,000 letters"),
    ROW("str-contains", contains, "PyUnicode_Contains"),
    ROW("str-count", count, "PyUnicode_Count"),
    ROW("str-tailmatch", startswith, "PyUnicode_Tailmatch"),
    ROW("str-find-method", find_method, "str.find by name"),
    ROW("str-strip", strip, "str.strip by name"),
    ROW("str-upper", upper, "str.upper by name"),
    ROW("str-split", split, "PyUnicode_Split at blanks, 13 words"),
    ROW("str-split-any", split_blanks, "PyUnicode_Split at any blanks, 13 words"),
    ROW("str-split-method", split_method, "str.split by name, 13 words"),
    ROW("str-replace", replace, "PyUnicode_Replace of a word"),
    ROW("str-replace-method", replace_method, "str.replace by name"),
    ROW("str-substring", substring, "PyUnicode_Substring of 15 letters"),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
