/* A capsule is imported where the GIL was released: the table of functions is fetched when it is first needed, and
 * that is between Py_BEGIN_ALLOW_THREADS and Py_END_ALLOW_THREADS.  Seen: cpython #78597.  It looks like this: a
 * crash in PyImport_ImportModule, the first time only. */
#include "bug.h"

static int table = 7;

static const int *
host_api(void)
{
    static const int *api = NULL;

    if (api == NULL) {
        api = (const int *)PyCapsule_Import("host.api", 0); /* used */
    }
    return api;
}

int
main(void)
{
    PyObject *capsule;
    int answer;

    begin();
    capsule = PyCapsule_New(&table, "host.api", NULL);
    PyModule_AddObjectRef(PyImport_AddModule("host"), "api", capsule);
    Py_DECREF(capsule);
#ifdef TWIN
    host_api();
#endif
    Py_BEGIN_ALLOW_THREADS
    answer = *host_api();
    Py_END_ALLOW_THREADS
    printf("answer: %d\n", answer);
    return Py_FinalizeEx() < 0;
}
