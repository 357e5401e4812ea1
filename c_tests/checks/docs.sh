#!/bin/sh
# The documents are whole: docs/reference.md has every exported symbol, docs/deviations.md a test for each deviation, and no link
# or name of a file leads nowhere.
. "$(dirname "$0")/tap.sh"
reference=docs/reference.md
deviations=docs/deviations.md

grep -oE '`[A-Za-z_][A-Za-z0-9_]*`' "$reference" | tr -d '`' | LC_ALL=C sort -u > "$work/named"
LC_ALL=C comm -13 "$work/named" abi/symbols.txt > "$work/missing"
same "every symbol of abi/symbols.txt stands in $reference" "$work/missing" /dev/null

sed -n '/^### `pycapsule.h`$/,/^## Objects$/s/^- `\([A-Za-z0-9_]*\)`.*/\1/p' "$reference" | LC_ALL=C sort > "$work/functions"
check "$reference lists functions" test -s "$work/functions"
LC_ALL=C comm -23 "$work/functions" abi/symbols.txt > "$work/unknown"
same "every function of its lists is exported" "$work/unknown" /dev/null
uniq -d "$work/functions" > "$work/twice"
same "no function stands there twice" "$work/twice" /dev/null

# A deviation is a line in bold letters with a list below it.
deviation() { sed -n '/^## Deviations$/,/^## Missing parts$/p' "$deviations"; }
check "$deviations lists deviations" sh -c "grep -q '^\*\*.*\*\*\$' $deviations"
deviation | awk '
    /^\*\*.*\*\*$/ { if (name != "" && !tested) print name; name = $0; tested = 0 }
    /^- Test: .*c_tests\// { tested = 1 }
    END { if (!tested) print name }' > "$work/untested"
same "every deviation names a test" "$work/untested" /dev/null

pages=$(git ls-files '*.md' 2>/dev/null)
[ -n "$pages" ] || pages=$(ls -- *.md docs/*.md examples/*.md)
for page in $pages; do
    grep -oE 'c_tests/[A-Za-z0-9_/]+\.(c|sh|h)' "$page" | LC_ALL=C sort -u | while read -r test; do
        [ -f "$test" ] || echo "$page: $test"
    done
done > "$work/absent"
same "every test that a document names exists" "$work/absent" /dev/null

# Paths of this tree in code letters, where `*` matches names.
for page in $pages; do
    grep -oE '`(src|c_tests|csrc|docs|examples|benches|include|fuzz|tests|abi|\.ci|\.cargo|\.github)/[A-Za-z0-9_./*-]*' "$page" |
        tr -d '`' | LC_ALL=C sort -u | while read -r path; do
        # shellcheck disable=SC2086 # a pattern.
        ls -d -- $path >/dev/null 2>&1 || echo "$page: $path"
    done
done > "$work/no_path"
same "every path that a document names exists" "$work/no_path" /dev/null

# Links to files and folders of this tree, and to headings in them.
anchors() { sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | sed 's/[^a-z0-9_-]//g'; }
for page in $pages; do
    grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//' | grep -v '^[a-z]*:' | while read -r link; do
        file=${link%%#*}
        target=$(dirname "$page")/${file:-$(basename "$page")}
        if [ ! -e "$target" ]; then
            echo "$page: $link"
        elif [ "$file" != "$link" ] && ! anchors "$target" | grep -qFx -- "${link#*#}"; then
            echo "$page: $link has no such heading"
        fi
    done
done > "$work/broken"
same "every link leads somewhere" "$work/broken" /dev/null
done_testing
