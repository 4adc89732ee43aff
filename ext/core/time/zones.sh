#!/bin/sh
# zones.sh: prints zone_data.c from the system's tz database (package tzdata: zic and tzdata.zi).
#
#   sh ext/core/time/zones.sh > new.c && mv new.c ext/core/time/zone_data.c      (or: make zones)
#
# 1. zic compiles the database into TZif files: explicit changes up to 2037, then a POSIX rule for ever.
# 2. The files are read by their bytes (RFC 9636); changes that leave the offset as it was are dropped.
# 3. Links share the table of their target. What the C form cannot hold stops the run.
set -eu
export LC_ALL=C

source=${TZDATA_ZI:-/usr/share/zoneinfo/tzdata.zi}
zic=$(command -v zic || echo /usr/sbin/zic)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$zic" -b fat -d "$work/zones" "$source"
# Every file once: "file NAME", its bytes as decimal numbers, for zones; "link NAME TARGET" for links.
sed -n 's/^Z \([^ ]*\) .*/\1/p' "$source" | sort > "$work/names"
{
    sed -n 's/^# version /version /p' "$source"
    while read -r name; do
        echo "file $name"
        od -An -v -tu1 "$work/zones/$name"
    done < "$work/names"
    echo "links"
    sed -n 's/^L \([^ ]*\) \([^ ]*\)$/\2 \1/p' "$source"
} > "$work/bytes"

awk '
function fail(words) { print "zones.sh: " zone ": " words > "/dev/stderr"; failed = 1; exit 1 }

# ---- TZif bytes: big-endian, a first block to skip, a second one with 64-bit times ----
function byte() { return bytes[at++] }
function number(width,   value, i) {
    value = byte(); if (value > 127) value -= 256
    for (i = 1; i < width; i++) value = value * 256 + byte()
    return value
}
function header(   i) {
    if (bytes[at] != 84 || bytes[at + 4] < 50) fail("no TZif of version 2")
    at += 20
    for (i = 0; i < 6; i++) counts[i] = number(4) # isut, isstd, leap, time, type, char
}
function read_zone(   i, offset, previous) {
    at = 0; header()
    at += counts[3] * 5 + counts[4] * 6 + counts[5] + counts[2] * 8 + counts[1] + counts[0]
    header()
    if (counts[2] != 0) fail("leap seconds")
    for (i = 0; i < counts[3]; i++) when[i] = number(8)
    for (i = 0; i < counts[3]; i++) kind[i] = byte()
    for (i = 0; i < counts[4]; i++) { offsets[i] = number(4); at += 2 }
    at += counts[5] + counts[1] + counts[0]
    previous = offsets[0]
    first[zones] = changes
    initial[zones] = previous
    for (i = 0; i < counts[3]; i++) {
        offset = offsets[kind[i]]
        if (offset == previous) continue
        change_when[changes] = when[i]; change_offset[changes] = offset; changes++
        if (when[i] + 8589934592 < 0 || when[i] >= 8589934592 || offset <= -86400 || offset >= 86400)
            fail("a change beyond the C form")
        previous = offset
    }
    last_offset = previous
    footer = ""
    for (at++; bytes[at] != 10; at++) footer = footer sprintf("%c", bytes[at])
}

# ---- POSIX footers: std offset [dst [offset] , Mm.w.d[/time] , Mm.w.d[/time]] ----
function take(pattern,   part) {
    if (!match(footer, "^" pattern)) fail("footer ends in " footer)
    part = substr(footer, 1, RLENGTH); footer = substr(footer, RLENGTH + 1)
    return part
}
function seconds(text,   parts, sign) {
    sign = text ~ /^-/ ? -1 : 1
    sub(/^[-+]/, "", text)
    split(text, parts, ":")
    return sign * (parts[1] * 3600 + parts[2] * 60 + parts[3])
}
function moment(   parts, wall) {
    take(","); split(substr(take("M[0-9.]+"), 2), parts, ".")
    wall = 7200
    if (footer ~ /^\//) { take("/"); wall = seconds(take("[-+0-9:]+")) }
    if (parts[1] < 3 || parts[1] > 11) fail("a rule near New Year")
    return "{" wall ", " parts[1] ", " parts[2] ", " (parts[3] + 6) % 7 "}"
}
function read_footer(   standard, summer, text) {
    rule[zones] = "ZONE_NO_RULE"
    take("(<[^>]*>|[A-Za-z]+)")
    standard = -seconds(take("[-+0-9:]+"))
    if (footer == "") {
        if (standard != last_offset) fail("the footer contradicts the last change")
        return
    }
    take("(<[^>]*>|[A-Za-z]+)")
    summer = footer ~ /^,/ ? standard + 3600 : -seconds(take("[-+0-9:]+"))
    text = "{" standard ", " summer ", " moment(); text = text ", " moment() "}"
    if (footer != "") fail("footer ends in " footer)
    if (!(text in rule_number)) { rule_text[rules] = text; rule_number[text] = rules++ }
    rule[zones] = rule_number[text]
    if (rules > 254) fail("too many rules")
}
function finish(   n) {
    if (zone == "") return
    read_zone(); read_footer()
    if (rule[zones] != "ZONE_NO_RULE" && change_when[changes - 1] < 0) fail("a rule before 1970")
    if (changes == first[zones] && rule[zones] != "ZONE_NO_RULE") fail("a rule without a change")
    names[zones] = zone; table[zone] = zones
    if (changes > 65535) fail("too many changes")
    count[zones] = changes - first[zones]; zones++
}

BEGIN { zones = changes = rules = links = 0 }
$1 == "version" { version = $2; next }
$1 == "file" { finish(); zone = $2; size = 0; next }
$1 == "links" { finish(); zone = ""; linking = 1; next }
linking { link_name[links] = $1; link_target[links++] = $2; next }
{ for (i = 1; i <= NF; i++) bytes[size++] = $i }

# A word of zone_table.h in hexadecimal: 18 bits of offset below 34 of time, in two halves of 26.
function word(i,   time, low, high) {
    time = change_when[i] + 8589934592
    high = int(time / 256)
    low = (time % 256) * 262144 + change_offset[i] + 131072
    return sprintf("0x%x%07x", int(high / 4), (high % 4) * 67108864 + low)
}
END {
    if (failed) exit 1
    # Links may point at links.
    for (left = links; left > 0; left = unresolved) {
        unresolved = 0
        for (i = 0; i < links; i++) {
            if (link_name[i] in table) continue
            if (link_target[i] in table) table[link_name[i]] = table[link_target[i]]
            else unresolved++
        }
        if (unresolved == left) fail("links without a zone")
    }
    total = 0
    for (name in table) sorted[total++] = name
    for (i = 1; i < total; i++) {
        name = sorted[i]
        for (j = i - 1; j >= 0 && sorted[j] > name; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = name
    }
    for (i = 0; i < total; i++) position[sorted[i]] = i

    print "/* zone_data.c: the zones of the tz database " version " (public domain), in the form of"
    print "** zone_table.h. Generated by zones.sh: do not edit. */"
    print "// clang-format off"
    print "#include \"core/time/zone_table.h\"\n"
    print "const char zone_data_version[] = \"" version "\";\n"
    print "const uint64_t zone_changes[] = {"
    for (i = 0; i < changes; i++) printf("%s,%s", word(i), i % 6 == 5 || i == changes - 1 ? "\n" : " ")
    print "};\n"
    print "const ZoneRule zone_rules[] = {"
    for (i = 0; i < rules; i++) print "    " rule_text[i] ","
    print "};\n"
    print "const ZoneTable zone_tables[] = {"
    for (i = 0; i < zones; i++)
        print "    {" first[i] ", " count[i] ", " position[names[i]] ", " rule[i] ", " initial[i] "},"
    print "};\n"
    print "const char *const zone_names[] = {"
    for (i = 0; i < total; i++) print "    \"" sorted[i] "\","
    print "};\n"
    print "const uint16_t zone_tables_of_name[] = {"
    for (i = 0; i < total; i++) printf("%d,%s", table[sorted[i]], i % 20 == 19 || i == total - 1 ? "\n" : " ")
    print "};\n"
    print "const uint16_t zone_name_count = " total ";"
}' "$work/bytes"
