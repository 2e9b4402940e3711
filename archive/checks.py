"""`archive check`: every lower plan of an archive against one upper plan, each in a supervised reading process.

What comes of it lies in the store, the whole check (check/1) and its verdicts as rows of the catalogue; as long as
neither plans nor lexicon nor version change it is not done again.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..plan.errors import Refused, UnreadableInput, UsageError
from ..plan.lexicon import Lexicon, load_lexicon
from ..plan.requirement import Region
from .catalogue import bring_up_to_date, catalogue, key_of
from .ledger import Ledger, Outcome, Row
from .limits import MB, Limits
from .packed import hashed
from .places import is_address, read_place
from .runner import Job, LocalReaders, work_key
from .store import Store, locked, write_whole
from .worker import Task

if TYPE_CHECKING:
    from ..commands.inputs import Input
    from ..plan.verdict import Check


@dataclass(frozen=True, slots=True)
class Lower:
    """A lower plan of the archive."""

    sha256: str
    title: str
    region: Region
    version: str | None
    start: int | None
    path: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An upper plan with the lower plans that were checked against it. `failed`: title and reason of those that could
    not be; `errors`: whether any draft has an error."""

    upper: str
    upper_plan: dict[str, Any]
    lowers: tuple[Lower, ...]
    failed: tuple[tuple[str, str], ...]
    errors: bool
    done: int


def check_archive(
    store: Store,
    upper: str,
    *,
    level: str | None = None,
    workers: int = 1,
    lexicon: Path | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    shown: Callable[[int, int], None] | None = None,
) -> Checked:
    """Checks the plans of all regions within the upper plan's region; `level` (city, county …): only these.

    `upper` is a file, or the number or title of a plan in the archive.
    """
    known = load_lexicon(lexicon)
    path, sha256, plan = _upper(store, upper, known, password, limits or Limits())
    lowers = _lowers(store, plan, sha256, level, known)
    if not lowers:
        raise Refused(f"{upper}：档案库里没有它下级行政区的规划；请先用 chuandao archive 建档。")
    with locked(store):
        job = Job((), store.home, workers=workers, lexicon=lexicon, password=password, limits=limits or Limits())
        failed, done = _run(store, job, path, sha256, lowers, shown or (lambda files, of: None))
        bring_up_to_date(store)
    kept = tuple(lower for lower in lowers if lower.sha256 not in failed)
    errors = any(_verdicts(store, sha256, lower)["errors"] for lower in kept)
    return Checked(
        sha256,
        plan,
        kept,
        tuple((lower.title, failed[lower.sha256]) for lower in lowers if lower.sha256 in failed),
        errors,
        done,
    )


def _upper(
    store: Store, named: str, lexicon: Lexicon, password: str | None, limits: Limits
) -> tuple[Path, str, dict[str, Any]]:
    """The file to read the upper plan from, its hash, and its plan as JSON."""
    path = Path(named)
    if path.exists():
        sha256 = hashed(os.fsencode(path), limits)
        try:
            return path.absolute(), sha256, json.loads(read_place(store.place(sha256)))
        except OSError:  # it is no plan of this archive
            pass
        from ..commands.inputs import open_input
        from ..plan.plan import to_json

        return path.absolute(), sha256, json.loads(to_json(open_input(path, lexicon, password=password).plan))
    with catalogue(store) as db:
        rows = db.execute("SELECT sha256 FROM documents WHERE document = ? OR title = ?", (named, named)).fetchall()
    if len(rows) != 1:
        what = "档案库里也没有这个编号或名称" if not rows else "档案库里有几份同名，请改用编号（archive list）"
        raise UnreadableInput(f"{named}：没有这个文件，{what}。")
    (sha256,) = rows[0]
    at_hand = _original(store, sha256)
    return at_hand or at_home(store, sha256), sha256, json.loads(read_place(store.place(sha256)))


def _original(store: Store, sha256: str) -> Path | None:
    """The file itself, if it still lies where it was and is no member of a ZIP."""
    ledger = Ledger(store.ledger, write=False)
    try:
        row = ledger.settled(sha256, 0)
    finally:
        ledger.close()
    return Path(os.fsdecode(row.raw)) if row is not None and _unchanged(row) else None


def at_home(store: Store, sha256: str) -> Path:
    """The plan JSON of a content as a file; fetched for this run if it is kept at an address."""
    place = store.place(sha256)
    if not is_address(place):
        return Path(place)
    fetched = store.spool / f"{sha256}.plan.json"
    write_whole(fetched, read_place(place))
    return fetched


def _unchanged(row: Row) -> bool:
    if b"\0" in row.raw:
        return False
    try:
        info = os.stat(row.raw)
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns) == (row.size, row.mtime_ns)


def _lowers(store: Store, plan: dict[str, Any], sha256: str, level: str | None, lexicon: Lexicon) -> list[Lower]:
    region = plan["document"].get("region")
    if region is None:
        raise UsageError("没有认出上位规划所属的行政区，无法确定它的下级。")
    upper = Region(**region)
    with catalogue(store) as db:
        rows = db.execute(
            "SELECT sha256, title, region, region_code, version, start, level, path FROM documents"
            " WHERE region IS NOT NULL AND kind NOT IN ('approval', 'regulation')"
            " ORDER BY region_code, start, title, document"
        ).fetchall()
    found = []
    for sha, title, name, code, version, start, own_level, path in rows:
        place = Region(name=name, code=code)
        below = place != upper and lexicon.gazetteer.is_within(place, upper)
        if sha != sha256 and below and level in (None, own_level):
            found.append(Lower(sha, title, place, version, start, path))
    return found


def _run(
    store: Store, job: Job, path: Path, upper: str, lowers: Sequence[Lower], shown: Callable[[int, int], None]
) -> tuple[dict[str, str], int]:
    """Checks what has not been checked with this version and lexicon; reasons of failures by hash, and how many were done."""
    work = work_key(job.lexicon, job.ocr)
    wanted = [lower for lower in lowers if _work_of(store, upper, lower) != work]
    answers: queue.SimpleQueue[tuple[int, Outcome | Exception]] = queue.SimpleQueue()
    failed: dict[str, str] = {}
    if not wanted:
        return failed, 0
    readers = LocalReaders(job, answers.put, threading.Event(), lambda pid, begun: None)
    try:
        for number, lower in enumerate(wanted):
            readers.submit(number, _task(store, job, path, upper, lower, work))
        for count in range(1, len(wanted) + 1):
            number, outcome = _next(answers)
            if isinstance(outcome, Exception):
                raise outcome
            if outcome.status != "done":
                failed[wanted[number].sha256] = outcome.detail or outcome.reason or ""
            shown(count, len(wanted))
    finally:
        readers.close()
    return failed, len(wanted)


def _next(answers: queue.SimpleQueue[tuple[int, Outcome | Exception]]) -> tuple[int, Outcome | Exception]:
    """Short waits, so that Ctrl-C is heard on Windows too."""
    while True:
        try:
            return answers.get(timeout=0.5)
        except queue.Empty:
            continue


def _task(store: Store, job: Job, path: Path, upper: str, lower: Lower, work: str) -> Task:
    draft = _original(store, lower.sha256) or at_home(store, lower.sha256)
    return Task(
        raw=os.fsencode(draft).hex(), sha256=lower.sha256, out=str(store.check(upper, lower.sha256)), spool=str(store.spool),
        lexicon=str(job.lexicon.absolute()) if job.lexicon else None, password=job.password, limits=job.limits,
        against=str(path), work=work,
    )  # fmt: skip


def _verdicts_path(check: Path) -> Path:
    return check.with_name(check.name.replace(".check.json", ".verdicts.json"))


def _verdicts(store: Store, upper: str, lower: Lower) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_verdicts_path(store.check(upper, lower.sha256)).read_bytes())
    return read


def _work_of(store: Store, upper: str, lower: Lower) -> str | None:
    """What the check in the store was made with."""
    try:
        work: str = _verdicts(store, upper, lower)["work"]
    except (OSError, ValueError, KeyError):
        return None
    return work


_uppers: dict[str, Input] = {}
"""Upper plans that this reading process has open: all its drafts are checked against the same one."""


def check_on_worker(task: Task, path: Path, lexicon: Lexicon, reader: Callable[..., Input]) -> Outcome:
    """In a reading process: the draft at `path` against the task's upper plan, written into the store."""
    from ..commands.checking import check_inputs
    from ..commands.words import has_errors
    from ..plan.plan import to_json

    if task.against not in _uppers:
        _uppers.clear()
        _uppers[task.against] = reader(Path(task.against), lexicon, password=task.password, ocr=task.ocr)
    check = check_inputs(
        reader(path, lexicon, password=task.password, ocr=task.ocr), [_uppers[task.against]], lexicon=lexicon
    )
    content = to_json(check).encode()
    if len(content) > task.limits.output_mb * MB:
        return Outcome("failed", "OUTPUT", "核对结果超出大小限制")
    write_whole(Path(task.out), content)
    record = {"work": task.work, "errors": has_errors(check), "rows": _rows(check)}
    write_whole(_verdicts_path(Path(task.out)), (json.dumps(record, ensure_ascii=False) + "\n").encode())
    return Outcome("done")


def _rows(check: Check) -> list[list[Any]]:
    """The verdicts as rows of the catalogue, without the two documents before them."""
    rows = []
    for verdict in check.verdicts:
        best = verdict.responses[0] if verdict.responses else None
        page = next((span.page for span in best.where), None) if best is not None else None
        rows.append([
            verdict.requirement, check.region.name, int(verdict.applies), verdict.verdict, verdict.because,
            verdict.explanation, best.text if best is not None else None, page,
        ])  # fmt: skip
    return rows


__all__ = ["Checked", "Lower", "check_archive", "check_on_worker", "key_of"]
