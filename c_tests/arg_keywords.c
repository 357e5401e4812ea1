/* Formats for positional and keyword arguments: which argument gets which value, and each error.
 *
 * Each row of `formats` has a digest of the outcomes of all calls; `arg_keywords --calls N` prints the calls of row N.
 */
#include "checks.h"
#include "arg_calls.h"

static const struct {
    const char *format;
    const char *const *names;
    const char *digest;
} formats[] = {
#define ROW(format, names, digest) {format, names, digest},
#include "arg_keywords.h"
#undef ROW
};

/* The ways to parse one call. */
static const char *
by_tuple(const char *format, const char *const *names, PyObject *args, PyObject *keywords)
{
    PyObject *places[PLACES] = {NULL};
    int parsed = PyArg_ParseTupleAndKeywords(args, keywords, format, (char **)names, &places[0], &places[1], &places[2],
                                             &places[3], &places[4]);
    return places_text(parsed, places, PLACES);
}

struct choice {
    size_t row;
    int print;
};

static void
take_tuple(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct choice *choice = (const struct choice *)data;
    const char *format = formats[choice->row].format;
    const char *const *names = formats[choice->row].names;

    note(choice->print, format, count, set, by_tuple(format, names, args, keywords));
    if (set == 0) {
        note(choice->print, format, count, -1, by_tuple(format, names, args, NULL));
    }
}

static void
test_all_calls(void)
{
    struct choice choice = {0, 0};

    for (choice.row = 0; choice.row < sizeof formats / sizeof formats[0]; choice.row++) {
        const char *const *name;
        char names[80] = "";
        for (name = formats[choice.row].names; *name != NULL; name++) {
            strcat(strcat(names, " "), strcmp(*name, "\xff") == 0 ? "(not UTF-8)" : **name != '\0' ? *name : "(none)");
        }
        is_str(each_call(take_tuple, &choice), formats[choice.row].digest,
               "the outcomes of all calls of \"%s\" with the names%s", formats[choice.row].format, names);
    }
}

/* Calls whose outcomes are worth reading. */
static const struct {
    const char *format;
    const char *const *names;
    int positional;
    const char *keywords;
    const char *outcome;
} calls[] = {
    {"OO|O:f", abc, 2, "", "1 2 - - - "},
    {"OO|O:f", abc, 1, "b", "1 'b' - - - "},
    {"OO|O:f", abc, 0, "a b c", "'a' 'b' 'c' - - "},
    {"OO|O:f", abc, 2, "c", "1 2 'c' - - "},
    {"OO|O:f", abc, 1, "", "TypeError: f() missing required argument 'b' (pos 2)"},
    {"OO|O:f", abc, 0, "b", "TypeError: f() missing required argument 'a' (pos 1)"},
    {"OO|O", abc, 0, "", "TypeError: function missing required argument 'a' (pos 1)"},
    {"OO|O:f", abc, 4, "", "TypeError: f() takes at most 3 arguments (4 given)"},
    {"OO|O:f", abc, 3, "c", "TypeError: f() takes at most 3 arguments (4 given)"},
    {"OO|O:f", abc, 2, "a", "TypeError: argument for f() given by name ('a') and position (1)"},
    {"OO|O:f", abc, 2, "x", "TypeError: f() got an unexpected keyword argument 'x'"},
    {"OO|O", abc, 2, "x", "TypeError: this function got an unexpected keyword argument 'x'"},
    {"O|OO:f", alike, 1, "last_nam",
     "TypeError: f() got an unexpected keyword argument 'last_nam'. Did you mean "
     "'last_name'?"},
    {"O|OO:f", alike, 1, "First_Name",
     "TypeError: f() got an unexpected keyword argument 'First_Name'. Did you mean 'first_name'?"},
    {"O|OO:f", alike, 1, "frstname",
     "TypeError: f() got an unexpected keyword argument 'frstname'. Did you mean 'firstname'?"},
    {"O|OO:f", alike, 1, "middle", "TypeError: f() got an unexpected keyword argument 'middle'"},
    {"|OOO:f", alike, 0, "last_name last_nam",
     "TypeError: f() got an unexpected keyword argument 'last_nam'. Did you mean 'last_name'?"},
    {"O:f", only_a, 0, "a b", "TypeError: f() takes at most 1 keyword argument (2 given)"},
    {"O$OO:f", abc, 1, "b c", "1 'b' 'c' - - "},
    {"O$OO:f", abc, 2, "", "TypeError: f() takes exactly 1 positional argument (2 given)"},
    {"|O$OO:f", abc, 2, "", "TypeError: f() takes at most 1 positional argument (2 given)"},
    {"|$OOO:f", abc, 1, "", "TypeError: f() takes no positional arguments"},
    {"$OOO:f", abc, 0, "", "TypeError: f() missing required argument 'a' (pos 1)"},
    {"O|O$O:f", unnamed_abc, 0, "b", "TypeError: f() takes at least 1 positional argument (0 given)"},
    {"OOO:f", two_unnamed, 1, "c", "TypeError: f() takes at least 2 positional arguments (1 given)"},
    {"OOO:f", three_unnamed, 1, "", "TypeError: f() takes exactly 3 positional arguments (1 given)"},
    {"OOO:f", three_unnamed, 3, "", "1 2 3 - - "},
    {"|OOO:f", unnamed_abc, 1, "a", "TypeError: f() got an unexpected keyword argument 'a'"},
    {"i|i:f", abc, 1, "b", "TypeError: 'str' object cannot be interpreted as an integer"},
    {"OU|O:f", abc, 2, "", "TypeError: f() argument 2 must be str, not int"},
    {"OU|O;told", abc, 2, "", "TypeError: told"},
    {"OU|O;told", abc, 4, "", "TypeError: function takes at most 3 arguments (4 given)"},
    {"OU|O;a:b", abc, 2, "", "TypeError: b() argument 2 must be str, not int"},
    {"O(OO)O:f", abc, 2, "", "TypeError: f() argument 2 must be 2-item tuple, not int"},
    {"|O(OO)O:f", abc, 1, "c", "1 - - 'c' - "},
    {"|O(OO:f", abc, 1, "c", "SystemError: Unmatched left paren in format string: '(OO:f'"},
    {"|O)O:f", abc, 1, "c", "SystemError: Unmatched right paren in format string: ')O:f'"},
    {"|OxO:f", abc, 1, "c", "SystemError: impossible<bad format char>: 'xO:f'"},
    {"|OxO:f", abc, 2, "", "SystemError: f() argument 2 (impossible<bad format char>)"},
    {"|OxO:f", abc, 1, "", "1 - - - - "},
    {"|O||OO:f", abc, 2, "", "SystemError: Invalid format string (| specified twice)"},
    {"|O|OO:f", abc, 2, "", "SystemError: Invalid format string (| specified twice)"},
    {"O$O|O:f", abc, 1, "b", "SystemError: Invalid format string ($ before |)"},
    {"O$O$O:f", abc, 1, "b c", "SystemError: Invalid format string ($ specified twice)"},
    {"$OOO:f", unnamed_abc, 1, "", "SystemError: Empty parameter name after $"},
    {"OO:f", abc, 3, "", "SystemError: More keyword list entries (3) than format specifiers (2)"},
    {"OOOO:f", abc, 3, "", "SystemError: more argument specifiers than keyword list entries (remaining format:'O:f')"},
    {"OOOO:f", abc, 2, "", "TypeError: f() missing required argument 'c' (pos 3)"},
    {"OOO:f", gap, 3, "", "SystemError: Empty keyword parameter name"},
    {"", none, 0, "", "- - - - - "},
    {"", none, 1, "", "TypeError: function takes at most 0 arguments (1 given)"},
    {":f", none, 0, "a", "TypeError: f() takes at most 0 keyword arguments (1 given)"},
    {"|OOO:f", wide, 1, "b", "1 'b' - - - "},
    {"|OOO:f", invalid, 0, "b",
     "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
};

static void
test_calls_to_read(void)
{
    size_t i;

    for (i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        PyObject *args = PyTuple_New(calls[i].positional), *keywords = PyDict_New();
        char text[80], *word;
        int at;

        for (at = 0; at < calls[i].positional; at++) {
            PyTuple_SetItem(args, at, PyLong_FromLong(at + 1));
        }
        strcpy(text, calls[i].keywords);
        for (word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
            PyObject *value = PyUnicode_FromString(word);
            PyDict_SetItemString(keywords, word, value);
            Py_DECREF(value);
        }
        is_str(by_tuple(calls[i].format, calls[i].names, args, keywords), calls[i].outcome,
               "\"%s\" with %d positional and the keywords (%s): %s", calls[i].format, calls[i].positional,
               calls[i].keywords, calls[i].outcome);
        Py_DECREF(args);
        Py_DECREF(keywords);
    }
}

/* Arguments of PyArg_ParseTupleAndKeywords itself that are wrong. */
static void
test_bad_calls(void)
{
    PyObject *tuple = PyTuple_New(0), *list = PyList_New(0), *dict = PyDict_New(), *place;
    PyObject *numbered = Py_BuildValue("{is}", 1, "one"), *text = Py_BuildValue("{ss}", "a", "one");

    is_int(PyArg_ParseTupleAndKeywords(list, NULL, "|O", (char **)only_a, &place), 0,
           "a list is not the arguments of a call");
    raises_internal("a list is not the arguments of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(NULL, NULL, "|O", (char **)only_a, &place), 0,
           "NULL is not the arguments of a call");
    raises_internal("NULL is not the arguments of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, list, "|O", (char **)only_a, &place), 0,
           "a list is not the keywords of a call");
    raises_internal("a list is not the keywords of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, NULL, NULL, (char **)only_a, &place), 0, "NULL is no format");
    raises_internal("NULL is no format, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, NULL, "|O", NULL, &place), 0, "NULL is no list of names");
    raises_internal("NULL is no list of names, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, numbered, "|O:f", (char **)only_a, &place), 0,
           "a key that is no string is refused");
    raises(PyExc_TypeError, "keywords must be strings", "the refusal of a key that is no string");

    is_int(PyArg_ValidateKeywordArguments(dict), 1, "an empty dict is valid keywords");
    is_int(PyArg_ValidateKeywordArguments(text), 1, "a dict of strings is valid keywords");
    is_int(PyArg_ValidateKeywordArguments(numbered), 0, "a dict with a number as key is not valid keywords");
    raises(PyExc_TypeError, "keywords must be strings", "the error for a number as key");
    is_int(PyArg_ValidateKeywordArguments(list), 0, "a list is not valid keywords");
    raises_internal("a list is not valid keywords, which is a SystemError");
    Py_DECREF(tuple);
    Py_DECREF(list);
    Py_DECREF(dict);
    Py_DECREF(numbered);
    Py_DECREF(text);
}

int
main(int argc, char **argv)
{
    TAP_BEGIN();
    make_keys();
    if (argc > 2 && strcmp(argv[1], "--calls") == 0) {
        struct choice choice = {(size_t)atoi(argv[2]), 1};
        each_call(take_tuple, &choice);
        return 0;
    }
    RUN(test_calls_to_read);
    RUN(test_bad_calls);
    RUN(test_all_calls);
    drop_keys();
    return TAP_END();
}
