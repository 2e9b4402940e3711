"""The amounts that a clause sets (distance, height, share, 倍, area, time …) against those of its answer: which of them
speaks of which, on which side it falls, and which are not stated at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..plan.quantity import half_width
from ..plan.verdict import VerdictName
from .alignment import Candidate
from .amounts import SEASON, Amount, amounts, seasons
from .judgement import Defect, Ground
from .likeness import LIMIT
from .wording import BAN
from .words import letters

_MEASURES = frozenset(
    {
        "m",
        "m2",
        "m3",
        "m3/second",
        "1",
        "pp",
        "倍",
        "容积率",
        "年一遇",
        "yuan",
        "minute",
        "度",
        "层",
        "day",
        "月",
        "万吨",
        "吨",
        "t",
    }
)
"""Dimensions whose numbers set a limit. A count (四条廊道, 三级医院) as often only tells what there is."""
_SOFT = frozenset({"term", "度"})
"""Dimensions in which a looser number is a weaker rule rather than a wrong number."""


def looser_amount(upper: str, lower: str, ground: Ground) -> Defect | None:
    """A limit that lets more pass: a smaller floor or distance, a bigger cap, threshold or time."""
    return next(_looser(upper, lower, ground), None)


def _looser(upper: str, lower: str, ground: Ground) -> Iterator[Defect]:
    theirs, ours = wanted_amounts(upper, ground), amounts(lower, ground.units)
    eased = list(_eased(upper, theirs))
    firm = [a for a in ours if not a.approximate]
    for wanted in theirs:
        same = [a for each in ours if (a := _like(each, wanted, lower, upper)) is not None]
        kept = [a for a in same if any(_says(a, other) for other in theirs) and _plain(a, firm)]
        turn = _in_turn(wanted, theirs, same, upper, lower)
        if turn is not None:
            same, kept = [turn], []
        free = [a for a in same if a not in kept]
        equal = [a for a in kept if a.size == wanted.size]
        if _is_ease(wanted, eased) or (equal and not _other_holds_it(wanted, equal, free, theirs, upper, lower)):
            continue
        if same and not free and len(same) < _count(theirs, wanted):
            if any(_added(a, lower) for a in same):
                continue
            if not _another_case(wanted, theirs, upper, ground) and not any(
                _eases(e, wanted, a, same) for e in eased for a in same
            ):
                yield Defect("partial", "RULE-WEAK", f"缺{wanted.printed}的要求")
            continue
        same = free or same
        if not same or any(a.size == wanted.size and not a.approximate for a in same):
            continue
        direction = direction_of(wanted, upper)
        if direction is None:
            continue
        got = _counterpart(wanted, same, upper, lower)
        if any(_eases(e, wanted, got, ours) for e in eased) or _added(got, lower):
            continue
        looser = got.size < wanted.size if direction == "floor" else got.size > wanted.size
        if looser or (got.approximate and got.size == wanted.size):
            kind = "下限" if direction == "floor" else "上限"
            late = wanted.dimension == "day" and direction == "cap"  # a deadline put off
            soft = got.approximate or late or wanted.dimension in _SOFT
            grave: VerdictName = "weakened" if soft else "conflict"
            yield Defect(grave, "RULE-WEAK", f"{kind}放宽：上位{wanted.printed}，本级{got.printed}")


def _in_turn(wanted: Amount, theirs: Sequence[Amount], same: Sequence[Amount], upper: str, lower: str) -> Amount | None:
    """The answer's amount for the item of which the clause speaks where it gives each its own (甲、乙分别预留30米和20米). None if
    the clause doesn't, or the answer has more or fewer of them."""
    lead = upper.rfind("分别", 0, wanted.start)
    row = [a for a in theirs if a.dimension == wanted.dimension]
    if lead < 0 or not 1 < len(row) == len(same) or re.search(r"[，。；]", upper[lead : row[-1].start]):
        return None
    items = [letters(i) for i in re.split(r"[、和与及]", re.split(r"[，。；：]", upper[:lead])[-1]) if letters(i)]
    own = [[i[k : k + 2] for k in range(len(i) - 1)] for i in items]
    places = [next((lower.find(pair) for pair in pairs if pair in lower), -1) for pairs in own]
    at = row.index(wanted)
    if len(items) == len(row) and -1 not in places and len(set(places)) == len(places):
        at = sorted(places).index(places[at])
    return sorted(same, key=lambda a: a.start)[at]


def _added(amount: Amount, text: str) -> bool:
    """Whether a count comes on top of what is there: one more hospital may make two."""
    return amount.dimension == "count" and bool(
        re.search(r"再|新[增建]|另|增设", text[max(0, amount.start - 12) : amount.start])
    )


def wanted_amounts(upper: str, ground: Ground) -> tuple[Amount, ...]:
    """What a clause asks of the draft's region in numbers; a sum for several regions together is not asked of one."""
    found = amounts(upper, ground.units)
    summed = any(a.dimension in ("m2", "m3") and a.sense == "floor" for a in found)
    if summed and names_others(upper, ground):
        found = tuple(a for a in found if a.dimension not in ("m2", "m3") or a.sense != "floor")
    ours = tuple(a for a in found if not _of_others(a, upper, ground))
    kinds = {a.dimension for a in ours}
    return tuple(a for a in found if a in ours or a.dimension not in kinds)


_TOWN = re.compile(r"市?(?:中心城区|主城区|城区|市区|老城|建成区)")


def _of_others(amount: Amount, upper: str, ground: Ground) -> bool:
    """Whether the part of the clause that sets an amount sets it for other regions by name (甲市城区达到100年一遇), or for the town
    of the region above, of which a county is no part."""
    before = re.split(r"[，。；]", upper[: amount.start])[-1]
    named = ground.places.mentions(before, ground.upper_region)
    if not named:
        return False
    if any(ground.within(region) for *_, region in named):
        return False
    if all(region == ground.upper_region or ground.around(region) for *_, region in named):
        county = ground.region.name.endswith(("县", "旗")) and ground.known_region != ground.upper_region
        return county and all(_TOWN.match(before, end) for _, end, _ in named)
    return not any(ground.around(region) for *_, region in named)


def _plain(amount: Amount, firm: Sequence[Amount]) -> bool:
    return any((a.start, a.end) == (amount.start, amount.end) for a in firm)


def _says(ours: Amount, theirs: Amount) -> bool:
    if ours.dimension == "count" and _word(ours) != _word(theirs) and theirs.sense is not None:
        return False
    return ours.size == theirs.size and _numerator(ours.dimension) == _numerator(theirs.dimension)


def _numerator(dimension: str) -> str:
    return dimension.partition("/")[0]


def _like(ours: Amount, theirs: Amount, lower: str, upper: str) -> Amount | None:
    """The answer's amount in the terms of the clause's: the same dimension and, of things counted, the same word; 每亩 280
    万元 is 280 万元/亩. None if they measure different things."""
    if ours.dimension == theirs.dimension:
        if ours.dimension != "count" or _word(ours) == _word(theirs) or theirs.sense is None:
            return ours
        return None
    if _numerator(ours.dimension) != _numerator(theirs.dimension):
        return None
    per, whole = (theirs, ours) if "/" in theirs.dimension else (ours, theirs)
    text = lower if per is theirs else upper
    below = re.sub(r"^.*/", "", per.printed)
    if not below or not re.search(rf"每(?:一|1)?{re.escape(below)}|{re.escape(below)}均", text):
        return None
    number = Fraction(re.sub(r"[^0-9.].*$", "", half_width(per.printed)) or 0)
    if not number or not per.size:
        return None
    # the quotient's size in the terms of the one that says 每… in words
    printed = re.match(r"[0-9.]+", half_width(whole.printed))
    if printed is None:
        return None
    if per is theirs:
        return _with(ours, theirs.size * Fraction(printed[0]) / number, theirs.dimension)
    return _with(ours, theirs.size * number / Fraction(printed[0]), theirs.dimension)


def _with(amount: Amount, size: Fraction, dimension: str) -> Amount:
    return Amount(amount.start, amount.end, size, dimension, amount.sense, amount.approximate, amount.printed)


def _word(amount: Amount) -> str:
    return re.sub(r"^[0-9.,，〇零一二两三四五六七八九十百千万亿]+", "", amount.printed)


def _count(found: Sequence[Amount], like: Amount) -> int:
    return sum(a.dimension == like.dimension for a in found)


def _counterpart(wanted: Amount, same: Sequence[Amount], upper: str, lower: str) -> Amount:
    """The amount of the answer that speaks of the same: by the words before it, then by its size."""

    def nearness(amount: Amount) -> tuple[float, Fraction, int]:
        shared = _shared(wanted, amount, upper, lower) if len(same) > 1 else 0.0
        return (-shared, abs(amount.size - wanted.size), amount.start)

    return min(same, key=nearness)


def _other_holds_it(
    wanted: Amount, equal: Sequence[Amount], free: Sequence[Amount], theirs: Sequence[Amount], upper: str, lower: str
) -> bool:
    """Whether the answer has the number only for another thing: the clause sets it for more things than the answer does, and
    what the answer says of this one has another number (县城50年一遇，海塘50年一遇 → 县城20年一遇，海塘50年一遇)."""
    twins = sum(a.dimension == wanted.dimension and a.size == wanted.size for a in theirs)
    if len(equal) >= twins or not free:
        return False
    nearest, kept = (max(_shared(wanted, a, upper, lower) for a in some) for some in (free, equal))
    return nearest >= 0.3 and nearest > kept


def _shared(wanted: Amount, got: Amount, upper: str, lower: str) -> float:
    """0 to 1: how much of what is said about an amount of the clause is said about one of the answer."""
    about = _about(wanted, upper)
    return len(about & _about(got, lower)) / (len(about) or 1)


def _about(amount: Amount, text: str) -> frozenset[str]:
    """The pairs of characters before an amount in its part of the clause, and just behind it."""
    said = letters(_part(amount, text)) + letters(re.split(r"[，。；、]", text[amount.end :])[0][:6])
    return frozenset(said[at : at + 2] for at in range(len(said) - 1))


_EASED_TO = re.compile(
    r"可(?:以|再)?(?:适当)?(?:降[至到为低]+|放宽[至到为]*|提高[至到]|扩大[至到]|增加[至到]|减[至到少]+|缩[小减]?[至到])[^，。；0-9]{0,4}$"
)
_EASED_BY = re.compile(r"可(?:以|再)?(?:适当)?(?:下浮|下调|上浮|调减|浮动)(?!至|到)[^，。；0-9]{0,4}$")


@dataclass(frozen=True, slots=True)
class _Ease:
    """What a clause itself lets some depart from its limit: to another number, or by a share of it."""

    amount: Amount
    by: bool


def _eased(upper: str, theirs: Sequence[Amount]) -> Iterator[_Ease]:
    for amount in theirs:
        before = upper[max(0, amount.start - 16) : amount.start]
        if _EASED_TO.search(before):
            yield _Ease(amount, False)
        elif amount.dimension == "1" and _EASED_BY.search(before):
            yield _Ease(amount, True)


def _is_ease(wanted: Amount, eased: Sequence[_Ease]) -> bool:
    return any(e.amount is wanted for e in eased)


def _eases(ease: _Ease, wanted: Amount, got: Amount, ours: Sequence[Amount]) -> bool:
    """Whether a number of the answer lies between the limit and what the clause lets it be eased to. An answer that prints
    both keeps the limit and the easing apart, and is held to the limit."""
    if ease.amount.start < wanted.start or (
        not ease.by and any(_says(a, ease.amount) and a is not got and a.start != got.start for a in ours)
    ):
        return False
    if ease.by:
        low, high = wanted.size * (1 - ease.amount.size), wanted.size * (1 + ease.amount.size)
    elif ease.amount.dimension == wanted.dimension:
        low, high = sorted((wanted.size, ease.amount.size))
    else:
        return False
    return low <= got.size <= high


_CASE_WORDS = re.compile(
    r"地区|山区|平原|丘陵|平坝|坝区|高原|牧区|城区|县城|县|乡镇|镇区|城镇|农村|以[上下]的|中心城|类城市|型城市|级[^，。；]{0,6}(?:城市|河|公路)"
)


def _another_case(wanted: Amount, theirs: Sequence[Amount], upper: str, ground: Ground) -> bool:
    """Whether a clause sets several numbers for one thing in several kinds of places (平原地区 …，山区 …), of which an answer
    prints its own. What is asked of the draft's region by name is no such case."""
    if any(ground.within(r) for *_, r in ground.places.mentions(_part(wanted, upper), ground.upper_region)):
        return False
    beside = [a for a in theirs if a.dimension == wanted.dimension and a is not wanted]
    return any(_CASE_WORDS.search(_part(wanted, upper)) and _CASE_WORDS.search(_part(a, upper)) for a in beside)


def _part(amount: Amount, text: str) -> str:
    """The words before an amount in its part of the clause."""
    return re.split(r"[，。；、]", text[: amount.start])[-1]


def names_others(clause: str, ground: Ground) -> bool:
    """Whether a clause names other regions beside the draft's, so that its sums are for all of them together."""
    named = [r for *_, r in ground.lexicon.gazetteer.mentions(clause, ground.upper_region) if r != ground.upper_region]
    return any(ground.within(r) for r in named) and any(not ground.within(r) and not ground.around(r) for r in named)


def direction_of(amount: Amount, clause: str) -> str | None:
    """Which side of a number is looser: its own operator, else what the clause forbids within it (两侧100米内不得)."""
    if amount.dimension == "day":
        return "floor" if amount.sense == "floor" else "cap"
    part = re.split(r"[，。；]", clause[amount.end :])[0]
    trigger = _trigger_side(amount, clause)
    if trigger is not None:
        return trigger
    if amount.dimension in ("term", "月"):
        return "floor" if amount.sense == "floor" or BAN.search(LIMIT.sub("", part)) else "cap"
    if amount.sense == "cap" and _names_the_barred(amount, clause, part):
        return "floor"
    if amount.dimension == "度" or is_threshold(amount, clause):
        return "cap"
    case = _case_side(amount, clause)
    if case is not None:
        return case
    if amount.sense == "cap" and _is_zone(amount, clause):
        return "floor"
    if amount.sense is not None:
        return "cap" if amount.sense == "cap" else "floor"
    around = clause[max(0, amount.start - 12) : amount.end + 12]
    if amount.dimension == "minute" and _REACH.search(around):
        return "cap"
    if amount.dimension == "m" and re.search(r"两侧|一侧|向陆|范围内|半径|周边|退缩|以外|距离", around):
        return "floor"
    return "floor" if _is_zone(amount, clause) else None


_REACH = re.compile(
    r"通达|可达|直达|互达|到达|抵达|送达|可到|可上|上高速|覆盖|生活圈|通勤|交通圈|出行圈|步行|车程|响应"
)
"""Words of a time within which something is reached: the shorter the stricter."""
_CASE = re.compile(
    r"(?:及?以[上下内]|之内|起)?的(?P<what>[^，。；]{0,16}?)"
    r"(?:，|[一均]律|均|都(?=[应须要])|应当?(?!急|对|用|变|收)|须|必须|要(?!求|素|点|件)|不得|不予|禁止|严禁|不再|暂停|暂缓|先(?!进|导)|报(?!告|废)|由|列入|纳入|实行|核减|扣减|开展|进行|编制|组织|做|办)"
)
_BENEFIT = re.compile(
    r"^[^。；]{0,16}?(?:可(?!持续|达|靠|研|行性)|允许|给予|奖励|优先|享受|豁免|免(?:于|除|缴|征)|简化|直接(?:办理|纳入)|不再要求|无需|视同|支持|鼓励)"
)
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|比|度|量|面积|规模|高度|人口|跨径|宽度|长度|投资额?|挖深|深度|厚度|距离|库容|装机|等级|数量)(?:在|为)?$"
)


def _case_side(amount: Amount, clause: str) -> str | None:
    """The looser side of a number that says in which case a duty holds (占地超过100亩的项目须经论证; 处置率低于50%的县扣减指标):
    up of 以上, down of 以下; the other way round if the case earns a benefit. None if it is no such number."""
    before = re.split(r"[，。；：]", clause[: amount.start])[-1]
    match = _CASE.match(clause[amount.end :])
    if (
        match is None
        or amount.sense is None
        or re.search(r"不(?:得|应|宜)?(?:小于|少于|低于|短于|窄于|超过|大于|高于|多于|突破)|至少|控制在", before)
    ):
        return None
    operator = re.search(r"(?:达到|大于|高于|高过|多于|超过|超出|满|小于|低于|少于|未达到?|达不到|不足|不到)$", before)
    if re.search(r"达到$|建设|设置|预留|保留|配置|配建|形成|完成|实现", before) and not _MEASURED.search(before):
        return None  # 建设200米以上的林带: what is asked for
    noun = before[: operator.start()] if operator else before
    if amount.dimension == "1" and not _MEASURED.search(noun):
        return None  # 80%以上的村应…: how many
    benefit = _BENEFIT.match(clause[amount.end + match.end("what") :].lstrip("，"))
    stricter_below = amount.sense == "floor"
    return "cap" if stricter_below != bool(benefit) else "floor"


_TRIGGER = re.compile(
    r"(?:及?以[上下])?(?:的?时|的情况下|[之以]?后|的|即|就|便|，?应?(?:立即|立刻|及时|一律))[，、]?[^，。；]{0,6}?"
    r"(?:启动|分流|限[流行产批采用]|停|预警|报警|关闭|核减|扣减|疏散|撤离|转移|清退|调减|收回|叫停|熔断|封闭)"
)


def _trigger_side(amount: Amount, clause: str) -> str | None:
    """The looser side of a number at which a measure sets in (达到承载量80%时启动分流, 超过36个月的暂停供应): up, if it sets in from
    there upward. None if it is no such number."""
    before = re.split(r"[，。；：]", clause[: amount.start])[-1]
    if re.search(r"不(?:得|应|宜)?(?:小于|少于|低于|短于|窄于|超过|大于|高于|多于|突破)", before):
        return None
    behind = clause[amount.end :]
    operator = re.search(
        r"(?:达到?|升[至到]|超过|超出|高于|大于|触及|突破|满|低于|小于|不足|不到|降[至到]|跌破)[^，。；]{0,8}$", before
    )
    if _TRIGGER.match(behind) is None or not (operator or re.match(r"及?以[上下]", behind)):
        return None
    falls = bool(operator and re.match(r"低于|小于|不足|不到|降|跌破", operator[0])) or behind.lstrip("及").startswith(
        "以下"
    )
    return "floor" if falls else "cap"


_ZONE = re.compile(r"^(?:的)?(?:范围|之内|以内|内|区域|地带|可视)")
_BARS = re.compile(r"限制|严控|控制|避免|退出|清退|搬离|搬迁|迁出|关停|拆除|退让|禁|不得|不准|不许|不再|不予|不宜")


def _is_zone(amount: Amount, clause: str) -> bool:
    """Whether a length says how far from something a ban or a restriction reaches: the wider the stricter."""
    before = re.split(r"[，。；]", clause[: amount.start])[-1]
    part = clause[amount.start - len(before) :]
    return (
        amount.dimension == "m"
        and bool(_ZONE.match(clause[amount.end :]))
        and not re.search(r"高|宽|服务半径|间距", before[-8:])
        and bool(_BARS.search(LIMIT.sub("", re.split(r"[。；]", part)[0])))
    )


def _names_the_barred(amount: Amount, clause: str, part: str) -> bool:
    """Whether a cap says what is barred (限制新建年产120万吨以下的煤矿): a smaller one bars less."""
    before = re.split(r"[，。；]", clause[: amount.start])[-1]
    barred = r"(?:禁止|严禁|不得|不准|不再|限制|严控|严格控制)"
    after = re.match(rf"[及]?以下的?[^，。；]{{0,14}}{barred}", part)
    return bool(
        re.search(rf"{barred}[^，。；]{{0,12}}$", before) and re.match(r"[及]?以下的?[^，。；]{2,}", part)
    ) or bool(after)


def is_threshold(amount: Amount, clause: str) -> bool:
    """Whether the number says from where a prohibition holds (超过30%的县…从严, 150米以上…不得): lower is stricter."""
    rest = clause[amount.end :]
    if re.search(r"(?:不(?:得|应|宜)?(?:小于|少于|低于)|至少)[^，。；]*$", clause[: amount.start]):
        return False
    return (
        amount.sense == "floor"
        and bool(re.match(r"(?:及?以上)?的?[^，。；]{0,14}(?:，|$|[。；]|不得|禁止|严禁|从严|严格)", rest))
        and bool(
            re.search(r"不得|禁止|严禁|从严|严格(?:控制|限制)", LIMIT.sub("", rest))
            or re.search(r"(?:限制|禁止|不得)[^，。；]{0,8}$", LIMIT.sub("", clause[: amount.start]))
        )
    )


def unstated(upper: str, chosen: Sequence[Candidate], ground: Ground) -> Defect | None:
    """A limit of the clause of whose kind the answer states no number, so that nothing shows that it is kept."""
    theirs = wanted_amounts(upper, ground)
    eased = list(_eased(upper, theirs))
    passages = [c.passage for c in chosen]
    given = [a for p in passages for a in amounts(p.text, ground.units)]
    said = " ".join(p.text for p in passages)
    measured = {_numerator(a.dimension) for a in given}
    for wanted in theirs:
        kind = _numerator(wanted.dimension)
        dosed = bool(_DOSED.search(upper[max(0, wanted.start - 14) : wanted.start])) and bool(
            _DOSE.match(upper[wanted.end :])
        )
        if (kind not in _MEASURES and not dosed) or kind in measured or _is_ease(wanted, eased):
            continue
        tells = wanted.dimension == "度" and wanted.sense is None  # 坡度15—25度的缓坡地: where, not how much
        if (
            tells
            or (direction_of(wanted, upper) is None and not dosed)
            or (wanted.size == 1 and kind == "1" and _ALL.search(said))
        ):
            continue
        if _another_case(wanted, theirs, upper, ground) or re.search(r"现状|已有|约", _part(wanted, upper)[-6:]):
            continue
        return Defect("partial", "RULE-WEAK", f"缺{_shown(wanted, upper)}的要求")
    return None


def shorter_season(upper: str, chosen: Sequence[Candidate]) -> Defect | None:
    """A time of the year in which something holds (3月至6月封闭管理) that the answer cuts short or doesn't name."""
    theirs = seasons(upper)
    if not theirs:
        return None
    ours = [season for c in chosen for season in seasons(c.passage.text)]
    for wanted in theirs:
        if any(wanted <= season for season in ours):
            continue
        shown = next(m[0] for m in SEASON.finditer(half_width(upper)))
        if not ours:
            return (
                None
                if any(_SPAN.search(c.passage.text) for c in chosen)
                else Defect("partial", "RULE-WEAK", f"缺“{shown}”的时段")
            )
        return Defect("weakened", "RULE-WEAK", f"时段未覆盖上位“{shown}”")
    return None


_DOSED = re.compile(r"按照?[^，。；按]{0,12}$")
_DOSE = re.compile(
    r"(?:以上|以内|的?(?:标准|比例|规模|要求))?(?:进行)?(?:统一)?(?:配[置建备套]|预留|控制|划定|设[置防计]|建设|供[应给]|征收|安排|布局|布设|落实)"
)
"""按服务人口的1.2倍配置: a number by which something is provided."""
_SPAN = re.compile(r"全年|[产越繁育禁汛旱][^，。；限日]{0,3}(?:期|季)|[春夏秋冬]季")
"""Times of the year told by what happens in them."""
_ALL = re.compile(r"全部|全覆盖|全数|悉数|一律|均|都|全[面镇县市乡域]|逐一|当年毁多少|一分不欠")


def _shown(amount: Amount, clause: str) -> str:
    """A number with the words around it, as far as its part of the clause goes."""
    before = re.split(r"[，。；：、]", clause[: amount.start])[-1]
    before = before if len(before) <= 16 else ""
    after = re.match(r"(?:及?以上|及?以下|[以之]?内|范围[之以]?内|左右)?", clause[amount.end :])
    return f"“{before}{clause[amount.start : amount.end]}{after[0] if after else ''}”"


__all__ = ["direction_of", "looser_amount", "names_others", "shorter_season", "unstated"]
