"""What the tests of sql/scale share: a small shop of made-up rows, and its numbers unsplit."""

import os
import random
import sqlite3
import sys
import unittest
from typing import Any, Optional, Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCALE = os.path.join(ROOT, "sql", "scale")
LIBRARY = os.path.abspath(os.environ.get("KEFU_LIBRARY", os.path.join(ROOT, "build", "kefu.so")))
PRELOAD = os.path.join(ROOT, "tests", "scale", "preload.py")
WORK = os.environ["KEFU_SCALE_WORK"]  # a folder of this process, which `run` removes
sys.path.insert(0, SCALE)
os.makedirs(WORK, exist_ok=True)

import kefu_shard  # noqa: E402  (found only now)

BEGIN = 1793462400  # 2026-11-01 00:00 in Shanghai
DAY = 86400
CUTOFF = BEGIN + 5 * DAY
# 1 and '1' are two customers, 1.0 is the first again; blank ones and NULL are nobody to kefu.
CUSTOMERS = [
    1,
    1.0,
    "1",
    2.5,
    -7,
    "tb_1",
    "tb_2",
    "顾客",
    b"\x00\xff",
    b"1",
    "",
    " ",
    2**62,
    1e300,
] + [f"tb_{number}" for number in range(3, 40)]


def query_of(name: str) -> str:
    with open(os.path.join(SCALE, f"{name}.sql"), encoding="utf-8") as file:
        return file.read()


AGENT_DAYS = query_of("agent_days")
JOURNEYS = query_of("journeys")


def make_shop(path: str, lines: int = 2000, encoding: str = "UTF-8") -> str:
    """A shop of sql/schema.sql, five days long, from a seed of its own."""
    chance = random.Random(20261101)
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA encoding = '{encoding}'")
    database.execute("PRAGMA synchronous = OFF")
    with open(os.path.join(ROOT, "sql", "schema.sql"), encoding="utf-8") as file:
        # The shop's own schema wants customers that are TEXT; here they are anything, or nobody.
        database.executescript(file.read().replace("customer TEXT NOT NULL", "customer"))
    for number in range(lines):
        at = BEGIN + chance.randrange(5 * DAY)
        agent, customer = chance.choice(["A1", "A2", None]), chance.choice(CUSTOMERS + [None])
        sender = chance.choice(["customer", "agent", "bot"])
        add_line(database, customer, at, sender, agent)
        if number % 4 == 0:
            order = f"T{number}" if chance.random() < 0.5 else None
            ordered = at + 60 if order else None
            paid = at + 600 if order and chance.random() < 0.7 else None
            amount, quantity = (chance.randrange(1, 9999) / 100, 1) if paid else (None, None)
            if order:
                database.execute(
                    "INSERT INTO orders (order_id, customer, ordered_at, paid_at, amount, quantity)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (order, customer, ordered, paid, amount, quantity),
                )
            database.execute(
                "INSERT INTO inquiries (agent, customer, asked_at, order_id, ordered_at, paid_at,"
                " amount, quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (agent, customer, at, order, ordered, paid, amount, quantity),
            )
            database.execute(
                "INSERT INTO ratings (agent, customer, at, invited, score) VALUES (?, ?, ?, ?, ?)",
                (agent, customer, at + 900, 1, chance.choice([None, 1, 4, 5])),
            )
    database.commit()
    database.close()
    return path


def add_line(
    database: sqlite3.Connection, customer: Any, at: int, sender: str, agent: Optional[str] = "A1"
) -> None:
    database.execute(
        "INSERT INTO messages (agent, customer, sent_at, sender) VALUES (?, ?, ?, ?)",
        (agent, customer, at, sender),
    )


def change(path: str, *statements: str) -> None:
    """Runs statements and leaves no transaction behind."""
    database = sqlite3.connect(path)
    try:
        for statement in statements:
            database.execute(statement)
        database.commit()
    finally:
        database.close()


def rows_of(path: str, query: str, cutoff: Optional[float] = None) -> list[tuple]:
    """What the query gives in one file, by kefu in this process."""
    database = kefu_shard.connect(kefu_shard.uri_of(path, "ro"), LIBRARY)
    try:
        return database.execute(query, {"cutoff": cutoff}).fetchall()
    finally:
        database.close()


def days_of(path: str, cutoff: float = CUTOFF) -> list[tuple]:
    """The stats of the query agent_days over one file, in the order of their keys."""
    return sorted(rows_of(path, AGENT_DAYS, cutoff), key=lambda row: row[:3])


def all_rows(paths: Sequence[str], table: str) -> list[tuple]:
    """The rows of a table in all files, with the type of each customer, in some fixed order."""
    rows = []
    for path in paths:
        rows += rows_of(path, f"SELECT typeof(customer), * FROM {table}")
    return sorted(rows, key=repr)


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = None

    def setUp(self) -> None:
        self.folder = os.path.join(WORK, self.id())
        os.makedirs(self.folder)

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)
