"""Indicators from tables in every arrangement and from running text."""

from __future__ import annotations

import pytest
from makers_indicators import boundaries, figures, indicators, lexicon, sheet


def test_table_with_years_in_a_two_row_header() -> None:
    """Values take year and role from the header path, unit, attribute and scope from their columns."""
    found = indicators(
        "惠州市",
        sheet(
            [
                "编号 | 指标项 | 单位 | 规划基期年（2020年） | 规划目标 | < | 指标属性 | 指标层级",
                "^ | ^ | ^ | ^ | 2025年 | 2035年 | ^ | ^",
                "一、空间底线 | < | < | < | < | < | < | <",
                "1 | 耕地保有量 | 平方公里 | 1,096.35 | ≥1,057.47 | ≥1,057.47 | 约束性 | 市域",
                "2 | 道路网密度 | 公里/平方公里 | 6.1 | — | ≥8 | 约束性 | 中心城区",
            ],
            header_rows=2,
        ),
    )
    farmland, roads = found
    assert (farmland.name, farmland.concept, farmland.attribute, farmland.scope, farmland.direction) == (
        "耕地保有量",
        "cultivated_land",
        "binding",
        "全域",
        "floor",
    )
    assert figures(farmland) == [
        (2020, "=", "1096.35", "平方公里"),
        (2025, ">=", "1057.47", "平方公里"),
        (2035, ">=", "1057.47", "平方公里"),
    ]
    assert [v.role for v in farmland.values] == ["baseline", "milestone", "target"]
    assert farmland.values[2].si.value == "1057470000"
    assert [(r.name, r.code) for r in farmland.binds] == [("惠州市", "441300")]
    assert (roads.scope, figures(roads)) == (
        "中心城区",
        [(2020, "=", "6.1", "公里/平方公里"), (2035, ">=", "8", "公里/平方公里")],
    )


def test_where_is_the_printed_amount() -> None:
    """A value's span quotes its cell and knows the header above it."""
    (found,) = indicators("惠州市", sheet(["指标 | 单位 | 2035年", "湿地面积 | 公顷 | ≥6,420"]))
    (span,) = found.values[0].where
    assert (span.quote, span.table.header, span.table.column) == ("≥6,420", ("2035年",), 2)
    assert found.where[0].quote == "湿地面积"
    assert [(m.kind, m.raw) for m in found.mentions] == [("annex", "≥6,420")]


def test_part_row_takes_unit_and_points_to_its_whole() -> None:
    """其中 rows are requirements of their own with `part_of`; a missing unit is the whole's."""
    whole, part = indicators(
        "襄阳市", sheet(["指标名称 | 2035年", "耕地保有量（万公顷） | ≥40.0", "其中：永久基本农田 | ≥35.2"])
    )
    assert part.name == "永久基本农田" and figures(part) == [(2035, ">=", "35.2", "万公顷")]
    assert part.part_of is not None and whole.part_of is None
    assert part.modes == ("indicator", "boundary")


def test_name_column_split_in_two() -> None:
    """A second name column gives the part: 陆域 makes another indicator, 中心城区 another scope."""
    found = indicators(
        "宁波市",
        sheet(
            [
                "指标项 | < | 单位 | 2035年",
                "生态保护红线面积 | 合计 | 平方公里 | ≥100",
                "^ | 陆域 | 平方公里 | ≥60",
                "常住人口规模 | 市域 | 万人 | 600",
                "^ | 中心城区 | 万人 | 260",
            ]
        ),
    )
    assert [(f.name, f.scope) for f in found] == [
        ("生态保护红线面积", "全域"),
        ("陆域生态保护红线面积", "全域"),
        ("常住人口规模", "全域"),
        ("常住人口规模", "中心城区"),
    ]


def test_allocation_by_rows_with_notes() -> None:
    """Each row and column is one requirement of its region; notes give years and operators, 合计 is the whole area."""
    found = indicators(
        "广东省",
        sheet(
            [
                "序号 | 行政区 | 用水总量（亿立方米） | 新增生态修复面积（公顷） | <",
                "^ | ^ | ^ | 2025年 | 2035年",
                "1 | 广州市 | 49.13 | 5,200 | 12,800",
                "2 | 深圳市 | — | 2,100 | 5,200",
                "合计 | < | 435.00 | 7,300 | 18,000",
            ],
            header_rows=2,
            title="各地级以上市主要指标分解表",
            notes=("注：用水总量为2025年目标值；用水总量为上限值，其余为下限值。",),
        ),
    )
    rows = {(f.binds[0].name, f.concept): f for f in found}
    assert set(rows) == {
        ("广州市", "water_use"),
        ("广州市", "restored_area"),
        ("深圳市", "restored_area"),
        ("广东省", "water_use"),
        ("广东省", "restored_area"),
    }
    city = rows["广州市", "water_use"]
    assert (figures(city), city.binds_basis, city.values[0].region.code) == (
        [(2025, "<=", "49.13", "亿立方米")],
        "row",
        "440100",
    )
    assert figures(rows["广州市", "restored_area"]) == [(2025, ">=", "5200", "公顷"), (2035, ">=", "12800", "公顷")]
    assert city.part_of is not None and rows["广东省", "water_use"].binds_basis == "whole"


def test_name_over_two_years_without_a_cell_over_both() -> None:
    """A name over 2025年 holds for 2035年 beside it, though the reader saw no merged cell; a name of its own stays."""
    found = indicators(
        "黑龙江省",
        sheet(
            [
                "市（地） | 新增生态修复面积（公顷） |  | 森林覆盖率（%）",
                " | 2025年 | 2035年 | 2035年",
                "大庆市 | 9600 | 29000 | 11.5",
                "佳木斯市 | 12600 | 38500 | 20.5",
            ],
            title="主要指标分解表",
        ),
    )
    rows = {(f.binds[0].name, f.concept): figures(f) for f in found}
    assert [value[:3] for value in rows["大庆市", "restored_area"]] == [(2025, ">=", "9600"), (2035, ">=", "29000")]
    assert [value[:3] for value in rows["大庆市", "forest_cover"]] == [(2035, ">=", "11.5")]


def test_allocation_by_columns() -> None:
    """Regions may stand in the header, indicators in the rows."""
    found = indicators(
        "湖南省",
        sheet(
            ["指标 | 单位 | 合计 | 长沙市 | 株洲市", "耕地保有量 | 万亩 | ≥900 | ≥300 | ≥200"],
            title="各市州指标分解表（2035年）",
        ),
    )
    assert [(f.binds[0].name, f.binds_basis, f.values[0].value) for f in found] == [
        ("湖南省", "whole", "900"),
        ("长沙市", "column", "300"),
        ("株洲市", "column", "200"),
    ]


def test_allocated_bare_number_takes_the_operator_of_the_indicator() -> None:
    """What is allocated of a floor is a floor: by the plan's own table, else by the catalogue."""
    found = indicators(
        "惠州市",
        sheet(["指标 | 单位 | 2035年 | 属性", "湿地面积 | 公顷 | ≥6420 | 约束性"]),
        sheet(
            ["行政区 | 湿地面积 | 城镇开发边界面积", "惠城区 | 980 | 262.35", "博罗县 | 1210 | 207.60"],
            title="指标分解表",
            unit="公顷",
        ),
    )
    rows = {(f.binds[0].name, f.concept): f for f in found}
    assert rows["惠城区", "wetland_area"].values[0].op == ">="
    assert rows["博罗县", "udb_area"].values[0].op == "<="
    assert rows["惠城区", "wetland_area"].part_of is not None


WHOLE = sheet(
    [
        "指标 | 单位 | 2035年 | 指标属性",
        "湿地面积 | 公顷 | ≥6420 | 约束性",
        "森林覆盖率 | % | ≥62 | 预期性",
    ]
)
"""An indicator table that prints attributes."""


@pytest.mark.parametrize(
    ("title", "head", "sentence", "wanted"),
    [
        ("县（区）主要指标分解表（2035年）", "", "", {"湿地面积": "binding", "森林覆盖率": "expected"}),
        ("各县区规划指标分解表", "", "", {"湿地面积": "binding", "森林覆盖率": "expected"}),
        ("各县区约束性指标和控制线分解表", "", "", {"湿地面积": "binding", "森林覆盖率": "expected"}),
        ("县（区）自然资源指标分解表", "", "", {"湿地面积": None, "森林覆盖率": None}),
        ("自然资源分解表", "2035年约束性指标", "", {"湿地面积": "binding", "森林覆盖率": "binding"}),
        (
            "自然资源控制表",
            "",
            "各县（区）不得突破附表1下达的指标。",
            {"湿地面积": "binding", "森林覆盖率": "binding"},
        ),
        ("自然资源控制表", "", "各县（区）不得突破附表12下达的指标。", {"湿地面积": None, "森林覆盖率": None}),
    ],
)
def test_attribute_of_allocated_rows_is_grounded(
    title: str, head: str, sentence: str, wanted: dict[str, str | None]
) -> None:
    """A row has the attribute of its own header; of the plan's indicator table where its title says that these are
    parted; 约束性 where the text forbids to fall short of that table; else none."""
    top = [f"行政区 | {head} | <"] if head else []
    rows = [
        *top,
        f"{'^' if head else '行政区'} | 湿地面积（公顷） | 森林覆盖率（%）",
        "惠城区 | 980 | 40",
        "博罗县 | 1210 | 65",
    ]
    found = indicators("惠州市", WHOLE, sentence, sheet(rows, title=title, header_rows=len(rows) - 2))
    parts = {f.name: f.attribute for f in found if f.binds[0].name == "博罗县"}
    assert parts == wanted


@pytest.mark.parametrize(
    ("note", "years"),
    [
        ("注：城镇开发边界、用水总量（2025年）为上限指标，其余为2035年下限指标。", (2025, 2035)),
        ("注：用水总量为2025年控制数，其余为2035年目标。", (2025, 2035)),
        ("注：林地保有量和用水总量（2025年）逐级落实。", (2025, 2035)),
        ("注：除用水总量外，其他均为2030年目标值。", (2035, 2030)),
        ("注：表中数据为2030年目标。", (2030, 2030)),
    ],
)
def test_year_of_a_column_by_the_note(note: str, years: tuple[int, int]) -> None:
    """A note gives the year of the columns that it names and of the rest; a column that it leaves out is the plan's end."""
    rows = ["县区 | 用水总量（亿立方米） | 林地保有量（公顷）", "商州区 | 0.82 | 198000", "洛南县 | 0.66 | 206000"]
    found = indicators("商洛市", sheet(rows, title="县区指标分解表", notes=(note,)))
    county = {f.concept: f.values[0].year for f in found if f.binds[0].name == "洛南县"}
    assert (county["water_use"], county["forest_land"]) == years


def test_structure_table_gives_areas_without_shares() -> None:
    """A land-use structure gives each use's area now and planned; shares and balances are derived."""
    found = indicators(
        "惠州市",
        sheet(
            [
                "用地类型 | 现状（2020年） | < | 规划（2035年） | <",
                "^ | 面积（公顷） | 比例（%） | 面积（公顷） | 比例（%）",
                "居住用地 | 7,215.40 | 36.2 | 8,050.00 | 30.0",
                "合计 | 19,932.00 | 100.0 | 26,840.00 | 100.0",
            ],
            header_rows=2,
            title="中心城区城镇建设用地结构规划表",
        ),
    )
    assert [(f.name, f.scope, figures(f)) for f in found] == [
        ("居住用地", "中心城区", [(2020, "=", "7215.40", "公顷"), (2035, "=", "8050.00", "公顷")]),
        ("城镇建设用地合计", "中心城区", [(2020, "=", "19932.00", "公顷"), (2035, "=", "26840.00", "公顷")]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [
            "项目名称 | 建设性质 | 新增用地规模（公顷） | 所在县区",
            "A路 | 新建 | 10.2 | 惠城区",
            "B路 | 新建 | 8.1 | 博罗县",
        ],
        ["一级分区 | 面积 | 占比", "生态保护区 | 812.46 | 22.86", "农田保护区 | 234.00 | 6.58"],
        ["序号 | 名称 | 级别 | 面积（公顷） | 所在地", "1 | 象头山自然保护区 | 国家级 | 10696.9 | 博罗县"],
    ],
)
def test_registers_and_zone_tables_are_no_indicator_tables(rows: list[str]) -> None:
    """Projects, zones and registers have areas, but no indicators."""
    assert indicators("惠州市", sheet(rows, title="一览表", unit="公顷")) == []


def test_sentence_with_part_reference_and_milestone() -> None:
    """References and their milestones are values of one indicator; 其中 of another name is a part."""
    text = "到2035年，全省耕地保有量不低于2751万亩；大陆自然岸线保有率不低于国家下达任务，其中2025年不低于36.4%。"
    farmland, coast = indicators("广东省", text)
    assert figures(farmland) == [(2035, ">=", "2751", "万亩")]
    assert [(v.year, v.op, v.value, v.reference, v.role) for v in coast.values] == [
        (2035, ">=", None, "国家下达任务", "target"),
        (2025, ">=", "36.4", None, "milestone"),
    ]
    assert farmland.values[0].where[0].quote == "2751万亩"
    assert farmland.text == "到2035年，全省耕地保有量不低于2751万亩；"


def test_second_year_of_one_name() -> None:
    """…，2035年提高到92%以上 speaks of the name before it."""
    (found,) = indicators("广东省", "到2025年，水土保持率达到88%以上，2035年提高到92%以上。")
    assert figures(found) == [(2025, ">=", "88", "%"), (2035, ">=", "92", "%")]


def test_region_of_a_part_is_its_own_requirement() -> None:
    """其中怀集县…, regions in a row and 分别 give one requirement for each region, part of the whole."""
    found = indicators("肇庆市", "到2035年，湿地面积不少于9200公顷，其中怀集县不少于1056公顷。")
    assert [(f.binds[0].name, f.binds_basis, f.values[0].value, f.part_of is None) for f in found] == [
        ("肇庆市", "whole", "9200", True),
        ("怀集县", "mention", "1056", False),
    ]
    found = indicators("肇庆市", "怀集县、封开县耕地保有量分别不低于38.72万亩和24.15万亩。")
    assert [(f.binds[0].name, figures(f)) for f in found] == [
        ("怀集县", [(2035, ">=", "38.72", "万亩")]),
        ("封开县", [(2035, ">=", "24.15", "万亩")]),
    ]


def test_fall_against_a_base_year() -> None:
    """A fall is an indicator of its own and knows what it is compared with."""
    (found,) = indicators("广东省", "单位国内生产总值建设用地使用面积较2020年下降不少于40%。")
    value = found.values[0]
    assert (found.concept, value.op, value.value, value.change.kind, value.change.base) == (
        "gdp_land_fall",
        ">=",
        "40",
        "fall",
        2020,
    )


def test_baseline_in_a_sentence() -> None:
    """由2020年的65%提高至90%以上 has a baseline and a target."""
    (found,) = indicators("长沙市", "到2035年，公园绿地、广场步行5分钟覆盖率由2020年的65%提高至90%以上。")
    assert [(v.year, v.role, v.op, v.value) for v in found.values] == [
        (2020, "baseline", "=", "65"),
        (2035, "target", ">=", "90"),
    ]


def test_bare_numbers_beside_a_target_are_targets() -> None:
    """In a sentence of targets an indicator without an operator is one too; its direction is the catalogue's."""
    found = indicators("平远县", "耕地保有量不低于85.2公顷，村庄建设用地规模30.5公顷。")
    assert [(f.concept, f.direction, f.values[0].op) for f in found] == [
        ("cultivated_land", "floor", ">="),
        ("village_land", "cap", "="),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020年全市森林覆盖率为70.72%，居全省首位。",
        "上轮土地利用规划期内，全镇新增建设用地670亩，主要用于学校。",
        "“十三五”期间，全市建成高标准农田96.7万亩。",
        "2021年全市森林蓄积量达到3480万立方米。",
        "截至2020年底，生活污水治理率为47.5%。",
        "市域面积14891.23平方公里，水资源总量约153亿立方米。",
        "新建住宅建筑高度不超过54米。",
        "国土开发强度超过30%的县，从严控制新增建设用地规模。",
        "水源一级保护区两侧100米内不得修建道路。",
        "化工园区应与居住区保持不小于1000米的安全控制距离。",
        "规划期限为2021—2035年。",
    ],
)
def test_facts_and_thresholds_are_no_indicators(text: str) -> None:
    """Facts of the present and past, thresholds and distances of rules are no planning targets."""
    assert indicators("肇庆市", text) == []


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("到2025年，全省建成碧道7800公里以上。", "碧道建设长度", (2025, ">=", "7800", "公里")),
        ("到2025年，完成历史遗留矿山生态修复186公顷以上。", "历史遗留矿山生态修复面积", (2025, ">=", "186", "公顷")),
        ("到2030年，新增渔港码头12座。", "渔港码头新增数量", (2030, "=", "12", "座")),
    ],
)
def test_verb_and_object_make_a_name(text: str, name: str, value: tuple[int, str, str, str]) -> None:
    """A target put as verb and object is named after them, or as the catalogue names it."""
    (found,) = indicators("广东省", text)
    assert (found.name, figures(found)) == (name, [value])


def test_near_names_stay_apart() -> None:
    """Indicators of another definition do not become one."""
    found = indicators(
        "惠州市", "到2035年，人均体育场地面积达到2.6平方米，人均体育用地面积不低于0.8平方米，湿地保护率不低于60%。"
    )
    assert [f.concept for f in found] == ["sport_field_pc", "sport_land_pc", "wetland_rate"]


def test_text_and_table_are_mentions_of_one_requirement() -> None:
    """The same amount in text and table is one value with the text's place first; a differing amount stays beside it."""
    table = sheet(["指标 | 单位 | 2035年 | 属性", "森林覆盖率 | % | ≥61.8 | 预期性"])
    (found,) = indicators("惠州市", "到2035年，森林覆盖率保持在61.8%以上。", table)
    assert [m.kind for m in found.mentions] == ["text", "annex"] and figures(found) == [(2035, ">=", "61.8", "%")]
    assert found.attribute == "expected"
    (found,) = indicators("惠州市", "到2035年，森林覆盖率保持在60%以上。", table)
    assert figures(found) == [(2035, ">=", "60", "%"), (2035, ">=", "61.8", "%")]


def test_sentence_takes_the_only_scope_of_its_table() -> None:
    """A sentence that names no scope speaks of the scope of the indicator table."""
    table = sheet(["指标 | 单位 | 2035年 | 指标层级", "人均公园绿地面积 | 平方米 | ≥14.5 | 中心城区"])
    (found,) = indicators("惠州市", "人均公园绿地面积不低于14.5平方米。", table)
    assert found.scope == "中心城区"


def test_same_words_give_the_same_requirements() -> None:
    """Reading twice gives equal records."""
    text = "到2035年，全市湿地面积不少于9200公顷，其中怀集县不少于1056公顷。"
    assert indicators("肇庆市", text) == indicators("肇庆市", text)
    assert lexicon() is lexicon()


def test_note_of_an_indicator_table_gives_the_operator() -> None:
    """规划目标值均为下限值 makes floors of the bare targets, not of the baseline."""
    table = sheet(
        ["指标 | 单位 | 基期值 | 2035年", "森林覆盖率 | % | 42 | 42.5"], notes=("注：规划目标值均为下限值。",)
    )
    (found,) = indicators("湖北省", table)
    assert [(v.role, v.op) for v in found.values] == [("baseline", "="), ("target", ">=")]


def test_range_in_a_cell() -> None:
    """40—45 is a range, 2021—2035 is none."""
    (found,) = indicators("金寨县", sheet(["指标 | 单位 | 2035年", "每千名老年人养老床位数 | 张 | 40—45"]))
    assert [(v.op, v.value, v.upper) for v in found.values] == [("range", "40", "45")]


def test_sentence_that_announces_a_name() -> None:
    """用水总量。到2035年控制在25亿立方米以内。 is one indicator."""
    (found,) = indicators("宁波市", "——用水总量。到2035年控制在25亿立方米以内。")
    assert (found.concept, figures(found)) == ("water_use", [(2035, "<=", "25", "亿立方米")])


def test_group_of_some_parts_is_opened() -> None:
    """各县（市） of a city with districts binds each of them; 各市 of a province stays one requirement of all."""
    found = indicators("肇庆市", "各县（市）县城公园500米服务半径覆盖城区居民区面积比例达80%以上。")
    assert sorted(f.binds[0].name for f in found) == ["四会市", "封开县", "广宁县", "德庆县", "怀集县"]
    (found,) = indicators("广东省", "各市森林覆盖率不低于50%。")
    assert (found.binds_basis, found.binds_as, len(found.binds)) == ("group", "各市", 21)


def test_other_parts_are_those_not_named() -> None:
    """其他县城 means the counties that the sentence has not named."""
    found = indicators("肇庆市", "四会、怀集城区防洪标准为50年一遇，其他县城不低于30年一遇。")
    assert {(f.binds[0].name, f.values[0].value) for f in found} == {
        ("四会市", "50"),
        ("怀集县", "50"),
        ("广宁县", "30"),
        ("封开县", "30"),
        ("德庆县", "30"),
    }


def test_share_of_a_quota() -> None:
    """按不低于…1%的比例划定X is X's share of it, where the catalogue knows it."""
    (found,) = indicators("广东省", "各市应按不低于保护任务1%的比例划定永久基本农田储备区。")
    assert (found.name, found.values[0].op, found.values[0].value) == ("永久基本农田储备区占保护任务比例", ">=", "1")


def test_chapter_that_tells_how_things_are_has_no_bare_targets() -> None:
    """达到 without a year is a target in a planning chapter, a fact in one on the present."""
    text = "公园绿地、广场步行5分钟覆盖率达到90%。"
    assert len(indicators("宁波市", text)) == 1
    assert indicators("宁波市", text, section=("第一章 现状与问题",)) == []


def test_years_and_signs_inside_the_header_of_a_column() -> None:
    """2035年城镇开发边界不超过（平方公里） names the indicator, its year, operator and unit."""
    found = indicators(
        "河南省",
        sheet(
            [
                "地区 | 2035年城镇开发边界不超过（平方公里） | 2025年用水总量（亿立方米）",
                "郑州市 | 1000 | 20",
                "洛阳市 | 300 | 10",
            ],
            title="指标分解表",
        ),
    )
    assert [(f.binds[0].name, f.concept, figures(f)) for f in found] == [
        ("郑州市", "udb_area", [(2035, "<=", "1000", "平方公里")]),
        ("郑州市", "water_use", [(2025, "<=", "20", "亿立方米")]),
        ("洛阳市", "udb_area", [(2035, "<=", "300", "平方公里")]),
        ("洛阳市", "water_use", [(2025, "<=", "10", "亿立方米")]),
    ]


def test_regions_beside_years() -> None:
    """A table may give the whole area by year and its parts in further columns."""
    found = indicators("长沙市", sheet(["指标 | 单位 | 2035年 | 岳麓区 | 天心区", "耕地保有量 | 万亩 | ≥20 | 5 | 3"]))
    assert [(f.binds[0].name, figures(f)[0][1:3]) for f in found] == [
        ("长沙市", (">=", "20")),
        ("岳麓区", (">=", "5")),
        ("天心区", (">=", "3")),
    ]


def test_table_of_control_lines() -> None:
    """Lines in rows with their areas are indicators and boundaries."""
    found = indicators(
        "长沙市",
        sheet(["控制线类型 | 面积（平方公里） | 占比（%）", "生态保护红线 | 100.5 | 10", "永久基本农田 | 200.3 | 20"]),
    )
    assert [(f.line, figures(f)) for f in found] == [
        ("生态保护红线", [(2035, "=", "100.5", "平方公里")]),
        ("永久基本农田", [(2035, "=", "200.3", "平方公里")]),
    ]


@pytest.mark.parametrize(
    ("rows", "heads", "wanted"),
    [
        (
            ["指标 | 年份 | 单位 | 数值", "耕地保有量 | 2025年 | 万亩 | ≥510", "^ | 2035年 | 万亩 | ≥505"],
            1,
            {("耕地保有量", "全域", "宜昌市"): [(2025, ">=", "510", "万亩"), (2035, ">=", "505", "万亩")]},
        ),
        (
            [
                "指标项 | 单位 | 2020年 | < | 2035年 | <",
                "^ | ^ | 市域 | 中心城区 | 市域 | 中心城区",
                "常住人口规模 | 万人 | 401 | 140 | 420 | 200",
            ],
            2,
            {
                ("常住人口规模", "全域", "宜昌市"): [(2020, "=", "401", "万人"), (2035, "=", "420", "万人")],
                ("常住人口规模", "中心城区", "宜昌市"): [(2020, "=", "140", "万人"), (2035, "=", "200", "万人")],
            },
        ),
        (
            [
                "指标名称 | 西陵区 | < | 夷陵区 | <",
                "^ | 2025年 | 2035年 | 2025年 | 2035年",
                "耕地保有量（万亩） | 0.8 | 0.7 | 60 | 59",
            ],
            2,
            {
                ("耕地保有量", "全域", "西陵区"): [(2025, ">=", "0.8", "万亩"), (2035, ">=", "0.7", "万亩")],
                ("耕地保有量", "全域", "夷陵区"): [(2025, ">=", "60", "万亩"), (2035, ">=", "59", "万亩")],
            },
        ),
        (
            [
                "地区 | < | 耕地保有量（万亩）",
                "市辖区 | 西陵区 | 0.8",
                "^ | 夷陵区 | 60",
                "县级市 | 枝江市 | 55",
                "市本级预留 | < | 1.2",
            ],
            1,
            {
                ("耕地保有量", "全域", "西陵区"): [(2035, ">=", "0.8", "万亩")],
                ("耕地保有量", "全域", "夷陵区"): [(2035, ">=", "60", "万亩")],
                ("耕地保有量", "全域", "枝江市"): [(2035, ">=", "55", "万亩")],
                ("耕地保有量", "全域", "市本级预留"): [(2035, ">=", "1.2", "万亩")],
            },
        ),
        (
            ["指标 | 单位 | 2020年 | 2035年", "耕地保有量 | 平方公里（万亩） | 3468.67（520.30） | ≥3400.00（510.00）"],
            1,
            {
                ("耕地保有量", "全域", "宜昌市"): [
                    (2020, "=", "3468.67", "平方公里"),
                    (2035, ">=", "3400.00", "平方公里"),
                ]
            },
        ),
        (
            ["指标 | 单位 | 指标方向 | 2020年 | 2035年", "用水总量 | 亿立方米 | 上限 | 16 | 18"],
            1,
            {("用水总量", "全域", "宜昌市"): [(2020, "=", "16", "亿立方米"), (2035, "<=", "18", "亿立方米")]},
        ),
        (
            ["指标 | 单位 | 上级下达值 | 规划落实值", "耕地保有量 | 万亩 | 508 | 510"],
            1,
            {("耕地保有量", "全域", "宜昌市"): [(2035, "=", "510", "万亩")]},
        ),
    ],
    ids=[
        "years in rows",
        "scopes in columns",
        "years under regions",
        "groups of regions",
        "two units",
        "directions",
        "handed down",
    ],
)
def test_arrangements_of_other_provinces(
    rows: list[str], heads: int, wanted: dict[tuple[str, str, str], list[object]]
) -> None:
    """Years, scopes, regions, directions and second units are read wherever the table puts them."""
    found = indicators(
        "宜昌市", sheet(rows, header_rows=heads, title="主要指标分解表" if "区" in rows[0] + rows[-1] else "指标表")
    )
    assert {(f.name, f.scope, f.binds[0].name): figures(f) for f in found} == wanted


def test_second_unit_of_a_cell_is_the_same_amount() -> None:
    """3400.00（510.00）under 平方公里（万亩）is one amount in two units."""
    (found,) = indicators(
        "宜昌市", sheet(["指标 | 单位 | 2035年", "耕地保有量 | 平方公里（万亩） | ≥3400.00（510.00）"])
    )
    assert (found.values[0].pair or {})["value"] == "510.00" and (found.values[0].pair or {})["unit"] == "万亩"


@pytest.mark.parametrize(
    ("text", "name", "figure"),
    [
        ("新增建设用地规模不突破上级下达指标。", "新增建设用地规模", (2035, "<=", None, None)),
        ("海域开发利用强度不超过省下达指标。", "海域开发利用强度", (2035, "<=", None, None)),
        ("海域自然岸线保有率不低于国家和省下达任务。", "自然岸线保有率", (2035, ">=", None, "%")),
        ("近岸海域水质优良率2025年达到98%以上。", "近岸海域水质优良率", (2025, ">=", "98", "%")),
        ("新建居住区绿地率不低于30%。", "新建居住区绿地率", (2035, ">=", "30", "%")),
        ("到2035年新增口袋公园120个。", "口袋公园新增数量", (2035, "=", "120", "个")),
        ("到2035年，恢复湿地6.3万亩。", "湿地恢复面积", (2035, "=", "6.3", "万亩")),
        ("近期建设高标准农田3200亩。", "高标准农田建设面积", (2025, "=", "3200", "亩")),
        ("到2035年，万人拥有绿道长度达1公里以上。", "万人拥有绿道长度", (2035, ">=", "1", "公里")),
        ("规划期累计新增生态修复面积不少于1280公顷。", "新增生态修复面积", (2035, ">=", "1280", "公顷")),
        ("2025年建成旱涝保收的高标准农田452万亩以上。", "高标准农田建设面积", (2025, ">=", "452", "万亩")),
    ],
)
def test_names_of_targets_in_sentences(text: str, name: str, figure: tuple[int, str, str | None, str | None]) -> None:
    """What is added or restored is no stock; scope words may begin a name; a target may only point to what is handed down."""
    found = indicators("宜昌市", text)
    assert [(f.name, figures(f)) for f in found] == [(name, [figure])]


def test_width_of_a_strip_is_no_target() -> None:
    """A distance that says where something lies is none of its size."""
    assert indicators("宜昌市", "国省道两侧各20米以上划为建筑控制区。") == []


def test_header_over_two_rows_of_lines() -> None:
    """A header whose words break into the next row (县（市、 over 区）) is one header, not a row of figures."""
    found = indicators(
        "遵义市",
        sheet(
            [
                "县（市、 | 永久基本农 | 城镇开发边",
                "区） | 田保护面积（万亩） | 界扩展倍数（倍）",
                "红花岗区 | 14.60 | 1.28",
                "汇川区 | 21.90 | 1.27",
            ],
            title="空间底线指标分解表",
        ),
    )
    assert {(f.binds[0].name, f.concept, f.values[0].value, f.values[0].unit) for f in found} == {
        ("红花岗区", "permanent_basic_farmland", "14.60", "万亩"),
        ("红花岗区", "udb_factor", "1.28", "倍"),
        ("汇川区", "permanent_basic_farmland", "21.90", "万亩"),
        ("汇川区", "udb_factor", "1.27", "倍"),
    }


def test_header_with_a_span_of_years_is_of_its_end() -> None:
    """2021—2035年 under an aim that adds up is the aim of 2035."""
    found = indicators(
        "遵义市",
        sheet(
            ["行政区 | 新增生态修复面积", "^ | 2021—2035年（公顷）", "红花岗区 | 2100", "汇川区 | 2600"],
            header_rows=2,
            title="指标分解表",
        ),
    )
    assert [f.values[0].year for f in found] == [2035, 2035]


@pytest.mark.parametrize(
    ("sentence", "attribute"),
    [
        ("各项规划指标见附表1，分县任务见附表2、附表1。", "binding"),
        ("分县任务见附表1。", None),
        ("各项规划指标见附表2，分县任务见附表12。", None),
    ],
)
def test_sentence_that_parts_the_indicators(sentence: str, attribute: str | None) -> None:
    """A table has the attributes of the indicators that a sentence says it parts."""
    found = indicators(
        "惠州市",
        WHOLE,
        sentence,
        sheet(["行政区 | 湿地面积（公顷）", "惠城区 | 980", "博罗县 | 1210"], title="自然资源分解表"),
    )
    assert {f.attribute for f in found if f.binds[0].name == "博罗县"} == {attribute}


def test_kinds_of_villages_are_no_indicators() -> None:
    """117个村划为集聚提升、城郊融合 parts them into kinds; it is no aim."""
    assert indicators("湄潭县", "全县117个村划为集聚提升、城郊融合和搬迁撤并三类。") == []


def test_what_there_is_about_is_no_target() -> None:
    """有…近三十个 tells of the present."""
    assert indicators("遵义市", "遵义有国家历史文化名城1座、中国传统村落近三十个。") == []


def test_confidence_of_what_looks_misread() -> None:
    """A name with a figure in it, or a size without its unit, is no sure reading; a plain row is."""
    rows = ["行政区 | 湿地面积（公顷） | 修复面积（公顷）2025年16800", "惠城区 | 980 | 96", "博罗县 | 1210 | 124"]
    odd = {f.name: f.confidence for f in indicators("惠州市", sheet(rows, title="指标分解表"))}
    assert [name for name, sure in odd.items() if sure < 0.9] == [name for name in odd if name != "湿地面积"]
    (bare,) = indicators("惠州市", sheet(["指标 | 2035年", "湿地面积 | 1210"]))
    (plain,) = indicators("惠州市", sheet(["指标 | 单位 | 2035年", "湿地面积 | 公顷 | 1210"]))
    assert bare.confidence < 0.9 < plain.confidence


def test_allocation_printed_in_halves_beside_one_another() -> None:
    """Each half has its own column of regions; the last line of the second half may be empty."""
    found = indicators(
        "四川省",
        sheet(
            [
                "市州 | 用水总量（亿立方米） | 市州 | 用水总量（亿立方米）",
                "绵阳市 | 18.2 | 南充市 | 13.6",
                "德阳市 | 19.5 | |",
            ],
            title="用水总量控制指标分解表（2025年）",
        ),
    )
    assert {r.binds[0].name: figures(r) for r in found} == {
        "绵阳市": [(2025, "<=", "18.2", "亿立方米")],
        "德阳市": [(2025, "<=", "19.5", "亿立方米")],
        "南充市": [(2025, "<=", "13.6", "亿立方米")],
    }


def test_units_in_a_header_row_between_name_and_year() -> None:
    """A header row of units belongs to the names above it, also with a row of years below."""
    found = indicators(
        "四川省",
        sheet(
            [
                "市州 | 林地保有量 | 新增生态修复面积 | <",
                "^ | 万公顷 | 公顷 | <",
                "^ | 2035年 | 2025年 | 2035年",
                "绵阳市 | 12.6 | 3200 | 8000",
                "南充市 | 36.8 | 1900 | 4800",
            ],
            header_rows=3,
            title="主要指标分解表",
        ),
    )
    assert [figures(r) for r in found][:2] == [
        [(2035, ">=", "12.6", "万公顷")],
        [(2025, ">=", "3200", "公顷"), (2035, ">=", "8000", "公顷")],
    ]


def test_units_on_the_last_line_of_the_names() -> None:
    """A unit that a header's cell prints under the name, in no bracket, is the column's unit and no part of the name."""
    found = indicators(
        "四川省",
        sheet(
            [
                "市州 | 林地保有量\n万公顷 | 湿地保护面积公顷 | 森林覆盖率%",
                "绵阳市 | 12.6 | 3200 | 55",
                "南充市 | 36.8 | 1900 | 41",
            ],
            title="主要指标分解表",
        ),
    )
    assert [(r.name, figures(r)) for r in found][:3] == [
        ("林地保有量", [(2035, ">=", "12.6", "万公顷")]),
        ("湿地保护面积", [(2035, ">=", "3200", "公顷")]),
        ("森林覆盖率", [(2035, ">=", "55", "%")]),
    ]


def test_header_whose_words_go_on_below() -> None:
    """耕地保有量/万 over 亩: a row of second lines belongs to the header over it."""
    rows = [
        "行政区 | 耕地保有量/万 | 永久基本农",
        " | 亩 | 田/万亩",
        "吴兴区 | 28.40 | 25.16",
        "德清县 | 31.22 | 27.50",
    ]
    found = indicators("湖州市", sheet(rows, title="区县控制指标分解表"))
    assert {(f.binds[0].name, f.concept, f.values[0].value, f.values[0].unit) for f in found} == {
        ("吴兴区", "cultivated_land", "28.40", "万亩"),
        ("吴兴区", "permanent_basic_farmland", "25.16", "万亩"),
        ("德清县", "cultivated_land", "31.22", "万亩"),
        ("德清县", "permanent_basic_farmland", "27.50", "万亩"),
    }


def test_scope_that_opens_a_name_in_a_table() -> None:
    """中心城区道路网密度 in a table without a column of scopes is of 中心城区."""
    (found,) = indicators("绵阳市", sheet(["指标 | 单位 | 2035年", "中心城区道路网密度 | 公里/平方公里 | ≥8.2"]))
    assert found.scope == "中心城区"


@pytest.mark.parametrize(
    ("area", "sentence", "concept", "name", "figure"),
    [
        (
            "江西省",
            "各设区市应按不少于永久基本农田保护面积1%的比例划定储备区。",
            "farmland_reserve_ratio",
            "永久基本农田储备区占保护面积比例",
            (">=", "1", "%"),
        ),
        (
            "上饶市",
            "按永久基本农田保护面积的1.2%建立储备区，重点分布在平原。",
            "farmland_reserve_ratio",
            "永久基本农田储备区占保护面积比例",
            ("=", "1.2", "%"),
        ),
        (
            "江西省",
            "乡镇规划应安排不少于10%的建设用地指标保障农村一二三产业融合发展用地。",
            "rural_industry_quota",
            "乡村产业发展用地指标安排比例",
            (">=", "10", "%"),
        ),
        (
            "江西省",
            "到2035年，城市建成区80%以上的面积达到海绵城市建设要求。",
            "sponge",
            "海绵城市达标面积占建成区比例",
            (">=", "80", "%"),
        ),
        (
            "江西省",
            "到2025年，万元地区生产总值用水量较2020年下降16%以上。",
            "gdp_water_fall",
            "万元地区生产总值用水量下降率",
            (">=", "16", "%"),
        ),
        ("上饶市", "全市闲置土地每年处置率不低于18%。", "idle_land", "闲置土地处置率", (">=", "18", "%")),
        ("上饶市", "2035年城镇化率达到71%左右。", "urbanisation", "常住人口城镇化率", ("~", "71", "%")),
        ("洛阳市", "规划期内修复历史遗留矿山图斑面积132.6公顷。", None, "历史遗留矿山修复面积", ("=", "132.6", "公顷")),
    ],
)
def test_shares_and_works_whose_name_stands_around_the_figure(
    area: str, sentence: str, concept: str | None, name: str, figure: tuple[str, str, str]
) -> None:
    """A share ordered in prose, a fall and a size of mending get the name that a table would print."""
    (found,) = indicators(area, sentence)
    (value,) = found.values
    assert (found.concept or None, found.name, (value.op, value.value, value.unit)) == (concept, name, figure)


def test_standard_of_kinds_of_town_is_a_rule() -> None:
    """Flood standards for 县城 and 乡镇 in a city's plan hold for kinds of town and are no indicator; in a county's plan
    县城 is its own."""
    sentence = "县城防洪标准不低于30年一遇，乡镇镇区不低于10年一遇。"
    assert not indicators("遵义市", sentence)
    assert indicators("怀集县", "县城防洪标准不低于50年一遇。")


def test_all_towns_are_not_the_central_one_alone() -> None:
    """中心城区和各县级市城区 is every town: no scope is left."""
    (found,) = indicators("烟台市", "到2035年，中心城区和各县级市城区公园绿地、广场用地步行10分钟覆盖率不低于85%。")
    assert found.name == "公园绿地、广场用地步行10分钟覆盖率"
    assert found.scope in (None, "全域")


def test_scope_behind_words_of_expectation() -> None:
    """预计到2035年中心城区常住人口… is said of the central town, not of the whole city."""
    (found,) = indicators("上饶市", "预计到2035年中心城区常住人口达到178万人。")
    assert (found.scope, found.values[0].value) == ("中心城区", "178")


def test_regions_named_short_in_a_list_keep_their_limit() -> None:
    """横峰、弋阳、万年等…县，扩展倍数不高于1.12 binds these, though short names alone could be hills or words."""
    found = indicators("上饶市", "城镇开发边界内，横峰、弋阳、万年等人口减少县，扩展倍数不得高于1.12。")
    assert {f.binds[0].name for f in found} == {"横峰县", "弋阳县", "万年县"}


def test_share_of_what_the_words_before_only_mention() -> None:
    """另划储备区27万亩，占保护任务的1.1%: the share is the catalogue's, whatever verb opens the sentence."""
    found = indicators("佳木斯市", "在平原另划永久基本农田储备区27万亩，占保护任务的1.1%。")
    shares = [f for f in found if f.concept == "farmland_reserve_ratio"]
    assert [(f.name, figures(f)[0][2:]) for f in shares] == [("永久基本农田储备区占保护任务比例", ("1.1", "%"))]


def test_villages_of_a_town_have_their_own_figure() -> None:
    """其中甲村、乙村各不少于800亩 is one requirement for each village, though no gazetteer holds it."""
    found = indicators("栾川县", "近期建设高标准农田3200亩，其中英雄村、高崖村各不少于800亩。")
    assert {(f.values[0].region.name, f.values[0].value) for f in found} == {
        ("栾川县", "3200"),
        ("英雄村", "800"),
        ("高崖村", "800"),
    }


def test_sizes_inside_of_sites_are_rules() -> None:
    """开发区（园区）内工业用地占比… is set for each site and no indicator of the plan, unless a year makes it a target."""
    assert not indicators("湖州市", "开发区（园区）内工业用地占比不低于60%，新增工业用地容积率不低于1.8。")
    assert indicators("湖州市", "到2035年，开发区（园区）内工业用地占比不低于60%。")


@pytest.mark.parametrize(
    ("note", "attribute"),
    [
        ("注：表列均为约束性指标。", "binding"),
        ("注：1.本表各项指标均为预期性。2.数据来自年度变更调查。", "expected"),
        ("注：城镇开发边界为上限值，其余为下限值。", None),
        ("注：约束性指标须逐级分解。", None),
    ],
)
def test_note_gives_all_rows_their_attribute(note: str, attribute: str | None) -> None:
    """表列均为约束性指标 under an allocation is said of each of its rows; a note on something else is not."""
    rows = ["县（市、区） | 耕地保有量（万亩） | 林地保有量（万亩）", "响水县 | 96.2 | 12", "滨海县 | 142.7 | 15"]
    found = indicators("盐城市", sheet(rows, title="县（市、区）底线表", notes=(note,)))
    assert {f.attribute for f in found} == {attribute}


@pytest.mark.parametrize(
    ("header", "scope"),
    [
        ("镇（农场）", "镇（农场）分解"),
        ("乡镇（街道）", "乡镇（街道）分解"),
        ("镇（街道）", "乡镇分解"),
        ("乡镇", "乡镇分解"),
    ],
)
def test_rows_by_township_say_so(header: str, scope: str) -> None:
    """Rows of towns are parts of the whole; a header that has farms beside towns is kept as printed."""
    rows = [f"{header} | 耕地保有量（公顷）", "合德镇 | 6120", "临海镇 | 10250", "合计 | 16370"]
    assert {f.scope for f in indicators("射阳县", sheet(rows, title="控制指标分解表"))} == {scope}


def test_built_up_scope_that_the_name_says_is_not_said_twice() -> None:
    """县级城市建成区黑臭水体 is the built-up area's by its name; its scope stays the whole."""
    (found,) = indicators("惠州市", "县城建成区黑臭水体到2025年全部消除，消除比例达到100%。")
    assert found.concept == "black_water" and found.scope == "全域"


def test_town_indicator_beside_one_of_the_town() -> None:
    """Behind an indicator that the plan's table gives for the 中心城区, one that the catalogue measures there is of it too."""
    table = sheet(["指标 | 单位 | 2035年 | 层级", "人均公园绿地面积 | 平方米 | ≥14.5 | 中心城区"])
    text = "到2035年，人均公园绿地面积不低于14.5平方米，社区公园布局密度不小于每平方公里1个，森林覆盖率不低于60%。"
    scopes = {f.concept: f.scope for f in indicators("惠州市", text, table)}
    assert scopes == {"park_pc": "中心城区", "park_density": "中心城区", "forest_cover": "全域"}


def test_town_of_the_text_is_that_of_the_table() -> None:
    """Where the plan's table says 县城, 县城居民 in a sentence are of it too: one requirement, not two."""
    table = sheet(["指标 | 单位 | 2035年 | 范围", "公园绿地、广场步行5分钟覆盖率 | % | ≥88 | 县城"])
    found = indicators("湄潭县", "2035年，县城公园绿地、广场步行5分钟覆盖率不低于88%。", table)
    assert [(f.scope, len(f.mentions)) for f in found] == [("县城", 2)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新建住宅容积率不宜超过2.2。", []),
        ("到2035年，新供工业用地平均容积率不低于1.6。", ["新供工业用地平均容积率"]),
    ],
)
def test_intensity_without_a_year_is_a_rule(text: str, names: list[str]) -> None:
    """How densely a site may be built is the quantity of a rule, until a year is set by which to reach it."""
    assert [f.name for f in indicators("遵义市", text)] == names


def test_what_lies_around_the_town_is_not_in_it() -> None:
    """县城周边行政村 are not the county's town."""
    (found,) = indicators("射阳县", "到2035年，县城周边行政村生活污水治理率达到90%以上。")
    assert found.scope == "全域"


@pytest.mark.parametrize(
    ("names", "note", "attributes"),
    [
        (("耕地保有量", "林地保有量"), "注：耕地保有量为约束性指标，其余为预期性指标。", ["binding", "expected"]),
        (("耕地保有量*", "林地保有量"), "注：带*的为约束性指标。", ["binding", None]),
        (("★耕地保有量", "林地保有量"), "注：标★为约束性指标，其他为预期性指标。", ["binding", "expected"]),
        (("耕地保有量", "林地保有量"), "注：除林地保有量外均为约束性指标。", ["binding", "expected"]),
        (("耕地保有量", "林地保有量"), "注：约束性指标须逐级分解。", [None, None]),
    ],
)
def test_notes_part_the_attributes(names: tuple[str, str], note: str, attributes: list[str | None]) -> None:
    """A note names the 约束性 ones, marks them, or excepts some, in a plan's own table and in an allocation alike."""
    rows = ["指标 | 单位 | 2035年", *(f"{name} | 万亩 | ≥10" for name in names)]
    assert [f.attribute for f in indicators("盐城市", sheet(rows, notes=(note,)))] == attributes
    heads = " | ".join(f"{name}（万亩）" for name in names)
    shares = sheet([f"县（市、区） | {heads}", "响水县 | 9 | 1", "滨海县 | 8 | 2"], title="底线分配表", notes=(note,))
    assert [f.attribute for f in indicators("盐城市", shares)] == attributes * 2


@pytest.mark.parametrize(
    ("home", "text", "name", "scope", "values"),
    [
        (
            "安溪县",
            "2035年县域常住人口规模预计105万人左右。",
            "常住人口",
            "全域",
            [(2035, "~", "105", "万人")],
        ),
        (
            "大理白族自治州",
            "到2035年，坝区耕地占比始终保持在33%以上。",
            "坝区耕地占比",
            "全域",
            [(2035, ">=", "33", "%")],
        ),
        (
            "安溪县",
            "2030年底前全县退茶还林累计达到7500亩。",
            "退茶还林面积",
            "全域",
            [(2030, "=", "7500", "亩")],
        ),
        (
            "安溪县",
            "到2030年累计复绿废弃矿山1950亩以上。",
            "废弃矿山复绿面积",
            "全域",
            [(2030, ">=", "1950", "亩")],
        ),
        (
            "大理白族自治州",
            "中心城区给水厂和管网按2035年96万人配套建设。",
            "中心城区常住人口规模",
            "中心城区",
            [(2035, "=", "96", "万人")],
        ),
        (
            "大理白族自治州",
            "到2035年，环湖缓冲带面积1260公顷以上。",
            "环湖缓冲带面积",
            "全域",
            [(2035, ">=", "1260", "公顷")],
        ),
        (
            "湖南省",
            "粮食播种面积每年不少于7100万亩。",
            "粮食播种面积",
            "全域",
            [(2035, ">=", "7100", "万亩")],
        ),
        (
            "保定市",
            "2035年县城到中心城区1.5小时覆盖率达到100%。",
            "县城到中心城区1.5小时覆盖率",
            "全域",
            [(2035, "=", "100", "%")],
        ),
        (
            "保定市",
            "2035年乡镇通三级及以上公路比例达到95%以上。",
            "乡镇通三级及以上公路比例",
            "全域",
            [(2035, ">=", "95", "%")],
        ),
        (
            "保定市",
            "到2035年，每万元国内生产总值用水量降低40%以上。",
            "每万元国内生产总值用水量降低率",
            "全域",
            [(2035, ">=", "40", "%")],
        ),
    ],
)
def test_words_around_a_target(
    home: str, text: str, name: str, scope: str, values: list[tuple[int, str, str, str]]
) -> None:
    """预计, 始终, 累计 belong to no name; works laid out for people, and land turned back, are named by what they are."""
    (found,) = indicators(home, text)
    assert (found.name, found.scope, figures(found)) == (name, scope, values)


def test_a_fall_goes_on_as_its_extent() -> None:
    """…下降15%，到2035年累计降幅不小于40%: one indicator with two years."""
    text = "单位地区生产总值建设用地使用面积到2025年较2020年下降15%，到2035年累计降幅不小于40%。"
    (found,) = indicators("安溪县", text)
    assert [(v.year, v.op, v.value) for v in found.values] == [(2025, "=", "15"), (2035, ">=", "40")]


def test_towns_by_their_short_names_after_one_name() -> None:
    """分别为甲6万人、乙7万人: each part its own amount, one that the gazetteer lacks as printed, and none for another."""
    text = "至2035年，重点镇镇区常住人口规模分别为龙门6.5万人、官桥7.2万人、甲坑1.8万人，感德不超过1.2万人。"
    found = indicators("安溪县", text)
    assert [(f.binds[0].name, *figures(f)) for f in found] == [
        ("龙门镇", (2035, "=", "6.5", "万人")),
        ("官桥镇", (2035, "=", "7.2", "万人")),
        ("甲坑", (2035, "=", "1.8", "万人")),
        ("感德镇", (2035, "<=", "1.2", "万人")),
    ]
    assert {f.name for f in found} == {"镇区常住人口规模"}


def test_a_part_has_the_years_of_the_whole_in_their_order() -> None:
    """…2025年…2035年…，大理州分别不少于182、232: the years said of the whole."""
    text = "到2025年，全省累计建成高标准农田2960万亩以上，到2035年达到3700万亩以上，大理州分别不少于182万亩、232万亩。"
    part = next(f for f in indicators("云南省", text) if f.binds[0].name == "大理白族自治州")
    assert figures(part) == [(2025, ">=", "182", "万亩"), (2035, ">=", "232", "万亩")]


def test_a_basin_is_the_scope_of_what_was_named_before() -> None:
    """治理率…，洱海流域2025年达到87%以上: the same indicator in a smaller area."""
    found = indicators("大理白族自治州", "农村生活污水治理率2025年达到56%以上，洱海流域2025年达到87%以上。")
    assert [(f.name, f.scope, figures(f)) for f in found] == [
        ("农村生活污水治理率", "全域", [(2025, ">=", "56", "%")]),
        ("农村生活污水治理率", "洱海流域", [(2025, ">=", "87", "%")]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "漾濞县限制大开大建，国土开发强度控制在5%以内。",
        "各县应按人均有效避难面积不小于1.5平方米的标准布局应急避难场所。",
        "2025年底前完成褐马鸡重要栖息地划定，面积约86平方公里。",
    ],
)
def test_figures_of_bans_and_standards_are_no_targets(text: str) -> None:
    """How a ban reads in figures, by which standard a thing is laid out, and a size of nothing named are no indicators."""
    assert indicators("大理白族自治州", text) == []


def test_shares_of_villages_and_the_scope_of_rows() -> None:
    """村庄建设用地规模 is no register's 用地规模; rows by 县（市） are parts like those by 县（市、区）, their total is the whole."""
    rows = [
        "村名 | 耕地保有量（亩） | 村庄建设用地规模（亩）",
        "东山村 | 1180 | 520",
        "西山村 | 1260 | 486",
        "合计 | 2440 | 1006",
    ]
    found = indicators(
        "感德镇", sheet(rows, title="各村指标分配表", notes=("耕地保有量为下限，村庄建设用地规模为上限。",))
    )
    assert [(f.name, f.binds[0].name, figures(f)) for f in found[:2]] == [
        ("耕地保有量", "东山村", [(2035, ">=", "1180", "亩")]),
        ("村庄建设用地规模", "东山村", [(2035, "<=", "520", "亩")]),
    ]
    rows = ["县（市） | 耕地保有量（公顷）", "大理市 | 15200", "漾濞县 | 16800", "合计 | 32000"]
    found = indicators("大理白族自治州", sheet(rows, title="县（市）底线指标分解表（2035年）"))
    assert [(f.scope, f.values[0].value) for f in found] == [
        ("县（市、区）分解", "15200"),
        ("县（市、区）分解", "16800"),
        ("全域", "32000"),
    ]


@pytest.mark.parametrize("header", ["区（县、市）", "县（市、区）", "市（县、区）"])
def test_rows_by_districts_counties_and_cities_have_one_scope(header: str) -> None:
    """A city may name its three kinds of parts in any order; the scope is one and the same."""
    rows = [f"{header} | 耕地保有量（万亩）", "海曙区 | 12.36", "象山县 | 30.26"]
    found = indicators("宁波市", sheet(rows, title="底线指标分解表（2035年）"))
    assert [f.scope for f in found] == ["县（市、区）分解"] * 2


def test_the_whole_area_said_behind_the_town_is_the_whole_area() -> None:
    """中心城区…，全州人均城镇建设用地…: not the town's, though the catalogue knows it of towns."""
    text = "中心城区2035年常住人口不超过88万人，全州人均城镇建设用地压减到112平方米以下。"
    rows = ["指标 | 单位 | 2035年 | 层级", "人均公园绿地面积 | 平方米 | ≥13 | 中心城区"]
    found = indicators("大理白族自治州", text, sheet(rows))
    assert {f.name: f.scope for f in found}["人均城镇建设用地"] == "全域"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2035年，受污染耕地98%以上实现安全利用。", [("受污染耕地安全利用率", [(2035, ">=", "98", "%")])]),
        ("2035年全市68%的村庄生活污水得到治理。", [("农村生活污水治理率", [(2035, "=", "68", "%")])]),
        ("森林覆盖率规划期末66.5%以上。", [("森林覆盖率", [(2035, ">=", "66.5", "%")])]),
        (
            "2035年每单位生产总值占用的建设用地较2020年减少38%以上。",
            [("单位国内生产总值建设用地使用面积下降率", [(2035, ">=", "38", "%")])],
        ),
        (
            "历史遗留矿山2025年累计治理不少于900公顷，到2030年完成1600公顷以上。",
            [("历史遗留矿山治理面积", [(2025, ">=", "900", "公顷"), (2030, ">=", "1600", "公顷")])],
        ),
        ("2030年抵边村5G网络通达率达到100%。", [("抵边村5G网络通达率", [(2030, "=", "100", "%")])]),
        (
            "到2035年依托大湾等水库新增供水能力0.95亿立方米以上。",
            [("新增供水能力", [(2035, ">=", "0.95", "亿立方米")])],
        ),
        ("边境线往里10公里内的村屯一律列为固边村，不撤不并。", []),
        ("滨江商业裙房宜设骑楼或退台，首层通透率在60%以上。", []),
    ],
)
def test_targets_in_free_wording(text: str, expected: list[tuple[str, list[tuple[int, str, str, str]]]]) -> None:
    """Shares done of something, falls of something described, what is mended, letters behind figures; distances that place
    a village and sizes that a recommendation sets are none."""
    assert [(found.name, figures(found)) for found in indicators("丹东市", text)] == expected


def test_years_that_share_an_amount() -> None:
    """2025年、2035年均不低于… holds for both years, for the whole and for the part named after it."""
    text = "大陆自然岸线保有率2025年、2035年均不低于35%，其中丹东市不低于42%。"
    whole, part = indicators("辽宁省", text)
    assert sorted(figures(whole)) == [(2025, ">=", "35", "%"), (2035, ">=", "35", "%")]
    assert sorted(figures(part)) == [(2025, ">=", "42", "%"), (2035, ">=", "42", "%")]
    assert {value.region.name for value in part.values} == {"丹东市"}


def test_amounts_of_a_part_told_respectively_are_the_parts() -> None:
    """其中甲市分别不少于A和B: both values belong to the city."""
    text = "历史遗留矿山治理面积2025年累计不少于1.20万公顷，2035年累计不少于3.60万公顷，其中丹东市分别不少于0.09万公顷和0.31万公顷。"
    part = indicators("辽宁省", text)[1]
    assert [(value.year, value.value, value.region.name) for value in part.values] == [
        (2025, "0.09", "丹东市"),
        (2035, "0.31", "丹东市"),
    ]


def test_a_heading_on_county_towns_does_not_narrow_a_sentence_on_all_towns() -> None:
    """中心城区和各县（市）城区 under 县城品质 speaks of all towns."""
    text = "中心城区和各县（市）城区的公园绿地、广场步行5分钟覆盖率2035年达到85%以上。"
    (found,) = indicators("保定市", text, section=("第一节 城镇体系", "县城品质"))
    assert found.scope != "县城"


def test_a_part_that_may_fall_less() -> None:
    """降幅 after what falls is its rate of fall; 可放宽至 for some counties stays a floor and is theirs."""
    text = "单位地区生产总值建设用地使用面积较2020年累计降低，2025年降幅不小于15%，2035年降幅不小于40%，彭水县、城口县2035年降幅可放宽至35%。"
    name = "单位地区生产总值建设用地使用面积下降率"
    assert [(found.name, found.binds[0].name, figures(found)) for found in indicators("重庆市", text)] == [
        (name, "重庆市", [(2025, ">=", "15", "%"), (2035, ">=", "40", "%")]),
        (name, "彭水苗族土家族自治县", [(2035, ">=", "35", "%")]),
        (name, "城口县", [(2035, ">=", "35", "%")]),
    ]


def test_words_between_the_parts_and_the_name() -> None:
    """三地 counts the parts before it, and 各县城 is the scope 县城: neither is part of the indicator's name."""
    text = "规划期末，黔江、彭水两地新增供水能力分别不低于0.60亿立方米和0.92亿立方米。"
    assert [(found.name, found.binds[0].name) for found in indicators("重庆市", text)] == [
        ("新增供水能力", "黔江区"),
        ("新增供水能力", "彭水苗族土家族自治县"),
    ]
    (parks,) = indicators("重庆市", "到2035年，各县城人均公园绿地面积不少于13平方米。")
    assert (parks.name, parks.scope) == ("人均公园绿地面积", "县城")


def test_part_of_a_line_and_the_level_that_registers_it() -> None:
    """海域部分 after 生态保护红线 is its sea part, 县级工业用地控制线 the line itself."""
    parts = boundaries("丹东市", "守住生态保护红线5637平方公里以上，海域部分不小于945平方公里。")
    assert [(part.line, figures(part)) for part in parts] == [
        ("生态保护红线", [(2035, ">=", "5637", "平方公里")]),
        ("海洋生态保护红线", [(2035, ">=", "945", "平方公里")]),
    ]
    (line,) = boundaries("彭水苗族土家族自治县", "划定县级工业用地控制线3.60平方公里，位于产业园。")
    assert (line.line, figures(line)) == ("工业用地控制线", [(2035, "=", "3.60", "平方公里")])
