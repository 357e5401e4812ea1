/* What only C can say: functions that take `...`, and the reading of a va_list.
 *
 * The linker keeps what stands here out of the library's dynamic symbols.  So the exported symbol of a function that
 * takes `...` is a jump in src/api (`variadic!`) to the function of the same name here, which makes a va_list of its
 * arguments and calls the function that takes one. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef struct _object PyObject;

/* Copying and reading for Rust, which knows a va_list only by its address (src/format/arguments.rs keeps room for
 * one).  What is narrower than int arrives as int; long, long long, size_t, ptrdiff_t and intmax_t are all 64 bits. */
typedef char room_for_va_list[sizeof(va_list) <= 4 * sizeof(uint64_t) ? 1 : -1];

void pycapsule_va_copy(void *to, void *from) { va_copy(*(va_list *)to, *(va_list *)from); }
void pycapsule_va_end(void *arguments) { va_end(*(va_list *)arguments); }
int pycapsule_va_int(void *arguments) { return va_arg(*(va_list *)arguments, int); }
int64_t pycapsule_va_int64(void *arguments) { return va_arg(*(va_list *)arguments, int64_t); }
void *pycapsule_va_pointer(void *arguments) { return va_arg(*(va_list *)arguments, void *); }

PyObject *PyUnicode_FromFormatV(const char *format, va_list arguments);

PyObject *pycapsule_PyUnicode_FromFormat(const char *format, ...)
{
    va_list arguments;
    PyObject *text;

    va_start(arguments, format);
    text = PyUnicode_FromFormatV(format, arguments);
    va_end(arguments);
    return text;
}
