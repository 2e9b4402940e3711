"""Documents read on a dask.distributed cluster: a task writes its plan into the store and returns a small status."""

from __future__ import annotations

from collections.abc import Callable

from ..plan.errors import UsageError
from .ledger import Outcome
from .runner import Job
from .worker import Task


class ClusterReaders:
    """Tasks on a cluster instead of reading processes of our own."""

    def __init__(self, job: Job, told: Callable[[tuple[int, Outcome | Exception]], None]) -> None:
        raise UsageError("--scheduler：本版尚不支持。")

    def submit(self, id_: int, task: Task) -> None: ...

    def close(self) -> None: ...
