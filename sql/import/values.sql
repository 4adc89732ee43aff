-- Reads the texts of cell_value: times, amounts, counts, numbers of orders, flags. What cannot be
-- read keeps a NULL value, and whoever asked says so.

-- Numbers of orders and the like. Excel's text mark is dropped; what Excel has rounded is refused.
UPDATE cell_value
   SET value = CASE WHEN text NOT GLOB '[0-9]*E+[0-9]*' THEN nullif(ltrim(text, ''''), '') END
 WHERE kind = 'number';

UPDATE cell_value
   SET value = CASE WHEN text NOT GLOB '*[^0-9]*' AND length(text) <= 9
               THEN CAST(text AS INTEGER) END
 WHERE kind = 'count';

UPDATE cell_value
   SET value = CASE WHEN ltrim(text, '-') NOT GLOB '*[^0-9]*' AND text GLOB '*[0-9]'
                     AND length(text) <= 18 AND text NOT GLOB '--*'
               THEN CAST(text AS INTEGER) END
 WHERE kind = 'integer';

UPDATE cell_value
   SET value = CASE WHEN ltrim(text, '-') NOT GLOB '*[^0-9.]*' AND text GLOB '*[0-9]'
                     AND text NOT GLOB '*.*.*' AND text NOT GLOB '--*'
               THEN CAST(text AS NUMERIC) END
 WHERE kind = 'decimal';

UPDATE cell_value
   SET value = CASE WHEN lower(text) IN ('1', 't', 'true', 'yes') THEN 1
                    WHEN lower(text) IN ('0', 'f', 'false', 'no') THEN 0 END
 WHERE kind = 'flag';

-- 853.55, 1,234.50, 853.55元, ￥853.55. Commas must part groups of three.
CREATE TEMP TABLE amount AS
SELECT text, plain, replace(plain, ',', '') AS digits,
       substr(plain, 1, instr(plain || '.', '.') - 1) AS whole,
       substr(plain, instr(plain || '.', '.') + 1) AS decimals
  FROM (SELECT text, trim(replace(replace(replace(text, '元', ''), '￥', ''), '¥', '')) AS plain
          FROM cell_value WHERE kind = 'amount');
UPDATE cell_value
   SET value = (
       SELECT CAST(digits AS REAL)
         FROM amount
        WHERE amount.text = cell_value.text
          AND whole GLOB '[0-9]*' AND whole NOT GLOB '*[^0-9,]*' AND decimals NOT GLOB '*[^0-9]*'
          AND whole IN (replace(whole, ',', ''),
                        printf('%,d', CAST(replace(whole, ',', '') AS INTEGER)))
          AND length(replace(whole, ',', '')) <= 12)
 WHERE kind = 'amount';
DROP TABLE amount;

-- --- Times and days --------------------------------------------------------------------------------

-- 2026-10-17 06:02:05, 2026/1/3 9:05, 2011年3月5日14:03:22, with or without T, a fraction of a second
-- and a zone (Z, UTC, -0400, +08:00, +00); or Unix seconds or milliseconds.
-- First the zone is cut off the end,
CREATE TEMP TABLE moment AS
SELECT kind, text, plain, zone, trim(substr(plain, 1, length(plain) - length(zone))) AS wall
  FROM (SELECT kind, text, plain,
               CASE WHEN plain GLOB '*Z' THEN 'Z'
                    WHEN substr(plain, -6) GLOB '[+-][0-9][0-9]:[0-9][0-9]' THEN substr(plain, -6)
                    WHEN plain NOT GLOB '*:*' THEN ''
                    WHEN substr(plain, -5) GLOB '[+-][0-9][0-9][0-9][0-9]' THEN substr(plain, -5)
                    WHEN substr(plain, -3) GLOB '[+-][0-9][0-9]' THEN substr(plain, -3)
                    ELSE '' END AS zone
          FROM (SELECT kind, text, trim(replace(replace(replace(replace(replace(replace(replace(
                       text, ' UTC', 'Z'), 'T', ' '), '年', '-'), '月', '-'), '日', ' '), '/', '-'),
                       '  ', ' ')) AS plain
                  FROM cell_value WHERE kind IN ('time', 'day')));
-- then the wall clock is cut into its parts and put together again with all its zeros,
CREATE TEMP TABLE instant AS
SELECT kind, text, zone, fraction, CASE
           WHEN day GLOB '[0-9][0-9][0-9][0-9]-[0-9]*-[0-9]*' AND day NOT GLOB '*[^0-9-]*'
                AND month GLOB '[0-9]*' AND length(month) <= 2
                AND date GLOB '[0-9]*' AND date NOT GLOB '*-*' AND length(date) <= 2
                AND clock GLOB '[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'
                AND fraction NOT GLOB '*[^0-9]*'
           THEN printf('%s-%02d-%02d %s', substr(day, 1, 4), month, date, clock) END AS iso
  FROM (SELECT kind, text, zone, fraction, day, substr(day, 6, instr(substr(day, 6), '-') - 1) AS month,
               substr(day, 6 + instr(substr(day, 6), '-')) AS date,
               CASE length(clock) WHEN 5 THEN clock || ':00' ELSE clock END AS clock
          FROM (SELECT kind, text, zone, day, substr(clock, instr(clock || '.', '.') + 1) AS fraction,
                       CASE WHEN clock GLOB '[0-9]:*' THEN '0' ELSE '' END
                           || substr(clock, 1, instr(clock || '.', '.') - 1) AS clock
                  FROM (SELECT kind, text, zone, substr(wall, 1, instr(wall || ' ', ' ') - 1) AS day,
                               CASE kind WHEN 'day' THEN '00:00:00' ELSE '' END
                                   || trim(substr(wall, instr(wall || ' ', ' '))) AS clock
                          FROM moment)));
-- and what does not come back from SQLite as it went in was no time of any calendar.
UPDATE cell_value
   SET value = (
       SELECT strftime('%s', iso) - shift
              + CASE WHEN fraction GLOB '*[1-9]*' THEN round(CAST('0.' || fraction AS REAL), 3) ELSE 0 END
         FROM (SELECT text, iso, fraction,
                      CASE WHEN zone = 'Z' THEN 0
                           WHEN zone = '' THEN NULL
                           ELSE (substr(zone, 2, 2) * 60 + CASE WHEN length(zone) > 3 THEN substr(zone, -2)
                                                           ELSE 0 END)
                                * CASE substr(zone, 1, 1) WHEN '-' THEN -60 ELSE 60 END END AS shift
                 FROM (SELECT text, iso, fraction, coalesce(nullif(instant.zone, ''), run.zone) AS zone
                         FROM instant JOIN run WHERE kind = 'time'))
        WHERE text = cell_value.text AND datetime(iso, '+0 seconds') = iso)
 WHERE kind = 'time' AND text NOT GLOB '[0-9][0-9][0-9][0-9][0-9]*';
UPDATE cell_value
   SET value = (SELECT date(iso) FROM instant
                 WHERE kind = 'day' AND text = cell_value.text AND datetime(iso, '+0 seconds') = iso)
 WHERE kind = 'day';
UPDATE cell_value
   SET value = CASE WHEN text GLOB '*[^0-9]*' THEN NULL
                    WHEN length(text) IN (9, 10) THEN CAST(text AS INTEGER)
                    WHEN length(text) IN (12, 13) THEN text / 1000.0 END
 WHERE kind = 'time' AND text GLOB '[0-9][0-9][0-9][0-9][0-9]*';
DROP TABLE moment;
DROP TABLE instant;
