"""What single places of a plan say of zones, and how sayings of one unit and type become one requirement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..plan.requirement import Mention, Region, Value, ZoneRequirement, ZoneUnit
from ..plan.span import Span

Source = Literal["text", "table", "annex", "box"]


@dataclass(frozen=True, slots=True)
class Saying:
    """One place that says what zone a unit is in."""

    unit: ZoneUnit
    type: str
    system: str
    text: str
    where: tuple[Span, ...]
    section: tuple[str, ...]
    source: Source
    overlays: tuple[str, ...] = ()
    function: str | None = None
    policies: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    basis: Literal["row", "column", "list", "mention"] = "row"
    confidence: float = 0.97


def overlays_laid(sayings: list[Saying]) -> list[Saying]:
    """The sayings, those that only lay something over a unit (甲县同时列为能源资源富集区) taken into what gives it a type;
    where nothing does, each overlay is a zone of its own."""
    typed = [saying for saying in sayings if saying.type]
    for laid in (saying for saying in sayings if not saying.type):
        known = False
        for at, saying in enumerate(typed):
            same = (saying.unit.code or saying.unit.name) == (laid.unit.code or laid.unit.name)
            if same and saying.system.startswith("主体功能区"):
                typed[at] = replace(saying, overlays=tuple(dict.fromkeys((*saying.overlays, *laid.overlays))))
                known = True
        if not known:
            typed += [replace(laid, type=type_, system="叠加功能", overlays=()) for type_ in laid.overlays]
    return typed


def merged(sayings: list[Saying]) -> Iterator[ZoneRequirement]:
    """One requirement for each unit and type; what later sayings add (overlays, areas) is taken in."""
    groups: dict[tuple[str, str | None, str], list[Saying]] = {}
    for saying in sayings:
        groups.setdefault((saying.unit.code or saying.unit.name, saying.unit.part, saying.type), []).append(saying)
    for group in groups.values():
        first, *more = group
        yield ZoneRequirement(
            modes=("zone",),
            text=first.text,
            section=first.section,
            where=first.where,
            unit=first.unit,
            type=first.type,
            system=_system(group),
            binds=(Region(name=_bound(first), code=first.unit.code),),
            binds_basis=first.basis,
            overlays=next((s.overlays for s in group if s.overlays), ()),
            function=next((s.function for s in group if s.function), None),
            policies=next((s.policies for s in group if s.policies), ()),
            values=next((s.values for s in group if s.values), ()),
            confidence=max(s.confidence for s in group),
            mentions=tuple(Mention(kind=s.source, where=s.where, raw=s.text) for s in more),
        )


def _bound(saying: Saying) -> str:
    return saying.unit.name.removesuffix(saying.unit.part or "") or saying.unit.name


def _system(group: list[Saying]) -> str:
    return group[0].system
