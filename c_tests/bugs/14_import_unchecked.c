/* The result of PyCapsule_Import is used unchecked: the module is not there, or is another of the same name, and the
 * table of functions is at address 0.  Seen: PyO3 PR 3818, where an empty file datetime.py in the working directory
 * is enough.  It looks like this: a crash at a small address, in the first function of the table that is called. */
#include "bug.h"

typedef struct {
    int version;
    double (*balance)(const char *account);
} LedgerApi;

static const LedgerApi *ledger = NULL;

static const LedgerApi *
ledger_api(void)
{
    if (ledger == NULL) {
        ledger = (const LedgerApi *)PyCapsule_Import("ledger_of_nobody._C_API", 0); /* made */
    }
    return ledger;
}

static int
show_balance(const char *account)
{
#ifdef TWIN
    if (ledger_api() == NULL) {
        show_error("ledger");
        return -1;
    }
#endif
    printf("%s: %g\n", account, ledger_api()->balance(account)); /* used */
    return 0;
}

int
main(void)
{
    begin();
    printf("what is in the account?\n");
    show_balance("rent");
    return Py_FinalizeEx() < 0;
}
