#!/bin/sh
# The options of strict mode, each with the programs of c_tests/bugs and small ones written here: what it changes, and what
# is said when its value makes no sense.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
bugs=$(cd "${BUGS:-build/bugs}" && pwd)
export PYTHONPATH="$bugs/modules"
ulimit -c 0

# run OPTIONS PROGRAM: leaves `out`, `err` and `end` in $work.
run() {
    case $2 in */*) path=$2 ;; *) path=$bugs/$2 ;; esac
    { PYCAPSULE_OPTIONS=$1 timeout 60 "$path" > "$work/out" < /dev/null; } 2> "$work/err"
    end_of $? > "$work/end"
}
ends() { grep -qFx "$1" "$work/end" || { cat "$work/end" "$work/err"; return 1; }; }
says() { grep -q -e "$1" "$work/err" || { cat "$work/err"; return 1; }; }
says_nothing() { ! grep 'pycapsule: ' "$work/err"; }
count() { [ "$(grep -c -e "$2" "$work/err")" = "$1" ] || { cat "$work/err"; return 1; }; }
no() { ! "$@"; }

# refused OPTIONS MESSAGE: the program ends with status 2 before it does anything, and the message says why.
refused() {
    run "$1" 09_wrong_name
    ends 'exit 2' && no test -s "$work/out" && says "^pycapsule: PYCAPSULE_OPTIONS: $2\$" && says '^pycapsule:   strict=  '
}

compile() { ${CC:-cc} -std=c99 -Wall -Wextra -g -O1 -Iinclude "$@"; }
link="-Lbuild/lib -lpycapsule -Wl,-rpath,build/lib -ldl"

# ---- what makes no sense ----

check "an option that there is not" refused bogus=1 'there is no option "bogus"'
check "an option without a value" refused strict 'option "strict" needs a value, which must be 0 or 1'
for key in strict halt_on_error leak_check backtrace trace verbose help; do
    for value in '' 2 yes -1; do
        check "$key=$value" refused "$key=$value" "option \"$key\" can't be \"$value\", but must be 0 or 1"
    done
done
for value in '' 256 -1 x; do
    check "exitcode=$value" refused "exitcode=$value" "option \"exitcode\" can't be \"$value\", but must be a number from 0 to 255"
done
for value in '' -1 1k 99999999999999999999; do
    check "quarantine=$value" refused "quarantine=$value" "option \"quarantine\" can't be \"$value\", but must be a number"
done
for value in '' 0 + x 1++; do
    check "fail_alloc=$value" refused "fail_alloc=$value" \
        "option \"fail_alloc\" can't be \"$value\", but must be a number from 1, and then perhaps +"
done
check "log_format=xml" refused log_format=xml "option \"log_format\" can't be \"xml\", but must be text or json"
for key in log_path suppress werror; do
    check "$key without a value" refused "$key=" "option \"$key\" can't be \"\", but must be a text"
done
check "log_path that can't be written" refused "strict=1:log_path=$work/none/log" \
    "option \"log_path\": \"$work/none/log\" can't be opened for writing"
check "log_path that is a folder" refused "strict=1:log_path=$work" "option \"log_path\": \"$work\" can't be opened for writing"
check "werror with a kind that there is not" refused strict=1:werror=wrong-name,bogus \
    'option "werror" has no kind "bogus"'
check "suppress with a file that there is not" refused "strict=1:suppress=$work/none" \
    "option \"suppress\": \"$work/none\" can't be read"
check "suppress with a folder" refused "strict=1:suppress=$work" "option \"suppress\": \"$work\" can't be read"
printf '# a comment\nwrong-name:*\n\nbogus:*\n' > "$work/supp"
check "suppress with a kind that there is not: the file and the line" refused "strict=1:suppress=$work/supp" \
    "option \"suppress\": \"$work/supp\", line 4: there is no kind \"bogus\""
check "of two options the first that makes no sense is named" refused strict=7:bogus=1 \
    "option \"strict\" can't be \"7\", but must be 0 or 1"

# ---- strict, halt_on_error, exitcode, leak_check ----

run strict=0 03_destructor_clears_error
check "strict=0 says nothing" says_nothing
run strict=1 03_destructor_clears_error
check "the first error ends the program" ends SIGABRT
run strict=1:strict=0 03_destructor_clears_error
check "of an option that stands twice the last counts" says_nothing
run strict=1:halt_on_error=0 03_destructor_clears_error
check "halt_on_error=0: it goes on, and its exit status says that there was an error" ends 'exit 23'
check "halt_on_error=0: it prints all" test -s "$work/out"
run strict=1:halt_on_error=0:exitcode=7 03_destructor_clears_error
check "exitcode=7: that is the exit status" ends 'exit 7'
run strict=1:exitcode=0 07_forgotten
check "exitcode=0: leaks are reported and the exit status stays" ends 'exit 0'
check "exitcode=0: and the leak is reported" says ': ERROR: leak: '
run strict=1:leak_check=0 07_forgotten
check "leak_check=0: leaks are not looked for" says_nothing
check "leak_check=0: so the exit status stays" ends 'exit 0'
run strict=1:leak_check=0 12_new_unchecked_end
check "leak_check=0: nor for a failure that nobody looked at" ends 'exit 0'

# ---- werror ----

run strict=1 09_wrong_name
check "a warning ends nothing" ends 'exit 0'
run strict=1:werror=wrong-name 09_wrong_name
check "werror=KIND: it is an error" says ': ERROR: wrong-name: '
check "werror=KIND: and ends the program" ends SIGABRT
run strict=1:werror=context-lost,wrong-name:halt_on_error=0 09_wrong_name
check "werror=KIND,KIND: or changes the exit status" ends 'exit 23'
run strict=1:werror=context-lost,null-not-error 09_wrong_name
check "werror with other kinds leaves it a warning" says ': WARNING: wrong-name: '
run strict=1:werror=all 09_wrong_name
check "werror=all: each is" ends SIGABRT

# ---- suppress ----

suppressed() { printf '%s\n' "$1" > "$work/supp"; run "strict=1:suppress=$work/supp" "$2"; says_nothing; }
check "suppress: a kind with a name" suppressed wrong-name:vector_versioned 09_wrong_name
check "suppress: a pattern" suppressed 'wrong-name:v*_?ersioned' 09_wrong_name
check "suppress: a kind alone" suppressed wrong-name 09_wrong_name
check "suppress: a pattern for the kind" suppressed '*:vector*' 09_wrong_name
check "suppress: a line with spaces around it, and a comment" suppressed '# x
   wrong-name:vector*  ' 09_wrong_name
check "suppress: NULL is the name of a capsule without one" suppressed unnamed-mixup:NULL 19_unnamed_mixup
check "suppress: an error that is suppressed ends nothing" suppressed leak:device.handle 07_forgotten
check "suppress: so the exit status stays" ends 'exit 0'
check "suppress: another name does not match" no suppressed wrong-name:vector 09_wrong_name
check "suppress: nor another kind" no suppressed leak:vector_versioned 09_wrong_name
: > "$work/supp"
run "strict=1:suppress=$work/supp" 09_wrong_name
check "suppress: an empty file suppresses nothing" says ': WARNING: wrong-name: '

# ---- log_path, log_format, backtrace ----

run "strict=1:log_path=$work/log" 09_wrong_name
check "log_path: nothing is on standard error" says_nothing
check "log_path: it is in the file" grep -q ': WARNING: wrong-name: ' "$work/log"
run "strict=1:log_path=$work/log" 07_forgotten
check "log_path: the next program's goes to its end" test "$(grep -c 'pycapsule: ' "$work/log")" = 2
run "strict=1:log_path=$work/log=1" 09_wrong_name
check "log_path: a path may have = in it" test -s "$work/log=1"

parses() {
    if command -v python3 > /dev/null && python3 -c 'import json' 2> /dev/null; then
        python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    report = json.loads(line)
    assert report["pid"] > 0 and report["severity"] in ("ERROR", "WARNING"), report
    assert report["kind"] and report["message"] and report["advice"] and "name" in report, report
    for place in report["places"]:
        assert place["what"], place
        for caller in place["callers"]:
            assert caller["module"] and int(caller["offset"], 16) > 0, caller
            assert ("file" in caller) == ("line" in caller), caller
' "$1"
    else
        no grep -v '^{"pid":[0-9]*,"severity":"[A-Z]*","kind":"[a-z-]*","message":".*","name":.*,"places":\[.*\],"advice":".*"}$' "$1"
    fi
}
table | while IFS='	' read -r _ program options _; do
    [ "$options" = - ] || continue
    run "strict=1:log_format=json:log_path=$work/json" "$program"
done
check "log_format=json: a line for each report" test "$(wc -l < "$work/json")" -ge "$(table | grep -c '	-	[a-z]')"
check "log_format=json: each line parses" parses "$work/json"
cat > "$work/odd.c" <<'END'
#include <Python.h>
int main(void)
{
    static char name[] = "a\"b\\c\n\x01\xff\xc3\xa9";
    PyObject *capsule = PyCapsule_New(name, name, NULL);
    PyCapsule_GetPointer(capsule, "\x7f\t");
    PyErr_Clear();
    name[0] = '\xfe';
    PyCapsule_IsValid(capsule, name);
    Py_DECREF(capsule);
    return 0;
}
END
# shellcheck disable=SC2086 -- a list of flags.
check "a program with names that are no text compiles" compile "$work/odd.c" -o "$work/odd" $link
run "strict=1:halt_on_error=0:log_format=json:log_path=$work/odd.json" "$work/odd"
check "log_format=json: names that are no text are there, too" parses "$work/odd.json"
check "log_format=json: in two lines" test "$(wc -l < "$work/odd.json")" = 2
run strict=1:halt_on_error=0 "$work/odd"
check "in a text they stand as in C" says 'asks for "\\x7f\\x09", and the capsule is "a\\"b\\\\c\\x0a\\x01\\xffé"$'

run strict=1:backtrace=0 13_released_twice
check "backtrace=0: the report is there" says ': ERROR: use-after-destroy: '
check "backtrace=0: without places" no says ' here:$'
check "backtrace=0: and ends the program" ends SIGABRT

# ---- trace ----

cat > "$work/nested.c" <<'END'
#include <Python.h>
static void destroy(PyObject *capsule) { Py_DECREF((PyObject *)PyCapsule_GetContext(capsule)); }
int main(void)
{
    static int x;
    PyObject *inner = PyCapsule_New(&x, "inner", NULL), *outer = PyCapsule_New(&x, NULL, destroy);
    PyCapsule_SetContext(outer, inner);
    PyCapsule_GetName(inner);
    PyCapsule_GetName(outer);
    PyCapsule_IsValid(outer, "other");
    PyCapsule_SetPointer(outer, NULL);
    PyErr_Clear();
    PyCapsule_Import("no.such", 0);
    PyErr_Clear();
    Py_DECREF(outer);
    return 0;
}
END
# Pointers are numbered as they come.
numbered() {
    awk '{
        while (match($0, /0x[0-9a-f]+/)) {
            address = substr($0, RSTART, RLENGTH)
            if (!(address in names)) names[address] = "@" ++n
            $0 = substr($0, 1, RSTART - 1) names[address] substr($0, RSTART + RLENGTH)
        }
        sub(/^==[0-9]+==/, "==N=="); print }'
}
cat > "$work/trace.wanted" <<'END'
==N==pycapsule: TRACE: PyCapsule_New(@1, "inner", NULL) = @2
==N==pycapsule: TRACE: PyCapsule_New(@1, NULL, @3) = @4
==N==pycapsule: TRACE: PyCapsule_SetContext(@4, @2) = 0
==N==pycapsule: TRACE: PyCapsule_GetName(@2) = "inner"
==N==pycapsule: TRACE: PyCapsule_GetName(@4) = NULL
==N==pycapsule: TRACE: PyCapsule_IsValid(@4, "other") = 0
==N==pycapsule: TRACE: PyCapsule_SetPointer(@4, NULL) failed: ValueError: PyCapsule_SetPointer called with null pointer
==N==pycapsule: TRACE: PyCapsule_Import("no.such") failed: ImportError: PyCapsule_Import could not import module "no"
==N==pycapsule: TRACE: the destruction of @4 begins
==N==pycapsule: TRACE: PyCapsule_GetContext(@4) = @2
==N==pycapsule: TRACE: the destruction of @2 begins
==N==pycapsule: TRACE: the destruction of @2 ends
==N==pycapsule: TRACE: the destruction of @4 ends
END
# shellcheck disable=SC2086
check "a program with one destructor in another compiles" compile "$work/nested.c" -o "$work/nested" $link
run trace=1 "$work/nested"
numbered < "$work/err" > "$work/trace"
same "trace=1: each call with its arguments and its result, and each end, without strict mode" "$work/trace" "$work/trace.wanted"
run strict=1:trace=1 "$work/nested"
numbered < "$work/err" > "$work/trace"
same "trace=1: and with it" "$work/trace" "$work/trace.wanted"
run "strict=1:trace=1:log_path=$work/trace.log" "$work/nested"
check "log_path: a trace goes there, too" test "$(grep -c TRACE "$work/trace.log")" = 13

# ---- fail_alloc ----

cat > "$work/starve.c" <<'END'
#include <Python.h>
#include <stdio.h>
int main(void)
{
    static int x;
    int i;
    for (i = 1; i <= 6; i++) {
        PyObject *capsule = PyCapsule_New(&x, "starve", NULL);
        putchar(capsule != NULL ? '+' : PyErr_ExceptionMatches(PyExc_MemoryError) ? '-' : '?');
        PyErr_Clear();
        Py_XDECREF(capsule);
    }
    return 0;
}
END
# shellcheck disable=SC2086
check "a program that makes six capsules compiles" compile "$work/starve.c" -o "$work/starve" $link
prints() { run "$1" "$work/starve"; [ "$(cat "$work/out")" = "$2" ] && ends 'exit 0' && says_nothing; }
for strict in 0 1; do
    check "strict=$strict: each of six capsules is made" prints strict=$strict ++++++
    # The library may need memory for something else before.
    n=1
    until prints "strict=$strict:fail_alloc=$n" ++-+++ > "$work/why" || [ $n = 9 ]; do n=$((n + 1)); done
    check "strict=$strict:fail_alloc=$n: the third is not" prints strict=$strict:fail_alloc=$n ++-+++
    check "strict=$strict:fail_alloc=$((n + 1)): or the fourth" prints strict=$strict:fail_alloc=$((n + 1)) +++-++
    check "strict=$strict:fail_alloc=$n+: or none from the third on" prints strict=$strict:fail_alloc=$n+ ++----
    check "strict=$strict:fail_alloc=99: none fails" prints strict=$strict:fail_alloc=99 ++++++
done

# ---- quarantine ----

cat > "$work/late.c" <<'END'
#include <Python.h>
#include <stdlib.h>
int main(int argc, char **argv)
{
    static int x;
    const char *later = getenv("LATER");
    PyObject *capsule = PyCapsule_New(&x, "late", NULL), *kept[64];
    int i, n = later != NULL ? atoi(later) : 0;
    for (i = 0; i < n; i++) kept[i] = PyCapsule_New(&x, "later", NULL);
    Py_DECREF(capsule);
    for (i = 0; i < n; i++) Py_DECREF(kept[i]);
    /* The memory may be anybody's now, but it is there. */
    if (PyCapsule_IsValid(capsule, "late")) puts("valid");
    return argc > 5 || argv == NULL;
}
END
# shellcheck disable=SC2086
check "a program that uses a capsule after its end compiles" compile -Wno-use-after-free "$work/late.c" -o "$work/late" $link
finds() { LATER=$2; export LATER; run "$1" "$work/late"; says ': ERROR: use-after-destroy: '; }
check "quarantine: a capsule just destroyed is found" finds strict=1 0
check "quarantine: with 64 destroyed since" finds strict=1 64
check "quarantine=1: the last one is kept" finds strict=1:quarantine=1 0
check "quarantine=1: no other" no finds strict=1:quarantine=1 1
check "quarantine=5: with four destroyed since it is found" finds strict=1:quarantine=5 4
check "quarantine=5: with five it is not" no finds strict=1:quarantine=5 5
check "quarantine=0: none is kept" no finds strict=1:quarantine=0 0

# ---- verbose, help ----

run verbose=1 "$work/nested"
check "verbose=1: where imports look" says 'no'
check "verbose=1: without a report" no says ': [A-Z]*: [a-z-]*: '
run help=1 09_wrong_name
check "help=1: the options are listed" count 14 '^pycapsule:   [a-z_]*=  '
check "help=1: and the program runs" ends 'exit 0'
sed -n '/^| option | value/,/^$/s/^| `\([a-z_]*\)` |.*/\1/p' docs/strict.md | sort > "$work/documented"
sed -n 's/^pycapsule:   \([a-z_]*\)=  .*/\1/p' "$work/err" | sort > "$work/listed"
same "docs/strict.md has each of them" "$work/documented" "$work/listed"

# ---- how the program is linked, and what is known of it ----

# named FILE:LINE HEADING: the first caller under the heading is there.
named() { grep -A 1 "^  $2:\$" "$work/err" | grep -q -e "^    #0 .*$1\$" || { cat "$work/err"; return 1; }; }
line_of() { grep -n "/\* $1 \*/" "c_tests/bugs/$2.c" | head -1 | cut -d : -f 1; }
for program in 09_wrong_name 03_destructor_clears_error 13_released_twice 12_new_unchecked 07_forgotten; do
    check "linked with the archive: $program compiles" \
        compile -Wno-use-after-free "c_tests/bugs/$program.c" build/lib/libpycapsule.a -o "$work/$program" -pthread -ldl -lm
    run strict=1 "$work/$program"
    kind=$(table | awk -F '\t' -v p="$program" '$2 == p { print $4 }')
    check "linked with the archive: $program: $kind is reported" says ": [A-Z]*: $kind: "
    check "linked with the archive: $program: and no function of the library is named" no says '#[0-9]* _*Py\|pycapsule::'
    case $program in
    12_new_unchecked) check "linked with the archive: $program: but the user's" named "$program.c:$(line_of used $program)" "used here" ;;
    *) check "linked with the archive: $program: but the user's" named "$program.c:$(line_of made $program)" "made here" ;;
    esac
done
# shellcheck disable=SC2086
check "a program without debug information compiles" compile -g0 c_tests/bugs/09_wrong_name.c -o "$work/plain" $link
run strict=1 "$work/plain"
check "without debug information: the function, the program and the place in it" says "^    #0 main ($work/plain+0x[0-9a-f]*)\$"
strip "$work/plain"
run strict=1 "$work/plain"
check "without symbols: the program and the place in it" says "^    #0 ?? ($work/plain+0x[0-9a-f]*)\$"
run strict=1 01_name_unloaded
check "a module that was unloaded before the report is named with file and line" \
    named "modules/plugin.c:[0-9]*" "made here"
printf '#!/bin/sh\nPATH=/none exec "%s"\n' "$bugs/09_wrong_name" > "$work/lost"
chmod +x "$work/lost"
run strict=1 "$work/lost"
check "without addr2line: the program and the place in it" says "^    #0 ?? (.*/09_wrong_name+0x[0-9a-f]*)\$"
done_testing
