-- The chat KPIs under any rules but a calendar, computed line by line: a second formulation of
-- kpis.md 1, which shares nothing with kefu and nothing with sql/plain. A recursive query walks the
-- lines in order and remembers the open turn, as one would do it by hand.
--
-- Wants: messages(agent, customer, sent_at, sender), sent_at in Unix seconds, and one row in
--   rule(tz_s, session, gap_s, burst, stop, bot_clears, unanswered, cap, drop_over, window_from,
--        window_to, filter, max_wait, slow, slow_times, within_unit)
-- where the window is in seconds of the local day (NULL: none). Leaves: result(agent, kpi, value),
-- with within_rate at 180 s and response_percentile at 0.9.

-- The lines that count, in order, and which conversation each belongs to. The last line ends the
-- last conversation.
CREATE TEMP TABLE walk_line (
    n INTEGER PRIMARY KEY, agent, customer, talk INTEGER, fresh INTEGER, at REAL, place INTEGER,
    gap REAL, eligible INTEGER, ends INTEGER, local_s REAL
);
INSERT INTO walk_line
SELECT row_number() OVER in_order, agent, customer, sum(cut) OVER in_order, cut, at, place,
       CASE WHEN NOT cut THEN at - before END, eligible, eligible OR place = 1 AND bot_clears, local_s
  FROM (SELECT *, before IS NULL OR CASE session WHEN 'day' THEN day <> day_before
                                                 WHEN 'gap' THEN at - before >= gap_s
                                                 ELSE 0 END AS cut
          FROM (SELECT *, lag(at) OVER person AS before, lag(day) OVER person AS day_before
                  FROM (SELECT id, agent, customer, sent_at * 1.0 AS at, session, gap_s, bot_clears,
                               CAST((sent_at + tz_s) / 86400 AS INTEGER) AS day,
                               sent_at + tz_s - CAST((sent_at + tz_s) / 86400 AS INTEGER) * 86400
                                   AS local_s,
                               CASE sender WHEN 'customer' THEN 0 WHEN 'bot' THEN 1
                                           WHEN 'assist' THEN 2 WHEN 'agent' THEN 3 END AS place,
                               sender = 'agent' OR sender = 'assist' AND stop <> 'human'
                                   OR stop = 'any' AND sender IN ('bot', 'assist') AS eligible
                          FROM messages, rule
                         WHERE customer IS NOT NULL AND sent_at IS NOT NULL AND sender <> 'system')
                WINDOW person AS (PARTITION BY agent, customer ORDER BY at, place, id)))
WINDOW in_order AS (ORDER BY agent, customer, at, place, id ROWS UNBOUNDED PRECEDING);
INSERT INTO walk_line (n, talk, fresh, place)
SELECT count(*) + 1, coalesce(max(talk), 0) + 1, 1, 9 FROM walk_line;

-- The walk. first, last: the customer lines of the turn that is open after line n, or NULL. An open
-- turn is over when an eligible line comes, or, unanswered, when another conversation begins.
CREATE TEMP TABLE walk_turn AS
WITH RECURSIVE walk (n, talk, first, last) AS (
    SELECT 0, 0, NULL, NULL
    UNION ALL
    SELECT line.n, line.talk,
           CASE WHEN place = 0 AND NOT fresh THEN coalesce(first, at) WHEN place = 0 THEN at
                WHEN NOT ends AND NOT fresh THEN first END,
           CASE WHEN place = 0 THEN at WHEN NOT ends AND NOT fresh THEN last END
      FROM walk JOIN walk_line AS line ON line.n = walk.n + 1
)
SELECT walk.talk, first, last, CASE WHEN NOT fresh THEN at END AS reply
  FROM walk JOIN walk_line AS line ON line.n = walk.n + 1
 WHERE first IS NOT NULL AND (fresh OR eligible);

-- Counted turns with their waits: wait as measured, mean_wait as it enters mean, maximum, percentile.
CREATE TEMP TABLE walk_wait AS
SELECT talk, first, reply IS NOT NULL AS answered,
       CASE WHEN reply IS NOT NULL THEN min(raw, coalesce(cap, raw)) END AS wait,
       CASE WHEN reply IS NOT NULL THEN CASE WHEN drop_over IS NULL OR raw < drop_over
                                             THEN min(raw, coalesce(cap, raw)) END
            WHEN unanswered = 'cap' THEN cap END AS mean_wait
  FROM (SELECT turn.*, reply - CASE burst WHEN 'first' THEN first ELSE last END AS raw,
               rule.*, local_s
          FROM walk_turn AS turn JOIN rule
          JOIN (SELECT DISTINCT talk, at, local_s FROM walk_line WHERE place = 0) AS line
            ON line.talk = turn.talk AND line.at = turn.first)
 WHERE window_from IS NULL
    OR CASE WHEN window_from < window_to THEN local_s >= window_from AND local_s < window_to
            ELSE local_s >= window_from OR local_s < window_to END;

-- Conversations.
CREATE TEMP TABLE walk_talk AS
SELECT lines.*, coalesce(turns, 0) AS turns, coalesce(answered, 0) AS answered, first_wait,
       coalesce(slow_waits, 0) >= slow_times AS slow,
       CASE within_unit WHEN 'first' THEN first_wait <= 180 ELSE in_time = turns END AS in_time,
       coalesce(in_time, 0) AS turns_in_time,
       coalesce(turns, 0) > 0 AS consulting,
       coalesce(turns, 0) > 0 AND rule.filter IS 'one_line' AND customer_lines = 1
           AND human_lines >= 2 AND hasty = 0 AS filtered
  FROM rule
  JOIN (SELECT agent, customer, talk, sum(place = 0) AS customer_lines,
               sum(eligible) AS agent_lines, sum(place = 3) AS human_lines,
               total(gap < 10 AND place = 3) AS hasty,
               total(CASE WHEN gap < max_wait THEN gap END) AS handling
          FROM walk_line JOIN rule WHERE place < 9 GROUP BY talk) AS lines
  LEFT JOIN (SELECT talk, count(*) AS turns, sum(answered) AS answered,
                    max(CASE WHEN number = 1 THEN wait END) AS first_wait,
                    total(wait > slow) AS slow_waits, total(wait <= 180) AS in_time
               FROM (SELECT *, row_number() OVER (PARTITION BY talk ORDER BY first) AS number
                       FROM walk_wait) JOIN rule
              GROUP BY talk) AS waits
    ON waits.talk = lines.talk;

-- The waits that mean, maximum and percentiles see, with their ranks.
CREATE TEMP TABLE walk_mean AS
SELECT agent, mean_wait, row_number() OVER (PARTITION BY agent ORDER BY mean_wait) - 1 AS rank,
       (count(*) OVER (PARTITION BY agent) - 1) * 0.9 AS place
  FROM walk_wait JOIN walk_talk USING (talk)
 WHERE mean_wait IS NOT NULL AND NOT filtered;

CREATE TEMP TABLE result (agent, kpi TEXT, value);
INSERT INTO result
WITH total_of AS (
    SELECT agent, sum(consulting) AS consulting, sum(filtered) AS filtered, sum(fine) AS received,
           count(DISTINCT CASE WHEN fine THEN customer END) AS people,
           sum(fine AND answered > 0) AS replied, sum(fine * customer_lines) AS customer_lines,
           sum(fine * agent_lines) AS agent_lines, sum(fine * turns) AS turns,
           sum(fine * answered) AS answered, sum(fine AND slow) AS slow,
           avg(CASE WHEN fine AND answered > 0 THEN first_wait END) AS first_response,
           total(CASE WHEN fine AND answered > 0 THEN handling END) AS handling,
           total(fine AND in_time) AS in_time, total(fine * turns_in_time) AS turns_in_time
      FROM (SELECT *, consulting AND NOT filtered AS fine FROM walk_talk)
     GROUP BY agent
)
SELECT agent, kpi.name, CASE kpi.name
    WHEN 'consulting' THEN consulting
    WHEN 'filtered' THEN filtered
    WHEN 'received' THEN received
    WHEN 'distinct_customers' THEN people
    WHEN 'replied' THEN replied
    WHEN 'unreplied' THEN received - replied
    WHEN 'reply_rate' THEN replied * 1.0 / received
    WHEN 'customer_lines' THEN customer_lines
    WHEN 'agent_lines' THEN agent_lines
    WHEN 'answer_ratio' THEN agent_lines * 1.0 / customer_lines
    WHEN 'turns' THEN turns
    WHEN 'answered_turns' THEN answered
    WHEN 'turn_reply_rate' THEN answered * 1.0 / turns
    WHEN 'first_response' THEN first_response
    WHEN 'avg_response' THEN (SELECT avg(mean_wait) FROM walk_mean WHERE agent IS total_of.agent)
    WHEN 'max_response' THEN (SELECT max(mean_wait) FROM walk_mean WHERE agent IS total_of.agent)
    WHEN 'slow_customers' THEN slow
    WHEN 'slow_rate' THEN slow * 1.0 / received
    WHEN 'total_handling' THEN handling
    WHEN 'handling_time' THEN handling / replied
    WHEN 'response_percentile' THEN (SELECT sum(mean_wait * (1 - abs(rank - place))) FROM walk_mean
                                      WHERE agent IS total_of.agent AND abs(rank - place) < 1)
    WHEN 'within_rate' THEN CASE (SELECT within_unit FROM rule)
        WHEN 'turn' THEN turns_in_time * 1.0 / turns ELSE in_time / received END END
  FROM total_of
  JOIN (SELECT name FROM kefu_kpis WHERE family = 'chat'
        UNION SELECT 'response_percentile' UNION SELECT 'within_rate') AS kpi;
