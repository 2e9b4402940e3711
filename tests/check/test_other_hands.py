"""Answers in another planner's words: plot ratios, routes by their ends, indicators measured otherwise or elsewhere."""

from __future__ import annotations

import pytest
from makers_pair import checked, codes, table, verdicts

from chuandao.check.amounts import amounts
from chuandao.check.definitions import measured_otherwise, share_name
from chuandao.check.lists import _office
from chuandao.check.project_names import short_route
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
    assert short_route("东平至南丰高速公路", "东丰高速南丰段")
    assert not short_route("东平至南丰高速公路", "东丰高铁南丰段")


def test_an_indicator_measured_otherwise_is_another_definition() -> None:
    """步行5分钟 is not 500米半径; the same measure is no other definition."""
    assert measured_otherwise("公园绿地步行5分钟覆盖率", "公园绿地500米服务半径覆盖率")
    assert not measured_otherwise("公园绿地步行5分钟覆盖率", "公园绿地步行5分钟覆盖率")


def test_an_amount_a_day_is_no_amount_a_year() -> None:
    """海水淡化日产能 is not met by 海水淡化年产能, however alike the names; the same base in both is no other definition."""
    head = "序号 | 指标名称 | 单位 | 2035年 | 属性 | 层级"
    upper = "到2035年，黄山市海水淡化日产能达到12万立方米。"
    other = table("附表1", "规划指标表", head, "1 | 海水淡化年产能 | 万立方米 | 320 | 预期性 | 市域")
    alike = table("附表1", "规划指标表", head, "1 | 海水淡化日产能力 | 万立方米 | 12 | 预期性 | 市域")
    assert "IND-DEF" in codes(checked(upper, [other]))
    assert "IND-DEF" not in codes(checked(upper, [alike]))


def test_what_each_inhabitant_is_to_have_is_owed_though_not_allocated() -> None:
    """A province's beds for a thousand people are missing in a draft that does not list them; its sum of jobs is not."""
    head = "序号 | 指标名称 | 单位 | 2035年 | 属性 | 层级"
    upper = table(
        "附表1",
        "规划指标表",
        head,
        "1 | 每千人口医疗卫生机构床位数 | 张 | 8 | 预期性 | 省域",
        "2 | 新增就业人数 | 万人 | 90 | 预期性 | 省域",
    )
    found = checked(upper, ["到2035年，全市森林覆盖率不低于80%。"])
    told = {v.verdict for v in found.verdicts}
    assert told == {"missing", "not_applicable"} and "IND-MISSING" in codes(found)


def test_an_element_without_a_town_that_makes_it_up_is_partial() -> None:
    """The draft tells what an element consists of and leaves out one of its own towns; a draft that only names the element
    leaves out nothing."""
    upper = "构建“一屏一带”生态格局。一屏为黄山生态屏障，一带为新安江生态景观带，新安江生态景观带以屯溪区、徽州区、歙县为主体。"
    short = checked(
        upper, ["构建“一屏一带”格局，一屏为黄山生态屏障，一带为新安江生态景观带，由屯溪区、徽州区的沿江地带组成。"]
    )
    assert "partial" in verdicts(short) and "STR-MISSING" in codes(short)
    named = checked(upper, ["构建“一屏一带”格局，一屏为黄山生态屏障，一带为新安江生态景观带。"])
    assert "STR-MISSING" not in codes(named)


def test_water_offices_are_one() -> None:
    """The 水务局 of a county is the 水利局 of its city."""
    assert _office("水务") == _office("水利")


RATE = "到2035年，全省单位地区生产总值建设用地使用面积较2020年下降40%以上。"


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("2035年每单位产值占用的建设用地面积比2020年降低41%以上。", "fulfilled"),
        ("2035年每单位产值占用的建设用地面积比2020年降低31%以上。", "conflict"),
        ("2035年每单位产值占用的建设用地面积不超过41公顷。", "missing"),
        ("2035年每单位地区生产总值用水量比2020年下降16%以上。", "missing"),
    ],
)
def test_a_rate_told_in_other_words_is_compared(draft: str, verdict: str) -> None:
    """The one sentence that speaks of a rate answers it, right or wrong; another measure does not."""
    assert verdicts(checked(RATE, [draft, "推进村庄人居环境整治。"])) == [verdict]


def test_a_table_below_the_limit_is_told_though_the_text_keeps_it() -> None:
    """One place keeps the limit and the table of indicators does not: kept in part, and both is said."""
    row = table("附表1", "规划指标表", "指标 | 单位 | 2035年 | 属性", "森林覆盖率 | % | ≥61.2 | 预期性")
    check = checked("到2035年，黄山市森林覆盖率不低于61.6%。", ["到2035年，全市森林覆盖率不低于61.8%。", row])
    assert verdicts(check) == ["partial"]
    assert {"IND-LOOSER", "DOC-TEXT-TABLE"} <= {f.code for v in check.verdicts for f in v.findings}


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        (["歙县为重点生态功能区。"], "partial"),
        (["歙县为重点生态功能区，叠加能源资源富集区。"], "fulfilled"),
        (["歙县为重点生态功能区。", "全市叠加三类功能类型，见附表。"], "fulfilled"),
    ],
)
def test_a_type_laid_over_a_zone_is_kept(draft: list[str], verdict: str) -> None:
    """The draft says of a county what is laid over its type, or lays types over its zones without names."""
    zones = table(
        "附表3",
        "主体功能区名录",
        "县（市、区） | 主体功能定位 | 叠加功能类型",
        "歙县 | 重点生态功能区 | 能源资源富集区",
    )
    assert verdicts(checked(zones, draft)) == [verdict]


def test_a_county_that_begins_with_the_word_for_all_is_one_county() -> None:
    """全椒县 is not 全县."""
    zones = table(
        "附表3", "主体功能区名录", "县（市、区） | 主体功能定位", "全椒县 | 农产品主产区", "歙县 | 重点生态功能区"
    )
    check = checked(zones, "歙县为重点生态功能区，休宁县为农产品主产区。")
    assert sorted(verdicts(check)) == ["fulfilled", "not_applicable"]


def test_a_share_of_the_area_is_one_name() -> None:
    """湿地面积占国土面积比例 and 湿地占市域面积 are one share; of another thing it is another."""
    assert share_name("湿地面积占国土面积比例") == share_name("湿地占市域面积") == "湿地占比"
    assert share_name("林地占市域面积") != "湿地占比"


@pytest.mark.parametrize(("total", "off"), [("520", True), ("510", False)])
def test_a_row_of_regions_is_summed(total: str, off: bool) -> None:
    """A table with a column for each county: its rows are added up against the column of the whole."""
    rows = table(
        "附表2",
        "指标分解表",
        "指标 | 单位 | 歙县 | 休宁县 | 祁门县 | 全市",
        f"生态保护红线 | 平方公里 | 200 | 160 | 150 | {total}",
    )
    check = checked("到2035年，全省湿地保护率不低于55%。", ["推进河道治理。", rows])
    assert any(f.code == "IND-SUM" for f in check.findings) == off
