/* Deviations of threads and the GIL from CPython: a program may do without Py_Initialize, and a thread without the GIL, where
 * CPython would crash.  This program also tests that a thread which waits for the GIL gets its turn, which would take too long
 * in CPython.
 */
#include "../checks.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

static void
nothing(PyObject *capsule)
{
    (void)capsule;
}

static PyObject *
new_cycle(void)
{
    PyObject *list = PyList_New(0), *capsule = PyCapsule_New(&tap_count, "in a cycle", nothing);
    PyList_Append(list, list);
    PyList_Append(list, capsule);
    Py_DECREF(capsule);
    return list;
}

/* Attributes of a type are shared by all threads, and immortal: no thread changes their reference counts. */
static void *
look_up_attributes(void *unused)
{
    int i;

    for (i = 0; i < 20000; i++) {
        PyObject *capsule = PyCapsule_New(&tap_count, "a thread's own", NULL);
        Py_DECREF(PyObject_GetAttrString(capsule, "__class__"));
        Py_DECREF(PyObject_GetAttrString(capsule, "__doc__"));
        Py_DECREF(capsule);
    }
    return unused;
}

static void
test_shared_attributes(void)
{
    pthread_t threads[4];
    PyObject *capsule, *doc;
    int i;

    for (i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, look_up_attributes, NULL);
    }
    for (i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    capsule = PyCapsule_New(&tap_count, "the main thread's", NULL);
    doc = PyObject_GetAttrString(capsule, "__doc__");
    ok(PyUnicode_Check(doc), "threads without the GIL may look up attributes of objects of their own");
    Py_DECREF(doc);
    Py_DECREF(capsule);
}

/* Runs before any thread has asked for the GIL. */
static void
test_without_initialize(void)
{
    PyThreadState *mine, *saved;

    is_int(Py_IsInitialized(), 1, "Py_IsInitialized is 1 before Py_Initialize");
    is_int(Py_IsFinalizing(), 0, "Py_IsFinalizing is 0 before Py_Initialize");
    is_int(PyGILState_Check(), 1, "PyGILState_Check is 1 before Py_Initialize, as in CPython");
    is_ptr(PyThreadState_GetUnchecked(), NULL, "PyThreadState_GetUnchecked is NULL before Py_Initialize");
    is_ptr(PyGILState_GetThisThreadState(), NULL, "PyGILState_GetThisThreadState is NULL before Py_Initialize");
    is_ptr(PyThreadState_GetDict(), NULL, "PyThreadState_GetDict is NULL before Py_Initialize");
    saved = PyEval_SaveThread();
    is_ptr(saved, NULL, "PyEval_SaveThread returns NULL before Py_Initialize");
    PyEval_RestoreThread(saved);
    Py_BEGIN_ALLOW_THREADS
    is_int(Py_IsInitialized(), 1, "Py_BEGIN_ALLOW_THREADS does no harm");
    Py_END_ALLOW_THREADS
    mine = PyThreadState_Get();
    ok(mine != NULL && PyThreadState_Get() == mine, "PyThreadState_Get makes a state for a thread that calls it");
    is_ptr(PyThreadState_GetUnchecked(), NULL, "PyThreadState_Get does not attach the state that it makes");
    is_int(PyInterpreterState_GetID(PyInterpreterState_Get()), 0, "the interpreter has number 0");
    is_ptr(PyInterpreterState_Main(), PyInterpreterState_Get(), "the main interpreter is the only one");
    is_ptr(PyEval_SaveThread(), NULL, "PyEval_SaveThread returns NULL while no state is attached");

    Py_DECREF(new_cycle());
    Py_DECREF(new_cycle());
    PyErr_SetString(PyExc_KeyError, "kept");
    is_int(PyGC_Collect(), 2, "PyGC_Collect finds the garbage of a thread that never asked for the GIL");
    raises(PyExc_KeyError, "'kept'", "PyGC_Collect leaves the pending error in place");

    is_int(PyGILState_Ensure(), PyGILState_UNLOCKED, "PyGILState_Ensure takes the GIL");
    is_ptr(PyThreadState_GetUnchecked(), mine, "PyGILState_Ensure attaches the state that PyThreadState_Get made");
    is_int(PyGC_Collect(), 0, "PyGC_Collect finds no garbage a second time");
    Py_DECREF(new_cycle());
    PyGILState_Release(PyGILState_UNLOCKED);
    is_ptr(PyThreadState_GetUnchecked(), NULL, "PyGILState_Release detaches the state");
    is_int(PyGC_Collect(), 1, "PyGC_Collect without the GIL finds garbage that was made with it");
}

/* A thread without the GIL works with objects of its own while the main thread collects. */
static struct {
    int stop;
    int lists, wrong, collections;
    int check, dict_is_null, saved_is_null, other_state;
    PyThreadState *main_state;
} busy;

static void *
work_without_the_gil(void *unused)
{
    PyThreadState *saved;
    int i;

    busy.check = PyGILState_Check();
    busy.dict_is_null = PyThreadState_GetDict() == NULL;
    busy.other_state = PyThreadState_Get() != busy.main_state;
    saved = PyEval_SaveThread();
    busy.saved_is_null = saved == NULL;
    PyEval_RestoreThread(saved);
    while (!__atomic_load_n(&busy.stop, __ATOMIC_ACQUIRE)) {
        PyObject *list = new_cycle(), *tuple = PyTuple_Pack(1, list), *dict = PyDict_New();
        for (i = 0; i < 20; i++) {
            PyList_Append(list, dict);
        }
        busy.wrong += PyList_Size(list) != 22 || Py_REFCNT(dict) != 21 || !PyObject_GC_IsTracked(dict);
        PyList_SetSlice(list, 0, 22, NULL);
        busy.wrong += Py_REFCNT(dict) != 1;
        Py_DECREF(dict);
        Py_DECREF(tuple);
        busy.wrong += Py_REFCNT(list) != 1;
        Py_DECREF(list);
        busy.lists++;
    }
    return unused;
}

static void
test_collecting_beside_others(void)
{
    pthread_t thread;
    int i, found = 0;

    busy.main_state = PyThreadState_Get();
    pthread_create(&thread, NULL, work_without_the_gil, NULL);
    for (i = 0; i < 300; i++) {
        Py_DECREF(new_cycle());
        found += (int)PyGC_Collect();
        sched_yield();
    }
    __atomic_store_n(&busy.stop, 1, __ATOMIC_RELEASE);
    pthread_join(thread, NULL);
    is_int(found, 300, "a collection with the GIL finds only garbage that was made with the GIL");
    is_int(busy.wrong, 0, "a collection does not touch containers of a thread that never asks for the GIL");
    is_int(busy.check, 0, "PyGILState_Check is 0 in a thread that never asks for the GIL");
    is_int(busy.dict_is_null, 1, "PyThreadState_GetDict is NULL in a thread that never asks for the GIL");
    is_int(busy.other_state, 1, "PyThreadState_Get makes a state for a thread that never asks for the GIL");
    is_int(busy.saved_is_null, 1, "PyEval_SaveThread returns NULL in a thread that never asks for the GIL");
}

static void *
make_garbage_and_collect(void *count)
{
    Py_DECREF(new_cycle());
    *(Py_ssize_t *)count = PyGC_Collect();
    return NULL;
}

static void
test_collecting_without_the_gil(void)
{
    PyThreadState *saved = PyEval_SaveThread();
    Py_ssize_t count = -1;
    pthread_t thread;

    pthread_create(&thread, NULL, make_garbage_and_collect, &count);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    is_int(count, 1, "a thread that never asks for the GIL can collect its own garbage");
}

/* Only the thread without the GIL that made an object can collect it, even when the object has outlived a collection. */
static struct {
    pthread_barrier_t turn;
    PyObject *cycle, *held, *brief, *holder;
    Py_ssize_t first, last;
} survivors;

static void *
collect_twice(void *unused)
{
    survivors.cycle = new_cycle();
    survivors.held = PyList_New(0);
    survivors.brief = PyList_New(0);
    survivors.first = PyGC_Collect();
    pthread_barrier_wait(&survivors.turn);
    pthread_barrier_wait(&survivors.turn);
    Py_DECREF(survivors.cycle);
    pthread_barrier_wait(&survivors.turn);
    pthread_barrier_wait(&survivors.turn);
    survivors.last = PyGC_Collect();
    return unused;
}

/* Waits for the other thread without the GIL, since its collection takes the GIL. */
static void
take_turns(void)
{
    Py_BEGIN_ALLOW_THREADS
    pthread_barrier_wait(&survivors.turn);
    Py_END_ALLOW_THREADS
}

static void
test_survivors_without_the_gil(void)
{
    pthread_t thread;

    pthread_barrier_init(&survivors.turn, NULL, 2);
    pthread_create(&thread, NULL, collect_twice, NULL);
    take_turns();
    is_int(survivors.first, 0, "objects that a thread without the GIL holds outlive its collection");
    survivors.holder = PyList_New(0);
    PyList_Append(survivors.holder, survivors.held);
    PyList_Append(survivors.holder, survivors.brief);
    is_int(PyGC_Collect(), 0, "a collection with the GIL passes over objects of a thread without the GIL to which an object with the GIL refers");
    take_turns();
    take_turns();
    is_int(PyGC_Collect(), 0, "a collection with the GIL does not find garbage of a thread without the GIL");
    Py_CLEAR(survivors.holder);
    Py_CLEAR(survivors.brief);
    take_turns();
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    is_int(survivors.last, 1, "the next collection of a thread without the GIL finds its garbage");
    is_int(PyObject_GC_IsTracked(survivors.held), 1, "a list that outlived the collections is still tracked");
    Py_CLEAR(survivors.held);
}

static int waiter_was_served;

static void *
wait_for_a_turn(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    __atomic_store_n(&waiter_was_served, 1, __ATOMIC_RELEASE);
    PyGILState_Release(state);
    return unused;
}

/* The main thread releases the GIL only for moments, and is faster than any other thread to take it again. */
static void
test_fairness(void)
{
    pthread_t threads[3];
    long rounds = 0;
    int i;

    for (i = 0; i < 3; i++) {
        waiter_was_served = 0;
        pthread_create(&threads[i], NULL, wait_for_a_turn, NULL);
        while (!__atomic_load_n(&waiter_was_served, __ATOMIC_ACQUIRE) && rounds < 100000000) {
            PyEval_RestoreThread(PyEval_SaveThread());
            rounds++;
        }
        is_int(waiter_was_served, 1, "thread %d gets its turn while the main thread takes the GIL again and again", i);
        Py_BEGIN_ALLOW_THREADS
        pthread_join(threads[i], NULL);
        Py_END_ALLOW_THREADS
    }
}

/* Bodies for children. */
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

#define NEEDS_GIL                                                                                                      \
    ": the function must be called with the GIL held, after Python initialization and before Python finalization, "    \
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
    {"PyEval_ReleaseThread of NULL without the GIL", release_null_without_the_gil, "PyEval_ReleaseThread: wrong thread state"},
    {"PyEval_ReleaseThread of a state that is not attached", release_another, "PyEval_ReleaseThread: wrong thread state"},
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
        is_str(text + sizeof(start) - 1, ends[i].text, "%s: the message names the function and the reason", ends[i].what);
    }
}

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
    PyModule_Add(PyImport_AddModule("m"), "c", PyCapsule_New(&tap_count, NULL, nothing));
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
    RUN(test_without_initialize);
    RUN(test_shared_attributes);
    TAP_BEGIN();
    RUN(test_collecting_beside_others);
    RUN(test_collecting_without_the_gil);
    RUN(test_survivors_without_the_gil);
    RUN(test_fairness);
    RUN(test_fatal);
    RUN(test_ends);
    return TAP_END();
}
