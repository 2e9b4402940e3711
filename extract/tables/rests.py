"""The rest of a row under a repeated head: words of a cell that the page break cut, read as further lines of the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...plan.document import InkLine, Text
from .celltext import EMPTY
from .grid import count_header_rows, page_table_to_rows
from .page import PageCell, PageTable, PrintedLine
from .titles import squeeze


def part_rests(flow: Sequence[PageTable | PrintedLine]) -> list[PageTable | PrintedLine]:
    """The flow with each such rest as a row of its own; the head of the page before says where the head ends."""
    parted = list(flow)
    before: PageTable | None = None
    for at, item in enumerate(parted):
        if not isinstance(item, PageTable) or item.kind == "box":
            continue
        if before is not None and item.page == before.page + 1 and item.columns == before.columns:
            item = parted[at] = _rest_apart(before, item)
        before = item
    return parted


def _rest_apart(head: PageTable, part: PageTable) -> PageTable:
    """`part`, its head row parted from what its cells have more than those of `head`, if they all begin as those do."""
    deep = count_header_rows(page_table_to_rows(head), head.shaded)
    if not 0 < deep < part.rows:
        return part
    said = {(cell.row, cell.column): cell for cell in head.cells if cell.row < deep}
    own = {(cell.row, cell.column): cell for cell in part.cells if cell.row < deep}
    if said.keys() != own.keys():
        return part
    rests: dict[int, tuple[Text, Text]] = {}
    for place, cell in own.items():
        name = said[place]
        if (cell.rowspan, cell.colspan) != (name.rowspan, name.colspan):
            return part
        if squeeze(cell.text.text) == squeeze(name.text.text):
            continue
        halves = _after(cell.text, squeeze(name.text.text))
        if halves is None or cell.row + cell.rowspan != deep or cell.colspan > 1:
            return part
        rests[cell.column] = halves
    if not rests or len(rests) > part.columns // 2:
        return part
    cells = []
    for cell in part.cells:
        if cell.row >= deep:
            cells.append(_placed(cell, cell.text, cell.row + 1, cell.rowspan))
        elif cell.column in rests and cell.row + cell.rowspan == deep:
            cells.append(_placed(cell, rests[cell.column][0], cell.row, cell.rowspan))
        else:
            cells.append(cell)
    bottom = {cell.column: cell for cell in own.values() if cell.row + cell.rowspan == deep}
    for column in range(part.columns):
        like = bottom.get(column) or next(cell for cell in own.values() if cell.column <= column)
        rest = rests[column][1] if column in rests else EMPTY
        cells.append(PageCell(rest, deep, column, 1, 1, like.box))
    return replace(part, rows=part.rows + 1, cells=tuple(cells))


def _placed(cell: PageCell, text: Text, row: int, rowspan: int) -> PageCell:
    return PageCell(text, row, cell.column, rowspan, cell.colspan, cell.box)


def _after(text: Text, name: str) -> tuple[Text, Text] | None:
    """(the name, the words after it) if the printed lines of a cell begin with those of this name."""
    for at, piece in enumerate(text.pieces):
        if not name or squeeze(text.text[: piece.start]) != name:
            continue
        start = piece.start
        rest = [
            InkLine(line.start - start, line.end - start, line.page, line.boxes)
            for line in text.pieces[at:]
            if isinstance(line, InkLine)
        ]
        return Text(text.text[:start], text.pieces[:at]), Text(text.text[start:], tuple(rest))
    return None
