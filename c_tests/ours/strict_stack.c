/* The checker on stacks of all sizes: each of its checks needs less stack than the checker reserves.  Where less
 * than the reserve is left, the checker does nothing. */
#define _GNU_SOURCE
#include "../tap.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>

/* The library beside AddressSanitizer is not optimised, and keeps more. */
#ifdef __SANITIZE_ADDRESS__
enum { ROOM = 256 << 10, KEPT = 48 << 10 };
#else
enum { ROOM = 256 << 10, KEPT = 32 << 10 };
#endif

static int value, reports;

static int
count(const pycapsule_report *report, void *unused)
{
    (void)report;
    (void)unused;
    reports++;
    return 1;
}

static void
leave_an_error(PyObject *unused)
{
    (void)unused;
    PyErr_SetString(PyExc_ValueError, "left");
}

/* ---- how much stack each check needs ---- */

static PyObject *capsule;

static void
make(void)
{
    capsule = PyCapsule_New(&value, "a.name", leave_an_error);
}

static void
use(void)
{
    PyCapsule_GetPointer(capsule, "a.name");
}

static void
use_by_another_name(void)
{
    PyCapsule_GetPointer(capsule, "another.name");
    PyErr_Clear();
}

static void
destroy(void)
{
    Py_CLEAR(capsule);
    PyErr_Clear();
}

static void
import(void)
{
    PyCapsule_Import("nosuch.API", 0);
    PyErr_Clear();
}

static void
print(void)
{
    PyErr_SetString(PyExc_SystemExit, "never printed");
    PyErr_Clear();
}

static void
look_for_leaks(void)
{
    pycapsule_leaked_since(0);
}

static const struct {
    const char *what;
    void (*act)(void);
} acts[] = {
    {"making a capsule", make},
    {"using a capsule", use},
    {"a report of a wrong name", use_by_another_name},
    {"a report of a destructor", destroy},
    {"an import that fails", import},
    {"looking at an error", print},
    {"looking for leaks", look_for_leaks},
};
enum { ACTS = sizeof acts / sizeof acts[0] };

/* The address of the paint, as a number, since the function that painted has returned when the paint is read. */
static uintptr_t painted;

__attribute__((noinline)) static void
paint(void)
{
    char room[ROOM];
    memset(room, 0x5a, sizeof room);
    painted = (uintptr_t)room;
    __asm__ volatile("" ::"r"(room) : "memory");
}

/* How many bytes of the paint, counted from the top of the stack, have been overwritten. */
__attribute__((noinline)) static size_t
used(void)
{
    const volatile char *paint = (const volatile char *)painted;
    size_t i;

    for (i = 0; i < ROOM && paint[i] == 0x5a; i++) {
    }
    return ROOM - i;
}

static void
test_needs(void)
{
    int i;

    for (i = 0; i < ACTS; i++) {
        size_t need;
        paint();
        acts[i].act();
        need = used();
        if (!ok(need < KEPT, "%s needs less stack than is kept for it", acts[i].what)) {
            fprintf(stderr, "#   %zu bytes\n", need);
        }
    }
    is_int(reports, 2, "the wrong name and the destructor's error were reported");
}

/* ---- stacks that are small ---- */

static void *
act_all(void *unused)
{
    PyObject *own = PyCapsule_New(&value, "a.name", NULL);

    PyCapsule_GetPointer(own, "another.name");
    PyErr_Clear();
    Py_DECREF(own);
    return unused;
}

static void
test_small_threads(void)
{
    static const size_t sizes[] = {16 << 10, 24 << 10, 32 << 10, 48 << 10, 64 << 10, 128 << 10};
    int before = pycapsule_live_count();
    size_t i;

    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        pthread_attr_t attributes;
        pthread_t thread;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, sizes[i]);
        ok(pthread_create(&thread, &attributes, act_all, NULL) == 0 && pthread_join(thread, NULL) == 0,
           "a thread with a stack of %zu KiB makes, uses and destroys a capsule", sizes[i] >> 10);
        pthread_attr_destroy(&attributes);
    }
    is_int(pycapsule_live_count(), before,
           "capsules that threads with small stacks destroyed are not counted as living");
}

static void
act_in_handler(int signal)
{
    (void)signal;
    act_all(NULL);
}

static void
test_signal_stack(void)
{
    static char room[16 << 10];
    stack_t stack = {room, 0, sizeof room}, before;
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = act_in_handler;
    action.sa_flags = SA_ONSTACK;
    sigaltstack(&stack, &before);
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    sigaltstack(&before, NULL);
    ok(1, "a signal handler on a stack of 16 KiB makes, uses and destroys a capsule");
}

int
main(void)
{
    TAP_BEGIN();
    pycapsule_strict(1);
    pycapsule_on_report(count, NULL);
    RUN(test_needs);
    RUN(test_small_threads);
    RUN(test_signal_stack);
    return TAP_END();
}
