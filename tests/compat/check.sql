-- Golden states of one version against the library at hand. Wants the tables of rows.sql, states.sql and
-- the version's golden.sql; leaves verdict(fact, good).

CREATE TABLE verdict (fact TEXT, good INTEGER);

-- Every golden state is read and says what it always said. REALs are numbers and not their digits:
-- the last one may differ where another SQLite reads the text of golden.sql.
CREATE VIEW states AS SELECT name, form, state FROM golden WHERE name NOT LIKE '% / %';
.read tests/compat/figures.sql
INSERT INTO verdict
SELECT 'figure: ' || golden.name || ': ' || golden.what || ': want ' || quote(golden.value)
       || ', got ' || coalesce(quote(figures.value), 'nothing'),
       CASE WHEN typeof(golden.value) = 'real'
            THEN coalesce(abs(figures.value - golden.value) <= 1e-14 * abs(golden.value), 0)
            ELSE figures.name IS NOT NULL AND figures.value IS golden.value END
  FROM golden_figures AS golden LEFT JOIN figures USING (name, what);
INSERT INTO verdict
SELECT 'no figure of ' || name, EXISTS (SELECT 1 FROM golden_figures AS f WHERE f.name = states.name)
  FROM states;

-- The library makes the same bytes of the same rows, as long as it writes that version.
INSERT INTO verdict
SELECT 'bytes: ' || name || ': want ' || hex(golden.state) || ', got ' || hex(made.state),
       made.state IS golden.state
  FROM golden LEFT JOIN made USING (name)
 WHERE made.state IS NULL OR substr(made.state, 6, 1) = substr(golden.state, 6, 1);

-- Golden parts merge to the golden whole, and the whole with nothing is itself.
INSERT INTO verdict
SELECT 'merge of the parts of ' || whole.name, kefu_merge(part.state) IS kefu_merge(DISTINCT whole.state)
  FROM golden AS whole JOIN golden AS part ON part.name LIKE whole.name || ' / %'
 GROUP BY whole.name;
INSERT INTO verdict
SELECT 'merge of ' || golden.name || ' alone', kefu_merge(golden.state) IS made.state
  FROM golden JOIN made USING (name)
 GROUP BY golden.name;

-- Days that were stored by that version merge with those that are stored today.
INSERT INTO verdict
SELECT 'merge of the parts of ' || whole.name || ' of both versions',
       kefu_merge(CASE WHEN part.rowid % 2 THEN part.state ELSE now.state END) IS kefu_merge(DISTINCT whole.state)
  FROM golden AS whole JOIN golden AS part ON part.name LIKE whole.name || ' / %'
       JOIN made AS now ON now.name = part.name
 GROUP BY whole.name;

SELECT 'FAIL: ' || fact FROM verdict WHERE NOT good LIMIT 20;
SELECT 'verdicts', sum(good), sum(NOT good) FROM verdict;
