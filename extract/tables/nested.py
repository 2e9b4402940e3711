"""Tables inside a cell: found in the lattice they are drawn in or beside it, taken out of it, and read as rows of the cell."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from ...plan.document import InkLine, Text
from .celltext import EMPTY, concatenate
from .rulings import Lattice, drop_edges, edges_of, part_of_lattice

RARE = 0.5
"""A boundary of columns that fewer rows have is one of a nested table."""
FILLED = 0.6
"""The least share of the cells of a nested table that hold words: else it is a drawing."""
THINNEST = 6.0
"""Points: less is the white between the frame of a nested table and the cell around it."""
WHOLE = 0.5
"""A level parts rows of the table if rules go over this share of its width; else it parts those of a nested one."""


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """A small grid in one cell of another: its boundaries and which of its cells covers each place."""

    xs: np.ndarray
    ys: np.ndarray
    owner: np.ndarray

    def holds(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """bool: which of these points lie in it."""
        return (x > self.xs[0]) & (x < self.xs[-1]) & (y > self.ys[0]) & (y < self.ys[-1])

    def filled(self, x: np.ndarray, y: np.ndarray) -> float:
        """The share of its cells that hold one of these points; cells at its sides that are no higher than a rule is wide,
        or no wider, are left out."""
        inside = self.holds(x, y)
        row, column = np.searchsorted(self.ys, y[inside]) - 1, np.searchsorted(self.xs, x[inside]) - 1
        room = (np.diff(self.ys)[:, None] > THINNEST) & (np.diff(self.xs)[None, :] > THINNEST)
        return len(np.unique(self.owner[row, column])) / max(1, len(np.unique(self.owner[room])))


def take_out_nested(lattice: Lattice, x: np.ndarray, y: np.ndarray) -> tuple[Lattice, list[Nested]]:
    """The lattice without the grids that stand in one of its cells and touch its rules, and these grids; x, y are the
    middles of its characters.

    Their columns are drawn in few rows and not in the first one; their rows end at the sides of one column.
    """
    left, top = edges_of(lattice)
    rows, columns = lattice.owner.shape
    wide = np.diff(lattice.xs) / (lattice.xs[-1] - lattice.xs[0])
    inner = np.flatnonzero(~left[0, 1:-1]) + 1
    if rows < 3 or not len(inner):
        return lattice, []
    levels = [0, *(at for at in range(1, rows) if (top[at] * wide).sum() >= WHOLE), rows]
    many = [at for at in inner.tolist() if _share(left, levels, at) >= RARE]
    outer = [0, *(at for at in range(1, columns) if at in many or at not in inner), columns]
    found: list[Nested] = []
    for low, high in itertools.pairwise(levels):
        for first, after in itertools.pairwise(outer):
            own = np.asarray(left[low:high, first + 1 : after].any(axis=1))
            if high - low < 2 or after - first < 2 or own.sum() < 2:
                continue
            frames = _frames(lattice, low, high, first, after, own)
            if not frames or any(frame.filled(x, y) < FILLED for frame in frames):
                continue
            found += frames
            left[low:high, first + 1 : after] = False
            top[low + 1 : high, first:after] = False
    return (drop_edges(lattice, left, top), found) if found else (lattice, [])


def _share(left: np.ndarray, levels: list[int], at: int) -> float:
    """The share of the rows of a table (parted at these levels) that have an edge at a boundary of columns."""
    drawn = [left[low:high, at].any() for low, high in itertools.pairwise(levels)]
    return sum(drawn) / len(drawn) if len(drawn) > 2 else 0.0


def _frames(lattice: Lattice, low: int, high: int, first: int, after: int, own: np.ndarray) -> list[Nested]:
    """The grids in rows low..high - 1 of a column: runs of rows that are parted into columns (bool `own`)."""
    frames = []
    starts = np.flatnonzero(own & ~np.r_[False, own[:-1]]) + low
    ends = np.flatnonzero(own & ~np.r_[own[1:], False]) + low + 1
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        part = part_of_lattice(lattice, start, end, first, after)
        frames.append(Nested(part.xs, part.ys, part.owner))
    return frames


def grids_inside(lattice: Lattice, others: list[Lattice], x: np.ndarray, y: np.ndarray) -> list[Nested]:
    """The other lattices that stand within a cell of a grid, touching none of its rules, and hold words (at x, y) in rows
    and columns."""
    x0, top, x1, bottom = lattice.box
    found = []
    for other in others:
        a, b, c, d = other.box
        inside = other is not lattice and a >= x0 - 1 and b >= top - 1 and c <= x1 + 1 and d <= bottom + 1
        grid = Nested(other.xs, other.ys, other.owner)
        if inside and min(other.owner.shape) > 1 and grid.filled(x, y) >= FILLED:
            found.append(grid)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class NestedCells:
    """Characters of nested grids as cells of their own, numbered from `first` on: which, and where each stands."""

    first: int
    owner: np.ndarray
    """The given owner of each character, replaced by the nested cell where it stands in one."""
    places: list[tuple[int, int, int]]
    """Of each nested cell: the cell of the table, the number of its line there, its number in this line."""


def own_cells(owner: np.ndarray, x: np.ndarray, y: np.ndarray, nested: list[Nested], count: int) -> NestedCells | None:
    """The characters (cell of the table, middles) with those in nested grids as cells from `count` on; None if there are
    none."""
    owner = owner.copy()
    places: list[tuple[int, int, int]] = []
    lines = 0
    for grid in sorted(nested, key=lambda grid: (float(grid.ys[0]), float(grid.xs[0]))):
        inside = np.flatnonzero(grid.holds(x, y))
        if not len(inside):
            continue
        cell = int(np.bincount(owner[inside]).argmax())
        if cell >= count:
            continue
        row = np.searchsorted(grid.ys, y[inside]) - 1
        column = np.searchsorted(grid.xs, x[inside]) - 1
        within = grid.owner[row, column]
        for number in np.unique(within).tolist():
            at = np.argwhere(grid.owner == number)[0]
            owner[inside[within == number]] = count + len(places)
            places.append((cell, lines + int(at[0]), int(at[1])))
        lines += grid.owner.shape[0]
    return NestedCells(count, owner, places) if places else None


def join_nested(texts: list[Text], cells: NestedCells) -> list[Text]:
    """The Texts of the table's cells: a nested row is a line of its own, its cells are parted by blanks; what else stands
    in the cell comes before or after it, as it is printed."""
    joined = texts[: cells.first]
    inside: dict[int, list[tuple[int, int, Text]]] = {}
    for (cell, line, number), text in zip(cells.places, texts[cells.first :], strict=True):
        if text.text:
            inside.setdefault(cell, []).append((line, number, text))
    for cell, found in inside.items():
        lines: dict[int, list[Text]] = {}
        for line, _, text in sorted(found, key=lambda one: one[:2]):
            lines.setdefault(line, []).append(text)
        rows = [_parted(" ", row) for row in lines.values()]
        own = _own_lines(texts[cell])
        top = _top(rows[0])
        whole = [*(text for text in own if _top(text) < top), *rows, *(text for text in own if _top(text) >= top)]
        joined[cell] = _parted("\n", whole)
    return joined


def _top(text: Text) -> float:
    piece = text.pieces[0]
    assert isinstance(piece, InkLine)
    return float(piece.boxes[:, 1].min())


def _own_lines(text: Text) -> list[Text]:
    """The printed lines of a Text, each as a Text."""
    return [
        Text(text.text[piece.start : piece.end], (InkLine(0, piece.end - piece.start, piece.page, piece.boxes),))
        for piece in text.pieces
        if isinstance(piece, InkLine)
    ]


def _parted(mark: str, texts: list[Text]) -> Text:
    """The Texts one after the other with an implied mark between them."""
    whole = EMPTY
    for text in texts:
        if whole.text:
            last = whole.pieces[-1]
            assert isinstance(last, InkLine)
            box = last.boxes[-1:, [2, 1, 2, 3]]
            whole = concatenate(whole, Text(mark, (InkLine(0, 1, last.page, box),)))
        whole = concatenate(whole, text)
    return whole
