"""What an answer takes out of a clause or lets pass beside it."""

from __future__ import annotations

import pytest
from makers_pair import checked, lexicon

from chuandao.check.narrowing import by_an_office, condition_dropped, exception_added, item_dropped
from chuandao.check.rules import rarer
from chuandao.check.vocabulary import vocabulary

WORDS = vocabulary(lexicon())


@pytest.mark.parametrize(
    ("upper", "short", "same"),
    [
        (
            "缓冲带内禁止新建采砂场、洗选厂和规模养殖场",
            "缓冲带内一律不得新建砂场、规模养殖场",
            "缓冲带内不得再上砂场、洗选厂和养殖场",
        ),
        ("屏障范围内严禁毁林开茶和新设露天采石场", "屏障地带禁止新上露天采石场", "屏障地带不准毁林种茶，禁止新上露天采石场"),
        ("应划定绿线、蓝线、黄线和紫线", "划定绿线、蓝线和紫线", "划定绿、蓝、黄、紫四线"),
    ],
)  # fmt: skip
def test_one_of_the_things_barred_is_dropped(upper: str, short: str, same: str) -> None:
    """A shorter list in the same words lost one; all of them in other words are complete."""
    assert item_dropped(upper, short, WORDS) is not None
    assert item_dropped(upper, same, WORDS) is None


@pytest.mark.parametrize(
    ("upper", "short", "same"),
    [
        (
            "全域禁止新建铁合金、电解铝、焦化和平板玻璃项目",
            "全市禁止再上合金、电解铝项目",
            "全市禁止再上合金、电解铝、炼焦和玻璃项目",
        ),
        (
            "国道、省道两侧和重要景区可视范围内禁止露天采石",
            "国道、省道两侧不许露天采石",
            "国道、省道两侧和景区看得见的山上不许露天采石",
        ),
        (
            "重点镇应配建二级综合医院、职业技术学校和长途客运站",
            "重点镇应建好综合医院和职业学校",
            "重点镇应建好综合医院、职业学校和客运站",
        ),
    ],
)
def test_a_kind_of_place_or_a_facility_is_dropped(upper: str, short: str, same: str) -> None:
    """Of works barred, places where it is barred and facilities asked for one is in no word of the shorter list."""
    assert item_dropped(upper, short, WORDS) is not None
    assert item_dropped(upper, same, WORDS) is None


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("东江、西枝江和增江两侧禁止新建化工园区", "西枝江两侧不得新建化工园区"),
        ("保护线内禁止大拆大建、拆真建假和破坏历史格局的活动", "线内不得大拆大建、毁真造假"),
        ("县城应配置教育、医疗、养老和文体设施", "县城应配置教育、医疗和养老设施"),
    ],
)
def test_names_catch_alls_and_mere_kinds_are_no_items(upper: str, lower: str) -> None:
    """Of named rivers an answer names its own; what bars whatever does harm, and kinds of services, have many words."""
    assert item_dropped(upper, lower, WORDS) is None


def test_a_narrower_exception_drops_nothing_barred() -> None:
    """What is let pass is not barred: fewer exceptions are stricter."""
    upper = "岸线保护区内禁止新建除防洪、供水、航道疏浚以外的建设项目"
    assert item_dropped(upper, "岸线保护区内，除防洪、供水外，不得新建其他项目", WORDS) is None


def test_one_of_two_conditions_is_dropped() -> None:
    """A permission under two conditions may not be given under one."""
    upper = "在不占用耕地、不涉及天然乔木林地的前提下可以复合用地"
    assert condition_dropped(upper, "在不占耕地的前提下可以复合用地", WORDS) is not None
    assert condition_dropped(upper, "不占耕地和天然林的，可以复合用地", WORDS) is None


@pytest.mark.parametrize(
    ("upper", "lower", "added"),
    [
        (
            "区内不得新建永久性建筑，安全区、安全台除外",
            "区内不得新建永久性建筑，安全区、安全台和仓储物流设施除外",
            True,
        ),
        ("区内不得新建永久性建筑，安全区、安全台除外", "安全区、安全台以外，区内不得新建永久性建筑", False),
        ("边界外不得设立各类开发区", "边界外不得设开发区，市级重点招商项目除外", True),
        ("禁止新建，必要的基础设施除外", "禁止新建，水电管网除外", False),
    ],
)
def test_an_exception_of_the_lower_plans_own(upper: str, lower: str, added: bool) -> None:
    """One more thing let pass is found, whoever let it pass; the same exceptions in other words and made finer are none."""
    assert (exception_added(upper, lower, WORDS) is not None) == added


def test_a_department_is_no_government() -> None:
    """An approval of the government given by one of its departments is moved down."""
    upper = "因特殊情况需要的须经核定公布该单位的人民政府批准"
    assert by_an_office(upper, "特殊情况报县文物主管部门批准", WORDS) is not None
    assert by_an_office(upper, "特殊情况报县人民政府批准", WORDS) is None


def test_one_of_two_actors_comes_less_often() -> None:
    """Of two periods one became the other: 每季度、每月 is not 每季度、每季度."""
    upper = "乡镇级田长每季度、村级田长每月至少巡查1次"
    assert rarer(upper, "镇级田长每季度、村级田长每季度各巡田1次以上") is not None
    assert rarer(upper, "镇级田长每季度、村级田长每月各巡田1次以上") is None


def test_an_item_under_a_lead_that_forbids_is_a_prohibition() -> None:
    """What stands under 下列行为一律禁止 may not be led away from by and by."""
    upper = ["核心区内下列行为一律禁止：", "（1）在候鸟集中越冬区种植速生杨树、开展快艇观光；", "（2）在湖区网箱养鱼。"]
    check = checked(upper, ["引导候鸟越冬区逐步清退杨树、控制快艇观光。", "湖区禁止网箱养鱼。"])
    assert "RULE-WEAK" in {f.code for v in check.verdicts for f in v.findings}


@pytest.mark.parametrize(
    ("upper", "lower", "green"),
    [
        ("推进松林自然保护区勘界立标，2028年底前实现全覆盖。", "推进松林自然保护区勘界立标。", False),
        ("推进松林自然保护区勘界立标，2028年底前实现全覆盖。", "推进松林自然保护区勘界立标，2027年底前完成。", True),
        ("生态区从严控制开发强度，建设用地总量原则上不增加。", "生态区引导控制开发强度，建设用地总量少增加。", False),
        ("县城所在乡镇以外不再新增城市化地区乡镇。", "除汤口镇外，今后不再新增城市化地区乡镇。", True),
        (
            "高压线路走廊不得穿越县城集中建设区，现有线路应于2030年前迁改入地。",
            "高压线路走廊不得穿越县城集中建设区，老线2029年底前埋地。",
            True,
        ),
    ],
)
def test_dates_and_soft_words_beside_others(upper: str, lower: str, green: bool) -> None:
    """A date lost is no fulfilment, an earlier one is; a guiding word is softer than 从严 whatever 原则上 stands beside it."""
    verdict = next(v.verdict for v in checked(upper, lower).verdicts if v.applies)
    assert (verdict in ("fulfilled", "refined")) == green


def test_a_rate_of_what_is_wanted_is_a_floor() -> None:
    """Without an operator or a catalogue's word, more of 治理率 is stricter and less is not fulfilled."""
    upper = "到2035年，全省历史遗留矿山生态修复治理率达到60%。"
    more, less = (f"到2035年，全市历史遗留矿山生态修复治理率达到{n}%。" for n in (62, 58))
    assert next(v.verdict for v in checked(upper, more).verdicts if v.applies) in ("fulfilled", "refined")
    assert next(v.verdict for v in checked(upper, less).verdicts if v.applies) not in ("fulfilled", "refined")
