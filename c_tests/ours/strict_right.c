/* Correct programs that resemble the mistakes which strict mode reports: errors, names, Arrow arrays and threads.
 * strict_right_dlpack.c has those that exchange tensors. */
#define _POSIX_C_SOURCE 200809L
#include "strict_right.h"

#include "../bugs/arrow.h"

#include <pthread.h>

static char storage[] = "storage";

/* ---- failures that the program checks ---- */

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

static const Program error_programs[] = {
    {"a consumer that looks at its result, and makes a message with the capsule's name", good_message},
    {"a caller that puts the failure of a setter into its message", message_about_a_setter},
    {"an import of an optional module, with another module to fall back on", optional_module},
    {"destructors that run while an error is on its way to the caller", clean_up_while_an_error_is_set},
    {"an error that is set aside for a clean-up, and put back", error_set_aside},
    {"functions that fail, or clear the error and return a result", functions_that_fail_or_recover},
};

static void
test_errors(void)
{
    RUN_PROGRAMS(error_programs);
    is_int(wrong_names, 2, "a wrong name is reported as a warning in each of two programs");
}

/* ---- names ---- */

/* A value and its name in one block, which the destructor frees, as a wrapper in Rust makes it. */
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

static const Program name_programs[] = {
    {"a name in the block that the destructor frees", name_in_the_block},
    {"a name that is freed after another was set", name_freed_after_another_was_set},
};

static void
test_names(void)
{
    RUN_PROGRAMS(name_programs);
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
released_arrays(void)
{
    Py_DECREF(PyCapsule_New(new_array(release_array), "arrow_array", destroy_array_capsule));
    Py_DECREF(PyCapsule_New(new_array(release_and_leave), "arrow_array", destroy_array_capsule));
    Py_DECREF(PyCapsule_New(new_array(NULL), "arrow_array", destroy_array_capsule));
}

static void
moved_in_the_destructor(void)
{
    Py_DECREF(PyCapsule_New(new_array(release_array), "arrow_array", move_array));
    moved.release(&moved);
}

static void
moved_by_a_consumer(void)
{
    PyObject *capsule = PyCapsule_New(new_array(release_array), "arrow_array", destroy_array_capsule);
    struct ArrowArray *array = (struct ArrowArray *)PyCapsule_GetPointer(capsule, "arrow_array");

    moved = *array;
    array->release = NULL;
    Py_DECREF(capsule);
    moved.release(&moved);
}

static void
array_of_the_maker(void)
{
    static struct ArrowArray fixed;

    fixed.release = release_array;
    Py_DECREF(PyCapsule_New(&fixed, "arrow_array", NULL));
}

static const Program arrow_programs[] = {
    {"Arrow arrays that their destructor releases", released_arrays},
    {"an Arrow array that its destructor moves out of the capsule", moved_in_the_destructor},
    {"an Arrow array that a consumer moves out of the capsule", moved_by_a_consumer},
    {"an Arrow array in a variable of the producer, whose capsule has no destructor", array_of_the_maker},
};

static void
test_arrow(void)
{
    RUN_PROGRAMS(arrow_programs);
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

static double data[3] = {1, 2, 3};

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

static const Program thread_programs[] = {
    {"threads that hold the GIL", threads_with_the_gil},
};

static void
test_threads(void)
{
    RUN_PROGRAMS(thread_programs);
}

int
main(void)
{
    begin_strict();
    RUN(test_errors);
    RUN(test_names);
    RUN(test_arrow);
    RUN(test_threads);
    return end_strict();
}
