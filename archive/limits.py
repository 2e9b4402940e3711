"""The limits that keep one bad file from harming the rest: named, with defaults that the tests hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from ..plan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, megabytes (2**20 bytes) and counts, as named."""

    page_seconds: float = 120
    """One page, by whichever means it is read; a scanned page takes 5 to 10 seconds of one core."""
    stage_seconds: float = 600
    """What happens outside of pages: opening, putting pages together, finding requirements."""
    document_seconds: float = 3600
    """One document in one try."""
    memory_mb: float = 3000
    """The reading process and its children together."""
    output_mb: float = 200
    """The plan JSON of one document; a plan of 200 pages takes about 3."""
    file_mb: float = 2000
    """A source file, since a document is read into memory whole."""
    documents_per_worker: int = 50
    """A reading process is replaced after so many, so that nothing piles up in it."""
    tries: int = 3
    """How often a document is begun whose process died by itself."""
    limit_tries: int = 2
    """How often one that was over a limit outside of any page is begun: the second time in a process of its own."""
    kill_tries: int = 8
    """How often one whose process was killed from outside (by the system or by somebody) is begun."""
    quarantined_pages: int = 10
    """With more pages than this over the limits the document counts as failed."""
    settle_seconds: float = 2
    """A file that has changed more recently may still be being copied."""
    settle_wait: float = 60
    """How long a run waits at its end for files that go on changing; they are left to the next run then."""
    zip_members: int = 20_000
    zip_total_mb: float = 8000
    """All that one ZIP unpacks to."""
    zip_ratio: float = 100
    """A member that unpacks to more than this times its packed size (and to more than 1 MB) is a bomb."""
    zip_depth: int = 3
    """ZIP files inside of ZIP files."""


MB = 2**20


def with_limits(limits: Limits, settings: Iterable[str]) -> Limits:
    """The limits with NAME=NUMBER settings laid over; raises UsageError for an unknown name or no number."""
    known = {field.name: field.type for field in fields(Limits)}
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in known:
            raise UsageError(f"--limit {setting}：没有这项限制；可用的有 {'、'.join(known)}。")
        try:
            value = float(number)
        except ValueError:
            raise UsageError(f"--limit {setting}：要写成 名称=数字，例如 page_seconds=60。") from None
        if value <= 0:
            raise UsageError(f"--limit {setting}：要大于 0。")
        changed: dict[str, Any] = {name: int(value) if known[name] == "int" else value}
        limits = replace(limits, **changed)
    return limits
