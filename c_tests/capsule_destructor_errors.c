/* Destructors and the error indicator.  A destructor is called with the error that is set, if any, and the error that it
 * leaves stands afterwards: the indicator is neither saved nor cleared around it.  So an error from before is seen in
 * it and survives it, a destructor that clears or replaces it does so for its caller too, and one that raises makes
 * calls return success with an error set.  A destructor that saves and restores the error changes nothing for its caller.
 */
#define _POSIX_C_SOURCE 200809L
#include "tap.h"

#include <fcntl.h>
#include <unistd.h>

static char storage[4] = "abc";
static char log_text[512];

static void
note_error(PyObject *capsule)
{
    strcat(log_text, PyErr_Occurred() == NULL ? "none" : tap_type_name(PyErr_Occurred()));
    strcat(log_text, PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)) == storage ? ";" : "?;");
}

static void
raise_name(PyObject *capsule)
{
    note_error(capsule);
    PyErr_SetString(PyExc_RuntimeError, PyCapsule_GetName(capsule));
}

static void
clear_error(PyObject *capsule)
{
    note_error(capsule);
    PyErr_Clear();
}

static void
fail_by_accident(PyObject *capsule)
{
    note_error(capsule);
    PyCapsule_GetPointer(capsule, "wrong name");
}

static void
save_with_fetch(PyObject *capsule)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    raise_name(capsule);
    PyErr_Clear();
    PyErr_Restore(type, value, traceback);
}

static void
save_raised(PyObject *capsule)
{
    PyObject *exception = PyErr_GetRaisedException();
    raise_name(capsule);
    PyErr_Clear();
    PyErr_SetRaisedException(exception);
}

static void
save_and_report(PyObject *capsule)
{
    PyObject *exception = PyErr_GetRaisedException();
    raise_name(capsule);
    PyErr_WriteUnraisable(NULL);
    PyErr_SetRaisedException(exception);
}

static void
print_error(PyObject *capsule)
{
    raise_name(capsule);
    PyErr_Print();
}

/* Standard error goes into a file between capture_begin and capture_end. */
static int real_stderr;
static FILE *captured;

static void
capture_begin(void)
{
    fflush(stderr);
    captured = tmpfile();
    real_stderr = dup(2);
    dup2(fileno(captured), 2);
}

static const char *
capture_end(void)
{
    static char text[1024];
    size_t length;

    fflush(stderr);
    dup2(real_stderr, 2);
    close(real_stderr);
    rewind(captured);
    length = fread(text, 1, sizeof(text) - 1, captured);
    text[length] = '\0';
    fclose(captured);
    return text;
}

/* Each row has a destructor and its outcome.  "" stands for no error, NULL for the error from before. */
static const struct {
    PyCapsule_Destructor destructor;
    const char *text;
    const char *seen_first; /* the error that it sees, with an error before */
    const char *message_with; /* the message that stands afterwards, with an error before */
    const char *message_without;
    const char *printed_with;
    const char *printed_without;
} CASES[] = {
    {note_error, "that only looks", "TypeError;", NULL, "", "", ""},
    {raise_name, "that raises", "TypeError;", "the name", "the name", "", ""},
    {clear_error, "that clears", "TypeError;", "", "", "", ""},
    {fail_by_accident, "that fails by accident", "TypeError;", "PyCapsule_GetPointer called with incorrect name",
     "PyCapsule_GetPointer called with incorrect name", "", ""},
    {save_with_fetch, "that fetches and restores", "none;", NULL, "", "", ""},
    {save_raised, "that saves the raised exception", "none;", NULL, "", "", ""},
    {save_and_report, "that saves, reports and restores", "none;", NULL, "", "RuntimeError: the name\n",
     "RuntimeError: the name\n"},
    {print_error, "that prints", "TypeError;", "", "", "RuntimeError: the name\n", "RuntimeError: the name\n"},
    {NULL, "that is not there", "", NULL, "", "", ""},
};
enum { CASE_COUNT = sizeof(CASES) / sizeof(CASES[0]) };

static void
check_error(PyObject *before, const char *message, const char *text, const char *how)
{
    if (message == NULL) {
        PyObject *exception = PyErr_GetRaisedException();
        is_ptr(exception, before, "the very exception from before stands after a destructor %s %s", text, how);
        Py_XDECREF(exception);
    } else if (message[0] == '\0') {
        no_error("no error stands after a destructor %s %s", text, how);
    } else {
        raises(strncmp(message, "PyCapsule", 9) == 0 ? PyExc_ValueError : PyExc_RuntimeError, message,
               "the destructor's own error stands after a destructor %s %s", text, how);
    }
}

static void
test_error_before(void)
{
    for (int i = 0; i < CASE_COUNT; i++) {
        PyObject *capsule = PyCapsule_New(storage, "the name", CASES[i].destructor), *exception;

        PyErr_SetString(PyExc_TypeError, "from before");
        exception = PyErr_GetRaisedException();
        PyErr_SetRaisedException(Py_NewRef(exception));
        log_text[0] = '\0';
        capture_begin();
        Py_DECREF(capsule);
        is_str(capture_end(), CASES[i].printed_with, "the output of a destructor %s, called with an error set",
               CASES[i].text);
        check_error(exception, CASES[i].message_with, CASES[i].text, "with an error before");
        is_str(log_text, CASES[i].seen_first, "the error from before as seen by a destructor %s", CASES[i].text);
        is_int(Py_REFCNT(exception), 1, "nothing else keeps the error from before (%s)", CASES[i].text);
        Py_DECREF(exception);
    }
}

static void
test_no_error_before(void)
{
    for (int i = 0; i < CASE_COUNT; i++) {
        PyObject *capsule = PyCapsule_New(storage, "the name", CASES[i].destructor);

        log_text[0] = '\0';
        capture_begin();
        Py_DECREF(capsule);
        is_str(capture_end(), CASES[i].printed_without, "the output of a destructor %s, called without an error",
               CASES[i].text);
        if (CASES[i].message_without[0] == '\0') {
            is_ptr(PyErr_Occurred(), NULL, "no error stands after a destructor %s, called without one", CASES[i].text);
        } else {
            check_error(NULL, CASES[i].message_without, CASES[i].text, "without an error before");
        }
        is_str(log_text, CASES[i].destructor != NULL ? "none;" : "", "no error is seen by a destructor %s",
               CASES[i].text);
    }
}

static void
test_replaced_error_has_no_context(void)
{
    static const char *const attributes[] = {"__context__", "__cause__", "__traceback__"};
    PyObject *capsule = PyCapsule_New(storage, "the name", raise_name), *exception;

    PyErr_SetString(PyExc_TypeError, "from before");
    Py_DECREF(capsule);
    exception = PyErr_GetRaisedException();
    is_ptr(Py_TYPE(exception), PyExc_RuntimeError, "the error of a destructor takes the place of the one before");
    for (int i = 0; i < 3; i++) {
        PyObject *value = PyObject_GetAttrString(exception, attributes[i]);
        is_ptr(value, Py_None, "the %s of the destructor's error is None: the error from before is lost",
               attributes[i]);
        Py_XDECREF(value);
    }
    Py_DECREF(exception);
}

/* Several destructors in one holder: each sees the error that the one before it left. */
static PyObject *
three_in_a_list(PyCapsule_Destructor last, PyCapsule_Destructor middle, PyCapsule_Destructor first)
{
    PyObject *list = PyList_New(3);
    PyList_SetItem(list, 0, PyCapsule_New(storage, "first in the list", last));
    PyList_SetItem(list, 1, PyCapsule_New(storage, "second in the list", middle));
    PyList_SetItem(list, 2, PyCapsule_New(storage, "third in the list", first));
    log_text[0] = '\0';
    return list;
}

static void
test_errors_among_several(void)
{
    Py_DECREF(three_in_a_list(note_error, note_error, raise_name));
    is_str(log_text, "none;RuntimeError;RuntimeError;", "an error of one destructor is seen by those after it");
    raises(PyExc_RuntimeError, "third in the list", "an error of a destructor stands when the list is gone");

    Py_DECREF(three_in_a_list(raise_name, raise_name, raise_name));
    is_str(log_text, "none;RuntimeError;RuntimeError;", "an error does not keep the other destructors from running");
    raises(PyExc_RuntimeError, "first in the list", "the error of the last destructor that raises stands");

    Py_DECREF(three_in_a_list(note_error, clear_error, raise_name));
    is_str(log_text, "none;RuntimeError;none;", "an error that one destructor clears is not seen by the next");
    no_error("an error that one destructor clears is not seen by the caller");

    PyErr_SetString(PyExc_TypeError, "from before");
    Py_DECREF(three_in_a_list(save_raised, save_with_fetch, note_error));
    is_str(log_text, "TypeError;none;none;", "the destructors after one that saves the error run without one");
    raises(PyExc_TypeError, "from before", "the destructors that save the error put it back for the caller");
}

/* Calls that succeed and leave an error set. */
static PyObject *
raiser(const char *name)
{
    return PyCapsule_New(storage, name, raise_name);
}

static void
test_success_with_an_error_set(void)
{
    PyObject *dict = PyDict_New(), *list = PyList_New(1), *module = PyModule_New("m"), *capsule;

    capsule = raiser("dict value");
    PyDict_SetItemString(dict, "a", capsule);
    PyDict_SetItemString(dict, "b", capsule);
    Py_DECREF(capsule);
    is_int(PyDict_SetItemString(dict, "a", Py_None), 0, "replacing one of two references in a dict succeeds");
    no_error("replacing one of two references destroys nothing and sets no error");
    is_int(PyDict_SetItemString(dict, "b", Py_None), 0, "replacing the last reference in a dict returns 0 too");
    raises(PyExc_RuntimeError, "dict value", "the destructor of a replaced value in a dict leaves its error");
    is_ptr(PyDict_GetItemString(dict, "b"), Py_None,
           "the new value is in the dict though the destructor left an error");

    capsule = raiser("deleted value");
    PyDict_SetItemString(dict, "a", capsule);
    Py_DECREF(capsule);
    is_int(PyDict_DelItemString(dict, "a"), 0, "deleting an item of a dict returns 0");
    raises(PyExc_RuntimeError, "deleted value", "the destructor of a deleted item of a dict leaves its error");
    is_int(PyDict_Size(dict), 1, "the deleted item is gone from the dict");

    PyList_SetItem(list, 0, raiser("list item"));
    is_int(PyList_SetItem(list, 0, Py_NewRef(Py_None)), 0, "replacing an item of a list returns 0");
    raises(PyExc_RuntimeError, "list item", "the destructor of a replaced item of a list leaves its error");

    PyModule_Add(module, "a", raiser("attribute"));
    PyModule_Add(module, "b", raiser("deleted attribute"));
    is_int(PyObject_SetAttrString(module, "a", Py_None), 0, "replacing an attribute returns 0");
    raises(PyExc_RuntimeError, "attribute", "the destructor of a replaced attribute leaves its error");
    is_int(PyObject_DelAttrString(module, "b"), 0, "deleting an attribute returns 0");
    raises(PyExc_RuntimeError, "deleted attribute", "the destructor of a deleted attribute leaves its error");

    PyModule_Add(module, "c", raiser("module"));
    Py_DECREF(module);
    raises(PyExc_RuntimeError, "module", "a module that is destroyed leaves the error of a destructor in its dict");
    Py_DECREF(dict);
    Py_DECREF(list);
}

/* Functions that are called: a call checks that a result and an error exclude each other. */
static PyObject *
drop_and_return(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    Py_XDECREF(raiser("in a function"));
    return PyLong_FromLong(42);
}

static PyObject *
raise_and_drop(PyObject *self, PyObject *arguments)
{
    PyObject *capsule = PyCapsule_New(storage, "local", clear_error);
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_ValueError, "the real error");
    Py_XDECREF(capsule);
    return NULL;
}

static PyObject *
raise_and_drop_politely(PyObject *self, PyObject *arguments)
{
    PyObject *capsule = PyCapsule_New(storage, "local", save_raised);
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_ValueError, "the real error");
    Py_XDECREF(capsule);
    return NULL;
}

static PyMethodDef METHODS[] = {
    {"drop_and_return", drop_and_return, METH_NOARGS, NULL},
    {"raise_and_drop", raise_and_drop, METH_NOARGS, NULL},
    {"raise_and_drop_politely", raise_and_drop_politely, METH_NOARGS, NULL},
};

static void
test_functions(void)
{
    PyObject *function = PyCFunction_New(&METHODS[0], NULL), *exception, *cause, *text;

    is_ptr(PyObject_CallNoArgs(function), NULL, "a function whose local capsule's destructor raises gives no result");
    exception = PyErr_GetRaisedException();
    cause = PyObject_GetAttrString(exception, "__cause__");
    is_ptr(Py_TYPE(cause), PyExc_RuntimeError, "the error of the destructor is the cause of the caller's error");
    text = PyObject_Str(cause);
    is_str(PyUnicode_AsUTF8(text), "in a function", "the cause has the destructor's message");
    Py_DECREF(text);
    Py_DECREF(cause);
    cause = PyObject_GetAttrString(exception, "__context__");
    is_ptr(Py_TYPE(cause), PyExc_RuntimeError, "the error of the destructor is the context of the caller's error");
    Py_DECREF(cause);
    PyErr_SetRaisedException(exception);
    raises(PyExc_SystemError, "<built-in function drop_and_return> returned a result with an exception set",
           "the caller gets a SystemError that names the function");
    Py_DECREF(function);

    function = PyCFunction_New(&METHODS[1], NULL);
    is_ptr(PyObject_CallNoArgs(function), NULL,
           "a function that fails returns NULL when its local capsule's destructor clears the error");
    raises(PyExc_SystemError, "<built-in function raise_and_drop> returned NULL without setting an exception",
           "the caller gets a SystemError in place of an error that was cleared");
    Py_DECREF(function);

    function = PyCFunction_New(&METHODS[2], NULL);
    is_ptr(PyObject_CallNoArgs(function), NULL,
           "a function that fails returns NULL when its local capsule's destructor restores the error");
    raises(PyExc_ValueError, "the real error", "the caller gets the real error from a destructor that restores it");
    Py_DECREF(function);
}

/* The collector keeps the caller's error, and reports the error of a destructor as unraisable. */
static void
test_collected(void)
{
    PyObject *list = PyList_New(0), *capsule = raiser("in a cycle");

    PyGC_Collect();
    PyList_Append(list, list);
    PyList_Append(list, capsule);
    Py_DECREF(capsule);
    Py_DECREF(list);
    PyErr_SetString(PyExc_TypeError, "from before");
    log_text[0] = '\0';
    capture_begin();
    PyGC_Collect();
    is_str(capture_end(), "Exception ignored in tp_clear of list:\nRuntimeError: in a cycle\n",
           "the error of a destructor that a collection runs is printed");
    is_str(log_text, "none;", "a destructor that a collection runs does not see the error from before");
    raises(PyExc_TypeError, "from before", "the error from before stands after the collection");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_error_before);
    RUN(test_no_error_before);
    RUN(test_replaced_error_has_no_context);
    RUN(test_errors_among_several);
    RUN(test_success_with_an_error_set);
    RUN(test_functions);
    RUN(test_collected);
    return TAP_END();
}
