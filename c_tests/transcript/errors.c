/* The error indicator: it is set, read, taken and restored between the other calls. */
#include "transcript.h"

enum { TYPES = 10, HELD = 3 };

static PyObject *
pick_type(void)
{
    unsigned i = pick(TYPES);
    PyObject *types[TYPES];

    types[0] = PyExc_ValueError;
    types[1] = PyExc_KeyError;
    types[2] = PyExc_LookupError;
    types[3] = PyExc_AttributeError;
    types[4] = PyExc_ImportError;
    types[5] = PyExc_ModuleNotFoundError;
    types[6] = PyExc_RuntimeError;
    types[7] = PyExc_MemoryError;
    types[8] = PyExc_Exception;
    types[9] = PyExc_SystemError;
    say(" t%u", i);
    return types[i];
}

static void
say_type(PyObject *type)
{
    say(" %s", type ? ((PyTypeObject *)type)->tp_name : "NULL");
}

static void
set_string(void)
{
    static const char *const messages[] = {"", "wrong", "100% %s", "caf\xc3\xa9", "\xff", "it's", "a\nb"};
    unsigned i = pick(7);

    say("SetString %u", i);
    PyErr_SetString(pick_type(), messages[i]);
}

static void
set_none(void)
{
    say("SetNone");
    PyErr_SetNone(pick_type());
}

/* The value may be a tuple, which becomes the arguments. */
static void
set_object(void)
{
    PyObject *type, *number = PyLong_FromLong((long)pick(1000)), *text = PyUnicode_FromString("why"), *value;
    unsigned kind = pick(3);

    say("SetObject %u", kind);
    value = kind == 0 ? Py_NewRef(number) : kind == 1 ? Py_NewRef(text) : PyTuple_Pack(2, number, text);
    type = pick_type();
    PyErr_SetObject(type, value);
    Py_DECREF(number);
    Py_DECREF(text);
    Py_DECREF(value);
}

static void
format(void)
{
    unsigned i = pick(4);
    const char *name;
    PyObject *type, *result = NULL;

    say("Format %u", i);
    type = pick_type();
    name = pick_name();
    say_name(name);
    name = name ? name : "";
    switch (i) {
    case 0: result = PyErr_Format(type, "%s is not %d", name, -5); break;
    case 1: result = PyErr_Format(type, "%.3s|%5d|%x|%c|%%", name, 42, 255, 'c'); break;
    case 2: result = PyErr_Format(type, "%zd %ld %u %i", (Py_ssize_t)-7, -8L, 9u, 10); break;
    case 3: result = PyErr_Format(type, "no conversion"); break;
    }
    say(" = %s", result ? "?" : "NULL");
}

static void
no_memory(void)
{
    say("NoMemory = %s", PyErr_NoMemory() ? "?" : "NULL");
}

static void
bad_argument(void)
{
    say("BadArgument = %d", PyErr_BadArgument());
}

static void
occurred(void)
{
    say("Occurred");
    say_type(PyErr_Occurred());
}

static void
clear(void)
{
    say("Clear");
    PyErr_Clear();
}

static void
matches(void)
{
    PyObject *one, *other;

    say("matches");
    one = pick_type();
    other = pick_type();
    say(" = %d", PyErr_GivenExceptionMatches(one, other));
    if (PyErr_Occurred()) {
        say(" %d %d", PyErr_ExceptionMatches(one), PyErr_ExceptionMatches(other));
    }
}

/* Fetch, something in between that fails or not, and Restore. */
static void
fetch_and_restore(void)
{
    PyObject *type, *value, *traceback;
    int normalize = chance(40);

    say("Fetch");
    PyErr_Fetch(&type, &value, &traceback);
    say_type(type);
    say(" value=%d occurred=%d", value != NULL, PyErr_Occurred() != NULL);
    if (chance(50)) {
        PyCapsule_GetPointer(pick_object(), "never");
        say_error();
    }
    if (normalize && type != NULL) {
        PyErr_NormalizeException(&type, &value, &traceback);
        say(" normal=%d", PyErr_GivenExceptionMatches(value, type));
    }
    PyErr_Restore(type, value, traceback);
}

/* PyErr_Restore with a type alone, and with a type and a value that is not its instance. */
static void
restore_raw(void)
{
    PyObject *type, *value = chance(30) ? NULL : PyUnicode_FromString("raw");

    say("Restore %d", value != NULL);
    type = pick_type();
    PyErr_Restore(Py_NewRef(type), value, NULL);
}

/* Errors that wait outside of the indicator, and come back later. */
static PyObject *held[HELD];

static void
hold(void)
{
    unsigned i = pick(HELD);
    PyObject *error = PyErr_GetRaisedException();

    say("hold e%u", i);
    say_type(error ? (PyObject *)Py_TYPE(error) : NULL);
    if (held[i] == NULL) {
        held[i] = error;
    } else {
        say(" released");
        PyErr_SetRaisedException(held[i]);
        held[i] = NULL;
        Py_XDECREF(error);
    }
}

void
errors_end(void)
{
    int i;

    for (i = 0; i < HELD; i++) {
        Py_CLEAR(held[i]);
    }
}

const Operation error_operations[] = {
    {set_string, 6, 1},   {set_none, 2, 1},          {set_object, 3, 1}, {format, 4, 1},  {no_memory, 1, 1},
    {bad_argument, 1, 1}, {occurred, 3, 1},          {clear, 3, 1},      {matches, 3, 1}, {restore_raw, 2, 1},
    {hold, 4, 1},         {fetch_and_restore, 4, 1}, {NULL, 0, 0},
};
