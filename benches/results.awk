# Reads the medians (build/bench/results.tsv, by medians.awk) for the other files: table, ratios, plot and json.
BEGIN { FS = "\t"; too_long = 1e18 }
$1 == "measured" { measured[$2] = $3 }
$1 == "library" { library[++libraries] = $2; version[$2] = $3 }
$1 == "row" { name[++rows] = $2; goal[$2] = $3; goal_floor[$2] = $4; goal_pypy[$2] = $5; what[$2] = $6; floor_does[$2] = $7 }
$1 == "median" { median[$2, $3] = $4 }

# The library's ratio to another, or "" where one of the two was not measured, or the other would have taken too long.
function ratio(other, row) {
    if (!(("pycapsule", row) in median) || !((other, row) in median) || median[other, row] == 0 || median[other, row] >= too_long) {
        return ""
    }
    return median["pycapsule", row] / median[other, row]
}

# A row has met its goal when it is within that of CPython 3.14's time, or within that of the floor's; and within that of PyPy's
# time, if there is one: "met" or "missed", and "" where there is no goal or CPython was not measured.
function verdict(row,    cpython, floor, pypy) {
    cpython = ratio("3.14", row)
    floor = ratio("floor", row)
    pypy = ratio("pypy", row)
    if (goal[row] == 0 || cpython == "") {
        return ""
    }
    if (goal_pypy[row] > 0 && pypy != "" && pypy > goal_pypy[row]) {
        return "missed"
    }
    return cpython <= goal[row] || (goal_floor[row] > 0 && floor != "" && floor <= goal_floor[row]) ? "met" : "missed"
}

# A row of a curve has a family and a size: scale-iterate-1000, keys-int-1e4.
function size_of(row) {
    return match(row, /^scale-.*-10+$/) || match(row, /^keys-.*-1e[0-9]$/) ? substr(row, match(row, /-1e?[0-9]+$/) + 1) + 0 : 0
}
function family_of(row) {
    sub(/-1e?[0-9]+$/, "", row)
    return row
}
# The name of a curve: the text of its first row, without the size.
function curve_of(row,    text) {
    text = what[row]
    sub(/, 1[0,]*(, each| of them:.*)?$/, "", text)
    return text
}

# Two digits that count, so many as are in a ratio.
function short(value) {
    return value == "" ? "-" : value >= too_long / 1e9 ? "too long" : sprintf(value < 0.01 ? "%.4f" : value < 10 ? "%.2f" : "%.0f", value)
}
