/* The benchmark program.
 *
 *   bench list              a line for each benchmark: name, goals, what it does, what the floor does
 *   bench run MS [NAME...]  times each for about MS milliseconds: name and nanoseconds an operation
 *   bench count [NAME...]   for callgrind: calls `counted` once for each, and prints the name and the operations
 *   bench start             for start.c: when main began, when the first capsule was there, peak memory in bytes
 *   bench library           the file of the library that answers
 *
 * A NAME is the beginning of one: `pointer` stands for all that begin so.
 *
 * Compiled with BENCH_MODULE it is an extension module, for an interpreter that no program can be linked with:
 * `bench.main(arguments)` is the program, and the interpreter runs already. */
#include "bench.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Threads come last, and after them the rows again that take longer in a process that has had other threads: from then on the C
 * library's malloc takes its locks, and so does the library that is measured. */
static const benchmark *const subjects[] = {
    capsule_benchmarks,   error_benchmarks,     object_benchmarks, scale_benchmarks,  import_benchmarks, key_benchmarks,
    container_benchmarks, extension_benchmarks, value_benchmarks,  thread_benchmarks, late_benchmarks,
};

int needs_gil;

void
unexpected(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    if (PyErr_Occurred()) {
        PyErr_Print();
    }
    exit(1);
}

#ifdef BENCH_MODULE
static void
initialize(void)
{
}
static int
has_gil(void)
{
    return 1;
}
#else
static void
initialize(void)
{
    Py_Initialize();
}
/* A library that works before Py_Initialize has no interpreter, and does not need its lock. */
static int
has_gil(void)
{
    return !Py_IsInitialized();
}
#endif

static int64_t
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t
timed(const benchmark *b, long n)
{
    int64_t start, end;
    if (b->setup) {
        b->setup(b->size, n);
    }
    start = now();
    b->run(n);
    end = now();
    if (b->teardown) {
        b->teardown();
    }
    return end - start;
}

/* The time is divided into short slices, whose median is taken, so that a slice that another process interrupts does
 * not count. */
#define SLICES 15

/* The time of a row that is not run, since it would take too long: the next size of a curve, whose name has one more zero,
 * where the size before took half a second.  The table says so. */
#define TOO_LONG 1e18

static int
is_next_size(const char *name, const char *before)
{
    size_t length = strlen(before);
    return length > 0 && strncmp(name, before, length) == 0 && strcmp(name + length, "0") == 0;
}

/* The last row that was measured, and the time of all its operations. */
static const char *last_name = "";
static double last_time;

static int
is_too_long(const benchmark *b)
{
    return is_next_size(b->name, last_name) && last_time > 5e8;
}

static void
note_time(const benchmark *b, double each)
{
    last_name = b->name;
    last_time = each * (double)b->n;
    printf("%s\t%.3f\n", b->name, each);
    fflush(stdout);
}

/* Doubles the operations until they fill a quarter of a slice: that warms up too.  Then fills the slices. */
static void
run(const benchmark *b, int64_t budget)
{
    double slices[SLICES], slice = (double)budget / SLICES;
    int64_t time = 0, end;
    long n = b->n ? b->n : 1;
    int count = 0;

    if (is_too_long(b)) {
        note_time(b, TOO_LONG);
        return;
    }
    if (b->n == 0) {
        while ((double)(time = timed(b, n)) < slice / 4) {
            n *= 2;
        }
        n = (long)((double)n * slice / (double)time) + 1;
    }
    end = now() + 2 * budget;
    do {
        double each = (double)timed(b, n) / (double)n;
        int i = count++;
        for (; i > 0 && slices[i - 1] > each; i--) {
            slices[i] = slices[i - 1];
        }
        slices[i] = each;
    } while (count < SLICES && now() < end);
    note_time(b, slices[count / 2]);
}

/* callgrind zeroes its counters before this function and writes them out after it. */
__attribute__((noinline)) void
counted(const benchmark *b, long n)
{
    b->run(n);
    __asm__ volatile("" ::: "memory");
}

static void
count(const benchmark *b)
{
    long n = b->n != 0 && (b->n < 1000 || b->counted == COUNT_ALL) ? b->n : 1000;
    int warm = b->n != 0;
    if (!b->counted) {
        return;
    }
    for (; warm < 2; warm++) {
        if (b->setup) {
            b->setup(b->size, n);
        }
        warm ? counted(b, n) : b->run(n);
        if (b->teardown) {
            b->teardown();
        }
    }
    printf("%s\t%ld\n", b->name, n);
}

static void
list(const benchmark *b)
{
    printf("%s\t%g\t%g\t%g\t%s\t%s\n", b->name, b->goal, b->goal_floor, b->goal_pypy, b->what, b->floor);
}

static int
start(int64_t began)
{
    static int target;
    PyObject *capsule;
    int64_t first;
    long peak = 0;
    char line[256];
    FILE *status;

    initialize();
    capsule = PyCapsule_New(&target, "first", NULL);
    first = now();
    EXPECT(capsule != NULL);
    status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (sscanf(line, "VmHWM: %ld kB", &peak) == 1) {
            break;
        }
    }
    printf("%" PRId64 " %" PRId64 " %ld\n", began, first, peak * 1024);
    return 0;
}

static int
library(void)
{
    Dl_info info;
    EXPECT(dladdr((void *)(size_t)PyCapsule_New, &info) != 0);
    puts(info.dli_fname);
    return 0;
}

static int
is_chosen(const char *name, char **names)
{
    if (*names == NULL) {
        return 1;
    }
    for (; *names != NULL; names++) {
        if (strncmp(name, *names, strlen(*names)) == 0) {
            return 1;
        }
    }
    return 0;
}

static int
bench(int argc, char **argv)
{
    int64_t began = now();
    const char *mode = argc > 1 ? argv[1] : "";
    int64_t budget = 0;
    char **names = argv + 2;
    size_t i;

    if (strcmp(mode, "start") == 0) {
        return start(began);
    }
    if (strcmp(mode, "library") == 0) {
        return library();
    }
    if (strcmp(mode, "run") == 0 && argc > 2) {
        budget = (int64_t)(atof(argv[2]) * 1e6);
        names++;
    } else if (strcmp(mode, "list") != 0 && strcmp(mode, "count") != 0) {
        fprintf(stderr, "usage: bench list | run MS [NAME...] | count [NAME...] | start | library\n");
        return 2;
    }
    needs_gil = has_gil();
    if (mode[0] != 'l') {
        initialize();
    }
    for (i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        const benchmark *b;
        for (b = subjects[i]; b != NULL && b->name != NULL; b++) {
            if (is_chosen(b->name, names)) {
                mode[0] == 'r' ? run(b, budget) : mode[0] == 'c' ? count(b) : list(b);
            }
        }
    }
    return 0;
}

#ifdef BENCH_MODULE
#define MOST_ARGUMENTS 100

static PyObject *
bench_main(PyObject *self, PyObject *arguments)
{
    char *words[MOST_ARGUMENTS + 2] = {"bench"};
    Py_ssize_t n = PyTuple_Size(arguments), i;
    (void)self;
    for (i = 0; i < n && i < MOST_ARGUMENTS; i++) {
        words[i + 1] = strdup(PyUnicode_AsUTF8(PyTuple_GetItem(arguments, i)));
    }
    return PyLong_FromLong(bench((int)i + 1, words));
}

static PyMethodDef functions[] = {{"main", bench_main, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "bench", NULL, 0, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_bench(void)
{
    return PyModule_Create(&definition);
}
#else
int
main(int argc, char **argv)
{
    return bench(argc, argv);
}
#endif
