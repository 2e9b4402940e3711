"""Runs of lines cut into columns that no rule frames: where a table without rules may stand on a page."""

from __future__ import annotations

import re

import numpy as np

from ..reading.quick import median
from .regions import (
    FARTHEST,
    Block,
    CATEGORY_re,
    extend_block,
    group_by_line,
    hangs_on,
    is_barrier,
    is_category,
    ruled_blocks,
    runs_of,
)
from .segments import Segments
from .sheet import Sheet
from .titles import SENTENCE_END
from .wording import CLOSED_re, line_words

SECTION_re = re.compile(
    r"^第\s*[0-9一二三四五六七八九十百零〇○]+\s*[章节条篇编](?!\s*(?:的|之|所|中|规定|第|和|与|至|及|款|[、，]))[^。；，：]{0,40}$"
)
"""The heading of a chapter, section or article as it fills a line: 第33条 整治修复."""


def find_blocks(sheet: Sheet, segments: Segments, horizontal: np.ndarray, leaders: np.ndarray) -> list[Block]:
    """All stretches of the page that may be tables, those with rules first."""
    free = ~np.isin(segments.line, leaders) if len(leaders) else np.ones(len(segments), dtype=bool)
    blocks = ruled_blocks(sheet, segments, horizontal, free)
    lines = group_by_line(segments, np.flatnonzero(free))
    for block in blocks:
        extend_block(sheet, segments, block, lines, free)
    lines = group_by_line(segments, np.flatnonzero(free))
    return blocks + plain_blocks(sheet, segments, lines)


def plain_blocks(sheet: Sheet, segments: Segments, lines: list[list[int]]) -> list[Block]:
    """Runs of lines of which most are cut into segments, ended by prose, titles and wide white."""
    blocks: list[Block] = []
    boxes = segments.boxes
    run: list[list[int]] = []
    edge = 0.0

    def close() -> None:
        while run and len(run[-1]) < 2 and not hangs_on(boxes, run) and not _ends_in_category(sheet, segments, run):
            run.pop()
        several = sum(len(line) > 1 for line in run)
        if several >= 2 or (several == 1 and run[0] in lines[:3] and max(map(len, run)) >= 5):
            parts = sorted(part for line in run for part in line)
            blocks.append(Block(parts, [], float(boxes[parts, 0].min()), float(boxes[parts, 2].max())))
        run.clear()

    tops, bottoms = boxes[:, 1].tolist(), boxes[:, 3].tolist()
    for at, line in enumerate(lines):
        top, bottom = min([tops[part] for part in line]), max([bottoms[part] for part in line])
        size = float(segments.size[line[0]])
        if run and top - edge > FARTHEST * size:
            close()
        if len(line) <= 3 and is_barrier(sheet, segments, line):
            close()
            continue
        if len(line) <= 2 and _heads_section(sheet, segments, line, run):
            close()
            continue
        if len(line) > 1 and len(run) > 3 and _runs_over(boxes, run, line, size):
            close()
        if len(line) < 2:
            fits = _fits(boxes, extent(boxes, lines, at), line) or _begins_column(boxes, lines, at)
            if run and (fits or _shares_shade(sheet, boxes, run[-1], line, size)):
                run.append(line)
                edge = max(edge, bottom)
            elif run:
                close()
                run.clear()
            if not run and _opens(boxes, segments, lines, at):
                run.append(line)
                edge = bottom
            continue
        if all(len(other) < 2 for other in run):
            for head in (_head_lines(sheet, segments, lines, at), _cut_lines(sheet, segments, lines, at)):
                run[:] = head if len(head) > len(run) else run
        run.append(line)
        edge = max(edge, bottom) if len(run) > 1 else bottom
    close()
    return blocks


def _head_lines(sheet: Sheet, segments: Segments, lines: list[list[int]], at: int) -> list[list[int]]:
    """The lines of one segment just above a line of several that are the upper rows of its header.

    They stand on one shade with it; or one of them has a column that it lacks, and the others stand over its columns.
    """
    boxes, size = segments.boxes, float(segments.size[lines[at][0]])
    if at == 0 or len(lines[at - 1]) > 1:
        return []
    widest = max(lines[at : at + 12], key=len)
    left, right = extent(boxes, lines, at)
    shade = _shade_over(sheet, boxes[lines[at]], right - left)
    wide = 0.6 * (right - left)
    near = [part for other in lines[at : at + 12] for part in other if boxes[part, 2] - boxes[part, 0] < wide]
    if len(widest) < 3 and shade is None:
        return []
    left, right = left - 2 * size, right + 2 * size
    below = float(boxes[lines[at], 1].min())
    above: list[list[int]] = []
    told = 0
    for back in range(at - 1, max(at - 6, -1), -1):
        line = lines[back]
        x0, top, x1, bottom = boxes[line[0]].tolist()
        inside = shade is not None and top > shade - 1
        if (
            len(line) > 1
            or below - bottom > 2.0 * size
            or not left < x0 < x1 < right
            or (x1 - x0 > 0.4 * (right - left) and not _in_one_column(boxes[near], x0, x1, size))
            or abs(float(segments.size[line[0]]) - size) > 0.15 * size
            or is_barrier(sheet, segments, line)
            or (not inside and line_words(sheet, segments, line)[-1] in SENTENCE_END)
        ):
            break
        above.append(line)
        if (
            len(above) == 1
            and top < 0.2 * sheet.height
            and _opens_page(sheet, segments, line, lines[at], left + 2 * size)
        ):
            return above
        if len(above) == 1 and _around(boxes, lines, at):
            return above
        over = told == len(above) - 1 > 0 and _over_columns(boxes[lines[at]], x0, x1)
        if inside or over or _fills_gap(boxes, lines[at], near, line[0]):
            told = len(above)
        below = top
    return above[:told][::-1]


def _cut_lines(sheet: Sheet, segments: Segments, lines: list[list[int]], at: int) -> list[list[int]]:
    """The lines of one segment at the top of a page, over a line of several, that all begin where one of its later columns
    does: the rest of a cell that the page break cut."""
    boxes = segments.boxes
    below, rest = float(boxes[lines[at], 1].min()), []
    starts = boxes[[part for line in lines[at : at + 16] for part in line], 0]
    starts = starts[starts > boxes[lines[at], 0].min() + 50]
    for line in reversed(lines[:at]):
        top, bottom = float(boxes[line, 1].min()), float(boxes[line, 3].max())
        size = float(segments.size[line[0]])
        if below - bottom > 2.0 * size:
            break
        alike = np.count_nonzero(np.abs(starts - boxes[line[0], 0]) < 2.0)
        if len(line) > 1 or alike < 2 or is_barrier(sheet, segments, line):
            return []
        rest.append(line)
        below = top
    return rest[::-1] if below < 0.2 * sheet.height else []


def _around(boxes: np.ndarray, lines: list[list[int]], at: int) -> bool:
    """The lines above and below a line of several begin where one of its later segments does, as far above as below: the
    three lines of a cell whose neighbours are set to its middle."""
    if at + 1 >= len(lines) or len(lines[at + 1]) > 1:
        return False
    above, below = boxes[lines[at - 1][0]], boxes[lines[at + 1][0]]
    return any(
        abs(above[0] - own[0]) < 1 and abs(below[0] - own[0]) < 1 and abs(own[1] - above[1] - (below[1] - own[1])) < 1
        for own in boxes[lines[at][1:]]
    )


def _opens_page(sheet: Sheet, segments: Segments, line: list[int], below: list[int], left: float) -> bool:
    """A category row at the top of a page, over a row with a number: the table comes from the page before."""
    box, size = segments.boxes[line[0]], float(segments.size[line[0]])
    if not -5 * size < box[0] - left < 1.5 * size or not CATEGORY_re.match(line_words(sheet, segments, line)):
        return False
    return any(CLOSED_re.match(line_words(sheet, segments, [part])) for part in below)


def _shade_over(sheet: Sheet, boxes: np.ndarray, wide: float) -> float | None:
    """The top of the shade on which a line stands, over most of the width of its table."""
    fills = sheet.fills
    if not len(fills):
        return None
    over = fills[(fills[:, 1] < boxes[:, 1].min() + 2) & (fills[:, 3] > boxes[:, 3].max() - 2)]
    over = over[(over[:, 2] > boxes[:, 0].min()) & (over[:, 0] < boxes[:, 2].max())]
    return float(over[:, 1].max()) if len(over) and (over[:, 2] - over[:, 0]).sum() > 0.7 * wide else None


def _shares_shade(sheet: Sheet, boxes: np.ndarray, above: list[int], line: list[int], size: float) -> bool:
    """A short line stands on the shade of the line above, which goes over few lines: a name in a head of several rows."""
    fills = sheet.fills
    both = boxes[[*above, *line]]
    over = fills[(fills[:, 1] < both[:, 1].min() + 2) & (fills[:, 3] > both[:, 3].max() - 2)]
    over = over[(over[:, 0] < both[:, 0].min() + 2) & (over[:, 2] > both[:, 2].max() - 2)]
    wide = float(boxes[line, 2].max() - boxes[line, 0].min())
    return bool(((over[:, 3] - over[:, 1] < 10 * size) & (over[:, 2] - over[:, 0] > 2.5 * wide)).any())


def _in_one_column(boxes: np.ndarray, x0: float, x1: float, size: float) -> bool:
    """Words stand within the width of one of these segments."""
    return bool(((boxes[:, 0] - 0.6 * size < x0) & (x1 < boxes[:, 2] + 0.6 * size)).any())


def _fills_gap(boxes: np.ndarray, line: list[int], near: list[int], part: int) -> bool:
    """A segment stands over others of the lines below, but over none of the first of them."""
    x0, x1 = float(boxes[part, 0]), float(boxes[part, 2])

    def meets(others: list[int]) -> bool:
        return bool(((boxes[others, 0] < x1 + 1) & (boxes[others, 2] > x0 - 1)).any())

    return meets(near) and not meets(line)


def _over_columns(boxes: np.ndarray, x0: float, x1: float) -> bool:
    """A segment stands over the columns of a line, between the middle of its first and of its last."""
    middle, middles = (x0 + x1) / 2, (boxes[:, 0] + boxes[:, 2]) / 2
    return bool(middles.min() < middle < middles.max())


def _runs_over(boxes: np.ndarray, run: list[list[int]], line: list[int], size: float) -> bool:
    """A long segment beside others lies over several columns of the lines above: the text in two columns below a table."""
    several = [other for other in run if len(other) > 2]
    if len(several) < 0.6 * len(run) or len(several) < 3:
        return False
    columns = runs_of(boxes[[part for other in several for part in other]])
    wide = columns[-1][1] - columns[0][0]
    return len(columns) > 2 and any(
        x1 - x0 > 0.35 * wide
        and sum(min(x1, high) - max(x0, low) > min(2 * size, 0.8 * (high - low)) for low, high in columns) > 1
        for x0, _, x1, _ in boxes[line].tolist()
    )


def _ends_in_category(sheet: Sheet, segments: Segments, run: list[list[int]]) -> bool:
    """The last line is a category row like others of the run, left alone at the bottom of a page."""
    several = [line for line in run if len(line) > 1]
    if len(several) < 3 or not np.isclose(segments.size[run[-1][0]], segments.size[several[-1][0]], atol=0.3):
        return False
    left = min(float(segments.boxes[line[0], 0]) for line in several)
    right = max(float(segments.boxes[line[-1], 2]) for line in several)
    return is_category(sheet, segments, run[-1], left, right)


def _heads_section(sheet: Sheet, segments: Segments, line: list[int], run: list[list[int]]) -> bool:
    """A line that is the heading of a chapter or an article, after little that looks like a table or in larger letters."""
    if not SECTION_re.match(line_words(sheet, segments, line)):
        return False
    several = [other for other in run if len(other) > 1]
    usual = median(segments.size[[part for other in several for part in other]]) if several else 0.0
    return len(several) < 3 or float(segments.size[line[0]]) > 1.05 * usual


def extent(boxes: np.ndarray, lines: list[list[int]], at: int) -> tuple[float, float]:
    """Left and right of the lines of several segments around line `at`."""
    near = [line for line in lines[max(0, at - 10) : at + 11] if len(line) > 1]
    if not near:
        return float(boxes[lines[at][0], 0]), float(boxes[lines[at][-1], 2])
    return min(float(boxes[line[0], 0]) for line in near), max(float(boxes[line[-1], 2]) for line in near)


def _fits(boxes: np.ndarray, sides: tuple[float, float], line: list[int]) -> bool:
    """A line of one segment that can be words of the table between these sides: not much wider than a column."""
    left, right = sides
    box = boxes[line[0]]
    wide = right - left
    # a short line may be the category of rows that begin farther to the right
    aside = 0.3 if box[2] - box[0] < 0.2 * wide else 0.1
    if box[0] < left - aside * wide or box[2] > right + 0.1 * wide:
        return False
    return bool(box[2] - box[0] < 0.7 * wide)


def _begins_column(boxes: np.ndarray, lines: list[list[int]], at: int) -> bool:
    """The line begins where later columns of several lines around it begin: words of the last column, however long."""
    near = [line for line in lines[max(0, at - 10) : at + 11] if len(line) > 1]
    x0 = float(boxes[lines[at][0], 0])
    if not near or x0 < min(float(boxes[line[0], 0]) for line in near) + 50:
        return False
    return any(abs(float(boxes[part, 0]) - x0) < 2.0 for line in near for part in line[1:])


def _opens(boxes: np.ndarray, segments: Segments, lines: list[list[int]], at: int) -> bool:
    """The upper line of a header cell of two lines: close above a line of several segments, within its width."""
    ahead = next((k for k in range(at + 1, min(at + 4, len(lines))) if len(lines[k]) > 1), None)
    if ahead is None or max(map(len, lines[at + 1 : at + 6])) < 3:
        return False
    box, below = boxes[lines[at][0]], boxes[lines[ahead]]
    size = float(segments.size[lines[at][0]])
    left, right = extent(boxes, lines, ahead)
    return bool(
        below[:, 1].min() - box[3] < 0.9 * size
        and box[0] >= left - size
        and box[2] <= right + size
        and box[2] - box[0] < 0.4 * (right - left)
    )
