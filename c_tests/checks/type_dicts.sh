#!/bin/sh
# The dict of each built-in type has the names that CPython's has, but for the list of what is missing.
# c_tests/type_dicts/cpython.tsv is CPython's answer, which `make conformance PARTS=slots` compares with the real one.
. "$(dirname "$0")/tap.sh"

check "the program that prints the dicts is built" ${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror -Iinclude \
    c_tests/type_dicts/dump.c -o "$work/dump" -Lbuild/lib -lpycapsule "-Wl,-rpath,$root/build/lib" -ldl
check "the program prints the dicts" sh -c "'$work/dump' < abi/symbols.txt | LC_ALL=C sort > '$work/ours'"
check "the dicts of built-in types differ from CPython's as c_tests/type_dicts/missing.tsv says, and in nothing else" \
    c_tests/type_dicts/compare c_tests/type_dicts/cpython.tsv "$work/ours" c_tests/type_dicts/missing.tsv

# The comparison finds a name that is gone, and a line of the list that is true no more.
grep -v "^list	append	" "$work/ours" > "$work/fewer"
check "a name that is gone is found" sh -c "! c_tests/type_dicts/compare c_tests/type_dicts/cpython.tsv '$work/fewer' \
    c_tests/type_dicts/missing.tsv"
{ cat c_tests/type_dicts/missing.tsv && printf 'list\tappend\tnone\n'; } > "$work/more"
check "a line of the list that is not true is found" sh -c "! c_tests/type_dicts/compare c_tests/type_dicts/cpython.tsv \
    '$work/ours' '$work/more'"
done_testing
