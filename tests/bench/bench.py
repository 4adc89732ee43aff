"""The contest of kefu, its floors and its peers; tests/bench/run calls this and says how to use it.

Results go to build/bench/results.json after each workload, by the number of rows, so that several
commands fill one table (report.py).
"""
import argparse
import json
import os
import platform
import sys
import time

import data
import memory
import report
from contest import PEERS, WORKLOADS, Field, compete, contestants, say

EXTRAS = ["pay", "windows-chats", "windows-deals", "merge"]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if "model name" in line), "?")
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.freedesktop_os_release().get(
        "PRETTY_NAME", platform.platform()), "load": os.getloadavg()[0]}


def keep(rows, name, came):
    """Writes one part of the results; a run that is broken off loses nothing of the others."""
    results = report.load()
    results.setdefault(str(rows), {})[name] = came
    with open(report.RESULTS + ".part", "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1, ensure_ascii=False)
    os.rename(report.RESULTS + ".part", report.RESULTS)


def start_peers(field):
    """Each makes its tables when it starts for the first time."""
    start = time.time()
    names = []
    if not all(data.has_peer(field.rows, peer) for peer in PEERS):
        say("writing CSV files for the peers, who load them …")
        names = data.write_csv(field.rows)
    for peer in PEERS:
        field.host(peer, "all")
    for name in names:
        os.remove(name)
    if names:
        say(f"  {time.time() - start:.0f} s")


def counts(field):
    """What costs are divided by: conversations, amounts, bytes of a year's stored days."""
    ask = field.host("system-kefu", "i").ask
    found = {
        "conversations": ask({"sql": "SELECT sum(consulting(stats)) AS n FROM chat_day"}),
        "amounts": ask({"sql": "SELECT count(amount) AS n FROM inquiries"}),
    }
    if os.path.exists(data.database(0, "m")):
        sql = "SELECT sum(length(stats)) AS n FROM chat_day WHERE day < '{}'"
        ask = field.host("system-kefu", "m").ask
        found["year_bytes"] = ask({"sql": sql.format("9999")})
        found["quarter_bytes"] = ask({"sql": sql.format("2026-04-02")})
    return {name: answer["rows"][0]["n"] for name, answer in found.items()}


def main():
    asks = argparse.ArgumentParser(prog="tests/bench/run")
    asks.add_argument("--rows", type=int, default=1000000)
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument("--slow-rounds", type=int, default=3)
    asks.add_argument("--workloads", default=" ".join(WORKLOADS))
    asks.add_argument("--variants", default="it")
    asks.add_argument("--no-peers", action="store_true")
    asks.add_argument("--extras", action="store_true", help="also " + " ".join(EXTRAS))
    asks.add_argument("--memory", action="store_true", help="also a run that looks at memory")
    asks.add_argument("--kefu", default="build/kefu.so")
    asked = asks.parse_args()

    kefu = os.path.abspath(asked.kefu).removesuffix(".so")
    variants = asked.variants + ("m" if asked.extras else "")
    wanted = variants if asked.no_peers else variants + "it"  # a peer holds both forms
    for variant in sorted(set(wanted)):
        data.make(asked.rows, variant, kefu)
    field = Field(asked.rows, kefu)
    start = time.time()
    if not asked.no_peers:
        start_peers(field)
    if os.getloadavg()[0] > 1:
        say(f"This machine is busy (load {os.getloadavg()[0]:.1f}): trust ratios of CPU time at most.")
    say(f"{asked.rows} rows, {asked.rounds} rounds, {asked.slow_rounds} of slow peers:")
    keep(asked.rows, "counts", counts(field))
    wrong = []
    for workload in asked.workloads.split() + (EXTRAS if asked.extras else []):
        everybody = [it for it in contestants(field, workload, variants, not asked.no_peers)
                     if asked.slow_rounds or not it.slow]
        came = compete(workload, everybody, asked.rounds, asked.slow_rounds)
        keep(asked.rows, workload, came)
        keep(asked.rows, "machine", {**machine(), "versions": field.versions(),
                                     "missing": field.missing})
        say(report.table(asked.rows, workload, came))
        wrong += [f"{workload}: {it.name}" for it in everybody
                  if it.name not in came or came[it.name]["equal"] is False]
    peers = [peer for peer in PEERS if field.hosts.get((peer, "all"))]
    field.close()
    if asked.memory:
        keep(asked.rows, "memory", memory.measure(field, asked.variants, peers))
    say(f"{time.time() - start:.0f} s")
    if wrong:
        sys.exit("failed or different: " + "; ".join(wrong))


main()
