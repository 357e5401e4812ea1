/* Leaked when something fails between making an object and wrapping it: the capsule of a view keeps the capsule of
 * the memory that it looks at, and when there is no memory for the outer one, the inner one is forgotten.  Seen:
 * cuda-python PR 1291, whose make_py_capsule left its parts behind.  It looks like this: nothing, until a machine is
 * short of memory; then it is short for good.  fail_alloc makes each allocation fail in turn. */
#include "bug.h"

static char device_memory[64] = "forty-two";

static void
destroy_view(PyObject *capsule)
{
    PyObject *owner = (PyObject *)PyCapsule_GetContext(capsule);
    Py_XDECREF(owner);
}

static PyObject *
view(size_t offset)
{
    PyObject *owner = PyCapsule_New(device_memory, "device.memory", NULL); /* made */
    PyObject *capsule;

    if (owner == NULL) {
        return NULL;
    }
    capsule = PyCapsule_New(device_memory + offset, "device.view", destroy_view);
    if (capsule == NULL) {
#ifdef TWIN
        Py_DECREF(owner);
#endif
        return NULL;
    }
    /* Takes the reference over. */
    if (PyCapsule_SetContext(capsule, owner) < 0) {
        Py_DECREF(owner);
        Py_DECREF(capsule);
        return NULL;
    }
    return capsule;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = view(6);
    if (capsule == NULL) {
        PyErr_Clear();
        printf("there is no memory for a view\n");
    } else {
        printf("view: %s\n", (const char *)PyCapsule_GetPointer(capsule, "device.view"));
    }
    Py_XDECREF(capsule);
    return Py_FinalizeEx() < 0;
}
