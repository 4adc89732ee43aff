#!/usr/bin/python3
"""kefu over many shards, on Dask: the numbers of one database, from as many as there are.

    kefu_dask.py --query agent_days.sql --cutoff 2026-12-01 --into report.db --table agent_days \\
        --scheduler tcp://10.0.0.1:8786 --library /srv/kefu.so '/srv/shards/shop-*.db'

1. The query is one SELECT that yields a key (any number of columns, or none) and then stats. It
   runs in every shard, on some worker, within one read transaction (kefu_shard.py); only its rows
   travel.
2. The cut-off is an instant, the same for all shards, which the query gets as :cutoff in Unix
   seconds. Shards that are still written are read at different moments; a query that counts what
   happened before :cutoff, and nothing else, gives one answer all the same.
3. Rows are kept in the checkpoint as they come (checkpoint.py). A rerun reads the shards that are
   not there, or that have changed since. Doing a shard twice is harmless.
4. Parts of equal keys are merged by kefu_merge: by workers in levels of FAN_IN as long as there are
   more parts than that, the rest here. The result is a table, written in one transaction.
5. Everybody must have the same kefu_version(), this machine too.
6. A shard that fails does not stop the others: errors come at the end, each with its shard. Without
   workers, or without the scheduler: an error too (tasks.py). The checkpoint stands.
7. Shards named NAME-2-of-8.db (split.py does) must all be there, each once: a missing shard would
   be a wrong number, not an error.
"""

import argparse
import collections
import contextlib
import datetime
import glob
import logging
import os
import re
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from typing import Iterator, Optional, Sequence

import cloudpickle
from distributed import Client, LocalCluster, Security

import kefu_shard
from checkpoint import Checkpoint
from kefu_shard import Part
from tasks import Progress, ScaleError, Task, await_workers, perform, scheduler_errors

# Workers need no file of ours: the functions travel with the tasks.
cloudpickle.register_pickle_by_value(kefu_shard)


@dataclass
class Job:
    """What is asked; the options of the command line."""

    shards: Sequence[str]
    query: str
    into: str  # a database
    table: str
    extension: str  # the path of kefu.so
    checkpoint: str
    cutoff: Optional[float] = None  # Unix seconds
    keys: Optional[int] = None  # leading columns of the query; None: all but the last
    send_library: bool = False
    fan_in: int = 16
    patience: float = 60  # seconds
    quiet: bool = False


@dataclass
class Summary:
    """What came of it."""

    rows: int = 0  # of the result
    kept: int = 0  # shards that the checkpoint had
    seconds: float = 0
    merge_seconds: float = 0
    parts: list[Part] = field(default_factory=list)  # of the shards read, without their rows

    @property
    def bytes(self) -> int:
        return sum(part["bytes"] for part in self.parts)


def run(job: Job, client: Client) -> Summary:
    """Does the job on the client's cluster. ScaleError: the checkpoint has what was done."""
    started = time.monotonic()
    check_shards(job.shards)
    if job.cutoff is None and re.search(r":cutoff\b", job.query):
        raise ScaleError("the query asks for :cutoff; name an instant with --cutoff")
    with scheduler_errors():
        version = check_versions(client, job)
    checkpoint = Checkpoint(job.checkpoint, job.query, job.cutoff, job.keys, version)
    merges: list[str] = []
    try:
        summary = read_shards(client, job, checkpoint, version)
        merge_started = time.monotonic()
        tops = merge_levels(client, job, checkpoint, version, merges)
        try:
            summary.rows = checkpoint.write(tops, job.into, job.table, job.extension)
        except RuntimeError as error:
            raise ScaleError(merge_error(error)) from None
        summary.merge_seconds = time.monotonic() - merge_started
        summary.seconds = time.monotonic() - started
        return summary
    finally:
        checkpoint.forget(merges)
        checkpoint.close()


def check_shards(shards: Sequence[str]) -> None:
    """Requirement 7, and no shard twice: sums of orders would be double."""
    if not shards:
        raise ScaleError("no shards")
    seen: dict[str, str] = {}
    families: dict[tuple[str, int], list[int]] = collections.defaultdict(list)
    for shard in shards:
        real = os.path.realpath(shard)
        if real in seen:
            raise ScaleError(f"{shard} and {seen[real]} are one file")
        seen[real] = shard
        named = re.fullmatch(r"(.*)-(\d+)-of-(\d+)(\.\w+)?", os.path.basename(shard))
        if named:
            families[named[1], int(named[3])].append(int(named[2]))
    for (name, count), numbers in families.items():
        missing = sorted(set(range(1, count + 1)) - set(numbers))
        twice = sorted(number for number in set(numbers) if numbers.count(number) > 1)
        for wrong, what in (missing, "missing"), (twice, "there more than once"):
            if wrong:
                raise ScaleError(f"{name}: of {count} shards, {what}: {', '.join(map(str, wrong))}")


def check_versions(client: Client, job: Job) -> str:
    """Requirement 5."""
    if job.send_library:
        client.register_worker_plugin(kefu_shard.SentLibrary(job.extension))
    await_workers(client, job.patience)
    try:
        ours = kefu_shard.kefu_version(job.extension)
    except Exception as error:
        raise ScaleError(f"this machine: {error}") from None
    found = client.run(kefu_shard.kefu_version, job.extension, job.send_library, on_error="return")
    wrong = [f"{worker}: {version}" for worker, version in sorted(found.items()) if version != ours]
    if wrong:
        raise ScaleError(f"kefu is {ours} on this machine, but on\n  " + "\n  ".join(wrong))
    return ours


def read_shards(client: Client, job: Job, checkpoint: Checkpoint, version: str) -> Summary:
    """Brings the checkpoint up to date with all shards."""
    summary = Summary()
    known = checkpoint.fingerprints()

    def save(part: Part) -> None:
        checkpoint.save(part)
        if part["rows"] is None:
            summary.kept += 1
        else:
            summary.parts.append(Part(**{**part, "rows": None}))

    library = (job.extension, version, job.send_library)
    tasks = [
        Task(
            shard,
            kefu_shard.read_shard,
            (shard, job.query, job.cutoff, job.keys, *library, known.get(shard)),
        )
        for shard in job.shards
    ]
    errors = perform(client, tasks, save, Progress("shards", len(tasks), job.quiet), job.patience)
    if errors:
        raise ScaleError(
            f"{len(errors)} of {len(tasks)} shards failed; the others are in {job.checkpoint}\n  "
            + "\n  ".join(errors)
        )
    return summary


def merge_levels(
    client: Client, job: Job, checkpoint: Checkpoint, version: str, merges: list[str]
) -> list[str]:
    """Requirement 4: merges until FAN_IN parts are left, and names them. What it saves on its way
    goes into `merges`. Parts go out from the checkpoint, so it matters to no merge who died since.
    """
    parts = list(job.shards)
    level = 0
    while len(parts) > job.fan_in:
        level += 1
        groups = [parts[i : i + job.fan_in] for i in range(0, len(parts), job.fan_in)]
        labels = [f"{group[0]} … {group[-1]} (merge {level})" for group in groups]
        merges += labels
        columns = checkpoint.columns
        library = (job.extension, version, job.send_library)
        tasks = (
            Task(
                label,
                kefu_shard.merge_parts,
                (
                    label,
                    [(part, checkpoint.rows(part)) for part in group],
                    columns,
                    job.keys,
                    *library,
                ),
            )
            for label, group in zip(labels, groups)
        )
        progress = Progress(f"merges {level}", len(groups), job.quiet)
        errors = perform(client, tasks, checkpoint.save, progress, job.patience)
        if errors:
            raise ScaleError(merge_error(RuntimeError("\n  ".join(errors))))
        parts = labels
    return parts


def merge_error(error: RuntimeError) -> str:
    return f"the shards do not merge (split.py --audit finds what is in two of them)\n  {error}"


# --- The command line -----------------------------------------------------------------------------


def instant(text: str) -> float:
    """Unix seconds, or a time as kefu reads it: without an offset it is of +08:00."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no time; want Unix seconds or 'YYYY-MM-DD HH:MM:SS+08:00'"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    return moment.timestamp()


def options(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="kefu over many shards, on Dask.",
        fromfile_prefix_chars="@",
        epilog="@FILE among the arguments stands for the lines of FILE: a list of shards, say.",
    )
    add = parser.add_argument
    add("shards", nargs="+", help="shard files, or patterns such as 'shop-*.db'")
    add("--query", required=True, help="a file with one SELECT: key columns, then stats")
    add(
        "--cutoff",
        type=instant,
        help=":cutoff of the query, a time: what came later does not count",
    )
    add("--keys", type=int, help="how many leading columns are the key (default: all but the last)")
    add("--into", required=True, help="the database that gets the result")
    add("--table", required=True, help="the table there; one of this name is replaced")
    add("--checkpoint", help="a database for what is done (default: INTO.checkpoint)")
    add(
        "--library",
        dest="extension",
        default="build/kefu.so",
        help="kefu's path on this machine and every worker",
    )
    add("--send-library", action="store_true", help="send it to the workers instead")
    add("--scheduler", help="address of the scheduler, tcp://… or tls://…")
    add("--workers", type=int, default=os.cpu_count(), help="without one: processes started here")
    add("--tls-ca", help="TLS: certificate of the authority")
    add("--tls-cert", help="TLS: this client's certificate")
    add("--tls-key", help="TLS: its key")
    add("--fan-in", type=int, default=16, help="parts that one merge takes")
    add("--patience", type=float, default=60, help="seconds to wait for a worker")
    add("--quiet", action="store_true", help="no progress bar")
    parsed = parser.parse_args(arguments)
    if parsed.fan_in < 2:
        parser.error("--fan-in: want 2 or more")
    return parsed


def security_of(parsed: argparse.Namespace) -> Optional[Security]:
    """TLS is asked for by naming its files; then nothing goes unencrypted."""
    if not parsed.tls_ca:
        return None
    return Security(
        tls_ca_file=parsed.tls_ca,
        tls_client_cert=parsed.tls_cert,
        tls_client_key=parsed.tls_key,
        require_encryption=True,
    )


@contextlib.contextmanager
def connected(parsed: argparse.Namespace) -> Iterator[Client]:
    """A client of the scheduler, or of a cluster on this machine that ends with it."""
    with contextlib.ExitStack() as stack:
        address = parsed.scheduler
        if address is None:
            address = stack.enter_context(
                LocalCluster(
                    n_workers=parsed.workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                )
            )
        try:
            client = Client(address, security=security_of(parsed), timeout=10)
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise ScaleError(f"{address}: no connection to the scheduler: {error}") from None
        yield stack.enter_context(client)


def shards_of(patterns: Sequence[str]) -> list[str]:
    """The files. A pattern that matches none is an error; a plain name is the workers' to find."""
    shards = []
    for pattern in patterns:
        found = sorted(glob.glob(pattern)) if glob.has_magic(pattern) else [pattern]
        if not found:
            raise ScaleError(f"{pattern}: no such file")
        shards += [os.path.abspath(shard) for shard in found]
    return shards


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parsed = options(arguments)
    for name in "distributed", "asyncio":
        logging.getLogger(name).setLevel(logging.CRITICAL)  # errors are ours to tell
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a local cluster ends too
    try:
        with open(parsed.query, encoding="utf-8") as file:
            query = file.read()
        job = Job(
            shards=shards_of(parsed.shards),
            query=query,
            into=parsed.into,
            table=parsed.table,
            extension=os.path.abspath(parsed.extension),
            checkpoint=parsed.checkpoint or parsed.into + ".checkpoint",
            cutoff=parsed.cutoff,
            keys=parsed.keys,
            send_library=parsed.send_library,
            fan_in=parsed.fan_in,
            patience=parsed.patience,
            quiet=parsed.quiet,
        )
        with connected(parsed) as client:
            summary = run(job, client)
    except (ScaleError, OSError, sqlite3.Error) as error:
        print(f"kefu_dask: {error}", file=sys.stderr)
        return 1
    print(
        f"{job.table} in {job.into}: {summary.rows} rows from {len(job.shards)} shards"
        f" ({summary.kept} of them from the checkpoint), {summary.bytes / 1e6:.2f} MB moved,"
        f" {summary.seconds:.1f} s, of which {summary.merge_seconds:.2f} s merging"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
