"""Elements that a draft carries in a sentence: farming areas by what grows where (鄱阳湖平原优质稻区 → 在鄱阳、余干建设优质稻产区),
and the rank of the city itself (四个区域中心城市 → 承担区域中心职能的中心城区)."""

from __future__ import annotations

import re

from ..plan.requirement import StructureRequirement
from .judgement import Ground
from .passages import Passage
from .words import letters

COAST = re.compile(r"滨海|沿海|海岸|近海|海湾|海洋")
"""Names of elements along a coast."""
_FARMED = re.compile(r"(?:农业|产业|经济|特色)?(?:区|带|片|基地|板块)$")
_LANDFORM = re.compile(
    r"^(?:沿|环)?[一-龥]{1,4}?(?:江|河|湖|海|山|岭)|^(?:沿|环)?[一-龥]{2,3}(?:平原|盆地|高原|半岛|丘陵)|^环湖|^沿海"
)
_RANK = re.compile(r"(?:区域性?|次区域|省域|市域)?(?:副中心|中心)城市$|(?:节点|门户|支点|重点)城市$")
_TOWN = re.compile(r"中心城区|主城区|县城|主中心")


def landform(name: str) -> str | None:
    """The river, lake, range or plain that the name of an element begins with, 沿 and 环 aside: 沿松花江优质粳稻带 → 松花江."""
    match = _LANDFORM.match(letters(name))
    return None if match is None else match[0] if match[0] in ("环湖", "沿海") else match[0].lstrip("沿环")


def grown_here(element: StructureRequirement, ground: Ground) -> tuple[Passage, ...]:
    """The sentences of the draft that plan for what a farming area of the upper plan grows, in its landform or, where that
    or a listed region is the draft's, in a named part of the draft's region; nearest first."""
    kinds = set(ground.words.produce.findall(element.name)) if _FARMED.search(element.name) else set()
    place = landform(element.name)
    regions = ground.element_regions.get(element.name, ())
    if not kinds or (regions and not ground.touches(regions)) or not (regions or place):
        return ()
    whole = bool(regions) or (place is not None and ground.has_own(place))
    return tuple(
        candidate.passage
        for candidate in ground.index.nearest(ground.words.plain(element.name), limit=20)
        if _plans(candidate.passage, ground)
        and any(kind in candidate.passage.text for kind in kinds)
        and ((place is not None and place in candidate.passage.text) or (whole and _local(candidate.passage, ground)))
    )[:2]


def _plans(passage: Passage, ground: Ground) -> bool:
    return passage.row is None and passage.index not in ground.repeated and passage.index in ground.draft.rule_passages


def _local(passage: Passage, ground: Ground) -> bool:
    named = ground.lexicon.gazetteer.mentions(passage.text, ground.seen_from)
    return any(ground.within(region) and region != ground.known_region for *_, region in named)


def own_rank(element: StructureRequirement, ground: Ground) -> tuple[Passage, ...]:
    """Where the element ranks cities and the draft's is one of them: the sentences that give its town this rank, else the
    one that makes its town the core of its own structure."""
    rank = _RANK.search(element.name)
    if rank is None or not any(r == ground.known_region for r in ground.element_regions.get(element.name, ())):
        return ()
    word = rank[0].removesuffix("城市")
    told = [p for p in ground.draft.passages if p.row is None and word in p.text and p.index not in ground.repeated]
    if word != "中心" and told:
        return tuple(told[:2])
    cores = [
        passage
        for own in ground.draft.by_mode["structure"]
        if isinstance(own, StructureRequirement) and own.element == "core" and _TOWN.search(own.name)
        if (passage := ground.draft.passage_of(own)) is not None
    ]
    return tuple(dict.fromkeys(cores))[:1]
