"""What the results say: tables, goals, the README's part. report.py table | markdown"""
import json
import os
import sys

import data

RESULTS = os.path.join(data.FOLDER, "results.json")
GOALS = os.path.join(data.FOLDER, "goals.json")
BY = "kefu, by"
COLUMNS = ["DuckDB", "DuckDB ENUM", "ClickHouse"]


def load():
    if not os.path.exists(RESULTS):
        return {}
    with open(RESULTS, encoding="utf-8") as file:
        return json.load(file)


def table(rows, workload, came):
    """All contestants of a workload, as text."""
    floor = came.get("no-op")

    def ratio(it, unit):
        return f"{it[unit] / floor[unit]:.2f}" if floor else ""

    lines = [f"{workload:42}{'ms':>10}{'× no-op':>9}{'ns a row':>10}{'CPU ms':>10}{'× no-op':>9}"
             f"{'rounds':>8}  equal"]
    for name, it in came.items():
        equal = {True: "yes", False: "NO", None: ""}[it["equal"]]
        lines.append(f"  {name:40}{it['ms']:10.1f}{ratio(it, 'ms'):>9}"
                     f"{1e6 * it['ms'] / int(rows):10.0f}{it['cpu_ms']:10.1f}"
                     f"{ratio(it, 'cpu_ms'):>9}{it['rounds']:8}  {equal}")
    return "\n".join(lines)


def sqlites(came, index):
    """Pure SQLite on whole numbers; index: with those that read a covering index."""
    return {name: it["ms"] for name, it in came.items()
            if name.startswith("SQLite") and "text" not in name and (index or "index" not in name)}


# --- Goals ---------------------------------------------------------------------------------------

class Goals:
    """Lines of (goal, limit, found, reached). A goal whose contestants did not run has no line."""

    def __init__(self):
        self.lines = []

    def add(self, what, found, limit, at_least=False):
        if found is not None:
            reached = found >= limit if at_least else found <= limit
            sign = "≥" if at_least else "≤"
            self.lines.append((what, f"{sign} {limit:g}", f"{found:.2f}", reached))

    def quotient(self, what, above, below, limit, at_least=False):
        self.add(what, above / below if above and below else None, limit, at_least)


def goals_of(goals, rows, results):
    """The goals within one number of rows."""
    size = f"{int(rows):,} rows"
    for workload in ["K1", "K4-chats", "K2", "K3", "K4-deals", "K5"]:
        came = results.get(workload)
        if not came or BY not in came:
            continue

        def ms(name):
            return came[name]["ms"] if name in came else None

        goals.quotient(f"{workload}, {size}: times faster than the Python loop", ms("Python loop"),
                       ms(BY), 7, at_least=True)
        goals.quotient(f"{workload}, {size}: text against integers", ms(BY + ", text"), ms(BY), 1.6)
        if workload == "K5":
            continue
        here = f"{workload}, {size}: by, against "
        goals.quotient(here + "the no-op", ms(BY), ms("no-op"), 2.0)
        if workload in ("K1", "K4-chats"):
            known = [ms(name) for name in COLUMNS if ms(name)]
            fastest = min(known, default=None)
            goals.quotient(here + "the fastest of DuckDB, ENUM, ClickHouse", ms(BY), fastest, 1.0)
            goals.quotient(here + "the same (moonshot)", ms(BY), fastest, 0.8)
            goals.quotient(here + "ClickHouse, packed", ms(BY), ms("ClickHouse, packed"), 1.0)
        else:
            goals.quotient(here + "DuckDB", ms(BY), ms("DuckDB"), 1.0)
            goals.quotient(here + "DuckDB ENUM", ms(BY), ms("DuckDB ENUM"), 1.0)
            goals.quotient(here + "ClickHouse", ms(BY), ms("ClickHouse"), 1.5)
        times = 20 if workload in ("K1", "K4-chats") else 8
        fastest = []
        for index in (False, True):
            pure = sqlites(came, index)
            fastest.append(min(pure, key=pure.get, default=""))
        for name in dict.fromkeys(fastest):
            goals.quotient(f"{workload}, {size}: times faster than {name}", pure.get(name), ms(BY),
                           times, at_least=True)
        goals.quotient(f"{workload}, {size}: one step, against the no-op with GROUP BY",
                       ms("kefu, one step"), ms("no-op, GROUP BY"), 1.25)


def goals_of_memory(goals, rows, results):
    memory = results.get("memory", {}).get("K1")
    if not memory or BY not in memory:
        return
    size = f"{int(rows):,} rows"
    allowed = 24 * int(rows) + 64 * results["counts"]["conversations"]
    for name in (BY, BY + ", text"):
        if name in memory:
            goals.add(f"K1, {size}: peak of {name}, against 24 B a line + 64 B a conversation",
                      memory[name]["peak"] / allowed, 1.0)
    for name in COLUMNS:
        if name in memory:
            goals.quotient(f"K1, {size}: growth of the process, against {name}",
                           memory[BY]["grown"], memory[name]["grown"], 1.0)


def goals_of_extras(goals, results):
    if "merge" in results:
        year, quarter = (results["merge"][f"kefu, {days} days"]["ms"] for days in (365, 91))
        counts = results["counts"]
        goals.add("merge of 365 × 50 days of 8,000 conversations: seconds", year / 1000, 1.0)
        goals.add("merge: cost a byte of the year against that of its first quarter",
                  year / counts["year_bytes"] / (quarter / counts["quarter_bytes"]), 1.3)
    if "pay" in results:
        extra_ms = results["pay"]["kefu, commission_calc"]["ms"] - results["pay"]["no-op"]["ms"]
        goals.add("commission_calc with a plan: µs a call",
                  1000 * extra_ms / results["counts"]["amounts"], 1.5)


def goals(results):
    found = Goals()
    sizes = [rows for rows in ("1000000", "10000000") if rows in results]
    for rows in sizes:
        goals_of(found, rows, results[rows])
        goals_of_memory(found, rows, results[rows])
        goals_of_extras(found, results[rows])
    if len(sizes) == 2:
        small, large = (results[rows] for rows in sizes)
        for workload in small.keys() & large.keys():
            if BY in small[workload] and BY in large[workload]:
                found.quotient(f"{workload}: cost a row at 10,000,000 against 1,000,000",
                               large[workload][BY]["ms"] / 10, small[workload][BY]["ms"], 1.3)
    return found.lines


def print_goals(results):
    """Prints them, and writes them beside the results."""
    lines = goals(results)
    with open(GOALS, "w", encoding="utf-8") as file:
        names = ("goal", "limit", "found", "reached")
        json.dump([dict(zip(names, line)) for line in lines], file, indent=1, ensure_ascii=False)
    for what, limit, found, reached in lines:
        print(f"{'reached' if reached else 'MISSED ':8} {what:95} {limit:>7} {found:>8}")
    print(f"{sum(line[3] for line in lines)} of {len(lines)} goals reached")


# --- Memory, windows, chart ------------------------------------------------------------------------

def print_memory(rows, results):
    for workload, came in results.get("memory", {}).items():
        conversations = results["counts"]["conversations"]
        print(f"{workload + ', memory':42}{'peak MB':>10}{'B a row':>9}{'B a conv.':>10}"
              f"{'grown MB':>10}")
        for name, it in came.items():
            inside = " " * 29
            if "peak" in it:
                inside = f"{it['peak'] / 1e6:10.1f}{it['peak'] / int(rows):9.1f}"
                inside += (f"{it['peak'] / conversations:10.1f}"
                           if workload in ("K1", "K4-chats") else " " * 10)
            print(f"  {name:40}{inside}{it['grown'] / 1e6:10.1f}")


CHART = [("kefu", BY), ("no-op", "no-op"), ("DuckDB ENUM", "DuckDB ENUM"), ("ClickHouse", "ClickHouse"),
         ("Python loop", "Python loop"), ("SQLite", None)]


def chart(results):
    """Cost of a row of K1 against the number of rows; a bar's length is its logarithm."""
    lines = ["K1: nanoseconds a row; four marks are ten times as much"]
    for title, name in CHART:
        for rows in sorted(results, key=int):
            came = results[rows].get("K1", {})
            ms = min(sqlites(came, True).values(), default=None) if name is None else (
                came[name]["ms"] if name in came else None)
            if ms is not None:
                ns = 1e6 * ms / int(rows)
                length, tenths = 0, ns / 10
                while tenths >= 1 and length < 40:
                    length, tenths = length + 1, tenths / 10 ** 0.25
                lines.append(f"{title:12}{int(rows):>11,} {'█' * length} {ns:,.0f}")
                title = ""
    return "\n".join(lines)


# --- For the README ------------------------------------------------------------------------------

def markdown_table(rows, results):
    columns = ["kefu", "no-op", *COLUMNS, "SQLite", "Python loop"]
    print(f"| {int(rows):,} rows, ms | " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for workload in [name for name in results if name.startswith("K")]:
        came = results[workload]
        cells = {"kefu": came[BY]["ms"], "SQLite": min(sqlites(came, True).values(), default=None)}
        cells.update({name: came[name]["ms"] for name in columns if name in came})
        print(f"| {workload} | " + " | ".join(
            f"{cells[name]:,.0f}" if cells.get(name) else "" for name in columns) + " |")
    print()


def markdown(results):
    sizes = [rows for rows in ("1000000", "10000000") if rows in results]
    for rows in sizes:
        markdown_table(rows, results[rows])
    about = results[sizes[-1]]["machine"]
    print(f"{about['cpu']}, {about['cores']} cores, {about['system']}; "
          f"{', '.join(about['versions'])}.\n\n```console\n{chart(results)}\n```\n")
    print("| goal | | found |\n| --- | --- | --- |")
    for what, limit, found, reached in goals(results):
        print(f"| {what} | {limit} | {found}{'' if reached else ' (missed)'} |")


def main():
    results = load()
    if not results:
        sys.exit(f"no results in {RESULTS}: run make bench first")
    if sys.argv[1:] == ["markdown"]:
        markdown(results)
        return
    for rows in sorted(results, key=int):
        print(f"--- {int(rows):,} rows ---")
        for workload, came in results[rows].items():
            if workload not in ("machine", "counts", "memory"):
                print(table(rows, workload, came))
        print_memory(rows, results[rows])
        for peer, why in results[rows].get("machine", {}).get("missing", {}).items():
            print(f"{peer} could not be had: {why}")
    print(chart(results))
    print_goals(results)


if __name__ == "__main__":
    main()
