-- Did it help? The same KPIs before and after a change (of the pay scheme, say), each with its
-- difference and with the uncertainty by which it must be judged.
--
-- Rates have a Wilson interval of 95 % on both sides and the p-value of a two-proportion test: how often
-- chance alone would make a difference so large. Some twenty rates are looked at, so that one in twenty
-- would look "significant" at 5 % by chance: a difference is called real only when its p-value stays
-- below 5 % divided by the number of rates (Bonferroni). Means and sums of money have a difference but
-- no p-value: kefu_stats keeps no spread, and one long wait or one large order moves them.
--
-- Compare like with like: two whole weeks, so that both have the same weekdays, with 11.11 in neither;
-- and an order or a payment counts when it came within a week of its side's end, on both sides alike,
-- since the younger side would otherwise have had less time to pay. Even so other things may have
-- changed on the same day; and turns or contacts of one customer resemble each other, which makes the
-- p-values of turn_reply_rate and its like somewhat too small.
--
-- Yours: the first days of the two sides (local days, UTC+8), and their length.
WITH
    sides (side, first_day, end_day) AS (
        VALUES ('before', '2026-11-02', '2026-11-09'), ('after', '2026-11-16', '2026-11-23')
    ),
    spans AS (
        SELECT side, strftime('%s', first_day, '-8 hours') + 0 AS since,
               strftime('%s', end_day, '-8 hours') + 0 AS until,
               strftime('%s', end_day, '+7 days', '-8 hours') + 0 AS known_until
          FROM sides
    ),
    grouped (side, stats) AS (
        SELECT side, chat_stats_by(agent, customer, sender, sent_at)
          FROM spans JOIN messages ON sent_at >= since AND sent_at < until GROUP BY side
        UNION ALL
        SELECT side, deal_stats_by(agent, customer, asked_at,
                                   CASE WHEN ordered_at < known_until THEN ordered_at END,
                                   CASE WHEN paid_at < known_until THEN paid_at END,
                                   amount, quantity)
          FROM spans JOIN inquiries ON asked_at >= since AND asked_at < until GROUP BY side
        UNION ALL
        SELECT side, rating_stats_by(agent, customer, at, invited, score)
          FROM spans JOIN ratings ON at >= since AND at < until GROUP BY side
    ),
    stats (side, stats) AS (
        SELECT side, (SELECT kefu_merge(stats) FROM kefu_groups(grouped.stats)) FROM grouped
    ),
    figures AS (
        SELECT side, kpi, zh, unit, value, numerator, denominator
          FROM stats, kefu_stats(stats.stats)
    ),
    pairs AS (
        SELECT kpi, old.zh, old.unit, better, old.value AS old, new.value AS new,
               old.numerator AS old_hits, old.denominator AS old_of,
               new.numerator AS new_hits, new.denominator AS new_of
          FROM figures AS old JOIN figures AS new USING (kpi)
          JOIN kefu_kpis ON kefu_kpis.name = kpi
         WHERE old.side = 'before' AND new.side = 'after' AND old.denominator IS NOT NULL
    ),
    judged AS (
        SELECT *, CASE WHEN unit = 'rate' THEN rate_change_p(old_hits, old_of, new_hits, new_of) END
                      AS p
          FROM pairs
    )
SELECT zh || ' ' || kpi AS "指标 kpi",
       CASE unit WHEN 'rate' THEN printf('%.2f %%', 100 * old) ELSE printf('%.2f', old) END
           AS "前 before",
       CASE unit WHEN 'rate' THEN printf('%.2f %%', 100 * new) ELSE printf('%.2f', new) END
           AS "后 after",
       CASE unit WHEN 'rate' THEN printf('%+.2f', 100 * (new - old)) ELSE printf('%+.2f', new - old)
           END AS "差 difference",
       CASE unit WHEN 'rate' THEN printf('%.2f … %.2f', 100 * wilson_low(old_hits, old_of),
                                         100 * wilson_high(old_hits, old_of)) END
           AS "前区间 before_95",
       CASE unit WHEN 'rate' THEN printf('%.2f … %.2f', 100 * wilson_low(new_hits, new_of),
                                         100 * wilson_high(new_hits, new_of)) END
           AS "后区间 after_95",
       CASE unit WHEN 'rate' THEN printf('%.4f', p) END AS "p值 p",
       CASE WHEN p IS NULL THEN NULL
            WHEN p >= 0.05 / (SELECT count(p) FROM judged) THEN '可能是偶然 may be chance'
            WHEN better IS NULL THEN '变化 changed'
            WHEN (new > old) = (better = 'higher') THEN '改善 better'
            ELSE '变差 worse' END AS "判断 verdict"
  FROM judged
 ORDER BY unit <> 'rate', p, kpi;
