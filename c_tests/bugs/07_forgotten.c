/* Leaked: a capsule is made for each call, and one of the ways out forgets it.  No project is named for this bug
 * alone: every bug tracker has it, and a capsule hides it better than most objects, since the lost memory is at the
 * other end of its pointer.  It looks like this: nothing, until memory or handles run out. */
#include "bug.h"

typedef struct {
    int number;
} Handle;

static int open_handles = 0;

static void
destroy(PyObject *capsule)
{
    open_handles--;
    free(PyCapsule_GetPointer(capsule, "device.handle"));
}

static PyObject *
open_device(int number)
{
    Handle *handle = (Handle *)malloc(sizeof(*handle));
    PyObject *capsule;

    if (handle == NULL) {
        return PyErr_NoMemory();
    }
    handle->number = number;
    capsule = PyCapsule_New(handle, "device.handle", destroy); /* made */
    if (capsule == NULL) {
        free(handle);
        return NULL;
    }
    open_handles++;
    return capsule;
}

static int
measure(int number)
{
    PyObject *capsule = open_device(number);
    Handle *handle = (Handle *)PyCapsule_GetPointer(capsule, "device.handle");

    if (handle == NULL) {
        Py_XDECREF(capsule);
        return -1;
    }
    if (handle->number % 2 != 0) {
        /* Odd devices have nothing to measure. */
#ifdef TWIN
        Py_DECREF(capsule);
#endif
        return 0;
    }
    number = handle->number * 10;
    Py_DECREF(capsule);
    return number;
}

int
main(void)
{
    begin();
    printf("device 2: %d\n", measure(2));
    printf("device 3: %d\n", measure(3));
    printf("open: %d\n", open_handles);
    return Py_FinalizeEx() < 0;
}
