/* Imports in several threads: a thread that wants a module that another thread is importing waits until it is done, each
 * module is made once, and two threads that import each other's modules do not wait for each other for ever. */
#include "checks.h"

#include <pthread.h>
#include <sched.h>
#include <time.h>

#define THREADS 4

static int runs; /* of the exec slot of "slow" */
static volatile int looked_up_begun; /* whether the exec slot of "looked_up" has begun */
static volatile int looking_up; /* whether another thread looks for that module */
static volatile int creations; /* of the module "late" */
static volatile int wanting_late; /* whether another thread wants it too */
static volatile int first_begun, second_begun, third_waits;
static volatile int flaky_runs, second_wants_flaky, flaky_imports_later, later_begun;
static int later_was_done;
static volatile int inside[2]; /* whether the exec slots of "left" and "right" have begun */

/* Lets the other threads go on for a while. */
static void
pause_without_the_gil(void)
{
    static const struct timespec moment = {0, 50 * 1000 * 1000};
    PyThreadState *saved = PyEval_SaveThread();
    nanosleep(&moment, NULL);
    PyEval_RestoreThread(saved);
}

/* Waits until another thread has set a flag, for five seconds at most. */
static void
wait_for_flag(volatile int *flag)
{
    int waits;

    for (waits = 0; !*flag && waits < 100; waits++) {
        pause_without_the_gil();
    }
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
    looked_up_begun = 1;
    wait_for_flag(&looking_up);
    pause_without_the_gil();
    return PyModule_AddIntConstant(module, "done", 1);
}

/* The module is not in sys.modules before this slot returns. */
static PyObject *
create_late(PyObject *spec, PyModuleDef *def)
{
    PyObject *name = PyObject_GetAttrString(spec, "name"), *module;

    (void)def;
    creations++;
    wait_for_flag(&wanting_late);
    pause_without_the_gil();
    module = PyModule_NewObject(name);
    Py_DECREF(name);
    return module;
}

/* "first" imports "second", which another thread is importing; a third thread wants "first". */
static int
exec_first(PyObject *module)
{
    PyObject *imported;

    wait_for_flag(&second_begun);
    first_begun = 1;
    imported = PyImport_ImportModule("second");
    Py_XDECREF(imported);
    return imported == NULL ? -1 : PyModule_AddIntConstant(module, "done", 1);
}

static int
exec_second(PyObject *module)
{
    second_begun = 1;
    wait_for_flag(&third_waits);
    pause_without_the_gil();
    return PyModule_AddIntConstant(module, "done", 1);
}

/* "flaky" fails in two threads, of which one waits for the other; then it works, and imports "later", which the thread
 * that has waited is importing. */
static int
exec_flaky(PyObject *module)
{
    PyObject *later;

    (void)module;
    flaky_runs++;
    if (flaky_runs == 1) {
        wait_for_flag(&second_wants_flaky);
        pause_without_the_gil();
    }
    if (flaky_runs < 3) {
        PyErr_SetString(PyExc_ValueError, "not yet");
        return -1;
    }
    flaky_imports_later = 1;
    later = PyImport_ImportModule("later");
    later_was_done = later != NULL && PyObject_HasAttrString(later, "done");
    Py_XDECREF(later);
    return later != NULL ? 0 : -1;
}

static int
exec_later(PyObject *module)
{
    later_begun = 1;
    wait_for_flag(&flaky_imports_later);
    pause_without_the_gil();
    return PyModule_AddIntConstant(module, "done", 1);
}

/* Imports the other module when the other exec slot runs too, in another thread. */
static int
exec_one_side(PyObject *module, int side, const char *other)
{
    PyObject *imported;

    inside[side] = 1;
    wait_for_flag(&inside[1 - side]);
    imported = PyImport_ImportModule(other);
    if (imported == NULL) {
        return -1;
    }
    Py_DECREF(imported);
    return PyModule_AddIntConstant(module, "done", 1);
}

static int
exec_left(PyObject *module)
{
    return exec_one_side(module, 0, "right");
}
static int
exec_right(PyObject *module)
{
    return exec_one_side(module, 1, "left");
}

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
static PyModuleDef_Slot first_slots[] = {{Py_mod_exec, SLOT(exec_first)}, {0, NULL}};
static PyModuleDef_Slot second_slots[] = {{Py_mod_exec, SLOT(exec_second)}, {0, NULL}};
static PyModuleDef_Slot flaky_slots[] = {{Py_mod_exec, SLOT(exec_flaky)}, {0, NULL}};
static PyModuleDef_Slot later_slots[] = {{Py_mod_exec, SLOT(exec_later)}, {0, NULL}};
static PyModuleDef_Slot left_slots[] = {{Py_mod_exec, SLOT(exec_left)}, {0, NULL}};
static PyModuleDef_Slot right_slots[] = {{Py_mod_exec, SLOT(exec_right)}, {0, NULL}};
static PyModuleDef_Slot failing_slots[] = {{Py_mod_exec, SLOT(exec_failing)}, {0, NULL}};
static PyModuleDef slow_def = {PyModuleDef_HEAD_INIT, "slow", NULL, 0, NULL, slow_slots, NULL, NULL, NULL};
static PyModuleDef looked_up_def = {PyModuleDef_HEAD_INIT, "looked_up", NULL, 0,   NULL,
                                    looked_up_slots,       NULL,        NULL, NULL};
static PyModuleDef late_def = {PyModuleDef_HEAD_INIT, "late", NULL, 0, NULL, late_slots, NULL, NULL, NULL};
static PyModuleDef first_def = {PyModuleDef_HEAD_INIT, "first", NULL, 0, NULL, first_slots, NULL, NULL, NULL};
static PyModuleDef second_def = {PyModuleDef_HEAD_INIT, "second", NULL, 0, NULL, second_slots, NULL, NULL, NULL};
static PyModuleDef flaky_def = {PyModuleDef_HEAD_INIT, "flaky", NULL, 0, NULL, flaky_slots, NULL, NULL, NULL};
static PyModuleDef later_def = {PyModuleDef_HEAD_INIT, "later", NULL, 0, NULL, later_slots, NULL, NULL, NULL};
static PyModuleDef left_def = {PyModuleDef_HEAD_INIT, "left", NULL, 0, NULL, left_slots, NULL, NULL, NULL};
static PyModuleDef right_def = {PyModuleDef_HEAD_INIT, "right", NULL, 0, NULL, right_slots, NULL, NULL, NULL};
static PyModuleDef failing_def = {PyModuleDef_HEAD_INIT, "failing", NULL, 0, NULL, failing_slots, NULL, NULL, NULL};

static PyObject *
init_slow(void)
{
    return PyModuleDef_Init(&slow_def);
}
static PyObject *
init_looked_up(void)
{
    return PyModuleDef_Init(&looked_up_def);
}
static PyObject *
init_late(void)
{
    return PyModuleDef_Init(&late_def);
}
static PyObject *
init_first(void)
{
    return PyModuleDef_Init(&first_def);
}
static PyObject *
init_second(void)
{
    return PyModuleDef_Init(&second_def);
}
static PyObject *
init_flaky(void)
{
    return PyModuleDef_Init(&flaky_def);
}
static PyObject *
init_later(void)
{
    return PyModuleDef_Init(&later_def);
}
static PyObject *
init_left(void)
{
    return PyModuleDef_Init(&left_def);
}
static PyObject *
init_right(void)
{
    return PyModuleDef_Init(&right_def);
}
static PyObject *
init_failing(void)
{
    return PyModuleDef_Init(&failing_def);
}

static struct _inittab table[] = {
    {"slow", init_slow},   {"looked_up", init_looked_up}, {"late", init_late},   {"left", init_left},
    {"right", init_right}, {"failing", init_failing},     {"first", init_first}, {"second", init_second},
    {"flaky", init_flaky}, {"later", init_later},         {NULL, NULL},
};

/* One thread's import and its outcome. */
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
        is_int(imports[i].imported, 1, "thread %d gets the module that was made once", i);
        is_int(imports[i].done, 1, "thread %d gets the module when it is done", i);
    }
}

/* Looks up a module that is in sys.modules and not done. */
static void *
look_up(void *argument)
{
    Import *wanted = (Import *)argument;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *name = PyUnicode_FromString(wanted->name), *module;

    wait_for_flag(&looked_up_begun);
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
    is_int(looking.imported, 1, "PyImport_GetModule in another thread finds the module");
    is_int(looking.done, 1, "PyImport_GetModule waits until the module is done");
}

static void *
import_after_another(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    wait_for_flag(&creations);
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
    is_int(second.imported, 1, "another thread waits for a module that is not in sys.modules yet");
    is_int(creations, 1, "a module that another thread waits for is not created again");
}

static void *
import_third(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    wait_for_flag(&first_begun);
    pause_without_the_gil();
    third_waits = 1;
    PyGILState_Release(state);
    return import(argument);
}

static void
test_chain(void)
{
    Import first = {"first", 0, 0, 0}, second = {"second", 0, 0, 0}, third = {"first", 0, 0, 0};
    pthread_t threads[3];
    PyThreadState *saved = PyEval_SaveThread();

    pthread_create(&threads[0], NULL, import, &first);
    pthread_create(&threads[1], NULL, import, &second);
    pthread_create(&threads[2], NULL, import_third, &third);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    pthread_join(threads[2], NULL);
    PyEval_RestoreThread(saved);
    is_int(first.done && second.done, 1,
           "a thread waits for another one that is making a module which its own module imports");
    is_int(third.imported, 1, "a third thread waits for the first");
    is_int(third.done, 1, "the third thread gets the module when it is done");
}

/* The first thread to import "flaky", and the third once the other thread imports "later". */
static void *
import_flaky_first_and_last(void *unused)
{
    Import flaky = {"flaky", 0, 0, 0};
    PyGILState_STATE state;

    import(&flaky);
    state = PyGILState_Ensure();
    wait_for_flag(&later_begun);
    PyGILState_Release(state);
    import(&flaky);
    return unused;
}

static void *
import_flaky_and_later(void *argument)
{
    Import flaky = {"flaky", 0, 0, 0};
    PyGILState_STATE state = PyGILState_Ensure();

    wait_for_flag(&flaky_runs);
    second_wants_flaky = 1;
    PyGILState_Release(state);
    import(&flaky);
    return import(argument);
}

static void
test_waiting_is_over(void)
{
    Import later = {"later", 0, 0, 0};
    pthread_t threads[2];
    PyThreadState *saved = PyEval_SaveThread();

    pthread_create(&threads[0], NULL, import_flaky_first_and_last, NULL);
    pthread_create(&threads[1], NULL, import_flaky_and_later, &later);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    PyEval_RestoreThread(saved);
    is_int(flaky_runs, 3, "a module that fails in two threads is tried again");
    is_int(later.done, 1, "a thread that has waited for a failing module imports another one");
    is_int(later_was_done, 1, "a thread that waits no more is no part of a deadlock");
}

static void
test_each_other(void)
{
    Import imports[2] = {{"left", 0, 0, 0}, {"right", 0, 0, 0}};

    import_in_threads(imports, 2);
    is_int(inside[0] && inside[1], 1, "two threads are importing two modules that import each other");
    is_int(imports[0].imported && imports[1].imported, 1, "both threads that import each other's modules succeed");
    is_int(imports[0].done && imports[1].done, 1, "each thread gets its own module when it is done");
}

static void
test_failing(void)
{
    Import imports[THREADS] = {{"failing", 0, 0, 0}, {"failing", 0, 0, 0}, {"failing", 0, 0, 0}, {"failing", 0, 0, 0}};
    int i;

    import_in_threads(imports, THREADS);
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "failing"), NULL,
           "a module that fails in several threads leaves nothing behind");
    for (i = 0; i < THREADS; i++) {
        is_int(imports[i].is_value_error, 1, "thread %d gets the error of the module that fails", i);
    }
}

int
main(void)
{
    PyImport_ExtendInittab(table);
    TAP_BEGIN();
    RUN(test_waiting);
    RUN(test_looking_up);
    RUN(test_not_there_yet);
    RUN(test_chain);
    RUN(test_waiting_is_over);
    RUN(test_each_other);
    RUN(test_failing);
    return TAP_END();
}
