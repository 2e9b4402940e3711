"""Rows that a page break cuts, where no rule tells: is the first row of a page the rest of the last one before it?"""

from __future__ import annotations

from ...plan.document import InkLine
from .grid import Row, Slot, is_number, words_of
from .wording import HANGS_re, REST_re

FEWEST = 4
"""From so many rows on an always filled column is taken to be filled in every row."""
ROOM = 1.6
"""A line that ends this near (in font sizes) to the widest of its column has no room for more."""


def is_rest_of_row(rows: list[Row], following: list[Row], header: int) -> bool:
    """The first row of the next page is the rest of cells of the last one, which the page cut.

    Its words stand where the row above has words too, and one of these holds: they are few, none in the first column;
    they close a bracket; they can't begin a cell, or those above can't end one; the number of the row is missing, or
    another cell that every row has while the cells above are full.
    """
    if not rows or not following:
        return False
    last, rest = rows[-1], following[0]
    said, says = words_of(last), words_of(rest)
    filled = [at for at, word in enumerate(says) if word]
    if len(says) < 3 or not filled or not all(at < len(said) and said[at] for at in filled):
        return False
    if 0 not in filled and len(filled) <= max(1, len(says) // 3):
        return True
    opened = [at for at in filled if said[at].count("（") > said[at].count("）") and "）" in says[at]]
    if opened and len(filled) <= len(says) // 2:
        return True
    if len({id(slot) for slot in rest}) < len(rest) or len({id(slot) for slot in last}) < len(last):
        return False
    if any(HANGS_re.search(said[at]) or REST_re.match(says[at]) for at in filled):
        return True
    body = [row for row in [*rows[header:], *following[1:]] if len({id(slot) for slot in row}) == len(row)]
    missing = [at for at in range(len(says)) if not says[at] and _in_every_row(body, at)]
    if any(all(words_of(row)[at].isdecimal() for row in body) for at in missing):
        return True
    full = all(_is_full(rows[header:], last[at], at) for at in filled)
    return bool(missing) and full and not any(is_number(said[at]) or is_number(says[at]) for at in filled)


def _in_every_row(body: list[Row], column: int) -> bool:
    """Each row has a cell of its own with words in this column."""
    cells = [row[column] for row in body]
    own = len({id(slot) for slot in cells}) == len(cells)
    return len(cells) >= FEWEST and own and all(slot is not None and slot.filled for slot in cells)


def _is_full(rows: list[Row], slot: Slot | None, column: int) -> bool:
    """The last line of a cell is about as wide as the widest of its column."""
    own = _widths(slot)
    others = [width for row in rows for width in _widths(row[column])[:-1]]
    size = max((width[1] for width in own), default=0.0)
    return bool(own) and bool(others) and own[-1][0] > max(width[0] for width in others) - ROOM * size


def _widths(slot: Slot | None) -> list[tuple[float, float]]:
    """Width and height of the letters of each line of a cell."""
    if slot is None:
        return []
    lines = [piece.boxes for piece in slot.text.pieces if isinstance(piece, InkLine) and len(piece.boxes)]
    return [(float(boxes[:, 2].max() - boxes[:, 0].min()), float((boxes[:, 3] - boxes[:, 1]).max())) for boxes in lines]
