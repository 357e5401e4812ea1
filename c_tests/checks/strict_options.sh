#!/bin/sh
# The options of strict mode, each with the programs of c_tests/bugs and small ones written here: the effect of each option, and
# the message about a bad value.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
. c_tests/bugs/run.sh

# ---- bad options and values ----

check "an unknown option is refused" refused bogus=1 'there is no option "bogus"'
check "an option without a value is refused" refused strict 'option "strict" needs a value, which must be 0 or 1'
for key in strict halt_on_error leak_check backtrace trace verbose help; do
    for value in '' 2 -1 y tru 01; do
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
check "log_format=xml is refused" refused log_format=xml "option \"log_format\" can't be \"xml\", but must be text or json"
for key in suppress werror; do
    check "$key without a value is refused" refused "$key=" "option \"$key\" can't be \"\", but must be a text"
done
for value in '' log.%d %; do
    check "log_path=$value" refused "log_path=$value" \
        "option \"log_path\" can't be \"$value\", but must be a path, where %p is the process and %% a percent sign"
done
check "a message shows bytes that are no text in hexadecimal" refused "$(printf 'b\377\033[1m=1')" 'there is no option "b\\xff\\x1b\[1m"'
check "werror with an unknown kind is refused" refused strict=1:werror=wrong-name,bogus \
    'option "werror" has no kind "bogus"; the kinds are name-changed, .*, arrow-after-release'
printf '# a comment\nwrong-name:*\n\nbogus:*\n' > "$work/supp"
check "the message about an unknown kind in suppress names the file and the line" refused "strict=1:suppress=$work/supp" \
    "option \"suppress\": \"$work/supp\", line 4: there is no kind \"bogus\"; the kinds are name-changed, .*, arrow-after-release"
check "the message about two bad options names the first" refused strict=7:bogus=1 \
    "option \"strict\" can't be \"7\", but must be 0 or 1"

# ---- strict, halt_on_error, exitcode, leak_check ----

for value in 1 yes on true YES On True TRUE; do
    run "strict=$value" 09_wrong_name
    check "strict=$value switches strict mode on" says ': WARNING: wrong-name: '
done
for value in 0 no off false NO Off False FALSE; do
    run "strict=1:backtrace=$value" 09_wrong_name
    check "backtrace=$value switches places off" no says ' here:$'
done

run strict=0 03_destructor_clears_error
check "strict=0 reports nothing" says_nothing
run strict=1 03_destructor_clears_error
check "the first error ends the program" ends SIGABRT
run strict=1:strict=0 03_destructor_clears_error
check "the last value of an option that stands twice counts" says_nothing
run strict=1:halt_on_error=0 03_destructor_clears_error
check "halt_on_error=0: the exit status says that there was an error" ends 'exit 23'
check "halt_on_error=0: the program goes on and prints its output" test -s "$work/out"
run strict=1:halt_on_error=0:exitcode=7 03_destructor_clears_error
check "exitcode=7: the exit status after an error is 7" ends 'exit 7'
run strict=1:exitcode=0 07_forgotten
check "exitcode=0: a leak does not change the exit status" ends 'exit 0'
check "exitcode=0: a leak is reported" says ': ERROR: leak: '
run strict=1:leak_check=0 07_forgotten
check "leak_check=0: leaks are not looked for" says_nothing
check "leak_check=0: a leak does not change the exit status" ends 'exit 0'
run strict=1:leak_check=0 12_new_unchecked_end
check "leak_check=0: an unchecked failure does not change the exit status" ends 'exit 0'

# ---- werror ----

run strict=1 09_wrong_name
check "a warning does not change the exit status" ends 'exit 0'
run strict=1:werror=wrong-name 09_wrong_name
check "werror=KIND: a warning of that kind is an error" says ': ERROR: wrong-name: '
check "werror=KIND: a warning of that kind ends the program" ends SIGABRT
run strict=1:werror=context-lost,wrong-name:halt_on_error=0 09_wrong_name
check "werror=KIND,KIND: a warning of these kinds changes the exit status with halt_on_error=0" ends 'exit 23'
run strict=1:werror=context-lost,null-not-error 09_wrong_name
check "werror=KIND: a warning of another kind stays a warning" says ': WARNING: wrong-name: '
run strict=1:werror=all 09_wrong_name
check "werror=all: a warning of any kind ends the program" ends SIGABRT
run 'strict=1:werror=*' 09_wrong_name
check "werror=*: a warning of any kind ends the program" ends SIGABRT
run 'strict=1:werror=wrong-*' 09_wrong_name
check "werror with a pattern: a warning of a kind that matches ends the program" ends SIGABRT

# ---- suppress ----

suppressed() { printf '%s\n' "$1" > "$work/supp"; run "strict=1:suppress=$work/supp" "$2"; says_nothing; }
check "suppress: a kind with a name" suppressed wrong-name:vector_versioned 09_wrong_name
check "suppress: a pattern" suppressed 'wrong-name:v*_?ersioned' 09_wrong_name
check "suppress: a kind alone" suppressed wrong-name 09_wrong_name
check "suppress: a pattern for the kind" suppressed '*:vector*' 09_wrong_name
check "suppress: a line with spaces around it, and a comment" suppressed '# x
   wrong-name:vector*  ' 09_wrong_name
check "suppress: blanks around the colon" suppressed ' wrong-name  :	vector_versioned ' 09_wrong_name
check "suppress: a line that ends as on Windows" suppressed "$(printf 'wrong-name:vector*\r')" 09_wrong_name
check "suppress: a star alone stands for each kind" suppressed '* : vector*' 09_wrong_name
check "suppress: a star alone stands for each report" suppressed '*' 07_forgotten
check "suppress: a star for the kind and another name do not match" no suppressed '*:vector' 09_wrong_name
check "suppress: NULL is the name of a capsule without one" suppressed unnamed-mixup:NULL 19_unnamed_mixup
check "suppress: a leak is suppressed" suppressed leak:device.handle 07_forgotten
check "suppress: a suppressed leak does not change the exit status" ends 'exit 0'
check "suppress: another name does not match" no suppressed wrong-name:vector 09_wrong_name
check "suppress: another kind does not match" no suppressed leak:vector_versioned 09_wrong_name
: > "$work/supp"
run "strict=1:suppress=$work/supp" 09_wrong_name
check "suppress: an empty file suppresses nothing" says ': WARNING: wrong-name: '

# ---- backtrace ----

run strict=1:backtrace=0 13_released_twice
check "backtrace=0: the report is there" says ': ERROR: use-after-destroy: '
check "backtrace=0: the report has no places" no says ' here:$'
check "backtrace=0: the report ends the program" ends SIGABRT

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
# Pointers are replaced by numbers in the order of their first use.
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
same "trace=1, strict mode off: the trace has each call with its arguments and result, and each end" "$work/trace" "$work/trace.wanted"
run strict=1:trace=1 "$work/nested"
numbered < "$work/err" > "$work/trace"
same "trace=1, strict mode on: the trace has each call with its arguments and result, and each end" "$work/trace" "$work/trace.wanted"

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
    check "strict=$strict:fail_alloc=$n: the third of six capsules is not made" prints strict=$strict:fail_alloc=$n ++-+++
    check "strict=$strict:fail_alloc=$((n + 1)): the fourth of six capsules is not made" prints strict=$strict:fail_alloc=$((n + 1)) +++-++
    check "strict=$strict:fail_alloc=$n+: the third of six capsules and all after it are not made" prints strict=$strict:fail_alloc=$n+ ++----
    check "strict=$strict:fail_alloc=99: each of six capsules is made" prints strict=$strict:fail_alloc=99 ++++++
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
    /* The memory may have another owner by now, but it is still mapped. */
    if (PyCapsule_IsValid(capsule, "late")) puts("valid");
    return argc > 5 || argv == NULL;
}
END
# shellcheck disable=SC2086
check "a program that uses a capsule after its end compiles" compile -Wno-use-after-free "$work/late.c" -o "$work/late" $link
finds() { LATER=$2; export LATER; run "$1" "$work/late"; says ': ERROR: use-after-destroy: '; }
check "quarantine: the use of a capsule that was just destroyed is found" finds strict=1 0
check "quarantine: the use of a capsule with 64 destroyed since is found" finds strict=1 64
check "quarantine=1: the use of the capsule that was destroyed last is found" finds strict=1:quarantine=1 0
check "quarantine=1: the use of a capsule with one destroyed since is not found" no finds strict=1:quarantine=1 1
check "quarantine=5: the use of a capsule with four destroyed since is found" finds strict=1:quarantine=5 4
check "quarantine=5: the use of a capsule with five destroyed since is not found" no finds strict=1:quarantine=5 5
check "quarantine=0: the use of a destroyed capsule is not found" no finds strict=1:quarantine=0 0

# ---- verbose, help ----

run verbose=1 "$work/nested"
check "verbose=1: the lines say where imports look" says 'no'
check "verbose=1: no report is written" no says ': [A-Z]*: [a-z-]*: '
run help=1 09_wrong_name
check "help=1: the options are listed" count 18 '^pycapsule:   [a-z_]*=  '
check "help=1: nothing but the options is written" count 20 ''
check "help=1: the program exits with 0" ends 'exit 0'
check "help=1: the program ends before its own work" no test -s "$work/out"
sed -n '/^| option | value/,/^$/s/^| `\([a-z_]*\)` |.*/\1/p' docs/strict.md | sort > "$work/documented"
sed -n 's/^pycapsule:   \([a-z_]*\)=  .*/\1/p' "$work/err" | sort > "$work/listed"
same "docs/strict.md has each option of help=1" "$work/documented" "$work/listed"
run strict=1:help=no 09_wrong_name
check "help=no: the program runs" test -s "$work/out"

# ---- how the program is linked, and its debug information ----

# named FILE:LINE HEADING: the first caller under the heading is there.
named() { grep -A 1 "^  $2:\$" "$work/err" | grep -q -e "^    #0 .*$1\$" || { cat "$work/err"; return 1; }; }
line_of() { grep -n "/\* $1 \*/" "c_tests/bugs/$2.c" | head -1 | cut -d : -f 1; }
for program in 09_wrong_name 03_destructor_clears_error 13_released_twice 12_new_unchecked 07_forgotten; do
    check "linked with the archive: $program compiles" \
        compile -Wno-use-after-free "c_tests/bugs/$program.c" build/lib/libpycapsule.a -o "$work/$program" -pthread -ldl -lm
    run strict=1 "$work/$program"
    kind=$(table | awk -F '\t' -v p="$program" '$2 == p { print $4 }')
    check "linked with the archive: $program: $kind is reported" says ": [A-Z]*: $kind: "
    check "linked with the archive: $program: no function of the library is named" no says '#[0-9]* _*Py\|pycapsule::'
    case $program in
    12_new_unchecked) check "linked with the archive: $program: the line of the user's function is named" named "$program.c:$(line_of used $program)" "used here" ;;
    *) check "linked with the archive: $program: the line of the user's function is named" named "$program.c:$(line_of made $program)" "made here" ;;
    esac
done
# shellcheck disable=SC2086
check "a program without debug information compiles" compile -g0 c_tests/bugs/09_wrong_name.c -o "$work/plain" $link
run strict=1 "$work/plain"
check "without debug information: the report has the function, the program and the place in it" says "^    #0 main ($work/plain+0x[0-9a-f]*)\$"
strip "$work/plain"
run strict=1 "$work/plain"
check "without symbols: the report has the program and the place in it" says "^    #0 ?? ($work/plain+0x[0-9a-f]*)\$"
run strict=1 01_name_unloaded
check "a module that was unloaded before the report is named with file and line" \
    named "modules/plugin.c:[0-9]*" "made here"
printf '#!/bin/sh\nPATH=/none exec "%s"\n' "$bugs/09_wrong_name" > "$work/lost"
chmod +x "$work/lost"
run strict=1 "$work/lost"
check "without addr2line: the report has the program and the place in it" says "^    #0 ?? (.*/09_wrong_name+0x[0-9a-f]*)\$"
done_testing
