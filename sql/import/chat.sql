-- Chat lines into the table messages.
--
-- Before: chat_line, one row a line. import_conversations knows the customer of each conversation;
-- touched, the conversations of which more is known than before.
CREATE TEMP TABLE numbered AS
SELECT record, key AS number,
       quote(conversation) || quote(sender) || quote(speaker) || quote(sent_at) || quote(text) AS says
  FROM chat_line;
.read twin.sql
DELETE FROM chat_line WHERE record IN (SELECT record FROM twin);

-- Numbers go on behind all that were ever given, so that a message that was deleted since stays that
-- message when it is read again.
CREATE TEMP TABLE placed AS
SELECT chat_line.*,
       coalesce(import_lines.message_id,
                (SELECT max((SELECT coalesce(max(id), 0) FROM main.messages),
                            (SELECT coalesce(max(message_id), 0) FROM import_lines)))
                + row_number() OVER (PARTITION BY import_lines.message_id IS NULL
                                     ORDER BY sent_at, record)) AS message_id
  FROM chat_line
  JOIN run
  LEFT JOIN import_lines ON import_lines.source = run.format AND import_lines.key = chat_line.key;

INSERT OR IGNORE INTO touched SELECT DISTINCT conversation FROM placed;
CREATE TEMP TABLE message_before AS
SELECT stored.*
  FROM main.messages AS stored
 WHERE id IN (SELECT message_id FROM import_lines JOIN run ON source = format
               WHERE conversation IN (SELECT conversation FROM touched));

INSERT INTO main.messages (id, customer, sent_at, sender, text)
SELECT message_id, customer, sent_at, sender, text
  FROM placed
  JOIN run
  JOIN import_conversations ON source = format
   AND import_conversations.conversation = placed.conversation
 WHERE true ORDER BY message_id
    ON CONFLICT (id) DO UPDATE
   SET sent_at = excluded.sent_at, sender = excluded.sender, text = excluded.text;
INSERT INTO import_lines (source, key, conversation, speaker, addressee, message_id)
SELECT format, key, conversation, speaker, addressee, message_id FROM placed JOIN run
 WHERE true ORDER BY message_id
    ON CONFLICT (source, key) DO UPDATE SET speaker = excluded.speaker;

-- Whose line is it? Of the agent who speaks next in the conversation, else of the one to whom it was
-- said, else of the one who spoke last, else of the conversation's owner; in a plain text log, which
-- has no conversations but a customer's lines of all years, speaking counts within a day only. All
-- lines of a conversation are looked at, those of earlier imports too, so that the answer does not
-- depend on which file came first.
CREATE TEMP TABLE spoken AS
SELECT message_id, import_lines.conversation, speaker, addressee, sent_at,
       row_number() OVER (ORDER BY import_lines.conversation, sent_at, speaker IS NOT NULL, message_id)
           AS place
  FROM run
  JOIN import_lines ON source = format
   AND import_lines.conversation IN (SELECT conversation FROM touched)
  JOIN main.messages ON id = message_id;
CREATE UNIQUE INDEX temp.spoken_by_place ON spoken (place);
CREATE TEMP TABLE neighbour AS
SELECT spoken.*,
       min(CASE WHEN speaker IS NOT NULL THEN place END)
           OVER (PARTITION BY conversation ORDER BY place DESC ROWS UNBOUNDED PRECEDING) AS next_place,
       max(CASE WHEN speaker IS NOT NULL THEN place END)
           OVER (PARTITION BY conversation ORDER BY place ROWS UNBOUNDED PRECEDING) AS last_place
  FROM spoken;
CREATE TEMP TABLE attributed AS
SELECT neighbour.message_id, coalesce(email, customer) AS customer,
       coalesce(CASE WHEN bounded IS NULL OR next.sent_at - neighbour.sent_at <= 86400
                THEN next.speaker END,
                neighbour.addressee,
                CASE WHEN bounded IS NULL OR neighbour.sent_at - last.sent_at <= 86400
                THEN last.speaker END, owner) AS agent
  FROM run
  JOIN neighbour
  JOIN import_conversations
    ON import_conversations.source = format
   AND import_conversations.conversation = neighbour.conversation
  LEFT JOIN spoken AS next ON next.place = next_place
  LEFT JOIN spoken AS last ON last.place = last_place
  LEFT JOIN import_people
    ON import_people.source = format AND id = customer AND role = 'customer'
  LEFT JOIN (SELECT 1 AS bounded) ON format IN ('wangwang', 'qianniu');
CREATE UNIQUE INDEX temp.attributed_by_message ON attributed (message_id);
UPDATE main.messages
   SET (agent, customer) = (SELECT agent, customer FROM attributed WHERE message_id = id)
 WHERE id IN (SELECT message_id FROM attributed);

INSERT INTO outcome (what, added, changed, known)
SELECT 'messages',
       (SELECT count(*) FROM placed WHERE message_id NOT IN (SELECT id FROM message_before)),
       (SELECT count(*) FROM (SELECT * FROM message_before EXCEPT SELECT * FROM main.messages)),
       (SELECT count(*) FROM placed
         WHERE message_id IN (SELECT id FROM (SELECT * FROM message_before
                                              INTERSECT SELECT * FROM main.messages)));
