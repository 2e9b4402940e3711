"""Rules about a river, lake or mountain of which neither the draft nor the upper plan says that it lies in the region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..plan.requirement import RuleRequirement
from .judgement import Ground, Judgement

_LEAD = re.compile(
    r"^(?:保障|建立|完善|统筹|加强|推进|推动|加快|严格保护|保护|维护|开展|实施|划定|全面|环|沿|在|对|以)+"
)
_NAME = re.compile(
    r"(?:^|[、，。；（(和及与])([一-龥]{2,10}?(?:江|河|湖|海|山|岭|岛|湾|湿地|水库|机场|草原|沙漠|沙地|国家公园))"
    r"(?=[、和及与（(]|珍稀|流域|干流|支流|上游|下游|中游|水系|两岸|沿线|沿岸|岸线|内|周边|范围|区域|净空|核心|源头|出境|长效|水源涵养|水资源|长江)"
)
_KIND = re.compile(r"(?:湿地|水库|机场|草原|沙漠|沙地|国家公园|[江河湖海山岭岛湾])$")


def named_features(text: str, ground: Ground) -> Iterator[str]:
    """The proper names of rivers, lakes, mountains … that a clause is about, as short as they are still told apart."""
    common = ground.words.features
    for match in _NAME.finditer(text):
        name = _LEAD.sub("", match[1])
        kind = _KIND.search(name)
        stem = name[: kind.start()] if kind else ""
        if len(stem) >= 2 and not common.search(stem[-2:]):
            yield stem[-2:] + name[len(stem) :]


def may_lie_elsewhere(rule: RuleRequirement, ground: Ground) -> Judgement | None:
    """The judgement that a rule which the draft does not answer may be about what lies elsewhere: all features that it names are
    unknown to the draft, and no other requirement of the upper plan names one of them together with the region."""
    names = list(dict.fromkeys(named_features(rule.text, ground)))
    if not names or any(ground.draft.says(name) for name in names):
        return None
    gazetteer = ground.lexicon.gazetteer
    for other in ground.upper.requirements:
        if other.id == rule.id or not any(name in other.text for name in names):
            continue
        named = [r for *_, r in gazetteer.mentions(other.text, ground.upper_region)]
        bound = [gazetteer.find(b.name, ground.upper_region) or b for b in other.binds]
        if ground.touches([*named, *bound]):
            return None
    if any(ground.touches([r]) for *_, r in gazetteer.mentions(rule.text, ground.upper_region)):
        return None
    return Judgement(
        "undetermined",
        f"“{'、'.join(names)}”未见于草案，上位规划也未说明是否位于{ground.region.name}：不涉及本级则不适用，涉及则属未回应",
    )
