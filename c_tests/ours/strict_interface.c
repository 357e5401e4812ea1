/* The checker from C: what pycapsule.h offers besides CPython's API, for test suites.  Reports are shown to a callback here, and
 * dealt with there; what is written, and how a program ends, is seen of children. */
#define _POSIX_C_SOURCE 200809L
#include "../tap.h"
#include "../child.h"

#include <sys/resource.h>

static char storage[] = "storage";

/* ---- what the callback is shown ---- */

static struct {
    int count, answer;
    char kind[32], severity[16], message[512], text[8192];
    const void *capsule, *argument;
} shown;

static int
keep_report(const pycapsule_report *report, void *argument)
{
    shown.count++;
    snprintf(shown.kind, sizeof shown.kind, "%s", report->kind);
    snprintf(shown.severity, sizeof shown.severity, "%s", report->severity);
    snprintf(shown.message, sizeof shown.message, "%s", report->message);
    snprintf(shown.text, sizeof shown.text, "%s", report->text);
    shown.capsule = report->capsule;
    shown.argument = argument;
    return shown.answer;
}

static void
show_anew(void)
{
    memset(&shown, 0, sizeof shown);
    shown.answer = 1;
    pycapsule_on_report(keep_report, storage);
}

/* ---- what a child writes to standard error, and how it ends ---- */

static char written[16384];

static void
exit_after(const void *body)
{
    call_body(body);
    exit(0);
}

/* A child that ends by exit(), where leaks are looked for and the exit status is decided. */
static int
in_exiting_child(void (*body)(void))
{
    return run_in_child(exit_after, &body, written, sizeof written);
}

/* ---- on and off ---- */

static PyObject *made_while_off;

static int
never(PyObject *capsule, void *argument)
{
    (void)capsule;
    (void)argument;
    return 99;
}

static void
test_off(void)
{
    pycapsule_strict(0);
    made_while_off = PyCapsule_New(storage, "off", NULL);
    is_int(pycapsule_strict(0), 0, "switched off it says that it was off");
    is_int(pycapsule_live_count(), -1, "while it is off no capsules are counted");
    is_int(pycapsule_visit_live(never, NULL), 0, "nor visited");
    is_int(pycapsule_leaked_since(0), 0, "and none has leaked");
    is_int(pycapsule_checkpoint() != 0, 1, "but a checkpoint can be taken");
}

static void
test_on(void)
{
    is_int(pycapsule_strict(1), 0, "switched on it says that it was off");
    is_int(pycapsule_strict(2), 1, "and switched on again that it was on");
    is_int(pycapsule_live_count(), 0, "a capsule that was made before is not counted");
    Py_CLEAR(made_while_off);
    is_int(shown.count, 0, "and nothing is said of its end");
}

static int destroyed;
static void count_destruction(PyObject *capsule) { destroyed += PyCapsule_IsValid(capsule, "after"); }

static void
switch_off_and_on(PyObject *capsule)
{
    destroyed += PyCapsule_GetPointer(capsule, "in the middle") == storage;
    pycapsule_strict(0);
    pycapsule_strict(1);
}

static void switch_on(PyObject *capsule) { destroyed += pycapsule_strict(1) == 0 && PyCapsule_GetName(capsule) != NULL; }
static void switch_off(PyObject *capsule) { destroyed += pycapsule_strict(0) == 1 && PyCapsule_GetName(capsule) != NULL; }

static void
test_in_the_middle(void)
{
    PyObject *capsule = PyCapsule_New(storage, "before", count_destruction), *gone = PyCapsule_New(storage, "gone", NULL);

    show_anew();
    is_int(pycapsule_live_count(), 2, "capsules are made while it is on");
    pycapsule_strict(0);
    is_int(pycapsule_visit_live(never, NULL), 0, "while it is off they are not visited");
    is_int(pycapsule_leaked_since(0), 0, "and have not leaked");
    PyCapsule_SetName(capsule, "after");
    PyCapsule_SetPointer(capsule, storage + 1);
    Py_DECREF(gone);
    Py_DECREF(PyCapsule_New(storage, "unseen", NULL));
    pycapsule_strict(1);
    is_int(pycapsule_live_count(), 1, "one destroyed while it is off is counted no more when it is on again");
    is_ptr(PyCapsule_GetPointer(capsule, "after"), storage + 1, "what was set meanwhile");
    Py_DECREF(capsule);
    is_int(destroyed, 1, "is what the destructor sees");
    is_int(shown.count, 0, "and nothing is said of it");

    destroyed = 0;
    Py_DECREF(PyCapsule_New(storage, "in the middle", switch_off_and_on));
    pycapsule_strict(0);
    capsule = PyCapsule_New(storage, "off", switch_on);
    pycapsule_strict(1);
    gone = PyCapsule_New(storage, "on", switch_off);
    Py_DECREF(gone);
    Py_DECREF(capsule);
    is_int(destroyed, 3, "a destructor may switch it");
    is_int(pycapsule_strict(1), 1, "it is on then");
    is_int(pycapsule_live_count(), 0, "and none of them is counted");
    is_int(shown.count, 0, "nor anything said");
}

/* ---- what lives ---- */

static struct {
    int count, stop_at, answer;
    const void *seen[8];
    PyObject *made, *doomed;
} visit;

static int
remember(PyObject *capsule, void *argument)
{
    if (visit.count < 8) {
        visit.seen[visit.count] = capsule;
    }
    visit.count += argument == storage;
    return visit.count == visit.stop_at ? visit.answer : 0;
}

/* The first visit makes one capsule and destroys another. */
static int
make_and_destroy(PyObject *capsule, void *argument)
{
    if (visit.made == NULL) {
        visit.made = PyCapsule_New(storage, "made by the visitor", NULL);
        Py_CLEAR(visit.doomed);
    }
    return remember(capsule, argument);
}

static void
test_live(void)
{
    PyObject *first = PyCapsule_New(storage, "first", NULL), *second = PyCapsule_New(storage, NULL, NULL);
    PyObject *third = PyCapsule_New(storage, "third", NULL);

    is_int(pycapsule_live_count(), 3, "three capsules live");
    memset(&visit, 0, sizeof visit);
    is_int(pycapsule_visit_live(remember, storage), 0, "a visit of all of them returns 0");
    is_int(visit.count, 3, "each is visited once, with the argument");
    ok(visit.seen[0] == first && visit.seen[1] == second && visit.seen[2] == third, "in the order they were made");
    memset(&visit, 0, sizeof visit);
    visit.stop_at = 2;
    visit.answer = -7;
    is_int(pycapsule_visit_live(remember, storage), -7, "what is not 0 ends a visit, which returns it");
    is_int(visit.count, 2, "at once");
    is_int(pycapsule_visit_live(NULL, NULL), 0, "without a visitor nothing happens");
    is_int(Py_REFCNT(first), 1, "no reference is taken");
    PyCapsule_New(NULL, "never", NULL);
    raises(PyExc_ValueError, "PyCapsule_New called with null pointer", "a New that fails");
    is_int(pycapsule_live_count(), 3, "makes no capsule to be counted");

    memset(&visit, 0, sizeof visit);
    visit.doomed = second;
    is_int(pycapsule_visit_live(make_and_destroy, storage), 0, "a visitor may make capsules and destroy them");
    is_int(visit.count, 3, "one that it destroys is not visited, one that it makes is");
    ok(visit.seen[1] == third && visit.seen[2] == visit.made, "after the others");
    Py_DECREF(visit.made);
    Py_DECREF(first);
    Py_DECREF(third);
    is_int(pycapsule_live_count(), 0, "none lives when the last references are gone");
}

static void
test_checkpoint(void)
{
    PyObject *before = PyCapsule_New(storage, "before", NULL), *after, *unnamed;
    uint64_t checkpoint = pycapsule_checkpoint();

    show_anew();
    is_int(pycapsule_leaked_since(checkpoint), 0, "at a checkpoint nothing has leaked since");
    Py_DECREF(PyCapsule_New(storage, "gone", NULL));
    is_int(pycapsule_leaked_since(checkpoint), 0, "what was made since and destroyed has not leaked");
    is_int(shown.count, 0, "and nothing is reported");
    after = PyCapsule_New(storage, "after", NULL);
    is_int(pycapsule_leaked_since(checkpoint), 1, "what lives has");
    is_int(shown.count, 1, "it is reported");
    is_str(shown.kind, "leak", "as a leak");
    is_str(shown.severity, "ERROR", "which is an error");
    is_ptr(shown.capsule, after, "with the capsule");
    is_str(shown.message, "the capsule \"after\" was never destroyed", "in one sentence");
    unnamed = PyCapsule_New(storage, NULL, NULL);
    is_int(pycapsule_leaked_since(checkpoint), 2, "a second one is counted");
    is_int(shown.count, 2, "the second is told of, as the first was before");
    is_str(shown.message, "the capsule NULL was never destroyed", "each has its own report");
    is_int(pycapsule_leaked_since(pycapsule_checkpoint()), 0, "but not since a later checkpoint");
    is_int(pycapsule_leaked_since(0), 3, "and since the beginning all are");
    is_int(shown.count, 3, "one of the three had not been told of");
    Py_DECREF(after);
    Py_DECREF(unnamed);
    is_int(pycapsule_leaked_since(checkpoint), 0, "released they have not leaked after all");
    Py_DECREF(before);
}

static PyObject *make_at_one_place(const char *name) { return PyCapsule_New(storage, name, NULL); }

static void
test_leaks_of_one_place(void)
{
    /* By one call, whatever the compiler makes of the loop. */
    static const char *volatile names[5] = {"many", "many", "many", "many", "other"};
    uint64_t checkpoint = pycapsule_checkpoint();
    PyObject *made[5];
    int i;

    show_anew();
    for (i = 0; i < 5; i++) {
        made[i] = make_at_one_place(names[i]);
        if (i == 2) {
            is_int(pycapsule_leaked_since(checkpoint), 3, "three capsules of one place are counted");
            is_int(shown.count, 1, "they are one report");
            is_str(shown.message, "3 capsules \"many\", made at the same place, were never destroyed",
                   "the report says how many they are");
            is_ptr(shown.capsule, NULL, "the report has none of the three");
        }
    }
    is_int(pycapsule_leaked_since(checkpoint), 5, "two more are counted, too");
    is_int(shown.count, 2, "they are one more report");
    is_str(shown.message, "2 capsules, made at the same place, were never destroyed", "the second report is about these two, and has no name");
    for (i = 0; i < 5; i++) {
        Py_DECREF(made[i]);
    }
    /* The next capsule may get the memory of one that was told of. */
    made[0] = make_at_one_place("new");
    is_int(pycapsule_leaked_since(checkpoint), 1, "a new capsule is counted");
    is_str(shown.message, "the capsule \"new\" was never destroyed", "it is told of, whatever was at its address before");
    Py_DECREF(made[0]);
}

/* ---- memory that is refused ---- */

static void
test_fail_alloc(const char *how)
{
    PyObject *capsules[4];
    int i;

    pycapsule_fail_alloc(1, 0);
    is_ptr(PyCapsule_New(storage, "refused", NULL), NULL, "%s: the next allocation fails", how);
    raises(PyExc_MemoryError, "", "%s: it is a MemoryError", how);
    pycapsule_fail_alloc(3, 0);
    for (i = 0; i < 4; i++) {
        capsules[i] = PyCapsule_New(storage, "third is refused", NULL);
        ok((capsules[i] == NULL) == (i == 2), "%s: capsule %d of four is made unless it is the third", how, i + 1);
        if (capsules[i] == NULL) {
            PyErr_Clear();
        }
    }
    for (i = 0; i < 4; i++) {
        Py_XDECREF(capsules[i]);
    }
    pycapsule_fail_alloc(2, 1);
    for (i = 0; i < 4; i++) {
        capsules[i] = PyCapsule_New(storage, "all are refused", NULL);
        ok((capsules[i] == NULL) == (i >= 1), "%s: and capsule %d unless all from the second on fail", how, i + 1);
        PyErr_Clear();
    }
    pycapsule_fail_alloc(0, 0);
    Py_XDECREF(capsules[0]);
    capsules[0] = PyCapsule_New(storage, "made", NULL);
    ok(capsules[0] != NULL, "%s: 0 ends it", how);
    Py_XDECREF(capsules[0]);
    pycapsule_fail_alloc(1, 1);
    pycapsule_fail_alloc(0, 1);
    capsules[0] = PyCapsule_New(storage, "made", NULL);
    ok(capsules[0] != NULL, "%s: whatever the second argument", how);
    Py_XDECREF(capsules[0]);
}

/* ---- reports ---- */

static PyObject *watched;

static void
ask_for_the_wrong_name(void)
{
    PyCapsule_GetPointer(watched, "wrong"); /* the line that is named */
    PyErr_Clear();
}

static void
test_report(void)
{
    char start[64];

    snprintf(start, sizeof start, "==%ld==pycapsule: WARNING: wrong-name: ", (long)getpid());
    watched = PyCapsule_New(storage, "right", NULL);
    show_anew();
    is_ptr(PyCapsule_GetPointer(watched, "wrong"), NULL, "a wrong name is refused as ever");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "with CPython's error");
    is_int(shown.count, 1, "and reported");
    is_str(shown.kind, "wrong-name", "the report has the kind");
    is_str(shown.severity, "WARNING", "the severity");
    is_str(shown.message, "PyCapsule_GetPointer asks for \"wrong\", and the capsule is \"right\"", "the message");
    is_ptr(shown.capsule, watched, "the capsule");
    is_ptr(shown.argument, storage, "and the callback its argument");
    ok(strncmp(shown.text, start, strlen(start)) == 0 && strstr(shown.text, shown.message) != NULL,
       "the text begins with the process, the severity, the kind and the message");
    ok(strstr(shown.text, "\n  made here:\n    #0 ") != NULL, "it says where the capsule was made");
    ok(strstr(shown.text, "\n  used here:\n    #0 ") != NULL, "and where it was used");
    ok(strstr(shown.text, "\n  what to do: ") != NULL, "and what to do");
    is_int(shown.text[strlen(shown.text) - 1], '\n', "and ends with the line");
    for (int i = 0; i < 3; i++) {
        ask_for_the_wrong_name();
    }
    is_int(shown.count, 2, "the same place is reported once");
}

static void leave_error(PyObject *capsule)
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
    is_int(shown.count, 1, "an error is shown to the callback");
    is_str(shown.kind, "destructor-left-error", "under its kind");
    is_ptr(shown.capsule, capsule, "with a capsule that is destroyed");
    raises(PyExc_KeyError, "'left'", "dealt with it does not end the program, and changes nothing");
}

/* A callback that uses the API: it makes a capsule, asks it for a wrong name, which is reported to it, and looks for leaks. */
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
    is_int(deepest, 2, "and is shown what it does wrong");
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
wrong_name_let_go(void)
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
error_let_go(void)
{
    show_anew();
    shown.answer = 0;
    Py_DECREF(PyCapsule_New(storage, "leaves", leave_error));
    fprintf(stderr, "not reached with halt_on_error\n");
    PyErr_Clear();
}

/* The system has no memory for the reports themselves. */
static void
wrong_names_without_memory(void)
{
    struct rlimit before, limit;

    pycapsule_on_report(NULL, NULL);
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
leak_let_go(void)
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

static void nothing_wrong(void) { pycapsule_on_report(NULL, NULL); }

static void
test_children(void)
{
    const char *options = getenv("PYCAPSULE_OPTIONS");
    int halts = options == NULL || strstr(options, "halt_on_error=0") == NULL, status;
    int to_file = options != NULL && strstr(options, "log_path=") != NULL;
    const char *early;

    status = in_exiting_child(wrong_twice);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a warning does not change the exit status");
    ok(strstr(written, "shown 1\n") != NULL, "NULL ends the callback, which may do so itself");
    ok(to_file || strstr(written, "asks for \"second\"") != NULL, "what is reported afterwards is written");
    ok(strstr(written, "asks for \"first\"") == NULL, "what was dealt with is not");
    in_exiting_child(wrong_name_let_go);
    ok(strstr(written, "shown 1\n") && (to_file || strstr(written, "let go")), "answered with 0 a report is written");
    in_exiting_child(wrong_name_dealt_with);
    is_str(written, "shown 1\n", "answered with 1 it is not");
    status = in_exiting_child(wrong_names_without_memory);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "without memory for a report the program goes on");
    ok(to_file || strstr(written, "asks for \"early\""), "which is written all the same");
    ok(to_file || strstr(written, "asks for \"late\""), "and so is the next one");
    early = strstr(written, "asks for \"early\"");
    ok(to_file || (early != NULL && strstr(early + 1, "asks for \"early\"") == NULL), "each of them once");
    status = in_exiting_child(error_let_go);
    ok(halts ? WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT : WIFEXITED(status) && WEXITSTATUS(status) == 23,
       "an error that the callback lets go ends the program");
    status = in_exiting_child(leak_let_go);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 23, "a leak since a checkpoint changes the exit status only");
    ok(strstr(written, "leaked 1\n") && (to_file || strstr(written, "leaked in a child")), "and is written");
    status = in_exiting_child(nothing_wrong);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a child does not answer for what its parent has made");
    is_str(written, "", "such a child writes nothing");
    status = in_exiting_child(leak_in_child);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 23, "a child answers for what it has made itself");
    ok(to_file || strstr(written, "made by a child"), "the child writes of its leak");
}

static void
test_fail_alloc_off(void)
{
    test_fail_alloc("off");
}

static void
test_fail_alloc_on(void)
{
    test_fail_alloc("on");
}

static void
test_nothing_left(void)
{
    is_int(pycapsule_live_count(), 0, "nothing is left");
}

int
main(void)
{
    show_anew();
    TAP_BEGIN();
    RUN(test_off);
    RUN(test_fail_alloc_off);
    RUN(test_on);
    RUN(test_in_the_middle);
    RUN(test_live);
    RUN(test_checkpoint);
    RUN(test_leaks_of_one_place);
    RUN(test_fail_alloc_on);
    RUN(test_report);
    RUN(test_error_dealt_with);
    RUN(test_busy_callback);
    RUN(test_children);
    Py_CLEAR(watched);
    RUN(test_nothing_left);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
