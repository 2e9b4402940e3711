"""What extraction itself sees to be wrong: amounts that disagree, unit slips, sums, counts, gaps in numbering.

Two figures are the same amount if they differ by no more than half a unit of the last digit of the coarser one, for
areas by no more than 1 公顷 (DOMAIN §2.8, §3.2). One cause is one finding with all its places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..plan.document import Document
from ..plan.finding import Category, Finding, Place, Severity, finding
from ..plan.quantity import agree, decimal_string, exact, half_step, si_number
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, ListRequirement, Region, Requirement, Value
from ..plan.span import Span
from .context import Context

HECTARE = Fraction(10000)
SLIPS = (10, 15, 100, 150, 1000, 1500, 10000, 15000, 100000, 1000000)
"""Ratios that a wrong unit or a lost 万 leaves (亩, 公顷, 平方公里, 万)."""
Amounted = IndicatorRequirement | BoundaryRequirement


def extraction_findings(document: Document, requirements: list[Requirement], context: Context) -> list[Finding]:
    """All of them, in the order of the requirements, then of the headings; each once."""
    amounted = [r for r in requirements if isinstance(r, (IndicatorRequirement, BoundaryRequirement))]
    lists = [r for r in requirements if isinstance(r, ListRequirement)]
    found = [
        *(each for requirement in amounted for each in _disagreeing(requirement, context)),
        *(each for requirement in amounted for each in _pairs(requirement, context)),
        *_sums(amounted, context),
        *_counts(lists),
        *_gaps(document),
    ]
    off = {row["code"] for row in context.lexicon.tables.get("findings.csv", ()) if row.get("on") == "no"}
    return list({each.id: each for each in found if each.code not in off}.values())


# -- amounts -------------------------------------------------------------------------------------------------------


def _disagreeing(requirement: Amounted, context: Context) -> Iterator[Finding]:
    """Two amounts for one year and role of one subject, scope and region."""
    groups: dict[tuple[object, ...], list[Value]] = defaultdict(list)
    for value in requirement.values:
        if value.si is not None and value.upper is None and value.change is None and value.value is not None:
            year = value.year or context.year_end
            region = value.region.name if value.region is not None else ""
            groups[year, value.role == "baseline", region, value.si.unit].append(value)
    for key, values in groups.items():
        first = values[0]
        others = [value for value in values[1:] if not _same(first, value, context)]
        if others and not _told_apart(first, others):
            yield _disagreement(requirement, key[0], [first, *others])


def _same(one: Value, other: Value, context: Context) -> bool:
    assert one.si is not None and other.si is not None
    steps = [half_step(v.value or "", context.units.find(v.unit or "")) for v in (one, other)]
    tolerance = max(*steps, HECTARE if one.si.unit == "m2" else 0)
    return abs(si_number(one.si) - si_number(other.si)) <= tolerance


def _told_apart(first: Value, others: list[Value]) -> bool:
    """A floor and a cap (不低于3、不超过5) are two bounds, no contradiction."""
    return all({first.op, other.op} in ({">=", "<="}, {">", "<"}, {">=", "<"}, {">", "<="}) for other in others)


def _disagreement(requirement: Amounted, year: object, values: list[Value]) -> Finding:
    sizes = [si_number(value.si) for value in values if value.si is not None]
    in_table = {_in_table(value.where) for value in values}
    slip = _slip(sizes[0], sizes[1])
    twofold = values[0].unit != values[1].unit and values[0].where[:1] and _one_sentence(values[0], values[1])
    code = "IND-UNIT" if slip or twofold else "DOC-TEXT-TABLE" if len(in_table) == 2 else "DOC-CONTRA"
    printed = "、".join(dict.fromkeys(_printed(value) for value in values))
    what = {
        "IND-UNIT": f"相差约{slip}倍，疑为单位或数量级错误" if slip else "两种单位的数值不符",
        "DOC-TEXT-TABLE": "正文与表格不一致",
    }.get(code, "前后不一致")
    severity: Severity = "error" if requirement.attribute == "binding" else "warning"
    places = [
        Place.at(span, "表格" if _in_table(value.where) else "正文", _printed(value))
        for value in values
        for span in value.where[:1]
    ]
    when = f"{year}年" if year else ""
    category: Category = "指标符合性" if code == "IND-UNIT" else "图文一致性"
    return finding(code, severity, category, f"{when}{requirement.name}{what}：{printed}", places)


def _one_sentence(one: Value, other: Value) -> bool:
    """Whether two values stand within a few words of each other: a number and its conversion in brackets."""
    first, second = one.where[0], other.where[0] if other.where else None
    if second is None or first.table is not None or second.table is not None:
        return False
    if first.paragraph is not None:
        return first.paragraph == second.paragraph and abs((first.start or 0) - (second.start or 0)) < 40
    near = first.boxes and second.boxes and abs(first.boxes[-1][1] - second.boxes[0][1]) < 30
    return bool(first.page == second.page and near)


def _printed(value: Value) -> str:
    return f"{value.value}{value.unit or ''}"


def _in_table(where: Iterable[Span]) -> bool:
    return any(span.table is not None for span in where)


def _slip(one: Fraction, other: Fraction) -> int | None:
    """The ratio that a wrong unit leaves, if the two amounts stand in it within 1 %."""
    small, large = sorted((abs(one), abs(other)))
    if not small:
        return None
    over, under = large.numerator * small.denominator, small.numerator * large.denominator
    return next((ratio for ratio in SLIPS if abs(over - ratio * under) * 100 <= ratio * under), None)


def _pairs(requirement: Amounted, context: Context) -> Iterator[Finding]:
    """One number in two units that says two amounts: 258.13平方公里（37.82万亩）."""
    for value in requirement.values:
        pair = value.pair or {}
        other, unit = pair.get("value"), pair.get("unit")
        if not (isinstance(other, str) and isinstance(unit, str) and value.value and value.unit):
            continue
        if not context.units.comparable(value.unit, unit) or agree(value.value, value.unit, other, unit, context.units):
            continue
        message = f"{requirement.name}两种单位的数值不符：{_printed(value)}、{other}{unit}"
        places = [Place.at(span, None, f"{_printed(value)}（{other}{unit}）") for span in value.where[:1]]
        yield finding(
            "IND-UNIT", "error" if requirement.attribute == "binding" else "warning", "指标符合性", message, places
        )


Row = tuple[Value, Region]
Column = tuple[int, int | None, str, str]
"""A column of an allocation: the table's index, year, role and SI unit of its values."""


def _sums(requirements: list[Amounted], context: Context) -> Iterator[Finding]:
    """The rows of an allocation table against the total that the same table prints, for indicators that add up."""
    home = context.region
    if home is None:
        return
    subjects: dict[tuple[str | None, str], list[Amounted]] = defaultdict(list)
    for requirement in requirements:
        entry = context.lexicon.indicator_by_key(requirement.concept)
        if entry is not None and entry.additive:
            subjects[requirement.concept, _part_of_area(requirement.scope)].append(requirement)
    for same in subjects.values():
        totals = [r for r in same if r.binds_basis == "whole"]
        columns: dict[Column, list[Row]] = defaultdict(list)
        for requirement in same:
            if requirement.binds_basis == "row" and len(requirement.binds) == 1:
                for value in requirement.values:
                    if (column := _column(value)) is not None:
                        columns[column].append((value, requirement.binds[0]))
        for column, rows in columns.items():
            if totals and len(rows) >= 3 and _all_parts(rows, home, context):
                yield from _sum_finding(totals[0], column, rows, context)


def _part_of_area(scope: str | None) -> str:
    """中心城区, 陆域 …; "" for the whole area and for what is allocated to all its parts (县（市、区）分解)."""
    return "" if scope is None or re.fullmatch(r"全域|.*分解|[省市县镇村]域|全[省市县域]", scope) else scope


def _column(value: Value) -> Column | None:
    table = next((span.table for span in value.where if span.table is not None), None)
    if table is None or value.si is None or value.upper is not None or value.change is not None:
        return None
    return table.index, value.year, value.role, value.si.unit


def _all_parts(rows: list[Row], home: Region, context: Context) -> bool:
    """Whether the rows are all parts of the area, each once."""
    named = [region for _, region in rows]
    children = context.gazetteer.children(home, districts=False)
    return bool(children) and len(set(named)) == len(named) and set(named) >= set(children)


def _sum_finding(total: Amounted, column: Column, rows: list[Row], context: Context) -> Iterator[Finding]:
    places = [s for m in total.mentions for s in m.where if s.table is not None and s.table.index == column[0]]
    stated = [v for v in total.values if v.si is not None and (v.year, v.role, v.si.unit) == column[1:]]
    if not places or not stated:
        return
    added = sum((si_number(row.si) for row, _ in rows if row.si is not None), Fraction(0))
    rounding = sum((_half(row, context) for row, _ in rows), Fraction(0))
    if any(v.si is not None and abs(si_number(v.si) - added) <= rounding + _half(v, context) for v in stated):
        return
    value = stated[0]
    unit = context.units.find(value.unit or "")
    shown = decimal_string(added / unit.factor) if unit is not None else decimal_string(added)
    yield finding(
        "IND-SUM",
        "error" if total.attribute == "binding" else "warning",
        "指标符合性",
        f"{total.name}分解之和{shown}{value.unit or ''}与合计{_printed(value)}不符",
        [Place.at(span, "合计", _printed(value)) for span in places[:1]],
    )


def _half(value: Value, context: Context) -> Fraction:
    return half_step(value.value or "", context.units.find(value.unit or ""))


# -- lists and numbering -------------------------------------------------------------------------------------------


def _counts(entries: list[ListRequirement]) -> Iterator[Finding]:
    """共25处 in the text against the entries of the register."""
    registers: dict[tuple[str, int], list[ListRequirement]] = defaultdict(list)
    for entry in entries:
        if entry.register_.stated_count is not None and not entry.register_.open:
            registers[entry.register_.name, entry.register_.stated_count].append(entry)
    for (name, stated), rows in registers.items():
        count = len([row for row in rows if row.parent is None]) or len(rows)
        if stated not in (count, len(rows)):
            yield finding(
                "LIST-COUNT",
                "warning",
                "名录",
                f"“{name}”称共{stated}项，实列{count}项",
                [Place.at(span, "名录", str(count)) for span in rows[0].where[:1]],
            )


_NUMBER = re.compile(r"^第\s*([0-9]+|[一二三四五六七八九十百千零〇两]+)\s*(章|节|条|篇)")


def _gaps(document: Document) -> Iterator[Finding]:
    """Numbers of chapters, sections and articles that jump or come twice; sections start again in each chapter."""
    last: dict[str, tuple[int, str]] = {}
    for block in document.blocks:
        match = _NUMBER.match(block.number.strip()) if block.kind == "heading" and block.number else None
        number = exact(match[1]) if match is not None and block.part != "annex" else None
        if match is None or number is None or block.number is None:
            continue
        kind = match[2]
        if kind == "章":
            last.pop("节", None)
        before = last.get(kind)
        if before is not None and number != before[0] + 1 and not (kind in ("条", "节") and number == 1):
            said = "重复" if number == before[0] else "不连续"
            yield finding(
                "DOC-NUMBER",
                "info",
                "格式",
                f"编号{said}：{before[1]}之后是{block.number}",
                [Place.at(span, "标题", block.number) for span in document.spans(block)[:1]],
            )
        last[kind] = (int(number), block.number)
