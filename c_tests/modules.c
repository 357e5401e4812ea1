/* Module objects: made by PyModule_New, PyModule_NewObject and PyModule_Create2, what is in their dict from the start,
 * what the accessors say of them and of objects that are not modules, everything the PyModule_Add family adds and
 * refuses, repr and attribute errors, and when m_traverse, m_clear and m_free of the definition are called. */
#include "checks.h"

static PyObject *
answer(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    return PyLong_FromLong(42);
}

static PyMethodDef answer_methods[] = {
    {"answer", answer, METH_NOARGS, "answer()\n--\n\nThe answer."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef plain_def = {
    PyModuleDef_HEAD_INIT, "plain", "A plain module.", 0, answer_methods, NULL, NULL, NULL, NULL,
};

/* The keys of a dict in their order, separated by blanks. */
static const char *
keys_of(PyObject *dict)
{
    static char text[512];
    PyObject *key, *value;
    Py_ssize_t position = 0;

    text[0] = '\0';
    while (PyDict_Next(dict, &position, &key, &value)) {
        strncat(text, text[0] ? " " : "", sizeof(text) - strlen(text) - 1);
        strncat(text, PyUnicode_AsUTF8(key), sizeof(text) - strlen(text) - 1);
    }
    return text;
}

static void
test_new(void)
{
    static const char *const nones[] = {"__doc__", "__package__", "__loader__", "__spec__"};
    PyObject *module = PyModule_New("a.b"), *dict = PyModule_GetDict(module), *name;
    size_t i;

    ok(PyModule_Check(module) && PyModule_CheckExact(module), "PyModule_New makes a module");
    is_int(Py_REFCNT(module), 1, "the caller owns the only reference to it");
    ok(PyModule_Check(dict) == 0 && PyDict_CheckExact(dict), "its dict is a dict, and that is no module");
    is_str(keys_of(dict), "__name__ __doc__ __package__ __loader__ __spec__", "its dict has five keys from the start");
    is_str(PyUnicode_AsUTF8(PyDict_GetItemString(dict, "__name__")), "a.b", "__name__ is the name, dots and all");
    for (i = 0; i < sizeof(nones) / sizeof(nones[0]); i++) {
        is_ptr(PyDict_GetItemString(dict, nones[i]), Py_None, "%s is None", nones[i]);
    }
    is_ptr(borrowed(PyObject_GetAttrString(module, "__dict__")), dict, "__dict__ is the dict of PyModule_GetDict");
    is_ptr(PyModule_GetDict(module), dict, "PyModule_GetDict lends the same dict each time");
    is_ptr(PyModule_GetState(module), NULL, "it has no state");
    no_error("and NULL state is no error");
    is_ptr(PyModule_GetDef(module), NULL, "it has no definition");
    no_error("and NULL for the definition is no error");
    is_int(PyObject_IsTrue(module), 1, "a module is true");
    is_int(PyCallable_Check(module), 0, "a module is not callable");
    is_ptr(PyObject_CallNoArgs(module), NULL, "calling a module fails");
    raises(PyExc_TypeError, "'module' object is not callable", "calling a module is a TypeError");
    Py_DECREF(module);

    name = PyUnicode_FromString("n\xc3\xa4me");
    module = PyModule_NewObject(name);
    is_ptr(borrowed(PyModule_GetNameObject(module)), name, "PyModule_NewObject keeps the very name it was given");
    is_str(PyModule_GetName(module), "n\xc3\xa4me", "PyModule_GetName is that name in UTF-8");
    Py_DECREF(module);
    is_int(Py_REFCNT(name), 1, "a module that goes lets go of its name");
    Py_DECREF(name);

    module = PyModule_New("");
    is_str(PyModule_GetName(module), "", "a name may be empty");
    is_text(PyObject_Repr(module), "<module ''>", "and shows so");
    Py_DECREF(module);
    is_ptr(PyModule_New("\xff"), NULL, "a name that is not UTF-8 makes no module");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a name that is not UTF-8 is a UnicodeDecodeError");
}

static void
test_names(void)
{
    PyObject *module = PyModule_New("first"), *dict = PyModule_GetDict(module);
    PyObject *number = PyLong_FromLong(1000000), *seconds = PyUnicode_FromString("second");

    PyObject_SetAttrString(module, "__name__", seconds);
    is_str(PyModule_GetName(module), "second", "PyModule_GetName follows __name__");
    is_ptr(borrowed(PyModule_GetNameObject(module)), seconds, "PyModule_GetNameObject is the object under __name__");
    PyDict_SetItemString(dict, "__name__", number);
    is_ptr(PyModule_GetNameObject(module), NULL, "a __name__ that is not a str is no name");
    raises(PyExc_SystemError, "nameless module", "a __name__ that is not a str is a SystemError");
    PyDict_DelItemString(dict, "__name__");
    is_ptr(PyModule_GetName(module), NULL, "without __name__ there is no name");
    raises(PyExc_SystemError, "nameless module", "without __name__ PyModule_GetName is a SystemError");
    is_ptr(PyModule_GetNameObject(module), NULL, "nor a name object");
    raises(PyExc_SystemError, "nameless module", "without __name__ PyModule_GetNameObject is a SystemError");
    is_text(PyObject_Repr(module), "<module '?'>", "a nameless module shows as ?");
    is_ptr(PyObject_GetAttrString(module, "x"), NULL, "a nameless module has no attribute x");
    raises(PyExc_AttributeError, "module has no attribute 'x'", "and the error has no name either");
    Py_DECREF(module);
    is_int(Py_REFCNT(seconds), 1, "the name is let go");
    Py_DECREF(number);
    Py_DECREF(seconds);
}

static void
test_not_a_module(void)
{
    PyObject *list = PyList_New(0);
    Py_ssize_t references = Py_REFCNT(list);

    is_ptr(PyModule_GetDict(list), NULL, "a list has no module dict");
    raises_internal("PyModule_GetDict of a list is a bad internal call");
    is_ptr(PyModule_GetName(list), NULL, "nor a module name");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetName of a list is a TypeError");
    is_ptr(PyModule_GetNameObject(list), NULL, "nor a name object");
    raises(PyExc_TypeError, "bad argument type for built-in operation",
           "PyModule_GetNameObject of a list is a TypeError");
    is_ptr(PyModule_GetState(list), NULL, "nor a state");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetState of a list is a TypeError");
    is_ptr(PyModule_GetDef(list), NULL, "nor a definition");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetDef of a list is a TypeError");
    is_int(PyModule_AddObjectRef(list, "x", Py_None), -1, "nothing can be added to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddObjectRef to a list is a TypeError");
    is_int(PyModule_AddObject(list, "x", Py_None), -1, "nor by PyModule_AddObject, which then steals nothing");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddObject to a list names AddObjectRef");
    is_int(PyModule_Add(list, "x", Py_NewRef(Py_None)), -1, "nor by PyModule_Add");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_Add to a list names AddObjectRef");
    is_int(PyModule_AddIntConstant(list, "x", 1), -1, "nor a constant");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddIntConstant to a list names AddObjectRef");
    is_int(PyModule_AddStringConstant(list, "x", "y"), -1, "nor a string");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddStringConstant to a list names AddObjectRef");
    is_int(PyModule_AddType(list, &PyCapsule_Type), -1, "nor a type");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddType to a list names AddObjectRef");
    is_int(PyModule_AddFunctions(list, answer_methods), -1, "nor functions");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_AddFunctions to a list is a TypeError");
    is_int(PyModule_SetDocString(list, "doc"), -1, "nor does a list take a doc string");
    raises(PyExc_AttributeError, "'list' object attribute '__doc__' is read-only",
           "PyModule_SetDocString sets an attribute, which a list refuses");
    is_int(Py_REFCNT(list), references, "none of this kept a reference to the list");
    is_int(PyList_Size(list), 0, "or changed it");
    Py_DECREF(list);
}

static void
test_add(void)
{
    PyObject *module = PyModule_New("m"), *dict = PyModule_GetDict(module), *value = PyList_New(0);

    is_int(PyModule_AddObjectRef(module, "ref", value), 0, "PyModule_AddObjectRef adds");
    is_int(Py_REFCNT(value), 2, "and takes a reference of its own");
    is_int(PyModule_AddObject(module, "stolen", value), 0, "PyModule_AddObject adds");
    is_int(Py_REFCNT(value), 2, "and takes over the caller's reference");
    is_int(PyModule_Add(module, "added", Py_NewRef(value)), 0, "PyModule_Add adds");
    is_int(Py_REFCNT(value), 3, "and takes over the caller's reference");
    is_ptr(PyDict_GetItemString(dict, "added"), value, "what was added is in the dict");
    is_int(PyModule_AddObjectRef(module, "added", Py_None), 0, "a name may be added again");
    is_int(Py_REFCNT(value), 2, "and lets go of what was there");

    is_int(PyModule_AddIntConstant(module, "least", -9223372036854775807L - 1), 0, "PyModule_AddIntConstant adds");
    is_text(PyObject_GetAttrString(module, "least"), "-9223372036854775808", "any long");
    is_int(PyModule_AddStringConstant(module, "word", "w\xc3\xb6rd"), 0, "PyModule_AddStringConstant adds");
    is_text(PyObject_GetAttrString(module, "word"), "w\xc3\xb6rd", "any UTF-8 text");
    is_int(PyModule_AddStringConstant(module, "bad", "\xe4"), -1, "text that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
           "text that is not UTF-8 is a UnicodeDecodeError");
    is_int(PyModule_AddObjectRef(module, "\xe4", Py_None), -1, "a name that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
           "a name that is not UTF-8 is a UnicodeDecodeError");
    is_int(PyModule_AddType(module, &PyCapsule_Type), 0, "PyModule_AddType adds a type");
    is_ptr(PyDict_GetItemString(dict, "PyCapsule"), &PyCapsule_Type, "under its name");

    is_int(PyModule_AddObjectRef(module, "null", NULL), -1, "NULL is not added");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "NULL without an error is a SystemError");
    is_int(PyModule_AddObject(module, "null", NULL), -1, "nor by PyModule_AddObject");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "PyModule_AddObject of NULL names AddObjectRef");
    is_int(PyModule_Add(module, "null", NULL), -1, "nor by PyModule_Add");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "PyModule_Add of NULL names AddObjectRef");
    PyErr_SetString(PyExc_KeyError, "mine");
    is_int(PyModule_Add(module, "null", NULL), -1, "NULL with an error set is not added");
    raises(PyExc_KeyError, "'mine'", "and leaves that error as it is");
    is_str(keys_of(dict), "__name__ __doc__ __package__ __loader__ __spec__ ref stolen added least word PyCapsule",
           "names are in the order in which they were added, and nothing refused is there");

    Py_INCREF(value);
    Py_DECREF(module);
    is_int(Py_REFCNT(value), 1, "a module that goes lets go of all it holds");
    Py_DECREF(value);
}

static void
test_functions_and_docs(void)
{
    static PyMethodDef bad_methods[] = {
        {"good", answer, METH_NOARGS, NULL},
        {"wrong", answer, METH_NOARGS | METH_STATIC, NULL},
        {NULL, NULL, 0, NULL},
    };
    PyObject *module = PyModule_New("pack.m"), *function;

    is_int(PyModule_AddFunctions(module, answer_methods), 0, "PyModule_AddFunctions adds a table");
    function = PyObject_GetAttrString(module, "answer");
    is_int(long_of(PyObject_CallNoArgs(function)), 42, "its functions can be called");
    is_ptr(borrowed(PyObject_GetAttrString(function, "__self__")), module, "__self__ of a function is the module");
    is_text(PyObject_GetAttrString(function, "__module__"), "pack.m", "__module__ of a function is the module's name");
    is_text(PyObject_GetAttrString(function, "__doc__"), "The answer.", "__doc__ has the signature taken off");
    is_text(PyObject_GetAttrString(function, "__text_signature__"), "()", "which is __text_signature__");
    Py_DECREF(function);
    is_int(PyModule_AddFunctions(module, bad_methods), -1, "a static method is no function of a module");
    raises(PyExc_ValueError, "module functions cannot set METH_CLASS or METH_STATIC",
           "METH_STATIC in a module's table is a ValueError");
    is_int(PyObject_HasAttrString(module, "good"), 1, "what stood before it has been added");
    is_int(PyObject_HasAttrString(module, "wrong"), 0, "it has not");
    is_int(PyModule_SetDocString(module, "Documented."), 0, "PyModule_SetDocString sets");
    is_text(PyObject_GetAttrString(module, "__doc__"), "Documented.", "__doc__");
    is_int(PyModule_SetDocString(module, "\xff"), -1, "a doc string that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "it is a UnicodeDecodeError");
    is_text(PyObject_GetAttrString(module, "__doc__"), "Documented.", "and __doc__ stays");
    Py_DECREF(module);
}

static void
test_attributes(void)
{
    static PyMethodDef fallback = {"__getattr__", answer, METH_O, NULL};
    PyObject *module = PyModule_New("m"), *file = PyUnicode_FromString("/tmp/it's.so"), *hook;

    is_text(PyObject_Repr(module), "<module 'm'>", "a module shows its name");
    PyObject_SetAttrString(module, "__file__", file);
    is_text(PyObject_Repr(module), "<module 'm' from \"/tmp/it's.so\">", "and the repr of __file__ if it has one");
    is_text(PyObject_Str(module), "<module 'm' from \"/tmp/it's.so\">", "str is repr");
    is_ptr(PyObject_GetAttrString(module, "nosuch"), NULL, "there is no attribute nosuch");
    raises(PyExc_AttributeError, "module 'm' has no attribute 'nosuch'", "a missing attribute is an AttributeError");
    is_int(PyObject_DelAttrString(module, "nosuch"), -1, "nor can it be deleted");
    raises(PyExc_AttributeError, "'module' object has no attribute 'nosuch'", "that AttributeError names the type");
    is_int(PyObject_SetAttrString(module, "__dict__", Py_None), -1, "__dict__ cannot be replaced");
    raises(PyExc_AttributeError, "readonly attribute", "__dict__ is read-only");
    is_int(PyObject_DelAttrString(module, "__file__"), 0, "an attribute that is there can be deleted");
    is_text(PyObject_Repr(module), "<module 'm'>", "and is gone");
    is_ptr(borrowed(PyObject_GetAttrString(module, "__class__")), &PyModule_Type, "__class__ is the type");

    hook = PyCFunction_New(&fallback, NULL);
    PyObject_SetAttrString(module, "__getattr__", hook);
    is_int(long_of(PyObject_GetAttrString(module, "nosuch")), 42, "__getattr__ in a module answers for what is missing");
    is_ptr(borrowed(PyObject_GetAttrString(module, "__doc__")), Py_None, "and is not asked for what is there");
    Py_DECREF(hook);
    Py_DECREF(module);
    is_int(Py_REFCNT(file), 1, "nothing is kept");
    Py_DECREF(file);
}

static void
make_with_version_7(void)
{
    Py_XDECREF(PyModule_Create2(&plain_def, 7));
}

static void
test_create(void)
{
    static PyModuleDef_Slot no_slots[] = {{0, NULL}};
    static PyModuleDef stateful = {PyModuleDef_HEAD_INIT, "stateful", NULL, 64, NULL, NULL, NULL, NULL, NULL};
    static PyModuleDef global = {PyModuleDef_HEAD_INIT, "global", NULL, -1, NULL, NULL, NULL, NULL, NULL};
    static PyModuleDef slotted = {PyModuleDef_HEAD_INIT, "slotted", NULL, 0, NULL, no_slots, NULL, NULL, NULL};
    static const char zeros[64] = "";
    PyObject *module = PyModule_Create2(&plain_def, PYTHON_API_VERSION);
    char text[512];

    is_str(keys_of(PyModule_GetDict(module)), "__name__ __doc__ __package__ __loader__ __spec__ answer",
           "PyModule_Create2 adds the functions");
    is_text(PyObject_GetAttrString(module, "__doc__"), "A plain module.", "and the doc string");
    is_ptr(PyModule_GetDef(module), &plain_def, "PyModule_GetDef is the definition");
    is_ptr(PyModule_GetState(module), NULL, "a definition of size 0 has no state");
    is_ptr(Py_TYPE((PyObject *)&plain_def), &PyModuleDef_Type, "the definition has become an object of type PyModuleDef_Type");
    Py_DECREF(module);

    module = PyModule_Create(&stateful);
    ok(PyModule_GetState(module) != NULL && memcmp(PyModule_GetState(module), zeros, sizeof(zeros)) == 0,
       "a state is made at once and is zero");
    is_ptr(PyDict_GetItemString(PyModule_GetDict(module), "__doc__"), Py_None, "without a doc string __doc__ is None");
    Py_DECREF(module);
    module = PyModule_Create(&global);
    is_ptr(PyModule_GetState(module), NULL, "size -1 means no state");
    Py_DECREF(module);
    is_ptr(PyModule_Create2(&slotted, PYTHON_API_VERSION), NULL, "a definition with slots is refused");
    raises(PyExc_SystemError, "module slotted: PyModule_Create is incompatible with m_slots",
           "slots in PyModule_Create2 are a SystemError");

    module = PyModule_Create2(&plain_def, PYTHON_ABI_VERSION);
    ok(module != NULL, "the version of the stable ABI is right as well");
    Py_XDECREF(module);
    is_int(in_child(make_with_version_7, text, sizeof(text)), 0, "a module of another API version is made");
    is_str(text,
           "<sys>:0: RuntimeWarning: Python C API version mismatch for module plain: This Python has API version 1013, "
           "module plain has version 7.\n",
           "with a warning");
}

static int traversed, cleared, freed, state_seen;

static int
note_traverse(PyObject *module, visitproc visit, void *arg)
{
    (void)module;
    (void)visit;
    (void)arg;
    traversed++;
    return 0;
}

static int
note_clear(PyObject *module)
{
    (void)module;
    cleared++;
    return 0;
}

static void
note_free(void *module)
{
    int *state = (int *)PyModule_GetState((PyObject *)module);
    freed++;
    state_seen = state != NULL ? *state : -1;
}

static void
test_teardown(void)
{
    static PyModuleDef defs[] = {
        {PyModuleDef_HEAD_INIT, "sized", NULL, sizeof(int), NULL, NULL, note_traverse, note_clear, note_free},
        {PyModuleDef_HEAD_INIT, "empty", NULL, 0, NULL, NULL, note_traverse, note_clear, note_free},
        {PyModuleDef_HEAD_INIT, "global", NULL, -1, NULL, NULL, note_traverse, note_clear, note_free},
    };
    size_t i;

    for (i = 0; i < sizeof(defs) / sizeof(defs[0]); i++) {
        PyObject *module = PyModule_Create(&defs[i]);
        int *state = (int *)PyModule_GetState(module);
        if (state != NULL) {
            *state = 77;
        }
        traversed = cleared = freed = state_seen = 0;
        PyGC_Collect();
        ok(traversed > 0, "%s: a collection calls m_traverse", defs[i].m_name);
        is_int(cleared, 0, "%s: m_clear is not called while the module is reachable", defs[i].m_name);
        Py_DECREF(module);
        is_int(cleared, 0, "%s: a module that goes by its count is not cleared", defs[i].m_name);
        is_int(freed, 1, "%s: m_free is called once", defs[i].m_name);
        is_int(state_seen, state != NULL ? 77 : -1, "%s: and still sees the state", defs[i].m_name);

        module = PyModule_Create(&defs[i]);
        PyModule_AddObjectRef(module, "itself", module);
        freed = 0;
        Py_DECREF(module);
        is_int(freed, 0, "%s: a module that holds itself stays", defs[i].m_name);
        PyGC_Collect();
        is_int(freed, 1, "%s: until a collection, which calls m_free once", defs[i].m_name);

        module = PyModule_Create(&defs[i]);
        cleared = 0;
        is_int(module != NULL ? PyModule_Type.tp_clear(module) : -1, 0, "%s: a module can be cleared", defs[i].m_name);
        is_int(cleared, 1, "%s: which calls m_clear", defs[i].m_name);
        Py_DECREF(module);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_new);
    RUN(test_names);
    RUN(test_not_a_module);
    RUN(test_add);
    RUN(test_functions_and_docs);
    RUN(test_attributes);
    RUN(test_create);
    RUN(test_teardown);
    return TAP_END();
}
