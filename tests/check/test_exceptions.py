"""Bans and duties that an answer makes conditional, narrows to the town, or turns into their opposite."""

from __future__ import annotations

import pytest
from makers_pair import checked

from chuandao.check.exceptions import allowed_instead, conditional, lower_rank_passes, narrower
from chuandao.check.vocabulary import vocabulary
from chuandao.plan.lexicon import load_lexicon

WORDS = vocabulary(load_lexicon())
BAN = "任何单位和个人不得占用永久基本农田挖塘养鱼"


@pytest.mark.parametrize("condition", ["在条件允许的情况下", "在有条件时，", "视情况", "酌情"])
def test_a_condition_before_a_ban_weakens_it(condition: str) -> None:
    """Words that make a ban hold only where it suits, right before it; elsewhere in the sentence they say nothing."""
    found = conditional(BAN, f"永久基本农田{condition}不得挖塘养鱼", WORDS)
    assert found is not None and found.verdict == "weakened"
    assert conditional(BAN, f"永久基本农田不得挖塘养鱼，{condition}建设灌排渠系", WORDS) is None


def test_a_condition_of_the_upper_plan_is_no_weakening() -> None:
    """What the upper clause says itself may be said."""
    upper = "在条件允许的情况下应建设绿道"
    assert conditional(upper, "在条件允许的情况下应建设滨江绿道", WORDS) is None


@pytest.mark.parametrize(
    ("upper", "lower", "narrow"),
    [
        (BAN, "中心城区范围内不得占用永久基本农田挖塘养鱼", True),
        (BAN, "县城规划区内，永久基本农田禁止挖塘养鱼；", True),
        (BAN, "全县永久基本农田禁止挖塘养鱼", False),
        ("城镇开发边界内禁止新建化工园区", "中心城区范围内禁止新建化工园区", False),
        ("应配建养老用房", "中心城区范围内配建养老用房", False),
    ],
)
def test_a_ban_that_holds_in_the_town_only(upper: str, lower: str, narrow: bool) -> None:
    """A ban of the whole area that the answer lets hold in its town; a clause on towns or a duty is another matter."""
    assert (narrower(upper, lower, WORDS) is not None) is narrow


@pytest.mark.parametrize(
    ("lower", "turned"),
    [
        ("永久基本农田可挖塘养鱼", True),
        ("未经批准的，可以占用永久基本农田挖塘养鱼", True),
        ("经国务院批准可占用永久基本农田", False),
        ("永久基本农田禁止挖塘养鱼，可种植水稻", False),
        ("永久基本农田上的鱼塘一律退出，可改种水稻", False),
    ],
)
def test_a_ban_turned_into_leave(lower: str, turned: bool) -> None:
    """An answer that only allows what is forbidden; approval, another ban or an end to it is none."""
    found = allowed_instead(BAN, lower, WORDS)
    assert (found is not None) is turned
    assert found is None or found.verdict == "conflict"


@pytest.mark.parametrize(
    ("lower", "wider"),
    [
        ("围填海一律禁止，国家和省级重点项目除外", True),
        ("除国家重大项目和市级重点工程外，禁止围填海", True),
        ("除国家重大战略项目外，全市停止围填海", False),
        ("禁止围填海，国务院批准的项目除外，省级项目一律不批", False),
    ],
)
def test_an_exception_for_a_lower_level_is_wider(lower: str, wider: bool) -> None:
    """Undertakings of a province or a city beside those of the state are let pass by no word of the upper clause."""
    assert (lower_rank_passes("除国家重大项目外，全面禁止围填海", lower, WORDS) is not None) is wider
    assert lower_rank_passes("除国家和省、市级重点项目外，禁止围填海", lower, WORDS) is None


def test_the_answer_names_what_the_case_is_about() -> None:
    """Of two duties to make good, that for another thing gives way to the passage on the rule's own, however likely."""
    upper = "确需占用一般湿地的，须恢复同等面积的湿地，并在占用前完成。"
    field, bog = "占用耕地的项目须在占用前补充同等面积的耕地。", "占用一般湿地难以就地补齐的，可缴纳恢复费后异地补建。"
    assert checked(upper, [field, bog]).verdicts[0].verdict not in ("fulfilled", "refined")
    kept = checked(upper, [field, "占用一般湿地的项目须在占用前恢复同等面积的湿地。"]).verdicts[0]
    assert kept.verdict == "fulfilled" and "湿地" in kept.responses[0].text
