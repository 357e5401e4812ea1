/* NULL from PyCapsule_GetDestructor is taken for an error: a capsule needs no destructor.  Seen: pybind11 PR 4221,
 * which met such a capsule with DLPack and threw error_already_set without an error.  It looks like this: the
 * message of an error that is not there. */
#include "bug.h"

static int tensor = 7;

static int
take_over(PyObject *capsule)
{
    PyObject *type, *value, *traceback;
    PyCapsule_Destructor destructor = PyCapsule_GetDestructor(capsule);

#ifdef TWIN
    if (destructor == NULL && PyErr_Occurred()) {
#else
    if (destructor == NULL) {
#endif
        PyErr_Fetch(&type, &value, &traceback); /* used */
        printf("cannot take over: %s\n", type != NULL ? "an error" : "no error");
        PyErr_Restore(type, value, traceback);
        return -1;
    }
    return PyCapsule_SetDestructor(capsule, NULL);
}

int
main(void)
{
    PyObject *capsule;
    int failed;

    begin();
    capsule = PyCapsule_New(&tensor, "tensor", NULL); /* made */
    failed = take_over(capsule) < 0;
    printf("taken over: %d\n", !failed);
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0 || failed;
}
