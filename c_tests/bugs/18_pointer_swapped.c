/* A setter in one thread, a reader in another: the table of functions is replaced while a worker, which does not
 * hold the GIL, asks the capsule for it.  Between the pointer and the context that belongs to it the worker sees
 * half of each.  Seen: cpython #145563, which names this pair of calls.  It looks like this: the functions of one
 * table with the state of the other, once in a long while. */
#define _POSIX_C_SOURCE 200809L
#include "bug.h"

#include <pthread.h>

static int tables[2] = {1, 2};

static void *
work(void *argument)
{
    PyObject *capsule = (PyObject *)argument;
    int *table;
#ifdef TWIN
    PyGILState_STATE state = PyGILState_Ensure();
#endif
    table = (int *)PyCapsule_GetPointer(capsule, "kernels._C_API"); /* used */
#ifdef TWIN
    PyGILState_Release(state);
#endif
    printf("table %d\n", table != NULL ? *table : -1);
    return NULL;
}

int
main(void)
{
    PyObject *capsule;
    pthread_t worker;

    begin();
    capsule = PyCapsule_New(&tables[0], "kernels._C_API", NULL); /* made */
    if (capsule == NULL || PyCapsule_SetPointer(capsule, &tables[1]) < 0) { /* set */
        return 1;
    }
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&worker, NULL, work, capsule);
    pthread_join(worker, NULL);
    Py_END_ALLOW_THREADS
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0;
}
