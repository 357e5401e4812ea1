/* Threads that ask for the GIL again during finalising or after it: they wait for ever, also when another life has
 * begun, and the process still ends. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tap.h"

#include "checks.h"
#include "child.h"
#include "stages.h"

#include <pthread.h>
#include <time.h>

/* The way in which a thread releases the GIL, and takes it again. */
typedef struct {
    const char *function;
    PyThreadState *(*let_go)(PyGILState_STATE);
    void (*take)(PyThreadState *);
} way_back;

static PyThreadState *
save(PyGILState_STATE state)
{
    (void)state;
    return PyEval_SaveThread();
}

static PyThreadState *
swap_none(PyGILState_STATE state)
{
    (void)state;
    return PyThreadState_Swap(NULL);
}

static PyThreadState *
release_thread(PyGILState_STATE state)
{
    PyThreadState *own = PyThreadState_Get();
    (void)state;
    PyEval_ReleaseThread(own);
    return own;
}

static PyThreadState *
release(PyGILState_STATE state)
{
    PyGILState_Release(state);
    return NULL;
}

static void
swap(PyThreadState *state)
{
    PyThreadState_Swap(state);
}

static void
ensure(PyThreadState *unused)
{
    (void)unused;
    PyGILState_Ensure();
}

static const way_back ways[] = {
    {"PyEval_RestoreThread", save, PyEval_RestoreThread},
    {"PyEval_AcquireThread", release_thread, PyEval_AcquireThread},
    {"PyThreadState_Swap", swap_none, swap},
    {"PyGILState_Ensure", release, ensure},
    {"PyGILState_Ensure in Py_BEGIN_ALLOW_THREADS", save, ensure},
};

/* Whether the thread has deleted its state: in CPython it comes back during the end, takes the GIL, and the process hangs.
 * So that case is tested with our library alone, by c_tests/ours/coming_back.c. */
#ifndef STATELESS
#define STATELESS 0
#endif

/* The moment at which the thread comes back. */
enum when { DURING, AFTER, IN_ANOTHER_LIFE };

static const char *const times[] = {"while Py_FinalizeEx works", "after Py_FinalizeEx", "in another life"};

static struct {
    const way_back *way;
    enum when when;
} plan;

static int came_back;

/* Gives the other thread time to come back. */
static void
give_time(void)
{
    struct timespec time = {0, 30000000};
    nanosleep(&time, NULL);
}

static void *
come_back(void *unused)
{
    PyThreadState *state = plan.way->let_go(PyGILState_Ensure());

    reach(1);
    wait_for_stage(2);
    plan.way->take(state);
    __atomic_store_n(&came_back, 1, __ATOMIC_RELEASE);
    return unused;
}

static void
let_it_come(PyObject *capsule)
{
    (void)capsule;
    reach(2);
    Py_BEGIN_ALLOW_THREADS
    give_time();
    Py_END_ALLOW_THREADS
}

/* The fate of the thread is written to standard error. */
static void
finalize_beside(const void *unused)
{
    pthread_t thread;
    int finalized;

    (void)unused;
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, come_back, NULL);
    wait_for_stage(1);
    Py_END_ALLOW_THREADS
    if (plan.when == DURING) {
        PyModule_Add(PyImport_AddModule("end"), "capsule", PyCapsule_New(&plan, NULL, let_it_come));
    }
    finalized = Py_FinalizeEx();
    if (plan.when == IN_ANOTHER_LIFE) {
        Py_Initialize();
        Py_BEGIN_ALLOW_THREADS
        reach(2);
        give_time();
        Py_END_ALLOW_THREADS
        finalized |= Py_FinalizeEx();
    }
    reach(2);
    give_time();
    fprintf(stderr, "%d %s", finalized, __atomic_load_n(&came_back, __ATOMIC_ACQUIRE) ? "came back" : "waits");
    fflush(stderr);
    exit(7);
}

static void
test(const way_back *way, enum when when)
{
    char text[256];
    int status;

    plan.way = way;
    plan.when = when;
    status = run_in_child(finalize_beside, NULL, text, sizeof text);
    is_str(text, "0 waits", "a thread that comes by %s %s waits for ever", way->function, times[when]);
    ok(WIFEXITED(status) && WEXITSTATUS(status) == 7, "the process ends beside a thread that waits");
}

static void
test_ways(void)
{
    size_t i;

    for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        /* PyGILState_Ensure gives a thread a new state in another life, and CPython follows a NULL between two lives. */
        int makes_new = ways[i].take == ensure;
        if ((ways[i].let_go == release) == STATELESS) {
            test(&ways[i], DURING);
        }
        if (!makes_new && !STATELESS) {
            test(&ways[i], AFTER);
            test(&ways[i], IN_ANOTHER_LIFE);
        }
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_ways);
    return TAP_END();
}
