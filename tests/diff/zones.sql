-- What clocks show, minute by minute about changes of clocks, from SQLite's 'localtime': local days,
-- periods, windows, open hours. Wants the shell started with TZ set to a zone of the same release of the
-- tz database, and the tables zone(name) with that zone and seed(seed); fills the table verdict.

CREATE TEMP TABLE verdict (what TEXT, agent, wanted, got);

-- Three changes of clocks of 1972 to 2037 (which is what 'localtime' knows), or three other days.
CREATE TEMP TABLE change AS
WITH RECURSIVE
    day (at) AS (SELECT 63072000 UNION ALL SELECT at + 86400 FROM day WHERE at < 2111702400),
    shown (at, offset) AS (
        SELECT at, strftime('%s', at, 'unixepoch', 'localtime') - at FROM day
    )
SELECT at FROM (SELECT at, lead(offset) OVER (ORDER BY at) <> offset AS changes FROM shown), seed
 ORDER BY coalesce(changes, 0) DESC, (at / 86400 + seed) * 7919 % 1009
 LIMIT 3;

-- The minutes from two days before to three days after: what clocks show as if local time were UTC, and
-- the local day, which is the latest date that was shown so far.
CREATE TEMP TABLE minute AS
WITH RECURSIVE step (n) AS (SELECT -2880 UNION ALL SELECT n + 1 FROM step WHERE n < 4320)
SELECT change.at AS change, change.at + n * 60 AS at, shown,
       date(max(shown / 86400) OVER (PARTITION BY change.at ORDER BY n) * 86400, 'unixepoch') AS day
  FROM (SELECT at, n, strftime('%s', at + n * 60, 'unixepoch', 'localtime') + 0 AS shown
          FROM change, step) AS change;

-- --- A shop that is open at night, from 22:30 to 03:00, on Sundays from 01:00 to 02:30 as well ---------

CREATE TEMP TABLE shop AS
SELECT '{"tz":"' || name || '","hours":{"mon":["22:30-03:00"],"tue":["22:30-03:00"],'
       || '"wed":["22:30-03:00"],"thu":["22:30-03:00"],"fri":["22:30-03:00"],"sat":["22:30-24:00"],'
       || '"sun":["01:00-02:30","22:30-03:00"]}}' AS calendar,
       '{"tz":"' || name || '"}' AS rules,
       '{"tz":"' || name || '","window":"23:30-02:00"}' AS with_window,
       '{"tz":"' || name || '","period":"day"}' AS by_day
  FROM zone;
CREATE TEMP TABLE open_minute AS
SELECT change, at, CASE WHEN time >= 1350 THEN 1
                        WHEN weekday = 0 THEN time >= 60 AND time < 150 -- Saturday has no night
                        ELSE time < 180 END AS open
  FROM (SELECT *, shown / 60 % 1440 AS time, strftime('%w', shown, 'unixepoch') + 0 AS weekday
          FROM minute);
CREATE INDEX temp.open_minute_by_time ON open_minute (change, at);

INSERT INTO verdict
SELECT 'is_open', at, open, is_open(at, calendar) FROM open_minute, shop WHERE at / 60 % 7 = 0;

CREATE TEMP TABLE span AS
WITH RECURSIVE step (n, x, y) AS (
    SELECT 1, (seed * 7919 + 1) * 1914720637 % 2147483647,
           (seed * 104729 + 1) * 1914720637 % 2147483647 FROM seed
     UNION ALL
    SELECT n + 1, x * 48271 % 2147483647, y * 48271 % 2147483647 FROM step WHERE n < 60
)
SELECT change.at AS change, change.at + (x % 7200 - 2880) * 60 AS start,
       change.at + (y % 7200 - 2880) * 60 AS stop
  FROM step, change;
INSERT INTO verdict
SELECT 'business_seconds', start || ' to ' || stop,
       60.0 * (SELECT count(*) FROM open_minute
                WHERE open AND open_minute.change = span.change AND at >= start AND at < stop),
       business_seconds(start, stop, calendar)
  FROM span, shop;

-- --- Local days, periods, sessions, windows ------------------------------------------------------------

INSERT INTO verdict
SELECT 'kpi_period day', at, day, kpi_period(at, 'day', name) FROM minute, zone WHERE at / 60 % 11 = 0
 UNION ALL
SELECT 'kpi_period week', at, date(day, 'weekday 0', '-6 days'), kpi_period(at, 'week', name)
  FROM minute, zone WHERE at / 60 % 97 = 0
 UNION ALL
SELECT 'kpi_period month', at, date(day, 'start of month'), kpi_period(at, 'month', name)
  FROM minute, zone WHERE at / 60 % 97 = 0;

INSERT INTO verdict
SELECT 'received', change, count(DISTINCT day), received(chat_stats('c', 'customer', at, rules))
  FROM minute, shop GROUP BY change
 UNION ALL
SELECT 'turns in the window', change, sum(shown / 60 % 1440 >= 1410 OR shown / 60 % 1440 < 120),
       turns(chat_stats(at, 'customer', at, with_window))
  FROM minute, shop GROUP BY change;
INSERT INTO verdict
SELECT 'turns of ' || day, change, wanted, got
  FROM (SELECT change, day, count(*) AS wanted FROM minute GROUP BY change, day)
  LEFT JOIN (SELECT key AS change, period AS day, turns(stats) AS got
               FROM kefu_groups((SELECT chat_stats_by(change, at, 'customer', at, by_day)
                                   FROM minute, shop)))
 USING (change, day);
