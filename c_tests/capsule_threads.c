/* Capsules and threads.  Each thread takes the GIL with PyGILState_Ensure, makes, renames and destroys capsules of its
 * own, and has an error indicator of its own.  A destructor runs on the thread that drops the last reference, whichever
 * thread made the capsule; the objects in a thread's state are dropped on that thread when it gives the state up.
 */
#define _POSIX_C_SOURCE 200809L
#include "tap.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 200 };

static char storage[4] = "abc";

/* Runs the function in `count` threads at once, while the caller does not hold the GIL, and waits for them. */
static void
run_threads(int count, void *(*function)(void *), void *arguments, size_t size)
{
    pthread_t threads[THREADS];
    PyThreadState *state = PyEval_SaveThread();

    for (int i = 0; i < count; i++) {
        pthread_create(&threads[i], NULL, function, (char *)arguments + (size_t)i * size);
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(state);
}

/* Capsules that one thread uses alone. */
typedef struct {
    int number;
    int made, renamed, refused, destroyed, wrong_thread, errors_kept;
    pthread_t thread;
} Work;

static void
count_destruction(PyObject *capsule)
{
    Work *work = (Work *)PyCapsule_GetContext(capsule);
    work->destroyed++;
    work->wrong_thread += !pthread_equal(pthread_self(), work->thread);
    work->renamed += PyCapsule_IsValid(capsule, "used_dltensor");
}

static void *
work_on_own_capsules(void *argument)
{
    Work *work = (Work *)argument;

    work->thread = pthread_self();
    for (int i = 0; i < ROUNDS; i++) {
        PyGILState_STATE state = PyGILState_Ensure();
        PyObject *capsule = PyCapsule_New(&work->number, "dltensor", count_destruction);
        PyCapsule_SetContext(capsule, work);
        Py_BEGIN_ALLOW_THREADS
        /* Other threads run here, between any two calls of this one. */
        Py_END_ALLOW_THREADS
        work->made += PyCapsule_GetPointer(capsule, "dltensor") == &work->number;
        PyCapsule_SetName(capsule, "used_dltensor");
        if (PyCapsule_GetPointer(capsule, "dltensor") == NULL) {
            Py_BEGIN_ALLOW_THREADS
            Py_END_ALLOW_THREADS
            work->refused += PyErr_ExceptionMatches(PyExc_ValueError);
            PyErr_Clear();
        }
        work->errors_kept += PyErr_Occurred() == NULL;
        Py_DECREF(capsule);
        PyGILState_Release(state);
    }
    return NULL;
}

static void
test_capsules_of_their_own(void)
{
    Work works[THREADS];

    memset(works, 0, sizeof(works));
    for (int i = 0; i < THREADS; i++) {
        works[i].number = i;
    }
    run_threads(THREADS, work_on_own_capsules, works, sizeof(works[0]));
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].made, ROUNDS, "thread %d reads the pointer of each capsule that it made", i);
        is_int(works[i].refused, ROUNDS, "thread %d gets an error of its own for each use of the old name", i);
        is_int(works[i].errors_kept, ROUNDS, "thread %d clears each error", i);
        is_int(works[i].renamed, ROUNDS, "each destructor in thread %d sees the new name", i);
        is_int(works[i].destroyed, ROUNDS, "each destructor in thread %d runs once", i);
        is_int(works[i].wrong_thread, 0, "thread %d runs no destructor of another thread's capsule", i);
    }
    no_error("the main thread sees no error of another thread");
}

/* Error indicators. */
typedef struct {
    PyObject *type;
    int clear_at_first, own_at_last, gil;
} Errors;

static void *
raise_own_error(void *argument)
{
    Errors *errors = (Errors *)argument;
    PyGILState_STATE state = PyGILState_Ensure();

    errors->gil = PyGILState_Check();
    errors->clear_at_first = PyErr_Occurred() == NULL;
    PyErr_SetString(errors->type, "of a thread");
    for (int i = 0; i < 20; i++) {
        Py_BEGIN_ALLOW_THREADS
        Py_END_ALLOW_THREADS
        errors->own_at_last += PyErr_Occurred() == errors->type;
    }
    PyErr_Clear();
    PyGILState_Release(state);
    return NULL;
}

static void
test_error_indicators(void)
{
    Errors errors[THREADS];

    memset(errors, 0, sizeof(errors));
    errors[0].type = PyExc_ValueError;
    errors[1].type = PyExc_KeyError;
    errors[2].type = PyExc_TypeError;
    errors[3].type = PyExc_OSError;
    is_ptr(PyCapsule_GetPointer(Py_None, "x"), NULL, "a call of the main thread fails");
    run_threads(THREADS, raise_own_error, errors, sizeof(errors[0]));
    for (int i = 0; i < THREADS; i++) {
        is_int(errors[i].gil, 1, "thread %d has the GIL after PyGILState_Ensure", i);
        is_int(errors[i].clear_at_first, 1, "thread %d does not see the main thread's error", i);
        is_int(errors[i].own_at_last, 20, "thread %d keeps its own error while the others raise theirs", i);
    }
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with invalid PyCapsule object",
           "the main thread's error is still there, with its message");
}

/* A capsule that goes from one thread to another. */
static struct {
    PyObject *capsule;
    void *pointer;
    pthread_t destroyer;
    int destructions, error_in_destructor, error_after;
} handed;

static void
note_thread(PyObject *capsule)
{
    handed.destructions++;
    handed.destroyer = pthread_self();
    handed.pointer = PyCapsule_GetPointer(capsule, "handed");
    handed.error_in_destructor = PyErr_Occurred() != NULL;
    PyErr_SetString(PyExc_RuntimeError, "left by the destructor");
}

static void *
drop_handed(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();
    *(pthread_t *)argument = pthread_self();
    Py_CLEAR(handed.capsule);
    handed.error_after = PyErr_Occurred() == PyExc_RuntimeError;
    PyErr_Clear();
    PyGILState_Release(state);
    return NULL;
}

static void *
make_handed(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();
    *(pthread_t *)argument = pthread_self();
    handed.capsule = PyCapsule_New(storage, "handed", note_thread);
    PyGILState_Release(state);
    return NULL;
}

static void
test_handed_over(void)
{
    pthread_t other;

    handed.capsule = PyCapsule_New(storage, "handed", note_thread);
    PyErr_SetString(PyExc_KeyError, "of the main thread");
    run_threads(1, drop_handed, &other, sizeof(other));
    is_int(handed.destructions, 1, "a capsule of the main thread is destroyed by another thread");
    ok(pthread_equal(handed.destroyer, other), "the destructor runs on the thread that drops the last reference");
    is_ptr(handed.pointer, storage, "the destructor on another thread sees the pointer");
    is_int(handed.error_in_destructor, 0, "the destructor does not see the error of the main thread");
    is_int(handed.error_after, 1, "an error of the destructor is an error of the thread that runs it");
    raises(PyExc_KeyError, "'of the main thread'", "the main thread keeps its own error");

    run_threads(1, make_handed, &other, sizeof(other));
    is_ptr(PyCapsule_GetPointer(handed.capsule, "handed"), storage, "a capsule outlives the thread that made it");
    is_int(Py_REFCNT(handed.capsule), 1, "a capsule that outlives its thread has one reference");
    Py_CLEAR(handed.capsule);
    is_int(handed.destructions, 2, "the main thread destroys a capsule of a thread that has ended");
    ok(pthread_equal(handed.destroyer, pthread_self()),
       "the destructor of a capsule of a thread that has ended runs on the main thread");
    raises(PyExc_RuntimeError, "left by the destructor", "the destructor leaves its error on the main thread");
}

/* PyGILState_Ensure may be nested; the thread's state and the items of its dict last until the outermost Release. */
static struct {
    int nested_gil, error_through_nesting, alive_inside, gone_after, own_thread;
    pthread_t thread;
} nesting;

static void
note_end_of_state(PyObject *capsule)
{
    (void)capsule;
    nesting.gone_after++;
    nesting.own_thread = pthread_equal(pthread_self(), nesting.thread) != 0;
}

static void *
nest(void *argument)
{
    PyGILState_STATE outer = PyGILState_Ensure(), inner;
    PyObject *capsule = PyCapsule_New(storage, "state", note_end_of_state);

    (void)argument;
    nesting.thread = pthread_self();
    PyDict_SetItemString(PyThreadState_GetDict(), "pycapsule test", capsule);
    Py_DECREF(capsule);
    PyErr_SetString(PyExc_TypeError, "outer");
    inner = PyGILState_Ensure();
    nesting.nested_gil = PyGILState_Check();
    nesting.error_through_nesting = PyErr_Occurred() == PyExc_TypeError;
    PyErr_Clear();
    PyGILState_Release(inner);
    nesting.nested_gil += PyGILState_Check();
    nesting.alive_inside = nesting.gone_after == 0;
    PyGILState_Release(outer);
    return NULL;
}

static void
test_thread_state(void)
{
    run_threads(1, nest, NULL, 0);
    is_int(nesting.nested_gil, 2, "a nested PyGILState_Ensure keeps the GIL, and so does its Release");
    is_int(nesting.error_through_nesting, 1, "the error indicator is that of the outer PyGILState_Ensure");
    is_int(nesting.alive_inside, 1, "a capsule in the thread's dict lives as long as the state");
    is_int(nesting.gone_after, 1, "the outermost Release destroys a capsule in the thread's dict");
    is_int(nesting.own_thread, 1, "the outermost Release destroys the capsule on that thread");
    is_int(PyGILState_Check(), 1, "the main thread has the GIL again");
}

/* One capsule that all threads use, each holding the GIL. */
typedef struct {
    PyObject *capsule;
    int right;
} Share;

static void *
use_shared(void *argument)
{
    Share *share = (Share *)argument;

    for (int i = 0; i < ROUNDS; i++) {
        PyGILState_STATE state = PyGILState_Ensure();
        Py_INCREF(share->capsule);
        share->right += PyCapsule_GetPointer(share->capsule, "shared") == storage;
        Py_DECREF(share->capsule);
        PyGILState_Release(state);
    }
    return NULL;
}

static void
test_shared(void)
{
    PyObject *capsule = PyCapsule_New(storage, "shared", NULL);
    Share shares[THREADS];

    for (int i = 0; i < THREADS; i++) {
        shares[i].capsule = capsule;
        shares[i].right = 0;
    }
    run_threads(THREADS, use_shared, shares, sizeof(shares[0]));
    for (int i = 0; i < THREADS; i++) {
        is_int(shares[i].right, ROUNDS, "thread %d reads a capsule that all of them share", i);
    }
    is_int(Py_REFCNT(capsule), 1, "all references to the shared capsule were given back");
    Py_DECREF(capsule);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_capsules_of_their_own);
    RUN(test_error_indicators);
    RUN(test_handed_over);
    RUN(test_thread_state);
    RUN(test_shared);
    return TAP_END();
}
