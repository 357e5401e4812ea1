/* An Arrow struct is used after its release: the consumer releases the schema when it has read the type, and comes
 * back for the name of the column.  After release nothing in the struct may be looked at but `release` itself, which
 * is NULL.  Seen: arrow #47296, where pyarrow seemed to do so.  It looks like this: a crash, or a column without a
 * name. */
#include "bug.h"
#include "arrow.h"

static void
release_schema(struct ArrowSchema *schema)
{
    free(schema->private_data);
    memset(schema, 0, sizeof(*schema));
}

static PyObject *
export_schema(const char *name)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)calloc(1, sizeof(*schema));
    char *copy = (char *)malloc(strlen(name) + 1);

    if (schema == NULL || copy == NULL) {
        abort();
    }
    strcpy(copy, name);
    schema->format = "i";
    schema->name = copy;
    schema->private_data = copy;
    schema->release = release_schema;
    return PyCapsule_New(schema, "arrow_schema", destroy_schema_capsule); /* made */
}

static char
column_type(PyObject *capsule)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)PyCapsule_GetPointer(capsule, "arrow_schema");
    char type = schema->format[0];

#ifndef TWIN
    /* "We have what we need." */
    schema->release(schema);
#endif
    return type;
}

static const char *
column_name(PyObject *capsule)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)PyCapsule_GetPointer(capsule, "arrow_schema"); /* used */

    return schema->name != NULL ? schema->name : "(no name)";
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = export_schema("age");
    printf("type: %c\n", column_type(capsule));
    printf("name: %s\n", column_name(capsule));
    Py_DECREF(capsule);
    return Py_FinalizeEx() < 0;
}
