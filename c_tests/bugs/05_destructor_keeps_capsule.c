/* The destructor puts its capsule into a pool, with a reference, so that the next caller gets it from the pool.  A
 * capsule cannot be kept from there: its memory goes when the destructor returns, whatever the count is, and the
 * pool holds a dangling pointer.  The class is that of cpython #102381: taking a reference does not bring a dead
 * object back.  It looks like this: nothing, until the pool hands the capsule out. */
#include "bug.h"

static int sessions[2];
static PyObject *pool = NULL;
static int pooled = 0;

#ifdef TWIN

/* The pool has what is worth keeping: the session, not the capsule around it. */
static int *pooled_session = NULL;

static void
destroy(PyObject *capsule)
{
    pooled_session = (int *)PyCapsule_GetPointer(capsule, "client.session");
    pooled = pooled_session != NULL;
}

#else

static void
destroy(PyObject *capsule)
{
    Py_INCREF(capsule);
    pool = capsule;
    pooled = 1;
}

#endif

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(&sessions[1], "client.session", destroy); /* made */
    Py_DECREF(capsule); /* destroyed */
    printf("in the pool: %d\n", pooled);
    pool = NULL;
    return Py_FinalizeEx() < 0;
}
