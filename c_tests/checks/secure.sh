#!/bin/sh
# In a program that has more rights than its caller, by its set-user-ID bit or by capabilities of its file, the library
# ignores the caller's environment: it writes, reads, loads and runs no file that the caller names.
. "$(dirname "$0")/tap.sh"
chmod 755 "$work"
other=65534

# ---- one door ----

nm -D -u build/lib/libpycapsule.so | sed 's/.* U //; s/@.*//' > "$work/wanted"
check "the library has the C library read no variable" \
    sh -c "! grep -xE '(secure_)?getenv|__secure_getenv|setlocale|system|popen|exec[lv]p.*|wordexp|tmpnam|tempnam' '$work/wanted'"
grep -rlE 'environ\b *:|getenv|env::var' src csrc > "$work/readers"
echo src/runtime/environment.rs > "$work/door"
same "one file of the sources reads the environment" "$work/readers" "$work/door"

# ---- a program of another project ----

cat > "$work/secure.c" <<'END_C'
#include <Python.h>
#include <stdio.h>
#include <sys/auxv.h>
int main(void)
{
    static int x;
    PyObject *capsule = PyCapsule_New(&x, "secure", NULL), *module, *path;
    printf("secure %lu\n", getauxval(AT_SECURE));
    printf("strict %d\n", pycapsule_live_count() >= 0);
    path = PySys_GetObject("path");
    printf("path %d\n", path != NULL ? (int)PyList_Size(path) : -1);
    module = PyImport_ImportModule("planted");
    printf("imported %d\n", module != NULL);
    PyErr_Clear();
    Py_XDECREF(module);
    /* The program itself may want reports: they are on standard error. */
    pycapsule_strict(1);
    Py_DECREF(capsule);
    capsule = PyCapsule_New(&x, "secure", NULL);
    PyCapsule_GetPointer(capsule, "wrong");
    PyErr_Clear();
    Py_DECREF(capsule);
    return 0;
}
END_C
cat > "$work/planted.c" <<'END_C'
#include <Python.h>
static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "planted", NULL, 0, NULL, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_planted(void) { return PyModule_Create(&def); }
END_C
# Runs a program as another user, or gives a file a capability that this user does not have.
cat > "$work/as.c" <<'END_C'
#define _GNU_SOURCE
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    /* Version 2, effective; CAP_CHOWN is permitted. */
    static const unsigned int chown_only[5] = {0x02000001, 1, 0, 0, 0};
    int id = atoi(argv[1]);
    if (argc > 3 && strcmp(argv[2], "capability") == 0) {
        return setxattr(argv[3], "security.capability", chown_only, sizeof chown_only, 0) != 0;
    }
    if (argc < 3 || setgroups(0, NULL) != 0 || setgid(id) != 0 || setuid(id) != 0) {
        return 126;
    }
    execv(argv[2], argv + 2);
    return 127;
}
END_C
build() {
    ${CC:-cc} -std=c99 -g -Iinclude -rdynamic "$work/secure.c" build/lib/libpycapsule.a -o "$work/plain" -pthread -ldl -lm &&
        ${CC:-cc} -std=c99 -Iinclude -shared -fPIC "$work/planted.c" -o "$work/open/planted.so" &&
        ${CC:-cc} "$work/as.c" -o "$work/as"
}
# A folder that the other user can write to, with a module and a stand-in for addr2line.
mkdir "$work/open" "$work/open/bin"
printf '#!/bin/sh\n: > %s\n' "$work/open/ran" > "$work/open/bin/addr2line"
chmod 755 "$work/open/bin/addr2line"
chmod 777 "$work/open"
check "the programs compile" build

# run PROGRAM: as the other user, whose environment sets all variables that the library reads; leaves `out` and `err`.
run() {
    rm -f "$work/open/log" "$work/open/ran"
    (
        umask 0
        PYCAPSULE_OPTIONS=strict=1:log_path=$work/open/log PYTHONPATH=$work/open PATH=$work/open/bin:$PATH \
            "$work/as" $other "$work/$1" > "$work/out" 2> "$work/err"
    )
}
prints() { printf '%s\n' "$@" | diff - "$work/out"; }
says() { grep -qE -e "$1" "$work/err" || { cat "$work/err"; return 1; }; }

# unread OPTIONS PROGRAM: the options change nothing, and no message is about them.
unread() {
    PYCAPSULE_OPTIONS=$1 "$work/as" $other "$work/$2" > "$work/out" 2> "$work/err"
    grep -qx 'strict 0' "$work/out" && ! grep -E 'PYCAPSULE_OPTIONS|TRACE|import ' "$work/err"
}

# is_blind HOW PROGRAM
is_blind() {
    run "$2"
    check "$1: neither options nor PYTHONPATH are taken, and no module is loaded" prints 'secure 1' 'strict 0' 'path 0' 'imported 0'
    check "$1: no log is written" test ! -e "$work/open/log"
    check "$1: no program is run to find out names and lines" test ! -e "$work/open/ran"
    check "$1: a report that the program itself asks for is on standard error, with places in files" \
        says "^    #0 [?][?] \($work/$2\+0x[0-9a-f]+\)\$"
    for options in bogus=1 help=1 "suppress=$work/secret" fail_alloc=1+ trace=1 verbose=1; do
        check "$1: PYCAPSULE_OPTIONS=$options changes nothing" unread "$options" "$2"
    done
}
# try HOW PROGRAM
try() {
    run "$2"
    if grep -qx 'secure 1' "$work/out"; then
        is_blind "$1" "$2"
    else
        skip "$1: the environment is not read" "the kernel gives this copy no more rights here (nosuid, or no_new_privs)"
    fi
}

if [ "$(id -u)" != 0 ]; then
    skip "a program with its set-user-ID bit does not read the environment" "only root can make such a copy for another user"
    skip "a program with capabilities does not read the environment" "only root can make such a copy for another user"
    done_testing
    exit
fi
echo 'the first line of a secret' > "$work/secret"
chmod 600 "$work/secret"

run plain
check "without more rights: the options and PYTHONPATH are taken" prints 'secure 0' 'strict 1' 'path 1' 'imported 1'
check "without more rights: the log is written" test -s "$work/open/log"
check "without more rights: a program is run to find out names and lines" test -e "$work/open/ran"

cp "$work/plain" "$work/setuid" && chmod 4755 "$work/setuid"
try "a set-user-ID bit" setuid
cp "$work/plain" "$work/setgid" && chmod 2755 "$work/setgid"
try "a set-group-ID bit" setgid
cp "$work/plain" "$work/capable"
if "$work/as" 0 capability "$work/capable"; then
    try "capabilities of the file" capable
else
    skip "capabilities of the file: the environment is not read" "the file system, or this container, gives files no capabilities"
fi
done_testing
