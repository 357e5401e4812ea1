/* When little is left of the C stack, the destruction of containers in containers is put off, but all of them are
 * gone when the call returns. */
#define _GNU_SOURCE
#include "../tap.h"

#include <pthread.h>

enum { LEVELS = 20000 };

static int destroyed;

static void
count(PyObject *capsule)
{
    (void)capsule;
    destroyed++;
}

/* Lists in one another, each with a capsule beside the inner list. */
static PyObject *
new_nest(void)
{
    PyObject *nest = PyList_New(0);
    int level;

    for (level = 1; level < LEVELS; level++) {
        PyObject *outer = PyList_New(2);
        PyList_SetItem(outer, 0, PyCapsule_New(&destroyed, NULL, count));
        PyList_SetItem(outer, 1, nest);
        nest = outer;
    }
    return nest;
}

/* The lowest address of this thread's stack. */
static char *
bottom(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size, guard = 0;

    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_getguardsize(&attributes, &guard);
    pthread_attr_destroy(&attributes);
    return (char *)lowest + guard;
}

/* Drops the nest where no more than `left` bytes of the stack are left. */
static void
drop_with(size_t left, const char *lowest, PyObject *nest)
{
    volatile char room[256];

    room[0] = 0;
    if ((size_t)((const char *)room - lowest) > left) {
        drop_with(left, lowest, nest);
    } else {
        Py_DECREF(nest);
    }
    room[1] = room[0];
}

static int left_over[3];

/* On a stack of a megabyte a margin has sixteen kilobytes.  With six margins left the destruction goes on, with four
 * it is put off. */
static void *
drop_nests(void *unused)
{
    static const size_t lefts[] = {120000, 80000, 60000};
    PyGILState_STATE state = PyGILState_Ensure();
    size_t i;

    for (i = 0; i < sizeof lefts / sizeof lefts[0]; i++) {
        PyObject *nest = new_nest();
        destroyed = 0;
        drop_with(lefts[i], bottom(), nest);
        left_over[i] = LEVELS - 1 - destroyed;
    }
    PyGILState_Release(state);
    return unused;
}

static void
test_destruction(void)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    pthread_create(&thread, &attributes, drop_nests, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    pthread_attr_destroy(&attributes);
    is_int(left_over[0], 0, "a nest of lists is destroyed whole where the stack has room");
    is_int(left_over[1], 0, "a nest of lists is destroyed whole where the stack runs short on the way");
    is_int(left_over[2], 0, "a nest of lists is destroyed whole where the stack is short at once");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_destruction);
    return TAP_END();
}
