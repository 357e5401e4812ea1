/* The functions that code of Argument Clinic calls for arguments that it converts by itself. */
#include "checks.h"
#include "outcome.h"

/* CPython declares these in internal headers; older headers have macros of these names. */
#undef _PyArg_CheckPositional
#undef _PyArg_NoKeywords
#undef _PyArg_NoPositional
#ifdef __cplusplus
extern "C" {
#endif
PyAPI_FUNC(int) _PyArg_ParseStack(PyObject *const *args, Py_ssize_t count, const char *format, ...);
PyAPI_FUNC(int) _PyArg_CheckPositional(const char *name, Py_ssize_t count, Py_ssize_t min, Py_ssize_t max);
PyAPI_FUNC(void) _PyArg_BadArgument(const char *function, const char *argument, const char *expected, PyObject *o);
PyAPI_FUNC(int) _PyArg_NoKeywords(const char *function, PyObject *keywords);
PyAPI_FUNC(int) _PyArg_NoPositional(const char *function, PyObject *args);
#ifdef __cplusplus
}
#endif

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

int
main(void)
{
    TAP_BEGIN();
    RUN(test_numbers);
    RUN(test_bad_argument);
    RUN(test_none_of_a_kind);
    RUN(test_stack);
    return TAP_END();
}
