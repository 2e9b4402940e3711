"""Rules about a river, lake or mountain of which neither the draft nor the upper plan says that it lies in the region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.requirement import Region, RuleRequirement, StructureRequirement
from .judgement import Ground, Judgement

_LEAD = re.compile(
    r"^(?:保障|建立|完善|统筹|加强|推进|推动|加快|严格保护|保护|维护|开展|实施|划定|全面|[和及与]|环|沿|在|对|以)+"
)
_NAME = re.compile(
    r"(?:^|[、，。；（(和及与])([一-龥]{1,10}?(?:江|河|湖|海|山|岭|岛|湾|湿地|水库|机场|草原|沙漠|沙地|国家公园))"
    r"(?=[、和及与（(]|珍稀|流域|干流|支流|上游|下游|中游|水系|两岸|沿线|沿岸|岸线|内|周边|范围|区域|净空|核心|源头|出境|长效|水源涵养|水资源|长江|"
    r"海域|清水|输水|供水|引水|生态流量)"
)
_KIND = re.compile(r"(?:湿地|水库|机场|草原|沙漠|沙地|国家公园|[江河湖海山岭岛湾])$")
_PLAIN = frozenset(
    "大小内外界沿滨临近远荒青矿高深浅城主支上下两三四五六七八九十江河湖海山水老新旧东西南北中各该本全多无"
)
"""What makes no proper name of one character before 江, 河, 山 …."""
_CLAUSE = re.compile(r"[。；;\n]")


def named_features(text: str, ground: Ground) -> Iterator[str]:
    """The proper names of rivers, lakes, mountains … that a clause is about, as short as they are still told apart."""
    common = ground.words.features
    for match in _NAME.finditer(text):
        name = _LEAD.sub("", match[1])
        kind = _KIND.search(name)
        stem = name[: kind.start()] if kind else ""
        if len(stem) >= 2 and not common.search(stem[-2:]):
            yield stem[-2:] + name[len(stem) :]
        elif len(stem) == 1 and stem not in _PLAIN and not common.search(name):
            yield name


def may_lie_elsewhere(rule: RuleRequirement, ground: Ground) -> Judgement | None:
    """The judgement that a rule which the draft does not answer is about what lies elsewhere, where the upper plan puts all the
    features that it names in other regions, or may be, where it puts them nowhere; None if the draft names one of them or the
    upper plan puts one in its region."""
    names = list(dict.fromkeys(named_features(rule.text, ground)))
    if not names:
        return _other_land(rule, ground)
    if any(ground.draft.says(name) for name in names):
        return None
    gazetteer = ground.lexicon.gazetteer
    if any(ground.touches([r]) for *_, r in gazetteer.mentions(rule.text, ground.upper_region)):
        return None
    told = {name: _regions_of(name, rule, ground) for name in names}
    if any(ground.touches(regions) for regions in told.values()):
        return None
    if all(told.values()):
        where = "、".join(dict.fromkeys(r.name for regions in told.values() for r in regions))
        return Judgement(
            "not_applicable",
            f"上位规划另处写明“{'、'.join(names)}”在{where[:30]}，不涉及{ground.region.name}，草案也未提及，请核对",
        )
    return Judgement(
        "undetermined",
        f"“{'、'.join(names)}”未见于草案，上位规划也未说明是否位于{ground.region.name}：不涉及本级则不适用，涉及则属未回应",
    )


def _other_land(rule: RuleRequirement, ground: Ground) -> Judgement | None:
    """The judgement that nobody can tell whether a rule concerns the draft's region, because it is about land or water of a kind
    (沙漠、海域、黑土、国界) that the draft never names, while the upper plan says of nobody here that he has it."""
    kinds = list(
        dict.fromkeys(match[0] for match in ground.words.terrain.finditer(re.split(r"[，；。]", rule.text)[0]))
    )
    if not kinds or any(ground.draft.says(kind) for kind in kinds):
        return None
    gazetteer, seen = ground.lexicon.gazetteer, ground.upper_region
    for other in ground.upper.requirements:
        for clause in _CLAUSE.split(other.text):
            if any(kind in clause for kind in kinds) and ground.touches(
                r for *_, r in gazetteer.mentions(clause, seen)
            ):
                return None
    return Judgement(
        "undetermined",
        f"草案通篇未提及“{'、'.join(kinds)}”，上位规划也未说明{ground.region.name}有此类区域：不涉及本级则不适用，涉及则属未回应",
    )


def _regions_of(name: str, rule: RuleRequirement, ground: Ground) -> list[Region]:
    """The regions that other requirements of the upper plan name together with a feature: those of an element that bears its
    name, of an entry's row, of the same clause."""
    gazetteer, seen = ground.lexicon.gazetteer, ground.upper_region
    found: list[Region] = []
    for other in ground.upper.requirements:
        if other.id == rule.id or name not in other.text:
            continue
        if isinstance(other, StructureRequirement):
            found += ground.element_regions.get(other.name, ()) if name in other.name else ()
            continue
        if other.binds_basis in ("row", "list", "column", "mention") or other.mode == "list":
            found += [gazetteer.find(bind.name, seen) or bind for bind in other.binds]
        for clause in _CLAUSE.split(other.text):
            if name in clause:
                found += [region for *_, region in gazetteer.mentions(clause.replace(name, "，"), seen)]
    return [region for region in dict.fromkeys(found) if region != seen]
