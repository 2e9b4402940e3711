"""The header of a table without standing rules: one row of (wrapped) cells, or groups over sub-heads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .segments import Segments
from .wording import CLOSED_re

YEAR_re = re.compile(r"^[（(]?(?:19|20)\d\d\s*年?(?:累计|末|目标|目标值|现状|现状值)?[）)]?$")

Runs = list[tuple[float, float]]
Places = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class HeadCell:
    row: int
    column: int
    rowspan: int
    colspan: int
    parts: list[int]


def head_cells(
    segments: Segments,
    band: list[int],
    places: Places,
    runs: Runs,
    em: float,
    partial: list[tuple[float, float, float]],
    *,
    whole: bool,
    words: Callable[[int], str] | None = None,
) -> tuple[list[HeadCell] | None, list[int]]:
    """(header cells, segments left for the body) of the first band of a table.

    `whole`: the band ends at a rule or shade under the header, so all of it is header. Else there must be a group (a
    segment over several columns in the first lines) for the header to be told apart here; None if there is none.
    `partial` are rules over some of the columns: height, left, right.
    """
    order = sorted(band, key=lambda part: (segments.boxes[part][1], segments.boxes[part][0]))
    limit = order if whole else first_lines(segments, order, em)
    if not whole and words is not None and any(CLOSED_re.match(words(part)) for part in limit):
        return None, band
    groups = find_groups(segments, limit, places, runs, em, partial)
    if not groups:
        if not whole or not _is_one_row(segments, order, places, len(runs)):
            return None, band
        years = year_line(words, segments, order, places, len(runs)) if words else []
        if years:
            return _over_years(order, years, places, len(runs)), []
        return [
            HeadCell(0, column, 1, 1, [p for p in band if _column(p, places) == column]) for column in range(len(runs))
        ], []
    deepest = max(float(segments.boxes[part, 3]) for part in groups)
    if whole:
        head, rest = band, []
    else:
        under = _sub_heads_bottom(segments, order, groups, places)
        head = [p for p in band if segments.boxes[p][1] + segments.boxes[p][3] < 2 * under or p in groups]
        rest = [p for p in band if p not in head]
    cells: list[HeadCell] = []
    covered: set[int] = set()
    for part, (first, last) in groups.items():
        cells.append(HeadCell(0, first, 1, last - first + 1, [part]))
        covered.update(range(first, last + 1))
    middle = deepest - 0.3 * em
    for column in range(len(runs)):
        own = [p for p in head if p not in groups and _column(p, places) == column]
        if column in covered:
            cells.append(HeadCell(1, column, 1, 1, [p for p in own if segments.boxes[p][3] > middle]))
        else:
            cells.append(HeadCell(0, column, 2, 1, own))
    return sorted(cells, key=lambda cell: (cell.row, cell.column)), rest


def year_line(
    words: Callable[[int], str], segments: Segments, order: list[int], places: Places, columns: int
) -> list[int]:
    """The last line of a header whose cells end in a year or a unit each: a row of its own (2035年, 2025年, 2035年 …)."""
    last = max(order, key=lambda part: segments.boxes[part][3])
    line = [part for part in order if segments.line[part] == segments.line[last]]
    above = {places[part][0] for part in order if part not in line}
    if len(line) < max(3, 0.4 * columns) or any(places[part][0] not in above for part in line):
        return []
    return line if all(YEAR_re.match(words(part)) for part in line) else []


def _over_years(order: list[int], years: list[int], places: Places, columns: int) -> list[HeadCell]:
    cells = []
    below = {places[part][0]: part for part in years}
    for column in range(columns):
        own = [part for part in order if part not in years and places[part][0] == column]
        cells.append(HeadCell(0, column, 1 if column in below else 2, 1, own))
        if column in below:
            cells.append(HeadCell(1, column, 1, 1, [below[column]]))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _column(part: int, places: Places) -> int:
    return places[part][0]


def first_lines(segments: Segments, order: list[int], em: float) -> list[int]:
    """The segments of the first lines of a table, as far as a group may stand."""
    top = float(segments.boxes[order[0], 1])
    return [part for part in order if segments.boxes[part][1] < top + 2.2 * em]


def find_groups(
    segments: Segments,
    parts: list[int],
    places: Places,
    runs: Runs,
    em: float,
    partial: list[tuple[float, float, float]],
) -> dict[int, tuple[int, int]]:
    """Segments that head several columns, with the first and last of these."""
    groups: dict[int, tuple[int, int]] = {}
    for part in parts:
        x0, _, x1, bottom = segments.boxes[part].tolist()
        ruled = [r for r in partial if -0.3 * em < r[0] - bottom < 1.2 * em and r[1] < x0 + 2 and r[2] > x1 - 2]
        if ruled:
            hit = [
                at
                for at, (low, high) in enumerate(runs)
                if (low + high) / 2 > ruled[0][1] and (low + high) / 2 < ruled[0][2]
            ]
            if len(hit) > 1:
                groups[part] = (hit[0], hit[-1])
                continue
        first, last = places[part]
        centred = _centred_over(segments, part, parts, places, runs, em)
        odd = _over_middle_of_three(segments, part, parts, places, em) if first == last else None
        if odd is not None:
            groups[part] = odd
        elif centred is not None:
            groups[part] = centred
        elif last > first:
            groups[part] = (first, last)
    return {
        part: place for part, place in groups.items() if _has_sub_heads(segments, part, place, parts, places, groups)
    }


def _centred_over(
    segments: Segments, part: int, parts: list[int], places: Places, runs: Runs, em: float
) -> tuple[int, int] | None:
    """The neighbouring columns over whose common middle a segment stands, if it stands over no single one."""
    x0, top, x1, bottom = segments.boxes[part].tolist()
    middle = (x0 + x1) / 2
    beside = {
        places[other][0]
        for other in parts
        if other != part and segments.boxes[other][1] < bottom - 1 and segments.boxes[other][3] > top + 1
    }
    first, last = places[part]
    if first == last and runs[first][0] - 0.5 * em < middle < runs[first][1] + 0.5 * em:
        return None
    best: tuple[float, tuple[int, int]] | None = None
    for low in range(len(runs)):
        for high in range(low + 1, len(runs)):
            if not (low <= first and last <= high) or beside & set(range(low, high + 1)):
                continue
            off = abs((runs[low][0] + runs[high][1]) / 2 - middle)
            if off < 1.2 * em and (best is None or off < best[0]):
                best = (off, (low, high))
    return best[1] if best else None


def _over_middle_of_three(
    segments: Segments, part: int, parts: list[int], places: Places, em: float
) -> tuple[int, int] | None:
    """The columns whose sub-heads stand in one line under a segment that is over the middle one of them.

    Words of a wrapped cell stand so too, but then the cells beside are set to the middle of both lines; here it is the
    cells outside of the group that are.
    """
    own = places[part][0]
    top, bottom = float(segments.boxes[part, 1]), float(segments.boxes[part, 3])
    below = [p for p in parts if places[p] == (own, own) and segments.boxes[p][1] > (top + bottom) / 2 and p != part]
    if not below:
        return None
    line = segments.line[below[0]]
    level = float(segments.boxes[below[0], 1] + segments.boxes[below[0], 3]) / 2
    middle = (top + bottom) / 2
    columns = {places[p][0] for p in parts if segments.line[p] == line}
    taken = {
        places[p][0]
        for p in parts
        if p != part and segments.boxes[p][1] < bottom - 0.2 * em and segments.line[p] != line
    }
    first = last = own
    while first - 1 in columns and first - 1 not in taken and last + 1 in columns and last + 1 not in taken:
        first, last = first - 1, last + 1
    if last - first < 2:
        return None
    between = [
        p
        for p in parts
        if not first <= places[p][0] <= last
        and middle + 0.2 * em < float(segments.boxes[p, 1] + segments.boxes[p, 3]) / 2 < level - 0.2 * em
    ]
    return (first, last) if between else None


def _has_sub_heads(
    segments: Segments,
    part: int,
    place: tuple[int, int],
    parts: list[int],
    places: Places,
    groups: dict[int, tuple[int, int]],
) -> bool:
    """Below a group each of its columns has a segment of its own, and beside it none of them has."""
    _x0, top, _x1, bottom = segments.boxes[part].tolist()
    below = {
        places[other][0]
        for other in parts
        if other != part and other not in groups and segments.boxes[other][1] > (top + bottom) / 2
    }
    return len(below & set(range(place[0], place[1] + 1))) >= 2


def _sub_heads_bottom(
    segments: Segments, order: list[int], groups: dict[int, tuple[int, int]], places: Places
) -> float:
    """The height where the line of sub-heads under the groups ends."""
    deepest = max(float((segments.boxes[part, 1] + segments.boxes[part, 3]) / 2) for part in groups)
    columns = {column for first, last in groups.values() for column in range(first, last + 1)}
    under = [p for p in order if p not in groups and places[p][0] in columns and segments.boxes[p][1] > deepest]
    if not under:
        return deepest
    line = segments.line[under[0]]
    return max(float(segments.boxes[p, 3]) for p in under if segments.line[p] == line)


def _is_one_row(segments: Segments, order: list[int], places: Places, columns: int) -> bool:
    """A band that has words for most columns, few lines each: a header row."""
    counts = [0] * columns
    for part in order:
        counts[places[part][0]] += 1
    return sum(count > 0 for count in counts) >= 0.5 * columns and max(counts) <= 6
