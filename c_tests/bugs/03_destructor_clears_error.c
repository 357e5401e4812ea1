/* The destructor runs while an error is on its way up, and clears it.  It asks for the pointer by the name of a
 * capsule that was not consumed, takes NULL to mean "consumed", and tidies up with PyErr_Clear, which takes the
 * caller's error as well.  Seen: pytorch #84056, jax #31271, and from the consumer's side numpy #32697.  It looks
 * like this: SystemError, "returned NULL without setting an exception". */
#include "bug.h"
#include "dlpack.h"

static void
destroy(PyObject *capsule)
{
    DLManagedTensor *tensor;

#ifdef TWIN
    if (!PyCapsule_IsValid(capsule, "dltensor")) {
        return;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
#else
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor == NULL) {
        PyErr_Clear();
        return;
    }
#endif
    tensor->deleter(tensor);
}

static double data[3] = {1, 2, 3};

/* The consumer: it takes the tensor over, and then finds that it cannot use it. */
static PyObject *
from_dlpack(PyObject *capsule)
{
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    if (tensor == NULL || PyCapsule_SetName(capsule, "used_dltensor") < 0) {
        return NULL;
    }
    if (tensor->dl_tensor.dtype.code == kDLFloat) {
        PyErr_SetString(PyExc_BufferError, "unsupported dtype in DLTensor");
        tensor->deleter(tensor);
        return NULL;
    }
    tensor->deleter(tensor);
    return PyLong_FromLong(1);
}

static PyObject *
convert(void)
{
    DLManagedTensor *tensor = new_tensor(data, 3);
    PyObject *capsule = PyCapsule_New(tensor, "dltensor", destroy); /* made */
    PyObject *array = from_dlpack(capsule);

    Py_DECREF(capsule); /* destroyed */
    return array;
}

int
main(void)
{
    PyObject *array;

    begin();
    array = convert();
    if (array == NULL) {
        show_error("from_dlpack");
    }
    Py_XDECREF(array);
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
