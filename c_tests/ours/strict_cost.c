/* The memory that strict mode takes: so much for each capsule that lives, and nothing for those that are gone.  This program
 * runs itself again with strict mode on, and looks how much of the child's memory is in use. */
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

static void make(int i) { capsules[i] = PyCapsule_New(&payload, "counted", NULL); }

/* The same capsule, made by calls one in another, whose stack is another for each number. */
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

/* Prints the bytes in use while the capsules live, and after they are gone, without those in use before. */
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
    ok(1, "with a sanitizer memory is not counted # SKIP it takes its own for each block");
    (void)plain, (void)plain_gone, (void)living, (void)gone, (void)run;
#else
    run("strict=0", "1", &plain, &plain_gone);
    ok(plain > 0 && plain < 200, "without strict mode a capsule has %ld bytes", plain);
    run("strict=1", "1", &living, &gone);
    ok(living > 0 && living <= 200, "with it, all in all 200 at most: %ld", living);
    ok(gone >= 0 && gone - plain_gone < 10, "what it has noted of a capsule goes with that: of %ld bytes %ld stay", living, gone);
    run("strict=1", "256", &living, &gone);
    ok(living > 0 && living <= 200, "capsules made in 256 places take no more: %ld", living);
    ok(gone >= 0 && gone - plain_gone < 10, "and leave no more: %ld", gone);
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
