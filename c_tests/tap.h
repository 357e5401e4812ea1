/* The test harness: a few checks that print TAP (Test Anything Protocol) on standard output.
 *
 * A test program is one topic.  RUN prints a test function's name as a comment and calls it, so that the name
 * stands above the results.  Each result has a sentence that is understood without the ones before it, so the
 * output reads as a description of the behaviour; c_tests/run refuses a sentence that begins with "and", and a
 * result that stands under no name.  Nothing printed may differ between two correct implementations: no
 * addresses, no versions, no times.  A failed check says what it got and what it wanted on standard error.
 *
 *     static void test_names(void) { is_int(PyCapsule_SetName(c, "b"), 0, "a setter returns 0"); }
 *     int main(void) { TAP_BEGIN(); RUN(test_names); return TAP_END(); }
 */
#ifndef PYCAPSULE_TESTS_TAP_H
#define PYCAPSULE_TESTS_TAP_H

#include <Python.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_count = 0;
static int tap_failures = 0;

/* Prints one TAP line; on failure the place as well.  Returns `passed`. */
static inline int
tap_line(int passed, const char *file, int line, const char *format, va_list arguments)
{
    tap_count++;
    printf("%s %d - ", passed ? "ok" : "not ok", tap_count);
    vprintf(format, arguments);
    printf("\n");
    fflush(stdout);
    if (!passed) {
        tap_failures++;
        fprintf(stderr, "# failed at %s:%d\n", file, line);
    }
    return passed;
}

static inline int
tap_ok(const char *file, int line, int passed, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tap_line(passed, file, line, format, arguments);
    va_end(arguments);
    return passed;
}

static inline int
tap_is_int(const char *file, int line, long long got, long long want, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tap_line(got == want, file, line, format, arguments);
    va_end(arguments);
    if (got != want) {
        fprintf(stderr, "#   got %lld, wanted %lld\n", got, want);
    }
    return got == want;
}

static inline int
tap_is_ptr(const char *file, int line, const void *got, const void *want, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    tap_line(got == want, file, line, format, arguments);
    va_end(arguments);
    if (got != want) {
        fprintf(stderr, "#   got %p, wanted %p\n", got, want);
    }
    return got == want;
}

static inline int
tap_is_str(const char *file, int line, const char *got, const char *want, const char *format, ...)
{
    int same = (got == NULL || want == NULL) ? got == want : strcmp(got, want) == 0;
    va_list arguments;
    va_start(arguments, format);
    tap_line(same, file, line, format, arguments);
    va_end(arguments);
    if (!same) {
        fprintf(stderr, "#   got    %s\n#   wanted %s\n", got ? got : "NULL", want ? want : "NULL");
    }
    return same;
}

/* The name of a type, which Py_LIMITED_API shows as an attribute only.  The error indicator keeps what it holds. */
static inline const char *
tap_type_name(PyObject *type)
{
#ifdef Py_LIMITED_API
    static char name[128];
    PyObject *error, *value, *traceback, *text;
    const char *utf8;

    PyErr_Fetch(&error, &value, &traceback);
    text = type != NULL ? PyObject_GetAttrString(type, "__name__") : NULL;
    utf8 = text != NULL ? PyUnicode_AsUTF8(text) : NULL;
    snprintf(name, sizeof name, "%s", utf8 != NULL ? utf8 : "no type");
    Py_XDECREF(text);
    PyErr_Restore(error, value, traceback);
    return name;
#else
    return type != NULL ? ((PyTypeObject *)type)->tp_name : "no type";
#endif
}

/* The error indicator holds an exception of exactly this type whose str() is this text; it is cleared. */
static inline int
tap_raises(const char *file, int line, PyObject *type, const char *message, const char *format, ...)
{
    PyObject *got_type = NULL, *value = NULL, *traceback = NULL, *text = NULL;
    const char *got = NULL;
    va_list arguments;
    int passed;

    PyErr_Fetch(&got_type, &value, &traceback);
    if (got_type != NULL) {
        PyErr_NormalizeException(&got_type, &value, &traceback);
        text = PyObject_Str(value);
        got = text ? PyUnicode_AsUTF8(text) : NULL;
    }
    passed = got_type == type && got != NULL && strcmp(got, message) == 0;
    va_start(arguments, format);
    tap_line(passed, file, line, format, arguments);
    va_end(arguments);
    if (!passed) {
        fprintf(stderr, "#   got    %s: %s\n", tap_type_name(got_type), got ? got : "");
        fprintf(stderr, "#   wanted %s: %s\n", tap_type_name(type), message);
    }
    PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(got_type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return passed;
}

/* The error indicator is clear; if it is not, it is printed and cleared. */
static inline int
tap_no_error(const char *file, int line, const char *format, ...)
{
    int passed = PyErr_Occurred() == NULL;
    va_list arguments;
    va_start(arguments, format);
    tap_line(passed, file, line, format, arguments);
    va_end(arguments);
    if (!passed) {
        PyErr_Print();
    }
    return passed;
}

/* Every check returns whether it passed, and takes a printf format with its sentence last. */
#define ok(condition, ...) tap_ok(__FILE__, __LINE__, (condition) != 0, __VA_ARGS__)
#define is_int(got, want, ...) tap_is_int(__FILE__, __LINE__, (long long)(got), (long long)(want), __VA_ARGS__)
#define is_ptr(got, want, ...) tap_is_ptr(__FILE__, __LINE__, (const void *)(got), (const void *)(want), __VA_ARGS__)
#define is_str(got, want, ...) tap_is_str(__FILE__, __LINE__, (got), (want), __VA_ARGS__)
#define raises(type, message, ...) tap_raises(__FILE__, __LINE__, (type), (message), __VA_ARGS__)
#define no_error(...) tap_no_error(__FILE__, __LINE__, __VA_ARGS__)

#define TAP_BEGIN() Py_Initialize()

/* A test may fork: the name is flushed, so that a child does not print it a second time. */
static inline void
tap_name(const char *name)
{
    printf("# %s\n", name);
    fflush(stdout);
}

static inline void
tap_run(const char *name, void (*test)(void))
{
    tap_name(name);
    test();
}

/* Prints the test function's name and calls it. */
#define RUN(test) tap_run(#test, test)

/* Ends the run: the interpreter is finalised, the plan printed.  The value is main's exit status. */
static inline int
TAP_END(void)
{
    int finalized;

    tap_name("TAP_END");
    no_error("no test leaves an error behind");
    finalized = Py_FinalizeEx();
    ok(finalized == 0, "Py_FinalizeEx succeeds after the tests");
    printf("1..%d\n", tap_count);
    fflush(stdout);
    return tap_failures != 0;
}

#endif
