"""A reading process under supervision: started, watched against its limits, ended with its children, replaced."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import IO, Any

import psutil

from ..plan.errors import UnreadableInput
from .ledger import Outcome
from .limits import MB
from .worker import Task

POLL = 0.2
"""Seconds between looks at memory and clock."""
CHILDREN = 2.0
"""Seconds between searches for children, which cost a look at every process."""
START_SECONDS = 120
"""A reading process that takes longer to start won't."""
STANDSTILL = 1.0
"""A look at the clock that comes later than this shows that the machine slept or stood still, which is no page's fault."""
OUTSIDE = frozenset(
    -number
    for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGQUIT")
    if (number := getattr(signal, name, None)) is not None
)
"""How a process ends that somebody else has ended; no fault of its own brings these about."""
TERMINATED = frozenset({1, int(signal.SIGTERM)})
"""What TerminateProcess leaves behind on Windows: 1 from the Task Manager and taskkill, 15 from Python."""


class Stopped(Exception):
    """The run is being ended."""


class StoreUnwritable(Exception):
    """The store can't be written; `full`: for want of room."""

    def __init__(self, line: str, full: bool) -> None:
        super().__init__(line)
        self.full = full


@dataclass(frozen=True, slots=True)
class Death:
    """How a try ended that gave no outcome. `page`: the one being read, None outside of pages; `fresh`: the process had
    read nothing else before; `starting`: it had not even begun with this document."""

    reason: str
    page: int | None
    fresh: bool
    detail: str = ""
    starting: bool = False


Noted = Callable[[int, float | None], None]


class Reader:
    """One reading process after another, each taking one task at a time. Used by one thread."""

    def __init__(
        self, *, stub: str | None = None, stopping: threading.Event | None = None, noted: Noted | None = None
    ) -> None:
        self._arguments = ["--reader", stub] if stub else []
        self._stopping = stopping or threading.Event()
        self._noted = noted or (lambda pid, started: None)
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def read(self, task: Task) -> Outcome | Death:
        """What came of a task, or how the process died of it."""
        if self._process is not None and self._served >= task.limits.documents_per_worker:
            self.close()
        fresh = self._process is None or self._served == 0
        if self._process is None:
            self._start()
        self._served += 1
        try:
            ended = self._watched(task, fresh)
        except BaseException:
            self.close()
            raise
        if isinstance(ended, Death) or (ended.status == "failed" and ended.reason not in CLEAN):
            self.close()
        return ended

    def close(self) -> None:
        """Ends the process and all that it has started."""
        process, self._process, self._served = self._process, None, 0
        if process is None:
            return
        end_tree(process.pid)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()
        self._noted(process.pid, None)

    def _start(self) -> None:
        # a group of its own: Ctrl-C is for the run alone, which then ends its readers (0x200: CREATE_NEW_PROCESS_GROUP)
        options: dict[str, Any] = {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "chuandao.archive.worker", *self._arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(), **options,
        )  # fmt: skip
        with contextlib.suppress(psutil.Error):
            self._noted(self._process.pid, psutil.Process(self._process.pid).create_time())
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._tail: deque[bytes] = deque(maxlen=20)
        assert self._process.stdout is not None and self._process.stderr is not None
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        self._drainer = threading.Thread(target=_drain, args=(self._process.stderr, self._tail), daemon=True)
        self._drainer.start()

    def _watched(self, task: Task, fresh: bool) -> Outcome | Death:
        """Sends the task and follows it, page by page."""
        assert self._process is not None and self._process.stdin is not None
        limits = task.limits
        page: int | None = None
        clock = _Clock()
        begun = since = clock.look()
        memory = _Memory(self._process.pid)
        starting = fresh
        try:
            self._process.stdin.write(json.dumps({**asdict(task), "limits": asdict(limits)}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return self._died(page, fresh, starting)
        while True:
            try:
                answer = self._answers.get(timeout=POLL)
            except queue.Empty:
                answer = {}
            now = clock.look()
            if answer is None:
                return self._died(page, fresh, starting)
            if "page" in answer:
                page, since = answer["page"] or None, now
            elif "ready" in answer:
                starting, begun, since = False, now, now
            elif "end" in answer:
                return _ended(answer["end"], fresh, now - begun)
            if self._stopping.is_set():
                raise Stopped
            allowed = START_SECONDS if starting else limits.page_seconds if page is not None else limits.stage_seconds
            if now - since > allowed:
                return Death("TIMEOUT", page, fresh)
            if now - begun > limits.document_seconds:
                return Death("TIMEOUT", None, fresh)
            if memory.over(limits.memory_mb, now):
                return Death("MEMORY", page, fresh)

    def _died(self, page: int | None, fresh: bool, starting: bool) -> Death:
        assert self._process is not None
        try:
            code = self._process.wait(10)
        except subprocess.TimeoutExpired:
            code = 0
        self._drainer.join(1)  # its last words decide
        words = b"".join(self._tail).decode("utf-8", "replace").strip()
        killed = was_killed(code, words, windows=os.name == "nt")
        detail = words[-300:]
        return Death(
            "KILLED" if killed else "CRASH", page, fresh, f"退出码 {code}" if killed or not detail else detail, starting
        )


def was_killed(code: int, words: str, *, windows: bool) -> bool:
    """Whether a process was ended from outside, by its exit code and what it last said on stderr.

    On Windows nothing but its words tells a process that was terminated from one that ended by an error of Python.
    """
    return code in TERMINATED and "Traceback" not in words if windows else code in OUTSIDE


class _Clock:
    """Seconds that pass only while somebody is there to look, so that a machine that sleeps or stands still ages nothing."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._passed = 0.0

    def look(self) -> float:
        last, self._last = self._last, time.monotonic()
        self._passed += min(self._last - last, STANDSTILL)
        return self._passed


CLEAN = frozenset({"ENCRYPTED", "EMPTY", "OTHER_KIND", "OLD_WORD", "NO_PAGES", "NO_TEXT", "NEEDS_OCR", "VANISHED"})
"""Failures that were seen before anything was done, after which a process is as good as new."""


def _ended(end: dict[str, Any], fresh: bool, seconds: float) -> Outcome | Death:
    if "over" in end:
        return Death(end["over"], None, fresh)
    if "stop" in end:
        raise StoreUnwritable(end["stop"], end["full"])
    if "lexicon" in end:
        raise UnreadableInput(end["lexicon"])
    if not end:
        return Outcome("done", seconds=seconds)
    return replace(Outcome(**{**end, "pages": tuple(end["pages"])}), seconds=seconds)


def _environment() -> dict[str, str]:
    """UTF-8 in and out whatever the console is; one thread for numbers, since processes are what is many here."""
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}


def _listen(stdout: IO[bytes], answers: queue.Queue[dict[str, Any] | None]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stdout:
            answers.put(json.loads(line))
    answers.put(None)


def _drain(stderr: IO[bytes], tail: deque[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        while block := stderr.read1(4096):  # type: ignore[attr-defined]  # a pipe from Popen is buffered
            tail.append(block)


class _Memory:
    """What a process and its children hold, looked at now and then."""

    def __init__(self, pid: int) -> None:
        self._family: list[psutil.Process] = []
        self._looked = self._searched = 0.0
        with contextlib.suppress(psutil.Error):
            self._parent = psutil.Process(pid)
            self._family = [self._parent]

    def over(self, most_mb: float, now: float) -> bool:
        if not self._family or now - self._looked < POLL:
            return False
        self._looked = now
        if now - self._searched > CHILDREN:
            self._searched = now
            with contextlib.suppress(psutil.Error):
                self._family = [self._parent, *self._parent.children(recursive=True)]
        held = 0
        for process in self._family:
            with contextlib.suppress(psutil.Error):
                held += process.memory_info().rss
        return held > most_mb * MB


def end_tree(pid: int) -> None:
    """Kills a process and everything that it has started, children first found."""
    try:
        parent = psutil.Process(pid)
        family = [*parent.children(recursive=True), parent]
    except psutil.Error:
        return
    for process in family:
        with contextlib.suppress(psutil.Error):
            process.kill()


def end_left_over(processes: list[tuple[int, float]]) -> None:
    """Ends the reading processes of a run that was killed, if they still run; a pid that now belongs to another is left."""
    for pid, started in processes:
        with contextlib.suppress(psutil.Error):
            if abs(psutil.Process(pid).create_time() - started) < 1:
                end_tree(pid)
