"""Answers in another planner's words: plot ratios, routes by their ends, indicators measured otherwise or elsewhere."""

from __future__ import annotations

from chuandao.check.amounts import amounts
from chuandao.check.definitions import measured_otherwise
from chuandao.check.lists import _office, _short_route
from chuandao.plan.lexicon import load_lexicon


def test_plot_ratio_is_an_amount_without_a_unit() -> None:
    """容积率1.2起步 is a floor of 1.2, and no count of 起."""
    found = amounts("新供地块容积率1.2起步，亩均税收20万元起步", load_lexicon().units)
    assert [(a.printed, a.dimension, a.sense) for a in found] == [
        ("1.2", "容积率", "floor"),
        ("20万元", "yuan", "floor"),
    ]


def test_a_route_is_known_by_one_character_of_each_end() -> None:
    """甲乙高速 is the 高速公路 from 甲城 to 丙乙, and no 高铁."""
    assert _short_route("东平至南丰高速公路", "东丰高速南丰段")
    assert not _short_route("东平至南丰高速公路", "东丰高铁南丰段")


def test_an_indicator_measured_otherwise_is_another_definition() -> None:
    """步行5分钟 is not 500米半径; the same measure is no other definition."""
    assert measured_otherwise("公园绿地步行5分钟覆盖率", "公园绿地500米服务半径覆盖率")
    assert not measured_otherwise("公园绿地步行5分钟覆盖率", "公园绿地步行5分钟覆盖率")


def test_water_offices_are_one() -> None:
    """The 水务局 of a county is the 水利局 of its city."""
    assert _office("水务") == _office("水利")
