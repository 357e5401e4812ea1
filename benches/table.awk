# The medians as a table for people: after results.awk.

# As many digits as can be read at once.
function number(library, row,    value) {
    if (!((library, row) in median)) {
        return "-"
    }
    value = median[library, row]
    return value >= too_long ? "too long" : value < 1 ? sprintf("%.3f", value) : value < 1000 ? sprintf("%.1f", value) : \
        value < 1e6 ? sprintf("%.0f", value) : sprintf("%.2f M", value / 1e6)
}

# The library's ratio to another, and the goal for it if there is one, with a mark where it is missed.
function compared(other, row, goal,    value) {
    value = ratio(other, row)
    return value == "" ? "" : short(value) (goal == 0 ? "" : sprintf(" %s %g", value <= goal ? "<=" : " >", goal))
}

END {
    printf "%s, load %s; medians of %d rounds of %g ms; nanoseconds an operation unless said otherwise\n", measured["machine"],
        measured["load"], measured["rounds"], measured["ms"]
    for (i = 1; i <= libraries; i++) {
        printf "%s: %s%s", library[i], version[library[i]], i < libraries ? "; " : "\n\n"
        has_pypy = has_pypy || library[i] == "pypy"
    }
    if (!has_pypy) {
        print "pypy: none found, not measured\n"
    }
    printf "%-25s", ""
    for (i = 1; i <= libraries; i++) {
        printf " %9s", library[i]
    }
    printf "  %-15s %-15s %-13s %-7s %7s  %s\n", "/ 3.14   goal", "/ floor  goal", "/ pypy goal", "", "instr.", "what it is; what the floor does"
    for (i = 1; i <= rows; i++) {
        row = name[i]
        printf "%-25s", row
        for (j = 1; j <= libraries; j++) {
            printf " %9s", number(library[j], row)
        }
        printf "  %-15s %-15s %-13s %-7s %7s  %s\n", compared("3.14", row, goal[row]), compared("floor", row, goal_floor[row]),
            compared("pypy", row, goal_pypy[row]), verdict(row), number("instructions", row), what[row] (floor_does[row] == "-" ? "" : "; floor: " floor_does[row])
        count[verdict(row)]++
    }
    printf "\n%d rows meet their goal (that of 3.14, or that of the floor), %d miss it, %d have none\n", count["met"], count["missed"],
        count[""]
}
