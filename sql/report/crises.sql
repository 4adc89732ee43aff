-- Which crises come, and are they solved? Invoice hunters, blackmail, credit cards: cases, shares,
-- what is at stake, how long a solution takes, and the oldest one that is open.
--
-- Tags of the kind 'crisis'. Settings: from_day, to_day. Sources: S1 (small crises).
WITH crisis AS (
    SELECT tag, zh, tagged.*
      FROM tagged JOIN tags USING (tag) JOIN report_days
     WHERE kind = 'crisis' AND kpi_period(at, 'day') BETWEEN from_day AND to_day
)
SELECT zh || ' ' || tag AS "危机 crisis",
       count(*) AS "件数 cases",
       printf('%.1f%%', 100.0 * count(*) / sum(count(*)) OVER ()) AS "占比 share",
       printf('%.2f', coalesce(sum(amount), 0)) AS "涉及金额 at_stake",
       count(solved_at) AS "已解决 solved",
       CASE WHEN count(solved_at) > 0 THEN printf('%.1f', avg(solved_at - at) / 3600) END
           AS "解决小时 hours_to_solve",
       count(*) - count(solved_at) AS "未解决 open",
       datetime(min(CASE WHEN solved_at IS NULL THEN at END) + 28800, 'unixepoch') AS "最早未解决 open_since"
  FROM crisis
 GROUP BY tag, zh
 ORDER BY count(*) DESC, tag;
