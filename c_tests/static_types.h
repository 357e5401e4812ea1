/* Static types that are not made ready, and static objects of them: operators and conversions read only a few fields. */
#ifndef PYCAPSULE_TESTS_STATIC_TYPES_H
#define PYCAPSULE_TESTS_STATIC_TYPES_H

#include <Python.h>

/* Fills a type that is all zero, and makes an object of it that is never destroyed. */
static inline void
fill_type(PyTypeObject *type, const char *name, PyNumberMethods *number, PyTypeObject *base, PyObject *object)
{
    type->tp_name = name;
    type->tp_basicsize = sizeof(PyObject);
    type->tp_as_number = number;
    type->tp_base = base;
    Py_SET_TYPE(object, type);
    Py_SET_REFCNT(object, 1000000);
}

#endif
