/* The ends of threads and processes that differ from CPython: wrong calls of the GIL's functions, on which CPython
 * crashes, are fatal errors with a message.  A thread that waits for the GIL while another one finalises waits for
 * ever, which would take too long to test in CPython.
 */
#include "../checks.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

/* ---- calls that are fatal errors ---- */
static void
save_twice(void)
{
    PyEval_SaveThread();
    PyEval_SaveThread();
}

static void
get_after_save(void)
{
    PyEval_SaveThread();
    PyThreadState_Get();
}

static void
restore_null(void)
{
    PyEval_RestoreThread(NULL);
}

static void
restore_while_held(void)
{
    PyEval_RestoreThread(PyThreadState_Get());
}

static void
release_null(void)
{
    PyEval_ReleaseThread(NULL);
}

static void
release_null_without_the_gil(void)
{
    PyEval_SaveThread();
    PyEval_ReleaseThread(NULL);
}

static void
release_another(void)
{
    static char another[256];
    PyEval_ReleaseThread((PyThreadState *)(void *)another);
}

static void
release_not_ensured(void)
{
    PyEval_SaveThread();
    PyGILState_Release(PyGILState_UNLOCKED);
}

static void *
release_foreign(void *unused)
{
    PyGILState_Release(PyGILState_UNLOCKED);
    return unused;
}

static void
release_in_foreign_thread(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, release_foreign, NULL);
    pthread_join(thread, NULL);
}

static void
ensure_after_end(void)
{
    Py_FinalizeEx();
    PyGILState_Ensure();
}

#define NEEDS_GIL                                                                                                   \
    ": the function must be called with the GIL held, after Python initialization and before Python finalization, " \
    "but the GIL is released (the current Python thread state is NULL)"

static PyThreadState *kept;

static void
restore_after_end(void)
{
    kept = PyEval_SaveThread();
    Py_FinalizeEx();
    PyEval_RestoreThread(kept);
}

static void
fork_without_the_gil(void)
{
    PyEval_SaveThread();
    PyOS_BeforeFork();
}

static const struct {
    const char *what;
    void (*body)(void);
    const char *text; /* only the beginning of the message where an address follows */
} ends[] = {
    {"PyEval_SaveThread without the GIL", save_twice, "PyEval_SaveThread" NEEDS_GIL},
    {"PyThreadState_Get without the GIL", get_after_save, "PyThreadState_Get" NEEDS_GIL},
    {"PyEval_RestoreThread of NULL", restore_null, "PyEval_RestoreThread" NEEDS_GIL},
    {"PyEval_RestoreThread with the GIL held", restore_while_held, "_PyThreadState_Attach: non-NULL old thread state"},
    {"PyEval_ReleaseThread of NULL", release_null, "PyEval_ReleaseThread: wrong thread state"},
    {"PyEval_ReleaseThread of NULL without the GIL", release_null_without_the_gil,
     "PyEval_ReleaseThread: wrong thread state"},
    {"PyEval_ReleaseThread of a state that is not attached", release_another,
     "PyEval_ReleaseThread: wrong thread state"},
    {"PyGILState_Release without the GIL", release_not_ensured, "PyGILState_Release: thread state 0x"},
    {"PyGILState_Release without PyGILState_Ensure", release_in_foreign_thread,
     "PyGILState_Release: auto-releasing thread-state, but no thread-state for this thread"},
    {"PyGILState_Ensure after Py_FinalizeEx", ensure_after_end, "PyGILState_Ensure: Python is finalized"},
    {"PyEval_RestoreThread after Py_FinalizeEx", restore_after_end, "PyEval_RestoreThread: Python is finalized"},
    {"PyOS_BeforeFork without the GIL", fork_without_the_gil, "PyOS_BeforeFork" NEEDS_GIL},
};

static void
test_fatal(void)
{
    static const char start[] = "Fatal Python error: ";
    char text[4096];
    size_t i;

    for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        int status = in_child(ends[i].body, text, sizeof(text));
        ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "%s is a fatal error", ends[i].what);
        text[strncmp(text, start, sizeof(start) - 1) == 0 ? sizeof(start) - 1 + strlen(ends[i].text) : 0] = '\0';
        is_str(text + sizeof(start) - 1, ends[i].text, "%s: the message names the function and the reason",
               ends[i].what);
    }
}

/* ---- threads that wait for the GIL at the end ---- */

static int begun, passed_the_end;

static void *
wait_for_ever(void *unused)
{
    PyGILState_STATE state;

    __atomic_fetch_add(&begun, 1, __ATOMIC_RELEASE);
    state = PyGILState_Ensure();
    passed_the_end = 1;
    PyGILState_Release(state);
    return unused;
}

/* Starts a thread that waits for the GIL, and gives it the time to begin its wait. */
static void
start_waiter(void)
{
    int before = __atomic_load_n(&begun, __ATOMIC_ACQUIRE);
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_ever, NULL);
    pthread_detach(thread);
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) == before) {
        sched_yield();
    }
    usleep(10000);
}

/* Starts two more threads that wait for the GIL, while Py_FinalizeEx works. */
static void
start_waiters(PyObject *capsule)
{
    (void)capsule;
    start_waiter();
    start_waiter();
    Py_BEGIN_ALLOW_THREADS
    usleep(10000);
    Py_END_ALLOW_THREADS
}

static void
finalize_beside_waiters(void)
{
    start_waiter();
    PyModule_Add(PyImport_AddModule("waiters"), "start", PyCapsule_New(&tap_count, NULL, start_waiters));
    fprintf(stderr, "%d", Py_FinalizeEx());
    usleep(10000);
    fprintf(stderr, " %d", passed_the_end);
    Py_Initialize();
    Py_BEGIN_ALLOW_THREADS
    usleep(10000);
    Py_END_ALLOW_THREADS
    fprintf(stderr, " %d %d", passed_the_end, Py_FinalizeEx());
}

static void *
ensure_and_tell(void *unused)
{
    PyGILState_Ensure();
    passed_the_end = 1;
    return unused;
}

static void
come_after_the_end(void)
{
    pthread_t thread;

    Py_FinalizeEx();
    pthread_create(&thread, NULL, ensure_and_tell, NULL);
    usleep(30000);
    fprintf(stderr, "%d", passed_the_end);
}

static void
exit_with_7(void)
{
    PyModule_Add(PyImport_AddModule("m"), "c", PyCapsule_New(&tap_count, "never asked for", NULL));
    Py_Exit(7);
}

static void
test_ends(void)
{
    char text[256];
    int status = in_child(finalize_beside_waiters, text, sizeof(text));

    is_int(status, 0, "Py_FinalizeEx returns while threads wait for the GIL");
    is_str(text, "0 0 0 0", "threads that wait for the GIL at Py_FinalizeEx never get it, in this life or the next");
    is_int(in_child(come_after_the_end, text, sizeof(text)), 0,
           "the process ends beside a thread that asks for the GIL after Py_FinalizeEx");
    is_str(text, "0", "a thread that asks for the GIL after Py_FinalizeEx waits for ever");
    status = in_child(exit_with_7, text, sizeof(text));
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 7, "Py_Exit ends the process with its status");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_fatal);
    RUN(test_ends);
    return TAP_END();
}
