/* Bad input to the functions for arguments and values: see bad_input.h. */
#include "bad_input.h"

#include <pthread.h>

/* Names of the stable ABI and of CPython's internal headers. */
int _PyArg_CheckPositional(const char *, Py_ssize_t, Py_ssize_t, Py_ssize_t);
void _PyArg_BadArgument(const char *, const char *, const char *, PyObject *);

static int value;
static char *names[] = {"a", "b", NULL};
#define PARSE "SystemError: PyArg_VaParse called with a NULL argument"
#define PARSE_BOTH "SystemError: PyArg_VaParseTupleAndKeywords: bad argument to internal function"
#define BUILD "SystemError: Py_VaBuildValue called with a NULL argument"
#define NO_PLACE "SystemError: a function that parses arguments called with a NULL argument"

static void
test_parse(void)
{
    PyObject *one = PyTuple_Pack(1, number), *word = PyTuple_Pack(1, text);

    NUMBER(PyArg_ParseTuple(NULL, "i", &value), 0, PARSE);
    NUMBER(PyArg_ParseTuple(one, NULL, &value), 0, PARSE);
    NUMBER(PyArg_Parse(number, NULL, &value), 0, NAMED);
    NUMBER(PyArg_ParseTuple(one, "i", NULL), 0, NO_PLACE);
    NUMBER(PyArg_ParseTuple(one, "O", NULL), 0, NO_PLACE);
    NUMBER(PyArg_ParseTuple(word, "s", NULL), 0, NO_PLACE);
    NUMBER(PyArg_ParseTuple(word, "s#", NULL, NULL), 0, NO_PLACE);
    NUMBER(PyArg_ParseTuple(word, "s*", NULL), 0, NO_PLACE);
    NUMBER(PyArg_ParseTuple(one, "O!", NULL, &place), 0, "SystemError: O! called with a NULL argument");
    NUMBER(PyArg_ParseTuple(one, "O&", NULL, &place), 0, "SystemError: O& called with a NULL argument");
    NUMBER(PyArg_ParseTupleAndKeywords(NULL, NULL, "i", names, &value), 0, PARSE_BOTH);
    NUMBER(PyArg_ParseTupleAndKeywords(one, text, "i", names, &value), 0, PARSE_BOTH);
    NUMBER(PyArg_ParseTupleAndKeywords(one, NULL, NULL, names, &value), 0, PARSE_BOTH);
    NUMBER(PyArg_ParseTupleAndKeywords(one, NULL, "i", NULL, &value), 0, PARSE_BOTH);
    NUMBER(PyArg_ValidateKeywordArguments(NULL), 0, INTERNAL);
    NUMBER(PyArg_ValidateKeywordArguments(text), 0, INTERNAL);
    NUMBER(PyArg_UnpackTuple(NULL, "f", 0, 1, &place), 0,
           "SystemError: PyArg_UnpackTuple() argument list is not a tuple");
    NUMBER(_PyArg_CheckPositional(NULL, 1, 0, 0), 0, "TypeError: unpacked tuple should have 0 elements, but has 1");
    VOID(_PyArg_BadArgument(NULL, "a", "b", text), NAMED);
    VOID(_PyArg_BadArgument("f", NULL, "b", text), NAMED);
    VOID(_PyArg_BadArgument("f", "a", NULL, text), NAMED);
    VOID(_PyArg_BadArgument("f", "a", "b", NULL), NAMED);
    Py_DECREF(one);
    Py_DECREF(word);
}

static void
test_build(void)
{
    POINTER(Py_BuildValue(NULL), BUILD);
    POINTER(Py_BuildValue("O&", NULL, NULL), "SystemError: NULL object passed to Py_BuildValue");
    POINTER(Py_BuildValue("D", NULL), NAMED);
    POINTER(PyObject_CallFunction(NULL, "i", 1), ROUTINE);
    POINTER(PyObject_CallMethod(NULL, "f", "i", 1), ROUTINE);
    POINTER(PyObject_CallMethod(text, NULL, "i", 1), ROUTINE);
}

/* A thread of its own, with a small stack, makes a value of many tuples in each other: each of them is counted again. */
enum { DEPTH = 20000 };
static char *deep_format;

static void *
build_deep(void *given)
{
    PyObject *made = Py_BuildValue(deep_format, given);
    int is_refused = made == NULL && PyErr_ExceptionMatches(PyExc_RecursionError);
    PyErr_Clear();
    return is_refused ? deep_format : NULL;
}

/* Formats that are nested deeper than the stack or CPython's buffers allow. */
static void
test_deep_formats(void)
{
    pthread_attr_t small;
    pthread_t thread;
    void *refused;
    char *format = malloc(2 * DEPTH + 10);
    PyObject *one = PyTuple_Pack(1, number), *deep = PyTuple_Pack(1, text), *given = PyList_New(0);
    PyObject *all[40];
    int i;

    memset(format, '(', DEPTH);
    strcpy(format + DEPTH, "N");
    memset(format + DEPTH + 1, ')', DEPTH);
    format[2 * DEPTH + 1] = '\0';
    Py_INCREF(given);
    deep_format = format;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 256 * 1024);
    ok(pthread_create(&thread, &small, build_deep, given) == 0 && pthread_join(thread, &refused) == 0,
       "a thread makes a value of 20,000 tuples in each other");
    ok(refused != NULL, "20,000 tuples in each other are a RecursionError in a small stack");
    is_int(Py_REFCNT(given), 1, "a reference in 20,000 tuples is dropped");
    is_int(PyArg_ParseTupleAndKeywords(one, NULL, format, names, &place), 0,
           "a format of 20,000 tuples in each other refuses an int");
    raises(PyExc_TypeError, "argument 1 must be 1-item tuple, not int", "the int is no tuple");
    format[DEPTH] = 'i';
    is_int(PyArg_ParseTupleAndKeywords(one, NULL, format + DEPTH - 40, names, &place), 0,
           "a format of 40 tuples in each other refuses an int");
    PyErr_Clear();
    all[0] = number;
    Py_INCREF(number);
    for (i = 1; i < 40; i++) {
        all[i] = PyTuple_Pack(1, all[i - 1]);
        Py_DECREF(all[i - 1]);
    }
    is_int(PyArg_ParseTupleAndKeywords(all[39], NULL, format + DEPTH - 38, names, &place), 0,
           "38 tuples in each other are too many for CPython's buffers");
    raises(PyExc_SystemError, "too many tuple nesting levels in argument format string",
           "the refusal of a format that is nested too deep");
    Py_DECREF(all[39]);

    is_int(PyArg_ParseTupleAndKeywords(one, NULL, "(i", names, &value, &place), 0,
           "a format without its last parenthesis refuses an int");
    PyErr_Clear();
    Py_DECREF(one);
    one = Py_BuildValue("((i))", 7);
    names[1] = NULL;
    is_int(PyArg_ParseTupleAndKeywords(one, NULL, "(i", names, &value), 1,
           "a format is not read beyond its end for a parenthesis");
    names[1] = "b";
    Py_DECREF(one);
    Py_DECREF(deep);
    Py_DECREF(given);
    free(format);
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_parse);
    RUN(test_build);
    RUN(test_deep_formats);
    drop_subjects();
    return TAP_END();
}
