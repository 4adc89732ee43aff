"""Tests of sql/scale when machines fail: workers and schedulers that die, shards that kill,
libraries that differ, strangers; and that nothing is left running."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import unittest
from typing import Optional, Sequence

from distributed import Client
from shop import (
    AGENT_DAYS,
    CUTOFF,
    LIBRARY,
    PRELOAD,
    SCALE,
    WORK,
    Case,
    days_of,
    make_shop,
    rows_of,
)

import kefu_dask
import split
from cluster import Cluster, cluster

SHARDS = 6
SLOW = {"KEFU_SLOW": "0.3"}  # seconds, so that there is a middle
QUICK = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}


def setUpModule() -> None:
    global SHOP, FOLDER, WANTED
    SHOP = make_shop(os.path.join(WORK, "shop.db"))
    FOLDER = os.path.join(WORK, "shards")
    split.split(SHOP, SHARDS, FOLDER)
    WANTED = days_of(SHOP)


class Faults(Case):
    def cluster(
        self,
        workers: int,
        environment: dict = {},
        arguments: Sequence[str] = (),
        worker_arguments: Sequence[str] = (),
    ) -> Cluster:
        loaded = ["--preload", PRELOAD, *worker_arguments]
        made = cluster(self.path("cluster"), workers, arguments, environment, loaded)
        return self.enterContext(made)

    def start(self, address: str, *more: str) -> subprocess.Popen:
        """The command line, in a process of its own."""
        process = subprocess.Popen(
            [
                sys.executable,
                os.path.join(SCALE, "kefu_dask.py"),
                "--scheduler",
                address,
                "--query",
                os.path.join(SCALE, "agent_days.sql"),
                "--keys",
                "3",
                "--cutoff",
                str(CUTOFF),
                "--into",
                self.path("result.db"),
                "--table",
                "result",
                "--checkpoint",
                self.path("done.db"),
                "--library",
                LIBRARY,
                "--patience",
                "20",
                *more,
                os.path.join(FOLDER, "*.db"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **QUICK},
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def finish(self, process: subprocess.Popen, status: int = 0) -> tuple[str, str]:
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, err)
        return out, err

    def await_shards(self, count: int) -> int:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.done() >= count:
                return self.done()
            time.sleep(0.02)
        self.fail("the shards do not come")

    def done(self) -> int:
        try:
            return rows_of(self.path("done.db"), "SELECT count(*) FROM parts")[0][0]
        except sqlite3.OperationalError:
            return 0

    def assert_result(self) -> None:
        self.assertEqual(rows_of(self.path("result.db"), "SELECT * FROM result"), WANTED)

    def run_job(self, address: str, **more) -> kefu_dask.Summary:
        job = kefu_dask.Job(
            **{
                "shards": kefu_dask.shards_of([os.path.join(FOLDER, "*.db")]),
                "query": AGENT_DAYS,
                "keys": 3,
                "cutoff": CUTOFF,
                "into": self.path("result.db"),
                "table": "result",
                "extension": LIBRARY,
                "checkpoint": self.path("done.db"),
                "patience": 20,
                "quiet": True,
                **more,
            }
        )
        with Client(address, timeout=10, set_as_default=True) as client:
            return kefu_dask.run(job, client)


class Workers(Faults):
    def test_a_worker_dies_in_the_middle(self):
        machines = self.cluster(2, SLOW)
        process = self.start(machines.address)
        self.assertLess(self.await_shards(1), SHARDS - 1)
        machines.kill("worker-1")
        out, _ = self.finish(process)
        self.assertIn(f"from {SHARDS} shards (0 of them from the checkpoint)", out)
        self.assert_result()

    def test_all_workers_die_and_another_comes(self):
        machines = self.cluster(1, SLOW)
        process = self.start(machines.address)
        self.await_shards(1)
        machines.kill("worker-1")
        machines.start_worker(2)
        self.finish(process)
        self.assert_result()

    def test_no_worker_comes(self):
        machines = self.cluster(1, SLOW)
        process = self.start(machines.address, "--patience", "2")
        self.await_shards(1)
        machines.kill("worker-1")
        _, err = self.finish(process, status=1)
        self.assertIn("no worker for 2 s; start some, then this command again", err)
        self.assertGreater(self.done(), 0)

    def test_a_poison_shard_is_named_and_the_others_are_kept(self):
        poison = os.path.join(FOLDER, f"shop-2-of-{SHARDS}.db")
        environment = {
            "KEFU_POISON": "shop-2-of",
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        machines = self.cluster(2, environment, worker_arguments=["--nanny"])
        with self.assertRaises(kefu_dask.ScaleError) as caught:
            self.run_job(machines.address)
        self.assertRegex(
            str(caught.exception),
            f"^1 of {SHARDS} shards failed; the others are in .*done.db\n"
            f"  {re.escape(poison)}: every worker that was at it died",
        )
        self.assertEqual(self.done(), SHARDS - 1)
        # Its cause is gone, and only this shard is read.
        harmless = self.enterContext(cluster(self.path("harmless"), 1))
        self.assertEqual(self.run_job(harmless.address).kept, SHARDS - 1)
        self.assert_result()


class Schedulers(Faults):
    def test_the_scheduler_dies_and_a_rerun_goes_on(self):
        machines = self.cluster(2, SLOW)
        process = self.start(machines.address)
        self.await_shards(2)
        machines.kill("scheduler")
        _, err = self.finish(process, status=1)
        self.assertIn("the scheduler is gone", err)
        self.assertIn("then this command again: it goes on where it was", err)
        done = self.done()
        self.assertIn(done, range(2, SHARDS))
        again = self.enterContext(cluster(self.path("again"), 1))
        out, _ = self.finish(self.start(again.address))
        self.assertIn(f"from {SHARDS} shards ({done} of them from the checkpoint)", out)
        self.assert_result()

    def test_the_client_is_killed_and_a_rerun_goes_on(self):
        machines = self.cluster(2, SLOW)
        process = self.start(machines.address)
        self.await_shards(2)
        process.kill()
        process.communicate()
        done = self.done()
        self.assertIn(done, range(2, SHARDS))
        self.assertEqual(self.run_job(machines.address).kept, done)
        self.assert_result()

    def test_no_scheduler_is_there(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        _, err = self.finish(self.start(address), status=1)
        self.assertIn(f"kefu_dask: {address}: no connection to the scheduler", err)


class Versions(Faults):
    """The library is named by each process's own folder, so that each has another one."""

    def setUp(self) -> None:
        super().setUp()
        self.same, self.other = self.path("same"), self.path("other")
        for folder in self.same, self.other:
            os.mkdir(folder)
            shutil.copy(LIBRARY, os.path.join(folder, "kefu.so"))
        with open(LIBRARY, "rb") as file:
            library = file.read()
        version = rows_of(SHOP, "SELECT kefu_version()")[0][0]
        other = re.sub(r"\d", "9", version)
        with open(os.path.join(self.other, "kefu.so"), "wb") as file:
            file.write(library.replace(version.encode(), other.encode()))
        self.wanted, self.found = version, other
        self.extension = "/proc/self/cwd/kefu.so"
        before = os.getcwd()
        os.chdir(self.same)
        self.addCleanup(os.chdir, before)

    def test_workers_of_two_versions_are_an_error_that_names_them(self):
        machines = self.cluster(0)
        machines.start_worker(1, folder=self.same)
        machines.start_worker(2, folder=self.other)
        machines.await_worker(1)
        machines.await_worker(2)
        address = re.search(r"tcp://\S+", machines.wait_for("worker-2", "Start worker at:"))[0]
        with self.assertRaises(kefu_dask.ScaleError) as caught:
            self.run_job(machines.address, extension=self.extension)
        self.assertEqual(
            str(caught.exception),
            f"kefu is {self.wanted} on this machine, but on\n  {address}: {self.found}",
        )
        self.assertEqual(self.done(), 0)

    def test_a_worker_without_the_library_is_an_error_that_names_it(self):
        os.remove(os.path.join(self.other, "kefu.so"))
        machines = self.cluster(0)
        machines.start_worker(1, folder=self.other)
        with self.assertRaises(kefu_dask.ScaleError) as caught:
            self.run_job(machines.address, extension=self.extension)
        self.assertRegex(str(caught.exception), r"\n  tcp://127.0.0.1:\d+: .*kefu.so.*cannot open")
        # Sent, it is there.
        self.assertEqual(self.run_job(machines.address, send_library=True).kept, 0)
        self.assert_result()

    def test_a_worker_of_another_version_that_comes_later_counts_nothing(self):
        machines = self.cluster(0, SLOW)
        machines.start_worker(1, "--preload", PRELOAD, folder=self.same)
        process = self.start(machines.address, "--library", self.extension)
        self.await_shards(1)
        machines.start_worker(2, folder=self.other)
        machines.await_worker(2)
        machines.kill("worker-1")
        _, err = self.finish(process, status=1)
        self.assertRegex(err, rf"is kefu {self.found}, want {self.wanted}")
        self.assertFalse(os.path.exists(self.path("result.db")))


class Strangers(Faults):
    """TLS: certificates of our own authority, made here."""

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def certificate(self, name: str, issuer: Optional[str] = None) -> None:
        """NAME.key and NAME.pem, signed by the issuer or by itself."""
        signed = ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key"] if issuer else []
        self.openssl(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={name}",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.pem",
            *signed,
        )

    def files(self, *options: str) -> list[str]:
        names = ("ca.pem", "machine.pem", "machine.key")
        return [word for pair in zip(options, map(self.path, names)) for word in pair]

    def test_over_tls_the_result_is_the_same_and_strangers_are_refused(self):
        for name, issuer in ("ca", None), ("machine", "ca"), ("stranger", None):
            self.certificate(name, issuer)
        machines = self.cluster(1, arguments=self.files("--tls-ca-file", "--tls-cert", "--tls-key"))
        self.assertRegex(machines.address, "^tls://127.0.0.1:")
        ours = self.files("--tls-ca", "--tls-cert", "--tls-key")

        plain = machines.address.replace("tls://", "tcp://")
        _, err = self.finish(self.start(plain), status=1)
        self.assertIn("no connection to the scheduler", err)
        stranger = [option.replace("machine", "stranger") for option in ours]
        _, err = self.finish(self.start(machines.address, *stranger), status=1)
        self.assertIn("no connection to the scheduler", err)
        _, err = self.finish(self.start(machines.address), status=1)
        self.assertIn("no connection to the scheduler", err)
        _, err = self.finish(self.start(plain, *ours), status=1)  # nor do we speak in the clear
        self.assertIn("encryption required", err)
        self.assertEqual(self.done(), 0)

        self.finish(self.start(machines.address, *ours))
        self.assert_result()


class Leftovers(Faults):
    def test_a_cluster_ends_with_what_started_it(self):
        script = (
            f"import sys, time; sys.path.insert(0, {SCALE!r}); from cluster import cluster\n"
            f"with cluster({self.path('left')!r}, 1, worker_arguments=['--nanny']) as machines:\n"
            "    print(*(p.pid for p in machines.processes.values()), flush=True); time.sleep(60)"
        )
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            process = subprocess.Popen(
                [sys.executable, "-c", script],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            groups = [int(word) for word in process.stdout.readline().split()]
            self.assertEqual(len(groups), 2)
            self.assertGreaterEqual(len(members(groups)), 3)  # the nanny has a child
            process.send_signal(number)
            process.communicate(timeout=30)
            self.assertEqual(members(groups), [], number)


def members(groups: Sequence[int]) -> list[int]:
    """The processes of these groups."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, encoding="utf-8"
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, group, state in rows if int(group) in groups and state[0] != "Z"]


if __name__ == "__main__":
    unittest.main()
