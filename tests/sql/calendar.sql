-- Open hours. Without a tz of its own a calendar is in +08:00.
CREATE TABLE calendar (name TEXT PRIMARY KEY, json);
INSERT INTO calendar VALUES
    ('office', '{"hours":{"mon":["09:00-12:00","13:30-18:00"],"tue":["09:00-18:00"]}}'),
    ('night', '{"hours":{"sat":["22:00-02:00"]}}'),
    ('always', '{"hours":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],
                          "thu":["00:00-24:00"],"fri":["00:00-24:00"],"sat":["00:00-24:00"],"sun":["00:00-24:00"]}}'),
    ('national day', '{"hours":{"thu":["09:00-18:00"],"fri":["09:00-18:00"],"sat":[]},
                       "holidays":["2026-10-01","2026-10-02"],"days":{"2026-10-10":["09:00-18:00"]}}'),
    ('overlap', '{"hours":{"mon":["09:00-12:00","10:00-13:00"]}}'),
    ('new york', '{"tz":"America/New_York","hours":{"sun":["00:00-24:00"]}}');
CREATE TABLE question (calendar, start, stop);
-- 2026-11-09 is a Monday, 2026-11-14 a Saturday, 2026-10-10 a Saturday, 2026-10-01 a Thursday.
INSERT INTO question VALUES
    ('office', '2026-11-09 09:00', '2026-11-09 18:00'), -- 7.5 h = 27000
    ('office', '2026-11-09 11:50', '2026-11-09 13:40'), -- 20 min = 1200
    ('office', '2026-11-09 17:59:59.5', '2026-11-10 09:00:00.25'), -- 0.75
    ('office', '2026-11-11 00:00', '2026-11-15 00:00'), -- 0: no hours on these days
    ('office', '2026-11-02 00:00', '2026-11-16 00:00'), -- two weeks of 16.5 h = 118800
    ('office', '2026-11-09 18:00', '2026-11-09 09:00'), -- 0: backwards
    ('night', '2026-11-14 00:00', '2026-11-16 00:00'), -- 4 h = 14400
    ('night', '2026-11-15 01:00', '2026-11-15 03:00'), -- 1 h = 3600
    ('night', '2026-11-14 01:00', '2026-11-14 03:00'), -- 0: the night belongs to the 14th
    ('always', '2026-11-01 00:00', '2026-11-08 00:00'), -- 604800
    ('national day', '2026-10-01 00:00', '2026-10-03 00:00'), -- 0: holidays
    ('national day', '2026-10-10 00:00', '2026-10-11 00:00'), -- 32400: a make-up work day
    ('overlap', '2026-11-09 00:00', '2026-11-10 00:00'), -- 4 h = 14400: counted once
    ('new york', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00'), -- 25 h = 90000: clocks go back
    ('new york', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00'); -- 23 h = 82800
SELECT calendar, start, business_seconds(start, stop, json)
  FROM question JOIN calendar ON name = calendar ORDER BY question.rowid;
-- The end of an interval is exclusive.
SELECT is_open('2026-11-09 08:59:59.999', json), is_open('2026-11-09 09:00', json),
       is_open('2026-11-09 11:59:59.999', json), is_open('2026-11-09 12:00', json)
  FROM calendar WHERE name = 'office';
SELECT is_open('2026-11-14 23:59:59', json), is_open('2026-11-15 01:59:59', json),
       is_open('2026-11-15 02:00', json), is_open('2026-11-14 01:00', json)
  FROM calendar WHERE name = 'night';
SELECT quote(is_open(NULL, json)), quote(business_seconds(1, NULL, json)), quote(is_open(1, NULL))
  FROM calendar WHERE name = 'night';
-- In the rules: only open time counts. Asked at 17:50, answered the next day at 9:10: 20 minutes.
SELECT avg_response('c', column1, column2, '{"session":"all","calendar":' || json || '}')
  FROM (VALUES (0, '2026-11-09 17:50'), (1, '2026-11-10 09:10')) JOIN calendar WHERE name = 'office';
SELECT is_open('2026-11-09', '{"hours":{"mon":["09:00-09:00"]}}');
SELECT is_open('2026-11-09', '{"hours":{"monday":["09:00-18:00"]}}');
SELECT is_open('2026-11-09', 'office');
