"""Numbers inside a clause with their unit, sense and place: 不大于30%, 两侧各30米, 三十个工作日, 2025年底前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ..plan.quantity import NUMBER, Direction, Units, exact, half_width

_CAP = r"不超过|不高于|不大于|不多于|不突破|控制在|限定在|最多|小于|低于|少于"
_FLOOR = r"不低于|不少于|不小于|至少|达到|大于|高于|超过|应不低于|不得低于|不得少于|不得小于"
_YEAR = re.compile(r"(?<![0-9])(20[2-6][0-9])年?(底前|底|末|前|内)?")
_DAYS = {"个工作日": Fraction(1), "工作日": Fraction(1), "日内": Fraction(1), "天": Fraction(1), "日": Fraction(1)}


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
    extra = "个工作日|工作日|年一遇|日|天|度|处|座|户|层|倍|个月|公里|米|级|次"
    return re.compile(
        rf"(?P<op>(?:不得|应|不应|须)?(?:{_CAP}|{_FLOOR}))?[^0-9一二三四五六七八九十，。；、]{{0,4}}?"
        rf"(?P<number>{NUMBER})(?P<unit>{units_pattern}|{extra})(?P<after>[^，。；、0-9]{{0,3}})"
    )


def amounts(text: str, units: Units) -> list[Amount]:
    """The numbers with a unit that a clause prints, in order; years are not among them."""
    plain = half_width(text)
    found: list[Amount] = []
    for match in _pattern(units.pattern).finditer(plain):
        number = exact(match["number"])
        unit_name = match["unit"]
        if number is None or (unit_name in ("年", "月") or _is_count_word(match["number"], unit_name)):
            continue
        unit = units.find(unit_name)
        factor, dimension = (
            (unit.factor, unit.dimension if unit.known else unit.name) if unit else (Fraction(1), unit_name)
        )
        if unit_name in _DAYS:
            factor, dimension = Fraction(1), "day"
        found.append(
            Amount(
                match.start("number"),
                match.end("unit"),
                number * factor,
                dimension,
                _sense(match["op"] or "", match["after"] or ""),
                bool(re.match(r"左右|上下", match["after"] or ""))
                or plain[: match.start("number")].endswith(("约", "大约")),
                match["number"] + unit_name,
            )
        )
    return found


def _is_count_word(number: str, unit: str) -> bool:
    """一处, 一个 … are no amounts of a limit."""
    return number in ("一", "两", "1") and unit in ("处", "个", "次", "座", "级")


def _sense(before: str, after: str) -> Direction | None:
    if re.search(r"以上|及以上", after) or (
        re.search(rf"(?:{_FLOOR})$", before) and not re.search(rf"(?:{_CAP})$", before)
    ):
        return "floor"
    if re.search(r"以内|以下|之内", after) or re.search(rf"(?:{_CAP})$", before):
        return "floor" if re.search(r"(?:不低于|不少于|不小于|不得低于|不得少于|不得小于)$", before) else "cap"
    return None


def deadlines(text: str) -> list[int]:
    """Years by which something must be done: 2025年底前, 2027年前, 到2030年."""
    plain = half_width(text)
    found: list[int] = []
    for match in _YEAR.finditer(plain):
        before = plain[max(0, match.start() - 2) : match.start()]
        if (match[2] and match[2] != "内") or before.endswith(("到", "至", "于")):
            found.append(int(match[1]))
    return found
