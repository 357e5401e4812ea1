/* Correct programs that exchange tensors by DLPack, and resemble the mistakes which strict mode reports. */
#include "strict_right.h"

#include "../bugs/dlpack.h"

static double data[3] = {1, 2, 3};

/* ---- producers ---- */

/* A producer that finds its tensors by their capsules, and reuses their memory. */
static DLManagedTensor pooled;
static PyObject *capsule_of_pooled;
static int tensors_back;

static void
give_back(DLManagedTensor *tensor)
{
    tensors_back += tensor == &pooled;
}

static void
destroy_pooled(PyObject *capsule)
{
    if (capsule == capsule_of_pooled && PyCapsule_IsValid(capsule, "dltensor")) {
        pooled.deleter(&pooled);
    }
}

static void
tensor_of_a_pool(void)
{
    tensors_back = 0;
    for (int i = 0; i < 2; i++) {
        pooled.deleter = give_back;
        capsule_of_pooled = PyCapsule_New(&pooled, "dltensor", destroy_pooled);
        Py_DECREF(capsule_of_pooled);
    }
    is_int(tensors_back, 2, "a tensor of a pool is given back each time");
}

static void
never_consumed(void)
{
    Py_DECREF(PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used));
}

/* A destructor that gets the pointer before it compares the name, with strcmp. */
static void
destroy_by_name(PyObject *capsule)
{
    const char *name = PyCapsule_GetName(capsule);
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, name);

    if (strcmp(name, "dltensor") == 0) {
        tensor->deleter(tensor);
    }
}

static void
pointer_before_name(void)
{
    PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_by_name);
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    PyCapsule_SetName(capsule, "used_dltensor");
    Py_DECREF(capsule);
    tensor->deleter(tensor);
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_by_name);
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    PyCapsule_SetName(capsule, "used_dltensor");
    tensor->deleter(tensor);
    Py_DECREF(capsule);
    Py_DECREF(PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_by_name));
}

/* The context is the function that frees, as in C++ wrappers. */
static void
call_context(PyObject *capsule)
{
    void (*release)(void *) = (void (*)(void *))(uintptr_t)PyCapsule_GetContext(capsule);

    release(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
}

static void
release_tensor(void *tensor)
{
    ((DLManagedTensor *)tensor)->deleter((DLManagedTensor *)tensor);
}

static void
destructor_in_the_context(void)
{
    PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", call_context);

    PyCapsule_SetContext(capsule, (void *)(uintptr_t)release_tensor);
    Py_DECREF(capsule);
}

/* The tensor is a part of the allocated block, behind the owner's part. */
typedef struct {
    void *owner[2];
    DLManagedTensor tensor;
    int references;
} Managed;

static void
delete_managed(DLManagedTensor *tensor)
{
    free(tensor->manager_ctx);
}

static void
tensor_inside_a_block(void)
{
    Managed *managed = (Managed *)calloc(1, sizeof(*managed));

    managed->tensor.manager_ctx = managed;
    managed->tensor.deleter = delete_managed;
    Py_DECREF(PyCapsule_New(&managed->tensor, "dltensor", destroy_unless_used));
}

static void
drop_managed(DLManagedTensor *tensor)
{
    ((Managed *)tensor->manager_ctx)->references--;
}

static void
tensor_that_is_counted(void)
{
    static Managed managed;

    managed.references = 1;
    managed.tensor.manager_ctx = &managed;
    managed.tensor.deleter = drop_managed;
    Py_DECREF(PyCapsule_New(&managed.tensor, "dltensor", destroy_unless_used));
}

static DLManagedTensor *queued;

static void
queue_tensor(PyObject *capsule)
{
    queued = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
}

static void
deleted_later(void)
{
    Py_DECREF(PyCapsule_New(new_tensor(data, 3), "dltensor", queue_tensor));
    queued->deleter(queued);
}

static void
nothing_to_delete(void)
{
    static DLManagedTensor fixed;
    DLManagedTensor *allocated = (DLManagedTensor *)calloc(1, sizeof(*allocated));

    Py_DECREF(PyCapsule_New(&fixed, "dltensor", NULL));
    Py_DECREF(PyCapsule_New(&fixed, "dltensor", destroy_unless_used));
    Py_DECREF(PyCapsule_New(allocated, "dltensor", NULL));
    free(allocated);
}

static void
tensor_of_the_maker(void)
{
    static DLManagedTensor kept;
    DLManagedTensor here;

    memset(&here, 0, sizeof here);
    here.deleter = kept.deleter = delete_tensor;
    Py_DECREF(PyCapsule_New(&kept, "dltensor", NULL));
    Py_DECREF(PyCapsule_New(&here, "dltensor", NULL));
}

static void
filled_in_later(void)
{
    DLManagedTensor *tensor = (DLManagedTensor *)calloc(1, sizeof(*tensor));
    PyObject *capsule = PyCapsule_New(tensor, "dltensor", destroy_unless_used);

    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    tensor->dl_tensor.device.device_type = kDLCPU;
    tensor->manager_ctx = tensor;
    tensor->deleter = delete_managed;
    Py_DECREF(capsule);
}

static const Program producer_programs[] = {
    {"a producer that finds its tensors by their capsules", tensor_of_a_pool},
    {"a tensor that is never consumed, which its destructor deletes", never_consumed},
    {"a destructor that has the pointer before it looks at the name", pointer_before_name},
    {"a destructor that finds the function that deletes in the context", destructor_in_the_context},
    {"a tensor inside of a larger block", tensor_inside_a_block},
    {"a deleter that only counts", tensor_that_is_counted},
    {"a destructor that has the tensor deleted later", deleted_later},
    {"tensors without a deleter", nothing_to_delete},
    {"a tensor in a variable of the producer, whose capsule has no destructor", tensor_of_the_maker},
    {"a tensor that is filled in after its capsule was made", filled_in_later},
};

static void
test_producers(void)
{
    RUN_PROGRAMS(producer_programs);
}

/* ---- consumers ---- */

static void
consumed(void)
{
    int first;

    for (first = 0; first < 2; first++) {
        PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used);
        DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
        PyCapsule_SetName(capsule, "used_dltensor");
        if (first) {
            tensor->deleter(tensor);
            Py_DECREF(capsule);
        } else {
            Py_DECREF(capsule);
            tensor->deleter(tensor);
        }
    }
}

static void
given_back(void)
{
    PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used);

    PyCapsule_GetPointer(capsule, "dltensor");
    PyCapsule_SetName(capsule, "used_dltensor");
    PyCapsule_SetName(capsule, "dltensor");
    Py_DECREF(capsule);
}

/* The consumer keeps the tensor in the producer's capsule, under a name of its own, and deletes it with its array. */
static void
kept_under_another_name(void)
{
    DLManagedTensor *tensor = new_tensor(data, 3);
    PyObject *capsule = PyCapsule_New(tensor, "dltensor", NULL);

    PyCapsule_SetName(capsule, "kept_dltensor");
    Py_DECREF(capsule);
    tensor->deleter(tensor);
}

static void
do_nothing(PyObject *capsule)
{
    (void)capsule;
}

static void
destructor_taken_away(void)
{
    static const PyCapsule_Destructor instead[] = {NULL, do_nothing};
    int i;

    for (i = 0; i < 2; i++) {
        PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used);
        DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
        PyCapsule_SetDestructor(capsule, instead[i]);
        tensor->deleter(tensor);
        Py_DECREF(capsule);
    }
}

static void
without_a_destructor_at_all(void)
{
    PyObject *capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", NULL);
    DLManagedTensor *tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");

    Py_DECREF(capsule);
    tensor->deleter(tensor);
}

static const Program consumer_programs[] = {
    {"a consumer that deletes the tensor before the capsule goes, and one that does after", consumed},
    {"a consumer that gives the tensor back by its name", given_back},
    {"a consumer that keeps the capsule under a name of its own", kept_under_another_name},
    {"a consumer that takes the destructor away", destructor_taken_away},
    {"a consumer of a capsule that has no destructor", without_a_destructor_at_all},
};

static void
test_consumers(void)
{
    RUN_PROGRAMS(consumer_programs);
    is_int(wrong_names, 0, "no wrong name is reported of producers and consumers");
    is_int(live_tensors, 0, "no tensor is left");
}

int
main(void)
{
    begin_strict();
    RUN(test_producers);
    RUN(test_consumers);
    return end_strict();
}
