/* Calls whose arguments are made by a format: PyObject_CallFunction, PyObject_CallMethod, and their other names. */
#include "outcome.h"

/* Names of the stable ABI that the headers no longer declare, or declare as deprecated. */
#undef PyObject_CallFunction
#undef PyObject_CallMethod
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#ifdef __cplusplus
extern "C" {
#endif
PyAPI_FUNC(PyObject *) PyEval_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallMethod(PyObject *object, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallObjectWithKeywords(PyObject *callable, PyObject *arguments, PyObject *keywords);
PyAPI_FUNC(PyObject *) PyObject_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyObject_CallMethod(PyObject *object, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallFunction_SizeT(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethod_SizeT(PyObject *object, const char *name, const char *format, ...);
#ifdef __cplusplus
}
#endif

static PyObject *
seen(PyObject *self, PyObject *args)
{
    (void)self;
    return Py_NewRef(args);
}

static PyObject *
fails(PyObject *self, PyObject *args)
{
    (void)self;
    PyErr_SetObject(PyExc_LookupError, args);
    return NULL;
}

static PyMethodDef definitions[] = {{"seen", seen, METH_VARARGS, NULL}, {"fails", fails, METH_VARARGS, NULL}};

static PyObject *
fails_by(void *text)
{
    PyErr_SetString(PyExc_LookupError, (const char *)text);
    return NULL;
}

typedef PyObject *function_call(PyObject *callable, const char *format, ...);
typedef PyObject *method_call(PyObject *object, const char *name, const char *format, ...);

#define CALLS(want, ...) is_str(outcome(call(f, __VA_ARGS__)), want, "%s(f, %s): %s", name, #__VA_ARGS__, want)

static void
check_function(const char *name, function_call *call)
{
    PyObject *f = PyCFunction_New(&definitions[0], NULL), *failing = PyCFunction_New(&definitions[1], NULL);
    PyObject *pair = Py_BuildValue("(ii)", 1, 2), *list = PyList_New(0);

    CALLS("()", NULL);
    CALLS("()", "");
    CALLS("()", " ");
    CALLS("(1,)", "i", 1);
    CALLS("(1, 'a')", "is", 1, "a");
    CALLS("()", "()");
    CALLS("(1,)", "(i)", 1);
    CALLS("(1, 2)", "(ii)", 1, 2);
    CALLS("(1, 2)", "O", pair);
    CALLS("((1, 2), (1, 2))", "OO", pair, pair);
    CALLS("((1, 2), 3)", "(ii)i", 1, 2, 3);
    CALLS("([1, 2],)", "[ii]", 1, 2);
    CALLS("((1,),)", "((i))", 1);
    CALLS("(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)", "iiiiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    CALLS("(None,)", "z", NULL);
    CALLS("SystemError: bad format char passed to Py_BuildValue", "x");
    CALLS("SystemError: unmatched paren in format", "(i", 1);
    CALLS("SystemError: Unmatched paren in format", "i)", 1);
    CALLS("SystemError: NULL object passed to Py_BuildValue", "O", NULL);
    CALLS("LookupError: on purpose", "iO&", 1, fails_by, "on purpose");
    is_str(outcome(call(failing, "(ii)", 1, 2)), "LookupError: (1, 2)", "%s passes on the error of the callable", name);
    is_str(outcome(call(list, "i", 1)), "TypeError: 'list' object is not callable", "%s of a list is a TypeError",
           name);
    is_str(outcome(call(NULL, "i", 1)), "SystemError: null argument to internal routine", "%s of NULL is a SystemError",
           name);
    Py_INCREF(list);
    is_str(outcome(call(f, "Nx", list)), "SystemError: bad format char passed to Py_BuildValue",
           "%s fails after a reference that was given away", name);
    is_int(Py_REFCNT(list), 1, "%s drops the reference of a format that fails", name);
    Py_INCREF(list);
    is_str(outcome(call(failing, "N", list)), "LookupError: []", "%s of a callable that fails", name);
    is_int(Py_REFCNT(list), 1, "%s drops the reference of a call that fails", name);
    Py_DECREF(f);
    Py_DECREF(failing);
    Py_DECREF(pair);
    Py_DECREF(list);
}

#undef CALLS
#define CALLS(want, ...) is_str(outcome(call(o, __VA_ARGS__)), want, "%s(o, %s): %s", name, #__VA_ARGS__, want)

static void
check_method(const char *name, method_call *call)
{
    PyObject *o = PyModule_New("m"), *f = PyCFunction_New(&definitions[0], NULL), *pair = Py_BuildValue("(ii)", 1, 2);
    PyObject *list = PyList_New(0);

    PyModule_AddObjectRef(o, "f", f);
    PyModule_AddObjectRef(o, "pair", pair);
    CALLS("()", "f", NULL);
    CALLS("()", "f", "");
    CALLS("(1,)", "f", "i", 1);
    CALLS("(1, 2)", "f", "(ii)", 1, 2);
    CALLS("(1, 2)", "f", "O", pair);
    CALLS("((1, 2), 3)", "f", "Oi", pair, 3);
    CALLS("SystemError: bad format char passed to Py_BuildValue", "f", "x");
    CALLS("TypeError: attribute of type 'tuple' is not callable", "pair", "i", 1);
    CALLS("AttributeError: module 'm' has no attribute 'nosuch'", "nosuch", "i", 1);
    CALLS("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte", "\xff", "i", 1);
    CALLS("SystemError: null argument to internal routine", NULL, "i", 1);
    is_str(outcome(call(NULL, "f", "i", 1)), "SystemError: null argument to internal routine", "%s of NULL", name);
    is_str(outcome(call(list, "append", "s", "x")), "None", "%s calls a method of a built-in type", name);
    is_str(shown(list), "['x']", "%s passes the argument to the method", name);
    is_str(outcome(call(list, "append", "(i)", 2)), "None", "%s unpacks the only argument", name);
    is_str(outcome(call(list, "append", "((i))", 3)), "None", "%s does not unpack the tuple in a tuple", name);
    is_str(shown(list), "['x', 2, (3,)]", "%s passes a tuple in a tuple as it is", name);
    is_str(outcome(call(list, "append", "ii", 4, 5)), "TypeError: list.append() takes exactly one argument (2 given)",
           "%s passes on the error of a method", name);
    Py_DECREF(o);
    Py_DECREF(f);
    Py_DECREF(pair);
    Py_DECREF(list);
}

static void
test_functions(void)
{
    check_function("PyObject_CallFunction", PyObject_CallFunction);
    check_function("_PyObject_CallFunction_SizeT", _PyObject_CallFunction_SizeT);
    check_function("PyEval_CallFunction", PyEval_CallFunction);
}

static void
test_methods(void)
{
    check_method("PyObject_CallMethod", PyObject_CallMethod);
    check_method("_PyObject_CallMethod_SizeT", _PyObject_CallMethod_SizeT);
    check_method("PyEval_CallMethod", PyEval_CallMethod);
}

static void
test_object_with_keywords(void)
{
    PyObject *f = PyCFunction_New(&definitions[0], NULL), *args = Py_BuildValue("(i)", 1), *dict = PyDict_New();

    is_str(outcome(PyEval_CallObjectWithKeywords(f, args, NULL)), "(1,)",
           "PyEval_CallObjectWithKeywords passes a tuple");
    is_str(outcome(PyEval_CallObjectWithKeywords(f, NULL, NULL)), "()",
           "PyEval_CallObjectWithKeywords takes NULL for ()");
    is_str(outcome(PyEval_CallObjectWithKeywords(f, NULL, dict)), "()", "an empty dict is no keywords");
    is_str(outcome(PyEval_CallObjectWithKeywords(f, dict, NULL)), "TypeError: argument list must be a tuple",
           "PyEval_CallObjectWithKeywords refuses a dict as its tuple");
    is_str(outcome(PyEval_CallObjectWithKeywords(f, args, args)), "TypeError: keyword list must be a dictionary",
           "PyEval_CallObjectWithKeywords refuses a tuple as its dict");
    PyDict_SetItemString(dict, "k", args);
    is_str(outcome(PyEval_CallObjectWithKeywords(f, args, dict)), "TypeError: seen() takes no keyword arguments",
           "PyEval_CallObjectWithKeywords passes keywords");
    Py_DECREF(f);
    Py_DECREF(args);
    Py_DECREF(dict);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_functions);
    RUN(test_methods);
    RUN(test_object_with_keywords);
    return TAP_END();
}
