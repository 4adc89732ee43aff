"""Tests of sql/scale/split.py: who lands where, that nothing is lost, and what the audit finds."""

import contextlib
import hashlib
import io
import os
import sqlite3
import unittest

from shop import BEGIN, CUSTOMERS, DAY, Case, add_line, all_rows, change, make_shop, rows_of

import split

BY_CUSTOMER = ("messages", "orders", "inquiries", "ratings")


def command(*arguments: str) -> tuple[int, str, str]:
    """The command line: its status, and what it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        with contextlib.redirect_stderr(io.StringIO()) as err:
            status = split.main(arguments)
    return status, out.getvalue(), err.getvalue()


class Numbers(unittest.TestCase):
    """Requirement 2: the hash."""

    def test_same_customers_are_in_the_same_shard(self):
        for integer in 0, 1, -7, 2**53, -(2**63):
            one = split.shard_number("integer", integer, "UTF-8", 1000)
            self.assertEqual(one, split.shard_number("real", float(integer), "UTF-8", 1000))
        self.assertEqual(
            split.shard_number("integer", 0, "UTF-8", 1000),
            split.shard_number("real", -0.0, "UTF-8", 1000),
        )

    def test_a_text_has_one_shard_in_every_encoding(self):
        for text in "tb_1", "顾客", "😀":
            self.assertEqual(
                {split.shard_number("text", text.encode("utf-8"), "UTF-8", 1000)},
                {
                    split.shard_number("text", text.encode("utf-16-le"), "UTF-16le", 1000),
                    split.shard_number("text", text.encode("utf-16-be"), "UTF-16be", 1000),
                },
            )

    def test_other_customers_go_their_own_way(self):
        kinds = {("integer", 1), ("text", b"1"), ("blob", b"1"), ("real", 1.5), ("null", None)}
        self.assertEqual(len({split.shard_number(*who, "UTF-8", 10**9) for who in kinds}), 5)

    def test_the_hash_is_for_ever(self):
        # Shards that were split last year and this year's must fit: computed apart from split.py.
        wanted = int.from_bytes(hashlib.blake2b(b"text\0tb_1", digest_size=8).digest(), "little")
        self.assertEqual(split.shard_number("text", b"tb_1", "UTF-8", 8), wanted % 8 + 1)
        self.assertEqual(split.shard_number("text", b"tb_1", "UTF-8", 1000), 455)

    def test_out_of_64_bits_no_real_is_an_integer(self):
        for real in 2.0**63, 1e300, float("inf"), float("-inf"):
            self.assertIn(split.shard_number("real", real, "UTF-8", 8), range(1, 9))


class Split(Case):
    def make(self, count: int = 4, **options) -> tuple[str, list[str]]:
        shop = make_shop(self.path("shop.db"), **options)
        return shop, split.split(shop, count, self.path("shards"))

    def test_no_row_is_lost_or_doubled(self):
        shop, shards = self.make()
        for table in BY_CUSTOMER:
            self.assertEqual(all_rows(shards, table), all_rows([shop], table), table)
            self.assertGreater(len({len(all_rows([shard], table)) for shard in shards}), 1)

    def test_a_customer_of_any_type_is_in_one_shard_with_all_he_did(self):
        _, shards = self.make(16)
        for customer in CUSTOMERS:
            homes = {
                shard
                for shard in shards
                for table in BY_CUSTOMER
                if rows_of(shard, f"SELECT 1 FROM {table} WHERE customer = {literal(customer)}")
            }
            self.assertEqual(len(homes), 1, customer)

    def test_rows_without_a_customer_are_kept(self):
        shop, shards = self.make()
        count = "SELECT count(*) FROM messages WHERE customer IS NULL"
        self.assertEqual(
            sum(rows_of(shard, count)[0][0] for shard in shards), rows_of(shop, count)[0][0]
        )
        self.assertGreater(rows_of(shop, count)[0][0], 0)

    def test_other_tables_views_and_indexes_are_in_every_shard(self):
        shop, shards = self.make()
        schema = (
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY 1, 2"
        )
        for shard in shards:
            self.assertEqual(rows_of(shard, schema), rows_of(shop, schema))
            self.assertEqual(
                rows_of(shard, "SELECT * FROM remedies"), rows_of(shop, "SELECT * FROM remedies")
            )
            self.assertEqual(rows_of(shard, "PRAGMA integrity_check"), [("ok",)])

    def test_utf16_splits_as_utf8_does(self):
        _, shards = self.make()
        wanted = [all_rows([shard], "messages") for shard in shards]
        wide = make_shop(self.path("wide.db"), encoding="UTF-16le")
        shards = split.split(wide, 4, self.path("shards"))
        self.assertEqual([all_rows([shard], "messages") for shard in shards], wanted)
        self.assertEqual(rows_of(shards[0], "PRAGMA encoding"), [("UTF-16le",)])

    def test_tables_of_any_make_are_split(self):
        shop = self.path("odd.db")
        change(
            shop,
            "CREATE TABLE kept (customer TEXT COLLATE NOCASE, n, twice AS (2 * n),"
            " PRIMARY KEY (customer, n)) WITHOUT ROWID",
            "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, Customer)",
            "CREATE TABLE log (what)",
            "CREATE TRIGGER noted AFTER INSERT ON kept BEGIN INSERT INTO log VALUES (new.n); END",
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200)"
            " INSERT INTO kept (customer, n) SELECT char(65 + n % 26 + 32 * (n % 2)), n FROM n",
            "INSERT INTO counted (Customer) SELECT CAST(x'ff41' AS TEXT) FROM kept",
        )
        shards = split.split(shop, 3, self.path("shards"))
        query = "SELECT CAST(customer AS BLOB), n, twice FROM kept"
        self.assertEqual(
            sorted(row for shard in shards for row in rows_of(shard, query)),
            sorted(rows_of(shop, query)),
        )
        # Bytes count, not the collation: a and A are two, and each is whole.
        homes = [{row[0] for row in rows_of(shard, query)} for shard in shards]
        self.assertEqual(sum(map(len, homes)), 52 // 2)
        counts = [rows_of(shard, "SELECT count(*) FROM counted")[0][0] for shard in shards]
        self.assertEqual(sorted(counts), [0, 0, 200])  # not UTF-8, and in one place all the same
        for shard in shards:  # triggers do not fire while rows are laid down again
            self.assertEqual(rows_of(shard, "SELECT count(*) FROM log"), [(200,)])

    def test_a_shard_is_never_overwritten(self):
        shop, shards = self.make(2)
        with self.assertRaisesRegex(split.SplitError, "shop-1-of-2.db is there already"):
            split.split(shop, 2, self.path("shards"))

    def test_a_failed_split_leaves_nothing(self):
        shop = make_shop(self.path("shop.db"))
        size = os.path.getsize(shop)
        with open(shop, "r+b") as file:
            file.seek(size // 4)
            file.write(b"\xff" * (size // 2))
        status, _, err = command(shop, "2", self.path("shards"))
        self.assertEqual(status, 1)
        self.assertRegex(err, "split: .*(malformed|not a database)")
        self.assertEqual(os.listdir(self.path("shards")), [])

    def test_a_database_that_is_written_meanwhile_is_refused(self):
        shop = make_shop(self.path("shop.db"))
        fill = split.fill

        def fill_and_write(*arguments):
            fill(*arguments)
            change(shop, "UPDATE settings SET category = 'other'")

        split.fill = fill_and_write
        try:
            with self.assertRaisesRegex(split.SplitError, "was written to meanwhile"):
                split.split(shop, 2, self.path("shards"))
        finally:
            split.fill = fill
        self.assertEqual(os.listdir(self.path("shards")), [])

    def test_what_cannot_be_split_is_said(self):
        self.assertIn("no table has a column customer", self.refusal("CREATE TABLE t (a)"))
        self.assertIn(
            "f is a virtual table", self.refusal("CREATE VIRTUAL TABLE f USING fts5(customer)")
        )
        self.assertIn("unable to open", command(self.path("none.db"), "2", self.path("x"))[2])

    def refusal(self, statement: str) -> str:
        path = self.path("refused.db")
        change(path, statement)
        status, _, err = command(path, "2", self.path("x"))
        os.remove(path)
        self.assertEqual(status, 1)
        return err


class Audit(Case):
    def setUp(self):
        super().setUp()
        shop = make_shop(self.path("shop.db"), 400)
        self.shards = split.split(shop, 3, self.path("shards"))

    def test_a_good_split_is_clean(self):
        self.assertEqual(split.audit(self.shards), [])
        status, out, _ = command("--audit", self.path("shards/*.db"))
        self.assertEqual((status, out), (0, "3 shards, no customer in two of them\n"))

    def test_a_conversation_in_two_shards_is_named_with_both(self):
        for shard, customer in (self.shards[0], 77), (self.shards[2], 77.0):
            database = sqlite3.connect(shard)
            add_line(database, customer, BEGIN + DAY, "customer", "A9")
            database.commit()
            database.close()
        wanted = f"messages: customer 77 of agent 'A9' is in {self.shards[0]} and {self.shards[2]}"
        self.assertEqual(
            [line.replace("77.0", "77") for line in split.audit(self.shards)], [wanted]
        )
        status, _, err = command("--audit", *self.shards)
        self.assertEqual(status, 1)
        self.assertIn("1 conversations are in more than one shard", err)

    def test_text_and_number_are_two_customers(self):
        for shard, customer in (self.shards[0], 77), (self.shards[2], "77"):
            database = sqlite3.connect(shard)
            add_line(database, customer, BEGIN + DAY, "customer", "A9")
            database.commit()
            database.close()
        self.assertEqual(split.audit(self.shards), [])

    def test_a_shard_that_is_none_is_named(self):
        with open(self.shards[1], "wb") as file:
            file.write(b"no database" * 1000)
        _, _, err = command("--audit", *self.shards)
        self.assertIn(f"{self.shards[1]}: file is not a database", err)


def literal(value) -> str:
    """A value as SQL has it."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return repr(value) if not isinstance(value, str) else "'" + value.replace("'", "''") + "'"


if __name__ == "__main__":
    unittest.main()
