/* A module whose initialisation fails.  KIND 0: NULL without an error; 1: NULL with one; 2: a definition with one; 3: in
 * an exec slot.  The text of the error counts the runs. */
#include <Python.h>
#include <stdint.h>

static int runs;

static int
fail(PyObject *module)
{
    (void)module;
    PyErr_Format(PyExc_ValueError, "failure %d", ++runs);
    return -1;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)fail},
    {0, NULL},
};

static PyModuleDef def = {PyModuleDef_HEAD_INIT, "fails", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef slotted = {PyModuleDef_HEAD_INIT, "fails", NULL, 0, NULL, slots, NULL, NULL, NULL};

PyMODINIT_FUNC
INIT(void)
{
    switch (KIND) {
    case 1: fail(NULL); return NULL;
    case 2: fail(NULL); return PyModuleDef_Init(&def);
    case 3: return PyModuleDef_Init(&slotted);
    default: return NULL;
    }
}
