"""Words written upwards or downwards in the cells of an upright table: categories at its side, names in its head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..plan.document import Text
from .lines import Line
from .paragraphs import paragraph_text
from .reading.ink import PageInk
from .tables import PageTable
from .tables.page import PageCell

Lines = Callable[[np.ndarray, int], Sequence[Line]]
"""Rows of the ink, and the direction that they are written in → their lines."""


def with_turned_words(ink: PageInk, tables: Sequence[PageTable], lines_of: Lines) -> list[PageTable]:
    """The tables with the characters turned by 90 or 270 degrees in those cells that have no others and stand around them."""
    turned = np.flatnonzero((ink.angles == 90) | (ink.angles == 270))
    if not len(turned):
        return list(tables)
    boxes = ink.boxes[turned]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    done = []
    for table in tables:
        cells: list[PageCell] = []
        taken: list[np.ndarray] = []
        for cell in table.cells:
            x0, top, x1, bottom = cell.box
            inside = turned[(x > x0) & (x < x1) & (y > top) & (y < bottom)]
            if table.kind == "table" and table.dress == "ruled" and len(inside) and not cell.text.text:
                cell = PageCell(
                    _words(ink, inside, lines_of), cell.row, cell.column, cell.rowspan, cell.colspan, cell.box
                )
                taken.append(inside)
            cells.append(cell)
        if taken:
            table = replace(table, cells=tuple(cells), chars=np.sort(np.concatenate([table.chars, *taken])))
        done.append(table)
    return done


def _words(ink: PageInk, rows: np.ndarray, lines_of: Lines) -> Text:
    """The words of a cell, those of each direction one after the other."""
    lines = [
        line
        for angle in np.unique(ink.angles[rows]).tolist()
        for line in lines_of(rows[ink.angles[rows] == angle], int(angle))
    ]
    return paragraph_text(lines)[0]
