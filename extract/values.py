"""Words → amounts: operators, numbers, units, ranges, changes, second units and references of a sentence or a cell.

What is printed is kept (CONTRACT §3): `op` is what the words say, a bare number is `=`; whether it suffices is judged
later by the indicator's direction. The word lists are the closed class of DOMAIN §4.4.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ..plan import quantity
from ..plan.quantity import Units
from ..plan.requirement import Change, Operator, Region, Value
from ..plan.span import Span

FLOOR = (
    r"不(?:得|应|宜|能|可|会)?(?:低于|少于|小于|窄于|短于|浅于|薄于)|应不低于|至少(?:应?达到|应?为|完成|保持|拿出|安排|预留)?|最低(?:不少于|为)?|下限(?:值)?为?|"
    r"大于(?:或)?等于|高于(?:或)?等于|大于或等于|≥|≧|>=|⩾"
)
CAP = (
    r"不(?:得|应|宜|能|可|准|再)?(?:超过|突破|高于|大于|多于|超出|宽于|长于|深于)|至多|最多|最高(?:不超过|为)?|上限(?:值)?(?:控制在|为)?|"
    r"小于(?:或)?等于|低于(?:或)?等于|控制不超过|≤|≦|<=|⩽"
)
OVER = r"超过|突破|高于|大于|多于|＞|>"
UNDER = r"低于|小于|少于|不足|不到|不满|＜|<"
ABOUT = r"大约为?|约为|约占|约|接近|将近|近|大致|大体|≈|～"
STATED = r"达到|达|(?:保持|稳定|维持|巩固|坚守|锁定|守)在|保持|稳定|维持|为|是|完成|实现|按|占"
HELD = r"控制在|限定在|限制在|控制为|控制到|严控在|压缩在|压减在"
LEVELLED = r"(?:调整为|(?:调整|提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|压缩|恢复|发展|扩展|拓展|壮大|增)(?:到|至)|降至|降到|增至|升至|减至|减到)"
RISE = r"提高|提升|增加|增长|上升|扩大"
FALL = r"下降|降低|减少|压减|压缩|削减|缩减|下调"
BEFORE: tuple[tuple[str, Operator], ...] = (
    (FLOOR, ">="),
    (CAP, "<="),
    (OVER, ">"),
    (UNDER, "<"),
    (ABOUT, "~"),
)
AFTER: tuple[tuple[str, Operator], ...] = (
    (r"(?:及|或|和)?以上|[宽高长深厚]以上|起步|为(?:下限|底数|底线|底)|的(?:下限|底线)", ">="),
    (r"(?:及|或)?(?:以下|以内|之内)|[宽高长深厚]以[下内]|封顶|为(?:上限|限|顶)|的上限", "<="),
    (r"左右|上下", "~"),
    (r"(?:的)?(?:规模)?(?:进行)?控制(?!要求|线|指标|的)", "<="),
)
GIVER = r"(?:(?:国家|省|自治区|市)(?:和|及|、|或))?(?:国家|国务院|上级|上位|自治区|兵团|[省市县州盟]级?|省政府|市政府)(?:人民政府|自然资源(?:主管)?部门|有关部门|规划)?"
REFERENCE = re.compile(
    rf"(?P<op>{FLOOR}|{CAP}|完成|落实|达到|满足|严格执行|执行|依据|依照|按照|根据|遵照|按|以)?(?:不折不扣)?"
    rf"(?P<words>{GIVER}(?:有关)?(?:最终)?(?:分解)?(?:下达|核定|分解|分配|确定|批准|批复)(?:确定)?的?"
    r"(?:[^，。；、（）()0-9]{0,10}?(?:任务数?|指标|目标值?|要求|数据?|规模|额度|总量|标准|文件|方案|为准))?)"
)
PLAIN_REFERENCE = re.compile(rf"{GIVER}(?:下达|核定|分解|分配|统筹确定)[^，。；、]*")
_GIVEN = re.compile("下达|核定|分解|分配|确定|批准|批复")
"""What every reference holds."""
RANGE_SIGN = r"(?:\s*(?:—{1,2}|－|–|―|-|~|～|至|到)\s*)"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a text: characters `start`..`end` hold it with its operator words, `at`..`until` the printed figure
    with its unit. `gap` is what stands between operator and figure ("原有耕地面积的")."""

    start: int
    end: int
    at: int
    until: int
    op: Operator = "="
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    reference: str | None = None
    change: Change | None = None
    per: str | None = None
    pair: Amount | None = None
    gap: str = ""
    stated: bool = False
    """Whether a word or sign gives the operator (不低于, 达到, ≥ …)."""


def folded(text: str) -> str:
    """The text with full-width digits, letters and signs as half width and radicals as characters; the same length."""
    return _ODD.sub(lambda match: _folded_character(match[0]), text)


_ODD = re.compile(
    r"[\u2e80-\u3000\u3003-\u33ff\uf900-\uff00\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1d\uff20-\uff5d\uff5f-\uffef]"
)
"""Characters that have another form: radicals, compatibility forms, full-width signs, without the common stops."""


def _folded_character(char: str) -> str:
    if char < "\u2000" or "\u3400" <= char <= "\u9fff" or char in "，。；：（）、！？～＞＜":
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


class _Grammar:
    """The regexes that need the lexicon's units."""

    def __init__(self, units: Units) -> None:
        self.units = units
        unit, number = units.pattern, quantity.NUMBER
        self.figure = re.compile(
            rf"(?P<low>{number})\s*(?:(?P<lowunit>{unit})|[百千万亿]{{1,2}}(?=\s*[—－–―\-~～至到]))?{RANGE_SIGN}(?P<high>{number})\s*(?P<rangeunit>{unit})?"
            rf"|(?P<number>{number})\s*(?P<unit>{unit})?"
        )
        self.second = re.compile(
            rf"\s*[（(](?:合|即|约合|折合|约)?\s*(?P<number>{quantity.ARABIC_NUMBER})\s*(?P<unit>{unit})[）)]"
        )
        self.per = re.compile(r"每(?:个)?(?P<per>[百千万]?(?:平方公里|平方千米|公顷|万人|千人|百人|人|亩|户|年))$")


_GRAMMARS: dict[int, tuple[Units, _Grammar]] = {}


def _grammar(units: Units) -> _Grammar:
    known = _GRAMMARS.get(id(units))
    if known is None or known[0] is not units:
        known = _GRAMMARS[id(units)] = (units, _Grammar(units))
    return known[1]


def find_amounts(text: str, units: Units) -> tuple[Amount, ...]:
    """All amounts of a text in order: figures with a unit, an operator or a share in words, and references.

    Years, article and table numbers and dates are no amounts.
    """
    return _amounts(text, _grammar(units))


@lru_cache(maxsize=8192)
def _amounts(text: str, grammar: _Grammar) -> tuple[Amount, ...]:
    """`find_amounts`; each finder asks for the amounts of the same sentences."""
    plain = folded(text)
    found: list[Amount] = []
    references = _references(plain)
    done = 0
    for match in grammar.figure.finditer(plain):
        if match.start() < done or any(r.at <= match.start() < r.until for r in references):
            continue
        amount = _figure(plain, match, grammar, done)
        if amount is None:
            continue
        if (
            found
            and amount.op == "="
            and not amount.stated
            and re.fullmatch(r"\s*[、和及与]\s*", plain[found[-1].end : amount.at])
        ):
            amount = replace(amount, op=found[-1].op, stated=found[-1].stated, change=amount.change or found[-1].change)
        found.append(amount)
        done = amount.end
    references = [r for r in references if not any(r.until == amount.at for amount in found)]  # 国家下达的455.6万亩
    found = [_as_referred(plain, amount, references) for amount in found]
    return tuple(sorted([*found, *references], key=lambda amount: amount.at))


def _as_referred(plain: str, amount: Amount, references: list[Amount]) -> Amount:
    """不低于上级下达任务（312万亩）: the figure in brackets has the operator of what it spells out."""
    told = next((r for r in references if re.fullmatch("[（(]", plain[r.end : amount.start])), None)
    return amount if told is None or amount.stated else replace(amount, op=told.op, stated=told.stated)


def _references(plain: str) -> list[Amount]:
    found: list[Amount] = []
    if not _GIVEN.search(plain):
        return found
    for match in REFERENCE.finditer(plain):
        verb, words = match["op"] or "", match["words"]
        if not verb:
            continue
        op: Operator = ">=" if verb and re.fullmatch(FLOOR, verb) else "<=" if verb and re.fullmatch(CAP, verb) else "="
        found.append(
            Amount(
                match.start(),
                match.end(),
                match.start("words"),
                match.end("words"),
                op,
                reference=words,
                stated=bool(verb),
            )
        )
    return found


def _figure(plain: str, match: re.Match[str], grammar: _Grammar, done: int) -> Amount | None:
    ranged = match["low"] is not None
    first = match["low"] if ranged else match["number"]
    unit = (match["rangeunit"] or match["lowunit"]) if ranged else match["unit"]
    at, until = match.span()
    if unit == "起" and plain.startswith("步", until):  # 容积率1.2起步
        unit, until = None, match.end("number")
    if ranged and not _sound_range(plain, match, unit):
        at, until = match.start("low"), match.end("lowunit") if match["lowunit"] else match.end("low")
        ranged, unit = False, match["lowunit"]
    while until > at and plain[until - 1].isspace():
        until -= 1
    read = quantity.numeral(first)
    if read is None or _is_label(plain, at, until, first, unit):
        return None
    in_words = _CHINESE_DIGIT.search(first) and not read.unit and "/" not in read.printed
    if in_words and (not unit or first in ("十", "百", "千", "万", "亿")):
        return None
    change = _change(plain, at, unit or read.unit)
    before, after = _before(plain, done, at, change is not None), _after(plain, until)
    op, stated, start, gap = before
    end = until
    if after is not None and (not stated or op in ("=", "<=", "~") or after[0] == "~"):
        if not (stated and op == "<=" and before[0] != after[0] and not re.search(HELD, plain[start:at])):
            op, stated = after[0], True
        end = after[1]
    elif after is not None:
        end = after[1]
    if ranged:
        op, stated = "range", True
        end = end if after is None else until
        if bound := re.match(r"\s*之间", plain[until:]):
            end = until + bound.end()
    per = grammar.per.search(gap) if gap else None
    if per and unit:
        unit = f"{unit}/{per['per']}"
    pair, end = _pair(plain, until, end, grammar, unit)
    if pair is not None and after is None and not stated and (behind := _after(plain, pair.until + 1)) is not None:
        op, stated = behind[0], True  # 3970平方公里（595.5万亩）以上
    upper = quantity.numeral(match["high"]) if ranged else None
    return Amount(
        start,
        end,
        at,
        until,
        op,
        read.printed,
        upper.printed if upper else None,
        unit or read.unit,
        change=change,
        per="year" if _YEARLY.search(plain[max(0, start - 16) : at]) else None,
        pair=pair,
        gap=gap,
        stated=stated,
    )


_CHINESE_DIGIT = re.compile(f"[{quantity.CHINESE}]")
_YEARLY = re.compile(r"(?:每年|年均)[^，。；]{0,12}$")
_LABEL_BEFORE = re.compile(r"(?:第|表|图|专栏|附件|附录|〔|\[|[A-Za-z]|[“\"+＋.]|[\d][-—])\s*$")
_LABEL_AFTER = re.compile(r"[条款章节号月日]|[-—]\d|[〕\]]|\+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _sound_range(plain: str, match: re.Match[str], unit: str | None) -> bool:
    """A range has a unit or two decimals, its ends rise, and it is no span of years."""
    low, high = quantity.exact(match["low"]), quantity.exact(match["high"])
    if low is None or high is None or low >= high:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", match["low"]) and re.fullmatch(r"(?:19|20)\d\d", match["high"]):
        return False
    if re.match(r"年(?!一遇)", plain[match.end("high") :]) or ((unit or "").startswith("年") and unit != "年一遇"):
        return False
    return bool(unit) or "." in match["low"]


def _is_label(plain: str, at: int, until: int, number: str, unit: str | None) -> bool:
    """Years, dates, numbers of articles, tables, documents and roads, and parts of names such as “1-2-3”."""
    left, right = plain[max(0, at - 4) : at], plain[until : until + 2]
    if left and _LABEL_BEFORE.search(left):
        return True
    if len(number) == 4 and _YEAR.fullmatch(number) and (unit in ("年", None) or right[:1] == "年"):
        return not (unit is None and re.search(rf"(?:{FLOOR}|{CAP})$", plain[max(0, at - 6) : at]))
    if unit is None and _LABEL_AFTER.match(right):
        return True
    return (
        unit == "月"
        or (unit == "张" and right[:1] == "图")
        or (unit in ("天", "日") and right[:1] == "日")
        or (unit == "期" and number in ("一", "二", "三"))
    )


def _before(plain: str, done: int, at: int, changes: bool) -> tuple[Operator, bool, int, str]:
    """The operator words before a figure: (op, whether stated, where they start, what stands between)."""
    left = plain[max(done, at - 40) : at]
    base = at - len(left)
    cut = max((left.rfind(stop) for stop in "。；，、：！？"), default=-1) + 1
    left, base = left[cut:], base + cut
    if not left:
        return "=", False, at, ""
    if _OPERATOR_LAST.search(left):
        for pattern, op in _NEAR[changes]:
            near = pattern.search(left)
            if near:
                return op, True, base + near.start(), ""
    if _BOUND.search(left):
        for pattern, op in _FAR:
            far = _last(pattern, left)
            if far is not None:
                gap = _GAP.fullmatch(left[far.end() :])
                if gap and _is_basis(gap["gap"]):
                    return op, True, base + far.start(), gap["gap"].strip()
    held = _HELD_BEFORE.search(left)
    if held:
        return "<=", True, base + held.start(), held["gap"].strip()
    plainly = _PLAINLY[changes].search(left)
    if plainly:
        return "=", True, base + plainly.start(), ""
    return "=", False, at, ""


_TAIL = r"(?P<gap>[^0-9，。；、]{0,6}(?:(?:19|20)\d\d年)?[^0-9，。；、]{0,16}?)\s*$"
_VERBS = rf"{LEVELLED}|{HELD}|{STATED}|累计|均|应|都"
_CHANGING = rf"{_VERBS}|{RISE}|{FALL}|了|幅度|率"
_OPERATOR_LAST = re.compile(rf"(?:{'|'.join(words for words, _ in BEFORE)})\s*$")
_NEAR = {
    changes: tuple((re.compile(rf"(?:{verbs})*(?P<op>{words})\s*$"), op) for words, op in BEFORE)
    for changes, verbs in ((False, _VERBS), (True, _CHANGING))
}
"""Operators right before a figure, by whether the figure is a change."""
_BOUND = re.compile(f"{FLOOR}|{CAP}")
_FAR = tuple((re.compile(rf"(?P<op>{words})(?=[^，。；、]*$)"), op) for words, op in BEFORE[:2])
_GAP = re.compile(_TAIL)
_HELD_BEFORE = re.compile(rf"(?:{HELD}){_TAIL}")
_PLAINLY = {changes: re.compile(rf"(?:{verbs}|:|：)+\s*$") for changes, verbs in ((False, _VERBS), (True, _CHANGING))}
_AFTER = tuple((re.compile(rf"\s*(?:{words})"), op) for words, op in AFTER)


_STOPPED = frozenset(["", *"，。；：、（）"])
"""What behind a figure tells that no operator follows."""


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _is_basis(gap: str) -> bool:
    """What may stand between an operator and its figure: 每平方公里, 整治前耕地面积的, 保护任务, 每百户."""
    return bool(gap.strip()) and not re.search(r"[（）()“”]", gap)


def _after(plain: str, until: int) -> tuple[Operator, int] | None:
    if plain[until : until + 1] in _STOPPED:
        return None
    for pattern, op in _AFTER:
        match = pattern.match(plain[until : until + 8])
        if match:
            return op, until + match.end()
    return None


_CHANGED = re.compile(
    rf"(?:(?P<rise>{RISE})|(?P<fall>{FALL}))(?:率|幅度|比例)?(?:了)?(?:{FLOOR}|{CAP}|{OVER}|{ABOUT}|{STATED}|{HELD}|均|应)*\s*$"
)
_BASE = re.compile(
    r"(?:较|比|相比|相对|对比|与)(?:于)?(?:(?P<year>(?:19|20)\d\d)年|(?P<now>基期年?|现状年?|基准年?|基础年))"
)


def _change(plain: str, at: int, unit: str | None) -> Change | None:
    """较2020年下降不少于40%, 提高5个百分点: a change, unless the words lead to a level (下降到, 提高至)."""
    left = plain[max(0, at - 60) : at]
    left = left[max(left.rfind(stop) for stop in "。；，：") + 1 :]
    verb = _CHANGED.search(left)
    if verb is None or re.search(r"(?:到|至)\s*$", left):
        return None
    base = _last(_BASE, left)
    if base is None and verb["rise"] and (unit or "") not in ("%", "个百分点", "百分点", "倍"):
        return None
    measure: Any = "points" if unit and "百分点" in unit else "ratio" if unit in ("%", "‰", "倍") else "amount"
    year = int(base["year"]) if base is not None and base["year"] else None
    return Change(kind="rise" if verb["rise"] else "fall", base=year, measure=measure)


def _pair(plain: str, until: int, end: int, grammar: _Grammar, unit: str | None) -> tuple[Amount | None, int]:
    """（158.62万亩） after an amount: the same number in a second unit."""
    match, units = grammar.second.match(plain, until), grammar.units
    if match is None or not unit or not units.comparable(match["unit"], unit) or units.same(match["unit"], unit):
        return None, end
    at = match.start("number")
    pair = Amount(
        at, match.end("unit"), at, match.end("unit"), "=", quantity.printed(match["number"]), unit=match["unit"]
    )
    end = max(end, match.end())
    after = _after(plain, match.end())
    return pair, after[1] if after else end


def pair_disagrees(amount: Amount, units: Units) -> bool:
    """Whether the second figure is not the same amount: then it is no pair but a second, contradicting figure."""
    pair = amount.pair
    return bool(
        pair
        and pair.value
        and amount.value
        and pair.unit
        and amount.unit
        and not quantity.agree(amount.value, amount.unit, pair.value, pair.unit, units)
    )


_NO_AMOUNT = re.compile(r"[-—–－/／\\.…·*无]+|不涉及|不适用|不设|待定|空")
_BARE_RANGE = re.compile(rf"({quantity.ARABIC_NUMBER}){RANGE_SIGN}({quantity.ARABIC_NUMBER})")


_BRACKETED = re.compile(r"^[\[【〔〖]([^\[\]【】〔〕〖〗]*\d[^\[\]【】〔〕〖〗]*)[\]】〕〗]$")
"""[25]: what adds up over the plan's years stands in square brackets."""


def read_cell(text: str, unit: str | None, units: Units) -> Amount | None:
    """The amount that a table cell is: ≥2216.30, 21.94左右, 28—33, 不超过国家下达任务; None for “—”, “/” and words.

    `unit` is that of the column, row or caption; a unit printed in the cell itself goes before it.
    """
    plain = _BRACKETED.sub(r"\1", folded(text).strip()).strip()
    if not plain or _NO_AMOUNT.fullmatch(plain):
        return None
    if PLAIN_REFERENCE.search(plain) and not re.search(r"\d", re.sub(r"(?:19|20)\d\d年", "", plain)):
        return _cell_reference(text, plain)
    if ends := _BARE_RANGE.fullmatch(plain):
        low, high = quantity.numeral(ends[1]), quantity.numeral(ends[2])
        years = all(re.fullmatch(r"(?:19|20)\d\d", end) for end in ends.groups())
        if low and high and low.number < high.number and not years:
            return Amount(0, len(plain), 0, len(plain), "range", low.printed, high.printed, unit, stated=True)
    found = [a for a in find_amounts(plain, units) if a.value is not None]
    if not found:
        bare = re.fullmatch(
            rf"(?P<op>{FLOOR}|{CAP}|{OVER}|{UNDER}|{ABOUT}|=|＝)?\s*(?P<n>{quantity.ARABIC_NUMBER})\s*(?P<after>以上|以内|以下|左右)?",
            plain,
        )
        if bare is None:
            return None
        year = re.fullmatch(r"(?:19|20)\d\d", plain)
        if unit is not None and year:  # a bare number that looks like a year, in a column of another unit
            number = quantity.numeral(plain)
            return Amount(0, len(plain), 0, len(plain), "=", number.printed if number else plain, None, unit)
    amount = found[0] if found else None
    if amount is None or (len(found) > 1 and amount.pair is None) or not _fills(plain, amount):
        return None
    given = unit
    if amount.unit and not (given and amount.unit == given):
        given = amount.unit
    return replace(amount, unit=given)


def _fills(plain: str, amount: Amount) -> bool:
    """Whether the cell says nothing but the amount (a name with a number in it is no amount)."""
    rest = plain[: amount.start] + plain[amount.end :]
    if not rest:
        return True
    rest = re.sub(r"[\s（）()=＝,，。;；※*①-⑨]|(?:19|20)\d\d年|累计|其中|目标|规划", "", rest)
    return len(rest) <= 2 and not re.search(r"\d", rest)


def _cell_reference(text: str, plain: str) -> Amount:
    op: Operator = "="
    for words, sign in BEFORE[:2]:
        match = re.match(words, plain)
        if match:
            op = sign
            plain = plain[match.end() :]
            break
    if within := re.fullmatch(rf"(?:{HELD})?(.*?)(?:以内|之内|以下)", plain):
        op, plain = "<=", within[1]
    at = text.find(plain[:2]) if len(plain) > 1 else 0
    return Amount(0, len(text), max(at, 0), len(text), op, reference=plain.strip(), stated=op != "=")


def amount_to_value(
    amount: Amount,
    units: Units,
    *,
    year: int | None = None,
    since: int | None = None,
    region: Region | None = None,
    role: Any = "target",
    unit: str | None = None,
    where: tuple[Span, ...] = (),
    raw: str = "",
    base_year: int | None = None,
) -> Value:
    """The contract's Value of an amount; `unit` is the one of its indicator, for references without their own."""
    printed_unit = amount.unit or unit
    change = amount.change
    if change is not None and change.base is None and base_year is not None:
        change = change.model_copy(update={"base": base_year})
    return Value(
        year=year,
        since=since,
        op=amount.op,
        value=amount.value,
        upper=amount.upper,
        unit=printed_unit,
        si=quantity.si_of(amount.value, amount.upper, printed_unit, units),
        region=region,
        role=role,
        change=change,
        reference=amount.reference,
        pair=_pair_record(amount, units),
        per=amount.per,
        where=where,
        raw=raw,
    )


def _pair_record(amount: Amount, units: Units) -> dict[str, Any] | None:
    pair = amount.pair
    if pair is None or pair_disagrees(amount, units):
        return None
    si = quantity.si_of(pair.value, None, pair.unit, units)
    return {"value": pair.value, "unit": pair.unit, "si": None if si is None else si.model_dump()}
