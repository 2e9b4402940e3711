"""What must be answered: the requirements of all upper plans that concern the region, each once, and the rest with why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..plan.applies import Places, applies, awaits_allocation, contains, same_region
from ..plan.draft import NotAnswered
from ..plan.lexicon import Lexicon
from ..plan.plan import Level, Plan
from ..plan.quantity import exact
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, Operator, Region, Requirement, Value


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement that concerns the region. `sure` False: the upper plan does not say whom it binds."""

    requirement: Requirement
    upper: int
    because: str
    sure: bool
    awaits: bool
    """Its number must first be set by the level between."""


Judged = Mapping[str, tuple[bool | None, str]]
"""Requirement id → (applies, because), where someone has judged it with the whole upper plan before him."""


def wanted(
    uppers: Sequence[Plan], region: Region, level: Level | None, places: Places, judged: Judged | None = None
) -> tuple[list[Wanted], list[NotAnswered]]:
    """All that applies (once, whichever upper plan says it first), and what does not."""
    judged = judged or {}
    found: list[Wanted] = []
    others: list[NotAnswered] = []
    seen: set[str] = set()
    for number, plan in enumerate(uppers):
        for requirement in plan.requirements:
            if requirement.id in seen:
                found = [
                    _with_values(one, requirement) if one.requirement.id == requirement.id else one for one in found
                ]
                continue
            seen.add(requirement.id)
            said = judged.get(requirement.id)
            if said is None:
                told = applies(requirement, region, places, plan.document.region)
                said = (told.applies, told.because)
            concerned, because = said
            if concerned is False:
                others.append(NotAnswered(requirement=requirement.id, upper=number, because=because))
                continue
            waits = awaits_allocation(requirement, region, plan.document.level, level)
            found.append(Wanted(requirement, number, because, concerned is True, waits))
    return found, others


def _with_values(item: Wanted, other: Requirement) -> Wanted:
    """The same demand of a second upper plan: what it says in numbers counts too."""
    mine: tuple[Value, ...] = getattr(item.requirement, "values", ())
    more = tuple(value for value in getattr(other, "values", ()) if value not in mine)
    return replace(item, requirement=item.requirement.model_copy(update={"values": (*mine, *more)})) if more else item


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing measured, with all requirements that speak of it and the values that hold for the region.

    `own`: the values are meant for the region; else they are those of the whole upper area (`of`).
    """

    name: str
    scope: str | None
    attribute: str | None
    unit: str | None
    members: tuple[Wanted, ...]
    values: tuple[Value, ...]
    own: bool
    of: Region | None
    additive: bool
    """Shares of the parts add up to it."""
    baseline: Value | None = None
    """What the region had in the base year, where the upper plan prints it."""

    @property
    def first(self) -> Wanted:
        return self.members[0]


def adds_up(name: str, unit: str | None, concept: str | None, lexicon: Lexicon) -> bool:
    """Whether shares of parts add up to it: areas, volumes and counts do, ratios, densities and multiples do not."""
    entry = lexicon.indicator_by_key(concept) or lexicon.indicator(name)
    if not unit or "/" in unit or re.search(r"[%‰％]|倍|百分点|分钟|年一遇|人均", unit + name[:2]):
        return False
    return entry.additive if entry is not None else True


def subjects(items: Sequence[Wanted], region: Region, uppers: Sequence[Plan], lexicon: Lexicon) -> list[Subject]:
    """Indicators (or control lines) by subject and scope, in the order of their first mention."""
    groups: dict[tuple[str, str, str], list[Wanted]] = {}
    for item in items:
        requirement = item.requirement
        if isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
            name = requirement.line if isinstance(requirement, BoundaryRequirement) else requirement.name
            key = (requirement.mode, requirement.concept or plain_subject(name), plain_scope(requirement.scope, name))
            groups.setdefault(key, []).append(item)
    return [_subject(members, region, uppers, lexicon) for members in groups.values()]


def plain_subject(name: str) -> str:
    """An indicator's name without unit, number, 其中 and blanks: what tells two of them apart."""
    name = re.sub(r"\s+|[（(][^（()）]*[）)]$", "", name)
    return re.sub(r"^(其中[:：、]?|\d+[.、．]?|全[省市县区域])+", "", name)


def plain_scope(scope: str | None, name: str) -> str:
    """ "" for the whole area and for what the name says itself (海域 of 海洋生态保护红线); else the scope (中心城区 …)."""
    if not scope or re.fullmatch(r"全[省市县区域]域?|[省市县区]域|各?.{0,8}分解", scope):
        return ""
    return "" if scope in name or (scope[0] in "陆海" and scope[0] in name) else scope


def _subject(members: list[Wanted], region: Region, uppers: Sequence[Plan], lexicon: Lexicon) -> Subject:
    first = members[0].requirement
    assert isinstance(first, IndicatorRequirement | BoundaryRequirement)
    own: list[Value] = []
    whole: list[Value] = []
    of: Region | None = None
    baseline: Value | None = None
    for member in members:
        upper = uppers[member.upper].document.region
        values: tuple[Value, ...] = getattr(member.requirement, "values", ())
        binds = member.requirement.binds
        bound_alone = len(binds) == 1 and same_region(binds[0], region)
        for value in values:
            mine = same_region(value.region, region) if value.region is not None else bound_alone
            if value.role == "baseline":
                baseline = baseline or (value if mine else None)
            elif mine:
                own.append(value)
            elif value.region is None or _around(value.region, region, upper, lexicon):
                whole.append(value)
                of = of or upper
    direction = next((d for m in members if (d := getattr(m.requirement, "direction", None))), None)
    chosen = _once(own, direction) or _once(whole, direction)
    name = first.line if isinstance(first, BoundaryRequirement) else plain_subject(first.name) or first.name
    unit = next((value.unit for value in chosen if value.unit), None)
    attribute = next((a for m in members if (a := getattr(m.requirement, "attribute", None))), None)
    concept = next((c for m in members if (c := getattr(m.requirement, "concept", None))), None)
    scope = plain_scope(first.scope, name) or None
    additive = adds_up(name, unit, concept, lexicon)
    return Subject(name, scope, attribute, unit, tuple(members), tuple(chosen), bool(own), of, additive, baseline)


def _around(place: Region, region: Region, upper: Region | None, lexicon: Lexicon) -> bool:
    """Whether a value is meant for an area around the region: the upper area, a group with it, or words that name no
    region (整治区域)."""
    if upper is not None and same_region(place, upper):
        return True
    gazetteer = lexicon.gazetteer
    known = gazetteer.find(place.name, upper) if place.code is None else place
    if known is not None:
        return contains(known, region, gazetteer)
    members = gazetteer.group(place.name, upper)
    return members is None or any(same_region(member, region) for member in members)


def _once(values: list[Value], direction: str | None) -> list[Value]:
    """One value for each year, the latest first: one with a number, with an operator, and of several the strictest."""
    best: dict[int | None, Value] = {}
    for value in values:
        known = best.get(value.year)
        better = known is None or (known.value is None and value.value is not None)
        firmer = known is not None and known.value == value.value and known.op == "=" and value.op != "="
        if better or firmer:
            best[value.year] = value
        elif known is not None and (sense := _stricter(value, known, direction)):
            best[value.year] = value.model_copy(update={"op": sense}) if value.op == "=" else value
    return [best[year] for year in sorted(best, key=lambda year: (year is None, -(year or 0)))]


SENSES: dict[str | None, Operator] = {"floor": ">=", "cap": "<="}


def _stricter(one: Value, other: Value, direction: str | None) -> Operator | None:
    """In which sense `one` asks for more than `other`: a bare number takes the sense of the other, else that of the
    indicator. None if it does not, or if the two cannot be compared as they are printed."""
    if one.value is None or other.value is None or one.unit != other.unit:
        return None
    senses: set[Operator] = {value.op for value in (one, other) if value.op != "="}
    senses = senses or {SENSES.get(direction, "=")}
    mine, theirs = exact(one.value), exact(other.value)
    if mine is None or theirs is None or len(senses) > 1:
        return None
    sense = senses.pop()
    more = mine > theirs if sense in (">=", ">") else mine < theirs if sense in ("<=", "<") else False
    return sense if more else None
