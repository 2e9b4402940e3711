"""The header of a table without standing rules: one row of (wrapped) cells, or groups over sub-heads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .regions import CATEGORY_re
from .segments import Segments
from .tiling import Places, Runs, off_centre, share_columns
from .wording import CLOSED_re

YEAR_re = re.compile(r"^[（(]?(?:19|20)\d\d\s*年?(?:累计|末|目标|目标值|现状|现状值)?[）)]?$")

DEEPEST = 5.5
"""A header of groups and sub-heads without a rule below is at most this high, in font sizes."""

DEEPEST_YEARS = 9.0
"""The same of one whose sub-heads are years, which tell it from the body below names of many lines."""

WRAPPED = 1.5
"""Lines of one name of a column are so near (top to top, in font sizes), where nothing else tells."""

NAME_OVER = 0.8
"""White between the name of a column and the year under it, in font sizes, at least."""


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
    limit = order if whole else first_lines(segments, order, em, words)
    deep = max(float(segments.boxes[part, 3]) for part in order) if whole else None
    even = names_over_years(segments, order, places, runs, em, words) if words else {}
    groups = even or find_groups(segments, limit, places, runs, em, partial, deep)
    if not whole:
        years = line_of_years(segments, order, em, words) if words else []
        # beside a name of many lines those of the groups, set to their middles, begin lower
        low = float(segments.boxes[years or order[:1], 1].min()) + (0.0 if years else 0.6 * em)
        groups = _from_the_top(segments, groups, low)
    if not groups:
        if not whole or not _is_one_row(segments, order, places, len(runs)):
            return None, band
        years = year_line(words, segments, order, places, len(runs)) if words else []
        if years:
            return _over_years(order, years, places, len(runs)), []
        return [
            HeadCell(0, column, 1, 1, [p for p in band if _column(p, places) == column]) for column in range(len(runs))
        ], []
    if whole:
        head, rest = band, []
    else:
        under = _sub_heads_bottom(segments, limit, groups, places, em)
        head = [p for p in band if segments.boxes[p][1] + segments.boxes[p][3] < 2 * under or p in groups]
        rest = [p for p in band if p not in head]
    cells = groups_to_cells(segments, head, groups, places, len(runs), em, words)
    return over_unnamed(segments, cells, runs, em), rest


def groups_to_cells(
    segments: Segments,
    head: list[int],
    groups: dict[int, tuple[int, int]],
    places: Places,
    columns: int,
    em: float,
    words: Callable[[int], str] | None = None,
) -> list[HeadCell]:
    """The cells of a header of as many rows as groups stand one over another, and one more."""
    titles: list[tuple[tuple[int, int], list[int]]] = []
    for part in sorted(groups, key=lambda part: float(segments.boxes[part][1])):
        above = next((parts for place, parts in titles if place == groups[part]), None)
        if above is not None and segments.boxes[part][1] - segments.boxes[above[-1]][3] < 0.6 * em:
            above.append(part)
        else:
            titles.append((groups[part], [part]))
    over = [0] * columns
    cells = []
    for (first, last), parts in titles:
        row = max(over[first : last + 1])
        cells.append(HeadCell(row, first, 1, last - first + 1, parts))
        over[first : last + 1] = [row + 1] * (last + 1 - first)
    deepest = max(over)
    for column in range(columns):
        own = [p for p in head if p not in groups and _column(p, places) == column]
        year = _own_year(segments, own, head, over, places, em, words) if words and not over[column] else None
        if year is not None:
            cells.append(HeadCell(0, column, deepest, 1, [p for p in own if p != year]))
            cells.append(HeadCell(deepest, column, 1, 1, [year]))
            continue
        cells.append(HeadCell(over[column], column, deepest + 1 - over[column], 1, own))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def over_unnamed(segments: Segments, cells: list[HeadCell], runs: Runs, em: float) -> list[HeadCell]:
    """The cells of a header; a name over the common middle of its column and of the one beside it, which has no name, goes
    over both: 地类 over 农用地 and 耕地."""
    named = {cell.column: cell for cell in cells if cell.colspan == 1 and cell.parts}
    wider = list(cells)
    for empty in [cell for cell in cells if cell.colspan == 1 and not cell.parts]:
        for beside in (empty.column + 1, empty.column - 1):
            cell = named.get(beside)
            if cell is None or (cell.row, cell.rowspan) != (empty.row, empty.rowspan) or cell not in wider:
                continue
            first, last = sorted((empty.column, beside))
            boxes = segments.boxes[cell.parts]
            middle = float(boxes[:, 0].min() + boxes[:, 2].max()) / 2
            both, alone = off_centre(runs, first, last, middle), off_centre(runs, beside, beside, middle)
            if both < alone - 0.2 * em and both < em:
                wider = [one for one in wider if one not in (cell, empty)]
                wider.append(HeadCell(cell.row, first, cell.rowspan, 2, cell.parts))
                break
    return sorted(wider, key=lambda cell: (cell.row, cell.column))


def _own_year(
    segments: Segments,
    own: list[int],
    head: list[int],
    over: list[int],
    places: Places,
    em: float,
    words: Callable[[int], str],
) -> int | None:
    """The year under the name of one column, if it is one of those that stand in its line as sub-heads of groups: 2035年
    under a name of its own, beside 2025年 and 2035年 under a group."""
    last = max(own, key=lambda part: float(segments.boxes[part][1]), default=None)
    if last is None or len(own) < 2 or not YEAR_re.match(words(last)):
        return None
    beside = (p for p in head if segments.line[p] == segments.line[last] and over[_column(p, places)])
    above = max(float(segments.boxes[part, 3]) for part in own if part != last)
    apart = float(segments.boxes[last, 1]) - above > NAME_OVER * em
    return last if apart and words(last) in {words(part) for part in beside} else None


def _from_the_top(segments: Segments, groups: dict[int, tuple[int, int]], low: float) -> dict[int, tuple[int, int]]:
    """The groups that begin at the top of the table or stand under one that does."""
    kept: dict[int, tuple[int, int]] = {}
    for part in sorted(groups, key=lambda part: float(segments.boxes[part][1])):
        first, last = groups[part]
        if segments.boxes[part][1] < low or any(a <= first and last <= b for a, b in kept.values()):
            kept[part] = groups[part]
    return kept


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


def first_lines(
    segments: Segments, order: list[int], em: float, words: Callable[[int], str] | None = None
) -> list[int]:
    """The segments of the first lines of a table, as far as a group and its sub-heads may stand: above all numbers."""
    top = float(segments.boxes[order[0], 1])
    first = [part for part in order if segments.boxes[part][1] < top + DEEPEST * em]
    if words is None:
        return first
    years = line_of_years(segments, order, em, words)
    if years:
        last = max(segments.line[years[0]], segments.line[first[-1]])
        first = [part for part in order if segments.line[part] <= last]
    numbers = [
        float(segments.boxes[part][1]) for part in first if is_value(words(part)) or CATEGORY_re.match(words(part))
    ]
    return [part for part in first if not numbers or segments.boxes[part][3] < min(numbers) + 0.3 * em]


def line_of_years(segments: Segments, order: list[int], em: float, words: Callable[[int], str]) -> list[int]:
    """The first line of a table's head that has three years or more."""
    deep = float(segments.boxes[order[0], 1]) + DEEPEST_YEARS * em
    years = [part for part in order if segments.boxes[part][1] < deep and YEAR_re.match(words(part))]
    line = [part for part in years if segments.line[part] == segments.line[years[0]]]
    return line if len(line) > 2 else []


def names_over_years(
    segments: Segments, order: list[int], places: Places, runs: Runs, em: float, words: Callable[[int], str]
) -> Places:
    """The names in one line over a line of years that begin anew under each of them (2025年, 2035年, 2025年, 2035年): the
    columns of each; none if there are not as many names as rows of years."""
    years = sorted(line_of_years(segments, order, em, words), key=lambda part: places[part][0])
    columns = [places[part][0] for part in years]
    if not years or columns != list(range(columns[0], columns[0] + len(years))):
        return {}
    told = [re.sub(r"\D", "", words(part)) for part in years]
    starts = [at for at in range(len(told)) if at == 0 or told[at] <= told[at - 1]]
    rows = [(columns[a], columns[b - 1]) for a, b in zip(starts, [*starts[1:], len(told)], strict=True)]
    top, (low, high) = float(segments.boxes[years, 1].min()), (runs[columns[0]][0], runs[columns[-1]][1])
    middles = (segments.boxes[:, 0] + segments.boxes[:, 2]) / 2
    names = [part for part in order if segments.boxes[part, 3] < top + 0.3 * em and low < middles[part] < high + em]
    names.sort(key=lambda part: float(middles[part]))
    alone = len({int(segments.line[part]) for part in names}) == 1
    if not alone or len(rows) < 2 or len(names) != len(rows) or any(first == last for first, last in rows):
        return {}
    over = all(
        runs[first][0] - em < middles[part] < runs[last][1] + em
        for part, (first, last) in zip(names, rows, strict=True)
    )
    return dict(zip(names, rows, strict=True)) if over else {}


def is_value(word: str) -> bool:
    """A number or a dash, no year: such words stand in the body of a table."""
    return bool(CLOSED_re.match(word)) and not YEAR_re.match(word)


def find_groups(
    segments: Segments,
    parts: list[int],
    places: Places,
    runs: Runs,
    em: float,
    partial: list[tuple[float, float, float]],
    deep: float | None = None,
) -> dict[int, tuple[int, int]]:
    """Segments that head several columns, with the first and last of these; `deep` is the bottom of the header."""
    groups: dict[int, tuple[int, int]] = {}
    lows: dict[int, float] = {}
    for part in reversed(parts):
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
        odd = _over_several(segments, part, parts, places, runs, em, groups, deep, lows)
        if odd is None:
            lows.pop(part, None)
        if odd is not None:
            groups[part] = odd
        elif centred is not None:
            groups[part] = centred
        elif last > first:
            groups[part] = (first, last)
    told = {
        part: place for part, place in groups.items() if _has_sub_heads(segments, part, place, parts, places, groups)
    }
    told = share_columns(segments, told, parts, places, runs, em)
    return _with_further_lines(segments, told, parts, places, em)


def _with_further_lines(
    segments: Segments, groups: dict[int, tuple[int, int]], parts: list[int], places: Places, em: float
) -> dict[int, tuple[int, int]]:
    """The groups with the further lines of their names: close under the line above, with the same middle, and nothing
    beside them over the columns of the group, as its sub-heads would have."""
    whole = dict(groups)
    for part in sorted(parts, key=lambda part: float(segments.boxes[part][1])):
        x0, top, x1, bottom = segments.boxes[part].tolist()
        for other, (first, last) in list(whole.items()):
            left, _, right, end = segments.boxes[other].tolist()
            if other == part or not -0.3 * em < top - end < 0.6 * em or abs(x0 + x1 - left - right) > 1.2 * em:
                continue
            beside = (
                p for p in parts
                if p != part and segments.boxes[p][1] < bottom - 1 and segments.boxes[p][3] > top + 1
            )  # fmt: skip
            if first <= places[part][0] <= last and all(places[p][1] < first or places[p][0] > last for p in beside):
                whole[part] = (first, last)
                break
    return whole


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
            off = off_centre(runs, low, high, middle)
            # of two ranges that fit about as well the narrower
            off += 0.3 * em * (high - low)
            if off < 1.2 * em + 0.3 * em * (high - low) and (best is None or off < best[0]):
                best = (off, (low, high))
    return best[1] if best else None


def _over_several(
    segments: Segments,
    part: int,
    parts: list[int],
    places: Places,
    runs: Runs,
    em: float,
    groups: dict[int, tuple[int, int]],
    deep: float | None,
    lows: dict[int, float],
) -> tuple[int, int] | None:
    """The columns under a segment that stands over one of them, and over their middle.

    Words of a wrapped cell stand so too, but then the cells beside have the same middle; here the cells under the group
    are lower than those outside of it.
    """
    own, end = places[part]
    x0, top, x1, bottom = segments.boxes[part].tolist()
    below = [
        p for p in parts if places[p][0] <= end and own <= places[p][1] and segments.boxes[p, 1] > (top + bottom) / 2
    ]
    if not below:
        return None
    if deep is None:
        first = min(below, key=lambda p: float(segments.boxes[p, 1]))
        under = [p for p in below if p != first] if first in groups else [first]
        if not under:
            return None
        line = segments.line[min(under, key=lambda p: float(segments.boxes[p, 1]))]
        deep = max(float(segments.boxes[p, 3]) for p in parts if segments.line[p] == line)
        deep = max([deep, *(low for group, low in lows.items() if top < segments.boxes[group, 1] < deep)])
    lows[part] = deep
    middle = (top + deep) / 2
    inside, beside = set(), False
    for column in range(len(runs)):
        own_parts = [p for p in parts if p != part and places[p][0] <= column <= places[p][1]]
        boxes = segments.boxes[own_parts]
        boxes = boxes[boxes[:, 1] + boxes[:, 3] < 2 * deep]
        lower = boxes[boxes[:, 3] > top + 0.2 * em]
        if not len(lower):
            continue
        # a line above that is centred over the lines below is the same name; else it is the name of a group above
        upper = boxes[boxes[:, 3] <= top + 0.2 * em]
        middles = (lower[:, 0] + lower[:, 2]) / 2
        alike = np.abs((upper[:, 0] + upper[:, 2])[:, None] / 2 - middles).min(axis=1) < 0.6 * em
        alike &= float(lower[:, 1].min()) - upper[:, 3] < 1.5 * em
        boxes = np.concatenate([lower, upper[alike]])
        high_end, low_end = float(boxes[:, 1].min()), float(boxes[:, 3].max())
        centre = (high_end + low_end) / 2
        if high_end > bottom - 0.2 * em and centre > middle + 0.2 * em:
            inside.add(column)
        elif low_end < deep - 0.25 * em and min(abs(centre - middle), abs(high_end - top)) < 0.2 * em:
            beside = True
    if not beside or any(column not in inside for column in range(own, end + 1)):
        return None
    low, high = own, end
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside:
        high += 1
    if low == high:
        return None
    centre = (x0 + x1) / 2

    def off(left: int, right: int) -> float:
        """How far from the middle of the columns, or of their names."""
        named = [p for p in parts if p != part and left <= places[p][0] and places[p][1] <= right]
        boxes = segments.boxes[[p for p in named if middle < segments.boxes[p, 3] < deep + 1]]
        off = off_centre(runs, left, right, centre)
        return min(off, abs(float(boxes[:, 0].min() + boxes[:, 2].max()) / 2 - centre)) if len(boxes) else off

    if off(low, high) <= max(1.2 * em, 0.12 * (runs[high][1] - runs[low][0])):
        return low, high
    choices = [
        (off(left, right), left, right)
        for left in range(low, own + 1)
        for right in range(end, high + 1)
        if right > left
    ]
    least, left, right = min(choices)
    return None if least > 1.2 * em or least > off_centre(runs, own, own, centre) - 0.2 * em else (left, right)


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
        if other != part and groups.get(other) != place and segments.boxes[other][1] > (top + bottom) / 2
    }
    return len(below & set(range(place[0], place[1] + 1))) >= 2


def _sub_heads_bottom(
    segments: Segments, limit: list[int], groups: dict[int, tuple[int, int]], places: Places, em: float
) -> float:
    """The height where the sub-heads under the lowest group end, their wrapped lines included."""
    lowest = max(groups, key=lambda part: float(segments.boxes[part, 1]))
    middle = float(segments.boxes[lowest, 1] + segments.boxes[lowest, 3]) / 2
    first, last = groups[lowest]
    under = [p for p in limit if p not in groups and first <= places[p][0] <= last and segments.boxes[p, 1] > middle]
    if not under:
        return middle
    line = segments.line[min(under, key=lambda p: float(segments.boxes[p, 1]))]
    own = [p for p in limit if segments.line[p] == line]
    tops = {places[p][0]: float(segments.boxes[p, 1]) for p in own}
    bottom = max(float(segments.boxes[p, 3]) for p in own)
    for part in sorted(limit, key=lambda p: float(segments.boxes[p, 1])):
        column, top = places[part][0], float(segments.boxes[part, 1])
        if segments.line[part] > line and top - tops.get(column, -1e9) < WRAPPED * em:
            tops[column], bottom = top, max(bottom, float(segments.boxes[part, 3]))
    return bottom


def _is_one_row(segments: Segments, order: list[int], places: Places, columns: int) -> bool:
    """A band that has words for most columns, few lines each: a header row."""
    counts = [0] * columns
    for part in order:
        counts[places[part][0]] += 1
    return sum(count > 0 for count in counts) >= 0.5 * columns and max(counts) <= 6
