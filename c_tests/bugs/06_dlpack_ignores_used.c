/* Freed twice: the producer's destructor does not look whether the tensor was consumed.  It asks for the pointer by
 * the name that the capsule has, so that the consumer's "used_dltensor" does not stop it either, and deletes what
 * the consumer has deleted already.  Seen: the other side of pytorch #9260.  It looks like this: "double free
 * detected" when the capsule goes, in a program whose consumer does all that DLPack asks for. */
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
    printf("consumed %d dimension(s)\n", (int)tensor->dl_tensor.ndim);
    tensor->deleter(tensor);
    Py_DECREF(capsule); /* destroyed */
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
