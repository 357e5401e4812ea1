/* Methods that are bound to an object, instance methods, class methods and static methods. */
#include "callables.h"

#include <stdint.h>

static PyObject *show, *one, *two;

static void
test_calls(void)
{
    PyObject *method = PyMethod_New(show, one), *keywords = PyDict_New(), *names = PyTuple_New(1), *pair;
    PyObject *many[14];
    int i;

    PyDict_SetItemString(keywords, "x", two);
    PyTuple_SetItem(names, 0, text_of("k"));
    is_str(called(method, NULL, NULL, NULL), "(1,)", "a bound method passes its object first");
    is_str(called(method, two, NULL, NULL), "(1, 2)", "a bound method passes its arguments after the object");
    pair = PyTuple_Pack(2, two, two);
    is_str(outcome(PyObject_Call(method, pair, keywords)), "((1, 2, 2), {'x': 2})",
           "a bound method passes a tuple and keywords on");
    is_str(outcome(PyObject_Call(method, pair, NULL)), "(1, 2, 2)", "a bound method passes a tuple on");
    for (i = 0; i < 14; i++) {
        many[i] = two;
    }
    is_str(outcome(PyObject_Vectorcall(method, many + 1, 11, NULL)), "(1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2)",
           "a bound method passes many arguments on");
    is_str(outcome(PyObject_Vectorcall(method, many + 1, 11, names)),
           "((1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), {'k': 2})", "a bound method passes keywords of an array on");
    is_str(outcome(PyObject_Vectorcall(method, many + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, names)),
           "((1, 2, 2), {'k': 2})", "a bound method may write before the array");
    is_ptr(many[0], two, "a bound method restores the place before the array");
    is_str(outcome(PyObject_Vectorcall(method, NULL, 0, NULL)), "(1,)",
           "a bound method needs no array without arguments");
    Py_DECREF(method);
    method = PyMethod_New(one, two);
    is_str(called(method, NULL, NULL, NULL), "TypeError: 'int' object is not callable",
           "a bound method of an object that is not callable can't be called");
    Py_DECREF(method);
    Py_DECREF(pair);
    Py_DECREF(keywords);
    Py_DECREF(names);
}

static void
test_method_objects(void)
{
    PyObject *method = PyMethod_New(show, one), *same = PyMethod_New(show, one), *other = PyMethod_New(show, two);
    PyObject *list = PyList_New(0), *of_list = PyMethod_New(show, list), *equal_list = PyList_New(0),
             *of_equal_list = PyMethod_New(show, equal_list);

    is_ptr(PyMethod_Function(method), show, "PyMethod_Function returns the callable");
    is_ptr(PyMethod_Self(method), one, "PyMethod_Self returns the object");
    is_ptr(PyMethod_GET_FUNCTION(method), show, "PyMethod_GET_FUNCTION reads the callable");
    is_ptr(PyMethod_GET_SELF(method), one, "PyMethod_GET_SELF reads the object");
    is_int(PyMethod_Check(method), 1, "PyMethod_Check is true for a bound method");
    is_int(PyMethod_Check(show), 0, "PyMethod_Check is false for a function");
    is_str(shown(method), "<bound method show of 1>", "a bound method's repr has the name and the object");
    is_str(attribute_of(method, "__func__"), "<built-in function show>", "__func__ is the callable");
    is_str(attribute_of(method, "__self__"), "1", "__self__ is the object");
    is_str(attribute_of(method, "__doc__"), "'Shows its arguments.'", "__doc__ is that of the callable");
    is_str(attribute_of(method, "__name__"), "'show'", "other attributes are those of the callable");
    is_str(attribute_of(method, "nosuch"),
           "AttributeError: 'builtin_function_or_method' object has no attribute 'nosuch'",
           "a missing attribute is missing in the callable");
    is_str(give(method, "x", number(1)),
           "AttributeError: 'method' object has no attribute 'x' and no __dict__ for setting new attributes",
           "a bound method takes no attributes");
    is_str(give(method, "__self__", number(1)), "AttributeError: readonly attribute", "__self__ can't be set");

    is_int(PyObject_RichCompareBool(method, same, Py_EQ), 1, "methods of one callable and one object are equal");
    is_int(PyObject_RichCompareBool(method, other, Py_EQ), 0, "methods of different objects differ");
    is_int(PyObject_RichCompareBool(method, other, Py_NE), 1, "methods of different objects are unequal");
    is_int(PyObject_RichCompareBool(of_list, of_equal_list, Py_EQ), 0,
           "methods of equal objects that are not one differ");
    is_int(PyObject_RichCompareBool(method, show, Py_EQ), 0, "a method differs from its callable");
    is_str(outcome(PyObject_RichCompare(method, same, Py_LT)),
           "TypeError: '<' not supported between instances of 'method' and 'method'", "methods have no order");
    is_int(PyObject_Hash(method) == PyObject_Hash(same), 1, "equal methods have one hash");
    is_int(PyObject_Hash(of_list) != -1, 1, "a method of an object without a hash has one");
    PyErr_Clear();
    is_int(PyObject_GC_IsTracked(method), 1, "the collector tracks a method");

    is_str(called((PyObject *)&PyMethod_Type, show, one, NULL), "<bound method show of 1>", "the type makes methods");
    is_str(called((PyObject *)&PyMethod_Type, show, NULL, NULL), "TypeError: method expected 2 arguments, got 1",
           "the type requires two arguments");
    is_str(called((PyObject *)&PyMethod_Type, one, one, NULL), "TypeError: first argument must be callable",
           "the type requires a callable");
    is_str(called((PyObject *)&PyMethod_Type, show, Py_None, NULL), "TypeError: instance must not be None",
           "the type refuses None");
    is_str(outcome(Py_TYPE(method)->tp_descr_get(method, two, NULL)), "<bound method show of 1>",
           "a method that is looked up in a class stays bound to its object");
    Py_DECREF(method);
    method = PyMethod_New(one, two);
    is_str(shown(method), "<bound method ? of 2>", "the repr shows ? for a callable without a name");
    Py_DECREF(method);
    Py_DECREF(same);
    Py_DECREF(other);
    Py_DECREF(of_list);
    Py_DECREF(of_equal_list);
    Py_DECREF(list);
    Py_DECREF(equal_list);
}

static void
test_references(void)
{
    PyObject *list = PyList_New(0), *method = PyMethod_New(show, list), *wrapped;

    is_int(Py_REFCNT(list), 2, "a method keeps a reference to its object");
    Py_DECREF(method);
    is_int(Py_REFCNT(list), 1, "a method drops its reference to the object");
    method = PyMethod_New(list, one);
    wrapped = PyInstanceMethod_New(list);
    is_int(Py_REFCNT(list), 3, "methods keep a reference to the callable");
    Py_DECREF(method);
    Py_DECREF(wrapped);
    method = PyClassMethod_New(list);
    wrapped = PyStaticMethod_New(list);
    is_int(Py_REFCNT(list), 3, "class and static methods keep a reference to the callable");
    Py_DECREF(method);
    Py_DECREF(wrapped);
    is_int(Py_REFCNT(list), 1, "methods of all kinds drop their references");
    Py_DECREF(list);
}

static void
test_instance_methods(void)
{
    PyObject *wrapped = PyInstanceMethod_New(show), *same = PyInstanceMethod_New(show), *cls, *instance, *bound;

    is_ptr(PyInstanceMethod_Function(wrapped), show, "PyInstanceMethod_Function returns the callable");
    is_int(PyInstanceMethod_Check(wrapped), 1, "PyInstanceMethod_Check is true for an instance method");
    is_int(strncmp(shown(wrapped), "<instancemethod show at 0x", 26), 0,
           "an instance method's repr has name and address");
    is_str(called(wrapped, one, two, NULL), "(1, 2)", "an instance method passes its arguments on");
    is_str(attribute_of(wrapped, "__func__"), "<built-in function show>", "an instance method has __func__");
    is_str(attribute_of(wrapped, "__doc__"), "'Shows its arguments.'", "an instance method has the callable's __doc__");
    is_str(attribute_of(wrapped, "__name__"), "'show'", "an instance method has the callable's attributes");
    is_str(attribute_of(wrapped, "nosuch"),
           "AttributeError: 'builtin_function_or_method' object has no attribute 'nosuch'",
           "an attribute that an instance method lacks is missing in the callable");
    is_int(PyObject_RichCompareBool(wrapped, same, Py_EQ), 1, "instance methods of one callable are equal");
    is_int(PyObject_RichCompareBool(wrapped, show, Py_EQ), 0, "an instance method differs from its callable");
    is_str(outcome(PyObject_RichCompare(wrapped, same, Py_LT)),
           "TypeError: '<' not supported between instances of 'instancemethod' and 'instancemethod'",
           "instance methods have no order");
    is_str(outcome_int(PyObject_Hash(wrapped)), "TypeError: unhashable type: 'instancemethod'",
           "an instance method has no hash");
    is_str(called((PyObject *)&PyInstanceMethod_Type, one, NULL, NULL), "TypeError: first argument must be callable",
           "the type of instance methods requires a callable");
    is_str(called((PyObject *)&PyInstanceMethod_Type, NULL, NULL, NULL),
           "TypeError: instancemethod expected 1 argument, got 0", "the type of instance methods requires an argument");

    cls = class_with("test.WithMethod", NULL, NULL);
    PyObject_SetAttrString(cls, "m", wrapped);
    instance = PyObject_CallNoArgs(cls);
    is_str(attribute_of(cls, "m"), "<built-in function show>", "a class gives the callable of an instance method");
    is_str(attribute_of(instance, "m"), "<bound method show of WithMethod()>", "an instance gives a bound method");
    is_str(outcome(PyObject_CallMethodObjArgs(instance, bound = text_of("m"), one, NULL)), "(WithMethod(), 1)",
           "an instance method is called with its instance");
    Py_DECREF(bound);
    Py_DECREF(instance);
    Py_DECREF(cls);
    Py_DECREF(wrapped);
    Py_DECREF(same);
}

/* The behaviour that both wrappers share. */
static void
test_wrapper(PyObject *type, PyObject *wrapped, const char *kind)
{
    char expected[160];
    PyObject *by_call = PyObject_CallFunctionObjArgs(type, show, NULL), *empty;
    PyObject *keywords = PyDict_New(), *arguments = PyTuple_Pack(1, show);

    snprintf(expected, sizeof expected, "<%s(<built-in function show>)>", kind);
    is_str(shown(wrapped), expected, "%s shows its callable", kind);
    is_str(attribute_of(wrapped, "__func__"), "<built-in function show>", "%s has __func__", kind);
    is_str(attribute_of(wrapped, "__wrapped__"), "<built-in function show>", "%s has __wrapped__", kind);
    is_str(attribute_of(wrapped, "__isabstractmethod__"), "False", "%s of a plain function is not abstract", kind);
    is_str(attribute_of(wrapped, "__dict__"), "{}", "%s from C has an empty __dict__", kind);
    is_str(give(wrapped, "x", number(1)), "done", "%s takes attributes", kind);
    is_str(attribute_of(wrapped, "__dict__"), "{'x': 1}", "%s keeps attributes in __dict__", kind);
    is_str(give(wrapped, "__dict__", number(1)), "TypeError: __dict__ must be set to a dictionary, not a 'int'",
           "%s requires a dict as __dict__", kind);
    is_str(give(wrapped, "__dict__", PyDict_New()), "done", "%s takes another __dict__", kind);
    is_str(give(wrapped, "__dict__", NULL), "TypeError: cannot delete __dict__", "%s keeps its __dict__", kind);
    is_str(give(wrapped, "__func__", number(1)), "AttributeError: readonly attribute", "%s keeps __func__", kind);
    is_str(attribute_of(by_call, "__name__"), "'show'", "%s by call copies the name", kind);
    is_str(attribute_of(by_call, "__doc__"), "'Shows its arguments.'", "%s by call copies the documentation", kind);
    is_str(attribute_of(by_call, "__qualname__"), "'show'", "%s by call copies the qualified name", kind);
    snprintf(expected, sizeof expected, "AttributeError: '%s' object has no attribute '__name__'", kind);
    is_str(attribute_of(wrapped, "__name__"), expected, "%s from C copies nothing", kind);
    is_str(attribute_of(wrapped, "__annotations__"),
           "AttributeError: 'builtin_function_or_method' object has no attribute '__annotations__'",
           "%s has the annotations of its callable", kind);
    is_str(give(wrapped, "__annotations__", number(3)), "done", "%s takes annotations", kind);
    is_str(attribute_of(wrapped, "__annotations__"), "3", "%s keeps annotations", kind);
    is_str(give(wrapped, "__annotations__", NULL), "done", "%s forgets annotations", kind);
    snprintf(expected, sizeof expected, "AttributeError: '%s' object has no attribute '__annotations__'", kind);
    is_str(give(wrapped, "__annotations__", NULL), expected, "%s can't forget annotations twice", kind);
    snprintf(expected, sizeof expected, "TypeError: %s expected 1 argument, got 0", kind);
    is_str(called(type, NULL, NULL, NULL), expected, "%s requires an argument", kind);
    PyDict_SetItemString(keywords, "f", one);
    snprintf(expected, sizeof expected, "TypeError: %s() takes no keyword arguments", kind);
    is_str(outcome(PyObject_Call(type, arguments, keywords)), expected, "%s takes no keywords", kind);
    empty = ((PyTypeObject *)type)->tp_new((PyTypeObject *)type, arguments, NULL);
    snprintf(expected, sizeof expected, "<%s(None)>", kind);
    is_str(shown(empty), expected, "%s that is not initialised has None", kind);
    Py_DECREF(empty);
    Py_DECREF(keywords);
    Py_DECREF(by_call);
    Py_DECREF(arguments);
}

static void
test_class_and_static_methods(void)
{
    PyObject *of_class = PyClassMethod_New(show), *of_none = PyStaticMethod_New(show), *cls, *derived, *instance;

    cls = class_with("test.Base", NULL, NULL);
    derived = class_with("test.Derived", cls, NULL);
    PyObject_SetAttrString(cls, "c", of_class);
    PyObject_SetAttrString(cls, "s", of_none);
    instance = PyObject_CallNoArgs(derived);
    is_str(attribute_of(cls, "c"), "<bound method show of <class 'test.Base'>>",
           "a class method is bound to the class");
    is_str(attribute_of(derived, "c"), "<bound method show of <class 'test.Derived'>>",
           "a class method is bound to the class in which it is looked up");
    is_str(attribute_of(instance, "c"), "<bound method show of <class 'test.Derived'>>",
           "a class method of an instance is bound to its class");
    is_str(attribute_of(cls, "s"), "<built-in function show>", "a static method is its callable");
    is_str(attribute_of(instance, "s"), "<built-in function show>", "a static method of an instance is its callable");
    is_str(called(of_none, one, NULL, NULL), "(1,)", "a static method can be called itself");
    is_str(called(of_class, one, NULL, NULL), "TypeError: 'classmethod' object is not callable",
           "a class method can't be called itself");
    is_str(outcome(Py_TYPE(of_class)->tp_descr_get(of_class, one, NULL)), "<bound method show of <class 'int'>>",
           "a class method without a class takes that of the object");
    test_wrapper((PyObject *)&PyClassMethod_Type, of_class, "classmethod");
    test_wrapper((PyObject *)&PyStaticMethod_Type, of_none, "staticmethod");
    Py_DECREF(instance);
    Py_DECREF(derived);
    Py_DECREF(cls);
    Py_DECREF(of_class);
    Py_DECREF(of_none);
}

static long long
identity_hash(const void *object)
{
    size_t address = (size_t)object;
    return (long long)(address >> 4 | address << (8 * sizeof address - 4));
}

/* A callable whose hash is chosen. */
static Py_hash_t chosen_hash;

static Py_hash_t
own_hash(PyObject *self)
{
    (void)self;
    return chosen_hash;
}

static PyObject *
own_call(PyObject *self, PyObject *args, PyObject *keywords)
{
    (void)self;
    (void)args;
    (void)keywords;
    Py_RETURN_NONE;
}

static PyObject *
wrapper_of(PyObject *o, PyObject *name)
{
    return PyObject_GetAttr(o, name);
}

/* Objects that are made of two parts: a bound method, a wrapper of a slot, an alias. */
static void
test_parts(void)
{
    PyType_Slot slots[] = {
        {Py_tp_hash, (void *)(uintptr_t)own_hash}, {Py_tp_call, (void *)(uintptr_t)own_call}, {0, NULL}};
    PyType_Spec spec = {"mod.Own", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *made = PyType_FromSpec(&spec), *own = PyObject_CallNoArgs(made), *other = PyObject_CallNoArgs(made);
    PyObject *repr = PyUnicode_FromString("__repr__"), *text = PyUnicode_FromString("__str__");
    PyObject *list = PyList_New(0), *tuple = PyTuple_Pack(1, own), *pair = PyTuple_Pack(2, own, own);
    PyObject *descriptor = PyObject_GetAttr((PyObject *)&PyList_Type, repr);
    const struct {
        const char *name;
        PyObject *(*make)(PyObject *, PyObject *);
        PyObject *first, *second, *other_first, *other_second;
        const char *type; /* in messages */
    } rows[] = {
        {"a bound method", PyMethod_New, own, list, other, own, "method"},
        {"a wrapper", wrapper_of, list, repr, own, text, "method-wrapper"},
        {"an alias", Py_GenericAlias, own, tuple, other, pair, "types.GenericAlias"},
    };
    static const Py_hash_t hashes[] = {0, 1, -2, 123456789, PY_SSIZE_T_MAX};
    size_t i, k;
    int op;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *objects[4];
        objects[0] = rows[i].make(rows[i].first, rows[i].second);
        objects[1] = rows[i].make(rows[i].first, rows[i].second);
        objects[2] = rows[i].make(rows[i].other_first, rows[i].second);
        objects[3] = rows[i].make(rows[i].first, rows[i].other_second);
        ok(objects[0] != objects[1], "%s is made each time", rows[i].name);
        for (k = 1; k < 4; k++) {
            static const char *const what[] = {"", "the same parts", "another first part", "another second part"};
            static const char *const operators[] = {"<", "<=", "==", "!=", ">", ">="};
            for (op = Py_LT; op <= Py_GE; op++) {
                char want[128];
                snprintf(want, sizeof want, "TypeError: '%s' not supported between instances of '%s' and '%s'",
                         operators[op], rows[i].type, rows[i].type);
                is_str(outcome(PyObject_RichCompare(objects[0], objects[k], op)),
                       op == Py_EQ   ? (k == 1 ? "True" : "False")
                       : op == Py_NE ? (k == 1 ? "False" : "True")
                                     : want,
                       "%s %s one of %s", rows[i].name, operators[op], what[k]);
            }
            is_str(outcome(PyObject_RichCompare(objects[0], Py_None, Py_EQ)), "False", "%s differs from None",
                   rows[i].name);
        }
        for (k = 0; k < 4; k++) {
            Py_DECREF(objects[k]);
        }
    }
    for (k = 0; k < sizeof hashes / sizeof hashes[0]; k++) {
        PyObject *method = PyMethod_New(own, list), *wrapper = PyObject_GetAttr(list, repr);
        PyObject *alias = Py_GenericAlias(own, pair);
        chosen_hash = hashes[k];
        is_int(PyObject_Hash(method), identity_hash(list) ^ hashes[k],
               "the hash of a bound method has its object's address and its callable's hash %lld",
               (long long)hashes[k]);
        is_int(PyObject_Hash(wrapper), identity_hash(list) ^ identity_hash(descriptor),
               "the hash of a wrapper has the addresses of its object and of its descriptor");
        is_int(PyObject_Hash(alias), PyObject_Hash(pair) ^ hashes[k],
               "the hash of an alias has the hashes of its class %lld and of its arguments", (long long)hashes[k]);
        Py_DECREF(method);
        Py_DECREF(wrapper);
        Py_DECREF(alias);
    }
    {
        PyObject *method = PyMethod_New(own, list);
        chosen_hash = (Py_hash_t)~identity_hash(list);
        is_int(PyObject_Hash(method), -2, "the hash of a bound method is -2 instead of -1");
        Py_DECREF(method);
    }
    Py_DECREF(descriptor);
    Py_DECREF(pair);
    Py_DECREF(tuple);
    Py_DECREF(list);
    Py_DECREF(text);
    Py_DECREF(repr);
    Py_DECREF(other);
    Py_DECREF(own);
    Py_DECREF(made);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    show = new_show();
    one = number(1);
    two = number(2);
    RUN(test_calls);
    RUN(test_method_objects);
    RUN(test_references);
    RUN(test_instance_methods);
    RUN(test_class_and_static_methods);
    RUN(test_parts);
    return TAP_END();
}
