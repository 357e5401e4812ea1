/* A capsule is used after it is gone: the cache of types gives out a borrowed reference, the entry is replaced, and
 * the reference is used.  Seen: swig PR 3235, where it takes three threads, and behind cpython #100689 and #111784,
 * where the pointer outlived the capsule of pyexpat.  It looks like this: the bytes that are in the memory by then;
 * often the right answer. */
#include "bug.h"

static int types[2] = {1, 2};

static int
put(PyObject *cache, int *type)
{
    PyObject *capsule = PyCapsule_New(type, "swig_runtime.type", NULL); /* made */
    int status = capsule != NULL ? PyDict_SetItemString(cache, "Matrix", capsule) : -1; /* destroyed */

    Py_XDECREF(capsule);
    return status;
}

int
main(void)
{
    PyObject *cache, *capsule;
    int *type;

    begin();
    cache = PyDict_New();
    if (cache == NULL || put(cache, &types[0]) < 0) {
        return 1;
    }
    capsule = PyDict_GetItemString(cache, "Matrix");
#ifdef TWIN
    Py_XINCREF(capsule);
#endif
    if (put(cache, &types[1]) < 0) {
        return 1;
    }
    type = (int *)PyCapsule_GetPointer(capsule, "swig_runtime.type"); /* used */
    if (type == NULL) {
        PyErr_Clear();
    }
    printf("type %d\n", type != NULL ? *type : -1);
#ifdef TWIN
    Py_XDECREF(capsule);
#endif
    Py_DECREF(cache);
    return Py_FinalizeEx() < 0;
}
