"""The reading process: takes one task at a time from stdin, writes the plan into the store, answers in a line of JSON.

    python -m chuandao.archive.worker [--reader MODULE:FUNCTION]

It has stdout for itself: whatever a library prints goes to stderr. When stdin closes, for instance because the run was
killed, it ends at once. `--reader` is for tests: what stands in for `open_input`.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .ledger import Outcome
from .limits import MB, Limits
from .packed import Unpackable, opened
from .places import write_place
from .sources import shown

if TYPE_CHECKING:
    from ..commands.inputs import Input
    from ..plan.lexicon import Lexicon

Say = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read. `raw` is its chain (see packed), in hex; `only` reads this one page and writes nothing."""

    raw: str
    sha256: str
    out: str
    spool: str
    lexicon: str | None = None
    password: str | None = None
    ocr: bool = True
    skip: tuple[int, ...] = ()
    only: int | None = None
    against: str = ""
    """The upper plan of a draft that is to be checked and not read; see checks."""
    work: str = ""
    limits: Limits = field(default_factory=Limits)


class AllBut:
    """All page numbers but one."""

    def __init__(self, page: int) -> None:
        self.page = page

    def __contains__(self, number: object) -> bool:
        return number != self.page


STATES = {
    "skipped": ("PAGES_SKIPPED", "NO_TEXT"),
    "unreadable": ("PAGES_DAMAGED", "DAMAGED"),
    "garbled": ("PAGES_GARBLED", "GARBLED"),
    "image_only": ("PAGES_OCR", "NEEDS_OCR"),
}
"""States of pages that lack their text, gravest first, with the reason for some and for all of a document's pages."""
RECOGNISED = {"image_only": ("PAGES_PICTURES", "NO_TEXT")}
"""The same where pictures have been recognised: nothing that is left would come of doing so again."""


def main() -> None:
    """Answers tasks until stdin closes."""
    answers = _own_stdout()
    _end_with_parent()
    reader = _reader(sys.argv[1:])
    tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()

    def say(answer: dict[str, Any]) -> None:
        os.write(answers, json.dumps(answer).encode() + b"\n")

    say({"ready": os.getpid()})
    while True:
        task = tasks.get()
        task["limits"] = Limits(**task["limits"])
        task["skip"] = tuple(task["skip"])
        say({"end": answered(Task(**task), reader, say)})


def _own_stdout() -> int:
    """A handle to the real stdout; from now on print() and C libraries write to stderr."""
    answers = os.dup(1)
    os.dup2(2, 1)
    if os.name == "nt":
        import msvcrt

        msvcrt.setmode(answers, os.O_BINARY)  # type: ignore[attr-defined]  # only there on Windows
    return answers


def _end_with_parent() -> None:
    """On Linux the kernel ends this process with its parent even inside of a C loop; elsewhere stdin's end does it."""
    if sys.platform == "linux":
        import ctypes
        import signal

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _listen(stdin: Any, tasks: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in stdin:
        tasks.put(json.loads(line))
    os._exit(0)


def _reader(arguments: list[str]) -> Callable[..., Input]:
    if arguments[:1] == ["--reader"]:
        module, _, name = arguments[1].partition(":")
        found: Callable[..., Input] = getattr(importlib.import_module(module), name)
        return found
    from ..commands import open_input

    return open_input


_lexicons: dict[str | None, Lexicon] = {}


def _lexicon(extra: str | None) -> Lexicon:
    from ..plan.lexicon import load_lexicon

    if extra not in _lexicons:
        _lexicons[extra] = load_lexicon(Path(extra) if extra else None)
    return _lexicons[extra]


def answered(task: Task, reader: Callable[..., Input], say: Say) -> dict[str, Any]:
    """What came of a task: the fields of an Outcome; or {"over": …} for a limit met, {"stop": …} for a store that can't
    be written, {"lexicon": …} for tables that somebody has spoilt since the run began: that is no document's fault."""
    from ..plan.errors import ChuandaoError

    try:
        lexicon = _lexicon(task.lexicon)
    except ChuandaoError as error:
        return {"lexicon": str(error)}
    try:
        with _at_hand(task) as path:
            if task.against:
                return asdict(_checked(task, path, lexicon, reader))
            read = reader(
                path, lexicon, password=task.password, ocr=task.ocr,
                skip_pages=AllBut(task.only) if task.only is not None else frozenset(task.skip),
                before_page=lambda number: say({"page": number}),
            )  # fmt: skip
        return {} if task.only is not None else _written(task, read)
    except Unpackable as error:
        return asdict(Outcome("failed", error.reason))
    except ChuandaoError as error:
        detail = str(error).partition("：")[2] or str(error)  # without the name, which duplicates do not share
        return asdict(Outcome("failed", error.reason or "UNREADABLE", detail))
    except MemoryError:
        return {"over": "MEMORY"}
    except _Unwritable as error:
        return {"stop": error.args[0], "full": error.args[1]}
    except OSError as error:
        return asdict(Outcome("failed", "IO_ERROR", error.strerror or type(error).__name__))
    except Exception as error:  # whatever else is wrong with one document must not end the run
        return asdict(Outcome("failed", "INTERNAL", f"{type(error).__name__}：{str(error)[:300]}"))


class _Unwritable(Exception):
    pass


def _checked(task: Task, path: Path, lexicon: Lexicon, reader: Callable[..., Input]) -> Outcome:
    from .checks import check_on_worker

    return check_on_worker(task, path, lexicon, reader)


@contextmanager
def _at_hand(task: Task) -> Iterator[Path]:
    """The document as a file with a name that is valid text: itself, or a copy for the time that it is read."""
    raw = bytes.fromhex(task.raw)
    name = shown(os.path.basename(raw.rpartition(b"\0")[2]))
    if b"\0" not in raw and os.path.basename(os.fsdecode(raw)) == name:
        yield Path(os.fsdecode(raw))
        return
    folder = None
    try:
        spool = Path(task.spool)
        if spool.parent.is_dir():  # not so on a machine of a cluster that has no part in the store's disk
            spool.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=spool if spool.parent.is_dir() else None))
        path = folder / _short(name.replace("/", "_").replace("\\", "_"))
        with opened(raw, task.limits) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if error.errno in (errno.ENOSPC, errno.EROFS, errno.EDQUOT):
            raise _Unwritable(str(error), error.errno != errno.EROFS) from None
        raise
    try:
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short(name: str) -> str:
    """At most 120 characters of a name, its ending kept: file systems take 255 bytes."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name.encode()) <= 240 else f"{stem[:60]}{dot}{ending[:10]}"


def _written(task: Task, read: Input) -> dict[str, Any]:
    """The plan JSON is put into the store, whole, if there is anything in it."""
    from ..plan.plan import to_json

    plan = read.plan
    if plan.document.source.sha256 != task.sha256:
        return asdict(Outcome("failed", "CHANGING", "读取时文件内容有变化"))
    outcome = _outcome(read, ocr=task.ocr)
    if outcome.status == "failed":
        return asdict(outcome)
    content = to_json(plan).encode()
    if len(content) > task.limits.output_mb * MB:
        return {"over": "OUTPUT"}
    try:
        write_place(task.out, content)
    except OSError as error:
        raise _Unwritable(str(error), error.errno in (errno.ENOSPC, errno.EDQUOT)) from None
    return asdict(outcome)


def _outcome(read: Input, *, ocr: bool) -> Outcome:
    """Done, partial with the pages that are lacking, or failed if nothing could be read: never empty in silence.

    `ocr`: pages that are pictures were to be recognised, and were if that is installed."""
    document, requirements = read.document, len(read.plan.requirements)
    assert document is not None
    pages = document.pages
    count = document.source.pages
    lacking = {page.number: page.state for page in pages if page.state in STATES}
    states = {**STATES, **RECOGNISED} if ocr and "image_only" in lacking.values() and _recognises() else STATES
    said = any(text.text.strip() for text in document.texts())
    if not said:
        worst = next((state for state in states if state in lacking.values()), None)
        reason = states[worst][1] if worst else "NO_TEXT"
        return Outcome("failed", reason, pages=tuple(lacking), page_count=count)
    if lacking:
        worst = next(state for state in states if state in lacking.values())
        return Outcome("partial", states[worst][0], None, tuple(lacking), count, requirements)
    return Outcome("done", None if requirements else "NO_REQUIREMENTS", None, (), count, requirements)


def _recognises() -> bool:
    from ..commands.inputs import recognises_pictures

    return recognises_pictures()


if __name__ == "__main__":
    main()
