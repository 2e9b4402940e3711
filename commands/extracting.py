"""A file in, its Plan out."""

from __future__ import annotations

from pathlib import Path

from ..plan.lexicon import Lexicon, load_lexicon
from ..plan.plan import Plan
from .inputs import Progress, open_input


def extract(
    path: Path, *, lexicon: Lexicon | None = None, password: str | None = None, progress: Progress | None = None
) -> Plan:
    """The Plan that a PDF or DOCX holds: all six modes, every item with its places (plan/1)."""
    return open_input(path, lexicon or load_lexicon(), password=password, progress=progress).plan
