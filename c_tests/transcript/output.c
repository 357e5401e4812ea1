/* The output of the transcript, and the error indicator as text. With a digest the text is not written but hashed, so
 * that runs of any length can be compared, and the first difference found. */
#include "transcript.h"

#include <stdarg.h>

static const uint64_t start_of_hash = UINT64_C(0xcbf29ce484222325);
static uint64_t hash;
static int hashed;

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
    if (hashed) {
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
    /* How much of the stack was in use is a matter of the build. */
    if (!PyErr_GivenExceptionMatches(error, PyExc_RecursionError)) {
        say_text(text ? PyUnicode_AsUTF8(text) : "(no text)");
    }
    Py_XDECREF(text);
    PyErr_Clear();
    PyErr_SetRaisedException(error);
}

void
output_start(int digest)
{
    hashed = digest;
    hash = start_of_hash;
}

/* The hash of the text since the start or the last digest. */
uint64_t
output_digest(void)
{
    uint64_t value = hash;

    hash = start_of_hash;
    return value;
}
