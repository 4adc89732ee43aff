# Any table under its own names: a key that comes again changes its row, and rows without a key are as
# often in the table as in the file.
import table:standards table_standards.csv
show 'SELECT * FROM standards'
sed 's/0\.98/0.96/; /0\.97/d' "$samples/table_standards.csv" >table_standards.csv
import table:standards table_standards.csv
show 'SELECT * FROM standards'
import table:ad_days table_ad_days.json
show 'SELECT * FROM ad_days'
import table:messages table_messages.csv
show 'SELECT * FROM messages'
show 'SELECT file, line, reason, value, raw FROM import_refused ORDER BY file, line'
ZONE=+09:00 import table:messages table_messages.csv tokyo.db
"$SQLITE" tokyo.db "SELECT min(sent_at) FROM messages"
refuses table:nothing table_ad_days.json
refuses table:import_refused table_ad_days.json
refuses table:ad_days table_messages.csv
