/* The error indicator: how it is set (SetString, SetObject, SetNone, NoMemory, BadArgument, BadInternalCall), which
 * value makes which exception, how it is taken and put back (Fetch, Restore, NormalizeException, Get and
 * SetRaisedException), the types that it matches, and the owners of the references on the way. */
#include "errors_support.h"

static PyObject *text;  /* a str, not interned and so not immortal */
static PyObject *five;  /* the int 5 */

/* The error indicator holds an exception of exactly this type with this repr; it is cleared. */
static void
holds(PyObject *type, const char *repr, const char *sentence)
{
    PyObject *got = PyErr_GetRaisedException();

    is_ptr(got != NULL ? Py_TYPE(got) : NULL, type, "%s", sentence);
    if (got != NULL) {
        repr_is(got, repr, "the exception is %s", repr);
        Py_DECREF(got);
    }
    is_ptr(PyErr_Occurred(), NULL, "the error indicator is empty when the exception was taken");
}

static void
test_set_string(void)
{
    PyErr_SetString(PyExc_ValueError, "a message");
    is_ptr(PyErr_Occurred(), PyExc_ValueError, "Occurred gives the type of the error");
    is_ptr(PyErr_Occurred(), PyExc_ValueError, "Occurred leaves the error set");
    holds(PyExc_ValueError, "ValueError('a message')", "SetString sets an exception with the message");
    PyErr_SetString(PyExc_ValueError, "");
    holds(PyExc_ValueError, "ValueError('')", "an empty message is a message");
    PyErr_SetString(PyExc_KeyError, "k\xc3\xa9y");
    raises(PyExc_KeyError, "'k\xc3\xa9y'", "the str of a KeyError is the repr of its key");
    PyErr_SetString(PyExc_KeyError, "old");
    PyErr_SetString(PyExc_ValueError, "new");
    holds(PyExc_ValueError, "ValueError('new')", "a second error replaces the first");
    PyErr_SetString(PyExc_ValueError, "a\xff");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
           "a message that is not UTF-8 raises UnicodeDecodeError instead");
    PyErr_SetString(PyExc_OSError, "disk");
    holds(PyExc_OSError, "OSError('disk')", "an OSError of one argument is an OSError");
    PyErr_SetString(PyExc_UnicodeDecodeError, "text");
    raises(PyExc_TypeError, "function takes exactly 5 arguments (1 given)",
           "an exception type that does not take one argument raises its own TypeError");

    PyErr_SetString(PyExc_ValueError, "gone");
    PyErr_Clear();
    is_ptr(PyErr_Occurred(), NULL, "Clear empties the indicator");
    PyErr_Clear();
    is_ptr(PyErr_Occurred(), NULL, "Clear of an empty indicator does nothing");
}

static void
test_set_object(void)
{
    PyObject *pair = PyTuple_Pack(2, text, five);
    PyObject *empty = PyTuple_New(0);
    PyObject *list = PyList_New(0);
    PyObject *key_error = PyObject_CallOneArg(PyExc_KeyError, text);
    PyObject *raised;
    Py_ssize_t before;

    PyErr_SetObject(PyExc_ValueError, NULL);
    holds(PyExc_ValueError, "ValueError()", "SetObject with NULL makes an exception without arguments");
    PyErr_SetObject(PyExc_ValueError, Py_None);
    holds(PyExc_ValueError, "ValueError()", "SetObject with None makes an exception without arguments");
    PyErr_SetObject(PyExc_ValueError, empty);
    holds(PyExc_ValueError, "ValueError()", "SetObject with an empty tuple makes an exception without arguments");
    PyErr_SetObject(PyExc_ValueError, text);
    holds(PyExc_ValueError, "ValueError('text')", "SetObject makes a str the one argument");
    PyErr_SetObject(PyExc_ValueError, five);
    holds(PyExc_ValueError, "ValueError(5)", "SetObject makes an int the one argument");
    PyErr_SetObject(PyExc_ValueError, list);
    holds(PyExc_ValueError, "ValueError([])", "SetObject makes a list the one argument");
    PyErr_SetObject(PyExc_ValueError, pair);
    holds(PyExc_ValueError, "ValueError('text', 5)", "SetObject makes the items of a tuple the arguments");
    PyErr_SetObject(PyExc_ValueError, PyExc_KeyError);
    holds(PyExc_ValueError, "ValueError(<class 'KeyError'>)", "SetObject makes an exception type an argument");
    PyErr_SetObject(PyExc_ValueError, key_error);
    holds(PyExc_ValueError, "ValueError(KeyError('text'))",
          "SetObject makes an instance of an unrelated type an argument");

    PyErr_SetObject(PyExc_KeyError, key_error);
    raised = PyErr_GetRaisedException();
    is_ptr(raised, key_error, "SetObject raises an instance of the type itself");
    Py_XDECREF(raised);
    PyErr_SetObject(PyExc_LookupError, key_error);
    is_ptr(PyErr_Occurred(), PyExc_KeyError, "SetObject keeps the type of an instance of a subclass");
    raised = PyErr_GetRaisedException();
    is_ptr(raised, key_error, "SetObject raises an instance of a subclass itself");
    Py_XDECREF(raised);

    before = Py_REFCNT(text);
    PyErr_SetObject(PyExc_ValueError, text);
    is_int(Py_REFCNT(text), before + 1, "the indicator holds one reference to the value");
    PyErr_Clear();
    is_int(Py_REFCNT(text), before, "Clear drops the reference to the value");
    before = Py_REFCNT(key_error);
    PyErr_SetObject(PyExc_KeyError, key_error);
    is_int(Py_REFCNT(key_error), before + 1, "the indicator holds one reference to an instance");
    PyErr_SetObject(PyExc_KeyError, key_error);
    is_int(Py_REFCNT(key_error), before + 1, "the indicator holds one reference to an instance that replaces itself");
    PyErr_SetString(PyExc_ValueError, "new");
    is_int(Py_REFCNT(key_error), before, "a new error drops the old one");
    PyErr_Clear();

    PyErr_SetNone(PyExc_StopIteration);
    holds(PyExc_StopIteration, "StopIteration()", "SetNone makes an exception without arguments");
    PyErr_SetNone(PyExc_UnicodeDecodeError);
    raises(PyExc_TypeError, "function takes exactly 5 arguments (0 given)",
           "SetNone of a type that needs arguments raises the type's own TypeError");
    Py_DECREF(pair);
    Py_DECREF(empty);
    Py_DECREF(list);
    Py_DECREF(key_error);
}

static void
test_not_an_exception(void)
{
    PyObject *instance = PyObject_CallOneArg(PyExc_KeyError, text);

    PyErr_SetString(five, "message");
    raises(PyExc_SystemError, "_PyErr_SetObject: exception 5 is not a BaseException subclass",
           "an object that is no exception type raises SystemError with its repr");
    PyErr_SetString(text, "message");
    raises(PyExc_SystemError, "_PyErr_SetObject: exception 'text' is not a BaseException subclass",
           "SetString with a str for a type raises SystemError");
    PyErr_SetObject((PyObject *)&PyLong_Type, text);
    raises(PyExc_SystemError, "_PyErr_SetObject: exception <class 'int'> is not a BaseException subclass",
           "SetObject with a type that is no exception raises SystemError");
    PyErr_SetObject(instance, NULL);
    raises(PyExc_SystemError, "_PyErr_SetObject: exception KeyError('text') is not a BaseException subclass",
           "SetObject with an exception's instance for a type raises SystemError");
    PyErr_SetNone(Py_None);
    raises(PyExc_SystemError, "_PyErr_SetObject: exception None is not a BaseException subclass",
           "SetNone with None for a type raises SystemError");
    is_ptr(PyErr_Format(five, "%d", 1), NULL, "Format with an int for a type returns NULL");
    raises(PyExc_SystemError, "_PyErr_SetObject: exception 5 is not a BaseException subclass",
           "Format with an int for a type raises SystemError");
    PyErr_SetString(PyExc_KeyError, "old");
    PyErr_SetString(five, "new");
    raises(PyExc_SystemError, "_PyErr_SetObject: exception 5 is not a BaseException subclass",
           "the SystemError for an int replaces an error that was set");
    Py_DECREF(instance);
}

static void
test_ready_made_errors(void)
{
    PyObject *memory_error;

    is_ptr(PyErr_NoMemory(), NULL, "NoMemory returns NULL");
    memory_error = PyErr_GetRaisedException();
    repr_is(memory_error, "MemoryError()", "NoMemory sets a MemoryError without arguments");
    Py_XDECREF(memory_error);
    is_int(PyErr_BadArgument(), 0, "BadArgument returns 0");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "BadArgument sets a TypeError");
    _PyErr_BadInternalCall("source.c", 42);
    raises(PyExc_SystemError, "source.c:42: bad argument to internal function",
           "the macro BadInternalCall names file and line");
    (PyErr_BadInternalCall)();
    raises(PyExc_SystemError, "bad argument to internal function", "the function BadInternalCall names no file");
}

static void
test_fetch_and_restore(void)
{
    PyObject *type = five, *value = five, *traceback = five, *instance, *own;
    Py_ssize_t before;

    PyErr_Fetch(&type, &value, &traceback);
    ok(type == NULL && value == NULL && traceback == NULL, "Fetch without an error stores three NULLs");
    PyErr_SetObject(PyExc_ValueError, text);
    PyErr_Fetch(&type, &value, &traceback);
    is_ptr(PyErr_Occurred(), NULL, "Fetch clears the indicator");
    is_ptr(type, PyExc_ValueError, "Fetch gives the type");
    repr_is(value, "ValueError('text')", "Fetch gives the instance");
    is_ptr(traceback, NULL, "Fetch gives no traceback where no Python code ran");
    is_int(Py_REFCNT(value), 1, "the caller owns the instance alone");
    instance = value;
    PyErr_Restore(type, value, traceback);
    is_int(Py_REFCNT(instance), 1, "Restore takes the caller's reference");
    own = PyErr_GetRaisedException();
    is_ptr(own, instance, "the very instance comes back after Restore");
    Py_XDECREF(own);

    before = Py_REFCNT(text);
    PyErr_Restore(Py_NewRef(PyExc_ValueError), NULL, NULL);
    holds(PyExc_ValueError, "ValueError()", "Restore with a NULL value makes an exception without arguments");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), Py_NewRef(Py_None), NULL);
    holds(PyExc_ValueError, "ValueError()", "Restore with None for a value makes an exception without arguments");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), Py_NewRef(text), NULL);
    holds(PyExc_ValueError, "ValueError('text')", "Restore makes a str the one argument");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), PyTuple_Pack(2, text, five), NULL);
    holds(PyExc_ValueError, "ValueError('text', 5)", "Restore makes the items of a tuple the arguments");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), PyObject_CallOneArg(PyExc_KeyError, text), NULL);
    holds(PyExc_ValueError, "ValueError(KeyError('text'))",
          "Restore makes an instance of an unrelated type an argument");
    PyErr_Restore(Py_NewRef(PyExc_LookupError), PyObject_CallOneArg(PyExc_KeyError, text), NULL);
    holds(PyExc_LookupError, "LookupError(KeyError('text'))",
          "Restore makes an instance of a subclass an argument, unlike SetObject");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), PyObject_CallOneArg(PyExc_ValueError, text), Py_NewRef(Py_None));
    holds(PyExc_ValueError, "ValueError('text')", "Restore takes None for no traceback");
    PyErr_Restore(Py_NewRef(PyExc_ValueError), PyObject_CallOneArg(PyExc_ValueError, text), Py_NewRef(five));
    raises(PyExc_TypeError, "__traceback__ must be a traceback or None", "Restore refuses an int for a traceback");
    PyErr_Restore(Py_NewRef(PyExc_UnicodeDecodeError), Py_NewRef(text), NULL);
    raises(PyExc_TypeError, "function takes exactly 5 arguments (1 given)",
           "Restore of an exception that cannot be made leaves the error of making it");
    PyErr_Restore(Py_NewRef(five), Py_NewRef(text), NULL);
    raises(PyExc_TypeError, "'int' object is not callable",
           "Restore with a type that is not callable raises TypeError");
    is_int(Py_REFCNT(text), before, "Restore drops all references to the value");

    PyErr_SetString(PyExc_ValueError, "old");
    PyErr_Restore(NULL, NULL, NULL);
    is_ptr(PyErr_Occurred(), NULL, "Restore of NULL clears the indicator");
    instance = PyObject_CallOneArg(PyExc_KeyError, text);
    PyErr_SetString(PyExc_ValueError, "old");
    PyErr_Restore(Py_NewRef(PyExc_KeyError), instance, NULL);
    holds(PyExc_KeyError, "KeyError('text')", "Restore replaces an error that was set");
}

static void
test_raised_exception(void)
{
    PyObject *instance = PyObject_CallOneArg(PyExc_ValueError, text);
    PyObject *got;

    is_ptr(PyErr_GetRaisedException(), NULL, "GetRaisedException without an error is NULL");
    PyErr_SetRaisedException(Py_NewRef(instance));
    is_int(Py_REFCNT(instance), 2, "SetRaisedException takes the caller's reference");
    is_ptr(PyErr_Occurred(), PyExc_ValueError, "the type of the error is the instance's type");
    got = PyErr_GetRaisedException();
    is_ptr(got, instance, "GetRaisedException gives the very instance");
    is_ptr(PyErr_Occurred(), NULL, "GetRaisedException clears the indicator");
    is_int(Py_REFCNT(instance), 2, "the reference of GetRaisedException is the caller's");
    PyErr_SetRaisedException(got);
    PyErr_SetRaisedException(NULL);
    is_ptr(PyErr_Occurred(), NULL, "SetRaisedException of NULL clears the indicator");
    is_int(Py_REFCNT(instance), 1, "SetRaisedException of NULL drops the error that was there");
    Py_DECREF(instance);
}

/* Normalizes the error and compares the outcome.  Takes over the references `type` and `value`. */
static void
normalizes(PyObject *type, PyObject *value, PyObject *want_type, const char *want, const char *sentence)
{
    PyObject *traceback = NULL;

    PyErr_NormalizeException(&type, &value, &traceback);
    is_ptr(type, want_type, "%s", sentence);
    repr_is(value, want, "NormalizeException gives %s", want);
    is_ptr(PyErr_Occurred(), NULL, "NormalizeException leaves the indicator empty");
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

static void
test_normalize(void)
{
    PyObject *instance = PyObject_CallOneArg(PyExc_KeyError, text);
    PyObject *type = NULL, *value = NULL, *traceback = NULL;

    PyErr_NormalizeException(&type, &value, &traceback);
    ok(type == NULL && value == NULL && traceback == NULL, "NormalizeException of three NULLs changes nothing");
    normalizes(Py_NewRef(PyExc_ValueError), NULL, PyExc_ValueError, "ValueError()",
               "NormalizeException makes no argument of NULL");
    normalizes(Py_NewRef(PyExc_ValueError), Py_NewRef(Py_None), PyExc_ValueError, "ValueError()",
               "NormalizeException makes no argument of None");
    normalizes(Py_NewRef(PyExc_ValueError), Py_NewRef(text), PyExc_ValueError, "ValueError('text')",
               "NormalizeException makes a str the one argument");
    normalizes(Py_NewRef(PyExc_ValueError), PyTuple_Pack(2, text, five), PyExc_ValueError, "ValueError('text', 5)",
               "NormalizeException makes the items of a tuple the arguments");
    normalizes(Py_NewRef(PyExc_KeyError), Py_NewRef(instance), PyExc_KeyError, "KeyError('text')",
               "NormalizeException keeps an instance");
    normalizes(Py_NewRef(PyExc_LookupError), Py_NewRef(instance), PyExc_KeyError, "KeyError('text')",
               "NormalizeException takes the type of an instance of a subclass");
    normalizes(Py_NewRef(PyExc_ValueError), Py_NewRef(instance), PyExc_ValueError, "ValueError(KeyError('text'))",
               "NormalizeException makes an instance of an unrelated type an argument");
    normalizes(Py_NewRef(PyExc_UnicodeDecodeError), Py_NewRef(text), PyExc_TypeError,
               "TypeError('function takes exactly 5 arguments (1 given)')",
               "NormalizeException gives the error of making an exception that cannot be made");
    normalizes(Py_NewRef(five), Py_NewRef(text), five, "'text'",
               "NormalizeException leaves a type that is no exception alone");
    is_int(Py_REFCNT(instance), 1, "NormalizeException keeps no reference to the instance");
    Py_DECREF(instance);
}

static void
test_matches(void)
{
    PyObject *instance = PyObject_CallOneArg(PyExc_KeyError, text);
    PyObject *flat = PyTuple_Pack(2, PyExc_ValueError, PyExc_LookupError);
    PyObject *nested = PyTuple_Pack(2, PyExc_OSError, flat);
    PyObject *empty = PyTuple_New(0);
    PyObject *mixed = PyTuple_Pack(2, five, PyExc_KeyError);
    const struct {
        PyObject *error;
        PyObject *candidate;
        int matches;
        const char *sentence;
    } cases[] = {
        {PyExc_KeyError, PyExc_KeyError, 1, "a type matches itself"},
        {PyExc_KeyError, PyExc_LookupError, 1, "a type matches its base"},
        {PyExc_KeyError, PyExc_BaseException, 1, "every type matches BaseException"},
        {PyExc_LookupError, PyExc_KeyError, 0, "a base does not match its subclass"},
        {PyExc_KeyError, PyExc_IndexError, 0, "a type does not match its sibling"},
        {PyExc_KeyboardInterrupt, PyExc_Exception, 0, "KeyboardInterrupt is no Exception"},
        {instance, PyExc_LookupError, 1, "an instance matches as its type"},
        {instance, PyExc_ValueError, 0, "an instance does not match another type"},
        {instance, instance, 0, "an instance does not even match itself: it stands for its type"},
        {PyExc_KeyError, instance, 0, "a type does not match an instance of it"},
        {PyExc_KeyError, flat, 1, "a tuple matches when a member does"},
        {PyExc_OSError, flat, 0, "a tuple does not match when no member does"},
        {PyExc_KeyError, nested, 1, "a tuple in a tuple is searched too"},
        {PyExc_TypeError, nested, 0, "a tuple in a tuple matches only when a member does"},
        {PyExc_KeyError, empty, 0, "an empty tuple matches nothing"},
        {PyExc_KeyError, mixed, 1, "a member that is no exception is passed over"},
        {PyExc_KeyError, (PyObject *)&PyBaseObject_Type, 0,
         "object is a base of every type and is not an exception type"},
        {five, five, 1, "an int matches itself"},
        {five, text, 0, "an int does not match a str"},
        {NULL, PyExc_ValueError, 0, "NULL matches nothing"},
        {PyExc_ValueError, NULL, 0, "nothing matches NULL"},
        {NULL, NULL, 0, "NULL does not match NULL"},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        is_int(PyErr_GivenExceptionMatches(cases[i].error, cases[i].candidate), cases[i].matches, "%s",
               cases[i].sentence);
    }
    is_int(PyErr_ExceptionMatches(PyExc_BaseException), 0, "ExceptionMatches without an error is 0");
    PyErr_SetObject(PyExc_KeyError, text);
    is_int(PyErr_ExceptionMatches(PyExc_LookupError), 1, "ExceptionMatches asks about the current error");
    is_int(PyErr_ExceptionMatches(PyExc_ValueError), 0, "ExceptionMatches is 0 for a type that does not match");
    is_int(PyErr_ExceptionMatches(nested), 1, "ExceptionMatches takes tuples");
    holds(PyExc_KeyError, "KeyError('text')", "ExceptionMatches leaves the error as it was");
    is_str(PyExceptionClass_Name(PyExc_KeyError), "KeyError", "PyExceptionClass_Name is the type's name");
    Py_DECREF(instance);
    Py_DECREF(flat);
    Py_DECREF(nested);
    Py_DECREF(empty);
    Py_DECREF(mixed);
}

int
main(void)
{
    TAP_BEGIN();
    text = PyUnicode_FromString("text");
    five = PyLong_FromLong(5);
    RUN(test_set_string);
    RUN(test_set_object);
    RUN(test_not_an_exception);
    RUN(test_ready_made_errors);
    RUN(test_fetch_and_restore);
    RUN(test_raised_exception);
    RUN(test_normalize);
    RUN(test_matches);
    Py_DECREF(text);
    Py_DECREF(five);
    return TAP_END();
}
