/* The small methods of built-in types: how many items an iterator has left, and names that few programs call. */
#ifndef PY_SSIZE_T_CLEAN
#define PY_SSIZE_T_CLEAN 1
#endif
#include "callables.h"

#include "compat.h"

/* The hints of an iterator, item by item, until it ends and once after. */
static const char *
hints(PyObject *iterator)
{
    char *text = outcome_buffer();
    size_t length = 0;
    PyObject *item;

    text[0] = '\0';
    if (iterator == NULL) {
        return error_text();
    }
    do {
        const char *hint = outcome(PyObject_CallMethod(iterator, "__length_hint__", NULL));
        length += (size_t)snprintf(text + length, OUTCOME_SIZE - length, "%s ", hint);
        item = PyIter_Next(iterator);
        Py_XDECREF(item);
    } while (item != NULL && length < OUTCOME_SIZE / 2);
    snprintf(text + length, OUTCOME_SIZE - length, "%s",
             outcome(PyObject_CallMethod(iterator, "__length_hint__", NULL)));
    return PyErr_Occurred() ? error_text() : text;
}

static PyObject *
made(const char *format, ...)
{
    va_list arguments;
    PyObject *o;

    va_start(arguments, format);
    o = Py_VaBuildValue(format, arguments);
    va_end(arguments);
    return o;
}

static PyObject *
iterator_of(PyObject *o)
{
    PyObject *iterator = PyObject_GetIter(o);

    Py_DECREF(o);
    return iterator;
}

static PyObject *
set_of(PyObject *items)
{
    PyObject *set = PySet_New(items);

    Py_DECREF(items);
    return set;
}

static void
test_hints(void)
{
    PyObject *dict = made("{s:i,s:i,s:i}", "a", 1, "b", 2, "c", 3), *list = made("[iii]", 1, 2, 3), *iterator,
             *sequence;
    const struct {
        const char *name;
        PyObject *iterator;
        const char *hints;
    } rows[] = {
        {"a list", PyObject_GetIter(list), "3 2 1 0 0"},
        {"a tuple", iterator_of(made("(iii)", 1, 2, 3)), "3 2 1 0 0"},
        {"an empty tuple", iterator_of(made("()")), "0 0"},
        {"a str", iterator_of(made("s", "abc")), "3 2 1 0 0"},
        {"a str that is not ASCII", iterator_of(made("s", "a\xc3\xa9")), "2 1 0 0"},
        {"bytes", iterator_of(made("y", "abc")), "3 2 1 0 0"},
        {"a bytearray", iterator_of(PyByteArray_FromStringAndSize("abc", 3)), "3 2 1 0 0"},
        {"a set", iterator_of(set_of(made("[iii]", 1, 2, 3))), "3 2 1 0 0"},
        {"a dict", PyObject_GetIter(dict), "3 2 1 0 0"},
        {"the values of a dict", iterator_of(PyObject_CallMethod(dict, "values", NULL)), "3 2 1 0 0"},
        {"the items of a dict", iterator_of(PyObject_CallMethod(dict, "items", NULL)), "3 2 1 0 0"},
        {"a list from its end", PyObject_CallMethod(list, "__reversed__", NULL), "3 2 1 0 0"},
        {"a tuple from its end", PyObject_CallFunction((PyObject *)&PyReversed_Type, "((ii))", 1, 2), "2 1 0 0"},
        {"a list by index", PySeqIter_New(list), "3 2 1 0 0"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(hints(rows[i].iterator), rows[i].hints, "the hints of an iterator over %s", rows[i].name);
        Py_XDECREF(rows[i].iterator);
    }
    iterator = PyObject_GetIter(list);
    Py_DECREF(PyIter_Next(iterator));
    Py_DECREF(PyIter_Next(iterator));
    PyList_SetSlice(list, 1, 3, NULL);
    is_str(outcome(PyObject_CallMethod(iterator, "__length_hint__", NULL)), "0",
           "the hint when the list is shorter than the position");
    Py_DECREF(iterator);
    iterator = PyObject_GetIter(dict);
    PyDict_SetItemString(dict, "d", Py_None);
    is_str(outcome(PyObject_CallMethod(iterator, "__length_hint__", NULL)), "0",
           "the hint when the dict has another size");
    Py_DECREF(iterator);
    sequence = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "S");
    give(sequence, "__getitem__", new_show());
    {
        PyObject *o = PyObject_CallNoArgs(sequence);
        iterator = PySeqIter_New(o);
        is_str(outcome(PyObject_CallMethod(iterator, "__length_hint__", NULL)), "NotImplemented",
               "the hint over an object without a length");
        Py_XDECREF(iterator);
        Py_DECREF(o);
    }
    Py_DECREF(sequence);
    Py_DECREF(dict);
    Py_DECREF(list);
}

static void
test_class_getitem(void)
{
    PyTypeObject *const types[] = {&PyMemoryView_Type,  &PyDictProxy_Type,    (PyTypeObject *)PyExc_BaseExceptionGroup,
                                   &PyContextVar_Type,  &PyContextToken_Type, &PyClassMethod_Type,
                                   &PyStaticMethod_Type};
    size_t i;

    for (i = 0; i < sizeof types / sizeof types[0]; i++) {
        PyObject *alias = PyObject_GetItem((PyObject *)types[i], (PyObject *)&PyLong_Type);
        is_str(alias != NULL ? Py_TYPE(alias)->tp_name : error_text(), "types.GenericAlias", "%s[int]",
               types[i]->tp_name);
        Py_XDECREF(alias);
    }
}

static void
test_small(void)
{
    PyObject *var = PyContextVar_New("v", NULL), *token, *value = NULL, *one = PyLong_FromLong(1),
             *tuple = made("(ii)", 1, 2), *kind, *o;

    is_str(outcome(PyNumber_Invert(Py_True)), "-2", "~True");
    is_str(outcome(PyObject_CallMethod(Py_False, "__invert__", NULL)), "-1", "False.__invert__()");
    is_str(outcome(PyObject_CallMethod(tuple, "__getnewargs__", NULL)), "((1, 2),)", "tuple.__getnewargs__");
    kind = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", &PyTuple_Type);
    o = PyObject_CallOneArg(kind, tuple);
    is_str(outcome(PyObject_CallMethod(o, "__getnewargs__", NULL)), "((1, 2),)",
           "__getnewargs__ of an object made from tuple");
    Py_DECREF(o);
    Py_DECREF(kind);

    token = PyContextVar_Set(var, one);
    o = PyObject_CallMethod(token, "__enter__", NULL);
    is_int(o == token, 1, "__enter__ of a token gives the token");
    Py_XDECREF(o);
    is_str(outcome(PyObject_CallMethod(token, "__exit__", "OO", Py_None, Py_None)),
           "TypeError: __exit__ expected 3 arguments, got 2", "__exit__ of a token with two arguments");
    is_str(outcome(PyObject_CallMethod(token, "__exit__", "OOO", Py_None, Py_None, Py_None)), "None",
           "__exit__ of a token");
    PyContextVar_Get(var, NULL, &value);
    ok(value == NULL, "__exit__ of a token gives the variable the value that it had");
    Py_XDECREF(value);
    is_str(outcome(PyObject_CallMethod(token, "__exit__", "OOO", Py_None, Py_None, Py_None)) + 0,
           outcome(PyContextVar_Reset(var, token) < 0 ? NULL : Py_NewRef(Py_None)), "a token can be used once");
    Py_DECREF(token);
    Py_DECREF(var);

    o = PyObject_CallFunction(PyExc_BaseExceptionGroup, "s[O]", "m", Py_None);
    is_str(o != NULL ? "made" : error_text(), "ValueError: Item 0 of second argument (exceptions) is not an exception",
           "a group of None");
    {
        PyObject *error = PyObject_CallNoArgs(PyExc_KeyError), *keywords = made("{s:i}", "key", 1),
                 *args = made("(s[O])", "m", error);
        PyObject *group = PyObject_Call(PyExc_BaseExceptionGroup, args, keywords);
        is_str(group != NULL ? "made" : error_text(), "TypeError: ExceptionGroup() takes no keyword arguments",
               "a group with keywords");
        Py_XDECREF(group);
        group = PyObject_Call(PyExc_BaseExceptionGroup, args, NULL);
        is_str(outcome(PyObject_CallMethod(group, "__init__", "i", 5)), "None",
               "__init__ of a group keeps other arguments");
        is_str(attribute_of(group, "args"), "(5,)", "the arguments of a group after __init__");
        Py_XDECREF(group);
        Py_DECREF(args);
        Py_DECREF(keywords);
        Py_DECREF(error);
    }
    Py_DECREF(tuple);
    Py_DECREF(one);
}

/* A class with abstract methods makes no instances. */
static void
test_abstract(void)
{
    PyObject *kind = PyObject_CallFunction((PyObject *)&PyType_Type, "s(){}", "C"), *derived, *o;

    is_str(attribute_of(kind, "__abstractmethods__"), "AttributeError: __abstractmethods__",
           "a class without abstract methods");
    is_str(attribute_of((PyObject *)&PyType_Type, "__abstractmethods__"), "AttributeError: __abstractmethods__",
           "type itself");
    is_str(give(kind, "__abstractmethods__", made("(s)", "m")), "done", "abstract methods can be set");
    is_str(attribute_of(kind, "__abstractmethods__"), "('m',)", "the abstract methods of a class");
    is_str(outcome(PyObject_CallNoArgs(kind)),
           "TypeError: Can't instantiate abstract class C without an implementation for abstract method 'm'",
           "an instance of a class with one abstract method");
    give(kind, "__abstractmethods__", made("(ss)", "z", "a"));
    is_str(outcome(PyObject_CallNoArgs(kind)),
           "TypeError: Can't instantiate abstract class C without an implementation for abstract methods 'a', 'z'",
           "an instance of a class with two abstract methods");
    derived = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "D", kind);
    o = PyObject_CallNoArgs(derived);
    ok(o != NULL, "a class derived from an abstract one is abstract only if it says so");
    PyErr_Clear();
    Py_XDECREF(o);
    give(kind, "__abstractmethods__", made("()"));
    o = PyObject_CallNoArgs(kind);
    ok(o != NULL, "an empty collection of abstract methods is none");
    Py_XDECREF(o);
    is_str(give(kind, "__abstractmethods__", NULL), "done", "abstract methods can be deleted");
    is_str(give(kind, "__abstractmethods__", NULL), "AttributeError: __abstractmethods__",
           "abstract methods can be deleted once");
    is_str(give((PyObject *)&PyLong_Type, "__abstractmethods__", made("()")),
           "TypeError: cannot set '__abstractmethods__' attribute of immutable type 'int'", "abstract methods of int");
    Py_DECREF(derived);
    Py_DECREF(kind);
}

static void
test_mapping(void)
{
    static const char *const names[] = {"keys", "values", "items"};
    PyObject *dict = made("{s:i}", "a", 1);
    size_t i;

    for (i = 0; i < 3; i++) {
        PyObject *view = PyObject_CallMethod(dict, names[i], NULL), *mapping = PyObject_GetAttrString(view, "mapping");
        is_str(mapping != NULL ? Py_TYPE(mapping)->tp_name : error_text(), "mappingproxy", "the mapping of dict.%s",
               names[i]);
        is_str(shown(mapping), "mappingproxy({'a': 1})", "the repr of the mapping of dict.%s", names[i]);
        Py_XDECREF(mapping);
        Py_DECREF(view);
    }
    Py_DECREF(dict);
    is_str(outcome(PyObject_CallMethod(Py_NotImplemented, "__reduce__", NULL)), "'NotImplemented'",
           "NotImplemented is pickled by its name");
    is_str(outcome(PyObject_CallMethod(Py_Ellipsis, "__reduce__", NULL)), "'Ellipsis'",
           "Ellipsis is pickled by its name");
}

/* Items of objects whose class was made from list or dict: the method of the base is called, not the slot of the class again. */
static void
test_items(void)
{
    static const char *const names[] = {"list", "dict"};
    PyTypeObject *const bases[] = {&PyList_Type, &PyDict_Type};
    PyObject *contents[] = {made("[iii]", 5, 6, 7), made("{i:i}", 1, 6)}, *one = PyLong_FromLong(1),
             *nine = PyLong_FromLong(9);
    static const char *const missing[] = {"IndexError: list index out of range", "KeyError: 9"};
    size_t i;

    for (i = 0; i < 2; i++) {
        PyObject *kind = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", bases[i]);
        PyObject *o = PyObject_CallFunctionObjArgs(kind, contents[i], NULL);

        is_str(outcome(PyObject_GetItem(o, one)), "6", "an item of an object made from %s", names[i]);
        is_str(outcome(PyObject_GetItem(o, nine)), missing[i], "a missing item of an object made from %s", names[i]);
        is_str(outcome(PyObject_CallMethod((PyObject *)bases[i], "__getitem__", "OO", o, one)), "6",
               "%s.__getitem__ of an object of a derived class", names[i]);
        give(kind, "__getitem__", new_show());
        is_str(outcome(PyObject_CallMethod((PyObject *)bases[i], "__getitem__", "OO", o, one)), "6",
               "%s.__getitem__ of an object whose class has one of its own", names[i]);
        Py_DECREF(o);
        Py_DECREF(kind);
        Py_DECREF(contents[i]);
    }
    Py_DECREF(one);
    Py_DECREF(nine);
}

static void
test_class_methods(void)
{
    static const struct {
        const char *format;
        int flags;
        const char *outcome;
    } VIEWS[] = {
        {"y", 0, "b'abc'"},
        {"y", 284, "b'abc'"},
        {"y", 1, "BufferError: Object is not writable."},
        {"s", 0, "TypeError: memoryview: a bytes-like object is required, not 'str'"},
    };
    PyObject *floats = (PyObject *)&PyFloat_Type, *views = (PyObject *)&PyMemoryView_Type, *view, *huge;
    size_t i;
    is_str(outcome(PyObject_CallMethod(floats, "__getformat__", "s", "double")), "'IEEE, little-endian'",
           "float.__getformat__('double')");
    is_str(outcome(PyObject_CallMethod(floats, "__getformat__", "s", "float")), "'IEEE, little-endian'",
           "float.__getformat__('float')");
    is_str(outcome(PyObject_CallMethod(floats, "__getformat__", "s", "int")),
           "ValueError: __getformat__() argument 1 must be 'double' or 'float'", "float.__getformat__('int')");
    is_str(outcome(PyObject_CallMethod(floats, "__getformat__", "s#", "float\0", (Py_ssize_t)6)),
           "ValueError: embedded null character", "float.__getformat__('float\\0')");
    is_str(outcome(PyObject_CallMethod(floats, "__getformat__", "i", 1)),
           "TypeError: __getformat__() argument must be str, not int", "float.__getformat__(1)");
    for (i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++) {
        PyObject *object = Py_BuildValue(VIEWS[i].format, "abc");
        view = PyObject_CallMethod(views, "_from_flags", "Oi", object, VIEWS[i].flags);
        is_str(outcome(view != NULL ? PyObject_CallMethod(view, "tobytes", NULL) : NULL), VIEWS[i].outcome,
               "memoryview._from_flags of '%s' with the flags %d", VIEWS[i].format, VIEWS[i].flags);
        Py_XDECREF(view);
        Py_DECREF(object);
    }
    is_str(outcome(PyObject_CallMethod(views, "_from_flags", "y", "abc")),
           "TypeError: _from_flags() missing required argument 'flags' (pos 2)",
           "memoryview._from_flags without flags");
    is_str(outcome(PyObject_CallMethod(views, "_from_flags", "ys", "abc", "x")),
           "TypeError: 'str' object cannot be interpreted as an integer",
           "memoryview._from_flags with flags that are text");
    huge = PyLong_FromString("99999999999", NULL, 10);
    is_str(outcome(PyObject_CallMethod(views, "_from_flags", "yO", "abc", huge)),
           "OverflowError: Python int too large to convert to C int", "memoryview._from_flags with huge flags");
    Py_DECREF(huge);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_hints);
    RUN(test_class_getitem);
    RUN(test_small);
    RUN(test_abstract);
    RUN(test_mapping);
    RUN(test_items);
    RUN(test_class_methods);
    return TAP_END();
}
