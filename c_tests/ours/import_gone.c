/* An import whose thread no longer exists, in a child of fork or in the next life of the runtime, is begun anew. */
#define _GNU_SOURCE
#include "../tap.h"

#include "../child.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>

static int runs, goes_on;

/* The module of a thread that a child does not have: a tool that looks for leaks finds it here. */
static PyObject *volatile kept;

/* The first run never ends. */
static int
exec_slow(PyObject *module)
{
    if (__atomic_add_fetch(&runs, 1, __ATOMIC_ACQ_REL) == 1) {
        kept = module;
        Py_BEGIN_ALLOW_THREADS
        while (!__atomic_load_n(&goes_on, __ATOMIC_ACQUIRE)) {
            usleep(1000);
        }
        Py_END_ALLOW_THREADS
    }
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)exec_slow}, {0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "slow", NULL, 0, NULL, slots, NULL, NULL, NULL};

static PyObject *
init_slow(void)
{
    return PyModuleDef_Init(&definition);
}

static void *
import_slow(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();

    Py_XDECREF(PyImport_ImportModule("slow"));
    PyErr_Clear();
    PyGILState_Release(state);
    return unused;
}

static pthread_t
start_import(void)
{
    pthread_t thread;

    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, import_slow, NULL);
    while (__atomic_load_n(&runs, __ATOMIC_ACQUIRE) == 0) {
        sched_yield();
    }
    Py_END_ALLOW_THREADS
    return thread;
}

static void
describe_slow(void)
{
    PyObject *name = PyUnicode_FromString("slow"), *there = PyImport_GetModule(name);
    PyObject *module = PyImport_ImportModule("slow");

    fprintf(stderr, "%s %s %d", there != NULL ? "there" : "not there", module != NULL ? "imported" : "failed", runs);
    Py_XDECREF(module);
    Py_XDECREF(there);
    Py_DECREF(name);
}

static void
import_in_child(void)
{
    alarm(60);
    describe_slow();
    fprintf(stderr, " %d", Py_FinalizeEx());
}

static void
import_in_next_life(void)
{
    alarm(60);
    start_import();
    Py_FinalizeEx();
    Py_Initialize();
    describe_slow();
    fprintf(stderr, " %d", Py_FinalizeEx());
}

static void
test_begun_anew(void)
{
    char text[256];
    pthread_t thread;

    is_int(in_child(import_in_next_life, text, sizeof text), 0,
           "a process whose import never ended finalises twice and ends well");
    is_str(text, "not there imported 2 0", "the next life imports anew a module whose import never ended");
    thread = start_import();
    is_int(in_child(import_in_child, text, sizeof text), 0,
           "a child that was forked beside an unfinished import finalises and ends well");
    is_str(text, "not there imported 2 0",
           "a child of fork imports anew a module whose import another thread had begun");
    __atomic_store_n(&goes_on, 1, __ATOMIC_RELEASE);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    is_int(runs, 1, "the import in the parent ends with its first run");
}

int
main(void)
{
    PyImport_AppendInittab("slow", init_slow);
    TAP_BEGIN();
    RUN(test_begun_anew);
    return TAP_END();
}
