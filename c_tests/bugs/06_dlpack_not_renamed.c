/* Freed twice: the consumer takes the tensor out of the capsule, fails before it has renamed the capsule, and
 * deletes the tensor on its way out; the capsule, which still bears the name of one that was not consumed, deletes
 * it again.  Seen: pytorch PR 56789, where the import of torch.cuda failed in between, and pytorch #9260 the other
 * way round.  It looks like this: "double free detected", or a call of a function at address 0. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

/* As importing a driver does: it may fail. */
static int
initialize_device(int32_t device_type)
{
    PyErr_Format(PyExc_RuntimeError, "device %d has no driver", (int)device_type);
    return -1;
}

static PyObject *
from_dlpack(PyObject *capsule)
{
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    if (tensor == NULL) {
        return NULL;
    }
#ifdef TWIN
    /* From here on the consumer owns the tensor, also on failure. */
    if (PyCapsule_SetName(capsule, "used_dltensor") < 0) {
        return NULL;
    }
#endif
    if (initialize_device(tensor->dl_tensor.device.device_type) < 0) {
        tensor->deleter(tensor);
        return NULL;
    }
#ifndef TWIN
    PyCapsule_SetName(capsule, "used_dltensor");
#endif
    return PyLong_FromLong(1);
}

int
main(void)
{
    PyObject *capsule, *array;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used); /* made */
    array = from_dlpack(capsule);
    printf("imported: %d\n", array != NULL);
    Py_DECREF(capsule); /* destroyed */
    show_error("from_dlpack");
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
