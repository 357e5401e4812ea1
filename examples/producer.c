/* The extension module `ledger`: keeps the balance of a few accounts, and offers that to other C code in a capsule.
 *
 * Python code would call ledger.post("rent", -80000) and ledger.balance("rent"); C code takes the functions behind them
 * from the capsule ledger._C_API (ledger.h) and calls them without any Python object in between.  The destructor of
 * the capsule closes the books. */
#include <Python.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ledger.h"

typedef struct Account {
    struct Account *next;
    long long cents;
    char *name;
} Account;

static Account *accounts;

static Account *
find(const char *name)
{
    Account *account = accounts;
    while (account != NULL && strcmp(account->name, name) != 0) {
        account = account->next;
    }
    return account;
}

static Account *
open_account(const char *name)
{
    size_t size = strlen(name) + 1;
    Account *account = (Account *)PyMem_Malloc(sizeof(Account));
    char *copy = (char *)PyMem_Malloc(size);

    if (account == NULL || copy == NULL) {
        PyMem_Free(account);
        PyMem_Free(copy);
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, name, size);
    account->name = copy;
    account->cents = 0;
    account->next = accounts;
    accounts = account;
    return account;
}

static int
ledger_post(const char *name, long long cents)
{
    Account *account = find(name);
    if (account == NULL && (account = open_account(name)) == NULL) {
        return -1;
    }
    account->cents += cents;
    return 0;
}

static int
ledger_balance(const char *name, long long *cents)
{
    const Account *account = find(name);
    if (account == NULL) {
        PyErr_Format(PyExc_KeyError, "no account %s", name);
        return -1;
    }
    *cents = account->cents;
    return 0;
}

static const LedgerApi api = {LEDGER_VERSION, ledger_post, ledger_balance};

/* Users of the C API hold the capsule. When it is destroyed, no user is left that could post. */
static void
close_books(PyObject *capsule)
{
    int count = 0;

    (void)capsule;
    while (accounts != NULL) {
        Account *next = accounts->next;
        PyMem_Free(accounts->name);
        PyMem_Free(accounts);
        accounts = next;
        count++;
    }
    printf("ledger: the books are closed, %d accounts\n", count);
    fflush(stdout);
}

static PyObject *
post(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    const char *name;
    long long cents;

    (void)self;
    if (count != 2) {
        PyErr_Format(PyExc_TypeError, "post() takes an account and cents (%zd given)", count);
        return NULL;
    }
    if ((name = PyUnicode_AsUTF8(args[0])) == NULL) {
        return NULL;
    }
    cents = PyLong_AsLongLong(args[1]);
    if (cents == -1 && PyErr_Occurred()) {
        return NULL;
    }
    return ledger_post(name, cents) == 0 ? Py_NewRef(Py_None) : NULL;
}

static PyObject *
balance(PyObject *self, PyObject *account)
{
    const char *name = PyUnicode_AsUTF8(account);
    long long cents;

    (void)self;
    if (name == NULL || ledger_balance(name, &cents) < 0) {
        return NULL;
    }
    return PyLong_FromLongLong(cents);
}

static PyMethodDef methods[] = {
    {"post", (PyCFunction)(void (*)(void))post, METH_FASTCALL,
     "post(account, cents, /)\n--\n\nAdd cents to an account."},
    {"balance", balance, METH_O, "balance(account, /)\n--\n\nThe balance of an account in cents."},
    {NULL, NULL, 0, NULL},
};

static int
exec_ledger(PyObject *module)
{
    /* PyModule_Add steals the reference to the capsule, and fails by itself without a capsule. */
    return PyModule_Add(module, "_C_API", PyCapsule_New((void *)(uintptr_t)&api, LEDGER_CAPSULE, close_books));
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)exec_ledger},
    {0, NULL},
};

static PyModuleDef def = {
    PyModuleDef_HEAD_INIT, "ledger", "Keeps accounts, for Python and for C.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ledger(void)
{
    return PyModuleDef_Init(&def);
}
