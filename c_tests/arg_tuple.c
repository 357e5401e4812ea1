/* Formats for positional arguments: their numbers, tuples inside tuples, the places in messages, wrong formats, and the
 * values that a failing call takes back. */
#include "checks.h"
#include "outcome.h"

static int numbers[12];
static long long addresses[12];

/* The outcome of a format for a tuple, whose places are all large enough for an address. */
static const char *
tried(PyObject *args, const char *format)
{
    long long *a = addresses;
    int parsed = PyArg_ParseTuple(args, format, a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7, a + 8, a + 9);
    if (!parsed) {
        return error_text();
    }
    return PyErr_Occurred() != NULL ? "1 with an error set" : "parsed";
}

/* A tuple of so many ints from 1. */
static PyObject *
ints(int count)
{
    PyObject *tuple = PyTuple_New(count);
    int i;
    for (i = 0; i < count; i++) {
        PyTuple_SetItem(tuple, i, PyLong_FromLong(i + 1));
    }
    return tuple;
}

static const struct {
    int given;
    const char *format;
    const char *outcome;
} counts[] = {
    {0, "", "parsed"},
    {1, "", "TypeError: function takes exactly 0 arguments (1 given)"},
    {1, ":f", "TypeError: f() takes exactly 0 arguments (1 given)"},
    {0, "i", "TypeError: function takes exactly 1 argument (0 given)"},
    {0, "i:f", "TypeError: f() takes exactly 1 argument (0 given)"},
    {0, "i;the number is missing", "TypeError: the number is missing"},
    {2, "i:f", "TypeError: f() takes exactly 1 argument (2 given)"},
    {2, "iii:f", "TypeError: f() takes exactly 3 arguments (2 given)"},
    {0, "|i:f", "parsed"},
    {1, "|i:f", "parsed"},
    {2, "|i:f", "TypeError: f() takes at most 1 argument (2 given)"},
    {0, "i|ii:f", "TypeError: f() takes at least 1 argument (0 given)"},
    {1, "i|ii:f", "parsed"},
    {3, "i|ii:f", "parsed"},
    {4, "i|ii:f", "TypeError: f() takes at most 3 arguments (4 given)"},
    {1, "ii|i:f", "TypeError: f() takes at least 2 arguments (1 given)"},
    {1, "i|", "parsed"},
    {0, "|", "parsed"},
    {1, "|i|i", "parsed"},
    {0, "|i|i", "TypeError: function takes at least 1 argument (0 given)"},
    {2, "|i|i", "parsed"},
    {2, "i||i", "SystemError: argument 2 (impossible<bad format char>)"},
    {1, "i||i", "parsed"},
    {1, "i:", "parsed"},
    {2, "i:", "TypeError: () takes exactly 1 argument (2 given)"},
    {2, "i;", "TypeError: "},
    {2, "i:a;b:c", "TypeError: a;b:c() takes exactly 1 argument (2 given)"},
    {2, "i;a:b", "TypeError: a:b"},
    {1, "i$", "SystemError: bad format string: i$"},
    {1, "i ", "SystemError: bad format string: i "},
    {1, "i#:f", "SystemError: bad format string: i#:f"},
    {1, "i\xc3\xa9", "SystemError: bad format string: i\xc3\xa9"},
    {1, "$i", "SystemError: argument 1 (impossible<bad format char>)"},
    {1, "x", "SystemError: argument 1 (impossible<bad format char>)"},
    {1, "x:f", "SystemError: f() argument 1 (impossible<bad format char>)"},
    {1, "x;told", "SystemError: told"},
    {1, "i|x", "parsed"},
    {2, "i|x", "SystemError: argument 2 (impossible<bad format char>)"},
    {1, "e", "TypeError: function takes exactly 0 arguments (1 given)"},
    {1, "ex", "SystemError: argument 1 (unknown parser marker combination)"},
    {1, "es#:f", "SystemError: f() argument 1 (buffer is NULL)"},
};

static void
test_numbers_of_arguments(void)
{
    size_t i;
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        PyObject *args = ints(counts[i].given);
        memset(addresses, 0, sizeof addresses);
        is_str(strcmp(counts[i].format, "es#:f") == 0
                   ? (PyArg_ParseTuple(args, "es#:f", NULL, NULL, NULL) ? "parsed" : error_text())
                   : tried(args, counts[i].format),
               counts[i].outcome, "\"%s\" with %d arguments: %s", counts[i].format, counts[i].given, counts[i].outcome);
        Py_DECREF(args);
    }
}

/* An argument that can't be converted, in tuples inside each other. */
static const struct {
    const char *format;
    const char *outcome;
} nested[] = {
    {"(i)", "TypeError: function takes exactly 1 argument (4 given)"},
    {"OOOO", "parsed"},
    {"Oii(O)", "TypeError: argument 4 must be tuple of length 1, not 3"},
    {"OUi(OOO)", "TypeError: argument 2 must be str, not int"},
    {"iii(UOO):f", "TypeError: f() argument 4, item 0 must be str, not int"},
    {"iii(iOO)", "parsed"},
    {"iii(i(ii)O)", "parsed"},
    {"iii(i(iU)O)", "TypeError: argument 4, item 1, item 1 must be str, not int"},
    {"iii(i(ii)(ii(U)))", "TypeError: argument 4, item 2, item 2, item 0 must be str, not int"},
    {"iii(i(ii)(ii(i)))", "parsed"},
    {"iii(i(ii)(iii))", "TypeError: 'tuple' object cannot be interpreted as an integer"},
    {"iii(i(ii)(ii(ii)))", "TypeError: argument 4, item 2, item 2 must be tuple of length 2, not 1"},
    {"iii(i(ii)(ii()))", "TypeError: argument 4, item 2, item 2 must be tuple of length 0, not 1"},
    {"iii(ii)", "TypeError: argument 4 must be tuple of length 2, not 3"},
    {"iii(i((ii))O)", "TypeError: argument 4, item 1 must be tuple of length 1, not 2"},
    {"iii((i)(ii)O)", "TypeError: argument 4, item 0 must be 1-item tuple, not int"},
    {"(i)iiO:f", "TypeError: f() argument 1 must be 1-item tuple, not int"},
    {"(i)iiO;told", "TypeError: told"},
    {"iii(i(xi)O)", "SystemError: argument 4, item 1, item 0 (impossible<bad format char>)"},
    {"iii(i|OO)", "SystemError: argument 4, item 1 (impossible<bad format char>)"},
    {"iii(iOO|)", "SystemError: bad format string: iii(iOO|)"},
};

static void
test_tuples_in_tuples(void)
{
    PyObject *args = Py_BuildValue("(iii(i(ii)(ii(i))))", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    size_t i;

    for (i = 0; i < sizeof nested / sizeof nested[0]; i++) {
        is_str(tried(args, nested[i].format), nested[i].outcome, "\"%s\" for nested tuples: %s", nested[i].format,
               nested[i].outcome);
    }
    ok(PyArg_ParseTuple(args, "iii(i(ii)(ii(i)))", numbers, numbers + 1, numbers + 2, numbers + 3, numbers + 4,
                        numbers + 5, numbers + 6, numbers + 7, numbers + 8),
       "nested tuples are parsed");
    for (i = 0; i < 9; i++) {
        is_int(numbers[i], (int)i + 1, "number %d of nested tuples is in its place", (int)i + 1);
    }
    Py_DECREF(args);
}

/* Sequences other than tuples. */
static void
test_sequences(void)
{
    PyObject *list = Py_BuildValue("([ii])", 1, 2), *dict = Py_BuildValue("({ii})", 1, 2);
    PyObject *text = Py_BuildValue("(s)", "ab"), *data = Py_BuildValue("(y)", "ab"),
             *none = Py_BuildValue("(O)", Py_None);

    is_str(tried(list, "(ii)"), "parsed", "a list stands for a tuple");
    is_int(*(int *)&addresses[1], 2, "an item of a list is converted");
    is_str(tried(list, "(ii):f"), "parsed", "a list stands for a tuple in a named function");
    is_str(tried(list, "(OO)"), "parsed", "a list stands for a tuple of objects, with a hidden warning");
    is_str(tried(list, "(iii)"), "TypeError: argument 1 must be sequence of length 3, not 2",
           "a list of another length is refused as a sequence");
    is_str(tried(list, "(iiO)"), "TypeError: argument 1 must be tuple of length 3, not 2",
           "a list of another length is refused as a tuple when an item is borrowed");
    is_str(tried(list, "(iU)"), "TypeError: argument 1, item 1 must be str, not int", "an item of a list is refused");
    is_str(tried(dict, "(i)"), "TypeError: argument 1 must be 1-item tuple, not dict", "a dict is no sequence");
    is_str(tried(text, "(OO)"), "TypeError: argument 1 must be 2-item tuple, not str", "a string is no tuple");
    is_str(tried(data, "(ii)"), "TypeError: argument 1 must be 2-item tuple, not bytes", "bytes are no tuple");
    is_str(tried(none, "(ii):f"), "TypeError: f() argument 1 must be 2-item tuple, not None", "None is no tuple");
    is_str(tried(none, "()"), "TypeError: argument 1 must be 0-item tuple, not None", "None is no empty tuple");
    Py_DECREF(list);
    Py_DECREF(dict);
    Py_DECREF(text);
    Py_DECREF(data);
    Py_DECREF(none);
}

/* Names and messages are cut, as long as CPython's buffers. */
static void
test_long_names(void)
{
    PyObject *one = ints(1), *none = ints(0);
    char format[600], want[800], name[401];

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(format, sizeof format, "U:%s", name);
    snprintf(want, sizeof want, "TypeError: %.200s() argument 1 must be str, not int", name);
    is_str(tried(one, format), want, "200 characters of a function's name are in the message of an argument");
    snprintf(want, sizeof want, "TypeError: %.150s() takes exactly 1 argument (0 given)", name);
    is_str(tried(none, format), want, "150 characters of a function's name are in the message of a wrong number");
    snprintf(format, sizeof format, "U;%s", name);
    snprintf(want, sizeof want, "TypeError: %s", name);
    is_str(tried(one, format), want, "a message of the format is not cut for an argument");
    is_str(tried(none, format), want, "a message of the format is not cut for a wrong number");
    snprintf(format, sizeof format, "i#:%s", name);
    snprintf(want, sizeof want, "SystemError: bad format string: %.200s", format);
    is_str(tried(one, format), want, "200 characters of a bad format are in the message");

    memset(name, 0, sizeof name);
    memset(name, 'n', 199);
    strcat(name, "\xc3\xa9");
    snprintf(format, sizeof format, "U:%s", name);
    is_str(tried(one, format),
           "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 199: invalid continuation byte",
           "a name that is cut in a character can't be decoded");
    is_str(tried(one, "U:\xff"),
           "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a name that is not UTF-8 can't be decoded in the message of an argument");
    is_str(tried(none, "U:\xff"), "TypeError: \xef\xbf\xbd() takes exactly 1 argument (0 given)",
           "a name that is not UTF-8 is replaced in the message of a wrong number");
    is_str(tried(none, "U;\xff"),
           "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a message that is not UTF-8 can't be decoded");
    Py_DECREF(one);
    Py_DECREF(none);
}

/* A pending error counts as the argument's own, unless the argument is fine. */
static void
test_pending_errors(void)
{
    PyObject *args = Py_BuildValue("(iO)", -1, Py_None), *fine = ints(2);

    PyErr_SetString(PyExc_KeyError, "before");
    is_int(PyArg_ParseTuple(fine, "iO", numbers, addresses), 1,
           "a pending error does not disturb a call that succeeds");
    raises(PyExc_KeyError, "'before'", "a pending error stays after a call that succeeds");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(args, "iO"), "KeyError: 'before'", "the number -1 with a pending error is a failure");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(fine, "iU"), "KeyError: 'before'", "a pending error stays when an argument is refused");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(fine, "i"), "TypeError: function takes exactly 1 argument (2 given)",
           "a pending error is replaced when the number of arguments is wrong");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(fine, "b(b)"), "KeyError: 'before'", "a pending error stays when a tuple is refused");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(args, "nO"), "KeyError: 'before'", "the size -1 with a pending error is a failure");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(args, "dO"), "KeyError: 'before'", "the double -1 with a pending error is a failure");
    PyErr_SetString(PyExc_KeyError, "before");
    is_str(tried(args, "KO"), "KeyError: 'before'", "the mask of -1 with a pending error is a failure");
    Py_DECREF(args);
    Py_DECREF(fine);
}

/* The log of a converter that supports being taken back. */
static char taken[200];

static int
noted(PyObject *object, void *place)
{
    snprintf(taken + strlen(taken), sizeof taken - strlen(taken), object != NULL ? "+%d " : "-%d ", *(int *)place);
    return object == NULL || PyLong_Check(object) ? Py_CLEANUP_SUPPORTED : 0;
}

static int
silent(PyObject *object, void *place)
{
    noted(object, place);
    return object != NULL && PyLong_Check(object);
}

static void
test_taking_back(void)
{
    static int ids[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    PyObject *args = Py_BuildValue("(iii(ii)s)", 1, 2, 3, 4, 5, "text"), *many;
    PyObject *object = NULL;
    char *block = NULL, *other = NULL;
    Py_ssize_t size = 0;

    taken[0] = '\0';
    is_int(PyArg_ParseTuple(args, "O&O&i(O&i)O", noted, ids, noted, ids + 1, numbers, noted, ids + 2, numbers, &object),
           1, "converters are called");
    is_str(taken, "+0 +1 +2 ", "no converter is called again after success");
    taken[0] = '\0';
    is_int(PyArg_ParseTuple(args, "O&O&i(O&i)O!", noted, ids, silent, ids + 1, numbers, noted, ids + 2, numbers,
                            &PyDict_Type, &object),
           0, "an argument after converters is refused");
    raises(PyExc_TypeError, "argument 5 must be dict, not str", "the refusal of an argument after converters");
    is_str(taken, "+0 +1 +2 -0 -2 ", "converters that support it are called with NULL, the first of them first");
    taken[0] = '\0';
    is_int(PyArg_ParseTuple(args, "OOOOO&", &object, &object, &object, &object, noted, ids), 0, "a converter refuses");
    raises(PyExc_SystemError, "argument 5 (unspecified)", "a converter that sets no error is a SystemError");
    is_str(taken, "+0 ", "a converter that refuses is not called again");

    many = Py_BuildValue("(iiiiiiiiiis)", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, "text");
    taken[0] = '\0';
    is_int(PyArg_ParseTuple(many, "O&O&O&O&O&O&O&O&O&O&i", noted, ids, noted, ids + 1, noted, ids + 2, noted, ids + 3,
                            noted, ids + 4, noted, ids + 5, noted, ids + 6, noted, ids + 7, noted, ids + 8, noted,
                            ids + 9, numbers),
           0, "an argument after ten converters is refused");
    PyErr_Clear();
    is_str(taken, "+0 +1 +2 +3 +4 +5 +6 +7 +8 +9 -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 ",
           "ten converters are taken back in order");
    Py_DECREF(many);
    Py_DECREF(args);

    args = Py_BuildValue("(ssi)", "one", "two", 3);
    is_int(PyArg_ParseTuple(args, "eses#U", NULL, &block, NULL, &other, &size, &object), 0,
           "an argument after encoded strings is refused");
    PyErr_Clear();
    is_ptr(block, NULL, "the block of es is freed, and its place is NULL");
    is_ptr(other, NULL, "the block of es# is freed, and its place is NULL");
    is_int(size, 3, "the size of es# keeps the length");
    Py_DECREF(args);
}

/* PyArg_UnpackTuple */
static const char *
unpacked(PyObject *args, const char *name, Py_ssize_t least, Py_ssize_t most)
{
    static PyObject *places[3];
    char *text = outcome_buffer();

    places[0] = places[1] = places[2] = Py_Ellipsis;
    if (!PyArg_UnpackTuple(args, name, least, most, &places[0], &places[1], &places[2])) {
        return error_text();
    }
    snprintf(text, OUTCOME_SIZE, "%s %s %s", shown(places[0]), shown(places[1]), shown(places[2]));
    return text;
}

static void
test_unpack_tuple(void)
{
    PyObject *two = ints(2), *none = ints(0), *list = PyList_New(0);

    is_str(unpacked(two, "f", 0, 3), "1 2 Ellipsis", "an item that is not there leaves its place unchanged");
    is_str(unpacked(two, "f", 2, 2), "1 2 Ellipsis", "the exact number of items is unpacked");
    is_str(unpacked(none, "f", 0, 0), "Ellipsis Ellipsis Ellipsis", "no items are unpacked");
    is_str(unpacked(two, "f", 3, 3), "TypeError: f expected 3 arguments, got 2", "too few items for an exact number");
    is_str(unpacked(two, "f", 3, 4), "TypeError: f expected at least 3 arguments, got 2", "too few items");
    is_str(unpacked(two, "f", 1, 1), "TypeError: f expected 1 argument, got 2", "too many items for an exact number");
    is_str(unpacked(two, "f", 0, 1), "TypeError: f expected at most 1 argument, got 2", "too many items");
    is_str(unpacked(none, "f", 1, 2), "TypeError: f expected at least 1 argument, got 0",
           "no items where one is needed");
    is_str(unpacked(two, NULL, 3, 3), "TypeError: unpacked tuple should have 3 elements, but has 2",
           "too few items without a name");
    is_str(unpacked(two, NULL, 1, 1), "TypeError: unpacked tuple should have 1 element, but has 2",
           "too many items without a name");
    is_str(unpacked(two, NULL, 3, 4), "TypeError: unpacked tuple should have at least 3 elements, but has 2",
           "too few items for bounds without a name");
    is_str(unpacked(two, NULL, 0, 1), "TypeError: unpacked tuple should have at most 1 element, but has 2",
           "too many items for bounds without a name");
    is_str(unpacked(list, "f", 0, 1), "SystemError: PyArg_UnpackTuple() argument list is not a tuple",
           "an object that is not a tuple is not unpacked");
    is_int(PyArg_ParseTuple(list, ""), 0, "PyArg_ParseTuple refuses an object that is not a tuple");
    raises(PyExc_SystemError, "new style getargs format but argument is not a tuple", "PyArg_ParseTuple needs a tuple");
    Py_DECREF(two);
    Py_DECREF(none);
    Py_DECREF(list);
}

/* The forms with a va_list, which stays valid. */
static int
parse_twice(PyObject *args, const char *format, ...)
{
    va_list list;
    int parsed;

    va_start(list, format);
    parsed = PyArg_VaParse(args, format, list);
    numbers[5] = *va_arg(list, int *);
    va_end(list);
    return parsed;
}

static void
test_va_parse(void)
{
    PyObject *args = ints(2), *list = PyList_New(0);

    is_int(parse_twice(args, "ii", numbers, numbers + 1), 1, "PyArg_VaParse parses the arguments of a va_list");
    is_int(numbers[1], 2, "PyArg_VaParse stores the numbers");
    is_int(numbers[5], 1, "PyArg_VaParse leaves the va_list where it was");
    is_int(parse_twice(args, "iU", numbers, numbers + 1), 0, "PyArg_VaParse refuses an argument");
    raises(PyExc_TypeError, "argument 2 must be str, not int", "PyArg_VaParse says which argument it refuses");
    is_int(parse_twice(list, "ii", numbers, numbers + 1), 0, "PyArg_VaParse refuses a list");
    raises(PyExc_SystemError, "new style getargs format but argument is not a tuple", "PyArg_VaParse needs a tuple");
    Py_DECREF(args);
    Py_DECREF(list);
}

/* Formats whose parentheses do not match end the process. */
static void
parse_in_child(const void *format)
{
    PyObject *args = ints(1);
    PyArg_ParseTuple(args, (const char *)format, numbers, numbers);
}

static void
test_fatal_formats(void)
{
    static const struct {
        const char *format;
        const char *message;
    } fatal[] = {
        {"i)", "excess ')' in getargs format"},
        {"(i", "missing ')' in getargs format"},
        {"((i)", "missing ')' in getargs format"},
        {"(i:)", "missing ')' in getargs format"},
        {"((((((((((((((((((((((((((((((i))))))))))))))))))))))))))))))",
         "too many tuple nesting levels in argument format string"},
    };
    PyObject *shallow;
    char text[4000];
    size_t i;

    for (i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        int status = run_in_child(parse_in_child, fatal[i].format, text, sizeof text);
        ok(WIFSIGNALED(status) && strncmp(text, "Fatal Python error: ", 20) == 0 &&
               strstr(text, fatal[i].message) != NULL,
           "the format \"%s\" is a fatal error: %s", fatal[i].format, fatal[i].message);
    }
    shallow = Py_BuildValue("((O))", Py_None);
    is_str(tried(shallow, "((((((((((((((((((((((((((((i))))))))))))))))))))))))))))"),
           "TypeError: argument 1, item 0 must be 1-item tuple, not None", "28 tuples inside each other are allowed");
    Py_DECREF(shallow);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_numbers_of_arguments);
    RUN(test_tuples_in_tuples);
    RUN(test_sequences);
    RUN(test_long_names);
    RUN(test_pending_errors);
    RUN(test_taking_back);
    RUN(test_unpack_tuple);
    RUN(test_va_parse);
    RUN(test_fatal_formats);
    return TAP_END();
}
