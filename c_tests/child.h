/* Parts of a test that run in a child process, because they may end it, and whose standard error is read. Include this
 * file after <Python.h>. */
#ifndef PYCAPSULE_TESTS_CHILD_H
#define PYCAPSULE_TESTS_CHILD_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs body(argument) in a forked child, which exits with 0 after it.  The value is the status as waitpid gives it; `text`
 * gets as much of what the child wrote to standard error as `size` bytes hold, NUL-terminated. */
static inline int
run_in_child(void (*body)(const void *), const void *argument, char *text, size_t size)
{
    int ends[2], status = -1;
    size_t length = 0;
    ssize_t part;
    pid_t child;

    /* All registers go onto the stack: valgrind takes a pointer that only a register has for lost when a child ends here. */
    __builtin_unwind_init();
    fflush(stdout);
    fflush(stderr);
    if (pipe(ends) != 0 || (child = fork()) < 0) {
        perror("run_in_child");
        exit(2);
    }
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        body(argument);
        fflush(stderr);
        _exit(0);
    }
    close(ends[1]);
    while ((part = read(ends[0], text + length, size - 1 - length)) > 0) {
        length += (size_t)part;
    }
    text[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return status;
}

/* Calls the body whose address is at `body`, because ISO C does not convert the address of a function to one of an
 * object. */
static inline void
call_body(const void *body)
{
    (*(void (*const *)(void))body)();
}

static inline int
in_child(void (*body)(void), char *text, size_t size)
{
    return run_in_child(call_body, &body, text, size);
}

#endif
