-- Tables of Zendesk, as warehouses hold them: user, ticket, ticket_comment, ticket_chat_event, best in
-- this order. Which of them the file is, its columns tell.
CREATE TEMP TABLE layout (sheet TEXT, field TEXT, kind TEXT, needed TEXT, headings TEXT);
INSERT INTO layout VALUES
    ('users', 'id', 'text', 'cell', 'id'),
    ('users', 'role', 'text', 'cell', 'role'),
    ('users', 'email', 'text', 'no', 'email'),
    ('tickets', 'id', 'text', 'cell', 'id'),
    ('tickets', 'requester_id', 'text', 'cell', 'requester_id'),
    ('tickets', 'assignee_id', 'text', 'column', 'assignee_id'),
    ('comments', 'id', 'text', 'cell', 'id'),
    ('comments', 'ticket_id', 'text', 'cell', 'ticket_id'),
    ('comments', 'user_id', 'text', 'cell', 'user_id'),
    ('comments', 'created', 'time', 'cell', 'created|created_at'),
    ('comments', 'public', 'flag', 'cell', 'public'),
    ('comments', 'body', 'text', 'no', 'body'),
    ('chats', 'chat_id', 'text', 'cell', 'chat_id'),
    ('chats', 'created_at', 'time', 'cell', 'created_at'),
    ('chats', 'actor_id', 'text', 'column', 'actor_id'),
    ('chats', 'chat_index', 'count', 'cell', 'chat_index'),
    ('chats', 'message', 'text', 'no', 'message'),
    ('chats', 'type', 'text', 'column', 'type');
.read sheet.sql

INSERT INTO problem
SELECT record, 'role is none of end-user, agent, admin', role
  FROM sheet_users WHERE role NOT IN ('end-user', 'agent', 'admin');
CREATE TEMP TABLE new_person AS
SELECT record, id, CASE role WHEN 'end-user' THEN 'customer' ELSE 'agent' END AS role,
       lower(email) AS email
  FROM sheet_users WHERE record NOT IN (SELECT record FROM problem);

CREATE TEMP TABLE new_conversation AS
SELECT record, 'ticket ' || id AS conversation, requester_id AS customer, assignee_id AS owner
  FROM sheet_tickets;

CREATE TEMP TABLE new_rating (record, key, agent, person, at, score);

-- Comments that are not public are notes that no customer sees. Who wrote one is what the table user
-- says, else a customer if it is the requester, else an agent.
INSERT INTO skipped SELECT record, 'private notes' FROM sheet_comments WHERE NOT public;
CREATE TEMP TABLE comment AS
SELECT sheet_comments.*, import_people.id IS NULL AS unknown,
       coalesce(role, CASE WHEN user_id = customer THEN 'customer' ELSE 'agent' END) AS sender
  FROM sheet_comments
  LEFT JOIN import_people ON import_people.source = 'zendesk' AND import_people.id = user_id
  LEFT JOIN import_conversations
    ON import_conversations.source = 'zendesk' AND conversation = 'ticket ' || ticket_id
 WHERE public;
INSERT INTO chat_line (record, key, conversation, sender, speaker, sent_at, text)
SELECT record, 'comment ' || id, 'ticket ' || ticket_id, sender,
       CASE WHEN sender = 'agent' THEN user_id END, created, body
  FROM comment;

-- Chats: an actor is agent:N, a user's number, __system, __trigger, or nothing for a visitor whom
-- nobody knows. Only messages and files are lines.
INSERT INTO skipped
SELECT record, 'events that are no message' FROM sheet_chats
 WHERE type NOT IN ('ChatMessage', 'ChatFileAttachment');
INSERT INTO problem
SELECT record, 'actor_id is none of agent:N, a number, __system, __trigger', actor_id
  FROM sheet_chats
 WHERE record NOT IN (SELECT record FROM skipped)
   AND actor_id NOT GLOB 'agent:?*' AND actor_id GLOB '*[^0-9]*'
   AND actor_id NOT IN ('__system', '__trigger');
INSERT INTO chat_line (record, key, conversation, sender, speaker, sent_at, text)
SELECT record, 'chat ' || chat_id || ' ' || chat_index, 'chat ' || chat_id,
       CASE WHEN actor_id GLOB 'agent:*' THEN 'agent' WHEN actor_id = '__system' THEN 'system'
            WHEN actor_id = '__trigger' THEN 'bot' ELSE 'customer' END,
       CASE WHEN actor_id GLOB 'agent:*' THEN substr(actor_id, 7) END, created_at, message
  FROM sheet_chats
 WHERE record NOT IN (SELECT record FROM skipped UNION SELECT record FROM problem);
INSERT INTO import_conversations (source, conversation, customer)
SELECT 'zendesk', 'chat ' || chat_id,
       coalesce(min(CASE WHEN actor_id NOT GLOB '*[^0-9]*' THEN actor_id END),
                'visitor of chat ' || chat_id)
  FROM sheet_chats GROUP BY chat_id
    ON CONFLICT (source, conversation) DO UPDATE SET customer = excluded.customer
 WHERE excluded.customer NOT GLOB 'visitor of chat *';
.read desk.sql
INSERT INTO note
SELECT 'comments of people who are no known user were taken for an agent''s', count(*)
  FROM comment WHERE unknown AND sender = 'agent' AND record NOT IN (SELECT record FROM problem);
