/* A capsule asked for its pointer by a wrong name, and the error that this sets. */
#include "bench.h"

#include <string.h>

/* As an extension module does where the function is not there yet. */
#if PY_VERSION_HEX < 0x030c0000
static PyObject *
PyErr_GetRaisedException(void)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
}
#endif

static int target;
static PyObject *capsule;
static char name[100], first[100], last[100];

static void
make(long size, long n)
{
    (void)n;
    memset(name, 'n', sizeof name);
    name[size] = '\0';
    memcpy(first, name, sizeof name);
    memcpy(last, name, sizeof name);
    first[0] = 'x';
    last[size - 1] = 'x';
    capsule = PyCapsule_New(&target, name, NULL);
    EXPECT(capsule != NULL);
}

static void
drop(void)
{
    Py_DECREF(capsule);
}

OPERATION(clear_first, {
    EXPECT(PyCapsule_GetPointer(capsule, first) == NULL);
    PyErr_Clear();
})
OPERATION(clear_last, {
    EXPECT(PyCapsule_GetPointer(capsule, last) == NULL);
    PyErr_Clear();
})
OPERATION(fetch, {
    PyObject *type;
    PyObject *value;
    PyObject *traceback;
    EXPECT(PyCapsule_GetPointer(capsule, first) == NULL);
    PyErr_Fetch(&type, &value, &traceback);
    EXPECT(value != NULL);
    Py_DECREF(type);
    Py_DECREF(value);
    Py_XDECREF(traceback);
})
OPERATION(raised, {
    PyObject *exception;
    EXPECT(PyCapsule_GetPointer(capsule, first) == NULL);
    exception = PyErr_GetRaisedException();
    EXPECT(exception != NULL);
    Py_DECREF(exception);
})
OPERATION(occurred, EXPECT(PyErr_Occurred() == NULL))

const benchmark error_benchmarks[] = {
    {"mismatch-first", "a name wrong in the first of 64 bytes, Clear", "strcmp, two thread-local stores", 0.08, 0, 0,
     make, clear_first, drop, 64, 0, 1},
    {"mismatch-last", "a name wrong in the last of 64 bytes, Clear", "strcmp, two thread-local stores", 0.08, 0, 0,
     make, clear_last, drop, 64, 0, 1},
    {"mismatch-fetch", "a wrong name, Fetch, three DECREFs", "malloc and free of exception and text", 0.5, 0, 0, make,
     fetch, drop, 64, 0, 1},
    {"mismatch-raised", "a wrong name, GetRaisedException, DECREF", "malloc and free of exception and text", 0.5, 0, 0,
     make, raised, drop, 64, 0, 1},
    {"occurred", "PyErr_Occurred without an error", "a thread-local load", 0, 0, 0, make, occurred, drop, 64, 0, 1},
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
