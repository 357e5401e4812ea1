/* PyErr_WriteUnraisable: the report on standard error for an unraisable error, with and without the
 * object that it happened in; that it clears the error; and a sys.unraisablehook written in C, which gets the parts
 * of the report as attributes; tuples nested too deep for a search.  Each report is written in a child process. */
#include "errors_support.h"

static PyObject *sys;

/* A child's report: the error (NULL for none) and the object, both borrowed. */
typedef struct {
    PyObject *error;
    PyObject *object;
} Report;

static void
write_report(const void *argument)
{
    const Report *report = (const Report *)argument;
    Py_ssize_t before = report->object != NULL ? Py_REFCNT(report->object) : 0;

    PyErr_SetRaisedException(Py_XNewRef(report->error));
    PyErr_WriteUnraisable(report->object);
    if (PyErr_Occurred()) {
        fputs("an error is still set\n", stderr);
    }
    if (report->object != NULL && Py_REFCNT(report->object) != before) {
        fputs("the object's reference count changed\n", stderr);
    }
    if (PySys_GetObject("last_exc") != NULL) {
        fputs("sys.last_exc was set\n", stderr);
    }
}

/* Reports the error (taken over, or NULL) in the object (borrowed) in a child, and compares the text. */
static void
writes(PyObject *error, PyObject *object, const char *want, const char *sentence)
{
    Report report;
    Child child;

    report.error = error;
    report.object = object;
    child = run_child(write_report, &report);
    is_str(child.text, want, "%s", sentence);
    is_int(child.status, 0, "the process that reports goes on");
    Py_XDECREF(error);
}

static void
test_text(void)
{
    PyObject *object = PyUnicode_FromString("the object"), *list = PyList_New(0), *error, *note, *name;
    PyObject *type = PyErr_NewException("mod.Name", NULL, NULL);

    writes(error_of(PyExc_ValueError, "text"), object, "Exception ignored in: 'the object'\nValueError: text\n",
           "the object's repr comes before the exception");
    writes(error_of(PyExc_ValueError, "text"), list, "Exception ignored in: []\nValueError: text\n",
           "the object may be a list");
    writes(error_of(PyExc_ValueError, "text"), PyExc_KeyError,
           "Exception ignored in: <class 'KeyError'>\nValueError: text\n", "the object may be a type");
    writes(error_of(PyExc_ValueError, "text"), NULL, "ValueError: text\n",
           "a report without an object has the exception alone");
    writes(error_of(PyExc_ValueError, "text"), Py_None, "ValueError: text\n", "None is no object");
    writes(NULL, object, "Exception ignored in: 'the object'\n", "a report without an error has the object alone");
    writes(NULL, NULL, "", "a report with neither error nor object is empty");

    writes(error_of(PyExc_KeyError, "k"), NULL, "KeyError: 'k'\n", "the exception is shown by its str");
    writes(error_of(PyExc_ValueError, ""), NULL, "ValueError: \n", "the colon stays when the message is empty");
    writes(PyObject_CallNoArgs(PyExc_KeyboardInterrupt), NULL, "KeyboardInterrupt: \n",
           "the colon stays when the exception has no arguments");
    writes(error_of(type, "x"), NULL, "mod.Name: x\n", "the module stands before the name of a type");
    writes(error_of(PyExc_ValueError, "caf\xc3\xa9\nline"), NULL, "ValueError: caf\xc3\xa9\nline\n",
           "a message of two lines beyond ASCII is written in full");
    writes(error_of(PyExc_SystemExit, "bye"), NULL, "SystemExit: bye\n", "SystemExit is reported and does not exit");

    error = error_of(PyExc_ValueError, "e");
    PyException_SetCause(error, error_of(PyExc_KeyError, "c"));
    writes(error, NULL, "ValueError: e\n", "a cause is left out");
    error = error_of(PyExc_ValueError, "e");
    name = PyUnicode_FromString("add_note");
    note = PyUnicode_FromString("a note");
    Py_XDECREF(PyObject_CallMethodObjArgs(error, name, note, NULL));
    writes(error, NULL, "ValueError: e\n", "notes are left out");
    Py_DECREF(name);
    Py_DECREF(note);
    Py_DECREF(type);
    Py_DECREF(list);
    Py_DECREF(object);
}

static PyObject *
hook_showing_report(PyObject *self, PyObject *report)
{
    static const char *const names[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"};
    size_t i;

    PyObject *doc = PyObject_GetAttrString(report, "__doc__");

    (void)self;
    fprintf(stderr, "%s\n", PyErr_Occurred() != NULL ? "an error is set" : "no error is set");
    fprintf(stderr, "%s, %s\n", Py_TYPE(report)->tp_name, doc != Py_None ? "documented" : "not documented");
    Py_XDECREF(doc);
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        PyObject *repr = repr_of_attribute(report, names[i]);
        fprintf(stderr, "%s: %s\n", names[i], repr != NULL ? PyUnicode_AsUTF8(repr) : "missing");
        Py_XDECREF(repr);
    }
    return Py_NewRef(Py_None);
}

static PyObject *
hook_raising(PyObject *self, PyObject *report)
{
    (void)self;
    (void)report;
    PyErr_SetString(PyExc_KeyError, "in the hook");
    return NULL;
}

static void
test_hook(void)
{
    static PyMethodDef showing = {"showing", hook_showing_report, METH_O, NULL};
    static PyMethodDef raising = {"raising", hook_raising, METH_O, NULL};
    PyObject *original = PyObject_GetAttrString(sys, "unraisablehook");
    PyObject *object = PyUnicode_FromString("the object"), *hook = PyCFunction_New(&showing, NULL);

    PyObject_SetAttrString(sys, "unraisablehook", hook);
    Py_DECREF(hook);
    writes(error_of(PyExc_ValueError, "text"), object,
           "no error is set\nUnraisableHookArgs, documented\n"
           "exc_type: <class 'ValueError'>\nexc_value: ValueError('text')\nexc_traceback: None\n"
           "err_msg: None\nobject: 'the object'\n",
           "sys.unraisablehook gets one argument with five attributes");
    writes(error_of(PyExc_ValueError, "text"), NULL,
           "no error is set\nUnraisableHookArgs, documented\n"
           "exc_type: <class 'ValueError'>\nexc_value: ValueError('text')\nexc_traceback: None\n"
           "err_msg: None\nobject: None\n",
           "a missing object is None");

    hook = PyCFunction_New(&raising, NULL);
    PyObject_SetAttrString(sys, "unraisablehook", hook);
    Py_DECREF(hook);
    writes(error_of(PyExc_ValueError, "text"), object,
           "Exception ignored in sys.unraisablehook: <built-in function raising>\nKeyError: 'in the hook'\n",
           "a hook that fails is reported itself, instead of the error");

    PyObject_SetAttrString(sys, "unraisablehook", Py_None);
    writes(error_of(PyExc_ValueError, "text"), object, "Exception ignored in: 'the object'\nValueError: text\n",
           "a hook of None is ignored");
    PyObject_DelAttrString(sys, "unraisablehook");
    writes(error_of(PyExc_ValueError, "text"), object, "Exception ignored in: 'the object'\nValueError: text\n",
           "a hook that is missing is ignored");
    PyObject_SetAttrString(sys, "unraisablehook", original);
    writes(error_of(PyExc_ValueError, "text"), object, "Exception ignored in: 'the object'\nValueError: text\n",
           "the original hook writes the report");
    Py_DECREF(original);
    Py_DECREF(object);
}

/* Looks for the pending error in two tuples that are nested too deep, and then in the class beside them. */
static void
look_too_deep(const void *unused)
{
    PyObject *nest = PyTuple_Pack(1, PyExc_KeyError), *expected;
    int level;

    (void)unused;
    for (level = 0; level < 1000000; level++) {
        PyObject *outer = PyTuple_Pack(1, nest);
        Py_DECREF(nest);
        nest = outer;
    }
    expected = PyTuple_Pack(3, nest, nest, PyExc_ValueError);
    PyErr_SetString(PyExc_KeyError, "pending");
    fprintf(stderr, "%d\n", PyErr_ExceptionMatches(nest));
    fprintf(stderr, "%d\n", PyErr_ExceptionMatches(expected));
    fprintf(stderr, "%d\n", PyErr_GivenExceptionMatches(PyExc_ValueError, expected));
    PyErr_Print();
    Py_DECREF(expected);
    Py_DECREF(nest);
}

static void
test_too_deep(void)
{
#define IGNORED                                           \
    "Exception ignored while checking exception tuple:\n" \
    "RecursionError: maximum recursion depth exceeded while checking exception tuple\n"
    Child child = run_child(look_too_deep, NULL);

    is_int(child.status, 0, "an exception may be looked for in tuples of any depth");
    is_str(child.text, IGNORED "0\n" IGNORED IGNORED "0\n" IGNORED IGNORED "1\nKeyError: 'pending'\n",
           "a tuple too deep for the stack is reported and skipped, and the pending error stays");
}

int
main(void)
{
    TAP_BEGIN();
    sys = PyImport_ImportModule("sys");
    RUN(test_text);
    RUN(test_hook);
    RUN(test_too_deep);
    Py_DECREF(sys);
    return TAP_END();
}
