"""Category cells between standing rules: words in the first column (or beside 序号) that stand for several of the rows that
words alone part."""

from __future__ import annotations

import itertools

import numpy as np

from .groups import SPARSE, Label, labels_to_groups
from .rulings import Lattice, drop_edges, edges_of
from .sheet import Sheet

NEAR = 0.8
"""White between two lines of one category, in font sizes, at most."""
FEWEST = 3
"""Rows of a stretch in which categories are looked for."""


def join_categories(
    sheet: Sheet, lattice: Lattice, drawn: np.ndarray, chars: np.ndarray, column: np.ndarray, middle: np.ndarray
) -> Lattice:
    """The lattice with the rows of one category joined in its column; `drawn` are the levels that rules draw."""
    rows, columns = lattice.owner.shape
    if rows == len(drawn) - 1 or columns < 3:
        return lattice
    row = np.searchsorted(lattice.ys, middle) - 1
    left, top = edges_of(lattice)
    starts = np.searchsorted(lattice.ys, drawn).tolist()
    changed = False
    for low, high in itertools.pairwise(starts):
        if high - low < FEWEST or not left[low:high, 1:-1].all():
            continue
        inside = (row >= low) & (row < high)
        at = 1 if _counts(sheet, chars[inside], row[inside], column[inside], high - low) else 0
        for first, last in _groups(sheet, chars[inside], row[inside] - low, column[inside] == at, high - low):
            top[low + first + 1 : low + last + 1, at] = False
            changed = True
    return drop_edges(lattice, left, top) if changed else lattice


def _counts(sheet: Sheet, chars: np.ndarray, row: np.ndarray, column: np.ndarray, rows: int) -> bool:
    """The first column holds numbers alone, in nearly all rows: serial numbers."""
    own = column == 0
    digits = (sheet.codes[chars[own]] >= 0x30) & (sheet.codes[chars[own]] <= 0x39)
    return bool(digits.all()) and len(np.unique(row[own])) >= 0.8 * rows


def _groups(sheet: Sheet, chars: np.ndarray, row: np.ndarray, own: np.ndarray, rows: int) -> list[tuple[int, int]]:
    """(first, last) row of each category among these rows; none if the column has words in most of them."""
    tops, bottoms = sheet.boxes[chars, 1], sheet.boxes[chars, 3]
    extents = []
    for at in range(rows):
        others = (row == at) & ~own
        if not others.any():
            return []
        extents.append((float(tops[others].min()), float(bottoms[others].max())))
    labels: list[Label] = []
    order = np.flatnonzero(own)[np.argsort(tops[own], kind="stable")]
    if not len(order):
        return []
    size = float(np.median(sheet.sizes[chars[order]]))
    reach = np.maximum.accumulate(bottoms[order])
    cuts = np.flatnonzero(tops[order][1:] > reach[:-1] + NEAR * size) + 1
    for part in np.split(order, cuts):
        low, high = float(tops[part].min()), float(bottoms[part].max())
        labels.append(Label([], low, (low + high) / 2))
    if len(labels) > SPARSE * rows or len(np.unique(row[own])) > 0.9 * rows:
        return []
    return [(first, last) for first, last, _ in labels_to_groups(labels, extents, set(), set()) if last > first]
