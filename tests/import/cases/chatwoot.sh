# Tables in the order that is best, CSV and both forms of JSON being the same lines.
import chatwoot chatwoot_contacts.csv
import chatwoot chatwoot_conversations.csv
import chatwoot chatwoot_messages.csv
import chatwoot chatwoot_csat.csv
show 'SELECT * FROM messages' | tee one
show 'SELECT * FROM ratings' | tee -a one
show 'SELECT file, line, reason, value FROM import_refused'
import chatwoot chatwoot_messages.json
import chatwoot chatwoot_messages.ndjson
show 'SELECT * FROM messages UNION ALL SELECT * FROM ratings' | cut -d '|' -f 1-5 >two
cut -d '|' -f 1-5 one | diff - two

# In the worst order the messages come to the same.
rm shop.db
import chatwoot chatwoot_messages.csv
import chatwoot chatwoot_csat.csv
show 'SELECT * FROM messages WHERE id < 4'
import chatwoot chatwoot_conversations.csv
import chatwoot chatwoot_contacts.csv
show 'SELECT * FROM messages' >two
show 'SELECT * FROM ratings' >>two
diff one two
