"""w:tbl → grid of cells: merged cells stand at every position they cover; no cell is looked up twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from ...plan.document import Cell, Text
from .docx_package import W, on, value_of
from .docx_words import joined

Grid = tuple[tuple[Cell | None, ...], ...]
ReadParagraph = Callable[[etree._Element], Text]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table before its title is known. `header_rows` as Word repeats them, else as the merged cells suggest."""

    grid: Grid
    header_rows: int


@dataclass(slots=True)
class _Slot:
    texts: list[Text]
    row: int
    column: int
    colspan: int
    rowspan: int = 1


def table_grid(table: etree._Element, read_paragraph: ReadParagraph) -> ReadTable:
    """The grid of a w:tbl. Rows deleted by a tracked change are left out; nested tables are read into their cell."""
    open_cells: dict[int, _Slot] = {}
    rows: list[dict[int, _Slot]] = []
    repeated = 0
    for row in _rows(table):
        at = len(rows)
        properties = row.find(f"{W}trPr")
        if repeated == at and on(properties, "tblHeader"):
            repeated += 1
        column = _whole(value_of(properties, "gridBefore"), 0)
        line: dict[int, _Slot] = {}
        for cell in _cells(row):
            cell_properties = cell.find(f"{W}tcPr")
            span = max(1, _whole(value_of(cell_properties, "gridSpan"), 1))
            merge = cell_properties.find(f"{W}vMerge") if cell_properties is not None else None
            above = open_cells.get(column)
            beside = cell_properties.find(f"{W}hMerge") if cell_properties is not None else None
            left = line.get(column - 1)
            if beside is not None and beside.get(f"{W}val") != "restart" and left is not None and left.row == at:
                left.colspan += span  # how old files merge cells of a row
                left.texts.extend(text for text in map(read_paragraph, _paragraphs(cell)) if text.pieces)
                line.update(dict.fromkeys(range(column, column + span), left))
                column += span
                continue
            if merge is not None and merge.get(f"{W}val") != "restart" and above is not None and above.colspan == span:
                slot = above
                slot.rowspan = at - slot.row + 1
            else:
                slot = _Slot([], at, column, span)
            texts = [text for paragraph in _paragraphs(cell) if (text := read_paragraph(paragraph)).text.strip()]
            slot.texts.extend(texts)
            for covered in range(column, column + span):
                line[covered] = slot
                if merge is not None:
                    open_cells[covered] = slot
                else:
                    open_cells.pop(covered, None)
            column += span
        rows.append(line)
    return _finished(rows, repeated)


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of this table (not of tables inside it), through content controls and tracked insertions."""
    found: list[etree._Element] = []
    for child in table:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            found.extend(_rows(child))
    return found


def _cells(row: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in row:
        if child.tag == f"{W}tc":
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            found.extend(_cells(child))
    return found


Part: TypeAlias = "list[etree._Element] | etree._Element"
"""Paragraphs, or a table of its own."""


def boxed_parts(table: etree._Element) -> list[tuple[Part, bool]]:
    """A table as it is; a frame around other tables (one column, or one row as tables are set side by side) as its
    paragraphs and these tables in their order, each with whether it goes on in the frame."""
    rows = [_cells(row) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    frame = len(rows) == 1 or all(len(row) == 1 for row in rows)
    if not frame or not any(_is_grid(inner) for cell in cells for inner in cell.iter(f"{W}tbl")):
        return [(table, False)]
    parts: list[tuple[Part, bool]] = []
    for cell in cells:
        for element in text_parts(cell):
            last = parts[-1][0] if parts else None
            if element.tag == f"{W}tbl":
                parts.append((element, True))
            elif isinstance(last, list):
                last.append(element)
            else:
                parts.append(([element], bool(parts)))
    return parts


def text_parts(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs inside of an element, and the tables of more than one column, which are not entered."""
    for child in element:
        if child.tag == f"{W}p" or (child.tag == f"{W}tbl" and _is_grid(child)):
            yield child
        elif isinstance(child.tag, str) and child.tag != f"{W}txbxContent":
            yield from text_parts(child)


def _is_grid(table: etree._Element) -> bool:
    rows = _rows(table)
    return len(rows) > 1 and any(len(_cells(row)) > 1 for row in rows)


def _paragraphs(cell: etree._Element) -> list[etree._Element]:
    """All paragraphs of a cell, those of nested tables too, those of text boxes not."""
    found: list[etree._Element] = []
    for child in cell:
        if child.tag == f"{W}p":
            found.append(child)
        elif isinstance(child.tag, str) and child.tag != f"{W}txbxContent":
            found.extend(_paragraphs(child))
    return found


_MOST = 1000
"""Columns: Word itself allows 63; a file that says more is damaged or means harm."""


def _whole(text: str | None, default: int) -> int:
    return min(int(text), _MOST) if text and text.isdigit() and len(text) < 10 else default


def _finished(rows: list[dict[int, _Slot]], repeated: int) -> ReadTable:
    width = max((max(line, default=-1) + 1 for line in rows), default=0)
    header = 0 if width == 1 else repeated or _guessed_header(rows, width)
    cells: dict[int, Cell] = {}
    grid: list[tuple[Cell | None, ...]] = []
    for line in rows:
        made: list[Cell | None] = []
        for column in range(width):
            slot = line.get(column)
            if slot is not None and id(slot) not in cells:
                text = joined(slot.texts, "" if slot.row < header else "\n")
                cells[id(slot)] = Cell(text, slot.row, slot.column, slot.rowspan, slot.colspan)
            made.append(cells[id(slot)] if slot is not None else None)
        grid.append(tuple(made))
    return ReadTable(tuple(grid), min(header, len(rows)))


def _guessed_header(rows: list[dict[int, _Slot]], width: int) -> int:
    """The rows that the first row's merged cells reach down to; a row of which a cell spans columns heads the next one."""
    if not rows:
        return 0
    first = {id(slot): slot for slot in rows[0].values()}
    deepest = max((slot.rowspan for slot in first.values()), default=1)
    spanning = any(1 < slot.colspan < width for slot in first.values())
    if deepest == 1 and spanning and len(rows) > 2 and not _has_numbers(rows[1]):
        return 2
    return deepest if deepest < len(rows) else 1


def _has_numbers(line: dict[int, _Slot]) -> bool:
    return any(
        re.fullmatch(r"[≥≤<>=]?\s*[\d,，.]+%?", text.text.strip()) for slot in line.values() for text in slot.texts
    )


def shifted(grid: Grid, by: int) -> Grid:
    """The same grid `by` rows further down: for a table that goes on from another."""
    cells: dict[int, Cell] = {}

    def moved(cell: Cell | None) -> Cell | None:
        if cell is None:
            return None
        if id(cell) not in cells:
            cells[id(cell)] = Cell(cell.text, cell.row + by, cell.column, cell.rowspan, cell.colspan)
        return cells[id(cell)]

    return tuple(tuple(moved(cell) for cell in row) for row in grid)


def row_words(row: tuple[Cell | None, ...]) -> list[str]:
    """The words of a row without blanks, for comparing headers."""
    return [re.sub(r"\s+", "", cell.text.text) if cell is not None else "" for cell in row]


def distinct(row: tuple[Cell | None, ...]) -> list[Cell]:
    """The cells of a row, a merged one once."""
    found: list[Cell] = []
    for cell in row:
        if cell is not None and not any(cell is other for other in found):
            found.append(cell)
    return found
