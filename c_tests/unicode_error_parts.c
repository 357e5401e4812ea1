/* The parts of the three exceptions of encodings, as the functions of C read and write them. */
#include "checks.h"
#include "outcome.h"

#define CLASS(name, encoding) \
    {#name,                   \
     encoding,                \
     Py##name##_GetObject,    \
     Py##name##_GetReason,    \
     Py##name##_SetReason,    \
     Py##name##_GetStart,     \
     Py##name##_GetEnd,       \
     Py##name##_SetStart,     \
     Py##name##_SetEnd}

static const struct {
    const char *name;
    PyObject *(*encoding)(PyObject *);
    PyObject *(*object)(PyObject *);
    PyObject *(*reason)(PyObject *);
    int (*set_reason)(PyObject *, const char *);
    int (*start)(PyObject *, Py_ssize_t *);
    int (*end)(PyObject *, Py_ssize_t *);
    int (*set_start)(PyObject *, Py_ssize_t);
    int (*set_end)(PyObject *, Py_ssize_t);
} CLASSES[] = {
    CLASS(UnicodeDecodeError, PyUnicodeDecodeError_GetEncoding),
    CLASS(UnicodeEncodeError, PyUnicodeEncodeError_GetEncoding),
    CLASS(UnicodeTranslateError, NULL),
};

enum { CLASS_COUNT = sizeof CLASSES / sizeof CLASSES[0] };

/* An exception about a text of a length. */
static PyObject *
made(size_t kind, int length)
{
    PyObject *builtins = PyImport_ImportModule("builtins"),
             *type = PyObject_GetAttrString(builtins, CLASSES[kind].name);
    PyObject *object =
        kind == 0 ? PyBytes_FromStringAndSize("abcdefgh", length) : PyUnicode_FromStringAndSize("abcdefgh", length);
    PyObject *error = kind == 2 ? PyObject_CallFunction(type, "Oiis", object, 1, 3, "reason")
                                : PyObject_CallFunction(type, "sOiis", "codec", object, 1, 3, "reason");
    Py_DECREF(object);
    Py_DECREF(builtins);
    Py_DECREF(type);
    return error;
}

static void
test_texts(void)
{
    size_t i;
    for (i = 0; i < CLASS_COUNT; i++) {
        const char *name = CLASSES[i].name, *object = i == 0 ? "b'abcd'" : "'abcd'";
        PyObject *error = made(i, 4);
        if (CLASSES[i].encoding != NULL)
            is_str(outcome(CLASSES[i].encoding(error)), "'codec'", "the encoding of a %s", name);
        is_str(outcome(CLASSES[i].object(error)), object, "the object of a %s", name);
        is_str(outcome(CLASSES[i].reason(error)), "'reason'", "the reason of a %s", name);
        is_int(CLASSES[i].set_reason(error, "h\xc3\xa9"), 0, "the reason of a %s is set", name);
        is_str(outcome(CLASSES[i].reason(error)), "'h\xc3\xa9'", "the new reason of a %s", name);
        is_int(CLASSES[i].set_reason(error, "\xff"), -1, "the reason of a %s has to be UTF-8", name);
        is_str(error_text(),
               "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
               "the error for the reason of a %s", name);
        Py_DECREF(error);
    }
}

static void
test_ranges(void)
{
    static const struct {
        int length;
        Py_ssize_t given, start, end;
    } rows[] = {
        {4, 0, 0, 1}, {4, 1, 1, 1}, {4, 3, 3, 3}, {4, 4, 3, 4},  {4, 5, 3, 4}, {4, -1, 0, 1}, {4, PY_SSIZE_T_MAX, 3, 4},
        {0, 0, 0, 0}, {0, 1, 0, 0}, {0, 5, 0, 0}, {0, -3, 0, 0}, {1, 0, 0, 1}, {1, 1, 0, 1},  {4, PY_SSIZE_T_MIN, 0, 1},
    };
    size_t kind, i;
    for (kind = 0; kind < CLASS_COUNT; kind++)
        for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            PyObject *error = made(kind, rows[i].length), *kept;
            Py_ssize_t start = -7, end = -7;
            is_int(CLASSES[kind].set_start(error, rows[i].given), 0, "row %d: the start of a %s is set", (int)i,
                   CLASSES[kind].name);
            is_int(CLASSES[kind].set_end(error, rows[i].given), 0, "row %d: the end of a %s is set", (int)i,
                   CLASSES[kind].name);
            is_int(CLASSES[kind].start(error, &start), 0, "row %d: the start of a %s is read", (int)i,
                   CLASSES[kind].name);
            is_int(start, rows[i].start, "row %d: the start of a %s is inside the object", (int)i, CLASSES[kind].name);
            is_int(CLASSES[kind].end(error, &end), 0, "row %d: the end of a %s is read", (int)i, CLASSES[kind].name);
            is_int(end, rows[i].end, "row %d: the end of a %s is inside the object", (int)i, CLASSES[kind].name);
            kept = PyObject_GetAttrString(error, "start");
            is_int(PyLong_AsSsize_t(kept), rows[i].given, "row %d: the attribute start is as it was set", (int)i);
            Py_XDECREF(kept);
            Py_DECREF(error);
        }
}

static void
test_wrong_objects(void)
{
    size_t i;
    Py_ssize_t place = -7;
    for (i = 0; i < CLASS_COUNT; i++) {
        PyObject *other = made((i + 1) % CLASS_COUNT, 4), *error = made(i, 4), *number = PyLong_FromLong(5);
        PyObject *empty = PyType_GenericNew(Py_TYPE(error), NULL, NULL);
        const char *name = CLASSES[i].name, *wanted = i == 0 ? "bytes" : "string";
        char none[100], unset[100], object[100], attribute[100];
        snprintf(none, sizeof none, "TypeError: expecting a %s object, got int", name);
        snprintf(unset, sizeof unset, "TypeError: UnicodeError 'object' attribute is not set");
        snprintf(object, sizeof object, "TypeError: UnicodeError 'object' attribute must be a %s", wanted);
        snprintf(attribute, sizeof attribute, "TypeError: UnicodeError 'reason' attribute must be a string");
        is_str(outcome(CLASSES[i].object(number)), none, "an int has no object of a %s", name);
        is_str(outcome(CLASSES[i].reason(other)), "'reason'", "the reason for a %s is also that of another exception",
               name);
        is_str(outcome_int(CLASSES[i].start(number, &place)), none, "an int has no start of a %s", name);
        is_str(outcome_int(CLASSES[i].end(number, &place)), none, "an int has no end of a %s", name);
        is_str(outcome_int(CLASSES[i].set_start(number, 1)), none, "an int has no start of a %s to set", name);
        is_str(outcome_int(CLASSES[i].set_end(number, 1)), none, "an int has no end of a %s to set", name);
        is_str(outcome_int(CLASSES[i].set_reason(number, "x")), none, "an int has no reason of a %s to set", name);
        if (CLASSES[i].encoding != NULL)
            is_str(outcome(CLASSES[i].encoding(number)), none, "an int has no encoding of a %s", name);
        is_str(outcome(CLASSES[i].object(empty)), unset, "a %s that is not filled has no object", name);
        is_str(outcome_int(CLASSES[i].start(empty, &place)), unset, "a %s that is not filled has no start", name);
        is_str(outcome_int(CLASSES[i].end(empty, &place)), unset, "a %s that is not filled has no end", name);
        is_str(outcome(CLASSES[i].reason(empty)), "TypeError: UnicodeError 'reason' attribute is not set",
               "a %s that is not filled has no reason", name);
        if (CLASSES[i].encoding != NULL)
            is_str(outcome(CLASSES[i].encoding(empty)), "TypeError: UnicodeError 'encoding' attribute is not set",
                   "a %s that is not filled has no encoding", name);
        is_int(place, -7, "no place changes on an error of a %s", name);
        is_int(PyObject_SetAttrString(error, "object", number), 0, "the object of a %s is replaced", name);
        is_int(PyObject_SetAttrString(error, "reason", number), 0, "the reason of a %s is replaced", name);
        is_str(outcome(CLASSES[i].object(error)), object, "the object of a %s is no int", name);
        is_str(outcome_int(CLASSES[i].start(error, &place)), object, "a %s whose object is an int has no start", name);
        is_str(outcome(CLASSES[i].reason(error)), attribute, "the reason of a %s is no int", name);
        Py_DECREF(other);
        Py_DECREF(error);
        Py_DECREF(number);
        Py_DECREF(empty);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_texts);
    RUN(test_ranges);
    RUN(test_wrong_objects);
    return TAP_END();
}
