#!/bin/sh
# The lines that strict mode names are the program's: the lines where Py_DECREF and similar functions drop the last
# reference, not lines of the header.  This holds in C and C++, with and without optimisation, with gcc and clang, and
# with the headers of this library and of each CPython that is found.  The check also tests the frames that are left
# out, and the message about missing lines.
. "$(dirname "$0")/tap.sh"
ulimit -c 0
# The flags are words, which a blank in the path would break.
ln -s "$root/build/lib" "$work/lib"
link="-L$work/lib -lpycapsule -Wl,-rpath,$work/lib -pthread"

# Each line that drops a reference ends with a comment, and the destructor leaves an error, so that each is reported.
cat > "$work/drops.c" << 'EOF'
#include <Python.h>

static int payload;

static void
leave_error(PyObject *capsule)
{
    (void)capsule;
    PyErr_SetString(PyExc_ValueError, "left");
}

static PyObject *
made(void)
{
    PyErr_Clear();
    return PyCapsule_New(&payload, "payload", leave_error);
}

static void
decref(PyObject *capsule)
{
    Py_DECREF(capsule); /* drops */
}

static void
xdecref(PyObject *capsule)
{
    Py_XDECREF(capsule); /* drops */
}

static void
clear(PyObject *capsule)
{
    Py_CLEAR(capsule); /* drops */
}

#ifdef Py_SETREF
static void
setref(PyObject *capsule)
{
    Py_SETREF(capsule, NULL); /* drops */
}

static void
xsetref(PyObject *capsule)
{
    Py_XSETREF(capsule, NULL); /* drops */
}
#endif

static void
within(PyObject *capsule)
{
    if (capsule != NULL) {
        Py_INCREF(capsule);
        Py_DECREF(capsule);
        Py_DecRef(capsule); /* drops */
    }
}

int
main(void)
{
    Py_Initialize();
    decref(made());
    xdecref(made());
    clear(made());
#ifdef Py_SETREF
    setref(made());
    xsetref(made());
#endif
    within(made());
    PyErr_Clear();
    return 0;
}
EOF
cp "$work/drops.c" "$work/drops.cpp"

# places PROGRAM: the innermost line of each place of destruction, without the folder.
places() {
    PYCAPSULE_OPTIONS=strict=1:halt_on_error=0 "$1" 2>&1 |
        awk '/^  destroyed here:/ { getline; sub(".*/", ""); print }'
}

# drops_are_named COMPILER FLAGS... SOURCE: every line of the source that drops something is named, and no other.
drops_are_named() {
    for source; do :; done
    "$@" -w -g -o "$work/drops" $link > "$work/log" 2>&1 || { cat "$work/log"; return 1; }
    places "$work/drops" > "$work/seen"
    lines=$(grep -n '/\* drops \*/' "$source")
    # Without the macros for it, two of the lines are not compiled.
    [ "$(wc -l < "$work/seen")" = 4 ] && lines=$(echo "$lines" | grep -v SETREF)
    echo "$lines" | sed "s/:.*//; s/^/$(basename "$source"):/" > "$work/wanted"
    cmp -s "$work/seen" "$work/wanted" || { diff "$work/wanted" "$work/seen"; return 1; }
}

# each_way LEVELS WHOSE FLAGS...: in both languages, with each compiler, on these levels of optimisation.
each_way() {
    levels=$1 whose=$2
    shift 2
    for compiler in "${CC:-cc}" clang; do
        command -v "$compiler" > /dev/null || continue
        for way in c c++; do
            [ $way = c ] && source=$work/drops.c || source=$work/drops.cpp
            for level in $levels; do
                check "$whose headers, $way, $compiler $level: each line that drops a reference is the program's" \
                    drops_are_named "$compiler" "$@" $level -x $way "$source"
            done
        done
    done
}
# Beyond -O1, gcc has several drops share one call, which has one line.
each_way '-O0 -O1' "pycapsule's" "-I$root/include"
for version in 3.9 3.10 3.11 3.12 3.13 3.14; do
    reference=$(c_tests/conformance/reference $version 2> /dev/null) || continue
    eval "$reference"
    # shellcheck disable=SC2086 # a list of flags.
    each_way -O0 "CPython $version's" $PYREF_CFLAGS
done

# A stand-in for the harness, here with the function names of Check, and for the start of a thread.
cat > "$work/harness.c" << 'EOF'
#include <Python.h>

#include <pthread.h>

static int payload;

static void
test_payload(void)
{
    PyCapsule_GetPointer(PyCapsule_New(&payload, "payload", NULL), "wrong");
}

static void tcase_run_tfun_nofork(void (*test)(void)) { test(); }
static void srunner_run_all(void (*test)(void)) { tcase_run_tfun_nofork(test); }

static void *
work(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    test_payload();
    PyGILState_Release(state);
    return unused;
}

int
main(int argc, char **argv)
{
    pthread_t thread;

    (void)argv;
    Py_Initialize();
    if (argc > 1) {
        Py_BEGIN_ALLOW_THREADS
        pthread_create(&thread, NULL, work, NULL);
        pthread_join(thread, NULL);
        Py_END_ALLOW_THREADS
    } else {
        srunner_run_all(test_payload);
    }
    PyErr_Clear();
    return 0;
}
EOF

# callers OPTIONS PROGRAM [ARGUMENT]: the functions that are shown for the use, on one line.
callers() {
    options=$1
    shift
    PYCAPSULE_OPTIONS=strict=1:leak_check=0$options "$@" 2>&1 |
        awk '/^  used here:/ { inside = 1; next } !/^    #/ { inside = 0 } inside { printf "%s%s", n++ ? " " : "", $2 }'
}
shows() { [ "$1" = "$2" ] || { echo "got $1, wanted $2"; return 1; }; }

check "a test with its harness is built" \
    "${CC:-cc}" -g -O0 "-I$root/include" "$work/harness.c" -o "$work/harness" $link
check "the callers in a report end with the test function" shows "$(callers '' "$work/harness")" test_payload
check "the callers in a report go on to the harness with all_frames=1" shows \
    "$(callers :all_frames=1 "$work/harness" | cut -d ' ' -f 1-4)" 'test_payload tcase_run_tfun_nofork srunner_run_all main'
check "the callers in a report of a thread end with the thread's function" shows "$(callers '' "$work/harness" thread)" 'test_payload work'

# Without lines.
check "a program without debug information is built" \
    "${CC:-cc}" -g0 -O0 "-I$root/include" "$work/drops.c" -o "$work/plain" $link
PYCAPSULE_OPTIONS=strict=1:halt_on_error=0 "$work/plain" 2> "$work/plain.err"
hint="  no lines are known: $work/plain has no debug information there; compile it with -g"
check "without debug information a hint says once how to get lines" shows "$(grep -cFx -e "$hint" "$work/plain.err")" 1
check "without debug information the report names the program's functions" shows \
    "$(awk '/^  destroyed here:/ { getline; printf "%s ", $2 }' "$work/plain.err")" 'decref xdecref clear setref xsetref within '
PYCAPSULE_OPTIONS=strict=1:halt_on_error=0 "$work/drops" 2> "$work/drops.err"
check "no hint is written with debug information" shows "$(grep -c 'no lines are known' "$work/drops.err")" 0
PATH=/nonexistent PYCAPSULE_OPTIONS=strict=1 "$work/drops" 2> "$work/drops.err"
check "without addr2line a hint says that it can't be run" grep -qFx "  no lines are known: addr2line, of binutils, can't be run" \
    "$work/drops.err"
done_testing
