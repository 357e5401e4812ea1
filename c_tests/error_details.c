/* Details of errors that C code can see: notes on them, their contexts, the text that they quote, and which of several
 * mistakes is reported first. */
#include "outcome.h"

/* The error that is set, its text and the repr of its notes. */
static const char *
with_notes(void)
{
    PyObject *error = PyErr_GetRaisedException(), *notes;
    char *buffer = outcome_buffer();

    if (error == NULL) {
        return "no error";
    }
    notes = PyObject_GetAttrString(error, "__notes__");
    PyErr_Clear();
    snprintf(buffer, OUTCOME_SIZE, "%s %s", tap_type_name((PyObject *)Py_TYPE(error)),
             notes != NULL ? shown(notes) : "-");
    Py_XDECREF(notes);
    Py_DECREF(error);
    return buffer;
}

static void
test_normalization(void)
{
    PyObject *x = PyUnicode_FromString("x"), *nothing = PyTuple_New(0), *two = PyTuple_Pack(2, Py_None, Py_None);
    const struct {
        PyObject *type, *value;
        const char *want;
    } rows[] = {
        {PyExc_UnicodeDecodeError, NULL, "TypeError ['Normalization failed: type=UnicodeDecodeError args=<NULL>']"},
        {PyExc_UnicodeDecodeError, Py_None, "TypeError ['Normalization failed: type=UnicodeDecodeError args=None']"},
        {PyExc_UnicodeDecodeError, x, "TypeError [\"Normalization failed: type=UnicodeDecodeError args='x'\"]"},
        {PyExc_UnicodeDecodeError, nothing, "TypeError ['Normalization failed: type=UnicodeDecodeError args=()']"},
        {PyExc_BaseExceptionGroup, two,
         "TypeError ['Normalization failed: type=BaseExceptionGroup args=(None, None)']"},
        {PyExc_ValueError, x, "ValueError -"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyErr_SetObject(rows[i].type, rows[i].value);
        is_str(with_notes(), rows[i].want, "PyErr_SetObject of row %d: %s", (int)i, rows[i].want);
    }
    PyErr_SetString(PyExc_UnicodeDecodeError, "x");
    is_str(with_notes(), "TypeError [\"Normalization failed: type=UnicodeDecodeError args='x'\"]",
           "PyErr_SetString adds a note when the exception cannot be made");
    PyErr_Restore(Py_NewRef(PyExc_UnicodeDecodeError), Py_NewRef(x), NULL);
    is_str(with_notes(), "TypeError -", "PyErr_Restore adds no note");
    Py_DECREF(x);
    Py_DECREF(nothing);
    Py_DECREF(two);
}

static void
test_pairs(void)
{
    PyObject *dict = PyDict_New(), *pairs = PyList_New(0), *x = PyUnicode_FromString("ab");
    static const char want[] = "TypeError ['Cannot convert dictionary update sequence element #1 to a sequence']";

    PyList_Append(pairs, x);
    PyList_Append(pairs, Py_None);
    PyDict_MergeFromSeq2(dict, pairs, 1);
    is_str(with_notes(), want, "PyDict_MergeFromSeq2 notes which element is no pair");
    Py_XDECREF(PyObject_CallOneArg((PyObject *)&PyDict_Type, pairs));
    is_str(with_notes(), want, "dict() notes which element is no pair");
    PyList_SetSlice(pairs, 0, 2, NULL);
    is_int(PyDict_MergeFromSeq2(Py_None, pairs, 1), 0, "PyDict_MergeFromSeq2 of no pairs does not look at the dict");
    is_int(PyDict_DelItem(Py_None, pairs), -1, "PyDict_DelItem of no dict fails");
    raises(PyExc_TypeError, "cannot use 'list' as a dict key (unhashable type: 'list')",
           "PyDict_DelItem hashes the key before it looks at the dict");
    Py_DECREF(dict);
    Py_DECREF(pairs);
    Py_DECREF(x);
}

static void
test_whole_text(void)
{
    char digits[601], want[700];
    PyObject *text;

    memset(digits, 'q', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    text = PyUnicode_FromString(digits);
    snprintf(want, sizeof want, "could not convert string to float: '%s'", digits);
    is_ptr(PyNumber_Float(text), NULL, "600 letters are no float");
    raises(PyExc_ValueError, want, "the message of float() has all 600 letters");
    digits[199] = '\0';
    snprintf(want, sizeof want, "invalid literal for int() with base 10: '%s", digits);
    is_ptr(PyNumber_Long(text), NULL, "600 letters are no int");
    raises(PyExc_ValueError, want, "the message of int() has 199 of the letters, and the quote before them");
    Py_DECREF(text);
}

static void
test_import_context(void)
{
    PyObject *error, *context;

    is_ptr(PyImport_ImportModule("sys.nosuch"), NULL, "sys is no package");
    error = PyErr_GetRaisedException();
    context = PyException_GetContext(error);
    is_str(shown(error), "ModuleNotFoundError(\"No module named 'sys.nosuch'; 'sys' is not a package\")",
           "the error for sys.nosuch says that sys is no package");
    is_str(shown(context), "AttributeError(\"module 'sys' has no attribute '__path__'\")",
           "the error's context says that sys has no __path__");
    is_str(outcome(PyObject_GetAttrString(context, "name")), "'__path__'", "the context has the attribute's name");
    is_str(outcome(PyObject_GetAttrString(error, "__suppress_context__")), "True", "the error suppresses its context");
    Py_XDECREF(context);
    Py_DECREF(error);
}

static void
test_formats(void)
{
    static const char *const formats[] = {"\xc3",    "%d\xc3", "\xc3%d", "%\xc3",     "%5\xc3",
                                          "%.3\xc3", "%l\xc3", "%-\xc3", "%d %y \xc3"};
    static const char want[] =
        "ValueError: PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xc3";
    size_t i;

    for (i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        is_str(outcome(PyUnicode_FromFormat(formats[i], 5, 5)), want,
               "a byte that is not ASCII is refused in format %d of PyUnicode_FromFormat", (int)i);
        PyErr_Format(PyExc_KeyError, formats[i], 5, 5);
        is_str(error_text(), want, "a byte that is not ASCII is refused in each format of PyErr_Format");
    }
}

static void
test_items(void)
{
    PyObject *objects[] = {PyUnicode_FromString("x"), PyTuple_New(0), PyLong_FromLong(1), Py_NewRef(Py_None)};
    size_t i;

    for (i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        char want[3][96];

        snprintf(want[0], sizeof want[0], "'%s' object does not support item assignment",
                 tap_type_name((PyObject *)Py_TYPE(objects[i])));
        snprintf(want[1], sizeof want[1], "'%s' object doesn't support item deletion",
                 tap_type_name((PyObject *)Py_TYPE(objects[i])));
        snprintf(want[2], sizeof want[2], "'%s' object does not support item deletion",
                 tap_type_name((PyObject *)Py_TYPE(objects[i])));
        is_int(PySequence_SetItem(objects[i], 0, NULL), -1, "PySequence_SetItem without a value fails");
        raises(PyExc_TypeError, want[0], "%s", want[0]);
        is_int(PySequence_DelItem(objects[i], 0), -1, "PySequence_DelItem fails");
        raises(PyExc_TypeError, want[1], "%s", want[1]);
        is_int(PyObject_DelItem(objects[i], objects[2]), -1, "PyObject_DelItem fails");
        raises(PyExc_TypeError, i < 2 ? want[1] : want[2], "%s", i < 2 ? want[1] : want[2]);
    }
    for (i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        Py_DECREF(objects[i]);
    }
}

static void
test_compare(void)
{
    static const struct {
        const char *text;
        int size;
        const char *other;
        int want;
    } rows[] = {
        {"a\0b", 3, "a", 1},
        {"a", 1, "a", 0},
        {"a", 1, "ab", -1},
        {"a\0\xe2\x82\xac", 5, "a", 1},
        {"a\0\xe2\x82\xac", 5, "ab", 1},
        {"\xe2\x82\xac", 3, "\xff", 1},
        {"a\xe2\x82\xac", 4, "b", -1},
        {"\xc3\xa9", 2, "\xe9", 0},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *text = PyUnicode_FromStringAndSize(rows[i].text, rows[i].size);
        is_int(PyUnicode_CompareWithASCIIString(text, rows[i].other), rows[i].want,
               "PyUnicode_CompareWithASCIIString of row %d", (int)i);
        Py_DECREF(text);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_normalization);
    RUN(test_pairs);
    RUN(test_whole_text);
    RUN(test_import_context);
    RUN(test_formats);
    RUN(test_items);
    RUN(test_compare);
    return TAP_END();
}
