#!/bin/sh
# What docs/strict.md and README.md show of strict mode is what it writes: each block of `console` is run, and its output compared
# but for process numbers and addresses.  Paths are those of this folder.
. "$(dirname "$0")/tap.sh"
page=docs/strict.md
ulimit -c 0

block() { awk -v wanted="$1" '
    $0 == "```console" { n++; inside = n == wanted; next }
    /^```/ { inside = 0 }
    inside' $page; }
plain() {
    sed -e "s,$root/,,g" -e 's/==[0-9]*==/==N==/g' -e 's/"pid":[0-9]*/"pid":N/g' -e 's/0x[0-9a-f]\{3,\}/0xN/g' \
        -e '/^Aborted/d'
}

count=$(grep -c '^```console$' $page)
check "the page has reports" test "$count" -ge 4
n=1
while [ $n -le "$count" ]; do
    block $n > "$work/block"
    command=$(sed -n '1s/^\$ //p' "$work/block")
    sed 1d "$work/block" | plain > "$work/wanted"
    { sh -c "exec env $command"; } 2>&1 < /dev/null | plain > "$work/got"
    check "it has one of $command" test -n "$command" -a -s "$work/wanted"
    same "and that is what it writes" "$work/got" "$work/wanted"
    n=$((n + 1))
done

# The change that the page shows is the one in the program.
awk '$0 == "## From report to fix" { found = 1 } found && $0 == "```c" { inside = 1; next } /^```/ { inside = 0 } inside' $page \
    > "$work/fix"
awk '/^#ifdef TWIN/ { twin = 1 } /^#else/ { twin = 0 } twin && /PyCapsule_IsValid/ { inside = 1 }
    inside && /^}/ { inside = 0 } inside' c_tests/bugs/05_dlpack_specification.c > "$work/twin"
same "the change on the page is that of the program without the bug" "$work/fix" "$work/twin"

# README.md has one report, with its paths and callers cut short.
{ PYCAPSULE_OPTIONS=strict=1 build/bugs/03_destructor_clears_error; } 2>&1 < /dev/null |
    sed "s,$root/c_tests/bugs/,," | plain > "$work/report"
awk '$0 == "## Strict mode" { found = 1 } /^## / && $0 != "## Strict mode" { found = 0 }
    found && $0 == "```text" { inside = 1; next } /^```/ { inside = 0 } inside' README.md | plain > "$work/shown"
check "README.md shows a report" test -s "$work/shown"
check "each line of it is written" sh -c "! grep -vxF -f '$work/report' '$work/shown'"
done_testing
