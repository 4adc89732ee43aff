-- What the tables of help desks share: people, conversations and ratings go into the tables that
-- staging.sql describes, and from there, with the chat lines, into messages and ratings.
--
-- Before: new_person(record, id, role, email), new_conversation(record, conversation, customer, owner),
-- new_rating(record, key, agent, person, at, score) and chat_line; a file fills one of them.

CREATE TEMP TABLE numbered AS
SELECT record, id AS number, role || ' ' || coalesce(email, '') AS says FROM new_person
UNION ALL
SELECT record, conversation, customer || ' ' || coalesce(owner, '') FROM new_conversation
UNION ALL
SELECT record, key, coalesce(agent, '') || ' ' || person || ' ' || at || ' ' || score FROM new_rating;
.read twin.sql
DELETE FROM new_person WHERE record IN (SELECT record FROM twin);
DELETE FROM new_conversation WHERE record IN (SELECT record FROM twin);
DELETE FROM new_rating WHERE record IN (SELECT record FROM twin);

-- People.
CREATE TEMP TABLE person_before AS
SELECT stored.* FROM import_people AS stored JOIN run ON source = format
 WHERE id IN (SELECT id FROM new_person);
INSERT INTO import_people (source, id, role, email)
SELECT format, id, role, email FROM new_person JOIN run WHERE true ORDER BY record
    ON CONFLICT (source, id) DO UPDATE SET role = excluded.role, email = excluded.email;
INSERT INTO outcome
SELECT 'people', count(*) - (SELECT count(*) FROM person_before),
       (SELECT count(*) FROM (SELECT * FROM person_before EXCEPT SELECT * FROM import_people)),
       (SELECT count(*) FROM (SELECT * FROM person_before INTERSECT SELECT * FROM import_people))
  FROM new_person;

-- Conversations, and those whose customer is better known now.
CREATE TEMP TABLE conversation_before AS
SELECT stored.* FROM import_conversations AS stored JOIN run ON source = format
 WHERE conversation IN (SELECT conversation FROM new_conversation);
INSERT INTO import_conversations (source, conversation, customer, owner)
SELECT format, conversation, customer, owner FROM new_conversation JOIN run WHERE true ORDER BY record
    ON CONFLICT (source, conversation) DO UPDATE
   SET customer = excluded.customer, owner = coalesce(excluded.owner, owner);
INSERT INTO outcome
SELECT 'conversations', count(*) - (SELECT count(*) FROM conversation_before),
       (SELECT count(*) FROM (SELECT * FROM conversation_before
                              EXCEPT SELECT * FROM import_conversations)),
       (SELECT count(*) FROM (SELECT * FROM conversation_before
                              INTERSECT SELECT * FROM import_conversations))
  FROM new_conversation;
INSERT OR IGNORE INTO touched
SELECT conversation FROM new_conversation
 UNION
SELECT conversation FROM import_conversations JOIN run ON source = format
 WHERE customer IN (SELECT id FROM new_person);

-- Lines of conversations that nobody knows have no customer.
INSERT INTO problem
SELECT record, 'its conversation is not known: import those first', conversation
  FROM chat_line JOIN run
 WHERE NOT EXISTS (SELECT 1 FROM import_conversations
                    WHERE source = format AND conversation = chat_line.conversation);
DELETE FROM chat_line WHERE record IN (SELECT record FROM problem);
.read chat.sql

-- Ratings.
CREATE TEMP TABLE rated AS
SELECT new_rating.*, import_ratings.rating_id IS NULL AS fresh,
       coalesce(import_ratings.rating_id,
                (SELECT max((SELECT coalesce(max(id), 0) FROM main.ratings),
                            (SELECT coalesce(max(rating_id), 0) FROM import_ratings)))
                + row_number() OVER (PARTITION BY import_ratings.rating_id IS NULL ORDER BY at, record))
           AS rating_id
  FROM new_rating JOIN run
  LEFT JOIN import_ratings ON source = format AND import_ratings.key = new_rating.key;
CREATE TEMP TABLE rating_before AS
SELECT stored.* FROM main.ratings AS stored
 WHERE id IN (SELECT rating_id FROM import_ratings JOIN run ON source = format
               WHERE key IN (SELECT key FROM rated) OR person IN (SELECT id FROM new_person));
INSERT INTO main.ratings (id, agent, customer, at, invited, score)
SELECT rating_id, agent, person, at, 1, score FROM rated WHERE true ORDER BY rating_id
    ON CONFLICT (id) DO UPDATE SET agent = excluded.agent, at = excluded.at, score = excluded.score;
INSERT INTO import_ratings (source, key, person, rating_id)
SELECT format, key, person, rating_id FROM rated JOIN run WHERE fresh ORDER BY rating_id;
UPDATE main.ratings
   SET customer = (SELECT coalesce(email, person)
                     FROM import_ratings
                     LEFT JOIN import_people ON import_people.source = import_ratings.source
                      AND import_people.id = person AND role = 'customer'
                    WHERE rating_id = main.ratings.id)
 WHERE id IN (SELECT rating_id FROM rated UNION SELECT id FROM rating_before);
INSERT INTO outcome
SELECT 'ratings', (SELECT count(*) FROM rated WHERE rating_id NOT IN (SELECT id FROM rating_before)),
       (SELECT count(*) FROM (SELECT * FROM rating_before EXCEPT SELECT * FROM main.ratings)),
       (SELECT count(*) FROM (SELECT * FROM rating_before INTERSECT SELECT * FROM main.ratings));
