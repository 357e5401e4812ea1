#!/bin/sh
# One library, compiled once: make, in each of its targets, and cargo use the same library, in any order.  A library that
# programs can't be linked with is not taken.
. "$(dirname "$0")/tap.sh"
cargo=${CARGO:-cargo}

# mine COMMAND...: runs make or cargo as a user calls it, without the variables that the make which runs this check has exported.
mine() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES "$@"; }
[ "${CC:-cc}" != cc ] || unset CC

# nothing_is_compiled SENTENCE COMMAND...
nothing_is_compiled() {
    sentence=$1
    shift
    mine "$@" > "$work/log" 2>&1
    check "$sentence: it succeeds" test $? = 0
    grep -E 'Compiling|Building|Running' "$work/log" > "$work/compiled"
    same "$sentence: nothing is compiled again" "$work/compiled" /dev/null
}
nothing_is_compiled "make" make all
nothing_is_compiled "cargo build --release after make" "$cargo" build --release --verbose
nothing_is_compiled "make with the same compiler in the environment" env CC="${CC:-cc}" make all
nothing_is_compiled "make install" make install PREFIX="$work/prefix" DESTDIR=
nothing_is_compiled "cargo build --release after make install" "$cargo" build --release --verbose
target=${CARGO_TARGET_DIR:-target}
check "the library that cargo makes is the one that make takes" \
    cmp "$target/release/libpycapsule.so" build/lib/libpycapsule.so.0

# The static library hides all other symbols, as a shared library does, so that a program can have another Rust library beside it.
# The two symbols for unwinding are weak.
nm --defined-only --extern-only --format=posix build/lib/libpycapsule.a | sed '/:$/d; s/ .*//' | LC_ALL=C sort > "$work/seen"
{ cat abi/symbols.txt; echo DW.ref.rust_eh_personality; echo rust_eh_personality; } | LC_ALL=C sort > "$work/wanted"
same "a program sees the symbols of abi/symbols.txt in the static library, and no other" "$work/seen" "$work/wanted"

mine make help > "$work/help" 2>&1
check "make help lists the targets" grep -q '^make check ' "$work/help"
check "make help writes nothing but the list of targets" sh -c "! grep -v -e '^make ' -e '^  ' '$work/help'"
for target in $(sed -n 's/^# make \([a-z0-9-]*\).*/\1/p' Makefile); do
    check "the target $target of make help is there" mine make -n "$target"
done
check "make refuses an unknown target" sh -c '! env -u MAKEFLAGS make no-such-target'
mkdir "$work/a:b"
cp Makefile Cargo.toml "$work/a:b"
mkdir -p "$work/a:b/c_tests/tools"
cp c_tests/tools/tools.mk "$work/a:b/c_tests/tools"
mine make -C "$work/a:b" > "$work/log" 2>&1
check "make refuses a path with a colon" test $? != 0
check "the message about a path with a colon says why" grep -q "the path $work/a:b has a :" "$work/log"

# Stand-ins for the library: one with all symbols, one without one of them, and one that needs an undefined symbol.
cp -r abi "$work/abi"
mkdir "$work/built"
few() { sed "$1" abi/symbols.txt | sed 's/.*/char &[416];/'; }
library() {
    ${CC:-cc} -w -fPIC -shared "$work/few.c" -o "$work/built/libpycapsule.so" &&
        ${CC:-cc} -w -fPIC -c "$work/few.c" -o "$work/few.o" && rm -f "$work/built/libpycapsule.a" &&
        ar rc "$work/built/libpycapsule.a" "$work/few.o"
}
take() { "$work/abi/take" "$work/built" "$work/taken" > "$work/log" 2>&1; }
few '' > "$work/few.c"
check "a library with every symbol is made" library
check "abi/take takes a library with every symbol" take
check "the taken library is where programs find it" test -e "$work/taken/libpycapsule.so" -a -e "$work/taken/libpycapsule.a"
few '/^PyCapsule_New$/d' > "$work/few.c"
check "a library without PyCapsule_New is made" library
check "abi/take refuses a library without PyCapsule_New" sh -c '! "$@"' sh "$work/abi/take" "$work/built" "$work/taken"
take
check "the message of abi/take names the missing symbol" grep -q 'PyCapsule_New' "$work/log"
check "the library that was taken before stays" sh -c "nm -D '$work/taken/libpycapsule.so.0' | grep -q PyCapsule_New"
{ few ''; echo 'void pycapsule_nowhere(void); void call(void) { pycapsule_nowhere(); }'; } > "$work/few.c"
check "a library that needs an undefined symbol is made" library
take
check "abi/take refuses a library that needs an undefined symbol" test $? != 0
check "the message of abi/take names the undefined symbol" grep -q 'pycapsule_nowhere' "$work/log"
cp "$work/taken/libpycapsule.so.0" "$work/built/libpycapsule.so"
take
check "abi/take refuses a library of which only the static one needs an undefined symbol" test $? != 0
done_testing
