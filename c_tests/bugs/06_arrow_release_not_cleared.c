/* Freed twice: a release callback frees the array's buffers and does not set `release` to NULL, which tells all others
 * that it has run.  The consumer releases the array; the capsule's destructor sees a callback and calls it.
 * Seen: arrow-nanoarrow #203.  It looks like this: "double free detected", in code that is right. */
#include "bug.h"
#include "arrow.h"

static void
release_array(struct ArrowArray *array)
{
    free(array->private_data);
#ifdef TWIN
    array->release = NULL;
#endif
}

static PyObject *
export_array(void)
{
    struct ArrowArray *array = (struct ArrowArray *)calloc(1, sizeof(*array));
    const void **buffers = (const void **)calloc(1, 2 * sizeof(*buffers) + 64);
    int32_t *values;

    if (array == NULL || buffers == NULL) {
        abort();
    }
    /* The buffers, and the values behind them. */
    values = (int32_t *)(buffers + 2);
    values[0] = 40;
    values[1] = 2;
    buffers[1] = values;
    array->length = 2;
    array->n_buffers = 2;
    array->buffers = buffers;
    array->private_data = (void *)buffers;
    array->release = release_array;
    return PyCapsule_New(array, "arrow_array", destroy_array_capsule); /* made */
}

int
main(void)
{
    PyObject *capsule;
    struct ArrowArray *array;
    const int32_t *values;

    begin();
    capsule = export_array();
    array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");
    if (array == NULL) {
        show_error("import");
        return 1;
    }
    values = (const int32_t *)array->buffers[1];
    printf("sum: %d\n", (int)(values[0] + values[1]));
    array->release(array);
    Py_DECREF(capsule); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
