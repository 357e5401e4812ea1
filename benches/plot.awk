# The ratios to CPython 3.14 as a picture (an SVG): after results.awk.  A bar for each row, from 1 to its ratio; the worst are on top.
# A curve is one bar, to its worst size, with a dot for each size.
BEGIN {
    left = 330; width = 520; step = 15; top = 74; low = 0.05; high = 8
    colour["met"] = "#2a6fb0"; colour["missed"] = "#d1495b"; colour[""] = "#9a9a9a"
}

function escaped(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    return text
}
function place(value) {
    value = value < low ? low : value > high ? high : value
    return left + width * log(value / low) / log(high / low)
}
function text(x, y, anchor, class, content) {
    printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", x, y, anchor, class, escaped(content)
}
function line(x, from, to, class) {
    printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n", x, from, x, to, class
}
function key(x, fill, content) {
    printf "<rect x=\"%d\" y=\"14\" width=\"14\" height=\"10\" fill=\"%s\"/>\n", x, fill
    text(x + 20, 23, "start", "", content)
}

# A bar for a row or for a curve: its worst row, and the rows that it stands for.
function add(row,    family, value) {
    value = ratio("3.14", row)
    if (value == "") {
        return
    }
    family = size_of(row) ? family_of(row) : row
    members[family] = members[family] " " row
    if (!(family in worst)) {
        bar[++bars] = family
        label[family] = size_of(row) ? curve_of(row) ", from 10^" length(size_of(row) "") - 1 : what[row]
        worst[family] = value
        judged[family] = verdict(row)
        at_floor[family] = row
    } else if (value > worst[family]) {
        worst[family] = value
        at_floor[family] = row
    }
    judged[family] = verdict(row) == "missed" ? "missed" : judged[family]
}
function draw(family, y,    x, from, to, i, n, row) {
    from = worst[family] < 1 ? place(worst[family]) : place(1)
    to = worst[family] < 1 ? place(1) : place(worst[family])
    text(left - 10, y + 4, "end", "", label[family])
    printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"9\" fill=\"%s\"/>\n", from, y - 4.5, to - from + 0.5, colour[judged[family]]
    if (("floor", at_floor[family]) in median) {
        line(place(median["floor", at_floor[family]] / median["3.14", at_floor[family]]), y - 6, y + 6, "floor")
    }
    n = split(members[family], row, " ")
    for (i = 1; i <= n && n > 1; i++) {
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"size\"/>\n", place(ratio("3.14", row[i])), y, 1.4 + 0.7 * i
    }
    text(left + width + 12, y + 4, "start", "", short(worst[family]))
}

END {
    for (i = 1; i <= rows; i++) {
        add(name[i])
    }
    for (i = 2; i <= bars; i++) {
        for (j = i; j > 1 && worst[bar[j - 1]] < worst[bar[j]]; j--) {
            swap = bar[j]
            bar[j] = bar[j - 1]
            bar[j - 1] = swap
        }
    }
    height = top + bars * step + 16
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n", left + width + 60, height
    print "<style>.quiet{fill:#777}.grid{stroke:#ddd}.one{stroke:#000}.floor{stroke:#000;stroke-width:2}.size{fill:#fff;stroke:#000}</style>"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    key(20, colour["met"], "meets its goal")
    key(130, colour["missed"], "misses it")
    key(220, colour[""], "has none")
    line(308, 12, 26, "floor")
    text(316, 23, "start", "", "the floor")
    print "<circle cx=\"388\" cy=\"19\" r=\"3\" class=\"size\"/>"
    text(398, 23, "start", "", "a size of a curve, the larger the more items; the bar is that of the worst")
    text(left + width / 2, 44, "middle", "", "pycapsule's time as a multiple of CPython " version["3.14"] "'s")
    split("0.05 0.1 0.25 0.5 1 2 4 8", ticks, " ")
    for (i = 1; i <= 8; i++) {
        line(place(ticks[i]), top - 10, height - 10, "grid")
        text(place(ticks[i]), top - 14, "middle", "quiet", ticks[i])
    }
    for (i = 1; i <= bars; i++) {
        draw(bar[i], top + (i - 1) * step + 4)
    }
    line(place(1), top - 10, height - 10, "one")
    print "</svg>"
}
