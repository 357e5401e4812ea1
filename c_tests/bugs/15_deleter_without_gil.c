/* The deleter of a tensor runs on a thread that does not hold the GIL: the consumer computes on a thread of its own,
 * is done with the tensor there, and calls the deleter, which gives the owner's reference back and destroys it.
 * Seen: numpy #22507 with pytorch, settled by dlpack #103 and #129: the deleter has to take the GIL itself.  It
 * looks like this: a crash in the allocator, "Python memory allocator called without holding the GIL", or, rarely, a
 * count that is wrong by one. */
#define _POSIX_C_SOURCE 200809L
#include "bug.h"
#include "dlpack.h"

#include <pthread.h>

static double data[3] = {1, 2, 3};
static int owners_destroyed = 0;

static void
destroy_owner(PyObject *capsule)
{
    owners_destroyed += PyCapsule_IsValid(capsule, "array.owner");
}

static void
give_owner_back(DLManagedTensor *tensor)
{
    PyObject *owner = (PyObject *)tensor->manager_ctx;
#ifdef TWIN
    PyGILState_STATE state = PyGILState_Ensure();
#endif
    Py_DECREF(owner); /* destroyed */
#ifdef TWIN
    PyGILState_Release(state);
#endif
    delete_tensor(tensor);
}

static void *
compute(void *argument)
{
    DLManagedTensor *tensor = (DLManagedTensor *)argument;
    const double *values = (const double *)tensor->dl_tensor.data;

    printf("sum: %g\n", values[0] + values[1] + values[2]);
    tensor->deleter(tensor);
    return NULL;
}

int
main(void)
{
    DLManagedTensor *tensor;
    pthread_t thread;

    begin();
    tensor = new_tensor(data, 3);
    tensor->manager_ctx = PyCapsule_New(data, "array.owner", destroy_owner); /* made */
    tensor->deleter = give_owner_back;
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, compute, tensor);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    printf("owners destroyed: %d, tensors left: %d\n", owners_destroyed, live_tensors);
    return Py_FinalizeEx() < 0;
}
