/* The structs of DLPack, written from its specification: a tensor, and the tensor with what its owner needs.  Then a
 * right producer, for the programs whose bug is elsewhere.  `live_tensors` counts the tensors that have not been
 * deleted.
 */
#ifndef PYCAPSULE_BUGS_DLPACK_H
#define PYCAPSULE_BUGS_DLPACK_H

#include <stdint.h>
#include <stdlib.h>

enum { kDLCPU = 1, kDLInt = 0, kDLFloat = 2 };

typedef struct {
    int32_t device_type;
    int32_t device_id;
} DLDevice;

typedef struct {
    uint8_t code;
    uint8_t bits;
    uint16_t lanes;
} DLDataType;

typedef struct {
    void *data;
    DLDevice device;
    int32_t ndim;
    DLDataType dtype;
    int64_t *shape;
    int64_t *strides;
    uint64_t byte_offset;
} DLTensor;

typedef struct DLManagedTensor {
    DLTensor dl_tensor;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensor *self);
} DLManagedTensor;

typedef struct {
    uint32_t major;
    uint32_t minor;
} DLPackVersion;

typedef struct DLManagedTensorVersioned {
    DLPackVersion version;
    void *manager_ctx;
    void (*deleter)(struct DLManagedTensorVersioned *self);
    uint64_t flags;
    DLTensor dl_tensor;
} DLManagedTensorVersioned;

static int live_tensors = 0;

static inline void
delete_tensor(DLManagedTensor *tensor)
{
    live_tensors--;
    free(tensor->dl_tensor.shape);
    free(tensor);
}

/* A vector of doubles, whose data the caller keeps.  NULL without memory. */
static inline DLManagedTensor *
new_tensor(double *data, int64_t length)
{
    DLManagedTensor *tensor = (DLManagedTensor *)calloc(1, sizeof(*tensor));
    int64_t *shape = (int64_t *)calloc(1, sizeof(*shape));

    if (tensor == NULL || shape == NULL) {
        free(tensor);
        free(shape);
        return NULL;
    }
    *shape = length;
    tensor->dl_tensor.data = data;
    tensor->dl_tensor.device.device_type = kDLCPU;
    tensor->dl_tensor.ndim = 1;
    tensor->dl_tensor.dtype.code = kDLFloat;
    tensor->dl_tensor.dtype.bits = 64;
    tensor->dl_tensor.dtype.lanes = 1;
    tensor->dl_tensor.shape = shape;
    tensor->deleter = delete_tensor;
    live_tensors++;
    return tensor;
}

/* The destructor that DLPack asks for: it deletes the tensor unless a consumer has renamed the capsule. */
static inline void
destroy_unless_used(PyObject *capsule)
{
    DLManagedTensor *tensor;

    if (PyCapsule_IsValid(capsule, "used_dltensor")) {
        return;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor->deleter != NULL) {
        tensor->deleter(tensor);
    }
}

#endif
