"""Characters → lines of text, in reading order: rows by their baseline, columns apart, implied blanks put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from .reading.characters import are_wide, is_wide, picked
from .reading.ink import PageInk
from .reading.quick import median

_SAME_ROW = 0.3
"""Baselines closer than this part of the font size are one row."""
_WIDE_BLANK = 0.8
"""A gap of this part of the font size separates in Chinese setting; less is justification or a stray blank."""
_WORD_BLANK = 0.16
"""A gap of this part of the font size separates Latin words."""
_GUTTER = 0.75
"""Two columns of prose stand at least this part of the font size apart."""
_MARKS = "·•●▪■◆◇○‧∙"
"""Marks of the items of a list."""
_NEXT_LINE = 1.9
"""The next line of a column is at most so many font sizes away."""
_THIN = 3.2
"""Points: a rule under glyphs is thinner (pdfium adds the width of the stroke on each side)."""
_SMALL = 0.8
"""A raised character of at most this part of its neighbour's size is a superscript."""


@dataclass(slots=True, eq=False)
class Line:
    """One printed line, never changed (not frozen, as that makes making thousands of them slow). Sizes and places in points from the top left of the page as displayed.

    `boxes` float32 (n, 4) of the characters of `text` (implied blanks have width 0); `bold`, `underline`, `raised` bool
    (n,); `x0`, `x1` with the side bearings of the first and last glyph. `column`: 0 the whole width, else the column, from 1 at the left.
    """

    page: int
    text: str
    boxes: np.ndarray
    x0: float
    x1: float
    baseline: float
    size: float
    font: int
    bold: np.ndarray
    underline: np.ndarray
    raised: np.ndarray
    column: int = 0
    count: int = 0
    """Characters of ink (implied blanks not counted)."""

    @property
    def top(self) -> float:
        """About the top of the characters: the baseline less the size of the font."""
        return self.baseline - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.12 * self.size

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def without(self, places: np.ndarray) -> Line:
        """The line without these characters (bool mask)."""
        keep = ~places
        kept = np.flatnonzero(keep).tolist()
        return Line(
            self.page, "".join([self.text[at] for at in kept]), self.boxes[keep], self.x0, self.x1, self.baseline,
            self.size, self.font, self.bold[keep], self.underline[keep], self.raised[keep], self.column, self.count,
        )  # fmt: skip


def ink_to_lines(ink: PageInk, underlined: np.ndarray | None = None) -> list[Line]:
    """The upright lines of a page in reading order; two columns one after the other where the page has them."""
    if not len(ink.text):
        return []
    if underlined is None:
        underlined, _ = underlines(ink)
    baselines = ink.boxes[:, 3] if ink.baselines is None else ink.baselines
    rows = _rows(baselines, ink.sizes)
    rows = _raised_to_rows(rows, ink, baselines)
    order = np.lexsort((ink.lefts, rows))
    columns = np.zeros(len(rows), np.int32)
    key = rows
    found = _columns(ink, rows, order)
    if found is not None:
        columns, zones = _columns_in_columns(ink, rows, *found)
        key = zones * (int(rows.max()) + 1) + rows
        order = np.lexsort((ink.lefts, key))
    starts = _starts(key[order])
    return stacked_to_lines(_Page(ink, order, baselines, are_wide(ink.text), underlined, columns, starts).lines())


def _starts(numbers: np.ndarray) -> np.ndarray:
    """Where each run of equal numbers begins."""
    fresh = np.ones(len(numbers), bool)
    fresh[1:] = numbers[1:] != numbers[:-1]
    return fresh.nonzero()[0]


class _Page:
    """The arrays of a page in the order of its lines, with the gaps between neighbours judged at once."""

    def __init__(
        self, ink: PageInk, order: np.ndarray, baselines: np.ndarray, wide: np.ndarray, underlined: np.ndarray,
        columns: np.ndarray, starts: np.ndarray,
    ) -> None:  # fmt: skip
        self.starts = starts
        self.number = ink.number
        self.text = picked(ink.text, order)
        self.boxes = ink.boxes[order]
        self.sizes = ink.sizes[order]
        self.lefts, self.rights = ink.lefts[order], ink.rights[order]
        self.baselines = baselines[order]
        self.fonts = ink.fonts[order]
        self.bold = ink.bold[order]
        self.underlined = underlined[order]
        self.columns = columns[order]
        wide = wide[order]
        gaps = np.zeros(len(order), np.float32)
        gaps[1:] = self.lefts[1:] - self.rights[:-1]
        em = self.sizes.copy()
        em[1:] = np.maximum(self.sizes[1:], self.sizes[:-1])
        any_wide = wide.copy()
        any_wide[1:] |= wide[:-1]
        self.blank_before = gaps > np.where(any_wide, _WIDE_BLANK, _WORD_BLANK) * em
        if ink.blank_before is not None:
            self.blank_before |= ink.blank_before[order] & ~any_wide & (gaps > -0.1 * em)
        self.blank_before[starts] = False

    def lines(self) -> list[Line]:
        """All lines; what is the same for all characters of a line, as it mostly is, is found for all lines at once."""
        starts = self.starts
        bounds = [*starts.tolist(), len(self.text)]
        small = np.minimum.reduceat(self.sizes, starts).tolist()
        large = np.maximum.reduceat(self.sizes, starts).tolist()
        high = np.minimum.reduceat(self.baselines, starts)
        level = (np.maximum.reduceat(self.baselines, starts) - high < 0.05).tolist()
        least = np.minimum.reduceat(self.fonts, starts).tolist()
        most = np.maximum.reduceat(self.fonts, starts).tolist()
        blanks = np.logical_or.reduceat(self.blank_before, starts).tolist()
        lefts, rights = self.lefts[starts].tolist(), np.maximum.reduceat(self.rights, starts).tolist()
        heights, columns = high.tolist(), self.columns[starts].tolist()
        lines = []
        for at, (low, end) in enumerate(pairwise(bounds)):
            size, base = large[at], heights[at]
            raised = _NOTHING[: end - low] if end - low <= len(_NOTHING) else np.zeros(end - low, bool)
            if small[at] != large[at] or not level[at]:
                size, base, raised = self._uneven(low, end)
            font = least[at] if least[at] == most[at] else int(np.bincount(self.fonts[low:end]).argmax())
            line = Line(
                self.number, self.text[low:end], self.boxes[low:end], lefts[at], rights[at], base, size, font,
                self.bold[low:end], self.underlined[low:end], raised, columns[at], end - low,
            )  # fmt: skip
            lines.append(_blanks_put_in(line, np.flatnonzero(self.blank_before[low:end])) if blanks[at] else line)
        return lines

    def _uneven(self, low: int, end: int) -> tuple[float, float, np.ndarray]:
        """Size, baseline and raised characters of a line that has some of another size or height."""
        sizes, baselines = self.sizes[low:end], self.baselines[low:end]
        size = median(sizes)
        base = median(baselines[sizes >= 0.9 * size])
        return size, base, (sizes <= _SMALL * size) & (baselines < base - 0.15 * size)


_NOTHING = np.zeros(512, bool)


def stacked_to_lines(lines: list[Line]) -> list[Line]:
    """Chinese characters that stand one below the other, alone in their lines, as one line: vertical writing."""
    if sum(line.count == 1 for line in lines) < 3:
        return lines
    done: list[Line] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _stands_below(lines[end - 1], lines[end]):
            end += 1
        if end - at >= 3:
            done.append(_stacked(lines[at:end]))
        else:
            done.extend(lines[at:end])
        at = end
    return done


def _stands_below(above: Line, line: Line) -> bool:
    if above.count != 1 or line.count != 1 or not (is_wide(above.text) and is_wide(line.text)):
        return False
    apart = line.baseline - above.baseline
    middle = abs((line.x0 + line.x1) - (above.x0 + above.x1)) / 2
    return 0.8 * line.size < apart < 1.6 * line.size and middle < 0.4 * line.size


def _stacked(lines: list[Line]) -> Line:
    first = lines[0]
    return replace(
        first, text="".join(line.text for line in lines), boxes=np.vstack([line.boxes for line in lines]),
        x1=max(line.x1 for line in lines), bold=np.concatenate([line.bold for line in lines]),
        underline=np.concatenate([line.underline for line in lines]),
        raised=np.concatenate([line.raised for line in lines]), count=len(lines),
    )  # fmt: skip


def _blanks_put_in(line: Line, blanks: np.ndarray) -> Line:
    """The line with implied blanks before these characters."""
    edges = line.boxes[blanks].copy()
    edges[:, 2] = edges[:, 0]
    bold, underline = line.bold, line.underline
    return replace(
        line, text=_with_blanks(line.text, blanks.tolist()), boxes=np.insert(line.boxes, blanks, edges, axis=0),
        bold=np.insert(bold, blanks, bold[blanks] & bold[blanks - 1]),
        underline=np.insert(underline, blanks, underline[blanks] & underline[blanks - 1]),
        raised=np.insert(line.raised, blanks, False),
    )  # fmt: skip


def _with_blanks(text: str, places: list[int]) -> str:
    parts, last = [], 0
    for place in places:
        parts.append(text[last:place])
        last = place
    parts.append(text[last:])
    return " ".join(parts)


def _rows(baselines: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """int (n,): which row each character stands in, counted from the top."""
    order = baselines.argsort(kind="stable")
    heights, sizes = baselines[order], sizes[order]
    new = np.zeros(len(order), np.int32)
    new[1:] = heights[1:] - heights[:-1] > np.maximum(1.0, _SAME_ROW * np.minimum(sizes[1:], sizes[:-1]))
    rows = np.empty(len(order), np.int32)
    rows[order] = new.cumsum()
    return rows


def _raised_to_rows(rows: np.ndarray, ink: PageInk, baselines: np.ndarray) -> np.ndarray:
    """Superscripts and subscripts put into the row of the larger characters that they stand beside."""
    count = int(rows.max()) + 1
    if count < 2:
        return rows
    order = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[order], np.arange(count))
    largest = np.maximum.reduceat(ink.sizes[order], starts)
    below = largest[:-1] > _SMALL * largest[1:]
    if (below & (largest[1:] > _SMALL * largest[:-1])).all():
        return rows  # all neighbours are of about one size
    bases, most = baselines[order[starts]].tolist(), largest.tolist()
    merged = np.arange(count)
    for row in range(count):
        for other in (row + 1, row - 1):
            if not 0 <= other < count or most[row] > _SMALL * most[other]:
                continue
            rise = bases[other] - bases[row]
            if not -0.3 * most[other] <= rise <= 0.75 * most[other]:
                continue
            small, big = rows == row, rows == other
            if int(small.sum()) <= 12 and _beside(ink, small, big):
                merged[row] = other
                break
    return merged[rows]


def _beside(ink: PageInk, small: np.ndarray, big: np.ndarray) -> bool:
    """Whether every small character stands next to a large one or to another small one."""
    lefts, rights = ink.lefts[small], ink.rights[small]
    reach = 0.5 * float(ink.sizes[big].max())
    near = np.concatenate([ink.lefts[big], ink.rights[big]])
    distance = np.abs(near[None, :] - lefts[:, None]).min(axis=1)
    distance = np.minimum(distance, np.abs(near[None, :] - rights[:, None]).min(axis=1))
    return bool((distance <= reach).mean() >= 0.5)


def underlines(ink: PageInk) -> tuple[np.ndarray, np.ndarray]:
    """Which characters are underlined, bool (n,), and which rules do it, bool (m,).

    An underline runs just under the glyphs and no farther than the writing above it, which fills it.
    """
    marked = np.zeros(len(ink.text), bool)
    rules = ink.rules
    ruling = np.zeros(len(rules), bool)
    level = np.flatnonzero((rules[:, 3] - rules[:, 1] < _THIN) & (rules[:, 2] - rules[:, 0] > 4.0))
    if not len(level) or not len(marked):
        return marked, ruling
    baselines = ink.boxes[:, 3] if ink.baselines is None else ink.baselines
    lefts, rights, sizes = ink.lefts, ink.rights, ink.sizes
    centers = (lefts + rights) / 2
    for at in level.tolist():
        x0, top, x1, bottom = rules[at].tolist()
        drop = (top + bottom) / 2 - baselines
        under = np.flatnonzero(
            (drop > -0.02 * sizes) & (drop < 0.32 * sizes) & (centers > x0 - 0.5) & (centers < x1 + 0.5)
        )
        if not len(under):
            continue
        covered = float((rights[under] - lefts[under]).sum())
        size = float(sizes[under].max())
        if covered > 0.7 * (x1 - x0) and lefts[under].min() - x0 < 1.2 * size and x1 - rights[under].max() < 1.2 * size:
            marked[under] = True
            ruling[at] = True
    return marked, ruling


def _columns_in_columns(
    ink: PageInk, rows: np.ndarray, columns: np.ndarray, zones: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Columns counted from the left, and zones in reading order, after each half is looked at for columns of its own: so
    pages of three and four columns are read."""
    deeper = np.zeros((2, len(rows)), np.int32)
    """Zone and column inside of the half."""
    for zone, side in sorted(
        {(zone, side) for zone, side in zip(zones.tolist(), columns.tolist(), strict=True) if side}
    ):
        own = np.flatnonzero((zones == zone) & (columns == side))
        part = ink.kept(own)
        numbers = np.unique(rows[own], return_inverse=True)[1].astype(np.int32)
        found = _columns(part, numbers, np.lexsort((part.lefts, numbers)))
        if found is not None:
            deeper[1, own], deeper[0, own] = found
    if not deeper.any():
        return columns, zones * 4 + columns
    counted = columns.copy()
    for zone in set(zones.tolist()):
        here = zones == zone
        left, right = here & (columns == 1), here & (columns == 2)
        counted[left] = np.maximum(deeper[1, left], 1)
        counted[right] = (int(counted[left].max()) if left.any() else 1) + np.maximum(deeper[1, right], 1)
    places = np.stack([zones, columns, *deeper], axis=1)
    return counted, np.unique(places, axis=0, return_inverse=True)[1].astype(np.int32).reshape(-1)


def _columns(ink: PageInk, rows: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The columns of a page, sought in its middle first, and then farther out: a narrow column beside a wide one."""
    return _columns_within(ink, rows, order, 0.3) or _columns_within(ink, rows, order, 0.2)


def _columns_within(
    ink: PageInk, rows: np.ndarray, order: np.ndarray, edge: float
) -> tuple[np.ndarray, np.ndarray] | None:
    """For each character its column (0 whole width, 1 left, 2 right) and its zone, zones counted down the page.

    `order` sorts the characters by row, then from left to right. The gutter is sought between these parts of the width.
    None if the page has one column, as most have.
    """
    lefts, rights, row_of = ink.lefts[order], ink.rights[order], rows[order]
    low, high = float(lefts.min()), float(rights.max())
    size = median(ink.sizes)
    least = max(_GUTTER * size, 7.0)
    gaps = lefts[1:] - rights[:-1]
    middle_low, middle_high = low + edge * (high - low), high - edge * (high - low)
    wide = (gaps > least) & (row_of[1:] == row_of[:-1]) & (rights[:-1] < middle_high) & (lefts[1:] > middle_low)
    if len(set(row_of[1:][wide].tolist())) < 3:
        return None
    starts = np.searchsorted(row_of, np.arange(int(row_of[-1]) + 2))
    runs = _gutters(lefts, rights, starts, least, (middle_low, middle_high))
    sure = [
        run
        for run in runs
        if _is_prose(lefts, rights, row_of, starts, run, (low, high)) or _is_listed(ink, order, lefts, starts, run)
    ]
    runs = [run for run in runs if any(min(run[3], one[3]) - max(run[2], one[2]) >= least for one in sure)]
    if not runs:
        return None
    baselines = ink.boxes[:, 3] if ink.baselines is None else ink.baselines
    heights = baselines[order[starts[:-1]]].tolist()
    runs = [_grown(lefts, rights, starts, heights, run, least, _NEXT_LINE * size) for run in runs]
    runs = [_below_title(lefts, rights, starts, run, low + high, size) for run in runs]
    columns = np.zeros(len(rows), np.int32)
    zones = np.zeros(len(rows), np.int32)
    zone = 0
    done = 0
    for first, last, left, right in runs:
        low_at, high_at = max(starts[first], done), starts[last + 1]
        if low_at >= high_at:
            continue
        here = slice(low_at, high_at)
        is_left = rights[here] <= (left + right) / 2
        zones[order[done:low_at]] = zone
        zones[order[here]] = zone + 1
        columns[order[here]] = np.where(is_left, 1, 2)
        zone += 2
        done = high_at
    zones[order[done:]] = zone
    return columns, zones


def _is_listed(
    ink: PageInk, order: np.ndarray, lefts: np.ndarray, starts: np.ndarray, run: tuple[int, int, float, float]
) -> bool:
    """Right of the strip stand items of a list, each with its mark: a register set in two columns, whose lines are short."""
    first, last, left, right = run
    marked = beside = 0
    for row in range(first, last + 1):
        behind = np.flatnonzero(lefts[starts[row] : starts[row + 1]] > (left + right) / 2)
        if len(behind):
            beside += 1
            marked += ink.text[int(order[starts[row] + behind[0]])] in _MARKS
    return marked >= 5 and marked >= 0.4 * beside


def _gutters(
    lefts: np.ndarray, rights: np.ndarray, starts: np.ndarray, least: float, middle: tuple[float, float]
) -> list[tuple[int, int, float, float]]:
    """Runs of rows with a common empty strip: first row, last row, the strip's left and right."""
    count = len(starts) - 1
    strips = [_empty_strips(lefts, rights, starts, row, middle) for row in range(count)]
    runs: list[tuple[int, int, float, float]] = []
    first, shared = 0, (0.0, 0.0)
    for row in range(count + 1):
        widest = _widest(strips[row], shared) if row < count and row > first else (0.0, 0.0)
        if widest[1] - widest[0] >= least:
            shared = widest
            continue
        if row - first >= 3:
            runs.append((first, row - 1, *shared))
            first = row
        if row < count:
            first, shared = _run_up_to(strips, max(first, row - 3), row, least)
    return runs


def _grown(
    lefts: np.ndarray, rights: np.ndarray, starts: np.ndarray, heights: list[float],
    run: tuple[int, int, float, float], least: float, pitch: float,
) -> tuple[int, int, float, float]:  # fmt: skip
    """The run with the rows above and below it that leave its strip free: those with words on both sides, and the next
    lines of one column (at most `pitch` away from its line before).

    A row may have been counted to a run of other rows that by chance leave a strip free, too, and are no columns.
    """
    first, last, left, right = run
    ends = [first, last]
    middle = (left + right) / 2
    for side, inner, rows in (
        (0, range(first, last + 1), range(first - 1, -1, -1)),
        (1, range(last, first - 1, -1), range(last + 1, len(starts) - 1)),
    ):
        near: list[float | None] = [None, None]
        """Heights of the outermost lines of the left and the right column so far."""
        for row in inner:
            sides = rights[starts[row] : starts[row + 1]] <= middle
            near[0] = heights[row] if near[0] is None and sides.any() else near[0]
            near[1] = heights[row] if near[1] is None and not sides.all() else near[1]
            if None not in near:
                break
        for row in rows:
            here = slice(starts[row], starts[row + 1])
            on_left = rights[here] <= middle
            low = float(rights[here][on_left].max(initial=left))
            high = float(lefts[here][~on_left].min(initial=right))
            if high - low < least:
                break
            both = bool(on_left.any() and not on_left.all())
            column = 0 if on_left.any() else 1
            before = near[column]
            if not both and (before is None or abs(heights[row] - before) > pitch):
                continue
            left, right = low, high
            ends[side] = row
            near = [heights[row]] * 2 if both else [heights[row] if at == column else near[at] for at in (0, 1)]
    return ends[0], ends[1], left, right


def _below_title(
    lefts: np.ndarray, rights: np.ndarray, starts: np.ndarray, run: tuple[int, int, float, float], sides: float, size: float
) -> tuple[int, int, float, float]:  # fmt: skip
    """The run without first rows that stand in the middle of the page, on one side of its strip: a title over three columns
    leaves the strips at its sides free. `sides` is the left plus the right of the text."""
    first, last, left, right = run
    while first < last:
        x0, x1 = float(lefts[starts[first]]), float(rights[starts[first] : starts[first + 1]].max())
        if x0 < (left + right) / 2 < x1 or abs(x0 + x1 - sides) > 2 * size:
            break
        first += 1
    return first, last, left, right


def _run_up_to(
    strips: list[list[tuple[float, float]]], least_row: int, row: int, least: float
) -> tuple[int, tuple[float, float]]:
    """The first of the rows up to `row` that have a strip with it in common, and that strip."""
    shared = _widest(strips[row], (0.0, 1e9))
    first = row
    while first > least_row:
        wider = _widest(strips[first - 1], shared)
        if wider[1] - wider[0] < least:
            break
        first, shared = first - 1, wider
    return first, shared


def _widest(strips: list[tuple[float, float]], within: tuple[float, float]) -> tuple[float, float]:
    """The widest part of these strips that lies within another."""
    parts = [(max(left, within[0]), min(right, within[1])) for left, right in strips]
    return max(parts, key=lambda strip: strip[1] - strip[0], default=(0.0, 0.0))


def _empty_strips(
    lefts: np.ndarray, rights: np.ndarray, starts: np.ndarray, row: int, middle: tuple[float, float]
) -> list[tuple[float, float]]:
    """The strips of a row in the middle of the page where nothing stands."""
    here = slice(starts[row], starts[row + 1])
    edges_left = np.concatenate([[middle[0]], np.maximum.accumulate(rights[here])])
    edges_right = np.concatenate([lefts[here], [middle[1]]])
    left, right = np.maximum(edges_left, middle[0]), np.minimum(edges_right, middle[1])
    kept = right - left > 4.0
    return list(zip(left[kept].tolist(), right[kept].tolist(), strict=True))


def _is_prose(
    lefts: np.ndarray, rights: np.ndarray, rows: np.ndarray, starts: np.ndarray, run: tuple[int, int, float, float],
    edges: tuple[float, float],
) -> bool:  # fmt: skip
    """Whether both sides of a strip are columns of prose: three lines or more each, most of them nearly full."""
    first, last, left, right = run
    here = slice(starts[first], starts[last + 1])
    lefts, rights, rows = lefts[here], rights[here], rows[here]
    is_left = rights <= (left + right) / 2
    for side, begin, end in ((is_left, edges[0], left), (~is_left, right, edges[1])):
        if not side.any():
            return False
        cuts = np.flatnonzero(np.diff(rows[side])) + 1
        ink = np.add.reduceat(rights[side] - lefts[side], np.concatenate([[0], cuts]))
        full = ink > 0.7 * (end - begin)
        if len(full) < 3 or full.mean() < 0.4 or full.sum() < 2:
            return False
    return True
