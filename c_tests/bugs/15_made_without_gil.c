/* A capsule is made on a thread that does not hold the GIL: a callback of another library, which runs on a thread of
 * that library's and hands a result back.  Seen: python-fuse #82.  It looks like this: a crash in PyCapsule_New,
 * since there is no thread state, or objects that two threads take from the same free list. */
#define _POSIX_C_SOURCE 200809L
#include "bug.h"

#include <pthread.h>

static int poll_handle;

static void *
callback(void *argument)
{
    PyObject **result = (PyObject **)argument;
#ifdef TWIN
    PyGILState_STATE state = PyGILState_Ensure();
#endif
    *result = PyCapsule_New(&poll_handle, "pollhandle", NULL); /* used */
#ifdef TWIN
    PyGILState_Release(state);
#endif
    return NULL;
}

int
main(void)
{
    PyObject *result = NULL;
    pthread_t thread;

    begin();
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, callback, &result);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    printf("made: %d\n", result != NULL);
    Py_XDECREF(result);
    return Py_FinalizeEx() < 0;
}
