/* Runs out of memory at each allocation in turn. A task runs with its first, second, third … allocation failing, until
 * it succeeds. A task that fails sets MemoryError, leaks no memory and no reference, and leaves everything so that the
 * same task succeeds when there is memory again.
 *
 * The program that includes this puts its own malloc in front of the C library's, and the library under test uses it
 * too. */
#ifndef NO_MEMORY_H
#define NO_MEMORY_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "tap.h"

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

static long countdown = -1; /* allocations that still succeed; -1 for all */
static long failures; /* how many were refused */
static long blocks; /* how many are allocated */

static int
refuse(void)
{
    if (countdown < 0) {
        return 0;
    }
    if (countdown > 0) {
        countdown--;
        return 0;
    }
    failures++;
    return 1;
}

static void *
counted(void *block)
{
    blocks += block != NULL;
    return block;
}

void *
malloc(size_t size)
{
    return refuse() ? NULL : counted(__libc_malloc(size));
}
void *
calloc(size_t count, size_t size)
{
    return refuse() ? NULL : counted(__libc_calloc(count, size));
}

void *
realloc(void *block, size_t size)
{
    if (refuse()) {
        return NULL;
    }
    return block != NULL ? __libc_realloc(block, size) : counted(__libc_realloc(block, size));
}

void
free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}

/* Runs a statement with all memory, although the task is to run out of it. A task undoes its work in this way. */
#define WITH_MEMORY(statement)   \
    do {                         \
        long paused = countdown; \
        countdown = -1;          \
        statement;               \
        countdown = paused;      \
    } while (0)

/* The status of an expression of the API as a task: 0, or -1 with an error set. */
#define OBJECT(expression) drop(expression)
#define STATUS(expression) ((expression) < 0 ? -1 : 0)
#define POINTER(expression) ((expression) != NULL ? 0 : -1)
#define NOTHING(expression) ((void)(expression), PyErr_Occurred() != NULL ? -1 : 0)
/* The task is to raise this error.  A MemoryError in its place says that there was no memory for it. */
#define RAISES(type, expression) ((void)(expression), raised(type))

/* Drops a new reference.  The status says whether there was one. */
static inline int
drop(PyObject *o)
{
    Py_XDECREF(o);
    return o != NULL ? 0 : -1;
}

static inline int
raised(PyObject *wanted)
{
    if (PyErr_ExceptionMatches(wanted)) {
        PyErr_Clear();
        return 0;
    }
    return -1;
}

typedef struct {
    const char *name;
    int (*run)(void);
} Task;

/* A task of one expression, and its row in a table. */
#define DEFINE_TASK(name, expression) \
    static int task_##name(void)      \
    {                                 \
        return expression;            \
    }
#define TASK_ROW(name, expression) {#name, task_##name},

/* The objects that the tasks work with, whose references are counted. */
static PyObject *fixtures[32];
static int fixture_count;

static inline PyObject *
fixture(PyObject *o)
{
    if (o == NULL || fixture_count == sizeof(fixtures) / sizeof(fixtures[0])) {
        PyErr_Print();
        abort();
    }
    return fixtures[fixture_count++] = o;
}

static inline long long
references(void)
{
    long long sum = 0;
    int i;
    for (i = 0; i < fixture_count; i++) {
        sum += Py_REFCNT(fixtures[i]);
    }
    return sum;
}

static inline void
drop_fixtures(void)
{
    while (fixture_count > 0) {
        Py_DECREF(fixtures[--fixture_count]);
    }
}

static inline void
starve(const Task *task)
{
    long allowed, before, wrong_errors = 0, lost = 0, taken = 0;
    long long counts;
    int status = -1;

    /* The task runs twice, so that objects that are made only once exist already. */
    if (task->run() < 0 || task->run() < 0) {
        fprintf(stderr, "# %s:\n", task->name);
        PyErr_Print();
    }
    PyGC_Collect();
    for (allowed = 0; allowed < 100000; allowed++) {
        before = blocks;
        counts = references();
        failures = 0;
        countdown = allowed;
        status = task->run();
        countdown = -1;
        if (status < 0) {
            if (!PyErr_ExceptionMatches(PyExc_MemoryError)) {
                wrong_errors++;
                fprintf(stderr, "# %s, allocation %ld: wrong error\n", task->name, allowed);
                PyErr_Print();
            }
            PyErr_Clear();
        } else {
            wrong_errors += PyErr_Occurred() != NULL;
            PyErr_Clear();
        }
        PyGC_Collect();
        lost += blocks != before;
        taken += references() != counts;
        if (failures == 0) {
            break;
        }
    }
    is_int(wrong_errors, 0, "%s: the error without memory is MemoryError", task->name);
    is_int(lost, 0, "%s: no memory is lost at any allocation", task->name);
    is_int(taken, 0, "%s: no reference is lost or kept at any allocation", task->name);
    is_int(status, 0, "%s: the task succeeds when there is memory again", task->name);
}

static inline void
starve_all(const Task *tasks, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        starve(&tasks[i]);
    }
}

#endif
