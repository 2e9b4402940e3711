"""The tables of one page: each dress is looked for in turn, in what the dresses before it have left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..reading.ink import PageInk
from .aligned import Found, find_aligned, find_framed
from .assembly import table_of_cells
from .page import PageTable
from .regions import Block
from .ruled import bridge_lattices, inner_first, lattice_to_table
from .rulings import Lattice, find_lattices, rules_by_direction
from .segments import Segments
from .sheet import Sheet, ink_to_sheet
from .stretches import close_stretches


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
    horizontal, vertical = close_stretches(sheet, horizontal, vertical)
    free = np.ones(len(sheet.index), dtype=bool)
    tables: list[PageTable] = []
    lattices = bridge_lattices(sheet, find_lattices(horizontal, vertical), horizontal)
    for lattice in inner_first(lattices):
        framed = find_framed(sheet, free, lattice) if len(lattice.xs) == 2 else None
        if framed is not None:
            tables.append(aligned_to_table(sheet, *framed))
            free[np.isin(sheet.index, tables[-1].chars)] = False
            continue
        table = lattice_to_table(sheet, lattice, free, lattices)
        if table is not None:
            tables.append(table)
    for found, segments, block in find_aligned(sheet, free, unused_rules(horizontal, lattices)):
        tables.append(aligned_to_table(sheet, found, segments, block))
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


def aligned_to_table(sheet: Sheet, found: Found, segments: Segments, block: Block) -> PageTable:
    """The PageTable of a table that rules alone do not draw."""
    owner, chars = [], []
    spans = []
    for at, cell in enumerate(found.cells):
        spans.append((cell.row, cell.column, cell.rowspan, cell.colspan))
        for part in cell.parts:
            inside = segments.order[segments.first[part] : segments.first[part + 1]]
            chars.append(inside)
            owner.append(np.full(len(inside), at))
    table = table_of_cells(
        sheet, "table", np.array(found.xs), np.array(found.ys), np.array(spans), np.concatenate(chars), np.concatenate(owner),
        dress="lines" if block.ruled else "plain", open_bottom=False, merges=False,
    )  # fmt: skip
    return replace(table, shaded=max(table.shaded, found.header))
