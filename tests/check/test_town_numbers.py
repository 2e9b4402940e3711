"""Numbers of the built-up town, and which of two codes a number beyond its limit has."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, codes, table

TOWN = table(
    "附表2", "主要指标分解表", "行政区 | 中心城区常住人口（万人）", "合肥市 | 500", "黄山市 | 55", "芜湖市 | 200"
)


def said_of_town(*lower: Thing) -> str:
    check = checked(TOWN, list(lower))
    return next(v.verdict for v in check.verdicts if v.applies)


def own(town: str) -> Thing:
    head = "序号 | 指标名称 | 单位 | 2035年 | 属性 | 层级"
    return table(
        "附表1", "规划指标表", head, "1 | 常住人口规模 | 万人 | 150 | 预期性 | 市域",
        f"2 | 城区常住人口 | 万人 | {town} | 预期性 | 中心城区",
    )  # fmt: skip


@pytest.mark.parametrize(("town", "verdict"), [("55", "fulfilled"), ("62", "conflict")])
def test_the_town_is_judged_by_its_own_number(town: str, verdict: str) -> None:
    """The figure for all the area stands beside it and is neither the answer nor a conflict."""
    assert said_of_town(own(town)) == verdict


def test_how_many_live_in_all_the_area_is_no_answer_for_its_town() -> None:
    """A draft that only has the sum of all its parts is no conflict with the limit for its town, and no fulfilment either."""
    assert said_of_town("2035年全市常住人口控制在150万人以内。") not in ("conflict", "fulfilled", "refined")


def test_an_area_of_a_line_is_wrong_as_a_number_and_as_a_line() -> None:
    """A control line handed down as indicator and boundary has both codes, another indicator only its own."""
    line = checked(
        "到2035年，黄山市城镇开发边界面积不超过166.5平方公里。", "到2035年，全市城镇开发边界面积不超过170.0平方公里。"
    )
    assert {"LINE-AREA", "IND-LOOSER"} <= codes(line)
    number = checked("到2035年，黄山市用水总量不超过5亿立方米。", "到2035年，全市用水总量不超过6亿立方米。")
    assert "IND-LOOSER" in codes(number) and "LINE-AREA" not in codes(number)
