"""The facts form as an Excel workbook: one sheet a way of handing down, live sums, drop-downs, locked givens.

The first two rows and columns of a sheet are the form's own (hidden): keys of the columns, ids of the requirements. The
whole form stands on the hidden sheet, in pieces that fit a cell, so that reading back needs nothing else.
"""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..plan.facts import PART, FactField, FactRow, Facts, FactSheet
from .ooxml import repacked

HIDDEN = "chuandao"
PIECE = 30_000
"""Characters of one piece: Excel holds 32,767 in a cell."""
RULE = 250
"""Characters of a list that Excel takes inside a validation rule (255 with the quotation marks)."""
KEY_ROW, HEAD_ROW, FIRST_ROW = 1, 3, 4
"""Rows: hidden keys, title line (2), column heads, then one row a requirement."""
HEAD = PatternFill("solid", fgColor="D9E2F3")
GIVEN = PatternFill("solid", fgColor="F2F2F2")
ASKED = PatternFill("solid", fgColor="FFF2CC")
RIGHT = PatternFill("solid", bgColor="C6EFCE")
WRONG = PatternFill("solid", bgColor="FFC7CE")
THIN = Side(style="thin", color="A6A6A6")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FONT = "宋体"
GIVEN_WIDTHS = {"对象": 28, "属性": 8, "范围": 9, "年份": 7, "上位要求": 30, "方向": 8, "下达值": 11, "单位": 10}
GIVEN_WIDTHS |= {"名录": 26, "上位所列": 48, "体系": 12, "上位定位": 34, "格局": 20, "上位构成": 40, "力度": 12}
"""Column widths in characters of what is given."""


def facts_xlsx(facts: Facts) -> bytes:
    """The form as XLSX; the same form gives the same bytes. Yellow cells are asked for, grey ones are given."""
    book = Workbook()
    del book[book.sheetnames[0]]
    pages = [(book.create_sheet(sheet.name), sheet) for sheet in facts.sheets]
    form = book.create_sheet(HIDDEN)
    _write_form(form, facts)
    for page, sheet in pages:
        _write_sheet(page, sheet, facts, form)
    book.properties.creator = "chuandao"
    book.properties.title = f"{facts.region.name}本地情况表"
    book.properties.created = book.properties.modified = datetime.datetime(1980, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return repacked(buffer.getvalue())


def _write_form(page: Worksheet, facts: Facts) -> None:
    page.sheet_state = "hidden"
    form = facts.model_dump_json(by_alias=True)
    for number, start in enumerate(range(0, len(form), PIECE), 1):
        page.cell(number, 1, form[start : start + PIECE]).data_type = "s"


def _write_sheet(page: Worksheet, sheet: FactSheet, facts: Facts, form: Worksheet) -> None:
    given = list(dict.fromkeys(key for row in sheet.rows for key in row.given))
    amounts = sheet.name in ("约束性指标", "三线")
    heads = ["要求编号", "对象", *given, *(("方向", "下达值", "单位") if amounts else ())]
    first = len(heads) + 1
    columns = {field.key: first + at for at, field in enumerate(sheet.fields)}
    checks = first + len(sheet.fields) if amounts else None
    _write_heads(page, sheet, heads, columns, checks, facts)
    _write_choices(page, sheet, columns, form)
    for at, row in enumerate(sheet.rows, FIRST_ROW):
        known = [row.requirement, row.subject, *(row.given.get(key, "") for key in given)]
        if amounts:
            known += [_sense(row), row.target or "", row.unit or ""]
        for column, words in enumerate(known, 1):
            _given(page, at, column, words)
        for field in sheet.fields:
            _asked(page, at, columns[field.key], row, field)
        if checks is not None:
            _write_sum(page, at, row, columns, checks, len(heads) - 1)
    _dress(page, sheet, heads, columns, checks)


def _write_heads(
    page: Worksheet, sheet: FactSheet, heads: list[str], columns: dict[str, int], checks: int | None, facts: Facts
) -> None:
    page.cell(
        2,
        2,
        f"{facts.region.name}　{sheet.name}　（黄色格请填写，灰色格为上位规划已定内容；空着的在草案中显示为【待补充】）",
    ).font = Font(name=FONT, bold=True, size=11)
    for key, column in columns.items():
        page.cell(KEY_ROW, column, key)
    titles = {columns[field.key]: field.title for field in sheet.fields}
    shown = {**dict(enumerate(heads, 1)), **titles}
    if checks is not None:
        shown |= {checks: "分解合计", checks + 1: "校核"}
    for column, title in shown.items():
        cell = page.cell(HEAD_ROW, column, title)
        cell.font, cell.fill, cell.border = Font(name=FONT, bold=True, size=10), HEAD, FRAME
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _write_choices(page: Worksheet, sheet: FactSheet, columns: dict[str, int], form: Worksheet) -> None:
    """Drop-downs; a list that is too long for a rule of Excel's stands in a column of the hidden sheet."""
    for field in sheet.fields:
        if not field.choices or not sheet.rows:
            continue
        listed = ",".join(field.choices)
        if len(listed) <= RULE and listed.count(",") == len(field.choices) - 1:
            source = f'"{listed}"'
        else:
            aside = form.max_column + 1
            for row, choice in enumerate(field.choices, 1):
                form.cell(row, aside, choice).data_type = "s"
            letter = get_column_letter(aside)
            source = f"{HIDDEN}!${letter}$1:${letter}${len(field.choices)}"
        drop = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(columns[field.key])
        drop.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(sheet.rows) - 1}")
        page.add_data_validation(drop)


def _sense(row: FactRow) -> str:
    return {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "=": "等于", "~": "约"}.get(row.op or "", "")


def _number_or_text(words: str) -> str | int | Decimal:
    """Numbers as numbers, so that sums work; what Excel cannot hold exactly stays text (the reader takes both)."""
    plain = words.replace(",", "")
    if plain.isdigit() and len(plain) <= 15:
        return int(plain)
    whole, dot, rest = plain.partition(".")
    if dot and whole.isdigit() and rest.isdigit() and len(whole) + len(rest) <= 15:
        return Decimal(plain)
    return words


def _given(page: Worksheet, row: int, column: int, words: str) -> None:
    cell = page.cell(row, column, _number_or_text(words) if column > 2 else words)
    if isinstance(cell.value, str):
        cell.data_type = "s"  # words that begin with = are words
    cell.font, cell.fill, cell.border = Font(name=FONT, size=10), GIVEN, FRAME
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _asked(page: Worksheet, at: int, column: int, row: FactRow, field: FactField) -> None:
    """A cell to fill in; grey and locked if this row does not ask for it."""
    cell = page.cell(at, column)
    cell.border, cell.font = FRAME, Font(name=FONT, size=10)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if field.key not in row.asked:
        cell.fill = GIVEN
        return
    said = row.answers.get(field.key)
    if said is not None:
        cell.value = _number_or_text(said) if field.kind != "text" else said
        if isinstance(cell.value, str):
            cell.data_type = "s"
    cell.protection = Protection(locked=False)
    if field.key in row.required:
        cell.fill = ASKED


def _write_sum(page: Worksheet, at: int, row: FactRow, columns: dict[str, int], checks: int, target: int) -> None:
    """分解合计 and whether it keeps to the number handed down (or to the region's own, where that is filled in)."""
    parts = [columns[key] for key in row.asked if key.startswith(PART)]
    for column in (checks, checks + 1):
        cell = page.cell(at, column)
        cell.fill, cell.border, cell.font = GIVEN, FRAME, Font(name=FONT, size=10)
    if not parts:
        return
    low, high = (
        get_column_letter(min(parts)),
        get_column_letter(columns["reserve"] if "reserve" in row.asked else max(parts)),
    )
    own, handed = f"{get_column_letter(columns['own'])}{at}", f"{get_column_letter(target)}{at}"
    total = f"{get_column_letter(checks)}{at}"
    goal = f'IF({own}="",{handed},{own})'
    compare = {">=": ">=", ">": ">=", "<=": "<=", "<": "<="}.get(row.op or "", "=")
    page.cell(at, checks).value = f"=ROUND(SUM({low}{at}:{high}{at}),6)"
    page.cell(
        at, checks + 1
    ).value = f'=IF(COUNT({low}{at}:{high}{at})=0,"未填",IF(ISNUMBER({goal}),IF({total}{compare}{goal},"满足","不满足"),"无下达值"))'


def _dress(page: Worksheet, sheet: FactSheet, heads: list[str], columns: dict[str, int], checks: int | None) -> None:
    page.row_dimensions[KEY_ROW].hidden = True
    page.column_dimensions["A"].hidden = True
    for column, head in enumerate(heads, 1):
        width = 60 if sheet.name == "规则" and column == 2 else GIVEN_WIDTHS.get(head, 14)
        page.column_dimensions[get_column_letter(column)].width = width
    for key, column in columns.items():
        narrow = key.startswith(PART) or key in ("own", "reserve", "start", "end")
        page.column_dimensions[get_column_letter(column)].width = 10 if narrow else 26
    for column in (checks, checks + 1) if checks is not None else ():
        page.column_dimensions[get_column_letter(column)].width = 10
    for row in range(HEAD_ROW, FIRST_ROW + len(sheet.rows)):
        page.row_dimensions[row].height = _height(page, row)
    page.freeze_panes = f"C{FIRST_ROW}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.sort = False
    page.sheet_view.zoomScale = 90
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if checks is not None and sheet.rows:
        letter = get_column_letter(checks + 1)
        area = f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(sheet.rows) - 1}"
        page.conditional_formatting.add(area, FormulaRule(formula=[f'{letter}{FIRST_ROW}="不满足"'], fill=WRONG))
        page.conditional_formatting.add(area, FormulaRule(formula=[f'{letter}{FIRST_ROW}="满足"'], fill=RIGHT))


def _height(page: Worksheet, row: int) -> float:
    """The height in points that the fullest cell of a row needs: no program fits rows that it did not write itself."""
    lines = 1
    for cell in page[row]:
        if isinstance(cell.value, str) and not cell.value.startswith("=") and cell.column > 1:
            room = int(page.column_dimensions[get_column_letter(cell.column)].width) - 1
            needed = sum(2 if ord(letter) > 0x2E80 else 1 for letter in cell.value)
            lines = max(lines, -(-needed // max(2, room)))
    return min(409.0, 14.0 * lines + 4)
