#!/bin/sh
# Imports that fail say everything: all missing symbols, a module for another version or platform that lies there, and the __init__.py
# of a package that was not run.
. "$(dirname "$0")/tap.sh"

cat > "$work/program.c" <<'C'
#include <Python.h>

int
main(int count, char **names)
{
    PyObject *found = count < 3 ? PyImport_ImportModule(names[1]) : PyImport_ImportModuleAttrString(names[1], names[2]);

    if (found == NULL) {
        PyErr_Print();
        return 1;
    }
    return 0;
}
C
check "a program is built" ${CC:-cc} -Iinclude "$work/program.c" -o "$work/program" -Lbuild/lib -lpycapsule "-Wl,-rpath,$root/build/lib"

# module NAME: a module whose init function calls these functions.
module() {
    name=$1
    shift
    {
        echo '#include <Python.h>'
        echo '__attribute__((weak)) void PyNo_Weak(void);'
        for function; do
            echo "extern void $function(void);"
        done
        echo "PyMODINIT_FUNC PyInit_$name(void);"
        echo "PyMODINIT_FUNC PyInit_$name(void) { if (PyNo_Weak) { PyNo_Weak(); }"
        for function; do
            echo "    $function();"
        done
        echo '    PyErr_Clear(); return NULL; }'
    } > "$work/$name.c"
    # shellcheck disable=SC2086 # flags is a list.
    ${CC:-cc} -shared -fPIC -Iinclude "$work/$name.c" -o "$work/$name.so" ${flags:-}
}

# run NAMES...: the messages are in $work/err.
run() { PYTHONPATH=$work "$work/program" "$@" > "$work/out" 2> "$work/err"; }
says() { grep -qF -- "$1" "$work/err"; }
no() { ! "$@"; }

check "a module that needs three missing functions is built" module several PyNo_First PyNo_Second PyNo_Third
run several
check "the error has the loader's message" says "ImportError: $work/several.so: undefined symbol: PyNo_"
check "the error counts the missing symbols" says '; 3 symbols are missing: PyNo_'
for symbol in PyNo_First PyNo_Second PyNo_Third; do
    check "$symbol is named" says "$symbol"
done
check "a weak symbol is not missing" no says PyNo_Weak
check "a symbol that the library has is not missing" no says PyErr_Clear

check "a module that needs one missing function is built" module single PyNo_First
run single
check "one missing symbol is named by the loader alone" no says 'symbols are missing'

check "a module that needs another library's functions is built" module mixed PyNo_First no_such_function
run mixed
check "a function of no library is named, too" says no_such_function
check "the missing function of Python is named beside it" says PyNo_First

echo 'void here(void); void here(void) {}' > "$work/helper.c"
check "a library is built" ${CC:-cc} -shared -fPIC "$work/helper.c" -o "$work/libhelper.so"
flags="-L$work -lhelper -Wl,-rpath,$work"
check "a module that needs a library is built" module helped here PyNo_First PyNo_Second
run helped
check "a function of a library that is not loaded is not called missing" no says here,
check "the functions of Python are counted alone" says '; 2 symbols are missing: '
flags=

head -c 100 "$work/several.so" > "$work/short.so"
run short
check "a file that is too short has the loader's message" says "ImportError: $work/short.so: "
printf 'not a library' > "$work/text.so"
run text
check "a file that is no library has the loader's message" says "ImportError: $work/text.so: "

for ending in cpython-313-x86_64-linux-gnu.so cp314-win_amd64.pyd cpython-314t-x86_64-linux-gnu.so cpython-314-darwin.so; do
    : > "$work/other.$ending"
    run other
    check "a module with the ending .$ending is named" says "ModuleNotFoundError: No module named 'other'; $work/other.$ending is for \
another version or platform of Python"
    rm "$work/other.$ending"
done
: > "$work/otherwise.cpython-313-x86_64-linux-gnu.so"
: > "$work/other.txt"
: > "$work/other.so.1"
run other
check "files of other names are not named" no says 'another version'
mkdir "$work/pack"
: > "$work/pack/inner.cpython-313-x86_64-linux-gnu.so"
echo 'x = 1' > "$work/pack/__init__.py"
run pack.inner
check "a submodule for another version is named" says "$work/pack/inner.cpython-313-x86_64-linux-gnu.so is for another version"
PYCAPSULE_OPTIONS=verbose=1 run other
run pack x
check "a package that was not run is mentioned for a missing attribute" \
    says "AttributeError: module 'pack' has no attribute 'x'; $work/pack/__init__.py was not run"
run sys x
check "another module is not" says "AttributeError: module 'sys' has no attribute 'x'"
check "its message ends there" no says 'was not run'
done_testing
