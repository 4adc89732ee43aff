-- How much of each agent's sales hangs on the rule by which orders are credited? The five models
-- beside the three anchors: fifteen answers to "who earned the order" from the same chats and orders.
--
-- Models share an order among the agents who spoke to the customer in the 24 hours before its anchor:
--   last      最后接待  all to the one who spoke last        position  首尾  40 % to the first, 40 % to the last,
--   first     首次接待  all to the one who spoke first                        20 % to those between
--   linear    平均      equal shares                         decay     衰减  the more, the later one spoke last
-- Anchors: order 落实下单, when the order was placed; pay 落实付款, when it was paid; order_first 下单优先,
-- when it was placed, and if nobody had spoken by then, when it was paid.
--
-- range 差额 is the highest of an agent's fifteen figures minus the lowest; share 占比 is that part of the
-- highest. An agent with a share of 5 % earns nearly the same under every rule; where it is 50 %, agree on
-- the rule before the month begins. Only orders that were paid and stand are counted, so that the shop's
-- sales are the same under every rule: a rule moves money between agents and the silent orders (静默下单,
-- nobody spoke), and makes none. Only the anchor moves silent orders.
WITH
    journey AS (
        SELECT journeys(customer, at, event, agent, order_id, amount, quantity) AS events
          FROM journey_events
    ),
    models (model) AS (VALUES ('last'), ('first'), ('linear'), ('position'), ('decay')),
    anchors (anchor) AS (VALUES ('order'), ('pay'), ('order_first')),
    -- place 0: an agent's, 1: nobody's
    credits AS (
        SELECT model, anchor, credit.rule = 'silent' AS place, agent, amount
          FROM models, anchors,
               kefu_credits((SELECT events FROM journey),
                            '{"model":"' || model || '","anchor":"' || anchor || '"}') AS credit
         WHERE paid_at IS NOT NULL
    ),
    lines AS (
        SELECT place, agent, model, anchor, amount FROM credits
        UNION ALL
        SELECT 2, NULL, model, anchor, amount FROM credits
    ),
    sums AS (
        SELECT place, agent,
               round(total(amount) FILTER (WHERE model = 'last' AND anchor = 'order'), 2) AS last_order,
               round(total(amount) FILTER (WHERE model = 'first' AND anchor = 'order'), 2) AS first_order,
               round(total(amount) FILTER (WHERE model = 'linear' AND anchor = 'order'), 2) AS linear_order,
               round(total(amount) FILTER (WHERE model = 'position' AND anchor = 'order'), 2) AS position_order,
               round(total(amount) FILTER (WHERE model = 'decay' AND anchor = 'order'), 2) AS decay_order,
               round(total(amount) FILTER (WHERE model = 'last' AND anchor = 'pay'), 2) AS last_pay,
               round(total(amount) FILTER (WHERE model = 'first' AND anchor = 'pay'), 2) AS first_pay,
               round(total(amount) FILTER (WHERE model = 'linear' AND anchor = 'pay'), 2) AS linear_pay,
               round(total(amount) FILTER (WHERE model = 'position' AND anchor = 'pay'), 2) AS position_pay,
               round(total(amount) FILTER (WHERE model = 'decay' AND anchor = 'pay'), 2) AS decay_pay,
               round(total(amount) FILTER (WHERE model = 'last' AND anchor = 'order_first'), 2) AS last_order_first,
               round(total(amount) FILTER (WHERE model = 'first' AND anchor = 'order_first'), 2) AS first_order_first,
               round(total(amount) FILTER (WHERE model = 'linear' AND anchor = 'order_first'), 2) AS linear_order_first,
               round(total(amount) FILTER (WHERE model = 'position' AND anchor = 'order_first'), 2) AS position_order_first,
               round(total(amount) FILTER (WHERE model = 'decay' AND anchor = 'order_first'), 2) AS decay_order_first
          FROM lines GROUP BY place, agent
    ),
    ranges AS (
        SELECT *,
               min(last_order, first_order, linear_order, position_order, decay_order,
                   last_pay, first_pay, linear_pay, position_pay, decay_pay,
                   last_order_first, first_order_first, linear_order_first, position_order_first, decay_order_first) AS lowest,
               max(last_order, first_order, linear_order, position_order, decay_order,
                   last_pay, first_pay, linear_pay, position_pay, decay_pay,
                   last_order_first, first_order_first, linear_order_first, position_order_first, decay_order_first) AS highest
          FROM sums
    )
SELECT CASE place WHEN 0 THEN agent WHEN 1 THEN 'silent' ELSE 'shop' END AS "客服 agent",
       CASE place WHEN 0 THEN name WHEN 1 THEN '静默下单' ELSE '全店' END AS "昵称 name",
       CAST(round(last_order) AS INTEGER) AS "最后·下单 last/order",
       CAST(round(first_order) AS INTEGER) AS "首次·下单 first/order",
       CAST(round(linear_order) AS INTEGER) AS "平均·下单 linear/order",
       CAST(round(position_order) AS INTEGER) AS "首尾·下单 position/order",
       CAST(round(decay_order) AS INTEGER) AS "衰减·下单 decay/order",
       CAST(round(last_pay) AS INTEGER) AS "最后·付款 last/pay",
       CAST(round(first_pay) AS INTEGER) AS "首次·付款 first/pay",
       CAST(round(linear_pay) AS INTEGER) AS "平均·付款 linear/pay",
       CAST(round(position_pay) AS INTEGER) AS "首尾·付款 position/pay",
       CAST(round(decay_pay) AS INTEGER) AS "衰减·付款 decay/pay",
       CAST(round(last_order_first) AS INTEGER) AS "最后·优先 last/order_first",
       CAST(round(first_order_first) AS INTEGER) AS "首次·优先 first/order_first",
       CAST(round(linear_order_first) AS INTEGER) AS "平均·优先 linear/order_first",
       CAST(round(position_order_first) AS INTEGER) AS "首尾·优先 position/order_first",
       CAST(round(decay_order_first) AS INTEGER) AS "衰减·优先 decay/order_first",
       CAST(round(lowest) AS INTEGER) AS "最低 lowest",
       CAST(round(highest) AS INTEGER) AS "最高 highest",
       CAST(round(highest - lowest) AS INTEGER) AS "差额 range",
       round(100 * (highest - lowest) / nullif(highest, 0), 1) || '%' AS "占比 share"
  FROM ranges LEFT JOIN agents USING (agent)
 ORDER BY place, (highest - lowest) / nullif(highest, 0) DESC, agent;
