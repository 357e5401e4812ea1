/* Out of memory: errors and calls. */
#include "no_memory.h"

static PyObject *module, *list, *dict; /* made while there was memory */

static PyObject *
answer(PyObject *self, PyObject *arguments)
{
    (void)self;
    return Py_NewRef(arguments);
}
static PyMethodDef methods[] = {{"answer", answer, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};

/* ---- errors: the pending error is made an object, chained and changed ---- */

static int
raise_string(void)
{
    PyErr_SetString(PyExc_KeyError, "key");
    return raised(PyExc_KeyError);
}
static int
raise_object(void)
{
    PyErr_SetObject(PyExc_OSError, list);
    return raised(PyExc_OSError);
}
static int
raise_format(void)
{
    PyErr_Format(PyExc_TypeError, "%R", dict);
    return raised(PyExc_TypeError);
}
static int
new_exception(void)
{
    return drop(PyErr_NewException("memory.Error", PyExc_ValueError, NULL));
}
static int
make_exception(void)
{
    return drop(PyObject_CallFunctionObjArgs(PyExc_ImportError, list, NULL));
}

static int
normalize(void)
{
    PyObject *type, *value, *traceback;
    int status;
    PyErr_SetString(PyExc_OSError, "disk");
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    status = PyErr_GivenExceptionMatches(type, PyExc_OSError) ? 0 : -1;
    if (status < 0) {
        PyErr_Restore(type, value, traceback);
        return status;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return 0;
}

/* An error that is set while another is handled gets the handled one as its context. */
static int
raise_in_handler(void)
{
    PyObject *handled = PyObject_CallNoArgs(PyExc_KeyError);
    int status;
    if (handled == NULL) {
        return -1;
    }
    PyErr_SetHandledException(handled);
    PyErr_Format(PyExc_TypeError, "while %s", "handled");
    status = raised(PyExc_TypeError);
    PyErr_SetHandledException(NULL);
    Py_DECREF(handled);
    return status;
}

static int
change_arguments(void)
{
    PyObject *error = PyObject_CallNoArgs(PyExc_ValueError), *pair, *got;
    int status = -1;
    if (error == NULL) {
        return -1;
    }
    pair = PyTuple_Pack(2, list, dict);
    if (pair != NULL) {
        PyException_SetArgs(error, pair);
        got = PyException_GetArgs(error);
        status = got == pair ? 0 : -1;
        Py_XDECREF(got);
        Py_DECREF(pair);
    }
    Py_DECREF(error);
    return status;
}

/* ---- calls ---- */

static PyObject *
keywords(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    (void)self;
    (void)arguments;
    return PyTuple_Pack(2, names != NULL ? names : Py_None, count > 0 ? Py_True : Py_False);
}
static PyMethodDef fast_method = {"keywords", (PyCFunction)(void (*)(void))keywords, METH_FASTCALL | METH_KEYWORDS,
                                  NULL};
static PyObject *fast_function, *slow_function, *named;

static int
call_function(void)
{
    PyObject *function = PyCFunction_New(methods, NULL);
    int status = function != NULL ? drop(PyObject_CallOneArg(function, list)) : -1;
    Py_XDECREF(function);
    return status;
}

#define ERROR_TASKS(X)                                                                                   \
    X(PyErr_NormalizeException, normalize())                                                             \
    X(PyErr_SetHandledException, raise_in_handler())                                                     \
    X(PyErr_SetNone, RAISES(PyExc_KeyError, PyErr_SetNone(PyExc_KeyError)))                              \
    X(PyErr_SetString_bad, RAISES(PyExc_UnicodeDecodeError, PyErr_SetString(PyExc_KeyError, "\xff")))    \
    X(PyErr_SetObject_of_several, RAISES(PyExc_OSError, PyErr_SetObject(PyExc_OSError, fixtures[0])))    \
    X(PyErr_BadArgument, RAISES(PyExc_TypeError, PyErr_BadArgument()))                                   \
    X(PyErr_BadInternalCall, RAISES(PyExc_SystemError, PyErr_BadInternalCall()))                         \
    X(PyErr_NewExceptionWithDoc, OBJECT(PyErr_NewExceptionWithDoc("memory.E", "An error.", NULL, NULL))) \
    X(PyErr_NewException_of_several, OBJECT(PyErr_NewException("memory.E", fixtures[1], dict)))          \
    X(PyException_SetArgs, change_arguments())                                                           \
    X(OSError, OBJECT(PyObject_CallFunctionObjArgs(PyExc_OSError, Py_True, list, NULL)))                 \
    X(UnicodeDecodeError, RAISES(PyExc_TypeError, PyObject_CallNoArgs(PyExc_UnicodeDecodeError)))        \
    X(SyntaxError, OBJECT(PyObject_CallFunctionObjArgs(PyExc_SyntaxError, list, NULL)))                  \
    X(StopIteration, OBJECT(PyObject_CallFunctionObjArgs(PyExc_StopIteration, list, NULL)))              \
    X(PyErr_WarnEx, STATUS(PyErr_WarnEx(PyExc_ResourceWarning, "a warning", 1)))

#define CALL_TASKS(X)                                                                                                  \
    X(PyCFunction_New, OBJECT(PyCFunction_New(methods, NULL)))                                                         \
    X(PyObject_CallNoArgs, OBJECT(PyObject_CallNoArgs(slow_function)))                                                 \
    X(PyObject_CallFunctionObjArgs, OBJECT(PyObject_CallFunctionObjArgs(slow_function, list, list, list, list, list,   \
                                                                        list, list, list, list, list, NULL)))          \
    X(PyObject_Call, OBJECT(PyObject_Call(fast_function, fixtures[0], fixtures[2])))                                   \
    X(PyObject_Call_keywords_refused, RAISES(PyExc_TypeError, PyObject_Call(slow_function, fixtures[0], fixtures[2]))) \
    X(PyObject_VectorcallDict, OBJECT(PyObject_VectorcallDict(fast_function, fixtures, 2, fixtures[2])))               \
    X(PyObject_CallMethodObjArgs, OBJECT(PyObject_CallMethodObjArgs(module, named, list, NULL)))                       \
    X(PyObject_CallOneArg_not_callable, RAISES(PyExc_TypeError, PyObject_CallOneArg(list, list)))                      \
    X(repr_of_function, OBJECT(PyObject_Repr(fast_function)))                                                          \
    X(name_of_function, OBJECT(PyObject_GetAttrString(fast_function, "__qualname__")))                                 \
    X(PyThreadState_GetDict, POINTER(PyThreadState_GetDict()))                                                         \
    X(PyInterpreterState_GetDict, POINTER(PyInterpreterState_GetDict(PyInterpreterState_Get())))                       \
    X(PyMem_Malloc, NOTHING(PyMem_Free(PyMem_Malloc(100))))                                                            \
    X(PyMem_Realloc, NOTHING(PyMem_Free(PyMem_Realloc(NULL, 100))))                                                    \
    X(PyObject_Calloc, NOTHING(PyObject_Free(PyObject_Calloc(3, 100))))

#define ALL_TASKS(X) ERROR_TASKS(X) CALL_TASKS(X)
ALL_TASKS(DEFINE_TASK)

static const Task tasks[] = {{"PyErr_SetString", raise_string},
                             {"PyErr_SetObject", raise_object},
                             {"PyErr_Format", raise_format},
                             {"PyErr_NewException", new_exception},
                             {"an exception by calling its class", make_exception},
                             {"a call", call_function},
                             ALL_TASKS(TASK_ROW)};

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof tasks[0]);
}

int
main(void)
{
    TAP_BEGIN();
    list = PyList_New(0);
    dict = PyDict_New();
    fixture(PyTuple_Pack(2, list, dict));
    fixture(PyTuple_Pack(2, PyExc_KeyError, PyExc_ValueError));
    PyDict_SetItemString(fixture(PyDict_New()), "keyword", list);
    fixture(list);
    fixture(dict);
    module = fixture(PyImport_AddModuleRef("memory"));
    named = fixture(PyUnicode_InternFromString("memory"));
    slow_function = fixture(PyCFunction_New(methods, NULL));
    fast_function = fixture(PyCFunction_New(&fast_method, NULL));
    PyModule_AddObjectRef(module, "memory", slow_function);
    PyList_Append(list, Py_True);
    RUN(test_tasks);
    drop_fixtures();
    return TAP_END();
}
