-- A05 by hand from its printed values: 111.3 s is 60 points × 0.3, 27.8 % is 40 × 0.4, 1.23 items is 80 × 0.1,
-- 84.4 % is 40 × 0.2; and the values are those of the plain tables.
SELECT 'points of A05', printf('%.1f', 60 * 0.3 + 40 * 0.4 + 80 * 0.1 + 40 * 0.2),
       (SELECT "总分 points" FROM report WHERE "客服 agent" = 'A05');
SELECT 'satisfaction of A05', 1,
       (SELECT "构成 parts" LIKE '%满意度 ' || printf('%.1f%%', 100.0 * sum(score >= 4) / count(score)) || ' → 40%'
          FROM report WHERE "客服 agent" = 'A05')
  FROM ratings WHERE agent = 'A05';
SELECT 'level of A05 (50 points)', '基础 basic', (SELECT "水平 level" FROM report WHERE "客服 agent" = 'A05');
