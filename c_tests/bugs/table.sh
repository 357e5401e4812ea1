# shellcheck shell=sh
# How the scripts read table.tsv, and say how a program ended.

# The rows of programs.
table() { grep -v -e '^#' -e '^title' c_tests/bugs/table.tsv; }

# end_of STATUS: `exit 3`, or the name of the signal: `SIGSEGV`.
end_of() {
    if [ "$1" -gt 128 ]; then
        echo "SIG$(kill -l $(($1 - 128)))"
    else
        echo "exit $1"
    fi
}
