-- Contacts, invitations, scores.
CREATE TABLE contact (agent, customer, at, invited, score);
INSERT INTO contact VALUES
    ('A', 'a', 1793548800, 1, 5), ('A', 'b', 1793548801, 1, 4), ('A', 'c', 1793548802, 1, NULL),
    ('A', 'd', 1793548803, NULL, NULL), ('A', 'e', 1793548804, '0', 5), ('A', 'a', 1793548805, 1, 1),
    ('A', 'f', 1793548806, 'yes', 4.5), ('A', 'g', 1793548807, 0, '2'), ('A', 'h', 1793548808, 1, ''),
    ('A', NULL, 1793548809, 1, 5), ('A', 'i', NULL, 1, 5),
    ('B', 'a', 1793548800, 0, NULL),
    ('C', NULL, 1793548800, 1, 5);
-- 9 contacts; invited a b c a f h: 6, rated of these a b a f: 4; scores 5 4 5 1 4.5 2.
SELECT kpi, CASE WHEN unit = 'count' THEN value ELSE printf('%.6f', value) END,
       quote(numerator * 1.0), quote(denominator * 1.0)
  FROM kefu_stats((SELECT rating_stats(customer, at, invited, score) FROM contact WHERE agent = 'A'))
 ORDER BY kpi;
SELECT contacts(s), invite_rate(s), quote(rating_rate(s)), quote(satisfaction(s)), quote(avg_score(s))
  FROM (SELECT rating_stats(customer, at, invited, score) AS s FROM contact WHERE agent = 'B');
SELECT quote(rating_stats(customer, at, invited, score)) FROM contact WHERE agent = 'C';
-- Where the lines are drawn is a rule.
SELECT satisfaction(s), good_rate(s), printf('%.6f', bad_rate(s))
  FROM (SELECT rating_stats(customer, at, invited, score,
                            '{"satisfied_from":4.5,"good_from":4.5,"bad_to":1}') AS s
          FROM contact WHERE agent = 'A');
SELECT avg_score(rating_stats('a', 1793548800, 1, 9.5, '{"score_max":10}'));
SELECT rating_stats('a', 1793548800, 1, 6);
SELECT rating_stats('a', 1793548800, 1, 0.5);
