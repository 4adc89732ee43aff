# A bad row of every kind, each in the table with its reason, as it stands in the file. The sample's
# @@ becomes half a character, as Taobao leaves it where it cuts a long text.
encoded GBK taobao_refused.csv whole.csv
LC_ALL=C sed "s/@@/$(printf '\260')/" whole.csv >taobao_refused.csv
import taobao taobao_refused.csv
show 'SELECT * FROM orders'
show "SELECT line, reason, value, CASE typeof(raw) WHEN 'blob' THEN hex(raw) ELSE raw END FROM import_refused"

# A row that is kept later leaves the table: here because its status is known then.
mkdir -p scripts/import
cp "$root"/sql/import/* scripts/import/
cp "$root"/sql/schema.sql scripts/
sed -i "s/('交易成功', 'paid')/&, ('已升天', 'closed')/" scripts/import/taobao.sql
scripts/import/import.sh taobao taobao_refused.csv shop.db 2>&1 | head -n 2
show "SELECT count(*) FROM import_refused WHERE value = '已升天'"
