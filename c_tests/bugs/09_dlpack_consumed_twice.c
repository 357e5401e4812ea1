/* Consumed twice: the same DLPack capsule is imported a second time.  Here the consumer looks at what it gets, and
 * the user is told that a name is incorrect, which says little; a consumer that does not look follows a NULL.  Seen:
 * cupy #3611, a crash.  It looks like this: "PyCapsule_GetPointer called with incorrect name". */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

static void
destroy(PyObject *capsule)
{
    DLManagedTensor *tensor;

    if (!PyCapsule_IsValid(capsule, "dltensor")) {
        return;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    tensor->deleter(tensor);
}

static double
from_dlpack(PyObject *capsule)
{
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor"); /* used */
    double first;

    if (tensor == NULL || PyCapsule_SetName(capsule, "used_dltensor") < 0) { /* renamed */
        show_error("from_dlpack");
        return -1;
    }
    first = *(double *)tensor->dl_tensor.data;
    tensor->deleter(tensor);
    return first;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    printf("first: %g\n", from_dlpack(capsule));
#ifdef TWIN
    /* Each import has a capsule of its own. */
    Py_DECREF(capsule);
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy);
#endif
    printf("first: %g\n", from_dlpack(capsule));
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0;
}
