/* Freed twice, through a deleter that another library has put in the place of the first: it counts, and calls the
 * first.  DLPack allows a wrapped deleter, and the checker must not take it for a deletion.  The bug is the
 * consumer's, which deletes the tensor and leaves the capsule its name.  Seen: the class of pytorch #9260.  It looks
 * like this: "double free detected", with the wrapper's deleter in the stack. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};
static int counted = 0;
static void (*first_deleter)(DLManagedTensor *);

static void
count_and_delete(DLManagedTensor *tensor)
{
    counted++;
    first_deleter(tensor);
}

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

static void
wrap(PyObject *capsule)
{
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    first_deleter = tensor->deleter;
    tensor->deleter = count_and_delete;
    tensor->dl_tensor.device.device_id = 1;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    wrap(capsule);
#ifndef TWIN
    count_and_delete((DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor"));
#endif
    Py_DECREF(capsule); /* destroyed */
    printf("deleted %d time(s), tensors left: %d\n", counted, live_tensors);
    return Py_FinalizeEx() < 0;
}
