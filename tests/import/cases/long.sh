# Rows that are longer, wider and more than usual, with sums that are known.
awk 'BEGIN {
    print "订单编号,买家会员名,总金额,买家实际支付金额,订单状态,买家留言,订单创建时间,订单付款时间,宝贝总数量"
    for (i = 1; i <= 20000; i++)
        printf "=\"7%06d\",客%d,%d.25,%d.25,%s,%s,2026-10-%02d %02d:%02d:%02d,%s,%d\n", i, i % 900,
            i % 100, i % 100, i % 10 ? "交易成功" : "等待买家付款", i % 50 ? "" : "\"两行\n留言\"", 1 + i % 30,
            i % 24, i % 60, i % 60, i % 10 ? sprintf("2026-10-%02d %02d:%02d:59", 1 + i % 30, i % 24, i % 60) : "null",
            1 + i % 3
    }' >many.csv
import taobao many.csv
show 'SELECT count(*), count(paid_at), sum(amount), sum(quantity), count(DISTINCT customer) FROM orders'

# A cell of a megabyte is kept where it belongs or in the refused row.
long=$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "长,\"\"话 " }')
{
    echo '订单编号,买家会员名,总金额,买家实际支付金额,订单状态,买家留言,订单创建时间,订单付款时间'
    echo "7200001,客,1.00,1.00,交易成功,\"$long\",2026-10-01 10:00:00,2026-10-01 10:00:00"
    echo "7200002,客,1.00,1.00,交易成功,\"$long\",2026-10-01 10:00:00,昨天"
} >long_cell.csv
import taobao long_cell.csv
show "SELECT line, reason, length(raw) FROM import_refused"

# More columns than the shell can read.
{
    awk 'BEGIN { for (i = 1; i <= 1193; i++) printf "列%d,", i }'
    echo '订单编号,买家会员名,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间'
} >wide.csv
refuses taobao wide.csv

awk 'BEGIN {
    print "店:A01"
    for (i = 0; i < 20000; i++) {
        t = i * 4
        printf "2026年10月%d日%02d:%02d:%02d %s: 第%d句\n", 1 + int(t / 86400), int(t / 3600) % 24,
            int(t / 60) % 60, t % 60, (i % 3 == 2) ? "店:A01" : "客" int(i / 12), i
    }
    }' >many.txt
import wangwang many.txt
show "SELECT sender, count(*), count(DISTINCT customer), min(agent), max(agent) FROM messages GROUP BY 1"
