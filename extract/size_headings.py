"""Headings that carry no number: in a plan where none does larger letters alone say what they are, and how deep; under
numbered headings it is a style that nothing but they have."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from .headings import FIGURE_LABEL, TABLE_LABEL, UNIT_LINE, is_plain_title
from .layout import Layout, Piece

_LARGER = 1.12
"""Times the size of the text, at least."""
_LONGEST = 30
_FEWEST = 3
_DEEPEST = 3
_COVER_PAGES = 3


def size_headings(layout: Layout, listed: Container[int]) -> dict[int, int]:
    """Level by position of the piece, for documents without numbered headings: `listed` are those that the contents name.

    Nothing if fewer than three lines stand out, or if they don't stand over text as headings do.
    """
    pieces = layout.pieces
    sizes = {
        at: piece.size
        for at, piece in enumerate(pieces)
        if at in listed or (at >= _first_text(pieces) and _stands_out(piece, layout.body_size))
    }
    if len(sizes) < _FEWEST:
        return {}
    steps: list[float] = []
    for size in sorted(sizes.values(), reverse=True):
        if not steps or size < 0.94 * steps[-1]:
            steps.append(size)
    if len(steps) > _DEEPEST or not _over_text(pieces, sizes):
        return {}
    return {at: next(level for level, step in enumerate(steps, 1) if size >= 0.94 * step) for at, size in sizes.items()}


def styled_headings(layout: Layout, found: Container[int]) -> list[int]:
    """Positions of the unnumbered headings below the numbered ones (`found`): short lines in letters of their own (bold,
    larger, or of another font), each over prose, that occur again and again; wherever lines of that look stand over
    something else, none is a heading.
    """
    pieces = layout.pieces
    first = next((at for at in range(len(pieces)) if at in found), len(pieces))
    looks: dict[tuple[int, int, bool], list[int]] = {}
    for at in range(first, len(pieces)):
        piece = pieces[at]
        bold = bool(len(piece.bold)) and bool(piece.bold.all())
        apart = bold or piece.size > 1.05 * layout.body_size
        if piece.kind == "paragraph" and piece.part == "body" and not piece.spare and apart and not piece.centred:
            looks.setdefault((piece.font, round(2 * piece.size), bold), []).append(at)
    return sorted(
        at
        for places in looks.values()
        if sum(at not in found for at in places) >= _FEWEST + 1
        and all(at in found or _heads_prose(layout, at) for at in places)
        for at in places
        if at not in found
    )


def _heads_prose(layout: Layout, at: int) -> bool:
    """Whether a line without number is a title by its words and stands over prose in the letters of the text."""
    below = layout.pieces[at + 1] if at + 1 < len(layout.pieces) else None
    return (
        is_plain_title(layout.pieces[at].text.text.strip())
        and below is not None
        and below.kind == "paragraph"
        and below.size < 1.05 * layout.body_size
        and len(below.text.text) >= _LONGEST
    )


def _first_text(pieces: Sequence[Piece]) -> int:
    """Where the covers end: the first piece of the page on which the first long paragraph stands, or behind the contents."""
    contents = [at for at, piece in enumerate(pieces) if piece.kind == "toc"]
    if contents:
        return contents[-1] + 1
    page = next((piece.text.page for piece in pieces if piece.kind == "paragraph" and len(piece.text.text) > 40), None)
    if page is None or page > _COVER_PAGES + 1:
        return 0
    return next(at for at, piece in enumerate(pieces) if piece.text.page == page)


def _stands_out(piece: Piece, body_size: float) -> bool:
    text = piece.text.text.strip()
    return (
        piece.kind == "paragraph"
        and piece.part == "body"
        and not piece.spare
        and piece.size > _LARGER * body_size
        and 2 <= len(text) <= _LONGEST
        and not re.search(r"[。；;：:，,！!？?]|^[\d\W]+$", text)
        and not any(pattern.fullmatch(text) for pattern in (TABLE_LABEL, FIGURE_LABEL, UNIT_LINE))
    )


def _over_text(pieces: Sequence[Piece], sizes: dict[int, float]) -> bool:
    """Whether most of the lines stand over prose, a table, or a line in smaller letters."""
    over = 0
    for at, size in sizes.items():
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        over += below is not None and (below.table is not None or below.size < 0.94 * size)
    return over >= 0.75 * len(sizes)
