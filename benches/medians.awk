# From samples to medians.  Reads rows
#   measured NAME VALUE             of the machine and the run
#   library NAME VERSION            the libraries, in their order
#   row NAME GOAL GOAL_FLOOR GOAL_PYPY WHAT FLOOR
#   sample LIBRARY NAME NUMBER      LIBRARY may be "instructions"
# and writes the first two as they are, the rows that have samples, and `median LIBRARY NAME NUMBER SAMPLES`.
BEGIN { FS = OFS = "\t" }
$1 == "measured" || $1 == "library" { print }
$1 == "row" { row[++rows] = $0; name[rows] = $2 }
$1 == "sample" { key = $2 OFS $3; value[key, ++count[key]] = $4 + 0; measured[$3] = 1 }

function median(key,    n, i, j, swap) {
    n = count[key]
    for (i = 2; i <= n; i++) {
        swap = value[key, i]
        for (j = i - 1; j > 0 && value[key, j] > swap; j--) {
            value[key, j + 1] = value[key, j]
        }
        value[key, j + 1] = swap
    }
    return n % 2 ? value[key, (n + 1) / 2] : (value[key, n / 2] + value[key, n / 2 + 1]) / 2
}

END {
    for (i = 1; i <= rows; i++) {
        if (name[i] in measured) {
            print row[i]
        }
    }
    for (key in count) {
        print "median", key, median(key), count[key]
    }
}
