"""Numbers that are named, scoped, dated or marked in another way in the draft: what is an answer, what is not."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, codes, of_county, table

from chuandao.plan.verdict import Check

HEAD = "序号 | 指标名称 | 单位 | 2025年 | 2035年 | 属性 | 层级"


def own(*rows: str) -> Thing:
    return table("附表1", "规划指标表", HEAD, *rows)


def first(check: Check) -> tuple[str, set[str]]:
    """The verdict on the first indicator of the upper plan and its codes."""
    ids = {r["id"] for r in check.requirements.upper if r["mode"] == "indicator"}
    verdict = next(v for v in check.verdicts if v.requirement in ids)
    return verdict.verdict, {f.code for f in verdict.findings}


@pytest.mark.parametrize(
    ("upper", "lower", "verdict"),
    [
        ("到2035年，县城供水管网漏损率不高于8%。", "到2035年，县城供水管网漏损率不高于9.5%。", "conflict"),
        ("到2035年，县城供水管网漏损率不高于8%。", "到2035年，县城供水管网漏损率不高于7%。", "fulfilled"),
        ("到2035年，中心城区供水管网漏损率不高于8%。", "到2035年，县城供水管网漏损率不高于9.5%。", "not_applicable"),
        (
            "中心城区和各县（市）城区的再生水利用率2035年达到40%以上，供水管网漏损率不高于8%。",
            "到2035年，县城再生水利用率达到30%以上。",
            "conflict",
        ),
    ],
)
def test_the_town_of_each_county_is_none_of_the_city_itself(upper: str, lower: str, verdict: str) -> None:
    """县城 in a city's plan binds every county; 中心城区 there is the city's own town."""
    assert first(of_county(upper, lower))[0] == verdict


@pytest.mark.parametrize("said", ["常住人口城镇化率达到57%", "常住人口城镇化率58%左右", "城镇化率提高到60%以上"])
def test_how_many_live_in_towns_is_each_regions_own(said: str) -> None:
    """A mean of the whole area that is not allocated: the draft sets its own."""
    assert first(checked("到2035年，全省常住人口城镇化率达到72%。", f"到2035年，全市{said}。")) == ("refined", set())


@pytest.mark.parametrize(
    ("upper", "lower", "verdict"),
    [
        ("到2035年，干线公路二级及以上占比达到85%。", "到2035年，干线公路二级及以上占比达到88%。", "fulfilled"),
        ("到2035年，干线公路二级及以上占比达到85%。", "到2035年，干线公路二级及以上占比达到80%。", "conflict"),
        ("到2035年，村庄空置宅基地占比降至6%。", "到2035年，村庄空置宅基地占比降至5%。", "fulfilled"),
        ("到2035年，村庄空置宅基地占比降至6%。", "到2035年，村庄空置宅基地占比降至8%。", "conflict"),
    ],
)
def test_the_verb_tells_floor_from_cap(upper: str, lower: str, verdict: str) -> None:
    """达到85% is kept by more, 降至6% by less."""
    assert first(checked(upper, lower))[0] == verdict


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("1 | 废弃矿坑回填率 | % | — | ≥90 | 预期性 | 市域", {"IND-YEAR"}),
        ("1 | 废弃矿坑回填率 | % | ≥70 | ≥90 | 预期性 | 市域", set()),
    ],
)
def test_the_aim_of_the_year_between_is_left_out(row: str, found: set[str]) -> None:
    """A row that leaves the cell of 2025 empty lacks that aim, though the one for 2035 is kept."""
    assert first(checked(own("1 | 废弃矿坑回填率 | % | ≥70 | ≥90 | 预期性 | 省域"), own(row)))[1] == found


@pytest.mark.parametrize(("level", "found"), [("市域", {"IND-SCOPE"}), ("中心城区", set())])
def test_a_number_of_the_town_given_for_all_the_area(level: str, found: set[str]) -> None:
    """The column 层级 of the draft says 市域 where the upper plan says 中心城区."""
    upper = own("1 | 人均口袋公园面积 | 平方米 | ≥1.0 | ≥1.5 | 预期性 | 中心城区")
    assert first(checked(upper, own(f"1 | 人均口袋公园面积 | 平方米 | ≥1.1 | ≥1.6 | 预期性 | {level}")))[1] == found


SHARES = table(
    "附表2",
    "修复任务分解表",
    "行政区 | 历史遗留矿山治理面积（公顷）",
    "合肥市 | 900",
    "黄山市 | 640",
    "芜湖市 | 700",
)


@pytest.mark.parametrize(
    ("lower", "lost"),
    [
        ("到2035年，全市累计治理历史遗留矿山6.40平方公里。", False),
        ("到2035年，全市历史遗留矿山治理面积640公顷左右。", True),
    ],
)
def test_a_share_printed_without_a_sign_loses_no_operator(lower: str, lost: bool) -> None:
    """A bare cell of an allocation is kept by a bare number; 左右 still makes it vague."""
    assert ("IND-OP" in codes(checked(SHARES, lower))) == lost


@pytest.mark.parametrize(("printed", "found"), [("约束性", {"IND-ATTR"}), ("", set())])
def test_the_catalogue_fills_no_attribute_that_the_upper_plan_leaves_out(printed: str, found: set[str]) -> None:
    """A plan that prints attributes, but none for 湿地面积, makes it no binding one."""
    rows = ["1 | 耕地保有量 | 万亩 | 66 | 66 | 约束性 | 省域", f"2 | 湿地面积 | 公顷 | ≥900 | ≥900 | {printed} | 省域"]
    lower = own("1 | 耕地保有量 | 万亩 | 66 | 66 | 约束性 | 市域", "2 | 湿地面积 | 公顷 | ≥910 | ≥910 | 预期性 | 市域")
    assert codes(checked(own(*rows), lower)) & {"IND-ATTR"} == found


@pytest.mark.parametrize(
    ("upper", "lower", "verdict"),
    [
        ("高标准农田面积到2025年达到60万亩", "高标准农田面积到2030年达到60万亩", "conflict"),
        ("绿色矿山建成率到2025年达到60%", "绿色矿山建成率到2030年达到60%", "weakened"),
    ],
)
def test_an_amount_put_off_fails_the_sum_a_rate_is_weakened(upper: str, lower: str, verdict: str) -> None:
    """A share that is delivered five years late is lacking in the upper plan's sum; a rate is only put off."""
    assert first(checked(f"黄山市{upper}。", f"全市{lower}。")) == (verdict, {"IND-YEAR"})


@pytest.mark.parametrize("name", ["单位国内生产总值取水量", "万元地区生产总值取水量", "单位GDP取水量"])
def test_the_product_is_spelled_in_many_ways(name: str) -> None:
    """国内生产总值, 地区生产总值 and GDP are one thing in a name."""
    upper = own("1 | 单位地区生产总值取水量 | 立方米/万元 | ≤37 | ≤30 | 预期性 | 省域")
    assert first(checked(upper, own(f"1 | {name} | 立方米/万元 | ≤36 | ≤29 | 预期性 | 市域")))[0] == "fulfilled"


@pytest.mark.parametrize(
    ("upper", "lower", "found"),
    [
        ("园区工业用地地均税收 | 万元/公顷", "工业用地地均产值 | 万元/公顷", {"IND-DEF"}),
        ("园区工业用地地均税收 | 万元/公顷", "园区工业用地地均税收 | 万元/公顷", set()),
        ("泉域岩溶水保护率 | %", "泉域岩溶水率 | %", {"IND-DEF"}),
        ("建筑垃圾资源化利用率 | %", "建筑垃圾收集率 | %", {"IND-DEF"}),
        ("建筑垃圾资源化利用率 | %", "建筑垃圾综合利用率 | %", set()),
    ],
)
def test_another_measure_of_the_same_land_or_thing(upper: str, lower: str, found: set[str]) -> None:
    """What the land brings in, or which share of a thing a rate tells, makes another definition."""
    check = checked(own(f"1 | {upper} | 40 | 50 | 约束性 | 省域"), own(f"1 | {lower} | 45 | 60 | 约束性 | 市域"))
    assert first(check)[1] == found


@pytest.mark.parametrize(
    ("lower", "found"),
    [("屯溪区中心城区10分钟健身圈覆盖率", {"IND-SCOPE"}), ("城乡居民10分钟健身圈覆盖率", set())],
)
def test_one_town_for_all_inhabitants(lower: str, found: set[str]) -> None:
    """城乡居民… narrowed to the town of one district."""
    upper = own("1 | 城乡居民10分钟健身圈覆盖率 | % | ≥80 | 100 | 预期性 | 省域")
    assert first(checked(upper, own(f"1 | {lower} | % | ≥85 | 100 | 预期性 | 市域")))[1] == found


def test_what_lies_within_metres_of_each_inhabitant_is_owed() -> None:
    """公交站点500米覆盖率 is listed by every plan, though the province allocates it to nobody."""
    upper = own("1 | 公交站点500米覆盖率 | % | ≥80 | ≥90 | 预期性 | 省域")
    assert first(checked(upper, "推进村庄建设。")) == ("missing", {"IND-MISSING"})


@pytest.mark.parametrize("exception", ["，康养步道和观景设施除外", ""])
def test_the_number_of_a_line_is_kept_though_its_rule_is_loosened(exception: str) -> None:
    """A kept area stays kept; the loosened rule is pointed at with a warning and judged for itself."""
    upper = own("1 | 永久基本农田保护面积 | 万亩 | 60.5 | 60.5 | 约束性 | 省域")
    check = checked(
        [upper, "永久基本农田内严禁任何单位和个人擅自占用或者改变用途。"],
        [
            own("1 | 永久基本农田保护面积 | 万亩 | 60.5 | 60.5 | 约束性 | 市域"),
            f"永久基本农田内严禁任何单位和个人擅自占用或者改变用途{exception}。",
        ],
    )
    verdict, found = first(check)
    assert verdict in ("fulfilled", "refined") and ("LINE-RULE" in found) == bool(exception)


@pytest.mark.parametrize(
    ("lower", "verdict"), [("推进村庄建设。", "not_applicable"), ("推进巢湖流域治理。", "missing")]
)
def test_the_water_of_a_lake_that_the_draft_never_names(lower: str, verdict: str) -> None:
    """巢湖…率 asks nothing of a city that has no part of the lake."""
    upper = own("1 | 巢湖出境断面水质达标率 | % | ≥80 | 100 | 约束性 | 省域")
    assert first(checked(upper, lower))[0] == verdict


def test_the_share_of_the_land_where_the_area_is_allocated() -> None:
    """生态保护红线占国土面积比例 of the whole is not asked of a city that has its own area of it."""
    shares = table(
        "附表2", "三线分解表", "行政区 | 生态保护红线（平方公里）", "合肥市 | 300", "黄山市 | 2600", "芜湖市 | 210"
    )
    whole = "到2035年，全省生态保护红线占国土面积比例不低于14.8%。"
    check = checked([whole, shares], "到2035年，全市生态保护红线面积不低于2600平方公里，分布在歙县、祁门县。")
    assert "missing" not in [v.verdict for v in check.verdicts]


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("1 | 绿色矿山建成率 | % | ≥50 | ≥90", "1 | 大中型矿山绿色矿山建成率 | % | ≥50 | ≥90", "IND-SCOPE"),
        ("1 | 地表水优良水体比例 | % | ≥90 | ≥95", "1 | 国控断面地表水优良水体比例 | % | ≥90 | ≥95", None),
        ("1 | 规上企业清洁生产审核率 | % | ≥50 | ≥90", "1 | 规上企业清洁生产审核率 | % | ≥50 | ≥90", None),
        ("1 | 人均养老设施用地面积 | 平方米 | ≥0.2 | ≥0.3", "1 | 人均养老设施建筑面积 | 平方米 | ≥0.2 | ≥0.3", "IND-DEF"),
        ("1 | 绿道总长度 | 公里 | ≥100 | ≥280", "1 | 绿道总里程 | 公里 | ≥100 | ≥280", None),
    ],
)  # fmt: skip
def test_names_that_take_some_of_it_or_measure_it_otherwise(upper: str, lower: str, expected: str | None) -> None:
    """Only the larger mines, floor for ground: the same numbers are no answer. 里程 is 长度."""
    check = checked(own(f"{upper} | 预期性 | 全域"), own(f"{lower} | 预期性 | 全域"))
    found = first(check)[1]
    assert found == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("near", "late", "said", "verdict"),
    [
        ("≤1.30", "≤1.30", "城镇开发边界扩展倍数不突破1.28倍", "fulfilled"),
        ("≤1.30", "≤1.30", "城镇开发边界扩展倍数不突破1.35倍", "conflict"),
        ("≤1.20", "≤1.30", "城镇开发边界扩展倍数不突破1.28倍", "partial"),
    ],
)
def test_a_cap_that_is_one_for_all_years(near: str, late: str, said: str, verdict: str) -> None:
    """A draft that keeps it to the end of the plan need not repeat it for the years before; two caps are two."""
    upper = own(f"1 | 城镇开发边界扩展倍数 | 倍 | {near} | {late} | 约束性 | 全域")
    assert first(checked(upper, f"到2035年，全市{said}。"))[0] == verdict


@pytest.mark.parametrize(("said", "verdict"), [("为0.58", "weakened"), ("不低于0.58", "fulfilled"), ("提高到0.60", "fulfilled")])  # fmt: skip
def test_a_coefficient_is_a_rate_with_a_floor(said: str, verdict: str) -> None:
    """It is the same for each part, and 为 for 不低于 has lost the floor."""
    upper = "到2035年，全省农田灌溉水有效利用系数不低于0.58。"
    assert first(checked(upper, f"到2035年，全市农田灌溉水有效利用系数{said}。"))[0] == verdict


@pytest.mark.parametrize(("said", "verdict"), [("县城供水保证率不低于97%", "fulfilled"), ("县城供水保证率不低于95%", "conflict")])  # fmt: skip
def test_the_one_town_of_a_county_is_its_city(said: str, verdict: str) -> None:
    """城市供水保证率 is answered by a county for its 县城, also where the name says so and no column does."""
    assert first(of_county("到2035年，城市供水保证率达到97%以上。", f"到2035年，{said}。"))[0] == verdict


def test_a_control_line_told_in_a_sentence_is_a_line_too() -> None:
    """An area that falls short in a sentence which was not read as an indicator has the code of a control line."""
    check = of_county("歙县划定河湖管理范围线62.80平方公里。", "划出河湖管理范围线60.80平方公里，由县水利局埋设界桩。")
    assert "LINE-AREA" in codes(check)


@pytest.mark.parametrize(("said", "verdict"), [("至2030年，县城水源地水质达标率达到100%", "weakened"), ("至2025年，县城水源地水质达标率达到100%", "fulfilled")])  # fmt: skip
def test_what_is_of_county_rank_is_what_the_town_has(said: str, verdict: str) -> None:
    """县级以上水源地 are those of a county's town; what is wrong is the year."""
    assert first(of_county("至2025年，县级以上水源地水质达标率保持100%。", f"{said}。"))[0] == verdict
