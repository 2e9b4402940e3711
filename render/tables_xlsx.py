"""Large plain tables as an Excel file, row by row, without a style for each cell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from .ooxml import repacked
from .workbook import CONTROL, EPOCH, MOST

SHEET_ROWS = 1_048_576
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tables_xlsx(tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]], most: int = SHEET_ROWS) -> bytes:
    """One sheet for each table, its header frozen; what is over `most` rows goes on in sheets named NAME (2) …

    Text that begins like a formula stays text in Excel too. The same bytes each time.
    """
    workbook = Workbook(write_only=True)
    for name, (header, rows) in tables.items():
        sheet, count, number = None, most, 0
        for row in rows:
            if count >= most or sheet is None:
                number += 1
                sheet, count = _sheet(workbook, name if number == 1 else f"{name} ({number})", header), 1
            sheet.append([_cell(sheet, value) for value in row])
            count += 1
        if sheet is None:
            _sheet(workbook, name, header)
    workbook.properties.creator = "chuandao"
    workbook.properties.created = EPOCH
    with io.BytesIO() as raw:
        workbook.save(raw)
        return repacked(raw.getvalue())


def _sheet(workbook: Workbook, name: str, header: Sequence[str]) -> Any:
    sheet = workbook.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    heads = []
    for title in header:
        cell = WriteOnlyCell(sheet, title)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    return sheet


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)
    if len(text) > MOST:
        text = text[:MOST] + "…（过长，余下从略）"
    if not text.startswith(FORMULA):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
