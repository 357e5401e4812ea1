/* The extension module `savings`: pays interest into the accounts of `ledger`, through that module's C API.
 *
 * It imports the capsule once, when it is itself imported, and keeps two things: the pointer, and a reference to the
 * capsule that the pointer comes from.  It knows no more of `ledger` than ledger.h. */
#include <Python.h>

#include <stdint.h>

#include "ledger.h"

typedef struct {
    const LedgerApi *ledger;
    PyObject *capsule;   /* keeps `ledger` valid */
} State;

static PyObject *
pay_interest(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    const State *state = (const State *)PyModule_GetState(module);
    const char *account;
    long long cents;
    long percent;

    if (count != 2) {
        PyErr_Format(PyExc_TypeError, "pay_interest() takes an account and a percentage (%zd given)", count);
        return NULL;
    }
    account = PyUnicode_AsUTF8(args[0]);
    if (account == NULL) {
        return NULL;
    }
    percent = PyLong_AsLong(args[1]);
    if (percent == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (state->ledger->balance(account, &cents) < 0) {
        return NULL;
    }
    cents = cents * percent / 100;
    if (state->ledger->post(account, cents) < 0) {
        return NULL;
    }
    return PyLong_FromLongLong(cents);
}

static PyMethodDef methods[] = {
    {"pay_interest", (PyCFunction)(void (*)(void))pay_interest, METH_FASTCALL,
     "pay_interest(account, percent, /)\n--\n\nAdd interest to an account and return it in cents."},
    {NULL, NULL, 0, NULL},
};

static int
exec_savings(PyObject *module)
{
    State *state = (State *)PyModule_GetState(module);

    state->ledger = (const LedgerApi *)PyCapsule_Import(LEDGER_CAPSULE, 0);
    if (state->ledger == NULL) {
        return -1;
    }
    if (state->ledger->version < LEDGER_VERSION) {
        PyErr_Format(PyExc_ImportError, "savings needs version %d of %s, not %d", LEDGER_VERSION, LEDGER_CAPSULE,
                     state->ledger->version);
        return -1;
    }
    state->capsule = PyImport_ImportModuleAttrString("ledger", "_C_API");
    return state->capsule != NULL ? 0 : -1;
}

static int
traverse_savings(PyObject *module, visitproc visit, void *arg)
{
    const State *state = (const State *)PyModule_GetState(module);
    Py_VISIT(state->capsule);
    return 0;
}

static int
clear_savings(PyObject *module)
{
    State *state = (State *)PyModule_GetState(module);
    state->ledger = NULL;
    Py_CLEAR(state->capsule);
    return 0;
}

static void
free_savings(void *module)
{
    clear_savings((PyObject *)module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)exec_savings},
    {0, NULL},
};

static PyModuleDef def = {
    PyModuleDef_HEAD_INIT, "savings",     "Interest for the accounts of ledger.",
    sizeof(State),         methods,       slots,
    traverse_savings,      clear_savings, free_savings,
};

PyMODINIT_FUNC
PyInit_savings(void)
{
    return PyModuleDef_Init(&def);
}
