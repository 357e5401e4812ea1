# The medians as JSON: after results.awk.
function quoted(text) {
    gsub(/[\\"]/, "\\\\&", text)
    return "\"" text "\""
}

END {
    printf "{\n  \"machine\": %s,\n  \"load\": %s,\n  \"rounds\": %d,\n  \"milliseconds\": %g,\n  \"libraries\": {", quoted(measured["machine"]), quoted(measured["load"]), measured["rounds"], measured["ms"]
    for (i = 1; i <= libraries; i++) {
        printf "%s%s: %s", (i > 1 ? ", " : ""), quoted(library[i]), quoted(version[library[i]])
    }
    printf "},\n  \"benchmarks\": ["
    library[++libraries] = "instructions"
    for (i = 1; i <= rows; i++) {
        row = name[i]
        printf "%s\n    {\"name\": %s, \"what\": %s", (i > 1 ? "," : ""), quoted(row), quoted(what[row])
        if (goal[row] > 0) {
            printf ", \"goal\": %g", goal[row]
        }
        if (goal_floor[row] > 0) {
            printf ", \"goal_floor\": %g", goal_floor[row]
        }
        if (goal_pypy[row] > 0) {
            printf ", \"goal_pypy\": %g", goal_pypy[row]
        }
        for (j = 1; j <= libraries; j++) {
            if ((library[j], row) in median) {
                printf ", %s: %.10g", quoted(library[j]), median[library[j], row]
            }
        }
        printf "}"
    }
    printf "\n  ]\n}\n"
}
