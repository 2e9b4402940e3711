"""Lines that a recogniser gave → characters where their ink stands, cut where a rule or a wide gap parts two cells.

A recogniser says where a line stands and, for each character, roughly where it saw it; these places drift by half a
character, and one line may go over several cells of a table. So characters are shared out over the stretches of ink in
the line by how wide they are set, and within a stretch by their widths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

_APART = 0.9
"""A gap of this many font sizes between two stretches of ink parts them."""
_INK = 140
"""Grey levels darker than this are ink on the cleaned picture."""
_FAINT_INK = 200
"""The same for small strokes such as dashes, which the resolution leaves grey."""
_ABOVE, _BELOW = 0.78, 0.08
"""Font sizes above and below the baseline that a character's box takes, as in reading of PDF."""
_WIDE_MARKS = "，。、；：！？"
_HALF_OPEN = "（《“‘〈【［〔「『"
_HALF_CLOSED = "）》”’〉】］〕」』"


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line in pixels of the level picture: `text` without blanks, `centres` (n,) where the recogniser saw each
    character, `box` x0, top, x1, bottom; `confidence` 0 to 1."""

    text: str
    centres: np.ndarray
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Characters that stand together: `edges` (n + 1,) between them, `size` and `baseline`, all in pixels; `flat` says
    that the ink is a dash's."""

    text: str
    edges: np.ndarray
    size: float
    baseline: float
    confidence: float
    flat: bool = False

    @property
    def boxes(self) -> np.ndarray:
        """float32 (n, 4): a little inside of what the font gives each character, so that neighbours never touch."""
        inset = 0.06 * self.size
        low, high = self.edges[:-1] + inset, self.edges[1:] - inset
        top = np.full(len(low), self.baseline - _ABOVE * self.size)
        bottom = np.full(len(low), self.baseline + _BELOW * self.size)
        return np.column_stack([low, top, np.maximum(high, low + 1), bottom]).astype(np.float32)


def set_widths(text: str) -> np.ndarray:
    """How wide each character is set, in font sizes, float64 (n,)."""
    return np.array([_width(character) for character in text])


def _width(character: str) -> float:
    if ord(character) >= 0x2E80 or character in "“”‘’—…":
        return 1.0
    if character.isdigit():
        return 0.52
    if character in ".,:;'|!iIl()[]":
        return 0.32
    return 0.65 if character.isupper() or character in "%≥≤±+=~<>" else 0.5


def lines_to_stretches(lines: list[ReadLine], grey: np.ndarray, rules: np.ndarray) -> list[Stretch]:
    """All lines, placed. `grey` is the cleaned level picture without its rules; `rules` (m, 4) in pixels."""
    ink = grey < _INK
    standing = rules[rules[:, 0] == rules[:, 2]]
    stretches: list[Stretch] = []
    heights: list[float] = []
    for line in lines:
        placed = _placed(line, grey, ink, standing)
        stretches += placed
        heights += [line.box[3] - line.box[1]] * len(placed)
    told = [
        one.size / high for one, high in zip(stretches, heights, strict=True)
        if sum(ord(c) >= 0x2E80 for c in one.text) >= 4
    ]  # fmt: skip
    ratio = float(np.median(told)) if told else 0.8
    return [
        one if len(one.text) >= 4 and abs(one.size / high / ratio - 1) < 0.35 else replace(one, size=ratio * high)
        for one, high in zip(stretches, heights, strict=True)
    ]


def _placed(line: ReadLine, grey: np.ndarray, ink: np.ndarray, standing: np.ndarray) -> list[Stretch]:
    x0, top, x1, bottom = line.box
    high = bottom - top
    left, right = max(round(x0) - 2, 0), min(round(x1) + 3, ink.shape[1])
    upper, lower = max(round(top + 0.1 * high), 0), min(round(bottom - 0.1 * high) + 1, ink.shape[0])
    part = ink[upper:lower, left:right]
    middle = (top + bottom) / 2
    line = _with_leader(line, high)
    crossing = standing[
        (standing[:, 1] < middle + 0.2 * high) & (standing[:, 3] > middle - 0.2 * high)
        & (standing[:, 0] > x0 - 2) & (standing[:, 0] < x1 + 2)
    ][:, 0] - left  # fmt: skip
    dark = grey[upper:lower, left:right] < _FAINT_INK  # a dash between two years holds them together
    runs = _runs(dark, crossing, 0.8 * high)
    if not runs:
        runs = [(x0 - left, x1 - left)]
    widths = set_widths(line.text)
    spread = sum(end - start for start, end in runs)
    size = min(max(spread / max(widths.sum() - 0.1, 0.3), 0.55 * high), 1.05 * high)
    placed = []
    for (start, end), (first, last) in zip(runs, _shared_out(runs, widths, line.centres - left, size), strict=True):
        if last > first:
            placed.append(_stretch(line, first, last, part, (start, end), (left, upper), size))
    if len(placed) > 1:  # one line has one baseline; that of long stretches is told best
        counts = [len(one.text) for one in placed]
        baseline = float(np.average([one.baseline for one in placed], weights=counts))
        placed = [replace(one, baseline=baseline) for one in placed]
    return placed


_LEADER_re = re.compile(r"[.…·．‥]{2,}(?=[^.…·．‥]{0,6}$)")


def _with_leader(line: ReadLine, high: float) -> ReadLine:
    """A line of contents with as many dots in its leader as it has room for; recognisers give but a few of them."""
    found = _LEADER_re.search(line.text)
    if found is None:
        return line
    size = 0.8 * high
    room = (line.box[2] - line.box[0]) / size - set_widths(line.text[: found.start()] + line.text[found.end() :]).sum()
    text = line.text[: found.start()] + "." * max(round(room / 0.32), 5) + line.text[found.end() :]
    x0, _, x1, _ = line.box
    return replace(line, text=text, centres=x0 + (x1 - x0) * (np.arange(len(text)) + 0.5) / len(text))


def _runs(part: np.ndarray, crossing: np.ndarray, size: float) -> list[tuple[float, float]]:
    """Stretches of ink in the columns of a line: those with a rule or a wide gap between them are apart."""
    columns = part.sum(axis=0) > 0
    edges = np.flatnonzero(np.diff(np.r_[False, columns, False]))
    runs: list[tuple[float, float]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start < 2 and part[:, start:end].sum() < 3:
            continue
        gap = start - runs[-1][1] if runs else 0
        ruled = bool(runs) and bool(((crossing > runs[-1][1] - 2) & (crossing < start + 2)).any())
        if runs and not ruled and gap < _APART * size:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _shared_out(
    runs: list[tuple[float, float]], widths: np.ndarray, centres: np.ndarray, size: float
) -> list[tuple[int, int]]:
    """Which characters (first, last + 1) stand in each run: the sharing whose widths and places fit the ink best."""
    count = len(widths)
    if len(runs) == 1:
        return [(0, count)]
    sums = np.r_[0.0, np.cumsum(widths)]
    cost = np.full(count + 1, np.inf)
    cost[0] = 0.0
    choices = []
    for start, end in runs:
        wide = (end - start) / size
        outside = np.maximum(np.maximum(start - centres, centres - end), 0) / size
        away = np.r_[0.0, np.cumsum(np.minimum(outside, 3.0))]
        # total[i, j]: the characters i..j stand in this run
        fits = np.abs(sums[None, :] - sums[:, None] - wide) * 0.7 + 0.5 * (away[None, :] - away[:, None])
        fits = np.where(np.arange(count + 1)[None, :] > np.arange(count + 1)[:, None], fits, np.inf)
        np.fill_diagonal(fits, min(wide, 2.0))
        total = cost[:, None] + fits
        choices.append(total.argmin(axis=0))
        cost = total.min(axis=0)
    shares: list[tuple[int, int]] = []
    last = count
    for choice in reversed(choices):
        first = int(choice[last])
        shares.append((first, last))
        last = first
    return shares[::-1]


def _stretch(
    line: ReadLine,
    first: int,
    last: int,
    part: np.ndarray,
    run: tuple[float, float],
    corner: tuple[int, int],
    size: float,
) -> Stretch:
    """Characters first..last of the line, which stand in this run of columns of `part`."""
    text = line.text[first:last]
    widths = set_widths(text)
    start, end = run
    lead = 0.45 if text[0] in _HALF_OPEN else 0.04
    tail = 0.55 if text[-1] in _WIDE_MARKS else 0.45 if text[-1] in _HALF_CLOSED else 0.04
    own = (end - start) / max(widths.sum() - min(lead, widths[0] / 2) - min(tail, widths[-1] / 2), 0.2)
    begin = start - min(lead, widths[0] / 2) * own
    edges = begin + own * np.r_[0.0, np.cumsum(widths)]
    edges = _at_gaps(edges, part, own)
    text = _with_commas(text, edges, part, own)
    rows = part[:, int(start) : int(np.ceil(end))].sum(axis=1)
    inked = np.flatnonzero(rows)
    top, bottom = (float(inked[0]), float(inked[-1]) + 1) if len(inked) else (0.0, float(len(rows)))
    wide = any(ord(c) >= 0x2E80 for c in text) and text not in ("一", "—")
    high = line.box[3] - line.box[1]
    em = min(max(own, 0.55 * high), 1.05 * high)
    middle = (line.box[1] + line.box[3]) / 2 - corner[1]
    if wide and 0.6 * em < bottom - top < 1.2 * em:
        middle = 0.5 * middle + 0.5 * (top + bottom) / 2
    baseline = middle + 0.36 * em
    return Stretch(
        text, edges + corner[0], em, baseline + corner[1], line.confidence,
        flat=0 < bottom - top < 0.3 * em,
    )  # fmt: skip


_THOUSANDS_re = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


def _with_commas(text: str, edges: np.ndarray, part: np.ndarray, size: float) -> str:
    """Points before three digits are commas where their ink reaches below the digits': 2.751 printed as 2,751."""
    for match in _THOUSANDS_re.finditer(text):
        at = match.start()
        digits = part[:, round(edges[at + 1]) : round(edges[at + 4])]
        mark = part[:, round(edges[at]) : round(edges[at + 1])]
        if not digits.any() or not mark.any():
            continue
        below = np.flatnonzero(mark.any(axis=1))[-1] - np.flatnonzero(digits.sum(axis=1) > 1)[-1]
        if below >= max(2, 0.07 * size):
            text = text[:at] + "," + text[at + 1 :]
    return text


def _at_gaps(edges: np.ndarray, part: np.ndarray, size: float) -> np.ndarray:
    """The edges between characters moved to a white column close by, where there is one."""
    blank = part.sum(axis=0) == 0
    reach = max(int(0.18 * size), 1)
    moved = edges.copy()
    for at in range(1, len(edges) - 1):
        middle = round(edges[at])
        low, high = max(middle - reach, 0), min(middle + reach + 1, len(blank))
        white = np.flatnonzero(blank[low:high])
        if len(white):
            moved[at] = low + white[np.abs(white + low - edges[at]).argmin()] + 0.5
    return np.maximum.accumulate(moved)


def unread_pieces(
    grey: np.ndarray, rules: np.ndarray, lines: list[ReadLine]
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int, int, int]]]:
    """What stands inside of ruled tables and that no line holds: boxes of words, boxes of dashes, in pixels."""
    import cv2

    standing = rules[rules[:, 0] == rules[:, 2]]
    if len(standing) < 2 or not lines:
        return [], []
    size = 0.75 * float(np.median([line.box[3] - line.box[1] for line in lines]))
    ink = (grey < _FAINT_INK).astype(np.uint8)
    for line in lines:
        x0, top, x1, bottom = line.box
        ink[max(round(top), 0) : round(bottom) + 1, max(round(x0) - 3, 0) : round(x1) + 4] = 0
    near = cv2.dilate(ink, np.ones((3, max(int(0.5 * size), 3)), np.uint8))
    count, labels = cv2.connectedComponents(near)
    if count > 600:  # a picture or dirt
        return [], []
    words, dashes = [], []
    rows, columns = np.nonzero(ink)
    owner = labels[rows, columns]
    for at in range(1, count):
        own = owner == at
        if own.sum() < 6:
            continue
        x0, x1, top, bottom = (
            int(columns[own].min()),
            int(columns[own].max()) + 1,
            int(rows[own].min()),
            int(rows[own].max()) + 1,
        )
        if not ((standing[:, 0] < x0) & (standing[:, 1] < bottom) & (standing[:, 3] > top)).any():
            continue
        if not ((standing[:, 0] > x1) & (standing[:, 1] < bottom) & (standing[:, 3] > top)).any():
            continue
        wide, high = x1 - x0, bottom - top
        if high <= 0.32 * size and 0.35 * size <= wide <= 2.2 * size:
            dashes.append((x0, top, x1, bottom))
        elif 0.45 * size <= high <= 1.6 * size and wide >= 0.15 * size:
            words.append((x0, top, x1, bottom))
    return words, dashes
