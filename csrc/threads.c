/* The C library's knowledge about threads. */

/* Not 0 while the process has one thread. glibc has this variable since 2.32. */
extern char __libc_single_threaded __attribute__((weak));

/* NULL when the C library has no such variable. */
extern const char *const pycapsule_single_threaded;
const char *const pycapsule_single_threaded = &__libc_single_threaded;
