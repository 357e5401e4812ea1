/* The name is overwritten while the capsule lives.  A capsule keeps the pointer to its name, not a copy; here the
 * names of two kernels are put together in the same buffer, one after the other, and the first capsule bears the
 * name of the second.  Reported of wrappers that hand on a name which they do not keep: PyO3 #2481, a security fix,
 * and #5474.  It looks like this: the capsule is refused by its own name, though the code that makes it and the code
 * that asks agree. */
#include "bug.h"

typedef struct {
    char name[32];
    double (*function)(double);
} Kernel;

static double
square(double x)
{
    return x * x;
}
static double
cube(double x)
{
    return x * x * x;
}

static PyObject *
wrap(Kernel *kernel, const char *short_name)
{
#ifdef TWIN
    char *name = kernel->name;
#else
    static char name[32];
#endif
    snprintf(name, sizeof(kernel->name), "kernels.%s", short_name);
    return PyCapsule_New(kernel, name, NULL); /* made */
}

static int
call(PyObject *capsule, const char *name)
{
    Kernel *kernel = (Kernel *)PyCapsule_GetPointer(capsule, name); /* used */

    if (kernel == NULL) {
        show_error(name);
        return -1;
    }
    printf("%s(3) is %g\n", name, kernel->function(3));
    return 0;
}

int
main(void)
{
    static Kernel kernels[] = {{"", square}, {"", cube}};
    PyObject *first, *second;
    int failed;

    begin();
    first = wrap(&kernels[0], "square");
    second = wrap(&kernels[1], "cube");
    failed = call(first, "kernels.square") < 0 || call(second, "kernels.cube") < 0;
    Py_XDECREF(first);
    Py_XDECREF(second);
    return Py_FinalizeEx() < 0 || failed;
}
