/* The tests of the checker's C interface, which pycapsule.h offers to test suites. They keep the reports that a
 * callback gets. */
#ifndef PYCAPSULE_TESTS_STRICT_INTERFACE_H
#define PYCAPSULE_TESTS_STRICT_INTERFACE_H

#include "../tap.h"

static char storage[] = "storage";

/* The last report that the callback got, how many it got, and its answer to each. */
static struct {
    int count, answer;
    char kind[32], severity[16], message[512], text[8192];
    const void *capsule, *argument;
} shown;

static inline int
keep_report(const pycapsule_report *report, void *argument)
{
    shown.count++;
    snprintf(shown.kind, sizeof shown.kind, "%s", report->kind);
    snprintf(shown.severity, sizeof shown.severity, "%s", report->severity);
    snprintf(shown.message, sizeof shown.message, "%s", report->message);
    snprintf(shown.text, sizeof shown.text, "%s", report->text);
    shown.capsule = report->capsule;
    shown.argument = argument;
    return shown.answer;
}

/* Forgets the reports so far, and sets the callback, which answers 1 to each report. */
static inline void
show_anew(void)
{
    memset(&shown, 0, sizeof shown);
    shown.answer = 1;
    pycapsule_on_report(keep_report, storage);
}

static inline void
test_nothing_left(void)
{
    is_int(pycapsule_live_count(), 0, "no capsule is left");
}

#endif
