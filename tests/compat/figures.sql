-- What states say: figures(name, what, value) of all rows of `states` (name, form, state). Wants that
-- view; reads nothing else.

CREATE TABLE figures (name TEXT, what TEXT, value);

INSERT INTO figures
SELECT name, kpi, value FROM states, kefu_stats(state) WHERE form = 'stats';
INSERT INTO figures
SELECT name, column1 || ' ' || column2,
       CASE column1 WHEN 'within_rate' THEN within_rate(state, column2)
                    ELSE response_percentile(state, column2) END
  FROM (VALUES ('response_percentile', 0), ('response_percentile', 0.5),
               ('response_percentile', 0.93), ('within_rate', 30), ('within_rate', 180)), states
 WHERE form = 'stats' AND (name LIKE '%chat%' OR name LIKE 'taobao%' OR name LIKE 'shop%');
INSERT INTO figures
SELECT name, coalesce(typeof(key) || ' ' || quote(key), 'NULL') || ' ' || coalesce(period, '-')
             || ' ' || kpi, value
  FROM states, kefu_groups(state) AS part, kefu_stats(part.stats)
 WHERE form = 'groups'
   AND kpi IN ('received', 'distinct_customers', 'avg_response', 'total_handling', 'inquirers',
               'sales_amount', 'payment_success_day1', 'contacts', 'avg_score');
INSERT INTO figures
SELECT name, 'credit ' || order_id || ' ' || coalesce(agent, '-') || ' ' || rule || ' ' || column1,
       CASE column1 WHEN 'weight' THEN weight WHEN 'amount' THEN amount ELSE refunded END
  FROM (VALUES ('weight'), ('amount'), ('refunded')), states, kefu_credits(state)
 WHERE form = 'journeys';
INSERT INTO figures
SELECT name, 'inquiries of ' || agent || ': ' || column1,
       CASE column1 WHEN 'rows' THEN count(*) WHEN 'orders' THEN count(order_id)
                    WHEN 'paid' THEN count(paid_at) WHEN 'amount' THEN round(sum(amount), 6)
                    ELSE sum(quantity) END
  FROM (VALUES ('rows'), ('orders'), ('paid'), ('amount'), ('quantity')), states,
       kefu_inquiries(state)
 WHERE form = 'journeys'
 GROUP BY name, agent, column1;
