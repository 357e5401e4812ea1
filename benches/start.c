/* Starts a program again and again, and prints how long it took to its first capsule.
 *
 *   start COUNT [env NAME=VALUE...] PROGRAM [ARGUMENT...]
 *
 * The program is `bench start`, which prints when its main began, when it had its capsule, and its peak memory.  A line
 * for each run and number: nanoseconds from before the process is made, nanoseconds from main, bytes. */
#define _GNU_SOURCE 1
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int
main(int argc, char **argv)
{
    int count = argc > 2 ? atoi(argv[1]) : 0;
    char **program = argv + 2;
    if (count <= 0) {
        fprintf(stderr, "usage: start COUNT [env NAME=VALUE...] PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    /* As env does, but without a process of its own, which would be measured too. */
    if (strcmp(*program, "env") == 0) {
        while (*++program != NULL && strchr(*program, '=') != NULL) {
            putenv(*program);
        }
    }
    while (count-- > 0) {
        posix_spawn_file_actions_t actions;
        struct timespec time;
        int64_t start, began, first, peak;
        int ends[2], status;
        pid_t child;
        FILE *output;

        if (pipe(ends) != 0) {
            return perror("pipe"), 1;
        }
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclose(&actions, ends[0]);
        clock_gettime(CLOCK_MONOTONIC, &time);
        if (posix_spawnp(&child, *program, &actions, NULL, program, environ) != 0) {
            return perror(*program), 1;
        }
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        output = fdopen(ends[0], "r");
        if (output == NULL || fscanf(output, "%" SCNd64 " %" SCNd64 " %" SCNd64, &began, &first, &peak) != 3) {
            return fprintf(stderr, "%s said nothing\n", *program), 1;
        }
        fclose(output);
        waitpid(child, &status, 0);
        start = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
        printf("start\t%" PRId64 "\nstart-main\t%" PRId64 "\nmemory\t%" PRId64 "\n", first - start, first - began,
               peak);
    }
    return 0;
}
