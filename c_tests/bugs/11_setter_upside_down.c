/* A setter's result is read upside down: 0 is success, and the code goes on when it gets something else.  The device
 * was not opened, so that there is no handle and PyCapsule_SetPointer refuses it; -1 counts as true, and the old
 * handle is used for a device that is closed.  Seen: python_ics #245, which got the other half of it: success that
 * is reported as failure, with no error set.  It looks like this: the wrong device, and a ValueError somewhere
 * later. */
#include "bug.h"

static int handles[2] = {100, 200};

/* NULL when the device is not there. */
static int *
open_device(int number)
{
    return number < 2 ? &handles[number] : NULL;
}

static int
set_handle(PyObject *capsule, int *handle)
{
#ifdef TWIN
    if (PyCapsule_SetPointer(capsule, handle) < 0) {
#else
    if (!PyCapsule_SetPointer(capsule, handle)) { /* failed */
#endif
        show_error("the handle cannot be set");
        return -1;
    }
    return 0;
}

int
main(void)
{
    PyObject *capsule;
    int *handle;

    begin();
    capsule = PyCapsule_New(&handles[0], "device.handle", NULL); /* made */
    if (set_handle(capsule, open_device(7)) == 0) {
        handle = (int *)PyCapsule_GetPointer(capsule, "device.handle"); /* used */
        printf("device 7 has the handle %d\n", handle != NULL ? *handle : -1);
    }
    if (PyErr_Occurred()) {
        show_error("at the end");
    }
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0;
}
