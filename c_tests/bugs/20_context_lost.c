/* The old context is lost: PyCapsule_SetContext replaces a context that was allocated, and the caller has not asked
 * for the old one to free it.  The capsule's destructor frees the last one only.  Seen: in the review of PyO3 PR
 * 1980: "if set_context is called twice in a row, the previous value is always leaked".  It looks like this: memory
 * that grows with every change of a setting. */
#include "bug.h"

static int kernel = 7;
static int live_options = 0;

static void
free_options(int *options)
{
    live_options -= options != NULL;
    free(options);
}

static void
destroy(PyObject *capsule)
{
    free_options((int *)PyCapsule_GetContext(capsule));
}

static int
set_options(PyObject *capsule, int value)
{
    int *options = (int *)malloc(sizeof(*options));
#ifdef TWIN
    int *old = (int *)PyCapsule_GetContext(capsule);
#endif

    if (options == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    live_options++;
    *options = value;
    if (PyCapsule_SetContext(capsule, options) < 0) { /* used */
        free_options(options);
        return -1;
    }
#ifdef TWIN
    free_options(old);
#endif
    return 0;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(&kernel, "gpu.kernel", destroy); /* made */
    if (set_options(capsule, 1) < 0 || set_options(capsule, 2) < 0) {
        show_error("set_options");
    }
    Py_DECREF(capsule);
    printf("options left: %d\n", live_options);
    return Py_FinalizeEx() < 0;
}
