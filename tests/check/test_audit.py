"""The self-audit on small plans: what is planted, what is caught, what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from makers_pair import CITY, PROVINCE, document, lexicon, plan, table

from chuandao.check import check_plans
from chuandao.check.audit import chosen, outcome, rounds
from chuandao.check.faults import answers, faults_of, workshop
from chuandao.check.places import Places
from chuandao.check.planting import docx_changes, planted
from chuandao.extract import document_to_plan
from chuandao.plan.document import Document
from chuandao.plan.fault import Change, Edit, Fault, FaultKind
from chuandao.plan.verdict import Check

UPPER = (
    "到2035年，黄山市耕地保有量不低于66.12万亩。",
    "严禁占用永久基本农田挖塘养鱼。",
    "自然保护地核心保护区内禁止采矿。",
    "变更自然保护地范围应当经省人民政府批准，不得擅自调整。",
    "各地应当每年开展耕地质量监测。",
    table(
        "附表1",
        "自然保护地名录",
        "名称|类型|级别|所在地",
        "清凉峰自然保护区|自然保护区|国家级|黄山市歙县",
        "齐云山地质公园|地质公园|国家级|黄山市休宁县",
    ),
)
LOWER = (
    "到2035年，全市耕地保有量不低于66.50万亩。",
    "严禁占用永久基本农田挖塘养鱼、种树。",
    "清凉峰等自然保护地的核心保护区内禁止采矿。",
    "自然保护地范围的变更应当经省人民政府批准，不得擅自调整。",
    "歙县等地应当每年开展耕地质量监测。",
    table(
        "附表1",
        "自然保护地名录",
        "名称|类型|级别|位置",
        "清凉峰自然保护区|自然保护区|国家级|歙县",
        "齐云山地质公园|地质公园|国家级|休宁县",
    ),
    table(
        "附表2",
        "耕地保有量分解表",
        "县（区）|耕地保有量（万亩）",
        "屯溪区|10.50",
        "歙县|30.00",
        "休宁县|26.00",
        "合计|66.50",
    ),
    table("附表3", "规划指标表", "指标|单位|2035年|属性", "耕地保有量|万亩|≥66.50|约束性"),
)


def checked_document(draft: Document) -> Check:
    return check_plans(
        document_to_plan(draft, lexicon()),
        [plan(PROVINCE, *UPPER)],
        region=None,
        lexicon=lexicon(),
        lower_document=draft,
        upper_documents=[document(PROVINCE, *UPPER)],
    )


@pytest.fixture(scope="module")
def draft() -> Document:
    return document(CITY, *LOWER)


@pytest.fixture(scope="module")
def before(draft: Document) -> Check:
    return checked_document(draft)


@pytest.fixture(scope="module")
def faults(draft: Document, before: Check) -> list[Fault]:
    upper = plan(PROVINCE, *UPPER)
    places = Places(draft)
    found = answers(before.verdicts, document_to_plan(draft, lexicon()), [upper], places)
    return list(faults_of(found, workshop(places, lexicon(), [upper], before.region)))


@pytest.mark.parametrize(
    "kind", ["number_loosened", "unit_swapped", "operator_dropped", "year_shifted", "modal_softened", "hedge_added",
             "exception_added", "clause_dropped", "row_dropped", "grade_lowered", "mention_differs", "type_changed",
             "place_changed", "ban_reversed", "rarer", "authority_lowered", "condition_added", "scope_narrowed", "part_changed",
             "total_broken", "period_changed"],
)  # fmt: skip
def test_faults_of_a_kind_are_planted_and_caught(
    kind: FaultKind, faults: list[Fault], draft: Document, before: Check
) -> None:
    """Each kind finds something to spoil in a sound draft, and the check sees it and blames nothing else."""
    own = [fault for fault in faults if fault.kind == kind]
    assert own
    after = checked_document(planted(draft, own[:1]))
    caught, blamed = outcome(before, after, own[:1], Places(draft), {})
    assert [each.how is not None for each in caught] == [True]
    assert blamed == []


def test_the_choice_is_the_same_each_time(faults: list[Fault]) -> None:
    """Kinds take turns, the same faults are chosen whatever order they come in, and never more than asked for."""
    assert chosen(faults, 5) == chosen(list(reversed(faults)), 5)
    assert len(chosen(faults, 5)) == 5 and len({fault.kind for fault in chosen(faults, 5)}) == 5


def test_no_two_faults_of_a_copy_touch(faults: list[Fault]) -> None:
    """Faults in one copy of the draft share no paragraph, no row and no requirement."""
    for together in rounds(faults):
        places = [place for fault in together for place in fault.places]
        sources = [fault.source for fault in together if fault.source is not None]
        assert len(places) == len(set(places)) and len(sources) == len(set(sources))


def test_a_document_is_planted_in_a_copy(draft: Document) -> None:
    """Words change where asked, a row goes, spans still give their own words, and the sound document stays."""
    at = next(block.index for block in draft.blocks if "挖塘养鱼" in block.text.text)
    rows = next(block.index for block in draft.blocks if block.table is not None)
    fault = Fault("modal_softened", None, "", (Edit(at, None, 0, 2, "尽量避免"),), ((rows, 1),))
    made = planted(draft, [fault])
    assert made.blocks[at].text.text.startswith("尽量避免占用") and draft.blocks[at].text.text.startswith("严禁占用")
    found = made.blocks[rows].table
    assert found is not None and [row[0].text.text for row in found.grid if row[0]] == ["名称", "齐云山地质公园"]
    (span,) = made.spans(made.blocks[at], 4, 6)
    assert span.quote == "占用"


def test_changes_of_a_docx_stand_at_its_own_offsets(draft: Document) -> None:
    """A text that begins in the middle of its paragraph is changed there."""
    at = next(block.index for block in draft.blocks if "挖塘养鱼" in block.text.text)
    block = draft.blocks[at]
    moved = replace(block, text=replace(block.text, pieces=(replace(block.text.pieces[0], offset=7),)))  # type: ignore[type-var]
    there = replace(draft, blocks=tuple(moved if each.index == at else each for each in draft.blocks))
    fault = Fault("exception_added", None, "", (Edit(at, None, 2, 4, "x"),))
    assert docx_changes(there, [fault]) == [Change("body", at, 9, 11, "x")]
