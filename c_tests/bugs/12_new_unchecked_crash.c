/* The result of PyCapsule_New is used unchecked, and it is NULL: an array of no elements has no data, New refuses
 * NULL, and the owner's reference count is raised at address 0.  Seen: nanobind #1298 and #1299, with arrays of size
 * 0.  It looks like this: a crash of a program that works with every array but one. */
#include "bug.h"

static double values[3] = {1, 2, 3};

/* The owner of an array's data, with a second reference for the view. */
static PyObject *
new_owner(double *data)
{
    PyObject *owner = PyCapsule_New(data, "array.owner", NULL); /* made */

#ifdef TWIN
    if (owner == NULL) {
        return NULL;
    }
#endif
    Py_INCREF(owner); /* used */
    return owner;
}

static void
offer(double *data, int size)
{
    PyObject *owner = new_owner(size > 0 ? data : NULL);

    if (owner == NULL) {
        show_error("export");
        return;
    }
    printf("exported %d elements\n", size);
    Py_DECREF(owner);
    Py_DECREF(owner);
}

int
main(void)
{
    begin();
    offer(values, 3);
    offer(values, 0);
    return Py_FinalizeEx() < 0;
}
