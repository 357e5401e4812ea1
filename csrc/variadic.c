/* Code that only C can express: functions that take `...`, and the reading of a va_list.
 *
 * The linker does not export the functions of this file. The exported symbol of a function that takes `...` is a jump
 * in src/api (`variadic!`) to the function of the same name here, which makes a va_list of its arguments and calls the
 * function that takes one. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct _object PyObject;

/* Copying and reading for Rust, which knows a va_list only by its address (src/format/va_list.rs reserves room for
 * one). A type that is narrower than int arrives as int; long, long long, size_t, ptrdiff_t and intmax_t are all 64
 * bits. */
typedef char room_for_va_list[sizeof(va_list) <= 4 * sizeof(uint64_t) ? 1 : -1];

#ifndef __x86_64__ /* where Rust copies and reads the list itself */
void
pycapsule_va_copy(void *to, void *from)
{
    va_copy(*(va_list *)to, *(va_list *)from);
}
void
pycapsule_va_end(void *arguments)
{
    va_end(*(va_list *)arguments);
}
int
pycapsule_va_int(void *arguments)
{
    return va_arg(*(va_list *)arguments, int);
}
int64_t
pycapsule_va_int64(void *arguments)
{
    return va_arg(*(va_list *)arguments, int64_t);
}
void *
pycapsule_va_pointer(void *arguments)
{
    return va_arg(*(va_list *)arguments, void *);
}
double
pycapsule_va_double(void *arguments)
{
    return va_arg(*(va_list *)arguments, double);
}
#endif

/* One function that takes `...` over one that takes a va_list: its return type, the name with `...`, the name with a
 * va_list, the parameters, the last of them, and all of them as arguments. */
#define VARIADIC(result_type, name, name_v, parameters, last, ...)    \
    result_type name_v(PARENTHESES_OF parameters, va_list arguments); \
    result_type pycapsule_##name(PARENTHESES_OF parameters, ...)      \
    {                                                                 \
        va_list arguments;                                            \
        result_type result;                                           \
        va_start(arguments, last);                                    \
        result = name_v(__VA_ARGS__, arguments);                      \
        va_end(arguments);                                            \
        return result;                                                \
    }
#define PARENTHESES_OF(...) __VA_ARGS__

/* These functions of Rust are not part of the C API. A symbol that is hidden where it is used is hidden in the
 * library. */
#define HIDDEN __attribute__((visibility("hidden")))
HIDDEN int pycapsule_warn(PyObject *category, ptrdiff_t stack_level, const char *format, va_list arguments);
HIDDEN int pycapsule_write_unraisable(const char *format, va_list arguments);
HIDDEN int pycapsule_parse_object(PyObject *object, const char *format, va_list arguments);
HIDDEN int pycapsule_parse_stack(PyObject *const *items, ptrdiff_t count, const char *format, va_list arguments);
HIDDEN int pycapsule_parse_stack_and_names(PyObject *const *items, ptrdiff_t count, PyObject *names, void *parser,
                                           va_list arguments);
HIDDEN int pycapsule_parse_tuple_and_dict(PyObject *items, PyObject *keywords, void *parser, va_list arguments);
HIDDEN PyObject *pycapsule_call_function(PyObject *callable, const char *format, va_list arguments);
HIDDEN PyObject *pycapsule_call_method(PyObject *object, const char *name, const char *format, va_list arguments);
HIDDEN PyObject *pycapsule_call_method_by_object(PyObject *object, PyObject *name, const char *format,
                                                 va_list arguments);
HIDDEN int pycapsule_write_stderr(const char *format, va_list arguments);
HIDDEN int pycapsule_format_stderr(const char *format, va_list arguments);
HIDDEN int pycapsule_write_stdout(const char *format, va_list arguments);
HIDDEN int pycapsule_format_stdout(const char *format, va_list arguments);
HIDDEN int pycapsule_audit(const char *event, const char *format, va_list arguments);
HIDDEN PyObject *const *pycapsule_items_between(PyObject *items, const char *name, ptrdiff_t least, ptrdiff_t most,
                                                ptrdiff_t *count);

VARIADIC(PyObject *, PyUnicode_FromFormat, PyUnicode_FromFormatV, (const char *format), format, format)
VARIADIC(PyObject *, PyBytes_FromFormat, PyBytes_FromFormatV, (const char *format), format, format)
VARIADIC(PyObject *, PyErr_Format, PyErr_FormatV, (PyObject * exception, const char *format), format, exception, format)
HIDDEN PyObject *pycapsule_format_from_cause(PyObject *exception, const char *format, va_list arguments);
VARIADIC(PyObject *, _PyErr_FormatFromCause, pycapsule_format_from_cause, (PyObject * exception, const char *format),
         format, exception, format)
VARIADIC(int, PyErr_WarnFormat, pycapsule_warn, (PyObject * category, ptrdiff_t stack_level, const char *format),
         format, category, stack_level, format)
VARIADIC(int, PyErr_FormatUnraisable, pycapsule_write_unraisable, (const char *format), format, format)
HIDDEN int pycapsule_writer_format(void *writer, const char *format, va_list arguments);
VARIADIC(int, PySys_WriteStderr, pycapsule_write_stderr, (const char *format), format, format)
VARIADIC(int, PySys_FormatStderr, pycapsule_format_stderr, (const char *format), format, format)
VARIADIC(int, PySys_WriteStdout, pycapsule_write_stdout, (const char *format), format, format)
VARIADIC(int, PySys_FormatStdout, pycapsule_format_stdout, (const char *format), format, format)
VARIADIC(int, PySys_Audit, pycapsule_audit, (const char *event, const char *format), format, event, format)
VARIADIC(int, PyUnicodeWriter_Format, pycapsule_writer_format, (void *writer, const char *format), format, writer,
         format)
VARIADIC(int, PyOS_snprintf, PyOS_vsnprintf, (char *text, size_t size, const char *format), format, text, size, format)

VARIADIC(int, PyArg_Parse, pycapsule_parse_object, (PyObject * object, const char *format), format, object, format)
VARIADIC(int, PyArg_ParseTuple, PyArg_VaParse, (PyObject * items, const char *format), format, items, format)
VARIADIC(int, PyArg_ParseTupleAndKeywords, PyArg_VaParseTupleAndKeywords,
         (PyObject * items, PyObject *keywords, const char *format, const char *const *names), names, items, keywords,
         format, names)
VARIADIC(int, _PyArg_ParseStack, pycapsule_parse_stack, (PyObject *const *items, ptrdiff_t count, const char *format),
         format, items, count, format)
VARIADIC(int, _PyArg_ParseStackAndKeywords, pycapsule_parse_stack_and_names,
         (PyObject *const *items, ptrdiff_t count, PyObject *names, void *parser), parser, items, count, names, parser)
VARIADIC(int, _PyArg_ParseTupleAndKeywordsFast, pycapsule_parse_tuple_and_dict,
         (PyObject * items, PyObject *keywords, void *parser), parser, items, keywords, parser)

VARIADIC(PyObject *, Py_BuildValue, Py_VaBuildValue, (const char *format), format, format)
VARIADIC(PyObject *, PyObject_CallFunction, pycapsule_call_function, (PyObject * callable, const char *format), format,
         callable, format)
VARIADIC(PyObject *, PyObject_CallMethod, pycapsule_call_method,
         (PyObject * object, const char *name, const char *format), format, object, name, format)
VARIADIC(PyObject *, _PyObject_CallMethod, pycapsule_call_method_by_object,
         (PyObject * object, PyObject *name, const char *format), format, object, name, format)

/* The objects up to a NULL, as an array for a call. The first is `first`, if there is one, and the slot before it is
 * free for the callee. */
PyObject *PyErr_NoMemory(void);
PyObject *PyObject_Vectorcall(PyObject *callable, PyObject *const *arguments, size_t count, PyObject *names);
PyObject *PyObject_VectorcallMethod(PyObject *name, PyObject *const *arguments, size_t count, PyObject *names);
#define FREE_SLOT_BEFORE ((size_t)1 << (8 * sizeof(size_t) - 1))
typedef PyObject *vectorcall(PyObject *callable, PyObject *const *arguments, size_t count, PyObject *names);

static PyObject *
call_with_list(vectorcall *call, PyObject *callable, PyObject *first, va_list list)
{
    PyObject *few[8], **all = few, *result;
    size_t length = first != NULL, count = 1, i;
    va_list counted;

    va_copy(counted, list);
    while (va_arg(counted, PyObject *) != NULL) {
        length++;
    }
    va_end(counted);
    if (length >= sizeof(few) / sizeof(few[0])) {
        all = malloc((length + 1) * sizeof(*all));
        if (all == NULL) {
            return PyErr_NoMemory();
        }
    }
    all[0] = NULL;
    if (first != NULL) {
        all[count++] = first;
    }
    for (i = count; i <= length; i++) {
        all[i] = va_arg(list, PyObject *);
    }
    result = call(callable, all + 1, length | FREE_SLOT_BEFORE, NULL);
    if (all != few) {
        free(all);
    }
    return result;
}

PyObject *
pycapsule_PyObject_CallFunctionObjArgs(PyObject *callable, ...)
{
    va_list arguments;
    PyObject *result;

    va_start(arguments, callable);
    result = call_with_list(PyObject_Vectorcall, callable, NULL, arguments);
    va_end(arguments);
    return result;
}

PyObject *
pycapsule_PyObject_CallMethodObjArgs(PyObject *object, PyObject *name, ...)
{
    va_list arguments;
    PyObject *result;

    va_start(arguments, name);
    /* A method of NULL is the same error as a missing name. */
    result = call_with_list(PyObject_VectorcallMethod, object != NULL ? name : NULL, object, arguments);
    va_end(arguments);
    return result;
}

/* The items of a tuple, each to the next place. */
int
pycapsule_PyArg_UnpackTuple(PyObject *items, const char *name, ptrdiff_t least, ptrdiff_t most, ...)
{
    ptrdiff_t count, i;
    PyObject *const *all = pycapsule_items_between(items, name, least, most, &count);
    va_list arguments;

    if (all == NULL) {
        return 0;
    }
    va_start(arguments, most);
    for (i = 0; i < count; i++) {
        *va_arg(arguments, PyObject **) = all[i];
    }
    va_end(arguments);
    return 1;
}

/* The one function that counts its arguments: they are put into an array first. */
PyObject *_PyTuple_FromArray(PyObject *const *items, ptrdiff_t size);

PyObject *
pycapsule_PyTuple_Pack(ptrdiff_t size, ...)
{
    PyObject *few[8], **items = few, *tuple;
    va_list arguments;
    ptrdiff_t i;

    if (size > (ptrdiff_t)(sizeof(few) / sizeof(few[0]))) {
        items = (size_t)size <= SIZE_MAX / sizeof(*items) ? malloc((size_t)size * sizeof(*items)) : NULL;
        if (items == NULL) {
            return PyErr_NoMemory();
        }
    }
    va_start(arguments, size);
    for (i = 0; i < size; i++) {
        items[i] = va_arg(arguments, PyObject *);
    }
    va_end(arguments);
    tuple = _PyTuple_FromArray(items, size);
    if (items != few) {
        free(items);
    }
    return tuple;
}
