"""A run over an archive: walk, register, hash, read, write down. This process alone writes the ledger."""

from __future__ import annotations

import contextlib
import os
import queue
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..plan.errors import UnwritableOutput
from ..plan.lexicon import load_lexicon
from .attempts import read_with_tries
from .ledger import Ledger, Outcome, Row
from .limits import MB, Limits
from .packed import Unpackable, hashed, kind_of, members
from .sources import Found, checked_sources, walk
from .store import Store, locked, new_store, tidy
from .supervised import Reader, Stopped, StoreUnwritable, end_left_over
from .worker import Task

LOOKAHEAD = 4
"""Documents hashed ahead for each reader."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files and bytes done of those that were open, documents and pages read."""

    files: int
    of_files: int
    size: int
    of_size: int
    read: int
    pages: int


Shown = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is asked to do. `stub` stands in for the reading function (tests)."""

    sources: tuple[Path, ...]
    home: Path
    workers: int = 1
    scheduler: str | None = None
    lexicon: Path | None = None
    password: str | None = None
    ocr: bool = True
    refresh: bool = False
    results: str | None = None
    """An address of fsspec at which plan JSONs are kept instead of in the store's folder."""
    limits: Limits = field(default_factory=Limits)
    stub: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has done and how the archive stands. `read`: documents that were read in this run."""

    files: int
    statuses: dict[str, int]
    reasons: dict[str, int]
    read: int
    pages: int
    seconds: float

    @property
    def complete(self) -> bool:
        return not any(self.statuses.get(status) for status in ("found", "running", "waiting", "partial", "failed"))


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file of the ledger as it came out of the feeder: what it is, and its hash if it is a document or a ZIP."""

    row: Row
    kind: str
    sha256: str = ""
    size: int = 0
    mtime_ns: int = 0
    outcome: Outcome | None = None
    members: tuple[Found, ...] = ()


class Readers(Protocol):
    """Where documents are read: reading processes on this machine, or a cluster."""

    @property
    def width(self) -> int: ...

    def submit(self, id_: int, task: Task) -> None: ...

    def close(self) -> None: ...


def work_key(lexicon: Path | None, ocr: bool) -> str:
    """What a result depends on besides the file: the version, the lexicon, whether pictures are read."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        tool = version("chuandao")
    except PackageNotFoundError:
        tool = "0"
    return f"{tool} {load_lexicon(lexicon).hash} ocr={'yes' if ocr else 'no'}"


def run_archive(job: Job, shown: Shown | None = None) -> Summary:
    """Reads every document under the sources into the store, once for each content.

    Raises:
        StoreInUse, UnwritableOutput, UnreadableInput, Refused, UsageError: as one line; KeyboardInterrupt: what was being
        read is open again, all else stands.
    """
    sources = checked_sources(job.sources, job.home)
    store = new_store(job.home)
    with locked(store), _opened(store) as ledger:
        end_left_over(ledger.processes())
        tidy(store)
        if job.results:
            store.keep_results_at(job.results)
        try:
            return _Run(job, store, ledger, shown).run(sources)
        finally:
            tidy(store)  # a reading process that is killed leaves behind what it was writing


@contextmanager
def _opened(store: Store) -> Iterator[Ledger]:
    ledger = Ledger(store.ledger, write=True)
    try:
        yield ledger
    finally:
        ledger.close()


class _Run:
    """The state of one run."""

    def __init__(self, job: Job, store: Store, ledger: Ledger, shown: Shown | None) -> None:
        self.job, self.store, self.ledger = job, store, ledger
        self.shown = shown or (lambda progress: None)
        self.work = work_key(job.lexicon, job.ocr)
        self.events: queue.SimpleQueue[Hashed | tuple[int, Outcome | Exception] | Exception | None] = (
            queue.SimpleQueue()
        )
        self.stopping = threading.Event()
        self.room = threading.Semaphore(0)
        self.notes: deque[tuple[int, float | None]] = deque()
        self.reading: dict[int, Row] = {}
        self.by_content: dict[str, int] = {}
        self.waiting: dict[str, list[Row]] = {}
        self.files = self.size = self.read = self.pages = self.fed = self.taken = 0

    def run(self, sources: Sequence[Path]) -> Summary:
        begun = time.monotonic()
        self.ledger.reopen(work=self.work if self.job.refresh else None)
        for source in sources:
            self._register(source)
        self.of_files, self.of_size = self.ledger.totals()[1:]
        if self.of_files:
            self._work_through()
        rows = self.ledger.totals()[0]
        return Summary(
            rows, self.ledger.counts(), self.ledger.reasons(), self.read, self.pages, time.monotonic() - begun
        )

    def _register(self, source: Path) -> None:
        batch: list[Found] = []
        for found in walk(source):
            batch.append(found)
            if len(batch) >= 500:
                self.ledger.register(batch)
                batch = []
        self.ledger.register(batch)

    def _work_through(self) -> None:
        feeder = threading.Thread(target=self._feed, daemon=True)
        readers = self._readers()
        self.room.release(LOOKAHEAD * readers.width + 4)
        feeder.start()
        fed = False
        try:
            while not fed or self.reading:
                event = self._next_event()
                if event is None:
                    fed = True
                elif isinstance(event, Exception):
                    raise event
                elif isinstance(event, Hashed):
                    self._take(event, readers)
                    self.taken += 1
                else:
                    self._finished(*event)
        finally:
            self.stopping.set()
            self.room.release()
            readers.close()
            feeder.join(timeout=10)
            self._note_processes()

    def _readers(self) -> Readers:
        if self.job.scheduler is not None:
            from .cluster import ClusterReaders

            return ClusterReaders(self.job, self.events.put)
        return LocalReaders(
            self.job, self.events.put, self.stopping, lambda pid, begun: self.notes.append((pid, begun))
        )

    def _next_event(self) -> Hashed | tuple[int, Outcome | Exception] | Exception | None:
        """Short waits, so that Ctrl-C is heard on Windows too."""
        while True:
            self._note_processes()
            with contextlib.suppress(queue.Empty):
                return self.events.get(timeout=0.5)

    def _note_processes(self) -> None:
        while self.notes:
            self.ledger.note_process(*self.notes.popleft())

    def _take(self, event: Hashed, readers: Readers) -> None:
        """A file from the feeder: written down if it is dealt with, linked if its content is known, else read."""
        row = event.row
        if event.outcome is not None:
            self.ledger.finish(row.id, event.outcome, sha256=event.sha256 or None, members=event.members)
            self.of_files += sum(found.status == "found" for found in event.members)
            self._count(row)
            self.room.release()
            return
        self.ledger.hashed(row.id, event.sha256, event.size, event.mtime_ns)
        if event.sha256 in self.by_content:
            self.waiting.setdefault(event.sha256, []).append(row)  # it keeps its room: what waits takes memory too
            return
        first = self.ledger.settled(event.sha256, row.id)
        if first is not None:
            self._link(row, first)
            self.room.release()
            return
        self.by_content[event.sha256] = row.id
        self.reading[row.id] = row
        readers.submit(row.id, self._task(row, event.sha256))

    def _task(self, row: Row, sha256: str) -> Task:
        job = self.job
        return Task(
            raw=row.raw.hex(), sha256=sha256, out=self.store.place(sha256), spool=str(self.store.spool),
            lexicon=str(job.lexicon.absolute()) if job.lexicon else None, password=job.password, ocr=job.ocr,
            limits=job.limits,
        )  # fmt: skip

    def _finished(self, id_: int, outcome: Outcome | Exception) -> None:
        if isinstance(outcome, Exception):
            raise _stop_line(outcome, self.store)
        row = self.reading.pop(id_)
        self.room.release()
        self.ledger.finish(id_, outcome, work=self.work)
        self.read += 1
        self.pages += outcome.page_count or 0
        self._count(row)
        first = self.ledger.row(id_)
        assert first.sha256 is not None
        del self.by_content[first.sha256]
        for other in self.waiting.pop(first.sha256, ()):
            self._link(other, first)
            self.room.release()

    def _link(self, row: Row, first: Row) -> None:
        """A file with the content of another: a duplicate of what was read; a failure fails alike, never in silence."""
        if first.status == "failed":
            outcome = Outcome("failed", first.reason, first.detail, first.pages, first.page_count)
        else:
            outcome = Outcome("duplicate", "SAME_CONTENT", first.path, (), first.page_count)
        self.ledger.finish(row.id, outcome, work=first.work, duplicate_of=first.id)
        self._count(row)

    def _count(self, row: Row) -> None:
        self.files += 1
        self.size += row.size
        self.shown(Progress(self.files, self.of_files, self.size, self.of_size, self.read, self.pages))

    def _feed(self) -> None:
        """The feeder's thread: looks at each open file in turn, never further ahead than there is room for."""
        try:
            ledger = Ledger(self.store.ledger, write=False)
            try:
                self._feed_from(ledger)
            finally:
                ledger.close()
            self.events.put(None)
        except Stopped:
            self.events.put(None)
        except Exception as error:  # the run must hear of whatever ends this thread
            self.events.put(error)

    def _feed_from(self, ledger: Ledger) -> None:
        changing: dict[int, Row] = {}
        found = True
        while found:  # a ZIP gets the rows of its members while it is worked on, so: once more until nothing is new
            found, last = False, 0
            while rows := ledger.open_rows(last):
                last = rows[-1].id
                for row in (row for row in rows if row.id not in changing):
                    found = True
                    event = self._looked_at(row)
                    if event is None:
                        changing[row.id] = row
                    else:
                        self._put(event)
            self._let_catch_up()
        until = time.monotonic() + self.job.limits.settle_wait
        while changing:
            late = time.monotonic() > until
            for row in list(changing.values()):
                event = self._looked_at(row)
                if event is None and late:
                    event = Hashed(row, "", outcome=Outcome("waiting", "CHANGING"))
                if event is not None:
                    del changing[row.id]
                    self._put(event)

    def _looked_at(self, row: Row) -> Hashed | None:
        if self.stopping.is_set():
            raise Stopped
        return looked_at(row, self.job.limits)

    def _put(self, event: Hashed) -> None:
        self.room.acquire()
        if self.stopping.is_set():
            raise Stopped
        self.fed += 1
        self.events.put(event)

    def _let_catch_up(self) -> None:
        """Waits until the run has written down all that the feeder has put."""
        while self.taken < self.fed and not self.stopping.is_set():
            time.sleep(0.01)


def looked_at(row: Row, limits: Limits) -> Hashed | None:
    """What an open file is; None while it is still changing."""
    container = row.raw.partition(b"\0")[0]
    packed = b"\0" in row.raw
    try:
        info = os.stat(container)
        if stat.S_ISDIR(info.st_mode):
            os.scandir(container).close()
            return Hashed(row, "", outcome=Outcome("skipped", None, "文件夹现在可以打开"))
        if not packed and _changes(container, info, limits):
            return None
        size = row.size if packed else info.st_size
        mtime_ns = row.mtime_ns if packed else info.st_mtime_ns
        if size > limits.file_mb * MB:
            return Hashed(row, "", outcome=Outcome("failed", "TOO_BIG", f"{size // MB} MB"))
        kind, reason = kind_of(row.raw, limits)
        if reason is not None:
            return Hashed(row, kind, outcome=Outcome(kind, reason))
        sha256 = hashed(row.raw, limits)
        if kind == "zip":
            found = tuple(members(row.raw, limits))
            outcome = Outcome("skipped", "CONTAINER", f"内有 {len(found)} 个文件")
            return Hashed(row, kind, sha256, size, mtime_ns, outcome, found)
        if os.stat(container).st_mtime_ns != info.st_mtime_ns:
            return None
        return Hashed(row, kind, sha256, size, mtime_ns)
    except Unpackable as error:
        return Hashed(row, "", outcome=Outcome("failed", error.reason))
    except FileNotFoundError:
        return Hashed(row, "", outcome=Outcome("failed", "VANISHED"))
    except PermissionError:
        return Hashed(row, "", outcome=Outcome("failed", "PERMISSION"))
    except OSError as error:
        return Hashed(row, "", outcome=Outcome("failed", "IO_ERROR", error.strerror))


def _changes(path: bytes, info: os.stat_result, limits: Limits) -> bool:
    """Whether a file that was written a moment ago is still growing: its size and time are looked at twice."""
    age = time.time() - info.st_mtime
    if not -86_400 < age < limits.settle_seconds:
        return False
    time.sleep(min(limits.settle_seconds, max(limits.settle_seconds - age, 0.01)))
    now = os.stat(path)
    return (now.st_size, now.st_mtime_ns) != (info.st_size, info.st_mtime_ns)


class LocalReaders:
    """Threads that each own a reading process."""

    def __init__(
        self,
        job: Job,
        told: Callable[[tuple[int, Outcome | Exception]], None],
        stopping: threading.Event,
        noted: Callable[[int, float | None], None],
    ) -> None:
        self._told, self._stopping = told, stopping
        self._tasks: queue.SimpleQueue[tuple[int, Task] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(
                target=self._serve, args=(Reader(stub=job.stub, stopping=stopping, noted=noted),), daemon=True
            )
            for _ in range(max(job.workers, 1))
        ]
        for thread in self._threads:
            thread.start()

    @property
    def width(self) -> int:
        return len(self._threads)

    def submit(self, id_: int, task: Task) -> None:
        self._tasks.put((id_, task))

    def close(self) -> None:
        self._stopping.set()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=15)

    def _serve(self, reader: Reader) -> None:
        try:
            while (order := self._tasks.get()) is not None and not self._stopping.is_set():
                id_, task = order
                try:
                    self._told((id_, read_with_tries(task, reader)))
                except Stopped:
                    return
                except Exception as error:  # the run must hear of whatever ends this thread
                    self._told((id_, error))
                    return
        finally:
            reader.close()


def _stop_line(error: Exception, store: Store) -> Exception:
    """Why the run can't go on, as one line."""
    if isinstance(error, StoreUnwritable):
        if error.full:
            return UnwritableOutput(f"{store.home}：磁盘已满；已完成的都在，腾出空间后再运行一次即可接着做。")
        return UnwritableOutput(f"{store.home}：写不进去（{error}）；请检查权限或换一个位置。")
    return error
