"""Characters → lines of text, in reading order: rows by their baseline, columns apart, implied blanks put in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .reading.characters import is_wide
from .reading.ink import PageInk

_SAME_ROW = 0.3
"""Baselines closer than this part of the font size are one row."""
_WIDE_BLANK = 0.8
"""A gap of this part of the font size separates in Chinese setting; less is justification or a stray blank."""
_WORD_BLANK = 0.16
"""A gap of this part of the font size separates Latin words."""
_SMALL = 0.8
"""A raised character of at most this part of its neighbour's size is a superscript."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One printed line. Sizes and places in points from the top left of the page as displayed.

    `boxes` float32 (n, 4) of the characters of `text` (implied blanks have width 0); `bold`, `underline`, `raised` bool
    (n,); `x0`, `x1` with the side bearings of the first and last glyph. `column`: 0 the whole width, 1 and 2 the left and right column.
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


def ink_to_lines(ink: PageInk) -> list[Line]:
    """The upright lines of a page in reading order; two columns one after the other where the page has them."""
    if not len(ink.text):
        return []
    baselines = ink.boxes[:, 3] if ink.baselines is None else ink.baselines
    rows = _rows(baselines, ink.sizes)
    rows = _raised_to_rows(rows, ink, baselines)
    columns, zones = _columns(ink, rows)
    wide = _wide(ink.text)
    underlined = _underlined(ink, baselines)
    order = np.lexsort((ink.lefts, rows, columns, zones))
    key = np.column_stack([zones, columns, rows])[order]
    starts = np.flatnonzero(np.any(key[1:] != key[:-1], axis=1)) + 1
    bounds = [0, *starts.tolist(), len(order)]
    page = _Page(ink, order, baselines, wide, underlined, columns)
    return [page.line(low, high) for low, high in zip(bounds[:-1], bounds[1:], strict=True)]


class _Page:
    """The arrays of a page in the order of its lines, with the gaps between neighbours judged at once."""

    def __init__(
        self, ink: PageInk, order: np.ndarray, baselines: np.ndarray, wide: np.ndarray, underlined: np.ndarray,
        columns: np.ndarray,
    ) -> None:
        places = order.tolist()
        text = ink.text
        self.number = ink.number
        self.text = "".join([text[place] for place in places])
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

    def line(self, low: int, high: int) -> Line:
        """The characters low..high as one line."""
        sizes, baselines = self.sizes[low:high], self.baselines[low:high]
        size = float(np.median(sizes)) if sizes.min() != sizes.max() else float(sizes[0])
        main = sizes >= 0.9 * size
        base = float(np.median(baselines[main])) if high - low > 1 else float(baselines[0])
        text, boxes = self.text[low:high], self.boxes[low:high]
        bold, underline = self.bold[low:high], self.underlined[low:high]
        raised = (sizes <= _SMALL * size) & (baselines < base - 0.15 * size)
        x0, x1 = float(self.lefts[low]), float(self.rights[low:high].max())
        font = int(np.bincount(self.fonts[low:high]).argmax()) if high - low > 1 else int(self.fonts[low])
        blanks = np.flatnonzero(self.blank_before[low + 1 : high]) + 1
        if len(blanks):
            text = _with_blanks(text, blanks.tolist())
            edges = boxes[blanks].copy()
            edges[:, 2] = edges[:, 0]
            boxes = np.insert(boxes, blanks, edges, axis=0)
            bold = np.insert(bold, blanks, bold[blanks] & bold[blanks - 1])
            underline = np.insert(underline, blanks, underline[blanks] & underline[blanks - 1])
            raised = np.insert(raised, blanks, False)
        return Line(
            self.number, text, boxes, x0, x1, base, size, font, bold, underline, raised, int(self.columns[low]),
            high - low,
        )  # fmt: skip


def _with_blanks(text: str, places: list[int]) -> str:
    parts, last = [], 0
    for place in places:
        parts.append(text[last:place])
        last = place
    parts.append(text[last:])
    return " ".join(parts)


def _wide(text: str) -> np.ndarray:
    """Bool (n,): the character belongs to Chinese setting (`is_wide`)."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    wide = codes > 0x2E7F
    for at in np.flatnonzero((codes > 0x7F) & ~wide).tolist():
        wide[at] = is_wide(text[at])
    return wide


def _rows(baselines: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """int (n,): which row each character stands in, counted from the top."""
    order = np.argsort(baselines, kind="stable")
    heights = baselines[order]
    new = np.zeros(len(order), np.int32)
    new[1:] = np.diff(heights) > np.maximum(1.0, _SAME_ROW * np.minimum(sizes[order][1:], sizes[order][:-1]))
    rows = np.empty(len(order), np.int32)
    rows[order] = np.cumsum(new)
    return rows


def _raised_to_rows(rows: np.ndarray, ink: PageInk, baselines: np.ndarray) -> np.ndarray:
    """Superscripts and subscripts put into the row of the larger characters that they stand beside."""
    count = int(rows.max()) + 1
    if count < 2:
        return rows
    order = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[order], np.arange(count))
    largest = np.maximum.reduceat(ink.sizes[order], starts)
    bases = np.array([baselines[order[at]] for at in starts.tolist()])
    merged = np.arange(count)
    for row in range(count):
        for other in (row + 1, row - 1):
            if not 0 <= other < count or largest[row] > _SMALL * largest[other]:
                continue
            rise = bases[other] - bases[row]
            if not -0.3 * largest[other] <= rise <= 0.75 * largest[other]:
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


def _underlined(ink: PageInk, baselines: np.ndarray) -> np.ndarray:
    """Bool (n,): a level rule runs just under the glyph, and not much farther than the writing above it."""
    marked = np.zeros(len(ink.text), bool)
    rules = ink.rules
    level = rules[(rules[:, 3] - rules[:, 1] < 2.0) & (rules[:, 2] - rules[:, 0] > 4.0)]
    centers = (ink.boxes[:, 0] + ink.boxes[:, 2]) / 2
    for x0, top, x1, bottom in level.tolist():
        middle = (top + bottom) / 2
        drop = middle - baselines
        under = (drop > -0.02 * ink.sizes) & (drop < 0.32 * ink.sizes) & (centers > x0 - 0.5) & (centers < x1 + 0.5)
        if not under.any():
            continue
        size = float(ink.sizes[under].max())
        if ink.lefts[under].min() - x0 < 1.2 * size and x1 - ink.rights[under].max() < 1.2 * size:
            marked |= under
    return marked


def _columns(ink: PageInk, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each character its column (0 whole width, 1 left, 2 right) and its zone, zones counted down the page."""
    nothing = np.zeros(len(rows), np.int32)
    gutter = _gutter(ink, rows)
    if gutter is None:
        return nothing, nothing
    left, right = gutter
    crossing_character = (ink.lefts < right - 0.5) & (ink.rights > left + 0.5)
    count = int(rows.max()) + 1
    crossing = np.zeros(count, bool)
    crossing[rows[crossing_character]] = True
    is_left = ink.rights <= left + 0.5
    sides = np.zeros((count, 2), bool)
    sides[rows[is_left], 0] = True
    sides[rows[~is_left], 1] = True
    zone_of = np.cumsum(np.concatenate([[0], (crossing[1:] | crossing[:-1]).astype(np.int32)]))
    columns = np.where(is_left, 1, 2).astype(np.int32)
    columns[crossing[rows]] = 0
    for zone in np.unique(zone_of).tolist():
        inside = zone_of == zone
        if sides[inside, 0].sum() < 3 or sides[inside, 1].sum() < 3:
            columns[inside[rows]] = 0
    if not (columns > 0).any():
        return nothing, nothing
    return columns, zone_of[rows].astype(np.int32)


def _gutter(ink: PageInk, rows: np.ndarray) -> tuple[float, float] | None:
    """The empty strip between two columns of prose, as its left and right, or None."""
    low, high = float(ink.lefts.min()), float(ink.rights.max())
    if high - low < 150 or int(rows.max()) < 5:
        return None
    edges = np.arange(low, high + 2, 2.0)
    cover = np.zeros(len(edges) + 1)
    np.add.at(cover, np.searchsorted(edges, ink.lefts), 1)
    np.add.at(cover, np.minimum(np.searchsorted(edges, ink.rights), len(edges)), -1)
    cover = np.cumsum(cover)[: len(edges)]
    usual = float(np.median(cover[cover > 0])) if (cover > 0).any() else 0.0
    if usual < 4:
        return None
    middle = slice(int(0.35 * len(edges)), int(0.65 * len(edges)) + 1)
    empty = cover[middle] <= 0.3 * usual
    best, run = (0, 0), 0
    for at, is_empty in enumerate([*empty.tolist(), False]):
        if is_empty:
            run += 1
            continue
        if run > best[1] - best[0]:
            best = (at - run, at)
        run = 0
    wide = (best[1] - best[0]) * 2.0
    size = float(np.median(ink.sizes))
    if wide < max(8.0, 0.9 * size):
        return None
    offset = middle.start
    return float(edges[offset + best[0]]), float(edges[min(offset + best[1], len(edges) - 1)])
