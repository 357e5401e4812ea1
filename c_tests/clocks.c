/* The clocks of PyTime_*, in nanoseconds, and times as seconds. */
#include "checks.h"

#include <stdint.h>
#include <time.h>

typedef int (*Read)(PyTime_t *result);

static const struct {
    const char *name;
    Read read;
    int is_calendar;
} CLOCKS[] = {
    {"PyTime_Monotonic", PyTime_Monotonic, 0},
    {"PyTime_MonotonicRaw", PyTime_MonotonicRaw, 0},
    {"PyTime_PerfCounter", PyTime_PerfCounter, 0},
    {"PyTime_PerfCounterRaw", PyTime_PerfCounterRaw, 0},
    {"PyTime_Time", PyTime_Time, 1},
    {"PyTime_TimeRaw", PyTime_TimeRaw, 1},
};

static void
test_clocks(void)
{
    size_t i;
    for (i = 0; i < sizeof CLOCKS / sizeof CLOCKS[0]; i++) {
        const char *name = CLOCKS[i].name;
        PyTime_t first = -1, second = -1, other = -1;
        time_t before = time(NULL);
        is_int(CLOCKS[i].read(&first), 0, "%s succeeds", name);
        is_int(CLOCKS[i].read(&second), 0, "%s succeeds again", name);
        no_error(name);
        ok(first > 0 && second >= first, "%s does not go back", name);
        ok(second - first < (PyTime_t)60 * 1000000000, "%s tells nanoseconds", name);
        is_int(PyTime_Monotonic(&other), 0, "PyTime_Monotonic succeeds after %s", name);
        if (CLOCKS[i].is_calendar)
            ok(first / 1000000000 - before <= 1 && before - first / 1000000000 <= 1, "%s tells the time since 1970",
               name);
        else
            ok(other >= second && other - second < (PyTime_t)60 * 1000000000, "%s is the monotonic clock", name);
    }
}

static void
test_seconds(void)
{
    static const struct {
        PyTime_t time;
        double seconds;
    } times[] = {
        {0, 0.0},
        {1, 1e-9},
        {-1, -1e-9},
        {1000000000, 1.0},
        {1500000000, 1.5},
        {-2500000000, -2.5},
        {123456789, 0.123456789},
        {INT64_C(9007199254740993000), 9007199254.740993},
        {INT64_C(9000000000000000000), 9e9},
        {PyTime_MAX, 9223372036.854775807},
        {PyTime_MIN, -9223372036.854775808},
    };
    size_t i;
    for (i = 0; i < sizeof times / sizeof times[0]; i++)
        ok(PyTime_AsSecondsDouble(times[i].time) == times[i].seconds, "%lld ns are %.17g seconds",
           (long long)times[i].time, times[i].seconds);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_clocks);
    RUN(test_seconds);
    return TAP_END();
}
