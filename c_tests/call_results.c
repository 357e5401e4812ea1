/* A function may return NULL without an error, or a result beside an error.  CPython makes a SystemError of either, except
 * when a function with a fast entry is called with a tuple and no keywords: then the caller gets the function's answer. */
#include "checks.h"
#include "outcome.h"

/* The behaviours of the function when it is called. */
enum { NOTHING, BOTH, FAIL, SUCCEED };
static int behaviour;

static PyObject *
behave(void)
{
    if (behaviour == BOTH || behaviour == FAIL) {
        PyErr_SetString(PyExc_LookupError, "left");
    }
    return behaviour == BOTH || behaviour == SUCCEED ? Py_NewRef(Py_True) : NULL;
}

static PyObject *
two(PyObject *self, PyObject *args)
{
    (void)self, (void)args;
    return behave();
}

static PyObject *
three(PyObject *self, PyObject *args, PyObject *keywords)
{
    (void)self, (void)args, (void)keywords;
    return behave();
}

static PyObject *
fast(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self, (void)args, (void)count;
    return behave();
}

static PyObject *
fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    (void)self, (void)args, (void)count, (void)names;
    return behave();
}

static PyObject *
method(PyObject *self, PyTypeObject *type, PyObject *const *args, size_t count, PyObject *names)
{
    (void)self, (void)type, (void)args, (void)count, (void)names;
    return behave();
}

typedef struct {
    PyMethodDef def;
    int has_fast_entry, takes_none, takes_one, takes_keywords;
} Convention;

static Convention conventions[] = {
    {{"noargs", two, METH_NOARGS, NULL}, 1, 1, 0, 0},
    {{"o", two, METH_O, NULL}, 1, 0, 1, 0},
    {{"varargs", two, METH_VARARGS, NULL}, 0, 1, 1, 0},
    {{"keywords", CFUNCTION(three), METH_VARARGS | METH_KEYWORDS, NULL}, 0, 1, 1, 1},
    {{"fast", CFUNCTION(fast), METH_FASTCALL, NULL}, 1, 1, 1, 0},
    {{"fast_keywords", CFUNCTION(fast_keywords), METH_FASTCALL | METH_KEYWORDS, NULL}, 1, 1, 1, 1},
    {{"method", CFUNCTION(method), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL}, 1, 1, 1, 1},
};

/* Compares a result and the error beside it with those that follow from the behaviour.  The error is cleared. */
static void
check(const char *name, const char *way, int is_checked, PyObject *result)
{
    char got[2 * OUTCOME_SIZE], want[OUTCOME_SIZE];
    PyObject *error = PyErr_GetRaisedException();
    PyObject *cause = error != NULL ? PyException_GetCause(error) : NULL;

    snprintf(got, sizeof(got), "%s, %s", result == NULL ? "NULL" : shown(result),
             error == NULL ? "no error" : (PyErr_SetRaisedException(Py_NewRef(error)), error_text()));
    switch (behaviour) {
    case NOTHING:
        snprintf(want, sizeof(want),
                 is_checked ? "NULL, SystemError: <built-in function %s> returned NULL without setting an exception"
                            : "NULL, no error",
                 name);
        break;
    case BOTH:
        snprintf(want, sizeof(want),
                 is_checked ? "NULL, SystemError: <built-in function %s> returned a result with an exception set"
                            : "True, LookupError: left",
                 name);
        is_int(cause != NULL, is_checked, "%s: the cause of a SystemError is the error that was left, by %s", name,
               way);
        break;
    case FAIL: snprintf(want, sizeof(want), "NULL, LookupError: left"); break;
    default: snprintf(want, sizeof(want), "True, no error");
    }
    is_str(got, want, "%s: %s gives %s", name, way, want);
    Py_XDECREF(cause);
    Py_XDECREF(error);
    Py_XDECREF(result);
}

static PyObject *none, *one, *empty, *keyword, *names, *method_name;

static void
test_with_none(const Convention *convention, PyObject *function, PyObject *module)
{
    const char *name = convention->def.ml_name;
    int is_checked = !convention->has_fast_entry;
    PyObject *args[1];

    args[0] = module;
    check(name, "Call", is_checked, PyObject_Call(function, none, NULL));
    check(name, "Call with an empty dict", is_checked, PyObject_Call(function, none, empty));
    check(name, "CallObject", is_checked, PyObject_CallObject(function, none));
    check(name, "CallObject of NULL", 1, PyObject_CallObject(function, NULL));
    check(name, "CallNoArgs", 1, PyObject_CallNoArgs(function));
    check(name, "Vectorcall", 1, PyObject_Vectorcall(function, NULL, 0, NULL));
    check(name, "VectorcallDict", 1, PyObject_VectorcallDict(function, NULL, 0, NULL));
    check(name, "CallFunctionObjArgs", 1, PyObject_CallFunctionObjArgs(function, NULL));
    check(name, "CallMethodObjArgs", 1, PyObject_CallMethodObjArgs(module, method_name, NULL));
    check(name, "VectorcallMethod", 1, PyObject_VectorcallMethod(method_name, args, 1, NULL));
    if (convention->has_fast_entry) {
        check(name, "PyVectorcall_Call", 0, PyVectorcall_Call(function, none, NULL));
    }
}

static void
test_with_one(const Convention *convention, PyObject *function, PyObject *module)
{
    const char *name = convention->def.ml_name;
    int is_checked = !convention->has_fast_entry;
    PyObject *args[1];

    args[0] = Py_None;
    check(name, "Call with one", is_checked, PyObject_Call(function, one, NULL));
    check(name, "CallObject with one", is_checked, PyObject_CallObject(function, one));
    check(name, "CallOneArg", 1, PyObject_CallOneArg(function, Py_None));
    check(name, "Vectorcall with one", 1, PyObject_Vectorcall(function, args, 1, NULL));
    check(name, "VectorcallDict with one", 1, PyObject_VectorcallDict(function, args, 1, empty));
    check(name, "CallFunctionObjArgs with one", 1, PyObject_CallFunctionObjArgs(function, Py_None, NULL));
    check(name, "CallMethodObjArgs with one", 1, PyObject_CallMethodObjArgs(module, method_name, Py_None, NULL));
    if (convention->has_fast_entry) {
        check(name, "PyVectorcall_Call with one", 0, PyVectorcall_Call(function, one, NULL));
    }
}

static void
test_with_keyword(const Convention *convention, PyObject *function)
{
    const char *name = convention->def.ml_name;
    PyObject *args[2];

    args[0] = args[1] = Py_None;
    check(name, "Call with a keyword", 1, PyObject_Call(function, one, keyword));
    check(name, "Vectorcall with a keyword", 1, PyObject_Vectorcall(function, args, 1, names));
    check(name, "VectorcallDict with a keyword", 1, PyObject_VectorcallDict(function, args, 1, keyword));
    if (convention->has_fast_entry) {
        check(name, "PyVectorcall_Call with a keyword", 1, PyVectorcall_Call(function, one, keyword));
    }
}

/* tp_call itself, called as by C code that knows the type. */
static void
test_slot(const Convention *convention, PyObject *function)
{
    PyObject *args = convention->takes_none ? none : one;

    check(convention->def.ml_name, "tp_call", !convention->has_fast_entry,
          Py_TYPE(function)->tp_call(function, args, NULL));
}

static void
test_convention(Convention *convention)
{
    PyTypeObject *type = convention->def.ml_flags & METH_METHOD ? &PyLong_Type : NULL;
    PyObject *function = PyCMethod_New(&convention->def, NULL, NULL, type), *module = PyModule_New("mod");

    PyModule_AddObjectRef(module, "function", function);
    if (convention->takes_none) {
        test_with_none(convention, function, module);
    }
    if (convention->takes_one) {
        test_with_one(convention, function, module);
    }
    if (convention->takes_keywords) {
        test_with_keyword(convention, function);
    }
    test_slot(convention, function);
    Py_DECREF(module);
    Py_DECREF(function);
}

static void
test_entries(void)
{
    PyObject *own = PyErr_NewException("mod.Own", PyExc_ValueError, NULL);

    ok(PyVectorcall_Function(PyExc_ValueError) != NULL, "ValueError has a fast entry");
    ok(PyVectorcall_Function(PyExc_OSError) == NULL, "OSError has no fast entry");
    ok(PyVectorcall_Function(PyExc_MemoryError) == NULL, "MemoryError has no fast entry");
    ok(PyVectorcall_Function(own) == NULL, "a class made from ValueError has no fast entry");
    Py_DECREF(own);
}

static void
test_conventions(void)
{
    size_t i;

    none = PyTuple_New(0);
    one = PyTuple_Pack(1, Py_None);
    empty = PyDict_New();
    keyword = PyDict_New();
    PyDict_SetItemString(keyword, "key", Py_None);
    method_name = PyUnicode_FromString("key");
    names = PyTuple_Pack(1, method_name);
    Py_DECREF(method_name);
    method_name = PyUnicode_FromString("function");
    for (behaviour = NOTHING; behaviour <= SUCCEED; behaviour++) {
        for (i = 0; i < sizeof(conventions) / sizeof(conventions[0]); i++) {
            test_convention(&conventions[i]);
        }
    }
    Py_DECREF(none);
    Py_DECREF(one);
    Py_DECREF(empty);
    Py_DECREF(keyword);
    Py_DECREF(names);
    Py_DECREF(method_name);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_entries);
    RUN(test_conventions);
    return TAP_END();
}
