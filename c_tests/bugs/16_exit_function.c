/* A function for Py_AtExit drops a capsule: such functions are called when the interpreter is gone, and with it all
 * that a destruction needs.  Seen: pybind11 #749.  It looks like this: a crash after the last line of the program. */
#include "bug.h"

static int cache;
static PyObject *kept;

static void
drop(void)
{
    Py_CLEAR(kept); /* destroyed */
}

int
main(void)
{
    begin();
    kept = PyCapsule_New(&cache, "kept", NULL); /* made */
#ifdef TWIN
    drop();
#else
    Py_AtExit(drop);
#endif
    return Py_FinalizeEx() < 0;
}
