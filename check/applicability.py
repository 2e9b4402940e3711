"""Who is bound: which requirements of an upper plan concern the draft's region, and by which of their values.

`plan.applies` answers for the binding as printed; here come the cases that need the whole upper plan: a total whose share
is allocated elsewhere, a value of the upper city's own 中心城区, an indicator kept at the upper level (全省统筹), numbers two
levels down that the level between must allocate, and structures that name only rivers and hills.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..plan.applies import Applicability, applies, levels_down
from ..plan.requirement import (
    BoundaryRequirement,
    IndicatorRequirement,
    Region,
    Requirement,
    StructureRequirement,
    ZoneRequirement,
)
from .figures import Figure, Measured, figures_of, is_ratio, is_region, key_of, name_of
from .heads import BORDER, of_same_head
from .judgement import Ground
from .produce import COAST, grown_here, landform
from .rules import of_the_others
from .words import letters

_KEPT = re.compile(r"(?:全[国省市县]|[省市县]级)(?:统筹|统一安排)")


_NOT_OF_TOWNS = frozenset(
    ["urbanisation", "urbanisation_hukou", "udb_factor", "gdp_land", "gdp_land_fall", "gdp_water_fall", "urban_land_pc"]
)
"""Rates of a county's towns and economy as a whole, which the indicator tables of township plans do not hold."""
_NO_PLACE = re.compile(
    r"[城郊矿新]区|市[中南北郊]区|开发区|高新区|新城|产业园区?|自贸区|保税区|示范区|合作区|片区|园区"
)
"""Districts whose whole name is a common word (老城区, 新建城区)."""
_COMPANION = re.compile(r"(?:^|[，。；])[^，。；]{0,8}(?:与|同|和|对接|衔接|毗邻)[^，。；]{0,12}$")
"""What stands before a place that one works with, not one that is bound (与清远、梧州等市建立联防机制)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether a requirement applies, why, and for a number its values: the region's own, or the whole area's."""

    applies: bool | None
    because: str
    wanted: tuple[Figure, ...] = ()
    whole: bool = False
    awaits: bool = False
    """The number must first be allocated by the level between."""
    untold: bool = False
    """Nothing in the upper plan's sentence tells where the structure lies."""


def scope_of(requirement: Requirement, ground: Ground, allocated: frozenset[tuple[str, bool]]) -> Scope:
    """What the requirement means for the region; `allocated`: keys of numbers that have a value for the region."""
    if isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
        return _of_number(requirement, ground, allocated)
    if isinstance(requirement, ZoneRequirement):
        return _of_zone(requirement, ground)
    if isinstance(requirement, StructureRequirement):
        return _of_structure(requirement, ground)
    kept = _kept_above(requirement, ground)
    if kept is not None:
        return kept
    if requirement.mode == "rule" and any(slogan in requirement.text for slogan in ground.slogans):
        return Scope(True, "全域格局，适用于全域")
    for name in (requirement.binds_as or "", *(bind.name for bind in requirement.binds)):
        if ground.element_regions.get(name):
            touched = ground.touches(ground.element_regions[name]) or ground.says(name)
            return Scope(touched, f"“{name}”{'包含' if touched else '不包含'}{ground.region.name}")
    if requirement.mode == "rule" and of_the_others(requirement.text, ground) != requirement.text:
        return Scope(True, f"条文所述其他地区包含{ground.region.name}")
    named = tuple(bind for bind in requirement.binds if not _NO_PLACE.fullmatch(bind.name))
    if not named and requirement.mode == "rule":
        return _of_words(requirement.model_copy(update={"binds": ()}), ground)
    bound = requirement.model_copy(update={"binds": named})
    told = applies(bound, ground.known_region or ground.region, ground.places, ground.upper_region)
    if told.applies is None:
        return _of_words(requirement, ground)
    return Scope(told.applies, told.because)


def _kept_above(requirement: Requirement, ground: Ground) -> Scope | None:
    """A clause that is the upper level's own business: its department acts, or the city's own 中心城区 is meant."""
    if requirement.mode != "rule":
        return None
    home, level = ground.upper.document.region, ground.upper.document.level
    own = {"province": "省", "city": "市"}.get(level or "")
    if own and re.match(
        rf"{own}(?:级)?[^，。；、]{{0,12}}?(?:主管部门|厅|局|人民政府|部门)(?:会同|负责|组织|统一|制定|牵头|应会同)",
        requirement.text,
    ):
        return Scope(False, f"属{own}级部门职责")
    if (
        own == "市"
        and re.match(r"(?:市)?中心城区|主城区", requirement.text)
        and ground.region.name.endswith(("县", "市"))
    ):
        return Scope(False, f"对象为{home.name if home else '上位规划'}中心城区，不涉及{ground.region.name}")
    return None


def own_keys(requirements: Iterable[Requirement], ground: Ground) -> frozenset[tuple[str, bool]]:
    """(what is measured, in town) of all numbers that the upper plan gives for the region itself."""
    found: set[tuple[str, bool]] = set()
    for requirement in requirements:
        if isinstance(requirement, IndicatorRequirement | BoundaryRequirement):
            for figure in figures_of(requirement, ground.lexicon, ground.end_year):
                if _is_own(figure, requirement, ground):
                    found.add((figure.key, figure.urban))
    return frozenset(found)


def _is_own(figure: Figure, requirement: Measured, ground: Ground) -> bool:
    place = figure.value.region
    if place is not None:
        return _same(place, ground.region, ground)
    return len(requirement.binds) == 1 and _same(requirement.binds[0], ground.region, ground)


def _same(place: Region, region: Region, ground: Ground) -> bool:
    if place.name == region.name or (place.code is not None and place.code == region.code):
        return True
    found = ground.lexicon.gazetteer.find(place.name, ground.upper_region)
    return found is not None and found == ground.known_region


def _of_number(requirement: Measured, ground: Ground, allocated: frozenset[tuple[str, bool]]) -> Scope:
    figures = list(figures_of(requirement, ground.lexicon, ground.end_year))
    own = tuple(f for f in figures if _is_own(f, requirement, ground))
    name, region = name_of(requirement), ground.region.name
    if own:
        return Scope(True, f"指标分解：{region} {own[0].printed}", own)
    home = ground.upper.document.region
    whole = tuple(f for f in figures if _is_whole(f, requirement, ground))
    if not figures and _allocated_to_others(requirement, ground, allocated):
        return Scope(False, f"{home.name if home else '上位'}总量，本级份额见分解指标")
    if not figures:
        told = applies(requirement, ground.known_region or ground.region, ground.places, ground.upper_region)
        return Scope(told.applies if told.applies is not None else True, told.because)
    if not whole:
        return _of_others(requirement, figures, ground)
    if any((f.key, f.urban) in allocated or ((f.key, not f.urban) in allocated and not f.urban) for f in whole):
        return Scope(False, f"{home.name if home else '上位'}总量，本级份额见分解指标")
    rows = ground.rows_of(requirement)
    if any(_KEPT.search(row) for row in rows) and not isinstance(requirement, BoundaryRequirement):
        return Scope(False, f"“{name}”由上级统筹，不分解到本级")
    if ground.draft.plan.document.level in ("township", "village") and whole[0].concept in _NOT_OF_TOWNS:
        return Scope(False, f"“{name}”按全域统计，乡镇级规划不设此项指标")
    if whole[0].urban and _is_place_of_upper(ground) and not _of_each_county_town(whole[0], ground):
        return Scope(False, f"对象为{home.name if home else '上位规划'}中心城区，不涉及{region}")
    if (levels_down(ground.upper.document.level, ground.draft.plan.document.level) or 0) >= 2 and not all(
        map(is_ratio, whole)
    ):
        return Scope(True, "应由市级规划分解", whole, whole=True, awaits=True)
    return Scope(True, f"全域要求：适用于{home.name if home else '上位规划全域'}", whole, whole=True)


def _allocated_to_others(requirement: Measured, ground: Ground, allocated: frozenset[tuple[str, bool]]) -> bool:
    """Whether a row of which no number could be read is given to the region as a share elsewhere."""
    return bool(requirement.values) and (key_of(requirement, ground.lexicon)[0], False) in allocated


def _is_whole(figure: Figure, requirement: Measured, ground: Ground) -> bool:
    """Whether a value is meant for the whole upper area: said so, unnamed, or of a place that is no region (整治区域)."""
    home, place = ground.upper_region or ground.upper.document.region, figure.value.region
    gazetteer = ground.lexicon.gazetteer
    if home is None or is_region(place, home, gazetteer):
        return _binds_whole(requirement, ground)
    assert place is not None
    return gazetteer.find(place.name, ground.upper_region) is None and not gazetteer.group(
        place.name, ground.upper_region
    )


def _binds_whole(requirement: Measured, ground: Ground) -> bool:
    home = ground.upper.document.region
    if home is None or not requirement.binds:
        return True
    return any(bind.name == home.name or is_region(bind, home, ground.lexicon.gazetteer) for bind in requirement.binds)


def _is_place_of_upper(ground: Ground) -> bool:
    """中心城区 of a city plan is one place, of which a county is no part; each city of a province has its own."""
    return ground.upper.document.level in ("city", "county")


def _of_each_county_town(figure: Figure, ground: Ground) -> bool:
    """县城 in a city's plan are the towns of its counties, each of which has one; a district has none."""
    said = f"{figure.scope} {name_of(figure.owner)} {figure.value.region.name if figure.value.region else ''}"
    before = re.split(r"[。；]", figure.owner.text[: max(0, figure.owner.text.find(name_of(figure.owner)[:4]))])[-1]
    told = "县城" in said or bool(_COUNTY_TOWNS.search(before))
    return told and not ground.region.name.endswith("区")


_COUNTY_TOWNS = re.compile(
    r"各?县(?:[（(]市、?区?[)）]|市|[（(]市[)）])?(?:的)?(?:县城|城区|中心城区|城关|政府驻地)|各县城|县城"
)
"""Towns of the counties in the head of a sentence: 中心城区和各县（市）城区的….."""


def _of_others(requirement: Measured, figures: Sequence[Figure], ground: Ground) -> Scope:
    """Values of named regions that are not the draft's own: an area around it or a group counts, others do not."""
    home = ground.upper.document.region
    named = {figure.value.region for figure in figures if figure.value.region is not None}
    for place in sorted(named, key=lambda r: r.name):
        told = applies(
            requirement.model_copy(update={"binds": (place,)}),
            ground.known_region or ground.region,
            ground.places,
            ground.upper_region,
        )
        if told.applies and place.name != (home.name if home else ""):
            inside = ground.lexicon.gazetteer.find(place.name, ground.seen_from)
            if inside is not None and inside != ground.known_region and ground.within(inside):
                return Scope(True, told.because, tuple(f for f in figures if f.value.region == place))
            return Scope(True, told.because, tuple(f for f in figures if f.value.region == place), whole=True)
    told = applies(requirement, ground.known_region or ground.region, ground.places, ground.upper_region)
    if told.applies is None:
        return Scope(False, f"分解到其他地区，未涉及{ground.region.name}")
    if told.applies and not any(figure.value.region is None for figure in figures):
        return Scope(False, f"分解到{'、'.join(sorted(r.name for r in named)[:3])}，未涉及{ground.region.name}")
    return Scope(told.applies, told.because, tuple(figures), whole=True)


def _of_zone(zone: ZoneRequirement, ground: Ground) -> Scope:
    home = ground.upper.document.region
    name, region = zone.unit.name, ground.region
    if name == region.name:
        return Scope(True, f"分区点名：{name}")
    found = ground.lexicon.gazetteer.find(name, ground.seen_from)
    if (home is not None and name == home.name) or (name.startswith("全") and found is None):
        return Scope(True, f"全域分区：{name}")
    if found is not None and ground.within(found):
        return Scope(True, f"{name}属{region.name}")
    parent = getattr(zone, "parent", None)
    if isinstance(parent, str) and parent == region.name:
        return Scope(True, f"{name}属{region.name}")
    inside = ground.lexicon.gazetteer.find(name, ground.upper_region)
    if inside is None and ground.draft.says(name):
        return Scope(True, f"草案写有{name}")
    places = [place for *_, place in ground.lexicon.gazetteer.mentions(name, ground.upper_region)]
    if inside is None and any(place == ground.known_region or ground.within(place) for place in places):
        return Scope(True, f"{name}在{region.name}")  # 甲县北部山地
    water = _ALONG.fullmatch(name)
    if inside is None and not places and water is not None and ground.says(water[1]) and _draws(zone, ground):
        return Scope(True, f"草案写有{water[1]}，并划有{zone.type}")
    return Scope(False, f"对象为{name}，不涉及{region.name}")


_ALONG = re.compile(
    r"([一-龥]{1,3}[江河水湖山溪])(?:干流|流域|两岸|沿岸|沿线|河谷|谷地|上游|中游|下游|周边|南麓|北麓)+(?:地区|区域|一带)?"
)
"""Units that are no region but the land along a river or under a range."""


def _draws(zone: ZoneRequirement, ground: Ground) -> bool:
    """Whether the draft has a zone of the same type."""
    own = (z for z in ground.draft.by_mode["zone"] if isinstance(z, ZoneRequirement))
    return any(letters(z.type) == letters(zone.type) for z in own)


def _of_structure(element: StructureRequirement, ground: Ground) -> Scope:
    """A structure concerns the region if it names it, a part of it or an area with it, or is made of what lies there."""
    name, region = element.name, ground.region.name
    regions = ground.element_regions.get(name, ())
    if ground.touches(regions):
        return Scope(True, f"结构要素“{name}”涉及{region}")
    if _of_own_town(element, ground):
        home = ground.upper.document.region
        return Scope(False, f"“{name}”属{home.name if home else '上位规划'}中心城区的结构，不涉及{region}")
    if element.binds_basis == "list" and len(regions) == 1 and regions[0].name.startswith(name):
        return Scope(False, f"结构要素“{name}”即{regions[0].name}，不涉及{region}")
    trace = name if regions and ground.says(name) else None if regions else ground.trace(element)
    if trace is not None:
        return Scope(True, f"结构要素“{name}”的“{trace}”在本级范围内")
    if grown_here(element, ground):
        return Scope(True, f"草案写有“{name}”的内容")
    place = landform(name)
    listed = element.binds_basis in ("group", "row", "column", "list")
    if place and regions and not listed and place in ground.asked_here and not _named_in(name, regions):
        return Scope(True, f"“{name}”的“{place}”在上位规划中列于本级")
    if regions:
        places = "、".join(dict.fromkeys(r.name for r in regions[:3]))
        return Scope(False, f"结构要素“{name}”位于{places}，不涉及{region}")
    if not regions and COAST.search(name) and _has_a_coast(ground):
        return Scope(True, f"“{name}”沿海，{region}临海")
    if not regions and BORDER.search(name) and _along_the_border(ground):
        return Scope(True, f"“{name}”沿边，{region}有边境地区")
    own = next(of_same_head(element, ground), None)
    if own is not None and not regions:
        return Scope(True, f"草案的结构要素“{own.name}”与“{name}”同名同地")
    grown_beside = landform(name) is not None and any(grown_here(other, ground) for other in ground.siblings(element))
    if grown_beside or ground.others_touch(element):
        return Scope(False, f"同类要素中只有其他要素涉及{region}，“{name}”在本级没有组成部分")
    return Scope(True, f"结构要素“{name}”未写明地区，按全域要求", untold=True)


_TOWN_SHAPE = re.compile(
    r"^(?:(?:规划|到?20\d\d年)?，?)?(?:[一-龥]{0,4})?(?:中心城区|主城区|县城|城区)[^，。；]{0,6}?(?:形成|构建|构筑|打造|呈|布局|按|空间结构|结构)"
)


def _of_own_town(element: StructureRequirement, ground: Ground) -> bool:
    """Whether the sentence lays out the upper region's own town (中心城区形成一江两岸双心), of which another county or town
    is no part."""
    return (
        _is_place_of_upper(ground)
        and bool(_TOWN_SHAPE.match(element.text))
        and ground.region.name.endswith(("县", "市", "旗", "镇", "乡"))
    )


def _along_the_border(ground: Ground) -> bool:
    """Whether the draft lays out its border: an element along it, or a unit that is 边境地区."""
    structures = (r.text for r in ground.draft.by_mode["structure"])
    zones = (f"{r.type}{''.join(r.overlays)}" for r in ground.draft.by_mode["zone"] if isinstance(r, ZoneRequirement))
    return any(BORDER.search(text) for text in (*structures, *zones))


def _has_a_coast(ground: Ground) -> bool:
    """Whether the draft hands on a coast of its own: a number or line of its shore or sea."""
    own = (*ground.draft.by_mode["indicator"], *ground.draft.by_mode["boundary"])
    return any(re.search(r"(?:大陆|海岛)(?:自然)?岸线|海岸|海域|海洋", getattr(r, "name", None) or r.text) for r in own)


def _named_in(name: str, regions: Sequence[Region]) -> bool:
    return any(region.name[:2] in name for region in regions)


def _of_words(requirement: Requirement, ground: Ground) -> Scope:
    """Without a printed binding: the regions that the clause itself names, else the whole area."""
    gazetteer, text = ground.lexicon.gazetteer, requirement.text
    if requirement.mode == "list":
        printed = getattr(requirement, "name", "")
        first = next((r for n in (3, 2) if (r := gazetteer.find(printed[:n], ground.upper_region)) is not None), None)
        home = ground.upper_region
        if first is not None and home is not None and not gazetteer.is_within(first, home) and first != home:
            first = None  # 武陵山… begins like a district of another province
        own = [
            r
            for *_, r in gazetteer.mentions(getattr(requirement, "name", ""), ground.upper_region)
            if r != ground.upper_region
        ]
        if first is not None and first != ground.upper_region and first not in own:
            own.insert(0, first)
        if own:
            touching = ground.touches(own)
            return Scope(
                touching,
                f"名录点名：{'、'.join(r.name for r in own[:3])}{'' if touching else f'，不涉及{ground.region.name}'}",
            )
    touched = [e.name for e in ground.regional_elements if e.name in text]
    for name in touched:
        if ground.touches(ground.element_regions[name]):
            return Scope(True, f"条文所述“{name}”包含{ground.region.name}")
    if any(slogan in text for slogan in ground.slogans):
        return Scope(True, f"全域格局：适用于{ground.upper.document.title[:12]}全域")
    named = [
        region
        for start, _, region in gazetteer.mentions(text, ground.upper_region)
        if region != ground.upper_region
        and not _NO_PLACE.fullmatch(region.name)
        and not _COMPANION.search(text[:start])
    ]
    groups = [
        members
        for name in ground.group_names
        if len(name) > 2
        and name in text
        and name not in touched
        and (members := gazetteer.group(name, ground.upper_region))
    ]
    if ground.touches(named) or any(ground.touches(members) for members in groups):
        return Scope(True, "条文点名，涉及本级")
    if named or groups or touched:
        names = [r.name for r in named] or [r.name for members in groups for r in members] or touched
        return Scope(False, f"对象为{'、'.join(dict.fromkeys(names[:4]))}，不涉及{ground.region.name}")
    home = ground.upper.document.region
    return Scope(True, f"全域要求：适用于{home.name if home else '上位规划全域'}")


__all__ = ["Applicability", "Scope", "own_keys", "scope_of"]
