"""Rounding hides no real difference between two numbers."""

from __future__ import annotations

import pytest
from makers_pair import checked


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
