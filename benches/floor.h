/* Shared by the files of the floor: see floor.c. */
#ifndef PYCAPSULE_FLOOR_H
#define PYCAPSULE_FLOOR_H

#include <Python.h>

#include <stdlib.h>

#define BLOCK(type, o) ((type *)(void *)(o))

static inline PyObject *
allocate(size_t size, PyTypeObject *type)
{
    PyObject *o = malloc(size);
    if (o != NULL) {
        o->ob_refcnt = 1;
        o->ob_type = type;
    }
    return o;
}

/* Sets an error whose value is this object, and takes the reference. */
void own_error(PyObject *value);

#endif
