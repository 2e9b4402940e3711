"""What must be answered: the requirements of all upper plans that concern the region, each once, and the rest with why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..plan.applies import Places, applies, awaits_allocation, same_region
from ..plan.draft import NotAnswered
from ..plan.lexicon import Lexicon
from ..plan.plan import Level, Plan
from ..plan.requirement import BoundaryRequirement, IndicatorRequirement, Region, Requirement, Value


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement that concerns the region. `sure` False: the upper plan does not say whom it binds."""

    requirement: Requirement
    upper: int
    because: str
    sure: bool
    awaits: bool
    """Its number must first be set by the level between."""


def wanted(
    uppers: Sequence[Plan], region: Region, level: Level | None, places: Places
) -> tuple[list[Wanted], list[NotAnswered]]:
    """All that applies (once, whichever upper plan says it first), and what does not."""
    found: list[Wanted] = []
    others: list[NotAnswered] = []
    seen: set[str] = set()
    for number, plan in enumerate(uppers):
        for requirement in plan.requirements:
            if requirement.id in seen:
                continue
            seen.add(requirement.id)
            said = applies(requirement, region, places, plan.document.region)
            if said.applies is False:
                others.append(NotAnswered(requirement=requirement.id, upper=number, because=said.because))
                continue
            waits = awaits_allocation(requirement, region, plan.document.level, level)
            found.append(Wanted(requirement, number, said.because, said.applies is True, waits))
    return found, others


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

    @property
    def first(self) -> Wanted:
        return self.members[0]

    @property
    def additive(self) -> bool:
        """Whether shares of parts add up to it: areas, volumes and counts do, ratios, densities and multiples do not."""
        unit = self.unit or ""
        return (
            bool(unit)
            and "/" not in unit
            and not re.search(r"[%‰％]|倍|百分点|分钟|人均|平方米/", unit + self.name[:2])
        )


def subjects(items: Sequence[Wanted], region: Region, uppers: Sequence[Plan], lexicon: Lexicon) -> list[Subject]:
    """Indicators (or control lines) by subject and scope, in the order of their first mention."""
    groups: dict[tuple[str, str, str], list[Wanted]] = {}
    for item in items:
        requirement = item.requirement
        if isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
            name = requirement.line if isinstance(requirement, BoundaryRequirement) else requirement.name
            key = (requirement.mode, requirement.concept or plain_subject(name), plain_scope(requirement.scope))
            groups.setdefault(key, []).append(item)
    return [_subject(members, region, uppers, lexicon) for members in groups.values()]


def plain_subject(name: str) -> str:
    """An indicator's name without unit, number, 其中 and blanks: what tells two of them apart."""
    name = re.sub(r"\s+|[（(][^（()）]*[）)]$", "", name)
    return re.sub(r"^(其中[:：、]?|\d+[.、．]?|全[省市县区域])+", "", name)


def plain_scope(scope: str | None) -> str:
    """ "" for the whole area; else the scope (中心城区, 陆域 …)."""
    return "" if not scope or re.fullmatch(r"全[省市县区域]域?|[省市县区]域|各?.{0,8}分解", scope) else scope


def _subject(members: list[Wanted], region: Region, uppers: Sequence[Plan], lexicon: Lexicon) -> Subject:
    first = members[0].requirement
    assert isinstance(first, IndicatorRequirement | BoundaryRequirement)
    own: list[Value] = []
    whole: list[Value] = []
    of: Region | None = None
    for member in members:
        upper = uppers[member.upper].document.region
        values: tuple[Value, ...] = getattr(member.requirement, "values", ())
        binds = member.requirement.binds
        bound_alone = len(binds) == 1 and same_region(binds[0], region)
        for value in values:
            if value.role == "baseline":
                continue
            if (value.region is not None and same_region(value.region, region)) or (
                bound_alone and (value.region is None or upper is None or not same_region(value.region, upper))
            ):
                own.append(value)
            elif value.region is None or (upper is not None and same_region(value.region, upper)):
                whole.append(value)
                of = of or upper
    chosen = _once(own) or _once(whole)
    name = first.line if isinstance(first, BoundaryRequirement) else plain_subject(first.name) or first.name
    unit = next((value.unit for value in chosen if value.unit), None)
    attribute = next((a for m in members if (a := getattr(m.requirement, "attribute", None))), None)
    return Subject(
        name, plain_scope(first.scope) or None, attribute, unit, tuple(members), tuple(chosen), bool(own), of
    )


def _once(values: list[Value]) -> list[Value]:
    """One value for each year: the first that has a number (an operator beats a bare number), by year."""
    best: dict[int | None, Value] = {}
    for value in values:
        known = best.get(value.year)
        better = known is None or (known.value is None and value.value is not None)
        firmer = known is not None and known.value == value.value and known.op == "=" and value.op != "="
        if better or firmer:
            best[value.year] = value
    return [best[year] for year in sorted(best, key=lambda year: (year is None, -(year or 0)))]
