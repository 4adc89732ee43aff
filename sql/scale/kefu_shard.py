"""What a worker does: reads one shard, merges parts. kefu_dask.py sends these functions to the
workers.

1. A shard is opened read-only and read by one statement: one read transaction, which sees one
   moment of the shard whatever is written meanwhile.
2. Every task asks its library for kefu_version(). A worker that joins late, or is started again
   with another library, is found out by its first task, not by its numbers.
3. A shard is known by its fingerprint: size and time of change of the file and of its write-ahead
   log, taken before the file is opened. A change while it is read leaves an older fingerprint
   behind, so that the next run reads the shard again.
4. Errors are RuntimeErrors that begin with the shard, or with the two parts that do not merge.
5. Nothing but the standard library: a worker needs Python's sqlite3, kefu and dask, no file of
   ours.
"""

import itertools
import os
import pickle
import socket
import sqlite3
import time
import urllib.parse
from typing import Any, Optional, Sequence, TypedDict

BUSY_SECONDS = 60  # how long a shard that is being written may keep a reader waiting


class Part(TypedDict):
    """What a task brings home. A plain dict, since it crosses machines."""

    shard: str
    fingerprint: str
    columns: list[str]
    rows: Optional[list[tuple]]  # None: the shard is what it was, its rows are in the checkpoint
    worker: str
    seconds: float  # of the whole task
    cpu_seconds: float  # of the worker's thread
    bytes: int  # of the rows as they are sent


class Clock:
    """When a task began."""

    def __init__(self) -> None:
        self.started, self.cpu_started = time.monotonic(), time.thread_time()


class SentLibrary:
    """A plugin of dask's workers: puts the library into each worker's own folder, also of workers
    that come later. A file of the same bytes is left alone, since a worker may be running it."""

    name = "kefu-library"

    def __init__(self, path: str):
        self.suffix = os.path.splitext(path)[1]
        with open(path, "rb") as file:
            self.content = file.read()

    def setup(self, worker: Any) -> None:
        path = sent_path(worker.local_directory, self.suffix)
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == self.content:
                    return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "wb") as file:
            file.write(self.content)
        os.replace(path + ".new", path)


def sent_path(folder: str, suffix: str) -> str:
    """Where SentLibrary puts the library. SQLite finds the entry by the file's name: kefu."""
    return os.path.join(folder, "kefu-library", "kefu" + suffix)


def find_library(library: str, sent: bool) -> str:
    """The library's path on this worker."""
    if not sent:
        return library
    from distributed import get_worker

    return sent_path(get_worker().local_directory, os.path.splitext(library)[1])


def uri_of(path: str, mode: str) -> str:
    """A file as connect() takes it; mode: ro, or rwc."""
    return f"file:{urllib.parse.quote(os.path.abspath(path))}?mode={mode}"


def connect(target: str, library: str, version: Optional[str] = None) -> sqlite3.Connection:
    """A connection (target: a URI) with kefu; of this version, where one is named."""
    database = sqlite3.connect(target, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        if not hasattr(database, "enable_load_extension"):
            raise RuntimeError(
                "this Python's sqlite3 loads no extensions; Debian's /usr/bin/python3 does"
            )
        database.enable_load_extension(True)
        database.load_extension(library)
        database.enable_load_extension(False)
        found = database.execute("SELECT kefu_version()").fetchone()[0]
        if version not in (None, found):  # Requirement 2
            raise RuntimeError(
                f"{library} on {socket.gethostname()} is kefu {found}, want {version}"
            )
    except BaseException:
        database.close()
        raise
    return database


def kefu_version(library: str, sent: bool = False) -> str:
    """The version of the library on this worker."""
    database = connect("file::memory:", find_library(library, sent))
    try:
        return database.execute("SELECT kefu_version()").fetchone()[0]
    finally:
        database.close()


def fingerprint_of(shard: str) -> str:
    """Requirement 3. An empty log is none: readers leave one behind."""
    marks = []
    for path in (shard, shard + "-wal"):
        try:
            state = os.stat(path)
        except FileNotFoundError:
            if path == shard:
                raise
            continue
        if path == shard or state.st_size > 0:
            marks.append(f"{state.st_size} {state.st_mtime_ns}")
    return ", ".join(marks)


def read_shard(
    shard: str,
    query: str,
    cutoff: Optional[float],
    keys: Optional[int],
    library: str,
    version: str,
    sent: bool = False,
    known: Optional[str] = None,
) -> Part:
    """Runs the query over one shard. known: the fingerprint with which the checkpoint has it.

    keys: how many leading columns of the query are the key; None: all but the last.
    """
    clock = Clock()
    try:
        fingerprint = fingerprint_of(shard)
        if fingerprint == known:
            return _part(shard, fingerprint, [], None, clock)
        database = connect(uri_of(shard, "ro"), find_library(library, sent), version)
        try:
            database.execute(
                "PRAGMA trusted_schema = OFF"
            )  # views of a shard call nothing but kefu
            cursor = database.execute(query, {} if cutoff is None else {"cutoff": cutoff})
            if cursor.description is None:
                raise RuntimeError("the query is no SELECT")
            columns = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
        finally:
            database.close()
        first = key_count(keys, columns)
        for row in rows:
            for column, value in zip(columns[first:], row[first:]):
                if not isinstance(value, (bytes, type(None))):
                    raise RuntimeError(f"the query's column {column} holds {value!r}, want stats")
        return _part(shard, fingerprint, columns, rows, clock)
    except FileNotFoundError:
        raise RuntimeError(f"{shard}: no such file on {socket.gethostname()}") from None
    except (OSError, RuntimeError, sqlite3.Error) as error:
        raise RuntimeError(f"{shard}: {error}") from None  # Requirement 4


def merge_parts(
    label: str,
    parts: Sequence[tuple[str, Sequence[tuple]]],
    columns: Sequence[str],
    keys: Optional[int],
    library: str,
    version: str,
    sent: bool = False,
) -> Part:
    """Parts (name and rows each) become one: rows of equal keys are one row, their stats merged."""
    clock = Clock()
    database = connect("file::memory:", find_library(library, sent), version)
    try:
        create_table(database, "parts", columns)
        marks = ", ".join("?" * (len(columns) + 1))
        for name, rows in parts:
            database.executemany(
                f"INSERT INTO parts VALUES ({marks})", ((name, *row) for row in rows)
            )
        try:
            merged = database.execute(merge_query("parts", columns, keys)).fetchall()
        except sqlite3.Error as error:
            names = [name for name, _ in parts]
            raise RuntimeError(blame(database, "parts", columns, keys, names, error)) from None
    finally:
        database.close()
    return _part(label, "", columns, merged, clock)


def create_table(database: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
    """A table of parts. Columns without a type: values stay as they came."""
    names = ", ".join(map(quoted, columns))
    database.execute(f"CREATE TABLE IF NOT EXISTS {table} (shard TEXT, {names})")


def merge_query(table: str, columns: Sequence[str], keys: Optional[int], where: str = "") -> str:
    """One row a key, in the order of the keys. Without a key: one row."""
    count = key_count(keys, columns)
    key = ", ".join(map(quoted, columns[:count]))
    stats = [f"kefu_merge({quoted(column)}) AS {quoted(column)}" for column in columns[count:]]
    grouped = f" GROUP BY {key} ORDER BY {key}" if key else ""
    return f"SELECT {', '.join([key] * bool(key) + stats)} FROM {table} {where}{grouped}"


def blame(
    database: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    keys: Optional[int],
    names: Sequence[str],
    error: sqlite3.Error,
) -> str:
    """After a merge that failed with this error: the message, with two parts that do so alone."""
    query = merge_query(table, columns, keys, "WHERE shard IN (?, ?)")
    for pair in itertools.combinations(names, 2):
        try:
            for _ in database.execute(query, pair):
                pass
        except sqlite3.Error as found:
            return f"{pair[0]} and {pair[1]}: {found}"
    return f"{names[0]} to {names[-1]}: {error}"


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def key_count(keys: Optional[int], columns: Sequence[str]) -> int:
    """How many leading columns are the key; at least one is left for stats."""
    if keys is None:
        return len(columns) - 1
    if not 0 <= keys < len(columns):
        raise RuntimeError(
            f"{keys} columns of {len(columns)} cannot be keys; want one column of stats"
        )
    return keys


def _part(
    shard: str,
    fingerprint: str,
    columns: Sequence[str],
    rows: Optional[list[tuple]],
    clock: Clock,
) -> Part:
    return Part(
        shard=shard,
        fingerprint=fingerprint,
        columns=list(columns),
        rows=rows,
        worker=f"{socket.gethostname()} {os.getpid()}",
        seconds=time.monotonic() - clock.started,
        cpu_seconds=time.thread_time() - clock.cpu_started,
        bytes=len(pickle.dumps(rows, protocol=5)),
    )
