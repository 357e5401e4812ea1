/* Where imports in threads are easier than in CPython: a thread that never asks for the GIL may import, for it is given
 * the GIL for as long as that takes.  (CPython crashes, for such a thread has no state.)  The same goes for a collection
 * of garbage.
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
        is_int(works[i].refused, ROUNDS, "is told which module there is not (%d)", i);
        is_int(works[i].added, ROUNDS, "and adds modules (%d)", i);
    }
}

/* What an init function sees and does in a thread that never asked for the GIL. */
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
    is_int(seen.check_after, 1, "also after it has asked for it, and let it go");
    is_int(seen.saved, 1, "it may let others go on meanwhile");
    is_int(is_key_error, 1, "its error is there after the import");
    is_int(seen.own_state_after, 0, "but no state is left behind");
}

/* A thread that has asked for the GIL, and imports while it has let it go. */
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
    is_int(between.found, 1, "so may a thread that has let the GIL go");
    is_int(between.check_after, 0, "which does not hold it afterwards");
    is_int(between.own_state_after, 0, "and whose state goes with its own PyGILState_Release");
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
    is_int(checks, 2, "destructors that ask for the GIL, and let it go, leave it to a collection");
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
