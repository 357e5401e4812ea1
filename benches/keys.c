/* Dicts with many keys of one family: the cost of a key does not depend on the number of keys, nor on common bits of
 * their hashes. The hash of a multiple of 2^20 ends in twenty zeros, and that of an aligned address in as many zeros as
 * the address. */
#include "bench.h"

#include <stdlib.h>

static int target;
static PyObject *dict, **keys;
static long count;

static PyObject *
of_int(long i, long shift)
{
    return PyLong_FromLongLong((long long)i << shift);
}
static PyObject *
of_float(long i, long shift)
{
    return PyFloat_FromDouble((double)i / (double)(1L << shift));
}
static PyObject *
of_str(long i, long unused)
{
    (void)unused;
    return PyUnicode_FromFormat("key %ld", i);
}

static PyObject *
of_capsule(long i, long unused)
{
    (void)i, (void)unused;
    return PyCapsule_New(&target, NULL, NULL);
}

static PyObject *
of_tuple(long i, long shift)
{
    PyObject *first = of_int(i, shift), *second = of_int(i + 1, shift), *pair = NULL;
    if (first != NULL && second != NULL) {
        pair = PyTuple_Pack(2, first, second);
    }
    Py_XDECREF(first);
    Py_XDECREF(second);
    return pair;
}

static void
prepare(PyObject *(*make)(long i, long shift), long shift, long n)
{
    long i;
    count = n;
    keys = malloc((size_t)n * sizeof *keys);
    dict = PyDict_New();
    EXPECT(keys != NULL && dict != NULL);
    for (i = 0; i < n; i++) {
        keys[i] = make(i, shift);
        EXPECT(keys[i] != NULL);
    }
}

static void
ints(long shift, long n)
{
    prepare(of_int, shift, n);
}
static void
floats(long shift, long n)
{
    prepare(of_float, shift, n);
}
static void
capsules(long unused, long n)
{
    prepare(of_capsule, unused, n);
}
static void
tuples(long shift, long n)
{
    prepare(of_tuple, shift, n);
}
static void
strs(long unused, long n)
{
    prepare(of_str, unused, n);
}

static void
put_and_get(long n)
{
    long i;
    for (i = 0; i < n; i++) {
        EXPECT(PyDict_SetItem(dict, keys[i], keys[i]) == 0);
    }
    for (i = 0; i < n; i++) {
        EXPECT(PyDict_GetItemWithError(dict, keys[i]) == keys[i]);
    }
}

static void
drop(void)
{
    Py_DECREF(dict);
    while (count > 0) {
        Py_DECREF(keys[--count]);
    }
    free(keys);
}

#define FLOOR "the same, by address"
/* Three sizes of a dict; benches/check compares the counts of the first two. */
#define FAMILY(name, what, setup, size)                                                                          \
    {name "-1e4", what ", 10,000 of them: put and found, each",                                                  \
     FLOOR,       1.0,                                                                                           \
     1.15,        0,                                                                                             \
     setup,       put_and_get,                                                                                   \
     drop,        size,                                                                                          \
     10000,       COUNT_ALL},                                                                                    \
        {name "-1e5", what ", 100,000", FLOOR, 1.0, 1.15, 0, setup, put_and_get, drop, size, 100000, COUNT_ALL}, \
        {name "-1e6", what ", 1,000,000", FLOOR, 1.0, 1.15, 0, setup, put_and_get, drop, size, 1000000, 0}

const benchmark key_benchmarks[] = {
    FAMILY("keys-int", "ints as keys", ints, 0),
    FAMILY("keys-int12", "multiples of 2^12", ints, 12),
    FAMILY("keys-int20", "multiples of 2^20", ints, 20),
    FAMILY("keys-int40", "multiples of 2^40", ints, 40),
    FAMILY("keys-float", "floats, multiples of 2^-20", floats, 20),
    FAMILY("keys-capsule", "capsules as keys", capsules, 0),
    FAMILY("keys-tuple", "tuples of two multiples of 2^20", tuples, 20),
    FAMILY("keys-str", "strings", strs, 0),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
