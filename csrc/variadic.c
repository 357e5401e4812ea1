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

/* One function that takes `...` over one that takes a va_list: its return type, the name with `...`, the name with a
 * va_list, the parameters, the last of them, and all of them as arguments. */
#define VARIADIC(result_type, name, name_v, parameters, last, ...)      \
    result_type name_v(PARENTHESES_OF parameters, va_list arguments);   \
    result_type pycapsule_##name(PARENTHESES_OF parameters, ...)        \
    {                                                                   \
        va_list arguments;                                              \
        result_type result;                                             \
        va_start(arguments, last);                                      \
        result = name_v(__VA_ARGS__, arguments);                        \
        va_end(arguments);                                              \
        return result;                                                  \
    }
#define PARENTHESES_OF(...) __VA_ARGS__

VARIADIC(PyObject *, PyUnicode_FromFormat, PyUnicode_FromFormatV, (const char *format), format, format)
VARIADIC(PyObject *, PyErr_Format, PyErr_FormatV, (PyObject * exception, const char *format), format, exception, format)
VARIADIC(int, PyOS_snprintf, PyOS_vsnprintf, (char *text, size_t size, const char *format), format, text, size, format)
