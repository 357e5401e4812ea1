/* The name is freed right after PyCapsule_New, as if the capsule had copied it.  Seen: PyO3 #2481, where the name was a
 * CString that went out of scope; a security advisory followed.  It looks like this: the name is refused, or reads as
 * bytes of the allocator; in a larger program it may also be right for years. */
#include "bug.h"

static int devices[2] = {10, 20};

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    /* The capsule owns its name, and its context is where it keeps it: the name itself may be changed by others. */
    free(PyCapsule_GetContext(capsule));
#endif
    printf("destroyed: %d\n", PyCapsule_CheckExact(capsule));
}

static PyObject *
wrap(int number)
{
    char *name = (char *)malloc(32);
    PyObject *capsule;

    if (name == NULL) {
        return PyErr_NoMemory();
    }
    snprintf(name, 32, "devices.gpu%d", number);
    capsule = PyCapsule_New(&devices[number], name, destroy); /* made */
#ifdef TWIN
    if (capsule == NULL || PyCapsule_SetContext(capsule, name) < 0) {
        free(name);
    }
#else
    free(name);
#endif
    return capsule;
}

int
main(void)
{
    PyObject *capsule;
    int *device, failed;

    begin();
    capsule = wrap(1);
    device = (int *)PyCapsule_GetPointer(capsule, "devices.gpu1"); /* used */
    failed = device == NULL;
    if (failed) {
        show_error("devices.gpu1");
    } else {
        printf("device %d\n", *device);
    }
    Py_XDECREF(capsule);
    return Py_FinalizeEx() < 0 || failed;
}
