/* Capsules that leak at the end of a program or of a child of fork, and how many reports that makes: see
 * strict_held.h. */
#define _GNU_SOURCE
#include "strict_held.h"

/* ---- leaks of one process ---- */

static void
leak(void)
{
    make("leaked");
}
static void
leak_with_block(void)
{
    holding(make("leaked"));
}

static void
leak_from_freed_block(void)
{
    block = holding(make("leaked"));
    free(block);
}

static void
leak_with_mapping(void)
{
    PyObject **mapping = (PyObject **)map_memory(1 << 20, PROT_READ | PROT_WRITE);

    mapping[100000] = make("leaked");
    block = mapping;
    block = NULL;
}

static void
leak_list(void)
{
    PyObject *list = PyList_New(1);

    PyList_SetItem(list, 0, make("leaked"));
}

static void
leak_with_context(void)
{
    make_with_context(make("held by the one that leaked"));
}

static void
leak_circle(void)
{
    PyObject *one = make("leaked"), *other = make_with_context(one);

    PyCapsule_SetContext(one, other);
}

static void *
leak_in_arena(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    (void)argument;
    make("leaked");
    PyGILState_Release(state);
    return NULL;
}

static void
leak_in_thread(void)
{
    run_in_thread(leak_in_arena);
}

/* So many capsules that a search which takes quadratic time would hit the time limit. */
static void
hold_and_leak_many(void)
{
    enum { MANY = 20000 };
    PyObject **held = (PyObject **)calloc(MANY, sizeof *held);

    for (int i = 0; i < MANY; i++) {
        held[i] = make_with_context(make("held"));
    }
    block = held;
    for (int i = 0; i < MANY; i++) {
        make_with_context(make("held by one that leaked"));
    }
}

/* ---- leaks of children ---- */

static void
fork_and_wait(void (*body)(void), int expected)
{
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        body();
        exit(0);
    }
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected) {
        fprintf(stderr, "a child ended with %#x\n", (unsigned)status);
    }
}

static void
nothing(void)
{
    Py_DECREF(make("dropped"));
}

static void
leak_in_one_child(void)
{
    object = make("held by the parent, and by each child");
    fork_and_wait(nothing, 0);
    fork_and_wait(leak, 23);
    fork_and_wait(nothing, 0);
}

static void
leak_before_children(void)
{
    leak();
    fork_and_wait(nothing, 0);
}

static void
fork_again(void)
{
    fork_and_wait(leak, 23);
}
static void
leak_in_child_of_child(void)
{
    fork_and_wait(fork_again, 0);
}

static void
drop_in_child(void)
{
    Py_CLEAR(object);
    hold_in_block();
}

static void
drop_capsule_of_the_parent(void)
{
    object = make("held by the parent, and dropped by its child");
    fork_and_wait(drop_in_child, 0);
}

static void
fail_before_children(void)
{
    PyCapsule_New(NULL, "fails", NULL);
    fork_and_wait(nothing, 0);
    PyErr_Clear();
}

static void
leave_at_once(void)
{
    leak();
    _exit(0);
}

static void
leak_in_child_that_leaves(void)
{
    fork_and_wait(leave_at_once, 0);
}

static const Case cases[] = {
    {"a capsule to which nothing leads is a leak", leak, 23, 1},
    {"a capsule in a block to which nothing leads is a leak", leak_with_block, 23, 1},
    {"a capsule in a block that was freed is a leak", leak_from_freed_block, 23, 1},
    {"a capsule in a mapping to which nothing leads is a leak", leak_with_mapping, 23, 1},
    {"a capsule in a list to which nothing leads is a leak", leak_list, 23, 1},
    {"a capsule and its context, to which nothing else leads, are one report", leak_with_context, 23, 1},
    {"capsules in a circle are one report", leak_circle, 23, 1},
    {"a capsule of a thread that has ended is a leak", leak_in_thread, 23, 1},
    {"many capsules of one place that leak beside many that are held are one report", hold_and_leak_many, 23, 1},
    {"the leak of one child of three is reported in that child", leak_in_one_child, 0, 1},
    {"a leak of the parent is reported in the parent alone", leak_before_children, 23, 1},
    {"a leak of a child's child is reported there", leak_in_child_of_child, 0, 1},
    {"a capsule of the parent that its child drops is no leak", drop_capsule_of_the_parent, 0, 0},
    {"a failure of the parent is not reported in its child", fail_before_children, 0, 0},
    {"a leak of a child that ends by _exit is not looked for", leak_in_child_that_leaves, 0, 0},
};

static void
test_leaked(void)
{
    try_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(int argc, char **argv)
{
    return main_of(argc, argv, cases, "test_leaked", test_leaked);
}
