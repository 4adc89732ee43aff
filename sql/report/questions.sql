-- Which questions recur, and do quick replies cover them? The tagged questions, most asked first,
-- with their shares of all, and the quick reply that answers each.
--
-- S4 finds up to 80 % of a day's questions to be the same ones. Tags of the kind 'question'; a
-- question without a quick reply is the next one to write. Settings: from_day, to_day.
-- Sources: S4 (unify, make quick replies, improve them), S1.
WITH
    asked AS (
        SELECT tag, zh, count(*) AS asked
          FROM tagged JOIN tags USING (tag) JOIN report_days
         WHERE kind = 'question' AND kpi_period(at, 'day') BETWEEN from_day AND to_day
         GROUP BY tag, zh
    ),
    reply AS (
        SELECT tag, count(*) AS replies, max(updated_on) AS updated_on FROM quick_replies GROUP BY tag
    ),
    ranked AS (
        SELECT asked.*, replies, updated_on, sum(asked) OVER () AS of_all,
               sum(asked) OVER (ORDER BY asked DESC, tag) AS so_far,
               sum(CASE WHEN replies > 0 THEN asked ELSE 0 END) OVER (ORDER BY asked DESC, tag)
                   AS covered
          FROM asked LEFT JOIN reply USING (tag)
    )
SELECT zh || ' ' || tag AS "问题 question",
       asked AS "次数 asked",
       printf('%.1f%%', 100.0 * asked / of_all) AS "占比 share",
       printf('%.1f%%', 100.0 * so_far / of_all) AS "累计 so_far",
       coalesce(replies, 0) AS "快捷回复 quick_replies",
       updated_on AS "更新 updated",
       printf('%.1f%%', 100.0 * covered / of_all) AS "累计覆盖 covered_so_far"
  FROM ranked
 ORDER BY asked DESC, tag;
