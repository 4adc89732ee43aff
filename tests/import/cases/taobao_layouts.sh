# Every layout of Taobao, Tmall and 1688, in GBK (with a name that only GB18030 has) but for the newest.
orders="SELECT order_id, customer, datetime(ordered_at + 28800, 'unixepoch'),
    datetime(paid_at + 28800, 'unixepoch'), datetime(cancelled_at + 28800, 'unixepoch'), amount,
    quantity, refunded FROM orders WHERE order_id"
for year in 2011 2016 2018; do
    encoded GB18030 taobao_$year.csv
    import taobao taobao_$year.csv
done
show "$orders LIKE '1000000%'"
show "$orders LIKE '2000000%'"
show "$orders LIKE '1800000%'"
import taobao taobao_2024.csv
show "$orders LIKE '24%'"
encoded GB18030 taobao_suborders.csv
import taobao taobao_suborders.csv
show "$orders LIKE '900_'"
encoded GBK taobao_1688.csv
import taobao taobao_1688.csv
show "$orders LIKE '1688%'"
show 'SELECT * FROM order_items'
show 'SELECT line, reason, value FROM import_refused'
