/* Leaked: the producer has moved to DLPack 1.0, and its destructor knows only the name from before.  It takes a
 * capsule with the new name for one whose tensor was consumed.  Seen: the class of dmlc/dlpack's own example, which
 * is 05_dlpack_specification here.  It looks like this: memory that grows with each tensor that is not consumed
 * after all. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};
static int64_t shape[1] = {3};
static int tensors_deleted = 0;

static void
delete_versioned(DLManagedTensorVersioned *tensor)
{
    tensors_deleted++;
    free(tensor);
}

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    const char *name = "dltensor_versioned";
#else
    const char *name = "dltensor";
#endif
    DLManagedTensorVersioned *tensor;

    if (PyCapsule_IsValid(capsule, name)) {
        tensor = (DLManagedTensorVersioned *)PyCapsule_GetPointer(capsule, name);
        tensor->deleter(tensor);
    }
}

int
main(void)
{
    DLManagedTensorVersioned *tensor = (DLManagedTensorVersioned *)calloc(1, sizeof(*tensor));
    PyObject *capsule;

    begin();
    if (tensor == NULL) {
        return 1;
    }
    tensor->version.major = 1;
    tensor->deleter = delete_versioned;
    tensor->dl_tensor.data = data;
    tensor->dl_tensor.shape = shape;
    tensor->dl_tensor.ndim = 1;
    capsule = PyCapsule_New(tensor, "dltensor_versioned", destroy); /* made */
    Py_DECREF(capsule); /* destroyed */
    printf("tensors deleted: %d\n", tensors_deleted);
    return Py_FinalizeEx() < 0;
}
