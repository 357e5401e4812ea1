/* Deviations of threads and the GIL from CPython: a program may do without Py_Initialize, and a thread without the
 * GIL, where CPython would crash.  This program also tests that a thread which waits for the GIL gets its turn,
 * which would take too long in CPython.
 */
#include "../checks.h"

#include <pthread.h>
#include <sched.h>

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

/* An init function that looks at its thread state, as those of Cython do, and fails. */
static PyObject *
init_and_fail(void)
{
    if (PyThreadState_Get() != NULL) {
        PyErr_SetString(PyExc_LookupError, "no init today");
    }
    return NULL;
}

static void *
import_one_that_fails(void *who)
{
    is_ptr(PyImport_ImportModule("fails_with_state"), NULL, "%s without the GIL gets NULL for an import that fails",
           (char *)who);
    raises(PyExc_LookupError, "no init today", "%s keeps the error of an init function that asked for the thread state",
           (char *)who);
    return NULL;
}

/* Runs before any thread has asked for the GIL: the import takes it, with a thread state that is deleted afterwards. */
static void
test_error_of_init(void)
{
    pthread_t thread;

    PyImport_AppendInittab("fails_with_state", init_and_fail);
    import_one_that_fails("the first thread");
    pthread_create(&thread, NULL, import_one_that_fails, "another thread");
    pthread_join(thread, NULL);
}

/* Runs before any thread has asked for the GIL. */
static void
test_without_initialize(void)
{
    PyThreadState *mine, *saved;

    is_int(Py_IsInitialized(), 1, "Py_IsInitialized is 1 before Py_Initialize");
    is_int(Py_IsFinalizing(), 0, "Py_IsFinalizing is 0 before Py_Initialize");
    is_int(PyGILState_Check(), 1, "PyGILState_Check is 1 before Py_Initialize, as in CPython");
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
    is_ptr(PyThreadState_GetUnchecked(), mine, "PyThreadState_GetUnchecked is the state of the first thread");
    is_ptr(PyGILState_GetThisThreadState(), mine, "PyGILState_GetThisThreadState is the state of the first thread");
    is_ptr(PyThreadState_GetDict(), NULL, "PyThreadState_Get does not attach the state that it makes");
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
    is_ptr(PyThreadState_GetDict(), NULL, "PyGILState_Release detaches the state");
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

/* Only the thread without the GIL that made an object can collect it, even when the object has outlived a
 * collection. */
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
    is_int(PyGC_Collect(), 0,
           "a collection with the GIL passes over objects of a thread without the GIL to which an object with the GIL "
           "refers");
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

int
main(void)
{
    RUN(test_error_of_init);
    RUN(test_without_initialize);
    RUN(test_shared_attributes);
    TAP_BEGIN();
    RUN(test_collecting_beside_others);
    RUN(test_collecting_without_the_gil);
    RUN(test_survivors_without_the_gil);
    RUN(test_fairness);
    return TAP_END();
}
