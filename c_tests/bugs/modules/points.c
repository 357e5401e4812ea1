/* The extension module `points` of 19_unnamed_mixup.c: its attribute `origin` is a capsule with a point.  With
 * -DTWIN the capsule has a name. */
#include <Python.h>

#ifdef TWIN
#define POINT_CAPSULE "points.point"
#else
#define POINT_CAPSULE NULL
#endif

typedef struct {
    char axes[8];
    double x, y;
} Point;

static Point origin = {"xy", 0, 0};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "points", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_points(void)
{
    PyObject *module = PyModule_Create(&definition);
    PyObject *capsule = PyCapsule_New(&origin, POINT_CAPSULE, NULL); /* made */

    if (module == NULL || capsule == NULL || PyModule_AddObjectRef(module, "origin", capsule) < 0) {
        Py_CLEAR(module);
    }
    Py_XDECREF(capsule);
    return module;
}
