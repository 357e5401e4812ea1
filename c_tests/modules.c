/* Module objects: made by PyModule_New, PyModule_NewObject and PyModule_Create2, the first items of their dict,
 * the answers of the accessors for them and for objects that are not modules, everything the PyModule_Add family adds and
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
    is_int(Py_REFCNT(module), 1, "the caller of PyModule_New owns the only reference");
    ok(PyModule_Check(dict) == 0 && PyDict_CheckExact(dict), "the dict of a module is a dict and no module");
    is_str(keys_of(dict), "__name__ __doc__ __package__ __loader__ __spec__", "the dict of a new module has five keys");
    is_str(PyUnicode_AsUTF8(PyDict_GetItemString(dict, "__name__")), "a.b", "__name__ is the name with its dots");
    for (i = 0; i < sizeof(nones) / sizeof(nones[0]); i++) {
        is_ptr(PyDict_GetItemString(dict, nones[i]), Py_None, "%s of a new module is None", nones[i]);
    }
    is_ptr(borrowed(PyObject_GetAttrString(module, "__dict__")), dict, "__dict__ is the dict of PyModule_GetDict");
    is_ptr(PyModule_GetDict(module), dict, "PyModule_GetDict lends one dict each time");
    is_ptr(PyModule_GetState(module), NULL, "a module of PyModule_New has no state");
    no_error("a state of NULL is no error");
    is_ptr(PyModule_GetDef(module), NULL, "a module of PyModule_New has no definition");
    no_error("a definition of NULL is no error");
    is_int(PyObject_IsTrue(module), 1, "a module is true");
    is_int(PyCallable_Check(module), 0, "a module is not callable");
    is_ptr(PyObject_CallNoArgs(module), NULL, "calling a module fails");
    raises(PyExc_TypeError, "'module' object is not callable", "calling a module is a TypeError");
    Py_DECREF(module);

    name = PyUnicode_FromString("n\xc3\xa4me");
    module = PyModule_NewObject(name);
    is_ptr(borrowed(PyModule_GetNameObject(module)), name, "PyModule_NewObject keeps the very name it was given");
    is_str(PyModule_GetName(module), "n\xc3\xa4me", "PyModule_GetName gives the name in UTF-8");
    Py_DECREF(module);
    is_int(Py_REFCNT(name), 1, "a module that is destroyed drops its name");
    Py_DECREF(name);

    module = PyModule_New("");
    is_str(PyModule_GetName(module), "", "a name may be empty");
    is_text(PyObject_Repr(module), "<module ''>", "the repr of a module with an empty name shows that");
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
    is_ptr(borrowed(PyModule_GetNameObject(module)), seconds, "PyModule_GetNameObject gives the object under __name__");
    PyDict_SetItemString(dict, "__name__", number);
    is_ptr(PyModule_GetNameObject(module), NULL, "PyModule_GetNameObject refuses a __name__ that is not a str");
    raises(PyExc_SystemError, "nameless module", "a __name__ that is not a str is a SystemError");
    PyDict_DelItemString(dict, "__name__");
    is_ptr(PyModule_GetName(module), NULL, "PyModule_GetName of a module without __name__ fails");
    raises(PyExc_SystemError, "nameless module", "PyModule_GetName of a module without __name__ is a SystemError");
    is_ptr(PyModule_GetNameObject(module), NULL, "PyModule_GetNameObject of a module without __name__ fails");
    raises(PyExc_SystemError, "nameless module",
           "PyModule_GetNameObject of a module without __name__ is a SystemError");
    is_text(PyObject_Repr(module), "<module '?'>", "the repr of a nameless module has a ? for the name");
    is_ptr(PyObject_GetAttrString(module, "x"), NULL, "a nameless module has no attribute x");
    raises(PyExc_AttributeError, "module has no attribute 'x'", "the error for a nameless module has no name");
    Py_DECREF(module);
    is_int(Py_REFCNT(seconds), 1, "a name that was deleted is dropped");
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
    is_ptr(PyModule_GetName(list), NULL, "a list has no module name");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetName of a list is a TypeError");
    is_ptr(PyModule_GetNameObject(list), NULL, "a list has no name object");
    raises(PyExc_TypeError, "bad argument type for built-in operation",
           "PyModule_GetNameObject of a list is a TypeError");
    is_ptr(PyModule_GetState(list), NULL, "a list has no module state");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetState of a list is a TypeError");
    is_ptr(PyModule_GetDef(list), NULL, "a list has no definition");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_GetDef of a list is a TypeError");
    is_int(PyModule_AddObjectRef(list, "x", Py_None), -1, "PyModule_AddObjectRef adds nothing to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddObjectRef to a list is a TypeError");
    is_int(PyModule_AddObject(list, "x", Py_None), -1,
           "PyModule_AddObject adds nothing to a list, and takes over no reference");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddObject to a list names AddObjectRef");
    is_int(PyModule_Add(list, "x", Py_NewRef(Py_None)), -1, "PyModule_Add adds nothing to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_Add to a list names AddObjectRef");
    is_int(PyModule_AddIntConstant(list, "x", 1), -1, "PyModule_AddIntConstant adds nothing to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddIntConstant to a list names AddObjectRef");
    is_int(PyModule_AddStringConstant(list, "x", "y"), -1, "PyModule_AddStringConstant adds nothing to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddStringConstant to a list names AddObjectRef");
    is_int(PyModule_AddType(list, &PyCapsule_Type), -1, "PyModule_AddType adds nothing to a list");
    raises(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module",
           "PyModule_AddType to a list names AddObjectRef");
    is_int(PyModule_AddFunctions(list, answer_methods), -1, "PyModule_AddFunctions adds nothing to a list");
    raises(PyExc_TypeError, "bad argument type for built-in operation",
           "PyModule_AddFunctions to a list is a TypeError");
    is_int(PyModule_SetDocString(list, "doc"), -1, "PyModule_SetDocString sets nothing on a list");
    raises(PyExc_AttributeError, "'list' object attribute '__doc__' is read-only",
           "PyModule_SetDocString sets an attribute, which a list refuses");
    is_int(Py_REFCNT(list), references, "no call that fails keeps a reference to the list");
    is_int(PyList_Size(list), 0, "no call that fails changes the list");
    Py_DECREF(list);
}

static void
test_add(void)
{
    PyObject *module = PyModule_New("m"), *dict = PyModule_GetDict(module), *value = PyList_New(0);

    is_int(PyModule_AddObjectRef(module, "ref", value), 0, "PyModule_AddObjectRef succeeds");
    is_int(Py_REFCNT(value), 2, "PyModule_AddObjectRef takes a reference of its own");
    is_int(PyModule_AddObject(module, "stolen", value), 0, "PyModule_AddObject succeeds");
    is_int(Py_REFCNT(value), 2, "PyModule_AddObject takes over the caller's reference");
    is_int(PyModule_Add(module, "added", Py_NewRef(value)), 0, "PyModule_Add succeeds");
    is_int(Py_REFCNT(value), 3, "PyModule_Add takes over the caller's reference");
    is_ptr(PyDict_GetItemString(dict, "added"), value, "an object that was added is in the dict");
    is_int(PyModule_AddObjectRef(module, "added", Py_None), 0, "a name may be added again");
    is_int(Py_REFCNT(value), 2, "adding a name again drops the old object");

    is_int(PyModule_AddIntConstant(module, "least", -9223372036854775807L - 1), 0, "PyModule_AddIntConstant succeeds");
    is_text(PyObject_GetAttrString(module, "least"), "-9223372036854775808", "PyModule_AddIntConstant adds any long");
    is_int(PyModule_AddStringConstant(module, "word", "w\xc3\xb6rd"), 0, "PyModule_AddStringConstant succeeds");
    is_text(PyObject_GetAttrString(module, "word"), "w\xc3\xb6rd", "PyModule_AddStringConstant adds any UTF-8 text");
    is_int(PyModule_AddStringConstant(module, "bad", "\xe4"), -1, "text that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
           "text that is not UTF-8 is a UnicodeDecodeError");
    is_int(PyModule_AddObjectRef(module, "\xe4", Py_None), -1, "a name that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xe4 in position 0: unexpected end of data",
           "a name that is not UTF-8 is a UnicodeDecodeError");
    is_int(PyModule_AddType(module, &PyCapsule_Type), 0, "PyModule_AddType succeeds");
    is_ptr(PyDict_GetItemString(dict, "PyCapsule"), &PyCapsule_Type, "PyModule_AddType adds the type under its name");

    is_int(PyModule_AddObjectRef(module, "null", NULL), -1, "PyModule_AddObjectRef does not add NULL");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "PyModule_AddObjectRef of NULL without an error is a SystemError");
    is_int(PyModule_AddObject(module, "null", NULL), -1, "PyModule_AddObject does not add NULL");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "PyModule_AddObject of NULL names AddObjectRef");
    is_int(PyModule_Add(module, "null", NULL), -1, "PyModule_Add does not add NULL");
    raises(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL",
           "PyModule_Add of NULL names AddObjectRef");
    PyErr_SetString(PyExc_KeyError, "mine");
    is_int(PyModule_Add(module, "null", NULL), -1, "PyModule_Add does not add NULL with an error set");
    raises(PyExc_KeyError, "'mine'", "PyModule_Add of NULL leaves an error that was set");
    is_str(keys_of(dict), "__name__ __doc__ __package__ __loader__ __spec__ ref stolen added least word PyCapsule",
           "the dict has the names in the order of adding, and none that was refused");

    Py_INCREF(value);
    Py_DECREF(module);
    is_int(Py_REFCNT(value), 1, "a module that is destroyed drops its objects");
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

    is_int(PyModule_AddFunctions(module, answer_methods), 0, "PyModule_AddFunctions succeeds");
    function = PyObject_GetAttrString(module, "answer");
    is_int(long_of(PyObject_CallNoArgs(function)), 42, "the functions of a table can be called");
    is_ptr(borrowed(PyObject_GetAttrString(function, "__self__")), module, "__self__ of a function is the module");
    is_text(PyObject_GetAttrString(function, "__module__"), "pack.m", "__module__ of a function is the module's name");
    is_text(PyObject_GetAttrString(function, "__doc__"), "The answer.",
            "__doc__ of a function has the signature taken off");
    is_text(PyObject_GetAttrString(function, "__text_signature__"), "()",
            "__text_signature__ of a function is the signature");
    Py_DECREF(function);
    is_int(PyModule_AddFunctions(module, bad_methods), -1, "a static method is no function of a module");
    raises(PyExc_ValueError, "module functions cannot set METH_CLASS or METH_STATIC",
           "METH_STATIC in a module's table is a ValueError");
    is_int(PyObject_HasAttrString(module, "good"), 1, "the functions before a wrong one have been added");
    is_int(PyObject_HasAttrString(module, "wrong"), 0, "the wrong function has not been added");
    is_int(PyModule_SetDocString(module, "Documented."), 0, "PyModule_SetDocString succeeds");
    is_text(PyObject_GetAttrString(module, "__doc__"), "Documented.", "PyModule_SetDocString sets __doc__");
    is_int(PyModule_SetDocString(module, "\xff"), -1, "a doc string that is not UTF-8 is refused");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "a doc string that is not UTF-8 is a UnicodeDecodeError");
    is_text(PyObject_GetAttrString(module, "__doc__"), "Documented.",
            "a doc string that is refused leaves __doc__ as it was");
    Py_DECREF(module);
}

static void
test_attributes(void)
{
    static PyMethodDef fallback = {"__getattr__", answer, METH_O, NULL};
    PyObject *module = PyModule_New("m"), *file = PyUnicode_FromString("/tmp/it's.so"), *hook;

    is_text(PyObject_Repr(module), "<module 'm'>", "the repr of a module has its name");
    PyObject_SetAttrString(module, "__file__", file);
    is_text(PyObject_Repr(module), "<module 'm' from \"/tmp/it's.so\">", "the repr of a module has its __file__");
    is_text(PyObject_Str(module), "<module 'm' from \"/tmp/it's.so\">", "the str of a module is its repr");
    is_ptr(PyObject_GetAttrString(module, "nosuch"), NULL, "a missing attribute of a module fails");
    raises(PyExc_AttributeError, "module 'm' has no attribute 'nosuch'", "a missing attribute is an AttributeError");
    is_int(PyObject_DelAttrString(module, "nosuch"), -1, "a missing attribute of a module cannot be deleted");
    raises(PyExc_AttributeError, "'module' object has no attribute 'nosuch'",
           "the error of deleting a missing attribute names the type");
    is_int(PyObject_SetAttrString(module, "__dict__", Py_None), -1, "__dict__ cannot be replaced");
    raises(PyExc_AttributeError, "readonly attribute", "__dict__ is read-only");
    is_int(PyObject_DelAttrString(module, "__file__"), 0, "an attribute that is there can be deleted");
    is_text(PyObject_Repr(module), "<module 'm'>", "an attribute that was deleted is gone");
    is_ptr(borrowed(PyObject_GetAttrString(module, "__class__")), &PyModule_Type, "__class__ is the type");

    hook = PyCFunction_New(&fallback, NULL);
    PyObject_SetAttrString(module, "__getattr__", hook);
    is_int(long_of(PyObject_GetAttrString(module, "nosuch")), 42,
           "__getattr__ of a module answers for a missing attribute");
    is_ptr(borrowed(PyObject_GetAttrString(module, "__doc__")), Py_None,
           "__getattr__ of a module is not asked for an attribute that is there");
    Py_DECREF(hook);
    Py_DECREF(module);
    is_int(Py_REFCNT(file), 1, "no use of attributes keeps a reference");
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
           "PyModule_Create2 adds the functions of the definition");
    is_text(PyObject_GetAttrString(module, "__doc__"), "A plain module.",
            "PyModule_Create2 adds the doc string of the definition");
    is_ptr(PyModule_GetDef(module), &plain_def, "PyModule_GetDef gives the definition");
    is_ptr(PyModule_GetState(module), NULL, "a definition of size 0 has no state");
    is_ptr(Py_TYPE((PyObject *)&plain_def), &PyModuleDef_Type,
           "the definition has become an object of type PyModuleDef_Type");
    Py_DECREF(module);

    module = PyModule_Create(&stateful);
    ok(PyModule_GetState(module) != NULL && memcmp(PyModule_GetState(module), zeros, sizeof(zeros)) == 0,
       "a state is made at once and filled with zeros");
    is_ptr(PyDict_GetItemString(PyModule_GetDict(module), "__doc__"), Py_None, "__doc__ without a doc string is None");
    Py_DECREF(module);
    module = PyModule_Create(&global);
    is_ptr(PyModule_GetState(module), NULL, "a definition of size -1 has no state");
    Py_DECREF(module);
    is_ptr(PyModule_Create2(&slotted, PYTHON_API_VERSION), NULL, "a definition with slots is refused");
    raises(PyExc_SystemError, "module slotted: PyModule_Create is incompatible with m_slots",
           "slots in PyModule_Create2 are a SystemError");

    module = PyModule_Create2(&plain_def, PYTHON_ABI_VERSION);
    ok(module != NULL, "a module of the version of the stable ABI is made");
    Py_XDECREF(module);
    is_int(in_child(make_with_version_7, text, sizeof(text)), 0, "a module of another API version is made");
    is_str(text,
           "<sys>:0: RuntimeWarning: Python C API version mismatch for module plain: This Python has API version 1013, "
           "module plain has version 7.\n",
           "a module of another API version causes a warning");
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
        is_int(cleared, 0, "%s: a module that is destroyed by its count is not cleared", defs[i].m_name);
        is_int(freed, 1, "%s: m_free is called once", defs[i].m_name);
        is_int(state_seen, state != NULL ? 77 : -1, "%s: m_free still sees the state", defs[i].m_name);

        module = PyModule_Create(&defs[i]);
        PyModule_AddObjectRef(module, "itself", module);
        freed = 0;
        Py_DECREF(module);
        is_int(freed, 0, "%s: a module that holds itself stays", defs[i].m_name);
        PyGC_Collect();
        is_int(freed, 1, "%s: a collection calls m_free of a module that holds itself", defs[i].m_name);

        module = PyModule_Create(&defs[i]);
        cleared = 0;
        is_int(module != NULL ? PyModule_Type.tp_clear(module) : -1, 0, "%s: a module can be cleared", defs[i].m_name);
        is_int(cleared, 1, "%s: tp_clear calls m_clear", defs[i].m_name);
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
