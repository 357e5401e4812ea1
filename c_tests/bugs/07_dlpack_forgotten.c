/* Leaked: a consumer looks into a DLPack capsule, decides that it does not want this tensor, and returns without
 * letting go of the reference that __dlpack__ gave it.  Neither the capsule nor the tensor is ever deleted.  The
 * class is that of pytorch PR 9297; pytorch #171820 loses a tensor on such a path.  It looks like this: memory that
 * grows when, and only when, something is refused. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

/* __dlpack__ of the producer, which returns a new reference. */
static PyObject *
dlpack(void)
{
    return PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used); /* made */
}

static PyObject *
from_dlpack(void)
{
    PyObject *capsule = dlpack();
    DLManagedTensor *tensor;

    if (capsule == NULL) {
        return NULL;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor == NULL || tensor->dl_tensor.ndim != 2) {
        PyErr_SetString(PyExc_BufferError, "only matrices are supported");
#ifdef TWIN
        Py_DECREF(capsule);
#endif
        return NULL;
    }
    PyCapsule_SetName(capsule, "used_dltensor");
    tensor->deleter(tensor);
    Py_DECREF(capsule);
    return PyLong_FromLong(1);
}

int
main(void)
{
    PyObject *array;

    begin();
    array = from_dlpack();
    if (array == NULL) {
        show_error("from_dlpack");
    }
    Py_XDECREF(array);
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
