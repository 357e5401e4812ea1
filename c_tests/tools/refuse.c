/* Put before a program by LD_PRELOAD: its N-th allocation fails, where N is in REFUSE; REFUSE_FOREVER=1 lets all after it
 * fail too.  The report, in the file REFUSE_REPORT, is how many allocations the program asked for. */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static long asked, refused = -1;
static int forever;
static __thread int exempt; /* in a function of the C library that needs memory */

/* Only main's allocations are counted, because the loader's own work before it needs memory. */
__attribute__((constructor)) static void
begin(void)
{
    const char *which = getenv("REFUSE");
    forever = getenv("REFUSE_FOREVER") != NULL;
    refused = which != NULL ? atol(which) : -1;
    asked = 0;
}

__attribute__((destructor)) static void
report(void)
{
    const char *path = getenv("REFUSE_REPORT");
    char text[32];
    int file = path != NULL ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;
    if (file >= 0) {
        int length = snprintf(text, sizeof(text), "%ld\n", asked);
        if (write(file, text, (size_t)length) != length) {
            _exit(3);
        }
        close(file);
    }
}

/* glibc dereferences NULL when it finds no memory; the library checks that there is some before it calls glibc. */
int
pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    int (*next)(pthread_t, pthread_attr_t *);
    int status;
    exempt = 1;
    *(void **)&next = dlsym(RTLD_NEXT, "pthread_getattr_np");
    status = next(thread, attributes);
    exempt = 0;
    return status;
}

static int
refuse(void)
{
    long now;
    if (exempt) {
        return 0;
    }
    now = __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
    return now == refused || (forever && refused >= 0 && now > refused);
}

void *
malloc(size_t size)
{
    return refuse() ? NULL : __libc_malloc(size);
}
void *
calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __libc_calloc(count, size);
}
void *
realloc(void *block, size_t size)
{
    return refuse() ? NULL : __libc_realloc(block, size);
}
