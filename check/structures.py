"""Structures: an inherited barrier, corridor or axis is named in the draft, or a local element is said to carry it.

The slogan may differ (一链两屏多廊道 → 两屏一链五廊多核); what counts is the element: its name, its proper parts (rivers,
ranges, end points), its components and its kind. A local element of the same kind that shares too little of this, with no
word on the relation, is STR-RENAMED.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..plan.requirement import StructureRequirement
from ..plan.verdict import Response
from .alignment import Candidate, grams
from .heads import BORDER, kept_and_turned, of_one_theme, renamed_beside
from .judgement import Ground, Judgement, nearest_three, problem, proper_stem
from .lists import core_name
from .produce import COAST, grown_here, own_rank
from .whereabouts import proper_places
from .words import common_run, letters

CARRIED, RENAMED, SPOKEN = 0.5, 0.3, 0.6
"""Likeness from which a local element carries the inherited one, may be it under another name; of a passage, from which it
speaks of it."""
OTHER_PLACE = 0.5
"""What likeness loses where both elements bear the name of a river, range … and these are not the same."""
UNNAMED = 0.2
"""What a sentence loses that does not name the element's own river, range …."""
PART_NAMED, SAME_THEME, LONG_THEME = 0.25, 0.4, 6
"""What it gains by the name of a part of the inherited element, by a theme of six letters or more that is in both names
(鸭绿江抗美援朝文化带, 抗美援朝文化走廊)."""
_KIND = re.compile(r"屏障|廊|带|轴|通道|链|网|核|圈|湾区|半岛|中心|节点|支点|区")
_WAYS = re.compile(r"碧道|绿道|古驿道|慢行道|步道|水网|林网")
_LINES = frozenset({"barrier", "corridor", "axis", "belt", "network"})
_RELATION = re.compile(r"支撑|承接|落实|融入|衔接|对接|属于|作为|组成部分|段")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A local element and how well it carries the inherited one."""

    element: StructureRequirement
    score: float


def judge_structure(element: StructureRequirement, ground: Ground) -> Judgement:
    """How the draft carries one element."""
    named = _named(element, ground)
    if named:
        return _with_its_places(element, named, ground) or Judgement("fulfilled", f"已写明“{element.name}”", named)
    kept, away = kept_and_turned(element, ground)
    if away and not kept:
        message = f"“{element.name}”在本级改作他用：{away[0].name}"
        answers = _answers([Carrier(own, CARRIED) for own in away[:2]], ground)
        return Judgement("partial", message, answers, (problem("STR-RENAMED", element, message, answers),))
    carriers = carriers_of(element, ground)
    best = carriers[0] if carriers else None
    if best is not None and best.score >= CARRIED:
        chosen = [c for c in carriers[:3] if c.score >= 0.85 * best.score]
        if other_function(element, [_on_itself(c.element) for c in chosen], ground) or _by_name_alone(
            element, [c.element for c in chosen], ground
        ):
            message, answers = f"“{element.name}”在本级改作他用：{best.element.name}", _answers(chosen, ground)
            return Judgement("partial", message, answers, (problem("STR-RENAMED", element, message, answers),))
        answers = _answers(chosen, ground)
        taken_up = f"由“{best.element.name}”承接“{element.name}”"
        return _with_its_places(element, answers, ground) or Judgement("refined", taken_up, answers)
    spoken = _spoken_of(element, ground)
    if other_function(element, [response.text for response in spoken], ground):
        message = f"“{element.name}”在本级改作他用：{spoken[0].text[:30]}"
        return Judgement("partial", message, spoken, (problem("STR-RENAMED", element, message, spoken),))
    carried = own_rank(element, ground) or grown_here(element, ground)
    spoken = spoken or tuple(ground.draft.quote(passage, 0.6) for passage in carried)
    if spoken:
        return Judgement("refined", f"由“{spoken[0].text[:30]}”承接“{element.name}”", spoken)
    if kept:
        answers = _answers([Carrier(own, CARRIED) for own in kept[:2]], ground)
        return Judgement("refined", f"由“{kept[0].name}”承接“{element.name}”", answers)
    told = _told_of_theme(element, best.element, ground) if best is not None and best.score >= RENAMED else ()
    if best is not None and best.score >= RENAMED and (told or of_one_theme(element.name, best.element.name)):
        answers = told or _answers([best], ground)
        return Judgement("refined", f"由“{best.element.name}”承接“{element.name}”", answers)
    if best is not None and best.score >= RENAMED and _of_one_kind(element, best.element, ground):
        responses = _answers([best], ground)
        message = f"“{element.name}”疑改称“{best.element.name}”，未说明对应关系"
        return Judgement("partial", message, responses, (problem("STR-RENAMED", element, message, responses),))
    other = renamed_beside(element, ground)
    if other is not None:
        if isinstance(other, StructureRequirement):
            said, answers = other.name, _answers([Carrier(other, RENAMED)], ground)
        else:
            said, answers = other.text[:30], (ground.draft.quote(other, RENAMED),)
        message = f"“{element.name}”疑改称“{said}”，未说明对应关系"
        return Judgement("partial", message, answers, (problem("STR-RENAMED", element, message, answers),))
    shown, searched = nearest_three(ground, ground.index.nearest(ground.words.plain(element.name), limit=3))
    message = f"上位结构要素“{element.name}”在本级没有对应要素"
    return Judgement("missing", message, (), (problem("STR-MISSING", element, message),), shown, searched)


def _with_its_places(element: StructureRequirement, answers: tuple[Response, ...], ground: Ground) -> Judgement | None:
    """The partial answer of a draft that names some of the places which make up the element and leaves out others of its own
    region; None if it leaves out none, or names none at all (then it tells the element by its name alone)."""
    printed = [passage.text for passage in ground.draft.holding(element.name)]
    said = letters("".join([*printed, *(response.text for response in answers)]))
    own = _on_itself(element)
    named = element.components or _places_told(element, ground)
    stems = {c: stem for c in named if (stem := _place_stem(c)) in letters(own)}
    if not any(stem in said for stem in stems.values()):
        return None
    lost = [c for c, stem in stems.items() if stem not in said and _of_the_region(c, ground)]
    if not lost:
        return None
    message = f"已写明“{element.name}”，未提其组成部分{'、'.join(lost)}"
    return Judgement("partial", message, answers, (problem("STR-MISSING", element, message, answers),))


def _places_told(element: StructureRequirement, ground: Ground) -> tuple[str, ...]:
    """The parts of the draft's region that the element's own clause lists (一江，即长江岸线生态带，…涉及甲县、乙区和丙市)."""
    clause = re.split(r"[；。]", element.text[max(0, element.text.find(element.name)) :])[0]
    told = re.search(r"(?:涉及|串联|串起|连接|联结|贯穿|流经|经过|途经|覆盖|包括|由)(.*)", clause)
    if told is None or any(other.name in clause for other in ground.siblings(element)):
        return ()
    places = ground.lexicon.gazetteer.mentions(told[1], ground.seen_from)
    inside = [told[1][a:b] for a, b, region in places if ground.within(region) and region != ground.known_region]
    return tuple(dict.fromkeys(inside)) if len(inside) >= 3 else ()


def _place_stem(name: str) -> str:
    """A place without the word for its rank, where two characters are left: 长街镇 → 长街."""
    stem = re.sub(r"(?:街道|[镇乡县市区旗])$", "", letters(name))
    return stem if len(stem) >= 2 else letters(name)


def _of_the_region(name: str, ground: Ground) -> bool:
    gazetteer = ground.lexicon.gazetteer
    region = gazetteer.find(name, ground.region)
    return region is not None and region != ground.region and gazetteer.is_within(region, ground.region)


def _of_one_kind(upper: StructureRequirement, lower: StructureRequirement, ground: Ground) -> bool:
    """Whether one may be the other under a new name: the same kind, or two lines along the same river or range of which the
    draft's serves leisure."""
    if upper.element == lower.element:
        return True
    turned = {upper.element, lower.element} <= _LINES and ground.words.leisure.search(lower.name)
    return bool(turned) and any(part in letters(lower.name) for part in proper_parts(upper, ground))


def names_again(element: str, near: Sequence[Candidate]) -> bool:
    """Whether the passage nearest to a rule has a run of three characters of the element that the rule is about, so that it
    speaks of it though no element of the draft bears its name."""
    return bool(near) and common_run(letters(element), letters(near[0].passage.text)) >= 3


def _on_itself(element: StructureRequirement) -> str:
    """An element's name and what its sentence says from there on: 生态空间形成一屏一带 before it is no word on the one."""
    return element.name + element.text[max(0, element.text.find(element.name)) :]


def other_function(element: StructureRequirement, said: Sequence[str], ground: Ground) -> bool:
    """Whether the sentences on an element, the nearest first, give its place to leisure and none has a word of what the
    element is for."""
    words = [pattern for head, pattern in ground.words.functions.items() if head in element.name]
    if not words or not said or not ground.words.leisure.search(said[0]):
        return False
    return not any(pattern.search(text.replace(element.name, "")) for pattern in words for text in said)


_PLAIN_USE = re.compile(r"生态|屏障|开发|开放|发展|城镇|产业|农业|经济|交通")


def _by_name_alone(element: StructureRequirement, carriers: Sequence[StructureRequirement], ground: Ground) -> bool:
    """Whether all that may carry an element of use is named after leisure (沿边开发轴, 边境风情旅游轴)."""
    if not _PLAIN_USE.search(element.name) or ground.words.leisure.search(element.text):
        return False
    return all(ground.words.leisure.search(c.name) and not _PLAIN_USE.search(c.name) for c in carriers)


def _named(element: StructureRequirement, ground: Ground) -> tuple[Response, ...]:
    """The passages that print the name, an alias, or the name without the region before it."""
    core = core_name(element.name, ground.lexicon.gazetteer, ground.seen_from)
    for name in (element.name, *element.aliases, core if len(core) >= 5 else element.name):
        found = ground.draft.holding(name)
        if found:
            quotes = [ground.draft.quote(passage, 1.0) for passage in found[:3]]
            quotes += [
                answer
                for c in carriers_of(element, ground)[:1]
                if c.score >= CARRIED
                for answer in _answers([c], ground)
            ]
            return tuple({quote.text: quote for quote in quotes}.values())
    return _generic(element, ground)


def _generic(element: StructureRequirement, ground: Ground) -> tuple[Response, ...]:
    """An element without a proper name (碧道绿道廊道): a sentence that has all the kinds of way that it is named after."""
    if proper_stem(element.name):
        return ()
    ways = list(dict.fromkeys(_WAYS.findall(element.name)))
    found = [
        passage
        for passage in ground.draft.passages
        if ways and passage.row is None and all(way in passage.text for way in ways)
    ]
    return tuple(ground.draft.quote(passage, 0.8) for passage in found[:2])


def _answers(carriers: Sequence[Carrier], ground: Ground) -> tuple[Response, ...]:
    answers = [ground.draft.answer(c.element, round(min(c.score, 1.0), 3)) for c in carriers]
    return tuple({answer.text: answer for answer in answers}.values())


def carriers_of(element: StructureRequirement, ground: Ground) -> list[Carrier]:
    """The draft's elements by how well they carry this one."""
    found = [
        Carrier(local, likeness(element, local, ground))
        for local in ground.draft.by_mode["structure"]
        if isinstance(local, StructureRequirement) and not _of_another(element, local, ground)
    ]
    return sorted(found, key=lambda c: (-c.score, c.element.id))


def _of_another(element: StructureRequirement, local: StructureRequirement, ground: Ground) -> bool:
    """Whether a local element bears the name of another element of the upper plan, whose answer it is."""
    name, own = letters(element.name), letters(local.name)
    return any(
        isinstance(other, StructureRequirement)
        and len(theirs := letters(other.name)) >= 5
        and theirs in own
        and theirs not in name
        and name not in theirs
        for other in ground.upper.requirements
    )


def likeness(upper: StructureRequirement, lower: StructureRequirement, ground: Ground) -> float:
    """0 to about 1.3: proper parts, components and letters in common; the same kind speaks for it, another against."""
    said = letters(lower.name + lower.text + "".join(lower.components))
    name = _shared(letters(upper.name), letters(lower.name), ground)
    parts = proper_parts(upper, ground)
    if parts:
        score = 0.45 * sum(part in said for part in parts) / len(parts) + 0.35 * name
    else:
        score = 0.8 * name
    ends = initials(upper, ground)
    if len(ends) >= 2:
        score += 0.6 * sum(char in lower.name for char in ends) / len(ends)
    stems = [stem for c in upper.components if len(stem := re.sub(r"(?:水库|山脉|干流)$", "", letters(c))) >= 2]
    score += min(0.1 * sum(stem in said for stem in stems), 0.3)
    score += 0.2 if upper.element == lower.element else -0.15
    if upper.topic and lower.topic:
        score += 0.08 if upper.topic == lower.topic else -0.08
    if any(part in said for part in parts) and _RELATION.search(lower.text):
        score += 0.1
    named, ours = proper_places(upper, ground), proper_places(lower, ground)
    in_name = sum(stem in letters(lower.name) for stem in stems)
    if in_name and {upper.element, lower.element} <= _LINES:
        score += PART_NAMED  # 一屏为老岭山地屏障: named after the range that the upper plan lists in it
    elif any(edge.search(upper.name) and edge.search(lower.name) for edge in (COAST, BORDER)):
        # every city has its own stretch of a coast or border; what is for something else there is no answer
        score += PART_NAMED if _one_end(upper, lower) else -OTHER_PLACE
    elif named and ours and not any(place in said for place in named):
        score -= OTHER_PLACE
    theme = re.sub(r"(?:走廊|廊道|长廊|[带廊轴区])$", "", letters(lower.name))
    if (
        not ours
        and len(theme) >= LONG_THEME
        and theme in letters(upper.name)
        and {upper.element, lower.element} <= _LINES
    ):
        score += SAME_THEME
    return score


_ENDS = (
    re.compile(r"高铁|铁路|城际|高速|公路|交通|运输|物流|综合通道|产业|经济|城镇|城市|发展[轴带]|临港"),
    re.compile(r"生态|候鸟|鸟类|迁[徙飞]|栖息|生物|湿地|红树林|防护林|绿[廊道带]|屏障|蓝[带廊]|涵养"),
    re.compile(r"旅游|休闲|度假|文化|风情|遗产|遗迹|[丝海]路"),
)
"""What an element of a coast or border is for: traffic and growth, nature, leisure and culture."""


def _one_end(upper: StructureRequirement, lower: StructureRequirement) -> bool:
    """Whether two names serve one end, as far as both say which (候鸟迁徙廊道 and 高铁沿海轴 do not)."""
    one, other = ({n for n, end in enumerate(_ENDS) if end.search(element.name)} for element in (upper, lower))
    return not one or not other or bool(one & other)


_GENERIC = re.compile(
    r"生态|防护|屏障|绿色|保护|旅游|文化|休闲|景观|经济|发展|产业|交通|综合|城镇|城市|走廊|廊道|长廊|[带廊轴区]$"
)
"""Words of which half the elements of a coast are made."""


def _told_of_theme(upper: StructureRequirement, lower: StructureRequirement, ground: Ground) -> tuple[Response, ...]:
    """The sentences that give a stretch of the same coast or border the inherited element's own task (滨海绿廊 … 候鸟迁飞)."""
    if not any(edge.search(upper.name) and edge.search(lower.name) for edge in (COAST, BORDER)):
        return ()
    theme = _GENERIC.sub(" ", letters(BORDER.sub("", COAST.sub("", upper.name))))
    own = {gram for gram in grams(theme) if len(gram.strip()) == 2} - set(grams(lower.name))
    told = [
        passage
        for passage in ground.draft.holding(letters(lower.name))
        if passage.row is None and _one_end(upper, lower) and any(gram in letters(passage.text) for gram in own)
    ]
    return tuple(ground.draft.quote(passage, CARRIED) for passage in told[:2])


def proper_parts(element: StructureRequirement, ground: Ground) -> list[str]:
    """The proper names in an element's name that are no regions: 九连山, 罗浮山."""
    pieces = [proper_stem(piece) for piece in re.split(r"[—\-–、和与及]", element.name)]
    return [p for p in pieces if len(p) >= 2 and not ground.is_place_name(p)]


def initials(element: StructureRequirement, ground: Ground) -> list[str]:
    """First characters of the places that a corridor joins, the draft's own left out: 广州—惠州—汕尾通道 → 广, 汕."""
    pieces = re.split(r"[—\-–]", element.name)
    if len(pieces) < 2:
        return []
    return list(
        dict.fromkeys(
            piece[0]
            for piece in pieces
            if piece and not ground.region.name.startswith(piece) and ground.is_place_name(proper_stem(piece) or piece)
        )
    )


def _shared(one: str, other: str, ground: Ground) -> float:
    """Weighed letters in common over those of the lighter text; rare letters weigh more."""
    rarity, default = ground.index.rarity, ground.index.default
    ours = {gram: weight * rarity.get(gram, default) for gram, weight in grams(one).items()}
    theirs = {gram: weight * rarity.get(gram, default) for gram, weight in grams(other).items()}
    shared = sum(weight for gram, weight in ours.items() if gram in theirs)
    return shared / (min(sum(ours.values()), sum(theirs.values())) or 1.0)


def _spoken_of(element: StructureRequirement, ground: Ground) -> tuple[Response, ...]:
    """Running text that speaks of the element's place or parts; of a corridor or barrier only if it names such a thing."""
    own = core_name(element.name, ground.lexicon.gazetteer, ground.seen_from)
    wanted = {g: w * ground.index.rarity.get(g, ground.index.default) for g, w in grams(own).items()}
    total = sum(wanted.values()) or 1.0
    kind, places = _KIND.findall(element.name), proper_places(element, ground)
    found: list[tuple[float, Response]] = []
    clause = ground.words.plain(" ".join((element.name, *element.components)))
    for candidate in ground.index.nearest(clause, limit=20):
        passage, said = candidate.passage, letters(candidate.passage.text)
        if passage.row is not None or (element.element in _LINES and kind and kind[-1][0] not in said):
            continue
        theirs = grams(passage.text)
        score = 0.8 * sum(w for g, w in wanted.items() if g in theirs) / total
        if places and not any(place in said for place in places):
            score -= UNNAMED
        elif common_run(letters(element.name), said) >= 0.75 * len(letters(element.name)):
            score += 0.5
        stems = [stem for piece in re.split(r"[—\-–、和与及]", element.name) if len(stem := proper_stem(piece)) >= 2]
        if stems:
            score += 0.3 * sum(stem in said for stem in stems) / len(stems)
        if stems and len(stems) > 1 and all(stem in said for stem in stems):
            score += 0.2
        carried = [c for c in element.components if len(letters(c)) >= 2 and letters(c) in said]
        score += min(0.25 * len(carried), 0.5)
        found.append((score, ground.draft.quote(passage, round(min(score, 1.0), 3))))
    found.sort(key=lambda item: -item[0])
    return tuple(response for score, response in found[:2] if score >= SPOKEN)
