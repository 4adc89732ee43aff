# Two exports of the same orders, Tuesday's knowing more: the end is the same in either order.
import taobao taobao_monday.csv
import taobao taobao_tuesday.csv
show 'SELECT * FROM orders ORDER BY order_id' | tee one
rm shop.db
import taobao taobao_tuesday.csv
import taobao taobao_monday.csv
show 'SELECT * FROM orders ORDER BY order_id' | diff one -

# Two exports of one chat that overlap: no line twice, and whose line it is does not depend on the
# order. The last question, days later, is nobody's.
lines="SELECT agent, customer, datetime(sent_at + 28800, 'unixepoch'), sender FROM messages ORDER BY sent_at"
rm shop.db
SHOP=样例旗舰店 import qianniu qianniu_evening.txt
import qianniu qianniu_night.txt
show "$lines" | tee one
rm shop.db
import qianniu qianniu_night.txt
SHOP=样例旗舰店 import qianniu qianniu_evening.txt
show "$lines" | diff one -

# A line that was deleted since comes back as itself; none takes its number.
"$SQLITE" shop.db "DELETE FROM messages WHERE id > 2"
import qianniu qianniu_2025.txt
import qianniu qianniu_night.txt
show "SELECT count(*), count(DISTINCT id), count(DISTINCT message_id) FROM messages
    JOIN import_lines ON message_id = id"
