/* The extension module `tally`, which counts bytes without the GIL: `tally.count(data)` adds the number of newlines in `data` to a sum that all
 * threads share, and returns the sum. With -DGUARDED the sum is changed under the GIL; else it is changed without, which is a race. */
#include <Python.h>

static unsigned long long lines;

static PyObject *
count(PyObject *module, PyObject *data)
{
    Py_buffer view;
    unsigned long long found = 0;
    const char *byte;

    (void)module;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    for (byte = view.buf; byte < (const char *)view.buf + view.len; byte++) {
        found += *byte == '\n';
    }
#ifndef GUARDED
    lines += found;
#endif
    Py_END_ALLOW_THREADS
#ifdef GUARDED
    lines += found;
#endif
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLongLong(lines);
}

static PyMethodDef methods[] = {
    {"count", count, METH_O, "count($module, data, /)\n--\n\nThe number of newlines so far."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "tally", "Counts newlines.", 0, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_tally(void)
{
    return PyModuleDef_Init(&definition);
}
