/* Leaked: the capsule of an Arrow struct goes, and the struct was not released.  The destructor does its
 * bookkeeping, and assumes that a consumer has moved the struct out.  In the twin it is the destructor that moves it
 * out, to have it released later, and frees the shell as it is.  The class is that of pytorch PR 9297, in Arrow's
 * protocol.  It looks like this: memory that grows by one column a call. */
#include "bug.h"
#include "arrow.h"

static int released = 0, exported = 0;

static void
release_schema(struct ArrowSchema *schema)
{
    free((char *)schema->name);
    schema->release = NULL;
    released++;
}

static struct ArrowSchema later;

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    struct ArrowSchema *schema = (struct ArrowSchema *)PyCapsule_GetPointer(capsule, "arrow_schema");

    later = *schema;
    free(schema);
#else
    (void)capsule;
#endif
    exported--;
}

static PyObject *
export_schema(const char *name)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)calloc(1, sizeof(*schema));
    char *copy = (char *)malloc(strlen(name) + 1);

    if (schema == NULL || copy == NULL) {
        abort();
    }
    schema->format = "i";
    schema->name = strcpy(copy, name);
    schema->release = release_schema;
    exported++;
    return PyCapsule_New(schema, "arrow_schema", destroy); /* made */
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = export_schema("age");
    Py_DECREF(capsule); /* destroyed */
    if (later.release != NULL) {
        later.release(&later);
    }
    printf("released: %d, exported: %d\n", released, exported);
    return Py_FinalizeEx() < 0;
}
