#!/bin/sh
# `make install` into an empty prefix: a program builds through pkg-config, shared and static, and runs.
. "$(dirname "$0")/tap.sh"
prefix=$work/prefix
cat > "$work/program.c" <<'EOF'
#include <Python.h>
int main(void)
{
    int value = 42;
    PyObject *capsule = PyCapsule_New(&value, "a.b", NULL);
    int *found = (int *)PyCapsule_GetPointer(capsule, "a.b");
    printf("%d\n", found != NULL ? *found : -1);
    Py_DECREF(capsule);
    return Py_FinalizeEx();
}
EOF
echo 42 > "$work/wanted"

check "make install succeeds" make install PREFIX="$prefix" DESTDIR=
check "the SONAME link leads to the library" test -e "$prefix/lib/libpycapsule.so.0"
check "the link for linking leads to the library" test -e "$prefix/lib/libpycapsule.so"
check "the static library is there" test -f "$prefix/lib/libpycapsule.a"
check "the headers are there" test -f "$prefix/include/pycapsule/pycapsule.h" -a -f "$prefix/include/pycapsule/Python.h"
check "make install obeys DESTDIR" make install PREFIX=/usr DESTDIR="$work/staged"
check "pycapsule.pc in DESTDIR names the prefix without DESTDIR" grep -q '^prefix=/usr$' "$work/staged/usr/lib/pkgconfig/pycapsule.pc"

if command -v pkg-config >/dev/null; then
    PKG_CONFIG_PATH=$prefix/lib/pkgconfig
    export PKG_CONFIG_PATH
    # shellcheck disable=SC2046 # pkg-config prints words.
    check "a program builds against the installed library" \
        ${CC:-cc} -std=c99 "$work/program.c" -o "$work/shared" $(pkg-config --cflags --libs pycapsule)
    LD_LIBRARY_PATH=$prefix/lib "$work/shared" > "$work/output" 2>&1
    same "a program with the installed shared library runs" "$work/output" "$work/wanted"
    # shellcheck disable=SC2046
    check "a program builds with the static library" \
        ${CC:-cc} -std=c99 "$work/program.c" -o "$work/static" $(pkg-config --cflags pycapsule) \
        "$prefix/lib/libpycapsule.a" $(pkg-config --libs-only-l --static pycapsule | sed 's/-lpycapsule//')
    "$work/static" > "$work/output" 2>&1
    same "a program with the installed static library runs without the shared one" "$work/output" "$work/wanted"
fi
done_testing
