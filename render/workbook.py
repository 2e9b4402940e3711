"""Excel files that are the same bytes each time and in which no cell of a plan can act as a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .ooxml import repacked

EPOCH = dt.datetime(1980, 1, 1)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST = 32_000
"""Characters that a cell takes; Excel's own limit is 32,767."""
HEAD = PatternFill("solid", start_color="FF1F4E79")
THIN = Side(style="thin", color="FFBFC7D0")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FONT = "微软雅黑"


def put(sheet: Worksheet, row: int, column: int, value: str | int | None) -> Cell:
    """Writes a value as plain text or number. Text that begins like a formula (= + - @) stays text, in Excel too."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        text = CONTROL.sub("", value)
        if len(text) > MOST:
            text = text[:MOST] + "…（过长，余下从略）"
        cell.value = text
        cell.data_type = "s"
        if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
            cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = Font(name=FONT, size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def write_table(
    sheet: Worksheet,
    top: int,
    header: Sequence[str],
    rows: Iterable[Sequence[str | int | None]],
    widths: Sequence[float],
) -> int:
    """A framed table with a dark header from row `top` on; the number of its last row."""
    for column, (title, width) in enumerate(zip(header, widths, strict=True), start=1):
        cell = put(sheet, top, column, title)
        cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFFFF")
        cell.fill, cell.border = HEAD, FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = top
    for last, values in enumerate(rows, start=top + 1):
        for column, value in enumerate(values, start=1):
            put(sheet, last, column, value).border = FRAME
        sheet.row_dimensions[last].height = _height(values, widths)
    return last


def _height(values: Sequence[str | int | None], widths: Sequence[float]) -> float:
    """The height in points that the tallest cell of a row needs; no program fits rows that it did not write itself."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        room = max(2.0, width - 1)
        needed = sum(max(1, -(-_cells(line) // int(room))) for line in str(value or "").split("\n"))
        lines = max(lines, needed)
    return min(409.0, 14.5 * lines + 3)


def _cells(line: str) -> int:
    """Widths of a line in digits: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in line)


def set_page(sheet: Worksheet, top: int, last: int, columns: int) -> None:
    """A4 landscape, as wide as the page, header repeated, first rows frozen, filter on."""
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(columns)}{max(last, top)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as bytes without a clock: every date is 1980-01-01."""
    workbook.properties.creator = "chuandao"
    workbook.properties.created = EPOCH
    with io.BytesIO() as raw:
        workbook.save(raw)
        return repacked(raw.getvalue())
