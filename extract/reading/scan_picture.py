"""The picture of a scanned page made upright and clean, and the rules that are drawn in it; needs chuandao[ocr].

A red seal and what shines through from the back go white, and a tilt of up to two degrees is taken out, since tables are
read by rules that must be level.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

_MAX_TILT = 2.0
_RULE = 24
"""Grey levels by which a rule is darker than the paper beside it."""
_FAINT = 0.4
"""Lines fainter than this share of the page's usual rules shine through from the back."""
_PRINTED = 110
"""Grey levels darker than this are print, not the back shining through."""
_SHARE = 0.008
"""Where this part of the page is faint ink away from all print, the back shines through."""
_PICTURE = 0.025
"""The part of a page from which on something drawn is a picture."""
_LEAST = 14
"""Pixels: no cell is lower or narrower."""
_BREAK = 2
"""Pixels of white from which on an edge is broken: print keeps that much off the rules of its cell."""
_SHORTEST = 0.22
"""Inches: shorter strokes are parts of characters."""


class Upright(NamedTuple):
    """A page made level: `print` (uint8 grey, seals and the back white, print black), `even` (grey with the paper made
    even but nothing taken away, in which faint rules still stand), and the `tilt` in degrees clockwise that was taken
    out."""

    print: np.ndarray
    even: np.ndarray
    tilt: float


def upright(picture: np.ndarray) -> Upright:
    """A picture, uint8 (rows, columns, 3) RGB, made level and clean."""
    even = evened(picture)
    grey = cleaned(even)
    tilt = tilt_of(grey)
    return Upright(turned(grey, tilt), turned(even, tilt), tilt)


def evened(picture: np.ndarray) -> np.ndarray:
    """A grey picture, uint8, without seals, in which the paper is white everywhere.

    The strongest colour channel of red or blue ink is bright where black ink is dark in all three; what is left is
    divided by the paper's own brightness.
    """
    strongest = picture.max(axis=2)
    paper = cv2.medianBlur(cv2.dilate(strongest, np.ones((7, 7), np.uint8)), 31)
    return np.asarray(cv2.divide(strongest, np.maximum(paper, 1), scale=255), np.uint8)


def cleaned(even: np.ndarray) -> np.ndarray:
    """The picture with what is fainter than half of print's contrast (the back shining through) white."""
    usual, darkest = np.percentile(even, (1, 0.1))
    if usual < _PRINTED:  # else the page has so little print that the back's may be more
        darkest = usual
    faint = darkest + 0.62 * (255 - darkest)
    curve = np.clip((np.arange(256) - darkest) / max(faint - darkest, 1.0), 0, 1) * 255
    return np.asarray(cv2.LUT(even, curve.astype(np.uint8)), np.uint8)


def tilt_of(grey: np.ndarray) -> float:
    """The tilt of the page in degrees, clockwise; 0 if it can't be told.

    Of all angles, the one at which ink gathers most sharply into rows: first by steps of 0.2°, then of 0.05°.
    """
    small = cv2.resize(255 - grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    def sharpness(angle: float) -> float:
        rows = turned(small, angle, paper=0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.2, _MAX_TILT), (0.05, 0.2)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(angles[int(np.argmax([sharpness(angle) for angle in angles]))])
    return round(best, 2) if abs(best) < _MAX_TILT else 0.0


def turned(picture: np.ndarray, angle: float, paper: int = 255) -> np.ndarray:
    """The picture turned back by `angle` degrees clockwise about its middle."""
    if not angle:
        return picture
    rows, columns = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=paper), np.uint8
    )


def drawn_rules(even: np.ndarray, dpi: float) -> np.ndarray:
    """Level and upright lines in the picture, float32 (m, 4) in pixels; pieces of one line are joined."""
    dark = 255 - even.astype(np.int16)
    found = np.vstack([_lying(dark, dpi), _lying(np.ascontiguousarray(dark.T), dpi)[:, [1, 0, 3, 2, 4]]])
    if not len(found):
        return np.zeros((0, 4), np.float32)
    least = max(_FAINT * float(np.percentile(found[:, 4], 75)), _shine(even))
    return found[found[:, 4] > least, :4].astype(np.float32)


def checked_rules(rules: np.ndarray, even: np.ndarray) -> np.ndarray:
    """The rules (pixels) edge by edge: between two rules that it crosses, a rule stands if it is dark without a gap.

    So strokes of characters, which keep off the rules of their cell, do not make a rule of their own nor carry one
    through a merged cell; and the edge of a cell too short to be told from a stroke by its length is found.
    """
    lying, standing = rules[rules[:, 1] == rules[:, 3]][:, [1, 0, 2]], rules[rules[:, 1] != rules[:, 3]][:, [0, 1, 3]]
    if not len(lying) or not len(standing):
        return rules
    dark = 255 - even.astype(np.int16)
    turned_dark = np.ascontiguousarray(dark.T)
    least = max(_RULE, 1.25 * _shine(even))
    across, down = lying, standing
    for _ in range(2):  # what falls away the first time no longer ends an edge the second time
        down = _checked(down, across, turned_dark, least)
        across = _checked(across, down, dark, least)
    return np.vstack([across[:, [1, 0, 2, 0]], down[:, [0, 1, 0, 2]]]).astype(np.float32)


def _checked(own: np.ndarray, others: np.ndarray, dark: np.ndarray, least: float) -> np.ndarray:
    """Rules (level, start, end) of one direction, cut and completed at their crossings with the `others`.

    `dark` has the levels as its rows; an edge is darker than `least` but where strokes stand in it.
    """
    if not len(own):
        return own
    kept: list[tuple[float, float, float]] = []
    order = np.argsort(own[:, 0], kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(own[order, 0]) > 4) + 1)
    for group in groups:
        level = float(np.average(own[group, 0], weights=own[group, 2] - own[group, 1]))
        crossing = np.sort(others[(others[:, 1] < level + 7) & (others[:, 2] > level - 7), 0])
        if len(crossing) < 2:
            kept += [(float(a), float(b), float(c)) for a, b, c in own[group].tolist()]
            continue
        rows = dark[max(round(level) - 2, 0) : round(level) + 3].max(axis=0)
        first, last = crossing[0], crossing[-1]
        for _, start, end in own[group].tolist():  # what reaches beyond the outermost crossings stays as it is
            if start < first - 12:
                kept.append((level, start, min(end, first)))
            if end > last + 12:
                kept.append((level, max(start, last), end))
        for low, high in pairwise(crossing.tolist()):
            if high - low >= 3 and _unbroken(rows[round(low) : round(high) + 1], least):
                if kept and kept[-1][0] == level and abs(kept[-1][2] - low) < 3:
                    kept[-1] = (level, kept[-1][1], high)
                else:
                    kept.append((level, low, high))
    edges = np.array(kept, np.float64).reshape(-1, 3)
    return edges[edges[:, 2] - edges[:, 1] >= _LEAST]


def _unbroken(dark: np.ndarray, faintest: float) -> bool:
    """Whether an edge is dark all along, but for a pixel here and there, and darker than the `faintest` rule where no
    stroke crosses it."""
    inner = dark[2:-2] if len(dark) > 8 else dark
    if float(np.percentile(inner, 25)) < faintest:
        return False
    least = max(0.45 * float(np.median(inner)), _RULE)
    white = np.flatnonzero(np.diff(np.r_[False, dark < least, False]))
    return len(white) == 0 or int((white[1::2] - white[::2]).max()) < _BREAK


def _shine(even: np.ndarray) -> float:
    """How dark the back shines through at most, in grey levels; 0 where it does not."""
    print_near = cv2.dilate((even < 140).astype(np.uint8), np.ones((9, 9), np.uint8))
    contrast = 255 - even[print_near == 0]
    faint = contrast[(contrast > 25) & (contrast < 110)]
    if len(faint) < _SHARE * even.size:
        return 0.0
    return 1.15 * float(np.percentile(faint, 95))


def _lying(dark: np.ndarray, dpi: float) -> np.ndarray:
    """Level lines, float64 (m, 5): x0, y, x1, y and how much darker they are than what is beside them."""
    ridge = _ridge(dark, dpi)
    mask = (ridge > _RULE).astype(np.uint8)
    shortest = int(dpi * _SHORTEST)
    thick = cv2.dilate(mask, np.ones((2, 1), np.uint8))  # a line that steps down by a pixel stays one line
    solid = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(solid, connectivity=8)
    lines = []
    for at in range(1, count):
        left, top, wide, high, _ = stats[at].tolist()
        if high > dpi * 0.06:
            continue
        here = labels[top : top + high, left : left + wide] == at
        strength = np.where(here, ridge[top : top + high, left : left + wide], -255).max(axis=0)
        for start, end in _solid_stretches(strength > _RULE, shortest):
            lines.append(
                (
                    float(left + start),
                    float(centres[at][1]) - 0.5,
                    float(left + end),
                    float(np.median(strength[start:end])),
                )
            )
    return _joined(lines, gap=dpi * 0.1, apart=max(1.5, dpi * 0.014))


def _solid_stretches(strong: np.ndarray, shortest: int) -> list[tuple[int, int]]:
    """Where a line is strong for four fifths of its length: all of it, else its long stretches without the strokes of
    characters that stand near its end, in line with it."""
    if strong.mean() >= 0.8:
        return [(0, len(strong))]
    near = cv2.morphologyEx(strong.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))[0]
    edges = np.flatnonzero(np.diff(np.r_[0, near, 0]))
    return [(start, end) for start, end in edges.reshape(-1, 2).tolist() if end - start >= shortest]


def _ridge(dark: np.ndarray, dpi: float) -> np.ndarray:
    """How much darker each pixel is than what stands a little above and below it, float32, smoothed along the row."""
    smooth = cv2.blur(dark.astype(np.float32), (5, 1))
    ridge = np.full(smooth.shape, -255.0, np.float32)
    for away in (max(2, round(dpi * 0.02)), max(4, round(dpi * 0.04))):
        beside = np.maximum(_shifted(smooth, away), _shifted(smooth, -away))
        np.maximum(ridge, smooth - beside, out=ridge)
    return ridge


def _shifted(picture: np.ndarray, rows: int) -> np.ndarray:
    moved = np.zeros_like(picture)
    if rows > 0:
        moved[rows:] = picture[:-rows]
    else:
        moved[:rows] = picture[-rows:]
    return moved


def _joined(lines: list[tuple[float, float, float, float]], gap: float, apart: float) -> np.ndarray:
    """Lines (x0, y, x1, strength) as (x0, y, x1, y, strength), those at one height with small gaps between them as one."""
    groups: list[list[tuple[float, float, float, float]]] = []
    for line in sorted(lines, key=lambda line: line[1]):
        if groups and line[1] - groups[-1][-1][1] <= apart:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[tuple[float, float, float, float, float]] = []
    for group in groups:
        group.sort()
        cuts = [
            at for at, (a, b) in enumerate(pairwise(group), start=1) if b[0] - max(line[2] for line in group[:at]) > gap
        ]
        for low, high in pairwise([0, *cuts, len(group)]):
            part = group[low:high]
            long = sum(line[2] - line[0] for line in part)
            y = sum(line[1] * (line[2] - line[0]) for line in part) / long
            strength = sum(line[3] * (line[2] - line[0]) for line in part) / long
            joined.append((part[0][0], y, max(line[2] for line in part), y, strength))
    return np.array(joined, np.float64).reshape(-1, 5)


def without_rules(grey: np.ndarray, rules: np.ndarray) -> np.ndarray:
    """The picture with the rules (pixels) painted over in white."""
    painted = grey.copy()
    for x0, y0, x1, y1 in np.round(rules).astype(int).tolist():
        painted[max(y0 - 2, 0) : y1 + 3, max(x0 - 2, 0) : x1 + 3] = 255
    return painted


def rules_of_page(rules: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """The rules without strokes of characters and dashes.

    A lying one does not run through lines of text (boxes in pixels) for most of its length. A standing one of few lines'
    height must reach from one lying rule to another and, if it is no higher than two lines, stand at the side of a column of
    a table that has other rows or between lines of text.
    """
    lying = rules[rules[:, 1] == rules[:, 3]]
    standing = rules[rules[:, 1] != rules[:, 3]]
    if not len(lines):
        return rules
    high = lines[:, 3] - lines[:, 1]
    keep = np.ones(len(lying), bool)
    for at, (x0, y, x1, _) in enumerate(lying.tolist()):
        through = (lines[:, 1] + 0.15 * high < y) & (y < lines[:, 3] - 0.15 * high)
        shared = np.minimum(lines[through, 2] + 4, x1) - np.maximum(lines[through, 0] - 4, x0)
        keep[at] = np.maximum(shared, 0).sum() < 0.8 * (x1 - x0)
    lying = lying[keep]
    usual = float(np.median(high))
    long = standing[standing[:, 3] - standing[:, 1] >= 2.4 * usual]
    stays = np.ones(len(standing), bool)
    for at, (x, top, _, bottom) in enumerate(standing.tolist()):
        if bottom - top < 2.4 * usual:
            crossing = lying[(lying[:, 0] < x + 6) & (lying[:, 2] > x - 6), 1]
            beside = long[(long[:, 1] < bottom) & (long[:, 3] > top), 0]
            stays[at] = all(len(crossing) and np.abs(crossing - end).min() < 7 for end in (top, bottom))
            within = (lines[:, 0] + 0.3 * high < x) & (x < lines[:, 2] - 0.3 * high)
            within &= np.minimum(lines[:, 3], bottom) - np.maximum(lines[:, 1], top) > 0.6 * (bottom - top)
            if bottom - top < 2.0 * usual and (len(beside) or within.any()):
                stays[at] &= bool((np.abs(long[:, 0] - x) < 5).any())
    return without_specks(np.vstack([lying, standing[stays]]), usual)


def without_strokes(rules: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """The rules without standing edges inside of words: those that lengthen a rule into the line below or above the
    table, and those where hardly a row has one, strokes that reach from rule to rule, as those of 市 below 市 in low
    rows. `lines` are the boxes of the lines of text, in pixels like the rules."""
    standing = rules[:, 1] != rules[:, 3]
    keep = np.ones(len(rules), bool)
    if not standing.any():
        return rules
    high = lines[:, 3] - lines[:, 1]
    table = _hanging_together(rules)
    for at in np.flatnonzero(standing).tolist():
        x, top, _, bottom = rules[at].tolist()
        through = (lines[:, 0] + 0.15 * high < x) & (x < lines[:, 2] - 0.15 * high)
        through &= np.minimum(lines[:, 3], bottom) - np.maximum(lines[:, 1], top) > 0.5 * high
        if not through.any():
            continue
        own = table == table[at]
        if np.count_nonzero(own & ~standing) < 4:  # strokes of lines of text hang together too
            own = np.ones(len(rules), bool)
        levels = rules[own & ~standing]
        crossed = levels[(levels[:, 0] < x - 6) & (levels[:, 2] > x + 6), 1]
        met = levels[(levels[:, 0] < x + 6) & (levels[:, 2] > x - 6), 1]
        free = [not len(met) or np.abs(met - end).min() >= 7 for end in (top, bottom)]
        if any(free) and bottom - top < 1.2 * float(high[through].max()):
            keep[at] = False
            continue
        beside = rules[own & standing & (np.abs(rules[:, 0] - x) < 5)]
        drawn = float((beside[:, 3] - beside[:, 1]).sum())
        keep[at] = len(crossed) < 4 or drawn > 0.3 * float(crossed.max() - crossed.min())
    return rules[keep]


def _hanging_together(rules: np.ndarray) -> np.ndarray:
    """int (m,): a number for each group of rules that touch one another."""
    reach = rules + np.array([-7, -7, 7, 7])
    touch = (reach[:, None, 0] < reach[None, :, 2]) & (reach[None, :, 0] < reach[:, None, 2])
    touch &= (reach[:, None, 1] < reach[None, :, 3]) & (reach[None, :, 1] < reach[:, None, 3])
    group = np.arange(len(rules))
    while True:
        least = np.where(touch, group[None, :], len(rules)).min(axis=1)
        if (least == group).all():
            return group
        group = least


def without_specks(rules: np.ndarray, size: float) -> np.ndarray:
    """The rules without groups, hanging together, that are no larger than a few characters of `size` pixels."""
    if not len(rules):
        return rules
    group = _hanging_together(rules)
    keep = np.ones(len(rules), bool)
    for root in np.unique(group).tolist():
        own = rules[group == root]
        upright = (own[:, 1] != own[:, 3]).any()
        keep[group == root] = not upright or (
            own[:, 2].max() - own[:, 0].min() > 5 * size and own[:, 3].max() - own[:, 1].min() > 0.8 * size
        )
    return rules[keep]


def darkest_channel(picture: np.ndarray, tilt: float) -> np.ndarray:
    """The picture, made level, in which ink of any colour is dark."""
    return turned(np.ascontiguousarray(picture.min(axis=2)), tilt)


class Drawn(NamedTuple):
    """What is drawn on a page besides text and rules: the part of the page that it takes, and the boxes (pixels, float32
    (k, 4)) of pictures among the text."""

    share: float
    pictures: np.ndarray


def drawn_parts(colour: np.ndarray, red: np.ndarray, lines: np.ndarray, long: np.ndarray, dpi: float) -> Drawn:
    """Maps, drawings and photographs, by tiles of a fifth of an inch that hold other ink than text.

    `colour` is the darkest channel of the level picture without its rules, `red` (uint8) is dark where its ink is red as
    that of seals; `lines` are the boxes of text in pixels, `long` (bool) marks lines of prose, under which no picture goes.
    """
    tile = max(int(dpi / 5), 8)
    drawn, reddish = (_tiles(picture, 185, lines, tile) for picture in (colour, red))
    if not drawn.size:  # a picture smaller than a tile
        return Drawn(0.0, np.zeros((0, 4), np.float32))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(drawn, np.ones((3, 3), np.uint8)), connectivity=8
    )
    pictures = []
    for at in range(1, count):
        x, y, wide, high, _ = stats[at].tolist()
        own = (labels == at) & (drawn > 0)
        if wide * high < _PICTURE * drawn.size or own.sum() < 0.15 * wide * high:
            continue
        if (reddish[own] > 0).mean() > 0.7:  # a seal
            continue
        box = np.array([x, y, x + wide, y + high], np.float32) * tile
        prose = lines[long]
        if (
            (prose[:, 0] < box[2])
            & (prose[:, 2] > box[0])
            & (prose[:, 1] > box[1] + tile)
            & (prose[:, 3] < box[3] - tile)
        ).any():
            continue
        pictures.append(box)
    return Drawn(float(drawn.mean()), np.array(pictures, np.float32).reshape(-1, 4))


def without_frames(rules: np.ndarray, pictures: np.ndarray, dpi: float) -> tuple[np.ndarray, np.ndarray]:
    """The rules without those in and around pictures, and the pictures with their frames (all in pixels)."""
    framed = pictures.copy()
    keep = np.ones(len(rules), bool)
    for at, (x0, top, x1, bottom) in enumerate(pictures.tolist()):
        side, above = max(dpi / 2, 0.3 * (x1 - x0)), max(dpi / 2, 0.3 * (bottom - top))  # a map need not fill its frame
        own = (rules[:, 0] > x0 - side) & (rules[:, 2] < x1 + side)
        own &= (rules[:, 1] > top - above) & (rules[:, 3] < bottom + above)
        keep &= ~own
        every = np.vstack([pictures[at : at + 1], rules[own]])
        framed[at] = [*every[:, :2].min(axis=0), *every[:, 2:].max(axis=0)]
    return rules[keep], framed


def red_ink(picture: np.ndarray, tilt: float) -> np.ndarray:
    """uint8: 0 where the level picture is red, 255 elsewhere."""
    strong = picture[:, :, 0].astype(np.int16) - picture[:, :, 1:].max(axis=2)
    return turned(np.where(strong > 40, 0, 255).astype(np.uint8), tilt)


def _tiles(picture: np.ndarray, limit: int, lines: np.ndarray, tile: int) -> np.ndarray:
    """uint8 (rows, columns): the tile has ink outside of the lines."""
    ink = (picture < limit).astype(np.uint8)
    for x0, top, x1, bottom in np.round(lines).astype(int).tolist():
        ink[max(top - 3, 0) : bottom + 4, max(x0 - 4, 0) : x1 + 5] = 0
    rows, columns = ink.shape[0] // tile, ink.shape[1] // tile
    sums = ink[: rows * tile, : columns * tile].reshape(rows, tile, columns, tile).sum(axis=(1, 3))
    return (sums > 0.05 * tile * tile).astype(np.uint8)
