# Blocks of agents, bursts within one second, texts over several lines, lines that are no messages.
encoded GBK wangwang_2011.txt
import wangwang wangwang_2011.txt
messages="SELECT id, agent, customer, datetime(sent_at + 28800, 'unixepoch'), sender, text
    FROM messages ORDER BY id"
show "$messages"
show 'SELECT line, reason, value, raw FROM import_refused'
refuses wangwang taobao_2024.csv

# And from there to a KPI: Taobao's own example.
rm shop.db
import wangwang wangwang_kpi.txt
if [ -r "$KEFU_LIBRARY" ]; then
    "$SQLITE" -batch -cmd ".load '${KEFU_LIBRARY%.*}'" shop.db "SELECT received(s), replied(s),
        avg_response(s), reply_rate(s) FROM (SELECT chat_stats(customer, sender, sent_at) AS s FROM messages)"
fi
