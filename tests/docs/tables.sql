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
