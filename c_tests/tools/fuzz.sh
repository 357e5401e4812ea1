#!/bin/sh
# Runs each fuzz target for a time, as many at once as there are processors, and prints the number of its runs.  An
# input that ends one is kept in fuzz/artifacts.
#
#   c_tests/tools/fuzz.sh CARGO SECONDS TARGET...    CARGO is a nightly one
set -u
if [ "$1" = --one ]; then
    log=$4/$5
    # shellcheck disable=SC2086 # the command is several words.
    if ! $2 fuzz run "$5" -- -max_total_time="$3" -print_final_stats=1 >"$log" 2>&1; then
        tail -60 "$log"
        echo "FAILED $5"
        exit 1
    fi
    echo "ok     $5: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs in $3 s"
    exit
fi

cargo=$1 seconds=$2
shift 2
logs=$(mktemp -d) && trap 'rm -rf "$logs"' EXIT
printf '%s\n' "$@" | xargs -P "$(nproc)" -I '{}' "$0" --one "$cargo" "$seconds" "$logs" '{}'
