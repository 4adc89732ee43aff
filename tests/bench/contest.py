"""Hosts, contestants, rounds.

 1. Interleaved: in a round each contestant of a workload answers once; the next round starts with the
    next contestant. A round before the first warms up and is not counted.
 2. Equal: figures of one name (counts exactly, means to 1e-9) agree with kefu's `by` form.
 3. Slow peers (pure SQLite, the Python loop) have fewer rounds and no warm-up; the results say how many.
"""
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import time

import data

HERE = os.path.dirname(os.path.abspath(__file__))
WORKLOADS = ["K1", "K2", "K3", "K4-chats", "K4-deals", "K5"]
PEERS = ("duckdb", "clickhouse") # each one process for all variants
FIGURES = {"responses", "mean", "first", "slow", "p90", "rate", "success", "sales", "commission"}


def say(*words):
    print(*words, flush=True)


class Host:
    """A process that answers; peers/sqlite.py says what it reads and writes."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env={**os.environ, **environment})
        self.version = self.answer()["version"]

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("its process ended")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def ask(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Field:
    """The hosts: each started when first asked for, all kept until the end. A name is an engine and a
    variant of the data."""

    def __init__(self, rows, kefu):
        self.rows, self.kefu = rows, kefu
        self.hosts, self.missing = {}, {}

    def command(self, engine, variant):
        if engine in PEERS:
            script = os.path.join(HERE, "peers", engine + ".js")
            return ["node", script, data.FOLDER, str(self.rows)], {}
        settings = {"kefu": (data.BENCH, self.kefu), "threads": ("PRAGMA threads = 2",)}
        age, _, setting = engine.partition("-")
        if age == "newest" and not os.path.exists(os.path.join(data.NEWEST, "libsqlite3.so.0")):
            raise RuntimeError("it is not built")
        command = [sys.executable, os.path.join(HERE, "peers", "sqlite.py"),
                   data.database(self.rows, variant), *settings.get(setting, ())]
        return command, {"LD_LIBRARY_PATH": data.NEWEST} if age == "newest" else {}

    def host(self, engine, variant):
        """The host, or None where it cannot be had; why is in self.missing."""
        name = engine, variant
        if name not in self.hosts:
            try:
                self.hosts[name] = Host(*self.command(engine, variant))
            except (OSError, RuntimeError) as error:
                self.hosts[name] = None
                self.missing[engine] = str(error)
                say(f"  {engine} cannot be had: {error}")
        return self.hosts[name]

    def versions(self):
        return sorted({host.version for host in self.hosts.values() if host})

    def close(self):
        for host in filter(None, self.hosts.values()):
            host.close()
        self.hosts = {}


class Contestant:
    def __init__(self, name, host, request, slow=False):
        self.name, self.host, self.request, self.slow = name, host, request, slow
        self.ms, self.cpu_ms, self.equal = [], [], None

    def run(self):
        answer = self.host.ask(self.request)
        self.ms.append(answer["ms"])
        self.cpu_ms.append(answer["cpu_ms"])
        return answer["rows"]

    def results(self):
        return {"ms": statistics.median(self.ms), "cpu_ms": statistics.median(self.cpu_ms),
                "rounds": len(self.ms), "least_ms": min(self.ms), "equal": self.equal}


def queries(file):
    """[(workload, variants, name, sql)] of a file in queries/; kefu.sql says how they are written."""
    with open(os.path.join(HERE, "queries", file + ".sql"), encoding="utf-8") as text:
        parts = re.split(r"^-- ([\w-]+) (\w+): (.+)$", text.read(), flags=re.M)[1:]
    return [tuple(part.strip() for part in parts[i:i + 4]) for i in range(0, len(parts), 4)]


def sqlite_engines(workload, variant, name):
    """Pure SQLite: the system's and the newest, each with one thread and with two, for K1's best query;
    elsewhere the extremes of these four."""
    if workload == "K1" and variant == "i" and "lag" not in name:
        return ["system", "system-threads", "newest", "newest-threads"]
    return ["system", "newest-threads"]


def contestants(field, workload, variants, with_peers):
    """Everybody who answers this workload; kefu's `by` form is first."""
    found = []

    def add(name, engine, variant, request, slow=False):
        host = field.host(engine, "all" if engine in PEERS else variant)
        if host is not None:
            name = name.replace("SQLite", host.version) if slow else name
            name += ", threads=2" if engine.endswith("threads") else ""
            name += ", text" if variant == "t" else ""
            found.append(Contestant(name, host, request, slow))

    files = ["kefu", "extras", "floors"]
    for file in files + ([*PEERS, "sqlite"] if with_peers else []):
        for asks, suits, name, sql in queries(file):
            for variant in suits if asks == workload else "":
                if variant not in variants:
                    continue
                engines = [file] if file in PEERS else ["system-kefu"]
                if file == "sqlite":
                    engines = sqlite_engines(workload, variant, name)
                for engine in engines:
                    add(name, engine, variant, {"sql": sql}, slow=file == "sqlite")
    if with_peers and workload in WORKLOADS:
        add("Python loop", "system", "i", {"loop": workload}, slow=True)
    return found


# --- Requirement 2 -------------------------------------------------------------------------------

def groups(rows):
    """{(agent, day): row}; a day as ISO text. Groups without a response, which SQL does not list, go."""
    found = {}
    for row in rows:
        day = row.get("day")
        if isinstance(day, int):
            day = str(datetime.date(1970, 1, 1) + datetime.timedelta(days=day))
        if row.get("responses") != 0:
            found[row.get("agent"), day] = row
    return found


def difference(rows, reference):
    """None, or the first figure that differs."""
    ours, theirs = groups(rows), groups(reference)
    if ours.keys() != theirs.keys():
        return f"{len(ours)} groups for {len(theirs)}"
    for group, row in ours.items():
        for name in row.keys() & theirs[group].keys() & FIGURES:
            got, want = row[name], theirs[group][name]
            # kefu rounds a commission to the cent, the peers do not.
            allowed = 0.0051 if name == "commission" else 1e-9 * abs(want or 0)
            if (got is None) != (want is None) or got is not None and abs(got - want) > allowed:
                return f"{group}: {name} {got} for {want}"
    return None


def compare(contestant, rows, reference):
    if not rows or not rows[0].keys() & reference[0].keys() & FIGURES:
        return
    wrong = difference(rows, reference)
    contestant.equal = wrong is None
    if wrong:
        say(f"  DIFFERENT: {contestant.name}: {wrong}")


# --- Requirements 1 and 3 ------------------------------------------------------------------------

def compete(workload, everybody, rounds, slow_rounds):
    """{contestant: results} after all rounds; without those who failed, who are told."""
    start = time.time()
    reference, failed = None, set()
    for number in range(-1, rounds):
        for turn in range(len(everybody)):
            it = everybody[(turn + max(number, 0)) % len(everybody)]
            if it in failed or it.slow and not 0 <= number < slow_rounds:
                continue
            try:
                rows = it.run()
            except (OSError, RuntimeError) as error:
                say(f"  FAILED: {it.name}: {error}")
                failed.add(it)
                continue
            reference = reference or rows
            if it.equal is None:
                compare(it, rows, reference)
            if number < 0:
                it.ms, it.cpu_ms = [], []
        say(f"  {workload}: {len(everybody)} contestants, round {number + 1} of {rounds}, "
            f"{time.time() - start:.0f} s")
    found = {it.name: it.results() for it in everybody if it not in failed}
    for it in found.values():
        if "no-op" in found:
            it["of_no_op"] = it["ms"] / found["no-op"]["ms"]
    return found
