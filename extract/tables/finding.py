"""The tables of one page: each dress is looked for in turn, in what the dresses before it have left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..reading.ink import PageInk
from .aligned import Found, find_aligned
from .celltext import cells_to_texts
from .page import PageCell, PageTable
from .regions import Block
from .rulings import Lattice, find_lattices, rules_by_direction
from .segments import Segments
from .sheet import Sheet, ink_to_sheet

FRAME = 0.8
"""A box that takes this share of the page's width and height is a frame around the page, not a box of text."""
FILLED = 0.12
"""A lattice with a smaller share of filled cells is a drawing."""


def find_tables(ink: PageInk, ignore: np.ndarray | None = None) -> list[PageTable]:
    """The tables and boxes of a page, from top to bottom.

    `ignore` (bool, one for each character of the ink) marks what is known to be no text of the page: watermarks,
    running heads. Slanted characters are left out in any case.
    """
    if not len(ink.text):
        return []
    sheet = ink_to_sheet(ink, ignore)
    horizontal, vertical = rules_by_direction(sheet.rules)
    horizontal = without_underlines(sheet, horizontal, vertical)
    free = np.ones(len(sheet.index), dtype=bool)
    tables: list[PageTable] = []
    lattices = find_lattices(horizontal, vertical)
    for lattice in inner_first(lattices):
        table = lattice_to_table(sheet, lattice, free)
        if table is not None:
            tables.append(table)
    for found, segments, block in find_aligned(sheet, free, unused_rules(horizontal, lattices)):
        tables.append(aligned_to_table(sheet, found, segments, block, horizontal))
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def without_underlines(sheet: Sheet, horizontal: np.ndarray, vertical: np.ndarray) -> np.ndarray:
    """The lying rules without those that underline words inside a box: close under the glyphs, and short of its sides."""
    if not len(horizontal) or not len(vertical):
        return horizontal
    y = horizontal[:, 0, None]
    passes = (vertical[:, 1] < y + 1) & (vertical[:, 2] > y - 1)
    inside = passes & (vertical[:, 0] > horizontal[:, 1, None] - 4) & (vertical[:, 0] < horizontal[:, 2, None] + 4)
    meets = passes & (
        (np.abs(vertical[:, 0] - horizontal[:, 1, None]) < 0.9)
        | (np.abs(vertical[:, 0] - horizontal[:, 2, None]) < 0.9)
    )
    doubtful = np.flatnonzero(inside.any(axis=1) & ~meets.any(axis=1))
    keep = np.ones(len(horizontal), dtype=bool)
    middle = (sheet.lefts + sheet.rights) / 2
    for at in doubtful.tolist():
        level, x0, x1 = horizontal[at]
        drop = level - sheet.baselines
        over = (drop > -0.02 * sheet.sizes) & (drop < 0.32 * sheet.sizes) & (middle > x0) & (middle < x1)
        keep[at] = (sheet.rights[over] - sheet.lefts[over]).sum() < 0.6 * (x1 - x0)
    return horizontal[keep]


def unused_rules(horizontal: np.ndarray, lattices: list[Lattice]) -> np.ndarray:
    """The lying rules that are part of no lattice."""
    for lattice in lattices:
        x0, top, x1, bottom = lattice.box
        y = horizontal[:, 0]
        inside = (y > top - 3) & (y < bottom + 3) & (horizontal[:, 1] > x0 - 6) & (horizontal[:, 2] < x1 + 6)
        horizontal = horizontal[~inside]
    return horizontal


def aligned_to_table(sheet: Sheet, found: Found, segments: Segments, block: Block, horizontal: np.ndarray) -> PageTable:
    """The PageTable of a table that rules alone do not draw."""
    owner, chars = [], []
    spans = []
    for at, cell in enumerate(found.cells):
        spans.append((cell.row, cell.column, cell.rowspan, cell.colspan))
        for part in cell.parts:
            inside = segments.order[segments.first[part] : segments.first[part + 1]]
            chars.append(inside)
            owner.append(np.full(len(inside), at))
    horizontal[:, 0] if len(horizontal) else np.zeros(0)
    table = table_of_cells(
        sheet, "table", np.array(found.xs), np.array(found.ys), np.array(spans), np.concatenate(chars), np.concatenate(owner),
        dress="lines" if block.ruled else "plain", open_bottom=False, merges=False,
    )  # fmt: skip
    return replace(table, shaded=max(table.shaded, found.header))


def inner_first(lattices: list[Lattice]) -> list[Lattice]:
    """Lattices inside the only column of another come before it; those inside a cell of a grid are part of that cell."""
    if len(lattices) < 2:
        return lattices
    kept = []
    for lattice in lattices:
        around = [other for other in lattices if other is not lattice and encloses(other, lattice)]
        if all(len(other.xs) == 2 for other in around):
            kept.append((-len(around), lattice))
    return [lattice for _, lattice in sorted(kept, key=lambda pair: pair[0])]


def encloses(outer: Lattice, inner: Lattice) -> bool:
    a, b = outer.box, inner.box
    return a[0] <= b[0] + 1 and a[1] <= b[1] + 1 and a[2] >= b[2] - 1 and a[3] >= b[3] - 1


def lattice_to_table(sheet: Sheet, lattice: Lattice, free: np.ndarray) -> PageTable | None:
    """The table or box that a lattice holds; None if it is a drawing or a frame. Takes its characters out of `free`."""
    x0, top, x1, bottom = lattice.box
    middle_x = (sheet.boxes[:, 0] + sheet.boxes[:, 2]) / 2
    middle_y = (sheet.boxes[:, 1] + sheet.boxes[:, 3]) / 2
    inside = (middle_x > x0) & (middle_x < x1) & (middle_y > top) & (middle_y < bottom) & free
    chars = np.flatnonzero(inside)
    if not len(chars):
        return None
    column = np.searchsorted(lattice.xs, middle_x[chars]) - 1
    row = np.searchsorted(lattice.ys, middle_y[chars]) - 1
    owner = lattice.owner[row, column]
    count = len(lattice.spans)
    columns = len(lattice.xs) - 1
    filled = np.bincount(owner, minlength=count) > 0
    if columns == 1:
        if x1 - x0 > FRAME * sheet.width and bottom - top > FRAME * sheet.height:
            return None
        kind = "box"
    else:
        kind = "table"
        used_columns = np.unique(lattice.spans[filled, 1])
        if filled.sum() < FILLED * count or (len(used_columns) < 2 and count > 2):
            return None
    free[chars] = False
    return table_of_cells(
        sheet,
        kind,
        lattice.xs,
        lattice.ys,
        lattice.spans,
        chars,
        owner,
        open_top=lattice.open_top,
        open_bottom=lattice.open_bottom,
    )


def table_of_cells(
    sheet: Sheet,
    kind: str,
    xs: np.ndarray,
    ys: np.ndarray,
    spans: np.ndarray,
    chars: np.ndarray,
    owner: np.ndarray,
    *,
    dress: str = "ruled",
    open_top: bool = False,
    open_bottom: bool = False,
    merges: bool = True,
) -> PageTable:
    """A PageTable from its boundaries, the place of each cell (row, column, rowspan, colspan) and its characters."""
    texts = cells_to_texts(sheet, chars, owner, len(spans))
    x, y = xs.tolist(), ys.tolist()
    cells = tuple(
        PageCell(
            text,
            row,
            column,
            rowspan,
            colspan,
            sheet.displayed((x[column], y[row], x[column + colspan], y[row + rowspan])),
        )
        for text, (row, column, rowspan, colspan) in zip(texts, spans.tolist(), strict=True)
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    return PageTable(
        kind=kind,
        page=sheet.ink.number,
        box=sheet.displayed((x[0], y[0], x[-1], y[-1])),
        chars=np.sort(sheet.index[chars]),
        rows=rows,
        columns=columns,
        cells=cells,
        edges=tuple(x),
        dress=dress,
        open_top=open_top,
        open_bottom=open_bottom,
        shaded=count_head_rows(sheet, xs, ys, chars),
        merges=merges,
    )


def count_head_rows(sheet: Sheet, xs: np.ndarray, ys: np.ndarray, chars: np.ndarray) -> int:
    """How many first rows stand out by a shade or by bold letters from the rest; 0 if none or all do."""
    rows = len(ys) - 1
    middle = (ys[1:] + ys[:-1]) / 2
    if len(sheet.fills):
        fills = sheet.fills
        inside = (fills[:, 0] < xs[-1]) & (fills[:, 2] > xs[0])
        fills = fills[inside & (fills[:, 3] - fills[:, 1] < 0.9 * (ys[-1] - ys[0]))]
        if len(fills):
            overlap = np.minimum(fills[:, 2], xs[-1]) - np.maximum(fills[:, 0], xs[0])
            covers = (fills[:, 1, None] < middle) & (fills[:, 3, None] > middle)
            share = (covers * overlap[:, None]).sum(axis=0) / (xs[-1] - xs[0])
            count = _leading(share > 0.6)
            if 0 < count < rows and count <= 4 and not (share[count:] > 0.6).mean() > 0.25:
                return count
    centre = (sheet.boxes[chars, 1] + sheet.boxes[chars, 3]) / 2
    row = np.clip(np.searchsorted(ys, centre) - 1, 0, rows - 1)
    total = np.bincount(row, minlength=rows)
    bold = np.bincount(row, weights=sheet.bold[chars], minlength=rows)
    count = _leading((bold > 0.8 * total) & (total > 0))
    return count if 0 < count < rows and count <= 4 else 0


def _leading(flags: np.ndarray) -> int:
    """How many of the first flags are true without a break."""
    return int(len(flags) if flags.all() else np.argmin(flags))
