"""Cells that take one of a few words, grades under other names, kinds of work in names; types of zones laid over or left out."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, table

MINES = table(
    "附表5",
    "重点矿区管控名录",
    "矿区名称 | 矿种 | 管控方式 | 所在地",
    "歙县大谷运萤石矿区 | 萤石 | 限制性开采 | 歙县",
    "休宁县冯村石煤矿区 | 石煤 | 重点勘查 | 休宁县",
    "肥东县双庙磷矿区 | 磷 | 重点开采 | 肥东县",
    "庐江县沙溪铜矿区 | 铜 | 重点开采 | 庐江县",
)


def of(upper: Thing, lower: Thing, name: str) -> tuple[str, set[str]]:
    """The verdict on one entry and its codes."""
    check = checked(upper, lower)
    ids = {r["id"]: r.get("name") for r in check.requirements.upper}
    verdict = next(v for v in check.verdicts if name in (ids[v.requirement] or ""))
    return verdict.verdict, {f.code for f in verdict.findings}


@pytest.mark.parametrize(
    ("header", "word", "found"),
    [
        ("方式", "重点开采", {"LIST-ATTR"}),
        ("管控要求", "重点勘查", {"LIST-ATTR"}),
        ("方式", "限制性开采", set()),
        ("方式", "按限制性开采类管理", set()),
    ],
)
def test_a_word_of_the_upper_column_that_is_another_entrys(header: str, word: str, found: set[str]) -> None:
    """限制性开采 that became 重点开采, whatever the draft calls the column; a longer wording of its own is none."""
    own = table(
        "附表3",
        "矿区管控表",
        f"矿区名称 | 矿种 | {header} | 乡镇",
        f"歙县大谷运萤石矿区 | 萤石 | {word} | 杞梓里镇",
        "休宁县冯村石煤矿区 | 石煤 | 重点勘查 | 流口镇",
    )
    assert of(MINES, own, "大谷运")[1] == found


RELICS = table(
    "附表6", "历史文化遗产名录", "名称 | 类别 | 级别 | 所在地", "岩寺新四军军部旧址 | 革命旧址 | 省级文物保护单位 | 黄山市徽州区",
    "程大位故居 | 古建筑 | 全国重点文物保护单位 | 黄山市屯溪区", "三河古镇 | 古建筑 | 省级文物保护单位 | 肥西县",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "grade", "found"),
    [
        ("岩寺新四军军部旧址", "全国重点文物保护单位", {"LIST-ATTR"}),
        ("岩寺新四军军部旧址", "国保", {"LIST-ATTR"}),
        ("岩寺新四军军部旧址", "省保", set()),
        ("程大位故居", "国家级", set()),
        ("程大位故居", "省级文物保护单位", {"LIST-ATTR"}),
    ],
)
def test_grades_of_relics_under_their_many_names(name: str, grade: str, found: set[str]) -> None:
    """全国重点文物保护单位 is 国家级; a grade that was raised is altered as well."""
    own = table(
        "附表2",
        "历史文化资源表",
        "名称 | 类别 | 级别 | 位置",
        f"{name} | {'革命旧址 | ' + grade + ' | 徽州区' if '旧址' in name else '古建筑 | ' + grade + ' | 屯溪区'}",
        "渔亭古埠 | 古建筑 | 县级 | 黟县",
    )
    assert of(RELICS, own, name)[1] == found


WORKS = table(
    "附表7", "重点建设项目表", "项目名称 | 性质 | 建设年限 | 涉及市县", "屯溪机场迁建 | 迁建 | 2023—2028 | 黄山市",
    "丰乐水库除险加固 | 改建 | 2022—2026 | 黄山市徽州区", "巢湖港改扩建 | 扩建 | 2022—2026 | 合肥市",
)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("屯溪新安江机场 | 扩建 | 2023—2028 | 休宁县", "conflict"),
        ("屯溪新安江机场扩建工程 | — | 2023—2028 | 休宁县", "conflict"),
        ("屯溪新安江机场 | 迁建 | 2023—2028 | 休宁县", "refined"),
    ],
)
def test_a_project_with_a_word_in_its_name_and_another_kind_of_work(row: str, verdict: str) -> None:
    """屯溪新安江机场 is 屯溪机场; 迁建 that became 扩建 is altered, in a cell or in the name."""
    own = table(
        "附表8",
        "重点项目安排表",
        "项目名称 | 性质 | 建设年限 | 县（区）",
        row,
        "丰乐水库加固工程 | 改建 | 2022—2026 | 徽州区",
    )
    assert of(WORKS, own, "屯溪机场")[0] == verdict


TYPED = table(
    "附表3", "主体功能区名录", "县（市、区） | 主体功能定位 | 叠加类型", "歙县 | 重点生态功能区 | 能源资源富集区",
    "休宁县 | 农产品主产区 | —", "肥西县 | 城市化地区 | —",
)  # fmt: skip


def zone_of(lower: list[Thing], unit: str = "歙县") -> str:
    check = checked(TYPED, lower)
    ids = {r["id"]: (r.get("unit") or {}).get("name") for r in check.requirements.upper if r["mode"] == "zone"}
    return next(v.verdict for v in check.verdicts if ids.get(v.requirement) == unit)


@pytest.mark.parametrize(
    ("laid", "verdict"), [("", "partial"), ("歙县叠加能源资源富集区，矿业开发集中布局。", "refined")]
)
def test_what_is_laid_over_a_unit_is_looked_for_where_it_is_told_by_its_towns(laid: str, verdict: str) -> None:
    """A type made finer in towns still owes the type laid over the whole."""
    towns = table(
        "附表4", "乡镇主体功能表", "乡镇 | 主体功能定位", "杞梓里镇 | 重点生态功能区", "霞坑镇 | 农产品主产区",
        "三阳镇 | 重点生态功能区",
    )  # fmt: skip
    assert zone_of([towns, *([laid] if laid else [])]) == verdict


VILLAGES = table(
    "附表6", "传统村落名录", "名称 | 类型 | 级别 | 所在地", "呈坎村 | 传统村落 | 国家级 | 黄山市徽州区",
    "渔梁村 | 传统村落 | 省级 | 黄山市歙县", "毛坦厂村 | 传统村落 | 省级 | 六安市金安区",
)  # fmt: skip


@pytest.mark.parametrize(
    ("lower", "verdict"),
    [
        ("歙县渔梁村列入省级传统村落。", "fulfilled"),
        ("渔梁村建设停车场和游客驿站。", "missing"),
    ],
)
def test_a_village_of_a_register_is_not_listed_by_its_name_alone(lower: str, verdict: str) -> None:
    """A sentence that names the village lists it only where it says what it is listed as."""
    assert of(VILLAGES, lower, "渔梁村")[0] == verdict


def test_a_village_that_is_only_the_place_of_another_entry() -> None:
    """A row of another entry that lies in the village does not list the village."""
    own = table(
        "附表3",
        "文化遗产表",
        "名称 | 类型 | 级别 | 所在地",
        "新安砚雕技艺 | 传统村落文化 | 国家级 | 渔梁村、雄村",
        "呈坎村 | 传统村落 | 国家级 | 徽州区",
    )
    assert of(VILLAGES, own, "渔梁村")[0] == "missing"


@pytest.mark.parametrize(
    ("unit", "printed", "verdict"),
    [
        ("潭渡镇", "重点开发区域", "partial"),
        ("潭渡镇", "限制开发区域", "conflict"),
        ("歙县", "重点开发区域", "conflict"),
    ],
)
def test_a_town_under_the_name_of_old(unit: str, printed: str, verdict: str) -> None:
    """A town's row that calls 城市化地区 as it was called in 2010 keeps what it is; another type, or a county's, does not."""
    zones = table("附表3", "主体功能分区表", "行政区 | 主体功能类型", f"{unit} | 城市化地区", "祁门县 | 重点生态功能区")
    drawn = table("附表3", "主体功能分区表", "行政区 | 主体功能类型", f"{unit} | {printed}", "祁门县 | 重点生态功能区")
    check = checked(zones, [drawn])
    ids = {r["id"]: (r.get("unit") or {}).get("name") for r in check.requirements.upper if r["mode"] == "zone"}
    assert next(v.verdict for v in check.verdicts if ids.get(v.requirement) == unit) == verdict


@pytest.mark.parametrize(("drawn", "applies"), [("水源涵养修复区", True), ("湿地修复区", False)])
def test_land_along_a_river_of_the_region_is_zoned(drawn: str, applies: bool) -> None:
    """率水干流两岸 concerns a draft that speaks of the river and draws a zone of that type, no other."""
    upper = "划定三个生态修复分区，率水干流两岸划为水源涵养修复区，皖北平原划为农田修复区，巢湖周边划为湖泊修复区。"
    lower = [
        "加强率水水环境治理。",
        f"划定两个生态修复分区，市域西部划为{drawn}，市域东部划为水土保持修复区。",
    ]
    check = checked(upper, lower)
    ids = {r["id"]: (r.get("unit") or {}).get("name") for r in check.requirements.upper if r["mode"] == "zone"}
    assert "率水干流两岸" in ids.values()
    assert next(v.applies for v in check.verdicts if ids.get(v.requirement) == "率水干流两岸") == applies
