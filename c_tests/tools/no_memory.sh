#!/bin/sh
# The main job with each of its allocations failing in turn, and with all from each one on failing: it ends as a program
# that ran out of memory should, with 0, or with 1 and an error that says so.  Only Py_Initialize may end it, as CPython's.
#
#   c_tests/tools/no_memory.sh FOLDER
. "$(dirname "$0")/../checks/tap.sh"
build=$1
export PYTHONPATH="$build/examples"

# run N [REFUSE_FOREVER=1]: the exit status of the main job without its N-th allocation.
run() {
    timeout 20 env LD_PRELOAD="./$build/c_tests/tools/refuse.so" REFUSE="$1" REFUSE_REPORT="$work/asked" ${2:-X=} \
        "$build/examples/host" > "$work/output" 2>&1
}

run 0
same "the main job with all memory does its work" "$work/output" examples/expected.txt
asked=$(cat "$work/asked")

# every SENTENCE [REFUSE_FOREVER=1]
every() {
    crashes=
    n=1
    while [ "$n" -le "$asked" ]; do
        run "$n" ${2:-}
        status=$?
        # Messages of the C library's loader about missing memory have its own words.
        case $status in
        0) ;;
        1) grep -q "MemoryError\|import of\|cannot" "$work/output" || crashes="$crashes $n:silent" ;;
        134) grep -q "^Fatal Python error: Py_Initialize: " "$work/output" || crashes="$crashes $n:$status" ;;
        *) crashes="$crashes $n:$status" ;;
        esac
        n=$((n + 1))
    done
    check "$1 ($asked allocations)${crashes:+:$crashes}" test -z "$crashes"
}
every "no allocation that fails ends it badly"
every "no allocation from which on all fail ends it badly" REFUSE_FOREVER=1
done_testing
