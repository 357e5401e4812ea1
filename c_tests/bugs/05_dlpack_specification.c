/* The destructor takes a reference to its capsule, whose count is 0: giving it back destroys the capsule once more,
 * without end.  The example in DLPack's own Python specification does so when it cannot get the pointer: it calls
 * PyErr_WriteUnraisable(self), which holds `self` while it writes.  pybind11 does the same; cpython #102381 is such a
 * mistake elsewhere.  A move to version 1.0, in which the capsule has another name, leads there if the destructor knows
 * only the old name.  It looks like this: the stack overflows, or the process never ends. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

static void
delete_versioned(DLManagedTensorVersioned *self)
{
    free(self->dl_tensor.shape);
    free(self);
}

static DLManagedTensorVersioned *
new_versioned(void)
{
    DLManagedTensorVersioned *tensor = (DLManagedTensorVersioned *)calloc(1, sizeof(*tensor));
    int64_t *shape = (int64_t *)calloc(1, sizeof(*shape));

    if (tensor == NULL || shape == NULL) {
        abort();
    }
    *shape = 3;
    tensor->version.major = 1;
    tensor->deleter = delete_versioned;
    tensor->dl_tensor.data = data;
    tensor->dl_tensor.device.device_type = kDLCPU;
    tensor->dl_tensor.ndim = 1;
    tensor->dl_tensor.dtype.code = kDLFloat;
    tensor->dl_tensor.dtype.bits = 64;
    tensor->dl_tensor.dtype.lanes = 1;
    tensor->dl_tensor.shape = shape;
    return tensor;
}

#ifdef TWIN

static void
destroy(PyObject *capsule)
{
    DLManagedTensorVersioned *tensor;
    PyObject *pending;

    if (PyCapsule_IsValid(capsule, "used_dltensor_versioned")) {
        return;
    }
    pending = PyErr_GetRaisedException();
    tensor = (DLManagedTensorVersioned *)PyCapsule_GetPointer(capsule, "dltensor_versioned");
    if (tensor == NULL) {
        PyErr_WriteUnraisable(NULL);
    } else if (tensor->deleter != NULL) {
        tensor->deleter(tensor);
    }
    PyErr_SetRaisedException(pending);
}

#else

static void
destroy(PyObject *capsule)
{
    DLManagedTensor *tensor;
    PyObject *pending;

    if (PyCapsule_IsValid(capsule, "used_dltensor")) {
        return;
    }
    pending = PyErr_GetRaisedException();
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor == NULL) {
        PyErr_WriteUnraisable(capsule);
    } else if (tensor->deleter != NULL) {
        tensor->deleter(tensor);
    }
    PyErr_SetRaisedException(pending);
}

#endif

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(new_versioned(), "dltensor_versioned", destroy); /* made */
    printf("made, and not wanted after all\n");
    Py_XDECREF(capsule); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
