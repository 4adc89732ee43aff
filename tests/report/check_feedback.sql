SELECT 'feedback', count(*), (SELECT sum("次数 times") FROM report)
  FROM tagged WHERE tag IN (SELECT tag FROM tags WHERE kind = 'feedback');
SELECT 'what is liked, of all that design hears', printf('%.1f%%', 100.0 * sum(tag = 'liked') / count(*)),
       (SELECT "占接收方 of_receiver" FROM report WHERE "反馈 feedback" LIKE '%liked')
  FROM tagged WHERE tag IN ('liked', 'suggestion');
