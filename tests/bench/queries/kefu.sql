-- kefu in its forms. A line "-- WORKLOAD VARIANTS: name" begins a contestant's query. Columns of one
-- name are compared with those of every other contestant; columns that only some have are extra work.

-- K1 it: kefu, by
SELECT key AS agent, answered_turns(stats) AS responses, avg_response(stats) AS mean,
       first_response(stats) AS first, slow_rate(stats) AS slow,
       response_percentile(stats, 0.9) AS p90
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at)
                      FROM messages NOT INDEXED));

-- K1 i: kefu, two steps
SELECT agent, answered_turns(stats) AS responses, avg_response(stats) AS mean,
       first_response(stats) AS first, slow_rate(stats) AS slow,
       response_percentile(stats, 0.9) AS p90
  FROM (SELECT agent, chat_stats(customer, sender, sent_at) AS stats
          FROM messages NOT INDEXED GROUP BY agent);

-- K1 i: kefu, one step
SELECT agent, avg_response(customer, sender, sent_at) AS mean
  FROM messages NOT INDEXED GROUP BY agent;

-- K1 i: kefu, one step, index
SELECT agent, avg_response(customer, sender, sent_at) AS mean
  FROM messages INDEXED BY messages_covered GROUP BY agent;

-- K1 i: kefu, merge of days
SELECT agent, answered_turns(stats) AS responses, avg_response(stats) AS mean,
       first_response(stats) AS first, slow_rate(stats) AS slow,
       response_percentile(stats, 0.9) AS p90
  FROM (SELECT agent, kefu_merge(stats) AS stats FROM chat_day GROUP BY agent);

-- K2 it: kefu, by
SELECT key AS agent, conversion_rate(stats) AS rate
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at)
                      FROM inquiries NOT INDEXED));

-- K2 i: kefu, two steps
SELECT agent, conversion_rate(stats) AS rate
  FROM (SELECT agent, deal_stats(customer, asked_at, ordered_at, paid_at) AS stats
          FROM inquiries NOT INDEXED GROUP BY agent);

-- K2 i: kefu, one step
SELECT agent, conversion_rate(customer, ordered_at) AS rate
  FROM inquiries NOT INDEXED GROUP BY agent;

-- K3 it: kefu, by
SELECT key AS agent, payment_success_day1(stats) AS rate
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at)
                      FROM inquiries NOT INDEXED));

-- K3 i: kefu, one step
SELECT agent, payment_success_day1(customer, asked_at, paid_at) AS rate
  FROM inquiries NOT INDEXED GROUP BY agent;

-- K4-chats it: kefu, by
SELECT key AS agent, period AS day, answered_turns(stats) AS responses, avg_response(stats) AS mean,
       first_response(stats) AS first, slow_rate(stats) AS slow,
       response_percentile(stats, 0.9) AS p90
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at, '{"period":"day"}')
                      FROM messages NOT INDEXED));

-- K4-deals it: kefu, by
SELECT key AS agent, period AS day, conversion_rate(stats) AS rate,
       payment_success_day1(stats) AS success
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at, NULL, NULL,
                                    '{"period":"day"}')
                      FROM inquiries NOT INDEXED));

-- K5 it: kefu, by
SELECT key AS agent, sales_amount(stats) AS sales,
       commission_calc(sales_amount(stats),
           '{"commission": {"method": "marginal", "tiers": [{"from": 0, "rate": 0.005},
             {"from": 100000, "rate": 0.008}, {"from": 1000000, "rate": 0.012}]}}') AS commission
  FROM kefu_groups((SELECT deal_stats_by(agent, customer, asked_at, ordered_at, paid_at, amount)
                      FROM inquiries NOT INDEXED));

-- K5 i: kefu, sum()
SELECT agent, sum(amount) AS sales,
       commission_calc(sum(amount),
           '{"commission": {"method": "marginal", "tiers": [{"from": 0, "rate": 0.005},
             {"from": 100000, "rate": 0.008}, {"from": 1000000, "rate": 0.012}]}}') AS commission
  FROM inquiries NOT INDEXED GROUP BY agent;
