-- The report of service hours: over the demo shop, then about changes of clocks by hand.
.read sql/schema.sql
.read sql/demo.sql
.headers on
.read sql/report/service_hours.sql
.headers off
-- The same by other ways: questions as turns and the mean of all waits as the stats have them …
SELECT turns(shop), printf('%.6f', avg_response(shop)), printf('%.4f', turn_reply_rate(shop))
  FROM (SELECT kefu_merge(stats) AS shop
          FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at) FROM messages)));
-- … and hours, weekdays and opening hours in plain SQL, where UTC+8 is 8 hours and nothing else.
CREATE TEMP TABLE question AS
SELECT asked_at, CAST(strftime('%H', asked_at + 28800, 'unixepoch') AS INTEGER) AS hour,
       strftime('%H:%M', asked_at + 28800, 'unixepoch') AS time,
       strftime('%w', asked_at + 28800, 'unixepoch') AS weekday,
       date(asked_at + 28800, 'unixepoch') AS day, wait
  FROM (SELECT sent_at AS asked_at, sender,
               lag(sender) OVER conversation AS before,
               min(CASE sender WHEN 'agent' THEN sent_at END) OVER (
                   conversation ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) - sent_at AS wait
          FROM messages
         WHERE sender IN ('customer', 'agent')
        WINDOW conversation AS (PARTITION BY agent, customer, date(sent_at + 28800, 'unixepoch')
                                    ORDER BY sent_at, sender DESC))
 WHERE sender = 'customer' AND before IS NOT 'customer';
ALTER TABLE question ADD COLUMN open;
UPDATE question
   SET open = CASE WHEN day = '2026-11-29' THEN 0
                   WHEN day = '2026-11-10' THEN time >= '09:00'
                   WHEN day = '2026-11-11' THEN 1
                   WHEN weekday IN ('0', '6') THEN time >= '10:00' AND time < '20:00'
                   ELSE time >= '09:00' AND time < '12:00' OR time >= '13:30' AND time < '22:00' END;
SELECT count(*), printf('%.6f', avg(wait)), printf('%.4f', 1.0 * count(wait) / count(*)) FROM question;
SELECT hour, count(*), sum(NOT open), printf('%.1f', avg(CASE WHEN open THEN wait END)),
       printf('%.1f', avg(CASE WHEN NOT open THEN wait END))
  FROM question WHERE hour IN (0, 12, 22) GROUP BY hour;
SELECT weekday, printf('%.1f%%', 100 * avg(NOT open)) FROM question GROUP BY weekday;

-- Only the days that are asked for: 11.11 is open all day.
UPDATE settings SET from_day = '2026-11-11', to_day = '2026-11-11';
.read sql/report/service_hours.sql
UPDATE settings SET from_day = '0001-01-01', to_day = '9999-12-31';

-- New York: on 2026-11-01, a Sunday, 01:00 to 02:00 comes twice; on 2026-03-08 there is no 02:00 to 03:00.
-- Open until 02:00. Times as text, senders as numbers.
DELETE FROM messages;
INSERT INTO messages (agent, customer, sent_at, sender) VALUES
    ('A', 'before', '2026-11-01 00:59:59', 0), ('A', 'before', '2026-11-01 01:00:09', 1),
    ('A', 'first', '2026-11-01T05:30:00Z', 0), -- 01:30, answered at the second 01:30
    ('A', 'first', '2026-11-01T06:30:00Z', 1),
    ('A', 'second', '2026-11-01T06:59:59Z', 0), -- 01:59:59
    ('A', 'closed', '2026-11-01 02:00', 0), ('A', 'closed', '2026-11-01 02:00:30', 1),
    ('A', 'skipped', '2026-03-08T06:59:59Z', 0), -- 01:59:59, a second later it is 03:00
    ('A', 'skipped', '2026-03-08T07:00:00Z', 1), ('A', 'skipped', '2026-03-08T07:00:00Z', 0),
    ('A', '', '2026-03-08T07:00:00Z', 0), ('A', 'bot', '2026-03-08 12:00', 'bot');
UPDATE service_hours
   SET tz = 'America/New_York', calendar = '{"hours": {"sun": ["00:00-02:00"]}}';
-- 00:00 one question in hours; 01:00 three; 02:00 one out of hours; 03:00, in the second in which the
-- agent answered, but a customer's line is before it: the same turn, so no question of its own.
.read sql/report/service_hours.sql
-- Lord Howe: half an hour. 01:30 to 02:00 comes twice on 2026-04-05; 02:00 to 02:30 never on 2026-10-04.
DELETE FROM messages;
INSERT INTO messages (agent, customer, sent_at, sender) VALUES
    ('A', 'first', '2026-04-04T14:45Z', 0), ('A', 'second', '2026-04-04T15:15Z', 0), -- both 01:45
    ('A', 'two', '2026-04-04T15:30Z', 0), -- 02:00
    ('A', 'skipped', '2026-10-03T15:29:59Z', 0), ('A', 'half', '2026-10-03T15:30Z', 0); -- 01:59:59, 02:30
UPDATE service_hours SET tz = 'Australia/Lord_Howe';
.read sql/report/service_hours.sql
