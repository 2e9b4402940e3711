"""Numerals, units and comparison."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.quantity import agree, decimal_string, exact, half_step, numeral, printed, si_of, standing

UNITS = load_lexicon().units


@pytest.mark.parametrize(
    ("text", "number", "value", "unit"),
    [
        ("2,751", "2751", "2751", None),
        ("2，751", "2751", "2751", None),
        ("２７５１", "2751", "2751", None),
        ("36.4", "182/5", "36.4", None),
        ("一百八十", "180", "180", None),
        ("二十五", "25", "25", None),
        ("十", "10", "10", None),
        ("一百零五", "105", "105", None),
        ("一万二千", "12000", "12000", None),
        ("二〇三五", "2035", "2035", None),
        ("一点三", "13/10", "1.3", None),
        ("三分之一", "1/3", "1/3", None),
        ("一半", "1/2", "1/2", None),
        ("1/3", "1/3", "1/3", None),
        ("四成", "40", "40", "%"),
        ("七成五", "75", "75", "%"),
        ("百分之三十", "30", "30", "%"),
        ("1.2万", "12000", "12000", None),
    ],
)
def test_numerals(text: str, number: str, value: str, unit: str | None) -> None:
    """A numeral in any writing gives its exact number, the contract's digits and the unit its wording holds."""
    read = numeral(text)
    assert read is not None
    assert (read.number, read.printed, read.unit) == (Fraction(number), value, unit)


@pytest.mark.parametrize("text", ["", "约", "万", "若干", "2,75", "1/0", "第三", "一点"])
def test_no_numerals(text: str) -> None:
    """Words that hold no whole numeral give no number and stay as printed."""
    assert exact(text) is None or text == "万"


def test_other_text_stays() -> None:
    """A reference in a value's place is kept as printed."""
    assert printed("国家下达任务") == "国家下达任务"


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_decimal_string_is_exact(above: int, below: int) -> None:
    """A number written as decimal string or lowest fraction is the same number again."""
    number = Fraction(above, below)
    assert Fraction(decimal_string(number)) == number


@pytest.mark.parametrize(
    ("unit", "dimension", "factor"),
    [
        ("万亩", "m2", "20000000/3"),
        ("平方千米", "m2", "1000000"),
        ("km²", "m2", "1000000"),
        ("㎡", "m2", "1"),
        ("hm2", "m2", "10000"),
        ("亿立方米", "m3", "100000000"),
        ("公里/平方公里", "m/m2", "1/1000"),
        ("公里/百平方公里", "m/m2", "1/100000"),
        ("平方米/人", "m2/person", "1"),
        ("张/千人", "count/person", "1/1000"),
        ("立方米/万元", "m3/yuan", "1/10000"),
        ("％", "1", "1/100"),
        ("‰", "1", "1/1000"),
        ("百分点", "pp", "1"),
        ("倍", "1", "1"),
        ("万人", "person", "10000"),
    ],
)
def test_units(unit: str, dimension: str, factor: str) -> None:
    """Multiples, quotients and spellings of units have their exact SI factor."""
    found = UNITS.find(unit)
    assert found is not None
    assert (found.dimension, found.factor) == (dimension, Fraction(factor))


def test_unknown_unit() -> None:
    """A word that is no unit is none."""
    assert UNITS.find("百姓") is None


def test_si_is_exact() -> None:
    """2752 万亩 is a fraction of square metres, 36.4 % a decimal of one; 年一遇 has no SI form."""
    acres = si_of("2752", None, "万亩", UNITS)
    share = si_of("36.4", "40", "%", UNITS)
    assert acres is not None and share is not None
    assert (acres.value, acres.unit) == ("55040000000/3", "m2")
    assert (share.value, share.upper, share.unit) == ("0.364", "0.4", "1")
    assert si_of("50", None, "年一遇", UNITS) is None
    assert si_of(None, None, "万亩", UNITS) is None


def test_two_units_say_one_amount() -> None:
    """439.31 平方公里 and 65.90 万亩 agree within half a digit of the coarser figure; 258.13 and 37.82 do not."""
    assert agree("439.31", "平方公里", "65.90", "万亩", UNITS)
    assert not agree("258.13", "平方公里", "37.82", "万亩", UNITS)
    assert half_step("65.90", UNITS.find("万亩")) == Fraction(1, 200) * Fraction(20000000, 3)


@pytest.mark.parametrize(
    ("lower", "upper", "direction", "expected"),
    [
        (160, 166, "floor", "looser"),
        (170, 166, "floor", "stricter"),
        (170, 166, "cap", "looser"),
        (166, 166, "cap", "equal"),
        (1, 2, None, "looser"),
    ],
)
def test_standing(lower: int, upper: int, direction: str | None, expected: str) -> None:
    """A floor wants as much or more, a cap as much or less, and without a direction any other amount is looser."""
    assert standing(Fraction(lower), Fraction(upper), direction) == expected  # type: ignore[arg-type]
