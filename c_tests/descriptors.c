/* The attributes of the descriptors in a type's dict (methods, getsets, members) and of C functions, and the name and the
 * object that an AttributeError has about an attribute that can't be set. */
#include "outcome.h"

static PyObject *
do_nothing(PyObject *self, PyObject *argument)
{
    (void)self;
    (void)argument;
    Py_RETURN_NONE;
}

/* The outcome of reading an attribute. */
static const char *
attribute(PyObject *object, const char *name)
{
    return outcome(PyObject_GetAttrString(object, name));
}

/* The outcome of setting an attribute to None, or of deleting it. */
static const char *
change(PyObject *object, const char *name, PyObject *value)
{
    return PyObject_SetAttrString(object, name, value) < 0 ? error_text() : "done";
}

static void
test_names(void)
{
    const struct {
        PyObject *owner;
        const char *name, *type, *qualname, *owned_by, *repr;
    } rows[] = {
        {(PyObject *)&PyList_Type, "append", "method_descriptor", "'list.append'", "<class 'list'>",
         "<method 'append' of 'list' objects>"},
        {PyExc_BaseException, "add_note", "method_descriptor", "'BaseException.add_note'", "<class 'BaseException'>",
         "<method 'add_note' of 'BaseException' objects>"},
        {PyExc_ValueError, "args", "getset_descriptor", "'BaseException.args'", "<class 'BaseException'>",
         "<attribute 'args' of 'BaseException' objects>"},
        {(PyObject *)&PyCFunction_Type, "__self__", "getset_descriptor", "'builtin_function_or_method.__self__'",
         "<class 'builtin_function_or_method'>", "<attribute '__self__' of 'builtin_function_or_method' objects>"},
        {PyExc_StopIteration, "value", "member_descriptor", "'StopIteration.value'", "<class 'StopIteration'>",
         "<member 'value' of 'StopIteration' objects>"},
        {PyExc_BaseException, "__suppress_context__", "member_descriptor", "'BaseException.__suppress_context__'",
         "<class 'BaseException'>", "<member '__suppress_context__' of 'BaseException' objects>"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *descriptor = PyObject_GetAttrString(rows[i].owner, rows[i].name);
        char quoted[64], refused[128];

        snprintf(quoted, sizeof quoted, "'%s'", rows[i].name);
        is_str(tap_type_name((PyObject *)Py_TYPE(descriptor)), rows[i].type, "%s is a %s", rows[i].qualname,
               rows[i].type);
        is_str(attribute(descriptor, "__name__"), quoted, "%s has its own name as __name__", rows[i].qualname);
        is_str(attribute(descriptor, "__qualname__"), rows[i].qualname, "%s is its __qualname__", rows[i].qualname);
        is_str(attribute(descriptor, "__objclass__"), rows[i].owned_by, "%s has %s as __objclass__", rows[i].qualname,
               rows[i].owned_by);
        is_str(shown(descriptor), rows[i].repr, "%s has the repr %s", rows[i].qualname, rows[i].repr);
        is_str(change(descriptor, "__name__", Py_None), "AttributeError: readonly attribute",
               "__name__ of %s can't be set", rows[i].qualname);
        is_str(change(descriptor, "__objclass__", NULL), "AttributeError: readonly attribute",
               "__objclass__ of %s can't be deleted", rows[i].qualname);
        snprintf(refused, sizeof refused, "AttributeError: attribute '__qualname__' of '%s' objects is not writable",
                 rows[i].type);
        is_str(change(descriptor, "__qualname__", Py_None), refused, "__qualname__ of %s can't be set",
               rows[i].qualname);
        Py_DECREF(descriptor);
    }
}

static void
test_signatures(void)
{
    static const struct {
        int flags;
        const char *doc, *signature, *rest;
    } rows[] = {
        {METH_NOARGS, NULL, "'($self, /)'", "None"},
        {METH_NOARGS, "Words.", "'($self, /)'", "'Words.'"},
        {METH_NOARGS, "f($x, y)\n--\n\nWords.", "'($x, y)'", "'Words.'"},
        {METH_NOARGS, "f()\n--\n\n", "'()'", "None"},
        {METH_NOARGS, "f(a, b)\n--\n", "'($self, /)'", "'f(a, b)\\n--\\n'"},
        {METH_O, NULL, "'($self, object, /)'", "None"},
        {METH_O, "f(a)\n--\n\nmore\n--\n\nx", "'(a)'", "'more\\n--\\n\\nx'"},
        {METH_VARARGS, NULL, "None", "None"},
        {METH_VARARGS | METH_KEYWORDS, "g()\n--\n\nWords.", "None", "'g()\\n--\\n\\nWords.'"},
        {METH_FASTCALL, NULL, "None", "None"},
        {METH_FASTCALL | METH_KEYWORDS, NULL, "None", "None"},
        {METH_NOARGS | METH_STATIC, NULL, "'()'", "None"},
        {METH_O | METH_STATIC, NULL, "'(object, /)'", "None"},
        {METH_NOARGS | METH_CLASS, NULL, "'($type, /)'", "None"},
        {METH_O | METH_CLASS, NULL, "'($type, object, /)'", "None"},
    };
    PyObject *method = PyObject_GetAttrString((PyObject *)&PyList_Type, "append");
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyMethodDef definition = {"f", do_nothing, 0, NULL};
        PyObject *function;

        definition.ml_flags = rows[i].flags;
        definition.ml_doc = rows[i].doc;
        function = PyCFunction_NewEx(&definition, NULL, NULL);
        is_str(attribute(function, "__text_signature__"), rows[i].signature,
               "a function with the flags 0x%x and the documentation of row %d has the signature %s",
               (unsigned)rows[i].flags, (int)i, rows[i].signature);
        is_str(attribute(function, "__doc__"), rows[i].rest, "a function's __doc__ is %s", rows[i].rest);
        Py_DECREF(function);
    }
    is_str(attribute(method, "__text_signature__"), "'($self, object, /)'", "a method of a type has a signature");
    Py_DECREF(method);
}

static void
test_use(void)
{
    PyObject *append = PyObject_GetAttrString((PyObject *)&PyList_Type, "append");
    PyObject *args = PyObject_GetAttrString(PyExc_BaseException, "args");

    is_str(outcome(PyObject_CallNoArgs(append)), "TypeError: unbound method list.append() needs an argument",
           "an unbound method needs an object");
    is_str(outcome(PyObject_CallOneArg(append, Py_None)),
           "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'NoneType' object",
           "an unbound method needs an object of its type");
    is_str(outcome(PyObject_CallNoArgs(args)), "TypeError: 'getset_descriptor' object is not callable",
           "a getset cannot be called");
    is_str(change(args, "other", Py_None),
           "AttributeError: 'getset_descriptor' object has no attribute 'other' and no __dict__ for setting new "
           "attributes",
           "a descriptor takes no attributes");
    Py_DECREF(append);
    Py_DECREF(args);
}

/* The AttributeError that is set, with its `name` and `obj`. */
static const char *
blamed(void)
{
    PyObject *error = PyErr_GetRaisedException();
    char *buffer = outcome_buffer();

    if (error == NULL) {
        return "no error";
    }
    snprintf(buffer, OUTCOME_SIZE, "%s name=%s obj=%s", tap_type_name((PyObject *)Py_TYPE(error)),
             attribute(error, "name"), attribute(error, "obj"));
    Py_DECREF(error);
    return buffer;
}

static void
test_blame(void)
{
    PyObject *list = PyList_New(0), *kind = PyErr_NewException("a.B", NULL, NULL);
    const struct {
        PyObject *object;
        const char *attribute, *want;
    } rows[] = {
        {list, "append", "AttributeError name=None obj=None"},
        {list, "nosuch", "AttributeError name='nosuch' obj=[]"},
        {Py_None, "__doc__", "AttributeError name=None obj=None"},
        {Py_None, "nosuch", "AttributeError name='nosuch' obj=None"},
        {kind, "__mro__", "AttributeError name=None obj=None"},
        {kind, "__basicsize__", "AttributeError name=None obj=None"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject_SetAttrString(rows[i].object, rows[i].attribute, Py_True);
        is_str(blamed(), rows[i].want, "setting %s of row %d: %s", rows[i].attribute, (int)i, rows[i].want);
        PyObject_SetAttrString(rows[i].object, rows[i].attribute, NULL);
        is_str(blamed(), rows[i].want, "deleting %s of row %d: %s", rows[i].attribute, (int)i, rows[i].want);
    }
    Py_DECREF(list);
    Py_DECREF(kind);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_names);
    RUN(test_signatures);
    RUN(test_use);
    RUN(test_blame);
    return TAP_END();
}
