/* The cost of strict mode: time and memory of COUNT capsules, which are made, held, and dropped.
 *
 *   strict [COUNT] [DEPTH]     with PYCAPSULE_OPTIONS=strict=1 and without; DEPTH calls lie between main and a capsule */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int target;

static void
on_destroy(PyObject *capsule)
{
    (void)capsule;
}

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double
memory(void)
{
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &size, &resident) != 2) {
        fputs("strict: /proc/self/statm can't be read\n", stderr);
        exit(1);
    }
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

typedef void work(PyObject **capsules, long count);

static void
make(PyObject **capsules, long count)
{
    for (long i = 0; i < count; i++) {
        capsules[i] = PyCapsule_New(&target, "bench.capsule", on_destroy);
    }
}

static void
drop(PyObject **capsules, long count)
{
    for (long i = 0; i < count; i++) {
        Py_CLEAR(capsules[i]);
    }
}

static void
make_and_drop(PyObject **capsules, long count)
{
    (void)capsules;
    for (long i = 0; i < count; i++) {
        Py_DECREF(PyCapsule_New(&target, "bench.capsule", on_destroy));
    }
}

/* Calls itself `depth` times first.  The statement after the call keeps it from becoming a jump. */
static __attribute__((noinline)) long
at_depth(long depth, work *what, PyObject **capsules, long count)
{
    long depths = 0;
    if (depth > 0) {
        depths = at_depth(depth - 1, what, capsules, count);
    } else {
        what(capsules, count);
    }
    __asm__ volatile("" ::: "memory");
    return depths + 1;
}

int
main(int argc, char **argv)
{
    long count = argc > 1 ? atol(argv[1]) : 1000000, depth = argc > 2 ? atol(argv[2]) : 0;
    PyObject **capsules = (PyObject **)malloc((size_t)count * sizeof *capsules);
    double times[4], bytes[4];

    /* Pages that were only allocated, and not written yet, may not be resident. */
    memset(capsules, 1, (size_t)count * sizeof *capsules);
    make_and_drop(capsules, 1);
    bytes[0] = memory();
    times[0] = now();
    at_depth(depth, make, capsules, count);
    times[1] = now();
    bytes[1] = memory();
    at_depth(depth, drop, capsules, count);
    times[2] = now();
    bytes[2] = memory();
    at_depth(depth, make_and_drop, capsules, count);
    times[3] = now();
    bytes[3] = memory();
    printf("%ld capsules: made %.2f, dropped %.2f, made and dropped at once %.2f microseconds each; %.0f bytes each "
           "while they\n"
           "live, %.0f after that, %.0f in the end\n",
           count, (times[1] - times[0]) / (double)count, (times[2] - times[1]) / (double)count,
           (times[3] - times[2]) / (double)count, (bytes[1] - bytes[0]) / (double)count,
           (bytes[2] - bytes[0]) / (double)count, (bytes[3] - bytes[0]) / (double)count);
    return 0;
}
