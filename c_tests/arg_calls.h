/* Calls with positional and keyword arguments of every kind, and a digest of their outcomes. */
#ifndef PYCAPSULE_TESTS_ARG_CALLS_H
#define PYCAPSULE_TESTS_ARG_CALLS_H

#include "outcome.h"

enum { PLACES = 5 };

/* The names of arguments. */
static const char *const abc[] = {"a", "b", "c", NULL};
static const char *const only_a[] = {"a", NULL};
static const char *const unnamed_abc[] = {"", "b", "c", NULL};
static const char *const two_unnamed[] = {"", "", "c", NULL};
static const char *const three_unnamed[] = {"", "", "", NULL};
static const char *const none[] = {NULL};
static const char *const gap[] = {"a", "", "c", NULL};
static const char *const wide[] = {"\xc3\xa9", "b", "c", NULL};
static const char *const invalid[] = {"\xff", "b", "c", NULL};
static const char *const alike[] = {"first_name", "last_name", "firstname", NULL};

/* The keywords of a call, each a set of these keys. */
enum { KEYS = 9 };
static PyObject *keys[KEYS];
static PyObject *values[KEYS];

static PyObject *
dict_of(int set)
{
    PyObject *dict = PyDict_New();
    int i;
    for (i = 0; i < KEYS; i++) {
        if (set & 1 << i) {
            PyDict_SetItem(dict, keys[i], values[i]);
        }
    }
    return dict;
}

static const char *
places_text(int parsed, PyObject *const *places, int count)
{
    char *text = outcome_buffer(), *to = text;
    int i;

    if (!parsed) {
        return error_text();
    }
    *text = '\0';
    for (i = 0; i < count; i++) {
        to += snprintf(to, (size_t)(OUTCOME_SIZE - (to - text)), "%s ", places[i] != NULL ? shown(places[i]) : "-");
    }
    return PyErr_Occurred() != NULL ? "1 with an error set" : text;
}

static unsigned long long digest;

/* Adds the outcome of a call to the digest. */
static void
note(int print, const char *what, int count, int set, const char *text)
{
    const char *at;

    if (print) {
        printf("# %s, %d positional, keywords %d: %s\n", what, count, set, text);
    }
    for (at = text; *at != '\0'; at++) {
        digest = (digest ^ (unsigned char)*at) * 0x100000001b3ULL;
    }
}

/* Passes each call, with up to four positional arguments and each set of up to three keywords, to a function. */
static const char *
each_call(void (*take)(PyObject *args, PyObject *keywords, int count, int set, const void *data), const void *data)
{
    static char text[20];
    int count, set;

    digest = 0xcbf29ce484222325ULL;
    for (count = 0; count <= 4; count++) {
        PyObject *args = PyTuple_New(count);
        for (set = 0; set < count; set++) {
            PyTuple_SetItem(args, set, PyLong_FromLong(set + 1));
        }
        for (set = 0; set < 1 << KEYS; set++) {
            int i, size = 0;
            for (i = 0; i < KEYS; i++) {
                size += set >> i & 1;
            }
            if (size <= 3) {
                PyObject *keywords = dict_of(set);
                take(args, keywords, count, set, data);
                Py_DECREF(keywords);
            }
        }
        Py_DECREF(args);
    }
    snprintf(text, sizeof text, "%016llx", digest);
    return text;
}

/* Makes the keys and values of keywords. */
static void
make_keys(void)
{
    static const char *const texts[KEYS - 1] = {"a", "b", "c", "d", "", "A", "\xc3\xa9", "first_name"};
    int i;

    for (i = 0; i < KEYS; i++) {
        keys[i] = i < KEYS - 1 ? PyUnicode_FromString(texts[i]) : PyLong_FromLong(7);
        values[i] = PyLong_FromLong(100 + i);
    }
}

static void
drop_keys(void)
{
    int i;

    for (i = 0; i < KEYS; i++) {
        Py_DECREF(keys[i]);
        Py_DECREF(values[i]);
    }
}

#endif
