"""One document with all its tries: what may pass is tried again, a page over its limits is read alone, then left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .ledger import Outcome
from .supervised import Death, Reader
from .worker import Task

STARTS = 30
"""How often a reading process may be killed before it has begun with the document: that is nobody's fault but the system's."""
WORDS = {
    "TIMEOUT": "超出时间限制",
    "MEMORY": "超出内存限制",
    "OUTPUT": "结果超出大小限制",
    "CRASH": "读取进程崩溃",
    "KILLED": "读取进程被外部终止",
}


def read_with_tries(task: Task, reader: Reader) -> Outcome:
    """What came of a document after all tries.

    A death on a page is that page's: it is read alone in a fresh process. If it fails alone too, or for the second time
    in its document, it is left out and the document is read without it; memory that only many pages together take is the
    document's matter. A process that was killed from outside proves
    nothing against page or document. Whatever else fails twice (a crash three times) is the document's failure.
    """
    limits = task.limits
    kills = starts = 0
    tries: Counter[str] = Counter()
    again: Counter[int] = Counter()
    skipped: set[int] = set()
    while True:
        ended = reader.read(replace(task, skip=tuple(sorted(skipped))))
        if isinstance(ended, Outcome):
            return ended
        if ended.reason == "KILLED":
            starts, kills = (starts + 1, kills) if ended.starting else (starts, kills + 1)
            if kills >= limits.kill_tries or starts >= STARTS:
                return _failed(ended)
            continue
        if ended.page is not None and ended.page not in skipped:
            again[ended.page] += 1
            alone = _reads_alone(task, ended.page, reader)
            if not alone or (again[ended.page] > 1 and ended.reason != "MEMORY"):
                skipped.add(ended.page)
                if len(skipped) > limits.quarantined_pages:
                    return _failed(ended, tuple(sorted(skipped)))
                continue
            if ended.reason != "MEMORY":
                continue
        if ended.reason == "OUTPUT":
            return _failed(ended)
        tries[ended.reason] += 1
        if tries[ended.reason] >= (limits.tries if ended.reason == "CRASH" else limits.limit_tries):
            return _failed(ended)


def _reads_alone(task: Task, page: int, reader: Reader) -> bool:
    for _ in range(task.limits.kill_tries):
        reader.close()
        ended = reader.read(replace(task, only=page))
        if isinstance(ended, Outcome):
            return True
        if ended.reason != "KILLED":
            return False
    return True


def _failed(death: Death, pages: tuple[int, ...] = ()) -> Outcome:
    where = f"（第 {death.page} 页）" if death.page is not None else ""
    why = f"：{death.detail}" if death.reason in ("CRASH", "KILLED") and death.detail else ""
    return Outcome("failed", death.reason, WORDS[death.reason] + where + why, pages)
