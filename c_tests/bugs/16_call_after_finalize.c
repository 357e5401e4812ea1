/* Used after the interpreter is finalised: the library that hosts an interpreter keeps a capsule, and asks it for
 * its name when it writes its last line of log.  Seen: cpython #91338, where a table that a capsule had led to was
 * used by a second interpreter in the same process.  It looks like this: the right name, or a crash; the object's
 * memory may be gone. */
#include "bug.h"

static int table = 1;
static PyObject *kept = NULL;

static void
write_last_line(void)
{
    const char *name = kept != NULL ? PyCapsule_GetName(kept) : "nothing"; /* used */
    printf("last used: %s\n", name);
}

int
main(void)
{
    int failed;

    begin();
    kept = PyCapsule_New(&table, "unicodedata._ucnhash_CAPI", NULL); /* made */
    printf("table %d\n", *(int *)PyCapsule_GetPointer(kept, "unicodedata._ucnhash_CAPI"));
#ifdef TWIN
    Py_CLEAR(kept);
#endif
    failed = Py_FinalizeEx() < 0;
    write_last_line();
    return failed;
}
