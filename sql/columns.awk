# Lines up tab-separated rows for a terminal, where a Chinese character is two cells wide. A heading
# of two words is set on two lines. Run with LC_ALL=C: the widths are counted from bytes.
function cells(text,  wide) {
    wide = text
    gsub(/[\001-\177]/, "", wide) # three bytes, two cells
    return length(text) - length(wide) + int(length(wide) / 3) * 2
}
function put(row, column, text) {
    cell[row, column] = text
    if (cells(text) > width[column]) width[column] = cells(text)
}
BEGIN { FS = "\t" }
NR == 1 {
    for (i = 1; i <= NF; i++) {
        at = index($i, " ")
        put(1, i, at ? substr($i, 1, at - 1) : $i)
        put(2, i, at ? substr($i, at + 1) : "")
    }
    columns = NF
    rows = 2
    next
}
{
    rows++
    for (i = 1; i <= NF; i++) put(rows, i, $i)
}
END {
    for (row = 1; row <= rows; row++) {
        line = ""
        for (i = 1; i <= columns; i++) {
            gap = sprintf("%" (width[i] - cells(cell[row, i])) "s", "")
            # Words stand left, figures right; a heading stands as its column does.
            left = cell[3, i] !~ /^[-0-9.%]*$/
            line = line (i > 1 ? "  " : "") (left ? cell[row, i] gap : gap cell[row, i])
        }
        sub(/ +$/, "", line)
        print line
        if (row == 2) print dashes()
    }
}
function dashes(  i, all, line) {
    for (i = 1; i <= columns; i++) all += width[i] + (i > 1) * 2
    while (length(line) < all) line = line "-"
    return line
}
