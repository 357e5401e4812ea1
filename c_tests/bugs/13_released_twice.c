/* A capsule is released once too often: PyTuple_SetItem takes the reference over, and the maker gives it back as
 * well.  The tuple is left with a dead capsule, and destroys it again when it goes.  The class is that of cpython
 * #100689, one step earlier.  It looks like this: a crash, or nothing, when something quite different is freed. */
#include "bug.h"

static int field = 5;

int
main(void)
{
    PyObject *record, *capsule;

    begin();
    record = PyTuple_New(1);
    capsule = PyCapsule_New(&field, "record.field", NULL); /* made */
    if (record == NULL || capsule == NULL || PyTuple_SetItem(record, 0, capsule) < 0) {
        return 1;
    }
    printf("field %d\n", *(int *)PyCapsule_GetPointer(capsule, "record.field"));
#ifndef TWIN
    Py_DECREF(capsule); /* destroyed */
#endif
    Py_DECREF(record); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
