"""What the parts of a clause do: plain prohibitions, how often, how many years; answers that leave a prohibition open."""

from __future__ import annotations

from pathlib import Path

import pytest
from makers_pair import ground_of

from chuandao.check.amounts import amounts
from chuandao.check.exceptions import lower_authority, wider_exception
from chuandao.check.rules import looser_amount, rarer, softened
from chuandao.check.vocabulary import vocabulary
from chuandao.check.wording import allows, asked, bans, periods
from chuandao.plan.errors import UsageError
from chuandao.plan.lexicon import load_lexicon

LEXICON = load_lexicon()
WORDS = vocabulary(LEXICON)


@pytest.mark.parametrize("text", ["一亩也不增", "不栽花木", "采矿权不批", "河边不建房"])
def test_a_plain_not_before_a_verb_is_a_prohibition(text: str) -> None:
    """不 before a verb forbids, without 不得 or 禁止."""
    assert bans(text, WORDS)


@pytest.mark.parametrize(
    "text", ["面积不低于30公顷", "不断提升质量", "不可移动文物", "不宜布置", "防治地质灾害等不良影响"]
)
def test_limits_and_words_with_not_are_no_prohibition(text: str) -> None:
    """不低于, 不断, 不可移动 … forbid nothing."""
    assert not bans(text, WORDS)


def test_what_lets_pass() -> None:
    """可, 允许, 按需 let pass; 方可 and 不可 don't."""
    assert allows("许可按需核发") == "按需"
    assert allows("可适度开展观光") == "可"
    assert allows("经批准方可进入") is None


@pytest.mark.parametrize(
    ("text", "months"), [("每年评估", 12), ("每半年一报", 6), ("两年一次", 24), ("每五年评估", 60)]
)
def test_how_often_in_months(text: str, months: float) -> None:
    """Periods count in months."""
    assert periods(text) == [months]


def test_done_less_often_is_weaker() -> None:
    """每年 that becomes 两年一次 is weaker, the same period is not, however it is said."""
    assert rarer("每年开展体检，每五年评估一次", "体检两年一次，五年一次评估") is not None
    assert rarer("每年开展体检，每五年评估一次", "体检一年一次，五年一次评估") is None


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("五年内不得调整", "三年内不得调整"),
        ("公示期不少于30个自然日", "公示15天"),
        ("按不低于2‰配建养老用房", "按千分之一配建养老用房"),
        ("限制新建年产120万吨以下的煤矿", "限制新建年产60万吨以下的煤矿"),
        ("连续种植水稻不少于2季", "种一季水稻即可"),
    ],
)  # fmt: skip
def test_looser_limits_of_other_kinds(upper: str, lower: str) -> None:
    """Years, days, shares in words, what is barred up to a size: the looser one is found, the same one is sound."""
    ground = ground_of("各类建设应当节约用地。")
    assert looser_amount(upper, lower, ground) is not None
    assert looser_amount(upper, upper, ground) is None


def test_of_two_limits_one_kept_is_not_held_against_the_other() -> None:
    """A stricter first limit does not loosen the second one, which stays as it is; a smaller second one is found."""
    ground = ground_of("各类建设应当节约用地。")
    upper = "批而未供土地消化率应达到35%以上，闲置土地处置率应达到40%以上"
    assert looser_amount(upper, "已批未用的地须消化36%以上，撂着不建的须处置40%以上", ground) is None
    assert looser_amount(upper, "已批未用的地须消化36%以上，撂着不建的须处置30%以上", ground) is not None


def test_shares_in_words_are_amounts() -> None:
    """千分之二 is 2‰."""
    assert amounts("千分之二", LEXICON.units)[0].size == amounts("2‰", LEXICON.units)[0].size


def test_an_exception_with_one_more_item_is_wider() -> None:
    """A third thing let pass is wider; the same two in other words are not."""
    upper = "核心保护范围内不得新建、扩建（必要的基础设施和公共服务设施除外）"
    assert wider_exception(upper, "除必需的基础设施、公服设施和精品酒店外不得新建", WORDS) is not None
    assert wider_exception(upper, "除必需的基础设施、公服设施外不得新建", WORDS) is None


def test_only_names_an_exception_too() -> None:
    """只准 A 和 B where the upper clause lets only A pass."""
    assert (
        wider_exception("核心区除科研监测外不得进入", "核心区只准科研监测人员和预约访客、旅行团进入", WORDS) is not None
    )
    assert wider_exception("核心区除科研监测外不得进入", "核心区只准科研监测人员进入", WORDS) is None


def test_another_than_the_first_authority() -> None:
    """原审批机关 that becomes a county office is a lower authority."""
    upper = "确需调整的，按程序报原审批机关审批"
    assert lower_authority(upper, "要调整的，由县自然资源局审定", WORDS) is not None
    assert lower_authority(upper, "要调整的，报原审批机关批准，县人民政府负责审查", WORDS) is None


def test_a_planners_own_words(tmp_path: Path) -> None:
    """A planner's check_words.csv and synonyms.csv are laid over: words added, words switched off."""
    (tmp_path / "check_words.csv").write_text("kind,word,on\nforbids,莫要,yes\nforbids,严禁,no\n", encoding="utf-8")
    (tmp_path / "synonyms.csv").write_text("word,same\n甲厂,乙厂\n", encoding="utf-8")
    words = vocabulary(load_lexicon(tmp_path))
    assert words.forbids.search("莫要开荒")
    assert not words.forbids.search("严禁")
    assert words.plain("乙厂") == "甲厂"


def test_a_broken_expression_is_one_line(tmp_path: Path) -> None:
    """A regular expression that can't be read is named."""
    (tmp_path / "check_words.csv").write_text("kind,word\nweakens,(可\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"check_words\.csv"):
        vocabulary(load_lexicon(tmp_path))


UNFIT = "建设项目必须开展危险性评估，经评估不宜建设的一律不得选址"


def test_a_modal_of_a_case_is_none_of_the_sentence() -> None:
    """不宜建设的 is what the ban is about: the clause is not softer than itself, nor than in other company; 不宜选址 is."""
    assert softened(UNFIT, UNFIT, WORDS) is None
    assert softened(UNFIT, f"在灾害易发区，{UNFIT}", WORDS) is None
    assert softened(UNFIT, UNFIT.replace("一律不得选址", "不宜选址"), WORDS) is not None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("鼓励发展的，应优先供地", "，应优先供地"),
        ("为引导产业集聚发展，工业项目必须入园", "工业项目必须入园"),
        ("引导符合条件的企业入园", "引导符合条件的企业入园"),
        ("以园区为重点，引导企业入园", "以园区为重点，引导企业入园"),
    ],
)
def test_cases_and_purposes_ask_nothing(text: str, rest: str) -> None:
    """A 的-clause before the demand and a purpose are left out; the sentence's own verb stays."""
    assert asked(text) == rest


def test_a_purpose_lends_no_force() -> None:
    """为引导产业集聚发展 softens no duty; 引导 as the sentence's own verb does."""
    duty = "工业项目必须进入园区集中建设"
    assert softened(duty, "为引导产业集聚发展，工业项目进入园区集中建设", WORDS) is None
    assert softened(duty, "引导工业项目进入园区集中建设", WORDS) is not None


def test_what_is_controlled_first_is_not_allowed() -> None:
    """先行控制 keeps land free; 先行建设 lets go ahead."""
    assert allows("淹没线以下先行控制，不再批新建项目") is None
    assert allows("确需建设的可先行开工") is not None
    assert allows("急需项目先行用地") is not None
