#!/bin/bash
# Every C test and example with each of its allocations failing in turn.  It may end with failed checks or with an
# error, but it does not crash in the library, corrupt the heap, or hang.  A test that uses the NULL that it then gets
# may crash by its own fault; each.c distinguishes the two.  Only Py_Initialize may end a program, as CPython's does.
#
#   LIMIT=100 c_tests/tools/no_memory_tests.sh FOLDER [PROGRAM...]
#
# LIMIT: a program that asks for more allocations has about so many of them refused, evenly spread; 0 is each of them.
. "$(dirname "$0")/../checks/tap.sh"
build=$1
shift
limit=${LIMIT:-100}
if [ $# -eq 0 ]; then
    # The tests of failing memory have a malloc of their own, which refuses allocations itself.  Some tests of strict mode have
    # children that it ends on purpose.  Tests of forks take too long.
    for source in $(printf '%s\n' c_tests/*.c c_tests/ours/*.c | grep -v -e /no_memory -e '/strict\.c' -e /strict_interface \
        -e /strict_held -e /strict_leaked -e /strict_callback -e /fork); do
        set -- "$@" "$build/${source%.c}"
    done
    set -- "$@" "$build/examples/host"
fi
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
export PYTHONPATH="$root/$build/modules:$root/$build/examples"

# runs PROGRAM FIRST STEP LAST [ARGUMENT]: reports what ends badly to $work/bad.
runs() {
    env LD_PRELOAD="./$build/c_tests/tools/each.so" LD_BIND_NOW=1 MALLOC_PERTURB_=165 \
        EACH="$2 $3 $4" EACH_REPORT="$work/bad" "$1" ${5:-} < /dev/null > "$work/output" 2>&1
}

# blames ARGUMENT PATTERN: a crash of that kind is reported; with an empty pattern, none is.
blames() {
    rm -f "$work/bad"
    runs "$build/c_tests/tools/crashes" 0 1 0 "$1"
    cat "$work/output" "$work/bad"
    if [ -n "$2" ]; then grep -q "$2" "$work/bad"; else ! [ -s "$work/bad" ]; fi
}
check "a program that uses a NULL ends as by an error" blames own ""
check "a program that hands a NULL to a function of C ends as by an error" blames own-in-c ""
check "a crash inside the library is reported" blames library "fault: .*libpycapsule"
check "a call from the library to nowhere is reported" blames nowhere "libpycapsule"
check "a spoilt heap is reported" blames heap "Aborted"
check "a crash in a child process is reported" blames child "fault: .*libpycapsule"

all=0 tried=0
for program in "$@"; do
    rm -f "$work/bad" "$work/asked"
    REFUSE_REPORT=$work/asked runs "$program" 0 1 0
    if ! asked=$(cat "$work/asked" 2> /dev/null); then
        check "${program#"$build/"} runs with all its allocations" cat "$work/output" "$work/asked"
        continue
    fi
    step=1
    [ "$limit" = 0 ] || [ "$asked" -le "$limit" ] || step=$((asked / limit))
    for ((job = 0; job < jobs; job++)); do
        runs "$program" $((1 + job * step)) $((step * jobs)) "$asked" &
    done
    wait
    count=$(((asked + step - 1) / step))
    all=$((all + asked)) tried=$((tried + count))
    check "${program#"$build/"}: $count of $asked allocations" diff /dev/null "$work/bad"
done
echo "# $tried runs, each without one of $all allocations, in $# programs"
done_testing
