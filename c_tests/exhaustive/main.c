/* Runs every sequence of calls of the alphabet up to a length, each from an empty stage, and prints its results. */
#include "../transcript/transcript.h"

#define say say
#include "stage.h"

static const char usage[] =
    "usage: exhaustive LENGTH            a digest of each block of sequences of up to LENGTH calls: PREFIX.. HASH\n"
    "       exhaustive --text N [CALL..] the sequences of N calls that begin with these, one on a line\n"
    "       exhaustive --code CALL..     the calls as statements in C\n"
    "\n"
    "A call is its place in the alphabet, from 0.  A block has the same calls but for the last two.\n";

#define JOIN(x, y) x##y
#define NAMED(line) JOIN(call_, line)
#define CALL(...)                     \
    static void NAMED(__LINE__)(void) \
    {                                 \
        __VA_ARGS__;                  \
    }
#include "alphabet.h"
#undef CALL

static const struct {
    void (*run)(void);
    const char *code;
} calls[] = {
#define CALL(...) {NAMED(__LINE__), #__VA_ARGS__},
#include "alphabet.h"
};
enum { CALLS = sizeof calls / sizeof calls[0], LENGTH_LIMIT = 8, BLOCK = 2 };

static int sequence[LENGTH_LIMIT];

static void
run_sequence(int length)
{
    int i;

    for (i = 0; i < length; i++) {
        say("%d ", sequence[i]);
    }
    for (i = 0; i < length; i++) {
        say(" |%d:", sequence[i]);
        calls[sequence[i]].run();
        error();
    }
    end();
    say("\n");
}

/* The next sequence that differs in the places from `from` to `to`; 0 after the last, when they are all 0 again. */
static int
advance(int from, int to)
{
    int at;

    for (at = to - 1; at >= from && ++sequence[at] == CALLS; at--) {
        sequence[at] = 0;
    }
    return at >= from;
}

static void
run_all(int from, int length)
{
    do {
        run_sequence(length);
    } while (advance(from, length));
}

static void
run_blocks(int length)
{
    int prefix = length > BLOCK ? length - BLOCK : 0, i;

    do {
        run_all(prefix, length);
        printf("%d", length);
        for (i = 0; i < prefix; i++) {
            printf(" %d", sequence[i]);
        }
        printf(" %016llx\n", (unsigned long long)output_digest());
    } while (advance(0, prefix));
}

static int
number_below(const char *argument, int limit)
{
    char *tail;
    long value = strtol(argument, &tail, 10);

    if (*argument == '\0' || *tail != '\0' || value < 0 || value >= limit) {
        fputs(usage, stderr);
        exit(2);
    }
    return (int)value;
}

int
main(int argc, char **argv)
{
    int as_text = argc > 2 && strcmp(argv[1], "--text") == 0, as_code = argc > 1 && strcmp(argv[1], "--code") == 0;
    int length, i;

    if (as_code) {
        for (i = 2; i < argc; i++) {
            printf("%s;\n", calls[number_below(argv[i], CALLS)].code);
        }
        return 0;
    }
    if (as_text ? argc - 3 > LENGTH_LIMIT : argc != 2) {
        fputs(usage, stderr);
        return 2;
    }
    length = number_below(argv[as_text ? 2 : 1], LENGTH_LIMIT + 1);
    Py_Initialize();
    PyGC_Disable();
    begin();
    output_start(!as_text);
    if (as_text) {
        for (i = 3; i < argc; i++) {
            sequence[i - 3] = number_below(argv[i], CALLS);
        }
        run_all(argc - 3 < length ? argc - 3 : length, length);
    } else {
        for (i = 1; i <= length; i++) {
            run_blocks(i);
        }
        printf("%d calls\n", (int)CALLS);
    }
    Py_CLEAR(module);
    return Py_FinalizeEx() != 0;
}
