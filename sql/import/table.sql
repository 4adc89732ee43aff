-- Any table of sql/schema.sql, from a file whose headings are the names of its columns: the shop's own
-- standards, targets, advertising, staff. Columns that may be empty may be missing.
--
-- A row whose key is there already is changed to what the file says. Where the key is only a number
-- that the database gives (id) and the file does not have, a row is known by all that it says, and as
-- often as it stands in the file it will be in the table.
INSERT INTO stop
SELECT 'the database has no table ' || target || ' that could be filled' FROM run
 WHERE target NOT IN (SELECT name FROM main.sqlite_master
                       WHERE type = 'table' AND name NOT LIKE 'import$_%' ESCAPE '$');
.read stop.sql

CREATE TEMP TABLE layout (sheet TEXT, field TEXT, kind TEXT, needed TEXT, headings TEXT);
INSERT INTO layout
SELECT target, name,
       CASE WHEN name = 'at' OR name GLOB '*_at' THEN 'time'
            WHEN name IN ('day', 'valid_from', 'valid_to', 'used_from', 'used_to')
                 OR name GLOB '*_day' OR name GLOB '*_on' THEN 'day'
            WHEN type = 'INTEGER' THEN 'integer'
            WHEN type IN ('NUMERIC', 'REAL') THEN 'decimal'
            ELSE 'text' END,
       CASE WHEN ("notnull" OR pk) AND dflt_value IS NULL AND NOT (pk AND type = 'INTEGER' AND name = 'id')
            THEN 'cell' ELSE 'no' END,
       name
  FROM run JOIN pragma_table_info(target);
.read sheet.sql

-- Columns that the file has; which of them are the key.
CREATE TEMP TABLE target_column AS
SELECT field, place, needed, field IN (SELECT name FROM run JOIN pragma_table_info(target) WHERE pk) AS in_key
  FROM found WHERE expression IS NOT NULL;
CREATE TEMP TABLE by_key AS
SELECT count(*) = (SELECT sum(in_key) FROM target_column) AS yes
  FROM run JOIN pragma_table_info(target) WHERE pk;

CREATE TEMP TABLE target_words AS
SELECT run.target, by_key.yes, words.*
  FROM run
  JOIN by_key
  JOIN (SELECT group_concat(printf('"%s"', field), ', ') AS all_columns,
               group_concat(CASE WHEN in_key THEN printf('"%s"', field) END, ', ') AS key_columns,
               group_concat(CASE WHEN NOT in_key THEN printf('"%s" = excluded."%s"', field, field) END, ', ')
                   AS changes,
               group_concat(printf('old."%s" IS new."%s"', field, field), ' AND ') AS same,
               group_concat(printf('quote("%s")', field), ' || ') AS says,
               group_concat(CASE WHEN in_key THEN printf('quote("%s")', field) END, ' || ') AS number
          FROM (SELECT * FROM target_column ORDER BY place)) AS words;

.once made.sql
SELECT printf('CREATE TEMP TABLE numbered AS SELECT record, %s AS number, %s AS says FROM sheet_%s;',
              CASE WHEN yes THEN number ELSE 'record' END, says, target)
       || printf('CREATE TEMP TABLE target_before AS SELECT * FROM main.%s;', target)
       || printf('CREATE TEMP TABLE target_row AS SELECT *, row_number() OVER (PARTITION BY %s '
                 || 'ORDER BY record) AS occurrence FROM sheet_%s;', all_columns, target)
  FROM target_words;
.read made.sql
.read twin.sql

.once made.sql
SELECT printf('INSERT INTO main.%s (%s) SELECT %s FROM target_row AS new '
              || 'WHERE record NOT IN (SELECT record FROM twin)', target, all_columns, all_columns)
       || CASE WHEN NOT yes
          THEN printf(' AND occurrence > (SELECT count(*) FROM main.%s AS old WHERE %s) ORDER BY record;',
                      target, same)
          ELSE printf(' ORDER BY record ON CONFLICT (%s) DO ', key_columns)
               || coalesce('UPDATE SET ' || changes, 'NOTHING') || ';' END
       || printf('INSERT INTO outcome SELECT ''%s'', (SELECT count(*) FROM main.%s) '
                 || '- (SELECT count(*) FROM target_before), '
                 || '(SELECT count(*) FROM (SELECT * FROM target_before EXCEPT SELECT * FROM main.%s)), 0;',
                 target, target, target)
  FROM target_words;
.read made.sql
UPDATE outcome
   SET known = (SELECT count(*) FROM record) - (SELECT count(*) FROM problem)
               - (SELECT count(*) FROM repeated) - added - changed;
