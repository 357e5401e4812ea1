/* Shared by the files of the benchmark program.  One program, compiled once against CPython's header, is linked with
 * each library that is measured; every file has the rows of one subject. */
#ifndef PYCAPSULE_BENCH_H
#define PYCAPSULE_BENCH_H

#include <Python.h>

/* One operation that is measured. */
typedef struct {
    const char *name;
    const char *what;          /* what one operation is */
    const char *floor;         /* what the floor does for it: see floor.c */
    double goal;               /* at most so many times CPython 3.14's time; 0 for none */
    double goal_floor;         /* or at most so many times the floor's; 0 for none */
    double goal_pypy;          /* and at most so many times PyPy's, where one is measured; 0 for none */
    void (*setup)(long size, long n);
    void (*run)(long n);       /* n operations: only this is timed */
    void (*teardown)(void);    /* may be NULL, as setup */
    long size;                 /* for setup: bytes of a name, number of modules, of threads */
    long n;                    /* operations in a run, where the clock may not choose; then it is not warmed up */
    int counted;               /* whether instructions are counted too: those of other threads are not */
} benchmark;

/* For `counted`: all `n` operations run, for costs that would not show in a thousand. */
#define COUNT_ALL 2

/* Each ends with a row without a name. */
extern const benchmark capsule_benchmarks[], error_benchmarks[], import_benchmarks[], container_benchmarks[],
    key_benchmarks[], thread_benchmarks[], object_benchmarks[], scale_benchmarks[];

/* These need functions of 3.14: the floor, older CPythons and PyPy are measured without them. */
extern const benchmark extension_benchmarks[] __attribute__((weak)), value_benchmarks[] __attribute__((weak)),
    late_benchmarks[] __attribute__((weak));

/* Whether the library that is measured has a GIL to take before other threads may call it. */
extern int needs_gil;

/* Every operation checks its result, as its user would, so that no benchmark measures something other than its row
 * says. */
#define EXPECT(condition) ((condition) ? (void)0 : unexpected(#condition, __FILE__, __LINE__))
__attribute__((cold, noreturn)) void unexpected(const char *condition, const char *file, int line);

/* A function that does something n times. */
#define OPERATION(name, ...) \
    static void name(long n) \
    {                        \
        while (n-- > 0) {    \
            __VA_ARGS__;     \
        }                    \
    }

#endif
