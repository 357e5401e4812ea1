/* The extension module `labels` of 19_unnamed_mixup.c: describe(capsule) gives the text of a label.  With -DTWIN it
 * knows its own capsules by their name. */
#include <Python.h>

#ifdef TWIN
#define LABEL_CAPSULE "labels.label"
#else
#define LABEL_CAPSULE NULL
#endif

typedef struct {
    char text[24];
} Label;

static PyObject *
describe(PyObject *module, PyObject *capsule)
{
    Label *label;

    (void)module;
    if (!PyCapsule_IsValid(capsule, LABEL_CAPSULE)) {
        PyErr_SetString(PyExc_TypeError, "a label is wanted");
        return NULL;
    }
    label = (Label *)PyCapsule_GetPointer(capsule, LABEL_CAPSULE); /* used */
    return PyUnicode_FromString(label->text);
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "labels", NULL, -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_labels(void)
{
    return PyModule_Create(&definition);
}
