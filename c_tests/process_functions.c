/* Information on numbers and threads, keys of threads that are numbers, handlers of signals. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "outcome.h"

#include <signal.h>

/* Headers call the functions for keys deprecated. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* ---- information ---- */

static void
test_information(void)
{
    PyObject *info = PyThread_GetInfo(), *version;
    is_str(outcome(PyFloat_GetInfo()),
           "sys.float_info(max=1.7976931348623157e+308, max_exp=1024, max_10_exp=308, min=2.2250738585072014e-308, "
           "min_exp=-1021, min_10_exp=-307, dig=15, mant_dig=53, epsilon=2.220446049250313e-16, radix=2, rounds=1)",
           "PyFloat_GetInfo has the limits of float");
    is_str(outcome(PyLong_GetInfo()),
           "sys.int_info(bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, "
           "str_digits_check_threshold=640)",
           "PyLong_GetInfo has the digits of int");
    version = info != NULL ? PySequence_GetItem(info, 2) : NULL;
    ok(version != NULL && PyUnicode_Check(version) && PyUnicode_GetLength(version) > 5,
       "PyThread_GetInfo has the version of the threads");
    is_str(outcome(info != NULL ? PySequence_GetSlice(info, 0, 2) : NULL), "('pthread', 'semaphore')",
           "PyThread_GetInfo has the kind of threads and locks");
    is_str(outcome(PyObject_GetAttrString(info, "name")), "'pthread'", "the items of PyThread_GetInfo have names");
    Py_XDECREF(version);
    Py_XDECREF(info);
}

/* ---- keys of threads that are numbers ---- */

static void
test_thread_keys(void)
{
    static int values[2];
    int key = PyThread_create_key(), other = PyThread_create_key();
    ok(key >= 0 && other >= 0 && key != other, "PyThread_create_key makes different keys");
    is_ptr(PyThread_get_key_value(key), NULL, "a new key has no value");
    is_int(PyThread_set_key_value(key, &values[0]), 0, "a key gets a value");
    is_ptr(PyThread_get_key_value(key), &values[0], "a key has the value that it got");
    is_ptr(PyThread_get_key_value(other), NULL, "another key has no value");
    is_int(PyThread_set_key_value(key, &values[1]), 0, "a key gets another value");
    is_ptr(PyThread_get_key_value(key), &values[1], "a key has the last value that it got");
    PyThread_ReInitTLS();
    is_ptr(PyThread_get_key_value(key), &values[1], "PyThread_ReInitTLS keeps values");
    PyThread_delete_key_value(key);
    is_ptr(PyThread_get_key_value(key), NULL, "a value can be deleted");
    PyThread_delete_key(key);
    is_int(PyThread_set_key_value(key, &values[0]), -1, "a key that was deleted takes no value");
    is_ptr(PyThread_get_key_value(key), NULL, "a key that was deleted has no value");
    PyThread_delete_key(other);
}

/* ---- handlers of signals ---- */

static int signals_seen = 0;

static void
see_signal(int number)
{
    signals_seen += number;
}

static void
test_signals(void)
{
    ok(PyOS_getsig(SIGUSR1) == SIG_DFL, "a signal has the system's handler at first");
    ok(PyOS_setsig(SIGUSR1, see_signal) == SIG_DFL, "PyOS_setsig returns the handler before");
    ok(PyOS_getsig(SIGUSR1) == see_signal, "PyOS_getsig returns the handler that was set");
    raise(SIGUSR1);
    raise(SIGUSR1);
    is_int(signals_seen, 2 * SIGUSR1, "the handler stays after a signal");
    ok(PyOS_setsig(SIGUSR1, SIG_IGN) == see_signal, "a signal can be ignored");
    raise(SIGUSR1);
    is_int(signals_seen, 2 * SIGUSR1, "a signal that is ignored does not call the handler");
    ok(PyOS_setsig(SIGUSR1, SIG_DFL) == SIG_IGN, "a signal gets the system's handler back");
    ok(PyOS_getsig(999) == SIG_ERR, "PyOS_getsig returns SIG_ERR for a number that no signal has");
    ok(PyOS_setsig(999, see_signal) == SIG_ERR, "PyOS_setsig returns SIG_ERR for a number that no signal has");
    ok(PyOS_setsig(SIGKILL, see_signal) == SIG_ERR, "SIGKILL can't have a handler");
    is_int(PyOS_InterruptOccurred(), 0, "there was no interrupt at first");
    PyErr_SetInterrupt();
    is_int(PyOS_InterruptOccurred(), 1, "PyOS_InterruptOccurred tells of an interrupt");
    is_int(PyOS_InterruptOccurred(), 0, "PyOS_InterruptOccurred forgets the interrupt");
    is_int(PyErr_CheckSignals(), 0, "an interrupt that was forgotten raises nothing");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_information);
    RUN(test_thread_keys);
    RUN(test_signals);
    return TAP_END();
}
