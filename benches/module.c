/* A compiled module that offers a capsule.  It can be initialised under 64 names, so that 64 copies of one file are as
 * many modules. */
#include <Python.h>

#include <stdint.h>
#include <stdio.h>

static int target;

static int
exec(PyObject *module)
{
    static char name[40];
    const char *module_name = PyModule_GetName(module);
    PyObject *capsule;
    int result;
    if (module_name == NULL) {
        return -1;
    }
    snprintf(name, sizeof name, "%s.capsule", module_name);
    capsule = PyCapsule_New(&target, name, NULL);
    if (capsule == NULL) {
        return -1;
    }
    result = PyModule_AddObjectRef(module, "capsule", capsule);
    Py_DECREF(capsule);
    return result;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)exec}, {0, NULL}};
static PyModuleDef def = {PyModuleDef_HEAD_INIT, "bench_cold", NULL, 0, NULL, slots, NULL, NULL, NULL};

#define COLD(number)                               \
    PyMODINIT_FUNC PyInit_bench_cold##number(void) \
    {                                              \
        return PyModuleDef_Init(&def);             \
    }
#define TEN(ten) \
    COLD(ten##0) \
    COLD(ten##1) COLD(ten##2) COLD(ten##3) COLD(ten##4) COLD(ten##5) COLD(ten##6) COLD(ten##7) COLD(ten##8) COLD(ten##9)
TEN(0) TEN(1) TEN(2) TEN(3) TEN(4) TEN(5) COLD(60) COLD(61) COLD(62) COLD(63)
