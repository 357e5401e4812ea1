/* The structs of the Arrow C data interface, written from its specification, and the destructor that its capsule
 * protocol asks for: it releases the struct unless a consumer has moved it away, and frees the struct itself.
 */
#ifndef PYCAPSULE_BUGS_ARROW_H
#define PYCAPSULE_BUGS_ARROW_H

#include <stdint.h>
#include <stdlib.h>

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

static inline void
destroy_array_capsule(PyObject *capsule)
{
    struct ArrowArray *array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");

    if (array->release != NULL) {
        array->release(array);
    }
    free(array);
}

static inline void
destroy_schema_capsule(PyObject *capsule)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)PyCapsule_GetPointer(capsule, "arrow_schema");

    if (schema->release != NULL) {
        schema->release(schema);
    }
    free(schema);
}

#endif
