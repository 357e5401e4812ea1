/* super objects: the attributes of the classes after a class in the order of look-up. */
#include "callables.h"

static PyObject *show, *a, *b, *c, *instance, *type = (PyObject *)&PySuper_Type;

static void
test_look_up(void)
{
    PyObject *of_b = PyObject_CallFunctionObjArgs(type, b, instance, NULL);
    PyObject *of_c = PyObject_CallFunctionObjArgs(type, c, instance, NULL);
    PyObject *of_class = PyObject_CallFunctionObjArgs(type, b, c, NULL);
    PyObject *unbound = PyObject_CallFunctionObjArgs(type, b, NULL);

    is_str(attribute_of(of_c, "x"), "'b'", "the attribute is that of the next class");
    is_str(attribute_of(of_b, "x"), "'a'", "the attribute is that of the class after a base");
    is_str(attribute_of(of_b, "only"), "AttributeError: 'super' object has no attribute 'only'",
           "an attribute of the class itself is not found");
    is_str(attribute_of(of_b, "m"), "<bound method show of C()>", "a method is bound to the instance");
    is_str(attribute_of(of_class, "m"), "<built-in function show>", "a method is not bound to a class");
    is_str(attribute_of(of_class, "k"), "<bound method show of <class 'test.C'>>",
           "a class method is bound to the class");
    is_str(attribute_of(of_b, "k"), "<bound method show of <class 'test.C'>>",
           "a class method is bound to the class of the instance");
    is_str(attribute_of(of_b, "__class__"), "<class 'super'>", "__class__ is that of the super object");
    is_str(attribute_of(unbound, "x"), "AttributeError: 'super' object has no attribute 'x'",
           "without an object only attributes of super are found");
    is_str(attribute_of(of_b, "__thisclass__"), "<class 'test.B'>", "__thisclass__ is the class");
    is_str(attribute_of(of_b, "__self__"), "C()", "__self__ is the object");
    is_str(attribute_of(of_b, "__self_class__"), "<class 'test.C'>", "__self_class__ is the class of the object");
    is_str(attribute_of(unbound, "__self__"), "None", "__self__ is None without an object");
    is_str(shown(of_b), "<super: <class 'B'>, <C object>>", "the repr shows class and object");
    is_str(shown(unbound), "<super: <class 'B'>, NULL>", "the repr shows NULL without an object");
    is_str(shown(of_class), "<super: <class 'B'>, <C object>>", "the repr shows a class like an object of it");
    is_str(outcome(Py_TYPE(unbound)->tp_descr_get(unbound, instance, NULL)), "<super: <class 'B'>, <C object>>",
           "a super object without an object is bound when it is looked up");
    is_str(outcome(Py_TYPE(unbound)->tp_descr_get(unbound, show, NULL)),
           "TypeError: super(type, obj): obj (instance of builtin_function_or_method) is not an instance or subtype of "
           "type (B).",
           "a super object can't be bound to an object of another class");
    is_ptr((void *)(size_t)(Py_TYPE(of_b)->tp_descr_get(of_b, show, NULL) == of_b), (void *)1,
           "a super object that is bound stays so");
    Py_DECREF(of_b);
    is_str(give(unbound, "z", number(1)),
           "AttributeError: 'super' object has no attribute 'z' and no __dict__ for setting new attributes",
           "a super object takes no attributes");
    Py_DECREF(of_b);
    Py_DECREF(of_c);
    Py_DECREF(of_class);
    Py_DECREF(unbound);
}

static void
test_arguments(void)
{
    PyObject *keywords = PyDict_New(), *two = PyTuple_Pack(2, a, instance);

    is_str(called(type, NULL, NULL, NULL), "RuntimeError: super(): no current frame", "super() needs a frame");
    is_str(called(type, show, NULL, NULL),
           "TypeError: super() argument 1 must be a type, not builtin_function_or_method",
           "the first argument must be a class");
    is_str(called(type, a, instance, instance), "TypeError: super() expected at most 2 arguments, got 3",
           "super takes two arguments");
    is_str(called(type, c, a, NULL),
           "TypeError: super(type, obj): obj (type A) is not an instance or subtype of type (C).",
           "a class must be derived from the first");
    is_str(called(type, c, show, NULL),
           "TypeError: super(type, obj): obj (instance of builtin_function_or_method) is not an instance or subtype of "
           "type (C).",
           "an object must be an instance of the class");
    is_str(called(type, a, Py_None, NULL), "<super: <class 'A'>, NULL>", "None is no object");
    PyDict_SetItemString(keywords, "x", a);
    is_str(outcome(PyObject_Call(type, two, keywords)), "TypeError: super() takes no keyword arguments",
           "super takes no keywords");
    Py_DECREF(keywords);
    Py_DECREF(two);
}

int
main(void)
{
    PyObject *method, *of_class;

    Py_Initialize();
    TAP_BEGIN();
    show = new_show();
    method = PyInstanceMethod_New(show);
    of_class = PyClassMethod_New(show);
    a = class_with("test.A", NULL, NULL);
    b = class_with("test.B", a, NULL);
    c = class_with("test.C", b, NULL);
    instance = PyObject_CallNoArgs(c);
    give(a, "x", text_of("a"));
    give(b, "x", text_of("b"));
    give(c, "x", text_of("c"));
    give(b, "only", text_of("b"));
    PyObject_SetAttrString(a, "m", method);
    PyObject_SetAttrString(a, "k", of_class);
    RUN(test_look_up);
    RUN(test_arguments);
    return TAP_END();
}
