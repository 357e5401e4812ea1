/* PyErr_WarnEx and PyErr_WarnFormat where no Python code runs: the categories that CPython's default filters show, the
 * text on standard error, repeated warnings that are shown once, and the results.  Each group of warnings is
 * issued in a child process, because a process remembers what it has shown. */
#include "errors_support.h"

typedef struct {
    PyObject *category;
    const char *message;
    Py_ssize_t stack_level;
} Warning;

/* `argument` points to warnings, up to one without a message.  A result other than 0 is shown after the warning's text. */
static void
issue(const void *argument)
{
    const Warning *warning;

    for (warning = (const Warning *)argument; warning->message != NULL; warning++) {
        int result = PyErr_WarnEx(warning->category, warning->message, warning->stack_level);
        if (result != 0) {
            fprintf(stderr, "returned %d\n", result);
        }
        if (PyErr_Occurred()) {
            PyErr_PrintEx(0);
        }
    }
}

/* Issues the warnings in one child, and compares what it writes. */
static void
writes(const Warning *warnings, const char *want, const char *sentence)
{
    Child child = run_child(issue, warnings);

    is_str(child.text, want, "%s", sentence);
    is_int(child.status, 0, "the process that warns goes on");
}

static void
test_categories(void)
{
    static PyObject **const shown[] = {
        &PyExc_Warning,       &PyExc_UserWarning,    &PyExc_SyntaxWarning, &PyExc_RuntimeWarning,
        &PyExc_FutureWarning, &PyExc_UnicodeWarning, &PyExc_BytesWarning,  &PyExc_EncodingWarning,
    };
    static PyObject **const hidden[] = {
        &PyExc_DeprecationWarning,
        &PyExc_PendingDeprecationWarning,
        &PyExc_ImportWarning,
        &PyExc_ResourceWarning,
    };
    Warning one[2] = {{NULL, "text", 1}, {NULL, NULL, 0}};
    char want[80], sentence[80];
    size_t i;

    for (i = 0; i < sizeof shown / sizeof *shown; i++) {
        const char *name = PyExceptionClass_Name(*shown[i]);
        one[0].category = *shown[i];
        snprintf(want, sizeof want, "<sys>:0: %s: text\n", name);
        snprintf(sentence, sizeof sentence, "a %s is shown", name);
        writes(one, want, sentence);
    }
    for (i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        one[0].category = *hidden[i];
        snprintf(sentence, sizeof sentence, "a %s is not shown", PyExceptionClass_Name(*hidden[i]));
        writes(one, "", sentence);
    }
    one[0].category = NULL;
    writes(one, "<sys>:0: RuntimeWarning: text\n", "a warning without a category is a RuntimeWarning");
    one[0].category = PyErr_NewException("mod.Mine", PyExc_UserWarning, NULL);
    writes(one, "<sys>:0: Mine: text\n", "a new category is shown without its module");
    Py_DECREF(one[0].category);
    one[0].category = PyErr_NewException("mod.Mine", PyExc_DeprecationWarning, NULL);
    writes(one, "", "a new category below DeprecationWarning is not shown");
    Py_DECREF(one[0].category);
}

/* Longer than the buffer that is written at once, which may end within a character. */
static void
test_long(void)
{
    static PyObject **const categories[] = {&PyExc_UserWarning, &PyExc_RuntimeWarning};
    char message[2001] = "", want[2100];
    Warning one[2] = {{NULL, NULL, 1}, {NULL, NULL, 0}};
    size_t i;

    for (i = 0; i < sizeof message - 1; i += 2) {
        memcpy(message + i, "\xc3\xa9", 2);
    }
    message[i] = '\0';
    one[0].message = message;
    for (i = 0; i < sizeof categories / sizeof *categories; i++) {
        one[0].category = *categories[i];
        snprintf(want, sizeof want, "<sys>:0: %s: %s\n", PyExceptionClass_Name(*categories[i]), message);
        writes(one, want, "a long message is written whole");
    }
}

static void
test_messages(void)
{
    Warning one[2] = {{NULL, "", 1}, {NULL, NULL, 0}};

    one[0].category = PyExc_UserWarning;
    writes(one, "<sys>:0: UserWarning: \n", "the message of a warning may be empty");
    one[0].message = "caf\xc3\xa9\nline";
    writes(one, "<sys>:0: UserWarning: caf\xc3\xa9\nline\n",
           "the message of a warning may have two lines and go beyond ASCII");
    one[0].message = "bad\xff";
    writes(one,
           "returned -1\nUnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 3: invalid start "
           "byte\n",
           "a message that is not UTF-8 is an error, and no warning");
}

static void
test_once(void)
{
    const Warning twice[] = {
        {PyExc_UserWarning, "a", 1},
        {PyExc_UserWarning, "a", 1},
        {PyExc_UserWarning, "a", 2},
        {PyExc_UserWarning, "a", 0},
        {NULL, NULL, 0},
    };
    const Warning different[] = {
        {PyExc_UserWarning, "a", 1},
        {PyExc_UserWarning, "b", 1},
        {PyExc_RuntimeWarning, "a", 1},
        {PyExc_UserWarning, "c", 0},
        {PyExc_UserWarning, "d", -1},
        {PyExc_UserWarning, "e", 9},
        {NULL, NULL, 0},
    };

    writes(twice, "<sys>:0: UserWarning: a\n", "a warning is shown once, whatever its stack level");
    writes(different,
           "<sys>:0: UserWarning: a\n<sys>:0: UserWarning: b\n<sys>:0: RuntimeWarning: a\n"
           "<sys>:0: UserWarning: c\n<sys>:0: UserWarning: d\n<sys>:0: UserWarning: e\n",
           "a warning with another text or category is shown too");
}

static void
test_categories_that_are_none(void)
{
    Warning one[2] = {{NULL, "text", 1}, {NULL, NULL, 0}};

    one[0].category = PyExc_ValueError;
    writes(one, "<sys>:0: ValueError: text\n", "a category that is no Warning is shown all the same");
    one[0].category = Py_None;
    writes(one, "returned -1\nTypeError: 'NoneType' object is not callable\n",
           "a category of None is called, and fails");
}

static void
issue_formatted(const void *argument)
{
    int result;

    (void)argument;
    result = PyErr_WarnFormat(PyExc_UserWarning, 1, "%d of %s, %R", 3, "four", Py_None);
    fprintf(stderr, "returned %d\n", result);
    result = PyErr_WarnFormat(PyExc_UserWarning, 1, "%s of four, None", "3");
    fprintf(stderr, "returned %d\n", result);
    result = PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "hidden %d", 1);
    fprintf(stderr, "returned %d\n", result);
    result = PyErr_WarnFormat(PyExc_UserWarning, 1, "%y");
    fprintf(stderr, "returned %d\n", result);
    PyErr_PrintEx(0);
}

static void
test_format(void)
{
    Child child = run_child(issue_formatted, NULL);

    is_str(child.text,
           "<sys>:0: UserWarning: 3 of four, None\nreturned 0\n"
           "returned 0\n"
           "returned 0\n"
           "returned -1\nSystemError: invalid format string: %y\n",
           "PyErr_WarnFormat formats, shows a text once, hides, and fails on a bad format");
}

static void
test_result(void)
{
    PyObject *text;

    is_int(PyErr_WarnEx(PyExc_DeprecationWarning, "text", 1), 0, "a warning that is not shown returns 0");
    is_ptr(PyErr_Occurred(), NULL, "a warning that is not shown sets no error");
    is_int(PyErr_WarnEx(PyExc_UserWarning, "\xff", 1), -1, "a warning that fails returns -1");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a warning that fails sets the error");
    text = PyUnicode_FromString("text of its own");
    {
        Py_ssize_t before = Py_REFCNT(text);
        is_int(PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "%U", text), 0,
               "a formatted warning that is not shown returns 0");
        is_int(Py_REFCNT(text), before, "a formatted warning keeps no reference to its argument");
    }
    Py_DECREF(text);
}

/* A registry in sys keeps the warnings that were shown: None keeps nothing, and an object that is no dict is an error. */
static void
test_registry(void)
{
    static Warning twice[3] = {{NULL, "text", 1}, {NULL, "text", 1}, {NULL, NULL, 0}};
    PyObject *list = PyList_New(0), *dict = PyDict_New(), *key = PyTuple_New(3), *version = PyLong_FromLong(12345);

    PySys_SetObject("__warningregistry__", dict);
    writes(twice, "<sys>:0: RuntimeWarning: text\n", "a warning that was shown is kept in a dict");
    PySys_SetObject("__warningregistry__", Py_None);
    writes(twice, "<sys>:0: RuntimeWarning: text\n<sys>:0: RuntimeWarning: text\n", "a registry of None keeps nothing");
    PySys_SetObject("__warningregistry__", list);
    writes(twice,
           "returned -1\nTypeError: 'registry' must be a dict or None\n"
           "returned -1\nTypeError: 'registry' must be a dict or None\n",
           "a registry that is a list is a TypeError");
    PyTuple_SetItem(key, 0, PyUnicode_FromString("text"));
    PyTuple_SetItem(key, 1, Py_NewRef(PyExc_RuntimeWarning));
    PyTuple_SetItem(key, 2, PyLong_FromLong(0));
    PyDict_SetItem(dict, key, Py_True);
    PyDict_SetItemString(dict, "version", version);
    PySys_SetObject("__warningregistry__", dict);
    writes(twice, "<sys>:0: RuntimeWarning: text\n", "a warning that was kept for other filters is shown again");
    PySys_SetObject("__warningregistry__", NULL);
    Py_DECREF(version);
    Py_DECREF(key);
    Py_DECREF(list);
    Py_DECREF(dict);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_categories);
    RUN(test_long);
    RUN(test_messages);
    RUN(test_once);
    RUN(test_categories_that_are_none);
    RUN(test_format);
    RUN(test_result);
    RUN(test_registry);
    return TAP_END();
}
