/* The destructors: each does one of the things that destructors of real programs do, and prints its observations. */
#include "transcript.h"

static int depth;

enum { DEPTH_LIMIT = 5 };

static void
enter(const char *what, PyObject *capsule)
{
    say("\n%*s~%s", 2 + 2 * depth, "", what);
    say_name(PyCapsule_GetName(capsule));
    say(" count=%ld", (long)Py_REFCNT(capsule));
    if (PyErr_Occurred()) {
        say(" error=%s", ((PyTypeObject *)PyErr_Occurred())->tp_name);
    }
    depth++;
}

static void
leave(void)
{
    depth--;
}

static void
destroy_plain(PyObject *capsule)
{
    enter("plain", capsule);
    leave();
}

/* Every accessor, with the right name and a wrong one. */
static void
destroy_access(PyObject *capsule)
{
    PyObject *type, *value, *traceback;
    const char *name = PyCapsule_GetName(capsule), *wrong = pick_name();

    enter("access", capsule);
    say_pointer(PyCapsule_GetPointer(capsule, name));
    say_pointer(PyCapsule_GetContext(capsule));
    say_destructor(PyCapsule_GetDestructor(capsule));
    say(" valid=%d exact=%d", PyCapsule_IsValid(capsule, wrong), PyCapsule_CheckExact(capsule));
    PyErr_Fetch(&type, &value, &traceback);
    say_pointer(PyCapsule_GetPointer(capsule, wrong));
    say_error();
    PyErr_Restore(type, value, traceback);
    leave();
}

static void
destroy_change(PyObject *capsule)
{
    const char *name = pick_name();

    enter("change", capsule);
    say(" %d", PyCapsule_SetName(capsule, name));
    say(" %d", PyCapsule_SetContext(capsule, pick_pointer()));
    say(" %d", PyCapsule_SetPointer(capsule, pick_pointer()));
    say_name(PyCapsule_GetName(capsule));
    say_pointer(PyCapsule_GetPointer(capsule, name));
    say_pointer(PyCapsule_GetContext(capsule));
    leave();
}

static void
destroy_raise(PyObject *capsule)
{
    enter("raise", capsule);
    PyErr_SetString(PyExc_RuntimeError, "raised in a destructor");
    leave();
}

static void
destroy_clear(PyObject *capsule)
{
    enter("clear", capsule);
    PyErr_Clear();
    leave();
}

/* Capsules that live and die within the destruction of another. */
static void
destroy_nest(PyObject *capsule)
{
    PyObject *inner;
    const char *name;

    enter("nest", capsule);
    if (depth < DEPTH_LIMIT) {
        name = pick_name();
        inner = PyCapsule_New(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)), name, pick_destructor());
        say(" inner=%ld", (long)Py_REFCNT(inner));
        Py_DECREF(inner);
    }
    leave();
}

/* A destructor set by the destructor is not called any more. */
static void
destroy_replace(PyObject *capsule)
{
    enter("replace", capsule);
    say(" %d", PyCapsule_SetDestructor(capsule, pick_destructor()));
    say_destructor(PyCapsule_GetDestructor(capsule));
    leave();
}

/* Calls the result of GetDestructor, as wrappers of destructors do. */
static void
destroy_again(PyObject *capsule)
{
    enter("again", capsule);
    if (depth < DEPTH_LIMIT) {
        PyCapsule_SetDestructor(capsule, pick_destructor());
        if (PyCapsule_GetDestructor(capsule) != NULL) {
            PyCapsule_GetDestructor(capsule)(capsule);
        }
    }
    leave();
}

static void
destroy_other(PyObject *capsule)
{
    unsigned other = pick(SLOTS);

    enter("other", capsule);
    say_slot(other);
    if (depth < DEPTH_LIMIT) {
        drop_slot(other);
    }
    leave();
}

/* The way that documentation recommends: the caller's error is put aside meanwhile. */
static void
destroy_careful(PyObject *capsule)
{
    PyObject *error = PyErr_GetRaisedException();

    enter("careful", capsule);
    PyErr_SetNone(PyExc_KeyError);
    say_error();
    PyErr_SetRaisedException(error);
    leave();
}

static const PyCapsule_Destructor destructors[] = {
    NULL,         destroy_plain,   destroy_access, destroy_change, destroy_raise,   destroy_clear,
    destroy_nest, destroy_replace, destroy_again,  destroy_other,  destroy_careful,
};
enum { DESTRUCTORS = sizeof destructors / sizeof destructors[0] };

const PyCapsule_Destructor plain_destructor = destroy_plain;

PyCapsule_Destructor
pick_destructor(void)
{
    return destructors[pick(DESTRUCTORS)];
}

void
say_destructor(PyCapsule_Destructor destructor)
{
    int i;

    for (i = 0; i < DESTRUCTORS; i++) {
        if (destructors[i] == destructor) {
            say(" d%d", i);
            return;
        }
    }
    say(" d?");
}
