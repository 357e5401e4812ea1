/* Errors that a function has to pass on, and errors that it must not take for its own; proxies, and the arguments of context variables. */
#include "callables.h"

static PyObject *type = (PyObject *)&PyType_Type, *object = (PyObject *)&PyBaseObject_Type;

/* A method that raises ValueError. */
static PyObject *
raise_value_error(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    (void)arguments;
    (void)keywords;
    PyErr_Format(PyExc_ValueError, "of %s", Py_TYPE(self)->tp_name);
    return NULL;
}

/* A method of a class; the reference to the function is dropped. */
static PyObject *
method_of(PyObject *function)
{
    PyObject *method = PyInstanceMethod_New(function);

    Py_DECREF(function);
    return method;
}

static PyObject *
new_raising(void)
{
    static PyMethodDef definition = {"raising", (PyCFunction)(void (*)(void))raise_value_error,
                                     METH_VARARGS | METH_KEYWORDS, NULL};

    return method_of(PyCFunction_NewEx(&definition, Py_None, NULL));
}

/* A class with one base, and one method that raises ValueError. */
static PyObject *
class_raising(PyObject *base, const char *method)
{
    PyObject *made = PyObject_CallFunction(type, "s(O){}", "C", base);

    give(made, method, new_raising());
    return made;
}

/* ---- errors of methods ---- */

static Py_ssize_t
two(PyObject *self)
{
    (void)self;
    return 2;
}

static PyObject *
no_item(PyObject *self, Py_ssize_t index)
{
    (void)self;
    return PyErr_Format(index == 1 ? PyExc_ValueError : PyExc_IndexError, "item %zd", index);
}

static void
test_methods(void)
{
    static PyType_Slot slots[] = {
        {Py_sq_length, (void *)(size_t)two}, {Py_sq_item, (void *)(size_t)no_item}, {0, NULL}};
    static PyType_Spec spec = {"test.Items", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *items = instance_of(PyType_FromSpec(&spec)), *set = PySet_New(NULL), *key, *hint, *reversed;

    hint = instance_of(class_raising(object, "__length_hint__"));
    is_int(PyObject_LengthHint(hint, 5), -1, "an error of __length_hint__ is passed on");
    is_str(error_text(), "ValueError: of NoneType", "a ValueError of __length_hint__ stays");
    key = instance_of(class_raising((PyObject *)&PySet_Type, "__hash__"));
    is_int(PySet_Contains(set, key), -1, "an error of __hash__ of a set is passed on");
    is_str(error_text(), "ValueError: of NoneType", "a ValueError of __hash__ stays");
    reversed = PyObject_CallOneArg((PyObject *)&PyReversed_Type, items);
    is_ptr(PyIter_Next(reversed), NULL, "an error of an item ends a reversed iteration");
    is_str(error_text(), "ValueError: item 1", "a ValueError of an item is passed on");
    is_ptr(PyIter_Next(reversed), NULL, "a reversed iteration stays at its end after an error");
    is_str(error_text(), "no error", "a reversed iteration at its end raises nothing");
    Py_DECREF(reversed);
    Py_DECREF(key);
    Py_DECREF(hint);
    Py_DECREF(set);
    Py_DECREF(items);
}

/* ---- an error that is pending before the call ---- */

static void
test_pending(void)
{
    PyObject *five = number(5), *minus = number(-1);

    PyErr_SetString(PyExc_ValueError, "before");
    is_ptr(PyLong_AsVoidPtr(five), (void *)5, "PyLong_AsVoidPtr returns a pointer while an error is pending");
    is_str(error_text(), "ValueError: before", "the error that was pending before PyLong_AsVoidPtr stays");
    is_ptr(PyLong_AsVoidPtr(minus), (void *)(intptr_t)-1, "PyLong_AsVoidPtr takes -1");
    is_str(error_text(), "no error", "PyLong_AsVoidPtr of -1 sets no error");
    Py_DECREF(minus);
    Py_DECREF(five);
}

/* ---- numbers as bytes ---- */

static void
test_native_bytes(void)
{
    static const char *const values[] = {"0",
                                         "1",
                                         "-1",
                                         "127",
                                         "128",
                                         "255",
                                         "256",
                                         "-128",
                                         "-129",
                                         "9223372036854775807",
                                         "9223372036854775808",
                                         "-9223372036854775808",
                                         "-9223372036854775809",
                                         "18446744073709551616"};
    static const int needed[][3] = {{8, 1, 8}, {8, 1, 8}, {8, 1, 8}, {8, 1, 8}, {8, 1, 8}, {8, 1, 8}, {8, 8, 8},
                                    {8, 1, 8}, {8, 8, 8}, {8, 8, 8}, {9, 9, 8}, {9, 9, 8}, {9, 9, 9}, {9, 9, 9}};
    size_t i;

    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        PyObject *value = PyLong_FromString(values[i], NULL, 10);
        unsigned char buffer[8];
        is_int(PyLong_AsNativeBytes(value, NULL, 0, -1), needed[i][0], "the bytes that %s needs", values[i]);
        is_int(PyLong_AsNativeBytes(value, buffer, 1, -1), needed[i][1], "the bytes that %s needs with room for one",
               values[i]);
        is_int(PyLong_AsNativeBytes(value, buffer, 8, -1), needed[i][2], "the bytes that %s needs with room for eight",
               values[i]);
        Py_DECREF(value);
    }
}

/* ---- the old positions of slices ---- */

static void
test_old_positions(void)
{
    static const struct {
        const char *start, *stop, *step;
        const char *outcome;
    } rows[] = {
        {"0", "1", "1", "0 0 1 1"}, {"-3", "-1", "1", "0 0 2 1"}, {"2", "3", "1", "0 2 3 1"},
        {"3", "3", "1", "-1"},      {"0", "4", "1", "-1"},        {"0", "0", "1", "0 0 0 1"},
        {"0", "1", "0", "-1"},      {"2", "0", "-1", "0 2 0 -1"}, {"-4", "1", "1", "0 -1 1 1"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *start = PyLong_FromString(rows[i].start, NULL, 10), *stop = PyLong_FromString(rows[i].stop, NULL, 10);
        PyObject *step = PyLong_FromString(rows[i].step, NULL, 10), *slice = PySlice_New(start, stop, step);
        Py_ssize_t a = 0, b = 0, c = 0;
        char text[64];
        int answer = PySlice_GetIndices(slice, 3, &a, &b, &c);
        snprintf(text, sizeof text, answer < 0 ? "%d" : "%d %ld %ld %ld", answer, (long)a, (long)b, (long)c);
        PyErr_Clear();
        is_str(text, rows[i].outcome, "PySlice_GetIndices of %s:%s:%s", rows[i].start, rows[i].stop, rows[i].step);
        Py_DECREF(slice);
        Py_DECREF(step);
        Py_DECREF(stop);
        Py_DECREF(start);
    }
}

/* ---- exceptions ---- */

static PyObject *
init_os_error(PyObject *self, PyObject *arguments)
{
    (void)self;
    return PyObject_CallMethod(PyExc_OSError, "__init__", "Ois", PyTuple_GetItem(arguments, 0), 2, "changed");
}

static void
test_exceptions(void)
{
    static PyMethodDef definition = {"__init__", init_os_error, METH_VARARGS, NULL};
    PyObject *own = PyObject_CallFunction(type, "s(O){}", "Own", PyExc_OSError), *o, *message = text_of("text");
    PyObject *name = text_of("name");

    give(own, "__init__", method_of(PyCFunction_NewEx(&definition, NULL, NULL)));
    o = PyObject_CallFunction(own, "s", "ignored");
    is_str(attribute_of(o, "errno"), "2",
           "an OSError with an initialiser of its own has the number that this passes on");
    is_str(attribute_of(o, "args"), "(2, 'changed')",
           "an OSError with an initialiser of its own has the arguments of that");
    Py_DECREF(o);
    Py_DECREF(own);
    o = PyObject_CallFunction(PyExc_OSError, "is", 2, "first");
    is_str(outcome(PyObject_CallMethod(o, "__init__", "is", 5, "second")), "None",
           "OSError.__init__ can be called again");
    is_str(attribute_of(o, "errno"), "2", "OSError.__init__ changes nothing, since __new__ has set the fields");
    Py_DECREF(o);
    is_ptr(PyErr_SetImportErrorSubclass(PyExc_ModuleNotFoundError, message, name, NULL), NULL,
           "PyErr_SetImportErrorSubclass returns NULL");
    is_str(error_text(), "ModuleNotFoundError: text", "PyErr_SetImportErrorSubclass raises the class that is given");
    is_ptr(PyErr_SetImportErrorSubclass(PyExc_ValueError, message, name, NULL), NULL,
           "PyErr_SetImportErrorSubclass refuses another class");
    is_str(error_text(), "TypeError: expected a subclass of ImportError", "another class is a TypeError");
    Py_DECREF(name);
    Py_DECREF(message);
}

/* ---- proxies ---- */

static void
test_proxies(void)
{
    PyObject *dict = instance_of(PyObject_CallFunction(type, "s(O){}", "D", &PyDict_Type)), *key = text_of("k");
    PyObject *proxy = PyWeakref_NewProxy(dict, NULL), *value = number(1), *map, *iterator;

    is_int(PyObject_SetItem(proxy, key, value), 0, "an item is set through a proxy");
    is_str(shown(dict), "{'k': 1}", "an item that is set through a proxy is in the object");
    is_str(outcome(PyObject_GetItem(proxy, key)), "1", "an item is read through a proxy");
    is_int(PyObject_DelItem(proxy, key), 0, "an item is deleted through a proxy");
    is_str(shown(dict), "{}", "an item that is deleted through a proxy is gone");
    Py_DECREF(proxy);
    Py_DECREF(value);
    Py_DECREF(key);
    Py_DECREF(dict);
    map = PyObject_CallFunction(type, "s(O){}", "M", &PyMap_Type);
    iterator = PyObject_CallFunction(map, "O(ii)", &PyLong_Type, 7, 8);
    proxy = PyWeakref_NewProxy(iterator, NULL);
    is_str(outcome(PyIter_Next(proxy)), "7", "the next item is read through a proxy");
    is_str(outcome(PyIter_Next(proxy)), "8", "the item after it is read through a proxy");
    is_ptr(PyIter_Next(proxy), NULL, "the end is seen through a proxy");
    Py_DECREF(proxy);
    Py_DECREF(iterator);
    Py_DECREF(map);
}

/* ---- context variables ---- */

/* The outcome of a call with one argument or none, and up to two keywords. */
static const char *
made_by(PyObject *callable, PyObject *argument, const char *first, const char *second)
{
    PyObject *arguments = argument == NULL ? PyTuple_New(0) : PyTuple_Pack(1, argument), *keywords = PyDict_New(),
             *made;

    if (first != NULL) {
        PyDict_SetItemString(keywords, first, Py_None);
    }
    if (second != NULL) {
        PyDict_SetItemString(keywords, second, Py_None);
    }
    made = PyObject_Call(callable, arguments, keywords);
    Py_DECREF(arguments);
    Py_DECREF(keywords);
    return made == NULL ? error_text() : tap_type_name((PyObject *)Py_TYPE(keep(made)));
}

static void
test_context_arguments(void)
{
    PyObject *contexts = (PyObject *)&PyContext_Type, *variables = (PyObject *)&PyContextVar_Type, *name = text_of("x");
    PyObject *arguments = PyTuple_New(0), *three = Py_BuildValue("{s:i,s:i,s:i}", "a", 1, "b", 2, "c", 3);

    is_str(made_by(contexts, NULL, NULL, NULL), "_contextvars.Context", "a context takes an empty dict of keywords");
    is_str(made_by(contexts, name, NULL, NULL), "TypeError: Context() does not accept any arguments",
           "a context takes no arguments");
    is_str(made_by(contexts, NULL, "a", NULL), "TypeError: Context() does not accept any arguments",
           "a context takes no keyword");
    is_str(made_by(contexts, NULL, "a", "b"), "TypeError: Context() does not accept any arguments",
           "a context takes no keywords");
    is_str(made_by(variables, name, "default", NULL), "_contextvars.ContextVar", "a variable takes a default");
    is_str(made_by(variables, NULL, "other", NULL),
           "TypeError: ContextVar() takes exactly 1 positional argument (0 given)",
           "a variable needs a name beside a keyword");
    is_str(made_by(variables, NULL, "default", NULL),
           "TypeError: ContextVar() takes exactly 1 positional argument (0 given)",
           "a variable needs a name beside a default");
    is_str(made_by(variables, NULL, NULL, NULL),
           "TypeError: ContextVar() takes exactly 1 positional argument (0 given)", "a variable needs a name");
    is_str(outcome(PyObject_Call(variables, arguments, three)),
           "TypeError: ContextVar() takes at most 2 keyword arguments (3 given)", "a variable takes no three keywords");
    is_str(made_by(variables, NULL, "a", "b"), "TypeError: ContextVar() takes exactly 1 positional argument (0 given)",
           "a variable needs a name beside two keywords");
    is_str(made_by(variables, name, "other", NULL),
           "TypeError: ContextVar() got an unexpected keyword argument 'other'", "a variable takes no other keyword");
    is_str(made_by(variables, name, "default", "other"), "TypeError: ContextVar() takes at most 2 arguments (3 given)",
           "a variable takes no keyword beside a default");
    is_str(made_by(variables, name, "other", "another"), "TypeError: ContextVar() takes at most 2 arguments (3 given)",
           "a variable takes no other keywords");
    Py_DECREF(three);
    Py_DECREF(arguments);
    Py_DECREF(name);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_methods);
    RUN(test_pending);
    RUN(test_native_bytes);
    RUN(test_old_positions);
    RUN(test_exceptions);
    RUN(test_proxies);
    RUN(test_context_arguments);
    return TAP_END();
}
