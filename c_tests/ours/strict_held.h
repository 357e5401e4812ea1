/* Programs that end without finalising while capsules live.  A capsule is held when something leads to it, through
 * whatever memory, and is a leak when nothing does.  Each case is the test program run again with strict mode on,
 * which ends by a return from main. */
#ifndef PYCAPSULE_TESTS_STRICT_HELD_H
#define PYCAPSULE_TESTS_STRICT_HELD_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../tap.h"
#include "../child.h"

#include <pthread.h>
#include <sys/mman.h>

static int payload;

static inline PyObject *
make(const char *name)
{
    return PyCapsule_New(&payload, name, NULL);
}

typedef struct holder {
    long before[3];
    PyObject *capsule;
    struct holder *next;
} holder;

/* A block that holds a capsule. */
static inline holder *
holding(PyObject *capsule)
{
    holder *block = (holder *)calloc(1, sizeof *block);

    block->capsule = capsule;
    return block;
}

/* The variables of the program that lead to capsules.  They are volatile, so that the compiler keeps stores that the
 * program never reads. */
static PyObject *volatile object;
static void *volatile block;

static inline void
hold_in_block(void)
{
    block = holding(make("held"));
}

/* Maps memory between two closed regions, so that the kernel does not merge it with its neighbours. */
static inline void *
map_memory(size_t size, int protection)
{
    enum { ROOM = 1 << 16 };
    char *closed = (char *)mmap(NULL, size + 2 * ROOM, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    mprotect(closed + ROOM, size, protection);
    return closed + ROOM;
}

static inline void
release_context(PyObject *capsule)
{
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

/* A capsule whose context is an object, as numpy's array structs have. */
static inline PyObject *
make_with_context(PyObject *context)
{
    PyObject *capsule = PyCapsule_New(&payload, "with a context", release_context);

    PyCapsule_SetContext(capsule, context);
    return capsule;
}

static inline void
run_in_thread(void *(*body)(void *))
{
    pthread_t thread;

    pthread_create(&thread, NULL, body, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
}

/* ---- the cases ---- */

typedef struct {
    const char *what;
    void (*body)(void);
    int exit_status;
    int reports; /* how many leaks are reported, each capsule or group of them once */
} Case;

static const char *program, *number;
static char written[65536];

static inline void
run_again(void)
{
    setenv("PYCAPSULE_OPTIONS", "strict=1", 1);
    execl(program, program, number, (char *)NULL);
    _exit(127);
}

static inline int
count_reports(void)
{
    int count = 0;

    for (const char *at = written; (at = strstr(at, "pycapsule: ERROR: leak: ")) != NULL; at++) {
        count++;
    }
    return count;
}

static inline void
try_case(size_t index, const Case *tried)
{
    char digits[24];
    int status, reports;

    snprintf(digits, sizeof digits, "%zu", index);
    number = digits;
    status = in_child(run_again, written, sizeof written);
    reports = count_reports();
    if (!ok(WIFEXITED(status) && WEXITSTATUS(status) == tried->exit_status && reports == tried->reports &&
                strstr(written, "a child ended") == NULL,
            "%s: exit status %d, leak reports: %d", tried->what, tried->exit_status, tried->reports)) {
        printf("# status %#x, leak reports: %d\n%s", (unsigned)status, reports, written);
    }
}

static inline void
try_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        try_case(i, &cases[i]);
    }
}

/* The program: it runs the test, or when it is run again, with the number of a case, that case. */
static inline int
main_of(int argc, char **argv, const Case *cases, const char *name, void (*test)(void))
{
    if (argc > 1) {
        Py_Initialize();
        cases[atoi(argv[1])].body();
        return 0;
    }
    TAP_BEGIN();
    program = argv[0];
    tap_run(name, test);
    return TAP_END();
}

#endif
