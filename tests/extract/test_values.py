"""Words to amounts: operators, ranges, changes, second units, references."""

from __future__ import annotations

from functools import lru_cache

import pytest

from chuandao.extract.values import amount_to_value, find_amounts, pair_disagrees, read_cell
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.quantity import Units


@lru_cache(maxsize=1)
def units() -> Units:
    return load_lexicon().units


@pytest.mark.parametrize(
    ("words", "op", "value", "unit"),
    [
        ("耕地保有量不低于2751万亩", ">=", "2751", "万亩"),
        ("用水总量控制在19.20亿立方米以内", "<=", "19.20", "亿立方米"),
        ("常住人口规模按460万人控制", "<=", "460", "万人"),
        ("覆盖面积比例达８０％以上", ">=", "80", "%"),
        ("比例达80％的控制要求", "=", "80", "%"),
        ("不突破1800平方公里", "<=", "1800", "平方公里"),
        ("达到82%左右", "~", "82", "%"),
        ("预计约820万人", "~", "820", "万人"),
        ("超过30%的县", ">", "30", "%"),
        ("湿地面积为1,425公顷", "=", "1425", "公顷"),
        ("占比稳定在三成左右", "~", "30", "%"),
        ("新建口袋公园不少于一百八十处", ">=", "180", "处"),
        ("不小于每平方公里1个", ">=", "1", "个/平方公里"),
        ("扩展倍数控制在2020年城镇建设用地规模的1.32倍以内", "<=", "1.32", "倍"),
        ("新增耕地不少于整治前耕地面积的5%", ">=", "5", "%"),
        ("至少拿出一成", ">=", "10", "%"),
        ("三分之二以上", ">=", "2/3", None),
    ],
)
def test_operator_number_and_unit(words: str, op: str, value: str, unit: str | None) -> None:
    """Each wording gives its operator, the half-width number without separators and the printed unit."""
    found = find_amounts(words, units())
    assert [(a.op, a.value, a.unit) for a in found] == [(op, value, unit)]


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("比例保持在25%—35%", "25", "35", "%"),
        ("容积率控制在1.5至2.5之间", "1.5", "2.5", None),
        ("规模为120万—130万人", "120", "130", "万人"),
    ],
)
def test_range_has_both_ends(words: str, low: str, high: str, unit: str | None) -> None:
    """A range has its lower and upper end in one unit."""
    (amount,) = find_amounts(words, units())
    assert (amount.op, amount.value, amount.upper, amount.unit) == ("range", low, high, unit)


@pytest.mark.parametrize(
    "words",
    [
        "2021—2035年",
        "见附表2-1和图3",
        "第12条",
        "国函〔2023〕76号",
        "2025年底前",
        "“1-2-3”出行交通圈",
        "G234线改线",
        "一张图管理",
    ],
)
def test_years_and_numbers_of_things_are_no_amounts(words: str) -> None:
    """Years, articles, tables, documents, roads and words that hold a numeral are no amounts."""
    assert find_amounts(words, units()) == ()


@pytest.mark.parametrize(
    ("words", "kind", "base", "measure"),
    [
        ("较2020年下降不少于40%", "fall", 2020, "ratio"),
        ("较2020年提高15个百分点以上", "rise", 2020, "points"),
        ("比基期下降四成以上", "fall", None, "ratio"),
    ],
)
def test_change_is_told_from_level(words: str, kind: str, base: int | None, measure: str) -> None:
    """A change has its kind, base year and measure."""
    (amount,) = find_amounts(words, units())
    assert amount.change is not None
    assert (amount.change.kind, amount.change.base, amount.change.measure) == (kind, base, measure)


@pytest.mark.parametrize("words", ["提高到68%以上", "降至25立方米", "下降到20%以下"])
def test_level_that_is_reached_is_no_change(words: str) -> None:
    """提高到 and 降至 lead to a level."""
    (amount,) = find_amounts(words, units())
    assert amount.change is None


def test_second_unit_is_the_pair() -> None:
    """An amount in brackets behind an amount of another unit is the same amount, exactly converted."""
    (amount,) = find_amounts("不低于439.31平方公里（65.90万亩）", units())
    value = amount_to_value(amount, units(), year=2035)
    assert not pair_disagrees(amount, units())
    assert value.pair == {
        "value": "65.90",
        "unit": "万亩",
        "si": {"value": "1318000000/3", "upper": None, "unit": "m2"},
    }
    assert value.si is not None and (value.si.value, value.si.unit) == ("439310000", "m2")


def test_second_unit_that_says_another_amount_is_no_pair() -> None:
    """Figures that differ by more than their rounding contradict each other."""
    (amount,) = find_amounts("不少于143.15万亩（9543.33平方公里）", units())
    assert pair_disagrees(amount, units())
    assert amount_to_value(amount, units()).pair is None


def test_reference_has_no_number() -> None:
    """A value that only points elsewhere keeps its operator and the words that it points to."""
    reference, milestone = find_amounts("用水总量不超过国家下达任务，其中2025年不超过435亿立方米", units())
    assert (reference.op, reference.value, reference.reference) == ("<=", None, "国家下达任务")
    assert (milestone.op, milestone.value) == ("<=", "435")


@pytest.mark.parametrize(
    ("cell", "unit", "op", "value", "reference"),
    [
        ("≥2216.30", "平方公里", ">=", "2216.30", None),
        ("21.94左右", "亿立方米", "~", "21.94", None),
        ("7,021.48", "平方公里", "=", "7021.48", None),
        ("不超过国家下达任务", "亿立方米", "<=", None, "国家下达任务"),
        ("依据上级下达", "%", "=", None, "依据上级下达"),
        ("22.0以内", "亿立方米", "<=", "22.0", None),
    ],
)
def test_cell_is_an_amount(cell: str, unit: str, op: str, value: str | None, reference: str | None) -> None:
    """A cell's amount has the unit of its column."""
    amount = read_cell(cell, unit, units())
    assert amount is not None
    assert (amount.op, amount.value, amount.reference) == (op, value, reference)
    assert amount.unit == (unit if value else None)


@pytest.mark.parametrize("cell", ["—", "/", "", "不涉及", "约束性", "市域", "2021—2035"])
def test_cell_without_amount(cell: str) -> None:
    """Dashes, words and periods are no amounts."""
    assert read_cell(cell, "公顷", units()) is None


def test_yearly_amount() -> None:
    """每年 and 年均 make an amount one of a year."""
    (amount,) = find_amounts("每年新增造林不少于300公顷", units())
    assert (amount.op, amount.value, amount.per) == (">=", "300", "year")
