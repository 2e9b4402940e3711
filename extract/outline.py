"""Pieces → blocks under their headings: which paragraphs are headings, how deep, and the path above each block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..plan.document import Block, Heading
from .contents import Entry, squeezed
from .headings import (
    ARTICLE,
    BRACKETED_POINT,
    CHAPTER,
    ITEM,
    HeadingMark,
    heading_mark,
    heading_text,
    looks_like_heading,
)  # fmt: skip
from .item_headings import item_headings, item_shape
from .layout import Layout, Piece
from .paragraphs import cut, paragraph_text
from .size_headings import size_headings, styled_headings

_COVER_PAGES = 3
_COVER_LINE = 40
"""Characters of the longest line of a cover."""


@dataclass(frozen=True, slots=True)
class Found:
    """A heading as decided: its mark, and whether the contents name it."""

    mark: HeadingMark
    listed: bool
    level: int | None = None
    """Where its size alone says it; else its rank does."""


def layout_to_blocks(layout: Layout) -> tuple[tuple[Block, ...], tuple[Heading, ...]]:
    """The blocks of a document and the tree of its headings."""
    layout = replace(layout, pieces=tuple(part for piece in layout.pieces for part in _run_in_title_apart(piece)))
    found = _headings(layout)
    walk = _Walk(_levels([one.mark for one in found.values()]))
    covers = _cover_pages(layout.pieces, found)
    blocks: list[Block] = []
    for at, piece in enumerate(layout.pieces):
        heading = found.get(at)
        if heading is not None:
            blocks.append(walk.heading(piece, heading.mark, len(blocks), heading.level))
        elif not piece.spare:
            cover = piece.kind == "paragraph" and piece.text.page in covers
            blocks.append(walk.block(piece, "cover" if cover else piece.kind, len(blocks)))
    heads = _running_heads(layout, len(blocks))
    return (*blocks, *heads), _tree(blocks)


def _running_heads(layout: Layout, start: int) -> list[Block]:
    """One block of kind "header" for each different running head, the most frequent first: they may name the plan."""
    lines = [line for page in layout.furniture.values() for kind, line in page if kind == "running_head"]
    counted = Counter(squeezed(line.text) for line in lines)
    first = {squeezed(line.text): line for line in reversed(lines)}
    return [
        Block(index=at, kind="header", text=paragraph_text([first[words]])[0], part="header")
        for at, (words, _) in enumerate(counted.most_common(), start)
    ]


class _Walk:
    """Where in the outline the pieces stand as they are walked through in reading order."""

    def __init__(self, levels: dict[int, int]) -> None:
        self.levels = levels
        self.path: list[tuple[int, str]] = []
        self.annex = False
        self.notes = False

    def heading(self, piece: Piece, mark: HeadingMark, index: int, level: int | None = None) -> Block:
        """The block of a heading; what follows stands under it. Its rank gives its level, where that is not known."""
        if level is None:
            level = 1 if not mark.number or mark.number.startswith("附") else self.levels[mark.rank]
        self._leave(level)
        if level == 1:
            self.annex = mark.number.startswith("附") or squeezed(mark.title).startswith("附")
            self.notes = bool(re.search("名词解释|术语", mark.title))
        block = replace(self.block(piece, "heading", index), level=level, number=mark.number or None, title=mark.title)
        self.path.append((level, heading_text(mark.number, mark.title)))
        return block

    def block(self, piece: Piece, kind: str, index: int) -> Block:
        """The block of anything else. An article whose text follows its number at once opens a section too."""
        number = piece.number
        if kind == "paragraph" and piece.part == "body":
            article = _article_of(piece.text.text)
            if article:
                level = self.levels.get(ARTICLE, max(self.levels.values(), default=0) + 1)
                self._leave(level)
                self.path.append((level, article))
                number = article
            if self.notes:
                kind = "note"
        section = tuple(words for _, words in self.path)
        part = "annex" if self.annex and piece.part == "body" else piece.part
        table = piece.table
        if table is not None:
            table = replace(table, section=section, part="annex" if self.annex else table.part)
        return Block(
            index=index, kind=kind, text=piece.text, part=part, section=section, number=number, table=table,
            box_label=piece.box_label, bold=_runs(piece.bold), underline=_runs(piece.underline),
        )  # fmt: skip

    def _leave(self, level: int) -> None:
        while self.path and self.path[-1][0] >= level:
            self.path.pop()


def _article_of(text: str) -> str | None:
    """The number of an article that opens a paragraph of text: 第一条 为了……。"""
    mark = heading_mark(text)
    if mark is None or mark.rank != ARTICLE or not mark.number.startswith("第") or len(mark.title) < 10:
        return None
    return None if re.match(r"[的之所中规第和与至、，]", mark.title) else mark.number


def _run_in_title_apart(piece: Piece) -> list[Piece]:
    """An article whose title stands in one line with its text, bold, in brackets or between blanks, as a heading and a
    paragraph."""
    text = piece.text.text
    if piece.kind != "paragraph" or piece.part != "body" or len(text) < 30 or not len(piece.bold):
        return [piece]
    mark = heading_mark(text)
    if mark is None or mark.rank != ARTICLE:
        return [piece]
    set_off = _SET_OFF.match(text)
    if piece.bold[0] and not piece.bold.all():
        end = int(np.argmin(piece.bold))
    elif set_off:
        end = set_off.end()
    else:
        return [piece]
    title = heading_mark(text[:end].strip())
    if title is None or not title.title or not looks_like_heading(title, text[:end].strip()):
        return [piece]
    count = len(text)
    start = end + len(text[end:]) - len(text[end:].lstrip())
    return [
        replace(
            piece, text=cut(piece.text, 0, end), bold=piece.bold[:end], underline=piece.underline[:end], full=False
        ),
        replace(piece, text=cut(piece.text, start, count), bold=piece.bold[start:], underline=piece.underline[start:]),
    ]


_SET_OFF = re.compile(
    r"第\s*[^\s，。；：]{1,8}?\s*条(?:\s*[【〔［\[][^】〕］\]，。；]{2,24}[】〕］\]]|\s+[^\s，。；：、]{2,16}(?=\s+\S[^\n]{10}))"
)
"""第一条 【规划目的】 or 第一条 规划目的 with a blank before its text."""


def _headings(layout: Layout) -> dict[int, Found]:
    """By position of the piece: the headings."""
    listed = {squeezed(entry.text): entry for entry in layout.entries}
    untitled = _entries_by_title(layout.entries)
    candidates: dict[int, tuple[HeadingMark, bool, bool]] = {}
    found: dict[int, Found] = {}
    for at, piece in enumerate(layout.pieces):
        if piece.kind != "paragraph" or piece.part not in ("body", "annex"):
            continue
        text = _clean(piece.text.text)
        if not text or len(text) > 80:
            continue
        mark = heading_mark(text)
        if mark is None and _stands_out(piece, layout):
            mark = _whole_number_mark(text, larger=piece.size > 1.12 * layout.body_size)
        key = squeezed(text)
        if key in listed and piece.spare and mark is not None and _is_repeated(mark, at, found):
            continue  # the title of the annex's table, under the heading with the same words
        if key in listed:
            found[at] = Found(mark or listed[key].mark or HeadingMark("", text, CHAPTER), True)
            continue
        if mark is None:
            entry = untitled.get(key)
            if entry is not None and entry.mark is not None and _stands_out(piece, layout):
                found[at] = Found(HeadingMark(entry.mark.number, text, entry.mark.rank), True)
                del untitled[key]
            continue
        candidates[at] = (mark, _stands_out(piece, layout), _in_list(layout.pieces, at, mark))
    for at, (mark, emphasised, in_list) in candidates.items():
        text = _clean(layout.pieces[at].text.text)
        if not looks_like_heading(mark, text, emphasised=emphasised):
            continue
        if mark.rank >= ITEM and not emphasised and (in_list or listed):
            continue
        if mark.number[0:1].isdigit() and not (
            (emphasised or _is_below(mark.number, found)) and _is_next(mark.number, found)
        ):
            continue
        if mark.number.startswith("附") and _is_repeated(mark, at, found):
            continue
        if mark.number.startswith("附") and not emphasised and not _before_table(layout.pieces, at):
            continue
        if not mark.number and not emphasised:
            continue
        found[at] = Found(mark, False)
    shapes = {shape for entry in layout.entries if entry.mark is not None and (shape := item_shape(entry.mark))}
    for at, mark in item_headings(layout.pieces, {at: one.mark for at, one in found.items()}, shapes).items():
        found[at] = Found(mark, False)
    if any(one.mark.number for one in found.values()):
        deepest = max(_levels([one.mark for one in found.values()]).values())
        for at in styled_headings(layout, found):
            found[at] = Found(HeadingMark("", _clean(layout.pieces[at].text.text), CHAPTER), False, deepest + 1)
    else:
        for at, level in size_headings(layout, found).items():
            title = found[at].mark if at in found else HeadingMark("", _clean(layout.pieces[at].text.text), CHAPTER)
            found[at] = Found(title, at in found, level)
    return dict(sorted(found.items()))


def _whole_number_mark(text: str, *, larger: bool) -> HeadingMark | None:
    """The heading above 1.1 and 1.2, whose number has no point: 1 总体要求; 2 家底与形势 only in `larger` letters, as
    2 may count what follows."""
    match = re.fullmatch(r"(\d{1,2})\s*([\u4e00-\u9fff][^。；：，]{1,30})", text)
    counts = match is not None and match[2][0] in _COUNTED and not (larger and match[1] != "1")
    return HeadingMark(match[1], match[2], CHAPTER) if match and not counts else None


_COUNTED = "年月日个项条处类区县市亩米万亿公平元人户倍家座所张座"
"""What follows a number that counts and does not head."""


def _entries_by_title(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Entries by their title without number, where no other entry has the same."""
    found: dict[str, Entry] = {}
    twice: set[str] = set()
    for entry in entries:
        if entry.mark is not None and entry.mark.number:
            key = squeezed(entry.mark.title)
            if key in found:
                twice.add(key)
            found[key] = entry
    return {key: entry for key, entry in found.items() if key and key not in twice}


def _stands_out(piece: Piece, layout: Layout) -> bool:
    """Whether words are set apart from the running text: larger, bold, in another font, or in the middle."""
    bold = bool(len(piece.bold)) and bool(piece.bold.all())
    return (
        piece.size > 1.05 * layout.body_size
        or bold
        or piece.centred
        or (piece.font != layout.body_font and not piece.full)
    )


def _in_list(pieces: Sequence[Piece], at: int, mark: HeadingMark) -> bool:
    """Whether the piece before or after is another item of the same kind: then this is a list."""
    for piece in (*pieces[max(at - 1, 0) : at], *pieces[at + 1 : at + 2]):
        beside = heading_mark(_clean(piece.text.text)) if piece.kind == "paragraph" else None
        if beside is not None and beside.rank == mark.rank:
            return True
    return False


def _before_table(pieces: Sequence[Piece], at: int) -> bool:
    return any(piece.table is not None for piece in pieces[at + 1 : at + 4])


def _is_next(number: str, found: dict[int, Found]) -> bool:
    """Whether a number such as 1.2 or 3. goes on from the headings above it: a figure that opens a line does not."""
    parts = [int(part) for part in re.findall(r"\d+", number)]
    if parts[-1] == 1 and len(parts) <= 3:
        return True
    if len(parts) > 1 and parts[-1] == 0:
        return False
    before = {tuple(int(part) for part in re.findall(r"\d+", one.mark.number)) for one in found.values()}
    return (*parts[:-1], parts[-1] - 1) in before


def _is_below(number: str, found: dict[int, Found]) -> bool:
    """Whether 3.1.2 has a heading 3.1 to stand under: then its number is enough."""
    parts = re.findall(r"\d+", number)
    return len(parts) > 1 and any(re.findall(r"\d+", one.mark.number) == parts[:-1] for one in found.values())


def _is_repeated(mark: HeadingMark, at: int, found: dict[int, Found]) -> bool:
    """Whether the annex above has the same number: then this is the title of its table or a 续表."""
    above = [place for place, one in found.items() if place < at and one.mark.number.startswith("附")]
    return bool(above) and found[max(above)].mark.number == mark.number


def _levels(marks: Sequence[HeadingMark]) -> dict[int, int]:
    """The level of each rank that the document uses: the highest is 1."""
    ranks = sorted({mark.rank for mark in marks if mark.number and not mark.number.startswith("附")})
    levels = {rank: level for level, rank in enumerate(ranks, start=1)}
    return {**dict.fromkeys(range(ARTICLE), 1), **levels} if ranks else dict.fromkeys(range(BRACKETED_POINT + 1), 1)


def _clean(text: str) -> str:
    """A heading's words: blanks at the rim dropped, 总 则 closed, one blank behind the number."""
    text = text.strip()
    match = re.fullmatch(r"(.*?\S\s+)?(\S(?:\s+\S){1,3})", text)
    if match and not re.search(r"[A-Za-z0-9]", match[2]):
        text = (match[1] or "") + re.sub(r"\s+", "", match[2])
    return text


def _cover_pages(pieces: Sequence[Piece], found: dict[int, Found]) -> frozenset[int]:
    """The first pages, before the contents and the first heading, that hold nothing but short lines."""
    start = min([*found, *(at for at, piece in enumerate(pieces) if piece.kind == "toc")], default=0)
    longest: dict[int, int] = {}
    for piece in pieces[:start]:
        if piece.text.page is not None and piece.kind == "paragraph":
            longest[piece.text.page] = max(longest.get(piece.text.page, 0), len(piece.text.text))
    behind = {piece.text.page for piece in pieces[start:]}
    return frozenset(
        page
        for page, length in longest.items()
        if page <= _COVER_PAGES and length <= _COVER_LINE and page not in behind
    )


def _runs(mask: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Ranges in which the mask is true."""
    if not len(mask) or not mask.any():
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return tuple((int(low), int(high)) for low, high in edges.reshape(-1, 2))


def _tree(blocks: Sequence[Block]) -> tuple[Heading, ...]:
    """The headings as a tree."""
    flat = [block for block in blocks if block.kind == "heading"]

    def below(start: int, level: int) -> tuple[list[Heading], int]:
        found: list[Heading] = []
        at = start
        while at < len(flat) and flat[at].level >= level:
            block = flat[at]
            children, after = below(at + 1, block.level + 1)
            found.append(Heading(block.number or "", block.title or "", block.level, block.text.page, tuple(children)))
            at = after
        return found, at

    return tuple(below(0, 1)[0])
