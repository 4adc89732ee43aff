"""A process that answers queries of the benchmark from SQLite: sqlite.py DATABASE [PRAGMA | EXTENSION]…

One JSON request a line on standard input, one JSON answer a line on standard output:

  {"sql": "SELECT …"}   runs it                          → {"ms": …, "cpu_ms": …, "rows": [{…}]}
  {"loop": "K1"}        the plain Python loop of loops.py, over rows read with the same module

ms is the wall clock from before the statement is prepared until its last row is there; cpu_ms is what
all threads of the process worked meanwhile. Which SQLite this is is the dynamic linker's choice:
LD_LIBRARY_PATH gives another one than the system's.
"""
import json
import resource
import sqlite3
import sys
import time

import loops


def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def resident_kb(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))


def main():
    connection = sqlite3.connect(sys.argv[1])
    connection.enable_load_extension(True)
    for setting in sys.argv[2:]:
        if setting.startswith("PRAGMA"):
            connection.execute(setting)
        else:
            connection.load_extension(setting)
    print(json.dumps({"version": "SQLite " + sqlite3.sqlite_version}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        resident = resident_kb("VmRSS")
        cpu, start = cpu_s(), time.perf_counter()
        try:
            if "loop" in request:
                rows = loops.LOOPS[request["loop"]](connection)
            else:
                cursor = connection.execute(request["sql"])
                rows = cursor.fetchall()
            end = time.perf_counter()
        except sqlite3.Error as error:
            print(json.dumps({"error": str(error)}), flush=True)
            continue
        cpu = cpu_s() - cpu
        if "loop" not in request:
            names = [column[0] for column in cursor.description or ()]
            rows = [dict(zip(names, row)) for row in rows]
        print(json.dumps({"ms": (end - start) * 1e3, "cpu_ms": cpu * 1e3, "rows": rows,
                          "resident_kb": resident_kb("VmHWM") - resident}), flush=True)


main()
