/* Reports in C: a callback gets each report and may suppress it.  Children show which reports are written, and how
 * a program ends. */
#define _POSIX_C_SOURCE 200809L
#include "strict_interface.h"

#include "../child.h"

#include <sys/resource.h>

/* ---- children ---- */

static char written[16384];

static void
exit_after(const void *body)
{
    call_body(body);
    exit(0);
}

/* Runs a child that ends by exit(), in which the checker looks for leaks and decides the exit status.  `written`
 * gets its standard error. */
static int
in_exiting_child(void (*body)(void))
{
    return run_in_child(exit_after, &body, written, sizeof written);
}

/* ---- reports ---- */

static PyObject *watched;

static void
ask_for_the_wrong_name(void)
{
    PyCapsule_GetPointer(watched, "wrong");
    PyErr_Clear();
}

static void
test_report(void)
{
    char start[64];

    snprintf(start, sizeof start, "==%ld==pycapsule: WARNING: wrong-name: ", (long)getpid());
    watched = PyCapsule_New(storage, "right", NULL);
    show_anew();
    is_ptr(PyCapsule_GetPointer(watched, "wrong"), NULL, "PyCapsule_GetPointer refuses a wrong name in strict mode");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "a wrong name sets CPython's error in strict mode");
    is_int(shown.count, 1, "the callback gets a report of a wrong name");
    is_str(shown.kind, "wrong-name", "the report of a wrong name has its kind");
    is_str(shown.severity, "WARNING", "the report of a wrong name has its severity");
    is_str(shown.message, "PyCapsule_GetPointer asks for \"wrong\", and the capsule is \"right\"",
           "the report of a wrong name has a message with both names");
    is_ptr(shown.capsule, watched, "the report of a wrong name has the capsule");
    is_ptr(shown.argument, storage, "the callback gets the argument of pycapsule_on_report");
    ok(strncmp(shown.text, start, strlen(start)) == 0 && strstr(shown.text, shown.message) != NULL,
       "the text of a report begins with the process, the severity, the kind and the message");
    ok(strstr(shown.text, "\n  made here:\n    #0 ") != NULL, "the text of a report says where the capsule was made");
    ok(strstr(shown.text, "\n  used here:\n    #0 ") != NULL, "the text of a report says where the capsule was used");
    ok(strstr(shown.text, "\n  what to do: ") != NULL, "the text of a report gives advice");
    ok(strstr(shown.text, "\n  more: docs/strict.md#wrong-name\n") != NULL,
       "the text of a report names the page about its kind");
    is_int(shown.text[strlen(shown.text) - 1], '\n', "the text of a report ends with a newline");
    for (int i = 0; i < 3; i++) {
        ask_for_the_wrong_name();
    }
    is_int(shown.count, 2, "three wrong names at one place are one report");
}

static void
leave_error(PyObject *capsule)
{
    (void)capsule;
    PyErr_SetString(PyExc_KeyError, "left");
}

static void
test_error_dealt_with(void)
{
    PyObject *capsule = PyCapsule_New(storage, "leaves", leave_error);

    show_anew();
    Py_DECREF(capsule);
    is_int(shown.count, 1, "the callback gets a report of a destructor that leaves an error");
    is_str(shown.kind, "destructor-left-error", "the report of a destructor that leaves an error has its kind");
    is_ptr(shown.capsule, capsule,
           "the report of a destructor that leaves an error has the capsule, which is destroyed");
    raises(PyExc_KeyError, "'left'", "the error of a destructor is pending after a callback that answers 1");
}

/* A callback that uses the API: it makes a capsule, asks it for a wrong name, of which it gets a report, and counts
 * capsules. */
static int depth, deepest;

static int
busy_callback(const pycapsule_report *report, void *argument)
{
    PyObject *capsule;

    (void)argument;
    deepest = ++depth > deepest ? depth : deepest;
    if (depth == 1) {
        capsule = PyCapsule_New(storage, "of the callback", NULL);
        if (PyCapsule_GetPointer(capsule, "wrong") == NULL) {
            PyErr_Clear();
        }
        shown.count += strcmp(report->kind, "wrong-name") == 0 && pycapsule_live_count() == 2;
        Py_DECREF(capsule);
    }
    depth--;
    return 1;
}

static void
test_busy_callback(void)
{
    shown.count = 0;
    pycapsule_on_report(busy_callback, NULL);
    PyCapsule_GetPointer(watched, "wrong");
    PyErr_Clear();
    is_int(shown.count, 1, "a callback may use capsules and the checker");
    is_int(deepest, 2, "a callback gets reports of its own mistakes");
}

static int
once(const pycapsule_report *report, void *argument)
{
    (void)report;
    (void)argument;
    shown.count++;
    pycapsule_on_report(NULL, NULL);
    return 1;
}

static void
wrong_twice(void)
{
    pycapsule_on_report(once, NULL);
    shown.count = 0;
    PyCapsule_GetPointer(watched, "first");
    PyErr_Clear();
    PyCapsule_GetPointer(watched, "second");
    PyErr_Clear();
    fprintf(stderr, "shown %d\n", shown.count);
}

static void
wrong_name_passed_on(void)
{
    show_anew();
    shown.answer = 0;
    PyCapsule_GetPointer(watched, "let go");
    PyErr_Clear();
    fprintf(stderr, "shown %d\n", shown.count);
}

static void
wrong_name_dealt_with(void)
{
    show_anew();
    PyCapsule_GetPointer(watched, "dealt with");
    PyErr_Clear();
    fprintf(stderr, "shown %d\n", shown.count);
}

static void
error_passed_on(void)
{
    show_anew();
    shown.answer = 0;
    Py_DECREF(PyCapsule_New(storage, "leaves", leave_error));
    fprintf(stderr, "not reached with halt_on_error\n");
    PyErr_Clear();
}

/* Makes the stack as long as the calls under the limit need it: valgrind could not make it longer then. */
static void
use_stack(void)
{
    volatile char room[1 << 16];
    size_t i;

    for (i = 0; i < sizeof room; i += 512) {
        room[i] = 0;
    }
}

/* A limit on the address space leaves no memory for the reports themselves. */
static void
wrong_names_without_memory(void)
{
    struct rlimit before, limit;

    pycapsule_on_report(NULL, NULL);
    use_stack();
    getrlimit(RLIMIT_AS, &before);
    limit = before;
    limit.rlim_cur = 1 << 20;
    setrlimit(RLIMIT_AS, &limit);
    PyCapsule_GetPointer(watched, "early");
    PyErr_Clear();
    PyCapsule_GetPointer(watched, "late");
    PyErr_Clear();
    setrlimit(RLIMIT_AS, &before);
}

static void
leak_passed_on(void)
{
    uint64_t checkpoint = pycapsule_checkpoint();

    pycapsule_on_report(NULL, NULL);
    PyCapsule_New(storage, "leaked in a child", NULL);
    fprintf(stderr, "leaked %d\n", (int)pycapsule_leaked_since(checkpoint));
}

static void
leak_in_child(void)
{
    pycapsule_on_report(NULL, NULL);
    PyCapsule_New(storage, "made by a child", NULL);
}

static void
nothing_wrong(void)
{
    pycapsule_on_report(NULL, NULL);
}

static void
test_children(void)
{
    const char *options = getenv("PYCAPSULE_OPTIONS");
    int halts = options == NULL || strstr(options, "halt_on_error=0") == NULL, status;
    int to_file = options != NULL && strstr(options, "log_path=") != NULL;
    const char *early;

    status = in_exiting_child(wrong_twice);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a warning does not change the exit status");
    ok(strstr(written, "shown 1\n") != NULL,
       "a callback that removes itself with pycapsule_on_report(NULL, NULL) gets no more reports");
    ok(to_file || strstr(written, "asks for \"second\"") != NULL, "a report after the callback was removed is written");
    ok(strstr(written, "asks for \"first\"") == NULL,
       "a report is not written whose callback removes itself and answers 1");
    in_exiting_child(wrong_name_passed_on);
    ok(strstr(written, "shown 1\n") && (to_file || strstr(written, "let go")),
       "a report is written to which the callback answers 0");
    in_exiting_child(wrong_name_dealt_with);
    is_str(written, "shown 1\n", "a report is not written to which the callback answers 1");
    status = in_exiting_child(wrong_names_without_memory);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a program goes on without memory for its reports");
    ok(to_file || strstr(written, "asks for \"early\""), "the first report without memory is written");
    ok(to_file || strstr(written, "asks for \"late\""), "the second report without memory is written");
    early = strstr(written, "asks for \"early\"");
    ok(to_file || (early != NULL && strstr(early + 1, "asks for \"early\"") == NULL),
       "the first report without memory is written once");
    status = in_exiting_child(error_passed_on);
    ok(halts ? WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT : WIFEXITED(status) && WEXITSTATUS(status) == 23,
       "an error to which the callback answers 0 ends the program or sets its exit status");
    status = in_exiting_child(leak_passed_on);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 23,
       "a leak since a checkpoint sets the exit status and does not end the program");
    ok(strstr(written, "leaked 1\n") && (to_file || strstr(written, "leaked in a child")),
       "a leak since a checkpoint is written");
    status = in_exiting_child(nothing_wrong);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a child exits with 0 although its parent's capsules live");
    is_str(written, "", "a child writes no report of its parent's capsules");
    status = in_exiting_child(leak_in_child);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 23, "a child exits with 23 when a capsule of its own leaks");
    ok(to_file || strstr(written, "made by a child"), "a child writes a report of its own leak");
}

int
main(void)
{
    show_anew();
    TAP_BEGIN();
    pycapsule_strict(1);
    RUN(test_report);
    RUN(test_error_dealt_with);
    RUN(test_busy_callback);
    RUN(test_children);
    Py_CLEAR(watched);
    RUN(test_nothing_left);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
