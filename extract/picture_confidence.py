"""Requirements on scanned pages are no surer than the lines that OCR read them from."""

from __future__ import annotations

from collections.abc import Sequence

from ..plan.document import Document, OcrLine
from ..plan.requirement import Requirement
from ..plan.span import Box, Span

_CERTAIN = 0.99
"""What is read from a picture is never surer than this."""


def as_sure_as_read(requirements: Sequence[Requirement], document: Document) -> list[Requirement]:
    """The requirements, those on pages read by OCR with their confidence lowered by that of their lines."""
    lines = {page.number: page.ocr_lines for page in document.pages if page.ocr_lines}
    if not lines:
        return list(requirements)
    return [_lowered(requirement, lines) for requirement in requirements]


def _lowered(requirement: Requirement, lines: dict[int, tuple[OcrLine, ...]]) -> Requirement:
    sure = _sureness(requirement.where, lines)
    if sure is None:
        return requirement
    return requirement.model_copy(update={"confidence": round(requirement.confidence * sure, 3)})


def _sureness(where: Sequence[Span], lines: dict[int, tuple[OcrLine, ...]]) -> float | None:
    """The least confidence of the lines that the spans stand in, 0 to 1; None if OCR read none of them."""
    found = [
        line.confidence
        for span in where
        for box in span.boxes or ()
        for line in lines.get(span.page or 0, ())
        if _meet(box, line.box)
    ]
    return min(*found, _CERTAIN) if found else None


def _meet(box: Box, line: Box) -> bool:
    """Whether a line stands in a box: its middle height does, and some of its length."""
    return box[1] <= (line[1] + line[3]) / 2 <= box[3] and box[0] < line[2] and line[0] < box[2]
