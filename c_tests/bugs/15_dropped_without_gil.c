/* The last reference to a capsule is dropped between Py_BEGIN_ALLOW_THREADS and Py_END_ALLOW_THREADS: the clean-up
 * of a long computation stands in the same block.  It is the thread that made the capsule, so that nothing else is
 * wrong.  Seen: the class of numpy #22507.  It looks like this: a crash in the allocator, or a count that is wrong
 * by one. */
#include "bug.h"

static double workspace[4];

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(workspace, "workspace", NULL); /* made */
    Py_BEGIN_ALLOW_THREADS
    workspace[0] = 1;
#ifndef TWIN
    Py_CLEAR(capsule); /* destroyed */
#endif
    Py_END_ALLOW_THREADS
    Py_XDECREF(capsule);
    printf("computed %g\n", workspace[0]);
    return Py_FinalizeEx() < 0;
}
