/* Contexts and context variables: their values, defaults, tokens, copies, entering and leaving. */
#include "checks.h"

static PyObject *
value_of(PyObject *var, PyObject *standard)
{
    PyObject *value = NULL;
    is_int(PyContextVar_Get(var, standard, &value), 0, "PyContextVar_Get succeeds");
    return value;
}

static void
test_variable(void)
{
    PyObject *seven = PyLong_FromLong(7), *plain = PyContextVar_New("plain", NULL),
             *with = PyContextVar_New("with", seven);
    ok(PyContextVar_CheckExact(plain), "PyContextVar_New makes a variable");
    is_text(PyObject_GetAttrString(plain, "name"), "plain", "a variable has its name");
    PyObject *got = value_of(plain, NULL);
    is_ptr(got, NULL, "a variable without a value and a default is NULL");
    no_error("a variable without a value");
    got = value_of(plain, Py_True);
    is_ptr(got, Py_True, "the default that is given is the value");
    Py_XDECREF(got);
    got = value_of(with, NULL);
    is_ptr(got, seven, "the default of the variable is the value");
    Py_XDECREF(got);
    got = value_of(with, Py_True);
    is_ptr(got, Py_True, "the default that is given comes first");
    Py_XDECREF(got);
    PyObject *token = PyContextVar_Set(plain, Py_False);
    ok(PyContextToken_CheckExact(token), "PyContextVar_Set returns a token");
    got = value_of(plain, Py_True);
    is_ptr(got, Py_False, "the value is the one that was set");
    Py_XDECREF(got);
    PyObject *var = PyObject_GetAttrString(token, "var"), *old = PyObject_GetAttrString(token, "old_value");
    is_ptr(var, plain, "a token has the variable");
    is_text(old, "<Token.MISSING>", "a token of a variable without a value has the marker");
    Py_XDECREF(var);
    PyObject *second = PyContextVar_Set(plain, seven);
    old = PyObject_GetAttrString(second, "old_value");
    is_ptr(old, Py_False, "a token has the value before");
    Py_XDECREF(old);
    is_int(PyContextVar_Reset(with, second), -1, "a token of another variable is refused");
    ok(PyErr_ExceptionMatches(PyExc_ValueError), "a token of another variable is a ValueError");
    PyErr_Clear();
    is_int(PyContextVar_Reset(plain, second), 0, "a token restores the value before");
    got = value_of(plain, NULL);
    is_ptr(got, Py_False, "the value before is restored");
    Py_XDECREF(got);
    is_int(PyContextVar_Reset(plain, second), -1, "a token is used once");
    ok(PyErr_ExceptionMatches(PyExc_RuntimeError), "a token that was used is a RuntimeError");
    PyErr_Clear();
    is_int(PyContextVar_Reset(plain, token), 0, "the first token restores that there was no value");
    got = value_of(plain, NULL);
    is_ptr(got, NULL, "there is no value");
    is_int(PyObject_Hash(token), -1, "a token has no hash");
    raises(PyExc_TypeError, "unhashable type: '_contextvars.Token'", "the hash of a token");
    Py_DECREF(token);
    Py_DECREF(second);
    Py_DECREF(plain);
    Py_DECREF(with);
    Py_DECREF(seven);
}

static void
test_context(void)
{
    PyObject *x = PyContextVar_New("x", NULL), *y = PyContextVar_New("y", NULL), *one = PyLong_FromLong(1001), *got;
    PyObject *token = PyContextVar_Set(x, one), *copy = PyContext_CopyCurrent(), *empty = PyContext_New();
    ok(PyContext_CheckExact(copy), "PyContext_CopyCurrent makes a context");
    is_int(PyObject_Size(empty), 0, "a new context is empty");
    is_int(PyObject_Size(copy), 1, "a copy has the values");
    Py_XDECREF(PyContextVar_Set(x, Py_True));
    got = PyObject_GetItem(copy, x);
    is_ptr(got, one, "a copy keeps the value when the current context changes");
    Py_XDECREF(got);
    is_ptr(PyObject_GetItem(copy, y), NULL, "a variable without a value is missing");
    ok(PyErr_ExceptionMatches(PyExc_KeyError), "a variable that is missing is a KeyError");
    PyErr_Clear();
    is_ptr(PyObject_GetItem(copy, Py_None), NULL, "a key is a variable");
    raises(PyExc_TypeError, "a ContextVar key was expected, got None", "another key");
    is_int(PySequence_Contains(copy, x), 1, "a copy contains the variable");
    is_int(PySequence_Contains(copy, y), 0, "a copy does not contain another variable");
    is_int(PyContext_Enter(copy), 0, "a context is entered");
    got = value_of(x, NULL);
    is_ptr(got, one, "the values are those of the context");
    Py_XDECREF(got);
    is_int(PyContext_Enter(copy), -1, "a context is not entered twice");
    ok(PyErr_ExceptionMatches(PyExc_RuntimeError), "entering a context twice is a RuntimeError");
    PyErr_Clear();
    is_int(PyContextVar_Reset(x, token), -1, "a token of another context is refused");
    ok(PyErr_ExceptionMatches(PyExc_ValueError), "a token of another context is a ValueError");
    PyErr_Clear();
    Py_XDECREF(PyContextVar_Set(y, Py_False));
    is_int(PyObject_Size(copy), 2, "a value that is set goes to the context that is current");
    is_int(PyContext_Exit(empty), -1, "a context that was not entered is not left");
    ok(PyErr_ExceptionMatches(PyExc_RuntimeError), "leaving a context that was not entered is a RuntimeError");
    PyErr_Clear();
    is_int(PyContext_Enter(empty), 0, "a second context is entered");
    got = value_of(x, Py_None);
    is_ptr(got, Py_None, "the second context has no value");
    Py_XDECREF(got);
    is_int(PyContext_Exit(copy), -1, "a context that is not current is not left");
    raises(PyExc_RuntimeError, "cannot exit context: thread state references a different context object",
           "leaving a context that is not current");
    is_int(PyContext_Exit(empty), 0, "the second context is left");
    is_int(PyContext_Exit(copy), 0, "the first context is left");
    got = value_of(x, NULL);
    is_ptr(got, Py_True, "the values are those from before");
    Py_XDECREF(got);
    got = value_of(y, NULL);
    is_ptr(got, NULL, "a value of a context that was left is not there");
    PyObject *other = PyContext_Copy(copy);
    is_int(PyObject_RichCompareBool(other, copy, Py_EQ), 1, "a copy is equal");
    is_int(PyObject_RichCompareBool(empty, copy, Py_EQ), 0, "contexts with other values differ");
    Py_DECREF(other);
    Py_DECREF(token);
    Py_DECREF(copy);
    Py_DECREF(empty);
    is_int(PyGC_Collect() >= 0, 1, "contexts can be collected");
    Py_DECREF(x);
    Py_DECREF(y);
    Py_DECREF(one);
}

static void
test_bad_input(void)
{
    PyObject *value = Py_True, *x = PyContextVar_New("x", NULL);
    is_int(PyContextVar_Get(Py_None, Py_True, &value), -1, "PyContextVar_Get refuses another object");
    raises(PyExc_TypeError, "an instance of ContextVar was expected", "PyContextVar_Get of another object");
    is_ptr(PyContextVar_Set(Py_None, Py_None), NULL, "PyContextVar_Set refuses another object");
    raises(PyExc_TypeError, "an instance of ContextVar was expected", "PyContextVar_Set of another object");
    is_int(PyContextVar_Reset(x, Py_None), -1, "PyContextVar_Reset refuses another object");
    raises(PyExc_TypeError, "an instance of Token was expected", "PyContextVar_Reset of another object");
    is_int(PyContext_Enter(Py_None), -1, "PyContext_Enter refuses another object");
    raises(PyExc_TypeError, "an instance of Context was expected", "PyContext_Enter of another object");
    is_int(PyContext_Exit(Py_None), -1, "PyContext_Exit refuses another object");
    raises(PyExc_TypeError, "an instance of Context was expected", "PyContext_Exit of another object");
    is_ptr(PyContext_Copy(Py_None), NULL, "PyContext_Copy refuses another object");
    raises(PyExc_TypeError, "an instance of Context was expected", "PyContext_Copy of another object");
    is_ptr(PyObject_CallNoArgs((PyObject *)&PyContextToken_Type), NULL, "a token is not made by a call");
    raises(PyExc_RuntimeError, "Tokens can only be created by ContextVars", "a call of the type of tokens");
    Py_DECREF(x);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_variable);
    RUN(test_context);
    RUN(test_bad_input);
    return TAP_END();
}
