/* Formats of arguments beside the plain ones: the name that a misspelt keyword is compared with, tuples in a format, and units that are
 * skipped because their arguments are missing. */
#include "digest.h"
#include "outcome.h"

/* ---- misspelt keywords ---- */

/* The error of a call with one keyword, of a function whose only parameters have these names. */
static const char *
misspelt(const char *keyword, const char *a, const char *b)
{
    const char *names[3];
    PyObject *none = PyTuple_New(0), *keywords = PyDict_New(), *x = NULL, *y = NULL;

    names[0] = a;
    names[1] = b;
    names[2] = NULL;
    PyDict_SetItemString(keywords, keyword, Py_None);
    PyArg_ParseTupleAndKeywords(none, keywords, "|OO:f", (char **)names, &x, &y);
    Py_DECREF(none);
    Py_DECREF(keywords);
    return error_text();
}

static void
test_near_names(void)
{
    static const char *words[] = {"a",
                                  "A",
                                  "b",
                                  "ab",
                                  "aB",
                                  "ba",
                                  "abc",
                                  "abd",
                                  "Abc",
                                  "abcd",
                                  "bcd",
                                  "axcd",
                                  "dcba",
                                  "x_name",
                                  "x_nmae",
                                  "X_NAME",
                                  "xname",
                                  "y_name",
                                  "name_x",
                                  "separator",
                                  "seperator",
                                  "sep",
                                  "separate",
                                  "operator",
                                  "SEPARATOR",
                                  "aaaaaaaaaa",
                                  "aaaaabaaaa",
                                  "bbbbbbbbbb",
                                  "abababab",
                                  "babababa",
                                  "abcdefghijklmnopqrstuvwxyzabcdefghijklmno",
                                  "bcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
                                  "zbcdefghijklmnopqrstuvwxyzabcdefghijklmnopz"};
    enum { WORDS = sizeof words / sizeof words[0] };
    static const uint64_t digests[WORDS] = {
        0x98b9609e6ffb4b4fU, 0x9fa5d285fa43381dU, 0x2d251eb3b0a2d1e7U, 0x34f7ceb4240ed0e3U, 0x665ceb1ffe327601U,
        0xfec9b6abc15538e6U, 0x69b5a385a38ad20fU, 0xfa06692829b9393bU, 0xcb8a2529e2e9aefcU, 0x9bf76f58b55bf345U,
        0x0b88c54e5ac6fe25U, 0x8533fe2d0a448dadU, 0xa926e0da154dab25U, 0x71f55b2163c35eb1U, 0x2ff0bc3cd2ffe5f5U,
        0x67fc3be5cf7c9fe5U, 0x5087dd4f833b6769U, 0xe4f60c24a8899f6dU, 0x6c59727603a92ea5U, 0x60e9e9f338b0212fU,
        0x070d474a7e4b7c05U, 0x37b0405027e79065U, 0xcf97118e80088aebU, 0xd1ecd28ef2828361U, 0x0ea5b4e470cc5965U,
        0x527a56db0ba39717U, 0xf8a8143a48b0e445U, 0xe6f90f3e572ca025U, 0x8b1dca358ca918f1U, 0x7318da536bcf65b1U,
        0xc86309b6c70992e5U, 0x3057c0cc19f75625U, 0x77f9950625279625U};
    char sentence[128];
    size_t i, j, k;

    for (i = 0; i < WORDS; i++) {
        for (j = 0; j < WORDS; j++) {
            for (k = 0; k < WORDS; k++) {
                if (i != j && i != k && j != k) {
                    note("%s", misspelt(words[i], words[j], words[k]));
                }
            }
        }
        snprintf(sentence, sizeof sentence, "the name that is suggested for %s among each two others", words[i]);
        digest_is(digests[i], sentence);
    }
}

/* ---- tuples in a format ---- */

/* The error of a call with one argument by a format of one tuple; "done" without one. */
static const char *
parsed_by(const char *format, PyObject *argument)
{
    static char places[32][64];
    PyObject *arguments = PyTuple_Pack(1, argument);
    int passed = PyArg_ParseTuple(arguments, format, places[0], places[1], places[2], places[3], places[4], places[5],
                                  places[6], places[7]);

    Py_DECREF(arguments);
    return passed ? "done" : error_text();
}

static void
test_tuples(void)
{
    static const struct {
        const char *format, *outcome;
    } rows[] = {
        {"(iiii)", "TypeError: argument 1 must be sequence of length 4, not 5"},
        {"(iiiii)", "done"},
        {"(iiiiis)", "TypeError: argument 1 must be tuple of length 6, not 5"},
        {"(iiiiii)", "TypeError: argument 1 must be sequence of length 6, not 5"},
        {"((i)iiii)", "TypeError: argument 1, item 0 must be 1-item tuple, not int"},
        {"((ii)iii)", "TypeError: argument 1 must be sequence of length 4, not 5"},
        {"((i)s)", "TypeError: argument 1 must be tuple of length 2, not 5"},
        {"(i(s)i)", "TypeError: argument 1 must be tuple of length 3, not 5"},
        {"(i(ii)i)", "TypeError: argument 1 must be sequence of length 3, not 5"},
        {"((s))", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(O)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(O!)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(O&)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(s*)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(s#)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(y)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(y*)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(y#)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(z)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(z*)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(S)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(Y)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(U)", "TypeError: argument 1 must be tuple of length 1, not 5"},
        {"(es)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(et)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(es#)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(eti)", "TypeError: argument 1 must be sequence of length 2, not 5"},
        {"(ei)", "TypeError: argument 1 must be sequence of length 2, not 5"},
        {"(w*)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(D)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(iO&i)", "TypeError: argument 1 must be sequence of length 3, not 5"},
        {"(is*i)", "TypeError: argument 1 must be sequence of length 3, not 5"},
        {"(i|i)", "TypeError: argument 1 must be sequence of length 2, not 5"},
        {"(i s)", "TypeError: argument 1 must be tuple of length 2, not 5"},
        {"(iz#i)", "TypeError: argument 1 must be tuple of length 3, not 5"},
        {"((((i))))", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"((O)i)", "TypeError: argument 1 must be tuple of length 2, not 5"},
        {"((O&)i)", "TypeError: argument 1 must be sequence of length 2, not 5"},
        {"(p)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(C)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"(e)", "TypeError: argument 1 must be sequence of length 1, not 5"},
        {"()", "TypeError: argument 1 must be sequence of length 0, not 5"},
        {"(is)", "TypeError: argument 1 must be tuple of length 2, not 5"},
        {"(ets)", "TypeError: argument 1 must be tuple of length 2, not 5"},
        {"(eO)", "TypeError: argument 1 must be tuple of length 2, not 5"},
    };
    PyObject *list = PyList_New(5);
    size_t i;

    for (i = 0; i < 5; i++) {
        PyList_SetItem(list, (Py_ssize_t)i, PyLong_FromLong(1));
    }
    for (i = 0; i < COUNT(rows); i++) {
        is_str(parsed_by(rows[i].format, list), rows[i].outcome, "a list of five for \"%s\": %s", rows[i].format,
               rows[i].outcome);
    }
    Py_DECREF(list);
}

/* ---- units without an argument ---- */

static int
convert(PyObject *o, void *place)
{
    *(PyObject **)place = o;
    return 1;
}

static void
test_skipped_units(void)
{
    static const char *units[] = {"i",   "O",   "O!",   "O&",     "s",       "s#",      "s*", "z#", "y#", "es", "et",
                                  "es#", "et#", "(ii)", "(O!s#)", "(O&es#)", "((s#)i)", "D",  "p",  "U",  "w*"};
    /* The number of addresses of each. */
    static const int places[] = {1, 1, 2, 2, 1, 2, 1, 2, 2, 2, 2, 3, 3, 2, 4, 5, 3, 1, 1, 1, 1};
    static char *names[] = {(char *)"a", (char *)"b", NULL};
    PyObject *none = PyTuple_New(0), *keywords = PyDict_New();
    size_t i;

    PyDict_SetItemString(keywords, "b", Py_None);
    for (i = 0; i < COUNT(units); i++) {
        PyObject *found[6] = {NULL, NULL, NULL, NULL, NULL, NULL};
        static char unused[5][64];
        char format[32];
        void *at[6];
        int place;

        for (place = 0; place < 6; place++) {
            at[place] = place < places[i] ? (void *)unused[place < 5 ? place : 0] : (void *)&found[place];
        }
        /* Some units need another argument of C before the address. */
        if (strstr(units[i], "O!") != NULL) {
            at[0] = &PyLong_Type;
        } else if (strstr(units[i], "O&") != NULL) {
            at[0] = (void *)(size_t)convert;
        } else if (strchr(units[i], 'e') != NULL) {
            at[0] = NULL;
        }
        snprintf(format, sizeof format, "|%sO", units[i]);
        is_int(PyArg_ParseTupleAndKeywords(none, keywords, format, names, at[0], at[1], at[2], at[3], at[4], at[5]), 1,
               "a keyword is taken after the unit %s without an argument", units[i]);
        is_ptr(found[places[i]], Py_None, "the address after those of the unit %s gets the keyword's value", units[i]);
    }
    Py_DECREF(none);
    Py_DECREF(keywords);
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_near_names);
    RUN(test_tuples);
    RUN(test_skipped_units);
    return TAP_END();
}
