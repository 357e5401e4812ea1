/* Calls that wait for a safe time, simulated signals, and texts in the encoding of the locale. */
#include "outcome.h"

#include <signal.h>

/* CPython's public headers do not show these. */
#ifdef __cplusplus
extern "C" {
#endif
int _PyDict_SetItem_KnownHash(PyObject *dict, PyObject *key, PyObject *value, Py_hash_t hash);
int _PyDict_SetItem_KnownHash_LockHeld(PyObject *dict, PyObject *key, PyObject *value, Py_hash_t hash);
#ifdef __cplusplus
}
#endif

static char called[256];

/* Notes its name; one that begins with f fails. */
static int
note(void *name)
{
    strcat(called, (const char *)name);
    if (*(const char *)name == 'f') {
        PyErr_SetString(PyExc_ValueError, "the call failed");
        return -1;
    }
    return 0;
}

/* Fails without an error. */
static int
fail_silently(void *none)
{
    (void)none;
    return -1;
}

static int
add(const char *name)
{
    return Py_AddPendingCall(note, (void *)name);
}

static void
test_calls(void)
{
    int count = 0;
    is_int(Py_MakePendingCalls(), 0, "Py_MakePendingCalls without a call that waits does nothing");
    is_int(add("one "), 0, "a call is added");
    is_int(add("fail "), 0, "a call that will fail is added");
    is_int(add("two "), 0, "a third call is added");
    is_str(called, "", "Py_AddPendingCall calls nothing");
    is_int(PyErr_CheckSignals(), 0, "PyErr_CheckSignals makes none of the calls");
    is_int(Py_MakePendingCalls(), -1, "Py_MakePendingCalls fails when a call does");
    is_str(error_text(), "ValueError: the call failed", "the error of a call is the error of Py_MakePendingCalls");
    is_str(called, "one fail ", "calls are made in order, up to the first that fails");
    is_int(Py_MakePendingCalls(), 0, "Py_MakePendingCalls goes on after a call that failed");
    is_str(called, "one fail two ", "each call is made once");
    Py_AddPendingCall(fail_silently, NULL);
    is_int(Py_MakePendingCalls(), -1, "Py_MakePendingCalls fails when a call fails without an error");
    ok(PyErr_Occurred() == NULL, "Py_MakePendingCalls adds no error to a call that fails without one");
    called[0] = '\0';
    while (count < 1000 && add("") == 0) {
        count++;
    }
    is_int(count, 32, "32 calls can wait");
    ok(PyErr_Occurred() == NULL, "a call that finds no room sets no error");
    is_int(Py_MakePendingCalls(), 0, "all calls that wait are made");
    is_int(add("again "), 0, "there is room again");
    is_int(Py_MakePendingCalls(), 0, "Py_MakePendingCalls makes the new call");
    is_str(called, "again ", "the new call is made");
}

static void
test_interrupts(void)
{
    is_int(PyErr_CheckSignals(), 0, "no signal has come");
    PyErr_SetInterrupt();
    ok(PyErr_Occurred() == NULL, "PyErr_SetInterrupt sets no error");
    is_int(PyErr_CheckSignals(), -1, "PyErr_CheckSignals fails after PyErr_SetInterrupt");
    is_str(error_text(), "KeyboardInterrupt: ", "a simulated interrupt is KeyboardInterrupt");
    is_int(PyErr_CheckSignals(), 0, "an interrupt is raised once");
    is_int(PyErr_SetInterruptEx(SIGINT), 0, "PyErr_SetInterruptEx simulates SIGINT");
    is_int(Py_MakePendingCalls(), -1, "Py_MakePendingCalls looks for an interrupt too");
    is_str(error_text(), "KeyboardInterrupt: ", "the interrupt is KeyboardInterrupt in Py_MakePendingCalls");
    is_int(PyErr_SetInterruptEx(0), -1, "no signal has the number 0");
    is_int(PyErr_SetInterruptEx(1000), -1, "no signal has the number 1000");
    is_int(PyErr_SetInterruptEx(SIGUSR1), 0, "a signal without a handler can be simulated");
    is_int(PyErr_CheckSignals(), 0, "a signal without a handler does nothing");
}

static const char *const HANDLERS[] = {NULL, "strict", "surrogateescape", "replace", ""};

/* The outcome of a decoding, as escapes. */
static const char *
escapes(PyObject *text)
{
    const char *result = text != NULL ? outcome(PyObject_ASCII(text)) : error_text();
    Py_XDECREF(text);
    return result;
}

static void
test_decode_locale(void)
{
    static const char *const TEXTS[] = {"abc", "\xe9", "a\xc3\xa9", "\xed\xa0\x80", ""};
    static const char *const WANT[][3] = {
        {"\"'abc'\"", "\"'abc'\"", "\"'abc'\""},
        {"UnicodeDecodeError: 'locale' codec can't decode byte 0xe9 in position 0: decoding error",
         "UnicodeDecodeError: 'locale' codec can't decode byte 0xe9 in position 0: decoding error", "\"'\\\\udce9'\""},
        {"\"'a\\\\xe9'\"", "\"'a\\\\xe9'\"", "\"'a\\\\xe9'\""},
        {"UnicodeDecodeError: 'locale' codec can't decode byte 0xed in position 0: decoding error",
         "UnicodeDecodeError: 'locale' codec can't decode byte 0xed in position 0: decoding error",
         "\"'\\\\udced\\\\udca0\\\\udc80'\""},
        {"\"''\"", "\"''\"", "\"''\""},
    };
    size_t i, j;
    for (i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        for (j = 0; j < sizeof HANDLERS / sizeof *HANDLERS; j++) {
            is_str(escapes(PyUnicode_DecodeLocale(TEXTS[i], HANDLERS[j])),
                   j < 3 ? WANT[i][j] : "ValueError: unsupported error handler",
                   "text %d of the locale is decoded with %s", (int)i,
                   HANDLERS[j] != NULL ? HANDLERS[j] : "no handler");
        }
    }
    is_str(escapes(PyUnicode_DecodeLocaleAndSize("ab", 2, NULL)), "\"'ab'\"",
           "a text of the locale with a size is decoded");
    is_str(escapes(PyUnicode_DecodeLocaleAndSize("a\0b", 3, NULL)), "ValueError: embedded null byte",
           "a text of the locale has no NUL");
    is_str(escapes(PyUnicode_DecodeLocaleAndSize("ab", 1, NULL)), "ValueError: embedded null byte",
           "a NUL stands after a text of the locale");
}

static void
test_encode_locale(void)
{
    static const char *const WANT[][3] = {
        {"b'abc'", "b'abc'", "b'abc'"},
        {"b'\\xc3\\xa9'", "b'\\xc3\\xa9'", "b'\\xc3\\xa9'"},
        {"UnicodeEncodeError: 'locale' codec can't encode character '\\udce9' in position 0: encoding error",
         "UnicodeEncodeError: 'locale' codec can't encode character '\\udce9' in position 0: encoding error",
         "b'\\xe9'"},
        {"UnicodeEncodeError: 'locale' codec can't encode character '\\ud800' in position 0: encoding error",
         "UnicodeEncodeError: 'locale' codec can't encode character '\\ud800' in position 0: encoding error",
         "UnicodeEncodeError: 'locale' codec can't encode character '\\ud800' in position 0: encoding error"},
    };
    PyObject *texts[] = {PyUnicode_FromString("abc"), PyUnicode_FromString("\xc3\xa9"), PyUnicode_FromOrdinal(0xdce9),
                         PyUnicode_FromOrdinal(0xd800)};
    PyObject *with_nul = PyUnicode_FromStringAndSize("a\0b", 3), *one = PyLong_FromLong(1);
    size_t i, j;
    for (i = 0; i < 4; i++) {
        for (j = 0; j < sizeof HANDLERS / sizeof *HANDLERS; j++) {
            is_str(outcome(PyUnicode_EncodeLocale(texts[i], HANDLERS[j])),
                   j < 3 ? WANT[i][j] : "ValueError: unsupported error handler",
                   "text %d is encoded for the locale with %s", (int)i,
                   HANDLERS[j] != NULL ? HANDLERS[j] : "no handler");
        }
        Py_DECREF(texts[i]);
    }
    is_str(outcome(PyUnicode_EncodeLocale(with_nul, "x")), "ValueError: embedded null character",
           "a text for the locale has no NUL");
    is_str(outcome(PyUnicode_EncodeLocale(one, NULL)), "TypeError: bad argument type for built-in operation",
           "a text for the locale is a str");
    Py_DECREF(with_nul);
    Py_DECREF(one);
}

static void
test_known_hash(void)
{
    PyObject *dict = PyDict_New(), *key = PyUnicode_FromString("key"), *one = PyLong_FromLong(1),
             *two = PyLong_FromLong(2);
    Py_hash_t hash = PyObject_Hash(key);
    is_int(_PyDict_SetItem_KnownHash_LockHeld(dict, key, one, hash), 0, "a value is set for a key with a known hash");
    is_str(shown(dict), "{'key': 1}", "the key is in the dict");
    is_int(_PyDict_SetItem_KnownHash(dict, key, two, hash), 0, "_PyDict_SetItem_KnownHash replaces the value");
    is_str(shown(dict), "{'key': 2}", "the value is replaced");
    Py_DECREF(two);
    Py_DECREF(one);
    Py_DECREF(key);
    Py_DECREF(dict);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_calls);
    RUN(test_interrupts);
    RUN(test_decode_locale);
    RUN(test_encode_locale);
    RUN(test_known_hash);
    return TAP_END();
}
