/* Py_FatalError in a child process: the function and the message on standard error, then SIGABRT, in any state of the
 * program, and none of the functions of Py_AtExit. */
#include "checks.h"

#include <signal.h>

static void
fatal_plain(void)
{
    Py_FatalError("the end, by \"request\" of 100%s");
}

static void
fatal_empty(void)
{
    Py_FatalError("");
}

/* Py_FatalError shows the error indicator too. */
static void
fatal_with_error(void)
{
    PyErr_SetString(PyExc_KeyError, "on the way");
    fatal_plain();
}

/* A destructor that ends the program. */
static void
end(PyObject *capsule)
{
    Py_FatalError(PyCapsule_GetName(capsule));
}

static void
fatal_in_destructor(void)
{
    Py_DECREF(PyCapsule_New(&tap_count, "in a destructor", end));
}

static void
fatal_without_gil(void)
{
    (void)PyEval_SaveThread();
    fatal_plain();
}

static void
fatal_before_start(void)
{
    Py_FinalizeEx();
    fatal_plain();
}

static const struct {
    const char *what;
    void (*body)(void);
    const char *first_line;
} ends[] = {
    {"plain", fatal_plain, "Fatal Python error: fatal_plain: the end, by \"request\" of 100%s"},
    {"with an empty message", fatal_empty, "Fatal Python error: fatal_empty: "},
    {"with an error set", fatal_with_error, "Fatal Python error: fatal_plain: the end, by \"request\" of 100%s"},
    {"in a destructor", fatal_in_destructor, "Fatal Python error: end: in a destructor"},
    {"without the GIL", fatal_without_gil, "Fatal Python error: fatal_plain: the end, by \"request\" of 100%s"},
    {"after Py_FinalizeEx", fatal_before_start, "Fatal Python error: fatal_plain: the end, by \"request\" of 100%s"},
};

static void
say_bye(void)
{
    fprintf(stderr, "bye\n");
}

static void
fatal_with_at_exit(void)
{
    Py_AtExit(say_bye);
    fatal_plain();
}

static void
test_ends(void)
{
    char text[4096];
    size_t i;
    int status;

    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        status = in_child(ends[i].body, text, sizeof(text));
        ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "Py_FatalError %s ends the process with SIGABRT",
           ends[i].what);
        text[strcspn(text, "\n")] = '\0';
        is_str(text, ends[i].first_line, "Py_FatalError %s: its first line has the function and the message",
               ends[i].what);
    }
    status = in_child(fatal_with_error, text, sizeof(text));
    ok(WIFSIGNALED(status) && strstr(text, "KeyError: 'on the way'") != NULL,
       "Py_FatalError shows the error that is set");
    status = in_child(fatal_with_at_exit, text, sizeof(text));
    ok(WIFSIGNALED(status) && strstr(text, "bye") == NULL, "Py_FatalError runs no function of Py_AtExit");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_ends);
    return TAP_END();
}
