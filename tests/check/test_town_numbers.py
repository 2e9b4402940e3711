"""Numbers of the built-up town, and which of two codes a number beyond its limit has."""

from __future__ import annotations

import pytest
from makers_pair import Thing, checked, codes, table

TOWN = table(
    "附表2", "主要指标分解表", "行政区 | 中心城区常住人口（万人）", "合肥市 | 500", "黄山市 | 55", "芜湖市 | 200"
)


def said_of_town(*lower: Thing) -> str:
    check = checked(TOWN, list(lower))
    return next(v.verdict for v in check.verdicts if v.applies)


def own(town: str) -> Thing:
    head = "序号 | 指标名称 | 单位 | 2035年 | 属性 | 层级"
    return table(
        "附表1", "规划指标表", head, "1 | 常住人口规模 | 万人 | 150 | 预期性 | 市域",
        f"2 | 城区常住人口 | 万人 | {town} | 预期性 | 中心城区",
    )  # fmt: skip


@pytest.mark.parametrize(("town", "verdict"), [("55", "fulfilled"), ("62", "conflict")])
def test_the_town_is_judged_by_its_own_number(town: str, verdict: str) -> None:
    """The figure for all the area stands beside it and is neither the answer nor a conflict."""
    assert said_of_town(own(town)) == verdict


def test_how_many_live_in_all_the_area_is_no_answer_for_its_town() -> None:
    """A draft that only has the sum of all its parts is no conflict with the limit for its town, and no fulfilment either."""
    assert said_of_town("2035年全市常住人口控制在150万人以内。") not in ("conflict", "fulfilled", "refined")


def test_an_area_of_a_line_is_wrong_as_a_number_and_as_a_line() -> None:
    """A control line handed down as indicator and boundary has both codes, another indicator only its own."""
    line = checked(
        "到2035年，黄山市城镇开发边界面积不超过166.5平方公里。", "到2035年，全市城镇开发边界面积不超过170.0平方公里。"
    )
    assert {"LINE-AREA", "IND-LOOSER"} <= codes(line)
    number = checked("到2035年，黄山市用水总量不超过5亿立方米。", "到2035年，全市用水总量不超过6亿立方米。")
    assert "IND-LOOSER" in codes(number) and "LINE-AREA" not in codes(number)


PEOPLE = "到2035年，黄山市中心城区常住人口不超过55万人。"


@pytest.mark.parametrize(
    ("works", "verdict"),
    [
        ("供水设施按2035年城区60万常住人口配建。", "partial"),
        ("供水设施按2035年城区常住人口60万人配置。", "partial"),
        ("供水设施按2035年城区50万常住人口配建。", "fulfilled"),
    ],
)
def test_works_laid_out_for_more_people_than_the_limit(works: str, verdict: str) -> None:
    """The limit is kept in one sentence and passed in another, in whichever order number and word stand."""
    check = checked(PEOPLE, ["到2035年，中心城区常住人口不超过52万人。", works])
    assert check.verdicts[0].verdict == verdict
    assert ("DOC-CONTRA" in {f.code for f in check.verdicts[0].findings}) is (verdict == "partial")


def test_a_year_behind_the_amount_is_not_its_year() -> None:
    """Two years of one indicator in one sentence do not contradict each other."""
    water = "重要水功能区水质达标率2025年达到92%以上、2035年达到98%以上。"
    check = checked("重要水功能区水质达标率2025年不低于92%，2035年不低于97%。", water)
    assert not [f for f in check.findings if f.code == "DOC-CONTRA"]
    assert {v.verdict for v in check.verdicts} <= {"fulfilled", "refined"}


def test_a_rate_of_the_villages_around_the_town_is_none_of_all_villages() -> None:
    """A rate that the draft only promises for the town's surroundings is narrower than the upper plan's."""
    upper = "2025年黄山市农村生活污水治理率达到62%以上。"
    narrow = checked(upper, "2025年县城周边行政村生活污水治理率达到62%以上。")
    assert [f.code for f in narrow.verdicts[0].findings] == ["IND-SCOPE"]
    assert checked(upper, "2025年全市农村生活污水治理率达到62%以上。").verdicts[0].verdict == "fulfilled"


MULTIPLE = table(
    "附表2", "三线分解表", "行政区 | 城镇开发边界面积（平方公里） | 城镇开发边界扩展倍数", "合肥市 | 800 | 1.30",
    "黄山市 | 166.5 | 1.28", "芜湖市 | 300 | 1.30",
)  # fmt: skip
AREA = "到2035年，全市城镇开发边界面积不超过166.5平方公里，扩展倍数不超过1.28倍。"


def test_the_rule_of_a_line_is_shown_with_its_area_alone() -> None:
    """A softened rule outside the line is pointed at where the line's area is kept, with a warning, and not at its ratio."""
    outside = "城镇开发边界外不得进行城镇集中建设。"
    check = checked([MULTIPLE, outside], [AREA, "城镇开发边界外原则上不进行城镇集中建设。"])
    known = {r["id"]: r for r in check.requirements.upper}
    said = {known[v.requirement].get("name") or "": v for v in check.verdicts if v.applies}
    area, ratio = said["城镇开发边界面积"], said["城镇开发边界扩展倍数"]
    assert area.verdict == ratio.verdict == "fulfilled" and "管控规则" in area.explanation
    assert [(f.code, f.severity) for f in area.findings] == [("LINE-RULE", "warning")] and not ratio.findings
