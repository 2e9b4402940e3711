"""Category cells without rules: words in the first column that stand for several rows, at the top or middle of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .segments import Segments
from .sheet import Sheet
from .wording import line_words

SPARSE = 0.6
"""A first column with words in at most this share of the rows holds categories."""
OFF = 0.4
"""How far a category may stand from the middle of its rows, in heights of a row."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """The words of one category cell: its segments, and its height on the page."""

    parts: list[int]
    top: float
    middle: float


def find_labels(
    sheet: Sheet, segments: Segments, body: list[int], places: dict[int, tuple[int, int]], columns: int, em: float
) -> list[Label]:
    """The category cells of the first column; none if the column has words in most rows, or numbers."""
    if columns < 3:
        return []
    first = sorted((part for part in body if places[part] == (0, 0)), key=lambda part: segments.boxes[part][1])
    if not first:
        return []
    labels: list[list[int]] = []
    pitch = _line_pitch(segments, body, places, em)
    widest = float((segments.boxes[first, 2] - segments.boxes[first, 0]).max())
    for part in first:
        above = segments.boxes[labels[-1][-1]] if labels else None
        if above is not None and (
            segments.boxes[part][1] - above[1] < pitch and above[2] - above[0] > widest - 1.2 * em
        ):
            labels[-1].append(part)
        else:
            labels.append([part])
    counts = np.bincount(
        [places[part][0] for part in body if places[part][0] == places[part][1] > 0], minlength=columns
    )
    usual = float(counts[1:][counts[1:] >= 0.4 * np.median(counts[1:])].min())
    if len(labels) > SPARSE * usual or len(first) > 0.9 * usual:
        return []
    if sum(line_words(sheet, segments, parts).isdecimal() for parts in labels) > 0.3 * len(labels):
        return []
    found = []
    for parts in labels:
        boxes = segments.boxes[parts]
        top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
        found.append(Label(parts, top, (top + bottom) / 2))
    return found


def _line_pitch(segments: Segments, body: list[int], places: dict[int, tuple[int, int]], em: float) -> float:
    """Lines of one label are nearer than this: the pitch of wrapped lines, or less than that of rows where none wraps."""
    columns: dict[int, list[float]] = {}
    for part in body:
        if places[part][0]:
            columns.setdefault(places[part][0], []).append(float(segments.boxes[part, 1]))
    steps = np.concatenate([np.diff(sorted(tops)) for tops in columns.values()]) if columns else np.zeros(0)
    steps = steps[steps > 0.9 * em]
    if not len(steps):
        return 1.6 * em
    low, high = np.quantile(steps, 0.1), np.quantile(steps, 0.75)
    return float(min(1.9 * em, (1.08 if high > 1.12 * low else 0.95) * low))


def labels_to_groups(
    labels: list[Label], extents: list[tuple[float, float]], breaks: set[int]
) -> list[tuple[int, int, list[int]]]:
    """(first row, last row, segments) of each category; rows before the first category are one group without words.

    `extents` are the tops and bottoms of the rows, `breaks` rows that go over all columns.
    """
    groups: list[tuple[int, int, list[int]]] = []
    stretch: list[int] = []
    for row in range(len(extents) + 1):
        if row < len(extents) and row not in breaks:
            stretch.append(row)
            continue
        if stretch:
            groups += _groups_of(labels, extents, stretch)
        stretch = []
    return groups


def _groups_of(
    labels: list[Label], extents: list[tuple[float, float]], rows: list[int]
) -> list[tuple[int, int, list[int]]]:
    low, high = extents[rows[0]][0] - 3, extents[rows[-1]][1] + 3
    own = [label for label in labels if low <= label.middle <= high]
    if not own:
        return []
    height = (high - low) / len(rows)
    starts = [_nearest_top(label, extents, rows, height) for label in own]
    by_top = None not in starts and starts[0] == rows[0]
    if not by_top:
        centred = _centred(own, extents, rows, height)
        if centred is not None:
            return centred
    firsts = [rows[0] if start is None else start for start in starts]
    groups: list[tuple[int, int, list[int]]] = [(rows[0], firsts[0] - 1, [])] if firsts[0] > rows[0] else []
    for at, label in enumerate(own):
        last = firsts[at + 1] - 1 if at + 1 < len(own) else rows[-1]
        groups.append((firsts[at], max(last, firsts[at]), label.parts))
    return groups


def _nearest_top(label: Label, extents: list[tuple[float, float]], rows: list[int], height: float) -> int | None:
    """The row whose first line the category begins with."""
    best = min(rows, key=lambda row: abs(extents[row][0] - label.top))
    inside = extents[best][0] - 0.25 * height <= label.top and label.middle <= extents[best][1] + 0.25 * height
    return best if inside and abs(extents[best][0] - label.top) < 0.45 * height else None


def _centred(
    labels: list[Label], extents: list[tuple[float, float]], rows: list[int], height: float
) -> list[tuple[int, int, list[int]]] | None:
    """The groups of rows in whose middles the categories stand; the rows before the first may belong to none."""
    for lead in range(len(rows)):
        at = lead
        groups: list[tuple[int, int, list[int]]] = [(rows[0], rows[lead - 1], [])] if lead else []
        for label in labels:
            if at >= len(rows):
                break
            top = extents[rows[at]][0]
            end = min(range(at, len(rows)), key=lambda k: abs((top + extents[rows[k]][1]) / 2 - label.middle))
            if abs((top + extents[rows[end]][1]) / 2 - label.middle) > OFF * height:
                break
            groups.append((rows[at], rows[end], label.parts))
            at = end + 1
        else:
            if at == len(rows):
                return groups
    return None
