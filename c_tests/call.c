/* Calls: every way to call a C function and a type, the vectorcall flag, and the checks on the result.
 *
 * A result together with an error, or neither of them, is a SystemError that shows the callee.
 */
#include "outcome.h"

#define VARARGS(function) ((PyCFunction)(void (*)(void))(function))

/* Each convention shows its arguments: [self, args, keywords...]. */
static PyObject *
seen(PyObject *self, PyObject *args, PyObject *keywords)
{
    PyObject *result = PyList_New(0);
    PyList_Append(result, self ? self : Py_None);
    PyList_Append(result, args ? args : Py_None);
    PyList_Append(result, keywords ? keywords : Py_None);
    return result;
}

static PyObject *
from_noargs(PyObject *self, PyObject *ignored)
{
    return seen(self, ignored, NULL);
}

static PyObject *
from_one(PyObject *self, PyObject *arg)
{
    return seen(self, arg, NULL);
}

static PyObject *
from_varargs(PyObject *self, PyObject *args)
{
    return seen(self, args, NULL);
}

static PyObject *
from_keywords(PyObject *self, PyObject *args, PyObject *keywords)
{
    return seen(self, args, keywords);
}

static PyObject *
from_array(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    PyObject *tuple = PyTuple_New(count + (names ? PyTuple_GET_SIZE(names) : 0));
    PyObject *result;
    Py_ssize_t i;
    for (i = 0; i < PyTuple_GET_SIZE(tuple); i++) {
        PyTuple_SET_ITEM(tuple, i, Py_NewRef(args[i]));
    }
    result = seen(self, tuple, names);
    Py_DECREF(tuple);
    return result;
}

static PyObject *
from_fast(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    return from_array(self, args, count, NULL);
}

static PyObject *
null_without_error(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    return NULL;
}

static PyObject *
result_with_error(PyObject *self, PyObject *ignored)
{
    (void)self;
    PyErr_SetString(PyExc_ValueError, "left behind");
    return Py_NewRef(ignored ? ignored : Py_None);
}

static PyObject *
failing(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    PyErr_SetString(PyExc_OSError, "failed on purpose");
    return NULL;
}

enum { NOARGS, ONE, ARGS, KEYWORDS, FAST, FAST_KEYWORDS, NEITHER, BOTH, FAILING, METHODS };

static PyMethodDef methods[] = {
    {"noargs", from_noargs, METH_NOARGS, NULL},
    {"one", from_one, METH_O, NULL},
    {"args", from_varargs, METH_VARARGS, NULL},
    {"keywords", VARARGS(from_keywords), METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", VARARGS(from_fast), METH_FASTCALL, NULL},
    {"fast_keywords", VARARGS(from_array), METH_FASTCALL | METH_KEYWORDS, NULL},
    {"neither", null_without_error, METH_NOARGS, NULL},
    {"both", result_with_error, METH_NOARGS, NULL},
    {"failing", failing, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyObject *functions[METHODS];

/* The functions have an int for their self, so the messages take int for their class.
 * Each row has what a convention gives for no argument, one (1), two (1, 2), and one with a keyword (1, k=2). */
static const struct {
    int method;
    const char *none;
    const char *one;
    const char *two;
    const char *keyword;
} CONVENTIONS[] = {
    {NOARGS, "[7, None, None]", "TypeError: int.noargs() takes no arguments (1 given)",
     "TypeError: int.noargs() takes no arguments (2 given)", "TypeError: int.noargs() takes no keyword arguments"},
    {ONE, "TypeError: int.one() takes exactly one argument (0 given)", "[7, 1, None]",
     "TypeError: int.one() takes exactly one argument (2 given)", "TypeError: int.one() takes no keyword arguments"},
    {ARGS, "[7, (), None]", "[7, (1,), None]", "[7, (1, 2), None]", "TypeError: args() takes no keyword arguments"},
    {KEYWORDS, "[7, (), None]", "[7, (1,), None]", "[7, (1, 2), None]", "[7, (1,), {'k': 2}]"},
    {FAST, "[7, (), None]", "[7, (1,), None]", "[7, (1, 2), None]", "TypeError: int.fast() takes no keyword arguments"},
    {FAST_KEYWORDS, "[7, (), None]", "[7, (1,), None]", "[7, (1, 2), None]", "[7, (1, 2), ('k',)]"},
};

static void
test_conventions(void)
{
    PyObject *args[4];
    PyObject *none = PyTuple_New(0);
    PyObject *one, *two, *names, *keywords;
    size_t i;
    args[0] = NULL;
    args[1] = PyLong_FromLong(1);
    args[2] = PyLong_FromLong(2);
    args[3] = NULL;
    one = PyTuple_Pack(1, args[1]);
    two = PyTuple_Pack(2, args[1], args[2]);
    keywords = PyDict_New();
    PyDict_SetItemString(keywords, "k", args[2]);
    names = PyDict_Keys(keywords);
    Py_SETREF(names, PySequence_Tuple(names));
    for (i = 0; i < sizeof CONVENTIONS / sizeof CONVENTIONS[0]; i++) {
        PyObject *function = functions[CONVENTIONS[i].method];
        const char *name = methods[CONVENTIONS[i].method].ml_name;
        const char *want = CONVENTIONS[i].none;
        is_str(outcome(PyObject_CallNoArgs(function)), want, "%s: CallNoArgs", name);
        is_str(outcome(PyObject_Call(function, none, NULL)), want, "%s: Call with no arguments", name);
        is_str(outcome(PyObject_CallObject(function, NULL)), want, "%s: CallObject with NULL", name);
        is_str(outcome(PyObject_CallObject(function, none)), want, "%s: CallObject with an empty tuple", name);
        is_str(outcome(PyObject_CallFunctionObjArgs(function, NULL)), want, "%s: CallFunctionObjArgs with none", name);
        is_str(outcome(PyObject_Vectorcall(function, NULL, 0, NULL)), want, "%s: Vectorcall with none", name);

        want = CONVENTIONS[i].one;
        is_str(outcome(PyObject_CallOneArg(function, args[1])), want, "%s: CallOneArg", name);
        is_str(outcome(PyObject_Call(function, one, NULL)), want, "%s: Call with one", name);
        is_str(outcome(PyObject_CallObject(function, one)), want, "%s: CallObject with one", name);
        is_str(outcome(PyObject_CallFunctionObjArgs(function, args[1], NULL)), want, "%s: CallFunctionObjArgs with one",
               name);

        want = CONVENTIONS[i].two;
        is_str(outcome(PyObject_Call(function, two, NULL)), want, "%s: Call with two", name);
        is_str(outcome(PyObject_CallFunctionObjArgs(function, args[1], args[2], NULL)), want,
               "%s: CallFunctionObjArgs with two", name);
        is_str(outcome(PyObject_Vectorcall(function, args + 1, 2, NULL)), want, "%s: Vectorcall with two", name);
        is_str(outcome(PyObject_Vectorcall(function, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL)), want,
               "%s: Vectorcall with room before the first", name);
        is_ptr(args[0], NULL, "%s: the room before the first argument is as it was", name);

        want = CONVENTIONS[i].keyword;
        is_str(outcome(PyObject_Call(function, one, keywords)), want, "%s: Call with a keyword", name);
        is_str(outcome(PyObject_Vectorcall(function, args + 1, 1, names)), want, "%s: Vectorcall with a keyword", name);
    }
    is_str(outcome(PyObject_CallObject(functions[ARGS], args[1])), "TypeError: argument list must be a tuple",
           "CallObject wants a tuple");
    Py_DECREF(names);
    Py_DECREF(keywords);
    Py_DECREF(two);
    Py_DECREF(one);
    Py_DECREF(none);
    Py_DECREF(args[1]);
    Py_DECREF(args[2]);
}

static void
test_results(void)
{
    PyObject *error, *cause;
    is_str(outcome(PyObject_CallNoArgs(functions[FAILING])), "OSError: failed on purpose",
           "an error of the callee is passed on as it is");
    is_ptr(PyObject_CallNoArgs(functions[NEITHER]), NULL,
           "a call whose callee returns NULL without an error returns NULL");
    error = PyErr_GetRaisedException();
    ok(PyErr_GivenExceptionMatches(error, PyExc_SystemError),
       "a callee that returns NULL without an error makes a SystemError");
    is_str(outcome(PyObject_GetAttrString(error, "__cause__")), "None",
           "the SystemError for NULL without an error has no cause");
    Py_DECREF(error);
    is_ptr(PyObject_CallNoArgs(functions[BOTH]), NULL,
           "a call whose callee returns a result with an error returns NULL");
    error = PyErr_GetRaisedException();
    ok(PyErr_GivenExceptionMatches(error, PyExc_SystemError),
       "a callee that returns a result with an error makes a SystemError");
    cause = PyObject_GetAttrString(error, "__cause__");
    is_str(shown(cause), "ValueError('left behind')", "the SystemError's cause is the error that the callee set");
    Py_DECREF(cause);
    is_str(outcome(PyObject_GetAttrString(error, "__context__")), "ValueError('left behind')",
           "the SystemError's context is the error that the callee set");
    Py_DECREF(error);
}

/* The SystemError shows the callee by its repr.  The repr of a module's function has no address. */
static void
test_result_messages(void)
{
    PyObject *module = PyModule_New("mod");
    PyObject *function;
    PyModule_AddFunctions(module, methods);
    function = PyObject_GetAttrString(module, "neither");
    is_str(outcome(PyObject_CallNoArgs(function)),
           "SystemError: <built-in function neither> returned NULL without setting an exception",
           "the error for NULL without an error shows the callee");
    Py_DECREF(function);
    function = PyObject_GetAttrString(module, "both");
    is_str(outcome(PyObject_CallNoArgs(function)),
           "SystemError: <built-in function both> returned a result with an exception set",
           "the error for a result with an error shows the callee");
    Py_DECREF(function);
    function = PyObject_GetAttrString(module, "noargs");
    is_str(outcome(PyObject_CallOneArg(function, Py_None)), "TypeError: mod.noargs() takes no arguments (1 given)",
           "the error for a wrong number of arguments has the module's name");
    Py_DECREF(function);
    function = PyObject_GetAttrString(module, "args");
    is_str(outcome(PyObject_CallOneArg(function, Py_None)), "[<module 'mod'>, (None,), None]",
           "a module's function with METH_VARARGS has the module for its self");
    Py_DECREF(function);
    function = PyObject_GetAttrString(module, "fast");
    is_str(outcome(PyObject_CallFunctionObjArgs(function, Py_None, NULL)), "[<module 'mod'>, (None,), None]",
           "a module's function with METH_FASTCALL has the module for its self");
    Py_DECREF(function);
    Py_DECREF(module);
}

static void
test_methods(void)
{
    PyObject *module = PyModule_New("mod");
    PyObject *name = PyUnicode_FromString("fast");
    PyObject *missing = PyUnicode_FromString("missing");
    PyObject *args[2];
    PyModule_AddFunctions(module, methods);
    args[0] = module;
    args[1] = Py_True;
    is_str(outcome(PyObject_CallMethodObjArgs(module, name, Py_True, Py_None, NULL)),
           "[<module 'mod'>, (True, None), None]", "CallMethodObjArgs finds the method and passes the arguments");
    is_str(outcome(PyObject_CallMethodObjArgs(module, name, NULL)), "[<module 'mod'>, (), None]",
           "CallMethodObjArgs calls a method without arguments");
    if (module == NULL) {
        return; /* an array of arguments has no NULL */
    }
    is_str(outcome(PyObject_VectorcallMethod(name, args, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL)),
           "[<module 'mod'>, (True,), None]", "VectorcallMethod calls a method of the first argument");
    is_str(outcome(PyObject_CallMethodObjArgs(module, missing, NULL)),
           "AttributeError: module 'mod' has no attribute 'missing'",
           "CallMethodObjArgs of a method that is missing is an AttributeError");
    is_str(outcome(PyObject_VectorcallMethod(missing, args, 1, NULL)),
           "AttributeError: module 'mod' has no attribute 'missing'",
           "VectorcallMethod of a method that is missing is an AttributeError");
    is_ptr(args[0], module, "VectorcallMethod leaves the array of arguments as it was");
    Py_DECREF(missing);
    Py_DECREF(name);
    Py_DECREF(module);
}

static void
test_not_callable(void)
{
    static int pointed_at;
    PyObject *objects[5];
    PyObject *none = PyTuple_New(0);
    int i;
    objects[0] = PyLong_FromLong(5);
    objects[1] = PyCapsule_New(&pointed_at, NULL, NULL);
    objects[2] = PyModule_New("mod");
    objects[3] = PyDict_New();
    objects[4] = PyObject_CallNoArgs(PyExc_ValueError);
    for (i = 0; i < 5; i++) {
        char want[80];
        snprintf(want, sizeof want, "TypeError: '%s' object is not callable", Py_TYPE(objects[i])->tp_name);
        is_str(outcome(PyObject_CallNoArgs(objects[i])), want, "CallNoArgs refuses an object that is not callable");
        is_str(outcome(PyObject_CallOneArg(objects[i], Py_None)), want,
               "CallOneArg refuses an object that is not callable");
        is_str(outcome(PyObject_Call(objects[i], none, NULL)), want, "Call refuses an object that is not callable");
        is_str(outcome(PyObject_CallObject(objects[i], NULL)), want,
               "CallObject refuses an object that is not callable");
        is_str(outcome(PyObject_CallFunctionObjArgs(objects[i], Py_None, NULL)), want,
               "CallFunctionObjArgs refuses an object that is not callable");
        is_str(outcome(PyObject_Vectorcall(objects[i], NULL, 0, NULL)), want,
               "Vectorcall refuses an object that is not callable");
        Py_DECREF(objects[i]);
    }
    Py_DECREF(none);
    is_str(outcome(PyObject_CallFunctionObjArgs(NULL, NULL)), "SystemError: null argument to internal routine",
           "CallFunctionObjArgs of NULL is an internal error");
    is_str(outcome(PyObject_CallMethodObjArgs(NULL, Py_None, NULL)), "SystemError: null argument to internal routine",
           "CallMethodObjArgs of NULL is an internal error");
}

static void
test_types(void)
{
    PyObject *text = PyUnicode_FromString("12");
    PyObject *number = PyLong_FromLong(12);
    PyObject *list = PyList_New(0);
    const struct {
        PyTypeObject *type;
        PyObject *argument;
        const char *result;
    } rows[] = {
        {&PyLong_Type, NULL, "0"},
        {&PyLong_Type, text, "12"},
        {&PyLong_Type, number, "12"},
        {&PyLong_Type, Py_None,
         "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"},
        {&PyFloat_Type, NULL, "0.0"},
        {&PyFloat_Type, text, "12.0"},
        {&PyFloat_Type, number, "12.0"},
        {&PyFloat_Type, list, "TypeError: float() argument must be a string or a real number, not 'list'"},
        {&PyBool_Type, NULL, "False"},
        {&PyBool_Type, text, "True"},
        {&PyBool_Type, list, "False"},
        {&PyBool_Type, Py_NotImplemented, "TypeError: NotImplemented should not be used in a boolean context"},
        {&PyUnicode_Type, NULL, "''"},
        {&PyUnicode_Type, number, "'12'"},
        {&PyUnicode_Type, Py_None, "'None'"},
        {&PyBytes_Type, NULL, "b''"},
        {&PyTuple_Type, NULL, "()"},
        {&PyTuple_Type, text, "('1', '2')"},
        {&PyTuple_Type, number, "TypeError: 'int' object is not iterable"},
        {&PyList_Type, NULL, "[]"},
        {&PyList_Type, text, "['1', '2']"},
        {&PyList_Type, number, "TypeError: 'int' object is not iterable"},
        {&PyDict_Type, NULL, "{}"},
        {&PyDict_Type, list, "{}"},
        {&PyDict_Type, number, "TypeError: 'int' object is not iterable"},
        {&PyType_Type, number, "<class 'int'>"},
        {&PyType_Type, NULL, "TypeError: type() takes 1 or 3 arguments"},
        {&PyModule_Type, text, "<module '12'>"},
        {&PyModule_Type, NULL, "TypeError: module() missing required argument 'name' (pos 1)"},
        {&PyBaseObject_Type, number, "TypeError: object() takes no arguments"},
        {&PyCapsule_Type, NULL, "TypeError: cannot create 'PyCapsule' instances"},
        {&PyCapsule_Type, number, "TypeError: cannot create 'PyCapsule' instances"},
        {&PyCFunction_Type, NULL, "TypeError: cannot create 'builtin_function_or_method' instances"},
        {&PyModuleDef_Type, NULL, "TypeError: cannot create 'moduledef' instances"},
        {Py_TYPE(Py_None), NULL, "None"},
        {Py_TYPE(Py_None), number, "TypeError: NoneType takes no arguments"},
        {Py_TYPE(Py_Ellipsis), NULL, "Ellipsis"},
        {Py_TYPE(Py_NotImplemented), NULL, "NotImplemented"},
        {(PyTypeObject *)PyExc_ValueError, NULL, "ValueError()"},
        {(PyTypeObject *)PyExc_ValueError, text, "ValueError('12')"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *type = (PyObject *)rows[i].type;
        is_str(outcome(rows[i].argument ? PyObject_CallOneArg(type, rows[i].argument) : PyObject_CallNoArgs(type)),
               rows[i].result, "row %d: %s is called with %s", (int)i, rows[i].type->tp_name,
               rows[i].argument ? "one argument" : "none");
    }
    Py_DECREF(text);
    Py_DECREF(number);
    Py_DECREF(list);
}

/* Calls in both ways that take keywords as a dict, which must have the same outcome. */
static const char *
with_keywords(PyObject *callable, PyObject *args, PyObject *keywords)
{
    const char *way = outcome(PyObject_Call(callable, args, keywords));
    PyObject *const *array = &PyTuple_GET_ITEM(args, 0);
    const char *other = outcome(PyObject_VectorcallDict(callable, array, (size_t)PyTuple_GET_SIZE(args), keywords));
    is_str(other, way, "VectorcallDict does what Call does");
    return way;
}

static void
test_keywords_that_are_no_strings(void)
{
#define NO_STRINGS "TypeError: keywords must be strings"
    struct {
        PyObject *callable;
        const char *with_none, *with_one;
    } rows[] = {
        {(PyObject *)&PyBaseObject_Type, "TypeError: object() takes no arguments",
         "TypeError: object() takes no arguments"},
        {(PyObject *)&PyType_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyList_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyTuple_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyDict_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyLong_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyFloat_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyBool_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyUnicode_Type, NO_STRINGS, NO_STRINGS},
        {(PyObject *)&PyModule_Type, "TypeError: module() missing required argument 'name' (pos 1)", NO_STRINGS},
        {PyExc_BaseException, NO_STRINGS, NO_STRINGS},
        {PyExc_ValueError, NO_STRINGS, NO_STRINGS},
        {PyExc_KeyError, NO_STRINGS, NO_STRINGS},
        {PyExc_UnicodeError, NO_STRINGS, NO_STRINGS},
        {PyExc_ImportError, NO_STRINGS, NO_STRINGS},
        {PyExc_ModuleNotFoundError, NO_STRINGS, NO_STRINGS},
        {PyExc_AttributeError, NO_STRINGS, NO_STRINGS},
        {PyExc_NameError, NO_STRINGS, NO_STRINGS},
        {PyExc_MemoryError, "TypeError: MemoryError() takes no keyword arguments",
         "TypeError: MemoryError() takes no keyword arguments"},
        {PyExc_OSError, "TypeError: OSError() takes no keyword arguments",
         "TypeError: OSError() takes no keyword arguments"},
        {PyExc_StopIteration, "TypeError: StopIteration() takes no keyword arguments",
         "TypeError: StopIteration() takes no keyword arguments"},
        {PyExc_SystemExit, "TypeError: SystemExit() takes no keyword arguments",
         "TypeError: SystemExit() takes no keyword arguments"},
        {PyExc_BaseExceptionGroup, "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)",
         "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)"},
    };
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *number = PyLong_FromLong(1), *keywords = PyDict_New();
    PyObject *none = PyTuple_New(0), *text = PyUnicode_FromString("x"), *one = PyTuple_Pack(1, text), *method;
    size_t i;
    PyDict_SetItem(keywords, number, number);
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *name = ((PyTypeObject *)rows[i].callable)->tp_name;
        is_str(with_keywords(rows[i].callable, none, keywords), rows[i].with_none,
               "%s is called with a keyword that is a number", name);
        is_str(with_keywords(rows[i].callable, one, keywords), rows[i].with_one,
               "%s is called with an argument and a keyword that is a number", name);
    }
    for (i = 0; i < METHODS; i++) {
        if ((methods[i].ml_flags & METH_VARARGS) == 0) {
            is_str(with_keywords(functions[i], none, keywords), NO_STRINGS,
                   "%s is called with a keyword that is a number", methods[i].ml_name);
        }
    }
    method = PyObject_GetAttrString(dict, "update");
    is_str(with_keywords(method, none, keywords), NO_STRINGS, "dict.update is called with a keyword that is a number");
    Py_DECREF(method);
    method = PyObject_GetAttrString((PyObject *)&PyList_Type, "append");
    is_str(with_keywords(method, none, keywords), NO_STRINGS,
           "a method without its object is called with a keyword that is a number");
    Py_DECREF(method);
    PyDict_Clear(keywords);
    PyDict_SetItemString(keywords, "zzz", number);
    PyDict_SetItem(keywords, number, number);
    is_str(with_keywords(PyExc_ImportError, one, keywords),
           "TypeError: ImportError() got an unexpected keyword argument 'zzz'",
           "a callable that knows its names reports the first wrong keyword");
    is_str(with_keywords((PyObject *)&PyLong_Type, one, keywords), NO_STRINGS,
           "a callable that takes its keywords out of the dict reports the one that is no str");
    is_str(shown(dict), "{}", "no call with wrong keywords puts an item into the dict");
    Py_DECREF(one);
    Py_DECREF(text);
    Py_DECREF(none);
    Py_DECREF(keywords);
    Py_DECREF(number);
    Py_DECREF(list);
    Py_DECREF(dict);
}

int
main(void)
{
    PyObject *self;
    int i;
    TAP_BEGIN();
    self = PyLong_FromLong(7);
    for (i = 0; i < METHODS; i++) {
        functions[i] = PyCFunction_New(&methods[i], self);
    }
    RUN(test_conventions);
    RUN(test_results);
    RUN(test_result_messages);
    RUN(test_methods);
    RUN(test_not_callable);
    RUN(test_types);
    RUN(test_keywords_that_are_no_strings);
    for (i = 0; i < METHODS; i++) {
        Py_DECREF(functions[i]);
    }
    Py_DECREF(self);
    return TAP_END();
}
