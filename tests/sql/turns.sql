-- How lines become turns and conversations, one fact a line: a small script of lines (seconds after
-- 10:00 on 2026-11-11, sender), then the question and its answer.
CREATE TABLE line (story, customer, sender, at);
CREATE TABLE script (story TEXT, lines TEXT); -- 'C0' a customer's line at 0 s; A agent, B bot, H assist
INSERT INTO script VALUES
    ('burst', 'C0 C20 C50 A60'),
    ('two turns', 'C0 A10 C20 A50'),
    ('unanswered', 'C0 A10 C20'),
    ('never answered', 'C0 C30'),
    ('agent first', 'A0 C5 A25'),
    ('agent twice', 'C0 A10 A40'),
    ('bot first', 'C0 B1 A31'),
    ('bot alone', 'C0 B1'),
    ('assist first', 'C0 H12 A31'),
    ('same instant', 'A0 C0'),
    ('bot then burst', 'C0 B1 C10 A31'),
    ('long', 'C0 A900 C1000 A1100'),
    ('slow three times', 'C0 A121 C200 A330 C400 A530'),
    ('slow twice and at 120', 'C0 A120 C200 A330 C400 A530'),
    ('silence of 300', 'C0 A10 C310 A320'),
    ('silence of 301', 'C0 A10 C311'),
    ('quick pair', 'C0 A10 A20'),
    ('hasty pair', 'C0 A10 A19'),
    ('two questions', 'C0 C20 A30 A40'),
    ('greeted pair', 'A0 C5 A15');
INSERT INTO line
WITH RECURSIVE
    word (story, line, rest) AS (
        SELECT story, '', lines || ' ' FROM script
        UNION ALL
        SELECT story, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
          FROM word WHERE rest <> ''
    )
SELECT story, 'c',
       CASE substr(line, 1, 1) WHEN 'C' THEN 'customer' WHEN 'A' THEN 'agent' WHEN 'B' THEN 'bot'
                               ELSE 'assist' END,
       strftime('%s', '2026-11-11 02:00:00') + substr(line, 2)
  FROM word WHERE line <> '';

CREATE TABLE question (story, rules, wanted);
-- wanted: turns, answered turns, mean wait
INSERT INTO question VALUES
    ('burst', '{}', '1 1 60.0'),
    ('burst', '{"burst":"last"}', '1 1 10.0'),
    ('two turns', '{}', '2 2 20.0'),
    ('unanswered', '{}', '2 1 10.0'),
    ('unanswered', '{"cap":30,"unanswered":"cap"}', '2 1 20.0'),
    ('never answered', '{}', '1 0 NULL'),
    ('never answered', '{"cap":30,"unanswered":"cap"}', '1 0 30.0'),
    ('never answered', '{"cap":30,"unanswered":"cap","drop_over":20}', '1 0 30.0'),
    ('agent first', '{}', '1 1 20.0'),
    ('agent twice', '{}', '1 1 10.0'),
    ('bot first', '{}', '1 1 31.0'),
    ('bot first', '{"stop":"any"}', '1 1 1.0'),
    ('bot first', '{"stop":"assist"}', '1 1 31.0'),
    ('bot first', '{"bot_clears":true}', '0 0 NULL'),
    ('bot first', '{"bot_clears":true,"stop":"any"}', '1 1 1.0'),
    ('bot alone', '{}', '1 0 NULL'),
    ('bot alone', '{"bot_clears":true}', '0 0 NULL'),
    ('assist first', '{}', '1 1 31.0'),
    ('assist first', '{"stop":"assist"}', '1 1 12.0'),
    ('assist first', '{"stop":"any"}', '1 1 12.0'),
    ('assist first', '{"bot_clears":true}', '1 1 31.0'),
    ('same instant', '{}', '1 1 0.0'),
    ('bot then burst', '{}', '1 1 31.0'),
    ('bot then burst', '{"bot_clears":true}', '1 1 21.0'),
    ('bot then burst', '{"stop":"any"}', '2 2 11.0'),
    ('long', '{}', '2 2 500.0'),
    ('long', '{"cap":600}', '2 2 350.0'),
    ('long', '{"drop_over":900}', '2 2 100.0'),
    ('long', '{"drop_over":901}', '2 2 500.0'),
    ('long', '{"drop_over":100}', '2 2 NULL'),
    ('long', '{"drop_over":900,"cap":50}', '2 2 50.0'),
    ('long', '{"window":"10:00-10:16"}', '1 1 900.0'),
    ('long', '{"window":"10:16-10:17"}', '1 1 100.0'),
    ('long', '{"window":"10:17-10:00"}', '0 0 NULL'),
    ('long', '{"window":"10:16-10:01"}', '2 2 500.0'),
    ('long', '{"window":"00:00-24:00"}', '2 2 500.0'),
    ('long', '{"tz":"UTC","window":"02:00-02:16"}', '1 1 900.0');
SELECT story, rules, wanted, CASE WHEN got = wanted THEN 'ok' ELSE 'GOT ' || got END
  FROM (SELECT question.rowid AS number, story, rules, wanted,
               turns(s) || ' ' || answered_turns(s) || ' ' || coalesce(avg_response(s), 'NULL') AS got
          FROM question
          JOIN (SELECT question.rowid AS number, chat_stats(customer, sender, at, rules) AS s
                  FROM question JOIN line USING (story) GROUP BY question.rowid)
            ON number = question.rowid)
 ORDER BY number;

DELETE FROM question;
-- wanted: received, replied, filtered, slow customers, handling time in all
INSERT INTO question VALUES
    ('two turns', '{}', '1 1 0 0 50.0'),
    ('never answered', '{}', '1 0 0 0 0.0'),
    ('bot alone', '{"bot_clears":true}', '0 0 0 0 0.0'),
    ('long', '{}', '1 1 0 0 200.0'),
    ('long', '{"max_wait":901}', '1 1 0 0 1100.0'),
    ('slow three times', '{}', '1 1 0 1 530.0'),
    ('slow three times', '{"cap":120}', '1 1 0 0 530.0'),
    ('slow three times', '{"drop_over":121}', '1 1 0 1 530.0'),
    ('slow twice and at 120', '{}', '1 1 0 0 530.0'),
    ('slow twice and at 120', '{"slow":119.999}', '1 1 0 1 530.0'),
    ('slow twice and at 120', '{"slow_times":2}', '1 1 0 1 530.0'),
    ('never answered', '{"cap":600,"unanswered":"cap","slow_times":1}', '1 0 0 0 0.0'),
    ('silence of 300', '{"session":300}', '2 2 0 0 20.0'),
    ('silence of 300', '{"session":301}', '1 1 0 0 320.0'),
    ('silence of 301', '{"session":301}', '2 1 0 0 10.0'),
    ('silence of 300', '{"max_wait":300}', '1 1 0 0 20.0'),
    ('quick pair', '{}', '1 1 0 0 20.0'),
    ('quick pair', '{"filter":"one_line"}', '0 0 1 0 0.0'),
    ('hasty pair', '{"filter":"one_line"}', '1 1 0 0 19.0'),
    ('two questions', '{"filter":"one_line"}', '1 1 0 0 40.0'),
    ('greeted pair', '{"filter":"one_line"}', '0 0 1 0 0.0');
SELECT story, rules, wanted, CASE WHEN got = wanted THEN 'ok' ELSE 'GOT ' || got END
  FROM (SELECT question.rowid AS number, story, rules, wanted,
               received(s) || ' ' || replied(s) || ' ' || filtered(s) || ' ' || slow_customers(s)
                   || ' ' || total_handling(s) AS got
          FROM question
          JOIN (SELECT question.rowid AS number, chat_stats(customer, sender, at, rules) AS s
                  FROM question JOIN line USING (story) GROUP BY question.rowid)
            ON number = question.rowid)
 ORDER BY number;
