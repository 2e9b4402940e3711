"""Pages set in columns: the stretches of lines that gutters part, so that each column is searched for tables alone."""

from __future__ import annotations

import itertools

import numpy as np

from ..reading.quick import median
from .segments import Segments

FULL = 0.9
"""A line that takes this share of its half is prose."""
FEWEST_FULL = 3
"""So many full lines on either side tell columns of prose from a table with a wide column."""
MANY_FULL = 0.45
"""The share of full lines in short paragraphs, at least."""
FEWEST_ROWS = 3
"""So many lines in a row with words on both sides, none of them full, are a table over both columns."""
MOST_COLUMNS = 4
FEWEST = 6
"""Lines of a stretch, at least."""


def page_halves(segments: Segments) -> list[np.ndarray]:
    """The characters of a page (positions in the sheet) as parts to be searched each for itself: one part as a rule; where
    the page has two columns (or three, or four), what stands in each of them, and what is left."""
    beside = np.bincount(segments.line)
    for columns in range(2, MOST_COLUMNS + 1):
        if columns > 2 and np.count_nonzero(beside >= columns) < FEWEST_ROWS:
            break
        part = _parts(segments, columns)
        if part.any():
            owner = np.repeat(part, np.diff(segments.first))
            return [np.sort(segments.order[owner == number]) for number in np.unique(part).tolist()]
    return [segments.order]


def _parts(segments: Segments, columns: int) -> np.ndarray:
    """For each segment the number of the column of prose that it stands in, counted over all stretches; 0 for none."""
    boxes = segments.boxes
    low, high = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    em = median(segments.size)
    gutters = np.linspace(low, high, columns + 1)[1:-1]
    over = (boxes[:, 0, None] < gutters + 0.4 * em) & (boxes[:, 2, None] > gutters - 0.4 * em)
    crossing = np.unique(segments.line[over.any(axis=1)])
    place = np.searchsorted(gutters, boxes[:, 0])
    part = np.zeros(len(segments), dtype=np.int64)
    lines = np.unique(segments.line)
    free = ~np.isin(lines, crossing)
    edges = np.flatnonzero(np.diff(np.r_[0, free, 0])).reshape(-1, 2)
    for first, last in edges[edges[:, 1] - edges[:, 0] >= FEWEST].tolist():
        here = np.flatnonzero((segments.line >= lines[first]) & (segments.line <= lines[last - 1]))
        here = here[~_over_several(segments, here, place[here], np.r_[low, gutters, high])]
        own = [here[place[here] == column] for column in range(columns)]
        if all(_is_column(segments, one) for one in own) and _alike([boxes[one] for one in own], em):
            for one in own:
                part[one] = part.max() + 1
    return part


def _over_several(segments: Segments, here: np.ndarray, place: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Which segments stand in lines with words in several columns but no full line in any, some of them in a row: a table
    over the columns, none of whose cells happens to stand in a gutter."""
    boxes = segments.boxes[here]
    if len(set(place.tolist())) < 2:
        return np.zeros(len(here), dtype=bool)
    wide = boxes[:, 2] - boxes[:, 0]
    room = min(float(edges[1] - boxes[:, 0].min()), float(boxes[:, 2].max() - edges[-2]))
    numbers, line = np.unique(segments.line[here], return_inverse=True)
    full = np.bincount(line, wide > 0.8 * room, len(numbers)) > 0
    least = np.full(len(numbers), len(edges))
    most = np.zeros(len(numbers), dtype=np.int64)
    np.minimum.at(least, line, place)
    np.maximum.at(most, line, place)
    over = np.zeros(len(numbers), dtype=bool)
    ends = np.flatnonzero(np.diff(np.r_[0, ~full, 0]))
    for first, last in ends.reshape(-1, 2).tolist():
        count = int((most > least)[first:last].sum())
        over[first:last] = count >= FEWEST_ROWS and 2 * count >= last - first
    return over[line]


def _is_column(segments: Segments, own: np.ndarray) -> bool:
    """Some lines in a row take the whole width of this column; or about every second does, all at the same pitch, as
    in short paragraphs: the rows of a table stand farther apart than the lines of a cell."""
    if len(own) < FEWEST:
        return False
    boxes = segments.boxes[own]
    wide = float(boxes[:, 2].max() - boxes[:, 0].min())
    full = boxes[:, 2] - boxes[:, 0] > FULL * wide
    if full.sum() > FEWEST_FULL and full.mean() > MANY_FULL:
        steps = np.diff(np.unique(boxes[:, 3].round()))
        if np.mean(np.abs(steps - median(steps)) <= 1.0) >= 0.8:
            return True
    return any(value and len(list(run)) >= FEWEST_FULL for value, run in itertools.groupby(full.tolist()))


def _alike(columns: list[np.ndarray], em: float) -> bool:
    """All columns (their boxes) have about the same width, and white between them."""
    wide = [float(boxes[:, 2].max() - boxes[:, 0].min()) for boxes in columns]
    white = [float(b[:, 0].min() - a[:, 2].max()) for a, b in itertools.pairwise(columns)]
    return max(wide) - min(wide) < 2 * em and min(white) > 0.8 * em
