"""Structures of which the upper plan's own sentence does not tell where they lie: clues elsewhere in the upper plan, and what
may be said of an element that the draft does not mention and no clue puts in its region."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..plan.requirement import Region, StructureRequirement
from .heads import of_same_head
from .judgement import Ground, Judgement, proper_stem
from .produce import landform
from .words import letters

_WHOLE = re.compile(r"[全省市县]域|全[省市县境]|中心城区|主城区|县城|城乡|(?:发展|城市)?核心$|^核心")
"""Elements that every region has its part in."""
_TOWN_PART = re.compile(r"(?:城|[河江湖])[东南西北中](?!部)|[老旧新古主]城|高铁|站前|滨[江河湖]|政务|行政")
"""How a quarter of a town is called: 城南, 河东, 老城."""
_TOWN_KIND = re.compile(r"(?:中心|组团|片区|核|心|城)$")
_COMPASS = re.compile(r"[东南西北中]{1,2}(?:部|翼|片)")
_COMMON = re.compile(
    r"江河|河[湖海流]|江[湖海]|[山湖][水川河海山]|[高低浅深中远近荒青]{1,2}[山海]|环湖|沿海|滨[江河湖海]"
)
"""Waters and hills of no name."""
_ANYWHERE = re.compile(
    r"中心|组团|城|枢纽|园区|平台|门户|节点|基地|港$|机场|场站|乡村|镇|[0-9一二三四五六七八九十]|各|等$"
)
"""Nodes that are not called by the name of a hill, lake or park: what every region has."""
_WATER = re.compile(
    r"[一-龥]{1,2}(?<![江河湖山清蓝绿亲滨节治用供净饮引排雨污中海地上下水])水(?![平产利源土系资生网库质域体面])(?=[一-龥]{3})"
)
"""Rivers that are called so: 沅水, 澧水."""
_JOINED = re.compile(r"[—\-–～]")
_CARRIED = frozenset({"fulfilled", "refined", "partial"})
_CLAUSE = re.compile(r"[。；;\n]")


def proper_places(element: StructureRequirement, ground: Ground) -> tuple[str, ...]:
    """What in an element's name is the name of a river, range, plain … or of the ends that it joins; () if nothing is."""
    name = letters(element.name)
    pieces = _JOINED.split(element.name)
    if len(pieces) > 1:
        stems = [landform(piece) or proper_stem(piece) for piece in pieces]
        return tuple(stem for stem in stems if len(stem) >= 2)
    if element.element == "node" and len(name) <= 6 and not _ANYWHERE.search(name):
        return (name,)
    water = _WATER.match(name)
    if water is not None:
        return (water[0],)
    place = landform(name)
    if place is None or _COMPASS.match(name) or len(place) < 2:
        return ()
    stem = place[:-1] if len(place) > 2 else place
    return () if ground.words.features.search(stem[-2:]) or _COMMON.match(place) else (place,)


def told_with(element: StructureRequirement, ground: Ground) -> tuple[str, tuple[Region, ...]] | None:
    """The place of the element's name that other clauses, entries or elements of the upper plan name together with
    regions, and these; None if there is no such clue."""
    gazetteer, seen = ground.lexicon.gazetteer, ground.upper_region
    for place in proper_places(element, ground):
        found: list[Region] = []
        for other in ground.upper.requirements:
            if other.id == element.id or place not in other.text:
                continue
            if isinstance(other, StructureRequirement):
                if place in other.name:
                    found += ground.element_regions.get(other.name, ())
                continue
            if other.binds_basis in ("row", "list", "column"):
                found += [gazetteer.find(bind.name, seen) or bind for bind in other.binds]
            for clause in _CLAUSE.split(other.text):
                if place in clause:
                    rest = clause.replace(place, "，")
                    found += [region for *_, region in gazetteer.mentions(rest, seen)]
        regions = tuple(r for r in dict.fromkeys(found) if r != seen and not _around_all(r, ground))
        if regions:
            return place, regions
    return None


def _around_all(region: Region, ground: Ground) -> bool:
    """Whether a region is no part of the upper plan's but lies around it."""
    home = ground.upper_region
    return home is not None and ground.lexicon.gazetteer.is_within(home, region)


def unplaced(element: StructureRequirement, judged: Mapping[str, Judgement], ground: Ground) -> Judgement | None:
    """What is said instead of “missing” of an element that the upper plan's sentence puts nowhere, or instead of “renamed” to
    what bears the name of another river or range; None if the judgement stands.

    Where a clue puts it into the draft's region, or it is by its nature of the whole area, it stays missing. Where clues put
    it elsewhere, or the draft carries its like and never names its river or range, it does not apply; else it is open.
    """
    answer = judged.get(element.id)
    if answer is None or not (answer.verdict == "missing" or _named_after_another(answer, ground)):
        return None
    name, region = element.name, ground.region.name
    if _is_quarter(element, ground):
        home = ground.upper.document.region
        town = f"“{name}”是{home.name if home else '上位规划'}中心城区的组成部分"
        if region.endswith(("县", "市", "旗")):
            return Judgement("not_applicable", f"{town}，不涉及{region}")
        return Judgement("undetermined", f"{town}，未写明是否位于{region}，请核对")
    if _WHOLE.search(name):
        return None
    places = proper_places(element, ground)
    if any(ground.says(place) for place in places):
        return None
    clue = told_with(element, ground)
    if clue is not None:
        place, regions = clue
        if ground.touches(regions):
            return None
        told = "、".join(r.name for r in regions[:3])
        return Judgement(
            "not_applicable", f"上位规划另处写明“{place}”在{told}，未涉及{region}，草案也未提及“{place}”，请核对"
        )
    if not places and not _COMPASS.match(name) and not _line_of_cities(element, ground):
        return None
    carried = [
        o.name
        for o in _alike(element, ground)
        if o.id in judged and (judged[o.id].verdict in _CARRIED or any(of_same_head(o, ground)))
    ]
    if carried and (places or _COMPASS.match(name)):
        unseen = f"未提及“{'、'.join(places)}”" if places else "没有该要素"
        return Judgement(
            "not_applicable",
            f"上位规划未写明“{name}”涉及哪些地区；草案已承接同类要素“{carried[0]}”，{unseen}，视为不在{region}，请核对",
        )
    kept = f"草案已承接同类要素“{carried[0]}”，" if carried else ""
    return Judgement(
        "undetermined",
        f"上位规划未写明“{name}”涉及哪些地区，{kept}未见该要素：不涉及{region}则不适用，涉及则属缺失，请核对",
    )


def _alike(element: StructureRequirement, ground: Ground) -> list[StructureRequirement]:
    """The elements that stand beside it under its label, else of its kind in its slogan."""
    beside = ground.siblings(element)
    same = [o for o in beside if o.label is not None and o.label == element.label]
    return same or [o for o in beside if o.element == element.element]


def _named_after_another(answer: Judgement, ground: Ground) -> bool:
    """Whether an answer is an element of the draft under another name, which is that of a river, range … of its own."""
    if answer.verdict != "partial" or not any(f.code == "STR-RENAMED" for f in answer.findings):
        return False
    ids = {response.requirement for response in answer.responses}
    own = [o for o in ground.draft.by_mode["structure"] if isinstance(o, StructureRequirement) and o.id in ids]
    return bool(own) and all(proper_places(o, ground) for o in own)


def _is_quarter(element: StructureRequirement, ground: Ground) -> bool:
    """Whether the element is a quarter of the upper city's own town."""
    home = ground.upper_region
    level = ground.upper.document.level or (ground.lexicon.gazetteer.level(home) if home is not None else None)
    return bool(
        level == "city"
        and element.element in ("core", "node", "patch")
        and _TOWN_PART.match(letters(element.name))
        and _TOWN_KIND.search(element.name)
    )


def _line_of_cities(element: StructureRequirement, ground: Ground) -> bool:
    """Whether an axis begins with no common word: it is named by the places that it joins (沪昆通道, 京九走廊)."""
    head = letters(element.name)[:2]
    return element.element == "axis" and not ground.lexicon.gazetteer.is_everyday(head) and head[:1] not in "沿环主大"
