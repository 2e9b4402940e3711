"""Ink → what stands on a page: lines of text in reading order, tables, boxes, footnotes, the words of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..plan.document import OcrLine
from .furniture import page_mark, watermark_mask
from .lines import Line, ink_to_lines, underlines
from .reading.ink import PageInk, turned_boxes
from .reading.quality import GARBLED
from .reading.quick import median
from .tables import PageTable, find_tables
from .turned_cells import with_turned_words

_OUTLINES = 400
"""Paths on a page without characters from which on it may be letters drawn as outlines."""
_FIGURE_TITLE = re.compile(r"附?图\s*\d|第.{1,4}[章节]")
_WHOLE_PAGE = 0.6
"""A picture that takes this part of the page is its background or a scan, not a figure in the text."""


@dataclass(frozen=True, slots=True, eq=False)
class PageItems:
    """A page before anything is joined over pages. `fates`: characters left out so far, by kind."""

    number: int
    width: float
    height: float
    characters: int
    lines: tuple[Line, ...]
    tables: tuple[PageTable, ...]
    box_lines: dict[int, tuple[Line, ...]]
    """Lines inside of the boxes, by the position of the box in `tables`."""
    figure_lines: tuple[Line, ...]
    """Legends and names in and beside pictures, and writing along the edges."""
    short_rules: tuple[tuple[float, float, float], ...]
    """x0, x1, y of level rules at most half a page wide: one of them may open the footnotes."""
    fates: dict[str, int] = field(default_factory=dict)
    angle: int = 0
    """How the page is turned against its writing."""
    state: str = "read"
    """As in Page."""
    tables_failed: bool = False
    """Looking for tables failed, so the words of tables stand among the lines."""
    ocr_lines: tuple[OcrLine, ...] = ()
    watermark: np.ndarray | None = None
    """float32 (k, 4): the boxes of its watermark's characters."""
    tilt: float = 0.0
    """Degrees clockwise by which the page as displayed is tilted against these items, which are level."""


def page_items(
    ink: PageInk, watermarks: frozenset[tuple[str, int, int]] = frozenset(), garbage: float = 0.0
) -> PageItems:
    """The items of a page, read in the direction that most of its characters are written.

    `garbage` is the share of characters that say nothing (`garbage_share`).
    """
    fates = dict(ink.rejects)
    state = _state(ink, garbage)
    if state == "garbled":
        fates["garbled"] = len(ink.text)
        return PageItems(
            ink.number, ink.width, ink.height, len(ink.text) + ink.rejected, (), (), {}, (), (), fates, state=state
        )
    water = watermark_mask(ink, watermarks) if len(ink.text) else np.zeros(0, bool)
    if water.any():
        fates["watermark"] = int(water.sum())
    angle = main_angle(ink)
    tables, failed = _tables(ink, water)
    if tables and angle == 0 and ink.angles.any():
        tables = with_turned_words(ink, tables, lambda rows, turn: _lines(ink, rows, turn))
    unruled = replace(ink, rules=ink.rules[~_in_grids(ink.rules, tables)]) if tables else ink
    underlined, _ = underlines(unruled.turned(angle) if angle else unruled)
    taken = water.copy()
    boxes: dict[int, tuple[Line, ...]] = {}
    for at, table in enumerate(tables):
        taken[table.chars] = True
        if table.kind == "box":
            boxes[at] = tuple(_lines(ink, table.chars, angle, underlined))
    across = ink.angles != angle
    lines = _lines(ink, (~(taken | across)).nonzero()[0], angle, underlined)
    in_figures: list[Line] = []
    if len(ink.images):
        lines, in_figures = _apart_from_figures(lines, ink)
    for other in sorted(set(ink.angles[across & ~taken].tolist())):
        in_figures.extend(_lines(ink, np.flatnonzero(~taken & (ink.angles == other)), int(other)))
    return PageItems(
        number=ink.number, width=ink.width, height=ink.height, characters=len(ink.text) + ink.rejected,
        lines=tuple(lines), tables=tuple(tables), box_lines=boxes, figure_lines=tuple(in_figures),
        short_rules=_short_rules(unruled), fates=fates, angle=angle, state=state,
        watermark=ink.boxes[water] if water.any() else None, tables_failed=failed,
    )  # fmt: skip


def _tables(ink: PageInk, water: np.ndarray) -> tuple[list[PageTable], bool]:
    """The tables of the page, and whether looking for them failed: then the page is read as lines, and says so.

    Pages of any make come here, and a drawing that nobody thought of must not cost the other pages of the document.
    """
    if not len(ink.text):
        return [], False
    try:
        return find_tables(ink, water), False
    except MemoryError:
        raise
    except Exception:
        return [], True


def _state(ink: PageInk, garbage: float) -> str:
    """Whether the page could be read, or is a picture, or its characters say nothing."""
    if garbage > GARBLED:
        return "garbled"
    few = len(ink.text) < 30
    if few and (_largest_share(ink) > 0.4 or (len(ink.text) < 5 and ink.paths > _OUTLINES)):
        return "image_only"
    return "read"


def _in_grids(rules: np.ndarray, tables: list[PageTable]) -> np.ndarray:
    """Bool (m,): the rule is drawn in or around a table, so it underlines nothing that layout reads."""
    inside = np.zeros(len(rules), bool)
    for table in tables:
        if table.kind == "table":
            x0, top, x1, bottom = table.box
            inside |= (
                (rules[:, 0] > x0 - 2) & (rules[:, 1] > top - 2) & (rules[:, 2] < x1 + 2) & (rules[:, 3] < bottom + 2)
            )
    return inside


def unreadable_page(number: int, state: str = "unreadable") -> PageItems:
    """A page that no engine could load, or that was not to be read ("skipped")."""
    return PageItems(number, 0.0, 0.0, 0, (), (), {}, (), (), state=state)


def as_figure(items: PageItems) -> PageItems:
    """A page that is one figure: its lines are labels of the drawing, but for titles such as 附图1 or 图3-1."""
    titles = tuple(line for line in items.lines if _FIGURE_TITLE.match(line.text) or page_mark(line.text) is not None)
    labels = tuple(line for line in items.lines if not any(line is title for title in titles))
    boxed = tuple(line for lines in items.box_lines.values() for line in lines)
    return replace(items, lines=titles, figure_lines=(*items.figure_lines, *labels, *boxed), tables=(), box_lines={})


def main_angle(ink: PageInk) -> int:
    """The direction, of 0, 90, 180 and 270 degrees, that most characters are written in."""
    if not ink.angles.any():
        return 0
    angles, counts = np.unique(ink.angles, return_counts=True)
    best = int(angles[counts.argmax()])
    return best if best in (90, 180, 270) else 0


def _lines(ink: PageInk, rows: np.ndarray, angle: int, underlined: np.ndarray | None = None) -> list[Line]:
    """The lines that these characters make, written at `angle`; boxes are those of the page as displayed."""
    if not len(rows):
        return []
    part = ink if len(rows) == len(ink.text) else ink.kept(rows)
    if angle in (90, 180, 270):
        back = part.turned(angle)
        size = (back.width, back.height)
        lines = ink_to_lines(back, None if underlined is None else underlined[rows])
        return [replace(line, boxes=turned_boxes(line.boxes, 360 - angle, *size)) for line in lines]
    if angle:
        return [_slanted(part)]
    return ink_to_lines(part, None if underlined is None else underlined[rows])


def _slanted(ink: PageInk) -> Line:
    """Slanted writing as one line in the order of the content stream."""
    none = np.zeros(len(ink.text), bool)
    boxes = ink.boxes
    return Line(
        ink.number, ink.text, boxes, float(boxes[:, 0].min()), float(boxes[:, 2].max()), float(boxes[:, 3].max()),
        median(ink.sizes), int(ink.fonts[0]), ink.bold, none, none, 0, len(ink.text),
    )  # fmt: skip


def _apart_from_figures(lines: Sequence[Line], ink: PageInk) -> tuple[list[Line], list[Line]]:
    """Lines of the text, and lines that stand in or beside a picture (its legend)."""
    page = ink.width * ink.height
    figures = [
        box for box in ink.images.tolist()
        if (box[2] - box[0]) * (box[3] - box[1]) < _WHOLE_PAGE * page and box[3] - box[1] > 40 and box[2] - box[0] > 40
    ]  # fmt: skip
    text: list[Line] = []
    beside: list[Line] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        inside = any(box[1] < middle < box[3] for box in figures)
        (beside if inside else text).append(line)
    return text, beside


def _short_rules(ink: PageInk) -> tuple[tuple[float, float, float], ...]:
    rules = ink.rules
    wide = rules[:, 2] - rules[:, 0]
    short = (
        (rules[:, 3] - rules[:, 1] < 2.0) & (wide > 40) & (wide < 0.45 * ink.width) & (rules[:, 1] > 0.35 * ink.height)
    )
    return tuple((x0, x1, (top + bottom) / 2) for x0, top, x1, bottom in rules[short].tolist())


def _largest_share(ink: PageInk) -> float:
    if not len(ink.images):
        return 0.0
    areas = (ink.images[:, 2] - ink.images[:, 0]) * (ink.images[:, 3] - ink.images[:, 1])
    return float(areas.max()) / max(ink.width * ink.height, 1.0)
