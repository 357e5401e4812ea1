/* Formats for positional and keyword arguments: which argument gets which value, and each error.
 *
 * Each row of `formats` has a digest of the outcomes of all calls; `arg_keywords --calls N` prints the calls of row N.
 */
#include "checks.h"
#include "outcome.h"

/* The struct of a parser has this form since 3.13. */
#if !defined(Py_LIMITED_API) && PY_VERSION_HEX >= 0x030d0000
#define HAS_PARSER
/* CPython declares these in internal headers. */
int _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names, struct _PyArg_Parser *parser,
                                 ...);
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *args, Py_ssize_t count, PyObject *keywords, PyObject *names,
                                       struct _PyArg_Parser *parser, int minpos, int maxpos, int minkw, int varpos,
                                       PyObject **buffer);
#endif

enum { PLACES = 5 };

/* The names of arguments. */
static char *abc[] = {"a", "b", "c", NULL};
static char *only_a[] = {"a", NULL};
static char *unnamed_abc[] = {"", "b", "c", NULL};
static char *two_unnamed[] = {"", "", "c", NULL};
static char *three_unnamed[] = {"", "", "", NULL};
static char *none[] = {NULL};
static char *gap[] = {"a", "", "c", NULL};
static char *wide[] = {"\xc3\xa9", "b", "c", NULL};
static char *invalid[] = {"\xff", "b", "c", NULL};
static char *alike[] = {"first_name", "last_name", "firstname", NULL};

static const struct {
    const char *format;
    char **names;
    const char *digest;
} formats[] = {
#define ROW(format, names, digest) {format, names, digest},
#include "arg_keywords.h"
#undef ROW
};

/* The keywords of a call, each a set of these keys. */
enum { KEYS = 9 };
static PyObject *keys[KEYS];
static PyObject *values[KEYS];

static PyObject *
dict_of(int set)
{
    PyObject *dict = PyDict_New();
    int i;
    for (i = 0; i < KEYS; i++) {
        if (set & 1 << i) {
            PyDict_SetItem(dict, keys[i], values[i]);
        }
    }
    return dict;
}

static const char *
places_text(int parsed, PyObject *const *places, int count)
{
    char *text = outcome_buffer(), *to = text;
    int i;

    if (!parsed) {
        return error_text();
    }
    *text = '\0';
    for (i = 0; i < count; i++) {
        to += snprintf(to, (size_t)(OUTCOME_SIZE - (to - text)), "%s ", places[i] != NULL ? shown(places[i]) : "-");
    }
    return PyErr_Occurred() != NULL ? "1 with an error set" : text;
}

/* The ways to parse one call. */
static const char *
by_tuple(const char *format, char **names, PyObject *args, PyObject *keywords)
{
    PyObject *places[PLACES] = {NULL};
    int parsed = PyArg_ParseTupleAndKeywords(args, keywords, format, names, &places[0], &places[1], &places[2],
                                             &places[3], &places[4]);
    return places_text(parsed, places, PLACES);
}

#ifdef HAS_PARSER
/* CPython's asserts, and its state after a parser that can't be completed, allow only formats that suit their names. */
static const char *
by_parser(struct _PyArg_Parser *parser, PyObject *args, PyObject *keywords)
{
    PyObject *places[PLACES] = {NULL};
    int parsed = _PyArg_ParseTupleAndKeywordsFast(args, keywords, parser, &places[0], &places[1], &places[2],
                                                  &places[3], &places[4]);
    return places_text(parsed, places, PLACES);
}

/* The array of a call: the positional arguments, and the values of the names. */
static PyObject *
array_of(PyObject *args, PyObject *keywords, PyObject **array)
{
    Py_ssize_t count = PyTuple_GET_SIZE(args), position = 0, i;
    PyObject *names = PyTuple_New(PyDict_Size(keywords)), *key, *value;

    for (i = 0; i < count; i++) {
        array[i] = PyTuple_GET_ITEM(args, i);
    }
    for (i = 0; PyDict_Next(keywords, &position, &key, &value); i++) {
        PyTuple_SET_ITEM(names, i, Py_NewRef(key));
        array[count + i] = value;
    }
    return names;
}

static const char *
by_stack(struct _PyArg_Parser *parser, PyObject *args, PyObject *keywords)
{
    PyObject *places[PLACES] = {NULL}, *array[20], *names = array_of(args, keywords, array);
    int parsed = _PyArg_ParseStackAndKeywords(array, PyTuple_GET_SIZE(args), names, parser, &places[0], &places[1],
                                              &places[2], &places[3], &places[4]);
    const char *text = places_text(parsed, places, PLACES);
    Py_DECREF(names);
    return text;
}

static const char *
unpacked(struct _PyArg_Parser *parser, PyObject *args, PyObject *keywords, int as_array, const int *bounds)
{
    PyObject *buffer[PLACES] = {NULL}, *array[20], *names = array_of(args, keywords, array), *const * found;
    const char *text;

    found = as_array ? _PyArg_UnpackKeywords(array, PyTuple_GET_SIZE(args), NULL, names, parser, bounds[0], bounds[1],
                                             bounds[2], bounds[3], buffer)
                     : _PyArg_UnpackKeywords(array, PyTuple_GET_SIZE(args), keywords, NULL, parser, bounds[0],
                                             bounds[1], bounds[2], bounds[3], buffer);
    text = found == array ? "the array" : places_text(found != NULL, buffer, PLACES);
    Py_DECREF(names);
    return text;
}
#endif

static unsigned long long digest;

/* Adds the outcome of a call to the digest. */
static void
note(int print, const char *what, int count, int set, const char *text)
{
    const char *at;

    if (print) {
        printf("# %s, %d positional, keywords %d: %s\n", what, count, set, text);
    }
    for (at = text; *at != '\0'; at++) {
        digest = (digest ^ (unsigned char)*at) * 0x100000001b3ULL;
    }
}

/* Passes each call, with up to four positional arguments and each set of up to three keywords, to a function. */
static const char *
each_call(void (*take)(PyObject *args, PyObject *keywords, int count, int set, const void *data), const void *data)
{
    static char text[20];
    int count, set;

    digest = 0xcbf29ce484222325ULL;
    for (count = 0; count <= 4; count++) {
        PyObject *args = PyTuple_New(count);
        for (set = 0; set < count; set++) {
            PyTuple_SetItem(args, set, PyLong_FromLong(set + 1));
        }
        for (set = 0; set < 1 << KEYS; set++) {
            int i, size = 0;
            for (i = 0; i < KEYS; i++) {
                size += set >> i & 1;
            }
            if (size <= 3) {
                PyObject *keywords = dict_of(set);
                take(args, keywords, count, set, data);
                Py_DECREF(keywords);
            }
        }
        Py_DECREF(args);
    }
    snprintf(text, sizeof text, "%016llx", digest);
    return text;
}

struct choice {
    size_t row;
    int print;
};

static void
take_tuple(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct choice *choice = data;
    const char *format = formats[choice->row].format;
    char **names = formats[choice->row].names;

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
        char **name;
        char names[80] = "";
        for (name = formats[choice.row].names; *name != NULL; name++) {
            strcat(strcat(names, " "), strcmp(*name, "\xff") == 0 ? "(not UTF-8)" : **name != '\0' ? *name : "(none)");
        }
        is_str(each_call(take_tuple, &choice), formats[choice.row].digest,
               "the outcomes of all calls of \"%s\" with the names%s", formats[choice.row].format, names);
    }
}

#ifdef HAS_PARSER
struct parser_choice {
    struct _PyArg_Parser *parser;
    int print;
};

static void
take_parser(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct parser_choice *choice = data;
    note(choice->print, "a tuple and a dict", count, set, by_parser(choice->parser, args, keywords));
    note(choice->print, "an array", count, set, by_stack(choice->parser, args, keywords));
}

static const struct {
    struct _PyArg_Parser parser;
    const char *digest;
} parsers[] = {
#define PARSER(text, list, digest) {{.format = (text), .keywords = (const char *const *)(list)}, digest},
#include "arg_keywords.h"
#undef PARSER
};

static void
test_all_calls_of_parsers(void)
{
    size_t i;
    for (i = 0; i < sizeof parsers / sizeof parsers[0]; i++) {
        /* The parser has to stay, because the library completes it. */
        struct parser_choice choice = {(struct _PyArg_Parser *)malloc(sizeof parsers[i].parser), 0};
        memcpy(choice.parser, &parsers[i].parser, sizeof parsers[i].parser);
        is_str(each_call(take_parser, &choice), parsers[i].digest,
               "the outcomes of all calls of a parser of \"%s\", %d", parsers[i].parser.format, (int)i);
    }
}

struct unpack_choice {
    struct _PyArg_Parser *parser;
    const int *bounds;
};

static void
take_unpack(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct unpack_choice *choice = data;
    note(0, "a dict", count, set, unpacked(choice->parser, args, keywords, 0, choice->bounds));
    note(0, "an array", count, set, unpacked(choice->parser, args, keywords, 1, choice->bounds));
}

static const struct {
    const char *name;
    char **names;
    int bounds[4];
    const char *digest;
} unpackers[] = {
#define UNPACK(name, names, least, most, named, open, digest) {name, names, {least, most, named, open}, digest},
#include "arg_keywords.h"
#undef UNPACK
};

static void
test_all_calls_of_unpack(void)
{
    size_t i;
    for (i = 0; i < sizeof unpackers / sizeof unpackers[0]; i++) {
        struct unpack_choice choice = {calloc(1, sizeof(struct _PyArg_Parser)), unpackers[i].bounds};
        choice.parser->fname = unpackers[i].name;
        choice.parser->keywords = (const char *const *)unpackers[i].names;
        is_str(each_call(take_unpack, &choice), unpackers[i].digest,
               "the outcomes of all calls that are unpacked, between %d and %d positional, %d named%s, %d",
               unpackers[i].bounds[0], unpackers[i].bounds[1], unpackers[i].bounds[2],
               unpackers[i].bounds[3] ? ", and more" : "", (int)i);
    }
}
#endif

/* Calls whose outcomes are worth reading. */
static const struct {
    const char *format;
    char **names;
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

    is_int(PyArg_ParseTupleAndKeywords(list, NULL, "|O", only_a, &place), 0, "a list is not the arguments of a call");
    raises_internal("a list is not the arguments of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(NULL, NULL, "|O", only_a, &place), 0, "NULL is not the arguments of a call");
    raises_internal("NULL is not the arguments of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, list, "|O", only_a, &place), 0, "a list is not the keywords of a call");
    raises_internal("a list is not the keywords of a call, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, NULL, NULL, only_a, &place), 0, "NULL is no format");
    raises_internal("NULL is no format, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, NULL, "|O", NULL, &place), 0, "NULL is no list of names");
    raises_internal("NULL is no list of names, which is a SystemError");
    is_int(PyArg_ParseTupleAndKeywords(tuple, numbered, "|O:f", only_a, &place), 0,
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
    static const char *const texts[KEYS - 1] = {"a", "b", "c", "d", "", "A", "\xc3\xa9", "first_name"};
    int i;

    TAP_BEGIN();
    for (i = 0; i < KEYS; i++) {
        keys[i] = i < KEYS - 1 ? PyUnicode_FromString(texts[i]) : PyLong_FromLong(7);
        values[i] = PyLong_FromLong(100 + i);
    }
    if (argc > 2 && strcmp(argv[1], "--calls") == 0) {
        struct choice choice = {(size_t)atoi(argv[2]), 1};
        each_call(take_tuple, &choice);
        return 0;
    }
    RUN(test_calls_to_read);
    RUN(test_bad_calls);
    RUN(test_all_calls);
#ifdef HAS_PARSER
    RUN(test_all_calls_of_parsers);
    RUN(test_all_calls_of_unpack);
#endif
    for (i = 0; i < KEYS; i++) {
        Py_DECREF(keys[i]);
        Py_DECREF(values[i]);
    }
    return TAP_END();
}
