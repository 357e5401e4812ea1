/* A C program that uses two compiled extension modules, found on disk through PYTHONPATH, without any Python source.
 *
 * It takes the C API of `ledger` from its capsule and calls it directly. It calls a function of `savings`, which works
 * on the same accounts through the same capsule. It prints the error of each wrong request. It drops all its
 * references, so that Py_FinalizeEx destroys the capsule, and the capsule's destructor closes the books. */
#include <Python.h>

#include <stdio.h>

#include "ledger.h"

/* Prints the error that is set on standard output, and clears it. */
static void
show_error(const char *what)
{
    PyObject *error = PyErr_GetRaisedException();
    PyObject *text = error != NULL ? PyObject_Str(error) : NULL;
    const char *message = text != NULL ? PyUnicode_AsUTF8(text) : NULL;

    printf("%s\n    %s: %s\n", what, error != NULL ? Py_TYPE(error)->tp_name : "no error",
           message != NULL ? message : "");
    Py_XDECREF(text);
    Py_XDECREF(error);
}

/* Each of these asks for something that does not exist. */
static void
show_mistakes(void)
{
    static const char *const names[] = {
        "nosuch._C_API",     /* no such module */
        "ledger._API",       /* no such attribute */
        "ledger.balance",    /* a function, not a capsule */
        "ledger.post.more",  /* an attribute of a function */
    };
    PyObject *capsule;
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (PyCapsule_Import(names[i], 0) == NULL) {
            show_error(names[i]);
        }
    }
    capsule = PyImport_ImportModuleAttrString("ledger", "_C_API");
    if (capsule != NULL && PyCapsule_GetPointer(capsule, "ledger.api") == NULL) {
        show_error("the capsule by a wrong name");
    }
    Py_XDECREF(capsule);
}

static int
use_accounts(const LedgerApi *ledger)
{
    PyObject *savings, *interest;
    long long cents = 0;

    if (ledger->post("savings", 120000) < 0 || ledger->post("rent", -80000) < 0) {
        return -1;
    }
    savings = PyImport_ImportModule("savings");
    if (savings == NULL) {
        return -1;
    }
    {
        PyObject *method = PyUnicode_FromString("pay_interest"), *account = PyUnicode_FromString("savings");
        PyObject *percent = PyLong_FromLong(3);
        /* A NULL among them would end the arguments early. */
        interest = method != NULL && account != NULL && percent != NULL
                       ? PyObject_CallMethodObjArgs(savings, method, account, percent, NULL)
                       : NULL;
        Py_XDECREF(method);
        Py_XDECREF(account);
        Py_XDECREF(percent);
    }
    Py_DECREF(savings);
    if (interest == NULL) {
        return -1;
    }
    printf("interest: %lld\n", PyLong_AsLongLong(interest));
    Py_DECREF(interest);
    if (ledger->balance("savings", &cents) < 0) {
        return -1;
    }
    printf("savings: %lld\n", cents);
    if (ledger->balance("holidays", &cents) < 0) {
        show_error("the account holidays");
    }
    return 0;
}

int
main(void)
{
    const LedgerApi *ledger;
    int status = 0;

    Py_Initialize();
    ledger = (const LedgerApi *)PyCapsule_Import(LEDGER_CAPSULE, 0);
    if (ledger == NULL) {
        show_error("import of " LEDGER_CAPSULE " (is PYTHONPATH the folder with ledger.so and savings.so?)");
        status = 1;
    } else {
        printf("ledger: version %d\n", ledger->version);
        if (use_accounts(ledger) < 0) {
            show_error("use of the accounts");
            status = 1;
        }
        show_mistakes();
    }
    fflush(stdout);
    if (Py_FinalizeEx() < 0) {
        status = 1;
    }
    printf("host: the end\n");
    return status;
}
