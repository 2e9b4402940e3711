"""Arithmetic inside the draft: columns against their total row, shares against 100 %, one number in two units, parts
against wholes (DOMAIN §3.1 rules 2, 4, 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..plan.document import Cell, Table
from ..plan.finding import Category, Finding, Place, finding
from ..plan.quantity import decimal_string, exact, half_step
from .figures import figures_of, is_baseline, is_region, name_of
from .judgement import Ground
from .passages import unique_cells
from .words import fold, letters

_TOTAL = re.compile(
    r"^(?:合计|总计|共计|总和|全[省市县区镇]合计|[^，。]{0,8}合计|[^，。]{0,6}总计|全[省市县区]|市域|县域)$"
)
_SUBTOTAL = re.compile(r"小计|^其中|^#")
_CODE_HEADER = re.compile(r"序号|编号|代码|年份|年限|年$|率|倍数|密度|人均|强度|每")
_ZONES = re.compile(r"分区|用途|用地|功能区|结构")
_PAIR = re.compile(
    r"([0-9][0-9,.]*)\s?([百千万亿]?[^\W\d_]{1,5}?)[（(](?:约|折合|合|即)?\s?([0-9][0-9,.]*)\s?([百千万亿]?[^\W\d_]{1,5}?)[)）]"
)
_TOWN_LAND = re.compile(r"公园绿地|城市绿地|绿地与广场|城镇工业用地|居住用地|城镇住宅用地|城市公园")


def arithmetic_findings(ground: Ground) -> Iterator[Finding]:
    """All findings of this kind."""
    if ground.draft.document is not None:
        for table in ground.draft.document.tables:
            yield from _off_totals(table, _summed_columns(table), "各行", ground)
            yield from _off_totals(table, _summed_rows(table, ground), "各地", ground)
    yield from _two_units(ground)
    yield from _too_big(ground)
    yield from _below_base(ground)


@dataclass(frozen=True, slots=True)
class Column:
    """The numbers of a column, or of a row with a column for each region, with their total."""

    header: str
    numbers: tuple[Fraction, ...]
    total: Fraction
    total_cell: Cell
    step: Fraction


def _off_totals(table: Table, columns: list[Column], parts_are: str, ground: Ground) -> Iterator[Finding]:
    if not columns:
        return
    off = [column for column in columns if abs(_sum(column) - column.total) > column.step]
    if not off or (
        len(off) == len(columns) and ((len(columns) > 1 and not _zoned(table)) or not all(map(_close, off)))
    ):
        return
    off = [column for column in off if _close(column)]
    if not off:
        return
    zoned = _zoned(table)
    assert ground.draft.document is not None
    places, parts = [], []
    for column in off:
        total, summed = decimal_string(column.total), decimal_string(_sum(column))
        parts.append(f"{column.header}{parts_are}之和{summed}，合计印为{total}")
        for span in ground.draft.document.cell_spans(table, column.total_cell):
            row = " ".join(cell.text.text for cell in unique_cells(table, column.total_cell.row))
            places.append(Place.at(span, "合计", row))
    label = table.label or table.title or "表格"
    category: Category = "空间布局符合性" if zoned else "指标符合性"
    code = "ZONE-OVERLAP" if zoned else "IND-SUM"
    rows = "；".join(" ".join(cell.text.text for cell in unique_cells(table, c.total_cell.row)) for c in off[:1])
    message = f"{label}分项之和与合计不符：{'；'.join(parts)}（合计行：{rows}）"
    yield finding(code, "error", category, message, places)


def _zoned(table: Table) -> bool:
    header = "".join(table.header_path(0)) + (table.title or "")
    return bool(_ZONES.search(header)) and not re.search(
        r"行政区|乡镇|县（?市|指标|[村镇乡县市]名|行政村|村庄名|街道|各[村镇乡县市]", "".join(table.header_path(0))
    )


def _close(column: Column) -> bool:
    """A printing slip stays near the total; a table of another build is far off."""
    return column.total != 0 and abs(_sum(column) - column.total) * 8 <= abs(column.total)


def _sum(column: Column) -> Fraction:
    return sum(column.numbers, Fraction(0))


def _summed_columns(table: Table) -> list[Column]:
    """The numeric columns above (or below) a total row."""
    rows = list(table.body())
    total_at = next((at for at, (_, cells) in enumerate(rows) if _is_total(cells)), None)
    if total_at is None or len(rows) < 3:
        return []
    counted = rows[:total_at] if total_at else rows[1:]
    found: list[Column] = []
    for column in range(1, table.columns):
        header = "".join(table.header_path(column))
        total_cell = rows[total_at][1][column]
        total = _number(total_cell)
        if total is None or total_cell is None or _CODE_HEADER.search(header):
            continue
        cells = [row[column] for _, row in counted if not _is_total(row) and not _is_part(row)]
        pairs = [
            (number, fold(cell.text.text))
            for cell in cells
            if cell is not None and (number := _number(cell)) is not None
        ]
        if len(pairs) >= 2:
            printed = fold(total_cell.text.text)
            step = max(sum((half_step(text, None) for _, text in pairs), Fraction(0)), half_step(printed, None))
            found.append(Column(letters(header), tuple(number for number, _ in pairs), total, total_cell, step))
    return found


def _summed_rows(table: Table, ground: Ground) -> list[Column]:
    """The rows of a table that has a column for each of three regions or more and one for their total."""
    headers = [
        letters(table.header_path(column)[-1]) if table.header_path(column) else "" for column in range(table.columns)
    ]
    places = ground.lexicon.gazetteer
    parts = [
        at
        for at, header in enumerate(headers)
        if (found := places.find(header, ground.seen_from)) is not None
        and ground.within(found)
        and found != ground.known_region
    ]
    total_at = next((at for at, header in enumerate(headers) if at not in parts and _TOTAL.match(header)), None)
    if total_at is None or len(parts) < 3:
        return []
    found_rows: list[Column] = []
    for _, row in table.body():
        name = letters("".join(cell.text.text for cell in row[: min(parts)] if cell is not None))
        total_cell, total = row[total_at], _number(row[total_at])
        numbers = [(number, row[at]) for at in parts if (number := _number(row[at])) is not None]
        if total is None or total_cell is None or len(numbers) < 3 or _CODE_HEADER.search(name):
            continue
        steps = [half_step(fold(cell.text.text), None) for _, cell in numbers if cell is not None]
        step = max(sum(steps, Fraction(0)), half_step(fold(total_cell.text.text), None))
        found_rows.append(Column(name, tuple(number for number, _ in numbers), total, total_cell, step))
    return found_rows


def _is_total(cells: tuple[Cell | None, ...]) -> bool:
    first = [letters(cell.text.text) for cell in cells[:3] if cell is not None and letters(cell.text.text)]
    return any(_TOTAL.match(text) for text in first[:2])


def _is_part(cells: tuple[Cell | None, ...]) -> bool:
    return any(cell is not None and _SUBTOTAL.search(letters(cell.text.text)) for cell in cells[:3])


def _number(cell: Cell | None) -> Fraction | None:
    if cell is None:
        return None
    text = re.sub(r"^(?:>=|<=|≥|≤)", "", fold(cell.text.text))
    return exact(text) if re.fullmatch(r"[0-9][0-9,]*(?:\.[0-9]+)?", text) else None


def _two_units(ground: Ground) -> Iterator[Finding]:
    """143.15万亩（9543.33平方公里）: two figures of one amount must agree within their rounding."""
    for passage in ground.draft.passages:
        wrong: list[str] = []
        for match in _PAIR.finditer(fold(passage.text)):
            one, other = ground.units.find(match[2]), ground.units.find(match[4])
            first, second = exact(match[1]), exact(match[3])
            if one is None or other is None or first is None or second is None:
                continue
            if one.dimension != other.dimension or one.dimension not in ("m2", "m", "m3"):
                continue
            step = max(half_step(match[1], one), half_step(match[3], other))
            if abs(first * one.factor - second * other.factor) > step:
                right = decimal_string(Fraction(round(first * one.factor / other.factor * 100), 100))
                wrong.append(f"{match[1]}{match[2]}应为{right}{match[4]}，括注为{match[3]}{match[4]}")
        if wrong:
            places = [Place.at(span, "正文") for span in ground.draft.spans(passage)]
            yield finding("IND-UNIT", "error", "指标符合性", "两种单位的数值不符：" + "；".join(wrong), places)


def _too_big(ground: Ground) -> Iterator[Finding]:
    """A kind of town land that exceeds the whole town boundary: a unit slip (公顷 as 平方公里)."""
    plan, lexicon = ground.draft.plan, ground.lexicon
    here = ground.known_region or ground.region
    own = [
        figure
        for mode in ("indicator", "boundary")
        for r in ground.draft.by_mode[mode]
        if r.mode in ("indicator", "boundary")
        for figure in figures_of(r, lexicon, plan.document.period.end)
        if figure.size is not None
        and figure.unit is not None
        and figure.unit.dimension == "m2"
        and is_region(figure.value.region, here, lexicon.gazetteer)
    ]
    limit = max((f.size for f in own if f.concept == "udb_area" and f.size is not None), default=None)
    if limit is None:
        return
    for figure in own:
        name = name_of(figure.owner)
        if _TOWN_LAND.search(name) and "人均" not in name and figure.size is not None and figure.size > limit:
            places = [Place.at(span, "正文", figure.printed) for span in figure.value.where or figure.owner.where]
            message = f"{name}{figure.printed}大于城镇开发边界面积，疑为单位差错"
            yield finding("IND-UNIT", "error", "指标符合性", message, places)


def _below_base(ground: Ground) -> Iterator[Finding]:
    """A target for wetland below its base year, against 湿地规模不减少 (provincial guideline)."""
    end = ground.draft.plan.document.period.end
    for mode in ("indicator",):
        for requirement in ground.draft.by_mode[mode]:
            assert requirement.mode == "indicator"
            if "湿地" not in requirement.name or "率" in requirement.name:
                continue
            base = [v for v in requirement.values if is_baseline(v, end) and v.si is not None]
            aims = [v for v in requirement.values if not is_baseline(v, end) and v.si is not None and v.change is None]
            short = [
                v
                for v in aims
                for b in base
                if b.si and v.si and b.si.unit == v.si.unit and Fraction(v.si.value) < Fraction(b.si.value)
            ]
            if base and short:
                message = f"{requirement.name}目标{short[0].value}{short[0].unit or ''}低于基期{base[0].value}{base[0].unit or ''}，与“不减少”相悖"
                places = [Place.at(span, "表格", short[0].value) for span in requirement.where]
                yield finding("IND-LOOSER", "warning", "指标符合性", message, places)
