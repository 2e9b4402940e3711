"""Names of groups in a header without rules: the columns between them shared out, so that each stands over the middle of its own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .segments import Segments

Runs = list[tuple[float, float]]
Places = dict[int, tuple[int, int]]

ORPHAN = 0.6
"""Cost, in font sizes, of a column whose name stands low and that no group takes."""
OFF = 0.1
"""A group stands over the middle of its columns if it is off by no more than this share of their width (or OFF_EM)."""
OFF_EM = 1.2


def off_centre(runs: Runs, first: int, last: int, middle: float) -> float:
    """How far a place is from the middle of some columns: of their words, or of the cells as the white shows them."""
    left = (runs[first - 1][1] + runs[first][0]) / 2 if first else runs[0][0]
    right = (runs[last][1] + runs[last + 1][0]) / 2 if last + 1 < len(runs) else runs[-1][1]
    return min(abs((runs[first][0] + runs[last][1]) / 2 - middle), abs((left + right) / 2 - middle))


def share_columns(
    segments: Segments, groups: Places, parts: list[int], places: Places, runs: Runs, em: float
) -> Places:
    """The groups with the columns of those amended that overlap, or that leave a column beside them without a group."""
    shared = dict(groups)
    boxes = segments.boxes
    for level in _levels(boxes, list(groups)):
        others = [p for p in parts if p not in level and p not in shared]
        top, bottom = float(boxes[level, 1].min()), float(boxes[level, 3].max())
        beside = {
            column
            for p in others
            if boxes[p, 1] < bottom - 1 and boxes[p, 3] > top + 1
            for column in range(places[p][0], places[p][1] + 1)
        }
        below = {places[p][0] for p in others if boxes[p, 1] > (top + bottom) / 2} - beside
        low = {column for column in below if _is_low(boxes, others, places, column, parts)}
        taken = {column for p, (a, b) in shared.items() if p not in level for column in range(a, b + 1)}
        orphans = low - taken
        ranges = sorted(shared[p] for p in level)
        covered = {column for a, b in ranges for column in range(a, b + 1)}
        overlaps = any(after[0] <= before[1] for before, after in pairwise(ranges))
        if not overlaps and not any({column - 1, column + 1} & covered for column in orphans - covered):
            continue
        ordered = sorted(level, key=lambda p: float(boxes[p, 0] + boxes[p, 2]))
        found = _best(ordered, sorted(low | (below & taken)), orphans, boxes, runs, em)
        if found is not None:
            shared.update(found)
    return {**shared, **_adopting(boxes, shared, parts, places, runs, em)}


def _adopting(boxes: np.ndarray, groups: Places, parts: list[int], places: Places, runs: Runs, em: float) -> Places:
    """Names over the common middle of neighbouring columns whose own names stand low and that no group takes."""
    taken = {column for a, b in groups.values() for column in range(a, b + 1)}
    others = [p for p in parts if p not in groups]
    lowest: dict[int, int] = {}
    for part in others:
        first, last = places[part]
        if first == last and first not in taken and (first not in lowest or boxes[part, 1] > boxes[lowest[first], 1]):
            lowest[first] = part
    middle = float(boxes[parts, 1].min() + boxes[parts, 3].max()) / 2 if parts else 0.0
    low = {column for column, part in lowest.items() if boxes[part, 1] > middle - 1}
    if len(low) < 2:
        return {}
    top = min(float(boxes[lowest[column], 1]) for column in low)
    names = [
        p
        for p in others
        if boxes[p, 3] < top + 0.3 * em and low.issuperset(range(places[p][0], places[p][1] + 1)) and p not in lowest.values()
    ]  # fmt: skip
    names.sort(key=lambda p: float(boxes[p, 0] + boxes[p, 2]))
    if not names or len(_levels(boxes, names)) > 1:
        return {}
    return _best(names, sorted(low), low, boxes, runs, em) or {}


def _levels(boxes: np.ndarray, parts: list[int]) -> list[list[int]]:
    """Parts that stand beside each other, from top to bottom."""
    levels: list[list[int]] = []
    for part in sorted(parts, key=lambda part: float(boxes[part, 1])):
        if levels and abs(float(boxes[part, 1] - boxes[levels[-1][0], 1])) < 0.5 * float(
            boxes[part, 3] - boxes[part, 1]
        ):
            levels[-1].append(part)
        else:
            levels.append([part])
    return levels


def _is_low(boxes: np.ndarray, others: list[int], places: Places, column: int, parts: list[int]) -> bool:
    """The only name of a column stands in the lower half of the header."""
    own = [p for p in others if places[p] == (column, column)]
    middle = float(boxes[parts, 1].min() + boxes[parts, 3].max()) / 2
    return bool(own) and float(boxes[own, 1].min()) > middle - 1


def _best(
    names: list[int], columns: list[int], orphans: set[int], boxes: np.ndarray, runs: Runs, em: float
) -> Places | None:
    """For each name, from left to right, two or more neighbouring columns of these; as near to their middles and with as
    few orphans left as can be. None if some name stands over no such columns."""
    reach = {column: at for at, column in enumerate(columns)}
    cost: dict[int, tuple[float, Places]] = {-1: (0.0, {})}
    for name in names:
        middle = float(boxes[name, 0] + boxes[name, 2]) / 2
        further: dict[int, tuple[float, Places]] = {}
        for first in columns:
            for last in columns[reach[first] + 1 :]:
                if last - first != reach[last] - reach[first]:
                    break
                off = off_centre(runs, first, last, middle)
                if off > max(OFF_EM * em, OFF * (runs[last][1] - runs[first][0])):
                    continue
                for end, (spent, found) in cost.items():
                    left = sum(1 for column in orphans if end < column < first)
                    total = spent + off / em + ORPHAN * left
                    if end < first and (last not in further or total < further[last][0]):
                        further[last] = (total, {**found, name: (first, last)})
        cost = further
    ends = [
        (spent + ORPHAN * sum(1 for column in orphans if column > end), found) for end, (spent, found) in cost.items()
    ]
    return min(ends, key=lambda one: one[0])[1] if ends else None
