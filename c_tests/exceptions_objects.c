/* Exceptions made by calling their types: str, repr, args and the attributes that the constructor fills, for each kind
 * of exception with a constructor of its own (KeyError, StopIteration, SystemExit, OSError and its subclasses by errno,
 * ImportError, NameError, AttributeError, the Unicode errors, SyntaxError, groups), and the arguments that they refuse. */
#include "errors_support.h"

#include <errno.h>

static PyObject *
string(const char *utf8)
{
    return PyUnicode_FromString(utf8);
}

static PyObject *
number(long value)
{
    return PyLong_FromLong(value);
}

static PyObject *
none(void)
{
    return Py_NewRef(Py_None);
}

/* A tuple of `count` objects, whose references it takes over; NULL if it or one of them could not be made. */
static PyObject *
tuple(int count, ...)
{
    PyObject *result = PyTuple_New(count);
    va_list items;
    int i, complete = 1;

    va_start(items, count);
    for (i = 0; i < count; i++) {
        PyObject *item = va_arg(items, PyObject *);
        complete &= item != NULL;
        PyTuple_SetItem(result, i, item);
    }
    va_end(items);
    if (!complete) {
        Py_CLEAR(result);
    }
    return result;
}

/* The type called with `arguments` (taken over) and, unless NULL, one keyword; NULL without arguments. */
static PyObject *
call(PyObject *type, PyObject *arguments, const char *keyword)
{
    PyObject *keywords = NULL, *result;

    if (arguments == NULL) {
        return NULL;
    }
    if (keyword != NULL) {
        keywords = PyDict_New();
        PyDict_SetItemString(keywords, keyword, type);
    }
    result = PyObject_Call(type, arguments, keywords);
    Py_DECREF(arguments);
    Py_XDECREF(keywords);
    return result;
}

/* Calls the type with these arguments, compares the instance's repr and str, and returns it. */
static PyObject *
make(PyObject *type, PyObject *arguments, const char *repr, const char *str)
{
    PyObject *made = call(type, arguments, NULL);

    repr_is(made, repr, "%s is made", repr);
    str_is(made, str, "the str of %s is %s", repr, *str != '\0' ? str : "empty");
    return made;
}

/* Does what make does, and compares the repr of this attribute; the instance is dropped. */
static void
makes(PyObject *type, PyObject *arguments, const char *repr, const char *str, const char *name, const char *value)
{
    PyObject *made = make(type, arguments, repr, str);

    attribute_is(made, name, value, "the %s of %s is %s", name, repr, value);
    Py_XDECREF(made);
}

/* Calls the type, which raises. */
static void
refuses(PyObject *type, PyObject *arguments, const char *keyword, PyObject *error, const char *message)
{
    PyObject *made = call(type, arguments, keyword);

    is_ptr(made, NULL, "%s refuses these arguments", PyExceptionClass_Name(type));
    raises(error, message, "%s says: %s", PyExceptionClass_Name(type), message);
    Py_XDECREF(made);
}

static void
test_plain(void)
{
    PyObject *made;

    makes(PyExc_ValueError, tuple(0), "ValueError()", "", "args", "()");
    makes(PyExc_ValueError, tuple(1, string("a")), "ValueError('a')", "a", "args", "('a',)");
    makes(PyExc_ValueError, tuple(1, number(3)), "ValueError(3)", "3", "args", "(3,)");
    makes(PyExc_ValueError, tuple(1, none()), "ValueError(None)", "None", "args", "(None,)");
    makes(PyExc_ValueError, tuple(1, tuple(0)), "ValueError(())", "()", "args", "((),)");
    makes(PyExc_ValueError, tuple(2, string("a"), number(2)), "ValueError('a', 2)", "('a', 2)", "args", "('a', 2)");
    makes(PyExc_BaseException, tuple(1, string("a")), "BaseException('a')", "a", "args", "('a',)");
    makes(PyExc_MemoryError, tuple(1, string("a")), "MemoryError('a')", "a", "args", "('a',)");
    makes(PyExc_KeyboardInterrupt, tuple(0), "KeyboardInterrupt()", "", "args", "()");
    makes(PyExc_UnicodeError, tuple(1, string("a")), "UnicodeError('a')", "a", "args", "('a',)");
    makes(PyExc_UserWarning, tuple(1, string("a")), "UserWarning('a')", "a", "args", "('a',)");
    refuses(PyExc_ValueError, tuple(0), "x", PyExc_TypeError, "ValueError() takes no keyword arguments");
    refuses(PyExc_BaseException, tuple(0), "x", PyExc_TypeError, "BaseException() takes no keyword arguments");
    refuses(PyExc_MemoryError, tuple(0), "x", PyExc_TypeError, "MemoryError() takes no keyword arguments");

    makes(PyExc_KeyError, tuple(0), "KeyError()", "", "args", "()");
    makes(PyExc_KeyError, tuple(1, string("a\nb")), "KeyError('a\\nb')", "'a\\nb'", "args", "('a\\nb',)");
    makes(PyExc_KeyError, tuple(1, number(3)), "KeyError(3)", "3", "args", "(3,)");
    makes(PyExc_KeyError, tuple(2, number(1), number(2)), "KeyError(1, 2)", "(1, 2)", "args", "(1, 2)");

    makes(PyExc_StopIteration, tuple(0), "StopIteration()", "", "value", "None");
    makes(PyExc_StopIteration, tuple(1, string("a")), "StopIteration('a')", "a", "value", "'a'");
    makes(PyExc_StopIteration, tuple(2, number(1), number(2)), "StopIteration(1, 2)", "(1, 2)", "value", "1");
    made = make(PyExc_StopAsyncIteration, tuple(1, number(1)), "StopAsyncIteration(1)", "1");
    is_int(PyObject_HasAttrString(made, "value"), 0, "a StopAsyncIteration has no value");
    Py_DECREF(made);

    makes(PyExc_SystemExit, tuple(0), "SystemExit()", "", "code", "None");
    makes(PyExc_SystemExit, tuple(1, number(3)), "SystemExit(3)", "3", "code", "3");
    makes(PyExc_SystemExit, tuple(2, number(3), number(4)), "SystemExit(3, 4)", "(3, 4)", "code", "(3, 4)");
}

/* The arguments that tp_new and tp_init set, each called by itself. */
static void
test_new_and_init(void)
{
    PyObject *own = PyErr_NewException("m.OwnMemoryError", PyExc_MemoryError, NULL), *args = tuple(1, number(1));
    const struct {
        PyObject *class_;
        const char *after_new, *after_init;
    } rows[] = {
        {PyExc_BaseException, "(1,)", "(1,)"},
        {PyExc_KeyError, "(1,)", "(1,)"},
        {PyExc_OSError, "(1,)", "(1,)"},
        {PyExc_MemoryError, "()", "(1,)"},
        {own, "(1,)", "(1,)"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyTypeObject *type = (PyTypeObject *)rows[i].class_;
        PyObject *exception = type->tp_new(type, args, NULL);
        attribute_is(exception, "args", rows[i].after_new, "the arguments after tp_new of %s",
                     PyExceptionClass_Name(rows[i].class_));
        is_int(type->tp_init(exception, args, NULL), 0, "tp_init of %s succeeds",
               PyExceptionClass_Name(rows[i].class_));
        attribute_is(exception, "args", rows[i].after_init, "the arguments after tp_init of %s",
                     PyExceptionClass_Name(rows[i].class_));
        Py_DECREF(exception);
    }
    Py_DECREF(args);
    Py_DECREF(own);
}

static void
test_os_error(void)
{
    static const struct {
        int number;
        PyObject **type;
    } mapping[] = {
        {EAGAIN, &PyExc_BlockingIOError},
        {EALREADY, &PyExc_BlockingIOError},
        {EINPROGRESS, &PyExc_BlockingIOError},
        {EWOULDBLOCK, &PyExc_BlockingIOError},
        {EPIPE, &PyExc_BrokenPipeError},
        {ESHUTDOWN, &PyExc_BrokenPipeError},
        {ECHILD, &PyExc_ChildProcessError},
        {ECONNABORTED, &PyExc_ConnectionAbortedError},
        {ECONNREFUSED, &PyExc_ConnectionRefusedError},
        {ECONNRESET, &PyExc_ConnectionResetError},
        {EEXIST, &PyExc_FileExistsError},
        {ENOENT, &PyExc_FileNotFoundError},
        {EINTR, &PyExc_InterruptedError},
        {EISDIR, &PyExc_IsADirectoryError},
        {ENOTDIR, &PyExc_NotADirectoryError},
        {EACCES, &PyExc_PermissionError},
        {EPERM, &PyExc_PermissionError},
        {ESRCH, &PyExc_ProcessLookupError},
        {ETIMEDOUT, &PyExc_TimeoutError},
        {EIO, &PyExc_OSError},
        {ENOMEM, &PyExc_OSError},
        {0, &PyExc_OSError},
        {9999, &PyExc_OSError},
        {-1, &PyExc_OSError},
    };
    PyObject *made;
    size_t i;

    for (i = 0; i < sizeof mapping / sizeof *mapping; i++) {
        made = call(PyExc_OSError, tuple(2, number(mapping[i].number), string("text")), NULL);
        is_ptr(made != NULL ? Py_TYPE(made) : NULL, *mapping[i].type, "OSError with the errno %d is a %s",
               mapping[i].number, PyExceptionClass_Name(*mapping[i].type));
        Py_XDECREF(made);
    }
    makes(PyExc_OSError, tuple(0), "OSError()", "", "errno", "None");
    makes(PyExc_OSError, tuple(1, number(2)), "OSError(2)", "2", "errno", "None");
    makes(PyExc_OSError, tuple(2, number(2), string("no")), "FileNotFoundError(2, 'no')", "[Errno 2] no", "filename",
          "None");
    made = make(PyExc_OSError, tuple(3, number(2), string("no"), string("f")), "FileNotFoundError(2, 'no')",
                "[Errno 2] no: 'f'");
    attribute_is(made, "errno", "2", "the errno of an OSError is the first argument");
    attribute_is(made, "strerror", "'no'", "the strerror of an OSError is the second argument");
    attribute_is(made, "filename", "'f'", "the filename of an OSError is the third argument");
    attribute_is(made, "filename2", "None", "an OSError of three arguments has no second filename");
    attribute_is(made, "args", "(2, 'no')", "the args of an OSError leave the filename out");
    Py_XDECREF(made);
    makes(PyExc_OSError, tuple(4, number(2), string("no"), string("f"), number(0)), "FileNotFoundError(2, 'no')",
          "[Errno 2] no: 'f'", "filename2", "None");
    makes(PyExc_OSError, tuple(5, number(2), string("no"), string("f"), number(0), string("g")),
          "FileNotFoundError(2, 'no')", "[Errno 2] no: 'f' -> 'g'", "filename2", "'g'");
    makes(PyExc_OSError, tuple(6, number(2), string("no"), string("f"), number(0), string("g"), number(1)),
          "OSError(2, 'no', 'f', 0, 'g', 1)", "(2, 'no', 'f', 0, 'g', 1)", "errno", "None");
    makes(PyExc_OSError, tuple(3, number(2), string("no"), none()), "FileNotFoundError(2, 'no', None)", "[Errno 2] no",
          "filename", "None");
    makes(PyExc_OSError, tuple(3, number(2), string("no"), number(5)), "FileNotFoundError(2, 'no')", "[Errno 2] no: 5",
          "filename", "5");
    makes(PyExc_OSError, tuple(3, number(5), string("no"), PyBytes_FromString("f")), "OSError(5, 'no')",
          "[Errno 5] no: b'f'", "filename", "b'f'");
    makes(PyExc_OSError, tuple(2, string("x"), string("no")), "OSError('x', 'no')", "[Errno x] no", "errno", "'x'");
    makes(PyExc_OSError, tuple(2, none(), none()), "OSError(None, None)", "[Errno None] None", "errno", "None");
    makes(PyExc_OSError, tuple(2, PyLong_FromLongLong(1LL << 40), string("no")), "OSError(1099511627776, 'no')",
          "[Errno 1099511627776] no", "errno", "1099511627776");
    makes(PyExc_FileNotFoundError, tuple(2, number(EACCES), string("no")), "FileNotFoundError(13, 'no')",
          "[Errno 13] no", "errno", "13");
    makes(PyExc_PermissionError, tuple(1, string("no")), "PermissionError('no')", "no", "errno", "None");
    makes(PyExc_BlockingIOError, tuple(3, number(EAGAIN), string("no"), number(5)), "BlockingIOError(11, 'no', 5)",
          "[Errno 11] no", "characters_written", "5");
    makes(PyExc_OSError, tuple(3, number(EAGAIN), string("no"), number(5)), "BlockingIOError(11, 'no', 5)",
          "[Errno 11] no", "filename", "None");
    makes(PyExc_BlockingIOError, tuple(3, number(EAGAIN), string("no"), string("f")), "BlockingIOError(11, 'no')",
          "[Errno 11] no: 'f'", "filename", "'f'");
    made = call(PyExc_OSError, tuple(2, number(2), string("no")), NULL);
    is_ptr(PyObject_GetAttrString(made, "characters_written"), NULL, "characters_written is missing until it is set");
    raises(PyExc_AttributeError, "characters_written", "the AttributeError for characters_written has its name alone");
    Py_XDECREF(made);
    refuses(PyExc_OSError, tuple(0), "x", PyExc_TypeError, "OSError() takes no keyword arguments");
}

/* Calls the type with each keyword in turn, whose value is the type itself; the others must be None.  `names` end with NULL. */
static void
takes_keywords(PyObject *type, const char *const *names)
{
    const char *type_name = PyExceptionClass_Name(type);
    int given, looked;

    for (given = 0; names[given] != NULL; given++) {
        PyObject *made = call(type, tuple(1, string("text")), names[given]);
        PyObject *args = made != NULL ? PyObject_GetAttrString(made, "args") : NULL;

        str_is(made, "text", "%s takes the keyword %s", type_name, names[given]);
        repr_is(args, "('text',)", "args of %s does not show the keyword %s", type_name, names[given]);
        for (looked = 0; names[looked] != NULL; looked++) {
            PyObject *value = PyObject_GetAttrString(made, names[looked]);
            is_ptr(value, looked == given ? type : Py_None, "%s.%s is %s", type_name, names[looked],
                   looked == given ? "the argument" : "None");
            Py_XDECREF(value);
        }
        Py_XDECREF(args);
        Py_XDECREF(made);
    }
}

static void
test_keywords(void)
{
    static const char *const import_error[] = {"name", "path", "name_from", NULL};
    static const char *const attribute_error[] = {"name", "obj", NULL};
    static const char *const name_error[] = {"name", NULL};

    takes_keywords(PyExc_ImportError, import_error);
    takes_keywords(PyExc_ModuleNotFoundError, import_error);
    takes_keywords(PyExc_AttributeError, attribute_error);
    takes_keywords(PyExc_NameError, name_error);
    takes_keywords(PyExc_UnboundLocalError, name_error);
    makes(PyExc_ImportError, tuple(0), "ImportError()", "", "msg", "None");
    makes(PyExc_ImportError, tuple(1, string("m")), "ImportError('m')", "m", "msg", "'m'");
    makes(PyExc_ImportError, tuple(1, number(4)), "ImportError(4)", "4", "msg", "4");
    makes(PyExc_ImportError, tuple(2, string("m"), number(1)), "ImportError('m', 1)", "('m', 1)", "msg", "None");
    makes(PyExc_AttributeError, tuple(2, string("m"), number(1)), "AttributeError('m', 1)", "('m', 1)", "name", "None");
    refuses(PyExc_ImportError, tuple(0), "x", PyExc_TypeError, "ImportError() got an unexpected keyword argument 'x'");
    refuses(PyExc_ModuleNotFoundError, tuple(0), "x", PyExc_TypeError,
            "ImportError() got an unexpected keyword argument 'x'");
    refuses(PyExc_AttributeError, tuple(0), "x", PyExc_TypeError,
            "AttributeError() got an unexpected keyword argument 'x'");
    refuses(PyExc_NameError, tuple(0), "x", PyExc_TypeError, "NameError() got an unexpected keyword argument 'x'");
    refuses(PyExc_UnboundLocalError, tuple(0), "x", PyExc_TypeError,
            "NameError() got an unexpected keyword argument 'x'");
}

static PyObject *
decoding(const char *object, long start, long end)
{
    return tuple(5, string("utf-8"), PyBytes_FromString(object), number(start), number(end), string("bad"));
}

static PyObject *
encoding(const char *object, long start, long end)
{
    return tuple(5, string("ascii"), string(object), number(start), number(end), string("bad"));
}

static PyObject *
translating(const char *object, long start, long end)
{
    return tuple(4, string(object), number(start), number(end), string("bad"));
}

static void
test_unicode_errors(void)
{
    PyObject *type = PyExc_UnicodeDecodeError, *made;

    made = make(type, decoding("a\xff", 1, 2), "UnicodeDecodeError('utf-8', b'a\\xff', 1, 2, 'bad')",
                "'utf-8' codec can't decode byte 0xff in position 1: bad");
    attribute_is(made, "encoding", "'utf-8'", "the encoding of a UnicodeDecodeError is the first argument");
    attribute_is(made, "object", "b'a\\xff'", "the object of a UnicodeDecodeError is the second argument");
    attribute_is(made, "start", "1", "the start of a UnicodeDecodeError is the third argument");
    attribute_is(made, "end", "2", "the end of a UnicodeDecodeError is the fourth argument");
    attribute_is(made, "reason", "'bad'", "the reason of a UnicodeDecodeError is the fifth argument");
    Py_XDECREF(made);
    makes(type, decoding("abc", 0, 3), "UnicodeDecodeError('utf-8', b'abc', 0, 3, 'bad')",
          "'utf-8' codec can't decode bytes in position 0-2: bad", "end", "3");
    makes(type, decoding("abc", 3, 3), "UnicodeDecodeError('utf-8', b'abc', 3, 3, 'bad')",
          "'utf-8' codec can't decode bytes in position 3-2: bad", "end", "3");
    makes(type, decoding("abc", -5, 30), "UnicodeDecodeError('utf-8', b'abc', -5, 30, 'bad')",
          "'utf-8' codec can't decode bytes in position -5-29: bad", "start", "-5");
    makes(type, decoding("", 0, 1), "UnicodeDecodeError('utf-8', b'', 0, 1, 'bad')",
          "'utf-8' codec can't decode bytes in position 0-0: bad", "start", "0");
    refuses(type, tuple(0), NULL, PyExc_TypeError, "function takes exactly 5 arguments (0 given)");
    refuses(type, tuple(1, number(1)), NULL, PyExc_TypeError, "function takes exactly 5 arguments (1 given)");
    refuses(type, tuple(6, none(), none(), none(), none(), none(), none()), NULL, PyExc_TypeError,
            "function takes exactly 5 arguments (6 given)");
    refuses(type, decoding("abc", 0, 1), "x", PyExc_TypeError, "UnicodeDecodeError() takes no keyword arguments");
    refuses(type, tuple(5, number(1), PyBytes_FromString("a"), number(0), number(1), string("bad")), NULL,
            PyExc_TypeError, "argument 1 must be str, not int");
    refuses(type, tuple(5, string("u"), string("a"), number(0), number(1), string("bad")), NULL, PyExc_TypeError,
            "a bytes-like object is required, not 'str'");
    refuses(type, tuple(5, string("u"), PyBytes_FromString("a"), string("0"), number(1), string("bad")), NULL,
            PyExc_TypeError, "'str' object cannot be interpreted as an integer");
    refuses(
        type,
        tuple(5, string("u"), PyBytes_FromString("a"), number(0), PyLong_FromUnsignedLongLong(~0ULL), string("bad")),
        NULL, PyExc_OverflowError, "Python int too large to convert to C ssize_t");
    refuses(type, tuple(5, string("u"), PyBytes_FromString("a"), number(0), number(1), number(2)), NULL,
            PyExc_TypeError, "argument 5 must be str, not int");

    type = PyExc_UnicodeEncodeError;
    makes(type, encoding("a\xc3\xa9", 1, 2), "UnicodeEncodeError('ascii', 'a\xc3\xa9', 1, 2, 'bad')",
          "'ascii' codec can't encode character '\\xe9' in position 1: bad", "encoding", "'ascii'");
    makes(type, encoding("\xe2\x82\xac", 0, 1), "UnicodeEncodeError('ascii', '\xe2\x82\xac', 0, 1, 'bad')",
          "'ascii' codec can't encode character '\\u20ac' in position 0: bad", "start", "0");
    makes(type, encoding("\xf0\x9f\x98\x80", 0, 1), "UnicodeEncodeError('ascii', '\xf0\x9f\x98\x80', 0, 1, 'bad')",
          "'ascii' codec can't encode character '\\U0001f600' in position 0: bad", "end", "1");
    makes(type, encoding("abc", 0, 2), "UnicodeEncodeError('ascii', 'abc', 0, 2, 'bad')",
          "'ascii' codec can't encode characters in position 0-1: bad", "reason", "'bad'");
    makes(type, encoding("abc", 2, 1), "UnicodeEncodeError('ascii', 'abc', 2, 1, 'bad')",
          "'ascii' codec can't encode characters in position 2-0: bad", "object", "'abc'");
    refuses(type, tuple(5, string("u"), PyBytes_FromString("a"), number(0), number(1), string("bad")), NULL,
            PyExc_TypeError, "argument 2 must be str, not bytes");
    refuses(type, tuple(2, none(), none()), NULL, PyExc_TypeError, "function takes exactly 5 arguments (2 given)");

    type = PyExc_UnicodeTranslateError;
    makes(type, translating("a\xc3\xa9", 1, 2), "UnicodeTranslateError('a\xc3\xa9', 1, 2, 'bad')",
          "can't translate character '\\xe9' in position 1: bad", "encoding", "None");
    makes(type, translating("\xe2\x82\xac", 0, 1), "UnicodeTranslateError('\xe2\x82\xac', 0, 1, 'bad')",
          "can't translate character '\\u20ac' in position 0: bad", "object", "'\xe2\x82\xac'");
    makes(type, translating("abc", 0, 2), "UnicodeTranslateError('abc', 0, 2, 'bad')",
          "can't translate characters in position 0-1: bad", "reason", "'bad'");
    refuses(type, tuple(0), NULL, PyExc_TypeError, "function takes exactly 4 arguments (0 given)");
    refuses(type, tuple(4, number(1), number(0), number(1), string("bad")), NULL, PyExc_TypeError,
            "argument 1 must be str, not int");
}

static void
test_syntax_error(void)
{
    PyObject *type = PyExc_SyntaxError, *made;

    makes(type, tuple(0), "SyntaxError()", "None", "msg", "None");
    makes(type, tuple(1, string("m")), "SyntaxError('m')", "m", "msg", "'m'");
    makes(type, tuple(3, string("m"), number(5), number(6)), "SyntaxError('m', 5, 6)", "m", "msg", "'m'");
    made = make(type, tuple(2, string("m"), tuple(4, string("/a/f.py"), number(3), number(4), string("code"))),
                "SyntaxError('m', ('/a/f.py', 3, 4, 'code'))", "m (f.py, line 3)");
    attribute_is(made, "filename", "'/a/f.py'", "the filename of a SyntaxError is the first detail");
    attribute_is(made, "lineno", "3", "the lineno of a SyntaxError is the second detail");
    attribute_is(made, "offset", "4", "the offset of a SyntaxError is the third detail");
    attribute_is(made, "text", "'code'", "the text of a SyntaxError is the fourth detail");
    attribute_is(made, "end_lineno", "None", "the end_lineno of a SyntaxError of four details is None");
    attribute_is(made, "end_offset", "None", "the end_offset of a SyntaxError of four details is None");
    attribute_is(made, "print_file_and_line", "None", "the print_file_and_line of a SyntaxError is None");
    Py_XDECREF(made);
    makes(type, tuple(2, string("m"), tuple(4, none(), number(3), number(4), string("code"))),
          "SyntaxError('m', (None, 3, 4, 'code'))", "m (line 3)", "filename", "None");
    makes(type, tuple(2, string("m"), tuple(4, string("f.py"), none(), number(4), string("code"))),
          "SyntaxError('m', ('f.py', None, 4, 'code'))", "m (f.py)", "lineno", "None");
    makes(type, tuple(2, string("m"), tuple(6, string("f"), number(1), number(2), string("c"), number(3), number(4))),
          "SyntaxError('m', ('f', 1, 2, 'c', 3, 4))", "m (f, line 1)", "end_lineno", "3");
    makes(PyExc_TabError, tuple(2, string("m"), tuple(4, string("f"), number(3), number(4), string("c"))),
          "TabError('m', ('f', 3, 4, 'c'))", "m (f, line 3)", "offset", "4");
    refuses(type, tuple(2, string("m"), number(5)), NULL, PyExc_TypeError, "'int' object is not iterable");
    refuses(type, tuple(2, string("m"), tuple(3, string("f"), number(1), number(2))), NULL, PyExc_TypeError,
            "function takes at least 4 arguments (3 given)");
    refuses(type, tuple(2, string("m"), tuple(5, string("f"), number(1), number(2), string("c"), number(3))), NULL,
            PyExc_TypeError, "end_offset must be provided when end_lineno is provided");
}

static void
test_groups(void)
{
    PyObject *base_group = PyExc_BaseExceptionGroup, *builtins = PyImport_ImportModule("builtins");
    PyObject *group = PyObject_GetAttrString(builtins, "ExceptionGroup");
    PyObject *error = call(PyExc_ValueError, tuple(1, string("v")), NULL);
    PyObject *interrupt = call(PyExc_KeyboardInterrupt, tuple(0), NULL);
    PyObject *types[2], *list = PyList_New(0), *made;
    int i;

    types[0] = group;
    types[1] = base_group;
    PyList_Append(list, error);
    for (i = 0; i < 2; i++) {
        const char *not_a_sequence = "second argument (exceptions) must be a sequence";
        PyObject *type = types[i];

        made = make(type, tuple(2, string("m"), Py_NewRef(list)), "ExceptionGroup('m', [ValueError('v')])",
                    "m (1 sub-exception)");
        is_ptr(Py_TYPE(made), group, "a group of Exceptions is an ExceptionGroup");
        attribute_is(made, "message", "'m'", "the message of a group is the first argument");
        attribute_is(made, "exceptions", "(ValueError('v'),)",
                     "the exceptions of a group are a tuple made from the second argument");
        Py_XDECREF(made);
        makes(type, tuple(2, string("m"), tuple(2, Py_NewRef(error), Py_NewRef(error))),
              "ExceptionGroup('m', (ValueError('v'), ValueError('v')))", "m (2 sub-exceptions)", "args",
              "('m', (ValueError('v'), ValueError('v')))");
        refuses(type, tuple(2, string("m"), tuple(0)), NULL, PyExc_ValueError,
                "second argument (exceptions) must be a non-empty sequence");
        refuses(type, tuple(2, string("m"), tuple(2, Py_NewRef(error), number(3))), NULL, PyExc_ValueError,
                "Item 1 of second argument (exceptions) is not an exception");
        refuses(type, tuple(2, string("m"), string("text")), NULL, PyExc_ValueError,
                "Item 0 of second argument (exceptions) is not an exception");
        refuses(type, tuple(2, string("m"), number(3)), NULL, PyExc_TypeError, not_a_sequence);
        refuses(type, tuple(2, string("m"), PyDict_New()), NULL, PyExc_TypeError, not_a_sequence);
        refuses(type, tuple(2, number(1), Py_NewRef(list)), NULL, PyExc_TypeError,
                "BaseExceptionGroup.__new__() argument 1 must be str, not int");
        refuses(type, tuple(1, string("m")), NULL, PyExc_TypeError,
                "BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)");
        refuses(type, tuple(2, string("m"), Py_NewRef(list)), "x", PyExc_TypeError,
                "ExceptionGroup() takes no keyword arguments");
    }
    refuses(group, tuple(2, string("m"), tuple(1, Py_NewRef(interrupt))), NULL, PyExc_TypeError,
            "Cannot nest BaseExceptions in an ExceptionGroup");
    makes(base_group, tuple(2, string("m"), tuple(1, Py_NewRef(interrupt))),
          "BaseExceptionGroup('m', (KeyboardInterrupt(),))", "m (1 sub-exception)", "message", "'m'");
    Py_DECREF(list);
    Py_DECREF(interrupt);
    Py_DECREF(error);
    Py_DECREF(group);
    Py_DECREF(builtins);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_plain);
    RUN(test_new_and_init);
    RUN(test_os_error);
    RUN(test_keywords);
    RUN(test_unicode_errors);
    RUN(test_syntax_error);
    RUN(test_groups);
    return TAP_END();
}
