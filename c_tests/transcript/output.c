/* What is printed, and the error indicator put into words.  With a digest nothing is written but a hash of
 * all the text so far, now and then: two runs of any length can be compared, and the place found where they part. */
#include "transcript.h"

#include <stdarg.h>

static long long digest_every;
static uint64_t hash = UINT64_C(0xcbf29ce484222325);

static uint64_t
fnv(uint64_t start, const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        start = (start ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    }
    return start;
}

static void
put(const char *text, size_t length)
{
    if (digest_every) {
        hash = fnv(hash, text, length);
    } else {
        fwrite(text, 1, length, stdout);
    }
}

void
say(const char *format, ...)
{
    char buffer[512];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    put(buffer, length < (int)sizeof buffer ? (size_t)length : sizeof buffer - 1);
}

/* In quotes; bytes that a terminal would not show as hexadecimal, long text by its length and hash. */
void
say_text(const char *text)
{
    size_t length = text ? strlen(text) : 0, i, start = 0;

    if (text == NULL) {
        say("NULL");
        return;
    }
    if (length > 160) {
        say("[%lu bytes, %08lx]", (unsigned long)length, (unsigned long)(fnv(0, text, length) & 0xffffffffu));
        return;
    }
    put("\"", 1);
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 32 || byte > 126) {
            put(text + start, i - start);
            say("\\x%02x", (unsigned)byte);
            start = i + 1;
        }
    }
    put(text + start, length - start);
    put("\"", 1);
}

/* Type and message of the error indicator, which holds the same after it. */
void
say_error(void)
{
    PyObject *error, *text;

    if (PyErr_Occurred() == NULL) {
        return;
    }
    error = PyErr_GetRaisedException();
    say(" !%s ", Py_TYPE(error)->tp_name);
    text = PyObject_Str(error);
    say_text(text ? PyUnicode_AsUTF8(text) : "(no text)");
    Py_XDECREF(text);
    PyErr_Clear();
    PyErr_SetRaisedException(error);
}

/* Ends an operation: prints the error, which is then mostly cleared but sometimes left for the next ones. */
void
finish_call(void)
{
    if (PyErr_Occurred()) {
        say_error();
        if (chance(75)) {
            PyErr_Clear();
        } else {
            say(" (left)");
        }
    }
    say("\n");
}

void
output_start(uint64_t seed, long long every)
{
    digest_every = every;
    say("seed %llu\n", (unsigned long long)seed);
}

void
output_step(long long step)
{
    if (digest_every && step % digest_every == 0) {
        printf("%lld %016llx\n", step, (unsigned long long)hash);
        fflush(stdout);
    }
}

void
output_end(long long steps)
{
    if (digest_every) {
        printf("end %lld %016llx\n", steps, (unsigned long long)hash);
    }
    fflush(stdout);
}
