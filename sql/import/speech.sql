-- From a chat log as text to chat lines: who is staff, who the customer, and a key for each line.
--
-- Before: speech(record, block, agent, nick, addressee, sent_at, text, notice), one row a message in
-- the order of the file; block is what its customers are looked for in, agent (or NULL) the one whose
-- block it is, addressee (or NULL) whom nick speaks to, notice 1 where the window itself speaks.

-- Staff write as shop:agent or as the shop itself. A customer's name has no colon.
CREATE TEMP TABLE staff (name TEXT PRIMARY KEY);
INSERT OR IGNORE INTO staff
SELECT name
  FROM (SELECT nick AS name FROM speech UNION SELECT addressee FROM speech UNION SELECT agent FROM speech)
 WHERE instr(name, ':') > 1;
INSERT OR IGNORE INTO staff SELECT substr(name, 1, instr(name, ':') - 1) FROM staff;
INSERT OR IGNORE INTO staff SELECT shop FROM run WHERE shop <> '';
INSERT INTO stop
SELECT 'nobody in this file is called shop:agent; name the shop''s main account: SHOP=…'
 WHERE NOT EXISTS (SELECT 1 FROM staff);
.read stop.sql

-- A line of the staff is for the customer it names, else for the one who wrote before it in the block,
-- else for the one who writes next.
CREATE TEMP TABLE told AS
SELECT speech.*, nick IN (SELECT name FROM staff) AS by_staff,
       CASE WHEN nick NOT IN (SELECT name FROM staff) THEN nick
            WHEN addressee NOT IN (SELECT name FROM staff) THEN addressee END AS customer
  FROM speech;
CREATE TEMP TABLE near AS
SELECT told.*,
       max(CASE WHEN customer IS NOT NULL THEN record END)
           OVER (PARTITION BY block ORDER BY record ROWS UNBOUNDED PRECEDING) AS before,
       min(CASE WHEN customer IS NOT NULL THEN record END)
           OVER (PARTITION BY block ORDER BY record DESC ROWS UNBOUNDED PRECEDING) AS after
  FROM told;
CREATE UNIQUE INDEX temp.told_by_record ON told (record);
CREATE TEMP TABLE known_line AS
SELECT near.record, near.block, near.agent, near.nick, near.by_staff, near.addressee, near.sent_at,
       near.text, near.notice, told.customer,
       coalesce(near.agent || ' ', '') || told.customer AS conversation
  FROM near LEFT JOIN told ON told.record = coalesce(before, after);
INSERT OR IGNORE INTO problem
SELECT record, 'there is no customer to whom this could be said', nick
  FROM known_line WHERE customer IS NULL;

-- Its key is all that is known of a line; lines that are alike in everything are numbered.
INSERT INTO chat_line (record, key, conversation, sender, speaker, addressee, sent_at, text)
SELECT record,
       conversation || ' ' || nick || ' ' || sent_at || ' ' || row_number()
           OVER (PARTITION BY conversation, nick, sent_at, text ORDER BY record) || ' ' || text,
       conversation,
       CASE WHEN notice THEN 'system' WHEN nick LIKE '%:服务助手' THEN 'bot'
            WHEN by_staff THEN 'agent' ELSE 'customer' END,
       CASE WHEN by_staff AND NOT notice AND nick NOT LIKE '%:服务助手' THEN nick END,
       CASE WHEN NOT by_staff AND addressee IN (SELECT name FROM staff) THEN addressee END,
       sent_at, text
  FROM known_line WHERE record NOT IN (SELECT record FROM problem);
INSERT INTO import_conversations (source, conversation, customer, owner)
SELECT format, conversation, min(customer), max(agent)
  FROM known_line JOIN run WHERE record NOT IN (SELECT record FROM problem)
 GROUP BY conversation
    ON CONFLICT (source, conversation) DO NOTHING;
.read chat.sql
