/* Leaked in a container: the capsule itself is handled well, and given to a list, which is then forgotten.  No
 * project is named for this bug; it is that of 07_forgotten.c at one remove.  It looks like this: the reference
 * counts around the capsule are right, wherever one looks. */
#include "bug.h"

static int layers[3] = {1, 2, 3};
static int destroyed = 0;

static void
destroy(PyObject *capsule)
{
    destroyed += PyCapsule_IsValid(capsule, "model.layer");
}

/* A new list with a capsule of one layer. */
static PyObject *
list_layers(int number)
{
    PyObject *list = PyList_New(0);
    PyObject *capsule = PyCapsule_New(&layers[number], "model.layer", destroy); /* made */

    if (list == NULL || capsule == NULL || PyList_Append(list, capsule) < 0) {
        Py_XDECREF(capsule);
        Py_XDECREF(list);
        return NULL;
    }
    Py_DECREF(capsule);
    return list;
}

static int
first_layer(int number)
{
    PyObject *list = list_layers(number);
    int *layer = (int *)PyCapsule_GetPointer(PyList_GetItem(list, 0), "model.layer");
    int value = *layer;

#ifdef TWIN
    Py_DECREF(list);
#endif
    return value;
}

int
main(void)
{
    begin();
    printf("layer %d\n", first_layer(1));
    printf("destroyed: %d\n", destroyed);
    return Py_FinalizeEx() < 0;
}
