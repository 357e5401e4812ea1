/* Operations whose cost depends on how many items they have: from a thousand to a million, as time for each item.  The curves
 * are flat where the work grows as the items do, but for the processor's caches. */
#include "bench.h"

#include <stdlib.h>

static int target;
static PyObject *list, *tuple, *text, **keys;
static long count;

/* ---- the objects that a run works on ---- */

static PyObject *
of_int(long i)
{
    return PyLong_FromLong(123456789 + i);
}
static PyObject *
of_text(long i)
{
    return PyUnicode_FromFormat("text %ld", i);
}
static PyObject *
of_capsule(long i)
{
    (void)i;
    return PyCapsule_New(&target, "capsule", NULL);
}

static void
fill(PyObject *(*make)(long i), long n)
{
    long i;
    count = n;
    list = PyList_New(0);
    EXPECT(list != NULL);
    for (i = 0; i < n; i++) {
        PyObject *item = make(i);
        EXPECT(item != NULL && PyList_Append(list, item) == 0);
        Py_DECREF(item);
    }
}

static void
nothing(long size, long n)
{
    (void)size;
    fill(of_int, 0);
    text = PyUnicode_FromString("a piece");
    EXPECT(text != NULL);
    count = n;
}
static void
ints(long size, long n)
{
    (void)size;
    fill(of_int, n);
}
static void
texts(long size, long n)
{
    (void)size;
    fill(of_text, n);
}
static void
capsules(long size, long n)
{
    (void)size;
    fill(of_capsule, n);
}

static void
int_keys(long size, long n)
{
    long i;
    (void)size;
    keys = malloc((size_t)n * sizeof *keys);
    EXPECT(keys != NULL);
    for (i = 0; i < n; i++) {
        keys[i] = of_int(i);
        EXPECT(keys[i] != NULL);
    }
    count = n;
}

static void
ints_in_tuple(long size, long n)
{
    ints(size, n);
    tuple = PyList_AsTuple(list);
    EXPECT(tuple != NULL);
}

/* A text of so many characters. */
static void
long_text(long size, long n)
{
    char *characters = malloc((size_t)n + 1);
    long i;
    (void)size;
    EXPECT(characters != NULL);
    for (i = 0; i < n; i++) {
        characters[i] = (char)('a' + i % 26);
    }
    characters[n] = '\0';
    text = PyUnicode_FromString(characters);
    free(characters);
    EXPECT(text != NULL);
}

/* Lists that hold nothing but themselves: only a collector finds them. */
static void
selves(long size, long n)
{
    (void)size;
    PyGC_Collect();
    PyGC_Disable();
    while (n-- > 0) {
        PyObject *o = PyList_New(0);
        EXPECT(o != NULL && PyList_Append(o, o) == 0);
        Py_DECREF(o);
    }
    PyGC_Enable(); /* or PyGC_Collect would do nothing */
}

/* ---- the operations ---- */

static void
format_and_join(long n)
{
    PyObject *joined;
    long i;
    for (i = 0; i < n; i++) {
        PyObject *item = PyUnicode_FromFormat("%s %ld", "item", i);
        EXPECT(item != NULL && PyList_Append(list, item) == 0);
        Py_DECREF(item);
    }
    joined = PyUnicode_Join(text, list);
    EXPECT(joined != NULL && PyUnicode_GET_LENGTH(joined) > 13 * (n - 1));
    Py_DECREF(joined);
}

static void
repr(long n)
{
    PyObject *o = PyObject_Repr(list);
    EXPECT(o != NULL && PyUnicode_GET_LENGTH(o) > 9 * n);
    Py_DECREF(o);
}

static void
end_list(long n)
{
    (void)n;
    Py_CLEAR(list);
}

/* PyPy does not say how many there were. */
static void
collect(long n)
{
#ifdef PYPY_VERSION
    n = 0;
#endif
    EXPECT(PyGC_Collect() >= n);
}

static void
append(long n)
{
    PyObject *o = PyList_New(0), *item = text;
    EXPECT(o != NULL);
    while (n-- > 0) {
        EXPECT(PyList_Append(o, item) == 0);
    }
    Py_DECREF(o);
}

static void
fill_dict(long n)
{
    PyObject *dict = PyDict_New();
    long i;
    EXPECT(dict != NULL);
    for (i = 0; i < n; i++) {
        EXPECT(PyDict_SetItem(dict, keys[i], keys[i]) == 0);
    }
    Py_DECREF(dict);
}

static void
iterate(long n)
{
    PyObject *iterator = PyObject_GetIter(list), *item;
    EXPECT(iterator != NULL);
    while ((item = PyIter_Next(iterator)) != NULL) {
        n--;
        Py_DECREF(item);
    }
    EXPECT(n == 0);
    Py_DECREF(iterator);
}

static void
pack(long n)
{
    PyObject *o = PyList_AsTuple(list);
    EXPECT(o != NULL && PyTuple_GET_SIZE(o) == n);
    Py_DECREF(o);
}

static void
hash(long n)
{
    (void)n;
    EXPECT(PyObject_Hash(tuple) != -1);
}

static void
concatenate(long n)
{
    PyObject *o = PyUnicode_Concat(text, text);
    EXPECT(o != NULL && PyUnicode_GET_LENGTH(o) == 2 * n);
    Py_DECREF(o);
}

static void
append_text(long n)
{
    PyObject *o = PyUnicode_FromString("begin");
    long i;
    for (i = 0; i < n; i++) {
        PyUnicode_Append(&o, text);
    }
    EXPECT(o != NULL && PyUnicode_GET_LENGTH(o) == 5 + 7 * n);
    Py_DECREF(o);
}

/* ---- the end of these objects ---- */

static void
drop(void)
{
    Py_CLEAR(list);
    Py_CLEAR(tuple);
    Py_CLEAR(text);
}

static void
drop_keys(void)
{
    while (count > 0) {
        Py_DECREF(keys[--count]);
    }
    free(keys);
}

#define SIZE(name, what, floor, setup, run, teardown, n, counted) \
    {"scale-" name "-" #n, what, floor, 1.0, 1.15, 0, setup, run, teardown, 0, n, counted}
/* Four sizes; benches/check compares the counts of the second and the third. */
#define CURVE(name, what, floor, setup, run, teardown)                                \
    SIZE(name, what ", 1,000, each", floor, setup, run, teardown, 1000, COUNT_ALL),   \
        SIZE(name, what ", 10,000", floor, setup, run, teardown, 10000, COUNT_ALL),   \
        SIZE(name, what ", 100,000", floor, setup, run, teardown, 100000, COUNT_ALL), \
        SIZE(name, what ", 1,000,000", floor, setup, run, teardown, 1000000, 0)

#define APPENDED "room doubled by realloc, memcpy"

const benchmark scale_benchmarks[] = {
    CURVE("format-join", "texts by FromFormat, and Join", "digits, malloc, memcpy twice, free", nothing,
          format_and_join, drop),
    CURVE("repr-texts", "repr of a list of texts", "scan and memcpy, room doubled by realloc", texts, repr, drop),
    CURVE("end-capsules", "the end of a list of capsules", "free of each, by pointer", capsules, end_list, drop),
    CURVE("collect-lists", "lists that hold themselves collected", "a look at each, two frees", selves, collect, NULL),
    CURVE("list-append", "a list appended and dropped", "room doubled by realloc, two counts", nothing, append, drop),
    CURVE("dict-fill", "a dict filled with ints, and dropped", "the same, by address", int_keys, fill_dict, drop_keys),
    CURVE("iterate", "a list iterated", "a load and two counts", ints, iterate, drop),
    CURVE("tuple-pack", "a tuple made of a list, and dropped", "malloc, a load and two counts, free", ints, pack, drop),
    CURVE("tuple-hash", "a tuple of ints hashed", "two multiplications, a rotation", ints_in_tuple, hash, drop),
    CURVE("concat", "Concat of two texts of so many letters", "malloc, memcpy, free", long_text, concatenate, drop),
    /* Moving characters is the C library's work, which is not counted: the larger sizes would show nothing more. */
    SIZE("text-append", "Append of 7 letters to a text, 1,000, each", APPENDED, nothing, append_text, drop, 1000,
         COUNT_ALL),
    SIZE("text-append", "Append of 7 letters to a text, 10,000", APPENDED, nothing, append_text, drop, 10000,
         COUNT_ALL),
    SIZE("text-append", "Append of 7 letters to a text, 100,000", APPENDED, nothing, append_text, drop, 100000, 0),
    SIZE("text-append", "Append of 7 letters to a text, 1,000,000", APPENDED, nothing, append_text, drop, 1000000, 0),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
