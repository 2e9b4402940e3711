"""Which paragraphs of a DOCX are headings: by their outline level, their number and dress, the row that they make, or, in
a file without numbers, by larger or bold letters alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ...plan.document import Text
from ..headings import (
    CONTINUED,
    FIGURE_LABEL,
    ITEM,
    TABLE_LABEL,
    HeadingMark,
    heading_mark,
    is_plain_title,
    looks_like_heading,
)
from ..item_headings import RULE, item_headings
from ..layout import Layout, Piece
from ..size_headings import size_headings
from .docx_flow import BoxHere, Dress, Item, Paragraph, TableHere, body_dress, centred, following, stands_apart

WHOLE_NUMBER = re.compile(
    r"(\d{1,2})(?:[ 　]+(?![年月日个])|(?![年月日个项条处类区县市亩米万亿公平元人户倍家座所张]))([\u4e00-\u9fff][^。；：，\d]{1,24})"
)
"""The heading above 1.1 and 1.2, whose number has no point: 1 总体要求, 2 家底与形势; the next in the row only."""
_LONGEST = 80
_FEWEST_BOLD = 4
_LEAST_PROSE = 30
_DATE = re.compile(r".{0,8}(?:\d{4}|[二〇○零一九]{4})\s*年.{0,8}")


@dataclass(frozen=True, slots=True)
class Decided:
    """A heading: its mark, and its level where its outline level or its size says it."""

    mark: HeadingMark
    level: int | None = None
    whole: bool = False
    """A number without a point, above 1.1."""


def decided_headings(flow: Sequence[Item], contents: Collection[int], outline_base: int) -> dict[int, Decided]:
    """By position in the flow: the headings. `outline_base` is the lowest outline level of the file."""
    body = body_dress(flow)
    found: dict[int, Decided] = {}
    wholes = 0
    for at, item in enumerate(flow):
        if not isinstance(item, Paragraph) or not item.line or at in contents:
            continue
        decided = _by_outline(item, outline_base) or _by_whole_number(item, wholes) or _by_words(flow, at, body)
        if decided is not None:
            wholes += decided.whole
            found[at] = decided
    found = _without_plan_title(flow, found)
    pieces = [_piece(item, at in contents) for at, item in enumerate(flow)]
    kept = [at for at, piece in enumerate(pieces) if piece is not None]
    places = {at: place for place, at in enumerate(kept)}
    shown = [piece for piece in pieces if piece is not None]
    marks = {places[at]: one.mark for at, one in found.items()}
    for place, mark in item_headings(shown, marks, ()).items():
        found[kept[place]] = Decided(mark)
    if not any(one.mark.number or one.level is not None for one in found.values()):
        titles = _by_size(flow, shown, kept, body) or _by_bold(flow, contents)
        found = {at: Decided(HeadingMark("", _line(flow[at]), 1), level) for at, level in titles.items()} or found
    return found


def _without_plan_title(flow: Sequence[Item], found: dict[int, Decided]) -> dict[int, Decided]:
    """The headings without the plan's own title, where the cover has it in a heading style; the levels begin at 1 again."""
    first = min(found, default=None)
    after = sorted(found)[1:2]
    if first is None or not after or found[first].level is None or not _PLAN_TITLE.fullmatch(_line(flow[first])):
        return found
    if any(len(_line(item)) >= _LEAST_PROSE or not isinstance(item, Paragraph) for item in flow[first + 1 : after[0]]):
        return found
    rest = {at: one for at, one in found.items() if at != first}
    least = min((one.level for one in rest.values() if one.level is not None), default=1)
    return {at: one if one.level is None else replace(one, level=one.level - least + 1) for at, one in rest.items()}


_PLAN_TITLE = re.compile(r".{0,30}(?:国土空间|总体|专项|详细|修复|村庄).{0,20}规划\s*(?:[（(].{1,30}[）)])?.{0,8}")
"""某县国土空间总体规划（2021—2035年）文本."""


def _by_outline(paragraph: Paragraph, base: int) -> Decided | None:
    """A heading by its outline level; a sentence that was given one by mistake is none."""
    line = paragraph.line
    if paragraph.outline is None or len(line) > _LONGEST or re.search(r"。.", line):
        return None
    if FIGURE_LABEL.fullmatch(line) or (TABLE_LABEL.fullmatch(line) and not line.startswith("附")):
        return None  # a caption that is to stand in a list of tables
    if line.endswith("。") and re.search(r"[，；]", line) and (RULE.search(line) or len(line) > _LEAST_PROSE):
        return None
    mark = heading_mark(line)
    if mark is None and (whole := WHOLE_NUMBER.fullmatch(line)):
        mark = HeadingMark(whole[1], whole[2], 1)
    if mark is None:
        mark = HeadingMark(paragraph.label.strip(), line.removeprefix(paragraph.label).strip(), 0)
    return Decided(mark, paragraph.outline - base + 1)


def _by_whole_number(paragraph: Paragraph, before: int) -> Decided | None:
    whole = WHOLE_NUMBER.fullmatch(paragraph.line) if heading_mark(paragraph.line) is None else None
    if whole is None or int(whole[1]) != before + 1:
        return None
    return Decided(HeadingMark(whole[1], whole[2], 1), whole=True)


def _by_words(flow: Sequence[Item], at: int, body: Dress | None) -> Decided | None:
    """A heading by its number and words; an item that nothing sets apart is none among others of its kind."""
    paragraph = flow[at]
    assert isinstance(paragraph, Paragraph)
    mark = heading_mark(paragraph.line)
    if mark is None or CONTINUED.search(paragraph.line):
        return None
    apart = stands_apart(paragraph, body)
    if not looks_like_heading(mark, paragraph.line, emphasised=apart):
        return None
    return None if mark.rank >= ITEM and not apart and _in_list(flow, at, mark) else Decided(mark)


def _in_list(flow: Sequence[Item], at: int, mark: HeadingMark) -> bool:
    """Whether the paragraph before or after is another item of the same kind: then this is a list."""
    for step in (-1, 1):
        beside = following(flow, at, step)
        item = None if beside is None else flow[beside]
        other = heading_mark(item.line) if isinstance(item, Paragraph) else None
        if other is not None and other.rank == mark.rank:
            return True
    return False


def _piece(item: Item, in_contents: bool) -> Piece | None:
    """The item as the grammar of headings sees it; None for a paragraph without words."""
    match item:
        case TableHere():
            return Piece("table", Text(""))
        case BoxHere():
            return Piece("caption", item.lines[0]) if item.lines else None
    if not item.line:
        return None
    return Piece("toc" if in_contents else "paragraph", item.text, size=item.dress[0], centred=centred(item))


def _by_size(flow: Sequence[Item], pieces: Sequence[Piece], kept: Sequence[int], body: Dress | None) -> dict[int, int]:
    """Levels by position, for a file whose headings have no number but larger letters. The title of the cover, whose size
    nothing behind the first prose has, and dates are none."""
    if body is None:
        return {}
    first = next((at for at, piece in enumerate(pieces) if len(piece.text.text) >= _LEAST_PROSE), 0)
    later = {piece.size for piece in pieces[first:]}
    shown = [
        Piece("cover", piece.text)
        if at < first and (piece.size not in later or _DATE.fullmatch(piece.text.text.strip()))
        else piece
        for at, piece in enumerate(pieces)
    ]
    levels = size_headings(Layout(tuple(shown), (), {}, {}, body[0], -1), ())
    return {kept[at]: level for at, level in levels.items()}


def _by_bold(flow: Sequence[Item], contents: Collection[int]) -> dict[int, int]:
    """Levels by position, for a file whose headings have no number and the size of the text: short bold lines over prose, a
    table, or another such line; those in the middle above the others. None if one stands over something else."""
    titles = {
        at: centred(item)
        for at, item in enumerate(flow)
        if isinstance(item, Paragraph) and at not in contents and item.bold and is_plain_title(item.line)
    }
    prose = next((at for at, item in enumerate(flow) if len(_line(item)) >= _LEAST_PROSE), len(flow))
    over = {at for at in titles if _over(flow, at, titles)}
    if any(at > prose and at not in over for at in titles) or len(over) < _FEWEST_BOLD:
        return {}
    both = len({titles[at] for at in over}) == 2
    return {at: 2 if both and not titles[at] else 1 for at in over}


def _over(flow: Sequence[Item], at: int, titles: Collection[int]) -> bool:
    below = following(flow, at)
    if below is None:
        return False
    return below in titles or not isinstance(flow[below], Paragraph) or len(_line(flow[below])) >= _LEAST_PROSE


def _line(item: Item) -> str:
    return item.line if isinstance(item, Paragraph) else ""
