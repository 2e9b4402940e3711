"""Items that head prose: （一）耕地保护, 1.耕地保护 or （1）耕地保护 alone in its line, set like the text around it, again and again.

Nothing but the row they make tells them from the items of a list: each stands over prose or a table of its own, and they
count from one without a gap.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ..plan.quantity import numeral
from .headings import BRACKETED_POINT, ITEM, HeadingMark, heading_mark
from .layout import Piece

RULE = re.compile(r"严?禁|不得|不准|必须|应当|不(?:低于|少于|超过|突破)|\d(?:\.\d+)?\s*(?:万?亩|[%％]|公顷|平方公里)")
"""A line that says a rule or an amount heads nothing, however short it is."""
_LONGEST = 26
_ROWS = 3
"""Rows of two and more of one shape that let an item alone under its heading be one too."""
_LEAST_TEXT = 20
"""Characters of the text under a heading, at least, where it does not end as a sentence does."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item at a position: its mark, the value of its number, and whether it is short and stands over something."""

    at: int
    mark: HeadingMark
    value: int
    heads: bool


def item_headings(
    pieces: Sequence[Piece], found: dict[int, HeadingMark], known: Container[str]
) -> dict[int, HeadingMark]:
    """By position: the items that are headings though nothing sets them off. `found` are the headings so far; the shapes
    (`item_shape`) in `known` are left alone, as the contents name all headings of that shape."""
    items: dict[str, list[_Item]] = {}
    for at, piece in enumerate(pieces):
        if at in found or piece.kind != "paragraph" or piece.part != "body" or piece.spare:
            continue
        mark = heading_mark(piece.text.text)
        shape = None if mark is None else item_shape(mark)
        if mark is None or shape is None or shape in known:
            continue
        value = numeral(mark.number.strip("（()）、.．"))
        if value is not None:
            heads = _is_title(mark, piece.text.text) and _stands_over(pieces, at, mark)
            items.setdefault(shape, []).append(_Item(at, mark, int(value.number), heads))
    accepted: dict[int, HeadingMark] = {}
    for shape in sorted(items, key=lambda shape: items[shape][0].mark.rank):
        rank = items[shape][0].mark.rank
        borders = sorted(at for at, mark in {**found, **accepted}.items() if mark.rank < rank)
        runs = [run for run in _runs(items[shape], borders) if _heads_all(run)]
        rows = sum(len(run) > 1 for run in runs)
        accepted.update({item.at: item.mark for run in runs if len(run) > 1 or rows >= _ROWS for item in run})
    return accepted


def _heads_all(run: Sequence[_Item]) -> bool:
    """Whether all items of a run head something, and count from one without a gap."""
    return all(item.heads and item.value == count for count, item in enumerate(run, 1))


def item_shape(mark: HeadingMark) -> str | None:
    """The look of an item's number, "一、" "（一）" "1." "（1）"; None for other headings and for numbers such as 1.1."""
    if mark.rank < ITEM or not mark.number:
        return None
    if mark.number[0] in "（(":
        return "（1）" if mark.rank == BRACKETED_POINT else "（一）"
    if mark.number[0].isdigit():
        return "1." if re.fullmatch(r"\d{1,2}[.．、]", mark.number) else None
    return "一、"


def _is_title(mark: HeadingMark, text: str) -> bool:
    title = mark.title
    return (
        len(title) >= 2
        and len(text) <= _LONGEST
        and not re.search(r"[。；;：:，,！!？?]", title)
        and not RULE.search(title)
    )


def _stands_over(pieces: Sequence[Piece], at: int, mark: HeadingMark) -> bool:
    """Whether a table, prose, or an item of a lower rank follows."""
    following = next((piece for piece in pieces[at + 1 : at + 4] if not piece.spare and piece.kind != "footnote"), None)
    if following is None:
        return False
    if following.kind != "paragraph":
        return following.table is not None or following.kind == "caption"
    text = following.text.text.strip()
    below = heading_mark(text)
    if below is not None and (below.rank > mark.rank or below.rank < ITEM):
        return below.rank > mark.rank
    if below is not None and below.rank == mark.rank and item_shape(below) == item_shape(mark):
        return False
    return len(text) >= _LEAST_TEXT or text.endswith(("。", "："))


def _runs(items: Sequence[_Item], borders: Sequence[int]) -> list[list[_Item]]:
    """Items of one shape, cut where a heading of a higher rank stands between them."""
    runs: list[list[_Item]] = []
    for item in items:
        if runs and not any(runs[-1][-1].at < border < item.at for border in borders):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
