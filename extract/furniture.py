"""What stands on pages but is no text of the plan: running heads, page marks, watermarks; found by recurrence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from .headings import heading_mark
from .lines import Line
from .reading.ink import PageInk
from .reading.quick import median

BAND = 0.13
"""The part of the page's height, at its top and bottom, in which running heads and page marks stand."""
_SLOT = 3.0
"""Points: lines of two pages whose baselines differ by no more stand in the same place."""
_LARGEST_MARK = 20.0
"""Points: a number in larger letters is that of a chapter, as brochures set it over its title."""
_ROMAN = "[ivxlcIVXLCⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+"
_MARK = re.compile(
    rf"[\s\-—–―·•|/~～]*(?:第\s*)?(\d{{1,4}}|{_ROMAN})\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{{1,4}}\s*页?)?[\s\-—–―·•|~～]*"
)
_DECORATED = re.compile(rf"[\-—–―·]\s*(?:\d{{1,4}}|{_ROMAN})\s*[\-—–―·]|第\s*\d+\s*页.*")


def page_mark(text: str) -> str | None:
    """The printed page number of a line that is nothing else: "— 12 —" gives "12"; None for anything else."""
    match = _MARK.fullmatch(text)
    return match[1] if match else None


def watermark_places(pages: Sequence[PageInk]) -> frozenset[tuple[str, int, int]]:
    """What large letters recur in one place on these sample pages: (character, x, y), for `watermark_mask`."""
    found: Counter[tuple[str, int, int]] = Counter()
    for ink in pages:
        found.update(set(_large(ink)))
    return frozenset(place for place, times in found.items() if times >= max(2, len(pages) - 1))


def watermark_mask(ink: PageInk, places: frozenset[tuple[str, int, int]]) -> np.ndarray:
    """Bool (n,): characters that are watermark: slanted and large, or in a recurring place of `watermark_places`."""
    if not ink.angles.any():
        slanted = np.zeros(len(ink.angles), bool)
    else:
        across = ink.angles % 90
        slanted = (across > 2) & (across < 88)
    if slanted.any():
        usual = median(ink.sizes[~slanted]) if not slanted.all() else 0.0
        slanted &= ink.sizes >= max(1.4 * usual, 16.0)
    if places:
        large = (ink.sizes > 18.0).nonzero()[0]
        for at, key in zip(large.tolist(), _keys(ink, large), strict=True):
            slanted[at] |= key in places
    return slanted


def _large(ink: PageInk) -> list[tuple[str, int, int]]:
    if not len(ink.text):
        return []
    return _keys(ink, np.flatnonzero(ink.sizes >= max(1.6 * median(ink.sizes), 18.0)))


def _keys(ink: PageInk, rows: np.ndarray) -> list[tuple[str, int, int]]:
    corners = np.round(ink.boxes[rows, :2] / 2.0).astype(int).tolist()
    return [(ink.text[at], x, y) for at, (x, y) in zip(rows.tolist(), corners, strict=True)]


class Edges:
    """The lines at the top and bottom of all pages, and which of them are furniture."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str, float, Line]] = []

    def add(self, height: float, lines: Iterable[Line]) -> None:
        """Note the lines of a page that stand in its bands."""
        for line in lines:
            if line.size >= _LARGEST_MARK and page_mark(line.text) is not None:
                continue
            if line.baseline < BAND * height:
                self._lines.append((line.page, "top", line.baseline, line))
            elif line.baseline > (1 - BAND) * height:
                self._lines.append((line.page, "bottom", height - line.baseline, line))

    def furniture(self, pages: int) -> dict[int, tuple[str, str | None]]:
        """By id() of the line: its kind (running_head, page_number) and the printed page number it gives."""
        marks = self._page_marks(pages)
        heads = self._running_heads(pages, marks)
        return {**dict.fromkeys(heads, ("running_head", None)), **marks}

    def _page_marks(self, pages: int) -> dict[int, tuple[str, str | None]]:
        """Lines that are nothing but a page number, at the rim of the page, in a place where others have theirs."""
        rims: dict[tuple[int, str], float] = {}
        for page, band, distance, _ in self._lines:
            rims[page, band] = min(rims.get((page, band), 1e9), distance)
        candidates = []
        for page, band, distance, line in self._lines:
            number = page_mark(line.text)
            if number is not None and (distance <= rims[page, band] + 14 or _DECORATED.fullmatch(line.text.strip())):
                candidates.append((page, band, distance, line, number))
        near = Counter((band, round(distance / _SLOT)) for _, band, distance, _, _ in candidates)
        marks: dict[int, tuple[str, str | None]] = {}
        for _, band, distance, line, number in candidates:
            slot = round(distance / _SLOT)
            others = sum(near[band, slot + step] for step in (-1, 0, 1))
            if others >= min(3, max(2, pages // 2)) or _DECORATED.fullmatch(line.text.strip()):
                marks[id(line)] = ("page_number", number)
        return marks

    def _running_heads(self, pages: int, marks: dict[int, tuple[str, str | None]]) -> set[int]:
        """Lines whose words recur in their place, and others that stand in a place where most are such."""
        needed = max(2, min(3, pages // 2)) if pages > 1 else 99
        slots: dict[tuple[str, int], list[tuple[int, str, Line]]] = defaultdict(list)
        for page, band, distance, line in self._lines:
            if id(line) not in marks:
                slots[band, round(distance / _SLOT)].append((page, _bare(line.text), line))
        found: set[int] = set()
        for (band, slot), stands in slots.items():
            around = [one for step in (-1, 0, 1) for one in slots.get((band, slot + step), ())]
            times = Counter(words for _, words in {(page, words) for page, words, _ in around})
            recurring = [one for one in stands if times[one[1]] >= needed]
            if sum(times[words] >= needed for _, words, _ in around) < 0.5 * len(around):
                continue  # the first or last line of the text also stands here, and sentences and headings do recur
            found.update(id(line) for _, _, line in recurring)
            if len(recurring) >= 0.6 * len(stands) and len(recurring) >= 4:
                size = float(np.median([line.size for _, _, line in recurring]))
                found.update(
                    id(line)
                    for _, _, line in stands
                    if abs(line.size - size) < 0.5 and len(line.text) <= 40 and not heading_mark(line.text)
                )
        return found


def _bare(text: str) -> str:
    """The words of a running head without what changes from page to page (on scans the marks too)."""
    return re.sub(rf"\d+|\b{_ROMAN}\b|[\W_]+", "", text)
