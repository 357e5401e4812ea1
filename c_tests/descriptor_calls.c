/* Descriptors that are called or looked up by hand: methods, class methods, wrappers of slots, properties and super objects. */
#include "callables.h"

static PyObject *type = (PyObject *)&PyType_Type, *object = (PyObject *)&PyBaseObject_Type, *show;

/* A class with one base. */
static PyObject *
class_of(const char *name, PyObject *base)
{
    return PyObject_CallFunction(type, "s(O){}", name, base);
}

/* The object in the dict of a class. */
static PyObject *
in_dict_of(PyObject *owner, const char *name)
{
    PyObject *attributes = PyObject_GetAttrString(owner, "__dict__"),
             *found = PyMapping_GetItemString(attributes, name);

    Py_DECREF(attributes);
    return found;
}

static PyObject *
tuple_of(PyObject *a, PyObject *b)
{
    return a == NULL ? PyTuple_New(0) : b == NULL ? PyTuple_Pack(1, a) : PyTuple_Pack(2, a, b);
}

/* The name of the type of a new reference, which is dropped. */
static const char *
type_of(PyObject *o)
{
    char *name = outcome_buffer();

    snprintf(name, OUTCOME_SIZE, "%s", tap_type_name((PyObject *)Py_TYPE(o)));
    Py_DECREF(o);
    return name;
}

/* The outcome of reading an attribute of a new reference, which is dropped. */
static const char *
attribute_of_new(PyObject *o, const char *name)
{
    const char *text = attribute_of(o, name);

    Py_DECREF(o);
    return text;
}

/* The outcome of a call with up to two arguments and an optional dict. */
static const char *
applied(PyObject *callable, PyObject *a, PyObject *b, PyObject *keywords)
{
    PyObject *arguments = tuple_of(a, b);
    const char *text = outcome(PyObject_Call(callable, arguments, keywords));

    Py_DECREF(arguments);
    return text;
}

/* ---- class methods ---- */

static void
test_class_methods(void)
{
    PyObject *floats = (PyObject *)&PyFloat_Type, *dicts = (PyObject *)&PyDict_Type, *text = text_of("0x10");
    PyObject *fromhex = in_dict_of(floats, "fromhex");
    PyObject *fromkeys = in_dict_of(dicts, "fromkeys");
    PyObject *three = number(3), *derived = class_of("Derived", floats), *keys = text_of("ab"),
             *keywords = PyDict_New();
    PyObject *no_arguments = PyTuple_New(0), *both = PyTuple_Pack(2, dicts, keys);

    is_str(applied(fromhex, floats, text, NULL), "16.0", "a descriptor of a class method takes the class first");
    is_str(applied(fromhex, derived, text, NULL), "16.0", "a descriptor of a class method takes a derived class");
    is_str(applied(fromhex, NULL, NULL, NULL), "TypeError: descriptor 'fromhex' of 'float' object needs an argument",
           "a descriptor of a class method needs the class");
    is_str(applied(fromhex, three, text, NULL),
           "TypeError: descriptor 'fromhex' for type 'float' needs a type, not a 'int' as arg 2",
           "a descriptor of a class method refuses an object that is no class");
    is_str(applied(fromhex, dicts, text, NULL),
           "TypeError: descriptor 'fromhex' requires a subtype of 'float' but received 'dict'",
           "a descriptor of a class method refuses another class");
    is_str(applied(fromkeys, dicts, keys, NULL), "{'a': None, 'b': None}", "dict.fromkeys takes the class first");
    is_str(outcome(PyObject_Call(fromkeys, both, keywords)), "{'a': None, 'b': None}",
           "a descriptor of a class method takes an empty dict of keywords");
    PyDict_SetItemString(keywords, "x", three);
    is_str(outcome(PyObject_Call(fromkeys, both, keywords)), "TypeError: dict.fromkeys() takes no keyword arguments",
           "a descriptor of a class method passes keywords on");
    is_str(outcome(Py_TYPE(fromkeys)->tp_call(fromkeys, both, NULL)), "{'a': None, 'b': None}",
           "the slot of a descriptor of a class method calls it");
    is_str(outcome(Py_TYPE(fromkeys)->tp_call(fromkeys, no_arguments, NULL)),
           "TypeError: descriptor 'fromkeys' of 'dict' object needs an argument",
           "the slot of a descriptor of a class method needs the class");
    drop_each(both, no_arguments, keywords, keys, derived, three, fromkeys, fromhex, text, NULL);
}

/* ---- annotations of class methods ---- */

static void
test_annotations(void)
{
    PyObject *of_class = PyClassMethod_New(show), *of_static = PyStaticMethod_New(show);

    is_str(give(of_class, "__annotations__", PyDict_New()), "done", "__annotations__ of a class method can be set");
    is_str(attribute_of(of_class, "__annotations__"), "{}",
           "__annotations__ of a class method are those that were set");
    is_str(give(of_class, "__annotate__", number(1)), "done", "__annotate__ of a class method can be set");
    is_str(attribute_of(of_class, "__annotate__"), "1", "__annotate__ of a class method is the one that was set");
    is_int(PyObject_SetAttrString(of_class, "__annotate__", NULL), 0, "__annotate__ of a class method can be deleted");
    is_int(PyObject_SetAttrString(of_class, "__annotate__", NULL), -1,
           "__annotate__ of a class method is deleted once");
    is_str(error_text(), "AttributeError: 'classmethod' object has no attribute '__annotate__'",
           "an __annotate__ that does not exist can't be deleted");
    is_str(give(of_static, "__annotate__", number(2)), "done", "__annotate__ of a static method can be set");
    is_str(attribute_of(of_static, "__annotate__"), "2", "__annotate__ of a static method is the one that was set");
    drop_each(of_static, of_class, NULL);
}

/* ---- methods that are called without being bound ---- */

static PyObject *
looked_up(PyObject *self, PyObject *name)
{
    (void)self;
    Py_INCREF(name);
    return name;
}

static PyObject *
method_named(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return PyUnicode_FromString("the method");
}

static void
test_method_calls(void)
{
    static PyMethodDef methods[] = {{"m", method_named, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    static PyType_Slot plain_slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    static PyType_Slot own_slots[] = {{Py_tp_methods, methods}, {Py_tp_getattro, (void *)(size_t)looked_up}, {0, NULL}};
    static PyType_Spec plain_spec = {"test.Plain", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, plain_slots};
    static PyType_Spec own_spec = {"test.Own", 0, 0, Py_TPFLAGS_DEFAULT, own_slots};
    PyObject *plain = PyType_FromSpec(&plain_spec), *own = instance_of(PyType_FromSpec(&own_spec));
    PyObject *with_dict = class_of("WithDict", plain), *o = PyObject_CallNoArgs(with_dict), *wrong = number(1);
    PyObject *named_m = text_of("m"), *named_k = text_of("k");

    is_str(outcome(PyObject_CallMethodNoArgs(o, named_m)), "'the method'", "a method of the class is called");
    is_str(outcome(PyObject_CallMethodNoArgs(o, wrong)), "TypeError: attribute name must be string, not 'int'",
           "a method whose name is no str is refused");
    is_str(outcome(PyObject_CallMethodNoArgs(own, named_m)), "TypeError: 'str' object is not callable",
           "a look-up of the class's own precedes its methods");
    PyObject_SetAttrString(o, "m", show);
    is_str(outcome(PyObject_CallMethodNoArgs(o, named_m)), "()",
           "an attribute of the object precedes a method of its class");
    PyObject_DelAttrString(o, "m");
    is_str(outcome(PyObject_CallMethodNoArgs(o, named_m)), "'the method'", "a method of the class is called again");
    give(with_dict, "k", PyClassMethod_New(show));
    is_str(outcome(PyObject_CallMethodNoArgs(o, named_k)), "(<class 'WithDict'>,)",
           "a class method that is called by name gets the class");
    drop_each(named_k, named_m, wrong, o, with_dict, own, plain, NULL);
}

/* ---- instance methods ---- */

static void
test_instance_methods(void)
{
    PyObject *a = PyInstanceMethod_New(show), *same = PyInstanceMethod_New(show), *other = PyInstanceMethod_New(type);

    is_str(outcome(PyObject_RichCompare(a, same, Py_EQ)), "True", "instance methods of one callable are equal");
    is_str(outcome(PyObject_RichCompare(a, other, Py_EQ)), "False", "instance methods of two callables differ");
    is_str(outcome(PyObject_RichCompare(a, other, Py_NE)), "True", "instance methods of two callables are unequal");
    is_str(outcome(PyObject_RichCompare(a, same, Py_LT)),
           "TypeError: '<' not supported between instances of 'instancemethod' and 'instancemethod'",
           "instance methods have no order");
    drop_each(other, same, a, NULL);
}

/* ---- super ---- */

static void
test_super(void)
{
    PyObject *super = (PyObject *)&PySuper_Type, *a = class_of("A", object), *b = class_of("B", a);
    PyObject *o = PyObject_CallNoArgs(b), *made = PyObject_CallFunctionObjArgs(super, b, o, NULL);
    PyObject *own, *keywords = PyDict_New(), *derived;
    PyObject *names = PyTuple_New(1), *values[4];

    own = in_dict_of(super, "__init__");
    is_str(applied(own, made, a, keywords), "None", "super.__init__ takes an empty dict of keywords");
    is_str(attribute_of(made, "__thisclass__"), "<class 'A'>", "super.__init__ gives a super object another class");
    is_str(attribute_of(made, "__self__"), "None", "super.__init__ without an object leaves none");
    PyDict_SetItemString(keywords, "x", a);
    is_str(applied(own, made, a, keywords), "TypeError: super() takes no keyword arguments",
           "super.__init__ takes no keywords");
    is_str(outcome(PyObject_CallFunctionObjArgs(own, made, a, o, o, NULL)),
           "TypeError: super() takes at most 2 arguments (3 given)", "super.__init__ takes two arguments");
    is_str(outcome(PyObject_CallFunctionObjArgs(own, made, o, NULL)),
           "TypeError: super() argument 1 must be type, not B", "the first argument of super.__init__ is a class");
    derived = class_of("Super", super);
    is_str(attribute_of_new(PyObject_CallFunctionObjArgs(derived, a, o, NULL), "__self_class__"), "<class 'B'>",
           "a class derived from super is called with class and object");
    PyTuple_SetItem(names, 0, text_of("x"));
    values[0] = a;
    values[1] = o;
    values[2] = o;
    values[3] = o;
    is_str(outcome(PyObject_Vectorcall(super, values, 2, names)), "TypeError: super() takes no keyword arguments",
           "a vectorcall of super refuses keywords before it counts the other arguments");
    PyTuple_SetItem(names, 0, text_of("y"));
    is_str(outcome(PyObject_Vectorcall(super, values, 3, names)), "TypeError: super() takes no keyword arguments",
           "a vectorcall of super takes no keywords");
    is_str(attribute_of_new(PyObject_Vectorcall(super, values, 2, NULL), "__self_class__"), "<class 'B'>",
           "a vectorcall of super makes a super object");
    drop_each(names, derived, keywords, own, made, o, b, a, NULL);
}

/* ---- wrappers of slots ---- */

static void
test_wrappers(void)
{
    PyObject *text = text_of("abc"), *length = PyObject_GetAttrString(text, "__len__"), *keywords = PyDict_New();
    PyObject *call = PyObject_GetAttrString(show, "__call__"), *buffers = (PyObject *)&PyByteArray_Type;
    PyObject *buffer = PyObject_GetAttrString(buffers, "__buffer__");
    PyObject *release = PyObject_GetAttrString(buffers, "__release_buffer__");
    PyObject *again = PyObject_GetAttrString(text, "__len__");

    is_str(applied(length, NULL, NULL, keywords), "3", "a wrapper takes an empty dict of keywords");
    is_int(PyObject_Hash(length) == PyObject_Hash(again), 1, "wrappers of one object have one hash");
    PyDict_SetItemString(keywords, "x", text);
    is_str(applied(length, NULL, NULL, keywords), "TypeError: wrapper __len__() takes no keyword arguments",
           "a wrapper takes no keywords");
    is_str(applied(call, NULL, NULL, keywords), "((), {'x': 'abc'})", "the wrapper of a call takes keywords");
    is_str(attribute_of(buffer, "__text_signature__"), "'($self, flags, /)'",
           "the signature of __buffer__ names the flags");
    is_str(attribute_of(release, "__text_signature__"), "'($self, buffer, /)'",
           "the signature of __release_buffer__ names the buffer");
    drop_each(again, release, buffer, call, keywords, length, text, NULL);
}

/* ---- names of descriptors ---- */

static void
test_names(void)
{
    static PyMethodDef methods[] = {{"m", method_named, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    static PyType_Slot slots[] = {{Py_tp_methods, methods}, {0, NULL}};
    static PyType_Spec spec = {"test.Named", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *named = PyType_FromSpec(&spec), *method = PyObject_GetAttrString(named, "m"), *derived, *odd;

    give(named, "__qualname__", text_of("Outer.Named"));
    is_str(attribute_of(method, "__qualname__"), "'Outer.Named.m'", "the qualified name begins with that of the class");
    give(named, "__qualname__", text_of("Other"));
    is_str(attribute_of(method, "__qualname__"), "'Outer.Named.m'", "the qualified name is kept");
    derived = class_of("Meta", type);
    give(derived, "__qualname__", number(1));
    odd = derived;
    is_str(attribute_of(odd, "__qualname__"), "'Meta'", "the qualified name of a class is a str");
    drop_each(derived, method, named, NULL);
}

/* ---- methods that are bound by hand ---- */

static void
test_binding(void)
{
    PyObject *append = in_dict_of((PyObject *)&PyList_Type, "append"), *list = PyList_New(0), *one = number(1);

    is_str(type_of(PyObject_CallMethod(append, "__get__", "OO", list, one)), "builtin_function_or_method",
           "a method is bound to an object whatever the class is");
    is_str(outcome(PyObject_CallMethod(append, "__get__", "OO", one, Py_None)),
           "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object",
           "a method is not bound to an object of another class");
    drop_each(one, list, append, NULL);
}

/* ---- classes whose methods go and come ---- */

static PyObject *
name_first(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    (void)keywords;
    (void)arguments;
    return PyUnicode_FromFormat("%s of %s", PyUnicode_AsUTF8(self), "C");
}

/* A method that tells its name. */
static PyObject *
telling(const char *name)
{
    static PyMethodDef definition = {"tell", (PyCFunction)(void (*)(void))name_first, METH_VARARGS | METH_KEYWORDS,
                                     NULL};

    PyObject *text = text_of(name), *function = PyCFunction_NewEx(&definition, text, NULL),
             *method = PyInstanceMethod_New(function);

    drop_each(function, text, NULL);
    return method;
}

static void
test_operators(void)
{
    PyObject *c = class_of("C", object), *d = class_of("D", c), *e = class_of("E", c), *f, *of_f, *x, *y, *z;

    give(c, "__add__", telling("add"));
    give(c, "__radd__", telling("radd"));
    give(e, "__radd__", telling("radd of E"));
    x = PyObject_CallNoArgs(c);
    y = PyObject_CallNoArgs(d);
    z = PyObject_CallNoArgs(e);
    is_str(outcome(PyNumber_Add(x, y)), "'add of C'", "an inherited reflected method does not precede");
    is_str(outcome(PyNumber_Add(x, z)), "'radd of E of C'", "a reflected method of a derived class's own precedes");
    is_str(outcome(PyNumber_Add(z, x)), "'add of C'", "the left operand of a derived class precedes");
    f = class_of("F", object);
    give(f, "__add__", telling("add of F"));
    give(f, "__radd__", telling("radd of F"));
    of_f = PyObject_CallNoArgs(f);
    is_str(outcome(PyNumber_Add(x, of_f)), "'add of C'", "the left operand precedes a right one of another class");
    is_str(outcome(PyNumber_Add(object, y)), "'radd of C'", "the reflected method is called for another left operand");
    PyObject_SetAttrString(e, "__add__", Py_None);
    is_str(outcome(PyNumber_Add(z, object)), "TypeError: 'NoneType' object is not callable",
           "None as a method is called by an operator");
    drop_each(of_f, z, y, x, f, e, d, c, NULL);
}

static void
test_iteration(void)
{
    PyObject *c = class_of("C", object), *o = PyObject_CallNoArgs(c);
    getiterfunc slot;

    is_str(outcome(PyObject_GetIter(o)), "TypeError: 'C' object is not iterable",
           "a class without methods is not iterable");
    give(c, "__iter__", telling("iter"));
    slot = Py_TYPE(o)->tp_iter;
    is_str(outcome(PyObject_GetIter(o)), "TypeError: iter() returned non-iterator of type 'str'",
           "__iter__ has to return an iterator");
    give(c, "__getitem__", telling("item"));
    PyObject_DelAttrString(c, "__iter__");
    is_str(type_of(PyObject_GetIter(o)), "iterator", "a class with __getitem__ alone gives its items by number");
    is_str(type_of(slot(o)), "iterator",
           "the former slot of a class gives the items by number, after its __iter__ is deleted");
    PyObject_DelAttrString(c, "__getitem__");
    is_str(outcome(PyObject_GetIter(o)), "TypeError: 'C' object is not iterable",
           "a class whose methods are deleted is not iterable");
    is_str(outcome(slot(o)), "TypeError: 'C' object is not iterable", "the former slot of a class finds no methods");
    drop_each(o, c, NULL);
}

static void
test_attribute_hooks(void)
{
    PyObject *c = class_of("C", object), *o = PyObject_CallNoArgs(c), *meta, *base, *derived;

    give(c, "__getattr__", telling("getattr"));
    is_str(attribute_of(o, "x"), "'getattr of C'", "__getattr__ is called for a missing attribute");
    give(c, "x", number(1));
    is_str(attribute_of(o, "x"), "1", "__getattr__ is not called for an attribute that is found");
    give(c, "__getattribute__", telling("getattribute"));
    is_str(attribute_of(o, "x"), "'getattribute of C'", "__getattribute__ precedes __getattr__");
    PyObject_DelAttrString(c, "__getattribute__");
    is_str(attribute_of(o, "x"), "1", "the plain look-up is back without __getattribute__");
    meta = class_of("Meta", type);
    give(meta, "__getattr__", telling("getattr of Meta"));
    base = PyObject_CallFunction(meta, "s(){s:i}", "Base", "x", 1);
    derived = PyObject_CallFunction(meta, "s(O){}", "Derived", base);
    is_str(attribute_of(derived, "x"), "1", "a class of a metaclass with __getattr__ has the attributes of its bases");
    drop_each(derived, base, meta, o, c, NULL);
}

static void
test_subclass_keywords(void)
{
    PyObject *name = text_of("C"), *none = PyTuple_New(0), *names = PyDict_New(), *keywords = PyDict_New();
    PyObject *arguments = PyTuple_Pack(3, name, none, names);

    is_str(outcome(PyObject_Call(type, arguments, keywords)), "<class 'C'>",
           "a class is made with an empty dict of keywords");
    PyDict_SetItemString(keywords, "x", name);
    is_str(outcome(PyObject_Call(type, arguments, keywords)),
           "TypeError: C.__init_subclass__() takes no keyword arguments",
           "a class without __init_subclass__ of its bases takes no keywords");
    drop_each(arguments, keywords, names, none, name, NULL);
}

/* ---- a slot that returns a result with an error ---- */

static Py_ssize_t
length_with_error(PyObject *self)
{
    PyErr_SetString(PyExc_ValueError, PyUnicode_Check(self) ? "text" : "no text");
    return 5;
}

static Py_ssize_t
no_length(PyObject *self)
{
    PyErr_SetString(PyExc_ValueError, PyUnicode_Check(self) ? "text" : "no text");
    return -1;
}

static PyObject *
no_item(PyObject *self, Py_ssize_t index)
{
    (void)self;
    return PyErr_Format(PyExc_IndexError, "%zd", index);
}

static void
test_lengths(void)
{
    static PyType_Slot wrong_slots[] = {{Py_sq_length, (void *)(size_t)length_with_error}, {0, NULL}};
    static PyType_Slot failing_slots[] = {
        {Py_sq_length, (void *)(size_t)no_length}, {Py_sq_item, (void *)(size_t)no_item}, {0, NULL}};
    static PyType_Spec wrong_spec = {"test.Wrong", 0, 0, Py_TPFLAGS_DEFAULT, wrong_slots};
    static PyType_Spec failing_spec = {"test.Failing", 0, 0, Py_TPFLAGS_DEFAULT, failing_slots};
    PyObject *failing = instance_of(PyType_FromSpec(&failing_spec)), *arguments = PyTuple_Pack(1, failing);
    PyObject *wrong = instance_of(PyType_FromSpec(&wrong_spec));
    int x, y;

    is_str(outcome(PyObject_CallMethod(failing, "__len__", NULL)), "ValueError: no text",
           "a length that fails is an error");
    is_int(PyArg_ParseTuple(arguments, "(i)", &x), 0, "a sequence without a length is no tuple of one");
    is_str(error_text(), "ValueError: no text", "the error of the length stays");
    is_int(PyArg_ParseTuple(arguments, "(ii)", &x, &y), 0, "a sequence without a length is no tuple of two");
    PyErr_Clear();
    is_ptr(PyObject_CallMethod(wrong, "__len__", NULL), NULL, "a length with an error set is no result");
    is_int(PyErr_ExceptionMatches(PyExc_SystemError), 1, "a length with an error set is a SystemError");
    PyErr_Clear();
    drop_each(wrong, arguments, failing, NULL);
}

/* ---- properties ---- */

static void
test_properties(void)
{
    PyObject *property = (PyObject *)&PyProperty_Type, *derived = class_of("Property", property);
    PyObject *doc = text_of("The doc."), *own, *copied, *setter;

    own = PyObject_CallFunction(property, "OOOO", show, Py_None, Py_None, doc);
    copied = PyObject_CallMethod(own, "setter", "O", show);
    is_str(attribute_of(copied, "__doc__"), "'The doc.'", "a copy keeps the documentation that was given");
    drop_each(copied, own, NULL);
    own = PyObject_CallFunctionObjArgs(property, show, NULL);
    is_str(attribute_of(own, "__doc__"), "'Shows its arguments.'", "the documentation is that of the getter");
    copied = PyObject_CallMethod(own, "getter", "O", type);
    is_int(strcmp(attribute_of(copied, "__doc__"), "'Shows its arguments.'") != 0, 1,
           "a copy with another getter has the other's documentation");
    drop_each(copied, own, NULL);
    setter = PyObject_CallMethod(property, "__call__", "OO", Py_None, show);
    is_str(attribute_of(setter, "__doc__"), "None", "a property without a getter has no documentation");
    copied = PyObject_CallMethod(setter, "deleter", "O", show);
    is_str(attribute_of(copied, "__doc__"), "None", "a copy of a property without a getter has no documentation");
    drop_each(copied, setter, NULL);
    own = PyObject_CallFunctionObjArgs(derived, show, NULL);
    is_str(attribute_of(own, "__doc__"), "'Shows its arguments.'", "a derived property has the getter's documentation");
    give(derived, "__slots__", PyTuple_New(0));
    drop_each(own, doc, derived, NULL);
}

/* ---- generic aliases ---- */

static PyObject *
refuse_with(PyObject *self, PyObject *name, PyObject *value)
{
    (void)self;
    (void)value;
    PyErr_SetObject(PyExc_ValueError, name);
    return NULL;
}

static int
refuse_value(PyObject *self, PyObject *name, PyObject *value)
{
    refuse_with(self, name, value);
    return -1;
}

static int
refuse_type(PyObject *self, PyObject *name, PyObject *value)
{
    (void)self;
    (void)value;
    PyErr_SetObject(PyExc_TypeError, name);
    return -1;
}

/* An alias of a new reference to a class, which is dropped. */
static PyObject *
alias_of(PyObject *origin)
{
    PyObject *alias = Py_GenericAlias(origin, type);

    Py_DECREF(origin);
    return alias;
}

static void
test_alias_calls(void)
{
    static PyType_Slot value_slots[] = {{Py_tp_setattro, (void *)(size_t)refuse_value}, {0, NULL}};
    static PyType_Slot type_slots[] = {{Py_tp_setattro, (void *)(size_t)refuse_type}, {0, NULL}};
    static PyType_Spec value_spec = {"test.V", 0, 0, Py_TPFLAGS_DEFAULT, value_slots};
    static PyType_Spec type_spec = {"test.T", 0, 0, Py_TPFLAGS_DEFAULT, type_slots};
    PyObject *by_value = alias_of(PyType_FromSpec(&value_spec)), *by_type = alias_of(PyType_FromSpec(&type_spec));
    PyObject *of_plain = alias_of(class_of("Plain", object)), *of_object = Py_GenericAlias(object, type);

    is_str(outcome(PyObject_CallNoArgs(by_value)), "ValueError: __orig_class__",
           "a ValueError for __orig_class__ is the error of a call of an alias");
    is_str(type_of(PyObject_CallNoArgs(by_type)), "test.T",
           "a TypeError for __orig_class__ is ignored by a call of an alias");
    is_str(attribute_of_new(PyObject_CallNoArgs(of_plain), "__orig_class__"), "<class 'Plain'>[type]",
           "the result of a call of an alias has __orig_class__");
    is_str(outcome(PyObject_CallNoArgs(of_object)) + 0 == NULL ? "" : "object", "object",
           "an AttributeError for __orig_class__ is ignored by a call of an alias");
    drop_each(of_object, of_plain, by_type, by_value, NULL);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    show = new_show();
    RUN(test_class_methods);
    RUN(test_annotations);
    RUN(test_method_calls);
    RUN(test_instance_methods);
    RUN(test_super);
    RUN(test_wrappers);
    RUN(test_names);
    RUN(test_binding);
    RUN(test_operators);
    RUN(test_iteration);
    RUN(test_attribute_hooks);
    RUN(test_subclass_keywords);
    RUN(test_lengths);
    RUN(test_properties);
    RUN(test_alias_calls);
    Py_DECREF(show);
    return TAP_END();
}
