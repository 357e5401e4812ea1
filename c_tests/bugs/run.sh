# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # Variables are shared with the scripts that include this.
# How the scripts run a program in strict mode and look at its output.  Include it after tap.sh and table.sh.
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

# refused OPTIONS MESSAGE: the program ends with status 2 before it does anything, and one line says why.
refused() {
    run "$1" 09_wrong_name
    ends 'exit 2' && no test -s "$work/out" && says "^pycapsule: PYCAPSULE_OPTIONS: $2; see PYCAPSULE_OPTIONS=help=1\$" && count 1 ''
}

compile() { ${CC:-cc} -std=c99 -Wall -Wextra -g -O1 -Iinclude "$@"; }
link="-Lbuild/lib -lpycapsule -Wl,-rpath,build/lib -ldl"
