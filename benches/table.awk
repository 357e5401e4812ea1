# The medians as a table for people.
BEGIN { FS = "\t"; too_long = 1e18 }
$1 == "library" { library[++libraries] = $2; version[$2] = $3 }
$1 == "row" { name[++rows] = $2; goal[$2] = $3; goal_floor[$2] = $4; what[$2] = $5 }
$1 == "median" { median[$2, $3] = $4 }

# As many digits as can be read at once.
function number(library, row) {
    if (!((library, row) in median)) {
        return "-"
    }
    value = median[library, row]
    if (value >= too_long) {
        return "too long"
    }
    return value < 1 ? sprintf("%.3f", value) : value < 1000 ? sprintf("%.1f", value) : value < 1e6 ? sprintf("%.0f", value) : sprintf("%.2f M", value / 1e6)
}

# The library's ratio to another, and the goal for it if there is one, with a mark where it is missed.
function ratio(other, row, goal,    value) {
    if (!(("pycapsule", row) in median) || !((other, row) in median) || median[other, row] == 0) {
        return ""
    }
    value = median["pycapsule", row] / median[other, row]
    return sprintf(value < 0.01 ? "%.4f" : "%.2f", value) (goal == 0 ? "" : sprintf(" %s %g", value <= goal ? "<=" : " >", goal))
}

END {
    printf "%s; medians of %d rounds of %g ms; nanoseconds an operation unless said otherwise\n", machine, rounds_run(), ms
    for (i = 1; i <= libraries; i++) {
        printf "%s: %s%s", library[i], version[library[i]], i < libraries ? "; " : "\n\n"
    }
    printf "%-16s", ""
    for (i = 1; i <= libraries; i++) {
        printf " %9s", library[i]
    }
    printf "  %-15s %-15s %6s  %s\n", "/ 3.14   goal", "/ floor  goal", "instr.", "what"
    for (i = 1; i <= rows; i++) {
        row = name[i]
        printf "%-16s", row
        for (j = 1; j <= libraries; j++) {
            printf " %9s", number(library[j], row)
        }
        printf "  %-15s %-15s %6s  %s\n", ratio("3.14", row, goal[row]), ratio("floor", row, goal_floor[row]),
            number("instructions", row), what[row]
    }
}
function rounds_run() { return rounds }
