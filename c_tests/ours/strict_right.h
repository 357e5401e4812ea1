/* Correct programs that resemble the mistakes which strict mode reports, as projects write them that exchange capsules.
 * The checker reports nothing, because a false error would end a correct program. */
#ifndef PYCAPSULE_TESTS_STRICT_RIGHT_H
#define PYCAPSULE_TESTS_STRICT_RIGHT_H

#include "../tap.h"

/* The number of times that each program made the checker work; a wrong name is a warning, which is counted apart. */
static int reports, wrong_names;

static int
count_report(const pycapsule_report *report, void *argument)
{
    (void)argument;
    if (strcmp(report->kind, "wrong-name") == 0) {
        wrong_names++;
    } else {
        reports++;
        fprintf(stderr, "%s", report->text);
    }
    return 1;
}

typedef struct {
    const char *what;
    void (*run)(void);
} Program;

static inline void
run_programs(const Program *programs, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        reports = 0;
        programs[i].run();
        is_int(reports, 0, "nothing is reported of %s", programs[i].what);
        PyErr_Clear();
    }
}

#define RUN_PROGRAMS(programs) run_programs(programs, sizeof(programs) / sizeof((programs)[0]))

static inline void
test_nothing_left(void)
{
    is_int((int)pycapsule_live_count(), 0, "no capsule is left");
}

static inline void
begin_strict(void)
{
    TAP_BEGIN();
    pycapsule_on_report(count_report, NULL);
    pycapsule_strict(1);
}

static inline int
end_strict(void)
{
    RUN(test_nothing_left);
    pycapsule_strict(0);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}

#endif
