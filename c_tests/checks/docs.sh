#!/bin/sh
# docs/semantics.md is complete: it has every exported symbol, its tables name exported functions only, and the tests that it names
# exist.
. "$(dirname "$0")/tap.sh"
page=docs/semantics.md

grep -oE '`[A-Za-z_][A-Za-z0-9_]*`' "$page" | tr -d '`' | LC_ALL=C sort -u > "$work/named"
LC_ALL=C comm -13 "$work/named" abi/symbols.txt > "$work/missing"
same "every symbol of abi/symbols.txt stands in $page" "$work/missing" /dev/null

sed -n '/^## Functions$/,$s/^| `\([A-Za-z0-9_]*\)` |.*/\1/p' "$page" | LC_ALL=C sort > "$work/tables"
check "the tables of $page name functions" test -s "$work/tables"
LC_ALL=C comm -23 "$work/tables" abi/symbols.txt > "$work/unknown"
same "every function in the tables of $page is exported" "$work/unknown" /dev/null
uniq -d "$work/tables" > "$work/twice"
same "no function stands twice in the tables of $page" "$work/twice" /dev/null

grep -oE 'c_tests/[A-Za-z0-9_/]+\.(c|sh)' "$page" | LC_ALL=C sort -u > "$work/tests"
check "$page names tests" test -s "$work/tests"
while read -r test; do
    [ -f "$test" ] || echo "$test"
done < "$work/tests" > "$work/absent"
same "every test that $page names exists" "$work/absent" /dev/null
grep '^| ' "$page" | sed -n '/^| Topic/,/^| function/p' | grep -v -e '^| Topic' -e '^| ---' -e '^| function' -e 'c_tests/' > "$work/untested"
same "every deviation names a test" "$work/untested" /dev/null
done_testing
