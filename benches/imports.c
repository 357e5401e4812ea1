/* PyCapsule_Import: modules that are imported already, that are not yet, and that do not exist. */
#include "bench.h"

#include <stdio.h>

static int target;

/* Adds the module `name`, whose capsule has the name `capsule`; in `parent`, if there is one, as `attribute`. */
static PyObject *
module(const char *name, const char *capsule, PyObject *parent, const char *attribute)
{
    PyObject *added = PyImport_AddModule(name);
    EXPECT(added != NULL);
    if (capsule != NULL) {
        PyObject *o = PyCapsule_New(&target, capsule, NULL);
        EXPECT(o != NULL && PyObject_SetAttrString(added, "capsule", o) == 0);
        Py_DECREF(o);
    }
    if (parent != NULL) {
        EXPECT(PyObject_SetAttrString(parent, attribute, added) == 0);
    }
    return added;
}

static PyObject *warm;

static void
make(long size, long n)
{
    (void)size, (void)n;
    warm = module("bench", "bench.capsule", NULL, NULL);
    module("bench.package.module", "bench.package.module.capsule", module("bench.package", NULL, warm, "package"),
           "module");
}

OPERATION(import_2, EXPECT(PyCapsule_Import("bench.capsule", 0) == &target))
OPERATION(import_4, EXPECT(PyCapsule_Import("bench.package.module.capsule", 0) == &target))
OPERATION(attribute, {
    EXPECT(PyCapsule_Import("bench.nosuch", 0) == NULL);
    PyErr_Clear();
})
OPERATION(getattr, {
    EXPECT(PyObject_GetAttrString(warm, "nosuch") == NULL);
    PyErr_Clear();
})
OPERATION(nowhere, {
    EXPECT(PyCapsule_Import("bench_nosuch.capsule", 0) == NULL);
    PyErr_Clear();
})

/* There are 64 files of the compiled module (module.c), each imported once: enough for every slice. */
static void
cold(long n)
{
    static int next;
    char name[40];
    while (n-- > 0) {
        snprintf(name, sizeof name, "bench_cold%02d.capsule", next++);
        EXPECT(PyCapsule_Import(name, 0) != NULL);
    }
}

/* Of any number of modules sixteen are looked up, from all over the registry. */
static char names[16][40];

static void
fill(long size, long n)
{
    static long filled;
    char name[40];
    long i;
    (void)n;
    for (i = filled; i < size; i++) {
        snprintf(name, sizeof name, "bench_%06ld", i);
        module(name, NULL, NULL, NULL);
    }
    filled = i;
    for (i = 0; i < 16; i++) {
        snprintf(names[i], sizeof names[i], "bench_%06ld.capsule", i * size / 16);
        snprintf(name, sizeof name, "bench_%06ld", i * size / 16);
        module(name, names[i], NULL, NULL);
    }
}

OPERATION(look_up, EXPECT(PyCapsule_Import(names[n % 16], 0) == &target))

#define LOOK_UP(size)                                \
    {"look-up-" #size,                               \
     "Import of one of " #size " modules' capsules", \
     "two hash look-ups, strcmp",                    \
     0.12,                                           \
     0,                                              \
     0,                                              \
     fill,                                           \
     look_up,                                        \
     NULL,                                           \
     size,                                           \
     0,                                              \
     1}

const benchmark import_benchmarks[] = {
    {"import-cold", "Import from a compiled module not loaded yet", "dlopen, dlsym, initialise", 0, 0, 0, NULL, cold,
     NULL, 0, 4, 1},
    {"import-2", "Import of module.capsule", "two hash look-ups, strcmp", 0.12, 0, 0, make, import_2, NULL, 0, 0, 1},
    {"import-4", "Import of a.b.c.capsule", "four hash look-ups, strcmp", 0.12, 0, 0, make, import_4, NULL, 0, 0, 1},
    {"no-attribute", "Import of an attribute that is missing, Clear", "two hash look-ups", 0.2, 0, 0, make, attribute,
     NULL, 0, 0, 1},
    {"no-getattr", "GetAttrString of one that is missing, Clear", "a hash look-up", 0.2, 0, 0, make, getattr, NULL, 0,
     0, 1},
    {"no-module", "Import of a module that is nowhere, Clear", "a hash look-up, access(2)", 0.2, 0, 0, make, nowhere,
     NULL, 0, 0, 1},
    LOOK_UP(10),
    LOOK_UP(1000),
    LOOK_UP(100000),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
