"""Numbers of the upper plan for which the draft lists no figure of its own: a near name with another definition, a sentence
that extraction did not read as an indicator, a whole in parts, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from rapidfuzz import fuzz

from ..plan.quantity import Direction, decimal_string, standing
from ..plan.requirement import BoundaryRequirement
from ..plan.verdict import Response
from .amounts import Amount, amounts
from .definitions import (
    leads,
    measured_otherwise,
    name_likeness,
    of_other_scope,
    one_kind_of,
    over_other_time,
    shared_grams,
    town_or_country,
)
from .figures import Figure, Measured, comparable, direction_of, figures_of, is_ratio, name_of, plain_name
from .heads import head_of
from .judgement import Ground, Judgement, nearest_three, problem
from .rates import defined_otherwise, told_rate
from .standing import least_rounding, rounded
from .words import letters

RARE = frozenset({"pp", "年一遇"})
"""Dimensions that few indicators have, so that little of a name is enough to know one by."""
NEAR_NAME = 68
"""rapidfuzz ratio of two plain names from which they are so near that the definition must be compared."""


def is_line(requirement: Measured, ground: Ground) -> bool:
    """Whether the number is the area of a control line."""
    if isinstance(requirement, BoundaryRequirement) or "boundary" in requirement.modes:
        return True
    return ground.lexicon.line(name_of(requirement)) is not None


def looser_codes(requirement: Measured, ground: Ground) -> tuple[str, ...]:
    """The codes of a number beyond its limit: as an indicator, as the area of a control line, or as both where it is handed
    down both ways, for a reviewer files the two under different heads (指标符合性, 空间布局符合性)."""
    if not is_line(requirement, ground):
        return ("IND-LOOSER",)
    return ("LINE-AREA", "IND-LOOSER") if "indicator" in requirement.modes else ("LINE-AREA",)


def responses_of(figures: Sequence[Figure], ground: Ground) -> tuple[Response, ...]:
    owners = {figure.owner.id: figure.owner for figure in figures}
    answers = [answer for owner in owners.values() for answer in ground.draft.answers(owner, 1.0)]
    return tuple({answer.text: answer for answer in answers}.values())[:8]


def without_answer(
    requirement: Measured, wanted: Sequence[Figure], whole: bool, pool: list[Figure], ground: Ground
) -> Judgement:
    """No figure of the same thing: a near name with another definition, a sentence that extraction missed, or nothing."""
    name = name_of(requirement)
    near = _near_names(requirement, wanted, pool, ground)
    if near and whole and not all(is_ratio(w) for w in wanted):
        near = [f for f in near if over_other_time(name, name_of(f.owner))]
    summed = _sum_of_parts(requirement, wanted, near, whole, ground)
    if summed is not None:
        return summed
    narrow = [f for f in pool if of_other_scope(requirement, f) and any(comparable(w, f) for w in wanted)]
    narrow = narrow or _of_one_part(requirement, wanted, ground)
    if narrow and not near and ground.index.nearest(name, limit=1):
        message = f"口径缩小：上位为“{name}”，本级为“{name_of(narrow[0].owner)}”"
        responses = responses_of(narrow, ground)
        return Judgement("partial", message, responses, (problem("IND-SCOPE", requirement, message, responses),))
    if near:
        message = f"口径不同：上位为“{name}”，本级为“{name_of(near[0].owner)}”"
        responses = responses_of(near, ground)
        return Judgement("partial", message, responses, (problem("IND-DEF", requirement, message, responses),))
    spoken = _in_words(requirement, wanted, whole, ground) or _named_only(requirement, wanted, ground)
    spoken = spoken or told_rate(requirement, wanted, ground)
    if spoken is not None:
        return spoken
    blank = [passage for passage in ground.draft.holding(name) if "待补充" in passage.text]
    if blank:
        message = f"已列“{name}”，数值待补充"
        responses = (ground.draft.quote(blank[0], 0.9),)
        found = problem("IND-MISSING", requirement, message, responses, severity="warning")
        return Judgement("partial", message, responses, (found,))
    river = head_of(name)
    if river is not None and (ground.words.features.search(river) or re.match(r"[一二三四五六七八九十0-9各全]", river)):
        river = None
    if whole and river is not None and not ground.says(river.removesuffix("干流")) and not ground.says(river):
        return Judgement("not_applicable", f"草案范围未涉及“{river}”，请核对")
    if whole and not _owed(requirement, wanted, ground):
        if _must_be_listed(requirement, wanted, ground):
            told = f"约束性指标“{name}”上位未给出{ground.region.name}的份额，草案也未列：份额另行下达的应补列，未下达的不适用"
            return Judgement("undetermined", told)
        return Judgement("not_applicable", f"上位为全域指标，未分解到{ground.region.name}")
    candidates = ground.index.nearest(f"{name}{requirement.text}", limit=3)
    shown, searched = nearest_three(ground, candidates)
    message = f"草案的指标表和正文均未列“{name}”"
    code = "IND-MISSING"
    return Judgement("missing", message, (), (problem(code, requirement, message),), shown, searched)


def _of_one_part(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> list[Figure]:
    """The figures that the draft gives a rate or density for the town of one of its parts only (延吉市中心城区…覆盖率)."""
    if not all(map(is_ratio, wanted)) or any(w.urban for w in wanted) or _TOWN.match(name_of(requirement)):
        return []
    found = [
        figure
        for own in (*ground.draft.by_mode["indicator"], *ground.draft.by_mode["boundary"])
        if isinstance(own, Measured)
        for figure in figures_of(own, ground.lexicon, ground.draft.plan.document.period.end)
        if figure.value.region is not None
        and of_other_scope(requirement, figure)
        and any(comparable(w, figure) for w in wanted)
    ]
    return found if len({f.value.region.name for f in found if f.value.region is not None}) == 1 else []


def _sum_of_parts(
    requirement: Measured, wanted: Sequence[Figure], near: Sequence[Figure], whole: bool, ground: Ground
) -> Judgement | None:
    """A whole that the draft gives only in parts (陆域 and 海洋生态保护红线): their sum is compared."""
    name = name_of(requirement).removesuffix("面积")
    target = next((w for w in wanted if w.size is not None and any(f.year == w.year for f in near)), None)
    if target is None or target.size is None or (whole and not is_ratio(target)):
        return None
    parts = {f.key: f for f in near if name in name_of(f.owner) and f.size is not None and f.year == target.year}
    if len(parts) < 2:
        return None
    total = sum((f.size for f in parts.values() if f.size is not None), Fraction(0))
    responses = responses_of(list(parts.values()), ground)
    direction = direction_of(target, ground.lexicon)
    step = sum((f.step for f in parts.values()), target.step)
    side = standing(total, target.size, "floor" if direction == "floor" else "cap", step)
    scale = target.unit.factor if target.unit is not None else Fraction(1)
    added = f"{'、'.join(name_of(f.owner) for f in parts.values())}合计{decimal_string(rounded(total / scale))} {target.value.unit}"
    if side != "looser":
        return Judgement("fulfilled", f"{added}，上位 {target.printed}", responses)
    message = f"{added}，未达到上位 {target.printed}"
    code = "LINE-AREA" if is_line(requirement, ground) else "IND-LOOSER"
    return Judgement("partial", message, responses, (problem(code, requirement, message, responses),))


def _near_names(requirement: Measured, wanted: Sequence[Figure], pool: list[Figure], ground: Ground) -> list[Figure]:
    """Figures of a name that the catalogue lists as another definition (人均体育场地面积 for 人均体育用地面积)."""
    known = ground.lexicon.indicator(name_of(requirement))
    other_measure = [f for f in pool if measured_otherwise(name_of(requirement), name_of(f.owner))]
    other_measure = [f for f in other_measure if any(comparable(w, f) for w in wanted)]
    if known is None or other_measure:
        return other_measure
    others = {letters(near) for near in known.near}
    keys = {entry.key for near in known.near if (entry := ground.lexicon.indicator(near)) is not None} - {known.key}
    name = plain_name(name_of(requirement))
    return [
        f
        for f in pool
        if any(comparable(w, f) for w in wanted)
        and (letters(name_of(f.owner)) in others or f.concept in keys)
        and fuzz.ratio(name, plain_name(name_of(f.owner))) >= NEAR_NAME
    ]


def _named_only(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> Judgement | None:
    """A demand without a number of its own (不减少, 依据下达): a sentence or row of the draft that names the thing."""
    if any(w.size is not None for w in wanted):
        return None
    name = plain_name(name_of(requirement))
    named = [p for p in ground.draft.holding(name) if len(name) >= 4 and p.index not in ground.draft.citations]
    if not named:
        return None
    return Judgement("refined", f"已写明{name_of(requirement)}", tuple(ground.draft.quote(p, 0.8) for p in named[:2]))


_WITHIN_REACH = re.compile(
    r"人均(?!.{0,6}建设用地)|每[百千万]人|[0-9]+分钟|[0-9]+(?:米|公里)[^，。；]{0,8}(?:半径|覆盖)"
)
"""Indicators of what each inhabitant is to have, which every plan lists."""


def _owed(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> bool:
    """Whether a value of the whole area that is not allocated must be answered: a rate or density that the text demands
    of every part, or what people are to have within their reach. Sums are not owed, nor other rows of the upper plan's own
    table where it allocates rows but not this."""
    if not all(is_ratio(w) for w in wanted) or requirement.attribute == "advisory":
        return False
    spans = [*requirement.where, *(span for mention in requirement.mentions for span in mention.where)]
    spans += [span for value in requirement.values for span in value.where]
    part = _SHARE_OF_LAND.search(name_of(requirement))
    if part is not None and _allocated_area(plain_name(name_of(requirement)[: part.start()]), ground):
        return False
    in_table = any(span.table is not None for span in spans)
    change = bool(re.search(r"下降|降低|增长|提高", name_of(requirement)))
    if not in_table or _WITHIN_REACH.search(name_of(requirement)):
        return True
    return requirement.attribute == "binding" and not (change and ground.allocates)


_SHARE_OF_LAND = re.compile(
    r"(?:面积)?占.{0,6}(?:国土|陆域|土地|行政区|[省市县区]域)(?:总?面积)?的?(?:比例|比重|百分比)?$"
)


def _allocated_area(name: str, ground: Ground) -> bool:
    """Whether the upper plan gives the region its own area of a thing of which it tells the share of the land only for the
    whole (生态保护红线占国土面积比例)."""
    return bool(name) and any(
        isinstance(other, Measured)
        and plain_name(name_of(other)).startswith(name)
        and any(v.region is not None and v.region.name == ground.region.name for v in other.values)
        for other in ground.upper.requirements
    )


def _must_be_listed(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> bool:
    """Whether a sum that the upper plan itself says is handed down (分解下达) has no share printed for anybody."""
    if requirement.attribute != "binding" or all(is_ratio(w) for w in wanted):
        return False
    said = "".join((requirement.text, *ground.rows_of(requirement)))
    return bool(re.search(r"分解下达|下达任务|逐级分解|分解落实", said))


def _nearest_first(name: str, text: str, sizes: Sequence[Figure], ground: Ground) -> list[tuple[Amount, str]]:
    """The amounts of a sentence that can be compared, each with the words that say what it is of: those whose words have most
    of the name first, in the order of the sentence where they have as much."""
    found = amounts(text, ground.units)
    kept = [
        (a, lead)
        for a, lead in zip(found, leads(text, found), strict=True)
        if any(w.dimension == a.dimension for w in sizes)
    ]
    return sorted(kept, key=lambda pair: -round(shared_grams(name, pair[1]), 2))


def _worst_year(
    figure: Figure, amount: Amount, sizes: Sequence[Figure], said: Sequence[Amount], direction: Direction | None
) -> tuple[Figure, Amount]:
    """Where a sentence gives as many amounts of the thing as the upper plan has years, the first pair that falls short; else
    the pair at hand."""
    wanted = sorted((w for w in sizes if w.dimension == amount.dimension), key=lambda w: w.year or 0)
    given = [a for a in said if a.dimension == amount.dimension]
    for w, a in zip(wanted, given, strict=True) if len(wanted) == len(given) else ():
        nearly = least_rounding(w.step, w.step, w.size, False) if w.size is not None else Fraction(0)
        if w.size is not None and standing(a.size, w.size, direction, nearly) == "looser":
            return w, a
    return figure, amount


def _is_said_of(name: str, lead: str) -> bool:
    """Whether the words before an amount are the indicator's name with some of its words left out (每千人口医疗床位,
    每千人口医疗卫生机构床位数): one other character, as in 林地保有量, or one more, as in 人工湿地, is another thing."""
    said, rest = letters(plain_name(lead)), iter(letters(name))
    kept = said[:2] == letters(name)[:2] and all(char in rest for char in said)
    return kept and name_likeness(name, plain_name(lead)) >= SAID_ALIKE


SAID_ALIKE = 80
"""Likeness of an indicator's name and the words before an amount from which the amount is its own."""
_TOWN = re.compile(
    r"(?:中心城区|主城区|县城|城区|镇区|集镇|驻地村?|中心村|重点村|示范村)(?:周边|附近|近郊|规划区|范围内?)?[^，。；]{0,4}"
)
_TOWN_NAME = re.compile(r"城|镇|社区|公园|道路网|轨道|地表水|断面|水体|空气|森林|林草|草原|湿地|水土|岸线")
"""Names of what is of towns anyway, or of waters and land that no town is the measure of."""


def _in_words(requirement: Measured, wanted: Sequence[Figure], whole: bool, ground: Ground) -> Judgement | None:
    """An answer in a sentence that was not read as an indicator: the name's content and an amount of its dimension."""
    name = plain_name(name_of(requirement))
    sizes = [w for w in wanted if w.size is not None and w.unit is not None]
    if not sizes or len(name) < 4:
        return None
    for rank, candidate in enumerate(ground.index.nearest(ground.words.plain(name), limit=6)):
        passage = candidate.passage
        if passage.row is not None or candidate.cover < 0.25:
            continue
        near = _nearest_first(name, passage.text, sizes, ground)
        for amount, lead in near:
            figure = next((w for w in sizes if w.dimension == amount.dimension), None)
            if figure is None or figure.size is None:
                continue
            if town_or_country(name, lead) or one_kind_of(name, lead):
                continue
            if measured_otherwise(name, lead):
                return defined_otherwise(requirement, lead, ground.draft.quote(passage, round(candidate.score, 3)))
            needed = 0.25 if amount.dimension in RARE and rank == 0 else 0.35 if amount.size == figure.size else 0.62
            if rank == 0 and is_ratio(figure) and len(amounts(passage.text, ground.units)) == 1:
                needed = min(needed, 0.5)
            own = _is_said_of(name, lead) and (not figure.urban or _TOWN.search(lead))
            if candidate.cover < needed and not own:
                continue
            direction = direction_of(figure, ground.lexicon) or amount.sense
            response = ground.draft.quote(passage, round(candidate.score, 3))
            if whole and not is_ratio(figure):
                return Judgement("refined", f"本级落实{amount.printed}", (response,))
            narrow = _TOWN.search(passage.text[: amount.start])
            if narrow and not figure.urban and not _TOWN_NAME.search(name_of(requirement)) and not figure.scope:
                message = f"口径缩小：上位为“{name_of(requirement)}”，本级只说“{narrow[0]}”"
                found = problem("IND-SCOPE", requirement, message, (response,))
                return Judgement("partial", message, (response,), (found,))
            figure, amount = _worst_year(figure, amount, sizes, [a for a, words in near if words == lead], direction)
            assert figure.size is not None
            nearly = least_rounding(figure.step, figure.step, figure.size, False)
            side = standing(amount.size, figure.size, direction, nearly)
            if side != "looser" and amount.approximate and direction is not None and figure.value.op != "~":
                message = f"上位“{figure.value.raw or figure.printed}”，本级为约数“{amount.printed}左右”"
                found = problem("IND-OP", requirement, message, (response,))
                return Judgement("weakened", message, (response,), (found,))
            if side != "looser":
                return Judgement("fulfilled", f"规划 {amount.printed}，上位 {figure.printed}", (response,))
            message = f"{name_of(requirement)}：规划 {amount.printed}，未达到上位 {figure.printed}"
            looser = tuple(
                problem(code, requirement, message, (response,)) for code in looser_codes(requirement, ground)
            )
            return Judgement("conflict", message, (response,), looser)
    return None
