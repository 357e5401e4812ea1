/* A fuzz target for libFuzzer and AFL++: ujson reads the input. It has to read what it writes, and to write that again in the same way. */
#include <Python.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

PyMODINIT_FUNC PyInit_ujson(void);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static PyObject *loads, *dumps;

/* Drops what the target holds, so that each block that is left at the end is a leak. */
static void
end(void)
{
    Py_CLEAR(loads);
    Py_CLEAR(dumps);
    Py_FinalizeEx();
}

/* The call succeeded, since nothing else would be right. */
static PyObject *
expect(PyObject *result)
{
    if (result == NULL) {
        PyErr_Print();
        abort();
    }
    return result;
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    PyObject *module;

    (void)argc;
    (void)argv;
    PyImport_AppendInittab("ujson", PyInit_ujson);
    Py_InitializeEx(0);
    module = expect(PyImport_ImportModule("ujson"));
    loads = expect(PyObject_GetAttrString(module, "loads"));
    dumps = expect(PyObject_GetAttrString(module, "dumps"));
    Py_DECREF(module);
    atexit(end);
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    PyObject *value = PyObject_CallFunction(loads, "y#", (const char *)data, (Py_ssize_t)size);
    PyObject *text = value == NULL ? NULL : PyObject_CallOneArg(dumps, value);
    PyObject *again, *same;

    if (text == NULL) {
        PyErr_Clear(); /* no JSON, or a value that can't be written, as an infinity */
    } else {
        again = expect(PyObject_CallOneArg(loads, text));
        same = expect(PyObject_CallOneArg(dumps, again));
        if (PyUnicode_Compare(text, same) != 0) {
            fprintf(stderr, "written differently: %s, %s\n", PyUnicode_AsUTF8(text), PyUnicode_AsUTF8(same));
            abort();
        }
        Py_DECREF(same);
        Py_DECREF(again);
        Py_DECREF(text);
    }
    Py_XDECREF(value);
    return 0;
}
