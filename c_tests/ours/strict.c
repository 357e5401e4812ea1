/* Strict mode in a program that switches it on for a child: a mistake is reported, and a correct program is not.
 * c_tests/checks/strict.sh tests the report of each kind of mistake. */
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

/* The child makes a capsule and asks for its pointer under `name`, which may be a wrong one. */
static int
use_a_capsule(const char *name)
{
    PyObject *capsule = PyCapsule_New(&payload, "its.name", count);

    PyCapsule_GetPointer(capsule, name);
    PyErr_Clear();
    Py_DECREF(capsule);
    return destroyed == 1 ? 0 : 2;
}

/* A capsule that lives at the end, in a list that a variable of the program holds, or that nothing holds.  The
 * variable is volatile, so that the compiler keeps the store although the program never reads it. */
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

/* Calls exit() while the only address of a capsule is on the stack. */
static int
exit_with_a_capsule(void)
{
    PyObject *volatile capsule = PyCapsule_New(&payload, "held on the stack", NULL);

    exit(PyCapsule_IsValid(capsule, "held on the stack") ? 0 : 2);
}

/* Makes four allocations.  The value has a bit for each that fails; the bit of the first is the highest. */
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

/* Runs this program again with strict mode on, or off, and keeps its standard error in `report`. */
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
    is_int(run("strict=1", "its.name"), 0, "a right program exits with 0 in strict mode");
    is_str(report, "", "nothing is reported of a right program in strict mode");
    run("strict=1", "another");
    ok(strstr(report, ": wrong-name: ") != NULL, "a wrong name is reported in strict mode");
    is_int(run("strict=0", "another"), 0, "a program with a wrong name exits with 0 without strict mode");
    is_str(report, "", "a wrong name is not reported without strict mode");
    is_int(run("strict=1", "held"), 0, "a program whose variable leads to a capsule exits with 0");
    is_str(report, "", "a capsule to which a variable of the program leads is not reported as a leak");
    is_int(run("strict=1", "exit"), 0, "a program that calls exit() with a capsule on its stack exits with 0");
    is_str(report, "", "a capsule on the stack of the function that calls exit() is not reported as a leak");
    is_int(run("strict=1", "lost"), 23, "a program with a capsule to which nothing leads exits with 23");
    ok(strstr(report, ": leak: the capsule \"kept\" was never destroyed") != NULL,
       "a capsule to which nothing leads is reported as a leak");
    is_int(run("fail_alloc=3", "allocate"), 2, "fail_alloc=3 makes the third of four allocations fail");
    is_int(run("fail_alloc=3+", "allocate"), 3,
           "fail_alloc=3+ makes the third and the fourth of four allocations fail");
    is_int(run("fail_alloc=9", "allocate"), 0, "fail_alloc=9 makes none of four allocations fail");
    is_str(report, "", "fail_alloc writes no report of its own");
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
