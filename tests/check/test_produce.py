"""Farming areas by what grows where, ranks of cities, groups of regions at the head of a name."""

from __future__ import annotations

import pytest
from makers_pair import CITY, PROVINCE, checked, document, lexicon, plan, table

from chuandao.check import check_plans
from chuandao.check.judgement import Judgement
from chuandao.check.links import slogan_rule
from chuandao.check.produce import landform
from chuandao.extract import document_to_plan
from chuandao.plan.requirement import RuleRequirement, StructureRequirement
from chuandao.plan.verdict import Check, VerdictName

AREAS = (
    "构建“两区两带”农业空间格局，“两区”为江淮丘陵优质稻区、沿江平原粮油产区，“两带”为新安江茶叶产业带和环湖水产养殖带。"
)


def verdict_on(check: Check, name: str) -> str:
    """The verdict on the upper structure of this name."""
    ids = {r["id"]: r.get("name") for r in check.requirements.upper if r["mode"] == "structure"}
    return next(v.verdict for v in check.verdicts if ids.get(v.requirement) == name)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("沿松花江优质粳稻带", "松花江"),
        ("松嫩平原农业区", "松嫩平原"),
        ("环湖淡水养殖带", "环湖"),
        ("中部玉米带", None),
    ],
)
def test_the_landform_at_the_head_of_a_name(name: str, place: str | None) -> None:
    """沿 and 环 belong to no name; a part of the compass is none."""
    assert landform(name) == place


def test_a_farming_area_is_carried_where_it_grows() -> None:
    """A sentence that plans the same produce along the same river carries the belt; another river's belt stays away."""
    check = checked(AREAS, ["鼓励在新安江两岸歙县、休宁县建设高山茶叶基地。", "加强河道治理。"])
    assert verdict_on(check, "新安江茶叶产业带") == "refined"
    assert verdict_on(check, "江淮丘陵优质稻区") == "not_applicable"


def test_another_produce_carries_nothing() -> None:
    """The same river with cattle is no tea belt."""
    check = checked(AREAS, ["鼓励在新安江两岸歙县、休宁县建设肉牛基地。", "加强河道治理。"])
    assert verdict_on(check, "新安江茶叶产业带") != "refined"


def test_a_city_ranked_among_others_is_carried_by_its_own_core() -> None:
    """黄山 is one of the regional centres; its town is the core of its own system of towns."""
    upper = "培育“一核两副”的城镇体系，“一核”为合肥市中心城区，“两副”为芜湖、黄山两个区域中心城市。"
    check = checked(upper, "形成“一主两副”城镇体系，“一主”为黄山中心城区，“两副”为歙县县城、休宁县城。")
    assert verdict_on(check, "芜湖、黄山两个区域中心城市") == "refined"


def on_rule(check: Check, words: str) -> str:
    """The verdict on the upper rule that holds these words."""
    ids = {r["id"] for r in check.requirements.upper if r["mode"] == "rule" and words in r["text"]}
    return next(v.verdict for v in check.verdicts if v.requirement in ids)


def test_what_is_asked_of_all_other_cities() -> None:
    """除甲市外，其他设区市 binds the draft's city, by what is said of the others only; of 甲市 itself it does not."""
    rule = "合肥市城区防洪标准应达到200年一遇，其他设区市中心城区不低于100年一遇。"
    assert on_rule(checked(rule, "中心城区防洪标准应达到100年一遇。"), "防洪") in ("fulfilled", "refined")
    assert on_rule(checked(rule, "中心城区防洪标准应达到50年一遇。"), "防洪") == "conflict"
    other = "黄山市城区防洪标准应达到200年一遇，其他设区市中心城区不低于100年一遇。"
    assert on_rule(checked(other, "中心城区防洪标准应达到100年一遇。"), "防洪") not in ("fulfilled", "refined")


def test_more_things_that_may_go_on_widen_an_exception() -> None:
    """仅允许 A, but B may go on too."""
    rule = "生态保护红线内禁止开发性、生产性建设活动，仅允许对生态功能不造成破坏的有限人为活动。"
    lower = "生态保护红线内禁止开发性、生产性建设活动，但有限人为活动和乡村民宿、露营基地等文旅项目可以开展。"
    assert on_rule(checked(rule, lower), "仅允许") == "conflict"
    kept = "生态保护红线内禁止开发性、生产性建设活动，但不破坏生态功能的有限人为活动可以开展。"
    assert on_rule(checked(rule, kept), "仅允许") != "conflict"


@pytest.mark.parametrize(("second", "carried"), [("refined", True), ("missing", False)])
def test_a_slogan_is_carried_with_all_its_elements(second: VerdictName, carried: bool) -> None:
    """A rule that lists the elements of a structure is answered by the draft that carries each of them."""
    upper = plan(PROVINCE, AREAS, "各市应当落实江淮丘陵优质稻区、沿江平原粮油产区的粮食生产任务。")
    rule = next(r for r in upper.requirements if isinstance(r, RuleRequirement))
    first, other = [r for r in upper.requirements if isinstance(r, StructureRequirement)][:2]
    said = slogan_rule(rule, [(first, Judgement("fulfilled", "")), (other, Judgement(second, ""))])
    assert (said is not None) == carried


@pytest.mark.parametrize(("place", "applies"), [("黄山市黄山区", True), ("芜湖市南陵县", False)])
def test_a_lake_that_the_upper_plan_puts_in_the_region_has_its_elements_there(place: str, applies: bool) -> None:
    """An element named after a lake applies where a list of the upper plan puts the lake, wherever its parts are named."""
    head = "名称 | 级别 | 所在地 | 面积（公顷）"
    parks = table("附表4", "自然保护地名录", head, f"太平湖国家湿地公园 | 国家级 | {place} | 9850")
    upper = plan(PROVINCE, "构建“一廊一带”，“一廊”为太平湖候鸟廊道，“一带”为巢湖生态带。", parks)
    changed = [
        r.model_copy(update={"components": ("青阳县湿地",)}) if isinstance(r, StructureRequirement) else r
        for r in upper.requirements
    ]
    upper = upper.model_copy(update={"requirements": tuple(changed)})
    draft = document(CITY, "太平湖国家湿地公园应设立界碑。", "推进村庄整治。")
    lower = document_to_plan(draft, lexicon())
    check = check_plans(lower, [upper], region=None, lexicon=lexicon(), lower_document=draft)
    assert (verdict_on(check, "太平湖候鸟廊道") != "not_applicable") == applies


def test_leisure_does_not_carry_an_ecological_corridor() -> None:
    """The same river as an axis of tourism is another function: renamed, not carried."""
    upper = "构建“一廊一带”的生态格局，“一廊”为新安江生态廊道，“一带”为长江生态带。"
    check = checked(upper, "构建“一轴一心”的空间结构，“一轴”为新安江文旅休闲轴，“一心”为屯溪主城区。")
    assert verdict_on(check, "新安江生态廊道") in ("partial", "missing")


def test_rivers_of_one_sentence_are_told_apart_by_the_drafts_own() -> None:
    """甲江、乙江等水系生态廊道: the river that the draft names concerns it, the others don't."""
    check = checked(
        "建设新安江、淠河、滁河等水系生态廊道。", ["新安江生态廊道两岸各划定30米缓冲带。", "推进村庄整治。"]
    )
    assert verdict_on(check, "新安江生态廊道") == "fulfilled"
    assert verdict_on(check, "淠河生态廊道") == "not_applicable"
