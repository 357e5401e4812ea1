/* Strict mode in a program that switches it on for a child: a mistake is reported, and what is right is not.  What is
 * reported of each mistake is the matter of c_tests/checks/strict.sh. */
#define _GNU_SOURCE
#include "../tap.h"
#include "../child.h"

static int payload, destroyed;

static void
count(PyObject *capsule)
{
    (void)capsule;
    destroyed++;
}

/* What the child does; the capsule is asked for under `name`, which may not be its own. */
static int
use_a_capsule(const char *name)
{
    PyObject *capsule = PyCapsule_New(&payload, "its.name", count);

    PyCapsule_GetPointer(capsule, name);
    PyErr_Clear();
    Py_DECREF(capsule);
    return destroyed == 1 ? 0 : 2;
}

/* A capsule that lives at the end, in a list that a variable of the program holds, or that nobody does.  The variable is
 * volatile, so that the compiler keeps what nobody reads. */
static PyObject *volatile held;

static int
keep_a_capsule(int is_held)
{
    PyObject *list = PyList_New(1);

    PyList_SetItem(list, 0, PyCapsule_New(&payload, "kept", NULL));
    if (is_held) {
        held = list;
    }
    return 0;
}

/* The end by exit() while a caller holds a capsule, whose address is nowhere but on the stack. */
static int
exit_with_a_capsule(void)
{
    PyObject *volatile capsule = PyCapsule_New(&payload, "held on the stack", NULL);

    exit(PyCapsule_IsValid(capsule, "held on the stack") ? 0 : 2);
}

/* Which of four allocations fail, a bit each, the first one's the highest. */
static int
allocate_four_times(void)
{
    int number, failed = 0;

    for (number = 1; number <= 4; number++) {
        void *block = PyMem_RawMalloc(1);
        failed = failed * 2 + (block == NULL);
        PyMem_RawFree(block);
    }
    return failed;
}

/* Runs this program again with strict mode on, or off, and keeps what it writes to standard error. */
static char report[4096];
static const char *program, *child_options, *child_name;

static void
run_again(void)
{
    setenv("PYCAPSULE_OPTIONS", child_options, 1);
    execl(program, program, child_name, (char *)NULL);
    _exit(127);
}

static int
run(const char *options, const char *name)
{
    int status;

    child_options = options;
    child_name = name;
    status = in_child(run_again, report, sizeof report);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void
test_programs(void)
{
    is_int(run("strict=1", "its.name"), 0, "with strict mode on, a program that is right ends as ever");
    is_str(report, "", "and nothing is reported");
    run("strict=1", "another");
    ok(strstr(report, ": wrong-name: ") != NULL, "a wrong name is reported");
    is_int(run("strict=0", "another"), 0, "with strict mode off, it is left to the program");
    is_str(report, "", "and not reported");
    is_int(run("strict=1", "held"), 0, "what a variable of the program leads to is no leak");
    is_str(report, "", "and not reported");
    is_int(run("strict=1", "exit"), 0, "nor is what a caller of exit() leads to");
    is_str(report, "", "which is not reported either");
    is_int(run("strict=1", "lost"), 23, "what nothing leads to is one, and the exit status says so");
    ok(strstr(report, ": leak: the capsule \"kept\" was never destroyed") != NULL, "it is reported");
    is_int(run("fail_alloc=3", "allocate"), 2, "fail_alloc=3 has the third allocation fail, and no other");
    is_int(run("fail_alloc=3+", "allocate"), 3, "fail_alloc=3+ has it fail, and all after it");
    is_int(run("fail_alloc=9", "allocate"), 0, "fail_alloc=9 has none of the first eight fail");
    is_str(report, "", "nothing is said of those");
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        const char *what = argv[1];
        return strcmp(what, "held") == 0       ? keep_a_capsule(1)
               : strcmp(what, "lost") == 0     ? keep_a_capsule(0)
               : strcmp(what, "exit") == 0     ? exit_with_a_capsule()
               : strcmp(what, "allocate") == 0 ? allocate_four_times()
                                               : use_a_capsule(what);
    }
    program = argv[0];
    TAP_BEGIN();
    RUN(test_programs);
    return TAP_END();
}
