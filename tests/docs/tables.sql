-- The README's tables, as the library itself would write them; tests/docs/run compares.

-- chat_kpis
SELECT '| `' || name || '` | ' || zh || ' | ' || formula || ' | ' || unit || ' | ' || coalesce(better, '') || ' |'
  FROM kefu_kpis WHERE family = 'chat';
-- deal_kpis
SELECT '| `' || name || '` | ' || zh || ' | ' || formula || ' | ' || unit || ' | ' || coalesce(better, '') || ' |'
  FROM kefu_kpis WHERE family = 'deal';
-- rating_kpis
SELECT '| `' || name || '` | ' || zh || ' | ' || formula || ' | ' || unit || ' | ' || coalesce(better, '') || ' |'
  FROM kefu_kpis WHERE family = 'rating';
-- options
SELECT '| `' || option || '` | ' || coalesce('`' || value || '`', 'none') || ' | ' || meaning || ' |'
  FROM kefu_rules WHERE book = 'chitu' AND option <> 'book';
-- books
SELECT '| `' || book || '` | ' || (SELECT meaning FROM kefu_rules AS b
                                    WHERE b.book = this.book AND option = 'book')
       || ' | ' || coalesce(group_concat(CASE WHEN changed THEN '`' || option || '` ' || coalesce(value, 'none') END, ', '), 'none')
       || ' |'
  FROM (SELECT r.book, r.option, r.value, r.value IS NOT d.value AS changed
          FROM kefu_rules AS r JOIN kefu_rules AS d ON d.option = r.option AND d.book = 'chitu'
         WHERE r.option <> 'book') AS this
 GROUP BY book;
