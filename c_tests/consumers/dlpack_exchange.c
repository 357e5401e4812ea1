/* The DLPack exchange with the published dlpack.h: a producer's __dlpack__ puts a managed tensor into a
 * capsule called "dltensor" (or "dltensor_versioned"); a consumer takes the tensor and renames the capsule to
 * "used_dltensor", after which the tensor is the consumer's to delete.  The destructor deletes it only if no
 * consumer took it.  Both protocols run through the same tests. */
#include "provider.h"

#include <dlpack/dlpack.h>

/* One of the two protocols: the names a capsule goes through, and how to handle a tensor that is only a pointer. */
typedef struct {
    const char *name, *used_name;
    void *(*make)(void);
    void (*destroy)(void *managed);
    DLTensor *(*tensor)(void *managed);
} Protocol;

static int deleted;
static float numbers[6] = {1, 2, 3, 4, 5, 6};
static int64_t shape[2] = {2, 3};

static void
fill_tensor(DLTensor *tensor)
{
    memset(tensor, 0, sizeof *tensor);
    tensor->data = numbers;
    tensor->device.device_type = kDLCPU;
    tensor->ndim = 2;
    tensor->dtype.code = kDLFloat;
    tensor->dtype.bits = 32;
    tensor->dtype.lanes = 1;
    tensor->shape = shape;
}

static void
delete_plain(DLManagedTensor *self)
{
    deleted++;
    PyMem_RawFree(self);
}

static void
delete_versioned(DLManagedTensorVersioned *self)
{
    deleted++;
    PyMem_RawFree(self);
}

static void *
make_plain(void)
{
    DLManagedTensor *managed = (DLManagedTensor *)PyMem_RawCalloc(1, sizeof *managed);

    fill_tensor(&managed->dl_tensor);
    managed->deleter = delete_plain;
    return managed;
}

static uint32_t produced_major = DLPACK_MAJOR_VERSION;

static void *
make_versioned(void)
{
    DLManagedTensorVersioned *managed = (DLManagedTensorVersioned *)PyMem_RawCalloc(1, sizeof *managed);

    managed->version.major = produced_major;
    managed->version.minor = DLPACK_MINOR_VERSION;
    managed->flags = DLPACK_FLAG_BITMASK_READ_ONLY;
    fill_tensor(&managed->dl_tensor);
    managed->deleter = delete_versioned;
    return managed;
}

static void
destroy_plain(void *managed)
{
    ((DLManagedTensor *)managed)->deleter((DLManagedTensor *)managed);
}

static void
destroy_versioned(void *managed)
{
    ((DLManagedTensorVersioned *)managed)->deleter((DLManagedTensorVersioned *)managed);
}

static DLTensor *
tensor_plain(void *managed)
{
    return &((DLManagedTensor *)managed)->dl_tensor;
}

static DLTensor *
tensor_versioned(void *managed)
{
    return &((DLManagedTensorVersioned *)managed)->dl_tensor;
}

static const Protocol protocols[] = {
    {"dltensor", "used_dltensor", make_plain, destroy_plain, tensor_plain},
    {"dltensor_versioned", "used_dltensor_versioned", make_versioned, destroy_versioned, tensor_versioned},
};
static const Protocol *protocol;

/* The destructor of DLPack's specification, without its reference to the dying capsule. `outcome` records its branch:
 * 'u' the capsule was used, 'd' the tensor was deleted, 'e' neither, which is an error. */
static char outcome;

static void
capsule_destructor(PyObject *capsule)
{
    PyObject *type, *value, *traceback;
    void *managed;

    if (PyCapsule_IsValid(capsule, protocol->used_name)) {
        outcome = 'u';
        return;
    }
    PyErr_Fetch(&type, &value, &traceback);
    managed = PyCapsule_GetPointer(capsule, protocol->name);
    if (managed != NULL) {
        outcome = 'd';
        protocol->destroy(managed);
    } else {
        outcome = 'e';
        raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
               "the destructor cannot take the pointer of a capsule that has neither name");
    }
    PyErr_Restore(type, value, traceback);
}

static PyObject *
produce(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return PyCapsule_New(protocol->make(), protocol->name, capsule_destructor);
}

/* Takes the tensor out of a capsule and the capsule out of circulation. */
static void *
consume(PyObject *capsule)
{
    void *managed = PyCapsule_GetPointer(capsule, protocol->name);

    if (managed == NULL || PyCapsule_SetName(capsule, protocol->used_name) < 0) {
        return NULL;
    }
    return managed;
}

/* from_dlpack(): asks any object for its capsule and consumes that. */
static void *
from_dlpack(PyObject *exporter)
{
    PyObject *method = PyUnicode_FromString("__dlpack__"), *capsule;
    void *managed = NULL;

    capsule = PyObject_CallMethodObjArgs(exporter, method, NULL);
    Py_DECREF(method);
    if (capsule != NULL) {
        managed = consume(capsule);
        Py_DECREF(capsule);
    }
    return managed;
}

static PyObject *
new_exporter(void)
{
    static PyMethodDef methods[] = {{"__dlpack__", produce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    PyObject *module = PyModule_New("exporter");

    PyModule_AddFunctions(module, methods);
    return module;
}

static void
reset(void)
{
    deleted = 0;
    outcome = '-';
}

static void
test_unused(void)
{
    PyObject *capsule = produce(NULL, NULL);

    reset();
    is_str(PyCapsule_GetName(capsule), protocol->name, "a new capsule is called %s", protocol->name);
    Py_DECREF(capsule);
    is_int(outcome, 'd', "a capsule without a consumer deletes its tensor");
    is_int(deleted, 1, "the tensor is deleted once");
}

static void
test_used(void)
{
    PyObject *capsule = produce(NULL, NULL);
    void *pointer = PyCapsule_GetPointer(capsule, protocol->name), *managed;
    DLTensor *tensor;

    reset();
    managed = consume(capsule);
    is_ptr(managed, pointer, "the consumer gets the producer's tensor");
    is_ptr(PyCapsule_GetName(capsule), protocol->used_name, "a consumed capsule is called %s", protocol->used_name);
    is_int(PyCapsule_IsValid(capsule, protocol->name), 0, "a consumed capsule is not valid by its old name");
    is_int(PyCapsule_IsValid(capsule, protocol->used_name), 1, "a consumed capsule is valid by its new name");
    is_ptr(consume(capsule), NULL, "a second consumer is refused");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "a second consumer gets a ValueError");
    is_ptr(PyCapsule_GetName(capsule), protocol->used_name, "a second consumer does not change the name");
    Py_DECREF(capsule);
    is_int(outcome, 'u', "the destructor sees that the capsule was used");
    is_int(deleted, 0, "the destructor of a used capsule leaves the tensor alone");

    tensor = protocol->tensor(managed);
    is_ptr(tensor->data, numbers, "the tensor outlives its capsule");
    is_int(tensor->shape[0] * tensor->shape[1], 6, "the tensor keeps its shape");
    protocol->destroy(managed);
    is_int(deleted, 1, "the consumer deletes the tensor");
}

static void
test_exporter(void)
{
    PyObject *exporter = new_exporter();
    void *managed;

    reset();
    managed = from_dlpack(exporter);
    ok(managed != NULL, "a consumer calls the exporter's __dlpack__");
    is_int(outcome, 'u', "the capsule of from_dlpack is dropped at once, as a used one");
    is_int(deleted, 0, "the tensor of from_dlpack stays");
    protocol->destroy(managed);
    Py_DECREF(exporter);

    is_ptr(from_dlpack(Py_None), NULL, "an object without __dlpack__ is refused");
    raises(PyExc_AttributeError, "'NoneType' object has no attribute '__dlpack__'",
           "an object without __dlpack__ is an AttributeError");
    is_ptr(consume(Py_None), NULL, "an object that is not a capsule is refused");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with invalid PyCapsule object",
           "an object that is not a capsule is a ValueError");
}

/* The capsule goes while an error is pending, which the destructor has to keep. */
static void
test_error_in_flight(void)
{
    PyObject *capsule = produce(NULL, NULL);

    reset();
    PyErr_SetString(PyExc_BufferError, "no such stream");
    Py_DECREF(capsule);
    is_int(outcome, 'd', "the tensor is deleted while an error is set");
    raises(PyExc_BufferError, "no such stream", "the error is still set after the tensor was deleted");

    capsule = produce(NULL, NULL);
    reset();
    PyErr_SetString(PyExc_BufferError, "no such stream");
    PyCapsule_SetName(capsule, protocol->used_name);
    protocol->destroy(PyCapsule_GetPointer(capsule, protocol->used_name));
    Py_DECREF(capsule);
    is_int(outcome, 'u', "a used capsule is destroyed while an error is set");
    raises(PyExc_BufferError, "no such stream", "the error is still set after a used capsule was destroyed");
}

static void
test_wrong_name(void)
{
    PyObject *capsule = produce(NULL, NULL);
    void *managed = PyCapsule_GetPointer(capsule, protocol->name);

    reset();
    PyCapsule_SetName(capsule, NULL);
    Py_DECREF(capsule);
    is_int(outcome, 'e', "a capsule that lost its name is neither used nor unused");
    is_int(deleted, 0, "the tensor of a capsule that lost its name is not deleted");
    protocol->destroy(managed);
}

/* Each capsule in a container is destroyed once, when its last holder goes. */
static void
test_containers(void)
{
    PyObject *list = PyList_New(0), *capsule;
    int i;

    reset();
    for (i = 0; i < 3; i++) {
        capsule = produce(NULL, NULL);
        PyList_Append(list, capsule);
        Py_DECREF(capsule);
    }
    protocol->destroy(consume(PyList_GetItem(list, 1)));
    is_int(deleted, 1, "one of three capsules in a list is consumed, its tensor deleted");
    Py_DECREF(list);
    is_int(deleted, 3, "the tensors of the two other capsules are deleted with the list");
}

/* A consumer that expects the other protocol must not get the tensor. */
static void
test_other_protocol(void)
{
    const Protocol *other = &protocols[protocol == &protocols[0]];
    PyObject *capsule = produce(NULL, NULL);

    reset();
    is_ptr(PyCapsule_GetPointer(capsule, other->name), NULL, "a %s is not a %s", protocol->name, other->name);
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "the names are compared whole");
    Py_DECREF(capsule);
    is_int(deleted, 1, "the refused capsule still deletes its tensor");
}

/* A tensor of another major version may only be deleted: the consumer has consumed it and gives up. */
static void
test_other_version(void)
{
    PyObject *exporter = new_exporter();
    DLManagedTensorVersioned *managed;

    reset();
    produced_major = DLPACK_MAJOR_VERSION + 1;
    protocol = &protocols[1];
    managed = (DLManagedTensorVersioned *)from_dlpack(exporter);
    Py_DECREF(exporter);
    ok(managed->version.major != DLPACK_MAJOR_VERSION, "the version can be read in a tensor of any version");
    is_int(outcome, 'u', "the capsule of a tensor of any version was used");
    managed->deleter(managed);
    is_int(deleted, 1, "the deleter of a tensor of any version can be called");
}

int
main(void)
{
    size_t i;

    TAP_BEGIN();
    for (i = 0; i < 2; i++) {
        protocol = &protocols[i];
        RUN(test_unused);
        RUN(test_used);
        RUN(test_exporter);
        RUN(test_error_in_flight);
        RUN(test_wrong_name);
        RUN(test_containers);
        RUN(test_other_protocol);
    }
    RUN(test_other_version);
    return TAP_END();
}
