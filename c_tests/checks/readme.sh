#!/bin/sh
# The C program in README.md compiles as it stands, and prints the output that README.md shows.
. "$(dirname "$0")/tap.sh"

# The n-th fenced block of a language.
block() { awk -v language="$1" -v wanted="$2" '
    $0 == "```" language { n++; inside = n == wanted; next }
    /^```/ { inside = 0 }
    inside' README.md; }

block c 1 > "$work/example.c"
block text 1 > "$work/wanted"
check "the README opens with a C example" test -s "$work/example.c" -a -s "$work/wanted"
check "the C example of the README compiles" ${CC:-cc} -std=c99 -Wall -Wextra -Wpedantic -Werror "$work/example.c" -o "$work/example" \
    -Iinclude -Lbuild/lib -lpycapsule -Xlinker -rpath -Xlinker "$root/build/lib"
"$work/example" > "$work/output" 2>&1
same "the C example prints the output that the README shows" "$work/output" "$work/wanted"
done_testing
