"""Lines → paragraphs, rejoined over lines, columns and pages.

A Chinese paragraph opens with an indent of two characters, runs to the right margin, and closes with a short line.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..plan.document import InkLine, Text
from .headings import FIGURE_LABEL, SECTION, TABLE_LABEL, heading_mark, looks_like_heading
from .lines import Line
from .reading.characters import is_wide

_INDENT = 1.2
"""Font sizes: a line that begins this far right of the margin opens a paragraph."""
_SHORT = 1.6
"""Font sizes: a line that ends this far left of the right margin closes one."""
_RAGGED = 5.0
"""Font sizes: a line that ends in the middle of a sentence may be this short and still go on."""
_ENDS = "。；！？：.;!?:”）"
_TERM = re.compile(r"[^，。；：（]{2,16}：")
"""The beginning of a definition: 三条控制线：永久基本农田、…"""
_OPENERS = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|\d{1,2}[）)]"
    r"|[①-⑳]|——|[●■◆▲•◇○▪]|[·‧∙](?=[\u4e00-\u9fff])|第\s*(?:[一二三四五六七八九十百千零〇]+|\d+)\s*[编篇章节条]"
    r"|[\u4e00-\u9fff]{4,20}[（(]\d{1,3}[处个座项片家条][）)]\s*$"
)
_LARGE_NUMBER = re.compile(r"0?\d")
"""The number of a chapter as brochures set it, large and alone in its line."""
_FARTHEST = 2.9
"""Lines farther apart than this, in font sizes, are no paragraph, as on covers."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, in points from the left of the page."""

    left: float
    right: float
    pitch: float
    """From baseline to baseline inside a paragraph."""
    indented: bool = True
    """Whether paragraphs open with an indent here."""


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Lines that are one paragraph, with the place of the first of them."""

    lines: tuple[Line, ...]
    centred: bool = False

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def size(self) -> float:
        return self.lines[0].size


def margins_of(lines: Sequence[Line]) -> Margins | None:
    """The margins that most of these lines keep; None without lines."""
    if not lines:
        return None
    left = _edge(Counter([round(line.x0) for line in lines]), 1)
    right = _edge(Counter([round(line.x1) for line in lines]), -1)
    pitches = [
        round(after.baseline - before.baseline, 1)
        for before, after in itertools.pairwise(lines)
        if after.page == before.page
        and after.column == before.column
        and 0 < after.baseline - before.baseline < 4 * after.size
    ]
    common = Counter(pitches).most_common(1)
    pitch = common[0][0] if common else 1.5 * lines[0].size
    indents = sum(1.5 * line.size < line.x0 - left < 2.6 * line.size for line in lines)
    return Margins(left, right, pitch, indents > 0.04 * len(lines))


def _edge(counts: Counter[int], direction: int) -> float:
    """The outermost place with enough lines (direction 1: from the left)."""
    around = {place: times + counts.get(place + 1, 0) + counts.get(place - 1, 0) for place, times in counts.items()}
    needed = max(1.0, 0.12 * max(around.values()))
    for place in sorted(counts, reverse=direction < 0):
        if around[place] >= needed:
            return float(place)
    return float(min(counts))


def lines_to_paragraphs(lines: Sequence[Line], margins: Sequence[Margins]) -> list[Paragraph]:
    """Paragraphs of lines in reading order; `margins` are those of each line's column."""
    paragraphs: list[Paragraph] = []
    current: list[Line] = []
    for at, line in enumerate(lines):
        if current and _joins(current, margins[at - 1], line, margins[at]):
            current.append(line)
            continue
        if current:
            paragraphs.append(_paragraph(current, margins[at - 1]))
        current = [line]
    if current:
        paragraphs.append(_paragraph(current, margins[len(lines) - 1]))
    return paragraphs


def _paragraph(lines: list[Line], margins: Margins) -> Paragraph:
    return Paragraph(tuple(lines), is_centred(lines[0], margins))


def is_centred(line: Line, margins: Margins) -> bool:
    """Whether a line stands in the middle of its column, with room on both sides."""
    left, right = line.x0 - margins.left, margins.right - line.x1
    return (
        left > 2.5 * line.size
        and right > 2.5 * line.size
        and abs(left - right) < max(2.5 * line.size, 0.15 * (left + right))
    )


def _joins(before: list[Line], old: Margins, line: Line, new: Margins) -> bool:
    """Whether `line` goes on with the paragraph whose lines so far are `before`."""
    last = before[-1]
    em = line.size
    if len(before) == 1 and _goes_on_below_number(last, line, new):
        return True
    if abs(line.size - last.size) > 0.09 * max(line.size, last.size):
        return False
    indent = line.x0 - new.left
    room = old.right - last.x1
    same_column = line.page == last.page and line.column == last.column
    farthest = max(min(1.45 * new.pitch, _FARTHEST * em), 1.3 * em)
    if same_column and line.baseline - last.baseline > farthest:
        return is_centred(line, new) and _share_middle(last, line) and _goes_on_centred(before, old, line)
    if _opens_part(line.text):
        return False
    if is_centred(line, new):
        return _goes_on_centred(before, old, line)
    if indent > _INDENT * em:
        hanging = len(before) > 1 and abs(line.x0 - last.x0) < 0.4 * em and room < _SHORT * em
        return hanging and not _OPENERS.match(line.text)
    if room > _SHORT * em and (room > _RAGGED * em or last.text[-1] in _ENDS or _is_heading_line(last.text)):
        return False
    if not new.indented and last.text[-1] == "。" and _TERM.match(line.text):
        return False
    if len(before) == 1 and _is_heading_line(last.text) and bool(last.bold.all()) != bool(line.bold.all()):
        return False
    if _OPENERS.match(line.text) and (last.text[-1] in _ENDS or _is_heading_line(line.text)):
        return _inside_of_item(before[0], old, last, line)
    return not (_is_heading_line(last.text) and len(before) == 1 and room > 0.2 * em)


def _inside_of_item(first: Line, margins: Margins, last: Line, line: Line) -> bool:
    """Whether a mark at the left margin is in the middle of a paragraph: where an item with such a mark opens with an
    indent, and the line before is full."""
    mark = _OPENERS.match(line.text)
    return (
        bool(mark and first.text.startswith(mark[0][:1]) and not mark[0][:1].isalnum())
        and first.x0 - margins.left > 1.5 * first.size
        and margins.right - last.x1 < 1.2 * last.size
        and not _is_heading_line(line.text)
    )


def _goes_on_below_number(number: Line, line: Line, new: Margins) -> bool:
    """Whether a line is the title of the chapter whose number fills the line above: 第一章 over 总则, or a large 01."""
    text = line.text.strip()
    mark = heading_mark(number.text)
    alone = mark is not None and not mark.title and mark.number[:1] == "第" and mark.rank <= SECTION
    large = _LARGE_NUMBER.fullmatch(number.text.strip()) and number.size >= 1.3 * new.pitch and line.size >= new.pitch
    if not (alone or large) or number.page != line.page or number.column != line.column:
        return False
    if len(text) > 40 or text[-1] in _ENDS + "，" or heading_mark(text) is not None or line.size < 0.6 * number.size:
        return False
    together = abs(number.x0 - line.x0) < 0.5 * line.size or _share_middle(number, line)
    return together and line.baseline - number.baseline < 2.6 * max(line.size, number.size)


def _share_middle(above: Line, line: Line) -> bool:
    return abs(above.x0 + above.x1 - line.x0 - line.x1) < 2 * line.size


def _goes_on_centred(before: list[Line], margins: Margins, line: Line) -> bool:
    """A heading or title too long for one line goes on in the middle of the next."""
    last = before[-1]
    if line.page != last.page or last.font != line.font or last.text[-1] in "。；":
        return False
    if line.baseline - last.baseline > 2.2 * line.size or len(before) > 2 or heading_mark(line.text) is not None:
        return False
    if last.width > 0.72 * (margins.right - margins.left):
        return bool(heading_mark(last.text) or TABLE_LABEL.match(last.text) or FIGURE_LABEL.match(last.text))
    chapter = heading_mark(before[0].text)
    broken = chapter is not None and bool(chapter.title) and chapter.number[:1] == "第" and chapter.rank <= SECTION
    # broken by hand, so that both lines are about as long
    titled = TABLE_LABEL.match(line.text) or FIGURE_LABEL.match(line.text) or line.text[-1] in "。；：）)"
    return broken and not titled and bool(last.bold.all()) == bool(line.bold.all()) and line.text[0] not in "（(—-"


def _opens_part(text: str) -> bool:
    """Whether a line is the heading of a chapter, section, article or annex by its words."""
    mark = heading_mark(text)
    return mark is not None and mark.number[:1] in ("第", "附") and looks_like_heading(mark, text)


def _is_heading_line(text: str) -> bool:
    mark = heading_mark(text)
    if mark is None or not looks_like_heading(mark, text):
        return False
    return not mark.number[:1].isdigit() or not re.search("[，、：]", text)


def paragraph_text(
    lines: Iterable[Line], drop_raised: frozenset[str] = frozenset()
) -> tuple[Text, np.ndarray, np.ndarray, int]:
    """The Text of these lines, bold and underlined as bool (n,), and how many footnote marks were left out.

    `drop_raised`: raised marks that refer to footnotes of the page and are no words.
    """
    words: list[str] = []
    pieces: list[InkLine] = []
    bold: list[np.ndarray] = []
    underline: list[np.ndarray] = []
    at = dropped = 0
    for line in lines:
        if drop_raised and line.raised.any():
            marks = _footnote_marks(line, drop_raised)
            dropped += int(marks.sum())
            line = line.without(marks) if marks.any() else line
        text, boxes = line.text, line.boxes
        if not text:
            continue
        if words and _needs_blank(words[-1], text):
            tail = pieces[-1]
            edge = tail.boxes[-1:].copy()
            edge[:, 0] = edge[:, 2]
            pieces[-1] = InkLine(tail.start, tail.end + 1, tail.page, np.vstack([tail.boxes, edge]))
            words.append(" ")
            bold.append(bold[-1][-1:])
            underline.append(np.zeros(1, bool))
            at += 1
        words.append(text)
        pieces.append(InkLine(at, at + len(text), line.page, boxes))
        bold.append(line.bold)
        underline.append(line.underline)
        at += len(text)
    nothing = np.zeros(0, bool)
    return (
        Text("".join(words), tuple(pieces)),
        np.concatenate(bold) if bold else nothing,
        np.concatenate(underline) if underline else nothing,
        dropped,
    )


def _footnote_marks(line: Line, marks: frozenset[str]) -> np.ndarray:
    """Bool (n,): raised runs that are one of the marks."""
    found = np.zeros(len(line.text), bool)
    places = np.flatnonzero(line.raised)
    for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
        before = line.text[run[0] - 1] if run[0] else ""
        if line.text[run[0] : run[-1] + 1].strip("[]［］〔〕()（）") in marks and not (
            before.isascii() and before.isalpha()
        ):
            found[run] = True
    return found


def _needs_blank(before: str, after: str) -> bool:
    """Whether a line break stands for a blank: between Latin words, not between numbers or Chinese characters."""
    last, first = before[-1], after[0]
    if last == " " or is_wide(last) or is_wide(first):
        return False
    return (last.isalpha() or last in ",;:") and first.isalpha()


def cut(text: Text, start: int, end: int) -> Text:
    """Characters start..end of a Text with their ink."""
    pieces = []
    for piece in text.pieces:
        low, high = max(piece.start, start), min(piece.end, end)
        if low < high and isinstance(piece, InkLine):
            pieces.append(
                InkLine(low - start, high - start, piece.page, piece.boxes[low - piece.start : high - piece.start])
            )
    return Text(text.text[start:end], tuple(pieces))
