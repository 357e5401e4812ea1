/* Threads that each work on their own capsules, without the GIL in a library that has none. */
#include "bench.h"

#include <pthread.h>

#define MOST 8
static long threads, share;

static void *
work(void *argument)
{
    PyGILState_STATE state = PyGILState_UNLOCKED;
    int target;
    long i;
    if (needs_gil) {
        state = PyGILState_Ensure();
    }
    for (i = 0; i < share; i++) {
        PyObject *capsule = PyCapsule_New(&target, "capsule", NULL);
        EXPECT(capsule != NULL && PyCapsule_GetPointer(capsule, "capsule") == &target);
        Py_DECREF(capsule);
    }
    if (needs_gil) {
        PyGILState_Release(state);
    }
    return argument;
}

static void
choose(long size, long n)
{
    (void)n;
    threads = size;
}

static void
run(long n)
{
    pthread_t thread[MOST];
    PyThreadState *state = needs_gil ? PyEval_SaveThread() : NULL;
    long i;
    share = n / threads + 1;
    for (i = 0; i < threads; i++) {
        EXPECT(pthread_create(&thread[i], NULL, work, NULL) == 0);
    }
    for (i = 0; i < threads; i++) {
        pthread_join(thread[i], NULL);
    }
    if (needs_gil) {
        PyEval_RestoreThread(state);
    }
}

/* There are so many operations that starting the threads adds next to nothing to the time. */
const benchmark thread_benchmarks[] = {
    {"threads-1", "New, GetPointer, DECREF in one thread", "malloc, strcmp, free", 0, 0, 0, choose, run, NULL, 1,
     400000, 0},
    {"threads-8", "the same in eight threads, all together", "malloc, strcmp, free", 0, 0, 0, choose, run, NULL, MOST,
     400000, 0},
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
