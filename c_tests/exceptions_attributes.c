/* The attributes of an exception instance: __cause__, __context__, __suppress_context__, __traceback__, __notes__, args
 * and the instance's own __dict__, through PyException_* and as attributes; the values that each of them refuses; and the
 * attributes that only some exceptions have, which change the str when they are set. */
#include "errors_support.h"

/* Sets the attribute to `value` (taken over) and compares its repr. */
static void
sets(PyObject *object, const char *name, PyObject *value, const char *repr)
{
    is_int(PyObject_SetAttrString(object, name, value), 0, "%s.%s is set", Py_TYPE(object)->tp_name, name);
    attribute_is(object, name, repr, "%s.%s is %s", Py_TYPE(object)->tp_name, name, repr);
    Py_DECREF(value);
}

/* The attribute refuses `value` (taken over; NULL to delete), and keeps its old value. */
static void
refuses(PyObject *object, const char *name, PyObject *value, PyObject *error, const char *message)
{
    PyObject *before = PyObject_GetAttrString(object, name), *after;

    PyErr_Clear();
    is_int(PyObject_SetAttrString(object, name, value), -1, "%s.%s refuses to be %s", Py_TYPE(object)->tp_name, name,
           value != NULL ? "set to that" : "deleted");
    raises(error, message, "%s.%s refuses with: %s", Py_TYPE(object)->tp_name, name, message);
    after = PyObject_GetAttrString(object, name);
    PyErr_Clear();
    is_ptr(after, before, "%s.%s keeps its old value", Py_TYPE(object)->tp_name, name);
    Py_XDECREF(before);
    Py_XDECREF(after);
    Py_XDECREF(value);
}

/* Deletes the attribute and compares its repr afterwards. */
static void
deletes(PyObject *object, const char *name, const char *repr)
{
    is_int(PyObject_SetAttrString(object, name, NULL), 0, "%s.%s is deleted", Py_TYPE(object)->tp_name, name);
    attribute_is(object, name, repr, "a deleted %s.%s is %s", Py_TYPE(object)->tp_name, name, repr);
}

static void
test_cause(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e"), *cause = error_of(PyExc_KeyError, "c"), *got;
    const char *message = "exception cause must be None or derive from BaseException";

    is_ptr(PyException_GetCause(error), NULL, "PyException_GetCause of a new exception is NULL");
    attribute_is(error, "__cause__", "None", "__cause__ of a new exception is None");
    attribute_is(error, "__suppress_context__", "False", "__suppress_context__ of a new exception is False");
    PyException_SetCause(error, Py_NewRef(cause));
    is_int(Py_REFCNT(cause), 2, "PyException_SetCause takes the caller's reference");
    got = PyException_GetCause(error);
    is_ptr(got, cause, "PyException_GetCause gives the cause");
    is_int(Py_REFCNT(cause), 3, "PyException_GetCause gives a new reference");
    Py_DECREF(got);
    attribute_is(error, "__cause__", "KeyError('c')", "__cause__ gives the cause");
    attribute_is(error, "__suppress_context__", "True", "setting the cause sets __suppress_context__");
    PyException_SetCause(error, NULL);
    is_int(Py_REFCNT(cause), 1, "PyException_SetCause with NULL drops the cause");
    attribute_is(error, "__cause__", "None", "__cause__ is None when the cause was dropped");
    attribute_is(error, "__suppress_context__", "True", "__suppress_context__ stays when the cause was dropped");

    sets(error, "__suppress_context__", Py_NewRef(Py_False), "False");
    sets(error, "__cause__", Py_NewRef(cause), "KeyError('c')");
    attribute_is(error, "__suppress_context__", "True", "the attribute __cause__ sets __suppress_context__ too");
    refuses(error, "__cause__", PyLong_FromLong(1), PyExc_TypeError, message);
    refuses(error, "__cause__", Py_NewRef(PyExc_ValueError), PyExc_TypeError, message);
    refuses(error, "__cause__", NULL, PyExc_TypeError, "__cause__ may not be deleted");
    sets(error, "__suppress_context__", Py_NewRef(Py_False), "False");
    sets(error, "__cause__", Py_NewRef(Py_None), "None");
    attribute_is(error, "__suppress_context__", "True", "a __cause__ of None sets __suppress_context__");
    is_ptr(PyException_GetCause(error), NULL, "PyException_GetCause is NULL for a __cause__ of None");
    refuses(error, "__suppress_context__", PyLong_FromLong(1), PyExc_TypeError, "attribute value type must be bool");
    refuses(error, "__suppress_context__", NULL, PyExc_TypeError, "can't delete numeric/char attribute");
    Py_DECREF(error);
    Py_DECREF(cause);
}

static void
test_context(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e"), *context = error_of(PyExc_KeyError, "c"), *got;

    is_ptr(PyException_GetContext(error), NULL, "PyException_GetContext of a new exception is NULL");
    attribute_is(error, "__context__", "None", "__context__ of a new exception is None");
    PyException_SetContext(error, Py_NewRef(context));
    is_int(Py_REFCNT(context), 2, "PyException_SetContext takes the caller's reference");
    got = PyException_GetContext(error);
    is_ptr(got, context, "PyException_GetContext gives the context");
    is_int(Py_REFCNT(context), 3, "PyException_GetContext gives a new reference");
    Py_DECREF(got);
    attribute_is(error, "__context__", "KeyError('c')", "__context__ gives the context");
    attribute_is(error, "__suppress_context__", "False", "setting the context leaves __suppress_context__ as it was");
    PyException_SetContext(error, NULL);
    is_int(Py_REFCNT(context), 1, "PyException_SetContext with NULL drops the context");

    sets(error, "__context__", Py_NewRef(context), "KeyError('c')");
    refuses(error, "__context__", PyLong_FromLong(1), PyExc_TypeError,
            "exception context must be None or derive from BaseException");
    refuses(error, "__context__", NULL, PyExc_TypeError, "__context__ may not be deleted");
    sets(error, "__context__", Py_NewRef(Py_None), "None");
    is_ptr(PyException_GetContext(error), NULL, "PyException_GetContext is NULL for a __context__ of None");
    Py_DECREF(error);
    Py_DECREF(context);
}

static void
test_traceback(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e"), *five = PyLong_FromLong(5), *name, *result;
    const char *message = "__traceback__ must be a traceback or None";

    is_ptr(PyException_GetTraceback(error), NULL, "PyException_GetTraceback of a new exception is NULL");
    attribute_is(error, "__traceback__", "None", "__traceback__ of a new exception is None");
    is_int(PyException_SetTraceback(error, Py_None), 0, "PyException_SetTraceback takes None");
    is_ptr(PyException_GetTraceback(error), NULL, "PyException_GetTraceback is NULL for a traceback of None");
    is_int(PyException_SetTraceback(error, five), -1, "PyException_SetTraceback refuses an int");
    raises(PyExc_TypeError, message, "PyException_SetTraceback of an int is a TypeError");
    is_int(PyException_SetTraceback(error, NULL), -1, "PyException_SetTraceback refuses NULL");
    raises(PyExc_TypeError, "__traceback__ may not be deleted", "PyException_SetTraceback of NULL is a TypeError");
    sets(error, "__traceback__", Py_NewRef(Py_None), "None");
    refuses(error, "__traceback__", Py_NewRef(five), PyExc_TypeError, message);
    refuses(error, "__traceback__", NULL, PyExc_TypeError, "__traceback__ may not be deleted");

    name = PyUnicode_FromString("with_traceback");
    result = PyObject_CallMethodObjArgs(error, name, Py_None, NULL);
    is_ptr(result, error, "with_traceback returns the exception itself");
    Py_XDECREF(result);
    is_ptr(PyObject_CallMethodObjArgs(error, name, five, NULL), NULL, "with_traceback refuses an int");
    raises(PyExc_TypeError, message, "with_traceback of an int is a TypeError");
    Py_DECREF(name);
    Py_DECREF(five);
    Py_DECREF(error);
}

static void
test_notes(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e"), *five = PyLong_FromLong(5);
    PyObject *name = PyUnicode_FromString("add_note");
    PyObject *first = PyUnicode_FromString("first note"), *second = PyUnicode_FromString("second note");
    PyObject *result;

    is_int(PyObject_HasAttrString(error, "__notes__"), 0, "a new exception has no __notes__");
    result = PyObject_CallMethodObjArgs(error, name, first, NULL);
    is_ptr(result, Py_None, "add_note returns None");
    Py_XDECREF(result);
    result = PyObject_CallMethodObjArgs(error, name, second, NULL);
    Py_XDECREF(result);
    attribute_is(error, "__notes__", "['first note', 'second note']", "__notes__ is a list of the notes");
    attribute_is(error, "__dict__", "{'__notes__': ['first note', 'second note']}", "the __dict__ holds the notes");
    str_is(error, "e", "the str leaves the notes out");
    is_ptr(PyObject_CallMethodObjArgs(error, name, five, NULL), NULL, "add_note refuses an int");
    raises(PyExc_TypeError, "add_note() argument must be str, not int", "add_note of an int is a TypeError");
    is_ptr(PyObject_CallMethodObjArgs(error, name, NULL), NULL, "add_note refuses to be called without a note");
    raises(PyExc_TypeError, "BaseException.add_note() takes exactly one argument (0 given)",
           "add_note without a note is a TypeError");
    attribute_is(error, "__notes__", "['first note', 'second note']", "a refused note leaves the others as they were");
    sets(error, "__notes__", Py_NewRef(five), "5");
    is_ptr(PyObject_CallMethodObjArgs(error, name, first, NULL), NULL, "add_note needs __notes__ to be a list");
    raises(PyExc_TypeError, "Cannot add note: __notes__ is not a list", "add_note to an int is a TypeError");
    is_int(PyObject_DelAttrString(error, "__notes__"), 0, "__notes__ can be deleted");
    is_int(PyObject_HasAttrString(error, "__notes__"), 0, "__notes__ is gone when it was deleted");
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(name);
    Py_DECREF(five);
    Py_DECREF(error);
}

static void
test_args(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e");
    PyObject *one = PyLong_FromLong(1), *pair = PyTuple_Pack(2, one, one), *list = PyList_New(0), *got;

    got = PyException_GetArgs(error);
    repr_is(got, "('e',)", "PyException_GetArgs gives the tuple of arguments");
    is_int(Py_REFCNT(got), 2, "PyException_GetArgs gives a new reference");
    Py_DECREF(got);
    PyException_SetArgs(error, pair);
    is_int(Py_REFCNT(pair), 2, "PyException_SetArgs takes a reference of its own");
    repr_is(error, "ValueError(1, 1)", "the repr shows the new arguments");
    str_is(error, "(1, 1)", "the str shows the new arguments");
    sets(error, "args", Py_NewRef(list), "()");
    is_int(Py_REFCNT(pair), 1, "the attribute args drops the old tuple");
    repr_is(error, "ValueError()", "a list given as args becomes a tuple");
    sets(error, "args", PyUnicode_FromString("ab"), "('a', 'b')");
    refuses(error, "args", Py_NewRef(one), PyExc_TypeError, "'int' object is not iterable");
    refuses(error, "args", NULL, PyExc_TypeError, "args may not be deleted");
    Py_DECREF(list);
    Py_DECREF(pair);
    Py_DECREF(one);
    Py_DECREF(error);

    error = error_of(PyExc_KeyError, "k");
    sets(error, "args", PyTuple_New(0), "()");
    str_is(error, "", "a KeyError whose args are emptied has an empty str");
    Py_DECREF(error);
    error = error_of(PyExc_StopIteration, "s");
    sets(error, "args", PyTuple_New(0), "()");
    attribute_is(error, "value", "'s'", "new args leave the value of a StopIteration");
    Py_DECREF(error);
}

static void
test_own_attributes(void)
{
    PyObject *error = error_of(PyExc_ValueError, "e"), *dict = PyDict_New(), *seven = PyLong_FromLong(7), *got;

    attribute_is(error, "__dict__", "{}", "the __dict__ of a new exception is empty");
    is_ptr(PyObject_GetAttrString(error, "extra"), NULL, "a new exception has no attribute of its own");
    raises(PyExc_AttributeError, "'ValueError' object has no attribute 'extra'",
           "a missing attribute is an AttributeError");
    sets(error, "extra", PyLong_FromLong(2), "2");
    sets(error, "more", PyLong_FromLong(3), "3");
    attribute_is(error, "__dict__", "{'extra': 2, 'more': 3}",
                 "the __dict__ holds an exception's own attributes in order");
    repr_is(error, "ValueError('e')", "the repr leaves an exception's own attributes out");
    is_int(PyObject_DelAttrString(error, "extra"), 0, "an exception's own attribute can be deleted");
    refuses(error, "extra", NULL, PyExc_AttributeError, "'ValueError' object has no attribute 'extra'");
    PyDict_SetItemString(dict, "other", seven);
    sets(error, "__dict__", Py_NewRef(dict), "{'other': 7}");
    got = PyObject_GetAttrString(error, "__dict__");
    is_ptr(got, dict, "__dict__ is the very dict that was set");
    Py_XDECREF(got);
    attribute_is(error, "other", "7", "the items of a __dict__ that was set are attributes");
    is_int(PyObject_HasAttrString(error, "more"), 0, "the attributes of the former __dict__ are gone");
    refuses(error, "__dict__", PyLong_FromLong(1), PyExc_TypeError,
            "__dict__ must be set to a dictionary, not a 'int'");
    refuses(error, "__dict__", NULL, PyExc_TypeError, "cannot delete __dict__");
    Py_DECREF(error);
    is_int(Py_REFCNT(dict), 1, "the exception drops the __dict__ when it is destroyed");
    Py_DECREF(seven);
    Py_DECREF(dict);
}

static void
test_special_attributes(void)
{
    PyObject *two = PyLong_FromLong(2), *text = PyUnicode_FromString("no"), *name = PyUnicode_FromString("f");
    PyObject *error = PyObject_CallFunctionObjArgs(PyExc_OSError, two, text, name, NULL);

    sets(error, "errno", PyLong_FromLong(5), "5");
    str_is(error, "[Errno 5] no: 'f'", "the str of an OSError follows its errno");
    ok(Py_IS_TYPE(error, (PyTypeObject *)PyExc_FileNotFoundError), "the type of an OSError does not follow its errno");
    sets(error, "strerror", PyUnicode_FromString("changed"), "'changed'");
    sets(error, "filename2", PyUnicode_FromString("g"), "'g'");
    str_is(error, "[Errno 5] changed: 'f' -> 'g'", "the str of an OSError follows strerror and the filenames");
    sets(error, "filename", Py_NewRef(Py_None), "None");
    str_is(error, "[Errno 5] changed: None -> 'g'", "the str of an OSError shows a filename that is set to None");
    deletes(error, "filename", "None");
    str_is(error, "[Errno 5] changed", "the str of an OSError leaves out a filename that is deleted");
    deletes(error, "errno", "None");
    str_is(error, "(2, 'no')", "the str of an OSError without an errno shows the args");
    sets(error, "characters_written", PyLong_FromLong(3), "3");
    refuses(error, "characters_written", PyUnicode_FromString("3"), PyExc_TypeError,
            "'str' object cannot be interpreted as an integer");
    is_int(PyObject_DelAttrString(error, "characters_written"), 0, "characters_written is deleted");
    refuses(error, "characters_written", NULL, PyExc_AttributeError, "characters_written");
    Py_DECREF(error);

    error = error_of(PyExc_ImportError, "m");
    sets(error, "msg", PyUnicode_FromString("changed"), "'changed'");
    str_is(error, "changed", "the str of an ImportError is its msg");
    repr_is(error, "ImportError('m')", "the repr of an ImportError shows the args");
    sets(error, "msg", PyLong_FromLong(3), "3");
    str_is(error, "m", "the str of an ImportError ignores a msg that is no str");
    sets(error, "name", PyLong_FromLong(3), "3");
    sets(error, "path", PyLong_FromLong(4), "4");
    Py_DECREF(error);

    error = error_of(PyExc_StopIteration, "s");
    sets(error, "value", PyLong_FromLong(3), "3");
    str_is(error, "s", "the str of a StopIteration shows its args");
    deletes(error, "value", "None");
    Py_DECREF(error);
    error = error_of(PyExc_SystemExit, "s");
    sets(error, "code", PyLong_FromLong(3), "3");
    deletes(error, "code", "None");
    Py_DECREF(error);
    error = error_of(PyExc_AttributeError, "s");
    sets(error, "name", PyUnicode_FromString("n"), "'n'");
    sets(error, "obj", PyLong_FromLong(3), "3");
    deletes(error, "obj", "None");
    Py_DECREF(error);
    Py_DECREF(two);
    Py_DECREF(text);
    Py_DECREF(name);
}

static void
test_unicode_error_attributes(void)
{
    PyObject *encoding = PyUnicode_FromString("utf-8"), *bytes = PyBytes_FromString("abc");
    PyObject *zero = PyLong_FromLong(0), *one = PyLong_FromLong(1);
    PyObject *error =
        PyObject_CallFunctionObjArgs(PyExc_UnicodeDecodeError, encoding, bytes, zero, one, encoding, NULL);
    PyObject *text;

    sets(error, "reason", PyUnicode_FromString("other"), "'other'");
    sets(error, "encoding", PyUnicode_FromString("latin"), "'latin'");
    sets(error, "start", PyLong_FromLong(2), "2");
    sets(error, "end", PyLong_FromLong(3), "3");
    str_is(error, "'latin' codec can't decode byte 0x63 in position 2: other",
           "the str of a UnicodeDecodeError follows the attributes");
    repr_is(error, "UnicodeDecodeError('utf-8', b'abc', 0, 1, 'utf-8')",
            "the repr of a UnicodeDecodeError shows the args");
    refuses(error, "start", PyUnicode_FromString("x"), PyExc_TypeError, "an integer is required");
    sets(error, "object", PyUnicode_FromString("xyz"), "'xyz'");
    text = PyObject_Str(error);
    is_ptr(text, NULL, "the str of a UnicodeDecodeError fails when its object is no bytes");
    raises(PyExc_TypeError, "UnicodeError 'object' attribute must be a bytes",
           "the str of a UnicodeDecodeError without bytes is a TypeError");
    Py_XDECREF(text);
    Py_DECREF(error);
    Py_DECREF(encoding);
    Py_DECREF(bytes);
    Py_DECREF(zero);
    Py_DECREF(one);
}

static void
test_group_attributes(void)
{
    PyObject *text = PyUnicode_FromString("m"), *error = error_of(PyExc_ValueError, "v");
    PyObject *members = PyTuple_Pack(1, error);
    PyObject *group = PyObject_CallFunctionObjArgs(PyExc_BaseExceptionGroup, text, members, NULL);

    refuses(group, "message", Py_NewRef(text), PyExc_AttributeError, "readonly attribute");
    refuses(group, "exceptions", Py_NewRef(members), PyExc_AttributeError, "readonly attribute");
    sets(group, "args", PyTuple_New(0), "()");
    str_is(group, "m (1 sub-exception)", "new args leave the str of a group as it was");
    Py_DECREF(group);
    Py_DECREF(members);
    Py_DECREF(error);
    Py_DECREF(text);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_cause);
    RUN(test_context);
    RUN(test_traceback);
    RUN(test_notes);
    RUN(test_args);
    RUN(test_own_attributes);
    RUN(test_special_attributes);
    RUN(test_unicode_error_attributes);
    RUN(test_group_attributes);
    return TAP_END();
}
