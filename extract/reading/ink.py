"""What an engine gives for one page, before anyone has read it: characters with their boxes, rules, fills, pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class PageInk:
    """One page in displayed space: points from the top left, /Rotate and CropBox already applied.

    `text` has one character for each row of the arrays (n rows), in the order of the content stream, normalised
    (Kangxi radicals and compatibility characters as the characters they stand for). A glyph that stands for several
    characters (ligature) has a row for each.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: np.ndarray
    """float32 (n, 4): x0, top, x1, bottom."""
    sizes: np.ndarray
    """float32 (n,): font size in points as displayed."""
    bold: np.ndarray
    """bool (n,): the font is bold (by weight, flag or name)."""
    fonts: np.ndarray
    """int16 (n,): index into `font_names`."""
    angles: np.ndarray
    """int16 (n,): direction of writing in degrees clockwise as displayed, 0 for ordinary text."""
    font_names: tuple[str, ...]
    rules: np.ndarray
    """float32 (m, 4): straight drawn lines and thin filled rectangles, as x0, top, x1, bottom."""
    fills: np.ndarray
    """float32 (k, 4): filled rectangles that are not thin (shading, zebra rows, white boxes left out)."""
    images: np.ndarray
    """float32 (j, 4): pictures."""
    raw: str = ""
    """`text` before normalisation, character for character."""
    rejected: int = 0
    """Characters that the engine gave but that are no ink (soft hyphens, generated blanks, off the page)."""
