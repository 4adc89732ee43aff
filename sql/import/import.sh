#!/bin/sh
# Reads a file that another system exported into a database with the tables of sql/schema.sql:
#
#   sql/import/import.sh FORMAT FILE DATABASE
#
#   taobao     orders of Taobao and Tmall of any year, suppliers' sub-orders, 1688: CSV
#   shopify    orders: CSV
#   wangwang   chats: text files of blocks "shop:agent"
#   qianniu    chats: text copied from Qianniu's window
#   chatwoot   tables messages, conversations, contacts, csat_survey_responses: CSV or JSON
#   zendesk    tables user, ticket, ticket_comment, ticket_chat_event: CSV or JSON
#   table:NAME any table of sql/schema.sql, under its own names of columns: CSV or JSON
#
# It prints how many rows it read, kept and refused, and why. Refused rows stay in the table
# import_refused. Reading a file twice changes nothing; reading a newer export of the same orders or
# chats updates them. A file is read as a whole or, after an error, not at all.
#
# Environment:
#   ENCODING   the file's; by default UTF-8, or else GB18030 (which contains GBK) in the Chinese formats
#   ZONE       of times that name none, as +08:00; by default that of the format: +08:00 in the
#              Chinese ones, UTC in help desks, none in Shopify (whose times always name it)
#   CURRENCY   shopify: the shop's; by default that of the file's first order. Others are refused
#   SHOP       qianniu: the shop's main account; by default what stands before the colon of shop:agent
#   SQLITE     the shell, 3.31 or later; by default sqlite3
#
# What the shell's .import does not do is done here: decoding, the byte order mark, the numbers of
# lines. What it does quietly (fill up short rows, cut long ones) sheet.sql finds out. Everything else
# is SQL: FORMAT.sql. (.import --csv --skip would need SQLite 3.32 and is not used.)
set -eu

usage() {
    sed -n 's/^# \{0,1\}//; 3,12p' "$0" >&2
    exit 2
}
fail() {
    echo "$*" >&2
    exit 1
}
textual() {
    tr -d '\000' <"$1" | cmp -s - "$1" ||
        fail "$file: is no text file. A workbook (.xls, .xlsx)? Save it as CSV first"
}
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"; }

[ $# = 3 ] || usage
format=$1 file=$2 database=$3 table=
case $format in
    table:*[!A-Za-z_]*) usage ;;
    table:?*) encodings='UTF-8 GB18030' zone=+08:00 table=${format#table:} format=table ;;
    taobao | wangwang | qianniu) encodings='UTF-8 GB18030' zone=+08:00 ;;
    shopify) encodings=UTF-8 zone= ;;
    chatwoot | zendesk) encodings=UTF-8 zone=+00:00 ;;
    *) usage ;;
esac
encodings=${ENCODING:-$encodings} zone=${ZONE:-$zone}
case $zone in
    '' | [+-][01][0-9]:[0-5][0-9]) ;;
    *) fail "ZONE=$zone: want an offset such as +08:00" ;;
esac
[ -f "$file" ] && [ -r "$file" ] || fail "$file: no such file"
case $database in /*) ;; *) database=$PWD/$database ;; esac
shell=${SQLITE:-sqlite3}
case $shell in /*) ;; */*) shell=$PWD/$shell ;; esac
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cp "$folder"/*.sql "$folder"/../schema.sql "$work"
cp "$file" "$work/original"
cd "$work"
export LC_ALL=C

# 1. Decoding. Where a file has bytes that are no text in any encoding that it may be in, its better
# one is taken, and the damaged lines lose all bytes but ASCII: commas and quotes stay, so the rows
# around them can be read, and theirs will be refused. The lines themselves are kept as they are.
decoded=
for encoding in $encodings; do
    if iconv -f "$encoding" -t UTF-8 <original >text 2>/dev/null; then
        decoded=1
        break
    fi
done
: >damaged
if [ -z "$decoded" ]; then
    textual original
    for encoding in $encodings; do
        case $encoding in
            UTF-8) pairs='[\302-\337][\200-\277]|[\340-\357][\200-\277][\200-\277]'
                   pairs="$pairs|[\360-\364][\200-\277][\200-\277][\200-\277]" ;;
            GB18030) pairs='[\201-\376][0-9][\201-\376][0-9]|[\201-\376][\100-\176\200-\376]' ;;
            *) continue ;;
        esac
        : >damaged.new
        awk -v pairs="$pairs" '
            {
                rest = $0
                gsub(pairs, "", rest)
                if (rest ~ /[\200-\377]/) {
                    print NR "\037" $0 >"damaged.new"
                    gsub(/[\200-\377]/, "?")
                }
                print
            }' original >mended
        iconv -f "$encoding" -t UTF-8 <mended >text.new 2>/dev/null || continue
        if [ -z "$decoded" ] || [ "$(wc -l <damaged.new)" -lt "$(wc -l <damaged)" ]; then
            decoded=1
            mv damaged.new damaged
            mv text.new text
        fi
    done
fi
[ -n "$decoded" ] || fail "$file: cannot be decoded as $encodings; is its encoding another one? ENCODING=…"
[ -s text ] || fail "$file: is empty"
textual text

# 2. The same text in three shapes: cells for .import, numbered lines for what .import does not tell,
# the heading alone; and the table for the cells, so wide that no row is cut: as two of its widest lines.
awk -F, -v bom="$(printf '\357\273\277')" '
    NR == 1 && index($0, bom) == 1 { $0 = substr($0, 4) }
    {
        if (NF > widest) widest = NF
        print >"cells"
        sub(/\r$/, "")
        gsub(/\037/, " ")
        print NR "\037" $0 >"lines"
    }
    NR == 1 { printf "%s", $0 >"head" }
    END {
        printf "CREATE TEMP TABLE cell (c1" >"cell.sql"
        for (i = 2; i <= 2 * widest && i <= 900; i++) printf ", c%d", i >"cell.sql"
        print ");" >"cell.sql"
    }' text

# 3. A JSON file is one that begins like one.
case $(tr -d ' \t' <head | cut -c 1) in
    [[{]) mv json.sql shape.sql ;;
    *) mv csv.sql shape.sql ;;
esac

# 4. One transaction.
[ -s "$database" ] || echo '.read schema.sql' >schema
touch schema
{
    echo '.timeout 10000'
    echo 'BEGIN IMMEDIATE;'
    cat schema
    echo "CREATE TEMP TABLE run AS SELECT $(quoted "$format") AS format,
        $(quoted "$(basename "$file")") AS file, $(quoted "$zone") AS zone,
        $(quoted "${CURRENCY:-}") AS currency, $(quoted "${SHOP:-}") AS shop,
        $(quoted "$table") AS target;"
    echo '.read staging.sql'
    echo ".read $format.sql"
    echo '.read report.sql'
    echo 'COMMIT;'
} >main
if "$shell" -batch -bail -init /dev/null "$database" <main >said 2>warned; then
    failed=
else
    failed=1
fi
sed -e '/ expected [0-9]* columns but found /d' -e '/CHECK constraint failed/d' -e 's/^cells:/line /' \
    warned >&2
[ -z "$failed" ] || {
    cat said >&2
    fail "$file: nothing was imported"
}
cat said
