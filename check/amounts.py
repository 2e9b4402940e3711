"""Numbers inside a clause with their unit, sense and place: 不大于30%, 两侧各30米, 三十个工作日, 五年内, 2025年底前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from ..plan.quantity import NUMBER, Direction, Units, half_width, numeral

_FLOOR_WORDS = "不宜低于|不宜少于|不宜小于|不能低于|不能少于|不可低于|不得低于|不得少于|不得小于|不应低于|不应少于|不应小于|不可小于|不低于|不少于|不小于|不短于|不窄于|不得短于|不得窄于|不宜短于|至少|达到|大于|高于|高过|多于|宽于|长于|超过|超出|下限|最低(?!生活|工资|水位)|最小(?!下泄|流量|生态)"
_CAP_WORDS = "不宜超过|不宜大于|不宜高于|不宜多于|不能超过|不能高于|不可超过|不得多于|不得超过|不得大于|不得高于|不得突破|不应超过|不应大于|不应高于|不得超出|不得长于|不超过|不超出|不高于|不大于|不多于|不长于|不宽于|不突破|达不到|未达到|没达到|未达|不足|不到|控制在|限定在|最多|至多|顶多|小于|低于|少于|限高|控高|上限|最高(?!日|时|洪|水位|气温|峰)|最大(?!日|时|小时|客|负荷|可能|需求|洪|流量|暴雨)"
_SENSE = re.compile(rf"(?P<floor>{_FLOOR_WORDS})|(?P<cap>{_CAP_WORDS})")
_YEAR = re.compile(
    r"(?<![0-9])(?P<year>20[2-6][0-9])年?(?:(?P<month>1[0-2]|0?[1-9])月(?:份|[0-9]{1,2}日|[上中下]旬)?|(?P<season>上半年|[一二三四]季度|汛期?|[春秋]季))?"
    r"(?P<end>年?底之?前|年?末之?前|[底末][以之]?前|底|末|到来前|[以之]?前|内)?"
)
_FIVE_YEARS = re.compile(r"[“「]?十(?P<which>[四五六])五[”」]?(?:规划)?(?:时?期)?(?:[期之]?末|结束|期间|内)")
"""The end of a five-year plan: “十五五”期末 is 2030."""
_MONTH = re.compile(r"(?<!20[0-9]{2}年)(?<![0-9])([0-9]{1,2})月(?:底|[0-9]{1,2}日)?[之以]?前")
DAYS = frozenset({"个工作日", "工作日", "个自然日", "自然日", "日", "天"})


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a clause. `size` is in SI of `dimension`; `sense` what the words around it say."""

    start: int
    end: int
    size: Fraction
    dimension: str
    sense: Direction | None
    approximate: bool
    printed: str


@lru_cache(4)
def _pattern(units_pattern: str) -> re.Pattern[str]:
    extra = "个工作日|工作日|个自然日|自然日|年一遇|日|天|度|处|座|户|层|倍|个月|级|次|季(?!度)"
    return re.compile(
        rf"(?P<number>{NUMBER})(?:(?P<unit>个工作日|个自然日|{units_pattern}|{extra})|(?<=[成半])(?=以|左|的|，|。|；|$))(?P<after>[^，。；、0-9]{{0,3}})"
    )


@lru_cache(16384)
def amounts(text: str, units: Units) -> tuple[Amount, ...]:
    """The numbers with a unit that a clause prints, in order; years are not among them."""
    plain = re.sub(r"/年|每年", "  ", half_width(text))
    found: list[Amount] = []
    last = 0
    for match in _pattern(units.pattern).finditer(plain):
        read = numeral(match["number"])
        unit_name = match["unit"] or (read.unit if read else None) or ""
        if read is None or unit_name in ("", "年", "月", "起") or _is_article(match["number"], unit_name):
            continue
        if unit_name == "日" and plain[: match.start()].endswith("月"):
            continue  # 6月30日 is a date
        if unit_name == "所" and re.match("[列示述附]", match["after"] or ""):
            continue  # 附表4所列
        factor, dimension = _measure(unit_name, units)
        before = re.split(r"[，。；：、（(]", plain[last : match.start()])[-1]
        after = match["after"] or ""
        found.append(
            Amount(
                match.start("number"),
                match.start("after"),
                read.number * factor,
                dimension,
                _sense(before, after, dimension == "minute"),
                bool(re.match(r"左右|上下", after)) or before.endswith(("约", "大约")),
                match["number"] + (match["unit"] or ""),
            )
        )
        last = match.start("after")
    for match in _PLOT.finditer(plain):
        if not any(a.start <= match.start("number") < a.end for a in found):
            ratio = numeral(match["number"])
            if ratio is not None:
                before, after = plain[: match.start("number")][-14:], plain[match.end() : match.end() + 3]
                sense = _sense(re.split(r"[，。；]", before)[-1], after)
                start, end = match.span("number")
                found.append(Amount(start, end, ratio.number, "容积率", sense or _from(after), False, match["number"]))
    others = (*_terms(plain), *_shares(plain), *_fractions(plain), *_half_hours(plain))
    found += [amount for amount in others if not any(_meet(amount, a) for a in found)]
    return tuple(_spread(plain, sorted(found, key=lambda a: a.start)))


def _spread(plain: str, found: list[Amount]) -> list[Amount]:
    """Amounts of a list with the sense that is printed once for all of them: 不得低于：煤炭60万吨、铁矿30万吨; 多层不低于1.3，
    小高层1.2; 城区20分钟、乡村30分钟以内."""
    for at, amount in enumerate(found):
        if amount.sense is not None or amount.approximate:
            continue
        start = max(plain.rfind(stop, 0, amount.start) for stop in "。；;") + 1
        lead, colon, rest = (
            plain[start : amount.start].rpartition(":") if ":" in plain[start : amount.start] else ("", "", "")
        )
        operators = list(_SENSE.finditer(re.split(r"[，,]", lead)[-1]))
        sense: Direction | None = None
        if colon and operators and not _OTHER_MEASURE.search(rest):
            sense = "floor" if operators[-1]["floor"] else "cap"
        elif at and found[at - 1].dimension == amount.dimension and found[at - 1].sense is not None:
            between = plain[found[at - 1].end : amount.start]
            if _NEXT_ITEM.fullmatch(between) and not _OTHER_MEASURE.search(between):
                sense = found[at - 1].sense
        if sense is None and at + 1 < len(found) and found[at + 1].dimension == amount.dimension:
            between, behind = plain[amount.end : found[at + 1].start], plain[found[at + 1].end :]
            if (
                between.startswith(("、", "和", "及"))
                and _NEXT_ITEM.fullmatch(between)
                and not _OTHER_MEASURE.search(between)
            ):
                sense = _sense("", behind[:3])
        if sense is not None:
            found[at] = replace(amount, sense=sense)
    return found


_NEXT_ITEM = re.compile(r"[ /年亩户公顷]{0,4}(?:[以之]内|及?以[上下])?[、，,和及][一-龥（）()]{1,10}")
_OTHER_MEASURE = re.compile(
    r"间距|间隔|距离|宽度|净宽|高度|深度|厚度|长度|面积|半径|比例|占比|率|密度|强度|规模|年限|不|约|现状|[已原]有"
)
"""Words of another measure between two amounts: 宽度不小于50米，间距5公里."""


def _meet(one: Amount, other: Amount) -> bool:
    return one.start < other.end and other.start < one.end


def _terms(plain: str) -> Iterator[Amount]:
    """How many years something lasts or may take: 五年内不得调整, 不少于3年."""
    for match in _TERM.finditer(plain):
        read = numeral(match["number"])
        if read is not None:
            before = re.split(r"[，。；：、]", plain[: match.start()])[-1]
            sense = _sense(before, plain[match.end("year") : match.end("year") + 3])
            if sense is not None or match["lasts"] or before.endswith("连续"):
                start, end = match.start("number"), match.end("year")
                yield Amount(start, end, read.number, "term", sense, False, plain[start:end])


def _shares(plain: str) -> Iterator[Amount]:
    """百分之五, 千分之二."""
    for match in _SHARE.finditer(plain):
        read = numeral(match["number"])
        if read is not None:
            before = re.split(r"[，。；：、]", plain[: match.start()])[-1]
            scale = {"百": 100, "千": 1000, "万": 10000}[match["whole"]]
            sense = _sense(before, plain[match.end() : match.end() + 3])
            yield Amount(match.start(), match.end(), read.number / scale, "1", sense, False, match[0])


def _fractions(plain: str) -> Iterator[Amount]:
    """三分之二以上, 过半数, 一成以内, 面积相等: shares that no unit follows."""
    for match in _FRACTION.finditer(plain):
        said = match["number"]
        read = None if said is None else numeral(said)
        before, after = re.split(r"[，。；：、]", plain[: match.start()])[-1], plain[match.end() : match.end() + 3]
        size = Fraction(1, 2) if said is None else read.number / (100 if read.unit == "%" else 1) if read else None
        if size is not None:
            sense = "floor" if match[0].startswith("过半") else _sense(before, after)
            yield Amount(match.start(), match.end(), size, "1", sense, False, match[0])
    for match in _EQUAL.finditer(plain):
        yield Amount(match.start(), match.end(), Fraction(1), "1", None, False, match[0])


def _half_hours(plain: str) -> Iterator[Amount]:
    for match in re.finditer(r"(?<![0-9一二三四五六七八九十个])半个?小时", plain):
        sense = _sense("", plain[match.end() : match.end() + 3])
        yield Amount(match.start(), match.end(), Fraction(30), "minute", sense, False, match[0])


_FRACTION = re.compile(
    r"(?P<number>[二三四五六七八九十]分之[一二三四五六七八九]|[一二两三四五六七八九]成[一二三四五六七八九半]?)|过半数?|半数|(?<![0-9一二三四五六七八九十])一半(?=[以之的，。；、用]|左右|$)"
)
_EQUAL = re.compile(r"(?:面积|数量|质量)?(?:相等|等量|等面积)(?=的|[，。；、]|湿地|耕地|林地|补|$)|1[:∶：]1(?![0-9.])")
_TERM = re.compile(
    r"(?<![0-9.每第四五])(?P<number>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?P<year>个?年)(?P<lasts>[以之]?内|[及]?以上)?(?!度|一次|一评|一遇|规划|代|底|末)"
)
_SHARE = re.compile(
    r"(?P<whole>[百千万])分之(?P<number>[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+(?:点[一二三四五六七八九]+)?)"
)
_PLOT = re.compile(r"容积率[^0-9，。；]{0,8}(?P<number>[0-9]+(?:\.[0-9]+)?)(?![0-9.]*[万亿%米倍平亩公])")


def _from(after: str) -> Direction | None:
    return "floor" if after.startswith(("起", "及以上")) else None


def _measure(unit_name: str, units: Units) -> tuple[Fraction, str]:
    if unit_name in DAYS:
        return Fraction(1), "day"
    unit = units.find(unit_name)
    if unit is None:
        return Fraction(1), unit_name
    return unit.factor, unit.dimension if unit.known else unit.name


def _is_article(number: str, unit: str) -> bool:
    """一处, 一个 … are no amounts of a limit."""
    return number in ("一", "两") and unit in ("处", "个", "次", "座", "级")


def _sense(before: str, after: str, timed: bool = False) -> Direction | None:
    """From the words after the number (以上, 以内; of a time 内), else from the last operator before it."""
    if re.match(r"[及]?以上|起步|起(?!点)|打底", after):
        return "floor"
    if re.match(r"[及]?(?:以内|以下|之内)|封顶|为限|为上限", after):
        return "cap"
    if timed and after.startswith("内"):
        return "cap"
    operators = list(_SENSE.finditer(before))
    if not operators:
        return None
    return "floor" if operators[-1]["floor"] else "cap"


def deadlines(text: str) -> list[int]:
    """Years by which something must be done: 2025年底前, 2026年6月底前, 到2030年, “十五五”期末."""
    return [year for year, _ in due(text)]


def due(text: str) -> list[tuple[int, int | None]]:
    """Years by which something must be done, each with the month if one is printed (12 for 年底)."""
    plain = half_width(text)
    found: list[tuple[int, int | None]] = []
    for match in _YEAR.finditer(plain):
        end = match["end"] or ""
        before = plain[max(0, match.start() - 2) : match.start()]
        if (end and end != "内") or before.endswith(("到", "至", "于")):
            month = int(match["month"]) if match["month"] else _MONTH_OF.get(match["season"] or end[:1])
            found.append((int(match["year"]), month))
    found += [({"四": 2025, "五": 2030, "六": 2035}[m["which"]], 12) for m in _FIVE_YEARS.finditer(plain)]
    return found


_MONTH_OF = {"上半年": 6, "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "底": 12, "末": 12, "年": 12}


_NEXT_YEAR = re.compile(r"(?:次年|翌年|来年|第二年|当年)的?(?P<season>上半年|下半年|[一二三四]季度|年?[底末])")


def months(text: str) -> list[int]:
    """Months of no certain year by which something must be done: 次年6月底前, 次年一季度, 翌年底."""
    plain = half_width(text)
    seasons_ = [_MONTH_OF.get(match["season"], 12) for match in _NEXT_YEAR.finditer(plain)]
    return [int(match[1]) for match in _MONTH.finditer(plain)] + seasons_


SEASON = re.compile(
    r"(?<![0-9])([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:月份?)?(?:[0-9]{1,2}日)?(?:至|到|—|-|~)(?:次年|翌年|来年|第二年)?"
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
)


def seasons(text: str) -> list[frozenset[int]]:
    """The months of each time of the year that a text names: 3月至6月, 10月至次年3月."""
    found = []
    for match in SEASON.finditer(half_width(text)):
        one, other = numeral(match[1]), numeral(match[2])
        first, last = (int(read.number) if read is not None else 0 for read in (one, other))
        if 1 <= first <= 12 and 1 <= last <= 12:
            found.append(frozenset((first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)))
    return found
