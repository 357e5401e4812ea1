#!/bin/sh
# `make install-shim`: builds of a program that embeds Python use the library unchanged, through python3-config --embed, CMake's FindPython and
# Meson's python3-embed; a program that was linked with libpython runs on it.
. "$(dirname "$0")/tap.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
cc=${CC:-cc} shim=$work/shim project=$work/project
mkdir "$project"
cp c_tests/checks/user/* "$project"
echo 42 > "$work/wanted"

# prints_answer SENTENCE PROGRAM...: the program imports the module, and prints the answer.
prints_answer() {
    sentence=$1
    shift
    LD_LIBRARY_PATH=$shim/lib PYTHONPATH=${modules:-$project} "$@" > "$work/output" 2>&1
    same "$sentence" "$work/output" "$work/wanted"
}

check "make install-shim succeeds" make install-shim DIR="$shim"
check "make install-shim refuses a relative folder" sh -c '! packaging/install-shim build here'
check "make install-shim refuses an empty folder" sh -c '! packaging/install-shim build ""'
for file in lib/libpython3.14.so.1.0 lib/libpython3.so bin/python3-config lib/pkgconfig/python-3.14-embed.pc include/python3.14/patchlevel.h \
    include/python3.14/pyconfig.h; do
    check "$file is there" test -e "$shim/$file"
done

config=$shim/bin/python3-config
check "python3-config refuses an unknown option" sh -c '! "$@" 2>/dev/null' sh "$config" --nothing
"$config" --prefix > "$work/output"
echo "$shim" > "$work/prefix"
same "python3-config --prefix is the folder" "$work/output" "$work/prefix"
check "the module builds with python3-config" \
    sh -c "$cc -shared -fPIC $("$config" --cflags) '$project/answers.c' -o '$project/answers$("$config" --extension-suffix)'"
check "a program builds with python3-config --embed" \
    sh -c "$cc $("$config" --cflags) '$project/program.c' -o '$work/config' $("$config" --ldflags --embed)"
prints_answer "a program that was built with python3-config --embed runs" "$work/config"
cat > "$work/headers.c" <<'EOF'
#include <pyconfig.h>
#include <patchlevel.h>
#include <Python.h>
_Static_assert(PY_VERSION_HEX >= 0x030E0000 && SIZEOF_LONG == sizeof(long) && SIZEOF_VOID_P == sizeof(void *), "");
_Static_assert(SIZEOF_WCHAR_T == sizeof(wchar_t) && SIZEOF_TIME_T == sizeof(time_t), "");
EOF
check "pyconfig.h and patchlevel.h go with Python.h" \
    sh -c "$cc -std=c11 -Wall -Wextra -Werror -c $("$config" --cflags) '$work/headers.c' -o '$work/headers.o'"

if command -v cmake >/dev/null; then
    mkdir "$project/cmake"
    cat > "$project/cmake/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.18)
project(user C)
find_package(Python 3.14 EXACT REQUIRED COMPONENTS Development.Embed Development.Module)
Python_add_library(answers MODULE ../answers.c)
add_executable(program ../program.c)
target_link_libraries(program PRIVATE Python::Python)
EOF
    check "CMake's FindPython finds Development.Embed" cmake -S "$project/cmake" -B "$work/cmake" -DPython_ROOT_DIR="$shim" -DPython_FIND_STRATEGY=LOCATION
    check "CMake's targets build" cmake --build "$work/cmake"
    modules=$work/cmake prints_answer "a program that was built with FindPython runs" "$work/cmake/program"
else
    skip "CMake's FindPython finds Development.Embed" "there is no cmake"
fi

if command -v meson >/dev/null && command -v ninja >/dev/null && command -v pkg-config >/dev/null; then
    cat > "$project/meson.build" <<'EOF'
project('user', 'c')
executable('program', 'program.c', dependencies: dependency('python3-embed', version: '>=3.14'))
EOF
    check "Meson finds python3-embed" env PKG_CONFIG_PATH="$shim/lib/pkgconfig" meson setup "$work/meson" "$project"
    check "Meson's program builds" meson compile -C "$work/meson"
    prints_answer "a program that was built with Meson's python3-embed runs" "$work/meson/program"
else
    skip "Meson finds python3-embed" "there is no meson with ninja and pkg-config"
fi

if reference=$(c_tests/conformance/reference 3.14 2>/dev/null); then
    eval "$reference"
    # shellcheck disable=SC2086 # words.
    check "a program is linked with libpython" $cc $PYREF_CFLAGS "$project/program.c" -o "$work/linked" $PYREF_LIBS
    check "the program asks for libpython" sh -c 'readelf -d "$1" | grep -q "NEEDED.*libpython3.14.so.1.0"' sh "$work/linked"
    prints_answer "a program that was linked with libpython runs" "$work/linked"
else
    skip "a program that was linked with libpython runs" "there is no CPython 3.14 to link with"
fi
done_testing
