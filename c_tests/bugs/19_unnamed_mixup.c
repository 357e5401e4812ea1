/* An unnamed capsule of another module is taken for one's own: two modules keep their records in capsules without a
 * name, and NULL matches NULL.  The second is handed a capsule of the first and reads its bytes as a record of its
 * own kind.  Seen: pybind11 PR 4254, which took the `self` of another library's functions for its own function
 * records.  It looks like this: nonsense, or a crash, as the two structs have it.  (The modules are modules/points.c
 * and modules/labels.c.) */
#include "bug.h"

int
main(void)
{
    PyObject *points, *labels, *capsule, *text = NULL;

    begin();
    points = PyImport_ImportModule("points");
    labels = PyImport_ImportModule("labels");
    capsule = points != NULL ? PyObject_GetAttrString(points, "origin") : NULL;
    if (labels != NULL && capsule != NULL) {
        PyObject *describe = PyObject_GetAttrString(labels, "describe");
        text = describe != NULL ? PyObject_CallOneArg(describe, capsule) : NULL;
        Py_XDECREF(describe);
    }
    if (text != NULL) {
        printf("the label says: %s\n", PyUnicode_AsUTF8(text));
    } else {
        show_error("labels.describe");
    }
    Py_XDECREF(text);
    Py_XDECREF(capsule);
    Py_XDECREF(labels);
    Py_XDECREF(points);
    return Py_FinalizeEx() < 0;
}
