-- Open time and open or not, minute by minute from what calendars say (rules.md), for random spans of
-- whole minutes in +08:00. Wants a table seed(seed); fills the table verdict.

CREATE TEMP TABLE verdict (what TEXT, agent, wanted, got);

-- Several intervals, touching, overlapping and past midnight; holidays after a night; make-up days.
CREATE TEMP TABLE shop (name TEXT PRIMARY KEY, calendar TEXT);
INSERT INTO shop VALUES
    ('never', '{}'),
    ('office', '{"hours":{"mon":["09:00-12:00","13:30-18:00"],"tue":["09:00-12:00","13:30-18:00"],
        "wed":["09:00-12:00","13:30-18:00"],"thu":["09:00-12:00","13:30-18:00"],
        "fri":["13:30-18:00","09:00-12:00"]},"holidays":["2026-10-01","2026-10-02","2026-10-05"],
        "days":{"2026-10-10":["09:00-18:00"],"2026-10-05":["10:00-11:00"]}}'),
    ('night', '{"hours":{"wed":["20:00-04:00"],"thu":["22:00-02:00","21:00-23:00"],
        "sat":["00:00-24:00"],"sun":["23:59-00:01","08:00-20:00"]},
        "holidays":["2026-10-01","2026-10-04"],"days":{"2026-10-03":["18:00-09:00"]}}'),
    ('always', '{"tz":"+08:00","hours":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],
        "wed":["00:00-12:00","12:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"],
        "sat":["12:00-00:00","00:00-13:00"],"sun":["00:00-24:00"]},"holidays":["2026-10-07"]}');

-- A shop's intervals by weekday (0: Sunday) and by date, as minutes.
CREATE TEMP VIEW spoken AS
WITH said (name, weekday, date, hours) AS (
    SELECT name, instr('sunmontuewedthufrisat', day.key) / 3, NULL, interval.value
      FROM shop, json_each(calendar, '$.hours') AS day, json_each(day.value) AS interval
     UNION ALL
    SELECT name, NULL, day.key, interval.value
      FROM shop, json_each(calendar, '$.days') AS day, json_each(day.value) AS interval
)
SELECT name, weekday, date, substr(hours, 1, 2) * 60 + substr(hours, 4, 2) AS from_minute,
       substr(hours, 7, 2) * 60 + substr(hours, 10, 2) AS to_minute
  FROM said;

-- The intervals of every date: its own, none on a holiday, else its weekday's.
CREATE TEMP TABLE dated AS
WITH RECURSIVE dates (date) AS (
    SELECT '2026-09-20' UNION ALL SELECT date(date, '+1 day') FROM dates WHERE date < '2026-10-20'
)
SELECT name, dates.date, from_minute, to_minute
  FROM dates, shop JOIN spoken USING (name)
 WHERE CASE WHEN dates.date IN (SELECT key FROM json_each(calendar, '$.days'))
            THEN spoken.date = dates.date
            WHEN dates.date IN (SELECT value FROM json_each(calendar, '$.holidays')) THEN 0
            ELSE weekday = CAST(strftime('%w', dates.date) AS INTEGER) END;

-- Every open minute, once: an interval that ends before it starts runs into the next date.
CREATE TEMP TABLE open_minute (name TEXT, minute INTEGER, PRIMARY KEY (name, minute)) WITHOUT ROWID;
WITH RECURSIVE
    day_minute (m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM day_minute WHERE m < 2879)
INSERT OR IGNORE INTO open_minute
SELECT name, CAST(strftime('%s', date, '-8 hours') AS INTEGER) / 60 + m
  FROM dated JOIN day_minute
    ON m >= from_minute AND m < to_minute + CASE WHEN to_minute < from_minute THEN 1440 ELSE 0 END;

-- Spans within 2026-09-22 to 2026-10-18, some of them backwards.
CREATE TEMP TABLE span AS
WITH RECURSIVE step (n, x, y) AS (
    SELECT 1, (seed * 7919 + 1) * 1914720637 % 2147483647,
           (seed * 104729 + 1) * 1914720637 % 2147483647 FROM seed
     UNION ALL
    SELECT n + 1, x * 48271 % 2147483647, y * 48271 % 2147483647 FROM step WHERE n < 300
)
SELECT 29833440 + x % 37440 AS from_minute, 29833440 + y % 37440 AS to_minute FROM step;

INSERT INTO verdict
SELECT 'business_seconds of ' || name, from_minute || ' to ' || to_minute,
       60.0 * (SELECT count(*) FROM open_minute
                WHERE open_minute.name = shop.name
                  AND minute >= from_minute AND minute < to_minute),
       business_seconds(from_minute * 60, to_minute * 60, calendar)
  FROM shop, span
 UNION ALL
SELECT 'is_open of ' || name, from_minute,
       EXISTS (SELECT 1 FROM open_minute
                WHERE open_minute.name = shop.name AND minute = from_minute),
       is_open(from_minute * 60, calendar)
  FROM shop, span;
