/* Classes with arguments in brackets: types.GenericAlias. */
#include "callables.h"

static PyObject *
alias_of(void *origin, PyObject *arguments)
{
    PyObject *alias = Py_GenericAlias((PyObject *)origin, arguments);

    Py_DECREF(arguments);
    return alias;
}

static PyObject *
pair(void *a, void *b)
{
    return PyTuple_Pack(2, (PyObject *)a, (PyObject *)b);
}

static void
test_aliases(void)
{
    PyObject *alias = alias_of(&PyDict_Type, pair(&PyUnicode_Type, &PyLong_Type)), *single;
    PyObject *same = alias_of(&PyDict_Type, pair(&PyUnicode_Type, &PyLong_Type)), *other, *empty, *inner, *made, *error;
    PyObject *name = text_of("__mro_entries__");

    is_str(shown(alias), "dict[str, int]", "the repr has the class and the arguments");
    is_str(attribute_of(alias, "__origin__"), "<class 'dict'>", "__origin__ is the class");
    is_str(attribute_of(alias, "__args__"), "(<class 'str'>, <class 'int'>)", "__args__ are the arguments");
    is_str(attribute_of(alias, "__parameters__"), "()", "there are no type variables among classes");
    is_str(attribute_of(alias, "__unpacked__"), "False", "an alias is not unpacked");
    is_str(attribute_of(alias, "__class__"), "<class 'types.GenericAlias'>", "the class of an alias is GenericAlias");
    is_str(attribute_of(alias, "__name__"), "'dict'", "other attributes are those of the class");
    is_str(attribute_of(alias, "nosuch"), "AttributeError: type object 'dict' has no attribute 'nosuch'",
           "a missing attribute is missing in the class");
    is_str(outcome(PyObject_CallMethodObjArgs(alias, name, Py_None, NULL)), "(<class 'dict'>,)",
           "a class with an alias as base is made from its class");
    single = Py_GenericAlias((PyObject *)&PyList_Type, (PyObject *)&PyLong_Type);
    is_str(shown(single), "list[int]", "arguments that are no tuple are one argument");
    empty = alias_of(&PyTuple_Type, PyTuple_New(0));
    is_str(shown(empty), "tuple[()]", "no arguments are shown as an empty tuple");
    error = class_with("test.Error", NULL, NULL);
    inner = alias_of(&PyList_Type, pair(single, error));
    is_str(shown(inner), "list[list[int], test.Error]", "arguments are shown by their names");
    other = alias_of(&PyTuple_Type, pair(Py_Ellipsis, Py_None));
    is_str(shown(other), "tuple[..., None]", "an ellipsis is shown as dots");
    is_int(PyObject_RichCompareBool(alias, same, Py_EQ), 1, "aliases of equal parts are equal");
    is_int(PyObject_RichCompareBool(alias, other, Py_EQ), 0, "aliases of other parts differ");
    is_int(PyObject_RichCompareBool(alias, other, Py_NE), 1, "aliases of other parts are unequal");
    is_int(PyObject_RichCompareBool(alias, (PyObject *)&PyDict_Type, Py_EQ), 0, "an alias differs from its class");
    is_int(PyObject_Hash(alias) == PyObject_Hash(same), 1, "equal aliases have one hash");
    is_str(called(alias, NULL, NULL, NULL), "{}", "a call of an alias calls the class");
    is_str(outcome(PyObject_GetItem(alias, Py_None)), "TypeError: dict[str, int] is not a generic class",
           "an alias without type variables takes no arguments");
    made = PyObject_CallNoArgs(error);
    Py_DECREF(other);
    other = Py_GenericAlias(error, Py_None);
    Py_DECREF(made);
    made = PyObject_CallNoArgs(other);
    is_str(attribute_of(made, "__orig_class__"), "test.Error[None]", "the result of a call gets __orig_class__");
    is_str(outcome_int(PyObject_IsInstance(made, other)),
           "TypeError: isinstance() argument 2 cannot be a parameterized generic", "an alias has no instances");
    is_str(outcome_int(PyObject_IsSubclass(error, other)),
           "TypeError: issubclass() argument 2 cannot be a parameterized generic", "an alias has no subclasses");
    is_str(called((PyObject *)&Py_GenericAliasType, error, NULL, NULL),
           "TypeError: GenericAlias expected 2 arguments, got 1", "the type requires two arguments");
    is_str(called((PyObject *)&Py_GenericAliasType, (PyObject *)&PyList_Type, (PyObject *)&PyLong_Type, NULL),
           "list[int]", "the type makes aliases");
    Py_DECREF(made);
    Py_DECREF(other);
    Py_DECREF(inner);
    Py_DECREF(error);
    Py_DECREF(empty);
    Py_DECREF(single);
    Py_DECREF(alias);
    Py_DECREF(same);
    Py_DECREF(name);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_aliases);
    return TAP_END();
}
