#!/bin/sh
# Each slot of each built-in type is NULL, the type's own or a base's as in CPython, but for the list of what differs on purpose.
# c_tests/type_slots/cpython.tsv is CPython's answer, which `make conformance PARTS=slots` compares with the real one.
. "$(dirname "$0")/tap.sh"

check "the program that prints the slots is built" ${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror -Iinclude \
    c_tests/type_slots/dump.c -o "$work/dump" -Lbuild/lib -lpycapsule "-Wl,-rpath,$root/build/lib" -ldl
check "the program prints the slots" sh -c "'$work/dump' c_tests/abi/slots.tsv < abi/symbols.txt > '$work/ours'"
check "the slots of built-in types differ from CPython's as c_tests/type_slots/deviations.tsv says, and in nothing else" \
    c_tests/type_slots/compare c_tests/type_slots/cpython.tsv "$work/ours" c_tests/type_slots/deviations.tsv

# The comparison finds a slot that has changed, and a line of the list that is true no more.
sed "s/^list	tp_repr	own/list	tp_repr	from object/" "$work/ours" > "$work/changed"
check "a slot that has another origin is found" sh -c "! c_tests/type_slots/compare c_tests/type_slots/cpython.tsv \
    '$work/changed' c_tests/type_slots/deviations.tsv"
sed "/^list	nb_/d; /^list	sq_inplace_concat/d" c_tests/type_slots/cpython.tsv > "$work/fewer"
check "a line of the list that is not true is found" sh -c "! c_tests/type_slots/compare '$work/fewer' '$work/ours' \
    c_tests/type_slots/deviations.tsv"
done_testing
