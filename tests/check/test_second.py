"""Rules said in other words: what a passage needs to be taken for the answer after all others are known."""

from __future__ import annotations

import pytest
from makers_pair import CITY, PROVINCE, document, lexicon, plan

from chuandao.check.alignment import Candidate, Index
from chuandao.check.judgement import Ground, Judgement
from chuandao.check.passages import draft_of
from chuandao.check.second import FARTHER, LEAD, MORE_MATTER, NEAR, OWN_MATTER, of_another_rule, reworded
from chuandao.check.vocabulary import vocabulary
from chuandao.extract import document_to_plan
from chuandao.plan.requirement import RuleRequirement
from chuandao.plan.verdict import Response

RULES = ("学校和医院用地不得改作商业开发。", "大型商业设施应当靠近轨道车站布局。")
DRAFT = ("校舍、病房用地禁止转手做铺面。", "应推进村庄人居环境整治。")


def ground_of(draft: tuple[str, ...] = DRAFT, rules: tuple[str, ...] = RULES) -> Ground:
    """An upper plan with these rules against a draft of these sentences."""
    known, lower, upper = lexicon(), document(CITY, *draft), plan(PROVINCE, *rules)
    own, words = draft_of(document_to_plan(lower, known), lower), vocabulary(known)
    assert own.plan.document.region is not None
    index = Index(own, [r.text for r in upper.requirements], words.plain)
    return Ground(own, index, upper, own.plan.document.region, known, words)


def answered(
    ground: Ground,
    scores: tuple[float, float],
    *,
    rival: float = NEAR - 3,
    said: str | None = None,
    cover: float = 0.1,
) -> Judgement | None:
    """What the second look says of RULES[0], whose passages have these odds; `rival`: those of RULES[1] with the first
    passage; `said`: what answers RULES[1] already; `cover`: the share of RULES[0] that stands in the first passage."""
    first, second = (r for r in ground.upper.requirements if isinstance(r, RuleRequirement))
    held = [
        next(p for p in ground.draft.passages if p.text == text)
        for text in (ground.draft.passages[-2].text, ground.draft.passages[-1].text)
    ]
    near = {
        first.id: [Candidate(held[0], scores[0], 0.1, cover), Candidate(held[1], scores[1], 0.1, 0.1)],
        second.id: [Candidate(held[0], rival, 0.1, 0.1)],
    }
    other = (
        Judgement("missing", "")
        if said is None
        else Judgement("fulfilled", "", (Response(requirement=None, text=said, where=(), score=1.0),))
    )
    judged = {first.id: Judgement("missing", ""), second.id: other}
    return reworded([first, second], judged, near, ground).get(first.id)


def test_the_nearest_passage_that_nothing_else_needs_is_the_answer() -> None:
    """A rule of the draft that leads and answers nothing else answers the rule, and the report says to look at it."""
    found = answered(ground_of(), (NEAR + 0.5, NEAR - 2))
    assert found is not None
    assert found.verdict in ("fulfilled", "refined")
    assert "用词不同" in found.explanation
    assert found.responses[0].text == DRAFT[0]


@pytest.mark.parametrize(
    ("scores", "rival", "said"),
    [
        ((NEAR - 0.1, NEAR - 1), NEAR - 3, None),
        ((FARTHER - 0.1, FARTHER - 5), FARTHER - 5, None),
        ((NEAR + 0.5, NEAR + 0.5 - LEAD / 2), NEAR - 3, None),
        ((NEAR + 0.5, NEAR - 2), NEAR + 0.8, None),
        ((NEAR + 0.5, NEAR - 2), NEAR - 3, DRAFT[0]),
    ],
)
def test_a_doubtful_passage_is_no_answer(scores: tuple[float, float], rival: float, said: str | None) -> None:
    """Too far, no lead, nearer to another rule, or the answer of another rule: the rule stays missing."""
    assert answered(ground_of(), scores, rival=rival, said=said) is None


def test_a_passage_without_the_rules_own_matter_is_no_answer() -> None:
    """However far it leads, it must hold some of what the rule speaks of, the more the farther it is."""
    near, far = (NEAR + 0.5, NEAR - 2), (NEAR - 0.1, NEAR - 4)
    assert answered(ground_of(), near, cover=OWN_MATTER) is not None
    assert answered(ground_of(), near, cover=OWN_MATTER / 2) is None
    assert answered(ground_of(), far, cover=MORE_MATTER) is not None
    assert answered(ground_of(), far, cover=OWN_MATTER) is None


def test_what_is_to_be_done_with_a_neighbour_names_it_again() -> None:
    """A sentence about other partners is no answer, however near its words are."""
    rules = ("与湖南省共建跨界河流联防联控机制。", RULES[1])
    for partner, found in (("湖南省", True), ("福建省", False)):
        draft = (f"应同{partner}建立界河巡查互通制度。", DRAFT[1])
        assert (answered(ground_of(draft, rules), (NEAR + 0.5, NEAR - 2)) is not None) == found


def test_a_prohibition_is_not_answered_by_what_forbids_nothing() -> None:
    """A passage that only speaks of the same thing, or softens the rule, gives no green tick."""
    for softer in ("应推进校舍、病房用地整治。", "校舍、病房用地原则上不得转手做铺面，可适度开发。"):
        assert answered(ground_of((softer, DRAFT[1])), (NEAR + 0.5, NEAR - 2)) is None


@pytest.mark.parametrize(
    ("draft", "found"), [("应推进校舍、病房用地整治。", False), ("从严控制校舍、病房用地转手做铺面。", True)]
)
def test_a_restriction_is_not_answered_by_what_restricts_nothing(draft: str, found: bool) -> None:
    """Neither as an answer in other words nor as a doubtful one."""
    ground = ground_of((draft, DRAFT[1]), ("严格控制学校和医院用地改作商业开发。", RULES[1]))
    assert (answered(ground, (NEAR + 0.5, NEAR - 2)) is not None) == found
    (rule, *_) = (r for r in ground.upper.requirements if isinstance(r, RuleRequirement))
    passage = next(p for p in ground.draft.passages if p.text.startswith(draft[:5]))
    near = {rule.id: [Candidate(passage, 0.3, 0.1, 0.1)]}
    doubted = of_another_rule([rule], {rule.id: Judgement("fulfilled", "")}, near, ground)
    assert (doubted == []) == found


@pytest.mark.parametrize(("own", "rival", "doubted"), [(0.5, 4.0, True), (0.5, 2.0, False), (2.5, 9.0, False)])
def test_the_answer_of_another_rule_is_doubted(own: float, rival: float, doubted: bool) -> None:
    """An uncertain answer that fits another rule far better is taken back, a certain one or a small gap is not."""
    ground = ground_of()
    first, second = (r for r in ground.upper.requirements if isinstance(r, RuleRequirement))
    passage = ground.draft.passages[-2]
    near = {first.id: [Candidate(passage, own, 0.1, 0.1)], second.id: [Candidate(passage, rival, 0.1, 0.1)]}
    said = {rule.id: Judgement("fulfilled", "") for rule in (first, second)}
    assert of_another_rule([first, second], said, near, ground) == ([first] if doubted else [])


def test_a_sentence_may_answer_two_rules_with_two_of_its_parts() -> None:
    """A part that speaks of the rule and of which the other rule has no word is its own answer, not the other one's."""
    ground = ground_of(("校舍、病房用地禁止转手做铺面，大型商业设施靠近轨道车站。", DRAFT[1]))
    first, second = (r for r in ground.upper.requirements if isinstance(r, RuleRequirement))
    passage = next(p for p in ground.draft.passages if "轨道车站" in p.text)
    near = {second.id: [Candidate(passage, 0.5, 0.1, 0.1)], first.id: [Candidate(passage, 4.0, 0.1, 0.1)]}
    said = {rule.id: Judgement("fulfilled", "") for rule in (first, second)}
    assert of_another_rule([first, second], said, near, ground) == []
