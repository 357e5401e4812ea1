/* PyErr_Print of a SyntaxError: its place, the line of the source, and carets under the part at fault. */
#include "errors_support.h"

#define LARGEST "9223372036854775807"
#define LARGER "18446744073709551615"
#define LEAST "-9223372036854775808"

static PyObject *
number(const char *text)
{
    return *text == '-' ? PyLong_FromLongLong(strtoll(text, NULL, 10))
                        : PyLong_FromUnsignedLongLong(strtoull(text, NULL, 10));
}

/* A SyntaxError("m", ("f.py", ...)); the numbers are given as text, since not all fit the same type of C. */
static PyObject *
syntax_error(const char *line, const char *offset, const char *text, const char *end_line, const char *end_offset)
{
    PyObject *place = PyTuple_New(6), *arguments, *error;

    PyTuple_SetItem(place, 0, PyUnicode_FromString("f.py"));
    PyTuple_SetItem(place, 1, number(line));
    PyTuple_SetItem(place, 2, number(offset));
    PyTuple_SetItem(place, 3, PyUnicode_FromString(text));
    PyTuple_SetItem(place, 4, number(end_line));
    PyTuple_SetItem(place, 5, number(end_offset));
    arguments = PyTuple_New(2);
    PyTuple_SetItem(arguments, 0, PyUnicode_FromString("m"));
    PyTuple_SetItem(arguments, 1, place);
    error = PyObject_Call(PyExc_SyntaxError, arguments, NULL);
    Py_DECREF(arguments);
    return error;
}

static void
raise_and_print(const void *argument)
{
    PyErr_SetRaisedException(Py_NewRef((PyObject *)argument));
    PyErr_Print();
}

/* Raises and prints the exception (taken over) in a child, and compares the text. */
static void
prints(PyObject *error, const char *want, const char *sentence)
{
    Child child = run_child(raise_and_print, error);

    is_str(child.text, want, "%s", sentence);
    Py_DECREF(error);
}

/* Compares the end of the text alone: a sanitizer may write about the large allocation before it. */
static void
ends_with(PyObject *error, const char *want, const char *sentence)
{
    Child child = run_child(raise_and_print, error);
    size_t length = strlen(child.text), end = strlen(want);

    is_str(length > end ? child.text + length - end : child.text, want, "%s", sentence);
    Py_DECREF(error);
}

#define SHOWN(line) "  File \"f.py\", line 1\n    " line "SyntaxError: m\n"

static void
test_carets(void)
{
    prints(syntax_error("1", "2", "abc def", "1", "4"), SHOWN("abc def\n     ^^\n"),
           "carets go from offset to end_offset");
    prints(syntax_error("1", "2", "abc def", "1", "2"), SHOWN("abc def\n     ^\n"), "there is at least one caret");
    prints(syntax_error("1", "2", "abc def", "1", "0"), SHOWN("abc def\n     ^\n"),
           "an end_offset of 0 stands for one caret");
    prints(syntax_error("1", "3", "abc def", "1", "-1"), SHOWN("abc def\n      ^\n"),
           "a negative end_offset stands for one caret");
    prints(syntax_error("1", "2", "abc def", "2", "4"), SHOWN("abc def\n     ^^^^^^\n"),
           "carets go to the end of the line when the error ends in another line");
    prints(syntax_error("1", "3", "  abc\n", "1", "5"), SHOWN("abc\n    ^^\n"), "space before the line is not shown");
    prints(syntax_error("1", "3", "a\tb", "1", "4"), SHOWN("a\tb\n     \t^\n"),
           "a tab within the line stands under itself");
    prints(syntax_error("1", "100", "abc", "1", "101"), SHOWN("abc\n       ^\n"),
           "an offset behind the line has one caret");
    prints(syntax_error("1", "0", "abc", "1", "2"), SHOWN("abc\n"), "an offset of 0 has no carets");
    prints(syntax_error("1", "1", "", "1", "6"), SHOWN("\n    ^^^^^\n"),
           "an empty line has as many carets as the offsets say");
}

/* Positions that are in no line. */
static void
test_far_carets(void)
{
    static const char without_place[] = "  File \"f.py\", line 0\nSyntaxError: m (f.py, line 1)\n";

    prints(syntax_error("1", "1", "abc", "1", LARGEST), SHOWN("abc\n    ^^^\n"),
           "the largest end_offset is the line's end");
    prints(syntax_error("1", "1", "abc", "1", LARGER), SHOWN("abc\n    ^^^\n"),
           "an end_offset beyond the largest is the line's end");
    prints(syntax_error("1", LARGEST, "abc", "1", LARGEST), SHOWN("abc\n       ^\n"),
           "the largest offset is behind the line");
    prints(syntax_error("1", LEAST, "abc", "1", "2"), SHOWN("abc\n"), "the least offset has no carets");
    prints(syntax_error("1", LARGEST, "", "1", LARGEST), SHOWN("\n    ^\n"),
           "the largest offset in an empty line has one caret");
    ends_with(syntax_error("1", "1", "", "1", LARGEST), without_place,
              "carets that no memory has room for are left out with the line");
    ends_with(syntax_error("1", "1", "", "1", LARGER), without_place,
              "carets beyond the largest end_offset are left out with the line");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_carets);
    RUN(test_far_carets);
    return TAP_END();
}
