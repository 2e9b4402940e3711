"""Segments that stand in known columns -> rows: which lines are the wrapped words of one row, where no rule says it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

MISSING = 0.8
"""Cost of a usually filled column that a row leaves empty."""
BROKEN = 2.0
"""Cost of going on to a second line of a cell whose first line had room left."""
CUT = 0.35
"""Cost of ending a row where a cell's line is full, as if its words went on."""
DOUBLE = 3.0
"""Cost of a second line with all columns in one row."""
LONGEST = 14
"""Strips that one row may take."""
MODES = ("top", "middle", "bottom")


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment in its column.

    `full`: its line has no room for another word; `closed`: a number or a dash, which neither goes on nor is gone on to;
    `at` its number among the segments.
    """

    column: int
    top: float
    bottom: float
    size: float
    full: bool
    closed: bool
    at: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Pieces that stand beside each other; above and below is white over the whole width of the table."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float

    @property
    def columns(self) -> set[int]:
        return {piece.column for piece in self.pieces}


def pieces_to_strips(pieces: list[Piece]) -> list[Strip]:
    """Strips from top to bottom."""
    strips: list[Strip] = []
    group: list[Piece] = []
    reach = -1e9
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.column)):
        trim = 0.12 * min(piece.size, piece.bottom - piece.top)
        if group and piece.top + trim >= reach:
            strips.append(Strip(tuple(group), min(p.top for p in group), max(p.bottom for p in group)))
            group, reach = [], -1e9
        group.append(piece)
        reach = max(reach, piece.bottom - trim)
    if group:
        strips.append(Strip(tuple(group), min(p.top for p in group), max(p.bottom for p in group)))
    return strips


def strips_to_rows(strips: list[Strip], columns: int) -> list[list[Strip]]:
    """The cheapest partition of the strips into rows, under the vertical alignment that fits the whole table best."""
    if len(strips) < 2:
        return [strips] if strips else []
    counts = np.zeros(columns)
    for strip in strips:
        for column in strip.columns:
            counts[column] += 1
    rows = _count_rows(strips, counts)
    weights = np.minimum(1.0, counts / rows)
    whole = set(np.flatnonzero((weights >= 0.9) & (counts <= 1.08 * rows)).tolist())
    usually = set(np.flatnonzero(weights >= 0.9).tolist())
    if all(usually <= strip.columns for strip in strips) and not _wraps(strips):
        return [[strip] for strip in strips]
    pitch = _usual_gap(strips)
    best: tuple[float, list[list[Strip]]] | None = None
    for mode in MODES:
        cost, rows = _partition(strips, weights, whole, mode, pitch)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, rows)
    assert best is not None
    return best[1]


def _count_rows(strips: list[Strip], counts: np.ndarray) -> float:
    """About how many rows there are: as many as the fullest column has pieces that can't be wrapped words."""
    usual = float(np.median(counts[counts > 0]))
    closed, short = np.zeros(len(counts)), np.zeros(len(counts))
    for strip in strips:
        for piece in strip.pieces:
            closed[piece.column] += piece.closed
            short[piece.column] += piece.closed or not piece.full
    anchors = counts[((closed >= 0.75 * counts) | (short >= 0.95 * counts)) & (counts >= 0.25 * usual)]
    if len(anchors):
        return float(anchors.max())
    return float(counts[counts >= 0.6 * usual].min())


def _wraps(strips: list[Strip]) -> bool:
    """A strip has two lines in one column."""
    return any(len(strip.columns) < len(strip.pieces) for strip in strips)


def _usual_gap(strips: list[Strip]) -> float:
    """The smallest usual white between strips: that between the lines of one cell."""
    gaps = sorted(b.top - a.bottom for a, b in itertools.pairwise(strips))
    return gaps[len(gaps) // 4]


def _partition(
    strips: list[Strip], weights: np.ndarray, whole: set[int], mode: str, pitch: float
) -> tuple[float, list[list[Strip]]]:
    count = len(strips)
    best = [0.0] + [1e18] * count
    back = [0] * (count + 1)
    boundary = [0.0] + [_cut_cost(strips[at - 1], strips[at], pitch) for at in range(1, count)]
    for end in range(1, count + 1):
        for start in range(end - 1, max(-1, end - 1 - LONGEST), -1):
            if best[start] >= best[end]:
                continue
            cost = best[start] + boundary[start] + _row_cost(strips[start:end], weights, whole, mode, pitch)
            if cost < best[end]:
                best[end], back[end] = cost, start
    rows: list[list[Strip]] = []
    end = count
    while end:
        rows.append(strips[back[end] : end])
        end = back[end]
    return best[count], rows[::-1]


def _cut_cost(above: Strip, below: Strip, pitch: float) -> float:
    full = {piece.column for piece in above.pieces if piece.full and not piece.closed}
    tight = below.top - above.bottom < pitch + 0.25 * above.pieces[0].size
    return CUT * len(full & below.columns) if tight else -0.2


def _row_cost(row: list[Strip], weights: np.ndarray, whole: set[int], mode: str, pitch: float) -> float:
    present = set().union(*(strip.columns for strip in row))
    cost = MISSING * float(sum(weights[column] for column in range(len(weights)) if column not in present))
    if len(row) == 1 and len(row[0].pieces) == len(present):
        return cost
    cost += DOUBLE * max(0, sum(whole <= strip.columns for strip in row) - 1)
    size = row[0].pieces[0].size
    for above, below in itertools.pairwise(row):
        if below.top - above.bottom > pitch + 0.3 * size:
            cost += 1.0 + (below.top - above.bottom - pitch) / size
    columns: dict[int, list[Piece]] = {}
    for strip in row:
        for piece in strip.pieces:
            columns.setdefault(piece.column, []).append(piece)
    for pieces in columns.values():
        pieces.sort(key=lambda piece: piece.top)
        for first, second in itertools.pairwise(pieces):
            if second.top > (first.top + first.bottom) / 2 and (not first.full or first.closed or second.closed):
                cost += BROKEN
    return cost + _misalignment(columns, mode, size)


def _misalignment(columns: dict[int, list[Piece]], mode: str, size: float) -> float:
    """How far the cells of a row are from standing at its top, middle or bottom; at most 1 for each."""
    tops = [pieces[0].top for pieces in columns.values()]
    bottoms = [max(piece.bottom for piece in pieces) for pieces in columns.values()]
    if mode == "top":
        off = [top - min(tops) for top in tops]
    elif mode == "bottom":
        off = [max(bottoms) - bottom for bottom in bottoms]
    else:
        middle = (min(tops) + max(bottoms)) / 2
        off = [abs((top + bottom) / 2 - middle) for top, bottom in zip(tops, bottoms, strict=True)]
    return sum(min(1.0, max(0.0, part / size - 0.3)) for part in off)
