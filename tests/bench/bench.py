"""The contest of kefu, its floors and its peers; tests/bench/run calls this and says how to use it.

Results go to build/bench/results.json after each workload, by the number of rows, so that two
commands fill one table (report.py).
"""
import argparse
import json
import os
import platform
import time

import data
import report
from contest import WORKLOADS, Field, compete, contestants, say

RESULTS = os.path.join(data.FOLDER, "results.json")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if "model name" in line), "?")
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.platform(),
            "load": os.getloadavg()[0]}


def load():
    if not os.path.exists(RESULTS):
        return {}
    with open(RESULTS, encoding="utf-8") as file:
        return json.load(file)


def save(results):
    with open(RESULTS + ".part", "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1, sort_keys=True)
    os.rename(RESULTS + ".part", RESULTS)


def main():
    asks = argparse.ArgumentParser()
    asks.add_argument("--rows", type=int, default=1000000)
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument("--slow-rounds", type=int, default=3)
    asks.add_argument("--workloads", default=" ".join(WORKLOADS))
    asks.add_argument("--variants", default="it")
    asks.add_argument("--no-peers", action="store_true")
    asks.add_argument("--kefu", default="build/kefu.so")
    asked = asks.parse_args()

    kefu = os.path.abspath(asked.kefu).removesuffix(".so")
    for variant in asked.variants:
        data.make(asked.rows, variant, kefu)
    field = Field(asked.rows, kefu)
    start = time.time()
    for workload in asked.workloads.split():
        everybody = contestants(field, workload, asked.variants, not asked.no_peers)
        came = compete(workload, everybody, asked.rounds, asked.slow_rounds)
        results = load()
        part = results.setdefault(str(asked.rows), {})
        part[workload] = came
        part["machine"] = machine()
        part["versions"] = field.versions()
        part["missing"] = field.missing
        save(results)
        say(report.table(workload, came))
    field.close()
    say(f"{time.time() - start:.0f} s")


main()
