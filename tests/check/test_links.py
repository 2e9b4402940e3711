"""Rules that hand down a list, a sum or a table of correspondence are kept only if these are."""

from __future__ import annotations

import pytest
from makers_pair import checked, table

RESERVES = table(
    "附表4",
    "自然保护地名录",
    "序号 | 名称 | 类型 | 级别 | 所在地 | 面积（公顷）",
    "1 | 九龙峰省级自然保护区 | 自然保护区 | 省级 | 黄山市黄山区 | 2720.0",
    "2 | 清凉峰国家级自然保护区 | 自然保护区 | 国家级 | 黄山市歙县 | 7811.0",
)
OWN = "1 | 九龙峰省级自然保护区 | 自然保护区 | 省级 | 黄山区 | 2720.0"
ALIKE = "市级规划中自然保护地的名称和级别应与附表4一致。"
TAKEN = "自然保护地的名称和级别与省级名录附表4一致。"


def own_list(*rows: str):
    return table("附表4", "自然保护地一览表", "序号 | 名称 | 类型 | 级别 | 所在地 | 面积（公顷）", *rows)


def said_of(upper: list, lower: list, words: str):
    check = checked(upper, lower)
    known = {r["id"]: r["text"] for r in check.requirements.upper}
    return next(v for v in check.verdicts if words in known[v.requirement])


def test_a_rule_that_a_list_be_kept_falls_with_the_list() -> None:
    """The draft repeats the rule (应与附表4一致) and leaves an entry out: partial, LIST-OMIT; with all entries it is kept."""
    short = said_of([ALIKE, RESERVES], [TAKEN, own_list(OWN)], "应与附表4一致")
    assert short.verdict == "partial" and [f.code for f in short.findings] == ["LIST-OMIT"]
    whole = "2 | 清凉峰国家级自然保护区 | 自然保护区 | 国家级 | 歙县 | 7811.0"
    assert said_of([ALIKE, RESERVES], [TAKEN, own_list(OWN, whole)], "应与附表4一致").verdict in (
        "fulfilled",
        "refined",
    )


CROSSWALK = table("附表9", "传导落实对照表", "序号 | 上位要求 | 本级落实", "1 | 耕地保有量 | 见第二章")
REPORT = "市级国土空间总体规划应当设专章说明对本规划的落实情况，并附传导对照表。"
CHAPTER = "市级国土空间总体规划设专章说明对本规划的落实情况。"


@pytest.mark.parametrize(
    ("lower", "verdict"),
    [([CHAPTER], "partial"), ([CHAPTER, CROSSWALK], "fulfilled"), ([CHAPTER, "传导对照表见附件。"], "fulfilled")],
)
def test_a_table_of_correspondence_must_be_there(lower: list, verdict: str) -> None:
    """A duty to add a table of correspondence is left out unless the draft has one or says where it is."""
    assert said_of([REPORT], lower, "专章说明").verdict == verdict


TOTALS = table(
    "附表2",
    "耕地保有量分解表",
    "行政区 | 耕地保有量（万亩）",
    "歙县 | 30.00",
    "休宁县 | 20.00",
    "黟县 | 10.00",
    "合计 | 66.00",
)
DIVIDED = "各市应将约束性指标分解至县（市、区），分解结果之和应与省级下达数一致。"


@pytest.mark.parametrize(
    ("lower", "verdict"),
    [
        ("约束性指标分解至各县（区），分解结果见附表2，与省级下达数一致。", "partial"),
        ("约束性指标分解至各县（区），各县加总应与省级下达数一致，分解结果见附表2。", "refined"),
    ],
)
def test_a_wrong_sum_falls_on_the_answer_that_only_points_to_it(lower: str, verdict: str) -> None:
    """An answer that takes the duty over is judged by its words; the wrong table is a finding of its own all the same."""
    check = checked([DIVIDED], [lower, TOTALS])
    assert "IND-SUM" in {f.code for f in check.findings}
    assert check.verdicts[0].verdict in ((verdict,) if verdict == "partial" else ("fulfilled", "refined"))
