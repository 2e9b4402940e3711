"""Tables → statements: indicator tables, allocation tables in either direction, structures of land use.

A header is read by its words, never by its place (DOMAIN §1.4). Values stand in columns by year (规划目标值 / 2035年),
in rows by region (分解表) or in columns by region; units and attributes stand in their own columns, in brackets of the
header or name, or in the unit line; notes give years and directions (“…为上限值，其余为下限值”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..plan.document import Cell, Document
from ..plan.requirement import Operator, Region, Value
from .allocation_tables import (
    ATTRIBUTE,
    NOT_VALUE,
    NUMBER_HEADER,
    REGION,
    SCOPE_HEADER,
    UNIT,
    allocation_rows,
    noted_direction,
    region_column,
    region_columns,
    region_heads,
    side_by_side,
)
from .cell_allocations import cell_allocations
from .noted_attributes import noted_attribute
from .setting import Setting
from .sheets import (
    BASE,
    TARGET,
    TOTAL,
    YEAR,
    Sheet,
    bare_name,
    bracket_unit,
    cell_amount,
    cell_value,
    is_header_again,
    is_section,
    left_words,
    line_unit,
    one_region,
    open_sheet,
    row_name,
    row_scope,
    row_statement,
    squeezed,
    unit_in,
    year_and_role,
)
from .statements import Statement, attribute_of, scope_of, subject_key
from .subjects import Subject, resolve

NAME = re.compile(
    r"(?:规划|主要|控制|约束性|核心|具体|管控)*指标(?:项|名称|内容|项目|类型|体系|要素)?|指标体系.*|控制(?:内容|要素|项)|项目指标|名称"
)
SHARE = re.compile(r"比例|比重|占比|百分比|构成|增减|变化")
ATTRIBUTE_CELL = re.compile(r"(?:约束|预期|建议|引导|指导)性?(?:指标)?")
SCOPE_CELL = re.compile(r"全[省市县区镇乡域]域?|[省市县区镇乡]域|[省市县]级|中心城区|城区|县城|镇区|陆域|海域|主城区")
YEAR_HEADER = re.compile(r"(?:规划|目标|水平|指标)?(?:年份|年度|年限|时间|时期|阶段|水平年|目标年|规划年|期限)")
DIRECTION_HEADER = re.compile(
    r"(?:指标|控制|管控)?(?:方向|上下限|限值类型|控制方式|控制要求|管控方式|符号|操作符|要求)"
)
FROM_ABOVE = re.compile(r"(?:上级|上位|国家|[省市州]级?)(?:规划)?(?:下达|分解|核定|确定)")
"""A column that repeats what the level above handed down, beside the plan's own aim."""
USE_NAME = re.compile(
    r"用地类型|用地用海分类|用地分类|用地类别|用地名称|地类(?:名称)?|用地性质|国土空间用途|用途分类|规划用地类型.*|用地类型名称.*|用地.{0,6}分类.*"
)


def table_statements(document: Document, setting: Setting) -> list[Statement]:
    """All statements of all tables, in reading order."""
    found: list[Statement] = []
    for block in document.blocks:
        if block.table is not None and block.table.columns >= 2:
            sheet = open_sheet(document, block, block.table, setting)
            found.extend(sheet_statements(sheet))
    return found


def sheet_statements(sheet: Sheet) -> list[Statement]:
    """What a table says of indicators; nothing if it is a register, a zone table or prose in a box."""
    uses = next(
        (head.column for head in sheet.heads if USE_NAME.fullmatch(head.last) or USE_NAME.fullmatch(head.whole)), None
    )
    if uses is not None:
        return list(_land_uses(sheet, uses))
    regions = region_column(sheet)
    name = _name_column(sheet)
    found: list[Statement] = []
    columns = region_heads(sheet) if name is not None else {}
    if regions is None and name is not None and (years := _value_columns(sheet, name)):
        found += _indicator_rows(sheet, name, {c: year for c, year in years.items() if c not in columns})
        columns = {column: region for column, region in columns.items() if region is not None}
    if regions is None:
        found += cell_allocations(sheet, name)
    if name is not None and columns:
        found += region_columns(sheet, name, columns)
    elif regions is not None and name is None:
        for column, within in side_by_side(sheet, regions):
            found += allocation_rows(sheet, column, within)
    return found or list(_line_rows(sheet))


def _line_rows(sheet: Sheet) -> Iterator[Statement]:
    """A table of control lines with their areas (控制线类型 | 面积 | 占比)."""
    areas = [head for head in sheet.heads if re.search(r"面积|规模", head.whole) and not SHARE.search(head.last)]
    for head in sheet.heads[:3]:
        texts = [sheet.text(row, head.column) for _, row in sheet.rows() if not is_section(row)]
        lines = [text for text in texts if resolve(bare_name(text), sheet.setting).line]
        if areas and len(lines) >= 2 and 2 * len(lines) >= len(texts):
            years = {area.column: year_and_role(area.whole, area.last, sheet.setting) for area in areas[:1]}
            for statement in _indicator_rows(sheet, head.column, years):
                if statement.line:
                    yield statement
            return


def _name_column(sheet: Sheet) -> int | None:
    """The column of the indicators' names: by its header, else the one whose cells are most often known indicators."""
    named = [
        head.column for head in sheet.heads if NAME.fullmatch(re.sub(r"[（(].*", "", head.last)) and head.last != "名称"
    ]
    if len(named) > 1:
        return max(named, key=lambda column: (_known_names(sheet, column), column))
    if named:
        return named[0]
    known = {head.column: _known_names(sheet, head.column) for head in sheet.heads}
    best = max(known, key=lambda column: known[column], default=None)
    if best is not None:
        count = sum(1 for _, row in sheet.rows() if sheet.text(row, best))
        if known[best] >= max(2, count // 2) and not REGION.fullmatch(sheet.heads[best].last):
            return best
    return None


_LETTER = re.compile(r"[^\W\d_]")
"""What a name has and a figure has not."""


def _known_names(sheet: Sheet, column: int) -> int:
    names = {sheet.text(row, column) for _, row in sheet.rows() if not is_section(row)}
    subjects = [resolve(bare_name(name), sheet.setting) for name in names if _LETTER.search(name)]
    return sum(1 for subject in subjects if subject.concept or subject.line)


def _value_columns(sheet: Sheet, name: int) -> dict[int, tuple[int | None, str]]:
    """Column → (year, role) of the columns that hold values."""
    found: dict[int, tuple[int | None, str]] = {}
    for head in sheet.heads:
        if (
            head.column == name
            or UNIT.fullmatch(head.last)
            or ATTRIBUTE.fullmatch(head.last)
            or SCOPE_HEADER.fullmatch(head.last)
        ):
            continue
        if (
            NUMBER_HEADER.fullmatch(head.last)
            or NOT_VALUE.search(head.last)
            or (YEAR.search(head.whole) is None and not BASE.search(head.whole) and not TARGET.search(head.whole))
        ):
            continue
        if any(_is_figure(sheet, row, head.column) for _, row in sheet.rows()):
            found[head.column] = year_and_role(head.whole, head.last, sheet.setting)
    own = {column: year for column, year in found.items() if not FROM_ABOVE.search(sheet.heads[column].whole)}
    return own if any(role == "target" for _, role in own.values()) else found


def _indicator_rows(sheet: Sheet, name: int, years: dict[int, tuple[int | None, str]]) -> Iterator[Statement]:
    unit = next((head.column for head in sheet.heads if UNIT.fullmatch(head.last)), None)
    attribute = next(
        (head.column for head in sheet.heads if ATTRIBUTE.fullmatch(head.last) and head.column not in years),
        _column_of(ATTRIBUTE_CELL, sheet, years),
    )
    scope = next(
        (head.column for head in sheet.heads if SCOPE_HEADER.fullmatch(head.last)),
        _column_of(SCOPE_CELL, sheet, years, most=_COUNTED_OVER),
    )
    dates = next((head.column for head in sheet.heads if YEAR_HEADER.fullmatch(head.last)), None)
    ways = next((head.column for head in sheet.heads if DIRECTION_HEADER.fullmatch(head.last)), None)
    regions = _repeated_regions(sheet, name)
    group: str = ""
    whole: str | None = None
    whole_unit: str | None = None
    for index, row in sheet.rows():
        if is_section(row) or is_header_again(sheet, index):
            group = next(
                (squeezed(cell.text.text) for cell in row if cell is not None and squeezed(cell.text.text)), group
            )
            continue
        cell = row[name]
        printed = row_name(sheet, row, name)
        if cell is None or not printed:
            continue
        part = bool(re.match(r"\s*(?:其中|包括|[—–-]{1,2}|　)", cell.text.text)) or "其中" in left_words(
            sheet, row, name
        )
        given_unit = (
            unit_in(sheet.text(row, unit) if unit is not None else "", sheet)
            or bracket_unit(printed, sheet)
            or line_unit(sheet, printed)
            or (whole_unit if part else None)
        )
        subject = resolve(bare_name(printed), sheet.setting, loosely=True)
        noted = _direction_in(sheet.text(row, ways)) or noted_direction(subject, sheet)
        dated = _dated(sheet.text(row, dates), years, sheet)
        region = None if regions is None else one_region(sheet.text(row, regions), sheet.setting)
        region = region or _town_named(printed, sheet)
        words = sheet.text(row, attribute) or group + sheet.about
        given_scope = row_scope(sheet.text(row, scope) if scope is not None else "", printed, sheet)
        key = subject_key(subject.name)
        for column_scope, columns in _by_scope(sheet, dated).items():
            values = tuple(_row_values(sheet, row, columns, given_unit, noted))
            if not values:
                continue
            if region is not None:
                values = tuple(value.model_copy(update={"region": region}) for value in values)
            said = row_statement(
                sheet,
                subject,
                values,
                cell,
                row,
                attribute=attribute_of(words) or noted_attribute(subject, cell.text.text, sheet),
                scope=column_scope or given_scope,
                parent=whole if part and whole != key else None,
            )
            if region is not None:
                shares = regions is not None
                said = replace(said, region=region, binds=(region,), basis="row", allocated=shares, parent=key)
            yield said
            if not part:
                whole, whole_unit = key, given_unit


def _town_named(name: str, sheet: Sheet) -> Region | None:
    """The region whose town a name begins with (甲市中心城区道路网密度): the row is of that town alone."""
    first = next(iter(sheet.setting.mentions(name)), None)
    if first is None or first[0] != 0 or first[2] == sheet.setting.home:
        return None
    return first[2] if re.match("的?(?:中心城区|主?城区|县城)", name[first[1] :]) else None


def _is_figure(sheet: Sheet, row: tuple[Cell | None, ...], column: int) -> bool:
    """Whether a cell holds an amount, or one printed twice: 3468.67（520.30）."""
    if cell_amount(sheet, row, column, None) is not None:
        return True
    return re.fullmatch(r"\D{0,4}[\d.,]+[（(/／][\d.,]+[)）]?", sheet.text(row, column)) is not None


Columns = dict[int, tuple[int | None, str]]
"""Column → (year, role) of its values."""


def _by_scope(sheet: Sheet, years: Columns) -> dict[str | None, Columns]:
    """The columns of values by the scope in their header (2035年: 市域 | 中心城区); one group where none is printed."""
    found: dict[str | None, Columns] = {}
    for column, year in years.items():
        scopes = [part for part in sheet.heads[column].path if SCOPE_CELL.fullmatch(bare_name(part))]
        found.setdefault(scope_of(bare_name(scopes[-1])) if scopes else None, {})[column] = year
    return found


def _dated(words: str, years: Columns, sheet: Sheet) -> Columns:
    """The columns of a row that prints its own year or stage (2025年, 近期, 现状); as they are if it prints none."""
    if not words or not (YEAR.search(words) or re.search(r"近期|远期|中期|远景", words) or BASE.search(words)):
        return years
    return dict.fromkeys(years, year_and_role(words, words, sheet.setting))


def _direction_in(words: str) -> Operator | None:
    """What a column of directions says: 下限, 上限, 不低于, ≤."""
    if re.fullmatch(r"(?:控制)?下限(?:值|型|控制)?|不低于|不少于|不小于|[≥≧]|>=", words):
        return ">="
    if re.fullmatch(r"(?:控制)?上限(?:值|型|控制)?|不高于|不超过|不大于|不突破|[≤≦]|<=", words):
        return "<="
    return None


_COUNTED_OVER = re.compile(r"(?:统计|指标|计算)?口径(?:范围)?")
"""A header over scopes, or over words on how a thing is counted."""


def _column_of(
    cells: re.Pattern[str],
    sheet: Sheet,
    years: dict[int, tuple[int | None, str]],
    most: re.Pattern[str] | None = None,
) -> int | None:
    """The column that by its cells is that of attributes or of scopes, whatever its header calls it; under a header such as
    `most` it is enough if most of its cells say so."""
    for head in sheet.heads:
        texts = [text for _, row in sheet.rows() if not is_section(row) and (text := sheet.text(row, head.column))]
        told = sum(cells.fullmatch(text) is not None for text in texts)
        least = 0.6 if most is not None and most.fullmatch(head.last) else 1.0
        if head.column not in years and len(texts) > 1 and told >= least * len(texts):
            return head.column
    return None


def _repeated_regions(sheet: Sheet, name: int) -> int | None:
    """The column left of the names that gives each row's region (区县 | 指标 | 2025年 | 2035年), if there is one."""
    for column in range(name):
        texts = [text for _, row in sheet.rows() if not is_section(row) and (text := sheet.text(row, column))]
        known = sum(1 for text in texts if one_region(text, sheet.setting) is not None)
        if known >= 2 and known >= 0.7 * len(texts):
            return column
    return None


def _row_values(
    sheet: Sheet,
    row: tuple[Cell | None, ...],
    years: Columns,
    unit: str | None,
    noted: Operator | None,
) -> Iterator[Value]:
    for column, (year, role) in years.items():
        own = unit or bracket_unit(sheet.heads[column].whole, sheet)
        found = cell_amount(sheet, row, column, own)
        cell = row[column]
        if found is None or cell is None or (role == "baseline" and found.value is None):
            continue
        if role != "baseline" and found.op == "=" and found.value is not None and not found.stated and noted:
            found = replace(found, op=noted, stated=True)
        yield cell_value(sheet, cell, found, year, role, None, own, column)


def _use_name(sheet: Sheet, row: tuple[Cell | None, ...], uses: int) -> str:
    """The land use of a row: the lowest class that its first columns give (建设用地 | 城镇用地)."""
    names = [
        sheet.text(row, head.column)
        for head in sheet.heads
        if head.column == uses or head.path[:1] == sheet.heads[uses].path[:1]
    ]
    said = [name for name in names if name and not re.fullmatch(r"[—–\-/\d]+", name)]
    return said[-1] if said else ""


def _land_uses(sheet: Sheet, uses: int) -> Iterator[Statement]:
    """A structure table: the area of each use, now and planned; shares and balances are derived and left out."""
    areas: dict[int, tuple[int | None, str]] = {}
    for head in sheet.heads:
        if (
            head.column == uses
            or SHARE.search(head.last)
            or not re.search(r"面积|规模|现状|规划|基期|目标|20\d\d", head.whole)
        ):
            continue
        if any(cell_amount(sheet, row, head.column, None) for _, row in sheet.rows()):
            areas[head.column] = year_and_role(head.whole, head.whole, sheet.setting)
    if not any(role == "target" for _, role in areas.values()):
        return
    scope = row_scope("", "", sheet)
    for _, row in sheet.rows():
        anchor, printed = row[uses], _use_name(sheet, row, uses)
        if anchor is None or not printed or is_section(row) or re.fullmatch(r"\d+", printed):
            continue
        name = bare_name(printed)
        if TOTAL.fullmatch(name):
            kind = re.search(r"(?:城镇|城乡|村庄)?(?:建设用地|用地用海|国土空间)", sheet.about)
            name = (kind[0] if kind else "用地") + "合计"
        values = []
        for column, (year, role) in areas.items():
            unit = bracket_unit(sheet.heads[column].whole, sheet) or line_unit(sheet, name)
            amount, cell = cell_amount(sheet, row, column, unit), row[column]
            if amount is not None and cell is not None:
                values.append(cell_value(sheet, cell, amount, year, role, None, unit, column))
        if any(value.role == "target" for value in values):
            yield row_statement(
                sheet, Subject(name, None, None), tuple(values), anchor, row, attribute=None, scope=scope
            )
