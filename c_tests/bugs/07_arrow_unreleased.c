/* Leaked: the capsule of an Arrow struct goes, and nobody has released what the struct holds.  The destructor frees the
 * struct, which is its memory, and forgets the callback, which is everybody else's.  The class is that of pytorch PR 9297,
 * in Arrow's protocol.  It looks like this: memory that grows by one column a call. */
#include "bug.h"
#include "arrow.h"

static int released = 0;

static void
release_schema(struct ArrowSchema *schema)
{
    free((char *)schema->name);
    schema->release = NULL;
    released++;
}

#ifdef TWIN
#define destroy destroy_schema_capsule
#else
static void
destroy(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, "arrow_schema"));
}
#endif

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
    return PyCapsule_New(schema, "arrow_schema", destroy); /* made */
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = export_schema("age");
    Py_DECREF(capsule); /* destroyed */
    printf("released: %d\n", released);
    return Py_FinalizeEx() < 0;
}
