/* Runs the transcript: draws operations by weight from all tables until the steps are done. */
#include "transcript.h"

static const char usage[] =
    "usage: transcript [--digest N] SEED STEPS\n"
    "\n"
    "Applies STEPS random capsule calls, drawn from SEED, and prints what each one did.  The same seed gives the\n"
    "same text on every correct implementation.\n"
    "\n"
    "  --digest N   print no text, but every N steps a hash of all text so far: `STEP HASH`\n"
    "\n"
    "To find the first difference of two long runs: compare their digests, then rerun with --digest 0 (the\n"
    "text) and only as many steps as are needed.\n";

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

static int
number(const char *text, long long *value)
{
    char *end;

    *value = strtoll(text, &end, 10);
    return *text != '\0' && *end == '\0' && *value >= 0;
}

int
main(int argc, char **argv)
{
    long long digest = 0, seed, steps, step;
    const Operation *operation;

    if (argc == 5 && strcmp(argv[1], "--digest") == 0 && number(argv[2], &digest)) {
        argv += 2;
        argc -= 2;
    }
    if (argc != 3 || !number(argv[1], &seed) || !number(argv[2], &steps)) {
        fputs(usage, stderr);
        return 2;
    }

    add_operations(capsule_operations);
    add_operations(object_operations);
    add_operations(error_operations);
    add_operations(container_operations);
    add_operations(import_operations);
    add_operations(collector_operations);
    Py_Initialize();
    /* Cycles are to end where the transcript says so, not where an implementation's counters do. */
    PyGC_Disable();
    random_start((uint64_t)seed);
    output_start((uint64_t)seed, digest);
    values_start();

    for (step = 1; step <= steps; step++) {
        operation = pick_operation();
        if (!operation->with_error) {
            PyErr_Clear();
        }
        say("%lld ", step);
        operation->run();
        finish_call();
        output_step(step);
    }

    PyErr_Clear();
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
    output_end(steps);
    return 0;
}
