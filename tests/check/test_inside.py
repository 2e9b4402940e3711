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


PARTS = table("附表2", "约束性指标分解表", "行政区 | 耕地保有量（万亩） | 生态保护红线面积（平方公里）", "歙县 | 21.60 | 310.5", "祁门县 | 14.20 | 402.0", "休宁县 | 16.10 | 288.0")  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("歙县承担耕地保有量不低于22.60万亩，居各县首位。", True),
        ("歙县生态保护红线面积为301.5平方公里。", True),
        ("歙县承担耕地保有量不低于21.60万亩，居各县首位。", False),
        ("歙县承担耕地保有量约22万亩。", False),
        ("歙县新增耕地保有量储备0.60万亩。", False),
        ("歙县、祁门县耕地保有量合计35.80万亩。", False),
    ],
)
def test_what_the_text_gives_one_part_is_what_its_row_has(sentence: str, differs: bool) -> None:
    """A part's figure beside its name contradicts its row; rounded ones, sums of parts and what is added do not."""
    assert ("DOC-TEXT-TABLE" in {code for code, _ in inside(PARTS, sentence)}) == differs


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("矿山迹地复绿540公顷，2031年全部完成。", True),
        ("2025年底前完成矿山迹地复绿540公顷。", True),
        ("矿山迹地复绿540公顷，2028年全部完成。", False),
        ("到2035年，巩固矿山迹地复绿540公顷的成果。", False),
    ],
)
def test_a_work_is_done_by_the_year_of_its_row(sentence: str, differs: bool) -> None:
    """Earlier or later than the row of the same size says is a contradiction, a year for something else is none."""
    works = table(
        "附表6",
        "生态修复重大工程安排表",
        "序号 | 项目名称 | 建设内容与规模 | 实施区域 | 建设时序 | 牵头单位",
        "1 | 矿山迹地复绿项目 | 复绿矿山迹地540公顷 | 歙县 | 2022—2028 | 市自然资源局",
        "2 | 茶园坡改梯项目 | 改造坡地120公顷 | 祁门县 | 2022—2026 | 市农业农村局",
    )
    assert ("DOC-TEXT-TABLE" in {code for code, _ in inside(works, sentence)}) == differs


@pytest.mark.parametrize(
    ("sentence", "differs"),
    [
        ("全市设立的水利遗产共3处，名录详见附表C。", True),
        ("全市水利遗产3处，参见附表C。", True),
        ("全市水利遗产2处，名单列于附表C。", False),
        ("全市水利遗产3处，图示见附图C。", False),
    ],
)
def test_a_count_told_of_a_lettered_table(sentence: str, differs: bool) -> None:
    """How many entries the text says a table has, in other words for 见 and with a letter for a number."""
    listed = table("附表C", "文化遗产保护名录", "名称 | 级别 | 类型 | 所在地", "槐塘堰 | 省级 | 古建筑 | 歙县", "昌溪坝 | 市级 | 古建筑 | 歙县")  # fmt: skip
    assert ("DOC-TEXT-TABLE" in {code for code, _ in inside(listed, sentence)}) == differs
