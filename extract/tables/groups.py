"""Category cells without rules: words in the first column (or in the one beside 序号) that stand for several rows, at the
top or middle of them."""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass

import numpy as np

from .segments import Segments
from .sheet import Sheet
from .wording import line_words

SPARSE = 0.6
"""A first column with words in at most this share of the rows holds categories."""
EXACT = 0.12
"""Categories that stand so near to the middles of their rows (in heights of a row) are set to them."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """The words of one category cell: its segments, and its height on the page."""

    parts: list[int]
    top: float
    middle: float


def label_column(
    sheet: Sheet, segments: Segments, body: list[int], places: dict[int, tuple[int, int]], columns: int
) -> int:
    """Where category cells may stand: in the first column, or beside it if that holds serial numbers."""
    first = sorted((part for part in body if places[part] == (0, 0)), key=lambda part: segments.boxes[part][1])
    words = [line_words(sheet, segments, [part]) for part in first]
    while words and not words[0].isdecimal():
        words = words[1:]
    numbers = [int(word) for word in words if word.isdecimal()]
    counted = all(b == a + 1 or b == 1 for a, b in itertools.pairwise(numbers))
    return 1 if columns > 3 and len(numbers) > 2 and len(numbers) >= 0.8 * len(words) and counted else 0


def find_labels(
    sheet: Sheet,
    segments: Segments,
    body: list[int],
    places: dict[int, tuple[int, int]],
    columns: int,
    em: float,
    column: int = 0,
) -> list[Label]:
    """The category cells of a column; none if the column has words in most rows, or numbers."""
    if columns < 3:
        return []
    first = sorted(
        (part for part in body if places[part] == (column, column)), key=lambda part: segments.boxes[part][1]
    )
    if not first:
        return []
    labels: list[list[int]] = []
    pitch = _line_pitch(segments, body, places, em, column)
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
        [places[part][0] for part in body if places[part][0] == places[part][1] != column], minlength=columns
    )
    others = np.delete(counts, column)
    usual = float(others[others >= 0.4 * np.median(others)].min())
    if column:
        usual = min(usual, float(counts[0]))  # one serial number a row
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


def ruled_labels(
    segments: Segments, body: list[int], places: dict[int, tuple[int, int]], between: list[float], column: int
) -> list[Label]:
    """The category cells of a column that rules at these levels part."""
    bands: dict[int, list[int]] = {}
    for part in body:
        if places[part] == (column, column):
            middle = float(segments.boxes[part, 1] + segments.boxes[part, 3]) / 2
            bands.setdefault(bisect.bisect(between, middle), []).append(part)
    labels = []
    for _, parts in sorted(bands.items()):
        top, bottom = float(segments.boxes[parts, 1].min()), float(segments.boxes[parts, 3].max())
        labels.append(Label(sorted(parts, key=lambda part: float(segments.boxes[part, 1])), top, (top + bottom) / 2))
    return labels


def _line_pitch(
    segments: Segments, body: list[int], places: dict[int, tuple[int, int]], em: float, column: int
) -> float:
    """Lines of one label are nearer than this: the pitch of wrapped lines, or less than that of rows where none wraps."""
    columns: dict[int, list[float]] = {}
    for part in body:
        if places[part][0] > column:
            columns.setdefault(places[part][0], []).append(float(segments.boxes[part, 1]))
    steps = np.concatenate([np.diff(sorted(tops)) for tops in columns.values()]) if columns else np.zeros(0)
    steps = steps[steps > 0.9 * em]
    if not len(steps):
        return 1.6 * em
    low, high = np.quantile(steps, 0.1), np.quantile(steps, 0.75)
    return float(min(1.9 * em, (1.08 if high > 1.12 * low else 0.95) * low))


def labels_to_groups(
    labels: list[Label],
    extents: list[tuple[float, float]],
    breaks: set[int],
    cuts: set[int],
    at_top: bool | None = None,
) -> list[tuple[int, int, list[int]]]:
    """(first row, last row, segments) of each category; rows before the first category are one group without words.

    `extents` are the tops and bottoms of the rows, `breaks` rows that go over all columns, `cuts` rows with a rule above
    that parts categories. `at_top`: whether cells of one line stand at the top of rows of several; None if not known.
    """
    groups: list[tuple[int, int, list[int]]] = []
    stretch: list[int] = []
    for row in range(len(extents) + 1):
        if row < len(extents) and row not in breaks and row not in cuts:
            stretch.append(row)
            continue
        if stretch:
            groups += _groups_of(labels, extents, stretch, bool(cuts), at_top)
        stretch = [row] if row < len(extents) and row not in breaks else []
    return groups


def _groups_of(
    labels: list[Label], extents: list[tuple[float, float]], rows: list[int], parted: bool, set_to_top: bool | None
) -> list[tuple[int, int, list[int]]]:
    low, high = extents[rows[0]][0] - 3, extents[rows[-1]][1] + 3
    own = [label for label in labels if low <= label.middle <= high]
    if parted:
        return [(rows[0], rows[-1], [part for label in own for part in label.parts])]
    if not own:
        return []
    height = (high - low) / len(rows)
    off, centred = _by_middles(own, extents, rows, height)
    starts = [_nearest_top(label, extents, rows, height) for label in own]
    firsts = [start for start in starts if start is not None]
    if len(set(firsts)) < len(own):
        return centred
    away = sum(abs(extents[start][0] - label.top) for start, label in zip(firsts, own, strict=True)) / height
    in_middle, at_top = off < EXACT * len(own), away < 0.5 * EXACT * len(own)
    nearer = off < away if set_to_top is None else not set_to_top
    if in_middle != at_top:
        nearer = in_middle
    elif in_middle and set_to_top is None:
        nearer = True
    if nearer:
        return centred
    groups: list[tuple[int, int, list[int]]] = [(rows[0], firsts[0] - 1, [])] if firsts[0] > rows[0] else []
    lasts = [*(first - 1 for first in firsts[1:]), rows[-1]]
    return groups + [(first, last, label.parts) for first, last, label in zip(firsts, lasts, own, strict=True)]


def stand_at_top(rows: list[list[tuple[float, float]]]) -> bool | None:
    """Whether the cells of one line stand at the top of rows that have higher ones, given (top, bottom) of each cell of
    each row; None if none or as many stand in the middle."""
    votes = 0
    for cells in rows:
        top, bottom = min(cell[0] for cell in cells), max(cell[1] for cell in cells)
        for low, high in cells:
            line = high - low
            if line < 0.7 * (bottom - top):
                votes += (abs(low - top) < 0.2 * line) - (abs(low + high - top - bottom) < 0.4 * line)
    return None if not votes else votes > 0


def _nearest_top(label: Label, extents: list[tuple[float, float]], rows: list[int], height: float) -> int | None:
    """The row whose first line the category begins with."""
    best = min(rows, key=lambda row: abs(extents[row][0] - label.top))
    inside = extents[best][0] - 0.25 * height <= label.top and label.middle <= extents[best][1] + 0.25 * height
    return best if inside and abs(extents[best][0] - label.top) < 0.45 * height else None


def _by_middles(
    labels: list[Label], extents: list[tuple[float, float]], rows: list[int], height: float
) -> tuple[float, list[tuple[int, int, list[int]]]]:
    """(how far off, in heights of a row; groups) of the rows in whose middles the categories stand best.

    The rows before the first category may belong to none.
    """
    bottoms = [extents[row][1] for row in rows]
    count = len(rows)
    ways: dict[int, tuple[float, list[int]]] = {lead: (0.3 * (lead > 0), [lead]) for lead in range(count)}
    for at, label in enumerate(labels):
        left = len(labels) - at - 1
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in ways.items():
            top = extents[rows[start]][0]
            end = bisect.bisect_left(bottoms, 2 * label.middle - top)
            end = max(start, min(end, count - left - 1))
            for last in [count - 1] if not left else range(max(start, end - 1), min(end + 2, count - left)):
                total = cost + abs((top + bottoms[last]) / 2 - label.middle) / height
                if last + 1 not in longer or total < longer[last + 1][0]:
                    longer[last + 1] = (total, [*cuts, last + 1])
        ways = longer
    if count not in ways:  # more categories than rows: all of them stand in one cell
        return 1e9, [(rows[0], rows[-1], [part for label in labels for part in label.parts])]
    off, cuts = ways[count]
    groups: list[tuple[int, int, list[int]]] = [(rows[0], rows[cuts[0] - 1], [])] if cuts[0] else []
    for label, first, after in zip(labels, cuts, cuts[1:], strict=False):
        groups.append((rows[first], rows[after - 1], label.parts))
    return off, groups
