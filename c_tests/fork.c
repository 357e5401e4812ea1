/* The work of PyOS_BeforeFork and the two functions after a fork: the thread goes on in the child with all its objects;
 * other threads and their states are gone. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tap.h"

#include "checks.h"
#include "child.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

static int value, is_held;

/* A destructor that writes the capsule's context to standard error. */
static void
tell(PyObject *capsule)
{
    fprintf(stderr, "%s ", (const char *)PyCapsule_GetContext(capsule));
}

static void
hold_in_dict(const char *what)
{
    PyObject *capsule = PyCapsule_New(&value, NULL, tell);

    PyCapsule_SetContext(capsule, (void *)what);
    PyDict_SetItemString(PyThreadState_GetDict(), "held", capsule);
    Py_DECREF(capsule);
}

static void *
hold_and_wait(void *unused)
{
    PyGILState_Ensure();
    hold_in_dict("another's");
    PyEval_SaveThread();
    __atomic_store_n(&is_held, 1, __ATOMIC_RELEASE);
    for (;;) {
        pause();
    }
    return unused;
}

static void
start_another(void)
{
    pthread_t thread;

    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, hold_and_wait, NULL);
    while (!__atomic_load_n(&is_held, __ATOMIC_ACQUIRE)) {
        sched_yield();
    }
    Py_END_ALLOW_THREADS
}

/* Waits for a child, and returns its status. */
static int
wait_for_child(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static void
fork_announced(void)
{
    PyThreadState *state = PyThreadState_Get(), *saved;
    pid_t child;

    start_another();
    hold_in_dict("own");
    PyErr_SetString(PyExc_ValueError, "pending");
    PyOS_BeforeFork();
    child = fork();
    if (child == 0) {
        PyOS_AfterFork_Child();
        fprintf(stderr, "| %d %d %d ", PyThreadState_Get() == state, PyGILState_Check(),
                PyErr_ExceptionMatches(PyExc_ValueError));
        PyErr_Clear();
        saved = PyEval_SaveThread();
        PyEval_RestoreThread(saved);
        fprintf(stderr, "%d | ", saved == state);
        fprintf(stderr, "%d ", Py_FinalizeEx());
        _exit(0);
    }
    PyOS_AfterFork_Parent();
    fprintf(stderr, "| %d", wait_for_child(child));
    fprintf(stderr, " %d %d", PyGILState_Check(), PyErr_ExceptionMatches(PyExc_ValueError));
}

static void
fork_plainly(void)
{
    pid_t child;

    start_another();
    hold_in_dict("own");
    child = fork();
    if (child == 0) {
        PyThreadState *saved = PyEval_SaveThread();
        PyEval_RestoreThread(saved);
        fprintf(stderr, "| %d ", Py_FinalizeEx());
        _exit(0);
    }
    fprintf(stderr, "| %d", wait_for_child(child));
}

static void
fork_in_a_child(void)
{
    pid_t child;

    PyOS_BeforeFork();
    child = fork();
    if (child == 0) {
        pid_t grandchild;
        PyOS_AfterFork_Child();
        PyOS_BeforeFork();
        grandchild = fork();
        if (grandchild == 0) {
            PyOS_AfterFork_Child();
            _exit(Py_FinalizeEx() + 3);
        }
        PyOS_AfterFork_Parent();
        _exit(WEXITSTATUS(wait_for_child(grandchild)) + 1);
    }
    PyOS_AfterFork_Parent();
    fprintf(stderr, "%d", WEXITSTATUS(wait_for_child(child)));
}

static void
fork_that_fails(void)
{
    PyOS_BeforeFork();
    PyOS_AfterFork_Parent();
    fprintf(stderr, "%d", Py_FinalizeEx());
}

static void
test_forks(void)
{
    static const struct {
        const char *what;
        void (*body)(void);
        const char *text;
    } forks[] = {
        {"an announced fork: the child drops the objects of other threads, and goes on as the parent does",
         fork_announced, "another's | 1 1 1 1 | own 0 | 0 1 1"},
        {"a plain fork: the child keeps the objects of other threads to its end", fork_plainly,
         "another's own | 0 | 0"},
        {"a child can fork in its turn", fork_in_a_child, "4"},
        {"a fork that fails is ended in the parent alone", fork_that_fails, "0"},
    };
    char text[256];
    size_t i;

    for (i = 0; i < sizeof forks / sizeof forks[0]; i++) {
        is_int(in_child(forks[i].body, text, sizeof text), 0, "%s: the fork ends well", forks[i].what);
        is_str(text, forks[i].text, "%s", forks[i].what);
    }
}

static void
end_in_child_twice(void)
{
    PyOS_BeforeFork();
    PyOS_AfterFork_Child();
    PyOS_AfterFork_Child();
}

static void
end_without_the_gil(void)
{
    PyOS_BeforeFork();
    PyEval_SaveThread();
    PyOS_AfterFork_Child();
}

#define NOT_LOCKED "PyMutex_Unlock: unlocking mutex that is not locked"

static void
test_fatal(void)
{
    static const char start[] = "Fatal Python error: ";
    static const struct {
        const char *what;
        void (*body)(void);
        const char *text;
    } ends[] = {
        {"PyOS_AfterFork_Parent without PyOS_BeforeFork", PyOS_AfterFork_Parent, NOT_LOCKED},
        {"PyOS_AfterFork_Child without PyOS_BeforeFork", PyOS_AfterFork_Child, NOT_LOCKED},
        {"a second PyOS_AfterFork_Child", end_in_child_twice, NOT_LOCKED},
        {"PyOS_AfterFork_Child without the GIL", end_without_the_gil,
         "PyOS_AfterFork_Child: the function must be called with the GIL held, after Python initialization and before "
         "Python finalization, but the GIL is released (the current Python thread state is NULL)"},
    };
    char text[4096];
    size_t i;

    for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        int status = in_child(ends[i].body, text, sizeof text);
        ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "%s is a fatal error", ends[i].what);
        text[strcspn(text, "\n")] = '\0';
        is_str(strncmp(text, start, sizeof start - 1) == 0 ? text + sizeof start - 1 : text, ends[i].text,
               "%s: the message", ends[i].what);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_forks);
    RUN(test_fatal);
    return TAP_END();
}
