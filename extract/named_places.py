"""Rules about a thing that the plan's own registers locate: 优先保障浪江、岑田抽水蓄能电站用地 binds where these stand.

Only in plans above the county, and only if the clause names both the thing (浪江) and its class (抽水蓄能电站): a bare name
may be a river, a hill or another work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..plan.region import Gazetteer
from ..plan.requirement import ListRequirement, Region, Requirement, RuleRequirement

_CLASS = re.compile(
    r"(?:国家级|省级|市级|县级|国家)?(国家公园|自然保护区|森林公园|湿地公园|地质公园|海洋公园|自然公园|风景名胜区|抽水蓄能电站|核电站|水库|机场|"
    r"历史文化街区|传统村落|古村落|古驿道|考古遗址公园|古城|古村|古镇)(?:（[^）]*）)?$"
)
_GRADES = re.compile(r"(?:国家级|省级|市级|县级|国家)$")
_COMMON = re.compile(
    r"[国家省市县]?(?:城市|湿地|森林|草原|草甸|沼泽|湖泊|河流|河口|山地|海岸|海岛|候鸟|鸟类|珍稀|植物|动物|水利|地质|古城|文化|生态)+"
)
"""Words that tell what a thing is, and so are the name of none (佳木斯湿地自然保护区)."""
_RUN = re.compile(r"[一-龥（）]{2,20}(?:、[一-龥（）]{2,20})+")
_WORK = re.compile(r"工程|项目|通道|体系|网络|骨干|建设")
_HAN = re.compile(r"[一-龥]{2,5}")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A thing of a register: its own name without region, grade and class; its class; where it stands."""

    stem: str
    sort: str
    regions: tuple[Region, ...]


def named_places(
    requirements: Iterable[Requirement], home: Region | None, gazetteer: Gazetteer
) -> tuple[NamedPlace, ...]:
    """What the registers of a province's or city's plan locate inside its area."""
    if home is None or gazetteer.level(home) not in ("province", "city"):
        return ()
    found: list[NamedPlace] = []
    for entry in requirements:
        if not isinstance(entry, ListRequirement) or entry.binds_basis not in ("list", "row"):
            continue
        match = _CLASS.search(entry.name)
        regions = _upper_only([r for r in entry.binds if r != home], home, gazetteer)
        stem = _stem(entry.name[: match.start()], entry.binds, home, gazetteer) if match else ""
        own = _HAN.fullmatch(stem) and not _COMMON.fullmatch(stem)
        if match and regions and own and gazetteer.find(stem, home) is None:
            found.append(NamedPlace(stem, match[1], regions))
    return tuple(found)


def _stem(name: str, binds: Iterable[Region], home: Region, gazetteer: Gazetteer) -> str:
    """广东怀集燕都 → 燕都: the name without the regions that lead it."""
    regions = [home, *gazetteer.ancestors(home), *binds]
    leads = sorted({n for r in regions if (p := gazetteer.places.get(r)) for n in p.names}, key=len, reverse=True)
    while True:
        lead = next((lead for lead in leads if name.startswith(lead) and len(name) - len(lead) >= 2), None)
        if lead is None:
            return _GRADES.sub("", name)
        name = name[len(lead) :]


def _upper_only(regions: list[Region], home: Region, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """Without the counties whose city is named with them: the city answers for the thing."""
    return tuple(r for r in regions if gazetteer.is_within(r, home) and gazetteer.parent(r) not in regions)


def _beside_unknown(text: str, named: Iterable[NamedPlace]) -> bool:
    """Whether the thing stands in a list of works of which others are not located (甲水库、乙工程建设): the rule concerns
    more than where the known one stands. What only shares the class (浪江、岑田抽水蓄能电站) is no work of its own."""
    stems = [place.stem for place in named]
    for run in _RUN.finditer(text):
        pieces = run[0].split("、")
        if any(stem in run[0] for stem in stems) and any(
            _WORK.search(piece) and not any(stem in piece for stem in stems) for piece in pieces
        ):
            return True
    return False


def bind_named_places(rule: RuleRequirement, places: tuple[NamedPlace, ...]) -> RuleRequirement:
    """The rule bound to where the things stand that it names; as it was if it names none or is bound already."""
    if rule.binds_basis not in ("whole", "mention") or rule.binds_as:
        return rule
    named = [place for place in places if place.stem in rule.text and place.sort in rule.text]
    regions = tuple(dict.fromkeys(region for place in named for region in place.regions))
    if not regions or _beside_unknown(rule.text, named):
        return rule
    if rule.binds_basis == "mention":  # 星湖、怀集燕都等国家湿地公园 names a region beside a thing
        regions = tuple(dict.fromkeys((*rule.binds, *regions)))
    names = "、".join(dict.fromkeys(place.stem for place in named))
    return rule.model_copy(update={"binds": regions, "binds_basis": "mention", "binds_as": names})


_VILLAGE = re.compile("[一-龥]{1,5}(?:村|社区)")
_NO_NAME = re.compile("庄|民|域|级|委|集体|组|口|内|道|社|落|务|容")
"""Behind 村 in words that name no village (某村民, 村级)."""


def own_villages(requirements: Iterable[Requirement], home: Region | None, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """The villages that a town's own tables and sentences bind; no gazetteer holds them."""
    if home is None or gazetteer.level(home) != "township":
        return ()
    found = (bind for one in requirements for bind in one.binds if bind.code is None and _VILLAGE.fullmatch(bind.name))
    return tuple(dict.fromkeys(found))


def bind_villages(rule: RuleRequirement, villages: tuple[Region, ...]) -> RuleRequirement:
    """The rule of a town's plan bound to the villages that it names in full, or short in a row (龙通、大坂、霞中三村)."""
    if rule.binds_basis != "whole" or rule.binds_as or not villages:
        return rule
    named = [one for one in villages if (at := rule.text.find(one.name)) >= 0 and not _more(rule.text, at, one.name)]
    short = {one.name.removesuffix("村"): one for one in villages if len(one.name) > 2}
    for run in re.finditer(r"[一-龥]{2,8}(?:、[一-龥]{2,4})*、[一-龥]{2,}", rule.text):
        pieces = run[0].split("、")
        row = [_first_short(piece, short, number, len(pieces)) for number, piece in enumerate(pieces)]
        if all(row):
            named += [one for one in row if one is not None]
    regions = tuple(dict.fromkeys(named))
    return rule.model_copy(update={"binds": regions, "binds_basis": "mention"}) if regions else rule


def _more(text: str, at: int, name: str) -> bool:
    return bool(_NO_NAME.match(text, at + len(name)))


def _first_short(piece: str, short: dict[str, Region], number: int, count: int) -> Region | None:
    """The village whose short name ends the first piece of a row, opens the last, is one between."""
    for name, village in short.items():
        if piece == name or (number == 0 and piece.endswith(name)) or (number == count - 1 and piece.startswith(name)):
            return village
    return None
