/* Right programs that come near what strict mode reports, as projects write them that exchange capsules.  Of each nothing is
 * reported: a false error would end a program that has no bug. */
#define _POSIX_C_SOURCE 200809L
#include "../tap.h"
#include "../bugs/arrow.h"
#include "../bugs/dlpack.h"

#include <pthread.h>

static char storage[] = "storage";
static double data[3] = {1, 2, 3};

/* Reports are counted; wrong names are reported of some programs, which is a warning of its own. */
static int reports, wrong_names;

static int
count_report(const pycapsule_report *report, void *argument)
{
    (void)argument;
    if (strcmp(report->kind, "wrong-name") == 0) {
        wrong_names++;
    } else {
        reports++;
        fprintf(stderr, "%s", report->text);
    }
    return 1;
}

/* ---- results that are looked at ---- */

static const char *
handle_of(PyObject *capsule, const char *name)
{
    if (PyCapsule_GetPointer(capsule, name) == NULL) {
        PyErr_Format(PyExc_TypeError, "wanted %s, got %s", name, PyCapsule_GetName(capsule));
        return NULL;
    }
    return "good";
}

static void
good_message(void)
{
    PyObject *capsule = PyCapsule_New(storage, "handle", NULL);

    if (handle_of(capsule, "handle.v2") == NULL) {
        PyErr_Clear();
    }
    Py_DECREF(capsule);
}

static void
message_about_a_setter(void)
{
    PyObject *capsule = PyCapsule_New(storage, "handle", NULL);

    if (PyCapsule_SetPointer(capsule, NULL) < 0 && PyCapsule_IsValid(capsule, "handle")) {
        PyErr_Format(PyExc_ValueError, "%s: no device", PyCapsule_GetName(capsule));
    }
    PyErr_Clear();
    Py_DECREF(capsule);
}

static void
optional_module(void)
{
    void *api = PyCapsule_Import("not_there._C_API", 0);

    if (api == NULL) {
        PyErr_Clear();
        api = PyCapsule_Import("not_there_either._C_API", 0);
    }
    if (api == NULL) {
        PyErr_Clear();
    }
}

static void
use_in_destructor(PyObject *capsule)
{
    PyCapsule_SetContext(capsule, NULL);
    PyCapsule_GetPointer(capsule, "owner");
}

static PyObject *
wrap(void *pointer)
{
    PyObject *owner = PyCapsule_New(storage, "owner", use_in_destructor);
    PyObject *capsule = PyCapsule_New(pointer, "view", NULL);

    if (capsule == NULL) {
        Py_DECREF(owner);
        return NULL;
    }
    Py_DECREF(owner);
    return capsule;
}

static void
clean_up_while_an_error_is_set(void)
{
    if (wrap(NULL) == NULL) {
        PyErr_Clear();
    }
    Py_DECREF(wrap(storage));
}

static void
error_set_aside(void)
{
    PyObject *capsule = PyCapsule_New(storage, "a", NULL), *error;

    if (PyCapsule_GetPointer(capsule, "b") == NULL) {
        error = PyErr_GetRaisedException();
        PyCapsule_GetPointer(capsule, "a");
        PyCapsule_SetContext(capsule, NULL);
        PyErr_SetRaisedException(error);
    }
    PyErr_Clear();
    Py_DECREF(capsule);
}

static PyObject *
fail(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    return PyCapsule_New(NULL, "nothing", NULL);
}

static PyObject *
recover(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    if (PyCapsule_New(NULL, "nothing", NULL) == NULL) {
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

static void
functions_that_fail_or_recover(void)
{
    static PyMethodDef methods[] = {{"fail", fail, METH_NOARGS, NULL}, {"recover", recover, METH_NOARGS, NULL}};
    int i;

    for (i = 0; i < 2; i++) {
        PyObject *function = PyCFunction_New(&methods[i], NULL);
        PyObject *answer = PyObject_CallNoArgs(function);
        if (answer == NULL) {
            PyErr_Clear();
        }
        Py_XDECREF(answer);
        Py_DECREF(function);
    }
}

/* ---- DLPack: producers ---- */

/* A producer that knows its tensors by their capsules, and uses their memory again. */
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
    is_int(tensors_back, 2, "a tensor of a pool is given back");
}

static void
destroy_unless_used(PyObject *capsule)
{
    DLManagedTensor *tensor;

    if (PyCapsule_IsValid(capsule, "used_dltensor")) {
        return;
    }
    tensor = (DLManagedTensor *)PyCapsule_GetPointer(capsule, "dltensor");
    if (tensor->deleter != NULL) {
        tensor->deleter(tensor);
    }
}

static void
nobody_consumes(void)
{
    Py_DECREF(PyCapsule_New(new_tensor(data, 3), "dltensor", destroy_unless_used));
}

/* A destructor that has the pointer before it looks at the name, as one written with strcmp does. */
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

/* The context is the function that frees, as in wrappers of C++. */
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

/* The tensor stands inside of what is allocated, after the owner's part. */
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
tensor_of_the_makers(void)
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

/* ---- DLPack: consumers ---- */

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

/* ---- Arrow ---- */

static void
release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void
release_and_leave(struct ArrowArray *array)
{
    (void)array;
}

static struct ArrowArray *
new_array(void (*release)(struct ArrowArray *))
{
    struct ArrowArray *array = (struct ArrowArray *)calloc(1, sizeof(*array));

    array->release = release;
    return array;
}

static struct ArrowArray moved;

static void
move_array(PyObject *capsule)
{
    struct ArrowArray *array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");

    moved = *array;
    free(array);
}

static void
arrays(void)
{
    static struct ArrowArray fixed;
    PyObject *capsule;
    struct ArrowArray *array;

    Py_DECREF(PyCapsule_New(new_array(release_array), "arrow_array", destroy_array_capsule));
    Py_DECREF(PyCapsule_New(new_array(release_and_leave), "arrow_array", destroy_array_capsule));
    Py_DECREF(PyCapsule_New(new_array(NULL), "arrow_array", destroy_array_capsule));
    Py_DECREF(PyCapsule_New(new_array(release_array), "arrow_array", move_array));
    moved.release(&moved);
    fixed.release = release_array;
    Py_DECREF(PyCapsule_New(&fixed, "arrow_array", NULL));
    capsule = PyCapsule_New(new_array(release_array), "arrow_array", destroy_array_capsule);
    array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");
    moved = *array;
    array->release = NULL;
    Py_DECREF(capsule);
    moved.release(&moved);
}

/* ---- names ---- */

/* A value with its name in one block, which the destructor frees, as a wrapper in Rust has it. */
typedef struct {
    double value;
    char name[24];
} Boxed;

static void
free_boxed(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
}

static void
name_in_the_block(void)
{
    Boxed *boxed = (Boxed *)calloc(1, sizeof(*boxed));

    strcpy(boxed->name, "package.boxed");
    Py_DECREF(PyCapsule_New(boxed, boxed->name, free_boxed));
}

static void
name_freed_after_another_was_set(void)
{
    char *name = (char *)malloc(24);
    PyObject *capsule = PyCapsule_New(storage, strcpy(name, "allocated"), NULL);

    PyCapsule_SetName(capsule, "constant");
    free(name);
    Py_DECREF(capsule);
}

/* ---- threads ---- */

static void *
ensure(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    Py_DECREF(PyCapsule_New(storage, "thread", NULL));
    PyCapsule_Import("sys.not_there", 0);
    PyErr_Clear();
    PyGILState_Release(state);
    return unused;
}

/* The pointer is used without the GIL, the capsule with it. */
static void *
compute_without_the_gil(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *capsule = PyCapsule_New(data, "data", NULL);
    double *values = (double *)PyCapsule_GetPointer(capsule, "data");

    Py_BEGIN_ALLOW_THREADS
    values[0] += 1;
    Py_END_ALLOW_THREADS
    Py_DECREF(capsule);
    PyGILState_Release(state);
    return unused;
}

static void
run_thread(void *(*work)(void *))
{
    pthread_t thread;

    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
}

static void
threads_with_the_gil(void)
{
    PyObject *capsule = PyCapsule_New(storage, "main", NULL);

    run_thread(ensure);
    run_thread(compute_without_the_gil);
    Py_DECREF(capsule);
}

/* ---- all of them ---- */

static const struct {
    const char *sentence;
    void (*run)(void);
} programs[] = {
    {"a producer that finds its tensors by their capsules", tensor_of_a_pool},
    {"a consumer that looks, and makes a message with the capsule's name", good_message},
    {"a setter whose failure is told in a message", message_about_a_setter},
    {"an optional module, and another in its place", optional_module},
    {"destructors that run while an error is on its way to the caller", clean_up_while_an_error_is_set},
    {"an error that is set aside for a clean-up, and put back", error_set_aside},
    {"functions that fail, or clear the error and return a result", functions_that_fail_or_recover},
    {"a tensor that nobody consumes, which its destructor deletes", nobody_consumes},
    {"a destructor that has the pointer before it looks at the name", pointer_before_name},
    {"a destructor that finds in the context how to delete", destructor_in_the_context},
    {"a tensor inside of a larger block", tensor_inside_a_block},
    {"a deleter that only counts", tensor_that_is_counted},
    {"a destructor that has the tensor deleted later", deleted_later},
    {"tensors without a deleter", nothing_to_delete},
    {"a tensor in a variable of its maker's, whose capsule has no destructor", tensor_of_the_makers},
    {"a tensor that is filled in after its capsule was made", filled_in_later},
    {"a consumer that deletes the tensor before the capsule goes, and one that does after", consumed},
    {"a consumer that gives the tensor back by its name", given_back},
    {"a consumer that keeps the capsule under a name of its own", kept_under_another_name},
    {"a consumer that takes the destructor away", destructor_taken_away},
    {"a consumer of a capsule that has no destructor", without_a_destructor_at_all},
    {"Arrow arrays that are released, moved out before or in the destructor, or their maker's", arrays},
    {"a name in the block that the destructor frees", name_in_the_block},
    {"a name that is freed after another was set", name_freed_after_another_was_set},
    {"threads that hold the GIL", threads_with_the_gil},
};

static void
test_programs(void)
{
    size_t i;

    for (i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        reports = 0;
        programs[i].run();
        is_int(reports, 0, "nothing is reported of %s", programs[i].sentence);
        PyErr_Clear();
    }
    is_int(wrong_names, 2, "but a warning of each place that asks for a wrong name");
    is_int((int)pycapsule_live_count(), 0, "no capsule is left");
    is_int(live_tensors, 0, "no tensor is left");
}

int
main(void)
{
    TAP_BEGIN();
    pycapsule_on_report(count_report, NULL);
    pycapsule_strict(1);
    RUN(test_programs);
    pycapsule_strict(0);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
