"""Exact amounts: numerals as printed, units with exact factors, and comparison that knows floors from caps.

No binary float appears here: a printed number is a `Fraction`, its SI form a decimal string, or a fraction in lowest
terms where no finite decimal exists (1 亩 = 2000/3 m2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from .requirement import Si

Direction = Literal["floor", "cap", "exact"]
Standing = Literal["equal", "stricter", "looser"]

DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
STEPS = {"十": 10, "百": 100, "千": 1000}
MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CHINESE = "〇零○一二两三四五六七八九十百千万亿"
ARABIC_NUMBER = r"[0-9]{1,3}(?:[,，][0-9]{3}(?![0-9]))+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
CHINESE_SHARE = rf"[{CHINESE}]+分之[{CHINESE}]+|[一二两三四五六七八九]成[一二三四五六七八九半]?|一半|半数|过半数?"
NUMBER = rf"(?:{ARABIC_NUMBER}|{CHINESE_SHARE}|[{CHINESE}]+(?:点[{CHINESE}]+)?)"
"""The regex of a numeral in NFKC text: 2,751 · 36.4 · 一百八十 · 三分之一 · 四成 · 一半. It has no group."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％‰／－，：", "0123456789.%‰/-,:")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed numeral: its number, how CONTRACT's `value` writes it, and the unit that its wording holds (四成 → %)."""

    number: Fraction
    printed: str
    unit: str | None = None


def half_width(text: str) -> str:
    """Full-width digits and signs as half width; nothing else is touched, so lengths stay."""
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=8192)
def numeral(text: str) -> Numeral | None:
    """The numeral that the whole of `text` is, or None."""
    plain = "".join(half_width(text).split())
    sign = -1 if plain[:1] in ("-", "−", "负") and len(plain) > 1 else 1
    plain = plain[1:] if sign < 0 else plain
    read = _arabic(plain) or _share(plain) or _chinese(plain)
    if read is None or sign > 0:
        return read
    return Numeral(-read.number, "-" + read.printed, read.unit)


def _arabic(plain: str) -> Numeral | None:
    if "/" in plain and (match := re.fullmatch(r"([0-9]+)/([0-9]+)", plain)):
        if int(match[2]) == 0:
            return None
        return Numeral(Fraction(int(match[1]), int(match[2])), plain)
    digits = _THOUSANDS.sub("", plain) if "," in plain or "，" in plain else plain
    if _DECIMAL.fullmatch(digits):
        return Numeral(Fraction(digits), digits)
    if match := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([十百千]?[万亿]|[百千])", digits):
        factor = 1
        for multiple in match[2]:
            factor *= MULTIPLES[multiple]
        number = Fraction(match[1]) * factor
        return Numeral(number, decimal_string(number))
    return None


_THOUSANDS = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


def _share(plain: str) -> Numeral | None:
    """Shares in words: 三分之一 · 百分之三十 · 四成五 · 一半."""
    if plain in ("一半", "半数", "过半", "过半数"):
        return Numeral(Fraction(1, 2), "1/2")
    if match := re.fullmatch(r"([一二两三四五六七八九])成([一二三四五六七八九半]?)", plain):
        rest = 5 if match[2] == "半" else DIGITS.get(match[2], 0)
        number = DIGITS[match[1]] * 10 + rest
        return Numeral(Fraction(number), str(number), "%")
    if match := re.fullmatch(r"([^分]+)分之(.+)", plain):
        unit = {"百": "%", "千": "‰"}.get(match[1])
        below, above = _chinese(match[1]), _arabic(match[2]) or _chinese(match[2])
        if above is None or (unit is None and (below is None or not below.number)):
            return None
        if unit is not None:
            return Numeral(above.number, above.printed, unit)
        assert below is not None
        share = above.number / below.number
        return Numeral(share, f"{share.numerator}/{share.denominator}")
    return None


def _chinese(plain: str) -> Numeral | None:
    """Chinese numerals: 一百八十 · 二十五 · 二〇三五 · 一点三 · 一万二千."""
    whole, _, rest = plain.partition("点")
    if not whole or not re.fullmatch(rf"[{CHINESE}]+", whole) or ("点" in plain and not rest):
        return None
    number = _digit_string(whole) if len(whole) > 1 and not re.search(r"[十百千万亿]", whole) else _counted(whole)
    if number is None:
        return None
    if not rest:
        return Numeral(Fraction(number), str(number))
    if not all(digit in DIGITS for digit in rest):
        return None
    printed = f"{number}." + "".join(str(DIGITS[digit]) for digit in rest)
    return Numeral(Fraction(printed), printed)


def _digit_string(word: str) -> int:
    return int("".join(str(DIGITS[digit]) for digit in word))


def _counted(word: str) -> int | None:
    total = section = digit = 0
    for char in word:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            section += (digit or (1 if not section or char == "十" else 0)) * STEPS[char]
            digit = 0
        else:
            section = (section + digit) or 1
            total = (total + section) * MULTIPLES[char]
            section = digit = 0
    return total + section + digit


def exact(text: str) -> Fraction | None:
    """The number that `text` is, in its printed unit (四成 is 40, of %; 三分之一 is 1/3), or None if it is no number."""
    read = numeral(text)
    return None if read is None else read.number


def printed(text: str) -> str:
    """CONTRACT's `value`: half-width digits without separators, Chinese numerals as digits; other text unchanged."""
    read = numeral(text)
    return half_width(text).strip() if read is None else read.printed


def decimal_string(number: Fraction) -> str:
    """A finite decimal ("0.364"), or a fraction in lowest terms ("55040000000/3")."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest > 1:
        return f"{number.numerator}/{number.denominator}"
    if not places:
        return str(number.numerator)
    digits = str(abs(number.numerator) * 10**places // number.denominator).zfill(places + 1)
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed: `factor` takes an amount to SI, `dimension` names the SI unit (m2, m3, m, 1, pp, person, yuan,
    count, minute, or a quotient such as m2/person); `known` is False where no SI form is agreed (年一遇, 度)."""

    name: str
    dimension: str
    factor: Fraction
    aliases: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, eq=False)
class Units:
    """All units of the lexicon; `find` also understands multiples (万亩), quotients (平方米/人) and spellings (km²)."""

    units: tuple[Unit, ...]
    by_name: dict[str, Unit] = field(init=False)
    pattern: str = field(init=False)
    """A regex alternation of every printed unit, longest first, with multiples and quotients; it has no group."""
    _found: dict[str, Unit | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        by_name: dict[str, Unit] = {}
        for unit in self.units:
            for name in (unit.name, *unit.aliases):
                by_name.setdefault(_folded(name), unit)
        object.__setattr__(self, "by_name", by_name)
        object.__setattr__(self, "pattern", _unit_pattern(self.units))

    def find(self, printed_unit: str) -> Unit | None:
        """The unit that is printed so, or None."""
        key = _folded(printed_unit)
        if key not in self._found:
            self._found[key] = self._read(key)
        return self._found[key]

    def _read(self, key: str) -> Unit | None:
        if not key:
            return None
        if key in self.by_name:
            return self.by_name[key]
        above, slash, below = key.partition("/")
        if slash:
            return self._quotient(above, below)
        if match := re.fullmatch(r"每(.+?)(平方公里|平方千米|公顷|人|万人|千人|亩)", key):
            return self._quotient(match[1], match[2])
        multiple = MULTIPLES.get(key[0])
        if multiple is not None and len(key) > 1:
            rest = self._read(key[1:])
            if rest is not None and "/" not in rest.dimension and rest.name not in ("%", "‰", "个百分点", "倍"):
                return Unit(key[0] + rest.name, rest.dimension, rest.factor * multiple, known=rest.known)
        return None

    def _quotient(self, above: str, below: str) -> Unit | None:
        over, under = self._read(above), self._read(below)
        if over is None or under is None:
            return None
        return Unit(
            f"{over.name}/{under.name}",
            f"{over.dimension}/{under.dimension}",
            over.factor / under.factor,
            known=over.known and under.known,
        )

    def same(self, one: str, other: str) -> bool:
        """Whether two printed units are the same one (平方公里 = 平方千米 = km²)."""
        first, second = self.find(one), self.find(other)
        if first is None or second is None:
            return _folded(one) == _folded(other)
        return (first.dimension, first.factor) == (second.dimension, second.factor)

    def comparable(self, one: str, other: str) -> bool:
        """Whether amounts in the two printed units can be compared (公顷 and 万亩 can)."""
        first, second = self.find(one), self.find(other)
        if first is None or second is None:
            return _folded(one) == _folded(other)
        return first.dimension == second.dimension and (first.known or first.name == second.name)


_SPELLINGS = (
    ("㎡", "m2"),
    ("㎢", "km2"),
    ("㎥", "m3"),
    ("㎞", "km"),
    ("㎜", "mm"),
    ("²", "2"),
    ("³", "3"),
    ("^", ""),
    ("﹪", "%"),
    ("∕", "/"),
)


@lru_cache(maxsize=4096)
def _folded(unit: str) -> str:
    """Spelling of a unit without its accidents: width, blanks, case, superscripts, squared letters."""
    plain = re.sub(r"[\s　()（）]+", "", half_width(unit)).lower()
    for spelled, meant in _SPELLINGS:
        plain = plain.replace(spelled, meant)
    return re.sub(r"(?<!^)每", "/", plain)


def _unit_pattern(units: Iterable[Unit]) -> str:
    names = {name for unit in units for name in (unit.name, *unit.aliases)}
    simple = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    one = rf"(?:[百千万亿]{{0,2}}(?:{simple}))"
    return rf"(?:{one}(?:[/／∕每](?:[百千万亿]{{0,2}}(?:{simple})))?)"


def si_of(value: str | None, upper: str | None, unit: str | None, units: Units) -> Si | None:
    """The exact SI form of a printed value (and the upper end of a range) in a printed unit.

    None if there is no number, no unit, or a unit without an agreed SI form.
    """
    if value is None or not unit:
        return None
    found = units.find(unit)
    low, high = exact(value), None if upper is None else exact(upper)
    if found is None or not found.known or low is None or (upper is not None and high is None):
        return None
    return Si(
        value=decimal_string(low * found.factor),
        upper=None if high is None else decimal_string(high * found.factor),
        unit=found.dimension,
    )


def si_number(si: Si) -> Fraction:
    """The number of an SI amount."""
    return Fraction(si.value)


def half_step(value_text: str, unit: Unit | None) -> Fraction:
    """Half a unit of the last printed digit, in SI: two figures that differ by no more say the same amount.

    0 for a fraction in words (三分之一), which is not rounded.
    """
    text = printed(value_text)
    if "/" in text or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return Fraction(0)
    places = len(text.partition(".")[2])
    return Fraction(1, 2 * 10**places) * (unit.factor if unit is not None else 1)


def agree(one: str, one_unit: str, other: str, other_unit: str, units: Units) -> bool:
    """Whether two printed figures say the same amount, within half a digit of the coarser one (DOMAIN §2.8)."""
    first, second = units.find(one_unit), units.find(other_unit)
    low, high = exact(one), exact(other)
    if low is None or high is None or not units.comparable(one_unit, other_unit):
        return False
    low, high = low * (first.factor if first else 1), high * (second.factor if second else 1)
    return abs(low - high) <= max(half_step(one, first), half_step(other, second))


def standing(
    lower: Fraction, upper: Fraction, direction: Direction | None, tolerance: Fraction = Fraction(0)
) -> Standing:
    """How a lower plan's amount stands to the upper one's, both in SI: a floor wants as much or more, a cap as much
    or less; without a direction (or `exact`) any difference beyond the tolerance is looser."""
    if abs(lower - upper) <= tolerance:
        return "equal"
    if direction == "floor":
        return "stricter" if lower > upper else "looser"
    if direction == "cap":
        return "stricter" if lower < upper else "looser"
    return "looser"
