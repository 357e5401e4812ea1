/* Setters from two threads at once: worker threads of a library count the uses of a kernel in the capsule's context,
 * without the GIL, since "it is only a pointer".  Read, change and write are three steps, and uses are lost.  Seen:
 * cpython #145563 and swig PR 3235, for builds without a GIL; with one, threads that do not take it get the same.
 * It looks like this: a context that is old, and a second owner for what it points to. */
#define _POSIX_C_SOURCE 200809L
#include "bug.h"

#include <pthread.h>

enum { WORKERS = 2, ROUNDS = 50 };

static int kernel = 7;
static int counts[WORKERS * ROUNDS];

static void *
work(void *argument)
{
    PyObject *capsule = (PyObject *)argument;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        int *count;
#ifdef TWIN
        PyGILState_STATE state = PyGILState_Ensure();
#endif
        count = (int *)PyCapsule_GetContext(capsule);
        count = count != NULL ? count + 1 : counts;
        if (PyCapsule_SetContext(capsule, count) < 0) { /* used */
            abort();
        }
#ifdef TWIN
        PyGILState_Release(state);
#endif
    }
    return NULL;
}

int
main(void)
{
    PyObject *capsule;
    pthread_t workers[WORKERS];
    int i;

    begin();
    capsule = PyCapsule_New(&kernel, "gpu.kernel", NULL); /* made */
    if (capsule == NULL) {
        return 1;
    }
    Py_BEGIN_ALLOW_THREADS
    for (i = 0; i < WORKERS; i++) {
        pthread_create(&workers[i], NULL, work, capsule);
    }
    for (i = 0; i < WORKERS; i++) {
        pthread_join(workers[i], NULL);
    }
    Py_END_ALLOW_THREADS
    /* How many were lost differs from run to run; that not too many were counted does not. */
    printf("counted: %s\n", (int *)PyCapsule_GetContext(capsule) < counts + WORKERS * ROUNDS ? "yes" : "no");
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0;
}
