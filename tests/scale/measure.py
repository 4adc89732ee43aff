#!/usr/bin/python3
"""Measures sql/scale on this machine, and projects 100 machines from what it measured.

    tests/scale/measure.py [--copies 10] [--shards 16] [--rounds 5]

The data are the demo's chat lines, copied with other customers' names. All ways are timed in turns,
round by round, and medians are printed: on a machine that does other things too, ratios and
processor times hold better than seconds do. Prints Markdown; how it goes is on stderr. Everything
is made in build/scale-measure, and removed.
"""

import argparse
import math
import os
import shutil
import sqlite3
import statistics
import sys
import time
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "sql", "scale"))

from distributed import Client  # noqa: E402  (found only now)

import kefu_dask  # noqa: E402
import kefu_shard  # noqa: E402
import split  # noqa: E402
from cluster import cluster  # noqa: E402

LIBRARY = os.path.abspath(os.environ.get("KEFU_LIBRARY", f"{ROOT}/build/kefu.so"))
WORK = os.path.join(ROOT, "build", "scale-measure")
CUTOFF = 1796054400
QUERY = """
SELECT key AS agent, stats
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at)
                      FROM messages WHERE sent_at < :cutoff))"""

# What is projected, and what is assumed of it.
MACHINES, CORES = 100, 8  # cores a machine
NETWORK = 1.25e9  # bytes a second into one machine (10 Gb/s)
DISK = 0.5e9  # bytes a second from each machine's disk
LINES, SHARDS, AGENTS = 1e11, 8000, 10_000


@dataclass
class Measured:
    """Medians; seconds unless said otherwise."""

    lines: int
    conversations: int
    file_bytes: int
    split: float
    one: float  # one process, one file
    runs: dict[int, float]  # by workers: all, merge included
    merges: dict[int, float]
    shard: float
    slowest_shard: float
    task: float  # of a task that has nothing to do
    reading_cpu: float  # of all shards
    merging_cpu: float  # of all parts into one
    bytes_moved: int
    row_bytes: int  # of stats of one conversation, less what each further one takes

    @property
    def conversation_bytes(self) -> float:
        return self.bytes_moved / self.conversations

    @property
    def merge_rate(self) -> float:
        """Bytes of stats a second of a core."""
        return self.bytes_moved / self.merging_cpu

    @property
    def core_rate(self) -> float:
        """Lines a second of a core."""
        return self.lines / self.reading_cpu


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures sql/scale on this machine.")
    parser.add_argument("--copies", type=int, default=10, help="of the demo's 197,000 chat lines")
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parsed = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    try:
        measured = measure(parsed.copies, parsed.shards, parsed.rounds)
    finally:
        shutil.rmtree(WORK)
    print_measured(measured, parsed.shards, parsed.rounds)
    print_projected(measured)
    return 0


def measure(copies: int, count: int, rounds: int) -> Measured:
    whole = make_data(copies)
    say(f"splitting into {count} shards")
    started = time.monotonic()
    shards = split.split(whole, count, os.path.join(WORK, "shards"))
    split_seconds = time.monotonic() - started
    version = kefu_shard.kefu_version(LIBRARY)
    arguments = (QUERY, CUTOFF, 1, LIBRARY, version)

    one: list[float] = []
    runs: dict[int, list[kefu_dask.Summary]] = {1: [], 2: []}
    tasks: list[float] = []
    with cluster(f"{WORK}/one", 1) as first, cluster(f"{WORK}/two", 2) as second:
        with Client(first.address) as alone, Client(second.address, set_as_default=False) as pair:
            for number in range(rounds):
                say(f"round {number + 1} of {rounds}")
                started = time.monotonic()
                wanted = kefu_shard.read_shard(whole, *arguments)
                one.append(time.monotonic() - started)
                for workers, client in (1, alone), (2, pair):
                    job = kefu_dask.Job(
                        shards=shards,
                        query=QUERY,
                        cutoff=CUTOFF,
                        into=f"{WORK}/{workers}-{number}.db",
                        table="result",
                        extension=LIBRARY,
                        checkpoint=f"{WORK}/{workers}-{number}.checkpoint",
                        fan_in=count,
                        quiet=True,
                    )
                    with client.as_current():
                        runs[workers].append(kefu_dask.run(job, client))
                        again = kefu_dask.run(job, client)
                    tasks.append((again.seconds - again.merge_seconds) / count)
                    if rows_of(job.into, "SELECT * FROM result") != wanted["rows"]:
                        raise SystemExit("the shards give other numbers than the one file")
    parts = [part["seconds"] for summary in runs[1] for part in summary.parts]
    rows = [(shard, kefu_shard.read_shard(shard, *arguments)["rows"]) for shard in shards]
    merging = [
        kefu_shard.merge_parts("", rows, ["agent", "stats"], 1, LIBRARY, version)["cpu_seconds"]
        for _ in range(rounds)
    ]
    return Measured(
        lines=rows_of(whole, "SELECT count(*) FROM messages")[0][0],
        conversations=sum(
            row[0] for row in rows_of(f"{WORK}/1-0.db", "SELECT received(stats) FROM result")
        ),
        file_bytes=sum(map(os.path.getsize, shards)),
        split=split_seconds,
        one=statistics.median(one),
        runs={
            workers: statistics.median(summary.seconds for summary in summaries)
            for workers, summaries in runs.items()
        },
        merges={
            workers: statistics.median(summary.merge_seconds for summary in summaries)
            for workers, summaries in runs.items()
        },
        shard=statistics.median(parts),
        slowest_shard=max(parts),
        task=statistics.median(tasks),
        reading_cpu=statistics.median(
            sum(part["cpu_seconds"] for part in summary.parts) for summary in runs[1] + runs[2]
        ),
        merging_cpu=statistics.median(merging),
        bytes_moved=runs[1][0].bytes,
        row_bytes=rows_of(whole, "SELECT length(chat_stats('c', 0, 0))")[0][0] - 19,
    )


def make_data(copies: int) -> str:
    """The demo's chat lines, so many times, each time of other customers."""
    demo, whole = os.path.join(WORK, "demo.db"), os.path.join(WORK, "whole.db")
    say(f"making {copies} copies of the demo's chat lines")
    for path, scripts in (demo, ("schema", "demo")), (whole, ("schema",)):
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("PRAGMA synchronous = OFF")
        for script in scripts:
            with open(os.path.join(ROOT, "sql", f"{script}.sql"), encoding="utf-8") as file:
                database.executescript(file.read())
        database.close()
    database = sqlite3.connect(whole, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("ATTACH ? AS demo", (demo,))
    database.execute("BEGIN")
    for copy in range(copies):
        database.execute(
            "INSERT INTO messages (agent, customer, sent_at, sender)"
            " SELECT agent, customer || '_' || ?, sent_at, sender FROM demo.messages",
            (copy,),
        )
    database.execute("COMMIT")
    database.close()
    return whole


def rows_of(path: str, query: str) -> list[tuple]:
    database = kefu_shard.connect(kefu_shard.uri_of(path, "ro"), LIBRARY)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def print_measured(measured: Measured, shards: int, rounds: int) -> None:
    rate = measured.lines / measured.one
    row("measured", "value")
    row("---", "---")
    row("chat lines, conversations", f"{measured.lines:,}, {measured.conversations:,}")
    row("one process, one file", f"{measured.one:.2f} s, {rate / 1e6:.2f} M lines/s")
    for workers, seconds in measured.runs.items():
        times = f"{seconds:.2f} s, {measured.lines / seconds / 1e6:.2f} M lines/s"
        name = f"{shards} shards, {workers} worker{'s' * (workers > 1)}"
        row(name, f"{times}, {measured.one / seconds:.2f} × one process")
    row("one shard (median, slowest)", f"{measured.shard:.3f} s, {measured.slowest_shard:.3f} s")
    row("a task without work", f"{measured.task * 1000:.1f} ms")
    row(
        "moved",
        f"{measured.bytes_moved / 1e6:.2f} MB of {measured.file_bytes / 1e6:.0f} MB of shards,"
        f" {measured.conversation_bytes:.1f} bytes a conversation",
    )
    merge = statistics.median(measured.merges.values())
    row("merge into a table", f"{merge:.2f} s")
    row("a core reads", f"{measured.core_rate / 1e6:.2f} M lines/s of processor time")
    row("a core merges", f"{measured.merge_rate / 1e6:.0f} MB/s of processor time")
    row("split", f"{measured.split:.1f} s, {measured.lines / measured.split / 1e6:.2f} M lines/s")
    print(f"\n({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {rounds} rounds, medians)\n")


def print_projected(measured: Measured) -> None:
    """Everything at once, and one day of a year of it."""
    row(f"{LINES:.0e} lines, {MACHINES} machines", "all at once", "one day of 365", "")
    row("---", "---", "---", "---")
    columns = LINES, LINES / 365
    conversations = [lines * measured.conversations / measured.lines for lines in columns]
    stats = [
        count * measured.conversation_bytes + SHARDS * AGENTS * measured.row_bytes
        for count in conversations
    ]
    rate = f"{measured.merge_rate / 1e6:.0f} MB"
    whole = columns[0] * measured.file_bytes / measured.lines
    row("shards", *[f"{SHARDS:,}"] * 2, "assumed")
    row("agents; cores a machine", *[f"{AGENTS:,}; {CORES}"] * 2, "assumed")
    row("network into one machine", *[f"{NETWORK / 1e9:g} GB/s"] * 2, "assumed")
    row("disk of each machine", *[f"{DISK / 1e9:g} GB/s"] * 2, "assumed")
    row("lines a second and core", *[f"{measured.core_rate / 1e6:.2f} M"] * 2, "measured")
    row("bytes that a core merges a second", *[rate] * 2, "measured")
    row("bytes a conversation", *[f"{measured.conversation_bytes:.1f}"] * 2, "measured")
    row("a task without work", *[f"{measured.task * 1000:.1f} ms"] * 2, "measured")
    row("files", f"{whole / 1e12:.1f} TB", f"{whole / 365 / 1e9:.0f} GB", "computed")
    row("conversations", *(f"{count:.1e}" for count in conversations), "computed")
    row("stats", *(f"{size / 1e9:.1f} GB" for size in stats), "computed")
    reading = [lines / measured.core_rate / MACHINES / CORES for lines in columns]
    fetching = [whole / DISK / MACHINES, whole / 365 / DISK / MACHINES]
    giving = SHARDS * measured.task
    moving = [size / NETWORK for size in stats]
    merging = [size / measured.merge_rate for size in stats]
    row("files from the disks", *map(duration, fetching), "computed")
    row("reading, all cores busy", *map(duration, reading), "computed")
    row("tasks, given out one by one", *[duration(giving)] * 2, "computed")
    row("stats to one machine", *map(duration, moving), "computed")
    row("merging there, one core", *map(duration, merging), "computed")
    totals = [
        max(fetch, read, giving, move) + merge
        for fetch, read, move, merge in zip(fetching, reading, moving, merging)
    ]
    row("in all: the longest of these, then merging", *map(duration, totals), "computed")


def duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s" if seconds < 10 else f"{math.ceil(seconds)} s"
    return f"{seconds / 60:.0f} min"


def row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
