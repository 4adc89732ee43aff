-- Tables of Chatwoot: contacts, conversations, messages, csat_survey_responses, best in this order.
-- Which of them the file is, its columns tell.
CREATE TEMP TABLE layout (sheet TEXT, field TEXT, kind TEXT, needed TEXT, headings TEXT);
INSERT INTO layout VALUES
    ('contacts', 'id', 'text', 'cell', 'id'),
    ('contacts', 'email', 'text', 'column', 'email'),
    ('conversations', 'id', 'text', 'cell', 'id'),
    ('conversations', 'contact_id', 'text', 'cell', 'contact_id'),
    ('conversations', 'assignee_id', 'text', 'column', 'assignee_id'),
    ('messages', 'id', 'text', 'cell', 'id'),
    ('messages', 'conversation_id', 'text', 'cell', 'conversation_id'),
    ('messages', 'message_type', 'text', 'cell', 'message_type'),
    ('messages', 'created_at', 'time', 'cell', 'created_at'),
    ('messages', 'private', 'flag', 'column', 'private'),
    ('messages', 'sender_type', 'text', 'column', 'sender_type'),
    ('messages', 'sender_id', 'text', 'column', 'sender_id'),
    ('messages', 'content', 'text', 'no', 'content'),
    ('csat', 'message_id', 'text', 'cell', 'message_id'),
    ('csat', 'contact_id', 'text', 'cell', 'contact_id'),
    ('csat', 'assigned_agent_id', 'text', 'column', 'assigned_agent_id'),
    ('csat', 'created_at', 'time', 'cell', 'created_at'),
    ('csat', 'rating', 'count', 'cell', 'rating');
.read sheet.sql

CREATE TEMP TABLE new_person AS
SELECT record, id, 'customer' AS role, lower(email) AS email FROM sheet_contacts;

INSERT INTO problem
SELECT record, 'rating is not 1 to 5', rating FROM sheet_csat WHERE rating NOT BETWEEN 1 AND 5;
CREATE TEMP TABLE new_rating AS
SELECT record, message_id AS key, assigned_agent_id AS agent, contact_id AS person, created_at AS at,
       rating AS score
  FROM sheet_csat WHERE record NOT IN (SELECT record FROM problem);

-- Types are numbers in the tables and words elsewhere. What goes out and no user wrote is automatic;
-- private messages are notes that no customer sees.
CREATE TEMP TABLE message_kind (type TEXT, word TEXT, sender TEXT);
INSERT INTO message_kind VALUES ('0', 'incoming', 'customer'), ('1', 'outgoing', 'agent'),
    ('2', 'activity', 'system'), ('3', 'template', 'bot');
INSERT INTO problem
SELECT record, 'message_type is no type that is known', message_type
  FROM sheet_messages
 WHERE message_type NOT IN (SELECT type FROM message_kind UNION SELECT word FROM message_kind);
INSERT INTO skipped
SELECT record, 'private notes' FROM sheet_messages
 WHERE private AND record NOT IN (SELECT record FROM problem);
INSERT INTO chat_line (record, key, conversation, sender, speaker, sent_at, text)
SELECT record, id, conversation_id,
       CASE WHEN sender = 'agent' AND sender_type IS NOT 'User' THEN 'bot' ELSE sender END,
       CASE WHEN sender = 'agent' AND sender_type IS 'User' THEN sender_id END, created_at, content
  FROM sheet_messages
  JOIN message_kind ON message_type IN (type, word)
 WHERE record NOT IN (SELECT record FROM skipped);

-- Where the table conversations was not imported, what the contact wrote tells who it is with.
CREATE TEMP TABLE new_conversation AS
SELECT record, id AS conversation, contact_id AS customer, assignee_id AS owner FROM sheet_conversations;
INSERT OR IGNORE INTO import_conversations (source, conversation, customer)
SELECT 'chatwoot', conversation_id, sender_id
  FROM sheet_messages JOIN chat_line USING (record)
 WHERE sender = 'customer' AND sender_type = 'Contact' AND sender_id IS NOT NULL ORDER BY record;
.read desk.sql
