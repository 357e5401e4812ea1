# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # Variables are shared with the scripts that include this.
# Shared by the parts of the comparison: the CPython to compare with, how to build against it, and the table.
#
#     part=programs
#     . "$(dirname "$0")/common.sh"
#     row "what was compared" "with what" CASES DIFFERENCES
#     finish
#
# A part works in build/conformance/PART and leaves the outputs that differ there.  Alone it prints its own rows; under `run`
# they go to the common table.  Exit status: 0 without a difference, 1 with one, 2 when it could not be run, 3 without a CPython.
set -u
cd "$(dirname "$0")/../.." || exit 2
root=$(pwd)
case $root in *[[:space:]]*) echo "$part: the path $root has a blank, which the comparison can't work in" >&2; exit 2 ;; esac
here=c_tests/conformance
work=build/conformance/$part
rows=$work/rows
rm -rf "$work"
mkdir -p "$work"
: > "$rows"
different=0

[ -e build/lib/libpycapsule.so.0 ] || { echo "$part: there is no library: run make first" >&2; exit 2; }
reference=$("$here/reference" 3.14) || exit 3
eval "$reference"
theirs="CPython $PYREF_VERSION"
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

c="${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror ${OPT:=-g -O1}"
real_header="-isystem $PYREF_ISYSTEM $PYREF_CFLAGS"
our_library="-L$root/build/lib -lpycapsule -Wl,-rpath,$root/build/lib -pthread -lm -ldl"
real_library="$PYREF_LIBS -lpthread -lm -ldl"
# A library with a fault that is preloaded before ours, to see that the comparison finds it.
our_run=${FAULT:+env LD_PRELOAD=$FAULT}

# row WHAT WITH CASES DIFFERENCES
row() {
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >> "$rows"
    [ "$4" = 0 ] || different=1
}

# differ NAME FILE WANTED: whether two outputs differ; if so it says so, and NAME.diff shows how.
differ() {
    if diff -a "$3" "$2" > "$work/$1.diff"; then
        rm "$work/$1.diff"
        return 1
    fi
    echo "DIFFERENT: $1: $(grep -ac '^[<>]' "$work/$1.diff") lines, in $work/$1.diff"
}

finish() {
    if [ -n "${CONFORMANCE_ROWS:-}" ]; then
        cat "$rows" >> "$CONFORMANCE_ROWS"
    else
        "$here/table" "$rows"
    fi
    exit $different
}
