"""The facts form: what only the region knows, asked for each requirement that applies (CONTRACT §5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..plan.facts import PART, FactField, FactRow, Facts, FactSheet, SheetName
from ..plan.lexicon import Lexicon
from ..plan.plan import Level, Plan
from ..plan.quantity import decimal_string, exact
from ..plan.region import Gazetteer
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    Region,
    RuleRequirement,
    StructureRequirement,
    ZoneRequirement,
)
from .phrases import asks_detail
from .wanted import Judged, Subject, Wanted, plain_subject, subjects, wanted

ATTRIBUTES = {"binding": "约束性", "expected": "预期性", "advisory": "建议性"}
OPERATORS = {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "=": "等于", "~": "约", "range": "区间"}


def level_of(region: Region, gazetteer: Gazetteer) -> Level | None:
    """The planning level of a region; a functional district plans like a county."""
    level = gazetteer.level(region)
    return "county" if level == "district" else level


def parts_of(region: Region, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The regions one level down, as allocations list them: those with a code first, functional districts after them."""
    below = gazetteer.children(region)
    level = gazetteer.level(region)
    wanted_levels = {"province": ("city",), "city": ("county", "district"), "county": ("township",)}.get(
        level or "", ()
    )
    found = [part for part in below if gazetteer.level(part) in wanted_levels]
    if level == "city" and not any(gazetteer.level(part) == "county" for part in found):
        found = [part for part in below if gazetteer.level(part) == "township"]
    return tuple(sorted(found, key=lambda part: (part.code is None, part.code or "", part.name)))


def facts_form(
    uppers: Sequence[Plan], region: Region, lexicon: Lexicon, earlier: Plan | None = None, judged: Judged | None = None
) -> Facts:
    """The empty form for `region`, with what its earlier plan says filled in where the same thing is named.

    `judged` overrules what binds alone say of whom a requirement concerns.
    """
    gazetteer = lexicon.gazetteer
    items, _ = wanted(uppers, region, level_of(region, gazetteer), gazetteer, judged)
    parts = parts_of(region, gazetteer)
    measured = subjects(items, region, uppers, lexicon)
    indicators = [s for s in measured if s.first.requirement.mode == "indicator"]
    lines = [s for s in measured if s.first.requirement.mode == "boundary"]
    indicators.sort(key=lambda s: {"binding": 0, "expected": 1, "advisory": 2}.get(s.attribute or "", 3))
    amounts = _amount_fields(parts)
    sheets = (
        FactSheet(
            name="约束性指标",
            fields=amounts,
            rows=tuple(
                sorted((_amount_row(s, parts, earlier, lexicon) for s in indicators), key=lambda row: not row.required)
            ),
        ),
        FactSheet(name="三线", fields=amounts, rows=tuple(_amount_row(s, parts, earlier, lexicon) for s in lines)),
        _sheet("名录", list_fields(parts), items, ListRequirement, earlier),
        _sheet("分区", ZONE_FIELDS, items, ZoneRequirement, earlier),
        _sheet("结构", STRUCTURE_FIELDS, items, StructureRequirement, earlier),
        _sheet("规则", RULE_FIELDS, items, RuleRequirement, earlier),
    )
    return Facts(
        region=region,
        parts=parts,
        uppers=tuple(plan.document.title for plan in uppers),
        sheets=sheets,
    )


# ---------------------------------------------------------------------- amounts


def _amount_fields(parts: tuple[Region, ...]) -> tuple[FactField, ...]:
    return (
        FactField(key="own", title="本级目标值", kind="number", hint="不填则按上位下达值；不得松于下达值"),
        *(FactField(key=PART + part.name, title=part.name, kind="number") for part in parts),
        FactField(key="reserve", title="本级预留", kind="number", hint="市本级机动指标，计入合计"),
        FactField(key="note", title="备注"),
    )


def _amount_row(subject: Subject, parts: tuple[Region, ...], earlier: Plan | None, lexicon: Lexicon) -> FactRow:
    """What is asked of an amount: its own value where nothing is handed down to the region, else its allocation."""
    latest = next((value for value in subject.values if value.value is not None), None)
    target = latest if latest is not None and subject.own else None
    part_keys = tuple(PART + part.name for part in parts) if subject.additive else ()
    required: tuple[str, ...] = ()
    if target is None:
        required = ("own",)
    elif subject.additive and (subject.attribute == "binding" or subject.first.requirement.mode == "boundary"):
        required = part_keys
    given = {
        "属性": ATTRIBUTES.get(subject.attribute or "", "—"),
        "范围": subject.scope or "全域",
        "年份": str(latest.year) if latest is not None and latest.year else "—",
        "上位要求": subject.first.requirement.text[:120],
    }
    return FactRow(
        requirement=subject.first.requirement.id,
        upper=subject.first.upper,
        subject=subject.name,
        given=given,
        unit=subject.unit,
        op=latest.op if latest is not None else None,
        target=target.value if target is not None else None,
        asked=("own", *part_keys, *(("reserve",) if part_keys else ()), "note"),
        required=required,
        answers=_earlier_amounts(subject, parts, earlier, lexicon),
    )


def _earlier_amounts(
    subject: Subject, parts: tuple[Region, ...], earlier: Plan | None, lexicon: Lexicon
) -> dict[str, str]:
    """The allocation that the region's earlier plan prints for the same subject, exactly converted where units differ."""
    names = {part.name for part in parts}
    mine = subject.first.requirement
    concept = getattr(mine, "concept", None)
    found: dict[str, str] = {}
    for requirement in earlier.requirements if earlier is not None else ():
        if not isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
            continue
        name = requirement.line if isinstance(requirement, BoundaryRequirement) else requirement.name
        same = (
            requirement.concept == concept if concept and requirement.concept else plain_subject(name) == subject.name
        )
        if not same or (requirement.mode != mine.mode and not concept):
            continue
        alone = requirement.binds[0].name if len(requirement.binds) == 1 else None
        for value in requirement.values:
            place = value.region.name if value.region is not None else alone
            share = in_unit(value.value, value.unit, subject.unit, lexicon)
            if place in names and share is not None and value.role != "baseline":
                found.setdefault(PART + place, share)
    return found


def in_unit(number: str | None, unit: str | None, wanted_unit: str | None, lexicon: Lexicon) -> str | None:
    """A printed number in another unit of the same kind, exactly; None where that has no finite decimal."""
    if number is None or unit is None or wanted_unit is None:
        return None
    if lexicon.units.same(unit, wanted_unit):
        return number
    source, goal, amount = lexicon.units.find(unit), lexicon.units.find(wanted_unit), exact(number)
    if source is None or goal is None or amount is None or source.dimension != goal.dimension:
        return None
    converted = decimal_string(amount * source.factor / goal.factor)
    return None if "/" in converted else converted


# ---------------------------------------------------------------------- the other modes


def list_fields(parts: tuple[Region, ...]) -> tuple[FactField, ...]:
    return (
        FactField(key="local_name", title="本地名称", hint="与上位名称不同时填写"),
        FactField(key="content", title="建设内容与规模（或面积）"),
        FactField(key="units", title="所在地", choices=tuple(part.name for part in parts), hint="可填多个，用、分隔"),
        FactField(key="lead", title="牵头单位"),
        FactField(key="responsible", title="责任单位"),
        FactField(key="start", title="开始年", kind="year"),
        FactField(key="end", title="完成年", kind="year"),
    )


ZONE_FIELDS = (
    FactField(key="refined", title="细化安排（到乡镇）"),
    FactField(key="function", title="主导功能与管控导向"),
)
STRUCTURE_FIELDS = (
    FactField(key="local_name", title="本地承接要素名称", hint="山体、河流、湿地、片区等的名称"),
    FactField(key="components", title="本地要素构成", hint="用、分隔"),
    FactField(key="control", title="管控要求"),
)
RULE_FIELDS = (
    FactField(key="measure", title="本地措施"),
    FactField(key="responsible", title="责任单位"),
)


def _sheet(
    name: SheetName, fields: tuple[FactField, ...], items: Sequence[Wanted], mode: type, earlier: Plan | None
) -> FactSheet:
    rows = [_row(item, fields, earlier) for item in items if isinstance(item.requirement, mode)]
    # what must be filled in stands first, on one screen
    return FactSheet(name=name, fields=fields, rows=tuple(sorted(rows, key=lambda row: not row.required)))


def _row(item: Wanted, fields: tuple[FactField, ...], earlier: Plan | None) -> FactRow:
    requirement = item.requirement
    subject, given, required = requirement.text, {}, ()  # type: tuple[str, dict[str, str], tuple[str, ...]]
    answers: dict[str, str] = {}
    match requirement:
        case ListRequirement():
            subject = requirement.name
            given = {"名录": requirement.register_.name, "上位所列": list_attributes(requirement)}
            if requirement.kind in ("restoration_project", "key_project"):
                required = tuple(
                    key
                    for key, said in (
                        ("lead", requirement.fields.lead),
                        ("responsible", requirement.fields.responsible),
                    )
                    if not said
                    and not any(word in header for header in requirement.attributes for word in ("牵头", "责任"))
                )
            answers = _earlier_entry(requirement, earlier)
        case ZoneRequirement():
            subject = requirement.unit.name
            given = {"体系": requirement.system, "上位定位": "、".join((requirement.type, *requirement.overlays))}
        case StructureRequirement():
            subject = requirement.name
            given = {"格局": requirement.slogan or "—", "上位构成": "、".join(requirement.components)[:120] or "—"}
            required = ("local_name",)
        case RuleRequirement():
            subject = requirement.text
            given = {"力度": f"{requirement.modal}（{requirement.strength}）"}
            required = ("measure",) if asks_detail(requirement) else ()
    return FactRow(
        requirement=requirement.id,
        upper=item.upper,
        subject=subject,
        given=given,
        asked=tuple(field.key for field in fields),
        required=required,
        answers=answers,
    )


def list_attributes(requirement: ListRequirement) -> str:
    """The columns of an entry in one line, without its number and name."""
    return (
        "；".join(
            f"{header}：{text}"
            for header, text in requirement.attributes.items()
            if text and text != requirement.name and not re.fullmatch(r"序号|编号", header)
        )[:160]
        or "—"
    )


def _earlier_entry(requirement: ListRequirement, earlier: Plan | None) -> dict[str, str]:
    for other in earlier.requirements if earlier is not None else ():
        if isinstance(other, ListRequirement) and other.name == requirement.name:
            fields = other.fields
            said = {
                "units": fields.units,
                "lead": fields.lead,
                "responsible": fields.responsible,
                "start": str(fields.start) if fields.start else None,
                "end": str(fields.end) if fields.end else None,
            }
            return {key: value for key, value in said.items() if value}
    return {}
