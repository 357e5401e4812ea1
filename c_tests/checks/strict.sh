#!/bin/sh
# Strict mode finds each bug of c_tests/bugs: it makes the reports that table.tsv lists and no others, names the lines that are
# marked in the source, and ends the program as the table says.  Of the twin without the bug it reports nothing.  With strict mode
# off nothing is reported of either.  The table in docs/strict.md is made from the results of this check; UPDATE=1 writes it.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
bugs=$(cd "${BUGS:-build/bugs}" && pwd) page=docs/strict.md
ulimit -c 0

# run OPTIONS PROGRAM [TWIN]: leaves NAME.out and NAME.err in $work, and `end`.  No options: strict mode is off.
run() {
    name=${4:-$2$3}
    # The braces redirect the shell's own message about a signal, too.
    {
        PYCAPSULE_OPTIONS=$1 PYTHONPATH=$bugs/modules$3 timeout 60 "$bugs/$2$3" > "$work/$name.out" < /dev/null
    } 2> "$work/$name.err"
    end=$(end_of $?)
}

# The kinds that a run reported, in order and with commas between; `-` for none.
kinds() {
    sed -n 's/^==[0-9]*==pycapsule: [A-Z]*: \([a-z-]*\): .*/\1/p' "$1" | paste -s -d , | sed 's/^$/-/'
}

is() { [ "$1" = "$2" ] || { echo "got $1, wanted $2"; cat "$work/$name.err"; return 1; }; }

# silent FILE: no line of pycapsule is in the file.
silent() { ! grep 'pycapsule: ' "$1"; }

# The first report of a kind.
report() {
    awk -v kind="$2" '
        /^==[0-9]+==pycapsule: / { inside = !done && index($0, ": " kind ": "); done = done || inside }
        inside' "$1"
}

# named PLACE PROGRAM KIND: the report has this heading, and under it a line of the source that is marked with the place.
named() {
    case $1 in renamed) heading='last renamed here:' ;; *) heading="$1 here:" ;; esac
    report "$work/$2.err" "$3" | awk -v heading="  $heading" '
        index($0, heading) == 1 { inside = 1; next } !/^    / { inside = 0 } inside' > "$work/section"
    grep -n "/\* $1 \*/" "c_tests/bugs/$2.c" c_tests/bugs/modules/*.c > "$work/marks"
    while IFS=: read -r file line _; do
        grep -q "$(basename "$file"):$line\$" "$work/section" && return
    done < "$work/marks"
    echo "no marked line under \"$heading\":"
    cat "$work/marks" "$work/$2.err"
    return 1
}

# same_start FILE WHOLE: the output of a program that is ended early is the beginning of the whole output.
same_start() { head -c "$(wc -c < "$1")" "$2" | cmp - "$1"; }

# Programs that fail without memory: each allocation fails in turn, until a run has no failed allocation.  At least one run has
# the report, and no run has another one.
each_allocation() {
    reported=0 n=1
    while [ $n -le 200 ]; do
        run "strict=1:fail_alloc=$n" "$1" "$2"
        n=$((n + 1))
        # Without memory for a thread state Py_Initialize ends the program, in CPython too.
        grep -q '^Fatal Python error: Py_Initialize: ' "$work/$1$2.err" && continue
        case $(kinds "$work/$1$2.err") in
        -) is "$end" 'exit 0' || return 1 ;;
        "$3") reported=1; is "$end" "$4" || return 1; cp "$work/$1$2.err" "$work/$1.found" ;;
        *) cat "$work/$1$2.err"; return 1 ;;
        esac
    done
    [ $reported = "$5" ] || { echo "$1$2: in $n runs it was reported: $reported"; return 1; }
    [ $reported = 0 ] || cp "$work/$1.found" "$work/$1.err"
}

check "the programs are there" test -e "$bugs/01_name_freed" -a -e "$bugs/01_name_freed-twin"
table > "$work/rows"
: > "$work/seen"
while IFS='	' read -r class program options kinds severity off on _ places seen; do
    kind=${kinds##*,}
    run '' "$program" '' "$program-off"
    check "$program: strict mode off: it ends with $off" is "$end" "$off"
    check "$program: strict mode off: nothing is reported" silent "$work/$program-off.err"
    run '' "$program" -twin "$program-twin-off"
    check "$program: strict mode off: the twin exits with 0" is "$end" 'exit 0'
    check "$program: strict mode off: nothing is reported of the twin" silent "$work/$program-twin-off.err"

    if [ "$options" = fail_alloc=each ]; then
        check "$program: $kinds is reported when the right allocation fails" \
            each_allocation "$program" '' "$kinds" "$on" 1
        check "$program: nothing is reported of the twin, whichever allocation fails" \
            each_allocation "$program" -twin none 'exit 0' 0
        twin=$(kinds "$work/$program-twin.err")
    else
        [ "$options" = - ] && options= || options=:$options
        run "strict=1$options" "$program" ''
        check "$program: $kinds is reported, and nothing else" is "$(kinds "$work/$program.err")" "$kinds"
        check "$program: it ends with $on" is "$end" "$on"
        check "$program: its output is that without strict mode" \
            same_start "$work/$program.out" "$work/$program-off.out"
        run "strict=1$options" "$program" -twin
        check "$program: nothing is reported of the twin" silent "$work/$program-twin.err"
        check "$program: the twin exits with 0" is "$end" 'exit 0'
        check "$program: the output of the twin is that without strict mode" \
            cmp "$work/$program-twin.out" "$work/$program-twin-off.out"
        twin=$(kinds "$work/$program-twin.err")
    fi
    check "$program: the report is of the kind $severity" grep -q "^==[0-9]*==pycapsule: $severity: $kind: " "$work/$program.err"
    for place in $places; do
        [ "$place" = - ] || check "$program: the report names the line \"$place\"" named "$place" "$program" "$kind"
    done
    [ "$twin" = - ] && twin=yes || twin=no
    printf '%s\t%s\t%s\t%s\t%s\n' "$class" "$program" "$(kinds "$work/$program.err")" "$seen" "$twin" >> "$work/seen"
done < "$work/rows"

# Every class of bugs has a program, except class 17, which one process can't show.  Every kind of report has a program.
sed -n 's/^title\t\([0-9]*\)\t.*/\1/p' c_tests/bugs/table.tsv | sort > "$work/classes"
{ cut -f 1 "$work/rows"; echo 17; } | sort -u > "$work/shown"
same "every class but 17 has a program" "$work/shown" "$work/classes"
cut -f 4 "$work/rows" | tr ',' '\n' | sort -u > "$work/kinds"
sed -n '/^## Kinds/,/^## /s/^### \([a-z-]*\)$/\1/p' "$page" | sort > "$work/documented"
same "every kind of report in $page has a program, and the other way round" "$work/kinds" "$work/documented"
ls c_tests/bugs/[0-9]*.c | sed 's,.*/\(.*\)\.c,\1,' > "$work/programs"
cut -f 2 "$work/rows" | LC_ALL=C sort > "$work/listed"
LC_ALL=C sort -o "$work/programs" "$work/programs"
same "every program stands in table.tsv" "$work/programs" "$work/listed"

# The table of the page.
begin='<!-- made by c_tests/checks/strict.sh -->' end_mark='<!-- end -->'
{
    echo '| class | program | kind reported | where it was seen | twin silent |'
    echo '| --- | --- | --- | --- | --- |'
    sed -n 's/^title\t//p' c_tests/bugs/table.tsv | while IFS='	' read -r class title; do
        if ! cut -f 1 "$work/rows" | grep -qx "$class"; then
            echo "| $class: $title | not shown: there is one interpreter here | | | |"
        fi
        awk -F '\t' -v class="$class" -v title="$title" '$1 == class {
            first = shown++ ? "" : class ": " title
            gsub(",", "`, `", $3)
            printf "| %s | `%s` | `%s` | %s | %s |\n", first, $2, $3, $4, $5 }' "$work/seen"
    done
} > "$work/table"
awk -v begin="$begin" -v end="$end_mark" -v table="$work/table" '
    $0 == end { inside = 0 }
    !inside
    $0 == begin { inside = 1; while ((getline line < table) > 0) print line }' "$page" > "$work/page"
[ -z "${UPDATE:-}" ] || cp "$work/page" "$page"
check "the page has a place for the table" grep -qFx -e "$begin" "$page"
same "the table in $page has these results (UPDATE=1 writes it)" "$page" "$work/page"
done_testing
