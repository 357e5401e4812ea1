#!/bin/sh
# The variables of a function that calls exit are still alive, and so are its callers': the capsules that they hold are
# not leaks.  This is so whether or not stacks can be recorded: without unwind tables, without stacks in reports, and in
# a program without shared objects.
. "$(dirname "$0")/tap.sh"
ulimit -c 0
cc=${CC:-cc}
cat > "$work/exits.c" << 'EOF'
#include <Python.h>
#include <stdlib.h>

static int payload;
static volatile int ends = 1;

static void
usage(void)
{
    if (ends) {
        exit(3);
    }
}

int
main(int argc, char **argv)
{
    PyObject *volatile capsule = PyCapsule_New(&payload, "payload", NULL);

    (void)argv;
    if (argc == 1) {
        usage();
    }
    if (argc == 2) {
        Py_DECREF(capsule);
    }
    return 3;
}
EOF

# ends STATUS COMMAND...: with this status, and with a report if that is 23 and else without.
ends() {
    expected=$1
    shift
    status=0
    PYCAPSULE_OPTIONS=strict=1:$options "$@" 2> "$work/reports" || status=$?
    case $expected in 23) grep -q 'ERROR: leak' "$work/reports" ;; *) [ ! -s "$work/reports" ] ;; esac
    [ $? = 0 ] && [ $status = "$expected" ] && return
    echo "exit status $status"
    cat "$work/reports"
    return 1
}

# tried NAME FLAGS...: the program, linked with these flags at the end.
tried() {
    name=$1
    shift
    if ! $cc -g "$work/exits.c" -o "$work/exits" -Iinclude "$@" -pthread > "$work/compiled" 2>&1; then
        skip "$name" "it can't be linked here"
        return
    fi
    for options in backtrace=1 backtrace=0; do
        check "$name, $options: a capsule that main holds is no leak when a function calls exit" ends 3 "$work/exits"
        check "$name, $options: a capsule that main drops is no leak when a function calls exit" ends 3 "$work/exits" drop
    done
}
shared="-L$root/build/lib -lpycapsule -Wl,-rpath,$root/build/lib"
archive="$root/build/lib/libpycapsule.a -ldl -lm"
for optimisation in -O0 -O2; do
    tried "a program with tables, $optimisation" $optimisation $shared
    for options in backtrace=1 backtrace=0; do
        check "a program with tables, $optimisation, $options: a capsule that main held is a leak when main has returned" ends 23 "$work/exits" keep it
    done
    tried "without tables, $optimisation" $optimisation -fno-asynchronous-unwind-tables -fno-exceptions $shared
    tried "from the archive, $optimisation" $optimisation $archive
    tried "without shared objects, $optimisation" $optimisation -static $archive
done

# A thread at work may have the only address of a capsule in a register.
cat > "$work/works.c" << 'EOF'
#include <Python.h>
#include <pthread.h>
#include <unistd.h>

static int payload;
static volatile int ready, stop;

/* Overwrites the addresses that functions which have returned left on the stack. */
__attribute__((noinline)) static void
wipe_stack(void)
{
    volatile char room[1 << 13];

    for (size_t i = 0; i < sizeof room; i++) {
        room[i] = 0;
    }
}

static void *
work(void *argument)
{
    PyObject *capsule = PyCapsule_New(&payload, "payload", NULL);

    wipe_stack();
    ready = 1;
    while (!stop) {
    }
    Py_DECREF(capsule);
    return argument;
}

int
main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, work, NULL) != 0) {
        return 1;
    }
    while (!ready) {
        usleep(1000);
    }
    return 0;
}
EOF
check "a program with a thread at work compiles" $cc -g -O2 "$work/works.c" -o "$work/works" -Iinclude $shared -pthread
options=backtrace=1
check "a capsule that a thread at work has made is no leak" ends 0 "$work/works"

# A program that ends with a status other than 0 has checked a result, although it leaves the error set.
cat > "$work/fails.c" << 'EOF'
#include <Python.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
    (void)argv;
    if (PyCapsule_Import("not_there._C_API", 0) == NULL && argc == 1) {
        puts("the module is not there");
        return 1;
    }
    return argc == 3 ? Py_FinalizeEx() : 0;
}
EOF
check "a program that needs a module compiles" $cc -g "$work/fails.c" -o "$work/fails" -Iinclude $shared
check "a failure is not reported when the exit status tells of one" ends 1 "$work/fails"
unlooked() {
    status=0
    PYCAPSULE_OPTIONS=strict=1 "$work/fails" "$@" 2> "$work/reports" || status=$?
    cat "$work/reports"
    [ $status = 23 ] && grep -q 'ERROR: unchecked-failure' "$work/reports"
}
check "a failure is reported when the exit status is 0" unlooked go on by itself
check "a failure is reported when Py_FinalizeEx clears the error, and the exit status is 0" unlooked go on
done_testing
