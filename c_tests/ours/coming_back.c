/* A thread that has given its state back, and comes for a new one while the runtime is being finalised. */
#define STATELESS 1
#include "../coming_back.c"
