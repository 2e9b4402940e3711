"""Lattices -> tables and boxes: which characters stand in which cell, and where words show rows that no rule draws."""

from __future__ import annotations

import itertools

import numpy as np

from ...plan.span import Box
from ..reading.quick import median
from .assembly import table_of_cells
from .cut_labels import join_categories
from .nested import Nested, grids_inside, take_out_nested
from .page import PageTable
from .regions import group_by_line, is_barrier, white_gaps
from .rowing import LONG, Piece, pieces_to_strips, strips_to_rows
from .rulings import Lattice, cut_columns, cut_row, join_lattices, open_columns, rules_to_lattice
from .segments import Segments, sheet_to_segments
from .sheet import Sheet
from .titles import is_name
from .wording import CLOSED_re, line_words

FRAME = 0.8
"""A box that takes this share of the page's width and height is a frame around the page, not a box of text."""
FILLED = 0.12
"""A lattice with a smaller share of filled cells is a drawing."""
BRIDGE = 3.6
"""A row without standing rules between two lattices is at most this high, in font sizes."""


def inner_first(lattices: list[Lattice]) -> list[Lattice]:
    """Lattices inside the only column of another come before it; those inside a cell of a grid are part of that cell."""
    if len(lattices) < 2:
        return lattices
    kept = []
    for lattice in lattices:
        around = [other for other in lattices if other is not lattice and encloses(other, lattice)]
        if all(len(other.xs) == 2 for other in around):
            kept.append((-len(around), lattice))
    return [lattice for _, lattice in sorted(kept, key=lambda pair: pair[0])]


def encloses(outer: Lattice, inner: Lattice) -> bool:
    a, b = outer.box, inner.box
    return a[0] <= b[0] + 1 and a[1] <= b[1] + 1 and a[2] >= b[2] - 1 and a[3] >= b[3] - 1


def lattice_to_table(
    sheet: Sheet, lattice: Lattice, free: np.ndarray, others: list[Lattice] | None = None
) -> PageTable | None:
    """The table or box that a lattice holds; None if it is a drawing or a frame. Takes its characters out of `free`.

    `others` are all lattices of the page, among them those that stand in a cell of this one.
    """
    x0, top, x1, bottom = lattice.box
    middle_x = (sheet.boxes[:, 0] + sheet.boxes[:, 2]) / 2
    middle_y = (sheet.boxes[:, 1] + sheet.boxes[:, 3]) / 2
    inside = (middle_x > x0) & (middle_x < x1) & (middle_y > top) & (middle_y < bottom) & free
    chars = np.flatnonzero(inside)
    if not len(chars):
        return None
    nested: list[Nested] = []
    if len(lattice.xs) > 2:
        x, y = middle_x[chars], middle_y[chars]
        inside = grids_inside(lattice, others or [], x, y)
        lattice, nested = take_out_nested(lattice, x, y)
        nested += inside
    if len(lattice.xs) > 2:
        lattice = columns_of_words(sheet, lattice, chars, middle_y[chars])
    column = np.searchsorted(lattice.xs, middle_x[chars]) - 1
    drawn = lattice.ys
    lattice = cut_rows(sheet, lattice, chars, column, middle_y[chars])
    # where words alone show the rows, a side without a rule does not mean that a row is cut there
    told = len(lattice.ys) == len(drawn)
    if not told:
        lattice = join_categories(sheet, lattice, drawn, chars, column, middle_y[chars])
    row = np.searchsorted(lattice.ys, middle_y[chars]) - 1
    owner = lattice.owner[row, column]
    count = len(lattice.spans)
    columns = len(lattice.xs) - 1
    filled = np.bincount(owner, minlength=count) > 0
    if columns == 1:
        if x1 - x0 > FRAME * sheet.width and bottom - top > FRAME * sheet.height:
            return None
        kind = "box"
    else:
        kind = "table"
        if filled.sum() < FILLED * count:
            return None
        if len(np.unique(lattice.spans[filled, 1])) < 2 and not _is_rest(sheet, lattice, top):
            return None
    free[chars] = False
    return table_of_cells(
        sheet,
        kind,
        lattice.xs,
        lattice.ys,
        lattice.spans,
        chars,
        owner,
        open_top=lattice.open_top and told,
        open_bottom=lattice.open_bottom and told,
        nested=nested,
    )


def bridge_lattices(sheet: Sheet, lattices: list[Lattice], horizontal: np.ndarray) -> list[Lattice]:
    """Lattices with the same sides, one close above the other and one line of words between: one table, a category row.

    So tables look that have no rules at their sides, where a category row goes over all columns. A category row at the
    top or bottom of a page stands between the lattice and one more lying rule.
    """
    joined: list[Lattice] = []
    for lattice in lattices:
        whole = None
        if joined and len(joined[-1].xs) > 2 and len(lattice.xs) > 2 and _bridged(sheet, joined[-1].box, lattice.box):
            whole = join_lattices(joined[-1], lattice)
        if whole is None:
            joined.append(lattice)
        else:
            joined[-1] = whole
    return [_with_edge_rows(sheet, lattice, horizontal) for lattice in joined]


def _with_edge_rows(sheet: Sheet, lattice: Lattice, horizontal: np.ndarray) -> Lattice:
    x0, top, x1, bottom = lattice.box
    if len(lattice.xs) < 3:
        return lattice
    near = (np.abs(horizontal[:, 1] - x0) < 3) & (np.abs(horizontal[:, 2] - x1) < 3)
    for y, x0, x1 in horizontal[near & ((horizontal[:, 0] < top - 5) | (horizontal[:, 0] > bottom + 5))].tolist():
        rule = (x0, y, x1, y)
        if _bridged(sheet, rule, lattice.box) or _bridged(sheet, lattice.box, rule):
            more = rules_to_lattice(np.r_[lattice.horizontal, [[y, x0, x1]]], lattice.vertical)
            lattice = more or lattice
    return lattice


def _bridged(sheet: Sheet, a: Box, b: Box) -> bool:
    if abs(a[0] - b[0]) > 3 or abs(a[2] - b[2]) > 3 or not -1 < b[1] - a[3] < 60:
        return False
    middle = (sheet.boxes[:, 1] + sheet.boxes[:, 3]) / 2
    chars = np.flatnonzero((middle > a[3]) & (middle < b[1]) & (sheet.lefts > a[0] - 3) & (sheet.rights < a[2] + 3))
    if not len(chars) or b[1] - a[3] > BRIDGE * median(sheet.sizes[chars]):
        return False
    segments = sheet_to_segments(sheet, chars)
    lines = group_by_line(segments, np.arange(len(segments)))
    if len(lines) > 2 or any(is_barrier(sheet, segments, line) for line in lines):
        return False
    return not is_name(line_words(sheet, segments, lines[0]))


def cut_rows(sheet: Sheet, lattice: Lattice, chars: np.ndarray, column: np.ndarray, middle: np.ndarray) -> Lattice:
    """The lattice with rows cut where the words show several rows between two rules.

    Such a row has several lines in most of its columns, which end short of their cells.
    """
    columns = lattice.owner.shape[1]
    if columns < 2:
        return lattice
    row = np.searchsorted(lattice.ys, middle) - 1
    cell = lattice.owner[row, column]
    size = median(sheet.sizes[chars])
    high = np.diff(lattice.ys)
    # rows of a header and rows over all columns do not tell how the others are parted
    low = (high <= 2.2 * size) & (lattice.owner[:, 0] != lattice.owner[:, -1])
    low = low[int(np.argmax(high > 2.2 * size)) :]
    ruled = len(high) >= 4 and low.sum() >= 3 and low.mean() >= 0.5
    simple = (lattice.spans[:, 2] == 1)[lattice.owner].all(axis=1) & (high > 2.2 * size)
    if not simple.any():
        return lattice
    line = np.round(sheet.baselines[chars] / (0.5 * size)).astype(np.int64)
    lines = np.bincount(np.unique(cell * 100000 + line) // 100000, minlength=len(lattice.spans))
    for at in np.flatnonzero(simple)[::-1].tolist():
        counts = lines[sorted(set(lattice.owner[at].tolist()))]
        counts = counts[counts > 0]
        if len(counts) < max(2, 0.5 * columns) or median(counts) < 2 or (counts < 2).sum() > 0.25 * len(counts):
            continue
        inside = row == at
        levels = _levels_of_words(sheet, lattice, chars[inside], cell[inside], ruled)
        if levels:
            lattice = cut_row(lattice, at, levels)
    return lattice


def _levels_of_words(sheet: Sheet, lattice: Lattice, chars: np.ndarray, cell: np.ndarray, ruled: bool) -> list[float]:
    """Heights between the rows that the words of one row of a lattice show; none if they show one row.

    `ruled`: rules part most rows of the lattice, so that only numbers one above another show rows without a rule; words
    in several lines are wrapped (the names of columns, for one).
    """
    columns = lattice.owner.shape[1]
    pieces: list[Piece] = []
    if _is_written_down(sheet, chars, cell):
        return []
    for number in np.unique(cell).tolist():
        own = np.sort(chars[cell == number])
        segments = sheet_to_segments(sheet, own)
        first, span = int(lattice.spans[number, 1]), int(lattice.spans[number, 3])
        x0, x1 = float(lattice.xs[first]), float(lattice.xs[first + span])
        lined = group_by_line(segments, np.arange(len(segments)))
        boxes = [
            (
                segments.boxes[parts, 0].min(),
                segments.boxes[parts, 1].min(),
                segments.boxes[parts, 2].max(),
                segments.boxes[parts, 3].max(),
            )
            for parts in lined
        ]
        pad = max(0.0, min(8.0, min(min(box[0] - x0, x1 - box[2]) for box in boxes)))
        for parts, box in zip(lined, boxes, strict=True):
            em = float(segments.size[parts[0]])
            words = line_words(sheet, segments, parts)
            slack = 5.0 * em if words[-1] < "\u2e80" else 1.2 * em
            full = box[2] - box[0] > x1 - x0 - 2 * pad - slack
            pieces.append(
                Piece(
                    first,
                    float(box[1]),
                    float(box[3]),
                    em,
                    bool(full),
                    bool(CLOSED_re.match(words)),
                    len(pieces),
                    long=bool(box[2] - box[0] > LONG * em),
                    number=int(words) if words.isdecimal() else -1,
                )
            )
    if ruled and not _stacks_numbers(pieces):
        return []
    found = strips_to_rows(pieces_to_strips(pieces), columns)
    filled = [len(set().union(*(strip.columns for strip in one))) for one in found]
    if len(found) < (2 if _stacks_numbers(pieces) or _stop_short(pieces, columns) else 3) or sum(
        filled
    ) < 0.5 * columns * len(found):
        return []
    return [(above[-1].bottom + below[0].top) / 2 for above, below in itertools.pairwise(found)]


def _is_written_down(sheet: Sheet, chars: np.ndarray, cell: np.ndarray) -> bool:
    """All cells of several lines hold one Chinese character a line, three or more of them: vertical writing."""
    stacks = 0
    for number in np.unique(cell).tolist():
        own = chars[cell == number]
        lines = np.unique(np.round(sheet.baselines[own] / (0.5 * sheet.sizes[own]))).size
        if lines < 2:
            continue
        if lines < len(own) or lines < 3 or (sheet.codes[own] < 0x2E80).any():
            return False
        stacks += 1
    return stacks > 0


def _stacks_numbers(pieces: list[Piece]) -> bool:
    """Two columns or more, or the first, hold one number above another: two rows at least."""
    stacks: dict[int, list[bool]] = {}
    for piece in pieces:
        stacks.setdefault(piece.column, []).append(piece.closed)
    stacked = [column for column, closed in stacks.items() if len(closed) > 1 and all(closed)]
    return len(stacked) >= 2 or stacked == [0]


def _is_rest(sheet: Sheet, lattice: Lattice, top: float) -> bool:
    """One row with words in one cell can be the rest of a row that the page break cut, if nothing stands above it."""
    if lattice.owner.shape[0] > 1 or lattice.owner.shape[1] < 3 or top > 0.3 * sheet.height:
        return False
    return int((sheet.boxes[:, 3] < top).sum()) < 60


def columns_of_words(sheet: Sheet, lattice: Lattice, chars: np.ndarray, middle: np.ndarray) -> Lattice:
    """The lattice cut into columns where the words of most rows stand apart though no rule parts them.

    Either rules part the columns in some rows only (the header), or a column between rules holds several columns.
    """
    rows, _columns = lattice.owner.shape
    if rows < 3:
        return lattice
    wide = (lattice.spans[:, 3] > 1) & (lattice.spans[:, 2] == 1)
    merged = np.zeros(rows, dtype=bool)
    merged[lattice.spans[wide, 0]] = True
    if merged.sum() < 0.5 * rows and high_gaps(sheet, chars) < 0.8 * rows:
        return lattice
    segments = sheet_to_segments(sheet, chars)
    centre = (segments.boxes[:, 1] + segments.boxes[:, 3]) / 2
    row = np.clip(np.searchsorted(lattice.ys, centre) - 1, 0, rows - 1)
    if merged.sum() >= 0.5 * rows:
        first = np.searchsorted(lattice.xs, segments.boxes[:, 0] + 1) - 1
        last = np.searchsorted(lattice.xs, segments.boxes[:, 2] - 1) - 1
        parts = np.bincount(row, minlength=rows)
        crossing = np.bincount(row[first != last], minlength=rows) > 0
        apart = merged & (parts > 1) & ~crossing
        if apart.sum() >= 0.6 * merged.sum():
            return open_columns(lattice, apart)
    return _cut_between_rules(lattice, segments, row)


def high_gaps(sheet: Sheet, chars: np.ndarray) -> int:
    """About how many gaps wider than a letter stand inside lines, in the order of the content stream."""
    base, size = sheet.baselines[chars], sheet.sizes[chars]
    gap = sheet.lefts[chars[1:]] - sheet.rights[chars[:-1]]
    same = np.abs(base[1:] - base[:-1]) < 0.3 * size[1:]
    return int(np.count_nonzero(same & (gap > size[1:])))


def _cut_between_rules(lattice: Lattice, segments: Segments, row: np.ndarray) -> Lattice:
    """Columns between two rules in which most rows have words on both sides of a strip that all rows leave white."""
    rows, columns = lattice.owner.shape
    places: list[float] = []
    cut = np.zeros(rows, dtype=bool)
    for column in range(columns):
        x0, x1 = float(lattice.xs[column]), float(lattice.xs[column + 1])
        boxes = segments.boxes
        inside = (boxes[:, 0] > x0 - 2) & (boxes[:, 2] < x1 + 2)
        count = np.bincount(row[inside], minlength=rows)
        several = count > 1
        filled = int((count > 0).sum())
        if several.sum() < 4 or several.sum() < 0.6 * filled:
            continue
        size = median(segments.size[inside])
        body = boxes[inside & several[row]]
        # a head may stand over several of these columns, so the first row does not count
        later = boxes[inside & several[row] & (row > row[inside].min())]
        gaps = white_gaps(
            later if len(later) else body, float(later[:, 0].min()), float(later[:, 2].max()), narrowest=0.6 * size
        )
        for low, high in gaps:
            left = np.unique(row[inside & (boxes[:, 2] <= low + 1)])
            right = np.unique(row[inside & (boxes[:, 0] >= high - 1)])
            if len(np.intersect1d(left, right)) >= 0.6 * filled:
                places.append((low + high) / 2)
                crossing = np.unique(row[inside & (boxes[:, 0] < low - 1) & (boxes[:, 2] > high + 1)])
                rows_cut = np.ones(rows, dtype=bool)
                rows_cut[crossing] = False
                cut = cut | rows_cut if len(places) == 1 else cut & rows_cut
    return cut_columns(lattice, places, cut) if places else lattice


def _stop_short(pieces: list[Piece], columns: int) -> bool:
    """In most columns a line that is not the last ends short of its cell: the words after it are another row's."""
    last: dict[int, Piece] = {}
    short = set()
    for piece in sorted(pieces, key=lambda piece: piece.top):
        before = last.get(piece.column)
        if before is not None and not before.full:
            short.add(piece.column)
        last[piece.column] = piece
    return len(short) >= max(2, 0.6 * columns)
