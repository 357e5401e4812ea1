#!/bin/sh
# The library built for an old C library, 2.17 unless GLIBC says otherwise: it asks for no newer symbol, and the C tests pass with it.
# The compiler that has the old symbols, zig, and cargo-zigbuild come from PyPI, into build/glibc.
. "$(dirname "$0")/../checks/tap.sh"
glibc=${GLIBC:-2.17} here=$root/build/glibc target=$(uname -m)-unknown-linux-gnu
mkdir -p "$here"
export PYTHONPATH="$here/tools" PATH="$here/tools/bin:$PATH"
if ! command -v cargo-zigbuild > /dev/null &&
    ! python3 -m pip install --quiet --disable-pip-version-check --target "$here/tools" ziglang cargo-zigbuild 2> /dev/null; then
    echo "# skipped: zig and cargo-zigbuild can't be installed"
    echo "1..0 # SKIP"
    exit
fi
# Nothing is written outside of the build's folder.
export ZIG_GLOBAL_CACHE_DIR="$here/cache" CARGO_ZIGBUILD_CACHE_DIR="$here/cache"
built=$here/target/$target/release/libpycapsule.so

check "the library is built for glibc $glibc" \
    env -u CC -u CFLAGS cargo zigbuild --quiet --lib --release --target "$target.$glibc" --target-dir "$here/target"
newest() { readelf --dyn-syms --wide "$built" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1; }
check "no symbol is newer than glibc $glibc" sh -c "printf '%s\n' '$(newest)' GLIBC_$glibc | sort -CV"
check "the library has no relocations that only a newer loader knows" sh -c "! readelf -d '$built' | grep -q RELR"
check "programs that need each function link with it" abi/take "$here/target/$target/release" "$here/lib"
check "the C tests pass with it" \
    env LD_LIBRARY_PATH="$here/lib" PYTHONPATH="$root/build/modules" FEW=1 \
    sh -c 'told=$(c_tests/run "$@") || { echo "$told" | grep -v "^ok "; false; }' sh "$@"
done_testing
