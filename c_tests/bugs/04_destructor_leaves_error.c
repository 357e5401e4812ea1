/* The destructor leaves an error behind, where there was none.  It asks a consumed capsule for its pointer by the
 * old name, sees NULL, returns, and forgets that the failure is also recorded in the error indicator.  Seen: Paddle
 * #50120, where a for loop raised "PyCapsule_GetPointer called with incorrect name", and pybind11 #3261.  It looks
 * like this: an error at a line that did nothing wrong. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    if (!PyCapsule_IsValid(capsule, "dltensor")) {
        return;
    }
#endif
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor != NULL) {
        tensor->deleter(tensor);
    }
}

static void
consume(PyObject *capsule)
{
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    PyCapsule_SetName(capsule, "used_dltensor");
    printf("consumed %d elements\n", (int)tensor->dl_tensor.shape[0]);
    tensor->deleter(tensor);
}

int
main(void)
{
    PyObject *capsule, *number;
    long value;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    consume(capsule);
    Py_DECREF(capsule); /* destroyed */

    /* Somewhere else, later: -1 is a value like any other, unless an error is set. */
    number = PyLong_FromLong(-1);
    value = PyLong_AsLong(number);
    if (value == -1 && PyErr_Occurred()) {
        show_error("the number");
    } else {
        printf("the number: %ld\n", value);
    }
    Py_DECREF(number);
    return Py_FinalizeEx() < 0;
}
