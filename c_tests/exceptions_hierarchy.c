/* The built-in exception types: each PyExc_* by its name, base and size of instance; the aliases; that all of them are
 * immortal, immutable, can be subclassed, and are found in builtins; and the matches of every pair. */
#include "errors_support.h"

/* Exported by the library, but declared only in CPython's internal headers. */
#ifdef __cplusplus
extern "C" {
#endif
extern PyObject *PyExc_InterpreterError;
extern PyObject *PyExc_InterpreterNotFoundError;
#ifdef __cplusplus
}
#endif

typedef struct {
    PyObject **type;
    const char *name;
    PyObject **base;  /* NULL for object */
    int size;         /* in bytes: extensions embed these structs */
} Row;

/* The rows are in the order of a walk down the tree: a base comes before its subclasses. */
static const Row rows[] = {
    {&PyExc_BaseException, "BaseException", NULL, 72},
    {&PyExc_BaseExceptionGroup, "BaseExceptionGroup", &PyExc_BaseException, 96},
    {&PyExc_Exception, "Exception", &PyExc_BaseException, 72},
    {&PyExc_ArithmeticError, "ArithmeticError", &PyExc_Exception, 72},
    {&PyExc_FloatingPointError, "FloatingPointError", &PyExc_ArithmeticError, 72},
    {&PyExc_OverflowError, "OverflowError", &PyExc_ArithmeticError, 72},
    {&PyExc_ZeroDivisionError, "ZeroDivisionError", &PyExc_ArithmeticError, 72},
    {&PyExc_AssertionError, "AssertionError", &PyExc_Exception, 72},
    {&PyExc_AttributeError, "AttributeError", &PyExc_Exception, 88},
    {&PyExc_BufferError, "BufferError", &PyExc_Exception, 72},
    {&PyExc_EOFError, "EOFError", &PyExc_Exception, 72},
    {&PyExc_ImportError, "ImportError", &PyExc_Exception, 104},
    {&PyExc_ModuleNotFoundError, "ModuleNotFoundError", &PyExc_ImportError, 104},
    {&PyExc_InterpreterError, "concurrent.interpreters.InterpreterError", &PyExc_Exception, 72},
    {&PyExc_InterpreterNotFoundError, "concurrent.interpreters.InterpreterNotFoundError", &PyExc_InterpreterError, 72},
    {&PyExc_LookupError, "LookupError", &PyExc_Exception, 72},
    {&PyExc_IndexError, "IndexError", &PyExc_LookupError, 72},
    {&PyExc_KeyError, "KeyError", &PyExc_LookupError, 72},
    {&PyExc_MemoryError, "MemoryError", &PyExc_Exception, 72},
    {&PyExc_NameError, "NameError", &PyExc_Exception, 80},
    {&PyExc_UnboundLocalError, "UnboundLocalError", &PyExc_NameError, 80},
    {&PyExc_OSError, "OSError", &PyExc_Exception, 112},
    {&PyExc_BlockingIOError, "BlockingIOError", &PyExc_OSError, 112},
    {&PyExc_ChildProcessError, "ChildProcessError", &PyExc_OSError, 112},
    {&PyExc_ConnectionError, "ConnectionError", &PyExc_OSError, 112},
    {&PyExc_BrokenPipeError, "BrokenPipeError", &PyExc_ConnectionError, 112},
    {&PyExc_ConnectionAbortedError, "ConnectionAbortedError", &PyExc_ConnectionError, 112},
    {&PyExc_ConnectionRefusedError, "ConnectionRefusedError", &PyExc_ConnectionError, 112},
    {&PyExc_ConnectionResetError, "ConnectionResetError", &PyExc_ConnectionError, 112},
    {&PyExc_FileExistsError, "FileExistsError", &PyExc_OSError, 112},
    {&PyExc_FileNotFoundError, "FileNotFoundError", &PyExc_OSError, 112},
    {&PyExc_InterruptedError, "InterruptedError", &PyExc_OSError, 112},
    {&PyExc_IsADirectoryError, "IsADirectoryError", &PyExc_OSError, 112},
    {&PyExc_NotADirectoryError, "NotADirectoryError", &PyExc_OSError, 112},
    {&PyExc_PermissionError, "PermissionError", &PyExc_OSError, 112},
    {&PyExc_ProcessLookupError, "ProcessLookupError", &PyExc_OSError, 112},
    {&PyExc_TimeoutError, "TimeoutError", &PyExc_OSError, 112},
    {&PyExc_ReferenceError, "ReferenceError", &PyExc_Exception, 72},
    {&PyExc_RuntimeError, "RuntimeError", &PyExc_Exception, 72},
    {&PyExc_NotImplementedError, "NotImplementedError", &PyExc_RuntimeError, 72},
    {&PyExc_PythonFinalizationError, "PythonFinalizationError", &PyExc_RuntimeError, 72},
    {&PyExc_RecursionError, "RecursionError", &PyExc_RuntimeError, 72},
    {&PyExc_StopAsyncIteration, "StopAsyncIteration", &PyExc_Exception, 72},
    {&PyExc_StopIteration, "StopIteration", &PyExc_Exception, 80},
    {&PyExc_SyntaxError, "SyntaxError", &PyExc_Exception, 144},
    {&PyExc_IndentationError, "IndentationError", &PyExc_SyntaxError, 144},
    {&PyExc_TabError, "TabError", &PyExc_IndentationError, 144},
    {&PyExc_SystemError, "SystemError", &PyExc_Exception, 72},
    {&PyExc_TypeError, "TypeError", &PyExc_Exception, 72},
    {&PyExc_ValueError, "ValueError", &PyExc_Exception, 72},
    {&PyExc_UnicodeError, "UnicodeError", &PyExc_ValueError, 72},
    {&PyExc_UnicodeDecodeError, "UnicodeDecodeError", &PyExc_UnicodeError, 112},
    {&PyExc_UnicodeEncodeError, "UnicodeEncodeError", &PyExc_UnicodeError, 112},
    {&PyExc_UnicodeTranslateError, "UnicodeTranslateError", &PyExc_UnicodeError, 112},
    {&PyExc_Warning, "Warning", &PyExc_Exception, 72},
    {&PyExc_BytesWarning, "BytesWarning", &PyExc_Warning, 72},
    {&PyExc_DeprecationWarning, "DeprecationWarning", &PyExc_Warning, 72},
    {&PyExc_EncodingWarning, "EncodingWarning", &PyExc_Warning, 72},
    {&PyExc_FutureWarning, "FutureWarning", &PyExc_Warning, 72},
    {&PyExc_ImportWarning, "ImportWarning", &PyExc_Warning, 72},
    {&PyExc_PendingDeprecationWarning, "PendingDeprecationWarning", &PyExc_Warning, 72},
    {&PyExc_ResourceWarning, "ResourceWarning", &PyExc_Warning, 72},
    {&PyExc_RuntimeWarning, "RuntimeWarning", &PyExc_Warning, 72},
    {&PyExc_SyntaxWarning, "SyntaxWarning", &PyExc_Warning, 72},
    {&PyExc_UnicodeWarning, "UnicodeWarning", &PyExc_Warning, 72},
    {&PyExc_UserWarning, "UserWarning", &PyExc_Warning, 72},
    {&PyExc_GeneratorExit, "GeneratorExit", &PyExc_BaseException, 72},
    {&PyExc_KeyboardInterrupt, "KeyboardInterrupt", &PyExc_BaseException, 72},
    {&PyExc_SystemExit, "SystemExit", &PyExc_BaseException, 80},
};

enum { COUNT = sizeof rows / sizeof *rows };

/* The index of the type in the table, or COUNT. */
static size_t
row_of(PyObject **type)
{
    size_t i;
    for (i = 0; i < COUNT && *rows[i].type != *type; i++) {
    }
    return i;
}

/* Whether `type` is `base` or below it by the table. */
static int
is_below(size_t type, size_t base)
{
    while (type != base && rows[type].base != NULL) {
        type = row_of(rows[type].base);
    }
    return type == base;
}

static void
test_types(void)
{
    size_t i;

    for (i = 0; i < COUNT; i++) {
        PyObject *object = *rows[i].type;
        PyTypeObject *type = (PyTypeObject *)object;
        PyObject *base = rows[i].base != NULL ? *rows[i].base : (PyObject *)&PyBaseObject_Type;

        is_str(type->tp_name, rows[i].name, "%s is the name of the type", rows[i].name);
        is_ptr(type->tp_base, base, "%s has the base %s", rows[i].name, ((PyTypeObject *)base)->tp_name);
        is_int(type->tp_basicsize, rows[i].size, "%s instances have CPython's size", rows[i].name);
    }
}

static void
test_properties(void)
{
    size_t i;
    int classes = 0, subclassable = 0, collected = 0, immutable = 0, plain_types = 0, immortal = 0;

    for (i = 0; i < COUNT; i++) {
        PyObject *object = *rows[i].type;
        PyTypeObject *type = (PyTypeObject *)object;
        Py_ssize_t before = Py_REFCNT(object);

        classes += PyExceptionClass_Check(object);
        subclassable += PyType_HasFeature(type, Py_TPFLAGS_BASETYPE);
        collected += PyType_HasFeature(type, Py_TPFLAGS_HAVE_GC);
        immutable += PyType_HasFeature(type, Py_TPFLAGS_IMMUTABLETYPE);
        plain_types += Py_IS_TYPE(object, &PyType_Type);
        /* The functions count as the library does; an inline function counts as the version of its header does. */
        Py_IncRef(object);
        Py_IncRef(object);
        Py_DecRef(object);
        immortal += Py_REFCNT(object) == before;
    }
    is_int(classes, COUNT, "PyExceptionClass_Check holds for each type");
    is_int(subclassable, COUNT, "each exception type can be subclassed");
    is_int(collected, COUNT, "each exception type takes part in garbage collection");
    is_int(immutable, COUNT, "each exception type is immutable");
    is_int(plain_types, COUNT, "each exception type has the type `type`");
    is_int(immortal, COUNT, "each exception type is immortal");
    is_int(PyExceptionClass_Check((PyObject *)&PyLong_Type), 0, "PyExceptionClass_Check does not hold for int");
    is_int(PyExceptionClass_Check(Py_None), 0, "PyExceptionClass_Check does not hold for None");
    is_int(PyObject_SetAttrString(PyExc_ValueError, "extra", Py_None), -1,
           "an attribute of an exception type cannot be set");
    raises(PyExc_TypeError, "cannot set 'extra' attribute of immutable type 'ValueError'",
           "setting an attribute of an exception type is a TypeError");
}

static void
test_matches(void)
{
    size_t i, j;

    for (i = 0; i < COUNT; i++) {
        int wrong = 0, matched = 0;
        for (j = 0; j < COUNT; j++) {
            int matches = PyErr_GivenExceptionMatches(*rows[i].type, *rows[j].type);
            wrong += matches != is_below(i, j);
            wrong += matches != PyType_IsSubtype((PyTypeObject *)*rows[i].type, (PyTypeObject *)*rows[j].type);
            matched += matches;
        }
        is_int(wrong, 0, "%s matches itself and its bases, %d in all, and no other type", rows[i].name, matched);
    }
}

static void
test_aliases(void)
{
    is_ptr(PyExc_IOError, PyExc_OSError, "IOError is OSError");
    is_ptr(PyExc_EnvironmentError, PyExc_OSError, "EnvironmentError is OSError");
}

static void
test_in_builtins(void)
{
    PyObject *builtins = PyImport_ImportModule("builtins");
    PyObject *group;
    size_t i;

    for (i = 0; i < COUNT; i++) {
        PyObject *found = PyObject_GetAttrString(builtins, rows[i].name);
        if (strchr(rows[i].name, '.') != NULL) {
            is_ptr(found, NULL, "builtins does not have %s", rows[i].name);
            PyErr_Clear();
        } else {
            is_ptr(found, *rows[i].type, "builtins has %s", rows[i].name);
        }
        Py_XDECREF(found);
    }
    group = PyObject_GetAttrString(builtins, "ExceptionGroup");
    is_str(PyExceptionClass_Name(group), "ExceptionGroup", "builtins has ExceptionGroup");
    attribute_is(group, "__bases__", "(<class 'BaseExceptionGroup'>, <class 'Exception'>)",
                 "ExceptionGroup has two bases");
    is_int(PyErr_GivenExceptionMatches(group, PyExc_BaseExceptionGroup), 1, "ExceptionGroup matches its first base");
    is_int(PyErr_GivenExceptionMatches(group, PyExc_Exception), 1, "ExceptionGroup matches its second base");
    is_int(PyErr_GivenExceptionMatches(group, PyExc_ValueError), 0, "ExceptionGroup matches no other type");
    is_int(PyErr_GivenExceptionMatches(PyExc_BaseExceptionGroup, PyExc_Exception), 0,
           "BaseExceptionGroup is no Exception");
    Py_DECREF(group);
    Py_DECREF(builtins);
}

static void
test_names(void)
{
    attribute_is(PyExc_KeyError, "__name__", "'KeyError'", "__name__ of a built-in exception is its name");
    attribute_is(PyExc_KeyError, "__qualname__", "'KeyError'", "__qualname__ of a built-in exception is its name");
    attribute_is(PyExc_KeyError, "__module__", "'builtins'", "__module__ of a built-in exception is builtins");
    attribute_is(PyExc_KeyError, "__bases__", "(<class 'LookupError'>,)",
                 "__bases__ of a built-in exception has its base");
    attribute_is(PyExc_KeyError, "__base__", "<class 'LookupError'>", "__base__ of a built-in exception is its base");
    repr_is(PyExc_KeyError, "<class 'KeyError'>", "the repr of a built-in exception leaves builtins out");
    attribute_is(PyExc_InterpreterError, "__name__", "'InterpreterError'",
                 "__name__ of an exception with a module is the part after the module");
    attribute_is(PyExc_InterpreterError, "__module__", "'concurrent.interpreters'",
                 "__module__ of an exception with a module is the part before the name");
    repr_is(PyExc_InterpreterError, "<class 'concurrent.interpreters.InterpreterError'>",
            "the repr of an exception with a module has both parts");
    is_str(PyExceptionClass_Name(PyExc_InterpreterError), "concurrent.interpreters.InterpreterError",
           "PyExceptionClass_Name is tp_name");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_types);
    RUN(test_properties);
    RUN(test_matches);
    RUN(test_aliases);
    RUN(test_in_builtins);
    RUN(test_names);
    return TAP_END();
}
