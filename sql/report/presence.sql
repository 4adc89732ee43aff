-- Who is at the desk when on shift, and do customers wait longer while somebody is away? By agent:
-- attendance, lateness, time away, typing speed, and the mean response to questions asked while at
-- the desk and while away.
--
-- Late: five minutes or more after the shift's begin. Missed: a shift without any time online in
-- it.
-- Settings: from_day, to_day. Sources: S4 (slow typing and time away lengthen answers).
WITH
    spell AS (
        SELECT presence.* FROM presence JOIN report_days
         WHERE kpi_period(from_at, 'day') BETWEEN from_day AND to_day
    ),
    attended AS (
        SELECT shift.agent, shift.from_at, shift.to_at, min(online.from_at) AS came_at
          FROM spell AS shift
          LEFT JOIN spell AS online
            ON online.agent = shift.agent AND online.state = 'online' AND online.from_at < shift.to_at
           AND online.to_at > shift.from_at
         WHERE shift.state = 'shift'
         GROUP BY shift.agent, shift.from_at, shift.to_at
    ),
    shifts AS (
        SELECT agent, count(*) AS shifts, sum(came_at IS NULL) AS missed,
               sum(coalesce(came_at >= from_at + 300, 0)) AS late, sum(to_at - from_at) AS planned
          FROM attended GROUP BY agent
    ),
    hours AS (
        SELECT agent, sum(CASE state WHEN 'online' THEN to_at - from_at END) AS online,
               sum(CASE state WHEN 'away' THEN to_at - from_at END) AS away
          FROM spell GROUP BY agent
    ),
    answer AS (
        SELECT agent, sent_at - waited AS asked_at, sent_at AS answered_at
          FROM (SELECT agent, sent_at, turn_seconds(sender, sent_at)
                           OVER (PARTITION BY agent, customer
                                 ORDER BY sent_at, id ROWS UNBOUNDED PRECEDING) AS waited
                  FROM messages)
          JOIN report_days
         WHERE waited IS NOT NULL AND kpi_period(sent_at, 'day') BETWEEN from_day AND to_day
    ),
    response AS (
        SELECT agent, avg_response(asked_at, answered_at) FILTER (WHERE NOT away) AS at_desk,
               avg_response(asked_at, answered_at) FILTER (WHERE away) AS while_away
          FROM (SELECT *, EXISTS (SELECT 1 FROM presence
                                   WHERE presence.agent = answer.agent AND state = 'away'
                                     AND from_at <= asked_at AND to_at > asked_at) AS away
                  FROM answer)
         GROUP BY agent
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       shifts AS "排班 shifts",
       missed AS "缺勤 missed",
       late AS "迟到 late",
       printf('%.1f%%', 100.0 * (shifts - missed) / shifts) AS "出勤率 attendance",
       printf('%d:%02d', planned / 3600, planned / 60 % 60) AS "计划时长 planned",
       printf('%d:%02d', coalesce(online, 0) / 3600, coalesce(online, 0) / 60 % 60) AS "在线时长 online",
       CASE WHEN online > 0 THEN printf('%.1f%%', 100.0 * coalesce(away, 0) / online) END
           AS "离岗占比 away",
       typing AS "打字 typing",
       CASE WHEN at_desk IS NOT NULL THEN printf('%.1f', at_desk) END AS "在岗响应 response_at_desk",
       CASE WHEN while_away IS NOT NULL THEN printf('%.1f', while_away) END
           AS "离岗响应 response_while_away"
  FROM shifts
  LEFT JOIN hours USING (agent)
  LEFT JOIN response USING (agent)
  LEFT JOIN staff USING (agent)
  LEFT JOIN agents USING (agent)
 ORDER BY 1.0 * (shifts - missed) / shifts, late DESC, agent;
