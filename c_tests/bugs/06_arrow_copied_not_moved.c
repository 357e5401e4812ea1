/* Freed twice: the consumer copies the struct out of the capsule, as it may, and leaves `release` set in the
 * original.  A struct is moved by copying it and then clearing the original's `release`; a copy alone makes two
 * owners.  The class is that of pytorch #9260 and arrow-nanoarrow #203, on the consumer's side.  It looks like this:
 * the consumer is content, and the capsule's destructor crashes with "double free detected". */
#include "bug.h"
#include "arrow.h"

static void
release_array(struct ArrowArray *array)
{
    free(array->private_data);
    array->release = NULL;
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

static int
import_array(PyObject *capsule, struct ArrowArray *mine)
{
    struct ArrowArray *array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");

    if (array == NULL) {
        return -1;
    }
    *mine = *array;
#ifdef TWIN
    array->release = NULL;
#endif
    return 0;
}

int
main(void)
{
    PyObject *capsule;
    struct ArrowArray mine;
    const int32_t *values;

    begin();
    capsule = export_array();
    if (import_array(capsule, &mine) < 0) {
        show_error("import");
        return 1;
    }
    values = (const int32_t *)mine.buffers[1];
    printf("sum: %d\n", (int)(values[0] + values[1]));
    mine.release(&mine);
    Py_DECREF(capsule); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
