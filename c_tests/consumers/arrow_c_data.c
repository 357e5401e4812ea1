/* Arrow's C data interface with the published abi.h, through the PyCapsule protocol: __arrow_c_schema__,
 * __arrow_c_array__ and __arrow_c_stream__ give capsules called "arrow_schema", "arrow_array" and
 * "arrow_array_stream".  A consumer moves the struct out and leaves NULL in `release`; a capsule's destructor
 * releases a struct that was not moved, and frees it in either case. */
#include "provider.h"

#include <arrow/c/abi.h>

#include <errno.h>

static int released, freed;

/* The three structs share nothing but the idea; one line for each says how to handle it as a pointer. */
typedef struct {
    const char *name;
    size_t size;
    void *(*make)(void);
    int (*is_released)(const void *structure);
    void (*release)(void *structure);
    void (*mark_released)(void *structure);
} Kind;

/* In each struct `release` is NULL after its release: the struct is empty then. */
#define HANDLERS(Struct, lower)                                                  \
    static int lower##_is_released(const void *p)                                \
    {                                                                            \
        return ((const struct Struct *)p)->release == NULL;                      \
    }                                                                            \
    static void lower##_release(void *p)                                         \
    {                                                                            \
        ((struct Struct *)p)->release((struct Struct *)p);                       \
    }                                                                            \
    static void lower##_mark_released(void *p)                                   \
    {                                                                            \
        ((struct Struct *)p)->release = NULL;                                    \
    }                                                                            \
    static void lower##_do_release(struct Struct *self)                          \
    {                                                                            \
        released++;                                                              \
        PyMem_RawFree(self->private_data);                                       \
        self->release = NULL;                                                    \
    }                                                                            \
    static struct Struct *new_##lower(void)                                      \
    {                                                                            \
        struct Struct *self = (struct Struct *)PyMem_RawCalloc(1, sizeof *self); \
        self->private_data = PyMem_RawMalloc(16);                                \
        self->release = lower##_do_release;                                      \
        return self;                                                             \
    }

HANDLERS(ArrowSchema, schema)
HANDLERS(ArrowArray, array)
HANDLERS(ArrowArrayStream, stream)

static void *
make_schema(void)
{
    struct ArrowSchema *schema = new_schema();

    schema->format = "i";
    schema->name = "column";
    schema->flags = ARROW_FLAG_NULLABLE;
    return schema;
}

static const int32_t values[4] = {10, 20, 30, 40};
static const void *buffers[2] = {NULL, values};

static void *
make_array(void)
{
    struct ArrowArray *array = new_array();

    array->length = 4;
    array->n_buffers = 2;
    array->buffers = buffers;
    return array;
}

/* The stream has two arrays, then ends; after an error it says why. */
static int arrays_left;

static int
stream_get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)make_schema();

    (void)self;
    *out = *schema;
    PyMem_RawFree(schema);
    return 0;
}

static int
stream_get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    struct ArrowArray *array;

    (void)self;
    memset(out, 0, sizeof *out);
    if (arrays_left < 0) {
        return EIO;
    }
    if (arrays_left-- > 0) {
        array = (struct ArrowArray *)make_array();
        *out = *array;
        PyMem_RawFree(array);
    }
    return 0;
}

static const char *
stream_get_last_error(struct ArrowArrayStream *self)
{
    (void)self;
    return "read past the end";
}

static void *
make_stream(void)
{
    struct ArrowArrayStream *stream = new_stream();

    stream->get_schema = stream_get_schema;
    stream->get_next = stream_get_next;
    stream->get_last_error = stream_get_last_error;
    arrays_left = 2;
    return stream;
}

static const Kind kinds[] = {
    {"arrow_schema", sizeof(struct ArrowSchema), make_schema, schema_is_released, schema_release, schema_mark_released},
    {"arrow_array", sizeof(struct ArrowArray), make_array, array_is_released, array_release, array_mark_released},
    {"arrow_array_stream", sizeof(struct ArrowArrayStream), make_stream, stream_is_released, stream_release,
     stream_mark_released},
};
enum { SCHEMA, ARRAY, STREAM, KINDS };

/* One destructor for all, as the context says which kind the capsule holds. */
static void
destroy(PyObject *capsule)
{
    const Kind *kind = (const Kind *)PyCapsule_GetContext(capsule);
    void *structure = PyCapsule_GetPointer(capsule, kind->name);

    if (!kind->is_released(structure)) {
        kind->release(structure);
    }
    freed++;
    PyMem_RawFree(structure);
}

static PyObject *
new_capsule(const Kind *kind)
{
    PyObject *capsule = PyCapsule_New(kind->make(), kind->name, destroy);

    PyCapsule_SetContext(capsule, (void *)kind);
    return capsule;
}

/* Moves the struct out of its capsule as Arrow's specification has it; 0, or -1 with an error. */
static int
move(PyObject *capsule, const Kind *kind, void *target)
{
    void *source = PyCapsule_GetPointer(capsule, kind->name);

    if (source == NULL) {
        return -1;
    }
    if (kind->is_released(source)) {
        PyErr_Format(PyExc_ValueError, "%s was consumed already", kind->name);
        return -1;
    }
    memcpy(target, source, kind->size);
    kind->mark_released(source);
    return 0;
}

static void
reset(void)
{
    released = freed = 0;
}

static void
test_unconsumed(const Kind *kind)
{
    PyObject *capsule = new_capsule(kind);

    reset();
    Py_DECREF(capsule);
    is_int(released, 1, "an %s without a consumer is released with its capsule", kind->name);
    is_int(freed, 1, "a struct without a consumer is freed with its capsule");
}

static void
test_moved(const Kind *kind)
{
    PyObject *capsule = new_capsule(kind);
    void *source = PyCapsule_GetPointer(capsule, kind->name), *target = PyMem_RawMalloc(kind->size);
    char message[100];

    reset();
    is_int(move(capsule, kind, target), 0, "an %s is moved out of its capsule", kind->name);
    ok(kind->is_released(source), "a struct that was moved out has NULL for its release");
    ok(!kind->is_released(target), "the struct of the consumer has a release");
    is_ptr(PyCapsule_GetPointer(capsule, kind->name), source,
           "a capsule whose struct was moved out is still valid by its name");
    is_int(move(capsule, kind, target), -1, "a second consumer is refused");
    snprintf(message, sizeof message, "%s was consumed already", kind->name);
    raises(PyExc_ValueError, message, "a second consumer gets the consumer's own ValueError");
    Py_DECREF(capsule);
    is_int(freed, 1, "the emptied struct is freed with its capsule");
    is_int(released, 0, "the emptied struct is not released");
    kind->release(target);
    ok(kind->is_released(target), "the consumer releases the struct that it moved");
    is_int(released, 1, "the moved struct is released once");
    PyMem_RawFree(target);
}

static void
test_wrong_kind(const Kind *kind, const Kind *other)
{
    PyObject *capsule = new_capsule(kind);
    struct ArrowArray untouched;

    reset();
    memset(&untouched, 0, sizeof untouched);
    is_int(move(capsule, other, &untouched), -1, "an %s is not taken for an %s", kind->name, other->name);
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "a capsule of another kind is a ValueError");
    is_int(move(Py_None, other, &untouched), -1, "None is not taken for an %s", other->name);
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with invalid PyCapsule object",
           "None in the place of a capsule is a ValueError");
    ok(untouched.release == NULL && released == 0, "nothing was moved or released after a refusal");
    Py_DECREF(capsule);
}

static PyObject *
export_schema(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return new_capsule(&kinds[SCHEMA]);
}

/* __arrow_c_array__ takes an optional requested schema, which a producer is free to ignore. */
static PyObject *
export_array(PyObject *self, PyObject *arguments)
{
    PyObject *schema, *array, *pair;

    (void)self;
    if (PyTuple_Size(arguments) > 1) {
        PyErr_SetString(PyExc_TypeError, "__arrow_c_array__ takes at most one argument");
        return NULL;
    }
    schema = new_capsule(&kinds[SCHEMA]);
    array = new_capsule(&kinds[ARRAY]);
    pair = PyTuple_Pack(2, schema, array);
    Py_DECREF(schema);
    Py_DECREF(array);
    return pair;
}

static PyObject *
export_stream(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    return new_capsule(&kinds[STREAM]);
}

/* The result of the exporter's method without arguments, or with `request` as its only one. */
static PyObject *
ask(const char *method_name, PyObject *request)
{
    static PyMethodDef methods[] = {
        {"__arrow_c_schema__", export_schema, METH_NOARGS, NULL},
        {"__arrow_c_array__", export_array, METH_VARARGS, NULL},
        {"__arrow_c_stream__", export_stream, METH_VARARGS, NULL},
        {NULL, NULL, 0, NULL},
    };
    PyObject *exporter = PyModule_New("exporter"), *method, *result;

    PyModule_AddFunctions(exporter, methods);
    method = PyObject_GetAttrString(exporter, method_name);
    Py_DECREF(exporter);
    result = request == NULL ? PyObject_CallNoArgs(method) : PyObject_CallOneArg(method, request);
    Py_XDECREF(method);
    return result;
}

static void
test_schema(void)
{
    struct ArrowSchema schema;
    PyObject *capsule = ask("__arrow_c_schema__", NULL);

    reset();
    is_int(move(capsule, &kinds[SCHEMA], &schema), 0, "__arrow_c_schema__ gives a schema");
    Py_DECREF(capsule);
    is_str(schema.format, "i", "the schema is that of a 32-bit integer");
    is_str(schema.name, "column", "the schema has its name");
    schema.release(&schema);
    is_int(released, 1, "the schema outlives its capsule until it is released");

    is_ptr(ask("__arrow_c_schema__", Py_None), NULL, "__arrow_c_schema__ takes no argument");
    raises(PyExc_TypeError, "exporter.__arrow_c_schema__() takes no arguments (1 given)",
           "an argument to __arrow_c_schema__ is a TypeError");
}

static void
test_array(void)
{
    PyObject *request = new_capsule(&kinds[SCHEMA]), *pair = ask("__arrow_c_array__", request);
    struct ArrowArray array;
    const int32_t *column;

    reset();
    Py_DECREF(request);
    is_int(released, 1, "the schema that was asked for stays the consumer's, which releases it");
    is_int(PyTuple_Size(pair), 2, "__arrow_c_array__ gives a schema and an array");
    is_int(PyCapsule_IsValid(PyTuple_GetItem(pair, 0), "arrow_schema"), 1,
           "the first capsule of the pair is the schema");
    is_int(PyCapsule_IsValid(PyTuple_GetItem(pair, 1), "arrow_array"), 1,
           "the second capsule of the pair is the array");
    is_int(move(PyTuple_GetItem(pair, 1), &kinds[ARRAY], &array), 0, "the array is moved out, the schema is not");
    reset();
    Py_DECREF(pair);
    is_int(freed, 2, "both structs are freed with the tuple");
    is_int(released, 1, "the schema that was not moved is released");
    column = (const int32_t *)array.buffers[1];
    is_int(column[0] + column[array.length - 1], 50, "the array's values are the producer's");
    array.release(&array);
    is_int(released, 2, "the array is released by the consumer");
}

static void
test_stream(void)
{
    PyObject *capsule = ask("__arrow_c_stream__", NULL);
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    int length = 0;

    reset();
    is_int(move(capsule, &kinds[STREAM], &stream), 0, "__arrow_c_stream__ gives a stream");
    Py_DECREF(capsule);
    is_int(stream.get_schema(&stream, &schema), 0, "the stream has a schema");
    schema.release(&schema);
    while (stream.get_next(&stream, &array) == 0 && array.release != NULL) {
        length += (int)array.length;
        array.release(&array);
    }
    is_int(length, 8, "the stream has two arrays of four");
    is_int(stream.get_next(&stream, &array), EIO, "the stream fails after its end");
    is_str(stream.get_last_error(&stream), "read past the end", "the stream says why it fails");
    is_int(released, 3, "the schema and the arrays were released one by one");
    stream.release(&stream);
    is_int(released, 4, "the stream is released last");
}

static void
test_each_kind(void)
{
    int i;

    for (i = 0; i < KINDS; i++) {
        test_unconsumed(&kinds[i]);
        test_moved(&kinds[i]);
        test_wrong_kind(&kinds[i], &kinds[(i + 1) % KINDS]);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_each_kind);
    RUN(test_schema);
    RUN(test_array);
    RUN(test_stream);
    return TAP_END();
}
