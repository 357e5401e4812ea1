/* Properties: getting, setting and deleting, names, documentation, and copies with another callable. */
#include "callables.h"

static PyObject *show, *get_it, *set_it, *cls, *instance;

static PyObject *
answer(PyObject *self, PyObject *object)
{
    (void)self;
    return PyTuple_Pack(1, object);
}

static PyObject *last;

static PyObject *
remember(PyObject *self, PyObject *arguments)
{
    (void)self;
    Py_INCREF(arguments);
    Py_XDECREF(last);
    last = arguments;
    Py_RETURN_NONE;
}

static PyObject *
fail(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_KeyError, "no");
    return NULL;
}

static PyMethodDef answer_definition = {"answer", answer, METH_O, "The answer."};
static PyMethodDef remember_definition = {"remember", remember, METH_VARARGS, NULL};
static PyMethodDef fail_definition = {"fail", fail, METH_VARARGS, NULL};

static PyObject *
property_of(PyObject *get, PyObject *set, PyObject *deleter, PyObject *doc)
{
    return PyObject_CallFunctionObjArgs((PyObject *)&PyProperty_Type, get, set, deleter, doc, NULL);
}

static void
test_access(void)
{
    PyObject *property = property_of(get_it, set_it, set_it, Py_None), *nothing = property_of(NULL, NULL, NULL, NULL);
    PyObject *failure = function_of(&fail_definition), *failing = property_of(failure, failure, failure, Py_None);
    PyObject *readable = property_of(get_it, NULL, NULL, NULL);

    PyObject_SetAttrString(cls, "p", property);
    PyObject_SetAttrString(cls, "nothing", nothing);
    PyObject_SetAttrString(cls, "failing", failing);
    PyObject_SetAttrString(cls, "readable", readable);
    is_str(attribute_of(instance, "p"), "(C(),)", "a property calls its getter with the instance");
    is_str(give(instance, "p", number(5)), "done", "a property calls its setter");
    is_str(shown(last), "(C(), 5)", "a setter gets the instance and the value");
    is_str(give(instance, "p", NULL), "done", "a property calls its deleter");
    is_str(shown(last), "(C(),)", "a deleter gets the instance");
    is_int(strncmp(attribute_of(cls, "p"), "<property object at 0x", 22), 0, "a class gives the property itself");

    is_str(attribute_of(instance, "nothing"), "AttributeError: property of 'C' object has no getter",
           "a property without a getter can't be read");
    is_str(give(instance, "nothing", number(1)), "AttributeError: property of 'C' object has no setter",
           "a property without a setter can't be set");
    is_str(give(instance, "nothing", NULL), "AttributeError: property of 'C' object has no deleter",
           "a property without a deleter can't be deleted");
    is_str(give(instance, "readable", number(1)), "AttributeError: property 'answer' of 'C' object has no setter",
           "an error names the property as its getter");
    is_str(give(nothing, "__name__", text_of("n")), "done", "a property can be named");
    is_str(attribute_of(instance, "nothing"), "AttributeError: property 'n' of 'C' object has no getter",
           "an error has the name of the property");
    is_str(attribute_of(instance, "failing"), "KeyError: 'no'", "an error of the getter is the property's");
    is_str(give(instance, "failing", number(1)), "KeyError: 'no'", "an error of the setter is the property's");
    is_str(give(instance, "failing", NULL), "KeyError: 'no'", "an error of the deleter is the property's");
    Py_DECREF(property);
    Py_DECREF(nothing);
    Py_DECREF(failing);
    Py_DECREF(failure);
    Py_DECREF(readable);
}

static void
test_attributes(void)
{
    PyObject *own = text_of("own"), *documented = property_of(get_it, Py_None, Py_None, own),
             *plain = property_of(NULL, NULL, NULL, NULL);
    PyObject *by_getter = property_of(get_it, NULL, NULL, NULL), *name = text_of("__set_name__");

    is_str(attribute_of(documented, "fget"), "<built-in function answer>", "fget is the getter");
    is_str(attribute_of(documented, "fset"), "None", "fset is None without a setter");
    is_str(attribute_of(documented, "fdel"), "None", "fdel is None without a deleter");
    is_str(attribute_of(documented, "__doc__"), "'own'", "a property has the documentation that it was given");
    is_str(attribute_of(by_getter, "__doc__"), "'The answer.'", "a property has the documentation of its getter");
    is_str(attribute_of(plain, "__doc__"), "None", "a property without a getter has no documentation");
    is_str(give(plain, "__doc__", text_of("new")), "done", "the documentation of a property can be set");
    is_str(attribute_of(plain, "__doc__"), "'new'", "the documentation that was set is there");
    is_str(give(plain, "fget", number(1)), "AttributeError: readonly attribute", "the getter can't be set");
    is_str(attribute_of(by_getter, "__name__"), "'answer'", "a property has the name of its getter");
    is_str(attribute_of(plain, "__name__"), "AttributeError: 'property' object has no attribute '__name__'",
           "a property without a getter has no name");
    is_str(outcome(PyObject_CallMethodObjArgs(by_getter, name, cls, name, NULL)), "None", "__set_name__ returns None");
    is_str(attribute_of(by_getter, "__name__"), "'__set_name__'", "__set_name__ names the property");
    is_str(outcome(PyObject_CallMethodObjArgs(by_getter, name, cls, NULL)),
           "TypeError: __set_name__() takes 2 positional arguments but 1 were given",
           "__set_name__ requires two arguments");
    is_str(give(by_getter, "__name__", NULL), "done", "the name of a property can be deleted");
    is_str(attribute_of(by_getter, "__name__"), "'answer'", "without a name of its own a property has its getter's");
    is_str(attribute_of(by_getter, "__isabstractmethod__"), "False", "a property of plain functions is not abstract");
    Py_DECREF(own);
    Py_DECREF(documented);
    Py_DECREF(plain);
    Py_DECREF(by_getter);
    Py_DECREF(name);
}

/* A property, a classmethod and a staticmethod are abstract when a function of theirs says so. */
static void
test_abstract(void)
{
    static const char *const makers[] = {"fget", "fset", "fdel", "classmethod", "staticmethod"};
    const struct {
        PyObject *says; /* NULL: the attribute is missing */
        const char *outcome;
    } rows[] = {{Py_True, "True"},
                {Py_False, "False"},
                {NULL, "False"},
                {Py_None, "False"},
                {Py_Ellipsis, "True"},
                {Py_NotImplemented, "TypeError: NotImplemented should not be used in a boolean context"}};
    size_t i, k;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *callable = class_with("test.Callable", NULL, NULL);
        if (rows[i].says != NULL) {
            PyObject_SetAttrString(callable, "__isabstractmethod__", rows[i].says);
        }
        for (k = 0; k < 5; k++) {
            PyObject *made = k == 3   ? PyClassMethod_New(callable)
                             : k == 4 ? PyStaticMethod_New(callable)
                                      : property_of(k == 0 ? callable : Py_None, k == 1 ? callable : Py_None,
                                                    k == 2 ? callable : Py_None, NULL);
            is_str(attribute_of(made, "__isabstractmethod__"), rows[i].outcome,
                   "__isabstractmethod__ where that of %s is %s", makers[k],
                   rows[i].says != NULL ? shown(rows[i].says) : "missing");
            Py_DECREF(made);
        }
        Py_DECREF(callable);
    }
}

static void
test_copies(void)
{
    static const char *const methods[] = {"getter", "setter", "deleter"};
    static const char *const fields[] = {"fget", "fset", "fdel"};
    PyObject *property = property_of(get_it, set_it, NULL, NULL);
    size_t i, k;

    give(property, "__name__", text_of("kept"));
    for (i = 0; i < 3; i++) {
        PyObject *name = text_of(methods[i]), *copy = PyObject_CallMethodObjArgs(property, name, show, NULL);

        for (k = 0; k < 3; k++) {
            const char *before = attribute_of(property, fields[k]);

            is_str(attribute_of(copy, fields[k]), k == i ? "<built-in function show>" : before,
                   "%s() gives a property whose %s is right", methods[i], fields[k]);
        }
        is_str(attribute_of(copy, "__name__"), "'kept'", "%s() keeps the name", methods[i]);
        is_str(attribute_of(copy, "__doc__"), i == 0 ? "'Shows its arguments.'" : "'The answer.'",
               "%s() takes the documentation of the getter", methods[i]);
        Py_DECREF(copy);
        copy = PyObject_CallMethodObjArgs(property, name, Py_None, NULL);
        is_str(attribute_of(copy, "fget"), "<built-in function answer>", "%s(None) keeps the getter", methods[i]);
        Py_DECREF(copy);
        Py_DECREF(name);
    }
    Py_DECREF(property);
}

static void
test_arguments(void)
{
    PyObject *type = (PyObject *)&PyProperty_Type, *none = PyTuple_New(0), *five = PyTuple_New(5),
             *keywords = PyDict_New();
    PyObject *property;
    Py_ssize_t i;

    for (i = 0; i < 5; i++) {
        PyTuple_SetItem(five, i, number(1));
    }
    PyDict_SetItemString(keywords, "fset", show);
    PyDict_SetItemString(keywords, "doc", show);
    property = PyObject_Call(type, none, keywords);
    is_str(attribute_of(property, "fset"), "<built-in function show>", "the setter can be given by name");
    is_str(attribute_of(property, "__doc__"), "<built-in function show>", "the documentation may be of any type");
    PyDict_SetItemString(keywords, "x", show);
    is_str(outcome(PyObject_Call(type, none, keywords)), "TypeError: property() got an unexpected keyword argument 'x'",
           "a property takes no other keyword");
    is_str(outcome(PyObject_Call(type, five, NULL)), "TypeError: property() takes at most 4 arguments (5 given)",
           "a property takes no fifth argument");
    Py_DECREF(property);
    Py_DECREF(none);
    Py_DECREF(five);
    Py_DECREF(keywords);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    show = new_show();
    get_it = function_of(&answer_definition);
    set_it = function_of(&remember_definition);
    cls = class_with("test.C", NULL, NULL);
    instance = PyObject_CallNoArgs(cls);
    RUN(test_access);
    RUN(test_attributes);
    RUN(test_abstract);
    RUN(test_copies);
    RUN(test_arguments);
    return TAP_END();
}
