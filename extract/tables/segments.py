"""Characters -> printed lines cut at wide gaps: what the search for columns without rules works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .celltext import is_digit
from .sheet import Sheet

APART = 0.75
"""A gap of this share of the font size cuts a line into segments."""
APART_WIDE = 0.58
"""The same between two Chinese characters, which justified lines draw apart less."""
NARROW = 0.35
"""A gap of this share cuts a line where neighbouring lines begin a segment at the same place."""
FIRST_WIDE = 0x2E80
"""The first of the Chinese characters and their marks."""
MOST_PARTS = 3
"""A line of contents has at most so many segments: number, title, page."""
SAME_LINE = 0.3
"""Baselines nearer than this share of the font size are one line."""
LEADER = 5
"""So many dots in a row are the leader of a line of contents."""
_DOTS = np.array([ord(mark) for mark in ".…·‥．・•⋯-_"], np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Pieces of printed lines, sorted by line from top to bottom, then from left to right.

    `boxes` (n, 4) in upright space; `line` the number of the line; `size` the font size; `order` are positions in the
    sheet, those of segment k are order[first[k]:first[k + 1]].
    """

    boxes: np.ndarray
    line: np.ndarray
    size: np.ndarray
    order: np.ndarray
    first: np.ndarray

    def __len__(self) -> int:
        return len(self.line)


def sheet_to_segments(sheet: Sheet, chars: np.ndarray) -> Segments:
    """The segments of these characters (positions in the sheet)."""
    base, size = sheet.baselines[chars], sheet.sizes[chars]
    up = base.argsort(kind="stable")
    heights, sizes = base[up], size[up]
    climb = np.zeros(len(chars), dtype=np.int64)
    climb[1:] = heights[1:] - heights[:-1] > np.maximum(0.8, SAME_LINE * np.minimum(sizes[1:], sizes[:-1]))
    line = np.empty(len(chars), dtype=np.int64)
    line[up] = climb.cumsum()
    lefts = sheet.lefts[chars]
    order = np.lexsort((lefts, line))
    chars, line, size = chars[order], line[order], size[order]
    gap = lefts[order[1:]] - sheet.rights[chars[:-1]]
    em = np.maximum(size[1:], size[:-1])
    fresh = np.ones(len(chars), dtype=bool)
    turns = line[1:] != line[:-1]
    wide = sheet.codes[chars] >= FIRST_WIDE
    fresh[1:] = turns | (gap > np.where(wide[1:] & wide[:-1], APART_WIDE, APART) * em)
    narrow = np.flatnonzero(~fresh[1:] & (gap > NARROW * em)) + 1
    if len(narrow):
        starts = np.flatnonzero(fresh[1:] & ~turns) + 1
        lefts, rights, codes = sheet.lefts[chars], sheet.rights[chars], sheet.codes[chars]
        begins = _like_others(lefts[narrow], line[narrow], lefts[starts], line[starts], 2)
        # a number set to the right of its column, before words of the next one: it ends where other numbers end
        number = narrow[is_digit(codes[narrow - 1]) & (codes[narrow] >= FIRST_WIDE)]
        fresh[narrow[begins]] = True
        if len(number) > 2:
            last = np.r_[number, starts] - 1
            fresh[number[_like_others(rights[number - 1], line[number], rights[last], line[last], 3)]] = True
    first = fresh.nonzero()[0]
    boxes = sheet.boxes[chars]
    span = np.empty((len(first), 4), boxes.dtype)
    np.minimum.reduceat(boxes[:, :2], first, out=span[:, :2])
    np.maximum.reduceat(boxes[:, 2:], first, out=span[:, 2:])
    bounds = np.empty(len(first) + 1, first.dtype)
    bounds[:-1], bounds[-1] = first, len(chars)
    return Segments(span, line[first], np.maximum.reduceat(size, first), chars, bounds)


def _like_others(x: np.ndarray, line: np.ndarray, others: np.ndarray, lines: np.ndarray, fewest: int) -> np.ndarray:
    """For each place x in a line: so many of the others, within eight lines, stand there too."""
    if not len(others):
        return np.zeros(len(x), dtype=bool)
    same = np.abs(x[:, None] - others[None, :]) < 1.5
    near = np.abs(line[:, None] - lines[None, :]) <= 8
    return (same & near).sum(axis=1) >= fewest


def lines_with_leaders(sheet: Sheet, segments: Segments) -> np.ndarray:
    """Numbers of the lines that have a dot leader: lines of contents."""
    dots = np.isin(sheet.codes[segments.order], _DOTS)
    if np.count_nonzero(dots) < LEADER:
        return np.zeros(0, dtype=np.int64)
    sums = np.cumsum(np.r_[0, dots])
    full = np.flatnonzero(sums[LEADER:] - sums[:-LEADER] == LEADER)
    if not len(full):
        return np.zeros(0, dtype=np.int64)
    which = np.searchsorted(segments.first, full, side="right") - 1
    last = np.searchsorted(segments.first, full + LEADER - 1, side="right") - 1
    found = np.unique(segments.line[which[segments.line[which] == segments.line[last]]])
    parts = np.bincount(segments.line, minlength=int(segments.line.max()) + 1)
    return found[parts[found] <= MOST_PARTS]
