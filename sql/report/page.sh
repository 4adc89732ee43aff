#!/usr/bin/env bash
# Makes the page of a shop, one HTML file that needs no network: sql/report/page.sh [DATABASE [PAGE]]
#
# Without DATABASE it is the demo shop's; PAGE is build/report.html unless given. The figures come from
# sql/report/page.sql, frame and script are page.html and page.js, the charts are Apache ECharts, which
# npm fetches once into build/page. Environment: SQLITE, KEFU_LIBRARY.
set -eu -o pipefail
cd "$(dirname "$0")/../.."

: "${SQLITE:=sqlite3}" "${KEFU_LIBRARY:=$PWD/build/kefu.so}"
database=${1:-}
page=${2:-build/report.html}
work=build/page
version=6.1.0
digest=b66b25aeb4df84e33199dc21694014d336d222cbd9deb0e5a7c14bd6aa0d0fd0
echarts=$work/echarts-$version.js
mkdir -p "$work"

if [ ! -s "$echarts" ]; then
    echo "Fetching Apache ECharts $version …"
    (cd "$work" && npm pack --silent "echarts@$version" >/dev/null)
    tar -xzOf "$work/echarts-$version.tgz" package/dist/echarts.min.js >"$echarts.new"
    rm "$work/echarts-$version.tgz"
    echo "$digest  $echarts.new" | sha256sum --check --status ||
        { echo "echarts $version is not the file that it was" >&2 && exit 1; }
    mv "$echarts.new" "$echarts"
fi

if [ -z "$database" ]; then
    database=$work/demo.db
    rm -f "$database"
    "$SQLITE" -batch -bail "$database" '.read sql/schema.sql' '.read sql/demo.sql' \
        '.read sql/demo_team.sql'
fi

# The reports that page.sql takes over, then page.sql.
trap 'rm -f "$page.json" "$page.new"' EXIT
for name in payroll exceptions page; do
    [ "$name" = page ] || echo "CREATE TEMP TABLE page_$name AS"
    cat "sql/report/$name.sql"
done | "$SQLITE" -batch -bail -cmd ".load '${KEFU_LIBRARY%.*}'" "$database" >"$page.json"

# Only these two scripts may run, known by their hashes: whatever else came to stand on the page is
# dead text. A script begins with the line's end after its tag.
if grep -qiE '<(/?script|!--)' "$echarts" sql/report/page.js; then
    echo "a script of the page holds an HTML tag" >&2
    exit 1
fi
hash_of() { (echo && cat "$1") | openssl dgst -sha256 -binary | openssl base64; }
sed -e "s|@policy@|'sha256-$(hash_of "$echarts")' 'sha256-$(hash_of sql/report/page.js)'|" \
    -e "/^@data@\$/{
r $page.json
d
}" -e "/^@echarts@\$/{
r $echarts
d
}" -e "/^@script@\$/{
r sql/report/page.js
d
}" sql/report/page.html >"$page.new"
mv "$page.new" "$page"
echo "$page: $(wc -c <"$page") bytes; any browser shows it, without a network"
