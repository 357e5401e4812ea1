/* The random numbers: splitmix64, so that a seed means the same everywhere.  Each step has a generator of its own,
 * so that it draws the same numbers after any other steps: steps can be left out of a replay. */
#include "transcript.h"

static uint64_t state;

static uint64_t
mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t
next(void)
{
    return mixed(state += UINT64_C(0x9e3779b97f4a7c15));
}

void
random_start(uint64_t seed, uint64_t step)
{
    state = seed;
    state = next() ^ step;
    state = next();
}

/* A number below `count`. */
unsigned
pick(unsigned count)
{
    return (unsigned)((next() >> 32) % count);
}

int
chance(unsigned percent)
{
    return pick(100) < percent;
}
