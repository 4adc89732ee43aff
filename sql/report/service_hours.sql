-- When do customers ask, and is anybody there? By hour of the day (down) and weekday (across): the share
-- of questions that were asked out of hours; and how fast they are answered in hours and out of them.
--
-- A question is the first customer line of a turn (a burst of questions and the human answer that ends
-- it), in a conversation of one customer, one agent and one local day. It is asked out of hours when that
-- line comes while the shop is closed; when it is answered does not matter. So an agent has as many
-- questions as turns(chat_stats(…)), and their waits have the mean avg_response(…). A cell is empty when
-- nobody asked.
-- Settings: from_day, to_day, and the opening hours:

-- One row: edit it here before the first run, afterwards in the table. The zone is a name of the tz
-- database, which knows the changes of clocks; hours of weekdays, holidays and days with hours of their
-- own (调休, 11.11) are those of a calendar (README), without its tz.
CREATE TABLE IF NOT EXISTS service_hours (tz TEXT NOT NULL, calendar TEXT NOT NULL);
INSERT INTO service_hours (tz, calendar)
SELECT 'Asia/Shanghai',
       '{"hours": {"mon": ["09:00-12:00", "13:30-22:00"], "tue": ["09:00-12:00", "13:30-22:00"],
                   "wed": ["09:00-12:00", "13:30-22:00"], "thu": ["09:00-12:00", "13:30-22:00"],
                   "fri": ["09:00-12:00", "13:30-22:00"], "sat": ["10:00-20:00"], "sun": ["10:00-20:00"]},
         "holidays": ["2026-11-29"],
         "days": {"2026-11-10": ["09:00-24:00"], "2026-11-11": ["00:00-24:00"]}}'
 WHERE NOT EXISTS (SELECT 1 FROM service_hours);

WITH RECURSIVE
    shop AS (
        SELECT tz, '{"tz":"' || tz || '",' || substr(ltrim(calendar), 2) AS calendar,
               '{"tz":"' || tz || '","hours":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],'
               || '"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],'
               || '"sat":["00:00-24:00"],"sun":["00:00-24:00"]}}' AS always
          FROM service_hours
    ),

    -- The lines of customers (asks is 1) and agents, with times as Unix seconds: the seconds of all time
    -- since 1970.
    lines AS (
        SELECT agent, customer, sender IN ('customer', 0, '0') AS asks,
               kpi_period(sent_at, 'day', tz) AS day,
               business_seconds('1970-01-01 00:00:00Z', sent_at, always) AS sent_at
          FROM messages, shop
         WHERE sender IN ('customer', 0, '0', 'agent', 1, '1') AND trim(customer) <> ''
    ),

    -- Questions: a customer's line opens a turn when an agent's line, or nothing at all, went before it
    -- on that day. Bots' and assistants' lines answer nothing; of lines in one second the customer's
    -- is the first.
    marked AS (
        SELECT day, sent_at AS asked_at, asks AND NOT coalesce(lag(asks) OVER conversation, 0) AS opens,
               min(CASE WHEN NOT asks THEN sent_at END) OVER (
                   conversation ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS answered_at
          FROM lines
         WHERE day BETWEEN (SELECT from_day FROM settings) AND (SELECT to_day FROM settings)
        WINDOW conversation AS (PARTITION BY agent, customer, day ORDER BY sent_at, asks DESC)
    ),

    -- The hour that clocks showed. What is read off a clock is a text in the shop's zone, and kefu finds
    -- its instant: so every hour of every day gets the second at which it begins, and a question belongs
    -- to the last hour that had begun. An hour that clocks repeat lasts twice as long; one that they skip
    -- begins together with the next, which gets the questions.
    hours (hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 23),
    day_hours AS (
        SELECT day, hour,
               business_seconds('1970-01-01 00:00:00Z', printf('%s %02d:00', day, hour), always) AS begins_at
          FROM (SELECT DISTINCT day FROM lines) AS days, hours, shop
    ),
    questions AS (
        SELECT (SELECT max(hour) FROM day_hours
                 WHERE day_hours.day = marked.day AND begins_at <= asked_at) AS hour,
               strftime('%w', day) AS weekday, -- 0 is Sunday
               asked_at, answered_at, NOT is_open(asked_at, calendar) AS closed
          FROM marked, shop
         WHERE opens
    ),

    -- The hours, and below them the whole day.
    counted AS (
        SELECT 0 AS whole, printf('%02d:00', hour) AS name, questions.* FROM questions
         UNION ALL
        SELECT 1, '全天 day', questions.* FROM questions
    ),
    report AS (
        SELECT whole, name, count(*) AS questions, sum(closed) AS out_of_hours, avg(closed) AS share,
               avg(CASE weekday WHEN '1' THEN closed END) AS mon,
               avg(CASE weekday WHEN '2' THEN closed END) AS tue,
               avg(CASE weekday WHEN '3' THEN closed END) AS wed,
               avg(CASE weekday WHEN '4' THEN closed END) AS thu,
               avg(CASE weekday WHEN '5' THEN closed END) AS fri,
               avg(CASE weekday WHEN '6' THEN closed END) AS sat,
               avg(CASE weekday WHEN '0' THEN closed END) AS sun,
               avg_response(asked_at, CASE WHEN NOT closed THEN answered_at END) AS in_hours,
               avg(CASE WHEN NOT closed THEN answered_at IS NOT NULL END) AS in_replied,
               avg_response(asked_at, CASE WHEN closed THEN answered_at END) AS out_hours,
               avg(CASE WHEN closed THEN answered_at IS NOT NULL END) AS out_replied
          FROM counted
         GROUP BY whole, name
    )
SELECT name AS "时段 hour",
       questions AS "提问 questions",
       out_of_hours AS "班外 out_of_hours",
       round(100 * share, 1) || '%' AS "班外占比 share",
       coalesce(round(100 * mon, 1) || '%', '') AS "周一 mon",
       coalesce(round(100 * tue, 1) || '%', '') AS "周二 tue",
       coalesce(round(100 * wed, 1) || '%', '') AS "周三 wed",
       coalesce(round(100 * thu, 1) || '%', '') AS "周四 thu",
       coalesce(round(100 * fri, 1) || '%', '') AS "周五 fri",
       coalesce(round(100 * sat, 1) || '%', '') AS "周六 sat",
       coalesce(round(100 * sun, 1) || '%', '') AS "周日 sun",
       coalesce(round(in_hours, 1), '') AS "班内响应 in_hours",
       coalesce(round(100 * in_replied, 1) || '%', '') AS "班内回复 in_replied",
       coalesce(round(out_hours, 1), '') AS "班外响应 out_hours",
       coalesce(round(100 * out_replied, 1) || '%', '') AS "班外回复 out_replied"
  FROM report
 ORDER BY whole, name;
