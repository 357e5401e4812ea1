#!/bin/sh
# The option trace_path: each line is a JSON object with the fields that docs/trace.md states, whatever names, threads, forks and a
# full disk do; and the program sees no difference.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
. c_tests/bugs/run.sh

${CC:-cc} -std=c99 -O1 c_tests/checks/json.c -o "$work/json"
parses() { "$work/json" < "$1"; }
# lines NUMBER PATTERN: the trace has so many lines with it.
lines() { [ "$(grep -c -e "$2" "$work/trace")" = "$1" ] || { cat "$work/trace"; return 1; }; }
has() { grep -q -e "$1" "$work/trace" || { cat "$work/trace"; return 1; }; }
# trace OPTIONS PROGRAM: a trace of its own.
trace() { rm -f "$work/trace"; run "trace_path=$work/trace$1" "$2"; }

# ---- a life ----

cat > "$work/life.c" <<'END_C'
#include <Python.h>
static int held;
static void close_it(PyObject *capsule) { PyCapsule_GetContext(capsule); }
int main(void)
{
    PyObject *capsule = PyCapsule_New(&held, "a\"b\\c\n\x01\xff\xc3\xa9", close_it);
    PyCapsule_GetPointer(capsule, "other");
    PyErr_Clear();
    PyCapsule_SetName(capsule, "new");
    PyCapsule_SetContext(capsule, &held);
    Py_INCREF(capsule);
    PyCapsule_IsValid(capsule, NULL);
    PyCapsule_GetName(capsule);
    PyCapsule_Import("no.where", 0);
    PyErr_Clear();
    PyCapsule_GetName(NULL);
    PyErr_Clear();
    Py_DECREF(capsule);
    Py_DECREF(capsule);
    return PyCapsule_New(&held, NULL, NULL) == NULL;
}
END_C
# shellcheck disable=SC2086
check "a program compiles" compile "$work/life.c" -o "$work/life" $link
trace "" "$work/life"
check "a trace changes neither the exit status" ends 'exit 0'
check "a trace is named nowhere on standard error" no test -s "$work/err"
check "each line is a JSON object" parses "$work/trace"
check "the first line has the format, the library's version and the program" \
    sh -c "head -1 '$work/trace' | grep -q '^{\"event\":\"start\",\"time\":[0-9.]*,\"pid\":[0-9]*,\"thread\":[0-9]*,\"format\":1,\"library\":\"[0-9.]*\",\"calendar\":[0-9.]*,\"parent\":[0-9]*,\"next\":1,\"program\":\".*/life\"}\$'"
check "a new capsule has a number, an address, a reference, and its arguments" \
    has '"event":"call",.*"call":"PyCapsule_New","capsule":1,"address":"0x[0-9a-f]*","references":1,"arguments":{"pointer":{"address":"0x[0-9a-f]*","module":".*/life","offset":"0x[0-9a-f]*"},"name":".*","destructor":{"address":.*}},"result":{"address":"0x[0-9a-f]*"},"place":[0-9]*,"caller":{"address":.*"module":".*/life","offset":"0x[0-9a-f]*"}}$'
check "bytes of a name that are no text are in hexadecimal, as in log_format=json" has '"name":"a\\\\\\"b\\\\\\\\c\\\\x0a\\\\x01\\\\xffé"'
check "a failed call has the error, and no result" has '"call":"PyCapsule_GetPointer","capsule":1,.*"arguments":{"name":"other"},"error":"ValueError: PyCapsule_GetPointer called with incorrect name"'
check "a new name" has '"call":"PyCapsule_SetName","capsule":1,.*"arguments":{"name":"new"},"result":0'
check "a context" has '"call":"PyCapsule_SetContext","capsule":1,.*"arguments":{"context":{"address"'
check "NULL is null, and a question's answer is true or false" has '"call":"PyCapsule_IsValid","capsule":1,.*"references":2,"arguments":{"name":null},"result":false'
check "a name is a result" has '"call":"PyCapsule_GetName",.*"arguments":{},"result":"new"'
check "an import has no capsule" has '"call":"PyCapsule_Import","arguments":{"name":"no.where"},"error":"'
check "a call with NULL has no capsule" has '"call":"PyCapsule_GetName","capsule":null,"address":"0x0","arguments":{},"error":"'
check "an end begins with its destructor" has '"event":"destruction",.*"capsule":1,.*"references":0,"destructor":{"address":"0x[0-9a-f]*","module":".*/life"'
check "the destructor's own calls are between its begin and its end" \
    sh -c "sed -n '/\"event\":\"destruction\"/,/\"event\":\"destroyed\"/p' '$work/trace' | grep -q GetContext"
check "an end" lines 1 '"event":"destroyed",.*"capsule":1,'
check "the last line counts the capsules that are alive" sh -c "tail -1 '$work/trace' | grep -q '\"event\":\"exit\",.*\"alive\":1}'"
check "a place is described before the event that names it" awk '
    match($0, /"place":[0-9]+/) { place = substr($0, RSTART, RLENGTH) }
    /"event":"place"/ { known[place] = 1; next }
    /"event":"call"/ && !known[place] { bad = 1 }
    END { exit bad }' "$work/trace"
trace :backtrace=0 "$work/life"
check "backtrace=0: events have no place" lines 0 '"place"\|"caller"'
check "backtrace=0: the calls are there" lines 10 '"event":"call"'
trace :fail_alloc=1+ "$work/life"
check "without memory for the program each line is a JSON object" parses "$work/trace"

# ---- strict mode ----

trace :strict=1 09_wrong_name
check "a report of strict mode is in the trace" has '"event":"report",.*"severity":"WARNING","kind":"wrong-name","message":"PyCapsule_GetPointer asks for '
trace :strict=1 13_released_twice
check "a capsule that is destroyed has no number, and its address" has '"event":"report",.*"capsule":null,"address":"0x[0-9a-f]*","severity":"ERROR","kind":"use-after-destroy"'
check "a program that is aborted has no line of its end" lines 0 '"event":"exit"'

# ---- processes and threads ----

cat > "$work/family.c" <<'END_C'
#include <Python.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>
static int held;
static void *work(void *argument)
{
    for (int i = 0; i < 500; i++) {
        PyObject *capsule = PyCapsule_New(&held, "thread", NULL);
        PyCapsule_GetPointer(capsule, "thread");
        Py_DECREF(capsule);
    }
    return argument;
}
int main(void)
{
    pthread_t threads[4];
    PyObject *capsule = PyCapsule_New(&held, "parent", NULL);
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, work, NULL);
    }
    pid_t child = fork();
    if (child == 0) {
        PyCapsule_New(&held, "child", NULL);
        Py_DECREF(capsule);
        exit(0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    waitpid(child, NULL, 0);
    Py_DECREF(capsule);
    return 0;
}
END_C
# shellcheck disable=SC2086
check "a program with threads and a child compiles" compile -D_POSIX_C_SOURCE=200809L -pthread "$work/family.c" -o "$work/family" $link
trace "" "$work/family"
check "lines of threads and of a child do not mix" parses "$work/trace"
check "each capsule of each thread is there" lines 2000 '"call":"PyCapsule_New".*"name":"thread"'
check "each capsule has a number of its own" \
    sh -c "grep -o '\"pid\":[0-9]*,.*\"call\":\"PyCapsule_New\",\"capsule\":[0-9]*' '$work/trace' | sed 's/,\"thread\".*,/,/' | sort | uniq -d | wc -l | grep -qx 0"
check "each process has a first line" lines 2 '"event":"start"'
check "a child names its parent" sh -c "
    parent=\$(sed -n '1s/.*\"pid\":\\([0-9]*\\).*/\\1/p' '$work/trace')
    grep -q '\"event\":\"start\".*\"parent\":'\$parent',' '$work/trace'"
check "each process has a last line" lines 2 '"event":"exit"'
check "a capsule that the parent made has its number in the child" lines 2 '"event":"destroyed",.*"capsule":1,'
rm -f "$work"/trace.*
run "trace_path=$work/trace.%p" "$work/family"
check "%p: each process has a file of its own" sh -c "set -- '$work'/trace.*; [ \$# = 2 ]"

# ---- the file ----

trace "" "$work/life"
before=$(wc -l < "$work/trace")
run "trace_path=$work/trace" "$work/life"
check "a trace is written at the end of a file" test "$(wc -l < "$work/trace")" = $((2 * before))
for value in '' trace.%d; do
    check "trace_path=$value" refused "trace_path=$value" \
        "option \"trace_path\" can't be \"$value\", but must be a path, where %p is the process and %% a percent sign"
done
check "a file in no folder is refused" refused "trace_path=$work/none/trace" "option \"trace_path\": \"$work/none/trace\" can't be opened for writing"
check "a device is refused" refused trace_path=/dev/full 'option "trace_path": "/dev/full" is a device, and must be .*'
# full PROGRAM: with room for 4 KiB in a file.
full() { rm -f "$work/trace"; (trap '' XFSZ; ulimit -f 8; run "trace_path=$work/trace" "$1"); }
full "$work/family"
check "a disk that is full is told once, in each process that meets it" says ': the trace ends here: File too large$'
check "a disk that is full does not end the program" ends 'exit 0'
check "a disk that is full is told at most once by a process" \
    sh -c "sort '$work/err' | uniq -d | wc -l | grep -qx 0"
done_testing
