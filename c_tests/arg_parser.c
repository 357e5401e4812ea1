/* The parser that code of Argument Clinic uses for arguments with names: every call of many parsers, wrong parsers, and the
 * fields of a complete one.  Each row of arg_keywords.h has a digest of the outcomes of all calls. */
#include "checks.h"
#include "arg_calls.h"

/* CPython declares these in internal headers. */
#ifdef __cplusplus
extern "C" {
#endif
PyAPI_FUNC(int) _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names,
                                             struct _PyArg_Parser *parser, ...);
PyAPI_FUNC(PyObject *const *) _PyArg_UnpackKeywords(PyObject *const *args, Py_ssize_t count, PyObject *keywords,
                                                    PyObject *names, struct _PyArg_Parser *parser, int minpos,
                                                    int maxpos, int minkw, int varpos, PyObject **buffer);
#ifdef __cplusplus
}
#endif

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

/* A parser that stays, because the library completes it. */
static struct _PyArg_Parser *
new_parser(const char *format, const char *const *names)
{
    static struct _PyArg_Parser parsers[200];
    static size_t count = 0;
    struct _PyArg_Parser *parser = &parsers[count++];

    if (count > sizeof parsers / sizeof parsers[0]) {
        abort();
    }
    parser->format = format;
    parser->keywords = names;
    return parser;
}

struct parser_choice {
    struct _PyArg_Parser *parser;
};

static void
take_parser(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct parser_choice *choice = (const struct parser_choice *)data;
    note(0, "a tuple and a dict", count, set, by_parser(choice->parser, args, keywords));
    note(0, "an array", count, set, by_stack(choice->parser, args, keywords));
}

static const struct {
    const char *format;
    const char *const *names;
    const char *digest;
} parsers[] = {
#define PARSER(format, names, digest) {format, names, digest},
#include "arg_keywords.h"
#undef PARSER
};

static void
test_all_calls_of_parsers(void)
{
    size_t i;
    for (i = 0; i < sizeof parsers / sizeof parsers[0]; i++) {
        struct parser_choice choice = {new_parser(parsers[i].format, parsers[i].names)};
        is_str(each_call(take_parser, &choice), parsers[i].digest,
               "the outcomes of all calls of a parser of \"%s\", %d", parsers[i].format, (int)i);
    }
}

struct unpack_choice {
    struct _PyArg_Parser *parser;
    const int *bounds;
};

static void
take_unpack(PyObject *args, PyObject *keywords, int count, int set, const void *data)
{
    const struct unpack_choice *choice = (const struct unpack_choice *)data;
    note(0, "a dict", count, set, unpacked(choice->parser, args, keywords, 0, choice->bounds));
    note(0, "an array", count, set, unpacked(choice->parser, args, keywords, 1, choice->bounds));
}

static const struct {
    const char *name;
    const char *const *names;
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
        struct unpack_choice choice = {new_parser(NULL, unpackers[i].names), unpackers[i].bounds};
        choice.parser->fname = unpackers[i].name;
        is_str(each_call(take_unpack, &choice), unpackers[i].digest,
               "the outcomes of all calls that are unpacked, between %d and %d positional, %d named%s, %d",
               unpackers[i].bounds[0], unpackers[i].bounds[1], unpackers[i].bounds[2],
               unpackers[i].bounds[3] ? ", and more" : "", (int)i);
    }
}
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
        struct _PyArg_Parser *parser = new_parser(wrong[i].format, wrong[i].names);
        int again;
        for (again = 0; again < 2; again++) {
            int parsed = _PyArg_ParseTupleAndKeywordsFast(two, NULL, parser, &a, &b, &a);
            is_str(parsed ? "1" : error_text(), wrong[i].outcome, "a parser of \"%s\", call %d: %s", wrong[i].format,
                   again + 1, wrong[i].outcome);
        }
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
    struct _PyArg_Parser *parser = new_parser("O|O$O:name", names), *plain = new_parser(NULL, names);
    PyObject *a = NULL, *b = NULL, *c = NULL, *one = Py_BuildValue("(i)", 1), *buffer[3] = {NULL};

    plain->fname = "plain";
    is_int(_PyArg_ParseTupleAndKeywordsFast(one, NULL, parser, &a, &b, &c), 1,
           "a parser is completed at its first call");
    is_int(parser->pos, 1, "pos is the number of arguments without a name");
    is_int(parser->min, 1, "min is the number of required arguments");
    is_int(parser->max, 2, "max is the number of positional arguments");
    is_str(parser->fname, "name", "fname is the name of the format");
    is_str(shown(parser->kwtuple), "('b', 'c')", "kwtuple has the names");
    is_ptr(_PyArg_UnpackKeywords(&a, 1, NULL, NULL, plain, 1, 2, 0, 0, buffer), &a,
           "enough arguments stay in their array");
    is_int(plain->pos, 1, "a parser without a format has pos");
    is_str(plain->fname, "plain", "a parser without a format keeps its name");
    is_str(shown(plain->kwtuple), "('b', 'c')", "a parser without a format has names");
    Py_DECREF(one);
}
int
main(void)
{
    TAP_BEGIN();
    make_keys();
    RUN(test_all_calls_of_parsers);
    RUN(test_all_calls_of_unpack);
    RUN(test_wrong_parsers);
    RUN(test_complete_parser);
    drop_keys();
    return TAP_END();
}
