"""Tasks on dask's workers, as many at once as there are threads, whoever dies meanwhile.

1. A worker that dies costs the task that it was at: the scheduler gives it to another.
2. A task that killed more workers than the scheduler allows (its setting allowed-failures, 3) is
   tried once more when all others are over, alone, so that none is blamed for its neighbour. Then
   it is an error.
3. Errors stop no other task; they are gathered.
4. Without a worker for PATIENCE seconds, or without the scheduler, there is no going on:
   ScaleError.
"""

import contextlib
import queue
import sys
import time
from dataclasses import dataclass
from typing import Callable, Iterable, Iterator, Optional, Union

from distributed import CancelledError, Client
from distributed.scheduler import KilledWorker

from kefu_shard import Part


class ScaleError(Exception):
    """What the user should read."""


Outcome = Union[Part, BaseException]


@dataclass(frozen=True)
class Task:
    """One call on a worker, that gives a Part; `name` is what errors call it."""

    name: str
    function: Callable[..., Part]
    arguments: tuple


class Progress:
    """A line on stderr: redrawn on a terminal, else written every ten seconds and at the end."""

    def __init__(self, what: str, total: int, quiet: bool):
        self.what, self.total, self.quiet = what, total, quiet
        self.done = self.bytes = 0
        self.started = self.written = time.monotonic()
        self.live = sys.stderr.isatty()

    def step(self, size: int) -> None:
        self.done += 1
        self.bytes += size
        now = time.monotonic()
        last = self.done == self.total
        if self.quiet or not (self.live or last or now - self.written > 10):
            return
        self.written = now
        filled = 30 * self.done // self.total
        print(
            f"\r{self.what} [{'#' * filled}{'.' * (30 - filled)}] {self.done}/{self.total}, "
            f"{self.bytes / 1e6:.1f} MB, {now - self.started:.0f} s",
            end="\n" if last or not self.live else "",
            file=sys.stderr,
            flush=True,
        )


def perform(
    client: Client,
    tasks: Iterable[Task],
    save: Callable[[Part], None],
    progress: Progress,
    patience: float,
) -> list[str]:
    """Has workers do the tasks, saves each part as it comes; the errors. Requirement 3."""
    errors: list[str] = []
    suspects: list[Task] = []
    with scheduler_errors():
        for task, outcome in perform_some(client, tasks, None, patience):
            if isinstance(outcome, KilledWorker):
                suspects.append(task)
            else:
                conclude(task, outcome, save, progress, errors)
        for task, outcome in perform_some(client, suspects, 1, patience):  # Requirement 2
            if isinstance(outcome, KilledWorker):
                outcome = RuntimeError(
                    f"{task.name}: every worker that was at it died (out of memory, perhaps);"
                    f" {outcome.allowed_failures + 1} of them, one after the other"
                )
            conclude(task, outcome, save, progress, errors)
    return sorted(errors)


def conclude(
    task: Task,
    outcome: Outcome,
    save: Callable[[Part], None],
    progress: Progress,
    errors: list[str],
) -> None:
    """A task is over: its part is saved, or its error noted. A RuntimeError is ours and says of what
    it is; another one is told with its task."""
    if not isinstance(outcome, BaseException):
        try:
            save(outcome)
        except RuntimeError as error:
            outcome = error
    if isinstance(outcome, BaseException):
        ours = isinstance(outcome, RuntimeError)
        errors.append(str(outcome) if ours else f"{task.name}: {outcome!r}")
        progress.step(0)
    else:
        progress.step(outcome["bytes"] if outcome["rows"] is not None else 0)


def perform_some(
    client: Client, tasks: Iterable[Task], at_once: Optional[int], patience: float
) -> Iterator[tuple[Task, Outcome]]:
    """Yields each task with its part or its exception. At once there are as many as threads (or
    at_once): what waits on the scheduler costs memory, and shares the blame when a worker dies."""
    tasks = iter(tasks)
    running: dict[str, Task] = {}
    over: queue.SimpleQueue = queue.SimpleQueue()  # of futures; a callback puts them there
    more, threads, asked = True, 0, float("-inf")
    while more or running:
        if time.monotonic() - asked > 1:
            threads = await_workers(client, patience)
            asked = time.monotonic()
        while more and len(running) < (at_once or threads):
            task = next(tasks, None)
            more = task is not None
            if task is not None:
                future = client.submit(task.function, *task.arguments, pure=False)
                running[future.key] = task
                future.add_done_callback(over.put)
        if running:
            with contextlib.suppress(queue.Empty):
                future = over.get(timeout=1)
                yield running.pop(future.key), future.exception() or future.result()
                future.release()


def await_workers(client: Client, patience: float) -> int:
    """The threads of all workers; waits for the first. Requirement 4."""
    started = time.monotonic()
    while True:
        threads = sum(client.nthreads().values())
        if threads > 0:
            return threads
        if time.monotonic() - started > patience:
            raise ScaleError(f"no worker for {patience:g} s; start some, then this command again")
        time.sleep(0.2)


@contextlib.contextmanager
def scheduler_errors() -> Iterator[None]:
    """Says in one way that the scheduler is gone, which dask tells in several."""
    try:
        yield
    except (CancelledError, OSError) as error:
        raise ScaleError(
            f"the scheduler is gone ({type(error).__name__}); start it, then this command again:"
            " it goes on where it was"
        ) from None
