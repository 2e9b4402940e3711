"""强制性内容: which requirements the plan itself marks, by bold or underlined words or in a chapter named so.

约束性 is an attribute of an indicator and says nothing here. A plan that explains no mark marks none: `mandatory` is None.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from ..plan.document import Block, Document, DocxRun, InkLine
from ..plan.requirement import Requirement
from ..plan.span import Span

_BOLD = re.compile(r"加粗|粗体|黑体|加黑")
_UNDERLINE = re.compile(r"下划线|下划横线|划线")
_STATEMENT = re.compile(
    r"(?:加粗|粗体|黑体|加黑|下划线|下划横线|划线)[^。]{0,30}强制性内容|强制性内容[^。]{0,25}(?:加粗|粗体|黑体|加黑|下划线|划线)"
)
_CHAPTER = re.compile(r"强制性(?:内容|要求)")
_SHARE = 0.5
"""Share of a quote that must be marked."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked passages of a plan: for each page (or DOCX paragraph) its texts with the marked character ranges."""

    passages: dict[int, list[tuple[str, tuple[tuple[int, int], ...]]]] = field(default_factory=dict)


def mandatory_marks(document: Document) -> Marks | None:
    """The marks that the plan explains (文中加粗部分为强制性内容), or None if it explains none."""
    statement = next(
        (
            found[0]
            for block in document.blocks
            if block.kind == "paragraph" and (found := _STATEMENT.search(block.text.text))
        ),
        None,
    )
    if statement is None:
        return None
    bold, underline = bool(_BOLD.search(statement)), bool(_UNDERLINE.search(statement))
    passages: dict[int, list[tuple[str, tuple[tuple[int, int], ...]]]] = defaultdict(list)
    for block in document.blocks:
        ranges = (block.bold if bold else ()) + (block.underline if underline else ())
        if block.kind in ("paragraph", "footnote", "note"):
            for place in _places(block):
                passages[place].append((block.text.text, ranges))
    return Marks(dict(passages))


def _places(block: Block) -> set[int]:
    """The pages or DOCX paragraphs that a block stands on."""
    return {
        piece.page if isinstance(piece, InkLine) else piece.paragraph
        for piece in block.text.pieces
        if isinstance(piece, (InkLine, DocxRun))
    }


def marked(requirement: Requirement, marks: Marks | None) -> Requirement:
    """The requirement with `mandatory`: True, False, or None where nothing can be said (no marks, a table's cell)."""
    if requirement.mandatory is not None:
        return requirement
    if any(_CHAPTER.search(heading) for heading in requirement.section) and requirement.mode != "rule":
        return requirement.model_copy(update={"mandatory": True})
    if marks is None:
        return requirement
    spans = [span for span in requirement.where if span.table is None]
    if not spans:
        return requirement
    return requirement.model_copy(update={"mandatory": any(_is_marked(span, marks) for span in spans)})


def _is_marked(span: Span, marks: Marks) -> bool:
    place = span.page if span.page is not None else span.paragraph
    if place is None or not span.quote:
        return False
    for text, ranges in marks.passages.get(place, ()):
        at = text.find(span.quote)
        if at >= 0:
            end = at + len(span.quote)
            covered = set().union(*(range(max(at, low), min(end, high)) for low, high in ranges)) if ranges else set()
            return len(covered) >= _SHARE * len(span.quote)
    return False
