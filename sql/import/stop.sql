-- Ends the run if the table stop says why, and nothing of it stays.
SELECT printf('%s: %s', file, reason) FROM stop JOIN run LIMIT 1;
CREATE TEMP TABLE IF NOT EXISTS stopped (reason TEXT CHECK (reason IS NULL));
INSERT INTO stopped SELECT reason FROM stop;
