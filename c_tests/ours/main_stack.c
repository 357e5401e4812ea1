/* The stack of the main thread, under several limits and beside a large environment and long arguments, which stand
 * on it too: recursion in C stops before the stack is used up, with the checker on and off.  The program runs itself
 * for each case. */
#define _GNU_SOURCE
#include "../tap.h"

#include "../child.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

/* ---- recursion near the end of the stack ---- */

static int value, destroyed;

static void
drop_next(PyObject *capsule)
{
    destroyed++;
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

/* A chain of capsules, each of which drops the next one in its destructor. */
static int
destroy_a_chain(void)
{
    enum { LENGTH = 100000 };
    /* Fewer capsules while the checker is on, which takes its time for each. */
    int length = pycapsule_live_count() < 0 ? LENGTH : LENGTH / 10, i;
    PyObject *chain = NULL;

    for (i = 0; i < length; i++) {
        PyObject *capsule = PyCapsule_New(&value, "link", drop_next);
        PyCapsule_SetContext(capsule, chain);
        chain = capsule;
    }
    Py_DECREF(chain);
    return destroyed != length;
}

static PyObject *
import_itself(void)
{
    PyCapsule_Import("circle.CAPI", 0);
    return NULL;
}

static int
import_a_circle(void)
{
    int failed = PyCapsule_Import("circle.CAPI", 0) == NULL && PyErr_Occurred() != NULL;

    PyErr_Clear();
    return !failed;
}

static PyObject *
new_nest(void)
{
    PyObject *nest = PyList_New(0);
    int i;

    for (i = 0; i < 100000; i++) {
        PyObject *outer = PyList_New(1);
        PyList_SetItem(outer, 0, nest);
        nest = outer;
    }
    return nest;
}

/* The comparison finds the nests equal where the stack has room for all levels, and is a RecursionError elsewhere. */
static int
compare_nests(void)
{
    PyObject *one = new_nest(), *other = new_nest();
    int equal = PyObject_RichCompareBool(one, other, Py_EQ);
    int failed = equal < 0 && PyErr_ExceptionMatches(PyExc_RecursionError);

    PyErr_Clear();
    Py_DECREF(one);
    Py_DECREF(other);
    return equal != 1 && !failed;
}

static int (*const acts[])(void) = {destroy_a_chain, import_a_circle, compare_nests};
static const char *const names[] = {"a chain is destroyed", "a circle of imports ends", "a comparison of nests ends"};
enum { ACTS = sizeof acts / sizeof acts[0] };

/* ---- the cases ---- */

typedef struct {
    const char *what;
    rlim_t limit; /* 0: the limit stays */
    size_t environment, arguments;
    size_t left; /* the program itself uses the stack up to so many bytes before its end; 0: it uses nothing */
} stack;

static const stack stacks[] = {
    {"with the usual stack", 0, 0, 0, 0},
    {"beside a large environment", 0, 100000, 0, 0},
    {"beside long arguments", 0, 0, 100000, 0},
    {"beside a large environment and long arguments", 0, 120000, 120000, 0},
    {"on a small stack", 256 << 10, 0, 0, 0},
    {"on a small stack beside an environment and arguments", 256 << 10, 30000, 20000, 0},
    {"without a limit", RLIM_INFINITY, 0, 0, 0},
    {"without a limit beside a large environment and long arguments", RLIM_INFINITY, 100000, 100000, 0},
    {"where the program has used nearly all of its stack", 0, 100000, 0, 150000},
    {"where the program has used nearly all of a small stack", 512 << 10, 0, 0, 150000},
};
enum { STACKS = sizeof stacks / sizeof stacks[0] };

static char *
lowest(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size;

    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    return lowest;
}

/* Calls `act` where no more than `left` bytes of the stack are left. */
static int
act_with(size_t left, const char *end, int (*act)(void))
{
    volatile char room[1024];
    int result;

    room[0] = 0;
    result = left != 0 && (size_t)((const char *)room - end) > left ? act_with(left, end, act) : act();
    room[1] = room[0];
    return result;
}

/* The work of this program when it runs itself for a case. */
static int
be_the_case(int which, int act)
{
    PyImport_AppendInittab("circle", import_itself);
    Py_Initialize();
    return act_with(stacks[which].left, lowest(), acts[act]) || Py_FinalizeEx() != 0;
}

static const char *
filler(const char *start, size_t length)
{
    static char text[2][200000];
    static int next;
    char *filled = text[next++ % 2];

    memset(filled, 'x', sizeof text[0]);
    memcpy(filled, start, strlen(start));
    filled[strlen(start) + length] = '\0';
    return filled;
}

static int strict;

/* Runs this program again in place of the child. */
static void
run(const void *argument)
{
    const stack *stack = &stacks[*(const int *)argument / ACTS];
    char which[12], act[12];
    const char *arguments[] = {"main_stack", which, act, filler("", stack->arguments), NULL};
    const char *environment[] = {filler("BIG=", stack->environment),
                                 strict ? "PYCAPSULE_OPTIONS=strict=1:halt_on_error=0" : "STRICT=0", NULL};
    struct rlimit limit;

    snprintf(which, sizeof which, "%d", *(const int *)argument / ACTS);
    snprintf(act, sizeof act, "%d", *(const int *)argument % ACTS);
    if (stack->limit != 0 && getrlimit(RLIMIT_STACK, &limit) == 0) {
        limit.rlim_cur = stack->limit;
        setrlimit(RLIMIT_STACK, &limit);
    }
    execve("/proc/self/exe", (char *const *)arguments, (char *const *)environment);
    _exit(99);
}

/* Under valgrind execve runs the new program without valgrind, and the main thread's stack is valgrind's own. */
static int
is_watched(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded != NULL && strstr(preloaded, "valgrind") != NULL;
}

static void
test_cases(void)
{
    static char text[65536];
    int number;

    for (strict = 0; strict < 2 && !is_watched(); strict++) {
        for (number = 0; number < STACKS * ACTS; number++) {
            is_int(run_in_child(run, &number, text, sizeof text), 0, "%s%s %s", strict ? "in strict mode, " : "",
                   names[number % ACTS], stacks[number / ACTS].what);
        }
    }
}

int
main(int count, char **arguments)
{
    if (count > 2) {
        return be_the_case(atoi(arguments[1]), atoi(arguments[2]));
    }
    TAP_BEGIN();
    RUN(test_cases);
    return TAP_END();
}
