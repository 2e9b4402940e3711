"""Cells of list entries: amounts, ranks and kinds of work under one header."""

from __future__ import annotations

import pytest
from makers_pair import checked, table

from chuandao.check.cells import worse_rank


def said(head: str, upper: str, lower: str, own_head: str | None = None) -> str:
    """The verdict on one entry of a list of reservoirs of which a second one stays as it is."""
    theirs = table(
        "附表5",
        "大中型水库名录",
        f"序号 | 名称 | {head} | 所在地",
        f"1 | 松林水库 | {upper} | 黄山市",
        f"2 | 竹溪水库 | {upper} | 黄山市",
    )
    ours = table(
        "附表4",
        "水库名录",
        f"序号 | 名称 | {own_head or head} | 所在地",
        f"1 | 松林水库 | {lower} | 黄山区",
        f"2 | 竹溪水库 | {upper} | 黟县",
    )
    check = checked(theirs, [ours])
    names = {r["id"]: r.get("name") for r in check.requirements.upper}
    return next(v.verdict for v in check.verdicts if names.get(v.requirement) == "松林水库")


@pytest.mark.parametrize(
    ("head", "upper", "lower"),
    [
        ("总库容（亿立方米）", "6.35", "5.35"),
        ("规模等级", "大型", "中型"),
        ("水质目标", "Ⅱ", "Ⅲ类"),
        ("建设性质", "扩建", "新建"),
    ],
)
def test_a_cell_that_was_altered(head: str, upper: str, lower: str) -> None:
    """A smaller amount, a lower rank and another kind of work are found; the same cell is sound."""
    assert said(head, upper, lower) == "conflict"
    assert said(head, upper, upper) in ("fulfilled", "refined")


def test_a_better_rank_and_more_are_sound() -> None:
    """Water of a better class and a bigger reservoir are no defect."""
    assert said("水质目标", "Ⅲ", "Ⅱ") in ("fulfilled", "refined")
    assert said("总库容（亿立方米）", "5.35", "6.35") in ("fulfilled", "refined")
    assert worse_rank("Ⅲ", "Ⅱ") is None


def test_an_amount_under_another_header() -> None:
    """A single amount of one kind is compared though one list calls it 长度 and the other 规模."""
    assert said("长度", "9.75公里", "7.95公里", "规模") == "conflict"
    assert said("长度", "9.75公里", "9.75公里", "规模") in ("fulfilled", "refined")


@pytest.mark.parametrize(
    ("own", "conflict"), [("山地水土保持修复区", True), ("皖南山地水源涵养修复区", False), ("新安江水源涵养区", False)]
)
def test_a_zone_that_the_upper_plan_gives_to_others(own: str, conflict: bool) -> None:
    """A type of the same zoning that only other regions have is another type, not a local name for the region's own."""
    zones = table(
        "附表6", "生态修复分区表", "生态修复分区 | 行政区", "皖南山地水源涵养修复区 | 黄山市", "山地水土保持修复区 | 池州市", "平原农田修复区 | 阜阳市"
    )  # fmt: skip
    drawn = table("附表3", "生态修复分区表", "生态修复分区 | 行政区", f"{own} | 黄山市")
    said = [v for v in checked(zones, [drawn]).verdicts if v.applies]
    assert said
    assert (any(v.verdict == "conflict" for v in said)) == conflict


def test_the_same_digits_in_a_smaller_unit() -> None:
    """1.28万公顷 written as 1.28万亩 is a slip of the unit, whatever the headers."""
    assert said("建设规模", "恢复植被1.28万公顷", "恢复植被1.28万亩", "内容") == "conflict"
    assert said("建设规模", "恢复植被1.28万公顷", "恢复植被19.2万亩", "内容") in ("fulfilled", "refined")


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("1 | 松林水库生态岛礁建设工程 | 黄山区", "missing"),
        ("1 | 松林水库 | 黄山区", "fulfilled"),
    ],
)
def test_a_project_that_bears_its_name_is_no_entry(row: str, verdict: str) -> None:
    """An entry left out of its list is not there because a project is called after it."""
    theirs = table("附表5", "大中型水库名录", "序号 | 名称 | 所在地", "1 | 松林水库 | 黄山市", "2 | 竹溪水库 | 黄山市")
    list_ = table("附表4", "水库名录", "序号 | 名称 | 所在地", "1 | 竹溪水库 | 黟县")
    other = table("附表6", "重点工程表", "序号 | 名称 | 所在地", row, "2 | 白茅岭矿山修复工程 | 祁门县")
    check = checked(theirs, [list_, other])
    names = {r["id"]: r.get("name") for r in check.requirements.upper}
    assert next(v.verdict for v in check.verdicts if names.get(v.requirement) == "松林水库") == verdict


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ("整治面积1.1万亩，新增耕地600亩", "partial"),
        ("整治面积1.4万亩，新增耕地500亩", "partial"),
        ("新增耕地600亩，整治面积1.4万亩", "fulfilled"),
        ("整治1.1万亩左右，新增耕地600亩", "fulfilled"),
    ],
)
def test_two_areas_in_one_cell_go_by_their_words(content: str, verdict: str) -> None:
    """Each is compared with the one that the same words lead; one under other words is not guessed at."""
    head = "序号 | 项目名称 | 建设内容与规模 | 实施区域 | 建设时序"
    theirs = table("附表6", "国土整治重大工程安排表", head, "1 | 潜口镇全域土地综合整治工程 | 整治面积1.4万亩，新增耕地600亩 | 黄山市 | 2022—2028", "2 | 率水湿地修复工程 | 修复湿地120公顷 | 黄山市 | 2022—2026")  # fmt: skip
    ours = table("附表5", "国土整治工程项目表", head, f"1 | 潜口镇全域土地综合整治工程 | {content} | 潜口镇 | 2022—2028", "2 | 率水湿地修复工程 | 修复湿地120公顷 | 休宁县 | 2022—2026")  # fmt: skip
    check = checked(theirs, [ours])
    names = {r["id"]: r.get("name") for r in check.requirements.upper}
    assert (
        next(v.verdict for v in check.verdicts if names.get(v.requirement) == "潜口镇全域土地综合整治工程") == verdict
    )


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("大谷运钨矿区", "重点开采区", {"conflict"}),
        ("大谷运钨矿区", "重点勘查区", {"fulfilled", "refined"}),
        ("大谷运钨矿区", "勘查区", {"fulfilled", "refined"}),
    ],
)
def test_what_may_be_done_in_a_mining_area(name: str, kind: str, expected: set[str]) -> None:
    """Exploration turned to mining is another kind of area, under a shorter name too and in a table of no list."""
    theirs = table("附表7", "矿产资源勘查开采分区名录", "名称 | 矿种 | 分区类型 | 所在地", "黄山大谷运钨矿勘查区 | 钨 | 重点勘查区 | 黄山市", "黄山洪坑萤石矿开采区 | 萤石 | 限制开采区 | 黄山市", "池州马头铜矿开采区 | 铜 | 重点开采区 | 池州市")  # fmt: skip
    ours = table("表5-2", "矿区与管控", "矿区 | 矿种 | 类型 | 位置", f"{name} | 钨 | {kind} | 歙县", "洪坑萤石矿区 | 萤石 | 限制开采区 | 休宁县")  # fmt: skip
    check = checked(theirs, [ours])
    names = {r["id"]: r.get("name") for r in check.requirements.upper}
    assert next(v.verdict for v in check.verdicts if names.get(v.requirement) == "黄山大谷运钨矿勘查区") in expected
