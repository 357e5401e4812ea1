/* Imports in threads may do more than in CPython: a thread that never asks for the GIL may import, for the library
 * takes the GIL for as long as the import takes.  (CPython crashes, for such a thread has no thread state.)  A
 * collection of garbage takes the GIL in the same way.
 */
#define _POSIX_C_SOURCE 200809L
#include "../tap.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 200 };

static int storage;

typedef struct {
    int found, refused, added;
} Work;

/* All threads look into the same dicts, and each adds modules to one of them. */
static void *
import_without_the_gil(void *argument)
{
    Work *work = (Work *)argument;
    char name[40];

    for (int i = 0; i < ROUNDS; i++) {
        work->found += PyCapsule_Import("shared.cap", 0) == &storage;
        work->refused += PyImport_ImportModule("nowhere") == NULL && PyErr_ExceptionMatches(PyExc_ModuleNotFoundError);
        PyErr_Clear();
        snprintf(name, sizeof name, "of_%p_%d", argument, i);
        work->added += PyImport_AddModule(name) != NULL;
    }
    return NULL;
}

static void
test_side_by_side(void)
{
    Work works[THREADS];
    pthread_t threads[THREADS];
    PyThreadState *saved;

    memset(works, 0, sizeof works);
    PyModule_Add(PyImport_AddModule("shared"), "cap", PyCapsule_New(&storage, "shared.cap", NULL));
    saved = PyEval_SaveThread();
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, import_without_the_gil, &works[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(saved);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].found, ROUNDS, "thread %d without the GIL imports a capsule", i);
        is_int(works[i].refused, ROUNDS, "thread %d without the GIL gets ModuleNotFoundError for an absent module", i);
        is_int(works[i].added, ROUNDS, "thread %d without the GIL adds modules", i);
    }
}

/* The results of an init function in a thread that never asked for the GIL. */
static struct {
    int check_before, check_after, saved, own_state_after;
} seen;

static PyObject *
init_asking(void)
{
    PyThreadState *saved;

    seen.check_before = PyGILState_Check();
    PyGILState_Release(PyGILState_Ensure());
    seen.check_after = PyGILState_Check();
    saved = PyEval_SaveThread();
    seen.saved = saved != NULL;
    PyEval_RestoreThread(saved);
    PyErr_SetString(PyExc_KeyError, "of the init function");
    return NULL;
}

static void *
import_asking(void *is_key_error)
{
    PyObject *module = PyImport_ImportModule("asking");

    *(int *)is_key_error = module == NULL && PyErr_ExceptionMatches(PyExc_KeyError);
    PyErr_Clear();
    seen.own_state_after = PyGILState_GetThisThreadState() != NULL;
    return NULL;
}

static void
test_init_function(void)
{
    PyThreadState *saved = PyEval_SaveThread();
    int is_key_error = 0;
    pthread_t thread;

    pthread_create(&thread, NULL, import_asking, &is_key_error);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    is_int(seen.check_before, 1, "an init function in a thread without the GIL holds it");
    is_int(seen.check_after, 1, "an init function holds the GIL after PyGILState_Ensure and PyGILState_Release");
    is_int(seen.saved, 1, "an init function may release the GIL with PyEval_SaveThread");
    is_int(is_key_error, 1, "the error of an init function is set after the import");
    is_int(seen.own_state_after, 0, "an import without the GIL leaves no thread state behind");
}

/* A thread that has a thread state, and imports after PyEval_SaveThread. */
static struct {
    int found, check_after, own_state_after;
} between;

static void *
import_between(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *saved = PyEval_SaveThread();
    PyObject *module = PyImport_ImportModule("sys");

    between.found = module != NULL;
    between.check_after = PyGILState_Check();
    PyEval_RestoreThread(saved);
    Py_XDECREF(module);
    PyGILState_Release(state);
    between.own_state_after = PyGILState_GetThisThreadState() != NULL;
    return unused;
}

static void
test_between(void)
{
    PyThreadState *saved = PyEval_SaveThread();
    pthread_t thread;

    pthread_create(&thread, NULL, import_between, NULL);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    is_int(between.found, 1, "a thread may import after PyEval_SaveThread");
    is_int(between.check_after, 0, "a thread that imported after PyEval_SaveThread does not hold the GIL afterwards");
    is_int(between.own_state_after, 0,
           "the state of a thread that imported after PyEval_SaveThread goes with PyGILState_Release");
}

/* Runs while garbage is collected. */
static void
ask_for_the_gil(PyObject *capsule)
{
    int *checks = (int *)PyCapsule_GetContext(capsule);

    PyGILState_Release(PyGILState_Ensure());
    *checks += PyGILState_Check();
}

static void *
collect_without_the_gil(void *checks)
{
    PyObject *list = PyList_New(0);

    for (int i = 0; i < 2; i++) {
        PyObject *capsule = PyCapsule_New(&storage, NULL, ask_for_the_gil);
        PyCapsule_SetContext(capsule, checks);
        PyList_Append(list, capsule);
        Py_DECREF(capsule);
    }
    PyList_Append(list, list);
    Py_DECREF(list);
    PyGC_Collect();
    return NULL;
}

static void
test_collecting(void)
{
    PyThreadState *saved = PyEval_SaveThread();
    int checks = 0;
    pthread_t thread;

    pthread_create(&thread, NULL, collect_without_the_gil, &checks);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
    is_int(checks, 2,
           "a collection keeps the GIL after destructors that call PyGILState_Ensure and PyGILState_Release");
}

int
main(void)
{
    PyImport_AppendInittab("asking", init_asking);
    TAP_BEGIN();
    RUN(test_side_by_side);
    RUN(test_init_function);
    RUN(test_between);
    RUN(test_collecting);
    return TAP_END();
}
