/* Capsules that are destroyed with the dict that holds them. */
#include "bench.h"

static int target;
static PyObject *dict;

static void
fill(long size, long n)
{
    long i;
    (void)size;
    dict = PyDict_New();
    EXPECT(dict != NULL);
    for (i = 0; i < n; i++) {
        PyObject *key = PyLong_FromLong(i), *capsule = PyCapsule_New(&target, "capsule", NULL);
        EXPECT(key != NULL && capsule != NULL && PyDict_SetItem(dict, key, capsule) == 0);
        Py_DECREF(key);
        Py_DECREF(capsule);
    }
}

static void
destroy(long n)
{
    (void)n;
    Py_DECREF(dict);
}

const benchmark container_benchmarks[] = {
    {"dict-thousand", "the end of a dict of 1,000 capsules, each", "free of each, by pointer", 1.0, 1.15, 0, fill,
     destroy, NULL, 0, 1000, 1},
    {"dict-million", "the end of a dict of 1,000,000 capsules, each", "free of each, by pointer", 1.0, 1.15, 0, fill,
     destroy, NULL, 0, 1000000, 1},
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
