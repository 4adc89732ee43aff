# Several rows an order; every row that must be refused; times with zones on both sides of UTC.
import shopify shopify.csv
show "SELECT order_id, customer, datetime(ordered_at, 'unixepoch'), datetime(paid_at, 'unixepoch'),
    datetime(cancelled_at, 'unixepoch'), amount, quantity, refunded FROM orders ORDER BY order_id"
show 'SELECT * FROM order_items LIMIT 8'
show 'SELECT line, reason, value, raw FROM import_refused' | sed 's/,,,,*.*$/,…/'

# The shop's currency, and a zone for the time that has none.
CURRENCY=EUR ZONE=-04:00 import shopify shopify.csv eur.db
"$SQLITE" eur.db 'SELECT order_id, datetime(ordered_at, '\''unixepoch'\'') FROM orders'
ZONE=Berlin refuses shopify shopify.csv
