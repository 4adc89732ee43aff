-- Does a fast first answer sell? Inquiries by the first response of their conversation: how many
-- were ordered, and how many one would expect of the same agents whatever the response.
--
-- Agents who answer fast may sell better for other reasons. So each inquiry also counts with the
-- rate of its agent: where the rate falls with the wait, but "expected" falls with it, the agents
-- differ and not the wait. adjusted is what remains: rate / expected × the shop's rate. p: how
-- likely chance alone makes such a difference from the fastest bin. A table like this shows a
-- connection, not a cause. Inquiries count from the day on which it is known what they came to.
-- Settings: from_day, to_day. Sources: S0 (claims that response hardly matters, and shows no
-- conversion).
WITH
    bin AS (
        SELECT column1 AS bin, column2 AS from_s, column3 AS below_s, column4 AS name
          FROM (VALUES (1, 0, 15, '0–15'), (2, 15, 30, '15–30'), (3, 30, 60, '30–60'),
                       (4, 60, 120, '60–120'), (5, 120, 180, '120–180'), (6, 180, 300, '180–300'), (7, 300, 600, '300–600'),
                       (8, 600, 9e999, '600+'))
    ),
    inquiry AS (
        SELECT agent, first_response(chat) AS waited, ordered, paid,
               avg(ordered) OVER (PARTITION BY agent) AS of_agent, avg(ordered) OVER () AS of_shop
          FROM conversations JOIN report_days
         WHERE presale AND day BETWEEN from_day AND min(to_day, ripe_day)
    ),
    counted AS (
        SELECT coalesce(bin, 9) AS bin, coalesce(name, '未回复 unanswered') AS name, count(*) AS n,
               sum(ordered) AS k, sum(paid) AS paid, avg(of_agent) AS expected, max(of_shop) AS of_shop
          FROM inquiry LEFT JOIN bin ON waited >= from_s AND waited < below_s
         GROUP BY coalesce(bin, 9), coalesce(name, '未回复 unanswered')
    ),
    compared AS (
        SELECT *, first_value(k) OVER (ORDER BY bin) AS fastest_k,
               first_value(n) OVER (ORDER BY bin) AS fastest_n
          FROM counted
    )
SELECT name AS "首次响应秒 first_response_s",
       n AS "询单 inquiries",
       k AS "下单 ordered",
       printf('%.1f%%', 100.0 * k / n) AS "转化率 rate",
       printf('%.1f%%', 100 * wilson_low(k, n)) AS "下限 low",
       printf('%.1f%%', 100 * wilson_high(k, n)) AS "上限 high",
       printf('%.1f%%', 100 * expected) AS "按客服预期 expected",
       CASE WHEN expected > 0 THEN printf('%.1f%%', 100 * of_shop * k / (n * expected)) END
           AS "校正后 adjusted",
       CASE WHEN bin > 1 THEN printf('%.3f', rate_change_p(fastest_k, fastest_n, k, n)) END
           AS "与最快比 p_to_fastest",
       printf('%.1f%%', 100.0 * paid / n) AS "付款率 paid"
  FROM compared
 ORDER BY bin;
