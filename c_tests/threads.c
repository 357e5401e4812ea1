/* Threads: PyGILState_Ensure, PyGILState_Release and PyGILState_Check, nested and from threads that were made outside,
 * the GIL as a real lock, PyEval_SaveThread and PyEval_RestoreThread, PyThreadState_Get and PyThreadState_GetDict, and
 * the error indicator of each thread. */
#include "checks.h"

#include <pthread.h>
#include <sched.h>

#define THREADS 4
#define ROUNDS 2000

/* Runs body in `count` threads at once, without the GIL meanwhile, and waits for them. */
static void
in_threads(int count, void *(*body)(void *), void *argument)
{
    pthread_t threads[THREADS];
    PyThreadState *saved = PyEval_SaveThread();
    int i;

    for (i = 0; i < count; i++) {
        pthread_create(&threads[i], NULL, body, argument);
    }
    for (i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(saved);
}

static void
test_main_thread(void)
{
    PyThreadState *mine = PyThreadState_Get(), *saved;
    PyGILState_STATE outer, inner;

    ok(mine != NULL, "the main thread has a thread state");
    is_ptr(PyThreadState_Get(), mine, "PyThreadState_Get gives one state each time");
    is_int(PyGILState_Check(), 1, "the main thread holds the GIL from the start");
    outer = PyGILState_Ensure();
    is_int(outer, PyGILState_LOCKED, "PyGILState_Ensure says that the GIL was held");
    inner = PyGILState_Ensure();
    is_int(inner, PyGILState_LOCKED, "a nested PyGILState_Ensure says that the GIL was held");
    is_ptr(PyThreadState_Get(), mine, "PyGILState_Ensure keeps the thread state");
    PyGILState_Release(inner);
    PyGILState_Release(outer);
    is_int(PyGILState_Check(), 1, "the GIL is still held after as many calls of PyGILState_Release");

    saved = PyEval_SaveThread();
    is_int(PyGILState_Check(), 0, "the GIL is not held after PyEval_SaveThread");
    is_ptr(saved, mine, "PyEval_SaveThread gives the thread state");
    outer = PyGILState_Ensure();
    is_int(outer, PyGILState_UNLOCKED, "PyGILState_Ensure says that the GIL was not held");
    is_int(PyGILState_Check(), 1, "PyGILState_Ensure takes the GIL");
    is_ptr(PyThreadState_Get(), mine, "PyGILState_Ensure uses the thread's own state again");
    inner = PyGILState_Ensure();
    is_int(inner, PyGILState_LOCKED, "a nested PyGILState_Ensure says that the GIL is held");
    PyGILState_Release(inner);
    is_int(PyGILState_Check(), 1, "the inner PyGILState_Release keeps the GIL");
    PyGILState_Release(outer);
    is_int(PyGILState_Check(), 0, "the outer PyGILState_Release releases the GIL");
    PyEval_RestoreThread(saved);
    is_int(PyGILState_Check(), 1, "PyEval_RestoreThread takes the GIL again");

    Py_BEGIN_ALLOW_THREADS
    ok(!PyGILState_Check(), "the GIL is not held after Py_BEGIN_ALLOW_THREADS");
    Py_BLOCK_THREADS
    ok(PyGILState_Check(), "the GIL is held after Py_BLOCK_THREADS");
    Py_UNBLOCK_THREADS
    ok(!PyGILState_Check(), "the GIL is not held after Py_UNBLOCK_THREADS");
    Py_END_ALLOW_THREADS
    ok(PyGILState_Check(), "the GIL is held after Py_END_ALLOW_THREADS");
}

/* The state that a foreign thread sees, written by it while it holds the GIL. */
static struct {
    int check_before, check_inside, check_after;
    int outer, inner;
    int own_state, own_number, same_nested, same_interpreter;
    int error_inside, error_own;
    int dict_is_own, dict_keeps;
} foreign;

static PyThreadState *main_state;
static PyObject *main_dict;
static PyInterpreterState *main_interpreter;

static void *
look_around(void *unused)
{
    PyGILState_STATE outer, inner;
    PyThreadState *mine;
    PyObject *dict;

    foreign.check_before = PyGILState_Check();
    outer = PyGILState_Ensure();
    foreign.outer = outer;
    mine = PyThreadState_Get();
    foreign.own_state = mine != NULL && mine != main_state;
    foreign.own_number = PyThreadState_GetID(mine) != PyThreadState_GetID(main_state);
    foreign.check_inside = PyGILState_Check();
    foreign.same_interpreter = PyInterpreterState_Get() == main_interpreter;
    foreign.error_inside = PyErr_Occurred() != NULL;
    PyErr_SetString(PyExc_ValueError, "of the thread");
    inner = PyGILState_Ensure();
    foreign.inner = inner;
    foreign.same_nested = PyThreadState_Get() == mine;
    foreign.error_own = PyErr_ExceptionMatches(PyExc_ValueError);
    PyGILState_Release(inner);
    PyErr_Clear();
    dict = PyThreadState_GetDict();
    foreign.dict_is_own = dict != NULL && dict != main_dict && PyDict_Size(dict) == 0;
    PyDict_SetItemString(dict, "key", Py_None);
    foreign.dict_keeps = PyThreadState_GetDict() == dict && PyDict_Size(dict) == 1;
    PyGILState_Release(outer);
    foreign.check_after = PyGILState_Check();
    return unused;
}

static void
test_foreign_thread(void)
{
    main_state = PyThreadState_Get();
    main_interpreter = PyInterpreterState_Get();
    main_dict = PyThreadState_GetDict();
    ok(PyDict_CheckExact(main_dict), "PyThreadState_GetDict gives a dict");
    is_ptr(PyThreadState_GetDict(), main_dict, "PyThreadState_GetDict gives one dict each time");
    PyErr_SetString(PyExc_KeyError, "of the main thread");
    in_threads(1, look_around, NULL);
    raises(PyExc_KeyError, "'of the main thread'", "another thread leaves the error of the main thread alone");
    is_int(foreign.check_before, 0, "a foreign thread does not hold the GIL");
    is_int(foreign.outer, PyGILState_UNLOCKED, "PyGILState_Ensure in a foreign thread says that the GIL was not held");
    is_int(foreign.own_state, 1, "PyGILState_Ensure gives a foreign thread a thread state of its own");
    is_int(foreign.own_number, 1, "the state of a foreign thread has a number of its own");
    is_int(foreign.check_inside, 1, "PyGILState_Ensure gives a foreign thread the GIL");
    is_int(foreign.same_interpreter, 1, "a foreign thread is in the interpreter of the main thread");
    is_int(foreign.error_inside, 0, "a foreign thread begins without an error");
    is_int(foreign.inner, PyGILState_LOCKED,
           "a nested PyGILState_Ensure in a foreign thread says that the GIL was held");
    is_int(foreign.same_nested, 1, "a nested PyGILState_Ensure in a foreign thread keeps the thread state");
    is_int(foreign.error_own, 1, "a nested PyGILState_Ensure in a foreign thread keeps the error");
    is_int(foreign.dict_is_own, 1, "the dict of a foreign thread is empty and its own");
    is_int(foreign.dict_keeps, 1, "the dict of a foreign thread stays until it releases the GIL");
    is_int(foreign.check_after, 0, "a foreign thread does not hold the GIL after PyGILState_Release");
    memset(&foreign, 0, sizeof(foreign));
    in_threads(1, look_around, NULL);
    is_int(foreign.dict_is_own, 1, "the next foreign thread begins with an empty dict");
    is_ptr(PyThreadState_Get(), main_state, "the main thread keeps its own state");
}

static long counter;          /* not atomic on purpose: the GIL protects it */
static int inside, overlaps;
static PyObject *shared;

static void *
count_up(void *unused)
{
    int i;
    for (i = 0; i < ROUNDS; i++) {
        PyGILState_STATE state = PyGILState_Ensure();
        volatile long *slow = &counter;
        long value = *slow;
        if (inside++) {
            overlaps++;
        }
        if (i % 64 == 0) {
            sched_yield();
        }
        *slow = value + 1;
        PyList_Append(shared, Py_None);
        inside--;
        PyGILState_Release(state);
    }
    return unused;
}

/* Releases the GIL and takes it again, as a module does around work without Python. */
static void *
save_and_restore(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    int i;
    for (i = 0; i < ROUNDS; i++) {
        PyThreadState *saved;
        counter++;
        saved = PyEval_SaveThread();
        PyEval_RestoreThread(saved);
    }
    PyGILState_Release(state);
    return unused;
}

static void
test_mutual_exclusion(void)
{
    shared = PyList_New(0);
    in_threads(THREADS, count_up, NULL);
    is_int(counter, (long)THREADS * ROUNDS, "no count is lost while each thread holds the GIL");
    is_int(overlaps, 0, "no two threads hold the GIL at once");
    is_int(PyList_Size(shared), (long)THREADS * ROUNDS, "an object that all threads use stays whole");
    Py_DECREF(shared);
    counter = 0;
    in_threads(THREADS, save_and_restore, NULL);
    is_int(counter, (long)THREADS * ROUNDS, "no count is lost around PyEval_SaveThread and PyEval_RestoreThread");
}

static int destroyed_with_gil, destroyed_elsewhere;
static pthread_t main_thread;

static void
note_thread(PyObject *capsule)
{
    (void)capsule;
    destroyed_with_gil = PyGILState_Check();
    destroyed_elsewhere = !pthread_equal(main_thread, pthread_self());
}

static void *
drop(void *capsule)
{
    PyGILState_STATE state = PyGILState_Ensure();
    Py_DECREF((PyObject *)capsule);
    PyGILState_Release(state);
    return NULL;
}

static void *
make(void *place)
{
    PyGILState_STATE state = PyGILState_Ensure();
    *(PyObject **)place = PyCapsule_New(&counter, "of.a.thread", note_thread);
    PyGILState_Release(state);
    return NULL;
}

static void
test_capsules_across_threads(void)
{
    PyObject *capsule = PyCapsule_New(&counter, "of.main", note_thread);

    main_thread = pthread_self();
    in_threads(1, drop, capsule);
    is_int(destroyed_elsewhere, 1, "a destructor runs in the thread that drops the last reference");
    is_int(destroyed_with_gil, 1, "the thread that runs a destructor holds the GIL");
    in_threads(1, make, &capsule);
    ok(PyCapsule_IsValid(capsule, "of.a.thread"), "a capsule outlives the thread that made it");
    Py_DECREF(capsule);
    is_int(destroyed_elsewhere, 0, "a capsule of a thread that has ended can be dropped by the main thread");
}

static void
test_release_and_acquire(void)
{
    PyThreadState *state = PyThreadState_Get();

    PyEval_ReleaseThread(state);
    is_int(PyGILState_Check(), 0, "PyEval_ReleaseThread releases the GIL");
    is_ptr(PyThreadState_GetUnchecked(), NULL, "PyEval_ReleaseThread takes the thread state off the thread");
    PyEval_AcquireThread(state);
    is_int(PyGILState_Check(), 1, "PyEval_AcquireThread takes the GIL");
    is_ptr(PyThreadState_Get(), state, "PyEval_AcquireThread sets the thread state");
}

/* Dicts that hold capsules when the interpreter ends: of another thread, of the main thread, and of the interpreter. */
static char ended[64];

static void
note_end(PyObject *capsule)
{
    strcat(strcat(ended, ended[0] != '\0' ? " " : ""), PyCapsule_GetName(capsule));
}

static void
keep_in(PyObject *dict, const char *name)
{
    PyObject *capsule = PyCapsule_New(ended, name, note_end);
    PyDict_SetItemString(dict, name, capsule);
    Py_DECREF(capsule);
}

static void *
stay_in_the_dict(void *ends)
{
    PyGILState_Ensure();
    keep_in(PyThreadState_GetDict(), "other");
    PyEval_SaveThread();
    if (write(((int *)ends)[1], "!", 1) != 1) {
        abort();
    }
    pause();
    return NULL;
}

static void
finalize_with_dicts(void)
{
    pthread_t thread;
    int ends[2];
    char byte;

    Py_Initialize();
    if (pipe(ends) != 0 || pthread_create(&thread, NULL, stay_in_the_dict, ends) != 0) {
        abort();
    }
    Py_BEGIN_ALLOW_THREADS
    if (read(ends[0], &byte, 1) != 1) {
        abort();
    }
    Py_END_ALLOW_THREADS
    keep_in(PyThreadState_GetDict(), "own");
    keep_in(PyInterpreterState_GetDict(PyInterpreterState_Get()), "interpreter");
    Py_FinalizeEx();
    fputs(ended, stderr);
    Py_Initialize();
    fprintf(stderr, ", %d %d", (int)PyDict_Size(PyThreadState_GetDict()),
            (int)PyDict_Size(PyInterpreterState_GetDict(PyInterpreterState_Get())));
}

static void
test_dicts_at_the_end(void)
{
    char text[128];

    is_int(in_child(finalize_with_dicts, text, sizeof(text)), 0, "Py_FinalizeEx succeeds beside a thread with a state");
    is_str(text, "other own interpreter, 0 0",
           "Py_FinalizeEx drops the dict of the other thread, then of the main thread, then of the interpreter");
}

int
main(void)
{
    RUN(test_dicts_at_the_end);
    TAP_BEGIN();
    RUN(test_main_thread);
    RUN(test_foreign_thread);
    RUN(test_mutual_exclusion);
    RUN(test_capsules_across_threads);
    RUN(test_release_and_acquire);
    return TAP_END();
}
