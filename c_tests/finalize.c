/* The end: Py_FinalizeEx drops all modules, which runs the destructors of the capsules that they hold, in CPython's order;
 * the state that a destructor sees meanwhile; Py_AtExit; Py_IsInitialized; and a new start after the end. */
#include "checks.h"

/* The events in their order, as words. */
static char events[512];

static void
event(const char *what)
{
    strncat(events, events[0] ? " " : "", sizeof(events) - strlen(events) - 1);
    strncat(events, what, sizeof(events) - strlen(events) - 1);
}

static void
note_end(PyObject *capsule)
{
    event(PyCapsule_GetName(capsule));
}

static void
add_capsule(PyObject *module, const char *name)
{
    PyModule_Add(module, "capsule", PyCapsule_New(events, name, note_end));
}

static int
exec_capsule(PyObject *module)
{
    /* The names that a module knows end with it, so the capsules have these. */
    static const char *const names[] = {"m1", "m2"};
    add_capsule(module, names[PyModule_GetName(module)[1] == '2']);
    return 0;
}

static PyModuleDef_Slot exec_slots[] = {{Py_mod_exec, SLOT(exec_capsule)}, {0, NULL}};
static PyModuleDef defs[] = {
    {PyModuleDef_HEAD_INIT, "m1", NULL, 0, NULL, exec_slots, NULL, NULL, NULL},
    {PyModuleDef_HEAD_INIT, "m2", NULL, 0, NULL, exec_slots, NULL, NULL, NULL},
    {PyModuleDef_HEAD_INIT, "z1", NULL, 0, NULL, NULL, NULL, NULL, NULL},
    {PyModuleDef_HEAD_INIT, "z2", NULL, 0, NULL, NULL, NULL, NULL, NULL},
    {PyModuleDef_HEAD_INIT, "global", NULL, -1, NULL, NULL, NULL, NULL, NULL},
};

static PyObject *
init_single(PyModuleDef *def)
{
    PyObject *module = PyModule_Create(def);
    add_capsule(module, def->m_name);
    return module;
}

static PyObject *
init_m1(void)
{
    return PyModuleDef_Init(&defs[0]);
}
static PyObject *
init_m2(void)
{
    return PyModuleDef_Init(&defs[1]);
}
static PyObject *
init_z1(void)
{
    return init_single(&defs[2]);
}
static PyObject *
init_z2(void)
{
    return init_single(&defs[3]);
}
static PyObject *
init_global(void)
{
    return init_single(&defs[4]);
}

static struct _inittab table[] = {
    {"m1", init_m1}, {"m2", init_m2}, {"z1", init_z1}, {"z2", init_z2}, {"global", init_global}, {NULL, NULL},
};

static void
at_exit_first(void)
{
    event("first");
}
static void
at_exit_second(void)
{
    event("second");
}

/* A life from start to end, in a process of its own.  A word is a module to import.  A module with + is made by
 * PyImport_AddModule; with * a reference to it is kept beyond the end; with @ it holds itself;
 * with % its capsule is in a list that holds itself; with = it has a second name; with $ its capsule is in sys.path. */
typedef struct {
    const char *what;
    const char *modules[6];
    const char *events;
} Life;

static const Life lives[] = {
    {"modules without another reference go in the order in which they came", {"+a", "+b", "+c"}, "a b c"},
    {"modules in two phases go in the order in which they came", {"m2", "m1"}, "m2 m1"},
    {"modules in one phase, which PyState_FindModule holds, go after the others and in reverse",
     {"z1", "+a", "z2", "m1"},
     "a m1 z2 z1"},
    {"a module of size -1 keeps its contents until the very end", {"global", "+a", "z1"}, "a z1 global"},
    {"a module that holds itself goes after the modules without a reference", {"@b", "+a"}, "a b"},
    {"an object in sys.path goes before all modules", {"+a", "$b"}, "b a"},
    {"a module with two names goes once", {"+a", "=b", "+c"}, "a b c"},
    {"an object that holds itself goes after the modules", {"+a", "%b", "+c"}, "a c b"},
    {"the dicts of modules that are still held are cleared last, in reverse", {"*a", "+b", "*c", "+d"}, "b d c a"},
};

static const Life *current;

/* The modules that the program has references to: a tool that looks for leaks finds them here. */
static PyObject *volatile kept[16];

static void
live(void)
{
    size_t i;

    Py_Initialize();
    Py_AtExit(at_exit_first);
    Py_AtExit(at_exit_second);
    for (i = 0; current->modules[i] != NULL; i++) {
        const char *name = current->modules[i];
        PyObject *module;
        if (strchr("+*@%=$", name[0]) == NULL) {
            module = PyImport_ImportModule(name);
        } else {
            module = PyImport_AddModuleRef(name + 1);
            add_capsule(module, name + 1);
        }
        kept[i % (sizeof(kept) / sizeof(kept[0]))] = module;
        if (name[0] == '=') {
            PyDict_SetItemString(PyImport_GetModuleDict(), "another name", module);
        }
        if (name[0] == '$') {
            PyObject *none = Py_NewRef(Py_None);
            PyList_Append(PySys_GetObject("path"), borrowed(PyObject_GetAttrString(module, "capsule")));
            PyModule_Add(module, "capsule", none);
        }
        if (name[0] == '%') {
            PyObject *list = PyList_New(0);
            PyList_Append(list, list);
            PyList_Append(list, borrowed(PyObject_GetAttrString(module, "capsule")));
            PyObject_SetAttrString(module, "capsule", list);
            Py_DECREF(list);
        }
        if (name[0] == '@') {
            PyModule_AddObjectRef(module, "itself", module);
        }
        if (name[0] != '*') {
            Py_XDECREF(module);
        }
    }
    if (Py_FinalizeEx() != 0) {
        event("failed");
    }
    fputs(events, stderr);
}

static void
test_order(void)
{
    char text[1024], want[256];
    size_t i;

    for (i = 0; i < sizeof(lives) / sizeof(lives[0]); i++) {
        current = &lives[i];
        snprintf(want, sizeof(want), "%s second first", current->events);
        is_int(in_child(live, text, sizeof(text)), 0, "a program with modules ends");
        is_str(text, want, "%s; then the functions of Py_AtExit run in reverse", current->what);
    }
}

/* The state that a destructor sees while the modules go. */
static struct {
    int calls, initialized, gil, valid, no_error, own_error;
} seen;

static void
look_around(PyObject *capsule)
{
    seen.calls++;
    seen.initialized = Py_IsInitialized();
    seen.gil = PyGILState_Check();
    seen.valid = PyCapsule_GetPointer(capsule, "look") == events;
    seen.no_error = PyErr_Occurred() == NULL;
    PyErr_SetString(PyExc_ValueError, "set and cleared");
    seen.own_error = PyErr_ExceptionMatches(PyExc_ValueError);
    PyErr_Clear();
}

static PyObject *builtins; /* its dict */

/* A destructor that runs while sys is emptied. */
static void
look_at_builtins(PyObject *capsule)
{
    PyObject *error = PyDict_GetItemString(builtins, "ValueError");

    (void)capsule;
    event(error == PyExc_ValueError ? "whole" : "emptied");
}

/* Adds more modules than there are at that moment. */
static void
add_modules(PyObject *capsule)
{
    char name[24];
    int i;

    (void)capsule;
    for (i = 0; i < 60; i++) {
        snprintf(name, sizeof(name), "late%d", i);
        PyImport_AddModule(name);
    }
    event("added");
}

static void
end_with_late_modules(void)
{
    PyObject *module, *looking;

    Py_Initialize();
    module = PyImport_AddModule("early");
    PyModule_Add(module, "capsule", PyCapsule_New(events, "adding", add_modules));
    /* References beyond the end, so that these modules are emptied and not destroyed. */
    kept[0] = PyImport_ImportModule("builtins");
    kept[1] = PyImport_ImportModule("sys");
    builtins = PyModule_GetDict(kept[0]);
    looking = PyCapsule_New(events, "looking", look_at_builtins);
    PySys_SetObject("capsule", looking);
    Py_DECREF(looking);
    Py_FinalizeEx();
    fputs(events, stderr);
}

static void
test_late_modules(void)
{
    char text[1024];

    is_int(in_child(end_with_late_modules, text, sizeof(text)), 0, "a destructor may add modules at the end");
    is_str(text, "added whole", "sys is emptied while builtins is whole");
}

static int exits;
static int initialized_at_exit;

static void
count_exit(void)
{
    exits++;
    initialized_at_exit = Py_IsInitialized();
}

static void
test_in_process(void)
{
    PyObject *module;
    int life, status = 0, i;

    for (life = 1; life <= 3; life++) {
        Py_Initialize();
        is_int(Py_IsInitialized(), 1, "life %d: after Py_Initialize Py_IsInitialized holds", life);
        Py_Initialize();
        is_int(Py_IsInitialized(), 1, "life %d: a second Py_Initialize does nothing", life);
        is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "m1"), NULL,
               "life %d: no module is left from the life before", life);
        is_int(PyErr_Occurred() != NULL, 0, "life %d: no error is left from the life before", life);
        ok(PyList_CheckExact(PySys_GetObject("path")), "life %d: sys has its first attributes", life);
        memset(&seen, 0, sizeof(seen));
        exits = 0;
        events[0] = '\0';

        is_ptr(PyState_FindModule(&defs[2]), NULL, "life %d: PyState_FindModule knows no module from the life before",
               life);
        module = PyImport_ImportModule("z1");
        is_ptr(PyState_FindModule(&defs[2]), module, "life %d: PyState_FindModule knows a module after its import",
               life);
        Py_XDECREF(module);

        module = PyImport_ImportModule("m1");
        ok(PyCapsule_CheckExact(borrowed(PyObject_GetAttrString(module, "capsule"))), "life %d: m1 is made anew", life);
        PyModule_Add(module, "look", PyCapsule_New(events, "look", look_around));
        is_ptr(PyCapsule_Import("m1.look", 0), NULL, "life %d: PyCapsule_Import refuses a capsule of another name",
               life);
        raises(PyExc_AttributeError, "PyCapsule_Import \"m1.look\" is not valid",
               "life %d: PyCapsule_Import says that another name is not valid", life);
        Py_XDECREF(module);
        for (i = 0; i < 32; i++) {
            status |= Py_AtExit(count_exit);
        }
        is_int(status, 0, "life %d: Py_AtExit takes 32 functions", life);
        is_int(Py_AtExit(count_exit), -1, "life %d: Py_AtExit takes no 33rd function", life);
        is_int(seen.calls, 0, "life %d: no destructor has run before the end", life);

        is_int(Py_FinalizeEx(), 0, "life %d: Py_FinalizeEx succeeds", life);
        is_int(Py_IsInitialized(), 0, "life %d: Py_IsInitialized no longer holds", life);
        is_int(seen.calls, 1, "life %d: the destructor has run once", life);
        is_str(events, "m1 z1", "life %d: the destructors of the capsules that modules made have run", life);
        is_int(seen.initialized, 0, "life %d: the destructor did not see Py_IsInitialized", life);
        is_int(seen.gil, 1, "life %d: the destructor held the GIL", life);
        is_int(seen.valid, 1, "life %d: the destructor could use its capsule", life);
        is_int(seen.no_error, 1, "life %d: the destructor found no error", life);
        is_int(seen.own_error, 1, "life %d: the destructor could set an error", life);
        is_int(exits, 32, "life %d: each function of Py_AtExit has run once", life);
        is_int(initialized_at_exit, 0, "life %d: a function of Py_AtExit did not see Py_IsInitialized", life);
        is_int(Py_FinalizeEx(), 0, "life %d: a second Py_FinalizeEx is no error", life);
        is_int(seen.calls + exits, 33, "life %d: a second Py_FinalizeEx does nothing", life);
    }
}

int
main(void)
{
    PyImport_ExtendInittab(table);
    RUN(test_order);
    RUN(test_late_modules);
    RUN(test_in_process);
    TAP_BEGIN();
    return TAP_END();
}
