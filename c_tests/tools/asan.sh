#!/bin/sh
# The sanitizers are part of the binaries that they check, and work: FOLDER has a library and the programs built with
# them.
#
#   c_tests/tools/asan.sh FOLDER
. "$(dirname "$0")/../checks/tap.sh"
build=$1

# catches MISTAKE REPORT
catches() {
    "$build/c_tests/tools/planted" "$1" > "$work/report" 2>&1 && return 1
    grep -q "$2" "$work/report"
}

check "the C side of the library is built with AddressSanitizer" \
    sh -c "nm -D '$build/lib/libpycapsule.so.0' | grep -q __asan_report_"
check "the C side of the library is built with UndefinedBehaviorSanitizer" \
    sh -c "nm -D '$build/lib/libpycapsule.so.0' | grep -q __ubsan_handle_"
check "the programs are built with AddressSanitizer" sh -c "nm -D '$build/c_tests/capsule_new' | grep -q __asan_report_"
check "a capsule used after it is gone is caught" catches use-after-free heap-use-after-free
check "a byte after a block of PyMem_Malloc is caught" catches heap-overflow heap-buffer-overflow
check "a name without an end is caught" catches unterminated-name heap-buffer-overflow
check "an int that overflows is caught" catches int-overflow "signed integer overflow"
done_testing
