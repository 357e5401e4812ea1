#!/bin/sh
# `make install` into an empty folder whose name has a blank: programs in C and C++ build through pkg-config, CMake, Meson and plain cc, with the
# shared and the static library, and run; they import an extension module.  `make uninstall` leaves nothing.
. "$(dirname "$0")/tap.sh"
# Builds are as the user's: without the variables of the make that runs this check.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES PREFIX LIBDIR INCLUDEDIR MANDIR DESTDIR
cc=${CC:-cc} prefix="$work/an empty/pre fix" project="$work/a project"
mkdir -p "$prefix" "$project"
cp c_tests/checks/user/* "$project"
cp "$project/program.c" "$project/program.cpp"
echo 42 > "$work/wanted"

# prints_answer SENTENCE PROGRAM: the program imports the module, and prints the answer.
prints_answer() {
    PYTHONPATH=${modules:-$project} "$2" > "$work/output" 2>&1
    same "$1" "$work/output" "$work/wanted"
}
# builds SENTENCE COMMAND-LINE: words as a shell reads them, as pkg-config prints blanks.
builds() { check "$1" sh -c "$2"; }

check "make install succeeds" make install PREFIX="$prefix"
check "the SONAME link leads to the library" test -e "$prefix/lib/libpycapsule.so.0"
check "the link for linking leads to the library" test -e "$prefix/lib/libpycapsule.so"
check "the static library is there" test -f "$prefix/lib/libpycapsule.a"
check "the headers are there" test -f "$prefix/include/pycapsule/pycapsule.h" -a -f "$prefix/include/pycapsule/Python.h" \
    -a -f "$prefix/include/pycapsule/structmember.h"
check "the manual page is there" test -f "$prefix/share/man/man3/pycapsule.3"
check "the page that reports of strict mode name is there" grep -qx '### leak' "$prefix/share/doc/pycapsule/docs/strict.md"
check "the manual page has the version" grep -q 'pycapsule [0-9]' "$prefix/share/man/man3/pycapsule.3"
if command -v man >/dev/null && man --help 2>&1 | grep -q warnings; then
    man --warnings -l "$prefix/share/man/man3/pycapsule.3" > /dev/null 2> "$work/told"
    same "man shows the manual page without a warning" "$work/told" /dev/null
else
    skip "man shows the manual page without a warning" "there is no man"
fi

# The headers by the names of CPython's parts, each alone and all together.
alone() {
    while read -r header; do
        printf '#include <%s>\nPyObject *capsule;\n' "$header" | $cc -std=c99 -Werror -fsyntax-only -x c "-I$prefix/include/pycapsule" - || { echo "$header"; return 1; }
    done < packaging/headers
}
check "each header by the name of a part of CPython's compiles alone" alone
sed 's/.*/#include <&>/' packaging/headers > "$work/all.c"
printf '#include <pyconfig.h>\n#include "structmember.h"\nPyObject *capsule;\n' >> "$work/all.c"
check "all headers compile together" $cc -std=c99 -Wall -Wextra -Werror -fsyntax-only "-I$prefix/include/pycapsule" "$work/all.c"

# Plain cc.
builds "the extension module builds with the headers alone" "$cc -std=c99 -shared -fPIC '-I$prefix/include/pycapsule' '$project/answers.c' -o '$project/answers.so'"
builds "a program builds with plain cc" "$cc -std=c99 '$project/program.c' -o '$work/plain' '-I$prefix/include/pycapsule' '-L$prefix/lib' -lpycapsule '-Wl,-rpath,$prefix/lib'"
prints_answer "a program that was built with plain cc runs" "$work/plain"
builds "a program builds with plain cc and the static library" "$cc -std=c99 '$project/program.c' -o '$work/plain-static' '-I$prefix/include/pycapsule' '$prefix/lib/libpycapsule.a' -rdynamic -lpthread -ldl -lm"

# pkg-config.
if command -v pkg-config >/dev/null; then
    PKG_CONFIG_PATH=$prefix/lib/pkgconfig
    export PKG_CONFIG_PATH
    for language in c:"$cc -std=c99" cpp:"${CXX:-c++}"; do
        suffix=${language%%:*} compiler=${language#*:}
        if ! command -v "${compiler%% *}" >/dev/null; then
            skip "a .$suffix program builds through pkg-config" "there is no ${compiler%% *}"
            continue
        fi
        source="'$project/program.$suffix' -o '$work/$suffix"
        builds "a .$suffix program builds through pkg-config" "$compiler $source' $(pkg-config --cflags --libs pycapsule)"
        LD_LIBRARY_PATH=$prefix/lib prints_answer "a .$suffix program that was built through pkg-config runs" "$work/$suffix"
        builds "a .$suffix program builds through pycapsule-static" "$compiler $source-static' $(pkg-config --cflags --libs pycapsule-static)"
        prints_answer "a .$suffix program that was built through pycapsule-static runs without the shared library" "$work/$suffix-static"
        builds "a .$suffix program builds with pkg-config --static" \
            "$compiler $source-flags' -Wl,-Bstatic $(pkg-config --cflags --libs --static pycapsule | sed 's/-lpycapsule/& -Wl,-Bdynamic/')"
        prints_answer "a .$suffix program that was built with pkg-config --static runs without the shared library" "$work/$suffix-flags"
    done
    check "pkg-config knows the version" pkg-config --atleast-version=0.1 pycapsule
else
    skip "programs build through pkg-config" "there is no pkg-config"
fi
prints_answer "a program that was built with plain cc and the static library runs" "$work/plain-static"

# CMake.
if command -v cmake >/dev/null; then
    mkdir "$project/cmake"
    cat > "$project/cmake/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.13)
project(user C CXX)
find_package(pycapsule 0.2 REQUIRED)
add_library(answers MODULE ../answers.c)
set_target_properties(answers PROPERTIES PREFIX "")
target_link_libraries(answers PRIVATE pycapsule::headers)
foreach(suffix c cpp)
    add_executable(shared-${suffix} ../program.${suffix})
    target_link_libraries(shared-${suffix} PRIVATE pycapsule::pycapsule)
    add_executable(static-${suffix} ../program.${suffix})
    target_link_libraries(static-${suffix} PRIVATE pycapsule::static)
endforeach()
EOF
    check "CMake finds the package" cmake -S "$project/cmake" -B "$work/cmake build" -DCMAKE_PREFIX_PATH="$prefix"
    check "CMake's targets build" cmake --build "$work/cmake build"
    for program in shared-c shared-cpp static-c static-cpp; do
        modules="$work/cmake build" prints_answer "CMake's program $program runs" "$work/cmake build/$program"
    done
    sed -i 's/pycapsule 0.2/pycapsule 9.0/' "$project/cmake/CMakeLists.txt"
    check "CMake refuses a later version" sh -c '! "$@"' sh cmake -S "$project/cmake" -B "$work/cmake later" -DCMAKE_PREFIX_PATH="$prefix"
else
    skip "CMake's programs build and run" "there is no cmake"
fi

# Meson.
if command -v meson >/dev/null && command -v ninja >/dev/null && command -v pkg-config >/dev/null; then
    cat > "$project/meson.build" <<'EOF'
project('user', 'c', 'cpp')
shared = dependency('pycapsule', version: '>=0.2')
answers = shared_module('answers', 'answers.c', name_prefix: '', dependencies: shared.partial_dependency(compile_args: true, includes: true))
where = {'PYTHONPATH': meson.current_build_dir()}
kinds = {'shared': shared, 'static': dependency('pycapsule', static: true), 'static-pc': dependency('pycapsule-static')}
foreach name, library : kinds
    foreach suffix : ['c', 'cpp']
        test(name + '-' + suffix, executable(name + '-' + suffix, 'program.' + suffix, dependencies: library), env: where, depends: answers)
    endforeach
endforeach
EOF
    check "Meson finds the package" meson setup "$work/meson" "$project"
    check "Meson's programs build and run" env LD_LIBRARY_PATH="$prefix/lib" meson test -C "$work/meson"
    check "Meson's static program does not need the shared library" sh -c '! ldd "$1" | grep pycapsule' sh "$work/meson/static-c"
else
    skip "Meson's programs build and run" "there is no meson with ninja and pkg-config"
fi

if [ -x "$prefix/bin/pycapsule" ] && command -v pkg-config >/dev/null; then
    check "doctor finds nothing missing in the installation" "$prefix/bin/pycapsule" doctor
    other=$work/other/lib/pkgconfig
    mkdir -p "$other" && sed 's/^prefix=.*/prefix=\/nowhere/' "$prefix/lib/pkgconfig/pycapsule.pc" > "$other/pycapsule.pc"
    finds_other() { ! PKG_CONFIG_PATH=$other "$prefix/bin/pycapsule" doctor > "$work/doctor" && grep "it finds another installation, in $other: " "$work/doctor"; }
    check "doctor notices that pkg-config finds another installation" finds_other
else
    skip "doctor examines the installation" "the command was not built, or there is no pkg-config"
fi

check "make uninstall succeeds" make uninstall PREFIX="$prefix"
find "$prefix" -mindepth 1 > "$work/left"
same "make uninstall leaves nothing" "$work/left" /dev/null
mkdir -p "$prefix/lib/pkgconfig" "$prefix/bin" "$prefix/share"
check "make install succeeds again" make install PREFIX="$prefix"
check "make install succeeds a second time over the first" make install PREFIX="$prefix"
check "make uninstall succeeds again" make uninstall PREFIX="$prefix"
(cd "$prefix" && find . -mindepth 1 | LC_ALL=C sort) > "$work/left"
printf '%s\n' ./bin ./lib ./lib/pkgconfig ./share > "$work/before"
same "make uninstall leaves the folders that were there before" "$work/left" "$work/before"

# The wheel.
if python3 -m pip --version >/dev/null 2>&1 && command -v readelf >/dev/null; then
    check "make wheel succeeds" make wheel
    site="$work/site packages"
    check "pip installs the wheel" python3 -m pip install --quiet --no-index --no-deps --disable-pip-version-check --target "$site" build/wheel/pycapsule-*.whl
    ask() { PYTHONPATH=$site python3 -m pycapsule "$@"; }
    builds "a program builds with the flags of the wheel" "$cc -std=c99 '$project/program.c' -o '$work/wheel' $(ask --cflags --libs)"
    prints_answer "a program that was built with the flags of the wheel runs" "$work/wheel"
    builds "a program builds with the static library of the wheel" "$cc -std=c99 '$project/program.c' -o '$work/wheel-static' $(ask --cflags --static-libs)"
    prints_answer "a program that was built with the static library of the wheel runs" "$work/wheel-static"
    if command -v pkg-config >/dev/null; then
        builds "a program builds with the wheel's pycapsule.pc" \
            "$cc -std=c99 '$project/program.c' -o '$work/wheel-pc' $(PKG_CONFIG_PATH=$(ask --pkgconfigdir) pkg-config --cflags --libs pycapsule)"
        LD_LIBRARY_PATH=$(ask --libdir) prints_answer "a program that was built with the wheel's pycapsule.pc runs" "$work/wheel-pc"
    fi
    if command -v cmake >/dev/null; then
        sed -i 's/pycapsule 9.0/pycapsule 0.2/' "$project/cmake/CMakeLists.txt"
        check "CMake finds the package of the wheel" cmake -S "$project/cmake" -B "$work/cmake wheel" -Dpycapsule_DIR="$(ask --cmakedir)"
        check "CMake's target builds with the wheel" cmake --build "$work/cmake wheel" --target shared-c
        prints_answer "CMake's program with the wheel's library runs" "$work/cmake wheel/shared-c"
    fi
    check "the wheel has the file of stand-ins" sh -c 'test -s "$1"' sh "$(ask --stand-ins)"
    if [ -x build/bin/pycapsule ]; then
        check "python -m pycapsule with a subcommand is the command" sh -c '"$@" | grep -q "loads  *yes"' sh env PYTHONPATH="$site" python3 -m pycapsule inspect "$project/answers.so"
    else
        skip "python -m pycapsule with a subcommand is the command" "the command was not built"
    fi
    check "python -m pycapsule refuses an unknown option" sh -c '! "$@"' sh env PYTHONPATH="$site" python3 -m pycapsule --nothing
else
    skip "a wheel is made, installed and used" "there is no python3 with pip, or no readelf"
fi

# Other folders.
check "make install obeys DESTDIR" make install PREFIX=/usr LIBDIR=/usr/lib64 INCLUDEDIR=/opt/include DESTDIR="$work/staged"
pc=$work/staged/usr/lib64/pkgconfig/pycapsule.pc
check "pycapsule.pc in DESTDIR names the prefix without DESTDIR" grep -q '^prefix=/usr$' "$pc"
check "pycapsule.pc names LIBDIR" grep -qF "libdir=\${prefix}/lib64" "$pc"
check "pycapsule.pc names INCLUDEDIR" grep -qF 'includedir=/opt/include/pycapsule' "$pc"
check "the CMake package names INCLUDEDIR" grep -qF '"/opt/include/pycapsule"' "$work/staged/usr/lib64/cmake/pycapsule/pycapsule-config.cmake"
check "make uninstall obeys DESTDIR" make uninstall PREFIX=/usr LIBDIR=/usr/lib64 INCLUDEDIR=/opt/include DESTDIR="$work/staged"
find "$work/staged" ! -type d > "$work/left"
same "make uninstall in DESTDIR leaves no file" "$work/left" /dev/null
for folder in PREFIX LIBDIR INCLUDEDIR MANDIR DESTDIR; do
    env PREFIX="$work/refused" "$folder=here" packaging/install install build 0 > "$work/log" 2>&1
    check "packaging/install refuses a relative $folder" test $? != 0
    check "the message about a relative $folder names it" grep -q "$folder=here must be an absolute path" "$work/log"
done
check "a refused installation makes nothing" test ! -e "$work/refused"
done_testing
