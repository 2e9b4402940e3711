"""Indicators and areas of control lines: the upper plan's value for the region against what the draft prints.

A number is judged by its direction: only the wrong side is wrong, stricter is fine. Units are exact, the tolerance is
half of the coarser last digit, and every mention in text and tables is looked at (DOMAIN §3.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz import fuzz

from ..plan.finding import Finding
from ..plan.quantity import decimal_string, exact, half_step, standing
from ..plan.requirement import BoundaryRequirement
from ..plan.verdict import Response, VerdictName
from .amounts import amounts
from .definitions import measured_otherwise, name_likeness, of_other_scope
from .figures import (
    Figure,
    Measured,
    direction_of,
    figures_of,
    is_baseline,
    is_ratio,
    is_region,
    key_of,
    name_of,
    plain_name,
    town_key,
)
from .judgement import Ground, Judgement, nearest_three, problem
from .rates import told_rate
from .standing import arithmetic, rounded, slip_of, stands
from .words import letters

RARE = frozenset({"pp", "年一遇"})
"""Dimensions that few indicators have, so that little of a name is enough to know one by."""
SAME_NAME, NEAR_NAME = 82, 68
"""rapidfuzz ratio of two plain names from which they are the same, or so near that the definition must be compared."""
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
    pool = draft_figures(ground)
    key, concept = key_of(requirement, ground.lexicon)
    same = matching(requirement, key, concept, wanted, pool, ground.total_tables)
    if any(w.urban for w in wanted):
        same += [f for f in _of_town(requirement, wanted, pool, ground) if f not in same]
    if not same:
        return _without_answer(requirement, wanted, whole, pool, ground)
    outcomes = [outcome for figure in wanted if (outcome := _judge_value(figure, same, wanted, whole, ground))]
    outcomes += _of_attribute(requirement, key, same, ground)
    return _judgement(requirement, outcomes, same, ground)


def draft_figures(ground: Ground) -> list[Figure]:
    """The draft's own values for its whole area."""
    plan, lexicon = ground.draft.plan, ground.lexicon
    found: list[Figure] = []
    for mode in ("indicator", "boundary"):
        for requirement in ground.draft.by_mode[mode]:
            assert requirement.mode in ("indicator", "boundary")
            for figure in figures_of(requirement, lexicon, plan.document.period.end):
                if is_region(figure.value.region, ground.known_region or ground.region, lexicon.gazetteer):
                    found.append(figure)
    return found


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two values can stand against each other: the same dimension, or one of them without a number."""
    if one.size is None or other.size is None:
        return True
    if one.unit is None or other.unit is None:
        return (one.value.unit or "") == (other.value.unit or "")
    return one.unit.dimension == other.unit.dimension


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
    same = [f for f in fits if plain_name(name_of(f.owner)) == name]
    if same:
        return same
    scored = [
        (name_likeness(name, plain_name(name_of(f.owner))), f)
        for f in fits
        if concept is None or f.concept is None or f.concept == concept or not f.fits_concept
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < SAME_NAME:
        return []
    return [f for score, f in scored if score >= best - 2]


def _of_town(requirement: Measured, wanted: Sequence[Figure], pool: list[Figure], ground: Ground) -> list[Figure]:
    """县城常住人口规模 is 常住人口规模 of the town: the draft's figures of that scope under the shorter name."""
    keys = {town_key(w, ground.lexicon) for w in wanted} - {w.key for w in wanted}
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
    scoped = in_scope(figure, same)
    if whole and not is_ratio(figure) and figure.size is not None and same:
        shown = [f for f in scoped or same if f.size is not None] or list(same)
        if figure.value.op in (">=", "<=") and all(f.value.op == "~" for f in shown):
            lost = f"上位有明确限值{figure.printed}，本级落实数为约数{shown[0].printed}"
            return Outcome("weakened", "IND-OP", lost, tuple(shown))
        return Outcome("refined", None, f"上位为全域总量{figure.printed}，本级落实{shown[0].printed}", tuple(shown))
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
    if not here:
        if whole and figure.owner.attribute != "binding" and any(f.year == w.year for f in scoped for w in wanted):
            return None
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
    return _against(figure, numbered, wanted, whole, ground)


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
    if re.search(r"城区|建成区", name_of(figure.owner)):
        return list(same)
    exact_scope = [f for f in same if f.scope_class == figure.scope_class]
    if exact_scope:
        return exact_scope
    wider = [f for f in same if not f.scope_class]
    if wider:
        return wider
    return [f for f in same if not is_ratio(figure) and direction_floor(figure)]


def direction_floor(figure: Figure) -> bool:
    return figure.value.op in (">=", ">") or figure.owner.direction == "floor"


def _against(
    figure: Figure, numbered: Sequence[Figure], wanted: Sequence[Figure], whole: bool, ground: Ground
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
    if whole and wrong and not right and _NATURE.search(name_of(figure.owner)) and _began_below(wrong, figure, ground):
        sentence = arithmetic(wrong[0], figure, direction)
        return Outcome(
            "undetermined", None, f"{sentence}；上位为全域平均值，未分解到本级，是否达标待上位明确", tuple(numbered)
        )
    if wrong and right:
        code = _split_code(wrong, right)
        said = f"{arithmetic(wrong[0], figure, direction)}；另一处为{right[0].printed}，前后不一"
        if code == "DOC-TEXT-TABLE":
            return Outcome("conflict", "IND-LOOSER", said, tuple(numbered), code)
        return Outcome("partial", code, said, tuple(numbered))
    if wrong:
        return _looser(figure, wrong, wanted, direction)
    pairs = [problem_ for f in right if (problem_ := _pair_slip(f, figure, direction, ground))]
    if pairs:
        return Outcome("partial", "IND-UNIT", pairs[0], tuple(numbered))
    lost = _lost_operator(figure, found, direction)
    if lost:
        return Outcome("weakened", "IND-OP", lost, tuple(numbered))
    best = right[0]
    how = "，严于上位" if all(h == "stricter" for _, h in found) else ""
    return Outcome("fulfilled", None, f"{arithmetic(best, figure, direction)}{how}", tuple(numbered))


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


def _pair_slip(ours: Figure, theirs: Figure, direction: str | None, ground: Ground) -> str | None:
    """The same number in a second unit that falls below what the first one keeps: 258.13 平方公里（37.82 万亩）."""
    pair = ours.value.pair
    if not pair or pair.get("value") is None or not pair.get("unit"):
        return None
    unit, number = ground.units.find(pair["unit"]), exact(str(pair["value"]))
    if unit is None or number is None or theirs.size is None or ours.size is None:
        return None
    size, step = number * unit.factor, half_step(str(pair["value"]), unit)
    if abs(size - ours.size) <= max(step, ours.step) or direction is None:
        return None
    side = standing(size, theirs.size, "floor" if direction == "floor" else "cap", max(step, theirs.step))
    if side != "looser":
        return None
    return f"{ours.printed}与括注{pair['value']}{pair['unit']}不符，括注值未达到上位{theirs.printed}"


def _lost_operator(figure: Figure, found: Sequence[tuple[Figure, str]], direction: str | None) -> str | None:
    """不低于 that became 左右 or a bare number, where the number itself is no stricter."""
    if figure.value.op not in (">=", "<=", ">", "<") or (figure.unit is None and not figure.value.unit):
        return None
    mentions = [f for f, _ in found]
    rough = [f for f in mentions if f.value.op == "~"]
    if rough:
        return f"上位“{figure.value.raw or figure.printed}”，本级为“{rough[0].value.raw or rough[0].printed}”，限值变成约数"
    if isinstance(figure.owner, BoundaryRequirement) or any(isinstance(f.owner, BoundaryRequirement) for f in mentions):
        return None
    if any(f.value.op not in ("=", "~") for f in mentions) or any(f.size != figure.size for f in mentions):
        return None
    if figure.value.unit == "年一遇" or (figure.value.unit == "%" and mentions[0].size == 1):
        return None
    return f"上位“{figure.value.raw or figure.printed}”，本级只写{mentions[0].printed}，{'下限' if direction == 'floor' else '上限'}算符丢失"


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
        return Outcome(
            "weakened", "IND-YEAR", f"上位要求{figure.year}年{figure.printed}，本级写为{moved.year}年", (moved,)
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
        printed = known.attribute if known is not None and known.verified else None
    softer = [f for f in same if f.attribute in ("expected", "advisory")]
    if printed != "binding" or not softer:
        return []
    word = "预期性" if softer[0].attribute == "expected" else "建议性"
    return [Outcome("partial", "IND-ATTR", f"上位为约束性，本级写为{word}", tuple(softer))]


def _judgement(requirement: Measured, outcomes: Sequence[Outcome], same: Sequence[Figure], ground: Ground) -> Judgement:
    if not outcomes:
        return Judgement("fulfilled", f"本级已列{name_of(requirement)}", _responses(same, ground))
    worst = min(outcomes, key=lambda outcome: ORDER[outcome.verdict])
    shown = dict.fromkeys(f.owner.id for o in sorted(outcomes, key=lambda o: ORDER[o.verdict]) for f in o.figures)
    owners = {f.owner.id: f for o in outcomes for f in o.figures} | {f.owner.id: f for f in same}
    responses = _responses([owners[id_] for id_ in (*shown, *(o for o in owners if o not in shown))], ground)
    findings: list[Finding] = []
    for outcome in outcomes:
        for code in filter(None, (outcome.code, outcome.also)):
            if code == "IND-LOOSER" and is_line(requirement, ground):
                code = "LINE-AREA"
            message, places = f"{name_of(requirement)}：{outcome.sentence}", _responses(outcome.figures, ground)
            findings.append(problem(code, requirement, message, places))
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


def is_line(requirement: Measured, ground: Ground) -> bool:
    """Whether the number is the area of a control line."""
    if isinstance(requirement, BoundaryRequirement) or "boundary" in requirement.modes:
        return True
    return ground.lexicon.line(name_of(requirement)) is not None


def _responses(figures: Sequence[Figure], ground: Ground) -> tuple[Response, ...]:
    owners = {figure.owner.id: figure.owner for figure in figures}
    answers = [answer for owner in owners.values() for answer in ground.draft.answers(owner, 1.0)]
    return tuple({answer.text: answer for answer in answers}.values())[:8]


def _without_answer(
    requirement: Measured, wanted: Sequence[Figure], whole: bool, pool: list[Figure], ground: Ground
) -> Judgement:
    """No figure of the same thing: a near name with another definition, a sentence that extraction missed, or nothing."""
    name = name_of(requirement)
    near = _near_names(requirement, wanted, pool, ground)
    if near and whole and not all(is_ratio(w) for w in wanted):
        near = []
    summed = _sum_of_parts(requirement, wanted, near, whole, ground)
    if summed is not None:
        return summed
    narrow = [f for f in pool if of_other_scope(requirement, f) and any(comparable(w, f) for w in wanted)]
    if narrow and not near and ground.index.nearest(name, limit=1):
        message = f"口径缩小：上位为“{name}”，本级为“{name_of(narrow[0].owner)}”"
        responses = _responses(narrow, ground)
        return Judgement("partial", message, responses, (problem("IND-SCOPE", requirement, message, responses),))
    if near:
        message = f"口径不同：上位为“{name}”，本级为“{name_of(near[0].owner)}”"
        responses = _responses(near, ground)
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
    responses = _responses(list(parts.values()), ground)
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


def _owed(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> bool:
    """Whether a value of the whole area that is not allocated must be answered: a rate or density that the text demands
    of every part. Sums are not owed, nor rows of the upper plan's own table where it allocates other rows but not this."""
    if not all(is_ratio(w) for w in wanted) or requirement.attribute == "advisory":
        return False
    spans = [*requirement.where, *(span for mention in requirement.mentions for span in mention.where)]
    spans += [span for value in requirement.values for span in value.where]
    in_table = any(span.table is not None for span in spans)
    change = bool(re.search(r"下降|降低|增长|提高", name_of(requirement)))
    return not in_table or (requirement.attribute == "binding" and not (change and ground.allocates))


def _must_be_listed(requirement: Measured, wanted: Sequence[Figure], ground: Ground) -> bool:
    """Whether a sum that the upper plan itself says is handed down (分解下达) has no share printed for anybody."""
    if requirement.attribute != "binding" or all(is_ratio(w) for w in wanted):
        return False
    said = "".join((requirement.text, *ground.rows_of(requirement)))
    return bool(re.search(r"分解下达|下达任务|逐级分解|分解落实", said))


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
        for amount in amounts(passage.text, ground.units):
            figure = next((w for w in sizes if w.dimension == amount.dimension), None)
            if figure is None or figure.size is None:
                continue
            needed = 0.25 if amount.dimension in RARE and rank == 0 else 0.35 if amount.size == figure.size else 0.62
            if rank == 0 and is_ratio(figure) and len(amounts(passage.text, ground.units)) == 1:
                needed = min(needed, 0.5)
            if candidate.cover < needed:
                continue
            direction = direction_of(figure, ground.lexicon)
            response = ground.draft.quote(passage, round(candidate.score, 3))
            if whole and not is_ratio(figure):
                return Judgement("refined", f"本级落实{amount.printed}", (response,))
            side = standing(amount.size, figure.size, "floor" if direction == "floor" else "cap", figure.step)
            if side != "looser":
                return Judgement("fulfilled", f"规划 {amount.printed}，上位 {figure.printed}", (response,))
            message = f"{name_of(requirement)}：规划 {amount.printed}，未达到上位 {figure.printed}"
            return Judgement(
                "conflict", message, (response,), (problem("IND-LOOSER", requirement, message, (response,)),)
            )
    return None
