"""Rates that the draft tells in a sentence of its own words (每单位产值占用的建设用地…降低41%以上)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..plan.quantity import standing
from ..plan.verdict import Response
from .amounts import Amount, amounts
from .definitions import leads, measured_otherwise, town_or_country
from .figures import Figure, Measured, direction_of, key_of, name_of, plain_name
from .judgement import Ground, Judgement, problem
from .passages import Passage
from .standing import least_rounding
from .words import letters

COVER, SCORE, LEAD = 0.22, 0.12, 1.4
"""Of the name's content that a sentence must hold, of its nearness, and how often nearer than the next such sentence."""
_FALLS, _GROWS = re.compile(r"下降|降低|减少|降幅|压减|减排"), re.compile(r"增长|提高|增幅")
_PER = re.compile(r"^(?:每?(?:单位|万元|亿元))?(?:地区|国内)?(?:生产总值|工业增加值|GDP|产值)(?=.{2})")
"""What a rate is counted by; what it counts comes after (万元地区生产总值 | 用水量)."""
SUBJECT = 0.25
_TAIL = re.compile(r"(?:下降|增长)?(?:比例|比重|占比|率)$")
_SHARE = re.compile(r"%|[成分]")


def told_rate(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> Judgement | None:
    """The verdict on a share or rate by the one sentence that speaks of it: a share of the same sense, falling where the
    name falls, not read as another indicator of the upper plan, and clearly nearer than any other. None if there is none."""
    sizes = [w for w in wanted if w.size is not None and w.value.unit == "%"]
    if not sizes:
        return None
    near = [
        (candidate, said)
        for candidate in ground.index.nearest(ground.words.plain(plain_name(name_of(requirement))), limit=10)
        if candidate.passage.row is None and (said := _shares(requirement, candidate.passage, sizes, ground))
    ]
    if not near or near[0][0].cover < COVER or near[0][0].score < SCORE:
        return None
    if len(near) > 1 and near[0][0].score < LEAD * near[1][0].score:
        return None
    (best, said), end = near[0], max(sizes, key=lambda w: w.year or 0)
    response = ground.draft.quote(best.passage, round(best.score, 3))
    all_of_it = amounts(best.passage.text, ground.units)
    lead = next(words for a, words in zip(all_of_it, leads(best.passage.text, all_of_it), strict=True) if a == said[0])
    if town_or_country(name_of(requirement), lead):
        return None
    if measured_otherwise(name_of(requirement), lead):
        return defined_otherwise(requirement, lead, response)
    direction = direction_of(end, ground.lexicon)
    sides = (
        [(end, said[0])] if len(said) == 1 else list(zip(sorted(sizes, key=lambda w: w.year or 0), said, strict=True))
    )
    for figure, amount in sides:
        assert figure.size is not None
        nearly = least_rounding(figure.step, figure.step, figure.size, True)
        if standing(amount.size, figure.size, "cap" if direction == "cap" else "floor", nearly) == "looser":
            message = f"{name_of(requirement)}：规划 {amount.printed}，未达到上位 {figure.printed}（用词不同，按内容最接近判定，请核对）"
            return Judgement(
                "conflict", message, (response,), (problem("IND-LOOSER", requirement, message, (response,)),)
            )
    told = f"用词不同，按内容最接近判定，请核对。规划 {sides[-1][1].printed}，上位 {end.printed}"
    return Judgement("fulfilled", told, (response,))


def defined_otherwise(requirement: Measured, lead: str, response: Response) -> Judgement:
    """The same thing measured in another way in a sentence of the draft."""
    message = f"口径不同：上位为“{name_of(requirement)}”，本级为“{lead.strip('，、 ')}”"
    return Judgement("partial", message, (response,), (problem("IND-DEF", requirement, message, (response,)),))


def _shares(requirement: Measured, passage: Passage, sizes: Sequence[Figure], ground: Ground) -> list[Amount]:
    """The shares of a sentence if they can be the rate's: one, or one for each of its years; else none."""
    name, text = name_of(requirement), passage.text
    if any(bool(word.search(name)) and not word.search(text) for word in (_FALLS, _GROWS)):
        return []
    direction = direction_of(sizes[0], ground.lexicon)
    found = [a for a in amounts(text, ground.units) if a.dimension == "1" and _SHARE.search(a.printed)]
    if any(a.sense is None or (direction is not None and a.sense != direction) for a in found):
        return []
    if (
        len(found) not in (1, len(sizes))
        or not _same_subject(name, passage, ground)
        or _of_another(requirement, passage, ground)
    ):
        return []
    return found


def _same_subject(name: str, passage: Passage, ground: Ground) -> bool:
    """Whether a sentence speaks of what the rate counts: 用水 is no answer to 建设用地, both per 万元产值."""
    weights = ground.index.weights(ground.words.plain(_TAIL.sub("", _PER.sub("", plain_name(name)))))
    pairs = {gram: weight for gram, weight in weights.items() if len(gram) == 2}
    said = letters(ground.index.plain_of(passage))
    return sum(w for gram, w in pairs.items() if gram in said) >= SUBJECT * (sum(pairs.values()) or 1.0)


def _of_another(requirement: Measured, passage: Passage, ground: Ground) -> bool:
    """Whether the draft's own indicator in a sentence is another one of the upper plan's."""
    own = key_of(requirement, ground.lexicon)[0]
    return any(key != own and key in ground.upper_keys for key in ground.lower_keys.get(passage.index, ()))
