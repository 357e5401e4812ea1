/* Imports in several threads: who wants a module that another thread is importing waits until it is done, each module is
 * made once, and two threads that import each other's modules do not wait for each other for ever. */
#include "checks.h"

#include <pthread.h>
#include <sched.h>
#include <time.h>

#define THREADS 4

static int runs;                       /* of the exec slot of "slow" */
static volatile int looked_up_begun;   /* whether the exec slot of "looked_up" has begun */
static volatile int looking_up;        /* whether another thread looks for that module */
static int creations;                  /* of the module "late" */
static volatile int wanting_late;      /* whether another thread wants it too */
static volatile int inside[2];         /* whether the exec slots of "left" and "right" have begun */

/* Lets the other threads go on for a while. */
static void
pause_without_the_gil(void)
{
    static const struct timespec moment = {0, 50 * 1000 * 1000};
    PyThreadState *saved = PyEval_SaveThread();
    nanosleep(&moment, NULL);
    PyEval_RestoreThread(saved);
}

static int
exec_slow(PyObject *module)
{
    runs++;
    pause_without_the_gil();
    return PyModule_AddIntConstant(module, "done", 1);
}

static int
exec_looked_up(PyObject *module)
{
    int waits;

    looked_up_begun = 1;
    for (waits = 0; !looking_up && waits < 100; waits++) {
        pause_without_the_gil();
    }
    pause_without_the_gil();
    return PyModule_AddIntConstant(module, "done", 1);
}

/* The module is not in sys.modules before this is over. */
static PyObject *
create_late(PyObject *spec, PyModuleDef *def)
{
    PyObject *name = PyObject_GetAttrString(spec, "name"), *module;
    int waits;

    (void)def;
    creations++;
    for (waits = 0; !wanting_late && waits < 100; waits++) {
        pause_without_the_gil();
    }
    pause_without_the_gil();
    module = PyModule_NewObject(name);
    Py_DECREF(name);
    return module;
}

/* Imports the other module when that one's exec slot runs too, in another thread. */
static int
exec_one_side(PyObject *module, int side, const char *other)
{
    PyObject *imported;
    int waits;

    inside[side] = 1;
    for (waits = 0; !inside[1 - side] && waits < 100; waits++) {
        pause_without_the_gil();
    }
    imported = PyImport_ImportModule(other);
    if (imported == NULL) {
        return -1;
    }
    Py_DECREF(imported);
    return PyModule_AddIntConstant(module, "done", 1);
}

static int exec_left(PyObject *module) { return exec_one_side(module, 0, "right"); }
static int exec_right(PyObject *module) { return exec_one_side(module, 1, "left"); }

static int
exec_failing(PyObject *module)
{
    (void)module;
    pause_without_the_gil();
    PyErr_SetString(PyExc_ValueError, "this module does not work");
    return -1;
}

static PyModuleDef_Slot slow_slots[] = {{Py_mod_exec, SLOT(exec_slow)}, {0, NULL}};
static PyModuleDef_Slot looked_up_slots[] = {{Py_mod_exec, SLOT(exec_looked_up)}, {0, NULL}};
static PyModuleDef_Slot late_slots[] = {{Py_mod_create, SLOT(create_late)}, {0, NULL}};
static PyModuleDef_Slot left_slots[] = {{Py_mod_exec, SLOT(exec_left)}, {0, NULL}};
static PyModuleDef_Slot right_slots[] = {{Py_mod_exec, SLOT(exec_right)}, {0, NULL}};
static PyModuleDef_Slot failing_slots[] = {{Py_mod_exec, SLOT(exec_failing)}, {0, NULL}};
static PyModuleDef slow_def = {PyModuleDef_HEAD_INIT, "slow", NULL, 0, NULL, slow_slots, NULL, NULL, NULL};
static PyModuleDef looked_up_def = {PyModuleDef_HEAD_INIT, "looked_up", NULL, 0, NULL, looked_up_slots, NULL, NULL, NULL};
static PyModuleDef late_def = {PyModuleDef_HEAD_INIT, "late", NULL, 0, NULL, late_slots, NULL, NULL, NULL};
static PyModuleDef left_def = {PyModuleDef_HEAD_INIT, "left", NULL, 0, NULL, left_slots, NULL, NULL, NULL};
static PyModuleDef right_def = {PyModuleDef_HEAD_INIT, "right", NULL, 0, NULL, right_slots, NULL, NULL, NULL};
static PyModuleDef failing_def = {PyModuleDef_HEAD_INIT, "failing", NULL, 0, NULL, failing_slots, NULL, NULL, NULL};

static PyObject *init_slow(void) { return PyModuleDef_Init(&slow_def); }
static PyObject *init_looked_up(void) { return PyModuleDef_Init(&looked_up_def); }
static PyObject *init_late(void) { return PyModuleDef_Init(&late_def); }
static PyObject *init_left(void) { return PyModuleDef_Init(&left_def); }
static PyObject *init_right(void) { return PyModuleDef_Init(&right_def); }
static PyObject *init_failing(void) { return PyModuleDef_Init(&failing_def); }

static struct _inittab table[] = {
    {"slow", init_slow},   {"looked_up", init_looked_up}, {"left", init_left},
    {"right", init_right}, {"failing", init_failing},     {"late", init_late}, {NULL, NULL},
};

/* One thread's import, and what it saw. */
typedef struct {
    const char *name;
    int imported, done, is_value_error;
} Import;

static void *
import(void *argument)
{
    Import *wanted = (Import *)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *module = PyImport_ImportModule(wanted->name);

    wanted->imported = module != NULL;
    wanted->done = module != NULL && PyObject_HasAttrString(module, "done");
    wanted->is_value_error = module == NULL && PyErr_ExceptionMatches(PyExc_ValueError);
    PyErr_Clear();
    Py_XDECREF(module);
    PyGILState_Release(state);
    return NULL;
}

static void
import_in_threads(Import *imports, int count)
{
    pthread_t threads[THREADS];
    PyThreadState *saved = PyEval_SaveThread();
    int i;

    for (i = 0; i < count; i++) {
        pthread_create(&threads[i], NULL, import, &imports[i]);
    }
    for (i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(saved);
}

static void
test_waiting(void)
{
    Import imports[THREADS] = {{"slow", 0, 0, 0}, {"slow", 0, 0, 0}, {"slow", 0, 0, 0}, {"slow", 0, 0, 0}};
    int i;

    import_in_threads(imports, THREADS);
    is_int(runs, 1, "a module that several threads import at once is made once");
    for (i = 0; i < THREADS; i++) {
        is_int(imports[i].imported, 1, "thread %d gets it", i);
        is_int(imports[i].done, 1, "and not before it is done (%d)", i);
    }
}

/* Looks for a module that is in sys.modules and not done. */
static void *
look_up(void *argument)
{
    Import *wanted = (Import *)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *name = PyUnicode_FromString(wanted->name), *module = NULL;
    int waits;

    for (waits = 0; !looked_up_begun && waits < 100; waits++) {
        pause_without_the_gil();
    }
    looking_up = 1;
    module = PyImport_GetModule(name);
    wanted->imported = module != NULL;
    wanted->done = module != NULL && PyObject_HasAttrString(module, "done");
    Py_XDECREF(module);
    Py_DECREF(name);
    PyGILState_Release(state);
    return NULL;
}

static void
test_looking_up(void)
{
    Import importing = {"looked_up", 0, 0, 0}, looking = {"looked_up", 0, 0, 0};
    pthread_t importer, looker;
    PyThreadState *saved = PyEval_SaveThread();

    pthread_create(&importer, NULL, import, &importing);
    pthread_create(&looker, NULL, look_up, &looking);
    pthread_join(importer, NULL);
    pthread_join(looker, NULL);
    PyEval_RestoreThread(saved);
    is_int(importing.done, 1, "one thread imports a module");
    is_int(looking.imported, 1, "another one finds it with PyImport_GetModule");
    is_int(looking.done, 1, "but not before it is done");
}

static void *
import_after_another(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    while (creations == 0) {
        pause_without_the_gil();
    }
    wanting_late = 1;
    PyGILState_Release(state);
    return import(argument);
}

static void
test_not_there_yet(void)
{
    Import first = {"late", 0, 0, 0}, second = {"late", 0, 0, 0};
    pthread_t threads[2];
    PyThreadState *saved = PyEval_SaveThread();

    pthread_create(&threads[0], NULL, import, &first);
    pthread_create(&threads[1], NULL, import_after_another, &second);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    PyEval_RestoreThread(saved);
    is_int(first.imported, 1, "one thread imports a module that takes long to create");
    is_int(second.imported, 1, "another one waits, though it is not in sys.modules yet");
    is_int(creations, 1, "and does not create it again");
}

static void
test_each_other(void)
{
    Import imports[2] = {{"left", 0, 0, 0}, {"right", 0, 0, 0}};

    import_in_threads(imports, 2);
    is_int(inside[0] && inside[1], 1, "two threads are importing two modules that import each other");
    is_int(imports[0].imported && imports[1].imported, 1, "both succeed");
    is_int(imports[0].done && imports[1].done, 1, "and each gets its own module whole");
}

static void
test_failing(void)
{
    Import imports[THREADS] = {{"failing", 0, 0, 0}, {"failing", 0, 0, 0}, {"failing", 0, 0, 0}, {"failing", 0, 0, 0}};
    int i;

    import_in_threads(imports, THREADS);
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "failing"), NULL, "a module that fails leaves nothing behind");
    for (i = 0; i < THREADS; i++) {
        is_int(imports[i].imported || imports[i].is_value_error, 1, "thread %d is told, or has what there was", i);
    }
}

int
main(void)
{
    PyImport_ExtendInittab(table);
    TAP_BEGIN();
    test_waiting();
    test_looking_up();
    test_not_there_yet();
    test_each_other();
    test_failing();
    return TAP_END();
}
