"""Whom a requirement concerns: the one answer that generation and checking share (CONTRACT §3 binds, §4).

`applies` says whether a requirement of an upper plan concerns a region, and why, in words a planner can judge.
`allocated` picks the values meant for the region; `awaits_allocation` says that the number for this region must first
be set by the level between (province to county: 应由市级规划分解).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from .plan import LEVELS, Level
from .requirement import Region, Requirement, StructureRequirement, Value, ZoneRequirement


class Places(Protocol):
    """What of the gazetteer is needed here; `plan.region.Gazetteer` is one."""

    def find(self, name: str, within: Region | None = None) -> Region | None:
        """The region of that name or alias as seen from `within`; None if unknown or ambiguous."""

    def parent(self, region: Region) -> Region | None:
        """The region one level up; None at the top or if unknown."""

    def group(self, name: str, within: Region | None = None) -> tuple[Region, ...] | None:
        """The members of a named group (沿海各市); None if it is no group."""


@dataclass(frozen=True, slots=True)
class Applicability:
    """`applies` None: cannot be told, with the reason in `because`. It unpacks into (applies, because)."""

    applies: bool | None
    because: str

    def __iter__(self) -> Iterator[bool | str | None]:
        yield self.applies
        yield self.because


BASIS_NAMES = {
    "whole": "全域要求",
    "row": "分解表点名",
    "column": "分解表点名",
    "list": "名录点名",
    "group": "所属片区",
    "mention": "条文点名",
}


NO_PLACE = re.compile(r"[城郊矿新]区|市[中南北郊]区")
"""Districts whose whole name is a common word: as the only sign of a place it means nothing."""


def applies(requirement: Requirement, region: Region, places: Places, upper: Region | None) -> Applicability:
    """Whether `requirement` of the plan of `upper` concerns `region`.

    A requirement concerns the region if it binds the region, an area around it (the whole upper area among them), a part
    of it, or a group with it or a part of it as member. A zone goes by its unit. An unknown bind is never taken for the
    whole area: the answer is None.
    """
    binds = _bound(requirement, places, upper)
    if not isinstance(requirement, ZoneRequirement):
        binds = tuple(bind for bind in binds if not NO_PLACE.fullmatch(bind.name))
    if not binds:
        if requirement.binds_basis == "whole":
            return Applicability(True, f"全域要求：适用于{upper.name if upper else '上位规划全域'}")
        return Applicability(None, "上位规划未写明适用地区")
    unknown: list[str] = []
    for bind in binds:
        relation = related(bind, region, places, upper)
        if relation is not None:
            basis = BASIS_NAMES.get(requirement.binds_basis, "点名")
            as_printed = f"（{requirement.binds_as}）" if requirement.binds_as else ""
            return Applicability(True, f"{basis}{as_printed}：{bind.name}{relation}")
        nowhere = bind.code is None and places.find(bind.name, upper) is None and not places.group(bind.name, upper)
        if nowhere and not _another_town(bind, region):
            unknown.append(bind.name)
    if unknown:
        return Applicability(None, f"无法识别适用地区：{'、'.join(unknown)}")
    return Applicability(False, f"对象为{_listed(binds)}，不涉及{region.name}")


_TOWN = re.compile(r"(?P<stem>[一-龥]{1,8})(?:镇|乡|街道)")


def _another_town(bind: Region, region: Region) -> bool:
    """Whether a town that no gazetteer holds is, by its name, another than the town `region` (not 甲街道 for 甲镇)."""
    one, other = _TOWN.fullmatch(bind.name), _TOWN.fullmatch(region.name)
    return one is not None and other is not None and one["stem"] != other["stem"]


def related(bind: Region, region: Region, places: Places, upper: Region | None = None) -> str | None:
    """How a bound region touches `region`: "" the same, else words for 包含, 下辖 or 片区; None if it does not."""
    if bind.code is None:
        bind = places.find(bind.name, upper) or bind
    if same_region(bind, region):
        return ""
    if contains(bind, region, places):
        return f"，包含{region.name}"
    if contains(region, bind, places):
        return f"，属{region.name}"
    for member in (places.group(bind.name, upper) or ()) if bind.code is None else ():
        if same_region(member, region) or contains(member, region, places) or contains(region, member, places):
            return f"，包含{member.name}"
    return None


def same_region(one: Region, other: Region) -> bool:
    """The same place: by code where both have one, else by name."""
    if one.code and other.code:
        return one.code == other.code
    return one.name == other.name


def contains(outer: Region, inner: Region, places: Places) -> bool:
    """Whether `inner` lies in `outer` (not the same): walks up the parents; GB/T 2260 codes nest by their digits, and a
    town's code of nine digits by all of them: its neighbours share the first six."""
    if same_region(outer, inner):
        return False
    if outer.code and inner.code:
        if len(outer.code) > 6:
            return inner.code.startswith(outer.code)
        stem = outer.code.rstrip("0")
        stem += "0" * (-len(stem) % 2)
        return inner.code.startswith(stem)
    walked: Region | None = inner if places.parent(inner) is not None else places.find(inner.name, outer) or inner
    for _ in LEVELS:
        walked = places.parent(walked) if walked is not None else None
        if walked is None:
            return False
        if same_region(outer, walked):
            return True
    return False


def allocated(requirement: Requirement, region: Region, upper: Region | None) -> tuple[Value, ...]:
    """The values meant for `region`: those of the region itself, else the values of all of what is bound.

    A value of the whole upper area is not the region's share; it is returned only if the requirement has nothing nearer.
    """
    values: tuple[Value, ...] = getattr(requirement, "values", ())
    own = tuple(value for value in values if value.region is not None and same_region(value.region, region))
    if own:
        return own
    if len(requirement.binds) == 1 and same_region(requirement.binds[0], region):
        return tuple(value for value in values if value.region is None or not _is_upper(value.region, upper)) or values
    return values


def is_own(requirement: Requirement, region: Region) -> bool:
    """Whether the requirement hands down to `region` itself: it binds it alone or has a value for it."""
    values: tuple[Value, ...] = getattr(requirement, "values", ())
    if any(value.region is not None and same_region(value.region, region) for value in values):
        return True
    return len(requirement.binds) == 1 and same_region(requirement.binds[0], region)


def levels_down(upper: Level | None, lower: Level | None) -> int | None:
    """How many levels `lower` stands under `upper`; None if a level is not known."""
    if upper is None or lower is None:
        return None
    return LEVELS.index(lower) - LEVELS.index(upper)


def awaits_allocation(
    requirement: Requirement, region: Region, upper_level: Level | None, level: Level | None, unit_rates: bool = False
) -> bool:
    """Whether the number must first be set for `region` by the level between: two or more levels down, a number, and
    none for this region. Lists, zones, rules and structures pass through. `unit_rates` keeps ratios (they are not shares).
    """
    if requirement.mode not in ("indicator", "boundary") or (levels_down(upper_level, level) or 0) < 2:
        return False
    values: tuple[Value, ...] = getattr(requirement, "values", ())
    if not values or is_own(requirement, region):
        return False
    return not (unit_rates and all((value.unit or "") in ("%", "‰", "倍") for value in values))


def _bound(requirement: Requirement, places: Places, upper: Region | None) -> tuple[Region, ...]:
    """Whom the requirement names: a zone its unit; a structure without binds the regions among its components."""
    if isinstance(requirement, ZoneRequirement):
        unit = requirement.unit
        return (Region(name=unit.name, code=unit.code),)
    whole = all(_is_upper(bind, upper) for bind in requirement.binds)
    if isinstance(requirement, StructureRequirement) and whole and requirement.components:
        found = [places.find(component, upper) for component in requirement.components]
        if all(found):
            return tuple(region for region in found if region is not None)
    return requirement.binds


def _is_upper(region: Region, upper: Region | None) -> bool:
    return upper is not None and same_region(region, upper)


def _listed(regions: tuple[Region, ...]) -> str:
    names = [region.name for region in regions]
    return "、".join(names[:4]) + (f"等{len(names)}地" if len(names) > 4 else "")
