# Files that are no exports, and odd ones that are.
heading='订单编号,买家会员名,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间'
row='5100%s,客,1.00,1.00,交易成功,2026-10-01 10:00:00,2026-10-01 10:01:00'
touch empty.csv
refuses taobao empty.csv
refuses taobao missing.csv
printf 'PK\003\004\000\000rest' >orders.xlsx
refuses taobao orders.xlsx
printf '订单编号,买家会员名,状态\n1,2,3\n' >columns.csv
refuses taobao columns.csv
refuses shopify columns.csv
printf '[{"id": 1}]' >columns.json
refuses chatwoot columns.json
printf '{"a": [{"id": 1}], "b": [{"id": 2}]}' >two_arrays.json
refuses chatwoot two_arrays.json
"$root"/sql/import/import.sh excel a b >/dev/null 2>&1
echo "unknown format: exit $?"
"$root"/sql/import/import.sh taobao a >/dev/null 2>&1
echo "two arguments: exit $?"
"$SQLITE" other.db 'CREATE TABLE something (a)'
refuses taobao taobao_monday.csv other.db

echo "$heading" >heading.csv
import taobao heading.csv
printf '\357\273\277"订单编号",%s\r\n'"$row" "${heading#*,}" 1 >"it's a bom.csv"
import taobao "it's a bom.csv"
printf '\357\273\277店:甲\n2026年10月1日10:00:00 客: 在吗\n' >bom.txt
import wangwang bom.txt
show 'SELECT agent, customer FROM messages'
printf '\357\273\277[{"id": 7, "email": "A@b.c"}]' >bom.json
import chatwoot bom.json
printf '%s\n'"$row" "$heading" 2 >no_end.csv
import taobao no_end.csv
printf '\n\n'"$row"'\n\n' 3 | cat <(echo "$heading") - >blank_lines.csv
import taobao blank_lines.csv
printf '%s\n'"$row"',\n' "$heading," 4 >trailing_comma.csv
import taobao trailing_comma.csv
printf '%s\n'"$row"',%s\n' "$heading,订单编号" 5 9 >heading_twice.csv
import taobao heading_twice.csv
# Columns in another order, wide brackets, blanks and a spreadsheet's text mark in the headings.
printf '%s\n' " 订单付款时间　,'订单创建时间,订单状态,实付款,货品总价（元）,买家会员名,订单编号" \
    '2026-10-01 10:01:00,2026-10-01 10:00:00,交易成功,7.00,8.00,客,51006' >headings.csv
import taobao headings.csv
show 'SELECT * FROM orders'

# Other encodings, when they are named.
encoded UTF-16 taobao_monday.csv utf16.csv
refuses taobao utf16.csv
ENCODING=UTF-16 import taobao utf16.csv
printf '%s\n'"$row" "$heading" 7 | sed 's/,客,/,貓,/' | iconv -f UTF-8 -t GB18030 >named.csv
ENCODING=GBK import taobao named.csv
show "SELECT customer FROM orders WHERE order_id = '51007'"
