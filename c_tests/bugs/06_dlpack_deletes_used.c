/* Freed twice: the producer's destructor does not look whether the tensor was consumed, and here the capsule goes
 * first, as it mostly does: the consumer is left with a tensor that is not there any more, and deletes it when it is
 * done.  Seen: the other side of pytorch #9260.  It looks like this: wrong numbers, then "double free detected", in
 * the consumer. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    destroy_unless_used(capsule);
#else
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule));

    tensor->deleter(tensor);
#endif
}

int
main(void)
{
    PyObject *capsule;
    DLManagedTensor *tensor;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    PyCapsule_SetName(capsule, "used_dltensor"); /* renamed */
    Py_DECREF(capsule); /* destroyed */
    delete_tensor(tensor);
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
