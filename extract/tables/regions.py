"""Where on a page tables without standing rules may stand: bands between lying rules, and the lines that go on with them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

import numpy as np

from ..reading.quick import median
from .segments import Segments
from .sheet import Sheet
from .titles import is_note, read_label, read_unit
from .wording import CLOSED_re, line_words

CATEGORY_re = re.compile(
    r"^(?:[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十]+[）)]|[ⅠⅡⅢⅣⅤⅥ]+[、．.])[^。；，]{1,24}$"
)
SAME_RULE = 6.0
"""Lying rules whose ends differ by less (points) belong together."""
SHORTEST = 50.0
"""Shorter rules (points) frame no table."""
FARTHEST = 2.6
"""White between two lines of a table without rules, in font sizes, at most."""
FEW = 0.2
"""The least share of lines with several segments in a band of a table."""


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of the page that may be a table: its segments, and the levels of rules over its whole width.

    `x0`, `x1` are the ends of those rules (of the words where there are none); `ruled` says which.
    """

    segments: list[int]
    levels: list[float] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    ruled: bool = False
    inner: list[float] = field(default_factory=list)
    """Levels of rules that leave out a column at the left, whose cells go over several rows."""
    left_out: float = 0.0
    """Where that column ends."""


def group_by_line(segments: Segments, parts: np.ndarray) -> list[list[int]]:
    """Segment numbers (sorted) by printed line."""
    if not len(parts):
        return []
    lines = segments.line[parts]
    cuts = [0, *((lines[1:] != lines[:-1]).nonzero()[0] + 1).tolist(), len(lines)]
    numbers = parts.tolist()
    return [numbers[low:high] for low, high in itertools.pairwise(cuts)]


def rule_groups(horizontal: np.ndarray) -> list[np.ndarray]:
    """Long lying rules with the same ends, each group sorted from top to bottom."""
    long = horizontal[horizontal[:, 2] - horizontal[:, 1] > SHORTEST]
    groups: list[list[np.ndarray]] = []
    for rule in long[np.argsort(long[:, 0], kind="stable")]:
        for group in groups:
            if abs(group[-1][1] - rule[1]) < SAME_RULE and abs(group[-1][2] - rule[2]) < SAME_RULE:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [np.array(group) for group in groups if len(group) > 1]


def is_barrier(sheet: Sheet, segments: Segments, parts: list[int]) -> bool:
    """A line that stands above or below tables, never in them: a title, a unit line, a note."""
    words = line_words(sheet, segments, parts)
    return read_label(words) is not None or read_unit(words) is not None or is_note(words)


def band_kind(sheet: Sheet, segments: Segments, lines: list[list[int]], width: float) -> str:
    """What stands between two rules: tabular · thin (one short line, or one narrow cell) · empty · prose."""
    if not lines:
        return "empty"
    if any(is_barrier(sheet, segments, line) for line in lines[:6]):
        return "prose"
    several = sum(len(line) > 1 for line in lines)
    wide = sum(
        segments.boxes[line[0], 2] - segments.boxes[line[0], 0] > 0.7 * width for line in lines if len(line) == 1
    )
    if wide > 0.3 * len(lines) and wide > 1:
        return "prose"
    if several and several >= FEW * len(lines):
        return "tabular"
    if not wide and len(lines) > 2 and len(runs_of(segments.boxes[[part for line in lines for part in line]])) > 3:
        return (
            "tabular"  # cells of many lines, each set to the middle of its row, so that few lines stand beside others
        )
    if len(lines) == 1:
        box = segments.boxes[lines[0][0]]
        return "thin" if box[2] - box[0] < 0.75 * width else "prose"
    if not several and _is_one_narrow_cell(segments.boxes[[line[0] for line in lines]], width):
        return "thin"
    return "prose"


def _is_one_narrow_cell(boxes: np.ndarray, width: float) -> bool:
    """Lines set to one side or one middle, all narrow: the rest of a cell that the page before cut."""
    if (boxes[:, 2] - boxes[:, 0]).max() > 0.3 * width:
        return False
    return any(float(np.ptp(places)) < 2.0 for places in (boxes[:, 0], boxes[:, 2], boxes[:, 0] + boxes[:, 2]))


def with_tail(group: np.ndarray, horizontal: np.ndarray) -> np.ndarray:
    """The rules of a group with the last of the shorter rules below it that end where it does: the rows of a group whose
    label has no rule under it, for its cell goes on on the next page."""
    left, right, last = group[0, 1], group[:, 2].max(), group[-1, 0]
    inner = horizontal[
        (np.abs(horizontal[:, 2] - right) < SAME_RULE)
        & (horizontal[:, 1] > left + SAME_RULE)
        & (horizontal[:, 1] < left + 0.5 * (right - left))
    ]
    tail = inner[inner[:, 0] > last]
    if not len(tail) or len(np.unique(np.round(tail[:, 1] / SAME_RULE))) > 1:
        return group
    levels = np.unique(np.r_[last, tail[:, 0]])
    if np.diff(levels).max() > 120:
        return group
    return np.vstack([group, [[levels[-1], *group[-1, 1:]]]])


def inner_levels(block: Block, horizontal: np.ndarray, *, headed: bool) -> tuple[list[float], float]:
    """(levels, where they begin) of rules below the head that end with the block and all begin behind its first column, or
    behind the second where a piece of the rule goes under the first (序号)."""
    head = block.levels[min(1, len(block.levels) - 1) if headed else 0]
    inner = horizontal[
        (np.abs(horizontal[:, 2] - block.x1) < SAME_RULE)
        & (horizontal[:, 1] > block.x0 + SAME_RULE)
        & (horizontal[:, 1] < block.x0 + 0.5 * (block.x1 - block.x0))
        & (horizontal[:, 0] > head)
        & (horizontal[:, 0] < block.levels[-1])
    ]
    if not len(inner) or float(inner[:, 1].max() - inner[:, 1].min()) > SAME_RULE:
        return [], 0.0
    start = float(inner[:, 1].min())
    pieces = horizontal[(np.abs(horizontal[:, 1] - block.x0) < SAME_RULE) & (horizontal[:, 2] < start - SAME_RULE)]
    parted = len(pieces) > 0 and (np.abs(pieces[:, 0] - inner[:, 0, None]) < 1.5).any(axis=1).all()
    return (inner[:, 0].tolist(), start) if parted or len(inner) > 1 else ([], 0.0)


def ruled_blocks(sheet: Sheet, segments: Segments, horizontal: np.ndarray, free: np.ndarray) -> list[Block]:
    """Runs of bands between lying rules of the same ends that hold words in columns. Takes their segments from `free`."""
    blocks = []
    middle = (segments.boxes[:, 1] + segments.boxes[:, 3]) / 2
    centre = (segments.boxes[:, 0] + segments.boxes[:, 2]) / 2
    for group in rule_groups(horizontal):
        x0, x1 = float(group[:, 1].min()), float(group[:, 2].max())
        group = with_tail(group, horizontal)
        within = free & (centre > x0 - 3) & (centre < x1 + 3)
        levels = group[:, 0].tolist()
        bands = []
        for top, bottom in itertools.pairwise(levels):
            parts = np.flatnonzero(within & (middle > top) & (middle < bottom))
            lines = group_by_line(segments, parts)
            bands.append((band_kind(sheet, segments, lines, x1 - x0), top, bottom, parts.tolist()))
        at = 0
        while at < len(bands):
            end = at
            while end < len(bands) and (bands[end][0] in ("tabular", "thin") or _is_empty_row(bands, end)):
                end += 1
            run = [band for band in bands[at:end] if band[0] != "empty"]
            while run and run[0][0] == "thin" and len(run) > 1 and run[1][0] == "thin":
                run = run[1:]
            if any(kind == "tabular" for kind, *_ in run):
                held = [part for _, _, _, inside in run for part in inside]
                block = Block(sorted(held), [run[0][1], *(bottom for _, _, bottom, _ in run)], x0, x1, True)
                first = (CLOSED_re.match(line_words(sheet, segments, [part])) for part in run[0][3])
                block.inner, block.left_out = inner_levels(block, horizontal, headed=not any(first))
                blocks.append(block)
                free[held] = False
            at = max(end, at + 1)
    return blocks


def _is_empty_row(bands: list[tuple[str, float, float, list[int]]], at: int) -> bool:
    """An empty band between rows of a table, no higher than they: what some programs leave under a repeated head."""
    if bands[at][0] != "empty" or not 0 < at < len(bands) - 1:
        return False
    beside = (bands[at - 1], bands[at + 1])
    highest = max(bottom - top for _, top, bottom, _ in beside)
    return all(kind == "tabular" for kind, *_ in beside) and bands[at][2] - bands[at][1] < 1.5 * highest


def is_over(segments: Segments, head: list[int], part: int) -> bool:
    """A segment of the head with others lower at its left and right, and none beside it as near: the name of a group."""
    x0, top, x1, bottom = segments.boxes[part].tolist()
    others = segments.boxes[[other for other in head if other != part]]
    lower = others[others[:, 1] > (top + bottom) / 2]
    centre = (x0 + x1) / 2
    middles = (others[:, 0] + others[:, 2]) / 2
    if ((others[:, 3] < top + 2) & (np.abs(middles - centre) < 4)).any():
        return False  # the second line of a name
    left, right = lower[lower[:, 2] <= centre], lower[lower[:, 0] >= centre]
    if not len(left) or not len(right):
        return False
    low, high = float(left[:, 2].max()), float(right[:, 0].min())
    beside = others[(others[:, 1] < bottom - 1) & (others[:, 3] > top + 1)]
    between = (lower[:, 0] < centre) & (lower[:, 2] > centre)
    return not bool(between.any()) and not bool(((beside[:, 2] > low) & (beside[:, 0] < high)).any())


def extend_block(sheet: Sheet, segments: Segments, block: Block, lines: list[list[int]], free: np.ndarray) -> None:
    """Add the lines below the last rule (and above the first) that go on in the same columns, in place.

    So a table looks whose closing rule is on another page.
    """
    boxes = segments.boxes
    for step in (1, -1):
        inside = boxes[block.segments]
        first = {int(line) for line in np.unique(segments.line[block.segments])[:3]}
        named = [
            part
            for part in block.segments
            if segments.line[part] not in first or not is_over(segments, block.segments, part)
        ]
        runs = [list(run) for run in runs_of(boxes[named])]
        if len(runs) < 2:
            return
        edge = float(inside[:, 3].max()) if step == 1 else float(inside[:, 1].min())
        # a head alone may stand over an empty row
        head_alone = len(first) == len(np.unique(segments.line[block.segments]))
        if step == 1 and head_alone:
            _reach_over_rows(boxes, runs, [line for line in lines if boxes[line, 1].min() > edge][:6], block)
        taken: list[list[int]] = []
        for line in lines if step == 1 else lines[::-1]:
            top, bottom = float(boxes[line, 1].min()), float(boxes[line, 3].max())
            size = float(segments.size[line[0]])
            away = top - edge if step == 1 else edge - bottom
            if away < -0.6 * size:
                continue
            under_head = step == 1 and not taken and len(first) < 3 and head_alone
            if away > (2 if under_head else 1) * FARTHEST * size or not all(free[line]):
                break
            if not is_category(sheet, segments, line, runs[0][0], runs[-1][1]) and not _in_runs(
                boxes[line], runs, block, size
            ):
                break
            if is_barrier(sheet, segments, line):
                break
            taken.append(line)
            edge = max(edge, bottom) if step == 1 else min(edge, top)
        ends = False
        while taken and len(taken[-1]) < 2 and not (step == 1 and hangs_on(boxes, taken)):
            ends = step == 1 and _ends_page(sheet, segments, taken[-1], block, runs)
            if ends:
                break
            taken.pop()
        several = sum(len(line) > 1 for line in taken)
        if ends or several > (0 if step == 1 else 1):
            parts = [part for line in taken for part in line]
            block.segments = sorted(block.segments + parts)
            free[parts] = False
            if step == 1:
                block.levels.append(float(boxes[parts, 3].max()) + 1)
            else:
                block.levels.insert(0, float(boxes[parts, 1].min()) - 1)


def _reach_over_rows(boxes: np.ndarray, runs: list[list[float]], below: list[list[int]], block: Block) -> None:
    """Widen, in place, the columns of a head that stands alone by the next line with a segment for each of them: names set
    to the middle of their columns over words set to the left."""
    line = next((line for line in below if len(line) == len(runs)), None)
    if line is None or boxes[line, 0].min() < block.x0 - 4 or boxes[line, 2].max() > block.x1 + 4:
        return
    wide = [
        (min(low, x0), max(high, x1))
        for (low, high), (x0, _, x1, _) in zip(runs, sorted(boxes[line].tolist()), strict=True)
    ]
    if all(a[1] < b[0] for a, b in itertools.pairwise(wide)):
        runs[:] = [list(run) for run in wide]


def _ends_page(sheet: Sheet, segments: Segments, line: list[int], block: Block, runs: list[list[float]]) -> bool:
    """A category row like others of the table, in its letters, is the last line of the page: its rows are on the next."""
    size, low = float(segments.size[line[0]]), float(segments.boxes[line, 3].max())
    same = abs(size - median(segments.size[block.segments])) < 0.3
    if not same or low < 0.75 * sheet.height or not is_category(sheet, segments, line, runs[0][0], runs[-1][1]):
        return False
    tops = segments.boxes[segments.boxes[:, 3] < 0.92 * sheet.height, 1]
    if (tops > low + 2 * size).any():
        return False
    alone = (own for own in group_by_line(segments, np.array(block.segments)) if len(own) == 1)
    return any(CATEGORY_re.match(line_words(sheet, segments, own)) for own in alone)


def runs_of(boxes: np.ndarray) -> list[tuple[float, float]]:
    """The intervals of x that the boxes cover, from left to right."""
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    edges = [left, *(edge for gap in white_gaps(boxes, left, right) for edge in gap), right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _in_runs(line: np.ndarray, runs: list[list[float]], block: Block, size: float) -> bool:
    """Each segment stands under one column, no two under the same; the columns are widened by what stands under them."""
    hits = []
    for x0, _, x1, _ in line.tolist():
        if x0 < block.x0 - 4 or x1 > block.x1 + 4:
            return False
        least = min(size, 0.5 * (x1 - x0))
        hit = [
            at for at, (low, high) in enumerate(runs) if min(x1, high) - max(x0, low) > min(least, 0.5 * (high - low))
        ]
        if len(hit) > 1:
            return False
        if hit:
            hits.append((hit[0], x0, x1))
    if len({at for at, *_ in hits}) < len(hits) or not hits:
        return False
    for at, x0, x1 in hits:
        runs[at][0], runs[at][1] = min(runs[at][0], x0), max(runs[at][1], x1)
    return True


def white_gaps(
    boxes: np.ndarray, left: float, right: float, allow: int = 0, narrowest: float = 2.0
) -> list[tuple[float, float]]:
    """The intervals of x between left and right that at most `allow` boxes cover."""
    events = np.concatenate([boxes[:, 0], boxes[:, 2]])
    change = np.ones(len(events))
    change[len(boxes) :] = -1
    order = np.lexsort((-change, events))
    at, depth = events[order], np.cumsum(change[order])
    free = np.flatnonzero((depth[:-1] <= allow) & (at[1:] > at[:-1]))
    gaps: list[list[float]] = []
    for low, high in zip(at[free].tolist(), at[free + 1].tolist(), strict=True):
        if gaps and gaps[-1][1] == low:
            gaps[-1][1] = high
        else:
            gaps.append([low, high])
    return [(low, high) for low, high in gaps if high - low >= narrowest and low >= left and high <= right]


def hangs_on(boxes: np.ndarray, run: list[list[int]]) -> bool:
    """The last line of the run is the rest of a cell of the lines above: close under it and within its column."""
    box = boxes[run[-1][0]]
    for above in reversed(run[-4:-1]):
        for part in above:
            other = boxes[part]
            if box[0] > other[2] or box[2] < other[0] or box[1] - other[3] > 1.3 * (other[3] - other[1]):
                continue
            column = [b for line in run[:-1] for b in boxes[line] if b[0] < other[2] and b[2] > other[0]]
            slack = 0.4 * (box[3] - box[1])
            if box[0] >= min(b[0] for b in column) - slack and box[2] <= max(b[2] for b in column) + slack:
                return True
    return False


def is_category(sheet: Sheet, segments: Segments, line: list[int], left: float, right: float) -> bool:
    """A short line at the left or in the middle of a table that names the rows below it: 一、空间底线."""
    box, size = segments.boxes[line[0]], float(segments.size[line[0]])
    if len(line) > 1 or box[2] - box[0] > 0.5 * (right - left):
        return False
    words = line_words(sheet, segments, line)
    centred = words[1:2] in tuple("、．.") and abs(box[0] + box[2] - left - right) < 0.16 * (right - left)
    return bool(CATEGORY_re.match(words)) and (centred or -5 * size < box[0] - left < 1.5 * size)
