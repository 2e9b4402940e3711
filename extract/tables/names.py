"""Names of a head before its columns are told: the rule that closes it, and the wrapped lines of one name."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from .regions import SAME_RULE, Block, CATEGORY_re, group_by_line
from .segments import Segments
from .sheet import Sheet
from .wording import CLOSED_re, line_words

DEEPEST = 8
"""Lines of a head, at most."""
NEAR = 0.8
"""White between two lines of one name, in font sizes, at most."""
YEAR_re = re.compile(r"^(?:19|20)\d\d年?$")


def rule_under_head(sheet: Sheet, segments: Segments, block: Block, horizontal: np.ndarray) -> float | None:
    """The level of a rule in the first band that goes from the second column to the end, with words alone above it and
    a row with a name and a number below: it closes a head whose first cell goes over two rows, and so has none."""
    if not block.ruled:
        return None
    y, x0, x1 = horizontal.T
    inside = (y > block.levels[0] + 1) & (y < block.levels[1] - 1) & (np.abs(x1 - block.x1) < SAME_RULE)
    inside &= (x0 > block.x0 + SAME_RULE) & (x0 < block.x0 + 0.5 * (block.x1 - block.x0))
    if not inside.any():
        return None
    lines = group_by_line(segments, np.array(sorted(block.segments)))
    for level, left, _ in horizontal[inside].tolist():
        above = [line for line in lines if segments.boxes[line, 1].mean() < level]
        if not above or len(above) == len(lines):
            continue
        below = lines[len(above)]
        number = any(CLOSED_re.match(line_words(sheet, segments, [part])) for part in below[1:])
        if segments.boxes[below[0], 0] < left and number and not _has_values(sheet, segments, above):
            return float(level)
    return None


def join_open_names(
    sheet: Sheet, segments: Segments, parts: list[int]
) -> tuple[Segments, list[int], dict[int, list[int]]]:
    """(segments, those left, first line -> its further lines): names of the head whose bracket is closed in a line below.

    面积（平 over 方米） is one name, however narrow its second line and whatever columns stand under it. The box of the
    first line becomes that of all of them.
    """
    head: list[list[int]] = []
    for line in group_by_line(segments, np.array(parts))[:DEEPEST]:
        if _has_values(sheet, segments, [line]) or CATEGORY_re.match(line_words(sheet, segments, line[:1])):
            break
        head.append(line)
    boxes = segments.boxes
    further: dict[int, list[int]] = {}
    taken: set[int] = set()
    for at, line in enumerate(head):
        for part in line:
            if part in taken or _open(line_words(sheet, segments, [part])) <= 0:
                continue
            rest = _closing(sheet, segments, part, [other for below in head[at + 1 :] for other in below])
            if rest:
                further[part] = rest
                taken.update(rest)
    if not further:
        return segments, parts, {}
    boxes = boxes.copy()
    for part, rest in further.items():
        boxes[part, :2] = boxes[[part, *rest], :2].min(axis=0)
        boxes[part, 2:] = boxes[[part, *rest], 2:].max(axis=0)
    return replace(segments, boxes=boxes), [part for part in parts if part not in taken], further


def _closing(sheet: Sheet, segments: Segments, part: int, below: list[int]) -> list[int]:
    """The lines under a segment, each close under the one above and within it or centred to it, up to the one that closes
    its bracket; none if that is not among them."""
    boxes, size = segments.boxes, float(segments.size[part])
    x0, _, x1, bottom = boxes[part].tolist()
    words = line_words(sheet, segments, [part])
    rest: list[int] = []
    for other in below:
        left, top, right, low = boxes[other].tolist()
        if top < bottom - 0.3 * size or right < x0 or left > x1:
            continue
        centred = abs(left + right - x0 - x1) < size
        inside = left > x0 - 0.5 * size and right < x1 + 0.5 * size
        if top - bottom > NEAR * size or not (centred or inside):
            return []
        rest.append(other)
        bottom = low
        words += line_words(sheet, segments, [other])
        if _open(words) <= 0:
            return rest if _open(words) == 0 else []
    return []


def _open(words: str) -> int:
    """How many brackets are open at the end of these words."""
    return sum((mark in "（(") - (mark in "）)") for mark in words)


def _has_values(sheet: Sheet, segments: Segments, lines: list[list[int]]) -> bool:
    """Some segment of these lines is a number or a dash, no year."""
    words = (line_words(sheet, segments, [part]) for line in lines for part in line)
    return any(CLOSED_re.match(word) and not YEAR_re.match(word) for word in words)
