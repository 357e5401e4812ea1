/* Capsules that are destroyed because their holder is: containers, modules, functions, exceptions, and at last the
 * interpreter.  The destructors run in the order in which the holder lets go: a list and a tuple from the end, a dict
 * and a module in order of insertion.  Py_FinalizeEx first drops the modules without another reference, in the order of
 * sys.modules, then the other objects in sys.modules; then it empties the modules that are held, the youngest first, in each
 * the private names before the others; builtins and sys go last.
 */
#define _POSIX_C_SOURCE 200809L
#include "tap.h"

#include <sys/wait.h>
#include <unistd.h>

static char storage[4] = "abc";
static char log_text[4096];

static void
note(const char *text)
{
    strcat(log_text, text);
}

static void
note_name(PyObject *capsule)
{
    note(PyCapsule_GetName(capsule));
    note(";");
}

static PyObject *
named(const char *name)
{
    return PyCapsule_New(storage, name, note_name);
}

static void
log_is(const char *want, const char *text)
{
    is_str(log_text, want, "%s", text);
    no_error("no error is set: %s", text);
    log_text[0] = '\0';
}

static void
put(PyObject *dict, const char *key, const char *name)
{
    PyObject *capsule = named(name);
    PyDict_SetItemString(dict, key, capsule);
    Py_DECREF(capsule);
}

static void
test_list(void)
{
    static const char *const names[] = {"0", "1", "2", "3"};
    PyObject *list = PyList_New(0);

    for (int i = 0; i < 4; i++) {
        PyObject *capsule = named(names[i]);
        PyList_Append(list, capsule);
        Py_DECREF(capsule);
    }
    log_is("", "a list keeps its capsules alive");
    PyList_SetItem(list, 1, Py_NewRef(Py_None));
    log_is("1;", "an item of a list that is replaced goes at once");
    PyList_SetItem(list, 2, named("new 2"));
    log_is("2;", "an item of a list that a capsule replaces goes at once");
    is_int(PyList_SetItem(list, 9, named("nowhere")), -1, "an item that is set beyond the end of a list fails");
    raises(PyExc_IndexError, "list assignment index out of range",
           "an item that is set beyond the end of a list is an IndexError");
    log_is("nowhere;", "SetItem that fails drops the capsule whose reference it took over");
    Py_DECREF(list);
    log_is("3;new 2;0;", "a list lets go of its items from the end");
}

static void
test_tuple(void)
{
    PyObject *a = named("a"), *b = named("b"), *tuple = PyTuple_Pack(3, a, b, a), *part;

    Py_DECREF(a);
    Py_DECREF(b);
    part = PyTuple_GetSlice(tuple, 1, 2);
    log_is("", "a tuple keeps its capsules alive");
    Py_DECREF(tuple);
    log_is("a;", "a tuple lets go once of a capsule that it held twice");
    Py_DECREF(part);
    log_is("b;", "a slice of a tuple lets go of the last capsule");
    tuple = PyTuple_New(3);
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"0", "1", "2"};
        PyTuple_SetItem(tuple, i, named(names[i]));
    }
    Py_DECREF(tuple);
    log_is("2;1;0;", "a tuple lets go of its items from the end");
}

static void
test_dict(void)
{
    PyObject *dict = PyDict_New(), *capsule;

    put(dict, "x", "0");
    put(dict, "a", "1");
    put(dict, "m", "2");
    put(dict, "b", "3");
    log_is("", "a dict keeps its capsules alive");
    put(dict, "a", "new 1");
    log_is("1;", "a value of a dict that is replaced goes at once");
    is_int(PyDict_DelItemString(dict, "x"), 0, "an item of a dict can be deleted");
    log_is("0;", "a value of a dict that is deleted goes at once");
    put(dict, "x", "new 0");
    Py_DECREF(dict);
    log_is("new 1;2;3;new 0;", "a dict lets go of its values in order of insertion, a replaced one in its old place");

    dict = PyDict_New();
    for (int i = 0; i < 6; i += 2) {
        static const char *const names[] = {"key 0", "value 0", "key 1", "value 1", "key 2", "value 2"};
        PyObject *value = named(names[i + 1]);
        capsule = named(names[i]);
        PyDict_SetItem(dict, capsule, value);
        is_ptr(PyDict_GetItem(dict, capsule), value, "a capsule may be the key of a dict (%d)", i / 2);
        Py_DECREF(capsule);
        Py_DECREF(value);
    }
    log_is("", "a dict keeps its keys and values alive");
    Py_DECREF(dict);
    log_is("key 0;value 0;key 1;value 1;key 2;value 2;",
           "each key of a dict goes with its value, in order of insertion");

    dict = PyDict_New();
    capsule = named("key and value");
    PyDict_SetItem(dict, capsule, capsule);
    Py_DECREF(capsule);
    Py_DECREF(dict);
    log_is("key and value;", "a capsule that is key and value at once goes once");

    dict = PyDict_New();
    capsule = named("key");
    PyDict_SetItem(dict, capsule, Py_None);
    PyDict_SetItem(dict, capsule, Py_True);
    Py_DECREF(capsule);
    log_is("", "a key of a dict stays when its value is replaced");
    Py_DECREF(dict);
    log_is("key;", "a key of a dict goes with the dict");
}

static PyObject *
return_self(PyObject *self, PyObject *arguments)
{
    (void)arguments;
    return Py_NewRef(self);
}

static PyMethodDef return_self_method = {"return_self", return_self, METH_NOARGS, NULL};

static void
test_other_holders(void)
{
    PyObject *capsule = named("self"), *function, *result, *inner, *outer;

    function = PyCFunction_New(&return_self_method, capsule);
    Py_DECREF(capsule);
    log_is("", "a function keeps the capsule that is its self");
    result = PyObject_CallNoArgs(function);
    is_ptr(result, capsule, "a function gives its self to the C function that it calls");
    Py_DECREF(function);
    log_is("", "a result outlives the function that returned it");
    Py_DECREF(result);
    log_is("self;", "a result goes with its last reference");
    function = PyCFunction_NewEx(&return_self_method, result = named("self"), inner = named("module"));
    Py_DECREF(result);
    Py_DECREF(inner);
    Py_DECREF(function);
    log_is("self;module;", "a function lets go of its self, then of its module");

    outer = PyList_New(0);
    inner = PyDict_New();
    put(inner, "deep", "deep");
    PyList_Append(outer, inner);
    Py_DECREF(inner);
    log_is("", "a capsule in a dict in a list is held by the list");
    Py_DECREF(outer);
    log_is("deep;", "a capsule in a dict in a list goes with the list");
}

/* Like note_name; notes the error that is set at that moment too. */
static void
note_error(PyObject *capsule)
{
    note_name(capsule);
    note(PyErr_Occurred() == NULL ? "no error;" : tap_type_name(PyErr_Occurred()));
}

static void
set_error_with_capsule(void)
{
    PyObject *capsule = PyCapsule_New(storage, "argument", note_error);
    PyErr_SetObject(PyExc_ValueError, capsule);
    Py_DECREF(capsule);
}

static void
test_exceptions(void)
{
    PyObject *exception;

    set_error_with_capsule();
    is_str(log_text, "", "the error indicator keeps a capsule that is the argument of the exception");
    PyErr_Clear();
    log_is("argument;no error;", "PyErr_Clear destroys the exception when no error is set any more");

    set_error_with_capsule();
    PyErr_SetString(PyExc_KeyError, "another");
    is_str(log_text, "argument;no error;", "a new error destroys the old exception before it is set itself");
    raises(PyExc_KeyError, "'another'", "the new error is set when the old exception is gone");
    log_text[0] = '\0';

    set_error_with_capsule();
    exception = PyErr_GetRaisedException();
    log_is("", "an exception taken out of the error indicator keeps its argument");
    PyErr_SetRaisedException(exception);
    is_str(log_text, "", "an exception put back into the error indicator keeps its argument");
    PyErr_Clear();
    log_is("argument;no error;", "the argument of the exception goes when the indicator is cleared");
}

static void
test_modules(void)
{
    PyObject *module = PyModule_New("m"), *dict, *capsule;

    PyModule_Add(module, "c", named("0"));
    capsule = named("1");
    PyModule_AddObjectRef(module, "a", capsule);
    Py_DECREF(capsule);
    PyModule_AddObject(module, "_b", named("2"));
    capsule = named("3");
    PyObject_SetAttrString(module, "__d", capsule);
    Py_DECREF(capsule);
    log_is("", "a module keeps its capsules alive, however they came in");
    PyModule_Add(module, "c", named("new 0"));
    log_is("0;", "an attribute of a module that is replaced goes at once");
    PyObject_DelAttrString(module, "a");
    log_is("1;", "an attribute of a module that is deleted goes at once");
    Py_DECREF(module);
    log_is("new 0;2;3;", "a module lets go of its attributes in order of insertion");

    module = PyModule_New("m");
    PyModule_Add(module, "a", named("a"));
    dict = Py_NewRef(PyModule_GetDict(module));
    Py_DECREF(module);
    log_is("", "a module's dict that is held outlives its module, with all its items");
    Py_DECREF(dict);
    log_is("a;", "the items of a module's dict go with the dict");

    module = PyImport_AddModule("registered");
    PyModule_Add(module, "a", named("a"));
    PyDict_DelItemString(PyImport_GetModuleDict(), "registered");
    log_is("a;", "a module without another reference goes when it is taken out of sys.modules");

    module = PyImport_AddModuleRef("registered");
    PyModule_Add(module, "a", named("a"));
    PyDict_DelItemString(PyImport_GetModuleDict(), "registered");
    log_is("", "a module that is held stays whole when it is taken out of sys.modules");
    is_ptr(PyCapsule_GetPointer(capsule = PyObject_GetAttrString(module, "a"), "a"), storage,
           "a module that is held stays usable when it is taken out of sys.modules");
    Py_DECREF(capsule);
    Py_DECREF(module);
    log_is("a;", "a module that was held goes with its last reference");
}

/* The functions that run in a child: they prepare an interpreter that Py_FinalizeEx has to end. */
static void
note_state(PyObject *capsule)
{
    char text[64];
    sprintf(text, "%s:%d%d%d%d;", PyCapsule_GetName(capsule), (int)Py_REFCNT(capsule),
            PyCapsule_IsValid(capsule, PyCapsule_GetName(capsule)), PyErr_Occurred() != NULL, Py_IsInitialized());
    note(text);
}

static void
make_objects(PyObject *capsule)
{
    PyObject *list = PyList_New(0), *another = named("made late");
    PyList_Append(list, another);
    Py_DECREF(another);
    Py_DECREF(list);
    note_name(capsule);
}

static void
at_exit(void)
{
    note("atexit;");
}

static void
add(const char *module, const char *attribute, const char *name)
{
    PyModule_Add(PyImport_AddModule(module), attribute, named(name));
}

static void
prepare_modules(void)
{
    add("zeta", "b", "z.b");
    add("zeta", "_a", "z._a");
    add("alpha", "x", "a.x");
    add("zeta", "c", "z.c");
    add("middle", "x", "m.x");
}

/* References that a child keeps to its end, where a leak checker sees that they are not forgotten. */
static PyObject *volatile kept[2];

static void
prepare_held_modules(void)
{
    kept[0] = PyImport_AddModuleRef("first");
    add("first", "v", "first.v");
    add("first", "_u", "first._u");
    add("first", "__w", "first.__w");
    add("first", "_t", "first._t");
    kept[1] = PyImport_AddModuleRef("second");
    add("second", "v", "second.v");
    add("loose", "v", "loose.v");
}

static void
prepare_other_places(void)
{
    PyObject *capsule = named("no module");
    PyDict_SetItemString(PyImport_GetModuleDict(), "capsule", capsule);
    Py_DECREF(capsule);
    add("module", "v", "module");
    add("builtins", "pycapsule_test", "builtins");
    add("sys", "pycapsule_test", "sys");
}

static void
prepare_working_destructors(void)
{
    PyModule_Add(PyImport_AddModule("m"), "a", PyCapsule_New(storage, "state", note_state));
    PyModule_Add(PyImport_AddModule("m"), "b", PyCapsule_New(storage, "maker", make_objects));
    Py_AtExit(at_exit);
}

static void
prepare_kept(void)
{
    kept[0] = named("in no module");
    kept[1] = named("also in a module");
    PyModule_AddObjectRef(PyImport_AddModule("m"), "a", kept[1]);
    add("m", "b", "held only by m");
}

static void
prepare_cycle(void)
{
    PyObject *list = PyList_New(0), *capsule = named("in a cycle");
    PyList_Append(list, list);
    PyList_Append(list, capsule);
    Py_DECREF(capsule);
    Py_DECREF(list);
}

static void
test_finalize(void)
{
    static const struct {
        void (*prepare)(void);
        const char *log;
        const char *text;
    } cases[] = {
        {prepare_modules, "z.b;z._a;z.c;a.x;m.x;finalized;", "modules without another reference go in order of import"},
        {prepare_held_modules, "loose.v;second.v;first._u;first._t;first.v;first.__w;finalized;",
         "modules that are held are emptied later, the youngest first, private names first"},
        {prepare_other_places, "module;no module;builtins;sys;finalized;",
         "objects that are no modules leave sys.modules after all modules; builtins and sys are emptied last"},
        {prepare_working_destructors, "state:0100;made late;maker;atexit;finalized;",
         "destructors work while the interpreter is finalised, before the functions of Py_AtExit"},
        {prepare_kept, "held only by m;finalized;", "a capsule to which a reference is left is not destroyed"},
        {prepare_cycle, "in a cycle;finalized;", "garbage in cycles is collected"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int ends[2], status = -1;
        size_t length = 0;
        ssize_t got;
        pid_t child;

        if (pipe(ends) != 0 || (child = fork()) < 0) {
            ok(0, "a child process can be made");
            return;
        }
        if (child == 0) {
            log_text[0] = '\0';
            cases[i].prepare();
            note(Py_FinalizeEx() == 0 ? "finalized;" : "failed;");
            _exit(write(ends[1], log_text, strlen(log_text)) < 0);
        }
        close(ends[1]);
        while ((got = read(ends[0], log_text + length, sizeof(log_text) - 1 - length)) > 0) {
            length += (size_t)got;
        }
        log_text[length] = '\0';
        close(ends[0]);
        waitpid(child, &status, 0);
        is_int(status, 0, "Py_FinalizeEx returns (%s)", cases[i].text);
        log_is(cases[i].log, cases[i].text);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_list);
    RUN(test_tuple);
    RUN(test_dict);
    RUN(test_other_holders);
    RUN(test_exceptions);
    RUN(test_modules);
    RUN(test_finalize);
    return TAP_END();
}
