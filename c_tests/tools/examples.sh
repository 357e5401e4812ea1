#!/bin/sh
# The projects under examples/: each builds with the installed library, passes, and fails when the module that it tests has a bug.
. "$(dirname "$0")/../checks/tap.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES PREFIX LIBDIR INCLUDEDIR MANDIR DESTDIR PYTHONPATH PYCAPSULE_OPTIONS
cargo=${CARGO:-cargo} examples=$root/examples
have() { command -v "$1" > /dev/null; }

# fails_with SENTENCE TEXT COMMAND...: the command must fail, and print the text.
fails_with() {
    sentence=$1 text=$2
    shift 2
    if "$@" > "$work/log" 2>&1; then
        check "$sentence" sh -c "cat '$work/log'; echo it did not fail; false"
    else
        check "$sentence" sh -c "grep -q '$text' '$work/log' || { cat '$work/log'; false; }"
    fi
}

check "the library is installed" make install PREFIX="$work/pre fix"
export CMAKE_PREFIX_PATH="$work/pre fix" PKG_CONFIG_PATH="$work/pre fix/lib/pkgconfig"

# A module that forgets a reference to its capsule, one that forgets the name that a meter had, and one with another message.
change() {
    mkdir -p "$work/$1"
    cp "$examples"/extension/* "$work/$1"
    sed "$2" "$examples/extension/meter.c" > "$work/$1/meter.c"
    check "the module differs: $1" sh -c "! cmp -s '$examples/extension/meter.c' '$work/$1/meter.c'"
}
change capsule-leak 's/PyModule_Add(module, "_C_API"/PyModule_AddObjectRef(module, "_C_API"/'
change object-leak 's/Py_XDECREF(before);/(void)before;/'
change wrong-message 's/is a str, not %T/is a str and not %T/'
leak='the capsule "meter._C_API" was never destroyed'

# cmake_project NAME: a project that CMake builds and ctest runs.
cmake_project() {
    for module in extension capsule-leak wrong-message; do
        folder=$work/$module
        [ $module != extension ] || folder=$examples/extension
        check "$1: builds, $module" sh -c "cmake -S '$examples/$1' -B '$work/$1' -DEXTENSION='$folder' && cmake --build '$work/$1'"
        set -- "$1" ctest --test-dir "$work/$1" --output-on-failure
        case $module in
        extension) check "$1: the test passes" "$2" "$3" "$4" "$5" ;;
        capsule-leak) fails_with "$1: the test fails on a leak, and names it" "$leak" "$2" "$3" "$4" "$5" ;;
        *) fails_with "$1: the test fails on a wrong message" 'test_type\|HasAType' "$2" "$3" "$4" "$5" ;;
        esac
    done
}
if have cmake && have pkg-config && pkg-config --exists cmocka; then
    cmake_project cmocka-cmake
else
    skip "cmocka-cmake" "there is no CMake or no cmocka"
fi
if have cmake && [ -e /usr/include/gtest/gtest.h ]; then
    cmake_project googletest
else
    skip "googletest" "there is no CMake or no GoogleTest"
fi

if have meson && have pkg-config; then
    check "meson-tap: is set up" meson setup "$work/meson" "$examples/meson-tap"
    check "meson-tap: the test passes" meson test -C "$work/meson" --print-errorlogs
    check "meson-tap: is set up with another module" meson configure "$work/meson" -Dextension="$work/capsule-leak"
    fails_with "meson-tap: the test fails on a leak, and names it" "$leak" meson test -C "$work/meson" --print-errorlogs
    check "meson-tap: is set up with the sanitizers" \
        meson configure "$work/meson" -Dextension="$work/object-leak" -Db_sanitize=address,undefined -Db_lundef=false
    fails_with "meson-tap: the test fails on a leak of an object, with the sanitizers" "LeakSanitizer: detected memory leaks" meson test -C "$work/meson" --print-errorlogs
else
    skip "meson-tap" "there is no Meson or no pkg-config"
fi

# The steps of the workflow, as in a repository with the library as a submodule.
if have cmake && have meson && have python3 && pkg-config --exists cmocka; then
    for module in extension capsule-leak object-leak; do
        mkdir "$work/repository-$module"
        cp -R "$examples/cmocka-cmake" "$examples/meson-tap" "$work/repository-$module"
        folder=$work/$module
        [ $module != extension ] || folder=$examples/extension
        cp -R "$folder" "$work/repository-$module/extension"
        ln -s "$root" "$work/repository-$module/pycapsule"
    done
    steps() { env -u CMAKE_PREFIX_PATH -u PKG_CONFIG_PATH "$examples/github-actions/steps" "$examples/github-actions/test.yml" "$work/repository-$1"; }
    check "github-actions: the steps of the workflow succeed" steps extension
    fails_with "github-actions: a leak of a capsule ends the step of cmocka" "cmocka, in strict mode: exit status" steps capsule-leak
    fails_with "github-actions: a leak of an object ends the step of the sanitizers" "the sanitizers: exit status" steps object-leak
else
    skip "github-actions" "there is no CMake, Meson, cmocka or Python"
fi

# Rust: one folder for what is compiled, so that the library is compiled once. No program that begins with python can be found.
export CARGO_TARGET_DIR="$root/build/examples/rust"
mkdir "$work/bin"
for name in python python3; do
    printf '#!/bin/sh\necho "a Python was asked for" >&2\nexit 1\n' > "$work/bin/$name"
    chmod +x "$work/bin/$name"
done
PATH=$work/bin:$PATH
# cargo_test NAME: in the project's own folder, where its settings are.
cargo_test() { (cd "$examples/$1" && "$cargo" test --quiet --locked); }
for name in rust-test rust-ffi rust-pyo3; do
    check "$name: is formatted" "$cargo" fmt --check --manifest-path "$examples/$name/Cargo.toml"
    check "$name: the test passes" cargo_test $name
done
EXTENSION=$work/capsule-leak fails_with "rust-test: the test fails on a leak, and names it" "$leak" cargo_test rust-test
EXTENSION=$work/wrong-message fails_with "rust-test: the test fails on a wrong message" "a_meter_has_a_name" cargo_test rust-test
done_testing
