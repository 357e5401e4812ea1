/* Freed twice: the consumer deletes the tensor and marks nothing.  MXNet takes the destructor away instead of
 * setting a new name, so that nothing deletes the tensor again.  A consumer that does neither has the tensor deleted
 * twice.  Seen: dmlc/dlpack #51.  It looks like this: "double free detected" when the capsule goes. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

static void
destroy(PyObject *capsule)
{
    DLManagedTensor *tensor;

    if (PyCapsule_IsValid(capsule, "used_dltensor")) {
        return;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor"); /* used */
    tensor->deleter(tensor);
}

int
main(void)
{
    PyObject *capsule;
    DLManagedTensor *tensor;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
#ifdef TWIN
    PyCapsule_SetDestructor(capsule, NULL);
#endif
    printf("consumed %d dimension(s)\n", (int)tensor->dl_tensor.ndim);
    tensor->deleter(tensor);
    Py_DECREF(capsule); /* destroyed */
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
