"""Zones: one requirement for each unit and type, from tables and sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest

from chuandao.extract.zone_phrases import zone_phrases
from chuandao.extract.zones import find_zones
from chuandao.plan.document import Block, Cell, Document, DocxRun, Source, Table, Text
from chuandao.plan.lexicon import Lexicon, load_lexicon


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon()


def context(home: str) -> Any:
    known = lexicon()
    return SimpleNamespace(lexicon=known, gazetteer=known.gazetteer, region=known.gazetteer.find(home))


def table(title: str, rows: list[str], *, unit: str | None = None) -> Table:
    """A table from rows of cells parted by |; "^" is the cell above, merged downwards."""
    grid: list[tuple[Cell, ...]] = []
    for r, line in enumerate(rows):
        cells: list[Cell] = []
        for c, words in enumerate(part.strip() for part in line.split("|")):
            runs = (DocxRun(0, len(words), "body", 100 * r + c, 0),) if words else ()
            cells.append(grid[r - 1][c] if words == "^" else Cell(Text(words, runs), r, c))
        grid.append(tuple(cells))
    return Table(0, tuple(grid), 1, "附表1", title, unit=unit, part="annex", section=(f"附表1 {title}",))


def zones(home: str, *things: Table | str) -> list[Any]:
    blocks = []
    for index, thing in enumerate(things):
        if isinstance(thing, Table):
            blocks.append(Block(index, "table", Text(""), section=thing.section, table=thing))
        else:
            text = Text(thing, (DocxRun(0, len(thing), "body", index, 0),))
            blocks.append(Block(index, "paragraph", text, section=("第三章 格局", "第5条 主体功能区")))
    return find_zones(Document(Source("test.docx", "0" * 64, "docx"), tuple(blocks)), context(home))


def test_county_table_with_overlays_and_merged_city() -> None:
    """Each row gives its county a type with overlays, resolved under the city of the merged cell."""
    found = zones(
        "广东省",
        table(
            "主体功能区名录",
            [
                "地级以上市 | 县（市、区） | 主体功能定位 | 叠加功能类型",
                "惠州市 | 龙门县 | 农产品主产区 | 自然保护地、特别振兴区",
                "^ | 惠城区 | 城市化发展区 | —",
            ],
        ),
    )
    assert [(z.unit.name, z.unit.code, z.type, z.overlays) for z in found] == [
        ("龙门县", "441324", "农产品主产区", ("自然保护地", "特别振兴区")),
        ("惠城区", "441302", "城市化发展区", ()),
    ]
    assert {z.system for z in found} == {"主体功能区"}


def test_remark_gives_towns_a_zone_of_their_own() -> None:
    """高潭镇、宝口镇按重点生态功能区管理 in the remarks is a zone for each of the towns."""
    found = zones(
        "广东省",
        table(
            "主体功能区名录",
            [
                "县（市、区） | 主体功能定位 | 备注",
                "惠东县 | 城市化发展区 | 高潭镇、宝口镇按重点生态功能区管理",
            ],
        ),
    )
    assert [(z.unit.name, z.type) for z in found] == [
        ("惠东县", "城市化发展区"),
        ("高潭镇", "重点生态功能区"),
        ("宝口镇", "重点生态功能区"),
    ]


def test_types_as_headers_over_lists_of_counties() -> None:
    """A table whose headers are types and whose cells list counties says the same as one by rows."""
    found = zones("惠州市", table("主体功能区表", ["城市化地区 | 农产品主产区", "惠城区、惠阳区 | 龙门县"]))
    assert {(z.unit.name, z.type) for z in found} == {
        ("惠城区", "城市化地区"),
        ("惠阳区", "城市化地区"),
        ("龙门县", "农产品主产区"),
    }


def test_lists_of_counties_under_types_with_marks() -> None:
    """A city a row, a type a column, its counties listed in the cell; a mark after a name is an overlay told in the note."""
    rows = [
        "市 | 城市化地区 | 农产品主产区 | 重点生态功能区",
        "绵阳市 | 涪城区、游仙区▲ | 三台县、盐亭县 | 平武县",
        "南充市 | 顺庆区 | — | —",
    ]
    sheet = replace(table("主体功能定位名录", rows), notes=(Text("注：▲为叠加能源资源富集区。"),))
    found = zones("四川省", sheet)
    assert [(z.unit.name, z.type, z.overlays) for z in found] == [
        ("涪城区", "城市化地区", ()),
        ("游仙区", "城市化地区", ("能源资源富集区",)),
        ("三台县", "农产品主产区", ()),
        ("盐亭县", "农产品主产区", ()),
        ("平武县", "重点生态功能区", ()),
        ("顺庆区", "城市化地区", ()),
    ]


def test_units_grouped_by_their_city_in_one_cell_with_overlays_in_brackets() -> None:
    """A type and a grade a row; a cell lists 市：县、县（叠加）, under a header that no lexicon knows."""
    rows = [
        "主体功能类型 | 级别 | 县（市、区）名单",
        "城市化地区 | 国家级 | 绵阳市：涪城区、游仙区（能源资源富集区）；南充市：顺庆区",
        "重点生态功能区 | 省级 | 绵阳市：平武县（重要文化与景观功能区、边境地区）",
    ]
    assert [(z.unit.name, z.type, z.overlays) for z in zones("四川省", table("县级主体功能区名录", rows))] == [
        ("涪城区", "城市化地区", ()),
        ("游仙区", "城市化地区", ("能源资源富集区",)),
        ("顺庆区", "城市化地区", ()),
        ("平武县", "重点生态功能区", ("重要文化与景观功能区", "边境地区")),
    ]


def test_zone_statistics_hold_for_the_whole_area() -> None:
    """Each finest zone of a statistics table has its area; totals are no zone."""
    found = zones(
        "惠州市",
        table(
            "规划分区统计表",
            [
                "一级分区 | 二级分区 | 面积 | 占比",
                "生态保护区 | — | 2,216.30 | 19.5",
                "乡村发展区 | 村庄建设区 | 10.00 | 0.1",
                "合计 | | 2226.30 | 100",
            ],
            unit="平方公里、%",
        ),
    )
    assert [(z.unit.name, z.type, z.values[0].value, z.values[0].si.value) for z in found] == [
        ("惠州市", "生态保护区", "2216.30", "2216300000"),
        ("惠州市", "村庄建设区", "10.00", "10000000"),
    ]
    assert {z.system for z in found} == {"规划分区"}


def test_named_zones_with_a_type_are_units() -> None:
    """A register of functional zones gives each named zone its type, area and rule."""
    found = zones(
        "青岛市",
        table(
            "海洋功能区登记表",
            [
                "序号 | 功能区名称 | 功能区类型 | 地理范围 | 面积（公顷） | 管控要求",
                "1 | 甲湾游憩区 | 游憩用海区 | 城阳区 | 500 | 不得围填",
            ],
        ),
    )
    assert [(z.unit.name, z.type, z.system, z.values[0].value, z.policies) for z in found] == [
        ("甲湾游憩区", "游憩用海区", "海洋功能区", "500", ("不得围填",)),
    ]


def test_areas_by_region_and_type() -> None:
    """Types as headers over areas give each region a zone with its area."""
    found = zones(
        "苏州市",
        table(
            "规划分区统计表",
            ["行政区 | 生态保护区 | 农田保护区", "吴江区 | 10.5 | 20.1", "合计 | 10.5 | 20.1"],
            unit="平方公里",
        ),
    )
    assert [(z.unit.name, z.type, z.values[0].value, z.values[0].unit) for z in found] == [
        ("吴江区", "生态保护区", "10.5", "平方公里"),
        ("吴江区", "农田保护区", "20.1", "平方公里"),
    ]


def test_restoration_zones_have_their_members() -> None:
    """修复分区 beside 涉及县 gives each county the zone."""
    found = zones(
        "惠州市",
        table("生态修复分区表", ["修复分区 | 涉及县（区） | 主要方向", "北部水源涵养区 | 龙门县、博罗县 | 封山育林"]),
    )
    assert [(z.unit.name, z.type, z.system, z.function) for z in found] == [
        ("龙门县", "北部水源涵养区", "生态修复分区", "封山育林"),
        ("博罗县", "北部水源涵养区", "生态修复分区", "封山育林"),
    ]


def test_text_and_table_that_agree_are_one_requirement() -> None:
    """What the text says again in a table is a mention, never a second zone."""
    found = zones(
        "惠州市",
        "龙门县为农产品主产区。",
        table("主体功能区名录", ["县（区） | 主体功能定位", "龙门县 | 农产品主产区"]),
    )
    assert [(z.unit.name, len(z.mentions)) for z in found] == [("龙门县", 1)]


@pytest.mark.parametrize(
    ("home", "words", "expected"),
    [
        (
            "惠州市",
            "惠城区、惠阳区等城市化发展区的用地指标优先保障",
            [("惠城区", None, "城市化发展区"), ("惠阳区", None, "城市化发展区")],
        ),
        (
            "惠州市",
            "惠城区、惠阳区和博罗县为重点生态功能区",
            [
                ("惠城区", None, "重点生态功能区"),
                ("惠阳区", None, "重点生态功能区"),
                ("博罗县", None, "重点生态功能区"),
            ],
        ),
        ("惠州市", "龙门县作为农产品主产 区，不再布局工业项目", [("龙门县", None, "农产品主产区")]),
        ("惠州市", "惠东县高潭、宝口等重点生态功能区镇执行负面清单", [("惠东县", "部分镇", "重点生态功能区")]),
        (
            "惠州市",
            "农产品主产区包括龙门县、博罗县",
            [("龙门县", None, "农产品主产区"), ("博罗县", None, "农产品主产区")],
        ),
        (
            "怀集县",
            "凤岗镇、洽水镇细化为重点生态功能区",
            [("凤岗镇", None, "重点生态功能区"), ("洽水镇", None, "重点生态功能区")],
        ),
        (
            "怀集县",
            "划分两个修复分区：凤岗镇、洽水镇为水源涵养修复区，冷坑镇为农田整治区",
            [("凤岗镇", None, "水源涵养修复区"), ("洽水镇", None, "水源涵养修复区"), ("冷坑镇", None, "农田整治区")],
        ),
        ("三台县", "全县为国家级农产品主产区", [("三台县", None, "农产品主产区")]),
        ("三台县", "县域主体功能定位为农产品主产区", [("三台县", None, "农产品主产区")]),
        ("三台县", "我县承接农产品主产区定位", [("三台县", None, "农产品主产区")]),
        ("三台县", "全县是四川重要的农产品主产区之一", []),
        ("四川省", "三台县主体功能定位由城市化地区调整为农产品主产区", [("三台县", None, "农产品主产区")]),
        (
            "四川省",
            "三台县（农产品主产区）、平武县（国家级重点生态功能区）",
            [("三台县", None, "农产品主产区"), ("平武县", None, "重点生态功能区")],
        ),
        (
            "四川省",
            "——农产品主产区。三台县、盐亭县2个县，重点保障粮食安全。",
            [("三台县", None, "农产品主产区"), ("盐亭县", None, "农产品主产区")],
        ),
        (
            "三台县",
            "潼川镇以城镇功能为主，芦溪镇、立新镇以农业功能为主",
            [
                ("潼川镇", None, "城镇功能乡镇"),
                ("芦溪镇", None, "农业功能乡镇"),
                ("立新镇", None, "农业功能乡镇"),
            ],
        ),
        (
            "怀集县",
            "凤岗、洽水两个镇和怀城街道为重点生态功能区",
            [
                ("凤岗镇", None, "重点生态功能区"),
                ("洽水镇", None, "重点生态功能区"),
                ("怀城街道", None, "重点生态功能区"),
            ],
        ),
        ("惠州市", "2012年省规划曾将惠城区列为优化开发区域", []),
        ("惠州市", "农产品主产区主要分布在雷州半岛、粤北盆地", []),
        ("惠州市", "重点生态功能区的产业准入应当从严", []),
    ],
)
def test_sentences(home: str, words: str, expected: list[tuple[str, str | None, str]]) -> None:
    """A sentence gives its places a type where it says so, and none where it tells of the past or of the type itself."""
    known = context(home)
    found = [(p.unit.name, p.part, p.type) for p in zone_phrases(words, known.region, known.lexicon) if p.unit]
    assert found == expected


def test_rest_of_the_towns() -> None:
    """其余各镇 are the plan's own towns of that kind that have no type yet."""
    rows = ["乡镇 | 耕地保有量（万亩）", *(f"{name} | 1" for name in ("凤岗镇", "冷坑镇", "马宁镇", "怀城街道"))]
    found = zones("怀集县", "凤岗镇为重点生态功能区，其余各镇为农产品主产区。", table("指标分解表", rows))
    assert [(z.unit.name, z.type) for z in found] == [
        ("凤岗镇", "重点生态功能区"),
        ("冷坑镇", "农产品主产区"),
        ("马宁镇", "农产品主产区"),
    ]


def test_overlays_of_a_sentence() -> None:
    """叠加自然保护地和特别振兴区 after the type are its overlays."""
    found = zones("惠州市", "龙门县为农产品主产区，叠加自然保护地和特别振兴区两类功能。")
    assert found[0].overlays == ("自然保护地", "特别振兴区")


def test_villages_of_each_class_by_table_and_sentence() -> None:
    """村庄类型 beside 村庄名称 gives each village its class, the sentence too."""
    found = zones(
        "感德镇",
        table(
            "村庄分类表",
            ["村庄类型 | 村庄名称 | 数量（个）", "集聚提升类 | 东山村、西山村 | 2", "特色保护类 | 古塘村 | 1"],
        ),
        "南坡村、北坡村为搬迁撤并类。",
    )
    assert [(z.unit.name, z.type, z.system) for z in found] == [
        ("东山村", "集聚提升类", "村庄分类"),
        ("西山村", "集聚提升类", "村庄分类"),
        ("古塘村", "特色保护类", "村庄分类"),
        ("南坡村", "搬迁撤并类", "村庄分类"),
        ("北坡村", "搬迁撤并类", "村庄分类"),
    ]


def test_ticks_under_types_that_share_a_header() -> None:
    """主体功能定位 over the three types: each row's tick gives its type."""
    sheet = table(
        "县（市、区）主体功能定位表",
        [
            "县（市、区） | 主体功能定位 | 主体功能定位 | 主体功能定位",
            "县（市、区） | 城市化地区 | 农产品主产区 | 重点生态功能区",
            "惠城区 | √ | |",
            "龙门县 | | | √",
        ],
    )
    found = zones("惠州市", replace(sheet, header_rows=2))
    assert [(z.unit.name, z.type) for z in found] == [("惠城区", "城市化地区"), ("龙门县", "重点生态功能区")]


def test_a_count_with_kinds_in_brackets_ends_a_list_of_units() -> None:
    """甲、乙等2个县（市、区）为…: the count is no unit."""
    found = zones("云南省", "官渡区、安宁市、贡山县等3个县（市、区）为城市化地区，是人口集中布局的主要空间。")
    assert [z.unit.name for z in found] == ["官渡区", "安宁市", "贡山县"]
    assert found[2].unit.code == "533324"


def test_overlays_said_apart_from_the_types() -> None:
    """What is only laid over a unit joins its type; a unit without one has a zone of that name."""
    found = zones(
        "湖南省",
        table("主体功能区名录", ["县（市、区） | 主体功能定位", "云溪区 | 城市化地区", "华容县 | 农产品主产区"]),
        "云溪区、桂阳县同时列为能源资源富集区。",
        "其中华容县叠加自然保护地功能。",
    )
    assert [(z.unit.name, z.type, z.overlays) for z in found] == [
        ("云溪区", "城市化地区", ("能源资源富集区",)),
        ("华容县", "农产品主产区", ("自然保护地",)),
        ("桂阳县", "能源资源富集区", ()),
    ]


def test_rows_of_overlays_are_laid_over_the_zones_of_the_other_rows() -> None:
    """A table that lists types and overlay types below one another, with their counties in cells, gives one zone a
    county; an overlay whose county has no type is a zone of its own."""
    found = zones(
        "重庆市",
        table(
            "区县主体功能定位表",
            [
                "类别 | 名称 | 区县",
                "主体功能定位 | 农产品主产区 | 忠县、云阳县",
                "^ | 重点生态功能区 | 彭水县、酉阳县",
                "叠加类型 | 能源资源富集区 | 彭水县、武隆区",
            ],
        ),
    )
    assert {(zone.unit.name, zone.type, zone.overlays) for zone in found} == {
        ("忠县", "农产品主产区", ()),
        ("云阳县", "农产品主产区", ()),
        ("彭水县", "重点生态功能区", ("能源资源富集区",)),
        ("酉阳县", "重点生态功能区", ()),
        ("武隆区", "能源资源富集区", ()),
    }


def test_a_cell_may_say_for_each_unit_of_its_row_what_lies_over_it() -> None:
    """甲区：边境地区；乙县：… in the column of overlays holds for the unit it names alone."""
    found = zones(
        "辽宁省",
        table(
            "主体功能区名录",
            [
                "市 | 县（市、区） | 主体功能定位 | 叠加功能",
                "丹东市 | 振兴区、元宝区 | 城市化地区 | 振兴区：边境地区；元宝区：边境地区、历史文化资源富集区",
                "丹东市 | 东港市、凤城市 | 农产品主产区 | 东港市：边境地区",
            ],
        ),
    )
    assert {(zone.unit.name, zone.type, zone.overlays) for zone in found} == {
        ("振兴区", "城市化地区", ("边境地区",)),
        ("元宝区", "城市化地区", ("边境地区", "历史文化资源富集区")),
        ("东港市", "农产品主产区", ("边境地区",)),
        ("凤城市", "农产品主产区", ()),
    }
