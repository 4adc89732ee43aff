-- What has a goal of its own and no peer: calls of commission_calc, windows that slide, the merge of a
-- year of days (365 days, 50 agents, 8,000 conversations a day).

-- pay i: kefu, commission_calc
SELECT sum(commission_calc(amount,
           '{"commission": {"method": "marginal", "tiers": [{"from": 0, "rate": 0.005},
             {"from": 100000, "rate": 0.008}, {"from": 1000000, "rate": 0.012}]}}'))
  FROM inquiries NOT INDEXED WHERE amount IS NOT NULL;

-- pay i: no-op
SELECT sum(amount) FROM inquiries NOT INDEXED WHERE amount IS NOT NULL;

-- windows-chats i: kefu
SELECT count(mean) FROM (SELECT avg_response(customer, sender, sent_at)
    OVER (PARTITION BY agent ORDER BY id ROWS 999 PRECEDING) AS mean FROM messages NOT INDEXED);

-- windows-chats i: no-op
SELECT count(mean) FROM (SELECT noop(customer, sender, sent_at)
    OVER (PARTITION BY agent ORDER BY id ROWS 999 PRECEDING) AS mean FROM messages NOT INDEXED);

-- windows-deals i: kefu
SELECT count(rate) FROM (SELECT conversion_rate(customer, ordered_at)
    OVER (PARTITION BY agent ORDER BY rowid ROWS 999 PRECEDING) AS rate FROM inquiries NOT INDEXED);

-- windows-deals i: no-op
SELECT count(rate) FROM (SELECT noop(customer, ordered_at)
    OVER (PARTITION BY agent ORDER BY rowid ROWS 999 PRECEDING) AS rate FROM inquiries NOT INDEXED);

-- merge m: kefu, 365 days
SELECT answered_turns(stats) AS responses, avg_response(stats) AS mean
  FROM (SELECT kefu_merge(stats) AS stats FROM chat_day);

-- merge m: kefu, 365 days by agent
SELECT sum(answered_turns(stats)) AS responses
  FROM (SELECT kefu_merge(stats) AS stats FROM chat_day GROUP BY agent);

-- merge m: kefu, 91 days
SELECT avg_response(stats) AS mean_91
  FROM (SELECT kefu_merge(stats) AS stats FROM chat_day WHERE day < '2026-04-02');

-- merge m: no-op
SELECT noop(stats) FROM chat_day;
