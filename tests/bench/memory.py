"""Memory: a run of its own, each contestant in a fresh process that answers once.

 1. `peak`: bytes that SQLite's allocator held at most during the query, beyond what it held before
    (sqlite3_memory_highwater): kefu's forms alone.
 2. `grown`: by how many bytes the process's resident memory grew at most, for all alike. It holds what
    a peer keeps of its table while it reads, and 2 MB of SQLite's page cache.
"""
from contest import PEERS, Host, queries, say

WORKLOADS = ["K1", "K2", "K4-chats", "K4-deals"]


def one(field, engine, variant, sql):
    host = Host(*field.command(engine, variant))
    inside = engine not in PEERS
    before = inside and host.ask({"sql": "SELECT memory_reset() AS n"})["rows"][0]["n"]
    came = host.ask({"sql": sql})
    found = {"grown": 1024 * came["resident_kb"]}
    if inside:
        found["peak"] = host.ask({"sql": "SELECT memory_peak() AS n"})["rows"][0]["n"] - before
    host.close()
    return found


def measure(field, variants, peers):
    """{workload: {contestant: {"peak": bytes, "grown": bytes}}}"""
    found = {}
    for file in ["kefu", *peers]:
        for workload, suits, name, sql in queries(file):
            for variant in suits if workload in WORKLOADS else "":
                if variant in variants:
                    title = name + (", text" if variant == "t" else "")
                    engine = file if file in PEERS else "system-kefu"
                    found.setdefault(workload, {})[title] = one(
                        field, engine, "all" if file in PEERS else variant, sql)
        say(f"  memory of {file}")
    return found
