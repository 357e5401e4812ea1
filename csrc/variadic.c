/* The functions that take `...`: only C can define them.  Each collects its arguments into a va_list and hands that
 * to Rust; the exported symbol is a jump in src/api, because the linker keeps what stands here out of the library's
 * dynamic symbols. */
#include <stdarg.h>
#include <stdio.h>

typedef struct _object PyObject;

/* Readers for Rust: the next argument of a va_list, which Rust only knows by its address.  An argument of any type
 * narrower than int arrives as int, a float as double. */
int pycapsule_va_int(void *arguments) { return va_arg(*(va_list *)arguments, int); }
