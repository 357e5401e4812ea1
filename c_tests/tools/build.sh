#!/bin/sh
# The library is built as others build theirs: with the CFLAGS that they have for programs of their own, with a compiler that
# makes no ordinary objects, in a path with blanks, and by two makes at once.
. "$(dirname "$0")/../checks/tap.sh"
cargo=${CARGO:-cargo}
here=build/flags
mkdir -p "$here"

# build CC CFLAGS: with the profile that is made soonest, which links the same objects of C.
build() { env CC="$1" CFLAGS="$2" "$cargo" build --quiet --lib --target-dir "$here/target" > "$work/log" 2>&1; }

# works SENTENCE CC CFLAGS
works() {
    if ! command -v "$2" > /dev/null; then
        check "$1 # SKIP there is no $2" true
        return
    fi
    rm -rf "${here:?}/lib"
    check "$1: the library is built" build "$2" "$3" || return
    cat "$work/log" >&2
    check "$1: it has every symbol, and needs none" abi/take "$here/target/debug" "$here/lib"
    for program in unicode_format error_format call methods; do
        cc -std=c99 -Iinclude -Ic_tests "c_tests/$program.c" -o "$work/$program" "$here/lib/libpycapsule.a" -pthread -ldl -lm
        check "$1: $program passes with the static library" "$work/$program"
        cc -std=c99 -Iinclude -Ic_tests "c_tests/$program.c" -o "$work/$program" -L"$here/lib" -lpycapsule -pthread -lm
        check "$1: $program passes with the shared one" env LD_LIBRARY_PATH="$here/lib" "$work/$program"
    done
}
works "gcc -flto" gcc "-O2 -flto"
works "gcc, flags for whole programs and profiles" gcc \
    "-O0 -flto=auto -ffat-lto-objects -fwhole-program -fprofile-generate --coverage -pg -fvisibility=hidden -fno-pic -std=gnu89 -m32"
works "clang -flto" clang "-O2 -flto"
works "clang, flags for whole programs and profiles" clang "-O0 -flto=thin -fwhole-program-vtables -fsplit-lto-unit \
    -fvisibility=hidden -fprofile-instr-generate -fcoverage-mapping -fsanitize=cfi -fno-PIC -emit-llvm -m32"

# Only flags are corrected: a compiler that always makes such objects ends the build.
if command -v gcc > /dev/null; then
    printf '#!/bin/sh\nexec gcc "$@" -flto\n' > "$work/gcc"
    chmod +x "$work/gcc"
    build "$work/gcc" ""
    check "a compiler that makes no ordinary objects ends the build" test $? != 0
    check "the message names a function that is missing" grep -q 'undefined symbol: pycapsule_' "$work/log"
fi
build false ""
check "a compiler that fails ends the build" test $? != 0
printf '#!/bin/sh\ncase $* in *variadic*) echo "no room for it" >&2; exit 1 ;; esac\nexec cc "$@"\n' > "$work/fails"
chmod +x "$work/fails"
build "$work/fails" ""
check "a compiler that fails at one file ends the build" test $? != 0
check "the message has its own, and the file" sh -c "grep -q 'no room for it' '$work/log' && grep -q variadic.c '$work/log'"

# A program that has another Rust library, with the standard library's own allocator and panic handler, which unwinds.
cat > "$work/other.rs" <<'EOF'
#[unsafe(no_mangle)]
pub extern "C" fn other(n: i32) -> i32 {
    let caught = std::panic::catch_unwind(|| if n > 0 { panic!("caught") });
    vec![n; n as usize].iter().sum::<i32>() + i32::from(caught.is_err())
}
EOF
cat > "$work/both.c" <<'EOF'
#include <Python.h>
int other(int n);
int main(void)
{
    int value = 0;
    PyObject *capsule = PyCapsule_New(&value, "a.b", NULL);
    int found = PyCapsule_GetPointer(capsule, "a.b") == &value;
    Py_DECREF(capsule);
    return found && other(6) == 37 ? 0 : 1;
}
EOF
check "another Rust library is made" \
    rustc --edition 2024 -O --crate-type staticlib "$work/other.rs" -o "$work/libother.a"
check "the library is built for both" build cc ""
check "it is taken" abi/take "$here/target/debug" "$here/lib"
for order in "$here/lib/libpycapsule.a $work/libother.a" "$work/libother.a $here/lib/libpycapsule.a"; do
    # shellcheck disable=SC2086 # two paths.
    check "a program with both links" cc -Iinclude "$work/both.c" $order -o "$work/both" -pthread -ldl -lm
    check "each has its own allocator and panics" "$work/both"
done

# A copy of the sources in a path with blanks, built by two makes at once.
copy="$work/a path, with blanks"
mkdir "$copy"
tar cf - --exclude=./target --exclude=./build --exclude=./.git --exclude=./fuzz/target . | tar xf - -C "$copy"
cd "$copy" || exit 1
mine() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES make "$@"; }
programs="build/c_tests/capsule_new build/c_tests/imports build/c_tests/ours/imports"
# shellcheck disable=SC2086 # names without blanks.
both() {
    mine $programs build/modules/.built build/bugs/.built build/examples/host > "$work/first" 2>&1 &
    mine build/examples/host build/bugs/.built build/modules/.built $programs > "$work/second" 2>&1
    second=$?
    wait $! && [ $second = 0 ]
}
check "two makes at once in a path with blanks succeed" both
check "they leave no half of a file" sh -c '! find build -name "*.[0-9][0-9]*" ! -name "*.so.0" | grep .'
# shellcheck disable=SC2086
PYTHONPATH="$copy/build/modules" c_tests/run $programs c_tests/checks/demo.sh c_tests/checks/readme.sh c_tests/checks/strict_options.sh \
    c_tests/checks/install.sh > "$work/output" 2>&1
check "programs and checks pass there" test $? = 0
cat "$work/output" >&2
check "make install succeeds, to a prefix with blanks" mine install DESTDIR= PREFIX="$work/the prefix, too & more"
PKG_CONFIG_PATH="$work/the prefix, too & more/lib/pkgconfig"
export PKG_CONFIG_PATH
if command -v pkg-config > /dev/null; then
    linked() {
        eval "cc examples/host.c $(pkg-config --cflags --libs pycapsule) -o '$work/host'" &&
            PYTHONPATH=build/examples LD_LIBRARY_PATH=$(pkg-config --variable=libdir pycapsule) "$work/host"
    }
    check "a program builds through pkg-config, and runs" linked
fi
cd "$root" || exit 1
done_testing
