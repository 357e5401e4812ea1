/* The C API of the module `meter`, as other C code gets it: a struct of functions in the capsule meter._C_API. */
#ifndef METER_H
#define METER_H

#include <Python.h>

#define METER_CAPSULE "meter._C_API"

typedef struct {
    /* A new meter, or NULL with an error set. */
    PyObject *(*create)(const char *name, long reading);
    /* Adds to the reading of a meter; 0, or -1 with an error set. */
    int (*add)(PyObject *meter, long amount);
} MeterApi;

#endif
