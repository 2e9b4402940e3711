"""Farming areas by what grows where, ranks of cities, groups of regions at the head of a name."""

from __future__ import annotations

import pytest
from makers_pair import checked

from chuandao.check.produce import landform
from chuandao.plan.verdict import Check

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
