/* What the C library knows of threads. */

/* Not 0 while the process has one thread; glibc has it from 2.32 on. */
extern char __libc_single_threaded __attribute__((weak));

/* NULL where the C library does not tell. */
extern const char *const pycapsule_single_threaded;
const char *const pycapsule_single_threaded = &__libc_single_threaded;
