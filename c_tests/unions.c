/* Unions of classes (typing.Union), which C code makes with the operator | of two classes, and type[int]. */
#include "callables.h"

PyAPI_DATA(PyTypeObject) _PyUnion_Type;
#ifdef __cplusplus
extern "C"
#endif
    PyAPI_FUNC(PyObject *) _Py_union_type_or(PyObject *a, PyObject *b);

#define INT ((PyObject *)&PyLong_Type)
#define TEXT ((PyObject *)&PyUnicode_Type)
#define LIST ((PyObject *)&PyList_Type)
#define NONE_TYPE ((PyObject *)Py_TYPE(Py_None))

static void
test_parts(void)
{
    PyObject *optional = PyNumber_Or(INT, Py_None), *both = PyNumber_Or(INT, TEXT), *other = PyNumber_Or(TEXT, INT);
    PyObject *alias = Py_GenericAlias(LIST, INT), *joined;

    is_ptr(Py_TYPE(optional), &_PyUnion_Type, "a class | None is a union");
    is_str(shown(optional), "int | None", "the repr has both, with None by that name");
    is_str(attribute_of(optional, "__args__"), "(<class 'int'>, <class 'NoneType'>)", "__args__ are the classes");
    is_str(attribute_of(optional, "__parameters__"), "()", "there are no type variables among classes");
    is_str(attribute_of(optional, "__origin__"), "<class 'typing.Union'>", "__origin__ is the type of unions");
    is_str(attribute_of(optional, "__name__"), "'Union'", "the name of a union is Union");
    is_str(attribute_of(optional, "__qualname__"), "'Union'", "the qualified name of a union is Union");
    is_str(attribute_of(optional, "__module__"), "'typing'", "the module of a union is typing");
    is_str(attribute_of(optional, "nosuch"), "AttributeError: 'typing.Union' object has no attribute 'nosuch'",
           "a union has no other attributes");
    joined = PyNumber_Or(Py_None, INT);
    is_str(shown(joined), "None | int", "None may stand first");
    is_int(PyObject_RichCompareBool(optional, joined, Py_EQ), 1, "the order of the classes is not compared");
    is_int(PyObject_Hash(optional) == PyObject_Hash(joined), 1, "equal unions have one hash");
    Py_DECREF(joined);
    is_int(PyObject_RichCompareBool(both, other, Py_NE), 0, "unions of the same classes are not unequal");
    is_int(PyObject_RichCompareBool(both, optional, Py_EQ), 0, "unions of other classes differ");
    is_int(PyObject_RichCompareBool(both, INT, Py_EQ), 0, "a union differs from its class");
    is_str(outcome(PyObject_RichCompare(both, other, Py_LT)),
           "TypeError: '<' not supported between instances of 'typing.Union' and 'typing.Union'",
           "unions have no order");
    is_str(outcome(PyNumber_Or(INT, INT)), "<class 'int'>", "a class with itself is the class");
    is_str(outcome(PyNumber_Or(both, both)), "int | str", "a union with itself has each class once");
    is_str(outcome(PyNumber_Or(both, Py_None)), "int | str | None", "a union takes one more class");
    is_str(outcome(PyNumber_Or(Py_None, both)), "None | int | str", "a union is joined from the right");
    is_str(outcome(PyNumber_Or(both, (PyObject *)&PyBytes_Type)), "int | str | bytes", "three classes are one union");
    is_str(outcome(PyNumber_Or(both, optional)), "int | str | None", "two unions are one");
    is_str(outcome(PyNumber_Or(alias, Py_None)), "list[int] | None", "an alias can be in a union");
    is_str(outcome(PyNumber_Or(INT, alias)), "int | list[int]", "a class with an alias is a union");
    is_str(outcome(PyNumber_InPlaceOr(INT, Py_None)), "int | None", "the operator in place makes a union");
    is_str(outcome(PyNumber_Or(INT, (PyObject *)&PyType_Type)), "int | type", "the class type can be in a union");
    Py_DECREF(alias);
    Py_DECREF(both);
    Py_DECREF(other);
    Py_DECREF(optional);
}

static void
test_refused(void)
{
    PyObject *one = PyLong_FromLong(1), *both = PyNumber_Or(INT, TEXT), *text = text_of("a");

    is_str(outcome(PyNumber_Or(INT, one)), "TypeError: unsupported operand type(s) for |: 'type' and 'int'",
           "a class and a number are no union");
    is_str(outcome(PyNumber_Or(text, INT)), "TypeError: unsupported operand type(s) for |: 'str' and 'type'",
           "a text and a class are no union");
    is_str(outcome(PyNumber_Or(Py_None, Py_None)),
           "TypeError: unsupported operand type(s) for |: 'NoneType' and 'NoneType'", "None alone makes no union");
    is_str(outcome(_Py_union_type_or(INT, one)), "NotImplemented", "_Py_union_type_or refuses a number");
    is_str(outcome(_Py_union_type_or(INT, Py_None)), "int | None", "_Py_union_type_or makes a union");
    is_str(outcome(PyObject_CallNoArgs((PyObject *)&_PyUnion_Type)),
           "TypeError: cannot create 'typing.Union' instances", "the type makes no unions when it is called");
    is_str(outcome(PyObject_CallNoArgs(both)), "TypeError: 'typing.Union' object is not callable",
           "a union is not called");
    is_str(outcome(PyObject_GetItem(both, INT)), "TypeError: int | str is not a generic class",
           "a union without type variables takes no arguments");
    is_str(outcome(PyObject_CallMethod(both, "__mro_entries__", "O", Py_None)), "TypeError: Cannot subclass int | str",
           "a union is no base of a class");
    Py_DECREF(text);
    Py_DECREF(both);
    Py_DECREF(one);
}

static void
test_instances(void)
{
    PyObject *one = PyLong_FromLong(1), *list = PyList_New(0), *optional = PyNumber_Or(INT, Py_None);
    PyObject *alias = Py_GenericAlias(LIST, INT), *with_alias = PyNumber_Or(alias, INT), *tuple = PyTuple_New(2);

    is_int(PyObject_IsInstance(one, optional), 1, "a number is an instance of a union with its class");
    is_int(PyObject_IsInstance(Py_None, optional), 1, "None is an instance of a union with None");
    is_int(PyObject_IsInstance(list, optional), 0, "an instance of another class is none of a union");
    is_int(PyObject_IsSubclass(INT, optional), 1, "a class is derived from a union with it");
    is_int(PyObject_IsSubclass((PyObject *)&PyBool_Type, optional), 1, "a derived class is derived from a union");
    is_int(PyObject_IsSubclass(NONE_TYPE, optional), 1, "the class of None is derived from a union with None");
    is_int(PyObject_IsSubclass(LIST, optional), 0, "another class is not derived from a union");
    is_str(outcome_int(PyObject_IsSubclass(one, optional)), "TypeError: issubclass() arg 1 must be a class",
           "a number is not derived from a union");
    is_str(outcome_int(PyObject_IsInstance(one, with_alias)),
           "TypeError: isinstance() argument 2 cannot be a parameterized generic",
           "an alias in a union has no instances");
    PyTuple_SET_ITEM(tuple, 0, Py_NewRef(LIST));
    PyTuple_SET_ITEM(tuple, 1, Py_NewRef(optional));
    is_int(PyObject_IsInstance(one, tuple), 1, "a union may be in a tuple of classes");
    is_int(PyObject_IsInstance(tuple, tuple), 0, "a union in a tuple is not all classes");
    Py_DECREF(tuple);
    Py_DECREF(with_alias);
    Py_DECREF(alias);
    Py_DECREF(optional);
    Py_DECREF(list);
    Py_DECREF(one);
}

static void
test_brackets(void)
{
    PyObject *type = (PyObject *)&_PyUnion_Type, *pair = PyTuple_Pack(2, INT, Py_None), *none = PyTuple_New(0);
    PyObject *alias;

    is_str(outcome(PyObject_GetItem(type, pair)), "int | None", "Union[int, None] is int | None");
    is_str(outcome(PyObject_GetItem(type, INT)), "<class 'int'>", "Union[int] is int");
    is_str(outcome(PyObject_GetItem(type, none)), "TypeError: Cannot take a Union of no types.",
           "Union[()] is refused");
    alias = PyObject_GetItem((PyObject *)&PyType_Type, INT);
    is_str(shown(alias), "type[int]", "type[int] is an alias");
    is_ptr(Py_TYPE(alias), &Py_GenericAliasType, "type[int] is a GenericAlias");
    is_str(outcome(PyNumber_Or(alias, Py_None)), "type[int] | None", "type[int] can be in a union");
    is_str(outcome(PyObject_GetItem((PyObject *)&PyType_Type, pair)), "type[int, None]", "type may have two arguments");
    is_str(outcome(PyObject_GetItem(INT, INT)), "TypeError: type 'int' is not subscriptable", "int takes no arguments");
    Py_DECREF(alias);
    Py_DECREF(pair);
    Py_DECREF(none);
}

/* A class whose hash, that of its metaclass, fails. */
static PyObject *
no_hash(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    PyErr_SetString(PyExc_ValueError, "no hash");
    return NULL;
}
static PyMethodDef hash_definition = {"__hash__", no_hash, METH_NOARGS, NULL};

static void
test_without_hash(void)
{
    PyObject *function = PyCFunction_New(&hash_definition, NULL), *meta, *first, *second, *a, *b;

    meta = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){sO}", "M", &PyType_Type, "__hash__", function);
    first = PyObject_CallFunction(meta, "s(){ss}", "A", "__module__", "m");
    second = PyObject_CallFunction(meta, "s(){ss}", "B", "__module__", "m");
    a = PyNumber_Or(INT, first);
    is_str(shown(a), "int | m.A", "a class without a hash can be in a union");
    is_str(outcome(PyNumber_Or(a, first)), "int | m.A", "a class without a hash is there once");
    is_str(outcome_int((int)PyObject_Hash(a)), "ValueError: no hash", "a union with it has no hash");
    b = PyNumber_Or(first, INT);
    is_int(PyObject_RichCompareBool(a, b, Py_EQ), 1, "unions of classes without a hash are compared");
    Py_DECREF(b);
    b = PyNumber_Or(second, INT);
    is_int(PyObject_RichCompareBool(a, b, Py_EQ), 0, "other classes without a hash differ");
    Py_DECREF(b);
    b = PyNumber_Or(INT, TEXT);
    is_int(PyObject_RichCompareBool(a, b, Py_EQ), 0, "a class with a hash is another one");
    Py_DECREF(b);
    Py_DECREF(a);
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(meta);
    Py_DECREF(function);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_parts);
    RUN(test_refused);
    RUN(test_instances);
    RUN(test_brackets);
    RUN(test_without_hash);
    return TAP_END();
}
