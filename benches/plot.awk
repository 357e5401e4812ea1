# The medians as a picture: what `plot` says.
BEGIN {
    FS = "\t"
    split("#9a9a9a #d1495b #9ec5e8 #2a6fb0 #6aa3d5", colour, " ")
    left = 380; width = 560; step = 22; top = 76
}
$1 == "library" { library[++libraries] = $2; version[$2] = $3 }
$1 == "row" && $5 !~ /bytes$|relocations/ { name[++rows] = $2; what[$2] = $5 }
$1 == "median" {
    median[$2, $3] = $4
    if ($2 != "instructions" && $3 !~ /^(memory|size|relocations)$/) {
        low = low == "" || $4 < low ? $4 : low
        high = $4 > high ? $4 : high
    }
}

function escaped(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    return text
}
function place(value) { return left + width * (log(value) / log(10) - from) / (to - from) }
function text(x, y, anchor, class, content) {
    printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", x, y, anchor, class, escaped(content)
}
function unit(power) {
    return power < 3 ? 10 ^ power " ns" : power < 6 ? 10 ^ (power - 3) " µs" : 10 ^ (power - 6) " ms"
}

END {
    from = int(log(low) / log(10))
    to = int(log(high) / log(10)) + 1
    height = top + rows * step + 16
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n", left + width + 40, height
    print "<style>.quiet{fill:#777}.grid{stroke:#ddd}.line{stroke:#bbb}</style>"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    for (i = 1; i <= libraries; i++) {
        at = 20 + (i - 1) * 150
        printf "<circle cx=\"%d\" cy=\"22\" r=\"5\" fill=\"%s\"/>\n", at, colour[i]
        text(at + 10, 26, "start", "", library[i] == "floor" || library[i] == "pycapsule" ? library[i] : "CPython " version[library[i]])
    }
    for (power = from; power <= to; power++) {
        printf "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"grid\"/>\n", place(10 ^ power), top - 14, place(10 ^ power), height - 12
        text(place(10 ^ power), top - 20, "middle", "quiet", unit(power))
    }
    for (i = 1; i <= rows; i++) {
        y = top + (i - 1) * step
        text(left - 14, y + 4, "end", "", what[name[i]])
        first = last = ""
        for (j = 1; j <= libraries; j++) {
            if ((library[j], name[i]) in median) {
                value = place(median[library[j], name[i]])
                first = first == "" || value < first ? value : first
                last = value > last ? value : last
            }
        }
        printf "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" class=\"line\"/>\n", first, y, last, y
        # The library's own dot lies on top.
        for (j = 1; j <= libraries; j++) {
            dot(library[j] == "pycapsule" ? 0 : j)
        }
        dot(2)
    }
    print "</svg>"
}
function dot(j) {
    if (j > 0 && (library[j], name[i]) in median) {
        printf "<circle cx=\"%.1f\" cy=\"%d\" r=\"%s\" fill=\"%s\"/>\n", place(median[library[j], name[i]]), y, j == 2 ? 5.5 : 4, colour[j]
    }
}
