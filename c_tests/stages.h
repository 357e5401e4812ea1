/* Two threads that take turns: one reaches a stage, and another waits for it. */
#ifndef PYCAPSULE_TESTS_STAGES_H
#define PYCAPSULE_TESTS_STAGES_H

#include <sched.h>

static int stage = 0;

static inline void
reach(int which)
{
    __atomic_store_n(&stage, which, __ATOMIC_RELEASE);
}

static inline void
wait_for_stage(int which)
{
    while (__atomic_load_n(&stage, __ATOMIC_ACQUIRE) < which) {
        sched_yield();
    }
}

#endif
