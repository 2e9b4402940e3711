"""What the draft contradicts in itself: small areas, rounding, units, people of the town, projects ahead of the indicators."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, table

UPPER = "推进村庄建设。"


def inside(*lower: Thing) -> set[tuple[str, str]]:
    """(code, the two amounts told) of what is found inside a draft."""
    found = checked(UPPER, list(lower)).findings
    return {(f.code, "、".join(dict.fromkeys(place.value or "" for place in f.where))) for f in found}


def own(name: str, unit: str, near: str, late: str) -> Thing:
    head = "序号 | 指标名称 | 单位 | 2025年 | 2035年 | 属性 | 层级"
    return table("附表1", "规划指标表", head, f"1 | {name} | {unit} | {near} | {late} | 预期性 | 市域")


@pytest.mark.parametrize(("said", "differs"), [("16.4", True), ("15.6", False)])
def test_an_area_for_each_head_is_no_hectare_apart(said: str, differs: bool) -> None:
    """Square metres for each inhabitant are compared as printed; a hectare of rounding is for large areas only."""
    found = inside(
        own("人均公园绿地面积", "平方米", "14.2", "15.6"), f"到2035年，全市人均公园绿地面积不少于{said}平方米。"
    )
    assert any(code == "DOC-TEXT-TABLE" for code, _ in found) == differs


@pytest.mark.parametrize(("said", "differs"), [("72", True), ("73", False), ("72.5", False)])
def test_half_a_step_is_rounded_up_not_down(said: str, differs: bool) -> None:
    """72.5 may be printed as 73; 72% in the text is another number."""
    found = inside(own("森林覆盖率", "%", "≥71.0", "≥72.5"), f"到2035年，全市森林覆盖率保持在{said}%以上。")
    assert any(code == "DOC-TEXT-TABLE" for code, _ in found) == differs


@pytest.mark.parametrize(("unit", "differs"), [("万公顷", True), ("万亩", False)])
def test_the_area_that_a_line_holds_in_another_unit(unit: str, differs: bool) -> None:
    """永久基本农田守住… gives an area too: the same digits in another unit contradict the table."""
    found = inside(own("永久基本农田保护面积", "万亩", "72.60", "72.60"), f"永久基本农田守住72.60{unit}以上。")
    assert any(code == "DOC-TEXT-TABLE" for code, _ in found) == differs


@pytest.mark.parametrize(("people", "differs"), [("46", True), ("42", False)])
@pytest.mark.parametrize("verb", ["集聚", "规划", "承载"])
def test_the_town_gathers_so_many_people(verb: str, people: str, differs: bool) -> None:
    """中心城区集聚常住人口 is 常住人口 of the town."""
    found = inside(f"2035年中心城区{verb}常住人口42万人。", f"2035年中心城区常住人口规模为{people}万人。")
    assert any(code == "DOC-CONTRA" for code, _ in found) == differs


@pytest.mark.parametrize(("period", "differs"), [("2021—2025", True), ("2021—2035", False)])
def test_a_project_reaches_the_aim_ten_years_early(period: str, differs: bool) -> None:
    """One project is to finish by 2025 what the indicators give the whole area for 2035 only."""
    works = table(
        "附表6",
        "生态修复重大工程安排表",
        "序号 | 项目名称 | 建设内容与规模 | 实施区域 | 建设时序 | 牵头单位",
        f"1 | 石漠化治理工程 | 治理石漠化土地64万亩 | 歙县 | {period} | 市林业局",
    )
    found = inside(own("石漠化土地治理面积", "万亩", "≥38", "≥64"), works)
    assert any(code == "DOC-CONTRA" for code, _ in found) == differs
