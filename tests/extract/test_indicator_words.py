"""Names, regions and years around a target in wordings of many provinces; allocations inside cells."""

from __future__ import annotations

from typing import Any

import pytest
from makers_indicators import boundaries, figures, indicators, sheet

Figure = tuple[int, str, str | None, str | None]


def said(home: str, text: str) -> list[tuple[str, str, list[Figure]]]:
    return [(found.name, found.scope, figures(found)) for found in indicators(home, text)]


@pytest.mark.parametrize(
    ("note", "op"),
    [
        ("注：表列数值均为不低于值。", ">="),
        ("注：表中各项均为不超过值。", "<="),
        ("注：湿地修复面积为不少于数，其余为上限。", ">="),
        ("注：湿地修复面积为不突破指标。", "<="),
        ("注：湿地修复面积为控制目标上限，其余指标为下限。", "<="),
        ("注：湿地修复面积取“≤”，其余取“≥”。", "<="),
        ("注：湿地修复面积不得突破，耕地不得减少。", "<="),
        ("注：表中数据均为2030年目标，均为上限控制指标。", "<="),
    ],
)
def test_note_that_says_floor_in_words(note: str, op: str) -> None:
    """不低于值 and 不超过值 in a note are a floor and a cap, as 下限 and 上限 are."""
    rows = ["县（区） | 湿地修复面积（公顷）", "屯留区 | 120", "长子县 | 90"]
    found = indicators("长治市", sheet(rows, title="县（区）任务分解表", notes=(note,)))
    assert {f.values[0].op for f in found} == {op}


def test_allocation_inside_a_cell() -> None:
    """Each region that a cell names is a row of its own; unit, year and operator come from the other columns."""
    rows = [
        "任务 | 单位 | 完成年 | 要求 | 县（区）分解",
        "撂荒地复耕面积 | 亩 | 2030 | 不低于 | 屯留区 48.20；长子县52.60；沁县31",
        "公共充电桩数量 | 个 | 2027 | 不超过 | 潞州区9000、上党区1200、沁源县450",
    ]
    found = indicators("长治市", sheet(rows, title="专项任务分解情况"))
    assert [(f.name, f.binds[0].name, figures(f)) for f in found] == [
        ("撂荒地复耕面积", "屯留区", [(2030, ">=", "48.20", "亩")]),
        ("撂荒地复耕面积", "长子县", [(2030, ">=", "52.60", "亩")]),
        ("撂荒地复耕面积", "沁县", [(2030, ">=", "31", "亩")]),
        ("公共充电桩数量", "潞州区", [(2027, "<=", "9000", "个")]),
        ("公共充电桩数量", "上党区", [(2027, "<=", "1200", "个")]),
        ("公共充电桩数量", "沁源县", [(2027, "<=", "450", "个")]),
    ]
    assert {f.binds_basis for f in found} == {"column"}


def test_operator_and_unit_inside_an_allocating_cell() -> None:
    """What stands in the cell itself goes before what the row and the title give."""
    rows = [
        "指标 | 分解到县（2030年）",
        "造林面积（亩） | 均不少于：武乡县1.2万亩；沁县8000",
        "改造泵站数量（座） | 武乡县不超过12；沁县6",
    ]
    found = indicators("长治市", sheet(rows, title="任务分解表"))
    assert [(f.binds[0].name, figures(f)) for f in found] == [
        ("武乡县", [(2030, ">=", "1.2", "万亩")]),
        ("沁县", [(2030, ">=", "8000", "亩")]),
        ("武乡县", [(2030, "<=", "12", "座")]),
        ("沁县", [(2030, "=", "6", "座")]),
    ]


def test_cells_that_name_works_allocate_nothing() -> None:
    """A register whose cells say where and how much is built hands no indicator down."""
    rows = [
        "项目名称 | 建设内容",
        "沁河治理 | 治理河道86公里，新建堤防12公里",
        "矿山复绿 | 治理图斑58个，修复280公顷",
    ]
    assert indicators("长治市", sheet(rows, title="重点项目表")) == []


def test_row_of_one_town() -> None:
    """A name that begins with another town than the plan's binds that town alone and stays as it is printed."""
    rows = [
        "指标项 | 单位 | 2025年 | 2035年",
        "延吉市中心城区体育场地步行覆盖率 | % | ≥92 | ≥98",
        "湿地保护率 | % | ≥50 | ≥52",
    ]
    town, whole = indicators("延边朝鲜族自治州", sheet(rows))
    assert (town.name, town.values[0].region.name) == ("延吉市中心城区体育场地步行覆盖率", "延吉市")
    assert whole.values[0].region.name == "延边朝鲜族自治州"


@pytest.mark.parametrize(("home", "scope"), [("长治市", "县城"), ("遵义市", "城区")])
def test_all_towns_of_a_city_are_no_region(home: str, scope: str) -> None:
    """县城 in the column of scopes says of which towns an amount is meant; the region is the plan's own."""
    rows = ["指标项 | 单位 | 2035年 | 层级", f"人均公园绿地面积 | 平方米 | ≥14 | {scope}"]
    (found,) = indicators(home, sheet(rows))
    assert (found.scope, found.values[0].region.name) == (scope, home)


@pytest.mark.parametrize(
    ("home", "text", "expected"),
    [
        (
            "吉林省",
            "铁路通车里程由2020年的4306公里提高到2035年的6500公里。",
            [("铁路通车里程", "全域", [(2020, "=", "4306", "公里"), (2035, "=", "6500", "公里")])],
        ),
        (
            "长治市",
            "常住人口城镇化率从2020年的56.1%逐步提高到2035年的72%左右。",
            [("常住人口城镇化率", "全域", [(2020, "=", "56.1", "%"), (2035, "~", "72", "%")])],
        ),
        (
            "吉林省",
            "常住人口由持续流出转为基本稳定，2035年保持在2300万人左右。",
            [("常住人口", "全域", [(2035, "~", "2300", "万人")])],
        ),
        (
            "吉林省",
            "2025年用水总量不超过148亿立方米，2035年不超过150亿立方米；城镇燃气普及率不低于95%。",
            [
                ("用水总量", "全域", [(2025, "<=", "148", "亿立方米"), (2035, "<=", "150", "亿立方米")]),
                ("城镇燃气普及率", "全域", [(2035, ">=", "95", "%")]),
            ],
        ),
        (
            "沁源县",
            "2035年境内地表水断面优良比例稳定为100%。",
            [("地表水断面优良比例", "全域", [(2035, "=", "100", "%")])],
        ),
        (
            "吉林省",
            "2035年，设区市中心城区人均公园绿地面积不小于12平方米，道路网密度达到8公里/平方公里。",
            [
                ("人均公园绿地面积", "中心城区", [(2035, ">=", "12", "平方米")]),
                ("道路网密度", "中心城区", [(2035, "=", "8", "公里/平方公里")]),
            ],
        ),
        (
            "长治市",
            "到2035年，县城30分钟上高速覆盖率实现100%。",
            [("县城30分钟上高速覆盖率", "县城", [(2035, "=", "100", "%")])],
        ),
        (
            "长治市",
            "到2035年，城市污水再生利用率不低于40%。",
            [("城市污水再生利用率", "全域", [(2035, ">=", "40", "%")])],
        ),
        (
            "延边朝鲜族自治州",
            "规划到2035年常住人口保持在200万人左右。",
            [("常住人口", "全域", [(2035, "~", "200", "万人")])],
        ),
        (
            "固原市",
            "草原综合植被盖度2035年巩固在75%以上，旅游接待能力2035年突破20万人。",
            [
                ("草原综合植被盖度", "全域", [(2035, ">=", "75", "%")]),
                ("旅游接待能力", "全域", [(2035, ">", "20", "万人")]),
            ],
        ),
        (
            "延边朝鲜族自治州",
            "粮食产能2035年不低于36亿斤。",
            [("粮食综合生产能力", "全域", [(2035, ">=", "36", "亿斤")])],
        ),
        (
            "沁源县",
            "实施全域土地综合整治4.20万亩。",
            [("全域土地综合整治面积", "全域", [(2035, "=", "4.20", "万亩")])],
        ),
        (
            "沁源县",
            "到2035年治理历史遗留矿山280公顷以上。",
            [("历史遗留矿山治理面积", "全域", [(2035, ">=", "280", "公顷")])],
        ),
        (
            "宁波市",
            "规划期内累计新增造林绿化9.6万亩。",
            [("新增造林绿化面积", "全域", [(2035, "=", "9.6", "万亩")])],
        ),
        (
            "襄阳市",
            "2035年全市常住人口约180万人，其中城镇常住人口约110万人。",
            [
                ("常住人口", "全域", [(2035, "~", "180", "万人")]),
                ("城镇常住人口", "全域", [(2035, "~", "110", "万人")]),
            ],
        ),
        (
            "襄阳市",
            "2035年，森林覆盖率、湿地保护率分别稳定在62.5%和55%以上。",
            [
                ("森林覆盖率", "全域", [(2035, ">=", "62.5", "%")]),
                ("湿地保护率", "全域", [(2035, ">=", "55", "%")]),
            ],
        ),
        (
            "襄阳市",
            "村庄建设用地规模由现状的260平方公里减至2035年的235平方公里。",
            [("村庄建设用地规模", "全域", [(2020, "=", "260", "平方公里"), (2035, "=", "235", "平方公里")])],
        ),
        (
            "襄阳市",
            "年均新增造林面积不低于3万亩。",
            [("年均新增造林面积", "全域", [(2035, ">=", "3", "万亩")])],
        ),
        (
            "襄阳市",
            "应急避难场所人均有效面积达到2平方米以上。",
            [("应急避难场所人均有效面积", "全域", [(2035, ">=", "2", "平方米")])],
        ),
        (
            "襄阳市",
            "到2035年，可再生能源装机容量达到1200万千瓦以上，机场旅客吞吐量达到800万人次。",
            [
                ("可再生能源装机容量", "全域", [(2035, ">=", "1200", "万千瓦")]),
                ("机场旅客吞吐量", "全域", [(2035, "=", "800", "万人次")]),
            ],
        ),
        (
            "襄阳市",
            "耕地保有量目标为420.5万亩，较上轮规划减少12万亩。",
            [("耕地保有量", "全域", [(2035, "=", "420.5", "万亩")])],
        ),
        (
            "襄阳市",
            "到2030年治理水土流失面积320平方公里以上，累计改良盐碱地12万亩。",
            [
                ("水土流失治理面积", "全域", [(2030, ">=", "320", "平方公里")]),
                ("盐碱地改良面积", "全域", [(2030, "=", "12", "万亩")]),
            ],
        ),
        (
            "沁源县",
            "整治后新增耕地不低于原有耕地面积的3%。",
            [("整治区域新增耕地比例", "全域", [(2035, ">=", "3", "%")])],
        ),
        (
            "沁源县",
            "累计治理历史遗留废弃矿山280公顷，主要位于李元镇。",
            [("历史遗留废弃矿山治理面积", "全域", [(2035, "=", "280", "公顷")])],
        ),
        (
            "襄阳市",
            "农村生活污水治理率达55%以上（2025年）、80%以上（2035年）。",
            [("农村生活污水治理率", "全域", [(2025, ">=", "55", "%"), (2035, ">=", "80", "%")])],
        ),
        (
            "襄阳市",
            "2025年、2035年全市湿地面积分别不低于12万亩、12.5万亩。",
            [("湿地面积", "全域", [(2025, ">=", "12", "万亩"), (2035, ">=", "12.5", "万亩")])],
        ),
        (
            "襄阳市",
            "到2035年，高标准农田面积达到580万亩，占耕地面积比例不低于85%。",
            [
                ("高标准农田面积", "全域", [(2035, "=", "580", "万亩")]),
                ("高标准农田占耕地面积比例", "全域", [(2035, ">=", "85", "%")]),
            ],
        ),
        (
            "襄阳市",
            "到2035年全市人口达到450万人，其中市区150万人。",
            [("人口", "全域", [(2035, "=", "450", "万人")]), ("人口", "市区", [(2035, "=", "150", "万人")])],
        ),
        (
            "襄阳市",
            "天然气气化率：2025年85%，2035年95%。",
            [("天然气气化率", "全域", [(2025, "=", "85", "%"), (2035, "=", "95", "%")])],
        ),
        (
            "襄阳市",
            "人均村庄建设用地面积逐步降到150平方米以下。",
            [("人均村庄建设用地面积", "全域", [(2035, "<=", "150", "平方米")])],
        ),
        (
            "襄阳市",
            "林草覆盖度稳定在75%以上。",
            [("林草覆盖度", "全域", [(2035, ">=", "75", "%")])],
        ),
        (
            "谷城县",
            "到2035年全县耕地保有量不低于45.6万亩，其中水田不低于20万亩。",
            [("耕地保有量", "全域", [(2035, ">=", "45.6", "万亩")]), ("水田", "全域", [(2035, ">=", "20", "万亩")])],
        ),
        (
            "谷城县",
            "到2035年，县城建成区面积控制在8.5平方公里以内。",
            [("县城建成区面积", "县城", [(2035, "<=", "8.5", "平方公里")])],
        ),
        (
            "谷城县",
            "规划到2035年，形成“15分钟社区生活圈”覆盖率90%以上。",
            [("15分钟社区生活圈覆盖率", "全域", [(2035, ">=", "90", "%")])],
        ),
    ],
)
def test_words_around_targets_of_many_provinces(
    home: str, text: str, expected: list[tuple[str, str, list[Figure]]]
) -> None:
    """Where the way to a target begins, what a thing's course is told by, whose towns are meant; what belongs to a name."""
    assert said(home, text) == expected


def test_region_between_a_name_and_its_amount() -> None:
    """新增造林绿化空间甲州不少于4.5万亩，乙市…: the region is no part of the name, the name holds for those that follow."""
    found = indicators("吉林省", "到2035年，新增造林绿化空间延边朝鲜族自治州不少于4.5万亩，白城市不少于28万亩。")
    assert [(f.name, f.binds[0].name, figures(f)) for f in found] == [
        ("新增造林绿化空间", "延边朝鲜族自治州", [(2035, ">=", "4.5", "万亩")]),
        ("新增造林绿化空间", "白城市", [(2035, ">=", "28", "万亩")]),
    ]


def test_share_of_the_whole_that_goes_on_from_a_line() -> None:
    """占全区国土面积的比例 behind the size of a line is that line's share."""
    text = "到2035年，生态保护红线面积不低于1.23万平方公里，占全区国土面积的比例不低于18.5%。"
    (share,) = indicators("宁夏回族自治区", text)
    assert (share.name, figures(share)) == ("生态保护红线占国土面积比例", [(2035, ">=", "18.5", "%")])


def test_multiple_of_what_a_boundary_was() -> None:
    """扩展倍数为2020年城镇建设用地规模的1.27倍: what it is a multiple of is no part of the name."""
    (found,) = indicators("延边朝鲜族自治州", "城镇开发边界扩展倍数为2020年城镇建设用地规模的1.27倍左右。")
    assert (found.name, figures(found)) == ("城镇开发边界扩展倍数", [(2035, "~", "1.27", "倍")])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "到2035年耕地保有量不低于上级下达任务（312万亩）。",
            [(2035, ">=", None, "平方公里"), (2035, ">=", "312", "万亩")],
        ),
        ("到2035年耕地保有量不低于国家下达的312万亩。", [(2035, ">=", "312", "万亩")]),
    ],
)
def test_figure_of_a_task_handed_down(text: str, values: list[Figure]) -> None:
    """The figure that spells out a task has the operator of the task; 国家下达的 before a figure is no second value."""
    (found,) = indicators("襄阳市", text)
    assert figures(found) == values


def test_parts_of_a_line_in_a_sentence_of_their_own() -> None:
    """其中，陆域…，海洋… behind the sentence that tells the line gives the sizes of its parts."""
    text = "全市划定生态保护红线3120.5平方公里。其中，陆域生态保护红线2100平方公里，海洋生态保护红线1020.5平方公里。"
    assert [(f.line, figures(f)) for f in boundaries("宁波市", text)] == [
        ("生态保护红线", [(2035, "=", "3120.5", "平方公里")]),
        ("陆域生态保护红线", [(2035, "=", "2100", "平方公里")]),
        ("海洋生态保护红线", [(2035, "=", "1020.5", "平方公里")]),
    ]


def test_line_that_is_held() -> None:
    """永久基本农田守住… tells the line's size."""
    (found,) = boundaries("固原市", "2035年，永久基本农田守住425万亩以上。")
    assert (found.line, figures(found)) == ("永久基本农田", [(2035, ">=", "425", "万亩")])


def test_operator_behind_a_second_unit() -> None:
    """3970平方公里（595.5万亩）以上 is a floor."""
    (found,) = indicators("上饶市", "到2035年，湿地面积3970平方公里（595.5万亩）以上。")
    assert figures(found) == [(2035, ">=", "3970", "平方公里")]


@pytest.mark.parametrize(
    "text",
    [
        "规划分为县域和县城两个层次，县域总面积约2549平方公里。",
        "荒坡补植油松、侧柏等本地树种，混交比例不小于50%。",
        "养殖场应配套粪污消纳土地，畜禽粪污综合利用率不低于90%。",
        "工业集聚区纳入工业用地控制线，线内转为居住用途的比例不高于5%。",
        "单宗工业用地容积率应不低于1.0，绿地率不高于15%。",
        "养殖场配套设施用地控制在项目总用地的10%以内。",
        "2025年前严控新增建设用地投放，累计使用量不超过规划增量的70%。",
        "县城防洪应按30年一遇设防。",
    ],
)
def test_sizes_that_are_facts_or_parts_of_orders(text: str) -> None:
    """The size of the area, and shares that say how what is ordered is to be done, are no indicators."""
    assert indicators("沁源县", text) == []


def test_share_behind_an_order_that_a_table_gives_too() -> None:
    """What the plan's own table lists is an indicator wherever a sentence says it."""
    text = "养殖场应配套粪污消纳土地，畜禽粪污综合利用率不低于90%。"
    (found,) = indicators("沁源县", text, sheet(["指标 | 单位 | 2035年", "畜禽粪污综合利用率 | % | ≥90"]))
    assert [mention.kind for mention in found.mentions] == ["text", "annex"]


def test_functional_zone_beside_the_cities() -> None:
    """A column of a base that is no administrative unit (宁东基地) has its own share."""
    rows = [
        "指标 | 单位 | 目标年 | 银川市 | 石嘴山市 | 宁东基地 | 全区",
        "用水总量 | 亿立方米 | 2025年 | 19.5 | 11.3 | 2.6 | 33.4",
    ]
    found: list[Any] = indicators("宁夏回族自治区", sheet(rows, title="主要指标分市分解表"))
    assert [(f.binds[0].name, f.values[0].value) for f in found] == [
        ("银川市", "19.5"),
        ("石嘴山市", "11.3"),
        ("宁东能源化工基地", "2.6"),
        ("宁夏回族自治区", "33.4"),
    ]


def test_years_that_open_a_sentence() -> None:
    """到2025年、2035年，A均…，B均…: each amount said of all holds for both years."""
    text = "到2025年、2035年，全市耕地保有量均不少于520万亩，永久基本农田均不少于455.6万亩。"
    (land,), (line,) = indicators("襄阳市", text), boundaries("襄阳市", text)
    assert sorted(figures(land)) == [(2025, ">=", "520", "万亩"), (2035, ">=", "520", "万亩")]
    assert sorted(figures(line)) == [(2025, ">=", "455.6", "万亩"), (2035, ">=", "455.6", "万亩")]


def test_sum_over_the_years_in_square_brackets() -> None:
    """[25] in a cell is the number 25."""
    rows = ["指标 | 单位 | 2025年 | 2035年", "新增造林面积 | 万亩 | 13.5 | [25]"]
    (found,) = indicators("襄阳市", sheet(rows))
    assert figures(found) == [(2025, "=", "13.5", "万亩"), (2035, "=", "25", "万亩")]


def test_part_that_the_gazetteer_lacks() -> None:
    """其中 and a village that no gazetteer holds: the amount is that village's, not a second one of the whole."""
    whole, part = indicators("谷城县", "到2035年全县耕地保有量不低于45.6万亩，其中东坪村不低于0.2万亩。")
    assert (whole.binds[0].name, figures(whole)) == ("谷城县", [(2035, ">=", "45.6", "万亩")])
    assert (part.binds[0].name, figures(part)) == ("东坪村", [(2035, ">=", "0.2", "万亩")])


@pytest.mark.parametrize(
    ("cells", "scope"),
    [
        (("县域", "县城", "新建井"), "新建井"),
        (("变更调查", "统计年鉴", "遥感解译"), "全域"),
    ],
)
def test_a_column_of_what_is_counted(cells: tuple[str, str, str], scope: str) -> None:
    """口径 over scopes is their column, over sources of data it is none."""
    rows = [
        "指标项 | 单位 | 2035年 | 口径",
        f"森林覆盖率 | % | ≥52 | {cells[0]}",
        f"公园绿地覆盖率 | % | ≥85 | {cells[1]}",
        f"地热水回灌率 | % | ≥80 | {cells[2]}",
    ]
    found = {own.name: own.scope for own in indicators("遵义市", sheet(rows))}
    assert found["地热水回灌率"] == scope


def test_years_before_a_name_share_its_amount() -> None:
    """2025年和2035年A均保持60%: the amount holds for both years, though the name stands between them and the word."""
    ((_, _, values),) = said("宜昌市", "2025年和2035年湿地保护率均保持60%。")
    assert sorted(values) == [(2025, "=", "60", "%"), (2035, "=", "60", "%")]


def test_parts_behind_a_name_of_no_catalogue() -> None:
    """到2035年A，甲县不低于X，乙市不低于Y: a measured name without an amount of its own is that of the parts behind it."""
    found = indicators("宜昌市", "到2035年滨水步道贯通率，远安县不低于41%，枝江市不低于43%。")
    assert [(f.name, [r.name for r in f.binds], figures(f)) for f in found] == [
        ("滨水步道贯通率", ["远安县"], [(2035, ">=", "41", "%")]),
        ("滨水步道贯通率", ["枝江市"], [(2035, ">=", "43", "%")]),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("黄柏河、玛瑙河沿线洪涝风险控制线面积20.6平方公里以上。", {("洪涝风险控制线", "宜昌市", ">=", "20.6")}),
        ("清江两岸洪涝风险控制线面积不少于8平方公里。", {("洪涝风险控制线", "宜昌市", ">=", "8")}),
        ("划出河湖管理范围线60.8平方公里，由水利部门埋设界桩。", {("河湖管理范围线", "宜昌市", "=", "60.8")}),
        (
            "划设洪涝风险控制线96.8平方公里，其中沮河段17.2平方公里由远安县落实。",
            {("洪涝风险控制线", "宜昌市", "=", "96.8"), ("洪涝风险控制线", "远安县", "=", "17.2")},
        ),
        ("远安县承担生态保护红线不少于589平方公里。", {("生态保护红线", "远安县", ">=", "589")}),
    ],
)
def test_lines_along_rivers_and_parts_taken_on(text: str, wanted: set[tuple[str, str, str, str]]) -> None:
    """A place before a line qualifies it, whoever takes on a part is bound by it, and drawing a line has many verbs."""
    found = boundaries("宜昌市", text)
    assert {(f.line, r.name, v.op, v.value) for f in found for r in f.binds for v in f.values} == wanted


@pytest.mark.parametrize("verb", ["下降", "降低"])
def test_fall_of_land_for_output_has_the_name_of_the_guides(verb: str) -> None:
    """单位地区生产总值建设用地使用面积降低40% prints no noun: the indicator is 下降率 by the guides, whichever the verb."""
    found = indicators("宜昌市", f"到2035年，单位地区生产总值建设用地使用面积较2020年累计{verb}不少于40%。")
    assert [(f.name, figures(f)) for f in found] == [
        ("单位地区生产总值建设用地使用面积下降率", [(2035, ">=", "40", "%")])
    ]
