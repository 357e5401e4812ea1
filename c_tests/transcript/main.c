/* Runs the transcript: draws operations by weight from all tables until the steps are done. */
#include "transcript.h"

static const char usage[] =
    "usage: transcript [--digest N] SEED STEPS\n"
    "       transcript --replay FILE SEED\n"
    "\n"
    "Applies STEPS random capsule calls, drawn from SEED, and prints what each one did.  The same seed gives the\n"
    "same text on every correct implementation.\n"
    "\n"
    "  --digest N      print no text, but for every N steps a hash of their text: `STEP HASH`\n"
    "  --replay FILE   only the steps of SEED whose numbers the file has, one on a line\n";

enum { LIMIT = 128 };
static const Operation *operations[LIMIT];
static unsigned total_weight;

static void
add_operations(const Operation *table)
{
    static unsigned count;

    for (; table->run != NULL; table++) {
        operations[count++] = table;
        total_weight += table->weight;
    }
}

static const Operation *
pick_operation(void)
{
    unsigned at = pick(total_weight), i = 0;

    while (at >= operations[i]->weight) {
        at -= operations[i++]->weight;
    }
    return operations[i];
}

static void
run_step(uint64_t seed, long long step)
{
    const Operation *operation;

    random_start(seed, (uint64_t)step);
    operation = pick_operation();
    say("%lld ", step);
    /* Objects that go with the error may have a destructor that raises another one. */
    while (!operation->with_error && PyErr_Occurred()) {
        PyErr_Clear();
    }
    operation->run();
    /* An error is mostly cleared, but sometimes left for the next steps.  Never an AttributeError, which holds an
     * object: what a destructor raises while another error takes its place is lost here, and a SystemError in
     * CPython. */
    if (PyErr_Occurred()) {
        say_error();
        if (PyErr_ExceptionMatches(PyExc_AttributeError) || chance(75)) {
            PyErr_Clear();
        } else {
            say(" (left)");
        }
    }
    say("\n");
}

static void
start(int digest)
{
    add_operations(capsule_operations);
    add_operations(object_operations);
    add_operations(error_operations);
    add_operations(container_operations);
    add_operations(import_operations);
    add_operations(collector_operations);
    add_operations(type_operations);
    Py_Initialize();
    /* Cycles are to end where the transcript says so, not where an implementation's counters do. */
    PyGC_Disable();
    output_start(digest);
    values_start();
}

static void
end(uint64_t seed)
{
    random_start(seed, 0);
    PyErr_Clear();
    types_end();
    containers_end();
    errors_end();
    values_end();
    say("\n");
    PyErr_Clear();
    imports_end();
    collector_end();
    PyErr_Clear();
    say("finalize");
    say("\n%d\n", Py_FinalizeEx());
}

static void
print_digest(long long step)
{
    printf("%lld %016llx\n", step, (unsigned long long)output_digest());
    fflush(stdout);
}

static int
number(const char *text, long long *value)
{
    char *tail;

    *value = strtoll(text, &tail, 10);
    return *text != '\0' && *tail == '\0' && *value >= 0;
}

int
main(int argc, char **argv)
{
    long long digest = 0, seed, steps, step;
    FILE *file;

    if (argc == 4 && strcmp(argv[1], "--replay") == 0 && number(argv[3], &seed)) {
        file = fopen(argv[2], "r");
        if (file == NULL) {
            perror(argv[2]);
            return 2;
        }
        start(0);
        while (fscanf(file, "%lld", &step) == 1) {
            run_step((uint64_t)seed, step);
        }
        fclose(file);
        end((uint64_t)seed);
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "--digest") == 0 && number(argv[2], &digest)) {
        argv += 2;
        argc -= 2;
    }
    if (argc != 3 || !number(argv[1], &seed) || !number(argv[2], &steps)) {
        fputs(usage, stderr);
        return 2;
    }
    start(digest != 0);
    for (step = 1; step <= steps; step++) {
        run_step((uint64_t)seed, step);
        if (digest != 0 && step % digest == 0) {
            print_digest(step);
        }
    }
    end((uint64_t)seed);
    if (digest != 0) {
        print_digest(steps);
    }
    return 0;
}
