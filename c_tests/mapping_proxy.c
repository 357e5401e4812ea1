/* mappingproxy: a read-only view of a mapping, as the __dict__ of a class. */
#include "tap.h"

static PyObject *
show(PyObject *value)
{
    PyObject *type, *traceback, *text;
    if (value != NULL) {
        text = PyObject_Repr(value);
        Py_DECREF(value);
        return text;
    }
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    text = PyUnicode_FromFormat("%s: %S", ((PyTypeObject *)type)->tp_name, value);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return text;
}

static void
shows(PyObject *value, const char *want, const char *what)
{
    PyObject *text = show(value);
    is_str(PyUnicode_AsUTF8(text), want, "%s", what);
    Py_DECREF(text);
}

static PyObject *
method(PyObject *o, const char *name, PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *bound = PyObject_GetAttrString(o, name), *value;
    value = bound == NULL ? NULL : PyObject_CallFunctionObjArgs(bound, a, b, c, NULL);
    Py_XDECREF(bound);
    return value;
}

static void
test_proxy(void)
{
    PyObject *dict = PyDict_New(), *proxy, *a = PyUnicode_FromString("a"), *z = PyUnicode_FromString("z");
    PyObject *one = PyLong_FromLong(1), *list = PyList_New(0), *tuple = PyTuple_New(0), *other = PyDict_New();
    Py_ssize_t before;
    PyDict_SetItem(dict, a, one);
    before = Py_REFCNT(dict);
    proxy = PyDictProxy_New(dict);
    ok(Py_TYPE(proxy) == &PyDictProxy_Type, "the type of a proxy is PyDictProxy_Type");
    is_int(Py_REFCNT(dict), before + 1, "a proxy has a reference to its mapping");
    is_int(PyObject_GC_IsTracked(proxy), 1, "a proxy is tracked");
    shows(PyDictProxy_New(one), "TypeError: mappingproxy() argument must be a mapping, not int", "a proxy of an int");
    shows(PyDictProxy_New(list), "TypeError: mappingproxy() argument must be a mapping, not list", "a proxy of a list");
    shows(PyDictProxy_New(tuple), "TypeError: mappingproxy() argument must be a mapping, not tuple",
          "a proxy of a tuple");
    shows(PyDictProxy_New(a), "mappingproxy('a')", "a proxy of a str");
    shows(PyObject_CallNoArgs((PyObject *)&PyDictProxy_Type),
          "TypeError: mappingproxy() missing required argument 'mapping' (pos 1)", "the type called without arguments");
    shows(PyObject_CallOneArg((PyObject *)&PyDictProxy_Type, other), "mappingproxy({})", "the type called with a dict");
    shows(PyObject_CallOneArg((PyObject *)&PyDictProxy_Type, one),
          "TypeError: mappingproxy() argument must be a mapping, not int", "the type called with an int");
    shows(Py_NewRef(proxy), "mappingproxy({'a': 1})", "the repr");
    shows(PyObject_Str(proxy), "\"{'a': 1}\"", "the str");
    is_int(PyObject_Size(proxy), 1, "the length");
    shows(PyObject_GetItem(proxy, a), "1", "an item");
    shows(PyObject_GetItem(proxy, z), "KeyError: 'z'", "a missing item");
    is_int(PyObject_SetItem(proxy, a, one), -1, "an item can't be set");
    shows(NULL, "TypeError: 'mappingproxy' object does not support item assignment", "setting an item is refused");
    is_int(PyObject_DelItem(proxy, a), -1, "an item can't be deleted");
    shows(NULL, "TypeError: 'mappingproxy' object does not support item deletion", "deleting an item is refused");
    is_int(PySequence_Contains(proxy, a), 1, "a key is in it");
    is_int(PySequence_Contains(proxy, z), 0, "another key is not in it");
    shows(method(proxy, "get", NULL, NULL, NULL), "TypeError: get expected at least 1 argument, got 0",
          "get without arguments");
    shows(method(proxy, "get", a, NULL, NULL), "1", "get");
    shows(method(proxy, "get", z, NULL, NULL), "None", "get of a missing key");
    shows(method(proxy, "get", z, one, NULL), "1", "get with a default");
    shows(method(proxy, "get", z, one, one), "TypeError: get expected at most 2 arguments, got 3",
          "get with three arguments");
    shows(method(proxy, "keys", NULL, NULL, NULL), "dict_keys(['a'])", "keys");
    shows(method(proxy, "values", NULL, NULL, NULL), "dict_values([1])", "values");
    shows(method(proxy, "items", NULL, NULL, NULL), "dict_items([('a', 1)])", "items");
    shows(method(proxy, "copy", NULL, NULL, NULL), "{'a': 1}", "copy");
    shows(method(proxy, "keys", one, NULL, NULL), "TypeError: mappingproxy.keys() takes no arguments (1 given)",
          "keys with an argument");
    shows(PySequence_List(proxy), "['a']", "the iteration");
    shows(PyObject_RichCompare(proxy, dict, Py_EQ), "True", "a proxy is equal to its mapping");
    shows(PyObject_RichCompare(proxy, other, Py_EQ), "False", "a proxy is not equal to another mapping");
    shows(PyObject_RichCompare(proxy, proxy, Py_LT),
          "TypeError: '>' not supported between instances of 'dict' and 'dict'", "an order of proxies");
    is_int(PyObject_Hash(proxy), -1, "the hash is that of the mapping");
    shows(NULL, "TypeError: unhashable type: 'dict'", "a proxy of a dict has no hash");
    is_int(PyObject_SetAttrString(proxy, "x", one), -1, "a proxy has no attributes of its own");
    shows(NULL, "AttributeError: 'mappingproxy' object has no attribute 'x' and no __dict__ for setting new attributes",
          "setting an attribute is refused");
    PyDict_SetItem(dict, z, one);
    shows(Py_NewRef(proxy), "mappingproxy({'a': 1, 'z': 1})", "a proxy shows a change of its mapping");
    Py_DECREF(proxy);
    is_int(Py_REFCNT(dict), before, "a proxy gives its reference back");
    Py_DECREF(dict);
    Py_DECREF(other);
    Py_DECREF(list);
    Py_DECREF(tuple);
    Py_DECREF(a);
    Py_DECREF(z);
    Py_DECREF(one);
}

static PyTypeObject Type;

static void
test_class(void)
{
    PyObject *dict;
    Py_SET_REFCNT(&Type, 1);
    Type.tp_name = "Type";
    Type.tp_basicsize = sizeof(PyObject);
    PyType_Ready(&Type);
    dict = PyObject_GetAttrString((PyObject *)&Type, "__dict__");
    ok(Py_TYPE(dict) == &PyDictProxy_Type, "the __dict__ of a class is a proxy");
    shows(Py_NewRef(dict), "mappingproxy({'__doc__': None})", "the __dict__ of a class");
    PyDict_SetItemString(Type.tp_dict, "x", Py_True);
    PyType_Modified(&Type);
    shows(Py_NewRef(dict), "mappingproxy({'__doc__': None, 'x': True})", "the __dict__ of a class follows it");
    is_int(PyObject_SetAttrString((PyObject *)&Type, "__dict__", Py_None), -1, "the __dict__ of a class can't be set");
    PyErr_Clear();
    Py_DECREF(dict);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_proxy);
    RUN(test_class);
    return TAP_END();
}
