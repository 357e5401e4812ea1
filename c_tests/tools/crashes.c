/* Crashes in the program and in the library, one for each argument. each.c distinguishes them. */
#include <Python.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *volatile nothing = NULL;

static void
jump(PyObject *capsule)
{
    (void)capsule;
}

int
main(int argc, char **argv)
{
    const char *which = argc > 1 ? argv[1] : "";
    static struct {
        PyObject head;
        void *body[16];
    } object;

    if (strcmp(which, "own") == 0) {
        printf("%c\n", *nothing);
    } else if (strcmp(which, "own-in-c") == 0) {
        printf("%d\n", strcmp(nothing, "x"));
    } else if (strcmp(which, "library") == 0 || (strcmp(which, "child") == 0 && fork() == 0)) {
        PyCapsule_GetName((PyObject *)16);
    } else if (strcmp(which, "nowhere") == 0) {
        void (*volatile far)(PyObject *) = jump;
        memset((void *)&far, 1, sizeof far);
        Py_DECREF(PyCapsule_New(&object, NULL, far));
    } else if (strcmp(which, "heap") == 0) {
        char *volatile block = (char *)malloc(100);
        free(block);
        free(block);
    }
    return wait(NULL) == 0;
}
