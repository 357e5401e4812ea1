/* The end-to-end benchmark of published modules: trees of BTrees, whose nodes are objects of persistent, by keys in no order.
 *
 *   trees COUNT
 *
 * The program runs on this library and on CPython, and prints for each class the nanoseconds of a key: put in, found, met in an
 * iteration, and taken out.  Which keys there are is checked at each step. */
#include <Python.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EXPECT(condition) ((condition) ? (void)0 : unexpected(#condition, __LINE__))

static void
unexpected(const char *condition, int line)
{
    fprintf(stderr, "trees.c:%d: not so: %s\n", line, condition);
    if (PyErr_Occurred()) {
        PyErr_Print();
    }
    exit(1);
}

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* A number below a prime that is far from its neighbours': each occurs once. */
#define PRIME 1000003

static PyObject *
key(long i)
{
    PyObject *o = PyLong_FromLong((long)((long long)i * 618033 % PRIME));
    EXPECT(o != NULL);
    return o;
}

static void
put(PyObject *tree, long count)
{
    while (count-- > 0) {
        PyObject *k = key(count);
        EXPECT(PyObject_SetItem(tree, k, k) == 0);
        Py_DECREF(k);
    }
}
static void
find(PyObject *tree, long count)
{
    while (count-- > 0) {
        PyObject *k = key(count), *value = PyObject_GetItem(tree, k);
        EXPECT(value != NULL && PyObject_RichCompareBool(value, k, Py_EQ) == 1);
        Py_DECREF(value);
        Py_DECREF(k);
    }
}
static void
iterate(PyObject *tree, long count)
{
    PyObject *iterator = PyObject_GetIter(tree), *k;
    long seen = 0, before = -1;
    EXPECT(iterator != NULL);
    while ((k = PyIter_Next(iterator)) != NULL) {
        long value = PyLong_AsLong(k);
        EXPECT(value > before);
        before = value;
        seen++;
        Py_DECREF(k);
    }
    EXPECT(!PyErr_Occurred() && seen == count);
    Py_DECREF(iterator);
}
static void
take(PyObject *tree, long count)
{
    while (count-- > 0) {
        PyObject *k = key(count);
        EXPECT(PyObject_DelItem(tree, k) == 0);
        Py_DECREF(k);
    }
    EXPECT(PyObject_IsTrue(tree) == 0);
}

/* The classes, and the sizes of their nodes, which the Python source of BTrees sets. */
static const struct {
    const char *module, *name;
    long leaf, node;
} classes[] = {
    {"BTrees._IIBTree", "IIBTree", 120, 500},
    {"BTrees._LOBTree", "LOBTree", 60, 500},
    {"BTrees._OOBTree", "OOBTree", 30, 250},
};

static void
set_size(PyObject *class, const char *name, long size)
{
    PyObject *o = PyLong_FromLong(size);
    EXPECT(o != NULL && PyObject_SetAttrString(class, name, o) == 0);
    Py_DECREF(o);
}

static PyObject *
new_tree(size_t i)
{
    PyObject *module = PyImport_ImportModule(classes[i].module), *class, *tree;
    EXPECT(module != NULL);
    class = PyObject_GetAttrString(module, classes[i].name);
    EXPECT(class != NULL);
    set_size(class, "max_leaf_size", classes[i].leaf);
    set_size(class, "max_internal_size", classes[i].node);
    tree = PyObject_CallNoArgs(class);
    EXPECT(tree != NULL);
    Py_DECREF(class);
    Py_DECREF(module);
    return tree;
}

/* The modules take their base classes from one, and an exception from another, which is Python source: a stand-in has it. */
static void
prepare(void)
{
    PyObject *interfaces = PyImport_AddModule("BTrees.Interfaces"),
             *base = PyImport_ImportModule("persistent.cPersistence");
    EXPECT(base != NULL && interfaces != NULL);
    EXPECT(PyObject_SetAttrString(interfaces, "BTreesConflictError", PyExc_ValueError) == 0);
    Py_DECREF(base);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(PyObject *, long);
    } steps[] = {{"put", put}, {"find", find}, {"iterate", iterate}, {"take", take}};
    long count = argc == 2 ? atol(argv[1]) : 0;
    size_t i, j;
    if (count < 1 || count >= PRIME) {
        fprintf(stderr, "usage: trees COUNT, which is less than %d\n", PRIME);
        return 2;
    }
    Py_Initialize();
    prepare();
    for (i = 0; i < sizeof classes / sizeof *classes; i++) {
        PyObject *tree = new_tree(i);
        double began = now();
        for (j = 0; j < sizeof steps / sizeof *steps; j++) {
            double start = now();
            steps[j].run(tree, count);
            printf("%s-%s\t%.2f\n", classes[i].name, steps[j].name, (now() - start) / (double)count);
        }
        Py_DECREF(tree);
        printf("%s\t%.2f\n", classes[i].name, (now() - began) / (double)count);
    }
    return 0;
}
