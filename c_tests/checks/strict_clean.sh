#!/bin/sh
# Strict mode reports nothing of programs without bugs: every test program and the host of the examples run under it, and its
# reports are those that c_tests/bugs/on_purpose.tsv lists, no more and no less.  The output of the programs stays as it is
# without strict mode.  UPDATE=1 prints the rows that were seen, for that table.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
purposes=c_tests/bugs/on_purpose.tsv
ulimit -c 0
: > "$work/seen"

# run NAME PROGRAM: with strict mode and without; the reports go to a file of their own, by a descriptor, of which nothing is
# said on standard error, since programs look at what is written there.  How it ended is in NAME.off.end and NAME.on.end.
run() {
    { timeout 300 "$2" > "$work/$1.off" < /dev/null; } 2> "$work/$1.off.err"
    end_of $? > "$work/$1.off.end"
    {
        PYCAPSULE_OPTIONS=strict=1:halt_on_error=0:log_path=/dev/fd/9 timeout 600 "$2" > "$work/$1.on" < /dev/null 9>> "$work/$1.log"
    } 2> "$work/$1.on.err"
    end_of $? > "$work/$1.on.end"
    # Each kind and its number: in the file, and of a process that could not write to it.
    cat "$work/$1.log" "$work/$1.on.err" |
        sed -n 's/^==[0-9]*==pycapsule: [A-Z]*: \([a-z-]*\): .*/\1/p' | sort | uniq -c |
        while read -r count kind; do printf '%s\t%s\t%s\n' "$1" "$kind" "$count"; done > "$work/$1.kinds"
}

# expected NAME: all that was reported stands in the table.
expected() {
    awk -F '\t' -v name="$1" -v purposes="$purposes" '
        BEGIN {
            while ((getline < purposes) > 0) if ($1 == name) count[$2] = $3
        }
        !($2 in count) || count[$2] != "*" && count[$2] != $3 {
            print "reported " $3 " times: " $2 ", on purpose: " ($2 in count ? count[$2] : 0); wrong = 1 }
        END { exit wrong }' "$work/$1.kinds" && return
    head -60 "$work/$1.log"
    return 1
}

# ended NAME: as without strict mode; or, with leaks, with the exit status for them.
ended() {
    same_file "$work/$1.on.end" "$work/$1.off.end" && return
    grep -qx 'exit 23' "$work/$1.on.end" && [ -s "$work/$1.kinds" ] && return
    echo "it ends with $(cat "$work/$1.on.end"), without strict mode with $(cat "$work/$1.off.end")"
    cat "$work/$1.on.err"
    return 1
}
same_file() { cmp -s "$1" "$2"; }

# The programs, two at a time: they are quick, but a report takes a moment.
programs="$(ls c_tests/*.c c_tests/ours/*.c | sed 's/\.c$//') examples/host"
name_of() { echo "${1#c_tests/}" | tr / -; }
half() {
    number=0
    for program in $programs; do
        number=$((number + 1))
        [ $((number % 2)) = "$1" ] || continue
        case $program in
        examples/*) PYTHONPATH=$root/build/examples ;;
        *) PYTHONPATH=$root/build/modules ;;
        esac
        export PYTHONPATH
        run "$(name_of "$program")" "build/$program"
    done
}
half 1 & half 0
wait

for program in $programs; do
    name=$(name_of "$program")
    check "$name: nothing is reported but what it does on purpose" expected "$name"
    case $name in
    # These have a malloc of their own that counts blocks: destroyed capsules are in quarantine, and their blocks stay.
    *-no_memory*) check "$name: it does not crash" grep -q '^exit' "$work/$name.on.end" ;;
    *)
        check "$name: it ends as without strict mode" ended "$name"
        check "$name: it prints what it prints without strict mode" cmp "$work/$name.on" "$work/$name.off"
        ;;
    esac
    cat "$work/$name.kinds" >> "$work/seen"
done
[ -z "${UPDATE:-}" ] || sed 's/^/seen: /' "$work/seen" >&2

# A row that is never reported would hide a report that is missing.
grep -v '^#' "$purposes" | cut -f 1,2 | LC_ALL=C sort > "$work/listed"
cut -f 1,2 "$work/seen" | LC_ALL=C sort > "$work/reported"
LC_ALL=C comm -23 "$work/listed" "$work/reported" > "$work/stale"
same "every row of $purposes was reported" "$work/stale" /dev/null
grep -v '^#' "$purposes" | awk -F '\t' 'NF != 4 || $4 == ""' > "$work/unexplained"
same "every row of $purposes says why" "$work/unexplained" /dev/null
done_testing
