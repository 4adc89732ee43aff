# Every form of the line with name and time, the window's own lines, a hand-over, a robot.
import qianniu qianniu_2025.txt
show "SELECT id, agent, customer, datetime(sent_at + 28800, 'unixepoch'), sender, text
    FROM messages ORDER BY id"
show 'SELECT line, reason, value, raw FROM import_refused'

# Where nobody writes as shop:agent, the shop must be named.
refuses qianniu qianniu_main_account.txt
SHOP=样例旗舰店 import qianniu qianniu_main_account.txt
show "SELECT agent, customer, sender FROM messages WHERE sent_at > strftime('%s', '2026-01-01')"
