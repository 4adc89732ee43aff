SELECT 'share of sizes', printf('%.1f%%', 100.0 * sum(tag = 'size') / count(*)),
       (SELECT "占比 share" FROM report WHERE "问题 question" LIKE '%size')
  FROM tagged WHERE tag IN (SELECT tag FROM tags WHERE kind = 'question');
SELECT 'covered by quick replies', printf('%.1f%%', 100.0 * sum(tag IN (SELECT tag FROM quick_replies)) / count(*)),
       (SELECT "累计覆盖 covered_so_far" FROM report ORDER BY "次数 asked" LIMIT 1)
  FROM tagged WHERE tag IN (SELECT tag FROM tags WHERE kind = 'question');
SELECT 'questions', count(*), (SELECT sum("次数 asked") FROM report)
  FROM tagged WHERE tag IN (SELECT tag FROM tags WHERE kind = 'question');
