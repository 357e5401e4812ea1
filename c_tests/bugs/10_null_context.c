/* NULL from PyCapsule_GetContext is taken for an error: no context is an answer too, and no error is set.  The code
 * fetches the error to add to it, gets NULL, and has to make up something.  The class is that of numba #7824, which
 * got it wrong with the name.  It looks like this: an error that ends in "(null)", or in nothing. */
#include "bug.h"

static int kernel = 7;

static int
stream_of(PyObject *capsule)
{
    int *stream = (int *)PyCapsule_GetContext(capsule);
    PyObject *error;

#ifdef TWIN
    if (stream == NULL && PyErr_Occurred()) {
#else
    if (stream == NULL) {
#endif
        error = PyErr_GetRaisedException(); /* used */
        printf("no stream: %s\n", error != NULL ? Py_TYPE(error)->tp_name : "unknown error");
        Py_XDECREF(error);
        return -1;
    }
    return stream != NULL ? *stream : 0;
}

int
main(void)
{
    PyObject *capsule;
    int stream;

    begin();
    capsule = PyCapsule_New(&kernel, "gpu.kernel", NULL); /* made */
    stream = stream_of(capsule);
    printf("stream %d\n", stream);
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0 || stream < 0;
}
