"""A reviewer's decisions: they hold over new drafts and new upper editions, and turn suspect when their ground changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from makers_pair import checked

from chuandao.plan.decisions import Decision, Decisions, decisions_record, joined_decisions
from chuandao.plan.errors import UsageError
from chuandao.plan.verdict import Check

UPPER = ["全省耕地保有量不低于8000万亩。", "禁止围湖造田。", "鼓励发展林下经济。"]
LOWER = ["严格控制围湖造田。", "支持林下经济发展。"]
PLACES = [
    "东",
    "南",
    "西",
    "北",
    "春",
    "夏",
    "秋",
    "冬",
    "金",
    "木",
    "水",
    "火",
    "土",
    "日",
    "月",
    "星",
    "山",
    "石",
    "田",
    "林",
    "河",
    "湖",
    "江",
    "海",
    "竹",
    "梅",
    "兰",
    "菊",
    "松",
    "柏",
]
DEEDS = ["开矿采石", "挖砂取土", "倾倒垃圾", "毁林开荒", "围网养殖", "填埋水面"]


def saved(check: Check, changes: Iterable[dict[str, Any]] = ({},)) -> dict[str, Any]:
    """A decisions file as the web report saves it, with every verdict accepted unless `changes` says more."""
    more = list(changes)
    decisions = []
    stamps = {cited["id"]: cited["stamp"] for cited in check.requirements.upper}
    for number, verdict in enumerate(check.verdicts):
        decisions.append(
            {
                "requirement": verdict.requirement,
                "stamp": stamps[verdict.requirement],
                "upper": check.uppers[0].title,
                "upper_sha256": check.uppers[0].source.sha256,
                "reported": verdict.verdict,
                "response": " ‖ ".join(response.text for response in verdict.responses) or None,
                "decision": "accept",
                "verdict": verdict.verdict,
                "reviewer": "李工",
                **more[number % len(more)],
            }
        )
    return json.loads(json.dumps({"schema": "chuandao.decisions/1", "decisions": decisions}))


def by_text(check: Check, words: str) -> Any:
    id_ = next(cited["id"] for cited in check.requirements.upper if words in cited["text"])
    return next(verdict for verdict in check.verdicts if verdict.requirement == id_)


def test_an_exemption_counts_and_says_whose_it_is() -> None:
    """What a reviewer exempts is exempt with reason and name, and its findings no longer count."""
    first = checked(UPPER, LOWER)
    file = saved(first, [{"verdict": "exempt", "reason": "湖区已退出"}])
    found = by_text(checked(UPPER, LOWER, decisions=file), "围湖造田")
    assert (found.verdict, found.findings) == ("exempt", ())
    assert "李工" in found.explanation and "湖区已退出" in found.explanation


def test_decisions_are_carried_to_a_new_draft() -> None:
    """A draft that answers in the same words, elsewhere and among others, keeps its decisions."""
    file = saved(checked(UPPER, LOWER), [{"verdict": "exempt"}])
    again = checked(UPPER, ["新增的一段说明文字，与上位要求无关。", *LOWER], decisions=file)
    assert by_text(again, "围湖造田").verdict == "exempt" and not again.suspect


def test_a_changed_answer_turns_the_decision_suspect() -> None:
    """The decision whose answering words changed is suspect and not applied; the others stand."""
    file = saved(checked(UPPER, LOWER), [{"verdict": "exempt"}])
    again = checked(UPPER, ["从严控制围湖造田活动。", LOWER[1]], decisions=file)
    assert [entry["because"] for entry in again.suspect] == ["本级的表述已变动"]
    assert by_text(again, "围湖造田").verdict != "exempt" and by_text(again, "林下经济").verdict == "exempt"


def test_a_requirement_that_is_gone_leaves_its_decision_suspect() -> None:
    """A decision about what the upper plan no longer says is shown, not dropped."""
    file = saved(checked(UPPER, LOWER))
    again = checked([UPPER[0], UPPER[2]], LOWER, decisions=file)
    assert len(again.suspect) == 1 and "没有这条要求" in again.suspect[0]["because"]


def test_exactly_the_decisions_about_amended_requirements_turn_suspect() -> None:
    """Twenty of sixty requirements amended in a new edition: exactly their decisions are suspect, all others hold."""
    rules = [f"禁止在{place}岭保护区{deed}。" for place, deed in zip(PLACES * 2, DEEDS * 10, strict=True)]
    targets = [f"到2035年，{place}岭保护区面积不低于{10 + at}平方公里。" for at, place in enumerate(PLACES)]
    upper, lower = rules[:30] + targets, [*rules[:30], *targets]
    first = checked(upper, lower)
    file = saved(first)
    amended = [
        words.replace("禁止", "不得") if at % 6 == 0 else words.replace("平方公里", "公顷") if at % 3 == 0 else words
        for at, words in enumerate(upper)
    ]
    amended = [
        words if words != before or at % 3 else words.replace("。", "，确需的除外。")
        for at, (words, before) in enumerate(zip(amended, upper, strict=True))
    ]
    changed = {words for words, before in zip(amended, upper, strict=True) if words != before}
    assert len(changed) == 20
    again = checked(["新版增加的说明。", *amended], lower, decisions=file)
    texts = {cited["id"]: cited["text"] for cited in first.requirements.upper}
    suspects = {texts[entry["requirement"]].rstrip("。") for entry in again.suspect}
    wanted = {before.rstrip("。") for words, before in zip(amended, upper, strict=True) if words != before}
    assert suspects == wanted
    kept = [verdict for verdict in again.verdicts if getattr(verdict, "review", None)]
    assert len(kept) == len(first.verdicts) - len(again.suspect)


def test_the_last_word_counts() -> None:
    """Of several files the later decision about a requirement counts, with its own reviewer."""
    one = Decisions(reviewer="甲", decisions=(Decision(requirement="rul-1", upper="某规划", decision="accept"),))
    two = Decisions(reviewer="乙", decisions=(Decision(requirement="rul-1", upper="某规划", decision="reject"),))
    assert [(d.decision, d.reviewer) for d in joined_decisions([one, two]).decisions] == [("reject", "乙")]


def test_what_a_reviewer_did_not_record_is_no_ground() -> None:
    """A decision written by hand without the answer it saw holds whatever the draft answers."""
    first = checked(UPPER, LOWER)
    own = by_text(first, "围湖造田").requirement
    said = decisions_record(Decisions(decisions=(Decision(requirement=own, verdict="exempt"),)))
    again = checked(UPPER, ["从严控制围湖造田活动。"], decisions=said)
    assert by_text(again, "围湖造田").verdict == "exempt" and not again.suspect


def test_another_kind_of_file_is_refused() -> None:
    """A plan is no decisions file."""
    with pytest.raises(UsageError):
        checked(UPPER, LOWER, decisions={"schema": "chuandao.plan/1"})
