#!/bin/sh
# Strict mode beside other memory tools: AddressSanitizer, valgrind, and a malloc that fills what is freed.  It reports what it
# reports without them, or they do, and none is confused by the other.
#
#   c_tests/tools/strict_asan.sh FOLDER      FOLDER has the library and bugs/, as `make build/bugs/.built` leaves it
. "$(dirname "$0")/../checks/tap.sh"
. c_tests/bugs/table.sh
build=$1
ulimit -c 0

# Both sets of programs: as they are, and built with the sanitizer.
check "the programs are built with AddressSanitizer" env CC="${CC:-cc}" \
    CFLAGS="-g -O1 -fsanitize=address -fno-omit-frame-pointer -w -Iinclude" \
    LIBS="-L'$root/$build/lib' -lpycapsule -Wl,-rpath,'$root/$build/lib' -pthread" \
    c_tests/bugs/build "$build/bugs-asan"

# run FOLDER PROGRAM SUFFIX ENVIRONMENT... [-- COMMAND...]
run() {
    folder=$1 program=$2 suffix=$3
    shift 3
    {
        env "PYTHONPATH=$folder/modules$suffix" PYCAPSULE_OPTIONS=strict=1 "$@" "$folder/$program$suffix" \
            > "$work/out" < /dev/null
    } 2> "$work/err"
    end=$(end_of $?)
}
kinds() { sed -n 's/^==[0-9]*==pycapsule: [A-Z]*: \([a-z-]*\): .*/\1/p' "$work/err" | paste -s -d , | sed 's/^$/-/'; }
shows() { cat "$work/err"; return 1; }
reports() { [ "$(kinds)" = "$1" ] || shows; }
sanitizer_silent() { ! grep -q -e AddressSanitizer -e LeakSanitizer "$work/err" || shows; }
sanitizer_says() { grep -q "AddressSanitizer: $1" "$work/err" || shows; }
silent() { reports - && [ "$end" = 'exit 0' ] || shows; }
memcheck_silent() { ! grep '^==[0-9]*== ' "$work/err" && [ "$end" != 'exit 99' ]; }

table > "$work/rows"
while IFS='	' read -r _ program options kinds _; do
    [ "$options" = - ] || continue

    # AddressSanitizer.  It handles signals and double frees itself, and tells strict mode which memory is freed.
    kind=$kinds its=
    case $program in
    01_name_freed | 01_name_never_asked_for) kind=name-freed ;;
    02_destructor_frees_constant) kind=- its=SEGV ;;
    06_arrow_* | 06_plain_pointer_freed) kind=- its='attempting double-free' ;;
    06_dlpack_ignores_used) kind=- its=heap-use-after-free ;;
    12_new_unchecked_crash | 14_import_unchecked) kind=- its=SEGV ;;
    esac
    run "$build/bugs-asan" "$program" '' ASAN_OPTIONS=detect_leaks=0
    check "AddressSanitizer: $program: strict mode reports $kind" reports "$kind"
    if [ -n "$its" ]; then
        check "AddressSanitizer: $program: and the sanitizer $its" sanitizer_says "$its"
    else
        check "AddressSanitizer: $program: and the sanitizer nothing" sanitizer_silent
    fi
    if [ "$its" = SEGV ] && [ "$program" != 02_destructor_frees_constant ]; then
        run "$build/bugs-asan" "$program" '' ASAN_OPTIONS=detect_leaks=0:handle_segv=0
        check "AddressSanitizer: $program: with handle_segv=0 it is left to strict mode" reports "$kinds"
    fi
    run "$build/bugs-asan" "$program" -twin ASAN_OPTIONS=detect_leaks=0
    check "AddressSanitizer: $program: nothing is said of the twin" silent
    check "AddressSanitizer: $program: by the sanitizer neither" sanitizer_silent

    # A malloc that fills freed memory.  In a destructor that frees twice, the memory is first read in vain.
    run "$build/bugs" "$program" '' MALLOC_PERTURB_=165
    case $program in
    06_arrow_* | 06_plain_pointer_freed) check "MALLOC_PERTURB_: $program: it does not go unseen" test "$end" != 'exit 0' ;;
    *) check "MALLOC_PERTURB_: $program: strict mode reports $kinds" reports "$kinds" ;;
    esac
    run "$build/bugs" "$program" -twin MALLOC_PERTURB_=165
    check "MALLOC_PERTURB_: $program: nothing is said of the twin" silent

    # Valgrind sees no mistake of strict mode's own.
    run "$build/bugs" "$program" -twin valgrind --quiet --error-exitcode=99
    check "valgrind: $program: nothing is said of the twin" silent
    check "valgrind: $program: by valgrind neither" memcheck_silent
done < "$work/rows"

# With a leak found by both, and a name that valgrind keeps readable: it is filled on request.
run "$build/bugs-asan" 07_forgotten ''  ASAN_OPTIONS=detect_leaks=0
check "AddressSanitizer: a leak is reported at exit" reports leak
run "$build/bugs" 01_name_freed '' valgrind --quiet --error-exitcode=99
check "valgrind: a name that was freed is read, as valgrind says" grep -q 'Invalid read of size 1' "$work/err"
run "$build/bugs" 01_name_freed '' valgrind --quiet --error-exitcode=99 --free-fill=dd
check "valgrind: with --free-fill strict mode sees it, too" reports name-changed
check "valgrind: before it is read" memcheck_silent

# The quarantine keeps destroyed capsules, so that these tools do not see them freed; without it they do.
run "$build/bugs" 13_borrowed_capsule_used '' valgrind --quiet --error-exitcode=99
check "quarantine: a capsule used after its end is strict mode's" reports use-after-destroy
check "quarantine: valgrind sees nothing freed" memcheck_silent
run "$build/bugs-asan" 13_borrowed_capsule_used -twin ASAN_OPTIONS=detect_leaks=1
check "quarantine: LeakSanitizer sees nothing lost" silent
check "quarantine: and says nothing" sanitizer_silent
run "$build/bugs" 13_borrowed_capsule_used '' PYCAPSULE_OPTIONS=strict=1:quarantine=0 valgrind --quiet --error-exitcode=99
check "quarantine=0: it is valgrind's" grep -q 'Invalid read of size 8' "$work/err"
check "quarantine=0: and not strict mode's" reports -

# Test programs with deliberate mistakes, under valgrind, including their reports.
PYTHONPATH=$build/modules
export PYTHONPATH
for program in capsule_names capsule_destructor_errors capsule_validity ours/strict_interface ours/strict_callback \
    ours/strict_bad_memory; do
    {
        PYCAPSULE_OPTIONS=strict=1:halt_on_error=0:log_path=/dev/null \
            valgrind --quiet --error-exitcode=99 --log-file="$work/valgrind" "$build/c_tests/$program"
    } > "$work/out" 2> "$work/err" < /dev/null
    check "valgrind: $program: no mistake of strict mode's own" test ! -s "$work/valgrind"
    check "valgrind: $program: each check passes" test "$(grep -c '^ok' "$work/out")" = \
        "$(sed -n 's/^1\.\.//p' "$work/out")"
done
done_testing
