"""Rules on a page -> lattices: the grids that horizontal and vertical rules draw, with their merged cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

THIN = 3.0
"""A filled rectangle up to this thick (points) is a rule."""
SNAP = 2.5
"""Rules nearer to each other than this stand on one line (points)."""
GAP = 3.0
"""Pieces of a rule with gaps up to this are one rule (points)."""
TOUCH = 3.0
"""A rule that ends this near to another touches it (points)."""
OPEN = 5.0
"""Rules that reach this far beyond the last crossing rule leave an open row or column there (points)."""
DOT = 4.0
"""A piece shorter than this (points) may be a dot or dash of a rule."""
FEWEST_DOTS = 5
"""So many dots in one line are a rule."""
ALONG = 4.5
"""Dots of one rule are nearer to each other than this (points)."""
MOST_RULES = 4000
"""A page with more rules than this is a drawing; only its long rules are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """A grid drawn by rules in upright space.

    `xs` and `ys` are the boundaries of its columns and rows; `owner` (rows, columns) numbers the cell that covers each
    place from 0; `spans` (cells, 4) gives row, column, rowspan, colspan of each cell.
    """

    xs: np.ndarray
    ys: np.ndarray
    owner: np.ndarray
    spans: np.ndarray
    open_top: bool
    open_bottom: bool
    horizontal: np.ndarray
    vertical: np.ndarray
    """The rules that draw it."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1]))


def merge_rules(across: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Rules of one direction, snapped and their pieces joined: float64 (n, 3) of coordinate, start, end."""
    if not len(across):
        return np.zeros((0, 3))
    order = np.argsort(across, kind="stable")
    across, start, end = across[order], start[order], end[order]
    steps = np.zeros(len(across), dtype=np.int64)
    steps[1:] = across[1:] - across[:-1] > SNAP
    group = np.cumsum(steps)
    level = np.bincount(group, weights=across) / np.bincount(group)
    order = np.lexsort((start, group))
    group, start, end = group[order], start[order], end[order]
    lift = group * 1e6
    reach = np.maximum.accumulate(end + lift)
    fresh = np.ones(len(start), dtype=bool)
    fresh[1:] = (start[1:] + lift[1:]) > reach[:-1] + GAP
    first = np.flatnonzero(fresh)
    last = np.append(first[1:] - 1, len(start) - 1)
    return np.stack([level[group[first]], start[first], reach[last] - lift[last]], axis=1)


def join_dots(rules: np.ndarray) -> np.ndarray:
    """The rules with rows of dots or dashes that stand in one line as a rule each; other dots left out."""
    wide, high = rules[:, 2] - rules[:, 0], rules[:, 3] - rules[:, 1]
    short = np.maximum(wide, high) < DOT
    if np.count_nonzero(short) < FEWEST_DOTS:
        return rules
    dots = rules[short]
    lines = [rules[~short]]
    for low, along in ((1, 0), (0, 1)):
        level = (dots[:, low] + dots[:, low + 2]) / 2
        order = np.argsort(level, kind="stable")
        group = np.cumsum(np.r_[0, np.diff(level[order]) > 0.3])
        sort = np.lexsort((dots[order, along], group))
        order, group = order[sort], group[sort]
        start, end = dots[order, along], dots[order, along + 2]
        fresh = np.r_[True, (np.diff(group) > 0) | (start[1:] - end[:-1] > ALONG)]
        first = np.flatnonzero(fresh)
        last = np.r_[first[1:], len(order)] - 1
        run = last - first + 1 >= FEWEST_DOTS
        first, last = first[run], last[run]
        made = np.empty((len(first), 4))
        made[:, along], made[:, along + 2] = start[first], end[last]
        made[:, low] = made[:, low + 2] = level[order[first]]
        lines.append(made)
    return np.concatenate(lines)


def rules_by_direction(rules: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(horizontal, vertical) rules, each (n, 3) of coordinate, start, end; slanted ones and lone dots left out."""
    if not len(rules):
        return np.zeros((0, 3)), np.zeros((0, 3))
    rules = join_dots(rules.astype(np.float64))
    wide, high = rules[:, 2] - rules[:, 0], rules[:, 3] - rules[:, 1]
    if len(rules) > MOST_RULES:
        long = np.maximum(wide, high) > 12.0
        rules, wide, high = rules[long], wide[long], high[long]
    flat = (high <= THIN) & (wide > high)
    upright = (wide <= THIN) & (high >= wide) & ~flat
    lying, standing = rules[flat], rules[upright]
    horizontal = merge_rules((lying[:, 1] + lying[:, 3]) / 2, lying[:, 0], lying[:, 2])
    vertical = merge_rules((standing[:, 0] + standing[:, 2]) / 2, standing[:, 1], standing[:, 3])
    return horizontal[horizontal[:, 2] - horizontal[:, 1] > 3.0], vertical[vertical[:, 2] - vertical[:, 1] > 3.0]


def group_rules(horizontal: np.ndarray, vertical: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rules that hang together: (rows of horizontal, rows of vertical) of each group that has both."""
    if not len(horizontal) or not len(vertical):
        return []
    y, x0, x1 = horizontal.T
    x, y0, y1 = vertical.T
    touch = (
        (x[None, :] >= x0[:, None] - TOUCH)
        & (x[None, :] <= x1[:, None] + TOUCH)
        & (y[:, None] >= y0[None, :] - TOUCH)
        & (y[:, None] <= y1[None, :] + TOUCH)
    )
    none = len(horizontal)
    label = np.arange(none)
    while True:
        standing = np.where(touch, label[:, None], none).min(axis=0)
        lying = np.minimum(label, np.where(touch, standing[None, :], none).min(axis=1))
        if (lying == label).all():
            break
        label = lying
    crossing = touch.any(axis=1)
    groups = []
    for root in np.unique(label[crossing]).tolist():
        groups.append((np.flatnonzero((label == root) & crossing), np.flatnonzero(standing == root)))
    return groups


def _levels(crossing: np.ndarray, low: float, high: float) -> tuple[np.ndarray, bool, bool]:
    """Boundaries of one direction: the crossing rules, and the open ends where the others reach beyond them."""
    levels = np.unique(crossing)
    before, after = low < levels[0] - OPEN, high > levels[-1] + OPEN
    if before:
        levels = np.r_[low, levels]
    if after:
        levels = np.r_[levels, high]
    return levels, bool(before), bool(after)


def _covered(levels: np.ndarray, rules: np.ndarray, between: np.ndarray) -> np.ndarray:
    """bool (len(levels), len(between) - 1): a rule on that level covers the middle of that interval."""
    middle = (between[1:] + between[:-1]) / 2
    covers = (rules[:, 1, None] <= middle[None, :]) & (rules[:, 2, None] >= middle[None, :])
    at = np.searchsorted(levels, rules[:, 0] - 1e-6)
    result = np.zeros((len(levels), len(middle)), dtype=bool)
    np.logical_or.at(result, at, covers)
    return result


def rules_to_lattice(horizontal: np.ndarray, vertical: np.ndarray) -> Lattice | None:
    """The grid that these rules draw; None if they enclose nothing."""
    xs, _, _ = _levels(vertical[:, 0], horizontal[:, 1].min(), horizontal[:, 2].max())
    ys, open_top, open_bottom = _levels(horizontal[:, 0], vertical[:, 1].min(), vertical[:, 2].max())
    if len(xs) < 2 or len(ys) < 2:
        return None
    ends = _shared_ends(vertical, ys)
    if len(ends):
        ys = np.sort(np.r_[ys, ends])
    left = _covered(xs, vertical, ys).T
    top = _covered(ys, horizontal, xs)
    if len(ends):
        top[np.isin(ys, ends)] = True
    left[:, [0, -1]] = True
    top[[0, -1], :] = True
    xs, ys, left, top = _without_idle_levels(xs, ys, left, top)
    owner, spans = edges_to_cells(left, top)
    return Lattice(xs, ys, owner, spans, open_top, open_bottom, horizontal, vertical)


def _shared_ends(vertical: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Levels without a rule at which several standing rules begin or end: a row over all columns starts or stops there."""
    ends = np.sort(vertical[:, 1:].ravel())
    away = np.abs(ends[:, None] - ys[None, :]).min(axis=1) > OPEN
    ends = ends[away & (ends > ys[0]) & (ends < ys[-1])]
    if len(ends) < 2:
        return ends[:0]
    groups = np.split(ends, np.flatnonzero(np.diff(ends) > SNAP) + 1)
    return np.array([group.mean() for group in groups if len(group) > 1])


def _without_idle_levels(
    xs: np.ndarray, ys: np.ndarray, left: np.ndarray, top: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Levels on which no edge of a cell lies separate nothing and are dropped."""
    busy = left.any(axis=0)
    if not busy.all():
        xs, left = xs[busy], left[:, busy]
        columns = np.flatnonzero(busy)[:-1]
        top = np.logical_or.reduceat(top, columns, axis=1)
    busy = top.any(axis=1)
    if not busy.all():
        ys, top = ys[busy], top[busy]
        rows = np.flatnonzero(busy)[:-1]
        left = np.logical_or.reduceat(left, rows, axis=0)
    return xs, ys, left, top


def edges_to_cells(left: np.ndarray, top: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(owner, spans) of the cells.

    `left` (rows, columns + 1) says where an upright edge stands, `top` (rows + 1, columns) where a lying one does.
    Places without an edge between them are one cell; what is no rectangle is cut into rectangles row by row.
    """
    rows, columns = left.shape[0], top.shape[1]
    missing_left = np.argwhere(~left[:, 1:-1])
    missing_top = np.argwhere(~top[1:-1, :])
    root = list(range(rows * columns))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for row, column in missing_left.tolist():
        a, b = find(row * columns + column), find(row * columns + column + 1)
        root[max(a, b)] = min(a, b)
    for row, column in missing_top.tolist():
        a, b = find(row * columns + column), find((row + 1) * columns + column)
        root[max(a, b)] = min(a, b)
    if not len(missing_left) and not len(missing_top):
        flat = np.arange(rows * columns)
    else:
        flat = np.unique([find(place) for place in range(rows * columns)], return_inverse=True)[1]
    owner = flat.reshape(rows, columns)
    spans = _spans(owner)
    if int((spans[:, 2] * spans[:, 3]).sum()) != rows * columns:
        owner = _rectangles(owner)
        spans = _spans(owner)
    return owner, spans


def _spans(owner: np.ndarray) -> np.ndarray:
    """(cells, 4): row, column, rowspan, colspan of the rectangle around each cell."""
    rows, columns = owner.shape
    count = int(owner.max()) + 1
    flat = owner.ravel()
    row, column = np.divmod(np.arange(flat.size), columns)
    low_row, low_column = np.full(count, rows), np.full(count, columns)
    high_row, high_column = np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    np.minimum.at(low_row, flat, row)
    np.maximum.at(high_row, flat, row)
    np.minimum.at(low_column, flat, column)
    np.maximum.at(high_column, flat, column)
    return np.stack([low_row, low_column, high_row - low_row + 1, high_column - low_column + 1], axis=1)


def _rectangles(owner: np.ndarray) -> np.ndarray:
    """The same grid with each cell that is no rectangle cut into runs of a row, equal runs below each other joined."""
    rows, columns = owner.shape
    result = np.full(owner.shape, -1)
    count = 0
    above: dict[tuple[int, int, int], int] = {}
    for row in range(rows):
        here: dict[tuple[int, int, int], int] = {}
        column = 0
        while column < columns:
            end = column
            while end + 1 < columns and owner[row, end + 1] == owner[row, column]:
                end += 1
            key = (int(owner[row, column]), column, end)
            if key in above:
                here[key] = above[key]
            else:
                here[key] = count
                count += 1
            result[row, column : end + 1] = here[key]
            column = end + 1
        above = here
    return np.unique(result, return_inverse=True)[1].reshape(owner.shape)


def _loose_inside(vertical: np.ndarray, standing: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Standing rules that touch no lying rule but stand between the sides of a group: rows that words alone show."""
    own = vertical[standing]
    inside = ~used & (vertical[:, 0] > own[:, 0].min()) & (vertical[:, 0] < own[:, 0].max())
    inside &= (vertical[:, 1] > own[:, 1].min() - 1) & (vertical[:, 2] < own[:, 2].max() + 1)
    return np.flatnonzero(inside)


def join_lattices(upper: Lattice, lower: Lattice) -> Lattice | None:
    """Two grids that are one table, with a row between them that no standing rule crosses."""
    return rules_to_lattice(
        np.concatenate([upper.horizontal, lower.horizontal]), np.concatenate([upper.vertical, lower.vertical])
    )


def cut_row(lattice: Lattice, row: int, levels: list[float]) -> Lattice:
    """The lattice with one of its rows (whose cells all end with it) cut at these heights."""
    ys = np.sort(np.r_[lattice.ys, levels])
    more = len(levels)
    rows, columns = lattice.owner.shape
    left = np.ones((rows + more, columns + 1), dtype=bool)
    top = np.ones((rows + more + 1, columns), dtype=bool)
    source = np.r_[np.arange(row + 1), np.full(more, row), np.arange(row + 1, rows)]
    spread = lattice.owner[source]
    left[:, 1:-1] = spread[:, 1:] != spread[:, :-1]
    top[1:-1] = spread[1:] != spread[:-1]
    top[row + 1 : row + 1 + more] = True
    owner, spans = edges_to_cells(left, top)
    return Lattice(
        lattice.xs, ys, owner, spans, lattice.open_top, lattice.open_bottom, lattice.horizontal, lattice.vertical
    )


def cut_columns(lattice: Lattice, places: list[float], rows: np.ndarray) -> Lattice:
    """The lattice with more columns: at each of these x the given rows (bool) are cut, the others go over it."""
    xs = np.sort(np.r_[lattice.xs, places])
    source = np.searchsorted(lattice.xs, (xs[1:] + xs[:-1]) / 2) - 1
    spread = lattice.owner[:, source]
    left = np.ones((lattice.owner.shape[0], len(xs)), dtype=bool)
    left[:, 1:-1] = spread[:, 1:] != spread[:, :-1]
    left[:, 1:-1] |= np.isin(xs[1:-1], places)[None, :] & rows[:, None]
    top = np.ones((lattice.owner.shape[0] + 1, len(xs) - 1), dtype=bool)
    top[1:-1] = spread[1:] != spread[:-1]
    owner, spans = edges_to_cells(left, top)
    return Lattice(
        xs, lattice.ys, owner, spans, lattice.open_top, lattice.open_bottom, lattice.horizontal, lattice.vertical
    )


def open_columns(lattice: Lattice, rows: np.ndarray) -> Lattice:
    """The lattice with the given rows (bool) cut at all its columns, where rules stand only in other rows."""
    left = np.ones((lattice.owner.shape[0], len(lattice.xs)), dtype=bool)
    left[:, 1:-1] = (lattice.owner[:, 1:] != lattice.owner[:, :-1]) | rows[:, None]
    top = np.ones((len(lattice.ys), lattice.owner.shape[1]), dtype=bool)
    top[1:-1] = lattice.owner[1:] != lattice.owner[:-1]
    owner, spans = edges_to_cells(left, top)
    return Lattice(
        lattice.xs,
        lattice.ys,
        owner,
        spans,
        lattice.open_top,
        lattice.open_bottom,
        lattice.horizontal,
        lattice.vertical,
    )


def edges_of(lattice: Lattice) -> tuple[np.ndarray, np.ndarray]:
    """(left, top) as `edges_to_cells` takes them: where the cells of a lattice have upright and lying edges."""
    rows, columns = lattice.owner.shape
    left, top = np.ones((rows, columns + 1), dtype=bool), np.ones((rows + 1, columns), dtype=bool)
    left[:, 1:-1] = lattice.owner[:, 1:] != lattice.owner[:, :-1]
    top[1:-1] = lattice.owner[1:] != lattice.owner[:-1]
    return left, top


def drop_edges(lattice: Lattice, left: np.ndarray, top: np.ndarray) -> Lattice:
    """The lattice with these edges only."""
    xs, ys, left, top = _without_idle_levels(lattice.xs, lattice.ys, left, top)
    owner, spans = edges_to_cells(left, top)
    return replace(lattice, xs=xs, ys=ys, owner=owner, spans=spans)


def part_of_lattice(lattice: Lattice, low: int, high: int, first: int, after: int) -> Lattice:
    """Rows low..high - 1 and columns first..after - 1 as a lattice of their own."""
    owner = np.unique(lattice.owner[low:high, first:after], return_inverse=True)[1].reshape(high - low, after - first)
    return replace(
        lattice, xs=lattice.xs[first : after + 1], ys=lattice.ys[low : high + 1], owner=owner, spans=_spans(owner)
    )


def find_lattices(horizontal: np.ndarray, vertical: np.ndarray) -> list[Lattice]:
    """All grids of a page, from top to bottom."""
    lattices = []
    groups = group_rules(horizontal, vertical)
    used = np.zeros(len(vertical), dtype=bool)
    for _, standing in groups:
        used[standing] = True
    for lying, standing in groups:
        if not used.all():
            standing = np.r_[standing, _loose_inside(vertical, standing, used)]
        lattice = rules_to_lattice(horizontal[lying], vertical[standing])
        if lattice is not None:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
