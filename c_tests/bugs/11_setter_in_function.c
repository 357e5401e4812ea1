/* A setter's result is not looked at in a function that is called from elsewhere: it returns None, as after success,
 * with the error set, and the call is a SystemError.  Seen: the class of python_ics #245.  It looks like this:
 * "<built-in function reopen> returned a result with an exception set". */
#include "bug.h"

static int handle = 100;
static PyObject *device;

static PyObject *
reopen(PyObject *self, PyObject *ignored)
{
    int *reopened = NULL; /* the device is gone */

    (void)self;
    (void)ignored;
#ifdef TWIN
    if (PyCapsule_SetPointer(device, reopened) < 0) {
        return NULL;
    }
#else
    PyCapsule_SetPointer(device, reopened); /* failed */
#endif
    Py_RETURN_NONE;
}

static PyMethodDef method = {"reopen", reopen, METH_NOARGS, NULL};

int
main(void)
{
    PyObject *function, *answer;

    begin();
    device = PyCapsule_New(&handle, "device.handle", NULL); /* made */
    function = PyCFunction_New(&method, NULL);
    answer = PyObject_CallNoArgs(function);
    if (answer == NULL) {
        show_error("reopen");
    }
    Py_XDECREF(answer);
    Py_DECREF(function);
    Py_CLEAR(device);
    return Py_FinalizeEx() < 0;
}
