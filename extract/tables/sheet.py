"""The ink of one page, turned so that its tables stand upright: the working arrays of table finding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..reading.characters import codes_of
from ..reading.ink import PageInk

_IS_BLANK = np.zeros(0x3002, bool)
_IS_BLANK[[0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C), 0x202F, 0x205F]] = True


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Characters and rules of a page in upright space.

    `turn` is the direction in which the tables are written on the displayed page (0, 90, 180 or 270 degrees
    clockwise). `index` are the rows of PageInk of the characters that count (not blank, written in direction `turn`);
    `boxes`, `lefts`, `rights` (with side bearings), `baselines`, `codes`, `sizes` and `bold` are theirs.
    """

    ink: PageInk
    turn: int
    width: float
    height: float
    index: np.ndarray
    boxes: np.ndarray
    lefts: np.ndarray
    rights: np.ndarray
    baselines: np.ndarray
    codes: np.ndarray
    sizes: np.ndarray
    bold: np.ndarray
    rules: np.ndarray
    fills: np.ndarray
    images: np.ndarray

    def displayed(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A rectangle of upright space on the displayed page."""
        x0, top, x1, bottom = box
        if self.turn == 90:
            x0, top, x1, bottom = self.ink.width - bottom, x0, self.ink.width - top, x1
        elif self.turn == 180:
            x0, top, x1, bottom = (
                self.ink.width - x1,
                self.ink.height - bottom,
                self.ink.width - x0,
                self.ink.height - top,
            )
        elif self.turn == 270:
            x0, top, x1, bottom = top, self.ink.height - x1, bottom, self.ink.height - x0
        return (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def ink_to_sheet(ink: PageInk, ignore: np.ndarray | None = None) -> Sheet:
    """The characters that can stand in a table (not blank, not slanted, not in `ignore`), upright."""
    codes = codes_of(ink.text)
    turn = 0
    straight = ink.angles == 0
    if not straight.all():
        for other in (90, 180, 270):
            if np.count_nonzero(ink.angles == other) * 2 > len(codes):
                turn = other
                straight = ink.angles == turn
    keep = straight & ~_IS_BLANK[np.minimum(codes, 0x3001)]
    if ignore is not None:
        keep &= ~ignore
    upright = ink.turned(turn) if turn else ink
    index = np.flatnonzero(keep)
    baselines = upright.boxes[:, 3] if upright.baselines is None else upright.baselines
    every = len(index) == len(codes)
    return Sheet(
        ink=ink, turn=turn, width=upright.width, height=upright.height, index=index,
        boxes=upright.boxes if every else upright.boxes[index],
        lefts=upright.lefts[index], rights=upright.rights[index], baselines=baselines[index], codes=codes[index],
        sizes=ink.sizes[index], bold=ink.bold[index], rules=upright.rules, fills=upright.fills,
        images=upright.images,
    )  # fmt: skip
