"""Amounts of a clause and of its answer: which stands against which, and what is not stated."""

from __future__ import annotations

import pytest
from makers_pair import checked, ground_of

from chuandao.check.amounts import amounts, months
from chuandao.check.limits import looser_amount
from chuandao.plan.lexicon import load_lexicon

LEXICON = load_lexicon()
GROUND = ground_of("各类建设应当节约用地。")


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("须经三分之二以上成员同意", "2/3"),
        ("须过半数成员同意", "1/2"),
        ("幅度在两成之内", "1/5"),
        ("补充面积相等的湿地", "1"),
    ],
)
def test_shares_that_no_unit_follows(text: str, size: str) -> None:
    """Fractions, halves, tenths and 相等 in words are amounts; a place name that begins so is none."""
    assert [str(a.size) for a in amounts(text, LEXICON.units)] == [size]
    assert not amounts("优化六湾区一半岛格局，见附表4所列", LEXICON.units)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("堤外100米范围限制高层建筑成排布局", "堤外50米内限制成排高楼"),
        ("新建住宅不宜超过80米，第一街区限高24米", "新建住宅不宜高于80米，沿江第一街区不宜高于36米"),
        ("补充面积不小于占用面积的1.2倍", "应补回面积相等的湿地"),
        ("须经村民会议三分之二以上成员同意", "须有过半数村民会议成员同意"),
        ("最低开采规模执行每年100万吨标准，矿山间距不得小于300米", "年产量应在60万吨以上，两矿相隔300米"),
        ("停采之日起18个月内完成复绿", "停采后24个月内完成覆绿"),
        ("投资强度不低于250万元/亩", "每亩投资200万元以上"),
    ],
)  # fmt: skip
def test_limits_in_other_words_are_held_against_each_other(upper: str, lower: str) -> None:
    """The looser number is found whatever the words around it; the same words are sound."""
    assert looser_amount(upper, lower, GROUND) is not None
    assert looser_amount(upper, upper, GROUND) is None


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("平原地区应不超过200平方米，山区应不超过230平方米", "每户占地须控制在230平方米以内"),
        ("按保护任务的1%划定储备区，深山县可降至0.8%", "按保护任务的0.8%划定储备区"),
        ("投资强度不低于260万元，税收不低于15万元，山区县可下浮20%", "投资208万元以上、税收12万元以上"),
        ("投资强度不低于250万元/亩", "每亩投资280万元起"),
        ("线内工业用地面积不得低于现状的八成，不得擅自改为商住用途", "相当于现有工业用地的83%，不得私自改成住宅"),
    ],
)  # fmt: skip
def test_what_the_clause_itself_leaves_open_is_kept(upper: str, lower: str) -> None:
    """One of several cases, an easing that the clause grants and a stricter number in other units are no loosening."""
    assert looser_amount(upper, lower, GROUND) is None


def test_an_easing_beside_the_limit_does_not_ease_the_limit() -> None:
    """A draft that takes over the easing for hard cases must keep the limit for all others."""
    upper = "每侧应预留不小于100米的缓冲带，确因条件限制的可缩至60米"
    assert looser_amount(upper, "每侧应留80米以上，逼仄处不小于60米", GROUND) is not None
    assert looser_amount(upper, "每侧应留100米以上，逼仄处不小于60米", GROUND) is None


@pytest.mark.parametrize(
    ("answer", "green"),
    [
        ("畜禽规模养殖场应远离大湖沿岸，划定禁养范围。", False),
        ("畜禽规模养殖场距大湖沿岸不得小于600米。", True),
    ],
)
def test_no_green_for_a_limit_that_no_number_answers(answer: str, green: bool) -> None:
    """A distance that the answer does not state may not be kept; a longer one is."""
    check = checked("畜禽规模养殖场距大湖沿岸不得小于500米。", answer)
    verdict = next(v.verdict for v in check.verdicts if v.applies)
    assert (verdict in ("fulfilled", "refined")) == green


@pytest.mark.parametrize(
    ("answer", "green"),
    [
        ("松林栖息地每年5月至6月实行封闭管理，禁止进入。", False),
        ("松林栖息地每年2月至7月实行封闭管理，禁止进入。", True),
        ("松林栖息地实行封闭管理，禁止进入。", False),
    ],
)
def test_a_time_of_the_year_is_covered(answer: str, green: bool) -> None:
    """A closed season that is cut short, or not named, is no fulfilment; a longer one is."""
    check = checked("松林栖息地每年3月至6月实行封闭管理，禁止进入。", answer)
    verdict = next(v.verdict for v in check.verdicts if v.applies)
    assert (verdict in ("fulfilled", "refined")) == green


def test_a_day_of_the_month_is_no_number_of_days() -> None:
    """6月30日前 is a date, which 6月底前 keeps; 30日内 is a time."""
    assert not amounts("报告于次年6月30日前报送", LEXICON.units)
    assert [a.dimension for a in amounts("应于30日内报送", LEXICON.units)] == ["day"]
    assert months("次年6月30日前") == months("次年6月底前") == [6]


@pytest.mark.parametrize(
    ("lower", "loose"),
    [
        ("县城防洪应达到20年一遇，一线海塘不低于50年一遇", True),
        ("县城防洪按50年一遇、一线海塘按50年一遇设防，乡镇防洪20年一遇", False),
        ("县城和一线海塘均按50年一遇设防，乡镇20年一遇", False),
    ],
)
def test_a_number_kept_for_one_thing_does_not_answer_for_another(lower: str, loose: bool) -> None:
    """Two things with one limit each need it: the second's number keeps nothing for the first."""
    upper = "县城防洪标准须达到50年一遇，一线海塘防潮标准不低于50年一遇"
    assert (looser_amount(upper, lower, GROUND) is not None) == loose
