"""Structures: an inherited barrier, corridor or axis is named in the draft, or a local element is said to carry it.

The slogan may differ (一链两屏多廊道 → 两屏一链五廊多核); what counts is the element: its name, its alias, its components.
"""

from __future__ import annotations

import re

from ..plan.requirement import StructureRequirement
from .alignment import Candidate, grams
from .judgement import Ground, Judgement, nearest_three, problem
from .lists import core_name
from .words import letters

_KIND = re.compile(
    r"(?:生态)?(?:保护|安全)?(?:屏障|廊道|网络系统|网络|走廊|发展轴|发展带|轴|带|链|湾区|都市圈|通道|核心|组团|片区|产区|农业区|绿核)$"
)
STRONG, WEAK = 0.55, 0.30
"""Share of an element's own words found in one passage: surely it, or perhaps it under another name."""


def judge_structure(element: StructureRequirement, ground: Ground) -> Judgement:
    """How the draft carries one element."""
    for name in (element.name, *element.aliases):
        named = ground.draft.holding(name)
        if named:
            responses = tuple(ground.draft.quote(p, 1.0) for p in named[:3])
            return Judgement("fulfilled", f"已写明“{name}”", responses)
    candidates = carriers(element, ground)
    best = candidates[0] if candidates else None
    if best is not None and best.score >= STRONG:
        chosen = [c for c in candidates[:3] if c.score >= 0.8 * best.score]
        responses = tuple(ground.draft.quote(c.passage, round(c.score, 3)) for c in chosen)
        return Judgement("refined", f"由“{best.passage.text[:30]}”承接“{element.name}”", responses)
    if best is not None and best.score >= WEAK:
        responses = (ground.draft.quote(best.passage, round(best.score, 3)),)
        message = f"“{element.name}”在本级疑改称，未说明对应关系"
        return Judgement("partial", message, responses, (problem("STR-RENAMED", element, message, responses),))
    shown, searched = nearest_three(ground, candidates or ground.index.nearest(element.name, limit=3))
    message = f"上位结构要素“{element.name}”在本级没有对应要素"
    return Judgement("missing", message, (), (problem("STR-MISSING", element, message),), shown, searched)


def carriers(element: StructureRequirement, ground: Ground) -> list[Candidate]:
    """Passages that may carry the element: its own words, its components, its kind of element."""
    gazetteer, region = ground.lexicon.gazetteer, ground.seen_from
    own = core_name(element.name, gazetteer, region)
    stem = _KIND.sub("", own) or own
    wanted = grams(stem)
    total = sum(weight * ground.index.rarity.get(gram, ground.index.default) for gram, weight in wanted.items()) or 1.0
    kind = _KIND.search(own)
    found: list[Candidate] = []
    clause = " ".join((element.name, *element.components))
    for candidate in ground.index.nearest(ground.words.plain(clause), limit=30):
        theirs = grams(candidate.passage.text)
        shared = sum(w * ground.index.rarity.get(g, ground.index.default) for g, w in wanted.items() if g in theirs)
        score = 0.8 * shared / total + 0.4 * candidate.cosine
        if kind is not None and letters(kind[0])[-2:] in letters(candidate.passage.text):
            score += 0.12
        carried = [
            c for c in element.components if len(letters(c)) >= 2 and letters(c) in letters(candidate.passage.text)
        ]
        score += min(0.1 * len(carried), 0.3)
        if candidate.passage.row is not None:
            score -= 0.1
        found.append(Candidate(candidate.passage, score, candidate.cosine, candidate.cover))
    return sorted(found, key=lambda c: (-c.score, c.passage.index))
