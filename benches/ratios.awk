# The ratios as tables in Markdown, for docs/performance.md: after results.awk.

# In bold where the goal is missed: against PyPy, or else against CPython.
function misses_pypy(row,    value) {
    value = ratio("pypy", row)
    return goal_pypy[row] > 0 && value != "" && value > goal_pypy[row]
}
function bold(text, is_so) {
    return is_so ? "**" text "**" : text
}
function marked(row, text) {
    return bold(text, verdict(row) == "missed" && !(misses_pypy(row) && ratio("3.14", row) <= goal[row]))
}
# A text in a cell, where a bar would end the cell.
function cell_text(text) {
    gsub(/\|/, "\\|", text)
    return text
}
function cells(row) {
    return row == "" ? "| | | |" : sprintf("%s | %s | %s | %s", cell_text(what[row]), marked(row, short(ratio("3.14", row))),
        short(ratio("floor", row)), bold(short(ratio("pypy", row)), misses_pypy(row)))
}
# The ratio to CPython; where it is above 1, to the floor too.
function curve_cell(row,    value) {
    value = ratio("3.14", row)
    return value == "" ? "-" : marked(row, short(value)) (value > 1 && ratio("floor", row) != "" && short(value) != "too long" ? " (" short(ratio("floor", row)) ")" : "")
}
function curves(prefix, first, last,    i, row, power, family) {
    if (!(prefix in measured_curves)) {
        return
    }
    printf "\n| Time of an item"
    for (power = first; power <= last; power++) {
        printf " | 10^%d", power
    }
    print " |"
    printf "| ---"
    for (power = first; power <= last; power++) {
        printf " | ---:"
    }
    print " |"
    for (i = 1; i <= rows; i++) {
        row = name[i]
        if (index(row, prefix) == 1 && size_of(row) == 10 ^ first) {
            family = family_of(row)
            printf "| %s", cell_text(curve_of(row))
            for (power = first; power <= last; power++) {
                printf " | %s", curve_cell(family (prefix == "keys-" ? "-1e" power : "-1" substr("000000000", 1, power)))
            }
            print " |"
        }
    }
}

END {
    for (i = 1; i <= rows; i++) {
        row = name[i]
        count[verdict(row)]++
        if (size_of(row) == 0) {
            single[++singles] = row
        } else {
            measured_curves[substr(row, 1, index(row, "-"))] = 1
        }
    }
    printf "%d rows meet their goal, %d miss it, %d have none (%s, load %s; CPython %s%s).\n\n", count["met"], count["missed"], count[""],
        measured["machine"], measured["load"], version["3.14"], "pypy" in version ? ", PyPy " version["pypy"] : "; no PyPy"
    print "| Operation | 3.14 | floor | PyPy | Operation | 3.14 | floor | PyPy |"
    print "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
    half = int((singles + 1) / 2)
    for (i = 1; i <= half; i++) {
        printf "| %s | %s |\n", cells(single[i]), cells(i + half <= singles ? single[i + half] : "")
    }
    curves("scale-", 3, 6)
    curves("keys-", 4, 6)
}
