"""Allocations inside cells → statements: 县（区）分解 | 甲区48.20；乙县52.60, one for each region that a cell names.

The indicator, its unit, year and direction stand in the other columns of the row; a unit or an operator inside the cell
goes before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..plan.document import Cell
from ..plan.requirement import Operator, Region
from .allocation_tables import ATTRIBUTE, NUMBER_HEADER, UNIT, allocated_attribute, allocation_year, noted_direction
from .noted_attributes import noted_attribute
from .sheets import (
    YEAR,
    Head,
    Sheet,
    bare_name,
    bracket_unit,
    cell_value,
    is_header_again,
    is_section,
    last_year,
    line_unit,
    one_region,
    row_name,
    row_scope,
    row_statement,
    unit_in,
)
from .statements import Statement, attribute_of, subject_key
from .subjects import Subject, resolve
from .values import CAP, FLOOR, Amount, folded, read_cell

PART = re.compile(r"[^；;、，,。\n]*?\d[\d.]*[^；;、，,。\d\n]*")
"""One region with its amount: 甲区48.20, 乙县不少于9000个."""
PART_WORDS = re.compile(
    r"(?P<where>[一-龥（）]{2,16}?)\s*[:：]?\s*(?P<amount>(?:[≥≤><]|[^一-龥\d]|不[一-龥]{2}|约)*\d.*)"
)
_FIGURE, _WORDS = re.compile(r"\d"), re.compile(r"[^\d\s.,，]")
"""What every cell that names a region with an amount holds; most cells hold one of them only."""
WHOLE_OPERATOR = re.compile(rf"^(?:均|各|分别)?(?:为)?(?P<op>{FLOOR}|{CAP})[:：]?")


def cell_allocations(sheet: Sheet, named: int | None) -> Iterator[Statement]:
    """The statements of a table whose allocation to regions stands in one cell for each indicator; the indicators' names
    stand in column `named`, else in the first column of words."""
    column = _parted_column(sheet)
    name = named if named is not None or column is None else _column_of_words(sheet, column)
    if column is None or name is None or name == column:
        return
    unit_column = next((head.column for head in sheet.heads if UNIT.fullmatch(head.last)), None)
    attribute = next((head.column for head in sheet.heads if ATTRIBUTE.fullmatch(head.last)), None)
    for index, row in sheet.rows():
        anchor, cell, printed = row[name], row[column], row_name(sheet, row, name)
        if is_section(row) or is_header_again(sheet, index) or anchor is None or cell is None or not printed:
            continue
        subject = resolve(bare_name(printed), sheet.setting)
        unit = unit_in(sheet.text(row, unit_column), sheet) if unit_column is not None else None
        unit = unit or bracket_unit(printed, sheet) or bracket_unit(sheet.heads[column].whole, sheet)
        unit = unit or line_unit(sheet, subject.name)
        said = attribute_of(sheet.text(row, attribute)) if attribute is not None else None
        said = said or noted_attribute(subject, anchor.text.text, sheet)
        given = {"attribute": said} if said is not None else allocated_attribute(sheet)
        sign = _row_sign(sheet, row, cell, subject)
        year = _row_year(sheet, row, name, column) or allocation_year(Head(column, (printed,)), subject, sheet)
        for region, amount in _parts(sheet, cell, unit):
            if amount.op == "=" and not amount.stated and sign is not None:
                amount = replace(amount, op=sign, stated=True)
            value = cell_value(sheet, cell, amount, year, "target", region, unit, column)
            yield replace(
                row_statement(sheet, subject, (value,), cell, row, attribute=None, scope=row_scope("", printed, sheet)),
                region=region,
                binds=(region,),
                basis="column",
                allocated=True,
                **given,
                parent=subject_key(subject.name),
            )


def _column_of_words(sheet: Sheet, parts: int) -> int | None:
    """The first column left of the parts whose cells are names (任务, 事项), no numbers, units or attributes."""
    for head in sheet.heads[:parts]:
        texts = [text for _, row in sheet.rows() if not is_section(row) and (text := sheet.text(row, head.column))]
        other = UNIT.fullmatch(head.last) or ATTRIBUTE.fullmatch(head.last) or NUMBER_HEADER.fullmatch(head.last)
        if texts and not other and all(re.search("[一-龥]{3}", text) for text in texts):
            return head.column
    return None


def _parted_column(sheet: Sheet) -> int | None:
    """The column whose cells name regions with amounts, at least two of them in most cells; None if there is none."""
    for head in sheet.heads:
        cells = [row[head.column] for _, row in sheet.rows() if not is_section(row)]
        filled = [cell for cell in cells if cell is not None and cell.text.text.strip()]
        if not filled:
            continue
        if sum(1 for cell in filled if len(list(_parts(sheet, cell, None))) > 1) * 2 > len(filled):
            return head.column
    return None


def _parts(sheet: Sheet, cell: Cell, unit: str | None) -> Iterator[tuple[Region, Amount]]:
    """The regions that a cell names with the amount of each; nothing if any part of it says something else."""
    if not (_FIGURE.search(cell.text.text) and _WORDS.search(cell.text.text)):
        return
    words = folded("".join(cell.text.text.split()))
    found: list[tuple[Region, Amount]] = []
    for part in PART.finditer(WHOLE_OPERATOR.sub("", words)):
        said = PART_WORDS.fullmatch(part[0].strip())
        region = one_region(said["where"], sheet.setting) if said is not None else None
        amount = read_cell(said["amount"], unit, sheet.setting.lexicon.units) if said is not None else None
        if region is None or amount is None or amount.value is None:
            return
        found.append((region, amount))
    yield from found


def _row_sign(sheet: Sheet, row: tuple[Cell | None, ...], cell: Cell, subject: Subject) -> Operator | None:
    """The operator of a row: before the parts (均不低于：…), in a column of its own (要求 | 不低于), in a note."""
    words = [folded("".join(cell.text.text.split()))]
    words += [text for head in sheet.heads if len(text := sheet.text(row, head.column)) <= 6]
    for text in words:
        if said := WHOLE_OPERATOR.match(text):
            return ">=" if re.fullmatch(FLOOR, said["op"]) else "<="
    return noted_direction(subject, sheet)


def _row_year(sheet: Sheet, row: tuple[Cell | None, ...], name: int, parts: int) -> int | None:
    """The year that a row prints in a column of its own (完成年 | 2030, 时限 | 2027年底), or that its header gives."""
    for head in sheet.heads:
        text = sheet.text(row, head.column)
        if head.column not in (name, parts) and (own := re.fullmatch(r"(?:到|至)?(20\d\d)年?(?:底|末)?(?:前)?", text)):
            return int(own[1])
    found = YEAR.search(sheet.heads[parts].whole)
    return last_year(sheet.heads[parts].whole) if found else None
