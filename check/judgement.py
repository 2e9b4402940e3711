"""What the check says of one requirement, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..plan.finding import Category, Finding, Place, Severity, finding
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan
from ..plan.quantity import Units, numeral
from ..plan.region import Gazetteer
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    Region,
    Requirement,
    RuleRequirement,
    StructureRequirement,
)
from ..plan.verdict import Response, VerdictName
from .alignment import Candidate, Index
from .figures import key_of
from .passages import Draft, Passage
from .vocabulary import Vocabulary

SEVERE_STRENGTH = 5
THREE_LINES = ("生态保护红线", "永久基本农田", "城镇开发边界")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its one Chinese sentence, both sides' evidence and what is wrong."""

    verdict: VerdictName
    explanation: str
    responses: tuple[Response, ...] = ()
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Response, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Ground:
    """What every judgement looks at: the draft, its index, one upper plan, the region, the words and units."""

    draft: Draft
    index: Index
    upper: Plan
    region: Region
    lexicon: Lexicon
    words: Vocabulary

    @property
    def units(self) -> Units:
        return self.lexicon.units

    @property
    def end_year(self) -> int | None:
        return self.upper.document.period.end

    @cached_property
    def upper_region(self) -> Region | None:
        """The upper plan's region as the gazetteer knows it."""
        home = self.upper.document.region
        return None if home is None else self.lexicon.gazetteer.find(home.name)

    @cached_property
    def known_region(self) -> Region | None:
        """The draft's region as the gazetteer knows it."""
        return self.lexicon.gazetteer.find(self.region.name, self.upper_region)

    @property
    def seen_from(self) -> Region | None:
        """The region that names are read from: the draft's, or the upper one if the gazetteer lacks the draft's."""
        return self.known_region or self.upper_region

    @property
    def places(self) -> Gazetteer:
        return self.lexicon.gazetteer

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """Names of groups of regions that can be meant in the upper plan, longest first."""
        names = self.lexicon.gazetteer.group_names(self.upper_region)
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def within(self, place: Region) -> bool:
        """Whether a place is the draft's region or lies in it."""
        home = self.known_region
        return place.name == self.region.name if home is None else self.lexicon.gazetteer.is_within(place, home)

    def around(self, place: Region) -> bool:
        """Whether the draft's region lies in a place."""
        home = self.known_region
        return home is not None and self.lexicon.gazetteer.is_within(home, place)

    def touches(self, regions: Iterable[Region]) -> bool:
        """Whether one of the regions is the draft's, in it or around it (the upper plan's own region aside)."""
        return any(r != self.upper_region and (self.within(r) or self.around(r)) for r in regions)

    @cached_property
    def element_regions(self) -> dict[str, tuple[Region, ...]]:
        """Structure elements of the upper plan → the regions that it lists as their components."""
        gazetteer, seen = self.lexicon.gazetteer, self.upper_region
        found: dict[str, tuple[Region, ...]] = {}
        for element in self.upper.requirements:
            if isinstance(element, StructureRequirement):
                places = [gazetteer.find(name, seen) for name in element.components]
                known = tuple(place for place in places if place is not None)
                bound = tuple(
                    gazetteer.find(b.name, seen) or b for b in element.binds if element.binds_basis != "whole"
                )
                found.setdefault(element.name, known or tuple(b for b in bound if b != seen))
        return found

    @cached_property
    def regional_elements(self) -> tuple[StructureRequirement, ...]:
        """The structure elements that are made of regions (沿海经济带)."""
        return tuple(
            e
            for e in self.upper.requirements
            if isinstance(e, StructureRequirement) and self.element_regions.get(e.name)
        )

    @cached_property
    def slogans(self) -> tuple[str, ...]:
        """The slogans of the upper plan's structures (一核一带一区), which concern the whole area."""
        return tuple(
            dict.fromkeys(
                e.slogan
                for e in self.upper.requirements
                if isinstance(e, StructureRequirement) and e.slogan and len(e.slogan) > 3
            )
        )

    @cached_property
    def rule_rows(self) -> dict[str, int]:
        """Rule → its row in `rule_cosines`."""
        rules = [r.id for r in self.upper.requirements if isinstance(r, RuleRequirement)]
        return {id_: row for row, id_ in enumerate(rules)}

    @cached_property
    def rule_cosines(self) -> np.ndarray:
        """Cosine of each rule of the upper plan with each passage of the draft."""
        rules = [r.text for r in self.upper.requirements if isinstance(r, RuleRequirement)]
        return self.index.cosines([self.words.plain(text) for text in rules])

    def claimed(self, rule: RuleRequirement, passage: Passage) -> tuple[float, int]:
        """How much better another rule fits the passage, and how many do."""
        column = self.rule_cosines[:, passage.index]
        own = column[self.rule_rows[rule.id]]
        return max(0.0, float(column.max() - own)), int((column > own + 1e-6).sum())

    @cached_property
    def upper_attributes(self) -> dict[str, str]:
        """What is measured → the attribute that the upper plan prints for it anywhere."""
        found: dict[str, str] = {}
        for requirement in self.upper.requirements:
            if isinstance(requirement, IndicatorRequirement | BoundaryRequirement) and requirement.attribute:
                found.setdefault(key_of(requirement, self.lexicon)[0], requirement.attribute)
        return found

    @cached_property
    def margin(self) -> Fraction | None:
        """The share of the whole area's value that the upper plan lets a lower one set for expected indicators that it
        does not allocate (不低于全市目标值的九成); None if it says nothing."""
        for requirement in self.upper.requirements:
            if requirement.mode == "rule" and "预期性" in requirement.text:
                match = re.search(
                    r"(?:不低于|不少于)[^，。；]{0,12}?(?:目标值?|指标值?)的?([^，。；]{2,6}?)(?=[，。；]|$)",
                    requirement.text,
                )
                read = numeral(match[1]) if match else None
                if read is not None:
                    return read.number / 100 if read.unit == "%" or read.number > 1 else read.number
        return None

    def zone_type(self, name: str) -> str | None:
        """The one name of a zone type in the lexicon, or None if it is not known there."""
        return zone_key(self.lexicon, name)


def zone_key(lexicon: Lexicon, name: str) -> str | None:
    found = lexicon.zone_type(name)
    return None if found is None else found.type


def severity_of(requirement: Requirement) -> Severity:
    """CONTRACT §4: error only for 约束性 values, 强制性内容, the three lines, list entries and rules of strength ≥ 5."""
    if requirement.mandatory:
        return "error"
    match requirement:
        case IndicatorRequirement():
            severe = requirement.attribute == "binding" or any(line in requirement.name for line in THREE_LINES)
        case BoundaryRequirement():
            severe = requirement.attribute == "binding" or any(line in requirement.line for line in THREE_LINES)
        case RuleRequirement():
            severe = requirement.strength >= SEVERE_STRENGTH
        case _:
            severe = requirement.mode == "list"
    if severe:
        return "error"
    if isinstance(requirement, RuleRequirement) and requirement.strength <= 2 and not requirement.quantities:
        return "info" if requirement.object is None else "warning"
    return "warning"


CATEGORY_OF_MODE: dict[str, Category] = {
    "indicator": "指标符合性",
    "boundary": "空间布局符合性",
    "structure": "空间布局符合性",
    "zone": "空间布局符合性",
    "list": "名录",
    "rule": "规则",
}


def problem(
    code: str,
    requirement: Requirement,
    message: str,
    responses: Iterable[Response] = (),
    *,
    severity: Severity | None = None,
) -> Finding:
    """A finding on one requirement with the places of both sides."""
    places = [Place.at(span, "上位规划") for span in requirement.where]
    places += [Place.at(span, "本级规划") for response in responses for span in response.where]
    return finding(code, severity or severity_of(requirement), CATEGORY_OF_MODE[requirement.mode], message, places)


def nearest_three(ground: Ground, candidates: Iterable[Candidate]) -> tuple[tuple[Response, ...], tuple[str, ...]]:
    """The three nearest passages of a missing answer, and the sections they stand in."""
    best = list(candidates)[:3]
    responses = tuple(ground.draft.quote(candidate.passage, candidate.score) for candidate in best)
    return responses, ground.draft.sections_of([candidate.passage for candidate in best])


def shorten(text: str, limit: int = 40) -> str:
    """A quote for a message, cut at `limit` characters."""
    text = text.rstrip("；;。")
    return text if len(text) <= limit else text[: limit - 1] + "…"
