/* The C API of the extension module `ledger`, which it offers in the capsule ledger._C_API.
 *
 * A user gets it with `(const LedgerApi *)PyCapsule_Import(LEDGER_CAPSULE, 0)`. The pointer is valid for as long as the
 * capsule lives, so a user that keeps the pointer also keeps a reference to the module `ledger` or to the capsule.
 * Amounts are in cents. All functions need the GIL. */
#ifndef LEDGER_H
#define LEDGER_H

#define LEDGER_CAPSULE "ledger._C_API"
#define LEDGER_VERSION 1

typedef struct {
    int version;   /* LEDGER_VERSION; later versions only add members at the end */

    /* Adds cents, which may be negative, to an account, which is opened if need be.  0, or -1 with an error set. */
    int (*post)(const char *account, long long cents);

    /* Puts the balance of an account into *cents.  0, or -1 with KeyError set if there is no such account. */
    int (*balance)(const char *account, long long *cents);
} LedgerApi;

#endif
