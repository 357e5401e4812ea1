/* The messages of calls that built-in functions and classes refuse: the nearest keyword, the full names of classes, the number of arguments
 * of a class derived from a built-in one. */
#include "outcome.h"

/* A class derived from a built-in one, in the module `mod`. */
static PyObject *
derived(const char *base)
{
    PyObject *type = PyDict_GetItemString(PyEval_GetBuiltins(), base);
    return PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){s:s,s:s}", "My", type, "__module__", "mod",
                                 "__qualname__", "Out.My");
}

static const struct {
    const char *function, *keyword, *outcome;
    int arguments;
} keywords[] = {
    {"zip", "string", "TypeError: zip() got an unexpected keyword argument 'string'. Did you mean 'strict'?", 0},
    {"zip", "foo", "TypeError: zip() got an unexpected keyword argument 'foo'", 0},
    {"map", "strct", "TypeError: map() got an unexpected keyword argument 'strct'. Did you mean 'strict'?", 0},
    {"min", "defalt", "TypeError: min() got an unexpected keyword argument 'defalt'. Did you mean 'default'?", 1},
    {"print", "sepp", "TypeError: print() got an unexpected keyword argument 'sepp'. Did you mean 'sep'?", 1},
    {"sum", "strt", "TypeError: sum() got an unexpected keyword argument 'strt'. Did you mean 'start'?", 1},
    {"sorted", "kex", "TypeError: sort() got an unexpected keyword argument 'kex'. Did you mean 'key'?", 1},
    {"int", "bas", "TypeError: int() got an unexpected keyword argument 'bas'. Did you mean 'base'?", 1},
    {"str", "encodin", "TypeError: str() got an unexpected keyword argument 'encodin'. Did you mean 'encoding'?", 1},
    {"property", "fgett", "TypeError: property() got an unexpected keyword argument 'fgett'. Did you mean 'fget'?", 0},
    {"ImportError", "nam", "TypeError: ImportError() got an unexpected keyword argument 'nam'. Did you mean 'name'?",
     0},
    {"NameError", "nam", "TypeError: NameError() got an unexpected keyword argument 'nam'. Did you mean 'name'?", 0},
    {"AttributeError", "ob", "TypeError: AttributeError() got an unexpected keyword argument 'ob'. Did you mean 'obj'?",
     0},
};

static void
test_keywords(void)
{
    size_t at;
    for (at = 0; at < sizeof keywords / sizeof keywords[0]; at++) {
        PyObject *function = PyDict_GetItemString(PyEval_GetBuiltins(), keywords[at].function);
        PyObject *arguments = keywords[at].arguments ? Py_BuildValue("([])") : PyTuple_New(0);
        PyObject *names = Py_BuildValue("{s:i}", keywords[at].keyword, 1);
        is_str(outcome(PyObject_Call(function, arguments, names)), keywords[at].outcome, "%s(%s=1)",
               keywords[at].function, keywords[at].keyword);
        Py_DECREF(arguments);
        Py_DECREF(names);
    }
}

/* A derived class without `__init__` or `__new__` of its own takes the arguments of its base alone. */
static const struct {
    const char *base, *with_keyword, *with_two;
} bases[] = {
    {"list", "TypeError: list() takes no keyword arguments", "TypeError: list expected at most 1 argument, got 2"},
    {"tuple", "TypeError: tuple() takes no keyword arguments", "TypeError: tuple expected at most 1 argument, got 2"},
    {"float", "TypeError: float() takes no keyword arguments", "TypeError: float expected at most 1 argument, got 2"},
    {"set", "TypeError: set() takes no keyword arguments", "TypeError: My expected at most 1 argument, got 2"},
    {"frozenset", "TypeError: frozenset() takes no keyword arguments",
     "TypeError: My expected at most 1 argument, got 2"},
};

static void
test_derived_classes(void)
{
    PyObject *none = PyTuple_New(0), *two = Py_BuildValue("(ii)", 1, 2), *names = Py_BuildValue("{s:i}", "x", 1);
    size_t at;
    for (at = 0; at < sizeof bases / sizeof bases[0]; at++) {
        PyObject *type = derived(bases[at].base);
        is_str(outcome(PyObject_Call(type, none, names)), bases[at].with_keyword, "a class derived from %s with x=1",
               bases[at].base);
        is_str(outcome(PyObject_Call(type, two, NULL)), bases[at].with_two, "a class derived from %s with 1 and 2",
               bases[at].base);
        Py_DECREF(type);
    }
    Py_DECREF(none);
    Py_DECREF(two);
    Py_DECREF(names);
}

static const struct {
    const char *owner, *function, *outcome;
} full_names[] = {
    {NULL, "complex", "TypeError: complex() argument must be a string or a number, not mod.Out.My"},
    {NULL, "next", "TypeError: 'My' object is not an iterator"},
    {"bytes", "fromhex", "TypeError: fromhex() argument must be str or bytes-like, not mod.Out.My"},
    {"bytearray", "fromhex", "TypeError: fromhex() argument must be str or bytes-like, not mod.Out.My"},
};

static PyObject *
number_of_keys(PyObject *o, PyObject *none)
{
    (void)o;
    (void)none;
    return PyLong_FromLong(1);
}

static void
test_names_of_classes(void)
{
    static PyMethodDef methods[] = {{"keys", number_of_keys, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    PyType_Spec spec = {"m.K", (int)sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = derived("list"), *o = PyObject_CallObject(type, NULL), *dict;
    size_t at;
    for (at = 0; at < sizeof full_names / sizeof full_names[0]; at++) {
        PyObject *builtins = PyEval_GetBuiltins(), *function;
        function =
            PyDict_GetItemString(builtins, full_names[at].owner ? full_names[at].owner : full_names[at].function);
        function =
            full_names[at].owner ? PyObject_GetAttrString(function, full_names[at].function) : Py_NewRef(function);
        is_str(outcome(PyObject_CallFunctionObjArgs(function, o, NULL)), full_names[at].outcome,
               "%s of an instance of a class derived from list", full_names[at].function);
        Py_DECREF(function);
    }
    Py_DECREF(o);
    Py_DECREF(type);
    type = PyType_FromSpec(&spec);
    o = PyObject_CallObject(type, NULL);
    dict = PyDict_New();
    is_int(PyDict_Update(dict, o), -1, "a dict is not updated with an object whose keys() is 1");
    raises(PyExc_TypeError, "m.K.keys() returned a non-iterable (type int)", "the method keys() that returns 1");
    Py_DECREF(dict);
    Py_DECREF(o);
    Py_DECREF(type);
}

static void
test_other_messages(void)
{
    PyObject *list = Py_BuildValue("[iii]", 3, 1, 2), *bytes = PyBytes_FromString("a"), *names, *none = Py_None;
    PyObject *number = PyLong_FromLong(1), *huge = PyLong_FromString("1180591620717411303424", NULL, 10), *o, *method;

    is_str(outcome(PyObject_CallMethod(list, "sort", "iii", 1, 2, 3)),
           "TypeError: sort() takes at most 2 arguments (3 given)", "[].sort(1, 2, 3)");
    is_str(outcome(PyObject_CallMethod(list, "sort", "i", 1)), "TypeError: sort() takes no positional arguments",
           "[].sort(1)");
    is_str(outcome(PyObject_CallMethod(bytes, "center", "iO", 1, none)),
           "TypeError: center() argument 2 must be a byte string of length 1, not None", "b'a'.center(1, None)");
    is_str(outcome(PyObject_CallMethod(number, "to_bytes", "O", huge)),
           "OverflowError: Python int too large to convert to C ssize_t", "(1).to_bytes(2 ** 70)");
    is_str(outcome(PyObject_CallMethod(number, "to_bytes", "isi", 1, "big", 1)),
           "TypeError: to_bytes() takes at most 2 positional arguments (3 given)", "(1).to_bytes(1, 'big', 1)");
    o = PyMemoryView_FromObject(bytes);
    method = PyObject_GetAttrString(o, "__exit__");
    names = Py_BuildValue("{s:i}", "x", 1);
    Py_DECREF(o);
    o = PyTuple_New(0);
    is_str(outcome(PyObject_Call(method, o, names)), "TypeError: __exit__() takes no keyword arguments",
           "memoryview.__exit__(x=1)");
    Py_DECREF(method);
    Py_DECREF(names);
    Py_DECREF(o);
    o = PyByteArray_FromStringAndSize("abc", 3);
    is_str(outcome(PyObject_CallMethod(o, "__setitem__", "is", 9, "x")),
           "TypeError: 'str' object cannot be interpreted as an integer", "bytearray(b'abc')[9] = 'x'");
    is_str(outcome(PyObject_CallMethod(o, "__setitem__", "ii", 9, 1)), "IndexError: bytearray index out of range",
           "bytearray(b'abc')[9] = 1");
    Py_DECREF(o);
    o = PyByteArray_FromStringAndSize("12", 2);
    is_str(outcome(PyObject_CallFunction((PyObject *)&PyLong_Type, "Oi", o, 8)), "10", "int(bytearray(b'12'), 8)");
    Py_DECREF(o);
    Py_DECREF(list);
    list = Py_BuildValue("[OO]", Py_Ellipsis, (PyObject *)&PyLong_Type);
    is_str(outcome(PyObject_GetItem((PyObject *)&PyList_Type, list)), "list[[..., int]]", "list[[..., int]]");
    Py_DECREF(list);
    Py_DECREF(bytes);
    Py_DECREF(number);
    Py_DECREF(huge);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_keywords);
    RUN(test_derived_classes);
    RUN(test_names_of_classes);
    RUN(test_other_messages);
    return TAP_END();
}
