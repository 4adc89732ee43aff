"""Tests of sql/scale/kefu_dask.py on a cluster that stays whole: numbers, checkpoint, errors."""

import contextlib
import io
import os
import re
import shutil
import sqlite3
import threading
import unittest
from typing import Optional

from distributed import Client
from shop import (
    AGENT_DAYS,
    BEGIN,
    CUTOFF,
    DAY,
    JOURNEYS,
    LIBRARY,
    SCALE,
    WORK,
    Case,
    add_line,
    change,
    days_of,
    make_shop,
    rows_of,
)

import checkpoint
import kefu_dask
import kefu_shard
import split
from cluster import cluster

SHARDS = 5


def setUpModule() -> None:
    global CLUSTER, CLIENT, SHOP, FOLDER
    CLUSTER = unittest.enterModuleContext(cluster(os.path.join(WORK, "cluster"), 2))
    CLIENT = unittest.enterModuleContext(Client(CLUSTER.address, timeout=10))
    SHOP = make_shop(os.path.join(WORK, "whole.db"))
    FOLDER = os.path.join(WORK, "whole-shards")
    split.split(SHOP, SHARDS, FOLDER)


class Sharded(Case):
    """A test with shards of its own, and the shop that they are of."""

    def setUp(self) -> None:
        super().setUp()
        self.shop = shutil.copy(SHOP, self.path("shop.db"))
        names = sorted(os.listdir(FOLDER))
        self.shards = [shutil.copy(os.path.join(FOLDER, name), self.path(name)) for name in names]
        self.into = self.path("result.db")

    def job(self, query: str = AGENT_DAYS, keys: Optional[int] = 3, **more) -> kefu_dask.Job:
        given = dict(
            shards=self.shards,
            query=query,
            keys=keys,
            cutoff=CUTOFF,
            into=self.into,
            table="result",
            extension=LIBRARY,
            checkpoint=self.path("done.db"),
            patience=20,
            quiet=True,
        )
        return kefu_dask.Job(**{**given, **more})

    def run_job(self, **more) -> kefu_dask.Summary:
        return kefu_dask.run(self.job(**more), CLIENT)

    def result(self) -> list[tuple]:
        return rows_of(self.into, "SELECT * FROM result")

    def error(self, **more) -> str:
        with self.assertRaises(kefu_dask.ScaleError) as caught:
            self.run_job(**more)
        return str(caught.exception)


class Numbers(Sharded):
    def test_stats_are_those_of_one_file(self):
        summary = self.run_job()
        self.assertEqual(self.result(), days_of(self.shop))
        self.assertGreater(len(self.result()), 30)
        self.assertEqual((summary.rows, summary.kept), (len(self.result()), 0))
        self.assertEqual([part["rows"] for part in summary.parts], [None] * SHARDS)

    def test_merging_in_levels_by_workers_changes_nothing(self):
        self.run_job(fan_in=2)
        self.assertEqual(self.result(), days_of(self.shop))
        left = rows_of(self.path("done.db"), "SELECT shard FROM parts ORDER BY 1")
        self.assertEqual(left, [(shard,) for shard in self.shards])

    def test_without_a_key_there_is_one_row(self):
        self.run_job(query=JOURNEYS, keys=None, fan_in=2)
        self.assertEqual(self.result(), rows_of(self.shop, JOURNEYS, CUTOFF))

    def test_several_stats_at_once(self):
        query = (
            "SELECT agent, chat_stats_by(0, customer, sender, sent_at) AS chats,"
            " deal_stats(customer, sent_at, NULL, NULL) AS deals FROM messages GROUP BY agent"
        )
        self.run_job(query=query, keys=1)
        self.assertEqual(self.result(), rows_of(self.shop, query))

    def test_keys_keep_their_types_and_are_equal_as_in_sql(self):
        for number, key in enumerate(("1", "1.0", "'1'", "NULL", "x'31'")):
            change(
                self.shards[number],
                "CREATE TABLE k (key, customer)",
                f"INSERT INTO k VALUES ({key}, 'c{number}'), (NULL, 'n{number}')",
            )
        query = "SELECT key, deal_stats(customer, 0, NULL, NULL) AS stats FROM k GROUP BY key"
        self.run_job(query=query, keys=None)
        found = rows_of(self.into, "SELECT quote(key), inquirers(stats) FROM result")
        self.assertEqual(found, [("NULL", 6), ("1", 2), ("'1'", 1), ("X'31'", 1)])

    def test_a_library_that_is_sent_counts_the_same(self):
        self.run_job(send_library=True)
        self.assertEqual(self.result(), days_of(self.shop))
        folders = [root for root, _, files in os.walk(CLUSTER.folder) if "kefu.so" in files]
        self.assertEqual(len(folders), 2)


class Cutoff(Sharded):
    def test_what_comes_after_it_does_not_count(self):
        early = BEGIN + 2 * DAY + 3600
        self.run_job(cutoff=early)
        self.assertEqual(self.result(), days_of(self.shop, early))
        self.assertLess(len(self.result()), len(days_of(self.shop)))

    def test_shards_that_are_written_meanwhile_agree(self):
        wanted = days_of(self.shop)
        stop = threading.Event()
        writers = [threading.Thread(target=write, args=(shard, stop)) for shard in self.shards[:2]]
        for writer in writers:
            writer.start()
        try:
            for number in range(3):
                self.run_job(table=f"result{number}")
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        for number in range(3):
            self.assertEqual(rows_of(self.into, f"SELECT * FROM result{number}"), wanted)
        written = rows_of(
            self.shards[0], f"SELECT count(*) FROM messages WHERE sent_at = {CUTOFF + 1}"
        )
        self.assertGreater(written[0][0], 0)

    def test_a_query_that_asks_for_it_must_get_it(self):
        self.assertIn("name an instant with --cutoff", self.error(cutoff=None))

    def test_times_are_read_as_kefu_reads_them(self):
        for text in "1793462400", "2026-11-01", "2026-11-01 00:00:00", "2026-10-31T16:00:00Z":
            self.assertEqual(kefu_dask.instant(text), BEGIN)


class Rerun(Sharded):
    def test_it_reads_only_what_is_not_there(self):
        self.run_job()
        wanted = self.result()
        summary = self.run_job()
        self.assertEqual((summary.kept, summary.bytes), (SHARDS, 0))
        self.assertEqual(self.result(), wanted)

    def test_a_shard_that_has_changed_is_read_again(self):
        for mode in "DELETE", "WAL":  # there the change is in the log, not in the file
            keeper = sqlite3.connect(self.shards[3])
            keeper.execute(f"PRAGMA journal_mode = {mode}")
            keeper.execute("SELECT count(*) FROM settings").fetchone()  # it is open: the log stays
            self.run_job()
            for path in self.shards[3], self.shop:
                change(
                    path,
                    "INSERT INTO messages (agent, customer, sent_at, sender)"
                    f" VALUES ('A8', '{mode}', {BEGIN + 99}, 'customer')",
                )
            summary = self.run_job()
            self.assertEqual(summary.kept, SHARDS - 1, mode)
            self.assertEqual(self.result(), days_of(self.shop), mode)
            keeper.close()

    def test_another_query_cutoff_or_key_is_another_job(self):
        self.run_job()
        self.assertEqual(self.run_job(query=AGENT_DAYS + "--").kept, 0)
        self.assertEqual(self.run_job(cutoff=CUTOFF - 1).kept, 0)
        self.assertEqual(self.run_job().kept, SHARDS)

    def test_a_shard_that_is_no_longer_named_does_not_count(self):
        renamed = [
            shutil.copy(shard, self.path(f"part{i}.db")) for i, shard in enumerate(self.shards)
        ]
        self.run_job(shards=renamed)
        self.run_job(shards=renamed[:2])
        wanted = kefu_shard.merge_parts(
            "",
            [(shard, rows_of(shard, AGENT_DAYS, CUTOFF)) for shard in renamed[:2]],
            ["family", "day", "agent", "stats"],
            3,
            LIBRARY,
            None,
        )
        self.assertEqual(self.result(), wanted["rows"])

    def test_doing_a_shard_twice_is_harmless(self):
        version = kefu_shard.kefu_version(LIBRARY)
        part = kefu_shard.read_shard(self.shards[0], AGENT_DAYS, CUTOFF, 3, LIBRARY, version)
        store = checkpoint.Checkpoint(self.path("done.db"), AGENT_DAYS, CUTOFF, 3, version)
        store.save(part)
        store.save(part)
        store.close()
        self.assertEqual(self.run_job().kept, 1)
        self.assertEqual(self.result(), days_of(self.shop))

    def test_two_runs_at_once_with_one_checkpoint(self):
        with Client(CLUSTER.address, timeout=10, set_as_default=False) as other:
            twin = threading.Thread(
                target=kefu_dask.run, args=(self.job(into=self.path("twin.db")), other)
            )
            twin.start()
            self.run_job()
            twin.join()
        self.assertEqual(self.result(), days_of(self.shop))
        self.assertEqual(rows_of(self.path("twin.db"), "SELECT * FROM result"), days_of(self.shop))


class Errors(Sharded):
    def spoil(self, number: int) -> None:
        with open(self.shards[number], "r+b") as file:
            file.write(b"\xff" * os.path.getsize(self.shards[number]))

    def test_a_missing_shard_is_named_and_the_others_are_kept(self):
        os.rename(self.shards[2], self.path("away"))
        error = self.error()
        self.assertIn("1 of 5 shards failed; the others are in " + self.path("done.db"), error)
        self.assertIn(f"\n  {self.shards[2]}: no such file on ", error)
        os.rename(self.path("away"), self.shards[2])
        self.assertEqual(self.run_job().kept, SHARDS - 1)
        self.assertEqual(self.result(), days_of(self.shop))

    def test_a_corrupt_shard_is_named_and_the_others_are_kept(self):
        good = shutil.copy(self.shards[1], self.path("good"))
        self.spoil(1)
        self.assertIn(f"\n  {self.shards[1]}: file is not a database", self.error())
        os.rename(good, self.shards[1])
        self.assertEqual(self.run_job().kept, SHARDS - 1)
        self.assertEqual(self.result(), days_of(self.shop))

    def test_a_shard_cut_short_is_an_error(self):
        os.truncate(self.shards[1], os.path.getsize(self.shards[1]) // 2 // 4096 * 4096)
        self.assertRegex(self.error(), re.escape(self.shards[1]) + ": .*malformed")

    def test_every_shard_that_failed_is_named_with_its_error(self):
        self.spoil(0)
        change(self.shards[4], "DROP TABLE ratings")
        error = self.error()
        self.assertIn("2 of 5 shards failed", error)
        self.assertIn(f"{self.shards[0]}: file is not a database", error)
        self.assertIn(f"{self.shards[4]}: no such table: ratings", error)

    def test_the_old_result_stands_until_the_new_one_is_there(self):
        self.run_job()
        wanted = self.result()
        self.same_conversation_twice()
        self.error()
        self.assertEqual(self.result(), wanted)

    def same_conversation_twice(self) -> None:
        for shard in self.shards[0], self.shards[4]:
            database = sqlite3.connect(shard)
            add_line(database, "double", BEGIN + DAY, "customer", "A7")
            database.commit()
            database.close()

    def test_a_conversation_in_two_shards_is_an_error_that_names_both(self):
        self.same_conversation_twice()
        error = self.error()
        self.assertIn(f"{self.shards[0]} and {self.shards[4]}: kefu_merge(): ", error)
        self.assertIn("the same conversation is in both: split the rows by customer", error)
        self.assertEqual(
            split.audit(self.shards),
            [
                "messages: customer 'double' of agent 'A7' is in "
                f"{self.shards[0]} and {self.shards[4]}"
            ],
        )

    def test_a_conversation_in_two_shards_is_found_by_workers_too(self):
        self.same_conversation_twice()
        self.shards = [self.shards[0], self.shards[4], self.shards[1]]
        shards = [shutil.copy(shard, shard + ".copy") for shard in self.shards]
        self.assertIn(
            f"{shards[0]} and {shards[1]}: kefu_merge(): ", self.error(shards=shards, fan_in=2)
        )

    def test_what_is_no_stats_is_an_error(self):
        self.assertIn(
            "the query's column stats holds 3, want stats",
            self.error(query="SELECT agent, 3 AS stats FROM messages", keys=None),
        )
        self.assertIn(
            "kefu_merge(): argument 1 (stats)", self.error(query="SELECT x'00' AS stats", keys=None)
        )
        self.assertIn("4 columns of 4 cannot be keys", self.error(keys=4))

    def test_an_error_that_nobody_thought_of_is_told_with_its_shard(self):
        def read_shard(*_):
            raise MemoryError

        known = kefu_shard.read_shard
        kefu_shard.read_shard = read_shard
        try:
            self.assertIn(f"\n  {self.shards[0]}: MemoryError()", self.error())
        finally:
            kefu_shard.read_shard = known

    def test_a_shard_is_only_read(self):
        before = [bytes_of(shard) for shard in self.shards]
        self.assertIn(
            "attempt to write a readonly database", self.error(query="DELETE FROM messages")
        )
        self.run_job()
        self.assertEqual([bytes_of(shard) for shard in self.shards], before)

    def test_a_set_of_shards_must_be_whole(self):
        self.assertEqual(
            self.error(shards=self.shards[1:3]), "whole: of 5 shards, missing: 1, 4, 5"
        )
        again = os.path.join(self.path("again"), "whole-1-of-5.db")
        os.mkdir(self.path("again"))
        shutil.copy(self.shards[0], again)
        self.assertEqual(
            self.error(shards=[*self.shards, again]), "whole: of 5 shards, there more than once: 1"
        )

    def test_no_file_counts_twice(self):
        os.symlink(self.shards[0], self.path("link.db"))
        self.assertIn("are one file", self.error(shards=[*self.shards, self.path("link.db")]))

    def test_a_library_that_is_not_there_is_an_error_on_this_machine(self):
        self.assertRegex(self.error(extension="/nowhere/kefu.so"), "this machine: .*/nowhere/kefu.so")

    def test_the_command_line_says_what_is_wrong_and_fails(self):
        status, err = command(
            "--query",
            os.path.join(SCALE, "agent_days.sql"),
            "--into",
            self.into,
            "--table",
            "t",
            self.path("*.nothing"),
        )
        self.assertEqual((status, err), (1, f"kefu_dask: {self.path('*.nothing')}: no such file\n"))


def command(*arguments: str) -> tuple[int, str]:
    """The command line: its status, and what it says on stderr."""
    with contextlib.redirect_stderr(io.StringIO()) as err:
        status = kefu_dask.main(arguments)
    return status, err.getvalue()


def bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def write(shard: str, stop: threading.Event) -> None:
    """Adds rows after the cut-off, as a shop would that is open, until told to stop."""
    for _ in range(2000):
        if stop.wait(0.01):
            return
        change(
            shard,
            "INSERT INTO messages (agent, customer, sent_at, sender)"
            f" VALUES ('A1', 'tb_1', {CUTOFF + 1}, 'customer')",
            f"UPDATE inquiries SET ordered_at = {CUTOFF + 1} WHERE id ="
            " (SELECT min(id) FROM inquiries WHERE ordered_at IS NULL)",
            f"UPDATE inquiries SET paid_at = {CUTOFF + 1}, amount = 5, quantity = 1 WHERE id ="
            f" (SELECT min(id) FROM inquiries WHERE ordered_at < {CUTOFF} AND paid_at IS NULL)",
        )


if __name__ == "__main__":
    unittest.main()
