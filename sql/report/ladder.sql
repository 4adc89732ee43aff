-- Who stands where on which ladder, since when, and what comes next? Everybody who is still here.
--
-- Days until known_until. Ladders (ladders) are S3's; grades and since when they hold
-- (staff_grades) are the shop's. Sources: S3 (客服→组长→主管→经理; P levels → gold → trainer; also to
-- operations or shop manager).
WITH
    held AS (
        SELECT agent, ladder, grade, valid_from,
               row_number() OVER (PARTITION BY agent, ladder ORDER BY valid_from DESC) AS from_last
          FROM staff_grades JOIN report_days WHERE valid_from < unknown_day
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       CASE held.ladder WHEN 'lead' THEN '管理 lead' WHEN 'expert' THEN '专业 expert'
                        WHEN 'elsewhere' THEN '转岗 elsewhere' ELSE held.ladder END AS "晋升通道 ladder",
       coalesce(step.zh, held.grade) AS "职级 grade",
       held.valid_from AS "起 since",
       printf('%.0f', julianday(unknown_day) - julianday(held.valid_from)) AS "在级天数 days_in_grade",
       printf('%.0f', julianday(unknown_day) - julianday(hired_on)) AS "在职天数 days_here",
       next.zh AS "下一级 next"
  FROM held
  JOIN report_days
  JOIN agents USING (agent)
  LEFT JOIN staff USING (agent)
  LEFT JOIN ladders AS step ON step.ladder = held.ladder AND step.grade = held.grade
  LEFT JOIN ladders AS next ON next.ladder = held.ladder AND next.step = step.step + 1
 WHERE from_last = 1 AND (left_on IS NULL OR left_on >= unknown_day)
 ORDER BY held.ladder, step.step DESC, held.valid_from, agent;
