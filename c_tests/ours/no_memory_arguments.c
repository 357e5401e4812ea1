/* No memory for parsing arguments, for making values by a format, and for the errors of both: see no_memory.h. */
#include "no_memory.h"

static PyObject *args, *keywords, *unknown, *text, *nested, *call_args;
static char *names[] = {"first", "second", NULL};

static int
parse_encoded(void)
{
    char *first = NULL, *second = NULL;
    Py_ssize_t size = 0;
    int parsed = PyArg_ParseTuple(args, "eses#", "latin-1", &first, NULL, &second, &size);

    PyMem_Free(first);
    PyMem_Free(second);
    return parsed ? 0 : -1;
}

static int
parse_many_encoded(void)
{
    char *blocks_of[6] = {NULL};
    PyObject *places[1];
    int parsed = PyArg_ParseTuple(call_args, "esesesesesesO", NULL, &blocks_of[0], NULL, &blocks_of[1], NULL,
                                  &blocks_of[2], NULL, &blocks_of[3], NULL, &blocks_of[4], NULL, &blocks_of[5], places);
    int i;

    for (i = 0; i < 6; i++) {
        PyMem_Free(blocks_of[i]);
    }
    return parsed ? 0 : -1;
}

static int
parse_keywords(void)
{
    PyObject *first, *second;
    return PyArg_ParseTupleAndKeywords(args, NULL, "OO", names, &first, &second) &&
                   PyArg_ParseTupleAndKeywords(nested, keywords, "O|O", names, &first, &second)
               ? 0
               : -1;
}

static PyObject *
called(PyObject *self, PyObject *arguments)
{
    (void)self;
    return Py_NewRef(arguments);
}
static PyMethodDef method = {"called", called, METH_VARARGS, NULL};
static PyObject *function;

static PyObject *place;
static int number;

#define TASKS(X)                                                                                                    \
    X(PyArg_ParseTuple_encoded, parse_encoded())                                                                    \
    X(PyArg_ParseTuple_many_encoded, parse_many_encoded())                                                          \
    X(PyArg_ParseTuple_refused, RAISES(PyExc_TypeError, PyArg_ParseTuple(args, "SS:f", &place, &place)))            \
    X(PyArg_ParseTuple_refused_item, RAISES(PyExc_TypeError, PyArg_ParseTuple(nested, "(US)", &place, &place)))     \
    X(PyArg_ParseTuple_refused_by_format, RAISES(PyExc_TypeError, PyArg_ParseTuple(args, "SS;no", &place, &place))) \
    X(PyArg_ParseTuple_wrong_number, RAISES(PyExc_TypeError, PyArg_ParseTuple(args, "O:f", &place)))                \
    X(PyArg_ParseTuple_byte, RAISES(PyExc_TypeError, PyArg_ParseTuple(args, "CO:f", &number, &place)))              \
    X(PyArg_ParseTupleAndKeywords, parse_keywords())                                                                \
    X(PyArg_ParseTupleAndKeywords_unknown,                                                                          \
      RAISES(PyExc_TypeError, PyArg_ParseTupleAndKeywords(nested, unknown, "O|O:f", names, &place, &place)))        \
    X(PyArg_UnpackTuple, RAISES(PyExc_TypeError, PyArg_UnpackTuple(args, "f", 0, 1, &place)))                       \
    X(Py_BuildValue, OBJECT(Py_BuildValue("(isn)", 100000, "text", (Py_ssize_t)300)))                               \
    X(Py_BuildValue_groups,                                                                                         \
      OBJECT(Py_BuildValue("{s:[dy],s:(i{sO}C)}", "a", 2.5, "bytes", "b", 7, "c", text, 0x20ac)))                   \
    X(Py_BuildValue_given, OBJECT(Py_BuildValue("[(sN)dN]", "before", Py_NewRef(text), 1.5, Py_NewRef(args))))      \
    X(Py_BuildValue_bad, RAISES(PyExc_SystemError, Py_BuildValue("(sNx)", "before", Py_NewRef(text))))              \
    X(PyObject_CallFunction, OBJECT(PyObject_CallFunction(function, "isd", 100000, "text", 1.5)))                   \
    X(PyObject_CallFunction_many,                                                                                   \
      OBJECT(PyObject_CallFunction(function, "ssssssN", "ab", "cd", "ef", "gh", "ij", "kl", Py_NewRef(text))))      \
    X(PyObject_CallMethod, OBJECT(PyObject_CallMethod(keywords, "copy", NULL)))

TASKS(DEFINE_TASK)
static const Task tasks[] = {TASKS(TASK_ROW)};

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof tasks[0]);
}

int
main(void)
{
    TAP_BEGIN();
    text = fixture(PyUnicode_FromString("text"));
    args = fixture(Py_BuildValue("(sO)", "\xc3\xa9t\xc3\xa9", text));
    nested = fixture(Py_BuildValue("((sO))", "one", text));
    keywords = fixture(Py_BuildValue("{sO}", "second", text));
    unknown = fixture(Py_BuildValue("{sO}", "secnd", text));
    call_args = fixture(Py_BuildValue("(ssssssO)", "a1", "b2", "c3", "d4", "e5", "f6", text));
    function = fixture(PyCFunction_New(&method, NULL));
    RUN(test_tasks);
    drop_fixtures();
    return TAP_END();
}
