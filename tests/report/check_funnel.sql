-- A03's orders and payments, and what its weakest stage would bring at standard.
WITH asked AS (
    SELECT customer, max(ordered_at IS NOT NULL) AS ordered, max(paid_at IS NOT NULL) AS paid
      FROM inquiries
     WHERE agent = 'A03' AND coalesce(ordered_at, asked_at) >= asked_at GROUP BY customer
)
SELECT 'A03: asked, ordered, paid', count(*) || ' ' || sum(ordered) || ' ' || sum(paid),
       (SELECT group_concat("进入 entered", ' ') FROM report
         WHERE "客服 agent" = 'A03' AND "环节 stage" NOT LIKE '%answered')
       || ' ' || (SELECT "通过 passed" FROM report WHERE "客服 agent" = 'A03' AND "环节 stage" LIKE '%paid')
  FROM asked
UNION ALL
SELECT 'A03: more buyers at 40 %', printf('%.1f', sum(paid) * (0.4 * count(*) / sum(ordered) - 1)),
       (SELECT "可增买家 more_buyers" FROM report WHERE "客服 agent" = 'A03' AND "环节 stage" LIKE '%ordered')
  FROM asked;
SELECT 'one weakest stage an agent at most', 1,
       (SELECT max(n) FROM (SELECT count("最弱环节 weakest") AS n FROM report GROUP BY "客服 agent"));
