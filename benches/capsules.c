/* Making and dropping capsules; their getters and setters. */
#include "bench.h"

#include <string.h>

static int target, context;
static PyObject *capsule;
/* The name of the capsule, and the name that a call asks for: the same bytes at another address. Both begin at a cache line,
 * since the time of strcmp depends on that. */
static char name[600] __attribute__((aligned(64))), asked[600] __attribute__((aligned(64)));
static long destroyed;

static void
on_destroy(PyObject *o)
{
    (void)o;
    destroyed++;
}

OPERATION(new, {
    PyObject *o = PyCapsule_New(&target, name, NULL);
    EXPECT(o != NULL);
    Py_DECREF(o);
})
OPERATION(new_with_destructor, {
    PyObject *o = PyCapsule_New(&target, name, on_destroy);
    EXPECT(o != NULL);
    Py_DECREF(o);
})

static void
make(long size, long n)
{
    (void)n;
    memset(name, 'n', sizeof name);
    name[size] = '\0';
    memcpy(asked, name, sizeof name);
    capsule = PyCapsule_New(&target, name, on_destroy);
    EXPECT(capsule != NULL && PyCapsule_SetContext(capsule, &context) == 0);
}

static void
drop(void)
{
    Py_DECREF(capsule);
}

OPERATION(pointer_same, EXPECT(PyCapsule_GetPointer(capsule, name) == &target))
OPERATION(pointer_equal, EXPECT(PyCapsule_GetPointer(capsule, asked) == &target))
OPERATION(valid_same, EXPECT(PyCapsule_IsValid(capsule, name)))
OPERATION(valid_equal, EXPECT(PyCapsule_IsValid(capsule, asked)))
OPERATION(valid_not, EXPECT(!PyCapsule_IsValid(capsule, "another name")))
OPERATION(get_name, EXPECT(PyCapsule_GetName(capsule) == name))
OPERATION(get_context, EXPECT(PyCapsule_GetContext(capsule) == &context))
OPERATION(get_destructor, EXPECT(PyCapsule_GetDestructor(capsule) == on_destroy))
OPERATION(set_pointer, EXPECT(PyCapsule_SetPointer(capsule, &target) == 0))
OPERATION(set_name, EXPECT(PyCapsule_SetName(capsule, name) == 0))
OPERATION(set_context, EXPECT(PyCapsule_SetContext(capsule, &context) == 0))
OPERATION(set_destructor, EXPECT(PyCapsule_SetDestructor(capsule, on_destroy) == 0))

/* Nearly all of the time of a long name is strcmp's, which is the floor. */
#define EQUAL(size, goal, goal_floor, goal_pypy)     \
    {"pointer-" #size,                               \
     "GetPointer, an equal name of " #size " bytes", \
     "type, pointer, strcmp",                        \
     goal,                                           \
     goal_floor,                                     \
     goal_pypy,                                      \
     make,                                           \
     pointer_equal,                                  \
     drop,                                           \
     size,                                           \
     0,                                              \
     1}
#define FIELD(name, function, run, floor) {name, function, floor, 1.05, 0, 0, make, run, drop, 8, 0, 1}

const benchmark capsule_benchmarks[] = {
    {"new", "New and DECREF", "malloc, call by pointer, free", 0.55, 1.15, 0, make, new, drop, 8, 0, 1},
    {"new-destructor", "New and DECREF, with a destructor", "the same, and the destructor", 0.55, 1.15, 0, make,
     new_with_destructor, drop, 8, 0, 1},
    {"pointer-same", "GetPointer, the very name pointer", "type, pointer, strcmp", 0.75, 0, 0, make, pointer_same, drop,
     8, 0, 1},
    EQUAL(8, 0.9, 0, 0.9),
    EQUAL(16, 0.9, 0, 0.9),
    EQUAL(32, 0.9, 0, 0.9),
    EQUAL(64, 0.9, 0, 0.9),
    EQUAL(512, 0.9, 1.15, 0),
    {"valid-same", "IsValid, the very name pointer", "type, pointer, strcmp", 1.05, 0, 0, make, valid_same, drop, 8, 0,
     1},
    {"valid-8", "IsValid, an equal name of 8 bytes", "type, pointer, strcmp", 0.9, 0, 0.9, make, valid_equal, drop, 8,
     0, 1},
    {"valid-not", "IsValid, another name", "type, pointer, strcmp", 0.6, 0, 0.6, make, valid_not, drop, 8, 0, 1},
    FIELD("get-name", "GetName", get_name, "type, load"),
    FIELD("get-context", "GetContext", get_context, "type, load"),
    FIELD("get-destructor", "GetDestructor", get_destructor, "type, load"),
    FIELD("set-pointer", "SetPointer", set_pointer, "type, store"),
    FIELD("set-name", "SetName", set_name, "type, store"),
    FIELD("set-context", "SetContext", set_context, "type, store"),
    FIELD("set-destructor", "SetDestructor", set_destructor, "type, store"),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
