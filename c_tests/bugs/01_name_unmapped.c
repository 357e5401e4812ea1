/* The name is in a file that was mapped into memory, and is mapped no more: a table of kernels is read in place, its
 * names are given to capsules, and the table is closed.  The class is that of PyO3 #2481.  It looks like this: a
 * crash in strcmp, far from the line that closed the table. */
#define _POSIX_C_SOURCE 200809L
#include "bug.h"

#include <sys/mman.h>
#include <unistd.h>

enum { SIZE = 4096 };

static int kernel = 7;

/* The table as a build step would leave it: a file with one name. */
static char *
open_table(void)
{
    static const char name[] = "kernels.relu";
    FILE *file = tmpfile();
    char *table;

    if (file == NULL || ftruncate(fileno(file), SIZE) < 0 ||
        pwrite(fileno(file), name, sizeof(name), 0) != (ssize_t)sizeof(name)) {
        abort();
    }
    table = (char *)mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    fclose(file);
    return table;
}

int
main(void)
{
    char *table;
    PyObject *capsule;
    int *found;

    begin();
    table = open_table();
    capsule = PyCapsule_New(&kernel, table, NULL); /* made */
    found = (int *)PyCapsule_GetPointer(capsule, "kernels.relu");
    printf("kernel %d\n", found != NULL ? *found : -1);
#ifndef TWIN
    munmap(table, SIZE);
#endif
    found = (int *)PyCapsule_GetPointer(capsule, "kernels.relu"); /* used */
    printf("kernel %d\n", found != NULL ? *found : -1);
    Py_DECREF(capsule);
#ifdef TWIN
    munmap(table, SIZE);
#endif
    return Py_FinalizeEx() < 0;
}
