#!/usr/bin/python3
"""Splits a shop's database into shards by customer, and audits shards.

    split.py shop.db 8 shards/            makes shards/shop-1-of-8.db to shop-8-of-8.db
    split.py --audit 'shards/shop-*.db'   is any conversation in two of them?

1. Tables with a column `customer` are split: a row's shard is a hash of its customer, so that a
   conversation stays whole, and with it the customer's orders and ratings. All other tables are
   copied into every shard, with indexes, views and triggers.
2. Customers are who kefu takes for one: 1 and 1.0 are one, 1 and '1' are two, TEXT and BLOB go by
   their bytes, whatever a column's collation says. The hash depends on these alone, not on the
   machine, the table or the text encoding of the file: two shops, or two years, split apart fit
   together.
3. Rows without a customer are kept too: NULL is hashed like a value.
4. A shard is there when it is whole: it is written under another name and renamed. One that exists
   is never overwritten.
5. The database is only read. If somebody writes to it meanwhile, the split is refused: its shards
   would be of different moments.
6. The audit looks at every table with a customer in every shard, by customer, and by agent where
   there is one: whom it finds in two shards is not split by customer. Shards split by day are fine
   for chats too, as long as a day is whole; the audit is not for them.
"""

import argparse
import contextlib
import glob
import hashlib
import os
import sqlite3
import sys
import urllib.parse
from dataclasses import dataclass
from typing import Iterator, Optional, Sequence, Union

Value = Union[None, int, float, str, bytes]


class SplitError(Exception):
    """What the user should read."""


@dataclass(frozen=True)
class Table:
    """A table of the source, as its schema has it."""

    name: str
    columns: tuple[str, ...]  # that can be written: without generated ones
    rowid: bool
    customer: Optional[str]  # the column's name as it is spelt, where there is one
    agent: Optional[str]


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def shard_number(kind: str, value: Value, encoding: str, shards: int) -> int:
    """The shard, from 1, of a customer of this kind (typeof) in a file of this text encoding; TEXT
    comes as the bytes that it has there. Requirement 2."""
    if (
        kind == "real"
        and isinstance(value, float)
        and abs(value) <= 2.0**63
        and value.is_integer()
    ):
        if -(2**63) <= int(value) < 2**63:
            kind, value = "integer", int(value)
    if kind == "text" and isinstance(value, bytes):
        if encoding != "UTF-8":
            decoded = value.decode(encoding.replace("UTF-16", "utf-16-"), "surrogatepass")
            value = decoded.encode("utf-8", "surrogatepass")
    else:
        value = value if isinstance(value, bytes) else repr(value).encode()
    digest = hashlib.blake2b(kind.encode() + b"\0" + value, digest_size=8).digest()
    return int.from_bytes(digest, "little") % shards + 1


@contextlib.contextmanager
def opened(path: str, mode: str) -> Iterator[sqlite3.Connection]:
    """A connection without transactions of Python's own."""
    uri = f"file:{urllib.parse.quote(os.path.abspath(path))}?mode={mode}"
    try:
        database = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=60)
    except sqlite3.Error as error:
        raise SplitError(f"{path}: {error}") from None
    try:
        yield database
    except sqlite3.Error as error:
        raise SplitError(f"{path}: {error}") from None
    finally:
        database.close()


def tables_of(database: sqlite3.Connection, schema: str = "main") -> list[Table]:
    """Every table, in the order of the schema."""
    found = []
    listed = database.execute(
        f"SELECT name, sql FROM {schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE"
        " 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
    ).fetchall()
    for name, sql in listed:
        if sql.upper().startswith("CREATE VIRTUAL"):
            raise SplitError(f"{name} is a virtual table, which cannot be split")
        columns = [
            column[1]
            for column in database.execute(f"PRAGMA {schema}.table_xinfo({quoted(name)})")
            if column[6] == 0
        ]
        by_name = {column.lower(): column for column in columns}
        (has_rowid,) = database.execute(
            "SELECT NOT wr FROM pragma_table_list WHERE schema = ? AND name = ?", (schema, name)
        ).fetchone()
        customer, agent = by_name.get("customer"), by_name.get("agent")
        found.append(Table(name, tuple(columns), bool(has_rowid), customer, agent))
    return found


def split(source: str, count: int, folder: str) -> list[str]:
    """Requirement 1; the paths of the shards."""
    if count < 1:
        raise SplitError(f"{count} shards: want 1 or more")
    stem, suffix = os.path.splitext(os.path.basename(source))
    width = len(str(count))
    shards = [
        os.path.join(folder, f"{stem}-{number:0{width}}-of-{count}{suffix}")
        for number in range(1, count + 1)
    ]
    for shard in shards:
        if os.path.exists(shard):
            raise SplitError(f"{shard} is there already")  # Requirement 4
    os.makedirs(folder, exist_ok=True)
    placing = os.path.join(folder, f".{stem}.placing")
    written = [shard + ".part" for shard in shards]
    for path in (placing, *written):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
    try:
        with opened(source, "ro") as guard:
            before = guard.execute("PRAGMA data_version").fetchone()
            tables = tables_of(guard)
            if not any(table.customer for table in tables):
                raise SplitError(f"{source}: no table has a column customer")
            place_rows(source, placing, tables, count)
            for number, path in enumerate(written, 1):
                fill(source, placing, path, number, tables, count)
                if sys.stderr.isatty():
                    print(f"\r{number} of {count} shards", end="", file=sys.stderr, flush=True)
            if sys.stderr.isatty():
                print(file=sys.stderr)
            if guard.execute("PRAGMA data_version").fetchone() != before:  # Requirement 5
                raise SplitError(f"{source} was written to meanwhile; split it when it is at rest")
        for path, shard in zip(written, shards):
            with open(path, "rb") as file:
                os.fsync(file.fileno())
            os.rename(path, shard)
    finally:
        for path in (placing, *written):
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
    return shards


def attach(database: sqlite3.Connection, source: str, shards: int) -> str:
    """Makes the source readable, and shard_of(typeof(x), bytes) callable. The SQL that calls it for
    a column named by %s."""
    database.execute(
        "ATTACH ? AS source", (f"file:{urllib.parse.quote(os.path.abspath(source))}?mode=ro",)
    )
    (encoding,) = database.execute("PRAGMA source.encoding").fetchone()
    cache: dict[tuple[str, Value], int] = {}

    def shard_of(kind: str, value: Value) -> int:
        number = cache.get((kind, value))
        if number is None:
            if len(cache) > 1_000_000:
                cache.clear()
            number = cache[kind, value] = shard_number(kind, value, encoding, shards)
        return number

    database.create_function("shard_of", 2, shard_of, deterministic=True)
    return "shard_of(typeof(%s), CASE typeof(%s) WHEN 'text' THEN CAST(%s AS BLOB) ELSE %s END)"


def place_rows(source: str, placing: str, tables: Sequence[Table], count: int) -> None:
    """Notes the shard of every row, so that each row's customer is hashed once."""
    with opened(placing, "rwc") as database:
        adopt_encoding(database, source)
        call = attach(database, source, count)
        database.execute("PRAGMA main.journal_mode = OFF")
        database.execute("PRAGMA main.synchronous = OFF")
        database.execute("BEGIN")
        for number, table in enumerate(tables):
            if table.customer and table.rowid:
                shard = call.replace("%s", quoted(table.customer))
                database.execute(
                    f"CREATE TABLE place_{number}"
                    " (shard INTEGER, row INTEGER, PRIMARY KEY (shard, row)) WITHOUT ROWID"
                )
                database.execute(
                    f"INSERT INTO place_{number} SELECT {shard}, _rowid_"
                    f" FROM source.{quoted(table.name)}"
                )
        database.execute("COMMIT")


def fill(
    source: str, placing: str, path: str, shard: int, tables: Sequence[Table], count: int
) -> None:
    """Writes one shard. Values go from file to file within SQLite, never through Python."""
    with opened(path, "rwc") as database:
        adopt_encoding(database, source)
        call = attach(database, source, count)
        database.execute("ATTACH ? AS placing", (placing,))
        for setting in "main.journal_mode = OFF", "main.synchronous = OFF", "foreign_keys = OFF":
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for number, table in enumerate(tables):
            make(database, "type = 'table' AND name = ?", table.name)
            columns = ", ".join(map(quoted, table.columns))
            values = ", ".join("origin." + quoted(column) for column in table.columns)
            origin = f"source.{quoted(table.name)} AS origin"
            if table.customer and table.rowid:
                origin = (
                    f"placing.place_{number} AS place CROSS JOIN {origin}"
                    f" ON origin._rowid_ = place.row WHERE place.shard = {shard}"
                )
            elif table.customer:
                origin += f" WHERE {call.replace('%s', quoted(table.customer))} = {shard}"
            database.execute(
                f"INSERT INTO main.{quoted(table.name)} ({columns}) SELECT {values} FROM {origin}"
            )
        sequences = "SELECT 1 FROM source.sqlite_schema WHERE name = 'sqlite_sequence'"
        if database.execute(sequences).fetchone():
            database.execute("DELETE FROM main.sqlite_sequence")
            database.execute(
                "INSERT INTO main.sqlite_sequence SELECT * FROM source.sqlite_sequence"
            )
        make(database, "type IN ('index', 'view', 'trigger') AND ? = ''", "")
        (version,) = database.execute("PRAGMA source.user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version}")
        database.execute("COMMIT")
        database.execute("ANALYZE main")


def make(database: sqlite3.Connection, which: str, argument: str) -> None:
    """Runs statements of the source's schema; they name no file, so they are the shard's."""
    statements = database.execute(
        "SELECT sql FROM source.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE"
        f" 'sqlite!_%' ESCAPE '!' AND {which} ORDER BY rowid",
        (argument,),
    ).fetchall()
    for (sql,) in statements:
        database.execute(sql)


def adopt_encoding(database: sqlite3.Connection, source: str) -> None:
    """Files of one connection have one text encoding; that of a new file can be chosen."""
    with opened(source, "ro") as original:
        (encoding,) = original.execute("PRAGMA encoding").fetchone()
    database.execute(f"PRAGMA encoding = '{encoding}'")


def audit(shards: Sequence[str]) -> list[str]:
    """Requirement 6: whom it finds in two shards, a line each."""
    if not shards:
        raise SplitError("no shards")
    with opened(":memory:", "memory") as seen:
        adopt_encoding(seen, shards[0])
        seen.execute("PRAGMA temp_store = FILE")
        seen.execute("CREATE TEMP TABLE seen (name TEXT, agent, customer, shard INTEGER)")
        for number, shard in enumerate(shards):
            uri = f"file:{urllib.parse.quote(os.path.abspath(shard))}?mode=ro"
            try:
                seen.execute("ATTACH ? AS shard", (uri,))
                for table in tables_of(seen, "shard"):
                    if table.customer:
                        agent = f"{quoted(table.agent)} COLLATE BINARY" if table.agent else "NULL"
                        seen.execute(
                            f"INSERT INTO seen SELECT DISTINCT ?, {agent},"
                            f" {quoted(table.customer)} COLLATE BINARY, ?"
                            f" FROM shard.{quoted(table.name)}"
                            f" WHERE {quoted(table.customer)} IS NOT NULL",
                            (table.name, number),
                        )
                seen.execute("DETACH shard")
            except sqlite3.Error as error:
                raise SplitError(f"{shard}: {error}") from None
        found = seen.execute(
            "SELECT name, agent, quote(agent), quote(customer), group_concat(DISTINCT shard)"
            " FROM seen GROUP BY name, agent, customer HAVING min(shard) < max(shard)"
        )
        return [
            f"{name}: customer {customer}"
            + (f" of agent {quoted_agent}" if agent is not None else "")
            + " is in "
            + " and ".join(shards[number] for number in sorted(map(int, numbers.split(","))))
            for name, agent, quoted_agent, customer, numbers in found
        ]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(description="Splits a database into shards by customer.")
    parser.add_argument("--audit", action="store_true", help="look for customers in two shards")
    parser.add_argument(
        "what", nargs="+", metavar="ARGUMENT", help="DATABASE COUNT FOLDER; after --audit, shards"
    )
    parsed = parser.parse_args(arguments)
    try:
        if parsed.audit:
            shards = [
                path for pattern in parsed.what for path in sorted(glob.glob(pattern)) or [pattern]
            ]
            found = audit(shards)
            for line in found:
                print(line)
            if found:
                raise SplitError(f"{len(found)} conversations are in more than one shard")
            print(f"{len(shards)} shards, no customer in two of them")
        else:
            if len(parsed.what) != 3 or not parsed.what[1].isdecimal():
                parser.error("want DATABASE COUNT FOLDER")
            for shard in split(parsed.what[0], int(parsed.what[1]), parsed.what[2]):
                print(shard)
    except (SplitError, OSError) as error:
        print(f"split: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
