/* A thread that has deleted its state, and asks for a new one while the runtime is being finalised. */
#define STATELESS 1
#include "../coming_back.c"
