"""Headings that carry no number in a plan where none does: larger letters alone say what they are, and how deep."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from .headings import FIGURE_LABEL, TABLE_LABEL, UNIT_LINE
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
