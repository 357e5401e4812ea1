/* Mistakes made on purpose, one for each argument: a tool that is at work reports each and ends the program. */
#include <Python.h>

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int payload;

/* A capsule used after its last reference is gone: shows that the tool sees each object as a block of its own. */
static int
use_after_free(void)
{
    PyObject *volatile capsule = PyCapsule_New(&payload, "planted.capsule", NULL);
    Py_DECREF(capsule);
    return Py_TYPE(capsule) == &PyCapsule_Type;
}

/* One byte more than the library was asked for. */
static int
overflow_heap(void)
{
    char *volatile text = (char *)PyMem_Malloc(8);
    size_t length = 8;
    text[length] = 1;
    PyMem_Free(text);
    return 0;
}

/* A name that has no end within its array. */
static int
unterminated_name(void)
{
    char name[4] = {'n', 'a', 'm', 'e'};
    char *copy = (char *)malloc(sizeof(name));
    PyObject *capsule;
    int same;
    memcpy(copy, name, sizeof(name));
    capsule = PyCapsule_New(&payload, "nameless", NULL);
    same = strcmp(PyCapsule_GetName(capsule), "name") == 0 || strlen(copy) == 4;
    Py_DECREF(capsule);
    free(copy);
    return same;
}

static int
overflow_int(void)
{
    volatile int most = INT_MAX, more;
    more = most + 1;
    return more < 0;
}

static void *
take_references(void *o)
{
    int i;
    for (i = 0; i < 1000; i++) {
        Py_INCREF((PyObject *)o);
    }
    return NULL;
}

/* Two threads count the references of one object, and neither has the GIL. */
static int
race(void)
{
    PyObject *capsule = PyCapsule_New(&payload, "planted.capsule", NULL);
    pthread_t one, two;
    pthread_create(&one, NULL, take_references, capsule);
    pthread_create(&two, NULL, take_references, capsule);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}

static const struct {
    const char *name;
    int (*make)(void);
} mistakes[] = {
    {"use-after-free", use_after_free},
    {"heap-overflow", overflow_heap},
    {"unterminated-name", unterminated_name},
    {"int-overflow", overflow_int},
    {"race", race},
};

int
main(int argc, char **argv)
{
    size_t i;
    for (i = 0; argc == 2 && i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        if (strcmp(argv[1], mistakes[i].name) == 0) {
            return mistakes[i].make() == 2;
        }
    }
    fprintf(stderr, "usage: planted MISTAKE\n");
    return 2;
}
