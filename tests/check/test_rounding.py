"""Rounding hides no real difference between two numbers."""

from __future__ import annotations

import pytest
from makers_pair import checked, table


def said(upper: str, lower: str) -> str:
    check = checked(
        f"到2035年，全市人均应急避难场所面积不低于{upper}。", f"到2035年，全市人均应急避难场所面积不低于{lower}。"
    )
    return next(v.verdict for v in check.verdicts if v.applies)


@pytest.mark.parametrize(
    ("upper", "lower", "green"),
    [
        ("2平方米", "1.8平方米", False),
        ("1.5平方米", "1.49平方米", False),
        ("2平方米", "2.0平方米", True),
        ("2平方米", "2.3平方米", True),
    ],
)
def test_a_short_target_swallows_no_shortfall(upper: str, lower: str, green: bool) -> None:
    """1.8 does not round up to a floor of 2; the same number with more digits does keep it."""
    assert (said(upper, lower) in ("fulfilled", "refined")) == green


@pytest.mark.parametrize(("lower", "green"), [("439.31平方公里", True), ("65.90万亩", True), ("65.2万亩", False)])
def test_half_a_digit_of_the_coarser_unit_is_rounding(lower: str, green: bool) -> None:
    """Converted between 万亩 and 平方公里 a number may be off by half of its last digit, and by no more."""
    check = checked(
        "到2035年，黄山市耕地保有量不低于65.90万亩。"
        if "公里" in lower
        else "到2035年，黄山市耕地保有量不低于439.31平方公里。",
        f"到2035年，全市耕地保有量不低于{lower}。",
    )
    verdict = next(v.verdict for v in check.verdicts if v.applies)
    assert (verdict in ("fulfilled", "refined")) == green


def verdict_of(upper: str, *lower: str) -> tuple[str, set[str]]:
    check = checked(upper, list(lower))
    return next((v.verdict, {f.code for f in v.findings}) for v in check.verdicts if v.applies)


def test_a_floor_passed_by_a_factor_of_units_is_a_slip() -> None:
    """The same digits in another unit, fifteen times as much, are an error of the unit, not a stricter aim."""
    upper = "到2035年，黄山市生态公益林面积不少于5.86万亩。"
    assert "IND-UNIT" in verdict_of(upper, "到2035年，全市生态公益林面积不少于58600公顷。")[1]
    assert verdict_of(upper, "到2035年，全市生态公益林面积不少于58600亩。")[0] == "fulfilled"


@pytest.mark.parametrize(
    ("works", "codes"), [("供水厂按2035年66万人配置", {"DOC-CONTRA"}), ("供水厂按2035年55万人配置", set())]
)
def test_works_laid_out_for_more_than_are_to_live_there(works: str, codes: set[str]) -> None:
    """A limit kept in one sentence is passed by waterworks for more people, in words that don't say 常住人口."""
    upper = "到2035年，黄山市中心城区常住人口不超过55万人。"
    assert verdict_of(upper, "到2035年，中心城区常住人口不超过55万人。", f"中心城区{works}。")[1] == codes


@pytest.mark.parametrize(("area", "green"), [("170.5", False), ("166.5", True)])
def test_a_line_whose_sentence_passes_its_table(area: str, green: bool) -> None:
    """The area of a control line that a sentence limits at more than the table is no fulfilment."""
    head = "序号 | 指标名称 | 单位 | 2035年 | 属性"
    own = table("附表1", "规划指标表", head, "1 | 城镇开发边界面积 | 平方公里 | ≤166.5 | 约束性")
    check = checked(
        "到2035年，黄山市城镇开发边界面积不超过166.5平方公里。", [own, f"城镇开发边界以{area}平方公里为限。"]
    )
    said = [v.verdict for v in check.verdicts if v.applies]
    assert all(v in ("fulfilled", "refined") for v in said) == green


def test_a_mean_of_the_whole_area_on_the_way() -> None:
    """An expected mean that is not handed down may be lower in 2025 if it is kept in 2035; below it in 2035 is no green."""
    upper = "全省每千名老年人养老床位数2025年不少于38张，2035年不少于45张。"
    low = "全市每千名老年人养老床位数2025年不少于36张，2035年不少于{}张。"
    assert verdict_of(upper, low.format(46))[0] in ("fulfilled", "refined")
    assert verdict_of(upper, low.format(44))[0] not in ("fulfilled", "refined")
