/* The extension module `datetime` that stands in for CPython's while a published module is initialised: classes, and the capsule of
 * datetime.h. Its functions raise NotImplementedError. */
#include <Python.h>

#include <stdint.h>

typedef PyObject *(*Function)(void);

/* As in CPython's datetime.h. */
typedef struct {
    PyObject *types[5];
    PyObject *utc;
    Function functions[9];
} Api;

static Api api;

static PyObject *
not_here(void)
{
    PyErr_SetString(PyExc_NotImplementedError, "datetime stands in for CPython's module");
    return NULL;
}

static PyType_Slot no_slots[] = {{0, NULL}};

static int
exec_datetime(PyObject *module)
{
    static const char *names[5] = {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta",
                                   "datetime.tzinfo"};
    size_t i;

    for (i = 0; i < 5; i++) {
        /* datetime is made from date. */
        PyType_Spec spec = {names[i], 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, no_slots};
        api.types[i] = PyType_FromSpecWithBases(&spec, i == 1 ? api.types[0] : NULL);
        if (api.types[i] == NULL || PyModule_AddType(module, (PyTypeObject *)api.types[i]) < 0) {
            return -1;
        }
    }
    for (i = 0; i < 9; i++) {
        api.functions[i] = not_here;
    }
    api.utc = PyObject_CallNoArgs(api.types[4]);
    if (api.utc == NULL || PyModule_AddObjectRef(module, "UTC", api.utc) < 0 ||
        PyModule_AddObjectRef(module, "timezone", api.types[4]) < 0) {
        return -1;
    }
    return PyModule_Add(module, "datetime_CAPI", PyCapsule_New(&api, "datetime.datetime_CAPI", NULL));
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)exec_datetime}, {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "datetime", NULL, 0, NULL, slots, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_datetime(void)
{
    return PyModuleDef_Init(&definition);
}
