/* Deviations of the lives of objects and of threads: the lines of source files in tracebacks, thread states that C has not asked for,
 * the order of code objects, and the number of objects that a collection finds. */
#include "checks.h"
#include <signal.h>

static PyObject *
new_traceback(const char *file, int line)
{
    PyCodeObject *code = PyCode_NewEmpty(file, "function", line);
    PyObject *globals = PyDict_New();
    PyFrameObject *frame = PyFrame_New(NULL, code, globals, NULL);
    PyErr_SetString(PyExc_ValueError, "raised");
    PyTraceBack_Here(frame);
    PyObject *error = PyErr_GetRaisedException(), *traceback = PyException_GetTraceback(error);
    Py_DECREF(error);
    Py_DECREF(frame);
    Py_DECREF(code);
    Py_DECREF(globals);
    return traceback;
}

static char written[400];

static PyObject *
take(PyObject *self, PyObject *text)
{
    (void)self;
    strncat(written, PyUnicode_AsUTF8(text), sizeof(written) - strlen(written) - 1);
    return Py_NewRef(Py_None);
}

static PyMethodDef take_def = {"write", take, METH_O, NULL};

static void
test_source(void)
{
    PyObject *traceback = new_traceback(__FILE__, 1), *file = PyModule_New("file"),
             *write = PyCFunction_New(&take_def, NULL);
    PyObject_SetAttrString(file, "write", write);
    is_int(PyTraceBack_Print(traceback, file), 0, "a traceback is printed");
    const char *end = strstr(written, ", line 1, in function\n");
    ok(end != NULL && strlen(end) == strlen(", line 1, in function\n"), "no line of the source file follows the place");
    Py_DECREF(write);
    Py_DECREF(file);
    Py_DECREF(traceback);
}

static void
test_saved_state(void)
{
    PyThreadState *state = PyEval_SaveThread();
    PyEval_RestoreThread(state);
    PyErr_SetString(PyExc_ValueError, "raised");
    is_ptr(state->current_exception, NULL, "an error is not in a state that C knows from PyEval_SaveThread alone");
    is_ptr(PyThreadState_Get(), state, "PyThreadState_Get returns the state");
    ok(state->current_exception != NULL, "from then on the error is there");
    raises(PyExc_ValueError, "raised", "the error is the same");
}

static void
test_code(void)
{
    PyObject *one = (PyObject *)PyCode_NewEmpty("file.c", "f", 1),
             *other = (PyObject *)PyCode_NewEmpty("file.c", "f", 1);
    is_int(PyObject_RichCompareBool(one, other, Py_EQ), 0, "two code objects with the same parts differ");
    Py_DECREF(one);
    Py_DECREF(other);
}

static void
track_twice(void)
{
    PyObject *dict = PyDict_New();
    PyObject_GC_Track(dict);
}

static void
finalize_living(void)
{
    PyObject *dict = PyDict_New();
    PyObject_CallFinalizerFromDealloc(dict);
}

static void
test_fatal(void)
{
    char text[2000];
    int status = in_child(track_twice, text, sizeof(text));
    is_int(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGABRT, "tracking an object twice ends the process");
    ok(strstr(text, "Fatal Python error: _PyObject_AssertFailed: object already tracked by the garbage collector\n") ==
           text,
       "the message names the mistake, and does not describe the object");
    status = in_child(finalize_living, text, sizeof(text));
    is_int(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGABRT, "the end of an object that is alive ends the process");
    ok(strstr(text, "PyObject_CallFinalizerFromDealloc called on object with a non-zero refcount\n") != NULL,
       "the message names the function");
}

static void
test_signals(void)
{
    PyErr_SetString(PyExc_KeyError, "kept");
    is_int(PyErr_CheckSignals(), 0, "PyErr_CheckSignals finds no signal while an error is pending");
    raises(PyExc_KeyError, "'kept'", "PyErr_CheckSignals leaves the pending error");
}

/* CPython keeps the attributes of a new instance in the instance itself, and finds one object. */
static void
test_collected(void)
{
    PyObject *class = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "C"), *o = PyObject_CallNoArgs(class);

    PyGC_Collect();
    PyObject_SetAttrString(o, "itself", o);
    Py_DECREF(o);
    is_int(PyGC_Collect(), 2, "an instance in a cycle is found together with its dict");
    Py_DECREF(class);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_source);
    RUN(test_saved_state);
    RUN(test_code);
    RUN(test_fatal);
    RUN(test_signals);
    RUN(test_collected);
    return TAP_END();
}
