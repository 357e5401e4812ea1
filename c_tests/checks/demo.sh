#!/bin/sh
# The host of the examples prints examples/expected.txt when PYTHONPATH has the examples' folder only.
. "$(dirname "$0")/tap.sh"
PYTHONPATH=build/examples build/examples/host > "$work/output" 2>&1
check "the host exits with 0" env PYTHONPATH=build/examples build/examples/host
same "the host prints examples/expected.txt" "$work/output" examples/expected.txt

env -u PYTHONPATH build/examples/host > "$work/lost" 2>&1
check "without PYTHONPATH the host names the module that it could not import" \
    grep -q 'PyCapsule_Import could not import module "ledger"' "$work/lost"
done_testing
