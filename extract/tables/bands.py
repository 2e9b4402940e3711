"""Bands between rules or shades -> cells: the header of the first, the rows of the others, category cells beside them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np

from .groups import Label, find_labels, label_column, labels_to_groups, ruled_labels, stand_at_top
from .heads import HeadCell, head_cells, is_value
from .regions import CATEGORY_re, group_by_line, is_category
from .rowing import LONG, Piece, pieces_to_strips, strips_to_rows
from .segments import Segments
from .sheet import Sheet
from .tiling import off_centre
from .wording import CLOSED_re, ENDS_re, HANGS_re, PERIOD_re, REST_re, line_words

WHOLE_re = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|总\s*和)$")
ONE_ROW = 0.75
"""If so many of the bands between rules hold one row, each band is one row."""


@dataclass(frozen=True, slots=True, eq=False)
class GridCell:
    """A cell in the making: its place and span, and the segments that stand in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    parts: list[int]


def _is_full(row: list[int], places: dict[int, tuple[int, int]], columns: int) -> bool:
    """Whether a row has words in each column: in shaded rows the head and the first row share the white above a shade."""
    return {at for part in row for at in range(places[part][0], places[part][1] + 1)} >= set(range(1, columns))


def _head_over_first(
    sheet: Sheet, segments: Segments, rows: list[list[int]], places: dict[int, tuple[int, int]], columns: int
) -> bool:
    """The first white band holds the head, all words, and the first row, with words in each column."""
    values = [[is_value(line_words(sheet, segments, [part])) for part in row] for row in rows]
    return _is_full(rows[-1], places, columns) and not any(map(any, values[:-1]))


def bands_to_cells(
    sheet: Sheet,
    segments: Segments,
    bands: list[list[int]],
    levels: list[float],
    places: dict[int, tuple[int, int]],
    runs: list[tuple[float, float]],
    em: float,
    ruled: bool,
    between: list[float],
    beside: int,
) -> tuple[list[GridCell], list[float], int]:
    """(cells, row levels, header rows) of the bands of a block from top to bottom; `between` are levels that part the
    cells of column `beside` too, where others do not."""
    columns = len(runs)
    fits = wrap_widths(segments, places, runs, em)
    sides = (runs[0][0], runs[-1][1])
    rows_of = []
    head = None
    told_head = ruled and len(bands) > 1
    shaded_head = not ruled and len(bands) > 1 and is_shaded_head(sheet, segments, bands, runs)
    if bands:
        head, rest = head_cells(
            segments,
            bands[0],
            places,
            runs,
            em,
            partial_rules(sheet, segments, bands[0], runs),
            whole=told_head or shaded_head,
            words=lambda part: line_words(sheet, segments, [part]),
        )
        if head is not None:
            bands = [rest, *bands[1:]]
    body = [part for band in bands[told_head and head is None :] for part in band]
    if not between:
        beside = label_column(sheet, segments, body, places, columns)
    labels = (
        ruled_labels(segments, body, places, between, beside)
        if between
        else find_labels(sheet, segments, body, places, columns, em, beside)
    )
    labelling = {part for label in labels for part in label.parts}
    for band in bands:
        band = [part for part in band if part not in labelling]
        rows = band_to_rows(sheet, segments, band, places, columns, fits, sides)
        if ruled and len({places[part] for part in band}) == 1 and places[band[0]][0] > 0:
            rows = [[part for row in rows for part in row]]  # between rules one cell alone: the rest of a cut one
        rows_of.append(rows)
    # words in every column can stand once only in one row; what else the words seem to show are its wrapped lines
    single = [rows for rows in rows_of if rows and sum(_is_full(row, places, columns) for row in rows) < 2]
    if shades_alternate(sheet, segments, [[part for row in rows for part in row] for rows in rows_of], runs):
        rows_of = [
            # without a shade of its own the head shares the first band with a row
            rows if len(rows) < 2 or (at == 0 and _head_over_first(sheet, segments, rows, places, columns)) or stacks_numbers(sheet, segments, rows, places)
            else [[part for row in rows for part in row]]
            for at, rows in enumerate(rows_of)
        ]  # fmt: skip
    elif len(rows_of) >= 4 and len(single) >= ONE_ROW * len([rows for rows in rows_of if rows]):
        rows_of = [
            rows if not rows or (at == 0 and not ruled and len(rows) > 1 and _is_full(rows[-1], places, columns))
            or counts_rows(sheet, segments, rows, places)
            else [[piece for row in rows for piece in row]]
            for at, rows in enumerate(rows_of)
        ]  # fmt: skip
    cells: list[GridCell] = []
    extents: list[tuple[float, float]] = []
    if head is not None:
        for cell in head:
            cells.append(GridCell(cell.row, cell.column, cell.rowspan, cell.colspan, cell.parts))
        extents += head_extents(segments, head)
    grouped = len(extents) > 1
    told = grouped or sum(map(len, rows_of)) >= 1.5 * len(rows_of)
    header = len(extents) if told else 0
    before = len(extents)
    breaks = set()
    for rows in rows_of:
        for row in rows:
            made = row_to_cells(sheet, segments, row, places, len(extents), columns, sides)
            if labels and (total := _total_over(sheet, segments, made, beside)) is not None:
                made = total
            if any(cell.colspan > 1 for cell in made[: beside + 1]):
                breaks.add(len(extents) - before)
            cells += made
            boxes = segments.boxes[row]
            extents.append((float(boxes[:, 1].min()), float(boxes[:, 3].max())))
    if not extents:
        return [], [], 0
    if labels:
        if not before and rows_of and is_heading_row(sheet, segments, rows_of[0][0], labels[0], columns):
            breaks.add(0)
            cells = [
                GridCell(0, beside, 1, 1, labels[0].parts) if (cell.row, cell.column) == (0, beside) else cell
                for cell in cells
            ]
            labels = labels[1:]
        own = extents[before:]
        cuts = {row for row in range(1, len(own)) if any(own[row - 1][1] - 2 < y < own[row][0] + 2 for y in between)}
        heights = [
            [
                (float(boxes[:, 1].min()), float(boxes[:, 3].max()))
                for cell in some
                if len(boxes := segments.boxes[cell.parts])
            ]
            for row in range(before, len(extents))
            if (some := [cell for cell in cells if cell.row == row and cell.rowspan == 1 and cell.parts])
        ]
        groups = labels_to_groups(labels, own, breaks, cuts, stand_at_top(heights))
        taken = {row + before for first, last, _ in groups for row in range(first, last + 1)}
        cells = [cell for cell in cells if cell.column != beside or cell.row not in taken or cell.colspan > 1]
        cells += [GridCell(first + before, beside, last - first + 1, 1, parts) for first, last, parts in groups]
    cells = _spread_totals(sheet, segments, cells, runs, beside)
    ys = [extents[0][0] - 2]
    for above, below in itertools.pairwise(extents):
        drawn = [level for level in levels if above[1] - 2 <= level <= below[0] + 2]
        ys.append(drawn[0] if drawn else (above[1] + below[0]) / 2)
    ys.append(extents[-1][1] + 2)
    if levels:
        ys[0] = min(ys[0], levels[0]) if levels[0] > ys[0] - 12 else ys[0]
        ys[-1] = max(ys[-1], levels[-1]) if levels[-1] < ys[-1] + 12 else ys[-1]
    return cells, ys, header


def is_shaded_head(sheet: Sheet, segments: Segments, bands: list[list[int]], runs: list[tuple[float, float]]) -> bool:
    """The first band stands on a shade, has words alone, and more than one row of them or the only shade of the table."""
    words = [line_words(sheet, segments, [part]) for part in bands[0]]
    if any(map(is_value, words)) or not len(sheet.fills):
        return False
    shaded = [_is_shaded(sheet, segments, band, runs) for band in bands]
    several = len({int(line) for line in segments.line[bands[0]]}) > 1
    return shaded[0] and (several or not any(shaded[1:]))


def opens_on_shade(sheet: Sheet, segments: Segments, bands: list[list[int]], runs: list[tuple[float, float]]) -> bool:
    """The first band has words alone and stands on a shade over all columns, whatever shades are below it."""
    words = [line_words(sheet, segments, [part]) for part in bands[0]]
    return not any(map(is_value, words)) and len(sheet.fills) > 0 and _is_shaded(sheet, segments, bands[0], runs)


def shades_alternate(sheet: Sheet, segments: Segments, bands: list[list[int]], runs: list[tuple[float, float]]) -> bool:
    """Every second band stands on a shade, as in tables where each row is told from the next by it."""
    if len(sheet.fills) < 2:
        return False
    shaded = [_is_shaded(sheet, segments, band, runs) for band in bands if band]
    turns = sum(a != b for a, b in itertools.pairwise(shaded))
    return sum(shaded) > 1 and turns >= 0.9 * (len(shaded) - 1)


def counts_rows(sheet: Sheet, segments: Segments, rows: list[list[int]], places: dict[int, tuple[int, int]]) -> bool:
    """The first column of these rows counts them: 5, 6, 7."""
    first = [[line_words(sheet, segments, [part]) for part in row if places[part] == (0, 0)] for row in rows]
    numbers = [int(words[0]) for words in first if len(words) == 1 and words[0].isdecimal()]
    return len(numbers) > 1 and all(b == a + 1 for a, b in itertools.pairwise(numbers))


def stacks_numbers(sheet: Sheet, segments: Segments, rows: list[list[int]], places: dict[int, tuple[int, int]]) -> bool:
    """Numbers stand one above the other in a column of these rows."""
    parts = [part for row in rows for part in row]
    columns = [places[part] for part in parts if CLOSED_re.match(line_words(sheet, segments, [part]))]
    return len(set(columns)) < len(columns)


def _is_shaded(sheet: Sheet, segments: Segments, band: list[int], runs: list[tuple[float, float]]) -> bool:
    boxes, fills = segments.boxes[band], sheet.fills
    top, bottom = float(boxes[:, 1].min()) + 2, float(boxes[:, 3].max()) - 2
    left, right = runs[0][0], runs[-1][1]
    high = np.minimum(fills[:, 3], bottom) - np.maximum(fills[:, 1], top)
    wide = np.minimum(fills[:, 2], right) - np.maximum(fills[:, 0], left)
    over = (high > 0) & (wide > 0)
    return bool((wide[over] * high[over]).sum() > 0.75 * (right - left) * (bottom - top))


def is_heading_row(sheet: Sheet, segments: Segments, row: list[int], label: Label, columns: int) -> bool:
    """The first row is a header: words, no numbers, in nearly all columns, the first label beside them."""
    top, bottom = float(segments.boxes[row, 1].min()), float(segments.boxes[row, 3].max())
    beside = top - 2 < label.middle < bottom + 2 and len(row) >= columns - 2
    return beside and not any(is_value(line_words(sheet, segments, [part])) for part in row)


def head_extents(segments: Segments, head: list[HeadCell]) -> list[tuple[float, float]]:
    """Top and bottom of each header row: cells of one row where there are some, else what lies between."""
    rows = max(cell.row + cell.rowspan for cell in head)
    extents = []
    for row in range(rows):
        own = [part for cell in head if cell.row == row and cell.rowspan == 1 for part in cell.parts]
        own = own or [part for cell in head if cell.row <= row < cell.row + cell.rowspan for part in cell.parts]
        boxes = segments.boxes[own]
        extents.append((float(boxes[:, 1].min()), float(boxes[:, 3].max())))
    return extents


def wrap_widths(
    segments: Segments, places: dict[int, tuple[int, int]], runs: list[tuple[float, float]], em: float
) -> list[float]:
    """For each column the width from which a line is full; infinite where the column has room to spare beside it."""
    widths = []
    for at, (low, high) in enumerate(runs):
        # nothing stands to the right of the last column, so its lines end where its words are wrapped
        room = runs[at + 1][0] - high if at + 1 < len(runs) else 0.0
        if at > 0:
            room = min(room, low - runs[at - 1][1])
        widest = max(
            (float(segments.boxes[p, 2] - segments.boxes[p, 0]) for p, place in places.items() if place == (at, at)),
            default=0.0,
        )
        widths.append(max(widest - 1.7 * em, 0.6 * widest) if room < 3.0 * em else 1e9)
    return widths


def band_to_rows(
    sheet: Sheet,
    segments: Segments,
    band: list[int],
    places: dict[int, tuple[int, int]],
    columns: int,
    fits: list[float],
    sides: tuple[float, float],
) -> list[list[int]]:
    """The rows of a band as lists of segments; a line that is alone and spans columns is a row of its own."""
    rows: list[list[int]] = []
    pieces: list[Piece] = []

    def close() -> None:
        for strips in strips_to_rows(pieces_to_strips(pieces), columns):
            rows.append(sorted(piece.at for strip in strips for piece in strip.pieces))
        pieces.clear()

    for line in group_by_line(segments, np.array(sorted(band))):
        if len(line) == 1 and (
            places[line[0]][1] > places[line[0]][0] or _is_category(sheet, segments, line, places, columns, sides)
        ):
            close()
            rows.append(line)
            continue
        for part in line:
            x0, top, x1, bottom = segments.boxes[part].tolist()
            column = places[part][0]
            words = line_words(sheet, segments, [part])
            slack = 4.0 * float(segments.size[part]) if words[-1] < "\u2e80" else 0.0
            full, closed = x1 - x0 >= fits[column] - slack, bool(CLOSED_re.match(words) or PERIOD_re.match(words))
            rest, hangs, ends = REST_re.match(words), HANGS_re.search(words), ENDS_re.search(words)
            size = float(segments.size[part])
            pieces.append(
                Piece(
                    column,
                    top,
                    bottom,
                    size,
                    full,
                    closed,
                    part,
                    bool(rest),
                    bool(hangs),
                    bool(ends),
                    x1 - x0 > LONG * size,
                    int(words) if words.isdecimal() else -1,
                )
            )
    close()
    return rows


def _total_over(sheet: Sheet, segments: Segments, made: list[GridCell], beside: int) -> list[GridCell] | None:
    """The cells of a row whose words beside an empty category are 合计: they stand for both, and belong to no category."""
    if len(made) <= beside + 1 or made[beside].parts or any(cell.parts for cell in made[:beside]):
        return None
    name = made[beside + 1]
    if name.colspan > 1 or not name.parts or not WHOLE_re.match(line_words(sheet, segments, name.parts)):
        return None
    return [GridCell(name.row, 0, 1, beside + 2, name.parts), *made[beside + 2 :]]


def _spread_totals(
    sheet: Sheet, segments: Segments, cells: list[GridCell], runs: list[tuple[float, float]], beside: int
) -> list[GridCell]:
    """The cells; 合计 in the middle over its column and the next one, which is empty there, goes over both."""
    at = {(cell.row, cell.column): cell for cell in cells if (cell.rowspan, cell.colspan) == (1, 1)}
    spread: dict[tuple[int, int], GridCell] = {}
    for (row, column), cell in at.items():
        after = at.get((row, column + 1))
        if column > beside or not cell.parts or after is None or after.parts:
            continue
        boxes = segments.boxes[cell.parts]
        middle = float(boxes[:, 0].min() + boxes[:, 2].max()) / 2
        if off_centre(runs, column, column + 1, middle) < off_centre(runs, column, column, middle) and WHOLE_re.match(
            line_words(sheet, segments, cell.parts)
        ):
            spread[row, column] = GridCell(row, column, 1, 2, cell.parts)
            spread[row, column + 1] = spread[row, column]
    if not spread:
        return cells
    kept = [cell for cell in cells if (cell.row, cell.column) not in spread or cell.colspan > 1]
    return kept + list({id(cell): cell for cell in spread.values()}.values())


def _is_category(
    sheet: Sheet,
    segments: Segments,
    row: list[int],
    places: dict[int, tuple[int, int]],
    columns: int,
    sides: tuple[float, float],
) -> bool:
    """A segment alone in its row that is numbered like a category and stands in the first column, or in the middle of all."""
    if len(row) > 1 or columns < 3:
        return False
    if places[row[0]][0] == 0:
        return bool(CATEGORY_re.match(line_words(sheet, segments, row)))
    return is_category(sheet, segments, row, *sides)


def row_to_cells(
    sheet: Sheet,
    segments: Segments,
    row: list[int],
    places: dict[int, tuple[int, int]],
    at: int,
    columns: int,
    sides: tuple[float, float],
) -> list[GridCell]:
    """The cells of one row; a lone spanning segment that begins in the first column is a category over all columns, and
    so is one that is numbered like a category."""
    if _is_category(sheet, segments, row, places, columns, sides):
        return [GridCell(at, 0, 1, columns, row)]
    if len(row) == 1 and places[row[0]][1] > places[row[0]][0]:
        first, last = places[row[0]]
        if first == 0:
            return [GridCell(at, 0, 1, columns, row)]
        return [
            GridCell(at, first, 1, last - first + 1, row),
            *(GridCell(at, c, 1, 1, []) for c in range(columns) if not first <= c <= last),
        ]
    by_column: dict[int, list[int]] = {}
    for part in row:
        by_column.setdefault(places[part][0], []).append(part)
    return [GridCell(at, column, 1, 1, by_column.get(column, [])) for column in range(columns)]


def partial_rules(
    sheet: Sheet, segments: Segments, band: list[int], runs: list[tuple[float, float]]
) -> list[tuple[float, float, float]]:
    """Lying rules inside a band that go over some of the columns: they draw the groups of a header."""
    if not len(sheet.rules) or not band:
        return []
    boxes = segments.boxes[band]
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    rules = sheet.rules
    inside = (rules[:, 3] - rules[:, 1] < 3) & (rules[:, 1] > top) & (rules[:, 3] < bottom)
    wide = rules[:, 2] - rules[:, 0]
    whole = runs[-1][1] - runs[0][0]
    inside &= (wide > 12) & (wide < 0.95 * whole)
    return [(float(rule[1]), float(rule[0]), float(rule[2])) for rule in rules[inside]]
