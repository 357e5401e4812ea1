/* Callables that tests put into classes: C functions which show how they were called, and helpers that make, look up and
 * call such things. */
#ifndef PYCAPSULE_TESTS_CALLABLES_H
#define PYCAPSULE_TESTS_CALLABLES_H

#include "outcome.h"

/* Returns its arguments, and its keywords if there are any. */
static inline PyObject *
show_arguments(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    (void)self;
    if (keywords == NULL) {
        Py_INCREF(arguments);
        return arguments;
    }
    return PyTuple_Pack(2, arguments, keywords);
}

/* A new function that shows its arguments. */
static inline PyObject *
new_show(void)
{
    static PyMethodDef definition = {"show", (PyCFunction)(void (*)(void))show_arguments, METH_VARARGS | METH_KEYWORDS,
                                     "Shows its arguments."};

    return PyCFunction_NewEx(&definition, NULL, NULL);
}

/* A new C function of a definition, without an object. */
static inline PyObject *
function_of(PyMethodDef *definition)
{
    return PyCFunction_NewEx(definition, NULL, NULL);
}

/* A new exception class: `name` is "module.Class", the base NULL for Exception. */
static inline PyObject *
class_with(const char *name, PyObject *base, PyObject *attributes)
{
    PyObject *made = PyErr_NewException(name, base, attributes);

    if (made == NULL) {
        fprintf(stderr, "# %s: %s\n", name, error_text());
        exit(2);
    }
    return made;
}

/* Sets an attribute to a new reference, which is dropped. */
static inline const char *
give(PyObject *object, const char *name, PyObject *value)
{
    int answer = PyObject_SetAttrString(object, name, value);

    Py_XDECREF(value);
    return answer < 0 ? error_text() : "done";
}

/* The outcome of reading an attribute. */
static inline const char *
attribute_of(PyObject *object, const char *name)
{
    return outcome(PyObject_GetAttrString(object, name));
}

/* The outcome of a call with up to three arguments, up to the first NULL. */
static inline const char *
called(PyObject *callable, PyObject *a, PyObject *b, PyObject *c)
{
    return outcome(PyObject_CallFunctionObjArgs(callable, a, b, c, NULL));
}

/* An instance of a new reference to a class, which is dropped. */
static inline PyObject *
instance_of(PyObject *made_of)
{
    PyObject *made = PyObject_CallNoArgs(made_of);

    Py_DECREF(made_of);
    return made;
}

/* Drops references, up to a NULL. */
static inline void
drop_each(PyObject *o, ...)
{
    va_list others;

    va_start(others, o);
    for (; o != NULL; o = va_arg(others, PyObject *)) {
        Py_DECREF(o);
    }
    va_end(others);
}

/* The object, which is kept until the end of the process. */
static inline PyObject *
keep(PyObject *object)
{
    static PyObject *kept = NULL;

    if (kept == NULL) {
        kept = PyList_New(0);
    }
    PyList_Append(kept, object);
    return object;
}

/* An int. */
static inline PyObject *
number(long value)
{
    return PyLong_FromLong(value);
}

/* A str. */
static inline PyObject *
text_of(const char *value)
{
    return PyUnicode_FromString(value);
}

#endif
