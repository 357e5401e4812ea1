/* The destructor frees "the name", but the name was changed: the capsule was made with a signature that its maker
 * duplicated, was renamed with a constant, and the destructor frees what PyCapsule_GetName gives.  Seen: scipy PR
 * 25052, _ccallback_c's raw_capsule_destructor.  It looks like this: "invalid pointer" from free(), and the process
 * is gone. */
#include "bug.h"

typedef struct {
    double (*function)(double);
    char *signature;
} Callback;

/* The consumer's spellings of the same signatures. */
static const char spellings[2][19] = {"float32 (float32)", "float64 (float64)"};

static double
negate(double x)
{
    return -x;
}

static void
destroy(PyObject *capsule)
{
    Callback *callback = (Callback *)PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule));
#ifdef TWIN
    free(callback->signature);
#else
    free((char *)PyCapsule_GetName(capsule));
#endif
    free(callback);
}

static PyObject *
wrap(double (*function)(double), const char *signature)
{
    Callback *callback = (Callback *)calloc(1, sizeof(*callback));
    char *copy = (char *)malloc(strlen(signature) + 1);
    PyObject *capsule = NULL;

    if (callback != NULL && copy != NULL) {
        strcpy(copy, signature);
        callback->function = function;
        callback->signature = copy;
        capsule = PyCapsule_New(callback, copy, destroy); /* made */
    } else {
        PyErr_NoMemory();
    }
    if (capsule == NULL) {
        free(callback);
        free(copy);
    }
    return capsule;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = wrap(negate, "double (double)");
    /* The consumer has read that PyCapsule_SetName frees nothing. */
    if (capsule == NULL || PyCapsule_SetName(capsule, spellings[1]) < 0) { /* renamed */
        show_error("wrap");
        return 1;
    }
    printf("renamed: %s\n", PyCapsule_GetName(capsule));
    Py_DECREF(capsule); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
