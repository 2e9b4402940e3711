"""Registers: entries of tables in every arrangement of headers, and of running text."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest

from chuandao.extract.columns import table_columns, table_kind
from chuandao.extract.lists import find_lists, years
from chuandao.extract.table_words import table_words
from chuandao.plan.document import Block, Cell, Document, DocxRun, Source, Table, Text
from chuandao.plan.lexicon import Lexicon, load_lexicon


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon()


def context(home: str) -> Any:
    known = lexicon()
    return SimpleNamespace(lexicon=known, gazetteer=known.gazetteer, region=known.gazetteer.find(home))


def table(title: str, rows: list[str], *, header_rows: int = 1, unit: str | None = None) -> Table:
    """A table from rows of cells parted by |; "^" is the cell above (merged downwards), "<" the cell on its left."""
    grid: list[tuple[Cell, ...]] = []
    for r, line in enumerate(rows):
        cells: list[Cell] = []
        for c, words in enumerate(part.strip() for part in line.split("|")):
            if words == "^":
                cells.append(grid[r - 1][c])
            elif words == "<":
                cells.append(cells[-1])
            else:
                runs = (DocxRun(0, len(words), "body", 100 * r + c, 0),) if words else ()
                cells.append(Cell(Text(words, runs), r, c))
        grid.append(tuple(cells))
    return Table(0, tuple(grid), header_rows, "附表1", title, unit=unit, part="annex", section=(f"附表1 {title}",))


def document(*things: Table | str) -> Document:
    blocks = []
    for index, thing in enumerate(things):
        if isinstance(thing, Table):
            blocks.append(Block(index, "table", Text(""), section=thing.section, table=thing))
        else:
            text = Text(thing, (DocxRun(0, len(thing), "body", index, 0),))
            blocks.append(Block(index, "paragraph", text, section=("第一章 总则",)))
    return Document(Source("test.docx", "0" * 64, "docx"), tuple(blocks))


def entries(home: str, *things: Table | str) -> list[Any]:
    return find_lists(document(*things), context(home))


def test_entry_keeps_its_columns_and_their_meaning() -> None:
    """A row gives name, cells under their headers with the header's unit, and the fields that every register has."""
    found = entries(
        "广东省",
        table(
            "自然保护地名录",
            [
                "序号 | 类别 | 名称 | 级别 | 所在地 | 面积（公顷）",
                "1 | 自然保护区 | 象山自然保护区 | 省级 | 惠州市博罗县 | 14,759.0",
            ],
        ),
    )
    assert [e.name for e in found] == ["象山自然保护区"]
    entry = found[0]
    assert entry.attributes == {
        "类型 / 类别": "自然保护区",
        "级别": "省级",
        "所在地": "惠州市博罗县",
        "面积": "14759.0 公顷",
    }
    assert (entry.kind, entry.fields.type, entry.fields.grade, entry.group) == (
        "protected_area",
        "自然保护区",
        "省级",
        "自然保护区",
    )
    assert (entry.fields.area.value, entry.fields.area.si.value, entry.fields.area.si.unit) == (
        "14759.0",
        "147590000",
        "m2",
    )
    assert [(r.name, r.code) for r in entry.binds] == [("惠州市", "441300"), ("博罗县", "441322")]
    assert entry.text == " ｜ ".join(span.quote for span in entry.where)


def test_merged_group_cell_is_given_to_each_row() -> None:
    """A merged type cell belongs to each row that it spans, and to none below."""
    found = entries(
        "惠州市",
        table(
            "历史文化资源名录",
            [
                "类别 | 名称 | 级别",
                "历史文化名镇 | 甲镇 | 省级",
                "^ | 乙镇 | 省级",
                "历史建筑 | 丙楼 | —",
            ],
        ),
    )
    assert [(e.name, e.group) for e in found] == [
        ("甲镇", "历史文化名镇"),
        ("乙镇", "历史文化名镇"),
        ("丙楼", "历史建筑"),
    ]
    assert "级别" not in found[2].attributes


def test_section_rows_group_and_totals_are_no_entries() -> None:
    """A row over the whole width names the group of those below; 合计 is no entry."""
    found = entries(
        "惠州市",
        table(
            "自然保护地一览表",
            [
                "序号 | 名称 | 级别 | 面积（公顷）",
                "一、自然保护区（2处） | < | < | <",
                "1 | 甲保护区 | 省级 | 10",
                "2 | 乙保护区 | 市级 | 20",
                "合计 | < | | 30",
            ],
        ),
    )
    assert [(e.name, e.group, e.position) for e in found] == [
        ("甲保护区", "自然保护区", 1),
        ("乙保护区", "自然保护区", 2),
    ]


def test_sub_projects_know_their_project() -> None:
    """工程名称 beside 子项目 is the parent; 重大工程 beside 项目名称 is the group."""
    found = entries(
        "惠州市",
        table(
            "生态修复重大工程安排表",
            [
                "工程名称 | 子项目 | 建设内容 | 牵头单位",
                "东江修复工程 | 岸线复绿 | 复绿3公里 | 市水利局",
                "^ | 湿地恢复 | 恢复2公顷 | 市林业局",
            ],
        ),
    )
    assert [(e.name, e.parent) for e in found] == [("岸线复绿", "东江修复工程"), ("湿地恢复", "东江修复工程")]
    found = entries(
        "惠州市",
        table(
            "生态修复重大工程清单",
            [
                "重大工程 | 项目名称 | 建设时序 | 牵头单位",
                "东江修复 | 岸线复绿项目 | 2021—2025年 | 市水利局",
            ],
        ),
    )
    assert [(e.name, e.parent, e.group, e.fields.start, e.fields.end) for e in found] == [
        ("岸线复绿项目", None, "东江修复", 2021, 2025)
    ]


@pytest.mark.parametrize(
    ("title", "header", "row"),
    [
        ("规划指标体系表", "序号 | 指标项 | 单位 | 2035年 | 属性", "1 | 耕地保有量 | 万亩 | 160.0 | 约束性"),
        ("县（区）主要指标分解表", "行政区 | 耕地保有量 | 湿地面积", "惠城区 | 12.5 | 9.8"),
        ("用地结构规划表", "用地类型 | 面积（公顷） | 比例（%）", "居住用地 | 8050 | 30.0"),
        ("生态格局传导要点", "结构要素 | 要素名称 | 要素构成 | 传导要点", "一链 | 海岸链 | 湾、岛 | 细化"),
        ("规划分区统计表", "一级分区 | 面积 | 占比", "生态保护区 | 12 | 3"),
        ("主体功能区名录", "县（区） | 主体功能定位", "龙门县 | 农产品主产区"),
    ],
)
def test_other_tables_are_no_lists(title: str, header: str, row: str) -> None:
    """Indicators, allocations, land use, structures and zones have finders of their own."""
    assert entries("惠州市", table(title, [header, row, row])) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("惠州市惠阳区；深圳市坪山区、龙岗区", ["惠州市", "惠阳区", "深圳市", "坪山区", "龙岗区"]),
        ("惠州市、汕尾市", ["惠州市", "汕尾市"]),
        ("韶关市乳源瑶族自治县、乐昌市", ["韶关市", "乳源瑶族自治县", "乐昌市"]),
    ],
)
def test_place_cell_carries_the_city_on(cell: str, names: list[str]) -> None:
    """A city printed before its first county holds for the counties after it, up to the semicolon."""
    found = entries(
        "广东省", table("重点建设项目表", ["项目名称 | 建设年限 | 涉及地区", f"甲铁路 | 2021—2026 | {cell}"])
    )
    assert [region.name for region in found[0].binds] == names
    assert found[0].attributes["所在地 / 涉及地区"] == cell


def test_all_counties_are_a_group() -> None:
    """各县（市、区） binds every county, with the words kept in binds_as."""
    found = entries("惠州市", table("重点项目表", ["项目名称 | 建设年限 | 实施范围", "碧道 | 2025 | 各县（市、区）"]))
    assert len(found[0].binds) >= 5
    assert (found[0].binds_basis, found[0].binds_as) == ("group", "各县（市、区）")


def test_blocks_side_by_side_are_one_register() -> None:
    """序号|名称|级别 printed twice side by side is one register, read down the first block, then the second."""
    found = entries(
        "惠州市",
        table(
            "森林公园名录",
            [
                "序号 | 名称 | 级别 | 序号 | 名称 | 级别",
                "1 | 甲森林公园 | 国家级 | 3 | 丙森林公园 | 省级",
                "2 | 乙森林公园 | 省级 | | |",
            ],
        ),
    )
    assert [(e.name, e.fields.grade, e.position) for e in found] == [
        ("甲森林公园", "国家级", 1),
        ("乙森林公园", "省级", 2),
        ("丙森林公园", "省级", 3),
    ]
    assert found[2].where[0].table is not None and found[2].where[0].table.column == 4


def test_row_that_lists_a_whole_kind_has_an_entry_for_each_name() -> None:
    """历史文化名村 | 甲村、乙村 is two entries of that type."""
    found = entries(
        "惠州市",
        table("历史文化资源名录", ["类型 | 数量 | 名称", "历史文化名村 | 2 | 甲村、乙村", "传统村落 | 2 | 丙村、丁村"]),
    )
    assert [(e.name, e.group, e.where[0].quote) for e in found][:2] == [
        ("甲村", "历史文化名村", "甲村"),
        ("乙村", "历史文化名村", "乙村"),
    ]
    assert len(found) == 4


def test_single_entry_of_a_sentence() -> None:
    """甲湾作为省级…示范区 is an entry of the open register that it names."""
    found = entries("惠州市", "考洲洋作为省级蓝碳增汇示范区，由县人民政府管护。")
    assert [(e.name, e.register_.name, e.fields.grade) for e in found] == [("考洲洋", "省级蓝碳增汇示范区", "省级")]


def test_unit_line_gives_the_unit_of_areas() -> None:
    """单位：公顷 above the table is the unit of its area column, % that of its share."""
    found = entries(
        "惠州市", table("自然保护地名录", ["名称 | 面积 | 占比", "甲保护区 | 1155.00 | 2.5"], unit="公顷、%")
    )
    assert found[0].attributes == {"面积": "1155.00 公顷", "占比": "2.5 %"}


def test_stated_count_and_open_list() -> None:
    """共25处 in the text that cites the table is the stated count; （节选） leaves the list open."""
    register = entries(
        "惠州市",
        "全市共设立自然保护地25处，名录见附表1。",
        table("自然保护地名录（节选）", ["名称 | 级别", "甲保护区 | 省级"]),
    )[0].register_
    assert (register.name, register.stated_count, register.open) == ("自然保护地名录", 25, True)


@pytest.mark.parametrize(
    ("sentence", "names", "open_"),
    [
        (
            "省级蓝碳增汇示范区包括湛江雷州湾、惠州考洲洋两处，有关市应明确管护主体。",
            ["湛江雷州湾", "惠州考洲洋"],
            False,
        ),
        ("市级重点湿地公园包括甲湿地公园、乙湿地公园等。", ["甲湿地公园", "乙湿地公园"], True),
        ("规划分区包括生态保护区、农田保护区。", [], False),
        ("示范区主要分布在湛江、茂名等地。", [], False),
        ("示范区应加强保护，推进修复、治理。", [], False),
        ("永兴镇、兴隆镇列为茶旅融合重点镇。", ["永兴镇", "兴隆镇"], False),
        ("甲镇、乙镇列为市级重点镇。", [], False),
        ("全市共有国家级风景名胜区2处，分别为甲风景名胜区、乙风景名胜区。", ["甲风景名胜区", "乙风景名胜区"], False),
    ],
)
def test_lists_in_running_text(sentence: str, names: list[str], open_: bool) -> None:
    """〈register noun〉包括A、B两处 is a list, closed or open (等); enumerations of other things are none."""
    found = entries("广东省", sentence)
    assert [entry.name for entry in found] == names
    assert all(entry.register_.open is open_ for entry in found)


def test_register_whose_parts_begin_with_their_kind() -> None:
    """列入名录的有：省级文物保护单位甲、乙，中国传统村落丙: each name is an entry with its kind and grade."""
    found = entries(
        "湄潭县",
        "列入保护名录的有：全国重点文物保护单位甲大学旧址、乙祠，省级历史文化名镇丙古镇，中国传统村落西河镇石家寨村。",
    )
    assert [(e.name, e.fields.type, e.fields.grade) for e in found] == [
        ("甲大学旧址", "文物保护单位", "国家级"),
        ("乙祠", "文物保护单位", "国家级"),
        ("丙古镇", "历史文化名镇", "省级"),
        ("石家寨村", "传统村落", "国家级"),
    ]
    assert {e.kind for e in found} == {"heritage"}
    assert not entries("湄潭县", "纳入名录的项目应当优先安排用地，加强甲、乙等地治理。")


def test_second_register_of_a_sentence() -> None:
    """…涵盖甲街、乙街两个历史文化街区，以及丙镇、丁村等名镇名村 holds two registers, the second open."""
    found = entries("湖州市", "保护体系涵盖甲街、乙街两个历史文化街区，以及丙镇、丁村等名镇名村。")
    assert [(e.name, e.register_.name, e.register_.open) for e in found] == [
        ("甲街", "历史文化街区", False),
        ("乙街", "历史文化街区", False),
        ("丙镇", "名镇名村", True),
        ("丁村", "名镇名村", True),
    ]


def test_text_that_names_an_entry_again_is_its_mention() -> None:
    """An entry of a table that the text lists too is one requirement with a mention."""
    found = entries(
        "惠州市",
        "市级森林公园包括甲森林公园、乙森林公园两处。",
        table("自然保护地名录", ["名称 | 级别", "甲森林公园 | 市级"]),
    )
    assert [(entry.name, len(entry.mentions)) for entry in found] == [("甲森林公园", 1), ("乙森林公园", 0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021—2030年", (2021, 2030)),
        ("2025年底前", (None, 2025)),
        ("2023年起", (2023, None)),
        ("近期", (None, None)),
        ("“十四五”", (2021, 2025)),
    ],
)
def test_years_of_a_period(words: str, expected: tuple[int | None, int | None]) -> None:
    """A period gives its first and last year."""
    assert years(words) == expected


def test_header_brackets_that_are_no_unit_stay() -> None:
    """县（市、区） is one header; 面积（公顷） is a header and its unit."""
    columns = table_columns(table("名录", ["县（市、区） | 名称 | 面积(公顷)", "甲县 | 乙 | 1"]), lexicon())
    assert [(c.header, c.role, c.unit) for c in columns] == [
        ("县（市、区）", "region", None),
        ("名称", "name", None),
        ("面积", "area", "公顷"),
    ]
    assert (
        table_kind(
            table("名录", ["县（市、区） | 名称 | 面积(公顷)", "甲县 | 乙 | 1"]), columns, table_words(lexicon())
        )
        == "list"
    )


@pytest.mark.parametrize(
    ("home", "sentence", "expected"),
    [
        (
            "江西省",
            "水乡湿地示范区包括南昌南矶、九江修河、上饶珠湖三处。",
            [("南昌南矶", ["南昌市"]), ("九江修河", ["九江市"]), ("上饶珠湖", ["上饶市"])],
        ),
        (
            "黑龙江省",
            "重点口岸示范区包括抚远、黑河、同江三处。",
            [("抚远", ["抚远市"]), ("黑河", ["黑河市"]), ("同江", ["同江市"])],
        ),
        ("广东省", "重点示范区包括青龙湾、白马洋两处。", [("青龙湾", []), ("白马洋", [])]),
    ],
)
def test_short_names_are_places_where_their_neighbours_are(home: str, sentence: str, expected: list[Any]) -> None:
    """A name that alone could be a river's is a place among others; names without a place stay without."""
    assert [(e.name, [r.name for r in e.binds]) for e in entries(home, sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("锦屏镇黄草岭村、文井镇清凉村等2处保护的传统村落，禁止大拆大建。", "传统村落"),
        ("县域历史文化资源包括青龙寺、白马庙两处。", "历史文化资源"),
    ],
)
def test_kind_of_a_register_in_text_is_its_noun_alone(sentence: str, kind: str) -> None:
    """Words that say what is done with the things, or where they lie, are no part of their kind."""
    assert {e.attributes["类型"] for e in entries("景东彝族自治县", sentence)} == {kind}


def test_towns_of_a_county_stand_under_镇办() -> None:
    """Counties that have 镇办 in their project tables bind the towns named there."""
    found = entries(
        "柞水县",
        table(
            "修复工程项目表",
            ["项目 | 规模 | 镇办 | 牵头部门", "尾矿库治理项目 | 治理2座 | 小岭镇、营盘镇 | 县应急管理局"],
        ),
    )
    assert [[r.name for r in e.binds] for e in found] == [["小岭镇", "营盘镇"]]
    assert found[0].binds_basis == "row"


def test_kind_without_grade_and_place_before_the_name() -> None:
    """省级以上 is no part of the kind; what stands behind a county's whole name is the entry, in that county; an entry that
    is a town itself has no place besides, and in a city's plan binds its county."""
    found = entries("金寨县", "省级以上历史文化资源包括青山旧址群、双河镇大王庙两处。")
    assert {e.attributes["类型"] for e in found} == {"历史文化资源"}
    assert [e.attributes.get("所在地") for e in found] == [None, "双河镇"]
    (house, hall) = entries("烟台市", "传统村落包括龙口市西河阳村、莱州市高家庄子村两处。")
    assert (house.name, house.attributes["所在地"]) == ("西河阳村", "龙口市")
    assert (hall.name, [r.name for r in hall.binds]) == ("高家庄子村", ["莱州市"])
    town = entries("湖州市", "历史文化名镇包括南浔镇、双林镇两处。")[0]
    assert "所在地" not in town.attributes and [r.name for r in town.binds] == ["南浔区"]


def test_group_rows_with_roman_numbers() -> None:
    """Ⅰ 某工程 as a row of its own is the kind of the entries below it, without its number."""
    found = entries(
        "甘肃省",
        table(
            "生态修复重点项目",
            [
                "编号 | 项目名称 | 主要建设内容 | 涉及地区",
                "Ⅰ 上游涵养工程 | < | < | <",
                "1 | 青湖修复项目 | 恢复湿地2万亩 | 玛曲县",
            ],
        ),
    )
    assert [(e.attributes["类型"], e.group) for e in found] == [("上游涵养工程", "上游涵养工程")]


def test_marked_items_under_their_kinds_are_entries() -> None:
    """省级历史文化名城（2处） over ·甲名城（乙市）: each item is an entry of its kind with its place."""
    found = entries(
        "云南省",
        "国家历史文化名城（2处）",
        "·大理历史文化名城（大理州）",
        "　·丽江历史文化名城（丽江市）",
        "省级历史文化名村（2处）",
        "·宾川大赤石村（大理州）",
        "·新平戛洒村（玉溪市）",
    )
    assert [(e.name, e.group, e.kind, e.fields.grade, [r.name for r in e.binds]) for e in found] == [
        ("大理历史文化名城", "国家历史文化名城", "heritage", "国家级", ["大理白族自治州"]),
        ("丽江历史文化名城", "国家历史文化名城", "heritage", "国家级", ["丽江市"]),
        ("宾川大赤石村", "省级历史文化名村", "heritage", "省级", ["大理白族自治州"]),
        ("新平戛洒村", "省级历史文化名村", "heritage", "省级", ["玉溪市"]),
    ]
    assert found[0].register_.stated_count == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("重点任务（2项）", "·加强水源涵养，提升水土保持能力", "·推进退化林修复，开展封山育林"),
        ("总体要求", "·坚持底线思维", "·坚持系统观念"),
    ],
)
def test_marked_items_that_say_what_is_to_be_done_are_no_entries(lines: tuple[str, ...]) -> None:
    """Duties and principles with marks are no register."""
    assert entries("云南省", *lines) == []


def test_a_header_printed_again_over_the_next_group_is_no_entry() -> None:
    """A table of several groups prints its header over each of them."""
    found = entries(
        "云南省",
        table(
            "自然保护地名录",
            [
                "名称 | 级别 | 面积（公顷） | 州（市）",
                "东山国家公园 | 国家级 | 100 | 大理州",
                "自然公园 | < | < | <",
                "名称 | 级别 | 面积（公顷） | 州（市）",
                "西湖湿地公园 | 省级 | 30 | 丽江市",
            ],
        ),
    )
    assert [e.name for e in found] == ["东山国家公园", "西湖湿地公园"]


def test_points_of_hazard_are_names_and_their_counts_are_none() -> None:
    """隐患点 names the entries of a register; a column of how many there are makes no register."""
    rows = [
        "类型 | 隐患点 | 规模 | 所在乡镇",
        "崩塌 | 插箭岭崩塌 | 中型 | 白石山镇",
        "滑坡 | 西庄铺滑坡 | 小型 | 走马驿镇",
    ]
    assert [e.name for e in entries("涞源县", table("重点地质灾害隐患点治理表", rows))] == ["插箭岭崩塌", "西庄铺滑坡"]
    rows = ["类型 | 隐患点 | 所在乡镇", "崩塌 | 12 | 白石山镇", "滑坡 | 7 | 走马驿镇"]
    assert entries("涞源县", table("隐患点情况", rows)) == []
