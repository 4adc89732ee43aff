# DB Browser has no batch mode. Under Xvfb it opens a copy of the shop and runs a file for each question,
# which keeps the answers in a table; errors it prints to its log. Then it is ended.
# BROWSER_PICTURE=FILE keeps a picture of its window (needs Debian's imagemagick).
export HOME=$PWD/dbbrowser XDG_RUNTIME_DIR=$PWD/dbbrowser
rm -rf "$HOME"
mkdir -m 700 "$HOME"
cd "$HOME"

ask() {
    cp ../shop.db shop.db
    rm -f question*.sql
    echo 'CREATE TABLE answers (number INTEGER, answer TEXT);' >question00.sql
    awk '{ sub(/;$/, ""); file = sprintf("question%02d.sql", NR)
           print "INSERT INTO answers SELECT " NR ", * FROM (" $0 ");" >file }' "../$1"
    echo 'CREATE TABLE finished (at);' >question99.sql
    sqlitebrowser shop.db $(printf -- '-s %s ' question*.sql) -t answers 2>log &
    browser=$!
    for second in $(seq 60); do
        sqlite3 shop.db 'SELECT * FROM finished' 2>/dev/null && break
        sleep 1
    done
    [ -z "${BROWSER_PICTURE:-}" ] || { sleep 5 && import -window root "../$BROWSER_PICTURE"; }
    kill $browser
    wait $browser

    # A question without an answer has the next message of the log.
    sed -n 's/^"Error in statement #[0-9]*: \(.*\)\.\\nAborting execution."$/\1/p' log >messages
    for number in $(seq "$(wc -l <"../$1")"); do
        sqlite3 shop.db "SELECT answer FROM answers WHERE number = $number ORDER BY rowid" >answer
        [ -s answer ] || { head -n 1 messages && sed -i 1d messages; } >answer
        cat answer
    done
}

Xvfb -displayfd 3 -screen 0 1280x800x24 3>display 2>/dev/null &
trap "kill $!" EXIT
for tenth in $(seq 100); do [ -s display ] && break || sleep 0.1; done
export DISPLAY=:$(cat display)
for connection in 1 2; do
    rm -rf .config
    ask before.sql
    # Edit → Preferences → Extensions
    sqlitebrowser -q -O extensions/list="${PWD%/*}/kefu.so"
    ask questions.sql
done
