/* Imports by destructors while Py_FinalizeEx runs.  CPython's answers change from stage to stage: first imports
 * succeed, then folders are no longer searched, then None stands for each module, then sys.meta_path is None, then
 * its importer is empty, and at last there is no dict of modules. */
#include "checks.h"
#include "outcome.h"

#include <signal.h>

static int value;
static PyObject *host_name, *number;

/* Writes one line: a call and its outcome. */
static void
say(const char *call, PyObject *result)
{
    if (result != NULL && PyModule_Check(result)) {
        Py_DECREF(result);
        fprintf(stderr, "%s: module\n", call);
    } else if (result == NULL && PyErr_Occurred() == NULL) {
        fprintf(stderr, "%s: nothing\n", call);
    } else {
        fprintf(stderr, "%s: %s\n", call, outcome(result));
    }
}

/* Writes the outcome of each import at this moment. */
static void
look(const char *stage)
{
    PyObject *pending = PyErr_GetRaisedException(), *api;

    fprintf(stderr, "[%s]\n", stage);
    say("import host", PyImport_ImportModule("host"));
    say("import sys", PyImport_ImportModule("sys"));
    say("import nosuch", PyImport_ImportModule("nosuch"));
    say("import number", PyImport_Import(number));
    say("level host", PyImport_ImportModuleLevel("host", NULL, NULL, NULL, 0));
    say("level nosuch", PyImport_ImportModuleLevel("nosuch", NULL, NULL, NULL, 0));
    say("get host", PyImport_GetModule(host_name));
    api = PyCapsule_Import("host.api", 0) != NULL ? Py_NewRef(Py_True) : NULL;
    say("capsule", api);
    PyErr_SetString(PyExc_LookupError, "left");
    say("under an error", PyImport_ImportModule("host"));
    PyErr_SetRaisedException(pending);
}

static void
look_at_end(PyObject *capsule)
{
    look((const char *)PyCapsule_GetContext(capsule));
}

/* A capsule whose destructor tries the imports. */
static PyObject *
looking(const char *stage)
{
    static char stages[8][40];
    static size_t used;
    PyObject *capsule = PyCapsule_New(&value, "looking", look_at_end);

    snprintf(stages[used], sizeof(stages[used]), "%s", stage);
    PyCapsule_SetContext(capsule, stages[used++]);
    return capsule;
}

static void
look_when_freed(void *module)
{
    (void)module;
    look("m_free");
}

static PyModuleDef freed_def = {PyModuleDef_HEAD_INIT, "freed", NULL, 8, NULL, NULL, NULL, NULL, look_when_freed};
static PyModuleDef global_def = {PyModuleDef_HEAD_INIT, "global", NULL, -1, NULL, NULL, NULL, NULL, NULL};

static PyObject *
init_freed(void)
{
    return PyModule_Create(&freed_def);
}

static PyObject *
init_global(void)
{
    PyObject *module = PyModule_Create(&global_def);
    PyModule_Add(module, "looking", looking("contents of a module of size -1"));
    return module;
}

static void
put_into(PyObject *dict, PyObject *owned)
{
    PyDict_SetItemString(dict, "looking", owned);
    Py_DECREF(owned);
}

/* A list that holds itself and a capsule, so that a collection alone ends it. */
static PyObject *
cycle(PyObject *owned)
{
    PyObject *list = PyList_New(0);

    PyList_Append(list, list);
    PyList_Append(list, owned);
    Py_DECREF(owned);
    return list;
}

static void
place_in_garbage(void)
{
    Py_DECREF(cycle(looking("garbage")));
}
static void
place_in_module(void)
{
    PyModule_Add(PyImport_AddModule("last"), "looking", looking("a module"));
}
static void
place_in_modules(void)
{
    put_into(PyImport_GetModuleDict(), looking("sys.modules"));
}
static void
place_in_held(void)
{
    /* A tool that looks for leaks finds the reference here. */
    static PyObject *held;

    held = PyImport_AddModuleRef("held");
    PyModule_Add(held, "looking", looking("a held module"));
}
static void
place_in_freed(void)
{
    Py_XDECREF(PyImport_ImportModule("freed"));
}
static void
place_in_global(void)
{
    Py_XDECREF(PyImport_ImportModule("global"));
}
static void
place_in_thread(void)
{
    put_into(PyThreadState_GetDict(), looking("the thread's dict"));
}

static void
place_in_builtins(void)
{
    put_into(PyModule_GetDict(PyImport_AddModule("builtins")), looking("builtins"));
}

static void
place_in_module_cycle(void)
{
    PyModule_Add(PyImport_AddModule("last"), "list", cycle(looking("garbage of a module")));
}

static void
place_in_interpreter(void)
{
    put_into(PyInterpreterState_GetDict(PyInterpreterState_Get()), looking("the interpreter's dict"));
}

static void
place_in_interpreter_cycle(void)
{
    put_into(PyInterpreterState_GetDict(PyInterpreterState_Get()), cycle(looking("garbage of the interpreter")));
}

static void
place_in_sys_as(const char *name)
{
    PyObject *capsule = looking(name);
    PySys_SetObject(name, capsule);
    Py_DECREF(capsule);
}

static void
place_in_path_hooks(void)
{
    place_in_sys_as("path_hooks");
}
static void
place_in_ps1(void)
{
    place_in_sys_as("ps1");
}
static void
place_in_sys(void)
{
    place_in_sys_as("late");
}

/* The answers of each stage, without the two lines that do not change. */
#define NO_MODULE "ModuleNotFoundError: No module named 'nosuch'"
#define NOT_STRING "TypeError: module name must be a string"
#define NO_CAPSULE "ImportError: PyCapsule_Import could not import module \"host\""
#define BUILTINS_HALTED "ModuleNotFoundError: import of builtins halted; None in sys.modules"
#define HOST_HALTED "ModuleNotFoundError: import of host halted; None in sys.modules"
#define META_PATH "ImportError: sys.meta_path is None, Python is likely shutting down"
#define NOT_CALLABLE "TypeError: 'NoneType' object is not callable"
#define NO_MODULES "RuntimeError: unable to get sys.modules"
#define LEFT "LookupError: left"

typedef struct {
    const char *import_host, *import_sys, *import_nosuch, *import_number, *level_host, *level_nosuch, *get, *capsule,
        *under;
} Answers;

static const Answers as_ever = {"module", "module", NO_MODULE, NOT_STRING, "module", NO_MODULE, "module", "True", LEFT};
static const Answers without_folders = {"module",   "module", "TypeError: 'NoneType' object is not subscriptable",
                                        NOT_STRING, "module", "TypeError: 'NoneType' object is not subscriptable",
                                        "module",   "True",   LEFT};
static const Answers without_path = {"module",   "module", "TypeError: 'NoneType' object is not iterable",
                                     NOT_STRING, "module", "TypeError: 'NoneType' object is not iterable",
                                     "module",   "True",   LEFT};
static const Answers all_none = {BUILTINS_HALTED, BUILTINS_HALTED, BUILTINS_HALTED,
                                 BUILTINS_HALTED, HOST_HALTED,     META_PATH,
                                 "None",          NO_CAPSULE,      LEFT};
static const Answers cleared = {META_PATH, META_PATH, META_PATH,  META_PATH, META_PATH,
                                META_PATH, "nothing", NO_CAPSULE, LEFT};
static const Answers without_importer = {NOT_CALLABLE, NOT_CALLABLE, NOT_CALLABLE, NOT_CALLABLE, NOT_CALLABLE,
                                         NOT_CALLABLE, "nothing",    NO_CAPSULE,   LEFT};
static const Answers gone = {NO_MODULES, NO_MODULES, NO_MODULES, NO_MODULES, NO_MODULES,
                             NO_MODULES, NO_MODULES, NO_CAPSULE, LEFT};

typedef struct {
    const char *stage;
    void (*place)(void);
    const Answers *answers;
} Stage;

static const Stage stages[] = {
    {"garbage", place_in_garbage, &as_ever},
    {"path_hooks", place_in_path_hooks, &without_folders},
    {"ps1", place_in_ps1, &without_path},
    {"a module", place_in_module, &all_none},
    {"sys.modules", place_in_modules, &cleared},
    {"builtins", place_in_builtins, &cleared},
    {"garbage of a module", place_in_module_cycle, &cleared},
    {"a held module", place_in_held, &cleared},
    {"late", place_in_sys, &without_importer},
    {"m_free", place_in_freed, &without_importer},
    {"contents of a module of size -1", place_in_global, &gone},
    {"the thread's dict", place_in_thread, &gone},
    {"the interpreter's dict", place_in_interpreter, &gone},
    {"garbage of the interpreter", place_in_interpreter_cycle, &gone},
};

static void
begin(void)
{
    PyObject *root = PyUnicode_FromString("/");

    Py_Initialize();
    host_name = PyUnicode_FromString("host");
    number = PyLong_FromLong(777777);
    /* A folder to search, wherever the test runs. */
    PyList_Append(PySys_GetObject("path"), root);
    Py_DECREF(root);
    PyModule_Add(PyImport_AddModule("host"), "api", PyCapsule_New(&value, "host.api", NULL));
}

static void
live(const void *stage)
{
    begin();
    ((const Stage *)stage)->place();
    Py_FinalizeEx();
}

static void
test_stage(const Stage *stage)
{
    char text[4096], want[4096];
    const Answers *a = stage->answers;

    is_int(run_in_child(live, stage, text, sizeof(text)), 0, "a program whose destructor imports ends: %s",
           stage->stage);
    snprintf(want, sizeof(want),
             "[%s]\nimport host: %s\nimport sys: %s\nimport nosuch: %s\nimport number: %s\nlevel host: %s\n"
             "level nosuch: %s\nget host: %s\ncapsule: %s\nunder an error: %s\n",
             stage->stage, a->import_host, a->import_sys, a->import_nosuch, a->import_number, a->level_host,
             a->level_nosuch, a->get, a->capsule, a->under);
    is_str(text, want, "the outcome of the imports: %s", stage->stage);
}

/* A module that is added late can be imported by level, until there is no dict to add it to. */
static void
add_late(PyObject *capsule)
{
    (void)capsule;
    say("add", PyImport_AddModuleRef("late"));
    say("level", PyImport_ImportModuleLevel("late", NULL, NULL, NULL, 0));
    say("import", PyImport_ImportModule("late"));
}

static void
live_adding(const void *place)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(&value, "adding", add_late);
    if (place != NULL) {
        PySys_SetObject((const char *)place, capsule);
    } else {
        PyDict_SetItemString(PyThreadState_GetDict(), "adding", capsule);
    }
    Py_DECREF(capsule);
    Py_FinalizeEx();
}

static void
test_adding(void)
{
    static const char late[] = "late";
    char text[1024];

    is_int(run_in_child(live_adding, late, text, sizeof(text)), 0,
           "a destructor may add a module while sys is emptied");
    is_str(text, "add: module\nlevel: module\nimport: " NOT_CALLABLE "\n",
           "a module that is added while sys is emptied can be imported by level alone");
    is_int(run_in_child(live_adding, NULL, text, sizeof(text)), 0,
           "a destructor may try to add a module when the modules have gone");
    is_str(text, "add: " NO_MODULES "\nlevel: " NO_MODULES "\nimport: " NO_MODULES "\n",
           "a module cannot be added when the modules have gone");
}

static void
ask_for_dict(PyObject *capsule)
{
    (void)capsule;
    PyImport_GetModuleDict();
}

static void
live_asking(void)
{
    Py_Initialize();
    put_into(PyThreadState_GetDict(), PyCapsule_New(&value, "asking", ask_for_dict));
    Py_FinalizeEx();
}

/* The files that a program puts into sys are dropped before the modules. */
static void
end_of_file(PyObject *capsule)
{
    fprintf(stderr, "%s%s\n", (const char *)PyCapsule_GetContext(capsule),
            PySys_GetObject("maxsize") == Py_None ? " after sys" : "");
}

static void
live_with_files(void)
{
    static const char *const names[] = {
        "stderr", "stdin", "stdout", "meta_path", "path_importer_cache", "__interactivehook__"};
    size_t i;

    Py_Initialize();
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        PyObject *capsule = PyCapsule_New(&value, "file", end_of_file);
        PyCapsule_SetContext(capsule, (void *)(uintptr_t)names[i]);
        PySys_SetObject(names[i], capsule);
        Py_DECREF(capsule);
    }
    Py_FinalizeEx();
}

static void
test_rest(void)
{
    char text[2048];
    int status = in_child(live_asking, text, sizeof(text));

    ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
       "PyImport_GetModuleDict ends the process when the modules have gone");
    ok(strstr(text, "Fatal Python error: get_modules_dict: interpreter has no modules dictionary\n") == text,
       "the fatal error of PyImport_GetModuleDict says that there is no dict of modules");
    is_int(in_child(live_with_files, text, sizeof(text)), 0, "a program that has put objects into sys ends");
    is_str(text, "path_importer_cache\n__interactivehook__\nmeta_path\nstdin\nstdout\nstderr\n",
           "sys drops the attributes that imports need, and then its files");
}

/* A second life has every module again. */
static void
test_next_life(void)
{
    PyObject *module;

    Py_FinalizeEx();
    Py_Initialize();
    module = PyImport_ImportModule("sys");
    ok(module != NULL, "sys can be imported again after Py_Initialize");
    Py_XDECREF(module);
    is_int(PyErr_Occurred() != NULL, 0, "an import in a second life leaves no error");
    is_ptr(PyImport_ImportModule("nosuch"), NULL, "a module that is not there can't be imported in a second life");
    raises(PyExc_ModuleNotFoundError, "No module named 'nosuch'",
           "the error for a missing module is that of the first life");
}

static void
test_stages(void)
{
    size_t i;

    for (i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        test_stage(&stages[i]);
    }
}

int
main(void)
{
    PyImport_AppendInittab("freed", init_freed);
    PyImport_AppendInittab("global", init_global);
    RUN(test_stages);
    RUN(test_adding);
    RUN(test_rest);
    TAP_BEGIN();
    RUN(test_next_life);
    return TAP_END();
}
