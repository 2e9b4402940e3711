"""Documents read on a dask.distributed cluster: a task reads its document in a supervised process of its own, writes the
plan into the store, and returns a small status. This process alone writes the ledger.

Limits, tries and pages that are left out are the business of the supervised process, on the machine where it runs. What
is left to Dask is that a whole worker, or its machine, may go: the task is then done by another. Tasks that were beside
it count as suspects too, so one whose worker died too often is tried once more, all alone, before it counts as failed.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..plan.errors import UnreadableInput, UsageError
from .attempts import read_with_tries
from .ledger import Outcome
from .limits import Limits
from .supervised import Reader, StoreUnwritable
from .worker import Task

if TYPE_CHECKING:
    from .runner import Job

CONNECT_SECONDS = 30
DEATHS = 3
"""Workers that may die with a document before it is tried alone."""
Told = Callable[[tuple[int, Outcome | Exception]], None]


def read_on_worker(task: dict[str, Any], stub: str | None) -> dict[str, Any]:
    """What a cluster's worker does with one document: the fields of an Outcome, or {"stop": …} for a store that can't be
    written from there, {"lexicon": …} for tables that can't be read there."""
    readers = _readers.__dict__.setdefault("readers", {})
    if stub not in readers:
        readers[stub] = Reader(stub=stub)
    task = {**task, "limits": Limits(**task["limits"]), "skip": tuple(task["skip"])}
    try:
        return asdict(read_with_tries(Task(**task), readers[stub]))
    except StoreUnwritable as error:
        return {"stop": str(error), "full": error.full}
    except UnreadableInput as error:
        return {"lexicon": str(error)}


_readers = threading.local()
"""One reading process for each thread of the cluster's worker."""


class ClusterReaders:
    """Tasks on a cluster instead of reading processes of our own."""

    def __init__(self, job: Job, told: Told) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError('--scheduler：需要先安装 pip install "chuandao[cluster]"。') from None
        self._told, self._stub = told, job.stub
        self._lock = threading.Lock()
        self._running: dict[int, Any] = {}
        self._suspects: deque[tuple[int, Task]] = deque()
        self._held: deque[tuple[int, Task]] = deque()
        self._alone: int | None = None
        try:
            self._client: Any = Client(job.scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UnreadableInput(
                f"--scheduler {job.scheduler}：连不上集群（{type(error).__name__}）；请检查地址，见 docs/cluster.md。"
            ) from None

    def submit(self, id_: int, task: Task) -> None:
        """A document for the cluster; after all others if it is a suspect."""
        with self._lock:
            if self._alone is not None:
                self._held.append((id_, task))
                return
        self._send(id_, task, alone=False)

    @property
    def width(self) -> int:
        """How many documents the cluster reads at a time, at least 8 since workers may still join."""
        return max(8, sum(self._client.nthreads().values()))

    def close(self) -> None:
        with contextlib.suppress(Exception):  # whatever the cluster is doing, this run is over
            self._client.cancel(list(self._running.values()))
        with contextlib.suppress(Exception):
            self._client.close(timeout=10)

    def _send(self, id_: int, task: Task, *, alone: bool) -> None:
        future = self._client.submit(
            read_on_worker, asdict(task), self._stub, pure=False, retries=0,
            key=f"read-{task.sha256}-{'alone' if alone else 'once'}",
        )  # fmt: skip
        with self._lock:
            self._running[id_] = future
        future.add_done_callback(lambda done: self._done(id_, task, done, alone))

    def _done(self, id_: int, task: Task, future: Any, alone: bool) -> None:
        """In a thread of Dask's client: hands on what came of a document, or keeps it as a suspect."""
        answer: Outcome | Exception | None = None
        try:
            found = future.result()
            if "stop" in found:
                answer = StoreUnwritable(found["stop"], found["full"])
            elif "lexicon" in found:
                answer = UnreadableInput(found["lexicon"])
            else:
                answer = Outcome(**{**found, "pages": tuple(found["pages"])})
        except Exception as error:  # everything that a cluster may raise
            if type(error).__name__ == "CancelledError":
                return
            if type(error).__name__ != "KilledWorker":
                answer = UnreadableInput(
                    f"集群出错（{type(error).__name__}：{error}）；已完成的都在，集群恢复后再运行一次即可接着做。"
                )
            elif alone:
                answer = Outcome("failed", "CRASH", "集群的工作进程随它一起终止")
        with self._lock:
            self._running.pop(id_, None)
            held: list[tuple[int, Task]] = []
            if alone:
                self._alone = None
                held = list(self._held)
                self._held.clear()
            if answer is None:
                self._suspects.append((id_, task))
        if answer is not None:
            self._told((id_, answer))
        for other in held:
            self._send(*other, alone=False)
        self._next_suspect()

    def _next_suspect(self) -> None:
        """A suspect runs when nothing else does, so that it can take none along."""
        with self._lock:
            if self._running or self._alone is not None or not self._suspects:
                return
            id_, task = self._suspects.popleft()
            self._alone = id_
        self._send(id_, task, alone=True)
