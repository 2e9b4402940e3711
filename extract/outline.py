"""Pieces → blocks under their headings: which paragraphs are headings, how deep, and the path above each block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..plan.document import Block, Heading
from .contents import Entry, squeezed
from .headings import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    ITEM,
    POINT,
    SECTION,
    HeadingMark,
    heading_mark,
    heading_text,
    looks_like_heading,
)  # fmt: skip
from .layout import Layout, Piece

_COVER_PAGES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A heading as decided: its mark, and whether the contents name it."""

    mark: HeadingMark
    listed: bool


def layout_to_blocks(layout: Layout) -> tuple[tuple[Block, ...], tuple[Heading, ...]]:
    """The blocks of a document and the tree of its headings."""
    found = _headings(layout)
    levels = _levels([one.mark for one in found.values()])
    first_heading = min(found, default=len(layout.pieces))
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    annex = False
    notes = False
    for at, piece in enumerate(layout.pieces):
        section = tuple(words for _, words in path)
        part = "annex" if annex and piece.part == "body" else piece.part
        common = {
            "index": len(blocks), "text": piece.text, "section": section, "box_label": piece.box_label,
            "bold": _runs(piece.bold), "underline": _runs(piece.underline), "number": piece.number,
        }  # fmt: skip
        heading = found.get(at)
        if heading is not None:
            unranked = not heading.mark.number or heading.mark.number.startswith("附")
            level = 1 if unranked else levels[heading.mark.rank]
            words = heading_text(heading.mark.number, heading.mark.title)
            while path and path[-1][0] >= level:
                path.pop()
            if level == 1:
                annex = heading.mark.number.startswith("附") or squeezed(heading.mark.title).startswith("附")
                notes = bool(re.search("名词解释|术语", heading.mark.title))
            common |= {
                "section": tuple(above for _, above in path), "number": heading.mark.number or None,
            }  # fmt: skip
            path.append((level, words))
            blocks.append(Block(kind="heading", part="annex" if annex else "body", level=level, title=heading.mark.title, **common))
            continue
        table = piece.table
        if table is not None:
            table = replace(table, section=section, part="annex" if annex else table.part)
        kind = piece.kind
        if kind == "paragraph" and at < first_heading and _is_cover(piece):
            kind = "cover"
        elif kind == "paragraph" and notes:
            kind = "note"
        blocks.append(Block(kind=kind, part=part, table=table, **common))
    return tuple(blocks), _tree(blocks)


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
        key = squeezed(text)
        if key in listed:
            found[at] = Found(mark or listed[key].mark or HeadingMark("", text, CHAPTER), True)
            continue
        if mark is None:
            entry = untitled.get(key)
            if entry is not None and entry.mark is not None and _stands_out(piece, layout):
                found[at] = Found(HeadingMark(entry.mark.number, text, entry.mark.rank), True)
                del untitled[key]
            continue
        candidates[at] = (mark, _stands_out(piece, layout), _followed_by_item(layout.pieces, at, mark))
    for at, (mark, emphasised, in_list) in candidates.items():
        text = _clean(layout.pieces[at].text.text)
        if not looks_like_heading(mark, text, emphasised=emphasised):
            continue
        if mark.rank >= ITEM and not emphasised and (in_list or listed):
            continue
        if mark.number[0:1].isdigit() and not (emphasised and _is_next(mark.number, found)):
            continue
        if mark.number.startswith("附") and _is_repeated(mark, at, found):
            continue
        if mark.number.startswith("附") and not emphasised and not _before_table(layout.pieces, at):
            continue
        if not mark.number and not emphasised:
            continue
        found[at] = Found(mark, False)
    return dict(sorted(found.items()))


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
    return piece.size > 1.05 * layout.body_size or bold or piece.centred or (piece.font != layout.body_font and not piece.full)


def _followed_by_item(pieces: Sequence[Piece], at: int, mark: HeadingMark) -> bool:
    """Whether the next piece is another item of the same kind: then this is a list."""
    if at + 1 >= len(pieces) or pieces[at + 1].kind != "paragraph":
        return False
    following = heading_mark(_clean(pieces[at + 1].text.text))
    return following is not None and following.rank == mark.rank


def _before_table(pieces: Sequence[Piece], at: int) -> bool:
    return any(piece.table is not None for piece in pieces[at + 1 : at + 4])


def _is_next(number: str, found: dict[int, Found]) -> bool:
    """Whether a number such as 1.2 or 3. goes on from the headings above it: a figure that opens a line does not."""
    parts = [int(part) for part in re.findall(r"\d+", number)]
    if parts[-1] == 1 and len(parts) <= 3:
        return True
    before = {tuple(int(part) for part in re.findall(r"\d+", one.mark.number)) for one in found.values()}
    return (*parts[:-1], parts[-1] - 1) in before


def _is_repeated(mark: HeadingMark, at: int, found: dict[int, Found]) -> bool:
    """Whether the annex above has the same number: then this is the title of its table or a 续表."""
    above = [place for place, one in found.items() if place < at and one.mark.number.startswith("附")]
    return bool(above) and found[max(above)].mark.number == mark.number


def _levels(marks: Sequence[HeadingMark]) -> dict[int, int]:
    """The level of each rank that the document uses: the highest is 1."""
    ranks = sorted({mark.rank for mark in marks if mark.number and not mark.number.startswith("附")})
    levels = {rank: level for level, rank in enumerate(ranks, start=1)}
    return {**{rank: 1 for rank in range(ARTICLE)}, **levels} if ranks else {rank: 1 for rank in range(POINT + 1)}


def _clean(text: str) -> str:
    """A heading's words: blanks at the rim dropped, 总 则 closed, one blank behind the number."""
    text = text.strip()
    match = re.fullmatch(r"(.*?\S\s+)?(\S(?:\s+\S){1,3})", text)
    if match and not re.search(r"[A-Za-z0-9]", match[2]):
        text = (match[1] or "") + re.sub(r"\s+", "", match[2])
    return text


def _is_cover(piece: Piece) -> bool:
    return piece.text.page is not None and piece.text.page <= _COVER_PAGES


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


__all__ = ["ANNEX", "ARTICLE", "CHAPTER", "POINT", "SECTION", "Found", "layout_to_blocks"]
