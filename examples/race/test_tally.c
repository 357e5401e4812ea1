/* Two threads call the module `tally` at the same time, as threads of a Python program do: each holds the GIL while it calls. */
#include <Python.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Long enough that the threads meet outside of the GIL. */
enum { CALLS = 60, LINES = 100000 };

static pthread_barrier_t start;

static void *
call(void *module)
{
    PyGILState_STATE state;
    PyObject *data;
    int i;

    pthread_barrier_wait(&start);
    state = PyGILState_Ensure();
    data = PyBytes_FromStringAndSize(NULL, LINES);
    memset(PyBytes_AsString(data), '\n', LINES);
    for (i = 0; i < CALLS; i++) {
        PyObject *sum = PyObject_CallMethod((PyObject *)module, "count", "O", data);
        if (sum == NULL) {
            PyErr_Print();
        }
        Py_XDECREF(sum);
    }
    Py_DECREF(data);
    PyGILState_Release(state);
    return NULL;
}

int
main(void)
{
    pthread_t threads[2];
    PyThreadState *state;
    PyObject *module, *sum;
    int i, right;

    Py_Initialize();
    module = PyImport_ImportModule("tally");
    if (module == NULL) {
        PyErr_Print();
        return 1;
    }
    pthread_barrier_init(&start, NULL, 2);
    state = PyEval_SaveThread();
    for (i = 0; i < 2; i++) {
        pthread_create(&threads[i], NULL, call, module);
    }
    for (i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    PyEval_RestoreThread(state);
    sum = PyObject_CallMethod(module, "count", "y", "");
    right = sum != NULL && PyLong_AsLong(sum) == 2L * CALLS * LINES;
    printf("%s\n", right ? "each newline was counted" : "newlines were lost");
    Py_XDECREF(sum);
    Py_DECREF(module);
    Py_FinalizeEx();
    return !right;
}
