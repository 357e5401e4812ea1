/* fork beside threads that use the library in all ways: each child does one thing and exits.  An alarm ends a child
 * that hangs, which is a failure.  The environment variable FORKS is the number of forks of each kind. */
#define _GNU_SOURCE
#include "../tap.h"

#include "../child.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

enum { SECONDS = 60 };

/* In a child, GCC 12's sanitizer keeps those locks of its allocator that another thread held at the fork.  A thread that
 * allocates without the GIL may hold one: the last thread is left out. */
#ifdef __SANITIZE_ADDRESS__
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

static int stop_them, at_work, value;

static int
goes_on(void)
{
    return !__atomic_load_n(&stop_them, __ATOMIC_ACQUIRE);
}

/* ---- the work of the other threads ---- */

/* Tells that a thread has started. */
static void
be_at_work(void)
{
    __atomic_add_fetch(&at_work, 1, __ATOMIC_RELEASE);
}

/* Makes garbage, collects it, imports a module anew. */
static void
work_with_the_gil(void)
{
    PyObject *list = PyList_New(0), *modules = PyImport_GetModuleDict();

    PyList_Append(list, list);
    PyList_Append(list, PyUnicode_InternFromString("a name"));
    Py_DECREF(list);
    PyGC_Collect();
    Py_XDECREF(PyImport_ImportModule("multi"));
    PyDict_DelItemString(modules, "multi");
    PyErr_Clear();
}

static void *
work_in_turns(void *unused)
{
    be_at_work();
    while (goes_on()) {
        PyGILState_STATE state = PyGILState_Ensure();
        work_with_the_gil();
        PyGILState_Release(state);
    }
    return unused;
}

static void *
save_and_restore(void *unused)
{
    PyGILState_STATE state;

    be_at_work();
    state = PyGILState_Ensure();
    while (goes_on()) {
        Py_BEGIN_ALLOW_THREADS
        Py_END_ALLOW_THREADS
    }
    PyGILState_Release(state);
    return unused;
}

static void
use_no_gil(void)
{
    PyObject *capsule = PyCapsule_New(&value, "a.name", NULL), *list = PyList_New(0);

    PyList_Append(list, capsule);
    PyCapsule_GetPointer(capsule, "another.name");
    PyErr_Clear();
    Py_DECREF(list);
    Py_DECREF(capsule);
}

static void *
work_without_the_gil(void *unused)
{
    be_at_work();
    while (goes_on()) {
        use_no_gil();
    }
    return unused;
}

/* ---- the work of the children; each function returns 0 on success ---- */

static int
finalize(void)
{
    return Py_FinalizeEx();
}

static int
import(void)
{
    PyObject *single = PyImport_ImportModule("single"), *multi = PyImport_ImportModule("multi");
    int done = single != NULL && multi != NULL && PyCapsule_Import("single.api", 0) != NULL;

    Py_XDECREF(single);
    Py_XDECREF(multi);
    return !done;
}

static int
collect(void)
{
    PyObject *list = PyList_New(0);

    PyList_Append(list, list);
    Py_DECREF(list);
    return PyGC_Collect() < 1;
}

static int
let_go_and_take(void)
{
    PyThreadState *state = PyEval_SaveThread();

    PyEval_RestoreThread(state);
    PyThreadState_Swap(PyThreadState_Swap(NULL));
    return PyThreadState_GetUnchecked() != state;
}

static void *
use_the_gil(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();

    work_with_the_gil();
    PyGILState_Release(state);
    use_no_gil();
    return unused;
}

static int
start_a_thread(void)
{
    pthread_t thread;

    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, use_the_gil, NULL);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    return finalize();
}

static int
begin_another_life(void)
{
    Py_FinalizeEx();
    Py_Initialize();
    return import() || collect() || let_go_and_take() || finalize();
}

static int
fork_again(void)
{
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        alarm(SECONDS);
        _exit(import() || finalize());
    }
    waitpid(child, &status, 0);
    return status != 0;
}

static int
end_at_once(void)
{
    exit(0);
}

static int (*const acts[])(void) = {
    finalize, import, collect, let_go_and_take, start_a_thread, begin_another_life, fork_again, end_at_once,
};

/* ---- the ways to fork ---- */

enum way { PLAIN, ANNOUNCED, WITHOUT_THE_GIL };

static int
be_the_child(enum way way, int number)
{
    int (*act)(void) = acts[number % (int)(sizeof acts / sizeof acts[0])];

    signal(SIGALRM, SIG_DFL);
    alarm(SECONDS);
    if (way == ANNOUNCED) {
        PyOS_AfterFork_Child();
    } else if (way == WITHOUT_THE_GIL) {
        PyGILState_Ensure();
    }
    return act();
}

/* Forks `forks` times, and returns how many children did not end well. */
static int
fork_often(enum way way, int forks)
{
    int number, bad = 0;

    fflush(stdout);
    for (number = 0; number < forks; number++) {
        int status = -1;
        pid_t child;

        if (way == ANNOUNCED) {
            PyOS_BeforeFork();
        }
        child = fork();
        if (child == 0) {
            _exit(be_the_child(way, number));
        }
        if (way == ANNOUNCED) {
            PyOS_AfterFork_Parent();
        }
        if (way == WITHOUT_THE_GIL) {
            waitpid(child, &status, 0);
        } else {
            Py_BEGIN_ALLOW_THREADS
            waitpid(child, &status, 0);
            Py_END_ALLOW_THREADS
        }
        if (status != 0) {
            fprintf(stderr, "# child %d, way %d: status %#x\n", number, (int)way, (unsigned)status);
            bad++;
        }
    }
    return bad;
}

/* The checker makes reports, for which it runs other programs to find source lines, but does not print them. */
static int
keep_silent(const pycapsule_report *report, void *unused)
{
    (void)report;
    (void)unused;
    return 1;
}

static void
test_forks(void)
{
    static void *(*const works[])(void *) = {
        work_in_turns,
        work_in_turns,
        save_and_restore,
        work_without_the_gil,
    };
    enum { THREADS = sizeof works / sizeof works[0] - IS_SANITIZED };
    const char *asked = getenv("FORKS");
    int forks = asked != NULL ? atoi(asked) : 40, strict, i;
    pthread_t threads[THREADS];

    pycapsule_on_report(keep_silent, NULL);
    for (i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, works[i], NULL);
    }
    /* A sanitizer allocates when a thread starts. */
    while (__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) < (int)THREADS) {
        sched_yield();
    }
    for (strict = 0; strict < 2; strict++) {
        const char *mode = strict ? "in strict mode, " : "";

        pycapsule_strict(strict);
        is_int(fork_often(PLAIN, forks), 0, "%sno child of a thread with the GIL hangs", mode);
        is_int(fork_often(ANNOUNCED, forks), 0,
               "%sno child of a fork between PyOS_BeforeFork and PyOS_AfterFork_Child hangs", mode);
        Py_BEGIN_ALLOW_THREADS
        is_int(fork_often(WITHOUT_THE_GIL, forks), 0, "%sno child that takes the GIL anew hangs", mode);
        Py_END_ALLOW_THREADS
    }
    pycapsule_strict(0);
    __atomic_store_n(&stop_them, 1, __ATOMIC_RELEASE);
    Py_BEGIN_ALLOW_THREADS
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    Py_END_ALLOW_THREADS
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_forks);
    return TAP_END();
}
