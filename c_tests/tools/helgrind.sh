#!/bin/sh
# Helgrind works: it reports a race that a program of FOLDER makes on purpose.
#
#   c_tests/tools/helgrind.sh FOLDER COMMAND...    COMMAND is valgrind with its options
. "$(dirname "$0")/../checks/tap.sh"
build=$1
shift

"$@" "$build/c_tests/tools/planted" race > "$work/report" 2>&1
check "a race between two reference counts ends the program with an error" test $? = 99
check "the report calls it a possible data race" grep -q "Possible data race" "$work/report"
done_testing
