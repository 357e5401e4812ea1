#!/bin/sh
# The library in a process that has a CPython too.  Where the two can't work beside each other, the process ends with one line and
# the exit status 126.  Elsewhere the library writes nothing (docs/processes.md, "Beside another CPython").
. "$(dirname "$0")/tap.sh"
# A path in LD_PRELOAD ends at a blank, so the library is reached by a path without one.
ln -s "$root/build/lib" "$work/lib"
library=$work/lib/libpycapsule.so.0

cat > "$work/load.py" <<'EOF'
import ctypes, os, sys
library = ctypes.CDLL(sys.argv[1], os.RTLD_DEEPBIND if len(sys.argv) > 2 else ctypes.DEFAULT_MODE)
for function in library.PyCapsule_New, library.PyCapsule_GetPointer:
    function.restype = ctypes.c_void_p
library.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
library.PyCapsule_GetPointer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
capsule = library.PyCapsule_New(42, b"a.b", None)
print(library.PyCapsule_GetPointer(capsule, b"a.b"))
library.PyCapsule_GetPointer(capsule, b"c.d")
library.PyErr_Print()
EOF
cat > "$work/program.c" <<'EOF'
#include <Python.h>
int main(void)
{
    int value = 42;
    PyObject *capsule, *module;
    Py_Initialize();
    capsule = PyCapsule_New(&value, "a.b", NULL);
    printf("%d\n", *(int *)PyCapsule_GetPointer(capsule, "a.b"));
    Py_DECREF(capsule);
    module = PyImport_ImportModule("needing");
    printf("%d %d\n", module != NULL, Py_TYPE(module) == &PyModule_Type);
    Py_XDECREF(module);
    PyErr_Print();
    return Py_FinalizeEx();
}
EOF
cat > "$work/needing.c" <<'EOF'
#include <Python.h>
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "needing", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC PyInit_needing(void);
PyMODINIT_FUNC PyInit_needing(void) { return PyModule_Create(&definition); }
EOF
cat > "$work/main.c" <<'EOF'
int Py_BytesMain(int argc, char **argv);
int main(int argc, char **argv) { return Py_BytesMain(argc, argv); }
EOF
compile() { ${CC:-cc} -std=c99 -w -Iinclude "$@"; }

# ends STATUS COMMAND...
ends() {
    wanted=$1
    shift
    "$@" > "$work/output" 2> "$work/error" < /dev/null
    [ $? = "$wanted" ]
}
says() { [ "$(wc -l < "$work/error")" = 1 ] && grep -q "^pycapsule: .*$1" "$work/error"; }
silent() { [ ! -s "$work/error" ]; }

check "a program that runs Python is built" compile "$work/main.c" -o "$work/main" -Lbuild/lib -lpycapsule \
    -Xlinker -rpath -Xlinker "$root/build/lib"
check "a program that runs Python ends with status 126" ends 126 "$work/main"
check "a program that runs Python says that there is no interpreter" says "Py_BytesMain: there is no Python interpreter"

# libpython_beside FLAG...: programs that use this library work with an unused libpython in their process.
libpython_beside() {
    compile -shared -fPIC "$work/needing.c" -o "$work/needing.so" -Xlinker --no-as-needed "$libpython" -Xlinker -rpath -Xlinker \
        "${libpython%/*}" || return
    for kind in -pie -no-pie; do
        [ $kind = -pie ] && code=-fPIE || code=-fno-pie
        compile $code $kind "$work/program.c" -o "$work/program$kind" -Lbuild/lib -lpycapsule -Xlinker -rpath -Xlinker \
            "$root/build/lib" "$@" || return
        ends 0 env PYTHONPATH="$work" "$work/program$kind" && silent && printf '42\n1 1\n' | cmp -s - "$work/output" || return
    done
}

seen='' shared=0
for python in python3 /usr/bin/python3 $(${CPYTHON_REF:-false} list 2> /dev/null | awk '$3 ~ "^/" { print $3 "/bin/python" $1 }'); do
    python=$("$python" -I -c 'import os, sys; print(os.path.realpath(sys.executable))' 2> /dev/null) || continue
    "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 9))' || continue
    case " $seen " in *" $python "*) continue ;; esac
    seen="$seen $python"
    check "$python: loading the library and using it ends with status 126" ends 126 "$python" -I "$work/load.py" "$library"
    check "$python: loading the library and using it says that there is a CPython already" says "this process has a CPython already"
    check "$python: the library works with RTLD_DEEPBIND" ends 0 "$python" -I "$work/load.py" "$library" deep
    check "$python: the library has an error indicator of its own with RTLD_DEEPBIND" grep -q 'PyCapsule_GetPointer called with incorrect name' "$work/error"
    libpython=$(ldd "$python" | awk '$1 ~ /^libpython/ { print $3 }')
    if [ -z "$libpython" ]; then
        check "$python: a Python that is linked statically runs with the library before it" \
            ends 0 env LD_PRELOAD="$library" "$python" -I -c 'import json'
        check "$python: a Python that is linked statically writes nothing with the library before it" silent
        continue
    fi
    shared=$((shared + 1))
    check "$python: a process with the library before libpython ends with status 126" \
        ends 126 env LD_PRELOAD="$library" "$python" -I -c 'import json'
    check "$python: a process with the library before libpython says that this can't work" says "Py_BytesMain: it stands before libpython"
    [ $shared = 1 ] || continue
    check "a program imports a module that was linked with libpython, and writes nothing" libpython_beside
    check "a program that is linked with libpython too imports such a module, and writes nothing" \
        libpython_beside -Xlinker --no-as-needed "$libpython" -Xlinker -rpath -Xlinker "${libpython%/*}"
    ends 0 compile -fPIC "$work/program.c" -o "$work/theirs" "$libpython" -Xlinker -rpath -Xlinker "${libpython%/*}"
    check "a program that was linked with libpython runs with the library before it" \
        ends 0 env LD_PRELOAD="$library" PYTHONPATH="$work" "$work/theirs"
    check "a program that was linked with libpython writes nothing with the library before it" silent
done
[ -n "$seen" ] || skip "a Python runs with the library before it" "there is no Python"
[ $shared -gt 0 ] || skip "a Python whose interpreter is in libpython ends with the library before it" "there is no such Python"
done_testing
