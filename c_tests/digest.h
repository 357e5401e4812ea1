/* Digests of many outcomes: a table of operands and operators has more outcomes than a test program can list, so that each
 * row of it is compared by a digest.  The digests are CPython's.
 *
 * A program with an argument prints the outcomes themselves instead: two of them, one with each library, show by `diff` which
 * outcome is different.
 */
#ifndef PYCAPSULE_TESTS_DIGEST_H
#define PYCAPSULE_TESTS_DIGEST_H

#include "tap.h"

#include <stdint.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static int prints_outcomes = 0;
static uint64_t digest = 14695981039346656037U;

/* Adds a text to the digest. */
static inline void
digest_text(const char *text)
{
    for (; *text != '\0'; text++) {
        digest = (digest ^ (unsigned char)*text) * 1099511628211U;
    }
    digest = (digest ^ 255) * 1099511628211U;
}

/* Adds a line. */
static inline void
note(const char *format, ...)
{
    static char line[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    digest_text(line);
    if (prints_outcomes) {
        printf("%s\n", line);
    }
}

/* Adds an outcome: the type and the text of a new reference, which is dropped, or the error, which is cleared.  `what` names
 * the call. */
static inline void
digest_outcome(const char *what, PyObject *result, PyObject *(*show)(PyObject *))
{
    PyObject *error = PyErr_GetRaisedException();
    PyObject *shown = result != NULL ? show(result) : error != NULL ? PyObject_Str(error) : NULL;
    const char *text = shown != NULL ? PyUnicode_AsUTF8(shown) : "(no text)";
    const char *kind = tap_type_name((PyObject *)(result != NULL  ? Py_TYPE(result)
                                                  : error != NULL ? Py_TYPE(error)
                                                                  : NULL));

    if (result != NULL && error != NULL) {
        kind = "a result with an error";
    }
    digest_text(kind);
    digest_text(text);
    if (prints_outcomes) {
        printf("%s -> %s %s\n", what, kind, text);
    }
    PyErr_Clear();
    Py_XDECREF(shown);
    Py_XDECREF(error);
    Py_XDECREF(result);
}

/* Prints a result whose sentence says all that the program saw, and adds the sentence to the digest.  Only the digest can fail. */
static inline void
saw(const char *format, ...)
{
    char sentence[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    digest_text(sentence);
    ok(1, "%s", sentence);
}

/* Compares the digest with CPython's, and begins the next. */
static inline void
digest_is(uint64_t wanted, const char *sentence)
{
    if (prints_outcomes) {
        printf("= 0x%016llxU %s\n", (unsigned long long)digest, sentence);
    } else if (!ok(digest == wanted, "%s", sentence)) {
        fprintf(stderr, "#   digest 0x%016llxU\n", (unsigned long long)digest);
    }
    digest = 14695981039346656037U;
}

#endif
