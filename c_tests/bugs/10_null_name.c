/* NULL from PyCapsule_GetName is taken for an error: a capsule without a name has that very answer.  Seen: numba
 * #7824, import_cython_function.  It looks like this: an import that fails without saying why, since there is no
 * error to print. */
#include "bug.h"

static double
relu(double x)
{
    return x > 0 ? x : 0;
}
static double (*function)(double) = relu;

static int
import_function(PyObject *capsule)
{
    const char *name = PyCapsule_GetName(capsule);
    double (**found)(double);

#ifdef TWIN
    if (name == NULL && PyErr_Occurred()) {
#else
    if (name == NULL) {
#endif
        printf("the function cannot be imported\n");
        PyErr_Print(); /* used */
        return -1;
    }
    found = (double (**)(double))PyCapsule_GetPointer(capsule, name);
    printf("f(3) is %g\n", (*found)(3));
    return 0;
}

int
main(void)
{
    PyObject *capsule;
    int failed;

    begin();
    capsule = PyCapsule_New(&function, NULL, NULL); /* made */
    failed = import_function(capsule) < 0;
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0 || failed;
}
