-- Who is paid what, and why? A pay slip for every agent, of which each line can be checked by hand: what
-- goes in (sales, refunds, the KPI score and its parts), every step of commission_explain, and the
-- month's pay.
--
-- Three schemes are in it. Until the middle of the month the front desk is paid as S3 found it: base
-- and a share of the whole shop's sales, the same for all. From then on by S3's remedy: base, and
-- personal sales × tier × grade coefficient, where P1 becomes P2 after half a year. The after-sales
-- desk is paid by KPI score throughout. The sources' own rates and coefficients are lost: those below
-- are examples, as is the choice of A46 to A50 for after-sales.
--
-- How the pieces fit:
--   * A plan that changes within the month cuts it into parts, each priced by its own plan. The grade is
--     the one on the part's first day; the base is shared by calendar days of employment.
--   * Sales are summed first and priced once (commission.md 1): per agent and part, what was paid in it
--     by customers who had asked the agent before ordering; refunds of these orders are taken off.
--     (Where several agents share an order, take both from kefu_credits.)
--   * The tiers are the month's: what an agent sold in it before the part is the part's opening.
--   * The KPI score is the weighted mean of points by bands. Weights must add up to 100, else the
--     report stops with "argument 1 (value): … is below the first band". A KPI that an agent does not
--     have (nobody rated, nobody asked) is left out and the other weights are scaled up to 100, since
--     nobody should lose pay over what was not measured; the slip shows the weights that were used.
--     Without any KPI there is no score, and pay_calc refuses the slip.
--   * Facts are made and plans are read with SQLite's JSON functions (built in from 3.38).
--
-- Yours: the month, the plans, the bands, who belongs to which desk; best kept as tables (pay_plans,
-- score_bands). Check a plan with SELECT plan_check(plan) before it pays anybody.
WITH
    month (first_day, end_day) AS (VALUES ('2026-11-01', '2026-12-01')),
    plans (desk, pays_on, plan) AS (
        VALUES
        ('front', 'shop', '{"id":"share-of-shop","base":3500,"base_days":30,
                            "effective":{"from":"2026-01-01","to":"2026-11-16"},
                            "commission":{"method":"flat","rate":"0.15%"}}'),
        ('front', 'self', '{"id":"own-sales","base":3000,"base_days":30,
                            "effective":{"from":"2026-11-16"},
                            "grades":{"P1":1.0,"P2":1.2,"P3":1.5},
                            "commission":{"method":"marginal","tiers":[
                                {"from":0,"rate":"3%"},{"from":15000,"rate":"4.5%"},
                                {"from":30000,"rate":"6%"}]},
                            "bonuses":[{"name":"10000 in the part","pay":200,
                                        "when":{"metric":"net","min":10000}}],
                            "draw":{"amount":300,"recoverable":false}}'),
        ('after', 'none', '{"id":"by-score","base":3200,"base_days":30,
                            "effective":{"from":"2026-01-01"},
                            "kpi":{"pay":2000,"bands":[
                                {"from":0,"factor":0},{"from":60,"factor":0.8},
                                {"from":75,"factor":1},{"from":90,"factor":1.2}]}}')
    ),
    -- Points by value, and how much each KPI weighs (S0: the KPIs after the sale).
    bands (desk, kpi, weight, bands) AS (
        VALUES ('after', 'reply_rate', 20, '[[0, 0], [0.95, 70], [0.97, 85], [0.99, 100]]'),
               ('after', 'avg_response', 30, '[[0, 100], [45, 85], [90, 70], [180, 40]]'),
               ('after', 'invite_rate', 10, '[[0, 50], [0.8, 100]]'),
               ('after', 'satisfaction', 40, '[[0, 0], [0.8, 70], [0.9, 90], [0.95, 100]]')
    ),
    people AS (
        SELECT agent, name, hired_on, coalesce(left_on, '9999-12-31') AS left_on, grade,
               CASE WHEN agent BETWEEN 'A46' AND 'A50' THEN 'after' ELSE 'front' END AS desk
          FROM agents LEFT JOIN staff USING (agent)
    ),
    -- Since when who has which grade; where nobody keeps staff_grades, by the rule that demo shops have.
    grades (agent, grade, since) AS (
        SELECT agent, grade, valid_from FROM staff_grades WHERE ladder = 'expert'
        UNION ALL
        SELECT agent, rule.grade, date(hired_on, after)
          FROM people
          JOIN (SELECT 'P1' AS grade, '+0 days' AS after UNION ALL SELECT 'P2', '+183 days'
                UNION ALL SELECT 'P3', '+915 days') AS rule ON rule.grade <= people.grade
         WHERE NOT EXISTS (SELECT 1 FROM staff_grades)
    ),

    -- The parts of the month: what each plan's days (half open) have of it, as times, too.
    spans AS (
        SELECT desk, pays_on, plan, month.first_day AS month_day,
               max(month.first_day, coalesce(json_extract(plan, '$.effective.from'), '')) AS first_day,
               min(month.end_day, coalesce(json_extract(plan, '$.effective.to'), '9')) AS end_day
          FROM month, plans
    ),
    parts AS (
        SELECT *, strftime('%s', month_day, '-8 hours') + 0 AS month_began,
               strftime('%s', first_day, '-8 hours') + 0 AS began,
               strftime('%s', end_day, '-8 hours') + 0 AS ended
          FROM spans WHERE first_day < end_day
    ),

    -- Sales by agent, from deals; the shop's, from orders.
    credited AS (
        SELECT agent, desk, first_day, sales_amount(stats) AS sales, refunds
          FROM (SELECT inquiries.agent, desk, first_day,
                       deal_stats(inquiries.customer, asked_at, inquiries.ordered_at,
                                  inquiries.paid_at, inquiries.amount) AS stats,
                       sum(CASE WHEN asked_at <= inquiries.ordered_at
                                 AND inquiries.amount IS NOT NULL THEN refunded END) AS refunds
                  FROM parts JOIN inquiries ON inquiries.paid_at >= began
                                           AND inquiries.paid_at < ended
                  LEFT JOIN orders USING (order_id)
                 GROUP BY inquiries.agent, desk, first_day)
    ),
    earlier AS (
        SELECT agent, parts.desk, parts.first_day, sum(sales) - total(refunds) AS opening
          FROM parts JOIN credited ON credited.desk = parts.desk
                                  AND credited.first_day < parts.first_day
         WHERE pays_on = 'self' GROUP BY agent, parts.desk, parts.first_day
    ),
    shop AS (
        SELECT desk, first_day, sum(amount) AS sales, sum(refunded) AS refunds
          FROM parts JOIN orders ON paid_at >= began AND paid_at < ended GROUP BY desk, first_day
    ),

    -- The KPIs that count, as points and with the weights of those that are there.
    figures AS (
        SELECT agent, desk, first_day, kpi, zh, value
          FROM (SELECT agent, desk, first_day, chat_stats(customer, sender, sent_at) AS stats
                  FROM parts JOIN people USING (desk) JOIN messages USING (agent)
                 WHERE sent_at >= began AND sent_at < ended GROUP BY agent, desk, first_day
                 UNION ALL
                SELECT agent, desk, first_day, rating_stats(customer, at, invited, score)
                  FROM parts JOIN people USING (desk) JOIN ratings USING (agent)
                 WHERE at >= began AND at < ended GROUP BY agent, desk, first_day) AS measured,
               kefu_stats(measured.stats)
    ),
    weighed AS (
        SELECT desk, kpi, weight, bands,
               (SELECT kpi_score(-abs(sum(weight) - 100), '[[0, 0]]') FROM bands AS all_of
                 WHERE all_of.desk = bands.desk) AS must_be_0
          FROM bands
    ),
    points AS (
        SELECT agent, desk, first_day, kpi, zh, value, kpi_score(value, bands) AS points,
               weight + must_be_0 AS weight,
               1.0 * weight / sum(weight) OVER (PARTITION BY agent, desk, first_day) AS share
          FROM figures JOIN weighed USING (desk, kpi) WHERE value IS NOT NULL
    ),
    scores AS (
        SELECT agent, desk, first_day, round(sum(points * weight) / sum(weight), 2) AS score
          FROM points GROUP BY agent, desk, first_day
    ),

    -- One call for each agent and part.
    inputs AS (
        SELECT people.agent, name, parts.desk, pays_on, parts.first_day, end_day, plan, score, opening,
               CASE pays_on WHEN 'shop' THEN shop.sales
                            WHEN 'self' THEN coalesce(credited.sales, 0) ELSE 0 END AS sales,
               CASE pays_on WHEN 'shop' THEN shop.refunds
                            WHEN 'self' THEN credited.refunds END AS refunds,
               (SELECT grade FROM grades WHERE grades.agent = people.agent
                   AND since <= max(parts.first_day, hired_on) ORDER BY since DESC LIMIT 1) AS grade,
               julianday(min(end_day, left_on)) - julianday(max(parts.first_day, hired_on))
                   AS paid_days
          FROM people JOIN parts USING (desk)
          LEFT JOIN shop USING (desk, first_day)
          LEFT JOIN credited ON credited.agent = people.agent AND credited.desk = parts.desk
                            AND credited.first_day = parts.first_day
          LEFT JOIN earlier ON earlier.agent = people.agent AND earlier.desk = parts.desk
                           AND earlier.first_day = parts.first_day
          LEFT JOIN scores ON scores.agent = people.agent AND scores.desk = parts.desk
                          AND scores.first_day = parts.first_day
         WHERE max(parts.first_day, hired_on) < min(end_day, left_on)
    ),
    calls AS (
        SELECT *, date(end_day, '-1 day') AS last_day, json_extract(plan, '$.id') AS plan_id,
               json_object('date', first_day, 'grade', grade, 'kpi', score, 'refunds', refunds,
                           'opening', opening, 'paid_days', paid_days) AS facts
          FROM inputs
    ),
    kinds (kind, zh) AS (
        VALUES ('base', '底薪'), ('slice', '分段'), ('opening', '此前已计'), ('raw', '提成额'),
               ('multiplier', '系数'), ('floor', '保底'), ('cap', '封顶'), ('commission', '提成'),
               ('kpi_pay', '绩效工资'), ('bonus', '奖金'), ('carry_in', '上期结转'),
               ('clawback', '冲减'), ('draw_advance', '补足保底'), ('draw_recovery', '扣回预支'),
               ('adjust', '调整'), ('total', '小计'), ('carry_out', '结转下期'),
               ('draw_balance', '预支余额')
    ),
    lines (agent, name, first_day, last_day, plan_id, section, step, line, label, from_amount,
           to_amount, basis, rate, exact, amount) AS (
        SELECT calls.agent, name, calls.first_day, last_day, plan_id, 1, 100 - weight, '得分 score',
               zh || ' ' || kpi, NULL, NULL, value, share, points, NULL
          FROM calls JOIN points USING (agent, desk, first_day)
        UNION ALL
        SELECT agent, name, first_day, last_day, plan_id, 1, 101, '总分 total_score', NULL, NULL, NULL,
               score, NULL, NULL, NULL
          FROM calls WHERE score IS NOT NULL
        UNION ALL
        SELECT agent, name, first_day, last_day, plan_id, 1, 102, '销售额 sales', NULL, NULL, NULL,
               sales, NULL, NULL, NULL
          FROM calls WHERE pays_on <> 'none'
        UNION ALL
        SELECT agent, name, first_day, last_day, plan_id, 1, 103, '退款 refunds', NULL, NULL, NULL,
               -refunds, NULL, NULL, NULL
          FROM calls WHERE refunds <> 0
        UNION ALL
        SELECT agent, name, first_day, last_day, plan_id, 2, step, kinds.zh || ' ' || kind, label,
               from_amount, to_amount, basis, rate, exact, amount
          FROM calls, commission_explain(calls.sales, calls.plan, calls.facts) AS explained
          JOIN kinds USING (kind)
        UNION ALL
        SELECT agent, name, '9', NULL, NULL, 3, 1, '本月应发 pay', NULL, NULL, NULL, NULL, NULL, NULL,
               sum(CAST(round(100 * pay_calc(sales, plan, facts)) AS INTEGER)) / 100.0
          FROM calls GROUP BY agent, name
    )
SELECT agent AS "客服 agent",
       name AS "昵称 name",
       CASE section WHEN 3 THEN '' ELSE first_day END AS "起 from",
       coalesce(last_day, '') AS "止 to",
       coalesce(plan_id, '') AS "方案 plan",
       line AS "项目 line",
       coalesce(label, '') AS "说明 label",
       CASE WHEN from_amount IS NULL THEN '' ELSE printf('%.2f', from_amount) END AS "下限 from_amount",
       CASE WHEN to_amount IS NULL THEN '' ELSE printf('%.2f', to_amount) END AS "上限 to_amount",
       CASE WHEN basis IS NULL THEN '' ELSE printf('%.4f', basis) END AS "基数 basis",
       CASE WHEN rate IS NULL THEN '' ELSE printf('%.4f', rate) END AS "比率 rate",
       coalesce(exact, '') AS "精确值 exact",
       CASE WHEN amount IS NULL THEN '' ELSE printf('%.2f', amount) END AS "金额 amount"
  FROM lines
 ORDER BY agent, lines.first_day, section, step;
