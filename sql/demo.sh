#!/usr/bin/env bash
# The demo: makes the demo shop in build/demo.db and prints its reports; or, with MESSAGES=file.csv,
# the chat report of that file. Environment: MESSAGES, SQLITE, KEFU_LIBRARY.
set -eu -o pipefail
cd "$(dirname "$0")/.."

report() { # report DATABASE FILE
    "$SQLITE" -batch -bail -header -separator $'\t' -cmd ".load '${KEFU_LIBRARY%.*}'" "$1" <"$2" |
        LC_ALL=C awk -f sql/columns.awk
}

if [ -z "${MESSAGES:-}" ]; then
    database=build/demo.db
    rm -f "$database"
    echo "Making the demo shop (sql/schema.sql, sql/demo.sql, sql/demo_team.sql) in $database …"
    "$SQLITE" -batch -bail "$database" '.read sql/schema.sql' '.read sql/demo.sql' \
        '.read sql/demo_team.sql'
    "$SQLITE" "$database" "SELECT printf('%d agents, %d chat lines, %d inquiries, %d orders',
        (SELECT count(DISTINCT agent) FROM messages), (SELECT count(*) FROM messages),
        (SELECT count(*) FROM inquiries), (SELECT count(*) FROM orders))"
    echo
    echo "Who serves how? (sql/report/agents.sql)"
    echo
    report "$database" sql/report/agents.sql
    echo
    echo "And week by week? (sql/report/rollup.sql, from stored days)"
    echo
    report "$database" sql/report/rollup.sql
    echo
    echo "More questions, a file each: sql/report/*.sql, for example"
    echo "  $SQLITE -header -column -cmd '.load ${KEFU_LIBRARY%.*}' $database < sql/report/credit_sensitivity.sql"
    echo "Now ask your own questions:  $SQLITE -cmd '.load ${KEFU_LIBRARY%.*}' $database"
    echo "or read your own chat log:   make demo MESSAGES=chats.csv"
    exit
fi

if [ ! -r "$MESSAGES" ]; then
    echo "MESSAGES=$MESSAGES: no such file" >&2
    exit 1
fi
# The file as UTF-8 without a mark: from UTF-16, which Excel calls Unicode text, or from GBK.
decoded() {
    case $(od -An -tx1 -N3 <"$MESSAGES" | tr -d ' ') in
        efbbbf) tail -c +4 "$MESSAGES" ;;
        fffe* | feff*) iconv -f UTF-16 -t UTF-8 "$MESSAGES" | tr '\t' , ;;
        *)
            local encoding=UTF-8
            iconv -f UTF-8 -t UTF-8 "$MESSAGES" >/dev/null 2>&1 || encoding=GB18030
            iconv -f $encoding -t UTF-8 "$MESSAGES"
            ;;
    esac
}

database=build/own.db
rm -f "$database"
echo "Reading $MESSAGES into $database …"
decoded >build/own.csv
"$SQLITE" -batch -bail "$database" '.read sql/schema.sql' '.mode csv' \
    '.import build/own.csv upload' 2>&1 | awk -v name="$MESSAGES" '{ sub("^build/own[.]csv", name) } 1' >&2
rm -f build/own.csv
missing=$("$SQLITE" "$database" "
    SELECT group_concat(wanted.name, ', ')
      FROM (SELECT 'agent' AS name UNION ALL SELECT 'customer' UNION ALL SELECT 'sent_at'
            UNION ALL SELECT 'sender') AS wanted
     WHERE name NOT IN (SELECT lower(name) FROM pragma_table_info('upload'))")
if [ -n "$missing" ]; then
    echo "$MESSAGES: no column $missing in its first line; want agent,customer,sent_at,sender" >&2
    exit 1
fi
short=$("$SQLITE" "$database" "SELECT count(*) FROM upload
     WHERE agent IS NULL OR customer IS NULL OR sent_at IS NULL OR sender IS NULL")
if [ "$short" != 0 ]; then
    echo "$MESSAGES: the lines named above lack cells; want agent, customer, sent_at and sender in each" >&2
    exit 1
fi
"$SQLITE" -batch -bail "$database" "
    INSERT INTO messages (agent, customer, sent_at, sender)
        SELECT nullif(trim(agent), ''), customer, sent_at, sender FROM upload;
    DROP TABLE upload;
    SELECT printf('%d lines of %d customers', count(*), count(DISTINCT customer)) FROM messages"
echo
report "$database" sql/report/chats.sql
