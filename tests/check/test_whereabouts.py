"""Structures of which the upper plan's own sentence does not tell where they lie are not called missing without a clue."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, codes, document, lexicon, plan, table

from chuandao.check import check_plans
from chuandao.extract import document_to_plan
from chuandao.plan.verdict import Check, Verdict

BELTS = "构建“一区两带”农业空间格局，“一区”为城郊都市农业区，“两带”为优质粮油产业带和清溪河果蔬带。"
CENTRES = (
    "构建“双中心、两组团”的城市空间结构，“双中心”为城南行政商务中心和河东高铁商务中心，"
    "“两组团”为城北产业组团和城西生态组团。"
)
OTHER = ["推进村庄整治。", "加强耕地保护。"]
TEA = ["鼓励在新安江两岸歙县、休宁县建设高山茶叶基地。", "加强河道治理。"]
HEAD = "项目名称 | 建设内容 | 所在地 | 建设年限"
CITY_PLAN, COUNTY_PLAN = "芜湖市国土空间总体规划（2021—2035年）", "南陵县国土空间总体规划（2021—2035年）"
DISTRICT_PLAN = "鸠江区国土空间总体规划（2021—2035年）"


def on(check: Check, name: str) -> Verdict:
    """The verdict on the upper structure of this name."""
    ids = {r["id"]: r.get("name") for r in check.requirements.upper if r["mode"] == "structure"}
    return next(v for v in check.verdicts if ids.get(v.requirement) == name)


def project(place: str) -> Thing:
    """A table with one project on 清溪河 in a place."""
    return table("附表2", "重点项目表", HEAD, f"清溪河综合整治工程 | 整治河道20公里 | {place} | 2021—2028")


def under_city(title: str) -> Check:
    """A draft of this title, which says nothing of the city's centres, against the plan of 芜湖市."""
    draft = document(title, *OTHER)
    return check_plans(
        document_to_plan(draft, lexicon()),
        [plan(CITY_PLAN, CENTRES)],
        region=None,
        lexicon=lexicon(),
        lower_document=draft,
    )


def test_an_entry_that_names_the_river_elsewhere_places_the_element() -> None:
    """A project on the same river in another city: the belt does not apply, and the reason names that city."""
    verdict = on(checked([BELTS, project("六安市")], OTHER), "清溪河果蔬带")
    assert (verdict.verdict, verdict.applies) == ("not_applicable", False)
    assert "六安市" in verdict.because
    assert "请核对" in verdict.because


def test_an_entry_that_names_the_river_here_keeps_the_element_missing() -> None:
    """The same project in the draft's own city binds it: the belt is missing."""
    assert on(checked([BELTS, project("黄山市")], OTHER), "清溪河果蔬带").verdict == "missing"


def test_a_river_that_the_draft_names_is_not_put_elsewhere() -> None:
    """The draft speaks of the river, so nothing is said of its lying elsewhere."""
    check = checked([BELTS, project("六安市")], [*OTHER, "清溪河沿线实施村庄整治。"])
    assert on(check, "清溪河果蔬带").verdict not in ("not_applicable", "undetermined")


def test_a_line_of_unknown_ends_is_open_with_the_reason() -> None:
    """An axis by the first characters of far cities, of which nothing is told: left open, no alarm."""
    check = checked("打造京九电子信息产业走廊。", ["推进村庄整治。", "加强河道治理。"])
    verdict = on(check, "京九电子信息产业走廊")
    assert verdict.verdict == "undetermined"
    assert "请核对" in verdict.explanation
    assert "STR-MISSING" not in codes(check)


@pytest.mark.parametrize("name", ["城乡蓝绿生态网络", "河湖水系生态网络", "高山林区生态网络"])
def test_an_element_of_the_whole_area_stays_missing(name: str) -> None:
    """A network without a proper name is every region's business."""
    upper = f"构建“一屏一网”生态格局，“一屏”为大别山生态屏障，“一网”为{name}。"
    assert on(checked(upper, OTHER), name).verdict == "missing"


@pytest.mark.parametrize("name", ["城南行政商务中心", "河东高铁商务中心"])
def test_a_quarter_of_the_upper_citys_town_is_no_business_of_a_county(name: str) -> None:
    """城南, 河东: one of the two centres of the city's own town."""
    verdict = on(under_city(COUNTY_PLAN), name)
    assert (verdict.verdict, verdict.applies) == ("not_applicable", False)
    assert "芜湖市中心城区" in verdict.because


def test_a_district_may_hold_the_quarter() -> None:
    """A district of the city may be where the quarter lies: open, not waved through."""
    assert on(under_city(DISTRICT_PLAN), "城南行政商务中心").verdict == "undetermined"


def test_a_belt_whose_like_is_carried_is_taken_to_lie_elsewhere_with_the_reason() -> None:
    """One of three belts is carried, the lake of another is nowhere: it does not apply, and one is asked to look."""
    upper = "构建“一区两带”农业空间格局，“一区”为城郊都市农业区，“两带”为优质粮油产业带和青龙湖水产带。"
    lower = "构建“一区一带”农业空间格局，“一区”为城郊都市农业区，“一带”为优质粮油产业带。"
    verdict = on(checked(upper, [lower, "加强河道治理。"]), "青龙湖水产带")
    assert verdict.verdict == "not_applicable"
    assert "优质粮油产业带" in verdict.because
    assert "请核对" in verdict.because


def test_a_lake_of_which_nothing_is_told_is_open() -> None:
    """Without a like that is carried the belt is left open: neither missing nor waved through."""
    upper = "构建“一区两带”农业空间格局，“一区”为城郊都市农业区，“两带”为优质粮油产业带和青龙湖水产带。"
    assert on(checked(upper, ["推进村庄整治。", "加强河道治理。"]), "青龙湖水产带").verdict == "undetermined"


def test_what_a_belt_grows_is_no_trace_of_it() -> None:
    """北部玉米带: a draft that speaks of maize has not thereby the belt."""
    upper = "构建“一区两带”的农业空间格局，“一区”为沿江平原粮油产区，“两带”为新安江茶叶产业带和北部玉米带。"
    assert on(checked(upper, [*TEA, "玉米种植面积保持稳定。"]), "北部玉米带").verdict == "not_applicable"


def test_an_element_is_not_renamed_to_another_rivers() -> None:
    """青龙湖 is nowhere in the draft: its corridor has not become that of a river of the draft's own."""
    upper = "构建“一屏两廊”的生态格局，“一屏”为城郊森林生态屏障，“两廊”为青龙湖水系生态廊道和绿色交通生态廊道。"
    lower = "构建“一屏一廊”的生态格局，“一屏”为城郊森林生态屏障，“一廊”为横江水系生态廊道。"
    check = checked(upper, [lower, "加强河道治理。"])
    assert on(check, "青龙湖水系生态廊道").verdict in ("not_applicable", "undetermined")


def test_the_corridor_of_one_river_is_not_that_of_another() -> None:
    """A local corridor that bears another river's name does not carry the upper one, however alike the names are."""
    upper = "构建“一屏一廊”的生态格局，“一屏”为皖南山地生态屏障，“一廊”为青弋江生态廊道，涉及黄山市、芜湖市。"
    for river, verdict in (("新安江", "missing"), ("青弋江", "fulfilled")):
        check = checked(upper, f"建设{river}生态廊道，依托{river}干支流，提升水源涵养能力。")
        known = {r["id"]: r for r in check.requirements.upper}
        said = {known[v.requirement].get("name"): v.verdict for v in check.verdicts}
        assert said["青弋江生态廊道"] == verdict
