/* The memory that strict mode takes: at most 200 bytes for each capsule that lives, and nothing for a destroyed
 * one.  This program runs itself again with strict mode on, and reads how much memory the child has in use. */
#define _GNU_SOURCE
#include "../tap.h"
#include "../child.h"

enum { COUNT = 200000, ROUNDS = 3 };

static int payload;
static PyObject *capsules[COUNT];

static long
bytes_in_use(void)
{
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    if (file == NULL || fscanf(file, "%ld %ld", &size, &resident) != 2) {
        fprintf(stderr, "unknown");
        exit(3);
    }
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

static void
make(int i)
{
    capsules[i] = PyCapsule_New(&payload, "counted", NULL);
}

/* Makes a capsule by nested calls, so that each value of `bits` has a call stack of its own. */
static __attribute__((noinline)) void
make_elsewhere(int i, unsigned bits)
{
    if (bits > 1) {
        bits % 2 ? make_elsewhere(i, bits / 2) : make_elsewhere(i, bits / 2);
    } else {
        make(i);
    }
    __asm__ volatile("" ::: "memory");
}

/* Prints how many bytes for each capsule are in use while the capsules live, and after their destruction. */
static int
count_memory(int stacks)
{
    long before, living = 0, gone = 0;

    memset(capsules, 1, sizeof capsules);
    make(0);
    Py_CLEAR(capsules[0]);
    before = bytes_in_use();
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < COUNT; i++) {
            make_elsewhere(i, (unsigned)(i % stacks) + (unsigned)stacks);
        }
        living = bytes_in_use() - before;
        for (int i = 0; i < COUNT; i++) {
            Py_CLEAR(capsules[i]);
        }
        gone = bytes_in_use() - before;
    }
    fprintf(stderr, "%ld %ld", living / COUNT, gone / COUNT);
    return 0;
}

static const char *program, *options, *how_many;
static char written[256];

static void
run_again(void)
{
    setenv("PYCAPSULE_OPTIONS", options, 1);
    execl(program, program, how_many, (char *)NULL);
    _exit(127);
}

static void
run(const char *with, const char *stacks, long *living, long *gone)
{
    options = with;
    how_many = stacks;
    *living = *gone = -1;
    in_child(run_again, written, sizeof written);
    if (sscanf(written, "%ld %ld", living, gone) != 2) {
        printf("# the child has written: %s\n", written);
    }
}

static void
test_memory(void)
{
    long plain, plain_gone, living, gone;

#if defined(__SANITIZE_ADDRESS__)
    ok(1,
       "strict mode takes at most 200 bytes for a capsule # SKIP the sanitizer takes memory of its own for each block");
    (void)plain, (void)plain_gone, (void)living, (void)gone, (void)run;
#else
    run("strict=0", "1", &plain, &plain_gone);
    ok(plain > 0 && plain < 200, "without strict mode a capsule takes less than 200 bytes: %ld", plain);
    run("strict=1", "1", &living, &gone);
    ok(living > 0 && living <= 200, "in strict mode a capsule takes at most 200 bytes: %ld", living);
    ok(gone >= 0 && gone - plain_gone < 10, "in strict mode a destroyed capsule leaves less than 10 bytes: %ld", gone);
    run("strict=1", "256", &living, &gone);
    ok(living > 0 && living <= 200, "in strict mode a capsule of one of 256 places takes at most 200 bytes: %ld",
       living);
    ok(gone >= 0 && gone - plain_gone < 10,
       "in strict mode a destroyed capsule of one of 256 places leaves less than 10 bytes: %ld", gone);
#endif
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        return count_memory(atoi(argv[1]));
    }
    program = argv[0];
    TAP_BEGIN();
    RUN(test_memory);
    return TAP_END();
}
