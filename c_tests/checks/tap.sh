# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # Variables are shared with the scripts that include this.
# The harness for checks that are shell scripts: TAP on standard output, details of failures on standard error.
#
#     . "$(dirname "$0")/tap.sh"
#     check "the header compiles alone" cc -c alone.c
#     done_testing
set -u
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
tap_count=0 tap_failures=0
echo "# $(basename "$0")"

# check SENTENCE COMMAND...: the command must succeed.
check() {
    sentence=$1
    shift
    tap_count=$((tap_count + 1))
    if "$@" >"$work/check.log" 2>&1; then
        echo "ok $tap_count - $sentence"
    else
        tap_failures=$((tap_failures + 1))
        echo "not ok $tap_count - $sentence"
        { echo "# $*"; head -30 "$work/check.log"; } >&2
    fi
}

# skip SENTENCE REASON: what can't be tried here.
skip() {
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# same SENTENCE FILE WANTED: the two files must be equal.
same() { check "$1" diff -u "$3" "$2"; }

done_testing() {
    echo "1..$tap_count"
    [ "$tap_failures" = 0 ]
}
