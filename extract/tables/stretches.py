"""Standing rules that touch no lying rule: stretches of a table between category rows, or of one that goes over the page."""

from __future__ import annotations

import numpy as np

from .rulings import SNAP, TOUCH
from .sheet import Sheet

EVEN = 6.0
"""Rules of a stretch begin and end this near to each other (points)."""
SHORTEST = 10.0
"""A stretch is at least this high (points)."""
ALONE = 60.0
"""The same of a stretch on a page without a lying rule."""
FEWEST = 3
"""So many rules, at least, make such a stretch."""
AT_TOP = 0.15
"""It begins in this share of the page's height: the table comes from the page before."""
PAD = 3.0
"""White beside the words of the first and last column, where no rule stands (points)."""


def close_stretches(sheet: Sheet, horizontal: np.ndarray, vertical: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lying rules with one more at the top and bottom of each stretch of loose standing rules that begin and end
    together, where a lying rule of the page is met by rules at the same places, or where the stretch opens the page; and
    the standing rules, those of a stretch of one height."""
    if len(vertical) < 2:
        return horizontal, vertical
    vertical = vertical.copy()
    x, top, bottom = vertical.T
    y, left, right = horizontal.T
    meets = (x[:, None] > left - TOUCH) & (x[:, None] < right + TOUCH)
    meets &= (y > top[:, None] - TOUCH) & (y < bottom[:, None] + TOUCH)
    loose = np.flatnonzero(~meets.any(axis=1) & (bottom - top > SHORTEST))
    added: list[tuple[float, float, float]] = []
    while len(loose) > 1:
        same = (np.abs(top[loose] - top[loose[0]]) < EVEN) & (np.abs(bottom[loose] - bottom[loose[0]]) < EVEN)
        stretch, loose = loose[same], loose[~same]
        if len(stretch) < 2:
            continue
        high, low = float(top[stretch].min()), float(bottom[stretch].max())
        sides = _sides(horizontal, vertical, meets, np.sort(x[stretch]))
        if sides is None:
            sides = _sides_of_words(sheet, x[stretch], high, low)
        if sides is not None:
            within = y[(left > sides[0] - SNAP) & (right < sides[1] + SNAP)]
            high, low = (_nearest(within, level) for level in (high, low))
            added += [(high, *sides), (low, *sides)]
            vertical[stretch, 1:] = high, low
    return (np.concatenate([horizontal, np.array(added)]) if added else horizontal), vertical


def _nearest(levels: np.ndarray, level: float) -> float:
    """A level of lying rules that stands as near as the ends of a stretch do; else the given one."""
    away = np.abs(levels - level)
    return float(levels[away.argmin()]) if len(levels) and away.min() < EVEN else level


def _sides(
    horizontal: np.ndarray, vertical: np.ndarray, meets: np.ndarray, xs: np.ndarray
) -> tuple[float, float] | None:
    """Left and right of a lying rule that standing rules at all these places meet."""
    for at, (_, left, right) in enumerate(horizontal.tolist()):
        if left > xs[0] + SNAP or right < xs[-1] - SNAP:
            continue
        own = vertical[meets[:, at], 0]
        if len(own) and (np.abs(own[:, None] - xs).min(axis=0) < SNAP).all():
            return left, right
    return None


def _sides_of_words(sheet: Sheet, xs: np.ndarray, high: float, low: float) -> tuple[float, float] | None:
    """Where the words beside a stretch at the top of the page begin and end; None if it is no such stretch."""
    if len(xs) < FEWEST or low - high < ALONE or high > AT_TOP * sheet.height:
        return None
    middle = (sheet.boxes[:, 1] + sheet.boxes[:, 3]) / 2
    inside = (middle > high) & (middle < low)
    if not inside.any():
        return None
    left, right = float(sheet.lefts[inside].min()) - PAD, float(sheet.rights[inside].max()) + PAD
    return min(left, float(xs.min())), max(right, float(xs.max()))
