/* PyErr_NewException: the type it makes from a dotted name, a base or a tuple of bases, and a dict; the answers of that type
 * and its instances (name, module, doc, bases, layout, matching, str, repr, attributes); and the errors of a bad
 * name or base. */
#include "errors_support.h"

/* The name is split at its last dot. */
static void
test_names(void)
{
    static const struct {
        const char *name;
        const char *last;
        const char *module;
    } cases[] = {
        {"mod.Name", "Name", "mod"}, {"a.b.c.Name", "Name", "a.b.c"},       {".Name", "Name", ""}, {"mod.", "", "mod"},
        {"a..b", "b", "a."},         {"mod.n\xc3\xa9", "n\xc3\xa9", "mod"},
    };
    char want[64];
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        PyObject *type = PyErr_NewException(cases[i].name, NULL, NULL);

        snprintf(want, sizeof want, "<class '%s'>", cases[i].name);
        repr_is(type, want, "\"%s\": the repr has the whole name", cases[i].name);
        is_str(((PyTypeObject *)type)->tp_name, cases[i].last, "tp_name is the part after the last dot");
        is_str(PyExceptionClass_Name(type), cases[i].last, "PyExceptionClass_Name is the part after the last dot");
        snprintf(want, sizeof want, "'%s'", cases[i].last);
        attribute_is(type, "__name__", want, "__name__ is the part after the last dot");
        attribute_is(type, "__qualname__", want, "__qualname__ is the part after the last dot");
        snprintf(want, sizeof want, "'%s'", cases[i].module);
        attribute_is(type, "__module__", want, "__module__ is the part before the last dot");
        Py_DECREF(type);
    }
    is_ptr(PyErr_NewException("Name", NULL, NULL), NULL, "a name without a dot is refused");
    raises(PyExc_SystemError, "PyErr_NewException: name must be module.class", "a name without a dot is a SystemError");
    is_ptr(PyErr_NewException("", NULL, NULL), NULL, "an empty name is refused");
    raises(PyExc_SystemError, "PyErr_NewException: name must be module.class", "an empty name is a SystemError");
    is_ptr(PyErr_NewException("mod.\xff", NULL, NULL), NULL, "a name that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a name that is not UTF-8 is a UnicodeDecodeError");
    is_ptr(PyErr_NewException("\xff.Name", NULL, NULL), NULL, "a module that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a module that is not UTF-8 is a UnicodeDecodeError");
}

static void
test_type(void)
{
    char name[] = "mod.Name";
    PyObject *object = PyErr_NewException(name, NULL, NULL), *instance, *value = PyLong_FromLong(1);
    PyTypeObject *type = (PyTypeObject *)object;
    Py_ssize_t before;

    memset(name, '#', sizeof name - 1);
    is_str(type->tp_name, "Name", "the type copies its name");
    is_int(PyExceptionClass_Check(object), 1, "the new type is an exception class");
    ok(Py_IS_TYPE(object, &PyType_Type), "the type of the new type is `type`");
    is_ptr(type->tp_base, PyExc_Exception, "a type without a given base is an Exception");
    attribute_is(object, "__bases__", "(<class 'Exception'>,)",
                 "__bases__ of a type without a given base has Exception alone");
    attribute_is(object, "__mro__",
                 "(<class 'mod.Name'>, <class 'Exception'>, <class 'BaseException'>, "
                 "<class 'object'>)",
                 "__mro__ has the type and all its bases");
    attribute_is(object, "__doc__", "None", "__doc__ is None, not that of the base");
    is_int(type->tp_basicsize, ((PyTypeObject *)PyExc_Exception)->tp_basicsize,
           "instances are as large as those of the base");
    ok(PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE), "the new type is a heap type");
    ok(PyType_HasFeature(type, Py_TPFLAGS_BASETYPE), "the new type can be subclassed");
    ok(PyType_HasFeature(type, Py_TPFLAGS_HAVE_GC), "instances of the new type take part in garbage collection");
    ok(!PyType_HasFeature(type, Py_TPFLAGS_IMMUTABLETYPE), "the new type is not immutable");

    before = Py_REFCNT(object);
    Py_INCREF(object);
    is_int(Py_REFCNT(object), before + 1, "the new type is not immortal");
    Py_DECREF(object);
    instance = PyObject_CallNoArgs(object);
    is_int(Py_REFCNT(object), before + 1, "an instance holds a reference to its type");
    Py_DECREF(instance);
    is_int(Py_REFCNT(object), before, "an instance that is destroyed drops its reference to its type");

    is_int(PyObject_SetAttrString(object, "extra", value), 0, "an attribute of the new type can be set");
    instance = PyObject_CallNoArgs(object);
    attribute_is(instance, "extra", "1", "an attribute of the new type is seen through an instance");
    is_int(PyObject_DelAttrString(object, "extra"), 0, "an attribute of the new type can be deleted");
    is_ptr(PyObject_GetAttrString(object, "extra"), NULL, "a deleted attribute of the new type is gone");
    raises(PyExc_AttributeError, "type object 'Name' has no attribute 'extra'",
           "the error for a deleted attribute of the type names the type");
    is_ptr(PyObject_GetAttrString(instance, "extra"), NULL, "a deleted attribute is not seen through an instance");
    raises(PyExc_AttributeError, "'Name' object has no attribute 'extra'",
           "the error for a deleted attribute of an instance names the type");
    Py_DECREF(instance);
    Py_DECREF(value);
    Py_DECREF(object);
}

static void
test_base(void)
{
    static const struct {
        PyObject **base;
        const char *mro;
    } cases[] = {
        {&PyExc_BaseException, "(<class 'm.E'>, <class 'BaseException'>, <class 'object'>)"},
        {&PyExc_KeyError, "(<class 'm.E'>, <class 'KeyError'>, <class 'LookupError'>, <class 'Exception'>, "
                          "<class 'BaseException'>, <class 'object'>)"},
        {&PyExc_OSError, "(<class 'm.E'>, <class 'OSError'>, <class 'Exception'>, <class 'BaseException'>, "
                         "<class 'object'>)"},
        {&PyExc_UserWarning, "(<class 'm.E'>, <class 'UserWarning'>, <class 'Warning'>, <class 'Exception'>, "
                             "<class 'BaseException'>, <class 'object'>)"},
    };
    PyObject *type, *sub;
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        PyObject *base = *cases[i].base;
        const char *name = PyExceptionClass_Name(base);

        type = PyErr_NewException("m.E", base, NULL);
        attribute_is(type, "__mro__", cases[i].mro, "__mro__ of a type below %s has all bases", name);
        is_ptr(((PyTypeObject *)type)->tp_base, base, "tp_base of a type below %s is that base", name);
        is_int(((PyTypeObject *)type)->tp_basicsize, ((PyTypeObject *)base)->tp_basicsize,
               "a type below %s has its size", name);
        is_int(PyErr_GivenExceptionMatches(type, base), 1, "a type below %s matches it", name);
        is_int(PyErr_GivenExceptionMatches(base, type), 0, "%s does not match a type below it", name);
        is_int(PyErr_GivenExceptionMatches(type, PyExc_TypeError), 0, "a type below %s does not match TypeError", name);
        Py_DECREF(type);
    }
    type = PyErr_NewException("m.Base", NULL, NULL);
    sub = PyErr_NewException("m.Sub", type, NULL);
    attribute_is(sub, "__bases__", "(<class 'm.Base'>,)", "a new exception can be the base of another");
    is_int(PyErr_GivenExceptionMatches(sub, type), 1, "an exception matches a new exception that is its base");
    is_int(PyType_IsSubtype((PyTypeObject *)sub, (PyTypeObject *)type), 1,
           "an exception is a subtype of a new exception that is its base");
    Py_DECREF(sub);
    Py_DECREF(type);
}

static void
test_tuple_of_bases(void)
{
    PyObject *bases = PyTuple_Pack(2, PyExc_KeyError, PyExc_AttributeError);
    PyObject *type = PyErr_NewException("m.Both", bases, NULL), *error;

    attribute_is(type, "__bases__", "(<class 'KeyError'>, <class 'AttributeError'>)",
                 "a tuple of bases gives the type several bases");
    attribute_is(type, "__mro__",
                 "(<class 'm.Both'>, <class 'KeyError'>, <class 'LookupError'>, "
                 "<class 'AttributeError'>, <class 'Exception'>, <class 'BaseException'>, "
                 "<class 'object'>)",
                 "__mro__ of a type with two bases keeps each before its own base");
    is_ptr(((PyTypeObject *)type)->tp_base, PyExc_AttributeError, "tp_base is the base with the larger instances");
    is_int(((PyTypeObject *)type)->tp_basicsize, ((PyTypeObject *)PyExc_AttributeError)->tp_basicsize,
           "the size of a type with two bases is that of the larger one");
    is_int(PyErr_GivenExceptionMatches(type, PyExc_LookupError), 1,
           "a type with two bases matches a base of the first");
    is_int(PyErr_GivenExceptionMatches(type, PyExc_AttributeError), 1, "a type with two bases matches the second");
    is_int(PyErr_GivenExceptionMatches(type, PyExc_ValueError), 0, "a type with two bases matches no other type");
    error = error_of(type, "x");
    str_is(error, "'x'", "the str of an instance is that of the first base");
    attribute_is(error, "name", "None", "an instance has the attributes of the second base");
    Py_DECREF(error);
    Py_DECREF(type);
    Py_DECREF(bases);

    bases = PyTuple_Pack(1, PyExc_ValueError);
    type = PyErr_NewException("m.One", bases, NULL);
    is_ptr(((PyTypeObject *)type)->tp_base, PyExc_ValueError, "a tuple of one base gives that base");
    Py_DECREF(type);
    Py_DECREF(bases);
}

/* Making a type with these bases (taken over) raises. */
static void
refuses(PyObject *bases, const char *message, const char *sentence)
{
    Py_ssize_t before = Py_REFCNT(bases);

    is_ptr(PyErr_NewException("m.N", bases, NULL), NULL, "%s", sentence);
    raises(PyExc_TypeError, message, "the error for the bases says: %s", message);
    is_int(Py_REFCNT(bases), before, "bases that are refused get no reference");
    Py_DECREF(bases);
}

static void
test_bad_bases(void)
{
    const char *metaclass = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
                            "the metaclasses of all its bases";

    refuses(PyLong_FromLong(1000), metaclass, "an int is no base");
    refuses(PyList_New(0), metaclass, "a list is no base");
    refuses(Py_NewRef(Py_None), metaclass, "None is no base");
    refuses(PyTuple_Pack(2, PyExc_ValueError, Py_None), metaclass, "None in a tuple is no base");
    refuses(Py_NewRef((PyObject *)&PyBool_Type), "type 'bool' is not an acceptable base type", "bool is no base");
    refuses(Py_NewRef((PyObject *)&PyCapsule_Type), "type 'PyCapsule' is not an acceptable base type",
            "PyCapsule is no base");
    refuses(PyTuple_Pack(2, PyExc_KeyError, PyExc_KeyError), "duplicate base class KeyError",
            "two bases cannot be one class");
    refuses(PyTuple_Pack(2, PyExc_LookupError, PyExc_KeyError),
            "Cannot create a consistent method resolution order (MRO) for bases LookupError, KeyError",
            "a base cannot come before its subclass");
    refuses(PyTuple_Pack(2, PyExc_OSError, PyExc_SystemExit), "multiple bases have instance lay-out conflict",
            "two bases cannot have different layouts");
}

static void
test_dict(void)
{
    PyObject *dict = PyDict_New(), *seven = PyLong_FromLong(7), *text = PyUnicode_FromString("a doc");
    PyObject *type, *instance;

    PyDict_SetItemString(dict, "attribute", seven);
    type = PyErr_NewException("mod.Name", NULL, dict);
    instance = PyObject_CallNoArgs(type);
    attribute_is(type, "attribute", "7", "an item of the dict is an attribute of the type");
    attribute_is(instance, "attribute", "7", "an item of the dict is an attribute of the instances");
    attribute_is(instance, "__dict__", "{}", "the dict of an instance has no copy of the item");
    is_int(PyObject_SetAttrString(instance, "attribute", text), 0, "an instance may set the attribute");
    attribute_is(instance, "attribute", "'a doc'", "an instance has the value that it set");
    attribute_is(type, "attribute", "7", "the type keeps its value");
    repr_is(dict, "{'attribute': 7, '__module__': 'mod'}", "the module's name is put into the dict that was given");
    is_int(Py_REFCNT(dict), 1, "the type keeps no reference to the dict that was given");
    PyDict_SetItemString(dict, "later", seven);
    is_int(PyObject_HasAttrString(type, "later"), 0, "an item that is put into the dict later is no attribute");
    Py_DECREF(instance);
    Py_DECREF(type);

    is_ptr(PyErr_NewExceptionWithDoc("nodot", "first", NULL, dict), NULL,
           "a name without a dot is refused with a dict");
    PyErr_Clear();
    repr_is(PyDict_GetItemString(dict, "__doc__"), "'first'",
            "the documentation is in the dict when the name is refused");
    PyDict_SetItemString(dict, "__module__", text);
    PyDict_SetItemString(dict, "__doc__", text);
    type = PyErr_NewException("mod.Name", NULL, dict);
    attribute_is(type, "__module__", "'a doc'", "a __module__ in the dict is kept");
    attribute_is(type, "__doc__", "'a doc'", "a __doc__ in the dict is kept");
    repr_is(type, "<class 'a doc.Name'>", "the repr shows the __module__ in the dict");
    Py_DECREF(type);
    Py_DECREF(dict);
    Py_DECREF(seven);
    Py_DECREF(text);
}

static void
test_instances(void)
{
    PyObject *type = PyErr_NewException("mod.Name", PyExc_LookupError, NULL), *keywords = PyDict_New();
    PyObject *none = PyTuple_New(0), *two = PyLong_FromLong(2), *text = PyUnicode_FromString("no"), *error;

    error = error_of(type, "text");
    repr_is(error, "Name('text')", "an instance's repr leaves the module out");
    str_is(error, "text", "the str of an instance is its argument");
    is_int(PyObject_IsInstance(error, type), 1, "an instance is an instance of its type");
    is_int(PyObject_IsInstance(error, PyExc_LookupError), 1, "an instance is an instance of the base");
    is_int(PyObject_IsInstance(error, PyExc_ValueError), 0, "an instance is not an instance of another type");
    is_int(PyIter_NextItem(error, &two), -1, "an instance of a made type is no iterator");
    raises(PyExc_TypeError, "'Name' object is not iterable",
           "PyIter_NextItem of an instance of a made type is a TypeError");
    two = PyLong_FromLong(2);
    Py_DECREF(error);
    PyErr_SetString(type, "text");
    is_ptr(PyErr_Occurred(), type, "a new exception can be raised");
    is_int(PyErr_ExceptionMatches(PyExc_LookupError), 1, "a new exception is caught by its base");
    raises(type, "text", "a raised exception has its message");
    PyDict_SetItemString(keywords, "x", two);
    is_ptr(PyObject_Call(type, none, keywords), NULL, "a new exception refuses keywords");
    raises(PyExc_TypeError, "Name() takes no keyword arguments", "a keyword to a new exception is a TypeError");
    Py_DECREF(type);

    type = PyErr_NewException("mod.Name", PyExc_KeyError, NULL);
    error = error_of(type, "k");
    str_is(error, "'k'", "the str of an exception below KeyError is a repr");
    Py_DECREF(error);
    Py_DECREF(type);
    type = PyErr_NewException("mod.Name", PyExc_OSError, NULL);
    error = PyObject_CallFunctionObjArgs(type, two, text, NULL);
    ok(error != NULL && Py_IS_TYPE(error, (PyTypeObject *)type),
       "an errno does not choose the type of an exception below OSError");
    str_is(error, "[Errno 2] no", "the str of an exception below OSError shows the errno");
    attribute_is(error, "errno", "2", "an exception below OSError keeps the errno");
    Py_DECREF(error);
    Py_DECREF(type);
    type = PyErr_NewException("mod.Name", PyExc_StopIteration, NULL);
    error = PyObject_CallOneArg(type, two);
    attribute_is(error, "value", "2", "an exception below StopIteration has a value");
    Py_DECREF(error);
    Py_DECREF(type);
    Py_DECREF(keywords);
    Py_DECREF(none);
    Py_DECREF(two);
    Py_DECREF(text);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_names);
    RUN(test_type);
    RUN(test_base);
    RUN(test_tuple_of_bases);
    RUN(test_bad_bases);
    RUN(test_dict);
    RUN(test_instances);
    return TAP_END();
}
