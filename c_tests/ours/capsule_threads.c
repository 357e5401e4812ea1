/* Threads may do more than in CPython: a thread that never asks for the GIL may make, use and destroy capsules of
 * its own, and has its own error indicator.  (CPython crashes, for such a thread has no thread state.)
 */
#define _POSIX_C_SOURCE 200809L
#include "../tap.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 500 };

typedef struct {
    int used, refused, destroyed;
} Work;

static void
count_destruction(PyObject *capsule)
{
    ((Work *)PyCapsule_GetContext(capsule))->destroyed++;
}

static void *
work_without_the_gil(void *argument)
{
    Work *work = (Work *)argument;

    for (int i = 0; i < ROUNDS; i++) {
        PyObject *capsule = PyCapsule_New(work, "dltensor", count_destruction);
        PyCapsule_SetContext(capsule, work);
        work->used += PyCapsule_GetPointer(capsule, "dltensor") == work && PyErr_Occurred() == NULL;
        PyCapsule_SetName(capsule, "used_dltensor");
        if (PyCapsule_GetPointer(capsule, "dltensor") == NULL) {
            work->refused += PyErr_ExceptionMatches(PyExc_ValueError);
            PyErr_Clear();
        }
        Py_DECREF(capsule);
    }
    return NULL;
}

static void
test_threads(void)
{
    Work works[THREADS];
    pthread_t threads[THREADS];

    memset(works, 0, sizeof(works));
    PyErr_SetString(PyExc_KeyError, "of the main thread");
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, work_without_the_gil, &works[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    raises(PyExc_KeyError, "'of the main thread'", "errors of other threads leave the main thread's error in place");
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, ROUNDS, "thread %d uses capsules of its own without the GIL", i);
        is_int(works[i].refused, ROUNDS, "a wrong name sets an error in thread %d alone", i);
        is_int(works[i].destroyed, ROUNDS, "each destructor of thread %d runs once", i);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_threads);
    return TAP_END();
}
