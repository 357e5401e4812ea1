/* Put before a program by LD_PRELOAD: runs it once for each of some of its allocations, which fails.
 *
 *   EACH="FIRST STEP LAST"    which ones; 0 is none
 *   EACH_REPORT=FILE          where to say which runs ended badly, and how
 *
 * A run is a fork before main.  It may end with 0, or with 1 (failed checks, an error), or by the fatal error of
 * Py_Initialize or PyGILState_Ensure, which CPython has too; not by a crash, a panic, or a spoilt heap, and not after more than a minute.  A program that uses the NULL
 * it got crashes by its own fault: that is an end with 1.  A crash inside the library is one, also in a child process.
 */
#include "refuse.c"

#include <errno.h>
#include <execinfo.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>

enum { FRAMES = 32, LONGEST = 60 };
static char stack[64 * 1024];
static int said_fatal, reported = -1, output = -1;
static void *frames[FRAMES];
static int count;

/* One line of it: the first of `detail`, which may be NULL. */
static void
say(int file, long number, const char *what, const char *detail)
{
    char text[512];
    int line = detail != NULL ? (int)strcspn(detail, "\n") : 0;
    int length = snprintf(text, sizeof(text), "%ld: %s%s%.*s\n", number, what, line > 0 ? ": " : "",
                          line < 300 ? line : 300, line > 0 ? detail : "");
    if (syscall(SYS_write, file, text, (size_t)length) != length) {
        _exit(3);
    }
}

/* An end that the library announces is not a crash in it. */
ssize_t
write(int file, const void *bytes, size_t size)
{
    if (file == 2 && memmem(bytes, size, "Fatal Python error", 18) != NULL) {
        said_fatal = 1;
    }
    return syscall(SYS_write, file, bytes, size);
}

/* glibc ends the program by an assertion when it finds no memory for a thread's own data. */
int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument)
{
    int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    int status;

    exempt = 1;
    *(void **)&next = dlsym(RTLD_NEXT, "pthread_create");
    status = next(thread, attributes, body, argument);
    exempt = 0;
    return status;
}

/* The first file on the stack that is neither this one nor part of the C library. A call of an invalid address counts
 * as its caller's. */
static const char *
culprit(const ucontext_t *context)
{
    static const char *const of_c[] = {"/libc.so", "/libpthread", "/ld-linux", "/libm.so", "/libdl.so"};
    Dl_info info, own;
    int i;
    size_t j;

#ifdef __x86_64__
    if (dladdr((void *)context->uc_mcontext.gregs[REG_RIP], &info) == 0) {
        frames[0] = *(void **)context->uc_mcontext.gregs[REG_RSP];
        count = 1;
    }
#else
    (void)context;
#endif
    dladdr(stack, &own);
    for (i = 0; i < count; i++) {
        if (dladdr(frames[i], &info) == 0 || info.dli_fbase == own.dli_fbase) {
            continue;
        }
        for (j = 0; j < sizeof(of_c) / sizeof(of_c[0]) && strstr(info.dli_fname, of_c[j]) == NULL; j++) {
        }
        if (j == sizeof(of_c) / sizeof(of_c[0])) {
            return info.dli_fname;
        }
    }
    return "unknown code";
}

static void
crashed(int number, siginfo_t *about, void *context)
{
    const char *who;

    (void)about;
    signal(number, SIG_DFL);
    if (number == SIGABRT && said_fatal) {
        raise(number);
        return;
    }
    count = backtrace(frames, FRAMES);
    who = culprit((const ucontext_t *)context);
    if (number != SIGABRT && strstr(who, "libpycapsule") == NULL && strcmp(who, "unknown code") != 0) {
        say(2, refused, "ended by a crash", who);
        _exit(1);
    }
    say(reported, refused, strsignal(number), who);
    backtrace_symbols_fd(frames, count, reported);
    raise(number);
}

static void
watch(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    stack_t alternate;
    struct sigaction action;
    size_t i;

    backtrace(frames, FRAMES); /* loads its libraries while it can */
    memset(&alternate, 0, sizeof(alternate));
    alternate.ss_sp = stack;
    alternate.ss_size = sizeof(stack);
    sigaltstack(&alternate, NULL);
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = crashed;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        sigaction(signals[i], &action, NULL);
    }
}

/* How the run without allocation `which` ended, of which the first of its words are in `text`. */
static void
judge(long which, int status, const char *text)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
        say(reported, which, "does not end", NULL);
    } else if (WIFSIGNALED(status)) {
        if (WTERMSIG(status) != SIGABRT || (strstr(text, "Fatal Python error: Py_Initialize: ") == NULL &&
                                            strstr(text, "Fatal Python error: PyGILState_Ensure: ") == NULL)) {
            say(reported, which, strsignal(WTERMSIG(status)), strstr(text, "Fatal Python error"));
        }
    } else if (WEXITSTATUS(status) > 1) {
        say(reported, which, "has another exit status than 0 or 1", NULL);
    }
    if (strstr(text, "panicked at") != NULL || strstr(text, "memory allocation of") != NULL) {
        say(reported, which, "panics", NULL);
    }
}

__attribute__((constructor)) static void
each(void)
{
    static char text[64 * 1024];
    const char *range = getenv("EACH"), *path = getenv("EACH_REPORT");
    long which, step, last;
    ssize_t length;
    int status;
    pid_t child;

    if (range == NULL || path == NULL || sscanf(range, "%ld %ld %ld", &which, &step, &last) != 3 || step < 1) {
        fputs("each: EACH=\"FIRST STEP LAST\" and EACH_REPORT=FILE are wanted\n", stderr);
        _exit(2);
    }
    reported = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    output = (int)syscall(SYS_memfd_create, "output", 0);
    if (reported < 0 || output < 0) {
        perror(path);
        _exit(2);
    }
    watch();
    for (; which <= last; which += step) {
        if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0 || (child = fork()) < 0) {
            perror("each");
            _exit(2);
        }
        if (child == 0) {
            setpgid(0, 0);
            dup2(output, 1);
            dup2(output, 2);
            alarm(LONGEST);
            refused = which;
            asked = 0;
            return;
        }
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        kill(-child, SIGKILL);
        length = pread(output, text, sizeof(text) - 1, 0);
        text[length > 0 ? length : 0] = '\0';
        judge(which, status, text);
    }
    _exit(0);
}
