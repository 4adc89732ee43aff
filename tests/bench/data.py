"""The databases of the benchmark, made once and kept in build/bench. A half-made one never has its name."""
import os
import sqlite3
import subprocess
import time

FOLDER = "build/bench"
BENCH = os.path.abspath(os.path.join(FOLDER, "bench"))
NEWEST = os.path.abspath(os.path.join(FOLDER, "newest"))

TABLES = """
CREATE TABLE messages (id INTEGER PRIMARY KEY, shop_id INTEGER, agent TEXT, customer {who},
                       sent_at {when}, sender TEXT, is_auto INTEGER);
INSERT INTO messages SELECT id, 1, agent, customer{text}, sent_at{text}, sender, is_auto
  FROM made_messages({rows});
CREATE TABLE inquiries (customer {who}, agent TEXT, asked_at {when}, ordered_at {when},
                        paid_at {when}, amount REAL);
INSERT INTO inquiries SELECT customer{text}, agent, asked_at{text}, ordered_at{text}, paid_at{text},
                             amount FROM made_inquiries({rows});
"""
INDEXES = """
CREATE INDEX messages_covered ON messages (agent, customer, sender, sent_at);
CREATE INDEX messages_by_day
    ON messages (agent, customer, (sent_at + 28800) / 86400, sent_at, id, sender) WHERE is_auto = 0;
CREATE INDEX inquiries_covered ON inquiries (agent, customer, asked_at, ordered_at, paid_at, amount);
"""
CHAT_DAY = """
CREATE TABLE chat_day AS
SELECT period AS day, key AS agent, stats
  FROM kefu_groups((SELECT chat_stats_by(agent, customer, sender, sent_at, '{{"period":"day"}}')
                      FROM {messages}));
"""


def database(rows, variant):
    """Variant i: integers; t: text; m: a year of stored days, whatever the number of rows."""
    name = "year" if variant == "m" else f"{rows}-{variant}"
    return os.path.join(FOLDER, name + ".db")


def script(rows, variant):
    if variant == "m":
        return CHAT_DAY.format(messages="made_messages(24000000) WHERE sent_at < 1798732800")
    if variant == "t":
        return TABLES.format(rows=rows, who="TEXT", when="TEXT", text="_text")
    return (TABLES.format(rows=rows, who="INTEGER", when="INTEGER", text="") + INDEXES
            + CHAT_DAY.format(messages="messages"))


def make(rows, variant, kefu):
    path = database(rows, variant)
    if os.path.exists(path):
        return
    start = time.time()
    print(f"making {path} …", flush=True)
    part = path + ".part"
    if os.path.exists(part):
        os.remove(part)
    connection = sqlite3.connect(part)
    connection.enable_load_extension(True)
    connection.load_extension(BENCH)
    connection.load_extension(kefu)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                             + script(rows, variant))
    connection.close()
    os.rename(part, path)
    print(f"  {os.path.getsize(path) / 1e6:.0f} MB, {time.time() - start:.0f} s", flush=True)


# --- For the peers, who have databases of their own ------------------------------------------------

CSV = {
    "messages": "SELECT id, agent, customer, sent_at, sender, is_auto FROM messages NOT INDEXED",
    "inquiries": "SELECT customer, agent, asked_at, ordered_at, paid_at, amount"
                 " FROM inquiries NOT INDEXED",
}


def write_csv(rows):
    """The files that the peers read once; their names."""
    names = []
    for variant in "it":
        for table, sql in CSV.items():
            names.append(os.path.join(FOLDER, f"{rows}-{variant}-{table}.csv"))
            with open(names[-1], "wb") as file:
                subprocess.run(["sqlite3", "-csv", database(rows, variant), sql], stdout=file,
                               check=True)
    return names


def has_peer(rows, peer):
    return os.path.exists(os.path.join(FOLDER, f"{rows}.{peer}"))
