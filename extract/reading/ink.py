"""What an engine gives for one page, before anyone has read it: characters with their boxes, rules, fills, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from .characters import picked


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
    advances: np.ndarray | None = None
    """float32 (n, 2): left and right of each glyph with its side bearings; None if unknown. In displayed space for
    ordinary text; for text turned by 90, 180 or 270 degrees in the space of `turned`, where it runs to the right."""
    baselines: np.ndarray | None = None
    """float32 (n,): the baseline, in points from the top, in the same space as `advances`; None if unknown."""
    rejects: dict[str, int] = field(default_factory=dict)
    """`rejected` by reason: blank, control, off_page, overprint …; the sum is `rejected`."""

    blank_before: np.ndarray | None = None
    """Bool (n,): a blank stands before the character in the content stream, or the engine sees one; None if unknown."""
    texts: int = 0
    """How many text objects the page has; some without characters that can be read is a sign of a broken font."""
    paths: int = 0
    """How many paths are drawn; a page of outlined letters has thousands and no characters."""

    @property
    def lefts(self) -> np.ndarray:
        """The left of each glyph with its side bearing, float32 (n,)."""
        return self.boxes[:, 0] if self.advances is None else self.advances[:, 0]

    @property
    def rights(self) -> np.ndarray:
        """The right of each glyph with its side bearing, float32 (n,)."""
        return self.boxes[:, 2] if self.advances is None else self.advances[:, 1]

    def turned(self, angle: int) -> PageInk:
        """The page turned so that what is written at `angle` (90, 180 or 270 degrees clockwise) runs to the right."""
        width, height = (self.height, self.width) if angle in (90, 270) else (self.width, self.height)
        return replace(
            self, width=width, height=height, angles=(self.angles - angle) % 360,
            boxes=turned_boxes(self.boxes, angle, self.width, self.height),
            rules=turned_boxes(self.rules, angle, self.width, self.height),
            fills=turned_boxes(self.fills, angle, self.width, self.height),
            images=turned_boxes(self.images, angle, self.width, self.height),
        )  # fmt: skip

    def kept(self, rows: np.ndarray) -> PageInk:
        """The page with these characters only (`rows`: their indices in order, or a mask); rules and pictures stay."""
        index = np.flatnonzero(rows) if rows.dtype == bool else rows
        raw = self.raw or self.text
        text = picked(self.text, index)
        return replace(
            self,
            text=text,
            raw=text if raw is self.text else picked(raw, index),
            boxes=self.boxes[index],
            sizes=self.sizes[index],
            bold=self.bold[index],
            fonts=self.fonts[index],
            angles=self.angles[index],
            advances=None if self.advances is None else self.advances[index],
            baselines=None if self.baselines is None else self.baselines[index],
            blank_before=None if self.blank_before is None else self.blank_before[index],
        )


def turned_boxes(boxes: np.ndarray, angle: int, width: float, height: float) -> np.ndarray:
    """Boxes of a page of that size in the space where writing at `angle` runs to the right."""
    match angle % 360:
        case 90:
            columns = (boxes[:, 1], width - boxes[:, 2], boxes[:, 3], width - boxes[:, 0])
        case 180:
            columns = (width - boxes[:, 2], height - boxes[:, 3], width - boxes[:, 0], height - boxes[:, 1])
        case 270:
            columns = (height - boxes[:, 3], boxes[:, 0], height - boxes[:, 1], boxes[:, 2])
        case _:
            return boxes
    return np.column_stack(columns).astype(np.float32)
