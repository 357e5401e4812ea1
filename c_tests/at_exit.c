/* PyUnstable_AtExit: functions that Py_FinalizeEx calls when all modules are gone. */
#include "outcome.h"

static char calls[100];

static void
note(void *text)
{
    strcat(calls, text);
}

/* The thread has its state, an object can be made, and a function that is registered now is not called. */
static void
work(void *text)
{
    PyObject *list = PyList_New(1);

    strcat(calls, list != NULL && PyGILState_Check() ? text : "?");
    Py_XDECREF(list);
    if (PyUnstable_AtExit(PyInterpreterState_Get(), note, "late ") != 0)
        strcat(calls, "!");
}

static void
exit_function(void)
{
    strcat(calls, "exit");
}

static void
test_register(void)
{
    PyInterpreterState *interpreter = PyInterpreterState_Get();

    is_int(PyUnstable_AtExit(interpreter, note, "first "), 0, "a function is registered");
    is_int(PyUnstable_AtExit(interpreter, work, "second "), 0, "a function that works with objects is registered");
    is_int(PyUnstable_AtExit(interpreter, note, "third "), 0, "a function is registered twice, with another argument");
    is_int(Py_AtExit(exit_function), 0, "a function of Py_AtExit is registered");
    is_str(calls, "", "registering calls no function");
}

/* The result goes by the exit status: the numbers of the tests have ended. */
static int
check_calls(void)
{
    printf("# called at the end: %s\n", calls);
    return strcmp(calls, "third second first exit") != 0;
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_register);
    return TAP_END() != 0 || check_calls() != 0;
}
