#!/bin/sh
# The archives of a release: two runs make the same bytes, the checksums are theirs, and a program builds with what they have.
. "$(dirname "$0")/tap.sh"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
if ! git rev-parse --quiet --verify HEAD > /dev/null 2>&1; then
    skip "the archives are made" "this is no clone"
    done_testing
    exit
fi
check "the archives are made" packaging/dist build "$version" "$work/one"
check "the archives are made again" packaging/dist build "$version" "$work/two"
check "two runs make the same bytes" diff -r "$work/one" "$work/two"
check "the checksums are those of three archives" sh -c "cd '$work/one' && sha256sum -c SHA256SUMS && test \$(wc -l < SHA256SUMS) = 3"

mkdir "$work/in"
for archive in "$work/one"/*.tar.gz; do
    tar -xzf "$archive" -C "$work/in"
done
git ls-tree -r --name-only HEAD | LC_ALL=C sort > "$work/committed"
(cd "$work/in/pycapsule-$version" && find . ! -type d | sed 's,^\./,,' | LC_ALL=C sort) > "$work/packed"
same "the archive of sources has the committed files, and no other" "$work/packed" "$work/committed"
installed=$work/in/pycapsule-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
check "no file of the archives names the folder that they were made in" sh -c "! grep -rl '${TMPDIR:-/tmp}/tmp\.' '$installed'"
echo '#include <Python.h>
int main(void) { Py_Initialize(); return Py_FinalizeEx(); }' > "$work/program.c"
if command -v pkg-config > /dev/null; then
    export PKG_CONFIG_PATH="$installed/lib/pkgconfig"
    check "a program builds with the unpacked archive" sh -c "${CC:-cc} '$work/program.c' -o '$work/program' \$(pkg-config --cflags --libs pycapsule)"
    check "the program runs" env LD_LIBRARY_PATH="$installed/lib" "$work/program"
else
    skip "a program builds with the unpacked archive" "there is no pkg-config"
fi
done_testing
