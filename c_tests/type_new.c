/* type(name, bases, namespace): the checks, their order and their messages; the attributes, sizes and flags of the class; the
 * metaclass; __slots__; the hooks __set_name__ and __init_subclass__. */
#include "outcome.h"

#include <stdint.h>

static PyObject *
call_type(PyObject *meta, const char *name, PyObject *bases, PyObject *body, PyObject *keywords)
{
    PyObject *text = PyUnicode_FromString(name);
    PyObject *arguments = PyTuple_Pack(3, text, bases, body);
    PyObject *type = PyObject_Call(meta, arguments, keywords);
    Py_DECREF(arguments);
    Py_DECREF(text);
    return type;
}

/* A class; `bases` is a new reference to a tuple or NULL, `namespace` one to a dict or NULL. */
static PyObject *
make(const char *name, PyObject *bases, PyObject *body)
{
    PyObject *type;

    bases = bases != NULL ? bases : PyTuple_New(0);
    body = body != NULL ? body : PyDict_New();
    type = call_type((PyObject *)&PyType_Type, name, bases, body, NULL);
    Py_DECREF(bases);
    Py_DECREF(body);
    return type;
}

static PyObject *
dict_of(const char *key, PyObject *value)
{
    PyObject *dict = PyDict_New();
    if (key != NULL) {
        PyDict_SetItemString(dict, key, value);
    }
    Py_XDECREF(value);
    return dict;
}

static PyObject *
text(const char *utf8)
{
    return PyUnicode_FromString(utf8);
}

/* A tuple of texts, which are divided by spaces. */
static PyObject *
texts(const char *words)
{
    PyObject *list = PyList_New(0);
    char copy[128];
    char *word;

    snprintf(copy, sizeof copy, "%s", words);
    for (word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        PyObject *item = text(word);
        PyList_Append(list, item);
        Py_DECREF(item);
    }
    word = NULL;
    {
        PyObject *tuple = PyList_AsTuple(list);
        Py_DECREF(list);
        return tuple;
    }
}

static PyTypeObject *
as_type(PyObject *o)
{
    return (PyTypeObject *)o;
}

static const char *
attribute(PyObject *o, const char *name)
{
    return outcome(PyObject_GetAttrString(o, name));
}

static void
test_arguments(void)
{
    PyObject *type = (PyObject *)&PyType_Type;
    PyObject *none = Py_None;
    PyObject *empty = PyTuple_New(0), *dict = PyDict_New(), *name = text("C"), *one = PyLong_FromLong(1);
    PyObject *keywords = dict_of("k", PyLong_FromLong(1));
    const struct {
        PyObject *arguments;
        PyObject *keywords;
        const char *want;
    } rows[] = {
        {PyTuple_Pack(0), NULL, "TypeError: type() takes 1 or 3 arguments"},
        {PyTuple_Pack(1, one), NULL, "<class 'int'>"},
        {PyTuple_Pack(2, name, empty), NULL, "TypeError: type() takes 1 or 3 arguments"},
        {PyTuple_Pack(4, name, empty, dict, none), NULL, "TypeError: type() takes 1 or 3 arguments"},
        {PyTuple_Pack(3, one, empty, dict), NULL, "TypeError: type.__new__() argument 1 must be str, not int"},
        {PyTuple_Pack(3, none, empty, dict), NULL, "TypeError: type.__new__() argument 1 must be str, not None"},
        {PyTuple_Pack(3, name, none, dict), NULL, "TypeError: type.__new__() argument 2 must be tuple, not None"},
        {PyTuple_Pack(3, name, dict, one), NULL, "TypeError: type.__new__() argument 2 must be tuple, not dict"},
        {PyTuple_Pack(3, name, empty, one), NULL, "TypeError: type.__new__() argument 3 must be dict, not int"},
        {PyTuple_Pack(3, name, empty, dict), keywords, "TypeError: C.__init_subclass__() takes no keyword arguments"},
        {PyTuple_Pack(3, name, empty, dict), NULL, "<class 'C'>"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        is_str(outcome(PyObject_Call(type, rows[i].arguments, rows[i].keywords)), rows[i].want,
               "arguments %d of type()", (int)i);
    }
    is_str(outcome(PyType_Type.tp_new(&PyType_Type, rows[1].arguments, NULL)),
           "TypeError: type.__new__() takes exactly 3 arguments (1 given)", "tp_new of type takes three arguments");
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        Py_DECREF(rows[i].arguments);
    }
    Py_DECREF(keywords);
    Py_DECREF(one);
    Py_DECREF(name);
    Py_DECREF(dict);
    Py_DECREF(empty);
}

static void
test_bases(void)
{
    PyObject *a = make("A", NULL, NULL), *b = make("B", NULL, NULL);
    PyObject *fields_a = make("FA", NULL, dict_of("__slots__", text("x")));
    PyObject *fields_b = make("FB", NULL, dict_of("__slots__", text("y")));
    PyObject *object = (PyObject *)&PyBaseObject_Type;
    PyObject *bases_ab = PyTuple_Pack(2, a, b), *bases_ba = PyTuple_Pack(2, b, a);
    PyObject *ab = make("AB", bases_ab, NULL), *ba = make("BA", bases_ba, NULL);
    PyObject *number = PyLong_FromLong(1), *plain = PyObject_CallNoArgs(object);
    const struct {
        const char *about;
        PyObject *bases;
        const char *want;
    } rows[] = {
        {"no base", PyTuple_New(0), "<class 'C'>"},
        {"one base", PyTuple_Pack(1, a), "<class 'C'>"},
        {"two bases", PyTuple_Pack(2, a, b), "<class 'C'>"},
        {"a base that is an int", PyTuple_Pack(1, number),
         "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
         "metaclasses of "
         "all its bases"},
        {"a base that is a plain object", PyTuple_Pack(1, plain), "TypeError: bases must be types"},
        {"a base that is None", PyTuple_Pack(2, a, Py_None),
         "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
         "metaclasses of "
         "all its bases"},
        {"a base twice", PyTuple_Pack(2, a, a), "TypeError: duplicate base class A"},
        {"a base before its own base", PyTuple_Pack(2, object, a),
         "TypeError: Cannot create a consistent method resolution order (MRO) for bases object, A"},
        {"orders that contradict each other", PyTuple_Pack(2, ab, ba),
         "TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B"},
        {"layouts that exclude each other", PyTuple_Pack(2, fields_a, fields_b),
         "TypeError: multiple bases have instance lay-out conflict"},
        {"int and str", PyTuple_Pack(2, &PyLong_Type, &PyUnicode_Type),
         "TypeError: multiple bases have instance lay-out conflict"},
        {"int and a class with a dict", PyTuple_Pack(2, &PyLong_Type, a), "<class 'C'>"},
        {"bool", PyTuple_Pack(1, &PyBool_Type), "TypeError: type 'bool' is not an acceptable base type"},
        {"NoneType", PyTuple_Pack(1, Py_TYPE(Py_None)), "TypeError: type 'NoneType' is not an acceptable base type"},
        {"the class of methods", PyTuple_Pack(1, &PyCFunction_Type),
         "TypeError: type 'builtin_function_or_method' is not an acceptable base type"},
        {"a capsule's class", PyTuple_Pack(1, &PyCapsule_Type),
         "TypeError: type 'PyCapsule' is not an acceptable base type"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        is_str(outcome(make("C", rows[i].bases, NULL)), rows[i].want, "bases: %s", rows[i].about);
    }
    no_error("the bases are made");
    Py_DECREF(plain);
    Py_DECREF(number);
    Py_DECREF(ba);
    Py_DECREF(ab);
    Py_DECREF(fields_b);
    Py_DECREF(fields_a);
    Py_DECREF(b);
    Py_DECREF(a);
}

static void
test_namespace(void)
{
    const struct {
        const char *about;
        const char *name;
        const char *key;
        PyObject *value;
        const char *want;
    } rows[] = {
        {"nothing", "C", NULL, NULL, "<class 'C'>"},
        {"a module", "C", "__module__", text("mod"), "<class 'mod.C'>"},
        {"a module that is builtins", "C", "__module__", text("builtins"), "<class 'C'>"},
        {"a module that is an int", "C", "__module__", PyLong_FromLong(1), "<class 'C'>"},
        {"a qualified name", "C", "__qualname__", text("A.C"), "<class 'C'>"},
        {"a qualified name that is an int", "C", "__qualname__", PyLong_FromLong(1),
         "TypeError: type __qualname__ must be a str, not int"},
        {"an empty name and a qualified one", "", "__qualname__", text("x"), "<class ''>"},
        {"a cell that is an int", "C", "__classcell__", PyLong_FromLong(1),
         "TypeError: __classcell__ must be a nonlocal cell, not <class 'int'>"},
        {"a dict's cell that is None", "C", "__classdictcell__", Py_NewRef(Py_None),
         "TypeError: __classdictcell__ must be a nonlocal cell, not <class 'NoneType'>"},
        {"a documentation with a surrogate", "C", "__doc__", PyUnicode_DecodeUTF8("\xed\xb0\x80", 3, "surrogatepass"),
         "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc00' in position 0: surrogates not allowed"},
        {"a documentation that is an int", "C", "__doc__", PyLong_FromLong(1), "<class 'C'>"},
    };
    size_t i;
    PyObject *type, *arguments, *dict;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        PyErr_Clear();
        is_str(outcome(make(rows[i].name, NULL, dict_of(rows[i].key, rows[i].value))), rows[i].want,
               "namespace with %s", rows[i].about);
    }
    arguments = Py_BuildValue("(N(){})", PyUnicode_FromStringAndSize("a\0b", 3));
    is_str(outcome(PyObject_CallObject((PyObject *)&PyType_Type, arguments)),
           "ValueError: type name must not contain null characters", "a name with a NUL is refused");
    Py_DECREF(arguments);

    dict = dict_of("x", PyLong_FromLong(1));
    Py_INCREF(dict);
    type = make("C", NULL, dict);
    PyDict_SetItemString(dict, "y", Py_None);
    is_str(attribute(type, "x"), "1", "the names of the namespace are attributes");
    is_str(attribute(type, "y"), "AttributeError: type object 'C' has no attribute 'y'", "the namespace is copied");
    is_str(attribute(type, "__doc__"), "None", "without documentation __doc__ is None");
    is_str(attribute(type, "__module__"), "AttributeError: __module__", "without a module there is no __module__");
    is_str(attribute(type, "__name__"), "'C'", "__name__");
    is_str(attribute(type, "__qualname__"), "'C'", "__qualname__ is the name");
    is_str(attribute(type, "__bases__"), "(<class 'object'>,)", "__bases__ of a class without bases");
    is_str(attribute(type, "__mro__"), "(<class 'C'>, <class 'object'>)", "__mro__");
    is_str(attribute(type, "__base__"), "<class 'object'>", "__base__");
    Py_DECREF(type);
    Py_DECREF(dict);
    type = make("C", NULL, dict_of("__doc__", text("text")));
    is_str(as_type(type)->tp_doc, "text", "tp_doc is the documentation");
    is_str(attribute(type, "__doc__"), "'text'", "__doc__ is the documentation");
    Py_DECREF(type);
}

#define COMPARED_FLAGS                                                                                              \
    (Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | \
     (1UL << 3) | (1UL << 4) | (1UL << 5) | (1UL << 6) | (1UL << 22) | (1UL << 23) | (0xffUL << 24))

static void
test_sizes(void)
{
    PyTypeObject *const bases[] = {
        &PyBaseObject_Type,
        &PyLong_Type,
        &PyFloat_Type,
        &PyUnicode_Type,
        &PyBytes_Type,
        &PyTuple_Type,
        &PyList_Type,
        &PyDict_Type,
        &PyType_Type,
        (PyTypeObject *)PyExc_Exception,
        (PyTypeObject *)PyExc_OSError,
        &PyModule_Type,
    };
    const char *const slots[] = {
        NULL, "", "a", "b a", "__dict__", "__weakref__", "__dict__ __weakref__", "__weakref__ a __dict__"};
    size_t i, j;

    for (i = 0; i < sizeof bases / sizeof *bases; i++) {
        for (j = 0; j < sizeof slots / sizeof *slots; j++) {
            PyObject *body = slots[j] != NULL ? dict_of("__slots__", texts(slots[j])) : PyDict_New();
            PyObject *type = make("C", PyTuple_Pack(1, bases[i]), body);
            const char *base = bases[i]->tp_name;
            const char *which = slots[j] != NULL ? slots[j] : "none";

            if (type == NULL) {
                printf("# %s with slots %s: %s\n", base, which, error_text());
                continue;
            }
            printf("# %s with slots %s: size %d+%d, dict %d, weak %d, items %d, flags %lx\n", base, which,
                   (int)as_type(type)->tp_basicsize, (int)as_type(type)->tp_itemsize, (int)as_type(type)->tp_dictoffset,
                   (int)as_type(type)->tp_weaklistoffset, (int)Py_SIZE(type), as_type(type)->tp_flags & COMPARED_FLAGS);
            printf("#   %s %s %s\n", attribute(type, "__dictoffset__"), attribute(type, "__weakrefoffset__"),
                   attribute(type, "__basicsize__"));
            Py_DECREF(type);
        }
    }
    no_error("classes of all layouts are made");
}

static void
test_slots(void)
{
    const struct {
        const char *about;
        PyObject *slots;
        const char *key;
        const char *want;
    } rows[] = {
        {"an int", PyLong_FromLong(1), NULL, "TypeError: 'int' object is not iterable"},
        {"an item that is an int", PyTuple_Pack(1, PyLong_FromLong(1)), NULL,
         "TypeError: __slots__ items must be strings, not 'int'"},
        {"a name that is none", text("a b"), NULL, "TypeError: __slots__ must be identifiers"},
        {"an empty name", text(""), NULL, "TypeError: __slots__ must be identifiers"},
        {"a name that begins with a digit", text("1a"), NULL, "TypeError: __slots__ must be identifiers"},
        {"a name with a dot", text("a.b"), NULL, "TypeError: __slots__ must be identifiers"},
        {"a name that is not ASCII", text("\xc3\xa4"), NULL, "<class 'C'>"},
        {"two dicts", texts("__dict__ __dict__"), NULL, "TypeError: __dict__ slot disallowed: we already got one"},
        {"two weak references", texts("__weakref__ __weakref__"), NULL,
         "TypeError: __weakref__ slot disallowed: we already got one"},
        {"a name of the namespace", text("x"), "x", "ValueError: 'x' in __slots__ conflicts with class variable"},
        {"a private name of the namespace", text("__x"), "_C__x",
         "ValueError: '_C__x' in __slots__ conflicts with class variable"},
        {"a name twice", texts("a a"), NULL, "<class 'C'>"},
        {"an empty tuple", PyTuple_New(0), NULL, "<class 'C'>"},
        {"a list", PyList_New(0), NULL, "<class 'C'>"},
        {"a dict", dict_of("a", text("documentation")), NULL, "<class 'C'>"},
        {"None", Py_NewRef(Py_None), NULL, "TypeError: 'NoneType' object is not iterable"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        PyObject *body = dict_of("__slots__", rows[i].slots);
        if (rows[i].key != NULL) {
            PyDict_SetItemString(body, rows[i].key, Py_None);
        }
        is_str(outcome(make("C", NULL, body)), rows[i].want, "__slots__ with %s", rows[i].about);
    }
    is_str(outcome(make("C", PyTuple_Pack(1, &PyLong_Type), dict_of("__slots__", text("a")))),
           "TypeError: nonempty __slots__ not supported for subtype of 'int'", "int takes no fields");
    is_str(outcome(make("C", PyTuple_Pack(1, &PyLong_Type), dict_of("__slots__", text("__dict__")))),
           "TypeError: nonempty __slots__ not supported for subtype of 'int'", "int takes no __dict__ by __slots__");
    is_str(outcome(make("C", PyTuple_Pack(1, PyExc_Exception), dict_of("__slots__", text("__dict__")))),
           "TypeError: __dict__ slot disallowed: we already got one", "an exception has a dict");
    is_str(outcome(make("__", NULL, dict_of("__slots__", text("__x")))), "<class '__'>",
           "a class whose name is underscores");
}

static void
test_fields(void)
{
    PyObject *base = make("__Base", NULL, dict_of("__slots__", texts("b __private a __special__")));
    PyObject *body = dict_of("__slots__", text("c"));
    PyObject *type;
    PyObject *o, *value = PyList_New(0), *name = text("mod");

    PyDict_SetItemString(body, "__module__", name);
    Py_DECREF(name);
    type = make("C", PyTuple_Pack(1, base), body);
    o = PyObject_CallNoArgs(type);

    is_str(attribute(base, "a"), "<member 'a' of '__Base' objects>", "a field is a member");
    is_str(attribute(base, "_Base__private"), "<member '_Base__private' of '__Base' objects>",
           "a private name is mangled");
    is_str(attribute(base, "__special__"), "<member '__special__' of '__Base' objects>",
           "a special name is not mangled");
    is_str(attribute(base, "__slots__"), "('b', '__private', 'a', '__special__')", "__slots__ is kept as it was given");
    is_str(attribute(base, "__private"), "AttributeError: type object '__Base' has no attribute '__private'",
           "the private name itself is no attribute");
    is_int(as_type(base)->tp_basicsize, 48, "each field takes a pointer");
    is_int(as_type(type)->tp_basicsize, 56, "the fields of a class follow those of its base");
    is_str(as_type(base)->tp_members[0].name, "_Base__private", "the members are sorted by name");
    is_str(as_type(base)->tp_members[3].name, "b", "the last member by name is last");
    is_str(attribute(o, "a"), "AttributeError: 'mod.C' object has no attribute 'a'",
           "an empty field is an AttributeError");
    is_int(PyObject_SetAttrString(o, "a", value), 0, "a field can be set");
    is_int(PyObject_SetAttrString(o, "c", value), 0, "a field of the derived class can be set");
    is_int(Py_REFCNT(value), 3, "fields own references");
    is_str(attribute(o, "a"), "[]", "a field can be read");
    is_int(PyObject_SetAttrString(o, "d", value), -1, "an instance without a dict takes no other attribute");
    raises(PyExc_AttributeError, "'C' object has no attribute 'd' and no __dict__ for setting new attributes",
           "the message for an attribute that is no field");
    is_int(PyObject_DelAttrString(o, "a"), 0, "a field can be deleted");
    is_int(PyObject_DelAttrString(o, "a"), -1, "an empty field can't be deleted");
    is_str(error_text(), "AttributeError: a", "the message for the deletion of an empty field");
    is_int(Py_REFCNT(value), 2, "deleting a field drops its reference");
    PyObject_SetAttrString(o, "b", o);
    Py_DECREF(o);
    ok(PyGC_Collect() >= 1, "an instance that refers to itself by a field is garbage");
    is_int(Py_REFCNT(value), 1, "the end of an instance drops its fields");
    Py_DECREF(value);
    Py_DECREF(type);
    Py_DECREF(base);
}

static void
test_dicts(void)
{
    PyObject *type = make("C", NULL, NULL);
    PyObject *o = PyObject_CallNoArgs(type);
    PyObject *value = PyList_New(0), *dict;

    is_str(attribute(o, "__dict__"), "{}", "an instance has an empty dict at first");
    is_int(PyObject_SetAttrString(o, "x", value), 0, "an attribute can be set");
    is_str(attribute(o, "__dict__"), "{'x': []}", "an attribute is in the dict");
    is_int(Py_REFCNT(value), 2, "the dict owns a reference");
    dict = dict_of("y", PyLong_FromLong(2));
    is_int(PyObject_SetAttrString(o, "__dict__", dict), 0, "the dict can be replaced");
    is_int(Py_REFCNT(value), 1, "the former dict is gone");
    is_str(attribute(o, "y"), "2", "the attributes are those of the new dict");
    is_int(Py_REFCNT(dict), 2, "the instance has the dict itself");
    is_int(PyObject_SetAttrString(o, "__dict__", value), -1, "the dict must be a dict");
    raises(PyExc_TypeError, "__dict__ must be set to a dictionary, not a 'list'", "the message for another object");
    is_int(PyObject_DelAttrString(o, "__dict__"), 0, "the dict can be deleted");
    is_str(attribute(o, "__dict__"), "{}", "after that there is a new one");
    is_str(attribute(o, "__weakref__"), "None", "without weak references __weakref__ is None");
    PyObject_SetAttrString(o, "self", o);
    PyObject_SetAttrString(o, "value", value);
    Py_DECREF(o);
    is_int(Py_REFCNT(value), 2, "a cycle keeps its objects");
    ok(PyGC_Collect() >= 1, "an instance that refers to itself by its dict is garbage");
    is_int(Py_REFCNT(value), 1, "the collection frees what the dict has");
    Py_DECREF(dict);
    Py_DECREF(value);
    Py_DECREF(type);
}

static PyObject *order;

static PyObject *
hook(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    PyObject *entry = PyList_New(0), *item;
    Py_ssize_t i;

    PyList_Append(entry, self != NULL ? self : Py_None);
    for (i = 0; i < count + (names != NULL ? PyTuple_GET_SIZE(names) : 0); i++) {
        PyList_Append(entry, arguments[i]);
    }
    if (names != NULL) {
        PyList_Append(entry, names);
    }
    item = PyObject_Repr(entry);
    PyList_Append(order, item);
    Py_DECREF(item);
    Py_DECREF(entry);
    Py_RETURN_NONE;
}

static PyObject *
failing_hook(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_ValueError, "failed");
    return NULL;
}

static PyMethodDef hook_definition = {"hook", (PyCFunction)(void (*)(void))hook, METH_FASTCALL | METH_KEYWORDS, NULL};
static PyMethodDef failing_definition = {"fail", failing_hook, METH_VARARGS, NULL};

static void
test_hooks(void)
{
    PyObject *function = PyCFunction_New(&hook_definition, NULL), *failing = PyCFunction_New(&failing_definition, NULL);
    PyObject *named = make("Named", NULL, dict_of("__set_name__", Py_NewRef(function)));
    PyObject *value = PyObject_CallNoArgs(named), *keywords = dict_of("key", PyLong_FromLong(5));
    PyObject *type, *base, *bases, *body, *error;

    order = PyList_New(0);
    body = dict_of("first", Py_NewRef(value));
    PyDict_SetItemString(body, "other", Py_None);
    PyDict_SetItemString(body, "__repr__", Py_None);
    PyDict_SetItemString(body, "second", value);
    PyDict_DelItemString(body, "__repr__");
    type = make("C", NULL, body);
    is_str(shown(order), "[\"[None, <class 'C'>, 'first']\", \"[None, <class 'C'>, 'second']\"]",
           "__set_name__ is called for each attribute that has it, in order");
    Py_XDECREF(type);
    Py_DECREF(value);
    Py_DECREF(named);

    named = make("Failing", NULL, dict_of("__set_name__", Py_NewRef(failing)));
    type = make("C", NULL, dict_of("x", PyObject_CallNoArgs(named)));
    ok(type == NULL, "an error of __set_name__ is the error of the class");
    error = PyErr_GetRaisedException();
    is_str(attribute(error, "__notes__"), "[\"Error calling __set_name__ on 'Failing' instance 'x' in 'C'\"]",
           "a note says which attribute");
    Py_XDECREF(error);
    Py_DECREF(named);

    Py_SETREF(order, PyList_New(0));
    base = make("Base", NULL, dict_of("__init_subclass__", Py_NewRef(function)));
    is_str(shown(order), "[]", "__init_subclass__ of the class itself is not called");
    bases = PyTuple_Pack(1, base);
    body = PyDict_New();
    type = call_type((PyObject *)&PyType_Type, "C", bases, body, keywords);
    is_str(shown(order), "[\"[None, 5, ('key',)]\"]", "__init_subclass__ of the base gets the keywords");
    Py_XDECREF(type);
    Py_DECREF(body);
    Py_DECREF(bases);
    Py_DECREF(base);
    PyErr_Clear();

    base = make("Base", NULL, dict_of("__init_subclass__", Py_NewRef(failing)));
    is_str(outcome(make("C", PyTuple_Pack(1, base), NULL)), "ValueError: failed",
           "an error of __init_subclass__ is the error of the class");
    no_error("the hooks leave no error");
    Py_DECREF(base);
    Py_DECREF(keywords);
    Py_DECREF(failing);
    Py_DECREF(function);
    Py_CLEAR(order);
}

static int meta_calls;

static PyObject *
meta_new(PyTypeObject *meta, PyObject *arguments, PyObject *keywords)
{
    meta_calls++;
    return PyType_Type.tp_new(meta, arguments, keywords);
}

static void
test_metaclasses(void)
{
    PyType_Slot no_slots[] = {{0, NULL}};
    PyType_Slot new_slots[] = {{Py_tp_new, (void *)(uintptr_t)meta_new}, {0, NULL}};
    const unsigned int flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    PyType_Spec plain_spec = {"mod.Plain", 0, 0, flags, no_slots};
    PyType_Spec own_spec = {"mod.Own", 0, 0, flags, new_slots};
    PyType_Spec data_spec = {"mod.Data", -16, 0, flags, no_slots};
    PyObject *type = (PyObject *)&PyType_Type;
    PyObject *plain = PyType_FromSpecWithBases(&plain_spec, type), *own = PyType_FromSpecWithBases(&own_spec, type);
    PyObject *data = PyType_FromSpecWithBases(&data_spec, type);
    PyObject *empty = PyTuple_New(0), *dict = PyDict_New(), *name = text("x"), *bases, *a, *b, *c;

    a = call_type(plain, "A", empty, dict, NULL);
    is_str(shown((PyObject *)Py_TYPE(a)), "<class 'mod.Plain'>", "a metaclass makes its own classes");
    c = make("C", PyTuple_Pack(1, a), NULL);
    is_str(shown((PyObject *)Py_TYPE(c)), "<class 'mod.Plain'>", "type() makes a class of the metaclass of the base");
    Py_XDECREF(c);
    b = call_type(own, "B", empty, dict, NULL);
    is_int(meta_calls, 1, "a metaclass with a tp_new of its own is asked");
    c = make("C", PyTuple_Pack(1, b), NULL);
    is_int(meta_calls, 2, "type() passes the arguments to the tp_new of the metaclass of the base");
    is_str(shown((PyObject *)Py_TYPE(c)), "<class 'mod.Own'>", "the class is of that metaclass");
    Py_XDECREF(c);
    bases = PyTuple_Pack(2, a, b);
    is_str(outcome(call_type(type, "C", bases, dict, NULL)),
           "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
           "metaclasses of "
           "all its bases",
           "metaclasses that exclude each other");
    Py_DECREF(bases);
    Py_DECREF(b);
    Py_DECREF(a);
    PyDict_SetItemString(dict, "__slots__", name);
    a = call_type(data, "D", empty, dict, NULL);
    is_int(Py_TYPE(a)->tp_basicsize, 960, "a metaclass with data makes larger classes");
    is_str(as_type(a)->tp_members[0].name, "x", "the members of such a class are after the data");
    memset(PyObject_GetTypeData(a, as_type(data)), 0xff, 16);
    is_str(attribute(a, "x"), "<member 'x' of 'D' objects>", "the data of a metaclass is apart from the members");
    b = PyObject_CallNoArgs(a);
    is_int(PyObject_SetAttrString(b, "x", Py_None), 0, "an instance of such a class has its fields");
    Py_XDECREF(b);
    Py_XDECREF(a);
    no_error("metaclasses are made");
    Py_DECREF(name);
    Py_DECREF(dict);
    Py_DECREF(empty);
    Py_DECREF(data);
    Py_DECREF(own);
    Py_DECREF(plain);
}

static void
test_ends(void)
{
    PyObject *type = make("C", NULL, NULL);
    PyObject *derived = make("D", PyTuple_Pack(1, type), NULL);
    Py_ssize_t before = Py_REFCNT(type);
    PyObject *o = PyObject_CallNoArgs(type), *p = PyObject_CallNoArgs(derived);

    is_int(Py_REFCNT(type) - before, 1, "an instance owns a reference to its class");
    is_int(Py_REFCNT(derived) > 1, 1, "an instance of a derived class owns a reference to that");
    Py_DECREF(o);
    is_int(Py_REFCNT(type) - before, 0, "the reference goes with the instance");
    Py_DECREF(derived);
    is_int(PyObject_IsInstance(p, type), 1, "an instance keeps its class alive");
    Py_DECREF(p);
    ok(PyGC_Collect() > 0, "a class is garbage once nothing refers to it");
    is_int(Py_REFCNT(type) < before, 1, "the derived class drops its references to the base");
    Py_DECREF(type);
    no_error("instances and classes end");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_arguments);
    RUN(test_bases);
    RUN(test_namespace);
    RUN(test_sizes);
    RUN(test_slots);
    RUN(test_fields);
    RUN(test_dicts);
    RUN(test_hooks);
    RUN(test_metaclasses);
    RUN(test_ends);
    return TAP_END();
}
