"""What a number or a name of the draft is said of: the right amount of a sentence, its scope, the whole name of an entry."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, table, verdicts

from chuandao.check.amounts import amounts
from chuandao.check.definitions import leads, measured_alike
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.verdict import Verdict

RURAL = "2025年，黄山市农村生活污水治理率不低于41%。"


def applied(upper: Thing, *lower: Thing) -> list[Verdict]:
    return [v for v in checked(upper, list(lower)).verdicts if v.applies]


def test_each_amount_is_said_of_the_words_before_it() -> None:
    """A second year has the words of the first; a radius is part of what is measured."""
    text = "卫生厕所普及率2025年达到87%、2035年达到96%，公园500米服务半径覆盖率达到86%"
    found = amounts(text, load_lexicon().units)
    said = dict(zip([a.printed for a in found], leads(text, found), strict=True))
    assert said["87%"] == said["96%"] == "卫生厕所普及率"
    assert said["86%"] == "公园500米服务半径覆盖率"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        ("农村卫生厕所普及率2025年达到87%，中心城区周边村生活污水治理率2025年达到41%以上。", "IND-SCOPE"),
        ("中心城区周边村生活污水治理率2025年达到41%以上，农村卫生厕所普及率2025年达到87%。", "IND-SCOPE"),
    ],
)
def test_the_amount_of_a_neighbour_is_no_answer(draft: str, code: str) -> None:
    """Of the amounts of a sentence the one said of the same thing counts, wherever it stands."""
    found = applied(RURAL, draft)
    assert code in {f.code for v in found for f in v.findings}
    assert not any(v.verdict in ("fulfilled", "refined") for v in found)


def test_one_measure_in_another_order_of_words() -> None:
    """步行15分钟 and 15分钟步行 are one measure; 10分钟 is another, and so is the coverage of something else."""
    name = "社区公共服务设施步行15分钟覆盖率"
    assert measured_alike(name, "社区卫生、养老等设施15分钟步行覆盖率")
    assert not measured_alike(name, "社区卫生、养老等设施10分钟步行覆盖率")
    assert not measured_alike(name, "公园绿地15分钟步行覆盖率")


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("到2035年，中心城区人均城镇建设用地面积不超过115平方米。", "fulfilled"),
        ("到2035年，全市域人均城镇建设用地面积不超过115平方米。", "partial"),
    ],
)
def test_a_mean_of_all_the_area_is_no_mean_of_the_town(draft: str, verdict: str) -> None:
    """What the draft's sentence gives for 全市域 is not what was handed down for its town."""
    assert [v.verdict for v in applied("到2035年，黄山市中心城区人均城镇建设用地面积不高于115平方米。", draft)] == [
        verdict
    ]


@pytest.mark.parametrize(
    ("laid_out", "verdict"),
    [("供水按常住人口62万人规模配置", "partial"), ("供水按常住人口55万人规模配置", "fulfilled")],
)
def test_works_laid_out_for_more_people_than_the_town_may_have(laid_out: str, verdict: str) -> None:
    """A limit kept in one place and overstepped by the works is a contradiction."""
    upper = table("附表2", "主要指标分解表", "行政区 | 中心城区常住人口（万人）", "合肥市 | 500", "黄山市 | 55")
    found = applied(upper, "到2035年，中心城区常住人口不超过55万人。", f"2035年中心城区{laid_out}。")
    assert found[0].verdict == verdict


def projects(*rows: str) -> Thing:
    return table("附表7", "重点建设项目表", "序号 | 项目名称 | 建设性质 | 牵头单位 | 建设年限 | 所在地", *rows)


@pytest.mark.parametrize(("size", "verdict"), [("30", "fulfilled"), ("20", "conflict")])
def test_a_size_in_a_name_is_kept(size: str, verdict: str) -> None:
    """30万吨级 and 20万吨级 in one name are not another spelling."""
    other = "2 | 松林水库 | 新建 | 省水利厅 | 2022—2026年 | 黄山市"
    found = applied(
        projects("1 | 大东港区30万吨级航道 | 扩建 | 省交通运输厅 | 2023—2028年 | 黄山市", other),
        projects(f"1 | 大东港区{size}万吨级航道 | 扩建 | 市交通运输局 | 2023—2028年 | 歙县", other),
    )
    assert found[0].verdict == verdict


def test_nobody_is_named_who_does_it() -> None:
    """待定 in the draft's one column of offices answers no leading office."""
    ours = table(
        "附表6", "重点建设项目表", "序号 | 项目名称 | 建设性质 | 责任单位 | 建设年限",
        "1 | 松林水库 | 新建 | 待定 | 2022—2026年", "2 | 竹溪水库 | 新建 | 市水利局 | 2022—2026年",
    )  # fmt: skip
    upper = projects(
        "1 | 松林水库 | 新建 | 省水利厅 | 2022—2026年 | 黄山市", "2 | 竹溪水库 | 新建 | 省水利厅 | 2022—2026年 | 黄山市"
    )
    assert [[f.code for f in v.findings] for v in applied(upper, ours)] == [["PRJ-ORG"], []]


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [("南关、松月宫片更新拆除量不超过15%。", True), ("修缮松月宫，整治周边环境。", False)],
)
def test_a_quarter_called_so_is_not_the_monument(sentence: str, missing: bool) -> None:
    """松月宫片 is a quarter of the town; only the monument's own name is an answer."""
    heritage = table(
        "附表8", "文物保护单位名录", "序号 | 名称 | 类型 | 级别 | 所在地", "1 | 松月宫 | 古建筑 | 省级 | 黄山市", "2 | 竹溪桥 | 古建筑 | 省级 | 黄山市",
    )  # fmt: skip
    found = applied(heritage, sentence)
    assert (found[0].verdict == "missing") == missing


def test_a_type_laid_over_a_zone_is_not_any_mention_of_its_word() -> None:
    """A sentence on frontier ports is no word on the 边境地区 that is laid over the county."""
    zones = table(
        "附表3", "主体功能区名录", "县（市、区） | 主体功能定位 | 叠加功能类型", "歙县 | 重点生态功能区 | 边境地区", "黟县 | 农产品主产区 | —"
    )  # fmt: skip
    said = verdicts(checked(zones, ["歙县为重点生态功能区。", "支持歙县边境口岸扩容。"]))
    assert said[0] == "partial"


SHIELD = "构建“一屏一带”生态格局，“一屏”为皖南山地水源涵养屏障，包括松岭、白石山等山体，“一带”为新安江生态带。"


@pytest.mark.parametrize(
    ("own", "said", "code"),
    [
        ("一屏为松岭—白石山山地屏障，一带为新安江生态带", {"fulfilled", "refined"}, None),
        ("一屏为竹岭—花石山山地屏障，一带为新安江风情廊", {"partial"}, "STR-RENAMED"),
    ],
)
def test_a_line_is_carried_by_its_listed_part_and_renamed_by_leisure(
    own: str, said: set[str], code: str | None
) -> None:
    """A barrier named after a range that the upper plan lists in it carries it; a river's ecological belt that became one of
    local colour is renamed, not kept."""
    found = applied(SHIELD, f"生态空间形成“一屏一带”：{own}。")
    names = {v.explanation.split("”")[0]: v for v in found}
    belt = [v for v in found if "新安江生态带" in v.explanation]
    assert names
    assert belt[0].verdict in said
    assert code is None or code in {f.code for f in belt[0].findings}


def test_a_long_theme_carries_without_its_river() -> None:
    """抗美援朝文化走廊 carries the 文化带 of the same theme along a river; a short common word does not."""
    upper = "依托古桥等资源，打造新安江抗战历史文化带。"
    verdict = {
        own: [v.verdict for v in applied(upper, f"串联纪念馆和古桥，打造{own}。") if v.verdict != "not_applicable"]
        for own in ("抗战历史文化走廊", "竹溪山水走廊")
    }
    assert "refined" in verdict["抗战历史文化走廊"]
    assert "refined" not in verdict["竹溪山水走廊"][:1]


BEDS = "黄山市每千人口医疗卫生机构床位数2025年达到8.0张，2035年不少于8.5张。"


@pytest.mark.parametrize(("later", "verdict"), [("8.6", "fulfilled"), ("8.2", "conflict")])
def test_each_year_of_a_sentence_is_compared(later: str, verdict: str) -> None:
    """A first year that is reached does not answer for the second."""
    found = applied(BEDS, f"每千人口医疗床位2025年配到8.1张，2035年配到{later}张以上。")
    assert [v.verdict for v in found] == [verdict]


def test_the_same_of_other_settlements_is_no_answer() -> None:
    """城镇 and 农村 before one long name are two indicators."""
    upper = "2035年，黄山市农村生活垃圾无害化处理合格率不低于90%。"
    found = applied(upper, "2035年城镇生活垃圾无害化处理合格率配到95%以上。")
    assert not any(v.verdict in ("fulfilled", "refined") for v in found)


@pytest.mark.parametrize(("kind", "verdict"), [("近现代重要史迹", "fulfilled"), ("古遗址", "conflict")])
def test_a_class_of_relics_is_kept(kind: str, verdict: str) -> None:
    """The class of a monument is compared under whatever header it stands."""
    upper = table(
        "附表8", "文物保护单位名录", "序号 | 名称 | 类别 | 级别 | 所在地",
        "1 | 松岭战斗遗址 | 近现代重要史迹 | 省级 | 黄山市", "2 | 竹溪桥 | 古建筑 | 省级 | 黄山市",
    )  # fmt: skip
    own = table(
        "附表5", "文物名录", "序号 | 名称 | 门类 | 类别 | 级别 | 所在乡镇",
        f"1 | 松岭战斗遗址 | 文物保护单位 | {kind} | 省级 | 汤口镇", "2 | 竹溪桥 | 文物保护单位 | 古建筑 | 省级 | 汤口镇",
    )  # fmt: skip
    assert applied(upper, own)[0].verdict == verdict


def test_a_mining_area_of_another_kind_is_altered_not_left_out() -> None:
    """重点勘查区 that became 重点开采区 under a shorter name is found."""
    head = "序号 | 名称 | 矿种 | 类型 | 面积（平方公里） | 所在地"
    upper = table(
        "附表5", "矿产资源重点勘查开采区名录", head,
        "1 | 松岭锌钼矿重点勘查区 | 锌 | 重点勘查区 | 63.25 | 黄山市", "2 | 竹溪铁矿重点开采区 | 铁 | 重点开采区 | 28.40 | 黄山市",
    )  # fmt: skip
    own = table(
        "附表5", "矿产资源勘查开采区名录", head,
        "1 | 松岭锌钼矿区 | 锌 | 重点开采区 | 63.25 | 汤口镇", "2 | 竹溪铁矿重点开采区 | 铁 | 重点开采区 | 28.40 | 汤口镇",
    )  # fmt: skip
    assert [f.code for f in applied(upper, own)[0].findings] == ["LIST-ATTR"]


@pytest.mark.parametrize(("own", "kept"), [("湿地保有面积", True), ("人工湿地保有面积", False)])
def test_one_kind_of_a_thing_answers_for_no_whole(own: str, kept: bool) -> None:
    """人工湿地 is a part of what 湿地 asks: it gives no green tick, listed or only said."""
    check = checked("2035年湿地保有面积不低于1200公顷。", f"2035年{own}不低于1300公顷。")
    assert (check.verdicts[0].verdict in ("fulfilled", "refined")) == kept
