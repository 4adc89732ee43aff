-- ClickHouse (chDB), two threads, MergeTree tables of its own in the order of arrival, agents and senders
-- LowCardinality. K1 counts the responses and their mean alone. "packed" puts time and sender into one
-- integer, sorts that, and adds up within the conversation: an expert's second look, twice as fast. Window
-- functions and the Memory engine were slower, and so was GROUP BY customer in place of uniqExact.

-- K1 i: ClickHouse
SELECT agent, count() AS responses, avg(wait) AS mean
  FROM (SELECT agent, arrayJoin(arrayFilter((gap, answers) -> answers, arrayDifference(times),
                                            arrayMap((f, i) -> f AND i > 1, flags,
                                                     arrayEnumerate(flags)))) AS wait
          FROM (SELECT agent, arrayPushFront(arrayPopBack(fs), 2) AS before,
                       arrayFilter((t, f, p) -> f != p, ts, fs, before) AS times,
                       arrayFilter((f, p) -> f != p, fs, before) AS flags
                  FROM (SELECT agent,
                               arraySort(groupArray((sent_at, id, toUInt8(sender = 'agent')))) AS l,
                               l.1 AS ts, l.3 AS fs
                          FROM messages WHERE NOT is_auto
                         GROUP BY agent, customer, intDiv(sent_at + 28800, 86400))))
 GROUP BY agent;

-- K1 i: ClickHouse, packed
SELECT agent, sum(length(waits)) AS responses, sum(arraySum(waits)) / responses AS mean
  FROM (SELECT agent, arrayFilter((gap, answers) -> answers, arrayDifference(times),
                                  arrayMap((f, i) -> f AND i > 1, flags,
                                           arrayEnumerate(flags))) AS waits
          FROM (SELECT agent, arrayPushFront(arrayPopBack(fs), 2) AS before,
                       arrayFilter((t, f, p) -> f != p, ts, fs, before) AS times,
                       arrayFilter((f, p) -> f != p, fs, before) AS flags
                  FROM (SELECT agent, arraySort(groupArray(sent_at * 2 + (sender = 'agent'))) AS l,
                               arrayMap(x -> intDiv(x, 2), l) AS ts, arrayMap(x -> x % 2, l) AS fs
                          FROM messages WHERE NOT is_auto
                         GROUP BY agent, customer, intDiv(sent_at + 28800, 86400))))
 GROUP BY agent;

-- K1 t: ClickHouse
SELECT agent, count() AS responses, avg(wait) AS mean
  FROM (SELECT agent, arrayJoin(arrayFilter((gap, answers) -> answers, arrayDifference(times),
                                            arrayMap((f, i) -> f AND i > 1, flags,
                                                     arrayEnumerate(flags)))) AS wait
          FROM (SELECT agent, arrayPushFront(arrayPopBack(fs), 2) AS before,
                       arrayFilter((t, f, p) -> f != p, ts, fs, before) AS times,
                       arrayFilter((f, p) -> f != p, fs, before) AS flags
                  FROM (SELECT agent,
                               arraySort(groupArray((toUnixTimestamp(sent_at), id,
                                                     toUInt8(sender = 'agent')))) AS l,
                               l.1 AS ts, l.3 AS fs
                          FROM messages_t WHERE NOT is_auto
                         GROUP BY agent, customer, toDate(sent_at))))
 GROUP BY agent;

-- K2 i: ClickHouse
SELECT agent, uniqExactIf(customer, ordered_at IS NOT NULL) / uniqExact(customer) AS rate
  FROM inquiries GROUP BY agent;

-- K2 t: ClickHouse
SELECT agent, uniqExactIf(customer, ordered_at IS NOT NULL) / uniqExact(customer) AS rate
  FROM inquiries_t GROUP BY agent;

-- K3 i: ClickHouse
SELECT agent, uniqExactIf(customer, ifNull(intDiv(paid_at + 28800, 86400)
                                           - intDiv(asked_at + 28800, 86400) <= 1, 0))
              / uniqExact(customer) AS rate
  FROM inquiries GROUP BY agent;

-- K4-chats i: ClickHouse
SELECT agent, day, count() AS responses, avg(wait) AS mean
  FROM (SELECT agent, day, arrayJoin(arrayFilter((gap, answers) -> answers, arrayDifference(times),
                                                 arrayMap((f, i) -> f AND i > 1, flags,
                                                          arrayEnumerate(flags)))) AS wait
          FROM (SELECT agent, day, arrayPushFront(arrayPopBack(fs), 2) AS before,
                       arrayFilter((t, f, p) -> f != p, ts, fs, before) AS times,
                       arrayFilter((f, p) -> f != p, fs, before) AS flags
                  FROM (SELECT agent, intDiv(sent_at + 28800, 86400) AS day,
                               arraySort(groupArray((sent_at, id, toUInt8(sender = 'agent')))) AS l,
                               l.1 AS ts, l.3 AS fs
                          FROM messages WHERE NOT is_auto GROUP BY agent, customer, day)))
 GROUP BY agent, day;

-- K4-chats i: ClickHouse, packed
SELECT agent, day, sum(length(waits)) AS responses, sum(arraySum(waits)) / responses AS mean
  FROM (SELECT agent, day, arrayFilter((gap, answers) -> answers, arrayDifference(times),
                                       arrayMap((f, i) -> f AND i > 1, flags,
                                                arrayEnumerate(flags))) AS waits
          FROM (SELECT agent, day, arrayPushFront(arrayPopBack(fs), 2) AS before,
                       arrayFilter((t, f, p) -> f != p, ts, fs, before) AS times,
                       arrayFilter((f, p) -> f != p, fs, before) AS flags
                  FROM (SELECT agent, intDiv(sent_at + 28800, 86400) AS day,
                               arraySort(groupArray(sent_at * 2 + (sender = 'agent'))) AS l,
                               arrayMap(x -> intDiv(x, 2), l) AS ts, arrayMap(x -> x % 2, l) AS fs
                          FROM messages WHERE NOT is_auto GROUP BY agent, customer, day)))
 GROUP BY agent, day;

-- K4-deals i: ClickHouse
SELECT agent, intDiv(asked_at + 28800, 86400) AS day,
       uniqExactIf(customer, ordered_at IS NOT NULL) / uniqExact(customer) AS rate,
       uniqExactIf(customer, ifNull(intDiv(paid_at + 28800, 86400) - day <= 1, 0))
       / uniqExact(customer) AS success
  FROM inquiries GROUP BY agent, day;

-- K5 i: ClickHouse
SELECT agent, sum(amount) AS sales,
       0.005 * least(sales, 100000) + 0.008 * greatest(0, least(sales, 1000000) - 100000)
       + 0.012 * greatest(0, sales - 1000000) AS commission
  FROM inquiries GROUP BY agent;
