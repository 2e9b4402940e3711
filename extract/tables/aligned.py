"""Tables that rules alone do not draw: three-line, lying rules only, shaded rows, and columns of words without any rule."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..reading.quick import median
from .bands import GridCell, WHOLE_re, bands_to_cells, is_shaded_head, opens_on_shade
from .blocks import find_blocks
from .halves import page_halves
from .heads import is_value
from .names import join_open_names, rule_under_head
from .regions import Block, CATEGORY_re, group_by_line, is_barrier, is_over, white_gaps
from .rulings import Lattice
from .segments import Segments, lines_with_leaders, sheet_to_segments
from .sheet import Sheet
from .wording import CLOSED_re, PERIOD_re, line_words

NARROWEST = 0.3
"""White between two columns, in font sizes, at least."""
FILLED = 0.4
"""The least share of places that are filled in a table without rules."""
MOST_LAST = 5
"""Rows of a table, head included, that is known by its place at the top of a page, at most."""
FEWEST_LAST = 5
"""Columns of such a table whose rows are not mostly numbers, at least."""
MOST_IN_HEAD = 8
"""A head of groups whose rows have a shade each has fewer lines of words."""
FEW_NAMES = 0.75
"""The first row of such a head has names for a smaller share of the columns."""
FEWEST_WRITTEN = 16
"""Characters of prose written from top to bottom, at least."""
WRITTEN = 0.8
"""The share of segments that are one character there, at least."""
OFTEN = 0.35
"""The share of the two most frequent of them is less."""
DEEPEST_HEAD = 7
"""Lines of a header among which the first number is looked for."""
CHAPTER_re = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节条篇]|^[一二三四五六七八九十]+、|^附[表图件录]|^前言|^目录|^[（(][一二三四五六七八九十]+[）)]|^\d+(?:\.\d+)+"
)
HEADING_re = re.compile(
    r"^第[一二三四五六七八九十百\d]+[章节条篇款]|^[•●▪■◆◇○□·*‧➢✓√–—-]$|^[（(]?(?:\d{1,3}|[一二三四五六七八九十]+|[a-z])[)）、.．]$"
)
"""The number of a heading, or the mark of an item of a list."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A block read as a table: its cells, its row levels and column edges, and the segments used."""

    cells: list[GridCell]
    ys: list[float]
    xs: list[float]
    header: int


def find_aligned(sheet: Sheet, free: np.ndarray, horizontal: np.ndarray) -> list[tuple[Found, Segments, Block]]:
    """What the free characters of a page (bool over the sheet) show as tables; `horizontal` are the rules not yet used."""
    chars = np.flatnonzero(free)
    if len(chars) < 6:
        return []
    segments = sheet_to_segments(sheet, chars)
    if not (np.bincount(segments.line) > 1).any():
        return []
    found = []
    parts = page_halves(segments)
    for part in parts:
        if len(parts) > 1:
            segments = sheet_to_segments(sheet, part)
        leaders = lines_with_leaders(sheet, segments)
        for block in find_blocks(sheet, segments, horizontal, leaders):
            under = rule_under_head(sheet, segments, block, horizontal)
            if under is not None:
                block.levels.insert(1, under)
            table = block_to_table(sheet, segments, block)
            if table is not None:
                found.append((table, segments, block))
    return found


def find_framed(sheet: Sheet, free: np.ndarray, lattice: Lattice) -> tuple[Found, Segments, Block] | None:
    """The table in a frame without standing rules inside: lying rules, shades or only its words show its rows."""
    x0, top, x1, bottom = lattice.box
    middle = (sheet.boxes[:, 1] + sheet.boxes[:, 3]) / 2
    chars = np.flatnonzero(free & (sheet.lefts > x0 - 2) & (sheet.rights < x1 + 2) & (middle > top) & (middle < bottom))
    if len(chars) < 6:
        return None
    segments = sheet_to_segments(sheet, chars)
    lines = group_by_line(segments, np.arange(len(segments)))
    several = sum(len(line) > 1 for line in lines)
    wide = sum(
        segments.boxes[line[0], 2] - segments.boxes[line[0], 0] > 0.6 * (x1 - x0) for line in lines if len(line) == 1
    )
    if (
        several < max(3, 0.4 * len(lines))
        or wide > 0.15 * len(lines)
        or any(is_barrier(sheet, segments, line) for line in lines)
    ):
        return None
    block = Block(
        list(range(len(segments))), lattice.ys.tolist() if len(lattice.ys) > 2 else [], x0, x1, len(lattice.ys) > 3
    )
    found = block_to_table(sheet, segments, block)
    if found is None or len(found.ys) < 4:
        return None
    return found, segments, block


def block_to_table(sheet: Sheet, segments: Segments, block: Block) -> Found | None:
    """The table that a block shows, or None if its words stand in no columns and rows."""
    segments, held, further = join_open_names(sheet, segments, block.segments)
    if further:
        block = replace(block, segments=held)
    parts = np.array(block.segments)
    lines = group_by_line(segments, parts)
    em = median(segments.size[parts])
    named = {line[0] for line in lines if len(line) == 1 and CATEGORY_re.match(line_words(sheet, segments, line))}
    totals = {part for line in lines[1:] for part in line[:1] if WHOLE_re.match(line_words(sheet, segments, [part]))}
    runs = find_runs(segments, lines, em, named, totals)
    if len(runs) < 2:
        return None
    levels = block_levels(sheet, segments, block)
    if not block.ruled and (shade := _head_shade(sheet, segments, block, lines, runs, em)) is not None:
        levels = [level for level in levels if not shade[0] + 3.5 < level < shade[1] - 3.5]
    bands = cut_at_levels(segments, parts, levels)
    if block.ruled and len(bands) > 1:
        runs = join_head_and_body(segments, bands, runs, em, totals)
    elif not block.ruled and len(lines) > 1:
        if len(bands) > 1 and is_shaded_head(sheet, segments, bands, runs):
            head = len(group_by_line(segments, np.array(bands[0])))
        else:
            # a name of a group alone in the first line stands above the line that has most names
            head = next((at + 1 for at, line in enumerate(lines[:4]) if len(line) > (2 if at else 1)), 0)
            if len(lines[0]) < FEW_NAMES * len(runs):  # names of groups: below them stand others, down to the numbers
                values = [_has_value(sheet, segments, line) for line in lines]
                first = next((at for at, value in enumerate(values[:DEEPEST_HEAD]) if value), 0)
                head = max(head, first) if sum(values) >= max(3, 0.6 * (len(values) - first)) else head
        if 0 < head < len(lines):
            ends = [[part for line in some for part in line] for some in (lines[:head], lines[head:])]
            runs = join_head_and_body(segments, ends, runs, em, totals)
    places = {
        part: column_range(box, runs, em)
        for part, box in zip(block.segments, segments.boxes[block.segments].tolist(), strict=True)
    }
    cells, ys, header = bands_to_cells(
        sheet, segments, bands, levels, places, runs, em, bool(block.levels), block.levels if block.inner else [],
        max((at for at, (low, high) in enumerate(runs) if low + high < 2 * block.left_out), default=0),
    )  # fmt: skip
    if not cells:
        return None
    inner = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(runs)]
    xs = [min(block.x0, runs[0][0] - 1), *inner, max(block.x1, runs[-1][1] + 1)]
    found = Found(cells, ys, xs, header)
    shaded = not block.ruled and len(bands) > 1 and opens_on_shade(sheet, segments, bands, runs)
    if not is_tabular(sheet, segments, block, found, runs, em, shaded):
        return None
    for cell in found.cells:
        cell.parts[:] = [line for part in cell.parts for line in (part, *further.get(part, ()))]
    return found


def _has_value(sheet: Sheet, segments: Segments, line: list[int]) -> bool:
    return any(is_value(line_words(sheet, segments, [part])) for part in line)


# -- columns


def find_runs(
    segments: Segments, lines: list[list[int]], em: float, named: set[int], totals: set[int]
) -> list[tuple[float, float]]:
    """The runs of x in which the columns stand, from left to right; `named` are category rows, which stand in none, and
    `totals` words such as 合计, which may stand over two.

    Lines of one segment (wrapped words, category rows) and the first lines (where a head may span columns) do not count
    if without them there are more columns.
    """
    wrapped = {part for line in lines[1:4] for part in line if _wraps(segments, lines[:4], part, None)}
    top = [part for line in lines[:5] for part in line]
    over = {part for line in lines[:4] for part in line if is_over(segments, top, part)}
    wrapped |= over | totals
    several = [kept for line in lines if len(line) > 1 and (kept := [part for part in line if part not in wrapped])]
    best: list[tuple[float, float]] = []
    most = min(3, max(0, len(several) - 3))
    for skip in range(most + 1):
        body = several[skip:]
        runs = boxes_to_runs(segments.boxes[[part for line in body for part in line]], em)
        if len(runs) > len(best):
            best = runs
    if not best:
        return best
    for line in lines[:4]:
        for part in line:
            x0, _, x1, _ = segments.boxes[part].tolist()
            if all(x1 < low - NARROWEST * em or x0 > high + NARROWEST * em for low, high in best):
                if _wraps(segments, lines[:4], part, best) or _heads_two(segments, lines[:5], part, best):
                    continue
                best = sorted([*best, (x0, x1)])
    single = [part for line in lines if len(line) == 1 for part in line if part not in over | named]
    best = _with_categories(segments, best, [part for part in single if part not in lines[0]], em)
    return widen(segments, best, single, em)


def _with_categories(
    segments: Segments, runs: list[tuple[float, float]], single: list[int], em: float
) -> list[tuple[float, float]]:
    """The runs with that of words alone in their lines left of all others: categories set to the middles of their rows."""
    left = runs[0][0] - NARROWEST * em
    boxes = segments.boxes[[part for part in single if segments.boxes[part, 2] < left]]
    if len(boxes) < 2 or float(boxes[:, 0].max()) > float(boxes[:, 2].min()):
        return runs
    return [(float(boxes[:, 0].min()), float(boxes[:, 2].max())), *runs]


def _heads_two(segments: Segments, lines: list[list[int]], part: int, runs: list[tuple[float, float]]) -> bool:
    """A segment of the head between two columns that have words below it and none beside it: the name of a group."""
    x0, top, x1, bottom = segments.boxes[part].tolist()
    left = max((run for run in runs if run[1] <= x0), default=None)
    right = min((run for run in runs if run[0] >= x1), default=None)
    if left is None or right is None:
        return False
    for low, high in (left, right):
        own = [box for line in lines for box in segments.boxes[line].tolist() if box[0] < high and box[2] > low]
        if any(box[1] < bottom - 1 and box[3] > top + 1 for box in own) or not any(box[1] > bottom - 2 for box in own):
            return False
    return True


def _wraps(segments: Segments, lines: list[list[int]], part: int, runs: list[tuple[float, float]] | None) -> bool:
    """Whether a segment of the head only goes on with the one above it (耕地保有量（万 over 亩）), which stands in a column."""
    x0, top, x1, _ = segments.boxes[part].tolist()
    for line in lines:
        for other in line:
            left, _, right, bottom = segments.boxes[other].tolist()
            above = bottom <= top + 2 and top - bottom < 1.2 * (x1 - x0 + top - bottom + 8)
            if other != part and above and left - 1 <= x0 and x1 <= right + 1:
                return runs is None or any(right > low and left < high for low, high in runs)
    return False


def join_head_and_body(
    segments: Segments, bands: list[list[int]], runs: list[tuple[float, float]], em: float, totals: set[int]
) -> list[tuple[float, float]]:
    """A column that has only a head and its neighbour that has none are one: the words below stand aside of the head."""
    named = [part for part in bands[0] if not is_over(segments, bands[0], part)]
    head = {column_range(box, runs, em)[0] for box in segments.boxes[named].tolist()}
    body = {
        column_range(box, runs, em)[0]
        for band in bands[1:]
        for box in segments.boxes[[p for p in band if p not in totals]].tolist()
    }
    joined: list[tuple[float, float]] = []
    alone = ""
    for at, run in enumerate(runs):
        if at not in head and at not in body:
            continue  # the name of a group stands alone there
        kind = "both" if at in head and at in body else "head" if at in head else "body"
        if joined and {alone, kind} == {"head", "body"}:
            joined[-1] = (joined[-1][0], run[1])
            kind = "both"
        else:
            joined.append(run)
        alone = kind
    return joined if len(joined) > 1 else runs


def boxes_to_runs(boxes: np.ndarray, em: float) -> list[tuple[float, float]]:
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    gaps = white_gaps(boxes, left, right, narrowest=NARROWEST * em)
    edges = [left, *(edge for gap in gaps for edge in gap), right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def widen(
    segments: Segments, runs: list[tuple[float, float]], parts: list[int], em: float
) -> list[tuple[float, float]]:
    """The runs with the wrapped words that stand in one of them and reach a little farther."""
    wide = [list(run) for run in runs]
    for part in parts:
        x0, _, x1, _ = segments.boxes[part].tolist()
        hit = [at for at, (low, high) in enumerate(runs) if x0 < high and x1 > low]
        if len(hit) == 1:
            at = hit[0]
            if (at == 0 or x0 > wide[at - 1][1] + 1) and (at == len(runs) - 1 or x1 < wide[at + 1][0] - 1):
                wide[at] = [min(wide[at][0], x0), max(wide[at][1], x1)]
    return [(low, high) for low, high in wide]


def column_range(box: Sequence[float], runs: list[tuple[float, float]], em: float) -> tuple[int, int]:
    """First and last column that a segment stands in."""
    x0, x1 = box[0], box[2]
    hit = []
    for at, (low, high) in enumerate(runs):
        overlap = min(x1, high) - max(x0, low)
        if overlap > min(0.3 * (high - low), 0.8 * em, 0.6 * (x1 - x0)):
            hit.append(at)
    if hit:
        return hit[0], hit[-1]
    middle = (x0 + x1) / 2
    nearest = min(range(len(runs)), key=lambda at: max(runs[at][0] - middle, middle - runs[at][1], 0.0))
    return nearest, nearest


# -- rows


def block_levels(sheet: Sheet, segments: Segments, block: Block) -> list[float]:
    """Heights at which a rule or the edge of a shade parts rows."""
    boxes = segments.boxes[block.segments]
    top, bottom = float(boxes[:, 1].min()), float(boxes[:, 3].max())
    levels = [*block.levels, *block.inner]
    if len(sheet.fills):
        fills = sheet.fills
        wide = np.minimum(fills[:, 2], block.x1) - np.maximum(fills[:, 0], block.x0)
        part = (wide > 0.05 * (block.x1 - block.x0)) & (fills[:, 1] < bottom) & (fills[:, 3] > top)
        part &= fills[:, 3] - fills[:, 1] < 0.7 * (bottom - top)
        if part.any():
            tops = _shared_levels(fills[part], block.x1 - block.x0)
            levels += [level for level in tops if top - 8 < level < bottom + 8]
    levels.sort()
    kept: list[float] = []
    for level in levels:
        if not kept or level - kept[-1] > 3.5:
            kept.append(level)
    return kept


def _head_shade(
    sheet: Sheet,
    segments: Segments,
    block: Block,
    lines: list[list[int]],
    runs: list[tuple[float, float]],
    em: float,
) -> tuple[float, float] | None:
    """Top and bottom of the shades on which the first line stands, where a cell of several lines of the head makes one of
    them go over two or three lines of words, or where each row of a head of groups has its own shade: what parts the
    shades inside of it parts no rows."""
    fills = sheet.fills
    if not len(fills) or len(lines) < 3:
        return None
    boxes = segments.boxes[lines[0]]
    over = fills[(fills[:, 1] < boxes[:, 1].min() + 2) & (fills[:, 3] > boxes[:, 3].min() - 2)]
    wide = np.minimum(over[:, 2], block.x1) - np.maximum(over[:, 0], block.x0)
    over, wide = over[wide > 0], wide[wide > 0]
    if wide.sum() < 0.75 * (block.x1 - block.x0):
        return None
    top, bottom = float(over[:, 1].min()), float(over[:, 3].max())
    inside = [line for line in lines if float(segments.boxes[line, 1].min()) < bottom - 2]
    groups = len(lines[0]) < FEW_NAMES * len(runs)
    most = MOST_IN_HEAD if groups else 4
    while groups and not _in_all_columns(segments, inside, runs, em):
        below = fills[np.abs(fills[:, 1] - bottom) < 1.5]
        wide = np.minimum(below[:, 2], block.x1) - np.maximum(below[:, 0], block.x0)
        if wide[wide > 0].sum() < 0.75 * (block.x1 - block.x0):
            break
        bottom = float(below[:, 3].max())
        inside = [line for line in lines if float(segments.boxes[line, 1].min()) < bottom - 2]
    words = [line_words(sheet, segments, [part]) for line in inside for part in line]
    return (top, bottom) if 1 < len(inside) < min(most, len(lines)) and not any(map(is_value, words)) else None


def _in_all_columns(segments: Segments, lines: list[list[int]], runs: list[tuple[float, float]], em: float) -> bool:
    """Each column has words in these lines."""
    found = {column_range(box, runs, em) for line in lines for box in segments.boxes[line].tolist()}
    return {column for first, last in found for column in range(first, last + 1)} == set(range(len(runs)))


def _shared_levels(fills: np.ndarray, width: float) -> list[float]:
    """Tops and bottoms of shades that together (cell by cell) go over most of the width."""
    levels: dict[int, float] = {}
    places: dict[int, float] = {}
    for x0, top, x1, bottom in fills.tolist():
        for level in (top, bottom):
            key = next(
                (key for key in (round(level), round(level) - 1, round(level) + 1) if key in levels), round(level)
            )
            levels[key] = levels.get(key, 0.0) + (x1 - x0)
            places[key] = level
    return [places[key] for key, wide in levels.items() if wide > 0.75 * width]


def cut_at_levels(segments: Segments, parts: np.ndarray, levels: list[float]) -> list[list[int]]:
    """Segments between the levels; empty bands left out."""
    middle = (segments.boxes[parts, 1] + segments.boxes[parts, 3]) / 2
    band = np.searchsorted(np.array(levels), middle)
    return [parts[band == at].tolist() for at in np.unique(band).tolist()]


# -- is it a table


def is_tabular(
    sheet: Sheet,
    segments: Segments,
    block: Block,
    found: Found,
    runs: list[tuple[float, float]],
    em: float,
    shaded: bool,
) -> bool:
    """Whether a block reads as a table, and not as prose in columns, a contents page, a list, or labels of a drawing."""
    rows, columns = len(found.ys) - 1, len(runs)
    body = rows - found.header
    filled = sum(bool(cell.parts) * cell.colspan for cell in found.cells)
    if _is_written_down(sheet, segments, block):
        return False
    if block.ruled:
        return filled >= 0.3 * rows * columns and ((body >= 1 and rows >= 2) or columns >= 4)
    if filled < FILLED * rows * columns or (columns == 2 and rows < 4):
        return False
    if rows < 3 and not (shaded and columns > 2) and not _is_rest(sheet, segments, block, filled, rows, columns):
        return False
    by_column: dict[int, list[GridCell]] = {}
    for cell in found.cells:
        if cell.parts and cell.colspan == 1:
            by_column.setdefault(cell.column, []).append(cell)
    if columns == 2 and (_is_headings(sheet, segments, by_column) or _is_bullets(sheet, segments, by_column)):
        return False
    if _over_picture(sheet, segments, block) or _is_contents(sheet, segments, by_column, columns):
        return False
    # names of columns are set to the middle over words at a side
    top = max(1, found.header)
    body_only = {at: [cell for cell in cells if cell.row >= top] or cells for at, cells in by_column.items()}
    tidy = sum(_is_tidy(segments, cells, em) for cells in (body_only if shaded else by_column).values())
    if tidy < 0.7 * columns and not _is_last_page(sheet, segments, block, found, em):
        return False
    return not (columns == 2 and _is_prose(segments, by_column, runs, em))


def _is_written_down(sheet: Sheet, segments: Segments, block: Block) -> bool:
    """Nearly all words are single Chinese characters, and seldom the same (as 是 and 否 would be): prose written from top to
    bottom."""
    parts = np.array(block.segments)
    first = segments.first[parts]
    alone = segments.first[parts + 1] - first == 1
    codes = sheet.codes[segments.order[first[alone]]]
    codes = codes[codes >= 0x2E80]
    if len(codes) < max(FEWEST_WRITTEN, WRITTEN * len(parts)):
        return False
    often = np.sort(np.unique(codes, return_counts=True)[1])[-2:]
    return bool(often.sum() < OFTEN * len(codes))


def _is_rest(sheet: Sheet, segments: Segments, block: Block, filled: int, rows: int, columns: int) -> bool:
    """One or two rows can be the rest of a table from the page before: many columns, nearly all filled, some with numbers."""
    if columns < 4 or filled < 0.8 * rows * columns:
        return False
    numbers = sum(bool(CLOSED_re.match(line_words(sheet, segments, [part]))) for part in block.segments)
    return rows == 2 or (columns >= 5 and numbers >= 3)


def _is_last_page(sheet: Sheet, segments: Segments, block: Block, found: Found, em: float) -> bool:
    """A head and a few rows at the top of a page: names set to the middle over words at a side.

    The rows are mostly numbers; or there are many columns, and each row, but for the rest of one that the page before
    cut, has words in nearly all of them and some number.
    """
    if len(found.ys) > MOST_LAST + 1 or segments.boxes[block.segments, 1].min() > 0.2 * sheet.height:
        return False
    head, body = ([cell for cell in found.cells if cell.parts and (cell.row == 0) == first] for first in (True, False))
    if any(CLOSED_re.match(line_words(sheet, segments, cell.parts)) for cell in head):
        return False
    columns = len(found.xs) - 1
    values: dict[int, list[bool]] = {}
    by_column: dict[int, list[GridCell]] = {}
    for cell in body:
        words = line_words(sheet, segments, cell.parts)
        values.setdefault(cell.row, []).append(bool(CLOSED_re.match(words) or PERIOD_re.match(words)))
        by_column.setdefault(cell.column, []).append(cell)
    if len(found.ys) <= 4 and len(body) > 2 and sum(map(sum, values.values())) >= 0.5 * len(body):
        return True
    if columns < FEWEST_LAST or len(head) < columns or any(cell.colspan > 1 for cell in body):
        return False
    rows = [row for at, row in sorted(values.items()) if at > 1 or len(row) > columns // 2]
    tidy = sum(_is_tidy(segments, cells, em) for cells in by_column.values())
    return bool(rows) and tidy >= 0.7 * columns and all(len(row) >= 0.8 * columns and any(row) for row in rows)


def _is_tidy(segments: Segments, cells: list[GridCell], em: float) -> bool:
    """The cells of a column stand at its left, its middle or its right."""
    boxes = np.array([_around(segments, cell.parts) for cell in cells])
    for places in (boxes[:, 0], boxes[:, 2], (boxes[:, 0] + boxes[:, 2]) / 2):
        if np.mean(np.abs(places - median(places)) < 0.6 * em) >= 0.7:
            return True
    return False


def _around(segments: Segments, parts: list[int]) -> tuple[float, float]:
    boxes = segments.boxes[parts].tolist()
    return (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes))  # type: ignore[return-value]


def _is_prose(
    segments: Segments, by_column: dict[int, list[GridCell]], runs: list[tuple[float, float]], em: float
) -> bool:
    """Both columns hold full lines: prose set in two columns."""
    for column, (low, high) in enumerate(runs):
        boxes = segments.boxes[[part for cell in by_column.get(column, []) for part in cell.parts]]
        full = (boxes[:, 2] - boxes[:, 0]) > 0.8 * (high - low)
        if high - low < 12 * em or full.mean() < 0.4:
            return False
    return True


def _is_contents(sheet: Sheet, segments: Segments, by_column: dict[int, list[GridCell]], columns: int) -> bool:
    """Headings on the left, page numbers that never fall on the right."""
    last = [line_words(sheet, segments, cell.parts) for cell in by_column.get(columns - 1, [])]
    numbers = [int(words) for words in last if words.isdecimal()]
    if len(numbers) < 0.8 * max(1, len(last)) or numbers != sorted(numbers):
        return False
    first = [line_words(sheet, segments, cell.parts) for cell in by_column.get(0, [])]
    return sum(bool(CHAPTER_re.search(words)) for words in first) >= 0.4 * max(1, len(first))


def _is_headings(sheet: Sheet, segments: Segments, by_column: dict[int, list[GridCell]]) -> bool:
    """第四条 规划范围, line after line: numbers and titles of headings, or marks and words of a list."""
    first = [line_words(sheet, segments, cell.parts) for cell in by_column.get(0, [])]
    return sum(bool(HEADING_re.match(words)) for words in first) >= 0.6 * max(1, len(first))


def _is_bullets(sheet: Sheet, segments: Segments, by_column: dict[int, list[GridCell]]) -> bool:
    """Most of the words of the second column open with the mark of an item: a list set in two columns."""
    last = [line_words(sheet, segments, cell.parts) for cell in by_column.get(1, [])]
    return sum(words[:1] in "·•●▪■◆◇○‧∙" for words in last if words) >= 0.6 * max(1, len(last))


def _over_picture(sheet: Sheet, segments: Segments, block: Block) -> bool:
    """Most of the words stand on a picture: labels of a map."""
    images = sheet.images
    if not len(images):
        return False
    boxes = segments.boxes[block.segments]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    on = (
        (x[:, None] > images[:, 0])
        & (x[:, None] < images[:, 2])
        & (y[:, None] > images[:, 1])
        & (y[:, None] < images[:, 3])
    )
    return bool(on.any(axis=1).mean() > 0.5)
