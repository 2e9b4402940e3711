"""Indicators and areas of control lines: the upper plan's value for the region against what the draft prints.

A number is judged by its direction: only the wrong side is wrong, stricter is fine. Units are exact, the tolerance is
half of the coarser last digit, and every mention in text and tables is looked at (DOMAIN §3.1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..plan.finding import Finding
from ..plan.quantity import standing
from ..plan.requirement import BoundaryRequirement
from ..plan.verdict import Response, VerdictName
from .definitions import (
    measured_alike,
    measured_otherwise,
    name_likeness,
    one_kind_of,
    only_some,
    same_share,
    town_or_country,
)
from .figures import (
    Figure,
    Measured,
    comparable,
    direction_of,
    is_baseline,
    is_ratio,
    key_of,
    name_of,
    one_name,
    plain_name,
    town_key,
)
from .judgement import Ground, Judgement, problem
from .standing import arithmetic, holds_throughout, least_rounding, pair_slip, slip_of, stands
from .unlisted import looser_codes, responses_of, without_answer

SAME_NAME = 82
"""rapidfuzz ratio of two plain names from which they are the same."""
ORDER: dict[VerdictName, int] = {
    "conflict": 0,
    "weakened": 1,
    "partial": 2,
    "missing": 3,
    "undetermined": 4,
    "refined": 5,
    "fulfilled": 6,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one upper value met in the draft."""

    verdict: VerdictName
    code: str | None
    sentence: str
    figures: tuple[Figure, ...] = ()
    also: str | None = None
    """A second code for the same figures."""


def judge_number(requirement: Measured, wanted: Sequence[Figure], whole: bool, ground: Ground) -> Judgement:
    """How the draft answers the values `wanted` (of the region, or of the whole area if `whole`)."""
    pool = list(ground.own_figures)
    key, concept = key_of(requirement, ground.lexicon)
    same = matching(requirement, key, concept, wanted, pool, ground.total_tables)
    if any(w.urban for w in wanted):
        same += [f for f in _of_town(wanted, pool, ground) if f not in same]
        if all(w.urban and not is_ratio(w) for w in wanted):
            same = [f for f in same if f.urban]  # how many live in all the area is no answer for its town
    if not same:
        return without_answer(requirement, wanted, whole, pool, ground)
    outcomes = [outcome for figure in wanted if (outcome := _judge_value(figure, same, wanted, whole, ground))]
    if whole and requirement.attribute != "binding" and all(map(is_ratio, wanted)):
        outcomes = _of_mean(wanted, outcomes)
    outcomes += _of_attribute(requirement, key, same, ground)
    return _judgement(requirement, outcomes, same, ground)


def _of_mean(wanted: Sequence[Figure], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """A mean of the whole area that is not handed down and not binding: a draft that keeps its aim for the last year may stand
    below it on the way there, and is told so."""
    last = max((w.year or 0 for w in wanted), default=0)
    kept = any(o.verdict in ("fulfilled", "refined") and any(f.year == last for f in o.figures) for o in outcomes)
    return [
        Outcome("refined", None, f"{o.sentence}（上位为全域平均值，未分解到本级；{last}年目标已达到）", o.figures)
        if kept
        and (o.code == "IND-LOOSER" or o.verdict == "undetermined")
        and o.figures
        and all((f.year or last) < last for f in o.figures)
        else o
        for o in outcomes
    ]


def matching(
    requirement: Measured,
    key: str,
    concept: str | None,
    wanted: Sequence[Figure],
    pool: list[Figure],
    totals: frozenset[tuple[int, str]],
) -> list[Figure]:
    """The draft's figures of the same thing: same key, else the nearest name that measures in the same dimension."""
    fits = [f for f in pool if any(comparable(w, f) for w in wanted)] if wanted else pool
    same = [f for f in fits if f.key == key or (concept is not None and f.concept == concept)]
    if same:
        return without_totals(same, totals)
    name = plain_name(name_of(requirement))
    same = [f for f in fits if one_name(name_of(f.owner)) == one_name(name)]
    if same:
        return same
    scored = [
        (name_likeness(name, plain_name(name_of(f.owner))), f)
        for f in fits
        if (concept is None or f.concept is None or f.concept == concept or not f.fits_concept)
        and not town_or_country(name, name_of(f.owner))
        and not one_kind_of(name, name_of(f.owner))
        and not measured_otherwise(name, name_of(f.owner))
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < SAME_NAME:
        return [f for _, f in scored if measured_alike(name, plain_name(name_of(f.owner)))] or [
            f for _, f in scored if same_share(name, name_of(f.owner))
        ]
    return [f for score, f in scored if score >= best - 2]


def _of_town(wanted: Sequence[Figure], pool: list[Figure], ground: Ground) -> list[Figure]:
    """县城常住人口规模 is 常住人口规模 of the town: the draft's figures of that scope under the shorter name."""
    keys = {town_key(w, ground.lexicon) for w in wanted}
    return [
        f for f in pool if f.urban and town_key(f, ground.lexicon) in keys and any(comparable(w, f) for w in wanted)
    ]


def without_totals(same: list[Figure], totals: frozenset[tuple[int, str]]) -> list[Figure]:
    """The mentions that set the target; the total row of the draft's own allocation only repeats it."""
    targets = [
        f
        for f in same
        if not f.allocated
        and not any(s.table is not None and (s.table.index, f.key) in totals for s in f.value.where or f.owner.where)
    ]
    return targets or same


def _judge_value(
    figure: Figure, same: Sequence[Figure], wanted: Sequence[Figure], whole: bool, ground: Ground
) -> Outcome | None:
    """One upper value against all mentions of the draft."""
    scoped = in_scope(figure, same) or (list(same) if _town_before(figure) else [])
    if whole and not is_ratio(figure) and figure.size is not None and same:
        shown = [f for f in scoped or same if f.size is not None] or list(same)
        if figure.value.op in (">=", "<=") and all(f.value.op == "~" for f in shown):
            lost = f"上位有明确限值{figure.printed}，本级落实数为约数{shown[0].printed}"
            return Outcome("weakened", "IND-OP", lost, tuple(shown))
        return Outcome("refined", None, f"上位为全域总量{figure.printed}，本级落实{shown[0].printed}", tuple(shown))
    quarters = [quarter for f in scoped if (quarter := _quarter_of(f)) is not None and quarter not in figure.owner.text]
    if is_ratio(figure) and scoped and len(quarters) == len(scoped):
        narrowed = f"口径缩小：上位为{figure.scope or '全域'}，本级只对{quarters[0]}"
        return Outcome("partial", "IND-SCOPE", narrowed, tuple(scoped))
    if not scoped:
        narrow = same[0]
        return Outcome(
            "partial",
            "IND-SCOPE",
            f"口径缩小：上位为{figure.scope or '全域'}，本级为{narrow.scope_class or '全域'}",
            tuple(same),
        )
    here = [f for f in scoped if f.year == figure.year]
    if figure.size is None:
        shown = here or scoped
        return Outcome("fulfilled", None, f"上位为“{figure.printed}”，本级为{shown[0].printed}", tuple(shown))
    if not here and holds_throughout(figure, scoped, wanted):
        here = list(scoped)
    if not here:
        if whole and figure.owner.attribute != "binding" and any(f.year == w.year for f in scoped for w in wanted):
            told = not _in_table(figure) or all(map(_in_table, scoped))
            return (
                _wrong_year(figure, scoped, wanted)
                if told and not _WHERE_PEOPLE_LIVE.search(name_of(figure.owner))
                else None
            )
        return _wrong_year(figure, scoped, wanted)
    numbered = [f for f in here if f.size is not None]
    if not numbered:
        if whole or figure.owner.attribute != "binding":
            return Outcome("fulfilled", None, f"本级按“{here[0].printed}”执行", tuple(here))
        return Outcome("weakened", "IND-OP", f"上位给出{figure.printed}，本级只写“{here[0].printed}”", tuple(here))
    if whole and not is_ratio(figure):
        return Outcome(
            "refined", None, f"上位为全域总量{figure.printed}，本级落实{numbered[0].printed}", tuple(numbered)
        )
    outcome = _against(figure, numbered, scoped, wanted, whole, ground)
    if (
        outcome.verdict == "fulfilled"
        and figure.urban
        and is_ratio(figure)
        and not re.match(r"城[镇市]", name_of(figure.owner))
        and all(_of_all_the_area(f, ground) for f in numbered)
    ):
        wider = f"口径改变：上位为{figure.scope or '中心城区'}，本级写为全域（{numbered[0].printed}）"
        return Outcome("partial", "IND-SCOPE", wider, tuple(numbered))
    if outcome.verdict == "fulfilled" and is_ratio(figure):
        cut = {only_some(name_of(figure.owner), name_of(f.owner)) for f in numbered}
        if cut and None not in cut:
            narrowed = f"口径缩小：上位为“{name_of(figure.owner)}”，本级只对{'、'.join(sorted(filter(None, cut)))}"
            return Outcome("partial", "IND-SCOPE", narrowed, tuple(numbered))
    return outcome


_TOWN_SAID = re.compile(r"中心城区|主城区|县城|城区|(?:[省州市县盟]府|首府|设区)(?:城市|市)|建成区")
_AREA_SAID = re.compile(r"(?:全[市县区州旗盟]域?|[市县州旗区]域|全域)[^，。；、：0-9]{0,3}$")

_AREA_CELL = re.compile(r"[县市州区盟旗]域|全域|全[县市区州盟旗]域?")


def _town_before(figure: Figure) -> bool:
    """Whether the sentence speaks of the town before it comes to a rate or mean (州府城市防洪标准…，人均公园绿地面积…), so
    that a draft which gives it for its town keeps the scope."""
    text, raw = figure.owner.text, figure.value.raw or figure.printed
    if not is_ratio(figure) or figure.value.raw is None or raw not in text:
        return False
    return bool(_TOWN_SAID.search(re.split(r"[。；]", text[: text.find(raw)])[-1]))


_QUARTER = re.compile(r"(?:^|[年在对])([一-龥]{2,6}?(?:片区|组团|新城|街道))的?$")


def _quarter_of(figure: Figure) -> str | None:
    """The quarter of the town for which alone the draft's sentence gives a value (下关片区公园步行5分钟覆盖率)."""
    before = None if _in_table(figure) else _QUARTER.search(_words_before(figure))
    return before[1] if before else None


def _words_before(figure: Figure) -> str:
    """What stands before the indicator's name in the part of the sentence that gives the value; "" if it begins with it."""
    text, name = figure.owner.text, plain_name(name_of(figure.owner))[:4]
    end = text.find(figure.value.raw or figure.printed)
    at = text.rfind(name, 0, end if end >= 0 else len(text))
    return re.split(r"[，。；：]", text[:at])[-1] if at > 0 else ""


def _of_all_the_area(figure: Figure, ground: Ground) -> bool:
    """Whether the draft's sentence (全市域人均城镇建设用地) or the cell of its row (县域) says that a value is meant for all
    the area."""
    row = ground.draft.passage_of(figure.owner) if _in_table(figure) else None
    if row is not None:
        return not figure.urban and any(_AREA_CELL.fullmatch(cell.strip()) for cell in row.text.split("|"))
    return not figure.urban and bool(_AREA_SAID.search(_words_before(figure)))


def _split_code(wrong: Sequence[Figure], right: Sequence[Figure]) -> str:
    """What it is that some mentions keep the value and others don't: two units in one sentence, text against text, or
    text against table."""
    printed = [f for f in wrong if not _in_table(f)]
    beside = [f for f in right if not _in_table(f)]
    if any(w.owner is r.owner and w.value.unit != r.value.unit for w in printed for r in beside):
        return "IND-UNIT"
    return "DOC-CONTRA" if printed and beside else "DOC-TEXT-TABLE"


def _in_table(figure: Figure) -> bool:
    return any(span.table is not None for span in figure.value.where or figure.owner.where)


def in_scope(figure: Figure, same: Sequence[Figure]) -> list[Figure]:
    """The draft's figures that speak for the upper value's scope: the same; the whole area answers for its town; a sum
    (处, 公顷) reached in the town is reached in the whole area."""
    exact_scope = [f for f in same if f.scope_class == figure.scope_class]
    if re.search(r"城区|建成区|城镇(?=建设用地)", name_of(figure.owner)) and is_ratio(figure):
        return exact_scope or list(same)
    if exact_scope:
        return exact_scope
    if name_of(figure.owner).startswith(("城市", "县级")) and all(
        f.urban and "县城" in (f.scope + f.owner.text) for f in same
    ):
        return list(same)  # a county's one town is its 城市, and has what is 县级
    wider = [f for f in same if not f.scope_class]
    if wider:
        return wider
    return [f for f in same if not is_ratio(figure) and direction_floor(figure)]


def direction_floor(figure: Figure) -> bool:
    return figure.value.op in (">=", ">") or figure.owner.direction == "floor"


def _against(
    figure: Figure,
    numbered: Sequence[Figure],
    same: Sequence[Figure],
    wanted: Sequence[Figure],
    whole: bool,
    ground: Ground,
) -> Outcome:
    direction = direction_of(figure, ground.lexicon)
    found = [(f, stands(f, figure, direction)) for f in numbered]
    wrong = [f for f, how in found if how == "looser"]
    right = [f for f, how in found if how != "looser"]
    if whole and wrong and _own_choice(figure, wrong, ground):
        return Outcome(
            "refined",
            None,
            f"预期性指标由本级结合实际确定：{wrong[0].printed}（上位{figure.printed}）",
            tuple(numbered),
        )
    if whole and wrong and not right and _WHERE_PEOPLE_LIVE.search(name_of(figure.owner)):
        sentence = arithmetic(wrong[0], figure, direction)
        return Outcome(
            "refined", None, f"{sentence}；上位为全域平均值，未分解到本级，由本级结合实际确定", tuple(numbered)
        )
    if whole and wrong and not right and _NATURE.search(name_of(figure.owner)) and _began_below(wrong, figure, ground):
        sentence = arithmetic(wrong[0], figure, direction)
        return Outcome(
            "undetermined", None, f"{sentence}；上位为全域平均值，未分解到本级，是否达标待上位明确", tuple(numbered)
        )
    if wrong and right:
        code = _split_code(wrong, right)
        said = f"{arithmetic(wrong[0], figure, direction)}；另一处为{right[0].printed}，前后不一"
        if code == "DOC-TEXT-TABLE":
            return Outcome("partial", "IND-LOOSER", said, tuple(numbered), code)
        return Outcome("partial", code, said, tuple(numbered))
    if wrong:
        return _looser(figure, wrong, wanted, direction)
    pairs = [problem_ for f in right if (problem_ := pair_slip(f, figure, direction, ground.units))]
    if pairs:
        return Outcome("partial", "IND-UNIT", pairs[0], tuple(numbered))
    far = next(
        (f for f, how in found if how == "stricter" and _digits(f) == _digits(figure) and slip_of(f, figure)), None
    )
    if far is not None:
        said = f"疑为单位差错（相差约{slip_of(far, figure)}倍）：{arithmetic(far, figure, direction)}"
        return Outcome("conflict", "IND-UNIT", said, tuple(numbered))
    lost = _lost_operator(figure, found, direction)
    if lost:
        return Outcome("weakened", "IND-OP", lost, tuple(numbered))
    beside = _told_looser(figure, direction, ground)
    if beside is not None:
        said = f"{arithmetic(right[0], figure, direction)}；另一处写为{beside}，前后不一"
        if all(_in_table(f) for f in right):
            return Outcome("conflict", "IND-LOOSER", said, tuple(numbered), "DOC-TEXT-TABLE")
        return Outcome("partial", "DOC-CONTRA", said, tuple(numbered))
    slip = _told_in_other_unit(figure, ground)
    if slip is not None:
        said = f"疑为单位差错：{arithmetic(right[0], figure, direction)}；另一处写为{slip}，前后不一"
        return Outcome("conflict", "IND-UNIT", said, tuple(numbered))
    late = _later_elsewhere(figure, same, wanted, ground)
    if late is not None:
        said = f"上位要求{figure.year}年{figure.printed}，本级有一处写为{late.year}年"
        return Outcome("partial", "IND-YEAR", said, (late,))
    best = right[0]
    how = "，严于上位" if all(h == "stricter" for _, h in found) else ""
    return Outcome("fulfilled", None, f"{arithmetic(best, figure, direction)}{how}", tuple(numbered))


def _digits(figure: Figure) -> str:
    """The digits of a number as printed, without the noughts around them: the same in 5.86 and 58600."""
    return re.sub(r"[^0-9]", "", figure.value.value or "").strip("0")


def _later_elsewhere(figure: Figure, same: Sequence[Figure], wanted: Sequence[Figure], ground: Ground) -> Figure | None:
    """The same value for a year in which neither plan has an aim: the right year in one place, a later one in another."""
    period = ground.draft.plan.document.period
    known = {*(w.year for w in wanted), period.end, period.near_term, period.vision}
    ours = Counter(f.year for f in same if f.size is not None)
    kept = {f.size for f in same if f.year == figure.year}
    return next(
        (
            f
            for f in same
            if f.year is not None
            and figure.year is not None
            and f.year > figure.year
            and f.year not in known
            and ours[f.year] == 1
            and f.size in kept
        ),
        None,
    )


def _told_looser(figure: Figure, direction: str | None, ground: Ground) -> str | None:
    """What the draft's running text tells of the same thing in the same year on the wrong side of the limit; of people who
    are neither to be more nor fewer, what is laid out for clearly more of them."""
    people = direction is None and figure.dimension == "person"
    if (direction not in ("floor", "cap") and not people) or figure.size is None:
        return None
    key = (town_key(figure, ground.lexicon), figure.year, figure.scope_class)
    side: Literal["floor", "cap"] = "floor" if direction == "floor" else "cap"
    size = figure.size

    def nearly(step: Fraction) -> Fraction:
        return size / 20 if people else least_rounding(step, figure.step, size, False)

    return next(
        (
            said.printed
            for said in ground.told
            if said.key == key
            and said.dimension == figure.dimension
            and standing(said.size, figure.size, side, nearly(said.step)) == "looser"
        ),
        None,
    )


def _told_in_other_unit(figure: Figure, ground: Ground) -> str | None:
    """What the running text tells of the same thing in the same digits and another unit (425万亩, 425万公顷)."""
    key, digits = (town_key(figure, ground.lexicon), figure.year, figure.scope_class), _digits(figure)
    return next(
        (
            said.printed
            for said in ground.told
            if said.key == key
            and said.dimension == figure.dimension
            and re.sub(r"[^0-9]", "", said.printed).strip("0") == digits
            and figure.size is not None
            and abs(said.size - figure.size) > figure.size / 2
        ),
        None,
    )


def _began_below(wrong: Sequence[Figure], figure: Figure, ground: Ground) -> bool:
    """Whether the draft's own base year stands below the whole area's aim already."""
    end = ground.draft.plan.document.period.end
    base = [
        Fraction(value.si.value)
        for f in wrong
        for value in f.owner.values
        if is_baseline(value, end) and value.si is not None and value.unit == f.value.unit
    ]
    return figure.size is not None and any(size * 100 < figure.size * 97 for size in base)


_WHERE_PEOPLE_LIVE = re.compile(r"城镇化率|城镇化水平")
"""A mean of the whole area that each part reaches as its towns allow, and no plan sets for all alike."""
_NATURE = re.compile(r"森林覆盖率|林木覆盖率|林草覆盖率|湿地保护率|草原综合植被|植被盖度|水土保持率|自然岸线保有率")
"""Means of the whole area that nature sets differently in each part of it."""


def _looser(figure: Figure, wrong: Sequence[Figure], wanted: Sequence[Figure], direction: str | None) -> Outcome:
    worst = wrong[0]
    assert worst.size is not None and figure.size is not None
    sentence = arithmetic(worst, figure, direction)
    other = next(
        (
            w
            for w in wanted
            if w.year != figure.year
            and w.size is not None
            and w.size != figure.size
            and stands(worst, w, None) == "equal"
        ),
        None,
    )
    if other is not None:
        return Outcome(
            "conflict",
            "IND-YEAR",
            f"把上位{other.year}年的{other.printed}写成{worst.year}年目标；{sentence}",
            tuple(wrong),
        )
    if slip_of(worst, figure):
        return Outcome(
            "conflict", "IND-UNIT", f"疑为单位差错（相差约{slip_of(worst, figure)}倍）：{sentence}", tuple(wrong)
        )
    if worst.value.op == "~":
        return Outcome("weakened", "IND-OP", f"上位有明确限值，本级为“左右”：{sentence}", tuple(wrong))
    return Outcome("conflict", "IND-LOOSER", sentence, tuple(wrong))


def _lost_operator(figure: Figure, found: Sequence[tuple[Figure, str]], direction: str | None) -> str | None:
    """不低于 that became 左右 or a bare number, where the number itself is no stricter."""
    bare = figure.unit is None and not figure.value.unit and not name_of(figure.owner).endswith("系数")
    if figure.value.op not in (">=", "<=", ">", "<") or bare:
        return None
    mentions = [f for f, _ in found]
    rough = [f for f in mentions if f.value.op == "~"]
    if rough:
        return f"上位“{figure.value.raw or figure.printed}”，本级为“{rough[0].value.raw or rough[0].printed}”，限值变成约数"
    if isinstance(figure.owner, BoundaryRequirement) or any(isinstance(f.owner, BoundaryRequirement) for f in mentions):
        return None
    if any(f.value.op not in ("=", "~") for f in mentions) or any(f.size != figure.size for f in mentions):
        return None
    if _in_table(figure) and not _OPERATOR.search(figure.value.raw or "≥"):
        return None  # a column of shares without signs: its floor is the catalogue's
    if figure.value.unit == "年一遇" or (figure.value.unit == "%" and mentions[0].size == 1):
        return None
    return f"上位“{figure.value.raw or figure.printed}”，本级只写{mentions[0].printed}，{'下限' if direction == 'floor' else '上限'}算符丢失"


_OPERATOR = re.compile(r"[不≥≤＞＜<>超限内上下少低高多大小]|控制|保持|稳定|突破")


def _own_choice(figure: Figure, wrong: Sequence[Figure], ground: Ground) -> bool:
    """Whether the upper plan leaves expected indicators that it does not allocate to the lower one, within its margin."""
    margin = ground.margin
    if margin is None or figure.owner.attribute == "binding" or figure.size is None:
        return False
    return all(f.size is not None and f.size >= figure.size * margin for f in wrong)


def _wrong_year(figure: Figure, scoped: Sequence[Figure], wanted: Sequence[Figure]) -> Outcome | None:
    """The value's year does not occur in the draft."""
    numbered = [f for f in scoped if f.size is not None]
    moved = next(
        (
            f
            for f in numbered
            if stands(f, figure, None) == "equal"
            or (
                f.year is not None
                and figure.year is not None
                and f.year > figure.year
                and not any(w.year == f.year for w in wanted)
            )
        ),
        None,
    )
    if moved is not None:
        put_off = not is_ratio(figure) and (moved.year or 0) > (figure.year or 0)
        return Outcome(
            "conflict" if put_off else "weakened",
            "IND-YEAR",
            f"上位要求{figure.year}年{figure.printed}，本级写为{moved.year}年",
            (moved,),
        )
    if len({w.year for w in wanted}) > 1:
        return Outcome("partial", "IND-YEAR", f"缺{figure.year}年的{figure.printed}", tuple(scoped))
    return Outcome(
        "partial", "IND-YEAR", f"上位要求{figure.year}年{figure.printed}，本级只有{scoped[0].year}年", tuple(scoped)
    )


def _of_attribute(requirement: Measured, key: str, same: Sequence[Figure], ground: Ground) -> list[Outcome]:
    """约束性 written as 预期性. The upper attribute is what any of its mentions prints, else the catalogue's."""
    printed = requirement.attribute or ground.upper_attributes.get(key)
    if printed is None:
        known = ground.lexicon.indicator(name_of(requirement))
        untold = not ground.upper_attributes or key_of(requirement, ground.lexicon)[0] in ground.upper_attributes
        printed = known.attribute if known is not None and known.verified and untold else None
    softer = [f for f in same if f.attribute in ("expected", "advisory")]
    if printed != "binding" or not softer:
        return []
    word = "预期性" if softer[0].attribute == "expected" else "建议性"
    return [Outcome("partial", "IND-ATTR", f"上位为约束性，本级写为{word}", tuple(softer))]


def _judgement(requirement: Measured, outcomes: Sequence[Outcome], same: Sequence[Figure], ground: Ground) -> Judgement:
    if not outcomes:
        return Judgement("fulfilled", f"本级已列{name_of(requirement)}", responses_of(same, ground))
    worst = min(outcomes, key=lambda outcome: ORDER[outcome.verdict])
    shown = dict.fromkeys(f.owner.id for o in sorted(outcomes, key=lambda o: ORDER[o.verdict]) for f in o.figures)
    owners = {f.owner.id: f for o in outcomes for f in o.figures} | {f.owner.id: f for f in same}
    responses = responses_of([owners[id_] for id_ in (*shown, *(o for o in owners if o not in shown))], ground)
    findings: list[Finding] = []
    for outcome in outcomes:
        for code in filter(None, (outcome.code, outcome.also)):
            message, places = f"{name_of(requirement)}：{outcome.sentence}", responses_of(outcome.figures, ground)
            codes = looser_codes(requirement, ground) if code == "IND-LOOSER" else (code,)
            findings += [problem(each, requirement, message, places) for each in codes]
    if worst.verdict in ("fulfilled", "refined"):
        findings += _no_place(requirement, responses, ground)
    sentence = "；".join(dict.fromkeys(o.sentence for o in outcomes if o.verdict == worst.verdict))
    return Judgement(worst.verdict, sentence, responses, tuple({f.id: f for f in findings}.values()))


_RESOURCE = re.compile(r"耕地|永久基本农田|生态保护红线|林地|湿地|草原|生态修复面积|自然岸线")


def _no_place(requirement: Measured, responses: Sequence[Response], ground: Ground) -> list[Finding]:
    """A resource that the draft takes over as a number only: no row of its own allocation, no place named beside it."""
    name = name_of(requirement)
    if not _RESOURCE.search(name) or any(
        key == key_of(requirement, ground.lexicon)[0] for _, key in ground.total_tables
    ):
        return []
    core = plain_name(name)[:4]
    for passage in ground.draft.passages:
        if core in passage.text and (passage.table is None or len(passage.text) > 40):
            named = ground.lexicon.gazetteer.mentions(passage.text, ground.seen_from)
            if any(ground.within(r) and r != ground.known_region for *_, r in named) or re.search(
                r"[山江河湖湾岛]", passage.text
            ):
                return []
    message = f"{name}只有数值，没有分解到下级单元，也没有落到具体地点"
    return [problem("IND-NOPLACE", requirement, message, responses[:1], severity="warning")]
