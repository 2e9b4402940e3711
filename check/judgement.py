"""What the check says of one requirement, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz

from ..plan.document import Document
from ..plan.finding import Category, Finding, Place, Severity, finding
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan
from ..plan.quantity import Units, numeral
from ..plan.region import Gazetteer
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    ListRequirement,
    Region,
    Requirement,
    RuleRequirement,
    StructureRequirement,
)
from ..plan.verdict import Response, VerdictName
from .alignment import Candidate, Index
from .figures import Figure, figures_of, is_region, key_of
from .passages import Draft, Passage, row_text
from .told import Said, told_amounts
from .vocabulary import Vocabulary
from .words import fold, letters

REPEATED = 72
"""rapidfuzz ratio from which a sentence of the draft repeats one of the upper plan."""
SEVERE_STRENGTH = 5
OTHERS = re.compile(r"(?:其他|其余)各?(?:设区市|地级市|市县|市[（(]|地市|县[（(]|县市|区县|市|县)")
"""All regions of a level but those named before (除甲市外，其他设区市)."""
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


@dataclass(frozen=True, slots=True)
class Defect:
    """One way in which an answer falls short of the clause."""

    verdict: VerdictName
    code: str
    message: str


@dataclass(frozen=True, eq=False)
class Ground:
    """What every judgement looks at: the draft, its index, one upper plan, the region, the words and units."""

    draft: Draft
    index: Index
    upper: Plan
    region: Region
    lexicon: Lexicon
    words: Vocabulary
    upper_document: Document | None = None

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

    def rows_of(self, requirement: Requirement) -> list[str]:
        """The rows of the upper plan's tables that the requirement stands in, remarks included; needs its Document."""
        if self.upper_document is None:
            return []
        tables = {table.index: table for table in self.upper_document.tables}
        spans = [*requirement.where, *(span for mention in requirement.mentions for span in mention.where)]
        spans += [span for value in getattr(requirement, "values", ()) for span in value.where]
        places = dict.fromkeys((s.table.index, s.table.row) for s in spans if s.table is not None)
        return [
            row_text(tables[index], row) for index, row in places if index in tables and row < len(tables[index].grid)
        ]

    @cached_property
    def allocates(self) -> bool:
        """Whether the upper plan gives the region numbers of its own at all."""
        return any(
            value.region is not None and value.region.name == self.region.name
            for r in self.upper.requirements
            if isinstance(r, IndicatorRequirement | BoundaryRequirement)
            for value in r.values
        )

    @cached_property
    def total_tables(self) -> frozenset[tuple[int, str]]:
        """(table, what is measured) where the draft allocates a number to its own parts; a value there is the total."""
        parts: dict[tuple[int, str], set[str]] = {}
        for mode in ("indicator", "boundary"):
            for r in self.draft.by_mode[mode]:
                assert isinstance(r, IndicatorRequirement | BoundaryRequirement)
                key = key_of(r, self.lexicon)[0]
                for value in r.values:
                    for span in value.where or r.where:
                        if (
                            span.table is not None
                            and value.region is not None
                            and value.region.name != self.region.name
                        ):
                            parts.setdefault((span.table.index, key), set()).add(value.region.name)
        return frozenset(place for place, regions in parts.items() if len(regions) >= 3)

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
                text = "、".join((element.name, *element.components))
                named = [
                    place for start, end, place in gazetteer.mentions(text, seen) if _stands_alone(text, start, end)
                ]
                bound = [gazetteer.find(b.name, seen) or b for b in element.binds]
                trusted = bound if element.binds_basis in ("group", "row", "column", "list") else []
                head = next((name for name in self.group_names if element.name.startswith(name)), None)
                members = (gazetteer.group(head, seen) or ()) if head is not None and not trusted else ()
                listed = (*named, *trusted, *members)
                found.setdefault(element.name, tuple(dict.fromkeys(p for p in listed if p != seen)))
        return found

    def trace(self, element: StructureRequirement) -> str | None:
        """A proper part of the element (a river, a range, a park) that the draft has as its own, or that the upper plan
        lists for the region; None if there is none. A park or reservoir counts by its whole name only."""
        whole_name = element.element in ("node", "patch") or element.name.endswith(("公园", "水库"))
        parts = [element.name] if whole_name else re.split(r"[—\-–、和与及]", element.name)
        for part in (*element.components, *parts):
            stem = letters(part) if whole_name else proper_stem(part)
            if len(stem) < 2 or self.is_place_name(stem) or self.words.produce.fullmatch(stem):
                continue
            if self.has_own(stem) or stem in self.asked_here:
                return part
        return None

    def is_place_name(self, stem: str) -> bool:
        """Whether a word is a region of this part of the country or a group of regions, not just a river of that name."""
        gazetteer, seen = self.lexicon.gazetteer, self.upper_region
        found = gazetteer.find(stem, seen)
        if found is not None and re.fullmatch(r"[一-龥]+[江河溪湖]", stem) and gazetteer.level(found) == "township":
            return False  # 沁河 is the river that 沁河镇 is named after
        if found is not None and seen is not None:
            province = gazetteer.province(seen)
            near = (
                province is None
                or gazetteer.is_within(found, province)
                or gazetteer.level(found) in ("city", "province")
            )
            return near or gazetteer.group(stem, seen) is not None
        return found is not None or gazetteer.group(stem, seen) is not None

    def has_own(self, stem: str) -> bool:
        """Whether the draft names it, and not only as its neighbour's (西接封开七星顶)."""
        for passage in self.draft.passages:
            if passage.index in self.repeated:
                continue
            text = fold(passage.text)
            at = text.find(stem)
            if at >= 0:
                before = self.lexicon.gazetteer.mentions(text[:at], self.seen_from)
                if not before or before[-1][1] != at or self.within(before[-1][2]):
                    return True
        return False

    def siblings(self, element: StructureRequirement) -> list[StructureRequirement]:
        """The elements that the upper plan lists together with one: of its slogan, or in its sentence if it has none."""
        if element.slogan == element.name:
            others = (o for o in self.upper.requirements if isinstance(o, StructureRequirement) and o is not element)
            return [other for other in others if other.text == element.text]
        return [
            other
            for other in self.upper.requirements
            if isinstance(other, StructureRequirement)
            and other is not element
            and other.slogan == element.slogan
            and (other.label == element.label or element.slogan is not None)
        ]

    def others_touch(self, element: StructureRequirement) -> bool:
        """Whether this element is one of several told apart by place, of which others are the region's."""
        beside = self.siblings(element)
        same = [other for other in beside if other.label == element.label]
        generic = bool(element.components) and not any(proper_stem(c) for c in element.components)
        proper = (bool(proper_stem(element.name)) and not generic) or bool(
            re.match(r"[东南西北中]{1,2}部|外围", element.name)
        )
        if proper and any(self.touches(self.element_regions[o.name]) or self.trace(o) for o in same or beside):
            return True
        return any(self.element_regions[o.name] for o in beside) and not any(
            self.touches(self.element_regions[o.name]) or self.trace(o) for o in beside
        )

    @cached_property
    def asked_here(self) -> str:
        """The letters of all that the upper plan asks of the draft's region by name."""
        texts = [
            r.name
            for r in self.upper.requirements
            if isinstance(r, ListRequirement)
            and 0 < len(r.binds) <= 3
            and self.touches(self.lexicon.gazetteer.find(b.name, self.upper_region) or b for b in r.binds)
        ]
        return letters("。".join(texts))

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

    def claimed(self, rule: RuleRequirement, passage: Passage) -> float:
        """How much better another rule fits the passage; 0 if none does."""
        own = self.rule_cosines[self.rule_rows[rule.id], passage.index]
        return max(0.0, float(self._best_cosines[passage.index] - own))

    @cached_property
    def _best_cosines(self) -> np.ndarray:
        """For each passage the cosine of the rule that is most like it."""
        return self.rule_cosines.max(axis=0, initial=0.0)

    @cached_property
    def upper_attributes(self) -> dict[str, str]:
        """What is measured → the attribute that the upper plan prints for it anywhere."""
        found: dict[str, str] = {}
        for requirement in self.upper.requirements:
            if isinstance(requirement, IndicatorRequirement | BoundaryRequirement) and requirement.attribute:
                found.setdefault(key_of(requirement, self.lexicon)[0], requirement.attribute)
        return found

    @cached_property
    def upper_keys(self) -> frozenset[str]:
        """What the numbers of the upper plan measure."""
        numbers = (r for r in self.upper.requirements if isinstance(r, IndicatorRequirement | BoundaryRequirement))
        return frozenset(key_of(r, self.lexicon)[0] for r in numbers)

    @cached_property
    def lower_keys(self) -> dict[int, set[str]]:
        """Passage of the draft → what the numbers that were read from it measure."""
        found: dict[int, set[str]] = {}
        for mode in ("indicator", "boundary"):
            for requirement in self.draft.by_mode[mode]:
                assert isinstance(requirement, IndicatorRequirement | BoundaryRequirement)
                passage = self.draft.passage_of(requirement)
                if passage is not None:
                    found.setdefault(passage.index, set()).add(key_of(requirement, self.lexicon)[0])
        return found

    @cached_property
    def lower_topics(self) -> dict[str, str]:
        """Rules of the draft → their topic."""
        return {r.id: r.topic for r in self.draft.by_mode["rule"] if r.topic}

    @cached_property
    def upper_by_id(self) -> dict[str, Requirement]:
        return {requirement.id: requirement for requirement in self.upper.requirements}

    @cached_property
    def repeated(self) -> frozenset[int]:
        """Passages of the draft that only say again how the upper plan lists its structure elements: what they name need
        not lie in the draft's region."""
        listed = {
            letters(r.text)
            for r in self.upper.requirements
            if isinstance(r, StructureRequirement)
            and sum(
                letters(proper_stem(o.name) or o.name) in letters(r.text)
                for o in self.upper.requirements
                if isinstance(o, StructureRequirement)
            )
            >= 3
        }
        return frozenset(
            p.index
            for p in self.draft.passages
            if p.row is None
            and any(fuzz.ratio(letters(p.text), text) >= REPEATED for text in listed if len(letters(p.text)) >= 12)
        )

    def says(self, name: str) -> bool:
        """Whether the draft prints a name other than by repeating the upper plan's list of elements."""
        return any(p.index not in self.repeated for p in self.draft.holding(name))

    @cached_property
    def own_figures(self) -> tuple[Figure, ...]:
        """The draft's own values for its whole area."""
        found: list[Figure] = []
        here, end = self.known_region or self.region, self.draft.plan.document.period.end
        for requirement in (*self.draft.by_mode["indicator"], *self.draft.by_mode["boundary"]):
            assert isinstance(requirement, IndicatorRequirement | BoundaryRequirement)
            for figure in figures_of(requirement, self.lexicon, end):
                if is_region(figure.value.region, here, self.lexicon.gazetteer):
                    found.append(figure)
        return tuple(found)

    @cached_property
    def told(self) -> tuple[Said, ...]:
        """The amounts that the draft's running text tells for the plan's last year."""
        return tuple(told_amounts(self.draft, self.lexicon))

    @cached_property
    def margin(self) -> Fraction | None:
        """The share of the whole area's value that the upper plan lets a lower one set for expected indicators that it
        does not allocate (不低于全市目标值的九成); None if it says nothing."""
        said = [r.text for r in self.upper.requirements if r.mode == "rule"]
        if self.upper_document is not None:
            said += [block.text.text for block in self.upper_document.blocks if block.table is None]
        for text in said:
            if "预期性" in text:
                match = re.search(
                    r"(?:不低于|不少于)[^，。；]{0,12}?(?:目标值?|指标值?)的?([^，。；]{2,6}?)(?=[，。；]|$)", text
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


_KIND_WORDS = re.compile(
    r"(?:及|为核心的.*|源头区|山体|干流|流域|水系|上游|中游|下游|沿线|两岸|河网|山地|山海|山脉|生态|绿色|特色|现代|都市|优质|精细|热带|蓝色|城乡|蓝绿|"
    r"保护|生物|迁徙|候鸟|屏障|廊道|网络|系统|走廊|城镇|产业|发展|农业|林果|渔业|粮食|南药|竹木|基塘|文化|创新|滨水|转型|融入|湾区|都市圈|"
    r"通道|组团|核心|碧道|绿道|古驿道|慢行|步道|中小河流|林网|水网|路网|河网|天然林地|灌排渠系|农田|中心|产区|片区|轴|带|链|区|核|廊|屏|[东南西北中]{1,2}部|外围|环形|浅山|丘陵)"
)


def proper_stem(name: str) -> str:
    """What is proper in the name of an element: 绥江生态廊道 → 绥江; "" if nothing is (城乡蓝绿生态网络)."""
    return _KIND_WORDS.sub("", letters(name))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a place name is no piece of a longer proper name (连山 in 九连山, 梅江 as a river)."""
    before = text[start - 1] if start else "、"
    return not re.match(r"[江河湖山岭湾]", text[end - 1 : end]) and (
        start == 0 or not re.match(r"[一-龥]", before) or before in "及和与、沿环在为"
    )


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
