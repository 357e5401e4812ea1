/* The destructor takes a reference to its capsule for as long as it works with it, as one does with any object: when
 * it gives the reference back, the count is 0 again and the capsule is destroyed once more, without end.  Seen:
 * pybind11, whose capsule destructor reports errors with the capsule as the object; cpython #102381 for watchers of
 * other objects.  It looks like this: the stack overflows in a destructor of four lines. */
#include "bug.h"

static double total = 40, closed_with = 0;

/* A helper that works for any object that lives. */
static double
read_total(PyObject *capsule)
{
    double *found;
    double value;

    Py_INCREF(capsule);
    found = (double *)PyCapsule_GetPointer(capsule, "account.total");
    value = found != NULL ? *found : 0;
    Py_DECREF(capsule);
    return value;
}

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    double *found = (double *)PyCapsule_GetPointer(capsule, "account.total");
    closed_with = found != NULL ? *found : 0;
#else
    closed_with = read_total(capsule);
#endif
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(&total, "account.total", destroy); /* made */
    printf("open with %g\n", read_total(capsule));
    Py_DECREF(capsule); /* used */
    printf("closed with %g\n", closed_with);
    return Py_FinalizeEx() < 0;
}
