#!/bin/sh
# A program that is not linked with the library loads it with dlopen, after other libraries with thread-locals.  The library's own
# thread-locals need room in the static TLS block of every thread, including threads that already run (src/runtime/local.rs).
. "$(dirname "$0")/tap.sh"
library=$root/build/lib/libpycapsule.so.0
cat > "$work/program.c" <<'EOF'
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef void *object;
static object (*new_capsule)(void *, const char *, void *);
static void *(*get_pointer)(object, const char *);
static object (*occurred)(void);
static void (*clear)(void);
static pthread_barrier_t loaded, raised, seen;

static void *find(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (found == NULL) {
        printf("%s\n", dlerror());
        exit(1);
    }
    return found;
}

static void *run(void *unused)
{
    pthread_barrier_wait(&loaded);
    printf("%d", occurred() == NULL);
    pthread_barrier_wait(&raised);
    printf("%d", occurred() == NULL);
    get_pointer(NULL, "a.b");
    printf("%d", occurred() != NULL);
    clear();
    pthread_barrier_wait(&seen);
    return unused;
}

int main(int count, char **libraries)
{
    pthread_t thread;
    void *library = NULL;
    int i;

    pthread_barrier_init(&loaded, NULL, 2);
    pthread_barrier_init(&raised, NULL, 2);
    pthread_barrier_init(&seen, NULL, 2);
    pthread_create(&thread, NULL, run, NULL);
    for (i = 1; i < count; i++) {
        library = dlopen(libraries[i], RTLD_NOW);
        if (library == NULL) {
            printf("%s\n", dlerror());
            return 1;
        }
    }
    *(void **)&new_capsule = find(library, "PyCapsule_New");
    *(void **)&get_pointer = find(library, "PyCapsule_GetPointer");
    *(void **)&occurred = find(library, "PyErr_Occurred");
    *(void **)&clear = find(library, "PyErr_Clear");
    pthread_barrier_wait(&loaded);
    get_pointer(new_capsule(&thread, "a.b", NULL), "c.d");
    pthread_barrier_wait(&raised);
    pthread_barrier_wait(&seen);
    pthread_join(thread, NULL);
    printf("%d\n", occurred() != NULL);
    return 0;
}
EOF
# The program prints a digit for each fact that holds: the thread sees no error before the main thread sets one; it sees none
# afterwards; it sees its own; the main thread still has its own when the thread has cleared its error.
echo 1111 > "$work/wanted"
compile() { ${CC:-cc} -std=gnu99 -Wall -Wextra -Werror "$@"; }
check "a program that loads the library builds" compile "$work/program.c" -o "$work/program" -ldl -pthread

echo '__thread char kept[16384]; void *keep(void) { return kept; }' > "$work/large.c"
check "a library with large thread-locals builds" compile -shared -fPIC "$work/large.c" -o "$work/large.so"
echo '__thread char kept[256]; void *keep(void) { return kept; }' > "$work/static.c"
check "a library whose thread-locals are in the static TLS block builds" \
    compile -shared -fPIC -ftls-model=initial-exec "$work/static.c" -o "$work/static.so"

loads() {
    sentence=$1
    shift
    "$work/program" "$@" > "$work/output" 2>&1
    same "$sentence" "$work/output" "$work/wanted"
}
loads "after dlopen each thread has an error of its own" "$library"
loads "after dlopen behind large thread-locals each thread has an error of its own" "$work/large.so" "$library"
loads "after dlopen behind thread-locals in the static TLS block each thread has an error of its own" "$work/static.so" "$work/large.so" "$library"
size=$(readelf -lW "$library" | awk '$1 == "TLS" { print $6 }')
check "the thread-locals of the library take no more than 256 bytes" test "$((size))" -le 256
done_testing
