/* The name is freed while the capsule lives, and no call asks for it: the capsule is only ever handed on, until it
 * goes.  All is well until the first consumer compares names.  Seen: the class of PyO3 #2481.  It looks like this:
 * nothing. */
#include "bug.h"

static int payload;

int
main(void)
{
    PyObject *capsule;
    char *name = (char *)malloc(40);

    begin();
    if (name == NULL) {
        return 1;
    }
    strcpy(name, "a.name.that.was.allocated");
    capsule = PyCapsule_New(&payload, name, NULL); /* made */
#ifndef TWIN
    free(name);
#endif
    Py_DECREF(capsule); /* used */
#ifdef TWIN
    free(name);
#endif
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
