-- Counts branches from gcov's JSON and prints the report of tests/coverage/run, whose requirements
-- are cited here; its last line, "sum ALL TAKEN BAD", is for the script.

-- Requirement 1: the copies of a function in several files are one.
CREATE TABLE branch AS
SELECT json_extract(source.value, '$.file') AS file,
       json_extract(line.value, '$.line_number') AS line,
       max(json_extract(branch.value, '$.count')) > 0 AS taken
  FROM json_each(readfile('build/coverage/branches/gcov.json')) AS document,
       json_each(document.value, '$.files') AS source,
       json_each(source.value, '$.lines') AS line,
       json_each(line.value, '$.branches') AS branch
 WHERE json_extract(source.value, '$.file') LIKE 'ext/%'
 GROUP BY file, json_extract(line.value, '$.function_name'), line, branch.key;

CREATE TABLE branching_line AS
SELECT file, line, count(*) AS branches, sum(taken) AS taken FROM branch GROUP BY file, line;

-- Requirement 3: a comment speaks of the first line with branches that is not above it.
CREATE TABLE comment (file, line INTEGER);
.mode tabs
.import build/coverage/branches/comments comment
CREATE TABLE explained AS
SELECT file, line AS comment_line,
       (SELECT min(line) FROM branching_line AS at WHERE at.file = comment.file AND at.line >= comment.line) AS line
  FROM comment;

CREATE TABLE complaint AS
SELECT file, line, (branches - taken) || ' of ' || branches || ' branches never taken, and no word why' AS words
  FROM branching_line WHERE taken < branches AND (file, line) NOT IN (SELECT file, line FROM explained)
UNION ALL
SELECT file, comment_line, 'says "not covered", but all is taken'
  FROM explained LEFT JOIN branching_line USING (file, line) WHERE taken IS NULL OR taken = branches;

CREATE TABLE file AS
SELECT file, sum(branches) AS branches, sum(taken) AS taken,
       coalesce(sum((branches - taken) * ((file, line) IN (SELECT file, line FROM explained))), 0) AS explained
  FROM branching_line GROUP BY file;

.mode list
SELECT printf('%-38s %8s %6s %6s %10s', 'file', 'branches', 'taken', '%', 'explained');
SELECT printf('%-38s %8d %6d %6.2f %10d', file, branches, taken, 100.0 * taken / branches, explained)
  FROM file ORDER BY file;
SELECT printf('%-38s %8d %6d %6.2f %10d', 'ext', sum(branches), sum(taken), 100.0 * sum(taken) / sum(branches), sum(explained))
  FROM file;
SELECT printf('%s:%d: %s', file, line, words) FROM complaint ORDER BY file, line;
SELECT printf('sum %d %d %d', sum(branches), sum(taken), (SELECT count(*) FROM complaint)) FROM file;
