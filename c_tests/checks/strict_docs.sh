#!/bin/sh
# The examples of strict mode in docs/strict.md and README.md are its real output: each block of `console` is run, and
# its output compared except for process numbers and addresses.  Paths are those of this directory.
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
    check "the page has a report of $command" test -n "$command" -a -s "$work/wanted"
    same "the report of $command on the page is the one that it writes" "$work/got" "$work/wanted"
    n=$((n + 1))
done

# The lines for the fixtures of test frameworks find a leak, without anything in the environment.
fixture() {
    cat > "$work/fixture.c" <<END
#include <Python.h>
#include <stdio.h>
#define EXPECT_EQ(one, other) do { if ((one) != (other)) puts("failed"); } while (0)
#define assert_int_equal EXPECT_EQ
#define TEST_ASSERT_EQUAL_UINT EXPECT_EQ
#define ck_assert_uint_eq EXPECT_EQ
static uint64_t checkpoint, checkpoint_;
static void *kept, **state = &kept;
static void setup(void) { $2 }
static void teardown(void) { $3 (void)checkpoint; (void)checkpoint_; (void)state; }
int main(void)
{
    PyObject *capsule;
    setup();
    capsule = PyCapsule_New(&kept, "kept", NULL);
    Py_DECREF(capsule);
    teardown();
    puts("clean");
    setup();
    Py_XINCREF(PyCapsule_New(&kept, "leaked", NULL));
    teardown();
    return 0;
}
END
    ${CC:-cc} -Iinclude "$work/fixture.c" -o "$work/fixture" -Lbuild/lib -lpycapsule -Xlinker -rpath -Xlinker "$root/build/lib" &&
        { env -u PYCAPSULE_OPTIONS "$work/fixture" > "$work/out" 2> "$work/err"; [ $? = 23 ]; } &&
        printf 'clean\nfailed\n' | cmp - "$work/out"
}
sed -n '/^| | in the fixture |/,/^$/s/^| \([A-Za-z]*\) | `\([^`]*\)`.* | `\([^`]*\)`.* |$/\1\t\2\t\3/p' $page > "$work/fixtures"
check "the page has fixtures for four frameworks" test "$(wc -l < "$work/fixtures")" = 4
while IFS='	' read -r framework setup teardown; do
    check "the fixture for $framework finds a leak where nothing is in the environment" fixture "$framework" "$setup" "$teardown"
done < "$work/fixtures"

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
check "each line of the report in README.md is one that the program writes" sh -c "! grep -vxF -f '$work/report' '$work/shown'"
done_testing
