/* Attributes: Get, Set, Del, Has and GetOptional, by object and by C string, on every kind of object there is.
 *
 * The attributes of an object come from its own dict, where it has one, and from its type and that type's bases.  The
 * error for a missing attribute depends on the kind of object, and carries the object and the name.
 */
#include "outcome.h"

enum {
    MODULE,
    ERROR,
    CAPSULE,
    FUNCTION,
    NONE,
    INT,
    BOOL,
    STR,
    BYTES,
    LIST,
    DICT,
    TUPLE,
    INT_TYPE,
    BOOL_TYPE,
    CAPSULE_TYPE,
    KEY_ERROR_TYPE,
    DERIVED_TYPE,
    DERIVED,
    OBJECTS
};

static PyObject *objects[OBJECTS];

static PyObject *
answer(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    return PyLong_FromLong(42);
}

static PyMethodDef answer_method = {"answer", answer, METH_NOARGS, "answer()\n--\n\nThe answer."};

static void
make_objects(void)
{
    static int pointed_at;
    PyObject *text = PyUnicode_FromString("a text");
    PyObject *number = PyLong_FromLong(7);
    PyObject *dict = PyDict_New();
    PyObject *module_name = PyUnicode_FromString("some.where");
    PyDict_SetItemString(dict, "colour", text);
    PyDict_SetItemString(dict, "args_too", number);

    objects[MODULE] = PyModule_New("mod");
    objects[ERROR] = PyObject_CallOneArg(PyExc_ValueError, text);
    objects[CAPSULE] = PyCapsule_New(&pointed_at, "a.b", NULL);
    objects[FUNCTION] = PyCFunction_NewEx(&answer_method, NULL, module_name);
    objects[NONE] = Py_NewRef(Py_None);
    objects[INT] = PyLong_FromLong(1000);
    objects[BOOL] = Py_NewRef(Py_True);
    objects[STR] = Py_NewRef(text);
    objects[BYTES] = PyBytes_FromString("some bytes");
    objects[LIST] = PyList_New(0);
    objects[DICT] = PyDict_New();
    objects[TUPLE] = PyTuple_Pack(1, text);
    objects[INT_TYPE] = Py_NewRef((PyObject *)&PyLong_Type);
    objects[BOOL_TYPE] = Py_NewRef((PyObject *)&PyBool_Type);
    objects[CAPSULE_TYPE] = Py_NewRef((PyObject *)&PyCapsule_Type);
    objects[KEY_ERROR_TYPE] = Py_NewRef(PyExc_KeyError);
    objects[DERIVED_TYPE] = PyErr_NewException("mod.Derived", PyExc_KeyError, dict);
    objects[DERIVED] = PyObject_CallOneArg(objects[DERIVED_TYPE], text);
    PyModule_AddObjectRef(objects[MODULE], "present", number);
    Py_DECREF(module_name);
    Py_DECREF(dict);
    Py_DECREF(number);
    Py_DECREF(text);
}

static void
drop_objects(void)
{
    int i;
    for (i = 0; i < OBJECTS; i++) {
        Py_CLEAR(objects[i]);
    }
}

typedef struct {
    int object;
    const char *name;
    const char *value;
} Row;

static const Row GET[] = {
    {MODULE, "present", "7"},
    {MODULE, "__name__", "'mod'"},
    {MODULE, "__doc__", "None"},
    {MODULE, "__package__", "None"},
    {MODULE, "__loader__", "None"},
    {MODULE, "__spec__", "None"},
    {MODULE, "__class__", "<class 'module'>"},
    {MODULE, "__dict__",
     "{'__name__': 'mod', '__doc__': None, '__package__': None, '__loader__': None, '__spec__': None, 'present': 7}"},
    {MODULE, "nosuch", "AttributeError: module 'mod' has no attribute 'nosuch'"},
    {MODULE, "", "AttributeError: module 'mod' has no attribute ''"},
    {MODULE, "a.b", "AttributeError: module 'mod' has no attribute 'a.b'"},
    {MODULE, "\xc3\xa9", "AttributeError: module 'mod' has no attribute '\xc3\xa9'"},
    {ERROR, "args", "('a text',)"},
    {ERROR, "__class__", "<class 'ValueError'>"},
    {ERROR, "__module__", "AttributeError: 'ValueError' object has no attribute '__module__'"},
    {ERROR, "__cause__", "None"},
    {ERROR, "__context__", "None"},
    {ERROR, "__traceback__", "None"},
    {ERROR, "__suppress_context__", "False"},
    {ERROR, "__dict__", "{}"},
    {ERROR, "__notes__", "AttributeError: 'ValueError' object has no attribute '__notes__'"},
    {ERROR, "nosuch", "AttributeError: 'ValueError' object has no attribute 'nosuch'"},
    {CAPSULE, "__class__", "<class 'PyCapsule'>"},
    {CAPSULE, "__dict__", "AttributeError: 'PyCapsule' object has no attribute '__dict__'"},
    {CAPSULE, "__name__", "AttributeError: 'PyCapsule' object has no attribute '__name__'"},
    {CAPSULE, "nosuch", "AttributeError: 'PyCapsule' object has no attribute 'nosuch'"},
    {FUNCTION, "__name__", "'answer'"},
    {FUNCTION, "__qualname__", "'answer'"},
    {FUNCTION, "__doc__", "'The answer.'"},
    {FUNCTION, "__text_signature__", "'()'"},
    {FUNCTION, "__module__", "'some.where'"},
    {FUNCTION, "__self__", "None"},
    {FUNCTION, "__class__", "<class 'builtin_function_or_method'>"},
    {FUNCTION, "nosuch", "AttributeError: 'builtin_function_or_method' object has no attribute 'nosuch'"},
    {NONE, "__class__", "<class 'NoneType'>"},
    {NONE, "nosuch", "AttributeError: 'NoneType' object has no attribute 'nosuch'"},
    {INT, "__class__", "<class 'int'>"},
    {INT, "__dict__", "AttributeError: 'int' object has no attribute '__dict__'"},
    {INT, "__name__", "AttributeError: 'int' object has no attribute '__name__'"},
    {INT, "nosuch", "AttributeError: 'int' object has no attribute 'nosuch'"},
    {BOOL, "__class__", "<class 'bool'>"},
    {BOOL, "nosuch", "AttributeError: 'bool' object has no attribute 'nosuch'"},
    {STR, "__class__", "<class 'str'>"},
    {STR, "nosuch", "AttributeError: 'str' object has no attribute 'nosuch'"},
    {BYTES, "nosuch", "AttributeError: 'bytes' object has no attribute 'nosuch'"},
    {LIST, "__class__", "<class 'list'>"},
    {LIST, "__hash__", "None"},
    {LIST, "nosuch", "AttributeError: 'list' object has no attribute 'nosuch'"},
    {DICT, "nosuch", "AttributeError: 'dict' object has no attribute 'nosuch'"},
    {TUPLE, "nosuch", "AttributeError: 'tuple' object has no attribute 'nosuch'"},
    {INT_TYPE, "__name__", "'int'"},
    {INT_TYPE, "__qualname__", "'int'"},
    {INT_TYPE, "__module__", "'builtins'"},
    {INT_TYPE, "__class__", "<class 'type'>"},
    {INT_TYPE, "__base__", "<class 'object'>"},
    {INT_TYPE, "__bases__", "(<class 'object'>,)"},
    {INT_TYPE, "__mro__", "(<class 'int'>, <class 'object'>)"},
    {INT_TYPE, "nosuch", "AttributeError: type object 'int' has no attribute 'nosuch'"},
    {BOOL_TYPE, "__base__", "<class 'int'>"},
    {BOOL_TYPE, "__mro__", "(<class 'bool'>, <class 'int'>, <class 'object'>)"},
    {CAPSULE_TYPE, "__name__", "'PyCapsule'"},
    {CAPSULE_TYPE, "__module__", "'builtins'"},
    {CAPSULE_TYPE, "nosuch", "AttributeError: type object 'PyCapsule' has no attribute 'nosuch'"},
    {KEY_ERROR_TYPE, "__name__", "'KeyError'"},
    {KEY_ERROR_TYPE, "__mro__",
     "(<class 'KeyError'>, <class 'LookupError'>, <class 'Exception'>, <class 'BaseException'>, <class 'object'>)"},
    {DERIVED_TYPE, "__name__", "'Derived'"},
    {DERIVED_TYPE, "__qualname__", "'Derived'"},
    {DERIVED_TYPE, "__module__", "'mod'"},
    {DERIVED_TYPE, "__doc__", "None"},
    {DERIVED_TYPE, "__base__", "<class 'KeyError'>"},
    {DERIVED_TYPE, "colour", "'a text'"},
    {DERIVED_TYPE, "nosuch", "AttributeError: type object 'Derived' has no attribute 'nosuch'"},
    {DERIVED, "colour", "'a text'"},
    {DERIVED, "args_too", "7"},
    {DERIVED, "args", "('a text',)"},
    {DERIVED, "__module__", "'mod'"},
    {DERIVED, "__class__", "<class 'mod.Derived'>"},
    {DERIVED, "__dict__", "{}"},
    {DERIVED, "nosuch", "AttributeError: 'Derived' object has no attribute 'nosuch'"},
};

static void
test_get(void)
{
    size_t i;
    for (i = 0; i < sizeof GET / sizeof GET[0]; i++) {
        PyObject *object = objects[GET[i].object];
        PyObject *name = PyUnicode_FromString(GET[i].name);
        const char *type = Py_TYPE(object)->tp_name;
        int there = strncmp(GET[i].value, "AttributeError", 14) != 0;
        PyObject *found = object;

        is_str(outcome(PyObject_GetAttrString(object, GET[i].name)), GET[i].value, "GetAttrString(a %s, \"%s\")", type,
               GET[i].name);
        is_str(outcome(PyObject_GetAttr(object, name)), GET[i].value, "GetAttr finds what GetAttrString finds");
        is_int(PyObject_HasAttrString(object, GET[i].name), there, "HasAttrString says whether the attribute is there");
        is_int(PyObject_HasAttr(object, name), there, "HasAttr says whether the attribute is there");
        is_int(PyObject_GetOptionalAttrString(object, GET[i].name, &found), there,
               "GetOptionalAttrString returns whether the attribute is there");
        is_str(shown(found), there ? GET[i].value : "NULL", "GetOptionalAttrString stores the value or NULL");
        Py_XDECREF(found);
        found = object;
        is_int(PyObject_GetOptionalAttr(object, name, &found), there,
               "GetOptionalAttr returns whether the attribute is there");
        is_str(shown(found), there ? GET[i].value : "NULL", "GetOptionalAttr stores the value or NULL");
        Py_XDECREF(found);
        no_error("HasAttr and GetOptionalAttr set no error for an absent attribute");
        Py_DECREF(name);
    }
}

#define NO_DICT(type) \
    "AttributeError: '" type "' object has no attribute 'x' and no __dict__ for setting new attributes"
#define IMMUTABLE(type) "TypeError: cannot set 'x' attribute of immutable type '" type "'"

static void
test_set_and_delete(void)
{
    static const struct {
        int object;
        const char *set;
        const char *delete_absent;
    } rows[] = {
        {MODULE, NULL, "AttributeError: 'module' object has no attribute 'x'"},
        {ERROR, NULL, "AttributeError: 'ValueError' object has no attribute 'x'"},
        {DERIVED, NULL, "AttributeError: 'Derived' object has no attribute 'x'"},
        {DERIVED_TYPE, NULL, "AttributeError: type object 'Derived' has no attribute 'x'"},
        {CAPSULE, NO_DICT("PyCapsule"), NO_DICT("PyCapsule")},
        {FUNCTION, NO_DICT("builtin_function_or_method"), NO_DICT("builtin_function_or_method")},
        {NONE, NO_DICT("NoneType"), NO_DICT("NoneType")},
        {INT, NO_DICT("int"), NO_DICT("int")},
        {BOOL, NO_DICT("bool"), NO_DICT("bool")},
        {STR, NO_DICT("str"), NO_DICT("str")},
        {BYTES, NO_DICT("bytes"), NO_DICT("bytes")},
        {LIST, NO_DICT("list"), NO_DICT("list")},
        {DICT, NO_DICT("dict"), NO_DICT("dict")},
        {TUPLE, NO_DICT("tuple"), NO_DICT("tuple")},
        {INT_TYPE, IMMUTABLE("int"), IMMUTABLE("int")},
        {CAPSULE_TYPE, IMMUTABLE("PyCapsule"), IMMUTABLE("PyCapsule")},
        {KEY_ERROR_TYPE, IMMUTABLE("KeyError"), IMMUTABLE("KeyError")},
    };
    PyObject *name = PyUnicode_FromString("x");
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *object = objects[rows[i].object];
        PyObject *value = PyUnicode_FromString("value of mine");
        const char *type = Py_TYPE(object)->tp_name;
        const char *set = rows[i].set ? rows[i].set : "0";
        const char *deleted = rows[i].set ? rows[i].delete_absent : "0";

        is_str(outcome_int(PyObject_DelAttrString(object, "x")), rows[i].delete_absent,
               "DelAttrString of an attribute that a %s does not have", type);
        is_str(outcome_int(PyObject_DelAttr(object, name)), rows[i].delete_absent,
               "DelAttr of an absent attribute fails as DelAttrString does");
        is_str(outcome_int(PyObject_SetAttrString(object, "x", value)), set, "SetAttrString on a %s", type);
        is_int(Py_REFCNT(value), rows[i].set ? 1 : 2, "SetAttrString takes a reference if it succeeds");
        is_int(PyObject_HasAttrString(object, "x"), rows[i].set == NULL,
               "the attribute is there only if it could be set");
        is_str(outcome_int(PyObject_SetAttr(object, name, value)), set, "SetAttr does what SetAttrString does");
        is_int(Py_REFCNT(value), rows[i].set ? 1 : 2, "SetAttr drops the value that it replaces");
        is_str(outcome_int(PyObject_DelAttrString(object, "x")), deleted, "DelAttrString on a %s", type);
        is_int(Py_REFCNT(value), 1, "DelAttrString drops the value");
        is_int(PyObject_HasAttr(object, name), 0, "a deleted attribute is not there");
        is_str(outcome_int(PyObject_SetAttr(object, name, value)), set,
               "SetAttr gives a deleted attribute a value again");
        is_str(outcome_int(PyObject_SetAttr(object, name, NULL)), deleted,
               "SetAttr of NULL deletes as DelAttrString does");
        is_str(outcome_int(PyObject_SetAttrString(object, "x", NULL)), rows[i].delete_absent,
               "SetAttrString of NULL deletes as DelAttrString does");
        is_int(Py_REFCNT(value), 1, "all references to the value are dropped in the end");
        Py_DECREF(value);
    }
    Py_DECREF(name);
}

static void
test_names_that_are_none(void)
{
    PyObject *number = PyLong_FromLong(1000);
    PyObject *found = number;
    static const int kinds[] = {MODULE, ERROR, CAPSULE, INT, DICT, INT_TYPE};
    static const char not_a_str[] = "TypeError: attribute name must be string, not 'int'";
    static const char not_utf8[] =
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        PyObject *object = objects[kinds[i]];
        const char *type = Py_TYPE(object)->tp_name;
        is_str(outcome(PyObject_GetAttr(object, number)), not_a_str, "the name of an attribute of a %s is a str", type);
        is_str(outcome(Py_TYPE(object)->tp_getattro(object, number)), not_a_str, "tp_getattro of %s wants a str", type);
        is_str(outcome_int(PyObject_SetAttr(object, number, Py_None)), not_a_str, "SetAttr wants a str for a name");
        is_str(outcome_int(PyObject_DelAttr(object, number)), not_a_str, "DelAttr wants a str for a name");
        found = number;
        is_str(outcome_int(PyObject_GetOptionalAttr(object, number, &found)), not_a_str,
               "GetOptionalAttr wants a str for a name");
        is_ptr(found, NULL, "GetOptionalAttr stores NULL when the name is no str");
        is_str(outcome(PyObject_GetAttrString(object, "\xff")), not_utf8, "GetAttrString wants a name in UTF-8");
        is_str(outcome_int(PyObject_SetAttrString(object, "\xff", Py_None)), not_utf8,
               "SetAttrString wants a name in UTF-8");
        is_str(outcome_int(PyObject_DelAttrString(object, "\xff")), not_utf8, "DelAttrString wants a name in UTF-8");
        found = number;
        is_str(outcome_int(PyObject_GetOptionalAttrString(object, "\xff", &found)), not_utf8,
               "GetOptionalAttrString wants a name in UTF-8");
        is_ptr(found, NULL, "GetOptionalAttrString stores NULL when the name is not UTF-8");
    }
    is_int(Py_REFCNT(number), 1, "a name that is refused gets no reference");
    Py_DECREF(number);
}

static void
test_special_attributes(void)
{
    PyObject *error = objects[ERROR];
    PyObject *module = objects[MODULE];
    PyObject *cause = PyObject_CallNoArgs(PyExc_KeyError);
    PyObject *args = PyTuple_Pack(2, Py_None, Py_True);
    PyObject *dict = PyObject_GetAttrString(module, "__dict__");
    PyObject *other_dict = PyDict_New();

    is_ptr(dict, PyModule_GetDict(module), "a module's __dict__ is the dict itself");
    is_str(outcome_int(PyObject_SetAttrString(module, "__dict__", other_dict)), "AttributeError: readonly attribute",
           "a module's __dict__ cannot be replaced");
    is_str(outcome_int(PyObject_SetAttrString(error, "args", args)), "0", "the args of an exception can be replaced");
    is_str(shown(error), "ValueError(None, True)", "the repr of an exception shows its new args");
    is_str(outcome_int(PyObject_SetAttrString(error, "args", objects[LIST])), "0",
           "an exception takes any iterable for its args");
    is_str(outcome(PyObject_GetAttrString(error, "args")), "()", "an exception makes a tuple of the iterable");
    is_str(outcome_int(PyObject_SetAttrString(error, "args", objects[INT])), "TypeError: 'int' object is not iterable",
           "an exception takes no object for its args that is not iterable");
    is_str(outcome_int(PyObject_DelAttrString(error, "args")), "TypeError: args may not be deleted",
           "the args of an exception cannot be deleted");
    is_str(outcome_int(PyObject_SetAttrString(error, "__cause__", cause)), "0", "the cause of an exception can be set");
    is_str(outcome(PyObject_GetAttrString(error, "__cause__")), "KeyError()", "the cause of an exception can be read");
    is_str(outcome(PyObject_GetAttrString(error, "__suppress_context__")), "True",
           "a cause that was set hides the context");
    is_str(outcome_int(PyObject_SetAttrString(error, "__cause__", Py_None)), "0", "None takes the cause away");
    is_str(outcome_int(PyObject_SetAttrString(error, "__cause__", args)),
           "TypeError: exception cause must be None or derive from BaseException", "a tuple cannot be a cause");
    is_str(outcome_int(PyObject_SetAttrString(error, "__context__", args)),
           "TypeError: exception context must be None or derive from BaseException", "a tuple cannot be a context");
    is_str(outcome_int(PyObject_SetAttrString(error, "colour", Py_None)), "0", "an exception takes any attribute");
    is_str(outcome(PyObject_GetAttrString(error, "__dict__")), "{'colour': None}",
           "the dict of an exception holds its own attributes");
    is_str(outcome_int(PyObject_DelAttrString(error, "colour")), "0", "an exception's own attribute can be deleted");
    is_str(outcome_int(PyObject_SetAttrString(objects[FUNCTION], "__name__", Py_None)),
           "AttributeError: attribute '__name__' of 'builtin_function_or_method' objects is not writable",
           "a function keeps its name");
    is_str(outcome_int(PyObject_SetAttrString(objects[DERIVED], "colour", Py_None)), "0",
           "an attribute of an exception hides one of its class");
    is_str(outcome(PyObject_GetAttrString(objects[DERIVED], "colour")), "None",
           "the exception shows its own attribute");
    is_str(outcome(PyObject_GetAttrString(objects[DERIVED_TYPE], "colour")), "'a text'",
           "the class keeps its attribute");
    is_str(outcome_int(PyObject_DelAttrString(objects[DERIVED], "colour")), "0",
           "the attribute that hides one of the class can be deleted");
    is_str(outcome(PyObject_GetAttrString(objects[DERIVED], "colour")), "'a text'",
           "the attribute of the class shows again");
    Py_DECREF(other_dict);
    Py_DECREF(dict);
    Py_DECREF(args);
    Py_DECREF(cause);
}

/* An AttributeError names the object and the attribute. */
static void
test_error_object(void)
{
    static const int kinds[] = {MODULE, ERROR, CAPSULE, INT, INT_TYPE};
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        PyObject *object = objects[kinds[i]];
        PyObject *error, *obj;
        is_ptr(PyObject_GetAttrString(object, "nosuch"), NULL, "a %s has no such attribute", Py_TYPE(object)->tp_name);
        error = PyErr_GetRaisedException();
        obj = PyObject_GetAttrString(error, "obj");
        is_ptr(obj, object, "the error's obj is the object that was asked");
        is_str(outcome(PyObject_GetAttrString(error, "name")), "'nosuch'", "the error's name is that of the attribute");
        Py_DECREF(obj);
        Py_DECREF(error);
    }
}

static int getattr_calls = 0;

/* PEP 562: a module's __getattr__ is called for attributes that the module lacks.  Two names make it fail. */
static PyObject *
module_getattr(PyObject *self, PyObject *name)
{
    (void)self;
    getattr_calls++;
    if (PyUnicode_CompareWithASCIIString(name, "broken") == 0) {
        PyErr_SetString(PyExc_OSError, "broken on purpose");
        return NULL;
    }
    if (PyUnicode_CompareWithASCIIString(name, "absent") == 0) {
        PyErr_SetString(PyExc_AttributeError, "absent on purpose");
        return NULL;
    }
    return Py_NewRef(name);
}

static PyMethodDef getattr_method = {"__getattr__", module_getattr, METH_O, NULL};

static void
test_module_getattr(void)
{
    PyObject *module = PyModule_New("lazy");
    PyObject *function = PyCFunction_New(&getattr_method, NULL);
    PyObject *found = module;
    PyModule_AddObjectRef(module, "__getattr__", function);
    Py_DECREF(function);
    PyModule_AddObjectRef(module, "present", Py_None);

    is_str(outcome(PyObject_GetAttrString(module, "present")), "None", "an attribute that a module has is found");
    is_int(getattr_calls, 0, "__getattr__ is not called for an attribute that is there");
    is_str(outcome(PyObject_GetAttrString(module, "made")), "'made'",
           "__getattr__ is asked for an attribute that is missing");
    is_int(getattr_calls, 1, "__getattr__ is called once for a missing attribute");
    is_str(outcome(PyObject_GetAttrString(module, "absent")), "AttributeError: absent on purpose",
           "an AttributeError of __getattr__ is passed on as it is");
    is_str(outcome(PyObject_GetAttrString(module, "broken")), "OSError: broken on purpose",
           "an OSError of __getattr__ is passed on as it is");
    is_int(PyObject_GetOptionalAttrString(module, "absent", &found), 0,
           "GetOptionalAttrString takes an AttributeError of __getattr__ for absence");
    is_ptr(found, NULL, "GetOptionalAttrString stores NULL for what __getattr__ calls absent");
    no_error("GetOptionalAttrString leaves no AttributeError of __getattr__");
    found = module;
    is_int(PyObject_GetOptionalAttrString(module, "broken", &found), -1,
           "GetOptionalAttrString fails with any other error of __getattr__");
    is_str(error_text(), "OSError: broken on purpose", "GetOptionalAttrString leaves any other error of __getattr__");
    is_ptr(found, NULL, "GetOptionalAttrString stores NULL beside an error");
    is_int(PyObject_HasAttrString(module, "made"), 1, "HasAttrString asks __getattr__ too");
    is_int(PyObject_HasAttrString(module, "absent"), 0,
           "HasAttrString takes an AttributeError of __getattr__ for absence");
    no_error("HasAttrString leaves no error");
    Py_DECREF(module);
}

/* The text of an AttributeError is that of the moment when it was raised, whatever changes before it is read.  Until then the
 * error holds the object and the name. */
static void
test_error_as_it_was_raised(void)
{
    PyObject *module = PyModule_New("before");
    PyObject *type = PyErr_NewException("some.Before", NULL, NULL), *instance = PyObject_CallNoArgs(type);
    PyObject *name = PyUnicode_FromString("no such attribute"), *after = PyUnicode_FromString("after");
    Py_ssize_t module_count, name_count;

    /* CPython's cache of look-ups takes references to the name: the first look-up is not counted. */
    is_ptr(PyObject_GetAttr(module, name), NULL, "the module has no such attribute");
    PyErr_Clear();
    module_count = Py_REFCNT(module);
    name_count = Py_REFCNT(name);

    is_ptr(PyObject_GetAttr(module, name), NULL, "a second look-up finds no such attribute");
    is_int(Py_REFCNT(module), module_count + 1, "the error holds the module");
    is_int(Py_REFCNT(name), name_count + 1, "the error holds the name");
    PyErr_Clear();
    is_int(Py_REFCNT(module), module_count, "an error that is cleared lets the module go");
    is_int(Py_REFCNT(name), name_count, "an error that is cleared lets the name go");

    is_ptr(PyObject_GetAttr(module, name), NULL, "a third look-up finds no such attribute");
    PyDict_SetItemString(PyModule_GetDict(module), "__name__", after);
    is_str(error_text(), "AttributeError: module 'before' has no attribute 'no such attribute'",
           "the error has the name that the module had before it was renamed");
    is_ptr(PyObject_GetAttr(module, name), NULL, "the renamed module has no such attribute");
    PyDict_Clear(PyModule_GetDict(module));
    is_str(error_text(), "AttributeError: module 'after' has no attribute 'no such attribute'",
           "the error has the name that the module had before its dict was cleared");

    is_ptr(PyObject_GetAttr(instance, name), NULL, "an instance has no such attribute");
    PyObject_SetAttrString(type, "__name__", after);
    is_str(error_text(), "AttributeError: 'Before' object has no attribute 'no such attribute'",
           "the error has the name that the class had before it was renamed");

    Py_DECREF(after);
    Py_DECREF(name);
    Py_DECREF(instance);
    Py_DECREF(type);
    Py_DECREF(module);
}

/* A look-up after an error that is still pending, which is a mistake of the caller. */
static void
test_pending_error(void)
{
    PyObject *float_type = (PyObject *)&PyFloat_Type, *one = PyFloat_FromDouble(1);
    PyObject *bound = PyObject_CallFunctionObjArgs((PyObject *)&PySuper_Type, float_type, one, NULL);
    const struct {
        const char *what;
        PyObject *object;
        const char *name;
        int is_there;
    } rows[] = {
        {"a class", float_type, "real", 1},
        {"a class", float_type, "nosuch", 0},
        {"a module", objects[MODULE], "__name__", 1},
        {"a module", objects[MODULE], "nosuch", -1},
        {"a capsule", objects[CAPSULE], "__class__", 1},
        {"a capsule", objects[CAPSULE], "nosuch", -1},
        {"a float", one, "real", 1},
        {"a float", one, "nosuch", -1},
        {"a super object", bound, "nosuch", -1},
    };
    PyObject *const errors[] = {PyExc_ValueError, PyExc_AttributeError};
    static const char *const texts[] = {"ValueError: before", "AttributeError: before"};
    size_t i, e;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *name = PyUnicode_FromString(rows[i].name);
        for (e = 0; e < 2; e++) {
            PyObject *found = one;
            if (rows[i].object == bound && e == 1) {
                continue; /* the look-up of a super object takes this error for its own */
            }
            PyErr_SetString(errors[e], "before");
            is_int(PyObject_GetOptionalAttr(rows[i].object, name, &found), rows[i].is_there,
                   "GetOptionalAttr(%s, \"%s\") with an error pending", rows[i].what, rows[i].name);
            is_str(error_text(), texts[e], "the error stays pending over GetOptionalAttr(%s, \"%s\")", rows[i].what,
                   rows[i].name);
            is_int(found != NULL, rows[i].is_there > 0, "GetOptionalAttr stores what it finds with an error pending");
            Py_XDECREF(found);
            found = one;
            PyErr_SetString(errors[e], "before");
            is_int(PyObject_GetOptionalAttrString(rows[i].object, rows[i].name, &found), rows[i].is_there,
                   "GetOptionalAttrString(%s, \"%s\") with an error pending", rows[i].what, rows[i].name);
            is_str(error_text(), texts[e], "the error stays pending over GetOptionalAttrString(%s, \"%s\")",
                   rows[i].what, rows[i].name);
            Py_XDECREF(found);
            PyErr_SetString(errors[e], "before");
            is_int(PyObject_HasAttrWithError(rows[i].object, name), rows[i].is_there,
                   "HasAttrWithError(%s, \"%s\") with an error pending", rows[i].what, rows[i].name);
            is_str(error_text(), texts[e], "the error stays pending over HasAttrWithError(%s, \"%s\")", rows[i].what,
                   rows[i].name);
            PyErr_SetString(errors[e], "before");
            is_int(PyObject_HasAttrString(rows[i].object, rows[i].name), rows[i].is_there > 0,
                   "HasAttrString(%s, \"%s\") with an error pending", rows[i].what, rows[i].name);
            is_str(error_text(), rows[i].is_there < 0 ? "no error" : texts[e],
                   "HasAttrString(%s, \"%s\") reports a pending error if it finds nothing, but for a class",
                   rows[i].what, rows[i].name);
        }
        Py_DECREF(name);
    }
    PyErr_SetString(PyExc_AttributeError, "before");
    is_int(PyObject_HasAttrStringWithError(bound, "nosuch"), 0,
           "the look-up of a super object takes a pending AttributeError for its own");
    no_error("the look-up of a super object clears a pending AttributeError");
    Py_DECREF(bound);
    Py_DECREF(one);
}

int
main(void)
{
    TAP_BEGIN();
    make_objects();
    RUN(test_pending_error);
    RUN(test_get);
    RUN(test_set_and_delete);
    RUN(test_names_that_are_none);
    RUN(test_special_attributes);
    RUN(test_error_object);
    RUN(test_module_getattr);
    RUN(test_error_as_it_was_raised);
    drop_objects();
    return TAP_END();
}
