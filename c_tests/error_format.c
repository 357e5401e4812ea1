/* PyErr_Format and PyErr_FormatV: the value they return, the exception they set, an error that was set before, a format
 * that fails, and exception types that want other arguments.  The conversions one by one
 * are in unicode_format.c; here each kind of argument is read once, in company, to see that they do not mix. */
#include "errors_support.h"

#include <stddef.h>
#include <stdint.h>

static PyObject *
format_with_list(PyObject *type, const char *format, ...)
{
    va_list arguments;
    PyObject *result;

    va_start(arguments, format);
    result = PyErr_FormatV(type, format, arguments);
    va_end(arguments);
    return result;
}

static void
test_result(void)
{
    is_ptr(PyErr_Format(PyExc_ValueError, "plain"), NULL, "PyErr_Format returns NULL");
    raises(PyExc_ValueError, "plain", "PyErr_Format sets an exception with the text");
    is_ptr(format_with_list(PyExc_TypeError, "%d of %s", 3, "four"), NULL, "PyErr_FormatV returns NULL");
    raises(PyExc_TypeError, "3 of four", "PyErr_FormatV sets an exception with the text");
    PyErr_Format(PyExc_ValueError, "%s", "");
    raises(PyExc_ValueError, "", "the text of PyErr_Format may be empty");
    PyErr_Format(PyExc_ValueError, "100%%");
    raises(PyExc_ValueError, "100%", "PyErr_Format makes one percent sign of two without arguments too");
}

static void
test_arguments(void)
{
    PyObject *text = PyUnicode_FromString("h\xc3\xa9llo");
    PyObject *type = PyErr_NewException("pkg.mod.Err", NULL, NULL);
    PyObject *instance = PyObject_CallOneArg(type, text);
    Py_ssize_t text_count = Py_REFCNT(text), instance_count = Py_REFCNT(instance), type_count = Py_REFCNT(type);

    PyErr_Format(PyExc_ValueError, "%c %d %i %u %x %X %o %%", 'c', -1, -2, 3u, 0xabu, 0xabu, 8u);
    raises(PyExc_ValueError, "c -1 -2 3 ab AB 10 %", "PyErr_Format reads int arguments");
    PyErr_Format(PyExc_ValueError, "%ld %lu %lld %llu %zd %zu", -1L, ~0UL, INT64_MIN + 0LL, ~0ULL, (Py_ssize_t)-3,
                 (size_t)4);
    raises(PyExc_ValueError, "-1 18446744073709551615 -9223372036854775808 18446744073709551615 -3 4",
           "PyErr_Format reads long, long long and size_t arguments");
    PyErr_Format(PyExc_ValueError, "%jd %ju %td %tu", (intmax_t)-1, (uintmax_t)2, (ptrdiff_t)-3, (ptrdiff_t)4);
    raises(PyExc_ValueError, "-1 2 -3 4", "PyErr_Format reads intmax_t and ptrdiff_t arguments");
    PyErr_Format(PyExc_ValueError, "%p %s %ls %.3s", (void *)0x10, "s", L"wide", "cut off");
    raises(PyExc_ValueError, "0x10 s wide cut", "PyErr_Format reads pointers and strings");
    PyErr_Format(PyExc_ValueError, "%U|%V|%V|%S|%R|%A", text, text, "no", (PyObject *)NULL, "spare", text, text, text);
    raises(PyExc_ValueError, "h\xc3\xa9llo|h\xc3\xa9llo|spare|h\xc3\xa9llo|'h\xc3\xa9llo'|'h\\xe9llo'",
           "PyErr_Format reads objects");
    PyErr_Format(PyExc_ValueError, "%T %#T %N %#N", instance, instance, type, type);
    raises(PyExc_ValueError, "pkg.mod.Err pkg.mod:Err pkg.mod.Err pkg.mod:Err", "PyErr_Format shows names of types");
    PyErr_Format(PyExc_ValueError, "%S|%R", instance, instance);
    raises(PyExc_ValueError, "h\xc3\xa9llo|Err('h\xc3\xa9llo')",
           "PyErr_Format shows exceptions in the text of an exception");
    PyErr_Format(PyExc_ValueError, "%5d|%-5s|%05x|%*d|%.*d|%*.*s|", 1, "ab", 255u, 3, 4, 2, 5, 4, 2, "xyz");
    raises(PyExc_ValueError, "    1|ab   |000ff|  4|05|  xy|",
           "PyErr_Format reads widths and precisions among the arguments");
    PyErr_Format(PyExc_ValueError, "%d %lld %s %zd %c %S %d %d %d %d %d %s", 1, 2LL, "three", (Py_ssize_t)4, '5', text,
                 7, 8, 9, 10, 11, "twelve");
    raises(PyExc_ValueError, "1 2 three 4 5 h\xc3\xa9llo 7 8 9 10 11 twelve",
           "PyErr_Format reads more arguments than fit in registers");
    PyErr_Format(PyExc_ValueError, "%s", "\xff\xfe");
    raises(PyExc_ValueError, "\xef\xbf\xbd\xef\xbf\xbd", "PyErr_Format replaces bytes that are not UTF-8");

    is_int(Py_REFCNT(text), text_count, "a str that was formatted keeps its reference count");
    is_int(Py_REFCNT(instance), instance_count, "an instance that was formatted keeps its reference count");
    is_int(Py_REFCNT(type), type_count, "a type that was formatted keeps its reference count");
    Py_DECREF(instance);
    Py_DECREF(type);
    Py_DECREF(text);
}

static void
test_exception_types(void)
{
    PyObject *type = PyErr_NewException("pkg.mod.Err", PyExc_LookupError, NULL);

    PyErr_Format(PyExc_KeyError, "%d", 5);
    raises(PyExc_KeyError, "'5'", "the text of a KeyError is shown as a repr");
    PyErr_Format(PyExc_OSError, "no %s", "disk");
    raises(PyExc_OSError, "no disk", "an OSError takes the text alone");
    PyErr_Format(PyExc_ImportError, "no %s", "module");
    raises(PyExc_ImportError, "no module", "an ImportError takes the text as its message");
    PyErr_Format(type, "no %s", "item");
    is_int(PyErr_ExceptionMatches(PyExc_LookupError), 1, "a new exception type matches its base");
    raises(type, "no item", "a new exception type takes the text");
    PyErr_Format(PyExc_UnicodeEncodeError, "no %s", "encoding");
    raises(PyExc_TypeError, "function takes exactly 5 arguments (1 given)",
           "a type that wants other arguments raises its own TypeError");
    Py_DECREF(type);
}

static void
test_failing_formats(void)
{
    PyObject *list = PyList_New(0);
    Py_ssize_t before = Py_REFCNT(list);

    is_ptr(PyErr_Format(PyExc_ValueError, "%R %y", list), NULL, "PyErr_Format of a bad format returns NULL");
    raises(PyExc_SystemError, "invalid format string: %y", "PyErr_Format of a bad format sets SystemError");
    PyErr_Format(PyExc_ValueError, "%c", -1);
    raises(PyExc_OverflowError, "character argument not in range(0x110000)",
           "PyErr_Format of a bad argument sets the argument's error");
    PyErr_Format(PyExc_ValueError, "%N", list);
    raises(PyExc_TypeError, "%N argument must be a type",
           "PyErr_Format of an argument of the wrong type sets a TypeError");
    PyErr_Format(PyExc_ValueError, "\xc3\xa9");
    raises(PyExc_ValueError,
           "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0xc3",
           "PyErr_Format of a format that is not ASCII sets ValueError");
    is_int(Py_REFCNT(list), before, "an object formatted before the failure keeps its reference count");
    Py_DECREF(list);
}

static void
test_error_before(void)
{
    PyObject *error;
    PyObject *context;

    PyErr_SetString(PyExc_KeyError, "old");
    PyErr_Format(PyExc_ValueError, "new %d", 1);
    error = PyErr_GetRaisedException();
    repr_is(error, "ValueError('new 1')", "PyErr_Format replaces an error that was set");
    context = PyException_GetContext(error);
    is_ptr(context, NULL, "an error that is replaced does not become the context of the new one");
    Py_XDECREF(context);
    Py_XDECREF(error);

    PyErr_SetString(PyExc_KeyError, "old");
    PyErr_Format(PyExc_ValueError, "%y");
    raises(PyExc_SystemError, "invalid format string: %y",
           "PyErr_Format of a bad format replaces an error that was set");
    PyErr_SetString(PyExc_KeyError, "old");
    PyErr_Format(PyExc_ValueError, "%R and %S", PyExc_KeyError, Py_None);
    raises(PyExc_ValueError, "<class 'KeyError'> and None",
           "PyErr_Format clears an error that was set before it calls repr and str");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_result);
    RUN(test_arguments);
    RUN(test_exception_types);
    RUN(test_failing_formats);
    RUN(test_error_before);
    return TAP_END();
}
