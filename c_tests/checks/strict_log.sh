#!/bin/sh
# The files that strict mode writes and reads, and the form of its output: which files an option may name, a file for each process,
# the summary line, leaks that belong together, and JSON, which a strict parser reads line by line.
. "$(dirname "$0")/tap.sh"
. c_tests/bugs/table.sh
. c_tests/bugs/run.sh

log_says() { grep -q -e "$1" "$work/log" || { cat "$work/log"; return 1; }; }
only() { [ "$(cat "$1")" = "$2" ] || { cat "$1"; return 1; }; }

# ---- files that an option may name ----

cat > "$work/socket.c" <<'END_C'
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
int main(int argc, char **argv)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[argc - 1]);
    return bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address);
}
END_C
mkfifo "$work/pipe"
mkdir "$work/folder"
ln -s pipe "$work/link"
check "a socket is made" sh -c "${CC:-cc} '$work/socket.c' -o '$work/socket.program' && '$work/socket.program' '$work/socket'"
ordinary='a regular file'
writable='a regular file, a terminal, /dev/null, or an open descriptor such as /dev/stderr'
while read -r file kind; do
    check "suppress: $kind is refused: ${file##*/}" refused "suppress=$file" "option \"suppress\": \"$file\" is $kind, and must be $ordinary"
    check "log_path: $kind is refused: ${file##*/}" refused "log_path=$file" "option \"log_path\": \"$file\" is $kind, and must be $writable"
done <<END_T
$work/pipe a pipe
$work/link a pipe
$work/folder a folder
$work/socket a socket
/dev/zero a device
/dev/full a device
END_T
check "suppress: the null device is refused" refused suppress=/dev/null "option \"suppress\": \"/dev/null\" is a device, and must be $ordinary"
check "suppress: a missing file is refused" refused "suppress=$work/none" "option \"suppress\": \"$work/none\" can't be read"
check "log_path: a file in no folder is refused" refused "log_path=$work/none/log" \
    "option \"log_path\": \"$work/none/log\" can't be opened for writing"
check "log_path: a descriptor that is not open is refused" refused log_path=/dev/fd/77 "option \"log_path\": \"/dev/fd/77\" can't be opened for writing"
check "log_path: a descriptor that can't be written to is refused" refused log_path=/dev/fd/0 \
    "option \"log_path\": \"/dev/fd/0\" can't be opened for writing"
long=$(printf '%05000d' 0)
check "suppress: a path that is too long is refused, and not cut" refused "suppress=/$long" ".*000\" is too long"
check "log_path: a path that is too long is refused, and not cut" refused "log_path=/$long" ".*000\" is too long"

large() { head -c "$2" /dev/zero | tr '\0' '#' > "$1"; }
large "$work/large" 1048577
large "$work/fits" 1048576
: > "$work/sparse"
dd if=/dev/zero of="$work/sparse" bs=1 count=1 seek=1099511627775 2> "$work/dd" || : > "$work/sparse"
check "suppress: a file of more than a megabyte is refused" refused "suppress=$work/large" "option \"suppress\": \"$work/large\" is larger than 1048576 bytes"
run "strict=1:suppress=$work/fits" 09_wrong_name
check "suppress: a file of a megabyte is read" says ': WARNING: wrong-name: '
# limited COMMAND...: with 60 MB of address space.
limited() { (ulimit -v 60000; "$@"); }
for file in large sparse; do
    [ -s "$work/$file" ] || continue
    check "suppress: $file is refused with little memory" \
        limited refused "suppress=$work/$file" "option \"suppress\": \"$work/$file\" is larger than 1048576 bytes"
done
check "suppress: a device without end is refused with little memory" \
    limited refused suppress=/dev/zero "option \"suppress\": \"/dev/zero\" is a device, and must be $ordinary"

# ---- where reports go ----

named="^==[0-9]*==pycapsule: the log is $work/log\$"
: > "$work/log"
run "strict=1:log_path=$work/log" 09_wrong_name
check "log_path: one line on standard error names the file" says "$named"
check "log_path: nothing else is on standard error" count 1 'pycapsule: '
check "log_path: the report is in the file" log_says ': WARNING: wrong-name: '
run "strict=1:log_path=$work/log" 07_forgotten
check "log_path: the next program's report goes to the end of the file" test "$(grep -c '^==.*pycapsule: ' "$work/log")" = 2
run "strict=1:log_path=$work/log" 09_wrong_name-twin
check "log_path: a program that has nothing to report names no file" says_nothing
run "strict=1:log_path=$work/log=1" 09_wrong_name
check "log_path: a path may have = in it" test -s "$work/log=1"
run "strict=1:log_path=$work/100%%" 09_wrong_name
check "log_path: %% is a percent sign" test -s "$work/100%"
run "strict=1:log_path=/dev/stderr" 09_wrong_name
check "log_path=/dev/stderr: the report is on standard error" says ': WARNING: wrong-name: '
check "log_path=/dev/stderr is not named" no says 'the log is'
run "strict=1:log_path=/dev/stdout" 09_wrong_name
check "log_path=/dev/stdout: the report is on standard output" grep -q ': WARNING: wrong-name: ' "$work/out"
check "log_path=/dev/stdout: nothing is on standard error" says_nothing
run "strict=1:log_path=/dev/null" 09_wrong_name
check "log_path=/dev/null: nothing is on standard error" says_nothing
: > "$work/log"
run "strict=1:log_path=/dev/fd/9" 09_wrong_name 9>> "$work/log"
check "log_path=/dev/fd/9: a descriptor that the caller opened is written to" log_says ': WARNING: wrong-name: '
check "log_path=/dev/fd/9: the descriptor is not named on standard error" says_nothing
piped() { PYCAPSULE_OPTIONS=strict=1:log_path=/dev/fd/9 "$bugs/09_wrong_name" 9>&1 > "$work/out" 2>&1 | grep -q ': WARNING: wrong-name: '; }
check "log_path=/dev/fd/9: a pipe is written to" piped
if command -v script > /dev/null; then
    terminal() { PYCAPSULE_OPTIONS=strict=1:log_path=/dev/tty script -qec "'$bugs/09_wrong_name' 2> '$work/err'" /dev/null < /dev/null | grep -q 'WARNING: wrong-name: '; }
    check "log_path=/dev/tty: the terminal shows the report" terminal
else
    skip "log_path=/dev/tty: the terminal shows the report" "there is no script(1) here to make a terminal"
fi
run "trace=on:verbose=on:log_path=$work/log" 14_import_unchecked
check "log_path: a trace is in the file" log_says ': TRACE: PyCapsule_Import('
check "log_path: the lines of verbose=1 are in the file" log_says '^pycapsule: import .*: not in sys.modules$'
check "log_path: neither a trace nor lines of verbose=1 are on standard error" count 1 'pycapsule: '

# ---- processes ----

cat > "$work/family.c" <<'END_C'
#include <Python.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
static void wrong(const char *name)
{
    static int x;
    PyObject *capsule = PyCapsule_New(&x, name, NULL);
    PyCapsule_GetPointer(capsule, "wrong");
    PyErr_Clear();
    Py_DECREF(capsule);
}
int main(int argc, char **argv)
{
    pid_t child;
    int status;
    if (argc == 1) wrong("early");
    child = fork();
    if (child == 0) {
        if (chdir("/") != 0) return 3;
        wrong("child");
        wrong("grown");
        if (fork() == 0) return 0;
        wait(NULL);
        return argv == NULL;
    }
    printf("%ld %ld\n", (long)getpid(), (long)child);
    waitpid(child, &status, 0);
    wrong("parent");
    return WEXITSTATUS(status);
}
END_C
# shellcheck disable=SC2086 # a list of flags.
check "a program with a child compiles" compile "$work/family.c" -o "$work/family" $link -Xlinker -rpath -Xlinker "$root/build/lib"
in_folder() { (cd "$work/folder" && run "$1" "$work/family"); read -r parent child < "$work/out"; }
in_folder "strict=1:log_path=of.%p"
check "log_path with %p: the process's reports are in its file" grep -q '"early"' "$work/folder/of.$parent"
check "log_path with %p: the process's reports after the child's end are in its file" grep -q '"parent"' "$work/folder/of.$parent"
check "log_path with %p: the child has a file of its own" grep -q '"child"' "$work/folder/of.$child"
check "log_path with %p: the child's reports are in the child's file only" no grep -q '"child"' "$work/folder/of.$parent"
check "log_path with %p: the parent's reports are only in its file" no grep -q '"early"\|"parent"' "$work/folder/of.$child"
check "log_path with %p: a child that reports nothing makes no file" test "$(ls "$work/folder" | wc -l)" = 2
check "log_path with %p: the parent's file is named" says "^==$parent==pycapsule: the log is $work/folder/of.$parent\$"
check "log_path with %p: the child's file is named, in the folder where the program began" \
    says "^==$child==pycapsule: the log is $work/folder/of.$child\$"
check "log_path with %p: each file is named once" count 2 'pycapsule: '
check "each process sums up its own reports: the child" grep -qx 'SUMMARY: pycapsule: 0 errors, 2 warnings' "$work/folder/of.$child"
check "each process sums up its own reports: the parent" grep -qx 'SUMMARY: pycapsule: 0 errors, 2 warnings' "$work/folder/of.$parent"
in_folder "strict=1:log_path=of.all"
check "log_path without %p: parent and child share the file" test "$(grep -c 'WARNING' "$work/folder/of.all")" = 4
check "log_path without %p: the file is named once" count 1 'pycapsule: '

# ---- the summary line ----

summary() { run "$1" "$2"; grep -v '^Aborted' "$work/err" | tail -n 1 | grep -qx "SUMMARY: pycapsule: $3" || { cat "$work/err"; return 1; }; }
check "the last line sums up: a warning" summary strict=1 09_wrong_name '0 errors, 1 warnings'
check "the last line sums up: a warning that counts as an error" summary strict=1:werror=all:halt_on_error=0 09_wrong_name '1 errors, 0 warnings'
check "the last line sums up: an error that ends the program" summary strict=1 03_destructor_clears_error '1 errors, 0 warnings'
check "the last line sums up: an error that does not end the program" summary strict=1:halt_on_error=0 03_destructor_clears_error '1 errors, 0 warnings'
check "the last line sums up: a leak" summary strict=1 07_forgotten '1 errors, 0 warnings'
check "the last line sums up: a crash" summary strict=1 06_plain_pointer_freed '1 errors, 0 warnings'
check "the last line sums up: a leak with exit status 0" summary strict=1:exitcode=0 07_forgotten '1 errors, 0 warnings'
run strict=1 07_forgotten-twin
check "a program without reports has no line that sums up" says_nothing

# ---- leaks that belong together ----

cat > "$work/leaks.c" <<'END_C'
#include <Python.h>
#include <stdio.h>
#include <string.h>
static int x;
static const char *names[] = {"one", "two", "two", NULL};
static PyObject *make(const char *name) { return PyCapsule_New(&x, name, NULL); } /* made */
static void make_many(int named)
{
    int i;
    for (i = 0; i < 4; i++) {
        Py_XINCREF(make(named ? "same" : names[i]));
    }
}
int main(int argc, char **argv)
{
    const char *wanted = argv[argc - 1];
    uint64_t checkpoint = pycapsule_checkpoint();
    make_many(strstr(wanted, "same") != NULL);
    if (strstr(wanted, "told") != NULL) {
        printf("%d\n", (int)pycapsule_leaked_since(checkpoint));
        printf("%d\n", (int)pycapsule_leaked_since(checkpoint));
    }
    if (strstr(wanted, "more") != NULL) {
        Py_XINCREF(PyCapsule_New(&x, "later", NULL));
    }
    return 0;
}
END_C
# shellcheck disable=SC2086
check "a program with leaks compiles" compile "$work/leaks.c" -o "$work/leaks" $link
leak() { { PYCAPSULE_OPTIONS=$1 "$work/leaks" "$2" > "$work/out"; } 2> "$work/err"; end_of $? > "$work/end"; }
leak strict=1 same
check "leaks from one place are one report" count 1 ': ERROR: leak: '
check "leaks from one place, of one name: the report has their number and the name" \
    says ': ERROR: leak: 4 capsules "same", made at the same place, were never destroyed$'
check "leaks from one place: the report has the place" says '/leaks.c:6$'
leak strict=1 other
check "leaks from one place, of several names, name none of them" \
    says ': ERROR: leak: 4 capsules, made at the same place, were never destroyed$'
check "leaks from one place, of several names, are one report" count 1 ': ERROR: leak: '
leak strict=1:log_format=json other
check "leaks from one place in JSON: the report has their number and no capsule" says '"name":null,"capsules":4,"places"'
leak strict=1:backtrace=0 other
check "without places, leaks of one name are one report" says ': ERROR: leak: 2 capsules "two" were never destroyed$'
check "without places, a leak without a name is a report of its own" says ': ERROR: leak: the capsule NULL was never destroyed$'
check "without places, four leaks of three names are three reports" count 3 ': ERROR: leak: '
echo 'leak:two' > "$work/supp"
leak "strict=1:suppress=$work/supp" other
check "leaks from one place: a suppressed leak is not counted" says ': ERROR: leak: 2 capsules, made at the same place, were never destroyed$'
echo 'leak:NULL' > "$work/supp"
leak "strict=1:suppress=$work/supp" other
check "leaks from one place: a suppression of NULL suppresses the leak without a name, and not the group" says ': ERROR: leak: 3 capsules, made at the same place, were never destroyed$'
leak strict=1 told
check "pycapsule_leaked_since counts a leak each time" only "$work/out" "4
4"
check "a leak that pycapsule_leaked_since has reported is not reported again at the end" count 1 ': ERROR: leak: '
check "a leak that pycapsule_leaked_since has reported decides the exit status" ends 'exit 23'
leak strict=1 told-more
check "a leak after pycapsule_leaked_since is reported at the end" says ': ERROR: leak: the capsule "later" was never destroyed$'
check "a leak before pycapsule_leaked_since is not reported again beside a later one" count 2 ': ERROR: leak: '
check "the last line counts the leaks that were reported before the end and at it" says '^SUMMARY: pycapsule: 2 errors, 0 warnings$'
off='^pycapsule: pycapsule_leaked_since finds nothing, for strict mode is off: call pycapsule_strict(1) first, or run with PYCAPSULE_OPTIONS=strict=1$'
leak '' told
check "pycapsule_leaked_since with strict mode off says so" says "$off"
check "pycapsule_leaked_since with strict mode off says it once" count 1 ''
check "pycapsule_leaked_since with strict mode off counts none" only "$work/out" "0
0"
leak strict=1 told
check "pycapsule_leaked_since with strict mode on does not say so" no says "$off"

# ---- JSON ----

check "a strict parser of JSON compiles" compile -Werror c_tests/checks/json.c -o "$work/parser"
for wrong in '{"a":1} ' '{"a":01}' '{"a":NaN}' '{"a":1,}' "{'a':1}" '{"a":"\x41"}' '{"a":"\ud800"}' '{"a":1,"a":2}' '[1]' ''; do
    check "the parser refuses $wrong" sh -c "! printf '%s\n' '$wrong' | '$work/parser'"
done
check "the parser refuses bytes that are no text" sh -c "! printf '{\"a\":\"\\377\"}\n' | '$work/parser'"
check "the parser refuses a line that does not end" sh -c "! printf '{\"a\":1}' | '$work/parser'"
check "the parser accepts correct JSON" sh -c "printf '%s\n' '{\"a\":[1.5e+3,-0,null,true,{}],\"b\":\"\\u00e9\\ud83d\\ude00\\n\"}' '{}' | '$work/parser'"
parses() { "$work/parser" < "$1" && shapes "$1"; }
# Which keys there are.
shapes() {
    no grep -vE -e '^\{"pid":[0-9]+,"severity":"(ERROR|WARNING)","kind":"[a-z-]+","message":".*","name":.*,"places":\[.*\],"advice":".*"\}$' \
        -e '^\{"pid":[0-9]+,"severity":"(TRACE|VERBOSE)","message":".*"\}$' \
        -e '^\{"pid":[0-9]+,"severity":"SUMMARY","message":"[0-9]+ errors, [0-9]+ warnings","errors":[0-9]+,"warnings":[0-9]+\}$' "$1"
}
json=log_format=json:log_path=$work/json
table | while IFS='	' read -r _ program options _; do
    [ "$options" = - ] || continue
    run "strict=1:trace=1:verbose=1:$json" "$program"
done
check "log_format=json: a line for each report" \
    test "$(grep -c '"kind"' "$work/json")" -ge "$(table | grep -c '	-	[a-z]')"
check "log_format=json: lines of a trace" grep -q '"severity":"TRACE","message":"PyCapsule_New(' "$work/json"
check "log_format=json: lines of verbose=1" grep -q '"severity":"VERBOSE","message":"import ' "$work/json"
check "log_format=json: a line that sums up" grep -q '"severity":"SUMMARY"' "$work/json"
check "log_format=json: each line parses" parses "$work/json"

odd=$(printf 'odd"\\\001\377%0225d' 0 | tr 0 '\001')
mkdir "$work/$odd"
cat > "$work/$odd/odd.c" <<'END_C'
#include <Python.h>
static PyObject *deep(int depth, const char *name)
{
    PyObject *made = depth > 0 ? deep(depth - 1, name) : PyCapsule_New((void *)name, name, NULL);
    return made != NULL ? made : NULL;
}
static int ask(int depth, PyObject *capsule, const char *name)
{
    int valid = depth > 0 ? ask(depth - 1, capsule, name) : (PyCapsule_GetPointer(capsule, name) != NULL);
    PyErr_Clear();
    return valid;
}
int main(void)
{
    static char name[] = "a\"b\\c\n\x01\xff\xc3\xa9\xc2\x9b";
    PyObject *capsule = deep(20, name);
    ask(20, capsule, "\x7f\t");
    PyErr_SetString(PyExc_ValueError, "a\nb\"\x01\xff");
    PyErr_Clear();
    PyImport_ImportModule("no\nsuch\"");
    PyErr_Clear();
    PyCapsule_Import("no\nsuch\"", 0);
    PyErr_Clear();
    name[0] = '\xfe';
    PyCapsule_IsValid(capsule, name);
    Py_DECREF(capsule);
    return 0;
}
END_C
# shellcheck disable=SC2086
check "a program with names that are no text, in a folder of such a name, compiles" \
    compile -O0 "$work/$odd/odd.c" -o "$work/$odd/odd" $link
PYTHONPATH=$work/$odd:$PYTHONPATH
run "strict=1:halt_on_error=0:trace=1:verbose=1:log_format=json:log_path=$work/odd.json" "$work/$odd/odd"
check "log_format=json: names that are no text, and more callers than there is room for" parses "$work/odd.json"
check "log_format=json: both reports are there" test "$(grep -c '"kind"' "$work/odd.json")" = 2
check "log_format=json: the longer one reaches the room that there is" \
    awk '/"kind"/ && length($0) > 60000 { found = 1 } END { exit !found }' "$work/odd.json"
# shellcheck disable=SC2016
check "log_format=json: bytes of a name that are no text are in hexadecimal" \
    grep -qF '"name":"a\\\"b\\\\c\\x0a\\x01\\xffé\\xc2\\x9b"' "$work/odd.json"
run strict=1:halt_on_error=0 "$work/$odd/odd"
check "in a text, bytes of a path that move a terminal's cursor stand as in C" says '^    #0 deep /.*/odd"\\\\x01'
check "in a text, names stand as in C" says 'asks for "\\x7f\\x09", and the capsule is "a\\"b\\\\c\\x0a\\x01\\xffé\\xc2\\x9b"$'
check "in a text, the bytes of a changed name stand as in C" says '"\\xfe\\"b\\\\c\\x0a\\x01\\xffé\\xc2\\x9b"'
run trace=1:verbose=1 "$work/$odd/odd"
check "in a text, each line of a trace and of imports begins with the library's name" no grep -vE '^(==[0-9]+==)?pycapsule: ' "$work/err"
done_testing
