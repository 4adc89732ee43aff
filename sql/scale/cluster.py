"""A scheduler and workers on this machine, as processes of their own: for the demo, the tests and
the measurements.

1. All listen on 127.0.0.1 alone, on ports that the system chooses, without a dashboard.
2. They end with the block that started them, however it is left: also by Ctrl-C, SIGTERM or SIGHUP.
   Each is the leader of a process group of its own, and only these groups are ever sent a signal.
   Left alone all the same (SIGKILL), the scheduler ends after ten idle minutes, workers soon after
   it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Iterator, Mapping, Optional, Sequence

LOOPBACK = "127.0.0.1"
START_SECONDS = 60


@dataclass
class Cluster:
    """Processes by name: scheduler, worker-1, worker-2 …"""

    folder: str
    environment: Mapping[str, str]
    arguments: Sequence[str]  # of scheduler and workers alike: TLS
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the scheduler listens, read from its log."""
        return self.wait_for("scheduler", "Scheduler at:").split()[-1]

    def start_scheduler(self, port: int = 0) -> None:
        protocol = ["--protocol", "tls"] if self.arguments else []
        self._start(
            "scheduler",
            "dask_scheduler",
            "--host",
            LOOPBACK,
            "--port",
            str(port),
            "--idle-timeout",
            "10 minutes",
            "--no-show",
            *protocol,
        )
        self.wait_for("scheduler", "Scheduler at:")

    def start_worker(self, number: int, *more: str, folder: Optional[str] = None) -> None:
        """One process with one thread, in a folder; more: further arguments of dask-worker. It is
        there when await_worker returns."""
        name = f"worker-{number}"
        nanny = [] if "--nanny" in more else ["--no-nanny"]
        self._start(
            name,
            "dask_worker",
            self.address,
            "--host",
            LOOPBACK,
            "--name",
            name,
            "--nthreads",
            "1",
            "--nworkers",
            "1",
            "--death-timeout",
            "20",
            "--memory-limit",
            "0",
            "--local-directory",
            os.path.join(self.folder, name),
            *nanny,
            *more,
            folder=folder,
        )

    def await_worker(self, number: int) -> None:
        self.wait_for(f"worker-{number}", "Registered to:")

    def kill(self, name: str) -> int:
        """Kills one process, by its id, at once; the id."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return process.pid

    def stop(self) -> None:
        """Requirement 2: asks all to end, workers first; kills what has not after five seconds."""
        for process in reversed(self.processes.values()):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    def log(self, name: str) -> str:
        with open(os.path.join(self.folder, name + ".log"), encoding="utf-8") as file:
            return file.read()

    def _start(self, name: str, module: str, *arguments: str, folder: Optional[str] = None) -> None:
        with open(os.path.join(self.folder, name + ".log"), "wb") as log:
            self.processes[name] = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    f"distributed.cli.{module}",
                    *arguments,
                    *self.arguments,
                    "--no-dashboard",
                    "--dashboard-address",
                    f"{LOOPBACK}:0",
                ],
                env={**os.environ, **self.environment},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_for(self, name: str, words: str) -> str:
        """The line of the log with these words."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            for line in self.log(name).splitlines():
                if words in line:
                    return line
            if self.processes[name].poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"{name} does not start:\n{self.log(name)}")


@contextlib.contextmanager
def cluster(
    folder: str,
    workers: int,
    arguments: Sequence[str] = (),
    environment: Mapping[str, str] = {},
    worker_arguments: Sequence[str] = (),
) -> Iterator[Cluster]:
    """A running cluster. folder: for logs and the workers' files; environment: of all processes."""
    for number in signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, lambda signal_number, _: sys.exit(128 + signal_number))
    os.makedirs(folder, exist_ok=True)
    started = Cluster(os.path.abspath(folder), environment, arguments)
    try:
        started.start_scheduler()
        for number in range(1, workers + 1):
            started.start_worker(number, *worker_arguments)
        for number in range(1, workers + 1):
            started.await_worker(number)
        yield started
    finally:
        started.stop()
