/* The functions that code of Argument Clinic calls for arguments that it converts by itself. */
#include "checks.h"
#include "outcome.h"

/* The struct of a parser has this form since 3.13. */
#if !defined(Py_LIMITED_API) && PY_VERSION_HEX >= 0x030d0000
#define HAS_PARSER
#endif

/* CPython declares these in internal headers. */
int _PyArg_ParseStack(PyObject *const *args, Py_ssize_t count, const char *format, ...);
int _PyArg_CheckPositional(const char *name, Py_ssize_t count, Py_ssize_t min, Py_ssize_t max);
void _PyArg_BadArgument(const char *function, const char *argument, const char *expected, PyObject *o);
int _PyArg_NoKeywords(const char *function, PyObject *keywords);
int _PyArg_NoPositional(const char *function, PyObject *args);

static const struct {
    const char *name;
    Py_ssize_t count, min, max;
    const char *outcome;
} positional[] = {
    {"f", 0, 0, 0, "1"},
    {"f", 1, 1, 1, "1"},
    {"f", 2, 1, 3, "1"},
    {"f", 5, 1, PY_SSIZE_T_MAX, "1"},
    {"f", 0, 1, 1, "TypeError: f expected 1 argument, got 0"},
    {"f", 0, 2, 2, "TypeError: f expected 2 arguments, got 0"},
    {"f", 0, 1, 2, "TypeError: f expected at least 1 argument, got 0"},
    {"f", 1, 2, 3, "TypeError: f expected at least 2 arguments, got 1"},
    {"f", 1, 0, 0, "TypeError: f expected 0 arguments, got 1"},
    {"f", 2, 0, 1, "TypeError: f expected at most 1 argument, got 2"},
    {"f", 3, 1, 2, "TypeError: f expected at most 2 arguments, got 3"},
    {NULL, 0, 1, 1, "TypeError: unpacked tuple should have 1 element, but has 0"},
    {NULL, 1, 2, 3, "TypeError: unpacked tuple should have at least 2 elements, but has 1"},
    {NULL, 2, 1, 1, "TypeError: unpacked tuple should have 1 element, but has 2"},
    {NULL, 3, 0, 2, "TypeError: unpacked tuple should have at most 2 elements, but has 3"},
};

static void
test_numbers(void)
{
    size_t i;
    for (i = 0; i < sizeof positional / sizeof positional[0]; i++) {
        const char *name = positional[i].name;
        int passed = _PyArg_CheckPositional(name, positional[i].count, positional[i].min, positional[i].max);
        is_str(passed ? outcome_int(passed) : error_text(), positional[i].outcome,
               "%s with %ld arguments, from %ld to %ld: %s", name != NULL ? name : "no name", (long)positional[i].count,
               (long)positional[i].min, (long)positional[i].max, positional[i].outcome);
    }
}

static void
test_bad_argument(void)
{
    char longer[301], want[700];

    memset(longer, 'x', 300);
    longer[300] = '\0';
    _PyArg_BadArgument("f", "argument 1", "str", Py_None);
    raises(PyExc_TypeError, "f() argument 1 must be str, not None", "a bad argument None is called None");
    _PyArg_BadArgument("f", "argument 'a'", "str", Py_True);
    raises(PyExc_TypeError, "f() argument 'a' must be str, not bool", "a bad argument is called by its type");
    _PyArg_BadArgument(longer, longer, longer, Py_Ellipsis);
    snprintf(want, sizeof want, "%.200s() %.200s must be %.50s, not ellipsis", longer, longer, longer);
    raises(PyExc_TypeError, want, "the texts of a bad argument are cut");
}

static void
test_none_of_a_kind(void)
{
    PyObject *dict = PyDict_New(), *tuple = PyTuple_New(0), *full, *one;

    full = Py_BuildValue("{si}", "a", 1);
    one = Py_BuildValue("(i)", 1);
    is_int(_PyArg_NoKeywords("f", NULL), 1, "NULL is no keywords");
    is_int(_PyArg_NoKeywords("f", dict), 1, "an empty dict is no keywords");
    is_int(_PyArg_NoKeywords("f", full), 0, "a dict with a keyword is refused");
    raises(PyExc_TypeError, "f() takes no keyword arguments", "the refusal of a keyword");
    is_int(_PyArg_NoKeywords("f", tuple), 0, "a tuple is not a dict of keywords");
    raises_internal("a tuple is not a dict of keywords, which is a SystemError");
    is_int(_PyArg_NoPositional("f", NULL), 1, "NULL is no positional arguments");
    is_int(_PyArg_NoPositional("f", tuple), 1, "an empty tuple is no positional arguments");
    is_int(_PyArg_NoPositional("f", one), 0, "a tuple with an argument is refused");
    raises(PyExc_TypeError, "f() takes no positional arguments", "the refusal of a positional argument");
    is_int(_PyArg_NoPositional("f", dict), 0, "a dict is not a tuple of arguments");
    raises_internal("a dict is not a tuple of arguments, which is a SystemError");
    Py_DECREF(dict);
    Py_DECREF(tuple);
    Py_DECREF(full);
    Py_DECREF(one);
}

static void
test_stack(void)
{
    PyObject *args[3], *object = NULL;
    int number = 0;
    double real = 0;

    args[0] = PyLong_FromLong(7);
    args[1] = PyFloat_FromDouble(2.5);
    args[2] = Py_None;
    is_int(_PyArg_ParseStack(args, 3, "idO:f", &number, &real, &object), 1, "an array of arguments is parsed");
    ok(number == 7 && real == 2.5 && object == Py_None, "each value of an array is in its place");
    is_int(_PyArg_ParseStack(args, 2, "id|O:f", &number, &real, &object), 1, "an optional argument may be missing");
    is_int(_PyArg_ParseStack(args, 0, "|O:f", &object), 1, "an array may be empty");
    is_int(_PyArg_ParseStack(args, 3, "id:f", &number, &real), 0, "an array that is too long is refused");
    raises(PyExc_TypeError, "f() takes exactly 2 arguments (3 given)", "the refusal of an array that is too long");
    is_int(_PyArg_ParseStack(args, 3, "idU:f", &number, &real, &object), 0, "an argument of an array is refused");
    raises(PyExc_TypeError, "f() argument 3 must be str, not None", "the refusal of an argument of an array");
    Py_DECREF(args[0]);
    Py_DECREF(args[1]);
}

#ifdef HAS_PARSER
int _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names, struct _PyArg_Parser *parser,
                                 ...);
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *args, Py_ssize_t count, PyObject *keywords, PyObject *names,
                                       struct _PyArg_Parser *parser, int minpos, int maxpos, int minkw, int varpos,
                                       PyObject **buffer);

/* Parsers that can't be completed raise the error at each call, and stay as they were. */
static void
test_wrong_parsers(void)
{
    static const char *const names[] = {"a", "b", NULL}, *const gap[] = {"a", "", NULL};
    static const char *const unnamed[] = {"", "b", NULL};
    static const struct {
        const char *format;
        const char *const *names;
        const char *outcome;
    } wrong[] = {
        {"O:f", names, "SystemError: More keyword list entries (2) than format specifiers (1)"},
        {"OOO:f", names, "SystemError: more argument specifiers than keyword list entries (remaining format:'O:f')"},
        {"OO:f", gap, "SystemError: Empty keyword parameter name"},
        {"$OO:f", unnamed, "SystemError: Empty parameter name after $"},
        {"|O|O:f", names, "SystemError: Invalid format string (| specified twice)"},
        {"O$|O:f", names, "SystemError: impossible<bad format char>: '|O:f'"},
        {"$O|O:f", names, "SystemError: Invalid format string ($ before |)"},
        {"$O$O:f", names, "SystemError: Invalid format string ($ specified twice)"},
        {"Ox:f", names, "SystemError: impossible<bad format char>: 'x:f'"},
        {"O(O:f", names, "SystemError: Unmatched left paren in format string: '(O:f'"},
        {"O)O:f", names, "SystemError: Unmatched right paren in format string: ')O:f'"},
    };
    PyObject *two = Py_BuildValue("(ii)", 1, 2), *list = PyList_New(0), *a, *b;
    size_t i;

    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct _PyArg_Parser *parser = calloc(1, sizeof *parser);
        int again;
        parser->format = wrong[i].format;
        parser->keywords = wrong[i].names;
        for (again = 0; again < 2; again++) {
            int parsed = _PyArg_ParseTupleAndKeywordsFast(two, NULL, parser, &a, &b, &a);
            is_str(parsed ? "1" : error_text(), wrong[i].outcome, "a parser of \"%s\", call %d: %s", wrong[i].format,
                   again + 1, wrong[i].outcome);
        }
        free(parser);
    }
    is_int(_PyArg_ParseTupleAndKeywordsFast(two, NULL, NULL), 0, "NULL is no parser");
    raises_internal("NULL is no parser, which is a SystemError");
    is_int(_PyArg_ParseTupleAndKeywordsFast(list, NULL, NULL), 0, "a list is not the arguments of a call");
    raises_internal("a list is not the arguments of a call, which is a SystemError");
    is_int(_PyArg_ParseTupleAndKeywordsFast(two, list, NULL), 0, "a list is not the keywords of a call");
    raises_internal("a list is not the keywords of a call, which is a SystemError");
    is_int(_PyArg_ParseStackAndKeywords(&list, 1, list, NULL), 0, "NULL is no parser of an array");
    raises_internal("NULL is no parser of an array, which is a SystemError");
    is_ptr(_PyArg_UnpackKeywords(&list, 1, NULL, list, NULL, 0, 1, 0, 0, NULL), NULL, "NULL is no parser to unpack");
    raises_internal("NULL is no parser to unpack, which is a SystemError");
    Py_DECREF(two);
    Py_DECREF(list);
}

/* The fields of a complete parser that compiled code could read. */
static void
test_complete_parser(void)
{
    static const char *const names[] = {"", "b", "c", NULL};
    static struct _PyArg_Parser parser = {.format = "O|O$O:name", .keywords = names},
                                plain = {.fname = "plain", .keywords = names};
    PyObject *a = NULL, *b = NULL, *c = NULL, *one = Py_BuildValue("(i)", 1), *buffer[3] = {NULL};

    is_int(_PyArg_ParseTupleAndKeywordsFast(one, NULL, &parser, &a, &b, &c), 1,
           "a parser is completed at its first call");
    is_int(parser.pos, 1, "pos is the number of arguments without a name");
    is_int(parser.min, 1, "min is the number of required arguments");
    is_int(parser.max, 2, "max is the number of positional arguments");
    is_str(parser.fname, "name", "fname is the name of the format");
    is_str(shown(parser.kwtuple), "('b', 'c')", "kwtuple has the names");
    is_ptr(_PyArg_UnpackKeywords(&a, 1, NULL, NULL, &plain, 1, 2, 0, 0, buffer), &a,
           "enough arguments stay in their array");
    is_int(plain.pos, 1, "a parser without a format has pos");
    is_str(plain.fname, "plain", "a parser without a format keeps its name");
    is_str(shown(plain.kwtuple), "('b', 'c')", "a parser without a format has names");
    Py_DECREF(one);
}
#endif

int
main(void)
{
    TAP_BEGIN();
    RUN(test_numbers);
    RUN(test_bad_argument);
    RUN(test_none_of_a_kind);
    RUN(test_stack);
#ifdef HAS_PARSER
    RUN(test_wrong_parsers);
    RUN(test_complete_parser);
#endif
    return TAP_END();
}
