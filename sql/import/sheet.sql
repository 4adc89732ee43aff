-- A file with a heading becomes typed tables: sheet_NAME for each table of the layout, filled for the
-- one that the file is. Columns are found by their headings, wherever they stand.
--
-- Before: the table layout, filled by the format. After: sheet_NAME(record, field, …) holds the rows
-- without a problem; cells_NAME the texts of all rows.
--
-- The shell has no loops over columns, so the statements are made here and then read: as data they
-- are the layout, and each of its kinds has its rule in values.sql.
CREATE TEMP TABLE layout_field AS
SELECT rowid AS place, * FROM layout;

-- Headings are alternatives, 'a|b', the best first.
CREATE TEMP TABLE alternative AS
WITH RECURSIVE part (place, rank, heading, rest) AS (
    SELECT place, 0, '', headings || '|' FROM layout_field
    UNION ALL
    SELECT place, rank + 1, substr(rest, 1, instr(rest, '|') - 1), substr(rest, instr(rest, '|') + 1)
      FROM part WHERE rest <> ''
)
SELECT place, rank, heading FROM part WHERE rank > 0;

.read shape.sql
INSERT OR IGNORE INTO problem (record, reason) SELECT record, reason FROM damaged;

-- Headings are compared without blanks at the ends, wide brackets and capitals.
CREATE TEMP TABLE found AS
SELECT layout_field.*, trim(head.name) AS heading, head.expression
  FROM layout_field
  LEFT JOIN head ON head.position = (
       SELECT position
         FROM head
         JOIN alternative
           ON lower(trim(replace(replace(name, '（', '('), '）', ')'),
                         ' ''' || char(9, 13, 160, 12288, 65279))) = lower(alternative.heading)
        WHERE alternative.place = layout_field.place
        ORDER BY rank, position LIMIT 1);

CREATE TEMP TABLE missing AS
SELECT sheet, sum(needed <> 'no') AS needed, sum(needed <> 'no' AND expression IS NULL) AS absent,
       group_concat(CASE WHEN needed <> 'no' AND expression IS NULL
                    THEN replace(headings, '|', ' or ') END, ', ') AS names
  FROM found GROUP BY sheet;
CREATE TEMP TABLE chosen AS
SELECT sheet FROM missing WHERE absent = 0 ORDER BY needed DESC LIMIT 1;
INSERT INTO stop
SELECT printf('no column %s; its headings are: %s', names,
              (SELECT group_concat(trim(name), ', ') FROM (SELECT name FROM head LIMIT 100)))
  FROM missing
 WHERE NOT EXISTS (SELECT 1 FROM chosen)
 ORDER BY absent * 1.0 / max(needed, 1) LIMIT 1;
.read stop.sql

-- What a cell says: '="3100"' is what Excel is told to show as 3100, the word null is no value.
CREATE TEMP TABLE clean AS
SELECT 'nullif(nullif(trim(CASE WHEN trim(@) GLOB ''="*"'' THEN substr(trim(@), 3, length(trim(@)) - 3) '
       || 'ELSE @ END, '' '' || char(9, 10, 13, 160, 12288)), ''''), ''null'')' AS template;

CREATE TEMP TABLE complaint AS
SELECT 'number' AS kind, 'was rounded by a spreadsheet' AS words
UNION ALL SELECT 'count', 'is no whole number'
UNION ALL SELECT 'integer', 'is no whole number'
UNION ALL SELECT 'decimal', 'is no number'
UNION ALL SELECT 'flag', 'is neither true nor false'
UNION ALL SELECT 'amount', 'is no amount'
UNION ALL SELECT 'day', 'is no day'
UNION ALL SELECT 'time', CASE zone WHEN '' THEN 'is no time with a zone (or set ZONE)'
                         ELSE 'is no time' END FROM run;

-- What the statements are about: a column by its name in cells_NAME, and whether the file has it.
CREATE TEMP TABLE cell_field AS
SELECT found.*, sheet IN (SELECT sheet FROM chosen) AS here,
       printf('cells_%s."%s"', sheet, field) AS cell, replace(heading, '''', '''''') AS quoted_heading
  FROM found;

CREATE TEMP TABLE statement (place INTEGER PRIMARY KEY, sql TEXT);
INSERT INTO statement (sql)
SELECT printf('CREATE TEMP TABLE cells_%s AS SELECT record', sheet)
       || group_concat(printf(', %s AS "%s"', CASE WHEN here AND expression IS NOT NULL
                              THEN replace(template, '@', expression) ELSE 'NULL' END, field), '')
       || printf(' FROM record JOIN cell ON cell.rowid = record WHERE %d;', here)
  FROM (SELECT * FROM cell_field JOIN clean ORDER BY place) GROUP BY sheet;
INSERT INTO statement (sql)
SELECT printf('INSERT OR IGNORE INTO cell_value (kind, text) SELECT ''%s'', %s FROM cells_%s '
              || 'WHERE %s IS NOT NULL;', kind, cell, sheet, cell)
  FROM cell_field WHERE here AND kind <> 'text' ORDER BY place;
INSERT INTO statement (sql) VALUES ('.read values.sql');
INSERT INTO statement (sql)
SELECT CASE WHEN kind IS NULL
       THEN printf('INSERT OR IGNORE INTO problem (record, reason) '
                   || 'SELECT record, ''%s is empty'' FROM cells_%s WHERE %s IS NULL;',
                   quoted_heading, sheet, cell)
       ELSE printf('INSERT OR IGNORE INTO problem SELECT record, ''%s %s'', %s FROM cells_%s '
                   || 'JOIN cell_value ON cell_value.kind = ''%s'' AND cell_value.text = %s '
                   || 'WHERE cell_value.value IS NULL;',
                   quoted_heading, words, cell, sheet, kind, cell) END
  FROM (SELECT place, sheet, cell, quoted_heading, NULL AS kind, NULL AS words
          FROM cell_field WHERE here AND needed = 'cell'
        UNION ALL
        SELECT place, sheet, cell, quoted_heading, kind, words
          FROM cell_field JOIN complaint USING (kind) WHERE here AND expression IS NOT NULL)
 ORDER BY place;
INSERT INTO statement (sql)
SELECT printf('CREATE TEMP TABLE sheet_%s AS SELECT record', sheet)
       || group_concat(CASE kind WHEN 'text' THEN printf(', %s AS "%s"', cell, field)
          ELSE printf(', (SELECT cell_value.value FROM cell_value WHERE cell_value.kind = ''%s'' '
                      || 'AND cell_value.text = %s) AS "%s"', kind, cell, field) END, '')
       || printf(' FROM cells_%s WHERE record NOT IN (SELECT record FROM problem);', sheet)
  FROM (SELECT * FROM cell_field ORDER BY place) GROUP BY sheet;
INSERT INTO statement (sql)
SELECT printf('CREATE UNIQUE INDEX temp.%s_%s_by_record ON %s_%s (record);', shape, sheet, shape, sheet)
  FROM missing JOIN (SELECT 'cells' AS shape UNION ALL SELECT 'sheet');

.once made.sql
SELECT sql FROM statement ORDER BY place;
.read made.sql
