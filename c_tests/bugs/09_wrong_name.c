/* Asked for by the wrong name: the capsule holds a DLManagedTensorVersioned, and the consumer predates it.  The error
 * is right, but has neither the capsule's name nor the requested one.  Seen: the message of Paddle #50120, and in many
 * questions since DLPack 1.0.  It looks like this: "PyCapsule_GetPointer called with incorrect name". */
#include "bug.h"

static int versioned = 1, unversioned = 0;

/* As __dlpack__(max_version=...) of a producer that has both. */
static PyObject *
dlpack(int max_version)
{
    return max_version >= 1 ? PyCapsule_New(&versioned, "vector_versioned", NULL) /* made */
                            : PyCapsule_New(&unversioned, "vector", NULL);
}

int
main(void)
{
    PyObject *capsule;
    int *vector;

    begin();
#ifdef TWIN
    capsule = dlpack(0);
#else
    capsule = dlpack(1);
#endif
    vector = (int *)PyCapsule_GetPointer(capsule, "vector"); /* used */
    if (vector == NULL) {
        show_error("import");
    } else {
        printf("import: version %d\n", *vector);
    }
    Py_XDECREF(capsule);
    return Py_FinalizeEx() < 0;
}
