"""Segments that stand in known columns -> rows: which lines are the wrapped words of one row, where no rule says it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MISSING = 0.8
"""Cost of a usually filled column that a row leaves empty."""
BROKEN = 2.0
"""Cost of going on to a second line of a cell whose first line had room left."""
CUT = 0.35
"""Cost of ending a row where a cell's line is full, as if its words went on."""
DOUBLE = 3.0
"""Cost of a second line with all columns in one row."""
TIED = 1.5
"""Cost of ending a row where words can't end, or beginning one where they can't begin."""
LONG = 8.0
"""Font sizes: words of this width in one line."""
LONGEST = 14
"""Strips that one row may take."""
FEWEST_SERIALS = 3
"""So many numbers that count up are serial numbers."""
TWICE = 60.0
"""Cost of a row with two serial numbers."""
UNNUMBERED = 4.0
"""Cost of a row without a serial number."""
WRAPPED = 0.5
"""What is left of BROKEN where serial numbers tell the rows."""
MODES = ("top", "middle", "bottom")


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment in its column.

    `full`: its line has no room for another word; `closed`: a number or a dash, which neither goes on nor is gone on to;
    `at` its number among the segments. `rest`: its words can't begin a cell (，…; a closing bracket); `hangs`: they can't
    end one (…、); `ends`: they end a sentence; `long`: so wide that equal widths are no names of equal length.
    """

    column: int
    top: float
    bottom: float
    size: float
    full: bool
    closed: bool
    at: int
    rest: bool = False
    hangs: bool = False
    ends: bool = False
    long: bool = False
    number: int = -1
    """The words as a whole number, as 序号 are; -1 if they are none."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Pieces that stand beside each other; above and below is white over the whole width of the table."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    columns: frozenset[int]


def pieces_to_strips(pieces: list[Piece]) -> list[Strip]:
    """Strips from top to bottom."""
    strips: list[Strip] = []
    group: list[Piece] = []
    reach = -1e9
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.column)):
        trim = 0.12 * min(piece.size, piece.bottom - piece.top)
        if group and piece.top + trim >= reach:
            strips.append(_strip(group))
            group, reach = [], -1e9
        group.append(piece)
        reach = max(reach, piece.bottom - trim)
    if group:
        strips.append(_strip(group))
    return strips


def _strip(pieces: list[Piece]) -> Strip:
    return Strip(
        tuple(pieces), min([piece.top for piece in pieces]), max([piece.bottom for piece in pieces]),
        frozenset([piece.column for piece in pieces]),
    )  # fmt: skip


def strips_to_rows(strips: list[Strip], columns: int) -> list[list[Strip]]:
    """The cheapest partition of the strips into rows, under the vertical alignment that fits the whole table best."""
    if len(strips) < 2:
        return [strips] if strips else []
    serials = serial_numbers(strips)
    if is_one_cell_each(strips) and not serials:
        return [strips]
    told = _rows_by_white(strips)
    if told is not None and not (serials and _contradicted(told, serials)):
        return told
    counts = np.zeros(columns)
    for strip in strips:
        for column in strip.columns:
            counts[column] += 1
    rows = float(len(serials)) or _count_rows(strips, counts)
    weights = np.minimum(1.0, counts / rows)
    whole = set(np.flatnonzero((weights >= 0.9) & (counts <= 1.08 * rows)).tolist())
    usually = set(np.flatnonzero(weights >= 0.9).tolist())
    if all(usually <= strip.columns for strip in strips) and not _wraps(strips) and not _goes_on(strips):
        return [[strip] for strip in strips]
    pitch = _usual_gap(strips)
    choices = _choices(strips, weights, whole, pitch, serials)
    boundary = [0.0] + [_cut_cost(strips[at - 1], strips[at], pitch) for at in range(1, len(strips))]
    found = [_partition(strips, choices, boundary, mode) for mode in range(len(MODES))]
    return min(found, key=lambda pair: pair[0])[1]


Choice = tuple[int, float, tuple[float, ...]]
"""Where a row starts, its cost, and what each vertical alignment adds."""


def _contradicted(rows: list[list[Strip]], serials: set[int]) -> bool:
    """Some row has two serial numbers, or (not the first, which a page break may have cut) none and words in one column."""
    numbered = [len(serials & set(map(id, row))) for row in rows]
    alone = [len(frozenset().union(*(strip.columns for strip in row))) == 1 for row in rows]
    return max(numbered) > 1 or any(one and not count for one, count in zip(alone[1:], numbered[1:], strict=True))


def serial_numbers(strips: list[Strip]) -> set[int]:
    """The ids of the strips with a serial number: numbers of the first column (or the second, beside categories) that
    count up by one, from 1 anew perhaps; none if there are no such numbers."""
    for column in (0, 1):
        numbered = [(strip, piece) for strip in strips for piece in strip.pieces if piece.column == column]
        while numbered and numbered[0][1].number < 0:
            numbered = numbered[1:]  # the name of the column
        numbers = [piece.number for _, piece in numbered if piece.number >= 0]
        if len(numbers) < FEWEST_SERIALS or len(numbers) < 0.8 * len(numbered):
            continue
        steps = [b == a + 1 or b == 1 for a, b in pairwise(numbers)]
        stacked = np.bincount([piece.column for strip in strips for piece in strip.pieces if piece.closed])
        if all(steps) and numbers.count(1) < 0.5 * len(numbers) and stacked.max() < 1.25 * len(numbers) + 1:
            return {id(strip) for strip, piece in numbered if piece.number >= 0}
    return set()


def _choices(
    strips: list[Strip], weights: np.ndarray, whole: set[int], pitch: float, serials: set[int]
) -> list[list[Choice]]:
    """For each strip the rows that may end with it."""
    wanted = weights.tolist()
    complete = [bool(whole) and not serials and whole <= strip.columns for strip in strips]
    choices: list[list[Choice]] = []
    for end in range(1, len(strips) + 1):
        ending: list[Choice] = []
        doubles = numbered = 0
        for start in range(end - 1, max(-1, end - 1 - (2 if serials else 1) * LONGEST), -1):
            doubles += complete[start]
            numbered += id(strips[start]) in serials
            if doubles > 2 or numbered > 2:
                break
            cost, off = _row_cost(strips[start:end], wanted, doubles, pitch, WRAPPED if serials else 1.0)
            if serials and numbered != 1:
                cost += TWICE if numbered else UNNUMBERED * (start > 0)
            ending.append((start, cost, off))
        choices.append(ending)
    return choices


def is_one_cell_each(strips: list[Strip]) -> bool:
    """Each column with several lines holds running words: all lines but its last are full, long, and end no sentence."""
    columns: dict[int, list[Piece]] = {}
    for strip in strips:
        for piece in strip.pieces:
            columns.setdefault(piece.column, []).append(piece)
    several = [pieces for pieces in columns.values() if len(pieces) > 1]
    return bool(several) and all(
        piece.full and piece.long and not piece.closed and not piece.ends for pieces in several for piece in pieces[:-1]
    )


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


def _goes_on(strips: list[Strip]) -> bool:
    """The words of some strip can't begin a cell, or those of the one above can't end one."""
    return any(_ties(above, below) > 0 for above, below in pairwise(strips))


def _ties(above: Strip, below: Strip) -> int:
    """In how many columns the words below must go on from those above."""
    rest = {piece.column for piece in below.pieces if piece.rest} & above.columns
    last = {piece.column: piece for piece in above.pieces}
    return len(rest | {column for column in below.columns if column in last and last[column].hangs})


def _rows_by_white(strips: list[Strip]) -> list[list[Strip]] | None:
    """The rows where the white between them is plainly higher than that between the lines of a cell; None if not told.

    The lowest white is that between lines if words go on over it: above it lines are full, and below it cells end.
    """
    size = strips[0].pieces[0].size
    gaps = [below.top - above.bottom for above, below in pairwise(strips)]
    shared = [gap for gap, (above, below) in zip(gaps, pairwise(strips), strict=True) if above.columns & below.columns]
    if not shared:
        return None
    limit = min(shared) + 0.14 * size
    near = [pair for gap, pair in zip(gaps, pairwise(strips), strict=True) if gap < limit]
    if len(near) == len(gaps) or min(gap for gap in gaps if gap >= limit) < limit + 0.05 * size:
        return None
    on = short = ends = 0
    for at, (above, below) in enumerate(pairwise(strips)):
        if gaps[at] >= limit:
            continue
        last = {piece.column: piece for piece in above.pieces}
        both = [(last[piece.column], piece) for piece in below.pieces if piece.column in last]
        on += all(a.hangs or (a.full and not a.closed and not b.closed) for a, b in both)
        if at + 1 == len(gaps) or gaps[at + 1] >= limit:
            row = _columns_above(strips, gaps, at, limit)
            if len(row) == 1:
                continue  # one cell alone, as the rest of a row from the page before, tells nothing of the others
            ends += 1
            short += below.columns < row or any(not b.full for _, b in both) or not both
    if on < 0.9 * len(near) or short < 0.6 * ends or not ends:
        return None
    rows = [[strips[0]]]
    for gap, strip in zip(gaps, strips[1:], strict=True):
        if gap < limit:
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return None if any(_stacks(row) for row in rows) else rows


def _columns_above(strips: list[Strip], gaps: list[float], at: int, limit: float) -> frozenset[int]:
    """The columns of the strips of a row whose last gap is at `at`."""
    columns = strips[at + 1].columns
    while at >= 0 and gaps[at] < limit:
        columns |= strips[at].columns
        at -= 1
    return columns


def _stacks(row: list[Strip]) -> bool:
    """Two numbers stand one above the other in a column."""
    seen: set[int] = set()
    for strip in row:
        closed = {piece.column for piece in strip.pieces if piece.closed}
        if closed & seen:
            return True
        seen |= closed
    return False


def _usual_gap(strips: list[Strip]) -> float:
    """The smallest usual white between strips: that between the lines of one cell."""
    gaps = sorted(b.top - a.bottom for a, b in pairwise(strips))
    return gaps[len(gaps) // 4]


def _partition(
    strips: list[Strip], choices: list[list[Choice]], boundary: list[float], mode: int
) -> tuple[float, list[list[Strip]]]:
    """(cost, rows) of the cheapest partition under one vertical alignment."""
    count = len(strips)
    best = [0.0] + [1e18] * count
    back = [0] * (count + 1)
    for end in range(1, count + 1):
        for start, cost, off in choices[end - 1]:
            total = best[start] + boundary[start] + cost + off[mode]
            if total < best[end] - 1e-9:
                best[end], back[end] = total, start
    rows: list[list[Strip]] = []
    end = count
    while end:
        rows.append(strips[back[end] : end])
        end = back[end]
    return best[count], rows[::-1]


def _cut_cost(above: Strip, below: Strip, pitch: float) -> float:
    full = {piece.column for piece in above.pieces if piece.full and not piece.closed and not piece.ends}
    tight = below.top - above.bottom < pitch + 0.25 * above.pieces[0].size
    return (CUT * len(full & below.columns) if tight else -0.2) + TIED * _ties(above, below)


def _row_cost(
    row: list[Strip], weights: list[float], doubles: int, pitch: float, wrapped: float
) -> tuple[float, tuple[float, ...]]:
    """What a row of these strips costs, and what each vertical alignment adds to it; `wrapped` is the share of BROKEN
    that counts."""
    columns: dict[int, list[Piece]] = {}
    for strip in row:
        for piece in strip.pieces:
            columns.setdefault(piece.column, []).append(piece)
    cost = MISSING * sum([weight for column, weight in enumerate(weights) if column not in columns])
    if len(row) == 1 and len(row[0].pieces) == len(columns):
        return cost, (0.0, 0.0, 0.0)
    cost += DOUBLE * max(0, doubles - 1)
    size = row[0].pieces[0].size
    for above, below in pairwise(row):
        wide = below.top - above.bottom - pitch
        if wide > 0.3 * size:
            cost += 1.0 + wide / size
    for pieces in columns.values():
        if len(pieces) < 2:
            continue
        pieces.sort(key=lambda piece: piece.top)
        for first, second in pairwise(pieces):
            stops = not first.hangs and (not first.full or first.closed or second.closed)
            if stops and second.top > (first.top + first.bottom) / 2:
                cost += BROKEN * (1.0 if second.closed and first.closed else wrapped)
    return cost, _misalignment(list(columns.values()), size)


def _misalignment(columns: list[list[Piece]], size: float) -> tuple[float, ...]:
    """How far the cells of a row are from standing at its top, middle and bottom; at most 1 for each cell."""
    tops = [pieces[0].top for pieces in columns]
    bottoms = [max([piece.bottom for piece in pieces]) for pieces in columns]
    top, bottom = min(tops), max(bottoms)
    off = [0.0, 0.0, 0.0]
    for low, high in zip(tops, bottoms, strict=True):
        for mode, part in enumerate((low - top, abs(low + high - top - bottom) / 2, bottom - high)):
            if part > 0.3 * size:
                off[mode] += min(1.0, part / size - 0.3)
    return tuple(off)
