#!/usr/bin/python3
"""The demo of sql/scale: one shop, eight shards, two workers, and the same report byte for byte.

Environment: SQLITE (the shell), KEFU_LIBRARY. Everything it makes is in build/scale. The processes
that it starts listen on 127.0.0.1 alone and end with it (cluster.py).
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import time

from cluster import Cluster, cluster

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCALE = os.path.join(ROOT, "sql", "scale")
BUILD = os.path.join("build", "scale")
LIBRARY = os.path.abspath(os.environ.get("KEFU_LIBRARY", f"{ROOT}/build/kefu.so"))
SHELL = os.environ.get("SQLITE", "sqlite3")
SHOP = os.path.join(BUILD, "shop.db")
SHARDS = 8

CUTOFF = 1796054400  # 2026-12-01 00:00 in Shanghai: the demo's data end there
BY_CUSTOMER = ("messages", "inquiries", "orders", "ratings")
# Reports that need no more than stats of agents and days; printed is the first.
REPORTS = ("side_by_side", "daily", "funnel", "scorecard")
EARNED = """
SELECT coalesce(agent, '(silent)') AS agent, count(*) AS orders, sum(weight) AS weight,
       round(sum(amount), 2) AS amount
  FROM journeys, kefu_credits(journeys.events) GROUP BY agent ORDER BY agent;
"""


def main() -> int:
    os.chdir(ROOT)
    shutil.rmtree(BUILD, ignore_errors=True)
    os.makedirs(BUILD)
    say(f"A shop in one file, {SHOP} (sql/demo.sql):")
    shell(SHOP, *(f".read {ROOT}/sql/{name}.sql" for name in ("schema", "demo", "demo_team")))
    print(
        shell(
            SHOP,
            "SELECT count(*) || ' chat lines, ' || (SELECT count(*) FROM inquiries)"
            " || ' inquiries' FROM messages",
        ),
        end="",
    )

    say("Its report, made in one process from this one file. Stats by agent and day come first:")
    one = os.path.join(BUILD, "one.db")
    shutil.copy(SHOP, one)
    one_stats(one)
    wanted = report_of(one)
    print_head(wanted[REPORTS[0]])

    say(f"The shop split by customer into {SHARDS} shards:")
    folder = os.path.join(BUILD, "shards")
    run_python("split.py", SHOP, str(SHARDS), folder)
    run_python("split.py", "--audit", os.path.join(folder, "*.db"))

    say("A scheduler and two workers on this machine; each worker reads shards, only stats travel:")
    with cluster(os.path.join(BUILD, "cluster"), 2) as machines:
        show(machines)
        equal = made_from_shards(machines, folder, "many.db", wanted)

    say("Again, and a worker is killed in the middle (shards take 0.3 s longer, so there is one):")
    slow = ["--preload", os.path.join(ROOT, "tests", "scale", "preload.py")]
    environment = {"KEFU_SLOW": "0.3"}
    with cluster(os.path.join(BUILD, "cluster"), 2, (), environment, slow) as machines:
        show(machines)
        equal = made_from_shards(machines, folder, "killed.db", wanted, victim="worker-2") and equal
    return 0 if equal else 1


def made_from_shards(
    machines: Cluster, folder: str, name: str, wanted: dict[str, str], victim: str = ""
) -> bool:
    """Makes the report from the shards and compares it; with a victim, that is killed under way."""
    many = os.path.join(BUILD, name)
    common_tables(os.path.join(folder, f"shop-1-of-{SHARDS}.db"), many)
    for query, keys in ("agent_days", 3), ("journeys", 0):
        checkpoint = f"{many}.{query}.checkpoint"
        process = subprocess.Popen(
            [
                sys.executable,
                os.path.join(SCALE, "kefu_dask.py"),
                "--scheduler",
                machines.address,
                "--library",
                LIBRARY,
                "--query",
                os.path.join(SCALE, f"{query}.sql"),
                "--keys",
                str(keys),
                "--cutoff",
                str(CUTOFF),
                "--into",
                many,
                "--table",
                query,
                "--checkpoint",
                checkpoint,
                os.path.join(folder, "*.db"),
            ]
        )
        try:
            if victim in machines.processes:
                done = await_shards(checkpoint, 2, process)
                killed = machines.kill(victim)
                print(
                    f"\n{done} of {SHARDS} shards are done: {victim}, process {killed}, is killed."
                )
            if process.wait() != 0:
                raise SystemExit("kefu_dask.py failed")
        finally:
            process.kill()
            process.wait()
    if victim and victim in machines.processes:
        raise SystemExit(f"{victim} was to be killed in the middle, and there was none")
    made = report_of(many)
    for report, text in wanted.items():
        if made[report] != text:
            print(f"The {report} differs. That must not be.", file=sys.stderr)
            return False
    size = sum(len(text.encode()) for text in wanted.values())
    print(
        f"Equal byte for byte: the stats themselves, who earned what, and {len(REPORTS)} reports "
        f"({', '.join(REPORTS)}), {size} bytes."
    )
    return True


def one_stats(database: str) -> None:
    """The tables that kefu_dask.py makes from shards, in one file and without it."""
    statements = [f".parameter set :cutoff {CUTOFF}", "DROP VIEW agent_days;"]
    for query in "agent_days", "journeys":
        with open(os.path.join(SCALE, f"{query}.sql"), encoding="utf-8") as file:
            statements.append(f"CREATE TABLE {query} AS\n{file.read()}")
    shell(database, *statements)


def common_tables(shard: str, database: str) -> None:
    """The report's database: what all shards have in common, and no customer."""
    shutil.copy(shard, database)
    shell(database, "DROP VIEW agent_days;", *(f"DELETE FROM {table};" for table in BY_CUSTOMER))


def report_of(database: str) -> dict[str, str]:
    """The stats and the reports over them, as text."""
    settings = "UPDATE settings SET from_day = '2026-11-01', to_day = '2026-11-30';"
    order = "SELECT family, day, agent, hex(stats) FROM agent_days ORDER BY family, day, agent;"
    shell(database, settings)
    made = {"stats": shell(database, order), "credits": shell(database, EARNED)}
    for report in REPORTS:
        with open(os.path.join(ROOT, "sql", "report", f"{report}.sql"), encoding="utf-8") as file:
            made[report] = shell(database, ".headers on", '.separator "\\t"', file.read())
    return made


def await_shards(checkpoint: str, count: int, process: subprocess.Popen) -> int:
    """Waits until so many shards are in the checkpoint; how many there are."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if os.path.exists(checkpoint):
            database = sqlite3.connect(checkpoint, timeout=60)
            try:
                (done,) = database.execute("SELECT count(*) FROM parts").fetchone()
            except sqlite3.OperationalError:  # its tables are not there yet
                done = 0
            finally:
                database.close()
            if done >= count:
                return done
        time.sleep(0.05)
    raise SystemExit("the shards do not come")


def shell(database: str, *statements: str) -> str:
    """What the shell prints."""
    done = subprocess.run(
        [SHELL, "-batch", "-bail", "-cmd", f".load {os.path.splitext(LIBRARY)[0]}", database],
        input="\n".join(statements) + "\n",
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise SystemExit(f"{database}: {done.stderr}")
    return done.stdout


def run_python(script: str, *arguments: str) -> None:
    subprocess.run([sys.executable, os.path.join(SCALE, script), *arguments], check=True)


def show(machines: Cluster) -> None:
    for name, process in machines.processes.items():
        print(f"  {name}: process {process.pid}")
    print(f"  all on 127.0.0.1; the scheduler is {machines.address}", flush=True)


def print_head(text: str) -> None:
    """The first rows of a report, in columns."""
    text = "\n".join(text.splitlines()[:6])
    awk = ["awk", "-f", os.path.join(ROOT, "sql", "columns.awk")]
    subprocess.run(awk, input=text, encoding="utf-8", env={**os.environ, "LC_ALL": "C"}, check=True)


def say(text: str) -> None:
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
