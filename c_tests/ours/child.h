/* A part of a test that ends its process, or is expected to: it runs in a child, and what that writes to standard error is
 * kept.  Include it after <Python.h>. */
#ifndef PYCAPSULE_TESTS_CHILD_H
#define PYCAPSULE_TESTS_CHILD_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs `body` in a child, which exits with 0 after it.  The value is the status as waitpid gives it, or -1 when there can be
 * no child; `written` gets as much of what the child wrote as `size` bytes hold, NUL-terminated. */
static inline int
in_child(void (*body)(void), char *written, size_t size)
{
    int ends[2], status = 0;
    size_t length = 0;
    ssize_t part;
    pid_t child;

    fflush(stdout);
    if (pipe(ends) != 0 || (child = fork()) < 0) {
        return -1;
    }
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        body();
        exit(0);
    }
    close(ends[1]);
    while ((part = read(ends[0], written + length, size - 1 - length)) > 0) {
        length += (size_t)part;
    }
    written[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return status;
}

#endif
