"""Pages set in two columns: the stretches of lines that a gutter parts, so that each half is searched for tables alone."""

from __future__ import annotations

import itertools

import numpy as np

from ..reading.quick import median
from .segments import Segments

FULL = 0.9
"""A line that takes this share of its half is prose."""
FEWEST_FULL = 3
"""So many full lines on either side tell columns of prose from a table with a wide column."""
FEWEST_ROWS = 3
"""So many lines in a row with words on both sides, none of them full, are a table over both columns."""
FEWEST = 6
"""Lines of a stretch, at least."""


def page_halves(segments: Segments) -> list[np.ndarray]:
    """The characters of a page (positions in the sheet) as parts to be searched each for itself: one part as a rule; where
    the page has two columns, what stands left and right of each gutter, and what is left."""
    boxes = segments.boxes
    low, high = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    em = median(segments.size)
    middle = (low + high) / 2
    crossing = np.unique(segments.line[(boxes[:, 0] < middle + 0.4 * em) & (boxes[:, 2] > middle - 0.4 * em)])
    part = np.zeros(len(segments), dtype=np.int64)
    lines = np.unique(segments.line)
    free = ~np.isin(lines, crossing)
    edges = np.flatnonzero(np.diff(np.r_[0, free, 0])).reshape(-1, 2)
    for first, last in edges[edges[:, 1] - edges[:, 0] >= FEWEST].tolist():
        here = np.flatnonzero((segments.line >= lines[first]) & (segments.line <= lines[last - 1]))
        here = here[~_over_both(segments, here, middle)]
        sides = boxes[here, 2] < middle, boxes[here, 0] > middle
        if all(_is_column(segments, here[side]) for side in sides) and _alike(boxes[here], *sides, em):
            part[here[sides[0]]], part[here[sides[1]]] = part.max() + 1, part.max() + 2
    if not part.any():
        return [segments.order]
    owner = np.repeat(part, np.diff(segments.first))
    return [np.sort(segments.order[owner == number]) for number in np.unique(part).tolist()]


def _over_both(segments: Segments, here: np.ndarray, middle: float) -> np.ndarray:
    """Which segments stand in lines with words on both sides but no full line on either, some of them in a row: a table
    over both columns, none of whose cells happens to stand in the middle."""
    boxes = segments.boxes[here]
    is_left = boxes[:, 2] < middle
    if is_left.all() or not is_left.any():
        return np.zeros(len(here), dtype=bool)
    wide = boxes[:, 2] - boxes[:, 0]
    room = min(middle - float(boxes[:, 0].min()), float(boxes[:, 2].max()) - middle)
    numbers, line = np.unique(segments.line[here], return_inverse=True)
    full = np.bincount(line, wide > 0.8 * room, len(numbers)) > 0
    both = (np.bincount(line, is_left, len(numbers)) > 0) & (np.bincount(line, ~is_left, len(numbers)) > 0)
    over = np.zeros(len(numbers), dtype=bool)
    edges = np.flatnonzero(np.diff(np.r_[0, ~full, 0]))
    for first, last in edges.reshape(-1, 2).tolist():
        count = int(both[first:last].sum())
        over[first:last] = count >= FEWEST_ROWS and 2 * count >= last - first
    return over[line]


def _is_column(segments: Segments, own: np.ndarray) -> bool:
    """Some lines in a row take the whole width of this half."""
    if len(own) < FEWEST:
        return False
    boxes = segments.boxes[own]
    wide = float(boxes[:, 2].max() - boxes[:, 0].min())
    full = boxes[:, 2] - boxes[:, 0] > FULL * wide
    return any(value and len(list(run)) >= FEWEST_FULL for value, run in itertools.groupby(full.tolist()))


def _alike(boxes: np.ndarray, left: np.ndarray, right: np.ndarray, em: float) -> bool:
    """Both halves have about the same width, and white between them."""
    a, b = boxes[left], boxes[right]
    wide = float(a[:, 2].max() - a[:, 0].min()), float(b[:, 2].max() - b[:, 0].min())
    return abs(wide[0] - wide[1]) < 2 * em and float(b[:, 0].min() - a[:, 2].max()) > 0.8 * em
