"""The checkpoint of kefu_dask.py: stats of shards that are done, in a SQLite database.

1. A job is what decides its numbers: query, cut-off, key columns and version of kefu. Its parts are
   keyed by (job, shard), with the fingerprint that the shard had; the paths of shards are not
   resolved, so that a job is the same on every machine that sees them under the same paths.
2. A part is saved in one transaction, in place of an earlier one: a shard that was read twice, by
   two workers or by two runs at once, is there once.
3. The stats lie in a table for each job, job_…, to be read by anybody who has kefu: SELECT shard,
   agent, avg_response(stats) FROM job_….
"""

import hashlib
import json
import sqlite3
from typing import Optional, Sequence

import kefu_shard
from kefu_shard import Part

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    job TEXT PRIMARY KEY, query TEXT, cutoff, keys INTEGER, version TEXT, columns TEXT);
CREATE TABLE IF NOT EXISTS parts (
    job TEXT, shard TEXT, fingerprint TEXT, worker TEXT, seconds REAL, bytes INTEGER,
    PRIMARY KEY (job, shard));
"""


class Checkpoint:
    """The parts of one job."""

    def __init__(
        self, path: str, query: str, cutoff: Optional[float], keys: Optional[int], version: str
    ):
        cutoff = None if cutoff is None else float(cutoff)  # 5 and 5.0 are one
        job = json.dumps([query, cutoff, keys, version])
        self.job = hashlib.sha256(job.encode()).hexdigest()[:16]
        self.table = "job_" + self.job
        self.path = path
        self.keys = keys
        self.database = sqlite3.connect(path, isolation_level=None, timeout=kefu_shard.BUSY_SECONDS)
        self.database.executescript(SCHEMA)
        self.database.execute(
            "INSERT OR IGNORE INTO jobs VALUES (?, ?, ?, ?, ?, NULL)",
            (self.job, query, cutoff, keys, version),
        )

    def close(self) -> None:
        self.database.close()

    @property
    def columns(self) -> list[str]:
        """The query's columns; none before the first part."""
        (columns,) = self.database.execute(
            "SELECT columns FROM jobs WHERE job = ?", (self.job,)
        ).fetchone()
        return json.loads(columns or "[]")

    def fingerprints(self) -> dict[str, str]:
        """The shards that are done, each with the fingerprint with which it was read."""
        return dict(
            self.database.execute("SELECT shard, fingerprint FROM parts WHERE job = ?", (self.job,))
        )

    def save(self, part: Part) -> None:
        """Requirement 2. Nothing to do for a shard that has not changed."""
        if part["rows"] is None:
            return
        self.database.execute("BEGIN IMMEDIATE")
        try:
            columns = self.columns
            if not columns:
                columns = part["columns"]
                kefu_shard.create_table(self.database, self.table, columns)
                self.database.execute(
                    f"CREATE INDEX IF NOT EXISTS {self.table}_shard ON {self.table} (shard)"
                )
                self.database.execute(
                    "UPDATE jobs SET columns = ? WHERE job = ?", (json.dumps(columns), self.job)
                )
            if part["columns"] != columns:
                raise RuntimeError(
                    f"{part['shard']}: the query's columns are {', '.join(part['columns'])};"
                    f" elsewhere they are {', '.join(columns)}"
                )
            self.database.execute(f"DELETE FROM {self.table} WHERE shard = ?", (part["shard"],))
            marks = ", ".join("?" * (len(columns) + 1))
            self.database.executemany(
                f"INSERT INTO {self.table} VALUES ({marks})",
                ((part["shard"], *row) for row in part["rows"]),
            )
            self.database.execute(
                "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)",
                (
                    self.job,
                    part["shard"],
                    part["fingerprint"],
                    part["worker"],
                    part["seconds"],
                    part["bytes"],
                ),
            )
            self.database.execute("COMMIT")
        except BaseException:
            self.database.execute("ROLLBACK")
            raise

    def rows(self, shard: str) -> list[tuple]:
        """The rows of one part."""
        names = ", ".join(map(kefu_shard.quoted, self.columns))
        return self.database.execute(
            f"SELECT {names} FROM {self.table} WHERE shard = ?", (shard,)
        ).fetchall()

    def forget(self, shards: Sequence[str]) -> None:
        """Parts that are needed no more: those that merges made on their way."""
        self.database.execute("BEGIN IMMEDIATE")
        for shard in shards:
            self.database.execute(f"DELETE FROM {self.table} WHERE shard = ?", (shard,))
            self.database.execute(
                "DELETE FROM parts WHERE job = ? AND shard = ?", (self.job, shard)
            )
        self.database.execute("COMMIT")

    def write(self, shards: Sequence[str], into: str, table: str, library: str) -> int:
        """Merges these parts into a table of the database `into`, in one transaction: readers see
        the table that was there, or the new one. The number of its rows."""
        columns = self.columns
        result = kefu_shard.connect(kefu_shard.uri_of(into, "rwc"), library)
        try:
            result.execute("ATTACH ? AS checkpoint", (self.path,))
            result.execute("CREATE TEMP TABLE chosen (shard TEXT PRIMARY KEY)")
            result.executemany("INSERT INTO chosen VALUES (?)", ((shard,) for shard in shards))
            parts = f"checkpoint.{self.table}"
            where = "WHERE shard IN (SELECT shard FROM chosen)"
            query = kefu_shard.merge_query(parts, columns, self.keys, where)
            target = "main." + kefu_shard.quoted(table)
            result.execute("BEGIN IMMEDIATE")
            result.execute(f"DROP TABLE IF EXISTS {target}")
            try:
                result.execute(f"CREATE TABLE {target} AS {query}")
            except sqlite3.Error as error:
                raise RuntimeError(
                    kefu_shard.blame(result, parts, columns, self.keys, list(shards), error)
                ) from None
            (rows,) = result.execute(f"SELECT count(*) FROM {target}").fetchone()
            result.execute("COMMIT")
            return rows
        except sqlite3.Error as error:
            raise RuntimeError(f"{into}: {error}") from None
        finally:
            result.close()
